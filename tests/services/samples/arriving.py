"""Finding, arriving, lining up."""

from __future__ import annotations

from ilp_desk.domain.person import Family
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import ServicePoint
from ilp_desk.services.registration import RegisterVisit
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning


@sample("person.find")
def find(m: Morning) -> Call:
    name = m.person().name
    return Call(lambda actor: m.desk.finding.find(actor, name))


@sample("registration.arrival")
def arrival(m: Morning) -> Call:
    family = Family(uid=new_uid(), kk=m.kk(), head_name="Jamaludin")
    m.house.put(family)
    someone = m.person(family_uid=family.uid)
    return Call(lambda actor: m.desk.registration.arrival(actor, someone.uid), opens=someone.uid)


@sample("registration.places")
def places(m: Morning) -> Call:
    return Call(m.desk.registration.places)


@sample("registration.strip")
def strip(m: Morning) -> Call:
    return Call(m.desk.registration.strip)


@sample("visit.register")
def register(m: Morning) -> Call:
    order = RegisterVisit(
        visit_uid=new_uid(), entry_uid=new_uid(), person_uid=m.person().uid, payer="jkn_pbi", payer_status="active"
    )
    return Call(lambda actor: m.desk.registration.register(actor, order))


@sample("person.payer")
def check_payer(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.registration.check_payer(actor, someone.uid, "jkn_pbi", "here", "active"))


@sample("visit.add_service")
def add_service(m: Morning) -> Call:
    here, entry_uid = m.arrived(), new_uid()
    dentist = m.house.points["gigi"].uid
    return Call(lambda actor: m.desk.registration.add_service(actor, here.visit_uid, dentist, entry_uid))


@sample("visit.undo")
def undo(m: Morning) -> Call:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=m.person().uid)
    return Call(
        lambda actor: m.desk.registration.undo(actor, order.entry_uid),
        first=lambda actor: m.desk.registration.register(actor, order),
    )


@sample("visit.cancel")
def cancel(m: Morning) -> Call:
    here = m.arrived()
    return Call(lambda actor: m.desk.registration.cancel(actor, here.visit_uid, "pulang sendiri"))


@sample("visit.move")
def move(m: Morning) -> Call:
    here, right = m.arrived(), m.person()
    return Call(lambda actor: m.desk.registration.move(actor, here.visit_uid, right.uid, "salah pilih nama"))


@sample("queue.points")
def points(m: Morning) -> Call:
    return Call(m.desk.queueing.points)


@sample("queue.line")
def line(m: Morning) -> Call:
    m.arrived()
    return Call(lambda actor: m.desk.queueing.line(actor, m.house.points["dewasa"].uid))


@sample("queue.board")
def board(m: Morning) -> Call:
    return Call(m.desk.queueing.board)


@sample("queue.call_next")
def call_next(m: Morning) -> Call:
    m.arrived()
    return Call(lambda actor: m.desk.queueing.call_next(actor, m.house.points["dewasa"].uid, "Ruang 4"))


@sample("queue.call")
def call(m: Morning) -> Call:
    here = m.arrived()
    return Call(lambda actor: m.desk.queueing.call(actor, here.entry_uid, "Ruang 4"))


@sample("queue.call_again")
def call_again(m: Morning) -> Call:
    here = m.called()
    return Call(lambda actor: m.desk.queueing.call_again(actor, here.entry_uid))


@sample("queue.skip")
def skip(m: Morning) -> Call:
    here = m.called()
    return Call(lambda actor: m.desk.queueing.skip(actor, here.entry_uid))


@sample("queue.absent")
def absent(m: Morning) -> Call:
    here = m.called()
    return Call(lambda actor: m.desk.queueing.absent(actor, here.entry_uid))


@sample("queue.start")
def start(m: Morning) -> Call:
    here = m.called()
    return Call(lambda actor: m.desk.queueing.start(actor, here.entry_uid))


@sample("queue.send_on")
def send_on(m: Morning) -> Call:
    here, there = m.started(), new_uid()
    lab = m.house.points["lab"].uid
    return Call(lambda actor: m.desk.queueing.send_on(actor, here.entry_uid, lab, there, "darah lengkap"))


@sample("queue.finish")
def finish(m: Morning) -> Call:
    """Where nobody is cared for the desk may end a turn as well."""
    clerical = next(p.code for p in m.desk.reference.service_points if p.clerical)
    known = m.house.read(ServicePoint, code=clerical)
    if not known:
        m.house.put(ServicePoint(uid=new_uid(), code=clerical, name="Kasir", cluster="lintas_klaster", letter="E"))
        known = m.house.read(ServicePoint, code=clerical)
    here, entry_uid = m.arrived(), new_uid()
    m.desk.registration.add_service(m.actor("registration"), here.visit_uid, known[0].uid, entry_uid)
    m.desk.queueing.call(m.actor("registration"), entry_uid, "Loket 2")
    return Call(lambda actor: m.desk.queueing.finish(actor, entry_uid))


@sample("queue.undo")
def take_back(m: Morning) -> Call:
    here = m.arrived()
    return Call(
        lambda actor: m.desk.queueing.undo(actor, here.entry_uid),
        first=lambda actor: m.desk.queueing.call(actor, here.entry_uid, "Ruang 4"),
    )


@sample("queue.leave")
def leave(m: Morning) -> Call:
    here = m.arrived()
    return Call(lambda actor: m.desk.queueing.leave(actor, here.entry_uid, "pulang sebelum diperiksa"))
