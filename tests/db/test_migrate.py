"""The file is made, upgraded, or refused in words; whatever happens, what was in it stays."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Dialect, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

import db.engine
import db.migrate
from db.migrate import SCRIPTS, Outcome, migrate
from db.migrations import REVISION
from db.models import metadata
from db.sqlite_file import connect, opened, revision, table_counts
from ilp_desk.errors import DatabaseTrouble
from tests.db.released.make import CONTENT, TEST_KEY, make
from tests.db.safekeeping import (
    KEY,
    OTHER_KEY,
    PROJECT,
    announce,
    announced,
    new_database,
    run,
    tamper,
    write_audit,
)

RELEASED = Path(__file__).parent / "released"

FULL_TEXT = ("person_words", "person_names")
"""The tables of the full text in SQLite, which the models do not know."""


def trouble_of(path: Path, key: bytes = KEY, **how: Any) -> DatabaseTrouble:
    with pytest.raises(DatabaseTrouble) as refused:
        migrate(path, key, **how)
    assert refused.value.sentence.endswith(".")
    return refused.value


def schema(raw: Any) -> dict[str, list[str]]:
    """What makes a table or index, apart from the order of lines within it."""
    rows = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'person_words%' AND name NOT LIKE 'person_names%'"
        " AND name <> 'alembic_version'"
    )
    return {name: sorted(line.strip().rstrip(",") for line in text.splitlines()) for name, text in rows}


# -- a new file


def test_the_migrated_schema_is_the_one_of_the_models(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    assert migrate(path, KEY) is Outcome.CREATED
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connect(path, KEY), poolclass=NullPool)
    with engine.connect() as connection:
        ours = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith(FULL_TEXT)}
        found = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(found, metadata) == []
    plain = create_engine("sqlite://")
    metadata.create_all(plain)
    with opened(path, KEY) as raw, plain.connect() as connection:
        assert schema(raw) == schema(connection.connection)


def test_the_schema_compiles_for_postgresql() -> None:
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert f"CREATE TABLE {table.name} " in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_the_migrations_compile_for_postgresql_and_say_the_same() -> None:
    written = io.StringIO()
    offline = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written, "target_metadata": metadata}
    )
    with Operations.context(offline):
        for script in reversed(list(ScriptDirectory(str(SCRIPTS)).walk_revisions())):
            script.module.upgrade()
    text = written.getvalue()
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    wanted = {
        line.strip().rstrip(",")
        for table in metadata.sorted_tables
        for line in str(CreateTable(table).compile(dialect=dialect)).splitlines()
    }
    for table in metadata.sorted_tables:
        wanted |= {str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes}
    got = {line.strip().rstrip(",;") for line in text.splitlines()}
    assert wanted - got == set()
    assert "TRIGGER" not in text


def test_the_program_names_the_newest_revision() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert scripts.get_heads() == [REVISION]
    numbers = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_revision_depends_on_nothing_that_changes() -> None:
    for file in [*(SCRIPTS / "versions").glob("*.py"), *SCRIPTS.glob("sqlite_*.py")]:
        imports = re.findall(r"^(?:from|import) (\S+)", file.read_text("utf-8"), re.M)
        assert set(imports) <= {"__future__", "sqlalchemy", "alembic", "db.migrations"}, file


def test_a_file_that_is_up_to_date_costs_no_import_of_alembic(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    program = (
        "import sys; from pathlib import Path; from db.migrate import migrate;"
        f"print(migrate(Path(sys.argv[1]), bytes.fromhex('{KEY.hex()}')));"
        "print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    assert run(program, str(path)).stdout.split() == ["current", "False", "False"]


def test_a_new_file_is_one_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "new folder #1 %41?" / "desk.db"
    assert migrate(path, KEY) is Outcome.CREATED
    assert [file.name for file in path.parent.iterdir()] == ["desk.db"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    assert b"person" not in path.read_bytes()
    assert migrate(path, KEY) is Outcome.CURRENT


def test_a_missing_file_is_only_made_where_that_is_wanted(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "desk.db", create=False).code == "missing"
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_never_takes_the_place_of_a_lost_one(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    raw = connect(path, KEY)
    raw.execute("DELETE FROM change")
    path.rename(tmp_path / "elsewhere.db")
    refused = trouble_of(path)
    raw.close()
    assert refused.code == "missing"
    assert "jangan hapus" in refused.sentence


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind there")
def test_no_room_for_a_new_file(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        refused = trouble_of(tmp_path / "desk.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.code == "disk"
    assert list(tmp_path.iterdir()) == []


def test_no_database_is_made_on_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.engine, "network_path", lambda path: path == tmp_path / "desk.db")
    assert trouble_of(tmp_path / "desk.db").code == "network_path"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"x")
    assert trouble_of(tmp_path / "a file" / "desk.db").code == "unreadable"


def test_programs_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    program = (
        "import sys; from pathlib import Path; from db.migrate import migrate; sys.stdin.readline();"
        f"print(migrate(Path(sys.argv[1]), bytes.fromhex('{KEY.hex()}')))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate()[0].strip() for process in started)
    assert said == ["created", "current", "current", "current"]
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]


# -- rows that stay as they are


def refused_by_guard(path: Path, statement: str) -> str:
    with connect(path, KEY) as raw:
        with pytest.raises(dbapi2.IntegrityError) as refused:
            raw.execute(statement)
    raw.close()
    return str(refused.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET content = '{}' WHERE seq = 2",
        "UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT id, desk, seq, at, staff, act, subject, 'x', hash FROM audit",
        "INSERT OR REPLACE INTO audit SELECT id + 9, desk, seq, at, staff, act, subject, 'x', hash FROM audit",
        "UPDATE audit_head SET seq = 2",
        "UPDATE audit_head SET desk = 'other'",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_the_audit(tmp_path: Path, statement: str) -> None:
    path = new_database(tmp_path)
    write_audit(path, "Loket 1", "Loket 1", "Loket 1")
    assert "audit" in refused_by_guard(path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE queue_event SET step = 'called'",
        "DELETE FROM queue_event",
        "INSERT OR REPLACE INTO queue_event SELECT * FROM queue_event",
    ],
)
def test_the_database_refuses_to_change_queue_events(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "desk.db"
    make(path, KEY)
    assert "queue events are never" in refused_by_guard(path, statement)


# -- files that are not what they should be


def test_the_wrong_key(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    before = path.read_bytes()
    assert trouble_of(path, OTHER_KEY).code == "wrong_key"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda content: b"", "damaged"),
        (lambda content: bytes(len(content)), "damaged"),
        (lambda content: content[:1000], "damaged"),
        (lambda content: content[:4096], "damaged"),
        (lambda content: content[: len(content) // 8192 * 4096], "damaged"),
        (lambda content: b"\x00" * 16 + content[16:], "damaged"),
        (lambda content: b"\xff" * 16 + content[16:], "wrong_key"),
        (lambda content: content[:2000] + b"\xff" * 50 + content[2050:], "wrong_key"),
        (lambda content: b"SQLite format 3\x00" + content[16:], "not_encrypted"),
        (lambda content: b"id;nama;nik\r\n" * 900, "damaged"),
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, damage: Any, code: str) -> None:
    path = new_database(tmp_path)
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    assert trouble_of(path).code == code
    assert path.read_bytes() == broken


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()
    assert trouble_of(tmp_path / "desk.db").code == "unreadable"


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with opened(path, KEY, create=True) as raw:
        raw.execute("CREATE TABLE patient (name TEXT)")
    assert trouble_of(path).code == "unknown"


@pytest.mark.parametrize("written", ["a1b2c3", "", "0000", "1", "00001"])
def test_a_revision_nobody_knows(tmp_path: Path, written: str) -> None:
    path = new_database(tmp_path)
    tamper(path, f"UPDATE alembic_version SET version_num = '{written}'")
    assert trouble_of(path).code == "unknown"


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = new_database(tmp_path, 7)
    tamper(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    refused = trouble_of(path)
    assert refused.code == "newer"
    assert "Perbarui program" in refused.sentence
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]


# -- upgrades, tried with a revision that does not exist yet

NEXT = f"{int(REVISION) + 1:04}"
STEP = f'''
import sqlalchemy as sa
from alembic import op

from db.migrations.sqlite_0001 import SEARCH

revision = "{NEXT}"
down_revision = "{REVISION}"


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("nickname", sa.Text(), nullable=False, server_default=""))
        person.alter_column("occupation", new_column_name="work")
    op.execute(next(line for line in SEARCH if "person_search_state" in line))  # gone with the table it was laid on
'''


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A database of today with a little of everything, alone in its folder."""
    path = tmp_path / "desk" / "desk.db"
    make(path, KEY)
    return path


@pytest.fixture
def program_of_tomorrow(tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program with one revision more than the one that made the desk; gives the file of that revision."""
    assert desk.exists()
    scripts = tmp_path / "program" / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = scripts / "versions" / f"r{NEXT}_tomorrow.py"
    step.write_text(STEP, "utf-8")
    monkeypatch.setattr(db.migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(db.migrate, "REVISION", NEXT)
    return step


@pytest.mark.usefixtures("program_of_tomorrow")
def test_an_older_file_is_copied_and_upgraded(desk: Path) -> None:
    with opened(desk, KEY) as raw:
        before = table_counts(raw)
    assert migrate(desk, KEY) is Outcome.UPGRADED
    with opened(desk, KEY) as raw:
        assert revision(raw) == NEXT
        assert table_counts(raw) == before
        assert raw.execute("SELECT name, nickname FROM person ORDER BY id").fetchall() == [
            (name, "") for name in CONTENT
        ]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    kept = desk.with_name(f"desk.before-{NEXT}.db")
    with opened(kept, KEY) as raw:
        assert revision(raw) == REVISION
        assert table_counts(raw) == before
    assert sorted(file.name for file in desk.parent.iterdir()) == [kept.name, "desk.db"]
    assert migrate(desk, KEY) is Outcome.CURRENT


@pytest.mark.parametrize(
    "mishap",
    [
        "    op.execute('UPDATE person SET nickname = missing_column')\n",
        "    raise ValueError('a step that never worked')\n",
        "    op.execute('DELETE FROM person')\n",
        "    op.execute('UPDATE alembic_version SET version_num = 0')\n",
    ],
)
def test_an_upgrade_that_fails_never_happened(program_of_tomorrow: Path, desk: Path, mishap: str) -> None:
    program_of_tomorrow.write_text(STEP + mishap, "utf-8")
    with opened(desk, KEY) as raw:
        before = (schema(raw), table_counts(raw))
    refused = trouble_of(desk)
    kept = desk.with_name(f"desk.before-{NEXT}.db")
    assert refused.code == "migration_failed"
    assert kept.name in refused.sentence
    for file in (desk, kept):
        with opened(file, KEY) as raw:
            assert (schema(raw), table_counts(raw)) == before
            assert revision(raw) == REVISION
    assert trouble_of(desk).code == "migration_failed"
    assert desk.with_name(f"desk.before-{NEXT}-2.db").exists()


@pytest.mark.usefixtures("program_of_tomorrow")
def test_nothing_is_upgraded_while_another_program_has_the_file_open(desk: Path) -> None:
    other = connect(desk, KEY)
    refused = trouble_of(desk)
    other.close()
    assert refused.code == "in_use"
    assert "Tutup ILP Desk" in refused.sentence
    assert migrate(desk, KEY) is Outcome.UPGRADED


@pytest.mark.usefixtures("program_of_tomorrow")
def test_without_room_for_the_copy_nothing_is_upgraded(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 10**9, 0))
    assert trouble_of(desk).code == "disk_full"
    with opened(desk, KEY) as raw:
        assert revision(raw) == REVISION
    assert [file.name for file in desk.parent.iterdir()] == ["desk.db"]


# -- every database that was ever released


@pytest.mark.parametrize("released", [f"{number:04}" for number in range(1, int(REVISION) + 1)])
def test_a_released_database_is_upgraded_with_all_it_holds(tmp_path: Path, released: str) -> None:
    """The present revision is made on the fly until it is released."""
    path, key = tmp_path / "desk.db", TEST_KEY
    kept = RELEASED / f"{released}.db"
    if kept.exists() or released != REVISION:
        shutil.copy(kept, path)
        key = bytes.fromhex(kept.with_suffix(".key").read_text("ascii"))
    else:
        make(path)
    with opened(path, key) as raw:
        assert revision(raw) == released
        before = table_counts(raw)
    migrate(path, key)
    with opened(path, key) as raw:
        assert revision(raw) == REVISION
        after = table_counts(raw)
        assert {name: after[name] for name in before} == before
        assert [name for (name,) in raw.execute("SELECT name FROM person ORDER BY id")] == list(CONTENT)
        person, name = raw.execute("SELECT person_id, name FROM person_search ORDER BY person_id").fetchone()
        word = f'"{name.split()[0]}"'
        found = raw.execute("SELECT rowid FROM person_words WHERE person_words MATCH ?", (word,)).fetchall()
        assert (person,) in found
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connect(path, key), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: not str(name).startswith(FULL_TEXT)}
        )
        assert compare_metadata(context, metadata) == []


def test_the_driver_is_told_from_plain_sqlite(tmp_path: Path) -> None:
    """A file of ours is unreadable without the key; a plain one is not taken for ours."""
    path = new_database(tmp_path, 3)
    announce(path, 1)
    assert announced(path) == 4
    assert b"SQLite format 3" not in path.read_bytes()
    plain = tmp_path / "plain.db"
    engine = create_engine(f"sqlite:///{plain}")
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE t (a)"))
    engine.dispose()
    assert trouble_of(plain).code == "not_encrypted"
