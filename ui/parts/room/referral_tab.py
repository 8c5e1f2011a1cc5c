"""Rujukan in the room: the letters of this visit, and making one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.reference import Reference
from ilp_desk.rows.papers import ReferralRow
from ui.parts.referral.words import STATES
from ui.parts.room.part import enterable
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Banner, Chip, KeyButton, ListView, TwoLine, hbox, label, vbox

NONE = ("Belum ada surat rujukan.", "Ctrl+R membuatnya dari yang sudah tercatat di kunjungan ini.")


class ReferralTab(QWidget):
    """write: a letter is wanted; opened(ReferralRow): its pages are."""

    write = Signal()
    opened = Signal(object)

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._kinds = {kind.code: kind.label for kind in reference.referrals.kinds}
        self.model: RowsModel[ReferralRow] = RowsModel(speak=lambda r: f"{r.number}, {r.destination}")
        self.view = ListView(
            self.model,
            self._line,
            key=lambda r: r.uid,
            first=False,
            name="Surat rujukan kunjungan ini",
            sentence=NONE,
        )
        self.view.row_activated.connect(self.opened)
        self.button = KeyButton("Buat rujukan", "Ctrl+R", icon="refer")
        enterable(self.button)
        self.button.clicked.connect(self.write)
        head = QWidget()
        head.setLayout(hbox(label("Surat kunjungan ini", "section"), None, self.button, margins=(14, 10, 14, 6)))
        self._refused = Banner("warning", "")
        self._notice = QWidget()
        self._notice.setLayout(vbox(self._refused, margins=(14, 0, 14, 6)))
        self._notice.hide()
        column = vbox(head, self._notice, self.view, spacing=0)
        column.setStretch(2, 1)
        self.view.setMinimumHeight(px(120))
        self.setLayout(column)

    def show_letters(self, letters: Sequence[ReferralRow], refusals: Sequence[str], *, writable: bool) -> None:
        """The letters of the visit, newest first; refusals: those of patient or family, in words."""
        self.model.answer("", letters)
        self.view.set_sentence(*(("", "") if letters else NONE))
        self._refused.set("warning", "Menolak dirujuk.", " ".join(refusals))
        self._notice.setVisible(bool(refusals))
        self.button.setEnabled(writable)

    def referred(self) -> bool:
        """Whether a letter stands: not voided, and nobody refused it afterwards."""
        rows = self.model.rows
        return any(row.state is not ReferralState.VOIDED and row.consent != "refused" for row in rows)

    def focus_first(self) -> None:
        target: QWidget = self.view if self.model.rows else self.button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _line(self, row: ReferralRow) -> TwoLine:
        words, tone = STATES[row.state]
        where = " · ".join(p for p in (row.destination, row.specialty) if p)
        kind = self._kinds.get(row.kind, row.kind)
        return TwoLine(where, f"{kind} · {row.diagnosis} · {row.number}", chips=(Chip(words, tone),))
