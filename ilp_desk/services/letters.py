"""What stands in a referral letter: the order as typed, joined with what the record of the visit knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ilp_desk import paperwork as forms
from ilp_desk.clock import Clock
from ilp_desk.domain import referral_rules
from ilp_desk.domain.alarms import taken
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Pregnancy,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.danger import sign_labels
from ilp_desk.domain.maternity.pregnancy import after_birth, gpa
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.site import Facility, Partner
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.text.ages import Age, weeks_text
from ilp_desk.domain.text.dates import day_text, moment_text, time_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.domain.visit import Visit
from ilp_desk.domain.vitals import read_kept, show
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services import papers
from ilp_desk.services.encounters import alarm_facts
from ilp_desk.services.examination import VITALS
from ilp_desk.work import Tools

OF_THE_UNBORN = frozenset({"fetal_heart", "presentation", "fundus"})
"""Measures that tell nothing once the child is born."""
CONSENT_LATER = "dilengkapi setelah keadaan gawat darurat tertangani."


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentAnswer:
    """What patient or family answered. answer: agreed, refused; relation: code of responsible_relation.

    reason: why it was refused. clauses: answers to the clauses that are answered by themselves, code -> answer.
    identity, phone, address: of the signer, for the paper, where the record does not know them.
    """

    answer: str
    signer: str
    relation: str
    witness: str = ""
    reason: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)
    identity: str = ""
    phone: str = ""
    address: str = ""

    @property
    def who(self) -> papers.Signer:
        return papers.Signer(
            name=self.signer,
            relation=self.relation,
            identity=self.identity,
            phone=self.phone,
            address=self.address,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueReferral:
    """Issue a letter. uid and document_uid are made by the caller.

    fields: field code of referral_kinds.toml -> text. destination_uid: of the directory, or None for one that is typed
    in fields["destination"]. consent: None completes later (only where the kind allows it).
    """

    uid: str
    document_uid: str
    visit_uid: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    destination_uid: str | None = None
    signer_uid: str
    consent: ConsentAnswer | None = None
    valid_until: date | None = None


class MissingFields(InvalidInput):
    """Required fields are empty; `field` is the first, `all` names every one with its sentence."""

    def __init__(self, found: tuple[referral_rules.Missing, ...]) -> None:
        super().__init__(found[0].field, found[0].sentence)
        self.all = found


@dataclass(frozen=True, slots=True)
class Case:
    """One visit as a letter tells it.

    pregnancy: the one going on that day, or whose birth lies `after_birth` days back. values: the latest of each
    measure; taken_at: when those were taken. signs: danger signs in words; treated: what was done about alarms, with
    its time; the last answer to each counts.
    """

    visit: Visit
    person: Person
    site: Facility
    age: Age | None
    pregnancy: Pregnancy | None
    after_birth: int | None
    diagnoses: tuple[Diagnosis, ...]
    notes: Mapping[str, str]
    allergies: tuple[Allergy, ...]
    procedures: tuple[Procedure, ...]
    values: Mapping[str, int | str]
    notable: frozenset[str]
    taken_at: str
    signs: tuple[str, ...]
    treated: tuple[str, ...]

    @property
    def pregnant(self) -> bool:
        return self.pregnancy is not None and self.after_birth is None


def read_case(uow: UnitOfWork, visit_uid: str, tools: Tools) -> Case:
    """Everything a letter needs of a visit; raises NotFound."""
    visit = uow.get(Visit, visit_uid)
    person = uow.get(Person, visit.person_uid)
    on = visit.service_date
    latest = uow.ask(LatestPregnancy(person.uid))
    results = uow.all(Observation, visit_uid=visit.uid)
    facts = alarm_facts(visit, person, latest, results, tools.reference)
    takings = uow.all(VitalSigns, visit_uid=visit.uid)
    since_birth = after_birth(latest, on, tools.reference)
    found = _latest(takings, results, tools.reference)
    if not facts.pregnant:
        found = {code: value for code, value in found.items() if code not in OF_THE_UNBORN}
    values = {code: value for code, (value, _) in found.items()}
    return Case(
        visit=visit,
        person=person,
        site=papers.facility(uow),
        age=facts.age,
        pregnancy=latest if facts.pregnant or since_birth is not None else None,
        after_birth=since_birth,
        diagnoses=uow.all(Diagnosis, visit_uid=visit.uid),
        notes={n.section: n.text for n in uow.all(Note, visit_uid=visit.uid)},
        allergies=uow.all(Allergy, person_uid=person.uid),
        procedures=uow.all(Procedure, visit_uid=visit.uid),
        values=values,
        notable=referral_rules.notable(values, facts, tools.reference),
        taken_at=_times((at for _, at in found.values()), tools.clock),
        signs=sign_labels(facts.signs, tools.reference),
        treated=treated(uow.all(AlarmAnswer, visit_uid=visit.uid), tools.clock),
    )


def _latest(
    takings: tuple[VitalSigns, ...], results: tuple[Observation, ...], reference: Reference
) -> dict[str, tuple[int | str, datetime]]:
    """The latest value of each measure and when it was taken; a result no rule can read stays as its words."""
    values: dict[str, tuple[int | str, datetime]] = {}
    for taking in takings:
        values |= {code: (value, taking.taken_at) for code, value in taken(taking, reference).items()}
    for found in results:
        if found.code in reference.measures:
            value = read_kept(found.code, found.value, reference)
            values[found.code] = (found.value if value is None else value, found.taken_at)
    return values


def _times(instants: Iterable[datetime], clock: Clock) -> str:
    """`08.18`, `08.16 dan 08.18`: figures of different times are not told as of one."""
    said = list(dict.fromkeys(time_text(clock.local(at)) for at in sorted(instants)))
    return " dan ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


def treated(answers: tuple[AlarmAnswer, ...], clock: Clock) -> tuple[str, ...]:
    """`MgSO4 4 g IV (08.50)`: what was answered to alarms that were not ignored; one deed answers several alarms."""
    last = {(a.rule, a.about): a for a in answers}
    deeds: dict[str, list[datetime]] = {}
    for answer in last.values():
        if answer.answer != "ignored" and answer.reason and answer.made_at:
            deeds.setdefault(answer.reason.strip().rstrip("."), []).append(answer.made_at)
    return tuple(f"{deed} ({_times(at, clock)})" for deed, at in deeds.items())


def allergy_words(case: Case) -> str:
    """`amoksisilin (gatal)`, or that there is none, or that nobody asked."""
    if case.allergies:
        return ", ".join(f"{a.substance} ({a.reaction})" if a.reaction else a.substance for a in case.allergies)
    return "tidak ada yang diketahui" if case.person.allergy_state == "none" else "belum ditanyakan"


def first_words(case: Case) -> dict[str, str]:
    """What the letter says unless somebody writes something else: the record's own words."""
    told = case.notes.get("anamnesis") or case.visit.complaint
    seen = f"Tanda bahaya: {'; '.join(case.signs)}" if case.signs else ""
    done = [p.text for p in case.procedures]
    return {
        "anamnesis": ". ".join(part for part in (_obstetric(case), told, seen) if part),
        "examination": case.notes.get("examination", ""),
        "therapy": "; ".join(part for part in (case.notes.get("therapy", ""), *done, *case.treated) if part),
        "reason": case.notes.get("plan", ""),
    }


def _obstetric(case: Case) -> str:
    """`G2P1A0, hamil 28 mgg`, `nifas hari 9, G2P2A0`, or nothing."""
    if case.pregnancy is None:
        return ""
    now = f"hamil {weeks_text(case.pregnancy.lmp, case.visit.service_date)}"
    parts = (gpa(case.pregnancy), now) if case.pregnant else (f"nifas hari {case.after_birth}", gpa(case.pregnancy))
    return ", ".join(filter(None, parts))


def cells(case: Case, reference: Reference) -> tuple[forms.Vital, ...]:
    """What was measured, blood pressure as one; bold where an alarm rose."""
    measures, values = reference.measures, case.values
    found = []
    if "systolic" in values:
        upper, lower = (show(code, values.get(code), reference) for code in ("systolic", "diastolic"))
        bold = bool(case.notable & {"systolic", "diastolic"})
        found.append(forms.Vital(measures["blood_pressure"].short, f"{upper}/{lower}", notable=bold))
    for code in (*VITALS, *(c for c in values if c not in VITALS)):
        if code not in values or code in ("systolic", "diastolic"):
            continue
        measure = measures[code]
        unit = measure.unit if isinstance(values[code], int) and measure.kind == "number" else ""
        gap = "" if unit.startswith(("/", "%")) else " "
        text = f"{show(code, values[code], reference)}{gap}{unit}".rstrip()
        found.append(forms.Vital(measure.short[:1].upper() + measure.short[1:], text, notable=code in case.notable))
    return tuple(found)


def filled(uow: UnitOfWork, order: IssueReferral, case: Case, reference: Reference) -> dict[str, str]:
    """The fields of this kind of letter as text; what the record knows by itself is not asked for.

    What was typed into fields another kind shows is left out. Raises InvalidInput.
    """
    if order.kind not in reference.referrals.kinds:
        raise InvalidInput("kind", "Pilih jenis rujukan.")
    shown = {field.code for field in referral_rules.visible(order.kind, reference)}
    texts = {}
    for name, text in order.fields.items():
        if name not in shown:
            continue
        texts[name] = referral_rules.tidy(text)
        if len(texts[name]) > referral_rules.LONGEST:
            raise InvalidInput(name, f"Terlalu panjang: ringkas sampai {referral_rules.LONGEST} huruf.")
    partner = uow.find(Partner, order.destination_uid)
    if partner is not None:
        texts["destination"] = partner.name
    if texts.get("planned_on"):
        texts["planned_on"] = _planned(texts["planned_on"], uow.today, reference.referrals.planned_days)
    if order.signer_uid:
        signer = uow.find(Staff, order.signer_uid)
        if signer is None or not signer.active or not papers.examiner(signer.roles):
            raise InvalidInput("doctor", "Pilih dokter, dokter gigi, atau bidan yang menandatangani.")
    if case.diagnoses:
        texts.pop("working", None)
    texts["diagnosis"] = "; ".join(d.code for d in case.diagnoses) or texts.get("working", "")
    texts["vitals"] = "ada" if case.values else ""
    texts["allergies"] = allergy_words(case) if case.allergies or case.person.allergy_state == "none" else ""
    texts["consent"] = order.consent.answer if order.consent else ""
    texts["doctor"] = order.signer_uid
    return texts


def _planned(text: str, today: date, farthest: int) -> str:
    try:
        day = read_day(text, today)
    except DateError as wrong:
        raise InvalidInput("planned_on", wrong.sentence) from wrong
    if not 0 <= (day - today).days <= farthest:
        raise InvalidInput("planned_on", f"Rencana berkunjung mulai hari ini sampai {farthest} hari ke depan.")
    return day_text(day)


def draw_up(
    uow: UnitOfWork, order: IssueReferral, case: Case, texts: Mapping[str, str], number: str, tools: Tools
) -> forms.ReferralLetter:
    """The letter, ready to print."""
    reference = tools.reference
    kind = reference.referrals.kinds[order.kind]
    jkn = case.visit.payer.startswith("jkn")
    now = tools.clock.local(uow.now)
    until = order.valid_until or referral_rules.valid_until(order.kind, uow.today, reference)
    details = tuple(
        forms.Field(reference.referrals.fields[name].label, texts[name])
        for name in ("tests", "sample", "planned_on", "tacc")
        if texts.get(name)
    )
    consent = ""
    if order.consent is not None:
        who = papers.known_signer(uow, case.person, order.consent.who, reference)
        consent = f"{who.name} ({who.relation.lower()}), {moment_text(now).replace(' ', ' pukul ')}."
    elif "consent" in kind.later:
        consent = CONSENT_LATER
    partner = uow.find(Partner, order.destination_uid)
    place = ", ".join(p for p in (texts["destination"], partner.city if partner else "") if p)
    someone = uow.get(Staff, order.signer_uid)
    role = papers.examiner(someone.roles)
    return forms.ReferralLetter(
        uid=order.document_uid,
        letterhead=papers.letterhead(case.site),
        number=number,
        short_number="/".join(number.split("/")[:2]),
        kind_line=kind.line,
        to_unit=texts.get("unit") or "Dokter jaga",
        to_facility=place,
        contacted=texts.get("contacted", ""),
        external_label="Nomor BPJS" if jkn else "Nomor SISRUTE",
        external_number=texts.get("external_number", "") or ("" if jkn else None),
        details=details,
        patient=papers.patient_block(uow, case.person, case.visit.service_date, reference),
        examined_at=case.taken_at,
        anamnesis=texts.get("anamnesis", ""),
        examination=texts.get("examination", ""),
        vitals=cells(case, reference),
        supporting=texts.get("supporting", ""),
        diagnoses=tuple(
            forms.Diagnosis(d.code, d.title, "utama" if d.primary else "")
            for d in sorted(case.diagnoses, key=lambda d: not d.primary)
        )
        or (forms.Diagnosis("", texts["working"], "diagnosis kerja"),),
        allergies=allergy_words(case),
        therapy=texts.get("therapy", ""),
        reason=texts.get("reason", ""),
        transport=". ".join(texts[name].rstrip(".") for name in ("transport", "condition") if texts.get(name)),
        consent=consent,
        valid_until=day_text(until) if until else "",
        signature=papers.signature(uow, case.site, now, role, order.signer_uid),
    )
