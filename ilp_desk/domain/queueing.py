"""Which step a queue entry may take, and who is called next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ilp_desk.domain.reference.routes import PriorityGroup, PriorityTable
from ilp_desk.domain.visit import QueueState, QueueStep
from ilp_desk.errors import IllegalStep

S, E = QueueState, QueueStep
_URGENT, _PRIORITY, _REGULAR, _LATE = 1, 2, 3, 4

TRANSITIONS: Mapping[tuple[QueueState | None, QueueStep], QueueState] = {
    (None, E.ISSUED): S.WAITING,
    (S.WAITING, E.CALLED): S.CALLED,
    (S.WAITING, E.STARTED): S.STARTED,
    (S.WAITING, E.SKIPPED): S.SKIPPED,
    (S.WAITING, E.SENT_ON): S.SENT_ON,
    (S.WAITING, E.ABSENT): S.ABSENT,
    (S.WAITING, E.VOIDED): S.VOIDED,
    (S.CALLED, E.CALLED_AGAIN): S.CALLED,
    (S.CALLED, E.STARTED): S.STARTED,
    (S.CALLED, E.SKIPPED): S.SKIPPED,
    (S.CALLED, E.ABSENT): S.ABSENT,
    (S.CALLED, E.SENT_ON): S.SENT_ON,
    (S.CALLED, E.VOIDED): S.VOIDED,
    (S.SKIPPED, E.CALLED): S.CALLED,
    (S.SKIPPED, E.STARTED): S.STARTED,
    (S.SKIPPED, E.ABSENT): S.ABSENT,
    (S.SKIPPED, E.VOIDED): S.VOIDED,
    (S.ABSENT, E.CALLED): S.CALLED,
    (S.ABSENT, E.STARTED): S.STARTED,
    (S.ABSENT, E.VOIDED): S.VOIDED,
    (S.STARTED, E.SENT_ON): S.SENT_ON,
    (S.STARTED, E.FINISHED): S.FINISHED,
    (S.STARTED, E.VOIDED): S.VOIDED,
    (S.SENT_ON, E.CAME_BACK): S.CAME_BACK,
    (S.SENT_ON, E.FINISHED): S.FINISHED,
    (S.SENT_ON, E.VOIDED): S.VOIDED,
    (S.CAME_BACK, E.CALLED): S.CALLED,
    (S.CAME_BACK, E.STARTED): S.STARTED,
    (S.CAME_BACK, E.SKIPPED): S.SKIPPED,
    (S.CAME_BACK, E.SENT_ON): S.SENT_ON,
    (S.CAME_BACK, E.ABSENT): S.ABSENT,
    (S.CAME_BACK, E.FINISHED): S.FINISHED,
    (S.CAME_BACK, E.VOIDED): S.VOIDED,
}
"""Every step there is. ISSUED makes an entry; FINISHED and VOIDED end it. UNDONE is no step of its own: it puts an
entry back to the state before its last step (`undoable`), within the seconds the screen offers it."""

ENDED = frozenset({S.FINISHED, S.VOIDED})
LINE = frozenset({S.WAITING, S.SKIPPED, S.CAME_BACK})
"""States of those who stand in line and may be called next."""


def legal(state: QueueState | None, step: QueueStep) -> bool:
    """Whether an entry in this state (None: it does not exist yet) may take this step."""
    return (state, step) in TRANSITIONS


def after(state: QueueState | None, step: QueueStep) -> QueueState:
    """The state a step leads to; raises IllegalStep."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise IllegalStep from None


def steps(state: QueueState) -> frozenset[QueueStep]:
    """All steps an entry in this state may take: what a screen offers."""
    return frozenset(step for before, step in TRANSITIONS if before is state)


def undoable(before: QueueState | None, step: QueueStep, now: QueueState) -> bool:
    """Whether the last step of an entry may still be taken back: nothing else has happened to it since."""
    return before is not None and legal(before, step) and after(before, step) is now


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Somebody in line. key: of the entry; rank: see priority.toml; returned: back from another service point.

    since: the instant they began to wait here: issued, sent here, come back, or skipped (then `skipped` is set).
    """

    key: str
    rank: int
    since: datetime
    returned: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody who was called earlier today at the same service point."""

    rank: int
    returned: bool = False


def order_queue(entries: Iterable[Waiting], served: Sequence[Served], rules: PriorityTable) -> tuple[Waiting, ...]:
    """Those in line, next one first.

    Emergencies, then urgent ones, then who came back from the laboratory or another point, each by time. After them the
    priority group and the regular ones by turns: one of priority, then `regular_per_priority` regular ones, going on
    from where the calls of today (`served`, oldest first) stand. Late ones wait among the regular ones as if they had
    come `late_minutes` later, so that nobody is overtaken for ever. Who was skipped lines up again from that
    instant and goes ahead of nobody but by turns. Equal instants keep the order of the keys.
    """
    late = timedelta(minutes=rules.late_minutes)
    ahead: list[Waiting] = []
    priority: list[Waiting] = []
    regular: list[Waiting] = []
    for entry in entries:
        if not entry.skipped and (entry.rank <= _URGENT or entry.returned):
            ahead.append(entry)
        elif entry.rank <= _PRIORITY:
            priority.append(entry)
        else:
            regular.append(entry)
    ahead.sort(key=lambda entry: (min(entry.rank, _PRIORITY), entry.since, entry.key))
    priority.sort(key=lambda entry: (entry.since, entry.key))
    regular.sort(key=lambda entry: (entry.since + late if entry.rank >= _LATE else entry.since, entry.key))
    turns = _by_turns(priority, regular, since_priority=_since_priority(served), each=rules.regular_per_priority)
    return (*ahead, *turns)


def _since_priority(served: Sequence[Served]) -> int | None:
    """How many regular ones were called since the last one of priority; None if none of priority was called yet."""
    count = 0
    for one in reversed(served):
        if one.rank <= _URGENT or one.returned:
            continue
        if one.rank == _PRIORITY:
            return count
        count += 1
    return None


def _by_turns(
    priority: Sequence[Waiting], regular: Sequence[Waiting], *, since_priority: int | None, each: int
) -> list[Waiting]:
    result: list[Waiting] = []
    left, right = list(reversed(priority)), list(reversed(regular))
    count = each if since_priority is None else since_priority
    while left or right:
        if left and (count >= each or not right):
            result.append(left.pop())
            count = 0
        else:
            result.append(right.pop())
            count += 1
    return result


def rank_at(priority: int, groups: Collection[str], rules: PriorityTable, *, mixed: bool) -> int:
    """The rank at another service point of somebody judged before.

    priority: rank in a queue of several clusters; groups: codes that gave it; mixed: whether people of several clusters
    wait there. Age and pregnancy go ahead only where not everybody in line has them.
    """
    if mixed or priority != _PRIORITY:
        return priority
    return _PRIORITY if any(group.inside for group in _groups(groups, rules)) else _REGULAR


def first_words(rank: int, groups: Collection[str], rules: PriorityTable, *, mixed: bool, neutral: bool = False) -> str:
    """Why somebody goes ahead, or "": `Gawat darurat`, `Didahulukan: lansia 70 tahun ke atas`.

    neutral: leave out what says more than an age: pregnancy, childbirth, disability.
    """
    if rank > _PRIORITY:
        return ""
    label = next(row.label for row in rules.ranks if row.rank == rank)
    if rank != _PRIORITY:
        return label
    said = [
        group.label[:1].lower() + group.label[1:]
        for group in _groups(groups, rules)
        if (group.mixed if mixed else group.inside) and not (neutral and _tells(group))
    ]
    return f"{label}: {', '.join(said)}" if said else label


def public_place(name: str, public_name: str, rooms: Sequence[str], room: str, *, discreet: bool) -> tuple[str, str]:
    """Place and room as the waiting room may know them; the room is "" where the place says it already.

    discreet: the name tells what people have, so the room stands for it. public_name wins over both.
    """
    where = room or (rooms[0] if rooms else "")
    place = public_name or ((where or "Ruang pelayanan") if discreet else name)
    return place, "" if room.casefold() in place.casefold() else room


def _groups(codes: Collection[str], rules: PriorityTable) -> list[PriorityGroup]:
    return [group for group in rules.groups if group.code in codes]


def _tells(group: PriorityGroup) -> bool:
    when = group.when
    return bool(when.pregnant or when.postpartum or when.disability)
