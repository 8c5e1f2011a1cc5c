"""Clusters, service points, life stages, and why people come: what a new site starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import AgeBound, Ages
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet
from ilp_desk.domain.text.ages import Age


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster(Row):
    """letter: of its queue; words: how it is called in a sentence ("Klaster 2"); order: on the screen.

    discreet: its service points tell what somebody has, so the waiting room calls them by their room.
    """

    letter: str
    label: str
    words: str
    order: int
    discreet: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePointDefault(Row):
    """A service point a new site starts from.

    mixed: people of several clusters wait in one queue; instead: where a site without it sends people, best first;
    clerical: nobody is cared for there, so the desk may end a turn; comes_back: who is sent here usually goes back to
    the sender; send_order: place among the usual destinations, 1 first, 0 for none of them.
    """

    cluster: str
    label: str
    rooms: tuple[str, ...]
    mixed: bool
    instead: tuple[str, ...]
    order: int
    clerical: bool = False
    comes_back: bool = False
    send_order: int = 0


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
    """A service somebody may ask for without seeing a clinician first. neutral: how lists and papers call it."""

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
            discreet=fields.flag("discreet"),
        )

    return sheet.table("cluster", make)


def read_service_points(sheet: Sheet) -> Table[ServicePointDefault]:
    def make(fields: Fields, base: RowBase) -> ServicePointDefault:
        send_order = fields.integer("send_order", 0)
        if send_order < 0:
            raise fields.fail('"send_order" mulai dari 1; kosongkan bila bukan tujuan yang sering')
        return ServicePointDefault(
            **base,
            cluster=fields.text("cluster"),
            label=fields.text("label"),
            rooms=fields.texts("rooms"),
            mixed=fields.flag("mixed"),
            instead=fields.texts("instead"),
            order=fields.integer("order"),
            clerical=fields.flag("clerical"),
            comes_back=fields.flag("comes_back"),
            send_order=send_order,
        )

    return sheet.table("service_point", make)


def read_life_stages(sheet: Sheet) -> Table[LifeStage]:
    def make(fields: Fields, base: RowBase) -> LifeStage:
        return LifeStage(**base, label=fields.text("label"), ages=fields.ages())

    stages = sheet.table("life_stage", make)
    # Nobody is left out if somebody just born has a stage, and everybody who grows out of one has another.
    turns = [Age(0, 0, 0, 0), *(_just(stage.ages.end) for stage in stages if stage.ages.end)]
    left = next((turn for turn in turns if not any(stage.ages.holds(turn) for stage in stages)), None)
    if left is not None:
        raise sheet.fail(f"tidak ada kelompok untuk umur {left.total_months} bulan")
    return stages


def _just(bound: AgeBound) -> Age:
    """The age of somebody who reaches a bound today."""
    if bound.unit == "hr":
        return Age(bound.count // 365, bound.count % 365 // 30, bound.count % 30, bound.count)
    months = bound.count * 12 if bound.unit == "th" else bound.count
    return Age(months // 12, months % 12, 0, months * 31)


def life_stage(age: Age, stages: Table[LifeStage]) -> LifeStage:
    """What somebody of this age is called: the first stage of the file that fits."""
    return next(stage for stage in stages if stage.ages.holds(age))


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
    "vaccine_screening",
    "aefi_severity",
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
