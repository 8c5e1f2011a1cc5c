"""Clusters, service points, life stages, and why people come: what a new site starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster(Row):
    """letter: of its queue; words: how it is called in a sentence ("Klaster 2"); order: on the screen."""

    letter: str
    label: str
    words: str
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePointDefault(Row):
    """A service point a new site starts from.

    mixed: people of several clusters wait in one queue; instead: where a site without it sends people, best first.
    """

    cluster: str
    label: str
    rooms: tuple[str, ...]
    mixed: bool
    instead: tuple[str, ...]
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeStage(Row):
    label: str
    ages: Ages


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(Row):
    """One entry of a list to choose from. standard: the code other systems use for it, where it differs."""

    label: str
    standard: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceRequest(Row):
    """A service somebody may ask for without seeing a clinician first. sensitive: shown by `neutral` on lists."""

    label: str
    neutral: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitChoices:
    """reasons: Visit.reason; buildings: Visit.building; origins: Visit.origin; services: what may be asked for."""

    reasons: Table[Choice]
    buildings: Table[Choice]
    origins: Table[Choice]
    services: Table[ServiceRequest]


def read_clusters(sheet: Sheet) -> Table[Cluster]:
    def make(fields: Fields, base: RowBase) -> Cluster:
        letter = fields.text("letter")
        if len(letter) != 1 or not letter.isupper():
            raise fields.fail('"letter" harus satu huruf besar')
        return Cluster(
            **base,
            letter=letter,
            label=fields.text("label"),
            words=fields.text("words"),
            order=fields.integer("order"),
        )

    return sheet.table("cluster", make)


def read_service_points(sheet: Sheet) -> Table[ServicePointDefault]:
    def make(fields: Fields, base: RowBase) -> ServicePointDefault:
        return ServicePointDefault(
            **base,
            cluster=fields.text("cluster"),
            label=fields.text("label"),
            rooms=fields.texts("rooms"),
            mixed=fields.flag("mixed"),
            instead=fields.texts("instead"),
            order=fields.integer("order"),
        )

    return sheet.table("service_point", make)


def read_life_stages(sheet: Sheet) -> Table[LifeStage]:
    def make(fields: Fields, base: RowBase) -> LifeStage:
        return LifeStage(**base, label=fields.text("label"), ages=fields.ages())

    return sheet.table("life_stage", make)


CODE_TABLES = (
    "sex",
    "religion",
    "education",
    "occupation",
    "marital_status",
    "disability",
    "unknown_age",
    "responsible_relation",
    "family_relationship",
    "kode_hubungan",
    "payer",
    "payer_fktp",
    "payer_status",
    "diagnosis_course",
    "allergy_kind",
    "glucose_kind",
    "discharge",
    "specialty",
    "tacc",
    "tacc_time",
    "tacc_age",
)


def read_codes(sheet: Sheet) -> Mapping[str, Table[Choice]]:
    """The lists of codes.toml by name (CODE_TABLES)."""
    return {name: sheet.table(name, make_choice) for name in CODE_TABLES}


def make_choice(fields: Fields, base: RowBase) -> Choice:
    return Choice(**base, label=fields.text("label"), standard=fields.text("standard", ""))


def read_visit_choices(sheet: Sheet) -> VisitChoices:
    def make(fields: Fields, base: RowBase) -> ServiceRequest:
        label = fields.text("label")
        return ServiceRequest(**base, label=label, neutral=fields.text("neutral", label))

    return VisitChoices(
        reasons=sheet.table("reason", make_choice),
        buildings=sheet.table("building", make_choice),
        origins=sheet.table("origin", make_choice),
        services=sheet.table("service", make),
    )
