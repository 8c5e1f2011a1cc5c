"""The first minute: the sign-in window, the desk behind it, and the lock whenever somebody walks away."""

from __future__ import annotations

from ui.app import Application
from ui.main_window import MainWindow
from ui.robot import CTRL, Key, fill, press, there
from ui.screens.sign_in import SignIn
from ui.tour import Tour


def sign_in(tour: Tour) -> None:
    """Name, Enter, password, Enter: the real application, from its first window on."""
    application = Application(tour.stage.app, lambda: tour.doors)
    tour.application = application
    application.open()
    window = application.window
    tour.stage.second(window)
    window.activateWindow()
    tour.stage.until(lambda: there(window, "Masuk sebagai rina"), "jendela masuk")
    tour.picture("masuk", window)
    fill(window, "Nama pengguna", "rina")
    press(Key.Key_Return)
    fill(window, "Kata sandi", tour.doors.password)
    press(Key.Key_Return)
    tour.stage.until(lambda: application.main, "meja pendaftaran")
    tour.stage.lend(desk_of(tour), application.runner)
    tour.stage.until(lambda: desk_of(tour).page, "layar pertama")
    tour.picture("meja", desk_of(tour))


def lock(tour: Tour) -> None:
    """Ctrl+L covers everything; the same password brings it back as it was."""
    main = desk_of(tour)
    press(Key.Key_L, CTRL)
    tour.stage.until(lambda: main.overlays.covered, "layar terkunci")
    tour.stage.until(lambda: there(main, "Masuk", SignIn), "tirai")
    tour.picture("terkunci", main)
    fill(main, "Kata sandi", tour.doors.password)
    press(Key.Key_Return)
    tour.stage.until(lambda: not main.overlays.covered, "kunci terbuka")


def leave(tour: Tour) -> None:
    """The window is closed; the program finishes what it was given and lets go of the data."""
    tour.stage.strike()
    tour.application = None


def desk_of(tour: Tour) -> MainWindow:
    """The window of whoever signed in."""
    application = tour.application
    if application is None or application.main is None:
        raise LookupError("nobody has signed in")
    return application.main
