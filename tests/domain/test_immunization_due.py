"""What is due: every window of the schedule, the day before, on the day and the day after."""

from __future__ import annotations

from datetime import date

import pytest

from ilp_desk.domain.immunization import (
    EVERYTHING,
    LIVE,
    Contraindication,
    Deferral,
    Dose,
    DoseSource,
    DoseState,
    Plan,
    Recipient,
    Refusal,
    due,
)
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from tests.domain.vaccinating import BORN, USUAL, child, days, dose, item, months, usual, usual_until

NOT_YET, ON_TIME, LATE, CATCH_UP, TOO_LATE, COMPLETE, CONTRAINDICATED, DEFERRED, REFUSED, NO_DATA = DoseState


@pytest.fixture(scope="module")
def plan(reference: Reference) -> Plan:
    return Plan(reference.immunizations, date(2026, 11, 21))


def test_the_words_of_the_states(plan: Plan) -> None:
    assert [plan.state_word(state) for state in DoseState] == [
        "belum waktunya",
        "tepat waktu",
        "terlambat (masih boleh)",
        "kejar",
        "tidak boleh lagi",
        "lengkap",
        "kontraindikasi",
        "ditunda",
        "ditolak",
        "belum ada data",
    ]


# Section 2.6 of the reference, row by row: completed months at which a state begins.
WINDOWS: list[tuple[str, int, list[tuple[int, DoseState]]]] = [
    ("bcg", 1, [(0, ON_TIME), (2, LATE), (12, TOO_LATE)]),
    ("opv", 1, [(0, ON_TIME), (2, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("opv", 2, [(2, ON_TIME), (3, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("opv", 3, [(3, ON_TIME), (4, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("opv", 4, [(4, ON_TIME), (5, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("dpt_hb_hib", 1, [(2, ON_TIME), (3, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("dpt_hb_hib", 2, [(3, ON_TIME), (4, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("dpt_hb_hib", 3, [(4, ON_TIME), (5, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("dpt_hb_hib", 4, [(18, ON_TIME), (19, LATE), (24, CATCH_UP), (60, TOO_LATE)]),
    ("pcv", 1, [(2, ON_TIME), (3, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("pcv", 2, [(3, ON_TIME), (4, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("pcv", 3, [(12, ON_TIME), (13, LATE), (24, CATCH_UP), (60, TOO_LATE)]),
    ("rv", 1, [(2, ON_TIME), (3, LATE), (5, TOO_LATE)]),
    ("rv", 2, [(3, ON_TIME), (4, LATE), (7, TOO_LATE)]),
    ("rv", 3, [(4, ON_TIME), (5, LATE), (7, TOO_LATE)]),
    ("ipv", 1, [(4, ON_TIME), (5, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("ipv", 2, [(9, ON_TIME), (10, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("mr", 1, [(9, ON_TIME), (10, LATE), (12, CATCH_UP), (60, TOO_LATE)]),
    ("mr", 2, [(18, ON_TIME), (19, LATE), (24, CATCH_UP), (60, TOO_LATE)]),
    ("je", 1, [(10, ON_TIME), (11, CATCH_UP), (60, TOO_LATE)]),
    ("mr_school", 1, [(84, ON_TIME), (96, CATCH_UP), (156, TOO_LATE)]),
    ("td_school", 1, [(84, ON_TIME), (96, CATCH_UP), (180, TOO_LATE)]),
]


@pytest.mark.parametrize("born", [BORN, date(2024, 2, 29), date(2023, 8, 31)], ids=str)
@pytest.mark.parametrize(("series", "number", "begins"), WINDOWS)
def test_a_state_begins_on_its_day(
    plan: Plan, born: date, series: str, number: int, begins: list[tuple[int, DoseState]]
) -> None:
    person = child(born, areas=frozenset({"je_endemic"}))
    given = usual(series, number - 1, born) if number > 1 else []
    before = NOT_YET
    for age, state in begins:
        border = months(age, born)
        for day, wanted in ((border - days(1), before), (border, state), (border + days(1), state)):
            if day < born:
                continue
            found = item(person, given, day, plan, series)
            assert (found.number, found.state) == (number, wanted), day
            assert found.possible is (wanted in {ON_TIME, LATE, CATCH_UP})
        before = state
    end = months(begins[-1][0], born)
    assert item(person, given, months(begins[0][0], born), plan, series).latest == end - days(1)


@pytest.mark.parametrize(("day", "state"), [(0, ON_TIME), (1, LATE), (6, LATE), (7, TOO_LATE), (8, TOO_LATE)])
def test_hb0_until_the_seventh_day(plan: Plan, day: int, state: DoseState) -> None:
    found = item(child(), [], BORN + days(day), plan, "hb0")
    assert found.state is state
    if state is TOO_LATE:
        assert found.reason == ("HB0 tidak boleh lagi sejak 17-05-2024. Hepatitis B dilanjutkan lewat DPT-HB-Hib.")


def test_late_since_the_day_the_usual_time_ended(plan: Plan) -> None:
    found = item(child(), usual("pcv", 2), months(14), plan, "pcv")
    assert (found.since, found.earliest, found.recommended) == (months(13), months(12), months(12))
    assert found.reason == "PCV3 terlambat sejak 10-06-2025, masih boleh sampai 09-05-2029."


def test_a_newborn_has_bcg_and_opv_on_time_but_best_at_one_month(plan: Plan) -> None:
    for series in ("bcg", "opv"):
        found = item(child(), [], BORN, plan, series)
        assert (found.state, found.earliest, found.recommended) == (ON_TIME, BORN, months(1))


def test_nothing_before_the_birth_without_a_birth_date_and_for_the_grown_up(plan: Plan) -> None:
    assert due(child(), [], BORN - days(1), plan) == ()
    assert due(Recipient(born_on=None), [], BORN, plan) == ()
    assert due(child(), [], months(18 * 12), plan) == ()
    assert due(child(), [], months(18 * 12) - days(1), plan) != ()


def test_sixty_months_with_nothing_leaves_only_school(plan: Plan) -> None:
    states = {row.series: row.state for row in due(child(sex=Sex.FEMALE), [], months(60), plan)}
    school = {"mr_school": NOT_YET, "td_school": NOT_YET}
    assert states == dict.fromkeys(USUAL, TOO_LATE) | school
    day_before = {row.series: row.state for row in due(child(), [], months(60) - days(1), plan)}
    assert {series for series, state in day_before.items() if state is CATCH_UP} == {
        "opv",
        "dpt_hb_hib",
        "pcv",
        "ipv",
        "mr",
    }


def test_a_late_series_goes_on_where_it_stopped(plan: Plan) -> None:
    found = item(child(), usual("dpt_hb_hib", 1), months(30), plan, "dpt_hb_hib")
    assert (found.number, found.state) == (2, CATCH_UP)


# --- intervals


@pytest.mark.parametrize(
    ("series", "first", "second", "gap"),
    [("opv", 5, 2, 28), ("dpt_hb_hib", 5, 2, 28), ("pcv", 5, 2, 28), ("rv", 4, 2, 28), ("ipv", 11, 2, 28)],
)
def test_four_weeks_between_doses_of_a_late_start(plan: Plan, series: str, first: int, second: int, gap: int) -> None:
    start = months(first)
    given = [dose(series, start)]
    assert item(child(), given, start + days(gap - 1), plan, series).state is NOT_YET
    found = item(child(), given, start + days(gap), plan, series)
    assert (found.number, found.state) == (second, LATE)
    assert found.earliest == found.recommended == start + days(gap)
    assert found.since == start + days(gap)


def test_the_interval_stands_in_the_sentence(plan: Plan) -> None:
    found = item(child(), [dose("dpt_hb_hib", date(2024, 10, 1))], date(2024, 10, 2), plan, "dpt_hb_hib")
    assert found.reason == ("DPT-HB-Hib 2 mulai 29-10-2024, paling cepat 28 hari sesudah DPT-HB-Hib (01-10-2024).")


def test_the_fourth_dpt_waits_twelve_months_after_a_late_third(plan: Plan) -> None:
    third = months(20)
    given = [dose("dpt_hb_hib", months(age)) for age in (2, 3)] + [dose("dpt_hb_hib", third)]
    found = item(child(), given, third, plan, "dpt_hb_hib")
    assert (found.state, found.number, found.earliest) == (NOT_YET, 4, months(32))
    assert item(child(), given, months(32) - days(1), plan, "dpt_hb_hib").state is NOT_YET
    assert item(child(), given, months(32), plan, "dpt_hb_hib").state is CATCH_UP


def test_the_fourth_dpt_that_finds_no_room_before_five(plan: Plan) -> None:
    given = [dose("dpt_hb_hib", months(age)) for age in (2, 3, 49)]
    found = item(child(), given, months(49), plan, "dpt_hb_hib")
    assert (found.state, found.earliest) == (TOO_LATE, None)
    assert found.reason == "DPT-HB-Hib lanjutan tidak boleh lagi: paling cepat 10-06-2029, batasnya 09-05-2029."


def test_mr2_six_months_after_a_late_mr1(plan: Plan) -> None:
    given = [dose("mr", months(20))]
    assert item(child(), given, months(20) + days(1), plan, "mr").earliest == months(26)
    assert item(child(), given, months(26) - days(1), plan, "mr").state is NOT_YET
    assert item(child(), given, months(26), plan, "mr").state is CATCH_UP


def test_rv3_that_cannot_be_in_time_is_told_before_its_limit(plan: Plan) -> None:
    given = [dose("rotavac", months(4)), dose("rotavac", months(6) + days(10))]
    found = item(child(), given, months(6) + days(12), plan, "rv")
    assert (found.number, found.state) == (3, TOO_LATE)
    assert "paling cepat" in found.reason


# --- PCV by the age at the start


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        (months(12) - days(1), 3),
        (months(12), 2),
        (months(13), 2),
        (months(24) - days(1), 2),
        (months(24), 1),
        (months(59), 1),
    ],
)
def test_pcv_doses_by_age_at_start(plan: Plan, start: date, wanted: int) -> None:
    given: list[Dose] = []
    today = start
    while (found := item(child(), given, today, plan, "pcv")).state is not COMPLETE:
        assert found.earliest is not None
        today = max(today, found.earliest)
        given.append(dose("pcv", today))
    assert len(given) == wanted


def test_pcv_begun_at_13_months_wants_8_weeks(plan: Plan) -> None:
    start = months(13)
    assert item(child(), [], start, plan, "pcv").state is CATCH_UP
    given = [dose("pcv", start)]
    assert item(child(), given, start + days(55), plan, "pcv").state is NOT_YET
    assert item(child(), given, start + days(56), plan, "pcv").state is CATCH_UP


def test_pcv3_eight_weeks_after_a_late_second(plan: Plan) -> None:
    second = months(11) + days(20)
    given = [dose("pcv", months(2)), dose("pcv", second)]
    assert item(child(), given, second, plan, "pcv").earliest == second + days(56)


def test_unstarted_pcv_is_late_since_its_first_time_in_every_schedule(plan: Plan) -> None:
    for age in (5, 13, 30):
        found = item(child(), [], months(age), plan, "pcv")
        assert (found.since, found.latest) == (months(3), months(60) - days(1))


# --- rotavirus products


def test_two_rotarix_complete_and_three_rotavac(plan: Plan) -> None:
    rotarix = [dose("rotarix", months(2)), dose("rotarix", months(3))]
    rotavac = [dose("rotavac", months(2)), dose("rotavac", months(3))]
    assert item(child(), rotarix, months(3), plan, "rv").state is COMPLETE
    found = item(child(), rotavac, months(3), plan, "rv")
    assert (found.number, found.vaccines) == (3, ("rotavac",))


def test_the_next_rotavirus_dose_is_of_the_same_product(plan: Plan) -> None:
    assert item(child(), [], months(2), plan, "rv").vaccines == ("rotavac", "rotarix")
    assert item(child(), [dose("rotarix", months(2))], months(3), plan, "rv").vaccines == ("rotarix",)


# --- live vaccines


def test_je_waits_four_weeks_after_mr(plan: Plan) -> None:
    endemic = child(areas=frozenset({"je_endemic"}))
    given = [dose("mr", months(10) - days(5))]
    found = item(endemic, given, months(10), plan, "je")
    assert (found.state, found.earliest) == (NOT_YET, months(10) + days(23))
    assert found.reason == "JE mulai 02-04-2025: vaksin hidup, 28 hari sesudah MR (05-03-2025)."
    assert item(endemic, given, months(10) + days(22), plan, "je").state is NOT_YET
    assert item(endemic, given, months(10) + days(23), plan, "je").state is ON_TIME


def test_on_the_same_day_both_live_vaccines_go(plan: Plan) -> None:
    endemic = child(areas=frozenset({"je_endemic"}))
    given = [dose("mr", months(10))]
    assert item(endemic, given, months(10), plan, "je").state is ON_TIME
    assert item(endemic, given, months(10) + days(1), plan, "je").state is NOT_YET


def test_the_same_day_does_not_help_where_another_live_dose_is_near(plan: Plan) -> None:
    endemic = child(areas=frozenset({"je_endemic"}))
    given = [dose("varicella", months(10) - days(8)), dose("mr", months(10))]
    assert item(endemic, given, months(10), plan, "je").earliest == months(10) + days(28)


@pytest.mark.parametrize("swallowed", ["opv", "rotavac"])
def test_swallowed_vaccines_need_no_distance(plan: Plan, swallowed: str) -> None:
    given = [dose(swallowed, months(9) - days(1))]
    assert item(child(), given, months(9), plan, "mr").state is ON_TIME


# --- who it concerns


def test_je_only_where_it_is_endemic(plan: Plan) -> None:
    assert "je" not in {row.series for row in due(child(), [], months(10), plan)}


def test_hpv_for_girls_only(plan: Plan) -> None:
    today = months(11 * 12)
    assert "hpv" not in {row.series for row in due(child(), [], today, plan)}
    assert item(child(sex=Sex.FEMALE), [], today, plan, "hpv").state is ON_TIME
    unknown = item(child(sex=Sex.UNKNOWN), [], today, plan, "hpv")
    assert (unknown.state, unknown.possible) == (NO_DATA, False)
    assert unknown.reason == "Jenis kelamin belum dicatat, HPV hanya untuk perempuan."


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (months(132) - days(1), NOT_YET),
        (months(132), ON_TIME),
        (months(144), CATCH_UP),
        (months(156) - days(1), CATCH_UP),
        (months(156), NOT_YET),
        (months(180) - days(1), NOT_YET),
        (months(180), CATCH_UP),
        (months(192) - days(1), CATCH_UP),
        (months(192), TOO_LATE),
    ],
)
def test_hpv_by_age(plan: Plan, day: date, state: DoseState) -> None:
    assert item(child(sex=Sex.FEMALE), [], day, plan, "hpv").state is state


def test_one_hpv_since_2025_completes_and_one_before_does_not(plan: Plan) -> None:
    girl = child(date(2013, 3, 1), sex=Sex.FEMALE)
    today = date(2026, 11, 21)
    assert item(girl, [dose("hpv", date(2025, 1, 1))], today, plan, "hpv").state is COMPLETE
    before = item(girl, [dose("hpv", date(2024, 12, 31))], today, plan, "hpv")
    assert (before.number, before.state) == (2, CATCH_UP)
    both = [dose("hpv", date(2024, 12, 31)), dose("hpv", date(2025, 3, 1))]
    assert item(girl, both, today, plan, "hpv").state is COMPLETE
    on_new_year = [dose("hpv", date(2024, 12, 1)), dose("hpv", date(2025, 1, 1))]
    assert item(girl, on_new_year, today, plan, "hpv").state is COMPLETE
    too_soon = [dose("hpv", date(2024, 8, 1)), dose("hpv", date(2024, 12, 31))]
    assert item(girl, too_soon, today, plan, "hpv").number == 2
    old = [dose("hpv", date(2022, 8, 10)), dose("hpv", date(2023, 8, 10))]
    assert item(girl, old, today, plan, "hpv").state is COMPLETE


# --- school


@pytest.mark.parametrize(
    ("today", "school_class", "series", "state"),
    [
        (date(2026, 7, 31), 1, "mr_school", NOT_YET),
        (date(2026, 8, 1), 1, "mr_school", ON_TIME),
        (date(2027, 6, 30), 1, "mr_school", ON_TIME),
        (date(2027, 7, 1), 2, "mr_school", CATCH_UP),
        (date(2032, 6, 30), 6, "mr_school", CATCH_UP),
        (date(2032, 7, 1), 7, "mr_school", TOO_LATE),
        (date(2026, 10, 31), 1, "td_school", NOT_YET),
        (date(2026, 11, 1), 1, "td_school", ON_TIME),
        (date(2027, 7, 1), 2, "td_school", CATCH_UP),
    ],
)
def test_school_series_by_class(plan: Plan, today: date, school_class: int, series: str, state: DoseState) -> None:
    pupil = child(date(2020, 3, 1), school_class=school_class)
    assert item(pupil, [], today, plan, series).state is state


def test_a_pupil_of_six_gets_it_with_the_class(plan: Plan) -> None:
    today = date(2026, 8, 20)
    born = date(2020, 6, 1)
    assert item(child(born, school_class=1), [], today, plan, "mr_school").state is ON_TIME
    assert item(child(born), [], today, plan, "mr_school").state is NOT_YET
    too_young = date(2020, 9, 1)
    assert item(child(too_young, school_class=1), [], today, plan, "mr_school").earliest == date(2026, 9, 1)


def test_td_follows_dt_after_a_year(plan: Plan) -> None:
    born = date(2018, 3, 1)
    given = [dose("dt", date(2025, 11, 20))]
    found = item(child(born), given, date(2026, 11, 19), plan, "td_school")
    assert (found.number, found.state, found.earliest) == (2, NOT_YET, date(2026, 11, 20))
    assert item(child(born), given, date(2026, 11, 20), plan, "td_school").state is ON_TIME
    both = [*given, dose("td", date(2026, 11, 20))]
    third = item(child(born), both, date(2027, 1, 1), plan, "td_school")
    assert (third.number, third.earliest, third.dose_label) == (3, date(2029, 3, 1), "Td kelas 5")


def test_school_class_does_not_touch_the_infants_series(plan: Plan) -> None:
    pupil = child(date(2020, 3, 1), school_class=1)
    assert item(pupil, [], date(2026, 8, 1), plan, "mr").state is TOO_LATE


# --- no data


def test_an_empty_history_is_not_late(plan: Plan) -> None:
    stranger = child(known_since=None)
    states = {row.series: row.state for row in due(stranger, [], months(9), plan)}
    assert states.pop("mr") is ON_TIME
    assert set(states.values()) == {NO_DATA}


def test_no_data_says_what_holds_if_it_was_never_given(plan: Plan) -> None:
    stranger = child(known_since=None)
    found = item(stranger, [], months(10), plan, "opv")
    assert found.reason == (
        "Belum ada catatan OPV. Lihat Buku KIA. Bila memang belum pernah: "
        "OPV1 terlambat sejak 10-07-2024, masih boleh sampai 09-05-2029."
    )
    assert found.possible
    assert not item(stranger, [], months(10), plan, "hb0").possible


def test_the_record_knows_what_comes_after_its_first_dose(plan: Plan) -> None:
    came_at_nine = child(known_since=None)
    given = [dose("mr", months(9))]
    assert item(came_at_nine, given, months(20), plan, "dpt_hb_hib").state is NO_DATA
    assert item(came_at_nine, given, months(20), plan, "mr").state is LATE
    started = [*given, dose("dpt_hb_hib", months(9))]
    assert item(came_at_nine, started, months(20), plan, "dpt_hb_hib").state is CATCH_UP


@pytest.mark.parametrize(("since", "state"), [(months(3) - days(1), LATE), (months(3), NO_DATA)])
def test_what_the_record_covers_begins_before_the_usual_time_ends(plan: Plan, since: date, state: DoseState) -> None:
    assert item(child(known_since=since), [], months(6), plan, "pcv").state is state


def test_told_from_memory_is_no_data(plan: Plan) -> None:
    told = [dose("mr", months(9), source=DoseSource.ORAL)]
    assert item(child(known_since=None), told, months(20), plan, "mr").state is NO_DATA


# --- contraindication, deferral, refusal


def test_contraindicated_for_good(plan: Plan) -> None:
    person = child(contraindications=(Contraindication(series="mr", reason="reaksi berat dosis 1"),))
    found = item(person, [], months(9), plan, "mr")
    assert (found.state, found.possible, found.earliest) == (CONTRAINDICATED, False, None)
    assert found.reason == "MR kontraindikasi: reaksi berat dosis 1."
    assert item(person, [], months(9), plan, "ipv").state is LATE
    assert item(person, usual("mr", 2), months(30), plan, "mr").state is COMPLETE
    assert item(person, [], months(60), plan, "mr").state is TOO_LATE


@pytest.mark.parametrize(("day", "state"), [(6, CONTRAINDICATED), (7, ON_TIME), (8, ON_TIME)])
def test_contraindicated_for_a_while(plan: Plan, day: int, state: DoseState) -> None:
    until = months(9) + days(7)
    person = child(contraindications=(Contraindication(series="mr", reason="sakit berat", until=until),))
    found = item(person, [], months(9) + days(day), plan, "mr")
    assert found.state is state
    assert found.earliest == (until if state is CONTRAINDICATED else months(9))


def test_live_vaccines_forbidden(plan: Plan) -> None:
    for person in (
        child(no_live="imunosupresi"),
        child(contraindications=(Contraindication(series=LIVE, reason="imunosupresi"),)),
    ):
        states = {row.series: row.state for row in due(person, [], months(4), plan)}
        forbidden = {series for series, state in states.items() if state is CONTRAINDICATED}
        assert forbidden == {"bcg", "opv", "rv", "mr"}


@pytest.mark.parametrize(("day", "state"), [(6, DEFERRED), (7, ON_TIME), (8, ON_TIME)])
def test_deferred_until_a_day(plan: Plan, day: int, state: DoseState) -> None:
    until = months(9) + days(7)
    person = child(deferrals=(Deferral(series=EVERYTHING, until=until, reason="demam"),))
    found = item(person, [], months(9) + days(day), plan, "mr")
    assert found.state is state
    if state is DEFERRED:
        assert found.reason == "MR1 ditunda sampai 17-02-2025: demam."
        assert (found.earliest, found.recommended) == (until, until)


def test_deferred_past_the_limit_offers_no_day(plan: Plan) -> None:
    person = child(deferrals=(Deferral(series="rv", until=months(7)),))
    found = item(person, usual("rv", 2), months(6), plan, "rv")
    assert (found.state, found.earliest) == (DEFERRED, None)
    assert found.reason.endswith("alasan belum dicatat.")


def test_a_deferral_across_the_first_birthday_leads_to_the_other_schedule(plan: Plan) -> None:
    until = months(12) + days(3)
    person = child(deferrals=(Deferral(series=EVERYTHING, until=until, reason="dirawat"),))
    found = item(person, [], months(12) - days(4), plan, "pcv")
    assert (found.state, found.earliest) == (DEFERRED, until)
    assert item(person, [], until, plan, "pcv").dose == "PCV1-12"


@pytest.mark.parametrize("held", [1, 40])
def test_what_is_not_due_yet_moves_to_the_end_of_a_deferral(plan: Plan, held: int) -> None:
    until = months(9) + days(held)
    today = months(9) - days(10)
    deferred = child(deferrals=(Deferral(series="mr", until=until),))
    contra = child(contraindications=(Contraindication(series="mr", until=until),))
    for person in (deferred, contra):
        found = item(person, [], today, plan, "mr")
        assert (found.state, found.earliest, found.recommended) == (NOT_YET, until, until)
        assert found.reason.startswith("MR1 mulai ")
    early = child(deferrals=(Deferral(series="mr", until=months(9) - days(5)),))
    assert item(early, [], today, plan, "mr").earliest == months(9)


def test_refused_until_a_later_dose(plan: Plan) -> None:
    person = child(refusals=(Refusal(series="dpt_hb_hib", on=months(2), reason="takut demam"),))
    found = item(person, [], months(2), plan, "dpt_hb_hib")
    assert (found.state, found.possible) == (REFUSED, False)
    assert found.reason == "DPT-HB-Hib 1 ditolak 10-07-2024: takut demam."
    given = [dose("dpt_hb_hib", months(3))]
    assert item(person, given, months(5), plan, "dpt_hb_hib").state is LATE
    assert item(person, [], months(1), plan, "dpt_hb_hib").state is NOT_YET
    same_day = [dose("dpt_hb_hib", months(2))]
    assert item(person, same_day, months(3), plan, "dpt_hb_hib").state is ON_TIME


# --- births not known to the day


@pytest.mark.parametrize(
    ("precision", "today", "state", "uncertain"),
    [
        (Precision.MONTH, date(2025, 1, 31), NOT_YET, False),
        (Precision.MONTH, date(2025, 2, 1), NOT_YET, True),
        (Precision.MONTH, date(2025, 2, 28), NOT_YET, True),
        (Precision.MONTH, date(2025, 3, 1), ON_TIME, True),
        (Precision.MONTH, date(2025, 4, 1), LATE, False),
        (Precision.DAY, date(2025, 2, 1), ON_TIME, False),
    ],
)
def test_the_youngest_age_decides_and_doubt_is_told(
    plan: Plan, precision: Precision, today: date, state: DoseState, uncertain: bool
) -> None:
    born = date(2024, 5, 1)
    person = child(born, born_precision=precision)
    # Born in May 2024, on the 31st at the latest: nine months old on 1 March (there is no 31 February).
    found = item(person, [], today, plan, "mr")
    assert (found.state, found.uncertain) == (state, uncertain)
    assert ("Mei 2024" in found.reason) is uncertain


def test_a_year_of_birth_alone_is_never_too_early(plan: Plan) -> None:
    person = child(date(2024, 1, 1), born_precision=Precision.YEAR)
    found = item(person, [], date(2025, 2, 1), plan, "mr")
    assert (found.state, found.uncertain) == (NOT_YET, True)
    assert found.earliest == months(9, date(2024, 12, 31))


def test_a_newborn_known_by_month_only_is_on_the_list(plan: Plan) -> None:
    person = child(date(2026, 11, 1), born_precision=Precision.MONTH)
    found = item(person, [], date(2026, 11, 21), plan, "hb0")
    assert (found.state, found.uncertain) == (ON_TIME, True)
    assert found.reason.endswith("Tanggal lahir belum pasti (Nov 2026): bisa juga tidak boleh lagi. Tanyakan.")


def test_born_early_or_not_the_age_is_from_birth(plan: Plan) -> None:
    """A twin born eight weeks too early is offered at two months after birth, not after the expected day."""
    expected_birth = BORN + days(56)
    found = item(child(), [], BORN, plan, "dpt_hb_hib")
    assert found.earliest == months(2)
    assert found.earliest < months(2, expected_birth)


def test_twins_each_have_their_own_list(plan: Plan) -> None:
    first, second = child(), child()
    given = usual_until(months(9))
    assert due(first, given, months(9), plan) != due(second, [], months(9), plan)
    assert due(second, given, months(9), plan) == due(first, given, months(9), plan)


def test_another_schedule_for_a_child_begun_under_it(plan: Plan) -> None:
    """Started before 12 months, the next one at 25 months: the infants' schedule goes on, it is not begun anew."""
    given = [dose("pcv", months(11))]
    found = item(child(), given, months(25), plan, "pcv")
    assert (found.number, found.state, found.dose) == (2, CATCH_UP, "PCV2")
