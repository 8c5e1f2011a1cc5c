"""Lists, tables and offers: the chosen row stays chosen, keys reach it, a hundred thousand rows open at once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import DOWN, ENTER, ESC, TAB, UP, focused, shown
from ui.rows import Column, RowsModel
from ui.theme import color, px, tokens
from ui.widgets import (
    Chip,
    Choice,
    Field,
    LineEdit,
    ListView,
    SuggestEdit,
    TableView,
    TwoLine,
    inside,
    vbox,
)
from ui.widgets.table_view import column_widths

pytestmark = pytest.mark.usefixtures("dressed")


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


def test_the_list_goes_with_its_field(offers: SuggestEdit[Row], stage: QWidget, qtbot: QtBot) -> None:
    offers.asked.connect(lambda text: offers.offer(text, rows(1)))
    QTest.keyClicks(offers, "p")
    assert any(list_.accessibleName() == "Pilihan Diagnosis" for list_ in inside(stage, ListView))
    offers.deleteLater()
    qtbot.waitUntil(lambda: not list(inside(stage, ListView)))


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
