"""Keamanan: recovery code, passphrase at the start, copies, check, auto-lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.errors import InvalidInput
from ilp_desk.rows.safekeeping import SafeState
from ilp_desk.services.site.facility import IDLE_MINUTES
from ui.page import Context
from ui.parts.manage.checking import CheckPanel
from ui.parts.manage.copies import CopiesPanel
from ui.parts.manage.form import Form
from ui.parts.manage.part import Part
from ui.parts.manage.recovery import RecoveryPanel
from ui.parts.start.password import PasswordEdit
from ui.widgets import Card, Field, KeyButton, LineEdit, Paragraph, Text, hbox, label, scroll, vbox

CODE_WORDS = (
    "Kode pemulihan membuka data bila komputer ini rusak. Buat kode baru bila lembarnya hilang atau terbaca orang; "
    "kode lama tidak berlaku lagi, dan salinan lama tetap dibuka dengan kode lama."
)
START_WORDS = {
    "machine": "Program terbuka tanpa kata sandi pembuka; kuncinya hanya dapat dibaca akun komputer ini.",
    "passphrase": "Setiap kali dibuka, program meminta kata sandi pembuka.",
}
KEY_TROUBLE = "Berkas kunci desk.key tidak ada atau rusak. Buat kode pemulihan baru; berkas kunci ikut dibuat ulang."


def _card(*items: QWidget) -> Card:
    return Card(vbox(*items, spacing=8, margins=(16, 14, 16, 14)))


class SafetyPart(Part):
    code, title = "safety", "Keamanan"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self._state: SafeState | None = None
        self.copies, self.checking = CopiesPanel(context), CheckPanel(context)
        self.copies.changed.connect(self.load)
        self.new_code = KeyButton("Buat kode baru", icon="key")
        self.new_code.clicked.connect(self.begin_code)
        self.code_words = Paragraph([Text(CODE_WORDS, muted=True)])
        self._code_column = vbox(
            label("Kode pemulihan", "subtitle"),
            self.code_words,
            hbox(self.new_code, None),
            spacing=8,
            margins=(16, 14, 16, 14),
        )
        self.recovery: RecoveryPanel | None = None
        left = vbox(Card(self._code_column), self._start_card(), self._idle_card(), None, spacing=10)
        right = vbox(_card(self.copies), _card(self.checking), None, spacing=10)
        columns = hbox(left, right, spacing=10)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        body = QWidget()
        body.setLayout(columns)
        self.setLayout(vbox(scroll(body)))

    def _start_card(self) -> Card:
        self.start_words = Paragraph()
        self.old_phrase = Field("Kata sandi pembuka sekarang", PasswordEdit("Kata sandi pembuka sekarang"))
        self.start_form = Form(
            [
                [("old", self.old_phrase, 12)],
                [
                    ("passphrase", Field("Kata sandi pembuka baru", PasswordEdit("Kata sandi pembuka baru")), 6),
                    ("again", Field("Ulangi", PasswordEdit("Ulangi kata sandi pembuka baru")), 6),
                ],
            ],
            secret=("old", "passphrase", "again"),
        )
        self.set_start, self.drop_start = KeyButton("Pasang"), KeyButton("Lepas")
        self.set_start.clicked.connect(lambda: self._change_start(drop=False))
        self.drop_start.clicked.connect(lambda: self._change_start(drop=True))
        column: QVBoxLayout = vbox(
            label("Kata sandi pembuka (pilihan)", "subtitle"),
            self.start_words,
            self.start_form,
            hbox(self.drop_start, None, self.set_start),
            spacing=8,
            margins=(16, 14, 16, 14),
        )
        return Card(column)

    def _idle_card(self) -> Card:
        self.idle = Field("Kunci layar sesudah tidak disentuh", LineEdit(max_length=2), suffix="menit")
        keep = KeyButton("Simpan", "Ctrl+S", kind="primary")
        keep.clicked.connect(self.save)
        row = hbox(self.idle, None, spacing=12)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        column = vbox(label("Kunci otomatis", "subtitle"), row, hbox(None, keep), spacing=8, margins=(16, 14, 16, 14))
        return Card(column)

    # State

    def load(self) -> None:
        folder = self.copies.folder
        self.ask("state", lambda: self.desk.safekeeping.state(self.actor, folder), self._shown)

    def _shown(self, state: SafeState) -> None:
        first = self._state is None
        self._state = state
        self.copies.show_state(state)
        asked = state.key == "passphrase"
        self.start_words.set_parts([Text(START_WORDS.get(state.key, KEY_TROUBLE), muted=True)])
        self.old_phrase.setVisible(asked)
        self.drop_start.setVisible(asked)
        self.set_start.setText("Ganti" if asked else "Pasang")
        editor = self.idle.editor
        if isinstance(editor, LineEdit) and (first or not editor.isModified()):
            editor.setText(str(state.idle_minutes))

    def save(self) -> None:
        """Ctrl+S: the minutes."""
        text = self.idle.text().strip()
        if not (text.isascii() and text.isdigit() and int(text) in IDLE_MINUTES):
            self.idle.set_state("error", f"Isi {IDLE_MINUTES[0]} sampai {IDLE_MINUTES[-1]} menit.")
            return
        minutes = int(text)

        def saved(_: object) -> None:
            self.idle.set_state("")
            self.shell.toast(f"Layar terkunci sesudah {minutes} menit tidak disentuh.")

        self.runner.write(lambda: self.desk.site.save_idle(self.actor, minutes), saved, self.say)

    # Recovery code

    def begin_code(self) -> None:
        """A new code, in this card: made, printed, typed back."""
        self.end_code()
        panel = RecoveryPanel(self.context, asks_passphrase=bool(self._state and self._state.key == "passphrase"))
        cancel = KeyButton("Batal, kode lama tetap", kind="link")
        cancel.clicked.connect(self.end_code)
        panel.layout().addWidget(cancel)  # type: ignore[union-attr]
        panel.confirmed.connect(self._code_changed)
        self.recovery = panel
        self.new_code.hide()
        self.code_words.hide()
        self._code_column.addWidget(panel)
        panel.load()

    def end_code(self) -> None:
        """Leave everything as it was."""
        if self.recovery is not None:
            self.recovery.hide()
            self.recovery.deleteLater()
            self.recovery = None
            self.new_code.show()
            self.code_words.show()
            self.new_code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _code_changed(self) -> None:
        self.end_code()
        self.shell.toast("Kode pemulihan baru berlaku. Musnahkan lembar yang lama, lalu simpan salinan baru.")
        self.load()

    def busy_with(self) -> bool:
        return self.recovery is not None

    # Passphrase

    def _change_start(self, *, drop: bool) -> None:
        values = {name: str(value) for name, value in self.start_form.values().items()}
        old = values["old"] or None
        phrase = None if drop else values["passphrase"]
        if phrase is not None and phrase != values["again"]:
            self.start_form.refuse(InvalidInput("again", "Ulangannya berbeda. Ketik sekali lagi."))
            return

        def done(_: object) -> None:
            self.start_form.put({"old": "", "passphrase": "", "again": ""})
            self.shell.toast(
                "Kata sandi pembuka dilepas." if drop else "Kata sandi pembuka diminta saat program dibuka lagi."
            )
            self.load()

        self.runner.write(
            lambda: self.desk.safekeeping.change_start(self.actor, phrase, old), done, self._start_refused
        )

    def _start_refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput) and self.start_form.refuse(error):
            return
        if getattr(error, "code", "") in ("wrong_passphrase", "needs_passphrase"):
            self.start_form.refuse(InvalidInput("old", str(error)))
            return
        self.say(error)

    def commit(self, done: Callable[[], None]) -> None:
        done()
