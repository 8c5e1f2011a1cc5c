"""Calling, skipping, sending on, coming back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason, NotAllowed
from ilp_desk.rows.queue import Line, QueueRow
from ilp_desk.services.queueing import DISPLAY, NobodyWaits
from ilp_desk.services.registration import Circumstances, RegisterVisit

if TYPE_CHECKING:
    from tests.house import House


def arrive(house: House, name: str, born: str = "1980-01-01", sex: str = "L", **said: Any) -> str:
    """Register somebody, of a working age if nothing is said; gives the entry."""
    person = house.person(name, born, sex)
    entry_uid = new_uid()
    order = RegisterVisit(
        visit_uid=new_uid(), entry_uid=entry_uid, person_uid=person.uid, circumstances=Circumstances(**said)
    )
    house.desk.registration.register(house.actor("registration"), order)
    return entry_uid


def line(house: House, point: str = "dewasa", role: str = "nurse") -> Line:
    return house.desk.queueing.line(house.actor(role), house.points[point].uid)


def row(house: House, entry_uid: str, point: str = "dewasa", role: str = "nurse") -> QueueRow:
    shown = line(house, point, role)
    rows = (*shown.waiting, *shown.inside, *shown.away, *shown.done)
    return next(r for r in rows if r.entry_uid == entry_uid)


def state(house: House, entry_uid: str) -> QueueState:
    found: QueueState = house.read(QueueEntry, uid=entry_uid)[0].state
    return found


def names(house: House, point: str = "dewasa") -> list[str]:
    line = house.desk.queueing.line(house.actor("nurse"), house.points[point].uid)
    return [row.name for row in line.waiting]


def test_called_in_order_and_shown_on_the_board_without_a_name(house: House) -> None:
    nurse = house.actor("nurse")
    arrive(house, "Budi")
    arrive(house, "Joko")
    called = house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")
    assert (called.ticket, called.state, called.room) == ("B-001", QueueState.CALLED, "Ruang 4")
    board = house.desk.queueing.board(nurse)
    assert [(c.ticket, c.point, c.room) for c in board.calls] == [("B-001", "Usia Produktif", "Ruang 4")]
    assert "Budi" not in repr(board)
    house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")
    with pytest.raises(NobodyWaits):
        house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")


def test_skipped_lines_up_again_and_undo_gives_the_place_back(house: House) -> None:
    nurse = house.actor("nurse")
    first = arrive(house, "Budi")
    arrive(house, "Joko")
    house.desk.queueing.call(nurse, first, "Ruang 4")
    house.desk.queueing.skip(nurse, first)
    assert names(house) == ["Joko", "Budi"]
    house.desk.queueing.undo(nurse, first)
    assert house.read(QueueEntry, uid=first)[0].state is QueueState.CALLED


def test_back_from_the_laboratory_ahead_of_new_arrivals(house: House) -> None:
    nurse, lab = house.actor("nurse"), house.actor("laboratory")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    arrive(house, "Joko")
    at_lab = new_uid()
    there = house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, at_lab, "Hb")
    assert there.ticket == "B-001"
    house.desk.queueing.start(lab, at_lab, "Lab")
    house.desk.queueing.finish(lab, at_lab)
    assert names(house) == ["Budi", "Joko"]


def test_to_the_pharmacy_for_good_closes_the_visit_at_the_end(house: House) -> None:
    nurse, pharmacist = house.actor("nurse"), house.actor("pharmacy")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    drugs = new_uid()
    house.desk.queueing.send_on(nurse, budi, house.points["farmasi"].uid, drugs, returns=False)
    assert house.read(Visit)[0].state is VisitState.OPEN
    house.desk.queueing.start(pharmacist, drugs)
    house.desk.queueing.finish(pharmacist, drugs)
    assert house.read(Visit)[0].state is VisitState.FINISHED


def test_twice_to_the_laboratory_keeps_the_number(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    lab = house.points["lab"].uid
    for _ in range(2):
        entry = new_uid()
        assert house.desk.queueing.send_on(nurse, budi, lab, entry).ticket == "B-001"
        with pytest.raises(InvalidInput):
            house.desk.queueing.send_on(nurse, budi, lab, new_uid())
        house.desk.queueing.start(nurse, entry)
        house.desk.queueing.finish(nurse, entry)
        house.desk.queueing.start(nurse, budi)


def test_a_step_that_is_not_legal_is_refused(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    with pytest.raises(IllegalStep):
        house.desk.queueing.finish(nurse, budi)
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.finish(nurse, budi)
    with pytest.raises(IllegalStep):
        house.desk.queueing.call(nurse, budi, "Ruang 4")


def test_who_was_marked_absent_and_is_found_reopens_the_visit(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    house.desk.queueing.absent(nurse, budi)
    assert names(house) == []
    house.desk.queueing.call(nurse, budi, "Ruang 4")
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.finish(nurse, budi)
    assert house.read(Visit)[0].state is VisitState.FINISHED


def test_the_points_tell_how_many_wait_and_since_when(house: House) -> None:
    first, second = arrive(house, "Budi"), arrive(house, "Joko")
    nurse = house.actor("nurse")
    since = row(house, first).since
    house.desk.queueing.call(nurse, second, "Ruang 4")
    house.desk.queueing.skip(nurse, second)
    points = {p.code: p for p in house.desk.queueing.points(nurse)}
    assert [p.code for p in points.values()] == list(house.points)
    here = points["dewasa"]
    assert (here.waiting, here.oldest, here.inside, here.letter, here.rooms) == (2, since, 0, "B", ("Ruang 4",))
    assert (points["kia"].waiting, points["kia"].oldest) == (0, None)
    house.desk.queueing.call(nurse, first, "Ruang 4")
    here = {p.code: p for p in house.desk.queueing.points(nurse)}["dewasa"]
    assert (here.waiting, here.inside) == (1, 1)


def test_why_somebody_goes_ahead_is_told_in_words(house: House) -> None:
    old = arrive(house, "Rukiah", "1950-01-01", "P")
    assert row(house, old, "lansia").first == "Didahulukan: lansia 70 tahun ke atas"
    young = arrive(house, "Budi")
    assert row(house, young).first == ""
    bad = arrive(house, "Joko", emergency=True)
    assert row(house, bad, "gawat_darurat").first == "Gawat darurat"
    ill = arrive(house, "Tono", infection=True)
    assert row(house, ill, "infeksius").infectious


def test_the_desk_is_not_told_what_says_more_than_an_age(house: House) -> None:
    person = house.person("Budi", "1980-01-01", "L", disability="mobility")
    entry = new_uid()
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=entry, person_uid=person.uid)
    house.desk.registration.register(house.actor("registration"), order)
    assert row(house, entry).first == "Didahulukan: penyandang disabilitas"
    assert row(house, entry, role="registration").first == "Didahulukan"


def test_what_was_noted_for_the_room_is_not_for_the_desk(house: House) -> None:
    nurse, at_lab = house.actor("nurse"), new_uid()
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, at_lab, "Tes cepat HIV")
    assert row(house, at_lab, "lab", "laboratory").note == "Tes cepat HIV"
    assert "HIV" not in repr(line(house, "lab", "registration"))
    assert "HIV" not in repr(line(house, "dewasa", "registration"))


def test_the_list_tells_where_they_were_sent_and_where_they_came_from(house: House) -> None:
    nurse, at_lab = house.actor("nurse"), new_uid()
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, at_lab)
    assert [r.sent_to for r in line(house).away] == ["Laboratorium"]
    assert row(house, at_lab, "lab").sent_by == "Usia Produktif"
    house.desk.queueing.call(nurse, at_lab, "Lab")
    assert row(house, budi).busy_at == "Laboratorium"
    house.desk.queueing.finish(house.actor("laboratory"), at_lab)
    back = line(house).waiting[0]
    assert (back.returned, back.sent_to, back.busy_at) == (True, "Laboratorium", "")


def test_age_goes_ahead_only_where_clusters_share_a_queue(house: House) -> None:
    nurse, at_lab, old_at_lab = house.actor("nurse"), new_uid(), new_uid()
    young, old = arrive(house, "Budi"), arrive(house, "Rukiah", "1962-01-01", "P")
    assert row(house, old, "lansia").first == ""
    lab = house.points["lab"].uid
    house.desk.queueing.send_on(nurse, young, lab, at_lab)
    house.desk.queueing.send_on(nurse, old, lab, old_at_lab)
    assert [r.name for r in line(house, "lab").waiting] == ["Rukiah", "Budi"]
    assert row(house, old_at_lab, "lab").first == "Didahulukan: lansia"


def test_sent_to_another_cluster_before_care_began(house: House) -> None:
    nurse, there = house.actor("nurse"), new_uid()
    budi = arrive(house, "Budi")
    house.desk.queueing.send_on(nurse, budi, house.points["gigi"].uid, there, returns=False)
    assert (state(house, budi), state(house, there)) == (QueueState.VOIDED, QueueState.WAITING)
    assert row(house, budi).note == "dikirim ke Gigi"
    assert house.read(Visit)[0].state is VisitState.OPEN


def test_a_turn_that_was_only_called_may_be_finished(house: House) -> None:
    pharmacist, drugs = house.actor("pharmacy"), new_uid()
    nurse, budi = house.actor("nurse"), arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.send_on(nurse, budi, house.points["farmasi"].uid, drugs, returns=False)
    house.desk.queueing.call_next(pharmacist, house.points["farmasi"].uid, "Farmasi")
    house.desk.queueing.finish(pharmacist, drugs)
    entry = house.read(QueueEntry, uid=drugs)[0]
    assert entry.state is QueueState.FINISHED
    assert entry.started_at is not None


def test_the_desk_may_end_a_turn_only_where_nobody_is_cared_for(house: House) -> None:
    clerk, nurse, to_pay = house.actor("registration"), house.actor("nurse"), new_uid()
    till = ServicePoint(uid=new_uid(), code="kasir", name="Kasir", cluster="lintas_klaster", letter="E", mixed=True)
    house.put(till)
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    with pytest.raises(NotAllowed):
        house.desk.queueing.finish(clerk, budi)
    house.desk.queueing.send_on(nurse, budi, till.uid, to_pay, returns=False)
    assert house.desk.queueing.line(clerk, till.uid).clerical
    house.desk.queueing.call(clerk, to_pay, "Kasir")
    house.desk.queueing.finish(clerk, to_pay)
    assert house.read(Visit)[0].state is VisitState.FINISHED


def test_a_call_taken_back_leaves_the_waiting_room(house: House) -> None:
    nurse = house.actor("nurse")
    first, second = arrive(house, "Budi"), arrive(house, "Joko")
    house.desk.queueing.call(nurse, first, "Ruang 4")
    house.desk.queueing.call(nurse, second, "Ruang 4")
    house.desk.queueing.undo(nurse, second)
    board = house.desk.queueing.board(DISPLAY)
    assert [c.ticket for c in board.calls] == ["B-001"]
    assert [(t.now, t.waiting) for t in board.tiles] == [("B-001", 1)]
    house.desk.queueing.call(nurse, second, "Ruang 4")
    assert [c.ticket for c in house.desk.queueing.board(DISPLAY).calls] == ["B-002", "B-001"]


def test_calling_again_brings_a_number_to_the_front_once(house: House) -> None:
    nurse = house.actor("nurse")
    first, second = arrive(house, "Budi"), arrive(house, "Joko")
    for entry in (first, second):
        house.desk.queueing.call(nurse, entry, "Ruang 4")
    before = house.desk.queueing.board(DISPLAY).latest
    house.desk.queueing.call_again(nurse, first)
    board = house.desk.queueing.board(DISPLAY)
    assert [c.ticket for c in board.calls] == ["B-001", "B-002"]
    assert board.latest > before


def test_a_room_that_tells_an_illness_is_called_by_its_number(house: House) -> None:
    nurse = house.actor("nurse")
    ill = arrive(house, "Tono", infection=True)
    house.desk.queueing.call(nurse, ill, "Ruang 7")
    board = house.desk.queueing.board(DISPLAY)
    assert [(c.letter, c.ticket, c.point, c.room) for c in board.calls] == [("D", "D-001", "Ruang 7", "")]
    assert [(t.letter, t.label, t.room) for t in board.tiles] == [("D", "Ruang 7", "")]
    assert "nfeksius" not in repr(board)


def test_a_public_name_stands_for_the_real_one(house: House) -> None:
    nurse = house.actor("nurse")
    with house.store.writing(house.actor("admin"), "test.rename") as uow:
        uow.change(house.points["dewasa"], public_name="Poli Mawar")
    house.desk.queueing.call(nurse, arrive(house, "Budi"), "Ruang 4")
    board = house.desk.queueing.board(DISPLAY)
    assert [(c.point, c.room) for c in board.calls] == [("Poli Mawar", "Ruang 4")]
    assert [t.label for t in board.tiles] == ["Poli Mawar"]


def test_the_board_keeps_the_last_four_and_says_whose_it_is(house: House) -> None:
    nurse = house.actor("nurse")
    assert house.desk.queueing.board(DISPLAY).latest == 0
    for number in range(6):
        house.desk.queueing.call(nurse, arrive(house, f"Budi {number}"), "Ruang 4")
    board = house.desk.queueing.board(DISPLAY)
    assert [c.ticket for c in board.calls] == ["B-006", "B-005", "B-004", "B-003"]
    assert (board.facility, board.note) == (
        "Puskesmas Contoh",
        "Lansia, ibu hamil, bayi, dan penyandang disabilitas didahulukan.",
    )


def test_a_point_at_work_has_a_tile_though_nobody_was_called_or_waits(house: House) -> None:
    assert house.desk.queueing.board(DISPLAY).tiles == ()
    house.desk.queueing.start(house.actor("nurse"), arrive(house, "Budi"), "Ruang 4")
    assert [(t.label, t.now, t.waiting) for t in house.desk.queueing.board(DISPLAY).tiles] == [
        ("Usia Produktif", "", 0)
    ]


def test_who_reads_the_board_may_change_nothing(house: House) -> None:
    budi = arrive(house, "Budi")
    for act in (house.desk.queueing.call_again, house.desk.queueing.skip, house.desk.queueing.finish):
        with pytest.raises(NotAllowed):
            act(DISPLAY, budi)
    with pytest.raises(NotAllowed):
        house.desk.queueing.line(DISPLAY, house.points["dewasa"].uid)


def test_leaving_needs_a_reason_and_can_be_taken_back(house: House) -> None:
    clerk, budi = house.actor("registration"), arrive(house, "Budi")
    with pytest.raises(NeedsReason):
        house.desk.queueing.leave(clerk, budi, " x ")
    with pytest.raises(InvalidInput):
        house.desk.queueing.leave(clerk, budi, "panjang " * 60)
    house.desk.queueing.leave(clerk, budi, "Pulang\x00 \n karena sudah sore 🌧")
    assert row(house, budi, role="registration").note == "Pulang karena sudah sore 🌧"
    assert house.read(Visit)[0].state is VisitState.CANCELLED
    house.desk.queueing.undo(clerk, budi)
    assert state(house, budi) is QueueState.WAITING
    assert house.read(Visit)[0].state is VisitState.OPEN


def test_leaving_is_not_taken_back_over_a_new_visit(house: House) -> None:
    clerk, person, entry = house.actor("registration"), house.person("Budi", "1980-01-01", "L"), new_uid()
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=entry, person_uid=person.uid)
    house.desk.registration.register(clerk, order)
    house.desk.queueing.leave(clerk, entry, "pulang dulu")
    house.desk.registration.register(clerk, replace(order, visit_uid=new_uid(), entry_uid=new_uid()))
    with pytest.raises(IllegalStep, match="didaftarkan lagi"):
        house.desk.queueing.undo(clerk, entry)


def test_sending_on_can_be_taken_back_until_they_are_called_there(house: House) -> None:
    nurse, at_lab, again = house.actor("nurse"), new_uid(), new_uid()
    budi, lab = arrive(house, "Budi"), house.points["lab"].uid
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    house.desk.queueing.send_on(nurse, budi, lab, at_lab)
    house.desk.queueing.undo(nurse, budi)
    assert state(house, budi) is QueueState.STARTED
    assert line(house, "lab").waiting == ()
    house.desk.queueing.send_on(nurse, budi, lab, again, returns=False)
    house.desk.queueing.call(house.actor("laboratory"), again, "Lab")
    with pytest.raises(IllegalStep, match="tujuannya"):
        house.desk.queueing.undo(nurse, budi)


def test_finishing_can_be_taken_back_with_all_that_followed(house: House) -> None:
    nurse, lab, at_lab = house.actor("nurse"), house.actor("laboratory"), new_uid()
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, at_lab)
    house.desk.queueing.start(lab, at_lab, "Lab")
    house.desk.queueing.finish(lab, at_lab)
    house.desk.queueing.undo(lab, at_lab)
    assert (state(house, at_lab), state(house, budi)) == (QueueState.STARTED, QueueState.SENT_ON)
    house.desk.queueing.finish(lab, at_lab)
    house.desk.queueing.call(nurse, budi, "Ruang 4")
    with pytest.raises(IllegalStep, match="dipanggil lagi"):
        house.desk.queueing.undo(lab, at_lab)
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.finish(nurse, budi)
    assert house.read(Visit)[0].state is VisitState.FINISHED
    house.desk.queueing.undo(nurse, budi)
    assert house.read(Visit)[0].state is VisitState.OPEN


def test_only_who_took_a_step_takes_it_back_and_only_at_once(house: House) -> None:
    nurse, budi = house.actor("nurse"), arrive(house, "Budi")
    house.desk.queueing.call(nurse, budi, "Ruang 4")
    with pytest.raises(IllegalStep):
        house.desk.queueing.undo(house.actor("midwife"), budi)
    house.hands.move(seconds=20)
    with pytest.raises(IllegalStep, match="10 detik"):
        house.desk.queueing.undo(nurse, budi)
    house.desk.queueing.call_again(nurse, budi)
    with pytest.raises(IllegalStep):
        house.desk.queueing.undo(nurse, budi)


@pytest.mark.parametrize("bad", ["a" * 301, "x" * 4000])
def test_words_that_are_too_long_are_refused_with_a_sentence(house: House, bad: str) -> None:
    nurse, budi = house.actor("nurse"), arrive(house, "Budi")
    with pytest.raises(InvalidInput, match="Paling panjang 300 huruf"):
        house.desk.queueing.call(nurse, budi, bad)
    house.desk.queueing.start(nurse, budi)
    with pytest.raises(InvalidInput, match="Paling panjang 300 huruf"):
        house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, new_uid(), bad)
