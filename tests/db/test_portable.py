"""Schema and statements are meant for PostgreSQL as well: both compile for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite.dml import OnConflictClause
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from db import outlines, search_index, unit_of_work
from db.models import metadata
from db.queries.answering import _ANSWERS, _load, answer
from ilp_desk.domain.staff import Actor, Role
from tests.house import MORNING
from tests.services.samples import load
from tests.services.samples.morning import Morning, opened_morning

POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]
EVERYTHING = frozenset(Role) - {Role.AUDITOR}


@pytest.fixture(scope="module")
def morning(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    with opened_morning(_empty_database, lambda: tmp_path_factory.mktemp("portable")) as made:
        yield made


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_and_its_indexes_compile(name: str) -> None:
    table = metadata.tables[name]
    assert f"CREATE TABLE {name}" in str(CreateTable(table).compile(dialect=POSTGRES))
    for index in table.indexes:
        said = str(CreateIndex(index).compile(dialect=POSTGRES))
        partial = index.dialect_options["sqlite"]["where"] is not None
        assert ("WHERE" in said) is partial, f"{index.name} is partial in one engine only"


class Heard:
    """Whatever is sent to the database, and which questions were asked."""

    def __init__(self) -> None:
        self.statements: dict[str, Any] = {}
        self.raw: set[str] = set()
        self.questions: set[type[Any]] = set()

    def listen(self, engine: Any) -> None:
        event.listen(engine, "before_execute", self._statement)
        event.listen(engine, "before_cursor_execute", self._cursor)

    def _statement(self, _connection: Any, element: Any, _multi: Any, _params: Any, _options: Any) -> None:
        self.statements[str(element)] = element

    def _cursor(self, _conn: Any, _cursor: Any, said: str, _params: Any, context: Any, _many: Any) -> None:
        if context is None or context.compiled is None:
            self.raw.add(" ".join(said.split()))


@pytest.fixture(scope="module")
def heard(morning: Morning) -> Heard:
    """Every act of the program, carried out once by somebody with every role."""
    heard, store = Heard(), morning.house.store

    def noted(connection: Any, question: Any) -> Any:
        heard.questions.add(type(question))
        return answer(connection, question)

    everybody = Actor(morning.actor("doctor").staff_uid, "Semua peran", EVERYTHING, "Loket 1")
    for engine in (store._engines.read, store._engines.write):
        heard.listen(engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.unit_of_work.answer", noted)
        for code, sample in sorted(load().items()):
            if code.startswith("safe."):  # works on the file, not through statements
                continue
            call = sample(morning)
            if call.first is not None:
                call.first(everybody)
            call.run(everybody)
        morning.desk.note_reads()
        morning.desk.changes(0)
    return heard


def test_every_statement_of_every_service_compiles(heard: Heard) -> None:
    assert len(heard.statements) > 100
    upserts = set()
    for statement in heard.statements.values():
        if isinstance(getattr(statement, "_post_values_clause", None), OnConflictClause):
            upserts.add(statement.table.name)
        else:
            assert str(statement.compile(dialect=POSTGRES))
    assert upserts == {"counter", "draft", "person_outline", "search_word"}, "spelled by the engines, see below"


def test_every_question_was_asked(heard: Heard) -> None:
    _load()
    assert heard.questions == _ANSWERS.keys()


def test_only_the_full_text_speaks_to_one_engine_alone(heard: Heard) -> None:
    """What is no SQLAlchemy expression is a transaction begun, or full text (`db.sqlite_search`)."""
    said = {text for text in heard.raw if not text.startswith("BEGIN")}
    assert said
    assert [text for text in said if not any(name in text for name in FULL_TEXT)] == []


FULL_TEXT = ("person_names", "person_words", "TRIGGER IF EXISTS person_search_")


class _Postgres:
    """Takes statements as a connection to PostgreSQL would, and answers each with 1."""

    dialect = POSTGRES

    def __init__(self) -> None:
        self.said: list[str] = []

    def execute(self, statement: ClauseElement, *_: Any) -> _Postgres:
        self.said.append(str(statement.compile(dialect=POSTGRES)))
        return self

    def scalar_one(self) -> int:
        return 1

    def scalar(self) -> int:
        return 1


def test_insert_or_update_is_spelled_for_postgresql_too() -> None:
    asked = _Postgres()
    someone = Actor("a", "Dokter", frozenset({Role.DOCTOR}), "Ruang 2")
    uow = unit_of_work.SqlUnitOfWork(asked, someone, MORNING, MORNING.date(), str)  # type: ignore[arg-type]
    assert uow.draw("queue:A", "2026-11-21") == 1
    uow.raise_counter("queue:A", "2026-11-21", 7)
    uow.keep_draft("room", "visit", {"plan": "kontrol"})
    search_index._count(asked, Counter({"siti": 1}))  # type: ignore[arg-type]
    asked.execute(outlines._settling(asked))  # type: ignore[arg-type]
    assert [text for text in asked.said if "INSERT" in text and "ON CONFLICT" not in text] == []
    assert sum("DO UPDATE SET" in text for text in asked.said) == 5
