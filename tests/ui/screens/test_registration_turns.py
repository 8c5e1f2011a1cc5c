"""What may happen between the first key and the ticket: already here, a sheet left, the next one typed ahead."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtTest import QTest

from ilp_desk.domain.person import Person
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.services.registration import Registration
from tests.full_disk import crowd, full_disk, register_all
from tests.ui.clerk import Clerk, Key
from ui.parts.arrival.move import MovePanel
from ui.parts.arrival.sheets import PlacePanel, ReasonPanel
from ui.parts.queue.words import row_line
from ui.preview import PreviewPanel
from ui.shell_sheets import Notice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House


@pytest.fixture
def siti(house: House) -> Person:
    return house.person("Siti Nurhaliza", "1999-02-03", nik="1306044302999001", record_number="00-12-47-01")


@pytest.fixture
def clerk(qtbot: QtBot, house: House, siti: Person) -> Clerk:
    return Clerk(qtbot, house)


def slow(monkeypatch: pytest.MonkeyPatch, method: str, seconds: float) -> None:
    """One act of the desk answers late."""
    real = getattr(Registration, method)

    def late(*args: Any, **named: Any) -> Any:
        time.sleep(seconds)
        return real(*args, **named)

    monkeypatch.setattr(Registration, method, late)


def here(clerk: Clerk) -> None:
    """Siti is registered, and stands open in the panel again."""
    clerk.find("siti nur")
    clerk.press(Key.Key_Return)
    clerk.find("siti nur")


def points(house: House) -> dict[str, QueueEntry]:
    names = {point.uid: code for code, point in house.points.items()}
    return {names[e.service_point_uid]: e for e in house.read(QueueEntry)}


def serve(house: House, entry_uid: str) -> None:
    doctor = house.actor("doctor")
    house.desk.queueing.start(doctor, entry_uid)
    house.desk.queueing.finish(doctor, entry_uid)


# Already here


def test_f8_for_somebody_who_waits_already_sends_them_at_once(clerk: Clerk, house: House) -> None:
    here(clerk)
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_2)
    assert clerk.page.panel.go.text() == "Ke Gawat darurat sekarang"
    clerk.press(Key.Key_Return)
    assert clerk.sheet is None
    assert points(house)["gawat_darurat"].rank == 0
    (visit,) = house.read(Visit)
    assert (visit.emergency, visit.danger_sign) == (True, "seizure")


def test_enter_right_after_the_sign_does_not_wait_for_the_rule(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(clerk)
    slow(monkeypatch, "arrival", 0.4)
    clerk.press(Key.Key_F8)
    QTest.keyClick(clerk.desk.window.focusWidget(), Key.Key_2)
    QTest.keyClick(clerk.page.search.edit, Key.Key_Return)
    clerk.wait()
    clerk.wait()
    assert "gawat_darurat" in points(house)


def test_f5_for_somebody_who_waits_already_offers_the_room_of_the_rule(clerk: Clerk, house: House) -> None:
    here(clerk)
    clerk.press(Key.Key_F5)
    clerk.press(Key.Key_Return)
    clerk.wait()
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    assert clerk.sheet is not None
    panel = clerk.sheet.panel
    assert isinstance(panel, PlacePanel)
    chosen = panel.view.current_row()
    assert chosen is not None
    assert chosen.name == "Ruang infeksius"
    clerk.press(Key.Key_Return)
    assert "infeksius" in points(house)
    (visit,) = house.read(Visit)
    assert (visit.infectious, visit.infection_sign) == (True, "")


def test_who_was_finished_this_morning_is_taken_up_again(clerk: Clerk, house: House) -> None:
    clerk.find("siti nur")
    clerk.press(Key.Key_Return)
    serve(house, house.read(QueueEntry)[0].uid)
    clerk.find("siti nur")
    assert clerk.page.panel.go.text() == "Buka lagi kunjungan hari ini"
    assert "Kunjungan hari ini sudah selesai" in clerk.page.panel.today.accessibleName()
    assert not clerk.page.panel.cancel.isVisible()
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    (visit,) = house.read(Visit)
    assert visit.state is VisitState.OPEN
    assert [e.state for e in house.read(QueueEntry)] == [QueueState.FINISHED, QueueState.WAITING]


def test_undo_after_a_second_service_takes_only_that_one_back(clerk: Clerk, house: House) -> None:
    here(clerk)
    for key in (Key.Key_Return, Key.Key_Down, Key.Key_Return):
        clerk.press(key)
    assert len(house.read(QueueEntry)) == 2
    clerk.desk.window.overlays.undo()
    clerk.wait()
    assert [e.state for e in house.read(QueueEntry)] == [QueueState.WAITING, QueueState.VOIDED]
    assert house.read(Visit)[0].state is VisitState.OPEN


def test_the_sign_seen_at_the_desk_stands_in_the_queue_of_the_room(clerk: Clerk, house: House) -> None:
    clerk.find("siti nur")
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_2)
    clerk.press(Key.Key_Return)
    (row,) = house.desk.queueing.line(house.actor("nurse"), house.points["gawat_darurat"].uid).waiting
    assert "Kejang" in row_line(row, house.clock.now(), house.clock.local).sub


# Enter stays alive


def test_leaving_the_second_service_leaves_enter_alive(clerk: Clerk, house: House) -> None:
    here(clerk)
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Escape)
    assert clerk.sheet is None
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    assert clerk.sheet is not None
    assert isinstance(clerk.sheet.panel, PlacePanel)


def test_a_second_service_that_failed_leaves_enter_alive(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(clerk)
    with monkeypatch.context() as broken:

        def full(*_: Any) -> Any:
            raise DatabaseTrouble("disk_full", "Cakram penuh.")

        broken.setattr(Registration, "add_service", full)
        for key in (Key.Key_Return, Key.Key_Down, Key.Key_Return):
            clerk.press(key)
    assert [n.sentence for n in clerk.desk.window.findChildren(Notice)] == ["Cakram penuh."]
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    for key in (Key.Key_Down, Key.Key_Return):
        clerk.press(key)
    assert len(house.read(QueueEntry)) == 2


def test_somebody_recorded_as_moved_needs_a_reason_that_is_kept_and_esc_leaves_enter_alive(
    qtbot: QtBot, house: House
) -> None:
    house.person("Rusdi", "1950-01-01", "L", status="moved")
    clerk = Clerk(qtbot, house)
    clerk.find("rusdi")
    for _ in range(2):
        clerk.press(Key.Key_Return, clerk.page.search.edit)
        assert clerk.sheet is not None
        assert isinstance(clerk.sheet.panel, ReasonPanel)
        clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    clerk.write("sudah kembali")
    clerk.press(Key.Key_Return)
    assert [v.status_reason for v in house.read(Visit)] == ["sudah kembali"]


def test_a_panel_that_could_not_be_read_is_asked_for_again(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def busy(*_: Any) -> Any:
            raise DatabaseTrouble("busy", "Sedang dipakai.")

        broken.setattr(Registration, "arrival", busy)
        clerk.find("siti nur")
    assert clerk.page.panel.arrival is None
    clerk.press(Key.Key_Return)
    clerk.wait()
    assert clerk.page.panel.arrival is not None


# Typing ahead


def test_the_next_name_typed_while_the_commit_runs_stays(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    budi = house.person("Budi Santoso", "1980-01-01", "L")
    clerk.find("siti nur")
    slow(monkeypatch, "register", 0.5)
    edit = clerk.page.search.edit
    QTest.keyClick(edit, Key.Key_Return)
    edit.selectAll()
    QTest.keyClicks(edit, "budi")
    QTest.keyClick(edit, Key.Key_Return)
    clerk.wait()
    clerk.wait()
    assert len(house.read(Visit)) == 1
    assert clerk.page.search.text() == "budi"
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert shown.person_uid == budi.uid
    clerk.press(Key.Key_Return)
    assert [v.person_uid for v in house.read(Visit)][1:] == [budi.uid]


def test_a_panel_that_comes_late_is_dropped_and_no_key_acts_on_it(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.type("siti nur")
    slow(monkeypatch, "arrival", 0.4)
    edit = clerk.page.search.edit
    QTest.keyClick(edit, Key.Key_Return)
    QTest.qWait(50)
    edit.selectAll()
    QTest.keyClicks(edit, "joko")
    clerk.wait()
    QTest.qWait(500)
    clerk.wait()
    assert clerk.page.panel.arrival is None
    clerk.press(Key.Key_F5)
    assert clerk.sheet is None
    assert "Buka orangnya dulu" in clerk.toast


def test_f8_pressed_while_the_panel_is_on_its_way_goes_to_that_person(
    clerk: Clerk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.type("siti nur")
    slow(monkeypatch, "arrival", 0.3)
    QTest.keyClick(clerk.page.search.edit, Key.Key_Return)
    clerk.page.emergency()
    clerk.press(Key.Key_2)
    clerk.wait()
    assert clerk.page.panel.danger_sign == "seizure"
    assert not clerk.page.alert.isVisible()
    shown = clerk.page.panel.arrival
    assert shown is not None
    assert shown.routed.name == "Gawat darurat"


# An emergency without its person


def test_a_pending_emergency_is_seen_until_it_is_taken_back(clerk: Clerk) -> None:
    alert = clerk.page.alert
    assert not alert.isVisible()
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_2)
    assert alert.isVisible()
    assert alert.accessibleName() == "Darurat: Kejang. Buka orangnya; Esc membatalkan."
    clerk.type("siti")
    assert alert.isVisible()
    assert clerk.page.back()
    assert not alert.isVisible()
    assert clerk.page.search.text() == "siti"
    clerk.press(Key.Key_Return)
    assert not clerk.page.panel.emergency


def test_a_pending_emergency_does_not_survive_another_screen_or_a_minute(clerk: Clerk) -> None:
    for end in (lambda: clerk.desk.window.navigate("queue"), clerk.page.alert._wait.timeout.emit):
        clerk.desk.window.navigate("registration")
        clerk.press(Key.Key_F8)
        clerk.press(Key.Key_2)
        assert clerk.page.alert.sign == "seizure"
        end()
        assert clerk.page.alert.sign is None
    assert "Darurat tadi belum ada orangnya" in clerk.toast
    clerk.find("siti")
    assert not clerk.page.panel.emergency


def test_enter_on_the_list_of_signs_names_none(clerk: Clerk) -> None:
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_Return)
    assert clerk.page.alert.sign == ""
    assert clerk.page.alert.accessibleName().startswith("Darurat: tanda lain.")


def test_every_sign_of_the_desk_has_a_key(clerk: Clerk) -> None:
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_B)
    assert clerk.page.alert.sign == "poisoning"


# What the desk says


def test_alt_c_dates_a_check_that_changed_nothing(clerk: Clerk, house: House) -> None:
    clerk.find("siti nur")
    assert clerk.page.panel.checked.accessibleName() == "Kepesertaan belum pernah dicek"
    clerk.page.check_payer()
    clerk.wait()
    assert clerk.page.panel.checked.accessibleName() == "Dicek 21-11-2026 08.14, Registration Contoh"
    kept = house.read(Person)[0]
    assert kept.payer_status == "unknown"
    assert kept.payer_checked_by == house.actor("registration").staff_uid


def test_who_comes_late_for_an_appointment_waits_as_such(clerk: Clerk, house: House) -> None:
    clerk.find("siti nur")
    panel = clerk.page.panel
    assert not panel.late.isVisible()
    panel.origin.set_value("appointment")
    panel.origin.activated.emit(1)
    assert panel.late.isVisible()
    panel.late.click()
    clerk.wait()
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    (visit,) = house.read(Visit)
    assert (visit.origin, visit.late, visit.priority) == ("appointment", True, 4)
    clerk.find("siti nur")
    assert not panel.late.isChecked()


def test_without_a_ticket_printer_the_desk_goes_on_and_f9_shows_the_ticket(clerk: Clerk) -> None:
    clerk.find("siti nur")
    clerk.press(Key.Key_Return)
    assert clerk.sheet is None
    assert clerk.toast.endswith("F9 melihat karcis")
    clerk.write("budi")
    assert clerk.page.search.text() == "budi"
    clerk.press(Key.Key_F9)
    assert clerk.sheet is not None
    assert isinstance(clerk.sheet.panel, PreviewPanel)


# The wrong person


def moving(clerk: Clerk) -> MovePanel:
    here(clerk)
    clerk.page.panel.move_visit.click()
    assert clerk.sheet is not None
    panel = clerk.sheet.panel
    assert isinstance(panel, MovePanel)
    return panel


def test_enter_in_the_reason_moves_to_nobody_the_text_does_not_mean(clerk: Clerk, house: House) -> None:
    house.person("Siti Nurhayati", "1960-02-03")
    budi = house.person("Budi Santoso", "1980-01-01", "L")
    panel = moving(clerk)
    clerk.write("siti nurhay")
    clerk.press(Key.Key_Return)
    assert panel.right is not None
    panel.search.edit.setFocus()
    panel.search.edit.selectAll()
    QTest.keyClicks(panel.search.edit, "budi")  # the answer is still on its way
    panel.reason.setText("salah pilih")
    QTest.keyClick(panel.reason, Key.Key_Return)
    clerk.wait()
    assert "Cari orang yang benar" in panel.field.sentence.text()
    panel.search.edit.setFocus()
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return, panel.reason)
    assert [v.person_uid for v in house.read(Visit)] == [budi.uid]
    assert "sekarang atas nama Budi Santoso" in clerk.toast


def test_the_clerk_is_told_where_the_rule_would_send_the_right_one(clerk: Clerk, house: House) -> None:
    old = house.person("Siti Nurhayati", "1950-02-03", status="moved")
    panel = moving(clerk)
    clerk.write("siti nurhay")
    clerk.press(Key.Key_Return)
    clerk.write("salah pilih")
    clerk.press(Key.Key_Return)
    assert panel.status_field.isVisible()
    clerk.write("sudah kembali")
    clerk.press(Key.Key_Return)
    (visit,) = house.read(Visit)
    assert (visit.person_uid, visit.status_reason, visit.cluster) == (old.uid, "sudah kembali", "lansia")
    (said,) = [n.sentence for n in clerk.desk.window.findChildren(Notice)]
    assert "tetap menunggu di Usia Produktif, tetapi menurut aturan ke Lansia" in said


# Trouble


def test_a_full_disk_is_a_sentence_and_the_same_enter_works_once_there_is_room(qtbot: QtBot, house: House) -> None:
    orders = crowd(house)
    house.person("Siti Nurhaliza", "1999-02-03")
    clerk = Clerk(qtbot, house)
    clerk.find("siti nur")
    with full_disk(house):
        with pytest.raises(DatabaseTrouble):
            register_all(house, orders)
        before = len(house.read(Visit))
        clerk.press(Key.Key_Return)
        assert "Cakram penuh" in clerk.desk.window.findChildren(Notice)[-1].sentence
        assert len(house.read(Visit)) == before
        assert clerk.page.search.text() == "siti nur"
    clerk.press(Key.Key_Return, clerk.page.search.edit)
    assert len(house.read(Visit)) == before + 1
    assert clerk.page.search.text() == ""
