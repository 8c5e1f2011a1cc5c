"""The window stays alive: work runs elsewhere, answers come back to the right place or not at all."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ilp_desk.errors import UserError
from ui.long_lane import Cancelled, ProcessDied, Progress
from ui.runner import Runner, gone

GUI = threading.main_thread()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close()


class Gate:
    """Work that waits until the test lets it go."""

    def __init__(self, value: str = "") -> None:
        self.value = value
        self.begun = threading.Event()
        self.open = threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.open.wait(10)
        return self.value


def broken() -> str:
    raise ValueError("Siti Nurhaliza 1306044302999001")


def refused() -> str:
    raise UserError("Nomor RM sudah dipakai. Periksa lagi.")


def test_commands_run_one_after_the_other_off_the_gui_thread(runner: Runner) -> None:
    ran: list[tuple[int, bool]] = []
    done: list[tuple[int, bool]] = []
    for n in range(50):
        runner.write(
            lambda n=n: ran.append((n, threading.current_thread() is GUI)),  # type: ignore[misc]
            lambda _, n=n: done.append((n, threading.current_thread() is GUI)),  # type: ignore[misc]
        )
    assert runner.writing
    assert runner.idle()
    assert ran == [(n, False) for n in range(50)]
    assert done == [(n, True) for n in range(50)]
    assert not runner.writing


def test_a_late_answer_to_an_old_question_is_dropped(runner: Runner) -> None:
    answers: list[str] = []
    old = Gate("si")
    runner.read("search", old, answers.append)
    assert old.begun.wait(10)
    runner.read("search", lambda: "siti", answers.append)
    QTimer.singleShot(50, old.open.set)
    assert runner.idle()
    assert answers == ["siti"]


def test_superseded_questions_that_still_wait_never_run(runner: Runner) -> None:
    gates = [Gate(), Gate()]
    for n, gate in enumerate(gates):
        runner.read(f"slow-{n}", gate, lambda _: None)
        assert gate.begun.wait(10)
    ran: list[str] = []
    answers: list[str] = []

    def search(text: str) -> str:
        ran.append(text)
        return text

    for text in ("s", "si", "sit", "siti"):
        runner.read("search", partial(search, text), answers.append)
    for gate in gates:
        gate.open.set()
    assert runner.idle()
    assert ran == ["siti"]
    assert answers == ["siti"]


def test_questions_with_other_keys_are_not_superseded(runner: Runner) -> None:
    answers: list[str] = []
    for key in ("search", "arrival", "queue"):
        runner.read(key, partial(str, key), answers.append)
    assert runner.idle()
    assert sorted(answers) == ["arrival", "queue", "search"]


def test_a_search_does_not_wait_behind_a_slow_command_or_a_dead_printer(runner: Runner) -> None:
    slow, printer = Gate(), Gate()
    runner.write(slow, lambda _: None)
    runner.device(printer, lambda _: None)
    assert slow.begun.wait(10)
    assert printer.begun.wait(10)
    answers: list[str] = []

    def answered(text: str) -> None:
        answers.append(text)
        slow.open.set()
        printer.open.set()

    runner.read("search", lambda: "siti", answered)
    assert runner.idle()
    assert answers == ["siti"]


def test_a_forgotten_question_is_not_answered(runner: Runner) -> None:
    answers: list[str] = []
    gate = Gate("siti")
    runner.read("search", gate, answers.append)
    runner.forget("search")
    gate.open.set()
    assert runner.idle()
    assert answers == []


def test_an_error_for_people_shows_its_sentence(runner: Runner) -> None:
    said: list[str] = []
    runner.sentence.connect(said.append)
    runner.write(refused, lambda _: None)
    assert runner.idle()
    assert said == ["Nomor RM sudah dipakai. Periksa lagi."]


def test_a_screen_that_handles_the_error_is_not_talked_over(runner: Runner) -> None:
    said: list[str] = []
    errors: list[Exception] = []
    runner.sentence.connect(said.append)
    runner.write(refused, lambda _: None, errors.append)
    assert runner.idle()
    assert said == []
    assert [str(e) for e in errors] == ["Nomor RM sudah dipakai. Periksa lagi."]


def test_an_unforeseen_error_is_reported_and_the_screen_may_let_go(runner: Runner) -> None:
    crashes: list[Exception] = []
    errors: list[Exception] = []
    runner.crashed.connect(lambda error, quiet: crashes.append(error))
    runner.read("search", broken, lambda _: None, errors.append)
    assert runner.idle()
    assert [type(e) for e in crashes] == [ValueError]
    assert errors == crashes


def test_an_unforeseen_error_in_polling_is_told_as_such(runner: Runner) -> None:
    quiet: list[bool] = []
    runner.crashed.connect(lambda error, silent: quiet.append(silent))
    runner.read("changes", broken, lambda _: None, quiet=True)
    runner.read("search", broken, lambda _: None)
    assert runner.idle()
    assert sorted(quiet) == [False, True]


def test_a_superseded_question_that_fails_does_not_speak_to_the_clerk(runner: Runner) -> None:
    said: list[str] = []
    errors: list[Exception] = []
    runner.sentence.connect(said.append)
    gate = Gate()

    def fail() -> str:
        gate()
        return refused()

    runner.read("search", fail, lambda _: None, errors.append)
    assert gate.begun.wait(10)
    runner.read("search", lambda: "siti", lambda _: None)
    gate.open.set()
    assert runner.idle()
    assert said == []
    assert errors == []


class Screen(QObject):
    """Writes down what it is given; deleted in the test, it must not be touched."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self.heard = heard

    def show(self, text: str) -> None:
        self.heard.append(text)


@pytest.mark.parametrize(
    "callback",
    [
        lambda screen: screen.show,
        lambda screen: lambda text: screen.show(text.strip()),
        lambda screen: partial(Screen.show, screen),
    ],
    ids=["method", "closure", "partial"],
)
def test_nobody_calls_a_screen_that_has_gone(
    runner: Runner, callback: Callable[[Screen], Callable[[str], None]]
) -> None:
    heard: list[str] = []
    screen = Screen(heard)
    gate = Gate("late")
    runner.read("arrival", gate, callback(screen))
    delete(screen)
    gate.open.set()
    assert runner.idle()
    assert heard == []


def test_gone_tells_living_widgets_from_dead_ones(qapp: QApplication) -> None:
    label = QLabel()
    setter = label.setText
    assert not gone(setter)
    assert not gone(print)
    delete(label)
    assert gone(setter)


def test_busy_is_told_once_when_it_begins_and_once_when_it_ends(runner: Runner) -> None:
    told: list[bool] = []
    runner.busy.connect(told.append)
    first, second = Gate(), Gate()
    runner.write(first, lambda _: None)
    runner.write(second, lambda _: None)
    runner.read("changes", lambda: 1, lambda _: None, quiet=True)
    first.open.set()
    second.open.set()
    assert runner.idle()
    assert told == [True, False]
    assert not runner.working


def test_polling_is_nobodys_business(runner: Runner) -> None:
    told: list[bool] = []
    runner.busy.connect(told.append)
    runner.read("changes", lambda: 1, lambda _: None, quiet=True)
    assert runner.idle()
    assert told == []


def test_idle_gives_up_after_its_time(runner: Runner) -> None:
    gate = Gate()
    runner.write(gate, lambda _: None)
    assert not runner.idle(20)
    gate.open.set()
    assert runner.idle()


def test_closing_finishes_commands_and_drops_questions(qapp: QApplication) -> None:
    runner = Runner()
    gates = [Gate(), Gate(), Gate()]
    for n, gate in enumerate(gates[1:]):
        runner.read(f"slow-{n}", gate, lambda _: None)
    runner.write(gates[0], lambda _: None)
    assert all(gate.begun.wait(10) for gate in gates)
    ran: list[str] = []
    runner.read("search", lambda: ran.append("question"), lambda _: None)
    for n in range(20):
        runner.write(partial(ran.append, f"command {n}"), lambda _: None)
    for gate in gates:
        threading.Timer(0.05, gate.open.set).start()
    assert runner.close()
    assert ran == [f"command {n}" for n in range(20)]
    assert not [t for t in threading.enumerate() if t.name in {"write", "device", "read-1", "read-2"}]


def test_a_command_after_closing_is_not_done_and_is_noted(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    runner = Runner()
    assert runner.close()
    ran: list[int] = []
    runner.write(partial(ran.append, 1), lambda _: None)
    assert ran == []
    assert "after closing" in caplog.text


def child(source: str) -> Callable[[Sequence[str]], tuple[str, list[str]]]:
    """A stand-in for this program: a few lines of Python that get the same arguments."""
    return lambda arguments: (sys.executable, ["-c", source, *arguments])


IMPORT = """
import json, sys
key = sys.stdin.read()
for n in range(1, 4):
    print(json.dumps({"done": n, "total": 3, "text": f"{n} dari 3"}))
print("some library says hello")
print(json.dumps({"result": {"file": sys.argv[1], "key": key}}))
"""


def test_a_long_task_tells_its_progress_and_its_result(runner: Runner) -> None:
    runner._long.start = child(IMPORT)
    steps: list[Progress] = []
    results: list[Mapping[str, Any]] = []
    runner.long(["pasien.csv"], results.append, progress=steps.append, feed=b"secret")
    assert runner.idle()
    assert steps == [Progress(n, 3, f"{n} dari 3") for n in (1, 2, 3)]
    assert results == [{"file": "pasien.csv", "key": "secret"}]


def test_nobody_waits_for_a_long_task(runner: Runner) -> None:
    """The window would say "tunggu sebentar" for the whole hour of an import."""
    runner._long.start = child(IMPORT)
    told: list[bool] = []
    runner.busy.connect(told.append)
    runner.long(["pasien.csv"], lambda _: None)
    assert not runner.working
    assert runner.idle()
    assert told == []


def test_long_tasks_wait_for_each_other(runner: Runner) -> None:
    runner._long.start = child(IMPORT)
    results: list[str] = []
    for name in ("a.csv", "b.csv"):
        runner.long([name], lambda result: results.append(result["file"]))
    assert runner.idle()
    assert results == ["a.csv", "b.csv"]


def test_a_long_task_may_fail_with_a_sentence(runner: Runner) -> None:
    error = json.dumps({"error": "Berkas tidak dapat dibaca."})
    runner._long.start = child(f"print({error!r}); raise SystemExit(2)")
    said: list[str] = []
    runner.sentence.connect(said.append)
    runner.long([], lambda _: None)
    assert runner.idle()
    assert said == ["Berkas tidak dapat dibaca."]


@pytest.mark.parametrize("source", ["raise SystemExit(3)", "import os; os._exit(0)", "print('{\"result\": {}}'); 1/0"])
def test_a_long_task_that_dies_is_an_unforeseen_error(runner: Runner, source: str) -> None:
    runner._long.start = child(source)
    crashes: list[Exception] = []
    runner.crashed.connect(lambda error, quiet: crashes.append(error))
    runner.long([], lambda _: None)
    assert runner.idle()
    assert [type(e) for e in crashes] == [ProcessDied]


def test_a_program_that_is_not_there_is_told_after_the_call(runner: Runner) -> None:
    runner._long.start = lambda arguments: ("/no/such/program", [])
    errors: list[Exception] = []
    runner.long([], lambda _: None, errors.append)
    assert errors == []
    assert runner.idle()
    assert [type(e) for e in errors] == [ProcessDied]


SLOW = "import time\nprint('{\"done\": 1}', flush=True)\ntime.sleep(60)"


def test_a_long_task_can_be_cancelled(runner: Runner, qtbot: QtBot) -> None:
    runner._long.start = child(SLOW)
    errors: list[Exception] = []
    steps: list[Progress] = []
    task = runner.long([], lambda _: None, errors.append, steps.append)
    queued = runner.long([], lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(steps), timeout=10_000)
    queued.cancel()
    task.cancel()
    task.cancel()
    assert runner.idle()
    assert [type(e) for e in errors] == [Cancelled, Cancelled]


def test_closing_ends_a_long_task(qapp: QApplication, qtbot: QtBot) -> None:
    runner = Runner()
    runner._long.start = child(SLOW)
    steps: list[Progress] = []
    runner.long([], lambda _: None, progress=steps.append)
    qtbot.waitUntil(lambda: bool(steps), timeout=10_000)
    assert runner.close()
