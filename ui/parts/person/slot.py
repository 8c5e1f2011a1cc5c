"""The place over the form for what asks for an answer; it keeps its height, so that nothing jumps while one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from ui.theme import px
from ui.widgets import Banner, BannerKind, Icon, KeyButton, Runs, Text, vbox

HIGH = 56
"""Two lines of a banner."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its two answers. head: what it is about, bold; why: the second line."""

    kind: BannerKind
    head: str
    text: str
    why: str
    first: str
    second: str
    on_first: Callable[[], None]
    on_second: Callable[[], None]


class Slot(QWidget):
    """Shows an Ask, or a quiet line. `first` and `second` are what Alt+1 and Alt+0 do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ask: Ask | None = None
        self._one, self._other = KeyButton("", "Alt+1", small=True), KeyButton("", "Alt+0", small=True)
        self._banner = Banner("warning", "", buttons=(self._one, self._other))
        self._line = Runs(fill="hover", pad=(12, 8))
        quiet = QWidget()
        quiet.setLayout(vbox(None, self._line, None))
        # With its parent from the start: a stack without one shows its first page as a window.
        self._stack = QStackedLayout(self)
        self._stack.addWidget(quiet)
        self._stack.addWidget(self._banner)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()
        self._one.clicked.connect(self.first)
        self._other.clicked.connect(self.second)

    @property
    def ask(self) -> Ask | None:
        """The question that is shown."""
        return self._ask

    def show_ask(self, ask: Ask) -> None:
        self._ask = ask
        self._banner.set(ask.kind, ask.head, ask.text, ask.why)
        self._one.setText(ask.first)
        self._other.setText(ask.second)
        self._stack.setCurrentWidget(self._banner)
        self._fit()

    def show_line(self, text: str, icon: str = "info") -> None:
        """Nothing is asked."""
        self._ask = None
        self._line.set_segments([Icon(icon, "muted"), Text(text, muted=True)])
        self._stack.setCurrentIndex(0)
        self._fit()

    def first(self) -> None:
        if self._ask is not None:
            self._ask.on_first()

    def second(self) -> None:
        if self._ask is not None:
            self._ask.on_second()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        # Only words that need a third line (a very long name) make it higher: nothing of them is cut.
        wanted = self._banner.heightForWidth(self.width()) if self._ask is not None else 0
        self.setFixedHeight(max(px(HIGH), wanted))
