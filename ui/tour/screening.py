"""A screening instrument in the room: chosen from what is due, answered by digits, kept, put on paper."""

from __future__ import annotations

from ui.parts.care.instrument import InstrumentView
from ui.robot import ALT, CTRL, Key, press
from ui.screens.room import RoomPage
from ui.tour import Tour, page
from ui.tour.queue import walk

WANTED = "epds"
ANSWERS = (Key.Key_1, Key.Key_1, Key.Key_2, Key.Key_2, Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_1)


def answer(tour: Tour) -> None:
    """The questionnaire for expecting mothers, and its result sheet."""
    shown = page(tour, RoomPage)
    press(Key.Key_S, ALT)
    tour.stage.until(lambda: isinstance(shown.views.view, InstrumentView), "skrining")
    view = shown.views.view
    if not isinstance(view, InstrumentView):
        raise TypeError("another view is open")
    tour.stage.until(lambda: view.chooser.model.rows, "daftar skrining")
    tour.picture("daftar-skrining")
    walk(lambda: row.code if (row := view.chooser.view.current_row()) else "", WANTED)
    press(Key.Key_Return)
    tour.stage.until(lambda: view.opened is not None, "alat skrining")
    for key in ANSWERS[:6]:
        press(key)
    tour.picture("alat-skrining")
    for key in ANSWERS[6:]:
        press(key)
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: view.opened is not None and view.opened.standing is not None, "hasil tersimpan")
    tour.picture("hasil-skrining")
    press(Key.Key_P, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "pratinjau hasil")
    tour.previewed("hasil-skrining")
    press(Key.Key_Escape)
    tour.stage.settle()
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    tour.stage.until(lambda: shown.views.view is None, "kembali ke kunjungan")
