"""A calm screen for data that do not open: what happened, what to do, and the fields to do it with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.rows.safekeeping import CopyRow
from ui.parts.start.password import PasswordEdit
from ui.parts.start.ways_out import Way, help_for
from ui.rows import RowsModel
from ui.theme import px, tokens
from ui.widgets import (
    BusyBar,
    Card,
    Field,
    Hair,
    Icon,
    KeyButton,
    LineEdit,
    ListView,
    Paragraph,
    Runs,
    Text,
    TwoLine,
    ground,
    hbox,
    label,
    scroll,
    vbox,
)

WIDE = 640
COPIES_SHOWN = 3
CODE_HINT = "Kode ada di lembar “Kode pemulihan basis data”, biasanya di lemari terkunci kepala Puskesmas."
SURE = (
    "Menyiapkan dari awal membuat data baru yang kosong. Kunci lama disimpan dengan nama lain, sehingga data lama "
    "tetap dapat dibuka bila berkasnya ditemukan."
)


class StartTrouble(QWidget):
    """again: try once more; code_given, passphrase_given: typed; copy_chosen(path, code or empty); afresh: set up anew;
    leave: close the program."""

    again = Signal()
    code_given = Signal(str)
    passphrase_given = Signal(str)
    copy_chosen = Signal(object, str)
    afresh = Signal()
    leave = Signal()

    def __init__(self, code: str, sentence: str, database: Path, copies: Sequence[CopyRow] = ()) -> None:
        super().__init__()
        self.code, self._copies = code, tuple(copies)
        help_ = help_for(code)
        self.ways = tuple(way for way in help_.ways if way is not Way.COPY or self._copies)
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(help_.title)
        self.typed = LineEdit(placeholder="K7QD-X2WP-…", name="Kode pemulihan", max_length=80)
        self.typed_field = Field("Kode pemulihan", self.typed)
        self.passphrase = PasswordEdit("Kata sandi pembuka")
        self.passphrase_field = Field("Kata sandi pembuka", self.passphrase)
        self.model: RowsModel[CopyRow] = RowsModel(speak=lambda c: f"Salinan {day_text(c.at.date())} {time_text(c.at)}")
        self.view: ListView[CopyRow] = ListView(self.model, _line, key=lambda c: c.path, name="Salinan cadangan")
        self.busy = BusyBar(cancel=False)
        asks = code in ("needs_passphrase", "wrong_passphrase")
        head = Runs(
            [Icon("lock" if asks else "alert", "accent" if asks else "danger"), Text(help_.title, bold=True)], size=20
        )
        column = vbox(head, Paragraph([Text(sentence)]), label(str(database), "small", wrap=True), spacing=8)
        for way in self.ways:
            column.addWidget(Hair())
            column.addWidget(self._offer(way))
        column.addStretch(1)
        body = QWidget()
        column.setContentsMargins(px(28), px(24), px(28), px(12))
        body.setLayout(column)
        close = KeyButton("Tutup program")
        close.clicked.connect(self.leave)
        foot = vbox(self.busy, hbox(None, close), spacing=4, margins=(28, 8, 28, 14))
        inner = vbox(scroll(body), Hair(), foot, spacing=0, margins=(1, 1, 1, 1))
        inner.setStretch(0, 1)
        self._body, self._foot, self._card = column, foot, Card(inner)
        self._card.setMaximumWidth(px(WIDE))
        across = hbox(None, self._card, None)
        across.setStretch(1, 100)
        middle = ground(across)
        outer = vbox(None, middle, None, margins=(12, 28, 12, 28))
        outer.setStretch(1, 100)
        self.setLayout(outer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card is as high as what it holds, and scrolls where that is too much."""
        wide = min(px(WIDE), self.width() - px(24))
        wanted = self._body.totalHeightForWidth(wide) + self._foot.sizeHint().height() + px(24)
        self._card.setMaximumHeight(wanted)

    def _offer(self, way: Way) -> QWidget:
        make = {
            Way.AGAIN: self._offer_again,
            Way.CODE: self._offer_code,
            Way.PASSPHRASE: self._offer_passphrase,
            Way.COPY: self._offer_copies,
            Way.AFRESH: self._offer_afresh,
        }
        return make[way]()

    def _offer_again(self) -> QWidget:
        button = KeyButton("Coba lagi", kind="primary" if self.ways[0] is Way.AGAIN else "", icon="refresh")
        button.clicked.connect(self.again)
        return _row(hbox(button, None))

    def _offer_code(self) -> QWidget:
        button = KeyButton(
            "Pakai kode pemulihan", "Enter", kind="primary" if self.ways[0] is Way.CODE else "", icon="key"
        )
        button.clicked.connect(self._give_code)
        self.typed.returnPressed.connect(self._give_code)
        self.typed.textChanged.connect(lambda _: self.typed_field.set_state(""))
        if self.ways[0] is Way.CODE:
            self.setFocusProxy(self.typed)
        return _row(vbox(self.typed_field, label(CODE_HINT, "small", wrap=True), hbox(button, None), spacing=6))

    def _offer_passphrase(self) -> QWidget:
        button = KeyButton("Buka", "Enter", kind="primary")
        button.clicked.connect(self._give_passphrase)
        self.passphrase.returnPressed.connect(self._give_passphrase)
        self.setFocusProxy(self.passphrase)
        return _row(vbox(self.passphrase_field, hbox(button, None), spacing=6))

    def _offer_copies(self) -> QWidget:
        self.view.setFixedHeight(px(tokens().row) * min(len(self._copies), COPIES_SHOWN) + 2)
        self.model.answer("", self._copies)
        self.copy_code = LineEdit(placeholder="kosong: pakai kunci komputer ini", name="Kode salinan", max_length=80)
        self.copy_field = Field("Kode pemulihan, bila diminta", self.copy_code)
        button = KeyButton("Buka salinan ini", kind="primary" if self.ways[0] is Way.COPY else "", icon="history")
        button.clicked.connect(self._choose_copy)
        words = label(
            "Salinan cadangan. Berkas yang sekarang tidak dihapus, hanya diberi nama lain.", "small", wrap=True
        )
        return _row(vbox(words, self.view, self.copy_field, hbox(button, None), spacing=6))

    def _offer_afresh(self) -> QWidget:
        button = KeyButton("Siapkan dari awal")
        button.clicked.connect(self.afresh)
        return _row(vbox(label(SURE, "small", wrap=True), hbox(button, None), spacing=6))

    # What was typed

    def _give_code(self) -> None:
        if self.typed.text().strip():
            self.code_given.emit(self.typed.text())
        else:
            self.refuse_code("Ketik kode pemulihan dari lembarnya, kelompok 1 sampai 9.")

    def _give_passphrase(self) -> None:
        if self.passphrase.text():
            self.passphrase_given.emit(self.passphrase.text())

    def _choose_copy(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.copy_chosen.emit(row.path, self.copy_code.text().strip())

    def refuse_code(self, sentence: str) -> None:
        """The code has a slip: told beside the field one typed in."""
        in_copy = Way.COPY in self.ways and bool(self.copy_code.text().strip()) and not self.typed.text().strip()
        field = self.copy_field if in_copy else self.typed_field
        field.set_state("error", sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def working(self, text: str) -> None:
        """Something was begun; empty: it is over."""
        if text:
            self.busy.start(text)
        else:
            self.busy.stop()


def _row(layout: object) -> QWidget:
    row = QWidget()
    row.setLayout(layout)  # type: ignore[arg-type]
    return row


def _line(copy: CopyRow) -> TwoLine:
    size = f"{copy.size / 1e6:.1f} MB".replace(".", ",")
    return TwoLine(f"{day_text(copy.at.date())} {time_text(copy.at)}", f"{copy.path.name} · {size}")
