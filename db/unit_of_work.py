"""One transaction over records: add, change, amend, void, draw a number, ask, announce."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from db import audit, mapper, outlines
from db.models import SHAPES, plumbing
from db.models.shape import Shape
from db.queries.answering import answer
from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.record import Record, new_uid
from ilp_desk.domain.record import reason as spoken_reason
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import Conflict, NotFound
from ilp_desk.rows.question import Question
from ilp_desk.rows.recall import OutlineMade

R = TypeVar("R", bound=Record)
A = TypeVar("A")

ROWS_AT_ONCE = 5_000
UIDS_AT_ONCE = 500

_BLANK: tuple[Any, ...] = (None, "", False, (), {})
_DROP_DRAFT = delete(plumbing.draft).where(
    plumbing.draft.c.screen == bindparam("_screen"),
    plumbing.draft.c.subject == bindparam("_subject"),
    plumbing.draft.c.staff_id == bindparam("_staff"),
)


def upsert(connection: Connection) -> Any:
    """The dialect's own insert, which knows ON CONFLICT (both engines spell it alike)."""
    if connection.dialect.name == "sqlite":
        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgres_insert  # of no use to the desk's start

    return postgres_insert


class SqlUnitOfWork:
    """The `UnitOfWork` of the ports over one open SQLAlchemy transaction.

    opened: called with a person's uid whenever a record is opened to be read.
    """

    def __init__(
        self,
        connection: Connection,
        actor: Actor,
        now: datetime,
        today: date,
        opened: Callable[[str], None],
    ) -> None:
        self.connection = connection
        self._actor, self._now, self._today, self._opened = actor, now, today, opened
        self._ids = mapper.Ids(connection)
        self._trail: list[list[Any]] = []
        self._topics: dict[tuple[str, str], None] = {}
        self._subject = ""
        self._written: set[str] = set()
        self._settled: set[str] = set()
        self._renamed: set[str] = set()

    @property
    def actor(self) -> Actor:
        return self._actor

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def today(self) -> date:
        return self._today

    @property
    def subject(self) -> str:
        return self._subject

    # -- reading

    def find(self, kind: type[R], uid: str | None) -> R | None:
        if not uid:
            return None
        shape: Shape[R] = SHAPES[kind]
        row = self.connection.execute(mapper.by_uid(shape.table.name), {"_uid": uid}).one_or_none()
        return None if row is None else mapper.record_of(shape, row)

    def get(self, kind: type[R], uid: str) -> R:
        found = self.find(kind, uid)
        if found is None:
            raise NotFound
        return found

    def all(self, kind: type[R], **equals: object) -> tuple[R, ...]:
        shape: Shape[R] = SHAPES[kind]
        chosen = mapper.selection(shape.table.name).where(shape.table.c.voided_at.is_(None)).order_by(shape.table.c.id)
        for slot in shape.slots:
            if slot.field not in equals:
                continue
            value = equals.pop(slot.field)
            many = isinstance(value, tuple | list | frozenset)
            values: list[Any] = list(value) if many else [value]  # type: ignore[call-overload]
            if slot.refers is not None:
                values = [None if v is None else self._ids.of(slot.refers, v) for v in values]
            column = shape.table.c[slot.column]
            chosen = chosen.where(column.in_(values) if many else column == values[0])
        if equals:
            raise ValueError(f"{kind.__name__} has no field {', '.join(equals)}")
        return tuple(mapper.record_of(shape, row) for row in self.connection.execute(chosen))

    def ask(self, question: Question[A]) -> A:
        return answer(self.connection, question)

    # -- writing

    def add(self, record: R) -> R:
        shape: Shape[R] = SHAPES[type(record)]
        made = replace(
            record,
            row_version=1,
            made_at=self._now,
            made_by=self._actor.staff_uid or None,
            made_desk=self._actor.desk,
        )
        values = mapper.columns_of(shape, made, self._ids)
        key = self.connection.execute(mapper.insertion(shape.table.name), values).inserted_primary_key
        if key is not None:
            self._ids.learn(shape.table.name, made.uid, key[0])
        blank = {
            slot.field: audit.plain(slot.field, getattr(made, slot.field))
            for slot in shape.slots
            if getattr(made, slot.field) not in _BLANK and not slot.field.startswith(("made_", "row_"))
        }
        self._trail.append(["+", shape.table.name, made.uid, blank])
        self._note(shape, made)
        return made

    def add_many(self, records: Sequence[R]) -> None:
        if not records:
            return
        kind = type(records[0])
        shape: Shape[R] = SHAPES[kind]
        for slot in shape.slots:
            if slot.refers is not None:
                self._learn(slot.refers, {getattr(record, slot.field) for record in records} - {None})
        me, desk = self._actor.staff_uid or None, self._actor.desk
        rows = []
        for record in records:
            self._note(shape, record)
            if type(record) is not kind:
                raise TypeError(f"{type(record).__name__} among {kind.__name__}")
            made = replace(
                record,
                row_version=1,
                made_at=record.made_at or self._now,
                made_by=record.made_by or me,
                made_desk=record.made_desk or desk,
            )
            rows.append(mapper.columns_of(shape, made, self._ids))
        for start in range(0, len(rows), ROWS_AT_ONCE):
            self.connection.execute(mapper.insertion(shape.table.name), rows[start : start + ROWS_AT_ONCE])
        self._trail.append(["+*", shape.table.name, records[0].uid, {"records": len(rows)}])

    def _learn(self, name: str, uids: set[Any]) -> None:
        """The ids of many uids in a few questions."""
        target = mapper.table(name)
        wanted = sorted(uid for uid in uids if not self._ids.knows(name, uid))
        for start in range(0, len(wanted), UIDS_AT_ONCE):
            asked = select(target.c.uid, target.c.id).where(target.c.uid.in_(wanted[start : start + UIDS_AT_ONCE]))
            for uid, number in self.connection.execute(asked):
                self._ids.learn(name, uid, number)

    def change(self, record: R, **values: Any) -> R:
        changed = replace(record, **values, row_version=record.row_version + 1)
        shape: Shape[R] = SHAPES[type(record)]
        columns = mapper.columns_of(shape, changed, self._ids, frozenset({*values, "row_version"}))
        done = self.connection.execute(
            mapper.updating(shape.table.name).values(columns), {"_uid": record.uid, "_seen": record.row_version}
        )
        if done.rowcount != 1:
            raise Conflict
        differences = {
            name: [audit.plain(name, getattr(record, name)), audit.plain(name, getattr(changed, name))]
            for name in values
            if getattr(record, name) != getattr(changed, name)
        }
        self._trail.append(["~", shape.table.name, record.uid, differences])
        self._note(shape, changed, values)
        return changed

    def void(self, record: R, reason: str) -> R:
        return self.change(
            record,
            voided_at=self._now,
            voided_by=self._actor.staff_uid or None,
            void_reason=spoken_reason(reason),
        )

    def amend(self, record: R, **values: Any) -> R:
        self.change(
            record,
            voided_at=self._now,
            voided_by=self._actor.staff_uid or None,
            void_reason="diganti dengan isian baru",
        )
        fresh = replace(
            record,
            **({"uid": new_uid()} | values),
            replaces=record.uid,
            voided_at=None,
            voided_by=None,
            void_reason="",
        )
        return self.add(fresh)

    def draw(self, counter: str, period: str = "") -> int:
        c = plumbing.counter
        statement = (
            upsert(self.connection)(c)
            .values(name=counter, period=period, value=1)
            .on_conflict_do_update(index_elements=[c.c.name, c.c.period], set_={"value": c.c.value + 1})
            .returning(c.c.value)
        )
        return int(self.connection.execute(statement).scalar_one())

    def raise_counter(self, counter: str, period: str, at_least: int) -> None:
        c = plumbing.counter
        statement = upsert(self.connection)(c).values(name=counter, period=period, value=at_least)
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=[c.c.name, c.c.period],
                set_={"value": statement.excluded.value},
                where=c.c.value < statement.excluded.value,
            )
        )

    # -- trail

    def announce(self, topic: str, uid: str) -> None:
        self._topics[topic, uid] = None

    def about(self, subject_uid: str) -> None:
        self._subject = subject_uid

    def opened(self, person_uid: str) -> None:
        self._opened(person_uid)

    def index_person(self, person_uid: str) -> None:
        from db.search_index import index_person

        index_person(self.connection, self._ids.of("person", person_uid))

    def index_people(self, person_uids: Sequence[str]) -> None:
        from db.search_index import index_people

        self._learn("person", set(person_uids))
        index_people(self.connection, [self._ids.of("person", uid) for uid in person_uids])

    def rebuild_search(self) -> int:
        from db.search_index import rebuild

        outlines.settle_missing(self.connection)
        return rebuild(self.connection)

    # -- outlines

    def _note(self, shape: Shape[Any], record: Any, values: Mapping[str, object] | None = None) -> None:
        """Whose outline has to be made anew. values: what was changed of it; None: it is new."""
        if shape.table.name == "person":
            moved = values is None or not outlines.PLACED_BY.isdisjoint(values)
            (self._settled if moved else self._written).add(record.uid)
        elif shape.table.name == "area" and values is not None and "name" in values:
            self._renamed.add(record.uid)
        for field in outlines.fields_naming_people(shape):
            if (uid := getattr(record, field)) is not None:
                self._written.add(uid)

    def _mark_outlines(self) -> None:
        if self._written or self._settled:
            self._learn("person", self._written | self._settled)
        outlines.mark(self.connection, [self._ids.of("person", uid) for uid in self._written - self._settled])
        outlines.settle(self.connection, [self._ids.of("person", uid) for uid in self._settled])
        if self._renamed:
            outlines.settle_those_in(self.connection, [self._ids.of("area", uid) for uid in self._renamed])

    def keep_outlines(self, rules: str, made: Sequence[OutlineMade]) -> None:
        outlines.keep(self.connection, rules, made)

    # -- drafts

    def keep_draft(self, screen: str, subject: str, content: Mapping[str, object]) -> None:
        d = plumbing.draft
        kept = {"content": dict(content), "saved_at": self._now}
        statement = upsert(self.connection)(d).values(screen=screen, subject=subject, staff_id=self._me(), **kept)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=[d.c.screen, d.c.subject, d.c.staff_id], set_=kept)
        )

    def draft(self, screen: str, subject: str) -> Draft | None:
        found = [draft for draft in self.drafts(screen) if draft.subject == subject]
        return found[0] if found else None

    def drafts(self, screen: str) -> tuple[Draft, ...]:
        d = plumbing.draft
        mine = (
            select(d.c.subject, d.c.content, d.c.saved_at)
            .where(d.c.screen == screen, d.c.staff_id == self._me())
            .order_by(d.c.saved_at.desc())
        )
        return tuple(Draft(screen, *row) for row in self.connection.execute(mine))

    def drop_draft(self, screen: str, subject: str) -> None:
        self.connection.execute(_DROP_DRAFT, {"_screen": screen, "_subject": subject, "_staff": self._me()})

    def _me(self) -> int:
        return self._ids.of("staff", self._actor.staff_uid)

    # -- ending

    def seal(self, act: str, *, quiet: bool) -> None:
        """Mark outlines, write the audit row and the change feed; the last thing before the commit."""
        self._mark_outlines()
        if not quiet:
            chain = audit.Chain(self.connection, self._actor.desk)
            chain.append(self._now, self._actor.staff_uid, act, self._subject, self._trail)
            chain.close()
        if self._topics:
            rows = [
                {"topic": t, "uid": u, "actor": self._actor.staff_uid, "desk": self._actor.desk, "at": self._now}
                for t, u in self._topics
            ]
            self.connection.execute(plumbing.change.insert(), rows)
