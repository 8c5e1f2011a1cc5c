"""The building blocks of management: forms that refuse beside the field, tick boxes, sizes in words, the test page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ilp_desk.errors import InvalidInput
from tests.printing.reading import text as read_text
from ui.long_lane import Cancelled
from ui.parts.manage.copies import Steps, size_text
from ui.parts.manage.form import Form
from ui.parts.manage.machine import test_page as make_test_page
from ui.parts.manage.ticks import Ticks
from ui.widgets import CheckBox, Choice, Combo, Field, LineEdit, TextArea


@pytest.fixture
def form(dressed: None, qtbot: QtBot) -> Form:
    made = Form(
        [
            [("name", Field("Nama", LineEdit(), check=lambda t: ("ok", "") if t else ("", "")), 6)],
            [("note", Field("Catatan", TextArea()), 6), ("kind", Field("Jenis", Combo([("a", "A"), ("b", "B")])), 6)],
            [("way", Field("Cara", Choice([("x", "X"), ("y", "Y")])), 6), ("yes", CheckBox("Ya"), 6)],
            [("many", Field("Banyak", Ticks([("p", "P"), ("q", "Q")])), 6), ("secret", Field("Sandi", LineEdit()), 6)],
            [("", QWidget(), 12)],
        ],
        secret=("secret",),
    )
    qtbot.addWidget(made)
    made.show()
    return made


VALUES = {"name": "Ada", "note": "dua\nbaris", "kind": "b", "way": "y", "yes": True, "many": ("q",), "secret": "s"}


def test_every_kind_of_field_is_filled_and_read(form: Form) -> None:
    form.put(VALUES)
    assert form.values() == VALUES
    assert not form.dirty
    assert "secret" not in form.draft()


def test_what_is_typed_makes_it_dirty_until_it_is_saved(form: Form, qtbot: QtBot) -> None:
    form.put(VALUES)
    with qtbot.waitSignal(form.edited):
        form.take_up({"many": ("p", "q")})
    assert form.dirty
    form.settle()
    assert not form.dirty


def test_filling_in_does_not_count_as_typing(form: Form) -> None:
    told: list[int] = []
    form.edited.connect(lambda: told.append(1))
    form.put(VALUES)
    assert told == []


def test_an_error_stands_beside_its_field_until_something_is_typed_there(form: Form) -> None:
    assert form.refuse(InvalidInput("name", "Isi nama."))
    field = form.field("name")
    assert (field.state, field.sentence.text()) == ("error", "Isi nama.")
    editor = field.editor
    assert isinstance(editor, LineEdit)
    editor.setText("A")
    assert field.state == "ok"
    assert not form.refuse(InvalidInput("elsewhere", "Tidak di sini."))
    assert not form.refuse(InvalidInput("yes", "Bukan bidang."))


def test_other_values_take_old_errors_away(form: Form) -> None:
    form.refuse(InvalidInput("name", "Isi nama."))
    form.put(VALUES)
    assert form.field("name").state == "ok"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 kB"), (412_345, "412 kB"), (18_440_000, "18,4 MB"), (1_200_000_000, "1,2 GB")],
)
def test_sizes_are_told_with_a_decimal_comma(size: int, words: str) -> None:
    assert size_text(size) == words


def test_cancelling_stops_at_the_next_step(dressed: None, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    steps = Steps(owner)
    steps.told(1, 2)
    steps.cancel()
    with pytest.raises(Cancelled):
        steps.told(2, 2)
    with pytest.raises(Cancelled):
        steps.each("found")
    steps.begin()
    steps.told(1, 2)


def test_the_test_page_can_be_read(dressed: None) -> None:
    assert "Halaman uji ILP Desk" in read_text(make_test_page())
