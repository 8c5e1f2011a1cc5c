"""pregnancy.toml: what is asked again about a pregnancy, how its HPHT is known, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.places import Choice, make_choice
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

COUNTS = ("para", "abortus")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Row):
    """How a pregnancy ended. postpartum: nifas follows; adds: the count it raises (para, abortus), or empty."""

    label: str
    postpartum: bool
    adds: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PregnancyTable:
    """ages: outside them a pregnancy is asked about again; most: of gravida, para and abortus; viable_weeks: before
    them it is a miscarriage, from then on a birth; carried_days: HPHT to a birth whose HPHT nobody knows."""

    ages: Ages
    most: int
    viable_weeks: int
    carried_days: int
    sources: Table[Choice]
    outcomes: Table[Outcome]


def read_pregnancy(sheet: Sheet) -> PregnancyTable:
    def limits(fields: Fields) -> tuple[Ages, int, int, int]:
        ages, most = fields.ages(), fields.integer("most")
        weeks, carried = fields.integer("viable_weeks"), fields.integer("carried_days")
        if ages.start is None or ages.end is None:
            raise fields.fail('"age_from" dan "age_to" harus diisi')
        if min(most, weeks) < 1 or carried <= weeks * 7:
            raise fields.fail('"carried_days" harus lebih lama daripada "viable_weeks", dan semuanya di atas 0')
        return ages, most, weeks, carried

    def outcome(fields: Fields, base: RowBase) -> Outcome:
        return Outcome(
            **base,
            label=fields.text("label"),
            postpartum=fields.flag("postpartum"),
            adds=fields.choice("adds", (*COUNTS, ""), ""),
        )

    ages, most, weeks, carried = sheet.section("limits", limits)
    table = PregnancyTable(
        ages=ages,
        most=most,
        viable_weeks=weeks,
        carried_days=carried,
        sources=sheet.table("lmp_source", make_choice),
        outcomes=sheet.table("outcome", outcome),
    )
    for code in ("birth", "miscarriage", "unknown"):
        if code not in table.outcomes:
            raise sheet.fail(f'[[outcome]] "{code}" harus ada: dipakai saat bayi didaftarkan dan HPHT baru dicatat')
    for code in ("hpht", "birth"):
        if code not in table.sources:
            raise sheet.fail(f'[[lmp_source]] "{code}" harus ada')
    return table
