"""A second start with the name of a desk that is open already: which desk is this window?"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets import Card, Field, Icon, KeyButton, LineEdit, Paragraph, Runs, Text, ground, hbox, vbox

WIDE = 560
LONGEST = 60


def next_name(name: str) -> str:
    """`Loket 1` gives `Loket 2`, `Pendaftaran` gives `Pendaftaran 2`."""
    found = re.fullmatch(r"(.*?)\s*([0-9]{1,3})", name)
    return f"{found[1]} {int(found[2]) + 1}".strip() if found else f"{name} 2"


class DeskTaken(QWidget):
    """named: open as this desk, for this window only; leave: close this window, the other one stays."""

    named = Signal(str)
    leave = Signal()

    def __init__(self, taken: str) -> None:
        super().__init__()
        self._taken = taken
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Loket sudah terbuka")
        self.name = LineEdit(next_name(taken), name="Nama loket", max_length=LONGEST)
        self.field = Field("Nama loket untuk jendela ini", self.name)
        go, close = KeyButton("Buka loket ini", "Enter", kind="primary"), KeyButton("Tutup jendela ini")
        words = (
            f"{taken} sudah terbuka di komputer ini, mungkin di balik jendela lain. Dua jendela boleh dipakai bersama, "
            "asal namanya berbeda supaya catatan siapa memanggil dari mana tetap benar."
        )
        column = vbox(
            Runs([Icon("screen", "accent"), Text(f"{taken} sudah terbuka", bold=True)], size=20),
            Paragraph([Text(words)]),
            self.field,
            hbox(close, None, go),
            spacing=12,
            margins=(28, 24, 28, 20),
        )
        card = Card(column)
        card.setMaximumWidth(px(WIDE))
        across = hbox(None, card, None)
        across.setStretch(1, 100)
        self.setLayout(vbox(None, ground(across), None, None, margins=(12, 12, 12, 12)))
        self.setFocusProxy(self.name)
        self.name.returnPressed.connect(self.go)
        self.name.textChanged.connect(lambda _: self.field.set_state(""))
        go.clicked.connect(self.go)
        close.clicked.connect(self.leave)

    def go(self) -> None:
        """Open as the desk that was typed."""
        name = " ".join(self.name.text().split())
        if not name or not name.isprintable():
            self.refuse("Ketik nama loket, misalnya Loket 2.")
        elif name.casefold() == self._taken.casefold():
            self.refuse(f"{self._taken} sudah terbuka. Pakai nama lain.")
        else:
            self.named.emit(name)

    def refuse(self, sentence: str) -> None:
        """This name cannot be."""
        self.field.set_state("error", sentence)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
