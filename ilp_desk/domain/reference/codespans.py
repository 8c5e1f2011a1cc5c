"""Groups of ICD-10 codes as the reference files write them: a beginning ("O14") or a span of categories ("O10-O16")."""

from __future__ import annotations

import re

_SPAN = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?|[A-Z][0-9]{2}-[A-Z][0-9]{2}")


def matches(code: str, wanted: str) -> bool:
    """Whether an ICD-10 code falls under a beginning ("O14") or a span of categories ("O10-O16")."""
    first, _, last = wanted.partition("-")
    return first <= code[:3] <= last if last else code.startswith(wanted)


def is_span(text: str) -> bool:
    """Whether `matches` understands this."""
    return _SPAN.fullmatch(text) is not None
