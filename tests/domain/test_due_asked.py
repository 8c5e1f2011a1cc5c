"""Services that a result asks for: due from the day of the result, until what they want is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ilp_desk.domain.due.rules import DueState, Fact, Item, Life, compiled, services_due
from ilp_desk.domain.due.words import reason_text
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate
from tests.domain.instrument_files import SHIPPED

DAY = date(2026, 11, 21)
GRANDMOTHER = Life(sex=Sex.FEMALE, born=PartialDate(date(1954, 12, 30)))
CHILD = Life(sex=Sex.MALE, born=PartialDate(date(2024, 11, 1)))


def asked(reference: Reference, life: Life, today: date, *facts: Fact) -> dict[str, Item]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        found[fact.code] = (*found.get(fact.code, ()), fact)
    items = services_due(replace(life, facts=found), today, compiled(reference.services, today))
    return {item.service.code: item for item in items}


def follow(code: str, on: date = DAY) -> Fact:
    return Fact(f"follow:{code}", on, value="SKILAS")


def test_nobody_asked_nothing_is_due(reference: Reference) -> None:
    items = asked(reference, GRANDMOTHER, DAY, Fact("instrument:skilas", DAY, value="clear"))
    assert not {"mini_cog", "gds_4", "sppb", "mna", "frailty"} & set(items)


@pytest.mark.parametrize(
    ("after", "state"), [(0, DueState.DUE), (29, DueState.DUE), (30, DueState.LATE), (400, DueState.LATE)]
)
def test_due_from_the_day_it_was_asked_for(reference: Reference, after: int, state: DueState) -> None:
    today = DAY + timedelta(days=after)
    item = asked(reference, GRANDMOTHER, today, follow("mini-cog"))["mini_cog"]
    assert (item.state, item.due_on, item.late_on) == (state, DAY, date(2026, 12, 21))
    assert reason_text(item) == "diminta SKILAS 21-11-2026"


@pytest.mark.parametrize(
    ("answered", "state"),
    [(-1, DueState.DUE), (0, DueState.DONE), (5, DueState.DONE)],
)
def test_only_an_answer_that_is_not_older_closes_it(reference: Reference, answered: int, state: DueState) -> None:
    done = Fact("instrument:mini-cog", DAY + timedelta(days=answered), value="negative")
    items = asked(reference, GRANDMOTHER, DAY + timedelta(days=9), follow("mini-cog"), done)
    assert items["mini_cog"].state is state


def test_asked_again_next_year_it_is_due_again(reference: Reference) -> None:
    done = Fact("instrument:mini-cog", DAY)
    again = date(2027, 11, 21)
    items = asked(reference, GRANDMOTHER, again, follow("mini-cog"), follow("mini-cog", again), done)
    assert (items["mini_cog"].state, items["mini_cog"].due_on) == (DueState.DUE, again)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, DueState.UPCOMING),
        (13, DueState.UPCOMING),
        (14, DueState.DUE),
        (27, DueState.DUE),
        (28, DueState.LATE),
    ],
)
def test_a_doubtful_kpsp_is_repeated_after_two_weeks(reference: Reference, days: int, state: DueState) -> None:
    doubtful = Fact("instrument:kpsp", DAY, value="doubtful", words="Meragukan")
    item = asked(reference, CHILD, DAY + timedelta(days=days), doubtful)["kpsp_again"]
    assert item.state is state
    assert reason_text(item) == "hasil Meragukan 21-11-2026"


def test_a_better_kpsp_takes_the_request_back(reference: Reference) -> None:
    doubtful = Fact("instrument:kpsp", DAY, value="doubtful")
    better = Fact("instrument:kpsp", DAY + timedelta(days=14), value="appropriate")
    assert "kpsp_again" not in asked(reference, CHILD, DAY + timedelta(days=20), doubtful, better)
    same = replace(better, value="doubtful")
    item = asked(reference, CHILD, DAY + timedelta(days=20), doubtful, same)["kpsp_again"]
    assert (item.state, item.due_on) == (DueState.UPCOMING, DAY + timedelta(days=28))


@pytest.mark.parametrize(("code", "life"), [("tb-adult", GRANDMOTHER), ("tb-child", CHILD)])
def test_suspected_tuberculosis_wants_sputum(reference: Reference, code: str, life: Life) -> None:
    suspected = Fact(f"instrument:{code}", DAY, value="presumptive", words="")
    item = asked(reference, life, DAY, suspected)["tb_sputum"]
    assert (item.state, reason_text(item)) == (DueState.DUE, "hasil 21-11-2026")
    assert item.service.sensitive
    done = asked(reference, life, DAY, suspected, Fact("exam_tb_sputum", DAY, value="negatif"))
    assert done["tb_sputum"].state is DueState.DONE
    assert "tb_sputum" not in asked(reference, life, DAY, replace(suspected, value="none"))


def test_every_instrument_that_another_one_asks_for_is_a_service(reference: Reference) -> None:
    wanted = {f"follow:{row.instrument}" for one in SHIPPED.rows for row in one.cascade}
    called = {call.fact for s in reference.services.services for call in s.after if call.fact.startswith("follow:")}
    assert called == wanted


def test_a_sensitive_result_is_never_in_the_words_of_a_service(reference: Reference) -> None:
    told = Fact("instrument:tb-adult", date(2026, 3, 12), value="presumptive", words="")
    item = asked(reference, GRANDMOTHER, DAY, told)["tb"]
    assert reason_text(item) == "terakhir 12-03-2026, setiap tahun"
    shown = Fact("instrument:skilas", date(2026, 3, 12), value="decline", words="Ada penurunan kapasitas")
    item = asked(reference, GRANDMOTHER, DAY, shown)["skilas"]
    assert reason_text(item) == "terakhir 12-03-2026 (Ada penurunan kapasitas), setiap tahun"


def test_a_secret_result_told_from_elsewhere_is_left_out_too(reference: Reference) -> None:
    told = Fact("instrument:phq-4", date(2026, 3, 12), value="tanda depresi", where="RS Contoh")
    item = asked(reference, GRANDMOTHER, DAY, told)["mental"]
    assert reason_text(item) == "terakhir 12-03-2026 di RS Contoh, setiap tahun"
