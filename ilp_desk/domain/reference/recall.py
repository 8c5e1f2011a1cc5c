"""Groups of services people are called in for, and what may come of a call (recall.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Span
from ilp_desk.domain.reference.places import Choice, make_choice
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet
from ilp_desk.domain.reference.services import ServiceTable


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallGroup(Row):
    """services: codes of services.toml, none of those of every visit; the secret ones only where the group is."""

    label: str
    services: tuple[str, ...]
    sensitive: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallTable:
    """contact_holds: how long the result of a call is told on the list."""

    contact_holds: Span
    groups: Table[RecallGroup]
    results: Table[Choice]


def read_recall(sheet: Sheet, table: ServiceTable) -> RecallTable:
    def group(fields: Fields, base: RowBase) -> RecallGroup:
        named, bundles = fields.texts("services"), fields.texts("bundles")
        secret = fields.flag("sensitive")
        for code in named:
            if code not in table.services:
                raise fields.fail(f'"services": layanan {code} tidak ada')
            if table.services[code].each:
                raise fields.fail(f'"services": {code} untuk tiap kunjungan, tidak untuk memanggil orang')
            if table.services[code].sensitive and not secret:
                raise fields.fail(f'"services": {code} dirahasiakan; taruh di kelompok dengan sensitive = true')
        for code in bundles:
            if code not in table.bundles:
                raise fields.fail(f'"bundles": kelompok {code} tidak ada')
        chosen = tuple(
            service.code
            for service in table.services
            if service.code in named
            or (service.bundle in bundles and not service.each and (secret or not service.sensitive))
        )
        if not chosen:
            raise fields.fail('isi "services" atau "bundles"')
        return RecallGroup(**base, label=fields.text("label"), services=chosen, sensitive=secret)

    return RecallTable(
        contact_holds=sheet.section("settings", lambda fields: fields.span("contact_holds")),
        groups=sheet.table("group", group),
        results=sheet.table("result", make_choice),
    )
