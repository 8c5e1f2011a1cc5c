"""A child's growth as the room sees it: today's measures, earlier ones, what is due, what is given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Observation, Pregnancy, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.maternity.records import Delivery, Infant
from ilp_desk.domain.person import Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import ESTIMATE
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, NotAllowed
from ilp_desk.services.life_cycle.growth import EarlierMeasures
from ilp_desk.services.registration import RegisterVisit
from ilp_desk.services.takings import Taking, UnlikelyValue
from tests.printing.reading import read as read_pages

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.growth import ChildGrowth
    from tests.house import House

TODAY = date(2026, 11, 21)


@pytest.fixture
def rizki(house: House) -> Person:
    return house.person("Rizki Ramadhan", "2025-09-18", "L")


def visit(house: House, person: Person) -> str:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid)
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("midwife"), order.entry_uid, "Ruang 2")
    return order.visit_uid


def measure(house: House, visit_uid: str, position: str = "L", oedema: bool | None = None, **typed: str) -> None:
    taking = Taking(uid=new_uid(), visit_uid=visit_uid, typed=typed, position=position, oedema=oedema)
    house.desk.examination.take(house.actor("midwife"), taking)


def earlier(house: House, person: Person, on: str, place: str = "Posyandu Anggrek", **typed: str) -> EarlierMeasures:
    told = EarlierMeasures(
        uid=new_uid(), person_uid=person.uid, on=date.fromisoformat(on), typed=typed, position="L", place=place
    )
    house.desk.growth.earlier(house.actor("midwife"), told)
    return told


def course(house: House, person: Person) -> ChildGrowth:
    return house.desk.growth.course(house.actor("midwife"), person.uid)


def due(house: House, person: Person) -> dict[str, str]:
    return {line.service: line.state for line in house.desk.care.due(house.actor("midwife"), person.uid)}


def test_the_child_of_the_picture(house: House, rizki: Person) -> None:
    for on, weight in (("2026-09-20", "7,7"), ("2026-10-20", "7,75")):
        earlier(house, rizki, on, weight=weight)
    measure(house, visit(house, rizki), weight="7,8", height="74", head="45,2", arm="12,9")
    found = course(house, rizki)
    assert found.today
    assert [(line.name, line.value, line.words) for line in found.scores] == [
        ("BB/U", "−2,35", "Berat badan kurang"),
        ("PB/U", "−1,67", "Normal"),
        ("BB/PB", "−2,19", "Gizi kurang"),
        ("IMT/U", "−1,95", "Gizi baik"),
        ("Lingkar kepala", "−1,08", "Normal"),
        ("LiLA", "12,9", "Normal"),
    ]
    assert (found.course, found.course_words, found.in_a_row) == ("T", "+50 g, minimal 200 g", 2)
    first = found.advice[0]
    assert (first.code, first.control_on, first.refer) == ("ADV-2T", date(2026, 12, 5), True)
    assert found.form == 12
    assert [chart.tab for chart in found.charts] == ["BB/U", "PB/U", "BB/PB", "IMT/U", "Lingkar kepala"]
    weights = found.charts[0]
    assert (weights.usual, weights.title) == (
        "two",
        "Berat badan menurut umur, anak laki-laki (kg / bulan), standar WHO 2006",
    )
    drawn = next(plot for plot in weights.plots if plot.code == "two")
    assert len(drawn.points) == 3
    assert drawn.points[-1].said == ("21-11-2026 · 7,8 kg", "−2,35 SD · berat badan kurang", "tidak naik 2×")
    assert drawn.points[0].said[-1] == "Posyandu Anggrek"


def test_measures_of_the_posyandu_close_what_is_due_and_say_where(house: House, rizki: Person) -> None:
    assert due(house, rizki)["growth_weight"] == "no_data"
    told = earlier(house, rizki, "2026-11-20", weight="8,4", height="75,5", head="45")
    house.desk.growth.earlier(house.actor("midwife"), told)
    states = due(house, rizki)
    assert (states["growth_weight"], states["growth_length"], states["growth_head"]) == ("done", "done", "done")
    assert states["growth_muac"] == "no_data"
    (taken,) = house.read(VitalSigns, person_uid=rizki.uid)
    assert (taken.visit_uid, taken.source, taken.place, taken.weight) == (
        None,
        "other_facility",
        "Posyandu Anggrek",
        8400,
    )
    (day,) = course(house, rizki).days
    assert (day.day, day.weight, day.height, day.place) == ("20-11-2026", "8,4", "75,5", "Posyandu Anggrek")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"weight": "0,005"}, "weight"),
        ({"weight": "500"}, "weight"),
        ({"height": "20"}, "height"),
        ({"head": "5"}, "head"),
        ({}, "weight"),
        ({"weight": "tt"}, "weight"),
    ],
)
def test_what_cannot_be_measured_is_refused(house: House, rizki: Person, typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        earlier(house, rizki, "2026-11-20", **typed)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")
    assert house.read(VitalSigns) == ()


def test_what_is_unlikely_is_asked_once(house: House, rizki: Person) -> None:
    with pytest.raises(UnlikelyValue, match="Benar begitu"):
        earlier(house, rizki, "2026-11-20", weight="22")
    sure = EarlierMeasures(
        uid=new_uid(), person_uid=rizki.uid, on=TODAY, typed={"weight": "22"}, confirmed=frozenset({"weight"})
    )
    house.desk.growth.earlier(house.actor("midwife"), sure)
    (taken,) = house.read(VitalSigns)
    assert (taken.weight, taken.source) == (22_000, "told")


@pytest.mark.parametrize(("on", "word"), [("2026-11-22", "belum lewat"), ("2025-09-17", "sebelum lahir")])
def test_a_day_that_cannot_be_is_refused(house: House, rizki: Person, on: str, word: str) -> None:
    with pytest.raises(InvalidInput, match=word) as refused:
        earlier(house, rizki, on, weight="3,1")
    assert refused.value.field == "on"


def test_on_the_day_of_birth_it_is_weighed(house: House, rizki: Person) -> None:
    earlier(house, rizki, "2025-09-18", weight="3,1")
    assert course(house, rizki).days[0].age == "0 hr"


def test_the_weeks_at_birth_make_a_child_younger_until_two_years(house: House) -> None:
    early = house.person("Anak Kecil", "2026-05-21", "P")
    here = visit(house, early)
    measure(house, here, weight="5,6", height="59")
    before = {line.code: line.value for line in course(house, early).scores}
    measure(house, here, gestation_at_birth="34")
    after = course(house, early)
    assert (after.gestation, after.gestation_told, after.corrected) == (34, True, "4 bln 19 hr")
    assert before["zwei"] == "−2,21"
    assert {line.code: line.value for line in after.scores}["zwei"] == "−1,52"
    (told,) = house.read(Observation, code="gestation_at_birth")
    assert told.value == "34"


@pytest.mark.parametrize("weeks", ["21", "46", "8 bulan"])
def test_weeks_at_birth_that_cannot_be_are_refused(house: House, rizki: Person, weeks: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        measure(house, visit(house, rizki), gestation_at_birth=weeks)
    assert refused.value.field == "gestation_at_birth"


def test_oedema_alone_is_a_finding(house: House, rizki: Person) -> None:
    here = visit(house, rizki)
    measure(house, here, weight="8", height="74", oedema=True)
    found = course(house, rizki)
    assert [(line.name, line.words) for line in found.scores if line.level == "severe"] == [
        ("Edema", "Gizi buruk (edema)")
    ]
    assert "tidak dihitung karena edema" in {line.words for line in found.scores}
    assert found.advice[0].code == "ADV-OEDEMA"


def test_oedema_without_any_size_is_recorded(house: House, rizki: Person) -> None:
    measure(house, visit(house, rizki), position="", oedema=True)
    assert house.read(VitalSigns)[0].oedema is True
    assert course(house, rizki).advice[0].code == "ADV-OEDEMA"


@pytest.mark.parametrize(
    ("born", "sex", "precision", "word"),
    [
        (None, "L", Precision.DAY, "Tanggal lahirnya belum ada"),
        ("2024-05-01", "L", Precision.MONTH, "belum pasti"),
        ("2024-05-01", "?", Precision.DAY, "Jenis kelaminnya"),
        ("2007-10-21", "P", Precision.DAY, "19 tahun"),
    ],
)
def test_what_keeps_a_child_from_being_judged_is_said(
    house: House, born: str | None, sex: str, precision: Precision, word: str
) -> None:
    child = house.person("Anak Contoh", born, sex, born_precision=precision)
    found = course(house, child)
    assert word in found.trouble
    assert (found.charts, found.scores) == ((), ())


def test_up_to_nineteen_years_the_bmi_is_drawn(house: House) -> None:
    youth = house.person("Remaja Contoh", "2007-11-22", "P")
    earlier(house, youth, "2026-11-20", weight="50", height="158")
    found = course(house, youth)
    bmi = next(chart for chart in found.charts if chart.code == "zbmi")
    assert (bmi.usual, len(bmi.plots[-1].points)) == ("school", 1)
    assert ("IMT/U", "Gizi baik") in {(line.name, line.words) for line in found.scores}


def test_every_chart_has_a_range_to_begin_with(house: House) -> None:
    for born in (TODAY, TODAY - timedelta(days=200), date(2024, 11, 21), date(2021, 11, 1), date(2012, 1, 1)):
        for chart in course(house, house.person("Anak", born.isoformat(), "P")).charts:
            assert chart.usual in {plot.code for plot in chart.plots}, (born, chart.code)


@pytest.mark.parametrize(
    ("born", "weight", "height"),
    [("2025-09-18", "9,1", "75"), ("2022-03-01", "15", "100"), ("2014-05-05", "36", "145")],
)
def test_every_chart_is_one_page_that_says_what_the_screen_says(
    house: House, born: str, weight: str, height: str
) -> None:
    child = house.person("Anak Contoh", born, "P")
    measure(house, visit(house, child), weight=weight, height=height)
    shown, midwife = course(house, child), house.actor("midwife")
    judged = [score.value for score in shown.scores]
    assert judged
    assert shown.charts
    for chart in shown.charts:
        for plot in chart.plots:
            (page,) = read_pages(house.desk.growth.chart(midwife, child.uid, chart.code, plot.code).pdf)
            said = " ".join(page.text.split())
            for words in ("GRAFIK PERTUMBUHAN ANAK", "Anak Contoh", chart.title.partition(",")[0], *judged):
                assert words in said, (chart.code, plot.code, words)


def test_a_chart_that_cannot_be_drawn_says_why(house: House) -> None:
    nobody_knows = house.person("Anak Contoh", None, "P")
    with pytest.raises(InvalidInput, match="Tanggal lahirnya belum ada"):
        house.desk.growth.chart(house.actor("midwife"), nobody_knows.uid)


def test_vitamin_a_is_given_once_and_not_again_soon(house: House, rizki: Person) -> None:
    here, midwife, uid = visit(house, rizki), house.actor("midwife"), new_uid()
    for _ in range(2):
        house.desk.growth.give(midwife, uid, rizki.uid, here, "given_vitamin_a_red")
    line = next(line for line in course(house, rizki).supplements if line.fact == "given_vitamin_a_red")
    assert (line.last, line.may) == ("21-11-2026", False)
    with pytest.raises(InvalidInput, match=r"sudah diberikan 21-11-2026\. Paling cepat lagi 21-03-2027"):
        house.desk.growth.give(midwife, new_uid(), rizki.uid, here, "given_vitamin_a_red")
    with pytest.raises(InvalidInput, match="Paling cepat lagi"):
        house.desk.care.record(midwife, new_uid(), rizki.uid, here, "given_vitamin_a_red")
    assert due(house, rizki)["vitamin_a_red"] == "done"


def test_the_blue_capsule_before_counts_for_the_red_one(house: House) -> None:
    child = house.person("Anak Contoh", "2025-11-25", "L")
    midwife = house.actor("midwife")
    house.desk.growth.give(midwife, new_uid(), child.uid, None, "given_vitamin_a_blue")
    house.hands.move(days=5)
    with pytest.raises(InvalidInput, match="sudah diberikan"):
        house.desk.growth.give(midwife, new_uid(), child.uid, None, "given_vitamin_a_red")
    house.hands.move(days=115)
    house.desk.growth.give(midwife, new_uid(), child.uid, None, "given_vitamin_a_red")


def test_nothing_is_given_in_the_visit_of_another_or_one_that_is_over(house: House, rizki: Person) -> None:
    other = house.person("Anak Contoh", "2025-09-20", "P")
    here, midwife = visit(house, rizki), house.actor("midwife")
    with pytest.raises(IllegalStep, match="milik orang lain"):
        house.desk.growth.give(midwife, new_uid(), other.uid, here, "given_vitamin_a_red")
    with house.store.writing(house.actor("doctor"), "test.end") as uow:
        uow.change(uow.get(Visit, here), state=VisitState.FINISHED)
    with pytest.raises(IllegalStep, match="sudah selesai"):
        house.desk.growth.give(midwife, new_uid(), rizki.uid, here, "given_vitamin_a_red")
    assert house.read(CareRecord) == ()


@pytest.mark.parametrize("died", [date(2026, 11, 19), None])
def test_nothing_is_measured_or_given_after_death(house: House, died: date | None) -> None:
    gone = house.person("Anak Contoh", "2025-09-18", "L", status="dead", status_on=died)
    with pytest.raises(InvalidInput, match="sesudah meninggal") as refused:
        earlier(house, gone, "2026-11-20", weight="8")
    assert refused.value.field == "on"
    with pytest.raises(InvalidInput, match="sesudah meninggal"):
        house.desk.growth.give(house.actor("midwife"), new_uid(), gone.uid, None, "given_vitamin_a_red")
    assert (house.read(VitalSigns), house.read(CareRecord)) == ((), ())
    if died is not None:
        earlier(house, gone, died.isoformat(), weight="8")


def test_an_estimated_birth_refuses_only_what_is_surely_before_it(house: House) -> None:
    about = date(2025, 7, 1)
    child = house.person("Anak Contoh", about.isoformat(), "L", born_precision=Precision.ESTIMATED)
    first = about - ESTIMATE
    with pytest.raises(InvalidInput, match="sebelum lahir"):
        earlier(house, child, (first - timedelta(days=1)).isoformat(), weight="3,4")
    told = EarlierMeasures(
        uid=new_uid(), person_uid=child.uid, on=first, typed={"weight": "3,4"}, confirmed=frozenset({"weight"})
    )
    house.desk.growth.earlier(house.actor("midwife"), told)
    assert house.read(VitalSigns)[0].weight == 3400


def test_what_does_not_fit_the_age_is_not_given(house: House) -> None:
    baby = house.person("Bayi Contoh", "2026-07-01", "L")
    with pytest.raises(InvalidInput, match="umur ini"):
        house.desk.growth.give(house.actor("midwife"), new_uid(), baby.uid, None, "given_deworming")


def test_who_only_registers_sees_no_measures(house: House, rizki: Person) -> None:
    with pytest.raises(NotAllowed):
        house.desk.growth.course(house.actor("registration"), rizki.uid)


@pytest.mark.parametrize(
    ("on", "weeks", "form"),
    [
        (date(2025, 12, 3), None, None),  # 2 months 15 days
        (date(2025, 12, 4), None, 3),  # 2 months 16 days: rounded up
        (date(2026, 11, 21), None, 12),  # 14 months 3 days has no form of its own: the younger one
        (date(2026, 12, 3), None, 12),
        (date(2026, 12, 4), None, 15),
        (date(2026, 12, 18), 34, 12),  # six weeks younger
        (date(2026, 12, 18), 37, 15),
        (date(2027, 9, 17), 30, 21),  # the day before two years
        (date(2027, 9, 18), 30, 24),
    ],
)
def test_the_form_of_the_kpsp(house: House, rizki: Person, on: date, weeks: int | None, form: int | None) -> None:
    if weeks is not None:
        measure(house, visit(house, rizki), gestation_at_birth=str(weeks))
    assert house.desk.growth.course(house.actor("midwife"), rizki.uid, on).form == form


def test_what_the_mothers_delivery_says_stands_for_what_nobody_wrote_down(house: House) -> None:
    mother = house.person("Yeni Marlina", "1997-06-11", "P")
    child = house.person("By. Ny. Yeni", "2026-08-20", "L", mother_uid=mother.uid)
    pregnancy = Pregnancy(uid=new_uid(), person_uid=mother.uid, lmp=date(2025, 12, 25), ended_on=date(2026, 8, 20))
    house.put(pregnancy)
    birth = Delivery(uid=new_uid(), person_uid=mother.uid, pregnancy_uid=pregnancy.uid, on=date(2026, 8, 20))
    house.put(birth)
    house.put(
        Infant(
            uid=new_uid(), person_uid=mother.uid, delivery_uid=birth.uid, child_uid=child.uid, order=1, sex="L",
            weight=2100, length=440,
        )
    )  # fmt: skip
    found = course(house, child)
    assert (found.gestation, found.gestation_told, found.corrected) == (34, False, "1 bln 20 hr")
    assert [(row.day, row.weight, row.height) for row in found.days] == [("20-08-2026", "2,1", "44,0")]
    assert found.scores == (), "before the day it was due nothing is judged"
    measure(house, visit(house, child), gestation_at_birth="38")
    told = course(house, child)
    assert (told.gestation, told.gestation_told, told.corrected) == (38, True, "")


def test_a_measure_taken_back_is_gone_from_the_course(house: House, rizki: Person) -> None:
    told = earlier(house, rizki, "2026-11-20", weight="8,4")
    house.desk.examination.withdraw(house.actor("midwife"), "vitals", told.uid, "salah anak")
    assert course(house, rizki).takings == ()
    assert due(house, rizki)["growth_weight"] == "no_data"
