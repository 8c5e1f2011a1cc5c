"""Printer & layar: what only this computer knows. Saved in its own file, not in the database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import InvalidInput
from ilp_desk.settings import Settings, ThermalPrinter
from ui.page import Context
from ui.paint import draw_text
from ui.parts.display.panel import open_display_sheet
from ui.parts.manage.form import Form
from ui.parts.manage.part import Part
from ui.print_jobs import PrintJob, thermal_address
from ui.theme import font, px
from ui.widgets import Card, Choice, Combo, Field, Hair, KeyButton, LineEdit, hbox, label, scroll, vbox

SYSTEM_KIND = "windows" if sys.platform == "win32" else "cups"
MOST_WIDE = 820


def test_page() -> bytes:
    """One A4 page with a frame near its edges: what is missing of the frame, the printer cannot reach."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(10, 10, 10, 10))
    writer.setResolution(72)
    painter = QPainter(writer)
    page = QRectF(0, 0, writer.width(), writer.height())
    painter.drawRect(page)
    painter.setFont(font(14))
    draw_text(painter, QRectF(30, 30, page.width() - 60, 24), "Halaman uji ILP Desk", 20, bold=True)
    draw_text(painter, QRectF(30, 62, page.width() - 60, 20), "Bingkai ini 10 mm dari tepi kertas dan harus utuh.", 13)
    painter.end()
    return bytes(buffer.data().data())


class MachinePart(Part):
    code, title = "machine", "Printer & layar"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        kinds = [("", "Tidak ada"), ("tcp", "Jaringan"), (SYSTEM_KIND, "Printer sistem")]
        screens = [screen.name() for screen in QGuiApplication.screens()]
        self.form = Form(
            [
                [
                    ("desk", Field("Nama loket atau meja ini", LineEdit(placeholder="mis. Loket 1")), 6),
                    ("room", Field("Ruang (bila dipakai di ruang pelayanan)", LineEdit(placeholder="mis. Ruang 2")), 6),
                ],
                [("a4", Field("Printer kertas A4", Combo([("", "Printer bawaan sistem")])), 12)],
                [
                    ("kind", Field("Printer nomor antrean", Choice(kinds, "")), 8),
                    ("width", Field("Lebar kertas", Choice([(58, "58 mm"), (80, "80 mm")], 80)), 4),
                ],
                [("address", Field("Alamat jaringan", LineEdit(placeholder="192.168.1.50:9100")), 12)],
                [("queue", Field("Printer nomor antrean yang mana", Combo(placeholder="Pilih printer")), 12)],
                [("second_screen", Field("Layar ruang tunggu", Combo([("", "Layar ini"), *screens])), 12)],
            ]
        )
        self.save_button = KeyButton("Simpan", "Ctrl+S", kind="primary")
        try_a4, try_ticket = KeyButton("Cetak uji A4", icon="print"), KeyButton("Cetak uji antrean", icon="ticket")
        self.save_button.clicked.connect(self.save)
        try_a4.clicked.connect(self.try_page)
        try_ticket.clicked.connect(self.try_ticket)
        where = label("Isian di sini berlaku untuk komputer ini saja.", "muted", wrap=True)
        column = vbox(where, self.form, None, spacing=8, margins=(16, 14, 16, 8))
        body = QWidget()
        body.setLayout(column)
        body.setMaximumWidth(px(MOST_WIDE))
        main = vbox(scroll(body), Hair(), spacing=0, margins=(1, 1, 1, 1))
        main.setStretch(0, 1)
        waiting_room = KeyButton("Layar ruang tunggu", icon="screen")
        waiting_room.clicked.connect(lambda: open_display_sheet(context))
        tries, last = (try_a4, try_ticket), (waiting_room, self.save_button)
        main.addLayout(hbox(*tries, None, *(() if setup else last), margins=(16, 10, 16, 12)))
        self.setLayout(vbox(Card(main)))
        self.form.edited.connect(self._edited)
        self._show(context.settings)

    def load(self) -> None:
        from ui.printers import system_printers  # loads PDFium

        self.runner.device(system_printers, self._printers, self.say)

    def busy_with(self) -> bool:
        return self.form.dirty

    def _printers(self, names: Sequence[str]) -> None:
        now = self.form.values()
        clean = not self.form.dirty
        a4, queue = self.form.field("a4").editor, self.form.field("queue").editor
        if isinstance(a4, Combo) and isinstance(queue, Combo):
            kept = [str(now[name]) for name in ("a4", "queue") if now[name] and str(now[name]) not in names]
            a4.set_items([("", "Printer bawaan sistem"), *names, *kept[:1]], now["a4"] or "")
            queue.set_items([*names, *kept], now["queue"])
        if clean:
            self.form.settle()

    def _show(self, settings: Settings) -> None:
        printer = settings.thermal
        a4, queue = self.form.field("a4").editor, self.form.field("queue").editor
        system = printer.address if printer.kind not in ("", "tcp") else ""
        if isinstance(a4, Combo) and settings.a4:
            a4.set_items([("", "Printer bawaan sistem"), settings.a4])
        if isinstance(queue, Combo) and system:
            queue.set_items([system])
        screen = self.form.field("second_screen").editor
        if isinstance(screen, Combo) and settings.second_screen:
            names = [screen.itemText(i) for i in range(1, screen.count())]
            if settings.second_screen not in names:
                screen.set_items([("", "Layar ini"), *names, settings.second_screen])
        self.form.put(
            {
                "desk": settings.desk,
                "room": settings.room,
                "a4": settings.a4,
                "kind": printer.kind if printer.kind in ("", "tcp") else SYSTEM_KIND,
                "width": printer.width,
                "address": printer.address if printer.kind == "tcp" else "",
                "queue": system or None,
                "second_screen": settings.second_screen,
            }
        )
        self._edited()

    def _edited(self) -> None:
        kind = self.form.values()["kind"]
        self.form["address"].setVisible(kind == "tcp")
        self.form["queue"].setVisible(kind == SYSTEM_KIND)

    def typed(self) -> dict[str, Any]:
        """What stands in the form, as fields of the settings. Raises InvalidInput."""
        values: dict[str, Any] = self.form.values()
        desk = " ".join(values["desk"].split())
        if not desk or not desk.isprintable() or len(desk) > 60:
            raise InvalidInput("desk", "Isi nama loket, paling panjang 60 huruf, misalnya Loket 1.")
        kind = str(values["kind"] or "")
        address = values["address"].strip() if kind == "tcp" else str(values["queue"] or "")
        if kind == "tcp":
            _check_address(address)
        elif kind and not address:
            raise InvalidInput("queue", "Pilih printer untuk nomor antrean.")
        thermal = ThermalPrinter(kind, address if kind else "", int(values["width"] or 80))
        return {
            "desk": desk,
            "room": " ".join(values["room"].split()),
            "a4": str(values["a4"] or ""),
            "thermal": thermal,
            "second_screen": str(values["second_screen"] or ""),
        }

    def save(self) -> None:
        self.commit(lambda: self.shell.toast("Pengaturan komputer ini tersimpan."))

    def commit(self, done: Callable[[], None]) -> None:
        try:
            typed = self.typed()
        except InvalidInput as error:
            self.form.refuse(error)
            return
        self.form.settle()
        self.shell.keep(**typed)
        done()

    def try_page(self) -> None:
        """Print a page to see whether the printer answers."""
        printer = self.form.text("a4")
        self.shell.print(PrintJob("Halaman uji", printer, test_page()))

    def try_ticket(self) -> None:
        """Print a ticket that is none."""
        try:
            printer: ThermalPrinter = self.typed()["thermal"]
        except InvalidInput as error:
            self.form.refuse(error)
            return
        address, width = thermal_address(printer), printer.width

        def made(data: bytes) -> None:
            self.shell.print(PrintJob("Uji printer antrean", address, data, raw=True))

        self.ask("ticket", lambda: self.desk.site.test_ticket(self.actor, width), made)


def _check_address(address: str) -> None:
    host, colon, port = address.partition(":")
    port_fits = not colon or (port.isascii() and port.isdecimal() and 0 < int(port) < 65536)
    if not host or any(c.isspace() for c in address) or not port_fits:
        raise InvalidInput("address", "Tulis alamat printer seperti 192.168.1.50 atau 192.168.1.50:9100.")
