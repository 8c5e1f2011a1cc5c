"""A pregnancy: HPHT with weeks and HPL while it is typed, G/P/A, and how it ended."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.pregnancy import (
    PregnancyForm,
    PregnancyReading,
    goes_on,
    gpa,
    read_end,
    read_pregnancy,
    run_out,
    weeks_words,
)
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.ages import weeks_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ui.parts.room.part import enterable
from ui.theme import tokens
from ui.widgets import (
    Choice,
    Columns,
    DateEdit,
    Field,
    Hair,
    KeyButton,
    LineEdit,
    Paragraph,
    Sentence,
    SheetPanel,
    Text,
    label,
    vbox,
)

RECKONED = "birth"
"""Source of an HPHT that was counted back; nobody chooses it."""
COUNTS = (("gravida", "G (kehamilan ke-)"), ("para", "P (persalinan)"), ("abortus", "A (keguguran)"))


def pregnancy_words(known: Pregnancy | None, on: date, reference: Reference) -> list[Text]:
    """What stands on record about a pregnancy, as a paragraph."""
    if known is None:
        return [Text("Tidak ada yang tercatat", muted=True)]
    source = reference.pregnancy.sources.get(known.lmp_source)
    sure = f" ({source.label.lower()})" if source else ""
    if goes_on(known, on, reference):
        counts = f"{gpa(known)} · " if gpa(known) else ""
        head = Text(f"{counts}{weeks_words(known.lmp, on).replace(', ', ' · ')}", bold=True)
        return [head, Text(f"\nHPHT {day_text(known.lmp)}{sure}", muted=True)]
    if run_out(known, on, reference):
        words = f"HPHT {day_text(known.lmp)}, sudah {weeks_text(known.lmp, on)}, belum dicatat berakhir."
        return [Text(words, bold=True, color="warning"), Text("\nTanyakan apakah sudah melahirkan.")]
    if known.ended_on is None:
        return [Text(f"HPHT {day_text(known.lmp)} belum lewat. Perbaiki tanggalnya.", color="warning")]
    row = reference.pregnancy.outcomes.get(known.outcome)
    counts = f"{gpa(known)} · " if gpa(known) else ""
    how = (row.label if row else known.outcome).lower()
    return [Text(f"{counts}berakhir {day_text(known.ended_on)}"), Text(f", {how}", muted=True)]


class PregnancySheet(SheetPanel):
    """save_wanted(PregnancyForm, day it ended as typed, outcome code; both empty where it goes on). resume_wanted: the
    end was a mistake. withdraw_wanted(reason): she was not pregnant.
    """

    save_wanted = Signal(object, str, str)
    resume_wanted = Signal()
    withdraw_wanted = Signal(str)

    def __init__(self, known: Pregnancy | None, on: date, reference: Reference) -> None:
        self._known, self._on, self._reference = known, on, reference
        self._runs = goes_on(known, on, reference)
        self._make_fields(known if self._runs else None)
        self._state = Paragraph(pregnancy_words(known, on, reference))
        self.sentence = Sentence()
        self.sentence.hide()
        first = [(self.fields["lmp"], 4), (self._source_field, 8)]
        counts = [(self.fields[name], 4) for name, _ in COUNTS]
        end = [(self.fields["ended_on"], 4), (self._outcome_field, 8)]
        ended = "Kehamilan berakhir" if known is not None and known.ended_on is None else "Sudah melahirkan"
        self._end = (label(ended, "section"), Columns([end]))
        body = QWidget()
        column = (self._state, Columns([first, counts]), Hair(), *self._end, self.reason_field, self.sentence, None)
        body.setLayout(vbox(*column, spacing=6, margins=(22, 2, 22, 8)))
        self._body = body
        self.back = KeyButton("Tarik catatan kehamilan", kind="link")
        self.resume = KeyButton("Keliru, kehamilan berlanjut", kind="link")
        # Only hidden here: shown before it has a parent, a button is a window of its own.
        if known is None or known.ended_on is not None:
            self.back.hide()
        if known is None or known.ended_on is None:
            self.resume.hide()
        enterable(self.back, self.resume)
        self.done = KeyButton("Simpan", "Enter", kind="primary")
        super().__init__("Kehamilan", body, (self.back, self.resume, None, self.done))
        self.done.clicked.connect(self._save)
        self.back.clicked.connect(self._ask_reason)
        self.resume.clicked.connect(self.resume_wanted)
        self._read()

    def _make_fields(self, going: Pregnancy | None) -> None:
        reference, known = self._reference, self._known
        self.lmp = DateEdit(
            day_text(going.lmp) if going else "", understand=self._understand, placeholder="tanggal atau 28 mgg"
        )
        sources = [(row.code, row.label) for row in reference.pregnancy.sources if row.code != RECKONED][:5]
        self.source = Choice(sources, going.lmp_source if going else sources[0][0], name="HPHT diketahui")
        counts = {name: getattr(known, name) if known else None for name, _ in COUNTS}
        if known is not None and going is None and counts["gravida"] is not None:
            counts["gravida"] += 1  # the next one
        self.counts = {
            name: LineEdit("" if counts[name] is None else str(counts[name]), max_length=2) for name, _ in COUNTS
        }
        self.ended_on = DateEdit(understand=self._understand_end)
        outcomes = [(row.code, row.label) for row in reference.pregnancy.outcomes][:5]
        self.outcome = Choice(outcomes, name="Akhir kehamilan")
        self.reason = LineEdit(placeholder="mis. salah orang")
        self.fields = {
            "lmp": Field("HPHT", self.lmp),
            "ended_on": Field("Tanggal", self.ended_on),
            "reason": Field("Alasan menarik", self.reason),
        } | {name: Field(words, self.counts[name]) for name, words in COUNTS}
        self._source_field = Field("HPHT diketahui", self.source)
        self._outcome_field = Field("Akhirnya", self.outcome)
        self.reason_field = self.fields["reason"]
        self.reason_field.hide()
        for edit in (self.lmp, self.ended_on, *self.counts.values()):
            edit.textEdited.connect(lambda _: self._read())
        self.outcome.changed.connect(lambda _: self._read())

    def high(self) -> int:
        """The height it wants, in design pixels: a scrolling body does not tell by itself."""
        layout = self.layout()
        rest = layout.sizeHint().height() - self.area.sizeHint().height() if layout is not None else 0
        return round((self._body.sizeHint().height() + rest) / tokens().zoom) + 24

    def begin(self) -> None:
        """The keyboard goes to what is wanted next; once the sheet is open."""
        stale = run_out(self._known, self._on, self._reference)
        (self.ended_on if stale else self.lmp).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why, beside the field where there is one."""
        self.done.setEnabled(True)
        if field in self.fields:
            self._blame(field, sentence)
        else:
            self.sentence.set("error", sentence)
            self.sentence.show()

    def form(self) -> PregnancyForm:
        """The pregnancy as typed."""
        counts = {name: edit.text() for name, edit in self.counts.items()}
        return PregnancyForm(lmp=self.lmp.text(), lmp_source=str(self.source.value()), **counts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = QApplication.focusWidget()
            (here if isinstance(here, QPushButton) else self.done).click()
            event.accept()
            return
        super().keyPressEvent(event)

    # Reading

    @property
    def _after(self) -> date | None:
        return self._known.ended_on if self._known else None

    def _reading(self) -> PregnancyReading:
        return read_pregnancy(self.form(), self._on, self._after, self._reference)

    def _read(self) -> None:
        """What stands beside the fields now; empty ones are not blamed, half a date is not while it is typed."""
        reading = self._reading()
        for name in ("lmp", *self.counts):
            state, said = reading.remarks.get(name, ("", ""))
            if name == "lmp" and state == "error" and (not self.lmp.text().strip() or self.lmp.hasFocus()):
                state, said = "", ""
            if name == "lmp" and not state and reading.words:
                state, said = "ok", reading.words
            elif name == "lmp" and state == "warn":
                said = f"{reading.words}. {said}"
            self.fields[name].set_state(state, said)
        end = read_end(self.ended_on.text(), self._chosen(), self._on, self._begun(), self._reference)
        typed = self.ended_on.text().strip() and not (end.on is None and self.ended_on.hasFocus())
        self.fields["ended_on"].set_state(*(end.remark if typed else ("", "")))
        if self._chosen():
            self._outcome_field.set_state("")
        self.done.setText("Simpan dan akhiri" if self._ending() else "Simpan")

    def _begun(self) -> date | None:
        """HPHT of the pregnancy that would end: the one on record that is not over, else the one being typed."""
        if self._known is not None and self._known.ended_on is None and not self._runs:
            return self._known.lmp
        return self._reading().lmp

    def _chosen(self) -> str:
        return str(self.outcome.value() or "")

    def _ending(self) -> bool:
        return bool(self.ended_on.text().strip() or self._chosen())

    def _understand(self, text: str) -> tuple[str, str]:
        lmp = read_pregnancy(PregnancyForm(lmp=text), self._on, self._after, self._reference).lmp
        return (day_text(lmp) if lmp else "", "")

    def _understand_end(self, text: str) -> tuple[str, str]:
        try:
            return day_text(read_day(text, self._on)), ""
        except DateError:
            return "", ""

    # Acts

    def _save(self) -> None:
        if not self.reason_field.isHidden():
            self._withdraw()
            return
        form, reading = self.form(), self._reading()
        if not form.lmp.strip() and self._ending():
            wrong = None
        else:
            found = ((name, said) for name, (state, said) in reading.remarks.items() if state == "error")
            wrong = next(found, None)
        if wrong is None and self._ending():
            end = read_end(self.ended_on.text(), self._chosen(), self._on, self._begun(), self._reference)
            if end.on is None:
                wrong = "ended_on", end.remark[1]
            elif not self._chosen():
                self._outcome_field.set_state("error", "Pilih bagaimana kehamilan berakhir.")
                self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if wrong is not None:
            self._blame(*wrong)
        elif self.done.isEnabled():
            self.done.setEnabled(False)
            self.save_wanted.emit(form, self.ended_on.text(), self._chosen())

    def _ask_reason(self) -> None:
        for part in self._end:
            part.hide()
        self.reason_field.show()
        self.done.setText("Tarik")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self) -> None:
        if len(self.reason.text().strip()) < 3:
            self._blame("reason", "Tulis alasannya, lalu tekan Enter.")
        else:
            self.withdraw_wanted.emit(self.reason.text().strip())

    def _blame(self, name: str, sentence: str) -> None:
        field = self.fields[name]
        field.set_state("error", sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
