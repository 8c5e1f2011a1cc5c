"""The visits of a pregnancy as a table: figures in the colour of their alarm, who and where."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.rows.antenatal import ContactLine
from ui.parts.care.pregnancy_line import spoken_visit
from ui.rows import Column, RowsModel
from ui.widgets import TableView

INKS = {"red": "danger", "yellow": "warning"}
FIGURES = (
    ("TD", "blood_pressure", 76),
    ("BB", "weight", 56),
    ("LiLA", "arm", 56),
    ("TFU", "fundus", 54),
    ("DJJ", "fetal_heart", 54),
    ("Hb", "haemoglobin", 54),
    ("Prot.", "urine_protein", 70),
)
"""Title, code and width of each figure."""
NOTHING = ("Belum ada kunjungan.", "Ctrl+Enter mencatat yang hari ini; Alt+L yang di tempat lain, dari Buku KIA.")


class ContactsTable(TableView[ContactLine]):
    """Newest at the bottom, as on the card."""

    def __init__(self) -> None:
        columns: list[Column[ContactLine]] = [
            Column("Kunjungan", lambda line: line.name or "lebih", 104, bold=True, chip=_usg),
            Column("Tanggal", lambda line: line.when, 96),
            Column("Umur", _age, 84, muted=True),
            *(Column(title, _figure(code), width, ink=_ink(code)) for title, code, width in FIGURES),
            Column("TTD", lambda line: "" if line.tablets is None else str(line.tablets), 50),
            Column("Di mana, temuan", _where, 0, muted=True, optional=True),
        ]
        self.rows: RowsModel[ContactLine] = RowsModel(columns, speak=spoken_visit)
        super().__init__(
            self.rows, key=lambda line: line.uid or line.when, name="Kunjungan pemeriksaan kehamilan", sentence=NOTHING
        )


def _usg(line: ContactLine) -> tuple[str, str] | None:
    return ("USG", "accent") if line.usg else None


def _age(line: ContactLine) -> str:
    return line.weeks if line.sure else f"± {line.weeks}"


def _figure(code: str) -> Callable[[ContactLine], str]:
    return lambda line: line.values.get(code, "")


def _ink(code: str) -> Callable[[ContactLine], str]:
    return lambda line: INKS.get(line.levels.get(code, ""), "ink")


def _where(line: ContactLine) -> str:
    doctor = "dokter" if line.doctor and "dr" not in line.by.lower() else ""
    return " · ".join(part for part in (line.where, line.by, doctor, line.findings) if part)
