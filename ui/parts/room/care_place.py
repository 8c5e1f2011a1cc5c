"""Where the views of the life cycle stand in the room: the person's banner, and under it the view that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.page import Context
from ui.parts.care import VIEWS
from ui.parts.care.view import CareCase, CareView
from ui.parts.room.person_banner import PersonBanner
from ui.widgets import vbox


class CarePlace(QWidget):
    """closed: the visit is wanted again; recorded: something is on record now; turned: another view stands here;
    sends(point, note): the patient is to be sent on; asks_signs: the danger signs are to be asked."""

    closed = Signal()
    recorded = Signal()
    turned = Signal()
    sends = Signal(str, str)
    asks_signs = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._built: dict[str, CareView] = {}
        self._case: CareCase | None = None
        self.view: CareView | None = None
        self.banner = PersonBanner(context.desk.reference)
        self._stack = QStackedWidget()
        column = vbox(self.banner, self._stack, spacing=10)
        column.setStretch(1, 1)
        self.setLayout(column)

    def open(self, code: str, case: CareCase, target: str) -> None:
        """Put a view here. KeyError for one that VIEWS does not list."""
        view = self._built.get(code)
        if view is None:
            view = self._built[code] = VIEWS[code](self._context)
            view.closed.connect(self.closed)
            view.recorded.connect(self.recorded)
            view.opens.connect(self._opens)
            view.sends.connect(self.sends)
            view.asks_signs.connect(self.asks_signs)
            self._stack.addWidget(view)
        if self.view is not None and self.view is not view:
            self.view.keep()
        self._case, self.view = case, view
        self.banner.show_visit(case.visit)
        self._stack.setCurrentWidget(view)
        self.turned.emit()
        view.open(case, target)

    def show_case(self, case: CareCase) -> None:
        """The visit was read anew."""
        self._case = case
        self.banner.show_visit(case.visit)
        if self.view is not None:
            self.view.show_case(case)

    def leave(self) -> None:
        """Nothing stands here any more; what is typed was kept."""
        if self.view is not None:
            self.view.keep()
        self._case = self.view = None
        self.banner.clear()

    def _opens(self, code: str, target: str) -> None:
        if self._case is not None:
            self.open(code, self._case, target)
