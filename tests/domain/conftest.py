"""The shipped reference data, read once."""

from __future__ import annotations

import pytest

from ilp_desk.domain.reference import Reference, load
from resources import names, read


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load({name: read(name) for name in names()})
