"""Importing people: nothing guessed, nothing twice, everything told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.import_rows import guess, understand, unmapped
from ilp_desk.domain.person import Family, Person
from ilp_desk.errors import NotAllowed

if TYPE_CHECKING:
    from ilp_desk.rows.importing import ImportReport
    from ilp_desk.services.importing import Remarked
    from tests.house import House

HEADING = ("No. RM", "Nama Pasien", "JK", "Tgl Lahir", "NIK", "No KK", "SHDK", "Desa", "Dusun", "RT", "Telp")
ROWS = (
    ("000123", "Siti Nurhaliza", "P", "03-02-1999", "1306044302999001", "1306041206129007", "ISTRI", "Contoh Hilir",
     "Gasang", "02", "081200000190"),
    ("", "Ahmad Fauzi", "L", "1/1/1995", "1306040101959002", "1306041206129007", "KEPALA KELUARGA", "Contoh Hilir",
     "", "2.0", ""),
    ("000124", "Tanpa Tanggal", "L", "", "", "", "", "", "", "", ""),
    ("000125", "Huruf di NIK", "P", "1/1/1990", "13060441O1909003", "", "", "", "", "", ""),
    ("000126", "Orang Luar", "L", "1970", "", "", "", "Lain Desa", "", "", ""),
)  # fmt: skip


def run(
    house: House, rows: tuple[tuple[str, ...], ...] = ROWS, *, dry: bool = False
) -> tuple[ImportReport, list[Remarked]]:
    numbered = list(enumerate(rows, 2))
    told = list(house.desk.importing.run(house.actor("admin"), numbered, guess(HEADING), dry=dry))
    return told[-1][0], [remark for _, done in told for remark in done.remarks]


def test_columns_are_known_by_their_headings() -> None:
    assert guess(HEADING)["record_number"] == 0
    assert guess(HEADING)["hamlet"] == 8
    assert unmapped(guess(("No. RM", "Alamat"))) == ("nama", "jenis kelamin", "tanggal lahir")


def test_good_rows_come_in_with_number_family_and_area(house: House) -> None:
    report, remarks = run(house)
    assert (report.seen, report.added, report.wrong) == (5, 3, 2)
    people = {p.name: p for p in house.read(Person)}
    siti, ahmad, luar = people["Siti Nurhaliza"], people["Ahmad Fauzi"], people["Orang Luar"]
    assert siti.record_number == "000123"
    assert int(ahmad.record_number) > 126
    assert siti.family_uid == ahmad.family_uid
    assert house.read(Family)[0].head_name == "Ahmad Fauzi"
    assert siti.area_uid == house.areas["hamlet"].uid
    assert ahmad.area_uid == house.areas["village"].uid
    assert ahmad.rt == "2"
    assert luar.outside == "Lain Desa"
    assert [r.line for r in remarks] == [4, 5]
    assert "O mungkin angka 0" in remarks[1].reasons[0] or "angka" in remarks[1].reasons[0].lower()


def test_imported_people_are_found_at_once(house: House) -> None:
    run(house)
    found = house.desk.finding.find(house.actor("registration"), "siti nurhaliza")
    assert [h.name for h in found.hits] == ["Siti Nurhaliza"]


def test_a_dry_run_stores_nothing_and_counts_the_same(house: House) -> None:
    dry, _ = run(house, dry=True)
    assert house.read(Person) == ()
    wet, _ = run(house)
    assert (dry.added, dry.wrong, dry.skipped) == (wet.added, wet.wrong, wet.skipped)


def test_the_same_file_twice_adds_nobody_with_a_number(house: House) -> None:
    run(house)
    again, remarks = run(house)
    assert again.skipped == 3
    assert again.added == 0 or [r for r in remarks if r.added]
    assert len([p for p in house.read(Person) if p.nik]) == 2


def test_somebody_alike_is_taken_in_and_listed(house: House) -> None:
    house.person("Sitti Nurhaliza", "1999-02-03")
    report, remarks = run(house, (ROWS[0],))
    assert (report.added, report.suspected) == (1, 1)
    assert remarks[0].reasons == ("Mungkin ganda: nama mirip dan tanggal lahir sama.",)


def test_a_double_inside_the_file_is_left_out(house: House) -> None:
    report, _ = run(house, (ROWS[0], ROWS[0]))
    assert (report.added, report.skipped) == (1, 1)


@pytest.mark.parametrize("cells", [(), ("",) * 11, ("x" * 5000,) * 11, ("\u202e", "😀", "?") * 3, ("'",) * 20])
def test_no_row_breaks_an_import(house: House, cells: tuple[str, ...]) -> None:
    row = understand(2, cells, guess(HEADING), house.clock.today())
    assert row.problems
    report, _ = run(house, (cells, ROWS[0]))
    assert report.added == 1


def test_only_managers_import(house: House) -> None:
    with pytest.raises(NotAllowed):
        next(iter(house.desk.importing.run(house.actor("registration"), [(2, ROWS[0])], guess(HEADING))))
