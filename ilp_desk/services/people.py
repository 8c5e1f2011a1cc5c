"""New people and families: registered once, found again, moved, named, and never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ilp_desk.domain.person import (
    Family,
    NotSamePerson,
    Person,
    PersonStatus,
    Precision,
)
from ilp_desk.domain.person_form import PersonForm, Reading, read_form
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.staff import CARE
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, NeedsReason
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import people as rows
from ilp_desk.services import person_parts as parts
from ilp_desk.services.newcomers import Newcomers
from ilp_desk.services.person_parts import REGISTRARS, SCREEN
from ilp_desk.services.person_reading import PersonReading
from ilp_desk.work import command


@dataclass(frozen=True, kw_only=True, slots=True)
class SavePerson:
    """Register or change somebody. uid is made by the caller.

    row_version: 0 for somebody new. not_same: uids of likely duplicates that were judged to be other people.
    """

    uid: str
    form: PersonForm
    row_version: int = 0
    not_same: tuple[str, ...] = ()
    draft: str = ""


class FormErrors(InvalidInput):
    """The form cannot be saved so; `field` is the first, `all` has a sentence for each."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        first = next(iter(errors))
        super().__init__(first, errors[first])
        self.all = dict(errors)


class SameNik(NeedsReason):
    """Somebody else has this NIK; it may be saved with a reason."""

    default = "NIK ini sudah dipakai orang lain. Periksa KTP; bila memang begitu, tulis alasannya."


class People(PersonReading, Newcomers):
    """Registering people. What a form says is read in `domain.person_form`."""

    @command("person.save", REGISTRARS)
    def save(self, uow: UnitOfWork, order: SavePerson) -> rows.SavedPerson:
        """Register somebody new, or change somebody known.

        Raises FormErrors, SameNik (a shared NIK without a reason), Conflict.
        """
        uow.about(order.uid)
        known = uow.find(Person, order.uid)
        if known is not None and order.row_version == 0:
            return parts.saved(known, ())
        if known is not None and known.row_version != order.row_version:
            raise Conflict
        read = read_form(order.form, uow.today)
        if read.errors:
            raise FormErrors(read.errors)
        shared_reason = self._shared_nik(uow, read, order)
        family = parts.family_of(uow, order.form, read, known)
        values = parts.values(uow, order.form, read, family, known)
        values["nik_shared_reason"] = shared_reason
        if known is None:
            person = parts.numbered(uow, Person(uid=order.uid, **values), family)
        else:
            person = uow.change(known, **values)
            if known.identity in parts.UNNAMED and known.name != person.name:
                parts.keep_former_name(uow, known)
        parts.belong(uow, person, known, order.form.relationship)
        parts.note_pregnancy(uow, person, read, order.form, self.reference)
        parts.keep_old_numbers(uow, person, order.form)
        for other in order.not_same:
            uow.add(NotSamePerson(uid=new_uid(), person_uid=person.uid, other_uid=other))
        if order.draft:
            uow.drop_draft(SCREEN, order.draft)
        uow.index_person(person.uid)
        uow.announce("person", person.uid)
        return parts.saved(person, read.missing)

    @command("person.status", REGISTRARS | CARE)
    def set_status(
        self, uow: UnitOfWork, person_uid: str, status: PersonStatus, on: date | None, place: str = "", source: str = ""
    ) -> Person:
        """Dead, moved, or active again. Raises InvalidInput (a day ahead, before birth, death without a source)."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if on is not None and on > uow.today:
            raise InvalidInput("on", "Tanggalnya belum lewat.")
        if on is not None and person.born_on and person.born_precision is Precision.DAY and on < person.born_on:
            raise InvalidInput("on", "Tanggalnya sebelum lahir.")
        if status is PersonStatus.DEAD and not source.strip():
            raise InvalidInput("source", "Tulis sumbernya: keluarga, surat kematian, kader.")
        changed = uow.change(
            person,
            status=status,
            status_on=on,
            status_place=parts.short_text("place", place),
            status_source=parts.short_text("source", source),
        )
        uow.announce("person", changed.uid)
        return changed

    @command("family.move", REGISTRARS)
    def move(
        self, uow: UnitOfWork, person_uid: str, kk: str, relationship: str, *, take_address: bool = True
    ) -> rows.SavedPerson:
        """Move somebody to another family; the former membership ends today and stays on record."""
        number = parts.kk_number(kk)
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        known = uow.all(Family, kk=number)
        head = person.name if relationship == "head" else ""
        family = known[-1] if known else uow.add(self._new_family(person, number, head))
        if family.uid == person.family_uid:
            raise IllegalStep("Sudah anggota keluarga ini.")
        values: dict[str, Any] = {"family_uid": family.uid, "relationship": relationship}
        if take_address and known:
            values |= {"area_uid": family.area_uid, "rt": family.rt, "rw": family.rw, "address": family.address}
        moved = uow.change(person, **values)
        parts.belong(uow, moved, person, relationship)
        uow.index_person(moved.uid)
        uow.announce("person", moved.uid)
        return parts.saved(moved, ())

    # -- drafts

    @command("person.keep_draft", REGISTRARS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, subject: str, content: Mapping[str, object]) -> None:
        """Keep what is typed about somebody new (subject: the uid made for them)."""
        uow.keep_draft(SCREEN, subject, content)

    @command("person.drop_draft", REGISTRARS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, subject: str) -> None:
        uow.drop_draft(SCREEN, subject)

    # -- parts

    def _shared_nik(self, uow: UnitOfWork, read: Reading, order: SavePerson) -> str:
        if not read.nik:
            return ""
        others = [p for p in uow.all(Person, nik=read.nik) if p.uid != order.uid and p.merged_into is None]
        if not others:
            return ""
        try:
            return reason(order.form.nik_shared_reason)
        except NeedsReason as missing:
            raise SameNik from missing

    def _new_family(self, person: Person, kk: str, head: str) -> Family:
        return Family(
            uid=new_uid(),
            kk=kk,
            head_name=head,
            area_uid=person.area_uid,
            address=person.address,
            rt=person.rt,
            rw=person.rw,
        )
