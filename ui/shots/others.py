"""History, referrals, management, the waiting room, and the windows before the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ilp_desk.settings import Calling, Settings
from ui.main_window import MainWindow
from ui.robot import Key, press
from ui.shots.shot import Shot, found
from ui.stage import Stage

TABS = ("fasilitas", "wilayah", "titik", "petugas", "nomor", "rujukan", "komputer", "keamanan", "acuan")


def _history(stage: Stage, window: MainWindow) -> QWidget:
    found(stage, window, "siti nurh")
    press(Key.Key_Return)
    stage.settle()
    return window


def _reply(stage: Stage, window: MainWindow) -> QWidget:
    stage.settle()
    press(Key.Key_F6)
    stage.until(lambda: window.overlays.open_sheet, "lembar balasan")
    return window


def _manage(stage: Stage, window: MainWindow, tab: int) -> QWidget:
    page = window.page
    page.tabs.select(tab)  # type: ignore[union-attr]
    stage.settle()
    return window


def _rules(stage: Stage, window: MainWindow) -> QWidget:
    _manage(stage, window, TABS.index("acuan"))
    part = window.page.part  # type: ignore[union-attr]
    part.open_file("services")
    stage.settle()
    return window


def _import_facts(stage: Stage, window: MainWindow) -> QWidget:
    window.page.import_facts()  # type: ignore[union-attr]
    stage.until(lambda: window.overlays.open_sheet, "lembar impor")
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


def _locked(stage: Stage, window: MainWindow) -> QWidget:
    """The cover of a locked desk, as the application lays it."""
    from ilp_desk.services.staffing import gate
    from ui.screens.sign_in import Gate, SignIn

    page = window.page
    who = gate("Loket 1")
    cover = SignIn()
    window.cover(cover)
    names = tuple(stage.desk.staffing.names(page.actor)) if page is not None else ()
    cover.open_gate(stage.runner, Gate(stage.desk, who, stage.facility, names))
    cover.expect("rina")
    return window


def _welcome(stage: Stage, window: MainWindow) -> QWidget:
    from ui.screens.first_start import Welcome

    return _alone(stage, Welcome("C:\\ILP Desk", samples=False, copies=False))


def _trouble(stage: Stage, window: MainWindow) -> QWidget:
    from pathlib import Path

    from ui.screens.start_trouble import StartTrouble

    sentence = "Berkas kunci desk.key tidak ada di komputer ini. Data Anda tidak hilang: ketik kode pemulihan."
    return _alone(stage, StartTrouble("no_key", sentence, Path("desk.db"), ()))


def _taken(stage: Stage, window: MainWindow) -> QWidget:
    from ui.screens.desk_taken import DeskTaken

    return _alone(stage, DeskTaken("Loket 1"))


def _alone(stage: Stage, page: QWidget) -> QWidget:
    """A page of the window before the desk."""
    from ui.start_window import StartWindow

    window = StartWindow()
    stage.second(window)
    window.use(stage.runner)
    window.resize(window.sizeHint())
    window.show_page(page)
    window.show()
    window.activateWindow()
    stage.settle()
    return window


SHOTS: tuple[Shot, ...] = (
    Shot("history-orang", "history", _history),
    Shot("referrals-balasan", "referrals", _reply),
    *(Shot(f"manage-{name}", "manage", partial(_manage, tab=tab)) for tab, name in enumerate(TABS)),
    Shot("manage-acuan-isi", "manage", _rules, "mira"),
    Shot("manage-impor-layanan", "manage", _import_facts),
    Shot("display", "registration", _display),
    Shot("terkunci", "registration", _locked),
    Shot("mulai-pertama", "registration", _welcome),
    Shot("mulai-kendala", "registration", _trouble),
    Shot("mulai-loket-dipakai", "registration", _taken),
)
