"""Pelayanan: the room's queue at the left, the visit that is open at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.queueing import ENDED
from ilp_desk.domain.text.dates import time_text
from ilp_desk.domain.visit import QueueEntry, QueueState, VisitState
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter, RoomPlace
from ui.keys import Keys
from ui.page import Context, Page
from ui.parts.care import VIEWS
from ui.parts.care.view import CareCase
from ui.parts.room.acts import Acts
from ui.parts.room.care_acts import CareActs
from ui.parts.room.care_place import CarePlace
from ui.parts.room.due_acts import DueActs
from ui.parts.room.known_acts import KnownActs
from ui.parts.room.open_visit import BEFORE_CARE, OpenVisit, Reading
from ui.parts.room.part import enterable
from ui.parts.room.place_sheet import PlaceSheet, Room, rooms_of
from ui.parts.room.queue_panel import QueuePanel, RoomLine, RoomRow
from ui.parts.room.visit_panel import DIAGNOSIS, EXAM, VisitPanel
from ui.parts.room.vitals import TAKE_BACK
from ui.theme import px
from ui.widgets import Card, EmptyState, KeyButton, hbox, vbox

NARROW = 1180
"""Design pixels of the window under which the panels at both sides are narrower."""
NOBODY = ("Belum ada pasien dipanggil.", "Ctrl+J memanggil nomor berikutnya. F2 memilih dari antrean.")
NO_ROOM = ("Ruang mana ini?", "Pilih ruangnya dulu; antreannya muncul di kiri.")


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept when the shell is rebuilt. chosen: the room of the settings then."""

    room: str
    chosen: str
    entry: str
    tab: int


class RoomPage(Page):
    """Everything a room needs in six minutes a patient, by keyboard alone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Pelayanan")
        self.room = self.settings.room
        self._places: tuple[RoomPlace, ...] = ()
        self._known: RoomRow | None = None
        self._restore_tab = -1
        self._opening = True
        self.queue = QueuePanel(self.desk.clock)
        self.panel = VisitPanel(context)
        self.visit = OpenVisit(context, self.panel.parts, self)
        self.acts = Acts(context, self.visit, self.panel, self)
        self.known = KnownActs(context, self.visit, self.panel, self)
        self.care = CareActs(context, self.visit, self.panel, self)
        self.due = DueActs(context, self.visit, self.panel, self)
        self.call = KeyButton("Panggil berikutnya", "Ctrl+J", kind="primary", icon="call", tall=True)
        self.call_this = KeyButton("Panggil", "Enter", kind="primary", icon="call", tall=True)
        self.choose = KeyButton("Pilih ruang", "F7", kind="primary", tall=True)
        enterable(self.call, self.call_this, self.choose)
        self.empty = EmptyState(*NOBODY, buttons=(self.call, self.call_this, self.choose), icon="care")
        self.stack = QStackedWidget()
        self.stack.addWidget(Card(vbox(self.empty)))
        self.stack.addWidget(self.panel)
        self.views = CarePlace(context)
        self.stack.addWidget(self.views)
        self._visit_keys = self.keys
        across = hbox(self.queue, self.stack, spacing=10, margins=(12, 12, 12, 12))
        across.setStretch(1, 1)
        self.setLayout(across)
        self._connect()
        self._bind()
        self._show_nobody()

    # Building

    def _connect(self) -> None:
        self.queue.chosen.connect(self._chosen)
        self.queue.place_wanted.connect(self.choose_room)
        self.visit.shown.connect(self._shown)
        self.visit.offered.connect(self._offered)
        self.visit.blank.connect(self._blank)
        self.visit.saved.connect(self._saved)
        self.visit.left_draft.connect(self._read_line)
        self.acts.left.connect(self._after)
        self.due.wanted.connect(self.open_care)
        self.panel.side.pregnancy.clicked.connect(self._unless_offered(lambda: self.open_care("pregnancy")))
        self.views.closed.connect(self.close_care)
        self.views.recorded.connect(self.visit.refresh)
        self.views.turned.connect(self._take_view_keys)
        self.views.sends.connect(self.acts.send_to)
        self.views.asks_signs.connect(self.care.signs)
        for button, act in (
            (self.call, self.call_next),
            (self.call_this, self._call_known),
            (self.choose, self.choose_room),
            (self.panel.start, self.begin),
            (self.panel.again, self.call_again),
            (self.panel.skip, self.skip),
            (self.panel.absent, self.absent),
            (self.panel.take, self._take_draft),
            (self.panel.drop, self._drop_draft),
            (self.panel.save, self.save),
            (self.panel.side.allergy, self.known.allergies),
            (self.panel.side.problem, self.known.problems),
        ):
            button.clicked.connect(act)
        self.panel.history.whole_wanted.connect(self._whole_history)

    def _bind(self) -> None:
        keys = self.keys
        keys.bind("Ctrl+J", "panggil berikutnya", self.call_next)
        keys.bind_row("Alt+", 6, "bagian", self._tab)
        keys.bind("Ctrl+S", "simpan", self._unless_offered(self.save))
        keys.bind("Ctrl+I", "rujuk internal", self._unless_offered(self.acts.send_on))
        keys.bind("Ctrl+R", "rujukan", self._unless_offered(self.acts.refer))
        keys.bind("Ctrl+P", "cetak", self.acts.print, bar=False)
        keys.bind("Ctrl+Enter", "selesaikan", self._unless_offered(self.acts.finish))
        keys.bind("Ctrl+Shift+J", "panggil lagi", self.call_again, bar=False)
        keys.bind("Ctrl+K", "lewati", self.skip, bar=False)
        keys.bind("Ctrl+Shift+K", "tidak hadir", self.absent, bar=False)
        keys.bind("Alt+U", "ukur ulang", self._unless_offered(self.panel.exam.vitals.again), bar=False)
        keys.bind(TAKE_BACK, "tarik pengukuran sendiri", self._unless_offered(self._take_back), bar=False)
        keys.bind("Alt+T", "jawab tanda bahaya", self._unless_offered(self._answer_alarm), bar=False)
        keys.bind("Alt+B", "tanda bahaya", self._unless_offered(self.care.signs), bar=False)
        keys.bind("Alt+H", "kehamilan & nifas", self._unless_offered(lambda: self.open_care("pregnancy")), bar=False)
        keys.bind("Alt+I", "imunisasi", self._unless_offered(lambda: self.open_care("immunization")), bar=False)
        keys.bind("Alt+G", "tumbuh kembang", self._unless_offered(lambda: self.open_care("growth")), bar=False)
        keys.bind("Alt+S", "skrining", self._unless_offered(lambda: self.open_care("instrument")), bar=False)
        keys.bind("Alt+L", "layanan hari ini", self._unless_offered(self.due.focus_card), bar=False)
        keys.bind("Alt+M", "tolak atau tunda layanan", self._unless_offered(self.due.answer), bar=False)
        keys.bind("Alt+D", "data lama", self._unless_offered(self.due.earlier), bar=False)
        keys.bind("Alt+A", "alergi", self.known.allergies, bar=False)
        keys.bind("Alt+P", "penyakit yang diketahui", self.known.problems, bar=False)
        keys.bind("Alt+K", "diagnosis hari ini ke penyakit yang diketahui", self.known.list_diagnosis, bar=False)
        keys.bind("F2", "pilih dari antrean", self.queue.focus, bar=False)
        keys.bind("F7", "ganti ruang", self.choose_room, bar=False)
        keys.note("Enter", "lanjut; menegaskan angka yang tidak lazim", bar=False)

    def _unless_offered(self, act: Callable[[], object]) -> Callable[[], None]:
        """A key of the open visit; while a draft waits for an answer it says so instead."""

        def pressed() -> None:
            if self.visit.offer is None:
                act()
            else:
                self._say_offered()

        return pressed

    def _say_offered(self) -> None:
        self.shell.toast("Lanjutkan atau buang draf dulu.")
        self.panel.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.visit.offer is not None and event.text().strip():
            self._say_offered()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.queue.set_narrow(self.width() < px(NARROW))

    # Page

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.visit.open(target)
        if not self._places:
            self.panel.diagnosis.search.warm()
        self._read_places()
        if self.visit.entry_uid:
            self.visit.refresh()
        elif self.room:
            self.call.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_draft(self) -> None:
        self.visit.keep()
        if self.views.view is not None:
            self.views.view.keep()

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if topic in ("queue", "person"):  # the line tells of a pregnancy or a birth
            self._read_line()
        if topic == "site":
            self._read_places()
        visit = self.visit.visit
        if visit is None:
            return
        mine = {"visit": visit.visit_uid, "queue": visit.entry_uid}
        mine |= {"person": visit.person_uid, "care": visit.person_uid}
        if topic == "document" or mine.get(topic) == uid:
            self.visit.refresh()

    def back(self) -> bool:
        view = self.views.view
        if view is not None:
            if not view.back():
                self.close_care()
            return True
        if self._known is not None:
            self._show_nobody()
            self.queue.focus()
            return True
        return False

    def state(self) -> object:
        return _State(self.room, self.settings.room, self.visit.entry_uid, self.panel.tabs.current())

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            if state.chosen == self.settings.room:
                self.room = state.room
            if state.entry:
                self._restore_tab = state.tab
                self.visit.open(state.entry)

    # The room

    def choose_room(self) -> None:
        """F7: which room this is, remembered on this machine."""
        sheet = PlaceSheet(rooms_of(self._places), self.room)

        def chosen(room: Room) -> None:
            opened.close_sheet()
            if room.name != self.room:
                self.visit.leave()
                self.room = room.name
                self.shell.keep(room=room.name)
            self._show_room()
            self._show_nobody()

        sheet.chosen.connect(chosen)
        opened = self.shell.sheet(sheet, 480)
        sheet.begin()

    def points(self) -> tuple[RoomPlace, ...]:
        """The service points this room serves."""
        here = next((room for room in rooms_of(self._places) if room.name == self.room), None)
        return here.points if here is not None else ()

    def _read_places(self) -> None:
        self.runner.read("room.places", lambda: self.desk.examination.places(self.actor), self._found_places)

    def _found_places(self, places: tuple[RoomPlace, ...]) -> None:
        self._places = places
        self.acts.set_places(places)
        self._show_room()
        if not self.visit.entry_uid and self._known is None:
            self._show_nobody()

    def _show_room(self) -> None:
        self.visit.room = self.room
        self.queue.show_place(self.room, self.points())
        self._read_line()

    # The queue

    def _read_line(self) -> None:
        uids = [point.uid for point in self.points()]
        desk, actor = self.desk, self.actor

        def work() -> RoomLine:
            hints = [desk.examination.hints(actor, uid) for uid in uids]
            lines = tuple(desk.queueing.line(actor, uid) for uid in uids)
            words = {entry: text for hint in hints for entry, text in hint.words.items()}
            drafts = frozenset().union(*(hint.drafts for hint in hints))
            return RoomLine(lines, words, drafts, frozenset().union(*(hint.red for hint in hints)))

        self.runner.read("room.line", work, self._found_line, quiet=True)

    def _found_line(self, answer: RoomLine) -> None:
        self.queue.show_line(answer, self.room, self.visit.entry_uid)
        waiting = sum(len(line.waiting) for line in answer.lines)
        done = sum(len(line.done) for line in answer.lines)
        if answer.lines:
            self.shell.counts(f"{self.room}: {waiting} menunggu · {done} selesai")

    def call_next(self) -> None:
        """Ctrl+J: whoever is next; the number appears in the waiting room."""
        if not self.points():
            self.choose_room()
            return
        first = next((row for row in self.queue.model.rows if row.next), None)
        point = first.entry.point_uid if first is not None else self.points()[0].uid
        self._calls(lambda: self.desk.queueing.call_next(self.actor, point, self.room))

    def _call_known(self) -> None:
        if self._known is not None:
            uid = self._known.entry.entry_uid
            self._calls(lambda: self.desk.queueing.call(self.actor, uid, self.room))

    def _calls(self, work: Callable[[], QueueEntry]) -> None:
        def called(entry: QueueEntry) -> None:
            self.visit.open(entry.uid)
            self._read_line()
            self.shell.toast(f"{entry.ticket} dipanggil ke {self.room}.", lambda: self._undo(entry.uid))

        self.runner.write(work, called, self._refused)

    def _undo(self, entry_uid: str) -> None:
        def undone(_: QueueEntry) -> None:
            if self.visit.entry_uid == entry_uid:
                self.visit.leave()
            self._after()

        self.runner.write(lambda: self.desk.queueing.undo(self.actor, entry_uid), undone, self._refused)

    def call_again(self) -> None:
        """Ctrl+Shift+J: the one who was called and did not come."""
        entry = self._turn()
        if entry:
            self.visit.act(lambda: self.desk.queueing.call_again(self.actor, entry), self._called_again)

    def _called_again(self, entry: QueueEntry) -> None:
        self.shell.toast(f"{entry.ticket} dipanggil lagi.")

    def skip(self) -> None:
        """Ctrl+K: not here just now."""
        self._send_away(self.desk.queueing.skip, "dilewati; ia mengantre lagi dari sekarang")

    def absent(self) -> None:
        """Ctrl+Shift+K: gone; may still be called when found."""
        self._send_away(self.desk.queueing.absent, "dicatat tidak hadir")

    def _send_away(self, step: Callable[..., QueueEntry], words: str) -> None:
        uid = self._turn()
        if not uid:
            return

        def gone(entry: QueueEntry) -> None:
            if self.visit.entry_uid == uid:
                self.visit.leave()
            self._after()
            self.shell.toast(f"{entry.ticket} {words}.", lambda: self._undo(uid))

        self.runner.write(lambda: step(self.actor, uid), gone, self._refused)

    def _turn(self) -> str:
        """Whose turn a queue key is about: the one that was called, else the one chosen in the list."""
        if self.visit.visit is not None:
            return self.visit.entry_uid
        return self._known.entry.entry_uid if self._known is not None else ""

    def _chosen(self, row: RoomRow) -> None:
        if row.next or row.entry.state is QueueState.ABSENT:
            self._offer_call(row)
        else:
            self.visit.open(row.entry.entry_uid)

    def _offer_call(self, row: RoomRow) -> None:
        """Nobody is called by a slip of the hand: who it is first, then Enter."""
        self.visit.leave()
        self._known = row
        self.queue.select(row.entry.entry_uid)
        waits = "tidak hadir tadi" if row.entry.state is QueueState.ABSENT else "menunggu giliran"
        self._show_empty(f"{row.entry.ticket} {row.entry.name}", f"{row.entry.age} · {waits}", self.call_this)
        self.call_this.setText(f"Panggil {row.entry.ticket}")
        self.call_this.setFocus(Qt.FocusReason.OtherFocusReason)

    # The visit

    def begin(self) -> None:
        """Enter on *Mulai*: the patient is in."""
        self.visit.begin()
        self.panel.begun()
        self.panel.focus_tab(self.panel.first_tab())

    def save(self) -> None:
        """Ctrl+S: all that is typed goes on record."""
        self.visit.save()

    def _shown(self, reading: Reading) -> None:
        self._known = None
        opening, self._opening = self._opening, False
        offered = self.visit.offer is not None
        self.panel.show_reading(reading, offered=offered)
        self.queue.select(reading.visit.entry_uid)
        if self.views.view is not None:
            self.views.show_case(self._case(reading.visit))
            return
        self.stack.setCurrentWidget(self.panel)
        if opening:
            self._begin_at(reading, offered)

    def _begin_at(self, reading: Reading, offered: bool) -> None:
        tab = self._restore_tab if self._restore_tab >= 0 else self.panel.first_tab()
        self._restore_tab = -1
        self.panel.tabs.select(tab)
        if offered or not self.isVisible():
            return
        if reading.visit.entry_state in BEFORE_CARE:
            self.panel.start.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.focus_tab(tab)

    def _offered(self, draft: Draft) -> None:
        self.panel.offer(draft)

    def _take_draft(self) -> None:
        self._answer_draft(self.visit.take_draft)

    def _drop_draft(self) -> None:
        self._answer_draft(self.visit.drop_draft)

    def _answer_draft(self, act: Callable[[], None]) -> None:
        act()
        self.panel.answered()
        self.panel.focus_tab(self.panel.first_tab())

    def _blank(self, coming: bool) -> None:
        self._leave_care()
        self.panel.clear()
        self.shell.saved()
        self._opening = True
        if self.stack.currentWidget() is self.panel and not coming:
            self._show_nobody()

    def _saved(self, clean: bool) -> None:
        trouble = next((found for part in self.panel.parts if (found := part.trouble()) is not None), None)
        now = time_text(self.desk.clock.local(), seconds=True)
        if trouble is not None:
            left = [name for part in self.panel.parts for name in part.left() if name]
            self.panel.show_state(now if self.visit.wrote else "", left)
            self._go_to(trouble)
        elif clean:
            self.shell.saved()
            self.panel.show_state(now)

    def _go_to(self, widget: QWidget) -> None:
        """Open the tab a widget is on and put the keyboard there."""
        for index, page in ((EXAM, self.panel.exam), (DIAGNOSIS, self.panel.diagnosis)):
            if page.isAncestorOf(widget):
                self.panel.tabs.select(index)
                page.area.ensureWidgetVisible(widget, 0, 12)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab(self, index: int) -> None:
        if self.stack.currentWidget() is self.panel:
            self.panel.focus_tab(index)

    def _answer_alarm(self) -> None:
        if self.stack.currentWidget() is self.panel:
            self.panel.tabs.select(EXAM)
            self.panel.exam.focus_alarm()

    def _take_back(self) -> None:
        if self.stack.currentWidget() is self.panel and not self.panel.exam.vitals.take_back():
            self.shell.toast("Tidak ada pengukuran Anda sendiri yang dapat ditarik di kunjungan ini.")

    def _whole_history(self) -> None:
        if self.visit.visit is not None:
            self.shell.navigate("history", self.visit.visit.person_uid)

    # The views of the life cycle

    def open_care(self, code: str, target: str = "") -> None:
        """Show a view of `ui.parts.care` over the visit that is open; its keys hold until it is closed."""
        visit = self.visit.visit
        if visit is None or code not in VIEWS:
            return
        self.visit.keep()
        self.queue.hide()
        self.stack.setCurrentWidget(self.views)
        self.views.open(code, self._case(visit), target)

    def close_care(self) -> None:
        """Back to the visit."""
        if self.views.view is None:
            return
        self._leave_care()
        self.stack.setCurrentWidget(self.panel)
        self.visit.refresh()
        self.panel.focus_tab(self.panel.tabs.current())

    def _leave_care(self) -> None:
        if self.views.view is None:
            return
        self.views.leave()
        self.queue.show()
        self._hold(self._visit_keys)

    def _take_view_keys(self) -> None:
        if self.views.view is not None:
            self._hold(self.views.view.keys)

    def _hold(self, keys: Keys) -> None:
        """These keys hold from now on, those before rest."""
        self.keys.set_active(False)
        self.keys = keys
        self.keys.set_active(True)
        self.shell.hints_changed()

    def _case(self, visit: Encounter) -> CareCase:
        going = visit.visit_state is VisitState.OPEN and visit.entry_state not in ENDED
        return CareCase(visit, writable=going and visit.entry_state not in BEFORE_CARE)

    # Between two visits

    def _after(self) -> None:
        self._show_nobody()
        self._read_line()

    def _show_nobody(self) -> None:
        self._known = None
        self.queue.select("")
        if self.points() or not self._places:
            self._show_empty(*NOBODY, self.call)
        else:
            self._show_empty(*NO_ROOM, self.choose)

    def _show_empty(self, head: str, text: str, button: KeyButton) -> None:
        self.empty.set(head, text)
        for one in (self.call, self.call_this, self.choose):
            one.setVisible(one is button)
        self.stack.setCurrentIndex(0)
        if self.isVisible():
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        self._read_line()
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)
