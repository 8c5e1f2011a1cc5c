"""Full text over `person_search`, in SQLite only: FTS5 laid over the ordinary table, kept in step by triggers.

Two indexes. `person_names` holds the words of people's own names and their first one to five letters: it answers
abbreviated names (sit nur) in a millisecond. `person_words` holds all words, for a name together with a street or a
mother; its lists are five times as long, so its beginnings start at three letters. One index for both was measured at a
million people: half again as large, and three times as slow for names.
detail=full keeps several beginnings at once quick; columnsize=0 saves a row a person, because nothing is ordered by
rank; automerge and crisismerge keep the merging inside a registration below 10 ms.

A death, a move away, a merger or a voided record shows in the next search whoever wrote it: `person_search_state`,
which keeps the number of people (the empty word of `search_word`) as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

DDL = (
    """
    CREATE VIRTUAL TABLE person_names USING fts5(
        name,
        content='person_search', content_rowid='person_id',
        tokenize="unicode61 remove_diacritics 0",
        prefix='1 2 3 4 5', detail=full, columnsize=0
    )
    """,
    """
    CREATE VIRTUAL TABLE person_words USING fts5(
        name, words,
        content='person_search', content_rowid='person_id',
        tokenize="unicode61 remove_diacritics 0",
        prefix='3 4 5', detail=full, columnsize=0
    )
    """,
    "INSERT INTO person_names (person_names, rank) VALUES ('automerge', 8)",
    "INSERT INTO person_names (person_names, rank) VALUES ('crisismerge', 64)",
    "INSERT INTO person_words (person_words, rank) VALUES ('automerge', 8)",
    "INSERT INTO person_words (person_words, rank) VALUES ('crisismerge', 64)",
    """
    CREATE TRIGGER person_search_added AFTER INSERT ON person_search BEGIN
        INSERT INTO person_names (rowid, name) VALUES (new.person_id, new.name);
        INSERT INTO person_words (rowid, name, words) VALUES (new.person_id, new.name, new.words);
    END
    """,
    """
    CREATE TRIGGER person_search_removed AFTER DELETE ON person_search BEGIN
        INSERT INTO person_names (person_names, rowid, name) VALUES ('delete', old.person_id, old.name);
        INSERT INTO person_words (person_words, rowid, name, words)
        VALUES ('delete', old.person_id, old.name, old.words);
    END
    """,
    """
    CREATE TRIGGER person_search_changed AFTER UPDATE OF name, words ON person_search
    WHEN old.name <> new.name OR old.words <> new.words BEGIN
        INSERT INTO person_names (person_names, rowid, name) VALUES ('delete', old.person_id, old.name);
        INSERT INTO person_names (rowid, name) VALUES (new.person_id, new.name);
        INSERT INTO person_words (person_words, rowid, name, words)
        VALUES ('delete', old.person_id, old.name, old.words);
        INSERT INTO person_words (rowid, name, words) VALUES (new.person_id, new.name, new.words);
    END
    """,
    """
    CREATE TRIGGER person_search_state AFTER UPDATE OF status, merged_into_id, voided_at ON person BEGIN
        UPDATE search_word
        SET uses = uses + (new.merged_into_id IS NULL AND new.voided_at IS NULL)
            - (old.merged_into_id IS NULL AND old.voided_at IS NULL)
        WHERE word = '' AND EXISTS (SELECT 1 FROM person_search WHERE person_id = new.id);
        UPDATE person_search
        SET status = new.status, merged_into_id = new.merged_into_id, voided = new.voided_at IS NOT NULL
        WHERE person_id = new.id;
    END
    """,
)
"""What the first migration says literally; `tests/db/test_search.py` holds the two against each other."""

_FED_BY = {"person_search_added": DDL[6], "person_search_removed": DDL[7], "person_search_changed": DDL[8]}
"""The triggers that feed the full text."""

SHORTEST_ANYWHERE = 3
"""Beginnings shorter than this are not looked for outside of names: half of all people answer them."""


def detach(connection: Connection) -> None:
    """Empty the full text and let the table be filled without it."""
    for trigger in _FED_BY:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.exec_driver_sql("INSERT INTO person_names (person_names) VALUES ('delete-all')")
    connection.exec_driver_sql("INSERT INTO person_words (person_words) VALUES ('delete-all')")


def attach(connection: Connection) -> None:
    """Read the whole table, each index into one segment, and keep in step with it from now on."""
    for command in ("rebuild", "optimize"):
        connection.exec_driver_sql("INSERT INTO person_names (person_names) VALUES (?)", (command,))
        connection.exec_driver_sql("INSERT INTO person_words (person_words) VALUES (?)", (command,))
    for statement in _FED_BY.values():
        connection.exec_driver_sql(statement)


def people_named(connection: Connection, words: Sequence[Sequence[str]], limit: int) -> list[int]:
    """Ids of people whose name has every word, lowest first (`db.full_text`)."""
    asked = " AND ".join(map(_any_of, words))
    return _ids(connection, "SELECT rowid FROM person_names WHERE person_names MATCH ? LIMIT ?", asked, limit)


def people_with(connection: Connection, words: Sequence[Sequence[str]], limit: int) -> list[int]:
    """Ids of people who carry every word anywhere, lowest first (`db.full_text`)."""
    long = [
        forms for forms in words if not any(form.endswith("*") and len(form) <= SHORTEST_ANYWHERE for form in forms)
    ]
    if not long:
        return []
    asked = " AND ".join(map(_any_of, long))
    return _ids(connection, "SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT ?", asked, limit)


def _ids(connection: Connection, statement: str, asked: str, limit: int) -> list[int]:
    return [int(row[0]) for row in connection.exec_driver_sql(statement, (asked, limit))]


def _any_of(forms: Sequence[str]) -> str:
    quoted = [f'"{form[:-1]}"*' if form.endswith("*") else f'"{form}"' for form in forms]
    return quoted[0] if len(quoted) == 1 else "(" + " OR ".join(quoted) + ")"
