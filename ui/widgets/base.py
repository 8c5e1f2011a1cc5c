"""Small building blocks: cards, boxes, labels, hair lines, scrolling bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import px

# What a box may hold: a widget, another layout, a number (space in design pixels) or None (stretch).
Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]


W = TypeVar("W", bound=QWidget)


def inside(parent: QWidget, kind: type[W]) -> Iterator[W]:
    """Widgets of a kind within another, those made first in front.

    Not `findChildren`: PySide keeps what that finds for as long as `parent` lives, also when it is deleted, so a window
    asked often would grow with every sheet it once had.
    """
    for child in parent.children():
        if isinstance(child, kind):
            yield child
        if isinstance(child, QWidget):
            yield from inside(child, kind)


class Card(QFrame):
    """A white panel with a fine line and rounded corners."""

    def __init__(self, content: QLayout | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        if content is not None:
            self.setLayout(content)


class Hair(QFrame):
    """A one-pixel horizontal line inside a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hair", True)
        self.setFixedHeight(1)


def hbox(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row of items; sizes in design pixels."""
    box = QHBoxLayout()
    _fill(box, items, spacing, margins)
    return box


def vbox(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column of items; sizes in design pixels."""
    box = QVBoxLayout()
    _fill(box, items, spacing, margins)
    return box


def _fill(box: QBoxLayout, items: Sequence[Item], spacing: int, margins: Margins) -> None:
    box.setSpacing(px(spacing) if spacing else 0)
    left, top, right, bottom = (px(m) if m else 0 for m in margins)
    box.setContentsMargins(left, top, right, bottom)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(px(item))
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)


def label(text: str, role: str = "", buddy: QWidget | None = None, wrap: bool = False) -> QLabel:
    """A plain-text label; roles: label, section, muted, small, title, subtitle, figure, strong, danger."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    if buddy is not None:
        widget.setBuddy(buddy)
    return widget


def ground(content: QLayout | None = None, parent: QWidget | None = None) -> QWidget:
    """A widget in the background colour of the program, for pages."""
    widget = QWidget(parent)
    widget.setProperty("ground", True)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if content is not None:
        widget.setLayout(content)
    return widget


def scroll(body: QWidget) -> QScrollArea:
    """`body` in an area that scrolls up and down and shows the card behind it."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    return area


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the stylesheet see them; does nothing when they already have these values."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
