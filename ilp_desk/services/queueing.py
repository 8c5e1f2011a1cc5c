"""Calling, skipping, sending on and finishing: one step of one queue entry at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.queueing import (
    ENDED,
    first_words,
    public_place,
    rank_at,
    undoable,
)
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import Facility, ServicePoint
from ilp_desk.domain.staff import CARE, DESK, EVERYONE, Actor, Role
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit
from ilp_desk.errors import IllegalStep, InvalidInput, NotAllowed, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.queue import Board, Call, CallMade, CallsOf, EntriesAt, Line, QueuePoint, QueuePoints, QueueRow, Tile
from ilp_desk.services.line import in_line
from ilp_desk.services.steps import close_if_done, return_to_sender, step, take_back
from ilp_desk.work import Service, command, question

UNDO_SECONDS = 15
"""The toast offers to take a step back for 10 s; a slow machine gets a little more."""
WORKERS = CARE | DESK
SHOWN_CALLS = 4
"""The call and the three before it."""
LONGEST = 300
DISPLAY = Actor("", "Layar ruang tunggu", frozenset({Role.AUDITOR}), "Layar ruang tunggu")
"""Reads the board where nobody is signed in; may write nothing."""


class NobodyWaits(UserError):
    default = "Tidak ada yang menunggu di sini. Pilih titik layanan lain, atau tunggu pendaftaran berikutnya."


class Queueing(Service):
    """The queue of every service point. Which step is legal is a table in `domain.queueing`."""

    @question("queue.points", WORKERS)
    def points(self, uow: UnitOfWork) -> tuple[QueuePoint, ...]:
        """Every active service point and how many wait there."""
        return uow.ask(QueuePoints(uow.today))

    @question("queue.line", WORKERS)
    def line(self, uow: UnitOfWork, point_uid: str) -> Line:
        """One service point's queue, next one first. What was noted for the room stays with those who care there."""
        point = uow.get(ServicePoint, point_uid)
        clerk = not uow.actor.roles & CARE
        rows = tuple(self._told(row, point, clerk) for row in uow.ask(EntriesAt(point_uid, uow.today)))
        return Line(
            point.uid,
            point.name,
            point.letter,
            point.rooms,
            in_line(rows, self.reference.priority),
            tuple(r for r in rows if r.state in (QueueState.CALLED, QueueState.STARTED)),
            tuple(r for r in rows if r.state in (QueueState.SENT_ON, QueueState.ABSENT)),
            tuple(sorted((r for r in rows if r.state in ENDED), key=lambda r: r.ended_at or r.since, reverse=True)),
            mixed=point.mixed,
            clerical=self._clerical(point),
        )

    @question("queue.board", EVERYONE)
    def board(self, uow: UnitOfWork) -> Board:
        """What the waiting room sees: numbers and places only."""
        facility = uow.all(Facility)
        made = uow.ask(CallsOf(uow.today))
        points = {p.uid: p for p in uow.ask(QueuePoints(uow.today))}
        last: dict[str, CallMade] = {}
        for call in made:
            last.setdefault(call.point_uid, call)
        calls = {c.ticket: c for c in reversed(made) if c.point_uid in points}.values()
        newest = sorted(calls, key=lambda c: c.event_id, reverse=True)[:SHOWN_CALLS]
        return Board(
            facility[0].name if facility else "",
            facility[0].ticket_note if facility else "",
            tuple(self._call(c, points[c.point_uid]) for c in newest),
            tuple(self._tile(p, last.get(p.uid)) for p in points.values() if p.waiting or p.inside or p.uid in last),
        )

    @command("queue.call_next", WORKERS)
    def call_next(self, uow: UnitOfWork, point_uid: str, room: str) -> QueueEntry:
        """Call whoever is next at a service point; raises NobodyWaits."""
        waiting = in_line(uow.ask(EntriesAt(point_uid, uow.today)), self.reference.priority)
        if not waiting:
            raise NobodyWaits
        return step(uow, waiting[0].entry_uid, QueueStep.CALLED, room=_room(room), called_at=uow.now)

    @command("queue.call", WORKERS)
    def call(self, uow: UnitOfWork, entry_uid: str, room: str) -> QueueEntry:
        """Call this one, out of turn if need be."""
        return step(uow, entry_uid, QueueStep.CALLED, room=_room(room), called_at=uow.now, ended_at=None)

    @command("queue.call_again", WORKERS)
    def call_again(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Call once more whoever was called and did not come."""
        return step(uow, entry_uid, QueueStep.CALLED_AGAIN, called_at=uow.now)

    @command("queue.skip", WORKERS)
    def skip(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Not here just now: lines up again from this instant."""
        return step(uow, entry_uid, QueueStep.SKIPPED, waiting_since=uow.now)

    @command("queue.absent", WORKERS)
    def absent(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Gone: leaves the line, but may still be called when found."""
        return step(uow, entry_uid, QueueStep.ABSENT, ended_at=uow.now)

    @command("queue.start", CARE | DESK)
    def start(self, uow: UnitOfWork, entry_uid: str, room: str = "") -> QueueEntry:
        """Care begins."""
        entry = uow.get(QueueEntry, entry_uid)
        values: dict[str, Any] = {"started_at": entry.started_at or uow.now}
        if room:
            values["room"] = _room(room)
        return step(uow, entry_uid, QueueStep.STARTED, **values)

    @command("queue.send_on", CARE)
    def send_on(
        self,
        uow: UnitOfWork,
        entry_uid: str,
        point_uid: str,
        new_entry_uid: str,
        note: str = "",
        *,
        returns: bool = True,
    ) -> QueueEntry:
        """Send on to the laboratory, pharmacy, dental room or another cluster with the same number.

        returns: comes back here afterwards, ahead of new arrivals; otherwise care here is done (not begun yet:
        it is left to the other point). Gives the entry there. Raises InvalidInput (service_point: already there; note:
        too long), IllegalStep.
        """
        done = uow.find(QueueEntry, new_entry_uid)
        if done is not None:
            return done
        here = uow.get(QueueEntry, entry_uid)
        point = uow.get(ServicePoint, point_uid)
        words = _words(note, "note")
        if point.uid == here.service_point_uid:
            raise InvalidInput("service_point", "Sudah di titik layanan ini. Pilih tujuan lain.")
        others = uow.all(QueueEntry, visit_uid=here.visit_uid, service_point_uid=point.uid)
        if any(e.state not in ENDED for e in others):
            raise InvalidInput("service_point", f"Sudah terdaftar di {point.name}. Tunggu giliran di sana.")
        for old in others:
            # The number is kept, and a number stands once a day at each point: the ended entry gives way.
            uow.void(old, "dikirim lagi ke titik layanan ini")
        self._leave_for(uow, here, point, words, returns=returns)
        visit = uow.get(Visit, here.visit_uid)
        there = uow.add(
            QueueEntry(
                uid=new_entry_uid,
                visit_uid=here.visit_uid,
                person_uid=here.person_uid,
                service_point_uid=point.uid,
                service_date=here.service_date,
                letter=here.letter,
                number=here.number,
                rank=rank_at(visit.priority, visit.priority_groups, self.reference.priority, mixed=point.mixed),
                waiting_since=uow.now,
                sent_from_uid=here.uid if returns else None,
                note=words,
            )
        )
        uow.add(QueueEvent(uid=new_uid(), entry_uid=there.uid, step=QueueStep.ISSUED))
        uow.announce("queue", there.uid)
        return there

    @command("queue.finish", WORKERS)
    def finish(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Done here, whether or not somebody noted that it began. Whoever was sent here from another point goes back
        there, ahead of new arrivals. Raises NotAllowed for the desk where people are cared for, IllegalStep."""
        entry = uow.get(QueueEntry, entry_uid)
        if not uow.actor.roles & CARE and not self._clerical(uow.get(ServicePoint, entry.service_point_uid)):
            raise NotAllowed
        if entry.state is QueueState.CALLED:
            step(uow, entry_uid, QueueStep.STARTED, started_at=uow.now)
        entry = step(uow, entry_uid, QueueStep.FINISHED, ended_at=uow.now)
        return_to_sender(uow, entry)
        close_if_done(uow, entry.visit_uid)
        return entry

    @command("queue.undo", WORKERS)
    def undo(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Take the last step back while its toast is shown, with all that followed from it.

        Raises IllegalStep when it is too late, somebody else did it, or something happened since.
        """
        entry = uow.get(QueueEntry, entry_uid)
        uow.about(entry.visit_uid)
        last = uow.all(QueueEvent, entry_uid=entry.uid)[-1]
        fresh = last.made_at is not None and uow.now - last.made_at <= timedelta(seconds=UNDO_SECONDS)
        before = QueueState(last.before) if last.before else None
        allowed = last.step is not QueueStep.CALLED_AGAIN and last.made_by == (uow.actor.staff_uid or None)
        if not (fresh and allowed and before is not None and undoable(before, last.step, entry.state)):
            raise IllegalStep("Sudah lewat 10 detik atau sudah ada langkah lain. Perbaiki lewat daftar antrean.")
        return take_back(uow, entry, last, before)

    @command("queue.leave", WORKERS)
    def leave(self, uow: UnitOfWork, entry_uid: str, why: str) -> QueueEntry:
        """Goes home unexamined (before care began); raises NeedsReason, InvalidInput (why), IllegalStep."""
        words = reason(_words(why, "why"))
        entry = step(uow, entry_uid, QueueStep.VOIDED, ended_at=uow.now, note=words)
        close_if_done(uow, entry.visit_uid)
        return entry

    # -- parts

    def _leave_for(self, uow: UnitOfWork, here: QueueEntry, point: ServicePoint, note: str, *, returns: bool) -> None:
        """End or pause the entry here because its person goes to another point."""
        if returns:
            step(uow, here.uid, QueueStep.SENT_ON, note=note)
            return
        if here.state in (QueueState.WAITING, QueueState.SKIPPED):
            step(uow, here.uid, QueueStep.VOIDED, ended_at=uow.now, note=f"dikirim ke {point.name}")
            return
        if here.state is QueueState.CALLED:
            step(uow, here.uid, QueueStep.STARTED, started_at=uow.now)
        step(uow, here.uid, QueueStep.FINISHED, ended_at=uow.now)

    def _clerical(self, point: ServicePoint) -> bool:
        known = self.reference.service_points.get(point.code)
        return known is not None and known.clerical

    def _told(self, row: QueueRow, point: ServicePoint, clerk: bool) -> QueueRow:
        rules = self.reference.priority
        first = first_words(row.rank, row.groups, rules, mixed=point.mixed, neutral=clerk)
        noted = clerk and row.state is not QueueState.VOIDED
        seen = "" if clerk else self._seen(row)
        return replace(row, first=first, note="" if noted else row.note, seen=seen)

    def _seen(self, row: QueueRow) -> str:
        """What the desk saw, in words: `Kejang; Cacar air`."""
        signs = self.reference.signs
        found = (signs.dangers.get(row.danger_sign), signs.infections.get(row.infection_sign))
        return "; ".join(sign.label for sign in found if sign)

    def _place(self, point: QueuePoint, room: str) -> tuple[str, str]:
        cluster = self.reference.clusters.get(point.cluster)
        discreet = cluster is not None and cluster.discreet
        return public_place(point.name, point.public_name, point.rooms, room, discreet=discreet)

    def _call(self, made: CallMade, point: QueuePoint) -> Call:
        place, room = self._place(point, made.room)
        return Call(made.ticket, point.letter, place, room, made.at, made.event_id)

    def _tile(self, point: QueuePoint, last: CallMade | None) -> Tile:
        place, room = self._place(point, last.room if last else "")
        return Tile(point.letter, place, room, point.waiting, last.ticket if last else "")


def _words(text: str, field: str) -> str:
    """Typed words as they are kept; raises InvalidInput where they are too long."""
    words = tidy(text)
    if len(words) > LONGEST:
        raise InvalidInput(field, f"Paling panjang {LONGEST} huruf, lebih {len(words) - LONGEST}.")
    return words


def _room(text: str) -> str:
    return _words(text, "room")
