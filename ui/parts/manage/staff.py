"""Petugas: who works here, in which roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ilp_desk.domain.staff import ROLE_LABELS, Role
from ilp_desk.domain.text.identifiers import read_nip
from ilp_desk.errors import UserError
from ilp_desk.services.staffing import StaffForm, StaffRow
from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.list_and_form import ListAndForm
from ui.parts.manage.ticks import Ticks
from ui.parts.start.password import PasswordEdit
from ui.rows import Column
from ui.widgets import Field, LineEdit, State

PROFESSIONS = "mis. Bidan, Dokter, Perawat"


def nip_state(text: str) -> tuple[State, str]:
    """What stands beside a NIP while it is typed."""
    if not text.strip():
        return "", ""
    try:
        read_nip(text)
    except UserError as trouble:
        return "error", trouble.sentence
    return "ok", ""


class StaffPart(ListAndForm[StaffRow]):
    code, title, noun = "staff", "Petugas", "petugas"
    empty = ("Belum ada petugas.", "Tekan F3 untuk menambah.")

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        columns: tuple[Column[StaffRow], ...] = (
            Column("Nama", lambda r: r.name, bold=True, ink=lambda r: "ink" if r.active else "muted", chip=_chip),
            Column("Nama pengguna", lambda r: r.username, 130, muted=True),
            Column("Peran", lambda r: ", ".join(ROLE_LABELS[role] for role in r.roles), 250),
            Column("SIP", lambda r: r.sip, 130, muted=True, optional=True),
        )
        roles = [(role, ROLE_LABELS[role]) for role in Role]
        self.password = PasswordEdit("Kata sandi pertama")
        form = Form(
            [
                [("name", Field("Nama lengkap dengan gelar", LineEdit(placeholder="mis. dr. Hadi Pratama")), 12)],
                [
                    ("username", Field("Nama pengguna", LineEdit(placeholder="mis. hadi", max_length=60)), 6),
                    ("profession", Field("Profesi", LineEdit(placeholder=PROFESSIONS)), 6),
                ],
                [("roles", Field("Peran", Ticks(roles, 2)), 12)],
                [
                    ("sip", Field("SIP", LineEdit()), 6),
                    ("nip", Field("NIP", LineEdit(), check=nip_state), 6),
                ],
                [("password", Field("Kata sandi", self.password), 12)],
            ],
            secret=("password",),
        )
        super().__init__(context, columns, form, setup=setup)

    def rows(self) -> Sequence[StaffRow]:
        return self.desk.staffing.list(self.actor)

    def heading_of(self, row: StaffRow | None) -> str:
        return row.name if row is not None else "Petugas baru"

    def fields_of(self, row: StaffRow | None) -> Mapping[str, object]:
        if row is None:
            return {"name": "", "username": "", "profession": "", "roles": (), "sip": "", "nip": "", "password": ""}
        return {
            "name": row.name,
            "username": row.username,
            "profession": row.profession,
            "roles": row.roles,
            "sip": row.sip,
            "nip": row.nip,
            "password": "",
        }

    def _show(self, row: StaffRow | None) -> None:
        super()._show(row)
        word = "Kata sandi pertama" if row is None else "Kata sandi baru (kosong: tetap)"
        self.form.field("password").label.setText(word)
        self.password.setAccessibleName(word)

    def keep(self, row: StaffRow | None, values: Mapping[str, Any]) -> object:
        roles = tuple(Role(role) for role in values["roles"])
        form = StaffForm(uid=row.uid if row else "", **{**values, "roles": roles})
        return self.desk.staffing.save(self.actor, form, row.row_version if row else 0)

    def side_text(self, row: StaffRow | None) -> str:
        return "" if row is None else "Nonaktifkan" if row.active else "Aktifkan"

    def side_act(self) -> None:
        row = self.current
        if row is not None:
            self.carry_out(
                lambda: self.desk.staffing.activate(self.actor, row.uid, active=not row.active),
                f"{row.name} {'dinonaktifkan' if row.active else 'diaktifkan'}.",
            )


def _chip(row: StaffRow) -> tuple[str, str] | None:
    if not row.active:
        return "nonaktif", "neutral"
    return ("diistirahatkan", "warning") if row.locked else None
