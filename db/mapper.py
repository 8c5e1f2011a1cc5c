"""Records in, records out: statements built once per record kind (`name` is the table's)."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select, update
from sqlalchemy.sql.dml import Insert, Update

from db.models import NAMED, metadata
from db.models.shape import Shape
from ilp_desk.domain.record import Record
from ilp_desk.errors import NotFound

R = TypeVar("R", bound=Record)


def table(name: str) -> Table:
    return metadata.tables[name]


@cache
def selection(name: str) -> Select[Any]:
    """All fields of a kind, references as uids."""
    shape = NAMED[name]
    columns: list[Any] = []
    for slot in shape.slots:
        column = shape.table.c[slot.column]
        if slot.refers is None:
            columns.append(column.label(slot.field))
        else:
            other = table(slot.refers).alias()
            columns.append(select(other.c.uid).where(other.c.id == column).scalar_subquery().label(slot.field))
    return select(*columns)


@cache
def insertion(name: str) -> Insert:
    return table(name).insert()


@cache
def updating(name: str) -> Update:
    target = table(name)
    return update(target).where(target.c.uid == bindparam("_uid"), target.c.row_version == bindparam("_seen"))


@cache
def by_uid(name: str) -> Select[Any]:
    return selection(name).where(table(name).c.uid == bindparam("_uid"))


@cache
def id_of(name: str) -> Select[Any]:
    target = table(name)
    return select(target.c.id).where(target.c.uid == bindparam("_uid"))


def record_of(shape: Shape[R], row: Any) -> R:
    """The record a row holds."""
    values = {}
    for slot, value in zip(shape.slots, row, strict=True):
        values[slot.field] = slot.read(value) if slot.read is not None and value is not None else value
    return shape.kind(**values)


class Ids:
    """uid -> integer id, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], int] = {}

    def learn(self, name: str, uid: str, number: int) -> None:
        self._known[name, uid] = number

    def knows(self, name: str, uid: str) -> bool:
        return (name, uid) in self._known

    def of(self, name: str, uid: str) -> int:
        """Raises NotFound: a reference to nothing is never stored as an empty one."""
        known = self._known.get((name, uid))
        if known is None:
            known = self._connection.execute(id_of(name), {"_uid": uid}).scalar()
            if known is None:
                raise NotFound
            self._known[name, uid] = known
        return known


def columns_of(shape: Shape[R], record: R, ids: Ids, only: frozenset[str] | None = None) -> dict[str, Any]:
    """Column values of a record, references as integers."""
    values: dict[str, Any] = {}
    for slot in shape.slots:
        if only is not None and slot.field not in only:
            continue
        value = getattr(record, slot.field)
        if value is not None:
            if slot.refers is not None:
                value = ids.of(slot.refers, value)
            elif slot.write is not None:
                value = slot.write(value)
        values[slot.column] = value
    return values
