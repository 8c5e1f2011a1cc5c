"""The dark tiles of the display: every service point with the number called there last and how many wait."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.queue import Tile
from ui.paint import RIGHT
from ui.parts.display.scale import draw_words, fitted, look, two_lines, words_width
from ui.theme import cluster_style, color

BAR, GAP, PAD = 14, 9, 22
ONE_COLUMN = 7
TALLEST = 124
SMALLEST_LABEL = 0.72
ONE_LINE = 0.8
LEADING, TIGHT = 1.35, 1.15


def said(tile: Tile, *, short: bool = False) -> str:
    """`Ruang 3 · 4 menunggu`; short: without the room, which the card tells."""
    waiting = f"{tile.waiting} menunggu"
    return waiting if short else " · ".join(filter(None, (tile.room, waiting)))


class PointTiles(QWidget):
    """Tiles in one column, in two where there are many. `unit` is pixels for one design pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = 1.0
        self.tiles: tuple[Tile, ...] = ()

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show these."""
        if tiles != self.tiles:
            self.tiles = tiles
            self.setAccessibleName("; ".join(f"{t.label} {t.now}, {said(t)}" for t in tiles))
            self.update()

    def boxes(self) -> list[QRectF]:
        """Where each tile lies."""
        count = len(self.tiles)
        columns = 1 if count <= ONE_COLUMN else 2
        rows = -(-count // columns)
        gap = self._u(GAP)
        wide = (self.width() - gap * (columns - 1)) / columns
        high = min(self._u(TALLEST), (self.height() - gap * (rows - 1)) / max(1, rows))
        return [QRectF((n // rows) * (wide + gap), (n % rows) * (high + gap), wide, high) for n in range(count)]

    def _u(self, size: float) -> float:
        return size * self.unit

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tile, box in zip(self.tiles, self.boxes(), strict=True):
            self._paint(p, tile, box)

    def _paint(self, p: QPainter, tile: Tile, box: QRectF) -> None:
        k = look()
        path = QPainterPath()
        path.addRoundedRect(box, self._u(k.radius), self._u(k.radius))
        p.fillPath(path, color(k.tile))
        p.save()
        p.setClipPath(path)
        bar = min(self._u(BAR), box.height() * 0.16)
        p.fillRect(QRectF(box.left(), box.top(), bar, box.height()), color(cluster_style(tile.letter).bright))
        p.restore()
        pad = self._u(PAD) if box.width() > self._u(400) else self._u(PAD) * 0.6
        left, right = box.left() + bar + pad * 0.75, box.right() - pad
        size = min(self._u(k.tile_number), box.height() * 0.46, (right - left) * 0.17)
        number = tile.now or "–"
        taken = draw_words(
            p,
            QRectF(left, box.top(), right - left, box.height()),
            number,
            size,
            ink=k.ink if tile.now else k.muted,
            bold=True,
            align=RIGHT,
        )
        column = words_width("A-000", size, True) if tile.now else 0
        self._labels(p, tile, box, left, right - max(taken, column) - pad * 0.6)

    def _labels(self, p: QPainter, tile: Tile, box: QRectF, left: float, right: float) -> None:
        k, room = look(), right - left
        title, lines = _title(tile.label, min(self._u(k.tile_title), box.height() * 0.26), room)
        text = min(self._u(k.tile_text), box.height() * 0.2)
        leading = LEADING if len(lines) == 1 else TIGHT
        high = title * leading * len(lines)
        facts = _facts(tile, text, room, box.height() - high)
        y = box.top() + (box.height() - high - text * LEADING * len(facts)) / 2
        for line in lines:
            draw_words(p, QRectF(left, y, room, title * leading), line, title, ink=k.ink)
            y += title * leading
        for fact in facts:
            size = max(text * SMALLEST_LABEL, fitted(fact, text, room))
            draw_words(p, QRectF(left, y, room, text * LEADING), fact, size, ink=k.muted)
            y += text * LEADING


def _title(label: str, size: float, room: float) -> tuple[float, tuple[str, ...]]:
    """The size and the lines of a name: one line if it need not shrink much, else two, as large as they fit."""
    if fitted(label, size, room) >= size * ONE_LINE:
        return fitted(label, size, room), (label,)
    for share in (1.0, 0.9, 0.8, SMALLEST_LABEL):
        lines = two_lines(label, size * share, room)
        if all(words_width(line, size * share) <= room for line in lines):
            return size * share, lines
    return size * SMALLEST_LABEL, two_lines(label, size * SMALLEST_LABEL, room)


def _facts(tile: Tile, size: float, room: float, height: float) -> tuple[str, ...]:
    """Room and count in one line, in two where only the height allows it, else the count alone."""
    whole, short = said(tile), said(tile, short=True)
    if words_width(whole, size) <= room:
        return (whole,)
    if tile.room and words_width(tile.room, size) <= room and height >= 3 * size * LEADING:
        return (tile.room, short)
    return (short,)
