"""An unforeseen error leaves a code on the screen, places in the log, and no patient in either."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import crash
from ui.crash import CrashReporter, code_of, places
from ui.runner import Runner

SECRET = "Siti Nurhaliza 1306044302999001"


class Screen:
    def __init__(self) -> None:
        self.codes: list[str] = []
        self.reporter = CrashReporter(self.codes.append)


@pytest.fixture
def screen(qapp: QApplication) -> Iterator[Screen]:
    before = sys.excepthook, threading.excepthook
    made = Screen()
    made.reporter.install()
    yield made
    made.reporter.remove()
    assert (sys.excepthook, threading.excepthook) == before


def fall() -> None:
    raise ValueError(SECRET)


def caught() -> Exception:
    try:
        try:
            fall()
        except ValueError as error:
            raise RuntimeError(f"row of {SECRET}") from error
    except RuntimeError as error:
        return error
    raise AssertionError("it did not fall")


def test_the_log_has_places_and_no_patient(screen: Screen, caplog: pytest.LogCaptureFixture) -> None:
    code = screen.reporter.report(caught())
    assert code in caplog.text
    assert "ValueError" in caplog.text
    assert "in fall" in caplog.text
    for word in SECRET.split():
        assert word not in caplog.text


def test_the_same_error_has_the_same_code_everywhere() -> None:
    assert code_of(caught()) == code_of(caught())
    assert code_of(caught()) != code_of(ValueError("another"))
    assert code_of(caught()).startswith("K-")


def test_places_go_down_to_the_first_cause() -> None:
    told = places(caught())
    assert told[0] == "RuntimeError"
    assert "ValueError" in told


class Sender(QObject):
    fired = Signal()


def test_an_error_in_a_slot_reaches_the_screen_after_the_slot(screen: Screen, qtbot: QtBot) -> None:
    sender = Sender()
    sender.fired.connect(fall)
    sender.fired.emit()
    assert screen.codes == []
    qtbot.waitUntil(lambda: len(screen.codes) == 1)


def test_an_error_in_a_thread_reaches_the_screen_on_the_gui_thread(screen: Screen, qtbot: QtBot) -> None:
    where: list[bool] = []
    screen.reporter._show = lambda code: where.append(threading.current_thread() is threading.main_thread())
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: where == [True])


def test_an_error_of_the_runner_reaches_the_screen(screen: Screen) -> None:
    runner = Runner()
    runner.crashed.connect(screen.reporter.report)
    runner.write(fall, lambda _: None)
    runner.read("changes", fall, lambda _: None, quiet=True)
    assert runner.idle()
    QApplication.processEvents()
    assert len(screen.codes) == 1
    assert runner.close()


def test_one_screen_at_a_time(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "CALM_SECONDS", 0.0)
    for _ in range(5):
        screen.reporter.report(caught())
    QApplication.processEvents()
    assert len(screen.codes) == 1
    screen.reporter.shown_is_closed()
    screen.reporter.report(caught())
    QApplication.processEvents()
    assert len(screen.codes) == 2


def test_an_error_at_every_repaint_leaves_the_window_usable(screen: Screen) -> None:
    screen.reporter.report(caught())
    QApplication.processEvents()
    screen.reporter.shown_is_closed()
    screen.reporter.report(caught())
    screen.reporter.report(ValueError("another one is shown"))
    QApplication.processEvents()
    assert len(screen.codes) == 2


def test_ctrl_c_in_the_terminal_is_no_crash(screen: Screen, caplog: pytest.LogCaptureFixture) -> None:
    handed_on: list[str] = []
    before = screen.reporter._hooks
    screen.reporter._hooks = (lambda kind, error, trace: handed_on.append(kind.__name__), before[1])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    screen.reporter._hooks = before
    assert handed_on == ["KeyboardInterrupt"]
    assert caplog.text == ""
