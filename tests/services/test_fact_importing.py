"""Earlier doses, services and screenings from a list: whose they are, nothing twice, each bad row with its sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.fact_rows import guess, unmapped
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.person import PersonStatus, Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import NotAllowed
from ilp_desk.services.life_cycle.earlier import BOOK, Earlier
from ilp_desk.services.life_cycle.immunizations import EarlierDose

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.importing import ImportReport
    from ilp_desk.services.importing import Remarked
    from tests.house import House

HEADING = ("NIK", "No. RM", "Nama", "Tgl Lahir", "Vaksin", "Tanggal", "Hasil", "Tempat")
NIK = "1306046101250001"


def run(house: House, *rows: tuple[str, ...], dry: bool = False) -> tuple[ImportReport, dict[int, Remarked]]:
    steps = list(house.desk.fact_importing.run(house.actor("admin"), enumerate(rows, 2), guess(HEADING), dry=dry))
    return steps[-1][0], {remark.line: remark for _, done in steps for remark in done.remarks}


@pytest.fixture
def child(house: House) -> Person:
    return house.person("Alif Ramadhan", "2025-01-21", "L", nik=NIK, record_number="000777")


def test_headings_say_what_is_what() -> None:
    assert guess(HEADING) == {
        "nik": 0, "record_number": 1, "name": 2, "birth": 3, "what": 4, "on": 5, "value": 6, "place": 7,
    }  # fmt: skip
    assert unmapped(guess(("Nama", "Vaksin"))) == ("tanggal", "nik, no rm, atau nama dengan tanggal lahir")
    assert unmapped(guess(("Nama", "Tgl Lahir", "Vaksin", "Tanggal"))) == ()


def test_doses_services_and_screenings_come_in_with_precision_and_place(house: House, child: Person) -> None:
    report, remarks = run(
        house,
        (NIK, "", "", "", "BCG", "20-02-2025", "", "Posyandu Melati"),
        ("", "000777", "", "", "DPT-HB-Hib 1", "3/2025", "", ""),
        ("", "", "alif ramadhan", "21-01-2025", "Obat cacing", "2026", "albendazol", "Posyandu Melati"),
        (NIK, "", "", "", "kpsp", "1/11/2026", "9", ""),
    )
    assert (report.added, report.wrong, remarks) == (4, 0, {})
    doses = {dose.code: dose for dose in house.read(GivenDose)}
    assert (doses["bcg"].on, doses["bcg"].place, doses["bcg"].source) == (
        date(2025, 2, 20),
        "Posyandu Melati",
        "import",
    )
    assert doses["dpt_hb_hib"].on_precision is Precision.MONTH
    facts = {fact.code: fact for fact in house.read(CareRecord)}
    assert facts["given_deworming"].on_precision is Precision.YEAR
    assert facts["given_deworming"].value == "albendazol"
    assert facts["instrument:kpsp"].person_uid == child.uid
    lines = {line.name: line.state for line in house.desk.care.due(house.actor("midwife"), child.uid)}
    assert lines["KPSP"] == "done"


def test_the_same_list_twice_adds_nothing_and_a_dry_run_tells_the_same(house: House, child: Person) -> None:
    rows = [(NIK, "", "", "", "BCG", "20-02-2025", "", ""), (NIK, "", "", "", "bcg", "20/2/2025", "", "")]
    tried, told = run(house, *rows, dry=True)
    assert house.read(GivenDose) == ()
    report, remarks = run(house, *rows)
    assert tried == report
    assert (report.added, report.skipped) == (1, 1)
    assert remarks[3].reasons == ("Sudah tercatat pada tanggal itu.",)
    assert told.keys() == remarks.keys()
    again, _ = run(house, *rows)
    assert (again.added, again.skipped, len(house.read(GivenDose))) == (0, 2, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((NIK, "", "", "", "vaksin bulan", "20-02-2025", "", ""), "“vaksin bulan” tidak dikenal"),
        ((NIK, "", "", "", "", "20-02-2025", "", ""), "Kolom layanan kosong"),
        ((NIK, "", "", "", "BCG", "31-02-2025", "", ""), "31-02-2025 tidak ada"),
        ((NIK, "", "", "", "BCG", "", "", ""), "Kapan itu?"),
        ((NIK, "", "", "", "BCG", "20-01-2025", "", ""), "sebelum lahir (21-01-2025)"),
        ((NIK, "", "", "", "BCG", "22-11-2026", "", ""), "Tanggalnya belum lewat"),
        (("1306046101250009", "", "", "", "BCG", "20-02-2025", "", ""), "NIK 1306046101250009 tidak ditemukan"),
        (("", "", "Alif Ramadhan", "", "BCG", "20-02-2025", "", ""), "Orangnya belum dapat dicari"),
        (("", "", "Alif Ramadhan", "22-01-2025", "BCG", "20-02-2025", "", ""), "tidak ditemukan"),
        ((NIK, "", "Budi", "1-1-1980", "BCG", "20-02-2025", "", ""), "Nomor itu milik Alif Ramadhan, bukan Budi"),
        ((NIK, "", "", "", "BCG", "20-02-2025", "baik", ""), "Imunisasi tidak punya hasil"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(house: House, child: Person, row: tuple[str, ...], said: str) -> None:
    good = (NIK, "", "", "", "OPV", "20-02-2025", "", "")
    report, remarks = run(house, row, good)
    assert (report.added, report.wrong) == (1, 1)
    assert any(said in reason for reason in remarks[2].reasons)
    assert remarks[2].cells == row


def test_two_people_of_one_name_and_birthday_are_not_guessed(house: House, child: Person) -> None:
    house.person("Alif Ramadhan", "2025-01-21", "L")
    report, remarks = run(house, ("", "", "Alif Ramadhan", "21-01-2025", "BCG", "20-02-2025", "", ""))
    assert report.added == 0
    assert "ada 2 orang. Isi NIK atau No. RM-nya." in remarks[2].reasons[0]


def test_nothing_after_death_and_a_merged_person_stands_for_the_other(house: House) -> None:
    house.person("Almarhum", "1950-01-01", nik="1306040101500001", status=PersonStatus.DEAD, status_on=date(2026, 1, 1))
    kept = house.person("Ani Lestari", "1985-05-05", record_number="000900")
    house.person("Ani L", "1985-05-05", record_number="000901", merged_into=kept.uid)
    report, remarks = run(
        house,
        ("1306040101500001", "", "", "", "Mata", "2-1-2026", "", ""),
        ("", "000901", "", "", "Mata", "2-1-2026", "", ""),
    )
    assert (report.added, report.wrong) == (1, 1)
    assert "sesudah meninggal (01-01-2026)" in remarks[2].reasons[0]
    assert house.read(CareRecord)[0].person_uid == kept.uid


def test_what_the_room_told_before_is_not_added_again(house: House, child: Person) -> None:
    midwife = house.actor("midwife")
    dose = EarlierDose(uid=new_uid(), person_uid=child.uid, code="bcg", on="20-02-2025")
    house.desk.immunizations.earlier(midwife, dose)
    told = Earlier(uid=new_uid(), person_uid=child.uid, code="given_deworming", on=date(2026, 8, 1), by=BOOK)
    house.desk.care.earlier(midwife, told)
    fact = house.read(CareRecord)[0]
    assert (fact.source, fact.place) == ("other_facility", "Buku KIA")
    report, _ = run(
        house,
        (NIK, "", "", "", "BCG", "20-02-2025", "", ""),
        (NIK, "", "", "", "Obat cacing", "1-8-2026", "", ""),
    )
    assert (report.added, report.skipped) == (0, 2)


def test_only_managers_import(house: House) -> None:
    with pytest.raises(NotAllowed):
        list(house.desk.fact_importing.run(house.actor("midwife"), [(2, ("a",))], {}))


def test_doses_of_a_series_known_by_the_same_year_are_each_kept(house: House, child: Person) -> None:
    rows = [(NIK, "", "", "", f"DPT-HB-Hib {number}", "2025", "", "") for number in (1, 2, 3)]
    tried, _ = run(house, *rows, dry=True)
    report, remarks = run(house, *rows)
    assert (tried.added, report.added, remarks) == (3, 3, {})
    again, _ = run(house, *rows, rows[2])
    assert (again.added, again.skipped) == (0, 4)
    assert len(house.read(GivenDose)) == 3


def test_two_doses_of_a_vaccine_on_one_day_are_told(house: House, child: Person) -> None:
    rows = [(NIK, "", "", "", f"DPT-HB-Hib {number}", "20-05-2025", "", "") for number in (1, 2)]
    for added in (1, 0):
        report, remarks = run(house, *rows)
        assert (report.added, report.wrong) == (added, 1)
        assert remarks[3].reasons == ("Vaksin yang sama sudah tertulis pada hari itu. Periksa tanggalnya.",)
