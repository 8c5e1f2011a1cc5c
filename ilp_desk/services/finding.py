"""Finding people: asked at every key, so it opens nobody's record."""

from __future__ import annotations

from ilp_desk.domain.document import Document
from ilp_desk.domain.staff import CARE, DESK, MANAGERS
from ilp_desk.domain.visit import Visit
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.patients import FindPatients, Found
from ilp_desk.work import Service, question

PREFIX = "ILP1:"
"""What our QR codes begin with; the uid follows."""


class Finding(Service):
    """The one search box."""

    @question("person.find", DESK | CARE | MANAGERS)
    def find(self, uow: UnitOfWork, text: str, limit: int = 50) -> Found:
        """Whom the text may mean, best first; lists show the last digits of numbers only.

        A scanned ticket or letter leads to the person it belongs to.
        """
        found = uow.ask(FindPatients(text, uow.today, limit))
        if found.question.uid and not found.hits:
            person_uid = _owner(uow, found.question.uid)
            if person_uid:
                return uow.ask(FindPatients(f"{PREFIX}{person_uid}", uow.today, limit))
        return found


def _owner(uow: UnitOfWork, uid: str) -> str:
    """Whose visit or paper this is; empty if it is neither."""
    visit = uow.find(Visit, uid)
    if visit is not None:
        return visit.person_uid
    document = uow.find(Document, uid)
    return document.person_uid if document is not None else ""
