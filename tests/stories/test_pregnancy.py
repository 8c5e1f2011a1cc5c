"""One pregnancy and its twins day by day: what the view, the desk and the list of services say at each edge."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.forms import ContactForm, DeliveryForm, InfantForm
from ilp_desk.domain.maternity.pregnancy import PregnancyForm
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import InvalidInput
from ilp_desk.rows.antenatal import Course, CourseState
from ilp_desk.services.registration import RegisterVisit
from tests.house import House

HPHT = date(2027, 6, 8)
"""Its day 266 is 29 February 2028."""


class Story:
    """A mother, and the house she comes to."""

    def __init__(self, house: House) -> None:
        self.house, self.midwife = house, house.actor("midwife")
        self.mother = house.person("Siti Nurhaliza", "1999-02-03")

    def go(self, day: int, hour: int = 9) -> None:
        """To so many days after the HPHT, at this hour here."""
        self.house.hands.at = datetime.combine(HPHT + timedelta(days=day), time(hour - 7), UTC)

    def visit(self) -> str:
        order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=self.mother.uid)
        self.house.desk.registration.register(self.house.actor("registration"), order)
        return order.visit_uid

    def contact(self, day: int, *, doctor: bool = False) -> None:
        self.go(day)
        form = ContactForm(doctor=doctor, usg=doctor, tablets="30")
        self.house.desk.antenatal.contact(self.midwife, new_uid(), self.visit(), form)

    def course(self) -> Course:
        return self.house.desk.antenatal.course(self.midwife, self.mother.uid)

    def due(self, person: Person | None = None) -> dict[str, str]:
        lines = self.house.desk.care.due(self.midwife, (person or self.mother).uid)
        return {line.service: line.state for line in lines}

    def babies(self) -> list[Person]:
        return [p for p in self.house.read(Person) if p.mother_uid == self.mother.uid]

    def after(self, person: Person) -> None:
        self.house.desk.antenatal.after_birth(self.midwife, new_uid(), person.uid, None)


@pytest.fixture
def story(house: House) -> Story:
    told = Story(house)
    told.go(50)
    house.desk.pregnancies.save(told.midwife, told.mother.uid, PregnancyForm(lmp="8/6/2027", gravida="1", para="0"))
    return told


def test_a_whole_pattern_kept_on_the_last_days_it_can_be(story: Story) -> None:
    for day, doctor, codes in (
        (84, True, ["K1 murni"]),
        (112, False, ["K1 murni", "K2"]),
        (168, False, ["K1 murni", "K2", "K3"]),
        (169, False, ["K1 murni", "K2", "K3", "K4"]),
        (210, True, ["K1 murni", "K2", "K3", "K4", "K5"]),
        (252, False, ["K1 murni", "K2", "K3", "K4", "K5", "K6"]),
    ):
        story.contact(day, doctor=doctor)
        assert [line.name for line in story.course().contacts] == codes
    done = story.course()
    assert (done.pattern_met, done.missing, done.lost, done.tablets) == (True, (), (), 180)
    states = story.due()
    assert {states[code] for code in ("anc_k1", "anc_doctor_first", "anc_doctor_third", "anc_contact_late")} == {"done"}


def test_one_day_later_each_edge_is_lost_and_said(story: Story) -> None:
    story.go(84)
    assert "1 kali periksa di trimester 1" in story.course().missing
    story.go(85)
    assert story.course().lost == ("1 kali periksa di trimester 1", "USG oleh dokter di trimester 1")
    story.contact(85)
    assert story.course().contacts[0].name == "K1 akses"
    story.go(168)
    assert "1 kali periksa di trimester 2" in story.course().missing
    story.go(169)
    assert "1 kali periksa di trimester 2" in story.course().lost


def test_past_the_term_she_is_asked_then_no_longer_pregnant_until_it_is_said(story: Story) -> None:
    for day, state, offered in (
        (293, CourseState.GOING, True),
        (294, CourseState.CONFIRM, True),
        (308, CourseState.CONFIRM, True),
        (309, CourseState.RUN_OUT, False),
    ):
        story.go(day)
        assert story.course().state is state
        assert ("anc_contact" in story.due()) is offered
    form = DeliveryForm(on="10/3/2028", outcome="unknown")
    story.house.desk.antenatal.delivery(story.midwife, new_uid(), story.mother.uid, form)
    assert story.course().state is CourseState.ENDED
    (ended,) = story.house.read(Pregnancy)
    assert (ended.ended_on, ended.outcome, ended.para) == (date(2028, 3, 10), "unknown", 0)


def test_twins_of_the_leap_day_and_six_weeks_after_it(story: Story) -> None:
    story.go(266, hour=20)
    form = DeliveryForm(
        on="29/2/2028",
        at="14.00",
        outcome="birth",
        place="hospital",
        helper="obstetrician",
        way="caesarean",
        infants=(InfantForm(uid=new_uid(), sex="L", weight="2500"), InfantForm(uid=new_uid(), sex="P", weight="2350")),
    )
    story.house.desk.antenatal.delivery(story.midwife, new_uid(), story.mother.uid, form)
    first, second = story.babies()
    assert (first.born_on, first.birth_order, second.birth_order) == (date(2028, 2, 29), 1, 2)
    assert story.due(first)["neonatal_1"] == "due"
    story.after(story.mother)
    story.after(first)
    story.go(268, hour=15)
    story.after(second)
    line = story.course().babies[1].slots[0]
    assert (line.state, line.late, line.words) == ("done", True, "02-03-2028, lewat 48 jam")
    story.go(269)
    assert [slot.state.value for slot in story.course().slots] == ["done", "due", "upcoming", "upcoming"]
    for day in (273, 294, 308):
        story.go(day)
        story.after(story.mother)
    assert [slot.state.value for slot in story.course().slots] == ["done"] * 4
    assert {story.due()[f"pnc_{number}"] for number in (1, 2, 3, 4)} == {"done"}
    story.go(309)
    assert story.course().state is CourseState.ENDED
    assert "pnc_4" not in story.due()
    with pytest.raises(InvalidInput, match="42 hari"):
        story.after(story.mother)


def test_the_next_pregnancy_never_overlaps_and_knows_the_one_before(story: Story) -> None:
    story.go(260)
    birth = DeliveryForm(
        on="20/2/2028",
        outcome="birth",
        place="home",
        helper="traditional",
        way="vacuum",
        infants=(InfantForm(uid=new_uid(), sex="L"),),
    )
    story.house.desk.antenatal.delivery(story.midwife, new_uid(), story.mother.uid, birth)
    story.go(400)
    save = story.house.desk.pregnancies.save
    with pytest.raises(InvalidInput, match="20-02-2028"):
        save(story.midwife, story.mother.uid, PregnancyForm(lmp="20/2/2028"))
    save(story.midwife, story.mother.uid, PregnancyForm(lmp="1/5/2028", gravida="2", para="1"))
    now = story.course()
    assert (now.state, now.contacts, now.babies) == (CourseState.GOING, (), ())
    assert now.risks == (
        "Jarak dengan anak terakhir kurang dari 2 tahun",
        "Pernah lahir dengan vakum atau forseps",
    )
    assert (now.score, now.band) == ("sedikitnya 10", "Kehamilan risiko tinggi (KRT)")
