"""Which room this is: it decides whose queue stands at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.encounter import RoomPlace
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import KeyButton, ListView, SheetPanel, TwoLine, vbox


@dataclass(frozen=True, slots=True)
class Room:
    """A room and the service points it serves."""

    name: str
    points: tuple[RoomPlace, ...]

    @property
    def serves(self) -> str:
        return ", ".join(point.name for point in self.points)


def rooms_of(places: Sequence[RoomPlace]) -> tuple[Room, ...]:
    """Every room of the site in the order of its service points; a point without a room is one by itself."""
    found: dict[str, list[RoomPlace]] = {}
    for place in places:
        for room in place.rooms or (place.name,):
            found.setdefault(room, []).append(place)
    return tuple(Room(name, tuple(points)) for name, points in found.items())


class PlaceSheet(SheetPanel):
    """chosen(Room)."""

    chosen = Signal(object)

    def __init__(self, rooms: Sequence[Room], current: str) -> None:
        self.model: RowsModel[Room] = RowsModel(speak=lambda room: f"{room.name}, {room.serves}")
        self.view = ListView(
            self.model,
            lambda room: TwoLine(room.name, room.serves),
            key=lambda room: room.name,
            name="Ruang",
            sentence=("Belum ada titik layanan.", "Minta admin membuatnya di Manajemen."),
        )
        self.view.setMinimumHeight(px(360))
        body = QWidget()
        body.setLayout(vbox(self.view, margins=(22, 4, 22, 8)))
        done = KeyButton("Pilih", "Enter", kind="primary")
        super().__init__("Ruang mana ini?", body, (None, done))
        self.model.answer("", rooms)
        self.view.select_key(current)
        self.view.row_activated.connect(self.chosen)
        done.clicked.connect(self._choose)

    def begin(self) -> None:
        """The keyboard goes to the list; once the sheet is open."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.chosen.emit(row)
