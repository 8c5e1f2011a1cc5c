"""Lists: one model of frozen rows, a two-line list for short answers, a table for long ones.

Both views paint their rows themselves, so that 100,000 rows scroll as ten do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

R = TypeVar("R")
ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column of a table: title, `text` of a row, width in design pixels (0: takes what is left).

    `chip` gives (text, tone) painted after the text, or None. `ink` is a colour token for the row's text. An `optional`
    column leaves first where the table is narrow.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    align: Literal["left", "right", "center"] = "left"
    bold: bool = False
    muted: bool = False
    chip: Callable[[R], tuple[str, str] | None] | None = None
    ink: Callable[[R], str] | None = None
    optional: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Frozen rows and the question they answer.

    `speak` gives what a screen reader says for a row; without it the columns' texts are joined. A long list is paged:
    `answer(..., more=True)` makes the view ask for the next page through `more_wanted`, `append` adds it.
    """

    more_wanted = Signal()

    def __init__(self, columns: Sequence[Column[R]] = (), speak: Callable[[R], str] | None = None) -> None:
        super().__init__()
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self.rows: tuple[R, ...] = ()
        self.question = ""
        self._speak = speak
        self._more = self._asked = False

    def answer(self, question: str, rows: Sequence[R], more: bool = False) -> None:
        """Replace all rows by the answer to `question`."""
        self.beginResetModel()
        self.rows, self.question, self._more, self._asked = tuple(rows), question, more, False
        self.endResetModel()

    def append(self, rows: Sequence[R], more: bool = False) -> None:
        """Add the next page below."""
        self._more, self._asked = more, False
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += tuple(rows)
            self.endInsertRows()

    def row(self, index: int) -> R | None:
        """The row at `index`, None when there is none."""
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def spoken(self, row: R) -> str:
        if self._speak is not None:
            return self._speak(row)
        return ", ".join(filter(None, (c.text(row) for c in self.columns)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else max(1, len(self.columns))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole and self.columns:
            return self.columns[index.column()].text(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self.columns:
            return self.columns[section].title
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self._more and not self._asked:
            self._asked = True
            self.more_wanted.emit()
