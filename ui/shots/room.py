"""In the room: a visit that is open, an alarm, the diagnosis, the referral letter, the end."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.visit import QueueState
from ui.main_window import MainWindow
from ui.robot import ALT, CTRL, Key, fill, press
from ui.screens.room import RoomPage
from ui.shots.shot import Shot, row_of
from ui.stage import Stage

PATIENT = "Weni"
"""Of the sample cast: back from the laboratory in the thirty-fourth week."""


def _patient(stage: Stage, window: MainWindow) -> RoomPage:
    """Open her visit, begun, with nothing typed."""
    page = window.page
    if not isinstance(page, RoomPage):
        raise TypeError("the room is not open")
    desk, actor = stage.desk, page.actor
    row = row_of(stage, page, PATIENT, "kia")
    if row.state is not QueueState.STARTED:
        desk.queueing.start(actor, row.entry_uid, page.room)
    desk.examination.drop_draft(actor, row.visit_uid)
    window.navigate("care", row.entry_uid)
    stage.until(lambda: page.visit.visit, "kunjungan terbuka")
    return page


def _tab(stage: Stage, window: MainWindow, key: Key) -> QWidget:
    _patient(stage, window)
    press(key, ALT)
    stage.settle()
    return window


def _alarm(stage: Stage, window: MainWindow) -> QWidget:
    page = _patient(stage, window)
    for name, text in (("Tekanan darah", "162/108"), ("Suhu", "39,6"), ("Nadi", "12")):
        fill(window, name, text)
    press(Key.Key_Tab)
    stage.until(page.panel.exam.standing, "tanda bahaya")
    page.panel.exam.area.verticalScrollBar().setValue(0)
    return window


def _diagnosis(stage: Stage, window: MainWindow) -> QWidget:
    page = _patient(stage, window)
    press(Key.Key_4, ALT)
    fill(window, "Diagnosis (ICD-10)", "darah tinggi")
    stage.until(page.panel.diagnosis.search.is_offering, "saran diagnosis")
    return window


def _letter(stage: Stage, window: MainWindow, kind: Key) -> QWidget:
    page = _patient(stage, window)
    visit = page.visit.visit
    if visit is not None:
        stage.desk.referrals.drop_draft(page.actor, visit.visit_uid)
    press(Key.Key_R, CTRL)
    stage.until(lambda: window.overlays.open_sheet, "lembar rujukan")
    press(kind)
    stage.settle()
    return window


def _sheet(stage: Stage, window: MainWindow, key: Key, modifier: object = CTRL) -> QWidget:
    _patient(stage, window)
    press(key, ALT if modifier is ALT else CTRL)
    stage.until(lambda: window.overlays.open_sheet, "lembar")
    return window


def _service(stage: Stage, window: MainWindow, words: str) -> RoomPage:
    """The tab with one service of hers chosen."""
    page = _patient(stage, window)
    press(Key.Key_3, ALT)
    stage.settle()
    page.panel.screening.which.set_value("all")
    fill(window, "Saring layanan", words)
    stage.settle()
    return page


def _record(stage: Stage, window: MainWindow) -> QWidget:
    _service(stage, window, "kulit")
    press(Key.Key_Return)
    stage.until(lambda: window.overlays.open_sheet, "lembar catat")
    return window


def _earlier(stage: Stage, window: MainWindow) -> QWidget:
    _patient(stage, window)
    press(Key.Key_D, ALT)
    stage.until(lambda: window.overlays.open_sheet, "lembar data lama")
    fill(window, "Apa yang dilakukan", "td")
    press(Key.Key_Return)
    fill(window, "Kapan", "3/2024")
    return window


def _put_off(stage: Stage, window: MainWindow) -> QWidget:
    _service(stage, window, "gigi")
    press(Key.Key_M, ALT)
    stage.until(lambda: window.overlays.open_sheet, "lembar jawaban")
    fill(window, "Ditunda sampai", "2 mgg")
    fill(window, "Alasan", "menunggu suami")
    return window


ROOM = "care"
SHOTS: tuple[Shot, ...] = (
    Shot("care-ringkasan", ROOM, partial(_tab, key=Key.Key_1)),
    Shot("care-pemeriksaan", ROOM, partial(_tab, key=Key.Key_2)),
    Shot("care-tanda-bahaya", ROOM, _alarm),
    Shot("care-diagnosis", ROOM, _diagnosis),
    Shot("care-skrining", ROOM, partial(_tab, key=Key.Key_3)),
    Shot("care-layanan", ROOM, partial(_tab, key=Key.Key_L)),
    Shot("care-layanan-dicatat", ROOM, _record),
    Shot("care-data-lama", ROOM, _earlier),
    Shot("care-tunda", ROOM, _put_off),
    Shot("care-riwayat", ROOM, partial(_tab, key=Key.Key_6)),
    Shot("care-kirim", ROOM, partial(_sheet, key=Key.Key_I)),
    Shot("care-cetak", ROOM, partial(_sheet, key=Key.Key_P)),
    Shot("care-alergi", ROOM, partial(_sheet, key=Key.Key_A, modifier=ALT)),
    Shot("rujukan-darurat", ROOM, partial(_letter, kind=Key.Key_1)),
    Shot("rujukan-rawat-jalan", ROOM, partial(_letter, kind=Key.Key_2)),
    Shot("rujukan-penunjang", ROOM, partial(_letter, kind=Key.Key_4)),
)
