"""Lists of people to call in: everybody's days made anew by another process while people are searched, then one RT."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from functools import partial
from itertools import cycle
from random import Random

from db import outlines
from db.models import metadata
from ilp_desk.services.life_cycle.recall import Asked
from tests.benchmarks.measure import Row, Span, middle, ms, p95, tell, timed, times
from tests.benchmarks.people import Bulk, uid
from tests.benchmarks.searching import BUDGETS, questions
from tests.benchmarks.starting import ROOT
from tests.benchmarks.towns import Town
from tests.house import MORNING

PACE = 0.05
"""Seconds from one search to the next."""
SECONDS, MEGABYTES, FACTOR, LIST_MS = 120.0, 1024.0, 3.0, 10.0
SEEN = 5
"""One of so many people was here: a visit, with vital signs."""
GROUPS = ("toddler", "adult", "chronic")


def furnish(town: Town, seed: int = 41) -> None:
    """Visits and vital signs for some people, and an outline to be made for everybody; nothing where they are there."""
    rng, today = Random(seed), MORNING.date()
    with town.house.store._engines.write.begin() as connection:
        here = connection.exec_driver_sql("SELECT count(*) FROM person_outline").scalar_one()
        if here >= town.people:
            return
        visit, vital = (Bulk(connection, metadata.tables[name]) for name in ("visit", "vital_signs"))
        for number, person_id in enumerate(rng.sample(range(1, town.people + 1), town.people // SEEN), 1):
            on = today - timedelta(days=rng.randrange(1, 700))
            visit.put(id=number, uid=uid(rng, 9_000_000 + number), person_id=person_id, service_date=str(on),
                      arrived_at=f"{on} 01:14:00.000000", reason="well", cluster="usia_produktif", rule="age",
                      state="finished")  # fmt: skip
            vital.put(id=number, uid=uid(rng, 12_000_000 + number), person_id=person_id, visit_id=number,
                      taken_at=f"{on} 01:30:00.000000", systolic=124, diastolic=82, weight=61500)  # fmt: skip
        visit.flush()
        vital.flush()
        outlines.settle_missing(connection)


class Renewal:
    """`ilp-desk recall renew` at work. seconds, cpu, megabytes: what it took in all, once it has ended."""

    def __init__(self, town: Town) -> None:
        words = ["--data", str(town.folder), "recall", "renew", "--progress"]
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ilp_desk", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.people, self.seconds, self.cpu, self.megabytes = 0, 0.0, 0.0, 0.0
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as told:
            for line in told:
                said = json.loads(line)
                self.people = said.get("result", {}).get("people", said.get("done", self.people))
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds, self.megabytes = time.monotonic() - self._began, used.ru_maxrss / 1024
        self.cpu = used.ru_utime + used.ru_stime

    @property
    def at_work(self) -> bool:
        return self._ear.is_alive()

    def end(self) -> None:
        self._ear.join()
        if self._process.returncode:
            raise RuntimeError(f"the renewal ended with {self._process.returncode}")


def measure(town: Town, many: int) -> list[Row]:
    """many: searches with nobody beside; and so many lists of one RT each."""
    tell("days of services: furnishing the town")
    furnish(town)
    _make_old(town)
    texts = [text for found in questions(town, many, seed=7).values() for text in found]
    tell(f"{town.people:,} people anew beside searches, then {many} lists of an RT")
    for text in texts:
        _search(town, text)
    idle = [_search(town, text) for text in texts]
    work, busy = Renewal(town), []
    turns = cycle(texts)
    while work.at_work:
        busy.append(_search(town, next(turns)))
        time.sleep(PACE)
    work.end()
    return [*_renewed(town, work, idle, busy), _listed(town, many)]


def _make_old(town: Town) -> None:
    with town.house.store._engines.write.begin() as connection:
        connection.exec_driver_sql("UPDATE person_outline SET rules = ''")


def _search(town: Town, text: str) -> Span:
    return timed(partial(town.desk.finding.find, town.clerk, text))


def _renewed(town: Town, work: Renewal, idle: list[Span], busy: list[Span]) -> list[Row]:
    before, beside = p95([span.wall for span in idle]), p95([span.wall for span in busy])
    ratio = beside / before
    allowed = SECONDS * max(town.people, 1) / 1_000_000
    return [
        Row(
            f"days of all services of {town.people:,} people anew, in another process",
            f"{SECONDS:g} s a million, {MEGABYTES / 1024:g} GB",
            f"{work.seconds:.1f} s, {work.megabytes:.0f} MB",
            (work.seconds <= allowed or town.people < 100_000) and work.megabytes <= MEGABYTES,
            f"{work.people:,} people, {1e6 * work.cpu / max(work.people, 1):.0f} us of CPU each; with its start",
        ),
        Row(
            "search p95 meanwhile",
            f"{FACTOR:g}x idle",
            f"{times(ratio)} ({ms(beside)} against {ms(before)})",
            ratio <= FACTOR,
            f"by the clock, {len(BUDGETS)} kinds; {len(busy):,} beside, {len(idle):,} idle",
        ),
    ]


def _listed(town: Town, many: int) -> Row:
    chosen = town.ask(
        "SELECT DISTINCT a.uid, o.rw, o.rt FROM person_outline o JOIN area a ON a.id = o.home_id "
        f"WHERE o.person_id IN ({', '.join(map(str, town.sample(min(town.people, many * 3), 13)))}) LIMIT {many}"
    )
    nurse, spans, sizes = town.house.actor("nurse"), [], []
    for number, (home, rw, rt) in enumerate(chosen):
        asked = Asked(group=GROUPS[number % len(GROUPS)], place=home, rw=rw, rt=rt)
        spans.append(timed(partial(town.desk.recall.list, nurse, asked)))
        sizes += town.ask("SELECT count(*) FROM person_outline o JOIN area a ON a.id = o.home_id WHERE a.uid = ? "
                          "AND o.rw = ? AND o.rt = ?", home, rw, rt)  # fmt: skip
    top, wall = (p95([getattr(span, kind) for span in spans[1:]]) for kind in ("cpu", "wall"))
    people = middle([float(size) for (size,) in sizes])
    return Row(
        f"recall list of one RT at {town.people:,} people",
        f"{LIST_MS:g} ms",
        f"p95 {ms(top)} (median {ms(middle([span.cpu for span in spans[1:]]))}; by the clock p95 {ms(wall)})",
        top <= LIST_MS,
        f"CPU, {len(spans) - 1} RT of {people:.0f} people, each read for the first time",
    )
