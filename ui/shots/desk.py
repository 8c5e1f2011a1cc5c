"""At the registration desk: searching, somebody in the panel, the sheets over it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.robot import Key, fill, press, there
from ui.shots.shot import Shot, found
from ui.stage import Stage


def _search(stage: Stage, window: MainWindow) -> QWidget:
    found(stage, window, "siti nur")
    return window


def _arrival(stage: Stage, window: MainWindow, text: str) -> QWidget:
    found(stage, window, text)
    press(Key.Key_Return)
    stage.until(lambda: window.page is not None and window.page.panel.arrival, "panel kedatangan")  # type: ignore[attr-defined]
    return window


def _nobody(stage: Stage, window: MainWindow) -> QWidget:
    fill(window, "Cari pasien", "zzyzx qwert")
    stage.settle()
    return window


def _pressed(stage: Stage, window: MainWindow, key: Key, text: str = "") -> QWidget:
    """Open somebody (if a text is given), then press a key and show what it opens."""
    if text:
        _arrival(stage, window, text)
    press(key)
    stage.until(lambda: window.overlays.open_sheet, "lembar")
    return window


def _new_person(stage: Stage, window: MainWindow) -> QWidget:
    """F3 with what a likely duplicate looks like: the same name, birth date and mother, no NIK."""
    _pressed(stage, window, Key.Key_F3)
    for name, text in (
        ("NIK", "1306044302999009"),
        ("Nama lengkap", "Siti Nurhalizah"),
        ("No. BPJS", "00012345644"),
        ("Nama ibu kandung", "Rosmaini"),
    ):
        fill(window, name, text)
    press(Key.Key_Tab)
    stage.until(lambda: there(window, "Buka pasien ini"), "pasien yang mirip")
    return window


def _help(stage: Stage, window: MainWindow) -> QWidget:
    press(Key.Key_F1)
    stage.until(lambda: window.overlays.open_sheet, "daftar tombol")
    return window


DESK = "registration"
SHOTS: tuple[Shot, ...] = (
    Shot("help", DESK, _help),
    Shot("registration-cari", DESK, _search),
    Shot("registration-orang", DESK, partial(_arrival, text="siti nurh")),
    Shot("registration-bayi", DESK, partial(_arrival, text="siti nur azizah")),
    Shot("registration-nifas", DESK, partial(_arrival, text="desi marlina 2000")),
    Shot("registration-tidak-ada", DESK, _nobody),
    Shot("registration-darurat", DESK, partial(_pressed, key=Key.Key_F8, text="siti nurm")),
    Shot("registration-klaster", DESK, partial(_pressed, key=Key.Key_F7, text="siti nurh")),
    Shot("registration-keluarga", DESK, partial(_pressed, key=Key.Key_F4, text="siti nurh")),
    Shot("pasien-baru", DESK, partial(_pressed, key=Key.Key_F3)),
    Shot("pasien-baru-mirip", DESK, _new_person),
)
