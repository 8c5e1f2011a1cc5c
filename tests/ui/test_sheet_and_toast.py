"""What lies over the screen: the undo toast, the sheet, the focus ring, the key hints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import ESC, TAB, focused, shown
from ui.widgets import (
    FocusRing,
    KeyButton,
    KeyHints,
    LineEdit,
    Sheet,
    SheetPanel,
    Toast,
    vbox,
)

pytestmark = pytest.mark.usefixtures("dressed")


# --- toast, sheet, focus ---------------------------------------------------------------------------------------------


def test_a_toast_offers_undo_for_ten_seconds_and_takes_no_focus(qtbot: QtBot, stage: QWidget) -> None:
    edit = LineEdit(parent=stage)
    shown(stage)
    edit.setFocus()
    toast = Toast(stage, "A-013 terdaftar")
    gone: list[bool] = []
    toast.gone.connect(lambda: gone.append(True))
    assert focused() is edit
    assert toast.seconds_left() == 10
    for _ in range(9):
        toast._timer.timeout.emit()
    assert (toast.seconds_left(), gone) == (1, [])
    toast._timer.timeout.emit()
    assert gone == [True]
    with qtbot.assertNotEmitted(toast.undone):
        toast.undo()


def test_undo_happens_once_and_a_newer_toast_takes_the_place(qtbot: QtBot, stage: QWidget) -> None:
    shown(stage)
    first = Toast(stage, "A-013 terdaftar")
    said: list[str] = []
    first.undone.connect(lambda: said.append("undone"))
    first.gone.connect(lambda: said.append("gone"))
    second = Toast(stage, "A-014 terdaftar")
    assert said == ["gone"]
    assert (first.isVisible(), second.isVisible()) == (False, True)
    second.undone.connect(lambda: said.append("second undone"))
    second.button.click()
    second.undo()
    assert said == ["gone", "second undone"]


def test_a_toast_that_only_tells_cannot_be_undone(qtbot: QtBot, stage: QWidget) -> None:
    shown(stage)
    toast = Toast(stage, "Tersimpan", undo=False)
    assert not toast.button.isVisible()
    with qtbot.assertNotEmitted(toast.undone):
        toast.undo()


def test_a_toast_lies_on_no_button(qtbot: QtBot, stage: QWidget) -> None:
    """For ten seconds it would hide what is pressed next."""
    save = KeyButton("Simpan", kind="primary")
    stage.setLayout(vbox(None, save))
    shown(stage)
    toast = Toast(stage, "Tersimpan dengan kalimat yang cukup panjang supaya menutupi tombol di bawahnya")
    place = QRect(save.mapTo(stage, QPoint(0, 0)), save.size())
    assert not toast.geometry().intersects(place)
    assert stage.rect().contains(toast.geometry())


def sheet_over(stage: QWidget, keep: bool = False) -> tuple[LineEdit, Sheet, list[QWidget]]:
    below = LineEdit(name="di bawah")
    stage.setLayout(vbox(below, None))
    shown(stage)
    below.setFocus()
    body, edit = QWidget(), LineEdit(name="nama")
    body.setLayout(vbox(edit))
    cancel, save = KeyButton("Batal", "Esc"), KeyButton("Simpan", kind="primary")
    sheet = Sheet(stage, SheetPanel("Pasien baru", body, footer=(None, cancel, save)), 500, 300, keep=keep)
    QApplication.processEvents()
    return below, sheet, [edit, cancel, save]


def test_focus_stays_in_the_sheet_and_returns_where_it_was(qtbot: QtBot, stage: QWidget) -> None:
    below, sheet, inside = sheet_over(stage)
    assert Sheet.over(stage) is sheet
    seen = []
    for _ in range(4):
        here = focused()
        assert here is not None
        seen.append(here)
        QTest.keyClick(here, TAB)
    assert seen == [*inside, inside[0]]
    last = focused()
    assert last is not None
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(last, ESC)
    assert focused() is below
    assert Sheet.over(stage) is None


def test_escape_in_a_sheet_is_not_the_windows(qtbot: QtBot, stage: QWidget) -> None:
    back: list[str] = []
    QShortcut(QKeySequence("Esc"), stage).activated.connect(lambda: back.append("back"))
    _, sheet, inside = sheet_over(stage, keep=True)
    asked: list[bool] = []
    sheet.escaped.connect(lambda: asked.append(True))
    QTest.keyClick(inside[0], ESC)
    assert (back, asked, sheet.is_open()) == ([], [True], True)
    sheet.close_sheet()


def test_a_sheet_shrinks_with_its_window_and_keeps_the_main_action(qtbot: QtBot, stage: QWidget) -> None:
    _, sheet, inside = sheet_over(stage)
    stage.resize(420, 240)
    QApplication.processEvents()
    assert sheet.geometry() == stage.rect()
    assert stage.rect().contains(sheet.panel.geometry())
    button = inside[2]
    corner = button.mapTo(stage, QPoint(0, 0))
    assert stage.rect().contains(corner)
    assert corner.y() + button.height() <= stage.height()


def test_the_ring_is_for_the_keyboard_and_follows_its_button(qtbot: QtBot, stage: QWidget) -> None:
    edit, button = LineEdit(), KeyButton("Simpan")
    stage.setLayout(vbox(edit, button, None))
    ring = FocusRing(stage)
    shown(stage)
    edit.setFocus()
    assert not ring.isVisible()
    QTest.keyClick(edit, TAB)
    assert ring.isVisible()
    assert ring.geometry().contains(button.geometry())
    button.move(100, 200)
    assert ring.geometry().contains(button.geometry())
    button.hide()
    assert not ring.isVisible()
    button.show()
    edit.setFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()


def test_the_ring_goes_along_with_what_its_button_stands_in(qtbot: QtBot, stage: QWidget) -> None:
    edit, button, box = LineEdit(), KeyButton("Simpan"), QWidget(stage)
    box.setLayout(vbox(edit, button))
    ring = FocusRing(stage)
    shown(stage)
    edit.setFocus()
    QTest.keyClick(edit, TAB)
    assert ring.isVisible()
    before = ring.geometry()
    box.move(40, 120)
    assert ring.geometry() == before.translated(40, 120)
    box.hide()
    assert not ring.isVisible()


def test_hints_are_whole_or_absent(qtbot: QtBot) -> None:
    hints = KeyHints([("F2", "cari"), ("F3", "pasien baru")])
    qtbot.addWidget(hints)
    hints.resize(400, 24)
    both = hints.grab().toImage()
    hints.set_pairs([("F2", "cari")])
    one = hints.grab().toImage()
    hints.set_pairs([("F2", "cari"), ("F3", "pasien baru")])
    hints.resize(130, 24)
    short = hints.grab().toImage()
    assert both != one
    assert short == one.copy(0, 0, 130, 24)
    assert hints.accessibleName() == "F2 cari, F3 pasien baru"
