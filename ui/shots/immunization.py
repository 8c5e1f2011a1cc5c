"""Immunization in the room: the grid of a child, a dose that is asked about, doses of before, a woman's T-status."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.visit import QueueState
from ui.main_window import MainWindow
from ui.parts.care.immunization import ImmunizationCare
from ui.robot import ALT, CTRL, Key, fill, press
from ui.screens.room import RoomPage
from ui.shots.shot import Shot, row_of
from ui.stage import Stage

CHILD, MOTHER = "Rizki Ramadhan", "Weni"
"""Of the sample cast: fourteen months old with a late PCV3; pregnant with T2."""


def opened(stage: Stage, window: MainWindow, name: str) -> ImmunizationCare:
    """Somebody's immunization, in a visit that was begun."""
    page = window.page
    if not isinstance(page, RoomPage):
        raise TypeError("the room is not open")
    row = row_of(stage, page, name)
    if row.state is not QueueState.STARTED:
        stage.desk.queueing.start(page.actor, row.entry_uid, page.room)
    stage.desk.immunizations.drop_draft(page.actor, row.visit_uid)
    window.navigate("care", row.entry_uid)
    stage.until(lambda: page.visit.visit, "kunjungan terbuka")
    press(Key.Key_I, ALT)
    stage.until(lambda: isinstance(page.views.view, ImmunizationCare) and page.views.view.ready, "imunisasi")
    view = page.views.view
    if not isinstance(view, ImmunizationCare):
        raise TypeError("another view is open")
    return view


def _child(stage: Stage, window: MainWindow) -> QWidget:
    opened(stage, window, CHILD)
    return window


def _ready(stage: Stage, window: MainWindow) -> QWidget:
    view = opened(stage, window, CHILD)
    fill(window, "Batch", "PX2214")
    fill(window, "Kedaluwarsa", "30-06-2027")
    for box in view.give.checks.values():
        box.setChecked(True)
    stage.settle()
    return window


def _asked(stage: Stage, window: MainWindow) -> QWidget:
    view = opened(stage, window, CHILD)
    view.give.dose.set_value("other")
    view.give.dose.activated.emit(view.give.dose.currentIndex())
    view.give.vaccine.set_value("dpt_hb_hib")
    view.give.vaccine.activated.emit(view.give.vaccine.currentIndex())
    fill(window, "Batch", "DP1180")
    fill(window, "Kedaluwarsa", "05/2027")
    for box in view.give.checks.values():
        box.setChecked(True)
    press(Key.Key_Return, CTRL)
    stage.until(view.give.warning.isVisible, "peringatan")
    return window


def _earlier(stage: Stage, window: MainWindow) -> QWidget:
    opened(stage, window, CHILD)
    press(Key.Key_D, ALT)
    stage.until(lambda: window.overlays.open_sheet, "lembar dosis lampau")
    fill(window, "Tanggal, atau bulan, atau tahunnya saja", "9/2026")
    return window


def _event(stage: Stage, window: MainWindow) -> QWidget:
    opened(stage, window, CHILD)
    press(Key.Key_L, ALT)
    stage.until(lambda: window.overlays.open_sheet, "lembar KIPI")
    fill(window, "Gejala", "demam 38,5 dan rewel")
    return window


def _dose(stage: Stage, window: MainWindow) -> QWidget:
    view = opened(stage, window, CHILD)
    view.grid.select("dpt_hb_hib", "not_counted")
    view.grid.setFocus()
    press(Key.Key_Return)
    stage.until(lambda: window.overlays.open_sheet, "lembar dosis")
    return window


def _mother(stage: Stage, window: MainWindow) -> QWidget:
    opened(stage, window, MOTHER)
    return window


ROOM = "care"
SHOTS: tuple[Shot, ...] = (
    Shot("imunisasi", ROOM, _child),
    Shot("imunisasi-siap", ROOM, _ready),
    Shot("imunisasi-ditanya", ROOM, _asked),
    Shot("imunisasi-lampau", ROOM, _earlier),
    Shot("imunisasi-kipi", ROOM, _event),
    Shot("imunisasi-dosis", ROOM, _dose),
    Shot("imunisasi-ibu", ROOM, _mother),
)
