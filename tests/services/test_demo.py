"""Sample data: full of life, invented, legal, and the same for the same seed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.audit_check import audit_breaks
from db.sqlite_file import opened
from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import fixed
from ilp_desk.desk import Desk
from ilp_desk.domain.clinical import Allergy, Pregnancy, Problem
from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent, OldNumber, Person, PersonStatus, Precision
from ilp_desk.domain.queueing import after
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility
from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.domain.text.identifiers import read_bpjs, read_nik
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.errors import UserError
from ilp_desk.services.demo import FEWEST, PASSWORD, DemoOrder, NotEmpty
from ilp_desk.services.passwords import Argon2Passwords
from ilp_desk.services.registration import RegisterVisit
from tests.house import KEY

AT = datetime(2026, 11, 21, 1, 14, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CHEAP = Argon2Passwords(time_cost=1, memory_kib=64, parallelism=1)
Make = Callable[..., Desk]


@pytest.fixture(scope="module")
def make(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Opens a new sample desk; all are closed in the end."""
    made: list[Desk] = []

    def new(**order: Any) -> Desk:
        folder = tmp_path_factory.mktemp("demo")
        shutil.copy(_empty_database, folder / "desk.db")
        desk = open_desk(folder / "desk.db", KEY, fixed(AT), CHEAP)
        made.append(desk)
        desk.demo.fill(SYSTEM, DemoOrder(**{"patients": 700, "visits": 500, "at": AT, **order}))
        return desk

    yield new
    for desk in made:
        desk.close()


@pytest.fixture(scope="module")
def town(make: Make) -> Desk:
    """A sample of 700 people, to be read only."""
    return make()


def read(desk: Desk, kind: type[Any], **equals: Any) -> tuple[Any, ...]:
    with desk.tools.store.reading(SYSTEM, "test.read") as uow:
        found: tuple[Any, ...] = uow.all(kind, **equals)
    return found


def as_actor(desk: Desk, role: Role) -> Actor:
    someone = next(s for s in read(desk, Staff) if role in s.roles)
    return Actor(someone.uid, someone.name, frozenset(someone.roles), "Loket 1")


def everything(desk: Desk) -> dict[str, list[str]]:
    """All rows of all tables but the salted passwords."""
    path = desk.safekeeping.state(SYSTEM).database
    with opened(path, KEY) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        tables = [name for name in names if not name.startswith(("sqlite_", "person_text", "word_"))]
        found = {}
        for name in tables:
            columns = [f'"{row[1]}"' for row in raw.execute(f"PRAGMA table_info({name})") if row[1] != "password"]
            found[name] = sorted(map(repr, raw.execute(f"SELECT {', '.join(columns)} FROM {name}")))
    return found


def test_the_same_seed_gives_the_same_content_down_to_the_ids(make: Make) -> None:
    order = {"patients": 200, "visits": 120, "seed": 7}
    one, other = everything(make(**order)), everything(make(**order))
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == set()
    assert len(one["person"]) == 200


def test_another_seed_gives_other_people(make: Make) -> None:
    one, other = (read(make(patients=200, visits=0, seed=seed), Person) for seed in (1, 2))
    assert {p.name for p in one} != {p.name for p in other}
    assert {p.uid for p in one}.isdisjoint({p.uid for p in other})


def test_there_are_as_many_as_were_asked_for(town: Desk) -> None:
    assert len(read(town, Person)) == 700
    assert len([v for v in read(town, Visit) if v.service_date < TODAY]) == 500


def test_every_number_is_one_no_office_gives(town: Desk) -> None:
    people = read(town, Person)
    niks = [p.nik for p in people if p.nik]
    assert len(niks) > 500
    assert len(set(niks)) == len(niks)
    for person in people:
        if person.nik:
            said = read_nik(person.nik, TODAY)
            assert said.serial.startswith("9")
            assert said.sex is person.sex
        if person.bpjs:
            assert read_bpjs(person.bpjs) == person.bpjs
        assert not person.phone or person.phone.startswith("08120000")


def test_people_are_of_every_kind_a_desk_meets(town: Desk) -> None:
    people = read(town, Person)
    assert {p.status for p in people} >= {PersonStatus.ACTIVE, PersonStatus.DEAD, PersonStatus.MOVED}
    assert {p.born_precision for p in people} >= {Precision.DAY, Precision.YEAR}
    assert any(p.outside and p.area_uid is None for p in people)
    assert any(not p.nik for p in people)
    assert any(p.identity == "newborn" and p.name.startswith("By. Ny.") for p in people)
    assert any(len(p.name.split()) == 1 for p in people)
    assert {p.payer for p in people} >= {"jkn_pbi", "self_pay", "jkn_ppu"}
    assert {p.allergy_state for p in people} == {"not_asked", "none", "present"}
    assert read(town, OldNumber)
    assert read(town, Allergy)
    assert {p.code for p in read(town, Problem)} >= {"I10", "E11.9"}
    assert {c.answer for c in read(town, Consent)} >= {"agreed"}


def test_names_are_written_in_more_than_one_way(make: Make) -> None:
    words = {word for p in read(make(patients=2000, visits=0), Person) for word in p.name.split()}
    assert words >= {"Muhammad", "Jamaludin", "Siti"}
    assert words & {"Moh.", "Muh.", "M.", "Mohammad", "Muhamad", "Mohamad"}
    assert words & {"Djamaludin", "Djoko", "Jusuf", "Noerhajati", "Sjamsul", "Chairul", "Tjetjep", "Soeharti", "Loebis"}


def test_pregnancies_go_on_end_and_run_over(make: Make) -> None:
    found = read(make(patients=2000, visits=0), Pregnancy)
    weeks = [(TODAY - p.lmp).days // 7 for p in found if p.ended_on is None]
    assert min(weeks) < 13
    assert max(weeks) > 40
    assert any(p.ended_on and (TODAY - p.ended_on).days <= 42 for p in found)


def test_the_catchment_is_a_tree_of_four_levels_with_its_posts(town: Desk) -> None:
    areas = {a.uid: a for a in read(town, Area)}
    assert {a.level for a in areas.values()} == {"village", "hamlet", "rw", "rt", "pustu", "posyandu"}
    above = {"hamlet": "village", "rw": "hamlet", "rt": "rw", "pustu": "village", "posyandu": "village"}
    for area in areas.values():
        assert area.level == "village" or areas[area.parent_uid].level == above[area.level]


def test_paper_says_that_it_is_a_sample(town: Desk) -> None:
    (site,) = read(town, Facility)
    assert "DATA CONTOH" in site.authority
    assert site.logo_left is not None


def test_somebody_can_sign_in_for_every_role(town: Desk) -> None:
    staff = read(town, Staff)
    assert {role for s in staff for role in s.roles} == set(Role)
    assert town.staffing.sign_in(SYSTEM, "rina", PASSWORD).name.startswith("Rina")


def test_the_morning_stands_as_in_the_pictures(town: Desk) -> None:
    loads, day = town.registration.strip(as_actor(town, Role.REGISTRATION))
    waiting: dict[str, int] = {}
    oldest: dict[str, datetime] = {}
    for load in loads:
        waiting[load.letter] = waiting.get(load.letter, 0) + load.waiting
        if load.oldest:
            oldest[load.letter] = min(load.oldest, oldest.get(load.letter, AT))
    assert waiting == {"A": 7, "B": 12, "C": 5, "D": 1, "E": 4}
    assert {letter: (AT - at).seconds // 60 for letter, at in oldest.items()} == {
        "A": 24,
        "B": 31,
        "C": 12,
        "D": 6,
        "E": 18,
    }
    assert (day.registered, day.referred) == (46, 2)
    called = {
        load.letter: (load.called, load.called_room) for load in loads if load.code in ("kia", "dewasa", "lansia")
    }
    assert called == {"A": ("A-004", "Ruang 2"), "B": ("B-009", "Ruang 4"), "C": ("C-003", "Ruang 5")}


def test_the_queue_shows_every_state(town: Desk) -> None:
    entries = read(town, QueueEntry, service_date=TODAY)
    assert {e.state for e in entries} == set(QueueState)


def test_every_entry_came_to_its_state_by_legal_steps(town: Desk) -> None:
    steps: dict[str, list[QueueEvent]] = {}
    for event in read(town, QueueEvent):
        steps.setdefault(event.entry_uid, []).append(event)
    for entry in read(town, QueueEntry):
        state = None
        times = [event.made_at or AT for event in steps[entry.uid]]
        assert times == sorted(times)
        for event in steps[entry.uid]:
            assert event.before == (state.value if state else "")
            state = after(state, event.step)
        assert state is entry.state
        assert steps[entry.uid][0].step is QueueStep.ISSUED


def test_the_next_arrivals_go_on_after_the_sample(make: Make) -> None:
    desk = make(visits=50)
    actor = as_actor(desk, Role.REGISTRATION)
    (siti,) = [h for h in desk.finding.find(actor, "siti nurhaliza").hits if h.name == "Siti Nurhaliza"]
    shown = desk.registration.arrival(actor, siti.uid)
    assert (shown.pregnancy, shown.allergies) == ("Hamil 28 mgg", ("amoksisilin",))
    assert shown.routed_reason == "Klaster 2, karena hamil 28 minggu (HPHT 09-05-2026)."
    done = desk.registration.register(
        actor, RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=siti.uid)
    )
    assert done.ticket == "A-012"


def test_the_people_of_the_pictures_are_found(town: Desk) -> None:
    actor = as_actor(town, Role.REGISTRATION)
    names = {hit.name for hit in town.finding.find(actor, "siti nur").hits}
    assert names >= {
        "Siti Nurhaliza", "Siti Nurjannah", "Siti Nuraini", "Siti Nur Azizah", "Sitti Nurbaya", "Siti Nurmala",
    }  # fmt: skip


def test_letters_can_be_drawn_again_and_some_were_answered(town: Desk) -> None:
    letters = read(town, Referral)
    assert {r.state for r in letters} >= {ReferralState.ISSUED, ReferralState.REPLIED}
    assert all(r.reply_diagnosis for r in letters if r.state is ReferralState.REPLIED)
    document = read(town, Document)[-1]
    assert town.documents.reprint(as_actor(town, Role.DOCTOR), document.uid).pdf.startswith(b"%PDF")


def test_every_visit_of_the_morning_opens_in_the_record_and_as_a_letter(town: Desk) -> None:
    doctor = as_actor(town, Role.DOCTOR)
    today = [v for v in read(town, Visit) if v.service_date == TODAY]
    assert len(today) > 10
    results = 0
    for visit in today:
        results += len(town.history.visit(doctor, visit.uid).observations)
        if visit.state is not VisitState.CANCELLED:
            town.referrals.start(doctor, visit.uid)
    assert results > 1


def test_the_history_of_siti_is_that_of_the_room_picture(town: Desk) -> None:
    siti = next(p for p in read(town, Person) if p.name == "Siti Nurhaliza")
    visits = sorted((v for v in read(town, Visit, person_uid=siti.uid)), key=lambda v: v.service_date)
    assert visits[-1].service_date == date(2026, 11, 12)
    assert visits[0].service_date == date(2025, 1, 20)
    assert len(visits) == 7


def test_a_database_that_holds_something_is_left_alone(make: Make) -> None:
    desk = make(patients=200, visits=0)
    with pytest.raises(NotEmpty):
        desk.demo.fill(SYSTEM, DemoOrder(at=AT))
    assert len(read(desk, Person)) == 200


@pytest.mark.parametrize("wrong", [{"patients": FEWEST - 1}, {"patients": -5}, {"visits": -1}])
def test_an_order_that_cannot_be_is_refused_with_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        DemoOrder(**wrong)


def test_the_smallest_sample_still_has_a_morning(make: Make) -> None:
    desk = make(patients=FEWEST, visits=0)
    _, day = desk.registration.strip(as_actor(desk, Role.REGISTRATION))
    assert day.registered > 30


def test_the_audit_of_a_sample_holds(town: Desk) -> None:
    with opened(town.safekeeping.state(SYSTEM).database, KEY) as raw:
        rows, breaks = audit_breaks(raw)
    assert rows > 0
    assert breaks == ()
