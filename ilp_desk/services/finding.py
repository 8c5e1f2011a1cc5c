"""Finding people: asked at every key, so it opens nobody's record."""

from __future__ import annotations

from ilp_desk.domain.staff import CARE, DESK, MANAGERS
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.patients import FindPatients, Found
from ilp_desk.work import Service, question


class Finding(Service):
    """The one search box."""

    @question("person.find", DESK | CARE | MANAGERS)
    def find(self, uow: UnitOfWork, text: str, limit: int = 50) -> Found:
        """Whom the text may mean, best first; lists show the last digits of numbers only."""
        return uow.ask(FindPatients(text, uow.today, limit))
