"""The visits of a pregnancy as a table: figures in the colour of their alarm, who and where."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.rows.antenatal import ContactLine
from ui.parts.care.pregnancy_line import spoken_visit
from ui.rows import Column, RowsModel
from ui.widgets import TableView

INKS = {"red": "danger", "yellow": "warning"}
FIGURES = (
    ("TD", "blood_pressure", 72),
    ("BB", "weight", 54),
    ("LiLA", "arm", 54),
    ("TFU", "fundus", 50),
    ("DJJ", "fetal_heart", 50),
    ("Hb", "haemoglobin", 50),
    ("Prot.", "urine_protein", 68),
)
"""Title, code and width of each figure."""
NOTHING = ("Belum ada kunjungan.", "Ctrl+Enter mencatat yang hari ini; Alt+L yang di tempat lain, dari Buku KIA.")


class ContactsTable(TableView[ContactLine]):
    """Newest at the bottom, as on the card."""

    def __init__(self) -> None:
        columns: list[Column[ContactLine]] = [
            Column("Kunjungan", lambda line: line.name or "lebih", 0, bold=True, chip=_usg),
            Column("Tanggal", lambda line: line.when, 94),
            Column("Mgg", _age, 66, muted=True),
            *(Column(title, _figure(code), width, ink=_ink(code)) for title, code, width in FIGURES),
            Column("TTD", lambda line: "" if line.tablets is None else str(line.tablets), 48),
            Column("Di mana", _where, 112, muted=True, optional=True),
        ]
        self.rows: RowsModel[ContactLine] = RowsModel(columns, speak=spoken_visit)
        super().__init__(
            self.rows, key=lambda line: line.uid or line.when, name="Kunjungan pemeriksaan kehamilan", sentence=NOTHING
        )


def _usg(line: ContactLine) -> tuple[str, str] | None:
    return ("USG", "accent") if line.usg else None


def _age(line: ContactLine) -> str:
    """`17+3`; only the weeks where only the month is known."""
    weeks, days = divmod(line.day, 7)
    return f"{weeks}+{days}" if line.exact else f"± {weeks}"


def _figure(code: str) -> Callable[[ContactLine], str]:
    return lambda line: line.values.get(code, "")


def _ink(code: str) -> Callable[[ContactLine], str]:
    return lambda line: INKS.get(line.levels.get(code, ""), "ink")


def _where(line: ContactLine) -> str:
    return line.where or "di sini"
