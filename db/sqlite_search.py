"""Full text over `person_search`, in SQLite only: FTS5 laid over the ordinary table, kept in step by triggers.

Two columns, so that a word of the person's own name can be asked for before the same word in an address or in the name
of a relative. detail=full and the prefix indexes serve word beginnings; `columnsize=0` saves a row a person, because
nothing is ordered by rank.
"""

from __future__ import annotations

DDL = (
    """
    CREATE VIRTUAL TABLE person_words USING fts5(
        name, words,
        content='person_search', content_rowid='person_id',
        tokenize="unicode61 remove_diacritics 0",
        prefix='1 2 3 4 5', detail=full, columnsize=0
    )
    """,
    """
    CREATE TRIGGER person_search_added AFTER INSERT ON person_search BEGIN
        INSERT INTO person_words (rowid, name, words) VALUES (new.person_id, new.name, new.words);
    END
    """,
    """
    CREATE TRIGGER person_search_removed AFTER DELETE ON person_search BEGIN
        INSERT INTO person_words (person_words, rowid, name, words)
        VALUES ('delete', old.person_id, old.name, old.words);
    END
    """,
    """
    CREATE TRIGGER person_search_changed AFTER UPDATE OF name, words ON person_search
    WHEN old.name <> new.name OR old.words <> new.words BEGIN
        INSERT INTO person_words (person_words, rowid, name, words)
        VALUES ('delete', old.person_id, old.name, old.words);
        INSERT INTO person_words (rowid, name, words) VALUES (new.person_id, new.name, new.words);
    END
    """,
    "INSERT INTO person_words (person_words, rank) VALUES ('automerge', 8)",
    "INSERT INTO person_words (person_words, rank) VALUES ('crisismerge', 64)",
)
"""What the first migration says literally; `tests/db/test_search.py` holds the two against each other."""
