"""The fields of a referral letter: which editor each has, and how those of one kind lie in rows."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.referral_rules import LONGEST
from ui.parts.referral.offers import OfferEdit
from ui.widgets import Combo, DateEdit, Field, LineEdit, State, TextArea

Read = Callable[[str], tuple[str, str]]

ROWS = (
    (("destination", 5), ("unit", 4), ("external_number", 3)),
    (("contacted", 6), ("planned_on", 3), ("tacc", 3)),
    (("tests", 8), ("sample", 4)),
    (("working", 12),),
    (("anamnesis", 6), ("examination", 6)),
    (("supporting", 6), ("therapy", 6)),
    (("reason", 12),),
    (("transport", 6), ("condition", 6)),
)
"""Field codes of referral_kinds.toml with the columns of twelve each takes where its whole row is shown."""

AREAS = {"anamnesis": 3, "examination": 3, "supporting": 2, "therapy": 2, "reason": 2}
"""Fields of several lines."""

HINTS = {
    "destination": "Ketik nama, ↓ buka daftar",
    "unit": "Ketik spesialis, ↓ buka daftar",
    "external_number": "bila sudah ada",
    "contacted": "mis. 09.02, dokter jaga IGD: diterima",
    "working": "mis. tidak sadar, sebab belum jelas",
    "tests": "mis. USG obstetri",
    "sample": "mis. darah EDTA 3 ml",
    "transport": "mis. 09.10 ambulans, didampingi bidan",
    "condition": "mis. sadar, TD 150/100",
}


def rows_of(shown: Collection[str]) -> list[list[tuple[str, int]]]:
    """The rows of the fields that are shown, each row filling its twelve columns."""
    rows = []
    for row in ROWS:
        kept = [(code, span) for code, span in row if code in shown]
        whole = sum(span for _, span in kept)
        filled = [(code, span * 12 // whole) for code, span in kept]
        if filled:
            code, span = filled[0]
            filled[0] = (code, span + 12 - sum(s for _, s in filled))
            rows.append(filled)
    return rows


def make_fields(reference: Reference, understand: Read) -> dict[str, Field]:
    """A field for each code, not laid out yet. understand: reads a date as typed."""
    made = {}
    for code in (code for row in ROWS for code, _ in row):
        label = reference.referrals.fields[code].label
        made[code] = Field(label, _editor(code, label, reference, understand), check=_check)
    return made


def _editor(code: str, label: str, reference: Reference, understand: Read) -> QWidget:
    hint = HINTS.get(code, "")
    if code in AREAS:
        return TextArea(placeholder=hint, name=label, lines=AREAS[code])
    if code in ("destination", "unit"):
        return OfferEdit(hint, label)
    if code == "planned_on":
        return DateEdit(name=label, understand=understand)
    if code == "tacc":
        choices = [(row.label, row.label) for row in reference.codes["tacc"]]
        return Combo([("", "Tidak diisi"), *choices], name=label)
    return LineEdit(placeholder=hint, name=label)


def _check(text: str) -> tuple[State, str]:
    """A key takes an old complaint away; only what is far too long is told at once."""
    if len(text) > LONGEST:
        return "error", f"Terlalu panjang: ringkas sampai {LONGEST} huruf."
    return "", ""


def text_of(field: Field) -> str:
    """What was entered; a choice gives its value."""
    if isinstance(field.editor, Combo):
        return str(field.editor.value() or "")
    return field.text()


def set_text(field: Field, text: str) -> None:
    """Put text into a field of any sort."""
    editor = field.editor
    if isinstance(editor, Combo):
        editor.set_value(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
