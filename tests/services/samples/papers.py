"""Letters and papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ilp_desk.domain.document import ReferralState
from ilp_desk.services.letters import ConsentAnswer
from tests.referral_case import HUSBAND
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, Morning


@sample("referral.start")
def start(m: Morning) -> Call:
    case = m.case()
    return Call(lambda actor: m.desk.referrals.start(actor, case.visit_uid), opens=case.person_uid)


@sample("referral.issue")
def issue(m: Morning) -> Call:
    order = m.case().order()
    return Call(lambda actor: m.desk.referrals.issue(actor, order))


@sample("referral.preview")
def preview(m: Morning) -> Call:
    order = m.case().order()
    return Call(lambda actor: m.desk.referrals.preview(actor, order))


@sample("referral.list")
def list_(m: Morning) -> Call:
    return Call(m.desk.referrals.list)


@sample("referral.refusals")
def refusals(m: Morning) -> Call:
    visit_uid = m.case().visit_uid
    return Call(lambda actor: m.desk.referrals.refusals(actor, visit_uid))


@sample("referral.counts")
def counts(m: Morning) -> Call:
    return Call(m.desk.referrals.counts)


@sample("referral.read")
def read(m: Morning) -> Call:
    case, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.read(actor, uid), opens=case.person_uid)


@sample("referral.mark")
def mark(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.mark(actor, uid, ReferralState.SENT))


@sample("referral.unmark")
def unmark(m: Morning) -> Call:
    _, uid = m.letter()
    m.desk.referrals.mark(m.actor("doctor"), uid, ReferralState.SENT)
    return Call(lambda actor: m.desk.referrals.unmark(actor, uid, ReferralState.SENT, ReferralState.ISSUED))


@sample("referral.external_number")
def external_number(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.set_external_number(actor, uid, "0301R0011126P000999"))


@sample("referral.consent")
def consent(m: Morning) -> Call:
    _, uid = m.letter(consent=None)
    return Call(lambda actor: m.desk.referrals.record_consent(actor, uid, HUSBAND))


@sample("referral.refuse")
def refuse(m: Morning) -> Call:
    case = m.case()
    refusal = replace(HUSBAND, answer="refused", reason="jauh dari keluarga")
    return Call(lambda actor: m.desk.referrals.refuse(actor, case.visit_uid, refusal, "RSUD Contoh"))


@sample("referral.consent_paper")
def consent_paper(m: Morning) -> Call:
    case = m.case()
    return Call(lambda actor: m.desk.referrals.consent_paper(actor, case.visit_uid, HUSBAND, "RSUD Contoh"))


@sample("referral.reply")
def reply(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.reply(actor, uid, date(2026, 11, 21), "Preeklamsia berat"))


@sample("referral.void")
def void(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.void(actor, uid, "salah tujuan"))


@sample("referral.keep_draft")
def keep_draft(m: Morning) -> Call:
    case = m.case()
    return Call(lambda actor: m.desk.referrals.keep_draft(actor, case.visit_uid, {"reason": DRAFT}))


@sample("referral.draft")
def draft(m: Morning) -> Call:
    case = m.case()
    return Call(
        lambda actor: m.desk.referrals.draft(actor, case.visit_uid),
        first=lambda actor: m.desk.referrals.keep_draft(actor, case.visit_uid, {"reason": DRAFT}),
    )


@sample("referral.drop_draft")
def drop_draft(m: Morning) -> Call:
    case = m.case()
    return Call(
        lambda actor: m.desk.referrals.drop_draft(actor, case.visit_uid),
        first=lambda actor: m.desk.referrals.keep_draft(actor, case.visit_uid, {"reason": DRAFT}),
    )


@sample("referral.keep_reply")
def keep_reply(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.keep_reply(actor, uid, {"diagnosis": DRAFT}))


@sample("referral.keep_consent")
def keep_consent(m: Morning) -> Call:
    _, uid = m.letter()
    return Call(lambda actor: m.desk.referrals.keep_consent(actor, uid, {"why": DRAFT}))


@sample("paper.ticket")
def ticket(m: Morning) -> Call:
    here = m.arrived()
    return Call(lambda actor: m.desk.documents.ticket(actor, here.entry_uid))


@sample("paper.card")
def card(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.documents.card(actor, someone.uid), opens=someone.uid)


@sample("paper.record_label")
def record_label(m: Morning) -> Call:
    someone = m.person(record_number=f"9{m.kk()[-5:]}")
    return Call(lambda actor: m.desk.documents.record_label(actor, someone.uid), opens=someone.uid)


@sample("paper.lab_label")
def lab_label(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.documents.lab_label(actor, here.visit_uid, "darah EDTA"))


@sample("paper.general_consent")
def general_consent(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.documents.general_consent(actor, someone.uid))


@sample("consent.record")
def record_consent(m: Morning) -> Call:
    someone = m.person()
    refusal = ConsentAnswer(answer="refused", signer="Ahmad Fauzi", relation="spouse")
    return Call(lambda actor: m.desk.documents.record_consent(actor, someone.uid, refusal))


@sample("paper.sick_note")
def sick_note(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.documents.sick_note(actor, here.visit_uid, 3, date(2026, 11, 21)))


@sample("paper.summary")
def summary(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.documents.summary(actor, here.person_uid), opens=here.person_uid)


@sample("paper.list")
def papers(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.documents.list(actor, someone.uid))


@sample("paper.printed")
def printed(m: Morning) -> Call:
    here = m.arrived()
    return Call(lambda actor: m.desk.documents.printed(actor, "ticket", here.entry_uid, "Epson"))


def _document(m: Morning) -> str:
    return m.desk.documents.general_consent(m.actor("registration"), m.person().uid).document_uid


@sample("paper.reprint")
def reprint(m: Morning) -> Call:
    uid = _document(m)
    return Call(lambda actor: m.desk.documents.reprint(actor, uid))


@sample("paper.void")
def void_paper(m: Morning) -> Call:
    uid = _document(m)
    return Call(lambda actor: m.desk.documents.void(actor, uid, "salah cetak"))
