"""An instrument that was answered: the answers, and what they meant by the version they were given in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ilp_desk.domain.clinical import Fact
from ilp_desk.domain.reference.instruments import Instrument
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.scoring import Result, decimal_text, read_answers, score

INSTRUMENT, FOLLOW = "instrument:", "follow:"
"""Before the code of an instrument: the facts that it was answered, and that another one asked for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment(Fact):
    """One instrument answered by one person; a correction is a successor (`replaces`).

    on: the day; version: of the instrument file; answers: by item, as stored by `read_answers`, numbers as text;
    from_record: items whose answer was taken from what was on record. total, high, scores: numbers as text with a
    point. band, band_label, meaning, acts and the labels in flags (with their level), signs (codes of
    danger_signs.toml) and follow (instrument: label) are as they were then.
    """

    on: date
    instrument: str
    version: str
    label: str
    sensitive: bool = False
    answers: dict[str, str]
    from_record: tuple[str, ...] = ()
    total: str
    high: str
    scores: dict[str, str]
    band: str
    band_label: str
    meaning: str
    flags: dict[str, str]
    signs: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    follow: dict[str, str]
    note: str = ""

    @property
    def red(self) -> bool:
        """Whether something rose that cannot wait."""
        return Level.RED.value in self.flags.values()


def outcome(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, Any]:
    """The fields of an Assessment that follow from the answers. Raises OutOfRange, Incomplete."""
    return {"answers": answers_kept(instrument, answers), **_told(score(instrument, answers), instrument)}


def answers_kept(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, str]:
    """The answers of items that are asked, as they are stored. Raises OutOfRange."""
    return {code: str(answer) for code, answer in read_answers(instrument, answers).items()}


def total_text(total: str, high: str) -> str:
    """`9 dari 20`."""
    return f"{comma(total)} dari {comma(high)}"


def comma(number: str) -> str:
    """A stored number as people here write it."""
    return number.replace(".", ",")


def _told(result: Result, instrument: Instrument) -> dict[str, Any]:
    return {
        "version": result.version,
        "label": instrument.short,
        "sensitive": result.sensitive,
        "total": _plain(result.total),
        "high": _plain(result.high),
        "scores": {one.code: _plain(one.value) for one in result.scores},
        "band": result.band.code,
        "band_label": result.band.label,
        "meaning": result.band.meaning.value,
        "flags": {flag.label: flag.level.value for flag in result.flags},
        "signs": result.signs,
        "acts": result.acts,
        "follow": {follow.instrument: follow.label for follow in result.follow},
    }


def _plain(number: Any) -> str:
    return decimal_text(number).replace(",", ".")
