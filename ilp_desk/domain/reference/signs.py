"""Danger signs: what is seen at the desk or told in the room, and the act each asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.places import Choice, make_choice
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

BY_AGE = ("young_infant", "child")
WHO = ("anyone", "pregnant", "postpartum", *BY_AGE)


class Level(StrEnum):
    """RED: now, past the queue. YELLOW: soon, a nurse looks within a quarter of an hour."""

    RED = "red"
    YELLOW = "yellow"


@dataclass(frozen=True, kw_only=True, slots=True)
class DangerSign(Row):
    """who: groups it is asked of; desk: on the F8 list; family: of signs in one family the worst is shown alone."""

    label: str
    level: Level
    who: tuple[str, ...]
    desk: bool
    family: str
    act: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """infections: what makes somebody suspected of a catching disease at the desk. ages: of the groups BY_AGE."""

    dangers: Table[DangerSign]
    ages: Mapping[str, Ages]
    infections: Table[Choice]

    def desk(self) -> tuple[DangerSign, ...]:
        """The F8 list, in its order."""
        return tuple(sign for sign in self.dangers if sign.desk)


def read_signs(sheet: Sheet) -> Signs:
    def make(fields: Fields, base: RowBase) -> DangerSign:
        who = fields.texts("who", required=True)
        unknown = sorted(set(who) - set(WHO))
        if unknown:
            raise fields.fail(f'"who": {unknown[0]} tidak dikenal')
        return DangerSign(
            **base,
            label=fields.text("label"),
            level=read_level(fields),
            who=who,
            desk=fields.flag("desk"),
            family=fields.text("family"),
            act=fields.text("act"),
        )

    def ages(fields: Fields) -> Mapping[str, Ages]:
        return {name: _ages(fields.nested(name)) for name in BY_AGE}

    return Signs(
        dangers=sheet.table("sign", make),
        ages=sheet.section("ages", ages),
        infections=sheet.table("infection", make_choice),
    )


def _ages(fields: Fields) -> Ages:
    found = fields.ages()
    fields.finish()
    if found.open:
        raise fields.fail('"age_from" atau "age_to" harus diisi')
    return found


def read_level(fields: Fields) -> Level:
    return Level(fields.choice("level", tuple(Level)))
