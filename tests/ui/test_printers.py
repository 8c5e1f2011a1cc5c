"""Paper: what was made arrives unchanged, a printer that has gone is told in words, and nothing waits for it."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ilp_desk.errors import UserError
from ilp_desk.settings import ThermalPrinter
from ui import printers, winspool
from ui.pdf_pages import UnreadablePdf, page_image, page_sizes
from ui.print_jobs import PrintJob, PrintJobs, thermal_address
from ui.printers import Network, NoPrinter, PrinterTrouble, parse
from ui.runner import Runner

TICKET = b"\x1b@A-012\n\x1dV\x00" * 200


def pdf(*sizes: tuple[float, float]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for size in sizes or (A4,):
        canvas.setPageSize(size)
        canvas.rect(0, 0, size[0] / 2, size[1] / 2, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Sink:
    """A thermal printer on this machine: keeps what it is sent."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.got = b""
        self.thread = threading.Thread(target=self._take)
        self.thread.start()

    def _take(self) -> None:
        connection, _ = self.server.accept()
        with connection:
            while part := connection.recv(4096):
                self.got += part

    def received(self) -> bytes:
        self.thread.join(10)
        return self.got

    def close(self) -> None:
        self.server.close()
        self.thread.join(10)


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    yield made
    made.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_bytes_reach_a_network_printer_unchanged(sink: Sink) -> None:
    printers.send_raw(f"tcp:127.0.0.1:{sink.port}", TICKET, "Nomor antrean A-012")
    assert sink.received() == TICKET


def test_a_vanished_printer_is_told_with_what_to_do() -> None:
    with pytest.raises(PrinterTrouble) as trouble:
        printers.send_raw(f"tcp:127.0.0.1:{free_port()}", TICKET, "Nomor antrean A-012")
    assert trouble.value.sentence == (
        "Printer tidak menjawab. Periksa kabel dan kertas, lalu tekan F9 untuk mencetak ulang."
    )


def test_a_printer_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It accepts the connection, its buffer is full, it never reads."""
    monkeypatch.setattr(printers, "NETWORK_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(PrinterTrouble):
        printers.send_raw(f"tcp:127.0.0.1:{server.getsockname()[1]}", bytes(50_000_000), "Uji")


@pytest.mark.parametrize(
    ("address", "printer"),
    [
        ("EPSON L3210", "EPSON L3210"),
        (" tcp:192.168.1.50 ", Network("192.168.1.50", 9100)),
        ("tcp:192.168.1.50:9101", Network("192.168.1.50", 9101)),
        ("tcp://struk.local:9100/", Network("struk.local", 9100)),
    ],
)
def test_addresses_as_the_settings_keep_them(address: str, printer: Network | str) -> None:
    assert parse(address) == printer


@pytest.mark.parametrize("address", ["", "  ", "tcp:", "tcp:host:none", "tcp:host:0", "tcp:host:70000"])
def test_an_address_that_leads_nowhere_says_where_to_set_it(address: str) -> None:
    with pytest.raises(NoPrinter, match="Manajemen"):
        parse(address)


def test_a_thermal_printer_gets_no_letter() -> None:
    with pytest.raises(NoPrinter, match="A4"):
        printers.print_pdf("tcp:127.0.0.1", pdf(), "Surat rujukan")


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CUPS of two scripts: a printer EPSON, a stopped one, and none other."""
    if sys.platform == "win32":
        pytest.skip("CUPS is not on Windows")
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lpstat").write_text(
        '#!/bin/sh\nif [ "$1" = -d ]; then cat "$(dirname "$0")/default"; exit 0; fi\n'
        'case "$2" in\nEPSON) echo "printer EPSON is idle.";;\n'
        'STOPPED) echo "printer STOPPED disabled since Sat";;\n*) exit 1;;\nesac\n'
    )
    (folder / "default").write_text("no system default destination\n")
    (folder / "lp").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/data\n')
    for name in ("lp", "lpstat"):
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_cups_gets_the_pdf_itself(cups: Path) -> None:
    letter = pdf(A4, A4)
    printers.print_pdf("EPSON", letter, "Surat rujukan", copies=2)
    assert (cups / "data").read_bytes() == letter
    assert (cups / "arguments").read_text().strip() == "-d EPSON -t Surat rujukan -n 2 -o media=A4"


@pytest.mark.parametrize(
    ("size", "media"), [(A5, "A5"), ((80 * mm, 120 * mm), "Custom.80x120mm"), ((85.6 * mm, 54 * mm), "Custom.86x54mm")]
)
def test_cups_is_told_the_paper(cups: Path, size: tuple[float, float], media: str) -> None:
    printers.print_pdf("EPSON", pdf(size), "Kartu")
    assert f"media={media}" in (cups / "arguments").read_text()


def test_cups_gets_printer_commands_as_they_are(cups: Path) -> None:
    printers.send_raw("EPSON", TICKET, "Nomor antrean A-012")
    assert (cups / "data").read_bytes() == TICKET
    assert "-o raw" in (cups / "arguments").read_text()


def test_where_no_printer_is_chosen_the_systems_own_prints(cups: Path) -> None:
    with pytest.raises(NoPrinter):
        printers.print_pdf("", pdf(), "Surat rujukan")
    (cups / "bin" / "default").write_text("system default destination: EPSON\n")
    printers.print_pdf("", pdf(), "Surat rujukan")
    assert "-d EPSON" in (cups / "arguments").read_text()


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        (ThermalPrinter(), ""),
        (ThermalPrinter("tcp", "192.168.1.50"), "tcp:192.168.1.50"),
        (ThermalPrinter("tcp", "192.168.1.50:9101"), "tcp:192.168.1.50:9101"),
        (ThermalPrinter("cups", "STRUK"), "STRUK"),
        (ThermalPrinter("windows", "EPSON TM-T82"), "EPSON TM-T82"),
    ],
)
def test_the_ticket_printer_of_the_settings(chosen: ThermalPrinter, address: str) -> None:
    assert thermal_address(chosen) == address


@pytest.mark.parametrize("name", ["STOPPED", "GONE"])
def test_a_stopped_or_unknown_printer_of_cups_is_told(cups: Path, name: str) -> None:
    with pytest.raises(PrinterTrouble):
        printers.print_pdf(name, pdf(), "Surat rujukan")
    assert not (cups / "data").exists()


def test_a_spooler_that_hangs_is_given_up(cups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "SPOOLER_SECONDS", 0.2)
    (cups / "bin" / "lpstat").write_text("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(PrinterTrouble):
        printers.send_raw("EPSON", TICKET, "Uji")


def test_without_cups_an_unknown_printer_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(PrinterTrouble):
        printers.print_pdf("No such printer", pdf(), "Surat rujukan")


def test_pages_drawn_as_pictures_keep_paper_and_place(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printers.paint(printer, pdf(A4, A5))
    drawn = (tmp_path / "out.pdf").read_bytes()
    for size, wanted in zip(page_sizes(drawn), (A4, A5), strict=True):
        assert size.width() == pytest.approx(wanted[0], abs=2)
        assert size.height() == pytest.approx(wanted[1], abs=2)
    picture = page_image(drawn, 1, 72)
    wide, high = picture.width(), picture.height()
    assert picture.pixelColor(wide // 4, 3 * high // 4).lightness() < 20
    for x, y in ((wide // 4, high // 4), (3 * wide // 4, 3 * high // 4)):
        assert picture.pixelColor(x, y).lightness() > 250


def test_where_nothing_is_painted_a_page_is_white() -> None:
    picture = page_image(pdf(A5), 0, 50)
    assert picture.pixelColor(picture.width() - 5, 5).name() == "#ffffff"
    assert picture.pixelColor(5, picture.height() - 5).name() == "#000000"


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.4\n%%EOF"])
def test_a_broken_pdf_is_told(data: bytes) -> None:
    with pytest.raises(UnreadablePdf):
        page_sizes(data)
    with pytest.raises(UnreadablePdf):
        page_image(data, 0, 72)


def test_pages_can_be_drawn_by_several_threads_at_once() -> None:
    letter, widths = pdf(A4, A4), []
    threads = [threading.Thread(target=lambda: widths.append(page_image(letter, 1, 72).width())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert widths == [595] * 8 or widths == [596] * 8
    assert pypdfium2.PdfDocument(letter)


class Spooler:
    """The Windows spooler's calls, written down; `fails` names the one that says no."""

    def __init__(self, fails: str = "", part: int = 1000) -> None:
        self.calls: list[str] = []
        self.got = b""
        self.fails, self.part = fails, part

    def __getattr__(self, name: str) -> object:
        def call(*arguments: object) -> int:
            self.calls.append(name)
            return 0 if name == self.fails else 1

        return call

    def WritePrinter(self, handle: object, data: bytes, size: int, written: object) -> int:
        self.calls.append("WritePrinter")
        taken = min(self.part, size)
        self.got += data[:taken]
        written._obj.value = taken  # type: ignore[attr-defined]
        return 0 if self.fails == "WritePrinter" else 1


def test_the_windows_spooler_gets_every_byte_in_order() -> None:
    spool = Spooler()
    winspool.send_raw(spool, "EPSON", TICKET, "Nomor antrean A-012")
    assert spool.got == TICKET
    assert spool.calls[:3] == ["OpenPrinterW", "StartDocPrinterW", "StartPagePrinter"]
    assert spool.calls[-3:] == ["EndPagePrinter", "EndDocPrinter", "ClosePrinter"]


@pytest.mark.parametrize("fails", ["OpenPrinterW", "StartDocPrinterW", "StartPagePrinter", "WritePrinter"])
def test_the_windows_spooler_is_left_tidy_when_it_says_no(fails: str) -> None:
    spool = Spooler(fails)
    with pytest.raises(OSError, match="failed"):
        winspool.send_raw(spool, "EPSON", TICKET, "Uji")
    assert (spool.calls.count("OpenPrinterW") == spool.calls.count("ClosePrinter")) or fails == "OpenPrinterW"


def test_a_windows_spooler_that_writes_nothing_is_no_endless_loop() -> None:
    with pytest.raises(OSError, match="nothing"):
        winspool.send_raw(Spooler(part=0), "EPSON", TICKET, "Uji")


class Paper:
    """A printer for `PrintJobs`: takes jobs, unless it has gone."""

    def __init__(self) -> None:
        self.there = True
        self.sheets: list[str] = []

    def send(self, job: PrintJob) -> None:
        if not self.there:
            raise PrinterTrouble
        self.sheets.append(job.title)


class Counter:
    def __init__(self, runner: Runner) -> None:
        self.paper = Paper()
        self.jobs = PrintJobs(runner, sender=self.paper.send)
        self.sentences: list[str] = []
        self.jobs.trouble.connect(self.sentences.append)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close()


@pytest.fixture
def counter(runner: Runner) -> Counter:
    return Counter(runner)


def ticket(number: str) -> PrintJob:
    return PrintJob(f"Nomor antrean {number}", "EPSON", TICKET, raw=True)


def test_what_failed_is_kept_and_f9_sends_all_of_it_in_order(counter: Counter, runner: Runner) -> None:
    counter.paper.there = False
    counter.jobs.put(ticket("A-012"))
    counter.jobs.put(ticket("A-013"))
    assert counter.jobs.waiting == 2
    assert runner.idle()
    assert (counter.jobs.waiting, counter.jobs.failed) == (0, 2)
    assert counter.sentences == [PrinterTrouble.default] * 2
    counter.paper.there = True
    assert counter.jobs.again()
    assert runner.idle()
    assert counter.paper.sheets == ["Nomor antrean A-012", "Nomor antrean A-013"]
    assert counter.jobs.failed == 0


def test_f9_prints_the_last_one_anew(counter: Counter, runner: Runner) -> None:
    assert not counter.jobs.again()
    counter.jobs.put(ticket("A-012"))
    counter.jobs.put(ticket("A-013"))
    assert runner.idle()
    assert counter.jobs.again()
    assert runner.idle()
    assert counter.paper.sheets[-1] == "Nomor antrean A-013"


def test_a_letter_is_not_printed_twice_as_an_original(counter: Counter, runner: Runner) -> None:
    copies: list[str] = []
    letter = PrintJob("Surat rujukan", "EPSON", pdf(), again=lambda: copies.append("SALINAN"))
    counter.jobs.put(letter)
    assert runner.idle()
    counter.jobs.again()
    assert copies == ["SALINAN"]
    assert counter.paper.sheets == ["Surat rujukan"]


def test_that_it_was_printed_is_told_only_when_it_was(counter: Counter, runner: Runner) -> None:
    told: list[str] = []
    counter.paper.there = False
    counter.jobs.put(PrintJob("Surat rujukan", "EPSON", pdf(), printed=lambda: told.append("printed")))
    assert runner.idle()
    assert told == []
    counter.paper.there = True
    counter.jobs.again()
    assert runner.idle()
    assert told == ["printed"]


def test_a_job_goes_the_whole_way_to_a_printer_and_its_loss_is_told(qapp: QApplication, sink: Sink) -> None:
    runner = Runner()
    jobs = PrintJobs(runner)
    sentences: list[str] = []
    jobs.trouble.connect(sentences.append)
    jobs.put(PrintJob("Nomor antrean A-012", f"tcp:127.0.0.1:{sink.port}", TICKET, raw=True))
    assert runner.idle()
    assert sink.received() == TICKET
    sink.close()
    assert jobs.again()
    assert runner.idle()
    assert sentences == [PrinterTrouble.default]
    assert issubclass(PrinterTrouble, UserError)
    assert runner.close()
