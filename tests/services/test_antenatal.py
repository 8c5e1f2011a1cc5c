"""The course of a pregnancy: visits here and elsewhere, dating, plan, birth, and the weeks after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Observation, Pregnancy, VitalSigns
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.maternity.forms import ContactForm, DeliveryForm, InfantForm, PlanForm, Unlikely
from ilp_desk.domain.maternity.pregnancy import PregnancyForm
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Dating, Delivery, Infant
from ilp_desk.domain.person import Person, PersonStatus
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason
from ilp_desk.rows.antenatal import Course, CourseState
from tests.printing.reading import text

if TYPE_CHECKING:
    from tests.house import House

TODAY = date(2026, 11, 21)
VISIT: dict[str, Any] = {"reason": "healthy", "cluster": "ibu_anak", "rule": "pregnant"}
BIRTH = DeliveryForm(
    on="20/11/2026", outcome="birth", at="07.40", place="puskesmas", helper="midwife", way="spontaneous"
)


def day(number: int) -> date:
    """That many days before today."""
    return TODAY - timedelta(days=number)


def typed(when: date) -> str:
    return f"{when.day}/{when.month}/{when.year}"


@pytest.fixture
def mother(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03")


def expecting(house: House, mother: Person, days: int, **more: Any) -> Pregnancy:
    made = Pregnancy(uid=new_uid(), person_uid=mother.uid, lmp=day(days), gravida=2, para=1, abortus=0, **more)
    house.put(made)
    return made


def visit(house: House, mother: Person, on: date = TODAY, **more: Any) -> Visit:
    made = Visit(
        uid=new_uid(), person_uid=mother.uid, service_date=on, arrived_at=house.desk.clock.now(), **VISIT, **more
    )
    house.put(made)
    return made


def course(house: House, person: Person) -> Course:
    return house.desk.antenatal.course(house.actor("midwife"), person.uid)


def elsewhere(house: House, mother: Person, on: str, place: str = "PMB Lina", **more: Any) -> AntenatalContact:
    form = ContactForm(on=on, place=place, **more)
    return house.desk.antenatal.elsewhere(house.actor("midwife"), new_uid(), mother.uid, form)


def born(house: House, mother: Person, form: DeliveryForm = BIRTH, *infants: InfantForm) -> Delivery:
    babies = infants or (InfantForm(uid=new_uid(), sex="L", weight="3200", length="49,5"),)
    return house.desk.antenatal.delivery(house.actor("midwife"), new_uid(), mother.uid, replace(form, infants=babies))


def due_states(house: House, person: Person) -> dict[str, str]:
    return {line.service: line.state for line in house.desk.care.due(house.actor("midwife"), person.uid)}


# Dating


def test_a_new_hpht_recomputes_and_keeps_the_dating_before(house: House, mother: Person) -> None:
    midwife, pregnancies = house.actor("midwife"), house.desk.pregnancies
    pregnancies.save(midwife, mother.uid, PregnancyForm(lmp="9/5/2026"))
    pregnancies.save(midwife, mother.uid, PregnancyForm(lmp="26 mgg 3 hr", lmp_source="ultrasound"))
    shown = course(house, mother)
    assert (shown.lmp, shown.term, shown.source) == (date(2026, 5, 20), date(2027, 2, 24), "Menurut USG")
    assert [(d.lmp, d.source, d.current) for d in shown.datings] == [
        (date(2026, 5, 20), "Menurut USG", True),
        (date(2026, 5, 9), "Pasti", False),
    ]


def test_the_same_dating_told_twice_is_one(house: House, mother: Person) -> None:
    for para in ("1", "2"):
        form = PregnancyForm(lmp="9/5/2026", gravida="3", para=para)
        house.desk.pregnancies.save(house.actor("midwife"), mother.uid, form)
    assert len(house.read(Dating)) == 1


def test_one_dated_before_there_was_a_history_keeps_its_first_hpht(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    house.desk.pregnancies.save(house.actor("midwife"), mother.uid, PregnancyForm(lmp="28 mgg", lmp_source="fundus"))
    assert [d.source for d in course(house, mother).datings] == ["Menurut TFU", "Pasti"]


def test_an_hpht_after_a_visit_on_record_is_refused(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    elsewhere(house, mother, typed(day(150)))
    with pytest.raises(InvalidInput, match="24-06-2026"):
        house.desk.pregnancies.save(house.actor("midwife"), mother.uid, PregnancyForm(lmp=typed(day(149))))
    house.desk.pregnancies.save(house.actor("midwife"), mother.uid, PregnancyForm(lmp=typed(day(150))))


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (293, CourseState.GOING, "HPL 08-11-2026"),
        (294, CourseState.CONFIRM, "pastikan hasil kehamilan"),
        (308, CourseState.CONFIRM, "pastikan hasil kehamilan"),
        (309, CourseState.RUN_OUT, "tidak lagi dihitung hamil"),
    ],
)
def test_after_the_term_the_outcome_is_asked_for(
    house: House, mother: Person, days: int, state: CourseState, words: str
) -> None:
    expecting(house, mother, days)
    shown = course(house, mother)
    assert shown.state is state
    assert words in shown.words
    assert ("anc_contact" in due_states(house, mother)) is (days <= 308)


# Visits


def test_the_visit_of_today_takes_its_figures_from_the_encounter(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    here = visit(house, mother)
    at = house.desk.clock.now()
    person: dict[str, Any] = {"person_uid": mother.uid, "visit_uid": here.uid, "taken_at": at}
    house.put(
        VitalSigns(uid=new_uid(), systolic=142, diastolic=94, weight=68_400, fundus=270, fetal_heart=142, **person),
        Observation(uid=new_uid(), code="haemoglobin", value="104", unit="g/dL", **person),
    )
    doctor = house.actor("doctor", "midwife")
    house.desk.antenatal.contact(doctor, new_uid(), here.uid, ContactForm(doctor=True, usg=True, tablets="30"))
    (line,) = course(house, mother).contacts
    assert (line.name, line.weeks, line.trimester, line.doctor, line.usg) == (
        "K1 akses",
        "28 mgg 0 hr",
        "T3",
        True,
        True,
    )
    assert dict(line.values) == {
        "blood_pressure": "142/94",
        "weight": "68,4",
        "fundus": "27",
        "fetal_heart": "142",
        "haemoglobin": "10,4",
    }
    assert dict(line.levels) == {"blood_pressure": "yellow", "haemoglobin": "yellow"}
    states = due_states(house, mother)
    assert states["anc_contact"] == states["anc_doctor_third"] == states["anc_iron"] == "done"


def test_recorded_twice_on_one_visit_it_is_one_contact_completed(house: House, mother: Person) -> None:
    expecting(house, mother, 60)
    here = visit(house, mother)
    antenatal = house.desk.antenatal
    antenatal.contact(house.actor("midwife"), new_uid(), here.uid, ContactForm(tablets="30"))
    antenatal.contact(house.actor("doctor"), new_uid(), here.uid, ContactForm(doctor=True, usg=True))
    (only,) = house.read(AntenatalContact)
    assert (only.doctor, only.usg, only.tablets) == (True, True, 30)


def test_visits_elsewhere_count_with_their_place_and_close_what_they_did(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    elsewhere(
        house,
        mother,
        typed(day(150)),
        doctor=True,
        usg=True,
        by="dr. Maya",
        tablets="30",
        typed={"blood_pressure": "110/70", "haemoglobin": "11,4", "urine_protein": "negatif", "arm": "22"},
    )
    shown = course(house, mother)
    (line,) = shown.contacts
    assert (line.name, line.where, line.by, line.weeks) == ("K1 murni", "PMB Lina", "dr. Maya", "6 mgg 4 hr")
    assert dict(line.values) == {
        "blood_pressure": "110/70",
        "arm": "22,0",
        "haemoglobin": "11,4",
        "urine_protein": "negatif",
    }
    assert dict(line.levels) == {"arm": "yellow"}
    assert (shown.tablets, shown.goal) == (30, 180)
    states = due_states(house, mother)
    assert states["anc_doctor_first"] == states["anc_hb_first"] == states["anc_muac"] == "done"


def test_one_known_to_the_month_counts_and_says_where_it_is_not_sure(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    elsewhere(house, mother, "agu 2026")
    elsewhere(house, mother, "sep 2026")
    first, second = course(house, mother).contacts
    assert (first.when, first.weeks, first.trimester, first.sure) == ("Agu 2026", "14 mgg", "T2", False)
    assert (second.trimester, second.sure) == ("T2", True)


def test_what_the_book_told_in_a_few_words_counts_too(house: House, mother: Person) -> None:
    from ilp_desk.services.life_cycle.earlier import Earlier

    expecting(house, mother, 196)
    told = Earlier(uid=new_uid(), person_uid=mother.uid, code="contact_antenatal", on=day(150), place="RS Contoh")
    house.desk.care.earlier(house.actor("midwife"), told)
    (line,) = course(house, mother).contacts
    assert (line.name, line.where, line.own) == ("K1 murni", "RS Contoh", False)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (typed(day(197)), "Sebelum HPHT"),
        (typed(day(-1)), "belum lewat"),
        ("apr 2026", "Sebelum HPHT"),
        ("2026", "bulan dan tahunnya"),
        ("", "Kapan"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(house: House, mother: Person, on: str, said: str) -> None:
    expecting(house, mother, 196)
    with pytest.raises(InvalidInput, match=said) as wrong:
        elsewhere(house, mother, on)
    assert wrong.value.field == "on"


def test_the_day_of_the_hpht_and_its_month_are_within(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    elsewhere(house, mother, typed(day(196)))
    elsewhere(house, mother, "mei 2026", "RS Contoh")
    assert len(course(house, mother).contacts) == 2


def test_a_visit_after_the_end_is_refused_the_day_of_it_is_not(house: House, mother: Person) -> None:
    expecting(house, mother, 280, ended_on=day(5), outcome="birth")
    with pytest.raises(InvalidInput, match="sampai 16-11-2026"):
        elsewhere(house, mother, typed(day(4)))
    elsewhere(house, mother, typed(day(5)))


def test_nothing_is_told_of_a_mother_after_her_death(house: House, mother: Person) -> None:
    expecting(house, mother, 200)
    gone = day(10)
    with house.store.writing(house.actor("doctor"), "test.death") as uow:
        uow.change(uow.get(Person, mother.uid), status=PersonStatus.DEAD, status_on=gone)
    later, midwife = typed(day(9)), house.actor("midwife")
    with pytest.raises(InvalidInput, match="sesudah meninggal"):
        elsewhere(house, mother, later)
    with pytest.raises(InvalidInput, match="sesudah meninggal"):
        house.desk.antenatal.plan(midwife, new_uid(), mother.uid, PlanForm(place="hospital"))
    with pytest.raises(InvalidInput, match="sesudah meninggal") as refused:
        born(house, mother, replace(BIRTH, on=later, at=""))
    assert refused.value.field == "ended_on"
    with pytest.raises(InvalidInput, match="sesudah meninggal"):
        house.desk.pregnancies.end(midwife, mother.uid, later, "stillbirth")
    assert (house.read(AntenatalContact), house.read(BirthPlan), house.read(Delivery)) == ((), (), ())
    elsewhere(house, mother, typed(gone))
    born(house, mother, replace(BIRTH, on=typed(gone), at=""))
    assert house.read(Delivery)[0].on == gone


def test_elsewhere_wants_a_place_and_is_told_once(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    with pytest.raises(InvalidInput) as wrong:
        elsewhere(house, mother, typed(day(100)), " ")
    assert wrong.value.field == "place"
    elsewhere(house, mother, typed(day(100)))
    with pytest.raises(InvalidInput, match="sudah tercatat"):
        elsewhere(house, mother, typed(day(100)))


def test_an_unlikely_figure_is_asked_once_an_impossible_one_never_taken(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    with pytest.raises(InvalidInput) as wrong:
        elsewhere(house, mother, typed(day(100)), typed={"weight": "500"})
    assert wrong.value.field == "weight"
    with pytest.raises(Unlikely):
        elsewhere(house, mother, typed(day(100)), typed={"weight": "170"})
    elsewhere(house, mother, typed(day(100)), typed={"weight": "170"}, confirmed=frozenset({"weight"}))
    assert house.read(AntenatalContact)[0].weight == 170_000


@pytest.mark.parametrize("tablets", ["181", "-1", "tiga", "²"])
def test_tablets_are_counted_in_figures(house: House, mother: Person, tablets: str) -> None:
    expecting(house, mother, 60)
    with pytest.raises(InvalidInput) as wrong:
        house.desk.antenatal.contact(
            house.actor("midwife"), new_uid(), visit(house, mother).uid, ContactForm(tablets=tablets)
        )
    assert wrong.value.field == "tablets"


def test_a_contact_by_mistake_is_withdrawn_with_a_reason(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    uid = elsewhere(house, mother, typed(day(100))).uid
    midwife = house.actor("midwife")
    with pytest.raises(NeedsReason):
        house.desk.antenatal.withdraw(midwife, "contact", uid, "")
    house.desk.antenatal.withdraw(midwife, "contact", uid, "salah orang")
    assert course(house, mother).contacts == ()
    assert due_states(house, mother)["anc_contact"] != "done"


def test_without_a_pregnancy_nothing_is_recorded(house: House, mother: Person) -> None:
    here = visit(house, mother)
    with pytest.raises(IllegalStep):
        house.desk.antenatal.contact(house.actor("midwife"), new_uid(), here.uid, ContactForm())
    with pytest.raises(IllegalStep):
        elsewhere(house, mother, typed(day(3)))
    assert course(house, mother).state is CourseState.NONE


def test_at_28_weeks_with_three_visits_the_pattern_is_said(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    elsewhere(house, mother, typed(day(133)), doctor=True, usg=True)
    elsewhere(house, mother, typed(day(49)))
    elsewhere(house, mother, typed(day(9)))
    shown = course(house, mother)
    assert [line.name for line in shown.contacts] == ["K1 murni", "K2", "K3"]
    assert shown.missing == ("2 kali periksa di trimester 3", "USG oleh dokter di trimester 3")
    assert shown.lost == ("1 kali periksa di trimester 2",)
    assert [(t.code, t.have, t.want, t.doctor_met) for t in shown.trimesters] == [
        ("T1", 1, 1, True),
        ("T2", 1, 2, False),
        ("T3", 1, 3, False),
    ]


# Risks, tetanus, plan


def test_risks_come_from_the_record(house: House) -> None:
    older = house.person("Rosmaini", "1990-11-21")
    house.put(
        Pregnancy(
            uid=new_uid(), person_uid=older.uid, lmp=date(2024, 1, 1), ended_on=date(2024, 9, 30), outcome="birth"
        ),
        Pregnancy(uid=new_uid(), person_uid=older.uid, lmp=day(196), gravida=6, para=4, abortus=1),
        VitalSigns(uid=new_uid(), person_uid=older.uid, taken_at=datetime(2026, 11, 1, tzinfo=UTC), height=1450),
    )
    shown = course(house, older)
    assert shown.risks == (
        "Jarak dengan anak terakhir kurang dari 2 tahun",
        "Anak 4 atau lebih",
        "Umur 35 tahun atau lebih",
        "Tinggi badan 145 cm atau kurang",
        "Pernah gagal hamil",
    )
    assert (shown.score, shown.band) == ("sedikitnya 22", "Kehamilan risiko sangat tinggi (KRST)")


def test_the_day_before_thirty_five_is_no_risk(house: House) -> None:
    younger = house.person("Rosmaini", "1991-11-22")
    expecting(house, younger, 196)
    shown = course(house, younger)
    assert (shown.risks, shown.score, shown.band) == ((), "sedikitnya 2", "Kehamilan risiko rendah (KRR)")


def test_the_tetanus_status_counts_doses_of_childhood(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    assert "belum" in course(house, mother).tetanus.lower()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    told: dict[str, Any] = {"person_uid": mother.uid, "taken_at": at, "source": "other_facility"}
    for on in (date(1999, 4, 10), date(1999, 5, 10), date(1999, 6, 10)):
        house.put(GivenDose(uid=new_uid(), code="dpt_hb_hib", on=on, **told))
    assert "T2" in course(house, mother).tetanus


def test_the_birth_plan_closes_its_item_and_is_amended(house: House, mother: Person) -> None:
    expecting(house, mother, 196)
    midwife, antenatal = house.actor("midwife"), house.desk.antenatal
    with pytest.raises(InvalidInput):
        antenatal.plan(midwife, new_uid(), mother.uid, PlanForm())
    antenatal.plan(midwife, new_uid(), mother.uid, PlanForm(place="home", helper="midwife"))
    antenatal.plan(
        midwife, new_uid(), mother.uid, PlanForm(place="puskesmas", helper="midwife", companion="suami", sticker=True)
    )
    (plan,) = house.read(BirthPlan)
    assert plan.place == "puskesmas"
    assert course(house, mother).plan_lines == (
        ("Tempat", "Puskesmas"),
        ("Penolong", "Bidan"),
        ("Pendamping", "suami"),
        ("Stiker P4K", "terpasang"),
    )
    assert due_states(house, mother)["anc_birth_plan"] == "done"


# The birth


def test_a_birth_closes_the_pregnancy_and_registers_the_baby_by_the_mother(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    made = born(house, mother, replace(BIRTH, early_feeding=True))
    (ended,) = house.read(Pregnancy)
    assert (ended.ended_on, ended.outcome, ended.para) == (day(1), "birth", 2)
    (infant,) = house.read(Infant)
    (baby,) = (p for p in house.read(Person) if p.mother_uid == mother.uid)
    assert (infant.child_uid, baby.name, baby.born_on) == (baby.uid, "By. Ny. Siti Nurhaliza", day(1))
    (weighed,) = house.read(VitalSigns, person_uid=baby.uid)
    assert (weighed.weight, weighed.height, weighed.taken_at) == (3200, 495, made.born_at)
    shown = course(house, mother)
    assert shown.state is CourseState.AFTER
    assert shown.delivery is not None
    assert shown.delivery.head == "Lahir hidup 20-11-2026 pukul 07.40"
    assert shown.delivery.words == "Puskesmas · Bidan · Spontan · IMD"
    (line,) = shown.babies
    assert (line.uid, line.facts) == (baby.uid, "L · 3200 g · 1 hr")
    assert {step.label for step in line.steps} >= {"HB0", "SHK", "PJB kritis"}
    assert {step.state for step in line.steps if step.code == "early_feeding"} == {"done"}
    assert due_states(house, baby)["birth_weight"] == "done"


def test_the_card_says_what_can_no_longer_be_given_to_the_baby(house: House, mother: Person) -> None:
    expecting(house, mother, 291)
    born(house, mother, replace(BIRTH, on=typed(day(11))))
    said = " ".join(text(house.desk.antenatal.card(house.actor("midwife"), mother.uid).pdf).split())
    assert "Vitamin K1 : tidak mungkin lagi sejak" in said
    assert "SHK : belum" in said


def test_the_course_is_found_by_the_baby_too(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    born(house, mother)
    (baby,) = (p for p in house.read(Person) if p.mother_uid == mother.uid)
    shown = course(house, baby)
    assert (shown.mother_uid, shown.babies[0].uid) == (mother.uid, baby.uid)


def test_twins_and_one_of_them_stillborn(house: House, mother: Person) -> None:
    expecting(house, mother, 260)
    born(
        house,
        mother,
        BIRTH,
        InfantForm(uid=new_uid(), sex="L", weight="2,4"),
        InfantForm(uid=new_uid(), sex="P", state="stillborn", weight="1900"),
    )
    (ended,) = house.read(Pregnancy)
    assert ended.outcome == "birth"
    first, second = course(house, mother).babies
    assert (first.name, first.state, bool(first.slots)) == ("By. Ny. Siti Nurhaliza 1", "live", True)
    assert (second.uid, second.state, second.facts, second.slots, second.steps) == (
        "",
        "stillborn",
        "P · 1900 g · lahir mati",
        (),
        (),
    )


@pytest.mark.parametrize(
    ("state", "outcome", "label"),
    [("stillborn", "stillbirth", "Lahir mati"), ("died", "neonatal_death", "Mati neonatal")],
)
def test_without_a_living_child_there_is_nifas_and_nothing_of_a_baby(
    house: House, mother: Person, state: str, outcome: str, label: str
) -> None:
    expecting(house, mother, 270)
    born(house, mother, BIRTH, InfantForm(uid=new_uid(), sex="P", state=state))
    shown = course(house, mother)
    assert shown.pregnancy is not None
    assert (shown.pregnancy.outcome, shown.state) == (outcome, CourseState.AFTER)
    assert shown.delivery is not None
    assert shown.delivery.head.startswith(label)
    assert [p for p in house.read(Person) if p.mother_uid == mother.uid] == []
    assert [(b.slots, b.steps) for b in shown.babies] == [((), ())]
    assert "pnc_1" in due_states(house, mother)


def test_a_miscarriage_has_no_nifas_and_no_child(house: House, mother: Person) -> None:
    expecting(house, mother, 70)
    form = DeliveryForm(on="20/11/2026", outcome="miscarriage", place="hospital", helper="obstetrician")
    house.desk.antenatal.delivery(house.actor("midwife"), new_uid(), mother.uid, form)
    shown = course(house, mother)
    assert (shown.state, shown.slots, shown.babies) == (CourseState.ENDED, (), ())
    assert shown.pregnancy is not None
    assert shown.pregnancy.abortus == 1


def test_a_baby_that_dies_later_has_no_items_any_more(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    born(house, mother)
    (baby,) = (p for p in house.read(Person) if p.mother_uid == mother.uid)
    house.desk.people.set_status(house.actor("midwife"), baby.uid, PersonStatus.DEAD, TODAY, source="keluarga")
    (line,) = course(house, mother).babies
    assert (line.state, line.slots, line.steps) == ("died", (), ())
    assert due_states(house, baby) == {}
    with pytest.raises(IllegalStep, match="meninggal"):
        house.desk.antenatal.after_birth(house.actor("midwife"), new_uid(), baby.uid, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": typed(day(280))}, "ended_on"),
        ({"on": typed(day(281))}, "ended_on"),
        ({"on": typed(day(-1))}, "ended_on"),
        ({"on": "31/2/2026"}, "ended_on"),
        ({"at": "25.00"}, "at"),
        ({"on": "21/11/2026", "at": "23.00"}, "at"),
        ({"place": ""}, "place"),
        ({"place": "moon"}, "place"),
        ({"helper": ""}, "helper"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_and_nothing_is_written(
    house: House, mother: Person, change: dict[str, Any], field: str
) -> None:
    expecting(house, mother, 280)
    with pytest.raises(InvalidInput) as wrong:
        born(house, mother, replace(BIRTH, **change))
    assert wrong.value.field == field
    assert house.read(Pregnancy)[0].ended_on is None
    assert house.read(Delivery) == ()


@pytest.mark.parametrize(("weight", "confirmed", "kind"), [("5", False, InvalidInput), ("900", False, Unlikely)])
def test_an_impossible_or_unlikely_birth_weight(
    house: House, mother: Person, weight: str, confirmed: bool, kind: type[InvalidInput]
) -> None:
    expecting(house, mother, 200)
    with pytest.raises(InvalidInput) as wrong:
        born(
            house, mother, BIRTH, InfantForm(uid=new_uid(), sex="L", weight=f"0,{weight}" if weight == "900" else "500")
        )
    assert wrong.value.field == "weight_1"
    if kind is Unlikely:
        form = replace(BIRTH, confirmed=frozenset({"weight_1"}))
        born(house, mother, form, InfantForm(uid=new_uid(), sex="L", weight="900"))
        assert house.read(Infant)[0].weight == 900


def test_a_birth_told_twice_is_one(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    uid, form = new_uid(), replace(BIRTH, infants=(InfantForm(uid=new_uid(), sex="L"),))
    for _ in range(2):
        house.desk.antenatal.delivery(house.actor("midwife"), uid, mother.uid, form)
    assert (len(house.read(Delivery)), len(house.read(Infant)), house.read(Pregnancy)[0].para) == (1, 1, 2)
    with pytest.raises(IllegalStep, match="sudah dicatat"):
        born(house, mother)


def test_a_baby_that_the_desk_registered_first_is_linked_not_doubled(house: House, mother: Person) -> None:
    from ilp_desk.domain.person import Sex

    expecting(house, mother, 280)
    desk = house.actor("registration")
    house.desk.people.newborn(desk, mother.uid, new_uid(), Sex.MALE, day(1))
    assert "belum dicatat" in (course(house, mother).delivery or pytest.fail("none")).words
    born(house, mother)
    babies = [p for p in house.read(Person) if p.mother_uid == mother.uid]
    assert (len(babies), house.read(Infant)[0].child_uid) == (1, babies[0].uid)


def test_a_birth_of_a_pregnancy_nobody_had_recorded(house: House, mother: Person) -> None:
    born(house, mother)
    (only,) = house.read(Pregnancy)
    assert (only.lmp_source, only.ended_on) == ("birth", day(1))


def test_a_delivery_by_mistake_is_withdrawn(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    made = born(house, mother)
    house.desk.antenatal.withdraw(house.actor("midwife"), "delivery", made.uid, "salah tanggal")
    assert house.read(Delivery) == house.read(Infant) == ()
    born(house, mother)


# After it


def after(house: House, person: Person, on: str = "", place: str = "") -> None:
    house.desk.antenatal.after_birth(house.actor("midwife"), new_uid(), person.uid, None, on, place)


def slots(house: House, mother: Person) -> dict[str, str]:
    return {slot.code: slot.state.value for slot in course(house, mother).slots}


def test_the_first_visit_counts_from_six_hours_on(house: House, mother: Person) -> None:
    expecting(house, mother, 280)
    # The desk opens at 08.14 of the 21st.
    form = replace(BIRTH, on="21/11/2026", at="03.00")
    born(house, mother, form)
    (baby,) = (p for p in house.read(Person) if p.mother_uid == mother.uid)
    assert slots(house, mother)["KF1"] == "upcoming"
    with pytest.raises(InvalidInput, match=r"KF1 dihitung mulai 21-11-2026 pukul 09\.00"):
        after(house, mother)
    after(house, baby)
    states = due_states(house, baby)
    assert (states["newborn_exam"], states["neonatal_1"]) == ("done", "due")
    house.hands.move(hours=1)
    after(house, mother)
    after(house, baby)
    assert slots(house, mother)["KF1"] == "done"
    assert due_states(house, mother)["pnc_1"] == "done"
    assert due_states(house, baby)["neonatal_1"] == "done"


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "KF1"), (2, "KF1"), (3, "KF2"), (7, "KF2"), (8, "KF3"), (28, "KF3"), (29, "KF4"), (42, "KF4")],
)
def test_each_window_has_its_first_and_last_day(house: House, mother: Person, days: int, code: str) -> None:
    expecting(house, mother, 280 + days, ended_on=day(days), outcome="birth")
    after(house, mother)
    done = [name for name, state in slots(house, mother).items() if state == "done"]
    assert done == [code]


def test_after_the_forty_second_day_it_is_no_nifas_any_more(house: House, mother: Person) -> None:
    expecting(house, mother, 323, ended_on=day(43), outcome="birth")
    with pytest.raises(InvalidInput, match="42 hari"):
        after(house, mother)
    after(house, mother, typed(day(1)), "PMB Lina")
    assert course(house, mother).state is CourseState.ENDED


@pytest.mark.parametrize(
    ("on", "said"), [(typed(day(6)), "Sebelum lahir"), (typed(day(-1)), "belum lewat"), ("nov 2026", "lengkap")]
)
def test_a_visit_of_nifas_that_cannot_be(house: House, mother: Person, on: str, said: str) -> None:
    expecting(house, mother, 285, ended_on=day(5), outcome="birth")
    with pytest.raises(InvalidInput, match=said):
        after(house, mother, on)


def test_the_same_visit_of_nifas_is_told_once(house: House, mother: Person) -> None:
    expecting(house, mother, 285, ended_on=day(5), outcome="birth")
    after(house, mother, typed(day(4)), "RS Contoh")
    with pytest.raises(InvalidInput, match="sudah tercatat"):
        after(house, mother, typed(day(4)), "RS Contoh")
    kf1 = course(house, mother).slots[0]
    assert (kf1.state, kf1.words) == ("done", "17-11-2026 · RS Contoh")


def test_nobody_who_has_not_given_birth_has_a_visit_of_nifas(house: House, mother: Person) -> None:
    expecting(house, mother, 100)
    with pytest.raises(IllegalStep, match="persalinan"):
        after(house, mother)


# Taken back


def test_an_end_taken_back_takes_its_delivery_and_links_the_same_child_again(house: House, mother: Person) -> None:
    uid = expecting(house, mother, 280).uid
    born(house, mother)
    house.desk.pregnancies.resume(house.actor("midwife"), uid)
    assert (house.read(Delivery), house.read(Infant)) == ((), ())
    assert course(house, mother).state is CourseState.GOING
    born(house, mother)
    assert len([p for p in house.read(Person) if p.mother_uid == mother.uid]) == 1
    assert len(course(house, mother).babies) == 1


@pytest.mark.parametrize("corrected", [19, 21])
def test_a_birth_on_a_wrong_day_is_recorded_again_with_the_same_children(
    house: House, mother: Person, corrected: int
) -> None:
    uid = expecting(house, mother, 280).uid
    twins = InfantForm(uid=new_uid(), sex="L"), InfantForm(uid=new_uid(), sex="P")
    born(house, mother, BIRTH, *twins)
    house.desk.pregnancies.resume(house.actor("midwife"), uid)
    again = InfantForm(uid=new_uid(), sex="P"), InfantForm(uid=new_uid(), sex="P")
    born(house, mother, replace(BIRTH, on=f"{corrected}/11/2026"), *again)
    children = [p for p in house.read(Person) if p.mother_uid == mother.uid]
    assert {child.uid for child in children} == {twin.uid for twin in twins}
    assert {(child.born_on, child.sex) for child in children} == {(date(2026, 11, corrected), "P")}
    assert [baby.uid for baby in course(house, mother).babies] == [twin.uid for twin in twins]


def test_a_child_of_an_earlier_birth_is_never_taken_for_the_new_one(house: House, mother: Person) -> None:
    house.person("Kakak", "2024-01-10", mother_uid=mother.uid)
    expecting(house, mother, 280)
    born(house, mother)
    assert sorted(str(p.born_on) for p in house.read(Person) if p.mother_uid == mother.uid) == [
        "2024-01-10",
        "2026-11-20",
    ]


def test_a_pregnancy_that_never_was_takes_its_visits_with_it(house: House, mother: Person) -> None:
    uid = expecting(house, mother, 196).uid
    elsewhere(house, mother, typed(day(100)))
    house.desk.pregnancies.withdraw(house.actor("midwife"), uid, "salah orang")
    assert house.read(AntenatalContact) == ()
    assert course(house, mother).state is CourseState.NONE


def test_after_44_weeks_nothing_is_added_until_its_end_is_said(house: House, mother: Person) -> None:
    expecting(house, mother, 309)
    here = visit(house, mother)
    with pytest.raises(IllegalStep, match="44 minggu"):
        house.desk.antenatal.contact(house.actor("midwife"), new_uid(), here.uid, ContactForm())
    with pytest.raises(InvalidInput, match=r"sampai 20-11-2026"):
        elsewhere(house, mother, typed(TODAY))
    elsewhere(house, mother, typed(day(1)))
