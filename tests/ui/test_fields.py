"""Fields and choices: sentences stand beside the field, nothing jumps, nothing typed is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import ENTER, LEFT, RIGHT, TAB, focused, shown
from ui.widgets import (
    CheckBox,
    Choice,
    Columns,
    Combo,
    DateEdit,
    Field,
    LineEdit,
    State,
    TextArea,
    vbox,
)

pytestmark = pytest.mark.usefixtures("dressed")


# --- fields ----------------------------------------------------------------------------------------------------------


def digits_of_four(text: str) -> tuple[State, str]:
    if not text:
        return "", ""
    return ("ok", "Lengkap") if len(text) == 4 else ("error", f"Harus 4 angka, kurang {4 - len(text)}")


def test_a_sentence_stands_beside_the_field_moves_nothing_and_is_read_out(qtbot: QtBot) -> None:
    field = Field("PIN", LineEdit(), check=digits_of_four)
    qtbot.addWidget(field)
    field.resize(300, field.sizeHint().height())
    before = field.sizeHint().height()
    QTest.keyClicks(field.editor, "12")
    assert field.editor.property("state") == "error"
    assert field.sentence.text() == "Harus 4 angka, kurang 2"
    assert field.editor.accessibleDescription() == "Harus 4 angka, kurang 2"
    QTest.keyClicks(field.editor, "34")
    assert field.validate() == "ok"
    assert field.sizeHint().height() == before


def test_a_long_sentence_takes_more_lines_instead_of_being_cut(qtbot: QtBot) -> None:
    field = Field("No. KK", LineEdit())
    qtbot.addWidget(field)
    field.resize(240, 80)
    field.show()
    one = field.sentence.height()
    field.set_state("warn", "Alamat keluarga ini berbeda: Jr. Kubu Baru. Tanyakan mana yang benar.")
    assert field.sentence.height() == 2 * one


@pytest.mark.parametrize(
    ("editor", "text"),
    [
        (lambda: LineEdit("68,4"), "68,4"),
        (lambda: TextArea("dua\nbaris"), "dua\nbaris"),
        (lambda: Combo(["Istri", "Anak"]), "Istri"),
        (lambda: Choice(["Ya", "Tidak"], "Tidak"), "Tidak"),
        (lambda: DateEdit("21-11-2026"), "21-11-2026"),
    ],
)
def test_a_field_knows_its_text_and_names_its_editor(qtbot: QtBot, editor: object, text: str) -> None:
    made = editor()  # type: ignore[operator]
    field = Field("Berat", made, suffix="kg")
    qtbot.addWidget(field)
    assert field.text() == text
    assert made.accessibleName() == "Berat (kg)"


def test_what_was_typed_is_never_hidden_by_its_unit(qtbot: QtBot) -> None:
    field = Field("Tekanan darah", LineEdit("162 / 108"), suffix="mmHg")
    qtbot.addWidget(field)
    field.resize(200, 80)
    field.show()
    edit = field.editor
    assert isinstance(edit, LineEdit)
    assert edit.textMargins().right() > 0
    assert field.label.text() == "Tekanan darah"
    field.resize(86, 80)
    assert edit.textMargins().right() == 0
    assert field.label.text() == "Tekanan darah (mmHg)"


def test_a_field_left_shows_the_beginning_and_goes_on_where_one_was(qtbot: QtBot, stage: QWidget) -> None:
    first, second = LineEdit(), LineEdit()
    stage.setLayout(vbox(first, second))
    shown(stage)
    first.setFocus()
    QTest.keyClicks(first, "Jalan Pasar Lama")
    second.setFocus()
    assert first.cursorPosition() == 0
    first.setFocus()
    assert first.cursorPosition() == len("Jalan Pasar Lama")
    second.setText("Maninjau")
    assert second.cursorPosition() == 0


@pytest.mark.parametrize("make", [LineEdit, TextArea])
def test_ctrl_z_is_text_undo_first_then_the_toast(
    qtbot: QtBot, stage: QWidget, make: type[LineEdit] | type[TextArea]
) -> None:
    edit = make()
    stage.setLayout(vbox(edit))
    undone: list[str] = []
    QShortcut(QKeySequence("Ctrl+Z"), stage).activated.connect(lambda: undone.append("toast"))
    shown(stage)
    edit.setFocus()
    QTest.keyClicks(edit, "pusing")
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == ""
    assert undone == []
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["toast"]


def test_a_date_shows_what_was_understood(qtbot: QtBot) -> None:
    def understand(text: str) -> tuple[str, str]:
        return ("03-02-1999", "27 th 9 bln") if text == "3/2/99" else ("", "")

    edit = DateEdit(understand=understand)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "3/2/99")
    assert edit.tail() == "27 th 9 bln"
    QTest.keyClick(edit, ENTER)
    assert edit.text() == "03-02-1999"
    edit.setText("kapan-kapan")
    edit.editingFinished.emit()
    assert edit.text() == "kapan-kapan", "what is not understood stays as it was typed"


def test_text_area_shows_its_lines_without_a_bar_and_lets_tab_out(qtbot: QtBot) -> None:
    for lines in (1, 2, 4):
        area = TextArea("\n".join("x" * lines), lines=lines)
        qtbot.addWidget(area)
        area.show()
        assert area.verticalScrollBar().maximum() == 0, lines
        assert area.tabChangesFocus()


def test_combo_chooses_by_value_and_nothing_at_first_with_a_placeholder(qtbot: QtBot) -> None:
    combo = Combo([(3, "Tiga"), (None, "Tidak tahu")], placeholder="Pilih")
    assert combo.value() is None
    assert combo.text() == ""
    combo.set_value(3)
    assert (combo.value(), combo.text()) == (3, "Tiga")
    combo.set_value("tak ada")
    assert combo.currentIndex() == -1
    assert Combo(["a", "b"]).value() == "a"
    assert Combo([]).value() is None
    assert Combo(["a", "b"], current="b").value() == "b"


def test_rolling_the_page_changes_no_combo(qtbot: QtBot) -> None:
    combo = Combo(["a", "b", "c"], current="b")
    qtbot.addWidget(combo)
    combo.show()
    middle = QPointF(combo.rect().center())
    event = QWheelEvent(
        middle,
        combo.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert combo.value() == "b"
    assert not event.isAccepted()


def test_a_long_entry_does_not_widen_the_form() -> None:
    assert Combo(["x" * 200]).sizeHint().width() < 120


def test_columns_are_even_whatever_lies_in_them(qtbot: QtBot, stage: QWidget) -> None:
    wide = Combo(["Pilihan yang panjang sekali"])
    rows = [
        [(Field("RT", LineEdit()), 1), (Field("RW", LineEdit()), 1), (Field("Telepon", LineEdit()), 10)],
        [(Field("Pekerjaan", wide), 2), (Field("Alamat", LineEdit()), 10)],
    ]
    form = Columns(rows)
    stage.setLayout(vbox(form, None))
    shown(stage)
    rt, rw, phone = (field.geometry() for field, _ in rows[0])
    work, address = (field.geometry() for field, _ in rows[1])
    assert abs(rt.width() - rw.width()) <= 1
    assert rt.left() == work.left() == 0
    assert phone.left() == address.left()
    assert abs(work.right() - rw.right()) <= 1
    assert phone.right() == address.right()


def test_tab_goes_along_the_rows(qtbot: QtBot, stage: QWidget) -> None:
    fields = [Field(name, LineEdit()) for name in ("satu", "dua", "tiga", "empat")]
    stage.setLayout(vbox(Columns([[(fields[0], 6), (fields[1], 6)], [(fields[2], 6), (fields[3], 6)]])))
    shown(stage)
    fields[0].setFocus()
    names = []
    for _ in fields:
        here = focused()
        assert here is not None
        names.append(here.accessibleName())
        QTest.keyClick(here, TAB)
    assert names == ["satu", "dua", "tiga", "empat"]


def test_a_row_of_hidden_fields_takes_no_room(qtbot: QtBot) -> None:
    first, second = Field("a", LineEdit()), Field("b", LineEdit())
    form = Columns([[(first, 12)], [(second, 12)]])
    qtbot.addWidget(form)
    whole = form.sizeHint().height()
    second.hide()
    assert form.sizeHint().height() < whole


def test_thirteen_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="twelve"):
        Columns([[(LineEdit(), 7), (LineEdit(), 6)]])


# --- choices ---------------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_before_somebody_chooses() -> None:
    assert Choice(["Setuju", "Menolak"]).value() is None
    assert not CheckBox("Setuju").isChecked()


def test_a_choice_is_one_tab_stop_and_lives_by_arrows_and_digits(qtbot: QtBot, stage: QWidget) -> None:
    before, after = LineEdit(), LineEdit()
    choice = Choice([(0, "Tidak ada"), (1, "Ada"), ("?", "Belum ditanya")], name="Alergi")
    stage.setLayout(vbox(before, choice, after))
    shown(stage)
    told: list[object] = []
    choice.changed.connect(told.append)
    before.setFocus()
    QTest.keyClick(before, TAB)
    assert focused() is choice.buttons[0]
    QTest.keyClick(choice.buttons[0], RIGHT)
    assert (choice.value(), focused()) == (1, choice.buttons[1])
    QTest.keyClick(choice.buttons[1], LEFT)
    QTest.keyClick(choice.buttons[0], LEFT)
    assert choice.text() == "Belum ditanya"
    QTest.keyClicks(choice.buttons[2], "1")
    assert choice.value() == 0
    QTest.keyClicks(choice.buttons[0], "9")
    assert choice.value() == 0
    assert told == [1, 0, "?", 0]
    QTest.keyClick(choice.buttons[0], TAB)
    assert focused() is after
    assert choice.buttons[1].accessibleName() == "Alergi: Ada"


def test_setting_a_choice_tells_nobody_and_a_click_does(qtbot: QtBot) -> None:
    choice = Choice(["Ya", "Tidak"])
    qtbot.addWidget(choice)
    told: list[object] = []
    choice.changed.connect(told.append)
    choice.set_value("Ya")
    choice.set_value(None)
    assert (told, choice.value()) == ([], None)
    QTest.mouseClick(choice.buttons[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(choice.buttons[1], Qt.MouseButton.LeftButton)
    assert told == ["Tidak"]
    assert [b.isChecked() for b in choice.buttons] == [False, True]


def test_none_is_no_option() -> None:
    with pytest.raises(ValueError, match="nothing is chosen"):
        Choice([(None, "Tidak tahu"), (1, "Ada")])


@pytest.mark.parametrize("count", [1, 6])
def test_a_choice_has_two_to_five_options(count: int) -> None:
    with pytest.raises(ValueError, match="two to five"):
        Choice([str(n) for n in range(count)])


def test_what_has_no_room_is_told_and_the_next_key_takes_the_word_back(stage: QWidget, qtbot: QtBot) -> None:
    edit = LineEdit(max_length=10)
    field = Field("Catatan", edit)
    stage.setLayout(vbox(field))
    stage.show()
    edit.insert("sepuluh an")
    assert field.sentence.text() == ""
    edit.insert("lebih")
    qtbot.waitUntil(lambda: field.state == "warn")
    assert edit.text() == "sepuluh an"
    assert field.sentence.text() == "Hanya muat 10 huruf; sisanya tidak ikut. Ringkas tulisannya."
    edit.backspace()
    assert field.state == ""
