"""What the search knows follows the records: kept in step change by change, or made anew, it is the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.dialects import postgresql

from db.full_text import full_text
from db.models import metadata, people
from db.search_index import index_people, rebuild
from db.sqlite_search import DDL
from db.vocabulary import EVERYBODY, vocabulary
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.person import Family, Person, PersonStatus
from ilp_desk.rows.patients import FindPatients
from tests.db.search_town import KK, PEOPLE, SearchTown, search_town


@pytest.fixture
def own(_empty_database: Path, tmp_path: Path) -> Iterator[SearchTown]:
    """To be changed."""
    with search_town(_empty_database, tmp_path) as made:
        yield made


def stored(town: SearchTown) -> tuple[list[Any], ...]:
    """All the index holds, words that nobody carries aside."""
    with town.house.store._engines.read.connect() as connection:
        word = people.search_word.c
        return (
            sorted(connection.execute(select(people.person_search)).all()),
            sorted(connection.execute(select(people.person_key)).all()),
            sorted(connection.execute(select(word.word, word.uses).where(word.uses != 0)).all()),
        )


def made_anew(town: SearchTown) -> tuple[list[Any], ...]:
    with town.house.store._engines.write.begin() as connection:
        rebuild(connection)
    return stored(town)


def sound(town: SearchTown) -> None:
    """The full text says what the table says; raises otherwise."""
    with town.house.store._engines.write.begin() as connection:
        for table in ("person_names", "person_words"):
            connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def test_a_new_name_is_found_and_the_old_one_no_more(own: SearchTown) -> None:
    own.change("siti", name="Sri Wahyuni", nik="1306044302999009")
    assert "siti" in own.found("sri wahyuni")
    assert "siti" not in own.found("siti nurhaliza")
    assert own.found("1306044302999001") == []
    assert own.found("1306044302999009") == ["siti"]
    sound(own)


@pytest.mark.parametrize(("status", "chip"), [("dead", PersonStatus.DEAD), ("moved", PersonStatus.MOVED)])
def test_a_state_shows_at_once_whoever_wrote_it(own: SearchTown, status: str, chip: PersonStatus) -> None:
    own.change("siti", status=PersonStatus(status), index=False)
    assert own.found("siti")[-3:] == ["siti", "mala", "alif"]
    assert {own.keys[hit.uid]: hit.status for hit in own.find("siti").hits}["siti"] is chip


def test_merged_and_voided_records_leave_the_count_and_the_list(own: SearchTown) -> None:
    before = own.find("x").total_people
    own.change("djoko", merged_into=own.uids["joko"], index=False)
    assert own.found("djoko soesilo") == ["joko"]
    assert own.found("00417/05/98") == ["joko"]
    own.void("baya")
    assert "baya" not in own.found("siti")
    assert own.find("x").total_people == before - 2
    own.index("djoko", "baya")
    assert own.find("x").total_people == before - 2
    own.change("djoko", merged_into=None)
    assert own.found("djoko soesilo") == ["djoko", "joko"], "a merger is reversible"
    assert own.find("x").total_people == before - 1


def test_mergers_in_a_circle_lead_to_nobody(own: SearchTown) -> None:
    own.change("joko", merged_into=own.uids["djoko"])
    own.change("djoko", merged_into=own.uids["joko"])
    assert own.found("joko susilo") == []


def test_a_family_renamed_is_followed_by_its_members(own: SearchTown) -> None:
    with own.house.store.writing(SYSTEM, "test.family") as uow:
        (family,) = uow.all(Family, kk=KK)
        uow.change(family, head_name="Bachtiar", kk="1306040612069011")
        uow.index_people([own.uids[key] for key in ("siti", "fauzi", "alif")])
    assert own.found("siti bachtiar") == ["siti", "alif"]
    assert own.found(KK) == []
    assert set(own.found("1306040612069011")) == {"siti", "fauzi", "alif"}


def test_the_index_kept_is_the_index_made_anew(own: SearchTown) -> None:
    own.change("siti", name="Sri Wahyuni", phone="081200000001", address="Gg. Duku 3")
    own.change("joko", born_on=date(1990, 1, 1), outside="Kota lain")
    own.change("desi", merged_into=own.uids["siti"])
    own.void("alif")
    own.index("alif")
    kept = stored(own)
    assert made_anew(own) == kept
    assert made_anew(own) == kept, "once more changes nothing"
    sound(own)


def test_many_at_once_are_indexed_as_one_by_one(own: SearchTown) -> None:
    kept = stored(own)
    with own.house.store._engines.write.begin() as connection:
        ids = [row.person_id for row in kept[0]]
        connection.execute(people.person_key.delete())
        connection.execute(people.person_search.delete())
        connection.execute(people.search_word.update().values(uses=0))
        index_people(connection, ids)
    assert stored(own) == kept


def test_rebuilding_tells_how_far_it_is_and_can_be_stopped(own: SearchTown) -> None:
    told: list[tuple[int, int]] = []
    with own.house.store._engines.write.begin() as connection:
        assert rebuild(connection, lambda done, total: told.append((done, total))) == len(PEOPLE) - 1
    assert told[-1] == (len(PEOPLE) - 1, len(PEOPLE) - 1)
    kept = stored(own)

    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), own.house.store._engines.write.begin() as connection:
        rebuild(connection, enough)
    assert stored(own) == kept
    assert own.found("siti nurhaliza")[0] == "siti"
    own.change("siti", name="Masih Diikuti")
    assert own.found("masih diikuti") == ["siti"]


# -- the vocabulary in memory


def test_a_word_never_heard_before_is_found_at_once(own: SearchTown) -> None:
    assert own.found("kwanzaa") == []
    own.change("siti", name="Siti Kwanzaa")
    assert own.found("kwanzaa") == ["siti"]
    assert own.found("kwansaa") == ["siti"], "also with a slip"


def test_words_of_a_transaction_taken_back_leave_no_trace(own: SearchTown) -> None:
    """The next word gets the id of the one that was never stored."""
    store = own.house.store

    def ask(uow: Any, text: str) -> int:
        return len(uow.ask(FindPatients(text, date(2026, 11, 21))).hits)

    def taken_back() -> None:
        with store.writing(SYSTEM, "test.back") as uow:
            uow.change(uow.get(Person, own.uids["siti"]), name="Aprwlua")
            uow.index_person(own.uids["siti"])
            assert ask(uow, "aprwlua") == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        taken_back()
    own.change("siti", name="Bqrtona")
    with store.writing(SYSTEM, "test.again") as uow:
        assert ask(uow, "bqrtona") == 1
        assert ask(uow, "aprwlua") == 0


def test_many_new_words_at_once(own: SearchTown) -> None:
    words = [f"wq{chr(97 + n // 26)}{chr(97 + n % 26)}ta" for n in range(260)]
    for start in range(0, 260, 20):
        own.change("siti", name=" ".join(words[start : start + 20]))
        assert own.found(words[start + 3]) == ["siti"]
    assert own.found(words[3]) == []


def test_the_empty_word_counts_people_and_is_nobodys_name(own: SearchTown) -> None:
    with own.house.store._engines.read.connect() as connection:
        known = vocabulary(connection)
        assert EVERYBODY not in known
        assert known.people == len(PEOPLE) - 3
        assert known.uses("siti") >= 8
        assert known.words("nurhal", 5) == ["nurhalisa"]
        assert known.words("", 5) is None
        assert known.near("nurhalza", 3)[0] == ["nurhalisa"]


# -- engines


def test_the_first_revision_says_what_the_search_wants(own: SearchTown) -> None:
    """Full text and triggers of the migrated file are those of `db.sqlite_search`."""
    plain = create_engine("sqlite://")
    metadata.create_all(plain)
    wanted: dict[str, str] = {}
    with plain.begin() as connection:
        for statement in DDL:
            connection.exec_driver_sql(statement)
        wanted = schema(connection)
    with own.house.store._engines.read.connect() as connection:
        found = schema(connection)
    assert {name: found.get(name) for name in wanted} == wanted


def schema(connection: Any) -> dict[str, str]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master"
        " WHERE name LIKE 'person_search_%' OR name IN ('person_names', 'person_words')"
    )
    return {name: " ".join(sql.split()) for name, sql in rows if sql}


def test_an_engine_without_full_text_says_so() -> None:
    class Elsewhere:
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]

    with pytest.raises(NotImplementedError, match="postgresql"):
        full_text(Elsewhere())  # type: ignore[arg-type]
