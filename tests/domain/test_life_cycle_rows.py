"""Every row of the domain reference on services due stands in services.toml, or in the decisions with its reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ilp_desk.domain.reference import Reference

HERE = Path(__file__).resolve().parent
ROWS = tomllib.loads((HERE / "life_cycle_rows.toml").read_text("utf-8"))["section"]
DECISIONS = (HERE.parents[1] / "docs" / "decisions" / "services.md").read_text("utf-8")


def test_every_row_has_its_services(reference: Reference) -> None:
    services = reference.services.services
    missing = [
        (section, row, code)
        for section, rows in ROWS.items()
        for row, codes in rows.items()
        if codes != "elsewhere"
        for code in codes
        if code not in services
    ]
    assert missing == []
    assert set(ROWS) == {f"2.{number}" for number in range(1, 11)}


def test_every_service_comes_from_a_row(reference: Reference) -> None:
    named = {code for rows in ROWS.values() for codes in rows.values() if codes != "elsewhere" for code in codes}
    assert {service.code for service in reference.services.services} == named
    assert {service.ref for service in reference.services.services} == set(ROWS)


def test_rows_kept_elsewhere_are_few_and_explained() -> None:
    elsewhere = [row for rows in ROWS.values() for row, codes in rows.items() if codes == "elsewhere"]
    assert len(elsewhere) == 14
    for word in ("K4, K6, 12T", "delivery record", "NAPZA", "hepatitis at school", "GDS-15", "ASSIST", "Morse"):
        assert word in DECISIONS


def test_sensitive_services_have_a_plain_name_that_tells_nothing(reference: Reference) -> None:
    for service in reference.services.services:
        if service.sensitive:
            telling = ("HIV", "sifilis", "jiwa", "IVA", "SADANIS", "KB", "HBsAg", "hepatitis", "merokok")
            assert not any(word.casefold() in service.plain.casefold() for word in telling), service.code
