"""Screening in the room: what there is to choose from, forms half answered and whole, one that raises the alarm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.visit import QueueState
from ui.main_window import MainWindow
from ui.parts.care.instrument import InstrumentView
from ui.robot import Key, press
from ui.screens.room import RoomPage
from ui.shots.shot import Shot, row_of
from ui.stage import Stage

GRANDMOTHER, MOTHER, CHILD = "Siti Nurmala", "Weni", "Rizki Ramadhan"
"""Of the sample cast: 71 with earlier results; thirty-four weeks pregnant; fourteen months old."""
DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4)


def _answering(stage: Stage, window: MainWindow, name: str, code: str, digits: Sequence[int] = ()) -> QWidget:
    """An instrument of somebody whose visit was begun, answered by these keys."""
    page = window.page
    if not isinstance(page, RoomPage):
        raise TypeError("the room is not open")
    row = row_of(stage, page, name)
    if row.state is not QueueState.STARTED:
        stage.desk.queueing.start(page.actor, row.entry_uid, page.room)
    if code:
        stage.desk.assessments.drop_draft(page.actor, row.visit_uid, code)
    window.navigate("care", row.entry_uid)
    stage.until(lambda: page.visit.visit and page.visit.visit.visit_uid == row.visit_uid, "kunjungan terbuka")
    page.open_care("instrument", code)
    stage.until(lambda: isinstance(page.views.view, InstrumentView) and _ready(page.views.view, code), "skrining")
    for digit in digits:
        press(DIGITS[digit - 1])
    stage.settle()
    return window


def _ready(view: InstrumentView, code: str) -> bool:
    if not code:
        return bool(view.chooser.model.rows)
    return view.opened is not None and view.opened.instrument.code == code


SHOTS: tuple[Shot, ...] = tuple(
    Shot(name, "care", partial(_answering, name=who, code=code, digits=digits))
    for name, who, code, digits in (
        ("skrining-daftar", GRANDMOTHER, "", ()),
        ("skrining-skilas", GRANDMOTHER, "skilas", (2, 1, 1, 2, 2, 2)),
        ("skrining-skilas-hasil", GRANDMOTHER, "skilas", (2, 1, 1, 2, 2, 2, 1, 1, 2, 2)),
        ("skrining-aks", GRANDMOTHER, "barthel", (3, 3, 2, 3, 3, 4, 4)),
        ("skrining-epds-merah", MOTHER, "epds", (1, 1, 1, 1, 1, 1, 1, 1, 1, 2)),
        ("skrining-mtbs", CHILD, "mtbs", (2, 2, 2, 1)),
    )
)
