"""All services of somebody under the headings of their states."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from ilp_desk.domain.staff import ROLE_LABELS, Role
from ilp_desk.rows.care import DueLine
from ui.paint import draw_icon, draw_text
from ui.parts.room.due_groups import LOOKS, hint_of
from ui.rows import ROW, Index, RowsModel
from ui.theme import color, px, text_width, tokens
from ui.widgets import Chip, ListView, TwoLine
from ui.widgets.list_view import TwoLineDelegate

HEADING = 30
RIGHT = (230, 130)
ORDER = ("late", "due", "no_data", "upcoming", "postponed", "refused", "lost", "done")
"""As the headings stand."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a state and how many stand in it."""

    state: str
    count: int

    @property
    def text(self) -> str:
        word = LOOKS[self.state][2]
        return word[0].upper() + word[1:]


Row = Heading | DueLine


def rows_of(lines: Sequence[DueLine]) -> tuple[Row, ...]:
    """Each state that has any, with its heading."""
    found: list[Row] = []
    for state in ORDER:
        some = [line for line in lines if line.state == state]
        if some:
            found += [Heading(state, len(some)), *some]
    return tuple(found)


def two_line(line: DueLine) -> TwoLine:
    """Name and why; at the right how it stands and who gives it, and what closes it."""
    by = ", ".join(ROLE_LABELS[Role(role)] for role in line.roles)
    closes = " atau ".join(dict.fromkeys(label for _, label in line.closes))
    return TwoLine(
        line.name,
        line.reason,
        chips=(Chip("rahasia", "neutral"),) if line.sensitive else (),
        right=((line.words, closes), (by, "")),
        bar="danger" if line.state == "late" else "",
        dim=line.state in ("lost", "refused"),
    )


class _Model(RowsModel[Row]):
    """Headings cannot be chosen; the arrow keys step over them."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Delegate(TwoLineDelegate):
    """Paints headings itself, services as rows everywhere."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if isinstance(index.data(ROW), Heading):
            return QSize(px(120), px(HEADING))
        return super().sizeHint(option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        heading = index.data(ROW)
        if not isinstance(heading, Heading):
            super().paint(painter, option, index)
            return
        area: QRect = option.rect
        painter.fillRect(area, color("background"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, color("hair"))
        icon, ink, _ = LOOKS[heading.state]
        size, side = tokens().label, px(14)
        draw_icon(painter, icon, ink, area.left() + px(12), area.top() + (area.height() - side) / 2, side)
        box = QRectF(area).adjusted(px(32), 0, -px(8), 0)
        ink = "danger" if heading.state == "late" else "muted"
        draw_text(painter, box, heading.text, size, bold=True, ink=ink)
        box.setLeft(box.left() + text_width(heading.text, size, True) + px(8))
        draw_text(painter, box, str(heading.count), size, bold=True)


class ServiceList(ListView[Row]):
    """The list; Enter or a click on a service is `row_activated`."""

    def __init__(self) -> None:
        self.items = _Model(speak=_spoken)
        shown = _headless(two_line)
        super().__init__(self.items, shown, right=RIGHT, key=_key, first=False, name="Semua layanan")
        self.setItemDelegate(_Delegate(shown, RIGHT, self))  # type: ignore[arg-type]
        self.setUniformItemSizes(False)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show them; what was chosen stays chosen wherever it stands now."""
        at = self.verticalScrollBar().value()
        self.items.answer("", rows_of(lines))
        self.verticalScrollBar().setValue(at)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.items.row(self.indexAt(event.pos()).row())
            QToolTip.showText(event.globalPos(), hint_of(row) if isinstance(row, DueLine) else "", self)
            return True
        return super().viewportEvent(event)

    def line(self) -> DueLine | None:
        """The chosen service."""
        row = self.current_row()
        return row if isinstance(row, DueLine) else None

    def choose_first(self) -> None:
        """The first service, where none is chosen."""
        if self.line() is None:
            self.select(next((n for n, row in enumerate(self.items.rows) if isinstance(row, DueLine)), -1))


def _key(row: Row) -> Hashable:
    return row.state if isinstance(row, Heading) else row.key


def _headless(lines: Callable[[DueLine], TwoLine]) -> Callable[[Row], TwoLine]:
    return lambda row: TwoLine(row.text) if isinstance(row, Heading) else lines(row)


def _spoken(row: Row) -> str:
    if isinstance(row, Heading):
        return f"{row.text}, {row.count}"
    shown = two_line(row)
    return ", ".join(filter(None, (shown.title, shown.sub, *(text for pair in shown.right for text in pair))))
