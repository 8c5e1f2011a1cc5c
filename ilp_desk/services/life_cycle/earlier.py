"""Something done before or elsewhere goes on record: a service, a dose, the result of a screening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.earlier import DOSE, INSTRUMENT
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.person import Person, PersonStatus, Precision
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Tools

BOOK, ELSEWHERE, TOLD, IMPORT = "book", "elsewhere", "told", "import"
"""How it is known: from a KIA book or card, from another place, by word of mouth, from a list."""
_SOURCES = {BOOK: "other_facility", ELSEWHERE: "other_facility", TOLD: "told", IMPORT: "import"}
BOOK_NAME = "Buku KIA"
ALREADY = "Sudah tercatat pada tanggal itu."


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """Something done before or elsewhere, as told or read from a book. uid is made by the caller.

    code: of a fact of services.toml or `instrument:CODE`, from a list also `dose:VACCINE`; precision: how well the day
    is known; place: where; value: its result; by: BOOK, ELSEWHERE, TOLD; empty: ELSEWHERE where a place is named, else
    TOLD.
    """

    uid: str
    person_uid: str
    code: str
    on: date
    precision: Precision = Precision.DAY
    place: str = ""
    value: str = ""
    by: str = ""

    @property
    def source(self) -> str:
        return _SOURCES[self.by or (ELSEWHERE if self.place.strip() else TOLD)]

    @property
    def where(self) -> str:
        return self.place.strip() or (BOOK_NAME if self.by == BOOK else "")


def check_code(code: str, today: date, tools: Tools) -> None:
    """Raises InvalidInput("code") for what is not recorded this way."""
    if code.startswith(INSTRUMENT):
        known = tools.in_force.instruments.on(code.removeprefix(INSTRUMENT), today) is not None
    else:
        known = code in tools.reference.services.facts
    if not known:
        raise InvalidInput("code", "Itu bukan layanan yang dicatat di sini. Pilih dari daftar.")


def check_day(person: Person, when: PartialDate, today: date) -> None:
    """Nothing is done before the birth, after the death, or after today. Raises InvalidInput("on")."""
    if when.earliest > today:
        raise InvalidInput("on", "Tanggalnya belum lewat. Tulis kapan itu dilakukan.")
    while_alive(person, when)


def while_alive(person: Person, when: PartialDate, field: str = "on") -> None:
    """Nothing is done before the birth or after the death, as well as they are known. Raises InvalidInput(field)."""
    if person.born_on is not None and when.latest < PartialDate(person.born_on, person.born_precision).earliest:
        born = day_text(person.born_on, person.born_precision)
        raise InvalidInput(field, f"Tanggal itu sebelum lahir ({born}). Periksa tahunnya.")
    if person.status is PersonStatus.DEAD and (person.status_on is None or when.earliest > person.status_on):
        died = f" ({day_text(person.status_on)})" if person.status_on is not None else ""
        raise InvalidInput(field, f"Tanggal itu sesudah meninggal{died}. Periksa tanggalnya, atau status pasien.")


def known_already(uow: UnitOfWork, people: Iterable[str]) -> Counter[tuple[str, str, date, str]]:
    """(person, code, day, precision) of everything of this kind that is on record for these people, and how often:
    several doses of a series may be known by the same year."""
    uids = sorted(set(people))
    if not uids:
        return Counter()
    care = [(r.person_uid, r.code, r.on, str(r.on_precision)) for r in uow.all(CareRecord, person_uid=uids)]
    doses = [(r.person_uid, DOSE + r.code, r.on, str(r.on_precision)) for r in uow.all(GivenDose, person_uid=uids)]
    return Counter(care + doses)


def key_of(told: Earlier) -> tuple[str, str, date, str]:
    """As in `known_already`."""
    return told.person_uid, told.code, told.on, str(told.precision)


def record_of(told: Earlier, uow: UnitOfWork, tools: Tools) -> CareRecord | GivenDose:
    """The record of something that has been checked. A dose the rules do not count is kept all the same."""
    if told.code.startswith(DOSE):
        return GivenDose(
            uid=told.uid,
            person_uid=told.person_uid,
            taken_at=uow.now,
            code=told.code.removeprefix(DOSE),
            on=told.on,
            on_precision=told.precision,
            place=told.where,
            source=told.source,
            version=tools.reference.immunizations.header.version,
        )
    return CareRecord(
        uid=told.uid,
        person_uid=told.person_uid,
        taken_at=uow.now,
        code=told.code,
        on=told.on,
        on_precision=told.precision,
        value=told.value.strip(),
        place=told.where,
        source=told.source,
    )
