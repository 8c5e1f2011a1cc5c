"""Rows of a posyandu's sheet: what is understood, and the sentence for what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.growth.measures import GrowthAge, Measured, assess
from ilp_desk.domain.growth.rows import ADDED, BadRow, RowReader, answer, columns, refusal
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.errors import UserError
from resources import growth_lms

TODAY = date(2026, 11, 21)
TABLES = GrowthTables(growth_lms)
GOOD = {"sex": "L", "age_days": "427", "weight_kg": "7,8", "length_height_cm": "74.0"}


def understood(reference: Reference, **cells: str) -> Measured:
    row = GOOD | cells
    return RowReader(columns(list(row)), reference, TODAY).read(list(row.values()))


def refused(reference: Reference, **cells: str) -> str:
    with pytest.raises(BadRow) as trouble:
        understood(reference, **cells)
    return trouble.value.sentence


def test_a_whole_row(reference: Reference) -> None:
    found = understood(reference, measure="L", oedema="n", head_cm="45,2", muac_cm="12.9")
    assert found == Measured(
        sex=Sex.MALE,
        age=GrowthAge.of_days(427),
        weight_kg=7.8,
        length_cm=74.0,
        lying=True,
        head_cm=45.2,
        arm_cm=12.9,
    )


@pytest.mark.parametrize(
    ("text", "sex"), [("L", Sex.MALE), (" l ", Sex.MALE), ("P", Sex.FEMALE), ("Perempuan", Sex.FEMALE)]
)
def test_sex_as_it_is_written(reference: Reference, text: str, sex: Sex) -> None:
    assert understood(reference, sex=text).sex is sex


@pytest.mark.parametrize(("text", "lying"), [("L", True), ("h", False), ("", None), ("-", None), ("Berdiri", False)])
def test_how_it_was_measured(reference: Reference, text: str, lying: bool | None) -> None:
    assert understood(reference, measure=text).lying is lying


@pytest.mark.parametrize(("text", "oedema"), [("y", True), ("Ya", True), ("n", False), ("", False), ("tidak", False)])
def test_oedema_as_it_is_written(reference: Reference, text: str, oedema: bool) -> None:
    assert understood(reference, oedema=text).oedema is oedema


@pytest.mark.parametrize(
    ("born", "on", "days"),
    [
        ("2025-09-20", "2026-11-21", 427),
        ("20-09-2025", "21/11/2026", 427),
        ("29 feb 2024", "1 mar 2026", 731),
        ("21-11-2026", "21-11-2026", 0),
    ],
)
def test_dates_instead_of_days(reference: Reference, born: str, on: str, days: int) -> None:
    assert understood(reference, age_days="", birth_date=born, measured_on=on).age.days == days


def test_months_from_61_on(reference: Reference) -> None:
    assert understood(reference, age_days="", age_months="61").age == GrowthAge.of_months(61)
    assert understood(reference, age_days="-", age_months="100,9").age == GrowthAge.of_months(100)
    assert understood(reference, age_days="", age_months="228").age == GrowthAge.of_months(228)


def test_a_child_born_early_is_counted_from_the_day_it_was_due(reference: Reference) -> None:
    assert understood(reference, age_days="100", gestation_weeks="30").age.days == 30
    assert understood(reference, age_days="100", gestation_weeks="").age.days == 100
    assert "belum sampai hari perkiraan lahir" in refused(reference, age_days="69", gestation_weeks="30")
    assert "tidak mungkin" in refused(reference, gestation_weeks="9")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"sex": "X"}, "tulis L atau P"),
        ({"sex": ""}, "tulis L atau P"),
        ({"weight_kg": "0,005"}, "Berat 0,005 kg tidak mungkin (0,5 sampai 300)"),
        ({"weight_kg": "500", "length_height_cm": ""}, "Berat 500 kg tidak mungkin"),
        ({"weight_kg": "7800"}, "Berat 7800 kg tidak mungkin"),
        ({"length_height_cm": "20"}, "20 cm tidak mungkin (30 sampai 230)"),
        ({"weight_kg": "tujuh"}, "weight_kg “tujuh” bukan angka"),
        ({"weight_kg": "-7"}, "bukan angka"),
        ({"weight_kg": "nan"}, "bukan angka"),
        ({"weight_kg": "1e1"}, "bukan angka"),
        ({"weight_kg": "7.800,0"}, "bukan angka"),
        ({"weight_kg": "9" * 400}, "bukan angka"),
        ({"age_days": "9" * 400}, "bukan angka"),
        ({"weight_kg": "", "length_height_cm": "-"}, "Tidak ada ukuran"),
        ({"age_days": ""}, "Umur belum ada"),
        ({"age_days": "12,5"}, "tulis bilangan bulat"),
        ({"age_days": "7000"}, "hanya sampai 228 bulan"),
        ({"age_days": "", "age_months": "60"}, "di bawah 61 bulan"),
        ({"age_days": "", "age_months": "229"}, "hanya sampai 228 bulan"),
        ({"age_days": "", "birth_date": "20-09-2025"}, "Umur belum ada"),
        ({"age_days": "", "birth_date": "2-1-2026", "measured_on": "1-1-2026"}, "lebih awal daripada tanggal lahir"),
        ({"age_days": "", "birth_date": "2-1-2026", "measured_on": "22-11-2026"}, "belum lewat"),
        ({"age_days": "", "birth_date": "31-2-2026", "measured_on": "1-6-2026"}, "birth_date “31-2-2026”"),
        ({"birth_date": "20-9-2025", "measured_on": "20-11-2026"}, "Umur 427 hari tidak cocok dengan tanggalnya (426"),
        ({"measure": "X"}, "terlentang"),
        ({"oedema": "mungkin"}, "tulis y atau n"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(reference: Reference, cells: dict[str, str], words: str) -> None:
    sentence = refused(reference, **cells)
    assert words in sentence
    assert sentence.endswith(".")


def test_swapped_columns_are_told(reference: Reference) -> None:
    row = GOOD | {"weight_kg": "75", "length_height_cm": "9,2"}
    with pytest.raises(BadRow, match="weight_kg 75 dan length_height_cm 9,2 tampaknya tertukar") as trouble:
        RowReader(columns(list(row)), reference, TODAY).read(list(row.values()))
    assert trouble.value.swapped == ("weight_kg", "length_height_cm")
    assert "head_cm 12,9 tampaknya tertukar" in refused(reference, head_cm="12,9", muac_cm="45,2")


def test_a_heavy_youth_is_not_taken_for_swapped_columns(reference: Reference) -> None:
    found = understood(reference, age_days="", age_months="200", weight_kg="151", length_height_cm="150")
    assert found.weight_kg == 151
    assert understood(reference, age_days="", age_months="200", weight_kg="150", length_height_cm="45").length_cm == 45
    assert "tertukar" in refused(reference, age_days="", age_months="200", weight_kg="150", length_height_cm="44,9")


def test_a_short_row_is_a_row_with_empty_cells(reference: Reference) -> None:
    reader = RowReader(columns([*GOOD, "head_cm"]), reference, TODAY)
    assert reader.read(list(GOOD.values())).head_cm is None


def test_columns_in_other_words_and_order() -> None:
    assert columns(["Nama", "JK", "TB", "Berat  Badan", "Tgl Lahir", "Tgl Ukur", "berat"]) == {
        "sex": 1,
        "length_height_cm": 2,
        "weight_kg": 3,
        "birth_date": 4,
        "measured_on": 5,
    }


@pytest.mark.parametrize(
    ("headings", "word"),
    [
        (["age_days", "weight_kg"], "sex"),
        (["sex", "birth_date", "weight_kg"], "age_days"),
        (["sex", "age_days", "name"], "weight_kg"),
    ],
)
def test_a_column_that_is_missing_is_named(headings: list[str], word: str) -> None:
    with pytest.raises(UserError, match=word):
        columns(headings)


def cells_of(reference: Reference, comma: bool = False, **cells: str) -> dict[str, str]:
    found = assess(understood(reference, **cells), reference.growth, TABLES)
    return dict(zip(ADDED, answer(found, reference.growth, comma=comma), strict=True))


def test_the_answer_of_a_row(reference: Reference) -> None:
    """The z-scores as two other packages give them."""
    found = cells_of(reference, head_cm="45,2", muac_cm="12,9")
    assert found == {
        "zlen": "-1.65", "zwei": "-2.34", "zwfl": "-2.19", "zbmi": "-1.95", "zhc": "-1.07", "zac": "-1.69",
        "flen": "0", "fwei": "0", "fwfl": "0", "fbmi": "0", "fhc": "0", "fac": "0",
        "label_len": "Normal", "label_wei": "Berat badan kurang", "label_wfl": "Gizi kurang",
        "label_bmi": "Gizi baik", "label_hc": "Normal", "label_muac": "Normal", "note": "",
    }  # fmt: skip
    assert cells_of(reference, comma=True)["zwei"] == "-2,34"


def test_a_doubtful_score_keeps_its_label_and_says_so(reference: Reference) -> None:
    found = cells_of(reference, weight_kg="3")
    assert found["fwei"] == "1"
    assert found["label_wei"] == "Berat badan sangat kurang (periksa ulang ukurannya)"


def test_oedema_is_severe_by_itself(reference: Reference) -> None:
    found = cells_of(reference, oedema="y")
    assert (found["zwei"], found["zwfl"], found["zbmi"]) == ("", "", "")
    assert found["zlen"]
    assert found["label_wfl"] == "Gizi buruk (edema)"
    assert "zwei: tidak dihitung karena edema" in found["note"]


def test_a_refused_row_has_its_sentence_in_the_last_cell() -> None:
    cells = refusal("Tidak bisa.")
    assert len(cells) == len(ADDED)
    assert [cell for cell in cells if cell] == ["Tidak bisa."]


@given(
    st.fixed_dictionaries({column: st.text(max_size=8) for column in (*GOOD, "birth_date", "measured_on", "measure")})
)
def test_whatever_stands_in_a_row_it_is_read_or_told(reference: Reference, row: dict[str, str]) -> None:
    reader = RowReader(columns(list(row)), reference, TODAY)
    try:
        told = reader.read(list(row.values())).sex.value
    except BadRow as trouble:
        told = trouble.sentence
    assert told in {"L", "P"} or told.endswith(".")
