"""What every editor of the open visit can do, and the commands a save is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter
from ui.widgets import Field

Content = dict[str, object]
"""What is typed and not saved, as plain JSON; empty for nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """One command of a save.

    run: off the GUI thread. On the GUI thread: done: told what it gave; failed: told why not, gives whether a field
    shows the sentence now.
    """

    run: Callable[[], object]
    done: Callable[[object], None]
    failed: Callable[[UserError], bool]


class Part(QWidget):
    """Something of the visit that is typed: shows what stands, keeps what is being typed, gives orders to save it.

    edited: what is typed has changed. name: of its place in the draft. act: what the actor must be allowed to do here.
    """

    edited = Signal()
    name = ""
    act = ""

    def show_visit(self, visit: Encounter) -> None:
        """Show what stands on record. What is being typed is never touched."""
        raise NotImplementedError

    def typed(self) -> Content:
        """What is typed and not saved."""
        raise NotImplementedError

    def put_back(self, content: Mapping[str, object]) -> None:
        """Take up what `typed` gave earlier; `show_visit` has been called before."""
        raise NotImplementedError

    def orders(self, visit: Encounter) -> list[Order]:
        """What saves it, as far as it can be saved."""
        raise NotImplementedError

    def trouble(self) -> QWidget | None:
        """Where something typed cannot be saved as it stands; its sentence is beside it."""
        return None

    def left(self) -> list[str]:
        """Names of what is typed and cannot be saved as it stands."""
        trouble = self.trouble()
        return [trouble.accessibleName()] if trouble is not None else []

    def clear(self) -> None:
        """Forget the visit and what was typed."""
        raise NotImplementedError

    def set_writable(self, on: bool) -> None:
        """Whether the actor may write here, in a visit that is open."""
        raise NotImplementedError


def text_of(content: Mapping[str, object], key: str) -> str:
    """A text out of a draft; empty where the draft holds something else."""
    value = content.get(key)
    return value if isinstance(value, str) else ""


def alone(field: Field) -> Field:
    """A field whose editor stands in the tab order by itself: the Tab key would follow a field's proxy back to where
    the field was made, not where the editor stands now."""
    field.setFocusProxy(None)  # type: ignore[arg-type]
    return field


def enterable(*buttons: QPushButton) -> None:
    """Enter presses them as Space does: nobody looks for another key in the middle of a visit."""
    for button in buttons:
        button.setAutoDefault(True)


def clear_column(column: QVBoxLayout) -> None:
    """Take all widgets out of a column and let them go."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
