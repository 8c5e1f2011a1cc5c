"""Which instrument: those that are due first, then all that fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from ilp_desk.rows.assessments import InstrumentLine
from ui.parts.care.instrument_side import earlier_words
from ui.rows import RowsModel
from ui.widgets import Card, Chip, Hair, ListView, TwoLine, hbox, label, vbox

NOT_ASKED = "sesuai umur dan keadaan, tidak sedang diminta"
TONES = {"late": "danger", "due": "warning", "no_data": "E"}


class InstrumentChooser(Card):
    """chosen(code)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[InstrumentLine] = RowsModel(speak=lambda line: f"{line.label}, {line.words}")
        self.view = ListView(
            self.model,
            line_of,
            right=(330,),
            key=lambda line: line.code,
            name="Alat skrining",
            sentence=("", ""),
        )
        self.view.row_activated.connect(lambda line: self.chosen.emit(line.code))
        self._count = label("", "muted")
        head = hbox(label("Skrining untuk pasien ini", "subtitle"), None, self._count, margins=(14, 9, 14, 8))
        whole = vbox(head, Hair(), self.view, spacing=0, margins=(1, 1, 1, 1))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_lines(self, lines: Sequence[InstrumentLine]) -> None:
        """What there is to choose from."""
        self.model.answer("", lines)
        due = sum(line.open for line in lines)
        self._count.setText(f"{due} jatuh tempo, {len(lines)} sesuai umur dan keadaan")
        self.view.set_sentence("" if lines else "Tidak ada alat skrining untuk pasien ini.")

    def begin(self) -> None:
        """The keyboard goes to the list, its first row chosen."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.view.current_row() is None:
            self.view.select(0)


def line_of(line: InstrumentLine) -> TwoLine:
    """One instrument as a row."""
    chips = (Chip(line.words, TONES.get(line.state, "E")),) if line.open else ()
    sub = line.reason or NOT_ASKED
    last = ("", "")
    if line.last is not None:
        words = earlier_words(line.last).split(" · ", 1)
        last = (f"terakhir {words[0]}", words[1])
    return TwoLine(line.label, sub, chips=chips, right=(last,), dim=not line.open)
