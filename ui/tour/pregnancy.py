"""A pregnancy in the room: its visits, the one of today, the card; then a mother and her baby after the birth."""

from __future__ import annotations

from ui.parts.care.pregnancy import PregnancyView
from ui.robot import ALT, CTRL, Key, fill, press
from ui.screens.room import RoomPage
from ui.shots.pregnancy import MOTHER, opened
from ui.tour import Tour, page
from ui.tour.papers import shown_paper


def contact(tour: Tour) -> None:
    """Three visits and what is missing; the visit of today, by the doctor with ultrasound."""
    shown = page(tour, RoomPage)
    press(Key.Key_H, ALT)
    tour.stage.until(
        lambda: isinstance(shown.views.view, PregnancyView) and shown.views.view.course is not None, "kehamilan"
    )
    view = shown.views.view
    if not isinstance(view, PregnancyView):
        raise TypeError("another view is open")
    tour.stage.settle()
    before = len(view.table.rows.rows)
    tour.picture("kehamilan")
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "lembar kontak")
    press(Key.Key_Space)
    fill(tour.window, "TTD diberikan", "30")
    press(Key.Key_Return)
    tour.stage.until(lambda: len(view.table.rows.rows) > before, "kontak tercatat")
    tour.stage.settle()
    tour.picture("kehamilan-dicatat")


def card(tour: Tour) -> None:
    """Ctrl+P: the mother's card."""
    shown = page(tour, RoomPage)
    press(Key.Key_P, CTRL)
    shown_paper(tour, "kartu-ibu")
    press(Key.Key_Escape)
    tour.stage.until(lambda: shown.views.view is None, "kembali ke kunjungan")


def after(tour: Tour) -> None:
    """Nine days after a birth: visits of nifas, the baby with its own."""
    tour.sit_down("hadi", "care")
    opened(tour.stage, tour.window, MOTHER)
    tour.picture("nifas")
