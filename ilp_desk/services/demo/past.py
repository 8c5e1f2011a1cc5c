"""Two years of visits before today."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ilp_desk.domain.person import Person
from ilp_desk.domain.routing import Routing
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.services.demo.cast import PastNote
from ilp_desk.services.demo.clinic import Care, Clinic, Row
from ilp_desk.services.demo.letters import Letters
from ilp_desk.services.demo.people import YEAR
from ilp_desk.services.demo.source import read
from ilp_desk.services.demo.town import Town

SUNDAY = 6
OPENS = 7 * 60 + 20


class Past:
    """Draws visits day by day; those of the cast are written by hand and come on top."""

    def __init__(self, clinic: Clinic, town: Town, letters: Letters) -> None:
        self.clinic, self._letters = clinic, letters
        self.source = clinic.source
        self._dice = self.source.dice("past")
        self._by_uid = {person.uid: person for person in town.people}
        self._illness: dict[str, set[str]] = {}
        for problem in town.problems:
            self._illness.setdefault(problem.person_uid, set()).add(problem.code)
        self._pregnancies = {pregnancy.person_uid: pregnancy for pregnancy in town.pregnancies}
        cast = {person.uid for person in town.keys.values()}
        self._living = [p for p in town.people if p.active and p.uid not in cast]
        self._ill = [p for p in self._living if p.uid in self._illness]
        self._expecting = [p for p in self._living if self._expects(p, self.source.today)]
        self._conditions = read("conditions")["condition"]
        self._numbers: Counter[tuple[date, str]] = Counter()
        self._seen: Counter[str] = Counter()
        self._years: set[tuple[str, int]] = set()

    def draw(self, care: Care, many: int, cast: list[PastNote]) -> None:
        """So many visits, in the order of their days."""
        planned: list[tuple[date, Person, Row]] = [
            (self.source.day(note.days), self._by_uid[note.person], note.row) for note in cast
        ]
        taken = {(person.uid, day) for day, person, _ in planned}
        while len(planned) < many:
            day = self.source.day(self._dice.randrange(1, 731))
            person = self._somebody()
            if day.weekday() == SUNDAY or (person.uid, day) in taken or (person.born_on and person.born_on > day):
                continue
            taken.add((person.uid, day))
            planned.append((day, person, self._reason(person, day)))
        for day, person, row in sorted(planned[:many], key=lambda plan: (plan[0], plan[1].uid)):
            self._visit(care, day, person, row)

    def _somebody(self) -> Person:
        dice = self._dice.random()
        if dice < 0.34 and self._ill:
            return self._dice.choice(self._ill)
        if dice < 0.42 and self._expecting:
            return self._dice.choice(self._expecting)
        return self._dice.choice(self._living)

    def _expects(self, person: Person, day: date) -> bool:
        pregnancy = self._pregnancies.get(person.uid)
        return (
            pregnancy is not None and pregnancy.lmp <= day and (pregnancy.ended_on is None or pregnancy.ended_on > day)
        )

    def _reason(self, person: Person, day: date) -> Row:
        """What this person comes for: more likely an illness that is known than another."""
        age = (day - person.born_on).days / YEAR if person.born_on else 30.0
        ill, expects = self._illness.get(person.uid, set()), self._expects(person, day)
        fitting = [
            row
            for row in self._conditions
            if row["ages"][0] <= age <= row["ages"][1]
            and row.get("needs", "") in ({""} | ill)
            and (not row.get("pregnant") or expects)
        ]
        row: Row = self._dice.choices(fitting, [row["weight"] for row in fitting])[0]
        return row

    def _visit(self, care: Care, day: date, person: Person, row: Row) -> None:
        dice, source = self._dice, self.source
        condition: dict[str, Any] = {**self.clinic.condition(row["code"]), **row}
        pregnancy = self._pregnancies.get(person.uid) if self._expects(person, day) else None
        routing = self.clinic.route(person, pregnancy, condition, day)
        point = self.clinic.place.points[routing.service_point]
        arrived = source.on(day, OPENS + dice.randrange(0, 230))
        called = arrived + timedelta(minutes=dice.randrange(6, 55))
        ended = called + timedelta(minutes=dice.randrange(6, 16))
        complaint = condition["complaint"]
        visit = Visit(
            uid=source.uid(arrived),
            person_uid=person.uid,
            service_date=day,
            arrived_at=arrived,
            reason=condition.get("reason", "service_only" if condition.get("service") else "sick"),
            payer=person.payer,
            payer_fktp=person.payer_fktp,
            payer_status=person.payer_status,
            complaint=complaint if isinstance(complaint, str) else dice.choice(complaint),
            **judged(routing, point),
            service=condition.get("service", ""),
            danger_sign=condition.get("danger", ""),
            infectious=condition.get("infection", False),
            new_patient=self._seen[person.uid] == 0,
            first_this_year=(person.uid, day.year) not in self._years,
            age_days=(day - person.born_on).days if person.born_on else None,
            state=VisitState.FINISHED,
            finished_at=ended,
            discharge="home",
            next_visit_on=day + timedelta(days=row["next_days"]) if "next_days" in row else None,
            made_at=arrived,
            made_by=self.clinic.place.staff["rina"].uid,
            made_desk="Loket 1",
        )
        self._seen[person.uid] += 1
        self._years.add((person.uid, day.year))
        by, room = self.clinic.carer(point)
        taken = self.clinic.write(care, visit, condition, ended, by, room, row.get("pressure", ()))
        if dice.random() < condition.get("refer", 0.0):
            visit = replace(visit, discharge="referred")
            self._letters.want(visit, condition, taken, "vertical", ended)
        care.visits.append(visit)
        self._queue(care, visit, point, routing.priority.rank(mixed=point.mixed), by, room, (called, ended))

    def _queue(
        self, care: Care, visit: Visit, point: ServicePoint, rank: int, by: Staff, room: str, times: tuple[Any, Any]
    ) -> None:
        called, ended = times
        self._numbers[visit.service_date, point.letter] += 1
        entry = QueueEntry(
            uid=self.source.uid(visit.arrived_at),
            visit_uid=visit.uid,
            person_uid=visit.person_uid,
            service_point_uid=point.uid,
            service_date=visit.service_date,
            letter=point.letter,
            number=self._numbers[visit.service_date, point.letter],
            rank=rank,
            state=QueueState.FINISHED,
            waiting_since=visit.arrived_at,
            called_at=called,
            started_at=called + timedelta(minutes=1),
            ended_at=ended,
            room=room,
            made_at=visit.arrived_at,
            made_by=visit.made_by,
            made_desk=visit.made_desk,
        )
        care.entries.append(entry)
        before = ""
        for step, state, at in (
            (QueueStep.ISSUED, QueueState.WAITING, visit.arrived_at),
            (QueueStep.CALLED, QueueState.CALLED, called),
            (QueueStep.STARTED, QueueState.STARTED, entry.started_at),
            (QueueStep.FINISHED, QueueState.FINISHED, ended),
        ):
            issued = step is QueueStep.ISSUED
            care.events.append(
                QueueEvent(
                    uid=self.source.uid(at),
                    entry_uid=entry.uid,
                    step=step,
                    room="" if issued else room,
                    before=before,
                    made_at=at,
                    made_by=visit.made_by if issued else by.uid,
                    made_desk=visit.made_desk if issued else room,
                )
            )
            before = state


def judged(routing: Routing, point: ServicePoint) -> dict[str, Any]:
    """The fields of a visit that say why it was sent where it was sent."""
    return {
        "cluster": point.cluster,
        "rule": routing.rule_code,
        "rule_words": routing.reason,
        "rule_version": routing.reference_version,
        "priority": routing.priority.mixed,
        "priority_groups": routing.priority.groups,
        "emergency": routing.priority.mixed == 0,
    }
