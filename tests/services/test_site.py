"""What a head or admin sets up, and what is refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, RelationshipCode, ServicePoint
from ilp_desk.domain.staff import Role
from ilp_desk.errors import Conflict, InvalidInput, NotAllowed, UserError
from ilp_desk.services.numbering import next_record_number
from ilp_desk.services.registration import RegisterVisit
from ilp_desk.services.site import (
    AreaForm,
    FacilityForm,
    NumberingForm,
    PartnerForm,
    PointForm,
    RelationshipForm,
    Site,
)
from tests.house import House

FORM = FacilityForm(name="Puskesmas Contoh Baru", letter_code="PKM-CTH")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def site(house: House) -> Site:
    return house.desk.site


def refused(house: House, form: FacilityForm) -> InvalidInput:
    with pytest.raises(InvalidInput) as trouble:
        house.desk.site.save_facility(house.actor("admin"), form)
    assert trouble.value.sentence.endswith(".")
    return trouble.value


# -- facility


def test_the_old_letterhead_stays_behind_the_new_one(house: House, site: Site) -> None:
    before = site.facility(house.actor("admin"))
    assert before is not None
    saved = site.save_facility(house.actor("admin"), replace(FORM, logo_left=PNG), before.uid)
    now = site.facility(house.actor("registration"))
    assert now is not None
    assert (now.name, now.logo_left, now.replaces) == ("Puskesmas Contoh Baru", PNG, before.uid)
    assert (now.idle_minutes, now.numbering) == (before.idle_minutes, before.numbering)
    assert saved.uid == now.uid


def test_two_admins_do_not_overwrite_each_other(house: House, site: Site) -> None:
    before = site.facility(house.actor("admin"))
    assert before is not None
    site.save_facility(house.actor("admin"), FORM, before.uid)
    with pytest.raises(Conflict):
        site.save_facility(house.actor("head"), replace(FORM, name="Lain"), before.uid)


def test_what_is_wrong_is_told_beside_its_field(house: House) -> None:
    assert refused(house, replace(FORM, name=" \t")).field == "name"
    assert refused(house, replace(FORM, letter_code="")).field == "letter_code"
    assert refused(house, replace(FORM, zone="Europe/Berlin")).field == "zone"
    assert refused(house, replace(FORM, logo_right=b"GIF89a")).field == "logo_right"
    assert refused(house, replace(FORM, logo_left=PNG + bytes(2_000_000))).field == "logo_left"


@pytest.mark.parametrize("text", ["Ma'inah", "مستشفى", "🏥" * 5, "A" * 300, "kop\x00\x07surat\nbaru"])
def test_any_text_survives_in_the_letterhead(house: House, site: Site, text: str) -> None:
    site.save_facility(house.actor("admin"), replace(FORM, address=text))
    now = site.facility(house.actor("admin"))
    assert now is not None
    assert now.address == " ".join(text.replace("\x00", " ").replace("\x07", " ").split())


def test_only_managers_change_the_site(house: House, site: Site) -> None:
    for role in set(Role) - {Role.HEAD, Role.ADMIN}:
        with pytest.raises(NotAllowed):
            site.save_facility(house.actor(role.value), FORM)


def test_the_desk_locks_itself_after_the_minutes_that_were_set(house: House, site: Site) -> None:
    assert site.save_idle(house.actor("head"), 5).idle_minutes == 5
    with pytest.raises(InvalidInput, match="1 sampai 60 menit"):
        site.save_idle(house.actor("head"), 0)


# -- the first set-up


def test_the_set_up_ends_only_when_nothing_is_missing(house: House, site: Site) -> None:
    admin = house.actor("admin")
    with house.store.writing(SYSTEM, "test.start") as uow:
        (facility,) = uow.all(Facility)
        uow.change(facility, ready=False)
        for area in uow.all(Area, level="hamlet"):
            uow.void(area, "uji coba")
        for area in uow.all(Area):
            uow.void(area, "uji coba")
    assert not site.setup_progress(admin).ready
    with pytest.raises(UserError, match="desa atau nagari"):
        site.finish_setup(admin)
    site.add_areas(admin, None, "village", "Maninjau")
    with pytest.raises(UserError, match="akun admin"):
        site.finish_setup(admin)
    with house.store.writing(SYSTEM, "test.password") as uow:
        uow.change(house.staff[Role.ADMIN], password="hash")
    progress = site.setup_progress(admin)
    assert (progress.facility, progress.villages, progress.managers, progress.points) == (True, 1, 1, 9)
    assert site.finish_setup(admin).ready
    assert site.setup_progress(admin).ready


# -- areas


def test_a_village_with_its_parts_is_added_and_read_in_order(house: House, site: Site) -> None:
    admin = house.actor("admin")
    (village,) = site.add_areas(admin, None, "village", "Bayua")
    (hamlet,) = site.add_areas(admin, village.uid, "hamlet", "Lubuk Kandang")
    site.add_areas(admin, hamlet.uid, "rw", "1-2")
    site.add_areas(admin, hamlet.uid, "rt", "1-3")
    site.add_areas(admin, village.uid, "posyandu", "Melati; Kenanga")
    names = [line.path[-1] for line in site.areas(admin) if line.path[0] == "Bayua"]
    assert names == [
        *("Bayua", "Lubuk Kandang", "RW 01", "RW 02", "RT 01", "RT 02", "RT 03"),
        *("Posyandu Melati", "Posyandu Kenanga"),
    ]


def test_every_village_gets_a_folder_code_of_its_own(house: House, site: Site) -> None:
    admin = house.actor("admin")
    added = site.add_areas(admin, None, "village", "Bayua; Koto Kaciak")
    assert [area.folder_code for area in added] == ["02", "03"]  # 01 is the house's village
    with pytest.raises(InvalidInput, match="sudah dipakai Bayua") as trouble:
        site.save_area(admin, added[1].uid, AreaForm(name="Koto Kaciak", folder_code="02"), 1)
    assert trouble.value.field == "folder_code"
    with pytest.raises(InvalidInput, match="luar wilayah"):
        site.save_area(admin, added[1].uid, AreaForm(name="Koto Kaciak", folder_code="99"), 1)
    saved = site.save_area(admin, added[1].uid, AreaForm(name="Koto", code="13.06.04.2001", folder_code="07"), 1)
    assert (saved.name, saved.code, saved.folder_code) == ("Koto", "13.06.04.2001", "07")


def test_what_does_not_belong_there_is_refused(house: House, site: Site) -> None:
    admin = house.actor("admin")
    hamlet = house.areas["hamlet"]
    with pytest.raises(InvalidInput, match="tidak dapat ditaruh"):
        site.add_areas(admin, hamlet.uid, "village", "Salah")
    with pytest.raises(InvalidInput, match="sudah ada di sini"):
        site.add_areas(admin, house.areas["village"].uid, "hamlet", "gasang")
    with pytest.raises(InvalidInput, match="Ketik nama"):
        site.add_areas(admin, None, "village", " ; ")


def test_an_area_people_live_in_stays(house: House, site: Site) -> None:
    admin = house.actor("admin")
    hamlet = house.areas["hamlet"]
    house.person("Siti", area_uid=hamlet.uid)
    with pytest.raises(InvalidInput, match="1 orang"):
        site.remove_area(admin, hamlet.uid)
    with pytest.raises(InvalidInput, match="1 bagian di bawah"):
        site.remove_area(admin, house.areas["village"].uid)
    (empty,) = site.add_areas(admin, house.areas["village"].uid, "hamlet", "Kosong")
    site.remove_area(admin, empty.uid)
    assert "Kosong" not in [line.area.name for line in site.areas(admin)]


def test_an_area_is_told_its_posyandu_and_the_posyandu_then_stays(house: House, site: Site) -> None:
    admin, hamlet = house.actor("admin"), house.areas["hamlet"]
    melati, kenanga = site.add_areas(admin, house.areas["village"].uid, "posyandu", "Melati; Kenanga")
    saved = site.save_area(admin, hamlet.uid, AreaForm(name="Gasang", posyandu_uid=kenanga.uid), hamlet.row_version)
    assert saved.posyandu_uid == kenanga.uid
    with pytest.raises(InvalidInput, match="melayani 1 wilayah"):
        site.remove_area(admin, kenanga.uid)
    site.remove_area(admin, melati.uid)
    for wrong in (melati.uid, house.areas["village"].uid, "tidak ada"):
        with pytest.raises(InvalidInput) as trouble:
            site.save_area(admin, hamlet.uid, AreaForm(name="Gasang", posyandu_uid=wrong), saved.row_version)
        assert trouble.value.field == "posyandu_uid"
    form = AreaForm(name="Kenanga", posyandu_uid=kenanga.uid)
    with pytest.raises(InvalidInput):
        site.save_area(admin, kenanga.uid, form, kenanga.row_version)
    assert site.save_area(admin, hamlet.uid, AreaForm(name="Gasang"), saved.row_version).posyandu_uid is None


# -- service points


def test_a_new_site_takes_over_service_points(house: House, site: Site) -> None:
    admin = house.actor("admin")
    offered = [point.code for point in site.offered_points()]
    assert offered[0] == "kia"
    made = site.adopt_points(admin, ["imunisasi", "kia"])
    assert [point.code for point in made] == ["kia", "imunisasi"]
    assert (made[1].letter, made[1].rooms) == ("A", ("Ruang Imunisasi",))
    assert made[0].uid == house.points["kia"].uid
    with pytest.raises(InvalidInput, match="sedikitnya satu"):
        site.adopt_points(admin, [])


def test_who_is_sent_there_comes_back_whatever_its_code(house: House, site: Site) -> None:
    admin, doctor = house.actor("admin"), house.actor("doctor")
    site.adopt_points(admin, ["gizi"])
    form = PointForm(name="Laboratorium Pustu", cluster="lintas_klaster", letter="F", comes_back=True)
    assert site.save_point(admin, form).code == "laboratorium_pustu"
    places = {p.code: p for p in house.desk.examination.places(doctor)}
    assert places["gizi"].comes_back
    assert places["laboratorium_pustu"].comes_back
    assert not places["farmasi"].comes_back
    assert (places["lab"].send_order, places["laboratorium_pustu"].send_order) == (1, 0)


def test_a_service_point_of_the_sites_own(house: House, site: Site) -> None:
    admin = house.actor("admin")
    form = PointForm(name="Poli Mata", cluster="lintas_klaster", letter="f", rooms=("Ruang 9", " ", "Ruang 9"))
    saved = site.save_point(admin, form)
    assert (saved.code, saved.letter, saved.rooms) == ("poli_mata", "F", ("Ruang 9",))
    again = site.save_point(admin, replace(form, uid=saved.uid, name="Mata"), saved.row_version)
    assert (again.code, again.name) == ("poli_mata", "Mata")
    again = site.save_point(admin, replace(form, uid=saved.uid, name="Mata", public_name=" Ruang  9 "), 2)
    assert again.public_name == "Ruang 9"
    with pytest.raises(Conflict):
        site.save_point(admin, replace(form, uid=saved.uid), saved.row_version)
    for wrong, field in (({"letter": "AB"}, "letter"), ({"cluster": "x"}, "cluster"), ({"name": "gigi"}, "name")):
        with pytest.raises(InvalidInput) as trouble:
            site.save_point(admin, replace(form, **wrong))  # type: ignore[arg-type]
        assert trouble.value.field == field


def test_a_service_point_where_people_wait_stays_open(house: House, site: Site) -> None:
    admin = house.actor("admin")
    someone = house.person("Siti", born="1999-02-03")
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=someone.uid)
    done = house.desk.registration.register(house.actor("registration"), order)
    (busy,) = [p for p in house.points.values() if p.name == done.point]
    with pytest.raises(InvalidInput, match="1 orang masih dalam antrean"):
        site.activate_point(admin, busy.uid, active=False)
    assert not site.activate_point(admin, house.points["gigi"].uid, active=False).active
    for point in house.points.values():
        if point.uid not in (busy.uid, house.points["gigi"].uid):
            site.activate_point(admin, point.uid, active=False)
    assert [p.uid for p in site.points(admin) if p.active] == [busy.uid]


def test_the_order_of_service_points_is_the_sites_own(house: House, site: Site) -> None:
    admin = house.actor("admin")
    uids = [point.uid for point in site.points(admin)]
    site.order_points(admin, list(reversed(uids)))
    assert [point.uid for point in site.points(admin)] == list(reversed(uids))


# -- record numbers


def test_running_numbers_go_on_above_the_last_one_on_paper(house: House, site: Site) -> None:
    admin = house.actor("admin")
    house.person("Lama", record_number="000777")
    site.save_numbering(admin, NumberingForm(separator="-", last_number="00.12.46"))
    seen = site.numbering(admin)
    assert (seen.highest, seen.sample) == (1246, "00-12-47")
    fresh = house.person("Baru")
    with house.store.writing(SYSTEM, "test.next") as uow:
        assert next_record_number(uow, fresh, None, "") == "00-12-47"
    assert site.numbering(admin).sample == "00-12-48"


def test_the_family_folder_brings_its_table_along(house: House, site: Site) -> None:
    admin = house.actor("admin")
    site.save_numbering(admin, NumberingForm(scheme="family_folder"))
    assert site.numbering(admin).sample == "01-0012-00"
    table = site.relationship_codes(admin)
    assert (table[0].code, table[0].standard) == ("00", "head")
    site.save_relationship_codes(
        admin, [RelationshipForm("01", "Kepala", "head"), RelationshipForm("02", "Anak", "child")]
    )
    assert [row.code for row in house.read(RelationshipCode)] == ["01", "02"]


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ([("1", "Kepala", "head")], "code"),
        ([("01", "Kepala", "head"), ("01", "Istri", "wife")], "code"),
        ([("01", " ", "head")], "label"),
        ([("01", "Kepala", "boss")], "standard"),
        ([("01", "Anak", "child")], "standard"),
    ],
)
def test_a_table_that_cannot_work_is_refused(
    house: House, site: Site, table: list[tuple[str, str, str]], field: str
) -> None:
    with pytest.raises(InvalidInput) as trouble:
        site.save_relationship_codes(house.actor("admin"), [RelationshipForm(*row) for row in table])
    assert trouble.value.field == field


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (NumberingForm(width=3), "width"),
        (NumberingForm(separator="/"), "separator"),
        (NumberingForm(last_number="A12"), "last_number"),
        (NumberingForm(last_number="1234567"), "last_number"),
        (NumberingForm(scheme="abc"), "scheme"),
        (NumberingForm(scheme="family_folder", outside_code="1"), "outside_code"),
        (NumberingForm(scheme="family_folder", outside_code="01"), "outside_code"),
        (NumberingForm(scheme="family_folder", folder_width=2), "folder_width"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(house: House, site: Site, form: NumberingForm, field: str) -> None:
    with pytest.raises(InvalidInput) as trouble:
        site.save_numbering(house.actor("admin"), form)
    assert trouble.value.field == field


# -- partners


def test_a_partner_is_added_changed_and_put_aside(house: House, site: Site) -> None:
    admin = house.actor("admin")
    form = PartnerForm(name="RS  Contoh Barat", specialties=("obstetrics", "nonsense"), distance_km="24 km")
    saved = site.save_partner(admin, form)
    assert (saved.name, saved.specialties, saved.distance_km) == ("RS Contoh Barat", ("obstetrics",), 24)
    with pytest.raises(InvalidInput, match="sudah ada"):
        site.save_partner(admin, PartnerForm(name="rs contoh barat"))
    with pytest.raises(InvalidInput, match="km bulat"):
        site.save_partner(admin, replace(form, uid=saved.uid, distance_km="dua"), saved.row_version)
    site.activate_partner(admin, saved.uid, active=False)
    assert site.partners(admin)[-1].uid == saved.uid


def test_every_change_is_told_to_other_desks(house: House, site: Site) -> None:
    admin = house.actor("admin")
    before = house.desk.last_change()
    site.save_facility(admin, FORM)
    site.add_areas(admin, None, "village", "Bayua")
    site.activate_point(admin, house.points["gigi"].uid, active=False)
    site.save_partner(admin, PartnerForm(name="RS Baru"))
    site.save_numbering(admin, NumberingForm())
    told = [change.topic for change in house.desk.changes(before)]
    assert told == ["site"] * 5
    assert house.read(ServicePoint, uid=house.points["gigi"].uid)[0].active is False
