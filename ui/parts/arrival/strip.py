"""The queue of every cluster at a glance, under the registration desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.arrival import PointLoad
from ui.widgets import QueueTile, hbox


class QueueStrip(QWidget):
    """One tile a queue letter. opened(service point uid): a tile was pressed. name_of: cluster code to its label."""

    opened = Signal(str)

    def __init__(self, name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._name_of = name_of
        self._tiles: dict[str, QueueTile] = {}
        self._compact = False
        self._row = hbox(spacing=10)
        self.setLayout(self._row)

    def set_compact(self, on: bool) -> None:
        """The low form for short screens."""
        self._compact = on
        for tile in self._tiles.values():
            tile.set_compact(on)

    def show_loads(self, loads: tuple[PointLoad, ...], now: datetime) -> None:
        """Show how many wait, for how long, and who was called last; `now` is an instant."""
        for letter in dict.fromkeys(load.letter for load in loads):
            mine = [load for load in loads if load.letter == letter]
            oldest = min((load.oldest for load in mine if load.oldest), default=None)
            wait = f"terlama {max(0, int((now - oldest).total_seconds() // 60))} mnt" if oldest else ""
            called = next((load for load in mine if load.called), None)
            place = f"dipanggil {called.called} · {called.called_room or called.name}" if called else mine[0].name
            self._tile(letter, mine[0]).set(sum(load.waiting for load in mine), wait, place)

    def _tile(self, letter: str, first: PointLoad) -> QueueTile:
        if letter not in self._tiles:
            tile = QueueTile(letter, self._name_of(first.cluster) or first.name, compact=self._compact)
            tile.clicked.connect(lambda: self.opened.emit(first.uid))
            self._tiles[letter] = tile
            self._row.addWidget(tile)
        return self._tiles[letter]
