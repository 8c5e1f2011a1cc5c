"""The first day of the last menstruation (HPHT) as clerks type it: a date, or the weeks where it is forgotten."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from ilp_desk.domain.text.ages import PREGNANCY_DAYS
from ilp_desk.domain.text.typed_dates import DateError, read_day

LONGEST_PREGNANCY: Final = 308
"""Days after the HPHT (44 weeks, routing.toml pregnancy_days)."""
_WEEKS: Final = re.compile(r"(\d{1,2})\s*(?:mgg|minggu|mg)\.?(?:\s*([0-6])\s*(?:hr|hari)\.?)?", re.ASCII)


def read_hpht(text: str, today: date, longest: int = LONGEST_PREGNANCY) -> date:
    """9/5/2026, 28 mgg or 12 mgg 3 hr. Raises DateError where it lies ahead, or more than `longest` days back."""
    if not text.strip():
        raise DateError("Isi HPHT; bila lupa, ketik umur kehamilannya, mis. 28 mgg.")
    weeks = _WEEKS.fullmatch(text.strip().lower())
    hpht = today - timedelta(weeks=int(weeks[1]), days=int(weeks[2] or 0)) if weeks else read_day(text, today)
    if hpht > today:
        raise DateError("HPHT belum lewat. Periksa tanggalnya.")
    if today - hpht > timedelta(days=longest):
        passed = f"{(today - hpht).days // 7} minggu lalu, lebih dari {longest // 7}"
        raise DateError(f"HPHT {passed}. Sudah melahirkan? Periksa tahunnya.")
    return hpht


def past_due(hpht: date, today: date) -> bool:
    """Whether the expected day of birth has passed."""
    return today - hpht > timedelta(days=PREGNANCY_DAYS)
