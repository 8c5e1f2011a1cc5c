"""Finds the module that answers a question."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection

from ilp_desk.rows.question import Question

A = TypeVar("A")
Q = TypeVar("Q", bound=Question[Any])

_ANSWERS: dict[type[Question[Any]], Callable[[Connection, Any], Any]] = {}


def answers(kind: type[Q]) -> Callable[[Callable[[Connection, Q], A]], Callable[[Connection, Q], A]]:
    """Declares the function that answers a kind of question."""

    def register(function: Callable[[Connection, Q], A]) -> Callable[[Connection, Q], A]:
        _ANSWERS[kind] = function
        return function

    return register


@cache
def _load() -> None:
    package = importlib.import_module("db.queries")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"db.queries.{module.name}")


def answer(connection: Connection, question: Question[A]) -> A:
    """The answer; a question without an answering module is an error of the program (KeyError)."""
    if type(question) not in _ANSWERS:
        _load()
    found: A = _ANSWERS[type(question)](connection, question)
    return found
