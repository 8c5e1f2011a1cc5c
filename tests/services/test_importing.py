"""Importing people: nothing guessed, nothing twice, everything told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.import_places import Places
from ilp_desk.domain.import_rows import guess, understand, unmapped
from ilp_desk.domain.person import Family, Person
from ilp_desk.errors import NotAllowed
from ilp_desk.services.import_doubles import Digests

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
    mapping = guess(HEADING)
    numbers = [cells[0] for cells in rows if cells]
    told = list(house.desk.importing.run(house.actor("admin"), numbered, mapping, numbers=numbers, dry=dry))
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
    assert [(r.line, r.added) for r in remarks] == [(4, False), (5, False), (6, True)]
    assert "angka" in remarks[1].reasons[0].lower()
    assert (report.noted, report.unplaced, report.places) == (1, 1, (("Lain Desa", 1),))


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
    assert remarks[0].reasons == ("Mungkin ganda: nama mirip dan tanggal lahir sama dengan Sitti Nurhaliza.",)


def test_a_double_inside_the_file_is_left_out(house: House) -> None:
    report, _ = run(house, (ROWS[0], ROWS[0]))
    assert (report.added, report.skipped) == (1, 1)


def person(number: str, name: str, born: str, nik: str = "") -> tuple[str, ...]:
    return (number, name, "P", born, nik, "", "", "", "", "", "")


NIK, OTHER_NIK = "1306044302999001", "1306045705909002"
FILLER = tuple(person(f"7{n:05}", "Pengisi", f"1/{n % 12 + 1}/{1950 + n // 12}") for n in range(60))
"""More than a batch of the real run."""


@pytest.mark.parametrize("between", [(), FILLER], ids=["one batch", "two batches"])
@pytest.mark.parametrize(
    ("first", "second", "figures", "reason"),
    [
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999"), person("2", "Sitti Aminah", "3/2/1999"), (1, 0, 0),
            "Mungkin ganda: nama mirip dan tanggal lahir sama dengan baris 2.", id="alike",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999"), person("1", "Siti Aminah", "3/2/1999"), (0, 1, 0),
            "Sudah ada: No. RM sama dengan baris 2.", id="the same twice",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999"), person("1", "Yusnidar", "3/2/1999"), (0, 0, 1),
            "No. RM ini milik orang lain: baris 2.", id="number of another name",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999"), person("1", "Siti Aminah", "4/2/1999"), (0, 0, 1),
            "No. RM ini milik orang lain: baris 2.", id="number of another birth",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999", NIK), person("1", "Siti Aminah", "3/2/1999", OTHER_NIK), (0, 0, 1),
            "No. RM ini milik orang lain: baris 2.", id="number of another NIK",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999", NIK), person("2", "Siti Amina Sari", "3/2/1999", NIK), (0, 1, 0),
            "Sudah ada: NIK sama dengan baris 2.", id="NIK, misspelt",
        ),
        pytest.param(
            person("1", "Siti Aminah", "3/2/1999", NIK), person("2", "Yusnidar", "17/5/1990", NIK), (0, 0, 1),
            "NIK ini milik orang lain: baris 2.", id="NIK of another",
        ),
    ],
)  # fmt: skip
def test_doubles_inside_a_file_are_told_alike_by_the_try_and_the_import(
    house: House,
    between: tuple[tuple[str, ...], ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    figures: tuple[int, int, int],
    reason: str,
) -> None:
    rows = (first, *between, second)
    dry, tried = run(house, rows, dry=True)
    wet, remarks = run(house, rows)
    assert (wet.suspected, wet.skipped, wet.wrong) == figures
    assert wet.added == len(rows) - wet.skipped - wet.wrong == len(house.read(Person))
    assert remarks[-1].reasons[0].startswith(reason)
    assert (tried, dry) == (remarks, wet)


def test_the_table_of_digests_finds_what_was_put_in_and_keeps_the_first() -> None:
    table = Digests(slots=4)
    digests = [value * 4 + 1 for value in range(-500, 500)]
    for row, digest in enumerate(digests):
        table.add(digest, row)
        table.add(digest, 9999)
    assert [table.find(digest) for digest in digests] == list(range(1000))
    assert [table.find(value * 4 + 2) for value in range(-500, 500)] == [None] * 1000


@pytest.mark.parametrize("dry", [True, False])
def test_a_card_number_seen_before_is_suspected(house: House, dry: bool) -> None:
    heading = ("Nama", "JK", "Tgl Lahir", "No BPJS")
    rows = [(2, ("Siti Aminah", "P", "3/2/1999", "0001234567890")), (3, ("Yusnidar", "P", "1/1/1980", "0001234567890"))]
    *_, (report, done) = house.desk.importing.run(house.actor("admin"), rows, guess(heading), dry=dry)
    assert (report.added, report.suspected) == (2, 1)
    assert done.remarks[0].reasons == ("Mungkin ganda: No. BPJS sama dengan baris 2.",)


def test_a_number_of_somebody_registered_is_a_conflict_unless_it_is_the_same_person(house: House) -> None:
    house.person("Siti Nurhaliza", "1999-02-03", record_number="000123")
    house.person("Rosmaini", "1970-01-01", record_number="000200", nik=NIK)
    rows = (
        person("000123", "Siti Nurhaliza", "3/2/1999"),
        person("000123", "Yusnidar", "17/5/1990"),
        person("000300", "Yusnidar", "17/5/1990", NIK),
    )
    report, remarks = run(house, rows)
    assert (report.added, report.skipped, report.wrong) == (0, 1, 2)
    assert [r.reasons[0].partition(". Periksa")[0] for r in remarks] == [
        "Sudah ada: No. RM sama dengan Siti Nurhaliza.",
        "No. RM ini milik orang lain: Siti Nurhaliza",
        "NIK ini milik orang lain: Rosmaini",
    ]


def test_who_comes_after_a_refused_row_with_the_same_number_is_taken_in(house: House) -> None:
    report, _ = run(house, (person("1", "Siti Aminah", "tidak tahu"), person("1", "Siti Aminah", "3/2/1999")))
    assert (report.added, report.wrong) == (1, 1)


def test_a_row_without_a_number_is_not_given_one_of_a_later_row(house: House) -> None:
    rows = (person("", "Tanpa Nomor", "1/1/1980"), *FILLER, person("000001", "Siti Aminah", "3/2/1999"))
    report, _ = run(house, rows)
    assert report.added == len(rows)
    assert [p.name for p in house.read(Person, record_number="000001")] == ["Siti Aminah"]


def test_occupation_and_payer_are_kept_and_what_says_too_little_is_noted(house: House) -> None:
    heading = ("Nama", "JK", "Tgl Lahir", "Pekerjaan", "Penjamin")
    rows = [
        (2, ("Siti Aminah", "P", "3/2/1999", "Petani/Pekebun", "JKN PPU")),
        (3, ("Yusnidar", "P", "1/1/1980", "Juru kunci", "BPJS")),
    ]
    *_, (report, done) = house.desk.importing.run(house.actor("admin"), rows, guess(heading))
    people = {p.name: (p.occupation, p.payer) for p in house.read(Person)}
    assert people == {"Siti Aminah": ("farmer", "jkn_ppu"), "Yusnidar": ("", "")}
    assert (report.added, report.noted, report.wrong) == (2, 1, 0)
    assert [(r.line, r.added) for r in done.remarks] == [(3, True)]
    assert "“BPJS”" in done.remarks[0].reasons[0]
    assert "“Juru kunci”" in done.remarks[0].reasons[1]


def test_unknown_villages_are_counted_by_name_also_in_the_try(house: House) -> None:
    def lives(name: str, village: str, hamlet: str) -> tuple[str, ...]:
        return ("", name, "P", "3/2/1999", "", "", "", village, hamlet, "", "")

    rows = (
        lives("Aminah", "NAGARI  CONTOH HILIR", "Jorong Gasang"),
        lives("Bidah", "Sungai Batang", ""),
        lives("Cici", "Sungai Batang", "Kubu"),
        lives("Dalimah", "Desa Contoh Hilir", "Kubu"),
    )
    tried, _ = run(house, rows, dry=True)
    report, _ = run(house, rows)
    assert report == tried
    assert (report.added, report.noted, report.unplaced) == (4, 3, 3)
    assert report.places == (("Sungai Batang", 2), ("Kubu, Desa Contoh Hilir", 1))
    people = {p.name: p for p in house.read(Person)}
    assert (people["Aminah"].area_uid, people["Aminah"].outside) == (house.areas["hamlet"].uid, "")
    assert people["Cici"].outside == "Kubu, Sungai Batang"
    assert (people["Dalimah"].area_uid, people["Dalimah"].address) == (house.areas["village"].uid, "Kubu")


@pytest.mark.parametrize("cells", [(), ("",) * 11, ("x" * 5000,) * 11, ("\u202e", "😀", "?") * 3, ("'",) * 20])
def test_no_row_breaks_an_import(house: House, cells: tuple[str, ...]) -> None:
    row = understand(2, cells, guess(HEADING), Places(), house.clock.today())
    assert row.problems
    report, _ = run(house, (cells, ROWS[0]))
    assert report.added == 1


def test_only_managers_import(house: House) -> None:
    with pytest.raises(NotAllowed):
        next(iter(house.desk.importing.run(house.actor("registration"), [(2, ROWS[0])], guess(HEADING))))
