"""Fasilitas: name, letterhead with logos, letter numbers, zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.domain.site import Facility
from ilp_desk.services.site import FacilityForm
from ilp_desk.services.site.facility import ZONES
from ilp_desk.services.staffing import StaffRow
from ui.page import Context
from ui.paint import draw_panel
from ui.parts.manage.form import Cell, Form
from ui.parts.manage.logo import Logo
from ui.parts.manage.part import Part
from ui.theme import color, font, px, tokens
from ui.widgets import Card, CheckBox, Combo, Field, Hair, KeyButton, LineEdit, TextArea, hbox, label, scroll, vbox

SIDE_WIDTH = 380
SETUP_SIDE_WIDTH = 300
NOTE = "Lansia, ibu hamil, bayi, dan penyandang disabilitas didahulukan."
TICKET_SERVICES = "Sebut imunisasi, penimbangan, dan CKG yang terbuka pada nomor antrean"
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


def _lines(*, head: bool) -> Form:
    """head: whether there are staff to choose the head from."""

    def field(name: str, text: str, span: int, placeholder: str = "") -> tuple[str, QWidget, int]:
        return name, Field(text, LineEdit(placeholder=placeholder)), span

    zones = [(zone, f"{word} ({zone})") for zone, word in ZONES.items()]
    third: list[Cell] = [
        field("city", "Kota pada tanggal surat", 4 if head else 6, "mis. Maninjau"),
        ("zone", Field("Zona waktu", Combo(zones)), 4 if head else 6),
    ]
    if head:
        third.append(("head_uid", Field("Kepala Puskesmas", Combo([("", "Belum dipilih")])), 4))
    return Form(
        [
            [field("name", "Nama Puskesmas", 8, "mis. Puskesmas Maninjau"), field("code", "Kode faskes", 4)],
            [
                field("authority", "Pemerintah daerah", 6, "PEMERINTAH KABUPATEN AGAM"),
                field("department", "Dinas", 6, "DINAS KESEHATAN"),
            ],
            [field("address", "Alamat", 8), field("phone", "Telepon", 4)],
            third,
            [
                field("letter_prefix", "Awalan nomor surat", 4 if head else 6, "440"),
                field("letter_code", "Kode pada nomor surat", 8 if head else 6, "mis. PKM-MNJ"),
            ],
            [("ticket_note", Field("Kalimat pada nomor antrean", TextArea(lines=2)), 12)],
            [("ticket_services", CheckBox(TICKET_SERVICES), 12)],
        ]
    )


class _Letterhead(QWidget):
    """How the head of a letter will look."""

    def __init__(self, form: Form, left: Logo, right: Logo) -> None:
        super().__init__()
        self._form, self._left, self._right = form, left, right
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Contoh kop surat")
        form.edited.connect(self.update)
        left.changed.connect(self.update)
        right.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(118))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, form, k = QPainter(self), self._form, tokens()
        draw_panel(p, self.rect(), "card", "line", k.radius_field)
        edge, side = px(10), px(38)
        for logo, x in ((self._left, edge), (self._right, self.width() - edge - side)):
            if not logo.picture.image.isNull():
                fit = logo.picture.image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
                box = QRectF(x + (side - fit.width()) / 2, px(36), fit.width(), fit.height())
                p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                p.drawImage(box, logo.picture.image)
        room = QRectF(edge + side, 0, self.width() - 2 * (edge + side), self.height())
        above = " · ".join(filter(None, (form.text("authority"), form.text("department"))))
        phone = form.text("phone")
        code = form.text("code")
        parts = (form.text("address"), f"Telp. {phone}" if phone else "", f"Kode faskes {code}" if code else "")
        below = " · ".join(filter(None, parts))
        for text, top, bold in ((above, 10, False), (form.text("name").upper(), 44, True), (below, 64, False)):
            p.setFont(font(k.body if bold else k.small, bold))
            p.setPen(color("ink" if bold else "muted"))
            p.drawText(QRectF(room.left(), px(top), room.width(), px(34)), WRAPPED, text)
        p.fillRect(QRectF(edge, px(104), self.width() - 2 * edge, 2), color("ink"))


class FacilityPart(Part):
    code, title = "facility", "Fasilitas"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self.form = _lines(head=not setup)
        self.left = Logo("Logo kiri", "logo_left", self.runner)
        self.right = Logo("Logo kanan", "logo_right", self.runner)
        self._seen = ""
        self._logos: tuple[bytes | None, bytes | None] = (None, None)
        self.save_button = KeyButton("Simpan", "Ctrl+S", kind="primary")
        self.save_button.clicked.connect(self.save)
        for logo in (self.left, self.right):
            logo.refused.connect(self.shell.sentence)
        column = vbox(self.form, None, spacing=8, margins=(16, 14, 16, 8))
        body = QWidget()
        body.setLayout(column)
        main = vbox(scroll(body), spacing=0, margins=(1, 1, 1, 1))
        main.setStretch(0, 1)
        if not setup:
            main.addWidget(Hair())
            main.addLayout(hbox(None, self.save_button, margins=(16, 10, 16, 12)))
        side_body = QWidget()
        preview = _Letterhead(self.form, self.left, self.right)
        side_body.setLayout(
            vbox(
                label("Kop surat", "subtitle"),
                preview,
                8,
                self.left,
                8,
                self.right,
                None,
                spacing=8,
                margins=(16, 14, 16, 14),
            )
        )
        side = Card(vbox(scroll(side_body), margins=(1, 1, 1, 1)))
        side.setFixedWidth(px(SETUP_SIDE_WIDTH if setup else SIDE_WIDTH))
        row = hbox(Card(main), side, spacing=10)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.form.put({"zone": "Asia/Jakarta", "letter_prefix": "440", "letter_code": "PKM", "ticket_note": NOTE})
        self.keep_drafts(self.form, column)

    def load(self) -> None:
        self.ask("facility", self._question, lambda found: self._shown(*found))

    def _question(self) -> tuple[Facility | None, Sequence[StaffRow]]:
        return self.desk.site.facility(self.actor), self.desk.staffing.list(self.actor)

    def _shown(self, found: Facility | None, staff: Sequence[StaffRow]) -> None:
        if self.busy_with():
            return
        if not self.setup:
            head = self.form.field("head_uid").editor
            if isinstance(head, Combo):
                head.set_items([("", "Belum dipilih"), *((s.uid, s.name) for s in staff if s.active)])
        if found is not None:
            self._seen = found.uid
            values = {name: getattr(found, name) for name in self.form.values() if name != "head_uid"}
            self.form.put({**values, "head_uid": found.head_uid or ""})
            self.left.set_value(found.logo_left)
            self.right.set_value(found.logo_right)
            self._logos = (found.logo_left, found.logo_right)
        self.offer_draft()

    def busy_with(self) -> bool:
        return super().busy_with() or (self.left.value(), self.right.value()) != self._logos

    def save(self) -> None:
        self.commit(lambda: self.shell.toast("Data Puskesmas tersimpan."))

    def commit(self, done: Callable[[], None]) -> None:
        values: dict[str, Any] = self.form.values()
        values["head_uid"] = values.get("head_uid") or None
        form = FacilityForm(**values, logo_left=self.left.value(), logo_right=self.right.value())
        self.save_button.setEnabled(False)

        def saved(facility: Facility) -> None:
            self.save_button.setEnabled(True)
            self._seen = facility.uid
            self._logos = (facility.logo_left, facility.logo_right)
            self.form.settle()
            self.drop_draft()
            done()

        def failed(error: Exception) -> None:
            self.save_button.setEnabled(True)
            self.say(error)

        self.runner.write(lambda: self.desk.site.save_facility(self.actor, form, self._seen), saved, failed)
