"""Ctrl+R: a referral letter by keyboard alone, from the open visit to the number and the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.clinical import Diagnosis
from ilp_desk.domain.document import Document, PrintJob, Referral
from ilp_desk.domain.person import Consent
from ilp_desk.domain.visit import Visit
from tests.printing.reading import text
from tests.referral_case import Case, refer
from tests.ui.desk_window import DeskWindow
from ui.parts.referral import open_letter
from ui.parts.referral.sheet import LetterSheet
from ui.preview import PreviewPanel
from ui.shell_sheets import Notice
from ui.theme import px
from ui.widgets import Banner, Field, Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ODD = "D'Angelo \u202eابتسام\u202c 😀 " + "x" * 280


class Writer:
    """A clinician at the keyboard; every key pressed is counted."""

    def __init__(self, qtbot: QtBot, case: Case, role: str = "doctor") -> None:
        self.case = case
        self.desk = DeskWindow(qtbot, case.house, role, desk="Ruang 2", screen="referrals")
        QTest.qWaitForWindowActive(self.desk.window)
        # Nothing here waits for other desks; the polling would never let the lanes be empty for sure.
        self.desk.window.refresh.stop()
        self.printed: list[tuple[str, bytes]] = []
        self.desk.window.print_jobs._sender = lambda job: self.printed.append((job.title, job.data))
        self.presses = 0
        self.told = 0

    def open(self) -> LetterSheet:
        """Ctrl+R in the room: one key."""
        self.presses += 1
        open_letter(self.desk.page.context, self.case.visit_uid, self._tell)
        self.desk.idle()
        return self.sheet

    def _tell(self) -> None:
        self.told += 1

    @property
    def sheet(self) -> LetterSheet:
        over = Sheet.over(self.desk.window)
        assert over is not None, "no sheet is open"
        assert isinstance(over.panel, LetterSheet)
        return over.panel

    def closed(self) -> bool:
        return Sheet.over(self.desk.window) is None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        QTest.keyClick(self.focus(), key, modifier)
        self.wait()

    def typed(self, words: str) -> None:
        self.presses += len(words)
        QTest.keyClicks(self.focus(), words)
        self.wait()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.desk.window

    def wait(self) -> None:
        QApplication.processEvents()
        self.desk.idle()

    def sentence(self, code: str) -> str:
        form = self.sheet.form
        fields: dict[str, Field] = {**form.fields, **(form.consent.fields if form.consent else {})}
        return fields[code].sentence.text()


CALM = {"blood_pressure": "118/76", "pulse": "84", "urine_protein": "negatif"}


def written(house: House, **fields: Any) -> Case:
    """A visit in which the room wrote down all it knew; nothing measured raises an alarm unless it is said."""
    case = refer(house, record_number="00-12-47-01", **{"measured": CALM, **fields})
    doctor, examination = house.actor("doctor"), house.desk.examination
    for section, words in (
        ("anamnesis", "Pusing sejak 3 hari."),
        ("examination", "Kompos mentis, edema tungkai."),
        ("therapy", "MgSO₄ 40% 4 g IV pelan (08.50)."),
        ("plan", "Penanganan preeklamsia berat memerlukan PONEK."),
    ):
        examination.write(doctor, case.visit_uid, section, words)
    return case


@pytest.fixture
def writer(qtbot: QtBot, house: House) -> Writer:
    return Writer(qtbot, written(house))


def test_an_emergency_letter_takes_eight_keys_from_the_open_visit(writer: Writer) -> None:
    writer.open()
    writer.press(Key.Key_1)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_Return, CTRL)
    assert writer.presses == 8
    assert writer.closed()
    ((title, pdf),) = writer.printed
    assert title == "Surat rujukan"
    page = text(pdf)
    for words in ("RUJUKAN GAWAT DARURAT", "440/0001/RJK", "RSUD Contoh", "memerlukan PONEK", "MgSO₄ 40% 4 g IV"):
        assert words in page, words
    assert writer.told == 1
    assert writer.case.house.read(Visit)[0].discharge == "referred"
    assert writer.case.house.read(PrintJob)[0].state == "sent"
    assert writer.case.house.read(Document)[0].copies == 1


def test_an_outpatient_letter_by_keyboard_with_the_husbands_consent(writer: Writer) -> None:
    writer.open()
    writer.press(Key.Key_2)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_Tab)
    writer.typed("kebid")
    writer.press(Key.Key_Return)
    for _ in range(8):  # number, plan, TACC, anamnesis, examination, further tests, therapy, reason
        writer.press(Key.Key_Tab)
    writer.press(Key.Key_Tab)
    writer.press(Key.Key_1)
    writer.press(Key.Key_Return, CTRL)
    assert writer.closed()
    assert writer.presses == 25
    page = text(writer.printed[0][1])
    assert "RUJUKAN RAWAT JALAN" in page
    assert "Dokter Spesialis Kebidanan dan Kandungan" in page
    assert "Persetujuan rujukan: Ahmad Fauzi (suami)" in page
    (consent,) = writer.case.house.read(Consent)
    assert (consent.answer, consent.signer, consent.relation) == ("agreed", "Ahmad Fauzi", "spouse")


def test_a_red_visit_knows_its_kind(qtbot: QtBot, house: House) -> None:
    case = written(house)
    visit = house.read(Visit)[0]
    with house.store.writing(house.actor("doctor"), "test.red") as uow:
        uow.change(visit, emergency=True)
    writer = Writer(qtbot, case)
    writer.open()
    assert writer.sheet.form.kind_code() == "emergency"
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_Return, CTRL)
    assert writer.presses == 6
    assert len(writer.printed) == 1


def test_a_red_alarm_knows_the_kind_too_and_another_may_be_chosen(qtbot: QtBot, house: House) -> None:
    writer = Writer(qtbot, written(house, measured=None))
    form = writer.open().form
    assert form.kind_code() == "emergency"
    assert writer.focus() is form.destination
    form.kind.buttons[1].click()
    assert form.kind_code() == "vertical"


def test_a_voided_letter_is_no_letter_of_this_visit(qtbot: QtBot, house: House) -> None:
    case = written(house)
    uid = case.issue().referral_uid
    writer = Writer(qtbot, case)
    said = "sudah punya surat rujukan"
    assert any(said in b.accessibleName() for b in writer.open().form.findChildren(Banner))
    writer.press(Key.Key_Escape)
    house.desk.referrals.void(house.actor("doctor"), uid, "salah tujuan")
    assert not any(said in b.accessibleName() for b in writer.open().form.findChildren(Banner))


def test_the_kind_decides_the_fields_and_keeps_what_was_typed(writer: Writer) -> None:
    form = writer.open().form
    assert all(field.isHidden() for code, field in form.fields.items() if code not in ("kind", "doctor"))
    writer.press(Key.Key_1)
    assert not form.fields["transport"].isHidden()
    form.fields["transport"].editor.setText("ambulans")  # type: ignore[attr-defined]
    writer.press(Key.Key_Right)
    assert form.kind_code() == "vertical"
    assert form.fields["transport"].isHidden()
    assert not form.fields["planned_on"].isHidden()
    writer.press(Key.Key_4)
    shown = {code for code, field in form.fields.items() if not field.isHidden()}
    assert {"tests", "sample"} <= shown
    assert "contacted" not in shown
    writer.press(Key.Key_1)
    assert form.fields["transport"].text() == "ambulans"


def test_nothing_is_issued_before_the_kind_is_chosen(writer: Writer) -> None:
    writer.open()
    writer.press(Key.Key_Return, CTRL)
    assert not writer.closed()
    assert "tekan 1 sampai 4" in writer.sentence("kind")
    assert writer.case.house.read(Document) == ()


def test_what_is_missing_is_said_beside_each_field_and_the_focus_goes_there(qtbot: QtBot, house: House) -> None:
    writer = Writer(qtbot, refer(house, measured=CALM))
    form = writer.open().form
    writer.press(Key.Key_2)
    writer.press(Key.Key_Return, CTRL)
    assert writer.sentence("destination") == "Pilih fasilitas tujuan."
    assert writer.sentence("examination") == "Tulis hasil pemeriksaan."
    assert writer.sentence("consent") == "Catat persetujuan atau penolakan pasien atau keluarga."
    assert writer.sentence("therapy") == ""
    assert writer.focus() is form.destination
    writer.typed("RSUP Jauh")
    assert writer.sentence("destination") == ""
    writer.press(Key.Key_1)  # a digit in a text field is a digit
    assert form.kind_code() == "vertical"
    assert house.read(Document) == ()


def test_a_visit_without_a_diagnosis_says_where_to_go(qtbot: QtBot, house: House) -> None:
    case = written(house)
    doctor = house.actor("doctor")
    house.desk.examination.withdraw(doctor, "diagnosis", house.read(Diagnosis)[0].uid, "salah pilih")
    writer = Writer(qtbot, case)
    sheet = writer.open()
    writer.press(Key.Key_3)
    sheet.form.destination.setText("Puskesmas Lain")
    assert sheet.form.fields["working"].isHidden()
    writer.press(Key.Key_Return, CTRL)
    assert not writer.closed()
    assert "Pilih diagnosis utama." in sheet._trouble.accessibleName()
    # Nothing of it hangs over the room when the sheet is gone.
    assert writer.desk.window.findChildren(Notice) == []


def test_an_emergency_goes_without_a_code_but_not_without_words(qtbot: QtBot, house: House) -> None:
    case = written(house)
    house.desk.examination.withdraw(house.actor("doctor"), "diagnosis", house.read(Diagnosis)[0].uid, "salah pilih")
    writer = Writer(qtbot, case)
    form = writer.open().form
    writer.press(Key.Key_1)
    form.destination.setText("RSUD Contoh")
    writer.press(Key.Key_Return, CTRL)
    assert writer.sentence("working") == "Tulis diagnosis kerja, atau pilih diagnosis di ruang pelayanan."
    assert writer.focus() is form.fields["working"].editor
    writer.typed("tidak sadar, sebab belum jelas")
    writer.press(Key.Key_Return, CTRL)
    assert writer.closed()
    assert "tidak sadar, sebab belum jelas (diagnosis kerja)" in text(writer.printed[0][1])
    (kept,) = house.read(Referral)
    assert (kept.diagnosis_code, kept.diagnosis_title) == ("", "tidak sadar, sebab belum jelas")


def test_contradictions_are_a_warning_and_no_obstacle(qtbot: QtBot, house: House) -> None:
    codes = {"O14.1": "Preeklamsia berat", "Z34.9": "Pengawasan kehamilan normal"}
    writer = Writer(qtbot, written(house, codes=codes))
    sheet = writer.open()
    (banner,) = [b for b in sheet.form.findChildren(Banner) if b.kind == "warning" and not b.isHidden()]
    assert "Z34.9" in banner.accessibleName()
    assert "O14.1" in banner.accessibleName()
    writer.press(Key.Key_1)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_Return, CTRL)
    assert len(writer.printed) == 1


def test_the_preview_shows_the_pages_and_stores_nothing(writer: Writer) -> None:
    sheet = writer.open()
    writer.press(Key.Key_1)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_P, CTRL)
    assert isinstance(sheet.currentWidget(), PreviewPanel)
    assert writer.case.house.read(Document) == ()
    writer.press(Key.Key_Escape)
    assert sheet.currentWidget() is sheet.page
    assert not writer.closed()
    writer.press(Key.Key_P, CTRL)
    writer.press(Key.Key_P, CTRL)  # the preview's own key: issue and print
    assert writer.closed()
    assert len(writer.printed) == 1
    assert len(writer.case.house.read(Document)) == 1


def test_ctrl_enter_issues_from_the_preview_too_and_only_once(writer: Writer) -> None:
    sheet = writer.open()
    writer.press(Key.Key_1)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_P, CTRL)
    assert sheet.preview is not None
    QTest.keyClick(writer.focus(), Key.Key_Return, CTRL)
    QTest.keyClick(writer.focus(), Key.Key_Return, CTRL)
    writer.wait()
    assert writer.closed()
    assert len(writer.case.house.read(Document)) == 1


def test_a_refusal_is_recorded_and_its_paper_printed(writer: Writer) -> None:
    form = writer.open().form
    writer.press(Key.Key_1)
    form.destination.setText("RSUD Contoh")
    box = form.consent
    assert box is not None
    box.answer.buttons[1].click()
    assert writer.sheet.go.text() == "Catat penolakan & cetak"
    writer.press(Key.Key_Return, CTRL)
    assert writer.sentence("why") == "Tulis alasan menolak dengan kata-kata."
    assert writer.focus() is box.why
    writer.typed("Menunggu keluarga")
    writer.press(Key.Key_Return, CTRL)
    assert writer.closed()
    ((title, pdf),) = writer.printed
    assert title == "Penolakan rujukan"
    assert "Menunggu keluarga" in text(pdf)
    assert writer.case.house.read(Referral) == ()
    assert writer.case.house.read(Consent)[0].answer == "refused"


def test_the_consent_is_never_chosen_beforehand_and_can_be_printed_to_be_signed(writer: Writer) -> None:
    form = writer.open().form
    writer.press(Key.Key_1)
    form.destination.setText("RSUD Contoh")
    box = form.consent
    assert box is not None
    assert box.answer.value() is None
    assert box.signer.text() == ""
    box.paper.click()
    assert "Pilih Setuju" in writer.sentence("consent")
    box.answer.buttons[2].click()
    box.paper.click()
    writer.wait()
    ((_, blank),) = writer.printed
    assert "setelah keadaan gawat darurat tertangani" in text(blank)
    assert "Siti Nurhaliza" in text(blank)
    writer.printed.clear()
    box.answer.buttons[0].click()
    assert (box.relation.value(), box.signer.text()) == ("spouse", "Ahmad Fauzi")
    box.relation.set_value("self")
    assert box.signer.text() == "Siti Nurhaliza"
    box.paper.click()
    writer.wait()
    assert [title for title, _ in writer.printed] == ["Persetujuan rujukan"]
    assert "Siti Nurhaliza" in text(writer.printed[0][1])
    assert not writer.closed()
    assert writer.case.house.read(Consent) == ()


def test_what_is_typed_is_kept_and_offered_again(writer: Writer) -> None:
    sheet = writer.open()
    writer.press(Key.Key_1)
    sheet.form.fields["contacted"].editor.setText("09.02, dokter jaga: diterima")  # type: ignore[attr-defined]
    assert sheet.form.consent is not None
    sheet.form.consent.answer.buttons[0].click()
    first = sheet.uid
    writer.press(Key.Key_Escape)
    assert writer.closed()
    again = writer.open()
    assert again.uid == first
    assert again.form.kind_code() == "emergency"
    assert again.form.fields["contacted"].text() == "09.02, dokter jaga: diterima"
    assert again.form.consent is not None
    assert again.form.consent.signer.text() == "Ahmad Fauzi"
    assert "dilanjutkan" in again.banner.accessibleName()


def test_a_draft_is_kept_while_one_types(writer: Writer) -> None:
    house, visit = writer.case.house, writer.case.visit_uid
    sheet = writer.open()
    writer.press(Key.Key_1)
    sheet.form.destination.setText("RSUP Jauh")
    writer.desk.qtbot.waitUntil(lambda: "Draf tersimpan" in sheet._told.text(), timeout=5000)
    kept = house.desk.referrals.draft(house.actor("doctor"), visit)
    assert kept is not None
    assert kept.content["fields"]["destination"] == "RSUP Jauh"  # type: ignore[index]


def test_a_draft_is_kept_though_one_never_stops_typing(writer: Writer) -> None:
    house, visit = writer.case.house, writer.case.visit_uid
    form = writer.open().form
    writer.press(Key.Key_1)
    form.destination.setFocus()
    kept = None
    for _ in range(40):
        QTest.keyClicks(form.destination, "r")
        QTest.qWait(50)
        kept = kept or house.desk.referrals.draft(house.actor("doctor"), visit)
    assert kept is not None


def test_a_locked_screen_keeps_the_draft(writer: Writer) -> None:
    house, visit = writer.case.house, writer.case.visit_uid
    sheet = writer.open()
    writer.press(Key.Key_1)
    sheet.form.destination.setText("RSUP Jauh")
    writer.desk.window.cover(QWidget())
    writer.wait()
    assert house.desk.referrals.draft(house.actor("doctor"), visit) is not None


def test_starting_anew_throws_the_draft_away(writer: Writer) -> None:
    sheet = writer.open()
    writer.press(Key.Key_1)
    sheet.form.fields["reason"].editor.setPlainText("coretan")  # type: ignore[attr-defined]
    writer.press(Key.Key_Escape)
    writer.open().start_anew()
    writer.wait()
    assert writer.sheet.form.kind_code() == ""
    assert writer.sheet.form.fields["reason"].text() == "Penanganan preeklamsia berat memerlukan PONEK."
    writer.press(Key.Key_1)
    writer.sheet.form.destination.setText("RSUD Contoh")
    writer.press(Key.Key_Return, CTRL)
    assert writer.closed()
    assert writer.told == 1


def test_an_issued_letter_leaves_no_draft(writer: Writer) -> None:
    house, visit = writer.case.house, writer.case.visit_uid
    writer.open()
    writer.press(Key.Key_1)
    writer.press(Key.Key_Tab)
    writer.typed("rsu")
    writer.press(Key.Key_Return)
    writer.press(Key.Key_Return, CTRL)
    QTest.qWait(50)
    writer.wait()
    assert house.desk.referrals.draft(house.actor("doctor"), visit) is None
    sheet = writer.open()
    assert any("440/0001" in b.accessibleName() for b in sheet.form.findChildren(Banner))


def test_odd_text_goes_through_every_field(writer: Writer) -> None:
    form = writer.open().form
    writer.press(Key.Key_1)
    for code in ("destination", "unit", "contacted", "transport", "condition"):
        form.fields[code].editor.setText(ODD)  # type: ignore[attr-defined]
    for code in ("anamnesis", "examination", "supporting", "therapy", "reason"):
        form.fields[code].editor.setPlainText(ODD + "\nbaris kedua\x07")  # type: ignore[attr-defined]
    writer.press(Key.Key_Return, CTRL)
    assert writer.closed()
    assert "D'Angelo" in text(writer.printed[0][1])


def test_a_text_far_too_long_is_told_while_it_is_typed(writer: Writer) -> None:
    form = writer.open().form
    writer.press(Key.Key_1)
    form.fields["reason"].editor.setPlainText("x" * 2001)  # type: ignore[attr-defined]
    assert writer.sentence("reason") == "Terlalu panjang: ringkas sampai 2000 huruf."


@pytest.mark.parametrize("typed", ["31-02-2027", "20-11-2026", "besok", "1/1/2030"])
def test_an_impossible_plan_stands_beside_its_field(writer: Writer, typed: str) -> None:
    form = writer.open().form
    writer.press(Key.Key_2)
    form.destination.setText("RSUD Contoh")
    form.unit.setText("Dokter Spesialis Anak")
    assert form.consent is not None
    form.consent.answer.buttons[0].click()
    form.fields["planned_on"].editor.setText(typed)  # type: ignore[attr-defined]
    writer.press(Key.Key_Return, CTRL)
    assert not writer.closed()
    assert writer.sentence("planned_on")
    assert writer.focus() is form.fields["planned_on"].editor


def test_a_nurse_writes_and_the_doctor_who_diagnosed_signs(qtbot: QtBot, house: House) -> None:
    writer = Writer(qtbot, written(house), "nurse")
    form = writer.open().form
    assert form.doctor.value() == house.actor("doctor").staff_uid
    writer.press(Key.Key_1)
    form.doctor.set_value(None)
    form.destination.setText("RSUD Contoh")
    writer.press(Key.Key_Return, CTRL)
    assert writer.sentence("doctor") == "Pilih dokter atau bidan yang menandatangani."


def test_tab_follows_the_eye_and_every_control_has_a_name(writer: Writer) -> None:
    sheet = writer.open()
    writer.press(Key.Key_1)
    names: list[str] = []
    for _ in range(40):
        here = writer.focus()
        name = here.accessibleName()
        assert name, here
        if names and name == names[0]:
            break
        names.append(name)
        QTest.keyClick(here, Key.Key_Tab)
    short = [name.removeprefix("Jenis rujukan, tekan 1 sampai 4: ") for name in names]
    assert short == [
        "Gawat darurat",
        "Fasilitas tujuan",
        "Unit atau spesialis",
        "Nomor BPJS atau SISRUTE",
        "Dihubungi (jam, siapa, jawabannya)",
        "Anamnesis",
        "Pemeriksaan",
        "Pemeriksaan penunjang",
        "Terapi yang sudah diberikan",
        "Alasan rujukan",
        "Kendaraan dan pendamping",
        "Keadaan saat berangkat",
        "Jawaban: Setuju",
        "Hubungan dengan pasien",
        "Nama penanda tangan",
        "Saksi",
        "Cetak lembar untuk ditandatangani",
        "Surat ditandatangani oleh",
        "Tutup",
        "Pratinjau",
        "Terbitkan & cetak",
    ]
    assert sheet.isVisible()


def test_the_main_act_stays_in_sight_on_a_small_screen(writer: Writer) -> None:
    writer.desk.window.resize(1093, 614)
    QApplication.processEvents()
    assert (writer.desk.window.width(), writer.desk.window.height()) == (1093, 614)
    sheet = writer.open()
    writer.press(Key.Key_1)
    corner = sheet.go.mapTo(writer.desk.window, sheet.go.rect().bottomRight())
    assert corner.x() < 1093 - px(8)
    assert corner.y() < 614 - px(8)


def test_another_kind_beside_a_red_alarm_is_questioned_and_a_past_plan_too(qtbot: QtBot, house: House) -> None:
    writer = Writer(qtbot, refer(house))
    sheet = writer.open()
    form = sheet.form
    assert form._calmer.isHidden()
    form.choose_kind("vertical")
    assert not form._calmer.isHidden()
    assert sheet.go.isEnabled()
    assert "sudah lewat" in sheet._understand("1-11-2026")[1]
    assert "sudah lewat" not in sheet._understand("1-12-2026")[1]
