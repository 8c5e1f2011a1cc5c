"""The one place that knows which engine finds words: SQLite now, PostgreSQL by a `postgres_search` to follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection


class FullText(Protocol):
    """Full text over `person_search`; a module of `db` for each engine."""

    def detach(self, connection: Connection) -> None:
        """Empty it and let the table be filled without it."""

    def attach(self, connection: Connection) -> None:
        """Read the whole table, and keep in step with it from now on."""

    def people_named(self, connection: Connection, words: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Ids of people whose own name has every word, lowest first.

        words: for each word the forms of which any will do, none empty; a form ending in `*` is a beginning. The word
        that fewest people carry comes first: it leads the search.
        """

    def people_with(self, connection: Connection, words: Sequence[Sequence[str]], limit: int) -> list[int]:
        """The same where a word may stand in the name, the address or the name of a relative.

        Very short beginnings are not looked at here; the caller checks who comes back.
        """


def full_text(connection: Connection) -> FullText:
    """The full text of this connection's engine."""
    if connection.dialect.name == "sqlite":
        from db import sqlite_search

        return sqlite_search
    raise NotImplementedError(f"no full-text search for {connection.dialect.name} yet")
