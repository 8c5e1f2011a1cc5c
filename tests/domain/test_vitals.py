"""Vital signs as they are typed at the bedside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.vitals import VitalPart, VitalReading, VitalState, check_vital, kept, read_kept, show, show_kept

ADULT = Age(30, 0, 0, 10957)
NEWBORN = Age(0, 0, 3, 3)

UNMEASURED = " Bila tidak terukur, tulis tt."


def read(reference: Reference, code: str, text: str, age: Age | None = ADULT) -> VitalReading:
    return check_vital(code, text, age, reference)


@pytest.mark.parametrize("text", ["162/108", "162 / 108", " 162/108 mmHg", "162-108", "162 108"])
def test_blood_pressure(reference: Reference, text: str) -> None:
    reading = read(reference, "blood_pressure", text)
    assert reading.state is VitalState.OK
    assert reading.parts == (VitalPart("systolic", 162), VitalPart("diastolic", 108))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1200/80", "Sistol 1200 mmHg tidak mungkin (50 sampai 300). Periksa angkanya."),
        ("120/800", "Diastol 800 mmHg tidak mungkin (30 sampai 200). Periksa angkanya."),
        ("16/10", "Sistol 16 mmHg tidak mungkin (50 sampai 300). Periksa angkanya."),
        ("80/120", "Diastol harus lebih kecil daripada sistol. Periksa angkanya."),
        ("120/120", "Diastol harus lebih kecil daripada sistol. Periksa angkanya."),
        ("120", "Tekanan darah: tulis sistol/diastol, mis. 120/80."),
        ("120/", "Tekanan darah: tulis sistol/diastol, mis. 120/80."),
        ("120/80/60", "Diastol: tulis angkanya, mis. 80."),
        ("tinggi", "Tekanan darah: tulis sistol/diastol, mis. 120/80."),
        ("HI/80", "Sistol: HI tidak berlaku di sini. Tulis angkanya, mis. 120."),
        ("120,5/80", "Sistol: tulis bilangan bulat."),
    ],
)
def test_blood_pressure_that_cannot_be(reference: Reference, text: str, sentence: str) -> None:
    reading = read(reference, "blood_pressure", text)
    assert (reading.state, reading.parts) == (VitalState.REFUSED, ())
    assert reading.sentence.removesuffix(UNMEASURED) == sentence


@pytest.mark.parametrize("text", ["90/p", "90/palpasi", "90/tt"])
def test_blood_pressure_by_touch(reference: Reference, text: str) -> None:
    parts = read(reference, "blood_pressure", text).parts
    assert parts == (VitalPart("systolic", 90), VitalPart("diastolic", special="not_measurable"))


def test_blood_pressure_not_measurable(reference: Reference) -> None:
    reading = read(reference, "blood_pressure", "tt")
    assert reading.special == "not_measurable"
    assert len(reading.parts) == 2


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("temperature", "36,7", 367),
        ("temperature", "36.7", 367),
        ("temperature", "36,7 °C", 367),
        ("temperature", "36,7 C", 367),
        ("temperature", "37", 370),
        ("weight", "68,4", 68400),
        ("weight", "2,95 kg", 2950),
        ("height", "156,5", 1565),
        ("arm", "26,0", 260),
        ("spo2", "98%", 98),
        ("glucose", "112 mg/dL", 112),
        ("haemoglobin", "11,4", 114),
        ("pulse", "96", 96),
        ("pulse", "96/mnt", 96),
    ],
)
def test_numbers(reference: Reference, code: str, text: str, value: int) -> None:
    age = NEWBORN if value == 2950 else ADULT
    reading = read(reference, code, text, age)
    assert (reading.state, reading.value) == (VitalState.OK, value)


@pytest.mark.parametrize(
    ("code", "text", "special"),
    [
        ("glucose", "HI", "HI"),
        ("glucose", "high", "HI"),
        ("glucose", "lo", "LO"),
        ("pulse", "tt", "not_measurable"),
        ("spo2", "tidak terukur", "not_measurable"),
    ],
)
def test_values_that_are_no_number(reference: Reference, code: str, text: str, special: str) -> None:
    reading = read(reference, code, text)
    assert (reading.state, reading.special, reading.value) == (VitalState.OK, special, None)


@pytest.mark.parametrize(
    ("code", "text", "sentence"),
    [
        ("pulse", "HI", "Nadi: HI tidak berlaku di sini. Tulis angkanya, mis. 88."),
        ("temperature", "367", "Suhu 367,0 °C tidak mungkin (25,0 sampai 45,0). Periksa angkanya."),
        ("temperature", "36,75", "Suhu: paling banyak 1 angka di belakang koma."),
        ("weight", "2.950", "Berat: tulis tanpa titik pemisah; desimal memakai koma, mis. 68,4."),
        ("weight", "0,4", "Berat 0,4 kg tidak mungkin (0,5 sampai 300,0). Periksa angkanya."),
        ("spo2", "101", "SpO₂ 101% tidak mungkin (50 sampai 100). Periksa angkanya."),
        ("spo2", "9 8", "SpO₂: tulis angkanya, mis. 98."),
        ("pulse", "-5", "Nadi: tulis angkanya, mis. 88."),
        ("pulse", "١٢", "Nadi: tulis angkanya, mis. 88."),
        ("pulse", "9" * 300, "Nadi: tulis angkanya, mis. 88."),
        ("gcs", "2", "GCS 2 tidak mungkin (3 sampai 15). Periksa angkanya."),
        ("urine_protein", "banyak", "Protein urin: pilih negatif, ±, +, ++, +++, ++++."),
    ],
)
def test_refused_in_words(reference: Reference, code: str, text: str, sentence: str) -> None:
    reading = read(reference, code, text)
    assert reading.state is VitalState.REFUSED
    assert reading.sentence.removesuffix(UNMEASURED) == sentence


@pytest.mark.parametrize(("code", "hint"), [("pulse", True), ("blood_pressure", True), ("presentation", False)])
def test_what_may_be_typed_instead_is_said_where_it_may_be(reference: Reference, code: str, hint: bool) -> None:
    assert read(reference, code, "xyz").sentence.endswith(UNMEASURED) is hint


@pytest.mark.parametrize(
    ("code", "text", "value", "special"),
    [
        ("presentation", "Sungsang", 1, None),
        ("presentation", "lintang", 2, None),
        ("presentation", "letak lintang", 2, None),
        ("fetal_heart", "tidak ada", None, "not_measurable"),
        ("fetal_heart", "tidak terdengar", None, "not_measurable"),
        ("pulse", "tidak teraba", None, "not_measurable"),
        ("fundus", "belum teraba", None, "not_measurable"),
    ],
)
def test_words_people_use_are_understood(
    reference: Reference, code: str, text: str, value: int | None, special: str | None
) -> None:
    reading = read(reference, code, text)
    assert (reading.state, reading.value, reading.special) == (VitalState.OK, value, special)


def test_unlikely_is_asked_once_and_depends_on_age(reference: Reference) -> None:
    assert read(reference, "weight", "3,2", NEWBORN).state is VitalState.OK
    asked = read(reference, "weight", "3,2", ADULT)
    assert asked.state is VitalState.CONFIRM
    assert asked.value == 3200
    assert asked.sentence == ("Berat 3,2 kg di luar kebiasaan untuk umur ini (30,0 sampai 150,0). Benar begitu?")
    assert read(reference, "weight", "68,4", NEWBORN).state is VitalState.CONFIRM


def test_likely_span_of_unknown_age_is_that_of_adults(reference: Reference) -> None:
    assert read(reference, "pulse", "150", None).state is VitalState.OK
    assert read(reference, "pulse", "190", None).state is VitalState.CONFIRM


@pytest.mark.parametrize(
    ("code", "age", "edges"),
    [
        ("pulse", ADULT, (40, 160)),
        ("respiration", Age(0, 3, 0, 92), (20, 80)),
        ("systolic", ADULT, (80, 220)),
        ("glucose", ADULT, (45, 500)),
    ],
)
def test_edges_of_the_likely_span(reference: Reference, code: str, age: Age, edges: tuple[int, int]) -> None:
    low, high = edges
    states = [read(reference, code, str(value), age).state for value in (low - 1, low, high, high + 1)]
    assert states == [VitalState.CONFIRM, VitalState.OK, VitalState.OK, VitalState.CONFIRM]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("negatif", "negatif"),
        ("neg", "negatif"),
        ("-", "negatif"),
        ("++", "++"),
        ("+2", "++"),
        ("2+", "++"),
        ("+-", "±"),
    ],
)
def test_urine_protein(reference: Reference, text: str, shown: str) -> None:
    reading = read(reference, "urine_protein", text)
    assert reading.state is VitalState.OK
    assert show("urine_protein", reading.value, reference) == shown


@pytest.mark.parametrize(
    ("code", "typed", "stored", "shown"),
    [
        ("urine_protein", "2+", "++", "++"),
        ("urine_protein", "neg", "negatif", "negatif"),
        ("haemoglobin", "10,4", "104", "10,4"),
        ("haemoglobin", "tt", "not_measurable", "tidak terukur"),
    ],
)
def test_a_result_is_kept_and_read_back(reference: Reference, code: str, typed: str, stored: str, shown: str) -> None:
    """A choice is kept in its own word, so that a later list of choices does not change what was found."""
    (part,) = read(reference, code, typed).parts
    assert kept(part, reference) == stored
    assert show_kept(code, stored, reference) == shown
    back = read_kept(code, stored, reference)
    assert back == (part.special if part.value is None else part.value)


@pytest.mark.parametrize(("code", "words"), [("urine_protein", "positif lemah"), ("haemoglobin", "kurang"), ("x", "1")])
def test_a_result_in_words_of_elsewhere_stands_as_written(reference: Reference, code: str, words: str) -> None:
    assert read_kept(code, words, reference) is None
    assert show_kept(code, words, reference) == words


def test_nothing_typed(reference: Reference) -> None:
    assert read(reference, "pulse", "   ").state is VitalState.EMPTY


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("temperature", 367, "36,7"),
        ("temperature", 360, "36,0"),
        ("weight", 68400, "68,4"),
        ("weight", 2955, "2,955"),
        ("fundus", 270, "27"),
        ("fundus", 275, "27,5"),
        ("pulse", 100, "100"),
        ("glucose", "HI", "HI"),
        ("pulse", "not_measurable", "tidak terukur"),
        ("pulse", None, ""),
    ],
)
def test_shown_as_people_write(reference: Reference, code: str, value: int | str | None, text: str) -> None:
    assert show(code, value, reference) == text


@given(text=st.text(max_size=320), code=st.sampled_from(["blood_pressure", "weight", "glucose", "urine_protein"]))
def test_whatever_is_typed_is_understood_or_refused_in_words(reference: Reference, text: str, code: str) -> None:
    reading = read(reference, code, text)
    if reading.state in (VitalState.REFUSED, VitalState.CONFIRM):
        assert reading.sentence.endswith((".", "?"))
    for part in reading.parts:
        measure = reference.measures[part.code]
        assert (part.value is None) != (part.special is None)
        if part.value is not None and measure.kind == "number":
            assert measure.possible[0] <= part.value <= measure.possible[1]


@given(code=st.sampled_from(["weight", "temperature", "pulse", "height", "haemoglobin"]), data=st.data())
def test_what_is_shown_is_read_back_the_same(reference: Reference, code: str, data: st.DataObject) -> None:
    measure = reference.measures[code]
    step = measure.scale // 10**measure.decimals
    low, high = measure.possible
    value = data.draw(st.integers(low // step, high // step)) * step
    assert read(reference, code, show(code, value, reference)).value == value
