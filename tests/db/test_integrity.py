"""`check` finds what is broken, and says of what is whole that it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import open_engines
from db.integrity import Finding, check, findings
from db.sqlite_file import connect, opened
from tests.db.released.make import make
from tests.db.safekeeping import KEY, OTHER_KEY, announce, announced, new_database, tamper, write_audit

ALL = ["open", "pages", "cipher", "references", "schema", "guards", "audit", "search"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    make(path, KEY)
    return path


def bad(path: Path, key: bytes = KEY) -> dict[str, str]:
    """What is not as it should be: code to sentence."""
    found = check(path, key)
    assert all(finding.sentence.endswith(".") for finding in found)
    return {finding.code: finding.sentence for finding in found if not finding.ok}


def test_a_healthy_database_passes_every_check(desk: Path) -> None:
    before = desk.read_bytes()
    found = check(desk, KEY)
    assert [finding.code for finding in found] == ALL
    assert [finding for finding in found if not finding.ok] == []
    assert found[-2] == Finding("audit", True, "Jejak audit utuh: 6 catatan.")
    assert found[-1] == Finding("search", True, "Indeks pencarian sesuai: 4 orang.")
    assert desk.read_bytes() == before


def test_the_check_runs_while_others_write(desk: Path) -> None:
    for _ in findings(desk, KEY):
        announce(desk, 20)
    assert announced(desk) == 1 + 20 * len(ALL)
    assert bad(desk) == {}


# -- the audit


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """Two desks in turn, five rows each."""
    path = new_database(tmp_path)
    write_audit(path, *["Loket 1", "Loket 2"] * 5)
    return path


def test_chains_of_several_desks_hold(audited: Path) -> None:
    assert bad(audited) == {}


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE audit SET content = '{}' WHERE desk = 'Loket 1' AND seq = 3"], "Loket 1: catatan 3 diubah"),
        (["UPDATE audit SET at = '2026-11-20 08:41:52.000000' WHERE id = 1"], "Loket 1: catatan 1 diubah"),
        (["UPDATE audit SET staff = 'other' WHERE desk = 'Loket 2' AND seq = 5"], "Loket 2: catatan 5 diubah"),
        (["UPDATE audit SET subject = '' WHERE id = 4"], "Loket 2: catatan 2 diubah"),
        (["UPDATE audit SET act = 'x' WHERE id = 4"], "Loket 2: catatan 2 diubah"),
        (["UPDATE audit SET content = x'00ff' WHERE id = 4"], "Loket 2: catatan 2 diubah"),
        (["DELETE FROM audit WHERE desk = 'Loket 1' AND seq = 3"], "Loket 1: setelah catatan 2 datang 4"),
        (["DELETE FROM audit WHERE desk = 'Loket 1' AND seq = 1"], "Loket 1: setelah catatan 0 datang 2"),
        (["DELETE FROM audit WHERE desk = 'Loket 1' AND seq = 5"], "Loket 1: berakhir di catatan 4, seharusnya 5"),
        (["DELETE FROM audit WHERE desk = 'Loket 1'"], "Loket 1: berakhir di catatan 0, seharusnya 5"),
        (["DELETE FROM audit"], "Loket 2: berakhir di catatan 0, seharusnya 5"),
        (["DELETE FROM audit_head WHERE desk = 'Loket 2'"], "Loket 2: tanda akhirnya hilang"),
        (
            [
                "DELETE FROM audit WHERE desk = 'Loket 1' AND seq = 5",
                "UPDATE audit_head SET seq = 4 WHERE desk = 'Loket 1'",
            ],
            "Loket 1: berakhir di catatan 4, seharusnya 4",
        ),
        (
            [
                "UPDATE audit SET seq = 99 WHERE id = 3",
                "UPDATE audit SET seq = 2 WHERE id = 5",
                "UPDATE audit SET seq = 3 WHERE id = 3",
            ],
            "Loket 1: setelah catatan 1 datang 3",
        ),
        (
            [
                "UPDATE audit SET id = 99 WHERE id = 3",
                "UPDATE audit SET id = 3 WHERE id = 5",
                "UPDATE audit SET id = 5 WHERE id = 99",
            ],
            "Loket 1: setelah catatan 1 datang 3",
        ),
        (["UPDATE audit SET desk = 'Loket 3' WHERE id = 10"], "Loket 3: tanda akhirnya hilang"),
        (
            ["INSERT INTO audit SELECT 99, desk, 6, at, staff, act, subject, content, hash FROM audit WHERE id = 9"],
            "Loket 1: catatan 6 diubah",
        ),
    ],
)
def test_a_row_changed_removed_or_moved_is_found(audited: Path, statements: list[str], words: str) -> None:
    tamper(audited, *statements)
    found = bad(audited)
    assert list(found) == ["audit"]
    assert words in found["audit"]


def test_one_changed_row_is_told_once(audited: Path) -> None:
    tamper(audited, "UPDATE audit SET content = '{}' WHERE id = 1")
    assert bad(audited)["audit"].count(";") == 1  # the one before the advice


def test_a_thousand_changed_rows_do_not_fill_the_screen(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    write_audit(path, *["Loket 1"] * 40)
    tamper(path, "UPDATE audit SET content = ''")
    assert "dan 35 lagi" in bad(path)["audit"]


def test_guards_taken_off_are_noticed(audited: Path) -> None:
    with opened(audited, KEY) as raw:
        raw.execute("DROP TRIGGER audit_not_changed")
        raw.execute("DROP TRIGGER queue_event_not_removed")
    assert "audit_not_changed, queue_event_not_removed" in bad(audited)["guards"]


# -- rows, pages, files


def test_a_row_that_points_to_nothing(desk: Path) -> None:
    with opened(desk, KEY) as raw:
        raw.execute("UPDATE visit SET person_id = 99")
    assert "visit (1)" in bad(desk)["references"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM person_search WHERE person_id = 2",
        "UPDATE person SET voided_at = '2026-11-21 00:00:00' WHERE id = 1",
        "UPDATE search_word SET uses = 3 WHERE word = ''",
        "DELETE FROM search_word",
    ],
)
def test_an_index_that_lags_behind_names_its_remedy(desk: Path, statement: str) -> None:
    with opened(desk, KEY) as raw:
        raw.execute(statement)
    found = bad(desk)
    assert list(found) == ["search"]
    assert "--rebuild-search" in found["search"]


def test_a_torn_full_text_is_the_searchs_trouble_and_not_the_datas(desk: Path) -> None:
    with opened(desk, KEY) as raw:
        raw.execute("DELETE FROM person_words_data WHERE id > 10")
    assert list(bad(desk)) == ["search"]


def test_a_page_changed_from_outside(desk: Path) -> None:
    with opened(desk, KEY) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'document'").fetchone()[0]
    content = bytearray(desk.read_bytes())
    content[(root - 1) * 4096 + 2000] ^= 1
    desk.write_bytes(content)
    found = bad(desk)
    assert "1 halaman" in found["cipher"]
    assert "pages" in found


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "kosong"), (bytes(40_960), "rusak"), (b"\xff" * 40_960, "Kunci tidak cocok"), (None, "tidak ditemukan")],
)
def test_a_file_that_cannot_be_opened_says_why_and_is_not_made(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "desk.db"
    if content is not None:
        path.write_bytes(content)
    [finding] = check(path, KEY)
    assert (finding.code, finding.ok) == ("open", False)
    assert words in finding.sentence
    assert path.exists() == (content is not None)


def test_the_wrong_key(desk: Path) -> None:
    assert list(bad(desk, OTHER_KEY)) == ["open"]


def test_another_revision_ends_the_check(desk: Path) -> None:
    with opened(desk, KEY) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    found = check(desk, KEY)
    assert found[-1].code == "schema"
    assert "9999" in found[-1].sentence


def test_a_desk_at_work_is_checked_without_disturbing_it(desk: Path) -> None:
    engines = open_engines(desk, KEY)
    with engines.write.begin() as connection:
        connection.exec_driver_sql("UPDATE counter SET value = value + 1")
        assert bad(desk) == {}
    engines.dispose()
    raw = connect(desk, KEY)
    assert bad(desk) == {}
    raw.close()
