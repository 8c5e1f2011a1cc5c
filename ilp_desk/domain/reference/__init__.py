"""Reference data as frozen types: what regulations and clinicians may change, read from files, checked as a whole."""

from __future__ import annotations

from ilp_desk.domain.reference.loader import Reference, lay_over, load
from ilp_desk.domain.reference.reading import BadReference

__all__ = ["BadReference", "Reference", "lay_over", "load"]
