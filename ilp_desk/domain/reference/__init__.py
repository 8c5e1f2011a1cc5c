"""Reference data as frozen types: what regulations and clinicians may change, read from files, checked as a whole."""

from __future__ import annotations

from ilp_desk.domain.reference.icd_words import IcdTable, load_icd_words
from ilp_desk.domain.reference.loader import Reference, load
from ilp_desk.domain.reference.overlay import lay_over, parse
from ilp_desk.domain.reference.reading import BadReference

__all__ = ["BadReference", "IcdTable", "Reference", "lay_over", "load", "load_icd_words", "parse"]
