"""The schema's history. A revision never changes once it was released; a small database of each is kept in tests.

A new revision: change the tables in `db/models`; put what only SQLite has into `sqlite_NNNN.py` (STATEMENTS); run
`python -m db.migrations.draft 0002 what_changed`; read what it wrote; raise REVISION; add the database of the release
to tests/db/released.
"""

from __future__ import annotations

REVISION = "0001"
"""The schema of this program: four digits, growing by one. A file with a larger one is newer than the program."""
