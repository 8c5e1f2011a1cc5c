"""Who is next at a service point, for every service that asks."""

from __future__ import annotations

from ilp_desk.domain.queueing import LINE, Served, Waiting, order_queue
from ilp_desk.domain.reference.routes import PriorityTable
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.queue import QueueRow


def in_line(rows: tuple[QueueRow, ...], rules: PriorityTable) -> tuple[QueueRow, ...]:
    """Those of a service point's entries who wait, next one first."""
    waits = {row.entry_uid: row for row in rows if row.state in LINE}
    called = sorted((r for r in rows if r.called_at and r.state not in LINE), key=lambda r: str(r.called_at))
    waiting = [
        Waiting(
            key=row.entry_uid,
            rank=row.rank,
            since=row.since,
            returned=row.returned,
            skipped=row.state is QueueState.SKIPPED,
        )
        for row in waits.values()
    ]
    served = [Served(row.rank, row.returned) for row in called]
    return tuple(waits[one.key] for one in order_queue(waiting, served, rules))
