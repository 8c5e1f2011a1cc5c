"""Rare changes to somebody known: dead, moved away, active again; into another family."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person import PersonStatus
from ilp_desk.domain.person_form import PersonForm, read_form
from ilp_desk.domain.person_start import relationships
from ilp_desk.rows.people import FamilyFound, OpenedPerson
from ui.page import Context
from ui.parts.person.home import TEXT_ROOM
from ui.parts.person.lookups import FamilyLookup
from ui.parts.person.small import SmallSheet, canonical_day, typed_day
from ui.widgets import CheckBox, Choice, Combo, DateEdit, Field, KeyButton, LineEdit, hbox, label, vbox

WIDTH = 600
STATES = (
    (PersonStatus.ACTIVE, "Aktif"),
    (PersonStatus.DEAD, "Meninggal"),
    (PersonStatus.MOVED, "Pindah"),
    (PersonStatus.UNKNOWN, "Tidak diketahui"),
)


class StatusPanel(SmallSheet):
    """changed: the status is stored. What is dead or moved is no longer called, and can be taken back."""

    changed = Signal()

    def __init__(self, context: Context, person: OpenedPerson) -> None:
        self._uid = person.uid
        self.state = Choice(STATES, person.status, name="Status")
        self.on = DateEdit(understand=canonical_day(context.desk.clock.today))
        self.place = LineEdit(max_length=TEXT_ROOM)
        self.source = LineEdit(placeholder="mis. keluarga, surat kematian, kader", max_length=TEXT_ROOM)
        fields = {
            "status": Field("Status", self.state),
            "on": Field("Tanggal (boleh kosong)", self.on),
            "place": Field("Tempat, atau pindah ke (boleh kosong)", self.place),
            "source": Field("Sumber keterangan", self.source),
        }
        row = hbox(fields["on"], fields["place"], spacing=12)
        row.setStretch(0, 1)
        row.setStretch(1, 2)
        body = QWidget()
        body.setLayout(
            vbox(label(person.form.name, "strong", wrap=True), fields["status"], row, fields["source"],
                 spacing=4, margins=(22, 4, 22, 8))
        )  # fmt: skip
        go = KeyButton("Simpan status", "Enter", kind="primary")
        super().__init__(context, "Status pasien", body, go)
        self.take_fields(fields)
        go.clicked.connect(self._save)

    def first_focus(self) -> None:
        self.state.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        typed = self.on.text().strip()
        on = typed_day(typed, self.context.desk.clock.today()) if typed else None
        if isinstance(on, str):
            self.blame("on", on)
            return
        status = PersonStatus(str(self.state.value()))
        people, actor, uid = self.context.desk.people, self.context.actor, self._uid
        place, source = self.place.text(), self.source.text()
        self.work(lambda: people.set_status(actor, uid, status, on, place, source), lambda _: self.changed.emit())


class NamePanel(SmallSheet):
    """changed: a baby, or somebody unknown, has the real name; the one before is still found."""

    changed = Signal()

    def __init__(self, context: Context, person: OpenedPerson) -> None:
        self._uid = person.uid
        self.name = LineEdit(max_length=TEXT_ROOM)
        name = Field("Nama resmi sesuai akta, KTP atau KK", self.name)
        body = QWidget()
        said = label(f"Sekarang tercatat sebagai {person.form.name}.", "", wrap=True)
        body.setLayout(vbox(said, name, spacing=8, margins=(22, 4, 22, 8)))
        go = KeyButton("Simpan nama", "Enter", kind="primary")
        super().__init__(context, "Beri nama resmi", body, go)
        self.take_fields({"name": name})
        go.clicked.connect(self._save)

    def first_focus(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        people, actor, uid, name = self.context.desk.people, self.context.actor, self._uid, self.name.text()
        self.work(lambda: people.rename(actor, uid, name), lambda _: self.changed.emit())


class FamilyChangePanel(SmallSheet):
    """changed: the person belongs to another family from today; where they belonged before stays on record."""

    changed = Signal()

    def __init__(self, context: Context, person: OpenedPerson) -> None:
        self._person = person
        self._codes = [(row.code, row.label) for row in context.desk.reference.codes["family_relationship"]]
        self.kk = LineEdit(max_length=TEXT_ROOM)
        self.relationship = Combo(self._codes, placeholder="Pilih")
        self.address = CheckBox("Pakai alamat keluarga yang baru", checked=True)
        fields = {
            "kk": Field("No. KK yang baru", self.kk),
            "relationship": Field("Hubungan keluarga", self.relationship),
        }
        body = QWidget()
        said = label(f"{person.form.name}. Keluarga yang lama tetap tercatat dalam riwayatnya.", "", wrap=True)
        body.setLayout(vbox(said, *fields.values(), self.address, spacing=4, margins=(22, 4, 22, 16)))
        go = KeyButton("Pindahkan", "Enter", kind="primary")
        super().__init__(context, "Pindah keluarga", body, go)
        self.take_fields(fields)
        self._lookup = FamilyLookup(context, self)
        self._lookup.found.connect(self._found)
        self.kk.textEdited.connect(lambda _: self._typed())
        go.clicked.connect(self._save)

    def first_focus(self) -> None:
        self.kk.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        reading = read_form(PersonForm(kk=self.kk.text()), self.context.desk.clock.today())
        remark = reading.remarks.get("kk")
        self.fields["kk"].set_state(remark.state if remark else "", remark.sentence if remark else "")
        self._lookup.typed(reading.kk, "")

    def _found(self, family: FamilyFound | None) -> None:
        if family is None:
            self.fields["kk"].set_state("ok", "KK baru: keluarganya dibuat saat disimpan.")
        else:
            head = f"Keluarga {family.head_name}" if family.head_name else "Keluarga terdaftar"
            self.fields["kk"].set_state("ok", f"{head}, {len(family.members)} anggota")
        sex = read_form(self._person.form, self.context.desk.clock.today()).sex
        has_head = family is not None and family.has_head
        self.relationship.set_items(relationships(self._codes, sex, has_head=has_head), self.relationship.value())

    def _save(self) -> None:
        relationship = str(self.relationship.value() or "")
        if self.kk.text().strip() and not relationship:
            self.blame("relationship", "Pilih hubungannya dalam keluarga itu.")
            return
        people, actor, uid, kk = self.context.desk.people, self.context.actor, self._person.uid, self.kk.text()
        take = self.address.isChecked()
        self.work(lambda: people.move(actor, uid, kk, relationship, take_address=take), lambda _: self.changed.emit())
