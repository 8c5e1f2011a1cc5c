"""The panel at the right of the queue screen: who is chosen, why they go ahead, and what can be done now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from ilp_desk.domain.staff import Actor
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.queue import Line, QueueRow
from ui.parts.queue.acts import ACTS, Act, offered, possible
from ui.parts.queue.words import Local, state_text
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    Combo,
    EmptyState,
    Field,
    Hair,
    Icon,
    KeyButton,
    Paragraph,
    Runs,
    Text,
    restyle,
    scroll,
    vbox,
)

LOW = 600
"""Design pixels of height under which the buttons take their low form."""
ENDED = (QueueState.FINISHED, QueueState.VOIDED)


class ChosenPanel(Card):
    """acted(act): one of `ui.parts.queue.acts`; next_wanted: the main button; room_chosen(room): by hand."""

    acted = Signal(object)
    next_wanted = Signal()
    room_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.row: QueueRow | None = None
        self._empty = EmptyState(
            "Belum ada yang dipilih.", "Pilih nomor di antrean dengan panah atas dan bawah.", icon="queue"
        )
        self.head = Runs([Text(" ", bold=True)], size=22)
        self.name, self.facts = Paragraph(size=17), Paragraph()
        self.wait, self.way = Runs([Text(" ")]), Runs([Text(" ")])
        self.first, self.warn = Banner("info", ""), Banner("warning", "")
        self.note = Paragraph()
        self.buttons: dict[str, KeyButton] = {}
        for act in ACTS:
            button = KeyButton(act.text, act.key, kind="danger" if act.kind else "", icon=act.icon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, act=act: self.acted.emit(act))
            self.buttons[act.name] = button
        self.room = Combo(placeholder="Pilih ruang", name="Panggil ke ruang")
        self.room.activated.connect(lambda _: self.room_chosen.emit(self.room.text()))
        self.next = KeyButton("Panggil berikutnya", "Ctrl+J", kind="primary", tall=True)
        self.next.clicked.connect(self.next_wanted)
        self._lay()
        self.show_row(None, None, None)

    def _lay(self) -> None:
        body = QWidget()
        body.setLayout(
            vbox(
                vbox(self.head, self.name, self.facts, spacing=1),
                vbox(self.wait, self.way, spacing=4),
                self.first,
                self.warn,
                self.note,
                None,
                spacing=8,
                margins=(14, 12, 14, 8),
            )
        )
        self.area = scroll(body)
        top = QWidget()
        self._stack = QStackedLayout(top)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.area)
        self._grid = vbox(*self.buttons.values(), spacing=6, margins=(14, 10, 14, 10))
        foot = vbox(Field("Panggil ke", self.room, reserve=False), self.next, spacing=8, margins=(14, 8, 14, 14))
        column = vbox(top, Hair(), self._grid, Hair(), foot, spacing=0, margins=(1, 1, 1, 1))
        column.setStretch(0, 1)
        self.setLayout(column)

    def set_low(self, on: bool) -> None:
        """The low form of the buttons, for short screens."""
        self._grid.setSpacing(px(4 if on else 6))
        for button in self.buttons.values():
            restyle(button, small=on)
            button.updateGeometry()

    def show_rooms(self, rooms: tuple[str, ...], chosen: str) -> None:
        """The rooms of this service point and the one people are called to; empty: not chosen yet."""
        self.room.set_items(rooms)
        self.room.set_value(chosen or None)
        self.room.setEnabled(len(rooms) > 1)

    def show_acts(self, actor: Actor, line: Line) -> None:
        """Only what this person may do at this service point."""
        for act in ACTS:
            self.buttons[act.name].setVisible(offered(act, actor, line))
        self.next.setEnabled(bool(line.waiting))

    def offers(self, act: Act) -> bool:
        """Whether it can be done now: allowed, and legal for the chosen entry."""
        button = self.buttons[act.name]
        return button.isVisibleTo(self) and button.isEnabled()

    def show_row(self, row: QueueRow | None, now: datetime | None, local: Local | None) -> None:
        """Show an entry, None for nobody."""
        self.row = row
        for act in ACTS:
            self.buttons[act.name].setEnabled(possible(act, row))
        if row is None or now is None or local is None:
            self._stack.setCurrentWidget(self._empty)
            return
        state, since = state_text(row, now, local)
        self.head.set_segments([Text(row.ticket, bold=True, color=row.letter)])
        self.name.set_parts([Text(row.name, bold=True)])
        sex = {"L": "Laki-laki", "P": "Perempuan"}.get(row.sex, "")
        self.facts.set_parts([Text(" · ".join(filter(None, (sex, row.age))), muted=True)])
        said = f"{state[:1].upper()}{state[1:]}"
        self.wait.set_segments([Icon("clock", "muted"), Text(" · ".join(filter(None, (said, since))))])
        self._show_first(row)
        self._show_warning(row)
        note = [Text("Catatan: " if row.state is not QueueState.VOIDED else "Alasan: ", muted=True), Text(row.note)]
        self.note.set_parts(note if row.note else [])
        self.note.setVisible(bool(row.note))
        self._stack.setCurrentWidget(self.area)

    def _show_first(self, row: QueueRow) -> None:
        seen = f"Terlihat di loket: {row.seen}" if row.seen else ""
        self.first.set("danger" if row.rank <= 1 else "info", row.first or seen, why=seen if row.first else "")
        self.first.setVisible(bool(row.first or row.seen) and row.state not in ENDED)

    def _show_warning(self, row: QueueRow) -> None:
        """What may harm or keep waiting, and, less loudly, the way they took."""
        said = ["Curiga menular: masker, ruang terpisah."] if row.infectious else []
        if row.busy_at and row.state is not QueueState.SENT_ON:
            said.append(f"Sedang di {row.busy_at}.")
        self.warn.set("warning", said[0] if said else "", " ".join(said[1:]))
        self.warn.setVisible(bool(said) and row.state not in ENDED)
        way = f"Kembali dari {row.sent_to}" if row.returned and row.sent_to else ""
        if row.sent_by and not way:
            way = f"Dikirim dari {row.sent_by}"
        self.way.set_segments([Icon("refer", "muted"), Text(way)])
        self.way.setVisible(bool(way))
