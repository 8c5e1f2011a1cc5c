"""Answers to a consent text, and the papers they are signed on."""

from __future__ import annotations

from ilp_desk import paperwork as forms
from ilp_desk.domain.document import Document
from ilp_desk.domain.person import Consent, Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.referral_rules import tidy
from ilp_desk.domain.text.dates import letter_day_text, time_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.services import papers
from ilp_desk.services.letters import Case, ConsentAnswer
from ilp_desk.work import Tools

FORM_VERSION = "1"


def record_consent(
    uow: UnitOfWork, person: Person, answer: ConsentAnswer, tools: Tools, kind: str, visit_uid: str | None = None
) -> Consent:
    """Store an answer with the version of the text that was shown. Raises InvalidInput."""
    if answer.answer not in ("agreed", "refused"):
        raise InvalidInput("consent", "Pilih setuju atau menolak, sesuai lembar yang ditandatangani.")
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
            text_version=tools.reference.consents[kind].text_version,
            note=tidy(answer.reason),
        )
    )


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
    paper = forms.ReferralConsent(
        letterhead=papers.letterhead(case.site),
        patient=papers.patient_block(uow, case.person, case.visit.service_date, tools.reference),
        refused=refused,
        referral=(forms.Field("Dirujuk ke", referral_to), forms.Field("Diagnosis", diagnoses)),
        explained=tuple(clause.text for clause in text.clauses),
        place_date=f"{case.site.city or case.site.name}, {letter_day_text(now.date())}",
        time=time_text(now),
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
