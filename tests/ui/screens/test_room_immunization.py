"""In the room: a child's doses by the keyboard alone: given, asked about, of before, put off, KIPI, taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.immunization.records import (
    SCHOOL_CLASS,
    AdverseEvent,
    GivenDose,
    Objection,
    ObjectionKind,
)
from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.immunizations import EarlierDose
from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive, texts_of
from ui.parts.care.immunization import ImmunizationCare
from ui.parts.care.immunization_sheets import EarlierSheet, EventSheet, ObjectionSheet, RecordSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
BOOK = (
    ("hb0", "18-09-2025"), ("bcg", "20-10-2025"), ("opv", "20-10-2025"), ("opv", "20-11-2025"), ("opv", "22-12-2025"),
    ("opv", "26-01-2026"), ("dpt_hb_hib", "20-11-2025"), ("dpt_hb_hib", "22-12-2025"), ("dpt_hb_hib", "26-01-2026"),
    ("pcv", "20-11-2025"), ("pcv", "22-12-2025"), ("ipv", "26-01-2026"), ("ipv", "22-06-2026"), ("mr", "22-06-2026"),
)  # fmt: skip


class Vaccinator(Clinician):
    """In the room with Rizki, whose PCV3 is late."""

    def __init__(self, qtbot: QtBot, house: House, role: str = "midwife") -> None:
        child = house.person("Rizki Ramadhan", "2025-09-18", "L")
        for code, on in BOOK:
            told = EarlierDose(uid=new_uid(), person_uid=child.uid, code=code, on=on, confirmed=True)
            house.desk.immunizations.earlier(house.actor("midwife"), told)
        arrive(house, child, service_point_uid=house.points["kia"].uid)
        super().__init__(qtbot, house, role)
        self.call()
        self.press(Key.Key_I, ALT)
        self.view.twice_ms = 0

    @property
    def view(self) -> ImmunizationCare:
        view = self.page.views.view
        assert isinstance(view, ImmunizationCare)
        return view

    @property
    def give(self) -> Any:
        return self.view.give

    def here(self) -> Any:
        return QApplication.focusWidget()

    def doses(self, code: str = "pcv") -> list[GivenDose]:
        return [dose for dose in self.house.read(GivenDose) if dose.code == code]

    def fill(self) -> None:
        """The vial, and what is asked before."""
        assert self.here() is self.give.batch
        self.type("PX2214")
        self.press(Key.Key_Tab)
        self.type("6/2027")
        self.press(Key.Key_Tab)
        for _ in self.give.checks:
            self.press(Key.Key_Tab)
            self.press(Key.Key_Space)


@pytest.fixture
def one(qtbot: QtBot, house: House) -> Vaccinator:
    return Vaccinator(qtbot, house)


def test_a_dose_is_given_by_the_keyboard_alone_and_the_next_day_is_told(one: Vaccinator) -> None:
    assert one.give.offer().title == "PCV3"
    one.fill()
    one.press(Key.Key_Return, CTRL)
    (given,) = one.doses()[2:]
    assert (given.batch, given.expiry, given.site) == ("PX2214", date(2027, 6, 30), "paha kanan")
    assert given.screening == ("well", "no_reaction")
    assert one.toast().startswith("PCV3 dicatat.")
    said = texts_of(one.view)
    assert "Hari ini tidak ada yang perlu diberikan" in said
    assert "Kamis, 18 Maret 2027" in said
    one.press(Key.Key_Z, CTRL)
    assert len(one.doses()) == 2, "taken back"


def test_a_press_too_many_gives_nothing_and_answers_no_doubt(one: Vaccinator) -> None:
    one.view.twice_ms = 60_000
    one.press(Key.Key_N, ALT)
    one.give.vaccine.setFocus()
    while one.give.vaccine.value() != "mr":
        one.press(Key.Key_Down)
    one.give.batch.setFocus()
    one.fill()
    for _ in range(2):
        one.press(Key.Key_Return, CTRL)
    assert "Tidak dihitung sebagai MR2" in one.give.warning.accessibleName()
    assert len(one.doses("mr")) == 1
    one.view.twice_ms = 0
    one.press(Key.Key_Return, CTRL)
    one.view.twice_ms = 60_000
    one.press(Key.Key_Return, CTRL)
    assert len(one.doses("mr")) == 2
    assert all(not field.sentence.text() for field in one.give.fields.values())


def test_what_is_missing_is_said_beside_its_field_and_the_keyboard_goes_there(one: Vaccinator) -> None:
    one.press(Key.Key_Return, CTRL)
    assert "batch" in one.give.fields["batch"].sentence.text()
    assert one.here() is one.give.batch
    one.type("PX")
    one.press(Key.Key_Return, CTRL)
    assert one.here() is one.give.expiry
    one.type("10/2026")
    one.press(Key.Key_Return, CTRL)
    assert "kedaluwarsa 31-10-2026" in one.give.fields["expiry"].sentence.text()
    one.give.expiry.selectAll()
    one.type("11/2026")
    one.press(Key.Key_Return, CTRL)
    assert "Tanyakan dulu" in one.give.sentence.text()
    assert one.here() is one.give.checks["well"]
    assert len(one.doses()) == 2


def test_too_early_is_asked_about_and_a_second_press_records_it(one: Vaccinator) -> None:
    one.press(Key.Key_N, ALT)
    one.give.vaccine.setFocus()
    while one.give.vaccine.value() != "mr":
        one.press(Key.Key_Down)
    one.give.batch.setFocus()
    one.fill()
    one.press(Key.Key_Return, CTRL)
    assert "Tidak dihitung sebagai MR2" in one.give.warning.accessibleName()
    assert len(one.doses("mr")) == 1
    one.press(Key.Key_Return, CTRL)
    assert [dose.despite[:14] for dose in one.doses("mr")] == ["", "Tidak dihitung"]
    row = next(line for line in one.view.grid._lines if line.code == "mr")
    assert [cell.state for cell in row.cells] == ["given", "not_counted", "not_yet"]


def test_doses_of_before_are_copied_one_after_the_other(one: Vaccinator) -> None:
    one.press(Key.Key_D, ALT)
    sheet = one.sheet(EarlierSheet)
    while sheet.vaccine.value() != "rotavac":
        one.press(Key.Key_Down)
    one.press(Key.Key_Return)
    one.type("20 nov 25")
    one.press(Key.Key_Return)
    assert "Rotavac" in sheet.list.accessibleName()
    one.type("1-1-2027")
    one.press(Key.Key_Return)
    assert "belum" in sheet.fields["on"].sentence.text()
    sheet.on.selectAll()
    one.type("24 nov 25")
    one.press(Key.Key_Return)
    assert not sheet.warning.isHidden(), "four days after the first"
    one.press(Key.Key_Return)
    one.type("1/2026")
    one.press(Key.Key_Return)
    one.press(Key.Key_Escape)
    assert one.no_sheet()
    kept = one.doses("rotavac")
    assert [dose.on_precision.value for dose in kept] == ["day", "day", "month"]
    assert {dose.source for dose in kept} == {"other_facility"}


def test_put_off_refused_and_not_to_be_given(one: Vaccinator) -> None:
    one.press(Key.Key_T, ALT)
    sheet = one.sheet(ObjectionSheet)
    assert sheet.series.value() == "pcv"
    one.press(Key.Key_Return)
    one.type("demam 38,5")
    one.press(Key.Key_Return)
    assert "sampai kapan" in sheet.fields["until"].sentence.text()
    one.type("7")
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (put_off,) = one.house.read(Objection)
    assert (put_off.kind, put_off.series, put_off.until) == (ObjectionKind.DEFERRAL, "pcv", date(2026, 11, 28))
    assert "Ditunda: PCV sampai 28-11-2026. demam 38,5" in texts_of(one.view.objections)
    one.press(Key.Key_M, ALT)
    one.press(Key.Key_Return)
    assert "tiga huruf" in one.sheet(ObjectionSheet).fields["why"].sentence.text()
    one.press(Key.Key_Escape)
    assert one.no_sheet()


def test_a_box_of_the_grid_opens_its_dose_which_is_taken_back_with_a_reason(one: Vaccinator) -> None:
    one.press(Key.Key_B, ALT)
    assert one.here() is one.view.grid
    one.press(Key.Key_Home)
    one.press(Key.Key_Down)
    assert "BCG BCG, diberikan, 20-10-2025" in one.view.grid.accessibleName()
    one.press(Key.Key_Return)
    sheet = one.sheet(RecordSheet)
    assert "dari catatan" in texts_of(sheet)
    one.press(Key.Key_Return)
    assert "tiga huruf" in sheet.field.sentence.text()
    one.type("salah orang")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert one.doses("bcg") == []
    assert (
        "BCG, belum ada data" in one.view.grid.accessibleName() or "tidak bisa lagi" in one.view.grid.accessibleName()
    )


def test_kipi_is_reported_after_a_dose(one: Vaccinator) -> None:
    one.press(Key.Key_L, ALT)
    sheet = one.sheet(EventSheet)
    one.type("bengkak di paha")
    one.press(Key.Key_Return)
    assert "ringan atau berat" in sheet.fields["severity"].sentence.text()
    one.press(Key.Key_1)
    sheet.symptom.setFocus()
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (event,) = one.house.read(AdverseEvent)
    assert (event.symptom, event.severity, event.on) == ("bengkak di paha", "mild", date(2026, 11, 21))
    assert "bengkak di paha (ringan)" in texts_of(one.view.events)


def test_what_is_typed_is_kept_and_offered_again(qtbot: QtBot, house: House, one: Vaccinator) -> None:
    one.type("PX99")
    one.give.in_campaign.setChecked(True)
    one.give.campaign.setText("BIAN")
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    kept = house.desk.immunizations.draft(one.page.actor, one.visit.visit_uid)
    assert kept is not None
    assert kept.content["batch"] == "PX99"
    again = Clinician(qtbot, house)
    again.desk.window.navigate("care", one.visit.entry_uid)
    again.settle()
    again.press(Key.Key_I, ALT)
    view = again.page.views.view
    assert isinstance(view, ImmunizationCare)
    assert view.give.batch.text() == "PX99"
    order = view.give.order(one.visit.visit_uid)
    assert order is not None
    assert order.campaign == "BIAN"


def test_a_service_of_the_list_opens_its_own_dose(qtbot: QtBot, house: House, one: Vaccinator) -> None:
    one.press(Key.Key_Escape)
    one.page.open_care("immunization", "pcv")
    one.settle()
    assert one.give.offer().series == "pcv"
    assert one.here() is one.give.batch
    one.press(Key.Key_Escape)
    one.page.open_care("immunization", "mr")
    one.settle()
    assert one.here() is one.view.grid, "not to be given today: the grid tells why"
    assert "MR 2, belum waktunya, mulai 18-03-2027" in one.view.grid.accessibleName()


def test_the_class_is_chosen_by_the_keyboard(qtbot: QtBot, house: House) -> None:
    girl = house.person("Nisa", "2016-03-02")
    house.desk.immunizations.copied(house.actor("midwife"), new_uid(), girl.uid)
    arrive(house, girl, service_point_uid=house.points["kia"].uid)
    one = Clinician(qtbot, house)
    one.call()
    one.press(Key.Key_I, ALT)
    view = one.page.views.view
    assert isinstance(view, ImmunizationCare)
    assert "HPV" not in texts_of(view.give)
    one.press(Key.Key_C, ALT)
    for _ in range(5):
        one.press(Key.Key_Down)
    qtbot.waitUntil(lambda: not view._class_soon.isActive(), timeout=5_000)
    one.settle()
    assert [record.value for record in house.read(CareRecord, code=SCHOOL_CLASS)] == ["5"]
    one.press(Key.Key_B, ALT)
    one.press(Key.Key_End)
    assert "HPV HPV, hari ini" in view.grid.accessibleName()


def test_who_may_not_give_sees_and_cannot_write(qtbot: QtBot, house: House) -> None:
    one = Vaccinator(qtbot, house, "dentist")
    assert not one.give.save.isEnabled()
    one.press(Key.Key_D, ALT)
    assert one.no_sheet()
    assert one.here() is one.view.grid
    one.press(Key.Key_Return, CTRL)
    assert len(one.doses()) == 2
