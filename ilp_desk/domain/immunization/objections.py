"""What stands against a dose: contraindications, refusals, deferrals."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.immunization.facts import EVERYTHING, LIVE, Contraindication, Deferral, Recipient
from ilp_desk.domain.immunization.history import Progress
from ilp_desk.domain.immunization.items import Due, Next, opening
from ilp_desk.domain.immunization.plan import Line, Plan
from ilp_desk.domain.reference.immunization_rows import DoseState
from ilp_desk.domain.text.dates import day_text

_SETTLED = frozenset({DoseState.COMPLETE, DoseState.TOO_LATE})


def objected(
    item: Due, line: Line, progress: Progress, following: Next, recipient: Recipient, today: date, plan: Plan
) -> Due:
    """The item as contraindications, refusals and deferrals leave it. What is complete or too late stays so; what is
    not due yet is only moved to the day they end."""
    if item.state in _SETTLED:
        return item
    contra = _contraindication(line, recipient, today)
    if contra is not None and contra.until is None:
        reason = plan.say("contraindicated", series=item.label, why=_why(contra.reason, plan))
        return item._replace(
            state=DoseState.CONTRAINDICATED, possible=False, earliest=None, recommended=None, reason=reason
        )
    deferral = _deferral(line, recipient, today)
    if item.state is DoseState.NOT_YET:
        ends = [row.until for row in (contra, deferral) if row is not None and row.until is not None]
        return _moved(item, max(ends), following, plan) if ends else item
    if not item.possible:
        return item
    if contra is not None and contra.until is not None:
        until = day_text(contra.until)
        reason = plan.say("contraindicated_until", series=item.label, until=until, why=_why(contra.reason, plan))
        return _held(item, DoseState.CONTRAINDICATED, contra.until, following, reason)
    for refusal in recipient.refusals:
        answered = any(one.latest >= refusal.on for one in progress.counted)
        if _about(refusal.series, line) and refusal.on <= today and not answered:
            why = _why(refusal.reason, plan)
            reason = plan.say("refused", dose=item.dose_label, on=day_text(refusal.on), why=why)
            return item._replace(state=DoseState.REFUSED, possible=False, reason=reason)
    if deferral is not None:
        until = day_text(deferral.until)
        reason = plan.say("deferred", dose=item.dose_label, until=until, why=_why(deferral.reason, plan))
        return _held(item, DoseState.DEFERRED, deferral.until, following, reason)
    return item


def _contraindication(line: Line, recipient: Recipient, today: date) -> Contraindication | None:
    """The one that lasts longest."""
    if not recipient.contraindications and not recipient.no_live:
        return None
    standing = [row for row in recipient.contraindications if row.until is None or today < row.until]
    standing = [row for row in standing if _about(row.series, line)]
    if recipient.no_live and line.living:
        standing.append(Contraindication(series=LIVE, reason=recipient.no_live))
    return max(standing, key=lambda row: (row.until or date.max, row.reason), default=None)


def _deferral(line: Line, recipient: Recipient, today: date) -> Deferral | None:
    standing = [row for row in recipient.deferrals if today < row.until and _about(row.series, line)]
    return max(standing, key=lambda row: (row.until, row.reason), default=None)


def _about(series: str, line: Line) -> bool:
    return series in (EVERYTHING, line.series.code) or (series == LIVE and line.living)


def _why(reason: str, plan: Plan) -> str:
    return reason or plan.words["why_unsaid"]


def _again(until: date, following: Next) -> date | None:
    """The first day from `until` on it is offered again; another schedule may then be the right one."""
    found = opening(following.windows, max(until, following.floor))
    if found is not None:
        return found[1]
    return max(until, following.floor) if max(until, following.floor) < following.end else None


def _held(item: Due, state: DoseState, until: date, following: Next, reason: str) -> Due:
    again = _again(until, following)
    return item._replace(state=state, possible=False, earliest=again, recommended=again, reason=reason)


def _moved(item: Due, until: date, following: Next, plan: Plan) -> Due:
    again = _again(until, following)
    if again is None or item.earliest is None or again <= item.earliest:
        return item
    reason = plan.say("not_yet", dose=item.dose_label, earliest=day_text(again))
    best = max(again, item.recommended or again)
    return item._replace(earliest=again, recommended=best, reason=reason)
