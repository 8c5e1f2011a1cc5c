"""Lists of people to call in: what is kept of those of an area, and what a list shows of a few of them."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from db.among import among
from db.models import desk, people, site
from db.models.recall import person_outline
from db.queries.answering import answers
from ilp_desk.domain.person import PersonStatus, Precision, Sex
from ilp_desk.rows.recall import (
    Neighbourhoods,
    OldOutlines,
    OutlineRow,
    OutlinesIn,
    PeopleOf,
    PersonLine,
    Subject,
    SubjectsOf,
)

_o, _p, _a, _v = person_outline, people.person, site.area, desk.visit
_above = _a.alias("above")
_HOMES = select(_a.c.id, _a.c.uid).where(among(_a.c.uid, "uids"))
_KEPT = select(_o.c.person_id, _o.c.home_id, _o.c.rw, _o.c.rt, _o.c.rules, _o.c.holds_until, _o.c.days)
_SUBJECTS = (
    select(
        _p.c.id, _p.c.uid, _p.c.sex, _p.c.born_on, _p.c.born_precision, _p.c.status, _p.c.outside, _p.c.marital_status,
        or_(_p.c.voided_at.is_not(None), _p.c.merged_into_id.is_not(None)).label("gone"),
    )
    .where(among(_p.c.id, "ids"))
    .order_by(_p.c.id)
)  # fmt: skip
_PEOPLE = (
    select(
        _p.c.id, _p.c.uid, _p.c.name, _p.c.sex, _p.c.born_on, _p.c.born_precision, _p.c.address, _p.c.phone,
        _p.c.responsible_phone, _p.c.mother_name, _a.c.name.label("home"), _above.c.name.label("village"),
    )
    .join(_o, _o.c.person_id == _p.c.id)
    .join(_a, _a.c.id == _o.c.home_id, isouter=True)
    .join(_above, _above.c.id == _a.c.parent_id, isouter=True)
    .where(among(_p.c.id, "ids"))
)  # fmt: skip
_LAST = (
    select(_v.c.person_id, func.max(_v.c.service_date).label("last"))
    .where(among(_v.c.person_id, "ids"), _v.c.voided_at.is_(None), _v.c.state != "cancelled")
    .group_by(_v.c.person_id)
)
_ACTIVE = PersonStatus.ACTIVE.value
_SEXES = {sex.value: sex for sex in Sex}
_PRECISIONS = {precision.value: precision for precision in Precision}


@answers(OutlinesIn)
def outlines_in(connection: Connection, question: OutlinesIn) -> tuple[OutlineRow, ...]:
    chosen, homes = _KEPT, dict[int | None, str]({None: ""})
    if question.homes is None:
        chosen = chosen.where(_o.c.home_id.is_(None))
    else:
        homes |= {row.id: row.uid for row in connection.execute(_HOMES, {"uids": question.homes})}
        chosen = chosen.where(_o.c.home_id.in_([key for key in homes if key is not None]))
    if question.rw:
        chosen = chosen.where(_o.c.rw == question.rw)
    if question.rt:
        chosen = chosen.where(_o.c.rt == question.rt)
    return tuple(OutlineRow(number, homes[home], *rest) for number, home, *rest in connection.execute(chosen))


@answers(OldOutlines)
def old_outlines(connection: Connection, question: OldOutlines) -> tuple[tuple[int, int], ...]:
    rules, found = question.rules, list[tuple[int, int]]()
    ran_out = (_o.c.rules == rules) & (_o.c.holds_until <= question.today)
    for condition in (ran_out, _o.c.rules < rules, _o.c.rules > rules):  # each a stretch of the index
        if len(found) < question.limit:
            chosen = select(_o.c.person_id, _o.c.marks).where(condition).limit(question.limit - len(found))
            found += ((number, marks) for number, marks in connection.execute(chosen))
    return tuple(sorted(found))


@answers(Neighbourhoods)
def neighbourhoods(connection: Connection, question: Neighbourhoods) -> tuple[tuple[str, str, str], ...]:
    chosen = (
        select(_a.c.uid, _o.c.rw, _o.c.rt)
        .join(_a, _a.c.id == _o.c.home_id)
        .where(_a.c.uid.in_(question.homes))
        .distinct()
        .order_by(_o.c.rw, _o.c.rt, _a.c.uid)
    )
    return tuple((home, rw, rt) for home, rw, rt in connection.execute(chosen))


@answers(SubjectsOf)
def subjects_of(connection: Connection, question: SubjectsOf) -> tuple[Subject, ...]:
    found = connection.execute(_SUBJECTS, {"ids": question.numbers})
    return tuple(
        Subject(number, uid, _SEXES[sex], born_on, _PRECISIONS[precision], status == _ACTIVE, outside, marital, gone)
        for number, uid, sex, born_on, precision, status, outside, marital, gone in found
    )


@answers(PeopleOf)
def people_of(connection: Connection, question: PeopleOf) -> tuple[PersonLine, ...]:
    wanted = {"ids": question.numbers}
    last = {row.person_id: row.last for row in connection.execute(_LAST, wanted)}
    return tuple(
        PersonLine(
            number=row.id,
            uid=row.uid,
            name=row.name,
            sex=_SEXES[row.sex],
            born_on=row.born_on,
            born_precision=_PRECISIONS[row.born_precision],
            area=", ".join(filter(None, (row.home, row.village))),
            address=row.address,
            phone=row.phone or row.responsible_phone,
            mother=row.mother_name,
            last_visit=last.get(row.id),
        )
        for row in connection.execute(_PEOPLE, wanted)
    )
