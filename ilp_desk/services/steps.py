"""Steps of queue entries that several services take inside their own transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from ilp_desk.domain.queueing import ENDED, LINE, after
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.errors import IllegalStep
from ilp_desk.ports import UnitOfWork

_REMEMBERED = (
    "state",
    "finished_at",
    "complaint",
    "priority",
    "priority_groups",
    "emergency",
    "danger_sign",
    "infectious",
    "infection_sign",
)
"""What `registration.add_service` may change of a visit."""


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


def take_back(uow: UnitOfWork, entry: QueueEntry, last: QueueEvent, before: QueueState) -> QueueEntry:
    """Undo the last step of an entry and what followed from it in the same transaction.

    What follows: an entry made elsewhere, the sender it went back to, a visit that ended. Raises IllegalStep where
    something has happened to one of them since.
    """
    for there in uow.all(QueueEntry, visit_uid=entry.visit_uid):
        if there.uid != entry.uid and there.made_at == last.made_at:
            _unsend(uow, there)
    sender = uow.find(QueueEntry, entry.sent_from_uid)
    if last.step is QueueStep.FINISHED and sender is not None:
        _keep_away(uow, sender, last)
    _open_again(uow, entry.visit_uid, last)
    undone = uow.change(entry, **_as_before(entry, last, before))
    uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=QueueStep.UNDONE, before=entry.state))
    uow.announce("queue", entry.uid)
    return undone


def remembered(before: Visit, after: Visit) -> str:
    """What a service added to a visit changed of it, as the note of its first event: `as_remembered` reads it."""
    old = {name: getattr(before, name) for name in _REMEMBERED}
    return json.dumps({"version": after.row_version} | old, default=str)


def as_remembered(uow: UnitOfWork, visit: Visit, note: str) -> Visit:
    """Give the visit back what was remembered, unless somebody has changed it since."""
    old = json.loads(note) if note else {}
    if old.pop("version", None) != visit.row_version:
        return visit
    ended = old["finished_at"]
    groups, finished = tuple(old["priority_groups"]), datetime.fromisoformat(ended) if ended else None
    back = old | {"state": VisitState(old["state"]), "priority_groups": groups, "finished_at": finished}
    return uow.change(visit, **back)


def _as_before(entry: QueueEntry, last: QueueEvent, before: QueueState) -> dict[str, Any]:
    values: dict[str, Any] = {"state": before, "ended_at": None}
    if last.step is QueueStep.CALLED and before in LINE:
        values["called_at"] = None
    if entry.started_at == last.made_at:
        values["started_at"] = None
    if last.step is QueueStep.SKIPPED and last.note:
        values["waiting_since"] = datetime.fromisoformat(last.note)
    return values


def _unsend(uow: UnitOfWork, there: QueueEntry) -> None:
    if there.state is not QueueState.WAITING:
        raise IllegalStep("Sudah dipanggil di tujuannya. Kirim kembali dari sana.")
    uow.void(there, "diurungkan")
    uow.announce("queue", there.uid)


def _keep_away(uow: UnitOfWork, sender: QueueEntry, last: QueueEvent) -> None:
    """The sender waits for them again."""
    events = uow.all(QueueEvent, entry_uid=sender.uid)
    came = [e for e in events if e.step is QueueStep.CAME_BACK and e.made_at == last.made_at]
    if not came:
        return
    if events[-1].uid != came[-1].uid:
        raise IllegalStep("Sudah dipanggil lagi di titik layanan yang mengirim. Kirim lagi dari sana.")
    uow.change(sender, state=QueueState.SENT_ON)
    uow.add(QueueEvent(uid=new_uid(), entry_uid=sender.uid, step=QueueStep.UNDONE, before=sender.state))
    uow.announce("queue", sender.uid)


def _open_again(uow: UnitOfWork, visit_uid: str, last: QueueEvent) -> None:
    """A visit that this step ended goes on, unless its person has another one by now."""
    visit = uow.get(Visit, visit_uid)
    if visit.state is VisitState.OPEN or visit.finished_at != last.made_at:
        return
    others = uow.all(Visit, person_uid=visit.person_uid, service_date=visit.service_date)
    if any(v.uid != visit.uid and v.state is not VisitState.CANCELLED for v in others):
        raise IllegalStep("Pasien ini sudah didaftarkan lagi. Lanjutkan pada kunjungan yang baru.")
    uow.change(visit, state=VisitState.OPEN, finished_at=None)
    uow.announce("visit", visit.uid)
