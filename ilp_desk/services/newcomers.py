"""People who come without a name of their own yet: newborns, and those nobody knows."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.person import Family, Person, Precision, Sex
from ilp_desk.domain.person_form import LONGEST_NAME
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import people as rows
from ilp_desk.services import person_parts as parts
from ilp_desk.services.life_cycle import pregnancies
from ilp_desk.services.person_parts import REGISTRARS
from ilp_desk.work import Service, command


class Newcomers(Service):
    """Registering and, later, naming them."""

    @command("person.newborn", REGISTRARS)
    def newborn(
        self, uow: UnitOfWork, mother_uid: str, uid: str, sex: Sex, born: date, order: int = 1, twins: bool = False
    ) -> rows.SavedPerson:
        """Register a newborn by the mother: `By. Ny. Rosmaini`, twins by their order; the real name comes later.

        With it the mother has given birth: her pregnancy ended on that day.
        """
        uow.about(uid)
        done = uow.find(Person, uid)
        if done is not None:
            return parts.saved(done, ())
        baby = register_newborn(uow, uow.get(Person, mother_uid), uid, sex, born, order, twins=twins)
        pregnancies.note_birth(uow, mother_uid, born, self.reference)
        return parts.saved(baby, ("nama",))

    @command("person.rename", REGISTRARS)
    def rename(self, uow: UnitOfWork, person_uid: str, name: str, why: str = "nama resmi") -> rows.SavedPerson:
        """Give a baby, or somebody unknown, the real name; the former one stays in the audit and is searchable."""
        words = parts.short_text("name", name)
        if not any(c.isalpha() for c in words):
            raise InvalidInput("name", "Tulis namanya dengan huruf.")
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        parts.keep_former_name(uow, person, why)
        changed = uow.change(person, name=words, identity="known")
        uow.index_person(changed.uid)
        uow.announce("person", changed.uid)
        return parts.saved(changed, ())

    @command("person.unknown", REGISTRARS)
    def unknown(
        self, uow: UnitOfWork, uid: str, sex: Sex, years: int | None, found_at: str = "", escort: str = ""
    ) -> rows.SavedPerson:
        """An emergency patient nobody knows: `Tn. X 21-11-2026 08.14`, with an estimated age."""
        uow.about(uid)
        done = uow.find(Person, uid)
        if done is not None:
            return parts.saved(done, ())
        if years is not None and not 0 <= years <= 122:
            raise InvalidInput("years", "Perkiraan umur 0 sampai 122 tahun.")
        where, who = parts.short_text("found_at", found_at), parts.short_text("escort", escort)
        at = self.tools.clock.local(uow.now)
        title = {Sex.MALE: "Tn. X", Sex.FEMALE: "Ny. X"}.get(sex, "X")
        born = date(uow.today.year - years, 7, 1) if years is not None else None
        if born is not None and born > uow.today:
            born = uow.today
        person = parts.numbered(
            uow,
            Person(
                uid=uid,
                name=f"{title} {day_text(at.date())} {time_text(at)}",
                sex=sex,
                born_on=born,
                born_precision=Precision.ESTIMATED,
                outside=f"ditemukan di {where}" if where else "tidak diketahui",
                responsible_name=who,
                identity="unknown",
                complete=False,
            ),
            None,
        )
        uow.index_person(person.uid)
        uow.announce("person", person.uid)
        return parts.saved(person, ("identitas",))


def register_newborn(
    uow: UnitOfWork, mother: Person, uid: str, sex: Sex, born: date, order: int = 1, *, twins: bool = False
) -> Person:
    """Inside other commands: the child of this mother, with her address, family and payer. Raises InvalidInput."""
    if mother.sex is Sex.MALE:
        raise InvalidInput("mother", "Yang dipilih laki-laki. Pilih ibunya.")
    if born > uow.today:
        raise InvalidInput("birth", "Tanggal lahir belum lewat. Periksa tanggalnya.")
    siblings = uow.all(Person, mother_uid=mother.uid, born_on=born)
    if any(p.birth_order == order for p in siblings):
        raise InvalidInput("birth_order", f"Bayi ke-{order} dari kelahiran ini sudah terdaftar.")
    family = uow.find(Family, mother.family_uid)
    place = f" {order}" if twins or siblings else ""
    title = f"By. Ny. {mother.name}"[: LONGEST_NAME - len(place)] + place
    baby = parts.numbered(
        uow,
        Person(
            uid=uid,
            name=title,
            sex=sex,
            born_on=born,
            born_precision=Precision.DAY,
            mother_name=mother.name,
            mother_uid=mother.uid,
            birth_order=order,
            family_uid=mother.family_uid,
            relationship="child",
            area_uid=mother.area_uid,
            outside=mother.outside,
            address=mother.address,
            rt=mother.rt,
            rw=mother.rw,
            payer=mother.payer,
            responsible_name=mother.name,
            responsible_relation="parent",
            responsible_phone=mother.phone,
            identity="newborn",
            complete=False,
        ),
        family,
    )
    parts.belong(uow, baby, None, "child")
    uow.index_person(baby.uid)
    uow.announce("person", baby.uid)
    return baby
