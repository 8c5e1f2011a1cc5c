"""The parts that several forms share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

SUBSTITUTE = "⁇"
"""Printed for a sign that cannot be printed, so that the reader sees that something was there."""


@dataclass(frozen=True)
class Paperwork:
    """Root of everything that can be printed.

    kind: stable word for the document and print-job rows; title: what people call this paper (preview, printer queue).
    """

    kind: ClassVar[str] = ""
    title: ClassVar[str] = ""


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The kop. above: authority lines; below: address, telephone, code. Logos are PNG or JPEG bytes, or absent."""

    facility: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    logo_left: bytes | None = None
    logo_right: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class PatientBlock:
    """Who the paper is about. age_sex: `27 th 9 bln / Perempuan`; family: `Ahmad Fauzi (suami)`."""

    name: str
    record_number: str
    age_sex: str
    birth_date: str
    nik: str = ""
    payer: str = ""
    address: str = ""
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """place_date: `Maninjau, 21 November 2026, 09.05`; role: `Dokter pemeriksa`; identifiers: NIP, SIP."""

    place_date: str
    role: str
    name: str
    identifiers: str = ""


@dataclass(frozen=True)
class Field:
    """A label and its value, as one printed line."""

    label: str
    value: str
