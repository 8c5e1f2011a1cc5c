"""Masuk: name and password, checked off the GUI thread; also the cover of a locked desk and the change of user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import UserError
from ui.parts.start.brand import Brand
from ui.parts.start.password import PasswordEdit
from ui.theme import px
from ui.widgets import Card, Field, KeyButton, LineEdit, ground, hbox, label, vbox

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from ilp_desk.domain.staff import Actor
    from ui.parts.start.new_password import NewPassword
    from ui.runner import Runner
    from ui.widgets import BusyBar

WIDE, HIGH, SIDE = 780, 430, 300
MOST_NAMES = 12
NAMES_A_ROW = 3
CAPS = "Caps Lock menyala."
OPENING = "Membuka data"
CHECKING = "Memeriksa kata sandi"


@dataclass(frozen=True, slots=True)
class Gate:
    """Whom to ask and as whom: the open desk, the actor before anybody is signed in, the usernames.

    password: of the sample accounts, told to everybody; else empty.
    """

    desk: Desk
    actor: Actor
    facility: str
    names: tuple[str, ...] = ()
    password: str = ""


def day_line(date: QDate) -> str:
    """Sabtu, 21 November 2026."""
    return QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia).toString(date, "dddd, d MMMM yyyy")


class SignIn(QWidget):
    """`signed_in` carries the actor, after a first password was changed.

    Shown before the data are open: what is typed then waits; `open_gate` lets it through. warning: told above the
    form. The desk's name stands in the gate's actor.
    """

    signed_in = Signal(object)

    def __init__(self, warning: str = "") -> None:
        super().__init__()
        self._runner: Runner | None = None
        self._gate: Gate | None = None
        self._held = self._checking = False
        self._found: Actor | None = None
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Masuk")
        self.brand = Brand()
        self.brand.setFixedWidth(px(SIDE))
        self.name = LineEdit(name="Nama pengguna", max_length=60)
        self.name_field = Field("Nama pengguna", self.name)
        self.password = PasswordEdit()
        self.password_field = Field("Kata sandi", self.password)
        self.button = KeyButton("Masuk", "Enter", kind="primary", tall=True)
        self._busy: BusyBar | None = None
        self.title = label("Masuk", "title")
        self.notice = label(warning, "muted", wrap=True)
        if not warning:
            self.notice.hide()
        self._names = vbox(spacing=6)
        self._first = QWidget()
        self._first.setLayout(vbox(self.name_field, self.password_field, self.button, 4, self._names, spacing=4))
        self.second: NewPassword | None = None
        self._lay()
        self.name.returnPressed.connect(self._name_entered)
        self.password.returnPressed.connect(self.enter)
        self.password.caps.connect(self._caps)
        self.name.textEdited.connect(lambda _: self._typed())
        self.password.textEdited.connect(lambda _: self._typed())
        self.button.clicked.connect(self.enter)
        self.setFocusProxy(self.name)

    def _lay(self) -> None:
        self._form = vbox(self.title, self.notice, 8, self._first, None, spacing=4, margins=(32, 30, 32, 16))
        row = hbox(self.brand, self._form, spacing=0, margins=(1, 1, 1, 1))
        row.setStretch(1, 1)
        card = Card(row)
        card.setMaximumWidth(px(WIDE))
        card.setMinimumHeight(px(HIGH))
        across = hbox(None, card, None, margins=(12, 12, 12, 12))
        across.setStretch(1, 100)
        self.setLayout(vbox(None, ground(across), None, spacing=0))

    def warn(self, text: str) -> None:
        """Tell something above the form."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def working(self, text: str) -> None:
        """What is being done, told when it takes long; empty: nothing. Not loaded for the first paint."""
        from ui.widgets import BusyBar

        if self._busy is None:
            self._busy = BusyBar(cancel=False)
            self._form.addWidget(self._busy)
        if text:
            self._busy.start(text)
        else:
            self._busy.stop()

    # The data

    def open_gate(self, runner: Runner, gate: Gate) -> None:
        """The data are open: show whose they are; an Enter that waited goes on."""
        self._runner, self._gate = runner, gate
        self.working("")
        local = gate.desk.clock.local()
        today = day_line(QDate(local.year, local.month, local.day))
        self.brand.set_facility(gate.facility, gate.actor.desk, today)
        if gate.password:
            self.warn(f"Data contoh, semua orangnya rekaan. Pilih petugas; kata sandinya {gate.password}.")
        self._offer(gate.names)
        if self._held:
            self.enter()

    def expect(self, username: str) -> None:
        """Somebody locked this desk: this is who is expected back, the keyboard waits for the password."""
        self.title.setText("Layar terkunci")
        if not self.name.text():
            self.name.setText(username)
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, names: Sequence[str]) -> None:
        """The usernames as buttons, where they are few enough to be seen at a glance."""
        while (row := self._names.takeAt(0)) is not None:
            widget = row.widget()
            if widget is not None:
                widget.deleteLater()
        if not 0 < len(names) <= MOST_NAMES:
            return
        from ui.widgets import PillButton

        for start in range(0, len(names), NAMES_A_ROW):
            line = hbox(spacing=6)
            for name in names[start : start + NAMES_A_ROW]:
                button = PillButton(name, "user")
                button.setAccessibleName(f"Masuk sebagai {name}")
                button.clicked.connect(lambda _=False, name=name: self.choose(name))
                line.addWidget(button)
            line.addStretch(1)
            strip = QWidget()
            strip.setLayout(line)
            self._names.addWidget(strip)

    # Typing

    def choose(self, username: str) -> None:
        """Somebody else: the keyboard goes to the password."""
        self.name.setText(username)
        self.password.clear()
        self._typed()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._held = False
        if self.password_field.state == "error":
            self.password_field.set_state("")
        if self.name_field.state:
            self.name_field.set_state("")

    def _caps(self, on: bool) -> None:
        self.password_field.set_state("warn" if on else "", CAPS if on else "")

    def _name_entered(self) -> None:
        if self.password.text():
            self.enter()
        else:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Enter: check name and password; before the data are open it waits."""
        name, word = self.name.text().strip(), self.password.text()
        if not name:
            self.name_field.set_state("error", "Ketik nama pengguna.")
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not word:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._gate is None or self._runner is None:
            self._held = True
            return
        if self._checking:
            return
        gate = self._gate
        self._check(True)

        def work() -> tuple[Actor, bool]:
            actor = gate.desk.staffing.sign_in(gate.actor, name, word)
            return actor, gate.desk.staffing.must_change(actor)

        self._runner.write(work, self._let_in, self._refused)

    def _check(self, on: bool) -> None:
        self._checking = on
        self.button.setEnabled(not on)
        self.password.setReadOnly(on)
        self.working(CHECKING if on else "")

    def _let_in(self, found: tuple[Actor, bool]) -> None:
        actor, must_change = found
        self._check(False)
        if must_change:
            self._found = actor
            self._ask_new_password(self.password.text())
            return
        self.password.clear()
        self.signed_in.emit(actor)

    def _refused(self, error: Exception) -> None:
        self._check(False)
        self.password.clear()
        sentence = error.sentence if isinstance(error, UserError) else UserError.default
        self.password_field.set_state("error", sentence)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    # The first password is changed

    def _ask_new_password(self, old: str) -> None:
        self.title.setText("Ganti kata sandi")
        self.warn("Kata sandi ini dibuatkan orang lain. Pilih kata sandi yang hanya Anda tahu.")
        from ui.parts.start.new_password import NewPassword

        second = self.second = NewPassword()
        second.wanted.connect(lambda new: self._change(old, new))
        self._first.hide()
        self._form.insertWidget(self._form.indexOf(self._first), second)
        self.setFocusProxy(second.new)
        second.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, old: str, new: str) -> None:
        gate, actor, runner = self._gate, self._found, self._runner
        if gate is None or actor is None or runner is None or self._checking:
            return
        self._check(True)
        runner.write(
            lambda: gate.desk.staffing.change_password(actor, old, new),
            lambda _: self._changed(actor),
            self._not_changed,
        )

    def _changed(self, actor: Actor) -> None:
        self._check(False)
        self.signed_in.emit(actor)

    def _not_changed(self, error: Exception) -> None:
        self._check(False)
        if self.second is not None:
            self.second.refuse(error.sentence if isinstance(error, UserError) else UserError.default)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(event.reason())
