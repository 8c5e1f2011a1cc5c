"""Reads immunizations.toml and refuses it whole where a series, a window or a count cannot be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations, pairwise

from ilp_desk.domain.reference.base import Row
from ilp_desk.domain.reference.bounds import Span
from ilp_desk.domain.reference.immunization_rows import (
    OPEN,
    PLACES,
    WORDS,
    AgeWindow,
    ClassWindow,
    Credit,
    DoseRule,
    DoseState,
    ImmunizationRules,
    ImmunizationTable,
    Live,
    Milestone,
    Schedule,
    Series,
    TetanusLevel,
    Vaccine,
)
from ilp_desk.domain.reference.reading import BadReference, Fields, RowBase, Sheet

_NAME = "immunizations"
_WINDOW_STATES = tuple(sorted(OPEN))


def read_immunizations(sheet: Sheet) -> ImmunizationTable:
    table = ImmunizationTable(
        header=sheet.header,
        rules=sheet.section("rules", _rules),
        states=sheet.section("states", lambda fields: {state: fields.text(state) for state in DoseState}),
        words=sheet.section("words", lambda fields: {name: fields.template(name, PLACES) for name in WORDS}),
        series=sheet.table("series", _series),
        schedules=sheet.table("schedule", _schedule),
        doses=sheet.table("dose", _dose),
        vaccines=sheet.table("vaccine", _vaccine),
        milestones=sheet.table("milestone", _milestone),
        tetanus=sheet.table("tetanus", _tetanus),
        credits=sheet.table("credit", _credit),
    )
    _check_schedules(table)
    _check_vaccines(table)
    _check_milestones(table)
    _check_tetanus(table)
    return table


# --- rows


def _rules(fields: Fields) -> ImmunizationRules:
    month = fields.integer("school_year_month")
    if not 1 <= month <= 12:
        raise fields.fail('"school_year_month" harus bulan 1 sampai 12')
    rules = ImmunizationRules(
        grace_days=_count(fields, "grace_days", 0),
        live_gap_days=_count(fields, "live_gap_days", 0),
        school_year_month=month,
        td_before_delivery_days=_count(fields, "td_before_delivery_days", 0),
        oral_history_counts=fields.flag("oral_history_counts"),
        campaign_counts=fields.flag("campaign_counts"),
        tetanus_from=fields.span("tetanus_from"),
        tetanus_to=fields.span("tetanus_to"),
    )
    if rules.tetanus_from.order >= rules.tetanus_to.order:
        raise fields.fail('"tetanus_to" harus sesudah "tetanus_from"')
    return rules


def _series(fields: Fields, base: RowBase) -> Series:
    series = Series(
        **base,
        label=fields.text("label"),
        order=fields.integer("order"),
        listed_from=fields.span("listed_from", "0 hr"),
        listed_to=fields.span("listed_to"),
        span_from=fields.span("span_from", "0 hr"),
        span_to=_optional(fields, "span_to"),
        sex=fields.choice("sex", ("L", "P", ""), ""),
        area=fields.text("area", ""),
        completing_from=fields.day("completing_from"),
        live=fields.flag("live"),
        tetanus=fields.flag("tetanus"),
        too_late=fields.choice("too_late", ("too_late", "too_late_hb0"), "too_late"),
    )
    if series.listed_from.order >= series.listed_to.order:
        raise fields.fail('"listed_to" harus sesudah "listed_from"')
    if series.span_to is not None and series.span_from.order >= series.span_to.order:
        raise fields.fail('"span_to" harus sesudah "span_from"')
    return series


def _schedule(fields: Fields, base: RowBase) -> Schedule:
    schedule = Schedule(
        **base,
        series=fields.text("series"),
        start_from=fields.span("start_from", "0 hr"),
        start_to=_optional(fields, "start_to"),
        brands=fields.texts("brands"),
        started_before=fields.day("started_before"),
    )
    if schedule.start_to is not None and schedule.start_from.order >= schedule.start_to.order:
        raise fields.fail('"start_to" harus sesudah "start_from"')
    return schedule


def _dose(fields: Fields, base: RowBase) -> DoseRule:
    windows = tuple(_window(row) for row in fields.nested_rows("windows"))
    if not windows:
        raise fields.fail('"windows" tidak boleh kosong')
    for one, other in pairwise(windows):
        if other.start.order < one.end.order:
            raise fields.fail('"windows" bertumpang tindih: tiap jendela mulai saat atau sesudah yang sebelumnya habis')
    classes = tuple(_class_window(row) for row in fields.nested_rows("classes"))
    for before, after in pairwise(classes):
        if after.first <= before.last:
            raise fields.fail('"classes" bertumpang tindih: satu kelas hanya sekali, dari yang terendah')
    recommended = fields.span("recommended")
    if not windows[0].start.order <= recommended.order < windows[-1].end.order:
        raise fields.fail('"recommended" harus di dalam "windows"')
    return DoseRule(
        **base,
        schedules=fields.texts("schedules", required=True),
        number=_count(fields, "number", 1),
        label=fields.text("label"),
        windows=windows,
        classes=classes,
        recommended=recommended,
        counts_from=fields.span("counts_from") if fields.has("counts_from") else windows[0].start,
        interval=_optional(fields, "interval"),
        vaccines=fields.texts("vaccines", required=True),
        on_time_hours=_count(fields, "on_time_hours", 0, 0),
        remark=fields.text("remark", ""),
        remark_from=fields.span("remark_from", "0 hr"),
    )


def _window(fields: Fields) -> AgeWindow:
    window = AgeWindow(
        state=DoseState(fields.choice("state", _WINDOW_STATES)),
        start=fields.span("from"),
        end=fields.span("to"),
    )
    fields.finish()
    if window.start.order >= window.end.order:
        raise fields.fail('"to" harus sesudah "from"')
    return window


def _class_window(fields: Fields) -> ClassWindow:
    first = fields.integer("class")
    window = ClassWindow(
        state=DoseState(fields.choice("state", _WINDOW_STATES)),
        first=first,
        last=fields.integer("class_to", first),
        month=fields.integer("month", 0),
    )
    fields.finish()
    if not 1 <= window.first <= window.last <= 12:
        raise fields.fail('"class" dan "class_to" harus kelas 1 sampai 12, yang rendah dulu')
    if not 0 <= window.month <= 12:
        raise fields.fail('"month" harus bulan 1 sampai 12')
    return window


def _vaccine(fields: Fields, base: RowBase) -> Vaccine:
    return Vaccine(
        **base,
        label=fields.text("label"),
        series=fields.texts("series"),
        counts_as=fields.texts("counts_as"),
        counts_from=dict(_earlier(row) for row in fields.nested_rows("earlier")),
        live=Live(fields.choice("live", tuple(Live), Live.NO)),
        tetanus=fields.flag("tetanus"),
        route=fields.text("route"),
        amount=fields.text("amount"),
        sites=fields.texts("sites", required=True),
        order=fields.integer("order"),
    )


def _milestone(fields: Fields, base: RowBase) -> Milestone:
    needs = [_need(row) for row in fields.nested_rows("needs")]
    if not needs:
        raise fields.fail('"needs" tidak boleh kosong')
    return Milestone(
        **base,
        kind=fields.text("kind"),
        label=fields.text("label"),
        by=fields.span("by"),
        includes=fields.texts("includes"),
        needs=dict(needs),
    )


def _need(fields: Fields) -> tuple[str, int]:
    need = fields.text("series"), _count(fields, "doses", 1)
    fields.finish()
    return need


def _earlier(fields: Fields) -> tuple[str, Span]:
    earlier = fields.text("series"), fields.span("from")
    fields.finish()
    return earlier


def _tetanus(fields: Fields, base: RowBase) -> TetanusLevel:
    return TetanusLevel(
        **base,
        level=_count(fields, "level", 1),
        interval=fields.span("interval", "0 hr"),
        protection=_optional(fields, "protection"),
        lasting=fields.flag("lasting"),
    )


def _credit(fields: Fields, base: RowBase) -> Credit:
    return Credit(
        **base,
        series=fields.text("series"),
        doses=_count(fields, "doses", 1),
        level=_count(fields, "level", 1),
    )


def _optional(fields: Fields, key: str) -> Span | None:
    return fields.span(key) if fields.has(key) else None


def _count(fields: Fields, key: str, least: int, default: int | None = None) -> int:
    value = fields.integer(key, default)
    if value < least:
        raise fields.fail(f'"{key}" paling sedikit {least}')
    return value


# --- rows against one another


def _refuse(row: Row, reason: str) -> BadReference:
    return BadReference(_NAME, row.code, reason)


def _known(row: Row, column: str, codes: Iterable[str], table: Mapping[str, object], where: str) -> None:
    for code in codes:
        if code not in table:
            raise _refuse(row, f'"{column}": {code} tidak ada di [[{where}]]')


def _check_schedules(table: ImmunizationTable) -> None:
    for schedule in table.schedules:
        _known(schedule, "series", [schedule.series], table.series.by_code, "series")
        _known(schedule, "brands", schedule.brands, table.vaccines.by_code, "vaccine")
        doses = [dose for dose in table.doses if schedule.code in dose.schedules]
        numbers = {dose.number for dose in doses}
        if not numbers or numbers != set(range(1, len(numbers) + 1)):
            raise _refuse(schedule, "dosisnya harus bernomor 1, 2, 3 dan seterusnya tanpa lompatan")
        for dose, twin in combinations(doses, 2):
            if dose.number == twin.number and _same_days(dose, twin):
                raise _refuse(twin, f'"number" {twin.number} sudah dipakai {dose.code} di jadwal {schedule.code}')
    for series in table.series:
        own = [row for row in table.schedules if row.series == series.code and row.can_start]
        if not own:
            raise _refuse(series, "belum ada [[schedule]] yang bisa dimulai")
        for one, other in combinations(own, 2):
            if _same_days(one, other) and _ages_meet(one, other):
                raise _refuse(other, 'umur mulai ("start_from", "start_to") bertumpang tindih dengan jadwal lain')
    for dose in table.doses:
        _known(dose, "schedules", dose.schedules, table.schedules.by_code, "schedule")
        _known(dose, "vaccines", dose.vaccines, table.vaccines.by_code, "vaccine")
        if dose.number > 1 and dose.interval is None:
            raise _refuse(dose, '"interval" sejak dosis sebelumnya belum diisi')


def _check_vaccines(table: ImmunizationTable) -> None:
    for vaccine in table.vaccines:
        _known(vaccine, "series", vaccine.series, table.series.by_code, "series")
        _known(vaccine, "earlier", tuple(vaccine.counts_from), table.series.by_code, "series")
        _known(vaccine, "counts_as", vaccine.counts_as, table.vaccines.by_code, "vaccine")
        edges = {row.code: row.counts_as for row in table.vaccines}
        if _circular(vaccine.code, edges):
            raise _refuse(vaccine, '"counts_as" berputar: vaksin ini akhirnya dihitung sebagai dirinya sendiri')


def _check_milestones(table: ImmunizationTable) -> None:
    edges: dict[str, tuple[str, ...]] = {}
    for row in table.milestones:
        edges[row.kind] = edges.get(row.kind, ()) + row.includes
    for milestone in table.milestones:
        _known(milestone, "needs", tuple(milestone.needs), table.series.by_code, "series")
        _known(milestone, "includes", milestone.includes, edges, "milestone")
        if _circular(milestone.kind, edges):
            raise _refuse(milestone, '"includes" berputar: status ini akhirnya memuat dirinya sendiri')
    for one, other in combinations(table.milestones, 2):
        if one.kind == other.kind and _same_days(one, other):
            raise _refuse(other, f'"kind" {other.kind} sudah dipakai {one.code} pada masa berlaku yang sama')


def _check_tetanus(table: ImmunizationTable) -> None:
    if [row.level for row in table.tetanus] != list(range(1, len(table.tetanus) + 1)):
        raise _refuse(table.tetanus.rows[0], '[[tetanus]] harus berisi "level" 1, 2, 3 dan seterusnya berurutan')
    for credit in table.credits:
        _known(credit, "series", [credit.series], table.series.by_code, "series")
        if credit.level > len(table.tetanus):
            raise _refuse(credit, f'"level" paling tinggi {len(table.tetanus)}')


def _same_days(one: Row, other: Row) -> bool:
    starts = max(row.validity.valid_from or date.min for row in (one, other))
    return starts <= min(row.validity.valid_to or date.max for row in (one, other))


def _ages_meet(one: Schedule, other: Schedule) -> bool:
    start = max(one.start_from.order, other.start_from.order)
    return all(row.start_to is None or start < row.start_to.order for row in (one, other))


def _circular(start: str, edges: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        code = waiting.pop()
        if code == start:
            return True
        if code not in seen:
            seen.add(code)
            waiting += edges.get(code, ())
    return False
