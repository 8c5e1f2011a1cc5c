"""pregnancy.toml: what is asked again about a pregnancy, how its HPHT is known, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.places import Choice, make_choice
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

COUNTS = ("para", "abortus")
RISK_FACTS = ("age", "age_begun", "interval", "para", "abortus", "height", "haemoglobin", "day")
MOTHER, BABY = "mother", "baby"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Row):
    """How a pregnancy ended. postpartum: nifas follows; adds: the count it raises (para, abortus), or empty."""

    label: str
    postpartum: bool
    adds: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterBirth(Row):
    """One visit after a birth. who: MOTHER or BABY. Days since the birth, both included; hours narrow them where the
    hour of the birth is known, None: they do not."""

    who: str
    from_day: int
    to_day: int
    from_hour: int | None
    to_hour: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk(Row):
    """An item of the KSPR that the record answers with yes. code: of the item; fact: of RISK_FACTS, within at_least and
    at_most, or empty; icd: beginnings of codes of this pregnancy or of lasting problems; ways: of earlier births;
    first: of a first pregnancy only."""

    fact: str
    at_least: int | None
    at_most: int | None
    first: bool
    icd: tuple[str, ...]
    ways: tuple[str, ...]


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
    places: Table[Choice]
    helpers: Table[Choice]
    ways: Table[Choice]
    after_birth: Table[AfterBirth]
    risks: Table[Risk]


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
        places=sheet.table("birth_place", make_choice),
        helpers=sheet.table("helper", make_choice),
        ways=sheet.table("way", make_choice),
        after_birth=sheet.table("after_birth", _after_birth),
        risks=sheet.table("risk", _risk),
    )
    for risk in table.risks:
        unknown = next((way for way in risk.ways if way not in table.ways), None)
        if unknown:
            raise sheet.fail(f'[[risk]] {risk.code}: "{unknown}" tidak ada di [[way]]')
    for code in ("birth", "miscarriage", "unknown"):
        if code not in table.outcomes:
            raise sheet.fail(f'[[outcome]] "{code}" harus ada: dipakai saat bayi didaftarkan dan HPHT baru dicatat')
    for code in ("hpht", "birth"):
        if code not in table.sources:
            raise sheet.fail(f'[[lmp_source]] "{code}" harus ada')
    return table


def _after_birth(fields: Fields, base: RowBase) -> AfterBirth:
    made = AfterBirth(
        **base,
        who=fields.choice("who", (MOTHER, BABY)),
        from_day=fields.integer("from_day"),
        to_day=fields.integer("to_day"),
        from_hour=_limit(fields, "from_hour"),
        to_hour=_limit(fields, "to_hour"),
    )
    if not 0 <= made.from_day <= made.to_day:
        raise fields.fail('"from_day" dan "to_day" harus berurutan')
    return made


def _risk(fields: Fields, base: RowBase) -> Risk:
    made = Risk(
        **base,
        fact=fields.choice("fact", (*RISK_FACTS, ""), ""),
        at_least=_limit(fields, "at_least"),
        at_most=_limit(fields, "at_most"),
        first=fields.flag("first"),
        icd=fields.texts("icd"),
        ways=fields.texts("ways"),
    )
    if bool(made.fact) != (made.at_least is not None or made.at_most is not None):
        raise fields.fail('"fact" dan batasnya ("at_least" atau "at_most") harus ada bersama')
    if not (made.fact or made.icd or made.ways):
        raise fields.fail('harus ada "fact", "icd", atau "ways"')
    return made


def _limit(fields: Fields, name: str) -> int | None:
    return fields.integer(name) if fields.has(name) else None
