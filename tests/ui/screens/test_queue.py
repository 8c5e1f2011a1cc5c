"""The queue screen by keyboard alone, in a real window on a real database; and what other programs do to it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.rows.queue import QueueRow
from ilp_desk.services.queueing import DISPLAY, Queueing
from ilp_desk.services.registration import Circumstances, RegisterVisit
from ilp_desk.settings import Calling, Settings
from tests.house import KEY
from tests.ui.desk_window import DeskWindow
from tests.ui.test_display import OTHER
from ui.display import close_display, the_display
from ui.parts.arrival.sheets import ReasonPanel
from ui.parts.display.panel import DisplayPanel
from ui.parts.headed import Heading
from ui.parts.queue.point_list import two_lines
from ui.parts.queue.send import SendPanel
from ui.parts.queue.words import span_text
from ui.screens.queue import QueuePage
from ui.theme import px, text_width, tokens
from ui.widgets import Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


class Worker:
    """Somebody at the queue screen; counts key presses."""

    def __init__(self, qtbot: QtBot, house: House, *roles: str, desk: str = "Ruang 4") -> None:
        self.house = house
        self.desk = DeskWindow(qtbot, house, *roles, desk=desk, screen="queue")
        self.presses = 0
        self.wait()

    @property
    def page(self) -> QueuePage:
        page = self.desk.page
        assert isinstance(page, QueuePage)
        return page

    def wait(self) -> None:
        """Until what was asked for is shown: the answer of a command asks for the list anew."""
        for _ in range(2):
            # The poll of the change feed may begin just as the lanes become empty.
            assert any(self.desk.runner.idle() for _ in range(5))
            QApplication.processEvents()

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        QTest.keyClick(self.focused, key, with_)
        self.wait()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    @property
    def chosen(self) -> str:
        row = self.page.list.current_entry()
        return row.ticket if row else ""

    @property
    def listed(self) -> list[str]:
        """The list as it stands: headings with counts, tickets."""
        items = self.page.list.items.rows
        return [f"{i.text} {i.count}" if isinstance(i, Heading) else i.ticket for i in items]

    @property
    def toast(self) -> str:
        toasts = [t for t in self.desk.window.findChildren(Toast) if t.isVisible()]
        return toasts[-1].accessibleName() if toasts else ""

    def sheet(self, kind: type[QWidget]) -> Any:
        sheet = self.desk.window.overlays.open_sheet
        assert sheet is not None
        assert isinstance(sheet.panel, kind)
        return sheet.panel

    def offered(self) -> set[str]:
        panel = self.page.panel
        return {name for name, button in panel.buttons.items() if button.isVisibleTo(panel) and button.isEnabled()}


def arrive(house: House, name: str, born: str = "1980-01-01", **said: Any) -> str:
    person, entry = house.person(name, born, "L", **_person(said)), new_uid()
    order = RegisterVisit(
        visit_uid=new_uid(), entry_uid=entry, person_uid=person.uid, circumstances=Circumstances(**said)
    )
    house.desk.registration.register(house.actor("registration"), order)
    return entry


def _person(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said.pop(name) for name in ("disability",) if name in said}


def state(house: House, entry_uid: str) -> QueueState:
    found: QueueState = house.read(QueueEntry, uid=entry_uid)[0].state
    return found


@pytest.fixture
def three(house: House) -> tuple[str, str, str]:
    return arrive(house, "Budi"), arrive(house, "Joko"), arrive(house, "Tono")


@pytest.fixture
def nurse(qtbot: QtBot, house: House, three: tuple[str, str, str]) -> Worker:
    return Worker(qtbot, house, "nurse")


# Calling


def test_the_room_of_this_desk_decides_what_is_shown_first(nurse: Worker) -> None:
    assert nurse.page.line is not None
    assert nurse.page.line.point == "Usia Produktif"
    assert nurse.page.panel.room.text() == "Ruang 4"
    assert nurse.listed == ["Sedang dipanggil / dilayani 0", "Menunggu 3", "B-001", "B-002", "B-003"]
    assert nurse.chosen == "B-001"
    assert nurse.page.list.hasFocus()


def test_the_next_one_is_called_with_one_press_and_taken_back_with_one(
    nurse: Worker, house: House, three: tuple[str, str, str]
) -> None:
    nurse.press(Key.Key_J, CTRL)
    assert nurse.presses == 1
    assert state(house, three[0]) is QueueState.CALLED
    assert nurse.listed[:3] == ["Sedang dipanggil / dilayani 1", "B-001", "Menunggu 2"]
    assert (nurse.chosen, nurse.toast) == ("B-001", "B-001 dipanggil ke Ruang 4")
    assert [c.ticket for c in house.desk.queueing.board(DISPLAY).calls] == ["B-001"]
    nurse.press(Key.Key_Z, CTRL)
    assert state(house, three[0]) is QueueState.WAITING
    assert (nurse.listed[1], nurse.toast) == ("Menunggu 3", "B-001 diurungkan")
    assert house.desk.queueing.board(DISPLAY).calls == ()


def test_enter_calls_whoever_is_chosen_and_arrows_step_over_the_titles(
    nurse: Worker, house: House, three: tuple[str, str, str]
) -> None:
    nurse.press(Key.Key_Down)
    nurse.press(Key.Key_Return)
    assert state(house, three[1]) is QueueState.CALLED
    assert nurse.chosen == "B-002"
    nurse.press(Key.Key_Down)
    assert nurse.chosen == "B-001"
    nurse.press(Key.Key_Up)
    assert nurse.chosen == "B-002"
    nurse.press(Key.Key_Return)
    assert nurse.toast == "B-002 sudah dipanggil. Ctrl+Shift+J memanggil lagi."
    assert len(house.desk.queueing.board(DISPLAY).calls) == 1


def test_a_click_chooses_and_calls_nobody(nurse: Worker, house: House, three: tuple[str, str, str]) -> None:
    view = nurse.page.list
    box = view.visualRect(view.items.index(3, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    title = view.visualRect(view.items.index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=title.center())
    nurse.wait()
    assert nurse.chosen == "B-002"
    assert {state(house, uid) for uid in three} == {QueueState.WAITING}


def test_calling_again_means_the_last_one_called_where_nobody_called_is_chosen(
    nurse: Worker, house: House, three: tuple[str, str, str]
) -> None:
    nurse.press(Key.Key_J, CTRL)
    nurse.press(Key.Key_J, CTRL)
    nurse.page.list.select_key(three[2])
    before = house.desk.queueing.board(DISPLAY).latest
    nurse.press(Key.Key_J, CTRL | SHIFT)
    board = house.desk.queueing.board(DISPLAY)
    assert (board.calls[0].ticket, board.latest > before) == ("B-002", True)
    assert (nurse.toast, nurse.chosen) == ("B-002 dipanggil lagi", "B-002")


def test_two_quick_presses_before_the_answer_are_one_call(
    nurse: Worker, house: House, three: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = threading.Event(), Queueing.call_next

    def slow(service: Queueing, *args: Any) -> QueueEntry:
        assert gate.wait(10)
        return real(service, *args)

    monkeypatch.setattr(Queueing, "call_next", slow)
    for _ in range(3):
        QTest.keyClick(nurse.page.list, Key.Key_J, CTRL)
    gate.set()
    nurse.wait()
    assert [state(house, uid) for uid in three] == [QueueState.CALLED, QueueState.WAITING, QueueState.WAITING]


def test_skipped_absent_and_found_again(nurse: Worker, house: House, three: tuple[str, str, str]) -> None:
    nurse.press(Key.Key_K, CTRL)
    assert nurse.toast == "B-001 dilewati, antre lagi dari sekarang"
    assert nurse.listed == ["Sedang dipanggil / dilayani 0", "Menunggu 3", "B-002", "B-003", "B-001"]
    assert nurse.chosen == "B-002"
    nurse.press(Key.Key_H, CTRL)
    assert nurse.listed[-2:] == ["Di tempat lain / tidak hadir 1", "B-002"]
    assert nurse.chosen == "B-003"
    nurse.page.list.select_key(three[1])
    nurse.press(Key.Key_Return)
    assert state(house, three[1]) is QueueState.CALLED


def test_when_nobody_waits_it_is_said_and_nothing_breaks(qtbot: QtBot, house: House) -> None:
    worker = Worker(qtbot, house, "nurse")
    assert not worker.page.panel.next.isEnabled()
    worker.press(Key.Key_J, CTRL)
    assert worker.toast.startswith("Tidak ada yang menunggu di sini.")
    for key in (Key.Key_K, Key.Key_H, Key.Key_M, Key.Key_I, Key.Key_Return, Key.Key_Delete):
        worker.press(key, CTRL)
    worker.press(Key.Key_Return)
    assert worker.toast.endswith("tidak berlaku untuk yang dipilih.")
    assert house.read(QueueEntry) == ()


def test_somebody_was_faster(
    nurse: Worker, house: House, three: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row still says waiting; another desk has called meanwhile."""
    monkeypatch.setattr(nurse.page, "changed", lambda *_: None)
    house.desk.queueing.call(house.actor("midwife"), three[0], "Ruang 4")
    QTest.keyClick(nurse.page.list, Key.Key_Return)
    nurse.wait()
    notice = nurse.desk.window.overlays._notice
    assert notice is not None
    assert notice.sentence.startswith("Langkah ini tidak berlaku lagi")
    assert nurse.listed[:2] == ["Sedang dipanggil / dilayani 1", "B-001"]


# Rooms and points


def test_a_point_with_two_rooms_asks_once_which_is_ours(qtbot: QtBot, house: House) -> None:
    with house.store.writing(house.actor("admin"), "test.rooms") as uow:
        uow.change(house.points["dewasa"], rooms=("Ruang 4", "Ruang 6"))
    entry = arrive(house, "Budi")
    worker = Worker(qtbot, house, "nurse", desk="Loket 1")
    kept: list[Settings] = []
    worker.desk.window.settings_changed.connect(kept.append)
    worker.press(Key.Key_J, CTRL)
    assert state(house, entry) is QueueState.WAITING
    assert worker.page.panel.room.hasFocus()
    worker.press(Key.Key_Down)
    worker.press(Key.Key_Down)
    assert [s.room for s in kept] == ["Ruang 4", "Ruang 6"]
    worker.press(Key.Key_J, CTRL)
    assert house.read(QueueEntry, uid=entry)[0].room == "Ruang 6"


def test_alt_and_a_number_opens_a_service_point(nurse: Worker, house: House) -> None:
    arrive(house, "Nur", "1950-01-01")
    nurse.press(Key.Key_4, ALT)
    assert nurse.page.line is not None
    assert nurse.page.line.point == "Lansia"
    assert nurse.listed == ["Sedang dipanggil / dilayani 0", "Menunggu 1", "C-001"]
    assert nurse.page.list.hasFocus()


def test_a_long_name_of_a_point_stands_in_two_lines_of_which_none_is_cut(nurse: Worker) -> None:
    width = nurse.page.points.viewport().width()
    room = width - px(12 + 26 + 10 + 12 + 8) - text_width("88", tokens().title, True)

    def fits(words: str) -> bool:
        return text_width(words, tokens().label, True) <= room

    for name in ("Gawat Darurat & Tindakan", "Kesehatan Lingkungan dan Gizi"):
        lines = two_lines(name, fits)
        assert " ".join(lines).strip() == name
        assert all(map(fits, lines))
    assert two_lines("Pemeriksaankesehatanjemaahhaji Dua", lambda _: False) == ("Pemeriksaankesehatanjemaahhaji", "Dua")


def test_the_tiles_of_the_desk_open_the_queue_of_their_point(nurse: Worker, house: House) -> None:
    nurse.desk.window.navigate("registration")
    assert nurse.desk.window.navigate("queue", house.points["gigi"].uid)
    nurse.wait()
    assert nurse.page.line is not None
    assert nurse.page.line.point == "Gigi"


def test_another_text_size_keeps_point_and_choice(nurse: Worker, three: tuple[str, str, str]) -> None:
    nurse.page.list.select_key(three[2])
    nurse.press(Key.Key_Plus, CTRL)
    assert nurse.page.line is not None
    assert (nurse.page.line.point, nurse.chosen) == ("Usia Produktif", "B-003")
    nurse.press(Key.Key_0, CTRL)


# Sending on, finishing, leaving


def test_sent_to_the_laboratory_and_back_by_keyboard(qtbot: QtBot, nurse: Worker, house: House) -> None:
    nurse.press(Key.Key_J, CTRL)
    nurse.press(Key.Key_I, CTRL)
    panel = nurse.sheet(SendPanel)
    assert panel.place.hasFocus()
    nurse.press(Key.Key_Return, CTRL)
    assert panel.place_field.sentence.text() == "Pilih tujuannya dulu."
    nurse.write("L")
    while panel.place.text()[:3] != "Lab":
        nurse.press(Key.Key_Down)
    assert panel.place_field.sentence.text() == ""
    nurse.press(Key.Key_Tab)
    nurse.press(Key.Key_Tab)
    nurse.write("Hb 'cito' ")
    panel.note.insert("😀")
    nurse.press(Key.Key_Return)
    assert nurse.desk.window.overlays.open_sheet is None
    assert nurse.toast == "B-001 dikirim ke Laboratorium"
    assert nurse.listed[-2:] == ["Di tempat lain / tidak hadir 1", "B-001"]
    lab = house.desk.queueing.line(house.actor("laboratory"), house.points["lab"].uid)
    assert [(r.ticket, r.note, r.sent_by) for r in lab.waiting] == [("B-001", "Hb 'cito' 😀", "Usia Produktif")]
    assert nurse.chosen == "B-002"


def test_sending_where_they_wait_already_is_refused_beside_the_field(nurse: Worker, house: House) -> None:
    visit = house.read(Visit)[0]
    clerk = house.actor("registration")
    house.desk.registration.add_service(clerk, visit.uid, house.points["gigi"].uid, new_uid())
    nurse.press(Key.Key_I, CTRL)
    panel = nurse.sheet(SendPanel)
    panel.place.set_value(house.points["gigi"].uid)
    panel.note.setText("x" * 400)
    nurse.press(Key.Key_Return, CTRL)
    assert panel.place_field.sentence.text().startswith("Sudah terdaftar di Gigi.")
    assert panel.note.text() == "x" * 300
    nurse.press(Key.Key_Escape)
    assert nurse.desk.window.overlays.open_sheet is None


def test_the_laboratory_calls_finishes_and_takes_it_back(
    qtbot: QtBot, house: House, three: tuple[str, str, str]
) -> None:
    nurse, at_lab = house.actor("nurse"), new_uid()
    house.desk.queueing.start(nurse, three[0], "Ruang 4")
    house.desk.queueing.send_on(nurse, three[0], house.points["lab"].uid, at_lab, "Hb")
    worker = Worker(qtbot, house, "laboratory", desk="Lab")
    assert worker.listed == ["Sedang dipanggil / dilayani 0", "Menunggu 1", "B-001"]
    worker.press(Key.Key_J, CTRL)
    worker.press(Key.Key_Return, CTRL)
    assert worker.presses == 2
    assert worker.listed[-2:] == ["Selesai 1", "B-001"]
    assert state(house, three[0]) is QueueState.CAME_BACK
    worker.press(Key.Key_Z, CTRL)
    assert (state(house, at_lab), state(house, three[0])) == (QueueState.STARTED, QueueState.SENT_ON)


def test_leaving_asks_for_a_reason_and_can_be_taken_back(
    nurse: Worker, house: House, three: tuple[str, str, str]
) -> None:
    nurse.press(Key.Key_Delete, CTRL)
    panel = nurse.sheet(ReasonPanel)
    nurse.write("  x ")
    nurse.press(Key.Key_Return)
    assert panel.field.sentence.text()
    panel.reason.setText("Tidak mau menunggu, قال الطبيب\x07")
    nurse.press(Key.Key_Return)
    assert nurse.desk.window.overlays.open_sheet is None
    assert state(house, three[0]) is QueueState.VOIDED
    assert nurse.toast == "B-001 pulang sebelum dilayani"
    done = nurse.page.list.items.rows[-1]
    assert isinstance(done, QueueRow)
    assert done.note == "Tidak mau menunggu, قال الطبيب"
    nurse.press(Key.Key_Z, CTRL)
    assert state(house, three[0]) is QueueState.WAITING
    assert all(v.state is VisitState.OPEN for v in house.read(Visit))


# Who may do what, who sees what


def test_what_each_may_do_with_somebody_who_waits(qtbot: QtBot, house: House, three: tuple[str, str, str]) -> None:
    everyone = {"call", "start", "skip", "absent", "leave"}
    assert Worker(qtbot, house, "registration").offered() == everyone
    assert Worker(qtbot, house, "nurse").offered() == everyone | {"send"}
    assert Worker(qtbot, house, "pharmacy").offered() == (everyone - {"start"} | {"start"}) | {"send"}


def test_the_room_ends_the_turn_where_clinicians_examine(qtbot: QtBot, nurse: Worker, house: House) -> None:
    nurse.press(Key.Key_J, CTRL)
    nurse.press(Key.Key_M, CTRL)
    assert nurse.offered() == {"send"}
    nurse.press(Key.Key_Return, CTRL)
    assert nurse.toast == "Selesai: tidak berlaku untuk yang dipilih."
    assert nurse.listed[:2] == ["Sedang dipanggil / dilayani 1", "B-001"]


def test_at_the_till_the_desk_ends_the_turn(qtbot: QtBot, house: House, three: tuple[str, str, str]) -> None:
    till = ServicePoint(
        uid=new_uid(), code="kasir", name="Kasir", cluster="lintas_klaster", letter="E", rooms=("Kasir",), mixed=True
    )
    house.put(till)
    nurse, to_pay = house.actor("nurse"), new_uid()
    house.desk.queueing.start(nurse, three[0])
    house.desk.queueing.send_on(nurse, three[0], till.uid, to_pay, returns=False)
    worker = Worker(qtbot, house, "registration", desk="Kasir")
    worker.press(Key.Key_J, CTRL)
    worker.press(Key.Key_Return, CTRL)
    assert state(house, to_pay) is QueueState.FINISHED


def test_why_somebody_goes_ahead_is_in_the_list(qtbot: QtBot, house: House) -> None:
    arrive(house, "Rukiah", "1950-01-01")
    worker = Worker(qtbot, house, "nurse", desk="Ruang 5")
    line = worker.page._line_of(worker.page.list.items.rows[2])
    assert "Didahulukan: lansia 70 tahun ke atas" in line.sub
    assert [chip.text for chip in line.chips] == ["didahulukan"]
    assert worker.page.panel.first.accessibleName() == "Didahulukan: lansia 70 tahun ke atas"
    assert worker.page.panel.first.isVisible()
    assert "1 yang didahulukan sesudah tiap 2 antrean biasa" in worker.page.order.text()


def test_the_desk_sees_neither_disability_nor_notes(qtbot: QtBot, house: House) -> None:
    entry, there = arrive(house, "Budi", disability="mobility"), new_uid()
    house.desk.queueing.start(house.actor("nurse"), entry, "Ruang 4")
    house.desk.queueing.send_on(house.actor("nurse"), entry, house.points["lab"].uid, there, "Tes cepat HIV")
    worker = Worker(qtbot, house, "registration", desk="Lab")
    texts = [repr(worker.page._line_of(r)) for r in worker.page.list.items.rows if isinstance(r, QueueRow)]
    texts += [w.accessibleName() for w in worker.page.findChildren(QWidget)]
    assert any("B-001" in text for text in texts)
    assert not any("HIV" in text or "disabilitas" in text for text in texts)


# Other programs, time


def test_a_call_of_another_program_is_in_the_list_soon(
    qtbot: QtBot, house: House, three: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    nurse = Worker(qtbot, house, "nurse")
    words = [sys.executable, "-c", OTHER, str(house.database), KEY.hex(), three[1], house.actor("midwife").staff_uid]
    other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    other.stdin.write("\n")  # type: ignore[union-attr]
    other.stdin.flush()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: nurse.listed[:2] == ["Sedang dipanggil / dilayani 1", "B-002"], timeout=60_000)
    seen = time.monotonic()
    told, _ = other.communicate(timeout=30)
    assert other.returncode == 0
    assert nurse.chosen == "B-001"
    with capsys.disabled():
        print(f"\n  a call of another program in the list after {seen - float(told.split()[1]):.2f} s")  # noqa: T201


def test_the_minutes_go_on(nurse: Worker, house: House) -> None:
    house.hands.move(minutes=70)
    nurse.page._retell()
    row = nurse.page.list.items.rows[2]
    assert isinstance(row, QueueRow)
    assert nurse.page._line_of(row).right[0][0].startswith("menunggu 1 jam 10 mnt")
    assert span_text(row.since, row.since) == "baru saja"


# Names, layout, access


@pytest.mark.parametrize("name", ["x" * 300, "Nur 👶 'Aini' <b>", "محمد علي", 'O\'Neil "Budi" & co'])
def test_names_of_any_kind_are_listed(qtbot: QtBot, house: House, name: str) -> None:
    entry = arrive(house, name)
    worker = Worker(qtbot, house, "nurse")
    worker.press(Key.Key_J, CTRL)
    assert state(house, entry) is QueueState.CALLED
    assert worker.page.panel.name.accessibleName() == " ".join(name.split())
    assert not worker.desk.window.grab().isNull()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (1280, 720)])
def test_the_main_button_stays_in_sight(nurse: Worker, size: tuple[int, int]) -> None:
    window, button = nurse.desk.window, nurse.page.panel.next
    window.resize(*size)
    nurse.wait()
    assert window.size().toTuple() == size
    for shown in (button, *(b for b in nurse.page.panel.buttons.values() if b.isVisible())):
        corner = shown.mapTo(window, QPoint(shown.width() - 1, shown.height() - 1))
        assert window.rect().contains(corner)
        assert shown.width() >= shown.minimumSizeHint().width()


def test_everything_the_keyboard_reaches_has_a_name_in_the_order_of_the_eye(nurse: Worker) -> None:
    names = []
    for _ in range(11):
        names.append(QAccessible.queryAccessibleInterface(nurse.focused).text(QAccessible.Text.Name))
        nurse.press(Key.Key_Tab)
    assert names[:9] == [
        "Antrean",
        "Panggil",
        "Mulai dilayani",
        "Lewati",
        "Tidak hadir",
        "Kirim ke …",
        "Pulang",
        "Panggil berikutnya",
        "Ganti petugas. Sekarang Ruang 4 · Nurse Contoh (Perawat)",
    ]


# The display from here


@pytest.fixture
def closed() -> Iterator[None]:
    yield
    close_display()


def test_the_display_is_opened_set_and_closed_from_here(nurse: Worker, closed: None, qtbot: QtBot) -> None:
    kept: list[Settings] = []
    nurse.desk.window.settings_changed.connect(kept.append)
    nurse.press(Key.Key_F7)
    panel = nurse.sheet(DisplayPanel)
    panel.on.buttons[1].click()
    assert kept[-1].calling == Calling(voice=False)
    assert not panel.hear.isEnabled()
    nurse.press(Key.Key_Return, CTRL)
    display = the_display()
    assert display is not None
    assert display.settings.calling == Calling(voice=False)
    assert panel.state_line.text() == f"Terbuka di {display.screen().name()}. Suara dimatikan."
    for choice, option in ((panel.on, 0), (panel.times, 1), (panel.on, 1)):
        choice.buttons[option].click()
    assert display.settings.calling == replace(Calling(voice=False), times=2) == kept[-1].calling
    sheet = nurse.desk.window.overlays.open_sheet
    assert sheet is not None
    sheet.close_sheet()  # Qt's offscreen screen gave the keyboard to the display
    nurse.desk.window.activateWindow()
    qtbot.waitUntil(nurse.desk.window.isActiveWindow)
    assert nurse.page.display_line.text().startswith("Terbuka di")
    nurse.press(Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: display.card.call is not None)
    nurse.press(Key.Key_F7)
    nurse.sheet(DisplayPanel).end.click()
    qtbot.waitUntil(lambda: the_display() is None)
    assert nurse.sheet(DisplayPanel).state_line.text() == "Belum dibuka."
