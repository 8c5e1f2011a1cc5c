"""Quick entry of what was done before: what, when as well as it is known, where, the result; several in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.domain.earlier import DOSE, Kind, plain
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.typed_dates import DateError, read_done
from ilp_desk.rows.care import RecordedLine
from ilp_desk.services.life_cycle.earlier import BOOK, ELSEWHERE, TOLD
from ui.keys import Keys
from ui.parts.room.part import clear_column, enterable
from ui.widgets import (
    Choice,
    Columns,
    DateEdit,
    Field,
    Icon,
    KeyButton,
    LineEdit,
    Paragraph,
    Runs,
    Segment,
    Sentence,
    SheetPanel,
    SuggestEdit,
    Text,
    TwoLine,
    hbox,
    label,
    vbox,
)

INTRO = "Dari Buku KIA, tempat lain, atau cerita. Enter pindah isian; Enter di isian terakhir mencatat dan mulai lagi."
PRECISION = {"day": "tanggal", "month": "bulan saja", "year": "tahun saja"}
SHOWN, KNOWN = 5, 6
MOST_OFFERS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it was typed and understood. uid: of its record; confirmed: what speaks against it was read."""

    uid: str
    kind: Kind
    when: PartialDate
    place: str
    value: str
    by: str
    confirmed: bool = False

    @property
    def words(self) -> str:
        """`Mata, Mar 2026, RS Contoh`"""
        parts = (self.kind.label, day_text(self.when.day, self.when.precision), self.place, self.value)
        return ", ".join(filter(None, parts))


class EarlierSheet(SheetPanel):
    """told(Told): to be recorded; `recorded`, `doubt` or `refuse` answers it. taken_back(Told): recorded just now, by
    mistake; `forget` answers it. void_wanted(RecordedLine): recorded before, by mistake. done: the sheet may close."""

    told = Signal(object)
    taken_back = Signal(object)
    void_wanted = Signal(object)
    done = Signal()

    def __init__(self, kinds: Sequence[Kind], today: date, chosen: Kind | None = None) -> None:
        self._kinds, self._today, self._kind = tuple(kinds), today, chosen
        self._waiting = False
        self._uid, self._doubted = new_uid(), False
        self.what: SuggestEdit[Kind] = SuggestEdit(
            lambda kind: TwoLine(kind.label, kind.group),
            lambda kind: kind.label,
            placeholder="mis. campak, mata, PHQ-4",
            name="Apa yang dilakukan",
        )
        self.when = DateEdit(name="Kapan", placeholder="12/3/2025, 3/2025, 2025", understand=self._understood)
        self.by = Choice([(BOOK, "Buku KIA / kartu"), (ELSEWHERE, "Tempat lain"), (TOLD, "Cerita")], BOOK, name="Dari")
        self.place = LineEdit(placeholder="boleh kosong, mis. RSUD", name="Di mana")
        self.value = LineEdit(placeholder="boleh kosong", name="Hasil")
        self.what_field, self.when_field = Field("Apa yang dilakukan", self.what), Field("Kapan", self.when)
        self.place_field, self.value_field = Field("Di mana", self.place), Field("Hasil", self.value)
        self.sentence = Sentence()
        self._made: list[Told] = []
        self._column: QVBoxLayout = vbox(spacing=2)
        self._count = Paragraph()
        self._known_title = label("Sudah tercatat", "section")
        self._known_title.hide()
        self._known: QVBoxLayout = vbox(spacing=2)
        body = QWidget()
        body.setLayout(
            vbox(
                Paragraph([Text(INTRO, muted=True)]),
                Columns(
                    [
                        [(self.what_field, 7), (self.when_field, 5)],
                        [(Field("Dari", self.by, reserve=False), 12)],
                        [(self.place_field, 7), (self.value_field, 5)],
                    ]
                ),
                self.sentence,
                self._count,
                self._column,
                self._known_title,
                self._known,
                None,
                spacing=8,
                margins=(22, 4, 22, 8),
            )
        )
        self.add = KeyButton("Catat", "Enter", kind="primary")
        close = KeyButton("Selesai", "Ctrl+Enter")
        super().__init__("Data lama", body, (close, None, self.add))
        Keys(self, "Data lama").bind("Ctrl+Enter", "selesai", self._end)
        close.clicked.connect(self._end)
        self.add.clicked.connect(self._give)
        self.what.asked.connect(self._offer)
        self.what.picked.connect(self._picked)
        self.what.textEdited.connect(lambda _: self._unpicked())
        for before, after in ((self.what, self.when), (self.when, self.place), (self.place, self.value)):
            before.returnPressed.connect(lambda after=after: self._go_on(after))
        self.value.returnPressed.connect(self._give)
        self.when.textEdited.connect(lambda _: self.when_field.set_state(""))
        for editor in (self.what, self.when, self.place, self.value):
            editor.textEdited.connect(lambda _: self._sure())
        self.by.changed.connect(lambda _: self._sure())
        if chosen is not None:
            self.what.setText(chosen.label)
        self._turned()

    def begin(self) -> None:
        """The keyboard goes to the first empty field; once the sheet is open."""
        (self.when if self._kind is not None else self.what).setFocus(Qt.FocusReason.OtherFocusReason)

    def recorded(self, told: Told) -> None:
        """It is on record: the fields are free for the next one, the place stays."""
        self._waiting = self._doubted = False
        self._uid = new_uid()
        self._made.insert(0, told)
        self._list()
        self._kind = None
        for editor in (self.what, self.when, self.value):
            editor.clear()
        self.sentence.set("", "")
        self._turned()
        self.begin()

    def forget(self, told: Told) -> None:
        """It was taken back."""
        self._made = [one for one in self._made if one.uid != told.uid]
        self._list()
        self.begin()

    def doubt(self, sentence: str) -> None:
        """The rules say something against it: once more records it all the same."""
        self._waiting, self._doubted = False, True
        self.sentence.set("warn", f"{sentence} Enter sekali lagi mencatatnya.")
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_known(self, lines: Sequence[RecordedLine]) -> None:
        """What is on record already: nothing is told twice, and what is wrong can be taken back."""
        clear_column(self._known)
        for line in lines[:KNOWN]:
            self._known.addWidget(_line([Text(line.words, muted=True)], line.words, partial(self._void, line)))
        if len(lines) > KNOWN:
            self._known.addWidget(Runs([Text(f"dan {len(lines) - KNOWN} lagi", muted=True)]))
        self._known_title.setVisible(bool(lines))

    def _void(self, line: RecordedLine) -> None:
        self.void_wanted.emit(line)

    def _list(self) -> None:
        clear_column(self._column)
        for one in self._made[:SHOWN]:
            words: list[Segment] = [Icon("check", "ok", "tercatat"), Text(one.words)]
            self._column.addWidget(_line(words, one.words, partial(self.taken_back.emit, one)))
        self._count.set_parts([Text(f"{len(self._made)} tercatat", bold=True)] if self._made else [])

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why, keep what was typed."""
        self._waiting = False
        if field == "on":
            self._stop(self.when_field, sentence)
        else:
            self.sentence.set("error", sentence)

    def _offer(self, text: str) -> None:
        words = [plain(word) for word in text.split()]
        fits = [kind for kind in self._kinds if all(any(word in name for name in kind.names) for word in words)]
        begins = plain(text)
        fits.sort(key=lambda kind: not any(name.startswith(begins) for name in kind.names))
        self.what.offer(text, fits[:MOST_OFFERS])

    def _picked(self, kind: Kind) -> None:
        self._kind = kind
        self.what_field.set_state("")
        self._turned()
        self.when.setFocus(Qt.FocusReason.TabFocusReason)

    def _unpicked(self) -> None:
        self._kind = None
        self.what_field.set_state("")

    def _sure(self) -> None:
        """Something else is typed: what was doubted is asked anew."""
        if self._doubted:
            self._doubted = False
            self.sentence.set("", "")

    def _turned(self) -> None:
        # A dose has no result of its own, only what the book says of the day and the place.
        self.value_field.setEnabled(self._kind is None or not self._kind.code.startswith(DOSE))

    def _understood(self, text: str) -> tuple[str, str]:
        try:
            when = read_done(text, self._today)
        except DateError:
            return "", ""
        return "", f"{day_text(when.day, when.precision)}, {PRECISION[when.precision.value]}"

    def _go_on(self, after: QWidget) -> None:
        """To the next field, or record where the last one is not asked for."""
        if self.value_field.isEnabled() or after is not self.value:
            after.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._give()

    def _give(self) -> None:
        if self._waiting:
            return
        kind = self._kind or next((k for k in self._kinds if plain(self.what.text()) in k.names), None)
        if kind is None:
            self._stop(self.what_field, "Pilih dari daftar: ketik namanya, panah memilih, Enter mengambil.")
            return
        try:
            when = read_done(self.when.text(), self._today)
        except DateError as error:
            self._stop(self.when_field, error.sentence)
            return
        self._waiting = True
        value = "" if kind.code.startswith(DOSE) else self.value.text().strip()
        place, by = self.place.text().strip(), str(self.by.value())
        self.told.emit(Told(self._uid, kind, when, place, value, by, self._doubted))

    def _stop(self, field: Field, sentence: str) -> None:
        field.set_state("error", sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        if self.what.text().strip() or self.when.text().strip():
            self.sentence.set("warn", "Yang tertulis belum dicatat. Enter mencatatnya, Esc membuangnya.")
            return
        self.done.emit()


def _line(words: Sequence[Segment], told: str, act: Callable[[], object]) -> QWidget:
    """Words and a way to take them back."""
    back = KeyButton("Tarik", kind="link", small=True)
    back.setAccessibleName(f"Tarik {told}")
    back.clicked.connect(lambda _=False: act())
    enterable(back)
    row = QWidget()
    across = hbox(Runs(words), back)
    across.setStretch(0, 1)
    row.setLayout(across)
    return row
