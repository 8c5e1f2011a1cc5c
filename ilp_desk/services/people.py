"""New people and families: registered once, found again, moved, named, and never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.person import (
    Family,
    FamilyMembership,
    NotSamePerson,
    OldNumber,
    Person,
    PersonStatus,
    Precision,
    Sex,
)
from ilp_desk.domain.person_form import PersonForm, Reading, read_form, tidy
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import Area
from ilp_desk.domain.staff import CARE, DESK, MANAGERS
from ilp_desk.domain.text.dates import PartialDate, day_text, time_text
from ilp_desk.domain.text.identifiers import IdentifierError, read_kk
from ilp_desk.domain.text.matching import Identity, Level, score
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, NeedsReason
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import people as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.rows.patients import FindPatients
from ilp_desk.services.numbering import next_record_number
from ilp_desk.work import Service, command, question

REGISTRARS = DESK | MANAGERS
SCREEN = "new_patient"


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


class People(Service):
    """Registering people. What a form says is read in `domain.person_form`."""

    @question("person.duplicates", REGISTRARS)
    def duplicates(self, uow: UnitOfWork, form: PersonForm, person_uid: str = "") -> tuple[rows.Duplicate, ...]:
        """Who may be the one being typed, likeliest first; asked while somebody types."""
        read = read_form(form, uow.today)
        mine = self._identity(uow, form, read)
        found = uow.ask(self._candidates(uow, read))
        quiet = self._judged(uow, person_uid) | {person_uid}
        matches = [(score(mine, c.identity), c) for c in found if c.uid not in quiet]
        matches = [(m, c) for m, c in matches if m.level is not Level.NONE]
        matches.sort(key=lambda pair: -pair[0].points)
        return tuple(
            rows.Duplicate(
                c.uid,
                c.identity.name,
                c.identity.sex.value,
                day_text(c.identity.birth.day, c.identity.birth.precision) if c.identity.birth else "",
                c.record_number,
                c.identity.mother,
                c.area,
                m.level,
                bool(read.nik) and c.identity.nik == read.nik,
                ", ".join(m.reasons),
            )
            for m, c in matches[:5]
        )

    @question("family.find", REGISTRARS)
    def family(self, uow: UnitOfWork, kk: str) -> rows.FamilyFound | None:
        """The family behind a KK number, or None; raises InvalidInput for what is no KK."""
        try:
            number = read_kk(kk)
        except IdentifierError as wrong:
            raise InvalidInput("kk", wrong.sentence) from wrong
        found = uow.all(Family, kk=number)
        return self._found(uow, found[-1]) if found else None

    @question("area.tree", REGISTRARS | CARE)
    def areas(self, uow: UnitOfWork) -> tuple[rows.AreaNode, ...]:
        """All parts of the catchment, parents before children."""
        found = sorted(uow.all(Area), key=lambda a: (a.position, a.name))
        return tuple(rows.AreaNode(a.uid, a.name, a.level, a.parent_uid) for a in found)

    @question("person.form", REGISTRARS | CARE)
    def form(self, uow: UnitOfWork, person_uid: str) -> tuple[PersonForm, int]:
        """Somebody's data as a form, and the version it was read at; opening is noted."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        family = uow.find(Family, person.family_uid)
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        ongoing = pregnancy is not None and pregnancy.ended_on is None
        olds = uow.all(OldNumber, person_uid=person.uid)
        shared = {f.name for f in fields(PersonForm)} & {f.name for f in fields(Person)}
        values: dict[str, Any] = {name: getattr(person, name) for name in shared}
        values |= {
            "sex": person.sex.value,
            "birth": day_text(person.born_on, person.born_precision),
            "kk": family.kk if family else "",
            "family_uid": person.family_uid or "",
            "mother_uid": person.mother_uid or "",
            "area_uid": person.area_uid or "",
            "outside": bool(person.outside),
            "outside_text": person.outside,
            "old_number": ", ".join(o.number for o in olds),
            "pregnant": ongoing,
            "lmp": day_text(pregnancy.lmp) if ongoing and pregnancy else "",
            "later": not person.complete,
        }
        return PersonForm(**values), person.row_version

    @command("person.save", REGISTRARS)
    def save(self, uow: UnitOfWork, order: SavePerson) -> rows.SavedPerson:
        """Register somebody new, or change somebody known.

        Raises FormErrors, SameNik (a shared NIK without a reason), Conflict.
        """
        uow.about(order.uid)
        known = uow.find(Person, order.uid)
        if known is not None and order.row_version == 0:
            return self._saved(known, ())
        if known is not None and known.row_version != order.row_version:
            raise Conflict
        read = read_form(order.form, uow.today)
        if read.errors:
            raise FormErrors(read.errors)
        shared_reason = self._shared_nik(uow, read, order)
        family = self._family(uow, order.form, read, known)
        values = self._values(uow, order.form, read, family)
        values["nik_shared_reason"] = shared_reason
        if known is None:
            person = self._numbered(uow, Person(uid=order.uid, **values), family)
        else:
            person = uow.change(known, **values)
        self._membership(uow, person, known, order.form.relationship)
        self._pregnancy(uow, person, read, order.form)
        self._old_numbers(uow, person, order.form)
        for other in order.not_same:
            uow.add(NotSamePerson(uid=new_uid(), person_uid=person.uid, other_uid=other))
        if order.draft:
            uow.drop_draft(SCREEN, order.draft)
        uow.index_person(person.uid)
        uow.announce("person", person.uid)
        return self._saved(person, read.missing)

    @command("person.newborn", REGISTRARS)
    def newborn(
        self, uow: UnitOfWork, mother_uid: str, uid: str, sex: Sex, born: date, order: int = 1, twins: bool = False
    ) -> rows.SavedPerson:
        """Register a newborn by the mother: `By. Ny. Rosmaini`, twins by their order; the real name comes later."""
        uow.about(uid)
        done = uow.find(Person, uid)
        if done is not None:
            return self._saved(done, ())
        mother = uow.get(Person, mother_uid)
        if mother.sex is Sex.MALE:
            raise InvalidInput("mother", "Yang dipilih laki-laki. Pilih ibunya.")
        if born > uow.today:
            raise InvalidInput("birth", "Tanggal lahir belum lewat. Periksa tanggalnya.")
        siblings = [p for p in uow.all(Person, mother_uid=mother.uid) if p.born_on == born]
        if any(p.birth_order == order for p in siblings):
            raise InvalidInput("birth_order", f"Bayi ke-{order} dari kelahiran ini sudah terdaftar.")
        family = uow.find(Family, mother.family_uid)
        title = f"By. Ny. {mother.name}" + (f" {order}" if twins or siblings else "")
        baby = self._numbered(
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
        self._membership(uow, baby, None, "child")
        uow.index_person(baby.uid)
        uow.announce("person", baby.uid)
        return self._saved(baby, ("nama",))

    @command("person.rename", REGISTRARS)
    def rename(self, uow: UnitOfWork, person_uid: str, name: str, why: str = "nama resmi") -> rows.SavedPerson:
        """Give a baby, or somebody unknown, the real name; the former one stays in the audit and is searchable."""
        words = tidy(name)
        if not words:
            raise InvalidInput("name", "Isi namanya.")
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.add(OldNumber(uid=new_uid(), person_uid=person.uid, number=person.name, origin=f"nama lama: {reason(why)}"))
        changed = uow.change(person, name=words, identity="known")
        uow.index_person(changed.uid)
        uow.announce("person", changed.uid)
        return self._saved(changed, ())

    @command("person.unknown", REGISTRARS)
    def unknown(
        self, uow: UnitOfWork, uid: str, sex: Sex, years: int | None, found_at: str = "", escort: str = ""
    ) -> rows.SavedPerson:
        """An emergency patient nobody knows: `Tn. X 21-11-2026 08.14`, with an estimated age."""
        uow.about(uid)
        done = uow.find(Person, uid)
        if done is not None:
            return self._saved(done, ())
        if years is not None and not 0 <= years <= 122:
            raise InvalidInput("years", "Perkiraan umur 0 sampai 122 tahun.")
        at = self.tools.clock.local(uow.now)
        title = {Sex.MALE: "Tn. X", Sex.FEMALE: "Ny. X"}.get(sex, "X")
        born = date(uow.today.year - years, 7, 1) if years is not None else None
        if born is not None and born > uow.today:
            born = uow.today
        person = self._numbered(
            uow,
            Person(
                uid=uid,
                name=f"{title} {day_text(at.date())} {time_text(at)}",
                sex=sex,
                born_on=born,
                born_precision=Precision.ESTIMATED,
                outside=f"ditemukan di {tidy(found_at)}" if found_at.strip() else "tidak diketahui",
                responsible_name=tidy(escort),
                identity="unknown",
                complete=False,
            ),
            None,
        )
        uow.index_person(person.uid)
        uow.announce("person", person.uid)
        return self._saved(person, ("identitas",))

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
            person, status=status, status_on=on, status_place=place.strip(), status_source=source.strip()
        )
        uow.announce("person", changed.uid)
        return changed

    @command("family.move", REGISTRARS)
    def move(
        self, uow: UnitOfWork, person_uid: str, kk: str, relationship: str, *, take_address: bool = True
    ) -> rows.SavedPerson:
        """Move somebody to another family; the former membership ends today and stays on record."""
        try:
            number = read_kk(kk)
        except IdentifierError as wrong:
            raise InvalidInput("kk", wrong.sentence) from wrong
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
        self._membership(uow, moved, person, relationship)
        uow.index_person(moved.uid)
        uow.announce("person", moved.uid)
        return self._saved(moved, ())

    # -- drafts

    @command("person.keep_draft", REGISTRARS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, subject: str, content: Mapping[str, object]) -> None:
        """Keep what is typed about somebody new (subject: the uid made for them)."""
        uow.keep_draft(SCREEN, subject, content)

    @question("person.drafts", REGISTRARS)
    def drafts(self, uow: UnitOfWork) -> tuple[tuple[str, Mapping[str, object]], ...]:
        """What the actor left unsaved, newest first."""
        return tuple((d.subject, d.content) for d in uow.drafts(SCREEN))

    @command("person.drop_draft", REGISTRARS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, subject: str) -> None:
        uow.drop_draft(SCREEN, subject)

    # -- parts

    def _numbered(self, uow: UnitOfWork, person: Person, family: Family | None) -> Person:
        """Store somebody new with the record number that is theirs from now on."""
        number = next_record_number(uow, person, family, person.relationship)
        return uow.add(replace(person, record_number=number))

    def _candidates(self, uow: UnitOfWork, read: Reading) -> rows.Candidates:
        numbers = tuple(n for n in (read.nik, read.bpjs, read.kk, read.phone) if n)
        born = read.birth.day if read.birth and read.birth.precision is Precision.DAY else None
        hits: tuple[str, ...] = ()
        if len(read.name) >= 3:
            hits = tuple(h.uid for h in uow.ask(FindPatients(read.name, uow.today, 20)).hits)
        return rows.Candidates(numbers, born, hits)

    def _identity(self, uow: UnitOfWork, form: PersonForm, read: Reading) -> Identity:
        area = uow.find(Area, form.area_uid or None)
        birth = read.birth
        if birth is None and read.nik_births:
            birth = PartialDate(read.nik_births[0])
        return Identity(
            name=read.name,
            sex=read.sex if read.sex is not Sex.UNKNOWN else read.nik_sex,
            birth=birth,
            nik=read.nik,
            bpjs=read.bpjs,
            kk=read.kk,
            mother=tidy(form.mother_name),
            phone=read.phone,
            area=" ".join(p for p in (area.name if area else "", form.rt, form.rw) if p) or form.outside_text,
            birth_order=form.birth_order,
        )

    def _judged(self, uow: UnitOfWork, person_uid: str) -> set[str]:
        if not person_uid or uow.find(Person, person_uid) is None:
            return set()
        pairs = (*uow.all(NotSamePerson, person_uid=person_uid), *uow.all(NotSamePerson, other_uid=person_uid))
        return {uid for pair in pairs for uid in (pair.person_uid, pair.other_uid)} - {person_uid}

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

    def _family(self, uow: UnitOfWork, form: PersonForm, read: Reading, known: Person | None) -> Family | None:
        if read.kk:
            found = uow.all(Family, kk=read.kk)
            if found:
                return found[-1]
            blank = Family(
                uid=new_uid(),
                kk=read.kk,
                head_name=read.name if form.relationship == "head" else "",
                area_uid=form.area_uid or None if not form.outside else None,
                address=tidy(form.address),
                rt=form.rt.strip(),
                rw=form.rw.strip(),
            )
            return uow.add(blank)
        return uow.find(Family, form.family_uid or (known.family_uid if known else None))

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

    def _values(self, uow: UnitOfWork, form: PersonForm, read: Reading, family: Family | None) -> dict[str, Any]:
        plain = (
            "birth_place",
            "payer",
            "payer_fktp",
            "payer_status",
            "relationship",
            "mother_name",
            "address",
            "occupation",
            "education",
            "religion",
            "marital_status",
            "disability",
            "responsible_name",
            "responsible_relation",
            "identity",
        )
        values: dict[str, Any] = {name: tidy(getattr(form, name)) for name in plain}
        values |= {
            "name": read.name,
            "sex": read.sex,
            "born_on": read.birth.day if read.birth else None,
            "born_precision": read.birth.precision if read.birth else Precision.ESTIMATED,
            "nik": read.nik,
            "bpjs": read.bpjs,
            "phone": read.phone,
            "responsible_phone": read.responsible_phone,
            "family_uid": family.uid if family else None,
            "mother_uid": form.mother_uid or None,
            "birth_order": form.birth_order,
            "area_uid": None if form.outside else form.area_uid or None,
            "outside": tidy(form.outside_text) if form.outside else "",
            "rt": form.rt.strip(),
            "rw": form.rw.strip(),
            "complete": not form.later and not read.missing,
        }
        if form.payer_status != "unknown" or form.payer_fktp != "unknown":
            values |= {"payer_checked_at": uow.now, "payer_checked_by": uow.actor.staff_uid}
        return values

    def _membership(self, uow: UnitOfWork, person: Person, before: Person | None, relationship: str) -> None:
        """Belonging to a family has a beginning and an end."""
        if before is not None and before.family_uid == person.family_uid:
            return
        for old in uow.all(FamilyMembership, person_uid=person.uid):
            if old.until is None:
                uow.change(old, until=uow.today)
        if person.family_uid:
            uow.add(
                FamilyMembership(
                    uid=new_uid(),
                    person_uid=person.uid,
                    family_uid=person.family_uid,
                    relationship=relationship,
                    since=uow.today,
                )
            )
            family = uow.get(Family, person.family_uid)
            if relationship == "head" and family.head_name != person.name:
                uow.change(family, head_name=person.name)

    def _pregnancy(self, uow: UnitOfWork, person: Person, read: Reading, form: PersonForm) -> None:
        if read.lmp is None:
            return
        standing = uow.ask(LatestPregnancy(person.uid))
        counts: dict[str, Any] = {"gravida": form.gravida, "para": form.para, "abortus": form.abortus}
        if standing is not None and standing.ended_on is None:
            told = {name: value for name, value in counts.items() if value is not None}
            if standing.lmp != read.lmp or told:
                uow.change(standing, lmp=read.lmp, **told)
            return
        uow.add(Pregnancy(uid=new_uid(), person_uid=person.uid, lmp=read.lmp, **counts))

    def _old_numbers(self, uow: UnitOfWork, person: Person, form: PersonForm) -> None:
        known = {o.number for o in uow.all(OldNumber, person_uid=person.uid)}
        for number in (tidy(part) for part in form.old_number.split(",")):
            if number and number not in known:
                uow.add(OldNumber(uid=new_uid(), person_uid=person.uid, number=number, origin=tidy(form.old_origin)))

    def _found(self, uow: UnitOfWork, family: Family) -> rows.FamilyFound:
        members = [p for p in uow.all(Person, family_uid=family.uid) if p.merged_into is None]
        return rows.FamilyFound(
            family.uid,
            family.kk,
            family.head_name,
            tuple(p.name for p in members),
            family.area_uid,
            family.rt,
            family.rw,
            family.address,
            family.folder,
        )

    def _saved(self, person: Person, missing: tuple[str, ...]) -> rows.SavedPerson:
        return rows.SavedPerson(person.uid, person.name, person.record_number, person.row_version, missing)
