"""In the room: danger signs by one key each, a pregnancy from HPHT to its end, what joins the known problems."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from ilp_desk.domain.clinical import Observation, Pregnancy, Problem, VitalSigns
from ilp_desk.domain.record import new_uid
from ilp_desk.services.registration import Circumstances
from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive
from ui.parts.history import detail_parts
from ui.parts.room.known_sheet import ProblemSheet
from ui.parts.room.pregnancy_sheet import PregnancySheet
from ui.parts.room.send_sheet import SendSheet
from ui.parts.room.signs_sheet import KEYS, SignsSheet
from ui.parts.room.visit_panel import DIAGNOSIS
from ui.screens.room import RoomPage
from ui.theme import px, text_width, tokens, use

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ilp_desk.domain.person import Person
    from tests.house import House

Key = Qt.Key


@pytest.fixture
def siti(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03", record_number="00-12-47-01", payer="jkn_pbi")


def expects(house: House, mother: Person, lmp: date = date(2026, 5, 9)) -> None:
    house.put(Pregnancy(uid=new_uid(), person_uid=mother.uid, lmp=lmp, gravida=2, para=1, abortus=0))


def open_room(qtbot: QtBot, house: House, someone: Person, sign: str = "") -> Clinician:
    asked = Circumstances(danger_sign=sign)
    arrive(house, someone, circumstances=asked, service_point_uid=house.points["kia"].uid)
    one = Clinician(qtbot, house)
    one.call()
    return one


def hpht(one: Clinician) -> None:
    """Alt+H opens the view, Alt+H there the sheet of the HPHT; within the view the second alone is enough."""
    if one.page.views.view is None:
        one.press(Key.Key_H, ALT)
    one.press(Key.Key_H, ALT)


# Danger signs


def test_one_key_a_sign_and_the_alarm_stands_at_once(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    one.write(one.panel.exam.vitals.fields["blood_pressure"].edit, "184/96")
    one.press(Key.Key_B, ALT)
    sheet = one.sheet(SignsSheet)
    headache = next(b for b in sheet.buttons if b.sign.code == "headache")
    one.type(headache.key)
    assert headache.isChecked()
    assert {a.rule for a in one.panel.exam.standing()} == {"BP-CRISIS", "sign.headache"}
    assert house.read(VitalSigns) == ()
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert one.panel.exam.vitals.fields["blood_pressure"].own == "184/96"
    assert "Sakit kepala berat" in one.panel.exam.signs._chips.accessibleName()
    one.press(Key.Key_B, ALT)
    one.type(headache.key)
    assert not one.sheet(SignsSheet).buttons[0].isChecked()
    assert one.visit.signs == frozenset()


def test_keys_pressed_faster_than_they_are_kept_all_count(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    one.press(Key.Key_B, ALT)
    one.type("123")
    sheet = one.sheet(SignsSheet)
    assert [b.isChecked() for b in sheet.buttons[:4]] == [True, True, True, False]
    assert {o.value for o in house.read(Observation)} == {b.sign.code for b in sheet.buttons[:3]}


def test_asked_and_none_is_one_key(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    assert "Belum ditanyakan" in one.panel.exam.signs._chips.accessibleName()
    one.press(Key.Key_B, ALT)
    one.press(Key.Key_0)
    assert one.no_sheet()
    assert "tidak ada" in one.panel.exam.signs._chips.accessibleName()
    assert [o.value for o in house.read(Observation)] == ["none"]


@pytest.mark.parametrize(
    ("born", "asked", "not_asked"),
    [
        ("1990-01-01", "stroke_signs", "no_fetal_movement"),
        ("2026-10-25", "grunting", "wasting_oedema"),
        ("2024-01-01", "stridor", "grunting"),
    ],
)
def test_only_signs_that_concern_this_person_are_asked_and_each_has_a_key(
    qtbot: QtBot, house: House, born: str, asked: str, not_asked: str
) -> None:
    one = open_room(qtbot, house, house.person("Rani", born))
    one.press(Key.Key_B, ALT)
    buttons = one.sheet(SignsSheet).buttons
    codes = [b.sign.code for b in buttons]
    assert asked in codes
    assert not_asked not in codes
    keys = [b.key for b in buttons]
    assert all(keys)
    assert len(set(keys)) == len(keys) <= len(KEYS)


def test_no_sign_is_cut(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti)
    one = open_room(qtbot, house, siti)
    one.desk.window.resize(1093, 614)
    one.press(Key.Key_B, ALT)
    buttons = one.sheet(SignsSheet).buttons
    assert [b.text() for b in buttons if b.width() < b.sizeHint().width() - px(6)] == []


def test_every_sign_of_a_pregnant_woman_has_a_key(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti)
    one = open_room(qtbot, house, siti)
    one.press(Key.Key_B, ALT)
    buttons = one.sheet(SignsSheet).buttons
    assert "no_fetal_movement" in [b.sign.code for b in buttons]
    assert all(b.key for b in buttons)


def test_the_sign_of_the_desk_is_told_and_counts(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti, "chest_pain")
    assert "di loket: Nyeri dada" in one.panel.banner._name._line.accessibleName()
    assert [a.rule for a in one.panel.exam.standing()] == ["sign.chest_pain"]
    one.press(Key.Key_B, ALT)
    one.press(Key.Key_0)
    assert "di loket" not in one.panel.banner._name._line.accessibleName()
    assert one.panel.exam.standing() == ()


# Pregnancy


def test_a_pregnancy_is_recorded_by_keyboard_with_weeks_and_hpl(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    hpht(one)
    sheet = one.sheet(PregnancySheet)
    one.type("28 mgg")
    assert sheet.fields["lmp"].sentence.text() == "28 mgg 0 hr, HPL 13-02-2027"
    one.press(Key.Key_Tab)
    one.type("3")
    for figure in ("2", "1", "0"):
        one.press(Key.Key_Tab)
        one.type(figure)
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (made,) = house.read(Pregnancy)
    assert (made.lmp, made.lmp_source) == (date(2026, 5, 9), "ultrasound")
    assert one.visit.pregnancy_words == "G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027"
    assert "fundus" in one.panel.exam.vitals.fields


def test_it_is_ended_with_day_and_outcome(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti, date(2026, 2, 14))
    one = open_room(qtbot, house, siti)
    hpht(one)
    sheet = one.sheet(PregnancySheet)
    one.write(sheet.ended_on, "20/11/2026")
    one.press(Key.Key_Return)
    assert one.sheet(PregnancySheet)._outcome_field.state == "error"
    one.type("1")
    assert sheet.done.text() == "Simpan dan akhiri"
    one.press(Key.Key_Return)
    (ended,) = house.read(Pregnancy)
    assert (ended.ended_on, ended.outcome, ended.para) == (date(2026, 11, 20), "birth", 2)
    assert one.visit.postpartum
    hpht(one)
    one.sheet(PregnancySheet).resume.click()
    one.settle()
    assert house.read(Pregnancy)[0].ended_on is None


def test_one_that_ran_out_asks_for_its_end_and_the_next_begins_beside_it(
    qtbot: QtBot, house: House, siti: Person
) -> None:
    expects(house, siti, date(2025, 9, 1))
    one = open_room(qtbot, house, siti)
    assert "belum dicatat berakhir" in one.panel.side._pregnant.accessibleName()
    hpht(one)
    sheet = one.sheet(PregnancySheet)
    assert sheet.ended_on.hasFocus()
    one.type("1/6/2026")
    sheet.outcome.setFocus()
    one.type("1")
    one.write(sheet.lmp, "1/9/2026")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    old, new = house.read(Pregnancy)
    assert (old.ended_on, old.outcome, new.lmp) == (date(2026, 6, 1), "birth", date(2026, 9, 1))


def test_one_recorded_by_mistake_is_withdrawn(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti)
    one = open_room(qtbot, house, siti)
    hpht(one)
    one.sheet(PregnancySheet).back.click()
    one.press(Key.Key_Return)
    assert one.sheet(PregnancySheet).reason_field.state == "error"
    one.type("salah orang")
    one.press(Key.Key_Return)
    assert house.read(Pregnancy) == ()
    assert one.visit.pregnancy is None


def test_a_refusal_stands_beside_its_field(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    hpht(one)
    sheet = one.sheet(PregnancySheet)
    one.press(Key.Key_Return)
    assert (sheet.fields["lmp"].state, sheet.lmp.hasFocus()) == ("error", True)
    one.type("1/1/2025")
    one.press(Key.Key_Return)
    assert "lebih dari 44" in sheet.fields["lmp"].sentence.text()
    assert house.read(Pregnancy) == ()


@pytest.mark.parametrize(
    ("born", "sex", "shown"), [("1999-02-03", "P", True), ("1940-01-01", "P", False), ("1999-02-03", "L", False)]
)
def test_the_side_speaks_of_pregnancy_where_one_may_be(
    qtbot: QtBot, house: House, born: str, sex: str, shown: bool
) -> None:
    one = open_room(qtbot, house, house.person("Rani", born, sex))
    assert one.panel.side._pregnancy_card.isVisible() is shown


def test_newborn_registered_then_the_mother_in_nifas_and_her_alarm(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti, date(2026, 2, 14))
    clerk = house.actor("registration")
    house.desk.people.newborn(clerk, siti.uid, new_uid(), siti.sex, date(2026, 11, 21))
    house.hands.at = datetime(2026, 11, 22, 1, 14, tzinfo=UTC) + timedelta(minutes=5)
    shown = house.desk.registration.arrival(clerk, siti.uid)
    assert (shown.pregnancy, shown.routed.code) == ("Nifas 1 hr", "kia")
    assert "nifas hari ke-1" in shown.routed_reason
    arrive(house, siti)
    one = Clinician(qtbot, house)
    one.call()
    one.write(one.panel.exam.vitals.fields["blood_pressure"].edit, "162/108")
    one.press(Key.Key_Return)
    assert [a.rule for a in one.panel.exam.standing()] == ["POSTPARTUM-BP-RED"]
    one.press(Key.Key_B, ALT)
    assert "postpartum_bleeding" in [b.sign.code for b in one.sheet(SignsSheet).buttons]


# Sent on


def test_a_point_of_the_sites_own_says_whether_one_comes_back(qtbot: QtBot, house: House, siti: Person) -> None:
    with house.store.writing(house.actor("admin"), "test.point") as uow:
        uow.change(house.points["lab"], code="lab_kecil")
    one = open_room(qtbot, house, siti)
    one.press(Key.Key_I, CTRL)
    sheet = one.sheet(SendSheet)
    assert (sheet.view.current_row().code, sheet.back.value()) == ("lab_kecil", True)
    one.press(Key.Key_Down)
    assert (sheet.view.current_row().code, sheet.back.value()) == ("farmasi", False)


# Diagnoses and known problems


def diagnose(one: Clinician, *codes: str) -> None:
    one.press(Key.Key_4, ALT)
    for code in codes:
        one.type(code)
        one.press(Key.Key_Return)


def test_diagnoses_that_contradict_are_spoken_of_and_allowed(qtbot: QtBot, house: House, siti: Person) -> None:
    expects(house, siti)
    one = open_room(qtbot, house, siti)
    diagnose(one, "Z34.9")
    assert one.panel.diagnosis.clashes.isHidden()
    diagnose(one, "O14.1")
    assert not one.panel.diagnosis.clashes.isHidden()
    assert "Z34.9" in one.panel.diagnosis.clashes._words.accessibleName()
    assert [d.code for d in one.visit.diagnoses] == ["Z34.9", "O14.1"]
    assert one.panel.finish.isEnabled()


def test_a_lasting_diagnosis_goes_on_the_list_with_one_key(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    diagnose(one, "I10")
    assert not one.panel.diagnosis.lasting.isHidden()
    one.press(Key.Key_K, ALT)
    (kept,) = house.read(Problem)
    assert (kept.code, kept.since) == ("I10", date(2026, 1, 1))
    assert one.panel.diagnosis.lasting.isHidden()
    one.press(Key.Key_Z, CTRL)
    assert house.read(Problem) == ()
    diagnose(one, "J06.9")
    assert [d.code for d in one.visit.unlisted] == ["I10"]


def test_a_problem_takes_its_code_from_the_search(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    one.panel.tabs.select(DIAGNOSIS)
    one.press(Key.Key_P, ALT)
    sheet = one.sheet(ProblemSheet)
    one.write(sheet.search, "I10")
    one.press(Key.Key_Return)
    assert sheet.code == "I10"
    one.type("2019")
    one.press(Key.Key_Return)
    (kept,) = house.read(Problem)
    assert (kept.code, kept.since) == ("I10", date(2019, 1, 1))
    assert kept.title
    one.type("sakit pinggang")
    one.press(Key.Key_Return)
    assert [p.code for p in house.read(Problem)] == ["I10", ""]


# The look of it


def test_narrow_and_large_three_measures_stand_in_a_row_and_no_label_is_cut(
    qtbot: QtBot, house: House, siti: Person
) -> None:
    expects(house, siti)
    one = open_room(qtbot, house, siti)
    one.desk.window.resize(1093, 614)
    before = tokens()
    try:
        one.press(Key.Key_Plus, CTRL)
        one.press(Key.Key_Plus, CTRL)
        qtbot.wait(100)
        one.settle()
        page = one.desk.page  # the shell was built anew
        assert isinstance(page, RoomPage)
        qtbot.waitUntil(lambda: bool(page.panel.exam.vitals.fields))
        qtbot.wait(100)
        labels = [field.label for field in page.panel.exam.vitals.fields.values()]
        assert tokens().zoom == pytest.approx(1.2)
        for words in labels:
            assert min(text_width(t, tokens().label) for t in (words.text(), words.short)) <= words.width(), (
                words.text()
            )
    finally:
        use(before)


def test_what_was_asked_stands_in_the_history(qtbot: QtBot, house: House, siti: Person) -> None:
    one = open_room(qtbot, house, siti)
    one.press(Key.Key_B, ALT)
    one.press(Key.Key_0)
    doctor, visit_uid = house.actor("doctor"), one.visit.visit_uid

    def told() -> str:
        parts = detail_parts(house.desk.history.visit(doctor, visit_uid), house.desk.reference)
        return "".join(part.text for part in parts)

    assert "Tanda bahaya\nsudah ditanyakan, tidak ada" in told()
    assert "Hasil lain" not in told()
    house.desk.examination.see_sign(doctor, visit_uid, "headache")
    assert "Tanda bahaya\nSakit kepala berat" in told()
