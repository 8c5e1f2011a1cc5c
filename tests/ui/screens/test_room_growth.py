"""In the room: a child measured by keyboard, its curves, what to do, what is given, and paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.clinical import Observation, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.visit import QueueEntry, Visit
from ilp_desk.services.life_cycle.growth import EarlierMeasures
from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive
from ui.parts.care.growth import GrowthView
from ui.parts.care.growth_days import EarlierMeasuresSheet
from ui.parts.care.instrument import InstrumentView
from ui.parts.room.send_sheet import SendSheet
from ui.preview import PreviewPanel
from ui.theme import color, px, tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ilp_desk.domain.person import Person
    from tests.house import House

Key = Qt.Key


@pytest.fixture
def rizki(house: House) -> Person:
    child = house.person("Rizki Ramadhan", "2025-09-18", "L", record_number="00-14-02-03")
    for on, weight in (("2026-09-20", "7,7"), ("2026-10-20", "7,75")):
        told = EarlierMeasures(
            uid=new_uid(), person_uid=child.uid, on=date.fromisoformat(on), typed={"weight": weight}, place="Posyandu"
        )
        house.desk.growth.earlier(house.actor("midwife"), told)
    return child


class Measurer(Clinician):
    """Somebody in the room of mothers and children with one child in, on its growth."""

    def __init__(self, qtbot: QtBot, house: House, child: Person, role: str = "midwife") -> None:
        arrive(house, child, service_point_uid=house.points["kia"].uid)
        super().__init__(qtbot, house, role)
        self.call()
        self.press(Key.Key_G, ALT)

    @property
    def view(self) -> GrowthView:
        view = self.page.views.view
        assert isinstance(view, GrowthView)
        return view

    def measure(self, *texts: str) -> None:
        """Into one field after the other, Enter between them."""
        for text in texts:
            self.type(text)
            self.press(Key.Key_Return)

    def scores(self) -> str:
        return self.view.scores.accessibleName()


@pytest.fixture
def one(qtbot: QtBot, house: House, rizki: Person) -> Measurer:
    return Measurer(qtbot, house, rizki)


def test_measured_by_keys_alone_and_judged_at_once(one: Measurer, house: House, rizki: Person) -> None:
    assert "2T" not in one.view.state.accessibleName()
    one.press(Key.Key_Return, CTRL)
    assert one.view.form.sentence.text() == "Belum ada yang diketik. Isi berat atau panjangnya dulu."
    one.measure("7,8", "74", "45,2", "12,9")
    one.press(Key.Key_Return, CTRL)
    (taken,) = house.read(VitalSigns, visit_uid=one.visit.visit_uid)
    assert (taken.weight, taken.height, taken.head, taken.arm, taken.position) == (7800, 740, 452, 129, "L")
    assert taken.oedema is None
    assert "BB/U −2,35 Berat badan kurang" in one.scores()
    assert "Kenaikan T +50 g, minimal 200 g" in one.scores()
    assert one.view.state.accessibleName().startswith("2T")
    assert "2T: konfirmasi dan cari sebab" in one.view.advice.accessibleName()
    assert "21-11-2026 · 7,8 kg" in one.view.charts[0].accessibleName()
    assert one.toast() == "4 ukuran dicatat."


def test_five_charts_by_keys_each_with_its_ranges(one: Measurer) -> None:
    one.measure("7,8", "74", "45,2", "")
    one.press(Key.Key_Return, CTRL)
    titles = []
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5):
        one.press(key, ALT)
        chart = one.view.charts[one.view.tabs.current()]
        assert chart.plot is not None
        assert chart.plot.points
        titles.append(chart.accessibleName().partition(",")[0])
    assert titles == [
        "Berat badan menurut umur",
        "Panjang badan menurut umur",
        "Berat badan menurut panjang badan",
        "Indeks massa tubuh menurut umur",
        "Lingkar kepala menurut umur",
    ]
    one.press(Key.Key_1, ALT)
    assert one.view.span.text() == "0–24 bln"
    one.press(Key.Key_R, ALT)
    assert one.view.span.text() == "0–60 bln"
    plot = one.view.charts[0].plot
    assert plot is not None
    assert plot.x == (0, 60)
    one.press(Key.Key_P, CTRL)
    assert one.sheet(PreviewPanel)
    one.press(Key.Key_Escape)
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    assert one.panel.isVisible()


def test_arrows_and_mouse_go_from_point_to_point_on_painted_curves(one: Measurer) -> None:
    chart = one.view.charts[0]
    chart.setFocus()
    one.press(Key.Key_Left)
    assert "20-09-2026 · 7,7 kg" in chart.accessibleName()
    one.press(Key.Key_Left)
    assert "20-09-2026" in chart.accessibleName(), "there is none before it"
    one.press(Key.Key_End)
    assert "20-10-2026 · 7,75 kg" in chart.accessibleName()
    plot = chart.plot
    assert plot is not None
    spot = chart._spot(chart._box(), plot.points[0].x, plot.points[0].y).toPoint()
    QTest.mouseMove(chart, spot + QPoint(px(2), px(2)))
    one.settle()
    assert "20-09-2026 · 7,7 kg" in chart.accessibleName()

    picture = chart.grab().toImage()
    box = chart._box()
    middle = len(plot.curve_x) // 2
    for sd, red in ((3, True), (-3, True), (0, False)):
        spot = chart._spot(box, plot.curve_x[middle], plot.curves[sd][middle]).toPoint()
        ink = picture.pixelColor(spot)
        assert (ink.red() > ink.green()) is red, sd
    between = sum(plot.curves[sd][middle] for sd in (0, 1)) / 2
    inside = chart._spot(box, plot.curve_x[middle] + 0.3, between).toPoint()
    assert picture.pixelColor(inside).name().upper() == tokens().curve_band


def test_a_figure_that_cannot_be_stays_with_a_sentence_an_unlikely_one_is_confirmed(
    one: Measurer, house: House
) -> None:
    edit = one.view.form.fields["weight"].edit
    for text, words in (("0,005", "tidak mungkin"), ("500", "tidak mungkin"), ("5", "Benar begitu")):
        edit.clear()
        one.type(text)
        one.press(Key.Key_Return, CTRL)
        assert words in one.view.form.sentence.text()
        assert edit.hasFocus()
    assert house.read(VitalSigns, visit_uid=one.visit.visit_uid) == ()
    one.press(Key.Key_Return)
    one.press(Key.Key_Return, CTRL)
    (taken,) = house.read(VitalSigns, visit_uid=one.visit.visit_uid)
    assert (taken.weight, taken.confirmed) == (5000, ("weight",))


def test_standing_instead_of_lying_and_oedema(one: Measurer, house: House) -> None:
    form = one.view.form
    assert form.fields["height"].edit.accessibleName() == "Panjang badan terlentang (cm)"
    form.other_way.setFocus()
    one.press(Key.Key_Space)
    assert form.fields["height"].edit.accessibleName() == "Tinggi badan berdiri (cm)"
    form.oedema.setFocus()
    one.press(Key.Key_Space)
    one.write(form.fields["height"].edit, "73,3")
    one.press(Key.Key_Return, CTRL)
    (taken,) = house.read(VitalSigns, visit_uid=one.visit.visit_uid)
    assert (taken.height, taken.position, taken.oedema) == (733, "H", True)
    assert "PB/U −1,67" in one.scores(), "0,7 cm were added"
    assert "Edema ya Gizi buruk (edema)" in one.scores()
    assert "rawat inap" in one.view.advice.accessibleName()
    assert form.other_way.isChecked()


def test_a_weight_that_oedema_keeps_from_the_curve_was_still_measured(qtbot: QtBot, house: House) -> None:
    one = Measurer(qtbot, house, house.person("Anak Edema", "2025-09-18", "L"))
    assert "Belum pernah diukur" in one.view.charts[0].accessibleName()
    one.measure("8,4", "74,5")
    one.view.form.oedema.click()
    one.press(Key.Key_Return, CTRL)
    assert "Belum ada ukurannya pada rentang ini" in one.view.charts[0].accessibleName()


def test_the_weeks_at_birth_count_from_then_on(one: Measurer, house: House) -> None:
    one.view.form.born.setFocus()
    assert one.view.form.born.text() == "lahir ? mgg"
    one.press(Key.Key_Return)
    one.type("32")
    one.press(Key.Key_Return, CTRL)
    (told,) = house.read(Observation, code="gestation_at_birth")
    assert told.value == "32"
    assert one.view.form.born.text() == "lahir 32 mgg"
    assert "Umur koreksi" in one.scores()


def test_the_control_goes_into_the_plan_and_the_child_to_the_nutritionist_with_the_reason(
    one: Measurer, house: House
) -> None:
    house.put(ServicePoint(uid=new_uid(), code="gizi", name="Konsultasi Gizi", cluster="lintas_klaster", letter="E"))
    one.page._read_places()
    one.settle()
    one.measure("7,8")
    one.press(Key.Key_Return, CTRL)
    assert one.view.control.text() == "Kontrol 05-12-2026"
    one.press(Key.Key_K, CTRL)
    (visit,) = house.read(Visit, uid=one.visit.visit_uid)
    assert visit.next_visit_on == date(2026, 12, 5)
    assert "2T" in visit.next_visit_note
    assert not one.view.control.isEnabled()
    one.press(Key.Key_I, CTRL)
    sheet = one.sheet(SendSheet)
    assert sheet.view.current_row().code == "gizi"
    assert sheet.note.text() == "2T: konfirmasi dan cari sebab"
    one.press(Key.Key_Return)
    one.press(Key.Key_Return)
    gizi = next(point for point in house.read(ServicePoint) if point.code == "gizi")
    (sent,) = house.read(QueueEntry, service_point_uid=gizi.uid)
    assert sent.note == "2T: konfirmasi dan cari sebab"


def test_vitamin_a_by_a_key_and_only_once_and_the_kpsp_form_of_the_age(
    one: Measurer, house: House, rizki: Person
) -> None:
    one.press(Key.Key_V, ALT)
    one.press(Key.Key_V, ALT)
    (given,) = house.read(CareRecord, person_uid=rizki.uid)
    assert (given.code, given.value) == ("given_vitamin_a_red", "200.000 IU")
    one.press(Key.Key_O, ALT)
    one.press(Key.Key_Z, CTRL)
    assert {row.code for row in house.read(CareRecord)} == {"given_vitamin_a_red"}
    one.press(Key.Key_O, ALT)
    assert {row.code for row in house.read(CareRecord)} == {"given_vitamin_a_red", "given_deworming"}
    assert any("KPSP 12 bulan" in button.accessibleName() for button in one.view.today.buttons)
    one.press(Key.Key_S, ALT)
    view = one.page.views.view
    assert isinstance(view, InstrumentView)
    assert view.opened is not None
    assert view.opened.instrument.code == "kpsp"


def test_what_is_typed_comes_back_after_a_crash(qtbot: QtBot, one: Measurer, house: House) -> None:
    one.measure("7,8")
    one.view.keep()
    one.settle()
    entry_uid = one.visit.entry_uid
    one.desk.close()
    again = Clinician(qtbot, house)
    again.desk.window.navigate("care", entry_uid)
    again.settle()
    again.press(Key.Key_G, ALT)
    view = again.page.views.view
    assert isinstance(view, GrowthView)
    assert view.form.fields["weight"].own == "7,8"
    again.press(Key.Key_Return, CTRL)
    assert house.desk.growth.draft(house.actor("midwife"), again.visit.visit_uid) is None


def test_a_child_without_a_birth_date_is_told_what_to_do(qtbot: QtBot, house: House) -> None:
    one = Measurer(qtbot, house, house.person("Anak Contoh", None, "L"))
    assert "Tanggal lahirnya belum ada" in one.view._empty.accessibleName()
    assert not one.view._chart_card.isVisible()
    one.measure("8", "")
    one.press(Key.Key_Return, CTRL)
    assert [row.weight for row in house.read(VitalSigns)] == [8000]


def test_a_youth_has_the_curves_of_2007(qtbot: QtBot, house: House) -> None:
    one = Measurer(qtbot, house, house.person("Remaja Contoh", "2012-05-01", "P"))
    one.measure("40", "150")
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_4, ALT)
    assert one.view.span.text() == "5–19 th"
    assert "standar WHO 2007" in one.view.heading.text()
    plot = one.view.charts[3].plot
    assert plot is not None
    assert len(plot.points) == 1


def test_the_pharmacist_reads_and_gives_nothing(qtbot: QtBot, house: House, rizki: Person) -> None:
    one = Measurer(qtbot, house, rizki, "pharmacy")
    assert one.view.today.buttons == [] or all("Beri" not in b.accessibleName() for b in one.view.today.buttons)


def test_nothing_is_cut_in_a_small_window(one: Measurer) -> None:
    one.desk.window.resize(1093, 614)
    one.settle()
    one.measure("7,8", "74", "45,2", "12,9")
    one.press(Key.Key_Return, CTRL)
    view = one.view
    for widget in (view.form.save, view.print, view.refer, view.control):
        assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
    assert view.rect().contains(view._side.geometry())
    assert QApplication.focusWidget() is not None


def test_the_list_takes_a_wrong_record_back_and_adds_one_of_another_day(
    one: Measurer, house: House, rizki: Person
) -> None:
    one.press(Key.Key_6, ALT)
    days = one.view.days
    assert [row.day for row in days.model.rows] == ["20-10-2026", "20-09-2026"]
    assert days.view.hasFocus()
    one.press(Key.Key_W, ALT)
    one.type("salah anak")
    one.press(Key.Key_Return)
    assert [row.weight for row in house.read(VitalSigns, person_uid=rizki.uid)] == [7700]
    assert [row.day for row in days.model.rows] == ["20-09-2026"]
    one.press(Key.Key_L, ALT)
    sheet = one.sheet(EarlierMeasuresSheet)
    one.type("20/8/2026")
    one.write(sheet.edits["weight"], "3")
    one.press(Key.Key_Return)
    assert "Tekan Catat lagi" in sheet._fields["weight"].sentence.text()
    sheet.edits["weight"].clear()
    one.write(sheet.edits["weight"], "7,5")
    one.write(sheet.place, "Posyandu Anggrek")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert [(row.day, row.where) for row in days.model.rows] == [
        ("20-09-2026", "Posyandu"),
        ("20-08-2026", "Posyandu Anggrek"),
    ]


def test_painting_leaves_the_colours_of_everything_else_alone(one: Measurer) -> None:
    before = {name: color(name).rgba() for name in ("line", "ink", "card", "danger")}
    one.view.charts[0].grab()
    assert {name: color(name).rgba() for name in before} == before
    assert color("line").alpha() == 255
