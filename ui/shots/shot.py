"""One picture, and what several of them do to come about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ilp_desk.rows.queue import QueueRow
from ui.main_window import MainWindow
from ui.page import Page
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


def row_of(stage: Stage, page: Page, name: str, point: str = "") -> QueueRow:
    """Somebody of the sample in the queue, waiting or inside. point: code of the service point, empty: any.

    Raises LookupError where the sample has changed.
    """
    for place in stage.desk.queueing.points(page.actor):
        line = stage.desk.queueing.line(page.actor, place.uid)
        for row in (*line.waiting, *line.inside):
            if row.name == name and point in ("", place.code):
                return row
    raise LookupError(name)
