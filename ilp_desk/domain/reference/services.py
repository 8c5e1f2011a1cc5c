"""Services of the life cycle: for whom, how often, what recorded fact closes each (services.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import ANY_AGE, Ages, Span
from ilp_desk.domain.reference.growth import Prematurity
from ilp_desk.domain.reference.measures import Measures
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

ORIGINS = ("pregnancy", "problem", "told", "person", "visit", "area")
ENGINES = ("", "immunization")
TIMES = ("every", "ages", "months", "window", "once", "each", "after")


class Anchor(StrEnum):
    """The day a window is counted from."""

    BIRTH = "birth"
    DELIVERY = "delivery"
    HPHT = "hpht"


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition(Row):
    """What somebody has or is. origin: who knows it (ORIGINS); icd: prefixes of codes that say so; marital_status:
    codes that say so; sensitive: not even the family need know."""

    label: str
    origin: str
    icd: tuple[str, ...]
    marital_status: tuple[str, ...]
    sensitive: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FactKind(Row):
    """Something recorded that is no measure, no dose and no instrument; or a bundle of services."""

    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """sex None: any; conditions: one of `any_of`, all of `all_of`, none of `none_of`; since: only from there on."""

    sex: Sex | None = None
    ages: Ages = ANY_AGE
    any_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    since: tuple[Anchor, Span] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Recommended from `start` until before `end`, possible until before `until`; counted from the anchor."""

    anchor: Anchor
    start: Span
    end: Span
    until: Span


@dataclass(frozen=True, slots=True)
class Closing:
    """A fact that closes a service; value: only with this result; every: the interval it then opens."""

    fact: str
    value: str = ""
    every: Span | None = None


@dataclass(frozen=True, slots=True)
class Calling:
    """A fact that asks for a service; value: only with this result; start: so long after it."""

    fact: str
    value: str = ""
    start: Span = Span(0, 0)  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, kw_only=True, slots=True)
class Service(Row):
    """One of every, ages, months, window, once, each, after is set: how its days are found.

    ref: section of the domain reference; bundle: told together with the others of it; plain: its name where others may
    see it; by: roles; urgency 1 (first) to 3; late_after: how long after the due day it is called late; kader: may
    stand on a kader's list; engine: its days come from there and this row only names it, without a time of its own.
    cluster: where it is done, empty for the cluster of the person's age; spm: the number of the minimum service
    standard it counts for, 0 for none. In words: standard, what a complete service is; positive, which result asks for
    something; action, what. early: ages count from the day the child was due where it was born too early.
    """

    name: str
    plain: str
    bundle: str
    ref: str
    who: Who
    closes: tuple[Closing, ...]
    by: tuple[str, ...]
    urgency: int
    late_after: Span
    sensitive: bool
    kader: bool
    engine: str
    cluster: str
    spm: int
    standard: str
    positive: str
    action: str
    early: bool = False
    every: Span | None = None
    ages: tuple[Span, ...] = ()
    months: tuple[int, ...] = ()
    window: Window | None = None
    once: bool = False
    each: bool = False
    after: tuple[Calling, ...] = ()

    @property
    def public_name(self) -> str:
        """How it is called where people who need not know can read it."""
        return self.plain or self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceTable:
    """area: conditions of the area this Puskesmas serves; notice: how long before its day an item is told; lost_for:
    how long what is no longer possible is told; refusal_holds: after that a refused service is offered again;
    newborn_until: who is first seen before this age is known from birth on; ticket: bundles and services a queue ticket
    may name; gestation: the measure that says in which week of pregnancy somebody was born; prematurity: whose ages
    count from the day they were due."""

    header: Header
    area: frozenset[str]
    notice: Span
    lost_for: Span
    refusal_holds: Span
    newborn_until: Span
    ticket: frozenset[str]
    gestation: str
    prematurity: Prematurity
    conditions: Table[Condition]
    facts: Table[FactKind]
    bundles: Table[FactKind]
    services: Table[Service]

    def private(self, service: Service) -> bool:
        """Whether the service, or that somebody is meant by it, is for no other member of the family to know."""
        return service.sensitive or any(self.conditions[code].sensitive for code in service.who.all_of)


def read_services(sheet: Sheet, measures: Measures, roles: frozenset[str], prematurity: Prematurity) -> ServiceTable:
    """measures: codes that are measured, as they close services; roles: codes `by` may name."""
    area, ticket, gestation, notice, lost_for, refusal, newborn = sheet.section("settings", _settings)
    if gestation not in measures:
        raise sheet.fail(f'"gestation": ukuran {gestation} tidak ada')
    conditions = sheet.table("condition", _condition)
    for code in sorted(area):
        if code not in conditions or conditions[code].origin != "area":
            raise sheet.fail(f'"area": {code} bukan keadaan wilayah')
    facts, bundles = sheet.table("fact", _labelled), sheet.table("bundle", _labelled)

    def make(fields: Fields, base: RowBase) -> Service:
        service = _service(fields, base)
        for name, codes in (
            ("any", service.who.any_of),
            ("all", service.who.all_of),
            ("none", service.who.none_of),
        ):
            for code in sorted(codes):
                if code not in conditions:
                    raise fields.fail(f'"who", "{name}": keadaan {code} tidak ada')
        for key, rows in (("closes", service.closes), ("after", service.after)):
            for row in rows:
                if ":" not in row.fact and row.fact not in facts and row.fact not in measures:
                    raise fields.fail(f'"{key}": fakta {row.fact} tidak ada')
        if service.bundle and service.bundle not in bundles:
            raise fields.fail(f'"bundle": {service.bundle} tidak ada')
        for role in service.by:
            if role not in roles:
                raise fields.fail(f'"by": peran {role} tidak ada')
        return service

    services = sheet.table("service", make)
    for code in sorted(ticket):
        if code not in bundles and (code not in services or services[code].sensitive):
            raise sheet.fail(f'"ticket": {code} bukan kelompok atau layanan yang boleh disebut di nomor antrean')
    return ServiceTable(
        header=sheet.header,
        area=area,
        notice=notice,
        lost_for=lost_for,
        refusal_holds=refusal,
        newborn_until=newborn,
        ticket=ticket,
        gestation=gestation,
        prematurity=prematurity,
        conditions=conditions,
        facts=facts,
        bundles=bundles,
        services=services,
    )


def _settings(fields: Fields) -> tuple[frozenset[str], frozenset[str], str, Span, Span, Span, Span]:
    area, ticket = frozenset(fields.texts("area")), frozenset(fields.texts("ticket"))
    spans = [fields.span(name) for name in ("notice", "lost_for", "refusal_holds", "newborn_until")]
    return area, ticket, fields.text("gestation"), spans[0], spans[1], spans[2], spans[3]


def _labelled(fields: Fields, base: RowBase) -> FactKind:
    return FactKind(**base, label=fields.text("label"))


def _condition(fields: Fields, base: RowBase) -> Condition:
    icd = fields.texts("icd")
    origin = fields.choice("from", ORIGINS, "problem")
    if (origin == "problem") != bool(icd):
        raise fields.fail('"icd" wajib untuk keadaan dari masalah kesehatan, dan hanya untuk itu')
    return Condition(
        **base,
        label=fields.text("label"),
        origin=origin,
        icd=icd,
        marital_status=fields.texts("marital_status"),
        sensitive=fields.flag("sensitive"),
    )


def _service(fields: Fields, base: RowBase) -> Service:
    kinds = [name for name in TIMES if fields.has(name)]
    engine = fields.choice("engine", ENGINES, "")
    if engine and kinds:
        raise fields.fail(f'"{kinds[0]}" tidak berlaku: waktunya dihitung oleh {engine}')
    if not engine and len(kinds) != 1:
        raise fields.fail(f"isi tepat satu dari {', '.join(TIMES)}")
    service = Service(
        **base,
        name=fields.text("name"),
        plain=fields.text("plain", ""),
        bundle=fields.text("bundle", ""),
        ref=fields.text("ref"),
        who=_who(fields.nested("who")),
        closes=_closes(fields),
        by=fields.texts("by", required=True),
        urgency=fields.integer("urgency"),
        late_after=fields.span("late_after", "0 hr"),
        sensitive=fields.flag("sensitive"),
        kader=fields.flag("kader"),
        engine=engine,
        cluster=fields.text("cluster", ""),
        spm=fields.integer("spm", 0),
        standard=fields.text("standard", ""),
        positive=fields.text("positive", ""),
        action=fields.text("action", ""),
        early=fields.flag("early"),
        every=fields.span("every") if kinds == ["every"] else None,
        ages=tuple(fields.spans("ages")) if kinds == ["ages"] else (),
        months=_months(fields) if kinds == ["months"] else (),
        window=_window(fields.nested("window")) if kinds == ["window"] else None,
        once=fields.flag("once"),
        each=fields.flag("each"),
        after=_after(fields) if kinds == ["after"] else (),
    )
    if service.early and not service.ages:
        raise fields.fail('"early" hanya untuk layanan dengan "ages"')
    told = {row.fact for row in service.closes if row.value}
    for fact in sorted(told - {row.fact for row in service.closes if not row.value}):
        raise fields.fail(f'"closes": {fact} dengan hasil lain belum diatur')
    if service.urgency not in (1, 2, 3):
        raise fields.fail('"urgency" harus 1, 2, atau 3')
    if not 0 <= service.spm <= 12:
        raise fields.fail('"spm" harus nomor layanan SPM, 1 sampai 12')
    if service.sensitive and (not service.plain or service.kader):
        raise fields.fail('layanan "sensitive" perlu "plain" dan tidak untuk kader')
    if list(service.ages) != sorted(service.ages, key=lambda span: span.order):
        raise fields.fail('"ages" harus berurutan')
    return service


def _who(fields: Fields) -> Who:
    since = None
    if fields.has("since"):
        inner = fields.nested("since")
        since = Anchor(inner.choice("anchor", tuple(Anchor))), inner.span("from")
        inner.finish()
    found = Who(
        sex=Sex(fields.choice("sex", ("L", "P"))) if fields.has("sex") else None,
        ages=fields.ages(),
        any_of=frozenset(fields.texts("any")),
        all_of=frozenset(fields.texts("all")),
        none_of=frozenset(fields.texts("none")),
        since=since,
    )
    fields.finish()
    return found


def _window(fields: Fields) -> Window:
    found = Window(
        anchor=Anchor(fields.choice("anchor", tuple(Anchor))),
        start=fields.span("from"),
        end=fields.span("to"),
        until=fields.span("until"),
    )
    fields.finish()
    if not found.start.order < found.end.order <= found.until.order:
        raise fields.fail('"from", "to", "until" harus berurutan')
    return found


def _months(fields: Fields) -> tuple[int, ...]:
    months = tuple(int(number) for number in fields.integers("months"))
    if not months or list(months) != sorted(set(months)) or not all(1 <= month <= 12 for month in months):
        raise fields.fail('"months" harus bulan 1 sampai 12, berurutan')
    return months


def _after(fields: Fields) -> tuple[Calling, ...]:
    found = []
    for item in fields.mixed("after"):
        if isinstance(item, str):
            found.append(Calling(item))
            continue
        found.append(Calling(item.text("fact"), item.text("value", ""), item.span("from", "0 hr")))
        item.finish()
    if not found:
        raise fields.fail('"after" tidak boleh kosong')
    return tuple(found)


def _closes(fields: Fields) -> tuple[Closing, ...]:
    found = []
    for item in fields.mixed("closes"):
        if isinstance(item, str):
            found.append(Closing(item))
            continue
        found.append(
            Closing(item.text("fact"), item.text("value", ""), item.span("every") if item.has("every") else None)
        )
        item.finish()
    if not found:
        raise fields.fail('"closes" tidak boleh kosong')
    return tuple(found)
