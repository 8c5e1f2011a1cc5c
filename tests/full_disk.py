"""A disk without room, as the engine sees one: the file may not grow by a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ilp_desk.domain.record import new_uid
from ilp_desk.services.registration import RegisterVisit

if TYPE_CHECKING:
    from tests.house import House

NO_LIMIT = 2**30


@contextmanager
def full_disk(house: House) -> Iterator[None]:
    """Until the block ends the file stays as large as it is. What fits into pages half used still gets in."""
    _limit(house, None)
    try:
        yield
    finally:
        _limit(house, NO_LIMIT)


def register_all(house: House, orders: Iterable[RegisterVisit]) -> None:
    """One after the other, until one is refused."""
    for order in orders:
        house.desk.registration.register(house.actor("registration"), order)


def crowd(house: House, many: int = 60) -> list[RegisterVisit]:
    """More people to register than the half used pages of a new database have room for."""
    people = [house.person(f"Orang {number}", "1980-01-01", "L") for number in range(many)]
    return [RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid) for person in people]


def _limit(house: House, pages: int | None) -> None:
    """None: as many as there are."""
    with house.store._engines.write.begin() as connection:
        most = pages or int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
