"""A file as somebody chose it: its name, its text, and why it cannot be laid over ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ilp_desk.domain.reference.in_force import Shipped, check, check_shipped
from ilp_desk.domain.reference.listing import Origin, entries
from ilp_desk.domain.reference.overlay import changes, only, parse
from ilp_desk.domain.reference.reading import BadReference
from ilp_desk.errors import UserError
from ilp_desk.rows.reference import CheckedFile
from ilp_desk.services.site.rule_words import file_title

LARGEST_FILE = 1_000_000
"""Bytes; the largest of ours has a tenth of it."""


def check_bundled(ours: Shipped) -> tuple[CheckedFile, ...]:
    """Every file of ours, those too that are read only where they are wanted. Raises BadReference."""
    check_shipped(ours)
    return tuple(_checked(name, ours.file(name), None) for name in ours.names)


def check_file(shipped: Shipped, file_name: str, content: bytes) -> CheckedFile:
    """One file laid over ours alone; nothing is stored. Raises BadReference, UserError."""
    name, text = named(file_name), decoded(file_name, content)
    raw = parse(name, text)
    ours = shipped.file(name)
    different = () if ours is None else changes(ours, raw)
    own = only(raw, different)
    check(shipped, {name: own})
    return _checked(name, ours, None if ours is not None and not different else own)


def _checked(name: str, ours: Mapping[str, Any] | None, own: Mapping[str, Any] | None) -> CheckedFile:
    found = entries(name, ours, own)
    return CheckedFile(
        name=name,
        title=file_title(name, ours or own or {}),
        version=str((own or ours or {})["version"]),
        rows=len(found),
        changes=sum(entry.origin is not Origin.OURS for entry in found),
        waiting=sum(entry.waits(frozenset()) for entry in found),
    )


def named(file_name: str) -> str:
    """The file of ours it is for; raises UserError."""
    name = file_name.removesuffix(".toml")
    if name == file_name or not name:
        raise UserError(f"{file_name} bukan berkas acuan. Pilih berkas .toml yang namanya sama dengan contoh.")
    return name


def decoded(file_name: str, content: bytes) -> str:
    """Its text; raises UserError."""
    if len(content) > LARGEST_FILE:
        raise UserError(f"{file_name} lebih dari 1 MB. Tulis hanya baris yang berbeda, lalu pilih lagi.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(
            f"{file_name} tidak tersimpan sebagai UTF-8. Simpan ulang sebagai UTF-8, lalu pilih lagi."
        ) from None


def refusal(trouble: BadReference) -> UserError:
    """Why it is not accepted, for whoever chose it."""
    return UserError(f"Berkas tidak diterima. {trouble.fault}. Perbaiki, lalu pilih lagi.")


def fresh_version(
    name: str, version: str, text: str, ours: Mapping[str, Any] | None, laid: Sequence[tuple[str, str]]
) -> None:
    """A version stands for one content for ever: judgements are stored with it. Raises UserError."""
    if ours is not None and version == ours.get("version"):
        raise UserError(f"{name}.toml: ganti version, karena {version} versi bawaan. Misalnya {version}-PKM.1.")
    if any(known == version and content != text for known, content in laid):
        raise UserError(f"{name}.toml: version {version} sudah pernah dipakai dengan isi lain. Beri version baru.")
