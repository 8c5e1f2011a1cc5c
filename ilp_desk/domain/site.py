"""The facility itself: letterhead, areas, service points, partner facilities, printers."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility(Record):
    """This Puskesmas. One live row; a change amends it (the old one stays, replaced).

    authority: first line of the letterhead; logo_*: PNG or JPEG bytes; numbering: running or family_folder;
    letter_format: e.g. "440/{serial:04d}/RJK/{code}/{month}/{year}"; kind-specific codes replace RJK.
    idle_minutes: auto-lock. number_separator: between the pairs of a running number; folder_width: digits of the family
    serial (FFFF); outside_code: WW of families from outside the catchment. ready: False while the first set-up goes on.
    ticket_services: whether the queue ticket names services that are open.
    """

    name: str
    code: str = ""
    authority: str = ""
    department: str = ""
    address: str = ""
    phone: str = ""
    city: str = ""
    zone: str = "Asia/Jakarta"
    letter_code: str = "PKM"
    letter_prefix: str = "440"
    numbering: str = "running"
    number_width: int = 6
    number_separator: str = ""
    folder_width: int = 4
    outside_code: str = "99"
    head_uid: str | None = None
    logo_left: bytes | None = None
    logo_right: bytes | None = None
    idle_minutes: int = 10
    ticket_note: str = "Lansia, ibu hamil, bayi, dan penyandang disabilitas didahulukan."
    ticket_services: bool = False
    ready: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Area(Record):
    """A node of the catchment's tree.

    level: village, hamlet, rw, rt, pustu, posyandu; code: Kemendagri's, or the folder's; folder_code: two digits of a
    village in the family-folder scheme (WW), where `code` is not that already. posyandu_uid: the posyandu that serves
    the people here, where it is not the one of the area above.
    """

    name: str
    level: str
    code: str = ""
    parent_uid: str | None = None
    position: int = 0
    folder_code: str = ""
    posyandu_uid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePoint(Record):
    """Where people wait and are served. cluster: code of clusters.toml; letter: of its queue; rooms in order.

    public_name: what the waiting room and the voice call it where its name would say too much; empty: its name.
    comes_back: who is sent here usually goes back to the sender; send_order: place among the usual destinations, 1
    first, 0 for none of them.
    """

    code: str
    name: str
    cluster: str
    letter: str
    rooms: tuple[str, ...] = ()
    mixed: bool = False
    active: bool = True
    position: int = 0
    public_name: str = ""
    comes_back: bool = False
    send_order: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner(Record):
    """A facility people are referred to. kind: hospital, puskesmas, clinic, laboratory; specialties it offers."""

    name: str
    kind: str = "hospital"
    code: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    specialties: tuple[str, ...] = ()
    distance_km: int | None = None
    active: bool = True
    position: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationshipCode(Record):
    """Two digits that stand for the place in the family, in the family-folder scheme. Site data.

    standard: the family relationship (codes.toml) these digits are for.
    """

    code: str
    label: str
    position: int = 0
    standard: str = ""
