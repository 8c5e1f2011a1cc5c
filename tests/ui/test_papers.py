"""Paper from any screen: shown or sent, and written down once a printer took it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.document import Document, PrintJob
from ilp_desk.settings import ThermalPrinter
from tests.printing.reading import text
from tests.referral_case import Case, refer
from tests.ui.desk_window import DeskWindow
from ui.page import Context
from ui.papers import (
    print_document,
    print_ticket,
    show_card,
    show_document,
    show_general_consent,
    show_lab_label,
    show_record_label,
    show_summary,
)
from ui.preview import PreviewPanel
from ui.printers import PrinterTrouble
from ui.widgets import Sheet, SheetPanel, label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House


@dataclass
class Printers:
    """What reached printers: (address, bytes, title). broken: nothing gets through."""

    pages: list[tuple[str, bytes, str]] = field(default_factory=list)
    raw: list[tuple[str, bytes, str]] = field(default_factory=list)
    broken: bool = False

    def print_pdf(self, address: str, pdf: bytes, title: str, copies: int = 1) -> None:
        if self.broken:
            raise PrinterTrouble
        self.pages.append((address, pdf, title))

    def send_raw(self, address: str, data: bytes, title: str) -> None:
        if self.broken:
            raise PrinterTrouble
        self.raw.append((address, data, title))


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> Printers:
    made = Printers()
    monkeypatch.setattr("ui.printers.print_pdf", made.print_pdf)
    monkeypatch.setattr("ui.printers.send_raw", made.send_raw)
    return made


@pytest.fixture
def case(house: House) -> Case:
    return refer(house, record_number="00-12-47-01")


@pytest.fixture
def desk(qtbot: QtBot, house: House, case: Case) -> DeskWindow:
    made = DeskWindow(qtbot, house, "doctor", screen="referrals")
    made.window.refresh.stop()
    return made


def context(desk: DeskWindow, thermal: ThermalPrinter | None = None, a4: str = "EPSON") -> Context:
    """The page's context with printers chosen."""
    settings = replace(desk.settings, thermal=thermal or ThermalPrinter(), a4=a4)
    return replace(desk.page.context, settings=settings)


def preview(desk: DeskWindow) -> PreviewPanel:
    """The preview that is open; fails the test where there is none."""
    sheet = Sheet.over(desk.window)
    assert sheet is not None, "no sheet is open"
    assert isinstance(sheet.panel, PreviewPanel)
    return sheet.panel


def test_a_ticket_goes_to_the_ticket_printer_and_is_written_down(
    desk: DeskWindow, case: Case, printers: Printers
) -> None:
    print_ticket(context(desk, ThermalPrinter("tcp", "192.168.1.50", 58)), case.entry_uid)
    desk.idle()
    ((address, data, title),) = printers.raw
    assert (address, title) == ("tcp:192.168.1.50", "Nomor antrean A-001")
    assert b"A-001" in data
    assert Sheet.over(desk.window) is None
    (job,) = case.house.read(PrintJob)
    assert (job.what, job.subject_uid, job.printer, job.state) == (
        "ticket",
        case.entry_uid,
        "tcp:192.168.1.50",
        "sent",
    )


def test_without_a_ticket_printer_nothing_covers_the_desk_and_f9_shows_the_ticket(
    desk: DeskWindow, case: Case, printers: Printers
) -> None:
    assert print_ticket(context(desk), case.entry_uid) == "F9 melihat karcis"
    desk.idle()
    assert Sheet.over(desk.window) is None
    desk.window.reprint()
    desk.idle()
    panel = preview(desk)
    assert panel.accessibleName() == "Nomor antrean A-001"
    panel.print_button.click()
    desk.idle()
    assert [(address, title) for address, _, title in printers.pages] == [("EPSON", "Nomor antrean A-001")]
    assert len(case.house.read(PrintJob)) == 1


def test_a_ticket_never_closes_what_is_being_filled_in(desk: DeskWindow, case: Case, printers: Printers) -> None:
    open_sheet = desk.window.sheet(SheetPanel("Pasien baru", label("isian")), 500, 300)
    print_ticket(context(desk), case.entry_uid)
    desk.window.reprint()
    desk.idle()
    assert open_sheet.is_open()
    assert Sheet.over(desk.window) is open_sheet


def test_a_dead_printer_costs_nothing_but_f9(desk: DeskWindow, case: Case, printers: Printers) -> None:
    issued = case.issue()
    printers.broken = True
    print_document(context(desk), issued.document_uid, "Surat rujukan")
    desk.idle()
    assert desk.window.print_jobs.failed == 1
    assert case.house.read(PrintJob) == ()
    assert case.house.read(Document)[0].copies == 0
    printers.broken = False
    desk.window.reprint()
    desk.idle()
    assert desk.window.print_jobs.failed == 0
    assert "SALINAN" not in text(printers.pages[0][1])
    assert case.house.read(Document)[0].copies == 1


def test_f9_prints_a_document_again_as_a_copy(desk: DeskWindow, case: Case, printers: Printers) -> None:
    issued = case.issue()
    print_document(context(desk), issued.document_uid, "Surat rujukan")
    desk.idle()
    desk.window.reprint()
    desk.idle()
    first, second = (pdf for _, pdf, _ in printers.pages)
    assert "SALINAN" not in text(first)
    assert "SALINAN" in text(second)
    assert case.house.read(Document)[0].copies == 2


def test_a_shown_document_tells_when_it_is_put_away(desk: DeskWindow, case: Case, printers: Printers) -> None:
    issued = case.issue()
    told: list[bool] = []
    show_document(context(desk), issued.document_uid, "Surat rujukan", closed=lambda: told.append(True))
    desk.idle()
    preview(desk).print_button.click()
    desk.idle()
    assert told == [True]
    assert case.house.read(Document)[0].copies == 1


def test_every_paper_of_a_person_is_shown_and_printed(desk: DeskWindow, case: Case, printers: Printers) -> None:
    where = context(desk)
    for show, title in (
        (show_card, "Kartu berobat"),
        (show_record_label, "Label rekam medis"),
        (show_general_consent, "Persetujuan umum"),
        (show_summary, "Ringkasan riwayat"),
    ):
        show(where, case.person_uid)
        desk.idle()
        assert preview(desk).accessibleName() == title
        preview(desk).print_button.click()
        desk.idle()
    assert [title for _, _, title in printers.pages] == [
        "Kartu berobat",
        "Label rekam medis",
        "Persetujuan umum",
        "Ringkasan riwayat",
    ]
    jobs = case.house.read(PrintJob)
    assert [job.what for job in jobs] == ["card", "record_label", "general_consent", "summary"]
    assert jobs[2].subject_uid == case.house.read(Document)[0].uid


def test_a_specimen_label_is_numbered_and_printed(desk: DeskWindow, case: Case, printers: Printers) -> None:
    show_lab_label(context(desk), case.visit_uid, "Darah EDTA")
    desk.idle()
    preview(desk).print_button.click()
    desk.idle()
    assert "Darah EDTA" in text(printers.pages[0][1])
    assert case.house.read(Document)[0].number == "2611210001"


def test_no_name_reaches_the_queue_of_a_printer(desk: DeskWindow, case: Case, printers: Printers) -> None:
    issued = case.issue()
    print_document(context(desk), issued.document_uid, "Surat rujukan")
    print_ticket(context(desk, ThermalPrinter("cups", "POS", 80)), case.entry_uid)
    desk.idle()
    for _, _, title in (*printers.pages, *printers.raw):
        assert "Siti" not in title


def test_a_paper_that_cannot_be_made_is_a_sentence(qtbot: QtBot, house: House, printers: Printers) -> None:
    desk = DeskWindow(qtbot, house, "doctor", screen="referrals")
    nobody = house.person("Budi", "1980-01-01", "L")
    show_record_label(context(desk), nobody.uid)
    desk.idle()
    assert Sheet.over(desk.window) is None
    assert "nomor rekam medis" in _sentence(desk)


def _sentence(desk: DeskWindow) -> str:
    from ui.shell_sheets import Notice

    notices = desk.window.findChildren(Notice)
    return notices[-1].sentence if notices else ""
