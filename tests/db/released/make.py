"""Makes the little database that is kept of every release, to be upgraded by all later programs.

    python -m tests.db.released.make

writes tests/db/released/NNNN.db and NNNN.key for the program's present revision. Run once, when a revision is released;
what was written is never written again. The key is no secret: it opens nothing but this file of invented people.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from db.engine import open_engines
from db.migrate import migrate
from db.migrations import REVISION
from db.store import SqlStore
from ilp_desk.clock import Clock, Ticking
from ilp_desk.domain.clinical import Allergy, Diagnosis, Note, VitalSigns
from ilp_desk.domain.document import Document
from ilp_desk.domain.person import Family, FamilyMembership, OldNumber, Person, PersonStatus, Precision, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, ServicePoint
from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueStep, Visit

TEST_KEY = bytes(range(32))
CONTENT = ("Siti Contoh", "Muhammad Contoh O'Neil", "By. Ny. Contoh", "Ŝtranĝa 名前 " + "x" * 280)
"""Names of the people in it, in order of making."""

_START = datetime(2026, 11, 21, 1, 14, tzinfo=UTC)
_DAY = date(2026, 11, 21)
_ACTOR = Actor("", "Contoh", frozenset({Role.ADMIN}), "Loket 1")


def make(path: Path, key: bytes = TEST_KEY) -> None:
    """A database of today's revision with a few rows of most kinds; one file, nobody has it open."""
    path.parent.mkdir(parents=True, exist_ok=True)
    migrate(path, key)
    store = SqlStore(open_engines(path, key), Clock(read=Ticking(_START, timedelta(seconds=1))))
    stamp = int(_START.timestamp() * 1000)
    uids = iter([new_uid(stamp + number) for number in range(100)])
    with store.writing(_ACTOR, "test.make") as uow:
        staff = uow.add(Staff(uid=next(uids), name="Bidan Contoh", username="bidan", roles=(Role.MIDWIFE, Role.ADMIN)))
        uow.add(Facility(uid=next(uids), name="Puskesmas Contoh", head_uid=staff.uid, logo_left=b"\x89PNG"))
        village = uow.add(Area(uid=next(uids), name="Contoh Hilir", level="village", code="01"))
        hamlet = uow.add(Area(uid=next(uids), name="Gasang", level="hamlet", parent_uid=village.uid))
        point = uow.add(
            ServicePoint(
                uid=next(uids), code="kia", name="Poli KIA", cluster="ibu_anak", letter="A", rooms=("Ruang 2",)
            )
        )
        family = uow.add(Family(uid=next(uids), kk="9999990101019999", head_name=CONTENT[1], area_uid=hamlet.uid))
    people: list[Person] = []
    for number, name in enumerate(CONTENT):
        with store.writing(_ACTOR, "test.make") as uow:
            person = uow.add(
                Person(
                    uid=next(uids),
                    name=name,
                    sex=Sex.FEMALE if number != 1 else Sex.MALE,
                    born_on=date(1990 + 9 * number, 5, 17) if number < 3 else None,
                    born_precision=Precision.YEAR if number == 1 else Precision.DAY,
                    nik=f"999999570590900{number}" if number < 2 else "",
                    record_number=f"{number + 1:06}",
                    family_uid=family.uid,
                    mother_uid=people[0].uid if number == 2 else None,
                    area_uid=hamlet.uid if number < 3 else None,
                    outside="" if number < 3 else "Kabupaten lain",
                    status=PersonStatus.MOVED if number == 3 else PersonStatus.ACTIVE,
                )
            )
            uow.add(FamilyMembership(uid=next(uids), person_uid=person.uid, family_uid=family.uid, since=_DAY))
            uow.index_person(person.uid)
            people.append(person)
    with store.writing(_ACTOR, "test.make") as uow:
        uow.add(OldNumber(uid=next(uids), person_uid=people[0].uid, number="12/IV/98", origin="buku lama"))
        visit = uow.add(
            Visit(
                uid=next(uids),
                person_uid=people[0].uid,
                service_date=_DAY,
                arrived_at=_START,
                reason="sick",
                cluster="ibu_anak",
                rule="pregnant",
            )
        )
        entry = uow.add(
            QueueEntry(
                uid=next(uids),
                visit_uid=visit.uid,
                person_uid=people[0].uid,
                service_point_uid=point.uid,
                service_date=_DAY,
                letter="A",
                number=uow.draw("queue", "A 2026-11-21"),
                waiting_since=_START,
            )
        )
        for step in (QueueStep.ISSUED, QueueStep.CALLED):
            uow.add(QueueEvent(uid=next(uids), entry_uid=entry.uid, step=step))
        who: dict[str, Any] = {"person_uid": people[0].uid, "visit_uid": visit.uid, "taken_at": _START}
        uow.add(VitalSigns(uid=next(uids), **who, systolic=120, diastolic=80, special={"glucose": "HI"}))
        uow.add(Note(uid=next(uids), **who, section="complaint", text="pusing 😀"))
        uow.add(Diagnosis(uid=next(uids), **who, code="Z34", title="Supervision of normal pregnancy", primary=True))
        uow.add(Allergy(uid=next(uids), **who, substance="amoksisilin"))
        uow.add(
            Document(
                uid=next(uids),
                kind="sick_note",
                person_uid=people[0].uid,
                visit_uid=visit.uid,
                number="440/0001/SKS/PKM/XI/2026",
                serial=1,
                year=2026,
                content={"days": 2},
                issued_at=_START,
            )
        )
        uow.announce("visit", visit.uid)
    store.close()


if __name__ == "__main__":
    target = Path(__file__).with_name(f"{REVISION}.db")
    if target.exists():
        sys.exit(f"{target.name} was released already")
    make(target)
    target.with_suffix(".key").write_text(TEST_KEY.hex() + "\n", "ascii")
