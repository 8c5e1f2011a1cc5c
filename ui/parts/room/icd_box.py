"""The search box for ICD-10: Indonesian words, WHO titles, codes; the clinician's favourites where nothing is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.encounter import CodeHit
from ui.runner import Runner
from ui.widgets import Chip, SuggestEdit, TwoLine


def code_line(hit: CodeHit) -> TwoLine:
    """A code as the list offers it."""
    chips = (Chip("sering", "accent"),) if hit.favourite else ()
    return TwoLine(hit.label, hit.title if hit.title != hit.label else "", lead=hit.code, chips=chips)


class IcdBox(SuggestEdit[CodeHit]):
    """picked(CodeHit). Enter before the answer is held: it takes a row only where there is no doubt which."""

    def __init__(self, desk: Desk, actor: Actor, runner: Runner) -> None:
        super().__init__(code_line, lambda hit: f"{hit.code} {hit.label}", "Kode atau kata, mis. O14 atau darah tinggi")
        self._desk, self._actor, self._runner = desk, actor, runner
        self._favourites: tuple[str, ...] = ()
        self._held = self._answered = ""
        self.setAccessibleName("Cari diagnosis (ICD-10)")
        self.asked.connect(self._find)
        self.textEdited.connect(self._let_go)

    def warm(self) -> None:
        """Make the index and read the favourites before somebody searches; nobody waits for it."""
        self._runner.read("room.favourites", self._prepare, self._warmed, lambda _: None, quiet=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        question = self.text().strip()
        if key == Qt.Key.Key_Down and not self.is_offering():
            self._find(question)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and question and self._unanswered(question):
            self._held = question
            self._find(question)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _unanswered(self, question: str) -> bool:
        """Whether the list that is open, if any, answers another text than the one now in the field."""
        return not self.is_offering() or self._answered != question

    def _prepare(self) -> tuple[str, ...]:
        self._desk.examination.find_codes(self._actor, "Z00")
        return self._desk.examination.favourites(self._actor)

    def _warmed(self, favourites: tuple[str, ...]) -> None:
        self._favourites = favourites

    def _let_go(self, _: str) -> None:
        self._held = ""

    def _find(self, question: str) -> None:
        favourites = self._favourites
        self._runner.read(
            "room.codes",
            lambda: self._desk.examination.find_codes(self._actor, question, favourites),
            lambda hits: self._found(question, hits),
        )

    def _found(self, question: str, hits: tuple[CodeHit, ...]) -> None:
        held, self._held, self._answered = self._held, "", question
        if held and held == question == self.text().strip():
            sure = [hit for hit in hits if hit.code.casefold() == question.casefold()] or hits
            if len(sure) == 1:
                self.put_away()
                self.picked.emit(sure[0])
                return
        self.offer(question, hits)
