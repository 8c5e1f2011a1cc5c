"""Enter never surprises: the search box's question, its answer, and what Enter may do with them.

Pure logic, no Qt. A screen feeds it with what happens and carries out what it is told:

    box = AskBox(ask=self._search, act=self._do, uid=lambda hit: hit.uid)
    edit.textEdited.connect(box.typed)
    edit.returnPressed.connect(box.enter)

The promise: `act` is called only with a row that answers the text now in the box, and REGISTER only for a person
whose panel stands on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

R = TypeVar("R")


class Act(Enum):
    """What the screen is told to do with a row."""

    SELECT = "select"
    """Show who this is: a scan or an identifier found exactly one. The next Enter registers."""
    OPEN = "open"
    """Show who this is, to be asked back: chosen from a list of names. The next Enter registers."""
    REGISTER = "register"
    """Do the main act for the person on the screen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. number: grows with every question; text: as compared, spaces and case evened out."""

    number: int
    text: str


def even(text: str) -> str:
    """Text as two questions are compared: outer and double spaces gone, case folded."""
    return " ".join(text.split()).casefold()


class AskBox(Generic[R]):
    """One search box.

    ask: starts the search; what it finds comes back through `answer` (or `failed`) with the same Question.
    act: carries out an Act. After SELECT and OPEN the screen calls `shown` once the person's panel is there.
    uid: what identifies a row, to find it again in a newer answer.
    """

    def __init__(
        self, ask: Callable[[Question], None], act: Callable[[Act, R], None], uid: Callable[[R], Hashable]
    ) -> None:
        self._ask, self._act, self._uid = ask, act, uid
        self._question = Question(0, "")
        self._answered = self._question
        self._rows: tuple[R, ...] = ()
        self._exact = False
        self._row = 0
        self._opened: Hashable | None = None
        self._shown: Hashable | None = None
        self._held = False
        self._lost = False
        self._done = False

    @property
    def question(self) -> Question:
        return self._question

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows on the screen: the newest answer, perhaps still to the question before."""
        return self._rows

    @property
    def row(self) -> int:
        """The place of the chosen row in `rows`."""
        return self._row

    @property
    def waiting(self) -> bool:
        """Whether the text in the box has no answer yet. Number and text are compared."""
        return self._answered != self._question

    @property
    def held(self) -> bool:
        """Whether an Enter waits for the answer or for the panel."""
        return self._held

    @property
    def current(self) -> R | None:
        """The chosen row, if the rows answer the text now in the box."""
        return None if self.waiting or not self._rows else self._rows[self._row]

    @property
    def ready(self) -> R | None:
        """The row the next Enter would register; the screen enables its main button by it."""
        row = self.current
        if row is None or self._done or self._shown != self._uid(row):
            return None
        return row if self._sure or self._opened == self._uid(row) else None

    @property
    def _sure(self) -> bool:
        """An identifier with one hit needs no asking back."""
        return self._exact and len(self._rows) == 1

    def typed(self, text: str) -> None:
        """The text in the box is now this. Any key takes a waiting Enter back."""
        self._held = False
        if even(text) != self._question.text:
            self._fresh(even(text))

    def scanned(self, text: str) -> None:
        """A scan filled the box: asked anew even if the same card was scanned before. It selects, never registers."""
        self._held = False
        self._fresh(even(text))

    def again(self) -> None:
        """Ask the same question anew (data changed, the act failed). The chosen row is found again by its uid."""
        self._done = False
        if self._question.text:
            self._put(self._question.text)

    def answer(self, question: Question, rows: Sequence[R], exact: bool = False) -> bool:
        """Take what a search found. exact: the text is an identifier (NIK, BPJS, record number, card), no name.

        False, and nothing changes, if it answers an older question.
        """
        if question != self._question or not self.waiting:
            return False
        chosen = self._uid(self._rows[self._row]) if self._rows else None
        same_text = self._answered.text == question.text
        self._answered, self._rows, self._exact = question, tuple(rows), exact
        kept = [n for n, row in enumerate(self._rows) if same_text and self._uid(row) == chosen]
        self._row = kept[0] if kept else 0
        if not kept:
            self._opened = self._shown = None
        if self._sure:
            self._act(Act.SELECT, self._rows[0])
        if self._held and self._answered == self._question:
            self._held = False
            self.enter()
        return True

    def shown(self, uid: Hashable) -> None:
        """The panel of this person is on the screen now. Others than the chosen one are ignored."""
        row = self.current
        if row is not None and self._uid(row) == uid:
            self._shown = uid
            if self._held:
                self._held = False
                self.enter()

    def failed(self, question: Question) -> None:
        """The search or the panel could not be read. A waiting Enter is let go; the next one asks again."""
        if question == self._question:
            self._held = False
            self._lost = True
            if self._shown is None:
                self._opened = None

    def choose(self, row: int) -> None:
        """The clerk moved to this row. Moving away closes what was open and takes a waiting Enter back."""
        if row != self._row and 0 <= row < len(self._rows):
            self._row = row
            self._held = self._done = False
            self._opened = self._shown = None

    def open(self, row: int) -> None:
        """The clerk opened this row directly (double click)."""
        self.choose(row)
        if self.current is not None and self._row == row:
            self._open(self._rows[row])

    def enter(self) -> None:
        """Enter was pressed: hold it, open the person, or register."""
        row = self.current
        if self._lost:
            self.again()
        if self.waiting:
            self._held = True
        elif row is not None and not self._done:
            self._enter_on(row)

    def _enter_on(self, row: R) -> None:
        if self.ready is not None:
            self._done = True
            self._act(Act.REGISTER, row)
        elif self._sure:
            self._held = True
        elif self._opened != self._uid(row):
            self._open(row)
        # Opened, but the panel is not there yet: nobody has read it, so this Enter is not an answer to it.

    def _open(self, row: R) -> None:
        self._opened, self._shown = self._uid(row), None
        self._act(Act.OPEN, row)

    def _fresh(self, text: str) -> None:
        self._opened = self._shown = None
        self._done = False
        self._put(text)

    def _put(self, text: str) -> None:
        self._lost = False
        self._question = Question(self._question.number + 1, text)
        if text:
            self._ask(self._question)
        else:
            self._answered, self._rows, self._exact, self._row = self._question, (), False, 0
