"""Pregnancy and nifas in the room: the weeks with their visits, what is recorded, mother and child after a birth."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.visit import QueueState
from ui.main_window import MainWindow
from ui.parts.care.pregnancy import PregnancyView
from ui.robot import ALT, CTRL, Key, fill, press
from ui.screens.room import RoomPage
from ui.shots.shot import Shot, row_of
from ui.stage import Stage

EXPECTING, MOTHER = "Weni", "Desi Marlina"
"""Of the sample cast: thirty-four weeks, seen here and elsewhere; nine days after a birth, with her baby."""


def opened(stage: Stage, window: MainWindow, name: str) -> PregnancyView:
    """Somebody's pregnancy, in a visit that was begun."""
    page = window.page
    if not isinstance(page, RoomPage):
        raise TypeError("the room is not open")
    row = row_of(stage, page, name, "kia")
    if row.state is not QueueState.STARTED:
        stage.desk.queueing.start(page.actor, row.entry_uid, page.room)
    stage.desk.examination.drop_draft(page.actor, row.visit_uid)
    window.navigate("care", row.entry_uid)
    stage.until(lambda: page.visit.visit and page.visit.visit.visit_uid == row.visit_uid, "kunjungan terbuka")
    press(Key.Key_H, ALT)
    stage.until(lambda: isinstance(page.views.view, PregnancyView) and page.views.view.course is not None, "kehamilan")
    stage.settle()
    view = page.views.view
    if not isinstance(view, PregnancyView):
        raise TypeError("another view is open")
    return view


def _shown(stage: Stage, window: MainWindow, name: str) -> QWidget:
    opened(stage, window, name)
    return window


def _sheet(stage: Stage, window: MainWindow, name: str, key: Key, modifier: object = ALT) -> QWidget:
    opened(stage, window, name)
    press(key, ALT if modifier is ALT else CTRL)
    stage.until(lambda: window.overlays.open_sheet, "lembar")
    stage.settle()
    return window


def _elsewhere(stage: Stage, window: MainWindow) -> QWidget:
    _sheet(stage, window, EXPECTING, Key.Key_L)
    for name, text in (("Kapan", "agu 2026"), ("Di mana", "PMB Yusra"), ("TD", "110/70"), ("Hb", "11,2")):
        fill(window, name, text)
    return window


SHOTS: tuple[Shot, ...] = (
    Shot("kehamilan", "care", partial(_shown, name=EXPECTING)),
    Shot("kehamilan-hari-ini", "care", partial(_sheet, name=EXPECTING, key=Key.Key_Return, modifier=CTRL)),
    Shot("kehamilan-tempat-lain", "care", _elsewhere),
    Shot("kehamilan-rencana", "care", partial(_sheet, name=EXPECTING, key=Key.Key_P)),
    Shot("kehamilan-akhir", "care", partial(_sheet, name=EXPECTING, key=Key.Key_E)),
    Shot("nifas", "care", partial(_shown, name=MOTHER)),
    Shot("nifas-dicatat", "care", partial(_sheet, name=MOTHER, key=Key.Key_Return, modifier=CTRL)),
)
