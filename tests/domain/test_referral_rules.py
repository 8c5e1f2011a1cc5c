"""What a letter of each kind needs, and diagnoses that do not go together."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.alarms import AlarmFacts
from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.codespans import matches
from ilp_desk.domain.referral_rules import (
    contradictions,
    late,
    missing,
    notable,
    relation_words,
    required,
    tidy,
    valid_until,
    visible,
)
from ilp_desk.domain.text.ages import Age
from resources import icd10_titles

WOMAN = Age(27, 9, 0, 10153)
CHILD = Age(4, 0, 0, 1461)


def rules(
    reference: Reference, codes: list[str], sex: Sex = Sex.FEMALE, who: Age | None = WOMAN, *, pregnant: bool = True
) -> list[str]:
    return [clash.rule for clash in contradictions(codes, sex, who, pregnant, reference)]


def test_the_four_kinds(reference: Reference) -> None:
    assert [kind.code for kind in reference.referrals.kinds] == ["emergency", "vertical", "horizontal", "diagnostic"]


def test_an_emergency_letter_does_not_wait_for_consent(reference: Reference) -> None:
    draft = {
        "destination": "RSUD",
        "anamnesis": "pusing",
        "diagnosis": ("O14.1",),
        "reason": "perlu PONEK",
        "doctor": "x",
    }
    left = missing("emergency", draft, reference)
    assert all(field.later for field in left)
    assert {field.field for field in left} >= {"consent", "contacted"}


def test_an_outpatient_letter_waits_for_consent(reference: Reference) -> None:
    left = {field.field: field for field in missing("vertical", {"consent": ""}, reference)}
    assert not left["consent"].later
    assert left["consent"].sentence == "Catat persetujuan atau penolakan pasien atau keluarga."
    assert left["external_number"].later


@pytest.mark.parametrize("value", ["", "   ", None, (), [], {}, False])
def test_an_empty_field_is_missing_however_it_is_empty(reference: Reference, value: object) -> None:
    assert "reason" in {field.field for field in missing("vertical", {"reason": value}, reference)}


def test_a_complete_letter_misses_nothing(reference: Reference) -> None:
    for kind in reference.referrals.kinds:
        draft = {field.code: "ada" for field in visible(kind.code, reference)}
        assert missing(kind.code, draft, reference) == ()
        assert set(required(kind.code, reference)) <= set(visible(kind.code, reference))


def test_the_tests_asked_for_belong_to_the_diagnostic_letter_only(reference: Reference) -> None:
    assert "tests" in {field.code for field in required("diagnostic", reference)}
    assert "tests" not in {field.code for field in visible("vertical", reference)}


@pytest.mark.parametrize(
    ("kind", "until"),
    [("vertical", date(2027, 2, 19)), ("horizontal", date(2026, 12, 21)), ("emergency", None)],
)
def test_validity(reference: Reference, kind: str, until: date | None) -> None:
    assert valid_until(kind, date(2026, 11, 21), reference) == until


def test_normal_pregnancy_beside_preeclampsia(reference: Reference) -> None:
    (clash,) = contradictions(["O14.1", "Z34.9"], Sex.FEMALE, WOMAN, True, reference)
    assert clash.rule == "NORMAL-AND-COMPLICATED"
    assert clash.codes == ("Z34.9", "O14.1")
    assert clash.sentence == (
        "Z34.9 kehamilan normal bersama O14.1: hapus Z34.9, atau pakai Z35 (kehamilan risiko tinggi)."
    )


@pytest.mark.parametrize(
    ("codes", "sex", "who", "pregnant", "rule"),
    [
        (["O14.1"], Sex.MALE, WOMAN, False, "PREGNANCY-MAN"),
        (["Z34.9"], Sex.MALE, WOMAN, False, "PREGNANCY-MAN"),
        (["N76.0"], Sex.MALE, WOMAN, False, "WOMAN-CODE-MAN"),
        (["N40"], Sex.FEMALE, WOMAN, False, "MAN-CODE-WOMAN"),
        (["O14.1"], Sex.FEMALE, WOMAN, False, "PREGNANCY-NOT-RECORDED"),
        (["Z34.9"], Sex.FEMALE, CHILD, True, "PREGNANCY-TOO-YOUNG"),
        (["Z34.9"], Sex.FEMALE, Age(56, 0, 0, 20454), True, "PREGNANCY-TOO-OLD"),
        (["P07.1"], Sex.FEMALE, CHILD, False, "PERINATAL-TOO-OLD"),
        (["I10", "O13"], Sex.FEMALE, WOMAN, True, "HYPERTENSION-IN-PREGNANCY"),
        (["E11.9", "O24.4"], Sex.FEMALE, WOMAN, True, "DIABETES-IN-PREGNANCY"),
        (["A15.0", "A16.2"], Sex.MALE, WOMAN, False, "TB-CONFIRMED-AND-NOT"),
        (["E10.9", "E11.9"], Sex.MALE, WOMAN, False, "DIABETES-TWO-TYPES"),
        (["R03.0", "I10"], Sex.MALE, WOMAN, False, "READING-AND-HYPERTENSION"),
        (["O60.0", "O48"], Sex.FEMALE, WOMAN, True, "PRETERM-AND-POSTTERM"),
    ],
)
def test_diagnoses_that_do_not_go_together(
    reference: Reference, codes: list[str], sex: Sex, who: Age, pregnant: bool, rule: str
) -> None:
    assert rules(reference, codes, sex, who, pregnant=pregnant) == [rule]


@pytest.mark.parametrize(
    ("codes", "sex", "who", "pregnant"),
    [
        (["O14.1"], Sex.FEMALE, WOMAN, True),
        (["Z34.9"], Sex.FEMALE, WOMAN, True),
        (["I10", "E11.9"], Sex.FEMALE, WOMAN, False),
        (["Z38.0", "P07.1"], Sex.MALE, Age(0, 0, 2, 2), False),
        (["O80.9", "Z37.0"], Sex.FEMALE, WOMAN, False),
        (["Z34.9"], Sex.FEMALE, None, True),
        (["Z34.9"], Sex.FEMALE, Age(55, 11, 0, 20424), True),
        ([], Sex.MALE, None, False),
    ],
)
def test_diagnoses_that_do(reference: Reference, codes: list[str], sex: Sex, who: Age | None, pregnant: bool) -> None:
    assert rules(reference, codes, sex, who, pregnant=pregnant) == []


@pytest.mark.parametrize(
    ("code", "wanted", "expected"),
    [
        ("O14.1", "O14", True),
        ("O14.1", "O14.1", True),
        ("O14", "O14.1", False),
        ("O10.0", "O10-O16", True),
        ("O16", "O10-O16", True),
        ("O17", "O10-O16", False),
        ("P10", "O10-O16", False),
    ],
)
def test_spans_of_codes(code: str, wanted: str, expected: bool) -> None:
    assert matches(code, wanted) is expected


def test_every_span_holds_codes_of_the_book(reference: Reference) -> None:
    known = [code for code, _ in icd10_titles()]
    for rule in reference.contradictions:
        for wanted in (*rule.codes, *rule.beside):
            assert any(matches(code, wanted) for code in known), wanted


CODES = [code for code, _ in icd10_titles()]


@given(codes=st.lists(st.sampled_from(CODES), max_size=6), sex=st.sampled_from(Sex), pregnant=st.booleans())
def test_each_rule_speaks_once_and_names_the_codes(
    reference: Reference, codes: list[str], sex: Sex, pregnant: bool
) -> None:
    found = contradictions(codes, sex, WOMAN, pregnant, reference)
    assert len({clash.rule for clash in found}) == len(found)
    for clash in found:
        assert set(clash.codes) <= set(codes)
        assert all(code in clash.sentence for code in clash.codes)


def facts(*, pregnant: bool = True) -> AlarmFacts:
    return AlarmFacts(on=date(2026, 11, 21), age=WOMAN, pregnant=pregnant)


@pytest.mark.parametrize(
    ("values", "bold"),
    [
        ({"systolic": 118, "diastolic": 76, "pulse": 84}, set()),
        ({"systolic": 162, "diastolic": 80, "pulse": 84}, {"systolic"}),
        ({"systolic": 150, "diastolic": 108, "urine_protein": 3}, {"systolic", "diastolic", "urine_protein"}),
        ({"systolic": 118, "diastolic": 76, "urine_protein": 3}, {"urine_protein"}),
        ({"spo2": 80}, {"spo2"}),
        ({}, set()),
    ],
)
def test_measures_behind_an_alarm_are_named(reference: Reference, values: dict[str, int | str], bold: set[str]) -> None:
    assert notable(values, facts(), reference) == bold


def test_a_reply_is_late_the_day_after_it_should_be_there(reference: Reference) -> None:
    issued, days = date(2026, 11, 1), reference.referrals.reply_days
    assert not late(ReferralState.SENT, issued, issued + timedelta(days=days), reference)
    assert late(ReferralState.SENT, issued, issued + timedelta(days=days + 1), reference)
    for state in (ReferralState.REPLIED, ReferralState.CLOSED, ReferralState.VOIDED):
        assert not late(state, issued, date(2027, 11, 1), reference)


@given(st.text())
def test_tidy_text_keeps_words_and_lines_and_no_control_signs(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in kept)
    assert kept.split() == tidy(f" {text}\r\n").split()
    kept.encode("utf-8")


def test_a_spouse_is_called_by_sex(reference: Reference) -> None:
    assert relation_words("spouse", Sex.FEMALE, reference) == "Suami"
    assert relation_words("spouse", Sex.MALE, reference) == "Istri"
    assert relation_words("spouse", Sex.UNKNOWN, reference) == "Suami atau istri"
    assert relation_words("parent", Sex.MALE, reference) == "Orang tua"
    assert relation_words("tetangga", Sex.MALE, reference) == ""


def puerperium(reference: Reference, code: str) -> list[str]:
    found = contradictions([code], Sex.FEMALE, WOMAN, False, reference, postpartum=True)
    assert not [clash for clash in found if "HPHT" in clash.sentence]
    return [clash.rule for clash in found]


@pytest.mark.parametrize("code", ["O14.0", "O14.1", "O13", "O15.2", "O24.4", "O85", "O72.1", "Z39.2"])
def test_what_occurs_in_nifas_fits_nifas(reference: Reference, code: str) -> None:
    assert puerperium(reference, code) == []


@pytest.mark.parametrize("code", ["Z34.9", "O21.0", "O47.0"])
def test_a_pregnancy_that_is_over_is_not_to_be_invented_anew(reference: Reference, code: str) -> None:
    assert puerperium(reference, code) == ["PREGNANCY-CODE-IN-PUERPERIUM"]


def test_without_pregnancy_and_nifas_the_code_is_questioned(reference: Reference) -> None:
    assert rules(reference, ["O14.0"], pregnant=False) == ["PREGNANCY-NOT-RECORDED"]
