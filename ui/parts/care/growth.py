"""Tumbuh kembang: the child's curves, today's measures, what they mean, what to do, what else is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text, short_day_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.care import DueLine
from ilp_desk.rows.growth import AdviceLine, Chart, ChildGrowth, TakingLine
from ilp_desk.services.life_cycle.growth import EarlierMeasures
from ilp_desk.services.takings import Taking
from ilp_desk.work import may
from ui.page import Context
from ui.papers import show_growth_chart
from ui.parts.care.growth_chart import GrowthChart
from ui.parts.care.growth_days import EARLIER, WITHDRAW, DaysTab, EarlierMeasuresSheet
from ui.parts.care.growth_form import MeasureForm
from ui.parts.care.growth_scores import ScoreList, ScoreRow
from ui.parts.care.growth_today import IMMUNIZATION, INSTRUMENT, TodayCard, today_rows
from ui.parts.care.view import CareCase, CareView
from ui.parts.room.words_sheet import WordsSheet
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    Chip,
    Combo,
    EmptyState,
    KeyButton,
    Runs,
    Segment,
    Tab,
    Tabs,
    hbox,
    label,
    scroll,
    vbox,
)

TABS = ("BB/U", "PB/U", "BB/PB", "IMT/U", "Lingkar kepala")
WIDTH, NARROW = 374, 318
"""Design pixels of the column at the right."""
NARROW_WINDOW = 1000
KEEP_MS = 600
NUTRITION = "gizi"
REASON = "Tulis alasannya, sedikitnya tiga huruf."
SHEET = 560
NOBODY_MEASURED = "Belum pernah diukur. Isi berat dan panjangnya di kanan."
NOT_THIS = "Belum ada ukurannya pada rentang ini."


@dataclass(frozen=True, slots=True)
class _Reading:
    growth: ChildGrowth
    due: tuple[DueLine, ...]
    draft: Draft | None


class GrowthView(CareView):
    """Ctrl+Enter saves what was measured; Alt+1 to 5 turn the charts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "growth", "Tumbuh kembang")
        self._case: CareCase | None = None
        self._growth: ChildGrowth | None = None
        self._due: tuple[DueLine, ...] = ()
        self._target = ""
        self._kept: dict[str, object] = {}
        self._spans: dict[str, str] = {}
        self._stamp = 0
        self.charts = [GrowthChart(name) for name in TABS]
        self.days = DaysTab()
        pages = [Tab(name, self._page(chart)) for name, chart in zip(TABS, self.charts)]
        self.tabs = Tabs([*pages, Tab("Daftar", self.days)])
        self.span = Combo((), name="Rentang grafik")
        self.span.setFixedWidth(px(138))
        self.print = KeyButton("Cetak", "Ctrl+P", icon="print", small=True)
        self.tabs.add_corner(self.span)
        self.tabs.add_corner(self.print)
        edge = QWidget()
        edge.setFixedWidth(px(2))
        self.tabs.add_corner(edge)
        self.heading = label("", "strong", wrap=True)
        self.state = Runs([], fixed=True)
        self.form = MeasureForm(context.desk.reference)
        self.scores = ScoreList()
        self._judged = label("", "small")
        self.refer = KeyButton("Rujuk ke gizi", "Ctrl+I", small=True)
        self.control = KeyButton("Kontrol", "Ctrl+K", small=True)
        self.advice = Banner("warning", "", buttons=(self.refer, self.control))
        self.today = TodayCard()
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._soon.timeout.connect(self.keep)
        self._build()
        self._bind()

    def _page(self, chart: GrowthChart) -> QWidget:
        page = QWidget()
        box = vbox(chart, margins=(6, 0, 6, 4))
        page.setLayout(box)
        return page

    def _build(self) -> None:
        head = hbox(self.heading, self.state, spacing=12, margins=(14, 8, 14, 0))
        head.setStretch(0, 1)
        self.tabs.layout().insertLayout(2, head)  # type: ignore[union-attr]
        card = Card(vbox(self.tabs, margins=(1, 1, 1, 1)))
        scores = hbox(label("Penilaian", "section"), None, self._judged)
        self._scores_card = Card(vbox(scores, self.scores, spacing=4, margins=(12, 9, 12, 8)))
        column = QWidget()
        column.setLayout(vbox(self.form, self._scores_card, self.advice, self.today, None, spacing=10))
        self._side = scroll(column)
        self._empty = EmptyState("", "", icon="baby")
        self._empty_card = Card(vbox(self._empty))
        self._chart_card = card
        across = hbox(card, self._empty_card, self._side, spacing=10)
        across.setStretch(0, 1)
        across.setStretch(1, 1)
        self.setLayout(across)
        self._empty_card.hide()
        self._set_width()

    def _bind(self) -> None:
        keys = self.keys
        keys.bind_row("Alt+", len(TABS) + 1, "grafik dan daftar", self._tab)
        keys.bind("Ctrl+Enter", "simpan ukuran", self.save)
        keys.bind("Ctrl+P", "cetak grafik", self.print_chart)
        keys.bind("Ctrl+I", "rujuk ke gizi", self.send_on, bar=False)
        keys.bind("Ctrl+K", "catat kontrol", self.plan_control, bar=False)
        keys.bind("Alt+R", "rentang grafik", self.next_span, bar=False)
        keys.bind("Alt+S", "KPSP", lambda: self._act(self.today.act(f"open:{INSTRUMENT}")), bar=False)
        keys.bind("Alt+I", "imunisasi", lambda: self._act(self.today.act(f"open:{IMMUNIZATION}")), bar=False)
        keys.bind("Alt+V", "beri vitamin A", lambda: self._act(self.today.act("give:given_vitamin_a")), bar=False)
        keys.bind("Alt+O", "beri obat cacing", lambda: self._act(self.today.act("give:given_deworming")), bar=False)
        keys.bind(WITHDRAW, "tarik ukuran yang dipilih di daftar", self._take_back, bar=False)
        keys.bind(EARLIER, "ukuran hari lain", self.add_earlier, bar=False)
        keys.note("←→", "titik demi titik di grafik", bar=False)
        self.tabs.changed.connect(lambda _: self._show_chart())
        self.span.activated.connect(lambda _: self._turn_span())
        self.days.withdraw.connect(self.withdraw)
        self.days.earlier.connect(self.add_earlier)
        self.print.clicked.connect(self.print_chart)
        self.refer.clicked.connect(self.send_on)
        self.control.clicked.connect(self.plan_control)
        self.today.chosen.connect(self._act)
        self.form.saves.connect(self.save)
        self.form.changed.connect(self._soon.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width()

    def _set_width(self) -> None:
        self._side.setFixedWidth(px(NARROW if self.width() < px(NARROW_WINDOW) else WIDTH))

    # CareView

    def open(self, case: CareCase, target: str) -> None:
        before, self._case, self._target = self._case, case, target
        if before is None or before.visit_uid != case.visit_uid:
            self._growth, self._due, self._kept = None, (), {}
            self.form.renew(case.visit)
            self._spans = {}
            self._read(first=True)
        else:
            self._read()
        self._focus()

    def show_case(self, case: CareCase) -> None:
        self._case = case
        self._show()
        self._read()

    def keep(self) -> None:
        self._soon.stop()
        if self._case is None:
            return
        content, uid = self.form.typed(), self._case.visit_uid
        if content == self._kept:
            return
        self._kept = content
        growth, actor = self.desk.growth, self.actor
        if content:
            self.runner.write(lambda: growth.keep_draft(actor, uid, content), self.shell.draft_saved)
        else:
            self.runner.write(lambda: growth.drop_draft(actor, uid), lambda _: None)

    # Reading and showing

    def _read(self, *, first: bool = False) -> None:
        case = self._case
        if case is None:
            return
        desk, actor = self.desk, self.actor
        self._stamp += 1
        stamp = self._stamp

        def work() -> _Reading:
            return _Reading(
                desk.growth.course(actor, case.person_uid, case.visit.on),
                desk.care.due(actor, case.person_uid),
                desk.growth.draft(actor, case.visit_uid) if first else None,
            )

        def found(reading: _Reading) -> None:
            if stamp != self._stamp or self._case is None or self._case.visit_uid != case.visit_uid:
                return
            self._growth, self._due = reading.growth, reading.due
            self._show()
            if reading.draft is not None and case.writable:
                self.form.put_back(reading.draft.content, case.visit)
                self._kept = self.form.typed()

        self.runner.read("care.growth", work, found)

    def _show(self) -> None:
        case, growth = self._case, self._growth
        if case is None:
            return
        self.form.show_case(case.visit, growth, writable=case.writable and may(self.actor, "encounter.vitals"))
        if growth is None:
            return
        self._empty_card.setVisible(bool(growth.trouble))
        self._chart_card.setVisible(not growth.trouble)
        if growth.trouble:
            self._empty.set(growth.trouble, "Ukurannya tetap dapat dicatat di kanan.")
        for button, chart in zip(self.tabs.buttons, growth.charts):
            button.setText(chart.tab)
        self._show_scores(growth)
        self._show_advice(growth)
        self.today.show_rows(today_rows(growth, self._due, writable=case.writable and may(self.actor, "growth.give")))
        self.days.show_growth(growth, writable=case.writable and may(self.actor, "growth.earlier"))
        self._show_chart()

    def _show_scores(self, growth: ChildGrowth) -> None:
        rows = [ScoreRow(line.name, line.value, line.words, line.level) for line in growth.scores]
        if growth.course in ("T", "N", "O", "B"):
            level = {"T": "severe", "N": "normal"}.get(growth.course, "")
            rows.append(ScoreRow("Kenaikan", growth.course, growth.course_words, level))
        if growth.corrected:
            rows.append(ScoreRow("Umur koreksi", "", f"{growth.corrected} (lahir {growth.gestation} mgg)", ""))
        self.scores.show_rows(rows)
        self._scores_card.setVisible(bool(rows))
        when = short_day_text(growth.judged_on) if growth.judged_on is not None and not growth.today else ""
        self._judged.setText(f"ukuran {when}" if when else "")
        chips: list[Segment] = []
        if growth.in_a_row > 1:
            chips.append(Chip(f"{growth.in_a_row}T", "warning"))
        if growth.below_red:
            chips.append(Chip("BGM", "danger"))
        worst = next((line for line in growth.scores if line.level in ("severe", "obese", "low")), None)
        if worst is not None:
            tone = "danger" if worst.level in ("severe", "obese") else "warning"
            chips.append(Chip(f"{worst.name} {worst.value} {worst.words[:1].lower()}{worst.words[1:]}", tone))
        self.state.set_segments(chips)

    def _show_advice(self, growth: ChildGrowth) -> None:
        first = growth.advice[0] if growth.advice else None
        self.advice.setVisible(first is not None)
        if first is None or self._case is None:
            return
        others = "; ".join(f"{line.title[:1].lower()}{line.title[1:]}" for line in growth.advice[1:])
        self.advice.set(
            "danger" if first.level == "severe" else "warning",
            first.title,
            f"\n{first.text}",
            f"Juga: {others}." if others else "",
        )
        visit, writable = self._case.visit, self._case.writable
        planned = visit.next_visit_on == first.control_on
        self.control.setText(f"Kontrol {day_text(first.control_on)}" + (" ✓" if planned else ""))
        self.control.setEnabled(writable and not planned and may(self.actor, "encounter.plan"))
        self.refer.setVisible(any(line.refer for line in growth.advice))
        self.refer.setEnabled(writable)

    # Charts

    def _tab(self, index: int) -> None:
        self.tabs.select(index)
        if index == len(TABS):
            self.days.view.setFocus()

    def _chart(self) -> Chart | None:
        charts = self._growth.charts if self._growth is not None else ()
        return charts[self.tabs.current()] if self.tabs.current() < len(charts) else None

    def _show_chart(self) -> None:
        chart, listed = self._chart(), self.tabs.current() == len(TABS)
        self.span.setEnabled(not listed)
        if listed:
            self.heading.setText("Semua ukuran, yang terbaru di atas")
        if chart is None:
            return
        widget = self.charts[self.tabs.current()]
        wanted = self._spans.get(chart.code, chart.usual)
        self.span.set_items([(plot.code, plot.label) for plot in chart.plots], wanted)
        plot = next((plot for plot in chart.plots if plot.code == wanted), None)
        self.heading.setText(chart.title)
        measured = self._growth is not None and self._growth.judged_on is not None
        empty = "" if plot is not None and plot.points else NOT_THIS if measured else NOBODY_MEASURED
        if (widget.plot, widget.empty) != (plot, empty):
            widget.show_plot(plot, chart.title, empty)

    def _turn_span(self) -> None:
        chart = self._chart()
        if chart is not None:
            self._spans[chart.code] = str(self.span.value())
            self._show_chart()

    def next_span(self) -> None:
        """Alt+R: the next range of this chart, round and round."""
        if self.span.count():
            self.span.setCurrentIndex((self.span.currentIndex() + 1) % self.span.count())
            self._turn_span()

    def print_chart(self) -> None:
        """Ctrl+P: the chart that is shown, with what was measured, on paper."""
        charts = self._growth.charts if self._growth is not None else ()
        chart = self._chart() or next(iter(charts), None)
        if self._case is not None and chart is not None:
            show_growth_chart(self.context, self._case.person_uid, chart.code, self._spans.get(chart.code, chart.usual))

    # Acts

    def save(self) -> None:
        """Ctrl+Enter: what was measured goes on record, as a taking of this visit."""
        case = self._case
        if case is None or not case.writable or not may(self.actor, "encounter.vitals"):
            return
        taking = self.form.taking(case.visit)
        if taking is None:
            trouble = self.form.trouble()
            if trouble is not None:
                trouble.edit.setFocus()
            return
        desk, actor = self.desk, self.actor

        def saved(_: object) -> None:
            self.form.recorded(taking)
            self.keep()
            self.shell.saved()
            self.shell.toast(_told(taking))
            self.recorded.emit()
            self._read()

        self._write(lambda: desk.examination.take(actor, taking), saved)

    def _take_back(self) -> None:
        self._tab(len(TABS))
        self.days.take_back()

    def withdraw(self, row: TakingLine) -> None:
        """Take a record back, with a reason; it stays on record."""
        desk, actor = self.desk, self.actor
        text = f"{row.words}, {row.where}\nYang ditarik tetap tersimpan dengan alasannya."
        sheet = WordsSheet("Tarik ukuran ini?", text, "Alasan", "Tarik", needed=REASON, placeholder="mis. salah anak")

        def given(why: str) -> None:
            self.runner.write(lambda: desk.examination.withdraw(actor, "vitals", row.uid, why), taken_back, refused)

        def taken_back(_: object) -> None:
            opened.close_sheet()
            self.recorded.emit()
            self._read()

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                sheet.refuse(error.sentence)

        sheet.given.connect(given)
        opened = self.shell.sheet(sheet, SHEET)
        sheet.begin()

    def add_earlier(self) -> None:
        """Alt+L: measures of another day, from a KIA book or another place."""
        case, desk, actor = self._case, self.desk, self.actor
        if case is None or not case.writable or not may(actor, "growth.earlier"):
            return
        sheet = EarlierMeasuresSheet(case.person_uid, case.visit.name, case.visit.on)

        def given(told: EarlierMeasures) -> None:
            self.runner.write(lambda: desk.growth.earlier(actor, told), recorded, refused)

        def recorded(_: object) -> None:
            opened.close_sheet()
            self.shell.toast("Ukuran dicatat.")
            self.recorded.emit()
            self._read()

        def refused(error: Exception) -> None:
            if isinstance(error, InvalidInput):
                sheet.refuse(error)

        sheet.given.connect(given)
        opened = self.shell.sheet(sheet, SHEET)
        sheet.begin()

    def send_on(self) -> None:
        """Ctrl+I: to the nutritionist; the room asks where to and sends."""
        if self._case is None or not self._case.writable:
            return
        advice = self._first_advice()
        note = advice.title if advice is not None else ""
        self.sends.emit(NUTRITION, note)

    def plan_control(self) -> None:
        """Ctrl+K: the day to come back is written in the plan."""
        case, advice = self._case, self._first_advice()
        if case is None or advice is None or not self.control.isEnabled():
            return
        visit, desk, actor = case.visit, self.desk, self.actor
        note = visit.next_visit_note or f"kontrol tumbuh kembang: {advice.title}"
        seen = (visit.next_visit_on, visit.next_visit_note)

        def planned(_: object) -> None:
            self.shell.toast(f"Kontrol {day_text(advice.control_on)} dicatat di rencana.")
            self.recorded.emit()

        self._write(lambda: desk.examination.plan_next(actor, visit.visit_uid, advice.control_on, note, seen), planned)

    def _act(self, act: str) -> None:
        """A line of the services was chosen: give:FACT, or open:VIEW:TARGET."""
        kind, _, rest = act.partition(":")
        case = self._case
        if case is None or not rest:
            return
        if kind == "open":
            code, _, target = rest.partition(":")
            self.opens.emit(code, target)
            return
        uid, desk, actor = new_uid(), self.desk, self.actor

        def changed(_: object) -> None:
            self.recorded.emit()
            self._read()

        def take_back() -> None:
            self._write(lambda: desk.care.withdraw(actor, uid, "diurungkan"), changed)

        def given(_: object) -> None:
            self.shell.toast("Pemberian dicatat.", take_back)
            changed(None)

        self._write(lambda: desk.growth.give(actor, uid, case.person_uid, case.visit_uid, rest), given)

    def _first_advice(self) -> AdviceLine | None:
        return self._growth.advice[0] if self._growth is not None and self._growth.advice else None

    def _write(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, InvalidInput) and error.field in self.form.fields:
                self.form.refused(error)
            elif isinstance(error, UserError):
                self.shell.sentence(error.sentence)

        self.runner.write(work, done, failed)

    def _focus(self) -> None:
        field = self.form.fields.get(self._target)
        if field is not None:
            field.edit.setFocus()
        elif self._case is not None and self._case.writable:
            self.form.focus()
        else:
            self.tabs.buttons[self.tabs.current()].setFocus()


def _told(taking: Taking) -> str:
    count = len(taking.typed)
    return f"{count} ukuran dicatat." if count else "Edema dicatat."
