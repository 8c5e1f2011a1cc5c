"""All services of somebody under the headings of their states."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from ilp_desk.domain.staff import ROLE_LABELS, Role
from ilp_desk.rows.care import DueLine
from ui.parts.headed import HeadedDelegate, HeadedModel, Heading
from ui.parts.room.due_groups import LOOKS, hint_of
from ui.widgets import Chip, ListView, TwoLine

RIGHT = (230, 130)
ORDER = ("late", "due", "no_data", "upcoming", "postponed", "refused", "lost", "done")
"""As the headings stand."""


Row = Heading | DueLine


def rows_of(lines: Sequence[DueLine]) -> tuple[Row, ...]:
    """Each state that has any, with its heading."""
    found: list[Row] = []
    for state in ORDER:
        some = [line for line in lines if line.state == state]
        if some:
            found += [_heading(state, len(some)), *some]
    return tuple(found)


def _heading(state: str, count: int) -> Heading:
    icon, ink, word = LOOKS[state]
    text = word[0].upper() + word[1:]
    return Heading(state, text, count, (icon, ink), "danger" if state == "late" else "muted")


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


class _Delegate(HeadedDelegate):
    HIGH = 30


class ServiceList(ListView[Row]):
    """The list; Enter or a click on a service is `row_activated`."""

    def __init__(self) -> None:
        self.items = HeadedModel(speak=_spoken)
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
    return row.key


def _headless(lines: Callable[[DueLine], TwoLine]) -> Callable[[Row], TwoLine]:
    return lambda row: TwoLine(row.text) if isinstance(row, Heading) else lines(row)


def _spoken(row: Row) -> str:
    if isinstance(row, Heading):
        return f"{row.text}, {row.count}"
    shown = two_line(row)
    return ", ".join(filter(None, (shown.title, shown.sub, *(text for pair in shown.right for text in pair))))
