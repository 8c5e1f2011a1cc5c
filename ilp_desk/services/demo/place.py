"""The sample Puskesmas itself: letterhead, areas, service points, staff of every role, partner facilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.site import Area, Facility, Partner, RelationshipCode, ServicePoint
from ilp_desk.domain.staff import Role, Staff
from ilp_desk.services.demo.source import Source, read
from resources import path

RW_EACH, RT_EACH = 2, 3


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that is there before the first patient. By name: villages and hamlets (`homes`); by code: points;
    by username: staff, and the desk or room each works at."""

    facility: Facility
    areas: tuple[tuple[Area, ...], ...]
    homes: Mapping[str, Area]
    points: Mapping[str, ServicePoint]
    staff: Mapping[str, Staff]
    desks: Mapping[str, str]
    partners: tuple[Partner, ...]
    relationships: tuple[RelationshipCode, ...]

    @property
    def villages(self) -> tuple[Area, ...]:
        return self.areas[0]

    def hamlets(self, village: Area) -> tuple[Area, ...]:
        return tuple(area for area in self.areas[2] if area.parent_uid == village.uid)

    def who(self, role: Role) -> Staff:
        """The first who has this role."""
        return next(someone for someone in self.staff.values() if role in someone.roles)


def build(source: Source, reference: Reference, password: str) -> Place:
    """All records of the place; password: the hash everybody shares, for these are nobody's accounts."""
    staff = {
        row["username"]: Staff(
            uid=source.uid(),
            name=row["name"],
            username=row["username"],
            roles=tuple(Role(role) for role in row["roles"]),
            profession=row.get("profession", ""),
            sip=row.get("sip", ""),
            nip=row.get("nip", ""),
            password=password,
        )
        for row in read("site")["staff"]
    }
    desks = {row["username"]: row["desk"] for row in read("site")["staff"]}
    head = next(row["username"] for row in read("site")["staff"] if row.get("head"))
    facility = Facility(
        uid=source.uid(),
        **read("site")["facility"],
        head_uid=staff[head].uid,
        logo_left=path("demo", "logo_left.png").read_bytes(),
        logo_right=path("demo", "logo_right.png").read_bytes(),
    )
    areas = _areas(source)
    return Place(
        facility=facility,
        areas=areas,
        homes={area.name: area for area in (*areas[0], *areas[2])},
        points=_points(source, reference),
        staff=staff,
        desks=desks,
        partners=tuple(
            Partner(uid=source.uid(), position=n, **{**row, "specialties": tuple(row.get("specialties", ()))})
            for n, row in enumerate(read("site")["partner"])
        ),
        relationships=tuple(
            RelationshipCode(uid=source.uid(), code=row.code, label=row.label, standard=row.standard, position=n)
            for n, row in enumerate(reference.codes["kode_hubungan"])
        ),
    )


def _areas(source: Source) -> tuple[tuple[Area, ...], ...]:
    """The tree level by level, each after what it refers to: villages; Pustu and Posyandu; hamlets, served by the
    posyandu of their village in turn; RW; RT."""
    levels: tuple[list[Area], ...] = ([], [], [], [], [])
    for number, row in enumerate(read("places")["nagari"], 1):
        village = Area(
            uid=source.uid(),
            name=row["name"],
            level="village",
            code=f"13.06.04.20{number:02d}",
            folder_code=f"{number:02d}",
            position=number,
        )
        levels[0].append(village)
        hamlets = []
        for position, name in enumerate(row["jorong"], 1):
            hamlet = _below(source, village, name, "hamlet", position)
            hamlets.append(hamlet)
            for rw in range(1, RW_EACH + 1):
                block = _below(source, hamlet, f"RW {rw:02d}", "rw", rw)
                levels[3].append(block)
                levels[4].extend(_below(source, block, f"RT {rt:02d}", "rt", rt) for rt in range(1, RT_EACH + 1))
        for level in ("pustu", "posyandu"):
            levels[1].extend(_below(source, village, name, level, n) for n, name in enumerate(row[level], 90))
        serving = [area.uid for area in levels[1] if area.parent_uid == village.uid and area.level == "posyandu"]
        levels[2].extend(replace(hamlet, posyandu_uid=uid) for hamlet, uid in zip(hamlets, cycle(serving)))
    return tuple(tuple(level) for level in levels)


def _below(source: Source, parent: Area, name: str, level: str, position: int) -> Area:
    return Area(uid=source.uid(), name=name, level=level, parent_uid=parent.uid, position=position)


def _points(source: Source, reference: Reference) -> dict[str, ServicePoint]:
    """The service points every Puskesmas starts from."""
    return {
        row.code: ServicePoint(
            uid=source.uid(),
            code=row.code,
            name=row.label,
            cluster=row.cluster,
            letter=reference.clusters[row.cluster].letter,
            rooms=row.rooms,
            mixed=row.mixed,
            comes_back=row.comes_back,
            send_order=row.send_order,
            position=row.order,
        )
        for row in reference.service_points
    }
