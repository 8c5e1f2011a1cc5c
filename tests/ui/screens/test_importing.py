"""Importing people from the window: columns, a try, the import in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from ilp_desk.services.tables import write_csv
from tests.ui.desk_window import DeskWindow
from ui.parts.importing import ImportPanel
from ui.screens.manage import ManagePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

SPEAKER = """
import json, sys
print(json.dumps({"done": 2, "total": 2, "text": "2 baris"}))
print(json.dumps({"result": {"seen": 2, "added": 1, "skipped": 0, "wrong": 1, "suspected": 0}}))
"""


def opened(qtbot: QtBot, house: House) -> tuple[DeskWindow, ImportPanel]:
    desk = DeskWindow(qtbot, house, "admin", screen="manage")
    assert isinstance(desk.page, ManagePage)
    desk.page.import_people()
    return desk, desk.window.findChildren(ImportPanel)[0]


def test_columns_are_understood_and_what_lacks_is_said(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = opened(qtbot, house)
    path = tmp_path / "pasien.csv"
    write_csv(path, ("Nama Px", "JK", "Tgl Lahir"), (("Siti", "P", "3/2/99"),))
    panel.take(path)
    desk.idle()
    assert "Belum ditemukan: nama" in panel.told.accessibleName()
    panel._combos["name"].set_value("Nama Px")
    assert "name=Nama Px" in panel.arguments(dry=True)
    assert "sex=JK" in panel.arguments(dry=True)


def test_an_unreadable_file_is_told_and_nothing_starts(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = opened(qtbot, house)
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"no workbook")
    panel.take(path)
    desk.idle()
    assert not panel.go.isEnabled()


def test_the_result_of_the_other_process_is_shown(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = opened(qtbot, house)
    path = tmp_path / "pasien.csv"
    write_csv(path, ("Nama", "JK", "Tgl Lahir"), (("Siti", "P", "3/2/99"), ("Budi", "L", "")))
    panel.take(path)
    desk.idle()
    lane = desk.runner._long
    lane.start = lambda _: (sys.executable, ["-c", SPEAKER])
    panel.dry.click()
    assert not panel.go.isEnabled()
    desk.idle()
    QTest.qWait(20)
    assert panel.go.isEnabled()
    assert "2 baris: 1 akan masuk" in panel.told.accessibleName()
