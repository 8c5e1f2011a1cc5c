"""Services of the life cycle in the room: what is due, one of them recorded, earlier doses told."""

from __future__ import annotations

from ui.parts.room.due_sheets import RecordSheet
from ui.parts.room.earlier_sheet import EarlierSheet
from ui.robot import ALT, CTRL, Key, fill, press, there
from ui.screens.room import RoomPage
from ui.tour import Tour, page


def record(tour: Tour) -> None:
    """All that is due by state; one is found by its name and recorded at once."""
    shown = page(tour, RoomPage)
    press(Key.Key_L, ALT)
    tour.stage.settle()
    tour.picture("layanan-hari-ini")
    press(Key.Key_3, ALT)
    tour.stage.until(lambda: there(tour.window, "Saring layanan"), "bagian skrining")
    tour.picture("skrining")
    fill(tour.window, "Saring layanan", "gigi")
    tour.stage.settle()
    press(Key.Key_Return)
    tour.stage.until(lambda: isinstance(_sheet(tour), RecordSheet), "lembar catat")
    fill(tour.window, "Hasil", "karies 1, tanpa nyeri")
    press(Key.Key_Return)
    tour.stage.until(lambda: _sheet(tour) is None, "layanan tercatat")
    fill(tour.window, "Saring layanan", "")
    tour.stage.until(lambda: shown.visit.visit, "kunjungan terbaca")


def earlier(tour: Tour) -> None:
    """Two doses out of the KIA book, one after the other, as well as their day is known."""
    press(Key.Key_D, ALT)
    tour.stage.until(lambda: isinstance(_sheet(tour), EarlierSheet), "lembar data lama")
    for when in ("2008", "3/2024"):
        fill(tour.window, "Apa yang dilakukan", "td")
        press(Key.Key_Return)
        fill(tour.window, "Kapan", when)
        tour.stage.settle()
        press(Key.Key_Return)
        press(Key.Key_Return)
        tour.stage.settle()
    tour.picture("data-lama")
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: _sheet(tour) is None, "data lama tercatat")


def _sheet(tour: Tour) -> object:
    opened = tour.window.overlays.open_sheet
    return opened.panel if opened else None
