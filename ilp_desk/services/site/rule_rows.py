"""What the management shows of reference files, made of what is in force and what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ilp_desk.domain.reference.in_force import InForce, is_instrument
from ilp_desk.domain.reference.listing import Entry, Origin, entries, origin_of
from ilp_desk.domain.reference.overlay import parse
from ilp_desk.domain.reference.reading import Sheet
from ilp_desk.domain.site_files import RowApproval, SiteFile
from ilp_desk.rows.reference import LaidRow, ReferenceRow, RuleRow
from ilp_desk.services.site.rule_words import (
    file_title,
    glossary,
    own_words,
    row_columns,
    row_label,
    row_words,
    section_title,
)


def file_entries(rules: InForce, name: str) -> tuple[Entry, ...]:
    """The rows of a file as they run; none where the only file of this name does not."""
    ours, own = rules.ours.file(name), rules.site_raw.get(name)
    return () if ours is None and own is None else entries(name, ours, own)


def file_version(rules: InForce, name: str) -> str:
    """As judgements are stored with it: ours, and behind a plus that of the Puskesmas."""
    parts: list[Mapping[str, Any] | None] = [rules.ours.file(name), rules.site_raw.get(name)]
    return "+".join(str(raw["version"]) for raw in parts if raw is not None)


def file_row(
    running: InForce, rules: InForce, name: str, approved: frozenset[str], kept: Sequence[SiteFile]
) -> ReferenceRow:
    """running: what this desk was opened with; approved: digests of this file; kept: live files of the Puskesmas."""
    ours, own = rules.ours.file(name), rules.site_raw.get(name)
    written = own if ours is None else ours
    if written is None:  # the only file of this name is refused, or not valid on this day
        written = parse(name, next(file.content for file in reversed(kept) if file.name == name))
    found = file_entries(rules, name)
    here, old = rules.site.get(name), running.site.get(name)
    header = Sheet(name, own or written).header
    return ReferenceRow(
        name=name,
        title=file_title(name, written),
        instrument=is_instrument(name),
        version=file_version(rules, name),
        valid_from=header.validity.valid_from,
        valid_to=header.validity.valid_to,
        source="; ".join(str(raw["source"]) for raw in (own, ours) if raw is not None) or header.source,
        origin=origin_of(ours, own).value,
        rows=len(found),
        open_rows=sum(entry.waits(approved) for entry in found),
        changes=sum(entry.origin is not Origin.OURS for entry in found),
        refused=next((refused.trouble.fault for refused in rules.refused if refused.file.name == name), ""),
        later=(here.uid if here else "") != (old.uid if old else ""),
    )


def rule_rows(
    rules: InForce, name: str, approvals: Mapping[str, RowApproval], names: Mapping[str, str]
) -> tuple[RuleRow, ...]:
    """The rows of a file. approvals: by digest; names: of staff, by uid."""
    own = {key: raw for key, raw in rules.site_raw.items() if is_instrument(key)}
    words = glossary(
        (*rules.ours.reference.values(), *rules.site_raw.values()), (*rules.ours.instruments.values(), *own.values())
    )
    if is_instrument(name):
        words |= {
            code: called
            for raw in (rules.ours.file(name), own.get(name))
            if raw
            for code, called in own_words(raw).items()
        }
    return tuple(_rule_row(entry, approvals, names, words) for entry in file_entries(rules, name))


def _rule_row(
    entry: Entry, approvals: Mapping[str, RowApproval], names: Mapping[str, str], words: Mapping[str, str]
) -> RuleRow:
    label = row_label(entry.section, entry.values, entry.code, words)
    columns = row_columns(entry.values, words)
    approval = approvals.get(entry.digest)
    return RuleRow(
        section=section_title(entry.section),
        code=entry.code,
        label=label,
        words=row_words(columns, label),
        columns=columns,
        source=entry.source,
        confirmed=not entry.waits(frozenset()),
        valid_from=entry.validity.valid_from,
        valid_to=entry.validity.valid_to,
        origin=entry.origin.value,
        off=entry.off,
        digest=entry.digest,
        waits=entry.waits(frozenset(approvals)),
        approval_uid=approval.uid if approval else "",
        approved_by=names.get(approval.made_by or "", "") if approval else "",
        approved_at=approval.made_at if approval else None,
    )


def laid_row(file: SiteFile, rules: InForce, today: date, names: Mapping[str, str]) -> LaidRow:
    """One file the Puskesmas laid. names: of staff, by uid."""
    refused = next((refused for refused in rules.refused if refused.file.uid == file.uid), None)
    runs = rules.site.get(file.name)
    if refused is not None:
        state = "refused"
    elif runs is not None and runs.uid == file.uid:
        state = "runs"
    elif file.covers(today):
        state = "before"
    else:
        state = "later" if today < file.valid_from else "over"
    return LaidRow(
        uid=file.uid,
        version=file.version,
        file_name=file.file_name,
        by=names.get(file.made_by or "", ""),
        at=file.made_at,
        valid_from=file.valid_from,
        valid_to=file.valid_to,
        changes=len(file.changes),
        state=state,
        trouble=refused.trouble.fault if refused else "",
    )
