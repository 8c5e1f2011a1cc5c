"""One call of every act of the program, on a little Puskesmas at work: for the tests of rights and of the audit.

A sample is prepared once and may then be called by anybody: `SAMPLES[code](morning)` gives a `Call`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor
from tests.services.samples.morning import Morning


@dataclass(frozen=True, slots=True)
class Call:
    """run: carries the act out as somebody. first: what the same person must have done just before. opens: the person
    whose record is read. desk: where it happens, if not in the house of the morning."""

    run: Callable[[Actor], object]
    first: Callable[[Actor], object] | None = None
    opens: str = ""
    desk: Desk | None = None


Sample = Callable[[Morning], Call]
SAMPLES: dict[str, Sample] = {}


def sample(code: str) -> Callable[[Sample], Sample]:
    """Declares the sample of an act."""

    def register(made: Sample) -> Sample:
        if code in SAMPLES:
            raise ValueError(f"two samples of {code}")
        SAMPLES[code] = made
        return made

    return register


def load() -> dict[str, Sample]:
    """All samples."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__name__}.{module.name}")
    return SAMPLES
