"""Rujukan: finding a letter and writing down what came of it, by keyboard, in a real window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent
from tests.printing.reading import text
from tests.referral_case import HUSBAND, Case, refer
from tests.ui.desk_window import DeskWindow
from ui.parts.arrival.sheets import ReasonPanel
from ui.parts.referral.reply import ConsentPanel, ReplyPanel
from ui.preview import PreviewPanel
from ui.scanner import Scan, ScanKind
from ui.screens.referrals import PAGE, ReferralsPage
from ui.shell_sheets import Notice
from ui.widgets import Sheet, Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
P = TypeVar("P", bound=QWidget)


class Office:
    """Somebody at the Rujukan screen."""

    def __init__(self, qtbot: QtBot, house: House, role: str = "registration") -> None:
        self.house = house
        self.desk = DeskWindow(qtbot, house, role, screen="referrals")
        QTest.qWaitForWindowActive(self.desk.window)
        self.desk.window.refresh.stop()
        self.printed: list[bytes] = []
        self.desk.window.print_jobs._sender = lambda job: self.printed.append(job.data)
        page = self.desk.page
        assert isinstance(page, ReferralsPage)
        self.page = page
        self.wait()

    def wait(self) -> None:
        while self.page._pause.isActive():
            QTest.qWait(20)
        QApplication.processEvents()
        self.desk.idle()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page.search.edit

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        self.wait()

    def typed(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        self.wait()

    def numbers(self) -> list[str]:
        return [row.number.split("/")[1] for row in self.page.model.rows]

    def sheet(self, kind: type[P]) -> P:
        over = Sheet.over(self.desk.window)
        assert over is not None, "no sheet is open"
        assert isinstance(over.panel, kind)
        return over.panel

    def closed(self) -> bool:
        return Sheet.over(self.desk.window) is None

    def toast(self) -> str:
        toasts = [t for t in self.desk.window.findChildren(Toast) if t.isVisible()]
        return toasts[-1].accessibleName() if toasts else ""

    def letter(self) -> Referral:
        found: Referral = self.house.read(Referral)[0]
        return found


@pytest.fixture
def case(house: House) -> Case:
    return refer(house, record_number="00-12-47-01")


@pytest.fixture
def office(qtbot: QtBot, house: House, case: Case) -> Office:
    """One emergency letter without consent is there."""
    case.issue(consent=None)
    return Office(qtbot, house)


@pytest.fixture
def room(qtbot: QtBot, house: House, case: Case) -> Office:
    """The same letter before a midwife, who may read it."""
    case.issue(consent=None)
    return Office(qtbot, house, "midwife")


def test_a_clerk_opens_no_letter(office: Office) -> None:
    office.press(Key.Key_P, CTRL)
    assert office.closed()
    assert not office.printed


def test_an_empty_list_says_where_letters_come_from(qtbot: QtBot, house: House) -> None:
    page = Office(qtbot, house).page
    assert page.view._sentence[0] == "Belum ada surat rujukan."
    assert not page.panel.empty.isHidden()


def test_the_list_shows_the_newest_first_and_the_panel_the_chosen(qtbot: QtBot, house: House, case: Case) -> None:
    for _ in range(3):
        case.issue()
    office = Office(qtbot, house, "doctor")
    assert office.numbers() == ["0003", "0002", "0001"]
    office.press(Key.Key_Down)
    detail = office.page.panel.detail
    assert detail is not None
    assert detail.number.startswith("440/0002/")
    assert office.focus() is office.page.search.edit


def test_typing_narrows_the_list_and_enter_shows_the_pages(room: Office) -> None:
    room.typed("budi")
    assert room.numbers() == []
    assert room.page.view._sentence[0] == "Tidak ada surat yang cocok."
    room.press(Key.Key_Return)
    assert room.closed()
    for _ in range(4):
        QTest.keyClick(room.focus(), Key.Key_Backspace)
    room.typed("nurha")
    assert room.numbers() == ["0001"]
    room.press(Key.Key_Return)
    assert room.sheet(PreviewPanel).accessibleName() == "Surat rujukan"


def test_enter_pressed_before_the_answer_waits_for_it(room: Office) -> None:
    QTest.keyClicks(room.page.search.edit, "0001")
    QTest.keyClick(room.page.search.edit, Key.Key_Return)
    assert room.closed()
    room.wait()
    assert room.sheet(PreviewPanel).accessibleName() == "Surat rujukan"


def test_the_second_print_is_a_copy(room: Office) -> None:
    for mark in (False, True):
        room.press(Key.Key_P, CTRL)
        room.sheet(PreviewPanel).print_button.click()
        room.wait()
        assert ("SALINAN" in text(room.printed[-1])) is mark
    assert room.house.read(Document)[0].copies == 2
    room.page.changed("document", "", "")  # as the feed tells it
    room.wait()
    detail = room.page.panel.detail
    assert detail is not None
    assert detail.copies == 2


def test_sent_then_received_and_a_slip_is_undone(office: Office) -> None:
    office.press(Key.Key_F4)
    assert office.letter().state is ReferralState.SENT
    assert "terkirim" in office.toast()
    office.press(Key.Key_Z, CTRL)
    assert office.letter().state is ReferralState.ISSUED
    office.press(Key.Key_F4)
    office.press(Key.Key_F4)
    assert office.letter().state is ReferralState.RECEIVED
    assert office.page.panel.mark.isHidden()
    office.press(Key.Key_F4)
    assert office.letter().state is ReferralState.RECEIVED


def test_the_number_of_bpjs_is_typed_and_kept(office: Office) -> None:
    office.press(Key.Key_F7)
    assert office.focus() is office.page.panel.external
    office.press(Key.Key_Return)
    assert office.page.panel.external_field.sentence.text() == "Ketik nomor dari BPJS atau SISRUTE."
    office.typed("0304R0011126P000042")
    assert office.page.panel.external_field.sentence.text() == ""
    office.press(Key.Key_Return)
    assert office.letter().external_number == "0304R0011126P000042"
    assert office.page.panel.external.text() == "0304R0011126P000042"


@pytest.mark.parametrize("bad", ["nomor\u202e", "😀😀", "9" * 41])
def test_a_number_nobody_gives_is_refused_beside_its_field(office: Office, bad: str) -> None:
    office.page.panel.external.setText(bad)
    office.page.panel.external.setFocus()
    office.press(Key.Key_Return)
    assert office.page.panel.external_field.sentence.text().startswith("Nomor hanya huruf, angka")
    assert office.letter().external_number == ""


def test_the_reply_is_typed_and_shown(qtbot: QtBot, house: House, case: Case) -> None:
    case.issue()
    house.hands.move(days=4)
    office = Office(qtbot, house, "nurse")
    office.press(Key.Key_F6)
    panel = office.sheet(ReplyPanel)
    assert panel.on.text() == "25-11-2026"
    office.press(Key.Key_Return, CTRL)
    assert panel.fields["diagnosis"].sentence.text() == "Tulis diagnosis akhir dari rumah sakit."
    assert office.focus() is panel.diagnosis
    office.typed("O14.1, seksio")
    panel.on.setText("31-11-2026")
    office.press(Key.Key_Return, CTRL)
    assert "30" in panel.fields["on"].sentence.text()
    panel.on.setText("20-11-2026")
    office.press(Key.Key_Return, CTRL)
    assert panel.fields["on"].sentence.text() == "Tanggal balasan harus antara tanggal surat dan hari ini."
    panel.on.setText("24/11/26")
    panel.plan.setText("kontrol 1 mgg")
    office.press(Key.Key_Return, CTRL)
    assert office.closed()
    kept = office.letter()
    assert (kept.state, kept.reply_diagnosis, kept.reply_plan) == (
        ReferralState.REPLIED,
        "O14.1, seksio",
        "kontrol 1 mgg",
    )
    assert office.page.panel.reply.text() == "Perbaiki balasan"
    assert not office.page.panel._reply.isHidden()


def test_a_reply_that_was_begun_is_offered_again(office: Office) -> None:
    office.press(Key.Key_F6)
    office.sheet(ReplyPanel).diagnosis.setText("setengah jalan")
    office.press(Key.Key_Escape)
    assert office.closed()
    office.page.ask()
    office.wait()
    office.press(Key.Key_F6)
    assert office.sheet(ReplyPanel).diagnosis.text() == "setengah jalan"
    office.sheet(ReplyPanel).diagnosis.setText("tiga perempat jalan")
    office.press(Key.Key_Escape)
    # At once again, without anything that reads the letter anew.
    office.press(Key.Key_F6)
    assert office.sheet(ReplyPanel).diagnosis.text() == "tiga perempat jalan"
    office.press(Key.Key_Return, CTRL)
    office.page.ask()
    office.wait()
    assert office.page.panel.detail is not None
    assert office.page.panel.detail.draft is None


def test_the_consent_an_emergency_left_for_later(qtbot: QtBot, house: House, case: Case) -> None:
    case.issue(consent=None)
    office = Office(qtbot, house, "midwife")
    assert not office.page.panel._warning.isHidden()
    office.press(Key.Key_F5)
    panel = office.sheet(ConsentPanel)
    office.press(Key.Key_Return, CTRL)
    assert panel.box.fields["consent"].sentence.text()
    panel.box.answer.buttons[0].click()
    panel.box.signer.setText(" ")
    office.press(Key.Key_Return, CTRL)
    assert panel.box.fields["signer"].sentence.text() == "Tulis nama yang menandatangani."
    panel.box.signer.setText("Ahmad Fauzi")
    office.press(Key.Key_Return, CTRL)
    assert office.closed()
    assert house.read(Consent)[0].signer == "Ahmad Fauzi"
    detail = office.page.panel.detail
    assert detail is not None
    assert detail.consent == "Ahmad Fauzi (suami)"
    assert office.page.panel.consent.isHidden()


def test_a_late_consent_that_was_begun_is_offered_again(qtbot: QtBot, house: House, case: Case) -> None:
    case.issue(consent=None)
    office = Office(qtbot, house, "midwife")
    office.press(Key.Key_F5)
    office.sheet(ConsentPanel).box.answer.buttons[1].click()
    office.sheet(ConsentPanel).box.why.setText("menunggu ibu")
    office.press(Key.Key_Escape)
    office.press(Key.Key_F5)
    box = office.sheet(ConsentPanel).box
    assert (box.answer.value(), box.why.text()) == ("refused", "menunggu ibu")
    office.press(Key.Key_Escape)
    office.page.ask()
    office.wait()
    office.press(Key.Key_F5)
    assert office.sheet(ConsentPanel).box.why.text() == "menunggu ibu"
    office.press(Key.Key_Return, CTRL)
    assert office.page.panel.detail is not None
    assert office.page.panel.detail.consent_draft is None


def test_the_sheet_of_a_consent_that_follows_is_printed_where_it_is_recorded(
    qtbot: QtBot, house: House, case: Case
) -> None:
    case.issue(consent=None)
    office = Office(qtbot, house, "midwife")
    office.press(Key.Key_F5)
    box = office.sheet(ConsentPanel).box
    office.press(Key.Key_P, CTRL)
    assert "PERSETUJUAN RUJUKAN" in text(office.printed[-1])
    assert "RSUD Contoh" in text(office.printed[-1])
    box.answer.buttons[1].click()
    office.press(Key.Key_Return, CTRL)
    assert box.fields["why"].sentence.text() == "Tulis alasan menolak dengan kata-kata."
    box.why.setText("Keluarga membawa pulang")
    box.paper.click()
    office.wait()
    assert "PENOLAKAN RUJUKAN" in text(office.printed[-1])
    assert "Keluarga membawa pulang" in text(office.printed[-1])
    assert house.read(Consent) == ()
    office.press(Key.Key_Return, CTRL)
    assert office.closed()
    assert house.read(Consent)[0].note == "Keluarga membawa pulang"


def test_a_reply_is_kept_though_one_never_stops_typing(office: Office) -> None:
    office.press(Key.Key_F6)
    kept: list[object] = []
    office.sheet(ReplyPanel).draft.connect(kept.append)
    for _ in range(25):
        QTest.keyClicks(office.focus(), "x")
        QTest.qWait(50)
    assert kept


def test_a_letter_is_voided_with_a_reason(qtbot: QtBot, house: House, case: Case) -> None:
    case.issue()
    office = Office(qtbot, house, "doctor")
    office.page.panel.void.click()
    panel = office.sheet(ReasonPanel)
    office.press(Key.Key_Return)
    assert panel.field.sentence.text()
    office.typed("salah tujuan")
    office.press(Key.Key_Return)
    assert office.closed()
    assert office.letter().state is ReferralState.VOIDED
    panel_ = office.page.panel
    for button in (panel_.mark, panel_.reply, panel_.void, panel_.consent):
        assert button.isHidden()
    office.press(Key.Key_P, CTRL)
    office.sheet(PreviewPanel).print_button.click()
    office.wait()
    assert "DIBATALKAN" in text(office.printed[0])


def test_tiles_count_and_filter(qtbot: QtBot, house: House, case: Case) -> None:
    desk, doctor = house.desk, house.actor("doctor")
    uids = [case.issue().referral_uid for _ in range(4)]
    desk.referrals.mark(doctor, uids[1], ReferralState.SENT)
    desk.referrals.void(doctor, uids[3], "salah tujuan")
    house.hands.move(days=15)
    desk.referrals.reply(doctor, uids[2], house.clock.today() - timedelta(days=1), "O14.1")
    office = Office(qtbot, house)
    names = [tile.accessibleName() for tile in office.page.tiles.tiles]
    assert names == ["Belum dikirim: 1", "Belum dibalas: 1", "Lewat 14 hari: 2", "Sudah dibalas: 1", "Dibatalkan: 1"]
    for key, expected in (
        (Key.Key_1, ["0001"]),
        (Key.Key_2, ["0002"]),
        (Key.Key_3, ["0002", "0001"]),
        (Key.Key_4, ["0003"]),
        (Key.Key_5, ["0004"]),
        (Key.Key_5, ["0004", "0003", "0002", "0001"]),
    ):
        office.press(key, ALT)
        assert office.numbers() == expected
    office.press(Key.Key_3, ALT)
    assert all(row.late for row in office.page.model.rows)


def test_a_scanned_letter_is_chosen(qtbot: QtBot, house: House, case: Case) -> None:
    issued = [case.issue() for _ in range(3)]
    office = Office(qtbot, house)
    taker = office.page.taker()
    assert taker is not None
    taker(Scan(ScanKind.UID, issued[1].document_uid))
    office.wait()
    assert office.numbers() == ["0002"]
    assert office.closed()


def test_a_long_list_comes_page_by_page(qtbot: QtBot, house: House, case: Case) -> None:
    for _ in range(PAGE + 7):
        case.issue()
    office = Office(qtbot, house)
    assert len(office.page.model.rows) == PAGE
    office.page.view.scrollToBottom()
    office.wait()
    assert len(office.page.model.rows) == PAGE + 7
    assert len({row.uid for row in office.page.model.rows}) == PAGE + 7


def test_a_clerk_sees_no_diagnosis_and_cannot_void(office: Office) -> None:
    panel = office.page.panel
    assert panel.detail is not None
    assert panel.detail.referral.diagnosis_title == ""
    assert office.page.model.rows[0].diagnosis == ""
    assert panel.void.isHidden()
    assert panel.consent.isHidden()
    office.press(Key.Key_F5)
    assert office.closed()


def test_somebody_else_was_faster(office: Office) -> None:
    """The letter is voided at another desk while this one still shows it."""
    desk, doctor = office.house.desk, office.house.actor("doctor")
    desk.referrals.void(doctor, office.letter().uid, "salah tujuan")
    office.press(Key.Key_F4)
    notice = office.desk.window.findChildren(Notice)
    assert notice
    assert notice[-1].sentence == "Surat ini sudah dibatalkan."
    assert office.page.model.rows[0].state is ReferralState.VOIDED


def test_odd_words_in_the_search_box_find_nothing_and_break_nothing(office: Office) -> None:
    for words in ("' or 1=1 --", "%", "😀", "\u202eابتسام", "x" * 300, "\\"):
        office.page.search.set_text(words)
        office.wait()
        assert office.numbers() == [], words
    office.page.search.set_text("")
    office.wait()
    assert office.numbers() == ["0001"]


def test_a_name_of_three_hundred_letters_is_shown_whole_in_the_panel(qtbot: QtBot, house: House) -> None:
    name = "Siti " + "Panjang " * 36
    refer(house, name.strip()).issue()
    panel = Office(qtbot, house).page.panel
    assert panel._who.text() == name.strip()
    assert panel._who.wordWrap()


def test_text_size_keeps_search_and_filter(office: Office) -> None:
    office.press(Key.Key_1, ALT)
    office.typed("nurha")
    office.desk.window.zoom(1)
    office.desk.idle()
    page = office.desk.page
    assert isinstance(page, ReferralsPage)
    office.page = page
    office.wait()
    assert page.search.text() == "nurha"
    assert page.tiles.index() == 0
    assert office.numbers() == ["0001"]


def test_every_control_has_a_name(office: Office) -> None:
    for widget in office.page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            assert widget.accessibleName(), widget


def test_the_window_stays_small(office: Office) -> None:
    office.desk.window.resize(1093, 614)
    QApplication.processEvents()
    assert (office.desk.window.width(), office.desk.window.height()) == (1093, 614)
    reply = office.page.panel.reply
    assert reply.mapTo(office.desk.window, reply.rect().bottomRight()).y() < 614


def test_consent_words_tell_a_refusal(qtbot: QtBot, house: House, case: Case) -> None:
    uid = case.issue(consent=None).referral_uid
    house.desk.referrals.record_consent(house.actor("doctor"), uid, replace(HUSBAND, answer="refused", reason="biaya"))
    detail = Office(qtbot, house).page.panel.detail
    assert detail is not None
    assert detail.consent == "ditolak oleh Ahmad Fauzi (suami)"
