"""Tables derived from frozen records, so that a field is written down once.

A record's field becomes a column of the same name; the type follows the annotation. A field `x_uid` becomes an
integer foreign key `x_id`: joins and indexes work on integers, uids are what the program speaks.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.sql.elements import ColumnElement

from db.types import Key, UtcDateTime
from ilp_desk.domain.record import Record

R = TypeVar("R", bound=Record)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a record and the column that holds it.

    refers: table whose uid the field carries (None: a plain value). read, write: between the field's type and the
    driver's.
    """

    field: str
    column: str
    refers: str | None
    read: Callable[[Any], Any] | None
    write: Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """A record kind, its table, and how the two translate."""

    kind: type[R]
    table: Table
    slots: tuple[Slot, ...]


SHAPES: dict[type[Record], Shape[Any]] = {}
NAMED: dict[str, Shape[Any]] = {}
"""The same shapes by record kind and by table name."""


def _plain(hint: Any) -> tuple[Any, bool]:
    """The annotation without `| None`, and whether None was allowed."""
    if get_origin(hint) in (types.UnionType,):
        kept = [a for a in get_args(hint) if a is not type(None)]
        return kept[0], True
    return hint, False


_COLUMN_TYPES: dict[type[Any], Any] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    date: Date,
    datetime: UtcDateTime,
    bytes: LargeBinary,
}


def _reader_writer(plain: Any) -> tuple[Any, Callable[[Any], Any] | None, Callable[[Any], Any] | None]:
    """Column type, reader and writer for a plain annotation."""
    if get_origin(plain) is tuple:
        (item, _) = get_args(plain)
        return JSON, (lambda v: tuple(item(x) for x in v)), list
    if get_origin(plain) is dict:
        return JSON, None, dict
    if issubclass(plain, StrEnum):
        return Text, plain, str
    return _COLUMN_TYPES[plain], None, None


def _default(spec: Field[Any]) -> Any:
    return None if spec.default is MISSING else spec.default


def shape(
    kind: type[R],
    name: str,
    refers: Mapping[str, str] | None = None,
    *,
    index: tuple[tuple[str, ...], ...] = (),
    unique: tuple[tuple[tuple[str, ...], Callable[[Table], ColumnElement[bool]]], ...] = (),
) -> Table:
    """Make the table of a record kind and remember how to translate.

    refers: field name (`person_uid`) -> table it points to. index: column tuples. unique: (columns, condition) pairs; a
    uniqueness is always partial, over rows in use.
    """
    refers = refers or {}
    hints = get_type_hints(kind)
    columns: list[Column[Any]] = [
        Column("id", Key, primary_key=True),
        Column("uid", Text, nullable=False, unique=True),
    ]
    slots = [Slot("uid", "uid", None, None, None)]
    for spec in fields(kind):
        if spec.name == "uid":
            continue
        plain, optional = _plain(hints[spec.name])
        if spec.name in refers:
            column = spec.name.removesuffix("_uid") + "_id"
            target = ForeignKey(f"{refers[spec.name]}.id")
            columns.append(Column(column, Key, target, nullable=optional))
            slots.append(Slot(spec.name, column, refers[spec.name], None, None))
        else:
            kind_of_column, read, write = _reader_writer(plain)
            nullable = optional or spec.name == "made_at"
            columns.append(Column(spec.name, kind_of_column, nullable=nullable))
            slots.append(Slot(spec.name, spec.name, None, read, write))
    table = Table(name, metadata, *columns)
    for names in index:
        Index(None, *(table.c[n] for n in names))
    for names, condition in unique:
        where = condition(table)
        Index(
            f"uq_{name}_{'_'.join(names)}",
            *(table.c[n] for n in names),
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
    SHAPES[kind] = NAMED[name] = Shape(kind, table, tuple(slots))
    return table


def live(table: Table) -> ColumnElement[bool]:
    return table.c.voided_at.is_(None)
