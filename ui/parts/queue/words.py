"""How an entry of the queue is put into words. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ilp_desk.domain.reference.routes import PriorityTable
from ilp_desk.domain.text.dates import time_text
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.queue import QueuePoint, QueueRow
from ui.widgets import Chip, TwoLine

Local = Callable[[datetime], datetime]
S = QueueState
_RANKS = {0: ("darurat", "danger"), 1: ("segera", "warning"), 2: ("didahulukan", "accent"), 4: ("terlambat", "neutral")}
SEX = {"L": "L", "P": "P"}


def span_text(since: datetime, now: datetime) -> str:
    """`baru saja`, `12 mnt`, `1 jam 5 mnt`."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return "baru saja"
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} jam" if hours else "", f"{rest} mnt" if rest else "")))


def state_text(row: QueueRow, now: datetime, local: Local) -> tuple[str, str]:
    """What an entry is doing and since when: (`menunggu 12 mnt`, `sejak 08.14`)."""

    def at(instant: datetime | None) -> str:
        return time_text(local(instant)) if instant else ""

    match row.state:
        case S.WAITING:
            return f"menunggu {span_text(row.since, now)}", f"sejak {at(row.since)}"
        case S.CAME_BACK:
            return f"kembali, {span_text(row.since, now)}", f"sejak {at(row.since)}"
        case S.SKIPPED:
            return f"dilewati, {span_text(row.since, now)}", f"sejak {at(row.since)}"
        case S.CALLED:
            return f"dipanggil {span_text(row.called_at or row.since, now)}", _joined(at(row.called_at), row.room)
        case S.STARTED:
            return f"dilayani {span_text(row.started_at or row.since, now)}", _joined(at(row.started_at), row.room)
        case S.SENT_ON:
            return f"di {row.sent_to}" if row.sent_to else "di tempat lain", "kembali ke sini"
        case S.ABSENT:
            return "tidak hadir", at(row.ended_at)
        case S.FINISHED:
            return "selesai", at(row.ended_at)
        case S.VOIDED:
            return "batal", at(row.ended_at)


def chips_of(row: QueueRow) -> tuple[Chip, ...]:
    """Short words a colleague must see: who goes ahead, who may infect others, who came from where."""
    chips = []
    if row.state not in (S.FINISHED, S.VOIDED):
        if row.rank in _RANKS:
            chips.append(Chip(*_RANKS[row.rank]))
        if row.infectious:
            chips.append(Chip("menular", "warning"))
        if row.returned and row.sent_to:
            chips.append(Chip(f"dari {row.sent_to}", "ok"))
        elif row.sent_by:
            chips.append(Chip(f"dari {row.sent_by}", "neutral"))
        if row.busy_at and row.state is not S.SENT_ON:
            chips.append(Chip(f"sedang di {row.busy_at}", "neutral"))
    return tuple(chips)


def row_line(row: QueueRow, now: datetime, local: Local, *, following: bool = False) -> TwoLine:
    """An entry in the list. following: it is the next one to be called."""
    why = row.first if ":" in row.first else ""  # else the chip has said it
    facts = ("berikutnya" if following else "", SEX.get(row.sex, ""), row.age, why, row.seen, row.note)
    return TwoLine(
        row.name,
        " · ".join(f for f in facts if f),
        lead=row.ticket,
        chips=chips_of(row),
        right=(state_text(row, now, local),),
        bar="danger" if row.rank == 0 and row.state not in (S.FINISHED, S.VOIDED) else "",
        dim=row.state in (S.FINISHED, S.VOIDED),
    )


def row_spoken(row: QueueRow, now: datetime, local: Local) -> str:
    """The same for a screen reader."""
    chips = (chip.text for chip in chips_of(row))
    return ", ".join(filter(None, (row.ticket, row.name, row.age, row.first, *chips, *state_text(row, now, local))))


def point_facts(point: QueuePoint, now: datetime) -> tuple[str, str]:
    """How long the first one has been waiting and how many are inside: (`terlama 24 mnt`, `1 di dalam`)."""
    oldest = f"terlama {span_text(point.oldest, now)}" if point.oldest else ""
    return oldest, f"{point.inside} di dalam" if point.inside else ""


def order_text(rules: PriorityTable) -> str:
    """The order of the line in words."""
    return (
        "Urutan: darurat, segera, yang kembali dari tempat lain, lalu 1 yang didahulukan sesudah tiap "
        f"{rules.regular_per_priority} antrean biasa."
    )


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))
