"""The first start: set up this Puskesmas, or try with sample data; then the set-up, step by step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ilp_desk.domain.site import Facility
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ui.keys import Keys
from ui.page import Context
from ui.parts.manage.areas import AreasPart
from ui.parts.manage.facility import FacilityPart
from ui.parts.manage.machine import MachinePart
from ui.parts.manage.numbers import NumbersPart
from ui.parts.manage.part import Part
from ui.parts.manage.points import PointsPart
from ui.parts.start.account import AccountPart
from ui.parts.start.big_choice import BigChoice
from ui.parts.start.recovery_step import RecoveryStep
from ui.parts.start.step_list import StepList
from ui.parts.start.steps import CODES, STEPS
from ui.theme import px
from ui.widgets import BusyBar, KeyButton, ground, hbox, label, vbox

WIDE = 860
SET_UP = "Isi nama Puskesmas, wilayah, titik layanan, dan akun pertama. Sekitar 15 menit; boleh dilanjutkan nanti."
TRY_OUT = (
    "Puskesmas rekaan dengan pasien, antrean, dan surat rujukan. Disimpan di folder sendiri, terpisah dari data asli."
)
GO_ON = "Buka lagi Puskesmas rekaan yang sudah dibuat di komputer ini, seperti Anda tinggalkan."


class Welcome(QWidget):
    """set_up, try_out(afresh) and restore: what was chosen."""

    set_up = Signal()
    try_out = Signal(bool)
    restore = Signal()

    def __init__(self, folder: str, *, samples: bool, copies: bool) -> None:
        super().__init__()
        self.setProperty("ground", True)
        self.setAccessibleName("Selamat datang di ILP Desk")
        begin = BigChoice("building", "Siapkan Puskesmas ini", SET_UP, "F2", primary=True)
        title = "Lanjutkan data contoh" if samples else "Coba dengan data contoh"
        sample = BigChoice("family", title, GO_ON if samples else TRY_OUT, "F3")
        self.begin, self.sample = begin, sample
        self.afresh = KeyButton("Buat ulang data contoh", kind="link")
        self.afresh.setVisible(samples)
        self.copy = KeyButton("Buka dari salinan cadangan", kind="link")
        self.copy.setVisible(copies)
        self.busy = BusyBar(cancel=False)
        begin.clicked.connect(self.set_up)
        sample.clicked.connect(lambda: self.try_out.emit(False))
        self.afresh.clicked.connect(lambda: self.try_out.emit(True))
        self.copy.clicked.connect(self.restore)
        column = vbox(
            label("Selamat datang di ILP Desk", "figure"),
            label("Meja kerja Puskesmas: pendaftaran, antrean, pelayanan, dan rujukan. Mau mulai dari mana?", "muted"),
            10,
            hbox(begin, sample, spacing=16),
            hbox(self.copy, None, self.afresh),
            self.busy,
            label(f"Data disimpan terenkripsi di {folder}", "small", wrap=True),
            spacing=8,
        )
        inner = ground(column)
        inner.setMaximumWidth(px(WIDE))
        across = hbox(None, inner, None)
        across.setStretch(1, 100)
        self.setLayout(vbox(None, across, None, None, margins=(24, 12, 24, 12)))
        self.keys = Keys(self, "Mulai")
        self.keys.bind("F2", "siapkan Puskesmas ini", self.set_up.emit)
        self.keys.bind("F3", "data contoh", lambda: self.try_out.emit(False))
        self.setFocusProxy(begin)

    def working(self, text: str) -> None:
        """Something was begun; empty: it is over."""
        for choice in (self.begin, self.sample, self.afresh, self.copy):
            choice.setEnabled(not text)
        if text:
            self.busy.start(text)
        else:
            self.busy.stop()


class FirstStart(QWidget):
    """The steps. Each is saved when one goes on, so that an interruption loses one step at most.

    recovery_code: of the new database, empty after an interruption. finished(actor): the desk may open.
    """

    finished = Signal(object)

    def __init__(self, context: Context, recovery_code: str, start: int = 0) -> None:
        super().__init__()
        self.context, self._code = context, recovery_code
        self.setProperty("ground", True)
        self.setAccessibleName("Penyiapan Puskesmas")
        self.parts: dict[str, Part] = {}
        self.steps = StepList()
        self.title, self.words = label("", "title"), label("", "muted", wrap=True)
        self.stack = QStackedWidget()
        self.back_button = KeyButton("Kembali", "Alt+←", icon="left")
        self.next_button = KeyButton("Simpan dan lanjut", "Ctrl+Enter", kind="primary")
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        right = vbox(
            self.title,
            self.words,
            self.stack,
            hbox(self.back_button, None, self.next_button),
            spacing=8,
        )
        right.setStretch(2, 1)
        row = hbox(self.steps, right, spacing=16, margins=(16, 16, 16, 16))
        row.setStretch(1, 1)
        self.setLayout(row)
        self.keys = Keys(self, "Penyiapan")
        self.keys.bind("Ctrl+Return", "simpan dan lanjut", self.next)
        self.keys.bind("Alt+Left", "kembali", self.back)
        self.keys.bind("Ctrl+S", "simpan", self._save)
        self.keys.bind("F3", "tambah baru", self._fresh)
        self._at = -1
        self.go(start)

    @property
    def part(self) -> Part:
        """The part of the step one is at."""
        return self.parts[CODES[self._at]]

    def go(self, index: int) -> None:
        """Show a step."""
        self._at = index
        step = STEPS[index]
        if step.code not in self.parts:
            self.parts[step.code] = self._build(step.code)
            self.stack.addWidget(self.parts[step.code])
        part = self.parts[step.code]
        self.steps.set_step(index)
        self.title.setText(step.title)
        self.words.setText(step.words)
        self.stack.setCurrentWidget(part)
        self.back_button.setVisible(index > 0)
        self.next_button.setVisible(index < len(STEPS) - 1)
        part.load()
        part.focus_first()

    def _build(self, code: str) -> Part:
        if code == "account":
            account = AccountPart(self.context)
            account.made.connect(self._is_now)
            return account
        if code == "recovery":
            recovery = RecoveryStep(self.context, self._code)
            recovery.confirmed.connect(self._finish)
            return recovery
        kinds: dict[str, Callable[..., Part]] = {
            "facility": FacilityPart,
            "areas": AreasPart,
            "points": PointsPart,
            "numbers": NumbersPart,
            "machine": MachinePart,
        }
        return kinds[code](self.context, setup=True)

    def _is_now(self, actor: Actor) -> None:
        """From here on the steps are carried out by the one whose account this is."""
        c = self.context
        self.context = Context(c.desk, actor, c.runner, c.shell, c.settings)

    def back(self) -> None:
        """One step back; what is typed here stays."""
        if self._at > 0:
            self.go(self._at - 1)

    def next(self) -> None:
        """Save this step and go on."""
        if self._at < len(STEPS) - 1 and not self.context.runner.writing:
            here = self._at
            self.part.commit(lambda: self.go(here + 1))

    def _save(self) -> None:
        self.part.save()

    def _fresh(self) -> None:
        self.part.fresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.part.focus_first()

    def _finish(self) -> None:
        desk, actor = self.context.desk, self.context.actor

        def done(_: Facility) -> None:
            self.finished.emit(actor)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.context.shell.sentence(error.sentence)

        self.context.runner.write(lambda: desk.site.finish_setup(actor), done, failed)
