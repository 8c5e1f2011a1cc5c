"""The queue strip's tiles and the card that says which cluster a person goes to and why."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.paint import RIGHT, draw_icon, draw_letter, draw_panel, draw_text
from ui.theme import cluster_style, color, font, metrics, px, text_width, tokens
from ui.widgets.base import hbox, vbox
from ui.widgets.buttons import KeyButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.runs import Text

TALL, SHORT = 89, 58


class QueueTile(QAbstractButton):
    """How many wait for one letter, how long, who was called last. Pressing it is for the screen to use.

    `letter` "A", `name` "Ibu & Anak", `waiting` "terlama 24 mnt", `called` "dipanggil A-004 · Ruang 2".
    """

    def __init__(
        self,
        letter: str,
        name: str,
        count: int = 0,
        waiting: str = "",
        called: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letter, self._name = letter, name
        self.setMinimumWidth(px(120))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._compact = compact
        self.set_compact(compact)
        self.set(count, waiting, called)

    def set(self, count: int, waiting: str = "", called: str = "") -> None:
        """Show new figures."""
        self._count, self._waiting, self._called = count, waiting, called
        facts = [f"{count} menunggu", waiting, called]
        self.setAccessibleName(f"{self._letter} {self._name}: {', '.join(f for f in facts if f)}")
        self.update()

    def set_compact(self, on: bool) -> None:
        """The low form for short screens."""
        self._compact = on
        self.setFixedHeight(px(SHORT if on else TALL))
        self.update()

    def is_compact(self) -> bool:
        return self._compact

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(SHORT if self._compact else TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, ink = tokens(), cluster_style(self._letter).ink
        p = QPainter(self)
        self._frame(p, ink)
        x = px(17)
        room = self.width() - x - px(10)
        left = x + text_width(self._letter, k.body, True) + px(7)
        figure = str(self._count)
        wide = text_width(figure, k.figure, True)
        if self._compact:
            inner = room - wide - px(10)
            lines = self._lines(inner)
            up = px(9) if len(lines) == 1 else px(3)
            draw_text(p, QRectF(x, up, inner, px(20)), self._letter, k.body, bold=True, ink=ink)
            draw_text(p, QRectF(left, up, inner - (left - x), px(20)), self._name, k.body, ink="muted")
            draw_text(p, QRectF(0, 0, self.width() - px(12), self.height()), figure, k.figure, bold=True, align=RIGHT)
            for n, line in enumerate(lines):
                draw_text(p, QRectF(x, up + px(21 + 15 * n), inner, px(16)), line, k.label, ink="muted")
            return
        draw_text(p, QRectF(x, px(9), room, px(20)), self._letter, k.body, bold=True, ink=ink)
        draw_text(p, QRectF(left, px(9), room - (left - x), px(20)), self._name, k.body, ink="muted")
        draw_text(p, QRectF(x, px(28), wide + 4, px(34)), figure, k.figure, bold=True)
        big = metrics(k.figure, True)
        base = px(28) + (px(34) + big.ascent() - big.descent()) / 2
        words = f"menunggu · {self._waiting}" if self._waiting else "menunggu"
        if text_width(words, k.label) > room - wide - px(9):
            words = "menunggu"
        p.setFont(font(k.label))
        p.setPen(color("muted"))
        p.drawText(QPointF(x + wide + px(9), base), words)
        draw_text(p, QRectF(x, px(60), room, px(20)), self._called, k.label, ink="muted")

    def _lines(self, room: float) -> list[str]:
        """What stands below the name in the low form: where one line is too short, number and room in one each."""
        words = self._called or self._waiting
        return [words] if text_width(words, tokens().label) <= room else words.split(" · ", 1)

    def _frame(self, p: QPainter, ink: str) -> None:
        k = tokens()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), k.radius, k.radius)
        p.fillPath(path, color("hover" if self.underMouse() else "card"))
        p.setPen(QPen(color("line")))
        p.drawPath(path)
        p.save()
        p.setClipRect(QRectF(0, 0, px(5), self.height()))
        p.fillPath(path, color(ink))
        p.setPen(QPen(color(ink)))
        p.drawPath(path)
        p.restore()


class ClusterCard(QWidget):
    """Cluster letter and name, the service point, the rule in words, and a button to change it (`change_wanted`).

    The rule wraps and is never cut: it is what the clerk says when somebody asks why.
    """

    change_wanted = Signal()

    def __init__(
        self,
        letter: str,
        name: str,
        place: str,
        reason: str,
        key: str = "F7",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.button = KeyButton("Ubah", key, small=True)
        self.button.clicked.connect(self.change_wanted)
        self._words = Paragraph()
        self.setLayout(vbox(hbox(None, self.button), self._words, spacing=5, margins=(12, 8, 12, 9)))
        self.set(letter, name, place, reason)

    def set(self, letter: str, name: str, place: str, reason: str) -> None:
        """Show another routing."""
        self._letter, self._name, self._place = letter, name, place
        self._words.set_parts([Text(reason)])
        self.setAccessibleName(f"{letter} {name}, {place}. {reason}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        k, style = tokens(), cluster_style(self._letter)
        p = QPainter(self)
        draw_panel(p, self.rect(), style.tint, style.ink)
        left, top, block = px(12), px(9), px(24)
        end = self.width() - px(12) - self.button.width() - px(8)
        draw_letter(p, QRectF(left, top, block, block), self._letter)
        x: float = left + block + px(9)
        x += draw_text(p, QRectF(x, top, end - x, block), self._name, k.subtitle, bold=True, ink=style.ink)
        arrow = px(16)
        if self._place and x + arrow + px(30) < end:
            draw_icon(p, "arrow", style.ink, x + px(8), top + (block - arrow) / 2, arrow)
            x += px(8) + arrow + px(7)
            draw_text(p, QRectF(x, top, end - x, block), self._place, k.subtitle, bold=True, ink=style.ink)
