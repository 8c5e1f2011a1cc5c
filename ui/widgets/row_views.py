"""What the list and the table share: choosing rows by key, keys from a search field, the sentence in the free room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QStyle, QStyleOptionViewItem

from ui.paint import CENTER, draw_text
from ui.rows import RowsModel
from ui.theme import color, px, tokens

R = TypeVar("R")
SENTENCE_ROOM = 70
_HANDED_OVER = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def paint_row_ground(p: QPainter, option: QStyleOptionViewItem, hovered: bool, bar: str = "") -> None:
    """Ground of a row or cell: selection, hover, the hair line below; `bar` is the colour token of a left edge."""
    area: QRect = option.rect
    state: QStyle.StateFlag = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or hovered:
        p.fillRect(area, color("selection" if selected else "hover"))
    p.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), color("hair"))
    if bar:
        p.fillRect(QRect(area.left(), area.top(), px(3), area.height()), color(bar))


def paint_sentence(view: QAbstractItemView, below: int, head: str, text: str) -> None:
    """What to do next, in the middle of the room that is free under `below`; left out where 70 px are not free."""
    room = view.viewport().height() - below
    if not head or room < px(SENTENCE_ROOM):
        return
    k, wide = tokens(), view.viewport().width()
    p = QPainter(view.viewport())
    top = below + (room - px(42)) / 2
    draw_text(p, QRectF(12, top, wide - 24, px(20)), head, k.body, align=CENTER)
    draw_text(p, QRectF(12, top + px(21), wide - 24, px(20)), text, k.label, ink="muted", align=CENTER)


def paint_focus(view: QAbstractItemView, index: QModelIndex, whole_row: QRect) -> None:
    """The accent frame of the current row while the view has the keyboard."""
    if not view.hasFocus() or not index.isValid():
        return
    p = QPainter(view.viewport())
    p.setPen(QPen(color("accent"), 2))
    p.drawRect(whole_row.adjusted(1, 1, -1, -2))


class RowChooser(QObject, Generic[R]):
    """Keeps the chosen row of a view through model resets and hands keys of a search field to the view."""

    def __init__(
        self,
        view: QAbstractItemView,
        model: RowsModel[R],
        key: Callable[[R], Hashable] | None,
        first: bool,
        told: Callable[[R | None], None],
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._key, self._first, self._told = view, model, key, first, told
        self._kept: Hashable = None
        model.modelReset.connect(self._restore)
        view.selectionModel().currentRowChanged.connect(self._moved)
        if model.rows:
            self._restore()

    def current(self) -> R | None:
        index = self._view.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def select(self, index: int) -> None:
        """Choose row `index`; out of range chooses none."""
        target = self._model.index(index, 0) if 0 <= index < len(self._model.rows) else QModelIndex()
        self._view.setCurrentIndex(target)
        if not target.isValid():
            self._view.clearSelection()

    def select_key(self, key: Hashable) -> bool:
        """Choose the row with this key; False when it is not there."""
        if self._key is not None:
            for i, row in enumerate(self._model.rows):
                if self._key(row) == key:
                    self.select(i)
                    return True
        return False

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        row = self._model.row(now.row()) if now.isValid() else None
        if row is not None and self._key is not None:
            self._kept = self._key(row)
        self._told(row)

    def _restore(self) -> None:
        # A reset drops the current index: choose the same person again, else the first.
        if self._kept is not None and self.select_key(self._kept):
            return
        self._kept = None
        if self._first and self._model.rows:
            self.select(0)
        else:
            self._told(None)

    def follow(self, edit: QLineEdit) -> None:
        """Up, Down, PageUp and PageDown typed in `edit` move in the view; text and focus stay where they are."""
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _HANDED_OVER
        ):
            QCoreApplication.sendEvent(self._view, event)
            return True
        return False


def plain_view(view: QAbstractItemView, name: str) -> None:
    """Settings every view of rows has."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setAccessibleName(name)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalScrollBar().setSingleStep(px(24))


def hovered_row(view: QAbstractItemView) -> int:
    """Row under the mouse, -1 when it is elsewhere."""
    if not view.viewport().underMouse():
        return -1
    at: QPoint = view.viewport().mapFromGlobal(view.cursor().pos())
    return view.indexAt(at).row()
