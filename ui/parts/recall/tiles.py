"""How many people stand how: four figures, each of them a list; one is always shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.due.recall import Standing
from ilp_desk.rows.recall import RecallCounts
from ui.parts.referral.tiles import FigureTile
from ui.widgets import hbox

TILES = (
    (Standing.LATE, "Terlambat", "danger"),
    (Standing.DUE, "Waktunya bulan ini", "accent"),
    (Standing.NO_DATA, "Belum ada data", "muted"),
    (Standing.COMPLETE, "Lengkap", "ok"),
)


class StandingTiles(QWidget):
    """chosen(Standing): another list is wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tiles = [FigureTile(label, tone, f"Alt+{n}") for n, (_, label, tone) in enumerate(TILES, 1)]
        self.setLayout(hbox(*self.tiles, spacing=10))
        for n, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, n=n: self.choose(n))
        self.tiles[0].setChecked(True)

    def set_counts(self, counts: RecallCounts) -> None:
        """Show new figures."""
        for tile, (standing, _, _) in zip(self.tiles, TILES, strict=True):
            tile.set_figure(int(getattr(counts, standing.value)))

    def current(self) -> Standing:
        return next(one for tile, (one, _, _) in zip(self.tiles, TILES, strict=True) if tile.isChecked())

    def choose(self, index: int) -> None:
        """As if the tile was clicked."""
        self.show_chosen(TILES[index][0])
        self.chosen.emit(self.current())

    def show_chosen(self, standing: Standing) -> None:
        """The tile of a list is the chosen one; nothing is asked for."""
        for tile, (one, _, _) in zip(self.tiles, TILES, strict=True):
            tile.setChecked(one is standing)
