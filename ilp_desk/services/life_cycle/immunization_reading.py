"""Immunization of one person put together: the grid of series, what may be given today, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.due.immunization import PREGNANT, recipient_of, tetanus_vaccine
from ilp_desk.domain.due.rules import Life
from ilp_desk.domain.immunization import (
    EVERYTHING,
    LIVE,
    Against,
    Dose,
    DoseSource,
    DoseState,
    Due,
    Judged,
    Plan,
    Recipient,
    TdInPregnancy,
    TdState,
    TetanusStatus,
    against,
    ahead,
    asks_tetanus,
    due,
    history,
    level_code,
    milestones,
    next_visit,
    td_in_pregnancy,
    tetanus_status,
    visit_plan,
)
from ilp_desk.domain.immunization.plan import span_text
from ilp_desk.domain.immunization.records import AdverseEvent, GivenDose, Objection, ObjectionKind
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.ages import age_text, due_date
from ilp_desk.domain.text.dates import day_text
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import immunization as rows
from ilp_desk.rows.encounter import StaffNames

TETANUS = "tetanus"
"""Code of the line that shows the T-status."""
KINDS = {
    ObjectionKind.CONTRAINDICATION: "Kontraindikasi",
    ObjectionKind.DEFERRAL: "Ditunda",
    ObjectionKind.REFUSAL: "Ditolak",
}
EVERY_VACCINE, LIVE_VACCINES = "Semua vaksin", "Vaksin hidup"
_SOURCES = {
    DoseSource.DOCUMENTED: "dari catatan",
    DoseSource.IMPORT: "dari impor",
    DoseSource.ORAL: "lisan",
}


@dataclass(frozen=True, slots=True)
class Book:
    """What one person's immunization is reckoned from on a day. tetanus_vaccine: code of the one women are given."""

    person: Person
    life: Life
    recipient: Recipient
    today: date
    plan: Plan
    given: tuple[GivenDose, ...]
    tetanus_vaccine: str

    @property
    def doses(self) -> tuple[Dose, ...]:
        return self.life.immunization.doses


def read_book(uow: UnitOfWork, person: Person, life: Life, today: date, plan: Plan, reference: Reference) -> Book:
    """life: as read today; today: the day asked."""
    given = uow.all(GivenDose, person_uid=person.uid)
    recipient = recipient_of(life, today, reference.services, plan)
    return Book(person, life, recipient, today, plan, given, tetanus_vaccine(reference))


def read_view(uow: UnitOfWork, book: Book, reference: Reference) -> rows.ImmunizationView:
    """Everything a screen or a card shows."""
    plan, today, recipient = book.plan, book.today, book.recipient
    items = due(recipient, book.doses, today, plan)
    judgements = history(recipient, book.doses, today, plan)
    status = tetanus_status(recipient, book.doses, today, plan) if asks_tetanus(recipient, today, plan) else None
    td = _td(status, book) if status is not None else None
    held = _held(book) if td is not None and td.state is TdState.NOW else None
    events = uow.all(AdverseEvent, person_uid=book.person.uid)
    struck = frozenset(event.dose_uid for event in events)
    doses = _doses(uow, book, judgements, status)
    lines = _lines(book, items, judgements, status, td, held, struck)
    shown = {cell.dose_uid for line in lines for cell in line.cells}
    next_on, next_doses = _next(items, td, book)
    born = book.person.born_on
    return rows.ImmunizationView(
        person_uid=book.person.uid,
        on=today,
        born_known=born is not None,
        hourly=_hourly(born, book) if born is not None else (),
        lines=lines,
        others=tuple(line for line in doses if line.uid not in shown),
        doses=doses,
        offers=_offers(book, items, td if held is None else None),
        vaccines=_vaccines(uow, book),
        milestones=_milestones(items, book),
        tetanus=rows.TetanusLine(level_code(status.level, plan), status.words, td.words, td.state is TdState.NOW)
        if status is not None and td is not None
        else None,
        next_on=next_on,
        next_doses=next_doses,
        events=_events(events, doses, reference),
        objections=_objections(uow, book),
        series=_series(items, book, td),
        screening=tuple((row.code, row.label) for row in reference.codes["vaccine_screening"].on(today)),
        severities=tuple((row.code, row.label) for row in reference.codes["aefi_severity"].on(today)),
        copied=book.life.immunization.copied,
        school_class=recipient.school_class if _goes_by_class(items, plan) else None,
        schedule=f"jadwal {plan.table.header.version}: {plan.table.header.source}",
    )


# -- the grid


def _lines(
    book: Book, items: Sequence[Due], judgements: Sequence[Judged], status: TetanusStatus | None,
    td: TdInPregnancy | None, held: Against | None, struck: frozenset[str],
) -> tuple[rows.SeriesLine, ...]:  # fmt: skip
    plan = book.plan
    cells: dict[str, list[rows.DoseCell]] = defaultdict(list)
    for judged in judgements:
        series = judged.series or _first_series(judged.dose.code, plan)
        if series and not (status is not None and _adult(judged.dose, book)):
            cells[series].append(_given_cell(judged, struck))
    for item in items:
        cells[item.series] += _coming(item, book)
    found = [
        rows.SeriesLine(line.series.code, line.series.label, tuple(cells[line.series.code]))
        for line in plan.lines
        if cells[line.series.code]
    ]
    if status is not None and td is not None:
        found.insert(0, rows.SeriesLine(TETANUS, "Status T", _tetanus_cells(status, td, held, book, struck)))
    return tuple(found)


def _first_series(code: str, plan: Plan) -> str:
    product = plan.products.get(code)
    return plan.lines[product.lines[0]].series.code if product is not None and product.lines else ""


def _adult(dose: Dose, book: Book) -> bool:
    """A tetanus dose at an age at which the T-status is asked: it stands there, not among the doses of school."""
    product, born = book.plan.products.get(dose.code), book.recipient.born_on
    if product is None or not product.tetanus or born is None:
        return False
    return dose.on >= book.plan.rules.tetanus_from.after(born)


def _given_cell(judged: Judged, struck: frozenset[str]) -> rows.DoseCell:
    dose = judged.dose
    hours = f" · {dose.age_hours} jam" if dose.age_hours is not None else ""
    day = f"{day_text(dose.on, dose.precision)}{hours}"
    event = dose.uid in struck
    if judged.counted:
        return rows.DoseCell(judged.label, rows.GIVEN, day, judged.words, dose.uid, event)
    label = judged.label or ("lisan" if dose.source is DoseSource.ORAL else "tambahan")
    return rows.DoseCell(label, rows.NOT_COUNTED, f"{day} · tak dihitung", judged.words, dose.uid, event)


def _coming(item: Due, book: Book) -> list[rows.DoseCell]:
    """The next dose and those after it."""
    if item.state is DoseState.COMPLETE or not item.number:
        return []
    late = f"sejak {day_text(item.late_on)}"
    until = f"s.d. {day_text(item.earliest)}" if item.earliest is not None else ""
    line = {
        DoseState.NOT_YET: f"mulai {day_text(item.recommended)}",
        DoseState.ON_TIME: "hari ini",
        DoseState.LATE: late,
        DoseState.CATCH_UP: f"kejar {late}",
        DoseState.TOO_LATE: "lewat umur",
        DoseState.CONTRAINDICATED: f"kontraindikasi {until}".strip(),
        DoseState.DEFERRED: f"ditunda {until}",
        DoseState.REFUSED: "ditolak",
        DoseState.NO_DATA: "belum ada data",
    }[item.state]
    cells = [rows.DoseCell(item.dose_label, item.state.value, line, item.reason)]
    for further in ahead(item, book.recipient, book.today, book.plan):
        if further.starts is None:
            cells.append(rows.DoseCell(further.label, DoseState.TOO_LATE.value, "lewat umur", ""))
        elif item.state in (DoseState.NO_DATA, DoseState.REFUSED):
            cells.append(rows.DoseCell(further.label, rows.AHEAD, "menyusul", ""))
        else:
            cells.append(rows.DoseCell(further.label, rows.AHEAD, f"mulai {day_text(further.starts)}", ""))
    return cells


def _tetanus_cells(
    status: TetanusStatus, td: TdInPregnancy, held: Against | None, book: Book, struck: frozenset[str]
) -> tuple[rows.DoseCell, ...]:
    plan = book.plan
    cells = []
    reached = [contact.level for contact in status.contacts if contact.level]
    credit = min(reached) - 1 if reached else status.level
    if credit:
        words = f"{level_code(credit, plan)} dari imunisasi masa kecil."
        cells.append(rows.DoseCell(level_code(credit, plan), rows.GIVEN, "imunisasi anak", words))
    for contact in status.contacts:
        dose = contact.dose
        day = day_text(dose.on, dose.precision)
        label = level_code(contact.level, plan) or plan.products[dose.code].label
        state, line = (rows.GIVEN, day) if contact.level else (rows.NOT_COUNTED, f"{day} · tak dihitung")
        cells.append(rows.DoseCell(label, state, line, contact.words, dose.uid, dose.uid in struck))
    if td.next_level:
        unknown = not status.level and not book.life.immunization.copied
        state, line = {
            TdState.NOW: (DoseState.ON_TIME, "hari ini"),
            TdState.LATER: (DoseState.NOT_YET, f"mulai {day_text(td.earliest)}"),
            TdState.AFTER_BIRTH: (DoseState.NOT_YET, "sesudah melahirkan"),
            TdState.DONE: (DoseState.COMPLETE, ""),
        }[td.state]
        if unknown and td.state is TdState.NOW:
            state, line = DoseState.NO_DATA, "belum ada data"
        words = plan.say("t_no_data", then=td.words) if unknown else td.words
        if held is not None:
            until = f" s.d. {day_text(held.until)}" if held.until is not None else ""
            state, line, words = held.state, f"{plan.state_word(held.state)}{until}", held.words
        cells.append(rows.DoseCell(level_code(td.next_level, plan), state.value, line, words))
        further = range(td.next_level + 1, len(plan.levels) + 1)
        cells += [rows.DoseCell(level_code(level, plan), rows.AHEAD, "menyusul", "") for level in further]
    return tuple(cells)


def _held(book: Book) -> Against | None:
    """What stands against the vaccine women are given; a dose since a refusal ends it."""
    held = against(book.tetanus_vaccine, book.recipient, book.today, book.plan)
    if held is None or held.on is None:
        return held
    later = any(dose.code == book.tetanus_vaccine and dose.on >= held.on for dose in book.doses)
    return None if later else held


def _td(status: TetanusStatus, book: Book) -> TdInPregnancy:
    """What follows from the status, for the pregnancy that goes on, or without one."""
    if PREGNANT in book.life.conditions and book.life.hpht is not None:
        return td_in_pregnancy(status, book.today, due_date(book.life.hpht), book.plan)
    td = td_in_pregnancy(status, book.today, None, book.plan)
    if td.next_level:
        level, earliest = level_code(td.next_level, book.plan), day_text(td.earliest)
        return td._replace(words=book.plan.say("t_next", level=level, earliest=earliest))
    return td


# -- today and next


def _offers(book: Book, items: Sequence[Due], td: TdInPregnancy | None) -> tuple[rows.Offer, ...]:
    """What may be given today, what is sure before what may have been given already."""
    plan, today = book.plan, book.today
    by_series = {item.series: item for item in items}
    taken = [record.site for record in book.given if record.on == today and record.source == DoseSource.HERE]
    offers = []
    for shot in visit_plan(items, plan):
        item, vaccine = by_series[shot.series], plan.vaccines[shot.vaccine]
        site = shot.site
        if site in taken and vaccine.route != "oral":
            site = next((other for other in vaccine.sites if other not in taken), site)
        if vaccine.route != "oral":
            taken.append(site)
        late, unsure = item.state in (DoseState.LATE, DoseState.CATCH_UP), item.state is DoseState.NO_DATA
        where = site or vaccine.sites[0]
        why = _why(item, book)
        offers.append(rows.Offer(item.series, item.dose_label, why, item.vaccines, where, late, unsure))
    if td is not None and td.state is TdState.NOW:
        vaccine = plan.vaccines[book.tetanus_vaccine]
        unsure = td.next_level == 1 and not book.life.immunization.copied
        title = f"{vaccine.label} ({level_code(td.next_level, plan)})"
        offers.insert(0, rows.Offer(TETANUS, title, td.words, (vaccine.code,), vaccine.sites[0], unsure=unsure))
    return tuple(sorted(offers, key=lambda offer: offer.unsure))


def _why(item: Due, book: Book) -> str:
    """`umur 14 bln, 334 hari sejak dosis 2 (paling sedikit 56 hari)`."""
    person = book.person
    words = [f"umur {age_text(person.born_on, person.born_precision, book.today)}"]
    rule = book.plan.table.doses[item.dose]
    if item.last is not None and rule.interval is not None:
        gap = (book.today - item.last).days
        words.append(f"{gap} hari sejak dosis {item.number - 1} (paling sedikit {span_text(rule.interval)})")
    if item.state is DoseState.NO_DATA or item.uncertain:
        return item.reason
    return ", ".join(words)


def _next(items: Sequence[Due], td: TdInPregnancy | None, book: Book) -> tuple[date | None, tuple[str, ...]]:
    """What is written into the mother's hand, a later Td of a woman with it."""
    following = next_visit(items, book.today)
    on, doses = following if following is not None else (None, ())
    if td is not None and td.state is TdState.LATER and td.earliest is not None and (on is None or td.earliest <= on):
        label = f"Td ({level_code(td.next_level, book.plan)})"
        return td.earliest, (*doses, label) if td.earliest == on else (label,)
    return on, doses


def _vaccines(uow: UnitOfWork, book: Book) -> Mapping[str, rows.VaccineChoice]:
    used = uow.ask(rows.LastUsed(book.today))
    return {
        code: rows.VaccineChoice(
            code=code,
            label=row.label,
            route=row.route,
            amount=row.amount,
            sites=row.sites,
            series=tuple(book.plan.lines[at].series.code for at in book.plan.products[code].lines),
            vial=used.get(code),
        )
        for code, row in book.plan.vaccines.items()
    }


def _goes_by_class(items: Sequence[Due], plan: Plan) -> bool:
    """Whether a series is shown that goes by the class where it is known."""
    shown = {item.series for item in items}
    return any(
        dose.classes
        for line in plan.lines
        if line.series.code in shown
        for course in line.courses
        for dose in course.doses
    )


def _hourly(born: date, book: Book) -> tuple[str, ...]:
    """Vaccines of doses that are on time by the hour, and still possible."""
    timed = (dose for dose in book.plan.table.doses.on(book.today) if dose.on_time_hours)
    return tuple(code for dose in timed if book.today < dose.windows[-1].end.after(born) for code in dose.vaccines)


def _milestones(items: Sequence[Due], book: Book) -> tuple[rows.Milestone, ...]:
    """Complete statuses while the series they are about are shown."""
    needed = {series for row in book.plan.table.milestones for series in row.needs}
    if needed.isdisjoint(item.series for item in items):
        return ()
    found = []
    for one in milestones(book.recipient, book.doses, book.today, book.plan):
        if one.reached_on is not None:
            state = "reached" if one.in_time else "late"
        else:
            state = "impossible" if one.impossible else "open"
        found.append(rows.Milestone(one.code, one.label, state, one.words))
    return tuple(found)


def _series(items: Sequence[Due], book: Book, td: TdInPregnancy | None) -> tuple[tuple[str, str], ...]:
    """What an objection may be about: the series shown, all live ones, all; of women the Td."""
    shown = {item.series: item.label for item in items}
    product = book.plan.products[book.tetanus_vaccine]
    if td is not None and product.lines:
        shown.setdefault(book.plan.lines[product.lines[0]].series.code, product.label)
    return (*shown.items(), (LIVE, LIVE_VACCINES), (EVERYTHING, EVERY_VACCINE))


# -- what is recorded


def _doses(
    uow: UnitOfWork, book: Book, judgements: Sequence[Judged], status: TetanusStatus | None
) -> tuple[rows.DoseLine, ...]:
    """Every recorded dose, newest first."""
    said: dict[str, list[str]] = defaultdict(list)
    counted: set[str] = set()
    for judged in judgements:
        said[judged.dose.uid].append(judged.words)
        if judged.counted:
            counted.add(judged.dose.uid)
    for contact in status.contacts if status is not None else ():
        if _adult(contact.dose, book):
            said[contact.dose.uid] = [contact.words]
            counted -= {contact.dose.uid}
            counted |= {contact.dose.uid} if contact.level else set()
    names = uow.ask(StaffNames(tuple({r.made_by for r in book.given if r.made_by}))) if book.given else {}
    lines = (_dose_line(record, book, said, counted, names) for record in book.given)
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True))


def _dose_line(
    record: GivenDose, book: Book, said: Mapping[str, Sequence[str]], counted: set[str], names: Mapping[str, str]
) -> rows.DoseLine:
    product = book.plan.products.get(record.code)
    expiry = f"ED {day_text(record.expiry)}" if record.expiry is not None else ""
    batch = f"batch {record.batch}" if record.batch else ""
    source = DoseSource(record.source)
    giver = record.performer or (names.get(record.made_by or "", "") if source is DoseSource.HERE else "")
    parts = (_SOURCES.get(source, ""), record.place, record.campaign, batch, expiry, record.site, giver)
    return rows.DoseLine(
        uid=record.uid,
        code=record.code,
        label=product.label if product is not None else record.code,
        day=day_text(record.on, record.on_precision),
        on=record.on,
        details=" · ".join(filter(None, parts)),
        words=" ".join(dict.fromkeys(said.get(record.uid, ()))),
        counted=record.uid in counted,
        here=source is DoseSource.HERE,
    )


def _events(
    events: Iterable[AdverseEvent], doses: Sequence[rows.DoseLine], reference: Reference
) -> tuple[rows.EventLine, ...]:
    labels = {line.uid: f"{line.label} {line.day}" for line in doses}
    severities = reference.codes["aefi_severity"]
    found = []
    for event in sorted(events, key=lambda event: event.on, reverse=True):
        row = severities.get(event.severity)
        action = f" Tindakan: {event.action}." if event.action else ""
        severity = row.label.lower() if row is not None else event.severity
        text = f"{day_text(event.on)} sesudah {labels.get(event.dose_uid, '')}: {event.symptom} ({severity}).{action}"
        found.append(rows.EventLine(event.uid, event.dose_uid, text, event.severity == "severe"))
    return tuple(found)


def _objections(uow: UnitOfWork, book: Book) -> tuple[rows.ObjectionLine, ...]:
    labels = {line.series.code: line.series.label for line in book.plan.lines}
    labels |= {EVERYTHING: EVERY_VACCINE, LIVE: LIVE_VACCINES}
    found = []
    for row in uow.all(Objection, person_uid=book.person.uid):
        until = f" sampai {day_text(row.until)}" if row.until is not None else ""
        name = labels.get(row.series, row.series)
        text = f"{KINDS[row.kind]}: {name}{until}. {row.reason}"
        over = row.until is not None and row.until <= book.today
        found.append(rows.ObjectionLine(row.uid, row.kind.value, row.series, text, over))
    return tuple(found)
