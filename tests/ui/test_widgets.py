"""What the widgets promise: nothing cut that matters, nothing jumps, all by keyboard, Qt stays silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import ui.widgets
from tests.ui import gallery
from ui.rows import Column, RowsModel
from ui.theme import CONTRAST, NORMAL, apply, color, px, text_width, tokens, use
from ui.widgets import (
    Banner,
    BusyBar,
    CheckBox,
    Chip,
    Choice,
    ClusterCard,
    Columns,
    Combo,
    DateEdit,
    EmptyState,
    Field,
    FocusRing,
    Icon,
    Key,
    KeyButton,
    KeyHints,
    LineEdit,
    ListView,
    Paragraph,
    Pill,
    QueueTile,
    Runs,
    SearchBox,
    Series,
    Sheet,
    SheetPanel,
    State,
    SuggestEdit,
    Tab,
    TableView,
    Tabs,
    Text,
    TextArea,
    Toast,
    Trend,
    TwoLine,
    hbox,
    label,
    vbox,
)
from ui.widgets.table_view import column_widths
from ui.widgets.trend import number, value_range

TAB, LEFT, RIGHT = Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right
UP, DOWN, ENTER, ESC = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    apply(qapp, NORMAL)
    yield
    use(NORMAL)


@pytest.fixture
def stage(qtbot: QtBot) -> QWidget:
    """An empty window of 900x600, active."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    return window


def shown(window: QWidget) -> QWidget:
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def focused() -> QWidget | None:
    return QApplication.focusWidget()


# --- buttons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "primary", "danger", "link"])
def test_a_button_gives_up_icon_and_key_but_never_its_word(kind: str) -> None:
    button = KeyButton("Daftarkan sekeluarga", "F4", kind=kind, icon="family")  # type: ignore[arg-type]
    word = text_width(button.text(), tokens().body, kind == "primary")
    assert button.minimumSizeHint().width() >= word
    assert button.sizeHint().width() > button.minimumSizeHint().width()
    assert button.accessibleName() == "Daftarkan sekeluarga"
    assert button.accessibleDescription() == "Tombol F4"


def test_a_button_in_a_dialog_is_not_pressed_by_enter_elsewhere() -> None:
    assert not KeyButton("Batal").autoDefault()


# --- runs ------------------------------------------------------------------------------------------------------------


def test_a_line_is_spoken_whole_and_its_last_key_is_never_cut(qtbot: QtBot) -> None:
    line = Runs(
        [Text("Keluarga: ", bold=True), Text("Alif (adik, 19 bln) imunisasi MR2 terlambat"), Chip("baru"), Key("F4")]
    )
    qtbot.addWidget(line)
    assert line.accessibleName() == "Keluarga: Alif (adik, 19 bln) imunisasi MR2 terlambat baru F4"
    line.resize(160, 30)
    narrow = line.grab().toImage()
    line.set_segments([Text("x"), Key("F4")])
    short = line.grab().toImage()
    # The cap at the right edge is the same picture with a long and with a short text before it.
    edge = [(x, y) for x in range(136, 160) for y in range(30)]
    assert [narrow.pixelColor(x, y) for x, y in edge] == [short.pixelColor(x, y) for x, y in edge]


def test_markup_in_a_name_is_shown_not_obeyed(qtbot: QtBot) -> None:
    words = Paragraph([Text("<b>Siti</b>")])
    assert words.accessibleName() == "<b>Siti</b>"
    assert label("<b>Siti</b>").textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("text", ["", "😀" * 100, "مرحبا بالعالم", "a" * 300, "tanda\x00\x07kendali", "O'Neil\u202e"])
def test_any_text_can_be_painted(qtbot: QtBot, text: str) -> None:
    with gallery.listening() as heard:
        for widget in (Runs([Text(text), Chip(text)]), Paragraph([Text(text, bold=True), Text(text)]), Pill(text)):
            qtbot.addWidget(widget)
            widget.resize(200, 40)
            widget.grab()
    assert heard == []


def test_a_paragraph_grows_with_its_words() -> None:
    words = Paragraph([Text("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh " * 3)])
    assert words.heightForWidth(200) > words.heightForWidth(600)


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


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_shows_it_is_busy_only_when_it_lasts(qtbot: QtBot) -> None:
    box = SearchBox("Cari", name="Cari pasien")
    qtbot.addWidget(box)
    box.set_busy(True)
    assert not box.is_busy()
    box.set_busy(False)
    box.set_busy(True)
    qtbot.waitUntil(box.is_busy, timeout=3000)
    box.set_busy(False)
    assert not box.is_busy()


def test_search_passes_on_text_and_enter(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    said: list[str] = []
    box.changed.connect(said.append)
    box.entered.connect(lambda: said.append("Enter"))
    QTest.keyClicks(box.edit, "si")
    QTest.keyClick(box.edit, ENTER)
    assert said == ["s", "si", "Enter"]
    box.resize(400, box.height())
    box.show()
    free = box.edit.width()
    box.set_info("6 dari 31.482")
    assert box.edit.width() < free, "what is typed never runs under the figures"


# --- tiles, cards, banners -------------------------------------------------------------------------------------------


def test_a_tile_says_all_it_shows() -> None:
    tile = QueueTile("A", "Ibu & Anak", 7, "terlama 24 mnt", "dipanggil A-004 · Ruang 2")
    assert tile.accessibleName() == "A Ibu & Anak: 7 menunggu, terlama 24 mnt, dipanggil A-004 · Ruang 2"
    tall = tile.height()
    tile.set_compact(True)
    assert tile.height() < tall
    tile.set(0)
    assert tile.accessibleName() == "A Ibu & Anak: 0 menunggu"


def test_the_cluster_card_asks_for_a_change(qtbot: QtBot) -> None:
    card = ClusterCard("A", "Ibu & Anak", "Poli KIA", "Klaster 2, karena hamil 28 minggu.")
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.change_wanted):
        card.button.click()
    assert card.accessibleName() == "A Ibu & Anak, Poli KIA. Klaster 2, karena hamil 28 minggu."


def test_a_banner_is_as_high_as_its_words_and_moves_its_buttons_below(qtbot: QtBot, stage: QWidget) -> None:
    button = KeyButton("Buat rujukan", "Ctrl+R", kind="danger", small=True)
    banner = Banner(
        "danger",
        "Merah: sistol ≥160.",
        "Panggil dokter, baring miring kiri, infus, MgSO₄ sesuai SOP.",
        buttons=(button,),
    )
    stage.setLayout(vbox(banner, None))
    shown(stage)
    wide = banner.height()
    assert button.geometry().center().y() == pytest.approx(wide / 2, abs=2)
    stage.resize(360, 600)
    QApplication.processEvents()
    assert banner.height() > wide
    assert button.geometry().top() > wide / 2
    assert banner.heightForWidth(banner.width()) <= banner.height()


def test_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("Belum ada pasien dipanggil.", "Tekan Ctrl+J.")
    assert empty.accessibleName() == "Belum ada pasien dipanggil. Tekan Ctrl+J."


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


# --- tabs, busy ------------------------------------------------------------------------------------------------------


WORDS = ("Ringkasan", "Pemeriksaan", "Skrining", "Diagnosis & terapi", "Rujukan", "Riwayat")


def test_tabs_show_one_page_and_walk_by_arrow(qtbot: QtBot, stage: QWidget) -> None:
    tabs = Tabs([Tab(word, QWidget()) for word in WORDS], current=1)
    stage.setLayout(vbox(tabs))
    shown(stage)
    told: list[int] = []
    tabs.changed.connect(told.append)
    assert tabs.keys == ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6")
    tabs.select(9)
    tabs.buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tabs.buttons[1], RIGHT)
    assert (tabs.current(), told) == (2, [2])
    assert focused() is tabs.buttons[2]
    QTest.mouseClick(tabs.buttons[5], Qt.MouseButton.LeftButton)
    assert tabs.stack.currentIndex() == 5
    tabs.set_badge(2, "3")
    assert tabs.buttons[2].accessibleName() == "Skrining 3"


@pytest.mark.parametrize("width", [430, 600, 1200])
def test_the_chosen_tab_is_never_cut_and_none_lies_outside(qtbot: QtBot, stage: QWidget, width: int) -> None:
    tabs = Tabs([Tab(word, QWidget()) for word in WORDS])
    stage.setLayout(vbox(tabs))
    stage.resize(width, 300)
    shown(stage)
    for i, word in enumerate(WORDS):
        tabs.select(i)
        assert tabs.buttons[i].width() >= text_width(word, tokens().body, True)
        assert tabs.buttons[-1].geometry().right() <= tabs.width()


def test_busy_shows_a_line_then_words_and_a_way_out(qtbot: QtBot) -> None:
    bar = BusyBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.start("Memeriksa berkas")
    assert not bar.is_shown()
    qtbot.waitUntil(bar.is_shown, timeout=3000)
    assert not bar.is_detailed()
    assert bar._later.interval() == 2000
    bar._later.timeout.emit()
    assert bar.is_detailed()
    bar.progress(312_000, 1_000_000)
    assert bar.accessibleName() == "Memeriksa berkas: 312.000 dari 1.000.000 (31 %)"
    with qtbot.waitSignal(bar.cancelled):
        bar.button.click()
    bar.stop()
    assert not bar.is_shown()
    assert not bar.is_detailed()


# --- trend -----------------------------------------------------------------------------------------------------------


def test_a_trend_says_its_last_values_and_needs_one_value_a_date() -> None:
    trend = Trend(
        ("2 Nov", "12 Nov"), (Series("sistol", (132, 142), 140), Series("suhu", (None, None))), "mmHg", "Tensi"
    )
    assert trend.accessibleName() == "Tensi, sistol terakhir 142 mmHg"
    with pytest.raises(ValueError, match="2 values for 1 dates"):
        trend.set(("2 Nov",), (Series("sistol", (132, 142)),))
    assert (number(142), number(36.7), number(0)) == ("142", "36,7", "0")
    low, high = value_range((Series("sistol", (110, 120), 140),))
    assert low < 110
    assert high > 140
    assert value_range(()) == (0.0, 1.0)


@pytest.mark.parametrize("values", [(None, None, None), (120.0, None, 120.0), (36.7, 36.7, 36.7)])
def test_a_trend_paints_gaps_and_flat_lines(qtbot: QtBot, values: tuple[float | None, ...]) -> None:
    trend = Trend(("a", "b", "c"), (Series("x", values, 140),))
    qtbot.addWidget(trend)
    with gallery.listening() as heard:
        trend.grab()
    assert heard == []


def test_a_reading_over_the_threshold_is_red(qtbot: QtBot) -> None:
    trend = Trend(("a", "b"), (Series("x", (120, 130)),))
    qtbot.addWidget(trend)
    trend.resize(280, 130)

    def red() -> bool:
        image = trend.grab().toImage()
        danger: QColor = color("danger")
        return any(image.pixelColor(x, y) == danger for x in range(280) for y in range(130))

    assert not red()
    trend.set(("a", "b"), (Series("x", (120, 150), 140),))
    assert red()


# --- lists -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    uid: int
    name: str


def rows(*uids: int) -> tuple[Row, ...]:
    return tuple(Row(uid, f"Pasien {uid}") for uid in uids)


def people(qtbot: QtBot, **options: object) -> tuple[RowsModel[Row], ListView[Row]]:
    model: RowsModel[Row] = RowsModel(speak=lambda r: r.name)
    view = ListView(model, lambda r: TwoLine(r.name, "sub"), key=lambda r: r.uid, **options)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    return model, view


def test_the_model_carries_the_question_and_speaks_its_rows(qtbot: QtBot) -> None:
    model, view = people(qtbot)
    model.answer("siti", rows(1, 2))
    assert (model.question, model.rowCount(), model.row(1), model.row(7)) == ("siti", 2, Row(2, "Pasien 2"), None)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Pasien 1"
    assert view.current_row() == Row(1, "Pasien 1")


def test_the_chosen_person_stays_chosen_when_the_answer_changes(qtbot: QtBot) -> None:
    model, view = people(qtbot)
    told: list[Row | None] = []
    view.row_chosen.connect(told.append)
    model.answer("s", rows(1, 2, 3))
    view.select(2)
    model.answer("si", rows(9, 3, 1))
    assert view.current_row() == Row(3, "Pasien 3")
    model.answer("sit", rows(9, 8))
    assert view.current_row() == Row(9, "Pasien 9"), "else the first"
    model.answer("sitx", ())
    assert view.current_row() is None
    assert told[-1] is None
    assert not view.select_key(9)


def test_a_list_made_for_an_answer_that_is_there_begins_with_its_first_row(qtbot: QtBot) -> None:
    model: RowsModel[Row] = RowsModel(speak=lambda r: r.name)
    model.answer("", rows(4, 5))
    view = ListView(model, lambda r: TwoLine(r.name))
    qtbot.addWidget(view)
    assert view.current_row() == Row(4, "Pasien 4")


def test_a_missing_choice_is_marked_as_wrong(qtbot: QtBot) -> None:
    field = Field("Kasus", Choice(["Baru", "Lama"]))
    qtbot.addWidget(field)
    field.resize(300, field.sizeHint().height())
    field.show()
    before = field.editor.grab().toImage()
    field.set_state("error", "Pilih baru atau lama.")
    assert field.editor.grab().toImage() != before


def test_without_first_nobody_is_chosen(qtbot: QtBot) -> None:
    model, view = people(qtbot, first=False)
    model.answer("s", rows(1, 2))
    assert view.current_row() is None
    assert view.select_key(2)
    assert view.current_row() == Row(2, "Pasien 2")
    view.select(99)
    assert view.current_row() is None


def test_arrows_of_the_search_field_move_the_list_and_the_text_stays(qtbot: QtBot, stage: QWidget) -> None:
    model, view = people(qtbot)
    edit = LineEdit("siti")
    stage.setLayout(vbox(edit, view))
    view.follow(edit)
    shown(stage)
    model.answer("siti", rows(1, 2, 3))
    edit.setFocus()
    QTest.keyClick(edit, DOWN)
    QTest.keyClick(edit, DOWN)
    QTest.keyClick(edit, UP)
    assert view.current_row() == Row(2, "Pasien 2")
    assert focused() is edit
    assert edit.text() == "siti"
    QTest.keyClick(edit, TAB)
    assert focused() is not view


def test_click_and_enter_activate_a_row(qtbot: QtBot, stage: QWidget) -> None:
    model, view = people(qtbot)
    stage.setLayout(vbox(view))
    shown(stage)
    model.answer("siti", rows(1, 2))
    acted: list[Row] = []
    view.row_activated.connect(acted.append)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, px(tokens().row) + 10))
    view.setFocus()
    QTest.keyClick(view, UP)
    QTest.keyClick(view, ENTER)
    assert acted == [Row(2, "Pasien 2"), Row(1, "Pasien 1")]


def test_an_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    _, view = people(qtbot)
    blank = view.viewport().grab().toImage()
    view.set_sentence("Tidak ada yang cocok.", "Coba nama ibu, atau F3 untuk pasien baru.")
    assert view.viewport().grab().toImage() != blank
    view.resize(500, 60)
    low = view.viewport().grab().toImage()
    view.set_sentence("")
    assert view.viewport().grab().toImage() == low, "no room, no sentence"


def test_marks_chips_and_columns_are_painted(qtbot: QtBot) -> None:
    model: RowsModel[TwoLine] = RowsModel(speak=lambda r: r.title)
    view = ListView(model, lambda r: r, right=(120, 100), first=False)
    qtbot.addWidget(view)
    view.resize(600, 120)
    view.show()

    def picture(row: TwoLine) -> object:
        model.answer("", (row,))
        return view.viewport().grab().toImage()

    plain = TwoLine("Siti Nurhaliza", "27 th")
    pictures = [
        picture(plain),
        picture(TwoLine("Siti Nurhaliza", "27 th", marks=((0, 4),))),
        picture(TwoLine("Siti Nurhaliza", "27 th", chips=(Chip("menunggu"),))),
        picture(TwoLine("Siti Nurhaliza", "27 th", note="mirip")),
        picture(TwoLine("Siti Nurhaliza", "27 th", lead="A-012")),
        picture(TwoLine("Siti Nurhaliza", "27 th", right=(("RM 1", "NIK"), ("Gasang", "RT 1")))),
        picture(TwoLine("Siti Nurhaliza", "27 th", bar="accent")),
    ]
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[i + 1 :])
    assert picture(plain) == pictures[0]


def table(
    qtbot: QtBot, count: int, asked: list[int] | None = None, more: bool = False
) -> tuple[RowsModel[Row], TableView[Row]]:
    """A shown table; `asked` collects every row whose first column was asked for."""

    def code(row: Row) -> str:
        if asked is not None:
            asked.append(row.uid)
        return f"{row.uid:06}"

    model: RowsModel[Row] = RowsModel(
        (
            Column("Nomor", code, 90, bold=True),
            Column("Nama", lambda r: r.name, chip=lambda r: ("baru", "ok") if r.uid % 2 else None),
            Column("Tanggal", lambda r: "21-11-2026", 110, align="right", ink=lambda r: "ok"),
        )
    )
    model.answer("", rows(*range(count)), more=more)
    view = TableView(model, key=lambda r: r.uid, name="Rujukan")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return model, view


def test_a_table_speaks_by_its_columns_and_fills_its_width(qtbot: QtBot) -> None:
    model, view = table(qtbot, 3)
    assert model.spoken(model.rows[1]) == "000001, Pasien 1, 21-11-2026"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Nama"
    assert sum(view.columnWidth(i) for i in range(3)) == view.viewport().width()
    assert view.columnWidth(0) == px(90)


def test_a_narrow_table_leaves_out_what_is_optional_and_cuts_nothing_off() -> None:
    columns: list[Column[Row]] = [
        Column("Nomor", lambda r: "", 100),
        Column("Nama", lambda r: ""),
        Column("Tujuan", lambda r: "", 260, optional=True),
        Column("Status", lambda r: "", 150),
    ]
    assert column_widths(columns, 900) == [100, 390, 260, 150]
    assert column_widths(columns, 600) == [100, 350, 0, 150]
    for room in (330, 420, 700, 1900):
        widths = column_widths(columns, room)
        assert sum(widths) == pytest.approx(room, abs=2)
        assert widths[1] >= 139
    assert column_widths(columns[:1] + columns[3:], 400) == [100, 150]


def test_a_hundred_thousand_rows_are_not_measured_one_by_one(qtbot: QtBot) -> None:
    asked: list[int] = []
    _, view = table(qtbot, 100_000, asked)
    view.viewport().grab()
    view.select(99_999)
    view.scrollToBottom()
    view.viewport().grab()
    assert view.current_row() == Row(99_999, "Pasien 99999")
    assert len(asked) < 300


def test_the_next_page_is_asked_for_once(qtbot: QtBot) -> None:
    model, view = table(qtbot, 50, more=True)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    view.scrollToBottom()
    view.scrollToTop()
    view.scrollToBottom()
    assert asked == [True]
    view.select(49)
    model.append(rows(50, 51))
    assert model.rowCount() == 52
    assert view.current_row() == Row(49, "Pasien 49")
    view.scrollToBottom()
    assert asked == [True], "there is no third page"


def test_table_acts_on_double_click_and_enter(qtbot: QtBot, stage: QWidget) -> None:
    _, view = table(qtbot, 3)
    stage.setLayout(vbox(view))
    shown(stage)
    acted: list[Row] = []
    view.row_activated.connect(acted.append)
    spot = QPoint(30, px(tokens().table_row) + 5)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert acted == []
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    view.setFocus()
    QTest.keyClick(view, ENTER)
    assert acted == [Row(1, "Pasien 1")] * 2


def test_green_text_turns_dark_on_the_selection(qtbot: QtBot) -> None:
    _, view = table(qtbot, 2)

    def has_green() -> bool:
        area = view.visualRect(view.model().index(0, 2))
        image = view.viewport().grab(area).toImage()
        green = color("ok")
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return any(image.pixelColor(x, y) == green for x, y in points)

    assert has_green()
    view.select(0)
    assert not has_green()


# --- offers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def offers(qtbot: QtBot, stage: QWidget) -> SuggestEdit[Row]:
    edit: SuggestEdit[Row] = SuggestEdit(lambda r: TwoLine(r.name), lambda r: r.name, name="Diagnosis")
    stage.setLayout(vbox(edit, LineEdit(), None))
    shown(stage)
    edit.setFocus()
    return edit


def test_an_offer_is_taken_by_keyboard(offers: SuggestEdit[Row]) -> None:
    asked: list[str] = []
    picked: list[Row] = []
    entered: list[bool] = []
    offers.asked.connect(asked.append)
    offers.picked.connect(picked.append)
    offers.returnPressed.connect(lambda: entered.append(True))
    QTest.keyClicks(offers, "pa")
    assert asked == ["p", "pa"]
    assert not offers.offer("p", rows(1)), "an answer to the text before"
    assert offers.offer("pa", rows(1, 2, 3))
    assert offers.is_offering()
    assert focused() is offers
    QTest.keyClick(offers, DOWN)
    QTest.keyClick(offers, ENTER)
    assert (picked, offers.text(), offers.is_offering()) == ([Row(2, "Pasien 2")], "Pasien 2", False)
    assert entered == []
    QTest.keyClick(offers, ENTER)
    assert entered == [True]


def test_offers_go_away_with_escape_with_no_answer_and_with_the_focus(offers: SuggestEdit[Row], stage: QWidget) -> None:
    back: list[str] = []
    QShortcut(QKeySequence("Esc"), stage).activated.connect(lambda: back.append("back"))
    QTest.keyClicks(offers, "p")
    offers.offer("p", rows(1))
    QTest.keyClick(offers, ESC)
    assert (offers.is_offering(), back, offers.text()) == (False, [], "p")
    offers.offer("p", rows(1))
    offers.offer("p", ())
    assert not offers.is_offering()
    offers.offer("p", rows(1))
    QTest.keyClick(offers, TAB)
    assert not offers.is_offering()
    assert not offers.offer("p", rows(1)), "nobody is there any more"


# --- the whole family ------------------------------------------------------------------------------------------------


LOOKS = [pytest.param(look, (width, height), id=suffix or "normal") for suffix, look, width, height in gallery.LOOKS]


@pytest.mark.parametrize(("look", "size"), LOOKS)
@pytest.mark.parametrize("name", sorted(gallery.PAGES))
def test_every_page_fits_is_silent_and_can_be_told_aloud(
    qapp: QApplication, qtbot: QtBot, name: str, look: object, size: tuple[int, int]
) -> None:
    apply(qapp, look)  # type: ignore[arg-type]
    others = set(qapp.topLevelWidgets())
    with gallery.listening() as heard:
        page = gallery.show(gallery.PAGES[name](), *size)
        qtbot.addWidget(page)
        page.grab()
    assert heard == []
    assert (page.width(), page.height()) == size
    windows = [w for w in qapp.topLevelWidgets() if w not in others and w.isVisible() and w is not page]
    assert windows == [], "a child shown before it had a parent is a window of its own"
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken is not None
            assert spoken.text(QAccessible.Text.Name), widget


def test_no_widget_wears_the_default_grey(qapp: QApplication, qtbot: QtBot) -> None:
    """Fusion's own grey gradients and blue selection appear nowhere, popups included."""
    page = gallery.show(gallery.desk(), 1366, 768)
    qtbot.addWidget(page)
    combo = page.findChildren(Combo)[0]
    combo.showPopup()
    pictures = [page.grab().toImage(), combo.view().window().grab().toImage()]
    combo.hidePopup()
    for look in (page, *page.findChildren(QPushButton)[:3]):
        pictures.append(look.grab().toImage())
    foreign = {QColor(239, 239, 239).rgb(), QColor(48, 140, 198).rgb(), QColor(240, 240, 240).rgb()}
    for picture in pictures:
        seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
        assert not seen & foreign


def test_contrast_look_shows_chosen_things_without_tints(qapp: QApplication, qtbot: QtBot) -> None:
    apply(qapp, CONTRAST)
    choice = Choice(["Ya", "Tidak"], "Ya")
    chip = Runs([Chip("menunggu", "A")])
    for widget in (choice, chip):
        qtbot.addWidget(widget)
        widget.resize(200, 40)
    assert choice.buttons[0].grab().toImage().pixelColor(6, 6) == color("selection")
    edge = chip.grab().toImage()
    assert any(edge.pixelColor(x, 20) != QColor(Qt.GlobalColor.white) for x in range(3))


def test_the_family_is_whole() -> None:
    for name in ui.widgets.__all__:
        assert getattr(ui.widgets, name) is not None
    assert sorted(ui.widgets._HOME) == sorted(ui.widgets.__all__)
    with pytest.raises(AttributeError, match="Sakelar"):
        ui.widgets.Sakelar  # noqa: B018


@pytest.mark.parametrize("make", [lambda n: KeyButton("a", icon=n), lambda n: Pill("a", n), Icon])
def test_a_wrong_icon_name_is_an_error_while_building_not_while_painting(make: Callable[[str], object]) -> None:
    with pytest.raises(FileNotFoundError, match="tidak-ada"):
        make("tidak-ada")


def test_buttons_are_buttons_to_a_screen_reader(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(hbox(KeyButton("Simpan"), QueueTile("A", "Ibu & Anak"), *Choice(["a", "b"]).buttons))
    for button in page.findChildren(QAbstractButton):
        spoken = QAccessible.queryAccessibleInterface(button)
        assert spoken is not None
        assert spoken.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)


def test_an_undo_asked_by_another_key_is_not_ours(qtbot: QtBot) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(edit, event)
    assert event.isAccepted(), "select all belongs to the editor"
