"""Texts of the visit that several colleagues may write: the complaint, and the sections of the examination.

Whoever finds that a colleague was faster sees both texts and decides; nothing typed is taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.clinical import Note
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter
from ilp_desk.services.examination import SomebodyElseWrote
from ui.parts.room.part import Content, Order, Part, alone, enterable, text_of
from ui.widgets import Banner, Field, KeyButton, LineEdit, Runs, Text, TextArea, vbox


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on record: key tells one writing from another, by and at say whose it is and since when."""

    key: str = ""
    text: str = ""
    by: str = ""
    at: str = ""

    @property
    def whose(self) -> str:
        return " · ".join(part for part in (self.by, self.at) if part)


class TextPart(Part):
    """Label, editor, who wrote it, and below it the text of a colleague who was faster.

    clashed: such a text has just come.
    """

    clashed = Signal()

    def __init__(self, name: str, label: str, editor: LineEdit | TextArea, desk: Desk, actor: Actor) -> None:
        super().__init__()
        self.name, self.editor = name, editor
        self._desk, self._actor = desk, actor
        self._base = Standing()
        self._clash: Standing | None = None
        self._quiet = False
        self.whose = Runs(size=12, fixed=True)
        self.field = alone(Field(label, editor, corner=self.whose, reserve=False))
        self._merge = KeyButton("Gabungkan", small=True)
        self._mine = KeyButton("Punya saya", small=True)
        self._theirs = KeyButton("Punya rekan", small=True)
        enterable(self._merge, self._mine, self._theirs)
        self._mine.setAccessibleName("Pakai tulisan saya")
        self._theirs.setAccessibleName("Pakai tulisan rekan")
        self._merge.clicked.connect(self._take_both)
        self._mine.clicked.connect(self._take_mine)
        self._theirs.clicked.connect(self._take_theirs)
        self.banner = Banner("warning", "", buttons=(self._merge, self._mine, self._theirs))
        self.banner.hide()
        self.setLayout(vbox(self.field, self.banner, spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        editor.textChanged.connect(self._changed)

    # What differs between a complaint and a section

    def standing(self, visit: Encounter) -> Standing:
        """What stands on record now."""
        raise NotImplementedError

    def write(self, visit_uid: str, text: str, seen: str) -> object:
        """The command; off the GUI thread."""
        raise NotImplementedError

    def key_after(self, answer: object, sent: str) -> str:
        """Key of what the command wrote."""
        raise NotImplementedError

    # Part

    def show_visit(self, visit: Encounter) -> None:
        now = self.standing(visit)
        if not self._dirty() or now.text.strip() == self._text().strip():
            self._rest_on(now)
        elif now.key != self._base.key:
            self._show_clash(now)

    def typed(self) -> Content:
        if not self._dirty():
            return {}
        return {"text": self._text(), "seen": self._base.key, "base": self._base.text}

    def put_back(self, content: Mapping[str, object]) -> None:
        now = self._base
        self._set(text_of(content, "text"))
        if now.key != text_of(content, "seen") and self._dirty():
            self._base = Standing(text_of(content, "seen"), text_of(content, "base"))
            self._show_clash(now)

    def orders(self, visit: Encounter) -> list[Order]:
        if not self._dirty() or self._clash is not None:
            return []
        sent, seen, uid = self._text(), self._base.key, visit.visit_uid
        return [Order(lambda: self.write(uid, sent, seen), lambda got: self._saved(got, sent), self._refused)]

    def trouble(self) -> QWidget | None:
        return self._merge if self._clash is not None and self._dirty() else None

    def clear(self) -> None:
        self._base = Standing()
        self._rest_on(Standing())
        self.field.set_state("")

    def set_writable(self, on: bool) -> None:
        self.editor.setReadOnly(not on)

    # Inside

    def _text(self) -> str:
        return self.editor.text()

    def _dirty(self) -> bool:
        return self._text().strip() != self._base.text.strip()

    def _set(self, text: str) -> None:
        self._quiet = True
        self.editor.setText(text)
        self._quiet = False

    def _rest_on(self, now: Standing) -> None:
        """Nothing unsaved: the editor shows what stands."""
        self._base, self._clash = now, None
        if self._text().strip() != now.text.strip():
            self._set(now.text)
        self.whose.set_segments([Text(now.whose, muted=True)] if now.text else [])
        self.banner.hide()

    def _show_clash(self, theirs: Standing) -> None:
        self._clash = theirs
        at = f" {theirs.at}" if theirs.at else ""
        head = f"{theirs.by or 'Petugas lain'} menulis bagian ini{at}:"
        self.banner.set("warning", head, theirs.text or "(dikosongkan)", "Tulisan Anda di atas belum disimpan.")
        self.banner.show()
        self.edited.emit()
        self.clashed.emit()

    def _changed(self) -> None:
        if not self._quiet:
            self.field.set_state("")
            self.edited.emit()

    def _saved(self, answer: object, sent: str) -> None:
        self._base = Standing(self.key_after(answer, sent), sent)
        self.field.set_state("")

    def _refused(self, error: UserError) -> bool:
        # A colleague was faster: the reading that follows brings the text, and `show_visit` shows both.
        if not isinstance(error, SomebodyElseWrote):
            self.field.set_state("error", error.sentence)
        return True

    def joined(self, theirs: str, mine: str) -> str:
        """Both texts as one."""
        return f"{theirs.rstrip()}\n{mine.lstrip()}".strip()

    def _take_both(self) -> None:
        if self._clash is not None:
            self._settle(self._clash, self.joined(self._clash.text, self._text()))

    def _take_mine(self) -> None:
        if self._clash is not None:
            self._settle(self._clash, self._text())

    def _take_theirs(self) -> None:
        if self._clash is not None:
            self._settle(self._clash, self._clash.text)

    def _settle(self, theirs: Standing, text: str) -> None:
        self._base, self._clash = theirs, None
        self._set(text)
        self.banner.hide()
        self.whose.set_segments([Text(theirs.whose, muted=True)])
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


class ComplaintPart(TextPart):
    """The chief complaint, one line; the desk may have typed it already."""

    act = "encounter.complaint"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        editor = LineEdit(placeholder="mis. pusing sejak 3 hari", name="Keluhan utama")
        super().__init__("complaint", "Keluhan utama", editor, desk, actor)
        editor.returnPressed.connect(editor.focusNextChild)

    def standing(self, visit: Encounter) -> Standing:
        return Standing(visit.complaint, visit.complaint)

    def write(self, visit_uid: str, text: str, seen: str) -> object:
        return self._desk.examination.write_complaint(self._actor, visit_uid, text, seen)

    def key_after(self, answer: object, sent: str) -> str:
        return tidy(sent)

    def joined(self, theirs: str, mine: str) -> str:
        return "; ".join(part for part in (theirs.strip(), mine.strip()) if part)


class SectionPart(TextPart):
    """One section of the examination, with who wrote it and when."""

    act = "encounter.write"

    def __init__(
        self, section: str, label: str, desk: Desk, actor: Actor, placeholder: str = "", lines: int = 4
    ) -> None:
        super().__init__(section, label, TextArea(placeholder=placeholder, name=label, lines=lines), desk, actor)

    def standing(self, visit: Encounter) -> Standing:
        found = [s for s in visit.sections if s.note.section == self.name]
        if not found:
            return Standing()
        last = found[-1]
        return Standing(last.note.uid, last.note.text, last.by, last.at)

    def write(self, visit_uid: str, text: str, seen: str) -> object:
        return self._desk.examination.write(self._actor, visit_uid, self.name, text, seen)

    def key_after(self, answer: object, sent: str) -> str:
        return answer.uid if isinstance(answer, Note) else ""
