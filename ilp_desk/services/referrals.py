"""Referral letters from the open visit to the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ilp_desk import paperwork as forms
from ilp_desk.domain import referral_rules
from ilp_desk.domain.clinical import Allergy, Diagnosis, Note, Observation, Pregnancy, Procedure, VitalSigns
from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent, Person
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import Partner
from ilp_desk.domain.staff import CARE, CLINICIANS, DESK, MANAGERS, Role, Staff
from ilp_desk.domain.text.ages import age, weeks_text
from ilp_desk.domain.text.dates import day_text, letter_day_text, time_text
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.domain.vitals import show
from ilp_desk.errors import IllegalStep, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import papers as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services import papers
from ilp_desk.services.examination import VITALS
from ilp_desk.work import Service, command, question

FORM_VERSION = "1"
SIGNERS = (Role.DOCTOR, Role.DENTIST, Role.MIDWIFE)
LIST_READERS = CARE | DESK | MANAGERS
ORDER = {
    ReferralState.ISSUED: 0,
    ReferralState.SENT: 1,
    ReferralState.RECEIVED: 2,
    ReferralState.REPLIED: 3,
    ReferralState.CLOSED: 4,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentAnswer:
    """What patient or family answered. answer: agreed, refused; relation: code of responsible_relation."""

    answer: str
    signer: str
    relation: str
    witness: str = ""


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


class Refers(Service):
    """Who is referred where, why, and what came back."""

    @question("referral.start", CLINICIANS)
    def start(self, uow: UnitOfWork, visit_uid: str) -> rows.LetterStart:
        """What the letter of an open visit starts from."""
        visit = uow.get(Visit, visit_uid)
        person = uow.get(Person, visit.person_uid)
        uow.about(visit.uid)
        uow.opened(person.uid)
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        pregnant = pregnancy is not None and pregnancy.ended_on is None
        block = papers.patient_block(uow, person, visit.service_date, self.reference)
        signers = tuple((s.uid, s.name) for s in uow.all(Staff, active=True) if any(r in s.roles for r in SIGNERS))
        me = uow.actor.staff_uid
        partners = sorted(uow.all(Partner, active=True), key=lambda p: (p.position, p.distance_km or 0, p.name))
        takings = uow.all(VitalSigns, visit_uid=visit.uid)
        taken_at = takings[-1].taken_at if takings else None
        return rows.LetterStart(
            person_uid=person.uid,
            visit_uid=visit.uid,
            name=person.name,
            age_sex=block.age_sex,
            record_number=person.record_number,
            fields=self._first_words(uow, visit, person, pregnancy if pregnant else None),
            diagnoses=tuple((d.code, d.title, d.primary) for d in diagnoses),
            allergy_words=self._allergies(uow, person),
            vitals_at=time_text(self.tools.clock.local(taken_at)) if taken_at else "",
            clashes=self._clashes(person, diagnoses, pregnant, visit.service_date),
            destinations=tuple(
                rows.Destination(p.uid, p.name, p.kind, p.city, p.phone, p.specialties) for p in partners
            ),
            signers=signers,
            signer_uid=me if any(uid == me for uid, _ in signers) else (signers[0][0] if signers else ""),
            red=visit.emergency,
        )

    @command("referral.issue", CLINICIANS)
    def issue(self, uow: UnitOfWork, order: IssueReferral) -> rows.Issued:
        """Issue, number and freeze a letter. Raises MissingFields, InvalidInput, IllegalStep."""
        uow.about(order.visit_uid)
        done = uow.find(Referral, order.uid)
        if done is not None:
            return self._issued(uow, done)
        visit = uow.get(Visit, order.visit_uid)
        if visit.state is VisitState.CANCELLED:
            raise IllegalStep("Kunjungan ini dibatalkan, jadi tidak dapat dirujuk.")
        person = uow.get(Person, visit.person_uid)
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        filled = self._filled(uow, order, visit, person, diagnoses)
        gaps = referral_rules.missing(order.kind, filled, self.reference)
        must = tuple(g for g in gaps if not g.later)
        if must:
            raise MissingFields(must)
        if order.consent is not None and order.consent.answer == "refused":
            raise InvalidInput(
                "consent", "Pasien atau keluarga menolak dirujuk. Cetak surat penolakan, jangan surat rujukan."
            )
        consent = self._consent(uow, person.uid, visit.uid, order.consent)
        primary = next((d for d in diagnoses if d.primary), diagnoses[0])
        partner = uow.find(Partner, order.destination_uid)
        site = papers.facility(uow)
        number, serial, year = papers.next_number(uow, site, "referral", "RJK")
        until = order.valid_until or referral_rules.valid_until(order.kind, uow.today, self.reference)
        letter = self._letter(uow, order, visit, person, diagnoses, filled, number, until)
        document = uow.add(
            Document(
                uid=order.document_uid,
                kind=letter.kind,
                person_uid=person.uid,
                visit_uid=visit.uid,
                number=number,
                serial=serial,
                year=year,
                form_version=FORM_VERSION,
                content=papers.frozen(letter, site),
                issued_at=uow.now,
                issued_by=order.signer_uid,
            )
        )
        referral = uow.add(
            Referral(
                uid=order.uid,
                person_uid=person.uid,
                visit_uid=visit.uid,
                document_uid=document.uid,
                kind=order.kind,
                destination=partner.name if partner else filled["destination"],
                destination_uid=partner.uid if partner else None,
                specialty=filled.get("unit", ""),
                diagnosis_code=primary.code,
                diagnosis_title=primary.title,
                valid_until=until,
                external_number=filled.get("external_number", ""),
                consent_uid=consent.uid if consent else None,
            )
        )
        if not visit.discharge:
            uow.change(visit, discharge="referred")
        uow.announce("document", document.uid)
        uow.announce("visit", visit.uid)
        uow.drop_draft("referral", visit.uid)
        pdf = self.tools.renderer.pdf(letter)
        return rows.Issued(referral.uid, document.uid, number, pdf, tuple(g.sentence for g in gaps))

    @question("referral.preview", CLINICIANS)
    def preview(self, uow: UnitOfWork, order: IssueReferral) -> bytes:
        """The pages as they would be, without a number; nothing is stored. Raises MissingFields."""
        visit = uow.get(Visit, order.visit_uid)
        person = uow.get(Person, visit.person_uid)
        uow.about(visit.uid)
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        filled = self._filled(uow, order, visit, person, diagnoses)
        must = tuple(g for g in referral_rules.missing(order.kind, filled, self.reference) if not g.later)
        if must:
            raise MissingFields(must)
        until = order.valid_until or referral_rules.valid_until(order.kind, uow.today, self.reference)
        letter = self._letter(uow, order, visit, person, diagnoses, filled, "diberikan saat terbit", until)
        return self.tools.renderer.pdf(letter)

    @question("referral.list", LIST_READERS)
    def list(
        self,
        uow: UnitOfWork,
        text: str = "",
        states: tuple[ReferralState, ...] = (),
        visit_uid: str = "",
        person_uid: str = "",
    ) -> tuple[rows.ReferralRow, ...]:
        """Letters newest first."""
        return uow.ask(
            rows.Referrals(uow.today, " ".join(text.split()), states, visit_uid=visit_uid, person_uid=person_uid)
        )

    @question("referral.read", LIST_READERS)
    def read(self, uow: UnitOfWork, uid: str) -> Referral:
        """One referral with its reply; opening is noted."""
        referral = uow.get(Referral, uid)
        uow.about(referral.uid)
        uow.opened(referral.person_uid)
        return referral

    @command("referral.mark", LIST_READERS)
    def mark(self, uow: UnitOfWork, uid: str, state: ReferralState) -> Referral:
        """Sent, or received by the hospital: only forward. Raises IllegalStep."""
        referral = self._standing(uow, uid)
        if state not in (ReferralState.SENT, ReferralState.RECEIVED) or ORDER[state] <= ORDER[referral.state]:
            raise IllegalStep
        return self._changed(uow, referral, state=state)

    @command("referral.external_number", LIST_READERS)
    def set_external_number(self, uow: UnitOfWork, uid: str, number: str) -> Referral:
        """The number BPJS or SISRUTE gave; stored as it is."""
        words = "".join(number.split())
        if not words:
            raise InvalidInput("external_number", "Ketik nomor dari BPJS atau SISRUTE.")
        return self._changed(uow, self._standing(uow, uid), external_number=words)

    @command("referral.consent", CLINICIANS)
    def record_consent(self, uow: UnitOfWork, uid: str, answer: ConsentAnswer) -> Referral:
        """The consent an emergency left for later."""
        referral = self._standing(uow, uid)
        if referral.consent_uid:
            raise IllegalStep("Persetujuan untuk surat ini sudah dicatat.")
        consent = self._consent(uow, referral.person_uid, referral.visit_uid, answer)
        return self._changed(uow, referral, consent_uid=consent.uid if consent else None)

    @command("referral.refuse", CLINICIANS)
    def refuse(self, uow: UnitOfWork, visit_uid: str, answer: ConsentAnswer, referral_to: str, why: str) -> rows.Issued:
        """Patient or family refused to be referred: recorded, and a paper to sign."""
        return self._consent_paper(uow, visit_uid, answer, referral_to, reason(why), refused=True)

    @command("referral.consent_paper", CLINICIANS)
    def consent_paper(
        self, uow: UnitOfWork, visit_uid: str, answer: ConsentAnswer, referral_to: str, note: str = ""
    ) -> rows.Issued:
        """The consent to a referral as a paper to sign."""
        return self._consent_paper(uow, visit_uid, answer, referral_to, note.strip(), refused=False)

    @command("referral.reply", LIST_READERS)
    def reply(
        self,
        uow: UnitOfWork,
        uid: str,
        on: date,
        diagnosis: str,
        therapy: str = "",
        plan: str = "",
        doctor: str = "",
        *,
        close: bool = False,
    ) -> Referral:
        """Type the reply that came back. Raises InvalidInput (no diagnosis, a date before the letter or ahead)."""
        referral = self._standing(uow, uid)
        issued = uow.get(Document, referral.document_uid).issued_at
        if not diagnosis.strip():
            raise InvalidInput("diagnosis", "Tulis diagnosis akhir dari rumah sakit.")
        if on > uow.today or on < self.tools.clock.local(issued).date():
            raise InvalidInput("on", "Tanggal balasan harus antara tanggal surat dan hari ini.")
        return self._changed(
            uow,
            referral,
            state=ReferralState.CLOSED if close else ReferralState.REPLIED,
            reply_on=on,
            reply_diagnosis=diagnosis.strip(),
            reply_therapy=therapy.strip(),
            reply_plan=plan.strip(),
            reply_doctor=doctor.strip(),
        )

    @command("referral.void", CLINICIANS | MANAGERS)
    def void(self, uow: UnitOfWork, uid: str, why: str) -> Referral:
        """Take a letter out of use; its number stays used and a reprint says so. Raises NeedsReason."""
        words = reason(why)
        referral = self._standing(uow, uid)
        document = uow.get(Document, referral.document_uid)
        uow.void(document, words)
        uow.announce("document", document.uid)
        return self._changed(uow, referral, state=ReferralState.VOIDED, reply_plan=f"dibatalkan: {words}")

    # -- drafts

    @command("referral.keep_draft", CLINICIANS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> None:
        """Keep a letter that is being written."""
        uow.about(visit_uid)
        uow.keep_draft("referral", visit_uid, content)

    @question("referral.draft", CLINICIANS)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Mapping[str, object] | None:
        """What the actor left unissued for this visit."""
        uow.about(visit_uid)
        kept = uow.draft("referral", visit_uid)
        return kept.content if kept else None

    # -- parts

    def _standing(self, uow: UnitOfWork, uid: str) -> Referral:
        referral = uow.get(Referral, uid)
        uow.about(referral.uid)
        if referral.state is ReferralState.VOIDED:
            raise IllegalStep("Surat ini sudah dibatalkan.")
        return referral

    def _changed(self, uow: UnitOfWork, referral: Referral, **values: object) -> Referral:
        changed = uow.change(referral, **values)
        uow.announce("document", referral.document_uid)
        return changed

    def _issued(self, uow: UnitOfWork, referral: Referral) -> rows.Issued:
        document = uow.get(Document, referral.document_uid)
        paper = papers.thawed(uow, document.kind, document.content)
        return rows.Issued(referral.uid, document.uid, document.number, self.tools.renderer.pdf(paper), ())

    def _consent(
        self, uow: UnitOfWork, person_uid: str, visit_uid: str, answer: ConsentAnswer | None
    ) -> Consent | None:
        if answer is None:
            return None
        if answer.answer not in ("agreed", "refused"):
            raise InvalidInput("consent", "Pilih setuju atau menolak.")
        if not answer.signer.strip():
            raise InvalidInput("signer", "Tulis nama yang menandatangani.")
        return uow.add(
            Consent(
                uid=new_uid(),
                person_uid=person_uid,
                visit_uid=visit_uid,
                kind="referral",
                answer=answer.answer,
                signer=" ".join(answer.signer.split()),
                relation=answer.relation,
                witness=answer.witness.strip(),
                text_version=self.reference.consents["referral"].text_version,
            )
        )

    def _consent_paper(
        self, uow: UnitOfWork, visit_uid: str, answer: ConsentAnswer, referral_to: str, why: str, *, refused: bool
    ) -> rows.Issued:
        visit = uow.get(Visit, visit_uid)
        person = uow.get(Person, visit.person_uid)
        uow.about(visit.uid)
        consent = self._consent(uow, person.uid, visit.uid, answer)
        site = papers.facility(uow)
        now = self.tools.clock.local(uow.now)
        text = self.reference.consents["referral"]
        relation = self.reference.codes["responsible_relation"].get(answer.relation)
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        number, serial, year = papers.next_number(uow, site, "referral_consent", "PRJ")
        signed = papers.signature(uow, site, now, "", uow.actor.staff_uid)
        uid = new_uid()
        paper = forms.ReferralConsent(
            letterhead=papers.letterhead(site),
            patient=papers.patient_block(uow, person, visit.service_date, self.reference),
            refused=refused,
            referral=(
                forms.Field("Dirujuk ke", referral_to),
                forms.Field("Diagnosis", "; ".join(f"{d.code} {d.title}" for d in diagnoses)),
            ),
            explained=tuple(clause.text for clause in text.clauses),
            place_date=f"{site.city or site.name}, {letter_day_text(now.date())}",
            time=time_text(now),
            doctor=signed.name,
            doctor_identifiers=signed.identifiers,
            number=number,
            signer=forms.ConsentSigner(name=answer.signer, relation=relation.label if relation else ""),
            witnesses=(answer.witness, ""),
            reason=why,
            text_version=text.text_version,
            uid=uid,
        )
        document = uow.add(
            Document(
                uid=uid,
                kind=paper.kind,
                person_uid=person.uid,
                visit_uid=visit.uid,
                number=number,
                serial=serial,
                year=year,
                form_version=FORM_VERSION,
                content=papers.frozen(paper, site),
                issued_at=uow.now,
                issued_by=uow.actor.staff_uid,
            )
        )
        uow.announce("document", document.uid)
        return rows.Issued(consent.uid if consent else "", uid, number, self.tools.renderer.pdf(paper), ())

    def _clashes(
        self, person: Person, diagnoses: tuple[Diagnosis, ...], pregnant: bool, on: date
    ) -> tuple[referral_rules.Clash, ...]:
        years = age(person.born_on, on) if person.born_on and person.born_on <= on else None
        return referral_rules.contradictions([d.code for d in diagnoses], person.sex, years, pregnant, self.reference)

    def _allergies(self, uow: UnitOfWork, person: Person) -> str:
        found = uow.all(Allergy, person_uid=person.uid)
        if found:
            return ", ".join(f"{a.substance} ({a.reaction})" if a.reaction else a.substance for a in found)
        return "tidak ada yang diketahui" if person.allergy_state == "none" else "belum ditanyakan"

    def _first_words(
        self, uow: UnitOfWork, visit: Visit, person: Person, pregnancy: Pregnancy | None
    ) -> dict[str, str]:
        """What the letter says unless somebody writes something else: the record's own words."""
        notes = {n.section: n.text for n in uow.all(Note, visit_uid=visit.uid)}
        opening = []
        if pregnancy is not None:
            if pregnancy.gravida is not None:
                opening.append(f"G{pregnancy.gravida}P{pregnancy.para or 0}A{pregnancy.abortus or 0}")
            opening.append(f"hamil {weeks_text(pregnancy.lmp, visit.service_date)}")
        anamnesis = ". ".join(p for p in (", ".join(opening), notes.get("anamnesis") or visit.complaint) if p)
        done = [p.text for p in uow.all(Procedure, visit_uid=visit.uid)]
        results = [self._result(o) for o in uow.all(Observation, visit_uid=visit.uid)]
        return {
            "anamnesis": anamnesis,
            "examination": notes.get("examination", ""),
            "supporting": "; ".join(results),
            "therapy": "; ".join(p for p in (notes.get("therapy", ""), *done) if p),
            "reason": notes.get("plan", ""),
        }

    def _result(self, found: Observation) -> str:
        """`Hb 11,4 g/dL`"""
        value = int(found.value) if found.value.lstrip("-").isdigit() else found.value
        words = show(found.code, value, self.reference)
        return f"{self.reference.measures[found.code].label} {words} {found.unit}".rstrip()

    def _filled(
        self,
        uow: UnitOfWork,
        order: IssueReferral,
        visit: Visit,
        person: Person,
        diagnoses: tuple[Diagnosis, ...],
    ) -> dict[str, str]:
        """All fields of the letter as text; what the record knows by itself is not asked for."""
        partner = uow.find(Partner, order.destination_uid)
        filled = {name: text.strip() for name, text in order.fields.items()}
        if partner is not None:
            filled["destination"] = partner.name
        filled["diagnosis"] = "; ".join(d.code for d in diagnoses)
        filled["vitals"] = "ada" if uow.all(VitalSigns, visit_uid=visit.uid) else ""
        filled["allergies"] = self._allergies(uow, person) if person.allergy_state != "not_asked" else ""
        filled["consent"] = order.consent.answer if order.consent else ""
        filled["doctor"] = order.signer_uid
        return filled

    def _letter(
        self,
        uow: UnitOfWork,
        order: IssueReferral,
        visit: Visit,
        person: Person,
        diagnoses: tuple[Diagnosis, ...],
        filled: Mapping[str, str],
        number: str,
        until: date | None,
    ) -> forms.ReferralLetter:
        kind = self.reference.referrals.kinds[order.kind]
        site = papers.facility(uow)
        now = self.tools.clock.local(uow.now)
        takings = uow.all(VitalSigns, visit_uid=visit.uid)
        ordered = sorted(diagnoses, key=lambda d: not d.primary)
        details = tuple(
            forms.Field(self.reference.referrals.fields[name].label, filled[name])
            for name in ("tests", "sample", "planned_on", "tacc")
            if filled.get(name)
        )
        consent = ""
        if order.consent is not None:
            relation = self.reference.codes["responsible_relation"].get(order.consent.relation)
            who = f"{order.consent.signer} ({relation.label.lower()})" if relation else order.consent.signer
            consent = f"Persetujuan rujukan: {who}."
        elif "consent" in kind.later:
            consent = "Persetujuan rujukan: dilengkapi setelah keadaan darurat tertangani."
        leaving = ". ".join(filled[n] for n in ("transport", "condition") if filled.get(n))
        partner = uow.find(Partner, order.destination_uid)
        facility_line = filled["destination"] + (f", {partner.city}" if partner and partner.city else "")
        return forms.ReferralLetter(
            uid=order.document_uid,
            letterhead=papers.letterhead(site),
            number=number,
            short_number="/".join(number.split("/")[:2]),
            kind_line=kind.line,
            to_unit=filled.get("unit") or "Dokter jaga",
            to_facility=facility_line,
            contacted=filled.get("contacted", ""),
            external_number=filled.get("external_number", "") if visit.payer.startswith("jkn") else None,
            details=details,
            patient=papers.patient_block(uow, person, visit.service_date, self.reference),
            examined_at=time_text(self.tools.clock.local(takings[-1].taken_at)) if takings else "",
            anamnesis=filled.get("anamnesis", ""),
            examination=filled.get("examination", ""),
            vitals=self._vitals(takings),
            supporting=filled.get("supporting", ""),
            diagnoses=tuple(forms.Diagnosis(d.code, d.title, "utama" if d.primary else "") for d in ordered),
            allergies=self._allergies(uow, person),
            therapy=filled.get("therapy", ""),
            reason=filled["reason"],
            transport=leaving,
            consent=consent,
            valid_until=day_text(until) if until else "",
            signature=papers.signature(uow, site, now, "Pengirim rujukan,", order.signer_uid),
        )

    def _vitals(self, takings: tuple[VitalSigns, ...]) -> tuple[forms.Vital, ...]:
        """The latest value of each measure, blood pressure as one."""
        latest: dict[str, int | str] = {}
        for taking in takings:
            for code in VITALS:
                value = getattr(taking, code)
                if value is not None:
                    latest[code] = value
            latest.update(taking.special or {})
        measures = self.reference.measures
        cells = []
        if "systolic" in latest:
            upper, lower = (show(c, latest.get(c), self.reference) for c in ("systolic", "diastolic"))
            cells.append(forms.Vital(measures["blood_pressure"].short, f"{upper}/{lower}", notable=True))
        for code in VITALS:
            if code in latest and code not in ("systolic", "diastolic"):
                unit = measures[code].unit
                gap = "" if unit.startswith(("/", "%")) else " "
                short = measures[code].short
                text = f"{show(code, latest[code], self.reference)}{gap}{unit}".rstrip()
                cells.append(forms.Vital(short[:1].upper() + short[1:], text))
        return tuple(cells)
