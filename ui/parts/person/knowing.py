"""What one typed number tells about the other fields: the NIK the birth date, the KK family and address."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.person import Sex
from ilp_desk.domain.person_form import PersonForm, Reading, Remark, read_form
from ilp_desk.domain.routing import RoutingFacts, route
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.people import FamilyFound
from ui.page import Context
from ui.parts.person.fields import PersonFields
from ui.parts.person.lookups import FamilyLookup


class Knowing(QObject):
    """Fills fields the clerk has not typed in, never others. learnt: something came back from the desk.

    said: sentences only the desk can say, by field. districts: codes of the facility's villages.
    """

    learnt = Signal()

    def __init__(self, context: Context, fields: PersonFields, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._fields = context, fields
        self._family: FamilyFound | None = None
        self.said: dict[str, Remark] = {}
        self.districts: frozenset[str] = frozenset()
        self._kk = FamilyLookup(context, self)
        self._kk.found.connect(self._found)

    def start(self, form: PersonForm) -> None:
        """A form that is not empty: what its numbers tell."""
        self._from_nik()
        self._kk.typed(self._reading().kk, form.kk)

    def edited(self, name: str) -> None:
        """The clerk changed a field."""
        self.said.pop(name, None)
        if name == "kk":
            if not self._kk.typed(self._reading().kk, self._fields.form().kk):
                self._family = None
                self._fields.set_family("", has_head=False)
        elif name == "nik":
            self._from_nik()
        elif name == "relationship":
            self._from_relationship()

    def whereto(self, reading: Reading) -> str:
        """'Klaster 2', as the rules say for what is typed so far; empty while the age is not known."""
        if reading.birth is None:
            return ""
        form, desk = self._fields.form(), self._context.desk
        facts = RoutingFacts(
            sex=reading.sex,
            born_on=reading.birth.day,
            born_precision=reading.birth.precision,
            pregnant=form.pregnant and reading.sex is not Sex.MALE,
            lmp=reading.lmp,
            disability=bool(form.disability),
        )
        cluster = desk.reference.clusters.get(route(facts, desk.clock.today(), desk.reference).cluster)
        return cluster.words if cluster else ""

    def _from_nik(self) -> None:
        reading = self._reading()
        known = reading.nik_sex is not Sex.UNKNOWN
        self._fields.fill("sex", reading.nik_sex.value if known else "")
        self._fields.fill("birth", day_text(reading.nik_births[0]) if reading.nik_births else "")

    def _from_relationship(self) -> None:
        child = self._fields.form().relationship == "child"
        mother = self._family.mother if self._family is not None and child else None
        if not self._fields.owns("mother_name"):
            self._fields.fill("mother_name", mother.name if mother else "")
            self._fields.mother_uid = mother.uid if mother else ""

    def _reading(self) -> Reading:
        return read_form(self._fields.form(), self._context.desk.clock.today())

    def _found(self, family: FamilyFound | None) -> None:
        self._family = family
        self._fields.set_family(family.uid if family else "", has_head=family is not None and family.has_head)
        if family is None:
            self.said["kk"] = Remark("ok", "KK baru: keluarganya dibuat saat disimpan.")
        else:
            head = f"Keluarga {family.head_name}" if family.head_name else "Keluarga terdaftar"
            folder = f" · map {family.folder}" if family.folder else ""
            self.said["kk"] = Remark("ok", f"{head}, {len(family.members)} anggota{folder}")
            self._fields.fill("area_uid", family.area_uid or "")
            for name, value in (("rt", family.rt), ("rw", family.rw), ("address", family.address)):
                self._fields.fill(name, value)
            self._from_relationship()
        self.learnt.emit()
