"""The room by keyboard alone, in a real window on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Pregnancy,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.document import Document
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.services.examination import Examination, Taking
from ilp_desk.services.letters import ConsentAnswer, IssueReferral
from ilp_desk.services.registration import RegisterVisit
from tests.ui.desk_window import DeskWindow
from tests.ui.screens.test_room_rules import entry
from ui.parts.room.finish_sheet import FinishSheet
from ui.parts.room.known_sheet import AllergySheet, ProblemSheet
from ui.parts.room.print_sheet import PrintSheet
from ui.parts.room.queue_panel import RoomRow
from ui.parts.room.send_sheet import SendSheet
from ui.parts.room.side import trend_labels
from ui.parts.room.visit_panel import DIAGNOSIS, EXAM, HISTORY, REFERRAL, SCREENING, SUMMARY
from ui.parts.room.words_sheet import WordsSheet
from ui.preview import PreviewPanel
from ui.screens.room import RoomPage
from ui.widgets import Sentence, Sheet, Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, ALT, NONE = Mod.ControlModifier, Mod.AltModifier, Mod.NoModifier
SHIFT = Mod.ShiftModifier
NASTY = 'O\'Brien "petik" 😀 \u202bعربي\u202c ' + "panjang " * 33


class Clinician:
    """Types and counts: every key that is no letter of a text is one press."""

    def __init__(self, qtbot: QtBot, house: House, role: str = "midwife", room: str = "Ruang 2") -> None:
        self.house, self.qtbot = house, qtbot
        self.desk = DeskWindow(qtbot, house, role, desk=room or "Ruang", screen="care")
        page = self.desk.page
        assert isinstance(page, RoomPage)
        self.page = page
        self.presses = 0
        self.problems: list[object] = []
        self.desk.runner.crashed.connect(lambda error, quiet: self.problems.append(error))
        # Other desks are heard when `look` asks for it, so that every test sees the same.
        self.desk.window.refresh.stop()
        if room:
            page.room = room
            page._read_places()
            self.settle()

    @property
    def panel(self) -> Any:
        return self.page.panel

    @property
    def visit(self) -> Any:
        shown = self.page.visit.visit
        assert shown is not None, "no visit is open"
        return shown

    def settle(self) -> None:
        """Until every answer is there and the window has drawn it."""
        for _ in range(3):
            self.qtbot.waitUntil(self.desk.runner.idle, timeout=20_000)
            QTest.qWait(1)
        assert not self.problems, self.problems

    def press(self, key: Qt.Key, mod: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, mod)
        self.settle()

    def type(self, text: str) -> None:
        here = QApplication.focusWidget() or self.desk.window
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(here, Key.Key_Return)
            if line.isascii():
                QTest.keyClicks(here, line)
            else:  # signs no key of the test has come as an input method brings them
                commit = QInputMethodEvent()
                commit.setCommitString(line)
                QApplication.sendEvent(here, commit)
        self.settle()

    def write(self, editor: QWidget, text: str) -> None:
        editor.setFocus()
        self.type(text)

    def look(self) -> None:
        """What other desks did reaches this window."""
        self.desk.window.refresh.poll()
        self.settle()
        self.desk.window.refresh.stop()
        self.settle()

    def call(self) -> None:
        """Ctrl+J, and the patient is in."""
        self.press(Key.Key_J, CTRL)
        self.press(Key.Key_Return)

    def sheet(self, kind: Any) -> Any:
        open_sheet = Sheet.over(self.desk.window)
        assert open_sheet is not None, "no sheet is open"
        assert isinstance(open_sheet.panel, kind), open_sheet.panel
        return open_sheet.panel

    def no_sheet(self) -> bool:
        return Sheet.over(self.desk.window) is None

    def toast(self) -> str:
        shown = [t for t in self.desk.window.findChildren(Toast) if not t.isHidden()]
        return shown[-1].accessibleName() if shown else ""

    def draft(self) -> dict[str, object] | None:
        kept = self.house.desk.examination.draft(self.page.actor, self.visit.visit_uid)
        return kept.content if kept else None

    def entry(self, uid: str) -> QueueEntry:
        found: QueueEntry = next(e for e in self.house.read(QueueEntry) if e.uid == uid)
        return found


def arrive(house: House, person: Person, **fields: Any) -> RegisterVisit:
    if "service_point_uid" in fields:
        fields["override"] = "atas permintaan pasien"
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid, **fields)
    house.desk.registration.register(house.actor("registration"), order)
    house.hands.move(minutes=3)
    return order


def texts_of(root: QWidget) -> str:
    """What a screen reader is told below a widget."""
    return "\n".join(w.accessibleName() for w in root.findChildren(QWidget) if not w.isHidden())


@pytest.fixture
def siti(house: House) -> Person:
    siti = house.person("Siti Nurhaliza", "1999-02-03", record_number="00-12-47-01", payer="jkn_pbi")
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9), gravida=2, para=1, abortus=0))
    return siti


@pytest.fixture
def order(house: House, siti: Person) -> RegisterVisit:
    return arrive(house, siti)


@pytest.fixture
def midwife(qtbot: QtBot, house: House, order: RegisterVisit) -> Clinician:
    return Clinician(qtbot, house)


# The whole way


def test_call_measure_ask_diagnose_finish_by_keyboard(qtbot: QtBot, house: House, siti: Person) -> None:
    arrive(house, siti)
    one = Clinician(qtbot, house)
    one.press(Key.Key_J, CTRL)
    one.press(Key.Key_Return)
    one.type("kontrol hamil")
    one.press(Key.Key_Return)
    for value in ("118/76", "84", "20", "36,7", "61,5"):
        one.type(value)
        one.press(Key.Key_Return)
    one.press(Key.Key_4, ALT)
    one.type("Z34.9")
    one.press(Key.Key_Return)
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_Return)
    assert one.presses == 12
    visit = house.read(Visit)[0]
    assert (visit.state, visit.complaint, visit.discharge) == (VisitState.FINISHED, "kontrol hamil", "home")
    taken = house.read(VitalSigns)[0]
    assert (taken.systolic, taken.diastolic, taken.pulse, taken.weight) == (118, 76, 84, 61500)
    assert [d.code for d in house.read(Diagnosis)] == ["Z34.9"]
    assert house.read(QueueEntry)[0].started_at is not None
    assert one.page.visit.visit is None


def test_after_the_last_patient_the_next_one_is_one_key_away(midwife: Clinician, house: House) -> None:
    other = arrive(house, house.person("Yulia Sari", "2001-05-01"), service_point_uid=house.points["kia"].uid)
    midwife.call()
    midwife.press(Key.Key_J, CTRL)
    assert midwife.visit.entry_uid == other.entry_uid
    assert midwife.visit.name == "Yulia Sari"


# Queue


def test_called_is_told_in_the_waiting_room_and_can_be_taken_back(midwife: Clinician, order: RegisterVisit) -> None:
    midwife.press(Key.Key_J, CTRL)
    assert midwife.entry(order.entry_uid).room == "Ruang 2"
    assert "dipanggil ke Ruang 2" in midwife.toast()
    midwife.press(Key.Key_Z, CTRL)
    assert midwife.entry(order.entry_uid).state is QueueState.WAITING
    assert midwife.page.visit.visit is None


def test_call_again_skip_and_absent(midwife: Clinician, order: RegisterVisit) -> None:
    midwife.press(Key.Key_J, CTRL)
    midwife.press(Key.Key_J, CTRL | SHIFT)
    assert midwife.toast().endswith("dipanggil lagi.")
    midwife.press(Key.Key_K, CTRL)
    assert midwife.entry(order.entry_uid).state is QueueState.SKIPPED
    midwife.press(Key.Key_J, CTRL)
    midwife.press(Key.Key_K, CTRL | SHIFT)
    assert midwife.entry(order.entry_uid).state is QueueState.ABSENT
    midwife.press(Key.Key_F2)
    midwife.press(Key.Key_Return)
    midwife.press(Key.Key_Return)
    assert midwife.entry(order.entry_uid).state is QueueState.CALLED


def test_nobody_is_called_by_a_slip_of_the_hand(midwife: Clinician, order: RegisterVisit) -> None:
    midwife.press(Key.Key_F2)
    midwife.press(Key.Key_Return)
    assert midwife.entry(order.entry_uid).state is QueueState.WAITING
    assert midwife.page.call_this.text() == "Panggil A-001"
    midwife.press(Key.Key_Escape)
    assert midwife.page.call.isVisible()


def test_nobody_waits_is_said_in_words(qtbot: QtBot, house: House) -> None:
    one = Clinician(qtbot, house)
    one.press(Key.Key_J, CTRL)
    notice = one.desk.window.overlays._notice
    assert notice is not None
    assert "Tidak ada yang menunggu" in notice.accessibleName()


def test_the_room_is_chosen_once_and_kept(qtbot: QtBot, house: House) -> None:
    one = Clinician(qtbot, house, "doctor", room="")
    kept: list[Any] = []
    one.desk.window.settings_changed.connect(kept.append)
    assert one.page.choose.isVisible()
    one.press(Key.Key_F7)
    for _ in range(3):
        one.press(Key.Key_Down)
    one.press(Key.Key_Return)
    assert one.page.room == "Ruang 5"
    assert [settings.room for settings in kept] == ["Ruang 5"]
    assert [point.code for point in one.page.points()] == ["lansia"]


def test_who_comes_back_from_the_laboratory_goes_first_and_says_so(midwife: Clinician, house: House) -> None:
    arrive(house, house.person("Yulia Sari", "2001-05-01"), service_point_uid=house.points["kia"].uid)
    midwife.call()
    midwife.press(Key.Key_I, CTRL)
    midwife.sheet(SendSheet)
    midwife.press(Key.Key_Return)
    midwife.type("periksa Hb")
    midwife.press(Key.Key_Return)
    assert midwife.page.visit.visit is None
    sent = next(e for e in house.read(QueueEntry) if e.service_point_uid == house.points["lab"].uid)
    assert (sent.ticket, sent.note) == ("A-001", "periksa Hb")
    analyst = house.actor("laboratory")
    house.desk.queueing.start(analyst, sent.uid, "Lab")
    house.desk.queueing.finish(analyst, sent.uid)
    midwife.look()
    first = midwife.page.queue.model.rows[0]
    assert first.entry.ticket == "A-001"
    assert [chip.text for chip in midwife.page.queue._line(first).chips] == ["dari lab"]


def test_who_is_opened_without_a_call_begins_with_the_first_word(
    midwife: Clinician, house: House, order: RegisterVisit
) -> None:
    midwife.desk.window.navigate("care", order.entry_uid)
    midwife.settle()
    assert midwife.panel._called.accessibleName() == "A-001 belum dipanggil."
    assert midwife.panel.start.hasFocus()
    assert not midwife.panel.skip.isVisible()
    midwife.write(midwife.panel.exam.complaint.editor, "pusing")
    assert midwife.entry(order.entry_uid).state is QueueState.STARTED
    assert midwife.panel.exam.complaint.editor.text() == "pusing"


# Vital signs and alarms


def test_an_unlikely_value_is_asked_once_and_an_impossible_one_refused(midwife: Clinician, house: House) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["pulse"]
    midwife.write(field.edit, "200")
    midwife.press(Key.Key_Return)
    assert field.question[0] == "warn"
    assert "Benar begitu?" in field.edit.accessibleDescription()
    assert field.edit.hasFocus()
    midwife.press(Key.Key_Return)
    assert field.ready
    pressure = midwife.panel.exam.vitals.fields["blood_pressure"]
    midwife.write(pressure.edit, "1200/80")
    midwife.press(Key.Key_Return)
    assert pressure.question[0] == "error"
    midwife.press(Key.Key_S, CTRL)
    assert pressure.edit.hasFocus()
    assert house.read(VitalSigns)[0].pulse == 200
    assert house.read(VitalSigns)[0].confirmed == ("pulse",)
    assert pressure.own == "1200/80"


def test_what_is_no_number_is_a_value(midwife: Clinician, house: House) -> None:
    midwife.call()
    fields = midwife.panel.exam.vitals.fields
    for code, text in (("glucose", "HI"), ("blood_pressure", "tt"), ("temperature", "36.7"), ("urine_protein", "2+")):
        midwife.write(fields[code].edit, text)
    midwife.press(Key.Key_S, CTRL)
    taken = house.read(VitalSigns)[0]
    assert taken.special == {
        "glucose": "HI",
        "systolic": "not_measurable",
        "diastolic": "not_measurable",
    }
    assert taken.temperature == 367
    assert midwife.visit.taken[0].values["urine_protein"] == "++"
    assert taken.glucose_kind == "random"


def test_a_red_alarm_is_there_at_once_and_wants_an_answer(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.write(midwife.panel.exam.vitals.fields["blood_pressure"].edit, "162/108")
    midwife.press(Key.Key_Return)
    assert house.read(VitalSigns) == ()
    assert midwife.panel.banner.alarm.isVisible()
    assert midwife.panel.banner.alarm.accessibleName().startswith("1 tanda bahaya merah")
    assert midwife.panel.exam.vitals.fields["blood_pressure"].edit.property("state") == "error"
    midwife.press(Key.Key_4, ALT)
    midwife.type("O14.1")
    midwife.press(Key.Key_Return)
    midwife.press(Key.Key_Return, CTRL)
    assert "jawaban alarm merah" in midwife.toast()
    midwife.press(Key.Key_Return)
    midwife.type("infus terpasang, dirujuk")
    midwife.press(Key.Key_Return)
    answer = house.read(AlarmAnswer)[0]
    assert (answer.rule, answer.answer, answer.reason) == ("PREG-BP-RED", "done", "infus terpasang, dirujuk")
    assert house.read(VitalSigns)[0].systolic == 162
    midwife.press(Key.Key_Return, CTRL)
    midwife.sheet(FinishSheet)


def test_an_alarm_is_ignored_only_with_a_reason(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.write(midwife.panel.exam.vitals.fields["blood_pressure"].edit, "146/92")
    midwife.press(Key.Key_Return)
    midwife.press(Key.Key_T, ALT)
    midwife.press(Key.Key_Tab)
    midwife.press(Key.Key_Space)
    sheet = midwife.sheet(WordsSheet)
    midwife.press(Key.Key_Return)
    assert sheet.field.state == "error"
    midwife.type("manset terlalu kecil")
    midwife.press(Key.Key_Return)
    assert midwife.no_sheet()
    assert [(a.answer, a.reason) for a in house.read(AlarmAnswer)] == [("ignored", "manset terlalu kecil")]
    assert not midwife.panel.banner.alarm.isVisible()


def test_measured_again_is_another_taking_with_its_time(midwife: Clinician, house: House) -> None:
    midwife.call()
    fields = midwife.panel.exam.vitals.fields
    midwife.write(fields["blood_pressure"].edit, "162/108")
    midwife.write(fields["pulse"].edit, "96")
    midwife.press(Key.Key_S, CTRL)
    house.hands.move(minutes=15)
    midwife.press(Key.Key_U, ALT)
    assert fields["blood_pressure"].edit.hasFocus()
    midwife.type("138/84")
    midwife.press(Key.Key_S, CTRL)
    first, second = midwife.visit.taken
    assert (first.values["blood_pressure"], second.values) == ("162/108", {"blood_pressure": "138/84"})
    assert first.at < second.at
    assert fields["blood_pressure"].edit.text() == "138/84"
    assert fields["pulse"].edit.text() == "96"


def test_a_red_alarm_on_record_stays_where_a_better_value_comes_after_it(midwife: Clinician, house: House) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["blood_pressure"]
    midwife.write(field.edit, "165/112")
    midwife.press(Key.Key_S, CTRL)
    at = midwife.visit.taken[0].at
    house.hands.move(minutes=15)
    midwife.press(Key.Key_U, ALT)
    midwife.type("118/76")
    midwife.press(Key.Key_Return)
    assert [(a.reason[:10], a.at) for a in midwife.panel.exam.standing()] == [("TD 165/112", at)], "typed"
    midwife.press(Key.Key_S, CTRL)
    assert [(a.reason[:10], a.at) for a in midwife.panel.exam.standing()] == [("TD 165/112", at)], "on record"
    assert midwife.panel.missing() == ("diagnosis", "jawaban alarm merah")
    assert f"Dari pengukuran {at}" in texts_of(midwife.panel.exam.alarms)
    midwife.press(Key.Key_T, ALT)
    midwife.press(Key.Key_Return)
    midwife.type("miring kiri, dokter dipanggil")
    midwife.press(Key.Key_Return)
    assert midwife.panel.missing() == ("diagnosis",)
    assert "Ditangani: miring kiri, dokter dipanggil" in texts_of(midwife.panel.exam.alarms), "a quiet line"
    assert "Ditangani: miring kiri, dokter dipanggil" in texts_of(midwife.panel.summary)


def test_wiping_a_value_out_says_how_it_is_taken_back_and_goes_there(midwife: Clinician, house: House) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["fundus"]
    midwife.write(field.edit, "27")
    midwife.press(Key.Key_S, CTRL)
    uid = midwife.visit.entry_uid
    midwife.page.visit.leave()
    midwife.page.visit.open(uid)
    midwife.settle()
    field = midwife.panel.exam.vitals.fields["fundus"]
    field.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    midwife.settle()
    midwife.press(Key.Key_Delete)
    assert field.edit.text() == ""
    midwife.press(Key.Key_S, CTRL)
    assert field.edit.text() == "27"
    assert "dengan alasan (Alt+W)" in field.question[1]
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName().startswith("Tarik pengukuran")
    midwife.press(Key.Key_W, ALT)
    midwife.type("salah pasien")
    midwife.press(Key.Key_Return)
    assert house.read(VitalSigns) == ()
    here = QApplication.focusWidget()
    assert here is not None
    assert midwife.panel.exam.isAncestorOf(here)


def test_only_ones_own_taking_is_offered_to_be_taken_back(midwife: Clinician, house: House) -> None:
    midwife.call()
    taking = Taking(uid=new_uid(), visit_uid=midwife.visit.visit_uid, typed={"pulse": "96"})
    house.desk.examination.take(house.actor("doctor"), taking)
    midwife.look()
    assert [b.accessibleName() for b in midwife.panel.exam.vitals.stops() if "Tarik" in b.accessibleName()] == []
    midwife.press(Key.Key_W, ALT)
    assert "Tidak ada pengukuran Anda sendiri" in midwife.toast()


def test_typed_away_and_back_is_no_measuring(midwife: Clinician, house: House) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["pulse"]
    midwife.write(field.edit, "96")
    midwife.press(Key.Key_S, CTRL)
    field.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    midwife.settle()
    midwife.type("88")
    field.edit.selectAll()
    midwife.type("96")
    midwife.press(Key.Key_S, CTRL)
    assert len(house.read(VitalSigns)) == 1
    midwife.press(Key.Key_U, ALT)
    midwife.write(field.edit, "96")
    midwife.press(Key.Key_S, CTRL)
    assert len(house.read(VitalSigns)) == 2, "asked to measure again, the same figure is another one"


def test_a_save_says_what_it_left_out(midwife: Clinician) -> None:
    midwife.call()
    fields = midwife.panel.exam.vitals.fields
    for code, text in (("blood_pressure", "118/76"), ("pulse", "tak jelas"), ("respiration", "cepat")):
        midwife.write(fields[code].edit, text)
    midwife.press(Key.Key_S, CTRL)
    said = midwife.panel.state.accessibleName()
    assert said.startswith("Tersimpan ")
    assert said.endswith("; belum: Nadi, Napas")
    sentence = next(s for s in midwife.panel.exam.vitals.findChildren(Sentence) if s.isVisible())
    assert "Nadi: tulis angkanya" in sentence.accessibleName()
    assert "Napas: tulis angkanya" in sentence.accessibleName()
    assert "tulis tt" in sentence.accessibleName()
    assert "TD 118/76" in texts_of(midwife.panel.exam.vitals), "what was measured stands in its line"


def test_enter_goes_through_the_choices_as_well(midwife: Clinician) -> None:
    midwife.call()
    combo = midwife.panel.exam.vitals.grid.options["glucose_kind"]
    combo.setFocus()
    midwife.press(Key.Key_Return)
    assert midwife.panel.exam.vitals.grid.more.hasFocus()


def test_typing_over_a_value_on_record_is_measuring_again(midwife: Clinician) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["pulse"]
    midwife.write(field.edit, "96")
    midwife.press(Key.Key_S, CTRL)
    field.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    midwife.settle()
    midwife.type("88")
    assert field.own == "88"
    field.edit.clear()
    midwife.panel.exam.anamnesis.editor.setFocus()
    assert (field.edit.text(), field.own) == ("96", "")


def test_a_taking_is_taken_back_with_a_reason(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.write(midwife.panel.exam.vitals.fields["pulse"].edit, "96")
    midwife.press(Key.Key_S, CTRL)
    midwife.panel.exam.vitals.withdraw.emit(midwife.visit.taken[0].uid, "nadi 96")
    midwife.settle()
    midwife.type("salah orang")
    midwife.press(Key.Key_Return)
    assert house.read(VitalSigns) == ()
    assert midwife.panel.exam.vitals.fields["pulse"].edit.text() == ""


def test_another_measure_is_added_from_the_list(midwife: Clinician) -> None:
    midwife.call()
    vitals = midwife.panel.exam.vitals
    assert "gcs" not in vitals.fields
    more = vitals.grid.more
    more.set_value("gcs")
    more.activated.emit(more.currentIndex())
    midwife.settle()
    assert vitals.fields["gcs"].edit.hasFocus()
    midwife.type("15")
    midwife.press(Key.Key_S, CTRL)
    assert midwife.visit.taken[0].values == {"gcs": "15"}


# Drafts


def test_what_is_typed_is_kept_within_a_second_and_said_so(midwife: Clinician) -> None:
    midwife.call()
    midwife.type("pusing")
    midwife.qtbot.waitUntil(lambda: midwife.draft() is not None, timeout=1000)
    kept = midwife.draft()
    assert kept is not None
    assert kept["complaint"] == {"text": "pusing", "seen": "", "base": ""}
    midwife.settle()
    assert midwife.desk.window._data.draft
    midwife.press(Key.Key_S, CTRL)
    assert midwife.draft() is None
    assert not midwife.desk.window._data.draft


def fill(one: Clinician) -> None:
    """Something in every part."""
    one.write(one.panel.exam.complaint.editor, "pusing")
    one.write(one.panel.exam.vitals.fields["pulse"].edit, "200")
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    one.write(one.panel.exam.vitals.fields["blood_pressure"].edit, "12")
    one.write(one.panel.exam.anamnesis.editor, "sejak tiga hari")
    one.panel.tabs.select(DIAGNOSIS)
    one.write(one.panel.diagnosis.therapy.editor, "Fe 1x1")
    one.write(one.panel.diagnosis.procedure.edit, "rawat luka")
    one.write(one.panel.diagnosis.next.day, "7 hr")
    one.write(one.panel.diagnosis.next.note, "kontrol")


def typed(one: Clinician) -> dict[str, object]:
    return {part.name: part.typed() for part in one.panel.parts if part.typed()}


def test_after_a_crash_the_draft_is_offered_and_taken_up(
    qtbot: QtBot, house: House, order: RegisterVisit, midwife: Clinician
) -> None:
    midwife.call()
    fill(midwife)
    before = typed(midwife)
    assert set(before) == {"complaint", "vitals", "anamnesis", "therapy", "procedure", "next"}
    midwife.page.save_draft()
    midwife.settle()
    other = Clinician(qtbot, house)
    other.press(Key.Key_F2)
    other.press(Key.Key_Return)
    assert other.panel._draft.isVisible()
    assert other.panel._draft.accessibleName().startswith("Ada draf 08.")
    assert other.panel.exam.complaint.editor.isReadOnly()
    assert typed(other) == {}
    other.press(Key.Key_Return)
    assert not other.panel._draft.isVisible()
    assert typed(other) == before
    assert other.panel.exam.vitals.fields["pulse"].confirmed
    assert house.read(VitalSigns) == ()


def test_a_draft_is_thrown_away_only_when_asked(qtbot: QtBot, house: House, midwife: Clinician) -> None:
    midwife.call()
    midwife.type("pusing")
    midwife.page.save_draft()
    midwife.settle()
    other = Clinician(qtbot, house)
    other.press(Key.Key_F2)
    other.press(Key.Key_Return)
    assert other.draft() is not None
    other.press(Key.Key_Tab)
    other.press(Key.Key_Space)
    assert other.draft() is None
    assert other.panel.exam.complaint.editor.text() == ""
    assert not other.panel.exam.complaint.editor.isReadOnly()


def test_another_patient_in_between_loses_nothing(midwife: Clinician, house: House, order: RegisterVisit) -> None:
    arrive(house, house.person("Yulia Sari", "2001-05-01"), service_point_uid=house.points["kia"].uid)
    midwife.call()
    fill(midwife)
    before = typed(midwife)
    midwife.press(Key.Key_J, CTRL)
    assert midwife.visit.name == "Yulia Sari"
    assert typed(midwife) == {}
    left = midwife.page.queue.row(order.entry_uid)
    assert left is not None
    assert [chip.text for chip in midwife.page.queue._line(left).chips] == ["draf"]
    midwife.page.visit.open(order.entry_uid)
    midwife.settle()
    assert not midwife.panel._draft.isVisible()
    assert typed(midwife) == before


def test_larger_letters_keep_visit_tab_and_text(midwife: Clinician) -> None:
    midwife.call()
    fill(midwife)
    before = typed(midwife)
    midwife.press(Key.Key_Plus, CTRL)
    midwife.settle()
    page = midwife.desk.page
    assert isinstance(page, RoomPage)
    assert page is not midwife.page
    midwife.page = page
    midwife.settle()
    assert midwife.panel._draft.isVisible()
    midwife.press(Key.Key_Return)
    assert typed(midwife) == before


# Several people in one visit


def test_a_colleagues_measures_appear_and_what_is_typed_stays(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.write(midwife.panel.exam.anamnesis.editor, "pusing sejak")
    nurse = house.actor("nurse")
    taking = Taking(uid=new_uid(), visit_uid=midwife.visit.visit_uid, typed={"blood_pressure": "118/76"})
    house.desk.examination.take(nurse, taking)
    house.desk.examination.write(nurse, midwife.visit.visit_uid, "plan", "edukasi gizi")
    midwife.look()
    assert midwife.panel.exam.vitals.fields["blood_pressure"].edit.text() == "118/76"
    assert midwife.panel.diagnosis.plan.editor.text() == "edukasi gizi"
    assert midwife.panel.diagnosis.plan.whose.accessibleName().startswith("Nurse Contoh · 08.")
    assert midwife.panel.side._colleagues.accessibleName().startswith("Nurse Contoh: tanda vital 08.")
    assert midwife.panel.exam.anamnesis.editor.text() == "pusing sejak"
    assert midwife.panel.exam.anamnesis.editor.hasFocus()


def clash(one: Clinician, house: House) -> Any:
    """The midwife types while the doctor writes the same section."""
    one.call()
    one.write(one.panel.exam.anamnesis.editor, "Pusing sejak pagi.")
    house.desk.examination.write(house.actor("doctor"), one.visit.visit_uid, "anamnesis", "Pusing tiga hari.")
    return one.panel.exam.anamnesis


def test_both_texts_are_shown_and_joined(midwife: Clinician, house: House) -> None:
    part = clash(midwife, house)
    midwife.look()
    assert part.banner.isVisible()
    assert "Doctor Contoh menulis bagian ini" in part.banner.accessibleName()
    assert "Pusing tiga hari." in part.banner.accessibleName()
    assert part.editor.text() == "Pusing sejak pagi."
    midwife.press(Key.Key_S, CTRL)
    assert [n.text for n in house.read(Note)] == ["Pusing tiga hari."]
    assert part._merge.hasFocus()
    midwife.press(Key.Key_Space)
    midwife.press(Key.Key_S, CTRL)
    assert [n.text for n in house.read(Note)] == ["Pusing tiga hari.\nPusing sejak pagi."]


def test_saving_first_and_hearing_later_loses_nothing_either(midwife: Clinician, house: House) -> None:
    part = clash(midwife, house)
    midwife.press(Key.Key_S, CTRL)
    assert part.banner.isVisible()
    assert part.editor.text() == "Pusing sejak pagi."
    part._mine.click()
    midwife.press(Key.Key_S, CTRL)
    assert [n.text for n in house.read(Note)] == ["Pusing sejak pagi."]


def test_the_colleagues_text_may_be_taken_instead(midwife: Clinician, house: House) -> None:
    part = clash(midwife, house)
    midwife.look()
    part._theirs.click()
    midwife.settle()
    assert part.editor.text() == "Pusing tiga hari."
    assert not part.banner.isVisible()
    assert typed(midwife) == {}


def test_a_complaint_a_colleague_changed_is_shown_beside_mine(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.type("pusing")
    house.desk.examination.write_complaint(house.actor("nurse"), midwife.visit.visit_uid, "mual")
    midwife.look()
    part = midwife.panel.exam.complaint
    assert "mual" in part.banner.accessibleName()
    part._merge.click()
    midwife.press(Key.Key_S, CTRL)
    assert house.read(Visit)[0].complaint == "mual; pusing"


def test_a_visit_that_was_ended_elsewhere_is_only_read(midwife: Clinician, house: House, order: RegisterVisit) -> None:
    midwife.call()
    house.desk.queueing.finish(house.actor("doctor"), order.entry_uid)
    midwife.look()
    assert midwife.panel._over.isVisible()
    assert midwife.panel.exam.complaint.editor.isReadOnly()
    assert not midwife.panel.finish.isEnabled()


def test_a_slow_reading_never_shows_less_than_was_saved(
    midwife: Clinician, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    midwife.call()
    read, asked, saved = Examination.open, Lock(), Event()

    def late(service: Examination, actor: Any, entry: str) -> Any:
        got = read(service, actor, entry)
        if asked.acquire(blocking=False):
            saved.wait(10)  # what was read before the save arrives after it
        else:
            saved.set()
        return got

    monkeypatch.setattr(Examination, "open", late)
    midwife.type("pusing")
    midwife.page.visit.refresh()
    midwife.qtbot.waitUntil(asked.locked)
    midwife.page.save()
    midwife.settle()
    assert midwife.visit.complaint == "pusing"
    assert midwife.panel.exam.complaint.editor.text() == "pusing"
    assert not midwife.panel.exam.complaint.banner.isVisible()


# Diagnosis and therapy


def test_enter_before_the_answer_takes_no_diagnosis_nobody_has_read(
    midwife: Clinician, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    midwife.call()
    midwife.press(Key.Key_4, ALT)
    box = midwife.panel.diagnosis.search
    QTest.keyClicks(box, "demam")
    QTest.keyClick(box, Key.Key_Return)
    midwife.settle()
    assert house.read(Diagnosis) == ()
    assert box.is_offering()
    midwife.press(Key.Key_Down)
    midwife.press(Key.Key_Return)
    assert len(house.read(Diagnosis)) == 1


def test_several_diagnoses_one_primary_new_or_old(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.press(Key.Key_4, ALT)
    for code in ("O13", "O99.0"):
        midwife.type(code)
        midwife.press(Key.Key_Return)
    assert [(d.code, d.primary, d.course) for d in house.read(Diagnosis)] == [
        ("O13", True, "new"),
        ("O99.0", False, "new"),
    ]
    second = house.read(Diagnosis)[1].uid
    midwife.panel.diagnosis.list.primary.emit(second)
    midwife.panel.diagnosis.list.course.emit(second, "old")
    midwife.settle()
    assert [(d.code, d.primary, d.course) for d in house.read(Diagnosis)] == [
        ("O13", False, "new"),
        ("O99.0", True, "old"),
    ]
    midwife.type("O13")
    midwife.press(Key.Key_Return)
    assert "sudah ada" in midwife.panel.diagnosis.search_field.sentence.text()
    midwife.press(Key.Key_Z, CTRL)
    assert [d.code for d in house.read(Diagnosis)] == ["O13"]


def test_favourites_are_offered_where_nothing_is_typed(qtbot: QtBot, house: House, order: RegisterVisit) -> None:
    house.desk.examination.diagnose(house.actor("midwife"), order.visit_uid, new_uid(), "Z34.9", "Pengawasan")
    one = Clinician(qtbot, house)
    one.settle()
    one.call()
    one.press(Key.Key_4, ALT)
    one.press(Key.Key_Down)
    box = one.panel.diagnosis.search
    assert box.is_offering()
    assert [hit.code for hit in box._model.rows] == ["Z34.9"]


def test_procedures_therapy_and_the_next_visit_go_on_record(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.press(Key.Key_4, ALT)
    tab = midwife.panel.diagnosis
    midwife.write(tab.procedure.edit, "injeksi Td")
    midwife.press(Key.Key_Return)
    assert tab.procedure.edit.text() == ""
    midwife.write(tab.procedure.edit, "konseling")
    midwife.write(tab.therapy.editor, "Fe 1x1\nKalsium")
    midwife.write(tab.next.day, "2 mgg")
    midwife.write(tab.next.note, "kontrol tensi")
    midwife.press(Key.Key_S, CTRL)
    assert [p.text for p in house.read(Procedure)] == ["injeksi Td", "konseling"]
    assert [n.text for n in house.read(Note)] == ["Fe 1x1\nKalsium"]
    visit = house.read(Visit)[0]
    assert (visit.next_visit_on, visit.next_visit_note) == (date(2026, 12, 5), "kontrol tensi")
    assert typed(midwife) == {}


def test_a_next_visit_that_cannot_be_stops_the_finish_and_says_why(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.panel.tabs.select(DIAGNOSIS)
    tab = midwife.panel.diagnosis
    midwife.write(tab.next.day, "31-02-2027")
    midwife.write(tab.next.note, "kontrol")
    midwife.press(Key.Key_Return, CTRL)
    assert midwife.no_sheet()
    assert tab.next.day_field.state == "error"
    assert tab.next.day_field.sentence.text()
    assert tab.next.day.hasFocus()
    assert (tab.next.day.text(), tab.next.note.text()) == ("31-02-2027", "kontrol")


# Allergies and problems


def test_allergies_asked_none_then_one(midwife: Clinician, house: House, siti: Person) -> None:
    midwife.call()
    assert "belum ditanyakan" in midwife.panel.banner.allergy.accessibleName().lower()
    midwife.press(Key.Key_A, ALT)
    midwife.sheet(AllergySheet)
    midwife.press(Key.Key_T, CTRL)
    assert midwife.no_sheet()
    assert house.read(Person)[0].allergy_state == "none"
    assert midwife.panel.banner.allergy.accessibleName() == "Tidak ada alergi"
    midwife.press(Key.Key_A, ALT)
    midwife.type("amoksisilin")
    midwife.press(Key.Key_Tab)
    midwife.type("gatal")
    midwife.press(Key.Key_Return)
    assert [(a.substance, a.reaction, a.kind) for a in house.read(Allergy)] == [("amoksisilin", "gatal", "drug")]
    sheet = midwife.sheet(AllergySheet)
    midwife.type("AMOKSISILIN")
    midwife.press(Key.Key_Return)
    assert "sudah tercatat" in sheet.sentence.text()
    midwife.press(Key.Key_Escape)
    assert midwife.panel.banner.allergy.accessibleName() == "Alergi amoksisilin"


def test_an_allergy_is_taken_back_with_a_reason(midwife: Clinician, house: House, siti: Person) -> None:
    house.desk.examination.add_allergy(house.actor("doctor"), siti.uid, new_uid(), "udang")
    midwife.call()
    midwife.press(Key.Key_A, ALT)
    sheet = midwife.sheet(AllergySheet)
    sheet._ask_reason(midwife.visit.allergies[0].uid)
    midwife.press(Key.Key_Return)
    assert sheet.reason_field.state == "error"
    midwife.type("salah orang")
    midwife.press(Key.Key_Return)
    assert house.read(Allergy) == ()
    assert house.read(Person)[0].allergy_state == "not_asked"


def test_problems_with_the_year_they_began(midwife: Clinician) -> None:
    midwife.call()
    midwife.press(Key.Key_P, ALT)
    sheet = midwife.sheet(ProblemSheet)
    midwife.type("Asma")
    midwife.press(Key.Key_Tab)
    midwife.type("2077")
    midwife.press(Key.Key_Return)
    assert "1900 sampai 2026" in sheet.sentence.text()
    sheet.since.editor.clear()
    midwife.type("2015")
    midwife.press(Key.Key_Return)
    assert [(p.title, p.since.year) for p in midwife.visit.problems] == [("Asma", 2015)]
    sheet.over.emit(midwife.visit.problems[0].uid)
    midwife.settle()
    assert midwife.visit.problem_state == "none"


# Papers, referral, ending


def test_a_sick_note_has_no_diagnosis_unless_the_patient_agrees(midwife: Clinician, house: House) -> None:
    midwife.call()
    house.desk.examination.diagnose(
        house.actor("doctor"), midwife.visit.visit_uid, new_uid(), "J06.9", "Infeksi saluran napas"
    )
    midwife.press(Key.Key_P, CTRL)
    sheet = midwife.sheet(PrintSheet)
    assert not sheet.with_diagnosis.isChecked()
    sheet.days.setFocus()
    sheet.days.selectAll()
    midwife.type("99")
    midwife.press(Key.Key_Return)
    assert "1 sampai 14" in sheet.days_field.sentence.text()
    sheet.days.selectAll()
    midwife.type("2")
    midwife.press(Key.Key_Return)
    midwife.sheet(PreviewPanel)
    paper = house.read(Document)[0]
    content: Any = paper.content["paper"]
    assert (content["days"], content["diagnosis"]) == ("2 (dua) hari", "")


def test_days_of_a_sick_note_that_are_no_number_are_refused(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.press(Key.Key_P, CTRL)
    sheet = midwife.sheet(PrintSheet)
    for days in ("", "dua", "-1", "٣", "1,5"):
        sheet.days.setText(days)
        sheet.days_field.set_state("")
        sheet.days.setFocus()
        midwife.press(Key.Key_Return)
        assert sheet.days_field.state == "error", days
        assert house.read(Document) == ()


def test_a_specimen_is_labelled_from_the_room_and_first_in_the_laboratory(
    qtbot: QtBot, house: House, order: RegisterVisit
) -> None:
    nurse = house.actor("midwife")
    house.desk.queueing.start(nurse, order.entry_uid, "Ruang 2")
    house.desk.queueing.send_on(nurse, order.entry_uid, house.points["lab"].uid, new_uid(), "periksa Hb")
    lab = Clinician(qtbot, house, "laboratory", "Lab")
    lab.call()
    lab.press(Key.Key_P, CTRL)
    sheet = lab.sheet(PrintSheet)
    lab.press(Key.Key_Return)
    assert "Tulis bahan" in sheet.specimen_field.sentence.text()
    lab.type("darah EDTA")
    lab.press(Key.Key_Return)
    lab.sheet(PreviewPanel)
    (label,) = house.read(Document)
    assert (label.kind, label.number) == ("lab_label", "2611210001")


def test_the_letter_opens_on_what_is_typed(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.type("pusing")
    midwife.press(Key.Key_R, CTRL)
    assert not midwife.no_sheet()
    assert house.read(Visit)[0].complaint == "pusing"


def test_to_the_pharmacy_with_the_same_number(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.panel.tabs.select(DIAGNOSIS)
    midwife.write(midwife.panel.diagnosis.therapy.editor, "Fe 1x1")
    midwife.panel.focus_tab(DIAGNOSIS)
    midwife.type("Z34.9")
    midwife.press(Key.Key_Return)
    midwife.press(Key.Key_Return, CTRL)
    assert midwife.sheet(FinishSheet).on.value() is True
    midwife.press(Key.Key_Return)
    there = next(e for e in house.read(QueueEntry) if e.service_point_uid == house.points["farmasi"].uid)
    assert (there.ticket, there.state) == ("A-001", QueueState.WAITING)
    assert house.read(Visit)[0].state is VisitState.OPEN
    assert "menunggu di Farmasi" in midwife.toast()


def test_what_is_missing_is_said_beside_the_button(midwife: Clinician) -> None:
    midwife.call()
    assert midwife.panel.state.accessibleName() == "Kurang: diagnosis"
    midwife.press(Key.Key_Return, CTRL)
    assert midwife.panel.tabs.current() == DIAGNOSIS
    assert midwife.panel.diagnosis.search.hasFocus()


# Roles


def test_the_laboratory_types_results_and_the_patient_goes_back(
    qtbot: QtBot, house: House, order: RegisterVisit
) -> None:
    nurse = house.actor("midwife")
    house.desk.queueing.start(nurse, order.entry_uid, "Ruang 2")
    house.desk.queueing.send_on(nurse, order.entry_uid, house.points["lab"].uid, new_uid(), "periksa Hb")
    lab = Clinician(qtbot, house, "laboratory", "Lab")
    lab.call()
    assert lab.panel._over.accessibleName() == "Pesan dari Poli KIA: periksa Hb"
    assert lab.panel.exam.vitals.fields["glucose"].edit.hasFocus()
    assert not lab.panel.exam.anamnesis.isVisible()
    lab.write(lab.panel.exam.vitals.fields["haemoglobin"].edit, "6,2")
    lab.press(Key.Key_Return)
    assert lab.panel.banner.alarm.isVisible()
    lab.press(Key.Key_T, ALT)
    lab.press(Key.Key_Return)
    lab.type("dilaporkan ke bidan")
    lab.press(Key.Key_Return)
    lab.press(Key.Key_Return, CTRL)
    assert lab.no_sheet()
    assert lab.entry(order.entry_uid).state is QueueState.CAME_BACK


def test_the_clinicians_alarm_is_not_the_laboratorys_to_answer(
    qtbot: QtBot, house: House, order: RegisterVisit
) -> None:
    nurse = house.actor("midwife")
    house.desk.queueing.start(nurse, order.entry_uid, "Ruang 2")
    taking = Taking(uid=new_uid(), visit_uid=order.visit_uid, typed={"blood_pressure": "170/112"})
    house.desk.examination.take(nurse, taking)
    house.desk.queueing.send_on(nurse, order.entry_uid, house.points["lab"].uid, new_uid(), "periksa Hb")
    lab = Clinician(qtbot, house, "laboratory", "Lab")
    lab.call()
    assert lab.panel.banner.alarm.isVisible()
    assert lab.panel.missing() == ()
    lab.write(lab.panel.exam.vitals.fields["haemoglobin"].edit, "11,8")
    lab.press(Key.Key_Return)
    lab.press(Key.Key_Return, CTRL)
    assert lab.no_sheet()
    assert lab.entry(order.entry_uid).state is QueueState.CAME_BACK


def test_after_a_voided_letter_the_visit_ends_at_home_unless_something_else_is_chosen(
    midwife: Clinician, house: House, order: RegisterVisit
) -> None:
    doctor = house.actor("doctor")
    midwife.call()
    house.desk.examination.diagnose(doctor, order.visit_uid, new_uid(), "J06.9", "ISPA")
    consent = ConsentAnswer(answer="agreed", signer="Siti Nurhaliza", relation="self")
    letter = IssueReferral(
        uid=new_uid(),
        document_uid=new_uid(),
        visit_uid=order.visit_uid,
        kind="horizontal",
        fields={"destination": "Puskesmas Lain", "anamnesis": "batuk", "reason": "atas permintaan"},
        signer_uid=doctor.staff_uid,
        consent=consent,
    )
    issued = house.desk.referrals.issue(doctor, letter)
    house.desk.referrals.void(doctor, issued.referral_uid, "batal dirujuk")
    midwife.look()
    midwife.press(Key.Key_Return, CTRL)
    assert midwife.sheet(FinishSheet).how.value() == "home"
    midwife.press(Key.Key_Return)
    assert house.read(Visit)[0].discharge == "home"


def test_a_refusal_stands_beside_the_letters_and_the_visit_does_not_end_as_referred(
    midwife: Clinician, house: House, order: RegisterVisit
) -> None:
    doctor = house.actor("doctor")
    midwife.call()
    tab = midwife.panel.referral
    assert tab.view._sentence[0] == "Belum ada surat rujukan."
    house.desk.examination.diagnose(doctor, order.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    letter = IssueReferral(
        uid=new_uid(),
        document_uid=new_uid(),
        visit_uid=order.visit_uid,
        kind="emergency",
        fields={"destination": "RSUD Contoh", "anamnesis": "pusing", "reason": "perlu PONEK"},
        signer_uid=doctor.staff_uid,
    )
    house.desk.referrals.issue(doctor, letter)
    midwife.look()
    assert tab.referred()
    assert tab.view._sentence[0] == ""
    assert tab._line(tab.model.rows[0]).chips[0].text == "belum dikirim"
    refused = ConsentAnswer(answer="refused", signer="Siti Nurhaliza", relation="self", reason="takut")
    house.desk.referrals.record_consent(doctor, letter.uid, refused)
    midwife.look()
    assert not tab.referred()
    assert "Siti Nurhaliza (diri sendiri): takut." in tab._refused.accessibleName()


def test_the_pharmacy_reads_and_does_not_write(qtbot: QtBot, house: House, order: RegisterVisit) -> None:
    nurse = house.actor("midwife")
    house.desk.queueing.start(nurse, order.entry_uid, "Ruang 2")
    house.desk.examination.write(nurse, order.visit_uid, "therapy", "Fe 1x1")
    house.desk.queueing.send_on(nurse, order.entry_uid, house.points["farmasi"].uid, new_uid(), returns=False)
    one = Clinician(qtbot, house, "pharmacy", "Farmasi")
    one.call()
    assert one.panel.tabs.current() == SUMMARY
    assert "Fe 1x1" in one.panel.summary._today.accessibleName()
    assert one.panel.diagnosis.therapy.editor.isReadOnly()
    assert one.panel.diagnosis.search.isReadOnly()
    assert not one.panel.referral.button.isEnabled()
    one.press(Key.Key_Return, CTRL)
    assert house.read(Visit)[0].state is VisitState.FINISHED


def test_a_clerk_has_no_such_place_on_the_rail(qtbot: QtBot, house: House) -> None:
    clerk = DeskWindow(qtbot, house, "registration")
    assert not clerk.window.navigate("care")


# History


def test_the_last_visits_and_the_trend_are_there_without_a_click(qtbot: QtBot, house: House, siti: Person) -> None:
    for day, pressure in ((date(2026, 10, 3), (126, 82)), (date(2026, 11, 12), (142, 94))):
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        past = Visit(
            uid=new_uid(),
            person_uid=siti.uid,
            service_date=day,
            arrived_at=at,
            reason="sick",
            cluster="ibu_anak",
            rule="r",
            state=VisitState.FINISHED,
        )
        house.put(past)
        house.put(
            VitalSigns(
                uid=new_uid(),
                person_uid=siti.uid,
                visit_uid=past.uid,
                taken_at=at,
                systolic=pressure[0],
                diastolic=pressure[1],
            )
        )
    arrive(house, siti)
    one = Clinician(qtbot, house)
    one.call()
    assert one.panel.side._past.accessibleName().startswith("12 Nov 2026: TD 142/94")
    assert "sistol terakhir 142 mmHg" in one.panel.side._trend.accessibleName()
    assert [s.threshold for s in one.panel.side._trend._series] == [140, 90]
    one.press(Key.Key_6, ALT)
    assert one.panel.tabs.current() == HISTORY
    assert "TD 142/94" in one.panel.history._detail.accessibleName()
    one.press(Key.Key_Down)
    assert "TD 126/82" in one.panel.history._detail.accessibleName()


# Bad input


def test_every_text_field_survives_what_people_paste(midwife: Clinician, house: House) -> None:
    midwife.call()
    exam, tab = midwife.panel.exam, midwife.panel.diagnosis
    for editor in (exam.complaint.editor, tab.procedure.edit, tab.next.note):
        editor.setText(NASTY + "\x00\x07\x1b")
        editor.textEdited.emit(editor.text())
    for part in (exam.anamnesis, exam.examination, tab.therapy, tab.plan):
        part.editor.setPlainText(NASTY + "\x00\x07\nbaris dua")
    midwife.press(Key.Key_S, CTRL)
    assert typed(midwife) == {}
    whole = " ".join(NASTY.split())
    visit = house.read(Visit)[0]
    assert whole.startswith(visit.complaint[:250])
    assert all("\x00" not in text for text in (visit.complaint, visit.next_visit_note))
    for note in house.read(Note):
        assert note.text.startswith(NASTY.strip()[:200])
        assert note.text.endswith("\nbaris dua")
        assert "\x00" not in note.text
    assert house.read(Procedure)[0].text.startswith("O'Brien")


def test_a_pressure_that_is_none_is_refused_beside_its_field(midwife: Clinician, house: House) -> None:
    midwife.call()
    field = midwife.panel.exam.vitals.fields["blood_pressure"]
    for text in ("abc", "12O/80", "120", "-5", "😀", "9" * 40, "1e5", "120/80/60"):
        field.edit.clear()
        midwife.write(field.edit, text)
        midwife.press(Key.Key_Return)
        assert field.question[0] == "error", text
        assert field.edit.accessibleDescription() == field.question[1]
        midwife.press(Key.Key_S, CTRL)
        assert house.read(VitalSigns) == ()
        assert field.own == text


def test_a_name_of_300_letters_is_never_cut(qtbot: QtBot, house: House) -> None:
    name = ("Siti Nurhaliza binti " * 15)[:300].strip()
    arrive(house, house.person(name, "1990-05-17"), service_point_uid=house.points["kia"].uid)
    one = Clinician(qtbot, house)
    one.call()
    line = one.panel.banner._name
    assert line._name.isVisible()
    assert line._name.accessibleName() == name
    assert line._name.height() >= line._name.heightForWidth(line._name.width())
    assert one.desk.window.width() == 1366


# Access and sizes


def focusable(root: QWidget) -> list[QWidget]:
    return [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]


def test_whatever_takes_the_keyboard_has_a_name(midwife: Clinician) -> None:
    midwife.call()
    for tab in (SUMMARY, EXAM, SCREENING, DIAGNOSIS, REFERRAL, HISTORY):
        midwife.panel.focus_tab(tab)
        midwife.settle()
        for widget in focusable(midwife.page):
            access = QAccessible.queryAccessibleInterface(widget)
            assert access is not None
            assert access.text(QAccessible.Text.Name), widget


def test_the_tab_key_goes_as_the_eye_goes(midwife: Clinician) -> None:
    midwife.call()
    order = []
    for _ in range(27):
        here = QApplication.focusWidget()
        assert here is not None
        order.append(here.accessibleName())
        QTest.keyClick(here, Key.Key_Tab)
    assert order == [
        "Keluhan utama",
        "Tekanan darah (mmHg)",
        "Nadi (/mnt)",
        "Napas (/mnt)",
        "Suhu (°C)",
        "Berat (kg)",
        "Tinggi badan (cm)",
        "LiLA (cm)",
        "TFU (cm)",
        "DJJ (/mnt)",
        "SpO₂ (%)",
        "Protein urin",
        "Presentasi janin",
        "Gula darah (mg/dL)",
        "Jenis gula darah",
        "Ukuran lain",
        "Tanyakan tanda bahaya",
        "Anamnesis",
        "Pemeriksaan fisik",
        "Layanan hari ini",
        "Ubah alergi",
        "Ubah penyakit yang diketahui",
        "Buka kehamilan dan nifas",
        "Rujuk internal",
        "Cetak",
        "Simpan",
        "Selesaikan kunjungan",
    ]


def test_the_main_act_is_in_sight_at_every_size(midwife: Clinician) -> None:
    midwife.call()
    window, finish = midwife.desk.window, midwife.panel.finish
    for width, height in ((1366, 768), (1280, 720), (1093, 614)):
        window.resize(width, height)
        midwife.settle()
        assert (window.width(), window.height()) == (width, height)
        corner = finish.mapTo(window, finish.rect().bottomRight())
        assert finish.isVisible()
        assert (corner.x() < width, corner.y() < height) == (True, True)
        assert finish.width() >= finish.sizeHint().width()


def test_no_key_is_bound_twice_and_all_are_told(midwife: Clinician) -> None:
    told = {hint.key for hint in midwife.page.keys.hints()}
    assert {"Ctrl+J", "Ctrl+Shift+J", "Ctrl+K", "Ctrl+I", "Ctrl+R", "Ctrl+P", "Ctrl+S", "Ctrl+Enter", "Alt+1…6"} <= told


def test_sending_on_with_a_red_alarm_is_told_and_stops_nobody(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.write(midwife.panel.exam.vitals.fields["blood_pressure"].edit, "165/112")
    midwife.press(Key.Key_I, CTRL)
    sheet = midwife.sheet(SendSheet)
    assert sheet.alarm.isVisible()
    assert "TD 165/112" in sheet.alarm.accessibleName() + texts_of(sheet.alarm)
    midwife.press(Key.Key_Return)
    midwife.press(Key.Key_Return)
    assert midwife.page.visit.visit is None
    row = entry_row("A-001")
    assert [chip.text for chip in midwife.page.queue._line(replace(row, red=True)).chips][:1] == ["alarm merah"]


def entry_row(ticket: str) -> RoomRow:
    return RoomRow(entry(ticket, QueueState.WAITING, 0), "", "", here=False, next=True)


@pytest.mark.parametrize(("key", "mod"), [(Key.Key_R, CTRL), (Key.Key_B, ALT), (Key.Key_H, ALT), (Key.Key_X, NONE)])
def test_while_a_draft_waits_every_key_says_so(
    midwife: Clinician, order: RegisterVisit, house: House, key: Qt.Key, mod: Qt.KeyboardModifier
) -> None:
    midwife.page.visit.leave()
    house.desk.examination.keep_draft(midwife.page.actor, order.visit_uid, {"complaint": {"text": "pusing"}})
    house.desk.queueing.start(midwife.page.actor, order.entry_uid, "Ruang 2")
    midwife.desk.window.navigate("care", order.entry_uid)
    midwife.settle()
    assert midwife.page.visit.offer is not None
    midwife.press(key, mod)
    assert midwife.toast() == "Lanjutkan atau buang draf dulu."
    assert midwife.panel.take.hasFocus()
    assert midwife.no_sheet()


def test_no_button_of_the_pregnancy_is_a_window_of_its_own(midwife: Clinician) -> None:
    midwife.call()
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QPushButton) and watched.isWindow():
                shown.append(watched.text())
            return False

    watch = Watch()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    midwife.press(Key.Key_H, ALT)
    midwife.press(Key.Key_H, ALT)
    application.removeEventFilter(watch)
    assert shown == []


def test_after_a_diagnosis_is_taken_back_the_keyboard_is_at_the_search(midwife: Clinician, house: House) -> None:
    midwife.call()
    midwife.press(Key.Key_4, ALT)
    midwife.type("Z34.9")
    midwife.press(Key.Key_Return)
    midwife.panel.diagnosis.list.withdraw.emit(midwife.visit.diagnoses[0].uid, "Z34.9")
    midwife.settle()
    midwife.type("salah pilih")
    midwife.press(Key.Key_Return)
    assert house.read(Diagnosis) == ()
    assert midwife.panel.diagnosis.search.hasFocus()


def test_the_first_field_is_in_sight_where_alarms_stand(midwife: Clinician, house: House) -> None:
    midwife.call()
    fields = midwife.panel.exam.vitals.fields
    midwife.write(midwife.panel.exam.complaint.editor, "pusing")
    for code, text in (("blood_pressure", "165/112"), ("spo2", "88"), ("temperature", "40,1")):
        midwife.write(fields[code].edit, text)
        midwife.press(Key.Key_Return)
    midwife.press(Key.Key_S, CTRL)
    midwife.desk.window.resize(1093, 614)
    uid = midwife.visit.entry_uid
    midwife.page.visit.leave()
    midwife.settle()
    midwife.page.visit.open(uid)
    midwife.settle()
    QTest.qWait(50)
    here = QApplication.focusWidget()
    assert here is not None
    assert midwife.panel.exam.vitals.isAncestorOf(here)
    top = here.mapTo(midwife.panel.exam.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top <= midwife.panel.exam.area.viewport().height() - here.height()


def test_pressures_of_one_day_are_told_apart_by_their_time() -> None:
    days = [datetime(2026, 11, 7, 8, 0), datetime(2026, 11, 21, 8, 16), datetime(2026, 11, 21, 8, 31)]  # noqa: DTZ001
    assert trend_labels(days) == ["7 Nov", "08.16", "08.31"]
