"""Paper from any screen: made by `desk.documents`, shown, sent to a printer, and the sending written down.

    print_ticket(context, entry_uid)
    show_card(context, person_uid)
    show_paper(context, "Surat keterangan sakit", lambda: desk.documents.sick_note(...), writes=True)
    show_document(context, document_uid, "Surat rujukan")        # SALINAN once it was printed

All return at once. A paper is on record before a printer hears of it; a printer that does not answer costs nothing but
F9. Titles reach the printer's own queue: no name in them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from ui.page import Context
from ui.print_jobs import PrintJob, thermal_address
from ui.widgets import Sheet

if TYPE_CHECKING:
    from ilp_desk.services.documents import Printed
    from ilp_desk.services.papers import Signer

SYSTEM_PRINTER = "printer bawaan"
SEE_TICKET = "F9 melihat karcis"
NO_PRINTER = "Printer karcis belum dipilih di Manajemen, bagian Printer. F9 melihat karcis yang terakhir."


class Made(Protocol):
    """What the services give for a paper: pages, the document behind them or an empty uid, a name for files."""

    @property
    def name(self) -> str: ...

    @property
    def pdf(self) -> bytes: ...

    @property
    def document_uid(self) -> str: ...


def print_ticket(context: Context, entry_uid: str) -> str:
    """Print the queue ticket of an entry. Where no ticket printer is chosen it is kept for F9 and nothing covers the
    desk; gives what is to be said of it beside the number, or ""."""
    printer = context.settings.thermal
    if not printer.kind:
        context.shell.offer(PrintJob("Nomor antrean", "", b"", again=partial(show_ticket, context, entry_uid)))
        if not _free(context):
            context.shell.toast(NO_PRINTER)
        return SEE_TICKET

    def made(ticket: Printed) -> None:
        job = PrintJob(_ticket_title(ticket), thermal_address(printer), ticket.escpos, raw=True)
        context.shell.print(_recorded(context, job, "ticket", entry_uid))

    _make_ticket(context, entry_uid, made)
    return ""


def show_ticket(context: Context, entry_uid: str) -> None:
    """Show the queue ticket of an entry, ready to print on the page printer; never over a sheet that is open."""

    def made(ticket: Printed) -> None:
        if not _free(context):
            context.shell.toast("Tutup lembar ini dulu, lalu F9 untuk melihat karcis.")
            return
        title = _ticket_title(ticket)
        job = PrintJob(title, context.settings.a4, ticket.pdf, again=partial(show_ticket, context, entry_uid))
        context.shell.preview(title, ticket.pdf, _recorded(context, job, "ticket", entry_uid), f"{ticket.name}.pdf")

    _make_ticket(context, entry_uid, made)


def _make_ticket(context: Context, entry_uid: str, made: Callable[[Printed], None]) -> None:
    width = context.settings.thermal.width
    context.runner.read(
        f"paper.ticket.{entry_uid}", lambda: context.desk.documents.ticket(context.actor, entry_uid, width), made
    )


def _ticket_title(ticket: Printed) -> str:
    return f"Nomor antrean {ticket.name.removeprefix('antrean-')}"


def show_card(context: Context, person_uid: str) -> None:
    """Show the patient's card, ready to print."""
    show_paper(
        context,
        "Kartu berobat",
        lambda: context.desk.documents.card(context.actor, person_uid),
        kind="card",
        subject=person_uid,
    )


def show_record_label(context: Context, person_uid: str) -> None:
    """Show the sticky label of the record folder, ready to print."""
    show_paper(
        context,
        "Label rekam medis",
        lambda: context.desk.documents.record_label(context.actor, person_uid),
        kind="record_label",
        subject=person_uid,
    )


def print_record_label(context: Context, person_uid: str) -> None:
    """Print the sticky label of the record folder without showing it: from a sheet that stays open."""
    context.runner.read(
        "paper.record_label",
        lambda: context.desk.documents.record_label(context.actor, person_uid),
        lambda made: context.shell.print(
            _recorded(context, _page_job(context, "Label rekam medis", made), "record_label", person_uid)
        ),
    )


def show_general_consent(context: Context, person_uid: str, signer: Signer | None = None) -> None:
    """Show the general consent to be signed, ready to print; nothing on it is ticked. signer: who will sign it."""
    show_paper(
        context,
        "Persetujuan umum",
        lambda: context.desk.documents.general_consent(context.actor, person_uid, signer),
        kind="general_consent",
        writes=True,
    )


def show_lab_label(context: Context, visit_uid: str, specimen: str) -> None:
    """Show the label of a specimen with its new number, ready to print."""
    show_paper(
        context,
        "Label sampel",
        lambda: context.desk.documents.lab_label(context.actor, visit_uid, specimen),
        kind="lab_label",
        writes=True,
    )


def show_summary(context: Context, person_uid: str, purpose: str = "") -> None:
    """Show a person's record on a few pages, ready to print."""
    show_paper(
        context,
        "Ringkasan riwayat",
        lambda: context.desk.documents.summary(context.actor, person_uid, purpose),
        kind="summary",
        subject=person_uid,
    )


def show_growth_chart(context: Context, person_uid: str, index: str, span: str) -> None:
    """Show a child's growth chart, ready to print. index, span: which curve, in which range."""
    show_paper(
        context,
        "Grafik pertumbuhan anak",
        lambda: context.desk.growth.chart(context.actor, person_uid, index, span),
        kind="growth_chart",
        subject=person_uid,
    )


def show_maternal_card(context: Context, person_uid: str) -> None:
    """Show the card of a woman's latest pregnancy, ready to print."""
    show_paper(
        context,
        "Kartu ibu",
        lambda: context.desk.antenatal.card(context.actor, person_uid),
        kind="maternal_card",
        subject=person_uid,
    )


def show_immunization_card(context: Context, person_uid: str) -> None:
    """Show the immunization card with the next day, ready to print."""
    show_paper(
        context,
        "Kartu imunisasi",
        lambda: context.desk.immunizations.card(context.actor, person_uid),
        kind="immunization_card",
        subject=person_uid,
    )


def show_document(context: Context, document_uid: str, title: str, closed: Callable[[], None] | None = None) -> None:
    """Show a paper that was issued before, as it was: SALINAN after its first print, DIBATALKAN where voided."""
    show_paper(
        context,
        title,
        lambda: context.desk.documents.reprint(context.actor, document_uid),
        writes=True,
        closed=closed,
    )


def print_document(context: Context, document_uid: str, title: str) -> None:
    """Print a paper that was issued before, without showing it."""
    context.runner.write(
        lambda: context.desk.documents.reprint(context.actor, document_uid),
        lambda made: send_document(context, title, made),
    )


def send_document(context: Context, title: str, made: Made) -> None:
    """Send pages that are at hand to the page printer; F9 afterwards prints them anew from the record."""
    job = _page_job(context, title, made)
    context.shell.print(_recorded(context, job, "document", made.document_uid))


def show_paper(
    context: Context,
    title: str,
    work: Callable[[], Made],
    *,
    kind: str = "document",
    subject: str = "",
    writes: bool = False,
    closed: Callable[[], None] | None = None,
) -> None:
    """Make a paper away from the GUI thread and show it with buttons to print and to save.

    kind: which paper, for the record of prints; subject: whom it is about where no document is kept; writes: `work`
    is a command (it draws a number or keeps a document); closed: told when the preview is put away.
    """

    def made(paper: Made) -> None:
        job = _recorded(context, _page_job(context, title, paper), kind, paper.document_uid or subject)
        sheet = context.shell.preview(title, paper.pdf, job, f"{paper.name}.pdf")
        if closed is not None:
            sheet.closed.connect(closed)

    if writes:
        context.runner.write(work, made)
    else:
        context.runner.read("paper.shown", work, made)


def _page_job(context: Context, title: str, made: Made) -> PrintJob:
    uid = made.document_uid
    again = partial(print_document, context, uid, title) if uid else None
    return PrintJob(title, context.settings.a4, made.pdf, again=again)


def _recorded(context: Context, job: PrintJob, kind: str, subject: str) -> PrintJob:
    """The same job, written down once the printer took it."""
    printer = job.printer or SYSTEM_PRINTER

    def took() -> None:
        context.runner.write(
            lambda: context.desk.documents.printed(context.actor, kind, subject, printer, "", job.copies),
            lambda _: None,
        )

    return PrintJob(job.title, job.printer, job.data, job.raw, job.copies, took, job.again)


def _free(context: Context) -> bool:
    """Whether a preview may open: what is being filled in on another sheet is not closed for a ticket."""
    window = context.shell
    return not isinstance(window, QWidget) or Sheet.over(window) is None
