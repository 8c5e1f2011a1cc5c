"""The window of a signed-in person: pages in their frame, the keys of the shell, and what all screens share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.staff import Actor
from ilp_desk.rows.reference import RulesState
from ilp_desk.settings import Settings
from ui.crash import CrashReporter
from ui.data_state import DataState
from ui.frame import Frame, moment
from ui.keys import Keys
from ui.navigation import SCREENS, Screen, allowed
from ui.overlays import Overlays
from ui.page import Context, Page
from ui.print_jobs import PrintJob, PrintJobs
from ui.refresh import Refresh
from ui.runner import Runner
from ui.scanner import ScannerFilter, Taker
from ui.theme import apply, tokens, zoomed
from ui.widgets import FocusRing, Sheet

if TYPE_CHECKING:
    from ilp_desk.desk import Desk

DESIGN = QSize(1366, 768)
TICK_MS = 1000
BUSY_MS = 300
"""What takes longer is said."""


class MainWindow(QWidget):
    """Is the `ui.page.Shell` of its pages. The theme is applied before it is made.

    idle_minutes: auto-lock after so long without a key or click, 0 for never.
    lock_wanted, user_change_wanted: the application covers the window with its sign-in (`cover`) and goes on with
    `uncover` or `change_actor`. zoom_changed: percent, to be kept in the settings. settings_changed: the settings as a
    page changed them, to be written to their file. closing: drafts are on their way; close the runner, then the desk.
    """

    lock_wanted = Signal()
    user_change_wanted = Signal()
    zoom_changed = Signal(int)
    settings_changed = Signal(object)
    closing = Signal()

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        runner: Runner,
        settings: Settings,
        facility: str,
        idle_minutes: int = 10,
        screens: Sequence[Screen] = SCREENS,
    ) -> None:
        super().__init__()
        self.setWindowTitle(f"ILP Desk - {facility}")
        self._desk, self._actor, self._runner, self._settings = desk, actor, runner, settings
        self._facility, self.idle_minutes, self._all_screens = facility, idle_minutes, tuple(screens)
        self._pages: dict[str, Page] = {}
        self._states: dict[str, object] = {}
        self._stale: set[str] = set()
        self._way: list[str] = []
        self._data = DataState()
        self._counts = ""
        self._zoom_steps: list[int] = []
        self.keys = Keys(self, "Di semua layar", reserved=())
        self.overlays = Overlays(self, lambda: self._frame)
        self.print_jobs = PrintJobs(runner, self)
        self.crashes = CrashReporter(self._crashed, self)
        self.refresh = Refresh(runner, desk.changes, desk.last_change, parent=self)
        self.watch = ScannerFilter(_application(), self._taker)
        self.ring = FocusRing(self)
        self._clock = QTimer(self, interval=TICK_MS)
        self._soon = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._bind()
        self._listen()
        self._frame = self._build()

    def _bind(self) -> None:
        keys = self.keys
        keys.bind("F1", "semua tombol", lambda: self.overlays.help(self._key_groups()))
        keys.bind_row("Ctrl+", 8, "buka bagian di sisi kiri", self._open_by_key)
        keys.bind("Esc", "kembali, tutup", self.back)
        keys.bind("Ctrl+Z", "urungkan yang baru dilakukan", self.overlays.undo)
        keys.bind("F9", "cetak ulang yang terakhir", self.reprint)
        keys.bind("Ctrl+L", "kunci layar", self.lock)
        keys.bind("Ctrl+Shift+L", "ganti petugas", self.change_user)
        keys.bind("Ctrl++", "huruf lebih besar", lambda: self.zoom(1))
        keys.bind_also("Ctrl+=", lambda: self.zoom(1))
        keys.bind("Ctrl+-", "huruf lebih kecil", lambda: self.zoom(-1))
        keys.bind("Ctrl+0", "ukuran huruf semula", lambda: self.zoom(0))

    def _listen(self) -> None:
        self._runner.busy.connect(self._busy)
        self._runner.sentence.connect(self.sentence)
        self._runner.crashed.connect(self.crashes.report)
        self.print_jobs.changed.connect(self._printing)
        self.print_jobs.trouble.connect(self.sentence)
        self.refresh.changed.connect(self._changed)
        self.refresh.reachable.connect(lambda on: self._tell(replace(self._data, reachable=on)))
        self.overlays.sheet_open.connect(lambda on: self._page_keys(not on))
        self._soon.timeout.connect(self._saving)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _build(self) -> Frame:
        self._screens = {screen.code: screen for screen in allowed(self._all_screens, self._actor)}
        frame = Frame(self._facility, self._actor, tuple(self._screens.values()))
        frame.setParent(self)
        frame.setGeometry(self.rect())
        frame.rail.chosen.connect(self.navigate)
        frame.top.lock.clicked.connect(self.lock)
        frame.top.who.clicked.connect(self.change_user)
        frame.status.show_counts(self._counts)
        frame.top.show_state(self._data)
        frame.top.moment.set(moment(self._desk.clock.local()))
        frame.show()
        frame.lower()
        return frame

    def _rebuild(self) -> None:
        """A new frame; pages are built again when they are opened, in the state they were left in."""
        here, self._pages = self.code, {}
        old, self._frame = self._frame, self._build()
        old.hide()
        old.deleteLater()
        if here in self._screens:
            self.navigate(here)

    # Pages

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self._pages.get(self.code)

    @property
    def code(self) -> str:
        """Code of the screen that is open, or empty."""
        return self._way[-1] if self._way else ""

    def start(self, code: str = "") -> None:
        """Open a screen, the role's first if none is named, and listen to what other desks do."""
        first = code or next(iter(self._screens), "")
        if first:
            self.navigate(first)
        self.refresh.start()
        self.watch.touch()
        self._ask_rules()

    def navigate(self, code: str, target: object = None) -> bool:
        """Open a screen. False where the role may not."""
        screen = self._screens.get(code)
        if screen is None:
            return False
        if self.page is not None and self.code != code:
            self.page.save_draft()
        self.overlays.close_sheet()
        self.overlays.close_notice()
        self._way = [*(c for c in self._way if c != code), code]
        self._renew(code)
        page = self._pages.get(code) or self._new_page(screen)
        self._frame.show_page(code, page)
        self.saved()
        page.arrive(target)
        return True

    def _new_page(self, screen: Screen) -> Page:
        page = screen.build(Context(self._desk, self._actor, self._runner, self, self._settings))
        self._pages[screen.code] = page
        if screen.code in self._states:
            page.restore(self._states.pop(screen.code))
        return page

    def _renew(self, code: str) -> None:
        """A page built with settings that are others now is built again, in the state it was left in."""
        if code not in self._stale or self._runner.writing:
            return
        self._stale.discard(code)
        page = self._pages.pop(code, None)
        if page is not None:
            page.save_draft()
            self._states[code] = page.state()
            page.deleteLater()

    def _open_by_key(self, number: int) -> None:
        for screen in self._screens.values():
            if screen.key == f"Ctrl+{number + 1}" and self.overlays.open_sheet is None:
                self.navigate(screen.code)

    def back(self) -> None:
        """Esc: the sentence goes first, then a step inside the page, then the page itself."""
        if self.overlays.close_notice() or self.overlays.open_sheet is not None or self.page is None:
            return
        if not self.page.back() and len(self._way) > 1:
            self.page.save_draft()
            self._way.pop()
            self.navigate(self.code)

    def _changed(self, topic: str, uid: str, actor: str) -> None:
        if topic == "reference":
            self._ask_rules()
        for page in self._pages.values():
            page.changed(topic, uid, actor)

    def _taker(self) -> Taker | None:
        sheet = self.overlays.open_sheet
        if self.overlays.covered or self.page is None or not self.isActiveWindow():
            return None
        return self.overlays.sheet_taker(sheet) if sheet is not None else self.page.taker()

    def _crashed(self, code: str) -> None:
        self._save_drafts()
        self.overlays.crash(code, self.crashes.shown_is_closed)

    def _page_keys(self, on: bool) -> None:
        if self.page is not None:
            self.page.keys.set_active(on)

    def _key_groups(self) -> list[Keys]:
        return [self.page.keys, self.keys] if self.page is not None else [self.keys]

    # What a page may ask (ui.page.Shell)

    def sheet(self, panel: QWidget, width: int = 640, height: int = 0, keep: bool = False) -> Sheet:
        return self.overlays.sheet(panel, width, height, keep)

    def toast(self, text: str, undo: Callable[[], object] | None = None, seconds: int = 10, lead: str = "") -> None:
        self.overlays.toast(text, undo, seconds, lead)

    def sentence(self, text: str) -> None:
        self.overlays.sentence(text)

    def counts(self, text: str) -> None:
        self._counts = text
        self._frame.status.show_counts(text)

    def hints_changed(self) -> None:
        if self.page is not None:
            self._frame.show_hints(self.page)

    def draft_saved(self, at: datetime) -> None:
        self._tell(replace(self._data, draft=f"{self._desk.clock.local(at):%H.%M.%S}"))

    def saved(self) -> None:
        self._tell(replace(self._data, draft=""))

    def keep(self, **values: Any) -> None:
        self._settings = replace(self._settings, **values)
        self._stale = set(self._pages) - {self.code}
        self.settings_changed.emit(self._settings)

    def print(self, job: PrintJob) -> None:
        self.print_jobs.put(job)

    def offer(self, job: PrintJob) -> None:
        self.print_jobs.keep(job)

    def preview(self, title: str, pdf: bytes, job: PrintJob | None = None, file_name: str = "") -> Sheet:
        from ui.preview import PREVIEW_SIZE, PreviewPanel  # loads PDFium

        panel = PreviewPanel(self._runner, title, pdf, file_name, can_print=job is not None)
        if job is not None:
            panel.print_wanted.connect(lambda: self.print(job))
        panel.told.connect(self.toast)
        sheet = self.sheet(panel, *PREVIEW_SIZE)
        panel.close_wanted.connect(sheet.close_sheet)
        return sheet

    # Keys of the shell

    def reprint(self) -> None:
        """F9: what failed, else the last one."""
        if not self.print_jobs.again():
            self.toast("Belum ada yang dicetak.")

    def lock(self) -> None:
        """Ctrl+L or too long away: drafts are saved, then the application covers the window."""
        if not self.overlays.covered:
            self._save_drafts()
            self.lock_wanted.emit()

    def change_user(self) -> None:
        """Ctrl+Shift+L: somebody else takes this desk."""
        if not self.overlays.covered:
            self._save_drafts()
            self.user_change_wanted.emit()

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind `widget`; no key of the shell and no scan gets through."""
        self.overlays.cover(widget)
        self.keys.set_active(False)
        self._page_keys(False)

    def uncover(self) -> None:
        """The same person is back: everything as it was."""
        self.overlays.uncover()
        self.keys.set_active(True)
        self._page_keys(self.overlays.open_sheet is None)
        self.watch.touch()

    def change_actor(self, actor: Actor) -> None:
        """Somebody else is here: nothing of the one before stays on the screen."""
        self.overlays.close_sheet()
        self.uncover()
        self._actor, self._way, self._states = actor, [], {}
        self._rebuild()
        self.start()

    def zoom(self, step: int) -> None:
        """One text size up, down, or (0) back to the usual. Waits for commands under way: their answers go to pages."""
        if self.overlays.open_sheet is not None:
            self.toast("Tutup lembar ini dulu, lalu ubah ukuran huruf.")
            return
        self._zoom_steps.append(step)
        self._zoom_now()

    def _zoom_now(self) -> None:
        if self._runner.writing or not self._zoom_steps:
            return
        look = tokens()
        for step in self._zoom_steps:
            look = zoomed(look, step)
        self._zoom_steps.clear()
        if look == tokens():
            return
        self._save_drafts()
        self._states.update((code, page.state()) for code, page in self._pages.items())
        apply(_application(), look)
        self._rebuild()
        self.zoom_changed.emit(round(look.zoom * 100))

    def _save_drafts(self) -> None:
        for page in self._pages.values():
            page.save_draft()

    # The state of the data, the time, the window

    def _tell(self, data: DataState) -> None:
        self._data = data
        self._frame.top.show_state(data)

    def _ask_rules(self) -> None:
        """Whether this desk runs what the Puskesmas accepted."""
        desk, actor = self._desk, self._actor
        ask = lambda: desk.site.reference_state(actor)  # noqa: E731
        self._runner.read("shell.rules", ask, self._rules, quiet=True)

    def _rules(self, state: RulesState) -> None:
        self._tell(replace(self._data, rules="refused" if state.refused else "later" if state.later else ""))

    def _printing(self) -> None:
        self._tell(replace(self._data, waiting=self.print_jobs.waiting, failed=self.print_jobs.failed))

    def _saving(self) -> None:
        self._tell(replace(self._data, saving=self._runner.writing))

    def _busy(self, on: bool) -> None:
        self._frame.show_busy(on)
        if on:
            self._soon.start()
        else:
            self._soon.stop()
            self._saving()
        # After the answer that ended the work has been delivered to its page.
        QTimer.singleShot(0, self, self._zoom_now)

    def _tick(self) -> None:
        text = moment(self._desk.clock.local())
        if text != self._frame.top.moment.text():
            self._frame.top.moment.set(text)
        if self.idle_minutes and self.watch.untouched() > self.idle_minutes * 60:
            self.lock()

    def sizeHint(self) -> QSize:
        return DESIGN

    def minimumSizeHint(self) -> QSize:
        return self._frame.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._save_drafts()
        self.refresh.stop()
        self._clock.stop()
        _application().removeEventFilter(self.watch)
        self.closing.emit()
        super().closeEvent(event)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a QApplication")
    return app
