"""Writes the draft of a revision: what the tables in `db/models` are ahead of the migrations.

    python -m db.migrations.draft 0002 what_changed

For developers only; the program never imports it. Read the draft before it is released: Alembic sees tables and
columns, not triggers, and it cannot tell a renamed column from a lost and a new one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from db.migrate import migrate
from db.models import metadata
from db.sqlite_file import connect
from db.types import Key, UtcDateTime

_HERE = Path(__file__).parent
_FILE = '''"""{words}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
{engine_import}
revision = "{number}"
down_revision = {before!r}
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
{body}{engine_part}'''
_ENGINE_IMPORT = "\nfrom db.migrations import sqlite_{number}\n"
_ENGINE_PART = """

    if op.get_context().dialect.name == "sqlite":
        for statement in sqlite_{number}.STATEMENTS:
            op.execute(statement)
"""


def _type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types as what they are in the file: a revision must not depend on today's code."""
    if kind == "type" and item is Key:
        return "KEY"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def differences(engine: Engine, *, batch: bool) -> str:
    """The body of a revision that brings the engine's database up to the models.

    batch: tables that exist are changed by copying them, the only way SQLite knows.
    """
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        steps = produce_migrations(found, metadata).upgrade_ops
        if steps is None:
            raise ValueError("nothing to compare")
        return render_python_code(steps, render_item=_type, render_as_batch=batch, migration_context=found)


def draft(number: str, name: str) -> Path:
    """Write versions/rNNNN_name.py and give its path."""
    from sqlcipher3 import dbapi2

    before = ScriptDirectory(str(_HERE)).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "draft.db", bytes(32)
        if before is None:
            body = differences(create_engine("sqlite://"), batch=False)
        else:
            migrate(path, key)
            engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connect(path, key), poolclass=NullPool)
            body = differences(engine, batch=True)
    lines = [line for line in body.splitlines() if not line.lstrip().startswith("# ###")]
    engine_specific = (_HERE / f"sqlite_{number}.py").exists()
    text = _FILE.format(
        words=name.replace("_", " ").capitalize(),
        number=number,
        before=before,
        body="\n".join(lines),
        engine_import=_ENGINE_IMPORT.format(number=number) if engine_specific else "",
        engine_part=_ENGINE_PART.format(number=number) if engine_specific else "\n",
    )
    target = _HERE / "versions" / f"r{number}_{name}.py"
    target.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(target)], check=True)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{draft(*sys.argv[1:3])}\n")
