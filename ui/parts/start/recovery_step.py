"""The last step of the set-up: the recovery code goes onto paper and is typed back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.page import Context
from ui.parts.manage.part import Part
from ui.parts.manage.recovery import RecoveryPanel
from ui.theme import px
from ui.widgets import Card, scroll, vbox

MOST_WIDE = 640


class RecoveryStep(Part):
    """code: the one the database was made with; empty after an interruption, then a new one is made.

    `confirmed` once it was typed back.
    """

    code, title = "recovery", "Kode pemulihan"
    confirmed = Signal()

    def __init__(self, context: Context, recovery_code: str) -> None:
        super().__init__(context, setup=True)
        self.panel = RecoveryPanel(context, recovery_code or None)
        self.panel.confirmed.connect(self.confirmed)
        body = QWidget()
        body.setLayout(vbox(self.panel, None, margins=(20, 18, 20, 12)))
        body.setMaximumWidth(px(MOST_WIDE))
        self.setLayout(vbox(Card(vbox(scroll(body), margins=(1, 1, 1, 1)))))

    def load(self) -> None:
        self.panel.load()
