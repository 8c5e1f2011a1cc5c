"""Where units of work come from: the two engines of one file, the read log, the change feed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from db import audit
from db.engine import Engines, foreseen
from db.gate import Gate
from db.models import plumbing
from db.unit_of_work import SqlUnitOfWork
from ilp_desk.changes import Change
from ilp_desk.clock import Clock
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import Conflict
from ilp_desk.ports import UnitOfWork


class ReadLog:
    """Who read what since the last writing-down, counted per staff, desk, act and subject."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str, str, str], list[Any]] = {}

    def note(self, actor: Actor, act: str, subject: str, at: datetime) -> None:
        with self._lock:
            entry = self._seen.setdefault((actor.desk, actor.staff_uid, act, subject), [0, at, at])
            entry[0] += 1
            entry[2] = at

    def take(self) -> dict[tuple[str, str, str, str], list[Any]]:
        with self._lock:
            taken, self._seen = self._seen, {}
            return taken

    def give_back(self, taken: dict[tuple[str, str, str, str], list[Any]]) -> None:
        with self._lock:
            for key, (count, first, last) in taken.items():
                entry = self._seen.setdefault(key, [0, first, last])
                entry[0] += count
                entry[1] = min(entry[1], first)


class SqlStore:
    """The `Store` of the ports over an encrypted SQLite file."""

    def __init__(self, engines: Engines, clock: Clock) -> None:
        self._engines, self._clock = engines, clock
        self._reads = ReadLog()
        self._gate = Gate()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Nobody works on the file and no connection is open while the block runs. Raises DatabaseTrouble: in_use."""
        with self._gate.shut():
            self._engines.dispose()
            yield

    def use(self, engines: Engines) -> None:
        """Go on with other engines (another key); only inside `stopped`."""
        self._engines = engines

    @contextmanager
    def writing(self, actor: Actor, act: str, *, quiet: bool = False) -> Iterator[UnitOfWork]:
        now = self._clock.now()
        try:
            with self._gate.through(), self._engines.write.begin() as connection:
                uow = self._unit(connection, actor, act, now)
                yield uow
                uow.seal(act, quiet=quiet)
        except IntegrityError as trouble:
            if "unique" in str(trouble.orig).lower():
                raise Conflict from trouble
            raise
        except DBAPIError as trouble:
            self._tell(trouble)
            raise
        if quiet:
            self._reads.note(actor, act, uow.subject, now)

    @contextmanager
    def reading(self, actor: Actor, act: str) -> Iterator[UnitOfWork]:
        now = self._clock.now()
        try:
            with self._gate.through(), self._engines.read.connect() as connection:
                uow = self._unit(connection, actor, act, now)
                yield uow
        except DBAPIError as trouble:
            self._tell(trouble)
            raise
        self._reads.note(actor, act, uow.subject, now)

    def _tell(self, trouble: DBAPIError) -> None:
        """Raise what people can act on (full disk, damaged file, locked); a fault of the program stays one."""
        known = foreseen(trouble.orig or trouble)
        if known is not None:
            raise known from trouble

    def _unit(self, connection: Any, actor: Actor, act: str, now: datetime) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            connection,
            actor,
            now,
            self._clock.local(now).date(),
            lambda person_uid: self._reads.note(actor, act, person_uid, now),
        )

    def note_reads(self) -> int:
        taken = self._reads.take()
        if not taken:
            return 0
        try:
            with self._gate.through(), self._engines.write.begin() as connection:
                for desk in dict.fromkeys(key[0] for key in taken):
                    chain = audit.Chain(connection, desk)
                    for (of_desk, staff, act, subject), (count, first, last) in taken.items():
                        if of_desk == desk:
                            content = {"times": count, "first": audit.stamp(first), "last": audit.stamp(last)}
                            chain.append(self._clock.now(), staff, act, subject, content)
                    chain.close()
        except DBAPIError as trouble:
            self._reads.give_back(taken)
            self._tell(trouble)
            raise
        return len(taken)

    def changes(self, after: int, limit: int = 200) -> Sequence[Change]:
        c = plumbing.change
        chosen = (
            select(c.c.seq, c.c.topic, c.c.uid, c.c.actor, c.c.desk)
            .where(c.c.seq > after)
            .order_by(c.c.seq)
            .limit(limit)
        )
        with self._gate.through(), self._engines.read.connect() as connection:
            return [Change(*row) for row in connection.execute(chosen)]

    def last_change(self) -> int:
        with self._gate.through(), self._engines.read.connect() as connection:
            return int(connection.execute(select(func.max(plumbing.change.c.seq))).scalar() or 0)

    def prune_changes(self, older_than: timedelta = timedelta(days=1)) -> None:
        """Forget old announcements; done once a day."""
        with self._gate.through(), self._engines.write.begin() as connection:
            connection.execute(delete(plumbing.change).where(plumbing.change.c.at < self._clock.now() - older_than))

    def close(self) -> None:
        self.note_reads()
        self._engines.dispose()
