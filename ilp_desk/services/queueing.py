"""Calling, skipping, sending on and finishing: one step of one queue entry at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ilp_desk.domain.queueing import ENDED, LINE, Served, Waiting, order_queue, undoable
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import CARE, DESK, EVERYONE
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep
from ilp_desk.errors import IllegalStep, InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.arrival import PointLoads
from ilp_desk.rows.queue import Board, EntriesAt, Line, QueueRow, RecentCalls, Tile
from ilp_desk.services.steps import close_if_done, return_to_sender, step
from ilp_desk.work import Service, command, question

UNDO_SECONDS = 15
WORKERS = CARE | DESK


class NobodyWaits(UserError):
    default = "Tidak ada yang menunggu di sini. Tekan F5 untuk memuat ulang, atau pilih titik layanan lain."


class Queueing(Service):
    """The queue of every service point. Which step is legal is a table in `domain.queueing`."""

    @question("queue.line", WORKERS)
    def line(self, uow: UnitOfWork, point_uid: str) -> Line:
        """One service point's queue, next one first."""
        point = uow.get(ServicePoint, point_uid)
        rows = uow.ask(EntriesAt(point_uid, uow.today))
        return Line(
            point.uid,
            point.name,
            point.letter,
            point.rooms,
            self._ordered(rows),
            tuple(r for r in rows if r.state in (QueueState.CALLED, QueueState.STARTED)),
            tuple(r for r in rows if r.state in (QueueState.SENT_ON, QueueState.ABSENT)),
            tuple(r for r in rows if r.state in ENDED),
        )

    @question("queue.board", EVERYONE)
    def board(self, uow: UnitOfWork) -> Board:
        """What the waiting room sees: numbers and places only."""
        loads = uow.ask(PointLoads(uow.today))
        tiles = tuple(
            Tile(p.letter, p.cluster, p.name, p.called_room, p.waiting, p.called)
            for p in loads
            if p.waiting or p.called
        )
        return Board(uow.ask(RecentCalls(uow.today)), tiles)

    @command("queue.call_next", WORKERS)
    def call_next(self, uow: UnitOfWork, point_uid: str, room: str) -> QueueEntry:
        """Call whoever is next at a service point; raises NobodyWaits."""
        waiting = self._ordered(uow.ask(EntriesAt(point_uid, uow.today)))
        if not waiting:
            raise NobodyWaits
        return step(uow, waiting[0].entry_uid, QueueStep.CALLED, room=room, called_at=uow.now)

    @command("queue.call", WORKERS)
    def call(self, uow: UnitOfWork, entry_uid: str, room: str) -> QueueEntry:
        """Call this one, out of turn if need be."""
        return step(uow, entry_uid, QueueStep.CALLED, room=room, called_at=uow.now)

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
            values["room"] = room
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

        returns: comes back here afterwards, ahead of new arrivals; otherwise care here is done. Gives the entry there.
        Raises InvalidInput (already there), IllegalStep.
        """
        done = uow.find(QueueEntry, new_entry_uid)
        if done is not None:
            return done
        here = uow.get(QueueEntry, entry_uid)
        point = uow.get(ServicePoint, point_uid)
        if point.uid == here.service_point_uid:
            raise InvalidInput("service_point", "Sudah di titik layanan ini. Pilih tujuan lain.")
        others = uow.all(QueueEntry, visit_uid=here.visit_uid, service_point_uid=point.uid)
        if any(e.state not in ENDED for e in others):
            raise InvalidInput("service_point", f"Sudah terdaftar di {point.name}. Tunggu giliran di sana.")
        for old in others:
            # The number is kept, and a number stands once a day at each point: the ended entry gives way.
            uow.void(old, "dikirim lagi ke titik layanan ini")
        if returns:
            step(uow, here.uid, QueueStep.SENT_ON, note=note.strip())
        else:
            step(uow, here.uid, QueueStep.FINISHED, ended_at=uow.now)
        there = uow.add(
            QueueEntry(
                uid=new_entry_uid,
                visit_uid=here.visit_uid,
                person_uid=here.person_uid,
                service_point_uid=point.uid,
                service_date=here.service_date,
                letter=here.letter,
                number=here.number,
                rank=here.rank,
                waiting_since=uow.now,
                sent_from_uid=here.uid if returns else None,
                note=note.strip(),
            )
        )
        uow.add(QueueEvent(uid=new_uid(), entry_uid=there.uid, step=QueueStep.ISSUED))
        uow.announce("queue", there.uid)
        return there

    @command("queue.finish", CARE)
    def finish(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Done here. Whoever was sent here from another point goes back there, ahead of new arrivals."""
        entry = step(uow, entry_uid, QueueStep.FINISHED, ended_at=uow.now)
        return_to_sender(uow, entry)
        close_if_done(uow, entry.visit_uid)
        return entry

    @command("queue.undo", WORKERS)
    def undo(self, uow: UnitOfWork, entry_uid: str) -> QueueEntry:
        """Take the last step back while its toast is shown; raises IllegalStep when something happened since."""
        uow.about(entry_uid)
        entry = uow.get(QueueEntry, entry_uid)
        events = uow.all(QueueEvent, entry_uid=entry.uid)
        last = events[-1]
        fresh = last.made_at is not None and uow.now - last.made_at <= timedelta(seconds=UNDO_SECONDS)
        before = QueueState(last.before) if last.before else None
        allowed = last.step in (QueueStep.CALLED, QueueStep.SKIPPED, QueueStep.ABSENT)
        if not (fresh and allowed and before is not None and undoable(before, last.step, entry.state)):
            raise IllegalStep("Sudah lewat 10 detik atau sudah ada langkah lain. Panggil lagi lewat daftar antrean.")
        values: dict[str, Any] = {"state": before, "ended_at": None}
        if before in (QueueState.WAITING, QueueState.CAME_BACK):
            values["called_at"] = None
        if last.step is QueueStep.SKIPPED and last.note:
            values["waiting_since"] = datetime.fromisoformat(last.note)
        undone = uow.change(entry, **values)
        uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=QueueStep.UNDONE, before=entry.state))
        uow.announce("queue", entry.uid)
        return undone

    @command("queue.leave", WORKERS)
    def leave(self, uow: UnitOfWork, entry_uid: str, why: str) -> QueueEntry:
        """Goes home unexamined (before care began); raises NeedsReason, IllegalStep."""
        words = reason(why)
        entry = step(uow, entry_uid, QueueStep.VOIDED, ended_at=uow.now, note=words)
        close_if_done(uow, entry.visit_uid)
        return entry

    def _ordered(self, rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
        in_line = {r.entry_uid: r for r in rows if r.state in LINE}
        called = sorted((r for r in rows if r.called_at and r.state not in LINE), key=lambda r: str(r.called_at))
        waiting = [
            Waiting(
                key=r.entry_uid,
                rank=r.rank,
                since=r.since,
                returned=r.returned,
                skipped=r.state is QueueState.SKIPPED,
            )
            for r in in_line.values()
        ]
        served = [Served(r.rank, r.returned) for r in called]
        return tuple(in_line[w.key] for w in order_queue(waiting, served, self.reference.priority))
