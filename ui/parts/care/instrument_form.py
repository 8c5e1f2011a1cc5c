"""The items of one instrument, one below the other: digits answer and move on, arrows move, Backspace clears."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.prefill import Known
from ilp_desk.domain.reference.instruments import Instrument, Item, Mode, Wording
from ilp_desk.domain.scoring import Incomplete, OutOfRange, SoFar, next_item, read_answers, shown_items, so_far
from ui.parts.care.instrument_items import ItemRow
from ui.theme import px
from ui.widgets import Card, Hair, Paragraph, Text, hbox, label, scroll, vbox

MODES = {
    Mode.SELF: "Diisi pasien sendiri, atau dibacakan apa adanya.",
    Mode.ASKED: "Ditanyakan petugas.",
    Mode.OBSERVED: "Dilihat dan diukur petugas.",
}
AHEAD = 70
"""Design pixels kept in sight above and below the item in hand."""


class InstrumentForm(Card):
    """edited: an answer is another one; done: the last item was answered, go on to what comes after."""

    edited = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.instrument: Instrument | None = None
        self.rows: dict[str, ItemRow] = {}
        self._known: Mapping[str, Known] = {}
        self._here = ""
        self._title = Paragraph()
        self._count = label("", "muted")
        self._intro = Paragraph()
        self._body = QWidget()
        self._column = vbox(None, spacing=0)
        self._body.setLayout(self._column)
        self.area = scroll(self._body)
        head = hbox(self._title, self._count, spacing=12)
        head.setStretch(0, 1)
        top = vbox(head, self._intro, spacing=2, margins=(14, 9, 14, 8))
        whole = vbox(top, Hair(), self.area, spacing=0, margins=(1, 1, 1, 1))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    # Filling

    def show_instrument(
        self, instrument: Instrument, known: Mapping[str, Known], answers: Mapping[str, str], writable: bool
    ) -> None:
        """Another form, answered so far as given."""
        if self.instrument != instrument:
            self._build(instrument)
        self._known = known
        for code, row in self.rows.items():
            row.set_known(known.get(code))
            row.set_answer(answers.get(code))
            row.refuse("")
            row.set_writable(writable)
        self.set_head()
        self._show_asked()
        self._tell_count()
        self.area.verticalScrollBar().setValue(0)

    def _build(self, instrument: Instrument) -> None:
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.instrument, self._here = instrument, ""
        grouped = any(item.group for item in instrument.items)
        self.rows = {item.code: ItemRow(item, n, grouped) for n, item in enumerate(instrument.items, 1)}
        for place, row in enumerate(self.rows.values()):
            row.answered.connect(self._answered)
            row.entered.connect(self._entered)
            row.here.connect(self._at)
            row.stepped.connect(self._step)
            self._column.insertWidget(place, row)

    def set_head(self) -> None:
        """Name, version, whose words; how it is asked."""
        one = self.instrument
        if one is None:
            return
        parts = [Text(one.label, bold=True), Text(f"   versi {one.version}", muted=True)]
        if one.wording is Wording.OURS:
            parts.append(Text(" · belum redaksi resmi", color="warning"))
        self._title.set_parts(parts)
        self._intro.set_parts([Text(" ".join(filter(None, (one.intro, MODES[one.mode]))), muted=True)])
        self.setAccessibleName(one.label)

    def answers(self) -> dict[str, str]:
        """What is answered, asked or not, as typed."""
        return {code: row.answer for code, row in self.rows.items() if row.answer is not None}

    def asked_answers(self) -> dict[str, str]:
        """The answers of the items that are asked; numbers that cannot be are left out."""
        return {code: answer for code, answer in self._possible().items() if not self.rows[code].isHidden()}

    def from_record(self) -> tuple[str, ...]:
        """Items whose answer is what the record of the day says."""
        given = self.asked_answers()
        told = {code: known.answer for code, known in self._known.items() if known.answer is not None}
        return tuple(code for code, answer in told.items() if given.get(code) == answer)

    def state(self) -> SoFar | None:
        """What the answers say so far; None without an instrument."""
        return so_far(self.instrument, self._possible()) if self.instrument is not None else None

    def complete(self) -> dict[str, str] | None:
        """All answers, or None: then the first item that wants something is told so and has the keyboard."""
        wrong = [row for row in self.rows.values() if not row.isHidden() and row.trouble()]
        for row in wrong:
            row.refuse(row.trouble())
        state = self.state()
        missing = state.missing if state is not None else ()
        if not wrong and not missing:
            return self.answers()
        for item in missing:
            if self.rows[item.code] not in wrong:
                self.rows[item.code].refuse("Belum dijawab.")
        self.go_to(wrong[0].item.code if wrong else missing[0].code)
        return None

    def refuse(self, error: Incomplete | OutOfRange) -> None:
        """The service refused: beside the items it names."""
        for code in error.items:
            if code in self.rows:
                self.rows[code].refuse("Belum dijawab." if isinstance(error, Incomplete) else error.sentence)
        if error.items and error.items[0] in self.rows:
            self.go_to(error.items[0])

    # Moving

    def begin(self) -> None:
        """The keyboard goes to the first item without an answer."""
        following = self._next("")
        first = next(iter(self.rows), "")
        self.go_to(following.code if following is not None else first)

    def go_to(self, code: str) -> None:
        """The keyboard goes to an item."""
        row = self.rows.get(code)
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._at(code)

    def rest(self) -> None:
        """No item is in hand."""
        self._here = ""
        for row in self.rows.values():
            row.set_current(False)

    @property
    def here(self) -> str:
        """The item in hand."""
        return self._here

    def _at(self, code: str) -> None:
        self._here = code
        for other, row in self.rows.items():
            row.set_current(other == code)
        self._column.activate()
        row = self.rows[code]
        self.area.ensureVisible(0, row.y(), 0, px(AHEAD))
        self.area.ensureVisible(0, row.y() + row.height(), 0, px(AHEAD))

    def _step(self, code: str, step: int) -> None:
        seen = [one for one, row in self.rows.items() if not row.isHidden()]
        place = seen.index(code) + step if code in seen else 0
        if 0 <= place < len(seen):
            self.go_to(seen[place])
        elif place >= len(seen):
            self.done.emit()

    def _entered(self, code: str) -> None:
        row = self.rows[code]
        if row.trouble():
            row.refuse(row.trouble())
            self.go_to(code)
            return
        following = self._next(code)
        if following is not None:
            self.go_to(following.code)
        else:
            self._at(code)
            self.done.emit()

    def _next(self, after: str) -> Item | None:
        return next_item(self.instrument, self._possible(), after) if self.instrument is not None else None

    # Inside

    def _answered(self, code: str) -> None:
        self._show_asked()
        self._tell_count()
        self.edited.emit()

    def _possible(self) -> dict[str, str]:
        """The answers that can be: a number half typed says nothing yet."""
        return {code: row.answer for code, row in self.rows.items() if row.answer is not None and not row.trouble()}

    def _show_asked(self) -> None:
        """Hide the items that the answers so far leave out."""
        if self.instrument is None:
            return
        asked = {item.code for item in shown_items(self.instrument, self._possible())}
        for code, row in self.rows.items():
            row.setVisible(code in asked)

    def _tell_count(self) -> None:
        state = self.state()
        if state is not None:
            self._count.setText(f"{state.answered} dari {state.shown} terjawab")


def answers_of(instrument: Instrument, answers: Mapping[str, str]) -> dict[str, str]:
    """Those a form can show: of items it has, whatever an older draft says."""
    kept = {code: answer for code, answer in answers.items() if code in instrument.items}
    for code in list(kept):
        try:
            read_answers(instrument, {code: kept[code]})
        except OutOfRange:
            del kept[code]
    return kept
