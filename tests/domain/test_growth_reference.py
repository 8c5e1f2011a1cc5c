"""growth.toml: refused whole where it is wrong, and what a Puskesmas may lay over it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ilp_desk.domain.reference import BadReference, Reference
from ilp_desk.domain.reference.base import Status
from ilp_desk.domain.reference.growth import GrowthRules, read_growth
from ilp_desk.domain.reference.overlay import lay_over
from ilp_desk.domain.reference.reading import Sheet
from resources import read

Raw = dict[str, Any]


@pytest.fixture
def raw() -> Raw:
    return copy.deepcopy(read("growth"))


def loaded(raw: Raw) -> GrowthRules:
    sheet = Sheet("growth", raw)
    rules = read_growth(sheet)
    sheet.finish()
    return rules


def row(raw: Raw, table: str, code: str) -> Raw:
    return next(found for found in raw[table] if found["code"] == code)


def test_what_is_doubtful_waits_for_approval(reference: Reference) -> None:
    rules = reference.growth
    assert {gain.code for gain in rules.gains if gain.status is Status.TO_BE_APPROVED} == {"KBM-7", "KBM-11"}
    assert all(band.status is Status.TO_BE_APPROVED for band in rules.bands)
    assert all(index.status is Status.CONFIRMED for index in rules.indices)
    assert rules.weight_course.red_line == -300
    assert rules.measuring.difference_cm == Decimal("0.7")


FAULTS: list[tuple[Callable[[Raw], object], str]] = [
    (lambda raw: row(raw, "band", "LEN-2").update(below=-4), "harus naik"),
    (lambda raw: row(raw, "band", "LEN-2").update(below=-3), "harus naik"),
    (lambda raw: row(raw, "band", "LEN-3").pop("to"), "harus naik"),
    (lambda raw: row(raw, "band", "LEN-4").update(to=6), "baris terakhir"),
    (lambda raw: row(raw, "band", "LEN-2").update(to=1), "jangan keduanya"),
    (lambda raw: row(raw, "band", "LEN-1").update(below=Decimal("-3.005")), "dua angka di belakang koma"),
    (lambda raw: row(raw, "band", "LEN-1").update(level="red"), '"level"'),
    (lambda raw: row(raw, "band", "LEN-1").update(standard="2020"), '"standard"'),
    (lambda raw: row(raw, "band", "MUAC-2").update(months=[0, 59]), "umurnya harus sama"),
    (lambda raw: row(raw, "band", "MUAC-2").update(months=[59, 6]), "yang kecil dulu"),
    (lambda raw: row(raw, "band", "MUAC-2").update(months=[Decimal("6.5"), 59]), "dua bilangan bulat"),
    (lambda raw: row(raw, "band", "MUAC-2").update(colour="merah"), '"colour" tidak dikenal'),
    (lambda raw: row(raw, "gain", "KBM-8").update(to=11), "harus mulai bulan 12"),
    (lambda raw: row(raw, "gain", "KBM-8").update({"from": 9}), "harus mulai bulan 8"),
    (lambda raw: row(raw, "gain", "KBM-12").update(to=3), "lebih besar"),
    (lambda raw: row(raw, "gain", "KBM-12").update(boys=0), "lebih dari 0"),
    (lambda raw: row(raw, "index", "zwei").update(flag=[5, -6]), "yang kecil dulu"),
    (lambda raw: raw["index"].pop(), "[[index]] harus"),
    (lambda raw: raw["words"].pop("oedema"), '"oedema" belum diisi'),
    (lambda raw: raw["weight_course"].update(red_line="-3"), '"red_line" harus angka'),
]


@pytest.mark.parametrize(("spoil", "words"), FAULTS)
def test_a_wrong_file_is_refused_with_its_reason(raw: Raw, spoil: Callable[[Raw], object], words: str) -> None:
    spoil(raw)
    with pytest.raises(BadReference) as refused:
        loaded(raw)
    assert refused.value.file == "growth"
    assert words in refused.value.sentence


def test_a_puskesmas_lays_its_own_card_over_ours(raw: Raw) -> None:
    site = {
        "version": "PKM.1",
        "valid_from": date(2026, 12, 1),
        "source": "KMS 2026",
        "status": "confirmed",
        "gain": [{"code": "KBM-7", "boys": 300}],
        "weight_course": {"red_line": -2},
    }
    rules = loaded(lay_over(raw, site, "growth"))
    changed = rules.least_gain(7)
    assert changed is not None
    assert (changed.boys, changed.girls, changed.status, changed.source) == (300, 300, Status.CONFIRMED, "KMS 2026")
    assert rules.weight_course.red_line == -200
    assert rules.weight_course.follow_curve
