"""People registered by other processes, which may be killed: what such a process does, and what must be true after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.integrity import check
from db.sqlite_file import opened
from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import fixed
from ilp_desk.desk import Desk
from ilp_desk.domain.person import Person, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.rows.arrival import Registered
from ilp_desk.services.registration import RegisterVisit

TODAY = datetime(2026, 11, 21, 1, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Door:
    """Where to register: the file, its key, and who does it."""

    database: Path
    key: bytes
    staff_uid: str
    desk: str

    def register(self, person_uids: Sequence[str], tell: Callable[[str], object] = len) -> list[str]:
        """Register these people one after the other; gives the tickets.

        tell: called with `visit entry ticket` the moment after each was committed.
        """
        desk = open_desk(self.database, self.key, fixed(TODAY))
        actor = Actor(self.staff_uid, "Pendaftaran", frozenset({Role.REGISTRATION}), self.desk)
        tickets = []
        for person_uid in person_uids:
            order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person_uid)
            done = _registered(desk, actor, order)
            tickets.append(done.ticket)
            tell(f"{order.visit_uid} {order.entry_uid} {done.ticket}")
        desk.close()
        return tickets


def _registered(desk: Desk, actor: Actor, order: RegisterVisit) -> Registered:
    """Whoever is told that others hold the file for longer than half a minute presses the key again."""
    while True:
        try:
            return desk.registration.register(actor, order)
        except DatabaseTrouble as trouble:
            if trouble.code != "busy":
                raise


def crowd(store: Any, many: int) -> list[str]:
    """People of a working age, to be registered; gives their uids."""
    people = [Person(uid=new_uid(), name=f"Contoh {number}", sex=Sex.FEMALE, born_on=TODAY.date().replace(year=1990))
              for number in range(many)]  # fmt: skip
    with store.writing(SYSTEM, "test.crowd") as uow:
        uow.add_many(people)
        uow.rebuild_search()
    return [person.uid for person in people]


def half_done(database: Path, key: bytes, told: Iterable[str]) -> list[str]:
    """What is not as it should be after a process was killed; told: the lines it had said."""
    wrong = [found.sentence for found in check(database, key) if not found.ok]
    with opened(database, key) as raw:
        for line in told:
            visit_uid, entry_uid, ticket = line.split()
            letter, number = ticket.split("-")
            found = raw.execute(_COMMITTED, (visit_uid, entry_uid, letter, int(number))).fetchone()
            if found is None:
                wrong.append(f"told and lost: {line}")
        for name, statement in _HALVES.items():
            count = raw.execute(statement).fetchone()[0]
            if count:
                wrong.append(f"{name}: {count}")
    return wrong


_COMMITTED = """
    SELECT 1 FROM visit JOIN queue_entry ON queue_entry.visit_id = visit.id
    WHERE visit.uid = ? AND queue_entry.uid = ? AND letter = ? AND number = ?
"""
_HALVES = {
    "visits without an entry": "SELECT count(*) FROM visit WHERE id NOT IN (SELECT visit_id FROM queue_entry)",
    "entries without an event": "SELECT count(*) FROM queue_entry WHERE id NOT IN (SELECT entry_id FROM queue_event)",
    "visits without an audit row": """
        SELECT count(*) FROM visit WHERE uid NOT IN (SELECT subject FROM audit WHERE act = 'visit.register')
    """,
    "audit rows without a visit": """
        SELECT count(*) FROM audit WHERE act = 'visit.register' AND subject NOT IN (SELECT uid FROM visit)
    """,
    "visits nobody was told of": """
        SELECT count(*) FROM visit WHERE uid NOT IN (SELECT uid FROM change WHERE topic = 'visit')
    """,
    "numbers given twice": """
        SELECT count(*) FROM (SELECT 1 FROM queue_entry GROUP BY service_date, letter, number HAVING count(*) > 1)
    """,
    "numbers left out": """
        SELECT coalesce(max(number), 0) - count(*) FROM queue_entry
    """,
    "counters that are not at the highest number": """
        SELECT count(*) FROM (SELECT letter, service_date, max(number) AS highest FROM queue_entry GROUP BY 1, 2)
        LEFT JOIN counter ON name = 'queue:' || letter AND period = service_date
        WHERE value IS NULL OR value <> highest
    """,
}
