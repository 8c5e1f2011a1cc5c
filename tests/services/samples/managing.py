"""Staff, the site, and the safe."""

from __future__ import annotations

from db.keys import write_key_file
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, Partner, ServicePoint
from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.services.demo import FEWEST, DemoOrder
from ilp_desk.services.site import AreaForm, FacilityForm, NumberingForm, PartnerForm, PointForm, RelationshipForm
from ilp_desk.services.staffing import StaffForm
from tests.house import KEY
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, NEW_PASSWORD, PASSWORD, Morning

# -- staff


def colleague(m: Morning) -> Staff:
    """Somebody who works here and is not in the way of the other samples."""
    number = m.kk()[-4:]
    someone = Staff(uid=new_uid(), name=m.name(), username=f"petugas{number}", roles=(Role.PHARMACY,))
    m.house.put(someone)
    return someone


@sample("staff.candidate")
def candidate(m: Morning) -> Call:
    return Call(lambda actor: m.desk.staffing.candidate(actor, "doctor"))


@sample("staff.try")
def record_try(m: Morning) -> Call:
    someone = colleague(m)
    return Call(lambda actor: m.desk.staffing.record_try(actor, someone.uid, False))


@sample("staff.must_change")
def must_change(m: Morning) -> Call:
    return Call(m.desk.staffing.must_change)


@sample("staff.my_hash")
def my_hash(m: Morning) -> Call:
    return Call(m.desk.staffing.my_hash)


@sample("staff.my_username")
def my_username(m: Morning) -> Call:
    return Call(m.desk.staffing.my_username)


@sample("staff.names")
def names(m: Morning) -> Call:
    return Call(m.desk.staffing.names)


@sample("staff.list")
def staff_list(m: Morning) -> Call:
    return Call(m.desk.staffing.list)


@sample("staff.sign_out")
def sign_out(m: Morning) -> Call:
    return Call(m.desk.staffing.sign_out)


@sample("staff.password")
def change_password(m: Morning) -> Call:
    """Everybody changes their own, whatever it was before."""
    make = m.desk.tools.passwords.make

    def forget(actor: Actor) -> None:
        with m.house.store.writing(actor, "test.password") as uow:
            uow.change(uow.get(Staff, actor.staff_uid), password=make(PASSWORD))

    return Call(lambda actor: m.desk.staffing.keep_password(actor, make(NEW_PASSWORD)), first=forget)


@sample("staff.save")
def save_staff(m: Morning) -> Call:
    form = StaffForm(
        uid=new_uid(), name=m.name(), username=f"baru{m.kk()[-4:]}", roles=(Role.NURSE,), password=PASSWORD
    )
    return Call(lambda actor: m.desk.staffing.save(actor, form))


@sample("staff.activate")
def activate(m: Morning) -> Call:
    someone = colleague(m)
    return Call(lambda actor: m.desk.staffing.activate(actor, someone.uid, False))


# -- the site


@sample("site.facility")
def facility(m: Morning) -> Call:
    return Call(m.desk.site.facility)


@sample("site.save_facility")
def save_facility(m: Morning) -> Call:
    form = FacilityForm(name="Puskesmas Contoh", letter_code="PKM-CTH", address="Jl. Contoh No. 2")
    return Call(lambda actor: m.desk.site.save_facility(actor, form))


@sample("site.save_idle")
def save_idle(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.save_idle(actor, 7))


@sample("site.setup_progress")
def setup_progress(m: Morning) -> Call:
    return Call(m.desk.site.setup_progress)


@sample("site.finish_setup")
def finish_setup(m: Morning) -> Call:
    with m.house.store.writing(m.actor("admin"), "test.start") as uow:
        admin = uow.get(Staff, m.house.staff[Role.ADMIN].uid)
        uow.change(admin, password=m.desk.tools.passwords.make(PASSWORD))
        for site in uow.all(Facility):
            uow.change(site, ready=False)
    return Call(m.desk.site.finish_setup)


@sample("site.reference")
def reference(m: Morning) -> Call:
    return Call(m.desk.site.reference_files)


OWN_ALARMS = """\
version = "PKM.{serial}"
valid_from = 2026-01-01
source = "SK Kepala Puskesmas Contoh"
status = "confirmed"

[[alarm]]
code = "BP-CRISIS"
act = "Ulangi TD, panggil dokter ({serial})."
"""


def own_file(m: Morning) -> tuple[str, bytes]:
    """A file of this Puskesmas that passes, another one each time."""
    return "alarms.toml", OWN_ALARMS.format(serial=m.kk()[-4:]).encode()


@sample("site.reference_file")
def reference_file(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.reference_file(actor, "alarms"))


@sample("site.reference_text")
def reference_text(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.reference_text(actor, "alarms"))


@sample("site.reference_state")
def reference_state(m: Morning) -> Call:
    return Call(m.desk.site.reference_state)


@sample("site.lay_reference")
def lay_reference(m: Morning) -> Call:
    file = own_file(m)
    return Call(lambda actor: m.desk.site.lay_reference(actor, *file))


@sample("site.take_back_reference")
def take_back_reference(m: Morning) -> Call:
    laid = m.desk.site.lay_reference(m.actor("admin"), *own_file(m))
    return Call(lambda actor: m.desk.site.take_back_reference(actor, laid.uid, "salah berkas"))


def waiting(m: Morning) -> str:
    """The digest of a row nobody approved yet."""
    return next(row.digest for row in m.desk.site.reference_file(m.actor("head"), "vitals").rows if row.waits)


@sample("site.approve_reference")
def approve_reference(m: Morning) -> Call:
    digest = waiting(m)
    return Call(lambda actor: m.desk.site.approve_reference(actor, "vitals", (digest,)))


@sample("site.revoke_reference")
def revoke_reference(m: Morning) -> Call:
    head = m.actor("head")
    [approval] = m.desk.site.approve_reference(head, "vitals", (waiting(m),))
    return Call(lambda actor: m.desk.site.revoke_reference(actor, (approval.uid,), "belum dibahas"))


@sample("site.areas")
def areas(m: Morning) -> Call:
    return Call(m.desk.site.areas)


@sample("site.add_areas")
def add_areas(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.add_areas(actor, m.house.areas["village"].uid, "hamlet", m.name()))


def hamlet(m: Morning) -> Area:
    made = Area(uid=new_uid(), name=m.name(), level="hamlet", parent_uid=m.house.areas["village"].uid)
    m.house.put(made)
    return made


@sample("site.save_area")
def save_area(m: Morning) -> Call:
    area = hamlet(m)
    return Call(lambda actor: m.desk.site.save_area(actor, area.uid, AreaForm(name=m.name()), area.row_version))


@sample("site.remove_area")
def remove_area(m: Morning) -> Call:
    area = hamlet(m)
    return Call(lambda actor: m.desk.site.remove_area(actor, area.uid))


@sample("site.points")
def points(m: Morning) -> Call:
    return Call(m.desk.site.points)


@sample("site.adopt_points")
def adopt_points(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.adopt_points(actor, ["kia", "imunisasi"]))


@sample("site.save_point")
def save_point(m: Morning) -> Call:
    form = PointForm(name=m.name(), cluster="lintas_klaster", letter="F", rooms=("Ruang 9",))
    return Call(lambda actor: m.desk.site.save_point(actor, form))


@sample("site.activate_point")
def activate_point(m: Morning) -> Call:
    point = ServicePoint(uid=new_uid(), code=new_uid(), name=m.name(), cluster="lintas_klaster", letter="E")
    m.house.put(point)
    return Call(lambda actor: m.desk.site.activate_point(actor, point.uid, False))


@sample("site.order_points")
def order_points(m: Morning) -> Call:
    def turn(actor: Actor) -> None:
        uids = [point.uid for point in m.house.read(ServicePoint)]
        m.desk.site.order_points(actor, uids[::-1])

    return Call(turn)


@sample("site.test_ticket")
def test_ticket(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.test_ticket(actor, 80))


@sample("site.numbering")
def numbering(m: Morning) -> Call:
    return Call(m.desk.site.numbering)


@sample("site.save_numbering")
def save_numbering(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.save_numbering(actor, NumberingForm(width=7)))


@sample("site.relationship_codes")
def relationship_codes(m: Morning) -> Call:
    return Call(m.desk.site.relationship_codes)


@sample("site.save_relationship_codes")
def save_relationship_codes(m: Morning) -> Call:
    table = [RelationshipForm("01", "Kepala", "head"), RelationshipForm("02", "Anak", "child")]
    return Call(lambda actor: m.desk.site.save_relationship_codes(actor, table))


@sample("site.partners")
def partners(m: Morning) -> Call:
    return Call(m.desk.site.partners)


@sample("site.save_partner")
def save_partner(m: Morning) -> Call:
    form = PartnerForm(name=f"RS {m.name()}", distance_km="24 km")
    return Call(lambda actor: m.desk.site.save_partner(actor, form))


@sample("site.activate_partner")
def activate_partner(m: Morning) -> Call:
    partner = Partner(uid=new_uid(), name=f"RS {m.name()}", city="Contoh")
    m.house.put(partner)
    return Call(lambda actor: m.desk.site.activate_partner(actor, partner.uid, False))


@sample("site.keep_draft")
def keep_draft(m: Morning) -> Call:
    return Call(lambda actor: m.desk.site.keep_draft(actor, "facility", {"name": DRAFT}))


@sample("site.draft")
def draft(m: Morning) -> Call:
    return Call(
        lambda actor: m.desk.site.draft(actor, "facility"),
        first=lambda actor: m.desk.site.keep_draft(actor, "facility", {"name": DRAFT}),
    )


@sample("site.drop_draft")
def drop_draft(m: Morning) -> Call:
    return Call(
        lambda actor: m.desk.site.drop_draft(actor, "facility"),
        first=lambda actor: m.desk.site.keep_draft(actor, "facility", {"name": DRAFT}),
    )


@sample("demo.fill")
def fill(m: Morning) -> Call:
    """Only into an empty database."""
    desk, order = m.empty(), DemoOrder(patients=FEWEST, visits=0)
    return Call(lambda actor: desk.demo.fill(actor, order), desk=desk)


# -- the safe


def key_file(m: Morning) -> None:
    path = m.house.folder / "desk.key"
    if not path.exists():
        write_key_file(path, KEY)


def code(m: Morning) -> str:
    """A recovery code that is remembered, to look for it where it must not be."""
    made = m.desk.safekeeping.new_code(m.actor("admin"))
    m.codes.append(made)
    return made


@sample("safe.way_in")
def way_in(m: Morning) -> Call:
    return Call(m.desk.safekeeping.way_in)


@sample("safe.state")
def safe_state(m: Morning) -> Call:
    key_file(m)
    return Call(m.desk.safekeeping.state)


@sample("safe.back_up")
def back_up(m: Morning) -> Call:
    key_file(m)
    return Call(m.desk.safekeeping.back_up)


@sample("safe.check")
def check(m: Morning) -> Call:
    return Call(lambda actor: list(m.desk.safekeeping.check(actor)))


@sample("safe.print_code")
def print_code(m: Morning) -> Call:
    made = code(m)
    return Call(lambda actor: m.desk.safekeeping.sheet(actor, made))


@sample("safe.change_code")
def change_code(m: Morning) -> Call:
    key_file(m)
    made = code(m)
    return Call(lambda actor: m.desk.safekeeping.change_code(actor, made, made))


@sample("safe.change_start")
def change_start(m: Morning) -> Call:
    key_file(m)
    return Call(lambda actor: m.desk.safekeeping.change_start(actor, None))
