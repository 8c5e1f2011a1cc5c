"""A house with people in it, each of them there for one sample only, so that no sample disturbs another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ilp_desk.bootstrap import open_desk
from ilp_desk.clock import Clock
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.record import new_uid
from ilp_desk.services.passwords import Argon2Passwords
from ilp_desk.services.registration import RegisterVisit
from tests.house import KEY, MORNING, Hands, House, furnish
from tests.referral_case import Case, refer

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from ilp_desk.domain.person import Person
    from ilp_desk.domain.staff import Actor

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DRAFT = "naskah yang belum disimpan"
"""What drafts say; it must never be found in the audit."""
PASSWORD = "rahasia-Pagi-71"
NEW_PASSWORD = "lain-Sekali-82"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody registered for today."""

    person_uid: str
    visit_uid: str
    entry_uid: str


@dataclass
class Morning:
    """Makes people in every state a visit can be in.

    empty: opens another desk, on a database with nothing in it. codes: recovery codes that were made; none may be
    written down.
    """

    house: House
    empty: Callable[[], Desk]
    codes: list[str] = field(default_factory=list)
    _serial: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def desk(self) -> Desk:
        return self.house.desk

    def actor(self, *roles: str) -> Actor:
        return self.house.actor(*roles)

    def name(self) -> str:
        """A name nobody else has here."""
        number = next(self._serial)
        return f"Contoh {LETTERS[number // 26 % 26]}{LETTERS[number % 26]}wati {LETTERS[number // 676]}unar".title()

    def nik(self) -> str:
        """Of a woman born on 17-05-1990."""
        return f"130604570590{9000 + next(self._serial):04d}"

    def kk(self) -> str:
        return f"130604170515{9000 + next(self._serial):04d}"

    def person(self, **fields: Any) -> Person:
        return self.house.person(fields.pop("name", "") or self.name(), **fields)

    def arrived(self, **fields: Any) -> Arrived:
        """Waiting at Usia Produktif."""
        order = RegisterVisit(
            visit_uid=new_uid(), entry_uid=new_uid(), person_uid=self.person(**fields).uid, complaint="batuk"
        )
        self.desk.registration.register(self.actor("registration"), order)
        return Arrived(order.person_uid, order.visit_uid, order.entry_uid)

    def called(self) -> Arrived:
        here = self.arrived()
        self.desk.queueing.call(self.actor("nurse"), here.entry_uid, "Ruang 4")
        return here

    def started(self) -> Arrived:
        """In the room."""
        here = self.arrived()
        self.desk.queueing.start(self.actor("doctor"), here.entry_uid, "Ruang 4")
        return here

    def pregnant(self) -> Person:
        someone = self.person(born="1999-02-03")
        self.house.put(Pregnancy(uid=new_uid(), person_uid=someone.uid, lmp=date(2026, 5, 9), gravida=1))
        return someone

    def case(self) -> Case:
        """Measured, diagnosed, ready to be referred."""
        return refer(self.house, self.name(), nik=self.nik())

    def letter(self, **values: Any) -> tuple[Case, str]:
        """A referral that was issued, and its uid."""
        case = self.case()
        return case, case.issue(**values).referral_uid


@contextmanager
def opened_morning(template: Path, new_folder: Callable[[], Path]) -> Iterator[Morning]:
    """A furnished house with passwords that cost little; template: a migrated, empty database."""
    hands = Hands(MORNING)
    opened: list[Desk] = []

    def fresh(folder: Path) -> Desk:
        shutil.copy(template, folder / "desk.db")
        desk = open_desk(folder / "desk.db", KEY, Clock("Asia/Jakarta", hands), Argon2Passwords(1, 8, 1))
        opened.append(desk)
        return desk

    place = new_folder()
    desk = fresh(place)
    house = House(desk, hands, place, desk.tools.store)
    furnish(house)
    try:
        yield Morning(house, lambda: fresh(new_folder()))
    finally:
        for one in opened:
            one.close()
