"""Alarms: each boundary below, at and above it; the act comes first; the worst of each matter alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.alarms import Alarm, AlarmFacts, alarms, taken, with_earlier
from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.text.ages import Age, age

TODAY = date(2026, 11, 21)
ADULT = age(date(1990, 5, 5), TODAY)
ELDERLY = age(date(1950, 5, 5), TODAY)
TEEN = age(date(2012, 5, 5), TODAY)
SCHOOL = age(date(2019, 5, 5), TODAY)
FOUR = age(date(2022, 5, 5), TODAY)
TODDLER = age(date(2024, 11, 21), TODAY)
INFANT = age(date(2026, 5, 21), TODAY)
TEN_WEEKS = age(date(2026, 9, 21), TODAY)
SIX_WEEKS = age(date(2026, 10, 10), TODAY)
NEWBORN = age(date(2026, 11, 18), TODAY)


def rise(
    reference: Reference,
    values: dict[str, int | str],
    who: Age | None = ADULT,
    *signs: str,
    pregnant: bool = False,
    postpartum: bool = False,
) -> tuple[Alarm, ...]:
    facts = AlarmFacts(on=TODAY, age=who, pregnant=pregnant, postpartum=postpartum, signs=frozenset(signs))
    return alarms(values, facts, reference)


def about(found: tuple[Alarm, ...], code: str) -> str | None:
    """The level of the alarm about one matter, None if it is quiet."""
    levels = [alarm.level.value for alarm in found if alarm.code == code]
    assert len(levels) <= 1
    return levels[0] if levels else None


R, Y, N = "red", "yellow", None

EDGES: list[tuple[str, str, Age, str, list[tuple[int, str | None]]]] = [
    # measure, matter, age, group, [(value in base units, level)]
    ("systolic", "blood_pressure", ADULT, "pregnant", [(139, N), (140, Y), (159, Y), (160, R), (161, R)]),
    ("diastolic", "blood_pressure", ADULT, "pregnant", [(89, N), (90, Y), (109, Y), (110, R), (111, R)]),
    ("systolic", "blood_pressure", ADULT, "postpartum", [(139, N), (140, Y), (159, Y), (160, R)]),
    ("diastolic", "blood_pressure", ADULT, "postpartum", [(89, N), (90, Y), (109, Y), (110, R)]),
    ("systolic", "blood_pressure", ADULT, "", [(89, R), (90, N), (179, N), (180, Y), (219, Y), (220, R)]),
    ("diastolic", "blood_pressure", ADULT, "", [(109, N), (110, Y), (119, Y), (120, R)]),
    ("systolic", "blood_pressure", ELDERLY, "", [(89, R), (90, Y), (99, Y), (100, N)]),
    ("systolic", "blood_pressure", TEEN, "", [(89, R), (90, N)]),
    ("systolic", "blood_pressure", SCHOOL, "", [(83, R), (84, N)]),
    ("systolic", "blood_pressure", FOUR, "", [(77, R), (78, N)]),
    ("systolic", "blood_pressure", INFANT, "", [(69, R), (70, N)]),
    ("systolic", "blood_pressure", NEWBORN, "", [(59, R), (60, N)]),
    ("pulse", "pulse", ADULT, "", [(39, R), (40, Y), (49, Y), (50, N), (110, N), (111, Y), (130, Y), (131, R)]),
    ("pulse", "pulse", TEEN, "", [(59, Y), (60, N), (110, N), (111, Y), (131, R)]),
    ("pulse", "pulse", SCHOOL, "", [(74, Y), (75, N), (130, N), (131, Y)]),
    ("pulse", "pulse", FOUR, "", [(89, Y), (90, N), (150, N), (151, Y)]),
    ("pulse", "pulse", INFANT, "", [(99, Y), (100, N), (170, N), (171, Y)]),
    ("pulse", "pulse", NEWBORN, "", [(99, Y), (100, N), (180, N), (181, Y)]),
    ("respiration", "respiration", ADULT, "", [(7, R), (8, Y), (11, Y), (12, N), (22, N), (23, Y), (30, Y), (31, R)]),
    ("respiration", "respiration", ELDERLY, "", [(24, N), (25, Y)]),
    ("respiration", "respiration", SCHOOL, "", [(17, Y), (18, N), (30, N), (31, Y)]),
    ("respiration", "respiration", TODDLER, "", [(23, Y), (24, N), (39, N), (40, Y)]),
    ("respiration", "respiration", INFANT, "", [(29, Y), (30, N), (49, N), (50, Y)]),
    ("respiration", "respiration", TEN_WEEKS, "", [(49, N), (50, Y)]),
    ("respiration", "respiration", SIX_WEEKS, "", [(29, R), (30, N), (59, N), (60, R)]),
    ("respiration", "respiration", NEWBORN, "", [(29, R), (30, N), (59, N), (60, R)]),
    ("spo2", "spo2", ADULT, "", [(89, R), (90, Y), (93, Y), (94, N)]),
    ("spo2", "spo2", FOUR, "", [(91, R), (92, Y), (93, Y), (94, N)]),
    ("temperature", "temperature", ADULT, "", [(349, R), (350, N), (399, N), (400, R)]),
    ("temperature", "temperature", ADULT, "pregnant", [(379, N), (380, Y), (399, Y), (400, R)]),
    ("temperature", "temperature", ADULT, "postpartum", [(379, N), (380, Y)]),
    ("temperature", "temperature", SIX_WEEKS, "", [(359, R), (360, N), (374, N), (375, R)]),
    ("temperature", "temperature", TEN_WEEKS, "", [(359, N), (375, N), (400, R)]),
    ("glucose", "glucose", ADULT, "", [(53, R), (54, Y), (69, Y), (70, N), (249, N), (250, Y), (600, Y)]),
    ("glucose", "glucose", NEWBORN, "", [(44, R), (45, N), (53, N)]),
    ("glucose", "glucose", SIX_WEEKS, "", [(53, R), (54, Y)]),
    ("gcs", "consciousness", ADULT, "", [(12, R), (13, Y), (14, Y), (15, N)]),
    ("consciousness", "consciousness", ADULT, "", [(0, N), (1, Y), (2, R), (3, R)]),
    ("pain", "pain", ADULT, "", [(6, N), (7, Y)]),
    ("fetal_heart", "fetal_heart", ADULT, "pregnant", [(109, R), (110, Y), (119, Y), (120, N), (160, N), (161, Y)]),
    ("fetal_heart", "fetal_heart", ADULT, "", [(109, N)]),
    ("haemoglobin", "haemoglobin", ADULT, "pregnant", [(69, R), (70, Y), (99, Y), (100, Y), (109, Y), (110, N)]),
    ("arm", "arm", ADULT, "pregnant", [(234, Y), (235, N)]),
    ("urine_protein", "blood_pressure", ADULT, "pregnant", [(2, N), (3, Y), (4, Y)]),
    ("haemoglobin", "haemoglobin", ADULT, "", [(69, N)]),
]


@pytest.mark.parametrize(
    ("measure", "matter", "who", "group", "value", "level"),
    [
        pytest.param(measure, matter, who, group, value, level, id=f"{measure}-{group}-{who.total}-{value}")
        for measure, matter, who, group, edges in EDGES
        for value, level in edges
    ],
)
def test_every_boundary(
    reference: Reference, measure: str, matter: str, who: Age, group: str, value: int, level: str | None
) -> None:
    found = rise(reference, {measure: value}, who, pregnant=group == "pregnant", postpartum=group == "postpartum")
    assert about(found, matter) == level


def test_severe_preeclampsia_starts_with_the_act(reference: Reference) -> None:
    (alarm,) = rise(reference, {"systolic": 162, "diastolic": 108, "pulse": 96}, pregnant=True)
    assert alarm.level is Level.RED
    assert alarm.act.startswith("Panggil dokter, baringkan miring kiri")
    assert alarm.reason == "TD 162/108: sistol ≥160 pada kehamilan."
    assert (alarm.rule, alarm.version) == ("PREG-BP-RED", reference.alarms.header.version)


def test_protein_in_urine_is_named(reference: Reference) -> None:
    values: dict[str, int | str] = {"systolic": 142, "diastolic": 92, "urine_protein": 3}
    (alarm,) = rise(reference, values, pregnant=True)
    assert alarm.rule == "PREG-BP-PROTEIN"
    assert alarm.reason == "TD 142/92: sistol ≥140 dan diastol ≥90 dengan protein urin ++."
    (plain,) = rise(reference, values | {"urine_protein": 1}, pregnant=True)
    assert plain.rule == "PREG-BP-YELLOW"


@pytest.mark.parametrize(("systolic", "level"), [(179, None), (180, "red")])
def test_high_pressure_with_headache_is_red(reference: Reference, systolic: int, level: str | None) -> None:
    found = rise(reference, {"systolic": systolic, "diastolic": 95}, ADULT, "headache")
    assert about(found, "blood_pressure") == level
    assert about(found, "headache") == "yellow"


@pytest.mark.parametrize(("value", "level"), [(384, None), (385, "yellow")])
def test_fever_with_chills(reference: Reference, value: int, level: str | None) -> None:
    assert about(rise(reference, {"temperature": value}, ADULT, "chills"), "temperature") == level


@pytest.mark.parametrize(("value", "level"), [(69, "red"), (70, None)])
def test_low_glucose_with_signs(reference: Reference, value: int, level: str | None) -> None:
    assert about(rise(reference, {"glucose": value}, ADULT, "cold_sweat"), "glucose") == level


@pytest.mark.parametrize(
    ("values", "signs", "level"),
    [
        ({"glucose": 299}, ["vomiting"], "yellow"),
        ({"glucose": 300}, ["vomiting"], "red"),
        ({"glucose": 300, "urine_ketone": 2}, [], "red"),
        ({"glucose": 300, "urine_ketone": 1}, [], "yellow"),
        ({"glucose": "HI"}, [], "red"),
        ({"glucose": "LO"}, [], "red"),
        ({"glucose": "not_measurable"}, [], None),
        ({"spo2": "LO"}, [], None),
    ],
)
def test_glucose_beyond_the_device_and_with_ketones(
    reference: Reference, values: dict[str, int | str], signs: list[str], level: str | None
) -> None:
    assert about(rise(reference, values, ADULT, *signs), "glucose") == level


def test_oxygen_below_the_device_is_red(reference: Reference) -> None:
    assert about(rise(reference, {"spo2": "LO"}), "spo2") == "red"


@pytest.mark.parametrize(
    ("who", "measure", "value", "rule"),
    [
        (age(date(2026, 9, 22), TODAY), "respiration", 60, "YOUNG-INFANT-RESPIRATION"),
        (age(date(2026, 9, 21), TODAY), "respiration", 60, "FAST-BREATHING-INFANT"),
        (age(date(2025, 11, 22), TODAY), "respiration", 45, None),
        (age(date(2025, 11, 21), TODAY), "respiration", 45, "FAST-BREATHING-TODDLER"),
        (age(date(2021, 11, 22), TODAY), "respiration", 40, "FAST-BREATHING-TODDLER"),
        (age(date(2021, 11, 21), TODAY), "respiration", 40, "RESPIRATION-ABOVE-AGE.child"),
        (age(date(2026, 10, 24), TODAY), "glucose", 50, None),
        (age(date(2026, 10, 23), TODAY), "glucose", 50, "GLUCOSE-LOW-RED"),
    ],
)
def test_the_day_an_age_limit_changes(
    reference: Reference, who: Age, measure: str, value: int, rule: str | None
) -> None:
    found = rise(reference, {measure: value}, who)
    assert [alarm.rule for alarm in found] == ([rule] if rule else [])


def test_somebody_of_unknown_age_is_judged_as_an_adult(reference: Reference) -> None:
    assert about(rise(reference, {"pulse": 140}, None), "pulse") == "red"


def test_red_ones_come_first_and_nothing_is_said_twice(reference: Reference) -> None:
    found = rise(
        reference,
        {"systolic": 84, "diastolic": 50, "pulse": 125, "spo2": 93, "temperature": 405},
        ADULT,
        "seizure",
        "chills",
    )
    levels = [alarm.level for alarm in found]
    assert levels == sorted(levels, key=lambda level: level is not Level.RED)
    assert len({alarm.code for alarm in found}) == len(found)
    assert about(found, "seizure") == "red"


def test_nothing_measured_nothing_said(reference: Reference) -> None:
    assert rise(reference, {}) == ()


def test_every_danger_sign_raises_its_own_alarm(reference: Reference) -> None:
    for sign in reference.signs.dangers:
        (alarm,) = rise(reference, {}, ADULT, sign.code)
        assert (alarm.level, alarm.act, alarm.rule) == (sign.level, sign.act, f"sign.{sign.code}")


def test_the_desk_list_holds_red_and_yellow_signs_short_enough_for_one_column(reference: Reference) -> None:
    desk = reference.signs.desk()
    assert 10 <= len(desk) <= 24
    assert {sign.level for sign in desk} == set(Level)
    assert all(len(sign.label) <= 80 for sign in desk)


def test_reasons_and_acts_are_whole_sentences(reference: Reference) -> None:
    for rule in (*reference.alarms.rules, *reference.alarms.limit_alarms):
        for sentence in (rule.act, rule.reason):
            assert sentence.endswith(".")
            assert sentence[0].isupper()


@given(
    values=st.dictionaries(
        st.sampled_from(["systolic", "diastolic", "pulse", "respiration", "temperature", "spo2", "glucose", "gcs"]),
        st.one_of(st.integers(0, 800), st.sampled_from(["HI", "LO", "not_measurable"])),
    ),
    who=st.sampled_from([None, ADULT, ELDERLY, FOUR, INFANT, NEWBORN]),
    pregnant=st.booleans(),
)
def test_whatever_is_measured_the_sentences_are_complete(
    reference: Reference, values: dict[str, int | str], who: Age | None, pregnant: bool
) -> None:
    for alarm in rise(reference, values, who, pregnant=pregnant):
        assert "{" not in alarm.reason
        assert ": ." not in alarm.reason


def test_a_stored_taking_is_judged_as_it_was_typed(reference: Reference) -> None:
    stored = VitalSigns(
        uid="u",
        person_uid="p",
        taken_at=datetime(2026, 11, 21, 1, 0, tzinfo=UTC),
        systolic=162,
        diastolic=108,
        weight=68400,
        special={"glucose": "HI", "pulse": "not_measurable"},
    )
    values = taken(stored, reference)
    assert values == {
        "systolic": 162,
        "diastolic": 108,
        "weight": 68400,
        "glucose": "HI",
        "pulse": "not_measurable",
    }
    assert about(rise(reference, values, pregnant=True), "glucose") == "red"


def test_a_red_alarm_of_an_earlier_taking_stands_before_a_yellow_one_of_now(reference: Reference) -> None:
    now = rise(reference, {"systolic": 118, "diastolic": 76, "arm": 220}, pregnant=True)
    (before,) = rise(reference, {"systolic": 165, "diastolic": 112}, pregnant=True)
    assert [a.code for a in with_earlier(now, (before,), ())] == ["blood_pressure", "arm"]
    assert with_earlier(now, (before,), (before.key,)) == now
