"""Kehamilan & nifas in the room, by keyboard: a visit here and elsewhere, the plan, the birth, mother and child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.maternity.forms import PlanForm
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Delivery, Infant
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from tests.printing.reading import text
from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive
from ui.parts.care.delivery_sheet import DeliverySheet
from ui.parts.care.instrument import InstrumentView
from ui.parts.care.pregnancy import PregnancyView
from ui.parts.care.pregnancy_after import Tiles
from ui.parts.care.pregnancy_sheets import AfterSheet, ContactSheet, PlanSheet
from ui.parts.room.pregnancy_sheet import PregnancySheet
from ui.parts.room.signs_sheet import SignsSheet
from ui.parts.room.words_sheet import WordsSheet
from ui.widgets import inside

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
TODAY = date(2026, 11, 21)


@pytest.fixture
def siti(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03")


def expecting(house: House, mother: Person, days: int, **more: Any) -> Pregnancy:
    made = Pregnancy(
        uid=new_uid(), person_uid=mother.uid, lmp=TODAY - timedelta(days=days), gravida=2, para=1, abortus=0, **more
    )
    house.put(made)
    return made


def opened(qtbot: QtBot, house: House, someone: Person) -> tuple[Clinician, PregnancyView]:
    arrive(house, someone, service_point_uid=house.points["kia"].uid)
    one = Clinician(qtbot, house)
    one.call()
    one.press(Key.Key_H, ALT)
    view = one.page.views.view
    assert isinstance(view, PregnancyView)
    return one, view


def head(view: PregnancyView) -> str:
    return view.head.accessibleName()


def test_the_visit_of_today_is_two_keys_and_may_be_taken_back(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, view = opened(qtbot, house, siti)
    assert "28 mgg" in head(view)
    assert view.main.hasFocus()
    one.press(Key.Key_Return, CTRL)
    one.sheet(ContactSheet).tablets.setText("30")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (contact,) = house.read(AntenatalContact)
    assert (contact.tablets, contact.visit_uid) == (30, one.visit.visit_uid)
    assert [line.name for line in view.table.rows.rows] == ["K1 akses"]
    assert view.main.text() == "Lengkapi kontak hari ini"
    one.press(Key.Key_Z, CTRL)
    assert house.read(AntenatalContact) == ()
    assert view.table.rows.rows == ()


def test_a_visit_elsewhere_counts_with_its_place(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_L, ALT)
    sheet = one.sheet(ContactSheet)
    one.type("jun 2026")
    one.press(Key.Key_Return)
    assert sheet.fields["place"].state == "error"
    one.write(sheet.place, "PMB Lina")
    one.write(sheet.typed["blood_pressure"], "110/70")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (line,) = view.table.rows.rows
    assert (line.when, line.where, line.values["blood_pressure"]) == ("Jun 2026", "PMB Lina", "110/70")
    assert "PMB Lina" in view.detail.accessibleName()


def test_an_unlikely_figure_stands_when_saved_once_more(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_L, ALT)
    sheet = one.sheet(ContactSheet)
    one.write(sheet.on, "1/8/2026")
    one.write(sheet.place, "PMB Lina")
    one.write(sheet.typed["weight"], "170")
    one.press(Key.Key_Return)
    assert sheet.fields["weight"].state == "warn"
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(AntenatalContact)[0].weight == 170_000


def test_what_is_typed_after_a_refusal_takes_the_place_of_what_was_refused(
    qtbot: QtBot, house: House, siti: Person
) -> None:
    expecting(house, siti, 196)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_Tab)
    one.type("500")
    one.press(Key.Key_Return)
    assert "sampai 180" in one.sheet(ContactSheet).fields["tablets"].sentence.text()
    one.type("30")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(AntenatalContact)[0].tablets == 30


def test_danger_signs_are_asked_inside_the_view(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_B, ALT)
    sheet = one.sheet(SignsSheet)
    sign = house.desk.reference.signs.dangers[sheet.buttons[0].sign.code]
    one.press(Key.Key_1)
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert one.page.views.view is view
    assert one.visit.signs == {sign.code}
    assert sign.act in view.facts.danger.words.accessibleName()


def test_a_next_visit_that_has_passed_is_said_to_be_late(qtbot: QtBot, house: House, siti: Person) -> None:
    pregnancy = expecting(house, siti, 196)
    seen = TODAY - timedelta(days=100)
    house.put(
        AntenatalContact(
            uid=new_uid(),
            person_uid=siti.uid,
            pregnancy_uid=pregnancy.uid,
            taken_at=house.desk.clock.now(),
            on=seen,
            place="RSUD",
            doctor=True,
            usg=True,
        )
    )
    one, view = opened(qtbot, house, siti)
    assert "Sudah waktunya periksa sejak" in view.facts.pattern.words.accessibleName()
    one.press(Key.Key_P, CTRL)
    printed = house.desk.antenatal.card(house.actor("midwife"), siti.uid)
    said = " ".join(text(printed.pdf).split())
    assert "Secepatnya, sudah waktunya sejak" in said
    assert "RSUD, dokter, USG" in said


def test_a_wrong_visit_is_taken_back_with_a_reason(qtbot: QtBot, house: House, siti: Person) -> None:
    pregnancy = expecting(house, siti, 196)
    house.put(
        AntenatalContact(
            uid=new_uid(),
            person_uid=siti.uid,
            pregnancy_uid=pregnancy.uid,
            taken_at=house.desk.clock.now(),
            on=TODAY - timedelta(days=100),
            place="PMB Lina",
        )
    )
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_T, ALT)
    assert "Pilih kunjungannya" in one.toast()
    view.table.select(0)
    one.press(Key.Key_T, ALT)
    one.sheet(WordsSheet)
    one.type("salah orang")
    one.press(Key.Key_Return)
    assert house.read(AntenatalContact) == ()


def test_the_birth_plan_stands_beside_the_visits(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_P, ALT)
    sheet = one.sheet(PlanSheet)
    one.press(Key.Key_Return)
    assert "sedikitnya satu" in sheet.fields["place"].sentence.text()
    sheet.place.setCurrentIndex(3)
    one.write(sheet.lines["companion"], "suami")
    one.press(Key.Key_Return)
    (plan,) = house.read(BirthPlan)
    assert (plan.place, plan.companion) == ("puskesmas", "suami")
    assert "suami" in view.facts.planned.words.accessibleName()


def test_the_birth_of_twins_and_what_the_view_shows_then(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 265)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_E, ALT)
    sheet = one.sheet(DeliverySheet)
    one.write(sheet.on, "20/11/2026")
    one.write(sheet.at, "07.40")
    one.press(Key.Key_Return)
    assert sheet.fields["place"].state == "error"
    sheet.place.setCurrentIndex(2)
    sheet.helper.setCurrentIndex(0)
    sheet.count.buttons[1].click()
    for baby, sex, weight in zip(sheet._babies, (0, 1), ("2600", "2450"), strict=False):
        baby.sex.buttons[sex].click()
        baby.weight.setText(weight)  # figures typed that fast and ended by Enter would be taken for a scanned card
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert len(house.read(Delivery)) == 1
    assert [(i.sex, i.weight) for i in house.read(Infant)] == [("P", 2600), ("L", 2450)]
    assert "Nifas hari 1" in head(view)
    assert one.visit.postpartum
    assert view.course is not None
    assert [baby.name for baby in view.course.babies] == ["By. Ny. Siti Nurhaliza 1", "By. Ny. Siti Nurhaliza 2"]
    assert view.line.isHidden()


def test_a_stillbirth_says_there_is_no_schedule_of_a_baby(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 265)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_E, ALT)
    sheet = one.sheet(DeliverySheet)
    sheet.outcome.setCurrentIndex(1)
    assert sheet._babies[0].state.value() == "stillborn"
    assert "Tidak ada jadwal bayi" in sheet._said.accessibleName()
    one.write(sheet.on, "20/11/2026")
    sheet.place.setCurrentIndex(5)
    sheet.helper.setCurrentIndex(2)
    sheet._babies[0].sex.buttons[0].click()
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(Pregnancy)[0].outcome == "stillbirth"
    assert [p for p in house.read(Person) if p.mother_uid] == []
    assert view.course is not None
    assert [(b.slots, b.steps) for b in view.course.babies] == [((), ())]


def test_a_birth_far_too_early_is_asked_about_before_a_child_is_registered(
    qtbot: QtBot, house: House, siti: Person
) -> None:
    expecting(house, siti, 90)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_E, ALT)
    sheet = one.sheet(DeliverySheet)
    one.write(sheet.on, "20/11/2026")
    sheet.place.setCurrentIndex(2)
    sheet.helper.setCurrentIndex(0)
    sheet._babies[0].sex.buttons[0].click()
    one.press(Key.Key_Return)
    assert "biasanya dicatat sebagai keguguran" in sheet.fields["ended_on"].sentence.text()
    assert house.read(Delivery) == ()
    one.type("19/11/2026")
    one.press(Key.Key_Return)
    assert house.read(Delivery) == (), "another day is asked about anew"
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert len(house.read(Infant)) == 1


def test_a_birth_nobody_knew_of_after_one_that_is_over(qtbot: QtBot, house: House, siti: Person) -> None:
    earlier = expecting(house, siti, 900, ended_on=TODAY - timedelta(days=620), outcome="birth")
    house.put(Delivery(uid=new_uid(), person_uid=siti.uid, pregnancy_uid=earlier.uid, on=TODAY - timedelta(days=620)))
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_E, ALT)
    sheet = one.sheet(DeliverySheet)
    assert sheet.on.text() == ""
    one.write(sheet.on, "18/11/2026")
    sheet.place.setCurrentIndex(0)
    sheet.helper.setCurrentIndex(0)
    sheet._babies[0].sex.buttons[0].click()
    sheet.condition.setFocus()
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert "Nifas hari 3" in head(view)
    assert [p.ended_on for p in house.read(Pregnancy)] == [earlier.ended_on, date(2026, 11, 18)]


def test_visits_of_nifas_and_of_the_baby_are_recorded_on_one_sheet(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 285, ended_on=TODAY - timedelta(days=5), outcome="birth")
    house.person("By. Ny. Siti Nurhaliza", "2026-11-16", mother_uid=siti.uid)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_Return, CTRL)
    sheet = one.sheet(AfterSheet)
    assert sheet.what.currentText() == "Kunjungan nifas (KF2)"
    one.press(Key.Key_Return)
    assert one.no_sheet()
    one.press(Key.Key_Return, CTRL)
    sheet = one.sheet(AfterSheet)
    sheet.what.setCurrentIndex(1)
    assert "KN2" in sheet.what.currentText()
    one.write(sheet.on, "19/11/2026")
    one.write(sheet.place, "PMB Lina")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert {(r.code, r.on, r.place) for r in house.read(CareRecord)} == {
        ("contact_postnatal", TODAY, ""),
        ("contact_neonatal", date(2026, 11, 19), "PMB Lina"),
    }


def test_a_refused_visit_of_nifas_says_why(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 285, ended_on=TODAY - timedelta(days=5), outcome="birth")
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_Return, CTRL)
    sheet = one.sheet(AfterSheet)
    one.write(sheet.on, "1/11/2026")
    one.press(Key.Key_Return)
    assert "Sebelum lahir" in sheet.fields["on"].sentence.text()


@pytest.mark.parametrize(
    ("days", "warned", "main"),
    [(293, False, "Catat kontak hari ini"), (294, True, "Catat kontak hari ini"), (309, True, "Akhir kehamilan")],
)
def test_past_the_term_the_outcome_is_asked_for(
    qtbot: QtBot, house: House, siti: Person, days: int, warned: bool, main: str
) -> None:
    expecting(house, siti, days)
    _, view = opened(qtbot, house, siti)
    assert (not view.warning.isHidden(), view.main.text()) == (warned, main)


def test_without_a_pregnancy_the_hpht_is_asked_for(qtbot: QtBot, house: House, siti: Person) -> None:
    one, view = opened(qtbot, house, siti)
    assert not view.empty.isHidden()
    one.press(Key.Key_Return, CTRL)
    one.sheet(PregnancySheet)
    one.type("12 mgg 3 hr")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert house.read(Pregnancy)[0].lmp == TODAY - timedelta(days=87)
    assert "12 mgg" in head(view)


def test_a_baby_in_the_room_shows_where_it_came_from(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 285, ended_on=TODAY - timedelta(days=5), outcome="birth")
    baby = house.person("By. Ny. Siti Nurhaliza", "2026-11-16", "L", mother_uid=siti.uid)
    one, view = opened(qtbot, house, baby)
    assert "ibu Siti Nurhaliza" in head(view)
    one.press(Key.Key_Return, CTRL)
    assert "Kunjungan neonatal (KN2)" in one.sheet(AfterSheet).what.currentText()
    one.press(Key.Key_Return)
    (record,) = house.read(CareRecord)
    assert (record.person_uid, record.code, record.visit_uid) == (baby.uid, "contact_neonatal", one.visit.visit_uid)


@pytest.mark.parametrize(("ended", "form"), [(None, "kspr"), (TODAY - timedelta(days=5), "")])
def test_the_score_is_of_a_pregnancy_that_goes_on(
    qtbot: QtBot, house: House, siti: Person, ended: date | None, form: str
) -> None:
    expecting(house, siti, 285, ended_on=ended, outcome="birth" if ended else "")
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_S, ALT)
    view = one.page.views.view
    assert isinstance(view, InstrumentView)
    assert view.chooser.isVisible() == (not form)
    assert view.opened is None or view.opened.instrument.code == form


def test_nothing_is_recorded_of_a_man(qtbot: QtBot, house: House) -> None:
    one, view = opened(qtbot, house, house.person("Budi", "1990-02-03", "L"))
    for key, mod in ((Key.Key_Return, CTRL), (Key.Key_E, ALT), (Key.Key_H, ALT), (Key.Key_L, ALT), (Key.Key_P, ALT)):
        one.press(key, mod)
        assert one.no_sheet(), key
    assert view.main.isHidden()


def test_what_is_missed_fits_its_tile(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 291, ended_on=TODAY - timedelta(days=11), outcome="birth")
    house.person("By. Ny. Siti Nurhaliza", "2026-11-10", "L", mother_uid=siti.uid)
    one, view = opened(qtbot, house, siti)
    one.desk.window.resize(1093, 614)
    one.settle()
    boxes = [w for w in inside(view.after, Tiles) if w.isVisible()]
    assert len(boxes) == 2
    for box in boxes:
        assert [t for t in box._tiles if t.state == "lost" and t.words != f"lewat {t.words[-10:]}"] == []


def test_esc_goes_back_and_the_visit_is_there(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    assert one.panel.isVisible()


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ("contact_antenatal", ContactSheet),
        ("exam_usg_third", ContactSheet),
        ("given_iron_pregnancy", ContactSheet),
        ("plan_birth", PlanSheet),
        ("contact_mother_class", AfterSheet),
    ],
)
def test_what_the_room_asks_for_opens_the_sheet_that_records_it(
    qtbot: QtBot, house: House, siti: Person, fact: str, kind: type
) -> None:
    expecting(house, siti, 196)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_Escape)
    one.page.open_care("pregnancy", fact)
    one.settle()
    one.sheet(kind)
    one.press(Key.Key_Escape)
    one.page.visit.refresh()
    one.settle()
    assert one.no_sheet(), "it opens once"


def test_another_service_of_hers_is_recorded_in_this_visit(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, view = opened(qtbot, house, siti)
    one.press(Key.Key_N, ALT)
    sheet = one.sheet(AfterSheet)
    sheet.what.setCurrentIndex(sheet.what.findText("Kelas ibu hamil"))
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (record,) = house.read(CareRecord)
    assert (record.code, record.visit_uid, record.on) == ("contact_mother_class", one.visit.visit_uid, TODAY)
    assert "Kelas ibu hamil: 21-11-2026" in view.facts.others.words.accessibleName()


def test_a_plan_that_a_colleague_changed_meanwhile_is_not_written_over(
    qtbot: QtBot, house: House, siti: Person
) -> None:
    expecting(house, siti, 196)
    house.desk.antenatal.plan(house.actor("doctor"), new_uid(), siti.uid, PlanForm(place="home"))
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_P, ALT)
    sheet = one.sheet(PlanSheet)
    house.desk.antenatal.plan(house.actor("doctor"), new_uid(), siti.uid, PlanForm(place="hospital", transport="motor"))
    one.write(sheet.lines["donor"], "kakak, O")
    one.press(Key.Key_Return)
    assert "petugas lain" in sheet.sentence.text()
    one.press(Key.Key_Escape)
    one.look()
    one.press(Key.Key_P, ALT)
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (plan,) = house.read(BirthPlan)
    assert (plan.place, plan.transport, plan.donor) == ("hospital", "motor", "kakak, O")


def test_choices_that_were_put_away_with_esc_are_there_again(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 265)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_E, ALT)
    sheet = one.sheet(DeliverySheet)
    one.write(sheet.on, "20/11/2026")
    sheet.place.setCurrentIndex(1)
    sheet.count.buttons[1].click()
    sheet._babies[1].state.buttons[1].click()
    sheet_place = sheet.place.value()
    one.press(Key.Key_Escape)
    one.press(Key.Key_E, ALT)
    again = one.sheet(DeliverySheet)
    assert again is not sheet
    assert [infant.state for infant in again.form().infants] == ["live", "stillborn"]
    assert (again.on.text(), again.place.value()) == ("20-11-2026", sheet_place)
    one.press(Key.Key_Escape)
    one.press(Key.Key_Return, CTRL)
    one.sheet(ContactSheet).usg.click()
    one.press(Key.Key_Escape)
    one.press(Key.Key_Return, CTRL)
    assert one.sheet(ContactSheet).usg.isChecked()


def test_what_was_put_away_with_esc_is_there_again(qtbot: QtBot, house: House, siti: Person) -> None:
    expecting(house, siti, 196)
    one, _ = opened(qtbot, house, siti)
    one.press(Key.Key_L, ALT)
    one.write(one.sheet(ContactSheet).place, "PMB Lina")
    one.press(Key.Key_Escape)
    one.press(Key.Key_L, ALT)
    sheet = one.sheet(ContactSheet)
    assert sheet.place.text() == "PMB Lina"
    one.write(sheet.on, "jun 2026")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    one.press(Key.Key_L, ALT)
    assert one.sheet(ContactSheet).place.text() == ""
