"""The series of a person with their doses as boxes: what was given, what is due, what comes, what is too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ilp_desk.domain.reference.immunization_rows import DoseState
from ilp_desk.rows.immunization import AHEAD, GIVEN, NOT_COUNTED, DoseCell, SeriesLine
from ui.paint import draw_icon, draw_text
from ui.theme import color, metrics, px, text_width, tokens

NAMES, CELL, HIGH = 98, 100, 46
"""Design pixels: column of names, narrowest box, height of a box."""
BETWEEN = 6
MOST = 5
"""Boxes in one row where there is room."""


@dataclass(frozen=True, slots=True)
class Look:
    """icon; ink of the words; tint behind them, empty: a frame only; spoken: the state in words."""

    icon: str
    ink: str
    tint: str
    spoken: str


LOOKS = {
    GIVEN: Look("check", "ok", "ok_tint", "diberikan"),
    NOT_COUNTED: Look("warn", "warning", "warning_tint", "tidak dihitung"),
    DoseState.ON_TIME.value: Look("dot", "accent", "accent_tint", "hari ini"),
    DoseState.LATE.value: Look("late", "danger", "danger_tint", "terlambat"),
    DoseState.CATCH_UP.value: Look("late", "danger", "danger_tint", "kejar"),
    DoseState.NOT_YET.value: Look("circle", "muted", "background", "belum waktunya"),
    AHEAD: Look("circle", "muted", "", "belum waktunya"),
    DoseState.TOO_LATE.value: Look("minus", "muted", "neutral_tint", "tidak bisa lagi"),
    DoseState.NO_DATA.value: Look("help", "muted", "", "belum ada data"),
    DoseState.CONTRAINDICATED.value: Look("void", "warning", "warning_tint", "kontraindikasi"),
    DoseState.DEFERRED.value: Look("pause", "warning", "warning_tint", "ditunda"),
    DoseState.REFUSED.value: Look("close", "warning", "warning_tint", "ditolak"),
}
LEGEND = (
    GIVEN,
    DoseState.ON_TIME.value,
    DoseState.LATE.value,
    DoseState.NOT_YET.value,
    NOT_COUNTED,
    DoseState.TOO_LATE.value,
    DoseState.NO_DATA.value,
)


@dataclass(frozen=True, slots=True)
class _Box:
    line: SeriesLine
    cell: DoseCell
    rect: QRectF


class DoseGrid(QWidget):
    """One tab stop; the arrows go from box to box, Enter or a click chooses: chosen(series, cell)."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SeriesLine, ...] = ()
        self._current: tuple[int, int] = (0, 0)
        self._hovered: DoseCell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tell()

    def show_lines(self, lines: Sequence[SeriesLine]) -> None:
        """Show other series; the box in hand stays where it was as far as it is still there."""
        self._lines = tuple(lines)
        self._move(*self._current)
        self.updateGeometry()

    def current(self) -> tuple[SeriesLine, DoseCell] | None:
        """The box in hand."""
        row, column = self._current
        if row >= len(self._lines) or column >= len(self._lines[row].cells):
            return None
        return self._lines[row], self._lines[row].cells[column]

    def select(self, series: str, state: str = "") -> None:
        """Take the box of a series in hand: the first in this state, else its last recorded or next one."""
        for row, line in enumerate(self._lines):
            if line.code == series:
                coming = (n for n, cell in enumerate(line.cells) if cell.state == state or (not state and _next(cell)))
                self._move(row, next(coming, len(line.cells) - 1))
                return

    def _move(self, row: int, column: int) -> None:
        row = max(0, min(row, len(self._lines) - 1))
        cells = self._lines[row].cells if self._lines else ()
        self._current = row, max(0, min(column, len(cells) - 1))
        self._tell()
        self.update()

    def _tell(self) -> None:
        here = self.current()
        if here is None:
            self.setAccessibleName("Imunisasi")
            return
        line, cell = here
        said = f"{line.label} {_short(line, cell)}, {LOOKS[cell.state].spoken}, {cell.line}. {cell.words}"
        self.setAccessibleName(" ".join(said.split()))

    # Places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return round(boxes[-1].rect.bottom()) + px(4) if boxes else px(HIGH)

    def sizeHint(self) -> QSize:
        return QSize(px(NAMES + MOST * (CELL + BETWEEN)), self.heightForWidth(max(self.width(), px(600))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(NAMES + 2 * CELL), px(HIGH))

    def _boxes(self, width: int) -> list[_Box]:
        left, gap = px(NAMES), px(BETWEEN)
        room = max(px(CELL), width - left - px(4))
        count = max(1, min(MOST, int((room + gap) // (px(CELL) + gap))))
        wide = (room - gap * (count - 1)) / count
        found, top = [], float(px(3))
        for line in self._lines:
            for number, cell in enumerate(line.cells):
                row, column = divmod(number, count)
                x, y = left + column * (wide + gap), top + row * (px(HIGH) + gap)
                found.append(_Box(line, cell, QRectF(x, y, wide, px(HIGH))))
            rows = (len(line.cells) + count - 1) // count
            top += max(1, rows) * (px(HIGH) + gap)
        return found

    def _at(self, spot: QPointF) -> _Box | None:
        return next((box for box in self._boxes(self.width()) if box.rect.contains(spot)), None)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._current
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (0, 0),
            Qt.Key.Key_End: (len(self._lines) - 1, 0),
        }
        if key in moves:
            self._move(*moves[key])
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self._at(event.position())
        if box is None or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self._lines.index(box.line)
        self._move(row, box.line.cells.index(box.cell))
        self._choose()

    def _choose(self) -> None:
        here = self.current()
        if here is not None:
            self.chosen.emit(here[0].code, here[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if box is not None else Qt.CursorShape.ArrowCursor)
        if (box.cell if box else None) is not self._hovered:
            self._hovered = box.cell if box else None
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._at(QPointF(event.pos()))
            if box is not None and box.cell.words:
                QToolTip.showText(event.globalPos(), box.cell.words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        here, named = self.current(), set[str]()
        for box in self._boxes(self.width()):
            if box.line.code not in named:
                named.add(box.line.code)
                place = QRectF(px(2), box.rect.top(), px(NAMES) - px(8), box.rect.height())
                draw_text(p, place, box.line.label, tokens().body, bold=True)
            held = self.hasFocus() and here is not None and here[1] is box.cell
            self._draw(p, box, held)

    def _draw(self, p: QPainter, box: _Box, held: bool) -> None:
        k, look, rect = tokens(), LOOKS[box.cell.state], box.rect
        framed = not look.tint or k.high_contrast
        edge = "accent" if held else "line_strong" if box.cell is self._hovered else "line" if framed else look.tint
        pen = QPen(color(edge), px(2) if held else 1)
        if box.cell.state == DoseState.NO_DATA.value and not held:
            pen.setStyle(Qt.PenStyle.DashLine)
        p.setPen(pen)
        p.setBrush(color(look.tint or "card"))
        p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), k.radius_field, k.radius_field)
        size, left = px(14), rect.left() + px(8)
        first = QRectF(left + size + px(5), rect.top() + px(4), rect.width() - size - px(18), px(20))
        draw_icon(p, look.icon, look.ink, left, first.center().y() - size / 2, size)
        drawn = draw_text(p, first, _short(box.line, box.cell), k.body, bold=True, ink=look.ink)
        if box.cell.event and first.width() - drawn > size:
            draw_icon(p, "alert", "danger", first.left() + drawn + px(5), first.center().y() - size / 2, size)
        below = QRectF(left, rect.top() + px(24), rect.width() - px(14), px(18))
        words = box.cell.line
        if text_width(words, k.small) > below.width():
            words = words.partition(" · ")[0]  # the sign says the rest
        draw_text(p, below, words, k.small, ink=look.ink)


class Legend(QWidget):
    """What the boxes mean, on as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Arti tanda: " + ", ".join(LOOKS[state].spoken for state in LEGEND))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1][1] + px(20)

    def sizeHint(self) -> QSize:
        return QSize(px(500), self.heightForWidth(max(self.width(), px(500))))

    def _places(self, width: int) -> list[tuple[int, int]]:
        found, x, y = [], 0, 0
        for state in LEGEND:
            wide = px(20) + metrics(tokens().small).horizontalAdvance(LOOKS[state].spoken) + px(14)
            if x and x + wide > width:
                x, y = 0, y + px(20)
            found.append((x, y))
            x += wide
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        p, size = QPainter(self), px(13)
        for state, (x, y) in zip(LEGEND, self._places(self.width())):
            look = LOOKS[state]
            draw_icon(p, look.icon, look.ink, x, y + (px(20) - size) / 2, size)
            draw_text(p, QRectF(x + px(18), y, self.width() - x, px(20)), look.spoken, tokens().small, ink="muted")


def _short(line: SeriesLine, cell: DoseCell) -> str:
    """`2` for DPT-HB-Hib 2 in the row of that name; the whole label where nothing would be left."""
    rest = cell.label.removeprefix(line.label).strip()
    return rest or cell.label


def _next(cell: DoseCell) -> bool:
    return not cell.dose_uid and cell.state != GIVEN
