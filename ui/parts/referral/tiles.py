"""How many letters stand where: a row of figures, each of them a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ilp_desk.domain.document import ReferralState
from ilp_desk.rows.papers import ReferralCounts
from ui.paint import draw_keycap, draw_text, keycap_width
from ui.theme import color, px, tokens
from ui.widgets import hbox

HIGH = 62


@dataclass(frozen=True, slots=True)
class Filter:
    """Letters looked at together. tone: colour token of the edge; late: only those whose reply takes too long."""

    label: str
    tone: str
    states: tuple[ReferralState, ...]
    late: bool = False

    def count(self, counts: ReferralCounts) -> int:
        return counts.late if self.late else sum(counts.states.get(state, 0) for state in self.states)


def filters(reply_days: int) -> tuple[Filter, ...]:
    """In the order of their keys."""
    return (
        Filter("Belum dikirim", "accent", (ReferralState.ISSUED,)),
        Filter("Belum dibalas", "series", (ReferralState.SENT, ReferralState.RECEIVED)),
        Filter(f"Lewat {reply_days} hari", "danger", (), late=True),
        Filter("Sudah dibalas", "ok", (ReferralState.REPLIED, ReferralState.CLOSED)),
        Filter("Dibatalkan", "muted", (ReferralState.VOIDED,)),
    )


class FigureTile(QAbstractButton):
    """A word over a figure with a coloured edge; pressed in it filters."""

    def __init__(self, label: str, tone: str, key: str) -> None:
        super().__init__()
        self._label, self._tone, self._key, self._figure = label, tone, key, "–"
        self.setCheckable(True)
        self.setFixedHeight(px(HIGH))
        self.setMinimumWidth(px(110))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(label)
        self.setAccessibleDescription(f"Tombol {key}")

    def set_figure(self, figure: int) -> None:
        """Show another number."""
        self._figure = f"{figure:,}".replace(",", ".")
        self.setAccessibleName(f"{self._label}: {self._figure}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, on = tokens(), self.isChecked()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.radius, k.radius)
        p.fillPath(path, color("selection" if on else "hover" if self.underMouse() else "card"))
        p.setPen(QPen(color("accent" if on else "line")))
        p.drawPath(path)
        p.setClipRect(QRectF(0, 0, px(5), self.height()))
        p.fillPath(path, color(self._tone))
        p.setClipping(False)
        left, room = px(17), self.width() - px(27)
        draw_text(p, QRectF(left, px(8), room, px(20)), self._label, k.body, ink="muted")
        ink = "danger" if self._tone == "danger" and self._figure not in ("0", "–") else "ink"
        draw_text(p, QRectF(left, px(27), room, px(31)), self._figure, k.figure, bold=True, ink=ink)
        draw_keycap(p, self.width() - keycap_width(self._key) - px(10), px(44), self._key)


class FigureTiles(QWidget):
    """One tile a filter, at most one of them pressed in. chosen(filter or None)."""

    chosen = Signal(object)

    def __init__(self, found: Sequence[Filter]) -> None:
        super().__init__()
        self._filters = tuple(found)
        self.tiles = [FigureTile(f.label, f.tone, f"Alt+{n}") for n, f in enumerate(found, 1)]
        self.setLayout(hbox(*self.tiles, spacing=10))
        for n, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, n=n: self._press(n))

    def set_counts(self, counts: ReferralCounts) -> None:
        """Show new figures."""
        for tile, wanted in zip(self.tiles, self._filters, strict=True):
            tile.set_figure(wanted.count(counts))

    def current(self) -> Filter | None:
        return next((f for f, tile in zip(self._filters, self.tiles, strict=True) if tile.isChecked()), None)

    def index(self) -> int:
        """Which tile is pressed in, -1 for none."""
        return next((n for n, tile in enumerate(self.tiles) if tile.isChecked()), -1)

    def toggle(self, index: int) -> None:
        """As if the tile was clicked; out of range lets all tiles go."""
        if 0 <= index < len(self.tiles):
            self.tiles[index].setChecked(not self.tiles[index].isChecked())
        self._press(index)

    def _press(self, index: int) -> None:
        for n, tile in enumerate(self.tiles):
            if n != index:
                tile.setChecked(False)
        self.chosen.emit(self.current())
