"""A pregnancy is recorded, corrected, ended and taken back; there are never two at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.pregnancy import PregnancyForm
from ilp_desk.domain.person import Person, Sex
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason
from ilp_desk.services.people import SavePerson

if TYPE_CHECKING:
    from tests.house import House

TODAY = date(2026, 11, 21)


@pytest.fixture
def mother(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03")


def put(house: House, mother: Person, lmp: date, ended: date | None = None, outcome: str = "") -> Pregnancy:
    made = Pregnancy(
        uid=new_uid(),
        person_uid=mother.uid,
        lmp=lmp,
        gravida=2,
        para=1,
        abortus=0,
        ended_on=ended,
        outcome=outcome or ("birth" if ended else ""),
    )
    house.put(made)
    return made


def save(house: House, mother: Person, **typed: str) -> Pregnancy:
    return house.desk.pregnancies.save(house.actor("midwife"), mother.uid, PregnancyForm(**typed))


def end(house: House, mother: Person, on: str, outcome: str = "birth") -> Pregnancy:
    return house.desk.pregnancies.end(house.actor("midwife"), mother.uid, on, outcome)


def newborn(house: House, mother: Person, born: date, order: int = 1, **more: Any) -> None:
    house.desk.people.newborn(house.actor("registration"), mother.uid, new_uid(), Sex.MALE, born, order, **more)


def read(house: House) -> list[Pregnancy]:
    return list(house.read(Pregnancy))


# Recorded


def test_hpht_with_how_sure_it_is_and_gpa(house: House, mother: Person) -> None:
    made = save(house, mother, lmp="28 mgg", lmp_source="ultrasound", gravida="3", para="1", abortus="1")
    assert (made.lmp, made.lmp_source) == (date(2026, 5, 9), "ultrasound")
    assert (made.gravida, made.para, made.abortus) == (3, 1, 1)


def test_a_better_hpht_corrects_the_pregnancy_that_goes_on(house: House, mother: Person) -> None:
    first = save(house, mother, lmp="9/5/2026", gravida="2", para="1")
    save(house, mother, lmp="16/5/2026", gravida="2", para="1", abortus="0")
    (only,) = read(house)
    assert (only.uid, only.lmp, only.abortus) == (first.uid, date(2026, 5, 16), 0)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"lmp": ""}, "lmp"),
        ({"lmp": "22/11/2026"}, "lmp"),
        ({"lmp": "1/1/2026"}, "lmp"),
        ({"lmp": "9/5/2026", "gravida": "0"}, "gravida"),
        ({"lmp": "9/5/2026", "para": "-1"}, "para"),
        ({"lmp": "9/5/2026", "abortus": "²"}, "abortus"),
        ({"lmp": "9/5/2026", "gravida": "26"}, "gravida"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    house: House, mother: Person, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as wrong:
        save(house, mother, **typed)
    assert wrong.value.field == field
    assert read(house) == []


def test_a_man_is_refused(house: House) -> None:
    with pytest.raises(InvalidInput):
        save(house, house.person("Ahmad", sex="L"), lmp="9/5/2026")


def test_pregnancies_never_overlap(house: House, mother: Person) -> None:
    put(house, mother, date(2026, 1, 1), date(2026, 9, 20))
    with pytest.raises(InvalidInput, match="20-09-2026"):
        save(house, mother, lmp="20/9/2026")
    save(house, mother, lmp="21/10/2026")
    assert [(p.lmp, p.ended_on) for p in read(house)] == [
        (date(2026, 1, 1), date(2026, 9, 20)),
        (date(2026, 10, 21), None),
    ]


def test_one_that_ran_out_is_closed_by_the_next_and_never_overwritten(house: House, mother: Person) -> None:
    put(house, mother, date(2025, 3, 1))
    save(house, mother, lmp="9/5/2026")
    old, new = read(house)
    assert (old.lmp, old.outcome, old.ended_on) == (date(2025, 3, 1), "unknown", date(2026, 1, 3))
    assert (new.lmp, new.ended_on) == (date(2026, 5, 9), None)


# Ended


def test_birth_is_counted_and_makes_nifas(house: House, mother: Person) -> None:
    put(house, mother, date(2026, 2, 14))
    end(house, mother, "20/11/2026")
    (ended,) = read(house)
    assert (ended.ended_on, ended.outcome, ended.para) == (date(2026, 11, 20), "birth", 2)
    shown = house.desk.registration.arrival(house.actor("registration"), mother.uid)
    assert (shown.pregnancy, shown.routed.code) == ("Nifas 1 hr", "kia")


@pytest.mark.parametrize(
    ("outcome", "shown", "para", "abortus"),
    [("stillbirth", "Nifas 1 hr", 2, 0), ("miscarriage", "", 1, 1), ("unknown", "", 1, 0)],
)
def test_each_outcome_counts_for_itself(
    house: House, mother: Person, outcome: str, shown: str, para: int, abortus: int
) -> None:
    put(house, mother, date(2026, 2, 14))
    end(house, mother, "20/11/2026", outcome)
    (ended,) = read(house)
    assert (ended.para, ended.abortus) == (para, abortus)
    assert house.desk.registration.arrival(house.actor("registration"), mother.uid).pregnancy == shown


@pytest.mark.parametrize("on", ["", "22/11/2026", "14/2/2026", "31/2/2026"])
def test_an_impossible_end_is_refused(house: House, mother: Person, on: str) -> None:
    put(house, mother, date(2026, 2, 14))
    with pytest.raises(InvalidInput) as wrong:
        end(house, mother, on)
    assert wrong.value.field == "ended_on"
    assert read(house)[0].ended_on is None


def test_ended_twice_is_ended_once(house: House, mother: Person) -> None:
    put(house, mother, date(2026, 2, 14))
    end(house, mother, "20/11/2026")
    end(house, mother, "20/11/2026")
    (ended,) = read(house)
    assert ended.para == 2


def test_a_birth_nobody_had_recorded_the_pregnancy_of(house: House, mother: Person) -> None:
    end(house, mother, "18/11/2026")
    (only,) = read(house)
    assert (only.lmp_source, only.ended_on) == ("birth", only.lmp + timedelta(days=280))
    with pytest.raises(IllegalStep):
        end(house, mother, "20/11/2026", "miscarriage")
    with pytest.raises(InvalidInput):
        end(house, mother, "20/11/2026")


def test_an_end_by_mistake_is_taken_back(house: House, mother: Person) -> None:
    uid = put(house, mother, date(2026, 2, 14)).uid
    end(house, mother, "20/11/2026")
    house.desk.pregnancies.resume(house.actor("midwife"), uid)
    (going,) = read(house)
    assert (going.ended_on, going.outcome, going.para) == (None, "", 1)


def test_an_end_stays_where_another_pregnancy_followed(house: House, mother: Person) -> None:
    uid = put(house, mother, date(2025, 2, 14), date(2025, 11, 1)).uid
    save(house, mother, lmp="9/5/2026")
    with pytest.raises(IllegalStep):
        house.desk.pregnancies.resume(house.actor("midwife"), uid)


def test_one_recorded_by_mistake_is_withdrawn_with_a_reason(house: House, mother: Person) -> None:
    uid = put(house, mother, date(2026, 2, 14)).uid
    with pytest.raises(NeedsReason):
        house.desk.pregnancies.withdraw(house.actor("midwife"), uid, "")
    house.desk.pregnancies.withdraw(house.actor("midwife"), uid, "salah orang")
    assert read(house) == []


# A newborn


def test_a_newborn_ends_the_pregnancy_of_the_mother_once(house: House, mother: Person) -> None:
    put(house, mother, date(2026, 2, 14))
    newborn(house, mother, date(2026, 11, 20), 1, twins=True)
    newborn(house, mother, date(2026, 11, 20), 2, twins=True)
    (ended,) = read(house)
    assert (ended.ended_on, ended.outcome, ended.para) == (date(2026, 11, 20), "birth", 2)


def test_a_newborn_of_a_mother_nobody_knew_to_be_pregnant(house: House, mother: Person) -> None:
    newborn(house, mother, date(2026, 11, 20))
    (ended,) = read(house)
    assert (ended.ended_on, ended.outcome, ended.lmp_source) == (date(2026, 11, 20), "birth", "birth")


def test_an_older_child_registered_late_leaves_the_pregnancy_alone(house: House, mother: Person) -> None:
    put(house, mother, date(2026, 5, 9))
    newborn(house, mother, date(2026, 3, 1))
    newborn(house, mother, date(2026, 6, 1))
    (going,) = read(house)
    assert going.ended_on is None


def test_a_pregnancy_that_ran_out_is_not_the_one_of_a_newborn(house: House, mother: Person) -> None:
    put(house, mother, date(2024, 3, 1))
    newborn(house, mother, date(2026, 11, 20))
    old, new = read(house)
    assert (old.outcome, new.outcome, new.ended_on) == ("unknown", "birth", date(2026, 11, 20))
    assert old.ended_on is not None
    assert old.ended_on < new.lmp


# The data sheet


def test_44_weeks_later_the_data_sheet_can_be_saved(house: House) -> None:
    clerk, uid = house.actor("registration"), new_uid()
    form = PersonForm(
        name="Siti Nurhaliza",
        sex="P",
        birth="3/2/1999",
        area_uid=house.areas["hamlet"].uid,
        pregnant=True,
        lmp="9/5/2026",
    )
    house.desk.people.save(clerk, SavePerson(uid=uid, form=form))
    house.hands.move(days=308)
    opened = house.desk.people.opened(clerk, uid)
    assert not opened.ongoing
    assert not opened.form.pregnant
    house.desk.people.save(clerk, SavePerson(uid=uid, form=opened.form, row_version=opened.row_version))
    assert read(house)[0].ended_on is None


def test_the_desk_records_the_next_pregnancy_beside_the_last(house: House, mother: Person) -> None:
    put(house, mother, date(2025, 2, 14), date(2025, 11, 1))
    clerk = house.actor("registration")
    opened = house.desk.people.opened(clerk, mother.uid)
    typed = {name: getattr(opened.form, name) for name in ("name", "sex", "birth")}
    form = PersonForm(**typed, area_uid=house.areas["hamlet"].uid, pregnant=True, lmp="1/11/2025")
    order = SavePerson(uid=mother.uid, form=form, row_version=opened.row_version)
    with pytest.raises(InvalidInput):
        house.desk.people.save(clerk, order)
    later = PersonForm(**typed, area_uid=house.areas["hamlet"].uid, pregnant=True, lmp="9/5/2026")
    house.desk.people.save(clerk, SavePerson(uid=mother.uid, form=later, row_version=opened.row_version))
    assert [p.lmp for p in read(house)] == [date(2025, 2, 14), date(2026, 5, 9)]


# Past the term


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (293, "Hamil 41 mgg"),
        (294, "Hamil 42 mgg, pastikan hasilnya"),
        (308, "Hamil 44 mgg, pastikan hasilnya"),
        (309, "Pastikan hasil kehamilan"),
    ],
)
def test_the_desk_is_told_to_ask_and_routes_nobody_as_pregnant_after_44_weeks(
    house: House, mother: Person, days: int, shown: str
) -> None:
    put(house, mother, TODAY - timedelta(days=days))
    arrival = house.desk.registration.arrival(house.actor("registration"), mother.uid)
    assert (arrival.pregnancy, arrival.routed.code == "kia") == (shown, days <= 308)
