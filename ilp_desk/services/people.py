"""New people and families: registered once, found again, moved, named, and never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.numbering import FAMILY_FOLDER
from ilp_desk.domain.person import (
    Consent,
    Family,
    NotSamePerson,
    OldNumber,
    Person,
    PersonStatus,
    Precision,
    Sex,
)
from ilp_desk.domain.person_form import FOLDER, PersonForm, Reading, read_form, tidy
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import Area, Facility
from ilp_desk.domain.staff import CARE, DESK, MANAGERS
from ilp_desk.domain.text.ages import age_text
from ilp_desk.domain.text.dates import day_text, moment_text, time_text
from ilp_desk.domain.text.identifiers import IdentifierError, mask, read_kk
from ilp_desk.domain.text.matching import Level, score
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, NeedsReason
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import people as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services import person_parts as parts
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

    @question("person.prepare", REGISTRARS)
    def prepare(self, uow: UnitOfWork) -> rows.Preparation:
        """What the new-patient sheet needs before the first key, with what the actor left unsaved about new people."""
        areas = sorted(uow.all(Area), key=lambda a: (a.position, a.name))
        facilities = uow.all(Facility)
        return rows.Preparation(
            areas=tuple(rows.AreaNode(a.uid, a.name, a.level, a.parent_uid) for a in areas),
            districts=_districts(areas),
            family_folder=bool(facilities) and facilities[-1].numbering == FAMILY_FOLDER,
            drafts=tuple(self._draft(uow, d) for d in uow.drafts(SCREEN) if uow.find(Person, d.subject) is None),
        )

    @question("person.duplicates", REGISTRARS)
    def duplicates(self, uow: UnitOfWork, form: PersonForm, person_uid: str = "") -> tuple[rows.Duplicate, ...]:
        """Who may be the one being typed, likeliest first; asked while somebody types."""
        read = read_form(form, uow.today)
        mine = parts.identity_of(uow, form, read)
        found = uow.ask(parts.candidates(uow, read))
        quiet = parts.judged_others(uow, person_uid) | {person_uid}
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
    def family(self, uow: UnitOfWork, number: str) -> rows.FamilyFound | None:
        """The family behind a KK number or a folder (WW-FFFF), or None; raises InvalidInput for what is neither."""
        folder = FOLDER.fullmatch(number)
        if folder:
            found = uow.all(Family, folder=f"{folder[1]}-{folder[2]}")
        else:
            found = uow.all(Family, kk=_kk(number))
        if not found:
            return None
        family = found[-1]
        uow.about(family.uid)
        return rows.FamilyFound(
            uid=family.uid,
            kk=family.kk,
            head_name=family.head_name,
            members=self._members(uow, family),
            area_uid=family.area_uid,
            rt=family.rt,
            rw=family.rw,
            address=family.address,
            folder=family.folder,
        )

    @question("family.household", REGISTRARS)
    def household(self, uow: UnitOfWork, person_uid: str) -> rows.Household:
        """The family of somebody, head first; who belongs to none stands alone."""
        person = uow.get(Person, person_uid)
        family = uow.find(Family, person.family_uid)
        uow.about(family.uid if family else person.uid)
        if family is None:
            return rows.Household("", "", "", "", "", (self._member(uow, person),))
        members = self._members(uow, family)
        return rows.Household(family.uid, family.head_name, mask(family.kk), family.kk, family.folder, members)

    @question("person.form", REGISTRARS | CARE)
    def opened(self, uow: UnitOfWork, person_uid: str) -> rows.OpenedPerson:
        """Somebody's data as a form, with the version it was read at; opening is noted."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        family = uow.find(Family, person.family_uid)
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        ongoing = pregnancy is not None and pregnancy.ended_on is None
        olds = uow.all(OldNumber, person_uid=person.uid)
        numbers = [o for o in olds if not parts.is_former_name(o)]
        consents = [c for c in uow.all(Consent, person_uid=person.uid) if c.kind == "general"]
        draft = uow.draft(SCREEN, person.uid)
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
            "old_number": ", ".join(o.number for o in numbers),
            "old_origin": numbers[-1].origin if numbers else "",
            "pregnant": ongoing,
            "lmp": day_text(pregnancy.lmp) if ongoing and pregnancy else "",
        }
        values["later"] = not person.complete and not read_form(PersonForm(**values), uow.today).missing
        said = consents[-1] if consents else None
        return rows.OpenedPerson(
            uid=person.uid,
            form=PersonForm(**values),
            row_version=person.row_version,
            record_number=person.record_number,
            status=person.status,
            status_text=_status_text(person),
            consent=said.answer if said else "not_asked",
            consent_on=day_text(self.tools.clock.local(said.made_at).date()) if said and said.made_at else "",
            ongoing=ongoing,
            unnamed=person.identity in parts.UNNAMED,
            former=tuple(o.number for o in olds if parts.is_former_name(o)),
            draft=self._draft(uow, draft) if draft else None,
        )

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
        family = parts.family_of(uow, order.form, read, known)
        values = parts.values(uow, order.form, read, family, known)
        values["nik_shared_reason"] = shared_reason
        if known is None:
            person = self._numbered(uow, Person(uid=order.uid, **values), family)
        else:
            person = uow.change(known, **values)
            if known.identity in parts.UNNAMED and known.name != person.name:
                parts.keep_former_name(uow, known)
        parts.belong(uow, person, known, order.form.relationship)
        parts.note_pregnancy(uow, person, read, order.form)
        parts.keep_old_numbers(uow, person, order.form)
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
        siblings = uow.all(Person, mother_uid=mother.uid, born_on=born)
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
        parts.belong(uow, baby, None, "child")
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
        parts.keep_former_name(uow, person, why)
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
        number = _kk(kk)
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
        return self._saved(moved, ())

    # -- drafts

    @command("person.keep_draft", REGISTRARS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, subject: str, content: Mapping[str, object]) -> None:
        """Keep what is typed about somebody new (subject: the uid made for them)."""
        uow.keep_draft(SCREEN, subject, content)

    @command("person.drop_draft", REGISTRARS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, subject: str) -> None:
        uow.drop_draft(SCREEN, subject)

    # -- parts

    def _numbered(self, uow: UnitOfWork, person: Person, family: Family | None) -> Person:
        """Store somebody new with the record number that is theirs from now on."""
        number = next_record_number(uow, person, family, person.relationship)
        return uow.add(replace(person, record_number=number))

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

    def _members(self, uow: UnitOfWork, family: Family) -> tuple[rows.Member, ...]:
        """Head, spouse, then the others as they were born."""
        order = {"head": 0, "husband": 1, "wife": 1}
        people = [p for p in uow.all(Person, family_uid=family.uid) if p.merged_into is None]
        people.sort(key=lambda p: (order.get(p.relationship, 2), p.born_on or date.min, p.birth_order or 0))
        return tuple(self._member(uow, p) for p in people)

    def _member(self, uow: UnitOfWork, person: Person) -> rows.Member:
        age = age_text(person.born_on, person.born_precision, uow.today)
        return rows.Member(person.uid, person.name, person.sex, age, person.relationship, person.active)

    def _draft(self, uow: UnitOfWork, draft: Draft) -> rows.DraftKept:
        at = self.tools.clock.local(draft.saved_at)
        said = time_text(at) if at.date() == uow.today else moment_text(at)
        return rows.DraftKept(draft.subject, draft.content, said)

    def _saved(self, person: Person, missing: tuple[str, ...]) -> rows.SavedPerson:
        return rows.SavedPerson(person.uid, person.name, person.record_number, person.row_version, missing)


def _kk(text: str) -> str:
    try:
        return read_kk(text)
    except IdentifierError as wrong:
        raise InvalidInput("kk", wrong.sentence) from wrong


def _districts(areas: Sequence[Area]) -> frozenset[str]:
    """The first six digits of the villages' codes, as a NIK begins; villages with another kind of code say nothing."""
    digits = ("".join(c for c in area.code if c.isdigit()) for area in areas if area.level == "village")
    return frozenset(code[:6] for code in digits if len(code) >= 6)


def _status_text(person: Person) -> str:
    """Empty for somebody active; else the state with day, place and source."""
    words = {PersonStatus.DEAD: "meninggal", PersonStatus.MOVED: "pindah", PersonStatus.UNKNOWN: "tidak diketahui"}
    if person.active:
        return ""
    place = f"ke {person.status_place}" if person.status is PersonStatus.MOVED else person.status_place
    facts = (
        words[person.status],
        day_text(person.status_on),
        place if person.status_place else "",
        person.status_source,
    )
    return " · ".join(fact for fact in facts if fact)
