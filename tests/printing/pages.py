"""Every form on invented data, and the same with texts as long as a field allows.

`python -m tests.printing.pages OUTDIR` writes them all as PDF, to be looked at.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilp_desk.paperwork import LabLabel, Paperwork, PatientCard, RecordLabel, ReferralLetter, ReferralRefusal
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
from printing.renderer import PdfRenderer

SAMPLES: dict[str, Paperwork] = {
    "general_consent": general_consent.SAMPLE,
    "growth_chart": growth_chart.SAMPLE,
    "immunization_card": immunization_card.SAMPLE,
    "lab_label": lab_label.SAMPLE,
    "maternal_card": maternal_card.SAMPLE,
    "patient_card": patient_card.SAMPLE,
    "patient_summary": patient_summary.SAMPLE,
    "result_sheet": result_sheet.SAMPLE,
    "queue_ticket": queue_ticket.SAMPLE,
    "queue_ticket_58": replace(queue_ticket.SAMPLE, width_mm=58),
    "recall_list": recall_list.SAMPLE,
    "record_label": record_label.SAMPLE,
    "recovery_sheet": recovery_sheet.SAMPLE,
    "referral_consent": referral_consent.SAMPLE,
    "referral_letter": referral_letter.SAMPLE,
    "referral_refusal": ReferralRefusal(**vars(referral_consent.SAMPLE)),
    "sick_note": sick_note.SAMPLE,
}
# Made by the program, never typed: in bar codes, keyed in group by group, drawn as curves, or names of fields.
MACHINE_MADE = {("uid",), ("plot",), ("groups",), ("flagged",), ("code", LabLabel), ("record_number", RecordLabel)}
LETTERS = "БГДЖЗИЙЛПУФЦЧШЩЪЫЬЭЮЯбвгджзийклмнптуфцчшщъыьэюяΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστυφχψωĆČĎĐĘĚĞŁŃŇŐŘŚŠŤŮŰŹŻŽ"
"""Signs that stand in none of our own texts: each stretched field gets one of them, so that it can be counted."""


def typed_fields(paper: Paperwork) -> list[tuple[str, ...]]:
    """Paths of all texts of a paper that people type, tuples of texts and of parts included."""
    return list(_typed(paper, type(paper)))


def _typed(value: Any, owner: type) -> Iterator[tuple[str, ...]]:
    for entry in dataclasses.fields(value):
        if (entry.name,) in MACHINE_MADE or (entry.name, owner) in MACHINE_MADE:
            continue
        inner = getattr(value, entry.name)
        if isinstance(inner, str):
            yield (entry.name,)
        elif dataclasses.is_dataclass(inner):
            for path in _typed(inner, type(inner)):
                yield (entry.name, *path)
        elif isinstance(inner, tuple):
            for index, part in enumerate(inner):
                if isinstance(part, str):
                    yield (entry.name, str(index))
                else:
                    for path in _typed(part, type(part)):
                        yield (entry.name, str(index), *path)


def changed(value: Any, path: tuple[str, ...], text: str) -> Any:
    """The paper with one of its texts replaced."""
    if not path:
        return text
    if isinstance(value, tuple):
        index = int(path[0])
        return (*value[:index], changed(value[index], path[1:], text), *value[index + 1 :])
    return replace(value, **{path[0]: changed(getattr(value, path[0]), path[1:], text)})


def stretched(paper: Any, text: Callable[[int], str]) -> Any:
    """The paper with every typed text replaced; text(n) is asked for the n-th."""
    for index, path in enumerate(typed_fields(paper)):
        paper = changed(paper, path, text(index))
    return paper


def long_words(paper: Any) -> Any:
    """300 signs without a blank in every typed field, a sign of its own for each."""
    return stretched(paper, lambda index: LETTERS[index % len(LETTERS)] * 300)


def long_name(paper: Any) -> Any:
    """A name and a place of 300 signs with blanks; what a label holds beside the name stays short."""
    person, place = ("Muhammad Abdurrahman " * 15)[:300], ("Jorong Koto Gadang RT 02 " * 12)[:300]
    if isinstance(paper, LabLabel | RecordLabel):
        return replace(paper, name=person)
    if isinstance(paper, PatientCard):
        return replace(paper, name=person, address=place, facility=place)
    return stretched(paper, lambda index: person if index % 2 else place)


def long_letter() -> ReferralLetter:
    """A referral letter with much to say."""
    letter = referral_letter.SAMPLE
    told = "Pasien datang dengan nyeri kepala & pandangan kabur, <b>bukan</b> yang pertama kali; kaki bengkak. "
    return replace(
        letter,
        kind_line="RUJUKAN RAWAT JALAN",
        patient=replace(letter.patient, name=("Muhammad Abdurrahman " * 15)[:300]),
        anamnesis=(told * 21)[:2000],
        vitals=letter.vitals * 2,
        diagnoses=letter.diagnoses * 3,
        therapy=("Nifedipin 10 mg per oral, dipantau tiap 15 menit. " * 12),
        valid_until="19 Februari 2027",
    )


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    renderer = PdfRenderer()
    for name, paper in SAMPLES.items():
        (folder / f"{name}.pdf").write_bytes(renderer.pdf(paper))
        (folder / f"{name}_long.pdf").write_bytes(renderer.pdf(long_name(paper)))
    (folder / "referral_letter_pages.pdf").write_bytes(renderer.pdf(long_letter()))
    (folder / "referral_letter_copy.pdf").write_bytes(renderer.pdf(SAMPLES["referral_letter"], copy=True))
    (folder / "referral_letter_void.pdf").write_bytes(renderer.pdf(SAMPLES["referral_letter"], void=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
