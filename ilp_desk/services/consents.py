"""Answers to a consent text, and the papers they are signed on."""

from __future__ import annotations

from ilp_desk import paperwork as forms
from ilp_desk.domain.document import Document
from ilp_desk.domain.person import Consent, Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.referral_rules import relation_words, tidy
from ilp_desk.domain.text.dates import day_text, letter_day_text, time_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.services import papers
from ilp_desk.services.letters import Case, ConsentAnswer
from ilp_desk.work import Tools

FORM_VERSION = "1"
ANSWERS = {"agreed": "setuju", "refused": "tidak setuju"}


def record_consent(
    uow: UnitOfWork, person: Person, answer: ConsentAnswer, tools: Tools, kind: str, visit_uid: str | None = None
) -> Consent:
    """Store an answer with the version of the text that was shown.

    Raises InvalidInput; of a clause that is answered by itself and was not, `field` is its code. Who refused the whole
    answers no clause.
    """
    if answer.answer not in ANSWERS:
        raise InvalidInput("consent", "Pilih setuju atau menolak, sesuai lembar yang ditandatangani.")
    text = tools.reference.consents[kind]
    clauses = {}
    if answer.answer == "agreed":
        for clause in text.choices:
            if answer.clauses.get(clause.code) not in ANSWERS:
                raise InvalidInput(clause.code, "Pilih sesuai lembarnya.")
            clauses[clause.code] = answer.clauses[clause.code]
    signer = papers.known_signer(uow, person, answer.who, tools.reference)
    return uow.add(
        Consent(
            uid=new_uid(),
            person_uid=person.uid,
            visit_uid=visit_uid,
            kind=kind,
            answer=answer.answer,
            signer=signer.name,
            relation=answer.relation,
            witness=" ".join(answer.witness.split()),
            text_version=text.text_version,
            clauses=clauses or None,
            note=tidy(answer.reason),
        )
    )


def consent_words(consent: Consent | None, person: Person, tools: Tools) -> str:
    """`setuju 21-11-2026, Ahmad Fauzi (suami), saksi Rina; tidak setuju: Peserta didik`; `belum ditanyakan`."""
    if consent is None:
        return "belum ditanyakan"
    on = f" {day_text(tools.clock.local(consent.made_at).date())}" if consent.made_at else ""
    who = relation_words(consent.relation, person.sex, tools.reference).lower()
    signer = f"{consent.signer} ({who})" if who else consent.signer
    witness = f"saksi {consent.witness}" if consent.witness else ""
    said = ", ".join(part for part in (f"{ANSWERS[consent.answer]}{on}", signer, witness) if part)
    headings = {clause.code: clause.heading for text in tools.reference.consents for clause in text.choices}
    against = [headings.get(code, code) for code, answer in (consent.clauses or {}).items() if answer == "refused"]
    return f"{said}; tidak setuju: {', '.join(against)}" if against else said


def referral_paper(
    uow: UnitOfWork, case: Case, answer: ConsentAnswer | None, referral_to: str, tools: Tools, note: str = ""
) -> tuple[Document, forms.ReferralConsent]:
    """The consent to a referral or its refusal, numbered and kept, to be signed.

    answer: None where nobody has answered yet: a consent with lines for who will sign. Raises InvalidInput.
    """
    now = tools.clock.local(uow.now)
    text = tools.reference.consents["referral"]
    refused = answer is not None and answer.answer == "refused"
    signer = papers.known_signer(uow, case.person, answer.who, tools.reference) if answer else forms.ConsentSigner()
    number, serial, year = papers.next_number(uow, case.site, "referral_consent", "PRJ")
    signed = papers.signature(uow, case.site, now, "", uow.actor.staff_uid)
    diagnoses = "; ".join(f"{d.code} {d.title}" for d in sorted(case.diagnoses, key=lambda d: not d.primary))
    form = forms.ReferralRefusal if refused else forms.ReferralConsent
    paper = form(
        letterhead=papers.letterhead(case.site),
        patient=papers.patient_block(uow, case.person, case.visit.service_date, tools.reference),
        referral=(forms.Field("Dirujuk ke", referral_to), forms.Field("Diagnosis", diagnoses)),
        explained=tuple(clause.text for clause in text.clauses),
        place_date=f"{case.site.city or case.site.name}, {letter_day_text(now.date())}",
        time=time_text(now),
        explainer=papers.explainer(uow.actor.roles),
        doctor=signed.name,
        doctor_identifiers=signed.identifiers,
        number=number,
        signer=signer,
        witnesses=(" ".join(answer.witness.split()) if answer else "", ""),
        reason=tidy(answer.reason) if answer is not None and refused else "",
        note=note,
        text_version=text.text_version,
        uid=new_uid(),
    )
    document = uow.add(
        Document(
            uid=paper.uid,
            kind=paper.kind,
            person_uid=case.person.uid,
            visit_uid=case.visit.uid,
            number=number,
            serial=serial,
            year=year,
            form_version=FORM_VERSION,
            content=papers.frozen(paper, case.site),
            issued_at=uow.now,
            issued_by=uow.actor.staff_uid,
        )
    )
    uow.announce("document", document.uid)
    return document, paper
