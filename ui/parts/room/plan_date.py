"""The day of the next visit as it is typed: a date, or from now on ("7", "7 hr", "2 mgg", "1 bln")."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ilp_desk.domain.text.dates import WEEKDAYS, day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day

_FROM_NOW = re.compile(r"\+?\s*([0-9]{1,3})\s*(hr|hari|mgg|minggu|bln|bulan)?")
_TOO_FAR = 366 * 2


def read_plan(text: str, today: date) -> date | None:
    """The day, None for nothing typed. Raises DateError with a sentence: no date, not ahead, too far ahead."""
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    found = _FROM_NOW.fullmatch(typed)
    try:
        day = _from_now(int(found[1]), found[2] or "hr", today) if found else read_day(text, today)
    except OverflowError:
        raise DateError("Tanggal ini terlalu jauh. Periksa tahunnya.") from None
    if day <= today:
        raise DateError("Tanggal kembali harus sesudah hari ini.")
    if (day - today).days > _TOO_FAR:
        raise DateError("Lebih dari dua tahun lagi. Periksa tahunnya.")
    return day


def plan_words(day: date, today: date) -> str:
    """`Sabtu, 14 hr lagi`"""
    return f"{WEEKDAYS[day.weekday()]}, {(day - today).days} hr lagi"


def understood(text: str, today: date) -> tuple[str, str]:
    """For the editor: the canonical date and what it means, both empty while it cannot be read."""
    try:
        day = read_plan(text, today)
    except DateError:
        return "", ""
    return (day_text(day), plan_words(day, today)) if day else ("", "")


def _from_now(count: int, unit: str, today: date) -> date:
    if unit.startswith("b"):
        years, month = divmod(today.month - 1 + count, 12)
        year = today.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(today.day, last))
    return today + timedelta(days=count * (7 if unit.startswith("m") else 1))
