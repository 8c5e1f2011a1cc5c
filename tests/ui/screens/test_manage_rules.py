"""Referensi in Manajemen, on real data: opened, laid over, refused, approved, taken back, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.site_files import RowApproval, SiteFile
from tests.ui.desk_window import DeskWindow
from ui.parts.manage.reference import ReferencePart
from ui.parts.room.words_sheet import WordsSheet
from ui.screens.manage import PARTS, ManagePage
from ui.shell_sheets import Notice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
OWN = """version = "{version}"
valid_from = {start}
source = "SK Kepala Puskesmas"
status = "confirmed"

[[alarm]]
code = "BP-CRISIS"
act = "{act}"
"""


class Rules:
    """Referensi open in a window, with somebody before it."""

    def __init__(self, qtbot: QtBot, house: House, folder: Path, role: str) -> None:
        self.desk, self.house, self.folder = DeskWindow(qtbot, house, role, screen="manage"), house, folder
        page = self.desk.page
        assert isinstance(page, ManagePage)
        page.tabs.select(PARTS.index(ReferencePart))
        self.idle()
        part = page.part
        assert isinstance(part, ReferencePart)
        self.part, self.panel = part, part.panel

    def idle(self) -> None:
        for _ in range(3):
            self.desk.idle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, modifier)
        self.idle()

    def open(self, name: str) -> None:
        assert self.part.view.select_key(name) is not False
        self.part.view.setFocus()
        self.press(Key.Key_Return)

    def lay(self, act: str = "Panggil dokter.", version: str = "PKM.1", start: str = "2026-01-01") -> None:
        path = self.folder / "alarms.toml"
        path.write_text(OWN.format(act=act, version=version, start=start), encoding="utf-8")
        self.part.lay(path)
        self.idle()

    def why(self, words: str) -> None:
        """Answer the sheet that asks for a reason."""
        sheet = self.desk.window.overlays.open_sheet
        assert sheet is not None
        panel = sheet.panel
        assert isinstance(panel, WordsSheet)
        QTest.keyClicks(panel.words, words)
        QTest.keyClick(panel.words, Key.Key_Return)
        self.idle()

    def notice(self) -> str:
        """The sentence that stands over the window."""
        (shown,) = self.desk.window.findChildren(Notice)
        return shown.accessibleName()

    def pill(self) -> str:
        return self.desk.window._data.words()[0]


@pytest.fixture
def at(qtbot: QtBot, house: House, tmp_path: Path) -> Callable[[str], Rules]:
    return lambda role: Rules(qtbot, house, tmp_path, role)


def test_enter_opens_a_file_and_escape_comes_back(at: Callable[[str], Rules]) -> None:
    rules = at("head")
    assert {row.name for row in rules.part.model.rows} >= {"alarms", "services", "icd10_id", "phq-9"}
    rules.open("services")
    assert rules.panel.isVisible()
    assert rules.panel.heading.text() == "Layanan siklus hidup"
    assert len(rules.panel.model.rows) > 100
    rules.press(Key.Key_Escape)
    assert not rules.panel.isVisible()
    assert rules.part.view.isVisible()


def test_a_chosen_row_is_told_in_words(at: Callable[[str], Rules]) -> None:
    rules = at("head")
    rules.open("alarms")
    rules.panel.view.select(0)
    assert rules.panel.name_label.text() == "Tekanan darah, merah, hamil"
    assert rules.panel.one.isEnabled()


def test_the_head_approves_by_key_and_takes_it_back(at: Callable[[str], Rules]) -> None:
    rules = at("head")
    rules.open("alarms")
    rules.panel.view.select(0)
    rules.press(Key.Key_S, CTRL)
    assert [approval.code for approval in rules.house.read(RowApproval)] == ["PREG-BP-RED"]
    assert rules.panel.revoke.isVisible()
    assert not rules.panel.one.isEnabled()
    rules.panel.revoke.click()
    rules.idle()
    rules.why("belum dibahas")
    assert rules.house.read(RowApproval) == ()
    assert rules.panel.one.isEnabled()


def test_the_head_approves_all_and_undoes_it(at: Callable[[str], Rules]) -> None:
    rules = at("head")
    rules.open("vitals")
    rules.panel.only.setChecked(True)
    rules.panel.all.click()
    rules.idle()
    assert rules.panel.model.rows == ()
    assert not rules.panel.all.isVisible()
    rules.desk.window.overlays.undo()
    rules.idle()
    assert len(rules.panel.model.rows) == 19
    assert rules.house.read(RowApproval) == ()


def test_only_what_waits_is_shown_if_wished_and_the_next_row_is_chosen(at: Callable[[str], Rules]) -> None:
    rules = at("head")
    rules.open("vitals")
    rules.panel.only.setChecked(True)
    rules.panel.view.select(3)
    third, fourth = rules.panel.model.rows[3:5]
    rules.press(Key.Key_S, CTRL)
    assert third not in rules.panel.model.rows
    chosen = rules.panel.view.current_row()
    assert chosen is not None
    assert chosen.code == fourth.code


def test_the_admin_lays_a_file_and_cannot_approve(at: Callable[[str], Rules]) -> None:
    rules = at("admin")
    assert not rules.part.later.isVisible()
    rules.lay()
    assert [file.version for file in rules.house.read(SiteFile)] == ["PKM.1"]
    assert rules.part.later.isVisible()
    assert rules.pill() == "Data tersimpan"
    rules.desk.window._changed("reference", "alarms", "")
    rules.idle()
    assert rules.pill() == "Aturan baru: buka lagi program"
    rules.open("alarms")
    assert not rules.panel.one.isVisible()
    assert not rules.panel.all.isVisible()
    rules.press(Key.Key_S, CTRL)
    assert rules.house.read(RowApproval) == ()


def test_a_refused_file_is_said_and_changes_nothing(at: Callable[[str], Rules]) -> None:
    rules = at("admin")
    rules.lay('x"\nwarna = "merah')
    assert rules.house.read(SiteFile) == ()
    notice = rules.notice()
    assert "Berkas tidak diterima. alarms.toml, alarm ke-" in notice
    assert '"warna" tidak dikenal' in notice


def test_what_was_laid_is_undone_or_taken_back_with_a_reason(at: Callable[[str], Rules]) -> None:
    rules = at("admin")
    rules.lay()
    rules.desk.window.overlays.undo()
    rules.idle()
    assert rules.house.read(SiteFile) == ()
    rules.lay()
    rules.open("alarms")
    assert rules.panel.detail is not None
    rules.panel.ask_take_back(rules.panel.detail.laid[0])
    rules.why("SK dicabut")
    assert rules.house.read(SiteFile) == ()
    assert rules.panel.detail is not None
    assert rules.panel.detail.laid == ()
    assert not rules.part.later.isVisible()


def test_a_desk_that_could_not_use_a_file_says_so(
    qtbot: QtBot, house: House, tmp_path: Path, at: Callable[[str], Rules]
) -> None:
    from ilp_desk.bootstrap import rules_in_force

    good = OWN.format(version="PKM.1", start="2026-01-01", act="x")
    laid = house.desk.site.lay_reference(house.actor("admin"), "alarms.toml", good.encode())
    with house.store.writing(house.actor("admin"), "test.spoil") as uow:
        uow.change(laid, content=good + 'warna = "merah"\n')
    object.__setattr__(house.desk.tools, "in_force", rules_in_force(house.store))
    rules = at("head")
    assert rules.pill() == "Aturan Puskesmas ditolak"
    assert rules.part.refused.isVisible()
    assert '"warna" tidak dikenal' in rules.part.refused.accessibleName()
    rules.open("alarms")
    assert rules.panel.detail is not None
    assert rules.panel.detail.laid[0].state == "refused"


def test_a_model_is_written_to_edit(at: Callable[[str], Rules]) -> None:
    rules = at("admin")
    path = rules.folder / "routing.toml"
    rules.part.write_model("routing", path)
    rules.idle()
    assert path.read_text(encoding="utf-8").startswith("# Contoh dari program")
    rules.part.write_model("routing", rules.folder / "none" / "routing.toml")
    rules.idle()
    assert "tidak dapat ditulis" in rules.notice()


@pytest.mark.parametrize("size", [(1093, 614), (1280, 720)])
def test_the_main_actions_stay_in_sight_in_small_windows(at: Callable[[str], Rules], size: tuple[int, int]) -> None:
    rules = at("head")
    rules.lay()
    window = rules.desk.window
    window.resize(*size)
    rules.idle()
    places = [rules.part.open_button]
    assert_in_sight(rules, places, size)
    rules.open("alarms")
    assert_in_sight(rules, [rules.panel.one, rules.panel.all], size)


def assert_in_sight(rules: Rules, buttons: list, size: tuple[int, int]) -> None:  # type: ignore[type-arg]
    window = rules.desk.window
    assert (window.width(), window.height()) == size
    for button in buttons:
        place = button.mapTo(window, button.rect().bottomRight())
        assert place.y() < window.height() - 26
        assert place.x() < window.width()
