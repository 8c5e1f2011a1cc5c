"""Daftar panggil: the whole catchment with somebody called, the sheet of a call, the paper of the kader."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.robot import CTRL, Key, press
from ui.screens.recall import RecallPageView
from ui.shots.shot import Shot
from ui.stage import Stage


def _everywhere(stage: Stage, window: MainWindow) -> RecallPageView:
    page = window.page
    if not isinstance(page, RecallPageView):
        raise TypeError("daftar panggil did not open")
    stage.until(lambda: page.choices is not None, "pilihan daftar")
    page.place.set_value("")
    stage.settle()
    stage.until(lambda: page.model.rows, "daftar panggil")
    page.view.setFocus()
    return page


def _listed(stage: Stage, window: MainWindow) -> QWidget:
    page = _everywhere(stage, window)
    for row, result in zip(range(len(page.model.rows)), (Key.Key_1, Key.Key_3)):
        page.view.select(row)
        press(Key.Key_H)
        stage.until(lambda: window.overlays.open_sheet, "lembar panggilan")
        press(result)
        stage.until(lambda: not window.overlays.open_sheet, "panggilan tercatat")
        stage.settle()
    page.view.select(0)
    stage.settle()
    return window


def _sheet(stage: Stage, window: MainWindow) -> QWidget:
    _everywhere(stage, window)
    press(Key.Key_H)
    stage.until(lambda: window.overlays.open_sheet, "lembar panggilan")
    return window


def _paper(stage: Stage, window: MainWindow) -> QWidget:
    page = _everywhere(stage, window)
    page.place.set_value(next(place.uid for place in page.choices.places) if page.choices else "")
    stage.settle()
    press(Key.Key_P, CTRL)
    stage.until(lambda: window.overlays.open_sheet, "daftar di kertas")
    stage.settle()
    return window


def _unknown(stage: Stage, window: MainWindow) -> QWidget:
    page = _everywhere(stage, window)
    page.tiles.choose(2)
    stage.settle()
    return window


SHOTS: tuple[Shot, ...] = (
    Shot("recall-semua", "recall", _listed),
    Shot("recall-hubungi", "recall", _sheet),
    Shot("recall-kertas", "recall", _paper),
    Shot("recall-belum-ada-data", "recall", _unknown),
)
