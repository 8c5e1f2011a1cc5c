"""The long form of `tests/services/test_sigkill.py`."""

from __future__ import annotations

import os

import pytest

from tests.house import House
from tests.services.killing import killed_again_and_again


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX systems")
def test_two_hundred_kills(house: House) -> None:
    assert killed_again_and_again(house, rounds=200, seed=2) >= 200
