"""A picture of every widget in every state: `python -m tests.ui.gallery OUTDIR`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.gallery_pages import CODES, PAGES
from tests.ui.gallery_screens import new_patient
from ui.messages import install
from ui.theme import CONTRAST, NORMAL, Tokens, apply
from ui.widgets import (
    Combo,
    KeyButton,
    LineEdit,
    ListView,
    SearchBox,
    SuggestEdit,
    Toast,
)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Everything Qt prints meanwhile, without what the offscreen screen says about itself."""
    heard: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            heard.append(message)

    before = qInstallMessageHandler(hear)
    try:
        yield heard
    finally:
        qInstallMessageHandler(before)


LOOKS: tuple[tuple[str, Tokens, int, int], ...] = (
    ("", NORMAL, 1366, 768),
    ("-1093x614", NORMAL, 1093, 614),
    ("-contrast", CONTRAST, 1366, 768),
    ("-zoom12", replace(NORMAL, zoom=1.2), 1366, 768),
)


def show(page: QWidget, width: int, height: int) -> QWidget:
    """Lay out and show a page at a size."""
    page.resize(width, height)
    page.show()
    QTest.qWaitForWindowExposed(page)
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    for box in page.findChildren(SearchBox):
        box.edit.setFocus()
    QTest.qWait(30)
    return page


def draw(folder: Path) -> list[str]:
    """Write all pictures; gives a line for each window that came out in another size than asked for."""
    wrong = []

    def save(name: str, widget: QWidget) -> None:
        widget.grab().save(str(folder / f"{name}.png"))

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for suffix, look, width, height in LOOKS:
        apply(app, look)
        for name, make in PAGES.items():
            page = show(make(), width, height)
            if (page.width(), page.height()) != (width, height):
                wrong.append(f"{name}{suffix}: {page.width()}x{page.height()}")
            for diagnosis in page.findChildren(SuggestEdit):
                diagnosis.setFocus()
                diagnosis.offer("hip", CODES)
                QTest.qWait(20)
            save(name + suffix, page)
            if name == "room":
                page.findChildren(ListView)[0].setFocus(Qt.FocusReason.TabFocusReason)
                save("list-focus" + suffix, page)
            if name == "desk":
                sheet = new_patient(page)
                QTest.qWait(20)
                save("new-patient" + suffix, page)
                sheet.close_sheet()
                toast = Toast(page, "A-013 Siti Nurhaliza terdaftar ke Poli KIA")
                page.findChildren(KeyButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
                QTest.qWait(20)
                save("toast-and-focus" + suffix, page)
                toast.dismiss()
                combo = page.findChildren(Combo)[0]
                combo.showPopup()
                QTest.qWait(20)
                save("popup-combo" + suffix, combo.view().window())
                combo.hidePopup()
                edit = page.findChildren(LineEdit)[0]
                menu = edit.createStandardContextMenu()
                menu.popup(page.mapToGlobal(page.rect().center()))
                QTest.qWait(20)
                save("popup-menu" + suffix, menu)
                menu.close()
            page.close()
            page.deleteLater()
    return wrong


def main(arguments: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(arguments[0] if arguments else "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    app.setCursorFlashTime(0)
    words = install(app)
    with listening() as heard:
        wrong = draw(folder)
    lines = [f"ukuran lain: {line}" for line in wrong] + [f"Qt: {message}" for message in heard]
    lines += [f"tanpa kata Indonesia: {pair}" for pair in sorted(words.unknown)]
    sys.stdout.write("\n".join([f"gambar di {folder}", *lines]) + "\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
