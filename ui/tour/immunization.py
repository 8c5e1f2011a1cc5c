"""A child's immunization in the room: the late dose is given, and the card with the next day is printed."""

from __future__ import annotations

from ui.parts.care.immunization import ImmunizationCare
from ui.robot import CTRL, Key, fill, press
from ui.screens.room import RoomPage
from ui.shots.immunization import CHILD, opened
from ui.tour import Tour, page
from ui.tour.papers import shown_paper


def give(tour: Tour) -> None:
    """What is late is offered; the vial is typed, what is asked before is ticked, and it is on record."""
    tour.sit_down("hadi", "care")
    view = opened(tour.stage, tour.window, CHILD)
    tour.picture("imunisasi")
    fill(tour.window, "Batch", "PX2214")
    fill(tour.window, "Kedaluwarsa", "30-06-2027")
    press(Key.Key_Tab)
    for _ in view.give.checks:
        press(Key.Key_Tab)
        press(Key.Key_Space)
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: view.give.offer() is None, "dosis tercatat")
    tour.stage.settle()
    tour.picture("imunisasi-dicatat")


def card(tour: Tour) -> None:
    """Ctrl+P: the card for the mother's hand."""
    if not isinstance(page(tour, RoomPage).views.view, ImmunizationCare):
        raise TypeError("immunization is not open")
    press(Key.Key_P, CTRL)
    shown_paper(tour, "kartu-imunisasi")
    press(Key.Key_Escape)
    tour.stage.settle()
