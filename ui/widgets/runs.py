"""One line made of words, chips, icons and key caps, painted instead of being a rich-text label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.icons import known
from ui.paint import LEFT, chip_width, draw_chip, draw_icon, draw_keycap, draw_panel, draw_text, keycap_width
from ui.theme import metrics, px, text_width, tokens

ICON_GAP = 5
CHIP_GAP = 8


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `color` is a colour token, a cluster letter or empty; `muted` is short for the token muted."""

    text: str
    bold: bool = False
    muted: bool = False
    color: str = ""

    @property
    def ink(self) -> str:
        return self.color or ("muted" if self.muted else "ink")


@dataclass(frozen=True, slots=True)
class Chip:
    """A short bold word on a tint. `tone`: accent, danger, warning, ok, neutral or a cluster letter."""

    text: str
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Icon:
    """A line icon. `name` as in resources/icons, `color` a colour token; `spoken` is read out in its place."""

    name: str
    color: str = "ink"
    spoken: str = ""

    def __post_init__(self) -> None:
        known(self.name)


@dataclass(frozen=True, slots=True)
class Key:
    """A key cap. The last segment, if it is one, stands at the right edge and is never cut."""

    text: str


Segment = Text | Chip | Icon | Key


def spoken(segments: Sequence[Segment]) -> str:
    """The line as a screen reader says it."""
    said = [s.spoken if isinstance(s, Icon) else s.text for s in segments]
    return " ".join(part.strip() for part in said if part.strip())


class Runs(QWidget):
    """A line of segments, elided at the right; when something is cut, the whole line is the hint under the mouse.

    `size` is the text size in design pixels (0: body), `tone` gives a tinted ground, `pad` is its inner space.
    A `fixed` line takes exactly its own width, others stretch.
    """

    def __init__(
        self,
        segments: Sequence[Segment] = (),
        *,
        size: float = 0,
        fill: str = "",
        pad: tuple[int, int] = (0, 0),
        fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size or tokens().body
        self._fill, self._pad = fill, pad
        self._segments: tuple[Segment, ...] = ()
        across = QSizePolicy.Policy.Fixed if fixed else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.set_segments(segments)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show another line."""
        self._segments = tuple(segments)
        self.setAccessibleName(spoken(self._segments))
        self.updateGeometry()
        self.update()

    def set_fill(self, fill: str) -> None:
        """Another ground: a colour token, or empty for none."""
        self._fill = fill
        self.update()

    def segments(self) -> tuple[Segment, ...]:
        return self._segments

    def natural_width(self) -> int:
        """Pixels the segments need when nothing is elided, without padding."""
        return sum(self._width(s) + self._gap(i) for i, s in enumerate(self._segments))

    def _gap(self, index: int) -> int:
        """Space before a segment: chips and key caps keep away from their neighbours by themselves."""
        if index == 0 or isinstance(self._segments[index - 1], Icon):
            return 0
        pair = self._segments[index - 1 : index + 1]
        return px(CHIP_GAP) if any(isinstance(s, Chip | Key) for s in pair) else 0

    def _width(self, segment: Segment) -> int:
        if isinstance(segment, Text):
            return text_width(segment.text, self._size, segment.bold)
        if isinstance(segment, Chip):
            return chip_width(segment.text)
        if isinstance(segment, Key):
            return keycap_width(segment.text)
        return px(tokens().icon) + px(ICON_GAP)

    def _inset(self) -> tuple[int, int]:
        across, down = self._pad
        return (px(across) if across else 0), (px(down) if down else 0)

    def sizeHint(self) -> QSize:
        across, down = self._inset()
        return QSize(self.natural_width() + 3 + 2 * across, metrics(self._size).height() + 2 * down)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), self.sizeHint().height())

    def _cut(self) -> bool:
        return self.natural_width() + 2 * self._inset()[0] > self.width()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            if self._cut():
                QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.accessibleName(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if self._fill:
            edge = "ink" if tokens().high_contrast else self._fill
            draw_panel(p, self.rect(), self._fill, edge, tokens().radius_field)
        x, end = self._inset()[0], self.width() - self._inset()[0]
        middle = self.height() / 2
        segments = self._segments
        if segments and isinstance(segments[-1], Key):
            width = keycap_width(segments[-1].text)
            draw_keycap(p, end - width, middle, segments[-1].text)
            end -= width + px(ICON_GAP)
            segments = segments[:-1]
        for i, segment in enumerate(segments):
            x += self._gap(i)
            if x >= end:
                break
            x += self._draw(p, segment, x, end, middle)

    def _draw(self, p: QPainter, segment: Segment, x: int, end: int, middle: float) -> int:
        if isinstance(segment, Text):
            box = QRectF(x, 0, end - x, self.height())
            return draw_text(p, box, segment.text, self._size, bold=segment.bold, ink=segment.ink, align=LEFT)
        if isinstance(segment, Chip):
            return draw_chip(p, x, middle, segment.text, segment.tone)
        if isinstance(segment, Key):
            return draw_keycap(p, x, middle, segment.text)
        size = px(tokens().icon)
        draw_icon(p, segment.name, segment.color, x, middle - size / 2, size)
        return size + px(ICON_GAP)
