"""Services of today in the room: a line opens what closes it, refused and put off with a reason, earlier facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.due.records import CareRecord, ServiceAnswer
from ilp_desk.domain.due.rules import OPEN
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.person import Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.earlier import Earlier
from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive
from ui.parts.care import VIEWS
from ui.parts.room.due_groups import DueGroup
from ui.parts.room.due_sheets import AnswerSheet, RecordSheet
from ui.parts.room.earlier_sheet import EarlierSheet
from ui.parts.room.visit_panel import EXAM, SCREENING
from ui.parts.room.words_sheet import WordsSheet
from ui.widgets import KeyButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ilp_desk.domain.person import Person
    from tests.house import House

Key = Qt.Key


@pytest.fixture
def budi(house: House) -> Person:
    return house.person("Budi Santoso", "1980-01-01", "L")


def opened(qtbot: QtBot, house: House, person: Person, role: str = "nurse", point: str = "dewasa") -> Clinician:
    arrive(house, person, service_point_uid=house.points[point].uid)
    room = house.points[point].rooms[0]
    one = Clinician(qtbot, house, role, room)
    one.call()
    return one


def groups(one: Clinician) -> dict[str, DueGroup]:
    return {group.title: group for group in one.panel.side.due.view.groups.rows}


def choose(one: Clinician, words: str) -> Any:
    """The tab with one service chosen by typing."""
    one.press(Key.Key_3, ALT)
    one.type(words)
    line = one.panel.screening.line()
    assert line is not None
    return line


def test_the_card_tells_what_is_open_and_the_tab_how_many(qtbot: QtBot, house: House, budi: Person) -> None:
    told = Earlier(uid=new_uid(), person_uid=budi.uid, code="exam_eye", on=date(2025, 8, 1))
    house.desk.care.earlier(house.actor("nurse"), told)
    one = opened(qtbot, house, budi)
    late = groups(one)["Mata"]
    assert (late.state, late.note) == ("late", "terlambat 2 bln")
    assert "Terakhir 01-08-2025, setiap tahun" in late.hint
    folded = groups(one)["Skrining tahunan (CKG)"]
    assert folded.note == f"{len(folded.lines)} belum ada data"
    open_ones = [line for line in house.desk.care.due(one.page.actor, budi.uid) if line.state in OPEN]
    assert one.panel.tabs.buttons[SCREENING].badge == str(len(open_ones))
    assert len(open_ones) > len(folded.lines)


def test_a_measure_taken_moves_to_what_is_done_today(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    before = int(one.panel.tabs.buttons[SCREENING].badge)
    assert choose(one, "lingkar perut").service == "waist"
    one.press(Key.Key_Return)
    assert one.panel.tabs.current() == EXAM
    assert QApplication.focusWidget() is one.panel.exam.vitals.fields["waist"].edit
    one.type("92")
    one.press(Key.Key_S, CTRL)
    assert next(iter(groups(one).values())).state == "done"
    assert "Lingkar perut" in next(iter(groups(one)))
    assert int(one.panel.tabs.buttons[SCREENING].badge) == before - 1


def test_a_measure_that_is_not_asked_for_joins_the_grid(qtbot: QtBot, house: House) -> None:
    girl = house.person("Ani Lestari", "1995-05-05")
    one = opened(qtbot, house, girl)
    one.panel.exam.show_measure("haemoglobin")
    one.settle()
    assert QApplication.focusWidget() is one.panel.exam.vitals.fields["haemoglobin"].edit


def test_a_digit_opens_a_line_and_what_is_recorded_closes_it(qtbot: QtBot, house: House, budi: Person) -> None:
    told = Earlier(uid=new_uid(), person_uid=budi.uid, code="exam_dental", on=date(2025, 8, 1))
    house.desk.care.earlier(house.actor("nurse"), told)
    one = opened(qtbot, house, budi)
    one.press(Key.Key_L, ALT)
    one.press(Key.Key_1)
    sheet = one.sheet(RecordSheet)
    assert sheet.accessibleName() == "Gigi dan mulut"
    one.type("karies 2")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    record = next(r for r in house.read(CareRecord) if r.visit_uid)
    assert (record.code, record.value, record.on) == ("exam_dental", "karies 2", date(2026, 11, 21))
    assert "Gigi dan mulut dicatat." in one.toast()
    assert "Pemeriksaan gigi dan mulut" in next(iter(groups(one)))
    one.press(Key.Key_Z, CTRL)
    assert groups(one)["Gigi dan mulut"].state == "late"


def test_a_folded_bundle_opens_the_tab_with_its_services(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    one.press(Key.Key_L, ALT)
    row = [group.title for group in one.panel.side.due.view.groups.rows].index("Skrining tahunan (CKG)")
    one.type(one.panel.side.due.view._painter.keys[row])
    assert one.panel.tabs.current() == SCREENING
    assert one.panel.screening.filter.text() == "Skrining tahunan (CKG)"
    assert one.panel.screening.line() is not None


def test_the_result_the_interval_depends_on_is_asked_for(qtbot: QtBot, house: House) -> None:
    wife = house.person("Ani Lestari", "1985-05-05", marital_status="2")
    one = opened(qtbot, house, wife, "midwife")
    choose(one, "hpv")
    one.press(Key.Key_Return)
    sheet = one.sheet(RecordSheet)
    one.press(Key.Key_Return)
    assert "Pilih hasilnya dulu" in sheet.sentence.text()
    values = [sheet._value.itemText(i) for i in range(sheet._value.count())]
    assert values == ["Belum dipilih", "negatif", "positif bukan 16/18", "16/18", "Lain, ditulis"]
    sheet._value.set_value("negatif")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(CareRecord)[0].value == "negatif"


def test_each_examination_has_its_own_results(qtbot: QtBot, house: House) -> None:
    wife = house.person("Ani Lestari", "1985-05-05", marital_status="2")
    one = opened(qtbot, house, wife, "midwife")
    choose(one, "hpv")
    one.press(Key.Key_Return)
    sheet = one.sheet(RecordSheet)
    sheet._which.set_value("exam_cervix")
    sheet._which.activated.emit(sheet._which.currentIndex())
    values = [sheet._value.itemText(i) for i in range(sheet._value.count())]
    assert values == ["Belum dipilih", "negatif", "positif", "Lain, ditulis"]


def test_put_off_and_refused_with_a_reason(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    choose(one, "telinga")
    one.press(Key.Key_M, ALT)
    sheet = one.sheet(AnswerSheet)
    one.press(Key.Key_Tab)
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    assert "Sampai kapan?" in sheet.until_field.sentence.text()
    one.type("2 mgg")
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    assert "Tulis alasannya" in sheet.why_field.sentence.text()
    one.type("sedang pilek")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    answer = house.read(ServiceAnswer)[0]
    assert (answer.service, answer.until, answer.reason) == ("ear", date(2026, 12, 5), "sedang pilek")
    one.panel.screening.which.set_value("all")
    choose(one, "telinga")
    assert one.panel.screening.line().words == "ditunda sampai 05-12-2026"
    one.press(Key.Key_M, ALT)
    one.press(Key.Key_2)
    one.sheet(AnswerSheet).why.setFocus()
    one.type("tidak mau diperiksa")
    one.press(Key.Key_Return)
    assert one.panel.screening.line().state == "refused"
    one.panel.screening.view.setFocus()
    one.press(Key.Key_Z, CTRL)
    assert one.panel.screening.line().words == "ditunda sampai 05-12-2026"


def test_earlier_facts_one_after_another_by_keyboard_alone(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    choose(one, "mata")
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    assert sheet.what.text() == "Pemeriksaan mata dan ketajaman penglihatan"
    one.type("3/2026")
    for _ in range(3):
        one.press(Key.Key_Return)
    assert house.read(CareRecord)[0].on_precision is Precision.MONTH
    assert QApplication.focusWidget() is sheet.what
    one.type("td")
    one.press(Key.Key_Return)
    one.type("2019")
    one.press(Key.Key_Return)
    one.type("SD 1")
    one.press(Key.Key_Return)
    dose = house.read(GivenDose)[0]
    assert (dose.code, dose.on, dose.on_precision) == ("td", date(2019, 1, 1), Precision.YEAR)
    assert (dose.place, dose.source) == ("SD 1", "other_facility")
    assert sheet.place.text() == "SD 1"
    one.type("phq")
    one.press(Key.Key_Return)
    one.type("1-10-2026")
    for _ in range(2):
        one.press(Key.Key_Return)
    one.type("2")
    one.press(Key.Key_Return)
    assert {record.code for record in house.read(CareRecord)} == {"exam_eye", "instrument:phq-4"}
    one.press(Key.Key_Return, CTRL)
    assert one.no_sheet()


def test_what_was_told_by_mistake_is_taken_back_at_once(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    choose(one, "mata")
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    one.type("2024")
    for _ in range(3):
        one.press(Key.Key_Return)
    back = next(b for b in sheet.findChildren(KeyButton) if b.text() == "Tarik")
    back.click()
    one.settle()
    assert house.read(CareRecord) == ()
    assert "tercatat" not in sheet._count.accessibleName()


def test_what_was_told_before_is_shown_and_taken_back_with_a_reason(qtbot: QtBot, house: House, budi: Person) -> None:
    told = Earlier(uid=new_uid(), person_uid=budi.uid, code="exam_eye", on=date(2025, 8, 1), place="RS Contoh")
    house.desk.care.earlier(house.actor("nurse"), told)
    one = opened(qtbot, house, budi)
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    back = next(b for b in sheet.findChildren(KeyButton) if b.text() == "Tarik")
    assert back.accessibleName() == "Tarik Pemeriksaan mata dan ketajaman penglihatan, 01-08-2025, RS Contoh"
    back.click()
    one.settle()
    one.sheet(WordsSheet)
    one.press(Key.Key_Return)
    one.type("salah orang")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(CareRecord) == ()
    assert groups(one).get("Mata") is None


def test_a_dose_the_rules_do_not_count_is_kept_once_that_is_confirmed(qtbot: QtBot, house: House) -> None:
    child = house.person("Alif Ramadhan", "2025-01-21", "L")
    one = opened(qtbot, house, child, "midwife", "kia")
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    one.type("MR")
    one.press(Key.Key_Return)
    one.type("1-3-2025")
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    assert house.read(GivenDose) == ()
    assert "Enter sekali lagi mencatatnya." in sheet.sentence.text()
    one.press(Key.Key_Return)
    dose = house.read(GivenDose)[0]
    assert (dose.code, dose.place) == ("mr", "Buku KIA")
    assert dose.despite


def test_an_earlier_fact_that_cannot_be_is_refused_beside_its_field(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    choose(one, "mata")
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    for typed, said in (("1979", "sebelum lahir"), ("2027", "belum lewat"), ("mei", "Ketik tanggal, bulan")):
        sheet.when.clear()
        sheet.when.setFocus()
        one.type(typed)
        for _ in range(3):
            one.press(Key.Key_Return)
        assert said in sheet.when_field.sentence.text()
        sheet.value.setFocus()
    assert house.read(CareRecord) == ()
    one.press(Key.Key_Return, CTRL)
    assert not one.no_sheet(), "what is typed is not thrown away in silence"
    one.press(Key.Key_Escape)
    assert one.no_sheet()


def test_while_a_red_alarm_waits_the_card_is_one_line(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    card = one.panel.side.due
    assert not card.view.isHidden()
    one.write(one.panel.exam.vitals.fields["blood_pressure"].edit, "210/125")
    one.press(Key.Key_Tab)
    one.settle()
    assert card.view.isHidden()
    assert "layanan terbuka" in card._short.accessibleName()
    assert "Tangani tanda bahaya dulu." in card._short.accessibleName()
    one.press(Key.Key_L, ALT)
    assert one.panel.tabs.current() == SCREENING


def test_an_instrument_opens_its_view(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    asked: list[tuple[str, str]] = []
    one.page.due.wanted.disconnect()
    one.page.due.wanted.connect(lambda code, target: asked.append((code, target)))
    choose(one, "phq-4")
    one.press(Key.Key_Return)
    assert asked == ([("instrument", "phq-4")] if "instrument" in VIEWS else [])


def test_a_visit_that_is_over_is_only_read(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi, "midwife")
    one.panel.writable = False
    one.press(Key.Key_D, ALT)
    assert one.no_sheet()
    assert "tinggal dibaca" in one.toast()


def test_the_filter_finds_by_name_bundle_and_what_closes_it(qtbot: QtBot, house: House, budi: Person) -> None:
    one = opened(qtbot, house, budi)
    for words, service in (("SKRINING tahunan gula", "glucose"), ("phq", "mental")):
        one.panel.screening.filter.clear()
        assert choose(one, words).service == service
    one.panel.screening.filter.clear()
    one.press(Key.Key_3, ALT)
    one.type("tidak ada apa-apa")
    assert one.panel.screening.line() is None
    assert not one.panel.screening.open.isEnabled()
