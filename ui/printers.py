"""Sending what `printing` made to a printer. Every function here blocks: call it through `Runner.device`.

An address, as the settings keep it: the name of a printer of the system ("EPSON L3210"), or "tcp:HOST" and
"tcp:HOST:PORT" for a thermal printer on the network. Titles of jobs reach the system's queue: no names in them.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ilp_desk.errors import UserError
from ui import winspool
from ui.pdf_pages import POINTS_PER_INCH, page_image, page_sizes

NETWORK = "tcp:"
NETWORK_PORT = 9100
NETWORK_SECONDS = 5.0
SPOOLER_SECONDS = 10.0
RASTER_DPI = 300


class PrinterTrouble(UserError):
    """The printer did not take the job. Nothing that was saved depends on it."""

    default = "Printer tidak menjawab. Periksa kabel dan kertas, lalu tekan F9 untuk mencetak ulang."


class NoPrinter(UserError):
    default = "Printer untuk cetakan ini belum dipilih. Pilih di Manajemen, bagian Printer, lalu tekan F9."


@dataclass(frozen=True, slots=True)
class Network:
    """A printer that listens on a port of its own."""

    host: str
    port: int


def parse(address: str) -> Network | str:
    """The network printer an address names, or the name of a printer of the system. Raises NoPrinter."""
    address = address.strip()
    if not address.startswith(NETWORK):
        if not address:
            raise NoPrinter
        return address
    host, _, port = address.removeprefix(NETWORK).strip("/").partition(":")
    if not host or not (not port or (port.isdecimal() and 0 < int(port) < 65536)):
        raise NoPrinter("Alamat printer jaringan tidak benar. Tulis seperti tcp:192.168.1.50:9100 di Manajemen.")
    return Network(host, int(port or NETWORK_PORT))


def system_printers() -> tuple[str, ...]:
    """Names of the printers the operating system knows, its default first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != default, name.casefold())))


def print_pdf(address: str, pdf: bytes, title: str, copies: int = 1) -> None:
    """Print every page; an empty address is the system's own printer.

    Raises PrinterTrouble, NoPrinter, UnreadablePdf.
    """
    printer = parse(address or _default())
    if isinstance(printer, Network):
        raise NoPrinter("Printer jaringan ini hanya untuk nomor antrean. Pilih printer kertas A4 di Manajemen.")
    if _cups():
        _lp(printer, pdf, title, "-n", str(copies), "-o", f"media={_media(page_sizes(pdf)[0])}")
    else:
        _raster(printer, pdf, title, copies)


def send_raw(address: str, data: bytes, title: str) -> None:
    """Send printer commands as they are (ESC/POS). Raises PrinterTrouble, NoPrinter."""
    printer = parse(address)
    if isinstance(printer, Network):
        _tcp(printer, data)
    elif sys.platform == "win32":
        try:
            winspool.send_raw(winspool.library(), printer, data, title)
        except OSError as error:
            raise PrinterTrouble from error
    else:
        _lp(printer, data, title, "-o", "raw")


def _default() -> str:
    """The printer the operating system uses where none is named, or an empty name."""
    if not _cups():
        return QPrinterInfo.defaultPrinterName()
    _, colon, name = _run(["lpstat", "-d"], b"").partition(": ")
    return name.strip() if colon else ""


def _tcp(printer: Network, data: bytes) -> None:
    try:
        with socket.create_connection((printer.host, printer.port), timeout=NETWORK_SECONDS) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
    except OSError as error:
        raise PrinterTrouble from error


def _cups() -> bool:
    return sys.platform != "win32" and shutil.which("lp") is not None


def _lp(printer: str, data: bytes, title: str, *options: str) -> None:
    """Hand a job to CUPS. It queues for a stopped printer without a word, so the state is asked for first."""
    if "disabled" in _run(["lpstat", "-p", printer], b""):
        raise PrinterTrouble
    _run(["lp", "-d", printer, "-t", title, *options], data)


def _run(command: list[str], data: bytes) -> str:
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SPOOLER_SECONDS,
            check=True,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PrinterTrouble from error
    return done.stdout.decode(errors="replace")


def _media(size: QSizeF) -> str:
    """The paper as CUPS names it."""
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    known = {QPageSize.PageSizeId.A4: "A4", QPageSize.PageSizeId.A5: "A5", QPageSize.PageSizeId.A6: "A6"}
    if page.id() in known:
        return known[page.id()]
    millimetres = page.size(QPageSize.Unit.Millimeter)
    return f"Custom.{round(millimetres.width())}x{round(millimetres.height())}mm"


def _raster(name: str, pdf: bytes, title: str, copies: int) -> None:
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise PrinterTrouble
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    paint(printer, pdf)


def paint(printer: QPrinter, pdf: bytes) -> None:
    """Draw the pages as pictures, each on paper of its own size. Raises PrinterTrouble, UnreadablePdf."""
    sizes = page_sizes(pdf)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(sizes[0], QPageSize.Unit.Point))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterTrouble
    try:
        dots = min(RASTER_DPI, printer.resolution())
        for n, size in enumerate(sizes):
            if n:
                printer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
                if not printer.newPage():
                    raise PrinterTrouble
            scale = printer.resolution() / POINTS_PER_INCH
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), page_image(pdf, n, dots))
    finally:
        painter.end()
