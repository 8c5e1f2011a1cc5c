"""`desk.key` is lost: the printed recovery code opens the database, and a copy on another computer."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.integrity import check
from db.keys import key_from_code, new_recovery_code, write_key_file
from db.rekey import recover, settled_key
from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Facility
from ilp_desk.errors import DatabaseTrouble, InvalidInput
from ilp_desk.services.people import SavePerson

NAME = "Rosmaini Contoh"


@dataclass(frozen=True)
class Desktop:
    """A computer with a database and its key; code: as printed on the recovery sheet."""

    folder: Path
    code: str

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "desk.key"

    def open(self) -> Desk:
        return open_desk(self.database, settled_key(self.database, self.key_file, environ={}))


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    """Where one person was registered."""
    made = Desktop(tmp_path / "pc", new_recovery_code())
    made.folder.mkdir()
    write_key_file(made.key_file, key_from_code(made.code))
    desk = made.open()
    with desk.tools.store.writing(SYSTEM, "test.site") as uow:
        uow.add(Facility(uid=new_uid(), name="Puskesmas Contoh"))
    desk.people.save(SYSTEM, SavePerson(uid=new_uid(), form=PersonForm(name=NAME, sex="P", birth="17-05-1990")))
    desk.close()
    return made


def names(desk: Desk) -> list[str]:
    found = [hit.name for hit in desk.finding.find(SYSTEM, "rosmaini").hits]
    desk.close()
    return found


def test_the_code_opens_the_database_when_desk_key_is_lost(desktop: Desktop) -> None:
    desktop.key_file.unlink()
    with pytest.raises(DatabaseTrouble) as lost:
        desktop.open()
    assert lost.value.code == "no_key"
    recover(desktop.database, desktop.key_file, desktop.code.lower().replace("-", " "))
    assert names(desktop.open()) == [NAME]


def test_the_code_opens_a_copy_on_another_computer(desktop: Desktop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = desktop.open()
    copy = desk.safekeeping.back_up(SYSTEM, stick).path
    desk.close()
    shutil.rmtree(desktop.folder)
    other = Desktop(tmp_path / "other", desktop.code)
    other.folder.mkdir()
    shutil.copy(copy, other.database)
    key = recover(other.database, other.key_file, desktop.code)
    assert all(found.ok for found in check(other.database, key))
    assert names(other.open()) == [NAME]


def test_a_slip_and_the_code_of_another_database_open_nothing(desktop: Desktop) -> None:
    desktop.key_file.unlink()
    slip = desktop.code[:-1] + ("A" if desktop.code[-1] != "A" else "B")
    with pytest.raises(InvalidInput):
        recover(desktop.database, desktop.key_file, slip)
    with pytest.raises(DatabaseTrouble) as refused:
        recover(desktop.database, desktop.key_file, new_recovery_code())
    assert refused.value.code == "wrong_code"
    assert not desktop.key_file.exists()
