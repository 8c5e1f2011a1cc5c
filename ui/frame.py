"""The frame around a screen: top bar, rail, status bar. It shows what it is told and emits what is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from ilp_desk.domain.staff import ROLE_LABELS, Actor, Role
from ui.data_state import DataState
from ui.navigation import Screen
from ui.page import Page
from ui.paint import elide, keycap_width
from ui.theme import color, px, text_width, tokens
from ui.widgets import BusyBar, KeyHints, Pill, PillButton, RailButton, Runs, Text, hbox, label, vbox

INDONESIAN = QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)
WHO_WIDTH = 230
TITLE_WIDTH = 190
EDGE = 12
HINT_GAP = 18
HELP_HINT = ("F1", "semua tombol")


def hint_width(key: str, text: str) -> int:
    """Pixels a key hint takes, as `KeyHints` paints it."""
    return keycap_width(key) + px(6) + text_width(text, tokens().label)


def moment(local: datetime) -> str:
    """Date and time as the top bar says them: Sabtu, 21 Nov 2026 · 08.14."""
    day = INDONESIAN.toString(QDate(local.year, local.month, local.day), "dddd, d MMM yyyy")
    return f"{day} · {local:%H.%M}"


def who(actor: Actor) -> str:
    """Loket 1 · Rina (Pendaftaran); of several roles the first, as staff know each other."""
    roles = [ROLE_LABELS[role] for role in Role if role in actor.roles]
    more = f" +{len(roles) - 1}" if len(roles) > 1 else ""
    return f"{actor.desk} · {actor.name} ({roles[0]}{more})" if roles else f"{actor.desk} · {actor.name}"


class _Bar(QWidget):
    """A white strip with a fine line on one side: "bottom", "right" or "top"."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self._side = side

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), color("card"))
        wide, high = self.width(), self.height()
        line = {"bottom": (0, high - 1, wide, 1), "right": (wide - 1, 0, 1, high), "top": (0, 0, wide, 1)}
        p.fillRect(*line[self._side], color("line"))


class TopBar(_Bar):
    """Facility, date and time, state of the data, who and where, lock."""

    def __init__(self, facility: str, actor: Actor) -> None:
        super().__init__("bottom")
        self.setFixedHeight(px(tokens().topbar))
        title = Runs([Text("ILP Desk", bold=True), Text("    " + facility)], size=tokens().body + 0.5)
        self.moment = Pill("")
        self.state = Pill(*DataState().words())
        full = who(actor)
        self.who = PillButton(elide(full, px(WHO_WIDTH), tokens().label), key="Ctrl+Shift+L")
        self.who.setAccessibleName(f"Ganti petugas. Sekarang {full}")
        self.who.setToolTip(f"{full}\nGanti petugas  Ctrl+Shift+L")
        self.lock = PillButton("Kunci", "lock", "Ctrl+L")
        row = hbox(title, self.moment, self.state, self.who, self.lock, spacing=EDGE, margins=(14, 0, 14, 0))
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_state(self, data: DataState) -> None:
        """What is to be said about the data."""
        self.state.set(*data.words())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Where all has no room, large text on a small screen, the time gives way: the PC shows one too."""
        pills = (self.moment, self.state, self.who, self.lock)
        needed = sum(pill.sizeHint().width() + px(EDGE) for pill in pills) + px(TITLE_WIDTH) + 2 * px(14)
        self.moment.setVisible(needed <= self.width())


class Rail(_Bar):
    """The places the role may open; where the window is low they scroll."""

    chosen = Signal(str)

    def __init__(self, screens: Sequence[Screen]) -> None:
        super().__init__("right")
        self.setFixedWidth(px(tokens().rail))
        self.buttons = {screen.code: RailButton(screen.label, screen.icon, screen.key) for screen in screens}
        for code, button in self.buttons.items():
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
        column = QWidget()
        column.setLayout(vbox(*self.buttons.values(), None, spacing=0, margins=(0, 6, 0, 0)))
        self._area = QScrollArea()
        self._area.setWidget(column)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        column.setAutoFillBackground(False)
        outer = vbox(self._area, spacing=0)
        outer.setContentsMargins(0, 0, 1, 0)
        self.setLayout(outer)

    def choose(self, code: str) -> None:
        """Mark the place that is open."""
        self.buttons[code].setChecked(True)
        self._area.ensureWidgetVisible(self.buttons[code], 0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(tokens().rail), px(60))


class StatusBar(_Bar):
    """Key hints at the left, today's counts at the right. F1 is always among the hints: it tells the rest."""

    def __init__(self) -> None:
        super().__init__("top")
        self.setFixedHeight(px(tokens().statusbar))
        self._pairs: tuple[tuple[str, str], ...] = ()
        self.hints = KeyHints()
        self.counts = label("", "small")
        row = hbox(self.hints, self.counts, spacing=EDGE, margins=(14, 0, 14, 0))
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_hints(self, pairs: Sequence[tuple[str, str]]) -> None:
        """The keys of a screen."""
        self._pairs = tuple(pairs)
        self._fit()

    def show_counts(self, text: str) -> None:
        """Today's counts."""
        self.counts.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * px(14) - px(EDGE) - self.counts.sizeHint().width() - hint_width(*HELP_HINT)
        shown: list[tuple[str, str]] = []
        for pair in self._pairs:
            room -= hint_width(*pair) + px(HINT_GAP)
            if room < 0:
                break
            shown.append(pair)
        self.hints.set_pairs((*shown, HELP_HINT))


class _Content(QWidget):
    """The pages on each other, and the line that says the program is busy, above them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setLayout(vbox(self.stack, spacing=0))
        self.busy = BusyBar(cancel=False, parent=self)
        self.busy.setAutoFillBackground(True)
        self.busy.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.busy.setGeometry(px(EDGE), 0, self.width() - 2 * px(EDGE), self.busy.height())


class Frame(QWidget):
    """All of it, for one actor in one text size. Rebuilt when either changes."""

    def __init__(self, facility: str, actor: Actor, screens: Sequence[Screen]) -> None:
        super().__init__()
        self.top, self.rail, self.status = TopBar(facility, actor), Rail(screens), StatusBar()
        self._content = _Content()
        self.stack = self._content.stack
        middle = hbox(self.rail, self._content, spacing=0)
        middle.setStretch(1, 1)
        column = vbox(self.top, middle, self.status, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def show_page(self, code: str, page: Page) -> None:
        """Bring a page to the front."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.choose(code)
        self.show_hints(page)

    def show_hints(self, page: Page) -> None:
        """The page's keys, and where to find all of them."""
        self.status.show_hints(page.keys.bar())

    def show_busy(self, on: bool) -> None:
        """Visible after 0.3 s, with words after 2 s."""
        busy = self._content.busy
        if on:
            busy.show()
            busy.raise_()
            busy.start("Masih bekerja, tunggu sebentar")
        else:
            busy.stop()
            busy.hide()
