"""What is done about a pregnancy, each on a sheet of its own: visits, plan, end, what follows a birth, the HPHT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.maternity.after_birth import Slot
from ilp_desk.domain.maternity.forms import MEASURES, ContactForm, DeliveryForm, PlanForm, Unlikely
from ilp_desk.domain.maternity.pregnancy import PregnancyForm, run_out
from ilp_desk.domain.person import Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.typed_dates import DateError, read_done
from ilp_desk.domain.vitals import show
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.antenatal import ContactLine, Course, CourseState
from ilp_desk.services.life_cycle.earlier import Earlier
from ilp_desk.work import may
from ui.page import Context
from ui.parts.care.delivery_sheet import DeliverySheet
from ui.parts.care.pregnancy_sheets import AfterSheet, ContactSheet, PlanSheet, RecordSheet
from ui.parts.care.view import CareCase
from ui.parts.room.pregnancy_sheet import PregnancySheet
from ui.parts.room.words_sheet import WordsSheet
from ui.widgets import Sheet

SHEET, WIDE_SHEET = 640, 780
MOTHER = "mother"
CLOSED = ("done", "lost")
ANTENATAL = ("contact_antenatal", "exam_usg_first", "exam_usg_third", "given_iron_pregnancy")
"""Facts that the visit of today records."""
RUNNING = (CourseState.GOING, CourseState.CONFIRM, CourseState.RUN_OUT)


class PregnancyActs(QObject):
    """case, course: whom it is about, as the view shows it. written: something is on record now."""

    written = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._actor, self._runner = context.desk, context.actor, context.runner
        self._shell = context.shell
        self.case: CareCase | None = None
        self.course: Course | None = None
        self._put_away: dict[tuple[str, str], dict[str, object]] = {}

    def record(self) -> None:
        """What is next for her: a visit, the end of a pregnancy that ran out, or the HPHT."""
        course = self._ready()
        if course is None:
            return
        if course.state is CourseState.AFTER:
            self.record_after()
        elif course.state is CourseState.RUN_OUT:
            self.record_end()
        elif course.state in (CourseState.NONE, CourseState.ENDED):
            self.date_it()
        else:
            self._record_contact(course)

    def _record_contact(self, course: Course) -> None:
        case = self.case
        if case is None or not self._hers(course):
            return
        uid, antenatal, actor, visit = new_uid(), self._desk.antenatal, self._actor, case.visit
        doctor = "doctor" in {role.value for role in actor.roles}
        sheet = ContactSheet(visit.on, elsewhere=False, doctor=doctor, figures=self._figures())

        def undo() -> None:
            self._write(lambda: antenatal.withdraw(actor, "contact", uid, "diurungkan"))

        def told(made: object) -> None:
            _done(sheet, opened)
            fresh = getattr(made, "uid", "") == uid
            self._shell.toast("Kontak hari ini dicatat.", undo if fresh else None)

        def give(form: ContactForm) -> None:
            self._write(lambda: antenatal.contact(actor, uid, visit.visit_uid, form), told, _refusing(sheet))

        sheet.given.connect(give)
        opened = self._open(sheet, SHEET)

    def record_elsewhere(self) -> None:
        """Alt+L: from the book, to the day or the month, with its place."""
        course, case = self._ready(), self.case
        if course is None or case is None or course.state is CourseState.NONE or not self._hers(course):
            return
        uid, antenatal, actor, person = new_uid(), self._desk.antenatal, self._actor, course.mother_uid
        sheet = ContactSheet(case.visit.on, elsewhere=True, doctor=False)

        def told(_: object) -> None:
            _done(sheet, opened)
            self._shell.toast(
                "Kontak di tempat lain dicatat.",
                lambda: self._write(lambda: antenatal.withdraw(actor, "contact", uid, "diurungkan")),
            )

        sheet.given.connect(
            lambda form: self._write(lambda: antenatal.elsewhere(actor, uid, person, form), told, _refusing(sheet))
        )
        opened = self._open(sheet, WIDE_SHEET)

    def plan_birth(self) -> None:
        """Alt+P: where, with whom, how to get there."""
        course = self._ready()
        if course is None or course.state not in RUNNING or not self._hers(course):
            return
        uid, antenatal, actor, person = new_uid(), self._desk.antenatal, self._actor, course.mother_uid
        sheet = PlanSheet(course.plan, self._desk.reference)

        def give(form: PlanForm) -> None:
            self._write(
                lambda: antenatal.plan(actor, uid, person, form), lambda _: _done(sheet, opened), _refusing(sheet)
            )

        sheet.given.connect(give)
        opened = self._open(sheet, SHEET)

    def record_end(self) -> None:
        """Alt+E: how it ended, where, with whom, and the children."""
        course, case = self._ready(), self.case
        if course is None or case is None or not self._hers(course) or case.visit.sex == Sex.MALE:
            return
        pregnancy = course.pregnancy
        if course.delivery is not None and course.delivery.uid:
            if course.state is not CourseState.ENDED:
                self._shell.toast("Persalinannya sudah dicatat.")
                return
            pregnancy = None  # that one is over and told: this is of a later one nobody had recorded
        ended = pregnancy.ended_on if pregnancy else None
        sheet = DeliverySheet(
            case.visit.on,
            self._desk.reference,
            lmp=pregnancy.lmp if pregnancy else None,
            ended_on=ended,
            outcome=pregnancy.outcome if pregnancy else "",
        )
        uid, antenatal, actor, person = new_uid(), self._desk.antenatal, self._actor, course.mother_uid

        def told(_: object) -> None:
            _done(sheet, opened)
            self._shell.toast("Akhir kehamilan dicatat.")

        def give(form: DeliveryForm) -> None:
            self._write(lambda: antenatal.delivery(actor, uid, person, form), told, _refusing(sheet))

        sheet.given.connect(give)
        opened = self._open(sheet, WIDE_SHEET)

    def record_after(self) -> None:
        """A visit of nifas or of a baby, or what a mother or a newborn gets once."""
        course, case = self._ready(), self.case
        if course is None or case is None or course.state is not CourseState.AFTER:
            return
        chosen = case.person_uid if course.mother_uid != case.person_uid else MOTHER
        self._record_one("Catat sesudah lahir", after_choices(course), chosen)

    def record_other(self) -> None:
        """Alt+N: something else she is given or examined for."""
        self.record_service("")

    def record_service(self, fact: str) -> None:
        """One service of hers on a sheet. fact: the one that is wanted, empty for the first."""
        course = self._ready()
        choices = service_choices(course) if course is not None else []
        if course is None or not choices:
            self._shell.toast("Tidak ada layanan lain yang perlu dicatat.")
        elif self._hers(course):
            chosen = f"{MOTHER}:{fact}"
            self._record_one("Catat layanan", choices, chosen if chosen in dict(choices) else choices[0][0])

    def go_to(self, fact: str) -> None:
        """What the room asked for when it opened this view: the sheet that records it."""
        course = self._ready()
        if course is None or not self._hers(course):
            return
        going = course.state in (CourseState.GOING, CourseState.CONFIRM)
        if fact in ANTENATAL and going:
            self._record_contact(course)
        elif fact == "plan_birth":
            self.plan_birth()
        elif fact == "contact_postnatal":
            self.record_after()
        elif any(step.fact == fact for step in course.steps):
            self.record_service(fact)

    def _record_one(self, title: str, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        course, case = self.course, self.case
        if course is None or case is None:
            return
        sheet, uid, desk, actor = AfterSheet(title, choices, chosen), new_uid(), self._desk, self._actor
        today, visit_uid = case.visit.on, case.visit_uid

        def told(_: object) -> None:
            _done(sheet, opened)
            self._shell.toast("Dicatat.")

        def give(what: str, on: str, place: str, value: str) -> None:
            who, _, fact = what.partition(":")
            person = course.mother_uid if who == MOTHER else who
            if not fact:
                seen_in = visit_uid if person == case.person_uid else None
                self._write(
                    lambda: desk.antenatal.after_birth(actor, uid, person, seen_in, on, place), told, _refusing(sheet)
                )
                return
            if person == case.person_uid and not on.strip() and not place.strip():
                self._write(
                    lambda: desk.care.record(actor, uid, person, visit_uid, fact, value), told, _refusing(sheet)
                )
                return
            try:
                when = read_done(on, today) if on.strip() else None
            except DateError as wrong:
                sheet.refuse("on", wrong.sentence)
                return
            known: dict[str, Any] = {"on": when.day, "precision": when.precision} if when else {"on": today}
            earlier = Earlier(uid=uid, person_uid=person, code=fact, place=place, value=value, **known)
            self._write(lambda: desk.care.earlier(actor, earlier), told, _refusing(sheet))

        sheet.given.connect(give)
        opened = self._open(sheet, SHEET)

    def take_back(self, line: object) -> None:
        """The visit of a row was a mistake."""
        if self._ready() is None or not isinstance(line, ContactLine):
            self._shell.toast("Pilih kunjungannya dulu di tabel.")
            return
        if not line.own:
            self._shell.toast("Kunjungan ini dari data lama; tarik di Layanan hari ini.")
            return
        antenatal, actor, uid = self._desk.antenatal, self._actor, line.uid
        words = f"{line.name or 'Kunjungan'} {line.when} tetap tersimpan sebagai catatan yang ditarik."
        sheet = WordsSheet("Tarik kunjungan", words, "Alasan", "Tarik", needed="Tulis alasannya.")
        sheet.given.connect(
            lambda why: self._write(
                lambda: antenatal.withdraw(actor, "contact", uid, why),
                lambda _: opened.close_sheet(),
                lambda error: sheet.refuse(error.sentence),
            )
        )
        opened = self._shell.sheet(sheet, SHEET)
        sheet.begin()

    def date_it(self) -> None:
        """Alt+H: HPHT, or weeks by USG or TFU; G/P/A; how it ended without more; recorded by mistake."""
        case, course = self.case, self.course
        if case is None or not self.may() or case.visit.sex == Sex.MALE or not may(self._actor, "pregnancy.save"):
            return
        if course is not None and not self._hers(course):
            return
        person, known = case.person_uid, case.visit.last_pregnancy
        pregnancies, actor, reference = self._desk.pregnancies, self._actor, self._desk.reference
        sheet = PregnancySheet(known, case.visit.on, reference)

        def refused(error: UserError) -> None:
            sheet.refuse(error.field if isinstance(error, InvalidInput) else "", error.sentence)

        def act(work: Callable[[], object]) -> None:
            self._write(work, lambda _: opened.close_sheet(), refused)

        def save(form: PregnancyForm, on: str, outcome: str) -> None:
            works: list[Callable[[], object]] = []
            if form.lmp.strip():
                works.append(lambda: pregnancies.save(actor, person, form))
            if outcome:
                works.append(lambda: pregnancies.end(actor, person, on, outcome))
            if run_out(known, case.visit.on, reference):
                works.reverse()  # what ended is the old one
            act(lambda: [work() for work in works])

        sheet.save_wanted.connect(save)
        if known is not None:
            uid = known.uid
            sheet.resume_wanted.connect(lambda: act(lambda: pregnancies.resume(actor, uid)))
            sheet.withdraw_wanted.connect(lambda why: act(lambda: pregnancies.withdraw(actor, uid, why)))
        opened = self._shell.sheet(sheet, WIDE_SHEET, sheet.high())
        sheet.begin()

    # Parts

    def _open(self, sheet: RecordSheet, width: int) -> Sheet:
        """Open a sheet. Lines that were put away with Esc in this visit are taken up again."""
        key = (self.case.visit_uid if self.case else "", sheet.accessibleName())
        sheet.put_back(self._put_away.pop(key, {}))
        opened = self._shell.sheet(sheet, width, sheet.high())

        def keep() -> None:
            lines = sheet.unsaved()
            if lines:
                self._put_away[key] = lines

        opened.closed.connect(keep)
        sheet.begin()
        return opened

    def _ready(self) -> Course | None:
        return self.course if self.may() else None

    def may(self) -> bool:
        """Whether anything may be recorded now."""
        return self.case is not None and self.case.writable and may(self._actor, "antenatal.contact")

    def _hers(self, course: Course) -> bool:
        return self.case is not None and course.mother_uid == self.case.person_uid

    def _figures(self) -> str:
        """`Ikut tercatat: TD 142/94, BB 68,4`: what was measured in this visit."""
        if self.case is None:
            return ""
        values, reference, found = self.case.visit.values, self._desk.reference, []
        for code in MEASURES:
            measure = reference.measures[code]
            text = "/".join(show(part, values.get(part), reference) for part in (measure.parts or (code,)))
            if text.strip("/"):
                found.append(f"{measure.short} {text}")
        return f"Ikut tercatat dari kunjungan ini: {', '.join(found)}." if found else ""

    def _write(
        self,
        work: Callable[[], object],
        done: Callable[[object], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """One command; then the room and this view read again."""

        def told(made: object) -> None:
            if done is not None:
                done(made)
            self.written.emit()

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                (failed or (lambda wrong: self._shell.sentence(wrong.sentence)))(error)

        self._runner.write(work, told, refused)


def after_choices(course: Course) -> list[tuple[str, str]]:
    """What may be recorded after a birth: visits of mother and living children first, then what each still lacks."""
    living = [baby for baby in course.babies if baby.uid and baby.state == "live"]
    visits = [(baby.uid, f"Kunjungan neonatal{_open_slot(baby.slots)} · {baby.name}") for baby in living]
    if course.slots:
        visits.insert(0, (MOTHER, f"Kunjungan nifas{_open_slot(course.slots)}"))
    steps = [(baby, step) for baby in living for step in baby.steps if step.fact and step.state not in CLOSED]
    return [
        *visits,
        *service_choices(course),
        *((f"{baby.uid}:{step.fact}", f"{step.label} · {baby.name}") for baby, step in steps),
    ]


def service_choices(course: Course) -> list[tuple[str, str]]:
    """What else the mother may be given or examined for now."""
    return [(f"{MOTHER}:{step.fact}", step.label) for step in course.steps if step.fact and step.state not in CLOSED]


def _open_slot(slots: Sequence[Slot]) -> str:
    code = next((slot.code for slot in slots if slot.state.value == "due"), "")
    return f" ({code})" if code else ""


def _done(sheet: RecordSheet, opened: Sheet) -> None:
    sheet.recorded = True
    opened.close_sheet()


def _refusing(sheet: RecordSheet) -> Callable[[UserError], object]:
    def refused(error: UserError) -> None:
        field = error.field if isinstance(error, InvalidInput) else ""
        sheet.refuse(field, error.sentence, unlikely=isinstance(error, Unlikely))

    return refused
