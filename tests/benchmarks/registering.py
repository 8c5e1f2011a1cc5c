"""Registration to commit, against sqlcipher3 by hand writing the same rows to the same schema in the same file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from db.engine import WRITE_CACHE_KIB, connect
from db.models import metadata
from ilp_desk.domain.record import new_uid
from ilp_desk.services.registration import RegisterVisit
from tests.benchmarks.measure import Row, Span, middle, ms, p95, tell, timed, times
from tests.benchmarks.towns import Town
from tests.house import KEY

WRITTEN = ("visit", "queue_entry", "queue_event", "audit", "change")
"""Tables a registration adds rows to; counter and audit_head are changed."""
DESK = "Loket 9"


def somebody_to_register(town: Town, many: int, seed: int) -> list[str]:
    """Uids of grown-up, living people who are not here today."""
    wanted = ", ".join(map(str, town.sample(min(town.people, many * 20 + 200), seed)))
    found = town.ask(
        f"SELECT uid FROM person WHERE id IN ({wanted}) AND status = 'active' AND born_on < '2005-01-01' "
        "AND born_on > '1970-01-01' AND id NOT IN (SELECT person_id FROM visit)"
    )
    if len(found) < many:
        raise ValueError(f"{many} people wanted, {len(found)} found")
    return [uid for (uid,) in found[:many]]


def order(person_uid: str) -> RegisterVisit:
    return RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person_uid)


class ByHand:
    """The same registration as somebody would write it straight to the driver: nothing is asked that is not needed,
    every statement is a constant, every value that is the same each time was thought of before.

    Rows, indexes, audit chain, change feed and counter are those of the program. like: uid of a visit it registered.
    """

    def __init__(self, town: Town, like: str) -> None:
        self.raw = connect(town.database, KEY, WRITE_CACHE_KIB)
        self.point = 0
        self.samples = self._samples(like)
        self.insert = {name: _insertion(name, list(row)) for name, row in self.samples.items()}
        self.content = self.samples["audit"]["content"]

    def _samples(self, like: str) -> dict[str, dict[str, Any]]:
        """The rows of one registration, as stored."""
        where = {
            "visit": "uid = :visit",
            "queue_entry": "visit_id = (SELECT id FROM visit WHERE uid = :visit)",
            "queue_event": "entry_id = (SELECT e.id FROM queue_entry e JOIN visit v ON v.id = e.visit_id "
            "WHERE v.uid = :visit)",
            "audit": "act = 'visit.register' AND subject = :visit",
            "change": "uid = :visit AND topic = 'visit'",
        }
        found = {}
        for name in WRITTEN:
            key = next(iter(metadata.tables[name].primary_key)).name
            columns = [c.name for c in metadata.tables[name].columns if c.name != key]
            cursor = self.raw.execute(f"SELECT {', '.join(columns)} FROM {name} WHERE {where[name]}", {"visit": like})
            found[name] = dict(zip(columns, cursor.fetchone()))
        return found

    def register(self, person_uid: str, visit_uid: str, entry_uid: str, now: str) -> int:
        """One transaction; gives the queue number."""
        run, samples = self.raw.execute, self.samples
        like = samples["visit"]
        run("BEGIN IMMEDIATE")
        (person,) = run("SELECT id FROM person WHERE uid = ?", (person_uid,)).fetchone()
        day = like["service_date"]
        if run(_HERE, (person, day)).fetchone():
            raise ValueError("is here already")
        stamp = {"made_at": now, "made_desk": DESK}
        visit = self._put("visit", like, {**stamp, "uid": visit_uid, "person_id": person, "arrived_at": now})
        entry_like = samples["queue_entry"]
        (number,) = run(_DRAW, (f"queue:{entry_like['letter']}", day)).fetchone()
        entry = self._put("queue_entry", entry_like, {
            **stamp, "uid": entry_uid, "person_id": person, "visit_id": visit, "number": number, "waiting_since": now,
        })  # fmt: skip
        event_uid = new_uid()
        self._put("queue_event", samples["queue_event"], {**stamp, "uid": event_uid, "entry_id": entry})
        self._audit(visit_uid, entry_uid, event_uid, person_uid, number, now)
        told = samples["change"]
        for topic, uid in (("visit", visit_uid), ("queue", entry_uid)):
            self._put("change", told, {"topic": topic, "uid": uid, "desk": DESK, "at": now})
        run("COMMIT")
        return int(number)

    def _put(self, name: str, like: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        return int(self.raw.execute(self.insert[name], {**like, **values}).lastrowid)

    def _audit(self, visit: str, entry: str, event: str, person: str, number: int, now: str) -> None:
        run, like = self.raw.execute, self.samples["audit"]
        head = run("SELECT seq, hash FROM audit_head WHERE desk = ?", (DESK,)).fetchone()
        seq, before = head or (0, "")
        content = json.loads(self.content)
        content[0][2], content[1][2], content[2][2] = visit, entry, event
        content[0][3] |= {"person_uid": person, "arrived_at": now}
        content[1][3] |= {"person_uid": person, "visit_uid": visit, "number": number, "waiting_since": now}
        content[2][3] |= {"entry_uid": entry}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        stamp = f"{now.replace(' ', 'T', 1)}Z"
        said = "\x1f".join((before, DESK, str(seq + 1), stamp, like["staff"], like["act"], visit, text))
        digest = hashlib.sha256(said.encode("utf-8")).hexdigest()
        self._put("audit", like, {
            "desk": DESK, "seq": seq + 1, "at": now, "subject": visit, "content": text, "hash": digest,
        })  # fmt: skip
        if head is None:
            run("INSERT INTO audit_head (desk, seq, hash) VALUES (?, ?, ?)", (DESK, seq + 1, digest))
        else:
            run("UPDATE audit_head SET seq = ?, hash = ? WHERE desk = ?", (seq + 1, digest, DESK))

    def close(self) -> None:
        self.raw.close()


def _insertion(name: str, columns: list[str]) -> str:
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)})"


_HERE = "SELECT 1 FROM visit WHERE person_id = ? AND service_date = ? AND state <> 'cancelled' AND voided_at IS NULL"
_DRAW = (
    "INSERT INTO counter (name, period, value) VALUES (?, ?, 1) "
    "ON CONFLICT (name, period) DO UPDATE SET value = value + 1 RETURNING value"
)


def measure(town: Town, rounds: int) -> list[Row]:
    """Registrations through the service and by hand, one after the other in the same file."""
    tell(f"registration: {rounds} rounds")
    people = somebody_to_register(town, 2 * rounds + 40, seed=5)
    first = order(people.pop())
    town.desk.registration.register(town.clerk, first)
    hand = ByHand(town, first.visit_uid)
    now = hand.samples["visit"]["made_at"]
    ours: list[Span] = []
    theirs: list[Span] = []
    for number in range(rounds + 15):
        asked = order(people.pop())
        span = timed(partial(town.desk.registration.register, town.clerk, asked))
        other, visit, entry = people.pop(), new_uid(), new_uid()
        raw = timed(partial(hand.register, other, visit, entry, now))
        if number >= 15:
            ours.append(span)
            theirs.append(raw)
    hand.close()
    wall = middle([s.wall for s in ours]) / middle([s.wall for s in theirs])
    cpu = middle([s.cpu for s in ours]) / middle([s.cpu for s in theirs])
    measured = (
        f"{times(wall)} by the clock, {times(cpu)} of CPU "
        f"({ms(middle([s.wall for s in ours]))} against {ms(middle([s.wall for s in theirs]))}; "
        f"CPU {ms(middle([s.cpu for s in ours]))} against {ms(middle([s.cpu for s in theirs]))})"
    )
    note = f"p95 {ms(p95([s.wall for s in ours]))}"
    return [Row("registration to commit", "2.5x sqlcipher3 by hand", measured, max(wall, cpu) <= 2.5, note)]
