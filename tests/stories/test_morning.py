"""A whole morning through the services: sixty people arrive, are called, examined, sent on, referred, and go home."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from db.audit_check import audit_breaks
from db.sqlite_file import opened
from ilp_desk.domain.clinical import Diagnosis, Pregnancy, VitalSigns
from ilp_desk.domain.document import Document
from ilp_desk.domain.queueing import ENDED
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Partner
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import IllegalStep
from ilp_desk.rows.arrival import Registered
from ilp_desk.services.examination import Taking
from ilp_desk.services.letters import ConsentAnswer, IssueReferral
from ilp_desk.services.queueing import NobodyWaits
from ilp_desk.services.registration import AlreadyHere, Circumstances, RegisterVisit
from tests.house import KEY, House

ARRIVALS = 60
ROOMS = {"kia": "Ruang 2", "mtbs": "Ruang 3", "dewasa": "Ruang 4", "lansia": "Ruang 5", "infeksius": "Ruang 7"}


@dataclass
class Day:
    """The morning as it goes; done counts the commands given, by act."""

    house: House
    registered: dict[str, Registered] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.clerk = self.house.actor("registration")
        self.nurse = self.house.actor("nurse", desk="Ruang 4")
        self.doctor = self.house.actor("doctor", desk="Ruang 2")
        self.lab = self.house.actor("laboratory", desk="Lab")

    def arrive(self, born: str, sex: str = "P", **asked: Any) -> Registered:
        number = len(self.registered)
        person = self.house.person(f"Orang Contoh {number:02d}", born, sex, record_number=f"{number:06d}")
        if asked.pop("pregnant", False):
            lmp = self.house.clock.today() - timedelta(weeks=20)
            self.house.put(Pregnancy(uid=new_uid(), person_uid=person.uid, lmp=lmp))
        self.house.hands.move(seconds=50)
        order = RegisterVisit(
            visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid, circumstances=Circumstances(**asked)
        )
        found = self.house.desk.registration.register(self.clerk, order)
        self.done["visit.register"] += 1
        self.registered[person.uid] = found
        return found

    def entry(self, uid: str) -> QueueEntry:
        (found,) = self.house.read(QueueEntry, uid=uid)
        assert isinstance(found, QueueEntry)
        return found

    def examine(self, entry_uid: str, code: str = "J06.9", title: str = "ISPA") -> None:
        """Start, measure, diagnose; the entry stays in the room."""
        desk, visit_uid = self.house.desk, self.entry(entry_uid).visit_uid
        desk.queueing.start(self.doctor, entry_uid)
        taking = Taking(uid=new_uid(), visit_uid=visit_uid, typed={"temperature": "36,8", "pulse": "88"})
        desk.examination.take(self.nurse, taking)
        desk.examination.diagnose(self.doctor, visit_uid, new_uid(), code, title)
        self.done.update(("queue.start", "encounter.vitals", "encounter.diagnose"))

    def serve(self, point: str) -> list[str]:
        """Call and finish whoever waits at a service point, until nobody does; gives their tickets in order."""
        desk, uid = self.house.desk, self.house.points[point].uid
        tickets: list[str] = []
        while True:
            self.house.hands.move(minutes=3)
            try:
                called = desk.queueing.call_next(self.nurse, uid, ROOMS.get(point, point))
            except NobodyWaits:
                return tickets
            self.done["queue.call_next"] += 1
            tickets.append(called.ticket)
            if called.started_at is None:
                self.examine(called.uid, *(("K02.1", "Karies dentin") if point == "gigi" else ()))
            desk.examination.finish(self.doctor, called.uid)
            self.done["encounter.finish"] += 1


def arrivals(day: Day) -> None:
    """Sixty people of all ages and wishes."""
    for number in range(ARRIVALS):
        match number % 10:
            case 0 | 1:
                day.arrive("2024-03-01", "L")
            case 2:
                day.arrive("1998-05-05", reason="healthy", pregnant=True)
            case 3 | 4 | 5 | 6:
                day.arrive("1985-01-15", "L" if number % 2 else "P")
            case 7 | 8:
                day.arrive("1955-08-17" if number % 20 > 9 else "1962-02-02")
            case _:
                wish = {"reason": "service_only", "service": "dental"} if number % 20 == 9 else {"infection": True}
                day.arrive("1990-10-10", **wish)


@pytest.fixture
def day(house: House) -> Day:
    begun = Day(house)
    arrivals(begun)
    return begun


def test_a_whole_morning(day: Day) -> None:
    house, desk = day.house, day.house.desk
    tickets = [r.ticket for r in day.registered.values()]

    # Numbers run without a gap in each queue, in the order of arrival.
    by_letter: dict[str, list[int]] = {}
    for ticket in tickets:
        by_letter.setdefault(ticket[0], []).append(int(ticket[2:]))
    assert {letter: len(numbers) for letter, numbers in by_letter.items()} == {
        "A": 18,
        "B": 24,
        "C": 12,
        "D": 3,
        "E": 3,
    }
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_letter.values())
    assert len(set(tickets)) == ARRIVALS

    # Nobody is registered twice; sending the same command again registers nobody either.
    somebody, first = next(iter(day.registered.items()))
    with pytest.raises(AlreadyHere):
        desk.registration.register(
            day.clerk, RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=somebody)
        )
    again = RegisterVisit(visit_uid=first.visit_uid, entry_uid=first.entry_uid, person_uid=somebody)
    assert desk.registration.register(day.clerk, again).ticket == first.ticket
    day.done["visit.register"] += 1

    # Two leave before they are called: their numbers stay used.
    adults = [r for r in day.registered.values() if r.letter == "B"]
    for leaving in adults[3:5]:
        desk.registration.cancel(day.clerk, leaving.visit_uid, "pulang, tidak jadi berobat")
        day.done["visit.cancel"] += 1
    assert day.arrive("1980-06-06", "L").ticket == "B-025"

    # Somebody wants the dentist as well: the same number there.
    second = desk.registration.add_service(day.clerk, adults[0].visit_uid, house.points["gigi"].uid, new_uid())
    day.done["visit.add_service"] += 1
    assert (second.ticket, second.point) == (adults[0].ticket, "Gigi")

    # The first adult goes to the laboratory and comes back ahead of everybody who waits.
    dewasa = house.points["dewasa"].uid
    called = desk.queueing.call_next(day.nurse, dewasa, "Ruang 4")
    assert called.ticket == adults[0].ticket
    day.examine(called.uid)
    there = desk.queueing.send_on(day.doctor, called.uid, house.points["lab"].uid, new_uid(), "darah lengkap")
    assert there.ticket == called.ticket
    taken = desk.queueing.call_next(day.lab, house.points["lab"].uid, "Lab")
    assert taken.uid == there.uid
    desk.queueing.start(day.lab, taken.uid)
    desk.queueing.finish(day.lab, taken.uid)
    day.done.update(("queue.call_next", "queue.send_on", "queue.call_next", "queue.start", "queue.finish"))
    assert day.entry(called.uid).state is QueueState.CAME_BACK
    assert desk.queueing.line(day.nurse, dewasa).waiting[0].entry_uid == called.uid

    # One is not there when called, is called later; another never comes.
    returned = desk.queueing.call_next(day.nurse, dewasa, "Ruang 4")
    assert returned.uid == called.uid
    desk.examination.finish(day.doctor, returned.uid)
    skipped = desk.queueing.call_next(day.nurse, dewasa, "Ruang 4")
    desk.queueing.skip(day.nurse, skipped.uid)
    absent = desk.queueing.call_next(day.nurse, dewasa, "Ruang 4")
    desk.queueing.call_again(day.nurse, absent.uid)
    desk.queueing.absent(day.nurse, absent.uid)
    day.done.update(("queue.call_next",) * 3)
    day.done.update(("encounter.finish", "queue.skip", "queue.call_again", "queue.absent"))
    assert (skipped.ticket, absent.ticket) == (adults[1].ticket, adults[2].ticket)

    # One is referred, with the letter in the hand.
    ill = desk.queueing.call_next(day.nurse, dewasa, "Ruang 4")
    day.examine(ill.uid, "E11.9", "DM tipe 2")
    (hospital, *_) = house.read(Partner)
    letter = IssueReferral(
        uid=new_uid(),
        document_uid=new_uid(),
        visit_uid=ill.visit_uid,
        kind="vertical",
        destination_uid=hospital.uid,
        signer_uid=day.doctor.staff_uid,
        consent=ConsentAnswer(answer="agreed", signer="Orang Contoh", relation="self"),
        fields={
            "unit": "Dokter Spesialis Penyakit Dalam",
            "anamnesis": "Luka kaki tidak sembuh.",
            "examination": "Ulkus pedis dekstra.",
            "reason": "Perlu penanganan spesialis.",
        },
    )
    issued = desk.referrals.issue(day.doctor, letter)
    assert issued.number.startswith("440/0001/RJK/")
    desk.examination.finish(day.doctor, ill.uid, "referred")
    day.done.update(("queue.call_next", "referral.issue", "encounter.finish"))

    # Everybody else is served; who was skipped has not been forgotten.
    order = {point: day.serve(point) for point in house.points}
    assert skipped.ticket in order["dewasa"]
    assert absent.ticket not in order["dewasa"]
    assert order["gigi"][-1] == "B-001"
    seventies = {r.ticket for r in day.registered.values() if r.letter == "C" and int(r.ticket[2:]) > 0}
    assert set(order["lansia"]) == seventies

    counts(day)
    paper_trail(day)


def counts(day: Day) -> None:
    """What the desk shows at the end agrees with what happened."""
    house, desk = day.house, day.house.desk
    loads, counted = desk.registration.strip(day.clerk)
    assert [load.waiting for load in loads] == [0] * len(loads)
    assert (counted.registered, counted.referred) == (ARRIVALS + 1 - 2, 1)
    visits = house.read(Visit)
    states = Counter(visit.state for visit in visits)
    assert states == {VisitState.FINISHED: ARRIVALS + 1 - 3, VisitState.CANCELLED: 2, VisitState.OPEN: 1}
    assert counted.finished == states[VisitState.FINISHED]
    entries = house.read(QueueEntry)
    assert Counter(e.state for e in entries if e.state not in ENDED) == {QueueState.ABSENT: 1}
    assert len(house.read(Diagnosis)) == len(house.read(VitalSigns)) >= ARRIVALS - 5
    assert len(house.read(Document)) == 1
    with pytest.raises(IllegalStep):
        desk.registration.cancel(day.clerk, next(v for v in visits if v.state is VisitState.FINISHED).uid, "salah")
    board = desk.queueing.board(day.clerk)
    assert not any("Contoh 0" in str(part) for part in (*board.calls, *board.tiles))


def paper_trail(day: Day) -> None:
    """Every command left one row in the audit, and the chains hold."""
    day.house.desk.note_reads()
    with opened(day.house.database, KEY) as raw:
        rows = Counter(act for (act,) in raw.execute("SELECT act FROM audit"))
        assert {act: rows[act] for act in day.done} == dict(day.done)
        assert rows["queue.line"] > 0
        count, breaks = audit_breaks(raw)
    assert breaks == ()
    assert count >= sum(day.done.values())
