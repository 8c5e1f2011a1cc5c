"""What every part of the management is: it asks, shows, saves, and keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.text.dates import time_text
from ilp_desk.errors import InvalidInput, UserError
from ui.page import Context
from ui.parts.manage.form import Form
from ui.widgets import Banner, KeyButton

DRAFT_MS = 900
"""What is typed reaches the database within a second."""


class Part(QWidget):
    """A tab of the management, and, where the set-up needs it, one of its steps.

    code: name in the program and of its draft; title: on the tab. In the set-up (`setup=True`) the part has no buttons
    of its own for saving: the wizard calls `commit`, and nothing is kept as a draft, since nobody is signed in yet.
    """

    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__()
        self.context, self.setup = context, setup
        self.desk, self.actor, self.runner, self.shell = context.desk, context.actor, context.runner, context.shell
        self.setAccessibleName(self.title)
        self._drafted: Form | None = None
        self._holder: QVBoxLayout | None = None
        self._asked_draft = self._kept = False
        self._offer: Banner | None = None
        self._soon = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._soon.timeout.connect(self.save_draft)

    # What a part does

    def load(self) -> None:
        """Ask what is in force and show it; called when the part is opened and when it changed elsewhere."""

    def save(self) -> None:
        """Ctrl+S."""

    def fresh(self) -> None:
        """F3: begin something new."""

    def back(self) -> bool:
        """Esc: one step back inside the part. False: there was none."""
        return False

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            fits = self.isAncestorOf(widget) and widget.isEnabled() and widget.isVisibleTo(self)
            if fits and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def commit(self, done: Callable[[], None]) -> None:
        """The wizard goes on: save what is typed, then call `done`; where it cannot be saved, say so and do not."""
        done()

    def busy_with(self) -> bool:
        """Whether something typed is not saved; then news from elsewhere do not replace it."""
        return self._drafted is not None and self._drafted.dirty

    # Helpers of parts

    def ask(self, name: str, work: Callable[[], object], done: Callable[..., None]) -> None:
        """A question off the GUI thread, the newest of its name wins."""
        self.runner.read(f"manage.{self.code}.{name}", work, done, self.say)

    def say(self, error: Exception) -> None:
        """Show an error beside its field, else as a sentence."""
        if isinstance(error, InvalidInput) and self._drafted is not None and self._drafted.refuse(error):
            return
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)

    # Drafts

    def keep_drafts(self, form: Form, holder: QVBoxLayout) -> None:
        """Keep what is typed into `form`; a draft from before is offered at the top of `holder`."""
        self._drafted, self._holder = form, holder
        form.edited.connect(self._soon.start)

    def draft_content(self) -> dict[str, object]:
        """What goes into the draft beside the form's values (whose form it is)."""
        return {}

    def take_up(self, content: Mapping[str, object]) -> None:
        """Show a draft's content."""
        values = content.get("values")
        if self._drafted is not None and isinstance(values, Mapping):
            self._drafted.take_up(values)

    def save_draft(self) -> None:
        """Keep what is typed, now."""
        self._soon.stop()
        form = self._drafted
        if form is None or self.setup or not self.actor.staff_uid:
            return
        if form.dirty:
            content = {**self.draft_content(), "values": form.draft()}
            self._kept = True
            self.runner.write(
                lambda: self.desk.site.keep_draft(self.actor, self.code, content),
                lambda _: self.shell.draft_saved(self.desk.clock.now()),
                self.say,
            )
        elif self._kept:
            self.drop_draft()

    def drop_draft(self) -> None:
        """Forget the draft: it was saved, or thrown away."""
        self._soon.stop()
        self._close_offer()
        if self._kept and not self.setup:
            self._kept = False
            self.runner.write(
                lambda: self.desk.site.drop_draft(self.actor, self.code), lambda _: self.shell.saved(), self.say
            )

    def offer_draft(self) -> None:
        """Once: offer what was typed before a crash or a change of user."""
        if self._asked_draft or self._drafted is None or self.setup or not self.actor.staff_uid:
            return
        self._asked_draft = True
        self.ask("draft", lambda: self.desk.site.draft(self.actor, self.code), self._offer_draft)

    def _offer_draft(self, draft: Draft | None) -> None:
        if draft is None or self._holder is None or self.busy_with():
            return
        self._kept = True
        go_on, away = KeyButton("Lanjutkan", kind="primary", small=True), KeyButton("Buang", small=True)
        at = self.desk.clock.local(draft.saved_at)
        self._offer = Banner(
            "info", f"Isian {time_text(at)} belum disimpan.", "Lanjutkan mengisi?", buttons=(go_on, away)
        )
        go_on.clicked.connect(lambda: self._go_on(draft))
        away.clicked.connect(self.drop_draft)
        self._holder.insertWidget(0, self._offer)

    def _go_on(self, draft: Draft) -> None:
        self._close_offer()
        self.take_up(draft.content)

    def _close_offer(self) -> None:
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None
