"""What the desk reads about people while they are registered: who may be the same, whose family, what is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.maternity.pregnancy import goes_on
from ilp_desk.domain.numbering import FAMILY_FOLDER
from ilp_desk.domain.person import Consent, Family, OldNumber, Person, PersonStatus
from ilp_desk.domain.person_form import FOLDER, PersonForm, read_form
from ilp_desk.domain.person_start import from_record
from ilp_desk.domain.site import Area, Facility
from ilp_desk.domain.staff import CARE
from ilp_desk.domain.text.ages import age_text
from ilp_desk.domain.text.dates import day_text, moment_text, time_text
from ilp_desk.domain.text.identifiers import mask
from ilp_desk.domain.text.matching import Level, score
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import people as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services import person_parts as parts
from ilp_desk.services.person_parts import REGISTRARS, SCREEN
from ilp_desk.work import Service, question


class PersonReading(Service):
    """The questions of `People`."""

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
            found = uow.all(Family, kk=parts.kk_number(number))
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
        ongoing = goes_on(pregnancy, uow.today, self.reference)
        olds = uow.all(OldNumber, person_uid=person.uid)
        numbers = [o for o in olds if not parts.is_former_name(o)]
        consents = [c for c in uow.all(Consent, person_uid=person.uid) if c.kind == "general"]
        draft = uow.draft(SCREEN, person.uid)
        form = replace(
            from_record(person, family),
            old_number=", ".join(o.number for o in numbers),
            old_origin=numbers[-1].origin if numbers else "",
            pregnant=ongoing,
            lmp=day_text(pregnancy.lmp) if ongoing and pregnancy else "",
        )
        form = replace(form, later=not person.complete and not read_form(form, uow.today).missing)
        said = consents[-1] if consents else None
        return rows.OpenedPerson(
            uid=person.uid,
            form=form,
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

    # -- parts

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
