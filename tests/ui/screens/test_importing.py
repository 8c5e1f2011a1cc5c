"""Importing people from the window: columns, a try, the import in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.keys import Cost, write_key_file
from ilp_desk.domain.person import Person
from ilp_desk.services.tables import write_csv
from tests.house import KEY
from tests.ui.desk_window import DeskWindow
from ui.parts.import_work import FACTS, ImportWork, arguments
from ui.parts.importing import ImportPanel
from ui.screens.manage import ManagePage
from ui.widgets import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

SPEAKER = """
import json, sys
print(json.dumps({"done": 2, "total": 2, "text": "2 baris"}))
print(json.dumps({"result": {"seen": 2, "added": 1, "skipped": 0, "wrong": 1, "suspected": 0, "noted": 1,
    "unplaced": 1, "places": [["Lain Desa", 1]]}}))
"""


SLOW = """
import json, time
print(json.dumps({"done": 40, "total": 100, "text": "40 dari 100 baris"}), flush=True)
time.sleep(60)
"""


def told(panel: ImportPanel) -> list[str]:
    """What the other process would be told."""
    chosen = panel.chosen()
    assert chosen is not None
    return arguments(chosen, Path("data"), "uid", dry=True)


def started(qtbot: QtBot, house: House, folder: Path, source: str) -> tuple[DeskWindow, ImportPanel]:
    """An import by a process that only speaks."""
    desk, panel = opened(qtbot, house)
    path = folder / "pasien.csv"
    write_csv(path, ("Nama", "JK", "Tgl Lahir"), (("Siti", "P", "3/2/99"), ("Budi", "L", "")))
    panel.take(path)
    desk.idle()
    desk.runner._long.start = lambda _: (sys.executable, ["-c", source])
    return desk, panel


def toasts(desk: DeskWindow) -> str:
    return " ".join(toast.accessibleName() for toast in desk.window.findChildren(Toast))


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
    panel._combos["sex"].set_value("")
    words = told(panel)
    assert "name=Nama Px" in words
    assert "birth=Tgl Lahir" in words
    assert "sex=" in words, "(tidak ada) is told, or the other process would guess"


def test_the_focus_goes_where_work_goes_on(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = started(qtbot, house, tmp_path, SPEAKER)
    assert QApplication.focusWidget() is panel.dry
    QTest.keyClick(panel.dry, Qt.Key.Key_Return)
    desk.idle()
    assert QApplication.focusWidget() is panel.go
    QTest.keyClick(panel.go, Qt.Key.Key_Return)
    desk.idle()
    assert QApplication.focusWidget() is panel.choose
    path = tmp_path / "lain.csv"
    write_csv(path, ("Nama", "Gender", "Tgl Lahir"), (("Siti", "P", "3/2/99"),))
    panel.take(path)
    desk.idle()
    assert QApplication.focusWidget() is panel._combos["sex"]


def test_columns_nothing_is_read_from_are_named(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = opened(qtbot, house)
    assert panel.unused.isHidden()
    path = tmp_path / "pasien.csv"
    write_csv(path, ("Nama", "JK", "Warna favorit", "Tgl Lahir", "", "Hobi"), (("Siti", "P", "biru", "3/2/99"),))
    panel.take(path)
    desk.idle()
    assert panel.unused.text() == "Kolom yang tidak dipakai: Warna favorit, Hobi."
    panel._combos["occupation"].setFocus()
    QTest.keyClicks(panel._combos["occupation"], "w")
    assert panel.unused.text() == "Kolom yang tidak dipakai: Hobi."


def test_a_button_of_the_screen_opens_the_import(qtbot: QtBot, house: House) -> None:
    desk = DeskWindow(qtbot, house, "admin", screen="manage")
    page = desk.page
    assert isinstance(page, ManagePage)
    assert page.import_button.isVisible()
    assert (page.import_button.text(), page.import_button.key) == ("Impor pasien", "Ctrl+I")
    QTest.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert desk.window.findChildren(ImportPanel)


def test_an_unreadable_file_is_told_and_nothing_starts(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = opened(qtbot, house)
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"no workbook")
    panel.take(path)
    desk.idle()
    assert not panel.go.isEnabled()


def test_the_result_of_the_other_process_is_shown(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = started(qtbot, house, tmp_path, SPEAKER)
    panel.dry.click()
    assert not panel.go.isEnabled()
    desk.idle()
    assert panel.go.isEnabled()
    assert "2 baris: 1 akan ditambahkan" in panel.told.accessibleName()
    assert "1 baris dengan desa atau dusun tidak dikenal: Lain Desa (1)" in panel.told.accessibleName()


def test_the_real_process_works_on_the_data_this_desk_is_open_on(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    """The folder is not the usual one, its key lies nowhere but in this program, and a passphrase would be asked."""
    write_key_file(house.folder / "desk.key", KEY, passphrase="kata sandi pembuka", cost=Cost(1, 8, 1))
    desk, panel = opened(qtbot, house)
    path = tmp_path / "pasien.csv"
    write_csv(
        path, ("Nama", "JK", "Tgl Lahir", "Penjamin"), (("Siti Aminah", "P", "3/2/99", "Umum"), ("B", "L", "", ""))
    )
    panel.take(path)
    desk.idle()
    panel._combos["payer"].set_value("")
    panel.go.click()
    assert desk.runner.idle(120_000)
    assert [(p.name, p.payer) for p in house.read(Person)] == [("Siti Aminah", "")]
    assert "2 baris: 1 ditambahkan" in panel.told.accessibleName()
    assert "pasien-perlu-diperiksa.csv" in panel.told.accessibleName()
    assert "Isi tanggal lahir" in (tmp_path / "pasien-perlu-diperiksa.csv").read_text("utf-8-sig")


def test_the_key_stands_in_no_argument(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = started(qtbot, house, tmp_path, SPEAKER)
    seen: list[str] = []

    def start(words: Sequence[str]) -> tuple[str, list[str]]:
        seen.extend(words)
        return sys.executable, ["-c", SPEAKER]

    desk.runner._long.start = start
    panel.go.click()
    desk.idle()
    assert seen[:2] == ["--data", str(house.folder)]
    assert KEY.hex() not in " ".join(seen)


def test_data_that_do_not_open_for_the_process_are_told(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    trouble = """
import json
print(json.dumps({"error": "Basis data sedang dipakai."}))
raise SystemExit(4)
"""
    desk, panel = started(qtbot, house, tmp_path, trouble)
    panel.go.click()
    desk.idle()
    assert "Basis data sedang dipakai." in panel.told.accessibleName()
    assert panel.go.isEnabled()


def test_an_import_goes_on_when_the_sheet_is_closed_and_is_found_again(
    qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    desk, panel = started(qtbot, house, tmp_path, SLOW)
    panel._combos["sex"].set_value("JK")
    panel.go.click()
    qtbot.waitUntil(lambda: "40 dari 100 baris" in panel.told.accessibleName(), timeout=20_000)
    QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Escape)
    assert desk.window.overlays.open_sheet is None
    assert "Impor berjalan terus" in toasts(desk)
    QTest.qWait(0)
    assert isinstance(desk.page, ManagePage)
    desk.page.import_people()
    again = desk.window.findChildren(ImportPanel)[-1]
    assert again is not panel
    assert "40 dari 100 baris" in again.told.accessibleName()
    assert not again.go.isEnabled()
    stop = again.busy.button
    qtbot.waitUntil(lambda: not stop.visibleRegion().isEmpty(), timeout=10_000)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    desk.idle()
    assert "Dihentikan" in again.told.accessibleName()
    assert again.go.isEnabled()
    assert again.file_name.text() == "pasien.csv"


def test_the_end_is_told_where_the_sheet_is_closed(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = started(qtbot, house, tmp_path, SPEAKER)
    panel.go.click()
    desk.window.overlays.close_sheet()
    desk.idle()
    assert "2 baris: 1 ditambahkan" in toasts(desk)
    assert isinstance(desk.page, ManagePage)
    desk.page.import_people()
    assert "2 baris: 1 ditambahkan" in desk.window.findChildren(ImportPanel)[-1].told.accessibleName()


def test_a_bigger_text_size_does_not_lose_the_import(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, panel = started(qtbot, house, tmp_path, SLOW)
    panel.go.click()
    desk.window.overlays.close_sheet()
    desk.window.zoom(1)
    qtbot.waitUntil(lambda: ImportWork.of(desk.runner).step.done == 40, timeout=20_000)
    assert isinstance(desk.page, ManagePage)
    desk.page.import_people()
    assert "40 dari 100 baris" in desk.window.findChildren(ImportPanel)[-1].told.accessibleName()
    ImportWork.of(desk.runner).cancel()
    desk.idle()
    desk.window.overlays.close_sheet()
    desk.window.zoom(0)


def test_what_was_done_before_has_a_list_of_its_own(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk, _ = opened(qtbot, house)
    QTest.keyClick(desk.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.idle()
    panel = next(p for p in desk.window.findChildren(ImportPanel) if p.isVisible())
    assert "Imunisasi, layanan, dan skrining yang lalu." in panel.told.accessibleName()
    path = tmp_path / "imunisasi.csv"
    write_csv(path, ("NIK", "Vaksin", "Catatan"), (("1306046101250001", "BCG", ""),))
    panel.take(path)
    desk.idle()
    assert "Belum ditemukan: tanggal" in panel.told.accessibleName()
    assert panel.unused.text() == "Kolom yang tidak dipakai: Catatan."
    words = arguments(panel.chosen(), Path("data"), "uid", dry=True, kind=FACTS)  # type: ignore[arg-type]
    assert words[2:4] == ["import", "facts"]
    assert "what=Vaksin" in words
    QTest.keyClick(desk.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    desk.idle()
    panel = next(p for p in desk.window.findChildren(ImportPanel) if p.isVisible())
    assert "Daftar pasien dari sistem lama." in panel.told.accessibleName()


def test_a_list_of_earlier_facts_is_imported_and_told(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    desk = DeskWindow(qtbot, house, "admin", screen="manage")
    assert isinstance(desk.page, ManagePage)
    desk.page.import_facts()
    panel = desk.window.findChildren(ImportPanel)[0]
    path = tmp_path / "imunisasi.csv"
    write_csv(path, ("NIK", "Vaksin", "Tanggal"), (("1", "BCG", "2025"),))
    panel.take(path)
    desk.idle()
    desk.runner._long.start = lambda _: (sys.executable, ["-c", SPEAKER])
    panel._run(dry=False)
    qtbot.waitUntil(lambda: not ImportWork.of(desk.runner, FACTS).running, timeout=20_000)
    assert "2 baris: 1 ditambahkan, 0 sudah ada, 1 ditolak." in panel.told.accessibleName()
    assert not ImportWork.of(desk.runner).running
