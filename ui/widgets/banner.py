"""A sentence over a form that asks for an act: danger, warning or news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.paint import draw_icon, draw_panel
from ui.theme import metrics, px, tokens
from ui.widgets.base import hbox
from ui.widgets.paragraph import Paragraph
from ui.widgets.runs import Text

BannerKind = Literal["danger", "warning", "info"]
_LOOK: dict[BannerKind, tuple[str, str, str, str]] = {
    "danger": ("alert", "danger", "danger_tint", "danger"),
    "warning": ("warn", "warning", "warning_tint", "warning_line"),
    "info": ("info", "accent", "accent_tint", "accent"),
}
ICON_ROOM = 34
WORDS_WIDTH = 300


class Banner(QWidget):
    """What to do (`head`, bold), what was found (`text`), why (`why`, muted), and buttons at the right.

    The words wrap and the banner grows with them; nothing is elided.
    """

    def __init__(
        self,
        kind: BannerKind,
        head: str,
        text: str = "",
        why: str = "",
        buttons: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = Paragraph()
        self._acts = hbox(*buttons, None, spacing=8)
        self._row = hbox(self._words, self._acts, spacing=8, margins=(ICON_ROOM, 9, 12, 9))
        self._row.setStretch(0, 1)
        self.setLayout(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set(kind, head, text, why)

    def set(self, kind: BannerKind, head: str, text: str = "", why: str = "") -> None:
        """Show another message."""
        self.kind = kind
        ink = "danger" if kind == "danger" else ""
        parts = [Text(head, bold=True, color=ink)]
        if text:
            parts.append(Text(" " + text, color=ink))
        if why:
            parts.append(Text("\n" + why, muted=True))
        self._words.set_parts(parts)
        self.setAccessibleName(self._words.accessibleName())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Beside the buttons the words need room to be read as a sentence; else the buttons go below.
        beside = self.width() - self._acts.sizeHint().width() >= px(WORDS_WIDTH)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._acts.count() > 1 and self._row.direction() != way:
            self._row.setDirection(way)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        icon, ink, fill, line = _LOOK[self.kind]
        p = QPainter(self)
        draw_panel(p, self.rect(), fill, line)
        size = px(18)
        words = self._words.geometry()
        lines = self._words.heightForWidth(words.width())
        first = words.top() + max(0, (words.height() - lines) / 2)
        row = metrics(tokens().body).height()
        draw_icon(p, icon, ink, px(11), first + (row - size) / 2, size)
