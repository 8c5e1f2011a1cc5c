"""A morning in the real window with nobody in front of it: `python -m tests.benchmarks.day growth|ticks FOLDER ...`.

Run in a process of its own by `windows`; what was measured is printed as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.settings import Settings
from tests.benchmarks.opening import unique_set
from tests.benchmarks.registering import somebody_to_register
from tests.benchmarks.towns import Town, build
from ui.main_window import MainWindow
from ui.page import Context
from ui.papers import show_card
from ui.robot import Key, fill, press
from ui.screens.registration import RegistrationPage
from ui.stage import DESIGN, Stage
from ui.tour.printer import TicketPrinter

TICK_MS = 5
KEY_MS = 50
"""From one key to the next: somebody who types well."""
SCREENS = ("queue", "care", "history", "referrals", "registration")


class Ticks(QObject):
    """A timer in the GUI thread; what it is late by is time in which the window could do nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.gaps: list[float] = []
        self._last = 0.0

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    @contextmanager
    def during(self, found: dict[str, Any], what: str) -> Iterator[None]:
        """The largest gap while the block runs, milliseconds, and how many were longer than 50."""
        self.gaps, self._last = [], time.perf_counter()
        self._timer.start()
        yield
        self._timer.stop()
        found[what] = {"largest": max(self.gaps), "over": sum(gap > 50 for gap in self.gaps), "ticks": len(self.gaps)}


def live_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Let the window live until the condition holds; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        QTest.qWait(20)


class Morning:
    """One window of somebody who registers and cares, with a ticket printer beside it."""

    def __init__(self, stage: Stage, town: Town, printer: TicketPrinter) -> None:
        self.stage, self.town, self.printer = stage, town, printer
        someone = town.house.staff[Role.DOCTOR]
        self.actor = Actor(someone.uid, someone.name, frozenset({Role.REGISTRATION, Role.DOCTOR}), "Loket 1")
        self.settings = Settings(desk="Loket 1", room="Ruang 4", thermal=printer.settings(80))
        self.window: MainWindow = stage.window(self.actor, "Loket 1", DESIGN, "registration", self.settings)

    @property
    def page(self) -> RegistrationPage:
        page = self.window.page
        assert isinstance(page, RegistrationPage)
        return page

    def type(self, text: str) -> None:
        """Type it key by key, as people do; faster it would be taken for a scan."""
        fill(self.window, "Cari pasien", "")
        for sign in text:
            QTest.keyClicks(self.page.search.edit, sign)
            QTest.qWait(KEY_MS)

    def register(self, number: str) -> None:
        """Find somebody by the whole record number; one press; the ticket is printed."""
        page, printed = self.page, len(self.printer.jobs)
        self.type(number)
        live_until(lambda: page.box.ready)
        press(Key.Key_Return)
        live_until(lambda: len(self.printer.jobs) > printed)

    def care_for(self, person_uid: str) -> None:
        """Somebody else at the same database: called, examined, finished."""
        desk, actor = self.town.desk, self.actor

        def work() -> None:
            line = desk.queueing.line(actor, self.town.house.points["dewasa"].uid)
            row = next(row for row in line.waiting if row.person_uid == person_uid)
            desk.queueing.call(actor, row.entry_uid, "Ruang 4")
            desk.queueing.start(actor, row.entry_uid)
            visit_uid = desk.examination.open(actor, row.entry_uid).visit_uid
            desk.examination.write(actor, visit_uid, "anamnesis", "Batuk tiga hari, tidak sesak.")
            desk.examination.diagnose(actor, visit_uid, new_uid(), "J00", "Nasofaringitis akut")
            desk.examination.finish(actor, row.entry_uid)

        self.stage.runner.write(work, lambda _: None)
        self.rest()

    def rest(self) -> None:
        """Nothing the user would wait for is under way."""
        QTest.qWait(20)
        live_until(lambda: not self.stage.runner.working and not self.stage.runner.writing)

    def look_around(self) -> None:
        """Every screen once, and back."""
        for code in SCREENS:
            self.window.navigate(code)
            self.rest()

    def card(self, person_uid: str) -> None:
        """Look at a paper and put it away."""
        context = Context(self.town.desk, self.actor, self.stage.runner, self.window, self.settings)
        show_card(context, person_uid)
        live_until(lambda: self.window.overlays.open_sheet)
        press(Key.Key_Escape)
        live_until(lambda: not self.window.overlays.open_sheet)


def people(town: Town, many: int, seed: int) -> list[tuple[str, str]]:
    """(uid, record number) of people to be registered."""
    uids = somebody_to_register(town, many, seed)
    numbers = dict(town.ask(f"SELECT uid, record_number FROM person WHERE uid IN ({_listed(uids)})"))
    return [(uid, numbers[uid]) for uid in uids]


def _listed(uids: list[str]) -> str:
    return ", ".join(f"'{uid}'" for uid in uids)


def growth(morning: Morning, first: int, last: int) -> dict[str, Any]:
    """Memory after `first` and after `last` patients."""
    found: dict[str, Any] = {"patients": [first, last]}
    for number, (uid, record) in enumerate(people(morning.town, last, seed=41), 1):
        morning.register(record)
        morning.care_for(uid)
        if number % 5 == 0:
            morning.look_around()
        if number % 10 == 0:
            morning.card(uid)
        if number in (first, last):
            gc.collect()
            found[f"after {number}"] = unique_set()
    return found


def ticks(morning: Morning, list_of_people: Path, many: int) -> dict[str, Any]:
    """The largest gaps while searching, saving, printing and importing."""
    found: dict[str, Any] = {}
    watch, town = Ticks(), morning.town
    some = people(town, 3 * many, seed=43)
    names = [name for (name,) in town.ask(f"SELECT name FROM person WHERE uid IN ({_listed([u for u, _ in some])})")]
    morning.type("siti")
    with watch.during(found, "search"):
        for name in islice(names, many):
            morning.type(name.lower()[:12])
    morning.register(some[-1][1])
    with watch.during(found, "save"):
        for _, record in some[:many]:
            morning.register(record)
    morning.card(some[0][0])
    with watch.during(found, "print"):
        for uid, _ in some[:many]:
            morning.card(uid)
    steps: list[int] = []
    over: list[object] = []
    words = ["--data", str(town.folder), "import", "patients", str(list_of_people), "--progress"]
    with watch.during(found, "import"):
        task = morning.stage.runner.long(words, over.append, over.append, lambda step: steps.append(step.done))
        live_until(lambda: steps or over)
        for name in names[many : 2 * many]:
            morning.type(name.lower()[:12])
        imported = len(steps)
        task.cancel()
        live_until(lambda: over)
    if imported < 2:
        raise RuntimeError(f"the import did not run: {over}")
    return found


def main(what: str, folder: str, size: str, *numbers: str) -> None:
    town = build(Path(folder), int(size))
    printer = TicketPrinter()
    works: dict[str, Callable[[Morning], dict[str, Any]]] = {
        "growth": lambda m: growth(m, int(numbers[0]), int(numbers[1])),
        "ticks": lambda m: ticks(m, Path(numbers[0]), int(numbers[1])),
    }
    with Stage(town.desk, "Puskesmas Contoh") as stage:
        said = works[what](Morning(stage, town, printer))
    printer.close()
    town.close()
    sys.stdout.write(json.dumps({**said, "faults": stage.faults}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
