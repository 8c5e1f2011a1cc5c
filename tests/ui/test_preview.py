"""A document before it is printed: all pages, drawn only when seen, printed or saved from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from printing.forms import patient_card
from printing.renderer import PdfRenderer
from tests.ui.shell import window
from tests.ui.shell_demo import letter
from ui.main_window import MainWindow
from ui.pdf_pages import UnreadablePdf
from ui.preview import PreviewPanel
from ui.print_jobs import PrintJob
from ui.runner import Runner
from ui.theme import NORMAL, apply

CTRL = Qt.KeyboardModifier.ControlModifier


class Stage:
    """A shell with a preview open in it."""

    def __init__(self, shell: MainWindow, runner: Runner) -> None:
        self.shell, self.runner = shell, runner
        self.sent: list[str] = []
        shell.print_jobs._sender = lambda job: self.sent.append(job.title)

    def open(self, pdf: bytes, printable: bool = True) -> PreviewPanel:
        job = PrintJob("Surat rujukan", "EPSON", pdf) if printable else None
        panel = self.shell.preview("Surat rujukan", pdf, job, "rujukan.pdf").panel
        assert isinstance(panel, PreviewPanel)
        self.settle()
        return panel

    def settle(self) -> None:
        """Let pages be painted, asked for and drawn."""
        for _ in range(3):
            QApplication.processEvents()
            assert self.runner.idle()


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    apply(qapp, NORMAL)
    runner = Runner()
    shell = window(runner)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.start()
    yield Stage(shell, runner)
    shell.close()
    assert runner.close()


def test_pages_are_drawn_when_they_are_seen(stage: Stage) -> None:
    panel = stage.open(letter())
    assert [page.is_drawn() for page in panel.pages] == [True, False]
    panel._area.verticalScrollBar().setValue(panel._area.verticalScrollBar().maximum())
    stage.settle()
    assert [page.is_drawn() for page in panel.pages] == [True, True]


def test_a_page_is_black_on_white_and_as_wide_as_there_is_room(stage: Stage) -> None:
    panel = stage.open(letter())
    first = panel.pages[0]
    assert first.width() <= panel.width() - 50
    assert first.height() == round(first.width() * 297 / 210)
    picture = first.grab().toImage()
    assert picture.pixelColor(40, 40).name() == "#ffffff"
    darkest = min(picture.pixelColor(x, y).lightness() for x in range(90, 300, 2) for y in range(100, 160, 2))
    assert darkest < 60


def test_in_a_narrow_window_the_pages_shrink_with_it(stage: Stage) -> None:
    panel = stage.open(letter())
    wide = panel.pages[0].width()
    stage.shell.resize(700, 500)
    stage.settle()
    assert panel.pages[0].width() < wide
    assert panel.pages[0].width() < panel._area.viewport().width()


def test_ctrl_p_prints_and_closes(stage: Stage) -> None:
    panel = stage.open(letter())
    QTest.keyClick(panel, Qt.Key.Key_P, CTRL)
    stage.settle()
    assert stage.sent == ["Surat rujukan"]
    assert stage.shell.overlays.open_sheet is None


def test_esc_closes_without_printing(stage: Stage) -> None:
    stage.open(letter())
    QTest.keyClick(QApplication.focusWidget() or stage.shell, Qt.Key.Key_Escape)
    stage.settle()
    assert stage.sent == []
    assert stage.shell.overlays.open_sheet is None


def test_what_may_not_be_printed_has_no_button_for_it(stage: Stage) -> None:
    panel = stage.open(letter(), printable=False)
    assert not panel.print_button.isVisible()
    assert all(hint.key != "Ctrl+P" for hint in panel.keys.hints())


def test_the_file_is_saved_as_it_is(stage: Stage, tmp_path: Path) -> None:
    pdf = letter()
    panel = stage.open(pdf)
    told: list[str] = []
    panel.told.connect(told.append)
    panel.save_as(str(tmp_path / "rujukan.pdf"))
    stage.settle()
    assert (tmp_path / "rujukan.pdf").read_bytes() == pdf
    assert told == ["Tersimpan: rujukan.pdf"]


def test_a_place_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    panel = stage.open(letter())
    panel.save_as(str(tmp_path / "no such folder" / "rujukan.pdf"))
    stage.settle()
    notice = stage.shell.overlays._notice
    assert notice is not None
    assert notice.sentence.startswith("Berkas tidak dapat disimpan di sana.")


def test_saving_asks_where_with_a_name_to_start_from(stage: Stage) -> None:
    panel = stage.open(letter())
    panel.ask_where()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert [Path(name).name for name in dialog.selectedFiles()] == ["rujukan.pdf"]
    dialog.reject()


def test_a_broken_document_opens_no_sheet(stage: Stage) -> None:
    with pytest.raises(UnreadablePdf):
        stage.shell.preview("Surat rujukan", b"broken")
    assert stage.shell.overlays.open_sheet is None


@pytest.mark.parametrize(("name", "told"), [("Siti Nurhaliza", False), ("Siti 😀 مها", True)])
def test_signs_that_cannot_be_printed_are_told(stage: Stage, name: str, told: bool) -> None:
    sample = replace(patient_card.SAMPLE, name=name)
    panel = stage.open(PdfRenderer().pdf(sample))
    assert panel.lost.isVisible() is told
