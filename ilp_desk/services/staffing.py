"""Staff: who works here, signing in and out, passwords and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import EVERYONE, MANAGERS, Actor, Role, Staff
from ilp_desk.domain.text.identifiers import read_nip
from ilp_desk.errors import Conflict, InvalidInput, NotAllowed, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Service, command, question

SHORTEST_PASSWORD = 8
FREE_TRIES = 5
"""After this many wrong tries in a row the account rests, a minute at first and twice as long with each further one."""
LONGEST_REST = timedelta(minutes=60)


class SignInRefused(UserError):
    default = "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffForm:
    """What is typed about somebody who works here. uid empty: a new one; password empty: as it is."""

    uid: str = ""
    name: str
    username: str
    roles: tuple[Role, ...]
    profession: str = ""
    sip: str = ""
    nip: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of the staff list; no hash crosses the wall. row_version: hand it back when changing."""

    uid: str
    row_version: int
    name: str
    username: str
    roles: tuple[Role, ...]
    profession: str
    sip: str
    nip: str
    active: bool
    locked: bool


def gate(desk: str) -> Actor:
    """Who acts at a desk before anybody is signed in: the sign-in itself, the first set-up."""
    return Actor("", "Penyiapan", frozenset(MANAGERS), desk)


class Staffing(Service):
    """Accounts authenticate people; they never unlock the database key."""

    def sign_in(self, system: Actor, username: str, password: str) -> Actor:
        """The actor behind a name and password, at the desk of `system`.

        The slow hash is checked between two short transactions. Raises SignInRefused (wrong, resting, inactive).
        """
        someone = self.candidate(system, username)
        fits = self.tools.passwords.fits(someone.password if someone else "", password)
        if someone is None:
            raise SignInRefused
        problem = self.record_try(system, someone.uid, fits)
        if problem:
            raise SignInRefused(problem)
        return Actor(someone.uid, someone.name, frozenset(someone.roles), system.desk)

    @question("staff.candidate", EVERYONE)
    def candidate(self, uow: UnitOfWork, username: str) -> Staff | None:
        """The active account of a username, upper and lower case alike."""
        wanted = username.strip().casefold()
        return next((s for s in uow.all(Staff, active=True) if s.username.casefold() == wanted), None)

    @command("staff.try", EVERYONE)
    def record_try(self, uow: UnitOfWork, staff_uid: str, fits: bool) -> str:
        """Count a try; gives the sentence that refuses it, or empty when the person is in."""
        uow.about(staff_uid)
        someone = uow.get(Staff, staff_uid)
        if someone.locked_until and someone.locked_until > uow.now:
            minutes = max(1, round((someone.locked_until - uow.now).total_seconds() / 60))
            return f"Akun ini diistirahatkan {minutes} menit karena salah berulang kali. Tunggu, atau minta admin."
        if fits:
            if someone.failures or someone.locked_until:
                uow.change(someone, failures=0, locked_until=None)
            return ""
        failures = someone.failures + 1
        rest = None
        if failures >= FREE_TRIES:
            rest = uow.now + min(LONGEST_REST, timedelta(minutes=2 ** (failures - FREE_TRIES)))
        uow.change(someone, failures=failures, locked_until=rest)
        left = FREE_TRIES - failures
        if left > 0:
            return f"{SignInRefused.default} Sisa {left} kali sebelum akun diistirahatkan."
        return "Salah terlalu sering; akun diistirahatkan sebentar. Tunggu, atau minta admin mengganti kata sandi."

    @question("staff.must_change", EVERYONE)
    def must_change(self, uow: UnitOfWork) -> bool:
        """Whether the actor's password was chosen by somebody else and has to be changed before work begins."""
        return uow.get(Staff, uow.actor.staff_uid).must_change

    @command("staff.sign_out", EVERYONE, frozenset())
    def sign_out(self, uow: UnitOfWork, why: str = "keluar") -> None:
        """Somebody left or locked the desk."""
        uow.about(uow.actor.staff_uid)

    @question("staff.names", EVERYONE)
    def names(self, uow: UnitOfWork) -> tuple[str, ...]:
        """Usernames for the sign-in window, in order."""
        return tuple(sorted(s.username for s in uow.all(Staff, active=True)))

    @question("staff.my_username", EVERYONE)
    def my_username(self, uow: UnitOfWork) -> str:
        """The actor's own username, for a desk that waits for them."""
        return uow.get(Staff, uow.actor.staff_uid).username

    @question("staff.list", MANAGERS)
    def list(self, uow: UnitOfWork) -> tuple[StaffRow, ...]:
        """Everybody, active ones first."""
        found = sorted(uow.all(Staff), key=lambda s: (not s.active, s.name.casefold()))
        return tuple(_row(s, resting=bool(s.locked_until and s.locked_until > uow.now)) for s in found)

    def save(self, actor: Actor, form: StaffForm, row_version: int = 0) -> StaffRow:
        """Add or change somebody. Raises InvalidInput beside the field, Conflict."""
        _check(form)
        hashed = self.tools.passwords.make(form.password) if form.password else ""
        return self.keep(actor, form, hashed, row_version)

    @command("staff.save", MANAGERS)
    def keep(self, uow: UnitOfWork, form: StaffForm, hashed: str, row_version: int) -> StaffRow:
        """The transaction of `save`."""
        wanted = form.username.strip()
        if any(s.username.casefold() == wanted.casefold() and s.uid != form.uid for s in uow.all(Staff)):
            raise InvalidInput("username", f"Nama pengguna {wanted} sudah dipakai. Pilih yang lain.")
        values: dict[str, Any] = {
            "name": " ".join(form.name.split()),
            "username": wanted,
            "roles": form.roles,
            "profession": form.profession.strip(),
            "sip": form.sip.strip(),
            "nip": read_nip(form.nip) if form.nip.strip() else "",
        }
        if hashed:
            values |= {"password": hashed, "failures": 0, "locked_until": None}
        known = uow.find(Staff, form.uid)
        if known is None:
            if not hashed:
                raise InvalidInput("password", "Isi kata sandi pertama; petugas menggantinya saat masuk.")
            # Whoever sets up this Puskesmas chooses their own password.
            must_change = bool(uow.actor.staff_uid)
            saved = uow.add(Staff(uid=form.uid or new_uid(), must_change=must_change, **values))
        else:
            self._keep_a_manager(uow, known, form.roles)
            if hashed and known.uid != uow.actor.staff_uid:
                values["must_change"] = True
            if row_version not in (0, known.row_version):
                raise Conflict
            saved = uow.change(known, **values)
        uow.about(saved.uid)
        uow.announce("staff", saved.uid)
        return _row(saved, resting=False)

    @command("staff.activate", MANAGERS)
    def activate(self, uow: UnitOfWork, staff_uid: str, active: bool) -> StaffRow:
        """Let somebody in again, or no longer; what they wrote stays theirs."""
        uow.about(staff_uid)
        someone = uow.get(Staff, staff_uid)
        if not active:
            if someone.uid == uow.actor.staff_uid:
                raise NotAllowed("Anda tidak dapat menonaktifkan akun sendiri. Minta admin lain.")
            self._keep_a_manager(uow, someone, ())
        saved = uow.change(someone, active=active, failures=0, locked_until=None)
        uow.announce("staff", saved.uid)
        return _row(saved, resting=False)

    def change_password(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own password. Raises InvalidInput."""
        if not self.tools.passwords.fits(self.my_hash(actor), old):
            raise InvalidInput("old", "Kata sandi lama tidak cocok. Ketik lagi.")
        _check_password("new", new)
        if new == old:
            raise InvalidInput("new", "Kata sandi baru sama dengan yang lama. Pilih yang lain.")
        self.keep_password(actor, self.tools.passwords.make(new))

    @question("staff.my_hash", EVERYONE)
    def my_hash(self, uow: UnitOfWork) -> str:
        """The actor's own stored hash."""
        return uow.get(Staff, uow.actor.staff_uid).password

    @command("staff.password", EVERYONE, frozenset())
    def keep_password(self, uow: UnitOfWork, hashed: str) -> None:
        """The transaction of `change_password`: only ever one's own."""
        uow.about(uow.actor.staff_uid)
        uow.change(uow.get(Staff, uow.actor.staff_uid), password=hashed, must_change=False)

    def _keep_a_manager(self, uow: UnitOfWork, changed: Staff, roles: tuple[Role, ...]) -> None:
        """Somebody must be left who can manage; raises InvalidInput."""
        if not MANAGERS & set(changed.roles) or MANAGERS & set(roles):
            return
        others = [s for s in uow.all(Staff, active=True) if s.uid != changed.uid and MANAGERS & set(s.roles)]
        if not others:
            raise InvalidInput("roles", "Harus ada satu admin atau kepala yang aktif. Angkat yang lain dulu.")


def _check(form: StaffForm) -> None:
    if len(form.name.split()) == 0:
        raise InvalidInput("name", "Isi nama petugas.")
    if len(form.username.strip()) < 3 or " " in form.username.strip():
        raise InvalidInput("username", "Nama pengguna sedikitnya 3 huruf, tanpa spasi.")
    if not form.roles:
        raise InvalidInput("roles", "Pilih sedikitnya satu peran.")
    if form.nip.strip():
        try:
            read_nip(form.nip)
        except UserError as trouble:
            raise InvalidInput("nip", trouble.sentence) from trouble
    if form.password:
        _check_password("password", form.password)


def _check_password(field: str, word: str) -> None:
    if len(word) < SHORTEST_PASSWORD:
        raise InvalidInput(
            field,
            f"Kata sandi sedikitnya {SHORTEST_PASSWORD} huruf atau angka, kurang {SHORTEST_PASSWORD - len(word)}.",
        )
    if len(set(word)) < 4:
        raise InvalidInput(field, "Kata sandi terlalu mudah ditebak. Pakai sedikitnya 4 huruf atau angka yang berbeda.")


def _row(someone: Staff, *, resting: bool) -> StaffRow:
    return StaffRow(
        someone.uid,
        someone.row_version,
        someone.name,
        someone.username,
        someone.roles,
        someone.profession,
        someone.sip,
        someone.nip,
        someone.active,
        resting,
    )
