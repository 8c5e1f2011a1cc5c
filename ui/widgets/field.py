"""One form field: label, editor and a sentence beneath it that is always there, so that a message moves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.paint import draw_icon, draw_text
from ui.theme import color, font, metrics, px, text_width, tokens
from ui.widgets.base import hbox, restyle, vbox
from ui.widgets.editors import LineEdit

State = Literal["", "error", "ok", "warn"]
Check = Callable[[str], tuple[State, str]]
MOST_LINES = 3
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

_LOOK: dict[State, tuple[str, str]] = {
    "": ("", "muted"),
    "error": ("alert", "danger"),
    "warn": ("warn", "warning"),
    "ok": ("check", "ok"),
}


class _HasText(Protocol):
    def text(self) -> str: ...


class Sentence(QWidget):
    """Plain words below a field with an icon for its state. One line; a long sentence takes a second and a third."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State = ""
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def set(self, state: State, text: str) -> None:
        """Show another sentence (empty: none)."""
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self._fit()
        self.update()

    def text(self) -> str:
        return self._text

    def _left(self) -> int:
        return px(18) if _LOOK[self._state][0] else 0

    def _fit(self) -> None:
        line, lines = px(tokens().sentence), 1
        room = self.width() - self._left()
        if self._text and room > px(40):
            box = metrics(tokens().label).boundingRect(QRect(0, 0, room, 1000), _WRAP, self._text)
            lines = min(MOST_LINES, max(1, round(box.height() / metrics(tokens().label).lineSpacing())))
        if self.height() != line * lines or self.minimumHeight() != line * lines:
            self.setFixedHeight(line * lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        p = QPainter(self)
        icon, ink = _LOOK[self._state]
        line, left = px(tokens().sentence), self._left()
        if icon:
            size = px(14)
            draw_icon(p, icon, ink, 0, (line - size) / 2, size)
        if self.height() <= line:
            draw_text(p, QRectF(left, 0, self.width() - left, line), self._text, tokens().label, ink=ink)
            return
        p.setFont(font(tokens().label))
        p.setPen(color(ink))
        p.drawText(QRect(left, 0, self.width() - left, self.height()), _WRAP, self._text)


class FieldLabel(QLabel):
    """The words over an editor; where the field is narrow the short ones, or else elided, and whole as a hint."""

    def __init__(self, text: str, buddy: QWidget) -> None:
        super().__init__(text)
        self.short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "label")
        self.setBuddy(buddy)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = tokens().label
        narrow = text_width(self.text(), size) > self.width()
        self.setToolTip(self.text() if narrow else "")
        ink = "muted" if self.isEnabled() else "disabled_ink"
        draw_text(
            QPainter(self), QRectF(self.rect()), self.short if narrow and self.short else self.text(), size, ink=ink
        )


class Field(QWidget):
    """Label, editor, sentence.

    `suffix` is a unit painted inside a line edit ("mmHg"), else added to the label. `check` gives (state, sentence) for
    the text and runs at every change. `corner` is a small widget at the right of the label. `reserve=False` leaves out
    the sentence line until there is one (for panels where every pixel counts).
    """

    def __init__(
        self,
        label_text: str,
        editor: QWidget,
        suffix: str = "",
        check: Check | None = None,
        corner: QWidget | None = None,
        reserve: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._check, self._reserve = check, reserve
        with_unit = f"{label_text} ({suffix})" if suffix else label_text
        inside = bool(suffix) and isinstance(editor, LineEdit)
        self.label = FieldLabel(label_text if inside else with_unit, editor)
        if isinstance(editor, LineEdit) and suffix:
            editor.set_tail(suffix)
            # Where the unit has no room beside the value it moves into the label.
            editor.tail_shown.connect(lambda fits: self.label.setText(label_text if fits else with_unit))
        self.sentence = Sentence()
        if not reserve:
            self.sentence.hide()
        # A buddy names the editor only when both have the same parent; the name is set as well.
        editor.setAccessibleName(with_unit)
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, editor.sizePolicy().verticalPolicy())
        if isinstance(editor, QLineEdit | QComboBox):
            editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        top = hbox(self.label, spacing=4)
        top.setStretch(0, 1)
        if corner is not None:
            top.addWidget(corner)
        self.setLayout(vbox(top, editor, self.sentence, spacing=2))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(px(40))
        self.setFocusProxy(editor)
        self.state: State = ""
        self._full = False
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._forget_full)
            # After the check of the same key, which would wipe the sentence.
            editor.inputRejected.connect(lambda: QTimer.singleShot(0, self, self._tell_full))
        if check is not None:
            self._watch()

    def _watch(self) -> None:
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.textChanged.connect(self.validate)
        elif isinstance(self.editor, QComboBox):
            self.editor.currentIndexChanged.connect(self.validate)

    def _tell_full(self) -> None:
        """Nothing that was typed or pasted is dropped without a word."""
        editor = self.editor
        if isinstance(editor, QLineEdit) and len(editor.text().encode("utf-16-le")) // 2 >= editor.maxLength():
            self.set_state("warn", f"Hanya muat {editor.maxLength()} huruf; sisanya tidak ikut. Ringkas tulisannya.")
            self._full = True

    def _forget_full(self) -> None:
        if self._full:
            self._full = False
            self.set_state("")

    def text(self) -> str:
        """What stands in the editor, as text."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return editor.currentText()
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        if isinstance(editor, QLineEdit):
            return editor.text()
        reader: _HasText = editor  # type: ignore[assignment]
        return reader.text()

    def validate(self) -> State:
        """Run the check on what stands there and show what it says."""
        if self._check is not None:
            self.set_state(*self._check(self.text()))
        return self.state

    def set_state(self, state: State, sentence: str = "") -> None:
        """Show a state and its sentence beside the field; both are read out with the field."""
        self.state = state
        restyle(self.editor, state=state)
        self.sentence.set(state, sentence)
        if not self._reserve:
            self.sentence.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().minimumSizeHint().height())
