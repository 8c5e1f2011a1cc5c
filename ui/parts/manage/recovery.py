"""The recovery code: shown, printed, hidden, typed back from paper, and only then in force."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.errors import InvalidInput, UserError
from ui.page import Context
from ui.paint import CENTER, draw_panel, draw_text
from ui.parts.start.password import PasswordEdit
from ui.print_jobs import PrintJob
from ui.theme import px, tokens
from ui.widgets import Banner, Field, KeyButton, LineEdit, Paragraph, Text, hbox, vbox

ABOUT = (
    "Kode ini membuka data pasien bila komputer rusak atau berkas kuncinya hilang. Tanpa kode ini dan tanpa komputer "
    "ini tidak ada yang dapat membukanya. Cetak, simpan di lemari terkunci, jangan difoto."
)
TYPING = "Huruf besar kecil dan tanda strip tidak penting; O dibaca 0, I dan L dibaca 1."
TITLE = "Kode pemulihan"
FILE = "kode-pemulihan.pdf"


class CodeGroups(QWidget):
    """The nine groups of a code in numbered frames, as on paper."""

    PER_LINE = 3
    HIGH = 46

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_code(self, code: str) -> None:
        """Show another code."""
        self._groups = tuple(code.split("-")) if code else ()
        self.setAccessibleName(" ".join(self._groups))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = -(-len(self._groups) // self.PER_LINE)
        return QSize(px(420), lines * px(self.HIGH) + max(0, lines - 1) * px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, gap, high = QPainter(self), px(8), px(self.HIGH)
        wide = (self.width() - gap * (self.PER_LINE - 1)) / self.PER_LINE
        for n, group in enumerate(self._groups):
            x, y = (n % self.PER_LINE) * (wide + gap), (n // self.PER_LINE) * (high + gap)
            box = QRectF(x, y, wide, high)
            draw_panel(p, box.toRect(), "background", "line_strong", tokens().radius_field)
            draw_text(p, box.adjusted(px(8), px(2), 0, -px(24)), str(n + 1), tokens().small, ink="muted")
            draw_text(p, box.adjusted(px(14), px(4), 0, 0), group, tokens().figure, bold=True, align=CENTER)


class RecoveryPanel(QWidget):
    """First the code, then the typing back.

    code: one that is in force already (the set-up has just made the database with it); None: a new one is made, and put
    in force when it was typed back. `confirmed` when that is done.
    """

    confirmed = Signal()

    def __init__(self, context: Context, code: str | None = None, *, asks_passphrase: bool = False) -> None:
        super().__init__()
        self._context = context
        self._desk, self._actor, self._runner = context.desk, context.actor, context.runner
        self.code = code or ""
        self.groups = CodeGroups()
        self.print_button = KeyButton("Cetak", icon="print")
        self.show_button = KeyButton("Lihat dan simpan PDF", icon="file")
        self.next_button = KeyButton("Sudah ada di kertas", kind="primary")
        self.typed = LineEdit(placeholder="K7QD-X2WP-…", name="Kode dari kertas", max_length=80)
        self.typed_field = Field("Ketik kembali kodenya dari kertas, kelompok 1 sampai 9", self.typed)
        self.passphrase = PasswordEdit("Kata sandi pembuka")
        self.passphrase_field = Field("Kata sandi pembuka (yang diminta saat program dibuka)", self.passphrase)
        self.passphrase_field.setVisible(asks_passphrase)
        self._asks = asks_passphrase
        self.back_button = KeyButton("Lihat kodenya lagi")
        self.done_button = KeyButton("Pakai kode ini", "Enter", kind="primary")
        self.wait = Banner("info", "Mengganti kunci.", "Jangan matikan komputer sampai selesai.")
        self.wait.hide()
        self._paper, self._typing = self._first(), self._second()
        self._typing.hide()
        self.setLayout(vbox(self._paper, self._typing, spacing=0))
        self.print_button.clicked.connect(self.print_sheet)
        self.show_button.clicked.connect(self.show_sheet)
        self.next_button.clicked.connect(self.ask_back)
        self.back_button.clicked.connect(self._show_again)
        self.done_button.clicked.connect(self.confirm)
        self.typed.returnPressed.connect(self.confirm)
        self.typed.textChanged.connect(lambda _: self.typed_field.set_state(""))
        self.groups.set_code(self.code)

    def _first(self) -> QWidget:
        page = QWidget()
        words = Paragraph([Text(ABOUT, muted=True)])
        buttons = hbox(self.print_button, self.show_button, None, self.next_button)
        page.setLayout(vbox(words, self.groups, buttons, spacing=14))
        return page

    def _second(self) -> QWidget:
        page = QWidget()
        words = Paragraph([Text(TYPING, muted=True)])
        buttons = hbox(self.back_button, None, self.done_button)
        page.setLayout(vbox(self.typed_field, words, self.passphrase_field, self.wait, buttons, spacing=10))
        return page

    def load(self) -> None:
        """Make a code, where none was given."""
        if not self.code:
            self._runner.read("recovery.new", lambda: self._desk.safekeeping.new_code(self._actor), self._made)

    def _made(self, code: str) -> None:
        self.code = code
        self.groups.set_code(code)

    def _sheet(self, done: Callable[[bytes], None]) -> None:
        code = self.code
        if code:
            self._runner.write(lambda: self._desk.safekeeping.sheet(self._actor, code), done)

    def print_sheet(self) -> None:
        """Print it on the A4 printer; by hand it works too."""
        printer = self._context.settings.a4
        self._sheet(lambda pdf: self._context.shell.print(PrintJob(TITLE, printer, pdf)))

    def show_sheet(self) -> None:
        """Show the sheet, to be printed or saved elsewhere."""
        printer, shell = self._context.settings.a4, self._context.shell

        def made(pdf: bytes) -> None:
            shell.preview(TITLE, pdf, PrintJob(TITLE, printer, pdf), FILE)

        self._sheet(made)

    def ask_back(self) -> None:
        """The code leaves the screen; the keyboard waits for it."""
        self._paper.hide()
        self._typing.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_again(self) -> None:
        self._typing.hide()
        self._paper.show()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Compare, and put the code in force."""
        code, typed = self.code, self.typed.text()
        phrase = self.passphrase.text() if self._asks else None
        self._work(True)
        self._runner.write(
            lambda: self._desk.safekeeping.change_code(self._actor, code, typed, phrase), self._done, self._refused
        )

    def _work(self, on: bool) -> None:
        self.done_button.setEnabled(not on)
        self.wait.setVisible(on)

    def _done(self, _: None) -> None:
        self._work(False)
        self.confirmed.emit()

    def _refused(self, error: Exception) -> None:
        self._work(False)
        if isinstance(error, InvalidInput):
            self.typed_field.set_state("error", error.sentence)
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, UserError):
            code = getattr(error, "code", "")
            field = self.passphrase_field if code in ("wrong_passphrase", "needs_passphrase") else self.typed_field
            field.set_state("error", error.sentence)
