"""A morning in the real window with nobody in front of it: `python -m tests.benchmarks.day growth|ticks FOLDER ...`.

Run in a process of its own by `windows`; what was measured is printed as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from ilp_desk.domain.staff import Actor, Role
from ilp_desk.settings import Settings
from tests.benchmarks.caring import Room
from tests.benchmarks.opening import unique_set
from tests.benchmarks.registering import somebody_to_register
from tests.benchmarks.towns import Town, build
from ui.main_window import MainWindow
from ui.page import Context
from ui.papers import show_card
from ui.print_jobs import PrintJob, PrintJobs, send
from ui.printers import paint
from ui.robot import Key, fill, press
from ui.screens.registration import RegistrationPage
from ui.stage import DESIGN, Stage, live
from ui.tour.printer import TicketPrinter

TICK_MS = 5
LOOK_MS = 5
KEY_MS = 50
"""From one key to the next: somebody who types well."""
SCREENS = ("queue", "referrals", "registration")
LETTERS_OF = 4
"""Of how many acts one is a letter, where gaps are measured."""
LETTER_EVERY, HISTORY_EVERY, LOOK_EVERY, CARD_EVERY = 10, 4, 5, 10
"""Of so many patients the first gets a letter, is looked back at, is followed by a look around, gets a card."""


class Ticks(QObject):
    """A timer in the GUI thread; what it is late by is time in which the window could do nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._gaps: dict[str, list[float]] = {}
        self._now: list[float] = []
        self._last = 0.0

    def _tick(self) -> None:
        now = time.perf_counter()
        self._now.append((now - self._last) * 1000)
        self._last = now

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """The gaps while the block runs belong to what is done in it; the same may be done again later."""
        self._now, self._last = self._gaps.setdefault(what, []), time.perf_counter()
        self._timer.start()
        yield
        self._timer.stop()

    def found(self) -> dict[str, dict[str, float]]:
        """Of each thing done the largest gap, milliseconds, how many were longer than 50, and how many ticks came."""
        return {
            what: {"largest": max(gaps), "over": sum(gap > 50 for gap in gaps), "ticks": len(gaps)}
            for what, gaps in self._gaps.items()
        }


def live_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Let the window live until the condition holds; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        live(LOOK_MS)


class Printers:
    """The ticket printer takes commands over the network; pages are painted as for a printer without PDF. Nothing is
    kept but how many were printed."""

    def __init__(self, tickets: TicketPrinter) -> None:
        self.tickets, self.pages = tickets, 0
        self._folder = tempfile.TemporaryDirectory(prefix="ilp-desk-paper-")

    def take(self, job: PrintJob) -> None:
        """On the device lane, where printers are talked to."""
        if job.raw:
            send(job)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(f"{self._folder.name}/paper.pdf")
        paint(printer, job.data)
        self.pages += 1

    def close(self) -> None:
        self.tickets.close()
        self._folder.cleanup()


class Morning:
    """One window of somebody who registers and cares, with printers beside it."""

    def __init__(self, stage: Stage, town: Town, printers: Printers) -> None:
        self.stage, self.town, self.printers = stage, town, printers
        someone = town.house.staff[Role.DOCTOR]
        self.actor = Actor(someone.uid, someone.name, frozenset({Role.REGISTRATION, Role.DOCTOR}), "Loket 1")
        self.settings = Settings(desk="Loket 1", room="Ruang 4", thermal=printers.tickets.settings(80))
        self.window: MainWindow = stage.window(self.actor, "Loket 1", DESIGN, "registration", self.settings)
        self.window.print_jobs = PrintJobs(stage.runner, self.window, printers.take)
        self.room = Room(self.window, self.until)

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
            live(KEY_MS)

    def register(self, number: str) -> None:
        """Find somebody by the whole record number; one press; the ticket is printed."""
        self.window.navigate("registration")
        page, jobs = self.page, self.printers.tickets.jobs
        jobs.clear()
        self.type(number)
        live_until(lambda: page.box.ready)
        press(Key.Key_Return)
        live_until(lambda: jobs)

    def care(self, *, letter: bool = False) -> str:
        """Whoever is next in the room, from the call to the end; gives the person's uid."""
        person_uid = self.room.open_next()
        if letter:
            self.room.write_letter()
            self.issue_letter()
        self.room.finish()
        return person_uid

    def issue_letter(self) -> None:
        """The letter that is written gets its number and is printed."""
        before = self.printers.pages
        self.room.issue_letter(lambda: self.printers.pages > before)

    def until(self, condition: Callable[[], object]) -> None:
        """The condition holds, and nothing the user would wait for is under way."""
        self.rest()
        live_until(condition)
        self.rest()

    def rest(self) -> None:
        live(LOOK_MS)
        live_until(lambda: not self.stage.runner.working and not self.stage.runner.writing)

    def look_around(self) -> None:
        """Every other screen once, and back."""
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
    """Memory after `first` and after `last` patients, each registered, cared for in the room and sent home."""
    found: dict[str, Any] = {"patients": [first, last], "letters": 0}
    # Every page once: what is measured is not how the page cache fills, whose size is stated.
    morning.town.ask("PRAGMA integrity_check")
    for number, (_, record) in enumerate(people(morning.town, last, seed=41), 1):
        morning.register(record)
        letter = number % LETTER_EVERY == 1
        person_uid = morning.care(letter=letter)
        found["letters"] += letter
        if number % HISTORY_EVERY == 1:
            morning.room.look_back(person_uid)
        if number % LOOK_EVERY == 1:
            morning.look_around()
        if number % CARD_EVERY == 1:
            morning.card(person_uid)
        if number in (first, last):
            morning.window.navigate("registration")
            morning.rest()
            gc.collect()
            found[f"after {number}"] = unique_set()
    return found


def ticks(morning: Morning, list_of_people: Path, many: int) -> dict[str, Any]:
    """The largest gaps while searching, saving, working in the room, printing and importing."""
    watch, town = Ticks(), morning.town
    some = people(town, 3 * many, seed=43)
    names = [name for (name,) in town.ask(f"SELECT name FROM person WHERE uid IN ({_listed([u for u, _ in some])})")]
    morning.type("siti")
    with watch.during("search"):
        for name in islice(names, many):
            morning.type(name.lower()[:12])
    morning.register(some[-1][1])
    with watch.during("save"):
        for _, record in some[:many]:
            morning.register(record)
    # Once unwatched: what is loaded with the first of its kind is no part of a day.
    morning.card(morning.care(letter=True))
    for _ in range(max(many // LETTERS_OF, 1)):
        with watch.during("room"):
            person_uid = morning.room.open_next()
            morning.room.write_letter()
        with watch.during("print"):
            morning.issue_letter()
            morning.card(person_uid)
        with watch.during("room"):
            morning.room.finish()
    _import(morning, watch, list_of_people, names[many : 2 * many])
    return watch.found()


def _import(morning: Morning, watch: Ticks, list_of_people: Path, names: list[str]) -> None:
    """An import goes on while people are looked for."""
    morning.window.navigate("registration")
    morning.rest()
    steps: list[int] = []
    over: list[object] = []
    words = ["--data", str(morning.town.folder), "import", "patients", str(list_of_people), "--progress"]
    with watch.during("import"):
        task = morning.stage.runner.long(words, over.append, over.append, lambda step: steps.append(step.done))
        live_until(lambda: steps or over)
        for name in names:
            morning.type(name.lower()[:12])
        ended = list(over)
        task.cancel()
        live_until(lambda: over)
    if ended or len(steps) < 2:
        raise RuntimeError(f"the import did not run all the time: {steps[-1:]}, {ended}")


def main(what: str, folder: str, size: str, *numbers: str) -> None:
    town = build(Path(folder), int(size))
    printers = Printers(TicketPrinter())
    works: dict[str, Callable[[Morning], dict[str, Any]]] = {
        "growth": lambda m: growth(m, int(numbers[0]), int(numbers[1])),
        "ticks": lambda m: ticks(m, Path(numbers[0]), int(numbers[1])),
    }
    with Stage(town.desk, "Puskesmas Contoh") as stage:
        said = works[what](Morning(stage, town, printers))
    printers.close()
    town.close()
    sys.stdout.write(json.dumps({**said, "faults": stage.faults}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
