"""People, families, what is drafted about them, and lists of them."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.import_places import Places
from ilp_desk.domain.import_rows import FIELDS, understand
from ilp_desk.domain.person import Family, PersonStatus, Sex
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.services.import_doubles import Seen
from ilp_desk.services.people import SavePerson
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, Morning


def typed(m: Morning) -> PersonForm:
    return PersonForm(
        name=m.name(), nik=m.nik(), sex="P", birth="17-05-1990", kk=m.kk(), relationship="head",
        mother_name="Rosmaini", area_uid=m.house.areas["hamlet"].uid, rt="01", rw="02",
    )  # fmt: skip


@sample("person.prepare")
def prepare(m: Morning) -> Call:
    return Call(m.desk.people.prepare)


@sample("person.duplicates")
def duplicates(m: Morning) -> Call:
    form = typed(m)
    return Call(lambda actor: m.desk.people.duplicates(actor, form))


@sample("family.find")
def family(m: Morning) -> Call:
    kk = m.kk()
    m.house.put(Family(uid=new_uid(), kk=kk, head_name="Jamaludin"))
    return Call(lambda actor: m.desk.people.family(actor, kk))


@sample("family.household")
def household(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.people.household(actor, someone.uid))


@sample("family.move")
def move(m: Morning) -> Call:
    someone, kk = m.person(), m.kk()
    return Call(lambda actor: m.desk.people.move(actor, someone.uid, kk, "head"))


@sample("person.form")
def opened(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.people.opened(actor, someone.uid), opens=someone.uid)


@sample("person.save")
def save(m: Morning) -> Call:
    order = SavePerson(uid=new_uid(), form=typed(m))
    return Call(lambda actor: m.desk.people.save(actor, order))


@sample("person.newborn")
def newborn(m: Morning) -> Call:
    mother, uid = m.person(), new_uid()
    return Call(lambda actor: m.desk.people.newborn(actor, mother.uid, uid, Sex.FEMALE, date(2026, 11, 20)))


@sample("person.rename")
def rename(m: Morning) -> Call:
    baby, name = m.person(name="By. Ny. Rosmaini", born="2026-11-01"), m.name()
    return Call(lambda actor: m.desk.people.rename(actor, baby.uid, name))


@sample("person.unknown")
def unknown(m: Morning) -> Call:
    uid = new_uid()
    return Call(lambda actor: m.desk.people.unknown(actor, uid, Sex.MALE, 40, "pasar"))


@sample("person.status")
def status(m: Morning) -> Call:
    someone = m.person()
    return Call(
        lambda actor: m.desk.people.set_status(
            actor, someone.uid, PersonStatus.DEAD, date(2026, 11, 1), source="keluarga"
        )
    )


@sample("person.keep_draft")
def keep_draft(m: Morning) -> Call:
    subject = new_uid()
    return Call(lambda actor: m.desk.people.keep_draft(actor, subject, {"name": DRAFT}))


@sample("person.drop_draft")
def drop_draft(m: Morning) -> Call:
    subject = new_uid()
    return Call(
        lambda actor: m.desk.people.drop_draft(actor, subject),
        first=lambda actor: m.desk.people.keep_draft(actor, subject, {"name": DRAFT}),
    )


@sample("import.places")
def import_places(m: Morning) -> Call:
    return Call(m.desk.importing.places)


def row(m: Morning) -> tuple[str, ...]:
    cells = {"name": m.name(), "sex": "P", "birth": "17-05-1990", "nik": m.nik()}
    return tuple(cells.get(field, "") for field in FIELDS)


MAPPING = {field: place for place, field in enumerate(FIELDS)}


@sample("import.keep")
def import_keep(m: Morning) -> Call:
    return Call(lambda actor: m.desk.importing.keep(actor, ("000777",)))


@sample("import.look")
def look(m: Morning) -> Call:
    read = understand(2, row(m), MAPPING, Places(), date(2026, 11, 21))
    return Call(lambda actor: m.desk.importing.look(actor, (read,), Seen()))


@sample("import.people")
def import_people(m: Morning) -> Call:
    read = understand(2, row(m), MAPPING, Places(), date(2026, 11, 21))
    return Call(lambda actor: m.desk.importing.store(actor, (read,), Seen()))


@sample("search.rebuild")
def rebuild(m: Morning) -> Call:
    return Call(m.desk.importing.rebuild_search)
