"""Pictures besides the places of the rail as they open: somebody in the panel, sheets over a screen, second windows.

A screen that has a state worth looking at adds a function here and a line in SHOTS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from ilp_desk.settings import Calling, Settings
from ui.main_window import MainWindow
from ui.robot import Key, fill, press, there
from ui.stage import Stage

Make = Callable[[Stage, MainWindow], QWidget]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. screen: where it begins; sitter: username of who sits there, empty: as usual; make: brings it on and
    gives what to grab."""

    name: str
    screen: str
    make: Make
    sitter: str = ""


def _found(stage: Stage, window: MainWindow, text: str) -> None:
    """Type into the search box of the page and wait for the answer."""
    page = window.page
    fill(window, "Cari pasien", text)
    rows = getattr(page, "box", None) or getattr(page, "hits", None)
    stage.until(lambda: rows is not None and rows.rows, "hasil pencarian")


def _search(stage: Stage, window: MainWindow) -> QWidget:
    _found(stage, window, "siti nur")
    return window


def _arrival(stage: Stage, window: MainWindow, text: str) -> QWidget:
    _found(stage, window, text)
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


def _history(stage: Stage, window: MainWindow) -> QWidget:
    _found(stage, window, "siti nurh")
    press(Key.Key_Return)
    stage.settle()
    return window


def _help(stage: Stage, window: MainWindow) -> QWidget:
    press(Key.Key_F1)
    stage.until(lambda: window.overlays.open_sheet, "daftar tombol")
    return window


def _manage(stage: Stage, window: MainWindow, tab: int) -> QWidget:
    page = window.page
    page.tabs.select(tab)  # type: ignore[union-attr]
    stage.settle()
    return window


def _display(stage: Stage, window: MainWindow) -> QWidget:
    from ui.display import DisplayWindow

    shown = DisplayWindow(stage.desk, Settings(calling=Calling(voice=False)))
    stage.second(shown)
    shown.resize(window.size())
    shown.show()
    shown.start()
    stage.until(lambda: shown.board, "papan ruang tunggu")
    stage.settle()
    return shown


TABS = ("fasilitas", "wilayah", "titik", "petugas", "nomor", "rujukan", "komputer", "keamanan", "acuan")
SHOTS: tuple[Shot, ...] = (
    Shot("help", "registration", _help),
    Shot("registration-cari", "registration", _search),
    Shot("registration-orang", "registration", partial(_arrival, text="siti nurh")),
    Shot("registration-bayi", "registration", partial(_arrival, text="siti nur azizah")),
    Shot("registration-tidak-ada", "registration", _nobody),
    Shot("registration-darurat", "registration", partial(_pressed, key=Key.Key_F8, text="siti nurm")),
    Shot("registration-klaster", "registration", partial(_pressed, key=Key.Key_F7, text="siti nurh")),
    Shot("registration-keluarga", "registration", partial(_pressed, key=Key.Key_F4, text="siti nurh")),
    Shot("pasien-baru", "registration", partial(_pressed, key=Key.Key_F3)),
    Shot("pasien-baru-mirip", "registration", _new_person),
    Shot("history-orang", "history", _history),
    *(Shot(f"manage-{name}", "manage", partial(_manage, tab=tab)) for tab, name in enumerate(TABS)),
    Shot("display", "registration", _display),
)
