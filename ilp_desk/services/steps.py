"""Steps of queue entries that several services take inside their own transaction."""

from __future__ import annotations

from typing import Any

from ilp_desk.domain.queueing import ENDED, after
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.ports import UnitOfWork


def return_to_sender(uow: UnitOfWork, entry: QueueEntry) -> None:
    """Whoever was sent here goes back, ahead of new arrivals."""
    sender = uow.find(QueueEntry, entry.sent_from_uid)
    if sender is not None and sender.state is QueueState.SENT_ON:
        step(uow, sender.uid, QueueStep.CAME_BACK, waiting_since=uow.now, returned=True)


def close_if_done(uow: UnitOfWork, visit_uid: str) -> None:
    """The visit is finished when nothing of it is left to wait for; who went home unserved cancels it."""
    entries = uow.all(QueueEntry, visit_uid=visit_uid)
    served = any(e.state is QueueState.FINISHED for e in entries)
    if any(e.state not in ENDED and not (served and e.state is QueueState.ABSENT) for e in entries):
        return
    visit = uow.get(Visit, visit_uid)
    if visit.state is VisitState.OPEN:
        state = VisitState.FINISHED if served else VisitState.CANCELLED
        uow.change(visit, state=state, finished_at=uow.now)
        uow.announce("visit", visit.uid)


def step(uow: UnitOfWork, entry_uid: str, what: QueueStep, **values: Any) -> QueueEntry:
    """Take one step of an entry, write its event, announce it; raises IllegalStep."""
    entry = uow.get(QueueEntry, entry_uid)
    uow.about(entry.visit_uid)
    state = after(entry.state, what)
    note = entry.waiting_since.isoformat() if what is QueueStep.SKIPPED else str(values.get("note", ""))
    changed = uow.change(entry, state=state, **values)
    uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=what, room=changed.room, before=entry.state, note=note))
    uow.announce("queue", entry.uid)
    if what in (QueueStep.CALLED, QueueStep.STARTED):
        _reopen(uow, entry.visit_uid)
    return changed


def _reopen(uow: UnitOfWork, visit_uid: str) -> None:
    """Somebody marked absent was found after all: the visit goes on."""
    visit = uow.get(Visit, visit_uid)
    if visit.state is VisitState.FINISHED:
        uow.change(visit, state=VisitState.OPEN, finished_at=None)
        uow.announce("visit", visit.uid)
