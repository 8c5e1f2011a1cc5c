"""What the use cases need from outside: a store, a renderer. Few protocols, no protocol per query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ilp_desk.changes import Change
from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.record import Record
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.question import Question
from ilp_desk.rows.recall import OutlineMade
from ilp_desk.rows.safekeeping import CopyRow, FindingRow, WayIn

if TYPE_CHECKING:
    from ilp_desk.paperwork import Paperwork

R = TypeVar("R", bound=Record)
A = TypeVar("A")


class UnitOfWork(Protocol):
    """One transaction. Left without `commit` it never happened."""

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime:
        """The instant of this transaction, UTC."""

    @property
    def today(self) -> date:
        """The service date, in the facility's zone."""

    def get(self, kind: type[R], uid: str) -> R:
        """The record, voided or not; raises NotFound."""

    def find(self, kind: type[R], uid: str | None) -> R | None:
        """The record, or None. The way a command finds that it was carried out already."""

    def all(self, kind: type[R], **equals: object) -> tuple[R, ...]:
        """Live records whose fields equal the given values (a tuple or list means: one of), in order of making."""

    def add(self, record: R) -> R:
        """Store a new record; gives it back stamped."""

    def add_many(self, records: Sequence[R]) -> None:
        """Store many new records of one kind at once, as fast as the engine goes (sample data, imports).

        They may refer to what is stored already, not to each other. made_* are kept where given: these were made
        elsewhere, or earlier. The audit gets their number, not their content; nothing is announced or indexed.
        """

    def change(self, record: R, **values: Any) -> R:
        """Store new values of a record read before; raises Conflict where somebody was faster."""

    def amend(self, record: R, **values: Any) -> R:
        """Void a record as replaced and store its successor with these values (a new uid, unless one is given)."""

    def void(self, record: R, reason: str) -> R:
        """Take a record out of use; raises NeedsReason where the reason says nothing."""

    def ask(self, question: Question[A]) -> A:
        """Answer a question (`db.queries`)."""

    def draw(self, counter: str, period: str = "") -> int:
        """The next number of a counter, 1 upwards, never twice; taken back only if the transaction is."""

    def raise_counter(self, counter: str, period: str, at_least: int) -> None:
        """Make sure the next number drawn is above `at_least`."""

    def announce(self, topic: str, uid: str) -> None:
        """Put a change on the feed of this transaction."""

    def about(self, subject_uid: str) -> None:
        """Name the record this command or reading is about, for the audit."""

    def opened(self, person_uid: str) -> None:
        """Note that this person's record was opened and read (batched)."""

    def keep_draft(self, screen: str, subject: str, content: Mapping[str, object]) -> None:
        """Keep what the actor typed; replaces what was kept for the same screen and subject."""

    def draft(self, screen: str, subject: str) -> Draft | None:
        """What the actor has kept for this screen and subject."""

    def drafts(self, screen: str) -> tuple[Draft, ...]:
        """All that the actor has kept for this screen, newest first."""

    def drop_draft(self, screen: str, subject: str) -> None:
        """Forget a draft: it was finished, or thrown away by its writer."""

    def index_person(self, person_uid: str) -> None:
        """Bring the search index up to date for one person, in this transaction."""

    def index_people(self, person_uids: Sequence[str]) -> None:
        """The same as `index_person` for some hundreds of people, set by set."""

    def rebuild_search(self) -> int:
        """Make the whole search index anew, after `add_many`; gives the number of people in it."""

    def keep_outlines(self, rules: str, made: Sequence[OutlineMade]) -> None:
        """Keep what was worked out of people's days, but for those written about since it was read.

        rules: fingerprint of the rules it was worked out by. Whatever is written about somebody makes theirs old.
        """


class Store(Protocol):
    """Where units of work come from."""

    def writing(self, actor: Actor, act: str, *, quiet: bool = False) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may write; commits when its block ends well, rolls back when it raises.

        quiet: noted in a batch instead of leaving an audit row of its own (drafts are kept every second).
        """

    def reading(self, actor: Actor, act: str) -> AbstractContextManager[UnitOfWork]:
        """A consistent snapshot to read from; nothing can be written."""

    def note_reads(self) -> int:
        """Write the collected notes of readings to the audit; gives how many."""

    def changes(self, after: int, limit: int = 200) -> Sequence[Change]:
        """The change feed after a position."""

    def last_change(self) -> int:
        """The position of the newest change."""

    def prune_changes(self) -> None:
        """Forget the announcements of days gone by."""

    def close(self) -> None: ...


class Vault(Protocol):
    """The database as a file to be kept safe: copies, checks, and the key that opens it. Everything here is slow."""

    @property
    def database(self) -> Path: ...

    @property
    def copies_folder(self) -> Path:
        """Where copies go if nothing else is said."""

    def way_in(self) -> WayIn:
        """What opens the same data in another process."""

    def back_up(self, folder: Path, progress: Callable[[int, int], None] | None = None) -> CopyRow:
        """Make a verified copy; progress gets pages done and in all. Raises DatabaseTrouble."""

    def copies(self, folder: Path) -> tuple[CopyRow, ...]:
        """Finished copies of this database in a folder, newest first; none where it is not there."""

    def findings(self) -> Iterator[FindingRow]:
        """Check everything, one finding after the other."""

    def key_state(self) -> str:
        """How `desk.key` is kept: machine, passphrase, or the code of what is wrong with it."""

    def new_code(self) -> str:
        """A fresh recovery code; it opens nothing until `change_code`."""

    def opens(self, code: str) -> bool:
        """Whether this recovery code opens the database now. Raises InvalidInput("recovery_code") for a slip."""

    def same_code(self, one: str, other: str) -> bool:
        """Whether two typings are one code. Raises InvalidInput("recovery_code") for a slip."""

    def change_code(self, code: str, passphrase: str | None = None) -> None:
        """Put another recovery code in force; other work waits. Raises DatabaseTrouble, then the old one holds."""

    def change_start(self, passphrase: str | None, old: str | None = None) -> None:
        """Ask for a passphrase at every start (None: no longer). Raises InvalidInput, DatabaseTrouble."""


class Passwords(Protocol):
    """Hashes people's passwords; slow on purpose, so never inside a transaction that writes."""

    def make(self, word: str) -> str: ...

    def fits(self, stored: str, word: str) -> bool: ...


class Renderer(Protocol):
    """Draws a paper; knows nothing but what it is given."""

    def pdf(self, paper: Paperwork, *, copy: bool = False, void: bool = False) -> bytes: ...

    def escpos(self, ticket: Any, width_mm: int) -> bytes: ...
