"""The place over the form for what asks for an answer; it keeps its height, so that nothing jumps while one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.theme import px
from ui.widgets import Banner, BannerKind, Icon, KeyButton, Runs, Text, vbox

HIGH = 56


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its two answers; empty words: no such button."""

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

    def __init__(self) -> None:
        super().__init__()
        self._ask: Ask | None = None
        self._one, self._other = KeyButton("", "Alt+1", small=True), KeyButton("", "Alt+0", small=True)
        self._banner = Banner("warning", "", buttons=(self._one, self._other))
        self._line = Runs(fill="hover", pad=(12, 8))
        quiet = QWidget()
        quiet.setLayout(vbox(None, self._line, None))
        self._stack = QStackedLayout()
        self._stack.addWidget(quiet)
        self._stack.addWidget(self._banner)
        self.setLayout(self._stack)
        self.setMinimumHeight(px(HIGH))
        self._one.clicked.connect(self.first)
        self._other.clicked.connect(self.second)

    @property
    def ask(self) -> Ask | None:
        """The question that is shown."""
        return self._ask

    def show_ask(self, ask: Ask) -> None:
        self._ask = ask
        self._banner.set(ask.kind, ask.head, ask.text, ask.why)
        for button, words in ((self._one, ask.first), (self._other, ask.second)):
            button.setText(words)
            button.setVisible(bool(words))
        self._stack.setCurrentWidget(self._banner)

    def show_line(self, text: str, icon: str = "info") -> None:
        """Nothing is asked."""
        self._ask = None
        self._line.set_segments([Icon(icon, "muted"), Text(text, muted=True)])
        self._stack.setCurrentIndex(0)

    def first(self) -> None:
        if self._ask is not None and self._ask.first:
            self._ask.on_first()

    def second(self) -> None:
        if self._ask is not None and self._ask.second:
            self._ask.on_second()

    def stops(self) -> list[QWidget]:
        return [self._one, self._other]
