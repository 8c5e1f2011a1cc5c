"""Small fixed papers: the patient's card and sticky labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Paperwork


@dataclass(frozen=True, kw_only=True)
class PatientCard(Paperwork):
    """Kartu berobat, ID-1 (85.6 x 54 mm). uid: of the person, as QR `ILP1:<uid>`. phone: of the Puskesmas."""

    kind: ClassVar[str] = "card"
    title: ClassVar[str] = "Kartu berobat"

    uid: str
    facility: str
    record_number: str
    name: str
    birth_date: str
    sex: str
    address: str
    family_folder: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordLabel(Paperwork):
    """Label for the record folder, 50 x 20 mm; Code 128 of the record number (printable ASCII)."""

    kind: ClassVar[str] = "record_label"
    title: ClassVar[str] = "Label rekam medis"

    record_number: str
    name: str
    birth_sex: str


@dataclass(frozen=True, kw_only=True)
class LabLabel(Paperwork):
    """Label for a specimen, 40 x 25 mm.

    code: what the Code 128 holds, printable ASCII; up to 12 digits print as wide bars (digits need half the room).
    """

    kind: ClassVar[str] = "lab_label"
    title: ClassVar[str] = "Label sampel"

    code: str
    name: str
    record_number: str
    age_sex: str
    specimen: str
    taken_at: str
