"""Why a service is due, in words with dates: `terakhir 12-03-2025, setiap tahun`."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.due.rules import DueState, Fact, Item
from ilp_desk.domain.reference.bounds import Span
from ilp_desk.domain.reference.services import Service
from ilp_desk.domain.text.dates import MONTHS, day_text

STATES = {
    DueState.LATE: "terlambat",
    DueState.DUE: "jatuh tempo",
    DueState.NO_DATA: "belum ada data",
    DueState.UPCOMING: "akan datang",
    DueState.POSTPONED: "ditunda",
    DueState.REFUSED: "ditolak",
    DueState.LOST: "tidak mungkin lagi",
    DueState.DONE: "selesai",
}


def state_text(item: Item) -> str:
    """`terlambat sejak 14-08-2026`, `ditunda sampai 01-12-2026`, `belum ada data`."""
    if item.told is not None and item.told.words:
        return item.told.words
    word = STATES[item.state]
    if item.state is DueState.LATE and item.late_on is not None:
        return f"{word} sejak {day_text(item.late_on)}"
    if item.state is DueState.UPCOMING and item.due_on is not None:
        return f"mulai {day_text(item.due_on)}"
    if item.state is DueState.POSTPONED and item.answer is not None and item.answer.until is not None:
        return f"{word} sampai {day_text(item.answer.until)}"
    if item.state is DueState.REFUSED and item.answer is not None:
        return f"{word} {day_text(item.answer.on)}"
    if item.state is DueState.LOST and item.lost_on is not None:
        return f"{word} sejak {day_text(item.lost_on)}"
    return word


def reason_text(item: Item) -> str:
    """What is known and what the rule is: `terakhir 12-03-2025 (normal), setiap tahun`; a secret result is left out."""
    if item.told is not None:
        why = item.answer.reason if item.answer is not None else ""
        return f"{item.told.reason} {why}".strip()
    words = []
    if item.last is not None:
        place = f" di {item.last.where}" if item.last.where else ""
        told = item.last.value if item.last.words is None else item.last.words
        value = f" ({told})" if told and not item.service.sensitive else ""
        words.append(f"terakhir {day_text(item.last.on, item.last.precision)}{value}{place}")
    elif item.state is DueState.NO_DATA:
        words.append("belum pernah tercatat")
    if item.call is not None and item.last is None:
        words.append(_call_text(item.call))
    words.append(rule_text(item.service, item.due_on, item.lost_on))
    if item.answer is not None and item.answer.reason:
        words.append(item.answer.reason)
    return ", ".join(filter(None, words))


def _call_text(call: Fact) -> str:
    """`diminta SKILAS 21-11-2026`; where a result asks: `hasil Meragukan 21-11-2026`."""
    verb = "hasil" if call.words is not None else "diminta"
    told = call.value if call.words is None else call.words
    return " ".join(filter(None, (verb, told, day_text(call.on, call.precision))))


def rule_text(service: Service, due_on: date | None = None, lost_on: date | None = None) -> str:
    """How often: `setiap tahun`, `sekali`, `Februari dan Agustus`, `21-11-2026 sampai 24-11-2026`."""
    if service.every is not None:
        return f"setiap {span_text(service.every)}"
    if service.each:
        return "setiap kunjungan"
    if service.months:
        return " dan ".join(MONTHS[month - 1] for month in service.months)
    if service.window is not None and due_on is not None and lost_on is not None:
        return f"{day_text(due_on)} sampai sebelum {day_text(lost_on)}"
    if service.ages and due_on is not None:
        return f"jadwal {day_text(due_on)}"
    return "sekali" if service.once else ""


def span_text(span: Span) -> str:
    """`tahun`, `2 tahun`, `6 bulan`, `minggu`, `30 hari`."""
    if span.months and span.months % 12 == 0:
        count, unit = span.months // 12, "tahun"
    elif span.months:
        count, unit = span.months, "bulan"
    elif span.days and span.days % 7 == 0:
        count, unit = span.days // 7, "minggu"
    else:
        count, unit = span.days, "hari"
    return unit if count == 1 else f"{count} {unit}"
