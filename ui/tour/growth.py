"""A child weighed for the fourteenth month: the curves, what to do, the chart on paper; then the posyandu's sheet."""

from __future__ import annotations

from ui.robot import CTRL, Key, press
from ui.screens.room import RoomPage
from ui.shots.growth import measured, opened, posyandu
from ui.tour import Tour, page


def measure(tour: Tour) -> None:
    """The midwife measures; his weight has stayed for the second time."""
    tour.sit_down("yenni", "care")
    shown = page(tour, RoomPage)
    tour.stage.until(lambda: shown.queue.model.rows, "antrean ruang")
    view = opened(tour.stage, shown)
    measured(tour.stage, tour.window, view)
    tour.picture("tumbuh-kembang")
    press(Key.Key_P, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "pratinjau grafik")
    tour.previewed("grafik-pertumbuhan")
    press(Key.Key_Escape)
    tour.stage.settle()
    press(Key.Key_K, CTRL)
    tour.stage.until(lambda: not view.control.isEnabled(), "kontrol dicatat")
    press(Key.Key_Escape)
    tour.stage.until(lambda: shown.views.view is None, "kembali ke kunjungan")


def sheet(tour: Tour) -> None:
    """What the kader wrote down goes into the children's records."""
    tour.sit_down("yenni", "recall")
    panel = posyandu(tour.stage, tour.window)
    tour.picture("lembar-posyandu")
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: not panel.go.isEnabled(), "lembar dimasukkan")
    tour.picture("lembar-posyandu-masuk")
    press(Key.Key_Escape)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "layar daftar panggil")
