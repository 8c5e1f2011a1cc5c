"""Telling a barcode scanner from a hand. `Burst` and `Shapes` are pure; `ScannerFilter` watches the application.

A scanner types a code in a few milliseconds and ends it with Enter or Tab. A scan gives the field the clerk was in
back as it was, its own Enter is swallowed, and the code goes to whoever takes scans on the present screen.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


class ScanKind(Enum):
    SIXTEEN_DIGITS = "16"
    """NIK or family card number (KK): only the search can tell."""
    BPJS = "bpjs"
    RECORD = "record"
    UID = "uid"
    """A QR code printed by this program; the value is the uid alone."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A recognised code. value: what to search for."""

    kind: ScanKind
    value: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The forms a code may have. record: pattern of this site's record numbers, as printed on its labels."""

    record: str = r"(?:RM[ .:-]?)?(\d{2}(?:-\d{2,4}){1,3}|\d{6,10})"
    qr_prefix: str = "ILP1:"

    def recognise(self, code: str) -> Scan | None:
        """The scan, or None for a code no card, label or letter of ours has."""
        code = code.strip()
        if code.startswith(self.qr_prefix):
            uid = code.removeprefix(self.qr_prefix)
            return Scan(ScanKind.UID, uid) if re.fullmatch(r"[0-9A-Za-z-]{8,64}", uid) else None
        if re.fullmatch(r"[0-9]{16}", code):
            return Scan(ScanKind.SIXTEEN_DIGITS, code)
        if re.fullmatch(r"[0-9]{13}", code):
            return Scan(ScanKind.BPJS, code)
        record = re.fullmatch(self.record, code, re.ASCII)
        return Scan(ScanKind.RECORD, record.group(record.lastindex or 0)) if record else None


@dataclass
class Burst:
    """Feed it every sign with its time in milliseconds; it tells when a burst of signs was a scan.

    gap: longest pause between two signs, ms; end_gap: longest pause before the Enter of a burst that is long enough
    already (no hand is that quick, so a lazy Enter is still the scanner's); least: fewest signs of a scan.
    """

    gap: float = 35
    end_gap: float = 150
    least: int = 6
    _signs: list[str] = field(default_factory=list)
    _last: float = float("-inf")

    def fresh(self, ms: float) -> bool:
        """Whether a sign at this time begins a new burst."""
        return not self._signs or not 0 <= ms - self._last <= self.gap

    def feed(self, sign: str, ms: float) -> str | None:
        """The code, when this sign (Enter or Tab) ends a burst long enough; else None."""
        if sign not in "\r\n\t":
            if self.fresh(ms):
                self._signs.clear()
            self._signs.append(sign)
            self._last = ms
            return None
        in_time = 0 <= ms - self._last <= self.end_gap
        code = "".join(self._signs)
        self._signs.clear()
        self._last = ms
        return code if in_time and len(code) >= self.least else None

    def stray_end(self, sign: str, ms: float) -> bool:
        """Whether this is the second end sign of a scanner that sends CR and LF."""
        return sign in "\r\n\t" and not self._signs and 0 <= ms - self._last <= self.gap

    def drop(self) -> None:
        """Forget what was begun: a key no scanner sends came between."""
        self._signs.clear()


Taker = Callable[[Scan], None]
"""What a screen does with a scan."""


class ScannerFilter(QObject):
    """Watches the keys of the whole application, and when somebody last touched it (one filter does both).

    taker: asked at each scan who takes it now; None means the code belongs into the field it was typed in, as into
    the BPJS field of a form. The scanner's Enter is swallowed in both cases.
    """

    _INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})
    _ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
    _FOREIGN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

    def __init__(self, app: QApplication, taker: Callable[[], Taker | None], shapes: Shapes | None = None) -> None:
        super().__init__(app)
        self._taker, self._shapes = taker, shapes or Shapes()
        self._burst = Burst()
        self._restore: Callable[[], None] = _nothing
        self._scanned = False
        self._touched = time.monotonic()
        app.installEventFilter(self)

    def untouched(self) -> float:
        """Seconds since the last key, click or turn of the wheel."""
        return time.monotonic() - self._touched

    def touch(self) -> None:
        """Count from now, as after signing in."""
        self._touched = time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in self._INPUT:
            return False
        self._touched = time.monotonic()
        if not isinstance(event, QKeyEvent):
            return False
        # An ignored key travels up through the parents; it counts once, at the widget that has the focus.
        focus = QApplication.focusWidget()
        if not isinstance(watched, QWidget) or (focus is not None and watched is not focus):
            return False
        return self._key(watched, event)

    def _key(self, widget: QWidget, event: QKeyEvent) -> bool:
        end = event.key() in self._ENDS
        sign = "\r" if end else event.text()
        if event.isAutoRepeat():
            self._burst.drop()
            # A held Enter is one Enter, wherever Enter means "do it".
            return event.key() != Qt.Key.Key_Tab and end and not isinstance(widget, QPlainTextEdit | QTextEdit)
        if not sign or event.modifiers() & self._FOREIGN or not (end or sign.isprintable()):
            if sign:
                self._burst.drop()
            return False
        # Delivery time makes typing that waited behind a stall look like a scan; events of tests carry no stamp.
        ms = float(event.timestamp()) or time.monotonic() * 1000
        if end and self._scanned and self._burst.stray_end(sign, ms):
            return True
        if self._burst.fresh(ms):
            self._restore = _memory(widget)
        code = self._burst.feed(sign, ms)
        scan = self._shapes.recognise(code) if code else None
        self._scanned = scan is not None
        if scan is None:
            return False
        take = self._taker()
        if take is not None:
            self._restore()
            take(scan)
        return True


def _nothing() -> None:
    """Nothing to give back: the widget takes no text."""


def _memory(widget: QWidget) -> Callable[[], None]:
    """What gives this field back as it is now: text, cursor, selection."""
    if isinstance(widget, QComboBox) and not widget.isEditable():
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return _text_memory(widget)
    edit = widget if isinstance(widget, QLineEdit) else None
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        edit = widget.findChild(QLineEdit)
    return _line_memory(edit) if edit is not None else _nothing


def _line_memory(edit: QLineEdit) -> Callable[[], None]:
    text, cursor = edit.text(), edit.cursorPosition()
    start, length = edit.selectionStart(), edit.selectionLength()

    def restore() -> None:
        if edit.text() != text:
            edit.setText(text)
            # Drafts and searches listen to edits by the user; without this they would keep the scanned digits.
            edit.textEdited.emit(text)
        edit.setCursorPosition(cursor)
        if start >= 0:
            edit.setSelection(start, length)

    return restore


def _text_memory(edit: QPlainTextEdit | QTextEdit) -> Callable[[], None]:
    text, before = edit.toPlainText(), edit.textCursor()
    anchor, position = before.anchor(), before.position()

    def restore() -> None:
        cursor = edit.textCursor()
        if edit.toPlainText() != text:
            # Through a cursor, so that what was typed before can still be undone.
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    return restore
