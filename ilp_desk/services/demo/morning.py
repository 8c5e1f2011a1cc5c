"""The morning of today as far as it has come: morning.toml says who came when, and what has happened since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.person import Person
from ilp_desk.domain.queueing import after, rank_at
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.services.demo.clinic import Care, Clinic, Row
from ilp_desk.services.demo.letters import Letters
from ilp_desk.services.demo.past import judged
from ilp_desk.services.demo.people import YEAR
from ilp_desk.services.demo.source import read
from ilp_desk.services.demo.town import Town

STEPS = {
    "call": QueueStep.CALLED,
    "again": QueueStep.CALLED_AGAIN,
    "start": QueueStep.STARTED,
    "skip": QueueStep.SKIPPED,
    "absent": QueueStep.ABSENT,
    "finish": QueueStep.FINISHED,
}
ENDS = (QueueStep.FINISHED, QueueStep.ABSENT, QueueStep.VOIDED)


class Morning:
    """Plays the script. counters: the last number of each queue letter."""

    def __init__(self, clinic: Clinic, town: Town, letters: Letters, known: frozenset[str]) -> None:
        self._clinic, self._letters, self._town = clinic, letters, town
        self._source = clinic.source
        self._dice = self._source.dice("morning")
        self._pregnancies: Mapping[str, Pregnancy] = {p.person_uid: p for p in town.pregnancies}
        self._known = known
        self._free = self._others()
        self.counters: Counter[str] = Counter()

    def play(self, care: Care) -> None:
        """Everybody in the order of arrival."""
        for row in sorted(read("morning")["arrivals"], key=lambda row: row["at"]):
            self._arrive(care, row)

    def _others(self) -> list[Person]:
        """Those who may come by chance: alive, not of the cast, no pregnancy to be asked about."""
        cast = {person.uid for person in self._town.keys.values()}
        free = [p for p in self._town.people if p.active and p.uid not in cast | self._pregnancies.keys()]
        self._dice.shuffle(free)
        return free

    def _who(self, row: Row) -> Person | None:
        if isinstance(row["who"], str):
            return self._town.keys[row["who"]]
        low, high = row["who"]
        for person in self._free:
            if person.born_on is None or person.born_precision != "day":
                continue
            age = (self._source.today - person.born_on).days / YEAR
            if low <= age < high and row.get("sex", person.sex) == person.sex:
                self._free.remove(person)
                return person
        return None

    def _arrive(self, care: Care, row: Row) -> None:
        person = self._who(row)
        if person is None:
            return  # a town of a few families has nobody of that age
        source, came = self._source, self._source.minute(row["at"])
        routing = self._clinic.route(person, self._pregnancies.get(person.uid), row, source.today)
        point = self._clinic.place.points[routing.service_point]
        visit = Visit(
            uid=source.uid(came),
            person_uid=person.uid,
            service_date=source.today,
            arrived_at=came,
            reason=row.get("reason", "sick"),
            payer=person.payer,
            payer_fktp=person.payer_fktp,
            payer_status=person.payer_status,
            complaint=row["complaint"],
            **judged(routing, point),
            service=row.get("service", ""),
            danger_sign=row.get("danger", ""),
            infectious=row.get("infection", False),
            new_patient=person.uid not in self._known,
            age_days=(source.today - person.born_on).days if person.born_on else None,
            made_at=came,
            made_by=self._clinic.place.staff["rina"].uid,
            made_desk="Loket 1",
        )
        self.counters[point.letter] += 1
        rank = routing.priority.rank(mixed=point.mixed)
        entry = self._issued(care, visit, point, came, (point.letter, self.counters[point.letter]), rank)
        if "cancel" in row:
            visit, entry = self._cancelled(care, visit, entry, row)
        else:
            entry, last = self._stepped(care, entry, point, row.get("steps", ""))
            visit, entry = self._examined(care, visit, entry, point, row, last)
            visit, entry = self._sent_on(care, visit, entry, row.get("on"))
        care.visits.append(visit)
        care.entries.append(entry)

    # -- parts

    def _issued(
        self,
        care: Care,
        visit: Visit,
        point: ServicePoint,
        at: datetime,
        ticket: tuple[str, int],
        rank: int,
        **more: Any,
    ) -> QueueEntry:
        entry = QueueEntry(
            uid=self._source.uid(at),
            visit_uid=visit.uid,
            person_uid=visit.person_uid,
            service_point_uid=point.uid,
            service_date=visit.service_date,
            letter=ticket[0],
            number=ticket[1],
            rank=rank,
            waiting_since=at,
            made_at=at,
            made_by=visit.made_by,
            made_desk=visit.made_desk,
            **more,
        )
        self._event(care, entry, QueueStep.ISSUED, at, None, "", "")
        return entry

    def _event(
        self, care: Care, entry: QueueEntry, step: QueueStep, at: datetime, by: Staff | None, room: str, before: str
    ) -> None:
        care.events.append(
            QueueEvent(
                uid=self._source.uid(at),
                entry_uid=entry.uid,
                step=step,
                room=room,
                before=before,
                note=entry.waiting_since.isoformat() if step is QueueStep.SKIPPED else "",
                made_at=at,
                made_by=by.uid if by else entry.made_by,
                made_desk=room or entry.made_desk,
            )
        )

    def _step(self, care: Care, entry: QueueEntry, step: QueueStep, at: datetime, by: Staff, room: str) -> QueueEntry:
        """One legal step, as `services.steps` takes it."""
        values: dict[str, Any] = {"state": after(entry.state, step), "room": room or entry.room}
        if step in (QueueStep.CALLED, QueueStep.CALLED_AGAIN):
            values["called_at"] = at
        elif step is QueueStep.STARTED:
            values["started_at"] = at
        elif step in (QueueStep.SKIPPED, QueueStep.CAME_BACK):
            values |= {"waiting_since": at, "returned": step is QueueStep.CAME_BACK}
        if step in ENDS:
            values["ended_at"] = at
        self._event(care, entry, step, at, by, values["room"], entry.state)
        return replace(entry, **values)

    def _stepped(self, care: Care, entry: QueueEntry, point: ServicePoint, script: str) -> tuple[QueueEntry, datetime]:
        """`call -60 start -59`: gives the entry after the steps and the instant of the last one."""
        by, room = self._clinic.carer(point)
        at = entry.waiting_since
        for step, minute in _pairs(script):
            at = self._source.minute(minute)
            entry = self._step(care, entry, STEPS[step], at, by, "" if step == "skip" else room)
        return entry, at

    def _cancelled(self, care: Care, visit: Visit, entry: QueueEntry, row: Row) -> tuple[Visit, QueueEntry]:
        at, clerk = self._source.minute(row["cancel"]), self._clinic.place.staff["rina"]
        entry = replace(self._step(care, entry, QueueStep.VOIDED, at, clerk, ""), note=row["why"])
        words = f"batal: {row['why']}"
        return replace(visit, state=VisitState.CANCELLED, finished_at=at, discharge=words), entry

    def _examined(
        self, care: Care, visit: Visit, entry: QueueEntry, point: ServicePoint, row: Row, last: datetime
    ) -> tuple[Visit, QueueEntry]:
        """What was written about whoever has been in the room."""
        if "code" not in row or entry.started_at is None:
            return visit, entry
        by, room = self._clinic.carer(point)
        condition = {**self._clinic.condition(row["code"]), **row}
        if entry.state is not QueueState.FINISHED:
            self._clinic.measure(care, visit, condition, last, by, room)
            return visit, entry
        taken = self._clinic.write(care, visit, condition, last, by, room)
        visit = replace(visit, state=VisitState.FINISHED, finished_at=last, discharge="home")
        if "refer" in row:
            visit = replace(visit, discharge="referred")
            self._letters.want(visit, condition, taken, row["refer"], last)
        return visit, entry

    def _sent_on(self, care: Care, visit: Visit, entry: QueueEntry, on: Row | None) -> tuple[Visit, QueueEntry]:
        if on is None:
            return visit, entry
        at, point = self._source.minute(on["at"]), self._clinic.place.points[on["point"]]
        by, _ = self._clinic.carer(point)
        if on["returns"]:
            entry = self._step(care, entry, QueueStep.SENT_ON, at, by, entry.room)
        sender = {"sent_from_uid": entry.uid} if on["returns"] else {}
        rules = self._clinic.reference.priority
        rank = rank_at(visit.priority, visit.priority_groups, rules, mixed=point.mixed)
        there = self._issued(
            care, visit, point, at, (entry.letter, entry.number), rank, note=on.get("note", ""), **sender
        )
        there, last = self._stepped(care, there, point, on.get("steps", ""))
        care.later.append(there)
        done = there.state is QueueState.FINISHED
        if done and "results" in on:
            self._clinic.result(care, visit, on["results"], last, by, there.room)
        if done and on["returns"]:
            entry = self._step(care, entry, QueueStep.CAME_BACK, last, by, entry.room)
        if not done or on["returns"]:
            visit = replace(visit, state=VisitState.OPEN, finished_at=None)
        else:
            visit = replace(visit, finished_at=last)
        return visit, entry


def _pairs(script: str) -> Iterator[tuple[str, int]]:
    parts = script.split()
    for step, minute in zip(parts[::2], parts[1::2]):
        yield step, int(minute)
