"""What is typed about visits of a pregnancy, the birth plan and the birth, understood; refusals stand beside fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from ilp_desk.domain.person import Precision
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.typed_dates import DateError, read_done
from ilp_desk.domain.vitals import VitalState, check_vital, kept
from ilp_desk.errors import InvalidInput

MEASURES = ("blood_pressure", "weight", "arm", "fundus", "fetal_heart", "haemoglobin", "urine_protein")
"""Of an antenatal visit, in the order of its table."""
LIVE, STILLBORN, DIED = "live", "stillborn", "died"
BIRTHS = ("birth", "stillbirth", "neonatal_death")
"""Outcomes with a child; which of them it is follows from how the children are."""
LONGEST = 200
"""Characters of a line in words."""
_TIME = re.compile(r"([01]?\d|2[0-3])[.:,\s]?([0-5]\d)")
_KEPT = {"haemoglobin": "haemoglobin", "urine_protein": "protein"}


class Unlikely(InvalidInput):
    """An unlikely value was not confirmed yet; told again with `field` in `confirmed`, it stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactForm:
    """An antenatal visit as typed. on, place, by, typed: only of one elsewhere; typed: code of MEASURES -> text;
    confirmed: codes whose unlikely value was confirmed once."""

    doctor: bool = False
    usg: bool = False
    tablets: str = ""
    swallowed: str = ""
    findings: str = ""
    on: str = ""
    place: str = ""
    by: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanForm:
    """A birth plan as typed; place, helper: codes of pregnancy.toml or empty; seen: uid of the plan it was changed
    from, empty where none stood, None where nobody looked."""

    place: str = ""
    place_name: str = ""
    helper: str = ""
    companion: str = ""
    transport: str = ""
    donor: str = ""
    funds: str = ""
    contraception: str = ""
    sticker: bool = False
    seen: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InfantForm:
    """One child. uid: for its own record, made by the caller; state: LIVE, STILLBORN, DIED; weight, length as typed."""

    uid: str
    sex: str
    state: str = LIVE
    weight: str = ""
    length: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryForm:
    """The end of a pregnancy as typed. on: the day; at: the hour (`07.40`) or empty; outcome, place, helper, way: codes
    of pregnancy.toml; infants: in order of birth, empty for a miscarriage; confirmed: fields whose
    unlikely value was confirmed once."""

    on: str
    outcome: str
    at: str = ""
    place: str = ""
    place_name: str = ""
    helper: str = ""
    way: str = ""
    condition: str = ""
    early_feeding: bool | None = None
    infants: tuple[InfantForm, ...] = ()
    confirmed: frozenset[str] = frozenset()


def outcome_of(form: DeliveryForm) -> str:
    """The outcome the children tell: a birth where one lives, then born alive and died, else stillbirth."""
    if form.outcome not in BIRTHS or not form.infants:
        return form.outcome
    states = {infant.state for infant in form.infants}
    return "birth" if LIVE in states else "neonatal_death" if DIED in states else "stillbirth"


def read_past(text: str, today: date) -> PartialDate:
    """A day, or month and year, that has passed. Raises InvalidInput("on")."""
    try:
        found = read_done(text, today)
    except DateError as wrong:
        raise InvalidInput("on", wrong.sentence) from None
    if found.precision not in (Precision.DAY, Precision.MONTH):
        raise InvalidInput("on", "Tulis tanggal, atau bulan dan tahunnya: 3/2/2026 atau feb 2026.")
    return found


def read_hour(text: str, name: str = "at") -> time | None:
    """`07.40`, `7:40`, `0740`; None where nothing is typed. Raises InvalidInput."""
    typed = text.strip()
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    if found is None:
        raise InvalidInput(name, "Tulis jamnya seperti 07.40, atau kosongkan.")
    return time(int(found[1]), int(found[2]))


def read_count(text: str, name: str, most: int) -> int | None:
    """A number of tablets, None where nothing is typed. Raises InvalidInput."""
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed) <= most):
        raise InvalidInput(name, f"Angka 0 sampai {most}, atau kosongkan.")
    return int(typed)


def in_kilograms(text: str) -> str:
    """A birth weight as people write it, `3200` or `3,2`, in kilograms."""
    typed = text.strip()
    return (
        f"{int(typed) / 1000:.3f}".replace(".", ",") if typed.isascii() and typed.isdigit() and len(typed) > 2 else text
    )


def line(text: str, name: str) -> str:
    """Words on one line. Raises InvalidInput where they are too many."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise InvalidInput(name, f"Paling panjang {LONGEST} huruf. Ringkas isinya.")
    return words


def read_measures(form: ContactForm, reference: Reference) -> dict[str, Any]:
    """Columns of the contact for what was measured elsewhere. Raises InvalidInput, Unlikely (`field` is the code)."""
    columns: dict[str, Any] = {}
    for code, text in form.typed.items():
        read = check_vital(code, text, None, reference)
        if read.state is VitalState.REFUSED:
            raise InvalidInput(code, read.sentence)
        if read.state is VitalState.CONFIRM and code not in form.confirmed:
            raise Unlikely(code, read.sentence)
        for part in read.parts:
            if part.special is not None:
                raise InvalidInput(code, "Dari buku hanya angkanya yang dicatat; tulis yang lain di temuan.")
            name = _KEPT.get(part.code, part.code)
            columns[name] = kept(part, reference) if name == "protein" else part.value
    return columns


def within(known: PartialDate, hpht: date, ended: date | None) -> None:
    """Refuse a visit that lies wholly outside the pregnancy. Raises InvalidInput("on")."""
    if known.latest < hpht:
        raise InvalidInput("on", f"Sebelum HPHT {day_text(hpht)}. Periksa tanggalnya, atau perbaiki HPHT dulu.")
    if ended is not None and known.earliest > ended:
        raise InvalidInput("on", f"Kehamilan itu paling lama sampai {day_text(ended)}. Periksa tanggalnya.")
