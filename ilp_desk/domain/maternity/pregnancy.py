"""A pregnancy: whether it goes on, nifas after it, and what is typed about it, read at every key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.ages import due_date, weeks_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.hpht import past_due, read_hpht
from ilp_desk.domain.text.typed_dates import DateError, read_day

COUNTS = (("gravida", "G"), ("para", "P"), ("abortus", "A"))


def goes_on(pregnancy: Pregnancy | None, on: date, reference: Reference) -> bool:
    """Whether this pregnancy goes on that day."""
    if pregnancy is None or pregnancy.ended_on is not None:
        return False
    return 0 <= (on - pregnancy.lmp).days <= reference.routing.pregnancy_days


def run_out(pregnancy: Pregnancy | None, on: date, reference: Reference) -> bool:
    """Whether it lies so long back that it must have ended, and nobody has said how."""
    return (
        pregnancy is not None
        and pregnancy.ended_on is None
        and (on - pregnancy.lmp).days > reference.routing.pregnancy_days
    )


def outcome_asked(pregnancy: Pregnancy | None, on: date, reference: Reference) -> bool:
    """Whether it lies so far past its term that somebody must ask how it ended."""
    if pregnancy is None or pregnancy.ended_on is not None:
        return False
    return (on - pregnancy.lmp).days >= reference.antenatal.confirm_after_days


def delivered_on(pregnancy: Pregnancy | None, reference: Reference) -> date | None:
    """The day from which nifas is counted; None where the pregnancy goes on or ended otherwise."""
    if pregnancy is None or pregnancy.ended_on is None:
        return None
    outcome = reference.pregnancy.outcomes.get(pregnancy.outcome)
    return pregnancy.ended_on if outcome is not None and outcome.postpartum else None


def after_birth(pregnancy: Pregnancy | None, on: date, reference: Reference) -> int | None:
    """Days since the birth while they count as nifas, else None."""
    since = delivered_on(pregnancy, reference)
    days = None if since is None else (on - since).days
    return days if days is not None and 0 <= days <= reference.routing.postpartum_days else None


def changes_on(pregnancy: Pregnancy, reference: Reference) -> tuple[date, ...]:
    """The days on which `goes_on` or `after_birth` begin to answer otherwise while nothing is recorded."""
    routing, since = reference.routing, delivered_on(pregnancy, reference)
    if since is not None:
        return since, since + timedelta(days=routing.postpartum_days + 1)
    return pregnancy.lmp, pregnancy.lmp + timedelta(days=routing.pregnancy_days + 1)


def gpa(pregnancy: Pregnancy) -> str:
    """`G2P1A0`, or empty where nobody said."""
    if pregnancy.gravida is None:
        return ""
    return f"G{pregnancy.gravida}P{pregnancy.para or 0}A{pregnancy.abortus or 0}"


def weeks_words(lmp: date, on: date) -> str:
    """`28 mgg 0 hr, HPL 13-02-2027`."""
    return f"{weeks_text(lmp, on, True)}, HPL {day_text(due_date(lmp))}"


def counted(pregnancy: Pregnancy, outcome: str, by: int, reference: Reference) -> dict[str, int]:
    """Para or abortus with this outcome counted (by 1) or taken back (by -1); nothing where the count is not known."""
    row = reference.pregnancy.outcomes.get(outcome)
    before = getattr(pregnancy, row.adds) if row is not None and row.adds else None
    return {row.adds: max(0, before + by)} if row is not None and before is not None else {}


# What is typed


@dataclass(frozen=True, kw_only=True, slots=True)
class PregnancyForm:
    """As typed. lmp: a date or weeks ("28 mgg"); lmp_source: code of pregnancy.toml; the others: figures or empty."""

    lmp: str = ""
    lmp_source: str = "hpht"
    gravida: str = ""
    para: str = ""
    abortus: str = ""


State = Literal["", "ok", "warn", "error"]


@dataclass(frozen=True, slots=True)
class PregnancyReading:
    """The form understood. words: weeks and HPL; remarks: state and sentence by field, only where there is one."""

    lmp: date | None
    counts: dict[str, int | None]
    words: str
    remarks: dict[str, tuple[State, str]] = field(default_factory=dict)


def read_pregnancy(form: PregnancyForm, today: date, after: date | None, reference: Reference) -> PregnancyReading:
    """Understand what was typed. after: when the pregnancy before this one ended."""
    remarks: dict[str, tuple[State, str]] = {}
    lmp, words = None, ""
    try:
        lmp = read_hpht(form.lmp, today, reference.routing.pregnancy_days)
        words = weeks_words(lmp, today)
    except DateError as wrong:
        remarks["lmp"] = ("error", wrong.sentence)
    if lmp is not None and after is not None and lmp <= after:
        remarks["lmp"] = ("error", f"Kehamilan yang lalu berakhir {day_text(after)}. HPHT harus sesudahnya.")
    elif lmp is not None and past_due(lmp, today):
        remarks["lmp"] = ("warn", "Sudah lewat HPL. Tanyakan apakah sudah melahirkan.")
    counts = {name: _count(getattr(form, name), name, letter, remarks, reference) for name, letter in COUNTS}
    gravida, para, abortus = counts.values()
    if gravida is not None and not remarks.keys() & counts.keys() and gravida != (para or 0) + (abortus or 0) + 1:
        remarks["gravida"] = ("warn", "Biasanya G = P + A + 1, kehamilan ini ikut dihitung. Periksa.")
    return PregnancyReading(lmp, counts, words, remarks)


def _count(
    text: str, name: str, letter: str, remarks: dict[str, tuple[State, str]], reference: Reference
) -> int | None:
    typed, most = text.strip(), reference.pregnancy.most
    if not typed:
        return None
    least = 1 if name == "gravida" else 0
    if not (typed.isascii() and typed.isdigit() and least <= int(typed) <= most):
        remarks[name] = ("error", f"{letter}: angka {least} sampai {most}, atau kosongkan.")
        return None
    return int(typed)


@dataclass(frozen=True, slots=True)
class EndReading:
    """The end of a pregnancy understood: its day, and a remark beside the day."""

    on: date | None
    remark: tuple[State, str] = ("", "")


def read_end(text: str, outcome: str, today: date, lmp: date | None, reference: Reference) -> EndReading:
    """Understand the day a pregnancy ended. lmp: of that pregnancy; None where none is recorded."""
    try:
        on = read_day(text, today)
    except DateError as wrong:
        return EndReading(None, ("error", wrong.sentence))
    if on > today:
        return EndReading(None, ("error", "Tanggalnya belum lewat. Periksa tanggalnya."))
    if lmp is not None and on <= lmp:
        return EndReading(None, ("error", f"Harus sesudah HPHT {day_text(lmp)}."))
    row, weeks = reference.pregnancy.outcomes.get(outcome), reference.pregnancy.viable_weeks
    if lmp is None or row is None:
        return EndReading(on)
    early = on - lmp < timedelta(weeks=weeks)
    if early and row.postpartum:
        return EndReading(on, ("warn", f"Belum {weeks} minggu: biasanya dicatat sebagai keguguran. Periksa HPHT."))
    if not early and row.adds == "abortus":
        return EndReading(on, ("warn", f"Sudah {weeks} minggu atau lebih: biasanya dicatat sebagai kelahiran."))
    return EndReading(on)
