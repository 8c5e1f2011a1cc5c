"""The first account of a new Puskesmas: who manages this program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.staff import ROLE_LABELS, Actor, Role
from ilp_desk.errors import InvalidInput
from ilp_desk.services.staffing import StaffForm, StaffRow
from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.part import Part
from ui.parts.manage.ticks import Ticks
from ui.parts.start.password import PasswordEdit
from ui.theme import px
from ui.widgets import Card, Field, LineEdit, scroll, vbox

MOST_WIDE = 820
TWICE = "Ulangannya berbeda. Ketik sekali lagi."
MANAGES = "Pilih Admin atau Kepala Puskesmas; peran lain boleh ditambah."


class AccountPart(Part):
    """`made` carries the actor this account is."""

    code, title = "account", "Akun pertama"
    made = Signal(object)

    def __init__(self, context: Context, *, setup: bool = True) -> None:
        super().__init__(context, setup=setup)
        roles = [(role, ROLE_LABELS[role]) for role in Role]
        first, again = PasswordEdit("Kata sandi"), PasswordEdit("Ulangi kata sandi")
        self.form = Form(
            [
                [("name", Field("Nama lengkap dengan gelar", LineEdit(placeholder="mis. dr. Hadi Pratama")), 12)],
                [
                    ("username", Field("Nama pengguna", LineEdit(placeholder="mis. hadi", max_length=60)), 6),
                    ("profession", Field("Profesi", LineEdit(placeholder="mis. Dokter")), 6),
                ],
                [("roles", Field("Peran", Ticks(roles, 3)), 12)],
                [
                    ("password", Field("Kata sandi, sedikitnya 8 huruf atau angka", first), 6),
                    ("again", Field("Ulangi kata sandi", again), 6),
                ],
            ],
            secret=("password", "again"),
        )
        self.form.put({"roles": (Role.ADMIN,)})
        self._drafted = self.form
        self._made = False
        body = QWidget()
        body.setLayout(vbox(self.form, None, margins=(16, 14, 16, 8)))
        body.setMaximumWidth(px(MOST_WIDE))
        self.setLayout(vbox(Card(vbox(scroll(body), margins=(1, 1, 1, 1)))))

    def commit(self, done: Callable[[], None]) -> None:
        if self._made:
            done()
            return
        values: dict[str, Any] = self.form.values()
        roles = tuple(Role(role) for role in values["roles"])
        if not {Role.ADMIN, Role.HEAD} & set(roles):
            self.form.refuse(InvalidInput("roles", MANAGES))
            return
        if not values["password"]:
            self.form.refuse(InvalidInput("password", "Pilih kata sandi."))
            return
        if values.pop("again") != values["password"]:
            self.form.refuse(InvalidInput("again", TWICE))
            return
        form = StaffForm(**{**values, "roles": roles})

        def saved(row: StaffRow) -> None:
            self._made = True
            self.form.put({**self.form.values(), "password": "", "again": ""})
            self.form.setEnabled(False)
            self.made.emit(Actor(row.uid, row.name, frozenset(row.roles), self.actor.desk))
            done()

        self.runner.write(lambda: self.desk.staffing.save(self.actor, form), saved, self.say)
