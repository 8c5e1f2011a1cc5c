"""A posyandu's sheet in the window: looked at, settled, imported, what is left written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.rows.posyandu import Fate
from tests.ui.desk_window import DeskWindow
from ui.parts.posyandu.panel import PosyanduPanel
from ui.screens.recall import RecallPageView
from ui.widgets import Sheet, SheetPanel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ilp_desk.domain.person import Person
    from tests.house import House

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, NONE = Mod.ControlModifier, Mod.NoModifier
HEADING = "nik;nama;tanggal lahir;tgl ukur;berat;panjang"
DAY = "20-11-2026"


class Importer:
    """Types; every key goes to what has the focus."""

    def __init__(self, qtbot: QtBot, house: House, role: str = "midwife") -> None:
        self.house = house
        self.desk = DeskWindow(qtbot, house, role, screen="recall")
        assert isinstance(self.desk.page, RecallPageView)

    @property
    def panel(self) -> PosyanduPanel:
        sheet = Sheet.over(self.desk.window)
        assert sheet is not None
        assert isinstance(sheet.panel, SheetPanel)
        panel = sheet.panel.area.widget()
        assert isinstance(panel, PosyanduPanel)
        return panel

    def press(self, key: Qt.Key, mod: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, mod)
        self.desk.idle()

    def take(self, folder: Path, *rows: str, heading: str = HEADING) -> None:
        self.press(Key.Key_I, CTRL)
        path = folder / "lembar.csv"
        path.write_text("\n".join((heading, *rows)), encoding="utf-8")
        self.panel.take(path)
        self.desk.idle()

    def fates(self) -> dict[int, Fate]:
        return {row.line: row.fate for row in self.panel.model.rows}


@pytest.fixture
def rizki(house: House) -> Person:
    return house.person("Rizki Ramadhan", "2025-09-18", "L", nik="1306041809259001")


@pytest.fixture
def one(qtbot: QtBot, house: House, rizki: Person) -> Importer:
    return Importer(qtbot, house)


def test_looked_at_settled_imported_and_there_the_second_time(
    one: Importer, house: House, rizki: Person, tmp_path: Path
) -> None:
    siti = house.person("Siti Nur Azizah", "2026-02-14", "P")
    one.take(
        tmp_path,
        f"1306041809259001;Rizki;;{DAY};7,8;74",
        f";Siti Nur Azizah;;{DAY};7,6;68",
        f"1306041809259001;Rizki;;{DAY};500;",
    )
    panel = one.panel
    assert one.fates() == {3: Fate.CHECK, 4: Fate.WRONG, 2: Fate.READY}
    assert [row.line for row in panel.model.rows] == [3, 4, 2], "what is open stands first"
    assert "1 siap, 1 perlu dipilih, 1 perlu diperbaiki" in panel.told.accessibleName()
    assert "Pilih anaknya" in panel.about.accessibleName()
    one.press(Key.Key_Return)
    assert panel.picker.isVisible()
    offered = panel.picker.view.current_row()
    assert offered is not None
    assert offered.uid == siti.uid
    one.press(Key.Key_Return)
    assert not panel.picker.isVisible()
    assert one.fates()[3] is Fate.READY
    assert panel.go.text() == "Masukkan 2 anak"
    one.press(Key.Key_Return, CTRL)
    assert {row.person_uid: row.weight for row in house.read(VitalSigns)} == {rizki.uid: 7800, siti.uid: 7600}
    assert panel.told.accessibleName().startswith("2 anak dimasukkan.")
    assert one.fates() == {2: Fate.THERE, 3: Fate.THERE, 4: Fate.WRONG}
    assert not panel.go.isEnabled()
    panel.write_rest(tmp_path / "sisa.csv")
    one.desk.idle()
    assert "500" in (tmp_path / "sisa.csv").read_text("utf-8-sig")


def test_swapped_columns_are_exchanged_with_a_key(one: Importer, house: House, tmp_path: Path) -> None:
    one.take(tmp_path, f"1306041809259001;Rizki;;{DAY};74;7,8")
    assert "tertukar" in one.panel.swapped.accessibleName()
    one.press(Key.Key_T, CTRL)
    assert one.fates() == {2: Fate.READY}
    assert one.panel.swapped.isHidden()


def test_the_day_of_the_posyandu_is_asked_for_where_the_sheet_has_none(
    one: Importer, house: House, tmp_path: Path
) -> None:
    one.take(tmp_path, "1306041809259001;7,8", heading="nik;berat")
    assert one.fates() == {2: Fate.WRONG}
    assert one.panel.day.hasFocus()
    QTest.keyClicks(one.panel.day, "40/40/2026")
    one.panel.look()
    assert one.panel._day.sentence.text()
    one.panel.day.clear()
    QTest.keyClicks(one.panel.day, "20/11/2026")
    QTest.keyClicks(one.panel.place, "Posyandu Anggrek")
    one.panel.look()
    one.desk.idle()
    assert one.fates() == {2: Fate.READY}
    one.press(Key.Key_Return, CTRL)
    (taken,) = house.read(VitalSigns)
    assert (taken.place, taken.taken_at.isoformat()) == ("Posyandu Anggrek", "2026-11-20T05:00:00+00:00")


def test_other_figures_of_an_earlier_import_are_replaced_only_when_asked(
    one: Importer, house: House, tmp_path: Path
) -> None:
    one.take(tmp_path, f"1306041809259001;;;{DAY};8,7;")
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_Escape)
    one.take(tmp_path, f"1306041809259001;;;{DAY};7,8;")
    assert one.fates() == {2: Fate.OTHER}
    assert not one.panel.go.isEnabled()
    one.press(Key.Key_G, CTRL)
    one.press(Key.Key_Return, CTRL)
    (taken,) = house.read(VitalSigns)
    assert taken.weight == 7800


def test_escape_leaves_the_search_first_and_a_bad_file_is_told(one: Importer, tmp_path: Path) -> None:
    one.take(tmp_path, f";Entah Siapa;;{DAY};8;")
    one.press(Key.Key_Return)
    assert one.panel.picker.isVisible()
    one.press(Key.Key_Return)
    assert one.panel.picker.isVisible(), "nobody was found, so nobody is taken"
    one.press(Key.Key_Escape)
    assert one.fates() == {2: Fate.CHECK}
    bad = tmp_path / "gambar.png"
    bad.write_bytes(b"x")
    one.panel.take(bad)
    one.desk.idle()
    assert "tidak dikenal" in one.panel.told.accessibleName()


def test_who_only_registers_has_no_way_in(qtbot: QtBot, house: House) -> None:
    desk = DeskWindow(qtbot, house, "registration", screen="recall")
    assert isinstance(desk.page, RecallPageView)
    assert desk.page.posyandu_sheet.isHidden()
    desk.page.import_sheet()
    assert Sheet.over(desk.window) is None
