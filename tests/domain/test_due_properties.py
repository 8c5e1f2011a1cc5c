"""What holds for whatever life and whatever day, with every condition, fact and result the files know."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.due.immunization import rules_of
from ilp_desk.domain.due.rules import OPEN, Answer, DueState, Fact, Item, Life, services_due
from ilp_desk.domain.due.words import reason_text, state_text
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference, load
from ilp_desk.domain.text.dates import PartialDate
from resources import names, read

REFERENCE = load({name: read(name) for name in names()})
TABLE = REFERENCE.services
TODAY = date(2026, 11, 21)
OLDEST = date(1905, 1, 1)
CLOSING = [row for service in TABLE.services for row in service.closes]
CALLING = [row for service in TABLE.services for row in service.after]
FACTS = sorted({row.fact for row in CLOSING} | {row.fact for row in CALLING})
VALUES = sorted({row.value for row in CLOSING} | {row.value for row in CALLING})
PRECISIONS = st.sampled_from(list(Precision))


def by_code(facts: list[Fact]) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in sorted(facts, key=lambda one: one.on):
        found[fact.code] = (*found.get(fact.code, ()), fact)
    return found


days = st.dates(OLDEST, TODAY)
some_facts = st.lists(st.builds(Fact, st.sampled_from(FACTS), days, PRECISIONS, st.sampled_from(VALUES)), max_size=10)
answers = st.dictionaries(
    st.sampled_from(sorted(row.code for row in TABLE.services)),
    st.builds(Answer, days, st.one_of(st.none(), st.dates(OLDEST, date(2028, 1, 1))), st.just("alasan")),
    max_size=4,
)
lives = st.builds(
    Life,
    sex=st.sampled_from(list(Sex)),
    born=st.one_of(st.none(), st.builds(PartialDate, st.dates(OLDEST, date(2027, 6, 1)), PRECISIONS)),
    known_since=st.one_of(st.none(), days),
    conditions=st.frozensets(st.sampled_from(sorted(row.code for row in TABLE.conditions)), max_size=8),
    hpht=st.one_of(st.none(), st.dates(date(2025, 10, 1), TODAY)),
    delivered_on=st.one_of(st.none(), st.dates(date(2026, 8, 1), TODAY)),
    facts=some_facts.map(by_code),
    answers=answers,
)


def items_on(life: Life, today: date) -> tuple[Item, ...]:
    return services_due(life, today, rules_of(REFERENCE, today))


def key(item: Item) -> tuple[str, str]:
    return item.service.code, item.told.part if item.told is not None else ""


def of_ours(items: tuple[Item, ...]) -> dict[str, Item]:
    """Those whose days the rules of services.toml reckon themselves."""
    return {item.service.code: item for item in items if item.told is None}


def with_fact(life: Life, fact: Fact) -> Life:
    return replace(life, facts=by_code([*(one for many in life.facts.values() for one in many), fact]))


@given(life=lives, ahead=st.integers(-400, 400))
def test_never_raises_and_each_item_stands_once_in_one_state_told_in_words(life: Life, ahead: int) -> None:
    today = TODAY + timedelta(days=ahead)
    items = items_on(life, today)
    assert all(count == 1 for count in Counter(key(item) for item in items).values())
    for item in items:
        assert item.state in DueState
        assert state_text(item)
        assert "None" not in f"{state_text(item)} {reason_text(item)}"
        if item.state is DueState.LATE and item.told is None:
            assert item.late_on is not None
            assert item.late_on <= today
        if item.state is DueState.UPCOMING and item.due_on is not None:
            assert item.due_on > today


@given(life=lives)
def test_an_unknown_past_is_never_late(life: Life) -> None:
    items = items_on(replace(life, known_since=None, facts={}, answers={}), TODAY)
    assert [key(item) for item in items if item.state is DueState.LATE] == []


@given(life=lives, data=st.data())
def test_recording_any_fact_that_closes_an_item_closes_it(life: Life, data: st.DataObject) -> None:
    plain = replace(life, answers={})
    open_ones = [item for item in of_ours(items_on(plain, TODAY)).values() if item.state in OPEN]
    if not open_ones:
        return
    item = data.draw(st.sampled_from(open_ones))
    closing = data.draw(st.sampled_from(item.service.closes))
    after = of_ours(items_on(with_fact(plain, Fact(closing.fact, TODAY, value=closing.value)), TODAY))
    assert after[item.service.code].state is DueState.DONE


@given(life=lives, data=st.data())
def test_a_done_item_stays_done_until_its_day(life: Life, data: st.DataObject) -> None:
    """As long as it concerns the same person: another age or another result may bring another rhythm."""
    done = [
        item
        for item in of_ours(items_on(life, TODAY)).values()
        if item.state is DueState.DONE and item.due_on is not None and item.service.every is not None
    ]
    if not done:
        return
    item = data.draw(st.sampled_from(done))
    due_on = item.due_on
    assert due_on is not None
    ahead = data.draw(st.integers(0, (due_on - TODAY).days))
    then = of_ours(items_on(life, TODAY + timedelta(days=ahead))).get(item.service.code)
    if then is not None:
        assert (then.state is DueState.DONE) == (TODAY + timedelta(days=ahead) < due_on)


@given(life=lives)
def test_who_is_dead_or_not_born_is_offered_nothing(life: Life) -> None:
    assert items_on(replace(life, active=False), TODAY) == ()
    unborn = PartialDate(TODAY + timedelta(days=1))
    assert items_on(replace(life, born=unborn), TODAY) == ()


def test_the_rules_of_a_day_are_made_once(reference: Reference) -> None:
    rules = rules_of(reference, TODAY)
    assert rules_of(reference, TODAY) is rules
    assert rules_of(reference, TODAY + timedelta(days=1)) is not rules
