"""Trimesters and the pattern of antenatal visits (antenatal.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Trimester(Row):
    """Days since the HPHT, both included; contacts: fewest visits in it; doctor: one of them by a doctor with USG."""

    label: str
    from_day: int
    to_day: int
    contacts: int
    doctor: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AntenatalRules:
    """Days since the HPHT unless said otherwise.

    term_days: the expected birth; confirm_after_days: from then on the outcome is asked for; longest_days: after that
    nobody counts as pregnant; pure_first_until: the last day of a K1 murni; spacing_days, from late_from_days on
    late_spacing_days: days between visits; iron_tablets: for the whole pregnancy.
    """

    header: Header
    term_days: int
    confirm_after_days: int
    longest_days: int
    pure_first_until: int
    spacing_days: int
    late_spacing_days: int
    late_from_days: int
    iron_tablets: int
    trimesters: Table[Trimester]

    def trimester(self, day: int) -> Trimester | None:
        """The trimester of a day since the HPHT; None before it and after the longest pregnancy."""
        return next((t for t in self.trimesters if t.from_day <= day <= t.to_day), None)


_NUMBERS = (
    "term_days", "confirm_after_days", "longest_days", "pure_first_until", "spacing_days", "late_spacing_days",
    "late_from_days", "iron_tablets",
)  # fmt: skip


def read_antenatal(sheet: Sheet) -> AntenatalRules:
    numbers = sheet.section("settings", lambda fields: {name: _positive(fields, name) for name in _NUMBERS})
    trimesters = sheet.table("trimester", _trimester)
    rows = trimesters.rows
    if rows[0].from_day != 0 or any(after.from_day != before.to_day + 1 for before, after in pairwise(rows)):
        raise sheet.fail("[[trimester]] harus mulai hari 0 dan bersambung tanpa celah")
    if rows[-1].to_day != numbers["longest_days"]:
        raise sheet.fail('trimester terakhir harus sampai "longest_days"')
    if not numbers["term_days"] <= numbers["confirm_after_days"] <= numbers["longest_days"]:
        raise sheet.fail('"term_days", "confirm_after_days", "longest_days" harus berurutan')
    return AntenatalRules(header=sheet.header, trimesters=trimesters, **numbers)


def _positive(fields: Fields, name: str) -> int:
    number = fields.integer(name)
    if number < 1:
        raise fields.fail(f'"{name}" harus lebih dari 0')
    return number


def _trimester(fields: Fields, base: RowBase) -> Trimester:
    made = Trimester(
        **base,
        label=fields.text("label"),
        from_day=fields.integer("from_day"),
        to_day=fields.integer("to_day"),
        contacts=fields.integer("contacts"),
        doctor=fields.flag("doctor"),
    )
    if made.to_day < made.from_day or made.contacts < 0:
        raise fields.fail('"to_day" lebih awal daripada "from_day", atau "contacts" kurang dari 0')
    return made
