"""Beside the grid: what comes next for the mother's hand, what stands against vaccines, and KIPI."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import long_day_text
from ilp_desk.rows.immunization import ImmunizationView
from ui.parts.room.part import clear_column, enterable
from ui.widgets import Card, KeyButton, Paragraph, Text, hbox, label, vbox

MARGINS = (14, 10, 14, 11)
NOTHING_NEXT = "Tidak ada jadwal berikutnya."


class NextCard(Card):
    """The next day and what is due then, as it is printed."""

    def __init__(self) -> None:
        self._words = Paragraph()
        super().__init__(vbox(label("Berikutnya", "section"), self._words, spacing=4, margins=MARGINS))

    def show_view(self, view: ImmunizationView) -> None:
        """Show another plan."""
        waiting = ", ".join(offer.title for offer in view.offers if not offer.unsure)
        if view.next_on is None:
            said = f"Sesudah {waiting} diberikan, tanggalnya dihitung." if waiting else NOTHING_NEXT
            self._words.set_parts([Text(said, muted=True)])
            return
        doses = ", ".join(view.next_doses)
        parts = [Text(long_day_text(view.next_on), bold=True), Text(f"\n{doses}")]
        self._words.set_parts([*parts, Text("\ndicetak di kartu", muted=True)])


class LinesCard(Card):
    """A few lines that may be opened one by one: opened(uid). corner: a button at the right of the title."""

    opened = Signal(str)

    def __init__(self, title: str, corner: QWidget | None = None) -> None:
        self._column = vbox(spacing=4)
        top = hbox(label(title, "section"), None, *([corner] if corner is not None else []))
        super().__init__(vbox(top, self._column, spacing=4, margins=MARGINS))

    def show_rows(self, rows: Sequence[tuple[str, Text]], empty: str = "") -> None:
        """uid and words of each."""
        clear_column(self._column)
        for uid, words in rows:
            see = KeyButton("Lihat", kind="link", small=True)
            see.setAccessibleName(f"Lihat: {words.text}")
            enterable(see)
            see.clicked.connect(lambda _=False, uid=uid: self.opened.emit(uid))
            line = hbox(Paragraph([words]), see, spacing=6)
            line.setStretch(0, 1)
            holder = QWidget()
            holder.setLayout(line)
            self._column.addWidget(holder)
        if not rows and empty:
            self._column.addWidget(Paragraph([Text(empty, muted=True)]))


def event_rows(view: ImmunizationView) -> list[tuple[str, Text]]:
    """KIPI, severe ones in red."""
    return [(line.uid, Text(line.text, color="danger" if line.severe else "")) for line in view.events]


def objection_rows(view: ImmunizationView) -> list[tuple[str, Text]]:
    """What stands against vaccines now."""
    return [(line.uid, Text(line.text)) for line in view.objections if not line.over]


def other_rows(view: ImmunizationView) -> list[tuple[str, Text]]:
    """Recorded doses that stand in no line of the grid."""
    return [(line.uid, Text(f"{line.label} {line.day}. {line.words}", muted=True)) for line in view.others]
