"""From a paper's dataclass to PDF or thermal-printer bytes."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ilp_desk.paperwork import (
    GeneralConsent,
    GrowthChart,
    ImmunizationCard,
    LabLabel,
    MaternalCard,
    Paperwork,
    PatientCard,
    PatientSummary,
    QueueTicket,
    RecallList,
    RecordLabel,
    RecoverySheet,
    ReferralConsent,
    ReferralLetter,
    ReferralRefusal,
    ResultSheet,
    SickNote,
)
from printing import fonts, thermal
from printing.forms import (
    general_consent,
    growth_chart,
    immunization_card,
    lab_label,
    maternal_card,
    patient_card,
    patient_summary,
    queue_ticket,
    recall_list,
    record_label,
    recovery_sheet,
    referral_consent,
    referral_letter,
    result_sheet,
    sick_note,
)
from printing.page import Marks, Page
from printing.styles import Paper


@dataclass(frozen=True)
class _Form:
    paper: Callable[[Any], Paper]
    draw: Callable[[Any, Page], None]
    marked: bool = True  # cards and labels are replaced, not copied: no SALINAN on them


_FORMS: dict[type[Paperwork], _Form] = {
    GeneralConsent: _Form(lambda _: general_consent.PAPER, general_consent.draw),
    GrowthChart: _Form(lambda _: growth_chart.PAPER, growth_chart.draw),
    ImmunizationCard: _Form(lambda _: immunization_card.PAPER, immunization_card.draw, marked=False),
    LabLabel: _Form(lambda _: lab_label.PAPER, lab_label.draw, marked=False),
    MaternalCard: _Form(lambda _: maternal_card.PAPER, maternal_card.draw),
    PatientCard: _Form(lambda _: patient_card.PAPER, patient_card.draw, marked=False),
    PatientSummary: _Form(lambda _: patient_summary.PAPER, patient_summary.draw),
    QueueTicket: _Form(queue_ticket.paper, queue_ticket.draw),
    RecallList: _Form(lambda _: recall_list.PAPER, recall_list.draw, marked=False),
    RecordLabel: _Form(lambda _: record_label.PAPER, record_label.draw, marked=False),
    RecoverySheet: _Form(lambda _: recovery_sheet.PAPER, recovery_sheet.draw),
    ReferralConsent: _Form(lambda _: referral_consent.PAPER, referral_consent.draw),
    ReferralLetter: _Form(lambda _: referral_letter.PAPER, referral_letter.draw),
    ReferralRefusal: _Form(lambda _: referral_consent.PAPER, referral_consent.draw),
    ResultSheet: _Form(lambda _: result_sheet.PAPER, result_sheet.draw),
    SickNote: _Form(lambda _: sick_note.PAPER, sick_note.draw),
}
# One document at a time: a font's signs are numbered per document in structures ReportLab does not lock.
_lock = threading.Lock()


class PdfRenderer:
    """`ilp_desk.ports.Renderer` on ReportLab. May be called from any thread."""

    def pdf(self, paper: Paperwork, *, copy: bool = False, void: bool = False) -> bytes:
        """The PDF of a paper; copy stamps SALINAN, void DIBATALKAN. Equal input gives equal bytes.

        Raises printing.page.TooMuchText, printing.codes.CodeTooLong, printing.fonts.FontsMissing (all UserError).
        """
        form = _FORMS[type(paper)]
        with _lock:
            data = readable(paper)
            marks = Marks(copy=copy, void=void) if form.marked else Marks()
            page = Page(form.paper(data), paper.title, marks)
            form.draw(data, page)
            return page.pdf()

    def escpos(self, ticket: QueueTicket, width_mm: int) -> bytes:
        """Bytes for an ESC/POS printer with 80 or 58 mm paper."""
        return thermal.ticket(ticket, width_mm)


def readable(value: Any) -> Any:
    """The same dataclass, every text in it made drawable by `fonts.printable`; the value itself where all was well."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, tuple):
        parts = tuple([readable(part) for part in value])
        return value if all(new is old for new, old in zip(parts, value)) else parts
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for entry in dataclasses.fields(value):
            old = getattr(value, entry.name)
            new = readable(old)
            if new is not old:
                changed[entry.name] = new
        return dataclasses.replace(value, **changed) if changed else value
    return value
