"""The program from its first window to the desk and back, on real data, by keyboard where people use it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import ui.app
from db.keys import key_from_code, write_key_file
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands._doors import FolderDoors
from ilp_desk.domain.staff import Role
from ilp_desk.services.passwords import Argon2Passwords
from ilp_desk.services.site import FacilityForm
from ilp_desk.services.staffing import StaffForm, gate
from ilp_desk.settings import load
from ui.app import Application
from ui.claim import Claim
from ui.screens.desk_taken import DeskTaken, next_name
from ui.screens.first_start import FirstStart, Welcome
from ui.screens.sign_in import SignIn
from ui.screens.start_trouble import StartTrouble
from ui.theme import NORMAL, tokens, use
from ui.widgets import LineEdit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORD = "maninjau-88"


Made = Callable[[bool, bool], tuple[Path, str]]


class Ready(Protocol):
    def __call__(self, *, finished: bool = True, manager: bool = True) -> str: ...


class Program:
    """One running program; `settle` waits until nothing is under way."""

    def __init__(self, qtbot: QtBot, doors: FolderDoors) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.qtbot = qtbot
        self.it = Application(app, lambda: doors)
        self.it.open()
        qtbot.waitUntil(lambda: hasattr(self.it, "runner"), timeout=10_000)
        self.settle()

    @property
    def window(self) -> QWidget:
        return self.it.main or self.it.window

    @property
    def page(self) -> QWidget:
        page = self.it.window.page
        assert page is not None
        return page

    def settle(self) -> None:
        for _ in range(4):
            assert self.it.runner.idle(30_000)
            QApplication.processEvents()

    def until(self, kind: type[QWidget]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.it.window.page, kind), timeout=30_000)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)
        self.settle()

    def focused(self) -> QWidget:
        window = self.window
        window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5_000)
        return QApplication.focusWidget() or window

    def sign_in(self, username: str = "rina", word: str = WORD) -> None:
        self.type(username)
        self.press(Key.Key_Return)
        self.type(word)
        self.press(Key.Key_Return)

    @property
    def cover(self) -> SignIn:
        """The sign-in that hides the desk."""
        assert self.it.main is not None
        found = self.it.main.findChild(SignIn)
        assert isinstance(found, SignIn)
        return found

    def close(self) -> None:
        self.window.close()

    def forget(self) -> None:
        """Nothing of it is left: every living window makes the next one's dressing slower."""
        for thing in (self.it.main, self.it.window, self.it):
            if thing is not None and isValid(thing):
                thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Start = Callable[[FolderDoors], Program]


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[Callable[[FolderDoors], Program]]:
    """Starts programs; whatever was started is closed at the end."""
    started: list[Program] = []

    def start(doors: FolderDoors) -> Program:
        started.append(Program(qtbot, doors))
        return started[-1]

    yield start
    for program in started:
        if not program.it._left:
            program.close()
        program.forget()
    use(NORMAL)


def doors_of(folder: Path) -> FolderDoors:
    """Doors whose passwords cost little."""
    return FolderDoors(load(folder), passwords=Argon2Passwords(1, 8, 1))


@pytest.fixture
def doors(tmp_path: Path) -> FolderDoors:
    return doors_of(tmp_path / "data")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Puskesmas that were set up, once each, to be copied: (folder, recovery code)."""
    known: dict[tuple[bool, bool], tuple[Path, str]] = {}

    def make(finished: bool, manager: bool) -> tuple[Path, str]:
        if (finished, manager) not in known:
            folder = tmp_path_factory.mktemp("set-up") / "data"
            known[finished, manager] = folder, _set_up(doors_of(folder), finished=finished, manager=manager)
        return known[finished, manager]

    return make


@pytest.fixture
def ready(made: Made, doors: FolderDoors) -> Ready:
    """Gives the doors a Puskesmas that was set up, with Rina the admin and Budi the clerk; its recovery code."""

    def copy(*, finished: bool = True, manager: bool = True) -> str:
        folder, code = made(finished, manager)
        shutil.copytree(folder, doors.machine.data)
        return code

    return copy


def _set_up(doors: FolderDoors, *, finished: bool, manager: bool) -> str:
    desk, code = doors.create()
    desk.site.save_facility(SYSTEM, FacilityForm(name="Puskesmas Contoh"))
    desk.site.add_areas(SYSTEM, None, "village", "Maninjau")
    desk.site.adopt_points(SYSTEM, ["kia", "dewasa"])
    if manager:
        for username, role in (("rina", Role.ADMIN), ("budi", Role.REGISTRATION)):
            form = StaffForm(name=f"{username.title()} Contoh", username=username, roles=(role,), password=WORD)
            desk.staffing.save(SYSTEM, form)
    if finished:
        desk.site.finish_setup(SYSTEM)
    desk.close()
    return code


# -- first start


def test_a_new_puskesmas_is_set_up_from_the_keyboard(doors: FolderDoors, run: Start) -> None:
    program = run(doors)
    assert isinstance(program.page, Welcome)
    program.press(Key.Key_F2)
    program.until(FirstStart)
    steps = program.page
    assert isinstance(steps, FirstStart)
    program.press(Key.Key_Return, CTRL)
    assert "Isi nama Puskesmas." in steps.parts["facility"].form.field("name").sentence.text()  # type: ignore[attr-defined]
    program.type("Puskesmas Maninjau")
    program.press(Key.Key_Return, CTRL)
    program.type("Maninjau; Bayua")
    program.press(Key.Key_Return)
    program.type("Koto Kaciak")
    program.press(Key.Key_Return, CTRL)  # what still stands in the field is added too
    program.press(Key.Key_Return, CTRL)
    program.type("Rina Contoh")
    program.press(Key.Key_Tab)
    program.type("rina")
    account = steps.parts["account"].form  # type: ignore[attr-defined]
    account.field("password").setFocus()
    program.type(WORD)
    program.press(Key.Key_Tab)
    program.type(WORD)
    program.press(Key.Key_Return, CTRL)
    program.press(Key.Key_Return, CTRL)
    program.press(Key.Key_Return, CTRL)
    panel = steps.parts["recovery"].panel  # type: ignore[attr-defined]
    code = panel.code
    panel.ask_back()
    program.type(code[:-1])
    program.press(Key.Key_Return)
    assert "terdiri dari 36 tanda" in panel.typed_field.sentence.text()
    assert program.it.main is None
    program.type(code[-1])
    program.press(Key.Key_Return)
    program.qtbot.waitUntil(lambda: program.it.main is not None, timeout=30_000)
    program.settle()
    main = program.it.main
    assert main is not None
    assert (main._actor.name, main.code) == ("Rina Contoh", "manage")
    program.close()
    desk = doors.enter()
    assert desk is not None
    assert [line.area.name for line in desk.site.areas(SYSTEM)] == ["Maninjau", "Bayua", "Koto Kaciak"]
    assert len(desk.site.points(SYSTEM)) == len(desk.site.offered_points())
    assert desk.site.setup_progress(SYSTEM).ready
    assert not desk.staffing.must_change(desk.staffing.sign_in(gate("x"), "rina", WORD))
    desk.close()
    doors.machine.key_file.unlink()
    doors.recover(code).close()


def test_a_set_up_that_was_cut_off_goes_on_where_it_was(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready(finished=False, manager=False)
    program = run(doors)
    assert isinstance(program.page, FirstStart)
    assert program.page.part.code == "points"
    program.close()


def test_behind_the_account_the_set_up_goes_on_after_signing_in(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready(finished=False)
    program = run(doors)
    assert isinstance(program.page, SignIn)
    program.sign_in()
    program.until(FirstStart)
    steps = program.page
    assert isinstance(steps, FirstStart)
    assert steps.part.code == "numbers"
    steps.next()
    program.settle()
    steps.next()
    program.settle()
    panel = steps.part.panel  # type: ignore[attr-defined]
    code = panel.code
    assert code, "the code of before is known to nobody, so a new one is made"
    panel.ask_back()
    program.type(code)
    program.press(Key.Key_Return)
    program.qtbot.waitUntil(lambda: program.it.main is not None, timeout=30_000)
    program.close()
    doors.machine.key_file.unlink()
    doors.recover(code).close()


def test_sample_data_open_with_the_password_that_is_told(doors: FolderDoors, run: Start) -> None:
    program = run(doors)
    program.press(Key.Key_F3)
    program.until(SignIn)
    assert "contoh-2026" in program.it.sign_in.notice.text()
    program.it.sign_in.choose("rina")
    program.type("contoh-2026")
    program.press(Key.Key_Return)
    assert program.it.main is not None
    program.close()
    assert doors.enter() is None


# -- signing in


def test_an_enter_before_the_data_are_open_waits(doors: FolderDoors, ready: Ready, qtbot: QtBot, run: Start) -> None:
    ready()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    it = Application(app, lambda: doors)
    it.sign_in.name.setText("rina")
    it.sign_in.password.setText(WORD)
    it.sign_in.enter()
    it.open()
    qtbot.waitUntil(lambda: it.main is not None, timeout=30_000)
    assert it.main is not None
    it.main.close()
    it.main.deleteLater()


def test_the_desk_locks_and_opens_for_the_same_person(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    program = run(doors)
    program.sign_in()
    main = program.it.main
    assert main is not None
    page = main.page
    program.press(Key.Key_L, CTRL)
    assert main.overlays.covered
    assert page is not None
    assert not page.isVisible(), "nothing of the record shows behind the sign-in"
    cover = program.cover
    assert (cover.name.text(), cover.title.text()) == ("rina", "Layar terkunci")
    program.type("salah")
    program.press(Key.Key_Return)
    assert main.overlays.covered
    assert "Sisa 4 kali" in cover.password_field.sentence.text()
    program.type(WORD)
    program.press(Key.Key_Return)
    assert not main.overlays.covered
    assert main.page is page
    program.close()


def test_somebody_else_takes_the_desk(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    program = run(doors)
    program.sign_in()
    main = program.it.main
    assert main is not None
    program.press(Key.Key_L, CTRL | SHIFT)
    cover = program.cover
    assert cover.name.text() == ""
    program.sign_in("budi")
    assert not main.overlays.covered
    assert main._actor.name == "Budi Contoh"
    assert main.code == "registration"
    program.close()
    desk = doors.enter()
    assert desk is not None
    with desk.tools.store._engines.read.connect() as connection:  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("SELECT staff, act FROM audit WHERE act IN ('staff.try', 'staff.sign_out')")
        acts = [row[1] for row in rows]
    desk.close()
    assert acts == ["staff.try", "staff.sign_out", "staff.try", "staff.sign_out"]


def test_the_minutes_of_the_lock_hold_while_the_desk_is_open(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    program = run(doors)
    program.sign_in()
    main, inside = program.it.main, program.it._inside
    assert main is not None
    assert inside is not None
    assert main.idle_minutes == 10
    inside.desk.site.save_idle(SYSTEM, 3)
    program.qtbot.waitUntil(lambda: main.idle_minutes == 3, timeout=10_000)
    program.close()


def test_a_first_password_is_changed_before_work_begins(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    desk = doors.enter()
    assert desk is not None
    admin = desk.staffing.sign_in(gate("x"), "rina", WORD)
    desk.staffing.save(admin, StaffForm(name="Sari", username="sari", roles=(Role.NURSE,), password="dibuatkan-1"))
    desk.close()
    program = run(doors)
    program.sign_in("sari", "dibuatkan-1")
    second = program.it.sign_in.second
    assert second is not None
    assert program.it.main is None
    program.type("dibuatkan-1")
    program.press(Key.Key_Return)
    program.type("dibuatkan-2")
    program.press(Key.Key_Return)
    assert "berbeda" in second.again_field.sentence.text()
    second.again.setText("dibuatkan-1")
    program.press(Key.Key_Return)
    assert "sama dengan yang lama" in second.new_field.sentence.text()
    second.new.setText("danau-biru-7")
    second.again.setText("danau-biru-7")
    second.again.setFocus()
    program.press(Key.Key_Return)
    assert program.it.main is not None
    program.close()


# -- trouble


def test_a_lost_key_is_replaced_by_the_code_from_paper(doors: FolderDoors, ready: Ready, run: Start) -> None:
    code = ready()
    doors.machine.key_file.unlink()
    program = run(doors)
    assert isinstance(program.page, StartTrouble)
    assert program.page.code == "no_key"
    program.press(Key.Key_Return)
    assert "Ketik kode pemulihan" in program.page.typed_field.sentence.text()
    program.type(code[:-2])
    program.press(Key.Key_Return)
    assert "terdiri dari 36 tanda" in program.page.typed_field.sentence.text()
    program.type(code[-2:])
    program.press(Key.Key_Return)
    program.until(SignIn)
    program.sign_in()
    assert program.it.main is not None
    program.close()


def test_a_passphrase_opens_the_program(doors: FolderDoors, ready: Ready, run: Start) -> None:
    code = ready()
    write_key_file(doors.machine.key_file, key_from_code(code), passphrase="maninjau indah sekali")
    program = run(doors)
    assert isinstance(program.page, StartTrouble)
    program.type("salah")
    program.press(Key.Key_Return)
    assert program.page.code == "wrong_passphrase"
    program.type("maninjau indah sekali")
    program.press(Key.Key_Return)
    program.until(SignIn)
    program.close()


def test_a_missing_file_comes_back_from_its_copy(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    desk = doors.enter()
    assert desk is not None
    desk.safekeeping.back_up(SYSTEM)
    desk.close()
    doors.machine.database.unlink()
    program = run(doors)
    page = program.page
    assert isinstance(page, StartTrouble)
    assert page.code == "missing"
    page._choose_copy()
    program.until(SignIn)
    program.sign_in()
    assert program.it.main is not None
    program.close()


def test_trouble_that_is_over_is_over_after_trying_again(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    kept = doors.machine.key_file.read_bytes()
    doors.machine.key_file.write_bytes(b"{}")
    program = run(doors)
    page = program.page
    assert isinstance(page, StartTrouble)
    assert page.code == "key_damaged"
    doors.machine.key_file.write_bytes(kept)
    page.again.emit()
    program.until(SignIn)
    program.close()


def test_a_second_window_asks_which_desk_it_is(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    first = run(doors)
    assert isinstance(first.page, SignIn)
    second = run(doors)
    page = second.page
    assert isinstance(page, DeskTaken)
    assert page.name.text() == "Loket 2"
    page.name.setText(" loket 1 ")
    second.press(Key.Key_Return)
    assert "sudah terbuka" in page.field.sentence.text()
    page.name.setText("Loket 2")
    second.press(Key.Key_Return)
    second.until(SignIn)
    second.sign_in()
    assert second.it.main is not None
    assert second.it.main._actor.desk == "Loket 2"
    assert load(doors.machine.data).settings.desk == "Loket 1", "the name is for this window only"
    second.close()
    first.close()
    third = run(doors)
    assert isinstance(third.page, SignIn), "a closed window gives its name back"
    third.close()


def test_names_of_desks_are_claimed_without_regard_to_capitals(tmp_path: Path) -> None:
    one, same, other = (Claim(tmp_path, name) for name in ("Loket 1", "loket  1", "Loket 2"))
    assert one.take()
    assert not same.take()
    assert other.take()
    one.give_back()
    assert same.take()
    assert (next_name("Loket 9"), next_name("Pendaftaran"), next_name("7")) == ("Loket 10", "Pendaftaran 2", "8")


def test_the_text_size_of_this_computer_holds_from_the_start(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    larger = replace(doors.machine.settings, text_scale=120)
    program = run(replace(doors, machine=replace(doors.machine, settings=larger)))
    assert tokens().zoom == pytest.approx(1.2)
    assert isinstance(program.page, SignIn)
    program.sign_in()
    main = program.it.main
    assert main is not None
    main.zoom(-1)
    program.settle()
    assert load(doors.machine.data).settings.text_scale == 110
    program.close()


def test_a_program_without_its_fonts_says_so_and_works(
    doors: FolderDoors, ready: Ready, run: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()
    monkeypatch.setattr(ui.app, "apply", lambda app, look: ("SourceSansPro-Regular.ttf",))
    program = run(doors)
    assert program.it.sign_in.notice.text() == ui.app.NO_FONTS
    program.sign_in()
    assert program.it.main is not None
    program.close()


def test_damaged_settings_are_told_at_the_door(doors: FolderDoors, ready: Ready, run: Start) -> None:
    ready()
    doors.machine.file.write_bytes(b"\xff\x00 = [")
    program = run(doors_of(doors.machine.data))
    assert "nilai bawaan" in program.it.sign_in.notice.text()
    program.close()


@pytest.mark.parametrize("text", ["'; DROP TABLE staff; --", "🙂" * 50, "سلام", "a" * 300, "x\x00y"], ids=range(5))
def test_whatever_is_typed_at_the_door_is_refused(doors: FolderDoors, ready: Ready, run: Start, text: str) -> None:
    ready()
    program = run(doors)
    page = program.it.sign_in
    page.name.setText(text)
    page.password.setText(text)
    page.enter()
    program.settle()
    assert "tidak cocok" in page.password_field.sentence.text()
    assert isinstance(program.window.findChild(LineEdit), LineEdit)
    program.close()


def test_f1_tells_the_keys_before_anybody_is_signed_in(doors: FolderDoors, run: Start) -> None:
    program = run(doors)
    program.press(Key.Key_F1)
    window = program.it.window
    sheet = window.overlays.open_sheet
    assert sheet is not None
    program.press(Key.Key_Escape)
    assert window.overlays.open_sheet is None
    window.sentence("Printer tidak menjawab.")
    program.press(Key.Key_Escape)
    assert window.overlays._notice is None
    program.close()
