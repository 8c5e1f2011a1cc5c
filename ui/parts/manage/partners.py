"""Direktori rujukan: the facilities people are referred to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ilp_desk.domain.site import Partner
from ilp_desk.services.site import PartnerForm
from ilp_desk.services.site.partners import KINDS
from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.list_and_form import ListAndForm
from ui.parts.manage.ticks import Ticks
from ui.rows import Column
from ui.widgets import Combo, Field, LineEdit


class PartnersPart(ListAndForm[Partner]):
    code, title, noun = "partners", "Direktori rujukan", "tujuan rujukan"
    empty = ("Belum ada tujuan rujukan.", "Tekan F3 untuk menambah rumah sakit atau laboratorium tujuan.")

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        self._specialties = {c.code: c.label for c in context.desk.reference.codes["specialty"]}
        columns: tuple[Column[Partner], ...] = (
            Column("Nama", lambda p: p.name, bold=True, ink=lambda p: "ink" if p.active else "muted", chip=_chip),
            Column("Jenis", lambda p: KINDS.get(p.kind, p.kind), 120, muted=True),
            Column("Kota", lambda p: p.city, 130, muted=True),
            Column("Spesialis", self._offers, 230, muted=True, optional=True),
            Column("Jarak", lambda p: f"{p.distance_km} km" if p.distance_km is not None else "", 80, align="right"),
        )

        def field(name: str, text: str, span: int, suffix: str = "") -> tuple[str, Field, int]:
            return name, Field(text, LineEdit(), suffix=suffix), span

        form = Form(
            [
                [("name", Field("Nama", LineEdit(placeholder="mis. RSUD Lubuk Basung")), 12)],
                [("kind", Field("Jenis", Combo(list(KINDS.items()))), 6), field("code", "Kode faskes", 6)],
                [field("city", "Kota/kabupaten", 7), field("distance_km", "Jarak", 5, "km")],
                [field("address", "Alamat", 12)],
                [field("phone", "Telepon", 12)],
                [("specialties", Field("Layanan spesialis", Ticks(list(self._specialties.items()), 1)), 12)],
            ]
        )
        super().__init__(context, columns, form, setup=setup)

    def _offers(self, partner: Partner) -> str:
        return ", ".join(self._specialties.get(code, code) for code in partner.specialties)

    def rows(self) -> Sequence[Partner]:
        return self.desk.site.partners(self.actor)

    def heading_of(self, row: Partner | None) -> str:
        return row.name if row is not None else "Tujuan rujukan baru"

    def fields_of(self, row: Partner | None) -> Mapping[str, object]:
        names = ("name", "code", "city", "address", "phone")
        if row is None:
            return {**dict.fromkeys(names, ""), "kind": "hospital", "distance_km": "", "specialties": ()}
        shown: dict[str, object] = {name: getattr(row, name) for name in names}
        distance = "" if row.distance_km is None else str(row.distance_km)
        return {**shown, "kind": row.kind, "distance_km": distance, "specialties": row.specialties}

    def keep(self, row: Partner | None, values: Mapping[str, Any]) -> object:
        form = PartnerForm(uid=row.uid if row else "", **{**values, "kind": str(values["kind"] or "")})
        return self.desk.site.save_partner(self.actor, form, row.row_version if row else 0)

    def side_text(self, row: Partner | None) -> str:
        return "" if row is None else "Tidak dipakai lagi" if row.active else "Pakai lagi"

    def side_act(self) -> None:
        row = self.current
        if row is not None:
            self.carry_out(
                lambda: self.desk.site.activate_partner(self.actor, row.uid, active=not row.active),
                f"{row.name} {'tidak dipakai lagi' if row.active else 'dipakai lagi'}.",
            )


def _chip(partner: Partner) -> tuple[str, str] | None:
    return None if partner.active else ("tidak dipakai", "neutral")
