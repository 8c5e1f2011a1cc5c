"""Immunization in the room: what a dose needs, what is refused or asked first, what the plan then says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.immunization.records import GivenDose, ObjectionKind
from ilp_desk.domain.person import PersonStatus
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason
from ilp_desk.rows.care import DueLine
from ilp_desk.rows.immunization import DoseCell, ImmunizationView
from ilp_desk.services.life_cycle.immunizations import EarlierDose, Given, Happened, NotAdvised, Stands, read_expiry
from ilp_desk.services.registration import RegisterVisit
from tests.printing.reading import text

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from tests.house import House

TODAY = date(2026, 11, 21)


def visit(house: House, person: Person) -> str:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid)
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("midwife"), order.entry_uid, "Ruang 2")
    return order.visit_uid


def order(visit_uid: str, vaccine: str, **other: Any) -> Given:
    known = Given(
        uid=new_uid(), visit_uid=visit_uid, vaccine=vaccine, batch="PX2214", expiry="30-06-2027", site="paha kiri",
        screening=("well", "no_reaction"),
    )  # fmt: skip
    return replace(known, **other)


def give(house: House, given: Given) -> GivenDose:
    return house.desk.immunizations.give(house.actor("midwife"), given)


def book(house: House, person: Person, *doses: tuple[str, str], **other: Any) -> None:
    """What the mother's book says."""
    for code, on in doses:
        told = replace(EarlierDose(uid=new_uid(), person_uid=person.uid, code=code, on=on, confirmed=True), **other)
        house.desk.immunizations.earlier(house.actor("midwife"), told)


def plan(house: House, person: Person) -> ImmunizationView:
    return house.desk.immunizations.open(house.actor("midwife"), person.uid)


def cells(view: ImmunizationView, series: str) -> list[tuple[str, str, str]]:
    line = next((line for line in view.lines if line.code == series), None)
    return [(cell.label, cell.state, cell.line) for cell in line.cells] if line else []


def cell(view: ImmunizationView, series: str, at: int) -> DoseCell:
    return next(line for line in view.lines if line.code == series).cells[at]


def due(house: House, person: Person) -> dict[str, DueLine]:
    lines = house.desk.care.due(house.actor("midwife"), person.uid)
    return {line.part: line for line in lines if line.part}


@pytest.fixture
def rizki(house: House) -> Person:
    """14 months and 3 days; his book is the one of the mock-up."""
    child = house.person("Rizki Ramadhan", "2025-09-18", "L")
    book(
        house, child,
        ("hb0", "18-09-2025"), ("bcg", "20-10-2025"),
        ("opv", "20-10-2025"), ("opv", "20-11-2025"), ("opv", "22-12-2025"), ("opv", "26-01-2026"),
        ("dpt_hb_hib", "20-11-2025"), ("dpt_hb_hib", "13-12-2025"), ("dpt_hb_hib", "22-12-2025"),
        ("dpt_hb_hib", "26-01-2026"),
        ("pcv", "20-11-2025"), ("pcv", "22-12-2025"), ("rotavac", "20-11-2025"), ("rotavac", "22-12-2025"),
        ("ipv", "26-01-2026"), ("ipv", "22-06-2026"), ("mr", "22-06-2026"),
    )  # fmt: skip
    return child


def test_the_book_is_shown_as_series_with_what_counts_and_what_does_not(house: House, rizki: Person) -> None:
    view = plan(house, rizki)
    assert cells(view, "dpt_hb_hib") == [
        ("DPT-HB-Hib 1", "given", "20-11-2025"),
        ("DPT-HB-Hib 2", "not_counted", "13-12-2025 · tak dihitung"),
        ("DPT-HB-Hib 2", "given", "22-12-2025"),
        ("DPT-HB-Hib 3", "given", "26-01-2026"),
        ("DPT-HB-Hib lanjutan", "not_yet", "mulai 18-03-2027"),
    ]
    assert cell(view, "dpt_hb_hib", 1).words == (
        "Tidak dihitung sebagai DPT-HB-Hib 2: jarak 23 hari, kurang 5 hari, paling cepat 18-12-2025."
    )
    assert cells(view, "pcv")[2] == ("PCV3", "late", "sejak 18-10-2026")
    assert cells(view, "rv")[2] == ("RV3", "too_late", "lewat umur")
    assert [(one.label, one.state) for one in view.milestones] == [("IDL", "impossible"), ("IBL", "impossible")]
    assert [offer.title for offer in view.offers] == ["PCV3"]
    assert view.offers[0].why == "umur 1 th 2 bln, 334 hari sejak dosis 2 (paling sedikit 56 hari)"
    assert (view.next_on, view.next_doses) == (date(2027, 3, 18), ("DPT-HB-Hib lanjutan", "MR2"))


def test_the_list_of_services_shows_each_series_with_state_reason_and_days(house: House, rizki: Person) -> None:
    lines = due(house, rizki)
    pcv = lines["pcv"]
    assert (pcv.service, pcv.name, pcv.state) == ("immunization_child", "Imunisasi PCV3", "late")
    assert pcv.words == "terlambat sejak 18-10-2026"
    assert pcv.reason == "PCV3 terlambat sejak 18-10-2026, masih boleh sampai 17-09-2030."
    assert (pcv.due_on, pcv.late_on) == (date(2026, 9, 18), date(2026, 10, 18))
    assert pcv.closes == (("dose:pcv", "PCV3"),)
    assert lines["bcg"].state == "done"
    assert "dpt_hb_hib" not in lines, "far ahead"
    give(house, order(visit(house, rizki), "pcv"))
    assert due(house, rizki)["pcv"].state == "done"


def test_a_dose_given_says_what_was_given_and_counts(house: House, rizki: Person) -> None:
    given = order(visit(house, rizki), "pcv", expiry="6/2027")
    recorded = give(house, given)
    assert give(house, given) == recorded, "a second press records nothing more"
    assert (recorded.batch, recorded.expiry, recorded.site, recorded.route) == (
        "PX2214", date(2027, 6, 30), "paha kiri", "IM",
    )  # fmt: skip
    view = plan(house, rizki)
    assert cells(view, "pcv")[2] == ("PCV3", "given", "21-11-2026")
    assert view.doses[0].details == "batch PX2214 · ED 30-06-2027 · paha kiri · Midwife Contoh"
    assert len([line for line in view.doses if line.code == "pcv"]) == 3


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"batch": " "}, "batch", "batch"),
        ({"expiry": ""}, "expiry", "kedaluwarsa"),
        ({"expiry": "20-11-2026"}, "expiry", "kedaluwarsa 20-11-2026"),
        ({"expiry": "10/2026"}, "expiry", "kedaluwarsa 31-10-2026"),
        ({"site": ""}, "site", "tempat suntik"),
        ({"vaccine": "x"}, "vaccine", "daftar"),
        ({"screening": ("well",)}, "screening", "reaksi berat"),
        ({"age_hours": -1}, "age_hours", "0 sampai"),
    ],
)
def test_what_a_dose_needs_is_asked_for(
    house: House, rizki: Person, change: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(house, order(visit(house, rizki), **{"vaccine": "pcv", **change}))
    assert refused.value.field == field
    assert said in refused.value.sentence
    assert cells(plan(house, rizki), "pcv")[2][1] == "late"


def test_a_vial_may_be_used_on_its_last_day(house: House, rizki: Person) -> None:
    assert give(house, order(visit(house, rizki), "pcv", expiry="21-11-2026")).expiry == TODAY


def test_the_same_vaccine_twice_a_day_is_refused(house: House, rizki: Person) -> None:
    here = visit(house, rizki)
    give(house, order(here, "pcv"))
    with pytest.raises(InvalidInput, match="PCV13 tanggal 21-11-2026 sudah tercatat"):
        give(house, order(here, "pcv", confirmed=True))


def test_too_early_is_asked_about_recorded_and_not_counted(house: House) -> None:
    child = house.person("Nadia Putri", "2026-06-21")
    book(house, child, ("dpt_hb_hib", "25-10-2026"))
    here = visit(house, child)
    with pytest.raises(NotAdvised) as asked:
        give(house, order(here, "dpt_hb_hib"))
    assert asked.value.sentence == (
        "Tidak dihitung sebagai DPT-HB-Hib 2: jarak 27 hari, kurang 1 hari, paling cepat 22-11-2026."
        " Tetap dicatat, tetapi tidak dihitung?"
    )
    recorded = give(house, order(here, "dpt_hb_hib", confirmed=True))
    assert recorded.despite.startswith("Tidak dihitung")
    assert recorded.version == house.desk.reference.immunizations.header.version
    assert cells(plan(house, child), "dpt_hb_hib")[1][1:] == ("not_counted", "21-11-2026 · tak dihitung")


@pytest.mark.parametrize(("born", "asked"), [("2026-09-22", True), ("2026-09-21", False)])
def test_a_dose_before_its_age_is_asked_about(house: House, born: str, asked: bool) -> None:
    """Two months on the day is no longer too early; a day before it would count, but is not its time."""
    here = visit(house, house.person("Bayi Contoh", born))
    if asked:
        with pytest.raises(NotAdvised, match="mulai 22-11-2026"):
            give(house, order(here, "dpt_hb_hib"))
    else:
        assert give(house, order(here, "dpt_hb_hib")).despite == ""


def test_a_vaccine_whose_age_has_passed_is_asked_about(house: House, rizki: Person) -> None:
    with pytest.raises(NotAdvised, match="RV3 tidak boleh lagi"):
        give(house, order(visit(house, rizki), "rotavac", site="mulut"))


def test_nothing_is_given_at_a_visit_that_is_over(house: House, rizki: Person) -> None:
    here = visit(house, rizki)
    with house.store.writing(house.actor("doctor"), "test.end") as uow:
        uow.change(uow.get(Visit, here), state=VisitState.FINISHED)
    with pytest.raises(IllegalStep):
        give(house, order(here, "pcv"))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("17-09-2025", "sebelum lahir (18-09-2025)"),
        ("22-11-2026", "belum"),
        ("kemarin dulu", "tanggal"),
        ("", "Kapan"),
    ],
)
def test_a_dose_of_before_needs_a_day_that_can_be(house: House, rizki: Person, on: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        book(house, rizki, ("je", on))
    assert refused.value.field == "on"
    assert said.lower() in refused.value.sentence.lower()


def test_no_dose_after_death(house: House) -> None:
    gone = house.person("Almarhum", "2024-01-01", "L", status="dead", status_on=date(2026, 3, 1))
    with pytest.raises(InvalidInput, match="sesudah meninggal"):
        book(house, gone, ("mr", "02-03-2026"))
    book(house, gone, ("mr", "01-03-2026"))
    assert gone.status is PersonStatus.DEAD


def test_a_month_is_enough_for_a_dose_of_before(house: House) -> None:
    child = house.person("Alif Maulana", "2025-04-10", "L")
    book(house, child, ("bcg", "5/2025"), place="Bidan Desa")
    view = plan(house, child)
    assert cells(view, "bcg") == [("BCG", "given", "Mei 2025")]
    assert view.doses[0].details == "dari catatan · Bidan Desa"


def test_a_dose_told_from_memory_is_kept_and_not_counted(house: House) -> None:
    child = house.person("Alif Maulana", "2025-04-10", "L")
    book(house, child, ("bcg", "2025"), told=True, confirmed=False)
    view = plan(house, child)
    assert cells(view, "bcg")[0] == ("lisan", "not_counted", "2025 · tak dihitung")
    assert cells(view, "bcg")[1][1] == "no_data"
    assert "Buku KIA" in cell(view, "bcg", 0).words


def test_an_empty_history_has_no_data_until_the_book_was_copied(house: House) -> None:
    child = house.person("Keysha Amanda", "2025-01-21")
    assert {line.state for line in due(house, child).values()} == {"no_data"}
    assert "Imunisasi bayi dan balita" in {
        line.name for line in house.desk.care.arrival(house.actor("registration"), child.uid).lines
    }
    house.desk.immunizations.copied(house.actor("midwife"), new_uid(), child.uid)
    lines = due(house, child)
    assert (lines["dpt_hb_hib"].state, lines["dpt_hb_hib"].words) == ("late", "kejar sejak 21-04-2025")
    view = plan(house, child)
    assert view.copied
    assert not any(offer.unsure for offer in view.offers)


def test_what_was_used_last_today_is_offered_again(house: House, rizki: Person) -> None:
    assert plan(house, rizki).vaccines["pcv"].vial is None
    give(house, order(visit(house, rizki), "pcv"))
    other = house.person("Bima Saputra", "2025-11-01", "L")
    vial = plan(house, other).vaccines["pcv"].vial
    assert vial is not None
    assert (vial.batch, vial.expiry) == ("PX2214", date(2027, 6, 30))
    house.hands.move(days=1)
    assert plan(house, other).vaccines["pcv"].vial is None


def test_injections_of_one_visit_have_sites_of_their_own(house: House) -> None:
    child = house.person("Bima Saputra", "2026-07-21", "L")
    book(house, child, ("bcg", "22-07-2026"))
    house.desk.immunizations.copied(house.actor("midwife"), new_uid(), child.uid)
    offers = {offer.series: offer for offer in plan(house, child).offers}
    assert list(offers) == ["opv", "rv", "ipv", "dpt_hb_hib", "pcv"], "what is swallowed comes first"
    sites = [offer.site for offer in offers.values() if offer.site != "mulut"]
    assert len(sites) == len(set(sites))
    give(house, order(visit(house, child), "ipv", site=offers["dpt_hb_hib"].site))
    after = {offer.series: offer.site for offer in plan(house, child).offers}
    assert after["dpt_hb_hib"] != offers["dpt_hb_hib"].site


def test_a_dose_of_another_is_taken_back_with_a_reason(house: House, rizki: Person) -> None:
    recorded = give(house, order(visit(house, rizki), "pcv"))
    service, midwife = house.desk.immunizations, house.actor("midwife")
    with pytest.raises(NeedsReason):
        service.withdraw(midwife, "dose", recorded.uid, "")
    service.withdraw(midwife, "dose", recorded.uid, "salah anak")
    service.withdraw(midwife, "dose", recorded.uid, "salah anak")
    assert cells(plan(house, rizki), "pcv")[2][1] == "late"
    with house.store.reading(midwife, "test.read") as uow:
        assert uow.get(GivenDose, recorded.uid).void_reason == "salah anak"


def test_an_objection_closes_the_offer_until_it_ends(house: House, rizki: Person) -> None:
    service, midwife = house.desk.immunizations, house.actor("midwife")

    def stands(kind: ObjectionKind, until: str = "", why: str = "demam 39") -> Stands:
        return Stands(uid=new_uid(), person_uid=rizki.uid, kind=kind, series="pcv", why=why, until=until)

    with pytest.raises(NeedsReason):
        service.objection(midwife, stands(ObjectionKind.REFUSAL, why=" "))
    with pytest.raises(InvalidInput):
        service.objection(midwife, stands(ObjectionKind.DEFERRAL))
    with pytest.raises(InvalidInput):
        service.objection(midwife, stands(ObjectionKind.DEFERRAL, "21-11-2026"))
    put_off = service.objection(midwife, stands(ObjectionKind.DEFERRAL, "28-11-2026"))
    assert cells(plan(house, rizki), "pcv")[2] == ("PCV3", "deferred", "ditunda s.d. 28-11-2026")
    line = due(house, rizki)["pcv"]
    assert (line.state, line.words) == ("postponed", "ditunda sampai 28-11-2026")
    service.withdraw(midwife, "objection", put_off.uid, "sudah turun")
    service.objection(midwife, stands(ObjectionKind.CONTRAINDICATION, why="syok sesudah dosis 2"))
    view = plan(house, rizki)
    assert cells(view, "pcv")[2] == ("PCV3", "contraindicated", "kontraindikasi")
    assert view.objections[0].text == "Kontraindikasi: PCV. syok sesudah dosis 2"
    assert view.offers == ()
    with pytest.raises(InvalidInput, match="kontraindikasi: syok sesudah dosis 2"):
        give(house, order(visit(house, rizki), "pcv", confirmed=True))


def test_a_refusal_ends_with_a_dose(house: House, rizki: Person) -> None:
    service, midwife = house.desk.immunizations, house.actor("midwife")
    refusal = Stands(
        uid=new_uid(), person_uid=rizki.uid, kind=ObjectionKind.REFUSAL, series="pcv", why="ayah tidak setuju"
    )
    assert service.objection(midwife, refusal) == service.objection(midwife, refusal)
    line = due(house, rizki)["pcv"]
    assert (line.state, line.words) == ("refused", "ditolak 21-11-2026")
    give(house, order(visit(house, rizki), "pcv"))
    assert due(house, rizki)["pcv"].state == "done"


def test_what_happened_after_a_dose_is_linked_to_it(house: House, rizki: Person) -> None:
    recorded = give(house, order(visit(house, rizki), "pcv"))
    service, midwife = house.desk.immunizations, house.actor("midwife")
    house.hands.move(days=2)
    happened = Happened(
        uid=new_uid(), dose_uid=recorded.uid, on="22-11-2026", symptom="demam 38,7", severity="mild", action="kompres"
    )
    for change, field in (
        ({"on": "20-11-2026"}, "on"),
        ({"on": "24-11-2026"}, "on"),
        ({"symptom": ""}, "symptom"),
        ({"severity": "x"}, "severity"),
    ):
        with pytest.raises(InvalidInput) as refused:
            service.report(midwife, replace(happened, **change))
        assert refused.value.field == field
    assert service.report(midwife, happened) == service.report(midwife, happened)
    view = plan(house, rizki)
    assert cell(view, "pcv", 2).event
    assert view.events[0].text == "22-11-2026 sesudah PCV13 21-11-2026: demam 38,7 (ringan). Tindakan: kompres."
    with pytest.raises(InvalidInput, match="KIPI"):
        service.withdraw(midwife, "dose", recorded.uid, "salah anak")


@pytest.mark.parametrize(("born", "hourly"), [("2026-11-15", ("hb0",)), ("2026-11-14", ())])
def test_hours_are_asked_while_hb0_is_possible(house: House, born: str, hourly: tuple[str, ...]) -> None:
    assert plan(house, house.person("Bayi Contoh", born)).hourly == hourly


def test_hb0_by_the_hour(house: House) -> None:
    newborn = house.person("Bayi Ny Siti", "2026-11-21", "L")
    view = plan(house, newborn)
    assert view.hourly == ("hb0",)
    give(house, order(visit(house, newborn), "hb0", age_hours=6))
    assert cells(plan(house, newborn), "hb0") == [("HB0", "given", "21-11-2026 · 6 jam")]


def test_what_was_kept_goes_when_the_dose_is_on_record(house: House, rizki: Person) -> None:
    here, service, midwife = visit(house, rizki), house.desk.immunizations, house.actor("midwife")
    service.keep_draft(midwife, here, {"batch": "PX"})
    kept = service.draft(midwife, here)
    assert kept is not None
    assert kept.content == {"batch": "PX"}
    give(house, order(here, "pcv"))
    assert service.draft(midwife, here) is None


def test_the_card_tells_what_was_given_and_when_to_come_again(house: House, rizki: Person) -> None:
    before = text(house.desk.immunizations.card(house.actor("midwife"), rizki.uid).pdf)
    assert "SUDAH WAKTUNYA, DATANG SECEPATNYA PCV3" in " ".join(before.split())
    recorded = give(house, order(visit(house, rizki), "pcv"))
    happened = Happened(uid=new_uid(), dose_uid=recorded.uid, on="21-11-2026", symptom="demam", severity="mild")
    house.desk.immunizations.report(house.actor("midwife"), happened)
    said = text(house.desk.immunizations.card(house.actor("midwife"), rizki.uid).pdf)
    for words in (
        "KARTU IMUNISASI",
        "Rizki Ramadhan",
        "18 September 2025",
        "Kamis, 18 Maret 2027",
        "DPT-HB-Hib lanjutan, MR2",
        "13-12-2025",
        "tak dihitung",
        "21-11-2026",
        "IDL belum: RV3 tidak bisa dikejar.",
        "KIPI 21-11-2026 sesudah PCV13 21-11-2026: demam (ringan).",
    ):
        assert words in said
    assert "lewat umur" not in said
    assert "SUDAH WAKTUNYA" not in said


# Women


def test_the_t_status_of_a_pregnant_woman(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9)))
    line = due(house, siti)["td"]
    assert (line.service, line.state, line.name) == ("anc_td", "no_data", "Status T")
    book(house, siti, ("td", "03-03-2026"))
    view = plan(house, siti)
    assert cells(view, "tetanus")[:2] == [("T1", "given", "03-03-2026"), ("T2", "on_time", "hari ini")]
    assert view.tetanus is not None
    assert view.tetanus.td == "Td untuk T2 bisa diberikan hari ini, paling lambat 30-01-2027."
    line = due(house, siti)["td"]
    assert (line.name, line.state, line.due_on) == ("Imunisasi Td (T2)", "due", date(2026, 5, 9))
    give(house, order(visit(house, siti), "td", site="lengan kiri atas"))
    view = plan(house, siti)
    assert cells(view, "tetanus")[1] == ("T2", "given", "21-11-2026")
    assert (view.tetanus.code if view.tetanus else "") == "T2"
    assert due(house, siti)["td"].state == "lost", "T3 comes after the birth"


@pytest.mark.parametrize(("on", "asked"), [("24-10-2026", False), ("25-10-2026", True)])
def test_td_before_its_distance_is_asked_about(house: House, on: str, asked: bool) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    book(house, siti, ("td", on))
    here = visit(house, siti)
    if asked:
        with pytest.raises(NotAdvised, match="T2: jarak 27 hari"):
            give(house, order(here, "td"))
    else:
        assert give(house, order(here, "td")).despite == ""


def test_childhood_vaccines_count_for_the_t_status(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "2008-02-03")
    book(house, siti, ("dpt_hb_hib", "10-04-2008"), ("dpt_hb_hib", "10-05-2008"), ("dpt_hb_hib", "10-06-2008"))
    view = plan(house, siti)
    assert cells(view, "tetanus")[:2] == [("T2", "given", "imunisasi anak"), ("T3", "on_time", "hari ini")]


def test_without_a_birth_date_a_woman_gets_td_and_a_child_nothing(house: House) -> None:
    someone = house.person("Tanpa Tanggal Lahir", None)
    here = visit(house, someone)
    with pytest.raises(InvalidInput, match="tanggal lahirnya dulu"):
        give(house, order(here, "pcv"))
    give(house, order(here, "td"))
    view = plan(house, someone)
    assert not view.born_known
    assert [line.label for line in view.doses] == ["Td"]


def test_complete_before_the_first_birthday_with_the_day_it_was_reached(house: House) -> None:
    child = house.person("Syifa Az-Zahra", "2025-01-10")
    book(
        house, child, ("hb0", "10-01-2025"), ("bcg", "10-02-2025"), ("opv", "10-02-2025"), ("mr", "10-10-2025"),
        *((code, on) for code in ("opv", "dpt_hb_hib", "rotavac") for on in ("10-03-2025", "10-04-2025", "10-05-2025")),
        *(("pcv", on) for on in ("10-03-2025", "10-04-2025")), ("ipv", "10-05-2025"), ("ipv", "09-01-2026"),
    )  # fmt: skip
    idl, ibl = plan(house, child).milestones
    assert (idl.state, idl.words) == ("reached", "IDL tercapai 09-01-2026.")
    assert ibl.state == "open"


def test_no_live_vaccine_in_pregnancy(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9)))
    with pytest.raises(InvalidInput, match="kontraindikasi: sedang hamil"):
        give(house, order(visit(house, siti), "mr", confirmed=True))


def test_hpv_for_girls_of_eleven_and_not_for_boys(house: House) -> None:
    girl, boy = house.person("Nisa", "2015-11-21"), house.person("Adi", "2015-11-21", "L")
    house.desk.immunizations.copied(house.actor("midwife"), new_uid(), girl.uid)
    line = due(house, girl)["hpv"]
    assert (line.service, line.state) == ("immunization_school", "due")
    assert "hpv" not in due(house, boy)


def test_the_class_says_when_where_it_is_known(house: House) -> None:
    """Ten years old and in class 5: HPV since August, not only at eleven."""
    girl = house.person("Nisa", "2016-03-02")
    service, midwife = house.desk.immunizations, house.actor("midwife")
    service.copied(midwife, new_uid(), girl.uid)
    assert plan(house, girl).school_class == 0
    assert "hpv" not in due(house, girl)
    with pytest.raises(InvalidInput):
        service.school_class(midwife, new_uid(), girl.uid, 13)
    service.school_class(midwife, new_uid(), girl.uid, 4)
    assert "hpv" not in due(house, girl)
    service.school_class(midwife, new_uid(), girl.uid, 5)
    assert plan(house, girl).school_class == 5
    assert (due(house, girl)["hpv"].state, due(house, girl)["hpv"].due_on) == ("due", date(2026, 8, 1))
    house.hands.move(days=222)
    assert plan(house, girl).on == date(2027, 7, 1)
    assert plan(house, girl).school_class == 6, "a school year later"
    assert plan(house, house.person("Ibu", "1990-01-01")).school_class is None


def test_the_desk_names_what_is_late_in_one_line(house: House, rizki: Person) -> None:
    lines = house.desk.care.arrival(house.actor("registration"), rizki.uid).lines
    assert [(line.name, line.words) for line in lines if line.service == "immunization_child"] == [
        ("Imunisasi PCV3", "terlambat sejak 18-10-2026")
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("30-06-2027", date(2027, 6, 30)), ("06/2027", date(2027, 6, 30)), ("2/2028", date(2028, 2, 29))],
)
def test_expiry_as_it_stands_on_a_vial(typed: str, meant: date) -> None:
    assert read_expiry(typed, TODAY) == meant
