"""All reference files together: each read by its own module, then checked against one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ilp_desk.domain.reference.alarm_rules import AlarmTable, read_alarms
from ilp_desk.domain.reference.antenatal import AntenatalRules, read_antenatal
from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.growth import GrowthRules, read_growth
from ilp_desk.domain.reference.immunization_rows import ImmunizationTable
from ilp_desk.domain.reference.immunizations import read_immunizations
from ilp_desk.domain.reference.measures import Measures, read_measures
from ilp_desk.domain.reference.overlay import lay_over
from ilp_desk.domain.reference.papers import (
    Certificates,
    ConsentText,
    Contradiction,
    ReferralForms,
    read_certificates,
    read_consents,
    read_contradictions,
    read_referral_kinds,
)
from ilp_desk.domain.reference.places import (
    Choice,
    Cluster,
    LifeStage,
    ServicePointDefault,
    VisitChoices,
    read_clusters,
    read_codes,
    read_life_stages,
    read_service_points,
    read_visit_choices,
)
from ilp_desk.domain.reference.pregnancies import PregnancyTable, read_pregnancy
from ilp_desk.domain.reference.reading import BadReference, Sheet
from ilp_desk.domain.reference.recall import RecallTable, read_recall
from ilp_desk.domain.reference.routes import PriorityTable, RoutingTable, When, read_priority, read_routing
from ilp_desk.domain.reference.services import ServiceTable, read_services
from ilp_desk.domain.reference.signs import Signs, read_signs
from ilp_desk.domain.staff import Role

FILES = (
    "clusters",
    "service_points",
    "life_stages",
    "visit_reasons",
    "routing",
    "priority",
    "danger_signs",
    "vitals",
    "observations",
    "alarms",
    "codes",
    "consents",
    "referral_kinds",
    "contradictions",
    "certificates",
    "immunizations",
    "growth",
    "services",
    "antenatal",
    "pregnancy",
    "recall",
)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Everything the rules read. Each table knows the version its judgements are stored with."""

    clusters: Table[Cluster]
    service_points: Table[ServicePointDefault]
    life_stages: Table[LifeStage]
    visit: VisitChoices
    routing: RoutingTable
    priority: PriorityTable
    signs: Signs
    measures: Measures
    alarms: AlarmTable
    codes: Mapping[str, Table[Choice]]
    consents: Table[ConsentText]
    referrals: ReferralForms
    contradictions: Table[Contradiction]
    certificates: Certificates
    immunizations: ImmunizationTable
    growth: GrowthRules
    services: ServiceTable
    antenatal: AntenatalRules
    pregnancy: PregnancyTable
    recall: RecallTable


def load(raw: Mapping[str, Mapping[str, Any]], site: Mapping[str, Mapping[str, Any]] | None = None) -> Reference:
    """All files of `resources/reference` by name, with a site's own files laid over; raises BadReference."""
    for name in site or {}:
        if name not in FILES:
            raise BadReference(name, "", "nama berkas tidak dikenal")
    sheets: dict[str, Sheet] = {}
    for name in FILES:
        if name not in raw:
            raise BadReference(name, "", "berkas tidak ada")
        own = (site or {}).get(name)
        sheets[name] = Sheet(name, raw[name] if own is None else lay_over(raw[name], own, name))
    for name in raw:
        if name not in FILES:
            raise BadReference(name, "", "nama berkas tidak dikenal")
    signs = read_signs(sheets["danger_signs"])
    measures = read_measures(sheets["vitals"], sheets["observations"])
    growth = read_growth(sheets["growth"])
    services = read_services(sheets["services"], measures, frozenset(Role), growth.prematurity)
    reference = Reference(
        clusters=read_clusters(sheets["clusters"]),
        service_points=read_service_points(sheets["service_points"]),
        life_stages=read_life_stages(sheets["life_stages"]),
        visit=read_visit_choices(sheets["visit_reasons"]),
        routing=read_routing(sheets["routing"]),
        priority=read_priority(sheets["priority"]),
        signs=signs,
        measures=measures,
        alarms=read_alarms(sheets["alarms"], measures, signs),
        codes=read_codes(sheets["codes"]),
        consents=read_consents(sheets["consents"]),
        referrals=read_referral_kinds(sheets["referral_kinds"]),
        contradictions=read_contradictions(sheets["contradictions"]),
        certificates=read_certificates(sheets["certificates"]),
        immunizations=read_immunizations(sheets["immunizations"]),
        growth=growth,
        services=services,
        antenatal=read_antenatal(sheets["antenatal"]),
        pregnancy=read_pregnancy(sheets["pregnancy"]),
        recall=read_recall(sheets["recall"], services),
    )
    for sheet in sheets.values():
        sheet.finish()
    _check_places(reference)
    return reference


def _check_places(reference: Reference) -> None:
    clusters, points = reference.clusters, reference.service_points
    for point in points:
        _known("service_points", point, "cluster", [point.cluster], clusters)
        _known("service_points", point, "instead", point.instead, points)
    for rule in reference.routing.rules:
        _known("routing", rule, "cluster", [rule.cluster], clusters)
        _known("routing", rule, "service_point", [rule.service_point], points)
        _check_when("routing", rule, rule.when, reference)
    for group in reference.priority.groups:
        _check_when("priority", group, group.when, reference)
    for service in reference.services.services:
        if service.cluster:
            _known("services", service, "cluster", [service.cluster], clusters)
    if reference.routing.rules.rows[-1].when != When():
        raise BadReference("routing", "aturan terakhir", "harus tanpa syarat, supaya setiap orang mendapat tujuan")


def _check_when(file: str, row: Row, when: When, reference: Reference) -> None:
    _known(file, row, "signs", when.signs, reference.signs.dangers)
    _known(file, row, "reasons", when.reasons, reference.visit.reasons)
    _known(file, row, "services", when.services, reference.visit.services)


def _known(file: str, row: Row, column: str, codes: Iterable[str], table: Table[Any]) -> None:
    for code in codes:
        if code not in table:
            raise BadReference(file, row.code, f'"{column}": {code} tidak ada di {table.header.name}.toml')
