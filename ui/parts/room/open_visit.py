"""The visit that is open in the room: read, kept as a draft while it is typed, saved, and never out of step.

Readings that were asked before something was written are thrown away and asked again, so that what is shown is never
older than what was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.visit import QueueState, VisitState
from ilp_desk.errors import UserError
from ilp_desk.rows.care import DueLine
from ilp_desk.rows.encounter import Encounter
from ilp_desk.rows.papers import ReferralRow
from ui.page import Context
from ui.parts.room.part import Order, Part

T = TypeVar("T")
KEEP_MS = 600
"""Typing is kept this long after its first unkept key."""
KEY = "room.visit"
BEFORE_CARE = frozenset({QueueState.WAITING, QueueState.SKIPPED, QueueState.CAME_BACK, QueueState.CALLED})
"""States of an entry in which care may begin."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of the visit brings."""

    visit: Encounter
    letters: tuple[ReferralRow, ...]
    refusals: tuple[str, ...]
    draft: Draft | None
    due: tuple[DueLine, ...] = ()


class OpenVisit(QObject):
    """shown(Reading): read anew; offered(Draft): the writer left something unsaved, `take_draft` or `drop_draft` it;
    blank(bool): no visit is open, True if another one is on its way; saved(bool): a save ended, True if nothing is left
    unsaved; left_draft: a visit that was left has a draft now.
    """

    shown = Signal(object)
    offered = Signal(object)
    blank = Signal(bool)
    saved = Signal(bool)
    left_draft = Signal()

    def __init__(self, context: Context, parts: Sequence[Part], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._actor = context, context.desk, context.actor
        self._runner, self._parts = context.runner, tuple(parts)
        self.visit: Encounter | None = None
        self.room = context.settings.room
        """Where care begins for somebody who was not called to a room."""
        self._entry = ""
        self._stamp = 0
        self._kept: dict[str, object] = {}
        self._offer: Draft | None = None
        self._left: set[str] = set()
        self._begun = ""
        self.wrote = False
        """Whether the last save put anything on record."""
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._soon.timeout.connect(self.keep)
        for part in self._parts:
            part.edited.connect(self._edited)

    # Opening and leaving

    @property
    def entry_uid(self) -> str:
        """Of the entry that is open or being opened, or empty."""
        return self._entry

    @property
    def offer(self) -> Draft | None:
        """A draft that waits for an answer; meanwhile nothing is typed."""
        return self._offer

    def open(self, entry_uid: str) -> None:
        """Open the visit behind an entry; what is typed in the one before is kept."""
        if entry_uid == self._entry and self.visit is not None:
            self.refresh()
            return
        self._leave(coming=True)
        self._entry = entry_uid
        self._ask(first=True)

    def refresh(self) -> None:
        """Read it again; what is typed stays."""
        if self._entry:
            self._ask(first=self.visit is None)

    def leave(self) -> None:
        """Close the visit; what is typed is kept and comes back with it."""
        self._leave(coming=False)

    def _leave(self, *, coming: bool) -> None:
        self.keep()
        if self.visit is not None and self._kept:
            self._left.add(self.visit.visit_uid)
        self.visit, self._entry, self._kept, self._offer, self._begun = None, "", {}, None, ""
        self._stamp += 1
        self._runner.forget(KEY)
        for part in self._parts:
            part.clear()
        self._soon.stop()
        self.blank.emit(coming)

    # Drafts

    @property
    def unsaved(self) -> bool:
        """Whether something is typed and not on record."""
        return any(part.typed() for part in self._parts)

    def keep(self) -> None:
        """Keep what is typed, now."""
        self._soon.stop()
        if self.visit is None or self._offer is not None:
            return
        content: dict[str, object] = {part.name: typed for part in self._parts if (typed := part.typed())}
        if content == self._kept:
            return
        self._kept, uid = content, self.visit.visit_uid
        desk, actor = self._desk, self._actor
        if content:
            self._runner.write(
                lambda: desk.examination.keep_draft(actor, uid, content),
                lambda at: self._was_kept(uid, at),
                self._not_kept,
            )
        else:
            self._runner.write(lambda: desk.examination.drop_draft(actor, uid), lambda _: None, self._not_kept)

    def take_draft(self) -> None:
        """Go on with what was left."""
        draft, self._offer = self._offer, None
        if draft is not None:
            self._put_back(draft)

    def drop_draft(self) -> None:
        """Throw away what was left."""
        draft, self._offer = self._offer, None
        if draft is not None and self.visit is not None:
            uid = self.visit.visit_uid
            self._runner.write(lambda: self._desk.examination.drop_draft(self._actor, uid), lambda _: None)

    # Writing

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Record all that is typed. `then` only if nothing is left that cannot be recorded as it stands."""
        if self.visit is None or self._offer is not None:
            return
        self.wrote = False
        orders = [order for part in self._parts for order in part.orders(self.visit)]
        if not orders:
            self._ended(then)
            return

        def work() -> list[object]:
            answers: list[object] = []
            for order in orders:
                try:
                    answers.append(order.run())
                except UserError as error:
                    answers.append(error)
            return answers

        self._write(work, lambda answers: self._told(orders, answers), lambda: self._ended(then))

    def act(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """One command about this visit, then read it again."""
        self._write(work, lambda got: done(got) if done else None, None, failed)

    def begin(self) -> None:
        """Care begins, where the patient only waited or was called so far."""
        visit = self.visit
        if visit is None or visit.entry_state not in BEFORE_CARE or self._begun == visit.entry_uid:
            return
        self._begun = uid = visit.entry_uid
        room = visit.room or self.room
        self.act(lambda: self._desk.queueing.start(self._actor, uid, room))

    # Inside

    def _edited(self) -> None:
        if not self._soon.isActive():
            self._soon.start()
        if self.visit is not None and self.visit.entry_state in BEFORE_CARE and self.unsaved:
            self.begin()  # who writes has begun

    def _read(self, entry: str, first: bool) -> Reading:
        visit = self._desk.examination.open(self._actor, entry)
        letters = self._desk.referrals.list(self._actor, visit_uid=visit.visit_uid)
        draft = self._desk.examination.draft(self._actor, visit.visit_uid) if first else None
        refusals = self._desk.referrals.refusals(self._actor, visit.visit_uid)
        due = self._desk.care.due(self._actor, visit.person_uid)
        return Reading(visit, letters, refusals, draft, due)

    def _ask(self, first: bool) -> None:
        entry, stamp = self._entry, self._stamp
        self._runner.read(
            KEY, lambda: self._read(entry, first), lambda got: self._answered(entry, stamp, first, got), self._failed
        )

    def _answered(self, entry: str, stamp: int, first: bool, got: Reading) -> None:
        if entry != self._entry:
            return
        if stamp != self._stamp:
            self._ask(first)
            return
        self._show(got)

    def _show(self, got: Reading) -> None:
        first = self.visit is None
        self.visit = got.visit
        for part in self._parts:
            part.show_visit(got.visit)
        draft = got.draft if got.visit.visit_state is VisitState.OPEN else None
        if first and draft is not None and draft.content:
            if got.visit.visit_uid in self._left:
                self._put_back(draft)
            else:
                self._offer = draft
        self.shown.emit(got)
        if first and self._offer is not None:
            self.offered.emit(self._offer)

    def _put_back(self, draft: Draft) -> None:
        self._kept = dict(draft.content)
        for part in self._parts:
            content = draft.content.get(part.name)
            if isinstance(content, dict):
                part.put_back(content)
        self.keep()

    def _write(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        after: Callable[[], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        entry = self._entry
        self._stamp += 1

        def both() -> tuple[T, Reading]:
            return work(), self._read(entry, False)

        def told(got: tuple[T, Reading]) -> None:
            self._stamp += 1
            if entry == self._entry:
                done(got[0])
                self._show(got[1])
                self.keep()
                if after is not None:
                    after()

        def lost(error: Exception) -> None:
            self._stamp += 1
            if failed is not None and isinstance(error, UserError):
                failed(error)
            else:
                self._failed(error)
            self.refresh()

        self._runner.write(both, told, lost)

    def _told(self, orders: Sequence[Order], answers: Sequence[object]) -> None:
        for order, answer in zip(orders, answers, strict=True):
            if not isinstance(answer, UserError):
                self.wrote = True
                order.done(answer)
            elif not order.failed(answer):
                self._failed(answer)

    def _ended(self, then: Callable[[], object] | None) -> None:
        trouble = next((found for part in self._parts if (found := part.trouble()) is not None), None)
        self.saved.emit(trouble is None and not self.unsaved)
        if trouble is None and not self.unsaved and then is not None:
            then()

    def _was_kept(self, visit_uid: str, at: datetime) -> None:
        self._context.shell.draft_saved(at)
        if self.visit is None or self.visit.visit_uid != visit_uid:
            self.left_draft.emit()

    def _not_kept(self, error: Exception) -> None:
        # Not kept is not lost: it is still in the fields, and the next key tries again.
        self._kept = {}
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._context.shell.sentence(error.sentence)
