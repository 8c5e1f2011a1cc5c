"""The line of one service point: four parts with their counts, painted as two-line rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtGui import QPaintEvent

from ilp_desk.rows.queue import Line, QueueRow
from ui.parts.headed import HeadedDelegate, HeadedModel, Heading
from ui.theme import px, tokens
from ui.widgets import ListView, TwoLine
from ui.widgets.row_views import paint_sentence

RIGHT = 150
INSIDE, WAITING, AWAY, DONE = (
    "Sedang dipanggil / dilayani",
    "Menunggu",
    "Di tempat lain / tidak hadir",
    "Selesai",
)


Item = Heading | QueueRow


def items_of(line: Line) -> tuple[Item, ...]:
    """The line as it is listed. The two parts that change all the time are there even where they are empty."""
    items: list[Item] = []
    for text, rows in ((INSIDE, line.inside), (WAITING, line.waiting), (AWAY, line.away), (DONE, line.done)):
        if rows or text in (INSIDE, WAITING):
            items += [Heading(text, text, len(rows)), *rows]
    return tuple(items)


class LineList(ListView[Item]):
    """The list. A click chooses and does nothing else; Enter is `row_activated`."""

    def __init__(self, lines: Callable[[QueueRow], TwoLine], speak: Callable[[QueueRow], str]) -> None:
        self.items = HeadedModel(
            speak=lambda item: f"{item.text}, {item.count}" if isinstance(item, Heading) else speak(item)
        )
        super().__init__(self.items, _no_heading(lines), right=(RIGHT,), key=_key, first=False, name="Antrean")
        self.setItemDelegate(HeadedDelegate(_no_heading(lines), (RIGHT,), self))  # type: ignore[arg-type]
        self.setUniformItemSizes(False)
        self.clicked.disconnect(self._activate)
        self._empty = ("", "")

    def show_line(self, line: Line) -> None:
        """Show it; the chosen entry stays chosen wherever it stands now."""
        at = self.verticalScrollBar().value()
        self.items.answer(line.point_uid, items_of(line))
        if self.current_entry() is None:
            self.choose_first(line)
        else:
            self.verticalScrollBar().setValue(at)

    def choose_first(self, line: Line) -> None:
        """Choose whoever is inside, else the next one."""
        rows = (*line.inside, *line.waiting)
        if rows:
            self.select_key(rows[0].entry_uid)
        else:
            self.select(-1)

    def current_entry(self) -> QueueRow | None:
        """The chosen entry."""
        item = self.current_row()
        return item if isinstance(item, QueueRow) else None

    def set_sentence(self, head: str, text: str = "") -> None:
        self._empty = (head, text)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = sum(px(HeadedDelegate.HIGH if isinstance(item, Heading) else tokens().row) for item in self.items.rows)
        paint_sentence(self, below, *self._empty)


def _key(item: Item) -> Hashable:
    return item.text if isinstance(item, Heading) else item.entry_uid


def _no_heading(lines: Callable[[QueueRow], TwoLine]) -> Callable[[Item], TwoLine]:
    return lambda item: TwoLine(item.text) if isinstance(item, Heading) else lines(item)
