"""The registration desk by keyboard alone, in a real window on a real database."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.visit import QueueEntry, Visit, VisitState
from ilp_desk.services.finding import Finding
from tests.ui.clerk import Clerk, Key
from ui.scanner import ScanKind

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ilp_desk.domain.person import Person
    from tests.house import House


@pytest.fixture
def clerk(qtbot: QtBot, house: House) -> Clerk:
    return Clerk(qtbot, house)


@pytest.fixture
def siti(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03", nik="1306044302999001", record_number="00-12-47-01")


def test_a_returning_patient_by_name_takes_two_presses(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    assert clerk.page.panel.arrival is not None
    assert house.read(Visit) == ()
    clerk.press(Key.Key_Return)
    assert [v.person_uid for v in house.read(Visit)] == [siti.uid]
    assert clerk.presses == 2
    assert clerk.page.search.text() == ""


def test_a_scanned_card_selects_and_one_enter_registers(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.scan(ScanKind.SIXTEEN_DIGITS, "1306044302999001")
    assert house.read(Visit) == ()
    assert clerk.page.panel.arrival is not None
    clerk.press(Key.Key_Return)
    assert len(house.read(Visit)) == 1
    assert clerk.presses == 2


def test_a_card_with_a_qr_code_finds_its_person(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.scan(ScanKind.UID, siti.uid)
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert shown.name == "Siti Nurhaliza"


def test_a_code_leaves_what_people_can_read_in_the_box(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.scan(ScanKind.UID, siti.uid)
    assert clerk.page.search.text() == siti.record_number
    clerk.press(Key.Key_Return)
    assert [v.person_uid for v in house.read(Visit)] == [siti.uid]


def test_an_emergency_called_before_the_person_is_open_goes_with_the_next_one(
    house: House, siti: Person, qtbot: QtBot
) -> None:
    clerk = Clerk(qtbot, house)
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_2)
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert clerk.page.panel.circumstances().danger_sign
    clerk.press(Key.Key_Return)
    assert house.read(QueueEntry)[0].service_point_uid == house.points["gawat_darurat"].uid


def test_an_unknown_emergency_patient_goes_to_the_emergency_room(house: House, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    for key in (Key.Key_F8, Key.Key_X, Key.Key_L, Key.Key_4, Key.Key_Return):
        clerk.press(key)
    clerk.wait()  # the sheet has closed; now the desk looks for who it made
    assert clerk.page.panel.emergency
    clerk.press(Key.Key_Return)
    assert house.read(QueueEntry)[0].service_point_uid == house.points["gawat_darurat"].uid
    assert clerk.presses == 6


def test_escape_takes_back_an_emergency_that_found_nobody(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_1)
    clerk.page.back()
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    assert not clerk.page.panel.emergency


def test_who_was_undone_is_found_again(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    for _ in range(2):
        clerk.type("siti nur")
        clerk.press(Key.Key_Return)
        assert clerk.page.panel.arrival is not None
        clerk.press(Key.Key_Return)
        clerk.page._undo(house.read(QueueEntry)[-1].uid)
        clerk.wait()
    clerk.type("siti nur")
    assert [hit.chip for hit in clerk.page.box.rows] == [""]
    assert [v.state for v in house.read(Visit)] == [VisitState.CANCELLED] * 2


def test_one_enter_too_many_sends_nobody_anywhere(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    for _ in range(2):
        clerk.type("siti nur")
        for _ in range(4):
            clerk.press(Key.Key_Return)
    assert len(house.read(QueueEntry)) == 1


def test_a_name_typed_over_the_sheet_of_places_chooses_none(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti nur")
    for _ in range(2):
        clerk.press(Key.Key_Return)
    clerk.type("siti nur")
    for _ in range(2):
        clerk.press(Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not clerk.page.search.edit
    QTest.keyClicks(focus, "lab siti nurmala")
    clerk.press(Key.Key_Return)
    assert len(house.read(QueueEntry)) == 1


def test_a_card_read_too_slowly_into_the_complaint_registers_nobody(house: House, siti: Person, qtbot: QtBot) -> None:
    other = house.person("Budi Santoso", "1980-01-01", "L", bpjs="0001234564410")
    clerk = Clerk(qtbot, house)
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    complaint = clerk.page.panel.complaint
    complaint.setFocus()
    QTest.keyClicks(complaint, "pusing 0001234564410")
    clerk.press(Key.Key_Return, complaint)
    clerk.wait()
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert shown.person_uid == other.uid
    assert house.read(Visit) == ()


def test_a_complaint_comes_back_with_its_person(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    QTest.keyClicks(clerk.page.panel.complaint, "pusing")
    clerk.page.back()
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    assert clerk.page.panel.complaint.text() == "pusing"
    clerk.press(Key.Key_Return)
    assert house.read(Visit)[0].complaint == "pusing"


def test_enter_in_a_choice_of_the_panel_registers(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti nur")
    clerk.press(Key.Key_Return)
    clerk.page.panel.payer.setFocus()
    clerk.press(Key.Key_Return, clerk.page.panel.payer)
    assert len(house.read(Visit)) == 1


def test_a_slow_search_and_typing_ahead_never_registers_the_wrong_person(
    house: House, siti: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    budi = house.person("Budi Santoso", "1980-01-01", "L")
    real = Finding.find

    def slow(self: Finding, actor: Any, text: str, limit: int = 50) -> Any:
        time.sleep(0.5)
        return real(self, actor, text, limit)

    monkeypatch.setattr(Finding, "find", slow)
    clerk = Clerk(qtbot, house)
    edit = clerk.page.search.edit
    QTest.keyClicks(edit, "siti")
    QTest.qWait(100)
    edit.selectAll()
    QTest.keyClicks(edit, "budi")
    QTest.keyClick(edit, Key.Key_Return)
    before = clerk.page.panel.arrival
    QTest.qWait(1300)
    clerk.desk.idle()
    QTest.qWait(100)
    clerk.desk.idle()
    shown = clerk.page.panel.arrival
    assert before is None
    assert shown is not None
    assert shown.person_uid == budi.uid
    assert house.read(Visit) == ()


def test_a_key_after_enter_takes_the_enter_back(
    house: House, siti: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Finding.find

    def slow(self: Finding, actor: Any, text: str, limit: int = 50) -> Any:
        time.sleep(0.3)
        return real(self, actor, text, limit)

    monkeypatch.setattr(Finding, "find", slow)
    clerk = Clerk(qtbot, house)
    edit = clerk.page.search.edit
    QTest.keyClicks(edit, "siti")
    QTest.keyClick(edit, Key.Key_Return)
    QTest.keyClicks(edit, " n")
    QTest.qWait(900)
    clerk.desk.idle()
    assert clerk.page.panel.arrival is None
    assert house.read(Visit) == ()


def test_undo_from_the_toast_takes_the_registration_back(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.desk.window.overlays.undo()
    clerk.wait()
    assert house.read(Visit)[0].state is VisitState.CANCELLED


def test_one_key_sends_a_coughing_patient_apart_and_f8_goes_first(house: House, qtbot: QtBot) -> None:
    house.person("Budi Santoso", "1980-01-01", "L")
    clerk = Clerk(qtbot, house)
    clerk.type("budi")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_F5)
    clerk.press(Key.Key_1)
    clerk.wait()
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert shown.routed.name == "Ruang infeksius"
    clerk.press(Key.Key_Return)
    (visit,) = house.read(Visit)
    assert (visit.infectious, visit.infection_sign) == (True, "chronic_cough")


def test_somebody_who_is_here_already_gets_a_second_service(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    for _ in range(2):
        clerk.type("siti")
        clerk.press(Key.Key_Return)
        clerk.press(Key.Key_Return)
    assert len(house.read(Visit)) == 1
    assert clerk.desk.window.overlays.open_sheet is not None
    assert len(house.read(QueueEntry)) == 1


@pytest.mark.parametrize(
    "text", ["o'", "%_\\", "😀", "\u202eابن", "'" * 300, "x" * 300, "31/2/1999", "0", '"', "NEAR(", "* OR 1"]
)
def test_whatever_is_typed_the_desk_answers_calmly(house: House, siti: Person, qtbot: QtBot, text: str) -> None:
    clerk = Clerk(qtbot, house)
    clerk.page.search.edit.setText(text)
    clerk.wait()
    clerk.press(Key.Key_Return)
    assert house.read(Visit) == ()
    assert clerk.page.search.text() == text


def test_the_tab_order_follows_the_eye_and_everything_has_a_name(house: House, siti: Person, qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, house)
    clerk.type("siti")
    clerk.press(Key.Key_Return)
    nameless = [
        type(w).__name__
        for w in clerk.page.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
    ]
    assert nameless == []
