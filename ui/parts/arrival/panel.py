"""The panel at the right of the registration desk."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from ilp_desk.domain.reference import Reference
from ilp_desk.rows.arrival import Arrival, ServicePlace, TodaysVisit
from ilp_desk.rows.care import ArrivalCare
from ilp_desk.services.registration import Circumstances
from ui.parts.arrival.due_lines import DueLines, family_words
from ui.parts.arrival.family_line import FamilyLine
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    CheckBox,
    Chip,
    ClusterCard,
    Combo,
    EmptyState,
    Field,
    Icon,
    KeyButton,
    LineEdit,
    Paragraph,
    Runs,
    Segment,
    Text,
    hbox,
    restyle,
    scroll,
    vbox,
)

WIDTH = 430
_SCANNED = re.compile(r"(?<![0-9])(?:[0-9]{16}|[0-9]{13})$", re.ASCII)
"""A NIK, KK or BPJS number at the end of a complaint: no clerk types that there."""
SEX_WORDS = {"L": "Laki-laki", "P": "Perempuan", "?": "Jenis kelamin belum diketahui"}


def choices(table: object) -> list[tuple[object, str]]:
    """The rows of a reference table as items of a combo."""
    return [(row.code, row.label) for row in table]  # type: ignore[attr-defined]


class ArrivalPanel(Card):
    """Shows one Arrival and collects what the desk says about it.

    changed: a circumstance was changed, so that the routing has to be asked anew; change_wanted: another cluster (F7);
    act(name): second, ticket, move or cancel of today's visit; register: the main button, or Enter in a field;
    payer_checked: the membership was looked up just now; scanned(code): a card was read into the complaint.
    """

    changed = Signal()
    change_wanted = Signal()
    act = Signal(str)
    register = Signal()
    payer_checked = Signal()
    scanned = Signal(str)

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.arrival: Arrival | None = None
        self.chosen: ServicePlace | None = None
        self.override = ""
        self.emergency = self.infection = False
        self.danger_sign = self.infection_sign = ""
        self.setMinimumWidth(px(380))
        self.setMaximumWidth(px(WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._make_head()
        self._make_fields()
        self._empty = EmptyState(
            "Siapa yang datang?",
            "Ketik nama, NIK, No. RM atau BPJS, atau pindai kartu. Enter membuka orangnya di sini.",
            icon="register",
        )
        self._full = self._make_body()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(400))

    # Building

    def _make_head(self) -> None:
        self.name = Runs([Text(" ", bold=True)], size=18)
        self.who, self.home = Paragraph(), Paragraph()
        self.ask = Banner("warning", "Pastikan dulu", "")
        self.second = self._button("Layanan kedua", "second")
        self.ticket = self._button("Cetak lagi", "ticket", "Ctrl+P")
        self.move_visit = self._button("Pindahkan", "move", "Alt+M")
        self.cancel = self._button("Batalkan", "cancel", "Alt+X")
        self.today = Banner("info", "", buttons=[self.second, self.ticket, self.move_visit, self.cancel])
        self.alert = Runs([Text(" ")], fill="danger_tint", pad=(10, 6))
        self.same = Runs([Text(" ")], fill="warning_tint", pad=(10, 6))
        self.place = ClusterCard("A", "", "", "")
        self.place.change_wanted.connect(self.change_wanted)
        self.doubt = Banner("warning", "Periksa", "")
        self.due = DueLines()
        self.family = FamilyLine()
        self.lack = Runs([Text(" ")], pad=(0, 2))

    def _make_fields(self) -> None:
        codes = self._reference.codes
        visit = self._reference.visit
        self.payer = Combo(choices(codes["payer"]), placeholder="Pilih penjamin", name="Penjamin")
        self.fktp = Combo(choices(codes["payer_fktp"]), name="FKTP terdaftar")
        self.payer_status = Combo(choices(codes["payer_status"]), name="Status kepesertaan")
        self.reason = Combo(choices(visit.reasons), name="Kunjungan")
        self.service = Combo(choices(visit.services), placeholder="Pilih layanan", name="Layanan yang diminta")
        self.origin = Combo(choices(visit.origins), name="Asal nomor")
        self.code = LineEdit(placeholder="kode Mobile JKN", name="Kode Mobile JKN")
        self.building = Combo(choices(visit.buildings), name="Tempat")
        self.complaint = LineEdit(placeholder="mis. pusing, kaki bengkak", name="Keluhan utama")
        self.late = CheckBox("Datang terlambat", small=True)
        self.checked = Paragraph()
        self.check_now = KeyButton("Dicek sekarang", "Alt+C", small=True)
        self.service_field = Field("Layanan yang diminta", self.service, reserve=False)
        self.code_field = Field("Kode Mobile JKN", self.code, reserve=False)
        for combo in (self.reason, self.service):
            combo.activated.connect(self._circumstance_changed)
        self.origin.activated.connect(self._origin_changed)
        self.late.toggled.connect(self._circumstance_changed)
        self.check_now.clicked.connect(self.payer_checked)
        self.code.returnPressed.connect(self.register)
        self.complaint.returnPressed.connect(self._complaint_entered)
        for combo in (self.payer, self.fktp, self.payer_status, self.reason, self.service, self.origin, self.building):
            combo.entered.connect(self.register)
        for combo in (self.payer, self.payer_status):
            combo.currentIndexChanged.connect(self._mark_payer)

    def _make_body(self) -> QWidget:
        self.go = KeyButton("Daftarkan & cetak nomor antrean", "Enter", kind="primary", tall=True)
        self.go.clicked.connect(self.register)
        payer = hbox(
            Field("Penjamin", self.payer, reserve=False), Field("Kunjungan", self.reason, reserve=False), spacing=10
        )
        payer.setStretch(0, 7)
        payer.setStretch(1, 5)
        member = hbox(
            Field("FKTP terdaftar", self.fktp, reserve=False),
            Field("Status", self.payer_status, reserve=False),
            spacing=10,
        )
        checked = hbox(self.checked, self.check_now, spacing=10)
        checked.setStretch(0, 1)
        where = hbox(
            Field("Asal nomor", self.origin, reserve=False),
            Field("Tempat", self.building, reserve=False),
            self.service_field,
            self.code_field,
            spacing=10,
        )
        body = QWidget()
        body.setLayout(
            vbox(
                vbox(self.name, self.who, self.home, spacing=0),
                self.ask,
                self.today,
                self.alert,
                self.same,
                self.place,
                self.doubt,
                self.due,
                self.family,
                self.lack,
                payer,
                Field("Keluhan utama (boleh kosong)", self.complaint, reserve=False),
                vbox(member, checked, spacing=4),
                where,
                self.late,
                None,
                spacing=7,
                margins=(14, 10, 14, 4),
            )
        )
        self.area = scroll(body)
        full = QWidget()
        full.setLayout(vbox(self.area, vbox(self.go, margins=(14, 8, 14, 12)), spacing=0))
        return full

    def _button(self, text: str, name: str, key: str = "") -> KeyButton:
        button = KeyButton(text, key, small=True)
        button.clicked.connect(lambda: self.act.emit(name))
        return button

    # What the desk says

    def circumstances(self) -> Circumstances:
        """What stands in the fields."""
        reason = str(self.reason.value() or "sick")
        return Circumstances(
            reason=reason,
            service=str(self.service.value() or "") if reason == "service_only" else "",
            emergency=self.emergency,
            danger_sign=self.danger_sign,
            infection=self.infection,
            infection_sign=self.infection_sign,
            building=str(self.building.value() or "inside"),
            origin=str(self.origin.value() or "loket"),
            origin_code=self.code.text() if self.origin.value() == "mobile_jkn" else "",
            late=self.late.isChecked(),
        )

    def _complaint_entered(self) -> None:
        """Enter registers; unless a scanner that types slowly has put the next card into the complaint."""
        text = self.complaint.text()
        code = _SCANNED.search(text)
        if code is None:
            self.register.emit()
            return
        self.complaint.setText(text[: code.start()].rstrip())
        self.scanned.emit(code[0])

    def _mark_payer(self) -> None:
        """Care waits for nobody's membership, but what is missing or ended is seen."""
        restyle(self.payer, state="" if self.payer.value() else "warn")
        restyle(self.payer_status, state="warn" if self.payer_status.value() == "inactive" else "")

    def urgent(self, sign: str) -> None:
        """F8: an emergency; sign: code of danger_signs.toml, "" if none was said."""
        self.emergency, self.danger_sign = True, sign
        self.choose(None)

    def suspect(self, on: bool, sign: str = "") -> None:
        """F5: suspected of a catching disease, or not after all; sign: its code, "" if none was said."""
        self.infection, self.infection_sign = on, sign
        self.choose(None)

    def _origin_changed(self) -> None:
        self.code_field.setVisible(self.origin.value() == "mobile_jkn")
        booked = self.origin.value() == "appointment"
        self.late.setVisible(booked)
        if not booked:
            self.late.setChecked(False)

    def _circumstance_changed(self) -> None:
        self.service_field.setVisible(self.reason.value() == "service_only")
        self.chosen, self.override = None, ""
        self.changed.emit()

    def choose(self, place: ServicePlace | None, why: str = "") -> None:
        """Another place than the rule's, with its reason; None goes back to the rule."""
        self.chosen, self.override = place, why
        self._show_place()

    # Showing

    def clear(self) -> None:
        """Nobody is here."""
        self.arrival = self.chosen = None
        self.override = self.danger_sign = self.infection_sign = ""
        self.emergency = self.infection = False
        self._stack.setCurrentWidget(self._empty)

    def show_arrival(self, shown: Arrival, *, fresh: bool) -> None:
        """Show somebody; fresh: another person than before, so the fields start anew."""
        self.arrival = shown
        if fresh:
            self._fresh_fields(shown)
        self._show_head(shown)
        self._show_place()
        self.doubt.setVisible(bool(shown.uncertain))
        self.doubt.set("warning", "Periksa", shown.uncertain)
        self._show_family(shown)
        self._show_checked(shown.payer_checked)
        self._stack.setCurrentWidget(self._full)
        if fresh:
            self.area.verticalScrollBar().setValue(0)

    def show_care(self, told: ArrivalCare) -> None:
        """What is due for whoever stands here, and for the others of the family."""
        self.due.show_lines(told.lines)
        if told.family:
            self.family.show_words(family_words(told.family))

    def _fresh_fields(self, shown: Arrival) -> None:
        self.payer.setCurrentIndex(-1)
        self.payer.set_value(shown.payer or None)
        self.fktp.set_value(shown.payer_fktp)
        self.payer_status.set_value(shown.payer_status)
        self.reason.setCurrentIndex(0)
        self.service.setCurrentIndex(-1)
        self.origin.setCurrentIndex(0)
        self.building.setCurrentIndex(0)
        self.complaint.clear()
        self.code.clear()
        self.service_field.hide()
        self.code_field.hide()
        self._mark_payer()
        self.due.show_lines(())
        self.late.blockSignals(True)
        self.late.setChecked(False)
        self.late.blockSignals(False)
        self.late.hide()

    def _main_words(self, shown: Arrival) -> str:
        if shown.today is None:
            return "Daftarkan & cetak nomor antrean"
        if self.emergency:
            return f"Ke {(self.chosen or shown.routed).name} sekarang"
        return "Tambahkan layanan kedua" if shown.today.state == "open" else "Buka lagi kunjungan hari ini"

    def _show_checked(self, when: str) -> None:
        """When and by whom the membership was looked up last."""
        said = Text(f"Dicek {when}", muted=True) if when else Text("Kepesertaan belum pernah dicek", color="warning")
        self.checked.set_parts([said])

    def _show_head(self, shown: Arrival) -> None:
        name: list[Segment] = [Text(shown.name, bold=True)]
        if shown.pregnancy:
            name.append(Chip(shown.pregnancy, tone="A"))
        self.name.set_segments(name)
        bond = {"P": "suami", "L": "istri"}.get(shown.sex, "suami/istri")
        kin = f"{bond} {shown.spouse}" if shown.spouse else ""
        mother = f"ibu {shown.mother}" if shown.mother else ""
        facts = (SEX_WORDS.get(shown.sex, ""), shown.age, f"lahir {shown.born}" if shown.born else "", mother, kin)
        self.who.set_parts([Text(" · ".join(f for f in facts if f), muted=True)])
        phone = f"HP {shown.phone}" if shown.phone else ""
        number = f"RM {shown.record_number}" if shown.record_number else ""
        home = " · ".join(p for p in (number, shown.address, phone) if p)
        self.home.set_parts([Text(home or "alamat belum dicatat", muted=True)])
        self.ask.setVisible(bool(shown.asks))
        self.ask.set("warning", "Pastikan dulu", shown.asks)
        self.today.setVisible(shown.today is not None)
        if shown.today is not None:
            self._show_today(shown.today)
        self.alert.set_segments(_alert(shown))
        urgent = bool(shown.allergies or shown.first)
        asked = shown.allergy_state != "not_asked"
        self.alert.set_fill("danger_tint" if urgent else "accent_tint" if asked else "warning_tint")
        self.same.setVisible(bool(shown.namesakes))
        said = ", ".join(f"{n.name} ({n.age}) {n.ticket}".strip() for n in shown.namesakes)
        self.same.set_segments(
            [Icon("warn", "warning", "perhatian"), Text("Nama mirip hari ini: ", bold=True), Text(said)]
        )

    def _show_today(self, today: TodaysVisit) -> None:
        still = today.state == "open"
        head = "Sudah terdaftar hari ini" if still else "Kunjungan hari ini sudah selesai"
        where = f"{', '.join(today.tickets)} di {today.place}"
        self.today.set("info", head, where if still else f"{where}. Enter membukanya lagi dengan layanan baru.")
        self.second.setText("Layanan kedua" if still else "Layanan baru")
        for button in (self.move_visit, self.cancel):
            button.setVisible(still)

    def _show_place(self) -> None:
        shown = self.arrival
        if shown is None:
            return
        place = self.chosen or shown.routed
        why = f"Dipilih loket: {self.override}" if self.chosen else shown.routed_reason
        self.place.set(place.letter, place.label, place.name, why)
        self.go.setText(self._main_words(shown))

    def _show_family(self, shown: Arrival) -> None:
        self.family.setVisible(bool(shown.family))
        names = ", ".join(f"{r.name} ({r.age})" if r.age else r.name for r in shown.family)
        self.family.show_words(names)
        self.lack.setVisible(not shown.complete)
        self.lack.set_segments(
            [
                Icon("edit", "warning"),
                Text("Data belum lengkap.", color="warning"),
                Text(" Lengkapi: Ctrl+E", muted=True),
            ]
        )


def _alert(shown: Arrival) -> list[Segment]:
    """Allergies and priority; no clinical value."""
    parts: list[Segment] = []
    if shown.allergies:
        parts += [Icon("warn", "danger", "perhatian"), Text("Alergi: ", bold=True, color="danger")]
        parts.append(Text(", ".join(shown.allergies), color="danger"))
    elif shown.allergy_state == "none":
        parts.append(Text("Alergi: tidak ada", muted=True))
    else:
        parts.append(Text("Alergi: belum ditanyakan", bold=True, color="warning"))
    if shown.first:
        parts += [Text("  ·  "), Text("Perlu didahulukan", bold=True, color="danger")]
    return parts
