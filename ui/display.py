"""The waiting-room display: its own window, numbers and places only, read by the change feed, with a voice.

Opened from a screen (`open_display`), it stays while the desk is locked or somebody else signs in, and closes with the
desk. `ilp-desk display` opens nothing but it, on the same database.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.text.dates import long_day_text, time_text
from ilp_desk.domain.text.spoken import announcement
from ilp_desk.errors import UserError
from ilp_desk.rows.queue import Board
from ilp_desk.services.queueing import DISPLAY
from ilp_desk.settings import Settings
from ui.crash import code_of, places
from ui.messages import install
from ui.parts.display.bars import FootBar, HeadBar
from ui.parts.display.card import CallCard
from ui.parts.display.scale import look, unit
from ui.parts.display.tiles import PointTiles
from ui.parts.display.turns import Turns
from ui.refresh import Refresh
from ui.runner import Runner
from ui.theme import NORMAL, apply, color
from ui.voice import Voice

if TYPE_CHECKING:
    from ilp_desk.desk import Desk

log = logging.getLogger(__name__)

TOPICS = frozenset({"queue", "visit", "site"})
HOLD_MS = 4000
"""A call stays large at least so long before the next one takes its place."""
TICK_MS = 1000
HEAD, FOOT, EDGE, TOP = 64, 48, 28, 18
CARD_SHARE = 0.5556
WINDOW_SHARE = 0.62
"""Of the screen, where the display shares it with the desk."""
LOST = "Sambungan ke data terputus. Nomor terakhir tetap tampil; dengarkan panggilan petugas."


class DisplayWindow(QWidget):
    """alone: the only window of its program, with the keyboard; else it never takes the focus from the desk.

    closed: it is gone. The window owns its lanes: what the desk does never waits for it.
    """

    closed = Signal()

    def __init__(self, desk: Desk, settings: Settings, alone: bool = False) -> None:
        super().__init__()
        self._desk, self._settings, self.alone = desk, settings, alone
        self.setWindowTitle("Layar ruang tunggu - ILP Desk")
        self.setAccessibleName("Layar ruang tunggu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(480, 270)
        if not alone:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self._turns, self._day = Turns(), desk.clock.today()
        self.board: Board | None = None
        self.head, self.foot, self.card, self.tiles = HeadBar(self), FootBar(self), CallCard(self), PointTiles(self)
        self.voice = Voice(settings.calling, self)
        self._runner = Runner(self, read_threads=1)
        self._runner.crashed.connect(self._crashed)
        self._refresh = Refresh(self._runner, desk.changes, desk.last_change, parent=self)
        self._refresh.changed.connect(self._changed)
        self._refresh.reachable.connect(lambda on: self.foot.show_trouble("" if on else LOST))
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self._advance)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)

    # What is shown

    def start(self) -> None:
        """Read the board and follow the change feed."""
        self._tick()
        self._clock.start()
        self._refresh.start()
        self.read()

    def read(self) -> None:
        """Read the board now."""
        self._runner.read(
            "display.board", lambda: self._desk.queueing.board(DISPLAY), self.show_board, self._failed, quiet=True
        )

    def show_board(self, board: Board) -> None:
        """Show a board; calls made since the one before are called out, each in its turn."""
        self.board = board
        self.head.show_facility(board.facility)
        self.foot.show_note(board.note)
        self.foot.show_trouble("")
        self.tiles.show_tiles(board.tiles)
        for call in self._turns.take(board):
            self.voice.say(announcement(call.ticket, call.point, call.room))
        self.card.show_call(self._turns.shown, self._turns.before)
        if not self._hold.isActive():
            self._advance()

    def _advance(self) -> None:
        if self._turns.waiting:
            self._turns.step()
            self.card.show_call(self._turns.shown, self._turns.before, fresh=True)
            self._hold.start()

    def _changed(self, topic: str, uid: str, actor: str) -> None:
        if topic in TOPICS:
            self.read()

    def _failed(self, error: Exception) -> None:
        self.foot.show_trouble(LOST)
        if isinstance(error, UserError):
            log.warning("the board cannot be read: %s", type(error).__name__)

    def _crashed(self, error: Exception, quiet: bool) -> None:
        log.error("unforeseen error %s: %s", code_of(error), " > ".join(places(error)))

    def _tick(self) -> None:
        now = self._desk.clock.local()
        self.head.show_moment(long_day_text(now.date()), time_text(now))
        if now.date() != self._day:
            self._day = now.date()
            self.read()

    # Settings

    @property
    def settings(self) -> Settings:
        return self._settings

    def set_settings(self, settings: Settings) -> None:
        """Another screen, another voice."""
        moved = settings.second_screen != self._settings.second_screen
        self._settings = settings
        self.voice.set(settings.calling)
        if moved:
            self.place()

    # The window

    def place(self, desk_window: QWidget | None = None) -> None:
        """Onto its screen: the one of the settings, else one the desk is not on, in full; else a part of the only one.

        Alone, it takes the whole screen in any case.
        """
        own = desk_window.screen() if desk_window is not None else QGuiApplication.primaryScreen()
        screen, free = chosen_screen(self._settings.second_screen, QGuiApplication.screens(), own)
        self.setScreen(screen)
        if free or self.alone:
            self.setGeometry(screen.geometry())
            self._fill()
        else:
            self._shrink(screen)

    def follow(self, desk_window: QWidget) -> None:
        """Close with the desk."""
        desk_window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.close()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11 or (event.key() == Qt.Key.Key_Escape and self.isFullScreen()):
            self._turn()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._turn()

    def _turn(self) -> None:
        """From the whole screen to a window and back."""
        if self.isFullScreen():
            self._shrink(self.screen())
        else:
            self._fill()

    def _fill(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)
        # Not showFullScreen: that takes the keyboard from the desk.
        self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)
        self.show()

    def _shrink(self, screen: QScreen) -> None:
        self.unsetCursor()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        self.setGeometry(part_of(screen.availableGeometry()))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self._hold.stop()
        self._refresh.stop()
        self.voice.close()
        self._runner.close()
        self.closed.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color(look().background))

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide, high = self.width(), self.height()
        u = unit(wide, high)
        for part in (self.head, self.foot, self.card, self.tiles):
            part.unit = u
        head, foot, edge, top = (round(size * u) for size in (HEAD, FOOT, EDGE, TOP))
        self.head.setGeometry(0, 0, wide, head)
        self.foot.setGeometry(0, high - foot, wide, foot)
        body = QRect(edge, head + top, wide - 2 * edge, high - head - foot - 2 * top)
        card = round((body.width() - top) * CARD_SHARE)
        self.card.setGeometry(body.x(), body.y(), card, body.height())
        self.tiles.setGeometry(body.x() + card + top, body.y(), body.width() - card - top, body.height())


def chosen_screen(name: str, screens: list[QScreen], own: QScreen) -> tuple[QScreen, bool]:
    """The screen for the display and whether the desk leaves it free."""
    others = [screen for screen in screens if screen is not own]
    named = [screen for screen in screens if name and screen.name() == name]
    screen = (named or others or [own])[0]
    return screen, screen is not own


def part_of(area: QRect) -> QRect:
    """A window in the lower right corner of a screen the desk needs too."""
    wide, high = round(area.width() * WINDOW_SHARE), round(area.height() * WINDOW_SHARE)
    return QRect(area.x() + area.width() - wide, area.y() + area.height() - high, wide, high)


def run_display(desk: Desk, settings: Settings, *, whole_screen: bool = True) -> None:
    """Show the display as the only window of a program; comes back when it was closed."""
    app = QApplication.instance() or QApplication(["ilp-desk"])
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a QApplication")
    words = install(app)
    apply(app, NORMAL)
    display = DisplayWindow(desk, settings, alone=True)
    ended = QEventLoop()
    display.closed.connect(ended.quit)
    if whole_screen:
        display.place()
    else:
        display.setGeometry(part_of(QGuiApplication.primaryScreen().availableGeometry()))
        display.show()
    display.start()
    ended.exec()
    app.removeTranslator(words)


_open: DisplayWindow | None = None


def the_display() -> DisplayWindow | None:
    """The display of this program, if it is open."""
    return _open


def open_display(desk: Desk, settings: Settings, desk_window: QWidget) -> DisplayWindow:
    """Open the display, or give the one that is open."""
    global _open
    if _open is not None:
        return _open
    display = _open = DisplayWindow(desk, settings)
    display.closed.connect(_forget)
    display.follow(desk_window)
    display.place(desk_window)
    display.start()
    return display


def close_display() -> None:
    """Close it, if it is open."""
    if _open is not None:
        _open.close()


def _forget() -> None:
    global _open
    _open = None
