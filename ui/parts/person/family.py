"""F4: a whole family registered in one go, a visit and a number for each who has come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.errors import UserError
from ilp_desk.rows.arrival import Arrival, Registered
from ilp_desk.rows.people import Household
from ilp_desk.services.registration import Circumstances
from ui.keys import Keys
from ui.page import Context
from ui.papers import print_ticket
from ui.parts.person.member import MemberRow, Wish
from ui.parts.person.small import SmallSheet
from ui.widgets import Hair, KeyButton, label, vbox

WIDTH = 1010
LONG_NAME = 40
"""Letters of a name the title has room for."""
HINT = "Spasi memilih, ↑ ↓ pindah anggota, Enter mendaftarkan semua yang dipilih."


class FamilyPanel(SmallSheet):
    """registered: everything asked for has been answered; closing: nothing is left to do; new_member: F3."""

    registered = Signal()
    closing = Signal()
    new_member = Signal()

    def __init__(
        self,
        context: Context,
        household: Household,
        arrivals: Mapping[str, Arrival],
        wishes: Mapping[str, Wish],
    ) -> None:
        self.rows = [
            MemberRow(member, arrivals[member.uid], context.desk.reference, wishes.get(member.uid, Wish()))
            for member in household.members
            if member.uid in arrivals
        ]
        self._waiting = 0
        self._warned = False
        column = vbox(label(HINT, "muted"), 6, spacing=0, margins=(22, 2, 22, 8))
        for row in self.rows:
            column.addWidget(Hair())
            column.addWidget(row)
        column.addStretch(1)
        body = QWidget()
        body.setLayout(column)
        self.add = KeyButton("Anggota baru", "F3", icon="useradd")
        facts = (f"KK {household.kk}" if household.kk else "Belum punya KK", household.folder)
        corner = label(" · map ".join(fact for fact in facts if fact), "muted")
        short = 0 < len(household.head_name) <= LONG_NAME
        title = f"Daftarkan keluarga {household.head_name}" if short else "Daftarkan sekeluarga"
        go = KeyButton("Daftarkan", "Enter", kind="primary")
        super().__init__(context, title, body, go, left=(self.add,), corner=(corner,))
        self._bind()
        self._count()

    def _bind(self) -> None:
        keys = Keys(self, "Sekeluarga")
        keys.bind("F3", "anggota baru atau bayi baru lahir", self.add.click)
        keys.bind("Alt+A", "pilih semua", self.tick_all)
        keys.note("Spasi", "pilih anggota")
        keys.note("Enter", "daftarkan yang dipilih")
        self.add.clicked.connect(self.new_member)
        self.main.clicked.connect(self._main)
        self.cancel.clicked.connect(self.escape)
        for at, row in enumerate(self.rows):
            row.ticked.connect(self._count)
            row.rerouted.connect(lambda row=row: self._ask_again(row))
            row.tick.moved.connect(lambda step, at=at: self._go(at + step, step))

    def first_focus(self) -> None:
        """The first member who can be registered; else the button that ends it."""
        open_rows = [row for row in self.rows if not row.here]
        target: QWidget = open_rows[0].tick if open_rows else self.main
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def wishes(self) -> dict[str, Wish]:
        """What was ticked and typed, to be taken up again."""
        return {row.member.uid: row.wish() for row in self.rows}

    def tick_all(self) -> None:
        for row in self.rows:
            if not row.here:
                row.tick.setChecked(True)

    def _go(self, at: int, step: int) -> None:
        """Up and down among those who can be ticked."""
        while 0 <= at < len(self.rows):
            if not self.rows[at].here:
                self.rows[at].tick.setFocus(Qt.FocusReason.TabFocusReason)
                self.area.ensureWidgetVisible(self.rows[at])
                return
            at += step

    def _ask_again(self, row: MemberRow) -> None:
        """Another reason for coming may lead elsewhere."""
        desk, actor, uid = self.context.desk, self.context.actor, row.member.uid
        asked = Circumstances(reason=row.wish().reason)
        self.context.runner.read(
            f"family.route.{uid}", lambda: desk.registration.arrival(actor, uid, asked), row.show_arrival
        )

    def _count(self) -> None:
        wanted = sum(row.wanted for row in self.rows)
        self.main.setText(f"Daftarkan {wanted} orang" if wanted else "Selesai")

    # Registering

    def _main(self) -> None:
        if any(row.wanted for row in self.rows):
            self.register()
        else:
            self.closing.emit()

    def register(self) -> None:
        """One visit for each who is ticked; one refused does not stop the others."""
        wanted = [row for row in self.rows if row.wanted]
        if self._waiting or not wanted:
            return
        self._waiting = len(wanted)
        self.main.setEnabled(False)
        for row in wanted:
            self._send(row)

    def _send(self, row: MemberRow) -> None:
        desk, actor, order = self.context.desk, self.context.actor, row.order()
        self.context.runner.write(
            lambda: desk.registration.register(actor, order),
            lambda done: self._registered(row, done),
            lambda error: self._refused(row, error),
        )

    def _registered(self, row: MemberRow, done: Registered) -> None:
        row.show_registered(done)
        print_ticket(self.context, done.entry_uid)
        self._answered()

    def _refused(self, row: MemberRow, error: Exception) -> None:
        row.show_refused(error.sentence if isinstance(error, UserError) else UserError.default)
        self._answered()

    def _answered(self) -> None:
        self._waiting -= 1
        if self._waiting:
            return
        self.main.setEnabled(True)
        self.cancel.setText("Tutup")
        self._count()
        self.main.setFocus(Qt.FocusReason.TabFocusReason)
        self.registered.emit()

    def escape(self) -> None:
        """Esc: complaints that were typed and not registered are asked about once."""
        typed = any(row.complaint.text() and not row.here for row in self.rows)
        if typed and not self._warned and QApplication.focusWidget() is not None:
            self._warned = True
            self.context.shell.toast("Keluhan yang diketik belum didaftarkan. Esc sekali lagi menutup.")
            return
        self.closing.emit()
