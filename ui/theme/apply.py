"""Puts the tokens onto the application: palette, stylesheet, font, icon search path."""

from __future__ import annotations

import functools

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.theme.fonts import font, load_fonts
from ui.theme.places import ICON_FOLDER
from ui.theme.qss import qss
from ui.theme.tokens import CONTRAST, NORMAL, Tokens, color_value, use


@functools.cache
def _qcolor(value: str) -> QColor:
    return QColor(value)


def color(name: str) -> QColor:
    """QColor of a colour token ("danger"), a cluster letter ("A") or a #rrggbb value. Shared: do not change it."""
    return _qcolor(color_value(name))


def between(one: str, other: str, share: float) -> QColor:
    """A colour on the way from one to the other (names as `color` takes them); share 0 to 1."""

    def mix(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    a, b = color(one), color(other)
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()))


def palette(k: Tokens) -> QPalette:
    """Qt's palette in our colours, so that no stock widget falls back to grey or to the system's blue."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    p = QPalette()
    for r, value in (
        (role.Window, k.background),
        (role.WindowText, k.ink),
        (role.Base, k.card),
        (role.AlternateBase, k.background),
        (role.Text, k.ink),
        (role.Button, k.card),
        (role.ButtonText, k.ink),
        (role.BrightText, k.danger),
        (role.Highlight, k.accent),
        (role.HighlightedText, k.on_accent),
        (role.PlaceholderText, k.placeholder),
        (role.ToolTipBase, k.ink),
        (role.ToolTipText, k.card),
        (role.Link, k.accent),
        (role.LinkVisited, k.accent),
        (role.Accent, k.accent),
        (role.Light, k.card),
        (role.Midlight, k.hair),
        (role.Mid, k.line),
        (role.Dark, k.line_strong),
        (role.Shadow, k.muted),
    ):
        p.setColor(r, QColor(value))
    # setColor(role, c) sets all three groups, so the disabled ones come after it.
    for r in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        p.setColor(group.Disabled, r, QColor(k.disabled_ink))
    p.setColor(group.Disabled, role.Base, QColor(k.disabled_bg))
    p.setColor(group.Disabled, role.Highlight, QColor(k.line_strong))
    return p


def system_tokens() -> Tokens:
    """CONTRAST where the operating system asks for high contrast, else NORMAL. Needs a running application."""
    # The hints object must be held: a chain of calls loses it half-way.
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    return CONTRAST if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast else NORMAL


def apply(app: QApplication, look: Tokens = NORMAL) -> tuple[str, ...]:
    """Dress the application in `look`, before the first window and again after a change of zoom or contrast.

    Gives the font files that could not be loaded (empty: all well); the system's font stands in for them.
    """
    use(look)
    missing = load_fonts()
    QDir.setSearchPaths("icons", [str(ICON_FOLDER)])
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font(look.body))
    app.setPalette(palette(look))
    app.setStyleSheet(qss(look))
    return missing
