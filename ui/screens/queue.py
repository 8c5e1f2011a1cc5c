"""Antrean: the service points, the line of one of them, and what can be done with whoever is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent

from ilp_desk.domain.queueing import LINE
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Role
from ilp_desk.domain.visit import QueueEntry, QueueState
from ilp_desk.errors import NotFound, UserError
from ilp_desk.rows.queue import Line, QueuePoint, QueueRow
from ilp_desk.services.queueing import NobodyWaits
from ui.page import Context, Page
from ui.parts.arrival.sheets import ReasonPanel
from ui.parts.display.panel import display_state, open_display_sheet
from ui.parts.queue.acts import ABSENT, AGAIN, CALL, FINISH, LEAVE, SEND, SKIP, START, Act
from ui.parts.queue.chosen import LOW, ChosenPanel
from ui.parts.queue.line_list import Item, LineList
from ui.parts.queue.point_list import PointList
from ui.parts.queue.send import SendPanel
from ui.parts.queue.words import order_text, row_line, row_spoken, span_text
from ui.theme import px
from ui.widgets import Card, Hair, Icon, KeyButton, Runs, Segment, Text, TwoLine, hbox, label, vbox

TOPICS = frozenset({"queue", "visit", "site", "person"})
SOON_MS = 20
"""Changes of one command arrive together and are read once."""
MINUTE_MS = 15_000
POINT_KEYS = 9
_ROLE_POINTS = {Role.LABORATORY: "lab", Role.PHARMACY: "farmasi", Role.DENTIST: "gigi", Role.MIDWIFE: "kia"}


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept when the shell is rebuilt in another text size."""

    point_uid: str
    entry_uid: str
    rooms: dict[str, str]


class QueuePage(Page):
    """The list keeps the focus; Enter calls whoever is chosen, Ctrl+J whoever is next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Antrean")
        self._now = self.desk.clock.now()
        self._local = self.desk.clock.local
        self.line: Line | None = None
        self._points: tuple[QueuePoint, ...] = ()
        self._wanted = ""
        self._entry_wanted = ""
        self._rooms: dict[str, str] = {}
        self._acting = self._choose_anew = False
        self.points, self.panel = PointList(), ChosenPanel()
        self.list = LineList(self._line_of, lambda row: row_spoken(row, self._now, self._local))
        self.title, self.figures = Runs([Text(" ")], size=18), Runs([Text(" ")])
        self.order = label(order_text(self.desk.reference.priority), "small", wrap=True)
        self.display_button = KeyButton("Layar ruang tunggu", "F7", icon="screen")
        self.display_line = label("", "small", wrap=True)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.load)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._retell)
        self._minute.start()
        self._lay()
        self._bind()

    # Building

    def _lay(self) -> None:
        self._side = Card(
            vbox(
                vbox(label("Titik layanan", "section"), margins=(12, 10, 12, 8)),
                Hair(),
                self.points,
                Hair(),
                vbox(self.display_button, self.display_line, spacing=4, margins=(11, 10, 11, 10)),
                spacing=0,
                margins=(1, 1, 1, 1),
            )
        )
        head = vbox(self.title, self.figures, self.order, spacing=2, margins=(14, 10, 14, 10))
        middle = Card(vbox(head, Hair(), self.list, spacing=0, margins=(1, 1, 1, 1)))
        row = hbox(self._side, middle, self.panel, spacing=10, margins=(12, 12, 12, 12))
        row.setStretch(1, 1)
        self.setLayout(row)

    def _bind(self) -> None:
        self.points.row_chosen.connect(self._point_chosen)
        self.points.row_activated.connect(lambda _: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.row_chosen.connect(lambda _: self._show_chosen())
        self.list.row_activated.connect(self._entered)
        self.panel.acted.connect(self.act)
        self.panel.next_wanted.connect(self.call_next)
        self.panel.room_chosen.connect(self._room_chosen)
        self.display_button.clicked.connect(self.show_display_sheet)
        keys = self.keys
        keys.bind("Ctrl+J", "panggil berikutnya", self.call_next)
        keys.note("Enter", "panggil yang dipilih")
        for act, words in (
            (AGAIN, "panggil lagi"),
            (SKIP, "lewati"),
            (ABSENT, "tidak hadir"),
            (START, "mulai dilayani"),
            (SEND, "kirim ke titik lain"),
            (FINISH, "selesai"),
            (LEAVE, "pulang sebelum dilayani"),
        ):
            keys.bind(act.key.replace("Enter", "Return"), words, partial(self.act, act), bar=act in (AGAIN, SKIP))
        keys.note("↑↓", "pilih")
        keys.bind_row("Alt+", POINT_KEYS, "titik layanan", self._point_by_key)
        keys.bind("F5", "muat ulang", self.load, bar=False)
        keys.bind("F7", "layar ruang tunggu", self.show_display_sheet)

    # What is shown

    def arrive(self, target: object) -> None:
        """target: uid of a service point, or None."""
        if isinstance(target, str) and target:
            self._wanted = target
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Read the service points and the line of the chosen one."""
        wanted, actor, queueing = self._wanted, self.actor, self.desk.queueing
        mine = (self.settings.room, actor.desk)

        def read() -> tuple[tuple[QueuePoint, ...], Line | None]:
            points = queueing.points(actor)
            point = first_point(points, wanted, mine, actor.roles)
            return points, queueing.line(actor, point.uid) if point is not None else None

        self.runner.read("queue.screen", read, lambda answer: self._show(*answer), self._failed)

    def _show(self, points: tuple[QueuePoint, ...], line: Line | None) -> None:
        self._now, self._points = self.desk.clock.now(), points
        before = self.line.point_uid if self.line else ""
        self.line = line
        self._wanted = line.point_uid if line else ""
        self.points.blockSignals(True)
        self.points.show_points(points, self._now)
        self.points.select_key(self._wanted)
        self.points.blockSignals(False)
        if line is None:
            self.list.set_sentence("Belum ada titik layanan.", "Minta admin membuatnya di Manajemen.")
            return
        if line.point_uid != before:
            self.panel.show_rooms(line.rooms, self._room_of(line))
        self.panel.show_acts(self.actor, line)
        self._show_head(line)
        self.list.set_sentence(*_empty(line))
        self.list.show_line(line)
        if self._choose_anew:
            self.list.choose_first(line)
        if self._entry_wanted:
            self.list.select_key(self._entry_wanted)
        self._entry_wanted, self._choose_anew = "", False
        self._show_chosen()
        self.display_line.setText(display_state())

    def _show_head(self, line: Line) -> None:
        point = next((p for p in self._points if p.uid == line.point_uid), None)
        self.title.set_segments([Text(line.letter, bold=True, color=line.letter), Text(f"  {line.point}", bold=True)])
        oldest = f" · terlama {span_text(point.oldest, self._now)}" if point and point.oldest else ""
        parts: list[Segment] = [Text(f"{len(line.waiting)} menunggu{oldest}", muted=True)]
        goes_first = sum(1 for row in line.waiting if row.first)
        if goes_first:
            parts.append(Text(f" · {goes_first} didahulukan", bold=True, color="accent"))
        if any(row.rank == 0 for row in line.waiting):
            parts += [Text("   "), Icon("alert", "danger"), Text("Ada yang darurat", bold=True, color="danger")]
        self.figures.set_segments(parts)

    def _line_of(self, row: QueueRow) -> TwoLine:
        following = self.line is not None and bool(self.line.waiting) and self.line.waiting[0] == row
        return row_line(row, self._now, self._local, following=following)

    def _show_chosen(self) -> None:
        self.panel.show_row(self.list.current_entry(), self._now, self._local)

    def _retell(self) -> None:
        """The minutes go on."""
        self._now = self.desk.clock.now()
        self.points.now = self._now
        self.points.viewport().update()
        self.list.viewport().update()
        if self.line is not None:
            self._show_head(self.line)
        self._show_chosen()
        self.display_line.setText(display_state())

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if topic in TOPICS and self.line is not None:
            self._soon.start()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._wanted = ""
        self._say(error)

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)

    # Service points and rooms

    def _point_chosen(self, point: QueuePoint | None) -> None:
        if point is not None and point.uid != self._wanted:
            self._wanted = point.uid
            self.load()

    def _point_by_key(self, number: int) -> None:
        if number < len(self._points):
            self.points.select(number)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _room_of(self, line: Line) -> str:
        """The room people are called to from here: chosen by hand, or this computer's, or the only one there is."""
        chosen = self._rooms.get(line.point_uid, "")
        known = [room for room in (chosen, self.settings.room, self.actor.desk) if room in line.rooms]
        return known[0] if known else line.rooms[0] if len(line.rooms) == 1 else ""

    def _room_chosen(self, room: str) -> None:
        if self.line is not None:
            self._rooms[self.line.point_uid] = room
            self.shell.keep(room=room)

    def _room(self) -> str | None:
        """The room to call to; None while it has to be chosen, which is asked for."""
        line = self.line
        if line is None:
            return None
        room = self._room_of(line)
        if not room and line.rooms:
            self.shell.toast("Pilih dulu ruang tempat Anda memanggil; cukup sekali.")
            self.panel.room.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return None
        return room

    # Acts

    def call_next(self) -> None:
        """Ctrl+J."""
        room, line = self._room(), self.line
        if room is None or line is None:
            return
        self._do(lambda: self.desk.queueing.call_next(self.actor, line.point_uid, room), self._called)

    def _entered(self, item: Item) -> None:
        if isinstance(item, QueueRow):
            if item.state in LINE or item.state is QueueState.ABSENT:
                self.act(CALL)
            elif item.state is QueueState.CALLED:
                self.shell.toast(f"{item.ticket} sudah dipanggil. Ctrl+Shift+J memanggil lagi.")

    def act(self, act: Act) -> None:
        """Do this with whoever is chosen; calling again falls back to the last one called here."""
        row = self.list.current_entry()
        if act is AGAIN and (row is None or row.state is not QueueState.CALLED):
            called = [r for r in (self.line.inside if self.line else ()) if r.state is QueueState.CALLED]
            row = max(called, key=lambda r: r.called_at or r.since) if called else None
        elif not self.panel.offers(act):
            row = None
        if row is None:
            self.shell.toast(f"{act.text.rstrip(' …')}: tidak berlaku untuk yang dipilih.")
            return
        self._acts(act, row)

    def _acts(self, act: Act, row: QueueRow) -> None:
        queueing, actor, uid = self.desk.queueing, self.actor, row.entry_uid
        if act is CALL:
            room = self._room()
            if room is not None:
                self._do(partial(queueing.call, actor, uid, room), self._called)
        elif act is AGAIN:
            self._do(lambda: queueing.call_again(actor, uid), lambda e: self._done(e, "dipanggil lagi", undo=False))
        elif act is START:
            room = self._room_of(self.line) if self.line else ""
            self._do(lambda: queueing.start(actor, uid, room), lambda e: self._done(e, "mulai dilayani"))
        elif act is SKIP:
            self._do(lambda: queueing.skip(actor, uid), lambda _: self._left(row, "dilewati, antre lagi dari sekarang"))
        elif act is ABSENT:
            self._do(lambda: queueing.absent(actor, uid), lambda _: self._left(row, "ditandai tidak hadir"))
        elif act is FINISH:
            self._do(lambda: queueing.finish(actor, uid), lambda _: self._left(row, "selesai"))
        elif act is SEND:
            self._send(row)
        elif act is LEAVE:
            self._leave(row)

    def _do(
        self,
        work: Callable[[], QueueEntry],
        done: Callable[[QueueEntry], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """One act at a time: a second press of a key before the answer is not a second call."""
        if self._acting:
            return
        self._acting = True

        def over(entry: QueueEntry) -> None:
            self._acting = False
            done(entry)

        def refused(error: Exception) -> None:
            self._acting = False
            if failed is not None:
                failed(error)
            elif isinstance(error, NobodyWaits):
                self.shell.toast(error.sentence)
            else:
                self._say(error)
            self.load()

        self.runner.write(work, over, refused)

    def _called(self, entry: QueueEntry) -> None:
        place = f" ke {entry.room}" if entry.room else ""
        self._done(entry, f"dipanggil{place}")

    def _done(self, entry: QueueEntry, words: str, undo: bool = True) -> None:
        """The entry stays chosen."""
        self._entry_wanted = entry.uid
        self.shell.toast(f"{entry.ticket} {words}", undo=partial(self._undo, entry.uid) if undo else None)
        self.load()

    def _left(self, row: QueueRow, words: str) -> None:
        """The entry went elsewhere: the next one to deal with is chosen."""
        self._choose_anew = True
        self.shell.toast(f"{row.ticket} {words}", undo=partial(self._undo, row.entry_uid))
        self.load()

    def _undo(self, entry_uid: str) -> None:
        self._do(
            lambda: self.desk.queueing.undo(self.actor, entry_uid),
            lambda entry: self._done(entry, "diurungkan", undo=False),
        )

    def _send(self, row: QueueRow) -> None:
        panel = SendPanel(row, self._points)
        sheet = self.shell.sheet(panel, 520)

        def send(point_uid: str, returns: bool, note: str) -> None:
            there = new_uid()
            name = next((p.name for p in self._points if p.uid == point_uid), "")

            def done(_: QueueEntry) -> None:
                sheet.close_sheet()
                self._left(row, f"dikirim ke {name}")

            self._do(
                lambda: self.desk.queueing.send_on(self.actor, row.entry_uid, point_uid, there, note, returns=returns),
                done,
                panel.refuse,
            )

        panel.sent.connect(send)

    def _leave(self, row: QueueRow) -> None:
        panel = ReasonPanel(
            "Pulang sebelum dilayani",
            f"{row.ticket} · {row.name} keluar dari antrean ini. Nomornya tetap tercatat sebagai batal.",
            "Pulangkan",
            "mis. tidak mau menunggu, ada urusan",
        )
        sheet = self.shell.sheet(panel, 520)

        def done(_: QueueEntry) -> None:
            sheet.close_sheet()
            self._left(row, "pulang sebelum dilayani")

        def refused(error: Exception) -> None:
            panel.refuse(error.sentence if isinstance(error, UserError) else UserError.default)

        panel.given.connect(
            lambda why: self._do(lambda: self.desk.queueing.leave(self.actor, row.entry_uid, why), done, refused)
        )

    def show_display_sheet(self) -> None:
        """F7."""
        sheet = open_display_sheet(self.context)
        sheet.closed.connect(lambda: self.display_line.setText(display_state()))

    # Page

    def state(self) -> object:
        row = self.list.current_entry()
        return _State(self._wanted, row.entry_uid if row else "", dict(self._rooms))

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            self._wanted, self._entry_wanted, self._rooms = state.point_uid, state.entry_uid, dict(state.rooms)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width()
        self._side.setFixedWidth(min(px(262), max(px(190), round(wide * 0.2))))
        self.panel.setFixedWidth(min(px(330), max(px(262), round(wide * 0.27))))
        self.panel.set_low(event.size().height() < px(LOW))
        self.order.setVisible(event.size().height() >= px(LOW))


def first_point(
    points: Sequence[QueuePoint], wanted: str, rooms: Sequence[str], roles: Collection[Role]
) -> QueuePoint | None:
    """The service point to show: the one asked for, the one whose room this is, the role's own, the fullest."""
    tests: tuple[Callable[[QueuePoint], bool], ...] = (
        lambda p: p.uid == wanted,
        lambda p: any(room in p.rooms for room in rooms if room),
        lambda p: any(_ROLE_POINTS.get(role) == p.code for role in roles),
        lambda p: p.waiting > 0 and p.waiting == max(other.waiting for other in points),
        lambda p: True,
    )
    return next((p for test in tests for p in points if test(p)), None)


def _empty(line: Line) -> tuple[str, str]:
    """What to do where nobody waits."""
    if line.waiting or line.inside:
        return "", ""
    return f"Tidak ada yang menunggu di {line.point}.", "Nomor baru dari pendaftaran muncul sendiri di sini."
