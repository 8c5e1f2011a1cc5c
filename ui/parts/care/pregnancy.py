"""Kehamilan & nifas: the line of weeks with its visits, what is missing; after the birth mother and child."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.rows.antenatal import ContactLine, Course, CourseState
from ui.page import Context
from ui.papers import show_maternal_card
from ui.parts.care.pregnancy_acts import RUNNING, PregnancyActs
from ui.parts.care.pregnancy_after import AfterPanel
from ui.parts.care.pregnancy_facts import PregnancyFacts
from ui.parts.care.pregnancy_line import WeeksLine
from ui.parts.care.pregnancy_table import ContactsTable
from ui.parts.care.view import CareCase, CareView
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


class PregnancyView(CareView):
    """Ctrl+Enter records what is next: a visit of today, one of nifas or of the baby, or the HPHT."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "pregnancy", "Kehamilan & nifas")
        self.acts = PregnancyActs(context, self)
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
        self.empty = EmptyState(
            "Belum ada kehamilan yang tercatat.", "Ctrl+Enter mengisi HPHT. Sudah melahirkan: Alt+E.", icon="mother"
        )
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
        keys.bind("Ctrl+Enter", "catat", self.acts.record)
        keys.bind("Alt+L", "kontak di tempat lain", self.acts.record_elsewhere)
        keys.bind("Alt+E", "akhir kehamilan", self.acts.record_end)
        keys.bind("Alt+H", "HPHT, G/P/A", self.acts.date_it, bar=False)
        keys.bind("Alt+P", "rencana persalinan", self.acts.plan_birth, bar=False)
        keys.bind("Alt+B", "tanda bahaya", self.asks_signs.emit, bar=False)
        keys.bind("Alt+N", "catat layanan lain", self.acts.record_other, bar=False)
        keys.bind("Ctrl+P", "cetak kartu ibu", self.print_card)
        keys.bind("Alt+S", "skrining, skor Poedji Rochjati", self.open_screening, bar=False)
        keys.bind("Alt+I", "imunisasi", lambda: self.opens.emit("immunization", ""), bar=False)
        keys.bind("Alt+T", "tarik kunjungan yang dipilih", self.take_back, bar=False)
        keys.note("↑↓", "kunjungan di tabel", bar=False)
        self.table.row_chosen.connect(self._show_detail)
        self.main.clicked.connect(self.acts.record)
        self.elsewhere.clicked.connect(self.acts.record_elsewhere)
        self.end.clicked.connect(self.acts.record_end)
        self.print.clicked.connect(self.print_card)
        self.facts.change.clicked.connect(self.acts.date_it)
        self.facts.plan.clicked.connect(self.acts.plan_birth)
        self.facts.signs.clicked.connect(self.asks_signs)
        self.facts.record.clicked.connect(self.acts.record_other)
        self.facts.score.clicked.connect(self.open_screening)
        self.facts.shots.clicked.connect(lambda: self.opens.emit("immunization", ""))
        self.after.detail.connect(self.acts.record_end)
        self.acts.written.connect(self.recorded)
        self.acts.written.connect(self._read)
        self.after.opened.connect(lambda uid: self.shell.navigate("history", uid))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width()

    def _set_width(self) -> None:
        self._side.setFixedWidth(px(NARROW if self.width() < px(NARROW_WINDOW) else WIDTH))

    @property
    def course(self) -> Course | None:
        """What is shown, None until it was read."""
        return self.acts.course

    # CareView

    def open(self, case: CareCase, target: str) -> None:
        if self.acts.case is None or self.acts.case.visit_uid != case.visit_uid:
            self.acts.course = None
        self.acts.case, self._target = case, target
        self._show()
        self._read()
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_case(self, case: CareCase) -> None:
        self.acts.case = case
        self._show()
        self._read()

    def keep(self) -> None:
        """Nothing is typed here but on sheets, and those stay open until they are answered."""

    # Reading and showing

    def _read(self) -> None:
        case, desk, actor = self.acts.case, self.desk, self.actor
        if case is None:
            return
        self._stamp += 1
        stamp = self._stamp

        def found(course: Course) -> None:
            if stamp != self._stamp:
                return
            self.acts.course = course
            self._show()
            target, self._target = self._target, ""
            if target:
                self.acts.go_to(target)

        self.runner.read("care.pregnancy", lambda: desk.antenatal.course(actor, case.person_uid), found)

    def _show(self) -> None:
        case, course = self.acts.case, self.acts.course
        if case is None or course is None:
            for part in (self.warning, self.line, self._after_place, self._visits_title, self.table, self.empty):
                part.hide()
            self.head.set_segments([])
            self._side.hide()
            return
        self._side.show()
        writable = self.acts.may()
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
        today = self.acts.case.visit.on if self.acts.case else None
        here = any(line.on == today and line.own and not line.where for line in course.contacts)
        return "Lengkapi kontak hari ini" if here else "Catat kontak hari ini"

    # Acts

    def open_screening(self) -> None:
        """Alt+S: the score of a pregnancy that goes on, else whichever instruments are due."""
        going = self.course is not None and self.course.state in RUNNING
        self.opens.emit("instrument", "kspr" if going else "")

    def take_back(self) -> None:
        """Alt+T: the visit of the chosen row was a mistake."""
        self.acts.take_back(self.table.current_row())

    def print_card(self) -> None:
        """Ctrl+P: the mother's card, A4."""
        if self.acts.course is not None and self.acts.course.state is not CourseState.NONE:
            show_maternal_card(self.context, self.acts.course.mother_uid)


def _ask_words(course: Course) -> str:
    if course.state is CourseState.RUN_OUT:
        return "Lewat 44 minggu, jadi tidak lagi dihitung hamil sampai akhirnya dicatat (Alt+E)."
    return "HPL sudah lewat 14 hari. Sudah melahirkan? Catat dengan Alt+E."
