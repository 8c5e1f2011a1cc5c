"""Outlines are made anew while nobody is at the desk, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models.recall import person_outline
from ilp_desk.domain.due.outlines import STALE
from tests.house import House
from ui import quiet_work
from ui.quiet_work import QuietWork
from ui.runner import Runner


def old(house: House) -> int:
    with house.store._engines.read.connect() as connection:
        kept = connection.execute(select(person_outline.c.holds_until)).scalars().all()
    return sum(day == STALE for day in kept)


Start = Callable[[str, float], None]


@pytest.fixture
def start(qapp: QApplication, house: House) -> Iterator[Start]:
    """Begin quiet work as somebody of a role, so long after the last key."""
    runner, parent = Runner(), QObject()
    made: list[QuietWork] = []

    def begin(role: str, untouched: float) -> None:
        one = QuietWork(parent, runner, house.desk.recall, house.actor(role), lambda: untouched)
        made.append(one)
        one.start()

    yield begin
    for one in made:
        one.stop()
    assert runner.idle()
    assert runner.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet_work, "NEXT_MS", 1)
    monkeypatch.setattr(quiet_work, "QUIET_S", 0.01)
    monkeypatch.setattr(quiet_work, "BATCH", 2)


def people(house: House, many: int = 5) -> None:
    for number in range(many):
        house.person(f"Orang {number}")


def test_batch_by_batch_until_nothing_is_old(house: House, start: Start, qtbot: QtBot, quick: None) -> None:
    people(house)
    start("midwife", 10.0)
    qtbot.waitUntil(lambda: old(house) == 0, timeout=5_000)


def test_not_while_somebody_works(house: House, start: Start, qtbot: QtBot, quick: None) -> None:
    people(house)
    start("midwife", 0.0)
    qtbot.wait(120)
    assert old(house) == 5


def test_whoever_audits_changes_nothing(house: House, start: Start, qtbot: QtBot, quick: None) -> None:
    people(house)
    start("auditor", 10.0)
    qtbot.wait(120)
    assert old(house) == 5
