"""Services at the desk: five lines, the rest behind a key; the family in a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ilp_desk.rows.care import DueLine, FamilyDue
from tests.ui.desk_window import DeskWindow
from ui.parts.arrival.due_lines import KEY, DueLines, family_words
from ui.screens.registration import RegistrationPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House


def lines(count: int) -> list[DueLine]:
    return [
        DueLine(
            service=f"s{n}", name=f"Layanan {n}", state="due", words="jatuh tempo", reason="", urgency=1, roles=(),
            closes=(),
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "shown", "more"), [(0, 0, ""), (5, 5, ""), (6, 5, "1 layanan lagi")])
def test_five_lines_and_the_rest_counted(qtbot: QtBot, count: int, shown: int, more: str) -> None:
    due = DueLines()
    qtbot.addWidget(due)
    due.show_lines(lines(count))
    assert due.isHidden() == (count == 0)
    assert due._column.count() == shown
    assert due.more.isHidden() == (not more)
    assert due.more.text() == (more or due.more.text())


def test_the_key_shows_the_rest_and_folds_it_again(qtbot: QtBot) -> None:
    due = DueLines()
    qtbot.addWidget(due)
    due.show_lines(lines(8))
    due.turn()
    assert (due._column.count(), due.more.text()) == (8, "Lipat lagi")
    due.turn()
    assert due._column.count() == 5
    due.turn()
    due.show_lines(lines(7))
    assert due._column.count() == 5, "somebody else begins folded"


def test_the_desk_binds_it(qtbot: QtBot, house: House) -> None:
    page = DeskWindow(qtbot, house, "registration").page
    assert isinstance(page, RegistrationPage)
    assert KEY in {hint.key for hint in page.keys.hints()}


def test_the_family_in_a_sentence_that_stays_short() -> None:
    late = "Imunisasi MR2 terlambat 1 bln"
    rows = [
        FamilyDue(person_uid="a", name="Alif", age="19 bln", names=(late, "KPSP"), more=0),
        FamilyDue(person_uid="b", name="Ani", age="41 th", names=("Skrining (CKG)",), more=2),
    ]
    told = "Alif (19 bln): imunisasi MR2 terlambat 1 bln; Ani (41 th): skrining (CKG)"
    assert family_words(rows) == told
    assert family_words([*rows, *rows[:1]]) == f"{told}; 1 orang lagi"
    assert family_words([]) == ""


def test_a_long_name_wraps_beside_its_state(qtbot: QtBot) -> None:
    due = DueLines()
    qtbot.addWidget(due)
    long = "Imunisasi DPT-HB-Hib lanjutan, MR2 dan 2 lagi"
    due.show_lines([replace(line, name=name) for line, name in zip(lines(2), ("Timbang", long), strict=True)])
    due.resize(300, due.heightForWidth(300))
    due.show()
    short, tall = (due._column.itemAt(n).geometry().height() for n in range(2))  # type: ignore[union-attr]
    assert tall > 1.5 * short
