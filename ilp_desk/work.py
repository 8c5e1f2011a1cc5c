"""What every use case shares: who may, one transaction a method, and the trail it leaves.

A service method is declared with `command` or `question`; the caller hands an `Actor`, the method gets a `UnitOfWork`:

    class Registration(Service):
        @command("visit.register", DESK)
        def register(self, uow: UnitOfWork, order: RegisterVisit) -> Registered: ...

    desk.registration.register(actor, order)

Rights are checked before anything is opened. Not listed means denied, and a denial wins over any other role held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar

from ilp_desk.clock import Clock
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.in_force import InForce
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.errors import NotAllowed
from ilp_desk.ports import Passwords, Renderer, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Tools:
    """What services are made of. in_force: the rules, as they stood when this desk was opened."""

    store: Store
    clock: Clock
    in_force: InForce
    renderer: Renderer
    passwords: Passwords

    @property
    def reference(self) -> Reference:
        return self.in_force.reference


class Service:
    """Base of the use cases: holds the tools and no state of its own."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    @property
    def reference(self) -> Reference:
        return self.tools.reference


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done, and by whom. kind: command (may write) or question (reads only)."""

    code: str
    kind: Literal["command", "question"]
    allowed: frozenset[Role]
    denied: frozenset[Role]


ACTS: dict[str, Act] = {}
"""Every act of the program by its code; a test runs each of them with each role."""

NEVER_WRITE = frozenset({Role.AUDITOR})
"""Whoever audits changes nothing, whatever other role the same person holds."""


def may(actor: Actor, code: str) -> bool:
    """Whether this actor's roles include the act. Unknown acts are denied."""
    known = ACTS.get(code)
    return known is not None and bool(actor.roles & known.allowed) and not actor.roles & known.denied


S = TypeVar("S", bound=Service)
P = ParamSpec("P")
A = TypeVar("A")
Method = Callable[Concatenate[S, UnitOfWork, P], A]
Called = Callable[Concatenate[S, Actor, P], A]


def _declare(act: Act) -> None:
    if ACTS.get(act.code, act) != act:
        raise ValueError(f"act declared twice: {act.code}")
    ACTS[act.code] = act


def command(
    code: str, allowed: frozenset[Role], denied: frozenset[Role] = NEVER_WRITE, *, quiet: bool = False
) -> Callable[[Method[S, P, A]], Called[S, P, A]]:
    """A method that may write: one transaction, committed when it returns, audited with before and after.

    quiet: noted in a batch instead (drafts).
    """
    _declare(Act(code, "command", allowed, denied))

    def wrap(method: Method[S, P, A]) -> Called[S, P, A]:
        @wraps(method)
        def call(service: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> A:
            if not may(actor, code):
                raise NotAllowed
            with service.tools.store.writing(actor, code, quiet=quiet) as uow:
                return method(service, uow, *args, **kwargs)

        call.act = code  # type: ignore[attr-defined]
        return call

    return wrap


def question(
    code: str, allowed: frozenset[Role], denied: frozenset[Role] = frozenset()
) -> Callable[[Method[S, P, A]], Called[S, P, A]]:
    """A method that only reads: one snapshot; that it was asked is noted for the audit."""
    _declare(Act(code, "question", allowed, denied))

    def wrap(method: Method[S, P, A]) -> Called[S, P, A]:
        @wraps(method)
        def call(service: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> A:
            if not may(actor, code):
                raise NotAllowed
            with service.tools.store.reading(actor, code) as uow:
                return method(service, uow, *args, **kwargs)

        call.act = code  # type: ignore[attr-defined]
        return call

    return wrap
