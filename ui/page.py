"""What every screen is made of: `Page`, the `Context` it is given, and the `Shell` it may ask.

class QueuePage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context, "Antrean")
        self.keys.bind("Ctrl+J", "panggil berikutnya", self.call_next)
        ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.staff import Actor
from ilp_desk.settings import Settings
from ui.keys import Keys
from ui.print_jobs import PrintJob
from ui.runner import Runner
from ui.scanner import Taker
from ui.widgets import Sheet

if TYPE_CHECKING:
    from ilp_desk.desk import Desk


class Shell(Protocol):
    """What a screen may ask of the window around it. GUI thread only."""

    def toast(self, text: str, undo: Callable[[], object] | None = None, seconds: int = 10, lead: str = "") -> None:
        """Tell what was done. With `undo` it offers *Urungkan* (Ctrl+Z) for that long; lead: said first and large."""

    def sentence(self, text: str) -> None:
        """Show an error that belongs beside no field; it stays until it is read (Esc)."""

    def sheet(self, panel: QWidget, width: int = 640, height: int = 0, keep: bool = False) -> Sheet:
        """Open a panel over the screen (`ui.widgets.Sheet` has the sizes). An open sheet is closed first."""

    def navigate(self, code: str, target: object = None) -> bool:
        """Go to another screen, handing it `target` (a uid, say). False where the role may not open it."""

    def counts(self, text: str) -> None:
        """Today's counts, at the right of the status bar."""

    def hints_changed(self) -> None:
        """The screen's keys are others now: show them."""

    def draft_saved(self, at: datetime) -> None:
        """A draft reached the database at this instant: *Draf tersimpan 08.41.52*."""

    def saved(self) -> None:
        """What the draft was for is committed: *Data tersimpan*."""

    def keep(self, **values: Any) -> None:
        """Change fields of this machine's settings (`ilp_desk.settings.Settings`); the application writes the file."""

    def print(self, job: PrintJob) -> None:
        """Print it; never blocks. Failing, it can be repeated with F9."""

    def offer(self, job: PrintJob) -> None:
        """Print nothing now; F9 calls its `again`."""

    def preview(self, title: str, pdf: bytes, job: PrintJob | None = None, file_name: str = "") -> Sheet:
        """Show the pages, with buttons to print `job` and to save the file."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a screen is given. Nothing else reaches it."""

    desk: Desk
    actor: Actor
    runner: Runner
    shell: Shell
    settings: Settings


class Page(QWidget):
    """Base of the screens. The shell calls the methods below; what a screen does not need it leaves alone."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.context = context
        self.desk, self.actor, self.runner = context.desk, context.actor, context.runner
        self.shell, self.settings = context.shell, context.settings
        self.keys = Keys(self, title)

    def arrive(self, target: object) -> None:
        """The screen was opened; `target` is what the caller handed over, None from the rail. Put the focus."""

    def save_draft(self) -> None:
        """Save what is typed, now: another screen is opened, the desk is locked, something broke, the window closes."""

    def changed(self, topic: str, uid: str, actor: str) -> None:
        """Something was changed, here or elsewhere; called for built screens, visible or not."""

    def taker(self) -> Taker | None:
        """Who takes a scan now. None: the code stays in the field it was typed in."""
        return None

    def back(self) -> bool:
        """Esc: take one step back inside the screen. False: there was none."""
        return False

    def state(self) -> object:
        """What `restore` needs to look the same after the shell was rebuilt in another text size."""
        return None

    def restore(self, state: object) -> None:
        """Take up what `state` of the page before gave."""
