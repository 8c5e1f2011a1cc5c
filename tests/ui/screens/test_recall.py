"""Daftar panggil by keyboard, in a real window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QWidget

from ilp_desk.domain.due.recall import RecallContact
from ilp_desk.domain.person import Person, PersonStatus
from tests.services.test_recall import child
from tests.ui.desk_window import DeskWindow
from ui.parts.recall.contact import ContactPanel
from ui.preview import PreviewPanel
from ui.screens.history import HistoryPage
from ui.screens.recall import RecallPageView
from ui.theme import text_width, tokens
from ui.widgets import Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Caller:
    """Somebody at the list, with the group of growth chosen."""

    def __init__(self, qtbot: QtBot, house: House, role: str = "midwife") -> None:
        self.house = house
        self.desk = DeskWindow(qtbot, house, role, screen="recall")
        QTest.qWaitForWindowActive(self.desk.window)
        self.desk.window.refresh.stop()
        page = self.desk.page
        assert isinstance(page, RecallPageView)
        self.page = page
        page.group.set_value("growth")
        self.wait()
        page.view.setFocus()

    def wait(self) -> None:
        self.desk.idle()
        while self.page._pause.isActive():
            QTest.qWait(10)
        QApplication.processEvents()
        self.desk.idle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page.view, key, modifier)
        self.wait()

    def names(self) -> list[str]:
        return [row.name for row in self.page.model.rows]

    def sheet(self) -> QWidget | None:
        over = Sheet.over(self.desk.window)
        return over.panel if over is not None else None


@pytest.fixture
def caller(qtbot: QtBot, house: House) -> Caller:
    child(house, "Nadia Putri", rt="02")
    child(house, "Alif Maulana", "2025-01-03", rt="01")
    house.person("Keysha Amanda", "2024-01-01", area_uid=house.areas["hamlet"].uid)
    return Caller(qtbot, house)


def test_the_longest_late_stand_first_with_the_figures_above(caller: Caller) -> None:
    assert caller.names() == ["Alif Maulana", "Nadia Putri"]
    assert [tile.accessibleName() for tile in caller.page.tiles.tiles] == [
        "Terlambat: 2", "Waktunya bulan ini: 0", "Belum ada data: 1", "Lengkap: 0",
    ]  # fmt: skip
    assert caller.page.foot.text().startswith("2 dari 2 · urut paling lama terlambat · tanpa layanan yang dirahasiakan")
    caller.press(Key.Key_3, ALT)
    assert caller.names() == ["Keysha Amanda"]


def test_a_neighbourhood_is_chosen_and_only_it_is_listed(caller: Caller) -> None:
    page = caller.page
    page.place.set_value(caller.house.areas["hamlet"].uid)
    caller.wait()
    texts = [page.hood.itemText(at).strip() for at in range(page.hood.count())]
    assert texts == ["Semua RW", "RW 02", "RT 01", "RT 02"]
    page.hood.set_value("02/02")
    caller.wait()
    assert caller.names() == ["Nadia Putri"]


def test_enter_opens_the_record(caller: Caller) -> None:
    caller.press(Key.Key_Return)
    page = caller.desk.page
    assert isinstance(page, HistoryPage)
    assert page.record is not None
    assert "Alif Maulana" in page.record.name


def test_one_key_says_what_came_of_the_call_and_ctrl_z_takes_it_back(caller: Caller) -> None:
    caller.press(Key.Key_H)
    assert isinstance(caller.sheet(), ContactPanel)
    caller.press(Key.Key_3)
    assert caller.sheet() is None
    row = caller.page.model.rows[0]
    assert row.contact is not None
    assert row.contact.words == "tidak tersambung, 21-11-2026, Midwife Contoh"
    assert caller.page.view.current_row() == row, "who was chosen stays chosen"
    caller.press(Key.Key_Z, CTRL)
    assert caller.page.model.rows[0].contact is None


def test_a_bad_day_is_told_beside_it_and_nothing_is_noted(caller: Caller) -> None:
    caller.press(Key.Key_H)
    panel = caller.sheet()
    assert isinstance(panel, ContactPanel)
    panel.day.setText("31-02-2026")
    panel.setFocus()
    caller.press(Key.Key_1)
    assert panel.day_field.sentence.text()
    assert caller.house.read(RecallContact) == ()
    panel.day.setText("22-11-2026")
    panel.setFocus()
    caller.press(Key.Key_1)
    assert "belum lewat" in panel.day_field.sentence.text()
    assert caller.house.read(RecallContact) == ()
    caller.press(Key.Key_Escape)
    assert caller.sheet() is None


def test_the_paper_is_shown_before_it_is_printed(caller: Caller) -> None:
    caller.press(Key.Key_P, CTRL)
    assert isinstance(caller.sheet(), PreviewPanel)


def test_the_list_is_saved_as_a_workbook(caller: Caller, tmp_path: Path) -> None:
    caller.page.write_table(tmp_path / "daftar")
    caller.wait()
    sheet = load_workbook(tmp_path / "daftar.xlsx").active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["Nama", "Alif Maulana", "Nadia Putri"]
    caller.page.write_table(tmp_path / "tidak ada" / "daftar.xlsx")
    caller.wait()
    assert caller.desk.window.page is caller.page


def test_a_secret_group_is_neither_printed_nor_saved(caller: Caller) -> None:
    caller.page.group.set_value("women_cancer")
    caller.wait()
    assert not caller.page.paper.isEnabled()
    assert not caller.page.excel.isEnabled()
    caller.press(Key.Key_P, CTRL)
    assert caller.sheet() is None


def test_the_head_reads_and_notes_nothing(qtbot: QtBot, house: House) -> None:
    child(house)
    caller = Caller(qtbot, house, "head")
    groups = [caller.page.group.itemData(at) for at in range(caller.page.group.count())]
    assert "growth" in groups
    assert "mental" not in groups
    caller.press(Key.Key_H)
    assert caller.sheet() is None


def test_what_another_desk_records_leaves_the_list_by_itself(caller: Caller, qtbot: QtBot) -> None:
    caller.page._later.setInterval(1)
    nadia = caller.house.read(Person, name="Nadia Putri")[0]
    with caller.house.store.writing(caller.house.actor("registration"), "test.moved") as uow:
        uow.change(uow.get(Person, nadia.uid), status=PersonStatus.MOVED)
    caller.page.changed("person", nadia.uid, "")
    qtbot.waitUntil(lambda: caller.names() == ["Alif Maulana"], timeout=5_000)


def test_a_page_built_again_shows_the_same_list(caller: Caller) -> None:
    page = caller.page
    page.place.set_value(caller.house.areas["hamlet"].uid)
    caller.wait()
    page.hood.set_value("02/02")
    page.tiles.choose(2)
    caller.wait()
    asked = page.asked()
    caller.desk.window._stale.add("recall")
    caller.desk.window._renew("recall")
    caller.desk.window.navigate("recall")
    again = caller.desk.page
    assert isinstance(again, RecallPageView)
    assert again is not page
    caller.page = again
    caller.wait()
    caller.wait()
    assert again.asked() == asked
    assert (asked.rw, asked.rt, asked.standing.value) == ("02", "02", "no_data")


@pytest.mark.parametrize("width", [1366, 1093])
def test_the_choices_are_read_whole(caller: Caller, width: int) -> None:
    page = caller.page
    caller.desk.window.resize(width, 614)
    caller.wait()
    for combo in (page.group, page.hood, page.posyandu, page.months):
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        parts = combo.style(), QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = parts[0].subControlRect(parts[1], option, parts[2], combo).width() - 4
        assert text_width(combo.currentText(), tokens().body) <= room, combo.accessibleName()


def test_after_a_note_enter_and_the_key_of_what_came_of_it(caller: Caller) -> None:
    caller.press(Key.Key_H)
    panel = caller.sheet()
    assert isinstance(panel, ContactPanel)
    panel.note.setFocus()
    QTest.keyClicks(panel.note, "rumah no 3")
    caller.press(Key.Key_Return)
    assert caller.sheet() is panel
    caller.press(Key.Key_1)
    (made,) = caller.house.read(RecallContact)
    assert (made.note, caller.sheet()) == ("rumah no 3", None)
    row = caller.page.view.current_row()
    assert row is not None
    told = caller.page.about.accessibleName()
    assert told.startswith(f"{row.name}: {', '.join(row.services)} · akan datang, 21-11-2026")
    assert told.endswith("rumah no 3")
