"""Dates as clerks type them: 3/2/99, 03021999, 3 feb 1999, feb 1999, 1999, umur 40."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, timedelta
from typing import Final

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.dates import MONTHS, WEEKDAYS, PartialDate, day_text
from ilp_desk.errors import UserError

OLDEST: Final = 122
"""Years of the longest life on record (Jeanne Calment, 1997)."""

_EXAMPLES: Final = "ketik misalnya 3/2/1999, 03021999, feb 1999, 1999 atau umur 40"
_DONE: Final = "Ketik tanggal, bulan, atau tahunnya: 12/3/2025, 3/2025, 2025."
_EXAMPLE: Final = "ketik misalnya 3/2/2026"
_MONTH_WORDS: Final = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "peb": 2, "pebruari": 2, "februari": 2, "mrt": 3, "may": 5, "agt": 8, "ags": 8, "aug": 8, "agus": 8, "sept": 9,
    "oct": 10, "nop": 11, "nopember": 11, "dec": 12,
}  # fmt: skip
MONTH_PATTERN: Final = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))

_GAP: Final = r"[\s.,/-]*"
_SEPARATED: Final = re.compile(r"(\d{1,2})\s*[\s./-]\s*(\d{1,2})\s*[\s./-]\s*(\d{4}|\d{2})")
_SOLID: Final = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)")
_SOLID_ISO: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ISO: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_WORDED: Final = re.compile(rf"(\d{{1,2}}){_GAP}({MONTH_PATTERN}){_GAP}(\d{{4}}|\d{{2}})")
_MONTH_YEAR: Final = re.compile(rf"({MONTH_PATTERN}){_GAP}(\d{{4}})|(\d{{1,2}})\s*[/-]\s*(\d{{4}})")
_YEAR: Final = re.compile(r"\d{4}")
_AGE: Final = re.compile(r"(?:umur|usia|u)\s*(\d{1,3})(?:\s*(?:th|thn|tahun)\.?)?|(\d{1,3})\s*(?:th|thn|tahun)\.?")
_BABY_AGE: Final = re.compile(r"(?:umur|usia)?\s*(\d{1,4})\s*(bln|bulan|mgg|minggu|hr|hari)\b.*")
_DAYS: Final = {"bln": 30, "bulan": 30, "mgg": 7, "minggu": 7, "hr": 1, "hari": 1}
_WEEKDAY: Final = re.compile(rf"^(?:{'|'.join(name.lower() for name in WEEKDAYS)})\s*,?\s*")


class DateError(UserError):
    """What was typed is no date that can be meant; the sentence stands beside the field."""


def read_birth(text: str, today: date) -> PartialDate:
    """A birth date as typed. Two-digit years lie in the past. Raises DateError with the sentence for the field."""
    typed = _tidy(text)
    if not typed:
        raise DateError(f"Tanggal lahir belum diisi: {_EXAMPLES}")
    if age := _AGE.fullmatch(typed):
        return born_at_age(int(age[1] or age[2]), today)
    if baby := _BABY_AGE.fullmatch(typed):
        about = today - timedelta(days=int(baby[1]) * _DAYS[baby[2]])
        example = f"{MONTHS[about.month - 1][:3].lower()} {about.year}"
        raise DateError(f"Umur bayi tidak cukup untuk jadwalnya: ketik bulan lahirnya, misalnya {example}")
    if _YEAR.fullmatch(typed):
        born = PartialDate(_day(int(typed), 1, 1), Precision.YEAR)
    elif month := _MONTH_YEAR.fullmatch(typed):
        number = _MONTH_WORDS[month[1]] if month[1] else _month(int(month[3]))
        born = PartialDate(_day(int(month[2] or month[4]), number, 1), Precision.MONTH)
    else:
        born = PartialDate(_full_date(typed, today, past=True))
    return _plausible(born, today)


def born_at_age(years: int, today: date) -> PartialDate:
    """The birth of somebody said to be that many completed years old today: the middle of the year it leaves open."""
    if years > OLDEST:
        raise DateError(f"Umur {years} tahun tidak mungkin, paling tua {OLDEST}: periksa angkanya")
    youngest = _years_before(today, years)
    oldest = _years_before(today, years + 1) + timedelta(days=1)
    return PartialDate(oldest + (youngest - oldest) // 2, Precision.ESTIMATED)


def read_day(text: str, today: date) -> date:
    """Any full date as typed (HPHT, control, letter). Two-digit years lie as near to today as possible.

    Raises DateError; whether the day may lie in the past or the future is the caller's rule.
    """
    typed = _tidy(text)
    if not typed:
        raise DateError(f"Tanggal belum diisi: {_EXAMPLE}")
    return _full_date(typed, today, past=False)


def read_done(text: str, today: date) -> PartialDate:
    """When something was done, as well as it is known: a day, a month, a year. Raises DateError."""
    typed = _tidy(text)
    if not typed:
        raise DateError(f"Kapan itu? {_DONE}")
    if _YEAR.fullmatch(typed):
        done = PartialDate(_day(int(typed), 1, 1), Precision.YEAR)
    elif month := _MONTH_YEAR.fullmatch(typed):
        number = _MONTH_WORDS[month[1]] if month[1] else _month(int(month[3]))
        done = PartialDate(_day(int(month[2] or month[4]), number, 1), Precision.MONTH)
    else:
        try:
            done = PartialDate(_full_date(typed, today, past=True))
        except DateError as unread:
            raise DateError(str(unread).replace(_EXAMPLES, _DONE)) from None
    if done.earliest > today:
        raise DateError("Tanggalnya belum lewat. Tulis kapan itu dilakukan.")
    return done


def _tidy(text: str) -> str:
    typed = " ".join(text.lower().split())
    return _WEEKDAY.sub("", typed) if typed.isascii() else typed


def _full_date(typed: str, today: date, past: bool) -> date:
    if typed.isascii():
        if parts := _ISO.fullmatch(typed):
            return _day(int(parts[1]), int(parts[2]), int(parts[3]))
        if parts := _WORDED.fullmatch(typed):
            return _resolve(parts[3], _MONTH_WORDS[parts[2]], int(parts[1]), today, past)
        if parts := _SEPARATED.fullmatch(typed) or _SOLID.fullmatch(typed):
            iso = _SOLID_ISO.fullmatch(typed)
            if iso and int(parts[2]) > 12 and 1 <= int(iso[2]) <= 12:
                return _day(int(iso[1]), int(iso[2]), int(iso[3]))
            return _resolve(parts[3], int(parts[2]), int(parts[1]), today, past)
    raise DateError(f"Tanggal tidak dikenali: {_EXAMPLES if past else _EXAMPLE}")


def _resolve(year: str, month: int, day: int, today: date, past: bool) -> date:
    """The day meant by a year of two or four digits."""
    if len(year) == 4:
        return _day(int(year), month, day)
    _month(month)
    century = today.year - today.year % 100
    years = [century + 100 + int(year), century + int(year), century - 100 + int(year)]
    real = [date(y, month, day) for y in years if 1 <= day <= monthrange(y, month)[1]]
    if past:
        real = [found for found in real if found <= today]
    if not real:
        return _day(next(y for y in years if y <= today.year), month, day)
    return max(real) if past else min(real, key=lambda found: abs((found - today).days))


def _day(year: int, month: int, day: int) -> date:
    if not 1000 <= year <= 2999:
        raise DateError(f"Tahun {year:04d} tidak dikenali: tulis empat angka, misalnya 1999")
    _month(month)
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return date(year, month, day)
    if (day, month) == (29, 2) and not isleap(year):
        raise DateError(f"29-02-{year} tidak ada: {year} bukan tahun kabisat, Februari sampai tanggal 28")
    raise DateError(f"{day:02d}-{month:02d}-{year} tidak ada: {MONTHS[month - 1]} {year} sampai tanggal {last}")


def _month(month: int) -> int:
    if not 1 <= month <= 12:
        raise DateError(f"Bulan {month:02d} tidak ada: tulis tanggal dulu, lalu bulan (1 sampai 12), lalu tahun")
    return month


def _plausible(born: PartialDate, today: date) -> PartialDate:
    said = day_text(born.day, born.precision)
    if born.earliest > today:
        raise DateError(f"Tanggal lahir {said} belum terjadi, hari ini {day_text(today)}: periksa tahunnya")
    if born.latest <= _years_before(today, OLDEST + 1):
        raise DateError(f"Lahir {said} berarti lebih dari {OLDEST} tahun: periksa tahunnya")
    return born


def _years_before(today: date, years: int) -> date:
    """The last birth date of those who have completed that many years; 29 February counts as 28 in other years."""
    year = today.year - years
    return date(year, today.month, min(today.day, monthrange(year, today.month)[1]))
