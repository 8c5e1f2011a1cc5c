"""Our Indonesian words for ICD-10 codes (icd10_id.toml). Large, so it is read only where somebody searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.codespans import is_span
from ilp_desk.domain.reference.overlay import lay_over
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

FILE = "icd10_id"


@dataclass(frozen=True, kw_only=True, slots=True)
class IcdWords(Row):
    """words: the label to show first, then what else people call it."""

    words: tuple[str, ...]
    chronic: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IcdTable:
    """rows by code; sensitive: beginnings ("Z21") and spans ("F00-F99") of codes that stay inside the room."""

    rows: Table[IcdWords]
    sensitive: tuple[str, ...]


def load_icd_words(raw: Mapping[str, Any], site: Mapping[str, Any] | None = None) -> IcdTable:
    """The file, with a site's own words laid over; raises BadReference."""
    sheet = Sheet(FILE, raw if site is None else lay_over(raw, site, FILE))

    def make(fields: Fields, base: RowBase) -> IcdWords:
        return IcdWords(**base, words=fields.texts("words", required=True), chronic=fields.flag("chronic"))

    def spans(fields: Fields) -> tuple[str, ...]:
        codes = fields.texts("codes", required=True)
        wrong = next((code for code in codes if not is_span(code)), None)
        if wrong is not None:
            raise fields.fail(f'"{wrong}" bukan awalan kode atau rentang seperti F00-F99')
        return codes

    table = IcdTable(rows=sheet.table("icd", make), sensitive=sheet.section("sensitive", spans))
    sheet.finish()
    return table
