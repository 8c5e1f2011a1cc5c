"""The rows of routing.toml and priority.toml: conditions on who came, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import ANY_AGE, Ages
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

WORDS = (
    "pregnant",
    "pregnant_no_lmp",
    "postpartum",
    "age_unknown",
    "sign_unsaid",
    "infection_unsaid",
    "also_possible",
    "no_birth_date",
    "birth_in_future",
    "lmp_in_future",
    "pregnancy_too_long",
    "pregnant_man",
)
PLACES = (
    "cluster",
    "point",
    "age",
    "born",
    "pregnancy",
    "weeks",
    "lmp",
    "day",
    "delivered",
    "sign",
    "infection",
    "service",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """Conditions that must all hold; one that is None or empty asks nothing.

    signs: codes of danger_signs.toml; reasons and services: codes of visit_reasons.toml; sex: L or P.
    """

    emergency: bool | None = None
    infection: bool | None = None
    pregnant: bool | None = None
    postpartum: bool | None = None
    disability: bool | None = None
    signs: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sex: str = ""
    ages: Ages = ANY_AGE


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingRule(Row):
    """The first rule whose conditions hold decides. reason: a sentence with {places}."""

    when: When
    cluster: str
    service_point: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingTable:
    """words: sentences by name (see WORDS); default_age_years: of those whose birth date nobody knows."""

    header: Header
    rules: Table[RoutingRule]
    words: dict[str, str]
    pregnancy_days: int
    postpartum_days: int
    default_age_years: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rank(Row):
    """A place in line, 0 first."""

    rank: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PriorityGroup(Row):
    """People who go ahead. mixed: in queues of several clusters; inside: in the queue of their own cluster too."""

    label: str
    when: When
    mixed: bool
    inside: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PriorityTable:
    """regular_per_priority: how many regular ones are called between two priority ones; late_minutes: how far behind
    their time late ones stand among the regular ones."""

    header: Header
    ranks: Table[Rank]
    groups: Table[PriorityGroup]
    regular_per_priority: int
    late_minutes: int


def read_routing(sheet: Sheet) -> RoutingTable:
    def make(fields: Fields, base: RowBase) -> RoutingRule:
        return RoutingRule(
            **base,
            when=read_when(fields.nested("when")),
            cluster=fields.text("cluster"),
            service_point=fields.text("service_point"),
            reason=fields.template("reason", PLACES),
        )

    def words(fields: Fields) -> dict[str, str]:
        return {name: fields.template(name, PLACES) for name in WORDS}

    def limits(fields: Fields) -> tuple[int, int, int]:
        return (
            fields.integer("pregnancy_days"),
            fields.integer("postpartum_days"),
            fields.integer("default_age_years"),
        )

    pregnancy, postpartum, default = sheet.section("limits", limits)
    return RoutingTable(
        header=sheet.header,
        rules=sheet.table("rule", make),
        words=sheet.section("words", words),
        pregnancy_days=pregnancy,
        postpartum_days=postpartum,
        default_age_years=default,
    )


def read_priority(sheet: Sheet) -> PriorityTable:
    def rank(fields: Fields, base: RowBase) -> Rank:
        return Rank(**base, rank=fields.integer("rank"), label=fields.text("label"))

    def group(fields: Fields, base: RowBase) -> PriorityGroup:
        return PriorityGroup(
            **base,
            label=fields.text("label"),
            when=read_when(fields.nested("when")),
            mixed=fields.flag("mixed"),
            inside=fields.flag("inside"),
        )

    def order(fields: Fields) -> tuple[int, int]:
        regular, late = fields.integer("regular_per_priority"), fields.integer("late_minutes")
        if regular < 1:
            raise fields.fail('"regular_per_priority" paling sedikit 1, supaya antrean biasa tidak berhenti')
        return regular, late

    regular, late = sheet.section("order", order)
    ranks = sheet.table("rank", rank)
    if [row.rank for row in ranks] != list(range(5)):
        raise sheet.fail('[[rank]] harus berisi "rank" 0 sampai 4 berurutan')
    return PriorityTable(
        header=sheet.header,
        ranks=ranks,
        groups=sheet.table("group", group),
        regular_per_priority=regular,
        late_minutes=late,
    )


def read_when(fields: Fields) -> When:
    when = When(
        emergency=fields.optional_flag("emergency"),
        infection=fields.optional_flag("infection"),
        pregnant=fields.optional_flag("pregnant"),
        postpartum=fields.optional_flag("postpartum"),
        disability=fields.optional_flag("disability"),
        signs=fields.texts("signs"),
        reasons=fields.texts("reasons"),
        services=fields.texts("services"),
        sex=fields.choice("sex", ("L", "P", ""), ""),
        ages=fields.ages(),
    )
    fields.finish()
    return when
