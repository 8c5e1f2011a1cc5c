"""The waiting room, the office, and the end of the day."""

from __future__ import annotations

from ilp_desk.settings import Calling, Settings
from ui.display import DisplayWindow
from ui.parts.manage.reference import ReferencePart
from ui.screens.manage import ManagePage
from ui.stage import DESIGN
from ui.tour import Tour, page


def display(tour: Tour) -> None:
    """What the waiting room sees: numbers and places."""
    shown = DisplayWindow(tour.stage.desk, Settings(calling=Calling(voice=False)))
    tour.stage.second(shown)
    shown.resize(*DESIGN)
    shown.show()
    shown.start()
    tour.stage.until(lambda: shown.board and shown.board.calls, "papan ruang tunggu")
    tour.picture("ruang-tunggu", shown)
    shown.close()


def manage(tour: Tour) -> None:
    """Head or admin: letterhead, staff, areas."""
    tour.sit_down("budi", "manage")
    shown = page(tour, ManagePage)
    for tab in (0, 3):
        shown.tabs.select(tab)
        tour.stage.settle()
        tour.picture(f"manajemen-{shown.part.code}")


def rules(tour: Tour) -> None:
    """The head approves a row of the services of the life cycle."""
    tour.sit_down("mira", "manage")
    shown = page(tour, ManagePage)
    shown.arrive(ReferencePart.code)
    tour.stage.settle()
    part = shown.part
    if not isinstance(part, ReferencePart):
        raise TypeError("the rules did not open")
    part.open_file("services")
    tour.stage.settle()
    part.panel.approve_one()
    tour.stage.settle()
    tour.picture("manajemen-aturan")
