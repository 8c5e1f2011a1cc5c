"""The shell: who may see what, keys, toasts, sheets, locking, text size, and what the top bar says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ilp_desk.changes import Change
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.errors import UserError
from ilp_desk.settings import Settings
from ilp_desk.work import ACTS, Act
from tests.ui.shell import HADI, RINA, EmptyPage, Feed, window
from ui.frame import moment, who
from ui.keys import Keys
from ui.main_window import MainWindow
from ui.page import Page
from ui.print_jobs import PrintJob
from ui.runner import Runner
from ui.scanner import Scan, ScanKind
from ui.theme import NORMAL, apply, tokens
from ui.widgets import LineEdit, Sheet, SheetPanel, Toast, vbox

NIK = "1306044302999001"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close()


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, runner: Runner, feed: Feed) -> Iterator[MainWindow]:
    apply(qapp, NORMAL)
    made = window(runner, feed)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.start()
    yield made
    made.close()
    apply(qapp, NORMAL)


def page(shell: MainWindow) -> EmptyPage:
    here = shell.page
    assert isinstance(here, EmptyPage)
    return here


def press(shell: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or shell, key, modifiers)


def state(shell: MainWindow) -> str:
    return shell._frame.top.state.text()


def toasts(shell: MainWindow) -> list[Toast]:
    return [toast for toast in shell.findChildren(Toast) if toast.isVisible()]


def test_the_top_bar_says_where_when_and_who(shell: MainWindow) -> None:
    top = shell._frame.top
    assert top.moment.text() == "Sabtu, 21 Nov 2026 · 08.14"
    assert top.state.text() == "Data tersimpan"
    assert top.who.text() == "Loket 1 · Rina (Pendaftaran)"


@pytest.mark.parametrize(
    ("month", "word"), [(5, "Mei"), (8, "Agu"), (10, "Okt"), (12, "Des")], ids=["Mei", "Agu", "Okt", "Des"]
)
def test_months_are_indonesian(month: int, word: str) -> None:
    assert f" {word} 2026 · 16.05" in moment(datetime(2026, month, 3, 16, 5, tzinfo=UTC))


def test_somebody_with_several_roles_is_named_by_the_first() -> None:
    assert who(Actor("u", "Sri", frozenset({Role.MIDWIFE, Role.HEAD}), "Ruang 2")) == "Ruang 2 · Sri (Bidan +1)"
    assert who(Actor("u", "Sri", frozenset(), "Ruang 2")) == "Ruang 2 · Sri"


def test_the_status_bar_shows_the_keys_of_the_page_and_todays_counts(shell: MainWindow) -> None:
    shell.counts("Hari ini: 46 terdaftar")
    pairs = shell._frame.status.hints.pairs()
    assert pairs[0] == ("F2", "cari")
    assert pairs[-1] == ("F1", "semua tombol")
    assert shell._frame.status.counts.text() == "Hari ini: 46 terdaftar"


def test_where_there_is_little_room_f1_is_still_told(shell: MainWindow) -> None:
    shell.counts("Hari ini: 46 terdaftar · 17 selesai · 2 rujukan")
    shell.resize(620, 614)
    pairs = shell._frame.status.hints.pairs()
    assert pairs[-1] == ("F1", "semua tombol")
    assert 1 < len(pairs) < 6
    shell.resize(1366, 768)
    assert len(shell._frame.status.hints.pairs()) == 6


def test_ctrl_and_a_digit_opens_a_place(shell: MainWindow) -> None:
    press(shell, Qt.Key.Key_3, CTRL)
    assert shell.code == "care"
    assert shell._frame.rail.buttons["care"].isChecked()
    assert page(shell).heard == [("arrive", None)]


def test_a_click_on_the_rail_opens_a_place_and_the_page_before_may_save(shell: MainWindow) -> None:
    before = page(shell)
    QTest.mouseClick(shell._frame.rail.buttons["queue"], Qt.MouseButton.LeftButton)
    assert shell.code == "queue"
    assert before.heard[-1] == "draft"


def test_pages_are_built_once_and_given_their_target(shell: MainWindow) -> None:
    first = page(shell)
    assert shell.navigate("history", "person-uid")
    assert page(shell).heard == [("arrive", "person-uid")]
    shell.navigate("registration")
    assert page(shell) is first


def test_the_rail_shows_only_what_the_role_may_open(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ACTS, "test.manage", Act("test.manage", "question", frozenset({Role.ADMIN}), frozenset()))
    shell = window(runner, acts={"management": "test.manage", "reports": "test.unknown"})
    qtbot.addWidget(shell)
    assert list(shell._frame.rail.buttons) == ["registration", "queue", "care", "history", "referrals", "area"]
    assert not shell.navigate("management")
    assert shell.page is None
    shell.change_actor(Actor("u", "Ani", frozenset({Role.ADMIN}), "Manajemen"))
    assert "management" in shell._frame.rail.buttons
    shell.close()


def test_esc_goes_back_one_step_at_a_time(shell: MainWindow) -> None:
    shell.navigate("history")
    page(shell).deep = 1
    shell.sentence("Printer tidak menjawab.")
    press(shell, Qt.Key.Key_Escape)
    assert shell.overlays._notice is None
    assert page(shell).deep == 1
    press(shell, Qt.Key.Key_Escape)
    assert (page(shell).deep, shell.code) == (0, "history")
    press(shell, Qt.Key.Key_Escape)
    assert shell.code == "registration"
    press(shell, Qt.Key.Key_Escape)
    assert shell.code == "registration"


def test_f1_lists_every_key_and_esc_closes_it_with_the_focus_where_it_was(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    press(shell, Qt.Key.Key_F1)
    sheet = shell.overlays.open_sheet
    assert sheet is not None
    told = {w.accessibleName() for w in sheet.findChildren(QWidget)}
    for hint in (*page(shell).keys.hints(), *shell.keys.hints()):
        assert f"{hint.key}: {hint.text}" in told
    press(shell, Qt.Key.Key_Escape)
    assert shell.overlays.open_sheet is None
    assert page(shell).field.hasFocus()


def test_keys_of_the_page_and_of_the_rail_sleep_under_a_sheet(shell: MainWindow) -> None:
    press(shell, Qt.Key.Key_F1)
    press(shell, Qt.Key.Key_F3)
    press(shell, Qt.Key.Key_2, CTRL)
    assert "F3" not in page(shell).heard
    assert shell.code == "registration"
    press(shell, Qt.Key.Key_Escape)
    press(shell, Qt.Key.Key_F3)
    assert "F3" in page(shell).heard


def panel(field: QLineEdit | None = None) -> SheetPanel:
    body = QWidget()
    body.setLayout(vbox(field or LineEdit(name="Nama")))
    made = SheetPanel("Pasien baru", body)
    Keys(made, "Pasien baru").bind("Ctrl+Return", "simpan", lambda: None)
    return made


def test_a_second_sheet_replaces_the_first(shell: MainWindow) -> None:
    first = shell.sheet(panel())
    second = shell.sheet(panel())
    assert not first.isVisible()
    assert shell.overlays.open_sheet is second
    second.close_sheet()
    press(shell, Qt.Key.Key_F3)
    assert "F3" in page(shell).heard


def test_f1_over_a_sheet_tells_the_sheets_keys_without_another_sheet(shell: MainWindow) -> None:
    sheet = shell.sheet(panel())
    press(shell, Qt.Key.Key_F1)
    assert shell.overlays.open_sheet is sheet
    assert [toast.accessibleName() for toast in toasts(shell)] == ["Ctrl+Enter simpan"]


def test_opening_another_page_closes_the_sheet_and_leaves_no_page_deaf(shell: MainWindow) -> None:
    shell.sheet(panel())
    shell.navigate("queue")
    assert shell.overlays.open_sheet is None
    press(shell, Qt.Key.Key_F3)
    assert "F3" in page(shell).heard
    shell.navigate("registration")
    press(shell, Qt.Key.Key_F3)
    assert "F3" in page(shell).heard


def test_ctrl_z_undoes_the_text_first_and_then_the_act(shell: MainWindow, qtbot: QtBot) -> None:
    undone: list[str] = []
    field = page(shell).field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "batuk", NONE, 50)
    shell.toast("Terdaftar: A-012, Poli KIA.", undo=lambda: undone.append("A-012"))
    assert field.hasFocus()
    press(shell, Qt.Key.Key_Z, CTRL)
    assert (field.text(), undone) == ("", [])
    press(shell, Qt.Key.Key_Z, CTRL)
    assert undone == ["A-012"]
    assert toasts(shell) == []
    press(shell, Qt.Key.Key_Z, CTRL)
    assert undone == ["A-012"]


def test_an_error_of_the_runner_is_shown_until_it_is_read(shell: MainWindow, runner: Runner) -> None:
    def refuse() -> None:
        raise UserError("Nomor RM sudah dipakai. Periksa lagi.")

    runner.write(refuse, lambda _: None)
    assert runner.idle()
    notice = shell.overlays._notice
    assert notice is not None
    assert notice.sentence == "Nomor RM sudah dipakai. Periksa lagi."
    assert notice.isVisible()
    assert page(shell).field.hasFocus()


def test_an_unforeseen_error_shows_a_code_and_the_page_keeps_what_was_typed(
    shell: MainWindow, runner: Runner, qtbot: QtBot
) -> None:
    page(shell).field.setText("pusing sejak 3 hari")
    page(shell).heard.clear()
    runner.write(lambda: 1 // 0, lambda _: None)
    assert runner.idle()
    qtbot.waitUntil(lambda: shell.overlays.open_sheet is not None)
    sheet = shell.overlays.open_sheet
    assert sheet is not None
    assert sheet.accessibleName() == "Ada yang tidak berjalan semestinya"
    assert page(shell).heard == ["draft"]
    press(shell, Qt.Key.Key_Escape)
    assert shell.overlays.open_sheet is None
    assert page(shell).field.text() == "pusing sejak 3 hari"
    assert not shell.crashes._open


def test_the_data_state_tells_drafts_and_saving(shell: MainWindow, runner: Runner, qtbot: QtBot) -> None:
    shell.draft_saved(datetime(2026, 11, 21, 1, 41, 52, tzinfo=UTC))
    assert state(shell) == "Draf tersimpan 08.41.52"
    shell.saved()
    assert state(shell) == "Data tersimpan"
    go_on = threading.Event()
    runner.write(lambda: go_on.wait(10), lambda _: None)
    assert state(shell) == "Data tersimpan"
    qtbot.waitUntil(lambda: state(shell) == "Menyimpan …", timeout=2000)
    assert shell._frame._content.busy.is_shown()
    go_on.set()
    assert runner.idle()
    assert state(shell) == "Data tersimpan"
    assert not shell._frame._content.busy.isVisible()


def test_a_failed_print_is_told_and_f9_prints_it(shell: MainWindow, runner: Runner) -> None:
    sheets: list[str] = []
    there = False

    def send(job: PrintJob) -> None:
        if not there:
            raise UserError("Printer tidak menjawab.")
        sheets.append(job.title)

    shell.print_jobs._sender = send
    press(shell, Qt.Key.Key_F9)
    assert [toast.accessibleName() for toast in toasts(shell)] == ["Belum ada yang dicetak."]
    shell.print(PrintJob("Nomor antrean A-012", "", b""))
    assert state(shell) == "Menunggu cetak"
    assert runner.idle()
    assert state(shell) == "Printer tidak siap (cetak ulang F9)"
    there = True
    press(shell, Qt.Key.Key_F9)
    assert runner.idle()
    assert sheets == ["Nomor antrean A-012"]
    assert state(shell) == "Data tersimpan"


def test_what_another_desk_does_reaches_every_built_page(shell: MainWindow, feed: Feed, qtbot: QtBot) -> None:
    first = page(shell)
    shell.navigate("queue")
    assert shell._runner.idle()
    feed.rows.append(Change(1, "queue", "q1", "hadi", "Ruang 2"))
    qtbot.waitUntil(lambda: ("queue", "q1", "hadi") in page(shell).heard)
    assert ("queue", "q1", "hadi") in first.heard


def test_a_scan_reaches_the_page_from_any_field(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    QTest.keyClicks(page(shell).field, NIK)
    press(shell, Qt.Key.Key_Return)
    assert page(shell).scans == [Scan(ScanKind.SIXTEEN_DIGITS, NIK)]
    assert page(shell).field.text() == ""


def test_a_scan_over_a_sheet_stays_in_the_field_it_was_typed_in(shell: MainWindow, qtbot: QtBot) -> None:
    field = LineEdit(name="Nomor BPJS")
    shell.sheet(panel(field))
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "0001234567890")
    press(shell, Qt.Key.Key_Return)
    assert page(shell).scans == []
    assert field.text() == "0001234567890"


class Cover(LineEdit):
    """Stands for the sign-in."""


def test_a_locked_window_shows_and_takes_nothing(shell: MainWindow, qtbot: QtBot) -> None:
    asked: list[str] = []
    shell.lock_wanted.connect(lambda: asked.append("lock"))
    field = page(shell).field
    field.setText("pusing")
    qtbot.waitUntil(field.hasFocus)
    sheet = shell.sheet(panel())
    press(shell, Qt.Key.Key_L, CTRL)
    assert asked == ["lock"]
    assert "draft" in page(shell).heard
    cover = Cover()
    shell.cover(cover)
    assert cover.size() == shell.size()
    assert not field.isVisible()
    assert not sheet.isVisible()
    for key, modifiers in ((Qt.Key.Key_L, CTRL), (Qt.Key.Key_2, CTRL), (Qt.Key.Key_F1, NONE), (Qt.Key.Key_F3, NONE)):
        QTest.keyClick(cover, key, modifiers)
    QTest.keyClicks(cover, NIK)
    QTest.keyClick(cover, Qt.Key.Key_Return)
    assert asked == ["lock"]
    assert shell.code == "registration"
    assert page(shell).scans == []
    shell.resize(1093, 614)
    assert cover.size() == QSize(1093, 614)
    shell.uncover()
    assert sheet.isVisible()
    assert field.isVisible()
    assert field.text() == "pusing"
    press(shell, Qt.Key.Key_Escape)
    press(shell, Qt.Key.Key_F3)
    assert "F3" in page(shell).heard


def test_a_scan_into_the_sign_in_reaches_nobody(shell: MainWindow, qtbot: QtBot) -> None:
    cover = Cover()
    shell.cover(cover)
    qtbot.waitUntil(cover.hasFocus)
    QTest.keyClicks(cover, NIK)
    QTest.keyClick(cover, Qt.Key.Key_Return)
    assert page(shell).scans == []
    assert cover.text() == NIK


def test_a_sheet_that_went_while_locked_does_not_come_back(shell: MainWindow, qtbot: QtBot) -> None:
    sheet = shell.sheet(panel())
    shell.cover(Cover())
    sheet.close_sheet()
    qtbot.waitUntil(lambda: not isValid(sheet))
    shell.uncover()
    assert shell.overlays.open_sheet is None
    assert page(shell).isVisible()


def test_the_focus_comes_back_after_the_lock(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    shell.cover(Cover())
    shell.uncover()
    qtbot.waitUntil(page(shell).field.hasFocus)


def test_too_long_away_locks_once_it_is_time(shell: MainWindow) -> None:
    asked: list[str] = []
    shell.lock_wanted.connect(lambda: asked.append("lock"))
    shell.watch._touched -= 599
    shell._tick()
    assert asked == []
    shell.watch._touched -= 2
    shell._tick()
    assert asked == ["lock"]
    shell.cover(Cover())
    shell._tick()
    assert asked == ["lock"]
    shell.uncover()
    shell._tick()
    assert asked == ["lock"]
    shell.idle_minutes = 0
    shell.watch._touched -= 100_000
    shell._tick()
    assert asked == ["lock"]


def test_nothing_of_the_one_before_stays_for_the_next(shell: MainWindow) -> None:
    asked: list[str] = []
    shell.user_change_wanted.connect(lambda: asked.append("change"))
    page(shell).field.setText("Siti")
    before = page(shell)
    shell.sheet(panel())
    press(shell, Qt.Key.Key_L, CTRL | SHIFT)
    assert asked == ["change"]
    shell.cover(Cover())
    shell.change_actor(HADI)
    assert page(shell) is not before
    assert page(shell).field.text() == ""
    assert page(shell).actor == HADI
    assert shell._frame.top.who.text() == "Ruang 2 · dr. Hadi (Dokter)"
    assert shell.overlays.open_sheet is None
    assert not shell.overlays.covered
    assert shell._frame.isVisible()
    press(shell, Qt.Key.Key_2, CTRL)
    assert shell.code == "queue"


def test_larger_text_keeps_everything(shell: MainWindow, qtbot: QtBot) -> None:
    percents: list[int] = []
    shell.zoom_changed.connect(percents.append)
    shell.counts("Hari ini: 46 terdaftar")
    shell.navigate("history")
    page(shell).field.setText("riwayat")
    shell.navigate("registration")
    page(shell).field.setText("pusing")
    old = page(shell)
    press(shell, Qt.Key.Key_Plus, CTRL)
    qtbot.waitUntil(lambda: tokens().zoom == 1.1)
    assert percents == [110]
    assert page(shell) is not old
    assert "draft" in old.heard
    assert page(shell).field.text() == "pusing"
    assert shell._frame.status.counts.text() == "Hari ini: 46 terdaftar"
    assert shell._frame.top.height() == 44
    qtbot.waitUntil(page(shell).field.hasFocus)
    shell.navigate("history")
    assert page(shell).field.text() == "riwayat"
    press(shell, Qt.Key.Key_Minus, CTRL)
    press(shell, Qt.Key.Key_Minus, CTRL)
    assert tokens().zoom == 0.9
    press(shell, Qt.Key.Key_0, CTRL)
    assert tokens().zoom == 1.0


def test_larger_text_waits_for_a_command_so_that_its_answer_finds_its_page(shell: MainWindow, runner: Runner) -> None:
    go_on = threading.Event()
    answers: list[Page | None] = []
    here = page(shell)
    runner.write(lambda: go_on.wait(10), lambda _: answers.append(here))
    press(shell, Qt.Key.Key_Plus, CTRL)
    assert tokens().zoom == 1.0
    go_on.set()
    assert runner.idle()
    assert answers == [here]
    QApplication.processEvents()
    assert tokens().zoom == 1.1


def test_larger_text_is_not_given_over_an_open_sheet(shell: MainWindow) -> None:
    shell.sheet(panel())
    press(shell, Qt.Key.Key_Plus, CTRL)
    assert tokens().zoom == 1.0
    assert [toast.accessibleName() for toast in toasts(shell)] == ["Tutup lembar ini dulu, lalu ubah ukuran huruf."]


@pytest.mark.parametrize(
    ("wide", "high", "zoom"), [(1093, 614, 1.0), (1280, 720, 1.0), (1366, 768, 1.5), (1093, 614, 1.5)]
)
def test_the_shell_fits_every_screen(
    qapp: QApplication, qtbot: QtBot, runner: Runner, wide: int, high: int, zoom: float
) -> None:
    apply(qapp, replace(NORMAL, zoom=zoom))
    shell = window(runner, actor=replace(RINA, name="Rina Oktaviani Rahmadhani Putri"))
    qtbot.addWidget(shell)
    shell.resize(wide, high)
    shell.show()
    shell.start()
    shell.print_jobs._failed.append(PrintJob("Uji", "", b""))
    shell._printing()
    QApplication.processEvents()
    top = shell._frame.top
    assert shell.minimumSizeHint().width() <= wide
    assert shell.minimumSizeHint().height() <= high
    assert top.lock.geometry().right() < wide
    assert top.who.width() >= top.who.sizeHint().width()
    shell.close()
    apply(qapp, NORMAL)


def tab(times: int = 1) -> QWidget:
    """Press Tab so often; gives the widget that has the focus then."""
    for _ in range(times):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    return focused()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_tab_follows_the_eye_and_everything_has_a_name(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    names = [QAccessible.queryAccessibleInterface(tab()).text(QAccessible.Text.Name) for _ in range(4)]
    assert names == ["Ganti petugas. Sekarang Loket 1 · Rina (Pendaftaran)", "Kunci", "Pendaftaran", "Catatan"]


def test_the_rail_is_one_stop_and_arrows_move_along_it(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    QTest.keyClick(tab(3), Qt.Key.Key_Down)
    assert shell.code == "queue"
    assert focused() is shell._frame.rail.buttons["queue"]
    assert tab() is page(shell).field


def test_the_ring_is_around_a_button_reached_by_key(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(page(shell).field.hasFocus)
    assert not shell.ring.isVisible()
    who_button = tab()
    assert shell.ring.isVisible()
    assert shell.ring.geometry().contains(who_button.geometry())


def test_closing_saves_drafts_and_says_so(shell: MainWindow) -> None:
    told: list[str] = []
    shell.closing.connect(lambda: told.append("closing"))
    here = page(shell)
    shell.close()
    assert here.heard[-1] == "draft"
    assert told == ["closing"]


def test_a_sheet_may_be_kept_open(shell: MainWindow) -> None:
    escaped: list[str] = []
    sheet = shell.sheet(panel(), keep=True)
    assert isinstance(sheet, Sheet)
    sheet.escaped.connect(lambda: escaped.append("esc"))
    press(shell, Qt.Key.Key_Escape)
    assert escaped == ["esc"]
    assert shell.overlays.open_sheet is sheet


def test_a_page_may_change_the_settings_of_this_machine(shell: MainWindow) -> None:
    told: list[object] = []
    shell.settings_changed.connect(told.append)
    page(shell).shell.keep(room="Ruang 2")
    page(shell).shell.keep(second_screen="HDMI-1")
    assert told[-1] == Settings(room="Ruang 2", second_screen="HDMI-1")
    shell.zoom(1)
    assert page(shell).settings == told[-1]


def test_the_other_pages_take_up_changed_settings_when_they_are_opened_again(shell: MainWindow) -> None:
    first = page(shell)
    first.field.setText("diketik")
    shell.navigate("queue")
    page(shell).shell.keep(a4="EPSON")
    shell.navigate(shell._all_screens[0].code)
    again = page(shell)
    assert again is not first
    assert (again.settings.a4, again.field.text()) == ("EPSON", "diketik")
