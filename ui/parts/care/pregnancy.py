"""Kehamilan & nifas: the line of weeks with its visits, what is missing; after the birth mother and child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.after_birth import Slot
from ilp_desk.domain.maternity_forms import MEASURES, ContactForm, DeliveryForm, PlanForm, Unlikely
from ilp_desk.domain.person import Sex
from ilp_desk.domain.pregnancy import PregnancyForm, run_out
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.typed_dates import DateError, read_done
from ilp_desk.domain.vitals import show
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.antenatal import ContactLine, Course, CourseState
from ilp_desk.services.earlier import Earlier
from ilp_desk.work import may
from ui.page import Context
from ui.papers import show_maternal_card
from ui.parts.care.delivery_sheet import DeliverySheet
from ui.parts.care.pregnancy_after import AfterPanel
from ui.parts.care.pregnancy_facts import PregnancyFacts
from ui.parts.care.pregnancy_line import WeeksLine
from ui.parts.care.pregnancy_sheets import AfterSheet, ContactSheet, PlanSheet, RecordSheet
from ui.parts.care.pregnancy_table import ContactsTable
from ui.parts.care.view import CareCase, CareView
from ui.parts.room.pregnancy_sheet import PregnancySheet
from ui.parts.room.words_sheet import WordsSheet
from ui.theme import px, tokens
from ui.widgets import (
    Banner,
    Card,
    Chip,
    EmptyState,
    KeyButton,
    Paragraph,
    Runs,
    Segment,
    Text,
    hbox,
    label,
    scroll,
    vbox,
)
from ui.widgets.table_view import HEADER

WIDTH, NARROW, NARROW_WINDOW = 352, 300, 1000
SHEET, WIDE_SHEET = 640, 780
MOTHER = "mother"
CLOSED = ("done", "lost")
ANTENATAL = ("contact_antenatal", "exam_usg_first", "exam_usg_third", "given_iron_pregnancy")
"""Facts that the visit of today records."""
SHOWN = 3
"""Visits of a pregnancy that is over which are seen without scrolling."""
QWIDGETSIZE_MAX = 16_777_215
TITLES = {
    CourseState.NONE: ("Belum ada kehamilan", "neutral"),
    CourseState.GOING: ("Hamil", "A"),
    CourseState.CONFIRM: ("Lewat HPL", "warning"),
    CourseState.RUN_OUT: ("Perlu dipastikan", "danger"),
    CourseState.AFTER: ("Nifas", "A"),
    CourseState.ENDED: ("Selesai", "neutral"),
}
"""Word and tone of each state."""
RUNNING = (CourseState.GOING, CourseState.CONFIRM, CourseState.RUN_OUT)


class PregnancyView(CareView):
    """Ctrl+Enter records what is next: a visit of today, one of nifas or of the baby, or the HPHT."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "pregnancy", "Kehamilan & nifas")
        self._case: CareCase | None = None
        self._course: Course | None = None
        self._stamp, self._target = 0, ""
        self.head = Runs([], size=16)
        self.elsewhere = KeyButton("Di tempat lain", "Alt+L", small=True)
        self.print = KeyButton("Kartu ibu", "Ctrl+P", icon="print", small=True)
        self.warning = Banner("warning", "")
        self.line = WeeksLine()
        self.after = AfterPanel()
        self.table = ContactsTable()
        self.detail = Paragraph()
        self.elsewhere.setAccessibleName("Catat kontak di tempat lain")
        self.print.setAccessibleName("Cetak kartu ibu")
        self.facts = PregnancyFacts(context.desk.reference)
        self.main = KeyButton("Catat kontak hari ini", "Ctrl+Enter", kind="primary", tall=True)
        self.end = KeyButton("Akhir kehamilan", "Alt+E")
        self.empty = EmptyState("Belum ada kehamilan yang tercatat.", "Ctrl+Enter mengisi HPHT.", icon="mother")
        self._build()
        self._bind()

    def _build(self) -> None:
        head = hbox(self.head, self.elsewhere, self.print, spacing=8, margins=(14, 10, 12, 4))
        head.setStretch(0, 1)
        self._after_place = scroll(self.after)
        self._visits_title = label("Kunjungan kehamilan", "section")
        inner = vbox(self.warning, self.line, self._after_place, self._visits_title, spacing=6, margins=(14, 0, 14, 4))
        inner.setStretch(2, 1)
        column = vbox(head, spacing=4, margins=(1, 1, 1, 1))
        column.addLayout(inner)
        column.addWidget(self.table)
        column.addLayout(hbox(self.detail, margins=(14, 4, 14, 8)))
        column.addWidget(self.empty)
        column.setStretch(1, 3)
        column.setStretch(2, 4)
        self._inner = inner
        self._column = column
        self._act_card = Card(vbox(self.main, self.end, spacing=6, margins=(12, 11, 12, 11)))
        side = QWidget()
        side.setLayout(vbox(self.facts, None, spacing=10))
        self._scroll = scroll(side)
        right = QWidget()
        right.setLayout(vbox(self._act_card, self._scroll, spacing=10))
        self._side = right
        across = hbox(Card(column), right, spacing=10)
        across.setStretch(0, 1)
        self.setLayout(across)
        self._set_width()

    def _bind(self) -> None:
        keys = self.keys
        keys.bind("Ctrl+Enter", "catat", self.record)
        keys.bind("Alt+L", "kontak di tempat lain", self.record_elsewhere)
        keys.bind("Alt+E", "akhir kehamilan", self.record_end)
        keys.bind("Alt+H", "HPHT, G/P/A", self.date_it, bar=False)
        keys.bind("Alt+P", "rencana persalinan", self.plan_birth, bar=False)
        keys.bind("Alt+N", "catat layanan lain", self.record_other, bar=False)
        keys.bind("Ctrl+P", "cetak kartu ibu", self.print_card)
        keys.bind("Alt+S", "skor Poedji Rochjati", lambda: self.opens.emit("instrument", "kspr"), bar=False)
        keys.bind("Alt+I", "imunisasi", lambda: self.opens.emit("immunization", ""), bar=False)
        keys.bind("Alt+T", "tarik kunjungan yang dipilih", self.take_back, bar=False)
        keys.note("↑↓", "kunjungan di tabel", bar=False)
        self.table.row_chosen.connect(self._show_detail)
        self.main.clicked.connect(self.record)
        self.elsewhere.clicked.connect(self.record_elsewhere)
        self.end.clicked.connect(self.record_end)
        self.print.clicked.connect(self.print_card)
        self.facts.change.clicked.connect(self.date_it)
        self.facts.plan.clicked.connect(self.plan_birth)
        self.facts.record.clicked.connect(self.record_other)
        self.facts.score.clicked.connect(lambda: self.opens.emit("instrument", "kspr"))
        self.facts.shots.clicked.connect(lambda: self.opens.emit("immunization", ""))
        self.after.detail.connect(self.record_end)
        self.after.opened.connect(lambda uid: self.shell.navigate("history", uid))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width()

    def _set_width(self) -> None:
        self._side.setFixedWidth(px(NARROW if self.width() < px(NARROW_WINDOW) else WIDTH))

    @property
    def course(self) -> Course | None:
        """What is shown, None until it was read."""
        return self._course

    # CareView

    def open(self, case: CareCase, target: str) -> None:
        if self._case is None or self._case.visit_uid != case.visit_uid:
            self._course = None
        self._case, self._target = case, target
        self._show()
        self._read()
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_case(self, case: CareCase) -> None:
        self._case = case
        self._show()
        self._read()

    def keep(self) -> None:
        """Nothing is typed here but on sheets, and those stay open until they are answered."""

    # Reading and showing

    def _read(self) -> None:
        case, desk, actor = self._case, self.desk, self.actor
        if case is None:
            return
        self._stamp += 1
        stamp = self._stamp

        def found(course: Course) -> None:
            if stamp != self._stamp:
                return
            self._course = course
            self._show()
            target, self._target = self._target, ""
            if target:
                self._go_to(target)

        self.runner.read("care.pregnancy", lambda: desk.antenatal.course(actor, case.person_uid), found)

    def _show(self) -> None:
        case, course = self._case, self._course
        if case is None or course is None:
            for part in (self.warning, self.line, self._after_place, self._visits_title, self.table, self.empty):
                part.hide()
            self.head.set_segments([])
            self._side.hide()
            return
        self._side.show()
        writable = self._may()
        state, over = course.state, course.state in (CourseState.AFTER, CourseState.ENDED)
        word, tone = TITLES[state]
        whose = f" · ibu {course.mother}" if course.mother_uid != case.person_uid else ""
        nifas = state is CourseState.AFTER
        title: list[Segment] = [Text("Kehamilan & nifas", bold=True), Chip(course.words if nifas else word, tone)]
        # The HPL stands at the right, and what to ask in the banner.
        told = "" if nifas else course.words.partition(",")[0] if state in RUNNING else course.words
        more = f"{told}{whose}".removeprefix(" · ")
        self.head.set_segments([*title, Text(more, muted=True)] if more else title)
        self.warning.setVisible(state in (CourseState.CONFIRM, CourseState.RUN_OUT))
        self.warning.set("warning", "Pastikan hasil kehamilan.", _ask_words(course))
        self.line.setVisible(state in RUNNING)
        self.line.show_course(course)
        self._after_place.setVisible(over)
        self.after.show_course(course, writable=writable and course.mother_uid == case.person_uid)
        self._visits_title.setVisible(over and bool(course.contacts))
        self.table.setVisible(state in RUNNING or (over and bool(course.contacts)))
        self.table.rows.answer("", course.contacts)
        self._show_detail(course.contacts[-1] if course.contacts and self.table.current_row() is None else None)
        self.empty.setVisible(state is CourseState.NONE)
        self._column.setStretch(1, 1 if over else 0)
        self._column.setStretch(2, 0 if over else 1)
        # After a birth its visits are looked up now and then; mother and child have the room.
        shown = min(len(course.contacts), SHOWN)
        high = px(HEADER) + shown * px(tokens().table_row) + px(2) if over else QWIDGETSIZE_MAX
        self.table.setMinimumHeight(high if over else 0)
        self.table.setMaximumHeight(high)
        self.facts.show_course(course, case.visit, writable=writable)
        self.facts.setVisible(state is not CourseState.NONE)
        self._show_acts(course, case, writable=writable)

    def _show_detail(self, chosen: object) -> None:
        """The whole of the visit of the chosen row, the last one where none is."""
        line = chosen if isinstance(chosen, ContactLine) else self.table.current_row()
        self.detail.setVisible(isinstance(line, ContactLine) and not self.table.isHidden())
        if not isinstance(line, ContactLine):
            return
        by = "dokter" if line.doctor and not line.by.lower().startswith("dr") else ""
        usg = "USG" if line.usg else ""
        swallowed = f"TTD diminum {line.swallowed}" if line.swallowed else ""
        facts = (line.weeks, line.where, line.by, by, usg, swallowed, line.findings)
        words = [Text(f"{line.name or 'Kunjungan'} {line.when}", bold=True)]
        words.append(Text("".join(f" · {fact}" for fact in facts if fact), muted=True))
        self.detail.set_parts(words)

    def _show_acts(self, course: Course, case: CareCase, *, writable: bool) -> None:
        hers = course.mother_uid == case.person_uid
        self.main.setText(self._main_words(course))
        self.main.setEnabled(writable and (hers or course.state is CourseState.AFTER))
        self.end.setVisible(hers and course.state in RUNNING and course.state is not CourseState.RUN_OUT)
        self.end.setEnabled(writable)
        self.elsewhere.setVisible(hers and course.state is not CourseState.NONE)
        self.elsewhere.setEnabled(writable)
        self.print.setVisible(course.state is not CourseState.NONE)
        self.empty.setVisible(course.state is CourseState.NONE)
        if case.visit.sex == Sex.MALE and hers:
            self.main.hide()
        else:
            self.main.show()

    def _main_words(self, course: Course) -> str:
        if course.state is CourseState.AFTER:
            return "Catat kunjungan"
        if course.state is CourseState.RUN_OUT:
            return "Akhir kehamilan"
        if course.state in (CourseState.NONE, CourseState.ENDED):
            return "Isi HPHT"
        today = self._case.visit.on if self._case else None
        here = any(line.on == today and line.own and not line.where for line in course.contacts)
        return "Lengkapi kontak hari ini" if here else "Catat kontak hari ini"

    # Acts

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
        case = self._case
        if case is None or not self._hers(course):
            return
        uid, antenatal, actor, visit = new_uid(), self.desk.antenatal, self.actor, case.visit
        doctor = "doctor" in {role.value for role in actor.roles}
        sheet = ContactSheet(visit.on, elsewhere=False, doctor=doctor, figures=self._figures())

        def undo() -> None:
            self._write(lambda: antenatal.withdraw(actor, "contact", uid, "diurungkan"))

        def told(made: object) -> None:
            opened.close_sheet()
            fresh = getattr(made, "uid", "") == uid
            self.shell.toast("Kontak hari ini dicatat.", undo if fresh else None)

        def give(form: ContactForm) -> None:
            self._write(lambda: antenatal.contact(actor, uid, visit.visit_uid, form), told, _refusing(sheet))

        sheet.given.connect(give)
        opened = self.shell.sheet(sheet, SHEET, sheet.high())
        sheet.begin()

    def record_elsewhere(self) -> None:
        """Alt+L: from the book, to the day or the month, with its place."""
        course, case = self._ready(), self._case
        if course is None or case is None or course.state is CourseState.NONE or not self._hers(course):
            return
        uid, antenatal, actor, person = new_uid(), self.desk.antenatal, self.actor, course.mother_uid
        sheet = ContactSheet(case.visit.on, elsewhere=True, doctor=False)

        def told(_: object) -> None:
            opened.close_sheet()
            self.shell.toast(
                "Kontak di tempat lain dicatat.",
                lambda: self._write(lambda: antenatal.withdraw(actor, "contact", uid, "diurungkan")),
            )

        sheet.given.connect(
            lambda form: self._write(lambda: antenatal.elsewhere(actor, uid, person, form), told, _refusing(sheet))
        )
        opened = self.shell.sheet(sheet, WIDE_SHEET, sheet.high())
        sheet.begin()

    def plan_birth(self) -> None:
        """Alt+P: where, with whom, how to get there."""
        course = self._ready()
        if course is None or course.state not in RUNNING or not self._hers(course):
            return
        uid, antenatal, actor, person = new_uid(), self.desk.antenatal, self.actor, course.mother_uid
        sheet = PlanSheet(course.plan, self.desk.reference)

        def give(form: PlanForm) -> None:
            self._write(
                lambda: antenatal.plan(actor, uid, person, form), lambda _: opened.close_sheet(), _refusing(sheet)
            )

        sheet.given.connect(give)
        opened = self.shell.sheet(sheet, SHEET, sheet.high())
        sheet.begin()

    def record_end(self) -> None:
        """Alt+E: how it ended, where, with whom, and the children."""
        course, case = self._ready(), self._case
        if course is None or case is None or not self._hers(course):
            return
        pregnancy = course.pregnancy
        if course.delivery is not None and course.delivery.uid:
            self.shell.toast("Persalinannya sudah dicatat.")
            return
        ended = pregnancy.ended_on if pregnancy else None
        sheet = DeliverySheet(
            case.visit.on,
            self.desk.reference,
            lmp=pregnancy.lmp if pregnancy else None,
            ended_on=ended,
            outcome=pregnancy.outcome if pregnancy else "",
        )
        uid, antenatal, actor, person = new_uid(), self.desk.antenatal, self.actor, course.mother_uid

        def told(_: object) -> None:
            opened.close_sheet()
            self.shell.toast("Akhir kehamilan dicatat.")

        def give(form: DeliveryForm) -> None:
            self._write(lambda: antenatal.delivery(actor, uid, person, form), told, _refusing(sheet))

        sheet.given.connect(give)
        opened = self.shell.sheet(sheet, WIDE_SHEET, sheet.high())
        sheet.begin()

    def record_after(self) -> None:
        """A visit of nifas or of a baby, or what a mother or a newborn gets once."""
        course, case = self._ready(), self._case
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
            self.shell.toast("Tidak ada layanan lain yang perlu dicatat.")
        elif self._hers(course):
            chosen = f"{MOTHER}:{fact}"
            self._record_one("Catat layanan", choices, chosen if chosen in dict(choices) else choices[0][0])

    def _go_to(self, fact: str) -> None:
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
        course, case = self._course, self._case
        if course is None or case is None:
            return
        sheet, uid, desk, actor = AfterSheet(title, choices, chosen), new_uid(), self.desk, self.actor
        today, visit_uid = case.visit.on, case.visit_uid

        def told(_: object) -> None:
            opened.close_sheet()
            self.shell.toast("Dicatat.")

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
        opened = self.shell.sheet(sheet, SHEET, sheet.high())
        sheet.begin()

    def take_back(self) -> None:
        """Alt+T: the visit of the chosen row was a mistake."""
        course, line = self._ready(), self.table.current_row()
        if course is None or not isinstance(line, ContactLine):
            self.shell.toast("Pilih kunjungannya dulu di tabel.")
            return
        if not line.own:
            self.shell.toast("Kunjungan ini dari data lama; tarik di Layanan hari ini.")
            return
        antenatal, actor, uid = self.desk.antenatal, self.actor, line.uid
        words = f"{line.name or 'Kunjungan'} {line.when} tetap tersimpan sebagai catatan yang ditarik."
        sheet = WordsSheet("Tarik kunjungan", words, "Alasan", "Tarik", needed="Tulis alasannya.")
        sheet.given.connect(
            lambda why: self._write(
                lambda: antenatal.withdraw(actor, "contact", uid, why),
                lambda _: opened.close_sheet(),
                lambda error: sheet.refuse(error.sentence),
            )
        )
        opened = self.shell.sheet(sheet, SHEET)
        sheet.begin()

    def print_card(self) -> None:
        """Ctrl+P: the mother's card, A4."""
        if self._course is not None and self._course.state is not CourseState.NONE:
            show_maternal_card(self.context, self._course.mother_uid)

    def date_it(self) -> None:
        """Alt+H: HPHT, or weeks by USG or TFU; G/P/A; how it ended without more; recorded by mistake."""
        case, course = self._case, self._course
        if case is None or not self._may() or case.visit.sex == Sex.MALE or not may(self.actor, "pregnancy.save"):
            return
        if course is not None and not self._hers(course):
            return
        person, known = case.person_uid, case.visit.last_pregnancy
        pregnancies, actor, reference = self.desk.pregnancies, self.actor, self.desk.reference
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
        opened = self.shell.sheet(sheet, WIDE_SHEET, sheet.high())
        sheet.begin()

    # Parts

    def _ready(self) -> Course | None:
        return self._course if self._may() else None

    def _may(self) -> bool:
        return self._case is not None and self._case.writable and may(self.actor, "antenatal.contact")

    def _hers(self, course: Course) -> bool:
        return self._case is not None and course.mother_uid == self._case.person_uid

    def _figures(self) -> str:
        """`Ikut tercatat: TD 142/94, BB 68,4`: what was measured in this visit."""
        if self._case is None:
            return ""
        values, reference, found = self._case.visit.values, self.desk.reference, []
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
            self.recorded.emit()
            self._read()

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                (failed or (lambda wrong: self.shell.sentence(wrong.sentence)))(error)

        self.runner.write(work, told, refused)


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


def _ask_words(course: Course) -> str:
    if course.state is CourseState.RUN_OUT:
        return "Lewat 44 minggu, jadi tidak lagi dihitung hamil sampai akhirnya dicatat (Alt+E)."
    return "HPL sudah lewat 14 hari. Sudah melahirkan? Catat dengan Alt+E."


def _refusing(sheet: RecordSheet) -> Callable[[UserError], object]:
    def refused(error: UserError) -> None:
        field = error.field if isinstance(error, InvalidInput) else ""
        sheet.refuse(field, error.sentence, unlikely=isinstance(error, Unlikely))

    return refused
