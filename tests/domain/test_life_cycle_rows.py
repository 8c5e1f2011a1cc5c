"""Every row of the domain reference on services due and on immunization stands in a file of ours, or in the decisions
with its reason; and is as sure as its source is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.base import Status

HERE = Path(__file__).resolve().parent
LIST = tomllib.loads((HERE / "life_cycle_rows.toml").read_text("utf-8"))
ROWS: dict[str, dict[str, list[str] | str]] = LIST["section"]
DECISIONS = "\n".join(path.read_text("utf-8") for path in (HERE.parents[1] / "docs" / "decisions").glob("*.md"))
SECTIONS = [*(f"2.{number}" for number in range(1, 11)), "3.1", "3.2", "3.4", "3.5", "11.3"]

WHOLE = {
    "immunizations": ("dose", "series", "schedule", "milestone", "tetanus", "credit"),
    "growth": ("band", "gain"),
    "antenatal": ("trimester",),
}
"""Sections of files whose every row must come from the domain reference."""


def codes() -> Iterator[tuple[str, str, str]]:
    for section, rows in ROWS.items():
        for row, found in rows.items():
            for code in found if isinstance(found, list) else ():
                yield section, row, code


def in_a_file(code: str, files: dict[str, Any]) -> bool:
    """`file/section/code`: a row of the list, or a key of the table; `instruments/CODE`: a file."""
    file, section, *rest = code.split("/")
    if file == "instruments":
        return section in resources.instrument_names()
    found = files[file].get(section, {})
    return rest[0] in (found if isinstance(found, dict) else {row["code"] for row in found})


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    return {name: resources.read(name) for name in resources.names()}


def test_every_row_stands_in_a_file(reference: Reference, files: dict[str, Any]) -> None:
    services = reference.services.services
    missing = [
        found
        for found in codes()
        if (found[2] not in services if "/" not in found[2] else not in_a_file(found[2], files))
    ]
    assert missing == []
    assert list(ROWS) == SECTIONS


def test_every_service_comes_from_a_row(reference: Reference) -> None:
    named = {code for _, _, code in codes() if "/" not in code}
    assert {service.code for service in reference.services.services} == named
    for service in reference.services.services:
        assert any(section == service.ref for section, _, code in codes() if code == service.code), service.code


def test_every_row_of_the_schedules_labels_and_instruments_comes_from_the_reference(files: dict[str, Any]) -> None:
    ours = {
        f"{file}/{section}/{row['code']}"
        for file, sections in WHOLE.items()
        for section in sections
        for row in files[file][section]
    }
    assert ours <= {code for _, _, code in codes()}
    assert {f"instruments/{name}" for name in resources.instrument_names()} <= {code for _, _, code in codes()}


def test_what_stands_in_no_file_stands_in_the_decisions() -> None:
    said = {row: why for rows in ROWS.values() for row, why in rows.items() if isinstance(why, str)}
    assert {row: why for row, why in said.items() if why not in DECISIONS} == {}
    assert len(said) < len(list(codes())) / 10, "few"


def test_a_service_is_confirmed_where_the_rule_itself_was_read(reference: Reference) -> None:
    listed = [code for source in LIST["confirmed"].values() for code in source]
    assert len(listed) == len(set(listed))
    confirmed = {service.code for service in reference.services.services if service.status is Status.CONFIRMED}
    assert confirmed == set(listed)


def test_what_closes_or_asks_for_a_service_exists(reference: Reference) -> None:
    """Instruments by name; what another instrument asks for by one of their follow-ups."""
    named = set(resources.instrument_names())
    asked = {
        follow["instrument"]
        for name in named
        for follow in resources.read_instrument(name).get("follow", ())
        if "instrument" in follow
    }
    for service in reference.services.services:
        for fact in [*(row.fact for row in service.closes), *(row.fact for row in service.after)]:
            kind, _, code = fact.rpartition(":")
            assert kind in ("", "instrument", "dose", "follow"), service.code
            if kind == "instrument":
                assert code in named, service.code
            if kind == "follow":
                assert code in asked, service.code


def test_where_figures_stand_twice_they_are_the_same(reference: Reference, files: dict[str, Any]) -> None:
    """Visits after a birth in pregnancy.toml, trimesters in antenatal.toml, and the windows of services.toml."""
    services = reference.services.services
    windows = {"KF": "pnc_{}", "KN": "neonatal_{}"}
    for row in files["pregnancy"]["after_birth"]:
        window = services[windows[row["code"][:2]].format(row["code"][2:])].window
        assert window is not None
        assert (window.start.days, window.until.days) == (row["from_day"], row["to_day"] + 1), row["code"]
    first, second, third = (row for row in files["antenatal"]["trimester"])
    bounds = {
        "anc_hb_first": (first["from_day"], first["to_day"] + 1),
        "anc_risk_second": (second["from_day"], second["to_day"] + 1),
        "anc_hb_third": (third["from_day"], None),
    }
    for code, (start, end) in bounds.items():
        window = services[code].window
        assert window is not None
        assert window.start.days == start, code
        assert end in (None, window.end.days), code
    longest = files["antenatal"]["settings"]["longest_days"]
    assert {s.window.until.days for s in services if s.window and s.code in ("anc_k1", "anc_hb_third")} == {longest + 1}


def test_every_service_somebody_may_be_called_for_has_a_list(reference: Reference, files: dict[str, Any]) -> None:
    """Not what is done at each visit, nor what is asked in confidence: only some of that may be called for at all."""
    groups = files["recall"]["group"]
    services = {code for group in groups for code in group.get("services", ())}
    bundles = {code for group in groups for code in group.get("bundles", ())}
    callable_ = (row for row in reference.services.services if not row.each and not row.sensitive)
    left = {row.code for row in callable_ if row.code not in services and row.bundle not in bundles}
    assert left == {"premarital_hb"}, "brides come by themselves"


def test_sensitive_services_have_a_plain_name_that_tells_nothing(reference: Reference) -> None:
    telling = ("HIV", "sifilis", "jiwa", "IVA", "SADANIS", "KB", "HBsAg", "hepatitis", "merokok", "alkohol", "TB")
    for service in reference.services.services:
        if service.sensitive:
            words = service.plain.casefold().split()
            assert not any(word.casefold() in words for word in telling), service.code
