"""A scan from any field: the field stays as it was, the scan's Enter does nothing, the code is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scanner import Burst, Scan, ScanKind, ScannerFilter, Shapes, Taker

NIK = "1306044302999001"
NONE = Qt.KeyboardModifier.NoModifier


def typed(burst: Burst, text: str, gap: float, end: str = "\r", end_gap: float | None = None) -> str | None:
    ms = 1000.0
    for sign in text:
        assert burst.feed(sign, ms) is None
        ms += gap
    return burst.feed(end, ms - gap + (gap if end_gap is None else end_gap))


@given(st.text(st.characters(categories=["L", "N"]), min_size=6, max_size=40), st.floats(0, 35))
def test_a_quick_burst_is_a_scan_whatever_it_says(code: str, gap: float) -> None:
    assert typed(Burst(), code, gap) == code
    assert typed(Burst(), code, gap, end="\t") == code


@given(st.text(st.characters(categories=["L", "N"]), max_size=40), st.floats(36, 400))
def test_a_hand_is_never_a_scanner(text: str, gap: float) -> None:
    assert typed(Burst(), text, gap) is None


@given(st.text(st.characters(categories=["L", "N"]), max_size=5), st.floats(0, 35))
def test_a_few_signs_are_no_scan(text: str, gap: float) -> None:
    assert typed(Burst(), text, gap) is None


def test_what_was_typed_before_the_scan_is_no_part_of_it() -> None:
    burst = Burst()
    for n, sign in enumerate("pusing"):
        burst.feed(sign, n * 90.0)
    ms = 5 * 90.0 + 36
    for n, sign in enumerate(NIK):
        burst.feed(sign, ms + n * 8)
    assert burst.feed("\r", ms + len(NIK) * 8) == NIK


def test_a_scanner_with_a_lazy_enter_is_still_a_scanner() -> None:
    assert typed(Burst(), NIK, 5, end_gap=140) == NIK
    assert typed(Burst(), NIK, 5, end_gap=400) is None


def test_a_clock_that_jumps_back_makes_no_scan() -> None:
    burst = Burst()
    for n, sign in enumerate(NIK):
        burst.feed(sign, 1000.0 - 50 * n)
    assert burst.feed("\r", 1000.0 - 50 * len(NIK) + 55) is None


@pytest.mark.parametrize(
    ("code", "scan"),
    [
        (NIK, Scan(ScanKind.SIXTEEN_DIGITS, NIK)),
        ("0001234567890", Scan(ScanKind.BPJS, "0001234567890")),
        ("00-12-47-01", Scan(ScanKind.RECORD, "00-12-47-01")),
        ("12-0471-00", Scan(ScanKind.RECORD, "12-0471-00")),
        ("RM 00-12-47-01", Scan(ScanKind.RECORD, "00-12-47-01")),
        ("00012470", Scan(ScanKind.RECORD, "00012470")),
        ("ILP1:0193c1f2-7b3a-7c2e-9d11-2f6a5b8c9d01", Scan(ScanKind.UID, "0193c1f2-7b3a-7c2e-9d11-2f6a5b8c9d01")),
        (f" {NIK} ", Scan(ScanKind.SIXTEEN_DIGITS, NIK)),
        ("ILP1:", None),
        ("ILP1:'; DROP", None),
        ("130604430299900A", None),
        ("siti nurhaliza", None),
        ("12345678901234", None),
        ("١٣٠٦٠٤٤٣٠٢٩٩٩٠٠١", None),
    ],
)
def test_shapes_of_cards_labels_and_letters(code: str, scan: Scan | None) -> None:
    assert Shapes().recognise(code) == scan


def test_a_site_may_have_record_numbers_of_its_own() -> None:
    assert Shapes(record=r"MJ\d{5}").recognise("MJ00471") == Scan(ScanKind.RECORD, "MJ00471")


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.line, self.area, self.choice, self.button = (
            QLineEdit(),
            QPlainTextEdit(),
            QComboBox(),
            QPushButton("Kunci"),
        )
        self.choice.addItems(["1 sakit", "2 sehat", "0 kontrol"])
        self.choice.setCurrentIndex(1)
        box = QVBoxLayout(self)
        for widget in (self.line, self.area, self.choice, self.button):
            box.addWidget(widget)
        self.scans: list[Scan] = []
        self.entered: list[str] = []
        self.pressed = 0
        self.takes = True
        self.line.returnPressed.connect(lambda: self.entered.append(self.line.text()))
        self.button.clicked.connect(self._press)

    def _press(self) -> None:
        self.pressed += 1

    def taker(self) -> Taker | None:
        return self.scans.append if self.takes else None


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    watch = ScannerFilter(qapp, made.taker)
    yield made
    qapp.removeEventFilter(watch)


def focus(widget: QWidget, qtbot: QtBot) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def scan(widget: QWidget, code: str = NIK, delay: int = 0, end: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClicks(widget, code, NONE, delay)
    QTest.keyClick(widget, end)


@pytest.mark.parametrize("delay", [0, 8])
def test_the_field_keeps_what_the_clerk_had_typed(desk: Desk, qtbot: QtBot, delay: int) -> None:
    focus(desk.line, qtbot)
    desk.line.setText("pusing")
    desk.line.setCursorPosition(3)
    scan(desk.line, delay=delay)
    assert desk.scans == [Scan(ScanKind.SIXTEEN_DIGITS, NIK)]
    assert (desk.line.text(), desk.line.cursorPosition()) == ("pusing", 3)
    assert desk.entered == []


def test_whoever_listens_to_edits_hears_the_field_given_back(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    desk.line.setText("pusing")
    heard: list[str] = []
    desk.line.textEdited.connect(heard.append)
    scan(desk.line)
    assert heard[-1] == "pusing"


def test_a_selected_text_is_given_back_selected(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    desk.line.setText("siti nur")
    desk.line.setSelection(5, 3)
    scan(desk.line)
    assert desk.line.selectedText() == "nur"
    assert desk.line.text() == "siti nur"


def test_a_note_of_several_lines_is_given_back(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.area, qtbot)
    QTest.keyClicks(desk.area, "batuk", NONE, 50)
    QTest.keyClick(desk.area, Qt.Key.Key_Return, NONE, 50)
    QTest.keyClicks(desk.area, "pilek", NONE, 50)
    scan(desk.area)
    assert desk.scans == [Scan(ScanKind.SIXTEEN_DIGITS, NIK)]
    assert desk.area.toPlainText() == "batuk\npilek"


def test_a_choice_keeps_its_value(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.choice, qtbot)
    scan(desk.choice)
    assert desk.scans
    assert desk.choice.currentText() == "2 sehat"


def test_a_scan_presses_no_button(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.button, qtbot)
    scan(desk.button)
    assert desk.scans
    assert desk.pressed == 0


def test_a_tab_that_ends_a_scan_moves_nothing(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    scan(desk.line, end=Qt.Key.Key_Tab)
    assert desk.scans
    assert desk.line.hasFocus()


def test_the_second_end_of_a_scanner_with_cr_and_lf_is_swallowed_too(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    scan(desk.line)
    QTest.keyClick(desk.line, Qt.Key.Key_Enter)
    assert desk.entered == []


def test_an_enter_by_hand_after_a_scan_counts(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    scan(desk.line)
    QTest.keyClick(desk.line, Qt.Key.Key_Return, NONE, 80)
    assert desk.entered == [""]


@pytest.mark.parametrize("delay", [50, 60])
def test_typing_by_hand_stays_typing(desk: Desk, qtbot: QtBot, delay: int) -> None:
    focus(desk.line, qtbot)
    scan(desk.line, "13060443", delay)
    assert desk.scans == []
    assert desk.entered == ["13060443"]


def test_a_burst_that_is_no_code_of_ours_stays_typing(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    scan(desk.line, "siti nurhaliza")
    assert desk.scans == []
    assert desk.entered == ["siti nurhaliza"]


def test_where_nobody_takes_it_the_code_stays_in_its_field_without_an_enter(desk: Desk, qtbot: QtBot) -> None:
    desk.takes = False
    focus(desk.line, qtbot)
    scan(desk.line)
    assert desk.line.text() == NIK
    assert desk.entered == []


def test_typing_that_waited_behind_a_stall_is_no_scan(desk: Desk, qtbot: QtBot) -> None:
    """Delivered in one go, stamped 100 ms apart: the stamps count."""
    focus(desk.line, qtbot)
    for n, sign in enumerate([*NIK, "\r"]):
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
        event = QKeyEvent(QEvent.Type.KeyPress, key, NONE, sign)
        event.setTimestamp(5000 + 100 * n)
        QApplication.postEvent(desk.line, event)
    qtbot.waitUntil(lambda: desk.entered == [NIK])
    assert desk.scans == []


def test_a_held_key_is_no_scan_and_a_held_enter_is_one_enter(desk: Desk, qtbot: QtBot) -> None:
    focus(desk.line, qtbot)
    for _ in range(8):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, NONE, "1", True)
        QApplication.sendEvent(desk.line, event)
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    for _ in range(3):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", True)
        QApplication.sendEvent(desk.line, event)
    assert desk.scans == []
    assert desk.entered == ["11111111"]


def test_input_of_any_kind_counts_as_somebody_being_there(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    watch = ScannerFilter(qapp, desk.taker)
    focus(desk.line, qtbot)
    acts: list[Callable[[], None]] = [
        lambda: QTest.keyClick(desk.line, Qt.Key.Key_A),
        lambda: QTest.mouseClick(desk.button, Qt.MouseButton.LeftButton),
        watch.touch,
    ]
    for act in acts:
        watch._touched -= 600
        assert watch.untouched() > 500
        act()
        assert watch.untouched() < 100
    qapp.removeEventFilter(watch)
