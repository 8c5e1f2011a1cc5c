"""Referral letters: what must be in them, what is frozen, and what happens to them afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason, NotAllowed
from ilp_desk.services.examination import Taking
from ilp_desk.services.letters import ConsentAnswer, MissingFields
from ilp_desk.services.papers import KINDS
from ilp_desk.services.registration import RegisterVisit
from tests.printing.reading import codes, text
from tests.referral_case import HUSBAND, WORDS, Case, refer

if TYPE_CHECKING:
    from ilp_desk.rows.papers import LetterStart
    from tests.house import House


@pytest.fixture
def case(house: House) -> Case:
    return refer(house)


def test_the_letter_starts_from_what_the_record_knows(case: Case) -> None:
    start = case.house.desk.referrals.start(case.house.actor("midwife"), case.visit_uid)
    assert start.fields["anamnesis"] == "G2P1A0, hamil 28 mgg. pusing"
    assert start.diagnoses == (("O14.1", "Preeklamsia berat", True),)
    assert start.allergy_words == "amoksisilin"
    assert ("TD", "162/108", True) in start.measured
    assert ("Nadi", "96/mnt", False) in start.measured
    hospital = next(d for d in start.destinations if d.uid == case.hospital_uid)
    assert hospital.name == "RSUD Contoh"
    assert "Dokter Spesialis Penyakit Dalam" in hospital.units
    assert (start.kin, start.kin_relation) == ("Ahmad Fauzi", "spouse")


def test_only_those_who_examine_sign_and_a_nurse_signs_nothing_by_default(case: Case) -> None:
    desk, house = case.house.desk, case.house
    assert desk.referrals.start(house.actor("midwife"), case.visit_uid).signer_uid == house.actor("midwife").staff_uid
    # The doctor who diagnosed is offered to the nurse who writes the letter down.
    assert desk.referrals.start(house.actor("nurse"), case.visit_uid).signer_uid == house.actor("doctor").staff_uid
    with pytest.raises(InvalidInput) as refused:
        case.issue(signer_uid=house.actor("nurse").staff_uid)
    assert refused.value.field == "doctor"


def test_an_issued_letter_carries_everything_and_a_code_without_data(case: Case) -> None:
    issued = case.issue()
    assert issued.number == "440/0001/RJK/PKM-CTH/XI/2026"
    assert issued.missing == ()
    printed = text(issued.pdf)
    for words in (
        "RUJUKAN GAWAT DARURAT",
        issued.number,
        "Siti Nurhaliza",
        "1306044302999001",
        "JKN PBI · 0001234564410",
        "Ahmad Fauzi (suami)",
        "RSUD Contoh",
        "162/108",
        "O14.1 Preeklamsia berat (utama)",
        "Alergi: amoksisilin.",
        "MgSO₄ 40% 4 g IV",
        "Persetujuan rujukan: Ahmad Fauzi (suami), 21-11-2026 pukul 08.14.",
        "belum ada, menyusul",
        "Dokter pemeriksa,",
        "lembar balasan",
    ):
        assert words in printed, words
    assert printed.count("Persetujuan rujukan") == 1
    assert codes(issued.pdf) == [("QRCode", f"ILP1:{issued.document_uid}")]
    kept = case.house.read(Referral)[0]
    assert (kept.state, kept.kind, kept.diagnosis_code) == (ReferralState.ISSUED, "emergency", "O14.1")
    assert case.house.read(Visit)[0].discharge == "referred"


def test_measures_are_bold_only_where_an_alarm_rose(case: Case) -> None:
    case.issue()
    cells = case.house.read(Document)[0].content["paper"]["vitals"]
    assert {cell["label"] for cell in cells if cell["notable"]} == {"TD", "Protein urin"}
    assert {"Nadi", "Suhu", "SpO₂", "TFU", "DJJ"} <= {cell["label"] for cell in cells if not cell["notable"]}


def test_no_alarm_no_bold(house: House) -> None:
    calm = refer(house, measured={"blood_pressure": "118/76", "pulse": "84"})
    calm.issue()
    assert not any(cell["notable"] for cell in house.read(Document)[0].content["paper"]["vitals"])


def test_every_missing_field_is_named_at_once(case: Case) -> None:
    with pytest.raises(MissingFields) as refused:
        case.issue("vertical", fields={}, destination_uid=None, consent=None, signer_uid="")
    assert [gap.field for gap in refused.value.all] == [
        "destination",
        "unit",
        "anamnesis",
        "examination",
        "reason",
        "consent",
        "doctor",
    ]
    assert all(gap.sentence for gap in refused.value.all)
    assert case.house.read(Document) == ()


def test_a_preview_stores_nothing_and_has_no_number(case: Case) -> None:
    pdf = case.house.desk.referrals.preview(case.house.actor("doctor"), case.order())
    assert "diberikan saat terbit" in text(pdf)
    assert case.house.read(Document) == ()
    assert case.issue().number.startswith("440/0001/")


def test_a_letter_sent_twice_is_issued_once(case: Case) -> None:
    doctor, order = case.house.actor("doctor"), case.order()
    first = case.house.desk.referrals.issue(doctor, order)
    again = case.house.desk.referrals.issue(doctor, order)
    assert (again.number, again.pdf) == (first.number, first.pdf)
    assert len(case.house.read(Document)) == 1


def test_the_frozen_letter_comes_back_as_it_was_but_for_the_mark(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    issued = case.issue()
    assert desk.documents.reprint(doctor, issued.document_uid).pdf == issued.pdf
    desk.documents.printed(doctor, "referral", issued.document_uid, "A4")
    # What is written later does not reach a letter that has left.
    desk.examination.write(doctor, case.visit_uid, "anamnesis", "Ditulis sesudah surat terbit.")
    desk.referrals.set_external_number(doctor, issued.referral_uid, "030401 0126 P000001")
    copy = desk.documents.reprint(doctor, issued.document_uid).pdf
    assert "SALINAN" in text(copy)
    assert "SALINAN" not in text(issued.pdf)
    assert text(copy).replace("SALINAN", "").split() == text(issued.pdf).split()
    assert codes(copy) == codes(issued.pdf)


def test_a_voided_letter_says_so_and_goes_nowhere(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    issued = case.issue()
    with pytest.raises(NeedsReason):
        desk.referrals.void(doctor, issued.referral_uid, " ")
    desk.referrals.void(doctor, issued.referral_uid, "salah tujuan")
    assert "DIBATALKAN" in text(desk.documents.reprint(doctor, issued.document_uid).pdf)
    detail = desk.referrals.read(doctor, issued.referral_uid)
    assert (detail.referral.state, detail.void_reason) == (ReferralState.VOIDED, "salah tujuan")
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.referrals.mark(doctor, issued.referral_uid, ReferralState.SENT),
        lambda: desk.referrals.set_external_number(doctor, issued.referral_uid, "123"),
        lambda: desk.referrals.reply(doctor, issued.referral_uid, date(2026, 11, 21), "O14.1"),
        lambda: desk.referrals.void(doctor, issued.referral_uid, "lagi"),
    )
    for act in acts:
        with pytest.raises(IllegalStep):
            act()
    assert case.issue().number.startswith("440/0002/")


def test_a_letter_is_not_voided_behind_its_referral(case: Case) -> None:
    issued = case.issue()
    with pytest.raises(IllegalStep, match="layar Rujukan"):
        case.house.desk.documents.void(case.house.actor("doctor"), issued.document_uid, "salah tujuan")


def test_numbers_are_drawn_per_kind_and_year_and_never_twice(case: Case) -> None:
    house, numbers = case.house, []

    def work() -> None:
        for _ in range(4):
            numbers.append(case.issue().number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n.split("/")[1] for n in numbers) == [f"{n:04d}" for n in range(1, 17)]
    paper = house.desk.referrals.consent_paper(house.actor("doctor"), case.visit_uid, HUSBAND, "RSUD Contoh")
    assert paper.number == "440/0001/PRJ/PKM-CTH/XI/2026"
    house.hands.move(days=60)
    assert case.issue().number == "440/0001/RJK/PKM-CTH/I/2027"


def test_an_emergency_leaves_the_consent_for_later(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    issued = case.issue(consent=None)
    assert "dilengkapi setelah keadaan gawat darurat tertangani" in text(issued.pdf)
    assert "Catat persetujuan atau penolakan pasien atau keluarga." in issued.missing
    assert desk.referrals.read(doctor, issued.referral_uid).consent_open
    desk.referrals.record_consent(doctor, issued.referral_uid, HUSBAND)
    detail = desk.referrals.read(doctor, issued.referral_uid)
    assert (detail.consent, detail.consent_open) == ("Ahmad Fauzi (suami)", False)
    kept = case.house.read(Consent)[0]
    assert (kept.kind, kept.answer, kept.visit_uid, kept.text_version) == (
        "referral",
        "agreed",
        case.visit_uid,
        "rujukan-1",
    )
    with pytest.raises(IllegalStep):
        desk.referrals.record_consent(doctor, issued.referral_uid, HUSBAND)


def test_a_copy_says_that_the_consent_came_later(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    issued = case.issue(consent=None)
    before = text(desk.documents.reprint(doctor, issued.document_uid).pdf)
    assert "Persetujuan dilengkapi" not in before
    desk.referrals.record_consent(doctor, issued.referral_uid, HUSBAND)
    assert "Persetujuan dilengkapi 21-11-2026 oleh Ahmad Fauzi." in text(
        desk.documents.reprint(doctor, issued.document_uid).pdf
    )


def test_an_outpatient_letter_waits_for_the_consent(case: Case) -> None:
    with pytest.raises(MissingFields) as refused:
        case.issue("vertical", consent=None)
    assert refused.value.field == "consent"


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (replace(HUSBAND, signer="  "), "signer"),
        (replace(HUSBAND, relation="tetangga"), "relation"),
        (replace(HUSBAND, relation=""), "relation"),
        (replace(HUSBAND, answer="mungkin"), "consent"),
        (replace(HUSBAND, answer="refused"), "consent"),
    ],
)
def test_a_consent_says_who_signed_and_what(case: Case, answer: ConsentAnswer, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.issue(consent=answer)
    assert refused.value.field == field
    assert case.house.read(Consent) == ()


def test_a_refusal_is_recorded_and_printed_and_no_letter_is_issued(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    desk.referrals.keep_draft(doctor, case.visit_uid, {"kind": "emergency"})
    refusal = replace(HUSBAND, answer="refused", reason="Menunggu keluarga dari Padang")
    with pytest.raises(NeedsReason):
        desk.referrals.refuse(doctor, case.visit_uid, replace(refusal, reason=" \x00 "), "RSUD Contoh")
    made = desk.referrals.refuse(doctor, case.visit_uid, refusal, "RSUD Contoh")
    printed = text(made.pdf)
    for words in ("PENOLAKAN RUJUKAN", "MENOLAK", "Menunggu keluarga dari Padang", "Ahmad Fauzi", "Suami"):
        assert words in printed, words
    assert "081200000190" in printed
    kept = case.house.read(Consent)[0]
    assert (kept.answer, kept.note) == ("refused", "Menunggu keluarga dari Padang")
    assert case.house.read(Referral) == ()
    assert desk.referrals.draft(doctor, case.visit_uid) is None
    (paper,) = desk.documents.list(doctor, visit_uid=case.visit_uid)
    assert KINDS[paper.kind].title == "Penolakan rujukan"
    (said,) = desk.referrals.refusals(doctor, case.visit_uid)
    assert said == "08.14 Ahmad Fauzi (suami): Menunggu keluarga dari Padang."
    assert desk.referrals.refusals(case.house.actor("registration"), case.visit_uid) == ("08.14 Ahmad Fauzi (suami).",)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("doctor", "Dokter yang menjelaskan,"),
        ("midwife", "Bidan yang menjelaskan,"),
        ("nurse", "Perawat yang menjelaskan,"),
    ],
)
def test_a_consent_names_the_profession_of_who_explained(case: Case, role: str, said: str) -> None:
    made = case.house.desk.referrals.consent_paper(case.house.actor(role), case.visit_uid, HUSBAND, "RSUD Contoh")
    printed = text(made.pdf)
    assert said in printed
    assert printed.count("yang menjelaskan") == 1


def test_a_consent_paper_is_signed_first_and_recorded_with_the_letter(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    own = ConsentAnswer(answer="agreed", signer="Siti Nurhaliza", relation="self")
    printed = text(desk.referrals.consent_paper(doctor, case.visit_uid, own, "RSUD Contoh").pdf)
    assert "PERSETUJUAN RUJUKAN" in printed
    assert "MENYETUJUI" in printed
    assert printed.count("1306044302999001") == 2  # the patient signs: known in both blocks
    assert case.house.read(Consent) == ()
    case.issue(consent=own)
    assert len(case.house.read(Consent)) == 1


def test_what_an_emergency_left_open_is_printed_to_be_signed_by_whoever_comes(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    case.issue(consent=None)
    printed = text(desk.referrals.consent_paper(doctor, case.visit_uid, None, "RSUD Contoh", later=True).pdf)
    for words in ("PERSETUJUAN RUJUKAN", "MENYETUJUI", "Saksi 1,", "setelah keadaan gawat darurat tertangani"):
        assert words in printed, words
    paper = case.house.read(Document)[-1].content["paper"]
    assert set(paper["signer"].values()) == {""}
    assert case.house.read(Consent) == ()


def test_a_refusal_that_comes_later_keeps_and_prints_its_reason(case: Case) -> None:
    desk, doctor, clerk = case.house.desk, case.house.actor("doctor"), case.house.actor("registration")
    uid = case.issue(consent=None).referral_uid
    refusal = replace(HUSBAND, answer="refused", reason="Keluarga membawa pulang")
    with pytest.raises(NeedsReason):
        desk.referrals.record_consent(doctor, uid, replace(refusal, reason=""))
    printed = text(desk.referrals.consent_paper(doctor, case.visit_uid, refusal, "RSUD Contoh", later=True).pdf)
    assert "PENOLAKAN RUJUKAN" in printed
    assert "Keluarga membawa pulang" in printed
    desk.referrals.record_consent(doctor, uid, refusal)
    assert case.house.read(Consent)[0].note == "Keluarga membawa pulang"
    assert desk.referrals.read(doctor, uid).consent == "ditolak oleh Ahmad Fauzi (suami): Keluarga membawa pulang"
    assert desk.referrals.read(clerk, uid).consent == "ditolak oleh Ahmad Fauzi (suami)"


def test_a_visit_without_a_letter_left_is_not_a_referral_any_more(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    first, second = case.issue().referral_uid, case.issue().referral_uid
    assert len(desk.referrals.start(doctor, case.visit_uid).before) == 2
    desk.referrals.void(doctor, first, "salah tujuan")
    assert case.house.read(Visit)[0].discharge == "referred"
    assert [row.uid for row in desk.referrals.start(doctor, case.visit_uid).before] == [second]
    desk.referrals.void(doctor, second, "batal dirujuk")
    assert case.house.read(Visit)[0].discharge == ""
    assert desk.referrals.start(doctor, case.visit_uid).before == ()


def test_another_way_of_leaving_stays_when_a_letter_is_voided(case: Case) -> None:
    desk, doctor = case.house.desk, case.house.actor("doctor")
    uid = case.issue().referral_uid
    with case.house.store.writing(doctor, "test.died") as uow:
        uow.change(uow.get(Visit, case.visit_uid), discharge="died")
    desk.referrals.void(doctor, uid, "salah tujuan")
    assert case.house.read(Visit)[0].discharge == "died"


def test_a_red_alarm_makes_it_an_emergency_answered_or_not(house: House) -> None:
    doctor, case = house.actor("doctor"), refer(house)
    assert house.desk.referrals.start(doctor, case.visit_uid).red
    for raised in house.desk.examination.open(doctor, case.entry_uid).alarms:
        house.desk.examination.answer_alarm(doctor, case.visit_uid, raised.alarm, "done", "MgSO4")
    assert house.desk.referrals.start(doctor, case.visit_uid).red
    calm = refer(house, "Budi", nik="", measured={"blood_pressure": "118/76"})
    assert not house.desk.referrals.start(doctor, calm.visit_uid).red


@pytest.mark.parametrize(("payer", "label"), [("self_pay", "Nomor SISRUTE"), ("jkn_pbi", "Nomor BPJS")])
def test_a_number_that_was_typed_is_printed_whoever_pays(house: House, payer: str, label: str) -> None:
    case = refer(house, payer=payer)
    printed = text(case.issue(fields=WORDS | {"external_number": "SR-2026-11-0042"}).pdf)
    assert label in printed
    assert "SR-2026-11-0042" in printed


def test_no_number_is_awaited_from_who_does_not_pay(house: House) -> None:
    printed = text(refer(house, payer="self_pay").issue().pdf)
    assert "menyusul" not in printed
    assert "Nomor SISRUTE" not in printed


def test_a_healthy_pregnancy_beside_eclampsia_is_spoken_of_and_allowed(house: House) -> None:
    odd = refer(house, codes={"O14.1": "Preeklamsia berat", "Z34.9": "Pengawasan kehamilan normal"})
    clashes = house.desk.referrals.start(house.actor("doctor"), odd.visit_uid).clashes
    assert {code for clash in clashes for code in clash.codes} == {"O14.1", "Z34.9"}
    assert odd.issue().number


def test_one_diagnosis_that_fits_says_nothing(case: Case) -> None:
    assert case.house.desk.referrals.start(case.house.actor("doctor"), case.visit_uid).clashes == ()


def test_the_number_of_bpjs_is_stored_as_it_is_and_never_made_up(case: Case) -> None:
    desk, clerk = case.house.desk, case.house.actor("registration")
    issued = case.issue()
    assert case.house.read(Referral)[0].external_number == ""
    desk.referrals.set_external_number(clerk, issued.referral_uid, " 0304R0011126P000042 ")
    assert case.house.read(Referral)[0].external_number == "0304R0011126P000042"
    for bad in ("", "   ", "9" * 41, "nomor\u202e", "😀"):
        with pytest.raises(InvalidInput):
            desk.referrals.set_external_number(clerk, issued.referral_uid, bad)
    assert desk.referrals.list(clerk, "000042")[0].uid == issued.referral_uid


def test_states_go_forward_and_a_mark_can_be_taken_back(case: Case) -> None:
    desk, clerk = case.house.desk, case.house.actor("registration")
    uid = case.issue().referral_uid
    desk.referrals.mark(clerk, uid, ReferralState.SENT)
    with pytest.raises(IllegalStep):
        desk.referrals.mark(clerk, uid, ReferralState.SENT)
    desk.referrals.unmark(clerk, uid, ReferralState.SENT, ReferralState.ISSUED)
    assert case.house.read(Referral)[0].state is ReferralState.ISSUED
    desk.referrals.mark(clerk, uid, ReferralState.RECEIVED)
    with pytest.raises(IllegalStep):
        desk.referrals.mark(clerk, uid, ReferralState.SENT)
    with pytest.raises(IllegalStep):
        desk.referrals.mark(clerk, uid, ReferralState.CLOSED)
    with pytest.raises(IllegalStep):
        desk.referrals.unmark(clerk, uid, ReferralState.SENT, ReferralState.ISSUED)


def test_a_reply_closes_the_circle(case: Case) -> None:
    desk, clerk, house = case.house.desk, case.house.actor("registration"), case.house
    uid = case.issue().referral_uid
    house.hands.move(days=5)
    with pytest.raises(InvalidInput) as refused:
        desk.referrals.reply(clerk, uid, date(2026, 11, 26), " ")
    assert refused.value.field == "diagnosis"
    for day in (date(2026, 11, 20), date(2026, 11, 27)):
        with pytest.raises(InvalidInput) as refused:
            desk.referrals.reply(clerk, uid, day, "O14.1")
        assert refused.value.field == "on"
    desk.referrals.reply(clerk, uid, date(2026, 11, 25), "O14.1", "MgSO₄ 24 jam", "kontrol 1 mgg", "dr. Contoh, Sp.OG")
    kept = house.read(Referral)[0]
    assert (kept.state, kept.reply_on, kept.reply_doctor) == (
        ReferralState.REPLIED,
        date(2026, 11, 25),
        "dr. Contoh, Sp.OG",
    )
    desk.referrals.reply(clerk, uid, date(2026, 11, 25), "O14.1, selesai", close=True)
    assert house.read(Referral)[0].state is ReferralState.CLOSED


def test_letters_without_a_reply_are_marked_after_two_weeks(case: Case) -> None:
    desk, clerk, house = case.house.desk, case.house.actor("registration"), case.house
    uid = case.issue().referral_uid
    house.hands.move(days=14)
    assert [(r.waits, r.late) for r in desk.referrals.list(clerk)] == [(14, False)]
    assert desk.referrals.list(clerk, late=True) == ()
    house.hands.move(days=1)
    assert [(r.waits, r.late) for r in desk.referrals.list(clerk, late=True)] == [(15, True)]
    assert desk.referrals.counts(clerk).late == 1
    detail = desk.referrals.read(clerk, uid)
    assert (detail.waits, detail.late) == (15, True)
    desk.referrals.reply(clerk, uid, date(2026, 12, 1), "O14.1")
    assert desk.referrals.list(clerk, late=True) == ()
    assert desk.referrals.counts(clerk).states == {ReferralState.REPLIED: 1}


def test_the_list_goes_page_by_page_without_gap_or_double(case: Case) -> None:
    desk, clerk = case.house.desk, case.house.actor("registration")
    made = [case.issue().referral_uid for _ in range(7)]
    seen: list[str] = []
    before = ""
    while True:
        page = desk.referrals.list(clerk, before=before, limit=3)
        seen += [row.uid for row in page]
        if len(page) < 3:
            break
        before = page[-1].uid
    assert seen == made[::-1]


def test_letters_are_found_by_number_name_and_place(case: Case) -> None:
    desk, clerk = case.house.desk, case.house.actor("registration")
    issued = case.issue()
    uid = issued.referral_uid
    for words in (
        "440/0001",
        "1",
        "0001",
        issued.number,
        "nurhaliza",
        "rsud siti",
        "SITI",
        f"ILP1:{issued.document_uid}",
    ):
        assert [row.uid for row in desk.referrals.list(clerk, words)] == [uid], words
    for words in (
        "budi",
        "2",
        "440/0002",
        issued.number.replace("XI/2026", "XI/2027"),
        "1/PRJ",
        "100%",
        "_",
        "' or 1=1 --",
        "\\",
        f"ILP1:{uid}",
    ):
        assert desk.referrals.list(clerk, words) == (), words
    assert desk.referrals.list(clerk, states=(ReferralState.SENT,)) == ()


def test_typed_destinations_need_no_directory(case: Case) -> None:
    fields = {**WORDS, "destination": "RSUP Lain Kota"}
    issued = case.issue(fields=fields, destination_uid=None)
    assert "RSUP Lain Kota" in text(issued.pdf)
    assert case.house.read(Referral)[0].destination == "RSUP Lain Kota"


def test_fields_of_another_kind_do_not_slip_into_the_letter(case: Case) -> None:
    issued = case.issue("vertical")
    assert "ambulans" not in text(issued.pdf)
    assert "sampai dengan 19-02-2027" in text(issued.pdf)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("planned_on", "31-02-2027"), ("planned_on", "20-11-2026"), ("planned_on", "besok"), ("reason", "x" * 2001)],
)
def test_bad_input_stands_beside_its_field(case: Case, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.issue("vertical", fields={**WORDS, field: typed})
    assert refused.value.field == field


def test_an_unknown_kind_is_refused(case: Case) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.issue("diagonal")
    assert refused.value.field == "kind"


def test_odd_text_is_stored_and_printed(case: Case) -> None:
    odd = "D'Angelo \u202eابتسام\u202c 😀 \x07 " + "panjang sekali " * 60
    issued = case.issue(fields={**WORDS, "reason": odd})
    assert "D'Angelo" in text(issued.pdf)
    assert text(issued.pdf).count("panjang") == 60


def test_a_plan_in_two_digits_is_written_out(case: Case) -> None:
    issued = case.issue("vertical", fields={**WORDS, "planned_on": "1/12/26"})
    assert "01-12-2026" in text(issued.pdf)


def test_a_cancelled_visit_is_not_referred(case: Case) -> None:
    desk, clerk, budi = case.house.desk, case.house.actor("registration"), case.house.person("Budi", "1980-01-01", "L")
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=budi.uid)
    desk.registration.register(clerk, order)
    desk.registration.cancel(clerk, order.visit_uid, "salah orang")
    with pytest.raises(IllegalStep):
        case.issue(visit_uid=order.visit_uid)
    with pytest.raises(IllegalStep):
        desk.referrals.start(case.house.actor("doctor"), order.visit_uid)


def test_a_draft_comes_back_to_its_writer_only(case: Case) -> None:
    referrals, doctor = case.house.desk.referrals, case.house.actor("doctor")
    referrals.keep_draft(doctor, case.visit_uid, {"kind": "vertical", "fields": {"reason": "x"}})
    kept = referrals.draft(doctor, case.visit_uid)
    assert kept is not None
    assert kept.content == {"kind": "vertical", "fields": {"reason": "x"}}
    assert referrals.draft(case.house.actor("midwife"), case.visit_uid) is None
    case.issue()
    assert referrals.draft(doctor, case.visit_uid) is None
    referrals.keep_draft(doctor, case.visit_uid, {"kind": "vertical"})
    referrals.drop_draft(doctor, case.visit_uid)
    assert referrals.draft(doctor, case.visit_uid) is None


def test_a_clerk_lists_and_replies_but_does_not_refer(case: Case) -> None:
    desk, clerk = case.house.desk, case.house.actor("registration")
    with pytest.raises(NotAllowed):
        desk.referrals.start(clerk, case.visit_uid)
    with pytest.raises(NotAllowed):
        desk.referrals.issue(clerk, case.order())
    uid = case.issue().referral_uid
    with pytest.raises(NotAllowed):
        desk.referrals.void(clerk, uid, "salah tujuan")
    seen = desk.referrals.read(clerk, uid)
    assert (seen.number, seen.clinical, seen.referral.diagnosis_title) == ("440/0001/RJK/PKM-CTH/XI/2026", False, "")
    assert desk.referrals.list(clerk)[0].diagnosis == ""
    assert desk.referrals.list(case.house.actor("nurse"))[0].diagnosis == "O14.1 Preeklamsia berat"


def test_a_second_letter_of_the_visit_is_told_of(case: Case) -> None:
    first = case.issue()
    start = case.house.desk.referrals.start(case.house.actor("doctor"), case.visit_uid)
    assert [row.number for row in start.before] == [first.number]


def begun(case: Case) -> LetterStart:
    return case.house.desk.referrals.start(case.house.actor("midwife"), case.visit_uid)


def answer_red(case: Case, answer: str, why: str) -> None:
    """Answer every alarm that stands with the same words."""
    desk, midwife = case.house.desk, case.house.actor("midwife")
    for raised in desk.examination.open(midwife, case.entry_uid).alarms:
        desk.examination.answer_alarm(midwife, case.visit_uid, raised.alarm, answer, why)


def test_what_was_done_about_an_alarm_is_therapy_with_its_time(case: Case) -> None:
    answer_red(case, "done", "MgSO4 4 g IV, nifedipin 10 mg")
    assert begun(case).fields["therapy"] == "MgSO4 4 g IV, nifedipin 10 mg (08.14)"


def test_an_alarm_that_was_ignored_is_no_therapy(case: Case) -> None:
    answer_red(case, "ignored", "salah ketik, sudah diukur ulang")
    assert begun(case).fields["therapy"] == ""


def test_no_letter_denies_a_treatment(case: Case) -> None:
    answer_red(case, "done", "MgSO4 4 g IV")
    printed = text(case.issue(fields={**WORDS, "therapy": ""}).pdf)
    assert "Belum ada terapi" not in printed
    assert "Terapi: –" in printed


def test_figures_of_different_times_say_both(case: Case) -> None:
    house = case.house
    assert begun(case).measured_at == "08.14"
    house.hands.move(minutes=2)
    taking = Taking(uid=new_uid(), visit_uid=case.visit_uid, typed={"pulse": "92"})
    house.desk.examination.take(house.actor("midwife"), taking)
    assert begun(case).measured_at == "08.14 dan 08.16"
    assert "(08.14 dan 08.16)" in text(case.issue().pdf)


def test_a_letter_after_the_birth_says_so_and_tells_nothing_of_the_unborn(house: House) -> None:
    case = refer(house, codes={"O14.0": "Preeklamsia ringan"})
    pregnancy = house.read(Pregnancy)[0]
    with house.store.writing(SYSTEM, "test.change") as uow:
        uow.change(pregnancy, ended_on=date(2026, 11, 12), outcome="birth", para=2)
    start = begun(case)
    assert start.fields["anamnesis"] == "nifas hari 9, G2P2A0. pusing"
    assert not {"TFU", "DJJ"} & {name for name, _, _ in start.measured}
    assert "Nadi" in {name for name, _, _ in start.measured}
    assert start.clashes == ()


def test_the_summary_tells_pregnancy_treatment_and_referral(case: Case) -> None:
    answer_red(case, "done", "nifedipin 10 mg")
    case.issue()
    desk, doctor = case.house.desk, case.house.actor("doctor")
    printed = " ".join(text(desk.documents.summary(doctor, case.person_uid).pdf).split())
    assert "G2P1A0, HPHT 09-05-2026, hamil 28 mgg" in printed
    assert "nifedipin 10 mg" in printed
    assert "Dirujuk" in printed.split()
