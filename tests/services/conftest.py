"""A house at work for the tests that go through every service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.samples.morning import Morning, opened_morning


@pytest.fixture(scope="module")
def morning(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """One house for a whole module: making one for each of some hundred samples would take minutes."""
    with opened_morning(_empty_database, lambda: tmp_path_factory.mktemp("morning")) as made:
        yield made
