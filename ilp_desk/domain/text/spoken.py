"""Numbers and places as the voice in the waiting room says them."""

from __future__ import annotations

import re

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
LONGEST = 200
"""Letters of a place that are said; a longer name would keep the next call waiting."""


def number_words(number: int) -> str:
    """0 to 9999 in words: 12 is `dua belas`, 100 is `seratus`."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{DIGITS[number - 10]} belas")
    for unit, word, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        if number >= unit:
            many, rest = divmod(number, unit)
            said = one if many == 1 else f"{number_words(many)} {word}"
            return f"{said} {number_words(rest)}" if rest else said
    raise ValueError(number)


def ticket_words(ticket: str) -> str:
    """`A-012` digit by digit: `A, nol satu dua`."""
    letter, _, number = ticket.partition("-")
    return f"{letter}, {_one_by_one(number)}"


def place_words(place: str) -> str:
    """`Ruang 2` is `Ruang dua`; long numbers are said digit by digit, signs that cannot be said are left out."""
    plain = "".join(c if c.isalnum() or c in " -'/.," else " " for c in place)
    plain = re.sub(r"[0-9]+", lambda run: _number(run.group()), plain)
    return " ".join(plain.split())[:LONGEST]


def announcement(ticket: str, place: str, room: str) -> str:
    """`Nomor antrean A, nol satu dua, silakan ke Poli KIA, Ruang dua.`"""
    where = ", ".join(filter(None, (place_words(place), place_words(room))))
    return f"Nomor antrean {ticket_words(ticket)}, silakan ke {where}."


def _number(digits: str) -> str:
    return _one_by_one(digits) if len(digits) > 3 or digits.startswith("0") else number_words(int(digits))


def _one_by_one(digits: str) -> str:
    return " ".join(DIGITS[int(d)] for d in digits if d in "0123456789")
