"""Who may do what: every act of the program, tried with every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.errors import NotAllowed, UserError
from ilp_desk.work import ACTS, Service, may
from tests.services.samples import SAMPLES, Call, load
from tests.services.samples.morning import Morning

load()

ASKS_NOBODY = {
    "documents.recovery_sheet": "the code is made before there is anybody to sign in, and its caller has it already",
    "importing.heading": "reads a file of the person in front of the window, nothing of ours",
    "posyandu.read": "reads a file of the person in front of the window, nothing of ours",
    "posyandu.save_rest": "writes rows of a file the person in front of the window chose, nothing of ours",
    "site.offered_points": "what the program brings along, the same everywhere",
    "staffing.sign_in": "whoever stands in front of the window is nobody yet",
}
"""Public methods of services that are no acts and check no rights, and why."""


def services() -> dict[str, type[Service]]:
    """The services of the desk by the name they have there."""
    hints = get_type_hints(Desk)
    found = {field.name: hints[field.name] for field in fields(Desk)}
    return {name: kind for name, kind in found.items() if isinstance(kind, type) and issubclass(kind, Service)}


def methods() -> dict[str, Any]:
    """Every method of every service that is not a private helper: `queueing.call` -> the function."""
    found = {}
    for name, kind in services().items():
        for attribute in dir(kind):
            method = getattr(kind, attribute)
            if hasattr(method, "act") or (not attribute.startswith("_") and callable(method)):
                found[f"{name}.{attribute}"] = method
    return found


class _TakenBack(Exception):
    """Ends a transaction that only tried something."""


@contextmanager
def nothing_stays(morning: Morning) -> Iterator[None]:
    """Whatever is written inside is taken back, so that ten roles can do the same thing one after the other."""
    store = morning.house.store
    writing = store.writing

    @contextmanager
    def tried(actor: Actor, act: str, *, quiet: bool = False) -> Iterator[Any]:
        try:
            with writing(actor, act, quiet=quiet) as uow:
                yield uow
                raise _TakenBack
        except _TakenBack:
            return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "writing", tried)
        yield


def refused(call: Call, actor: Actor) -> bool:
    """Whether the act is not allowed; any other sentence means that it began."""
    try:
        call.run(actor)
    except NotAllowed:
        return True
    except UserError:
        return False
    return False


def test_every_act_has_a_sample_and_every_sample_an_act() -> None:
    assert SAMPLES.keys() == ACTS.keys()


def test_every_act_is_carried_out_by_one_method_of_the_desk() -> None:
    declared = [method.act for method in methods().values() if hasattr(method, "act")]
    assert sorted(declared) == sorted(ACTS)


def test_no_other_public_method_leads_past_the_rights(morning: Morning) -> None:
    """What is no act itself asks the rights of one: nobody without a role gets through."""
    nobody = Actor(morning.actor("doctor").staff_uid, "Tanpa peran", frozenset(), "Loket 1")
    plain = {name for name, method in methods().items() if not hasattr(method, "act")} - ASKS_NOBODY.keys()
    tried: dict[str, Callable[[], object]] = {
        "demo.fill": lambda: SAMPLES["demo.fill"](morning).run(nobody),
        "fact_importing.run": lambda: list(morning.desk.fact_importing.run(nobody, [(2, ("BCG",))], {"what": 0})),
        "importing.run": lambda: list(morning.desk.importing.run(nobody, [(2, ("Siti",))], {"name": 0})),
        "recall.renew": lambda: morning.desk.recall.renew(nobody),
        "safekeeping.back_up": lambda: morning.desk.safekeeping.back_up(nobody),
        "safekeeping.change_code": lambda: morning.desk.safekeeping.change_code(nobody, "A", "A"),
        "safekeeping.change_start": lambda: morning.desk.safekeeping.change_start(nobody, None),
        "safekeeping.check": lambda: list(morning.desk.safekeeping.check(nobody)),
        "safekeeping.confirm_code": lambda: morning.desk.safekeeping.confirm_code(nobody, "A", "A"),
        "safekeeping.in_force": lambda: morning.desk.safekeeping.in_force(nobody, "A"),
        "safekeeping.new_code": lambda: morning.desk.safekeeping.new_code(nobody),
        "safekeeping.sheet": lambda: morning.desk.safekeeping.sheet(nobody, "A"),
        "safekeeping.state": lambda: morning.desk.safekeeping.state(nobody),
        "staffing.change_password": lambda: morning.desk.staffing.change_password(nobody, "a", "b"),
        "staffing.save": lambda: SAMPLES["staff.save"](morning).run(nobody),
    }
    assert plain == tried.keys()
    for act in tried.values():
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_each_role_may_do_what_it_is_there_for_and_nothing_else(code: str, morning: Morning) -> None:
    call, act = SAMPLES[code](morning), ACTS[code]
    with nothing_stays(morning):
        for role in Role:
            allowed = role in act.allowed and role not in act.denied
            assert refused(call, morning.actor(role.value)) is not allowed, role


@pytest.mark.parametrize("code", sorted(code for code, act in ACTS.items() if act.denied))
def test_a_denial_wins_over_every_other_role(code: str, morning: Morning) -> None:
    for denied in ACTS[code].denied:
        everything = Actor(morning.actor("head").staff_uid, "Semua peran", frozenset(Role), "Loket 1")
        assert not may(everything, code)
        for role in ACTS[code].allowed - {denied}:
            assert not may(morning.actor(role.value, denied.value), code)


def test_whoever_audits_changes_nothing() -> None:
    """Only leaving the desk and one's own password are no work on the record."""
    writes = {code for code, act in ACTS.items() if act.kind == "command" and Role.AUDITOR not in act.denied}
    assert writes == {"staff.sign_out", "staff.password"}


def test_several_roles_may_what_any_of_them_may(morning: Morning) -> None:
    both = morning.actor("laboratory", "registration")
    here = morning.started()
    morning.desk.documents.lab_label(both, here.visit_uid, "urin")
    SAMPLES["visit.register"](morning).run(both)
    with pytest.raises(NotAllowed):
        SAMPLES["encounter.diagnose"](morning).run(both)


def test_an_act_nobody_declared_is_denied(morning: Morning) -> None:
    assert not may(Actor("", "Semua peran", frozenset(Role), "Loket 1"), "person.erase")


def test_nobody_without_a_role_may_anything(morning: Morning) -> None:
    nobody = Actor(morning.actor("doctor").staff_uid, "Tanpa peran", frozenset(), "Loket 1")
    assert [code for code in ACTS if may(nobody, code)] == []
