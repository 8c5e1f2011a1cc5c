"""In the room: a full-width view takes the place of queue and visit, holds the keys, and gives both back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.screens.test_room import ALT, CTRL, Clinician, arrive
from ui.page import Context
from ui.parts import care
from ui.parts.care.view import CareCase, CareView
from ui.widgets import vbox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key


class Toy(CareView):
    """Writes down what it is asked."""

    def __init__(self, context: Context, code: str) -> None:
        super().__init__(context, code, code.title())
        self.said: list[str] = []
        self.inside = False
        self.edit = QLineEdit()
        self.setLayout(vbox(self.edit))
        self.keys.bind("Ctrl+Enter", "catat", lambda: self.said.append("catat"))

    def open(self, case: CareCase, target: str) -> None:
        self.said.append(f"open {case.visit.name} {target} {case.writable}")
        self.edit.setFocus()

    def show_case(self, case: CareCase) -> None:
        self.said.append("again")

    def keep(self) -> None:
        self.said.append("keep")

    def back(self) -> bool:
        inside, self.inside = self.inside, False
        return inside


@pytest.fixture
def one(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> Clinician:
    views = {"growth": lambda context: Toy(context, "growth"), "immunization": lambda context: Toy(context, "other")}
    monkeypatch.setattr(care, "VIEWS", views)
    monkeypatch.setattr("ui.screens.room.VIEWS", views)
    monkeypatch.setattr("ui.parts.room.care_place.VIEWS", views)
    arrive(house, house.person("Rizki Ramadhan", "2025-09-18"), service_point_uid=house.points["kia"].uid)
    one = Clinician(qtbot, house)
    one.call()
    return one


def test_the_view_takes_the_place_and_the_keys_and_gives_them_back(one: Clinician) -> None:
    one.press(Key.Key_G, ALT)
    view = one.page.views.view
    assert isinstance(view, Toy)
    assert view.isVisible()
    assert view.edit.hasFocus()
    assert one.page.queue.isHidden()
    assert one.page.views.banner.isVisible()
    assert ("Ctrl+Enter", "catat") in one.page.keys.bar()
    one.press(Key.Key_Return, CTRL)
    assert view.said == ["open Rizki Ramadhan  True", "catat"]
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    assert not one.page.queue.isHidden()
    assert one.panel.isVisible()
    one.press(Key.Key_I, CTRL)
    assert not one.no_sheet(), "the room's own keys hold again"


def test_escape_goes_one_step_back_inside_the_view_first(one: Clinician) -> None:
    one.press(Key.Key_G, ALT)
    view = one.page.views.view
    assert isinstance(view, Toy)
    view.inside = True
    one.press(Key.Key_Escape)
    assert one.page.views.view is view
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    assert view.said[-1] == "keep"


def test_one_view_opens_another_and_what_was_recorded_is_read_again(one: Clinician) -> None:
    one.press(Key.Key_G, ALT)
    first = one.page.views.view
    assert isinstance(first, Toy)
    first.recorded.emit()
    one.settle()
    assert first.said[-1] == "again"
    first.opens.emit("immunization", "pcv")
    one.settle()
    second = one.page.views.view
    assert isinstance(second, Toy)
    assert second is not first
    assert first.said[-1] == "keep"
    assert second.said == ["open Rizki Ramadhan pcv True"]
    one.press(Key.Key_Return, CTRL)
    assert second.said[-1] == "catat"
    assert "catat" not in first.said


def test_a_sheet_over_the_view_rests_its_keys(one: Clinician) -> None:
    one.press(Key.Key_G, ALT)
    view = one.page.views.view
    assert isinstance(view, Toy)
    one.press(Key.Key_F1)
    one.press(Key.Key_Return, CTRL)
    assert "catat" not in view.said
    one.press(Key.Key_Escape)
    one.press(Key.Key_Return, CTRL)
    assert view.said[-1] == "catat"


def test_leaving_the_visit_closes_the_view(one: Clinician) -> None:
    one.press(Key.Key_G, ALT)
    one.page.visit.leave()
    one.settle()
    assert one.page.views.view is None
    assert not one.page.queue.isHidden()
    assert ("Ctrl+J", "panggil berikutnya") in one.page.keys.bar()
