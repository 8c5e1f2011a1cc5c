"""What is due for somebody: the rules alone, the list with its reads, and the arrival of one of a family of six."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import thread_time_ns

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.commands._sample import AT
from ilp_desk.commands.demo import new_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.due.immunization import rules_of
from ilp_desk.domain.due.rules import Life, services_due
from ilp_desk.domain.person import Family, Person, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.services.demo import DemoOrder
from ilp_desk.services.life_cycle.earlier import Earlier
from ilp_desk.services.life_cycle.lives import read_lives
from ilp_desk.settings import load
from tests.benchmarks.measure import Row, middle, ms, p95, tell, timed

RULES_US, LIST_MS, ARRIVAL_MS = 30.0, 5.0, 30.0
FAMILY = (("2025-11-01", "L"), ("2022-03-05", "P"), ("2014-06-01", "L"), ("1990-02-03", "P"), ("1986-07-08", "L"),
          ("1955-01-01", "P"))  # fmt: skip
"""Six of one house, each of an age with much to offer."""
ROUNDS_EACH = 5


def measure(people: int, visits: int, persons: int) -> list[Row]:
    """Over `persons` of a demo Puskesmas with so many people and visits."""
    tell(f"services due: {persons} persons of {people}")
    with TemporaryDirectory(prefix="ilp-desk-due-") as folder:
        machine = load(Path(folder))
        clock = Clock(read=lambda: AT)
        filling = new_desk(machine.database, machine.key_file, clock)
        filling.demo.fill(SYSTEM, DemoOrder(patients=people, visits=visits, at=AT))
        filling.close()
        from db.keys import read_key

        desk = open_desk(machine.database, read_key(machine.key_file), clock)
        try:
            return _measure(desk, persons)
        finally:
            desk.close()


def _measure(desk: Desk, persons: int) -> list[Row]:
    today = desk.clock.today()
    with desk.tools.store.reading(SYSTEM, "bench") as uow:
        everybody = [person for person in uow.all(Person) if person.active]
        chosen = Random(7).sample(everybody, min(persons, len(everybody)))
        lives = read_lives(uow, chosen, desk.reference, desk.clock.local)
    rules = [_rules(life, desk, today) for life in lives]
    nurse = Actor(new_uid(), "Perawat", frozenset({Role.NURSE}), "Ruang 1")
    lists = _cpu([partial(desk.care.due, nurse, person.uid) for person in chosen])
    member = _family(desk)
    arrivals = _cpu([lambda: desk.care.arrival(nurse, member)] * len(chosen))
    return [
        Row(
            "rules for one person",
            f"{RULES_US:.0f} µs",
            f"{middle(rules):.0f} µs",
            middle(rules) <= RULES_US,
            f"CPU, median over {len(rules)} demo persons; p95 {p95(rules):.0f} µs",
        ),
        _row("due list with its reads", LIST_MS, lists),
        _row("arrival with a family of six", ARRIVAL_MS, arrivals),
    ]


def _row(what: str, budget: float, spent: Sequence[float]) -> Row:
    return Row(what, ms(budget), ms(p95(spent)), p95(spent) <= budget, f"CPU, p95; median {ms(middle(spent))}")


def _rules(life: Life, desk: Desk, today: date) -> float:
    """Microseconds of CPU, the middle of a few rounds after the first, which pays for what is looked up once a day."""
    spent = []
    for _ in range(1 + ROUNDS_EACH):
        began = thread_time_ns()
        services_due(life, today, rules_of(desk.reference, today))
        spent.append((thread_time_ns() - began) / 1000)
    return middle(spent[1:])


def _cpu(works: Sequence[Callable[[], object]]) -> list[float]:
    works[0]()
    return [timed(work).cpu for work in works]


def _family(desk: Desk) -> str:
    """A new family of six, each with some history; gives the uid of its youngest."""
    family = Family(uid=new_uid(), head_name="Kepala Keluarga")
    nurse = Actor(new_uid(), "Perawat", frozenset({Role.NURSE}), "Ruang 1")
    people = [
        Person(
            uid=new_uid(), name=f"Anggota {n}", sex=Sex(sex), born_on=date.fromisoformat(born), family_uid=family.uid
        )
        for n, (born, sex) in enumerate(FAMILY)
    ]
    with desk.tools.store.writing(SYSTEM, "bench") as uow:
        uow.add(family)
        for person in people:
            uow.add(person)
    for person in people:
        for code in ("exam_eye", "exam_dental", "exam_skin"):
            if person.born_on is not None:
                on = max(date(2026, 3, 1), person.born_on)
                desk.care.earlier(nurse, Earlier(uid=new_uid(), person_uid=person.uid, code=code, on=on))
    return people[0].uid
