"""Referral letters from the open visit to the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from ilp_desk.domain import referral_rules
from ilp_desk.domain.clinical import Diagnosis, Draft
from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent, Person, Sex
from ilp_desk.domain.record import reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.site import Partner
from ilp_desk.domain.staff import CARE, CLINICIANS, DESK, MANAGERS, Actor, Staff
from ilp_desk.domain.text.ages import age_text
from ilp_desk.domain.text.dates import moment_text, time_text
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import papers as rows
from ilp_desk.rows.encounter import StaffNames
from ilp_desk.services import letters, papers
from ilp_desk.services.consents import FORM_VERSION, record_consent, referral_paper
from ilp_desk.services.discretion import hides
from ilp_desk.services.encounters import standing_alarms
from ilp_desk.services.history import READERS
from ilp_desk.services.letters import Case, ConsentAnswer, IssueReferral, MissingFields
from ilp_desk.work import Service, command, question

LIST_READERS = CARE | DESK | MANAGERS
LONGEST_NUMBER = 40
QR_PREFIX = "ILP1:"
ORDER = {
    ReferralState.ISSUED: 0,
    ReferralState.SENT: 1,
    ReferralState.RECEIVED: 2,
    ReferralState.REPLIED: 3,
    ReferralState.CLOSED: 4,
}


class Refers(Service):
    """Who is referred where, why, and what came back."""

    @question("referral.start", CLINICIANS)
    def start(self, uow: UnitOfWork, visit_uid: str) -> rows.LetterStart:
        """What the letter of a visit starts from; opening is noted. Raises IllegalStep for a cancelled visit."""
        case = self._case(uow, visit_uid)
        person, visit = case.person, case.visit
        uow.opened(person.uid)
        staff = [s for s in uow.all(Staff, active=True) if papers.examiner(s.roles)]
        partners = sorted(uow.all(Partner, active=True), key=lambda p: (p.position, p.distance_km or 0, p.name))
        standing = standing_alarms(uow, visit, person, self.reference, self.tools.clock)
        letters_here = uow.ask(rows.Referrals(uow.today, self._late_before(uow), visit_uid=visit.uid))
        return rows.LetterStart(
            person_uid=person.uid,
            visit_uid=visit.uid,
            name=person.name,
            sex=person.sex.value,
            age=age_text(person.born_on, person.born_precision, visit.service_date),
            record_number=person.record_number,
            jkn=visit.payer.startswith("jkn"),
            fields=letters.first_words(case),
            diagnoses=tuple((d.code, d.title, d.primary) for d in case.diagnoses),
            allergy_words=letters.allergy_words(case),
            allergic=bool(case.allergies),
            measured=tuple((c.label, c.value, c.notable) for c in letters.cells(case, self.reference)),
            measured_at=case.taken_at,
            clashes=self._clashes(case),
            destinations=tuple(self._destination(p) for p in partners),
            units=tuple(_unit(code, self.reference) for code in self.reference.codes["specialty"].by_code),
            signers=tuple((s.uid, s.name) for s in staff),
            signer_uid=_signer(uow.actor.staff_uid, case.diagnoses, {s.uid for s in staff}),
            kin=person.responsible_name,
            kin_relation=person.responsible_relation,
            red=visit.emergency or any(a.alarm.level is Level.RED for a in standing),
            before=tuple(row for row in letters_here if row.state is not ReferralState.VOIDED),
        )

    @command("referral.issue", CLINICIANS)
    def issue(self, uow: UnitOfWork, order: IssueReferral) -> rows.Issued:
        """Issue, number and freeze a letter. Sent twice it is issued once. Raises MissingFields, InvalidInput,
        IllegalStep."""
        uow.about(order.visit_uid)
        done = uow.find(Referral, order.uid)
        if done is not None:
            document = uow.get(Document, done.document_uid)
            paper = papers.thawed(uow, document.kind, document.content)
            return rows.Issued(done.uid, document.uid, document.number, self.tools.renderer.pdf(paper), ())
        case = self._case(uow, order.visit_uid)
        texts, gaps = self._complete(uow, order, case)
        if order.consent is not None and order.consent.answer == "refused":
            raise InvalidInput(
                "consent", "Pasien atau keluarga menolak dirujuk. Cetak surat penolakan, jangan surat rujukan."
            )
        consent = None
        if order.consent is not None:
            consent = record_consent(uow, case.person, order.consent, self.tools, "referral", case.visit.uid)
        number, serial, year = papers.next_number(uow, case.site, "referral", "RJK")
        letter = letters.draw_up(uow, order, case, texts, number, self.tools)
        document = uow.add(
            Document(
                uid=order.document_uid,
                kind=letter.kind,
                person_uid=case.person.uid,
                visit_uid=case.visit.uid,
                number=number,
                serial=serial,
                year=year,
                form_version=FORM_VERSION,
                content=papers.frozen(letter, case.site),
                issued_at=uow.now,
                issued_by=order.signer_uid,
            )
        )
        primary = next((d for d in case.diagnoses if d.primary), None)
        partner = uow.find(Partner, order.destination_uid)
        referral = uow.add(
            Referral(
                uid=order.uid,
                person_uid=case.person.uid,
                visit_uid=case.visit.uid,
                document_uid=document.uid,
                kind=order.kind,
                destination=texts["destination"],
                destination_uid=partner.uid if partner else None,
                specialty=texts.get("unit", ""),
                diagnosis_code=primary.code if primary else "",
                diagnosis_title=primary.title if primary else texts["working"],
                valid_until=order.valid_until or referral_rules.valid_until(order.kind, uow.today, self.reference),
                external_number=texts.get("external_number", ""),
                consent_uid=consent.uid if consent else None,
            )
        )
        if not case.visit.discharge:
            uow.change(case.visit, discharge="referred")
        uow.announce("document", document.uid)
        uow.announce("visit", case.visit.uid)
        uow.drop_draft("referral", case.visit.uid)
        pdf = self.tools.renderer.pdf(letter)
        return rows.Issued(referral.uid, document.uid, number, pdf, tuple(g.sentence for g in gaps))

    @question("referral.preview", CLINICIANS)
    def preview(self, uow: UnitOfWork, order: IssueReferral) -> bytes:
        """The pages as they would be, without a number; nothing is stored. Raises MissingFields, InvalidInput."""
        case = self._case(uow, order.visit_uid)
        texts, _ = self._complete(uow, order, case)
        return self.tools.renderer.pdf(letters.draw_up(uow, order, case, texts, "diberikan saat terbit", self.tools))

    @question("referral.list", LIST_READERS)
    def list(
        self,
        uow: UnitOfWork,
        text: str = "",
        states: tuple[ReferralState, ...] = (),
        visit_uid: str = "",
        person_uid: str = "",
        before: str = "",
        *,
        late: bool = False,
        limit: int = 50,
    ) -> tuple[rows.ReferralRow, ...]:
        """Letters newest first, a page at a time.

        text: words of number, name, record number or destination, or the scanned code of a letter. before: uid of the
        last row of the page before. late: only those whose reply takes too long.
        """
        words = " ".join(text.split())
        scanned = words.removeprefix(QR_PREFIX) if words.startswith(QR_PREFIX) else ""
        asked = rows.Referrals(
            uow.today,
            self._late_before(uow),
            text="" if scanned else words,
            states=states,
            visit_uid=visit_uid,
            person_uid=person_uid,
            document_uid=scanned,
            before=before,
            late=late,
            limit=limit,
        )
        found = uow.ask(asked)
        return tuple(_row_as_told(uow.actor, row) for row in found)

    @question("referral.refusals", LIST_READERS)
    def refusals(self, uow: UnitOfWork, visit_uid: str) -> tuple[str, ...]:
        """Who refused to be referred in this visit, and why for who treats: `09.05 Ahmad Fauzi (suami): takut.`"""
        uow.about(visit_uid)
        person = uow.get(Person, uow.get(Visit, visit_uid).person_uid)
        codes = [d.code for d in uow.all(Diagnosis, visit_uid=visit_uid)]
        told = bool(uow.actor.roles & READERS) and not hides(uow.actor, codes)
        return tuple(
            self._refusal(c, person, told=told)
            for c in uow.all(Consent, visit_uid=visit_uid, answer="refused")
            if c.kind == "referral"
        )

    @question("referral.counts", LIST_READERS)
    def counts(self, uow: UnitOfWork) -> rows.ReferralCounts:
        """How many letters there are in each state."""
        return uow.ask(rows.CountReferrals(self._late_before(uow)))

    @question("referral.read", LIST_READERS)
    def read(self, uow: UnitOfWork, uid: str) -> rows.ReferralDetail:
        """One referral with its paper, consent and reply, without what is clinical for who does not treat; opening is
        noted."""
        stored = uow.get(Referral, uid)
        clinical, referral = _may_read(uow.actor, stored.diagnosis_code), _as_told(uow.actor, stored)
        uow.about(referral.uid)
        uow.opened(referral.person_uid)
        document = uow.get(Document, referral.document_uid)
        person = uow.get(Person, referral.person_uid)
        consent = uow.find(Consent, referral.consent_uid)
        issued = self.tools.clock.local(document.issued_at)
        today, day = uow.today, uow.get(Visit, referral.visit_uid).service_date
        kind, draft = self.reference.referrals.kinds.get(referral.kind), uow.draft("referral_reply", referral.uid)
        begun = uow.draft("referral_consent", referral.uid)
        names = uow.ask(StaffNames((document.issued_by,)))
        said = ""
        if consent is not None:
            who = referral_rules.relation_words(consent.relation, person.sex, self.reference).lower()
            said = f"{consent.signer} ({who})" if who else consent.signer
            if consent.answer == "refused":
                said = f"ditolak oleh {said}" + (f": {consent.note}" if consent.note and clinical else "")
        later = kind is not None and "consent" in kind.later
        return rows.ReferralDetail(
            referral=referral,
            number=document.number,
            kind=kind.label if kind else referral.kind,
            issued=moment_text(issued),
            issued_on=issued.date(),
            signer=names.get(document.issued_by, ""),
            name=person.name,
            sex=person.sex.value,
            age=age_text(person.born_on, person.born_precision, today),
            record_number=person.record_number,
            kin=person.responsible_name,
            kin_relation=person.responsible_relation,
            consent=said,
            consent_open=consent is None and later and referral.state is not ReferralState.VOIDED,
            waits=(today - day).days if referral.state in referral_rules.OPEN_STATES else 0,
            late=referral_rules.late(referral.state, day, today, self.reference),
            clinical=clinical,
            copies=document.copies,
            void_reason=document.void_reason,
            draft=draft.content if draft else None,
            consent_draft=begun.content if begun else None,
        )

    @command("referral.mark", LIST_READERS)
    def mark(self, uow: UnitOfWork, uid: str, state: ReferralState) -> Referral:
        """Sent, or received by the hospital: only forward. Raises IllegalStep."""
        referral = self._standing(uow, uid)
        if state not in (ReferralState.SENT, ReferralState.RECEIVED) or ORDER[state] <= ORDER[referral.state]:
            raise IllegalStep
        return self._changed(uow, referral, state=state)

    @command("referral.unmark", LIST_READERS)
    def unmark(self, uow: UnitOfWork, uid: str, now: ReferralState, back: ReferralState) -> Referral:
        """Take a mark back, as long as nobody went on from it. Raises IllegalStep."""
        referral = self._standing(uow, uid)
        if referral.state is not now or now not in (ReferralState.SENT, ReferralState.RECEIVED):
            raise IllegalStep
        if ORDER[back] >= ORDER[now]:
            raise IllegalStep
        return self._changed(uow, referral, state=back)

    @command("referral.external_number", LIST_READERS)
    def set_external_number(self, uow: UnitOfWork, uid: str, number: str) -> Referral:
        """The number BPJS or SISRUTE gave; stored as it is. Raises InvalidInput."""
        words = "".join(number.split())
        if not words:
            raise InvalidInput("external_number", "Ketik nomor dari BPJS atau SISRUTE.")
        if len(words) > LONGEST_NUMBER or not words.isascii() or not words.isprintable():
            raise InvalidInput(
                "external_number", f"Nomor hanya huruf, angka, dan tanda biasa, paling panjang {LONGEST_NUMBER}."
            )
        return self._changed(uow, self._standing(uow, uid), external_number=words)

    @command("referral.consent", CLINICIANS)
    def record_consent(self, uow: UnitOfWork, uid: str, answer: ConsentAnswer) -> Referral:
        """The consent an emergency left for later, or its refusal. Raises IllegalStep, InvalidInput, NeedsReason."""
        referral = self._standing(uow, uid)
        if referral.consent_uid:
            raise IllegalStep("Persetujuan untuk surat ini sudah dicatat.")
        if answer.answer == "refused":
            reason(referral_rules.tidy(answer.reason))
        person = uow.get(Person, referral.person_uid)
        consent = record_consent(uow, person, answer, self.tools, "referral", referral.visit_uid)
        uow.drop_draft("referral_consent", referral.uid)
        return self._changed(uow, referral, consent_uid=consent.uid)

    @command("referral.refuse", CLINICIANS)
    def refuse(self, uow: UnitOfWork, visit_uid: str, answer: ConsentAnswer, referral_to: str) -> rows.Issued:
        """Patient or family refused to be referred, with the reason: recorded, and a paper to sign.

        Raises InvalidInput, NeedsReason.
        """
        reason(referral_rules.tidy(answer.reason))
        case = self._case(uow, visit_uid)
        consent = record_consent(uow, case.person, answer, self.tools, "referral", case.visit.uid)
        document, paper = referral_paper(uow, case, answer, referral_rules.tidy(referral_to), self.tools)
        uow.drop_draft("referral", case.visit.uid)
        return rows.Issued(consent.uid, document.uid, document.number, self.tools.renderer.pdf(paper), ())

    @command("referral.consent_paper", CLINICIANS)
    def consent_paper(
        self,
        uow: UnitOfWork,
        visit_uid: str,
        answer: ConsentAnswer | None,
        referral_to: str,
        *,
        later: bool = False,
    ) -> rows.Issued:
        """The consent to a referral, or its refusal, as a paper to sign. The answer is recorded with the letter.

        answer: None leaves lines for who will sign. later: it completes an emergency letter, and says so. Raises
        InvalidInput, IllegalStep.
        """
        case = self._case(uow, visit_uid)
        note = f"Lembar ini {letters.CONSENT_LATER}" if later else ""
        document, paper = referral_paper(uow, case, answer, referral_rules.tidy(referral_to), self.tools, note)
        return rows.Issued("", document.uid, document.number, self.tools.renderer.pdf(paper), ())

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
        """Type the reply that came back. Raises InvalidInput (no diagnosis, too long, a date before the letter or
        ahead)."""
        referral = self._standing(uow, uid)
        issued = uow.get(Document, referral.document_uid).issued_at
        texts = {"diagnosis": diagnosis, "therapy": therapy, "plan": plan, "doctor": doctor}
        for name, text in texts.items():
            texts[name] = referral_rules.tidy(text)
            if len(texts[name]) > referral_rules.LONGEST:
                raise InvalidInput(name, f"Terlalu panjang: ringkas sampai {referral_rules.LONGEST} huruf.")
        if not texts["diagnosis"]:
            raise InvalidInput("diagnosis", "Tulis diagnosis akhir dari rumah sakit.")
        if on > uow.today or on < self.tools.clock.local(issued).date():
            raise InvalidInput("on", "Tanggal balasan harus antara tanggal surat dan hari ini.")
        uow.drop_draft("referral_reply", referral.uid)
        return self._changed(
            uow,
            referral,
            state=ReferralState.CLOSED if close else ReferralState.REPLIED,
            reply_on=on,
            reply_diagnosis=texts["diagnosis"],
            reply_therapy=texts["therapy"],
            reply_plan=texts["plan"],
            reply_doctor=texts["doctor"],
        )

    @command("referral.void", CLINICIANS | MANAGERS)
    def void(self, uow: UnitOfWork, uid: str, why: str) -> Referral:
        """Take a letter out of use; its number stays used and a reprint says so. Without any other letter the visit is
        not a referral any more. Raises NeedsReason, IllegalStep."""
        words = reason(referral_rules.tidy(why))
        referral = self._standing(uow, uid)
        uow.void(uow.get(Document, referral.document_uid), words)
        voided = self._changed(uow, referral, state=ReferralState.VOIDED)
        visit = uow.get(Visit, referral.visit_uid)
        others = uow.all(Referral, visit_uid=visit.uid)
        if visit.discharge == "referred" and all(r.state is ReferralState.VOIDED for r in others):
            uow.change(visit, discharge="")
            uow.announce("visit", visit.uid)
        return voided

    # -- drafts

    @command("referral.keep_draft", CLINICIANS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> None:
        """Keep a letter that is being written."""
        uow.about(visit_uid)
        uow.keep_draft("referral", visit_uid, content)

    @question("referral.draft", CLINICIANS)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Draft | None:
        """What the actor left unissued for this visit."""
        uow.about(visit_uid)
        return uow.draft("referral", visit_uid)

    @command("referral.drop_draft", CLINICIANS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Throw the actor's own draft of a letter away."""
        uow.about(visit_uid)
        uow.drop_draft("referral", visit_uid)

    @command("referral.keep_reply", LIST_READERS, quiet=True)
    def keep_reply(self, uow: UnitOfWork, uid: str, content: Mapping[str, object]) -> None:
        """Keep a reply that is being typed; `read` gives it back."""
        uow.about(uid)
        uow.keep_draft("referral_reply", uid, content)

    @command("referral.keep_consent", CLINICIANS, quiet=True)
    def keep_consent(self, uow: UnitOfWork, uid: str, content: Mapping[str, object]) -> None:
        """Keep a late consent that is being typed; `read` gives it back."""
        uow.about(uid)
        uow.keep_draft("referral_consent", uid, content)

    # -- parts

    def _refusal(self, consent: Consent, person: Person, *, told: bool) -> str:
        who = referral_rules.relation_words(consent.relation, person.sex, self.reference).lower()
        at = time_text(self.tools.clock.local(consent.made_at)) if consent.made_at else ""
        said = " ".join(p for p in (at, consent.signer, f"({who})" if who else "") if p)
        return f"{said}: {consent.note.rstrip('.')}." if told and consent.note else f"{said}."

    def _case(self, uow: UnitOfWork, visit_uid: str) -> Case:
        uow.about(visit_uid)
        case = letters.read_case(uow, visit_uid, self.tools)
        if case.visit.state is VisitState.CANCELLED:
            raise IllegalStep("Kunjungan ini dibatalkan, jadi tidak dapat dirujuk.")
        return case

    def _complete(
        self, uow: UnitOfWork, order: IssueReferral, case: Case
    ) -> tuple[dict[str, str], tuple[referral_rules.Missing, ...]]:
        """The texts of the letter and what may be completed later. Raises MissingFields, InvalidInput."""
        texts = letters.filled(uow, order, case, self.reference)
        gaps = referral_rules.missing(order.kind, texts, self.reference)
        must = tuple(g for g in gaps if not g.later)
        if must:
            raise MissingFields(must)
        return texts, gaps

    def _standing(self, uow: UnitOfWork, uid: str) -> Referral:
        referral = uow.get(Referral, uid)
        uow.about(referral.uid)
        if referral.state is ReferralState.VOIDED:
            raise IllegalStep("Surat ini sudah dibatalkan.")
        return referral

    def _changed(self, uow: UnitOfWork, referral: Referral, **values: object) -> Referral:
        changed = uow.change(referral, **values)
        uow.announce("document", referral.document_uid)
        return _as_told(uow.actor, changed)

    def _late_before(self, uow: UnitOfWork) -> date:
        return uow.today - timedelta(days=self.reference.referrals.reply_days)

    def _clashes(self, case: Case) -> tuple[referral_rules.Clash, ...]:
        codes = [d.code for d in case.diagnoses]
        sex: Sex = case.person.sex
        postpartum = case.after_birth is not None
        return referral_rules.contradictions(codes, sex, case.age, case.pregnant, self.reference, postpartum=postpartum)

    def _destination(self, partner: Partner) -> rows.Destination:
        units = tuple(_unit(code, self.reference) for code in partner.specialties)
        return rows.Destination(partner.uid, partner.name, partner.kind, partner.city, partner.phone, units)


def _may_read(actor: Actor, code: str) -> bool:
    """Whether the actor may be told what a letter with this diagnosis is about."""
    return bool(actor.roles & READERS) and not hides(actor, (code,))


def _row_as_told(actor: Actor, row: rows.ReferralRow) -> rows.ReferralRow:
    readable = _may_read(actor, row.diagnosis.partition(" ")[0])
    return row if readable else replace(row, diagnosis="", specialty="")


def _as_told(actor: Actor, referral: Referral) -> Referral:
    """The referral as this role may see it: where to and whether answered, but not what for."""
    if _may_read(actor, referral.diagnosis_code):
        return referral
    blank = dict.fromkeys(
        (
            "diagnosis_code",
            "diagnosis_title",
            "specialty",
            "reply_diagnosis",
            "reply_therapy",
            "reply_plan",
        ),
        "",
    )
    return replace(referral, **blank)  # type: ignore[arg-type]


def _unit(code: str, reference: Reference) -> str:
    """To whom a letter is addressed: `Dokter Spesialis Anak`; a specialty somebody typed stays as typed."""
    known = reference.codes["specialty"].get(code)
    if known is None:
        return code
    return known.label if code == "igd" else f"Dokter Spesialis {known.label}"


def _signer(me: str, diagnoses: tuple[Diagnosis, ...], signers: set[str]) -> str:
    """Who signs unless somebody else is chosen: the writer, else who diagnosed; nobody is guessed."""
    if me in signers:
        return me
    return next((d.made_by for d in diagnoses if d.made_by in signers), "")
