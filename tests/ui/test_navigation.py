"""The registry of screens is sound, and the rail shows what the role may open."""

from __future__ import annotations

import pytest

from ilp_desk.domain.staff import Role
from ilp_desk.work import ACTS, Act
from tests.ui.shell import HADI, RINA, screens
from ui.icons import names
from ui.keys import SHELL_KEYS
from ui.navigation import SCREENS, Screen, allowed


def faults(registry: tuple[Screen, ...]) -> list[str]:
    """What is wrong with a registry."""
    found = [f"icon of {s.code}" for s in registry if s.icon not in names()]
    found += [f"key of {s.code}" for s in registry if s.key not in SHELL_KEYS]
    found += [f"act of {s.code}" for s in registry if s.act and s.act not in ACTS]
    for field in ("code", "label", "key"):
        values = [getattr(s, field) for s in registry]
        found += [f"{field} twice: {value}" for value in sorted({v for v in values if values.count(v) > 1})]
    return found


def test_the_registry_of_the_program_is_sound() -> None:
    assert faults(SCREENS) == []


def test_a_fault_in_a_registry_is_found() -> None:
    one = screens()[0]
    wrong = Screen("queue", one.label, "no-such-icon", "no.such.act", "Ctrl+9", one.build)
    assert faults((one, wrong)) == ["icon of queue", "key of queue", "act of queue", "label twice: Pendaftaran"]


def test_places_are_kept_from_roles_without_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    both = frozenset({Role.REGISTRATION, Role.DOCTOR})
    monkeypatch.setitem(ACTS, "test.care", Act("test.care", "question", both, frozenset({Role.REGISTRATION})))
    registry = screens({"care": "test.care", "area": "test.not-declared"})
    assert [s.code for s in allowed(registry, RINA)] == [
        "registration",
        "queue",
        "history",
        "referrals",
        "reports",
        "management",
    ]
    assert "care" in [s.code for s in allowed(registry, HADI)]
