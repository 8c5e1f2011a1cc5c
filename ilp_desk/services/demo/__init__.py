"""Sample data: an invented Puskesmas full of life, the same for the same seed.

    filled = desk.demo.fill(actor, DemoOrder(patients=2_000, visits=3_000, seed=1))

Only into an empty database. Everything is written in one transaction: it is all there, or nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ilp_desk.domain.reference.icd_words import FILE, load_icd_words
from ilp_desk.domain.site import Facility
from ilp_desk.domain.staff import MANAGERS, Actor, Role, Staff
from ilp_desk.errors import UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.demo.cast import Cast
from ilp_desk.services.demo.clinic import Care, Clinic
from ilp_desk.services.demo.health import Health
from ilp_desk.services.demo.letters import Letters
from ilp_desk.services.demo.morning import Morning
from ilp_desk.services.demo.mothers import Mothers
from ilp_desk.services.demo.past import Past
from ilp_desk.services.demo.people import People
from ilp_desk.services.demo.place import Place, build
from ilp_desk.services.demo.screening import answered
from ilp_desk.services.demo.source import Source
from ilp_desk.services.demo.town import Builder, Town
from ilp_desk.services.demo.weighing import measured
from ilp_desk.services.numbering import RUNNING_COUNTER
from ilp_desk.work import Service, command
from resources import read

PASSWORD = "contoh-2026"
"""Of every sample account. It is printed for everybody to see and protects nothing."""
FEWEST = 150
"""With fewer people the morning has nobody to play it."""


class NotEmpty(UserError):
    default = "Basis data ini sudah berisi. Data contoh hanya untuk basis data kosong; pilih folder lain dengan --data."


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoOrder:
    """patients: in all, at least FEWEST; visits: past ones, over two years, besides the morning of today.

    at: the instant the sample morning has reached; None: now. Raises UserError for numbers that cannot be.
    """

    patients: int = 2_000
    visits: int = 3_000
    seed: int = 1
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.patients < FEWEST:
            raise UserError(f"Data contoh perlu sedikitnya {FEWEST} pasien.")
        if self.visits < 0:
            raise UserError("Jumlah kunjungan contoh tidak boleh kurang dari 0.")


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Somebody to sign in as; desk: where this person works."""

    name: str
    username: str
    roles: tuple[Role, ...]
    desk: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the database now. today: visits of this morning."""

    patients: int
    families: int
    visits: int
    today: int
    letters: int
    accounts: tuple[SampleAccount, ...]
    password: str = PASSWORD


class Demo(Service):
    """Fills an empty database."""

    def fill(self, actor: Actor, order: DemoOrder) -> Filled:
        """Raises NotEmpty."""
        return self.store(actor, order, self.tools.passwords.make(PASSWORD))

    @command("demo.fill", MANAGERS)
    def store(self, uow: UnitOfWork, order: DemoOrder, hashed: str) -> Filled:
        """The transaction of `fill`; hashed: PASSWORD."""
        if any((*uow.all(Facility), *uow.all(Staff))):
            raise NotEmpty
        source = Source(order.seed, order.at or uow.now, self.tools.clock.zone)
        place = build(source, self.reference, hashed)
        _store_place(uow, place)
        icd = load_icd_words(read(FILE))
        titles = {row.code: row.words[0] for row in icd.rows}
        people = People(source, place.staff["rina"].uid)
        health = Health(source, titles, place.staff["yenni"].uid, place.who(Role.DOCTOR).uid)
        town, cast = Town(), Cast(source, place, people, health)
        builder = Builder(source, place, town, people, self.reference.consents["general"].text_version)
        cast.enter(town, builder)
        of_the_cast = len(town.people)
        builder.fill(order.patients)
        health.tell(town, of_the_cast)
        _store_town(uow, town)
        for records in measured(source, self.reference, town.keys, place.staff["yenni"].uid):
            uow.add_many(records)
        clinic, care = Clinic(source, place, self.reference, titles), Care()
        letters = Letters(clinic)
        Past(clinic, town, letters).draw(care, order.visits, cast.visits)
        morning = Morning(clinic, town, letters, frozenset(visit.person_uid for visit in care.visits))
        past = len(care.visits)
        morning.play(care)
        letters.write(uow, care, titles)
        care.store(uow)
        for kind in Mothers(source, town, care.visits, place.staff["yenni"].uid).records():
            uow.add_many(kind)
        uow.add_many(answered(source, self.tools.in_force.instruments, town.keys, place.staff))
        _raise_counters(uow, source, town, morning, letters)
        uow.rebuild_search()
        return Filled(
            patients=len(town.people),
            families=len(town.families),
            visits=past,
            today=len(care.visits) - past,
            letters=len(care.documents),
            accounts=tuple(
                SampleAccount(someone.name, username, someone.roles, place.desks[username])
                for username, someone in place.staff.items()
            ),
        )


def _store_place(uow: UnitOfWork, place: Place) -> None:
    uow.add_many(tuple(place.staff.values()))
    uow.add_many((place.facility,))
    for level in place.areas:
        uow.add_many(level)
    uow.add_many(tuple(place.points.values()))
    uow.add_many(place.partners)
    uow.add_many(place.relationships)


def _store_town(uow: UnitOfWork, town: Town) -> None:
    """Children after their mothers, for they refer to them."""
    uow.add_many(town.families)
    children = [person for person in town.people if person.mother_uid]
    uow.add_many([person for person in town.people if not person.mother_uid])
    born: set[str] = set()
    while children:
        waiting = {child.uid for child in children} - born
        ready = [child for child in children if child.mother_uid not in waiting]
        uow.add_many(ready)
        born |= {child.uid for child in ready}
        children = [child for child in children if child.uid not in born]
    for records in (town.memberships, town.pregnancies, town.allergies, town.problems, town.old_numbers, town.consents):
        uow.add_many(records)


def _raise_counters(uow: UnitOfWork, source: Source, town: Town, morning: Morning, letters: Letters) -> None:
    """What comes next goes on after the sample."""
    uow.raise_counter(RUNNING_COUNTER, "", town.highest)
    for letter, number in morning.counters.items():
        uow.raise_counter(f"queue:{letter}", source.today.isoformat(), number)
    for year, serial in letters.serials.items():
        uow.raise_counter("letter:referral", str(year), serial)
