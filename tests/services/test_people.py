"""Registering people and families: nothing twice, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.person import Family, FamilyMembership, OldNumber, Person, PersonStatus, Sex
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.services.people import FormErrors, SameNik, SavePerson

if TYPE_CHECKING:
    from ilp_desk.rows.people import OpenedPerson, SavedPerson
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
        "payer": "jkn_pbi",
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


def test_the_payer_given_at_the_desk_completes_what_lacked_nothing_else(house: House) -> None:
    clerk, registration = house.actor("registration"), house.desk.registration
    only_payer = save(house, payer="")
    more = save(house, name="Rahma Yanti", nik="", kk="", relationship="", phone="", payer="")
    for saved in (only_payer, more):
        assert not house.read(Person, uid=saved.uid)[0].complete
        registration.check_payer(clerk, saved.uid, "self_pay", "unknown", "unknown")
    assert house.read(Person, uid=only_payer.uid)[0].complete
    assert not house.read(Person, uid=more.uid)[0].complete
    assert not opened(house, only_payer.uid).form.later


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
    changed = SavePerson(
        uid=saved.uid, form=form(house, pregnant=True, lmp="16/5/2026"), row_version=opened.row_version
    )
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


def opened(house: House, uid: str) -> OpenedPerson:
    return house.desk.people.opened(house.actor("registration"), uid)


def kept(house: House, uid: str) -> Person:
    found: Person = house.read(Person, uid=uid)[0]
    return found


def again(house: House, uid: str, **fields: Any) -> SavedPerson:
    """Open somebody, change some fields, save."""
    known = opened(house, uid)
    order = SavePerson(uid=uid, form=replace(known.form, **fields), row_version=known.row_version)
    return house.desk.people.save(house.actor("registration"), order)


def test_what_was_saved_opens_as_it_was_typed_and_saves_unchanged(house: House) -> None:
    saved = save(house, payer="jkn_pbi", disability="visual", responsible_name="Ahmad", old_number="12/B, 00-12-47")
    before = kept(house, saved.uid)
    again(house, saved.uid)
    after = kept(house, saved.uid)
    assert replace(after, row_version=before.row_version) == before
    assert sorted(o.number for o in house.read(OldNumber)) == ["00-12-47", "12/B"]
    assert len(house.read(FamilyMembership)) == 1


def test_an_old_number_taken_out_of_the_field_is_void_and_a_former_name_is_not(house: House) -> None:
    saved = save(house, old_number="12/B, 00-12-47", identity="newborn", name="By. Ny. Rosmaini")
    again(house, saved.uid, old_number="12/B", name="Aisyah")
    assert sorted(o.number for o in house.read(OldNumber)) == ["12/B", "By. Ny. Rosmaini"]
    known = opened(house, saved.uid)
    assert (known.form.old_number, known.former, known.unnamed) == ("12/B", ("By. Ny. Rosmaini",), False)
    assert kept(house, saved.uid).identity == "known"


def test_an_estimated_birth_does_not_wander_when_the_record_is_saved_again(house: House) -> None:
    saved = save(house, nik="", birth="umur 40")
    born = kept(house, saved.uid).born_on
    assert opened(house, saved.uid).form.birth == "sekitar 1986"
    house.hands.move(days=40)
    again(house, saved.uid, phone="0812 0000 0191")
    assert kept(house, saved.uid).born_on == born


def test_the_same_nik_is_found_though_thousands_share_the_birthday(house: House) -> None:
    first = save(house, birth="1/1/1980", nik="1306044101809001", name="Zulfahmi Rasyid", sex="P")
    with house.store.writing(SYSTEM, "test.crowd") as uow:
        crowd = [
            Person(uid=new_uid(), name=f"Orang {n}", sex=Sex.MALE, born_on=date(1980, 1, 1), record_number=f"9{n:05d}")
            for n in range(200)
        ]
        uow.add_many(crowd)
    typed = PersonForm(name="Rosmaini", sex="P", birth="1/1/1980", nik="1306044101809001")
    found = house.desk.people.duplicates(house.actor("registration"), typed)
    assert [(d.uid, d.same_nik) for d in found][:1] == [(first.uid, True)]


def test_a_family_is_found_by_its_folder_too(house: House) -> None:
    save(house, name="Ahmad Fauzi", sex="L", nik="", relationship="head", birth="1/1/1995")
    family = house.read(Family)[0]
    with house.store.writing(SYSTEM, "test.folder") as uow:
        uow.change(uow.get(Family, family.uid), folder="01-0012")
    found = house.desk.people.family(house.actor("registration"), "01-0012")
    assert found is not None
    assert (found.uid, found.has_head, found.mother) == (family.uid, True, None)
    joined = save(house, nik="", kk="01-0012", family_uid=family.uid, phone="")
    assert kept(house, joined.uid).family_uid == family.uid
    assert len(house.read(Family)) == 1


def test_a_child_may_take_its_mother_from_the_family(house: House) -> None:
    save(house, name="Ahmad Fauzi", sex="L", nik="", relationship="head", birth="1/1/1995")
    wife = save(house)
    found = house.desk.people.family(house.actor("registration"), KK)
    assert found is not None
    assert found.mother is not None
    assert found.mother.uid == wife.uid


def test_a_family_without_a_card_gets_its_number_when_one_is_typed(house: House) -> None:
    saved = save(house)
    family = house.read(Family)[0]
    with house.store.writing(SYSTEM, "test.card") as uow:
        uow.change(uow.get(Family, family.uid), kk="")
    again(house, saved.uid, kk="1306041206129009")
    assert [f.kk for f in house.read(Family)] == ["1306041206129009"]


def test_the_household_stands_head_first_and_shows_the_end_of_the_card(house: House) -> None:
    child = save(house, name="Alif", sex="L", nik="", relationship="child", birth="5/6/2024")
    save(house)
    save(house, name="Ahmad Fauzi", sex="L", nik="", relationship="head", birth="1/1/1995")
    home = house.desk.people.household(house.actor("registration"), child.uid)
    assert [m.relationship for m in home.members] == ["head", "wife", "child"]
    assert (home.head_name, home.kk, home.kk_whole) == ("Ahmad Fauzi", "•••••••••••••007", KK)
    alone = save(house, name="Budi", sex="L", nik="", kk="", relationship="", birth="1980")
    assert [m.name for m in house.desk.people.household(house.actor("registration"), alone.uid).members] == ["Budi"]


def test_what_the_desk_needs_before_the_first_key(house: House) -> None:
    house.put(Area(uid=new_uid(), name="Contoh Mudik", level="village", code="13.06.04.2002"))
    told = house.desk.people.prepare(house.actor("registration"))
    assert told.districts == {"130604"}
    assert {a.name for a in told.areas} == {"Contoh Hilir", "Gasang", "Contoh Mudik"}
    assert not told.family_folder


def test_a_draft_about_somebody_known_is_offered_with_them_and_not_as_somebody_new(house: House) -> None:
    saved = save(house)
    clerk = house.actor("registration")
    house.desk.people.keep_draft(clerk, saved.uid, {"name": "Siti"})
    assert house.desk.people.prepare(clerk).drafts == ()
    draft = opened(house, saved.uid).draft
    assert draft is not None
    assert draft.at.startswith("08.")


def test_payer_is_checked_when_it_is_told_not_at_every_save(house: House) -> None:
    saved = save(house, payer_status="active")
    at = kept(house, saved.uid).payer_checked_at
    house.hands.move(days=2)
    again(house, saved.uid, phone="0812 0000 0191")
    assert kept(house, saved.uid).payer_checked_at == at


def test_a_baby_of_a_mother_with_300_letters_keeps_its_place_among_twins(house: House) -> None:
    mother = save(house, name="N" * 300, nik="")
    clerk = house.actor("registration")
    twin = house.desk.people.newborn(clerk, mother.uid, new_uid(), Sex.FEMALE, date(2026, 11, 20), 2, twins=True)
    assert len(twin.name) == 300
    assert twin.name.endswith(" 2")


@pytest.mark.parametrize("where", ["x" * 301, "😀" * 301])
def test_no_text_is_cut_in_silence(house: House, where: str) -> None:
    clerk = house.actor("registration")
    with pytest.raises(InvalidInput) as wrong:
        house.desk.people.unknown(clerk, new_uid(), Sex.MALE, 40, where)
    assert wrong.value.field == "found_at"
    saved = save(house)
    with pytest.raises(InvalidInput):
        house.desk.people.set_status(clerk, saved.uid, PersonStatus.MOVED, None, place=where)
    with pytest.raises(InvalidInput):
        house.desk.people.rename(clerk, saved.uid, where)
