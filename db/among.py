"""`column IN (these)` as one parameter, for statements that are made once and asked about any number of people.

    statement = select(...).where(among(table.c.person_id, "ids"))
    connection.execute(statement, {"ids": [1, 2, 3]})

An expanding parameter is written out anew at each execution, one name a value; that took as long as the question.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, Dialect, Text, TypeDecorator, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Many(TypeDecorator[Sequence[Any]]):
    """Numbers or texts: a JSON list for SQLite, an array for PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self.item) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        many = list(value or ())
        return many if dialect.name == "postgresql" else json.dumps(many)


class _Among(FunctionElement[bool]):
    inherit_cache = True
    name = "among"
    type = Boolean()

    def self_group(self, against: Any = None) -> _Among:
        """A condition as it stands: SQLite would compare it with 1, and look at every row."""
        return self


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column is one of the values given under this name at execution."""
    return _Among(column, bindparam(name, type_=_Many(column.type)))


@compiles(_Among)
def _listed(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, many = element.clauses
    values = func.json_each(many).table_valued("value")
    return compiler.process(column.in_(select(values.c.value)), **kw)


@compiles(_Among, "postgresql")
def _any_of(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, many = element.clauses
    return compiler.process(column == func.any(many), **kw)
