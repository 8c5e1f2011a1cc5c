"""What another desk does is on this screen within a second; a database out of reach is told, not shouted."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ilp_desk.changes import Change
from ilp_desk.errors import DatabaseTrouble
from ui import refresh as module
from ui.refresh import Refresh
from ui.runner import Runner


class Feed:
    """The change feed of a database, and whether it can be read."""

    def __init__(self) -> None:
        self.rows: list[Change] = [Change(1, "visit", "before", "rina", "Loket 1")]
        self.broken = False
        self.threads: set[str] = set()

    def add(self, topic: str, uid: str, actor: str = "hadi") -> None:
        self.rows.append(Change(len(self.rows) + 1, topic, uid, actor, "Ruang 2"))

    def last(self) -> int:
        return len(self.rows)

    def since(self, position: int) -> Sequence[Change]:
        self.threads.add(threading.current_thread().name)
        if self.broken:
            raise DatabaseTrouble("busy", "Basis data belum dapat dibaca.")
        return self.rows[position : position + 3]


class Watch:
    def __init__(self, runner: Runner, feed: Feed) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self.reach: list[bool] = []
        self.refresh = Refresh(runner, feed.since, feed.last, interval_ms=5)
        self.refresh.changed.connect(lambda *change: self.heard.append(change))
        self.refresh.reachable.connect(self.reach.append)


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def watch(qapp: QApplication, feed: Feed) -> Iterator[Watch]:
    runner = Runner()
    made = Watch(runner, feed)
    made.refresh.start()
    assert runner.idle()
    yield made
    made.refresh.stop()
    assert runner.close()


def test_only_what_happens_from_now_on_is_told(watch: Watch, feed: Feed, qtbot: QtBot) -> None:
    feed.add("queue", "q1")
    qtbot.waitUntil(lambda: bool(watch.heard))
    assert watch.heard == [("queue", "q1", "hadi")]
    assert "MainThread" not in feed.threads


def test_more_than_a_page_comes_at_once_and_in_order(watch: Watch, feed: Feed, qtbot: QtBot) -> None:
    for n in range(10):
        feed.add("queue", f"q{n}")
    qtbot.waitUntil(lambda: len(watch.heard) == 10)
    assert [uid for _, uid, _ in watch.heard] == [f"q{n}" for n in range(10)]


def test_a_record_changed_twice_in_a_poll_is_told_once(qapp: QApplication, feed: Feed) -> None:
    runner = Runner()
    watch = Watch(runner, feed)
    watch.refresh.start()
    assert runner.idle()
    watch.refresh._timer.stop()
    feed.add("visit", "v1")
    feed.add("visit", "v1")
    watch.refresh.poll()
    watch.refresh.poll()
    assert runner.idle()
    assert watch.heard == [("visit", "v1", "hadi")]
    watch.refresh.stop()
    assert runner.close()


def test_a_database_out_of_reach_is_told_once_and_recovers(
    watch: Watch, feed: Feed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AFTER_TROUBLE_MS", 5)
    feed.broken = True
    qtbot.waitUntil(lambda: watch.reach == [False])
    feed.add("queue", "q1")
    feed.broken = False
    qtbot.waitUntil(lambda: watch.reach == [False, True])
    qtbot.waitUntil(lambda: watch.heard == [("queue", "q1", "hadi")])


def test_after_stopping_nothing_is_told(watch: Watch, feed: Feed, qtbot: QtBot) -> None:
    watch.refresh.stop()
    feed.add("queue", "q1")
    qtbot.wait(30)
    assert watch.heard == []
