"""Accounts: who gets in, who rests, and that somebody is always left to manage."""

from __future__ import annotations

import pytest

from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.errors import Conflict, InvalidInput, NotAllowed, UserError
from ilp_desk.services.passwords import Argon2Passwords
from ilp_desk.services.staffing import FREE_TRIES, SignInRefused, StaffForm, Staffing, gate
from tests.house import House

WORD = "maninjau-88"
GATE = gate("Loket 1")


@pytest.fixture
def staffing(house: House) -> Staffing:
    """With a hasher that costs little; the services are otherwise the house's."""
    object.__setattr__(house.desk.tools, "passwords", Argon2Passwords(1, 8, 1))
    return house.desk.staffing


def hire(house: House, username: str = "rina", **fields: object) -> str:
    form = StaffForm(name="Rina Contoh", username=username, roles=(Role.REGISTRATION,), password=WORD)
    saved = house.desk.staffing.save(house.actor("admin"), form)
    return saved.uid


def refused(staffing: Staffing, password: str, username: str = "rina") -> str:
    with pytest.raises(SignInRefused) as trouble:
        staffing.sign_in(GATE, username, password)
    return trouble.value.sentence


def test_somebody_new_gets_in_and_has_to_choose_a_password(house: House, staffing: Staffing) -> None:
    uid = hire(house)
    actor = staffing.sign_in(GATE, " RINA ", WORD)
    assert (actor.staff_uid, actor.name, actor.desk) == (uid, "Rina Contoh", "Loket 1")
    assert staffing.must_change(actor)
    staffing.change_password(actor, WORD, "danau-biru-7")
    assert not staffing.must_change(actor)
    assert staffing.sign_in(GATE, "rina", "danau-biru-7") == actor


def test_a_new_password_must_be_new_and_not_too_easy(house: House, staffing: Staffing) -> None:
    hire(house)
    actor = staffing.sign_in(GATE, "rina", WORD)
    for old, new, field in (
        ("salah", "danau-biru-7", "old"),
        (WORD, "pendek", "new"),
        (WORD, "aaaaaaaaaa", "new"),
        (WORD, WORD, "new"),
    ):
        with pytest.raises(InvalidInput) as trouble:
            staffing.change_password(actor, old, new)
        assert trouble.value.field == field


def test_wrong_tries_are_counted_aloud_and_then_the_account_rests(house: House, staffing: Staffing) -> None:
    hire(house)
    assert "Sisa 4 kali" in refused(staffing, "salah")
    for _ in range(FREE_TRIES - 2):
        refused(staffing, "salah")
    assert "diistirahatkan sebentar" in refused(staffing, "salah")
    assert "diistirahatkan 1 menit" in refused(staffing, WORD)
    house.hands.move(minutes=2)
    assert staffing.sign_in(GATE, "rina", WORD).name == "Rina Contoh"
    assert house.read(Staff, username="rina")[0].failures == 0


def test_each_further_wrong_try_doubles_the_rest(house: House, staffing: Staffing) -> None:
    hire(house)
    for _ in range(FREE_TRIES):
        refused(staffing, "salah")
    house.hands.move(minutes=2)
    refused(staffing, "salah")
    assert "diistirahatkan 2 menit" in refused(staffing, WORD)


@pytest.mark.parametrize("username", ["", "tidak ada", "'; DROP TABLE staff; --", "🙂", "a" * 300])
def test_who_is_not_known_is_told_no_more_than_others(house: House, staffing: Staffing, username: str) -> None:
    assert refused(staffing, WORD, username) == SignInRefused.default


def test_who_no_longer_works_here_stays_out(house: House, staffing: Staffing) -> None:
    uid = hire(house)
    staffing.activate(house.actor("admin"), uid, active=False)
    assert refused(staffing, WORD) == SignInRefused.default
    assert "rina" not in staffing.names(GATE)


def test_an_admin_cannot_lock_everybody_out(house: House, staffing: Staffing) -> None:
    admin, head = house.actor("admin"), house.actor("head")
    with pytest.raises(NotAllowed, match="akun sendiri"):
        staffing.activate(admin, admin.staff_uid, active=False)
    staffing.activate(admin, head.staff_uid, active=False)
    rows = {row.uid: row for row in staffing.list(admin)}
    mine = rows[admin.staff_uid]
    form = StaffForm(uid=mine.uid, name=mine.name, username=mine.username, roles=(Role.NURSE,))
    with pytest.raises(InvalidInput, match="satu admin atau kepala"):
        staffing.save(admin, form, mine.row_version)


def test_two_admins_do_not_overwrite_each_other(house: House, staffing: Staffing) -> None:
    admin = house.actor("admin")
    uid = hire(house)
    form = StaffForm(uid=uid, name="Rina Baru", username="rina", roles=(Role.REGISTRATION, Role.NURSE))
    row = staffing.save(admin, form, 1)
    assert row.roles == (Role.REGISTRATION, Role.NURSE)
    with pytest.raises(Conflict):
        staffing.save(house.actor("head"), form, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"username": "ab"}, "username"),
        ({"username": "dua kata"}, "username"),
        ({"username": "ADMIN"}, "username"),
        ({"roles": ()}, "roles"),
        ({"nip": "123"}, "nip"),
        ({"password": "pendek"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    house: House, staffing: Staffing, changed: dict[str, object], field: str
) -> None:
    typed: dict[str, object] = {"name": "Baru", "username": "baru", "roles": (Role.NURSE,), "password": WORD, **changed}
    with pytest.raises(InvalidInput) as trouble:
        staffing.save(house.actor("admin"), StaffForm(**typed))  # type: ignore[arg-type]
    assert trouble.value.field == field


def test_only_managers_see_and_change_the_staff(house: House, staffing: Staffing) -> None:
    for role in set(Role) - {Role.HEAD, Role.ADMIN}:
        with pytest.raises(NotAllowed):
            staffing.list(house.actor(role.value))


def test_a_denial_is_an_error_for_people() -> None:
    assert issubclass(NotAllowed, UserError)
    assert gate("Loket 9") == Actor("", "Penyiapan", frozenset({Role.HEAD, Role.ADMIN}), "Loket 9")
