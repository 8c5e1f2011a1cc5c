"""Where the focus goes in the form about a person: to what is wrong, to what is empty, to what was scanned."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QScrollArea, QWidget

from ui.parts.person.fields import PersonFields
from ui.scanner import Scan, ScanKind

NEXT = (
    *("nik", "name", "sex", "birth"),
    *("kk", "relationship", "mother_name"),
    *("bpjs", "payer"),
    *("area_uid", "phone"),
)
"""What Enter visits, if it is empty: who it is, the family, who pays, where to find them."""
_SCANNED = {ScanKind.BPJS: "bpjs", ScanKind.RECORD: "old_number", ScanKind.SIXTEEN_DIGITS: "nik"}


class Going(QObject):
    """carded(uid): the card of somebody registered was scanned."""

    carded = Signal(str)

    def __init__(self, fields: PersonFields, area: QScrollArea, main: QPushButton, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._area, self._main = fields, area, main
        self._passed: set[str] = set()

    def start(self, *, known: bool, unnamed: bool) -> None:
        """The first field to type in: of somebody known the first that is empty, else NIK, or the name after it."""
        form = self._fields.form()
        if known:
            empty = next((name for name in NEXT if not self._fields.says(name, form)), "name")
            self.to("name" if unnamed else empty)
        else:
            self.to("name" if form.nik and not form.name else "nik")

    def to(self, name: str) -> None:
        """Put the focus into a field, shown and in sight."""
        self._fields.uncover(name)
        target = self._fields.editor(name)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(target)

    def reveal(self, target: QWidget) -> None:
        """Bring into sight; what was hidden until now has its place only after the next layout."""
        QTimer.singleShot(0, target, lambda: self._area.ensureWidgetVisible(target))

    def enter(self) -> None:
        """Enter: a button is pressed, a field is left for the next empty one."""
        here = QApplication.focusWidget()
        if isinstance(here, QPushButton):
            here.click()
        elif isinstance(here, QLineEdit | QComboBox):
            self.on(here)

    def on(self, here: QWidget) -> None:
        """From a field to the next empty one that matters, at last to the main button.

        A field left empty by Enter was left so on purpose: nobody is sent there again.
        """
        at = next((n for n, name in enumerate(NEXT) if self._fields.editor(name) is here), -1)
        form = self._fields.form()
        if at >= 0 and not self._fields.says(NEXT[at], form):
            self._passed.add(NEXT[at])
        for name in (*NEXT[at + 1 :], *NEXT[: max(at, 0)]):
            target = self._fields.editor(name)
            open_still = name not in self._passed and not self._fields.says(name, form)
            if open_still and target.isEnabled() and target.isVisible():
                self.to(name)
                return
        self._main.setFocus(Qt.FocusReason.TabFocusReason)

    def take(self, scan: Scan) -> None:
        """A scanned number goes into its field, wherever the focus is: the NIK first, then the KK."""
        if scan.kind is ScanKind.UID:
            self.carded.emit(scan.value)
            return
        name = _SCANNED[scan.kind]
        on_kk = QApplication.focusWidget() is self._fields.editor("kk")
        if name == "nik" and (on_kk or self._other_nik(scan.value)):
            name = "kk"
        self._fields.uncover(name)
        self._fields.type_in(name, scan.value)
        self.on(self._fields.editor(name))

    def _other_nik(self, number: str) -> bool:
        typed = "".join(self._fields.form().nik.split())
        return typed not in ("", number)
