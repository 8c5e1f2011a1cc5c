"""Copies, checks and the recovery code, for head and admin only."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from db.keys import key_from_code, read_key, write_key_file
from db.rekey import recover
from ilp_desk.bootstrap import open_desk
from ilp_desk.domain.staff import Role
from ilp_desk.errors import DatabaseTrouble, InvalidInput, NotAllowed
from ilp_desk.services.safekeeping import Safekeeping
from tests.house import KEY, House
from tests.printing.reading import text as read_text


@pytest.fixture
def safe(house: House) -> Safekeeping:
    write_key_file(house.folder / "desk.key", KEY)
    return house.desk.safekeeping


def acts(house: House) -> list[str]:
    with house.store._engines.read.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT act FROM audit ORDER BY id")]


def test_a_copy_is_made_and_listed(house: House, safe: Safekeeping) -> None:
    admin = house.actor("admin")
    steps: list[tuple[int, int]] = []
    made = safe.back_up(admin, progress=lambda done, total: steps.append((done, total)))
    state = safe.state(admin)
    assert [copy.path for copy in state.copies] == [made.path]
    assert made.path.parent == state.folder == house.folder / "backup"
    assert f"{state.copies[0].at:%d-%m-%Y}" == "21-11-2026"
    assert (state.key, state.idle_minutes) == ("machine", 10)
    assert steps[-1][0] == steps[-1][1]
    assert "safe.back_up" in acts(house)


def test_a_stick_that_is_not_there_is_told(house: House, safe: Safekeeping) -> None:
    gone = house.folder / "usb" / "salinan"
    assert safe.state(house.actor("admin"), gone).copies == ()
    with pytest.raises(DatabaseTrouble, match="tidak dapat ditulis"):
        safe.back_up(house.actor("admin"), gone)


def test_the_check_tells_each_thing_it_looked_at(house: House, safe: Safekeeping) -> None:
    found = list(safe.check(house.actor("head")))
    assert [finding.code for finding in found][:3] == ["open", "pages", "cipher"]
    assert all(finding.ok for finding in found)
    assert "safe.check" in acts(house)


def test_nobody_else_keeps_the_data(house: House, safe: Safekeeping) -> None:
    for role in set(Role) - {Role.HEAD, Role.ADMIN}:
        actor = house.actor(role.value)
        for act in (
            lambda actor=actor: safe.back_up(actor),
            lambda actor=actor: list(safe.check(actor)),
            lambda actor=actor: safe.new_code(actor),
            lambda actor=actor: safe.change_code(actor, "a", "a"),
            lambda actor=actor: safe.change_start(actor, None),
            lambda actor=actor: safe.state(actor),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert not (house.folder / "backup").exists()


def test_a_new_code_opens_the_database_and_the_old_key_no_longer(house: House, safe: Safekeeping) -> None:
    admin = house.actor("admin")
    house.person("Siti")
    code = safe.new_code(admin)
    assert not safe.in_force(admin, code)
    safe.change_code(admin, code, code.lower().replace("-", " "))
    assert safe.in_force(admin, code)
    house.person("Sesudah")
    house.desk.close()
    (house.folder / "desk.key").unlink()
    key = recover(house.database, house.folder / "desk.key", code)
    assert key == key_from_code(code) == read_key(house.folder / "desk.key")
    desk = open_desk(house.database, key)
    desk.close()
    with pytest.raises(DatabaseTrouble, match="Kunci tidak cocok"):
        open_desk(house.database, KEY)


def test_the_code_changes_only_when_it_was_typed_back(house: House, safe: Safekeeping) -> None:
    admin = house.actor("admin")
    code, other = safe.new_code(admin), safe.new_code(admin)
    with pytest.raises(InvalidInput, match="kode lain"):
        safe.change_code(admin, code, other)
    with pytest.raises(InvalidInput, match="terdiri dari"):
        safe.change_code(admin, code, code[:-1])
    assert read_key(house.folder / "desk.key") == KEY


def test_work_goes_on_in_other_threads_while_the_key_changes(house: House, safe: Safekeeping) -> None:
    admin, clerk = house.actor("admin"), house.actor("registration")
    begun, stop, failures = threading.Barrier(3), threading.Event(), list[BaseException]()

    def ask() -> None:
        house.desk.site.points(clerk)
        begun.wait(30)
        while not stop.is_set():
            try:
                house.desk.site.points(clerk)
                house.desk.changes(0)
            except DatabaseTrouble as trouble:
                failures.append(trouble)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    begun.wait(30)
    code = safe.new_code(admin)
    safe.change_code(admin, code, code)
    house.desk.site.save_idle(admin, 7)
    stop.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert failures == []
    assert house.desk.site.points(clerk)


def test_the_sheet_holds_the_code_and_the_audit_does_not(house: House, safe: Safekeeping) -> None:
    admin = house.actor("admin")
    code = safe.new_code(admin)
    text = read_text(safe.sheet(admin, code))
    for group in code.split("-"):
        assert group in text
    with house.store._engines.read.connect() as connection:
        trail = "".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM audit"))
    assert "safe.print_code" in trail
    assert code.split("-")[0] not in trail


def test_a_passphrase_may_be_asked_for_at_every_start(house: House, safe: Safekeeping, tmp_path: Path) -> None:
    admin = house.actor("admin")
    with pytest.raises(InvalidInput, match="minimal 10"):
        safe.change_start(admin, "pendek")
    safe.change_start(admin, "maninjau indah sekali")
    assert safe.state(admin).key == "passphrase"
    assert read_key(house.folder / "desk.key", "maninjau indah sekali") == KEY
    with pytest.raises(DatabaseTrouble):
        safe.change_start(admin, None, "salah sama sekali")
    code = safe.new_code(admin)
    safe.change_code(admin, code, code, "maninjau indah sekali")
    safe.change_start(admin, None, "maninjau indah sekali")
    assert read_key(house.folder / "desk.key") == key_from_code(code)
