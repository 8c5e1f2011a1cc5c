"""Whom to call in: the list of the whole catchment, a call noted, the paper for the kader."""

from __future__ import annotations

from ui.robot import CTRL, Key, press
from ui.screens.recall import RecallPageView
from ui.tour import Tour, page


def listed(tour: Tour) -> None:
    """Under-fives who are late with immunization or weighing, the longest first."""
    tour.sit_down("yenni", "recall")
    shown = page(tour, RecallPageView)
    tour.stage.until(lambda: shown.choices is not None, "pilihan daftar")
    shown.place.set_value("")
    tour.stage.settle()
    tour.stage.until(lambda: shown.model.rows, "daftar panggil")
    tour.picture("daftar-panggil")


def called(tour: Tour) -> None:
    """The first was called: one key for that, one for what came of it."""
    shown = page(tour, RecallPageView)
    shown.view.setFocus()
    shown.view.select(0)
    press(Key.Key_H)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "lembar panggilan")
    tour.picture("panggilan")
    press(Key.Key_1)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "panggilan tercatat")
    tour.stage.until(lambda: shown.model.rows[0].contact is not None, "tindak lanjut di daftar")


def printed(tour: Tour) -> None:
    """The kader of one village gets those who are to be called, by RT."""
    shown = page(tour, RecallPageView)
    shown.place.set_value(shown.choices.places[0].uid if shown.choices is not None else "")
    tour.stage.settle()
    press(Key.Key_P, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "daftar di kertas")
    tour.stage.settle()
    tour.picture("daftar-panggil-kader")
    tour.previewed("daftar-panggil")
    press(Key.Key_Escape)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "layar daftar panggil")
