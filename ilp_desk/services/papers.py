"""Filling papers: letterhead, patient block, signature, letter numbers, and freezing what was printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

from ilp_desk import paperwork as forms
from ilp_desk.domain.person import Family, Person, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.referral_rules import relation_words
from ilp_desk.domain.site import Facility
from ilp_desk.domain.staff import Role, Staff
from ilp_desk.domain.text.ages import age_text
from ilp_desk.domain.text.dates import day_text, letter_day_text, time_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.registration import address_line

MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
EXAMINERS = {
    Role.DOCTOR: "Dokter pemeriksa,",
    Role.DENTIST: "Dokter gigi pemeriksa,",
    Role.MIDWIFE: "Bidan pemeriksa,",
}
"""Who may sign for the patient's care, and what stands over the name."""
EXPLAINERS = {
    Role.DOCTOR: "Dokter",
    Role.DENTIST: "Dokter gigi",
    Role.MIDWIFE: "Bidan",
    Role.NURSE: "Perawat",
}
SEX_WORDS = {Sex.MALE: "Laki-laki", Sex.FEMALE: "Perempuan", Sex.UNKNOWN: "Belum diketahui"}
KINDS: dict[str, type[forms.Paperwork]] = {
    paper.kind: paper
    for paper in (
        forms.ReferralLetter,
        forms.ReferralConsent,
        forms.ReferralRefusal,
        forms.GeneralConsent,
        forms.SickNote,
        forms.PatientSummary,
        forms.LabLabel,
    )
}
"""Papers that are kept as documents, by kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """Who signs a consent. relation: code of responsible_relation. What is left empty and not on record becomes a line
    to write on."""

    name: str
    relation: str
    identity: str = ""
    phone: str = ""
    address: str = ""


def facility(uow: UnitOfWork) -> Facility:
    """The facility in force; raises UserError before the set-up."""
    found = uow.all(Facility)
    if not found:
        raise UserError("Data Puskesmas belum diisi. Lengkapi di Manajemen > Fasilitas.")
    return found[-1]


def letterhead(site: Facility) -> forms.Letterhead:
    parts = (site.address, f"Telp. {site.phone}" if site.phone else "", f"Kode faskes {site.code}" if site.code else "")
    above = " · ".join(p for p in (site.authority, site.department) if p)
    return forms.Letterhead(
        facility=site.name.upper(),
        above=(above,) if above else (),
        below=(" · ".join(p for p in parts if p),),
        logo_left=site.logo_left,
        logo_right=site.logo_right,
    )


def patient_block(uow: UnitOfWork, person: Person, on: date, reference: Reference) -> forms.PatientBlock:
    """Who the paper is about, written in full: a paper in the patient's hand is no open desk."""
    payer = reference.codes["payer"].get(person.payer)
    words = payer.label if payer else person.payer
    family = uow.find(Family, person.family_uid)
    kin = person.responsible_name
    if kin and person.responsible_relation:
        kin = f"{kin} ({relation_words(person.responsible_relation, person.sex, reference).lower()})"
    return forms.PatientBlock(
        name=person.name,
        record_number=person.record_number,
        age_sex=" / ".join(
            p for p in (age_text(person.born_on, person.born_precision, on), SEX_WORDS[person.sex]) if p
        ),
        birth_date=letter_day_text(person.born_on)
        if person.born_on and person.born_precision == "day"
        else day_text(person.born_on, person.born_precision),
        nik=person.nik,
        payer=" · ".join(p for p in (words, person.bpjs) if p),
        address=address_line(uow, person),
        family=kin or (family.head_name if family else ""),
    )


def known_signer(uow: UnitOfWork, person: Person, told: Signer, reference: Reference) -> forms.ConsentSigner:
    """The signer as printed; the patient's own data and the responsible person's phone come from the record.

    Raises InvalidInput (signer, relation).
    """
    name = " ".join(told.name.split())
    if not name:
        raise InvalidInput("signer", "Tulis nama yang menandatangani.")
    if told.relation not in reference.codes["responsible_relation"]:
        raise InvalidInput("relation", "Pilih hubungan penanda tangan dengan pasien.")
    own = told.relation == "self"
    kin = name.casefold() == person.responsible_name.casefold()
    return forms.ConsentSigner(
        name=name,
        relation=relation_words(told.relation, person.sex, reference),
        identity=told.identity.strip() or (person.nik if own else ""),
        phone=told.phone.strip() or (person.phone if own else person.responsible_phone if kin else ""),
        address=told.address.strip() or (address_line(uow, person) if own else ""),
    )


def signature(uow: UnitOfWork, site: Facility, at: datetime, role: str, staff_uid: str) -> forms.Signature:
    """at: on the facility's wall clock."""
    someone = uow.get(Staff, staff_uid)
    identifiers = " · ".join(
        p for p in (f"NIP {someone.nip}" if someone.nip else "", f"SIP {someone.sip}" if someone.sip else "") if p
    )
    return forms.Signature(
        place_date=f"{site.city or site.name}, {letter_day_text(at.date())}, {time_text(at)}",
        role=role,
        name=someone.name,
        identifiers=identifiers,
    )


def examiner(roles: Collection[Role]) -> str:
    """What stands over the name of somebody with these roles who signs, empty for who may not."""
    return next((words for role, words in EXAMINERS.items() if role in roles), "")


def explainer(roles: Collection[Role]) -> str:
    """What stands over the name of who explained a referral."""
    who = next((words for role, words in EXPLAINERS.items() if role in roles), "Petugas")
    return f"{who} yang menjelaskan,"


def next_number(uow: UnitOfWork, site: Facility, kind: str, letters: str) -> tuple[str, int, int]:
    """Number as printed (`440/0217/RJK/PKM-MNJ/XI/2026`), serial and year; drawn per kind and year."""
    year = uow.today.year
    serial = uow.draw(f"letter:{kind}", str(year))
    number = f"{site.letter_prefix}/{serial:04d}/{letters}/{site.letter_code}/{MONTHS[uow.today.month - 1]}/{year}"
    return number, serial, year


def frozen(paper: forms.Paperwork, site: Facility) -> dict[str, object]:
    """A paper as plain JSON; logos stay with the facility's record, which is never overwritten."""
    content = asdict(paper)
    if "letterhead" in content:
        content["letterhead"] |= {"logo_left": None, "logo_right": None}
    return {"facility": site.uid, "paper": content}


def thawed(uow: UnitOfWork, kind: str, content: Mapping[str, Any]) -> forms.Paperwork:
    """The paper behind frozen content, with the logos of the time."""
    paper: Any = _made(KINDS[kind], content["paper"])
    site = uow.find(Facility, content["facility"])
    if site is not None and hasattr(paper, "letterhead"):
        head = replace(paper.letterhead, logo_left=site.logo_left, logo_right=site.logo_right)
        paper = replace(paper, letterhead=head)
    made: forms.Paperwork = paper
    return made


def _made(hint: Any, value: Any) -> Any:
    """A value of JSON as the annotated type: dataclasses and tuples of them are made again."""
    if value is None:
        return None
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        known = {f.name for f in fields(hint)}
        return hint(**{name: _made(hints[name], item) for name, item in value.items() if name in known})
    if isinstance(value, list | tuple):
        items = [a for a in get_args(hint) if a is not Ellipsis]
        if len(items) == len(value) and len(items) > 1:
            return tuple(_made(h, v) for h, v in zip(items, value, strict=True))
        return tuple(_made(items[0], item) for item in value)
    return value
