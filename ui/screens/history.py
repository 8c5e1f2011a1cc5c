"""Riwayat: a person's record, visits newest first, one visit whole. Opening it is noted."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import day_text, short_day_text
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import PastVisit
from ilp_desk.rows.history import PersonRecord, VisitDetail, VisitPage
from ilp_desk.rows.papers import DocumentRow
from ilp_desk.rows.patients import Found, PatientHit
from ui.page import Context, Page
from ui.papers import show_card, show_document, show_record_label, show_summary
from ui.parts.history import detail_parts, head_segments
from ui.parts.history_papers import PapersSheet, paper_title
from ui.rows import RowsModel
from ui.scanner import Scan, ScanKind, Taker
from ui.theme import px
from ui.widgets import (
    Card,
    Chip,
    EmptyState,
    KeyButton,
    ListView,
    Paragraph,
    Runs,
    SearchBox,
    Series,
    Text,
    Trend,
    TwoLine,
    hbox,
    label,
    scroll,
    vbox,
)

TYPING_MS = 60
LEFT, LEFT_NARROW = 420, 300
VISITS, VISITS_NARROW = 360, 250
NARROW = 1200
"""Design pixels of the page under which both lists are the narrow ones."""
NAME = 300
"""Width a name keeps beside the buttons at most: they give up their icons and keys before it is cut."""


class HistoryPage(Page):
    """Find somebody at the left, read the record at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Riwayat")
        self.record: PersonRecord | None = None
        self._before: object = None
        self._held = False
        self.search = SearchBox("Cari pasien untuk melihat riwayatnya", name="Cari pasien")
        self.hits: RowsModel[PatientHit] = RowsModel(speak=lambda h: f"{h.name}, {h.born}")
        self.people = ListView(
            self.hits,
            _hit_line,
            key=lambda h: h.uid,
            name="Hasil pencarian",
            sentence=("Ketik nama atau nomor.", "Enter membuka riwayat orangnya."),
        )
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.visits: RowsModel[PastVisit] = RowsModel(speak=lambda v: f"{day_text(v.day)}, {v.point}, {v.diagnoses}")
        self.list = ListView(
            self.visits,
            _visit_line,
            key=lambda v: v.visit_uid,
            name="Kunjungan",
        )
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay()
        self._bind()

    def _lay(self) -> None:
        self.name = Runs([Text(" ", bold=True)], size=18)
        self.facts = Paragraph([Text(" ")])
        self.alert = Runs([Text(" ")], fill="danger_tint", pad=(10, 6))
        self.trend = Trend([], [], "mmHg", "Tekanan darah")
        self.detail = Paragraph([Text(" ")])
        self.papers = QWidget()
        self._paper_column = vbox(spacing=6)
        self.papers.setLayout(self._paper_column)
        self.summary = KeyButton("Ringkasan", "Ctrl+P", icon="print")
        self.card = KeyButton("Kartu", "F6", icon="card")
        self.folder = KeyButton("Label RM", "F7", icon="print")
        self.documents = KeyButton("Dokumen", "F8", icon="file")
        head = Card(
            vbox(
                hbox(self.name, self.summary, self.card, self.folder, self.documents, spacing=8),
                self.facts,
                self.alert,
                spacing=6,
                margins=(14, 10, 14, 10),
            )
        )
        head.layout().itemAt(0).layout().setStretch(0, 1)  # type: ignore[union-attr]
        body = QWidget()
        body.setLayout(vbox(self.detail, self.papers, None, spacing=10, margins=(14, 10, 14, 10)))
        self._detail_card = Card(vbox(scroll(body), margins=(1, 1, 1, 1)))
        self._trend_card = Card(vbox(label("Tekanan darah", "section"), self.trend, spacing=4, margins=(12, 8, 12, 8)))
        self.trend.setFixedHeight(px(130))
        self._visits = Card(vbox(self.list, margins=(1, 1, 1, 1)))
        below = hbox(self._visits, vbox(self._trend_card, self._detail_card, spacing=10), spacing=10)
        below.setStretch(1, 1)
        self._full = QWidget()
        column = vbox(head, below, spacing=10)
        column.setStretch(1, 1)
        self._full.setLayout(column)
        self._empty = Card(
            vbox(
                EmptyState(
                    "Riwayat siapa?",
                    "Cari orangnya di kiri. Setiap riwayat yang dibuka dicatat: siapa, kapan.",
                    icon="history",
                )
            )
        )
        self._left = QWidget()
        found = Card(vbox(self.people, margins=(1, 1, 1, 1)))
        self._left.setLayout(vbox(self.search, found, spacing=10))
        page = hbox(self._left, self._full, self._empty, spacing=10, margins=(12, 12, 12, 12))
        page.setStretch(1, 1)
        page.setStretch(2, 1)
        self.setLayout(page)
        self._full.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < px(NARROW)
        self._left.setFixedWidth(px(LEFT_NARROW if narrow else LEFT))
        self._visits.setFixedWidth(px(VISITS_NARROW if narrow else VISITS))

    def _bind(self) -> None:
        self.search.changed.connect(self._typed)
        self._pause.timeout.connect(self._find)
        self.search.entered.connect(self._enter)
        self.people.follow(self.search.edit)
        self.people.row_activated.connect(lambda hit: self.open_person(hit.uid))
        self.list.row_chosen.connect(self._open_visit)
        self.visits.more_wanted.connect(self._more)
        self.summary.clicked.connect(self.print_summary)
        self.card.clicked.connect(self.print_card)
        self.folder.clicked.connect(self.print_label)
        self.documents.clicked.connect(self.list_papers)
        self.keys.bind("F2", "cari", self._focus)
        self.keys.note("↑↓", "pilih kunjungan")
        self.keys.note("Enter", "buka riwayat")
        self.keys.bind("Ctrl+P", "ringkasan", self.print_summary)
        self.keys.bind("F6", "kartu berobat", self.print_card)
        self.keys.bind("F7", "label RM", self.print_label)
        self.keys.bind("F8", "dokumen", self.list_papers)

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.open_person(target)
        self._focus()

    def _focus(self) -> None:
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def taker(self) -> Taker | None:
        return self._scanned

    def _scanned(self, scan: Scan) -> None:
        if scan.kind is ScanKind.UID:
            self.open_person(scan.value)
        else:
            self.search.set_text(scan.value)

    def _typed(self, _: str) -> None:
        # Any key takes a waiting Enter back.
        self._held = False
        self._pause.start()

    def _find(self) -> None:
        text = self.search.text()
        if not text.strip():
            self._held = False
            self.hits.answer("", ())
            return
        self.runner.read(
            "history.find", lambda: self.desk.finding.find(self.actor, text), lambda f: self._found(text, f), self._lost
        )

    def _lost(self, error: Exception) -> None:
        self._held = False
        self._say(error)

    def _found(self, text: str, found: Found) -> None:
        if text == self.search.text():
            self.hits.answer(text, found.hits)
            self.people.set_sentence("" if found.hits else "Tidak ada yang cocok.")
            self.people.select(0)
            if self._held:
                self._held = False
                self._enter()

    def _enter(self) -> None:
        """Open who is chosen; before the answer is there Enter waits for it, and never takes an older one."""
        if self.hits.question != self.search.text():
            self._held = True
            return
        row = self.people.current_row()
        if row is not None:
            self.open_person(row.uid)

    # The record

    def open_person(self, uid: str) -> None:
        """Read somebody's record."""
        self.runner.read(
            "history.person",
            lambda: (self.desk.history.person(self.actor, uid), self.desk.history.visits(self.actor, uid)),
            lambda told: self._show(*told),
            self._say,
        )

    def _show(self, record: PersonRecord, page: VisitPage) -> None:
        self.record, self._before = record, page.before
        name, facts, alert, fill = head_segments(record)
        self.name.set_segments(name)
        self.name.setMinimumWidth(min(self.name.natural_width(), px(NAME)))
        self.facts.set_parts(facts)
        self.alert.set_segments(alert)
        self.alert.set_fill(fill)
        points = record.pressures
        self._trend_card.setVisible(len(points) > 1)
        self.trend.set(
            [short_day_text(self.desk.clock.local(p.at).date()) for p in points],
            [
                Series("sistol", tuple(float(p.systolic) for p in points)),
                Series("diastol", tuple(float(p.diastolic) for p in points), color="accent"),
            ],
        )
        self.detail.set_parts([Text("Pilih kunjungan di kiri.", muted=True)])
        self._clear_papers()
        self._empty.hide()
        self._full.show()
        self.visits.answer(record.person_uid, page.visits, more=page.before is not None)
        self.list.set_sentence("" if page.visits else "Belum ada kunjungan tercatat.")
        self.list.select(0)

    def _more(self) -> None:
        record, before = self.record, self._before
        if record is None or before is None:
            return
        self.runner.read(
            "history.more",
            lambda: self.desk.history.visits(self.actor, record.person_uid, before),  # type: ignore[arg-type]
            self._append,
            self._say,
        )

    def _append(self, page: VisitPage) -> None:
        self._before = page.before
        self.visits.append(page.visits, more=page.before is not None)

    def _open_visit(self, row: PastVisit | None) -> None:
        if row is None:
            return
        self.runner.read(
            "history.visit", lambda: self.desk.history.visit(self.actor, row.visit_uid), self._show_visit, self._say
        )

    def _show_visit(self, shown: VisitDetail) -> None:
        self.detail.set_parts(detail_parts(shown, self.desk.reference))
        self._clear_papers()
        for paper in shown.documents:
            title = paper_title(paper)
            button = KeyButton(f"{title} {paper.number.split('/')[1]}" if "/" in paper.number else title, small=True)
            button.clicked.connect(lambda _=False, uid=paper.uid, said=title: show_document(self.context, uid, said))
            self._paper_column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _clear_papers(self) -> None:
        while self._paper_column.count():
            item = self._paper_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    def print_summary(self) -> None:
        """Ctrl+P: the record on a few pages."""
        record = self.record
        if record is None:
            self.shell.toast("Buka riwayat seseorang dulu.")
            return
        show_summary(self.context, record.person_uid)

    def print_card(self) -> None:
        """F6: kartu berobat."""
        if self.record is not None:
            show_card(self.context, self.record.person_uid)

    def print_label(self) -> None:
        """F7: the sticky label of the record folder."""
        if self.record is not None:
            show_record_label(self.context, self.record.person_uid)

    def list_papers(self) -> None:
        """F8: every paper that was issued to this person; Enter shows one again."""
        record = self.record
        if record is None:
            return
        self.runner.read(
            "history.papers",
            lambda: self.desk.documents.list(self.actor, record.person_uid),
            lambda papers: self._choose_paper(record.name, papers),
            self._say,
        )

    def _choose_paper(self, name: str, papers: tuple[DocumentRow, ...]) -> None:
        sheet = PapersSheet(name, papers, self.desk.clock)
        sheet.opened.connect(lambda paper: show_document(self.context, paper.uid, paper_title(paper)))
        self.shell.sheet(sheet, 620)
        sheet.begin()

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if self.record is not None and topic == "person" and uid == self.record.person_uid:
            self.open_person(uid)

    def back(self) -> bool:
        if self.record is None:
            return False
        self.record = None
        self._full.hide()
        self._empty.show()
        self._focus()
        return True

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)


def _hit_line(hit: PatientHit) -> TwoLine:
    facts = (hit.sex, hit.age, hit.born, hit.relative)
    return TwoLine(hit.name, " · ".join(f for f in facts if f), marks=hit.marks, note=hit.note)


def _visit_line(visit: PastVisit) -> TwoLine:
    chips = (Chip(f"{visit.letters} surat", "accent"),) if visit.letters else ()
    sub = " · ".join(p for p in (visit.diagnoses, visit.vitals) if p) or "belum ada diagnosis"
    return TwoLine(visit.point or "Kunjungan", sub, lead=short_day_text(visit.day), chips=chips)
