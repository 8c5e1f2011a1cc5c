"""The key of the database: kept by this computer, written down by people, changed without losing anything."""

from __future__ import annotations

import base64
import json
import logging
import os
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.backup import back_up
from db.key_slots import Cost
from db.keys import (
    KEY_VARIABLE,
    check_value,
    find_key,
    key_from_code,
    needs_passphrase,
    new_recovery_code,
    read_key,
    read_keys,
    write_key_file,
)
from db.migrate import migrate
from db.rekey import change_recovery_code, recover, settled_key
from db.sqlite_file import connect
from ilp_desk.errors import DatabaseTrouble, InvalidInput
from tests.db.safekeeping import KEY, MORNING, OTHER_KEY, announce, announced, new_database, run

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
PHRASE = "kopi pahit pagi hari"
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are another matter there")
seeds = st.integers(min_value=0, max_value=2**160 - 1)


def code_of(number: int) -> str:
    from db import recovery_code

    return recovery_code._written(number)


# -- the code people write down


def test_a_code_is_nine_groups_of_four_and_never_the_same() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 9
        assert set("".join(groups)) <= set(SIGNS)
        assert len(key_from_code(code)) == 32


def test_a_code_printed_today_opens_for_ever() -> None:
    """The way from code to key never changes: papers in safes depend on it."""
    assert code_of(0x0123456789ABCDEF0123456789ABCDEF01234567) == "04HM-ASW9-NF6Y-Y093-8NKR-KAYD-XW0J-6HB7-RFMY"
    assert key_from_code("04HM-ASW9-NF6Y-Y093-8NKR-KAYD-XW0J-6HB7-RFMY").hex() == (
        "3773163efaa6df6e071c7b881f7b1d4c3d267d03046ba9728a3f139a054d65ad"
    )


@given(seeds, st.data())
def test_a_code_may_be_typed_carelessly(number: int, data: st.DataObject) -> None:
    code = code_of(number)
    looks = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(looks.get(sign, sign + sign.lower())))
        + data.draw(st.sampled_from(["", "", " ", "-", " – ", "\t", "\u00a0", "\u200b", "\n", "."]))
        for sign in code.replace("-", "")
    )
    assert key_from_code(typed) == key_from_code(code)


@given(seeds, st.integers(0, 35), st.data())
def test_a_slip_in_one_sign_is_found_and_its_group_named(number: int, at: int, data: st.DataObject) -> None:
    signs = code_of(number).replace("-", "")
    other = data.draw(st.sampled_from([sign for sign in SIGNS if sign != signs[at]]))
    with pytest.raises(InvalidInput) as refused:
        key_from_code(signs[:at] + other + signs[at + 1 :])
    assert refused.value.field == "recovery_code"
    assert f"ke-{at // 4 + 1}" in refused.value.sentence


@given(st.integers(min_value=2**155, max_value=2**160 - 1), st.data())
def test_two_swapped_neighbours_are_found(number: int, data: st.DataObject) -> None:
    signs = code_of(number).replace("-", "")
    at = data.draw(st.sampled_from([n for n, (one, next_) in enumerate(pairwise(signs)) if one != next_]))
    with pytest.raises(InvalidInput, match="keliru"):
        key_from_code(signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "36 tanda; yang terbaca 0"),
        (code_of(20260121)[:-1], "36 tanda; yang terbaca 35"),
        (code_of(20260121) + "7", "36 tanda; yang terbaca 37"),
        ("7777-U777" + "-7777" * 7, "“U” di kelompok ke-2"),
        ("😀" * 36, "“😀”"),
        ("\u202e" + "'" * 300, "tidak dipakai"),
    ],
)
def test_what_is_no_code_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        key_from_code(text)
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith("Bandingkan lagi dengan lembar kode pemulihan.")


# -- desk.key


def trouble_of(path: Path, passphrase: str | None = None) -> str:
    with pytest.raises(DatabaseTrouble) as refused:
        read_key(path, passphrase)
    assert refused.value.sentence.endswith(".")
    return refused.value.code


def test_this_computer_remembers_the_key(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY)
    assert read_key(path) == KEY
    assert not needs_passphrase(path)
    assert [file.name for file in tmp_path.iterdir()] == ["desk.key"]


@posix
def test_only_its_owner_reads_the_key_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with caplog.at_level(logging.DEBUG):
        assert read_key(path) == KEY
    assert path.stat().st_mode & 0o777 == 0o600
    assert "readable by other accounts" in caplog.text
    assert KEY.hex() not in caplog.text


def test_a_start_passphrase_takes_the_place_of_the_computers_memory(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY, passphrase=PHRASE, cost=CHEAP)
    assert needs_passphrase(path)
    assert read_key(path, f"  {PHRASE} ") == KEY
    assert trouble_of(path) == "needs_passphrase"
    assert trouble_of(path, PHRASE.upper()) == "wrong_passphrase"
    text = path.read_text("ascii")
    assert base64.b64encode(KEY).decode() not in text
    assert KEY.hex() not in text


def test_the_passphrase_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    phrase = "ç'\"😀 \u202ekanan\x07" * 40
    write_key_file(path, KEY, passphrase=phrase, cost=CHEAP)
    assert read_key(path, phrase) == KEY


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="minimal 10"):
        write_key_file(tmp_path / "desk.key", KEY, passphrase="pendek    ", cost=CHEAP)
    assert not (tmp_path / "desk.key").exists()


def test_no_key_file(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "desk.key") == "no_key"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(400),
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b"{}",
        b'{"format": 1, "keys": []}',
        b'{"format": 2, "keys": [{}], "sum": ""}',
        b"[" * 5000,
    ],
)
def test_a_damaged_key_file_asks_for_the_code(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.key"
    path.write_bytes(content)
    assert trouble_of(path) == "key_damaged"


@given(st.data())
def test_a_key_file_changed_anywhere_gives_the_key_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("key") / "desk.key"
    write_key_file(path, KEY, passphrase=PHRASE, cost=CHEAP)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        found: object = read_key(path, PHRASE)
    except DatabaseTrouble as refused:
        found = refused.code
    assert found in (KEY, "key_damaged")


def forged(path: Path, **changed: object) -> None:
    """A key file whose sum is right and whose slot says something else."""
    from db import keys

    whole = json.loads(path.read_bytes())
    whole["keys"][0].update(changed)
    whole["sum"] = keys._sum(whole["keys"])
    path.write_text(json.dumps(whole), "ascii")


@pytest.mark.parametrize(
    "changed",
    [
        {"memory_kib": 10**9},
        {"passes": 10**9},
        {"passes": "x"},
        {"lanes": 0},
        {"salt": ""},
        {"salt": 5},
        {"key": "!"},
        {"slot": "telepathy"},
        {"slot": None},
    ],
)
def test_a_forged_slot_costs_neither_memory_nor_time(tmp_path: Path, changed: dict[str, object]) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY, passphrase=PHRASE, cost=CHEAP)
    forged(path, **changed)
    assert trouble_of(path, PHRASE) == "key_damaged"


@pytest.mark.skipif(sys.platform == "win32", reason="there the safe exists")
def test_a_key_file_from_another_computer_asks_for_the_code(tmp_path: Path) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY)
    forged(path, slot="dpapi")
    assert trouble_of(path) == "key_elsewhere"


def test_a_key_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble) as refused:
        write_key_file(tmp_path / "nowhere" / "desk.key", KEY)
    assert refused.value.code == "key_unwritable"


def test_a_write_that_fails_leaves_the_old_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.key"
    write_key_file(path, KEY)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DatabaseTrouble, match="ruang cakram"):
            write_key_file(path, OTHER_KEY)
    assert read_key(path) == KEY
    assert [file.name for file in tmp_path.iterdir()] == ["desk.key"]


@pytest.mark.parametrize("content", [KEY.hex(), KEY.hex().upper() + "\r\n", "\ufeff" + KEY.hex()])
def test_tools_take_the_key_from_a_file(tmp_path: Path, content: str) -> None:
    named = tmp_path / "tool.key"
    named.write_text(content, "utf-8")
    assert find_key(tmp_path / "desk.key", environ={KEY_VARIABLE: str(named)}) == KEY


def test_tools_take_the_recovery_code_from_a_file(tmp_path: Path) -> None:
    code = new_recovery_code()
    named = tmp_path / "tool.key"
    named.write_text(code.lower().replace("-", " "), "utf-8")
    assert find_key(tmp_path / "desk.key", environ={KEY_VARIABLE: str(named)}) == key_from_code(code)
    write_key_file(tmp_path / "desk.key", OTHER_KEY)
    assert find_key(tmp_path / "desk.key", environ={}) == OTHER_KEY


def test_a_tool_is_told_that_its_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match=KEY_VARIABLE):
        find_key(tmp_path / "desk.key", environ={KEY_VARIABLE: str(tmp_path / "none")})


# -- a lost key file


def house(folder: Path, code: str) -> Path:
    """A database whose key comes from a code, with 30 rows, and its key file."""
    path, key = folder / "desk.db", key_from_code(code)
    migrate(path, key)
    announce(path, 30, key)
    write_key_file(folder / "desk.key", key)
    return path


def test_the_code_opens_database_and_copy_when_desk_key_is_lost(tmp_path: Path) -> None:
    code = new_recovery_code()
    database = house(tmp_path, code)
    copy = back_up(database, key_from_code(code), tmp_path / "backup", MORNING).path
    key_file = tmp_path / "desk.key"
    key_file.unlink()
    for file in (database, copy):
        key = recover(file, key_file, code.lower())
        assert announced(file, key) == 30
        assert read_key(key_file) == key
        key_file.unlink()


def test_another_code_is_told_from_another_file(tmp_path: Path) -> None:
    code = new_recovery_code()
    database = house(tmp_path, code)
    key_file = tmp_path / "desk.key"
    with pytest.raises(DatabaseTrouble) as refused:
        recover(database, key_file, new_recovery_code())
    assert refused.value.code == "wrong_code"
    (tmp_path / "other").mkdir()
    foreign = house(tmp_path / "other", new_recovery_code())
    with pytest.raises(DatabaseTrouble) as refused:
        recover(foreign, key_file, code)
    assert refused.value.code == "foreign_file"
    assert read_key(key_file) == key_from_code(code)


# -- another code


def test_a_new_code_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    old, new = new_recovery_code(), new_recovery_code()
    database = house(tmp_path, old)
    change_recovery_code(database, tmp_path / "desk.key", new)
    assert read_keys(tmp_path / "desk.key") == (key_from_code(new),)
    assert announced(database, key_from_code(new)) == 30
    with pytest.raises(DatabaseTrouble) as refused:
        connect(database, key_from_code(old))
    assert refused.value.code == "wrong_key"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["desk.db", "desk.key"]


def test_the_start_passphrase_outlives_a_new_code(tmp_path: Path) -> None:
    new = new_recovery_code()
    database = new_database(tmp_path)
    write_key_file(tmp_path / "desk.key", KEY, passphrase=PHRASE, cost=CHEAP)
    change_recovery_code(database, tmp_path / "desk.key", new, passphrase=PHRASE, cost=CHEAP)
    assert read_key(tmp_path / "desk.key", PHRASE) == key_from_code(new)
    assert trouble_of(tmp_path / "desk.key") == "needs_passphrase"


def test_the_code_in_force_is_no_new_code(tmp_path: Path) -> None:
    code = new_recovery_code()
    database = house(tmp_path, code)
    with pytest.raises(InvalidInput, match="sudah berlaku"):
        change_recovery_code(database, tmp_path / "desk.key", code)


def test_the_code_is_not_changed_while_another_program_works(tmp_path: Path) -> None:
    database = new_database(tmp_path, 5)
    write_key_file(tmp_path / "desk.key", KEY)
    other = connect(database, KEY)
    with pytest.raises(DatabaseTrouble) as refused:
        change_recovery_code(database, tmp_path / "desk.key", new_recovery_code())
    other.close()
    assert refused.value.code == "in_use"
    assert read_keys(tmp_path / "desk.key") == (KEY,)
    assert announced(database) == 5


@posix
def test_a_full_disk_leaves_the_old_code_in_force(tmp_path: Path) -> None:
    """Room for the copy, not for the journal: SQLCipher then answers ok and has changed nothing."""
    import resource

    database = new_database(tmp_path, 200)
    write_key_file(tmp_path / "desk.key", KEY)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (database.stat().st_size + 500, before[1]))
    try:
        with pytest.raises(DatabaseTrouble) as refused:
            change_recovery_code(database, tmp_path / "desk.key", new_recovery_code())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "code_unchanged"
    assert read_keys(tmp_path / "desk.key") == (KEY,)
    assert announced(database) == 200
    assert sorted(file.name for file in tmp_path.iterdir()) == ["desk.db", "desk.key"]


CUT = """
import os, sys
from pathlib import Path
from db import rekey
folder, code, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
done = getattr(rekey, moment)
calls = [0]
def cut(*args, **kwargs):
    calls[0] += 1
    if moment == "settled_key" and calls[0] == 1:  # the first question, before anything is changed
        return done(*args, **kwargs)
    if moment == "write_key_file":
        done(*args, **kwargs)
    os._exit(9)
setattr(rekey, moment, cut)
rekey.change_recovery_code(folder / "desk.db", folder / "desk.key", code)
"""


@pytest.mark.parametrize(
    ("moment", "changed"), [("copy_of", False), ("write_key_file", False), ("settled_key", True), ("verify", True)]
)
def test_a_power_cut_while_the_code_changes_loses_nothing(tmp_path: Path, moment: str, changed: bool) -> None:
    code = new_recovery_code()
    database = new_database(tmp_path, 200)
    write_key_file(tmp_path / "desk.key", KEY)
    ended = run(CUT, str(tmp_path), code, moment)
    assert ended.returncode == 9
    key = settled_key(database, tmp_path / "desk.key", environ={})
    assert key == (key_from_code(code) if changed else KEY)
    assert announced(database, key) == 200
    assert read_keys(tmp_path / "desk.key") == (key,)


def test_two_keys_and_neither_opens(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    write_key_file(tmp_path / "desk.key", OTHER_KEY, bytes(32))
    with pytest.raises(DatabaseTrouble) as refused:
        settled_key(database, tmp_path / "desk.key", environ={})
    assert refused.value.code == "wrong_key"
    assert len(read_keys(tmp_path / "desk.key")) == 2


def test_the_check_value_says_nothing_about_the_key() -> None:
    assert check_value(KEY) != check_value(OTHER_KEY)
    assert len(check_value(KEY)) == 16
