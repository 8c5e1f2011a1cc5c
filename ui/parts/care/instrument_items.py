"""One item of an instrument as a row: its domain, its words, what the record knows of it, and its answers as keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ilp_desk.domain.prefill import Known
from ilp_desk.domain.reference.instruments import Item, Kind
from ilp_desk.domain.scoring import OutOfRange, decimal_text, read_answer
from ui.paint import draw_keycap, draw_panel, draw_text, keycap_width
from ui.theme import color, px, text_width, tokens
from ui.widgets import LineEdit, Paragraph, Text

KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GROUP, EDGE, GAP = 88, 14, 6
LEAST_WORDS = 250
"""Design pixels the words of an item keep beside its answers; else the answers go below them."""
NUMBER = 170
HIGH = 30
PAD = 8


class AnswerKey(QAbstractButton):
    """One possible answer with its key; checked while it is the answer."""

    def __init__(self, text: str, key: str, spoken: str) -> None:
        super().__init__()
        self.key = key
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(f"{spoken}: {text}")
        self.setAccessibleDescription(f"Tombol {key}" if key else "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        key = keycap_width(self.key) + px(7) if self.key else 0
        return QSize(text_width(self.text(), tokens().body, True) + key + px(22), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, on, k = QPainter(self), self.isChecked(), tokens()
        fill, line, ink = ("accent", "accent", "on_accent") if on else ("card", "line_strong", "ink")
        if not self.isEnabled() and not on:
            fill, ink = "disabled_bg", "disabled_ink"
        elif not on and self.underMouse():
            fill = "hover"
        draw_panel(p, self.rect(), fill, line, k.radius_field)
        left = px(11)
        wide = text_width(self.text(), k.body, on)
        draw_text(p, QRectF(left, 0, wide + 2, self.height()), self.text(), k.body, bold=on, ink=ink)
        if self.key:
            draw_keycap(p, left + wide + px(7), self.height() / 2, self.key)


class ItemRow(QWidget):
    """answered(code): its answer is another one; entered(code): Enter, go on; here(code): the keyboard is here now;
    stepped(code, -1 or 1): an arrow. The answer is text as it is stored, None without one."""

    answered = Signal(str)
    entered = Signal(str)
    here = Signal(str)
    stepped = Signal(str, int)

    def __init__(self, item: Item, number: int, grouped: bool) -> None:
        super().__init__()
        self.item = item
        self._left = item.group if grouped else f"{number}."
        self._grouped, self._current = grouped, False
        self._answer: str | None = None
        self._known: Known | None = None
        self._words = Paragraph()
        self._words.setParent(self)
        self.keys: list[AnswerKey] = []
        self.editor: LineEdit | None = None
        if item.kind is Kind.NUMBER:
            self._make_editor()
        else:
            self._make_keys()
        self._refusal = ""
        self.setAccessibleName(item.text)
        self.setAccessibleDescription(item.hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tell()

    def _make_editor(self) -> None:
        item = self.item
        limits = f"{decimal_text(item.low)} sampai {decimal_text(item.high)}"
        long = len(f"{item.high:f}") + (item.decimals + 1 if item.decimals else 0)
        self.editor = LineEdit(tail=item.unit, placeholder=limits, name=item.text, max_length=long)
        self.editor.setParent(self)
        self.editor.textEdited.connect(self._typed)
        self.editor.returnPressed.connect(lambda: self.entered.emit(item.code))
        self.editor.editingFinished.connect(lambda: self.refuse(self.trouble()))
        self.setFocusProxy(self.editor)
        self.editor.installEventFilter(self)

    def _make_keys(self) -> None:
        for option, key in zip(self.item.options, (*KEYS, *("" for _ in self.item.options)), strict=False):
            button = AnswerKey(option.label, key, self.item.text)
            button.setParent(self)
            button.clicked.connect(lambda _=False, value=option.value: self.give(value))
            self.keys.append(button)

    # What it says

    @property
    def answer(self) -> str | None:
        return self._answer

    def give(self, value: str | None) -> None:
        """The user answers, or takes the answer back with None."""
        self._show(value)
        self.refuse("")
        self.answered.emit(self.item.code)
        if value is not None and self.editor is None:
            self.entered.emit(self.item.code)

    def set_answer(self, value: str | None) -> None:
        """Show an answer without telling anybody."""
        self._show(value)
        if self.editor is not None:
            self.editor.setText("" if value is None else value.replace(".", ","))

    def set_known(self, known: Known | None) -> None:
        """What the record of the day says of it."""
        self._known = known
        self._tell()

    def refuse(self, sentence: str) -> None:
        """Why its answer cannot be kept; empty: it can."""
        if sentence != self._refusal:
            self._refusal = sentence
            self._tell()

    def trouble(self) -> str:
        """What is wrong with the number that is typed."""
        if self.editor is None or self._answer is None:
            return ""
        try:
            read_answer(self.item, self._answer)
        except OutOfRange as wrong:
            return wrong.sentence
        return ""

    def set_current(self, on: bool) -> None:
        """Whether this is the item in hand."""
        if on != self._current:
            self._current = on
            self.update()

    def set_writable(self, on: bool) -> None:
        for key in self.keys:
            key.setEnabled(on)
        if self.editor is not None:
            self.editor.setReadOnly(not on)

    def _show(self, value: str | None) -> None:
        self._answer = value
        for option, key in zip(self.item.options, self.keys, strict=False):
            key.setChecked(option.value == value)

    def _typed(self, text: str) -> None:
        self._answer = text.strip() or None
        self.refuse("")
        self.answered.emit(self.item.code)

    def _tell(self) -> None:
        parts = [Text(self.item.text)]
        if self._known is not None:
            parts.append(Text(f"  {self._known.words}", muted=True))
        if self.item.hint:
            parts.append(Text(f"\n{self.item.hint}", muted=True))
        if self._refusal:
            parts.append(Text(f"\n{self._refusal}", color="danger"))
        self._words.set_parts(parts)
        self.updateGeometry()
        self._arrange()

    # Where it stands

    def _plan(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        """Every part with its place, and the height of the whole."""
        left = px(EDGE) + (px(GROUP) if self._grouped else px(30))
        right = width - px(EDGE)
        answers = self._answers()
        wanted = sum(size.width() for _, size in answers) + px(GAP) * (len(answers) - 1)
        beside = right - left - wanted - px(16) >= px(LEAST_WORDS)
        words = right - left - (wanted + px(16) if beside else 0)
        high = max(self._words.heightForWidth(words), px(20))
        top = px(PAD)
        places: list[tuple[QWidget, QRect]] = []
        if beside:
            tall = max(high, px(HIGH))
            places.append((self._words, QRect(left, top, words, tall)))
            x = right - wanted
            for part, size in answers:
                places.append((part, QRect(x, top + (tall - px(HIGH)) // 2, size.width(), px(HIGH))))
                x += size.width() + px(GAP)
            bottom = top + tall
        else:
            places.append((self._words, QRect(left, top, words, high)))
            bottom = top + high + px(5)
            x = left
            for part, size in answers:
                if x > left and x + size.width() > right:
                    x, bottom = left, bottom + px(HIGH + 5)
                places.append((part, QRect(x, bottom, min(size.width(), right - left), px(HIGH))))
                x += size.width() + px(GAP)
            bottom += px(HIGH)
        return places, bottom + px(PAD)

    def _answers(self) -> list[tuple[QWidget, QSize]]:
        if self.editor is not None:
            return [(self.editor, QSize(px(NUMBER), px(HIGH)))]
        return [(key, key.sizeHint()) for key in self.keys]

    def _arrange(self) -> None:
        for part, place in self._plan(self.width())[0]:
            part.setGeometry(place)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._plan(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(px(600), self.heightForWidth(self.width() or px(600)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(HIGH + 2 * PAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, k = QPainter(self), tokens()
        if self._current:
            p.fillRect(self.rect(), color("selection"))
            p.fillRect(0, 0, px(4), self.height(), color("accent"))
        p.setPen(QPen(color("hair")))
        p.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        words = self._words.geometry()
        box = QRectF(px(EDGE), words.top(), px(GROUP - 8) if self._grouped else px(26), words.height())
        draw_text(p, box, self._left, k.body, ink="muted")

    # Keys and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.here.emit(self.item.code)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.here.emit(self.item.code)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.here.emit(self.item.code)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        chosen = self._chosen(event.text().upper()) if plain else None
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self.stepped.emit(self.item.code, -1 if key == Qt.Key.Key_Up else 1)
        elif chosen is not None:
            if chosen.isEnabled():
                chosen.click()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and plain:
            if self._answer is not None and all(one.isEnabled() for one in self.keys):
                self.give(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit(self.item.code)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _chosen(self, key: str) -> AnswerKey | None:
        return next((one for one in self.keys if key and one.key == key), None)
