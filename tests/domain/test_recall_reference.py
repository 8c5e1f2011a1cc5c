"""recall.toml: refused whole where it is wrong; secret services stand only in groups that are."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from ilp_desk.domain.reference import BadReference, Reference, load
from resources import names, read

Raw = dict[str, Any]


@pytest.fixture(scope="module")
def shipped() -> Raw:
    return {name: read(name) for name in names()}


def row(raw: Raw, code: str) -> Raw:
    found: Raw = next(one for one in raw["recall"]["group"] if one["code"] == code)
    return found


FAULTS: list[tuple[Callable[[Raw], object], str]] = [
    (lambda raw: row(raw, "toddler")["services"].append("nothing"), "layanan nothing tidak ada"),
    (lambda raw: row(raw, "toddler")["services"].append("young_infant_form"), "untuk tiap kunjungan"),
    (lambda raw: row(raw, "adult")["services"].append("mental"), "dirahasiakan"),
    (lambda raw: row(raw, "adult").update(bundles=["nothing"]), "kelompok nothing tidak ada"),
    (lambda raw: row(raw, "toddler").update(services=[]), 'isi "services" atau "bundles"'),
    (lambda raw: row(raw, "toddler").update(colour="red"), "colour"),
    (lambda raw: raw["recall"].update(result=[]), "tidak boleh kosong"),
    (lambda raw: raw["recall"]["settings"].update(contact_holds="lama"), "contact_holds"),
]


@pytest.mark.parametrize(("spoil", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_a_bad_file_is_refused_whole_with_its_reason(shipped: Raw, spoil: Callable[[Raw], object], words: str) -> None:
    raw = copy.deepcopy(shipped)
    spoil(raw)
    with pytest.raises(BadReference, match=words):
        load(raw)


def test_no_secret_service_stands_in_an_open_group(reference: Reference) -> None:
    services = reference.services.services
    for group in reference.recall.groups:
        assert group.services
        if not group.sensitive:
            assert not any(services[code].sensitive for code in group.services), group.code


def test_every_service_one_can_be_called_for_stands_in_some_group(reference: Reference) -> None:
    """What is left out is told here, so that a new service is not forgotten."""
    named = {code for group in reference.recall.groups for code in group.services}
    left = {service.code for service in reference.services.services if not service.each} - named
    assert left <= LEFT_OUT


LEFT_OUT = {
    "premarital",  # before a wedding, for whoever asks
    "premarital_hb",
    "premarital_hiv",
    "premarital_syphilis",
    "premarital_hbsag",
    "mental_school",  # of a school as a whole, not of one pupil on a list
    "smoking_school",
    "reproductive_school",
    "hepatitis_school",
    "mental",  # offered at a visit; only those who need to come back are called
    "alcohol",
    "pnc_mental",
    "anc_mental_first",
    "anc_mental_third",
    "glucose_risk",
    "spirometry",
}
