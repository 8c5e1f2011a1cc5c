"""What every test stands on: a screen of its own, a home of its own, steady property tests."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.screen import Screen, described

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

settings.register_profile(
    "suite", max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

pytest_plugins = ["tests.house"]

SCREEN = pytest.StashKey[Screen]()
HOME = pytest.StashKey[str]()
WHERE = pytest.StashKey[str]()


FIRST = ("test_tour.py", "test_pictures.py")


def pytest_report_header(config: pytest.Config) -> str:
    """Says where the windows are drawn."""
    return config.stash[WHERE]


def _runs_tests(config: pytest.Config) -> bool:
    """False in the process that only hands tests out to others."""
    return hasattr(config, "workerinput") or not config.getoption("numprocesses", None)


def pytest_configure(config: pytest.Config) -> None:
    """Gives this process a screen and keeps it away from the settings and data of whoever runs the suite."""
    config.stash[WHERE] = described()
    if not _runs_tests(config):
        return
    home = config.stash[HOME] = tempfile.mkdtemp(prefix="ilp-desk-tests-")
    for name in ("CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = os.path.join(home, name.lower())
    config.stash[SCREEN] = Screen()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes the screen and the home down."""
    if SCREEN in config.stash:
        config.stash[SCREEN].close()
    if HOME in config.stash:
        shutil.rmtree(config.stash[HOME], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tour and the pictures come first, so that no other waits for them; the longest are left to `make soak`."""
    items.sort(key=lambda item: item.path.name not in FIRST)
    if os.environ.get("ILP_DESK_SOAK"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("soak")]


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: windows that go have it looked through each time otherwise."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, with a text cursor that does not blink (pictures stay the same)."""
    qapp.setCursorFlashTime(0)
    return qapp
