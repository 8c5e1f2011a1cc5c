"""Copies of a database in use: whole, tested, few, and the way back from one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import db.backup
import db.restore
from db.backup import back_up, copies, verify
from db.engine import open_engines
from db.migrate import Outcome, migrate
from db.restore import restore
from db.sqlite_file import connect, opened, table_counts
from ilp_desk.errors import DatabaseTrouble
from tests.db.safekeeping import KEY, MORNING, OTHER_KEY, announce, announced, new_database, run, tamper


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A database with 3,000 announcements, about 1.5 MB, alone in its folder."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return new_database(folder, 3_000)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# -- making one


def test_a_copy_is_one_tested_file_that_the_key_opens(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    assert names(stick) == [copy.path.name]
    assert copy.path.name.startswith("desk-")
    assert copy.path.name.endswith("-20261121-084152.db")
    assert copy.size == copy.path.stat().st_size
    assert announced(copy.path) == 3_000
    assert names(stick) == [copy.path.name]
    assert b"SQLite format 3" not in copy.path.read_bytes()
    with pytest.raises(DatabaseTrouble):
        connect(copy.path, OTHER_KEY)
    assert migrate(copy.path, KEY) is Outcome.CURRENT


def test_the_desk_goes_on_while_a_copy_is_made(desk: Path, stick: Path) -> None:
    engines = open_engines(desk, KEY)
    told: list[tuple[int, int]] = []

    def write(done: int, pages: int) -> None:
        told.append((done, pages))
        with engines.write.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO change (topic, uid, actor, desk, at) VALUES ('visit', 'x', '', '', '2026-11-21 01:00:00')"
            )

    try:
        db.backup._STEP, step = 50, db.backup._STEP
        copy = back_up(desk, KEY, stick, MORNING, progress=write)
    finally:
        db.backup._STEP = step
        engines.dispose()
    assert len(told) > 3
    assert told[-1][0] == told[-1][1]
    assert announced(copy.path) == 3_000
    assert announced(desk) == 3_000 + len(told)


def test_what_is_still_in_the_journal_is_copied_too(desk: Path, stick: Path) -> None:
    raw = connect(desk, KEY)
    announce(desk, 5)
    assert Path(f"{desk}-wal").stat().st_size > 0
    assert announced(back_up(desk, KEY, stick, MORNING).path) == 3_005
    raw.close()


def test_only_the_newest_are_kept_and_only_our_own_are_touched(desk: Path, stick: Path) -> None:
    for name in (
        "foto.jpg",
        "desk-lama.db",
        "desk-abcdef-20200101-000000.db",
        "desk-abcdef-20200101-000000.db.partial",
    ):
        (stick / name).write_bytes(b"not ours")
    left = back_up(desk, KEY, stick, MORNING).path
    (stick / f"{left.name}.untested").write_bytes(b"left by a crash")
    made = [back_up(desk, KEY, stick, MORNING + timedelta(days=day), keep=3).path for day in range(1, 5)]
    kept = copies(stick, KEY)
    assert [copy.name[-18:] for copy in kept] == ["20261125-084152.db", "20261124-084152.db", "20261123-084152.db"]
    assert kept[0] == made[-1]
    assert set(names(stick)) - {copy.name for copy in kept} == {
        "foto.jpg",
        "desk-lama.db",
        "desk-abcdef-20200101-000000.db",
        "desk-abcdef-20200101-000000.db.partial",
    }


def test_what_another_program_is_writing_today_is_left_alone(desk: Path, stick: Path) -> None:
    first = back_up(desk, KEY, stick, MORNING).path
    busy = stick / first.name.replace("084152.db", "084600.db.partial")
    busy.write_bytes(b"half")
    back_up(desk, KEY, stick, MORNING + timedelta(minutes=5))
    assert busy.exists()


def test_a_clock_set_back_never_costs_the_newest_copy(desk: Path, stick: Path) -> None:
    back_up(desk, KEY, stick, MORNING, keep=1)
    newest = back_up(desk, KEY, stick, MORNING - timedelta(days=400), keep=1)
    assert copies(stick, KEY) == (newest.path,)


def test_two_copies_in_one_second_have_two_names(desk: Path, stick: Path) -> None:
    made = {back_up(desk, KEY, stick, MORNING).path.name for _ in range(3)}
    assert len(made) == 3
    assert set(names(stick)) == made


def test_a_cancelled_copy_leaves_nothing(desk: Path, stick: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(_done: int, _pages: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        back_up(desk, KEY, stick, MORNING, progress=cancel)
    assert names(stick) == []
    assert announced(desk) == 3_000


CUT = """
import os, sys
from datetime import datetime
from pathlib import Path
from db import backup
database, stick, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
setattr(backup, moment, lambda *args, **kwargs: os._exit(9))
progress = backup.progress if moment == "progress" else None
backup.back_up(database, bytes(range(32)), stick, datetime(2026, 11, 21), progress=progress)
"""


@pytest.mark.parametrize(("moment", "state"), [("progress", "partial"), ("verify", "untested"), ("sync_folder", "db")])
def test_the_name_says_how_far_a_copy_came_when_the_power_went(
    desk: Path, stick: Path, moment: str, state: str
) -> None:
    ended = run(CUT, str(desk), str(stick), moment)
    assert ended.returncode == 9
    assert [name.rsplit(".", 1)[1] for name in names(stick) if not name.endswith("-journal")] == [state]
    assert announced(desk) == 3_000
    assert len(copies(stick, KEY)) == (state == "db")
    back_up(desk, KEY, stick, MORNING + timedelta(days=1))
    assert all(name.endswith(".db") for name in names(stick))


# -- places that do not take one


def trouble_of(desk: Path, folder: Path) -> DatabaseTrouble:
    with pytest.raises(DatabaseTrouble) as refused:
        back_up(desk, KEY, folder, MORNING)
    assert str(folder) in refused.value.sentence
    assert announced(desk) == 3_000
    return refused.value


def test_an_unplugged_stick_is_told_and_not_made(desk: Path, tmp_path: Path) -> None:
    assert trouble_of(desk, tmp_path / "media" / "STICK").code == "target_unreachable"
    assert not (tmp_path / "media").exists()


def test_the_folder_beside_the_database_is_made(desk: Path) -> None:
    assert back_up(desk, KEY, desk.parent / "backup", MORNING).path.exists()


def test_a_file_in_the_place_of_the_folder(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert trouble_of(desk, tmp_path / "file").code == "target_unreachable"


def test_too_little_room_is_told_before_anything_is_written(
    desk: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 2**20

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage)
    refused = trouble_of(desk, stick)
    assert refused.code == "disk_full"
    assert "tersisa 1 MB" in refused.sentence
    assert names(stick) == []


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(
    desk: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    @contextmanager
    def small(path: Path, key: bytes, **how: Any) -> Iterator[Any]:
        with opened(path, key, **how) as raw:
            if how.get("create"):
                raw.execute("PRAGMA max_page_count = 60")
            yield raw

    monkeypatch.setattr(db.backup, "opened", small)
    refused = trouble_of(desk, stick)
    assert refused.code == "disk_full"
    assert "tidak berubah" in refused.sentence
    assert names(stick) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind there")
def test_a_stick_that_takes_no_large_files_leaves_nothing(desk: Path, stick: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(DatabaseTrouble) as refused:
            back_up(desk, KEY, stick, MORNING)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "target_unreachable"
    assert names(stick) == []


def test_a_copy_that_differs_is_thrown_away(desk: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([0, 1])

    def counted(raw: Any) -> dict[str, int]:
        return table_counts(raw) | {"visit": next(answers)}

    monkeypatch.setattr(db.backup, "table_counts", counted)
    with pytest.raises(DatabaseTrouble) as refused:
        back_up(desk, KEY, stick, MORNING)
    assert refused.value.code == "copy_differs"
    assert names(stick) == []


def test_a_torn_page_in_the_copy_is_found(desk: Path, stick: Path) -> None:
    path = back_up(desk, KEY, stick, MORNING).path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatabaseTrouble) as refused:
        verify(path, KEY)
    assert refused.value.code == "damaged"


def test_a_damaged_database_gives_no_copy(desk: Path, stick: Path) -> None:
    content = bytearray(desk.read_bytes())
    content[len(content) // 2] ^= 1
    desk.write_bytes(content)
    with pytest.raises(DatabaseTrouble) as refused:
        back_up(desk, KEY, stick, MORNING)
    assert refused.value.code == "damaged"
    assert names(stick) == []


# -- the way back


def test_the_database_in_use_is_put_aside_and_the_copy_takes_its_place(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    before = copy.path.read_bytes()
    announce(desk, 50)
    aside = restore(copy.path, KEY, desk, MORNING)
    assert aside is not None
    assert announced(desk) == 3_000
    assert announced(aside) == 3_050
    assert names(desk.parent) == ["desk.db", "desk.replaced-20261121-084152.db"]
    assert copy.path.read_bytes() == before
    assert restore(copy.path, KEY, desk, MORNING) != aside
    open_engines(desk, KEY).dispose()


def test_a_lost_database_comes_back(desk: Path, stick: Path, tmp_path: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    there = tmp_path / "new computer" / "desk.db"
    assert restore(copy.path, KEY, there, MORNING) is None
    assert announced(there) == 3_000
    assert names(there.parent) == ["desk.db"]


@pytest.mark.parametrize("rest", [b"", bytes(8192), b"\xff" * 8192])
def test_a_damaged_database_is_put_aside_with_its_journal(desk: Path, stick: Path, rest: bytes) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    desk.write_bytes(rest)
    Path(f"{desk}-wal").write_bytes(b"what was not written back")
    aside = restore(copy.path, KEY, desk, MORNING)
    assert aside is not None
    assert aside.read_bytes() == rest
    assert Path(f"{aside}-wal").read_bytes() == b"what was not written back"
    assert announced(desk) == 3_000
    assert names(desk.parent) == ["desk.db", aside.name, f"{aside.name}-wal"]


LEFT_OPEN = """
import os, sys
from pathlib import Path
from db.sqlite_file import connect
from tests.db.safekeeping import KEY, announce
raw = connect(Path(sys.argv[1]), KEY)
announce(Path(sys.argv[1]), 5)
os._exit(0)
"""


def test_what_was_not_written_back_goes_with_the_old_file(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    assert run(LEFT_OPEN, str(desk)).returncode == 0
    assert Path(f"{desk}-wal").stat().st_size > 0
    aside = restore(copy.path, KEY, desk, MORNING)
    assert aside is not None
    assert announced(aside) == 3_005
    assert announced(desk) == 3_000


def test_the_journal_of_a_lost_file_is_kept_and_never_taken_for_the_new_ones(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    assert run(LEFT_OPEN, str(desk)).returncode == 0
    journal = Path(f"{desk}-wal").read_bytes()
    desk.write_bytes(b"")
    aside = restore(copy.path, KEY, desk, MORNING)
    assert aside is not None
    assert Path(f"{aside}-wal").read_bytes() == journal
    assert not Path(f"{desk}-wal").exists()
    assert announced(desk) == 3_000


def test_nothing_is_replaced_while_somebody_works(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    other = connect(desk, KEY)
    with pytest.raises(DatabaseTrouble) as refused:
        restore(copy.path, KEY, desk, MORNING)
    assert refused.value.code == "in_use"
    other.close()
    assert names(desk.parent) == ["desk.db"]


def test_a_copy_of_a_newer_program_is_refused(desk: Path, stick: Path) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    tamper(copy.path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTrouble) as refused:
        restore(copy.path, KEY, desk, MORNING)
    assert refused.value.code == "newer"
    assert names(desk.parent) == ["desk.db"]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda content: b"", "damaged"),
        (lambda content: bytes(len(content)), "damaged"),
        (lambda content: content[:100_000], "damaged"),
        (lambda content: content[:200_000] + bytes(5000) + content[205_000:], "damaged"),
        (lambda content: b"\xff" * len(content), "wrong_key"),
    ],
)
def test_a_copy_that_is_damaged_replaces_nothing(desk: Path, stick: Path, damage: Any, code: str) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    copy.path.write_bytes(damage(copy.path.read_bytes()))
    with pytest.raises(DatabaseTrouble) as refused:
        restore(copy.path, KEY, desk, MORNING)
    assert refused.value.code == code
    assert announced(desk) == 3_000
    assert names(desk.parent) == ["desk.db"]


def test_a_missing_copy_and_a_copy_of_something_else(desk: Path, stick: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="tidak ditemukan"):
        restore(stick / "none.db", KEY, desk, MORNING)
    with opened(stick / "other.db", KEY, create=True) as raw:
        raw.execute("CREATE TABLE t (a)")
    with pytest.raises(DatabaseTrouble) as refused:
        restore(stick / "other.db", KEY, desk, MORNING)
    assert refused.value.code == "unknown"
    assert announced(desk) == 3_000


@pytest.mark.parametrize("moment", ["_settled", "_second_name", "replace"])
def test_a_power_cut_while_restoring_leaves_a_whole_database(desk: Path, stick: Path, moment: str) -> None:
    copy = back_up(desk, KEY, stick, MORNING)
    announce(desk, 50)
    program = (
        "import os, sys; from datetime import datetime; from pathlib import Path; from db import restore;"
        "here = os if sys.argv[3] == 'replace' else restore; real = restore.os.replace;"
        "cut = lambda *a, **k: os._exit(9) if sys.argv[3] != 'replace' or str(a[1]) == sys.argv[2] else real(*a, **k);"
        "setattr(here, sys.argv[3], cut);"
        "restore.restore(Path(sys.argv[1]), bytes(range(32)), Path(sys.argv[2]), datetime(2026, 11, 21))"
    )
    ended = run(program, str(copy.path), str(desk), moment)
    assert ended.returncode == 9
    assert announced(desk) == 3_050
    assert migrate(desk, KEY, create=False) is Outcome.CURRENT
    assert restore(copy.path, KEY, desk, MORNING) is not None
    assert announced(desk) == 3_000


def test_a_file_system_without_links_is_served_too(desk: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = back_up(desk, KEY, stick, MORNING)

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    aside = restore(copy.path, KEY, desk, MORNING)
    assert aside is not None
    assert announced(aside) == announced(desk) == 3_000
    assert migrate(desk.with_name("new.db"), KEY) is Outcome.CREATED
