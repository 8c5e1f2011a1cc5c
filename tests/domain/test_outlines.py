"""Days that were kept: on every day they hold, every state follows from them as if it were found anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.due.immunization import rules_of
from ilp_desk.domain.due.outlines import Outline, day, number, outline_of, unpack
from ilp_desk.domain.due.rules import Answer, DueState, Fact, Life, Rules, services_due, told
from ilp_desk.domain.immunization import Dose, OnRecord
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate

TODAY = date(2026, 11, 21)
HORIZON = 90
FACTS = (
    "blood_pressure weight height waist haemoglobin instrument:kpsp instrument:skilas contact_neonatal exam_hpv_dna "
    "given_vitamin_a_red given_deworming"
).split()
DOSES = ("hb0", "bcg", "polio", "dpt_hb_hib", "ipv", "mr", "pcv", "td")
Seen = Counter[tuple[str, str, DueState]]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Mostly children, whose days are many; also pregnant women, old people and people hardly anything is known of."""
    years = draw(st.sampled_from([0, 1, 2, 5, 7, 15, 30, 62]))
    birth = TODAY - timedelta(days=draw(st.integers(0, 365)) + years * 365)
    precision = draw(st.sampled_from([Precision.DAY] * 4 + [Precision.MONTH, Precision.YEAR, Precision.ESTIMATED]))
    known = [birth, TODAY - timedelta(days=draw(st.integers(0, 400))), None]
    recent = st.integers(0, 500).map(lambda days: TODAY - timedelta(days=days))
    facts: dict[str, list[Fact]] = {}
    for code in draw(st.lists(st.sampled_from(FACTS), max_size=6)):
        on = draw(recent)
        if on >= birth:
            facts.setdefault(code, []).append(Fact(code, on, draw(st.sampled_from([Precision.DAY, Precision.MONTH]))))
    for many in facts.values():
        many.sort(key=lambda fact: fact.on)
    doses = draw(st.lists(st.tuples(st.sampled_from(DOSES), recent), max_size=8))
    said = st.builds(Answer, recent, st.one_of(st.none(), st.integers(1, 60).map(lambda n: TODAY + timedelta(days=n))))
    conditions = draw(st.sets(st.sampled_from(["pregnant", "postpartum", "hypertension", "sick", "ever_married"])))
    return Life(
        sex=draw(st.sampled_from(list(Sex))),
        born=draw(st.sampled_from([PartialDate(birth, precision)] * 9 + [None])),
        known_since=draw(st.sampled_from(known)),
        conditions=frozenset(conditions),
        hpht=TODAY - timedelta(days=draw(st.integers(0, 300))) if "pregnant" in conditions else None,
        delivered_on=TODAY - timedelta(days=draw(st.integers(0, 42))) if "postpartum" in conditions else None,
        facts=facts,
        answers=draw(st.dictionaries(st.sampled_from(["blood_pressure", "immunization_child", "kpsp"]), said)),
        immunization=OnRecord(doses=tuple(Dose(code=code, on=on) for code, on in doses if on >= birth)),
    )


def found(life: Life, on: date, rules: Rules) -> Seen:
    """Anew, as the room shows it."""
    return Counter(
        (item.service.code, item.told.name if item.told else "", item.state) for item in services_due(life, on, rules)
    )


def kept(outline: Outline, on: date, rules: Rules) -> Seen:
    """From the days that were kept."""
    services = rules.table.services.rows
    return Counter(
        (services[one.place].code, one.name, state)
        for one in unpack(outline.days)
        if told(
            state := one.state(number(on)),
            day(one.due_on) if one.due_on is not None else None,
            day(one.lost_on) if one.lost_on is not None else None,
            on,
            rules,
        )
    )


def days_of(outline: Outline) -> Iterator[date]:
    for ahead in range(HORIZON):
        on = TODAY + timedelta(days=ahead)
        if on >= outline.until:
            return
        yield on


@settings(max_examples=150, deadline=None)
@given(life=lives())
def test_on_every_day_they_hold_the_states_are_those_found_anew(reference: Reference, life: Life) -> None:
    outline = outline_of(life, TODAY, rules_of(reference, TODAY))
    assert outline.until > TODAY
    for on in days_of(outline):
        rules = rules_of(reference, on)
        then, anew = kept(outline, on, rules), found(life, on, rules)
        assert (then - anew, anew - then) == (Counter(), Counter()), on


@pytest.mark.parametrize("until", [None, date(2027, 3, 1)])
def test_what_was_said_before_it_was_due_holds_when_it_is(reference: Reference, until: date | None) -> None:
    """Done in February, refused or put off in November: in February it is due again, and what was said still stands."""
    life = Life(
        sex=Sex.MALE,
        born=PartialDate(date(1986, 6, 1)),
        known_since=date(2026, 2, 10),
        facts={"blood_pressure": [Fact("blood_pressure", date(2026, 2, 10))]},
        answers={"blood_pressure": Answer(TODAY, until)},
    )
    outline = outline_of(life, TODAY, rules_of(reference, TODAY))
    place = rules_of(reference, TODAY).places["blood_pressure"]
    (one,) = unpack(outline.days, frozenset({place}))
    expected = DueState.REFUSED if until is None else DueState.POSTPONED
    assert one.state(number(date(2027, 2, 9))) is DueState.DONE
    assert one.state(number(date(2027, 2, 10))) is expected
    for on in (date(2027, 2, 9), date(2027, 2, 10), date(2027, 3, 1)):
        assert kept(outline, on, rules_of(reference, on)) == found(life, on, rules_of(reference, on))


def test_the_day_after_a_live_vaccine_the_others_wait(reference: Reference) -> None:
    """Given today, another live vaccine may join it today and no more tomorrow: the days hold for today only."""
    child = Life(
        sex=Sex.MALE,
        born=PartialDate(date(2025, 11, 21)),
        known_since=date(2025, 11, 21),
        immunization=OnRecord(doses=(Dose(code="bcg", on=TODAY),)),
    )
    outline = outline_of(child, TODAY, rules_of(reference, TODAY))
    assert outline.until == TODAY + timedelta(days=1)
    assert kept(outline, TODAY, rules_of(reference, TODAY)) == found(child, TODAY, rules_of(reference, TODAY))
