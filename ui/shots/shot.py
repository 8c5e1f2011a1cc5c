"""One picture, and what several of them do to come about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.robot import fill
from ui.stage import Stage

Make = Callable[[Stage, MainWindow], QWidget]


@dataclass(frozen=True, slots=True)
class Shot:
    """screen: where it begins; make: brings it on and gives what to grab; sitter: username of who sits there, empty: as
    usual."""

    name: str
    screen: str
    make: Make
    sitter: str = ""


def found(stage: Stage, window: MainWindow, text: str) -> None:
    """Type into the search box of the page and wait for the answer."""
    page = window.page
    fill(window, "Cari pasien", text)
    rows = getattr(page, "box", None) or getattr(page, "hits", None)
    stage.until(lambda: rows is not None and rows.rows, "hasil pencarian")
