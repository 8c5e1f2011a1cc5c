"""Papers: what stands on them, what is kept, and what a second print says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.document import Document, PrintJob
from ilp_desk.domain.person import Consent
from ilp_desk.domain.visit import QueueEntry
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason, NotAllowed
from ilp_desk.services.letters import ConsentAnswer
from ilp_desk.services.papers import Signer
from tests.printing.reading import codes, text
from tests.referral_case import Case, refer

if TYPE_CHECKING:
    from tests.house import House


CLAUSES = {"treatment": "agreed", "data_sharing": "refused", "family": "agreed", "students": "refused"}


@pytest.fixture
def case(house: House) -> Case:
    return refer(house)


def test_a_ticket_tells_the_way_and_not_the_person(case: Case) -> None:
    made = case.house.desk.documents.ticket(case.house.actor("registration"), case.entry_uid)
    printed = text(made.pdf)
    assert "A-001" in printed
    assert "Ruang 2" in printed
    for secret in ("Siti", "Nurhaliza", "1306044302999001", "O14", "Preeklamsia", "pusing"):
        assert secret not in printed
        assert secret.encode() not in made.escpos
    assert codes(made.pdf) == [("QRCode", f"ILP1:{case.visit_uid}")]
    assert b"A-001" in made.escpos


def test_a_ticket_of_the_narrow_roll_is_narrow(case: Case) -> None:
    clerk, documents = case.house.actor("registration"), case.house.desk.documents
    wide, narrow = (documents.ticket(clerk, case.entry_uid, width) for width in (80, 58))
    assert wide.escpos != narrow.escpos
    assert wide.pdf != narrow.pdf


def test_the_card_carries_the_uid_and_nothing_else_in_its_code(case: Case) -> None:
    made = case.house.desk.documents.card(case.house.actor("registration"), case.person_uid)
    assert "Siti Nurhaliza" in text(made.pdf)
    assert "1306044302999001" not in text(made.pdf)
    assert codes(made.pdf) == [("QRCode", f"ILP1:{case.person_uid}")]


def test_a_folder_label_needs_a_number(house: House) -> None:
    clerk = house.actor("registration")
    without = house.person("Budi", "1980-01-01", "L")
    with pytest.raises(InvalidInput, match="nomor rekam medis"):
        house.desk.documents.record_label(clerk, without.uid)
    numbered = house.person("Joko", "1980-01-01", "L", record_number="00-12-47-02")
    made = house.desk.documents.record_label(clerk, numbered.uid)
    assert ("Code128", "00-12-47-02") in codes(made.pdf, 300)


def test_a_specimen_gets_a_number_of_the_day(case: Case) -> None:
    house = case.house
    nurse, documents = house.actor("nurse"), house.desk.documents
    first = documents.lab_label(nurse, case.visit_uid, "  Darah   EDTA ")
    second = documents.lab_label(house.actor("laboratory"), case.visit_uid, "Urin")
    assert ("Code128", "2611210001") in codes(first.pdf, 300)
    assert ("Code128", "2611210002") in codes(second.pdf, 300)
    assert "Darah EDTA" in text(first.pdf)
    assert [d.number for d in house.read(Document) if d.kind == "lab_label"] == ["2611210001", "2611210002"]
    # The label is lost: the same one again, the same number, no SALINAN on a sticker.
    documents.printed(nurse, "lab_label", first.document_uid, "label")
    assert documents.reprint(nurse, first.document_uid).pdf == first.pdf
    house.hands.move(days=1)
    assert documents.lab_label(nurse, case.visit_uid, "Urin").name == "2611220001"


@pytest.mark.parametrize("specimen", ["", "   ", "darah " * 20])
def test_a_specimen_has_a_name_that_fits(case: Case, specimen: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.house.desk.documents.lab_label(case.house.actor("nurse"), case.visit_uid, specimen)
    assert refused.value.field == "specimen"


def test_a_clerk_takes_no_specimen(case: Case) -> None:
    with pytest.raises(NotAllowed):
        case.house.desk.documents.lab_label(case.house.actor("registration"), case.visit_uid, "Urin")


def test_the_general_consent_knows_its_signer(case: Case) -> None:
    documents, clerk = case.house.desk.documents, case.house.actor("registration")
    known = text(documents.general_consent(clerk, case.person_uid).pdf)
    assert "Ahmad Fauzi" in known
    assert "Suami" in known
    assert "081200000190" in known
    own = documents.general_consent(clerk, case.person_uid, Signer(name="Siti Nurhaliza", relation="self"))
    assert text(own.pdf).count("1306044302999001") == 2
    mother = Signer(
        name="Rosmaini", relation="parent", identity="1306044302999009", phone="0812 0000 0191", address="Jr. Data"
    )
    other = text(documents.general_consent(clerk, case.person_uid, mother).pdf)
    for words in ("Rosmaini", "Orang tua", "1306044302999009", "0812 0000 0191", "Jr. Data"):
        assert words in other
    assert "☑" not in other
    assert len(case.house.read(Document)) == 3


def test_nobody_on_record_leaves_lines_to_write_on(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    house.desk.documents.general_consent(house.actor("registration"), budi.uid)
    assert set(house.read(Document)[0].content["paper"]["signer"].values()) == {""}
    for bad, field in ((Signer(name=" ", relation="self"), "signer"), (Signer(name="Ani", relation=""), "relation")):
        with pytest.raises(InvalidInput) as refused:
            house.desk.documents.general_consent(house.actor("registration"), budi.uid, bad)
        assert refused.value.field == field


def test_what_was_signed_is_recorded_with_its_text(case: Case) -> None:
    documents, clerk = case.house.desk.documents, case.house.actor("registration")
    for answer, signer, relation, field in (
        ("", "Ahmad", "spouse", "consent"),
        ("agreed", " ", "spouse", "signer"),
        ("agreed", "Ahmad", "", "relation"),
    ):
        given = ConsentAnswer(answer=answer, signer=signer, relation=relation, clauses=CLAUSES)
        with pytest.raises(InvalidInput) as refused:
            documents.record_consent(clerk, case.person_uid, given)
        assert refused.value.field == field
    refusal = ConsentAnswer(answer="refused", signer="Ahmad  Fauzi", relation="spouse", witness="Rina")
    documents.record_consent(clerk, case.person_uid, refusal)
    kept = case.house.read(Consent)[0]
    assert (kept.answer, kept.signer, kept.witness, kept.text_version) == ("refused", "Ahmad Fauzi", "Rina", "umum-1")
    assert kept.clauses is None


def test_each_clause_of_the_general_consent_has_its_own_answer_and_is_told_on_paper(case: Case) -> None:
    house, documents = case.house, case.house.desk.documents
    clerk, doctor = house.actor("registration"), house.actor("doctor")
    asked = house.desk.history.person(doctor, case.person_uid).consent
    assert asked == "belum ditanyakan"
    given = ConsentAnswer(answer="agreed", signer="Ahmad Fauzi", relation="spouse", witness="Rina")
    for clauses, missing in (({}, "treatment"), (CLAUSES | {"family": ""}, "family")):
        with pytest.raises(InvalidInput) as refused:
            documents.record_consent(clerk, case.person_uid, replace(given, clauses=clauses))
        assert refused.value.field == missing
    assert house.read(Consent) == ()
    documents.record_consent(clerk, case.person_uid, replace(given, clauses={**CLAUSES, "made_up": "agreed"}))
    assert house.read(Consent)[0].clauses == CLAUSES
    said = (
        "setuju 21-11-2026, Ahmad Fauzi (suami), saksi Rina; "
        "tidak setuju: Pengiriman data ke SATUSEHAT dan penjamin, Peserta didik"
    )
    assert house.desk.history.person(doctor, case.person_uid).consent == said
    assert said in text(documents.summary(doctor, case.person_uid).pdf)


def test_a_sick_note_is_signed_by_who_examined_and_numbered(case: Case) -> None:
    documents, house = case.house.desk.documents, case.house
    today = date(2026, 11, 21)
    note = documents.sick_note(house.actor("doctor"), case.visit_uid, 3, today, purpose="sekolah")
    printed = text(note.pdf)
    for words in ("440/0001/SKS/PKM-CTH/XI/2026", "3 (tiga) hari", "23 November 2026", "Dokter pemeriksa", "sekolah"):
        assert words in printed, words
    assert "Preeklamsia" not in printed
    told = documents.sick_note(house.actor("midwife"), case.visit_uid, 1, today, with_diagnosis=True)
    assert "Preeklamsia berat" in text(told.pdf)
    assert "Bidan pemeriksa" in text(told.pdf)
    assert told.name == "440-0002-SKS-PKM-CTH-XI-2026"
    with pytest.raises(NotAllowed):
        documents.sick_note(house.actor("nurse"), case.visit_uid, 1, today)


@pytest.mark.parametrize(
    ("days", "first", "field"),
    [(0, "2026-11-21", "days"), (15, "2026-11-21", "days"), (2, "2026-11-25", "first_day")],
)
def test_a_sick_note_has_sensible_days(case: Case, days: int, first: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.house.desk.documents.sick_note(case.house.actor("doctor"), case.visit_uid, days, date.fromisoformat(first))
    assert refused.value.field == field
    assert case.house.read(Document) == ()


def test_a_copy_says_salinan_and_equals_the_first_print(case: Case) -> None:
    documents, doctor = case.house.desk.documents, case.house.actor("doctor")
    note = documents.sick_note(doctor, case.visit_uid, 3, date(2026, 11, 21))
    documents.printed(doctor, "sick_note", note.document_uid, "A4", "Printer tidak menjawab.")
    assert documents.reprint(doctor, note.document_uid).pdf == note.pdf, "a failed print is no first print"
    documents.printed(doctor, "sick_note", note.document_uid, "A4")
    copy = text(documents.reprint(doctor, note.document_uid).pdf)
    assert "SALINAN" in copy
    assert copy.replace("SALINAN", "").split() == text(note.pdf).split()
    assert [(job.state, job.error) for job in case.house.read(PrintJob)] == [
        ("failed", "Printer tidak menjawab."),
        ("sent", ""),
    ]


def test_a_voided_paper_says_so_and_stays_on_the_list(case: Case) -> None:
    documents, doctor = case.house.desk.documents, case.house.actor("doctor")
    note = documents.sick_note(doctor, case.visit_uid, 3, date(2026, 11, 21))
    with pytest.raises(NeedsReason):
        documents.void(doctor, note.document_uid, "x")
    documents.void(doctor, note.document_uid, "salah tanggal")
    with pytest.raises(IllegalStep):
        documents.void(doctor, note.document_uid, "salah tanggal")
    assert "DIBATALKAN" in text(documents.reprint(doctor, note.document_uid).pdf)
    listed = documents.list(doctor, person_uid=case.person_uid)
    assert [(row.kind, row.void) for row in listed] == [("sick_note", "salah tanggal")]


def test_papers_are_listed_newest_first_by_person_and_visit(case: Case) -> None:
    documents, doctor = case.house.desk.documents, case.house.actor("doctor")
    documents.sick_note(doctor, case.visit_uid, 3, date(2026, 11, 21))
    case.issue()
    documents.general_consent(doctor, case.person_uid)
    assert [row.kind for row in documents.list(doctor, person_uid=case.person_uid)] == [
        "general_consent",
        "referral",
        "sick_note",
    ]
    assert [row.kind for row in documents.list(doctor, visit_uid=case.visit_uid)] == ["referral", "sick_note"]
    assert documents.list(doctor, person_uid=case.person_uid)[1].by == "Doctor Contoh"


def test_a_summary_tells_the_record(case: Case) -> None:
    made = case.house.desk.documents.summary(case.house.actor("doctor"), case.person_uid, "berobat di luar kota")
    printed = text(made.pdf)
    for words in ("Siti Nurhaliza", "amoksisilin", "O14.1", "Poli KIA", "berobat di luar kota"):
        assert words in printed, words


def test_papers_of_names_nobody_expects(house: House) -> None:
    clerk = house.actor("registration")
    for n, name in enumerate(("D'Angelo \u202eابتسام\u202c 😀", "Nama " + "Panjang " * 40, "Ahmad\tSiti\n")):
        odd = house.person(name, "1980-01-01", "L", record_number=f"00-12-47-{n:02d}")
        for made in (
            house.desk.documents.card(clerk, odd.uid),
            house.desk.documents.record_label(clerk, odd.uid),
            house.desk.documents.general_consent(clerk, odd.uid),
        ):
            assert made.pdf.startswith(b"%PDF")


def test_an_entry_that_is_not_there_prints_nothing(house: House) -> None:
    assert house.read(QueueEntry) == ()
    with pytest.raises(Exception, match="tidak ditemukan"):
        house.desk.documents.ticket(house.actor("registration"), "0193c1f2-0000-7000-8000-000000000001")


def test_the_recovery_sheet_holds_the_code_in_groups(house: House) -> None:
    made = house.desk.documents.recovery_sheet("AB12-CD34-EF56", "Admin Contoh", "Puskesmas Contoh")
    for words in ("AB12", "CD34", "EF56", "Admin Contoh"):
        assert words in text(made.pdf)
    assert house.read(Document) == ()
