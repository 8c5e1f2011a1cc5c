"""The immunization rules of one day, put in order once so that many people can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.bounds import Span
from ilp_desk.domain.reference.immunization_rows import (
    DoseRule,
    DoseState,
    ImmunizationTable,
    Live,
    Schedule,
    Series,
    Vaccine,
)

KEPT = 50_000
"""So many days are kept before they are reckoned anew: bounds the memory of a run over everybody."""
_ANY: Mapping[str, Span] = {}


class Course(NamedTuple):
    """One schedule with its doses in order."""

    schedule: Schedule
    doses: tuple[DoseRule, ...]


class Line(NamedTuple):
    """One series with its courses; `starts` are those somebody without a dose may begin. branded: the product of the
    first dose binds the rest. living: some vaccine of it lives, swallowed ones too. aged: only doses of some ages
    belong to it."""

    series: Series
    courses: tuple[Course, ...]
    starts: tuple[Course, ...]
    branded: bool
    living: bool
    aged: bool


class Window(NamedTuple):
    """From one day (included) to another (not included) a dose stands in this state."""

    state: DoseState
    start: date
    end: date


class DoseDays(NamedTuple):
    """The ages of a dose as days of somebody born on a day."""

    windows: tuple[Window, ...]
    youngest: date
    best: date


class Product(NamedTuple):
    """What a code in the record means. lines: positions in the plan; earlier: youngest age of this product by series;
    brand: the code, empty where only the series is known."""

    label: str
    lines: tuple[int, ...]
    live: bool
    tetanus: bool
    earlier: Mapping[str, Span]
    brand: str


class Plan:
    """The rows in force on a day. Build it once a day: `Plan(reference.immunizations, today)`."""

    def __init__(self, table: ImmunizationTable, on: date) -> None:
        self.table = table
        self.rules = table.rules
        self.words = table.words
        self.states = table.states
        self.lines = tuple(_lines(table, on))
        self.position = {line.series.code: index for index, line in enumerate(self.lines)}
        self.vaccines = table.vaccines.on(on).by_code
        self.products = self._products()
        self.oldest = max(
            (line.series.listed_to for line in self.lines), key=lambda span: span.order, default=Span(0, 0)
        )
        self._grace = timedelta(days=table.rules.grace_days)
        self._days: dict[tuple[str, date], DoseDays] = {}
        self._shown: dict[date, tuple[tuple[date, date], ...]] = {}
        self.levels = tuple(table.tetanus.on(on))
        self.credits = tuple(table.credits.on(on))

    def say(self, name: str, **places: object) -> str:
        """A sentence of the file with its places filled."""
        return self.words[name].format_map(places)

    def state_word(self, state: DoseState) -> str:
        """As people read it: tepat waktu, kejar ..."""
        return self.states[state]

    def graced(self, day: date) -> date:
        """The first day on which a dose counts that should not come before a day."""
        return day - self._grace if self._grace else day

    def days(self, rule: DoseRule, born: date) -> DoseDays:
        """The days of a dose; kept, because many children share a birthday and each is looked at again and again."""
        found = self._days.get((rule.code, born))
        if found is None:
            windows = tuple(Window(row.state, row.start.after(born), row.end.after(born)) for row in rule.windows)
            found = DoseDays(windows, rule.counts_from.after(born), rule.recommended.after(born))
            if len(self._days) >= KEPT:
                self._days.clear()
            self._days[rule.code, born] = found
        return found

    def shown(self, born: date) -> tuple[tuple[date, date], ...]:
        """By line from which day (included) to which (not included) it is shown to somebody born on a day."""
        found = self._shown.get(born)
        if found is None:
            series = [line.series for line in self.lines]
            found = tuple((row.listed_from.after(born), row.listed_to.after(born)) for row in series)
            if len(self._shown) >= KEPT:
                self._shown.clear()
            self._shown[born] = found
        return found

    def _products(self) -> dict[str, Product]:
        found: dict[str, Product] = {}
        for line in self.lines:
            series = line.series
            at = self.position[series.code]
            found[series.code] = Product(series.label, (at,), series.live, series.tetanus, _ANY, "")
        for vaccine in self.vaccines.values():
            codes, earlier = self._counted(vaccine)
            at_lines = tuple(sorted(self.position[code] for code in codes if code in self.position))
            live = vaccine.live is Live.PARENTERAL
            found[vaccine.code] = Product(vaccine.label, at_lines, live, vaccine.tetanus, earlier, vaccine.code)
        return found

    def _counted(self, vaccine: Vaccine) -> tuple[set[str], Mapping[str, Span]]:
        codes, earlier = set(vaccine.series), dict(vaccine.counts_from)
        for code in vaccine.counts_as:
            if code in self.vaccines:
                other, more = self._counted(self.vaccines[code])
                codes |= other
                earlier = {**more, **earlier}
        return codes, earlier


def concerns(series: Series, sex: Sex, areas: frozenset[str]) -> bool:
    """Whether a series is meant for somebody; where the sex is not known it may be."""
    return (not series.area or series.area in areas) and (not series.sex or sex in (series.sex, Sex.UNKNOWN))


def _lines(table: ImmunizationTable, on: date) -> list[Line]:
    made = []
    doses = table.doses.on(on).rows
    schedules = table.schedules.on(on).rows
    for series in sorted(table.series.on(on), key=lambda row: row.order):
        courses = []
        for schedule in schedules:
            if schedule.series != series.code:
                continue
            own = {dose.number: dose for dose in doses if schedule.code in dose.schedules}
            numbered = tuple(own[number] for number in range(1, len(own) + 1) if number in own)
            if numbered:
                courses.append(Course(schedule, numbered))
        starts = tuple(course for course in courses if course.schedule.can_start)
        if starts:
            branded = any(course.schedule.brands for course in courses)
            given = {code for course in courses for dose in course.doses for code in dose.vaccines}
            living = series.live or any(row.code in given and row.live is not Live.NO for row in table.vaccines.on(on))
            aged = series.span_from != Span(0, 0) or series.span_to is not None
            made.append(Line(series, tuple(courses), starts, branded, living, aged))
    return made


def school_year(on: date, first_month: int) -> int:
    """The calendar year in which the school year of a day began."""
    return on.year - (on.month < first_month)


def span_text(span: Span) -> str:
    """28 hari, 6 bulan, 1 tahun."""
    if not span.months:
        return f"{span.days} hari"
    return f"{span.months} bulan" if span.months % 12 else f"{span.months // 12} tahun"
