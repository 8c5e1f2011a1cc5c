"""What can be done with an entry of the queue, by whom, and when. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.queueing import legal
from ilp_desk.domain.staff import CARE, Actor, Role
from ilp_desk.domain.visit import QueueState, QueueStep
from ilp_desk.rows.queue import Line, QueueRow
from ilp_desk.work import may


@dataclass(frozen=True, slots=True)
class Act:
    """One button of the panel. key: as bound by the screen; step: decides in which states it is legal."""

    name: str
    text: str
    key: str
    icon: str
    code: str
    step: QueueStep
    kind: str = ""


CALL = Act("call", "Panggil", "Enter", "call", "queue.call", QueueStep.CALLED)
AGAIN = Act("again", "Panggil lagi", "Ctrl+Shift+J", "refresh", "queue.call_again", QueueStep.CALLED_AGAIN)
START = Act("start", "Mulai dilayani", "Ctrl+M", "care", "queue.start", QueueStep.STARTED)
SKIP = Act("skip", "Lewati", "Ctrl+K", "skip", "queue.skip", QueueStep.SKIPPED)
ABSENT = Act("absent", "Tidak hadir", "Ctrl+H", "user", "queue.absent", QueueStep.ABSENT)
SEND = Act("send", "Kirim ke …", "Ctrl+I", "send", "queue.send_on", QueueStep.SENT_ON)
FINISH = Act("finish", "Selesai", "Ctrl+Enter", "check", "queue.finish", QueueStep.FINISHED)
LEAVE = Act("leave", "Pulang", "Ctrl+Del", "void", "queue.leave", QueueStep.VOIDED, "danger")
ACTS = (CALL, AGAIN, START, SKIP, ABSENT, SEND, FINISH, LEAVE)


def possible(act: Act, row: QueueRow | None) -> bool:
    """Whether the state of this entry allows it."""
    if row is None:
        return False
    if act is FINISH and row.state is QueueState.CALLED:
        return True  # that it began is noted by the way
    if act is LEAVE and row.started_at is not None:
        return False  # care has begun: that is for the room to end
    return legal(row.state, act.step)


def offered(act: Act, actor: Actor, line: Line) -> bool:
    """Whether this person may do it at this service point. Where clinicians examine, the room ends the turn."""
    if not may(actor, act.code):
        return False
    if act is FINISH:
        helps = bool(actor.roles & {Role.LABORATORY, Role.PHARMACY})
        return line.clerical or helps or (line.mixed and bool(actor.roles & CARE))
    return True
