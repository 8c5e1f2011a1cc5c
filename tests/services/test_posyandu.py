"""A posyandu's sheet: looked at, child by child, nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.person import PersonStatus
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import InvalidInput, NotAllowed, UserError
from ilp_desk.rows.posyandu import Fate
from ilp_desk.services.life_cycle.posyandu import Decided, ImportMeasures, Sheet

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.posyandu import Preview, PreviewRow
    from tests.house import House

HEADING = "nik;nama;tanggal lahir;jk;tgl ukur;berat;panjang;cara ukur;lila;edema"
DAY = "20-11-2026"
PLACE = "Posyandu Anggrek"


@pytest.fixture
def rizki(house: House) -> Person:
    return house.person(
        "Rizki Ramadhan", "2025-09-18", "L", nik="1306041809259001", record_number="00-14-02-03", mother_name="Yeni"
    )


def sheet(house: House, *rows: str, heading: str = HEADING) -> Sheet:
    path = house.folder / "lembar.csv"
    path.write_text("\n".join((heading, *rows)), encoding="utf-8")
    return house.desk.posyandu.read(path)


def look(house: House, read: Sheet, **decided: object) -> Preview:
    return house.desk.posyandu.preview(house.actor("midwife"), read, Decided(place=PLACE, **decided))  # type: ignore[arg-type]


def one(house: House, row: str, heading: str = HEADING, **decided: object) -> PreviewRow:
    (found,) = look(house, sheet(house, row, heading=heading), **decided).rows
    return found


def store(house: House, preview: Preview) -> int:
    given = [
        ImportMeasures(uid=new_uid(), person_uid=row.child, measures=row.measures, replaces=row.replaces)
        for row in preview.rows
        if row.fate is Fate.READY and row.measures is not None
    ]
    return house.desk.posyandu.store(house.actor("midwife"), given)


def test_a_row_goes_into_the_course_and_closes_what_is_due(house: House, rizki: Person) -> None:
    read = sheet(house, f"1306041809259001;Rizki;18-09-2025;L;{DAY};7,75;73,5;L;12,9;n")
    preview = look(house, read)
    (row,) = preview.rows
    assert (row.fate, row.child, row.child_words) == (Fate.READY, rizki.uid, "Rizki Ramadhan · 1 th · RM 00-14-02-03")
    assert (row.day, row.sizes) == (DAY, "7,75 kg · 73,5 cm · LiLA 12,9 cm")
    assert (row.judged, row.level) == ("BB/U −2,40 berat badan kurang · BB/PB −2,13 gizi kurang", "low")
    assert store(house, preview) == 1
    (taken,) = house.read(VitalSigns, person_uid=rizki.uid)
    assert (taken.source, taken.place, taken.visit_uid, taken.position) == ("import", PLACE, None, "L")
    assert (taken.weight, taken.height, taken.arm, taken.oedema) == (7750, 735, 129, False)
    (day,) = house.desk.growth.course(house.actor("midwife"), rizki.uid).days
    assert (day.day, day.weight, day.place) == (DAY, "7,75", PLACE)
    lines = {line.service: line.state for line in house.desk.care.due(house.actor("midwife"), rizki.uid)}
    assert (lines["growth_weight"], lines["growth_muac"]) == ("done", "done")


def test_imported_twice_it_is_there_once(house: House, rizki: Person) -> None:
    read = sheet(house, f"1306041809259001;Rizki;;L;{DAY};7,75;73,5;L;;")
    first = look(house, read)
    assert store(house, first) == 1
    again = look(house, read)
    assert [(row.fate, row.sentence) for row in again.rows] == [(Fate.THERE, "Sudah tercatat.")]
    assert store(house, first) == 0, "a press that comes twice"
    assert len(house.read(VitalSigns, person_uid=rizki.uid)) == 1


def test_other_figures_for_the_same_day_are_asked_about_and_replace_the_old_ones(house: House, rizki: Person) -> None:
    store(house, look(house, sheet(house, f"1306041809259001;;;;{DAY};8,75;;;;")))
    corrected = sheet(house, f"1306041809259001;;;;{DAY};7,75;;;;")
    (row,) = look(house, corrected).rows
    assert (row.fate, row.sentence) == (Fate.OTHER, "Hari itu sudah diimpor 8,75 kg. Ganti, atau biarkan yang lama.")
    preview = look(house, corrected, anew=frozenset({2}))
    assert preview.rows[0].fate is Fate.READY
    assert store(house, preview) == 1
    (kept,) = house.read(VitalSigns, person_uid=rizki.uid)
    assert kept.weight == 7750


def test_the_puskesmas_own_measure_of_that_day_stays(house: House, rizki: Person) -> None:
    house.put(
        VitalSigns(
            uid=new_uid(), person_uid=rizki.uid, taken_at=house.clock.now(), weight=7900, source="here"
        )
    )  # fmt: skip
    row = one(house, "1306041809259001;;;;21-11-2026;7,75;;;;")
    assert row.fate is Fate.READY
    assert one(house, "1306041809259001;;;;21-11-2026;7,9;;;;").fate is Fate.THERE


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("no rm;tgl ukur;berat", f"00-14-02-03;{DAY};7,75"),
        ("nama;tgl lahir;tgl ukur;bb", f"rizki ramadhan;18/9/2025;{DAY};7,75"),
        ("NIK Anak;Nama;tanggal timbang;BB", f"'1306041809259001;RIZKI;{DAY};7,75"),
    ],
)
def test_a_child_is_found_by_number_or_by_name_and_birth_date(
    house: House, rizki: Person, heading: str, row: str
) -> None:
    found = one(house, row, heading)
    assert (found.fate, found.child) == (Fate.READY, rizki.uid), found.sentence


def test_a_row_nobody_fits_is_told_and_given_a_child_by_hand(house: House, rizki: Person) -> None:
    read = sheet(house, f"Riski R;{DAY};7,75", heading="nama;tgl ukur;berat")
    (row,) = look(house, read).rows
    assert row.fate is Fate.CHECK
    assert row.sentence == "Belum tentu siapa: tanpa NIK, nomor RM atau tanggal lahir. Pilih anaknya."
    assert store(house, look(house, read)) == 0
    preview = look(house, read, chosen={2: rizki.uid})
    assert (preview.rows[0].fate, preview.rows[0].child) == (Fate.READY, rizki.uid)
    assert store(house, preview) == 1


def test_namesakes_of_one_day_are_chosen_by_hand(house: House) -> None:
    twins = [house.person("Muhammad", "2025-09-18", "L") for _ in range(2)]
    row = one(house, f";Muhammad;18-09-2025;L;{DAY};8,5;;;;")
    assert (row.fate, row.sentence) == (Fate.CHECK, "2 anak cocok. Pilih yang benar.")
    assert {child.uid for child in row.candidates} == {twin.uid for twin in twins}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("1306041809259001;Budi Santoso;;L;{day};7,75;;;;", "namanya Rizki Ramadhan"),
        ("1306041809259001;Rizki;17-09-2025;L;{day};7,75;;;;", "Tanggal lahir di lembar lain"),
        ("1306041809259001;Rizki;;P;{day};7,75;;;;", "Jenis kelamin di lembar lain"),
    ],
)
def test_what_speaks_against_the_child_is_asked(house: House, rizki: Person, row: str, word: str) -> None:
    text = row.format(day=DAY)
    found = one(house, text)
    assert found.fate is Fate.CHECK
    assert word in found.sentence
    assert one(house, text, chosen={2: rizki.uid}).fate is Fate.READY


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ("{day};0,005;;;;", "tidak mungkin"),
        ("{day};500;;;;", "tidak mungkin"),
        ("{day};;20;;;", "tidak mungkin"),
        ("{day};delapan;;;;", "Berat “delapan” bukan angka"),
        ("{day};;;;;", "Tidak ada ukuran"),
        ("17-09-2025;3;;;;", "lebih awal daripada tanggal lahir"),
        ("22-11-2026;8;;;;", "belum lewat"),
        ("31-02-2026;8;;;;", "Tanggal ukur “31-02-2026”"),
        (";8;;;;", "Tanggal ukur belum ada"),
        ("{day};8;74;X;;", "Cara ukur"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(house: House, rizki: Person, cells: str, word: str) -> None:
    good = house.person("Siti Contoh", "2025-10-10", "P", nik="1306045010259002")
    read = sheet(house, f"1306041809259001;;;;{cells.format(day=DAY)}", f"1306045010259002;;;;{DAY};8,1;;;;")
    preview = look(house, read)
    assert preview.rows[0].fate is Fate.WRONG
    assert word in preview.rows[0].sentence
    assert store(house, preview) == 1
    assert house.read(VitalSigns)[0].person_uid == good.uid


def test_swapped_columns_are_noticed_and_put_right(house: House, rizki: Person) -> None:
    read = sheet(house, f"1306041809259001;;;;{DAY};73,5;7,75;L;;")
    preview = look(house, read)
    assert preview.rows[0].fate is Fate.WRONG
    assert preview.rows[0].sentence.startswith("Berat 73,5 dan panjang/tinggi 7,75 tampaknya tertukar.")
    (swapped,) = preview.swapped
    assert (swapped.less, swapped.more, swapped.rows) == ("weight_kg", "length_height_cm", 1)
    right = look(house, read, swapped=((swapped.less, swapped.more),))
    assert (right.rows[0].fate, right.rows[0].sizes) == (Fate.READY, "7,75 kg · 73,5 cm")


def test_the_day_of_the_posyandu_stands_for_rows_without_one(house: House, rizki: Person) -> None:
    read = sheet(house, "1306041809259001;7,75", heading="nik;berat")
    assert not read.dated
    row = one(house, "1306041809259001;7,75", "nik;berat", on=date(2026, 11, 20))
    assert (row.fate, row.day) == (Fate.READY, DAY)


def test_a_child_stands_once_a_day(house: House, rizki: Person) -> None:
    row = f"1306041809259001;;;;{DAY};7,75;;;;"
    preview = look(house, sheet(house, row, row.replace("7,75", "7,8")))
    assert [found.fate for found in preview.rows] == [Fate.READY, Fate.WRONG]
    assert preview.rows[1].sentence == "Anak ini sudah ada di baris 2 pada hari yang sama."


def test_nothing_is_measured_after_a_death(house: House) -> None:
    house.person(
        "Anak Contoh", "2025-09-18", "L", nik="1306041809259001", status=PersonStatus.DEAD, status_on=date(2026, 11, 19)
    )
    row = one(house, f"1306041809259001;;;;{DAY};7,75;;;;")
    assert (row.fate, row.sentence) == (Fate.WRONG, "Tercatat meninggal 19-11-2026. Periksa tanggalnya.")
    assert one(house, "1306041809259001;;;;19-11-2026;7,75;;;;").fate is Fate.READY


def test_who_died_on_a_day_nobody_knows_is_not_measured(house: House) -> None:
    house.person("Anak Contoh", "2025-09-18", "L", nik="1306041809259001", status=PersonStatus.DEAD)
    row = one(house, f"1306041809259001;;;;{DAY};7,75;;;;")
    assert (row.fate, row.sentence) == (Fate.WRONG, "Tercatat meninggal. Periksa tanggalnya.")


def test_the_record_is_asked_again_when_it_is_stored(house: House, rizki: Person) -> None:
    preview = look(house, sheet(house, f"1306041809259001;;;;{DAY};7,75;;;;"))
    with house.store.writing(house.actor("midwife"), "test.died") as uow:
        uow.change(rizki, status=PersonStatus.DEAD, status_on=date(2026, 11, 1))
    with pytest.raises(InvalidInput, match="meninggal"):
        store(house, preview)
    assert house.read(VitalSigns) == ()


def test_rows_that_stay_behind_are_written_down_with_their_reasons(house: House, rizki: Person) -> None:
    read = sheet(house, f"1306041809259001;Rizki;;;{DAY};500;;;;", f";Entah;;;{DAY};8;;;;")
    preview = look(house, read)
    path = house.folder / "sisa.csv"
    house.desk.posyandu.save_rest(path, read, preview.rows)
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == f"{HEADING};catatan"
    assert lines[1].startswith(f"1306041809259001;Rizki;;;{DAY};500;;;;;baris 2: ")
    assert lines[2].endswith("Pilih anaknya.")


@pytest.mark.parametrize(
    ("heading", "rows", "word"),
    [
        ("berat;tgl ukur", ["8;20-11-2026"], "Kolom anaknya tidak ada"),
        ("nik;nama", ["1;A"], "Kolom ukuran tidak ada"),
        ("nik;berat", [], "belum berisi anak"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_in_words(
    house: House, heading: str, rows: list[str], word: str
) -> None:
    with pytest.raises(UserError, match=word):
        sheet(house, *rows, heading=heading)


def test_who_only_registers_imports_nothing(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.desk.posyandu.store(house.actor("registration"), ())


def test_oedema_and_the_way_of_measuring_are_not_lost_where_the_figures_are_the_same(
    house: House, rizki: Person
) -> None:
    store(house, look(house, sheet(house, f"1306041809259001;;;;{DAY};7,75;73,5;L;;")))
    assert one(house, f"1306041809259001;;;;{DAY};7,75;73,5;L;;n").fate is Fate.THERE
    assert one(house, f"1306041809259001;;;;{DAY};7,75;73,5;H;;").fate is Fate.OTHER
    corrected = sheet(house, f"1306041809259001;;;;{DAY};7,75;73,5;L;;y")
    assert look(house, corrected).rows[0].fate is Fate.OTHER
    assert store(house, look(house, corrected, anew=frozenset({2}))) == 1
    (kept,) = house.read(VitalSigns, person_uid=rizki.uid)
    assert kept.oedema is True


def test_one_row_with_changed_figures_does_not_turn_the_columns_of_all(house: House, rizki: Person) -> None:
    read = sheet(
        house,
        f"1306041809259001;;;;{DAY};73,5;7,75;L;;",
        "1306041809259001;;;;19-10-2026;7,5;72;L;;",
    )
    preview = look(house, read)
    assert preview.swapped == ()
    assert [row.fate for row in preview.rows] == [Fate.WRONG, Fate.READY]


def test_a_child_nobody_knows_is_chosen_first(house: House) -> None:
    row = one(house, f"Anak Baru;01-01-2026;{DAY};500", "nama;tgl lahir;tgl ukur;berat")
    assert (row.fate, row.sentence) == (Fate.CHECK, "Anak ini belum ditemukan. Pilih anaknya, atau daftarkan dulu.")
