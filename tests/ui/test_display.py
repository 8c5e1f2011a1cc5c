"""What people in the waiting room see and hear: numbers and places, each call in its turn, on the second screen."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ilp_desk.domain.record import new_uid
from ilp_desk.rows.queue import Board, Call, Tile
from ilp_desk.services.registration import Circumstances, RegisterVisit
from ilp_desk.settings import Calling, Settings
from tests.house import KEY, House
from tests.ui.desk_window import DeskWindow
from ui import display as module
from ui.display import DisplayWindow, chosen_screen, close_display, open_display, the_display
from ui.parts.display.scale import fitted, two_lines, words_width
from ui.parts.display.tiles import PointTiles
from ui.parts.display.turns import Turns
from ui.theme import NORMAL, apply, use

AT = datetime(2026, 11, 21, 1, 42, tzinfo=UTC)
SILENT = Settings(calling=Calling(voice=False))
NOTE = "Lansia, ibu hamil, bayi, dan penyandang disabilitas didahulukan."


def call(ticket: str, event: int, point: str = "Poli KIA", room: str = "Ruang 2") -> Call:
    return Call(ticket, ticket[0], point, room, AT + timedelta(seconds=event), event)


def board(*calls: Call, tiles: tuple[Tile, ...] = ()) -> Board:
    """A board whose newest call comes last."""
    return Board("Puskesmas Contoh", NOTE, tuple(reversed(calls))[:4], tiles)


class Said:
    """A voice that writes down what it was told."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def say(self, text: str) -> None:
        self.texts.append(text)

    def set(self, calling: Calling) -> None:
        self.texts.append(f"{calling.volume}")

    def close(self) -> None:
        self.texts.append("closed")


Make = Callable[..., DisplayWindow]


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Iterator[Make]:
    """Displays over a house or over nothing at all; all are closed."""
    apply(qapp, NORMAL)
    made: list[DisplayWindow] = []
    nothing = SimpleNamespace(
        clock=SimpleNamespace(local=lambda: AT + timedelta(hours=7), today=(AT + timedelta(hours=7)).date),
        changes=lambda after: (),
        last_change=lambda: 0,
    )

    def display(desk: Any = None, settings: Settings = SILENT, **more: Any) -> DisplayWindow:
        made.append(DisplayWindow(desk or cast(Any, nothing), settings, **more))
        made[-1].voice.close()
        made[-1].voice = Said()  # type: ignore[assignment]
        return made[-1]

    yield display
    for one in made:
        one.close()
    use(NORMAL)


def said(display: DisplayWindow) -> list[str]:
    texts: list[str] = cast(Any, display.voice).texts
    return texts


def large(display: DisplayWindow) -> str:
    return display.card.call.ticket if display.card.call else ""


# Turns


def test_what_was_called_before_the_display_was_opened_is_shown_but_not_called_out(make: Make) -> None:
    display = make()
    display.show_board(board(call("A-009", 1), call("A-010", 2), call("A-011", 3), call("A-012", 4)))
    assert (large(display), display.card.before) == ("A-012", ("A-011", "A-010", "A-009"))
    assert said(display) == []
    assert not display.card.calling


def test_a_new_call_is_shown_and_said_at_once(make: Make) -> None:
    display = make()
    display.show_board(board(call("A-010", 2)))
    display.show_board(board(call("A-010", 2), call("B-009", 3, "Usia Produktif", "Ruang 4")))
    assert (large(display), display.card.before) == ("B-009", ("A-010",))
    assert display.card.calling
    assert said(display) == ["Nomor antrean B, nol nol sembilan, silakan ke Usia Produktif, Ruang empat."]
    assert display.card.accessibleName() == "B-009, Usia Produktif · Ruang 4"


def test_two_rooms_in_the_same_moment_each_have_their_turn(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HOLD_MS", 150)
    display = make()
    display.show_board(board())
    display.show_board(board(call("A-001", 1), call("B-001", 2), call("C-001", 3)))
    seen = [large(display)]
    while seen[-1] != "C-001":
        qtbot.waitUntil(lambda: large(display) != seen[-1])
        seen.append(large(display))
    assert seen == ["A-001", "B-001", "C-001"]
    assert [text.split(",")[0] for text in said(display)] == [
        "Nomor antrean A",
        "Nomor antrean B",
        "Nomor antrean C",
    ]
    assert display.card.before == ("B-001", "A-001")


def test_called_again_is_called_out_again(make: Make) -> None:
    display = make()
    display.show_board(board(call("A-001", 1)))
    display.show_board(board(call("A-001", 2)))
    assert (large(display), len(said(display)), display.card.before) == ("A-001", 1, ())


def test_a_call_taken_back_leaves_the_card(make: Make) -> None:
    display = make()
    display.show_board(board(call("A-001", 1)))
    display.show_board(board(call("A-001", 1), call("A-002", 2)))
    display.show_board(board(call("A-001", 1)))
    assert large(display) == "A-001"
    display.show_board(board())
    assert large(display) == ""
    assert display.card.accessibleName() == "Belum ada yang dipanggil"


def test_a_large_call_that_newer_ones_push_off_the_board_stays_its_time() -> None:
    turns = Turns()
    turns.take(board())
    turns.take(board(call("A-001", 1)))
    turns.step()
    turns.take(board(*(call(f"B-{n:03d}", n) for n in range(2, 6))))
    assert turns.shown is not None
    assert turns.shown.ticket == "A-001"
    assert [turns.step().ticket for _ in range(4)] == ["B-002", "B-003", "B-004", "B-005"]
    assert not turns.waiting


def test_a_new_day_begins_with_an_empty_card(make: Make, house: House) -> None:
    arrive(house, "Budi")
    house.desk.queueing.call_next(house.actor("nurse"), house.points["dewasa"].uid, "Ruang 4")
    display = make(house.desk)
    display.start()
    assert display._runner.idle()
    assert large(display) == "B-001"
    house.hands.move(days=1)
    display._tick()
    assert display._runner.idle()
    assert (large(display), display.tiles.tiles) == ("", ())
    assert display.head.day == "Minggu, 22 November 2026"


# What is shown


def arrive(house: House, name: str, **said: Any) -> str:
    person, entry = house.person(name, "1980-01-01", "L"), new_uid()
    order = RegisterVisit(
        visit_uid=new_uid(), entry_uid=entry, person_uid=person.uid, circumstances=Circumstances(**said)
    )
    house.desk.registration.register(house.actor("registration"), order)
    return entry


def test_no_name_and_no_word_of_an_illness_is_on_the_display(make: Make, house: House) -> None:
    nurse = house.actor("nurse")
    entry = arrive(house, "Budi Rahasia", infection=True)
    house.desk.queueing.call(nurse, entry, "Ruang 7")
    display = make(house.desk)
    display.start()
    assert display._runner.idle()
    texts = [display.accessibleName(), display.card.accessibleName(), display.tiles.accessibleName()]
    texts += [display.head.facility, display.foot.text(), repr(display.board), *said(display)]
    assert "D-001, Ruang 7" in texts
    for word in ("Budi", "Rahasia", "nfeksius", "menular"):
        assert not any(word.lower() in text.lower() for text in texts)


def test_every_point_with_people_has_a_tile_with_its_count(make: Make, house: House) -> None:
    for name in ("Budi", "Joko"):
        arrive(house, name)
    arrive(house, "Tono", emergency=True)
    house.desk.queueing.call_next(house.actor("nurse"), house.points["dewasa"].uid, "Ruang 4")
    display = make(house.desk)
    display.start()
    assert display._runner.idle()
    assert [(t.label, t.now, t.waiting) for t in display.tiles.tiles] == [
        ("Usia Produktif", "B-001", 1),
        ("Gawat darurat", "", 1),
    ]
    assert display.head.facility == "Puskesmas Contoh"
    assert (display.head.day, display.head.time) == ("Sabtu, 21 November 2026", "08.14")
    assert display.foot.text() == NOTE


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1280, 720), (1024, 768), (1600, 1200), (480, 270)])
@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 14, 20])
def test_tiles_fill_their_half_and_lie_beside_each_other(qapp: QApplication, size: tuple[int, int], count: int) -> None:
    tiles = PointTiles()
    wide, high = size
    tiles.resize(round(wide * 0.42), round(high * 0.8))
    tiles.unit = high / 768
    tiles.show_tiles(tuple(Tile("A", f"Poli {n}", "", n, f"A-{n:03d}") for n in range(count)))
    boxes = tiles.boxes()
    assert len(boxes) == count
    area = tiles.rect().adjusted(0, 0, 1, 1)
    for n, box in enumerate(boxes):
        assert area.contains(box.toAlignedRect().adjusted(1, 1, -1, -1))
        assert not any(box.intersects(other) for other in boxes[n + 1 :])


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1280, 720), (1024, 768), (800, 600)])
def test_the_parts_fill_the_window_at_every_size(make: Make, size: tuple[int, int]) -> None:
    display = make(alone=True)
    display.resize(*size)
    display.show()
    body = [display.card.geometry(), display.tiles.geometry()]
    assert display.size().toTuple() == size
    assert display.head.width() == display.foot.width() == size[0]
    assert display.head.geometry().bottom() < body[0].top()
    assert body[0].bottom() < display.foot.geometry().top()
    assert body[0].right() < body[1].left()
    assert display.rect().contains(body[0].united(body[1]))


def test_names_of_any_kind_are_painted(make: Make, qtbot: QtBot) -> None:
    display = make(alone=True)
    display.resize(1366, 768)
    display.show()
    for name in ("x" * 300, "Poli 👶 bayi", "غرفة الفحص", "Poli 'Mawar' & \"Melati\"", "a\x07b\tc", ""):
        tiles = tuple(Tile("A", name, name, n, "A-001") for n in range(9))
        display.show_board(board(call("A-001", len(name) + 1, name, name), tiles=tiles))
        assert not display.grab().isNull()


@pytest.mark.parametrize("text", ["Poli Anak & Remaja", "Laboratorium", "A-012", "W" * 60])
@pytest.mark.parametrize("room", [20, 97, 148, 400])
def test_a_line_that_was_fitted_is_not_cut(qapp: QApplication, text: str, room: int) -> None:
    apply(qapp, NORMAL)
    size = fitted(text, 44, room, bold=True)
    assert size <= 44
    assert words_width(text, size, bold=True) <= room or size == 1


def test_a_long_name_is_broken_between_words(qapp: QApplication) -> None:
    apply(qapp, NORMAL)
    assert two_lines("Poli KIA", 20, 400) == ("Poli KIA",)
    assert two_lines("Pelayanan gizi dan konseling", 20, 170) == ("Pelayanan gizi dan", "konseling")
    assert two_lines("Laboratorium", 20, 30) == ("Laboratorium",)


def test_a_database_out_of_reach_is_told_calmly_and_the_number_stays(make: Make) -> None:
    display = make()
    display.show_board(board(call("A-001", 1)))
    display._failed(RuntimeError("gone"))
    assert display.foot.text().startswith("Sambungan ke data terputus.")
    assert large(display) == "A-001"
    display.show_board(board(call("A-001", 1)))
    assert display.foot.text() == NOTE


# The window


@pytest.fixture
def desk_window(qtbot: QtBot, house: House) -> Iterator[DeskWindow]:
    """A desk at work; its display is closed afterwards."""
    yield DeskWindow(qtbot, house, "nurse")
    close_display()


def test_it_opens_once_leaves_the_keyboard_to_the_desk_and_closes_with_it(
    desk_window: DeskWindow, house: House, qtbot: QtBot
) -> None:
    window = desk_window.window
    window.activateWindow()
    window.setFocus()
    before = QApplication.focusWidget()
    display = open_display(house.desk, SILENT, window)
    qtbot.waitExposed(display)
    assert open_display(house.desk, SILENT, window) is display is the_display()
    assert display.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert display.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert QApplication.focusWidget() is before
    assert not display.isActiveWindow()
    assert not display.isFullScreen()
    window.close()
    qtbot.waitUntil(lambda: the_display() is None)


def test_it_stays_while_the_desk_is_locked_and_when_somebody_else_takes_it(
    desk_window: DeskWindow, house: House, qtbot: QtBot
) -> None:
    display = open_display(house.desk, SILENT, desk_window.window)
    desk_window.window.cover(QWidget())
    arrive(house, "Budi")
    house.desk.queueing.call_next(house.actor("nurse"), house.points["dewasa"].uid, "Ruang 4")
    qtbot.waitUntil(lambda: large(display) == "B-001")
    desk_window.window.change_actor(house.actor("midwife"))
    assert the_display() is display
    assert display.isVisible()


class FakeScreen:
    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        return self._name


def test_it_takes_the_screen_of_the_settings_else_one_the_desk_leaves_free() -> None:
    one, two, three = screens = [cast(QScreen, FakeScreen(name)) for name in ("eDP-1", "HDMI-1", "DP-1")]
    assert chosen_screen("DP-1", screens, one) == (three, True)
    assert chosen_screen("", screens, one) == (two, True)
    assert chosen_screen("gone", screens, two) == (one, True)
    assert chosen_screen("", [one], one) == (one, False)
    assert chosen_screen("eDP-1", screens, one) == (one, False)


TWO_SCREENS = """
from types import SimpleNamespace as Bunch
from datetime import datetime, UTC
from PySide6.QtWidgets import QApplication, QWidget
from ilp_desk.rows.queue import Board
from ilp_desk.settings import Calling, Settings
from ui.display import open_display
from ui.theme import NORMAL, apply
app = QApplication([])
apply(app, NORMAL)
desk_window = QWidget()
desk_window.setGeometry(0, 0, 1366, 768)
desk_window.show()
desk_window.activateWindow()
now = datetime(2026, 11, 21, tzinfo=UTC)
desk = Bunch(
    clock=Bunch(local=lambda: now, today=now.date), changes=lambda after: (), last_change=lambda: 0,
    queueing=Bunch(board=lambda actor: Board("", "", (), ())),
)
display = open_display(desk, Settings(calling=Calling(voice=False)), desk_window)
app.processEvents()
place = display.geometry()
print(display.screen().name(), display.isFullScreen(), place.x(), place.width(), place.height())
display.close()
"""


def test_on_two_screens_it_fills_the_other_one(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x, wide, high in (("desk", 0, 1366, 768), ("wall", 1366, 1920, 1080))
    ]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}), "utf-8")
    told = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == ["wall", "True", "1366", "1920", "1080"]


def test_f11_turns_between_the_whole_screen_and_a_window(make: Make, qtbot: QtBot) -> None:
    display = make(alone=True)
    display.place()
    qtbot.waitExposed(display)
    assert display.isFullScreen()
    QTest.keyClick(display, Qt.Key.Key_F11)
    assert not display.isFullScreen()
    QTest.mouseDClick(display, Qt.MouseButton.LeftButton)
    assert display.isFullScreen()
    QTest.keyClick(display, Qt.Key.Key_Escape)
    assert not display.isFullScreen()
    assert display.geometry() != QRect()


def test_another_screen_and_voice_are_taken_up_while_it_is_open(make: Make) -> None:
    display = make()
    display.set_settings(replace(SILENT, calling=Calling(volume=30)))
    assert said(display) == ["30"]
    assert display.settings.calling.volume == 30


# Two programs

OTHER = """
import sys, time
from pathlib import Path
from ilp_desk.bootstrap import open_desk
from ilp_desk.domain.staff import Actor, Role
desk = open_desk(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
sys.stdin.readline()
nurse = Actor(sys.argv[4], "Perawat", frozenset({Role.NURSE}), "Ruang 4")
called = desk.queueing.call(nurse, sys.argv[3], "Ruang 4")
print(called.ticket, time.monotonic(), flush=True)
desk.close()
"""


def test_a_call_of_another_program_is_on_the_display_soon(
    make: Make, house: House, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = arrive(house, "Budi")
    nurse = house.actor("nurse")
    display = make(house.desk)
    shown: list[float] = []
    show = display.card.show_call

    def noting(call: Call | None, before: tuple[str, ...], *, fresh: bool = False) -> None:
        show(call, before, fresh=fresh)
        if call is not None:
            shown.append(time.monotonic())

    display.card.show_call = noting  # type: ignore[method-assign]
    display.start()
    display.show()
    words = [sys.executable, "-c", OTHER, str(house.database), KEY.hex(), entry, nurse.staff_uid]
    other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    assert display._runner.idle()
    other.stdin.write("\n")  # type: ignore[union-attr]
    other.stdin.flush()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: large(display) == "B-001", timeout=60_000)
    told, _ = other.communicate(timeout=30)
    ticket, at = told.split()
    assert (ticket, other.returncode) == ("B-001", 0)
    assert said(display) == ["Nomor antrean B, nol nol satu, silakan ke Usia Produktif, Ruang empat."]
    with capsys.disabled():
        print(f"\n  a call of another program on the display after {shown[0] - float(at):.2f} s")  # noqa: T201


def test_the_program_of_its_own_needs_nobody_signed_in(
    house: House, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ilp_desk.commands import display as command

    monkeypatch.setattr(command, "opened_desk", lambda args: _Given(house.desk))
    arrive(house, "Budi")
    house.desk.queueing.call_next(house.actor("nurse"), house.points["dewasa"].uid, "Ruang 4")
    seen: list[str] = []

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, DisplayWindow) and w.isVisible()]
        if windows and large(windows[0]):
            seen.append(large(windows[0]))
            windows[0].close()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)
    args = argparse.Namespace(data=house.folder, screen="", window=True, silent=True)
    assert command.run(args) == 0
    assert seen == ["B-001"]


class _Given:
    """An open desk that stays open."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk

    def __enter__(self) -> Any:
        return self.desk

    def __exit__(self, *_: object) -> None:
        return None
