"""The queue of this room at the left: who is inside, who is next, who is elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal

from ilp_desk.clock import Clock
from ilp_desk.domain.queueing import LINE
from ilp_desk.domain.text.dates import time_text
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.encounter import RoomPlace
from ilp_desk.rows.queue import Line, QueueRow
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Card, Chip, Hair, KeyButton, ListView, Paragraph, Runs, Text, TwoLine, hbox, vbox

WIDTH, NARROW = 236, 200
TICK_MS = 30_000
LABORATORY = "Laboratorium"
URGENT = 1
"""Rank from which somebody goes before all who wait (priority.toml)."""
INSIDE = (QueueState.CALLED, QueueState.STARTED)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """The queues of the points a room serves, the hints the room may see (by entry), the visits with a draft, and the
    entries sent here with a red alarm nobody answered."""

    lines: tuple[Line, ...]
    hints: Mapping[str, str]
    drafts: frozenset[str] = frozenset()
    red: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One line of the list. here: inside this room; next: stands in line; draft: something of mine is unsaved; red:
    a red alarm wants an answer."""

    entry: QueueRow
    point: str
    hint: str
    here: bool
    next: bool
    draft: bool = False
    red: bool = False


def rows_of(answer: RoomLine, room: str) -> tuple[RoomRow, ...]:
    """Those inside this room, then who is next (of several points the urgent first, then who waits longest), then those
    in another room of the same point, sent elsewhere or absent."""
    inside: list[RoomRow] = []
    queues: list[deque[RoomRow]] = []
    away: list[RoomRow] = []
    for line in answer.lines:
        point = line.point if len(answer.lines) > 1 else ""
        queue: deque[RoomRow] = deque()
        for entry in (*line.inside, *line.waiting, *line.away):
            waits = entry.state in LINE
            here = entry.state in INSIDE and (not entry.room or not room or entry.room == room)
            hint, draft = answer.hints.get(entry.entry_uid, ""), entry.visit_uid in answer.drafts
            row = RoomRow(entry, point, hint, here, waits, draft, entry.entry_uid in answer.red)
            (inside if here else queue if waits else away).append(row)
        queues.append(queue)
    return (*inside, *_merged(queues), *away)


def _merged(queues: Sequence[deque[RoomRow]]) -> Iterator[RoomRow]:
    """Several queues as one: the order inside each is the service's, between their heads the urgent goes first."""
    while heads := [queue for queue in queues if queue]:
        yield min(heads, key=_urgency).popleft()


def _urgency(queue: deque[RoomRow]) -> tuple[int, datetime]:
    head = queue[0].entry
    return (0 if head.rank <= URGENT else 1 if head.returned else 2), head.since


class QueuePanel(Card):
    """chosen(RoomRow): Enter or a click on a row; place_wanted: another room is to be chosen."""

    chosen = Signal(object)
    place_wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock, self._room = clock, ""
        self._title = Paragraph()
        self._count = Runs([Text("", muted=True)])
        self.change = KeyButton("Ganti", "F7", small=True)
        self.change.setAccessibleName("Ganti ruang")
        self.change.clicked.connect(self.place_wanted)
        self.model: RowsModel[RoomRow] = RowsModel(speak=self._spoken)
        self.view = ListView(
            self.model, self._line, key=lambda row: row.entry.entry_uid, first=False, name="Antrean ruang ini"
        )
        self.view.row_activated.connect(self.chosen)
        head = vbox(self._title, hbox(self._count, self.change), spacing=2, margins=(12, 8, 8, 8))
        column = vbox(head, Hair(), self.view, spacing=0, margins=(1, 1, 1, 1))
        column.setStretch(2, 1)
        self.setLayout(column)
        self.set_narrow(False)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.view.viewport().update)
        self._tick.start()

    def set_narrow(self, on: bool) -> None:
        """Less width for a small window."""
        self.setFixedWidth(px(NARROW if on else WIDTH))

    def show_place(self, room: str, points: Sequence[RoomPlace]) -> None:
        """Whose queue this is."""
        self._room = room
        names = ", ".join(point.name for point in points)
        parts = [Text(names or room or "Ruang belum dipilih", bold=True)]
        if names and room and room != names:
            parts.append(Text(f"  {room}", muted=True))
        self._title.set_parts(parts)

    def show_line(self, answer: RoomLine, room: str, open_entry: str) -> None:
        """Show the queue; the entry that is open stays chosen."""
        rows = rows_of(answer, room)
        waiting = sum(1 for row in rows if row.next)
        self.model.answer(room, rows)
        self._count.set_segments([Text(f"{waiting} menunggu" if answer.lines else "", muted=True)])
        if waiting or not answer.lines:
            self.view.set_sentence("")
        else:
            self.view.set_sentence("Tidak ada yang menunggu.", "Yang baru muncul di sini.")
        if open_entry:
            self.view.select_key(open_entry)

    def select(self, entry_uid: str) -> None:
        """Mark the entry that is open; empty: none."""
        if not entry_uid or not self.view.select_key(entry_uid):
            self.view.select(-1)

    def row(self, entry_uid: str) -> RoomRow | None:
        """The row of an entry, if it is listed."""
        return next((row for row in self.model.rows if row.entry.entry_uid == entry_uid), None)

    def focus(self) -> None:
        """The keyboard goes to the list, at the first who waits unless a row is chosen."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current_row() is None and self.model.rows:
            self.view.select(next((n for n, row in enumerate(self.model.rows) if row.next), 0))

    def _line(self, row: RoomRow) -> TwoLine:
        entry = row.entry
        return TwoLine(
            entry.name,
            " · ".join(part for part in (row.hint or entry.age, self._where(row), row.point) if part),
            lead=entry.ticket,
            chips=(
                *((Chip("alarm merah", "danger"),) if row.red else ()),
                *chips(entry, waiting=row.next),
                *((Chip("draf", "neutral"),) if row.draft else ()),
            ),
            bar="accent" if entry.returned and row.next else "danger" if entry.rank <= 1 and row.next else "",
            dim=not row.here and not row.next,
        )

    def _where(self, row: RoomRow) -> str:
        entry = row.entry
        if entry.state is QueueState.STARTED:
            return "diperiksa" if row.here else f"di {entry.room}"
        if entry.state is QueueState.CALLED:
            at = f" {self._time(entry.called_at)}" if entry.called_at else ""
            return f"dipanggil{at}" if row.here else f"dipanggil ke {entry.room}"
        if entry.state is QueueState.SENT_ON:
            return f"di {entry.sent_to}" if entry.sent_to else "di layanan lain"
        if entry.state is QueueState.ABSENT:
            return "tidak hadir"
        if entry.busy_at:
            return f"sedang di {entry.busy_at}"
        minutes = int((self._clock.now() - entry.since).total_seconds() // 60)
        return f"{max(0, minutes)} mnt"

    def _time(self, instant: datetime) -> str:
        return time_text(self._clock.local(instant))

    def _spoken(self, row: RoomRow) -> str:
        shown = self._line(row)
        said = (shown.lead, shown.title, *(chip.text for chip in shown.chips), shown.sub)
        return ", ".join(part for part in said if part)


def chips(entry: QueueRow, *, waiting: bool) -> tuple[Chip, ...]:
    """Why this one is not like the others, in one or two words each; who is in goes ahead of nobody any more."""
    found: list[Chip] = []
    if entry.infectious:
        found.append(Chip("menular", "warning"))
    if entry.rank == 0:
        found.append(Chip("darurat", "danger"))
    elif entry.rank == 1:
        found.append(Chip("segera", "danger"))
    elif waiting and entry.returned:
        found.append(Chip("dari lab" if entry.sent_to == LABORATORY else f"dari {entry.sent_to or 'layanan lain'}"))
    elif waiting and entry.first:
        found.append(Chip("didahulukan"))
    return tuple(found)
