"""Registering people and families: nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.person import FamilyMembership, OldNumber, Person, PersonStatus, Sex
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.services.people import FormErrors, SameNik, SavePerson

if TYPE_CHECKING:
    from ilp_desk.rows.people import SavedPerson
    from tests.house import House

NIK = "1306044302999001"
KK = "1306041206129007"


def form(house: House, **fields: Any) -> PersonForm:
    blank: dict[str, Any] = {
        "name": "Siti Nurhaliza",
        "sex": "P",
        "birth": "3/2/99",
        "nik": NIK,
        "kk": KK,
        "relationship": "wife",
        "mother_name": "Rosmaini",
        "area_uid": house.areas["hamlet"].uid,
        "rt": "02",
        "rw": "01",
        "phone": "0812 0000 0190",
        "address": "Jl. Pasar Lama No. 4",
    }
    return PersonForm(**(blank | fields))


def save(house: House, uid: str = "", **fields: Any) -> SavedPerson:
    order = SavePerson(uid=uid or new_uid(), form=form(house, **fields))
    return house.desk.people.save(house.actor("registration"), order)


def test_a_new_person_gets_a_number_at_commit_and_is_complete(house: House) -> None:
    saved = save(house)
    kept = house.read(Person)[0]
    assert saved.record_number
    assert (kept.name, kept.born_on, kept.nik, kept.phone, kept.complete) == (
        "Siti Nurhaliza",
        date(1999, 2, 3),
        NIK,
        "081200000190",
        True,
    )
    assert saved.missing == ()


def test_saving_twice_with_the_same_uid_registers_once(house: House) -> None:
    uid = new_uid()
    first, again = save(house, uid), save(house, uid)
    assert first.record_number == again.record_number
    assert len(house.read(Person)) == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(house: House) -> None:
    with pytest.raises(FormErrors) as wrong:
        save(house, nik="130604430299900", bpjs="00012345644", birth="31/2/1999", name=" ")
    assert set(wrong.value.all) == {"name", "nik", "bpjs", "birth"}
    assert "kurang 2" in wrong.value.all["bpjs"]
    assert house.read(Person) == ()


def test_a_likely_duplicate_is_shown_with_its_reasons_while_typing(house: House) -> None:
    save(house)
    typed = form(house, name="Sitti Nurhalizah", nik="", kk="", phone="")
    found = house.desk.people.duplicates(house.actor("registration"), typed)
    assert found[0].name == "Siti Nurhaliza"
    assert "tanggal lahir sama" in found[0].reasons
    assert "nama ibu sama" in found[0].reasons


def test_another_person_is_remembered(house: House) -> None:
    first = save(house)
    second = SavePerson(uid=new_uid(), form=form(house, nik="", phone=""), not_same=(first.uid,))
    house.desk.people.save(house.actor("registration"), second)
    typed = house.desk.people.opened(house.actor("registration"), second.uid).form
    assert house.desk.people.duplicates(house.actor("registration"), typed, second.uid) == ()


def test_the_same_nik_asks_for_a_reason(house: House) -> None:
    save(house)
    with pytest.raises(SameNik):
        save(house, name="Nurhaliza Putri", birth="3/2/1999")
    shared = save(house, name="Nurhaliza Putri", nik_shared_reason="KTP tertukar, sedang diurus")
    assert shared.record_number


def test_the_kk_brings_the_family(house: House) -> None:
    save(house, name="Ahmad Fauzi", sex="L", nik="", relationship="head", birth="1/1/1995")
    found = house.desk.people.family(house.actor("registration"), KK)
    assert found is not None
    assert (found.head_name, [m.name for m in found.members], found.rt) == ("Ahmad Fauzi", ["Ahmad Fauzi"], "02")
    with pytest.raises(InvalidInput):
        house.desk.people.family(house.actor("registration"), "123")


def test_a_pregnancy_is_recorded_with_the_person_and_corrected(house: House) -> None:
    saved = save(house, pregnant=True, lmp="9/5/2026")
    assert house.read(Pregnancy)[0].lmp == date(2026, 5, 9)
    opened = house.desk.people.opened(house.actor("registration"), saved.uid)
    assert opened.ongoing
    assert opened.form.pregnant
    assert opened.form.birth == "03-02-1999"
    changed = SavePerson(uid=saved.uid, form=form(house, pregnant=True, lmp="16/5/2026"), row_version=opened.row_version)
    house.desk.people.save(house.actor("registration"), changed)
    assert [p.lmp for p in house.read(Pregnancy)] == [date(2026, 5, 16)]
    with pytest.raises(Conflict):
        house.desk.people.save(house.actor("registration"), changed)


@pytest.mark.parametrize("lmp", ["9/12/2026", "1/11/2025", "31/2/2026", ""])
def test_an_impossible_hpht_is_refused(house: House, lmp: str) -> None:
    with pytest.raises(FormErrors) as wrong:
        save(house, pregnant=True, lmp=lmp)
    assert "lmp" in wrong.value.all


def test_newborns_are_named_later_and_twins_keep_their_order(house: House) -> None:
    people, clerk = house.desk.people, house.actor("registration")
    mother = save(house)
    today = date(2026, 11, 21)
    first = people.newborn(clerk, mother.uid, new_uid(), Sex.FEMALE, today, 1, twins=True)
    second = people.newborn(clerk, mother.uid, new_uid(), Sex.MALE, today, 2, twins=True)
    assert (first.name, second.name) == ("By. Ny. Siti Nurhaliza 1", "By. Ny. Siti Nurhaliza 2")
    with pytest.raises(InvalidInput):
        people.newborn(clerk, mother.uid, new_uid(), Sex.MALE, today, 2, twins=True)
    people.rename(clerk, first.uid, "Alifa")
    assert [o.number for o in house.read(OldNumber)] == ["By. Ny. Siti Nurhaliza 1"]


def test_somebody_nobody_knows_gets_a_name_of_the_moment(house: House) -> None:
    saved = house.desk.people.unknown(house.actor("registration"), new_uid(), Sex.MALE, 40, "Pasar Lama")
    assert saved.name.startswith("Tn. X 21-11-2026 08.1")
    assert house.read(Person)[0].born_precision == "estimated"


def test_moving_to_another_family_keeps_where_one_was(house: House) -> None:
    saved = save(house)
    other = "1306041206129008"
    save(house, name="Hendri", sex="L", nik="", kk=other, relationship="head", birth="1980", rt="09")
    house.desk.people.move(house.actor("registration"), saved.uid, other, "wife")
    stays = house.read(FamilyMembership, person_uid=saved.uid)
    assert [s.until is None for s in stays] == [False, True]
    assert next(p for p in house.read(Person) if p.uid == saved.uid).rt == "09"


def test_a_death_needs_a_source_and_can_be_taken_back(house: House) -> None:
    people, clerk = house.desk.people, house.actor("registration")
    saved = save(house)
    with pytest.raises(InvalidInput):
        people.set_status(clerk, saved.uid, PersonStatus.DEAD, date(2026, 11, 1))
    with pytest.raises(InvalidInput):
        people.set_status(clerk, saved.uid, PersonStatus.DEAD, date(2026, 12, 1), source="keluarga")
    assert people.set_status(clerk, saved.uid, PersonStatus.DEAD, date(2026, 11, 1), source="keluarga").active is False
    assert people.set_status(clerk, saved.uid, PersonStatus.ACTIVE, None, source="keliru").active


@pytest.mark.parametrize(
    "name",
    [
        "Nu'man Ma'ruf",
        "N" * 300,
        "Siti \U0001f600",
        "\u202eابن",
        "Siti\u0000\u0007 Nur",
        "Robert'); DROP TABLE person;--",
    ],
)
def test_strange_names_are_kept_or_refused_with_a_sentence(house: House, name: str) -> None:
    saved = save(house, name=name, nik="")
    assert saved.name == " ".join("".join(c if c not in "\u0000\u0007" else " " for c in name).split())


def test_a_draft_waits_for_its_writer(house: House) -> None:
    people, clerk = house.desk.people, house.actor("registration")
    uid = new_uid()
    people.keep_draft(clerk, uid, {"name": "Siti"})
    assert [(d.subject, d.content) for d in people.prepare(clerk).drafts] == [(uid, {"name": "Siti"})]
    house.desk.people.save(clerk, SavePerson(uid=uid, form=form(house), draft=uid))
    assert people.prepare(clerk).drafts == ()
