"""What revision 0001 adds in SQLite only: full text over the search table, and rows that cannot be changed.

Frozen with the revision. A later revision that rebuilds one of these tables must lay its triggers again.
"""

from __future__ import annotations

SEARCH = (
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

# INSERT OR REPLACE would remove the row in its way without firing a DELETE trigger: hence the guards on insertion.
GUARDS = (
    """
    CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id OR (desk = new.desk AND seq = new.seq)) BEGIN
        SELECT RAISE(ABORT, 'audit rows are never replaced');
    END
    """,
    """
    CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN
        SELECT RAISE(ABORT, 'audit rows are never changed');
    END
    """,
    """
    CREATE TRIGGER audit_not_removed BEFORE DELETE ON audit BEGIN
        SELECT RAISE(ABORT, 'audit rows are never removed');
    END
    """,
    """
    CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
    WHEN new.desk <> old.desk OR new.seq < old.seq BEGIN
        SELECT RAISE(ABORT, 'the audit never goes back');
    END
    """,
    """
    CREATE TRIGGER audit_head_not_removed BEFORE DELETE ON audit_head BEGIN
        SELECT RAISE(ABORT, 'audit rows are never removed');
    END
    """,
    """
    CREATE TRIGGER queue_event_not_replaced BEFORE INSERT ON queue_event
    WHEN EXISTS (SELECT 1 FROM queue_event WHERE id = new.id OR uid = new.uid) BEGIN
        SELECT RAISE(ABORT, 'queue events are never replaced');
    END
    """,
    """
    CREATE TRIGGER queue_event_not_changed BEFORE UPDATE ON queue_event BEGIN
        SELECT RAISE(ABORT, 'queue events are never changed');
    END
    """,
    """
    CREATE TRIGGER queue_event_not_removed BEFORE DELETE ON queue_event BEGIN
        SELECT RAISE(ABORT, 'queue events are never removed');
    END
    """,
)

STATEMENTS = SEARCH + GUARDS
