"""The ways into a data folder: new, found, locked out, brought back from a copy, filled with samples."""

from __future__ import annotations

from pathlib import Path

import pytest

import db.engine
from db.keys import read_key, write_key_file
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands._doors import FolderDoors
from ilp_desk.desk import Desk
from ilp_desk.errors import DatabaseTrouble, InvalidInput
from ilp_desk.services.demo import PASSWORD
from ilp_desk.services.site import FacilityForm
from ilp_desk.settings import Settings, load


@pytest.fixture
def doors(tmp_path: Path) -> FolderDoors:
    return FolderDoors(load(tmp_path / "data"))


def set_up(doors: FolderDoors) -> str:
    """A database with a facility in it; gives the recovery code."""
    desk, code = doors.create()
    desk.site.save_facility(SYSTEM, FacilityForm(name="Puskesmas Contoh"))
    desk.close()
    return code


def name_in(desk: Desk | None) -> str:
    assert desk is not None
    facility = desk.site.facility(SYSTEM)
    desk.close()
    return facility.name if facility else ""


def trouble(code: str, doors: FolderDoors, passphrase: str | None = None) -> None:
    with pytest.raises(DatabaseTrouble) as refused:
        doors.enter(passphrase)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_an_untouched_folder_is_a_first_start(doors: FolderDoors) -> None:
    assert doors.enter() is None
    assert not doors.machine.data.exists()
    assert doors.copies() == ()
    assert not doors.has_samples()


def test_what_was_set_up_is_found_again(doors: FolderDoors) -> None:
    set_up(doors)
    assert name_in(doors.enter()) == "Puskesmas Contoh"
    with pytest.raises(DatabaseTrouble, match="sudah ada data"):
        doors.create()


def test_the_recovery_code_opens_when_the_key_is_lost(doors: FolderDoors) -> None:
    code = set_up(doors)
    doors.machine.key_file.unlink()
    trouble("no_key", doors)
    with pytest.raises(InvalidInput, match="terdiri dari 36 tanda"):
        doors.recover(code[:-1])
    assert name_in(doors.recover(code.lower())) == "Puskesmas Contoh"
    assert name_in(doors.enter()) == "Puskesmas Contoh"


def test_a_passphrase_is_asked_for(doors: FolderDoors) -> None:
    set_up(doors)
    key = read_key(doors.machine.key_file)
    write_key_file(doors.machine.key_file, key, passphrase="maninjau indah sekali")
    trouble("needs_passphrase", doors)
    trouble("wrong_passphrase", doors, "salah")
    assert name_in(doors.enter("maninjau indah sekali")) == "Puskesmas Contoh"


def test_a_missing_database_comes_back_from_a_copy(doors: FolderDoors) -> None:
    code = set_up(doors)
    desk = doors.enter()
    assert desk is not None
    desk.safekeeping.back_up(SYSTEM)
    desk.close()
    doors.machine.database.unlink()
    trouble("missing", doors)
    (copy,) = doors.copies()
    assert name_in(doors.restore(copy.path, None)) == "Puskesmas Contoh"
    doors.machine.database.unlink()
    doors.machine.key_file.unlink()
    assert name_in(doors.restore(copy.path, code)) == "Puskesmas Contoh"
    assert name_in(doors.enter()) == "Puskesmas Contoh"


def test_starting_over_keeps_the_old_key(doors: FolderDoors) -> None:
    set_up(doors)
    kept = doors.machine.key_file.read_bytes()
    doors.put_key_aside()
    assert doors.machine.key_file.exists(), "with its database there the key stays where it is"
    doors.machine.database.rename(doors.machine.data / "elsewhere.db")
    doors.put_key_aside()
    assert doors.enter() is None
    assert [file.read_bytes() for file in doors.machine.data.glob("desk.key.replaced-*")] == [kept]


@pytest.mark.parametrize("content", [b"", b"rusak" * 1000, b"SQLite format 3\x00" + bytes(4096)])
def test_a_damaged_file_is_told_in_words(doors: FolderDoors, content: bytes) -> None:
    set_up(doors)
    for side in ("-wal", "-shm"):
        Path(f"{doors.machine.database}{side}").unlink(missing_ok=True)
    doors.machine.database.write_bytes(content)
    with pytest.raises(DatabaseTrouble) as refused:
        doors.enter()
    assert refused.value.code in ("damaged", "not_encrypted", "wrong_key")


def test_a_network_folder_is_refused_before_anything_is_written(
    doors: FolderDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.engine, "network_path", lambda path: True)
    trouble("network_path", doors)
    with pytest.raises(DatabaseTrouble, match="folder jaringan"):
        doors.create()
    assert not doors.machine.data.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DatabaseTrouble, match="tidak dapat dibuat"):
        FolderDoors(load(tmp_path / "file" / "data")).create()


def test_samples_lie_apart_and_are_kept(doors: FolderDoors) -> None:
    samples = doors.try_out(afresh=False)
    assert (samples.password, doors.password) == (PASSWORD, "")
    assert samples.machine.data.parent == doors.machine.data
    assert doors.enter() is None, "the real folder stays a first start"
    assert name_in(samples.enter())
    before = samples.machine.database.stat().st_ino
    assert doors.has_samples()
    assert doors.try_out(afresh=False).machine.database.stat().st_ino == before
    samples.keep(Settings(desk="Loket 9"))
    assert doors.try_out(afresh=False).machine.settings.desk == "Loket 9"


def test_the_settings_of_this_computer_are_written(doors: FolderDoors) -> None:
    doors.keep(Settings(desk="Loket 7", a4="EPSON"))
    assert load(doors.machine.data).settings == Settings(desk="Loket 7", a4="EPSON")
