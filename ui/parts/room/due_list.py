"""The painted list of the card: sign, name, a few words at the right, and the key that opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui.paint import RIGHT, draw_icon, draw_keycap, draw_text, keycap_width
from ui.parts.room.due_groups import LOOKS, DueGroup
from ui.rows import ROW, RowsModel
from ui.theme import color, px, text_width, tokens
from ui.widgets import ListView, TwoLine

HIGH = 27
ICON = 14


class _Delegate(QStyledItemDelegate):
    """Paints a DueGroup. `keys`: the key of each row, in order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.keys: tuple[str, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        group: DueGroup = index.data(ROW)
        chosen = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, color("selection" if chosen else "hover"))
        k, size = tokens(), px(ICON)
        icon, ink, _ = LOOKS[group.state]
        left, end = area.left() + px(2), area.right() - px(2)
        draw_icon(painter, icon, ink, left, area.top() + (area.height() - size) / 2, size)
        left += size + px(6)
        if key := self.keys[index.row()]:
            end -= keycap_width(key)
            draw_keycap(painter, end, area.top() + area.height() / 2, key)
            end -= px(7)
        late = group.state == "late"
        room = end - left
        if group.note:
            # The name goes before the words at the right, of which the figure stays; the hint has both.
            free = max(room - text_width(group.title, k.body, late) - px(10), room // 3)
            note = group.note if text_width(group.note, k.label) <= free else group.short
            wide = min(text_width(note, k.label), free)
            box = QRectF(end - wide, area.top(), wide, area.height())
            draw_text(painter, box, note, k.label, ink="danger" if late else "muted", align=RIGHT)
            end -= wide + px(8)
        name = ink if ink in ("ok", "danger", "muted") else "ink"
        box = QRectF(left, area.top(), end - left, area.height())
        draw_text(painter, box, group.title, k.body, bold=late, ink=name)


class DueListView(ListView[DueGroup]):
    """As high as its rows. Digits and Enter open a row, as a click does (`row_activated`)."""

    def __init__(self) -> None:
        self.groups: RowsModel[DueGroup] = RowsModel(speak=self._spoken)
        super().__init__(
            self.groups, lambda group: TwoLine(group.title), key=lambda g: g.key, first=False, name="Layanan hari ini"
        )
        self._painter = _Delegate(self)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_groups(self, groups: tuple[DueGroup, ...], last: str) -> None:
        """Show other lines. last: the key of the line that stands for the rest."""
        keys, number = [], 0
        for group in groups:
            if group.lines:
                number += 1
            keys.append(str(number) if group.lines else "" if group.state == "done" else last)
        self._painter.keys = tuple(keys)
        self.groups.answer("", groups)
        self.setFixedHeight(px(HIGH) * len(groups))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in self._painter.keys:
            index = self.groups.index(self._painter.keys.index(event.text()), 0)
            self.setCurrentIndex(index)
            self._activate(index)
            event.accept()
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group = self.groups.row(self.indexAt(event.pos()).row())
            QToolTip.showText(event.globalPos(), group.hint if group is not None else "", self)
            return True
        return super().viewportEvent(event)

    def focus(self) -> None:
        """The keyboard goes to the list, at the first line that opens something unless one is chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.current_row() is None:
            self.select(next((n for n, group in enumerate(self.groups.rows) if group.lines), 0))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def _spoken(self, group: DueGroup) -> str:
        return f"{LOOKS[group.state][2]}: {group.title}, {group.note}, {group.hint}"
