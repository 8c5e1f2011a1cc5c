"""Line icons from resources/icons: drawn sharp at every scale, in any colour of the theme."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.places import ICON_FOLDER
from ui.theme.tokens import color_value


@functools.cache
def known(name: str) -> str:
    """`name`, when there is such an icon or it is empty; else FileNotFoundError. Widgets ask while they are built,
    because an error while painting comes too late."""
    if name and not (ICON_FOLDER / f"{name}.svg").is_file():
        raise FileNotFoundError(f"no icon named {name!r} in resources/icons")
    return name


@functools.cache
def renderer(name: str, value: str) -> QSvgRenderer:
    """The icon `name` in the colour `value` (#rrggbb). An unknown name is a FileNotFoundError."""
    svg = (ICON_FOLDER / f"{known(name)}.svg").read_text(encoding="utf-8").replace("#000", value)
    return QSvgRenderer(QByteArray(svg.encode()))


@functools.lru_cache(maxsize=512)
def pixmap(name: str, value: str, size: int, ratio: float) -> QPixmap:
    """The icon as a square picture of `size` device-independent pixels for a screen of the given pixel ratio."""
    # Before the painter begins: an exception while it is open would leave it on a picture that is gone.
    drawing = renderer(name, value)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    p = QPainter(picture)
    drawing.render(p, QRectF(0, 0, size, size))
    p.end()
    return picture


def names() -> tuple[str, ...]:
    """Names of all icons, sorted; those for the stylesheet (q-...) left out."""
    return tuple(sorted(f.stem for f in ICON_FOLDER.glob("*.svg") if not f.stem.startswith("q-")))


class _Engine(QIconEngine):
    """Draws the icon anew at the size asked for, in the colour of the button's state."""

    def __init__(self, name: str, normal: str, on: str) -> None:
        super().__init__()
        self._name, self._normal, self._on = name, normal, on

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._normal, self._on)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name = self._normal
        if mode == QIcon.Mode.Disabled:
            name = "disabled_ink"
        elif state == QIcon.State.On and self._on:
            name = self._on
        renderer(self._name, color_value(name)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        p = QPainter(picture)
        self.paint(p, QRect(0, 0, size.width(), size.height()), mode, state)
        p.end()
        return picture


def icon(name: str, color: str = "ink", on: str = "") -> QIcon:
    """A QIcon for Qt's own widgets; `color` and `on` (checked) are colour tokens."""
    return QIcon(_Engine(known(name), color, on))
