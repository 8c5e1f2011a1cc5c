"""Which doses count, as which, and the reason in words where one does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ilp_desk.domain.immunization import (
    Dose,
    DoseSource,
    DoseState,
    Judged,
    Plan,
    Reason,
    Recipient,
    history,
    milestones,
    next_visit,
    visit_plan,
)
from ilp_desk.domain.immunization.due import due
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference, load
from resources import names, read
from tests.domain.vaccinating import BORN, child, days, dose, item, months, usual, usual_until

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def plan(reference: Reference) -> Plan:
    return Plan(reference.immunizations, TODAY)


def judge(plan: Plan, *doses: Dose, recipient: Recipient | None = None, today: date = TODAY) -> list[Judged]:
    return list(history(recipient or child(), doses, today, plan))


def last(plan: Plan, *doses: Dose, **more: Any) -> Judged:
    return judge(plan, *doses, **more)[-1]


def test_a_counted_dose_says_which_it_is(plan: Plan) -> None:
    found = last(plan, *usual("opv", 3))
    assert (found.counted, found.series, found.number, found.label) == (True, "opv", 3, "OPV3")
    assert found.words == "Dihitung sebagai OPV3."
    assert found.timing is DoseState.ON_TIME


# --- hours and ages


@pytest.mark.parametrize(
    ("on", "hours", "timing"),
    [
        (BORN, 6, DoseState.ON_TIME),
        (BORN, None, DoseState.ON_TIME),
        (BORN + days(1), 23, DoseState.ON_TIME),
        (BORN + days(1), 24, DoseState.LATE),
        (BORN + days(1), 25, DoseState.LATE),
        (BORN + days(1), None, DoseState.LATE),
        (BORN + days(6), 150, DoseState.LATE),
    ],
)
def test_hb0_by_the_hour(plan: Plan, on: date, hours: int | None, timing: DoseState) -> None:
    found = last(plan, dose("hb0", on, age_hours=hours))
    assert found.counted
    assert found.timing is timing


def test_hb0_on_the_seventh_day_is_no_hb0(plan: Plan) -> None:
    found = last(plan, dose("hb0", BORN + days(7)))
    assert found.reason is Reason.TOO_OLD
    assert found.words == "Tidak dihitung: HB0 hanya sebelum umur 7 hari."


@pytest.mark.parametrize(("on", "timing"), [(months(12) - days(1), DoseState.LATE), (months(12), None)])
def test_bcg_at_eleven_months_and_at_twelve(plan: Plan, on: date, timing: DoseState | None) -> None:
    """What was given too late still counts; it was only not to be offered any more."""
    found = last(plan, dose("bcg", on))
    assert found.counted
    assert found.timing is timing


@pytest.mark.parametrize(
    ("code", "youngest"),
    [
        ("dpt_hb_hib", BORN + days(42)),
        ("pcv", BORN + days(42)),
        ("rotavac", BORN + days(42)),
        ("ipv", BORN + days(98)),
        ("mr", months(9)),
        ("je", months(10)),
        ("dt", months(72)),
    ],
)
def test_too_young_by_one_day(plan: Plan, code: str, youngest: date) -> None:
    endemic = child(date(2024, 5, 10), areas=frozenset({"je_endemic"}))
    late = date(2031, 1, 1)
    assert last(plan, dose(code, youngest), recipient=endemic, today=late).counted
    found = last(plan, dose(code, youngest - days(1)), recipient=endemic, today=late)
    assert found.reason is Reason.TOO_YOUNG
    assert "terlalu muda 1 hari, paling cepat " in found.words


def test_rv1_at_five_months_counts_though_it_is_not_offered(plan: Plan) -> None:
    assert item(child(), [], months(5), plan, "rv").state is DoseState.TOO_LATE
    assert last(plan, dose("rotavac", months(5))).counted


# --- intervals


@pytest.mark.parametrize(("gap", "counted"), [(23, False), (27, False), (28, True), (29, True)])
def test_the_second_dpt_after_28_days(plan: Plan, gap: int, counted: bool) -> None:
    found = last(plan, dose("dpt_hb_hib", months(2)), dose("dpt_hb_hib", months(2) + days(gap)))
    assert found.counted is counted
    if not counted:
        assert found.words == (
            f"Tidak dihitung sebagai DPT-HB-Hib 2: jarak {gap} hari, kurang {28 - gap} hari, paling cepat 07-08-2024."
        )


def test_the_interval_runs_from_the_last_dose_that_counted(plan: Plan) -> None:
    first, early, third = months(2), months(2) + days(23), months(2) + days(32)
    found = judge(plan, *(dose("dpt_hb_hib", day) for day in (first, early, third)))
    assert [(row.reason, row.number) for row in found] == [
        (Reason.COUNTED, 1),
        (Reason.TOO_SOON, 2),
        (Reason.COUNTED, 2),
    ]


@pytest.mark.parametrize(("day", "counted"), [(months(32) - days(1), False), (months(32), True)])
def test_dpt4_twelve_months_after_dose_three(plan: Plan, day: date, counted: bool) -> None:
    given = [dose("dpt_hb_hib", months(age)) for age in (2, 3, 20)]
    assert last(plan, *given, dose("dpt_hb_hib", day), today=months(60)).counted is counted


@pytest.mark.parametrize(("on", "reason"), [(17, Reason.TOO_YOUNG), (18, Reason.COUNTED)])
def test_mr2_not_before_eighteen_months(plan: Plan, on: int, reason: Reason) -> None:
    assert last(plan, *usual("mr", 1), dose("mr", months(on))).reason is reason


def test_mr2_six_months_after_mr1(plan: Plan) -> None:
    late = dose("mr", months(20))
    assert last(plan, late, dose("mr", months(26) - days(1))).reason is Reason.TOO_SOON
    assert last(plan, late, dose("mr", months(26))).counted


def test_grace_days_are_a_setting(plan: Plan) -> None:
    raw = {name: read(name) for name in names()}
    raw["immunizations"]["rules"]["grace_days"] = 4
    lenient = Plan(load(raw).immunizations, TODAY)
    pair = dose("dpt_hb_hib", BORN + days(38)), dose("dpt_hb_hib", BORN + days(66))
    assert [row.counted for row in judge(lenient, *pair)] == [True, True]
    assert [row.counted for row in judge(plan, *pair)] == [False, True]
    assert last(lenient, dose("dpt_hb_hib", BORN + days(37))).reason is Reason.TOO_YOUNG
    near = dose("dpt_hb_hib", BORN + days(60)), dose("dpt_hb_hib", BORN + days(83))
    assert last(lenient, *near).reason is Reason.TOO_SOON


# --- live vaccines


@pytest.mark.parametrize(("gap", "reason"), [(0, Reason.COUNTED), (1, Reason.LIVE_GAP), (27, Reason.LIVE_GAP)])
def test_two_live_injections(plan: Plan, gap: int, reason: Reason) -> None:
    endemic = child(areas=frozenset({"je_endemic"}))
    given = dose("mr", months(10)), dose("je", months(10) + days(gap))
    found = {row.series: row for row in judge(plan, *given, recipient=endemic)}["je"]
    assert found.reason is reason
    if gap == 27:
        assert found.words == "Tidak dihitung: 27 hari sesudah MR. Vaksin hidup: hari yang sama atau jarak 28 hari."


def test_28_days_are_enough_and_swallowed_ones_do_not_matter(plan: Plan) -> None:
    assert last(plan, dose("varicella", months(9)), dose("mr", months(9) + days(28))).counted
    assert last(plan, dose("opv", months(9)), dose("mr", months(9) + days(3))).counted
    assert last(plan, dose("mr", months(9)), dose("ipv", months(9) + days(3))).counted
    assert last(plan, dose("varicella", months(9), void=True), dose("mr", months(9) + days(3))).counted


# --- products


@pytest.mark.parametrize("code", ["mr", "mmr"])
def test_mmr_counts_as_mr(plan: Plan, code: str) -> None:
    assert (last(plan, dose(code, months(9))).series, last(plan, dose(code, months(9))).counted) == ("mr", True)
    older = child(date(2019, 5, 1))
    found = last(plan, dose(code, date(2026, 8, 10)), recipient=older)
    assert (found.series, found.label) == ("mr_school", "MR kelas 1")


def test_hexavalent_counts_for_both_series(plan: Plan) -> None:
    found = judge(plan, dose("hexavalent", months(2)))
    assert {(row.series, row.counted) for row in found} == {("dpt_hb_hib", True), ("ipv", True)}
    assert last(plan, dose("ipv", months(2))).reason is Reason.TOO_YOUNG
    three = judge(plan, *(dose("hexavalent", months(age)) for age in (2, 3, 4)))
    assert [row.number for row in three if row.series == "dpt_hb_hib" and row.counted] == [1, 2, 3]
    assert item(child(), [row.dose for row in three if row.series == "ipv"], months(5), plan, "ipv").number == 2


def test_brands_of_rotavirus_are_not_mixed(plan: Plan) -> None:
    found = last(plan, dose("rotarix", months(2)), dose("rotavac", months(3)))
    assert found.reason is Reason.OTHER_BRAND
    assert found.words == "Tidak dihitung: seri dimulai dengan Rotarix, merek jangan dicampur."
    assert last(plan, dose("rv", months(2)), dose("rotavac", months(3))).counted


def test_more_than_the_series_wants_is_extra(plan: Plan) -> None:
    found = last(plan, *usual("ipv", 2), dose("ipv", months(12)))
    assert (found.reason, found.words) == (Reason.EXTRA, "Dosis tambahan: IPV sudah lengkap.")


def test_a_campaign_dose_is_kept_as_extra(plan: Plan) -> None:
    found = last(plan, *usual("mr", 1), dose("mr", months(20), campaign=True))
    assert (found.reason, found.counted) == (Reason.CAMPAIGN, False)
    given = [*usual("mr", 1), dose("mr", months(20), campaign=True)]
    waits = item(child(), given, months(20) + days(1), plan, "mr")
    assert (waits.state, waits.number, waits.earliest) == (DoseState.NOT_YET, 2, months(20) + days(28))


# --- what does not count


@pytest.mark.parametrize(
    ("one", "reason", "words"),
    [
        (dose("mr", months(9), void=True), Reason.VOID, "Tidak dihitung: catatan dibatalkan."),
        (
            dose("mr", months(9), source=DoseSource.ORAL),
            Reason.ORAL,
            "Tidak dihitung: riwayat lisan. Minta Buku KIA atau catatannya.",
        ),
        (
            dose("mr", BORN - days(1)),
            Reason.BEFORE_BIRTH,
            "Tidak dihitung: tanggalnya sebelum lahir (10-05-2024). Periksa tanggalnya.",
        ),
        (
            dose("mr", TODAY + days(1)),
            Reason.IN_FUTURE,
            "Tidak dihitung: tanggalnya belum lewat. Periksa tanggalnya.",
        ),
        (dose("cacar", months(9)), Reason.UNKNOWN_VACCINE, "Tidak dihitung: vaksin cacar tidak dikenal."),
        (dose("varicella", months(12)), Reason.NO_SERIES, "Dicatat; tidak masuk seri imunisasi anak."),
    ],
)
def test_what_does_not_count_says_why(plan: Plan, one: Dose, reason: Reason, words: str) -> None:
    found = last(plan, one)
    assert (found.reason, found.words, found.counted, found.timing) == (reason, words, False, None)


@pytest.mark.parametrize("source", [DoseSource.HERE, DoseSource.DOCUMENTED, DoseSource.IMPORT])
def test_what_is_documented_counts_wherever_it_was_given(plan: Plan, source: DoseSource) -> None:
    assert last(plan, dose("mr", months(9), source=source)).counted


def test_the_same_dose_twice_on_one_day(plan: Plan) -> None:
    here = dose("mr", months(9), uid="a")
    there = dose("mr", months(9), source=DoseSource.DOCUMENTED, uid="b")
    found = judge(plan, here, there)
    assert found == judge(plan, there, here)
    assert [(row.dose.uid, row.reason) for row in found] == [("a", Reason.COUNTED), ("b", Reason.SAME_DAY)]
    assert found[-1].words == "Tidak dihitung: sudah ada MR pada hari yang sama."


# --- dates known in part


def test_a_month_counts_where_some_day_of_it_would(plan: Plan) -> None:
    march = dose("mr", date(2025, 2, 1), precision=Precision.MONTH)
    assert last(plan, march).counted
    before = dose("mr", date(2025, 1, 1), precision=Precision.MONTH)
    assert last(plan, before).reason is Reason.TOO_YOUNG


def test_three_doses_of_one_year_are_no_duplicates(plan: Plan) -> None:
    three = [dose("dpt_hb_hib", date(2024, 1, 1), precision=Precision.YEAR, uid=uid) for uid in "abc"]
    assert [row.number for row in judge(plan, *three)] == [1, 2, 3]
    four = [*three, dose("dpt_hb_hib", date(2024, 1, 1), precision=Precision.YEAR, uid="d")]
    assert last(plan, *four).reason is Reason.TOO_YOUNG


def test_the_next_dose_is_reckoned_from_the_last_possible_day(plan: Plan) -> None:
    july = dose("dpt_hb_hib", date(2024, 7, 1), precision=Precision.MONTH)
    assert item(child(), [july], date(2024, 9, 1), plan, "dpt_hb_hib").earliest == date(2024, 8, 28)
    this_month = item(child(), [july], date(2024, 7, 12), plan, "dpt_hb_hib")
    assert this_month.earliest == months(3)


# --- IDL and IBL


def status(plan: Plan, code: str, doses: list[Dose], today: date = TODAY, **facts: Any) -> Any:
    return {row.code: row for row in milestones(child(**facts), doses, today, plan)}[code]


def test_idl_and_ibl_with_the_day_they_were_reached(plan: Plan) -> None:
    given = usual_until(months(24))
    idl = status(plan, "idl", given)
    assert (idl.reached_on, idl.in_time, idl.words) == (months(9), True, "IDL tercapai 10-02-2025.")
    ibl = status(plan, "ibl", given)
    assert (ibl.reached_on, ibl.in_time, ibl.missing) == (months(18), True, ())


@pytest.mark.parametrize(("day", "in_time"), [(months(12) - days(1), True), (months(12), False)])
def test_idl_before_the_first_birthday(plan: Plan, day: date, in_time: bool) -> None:
    given = [one for one in usual_until(months(9)) if one.code != "mr"]
    idl = status(plan, "idl", [*given, dose("mr", day)])
    assert (idl.reached_on, idl.in_time) == (day, in_time)
    if not in_time:
        assert idl.words == "IDL tercapai 10-05-2025, sesudah umur 1 tahun."


def test_what_is_missing_and_what_can_never_come(plan: Plan) -> None:
    given = [one for one in usual_until(months(9)) if one.code != "mr"]
    assert status(plan, "idl", given, months(10)).words == "IDL belum: MR1."
    without_rv3 = [one for one in given if one.code != "rv"] + usual("rv", 2)
    lost = status(plan, "idl", without_rv3, months(10))
    assert (lost.impossible, lost.missing, lost.words) == (True, ("RV3", "MR1"), "IDL belum: RV3 tidak bisa dikejar.")


def test_two_rotarix_are_enough_for_idl(plan: Plan) -> None:
    given = [one for one in usual_until(months(9)) if one.code != "rv"]
    given += [dose("rotarix", months(2)), dose("rotarix", months(3))]
    assert status(plan, "idl", given).in_time


def test_one_pcv_after_two_years_completes_the_series_on_its_day(plan: Plan) -> None:
    given = [one for one in usual_until(months(24)) if one.code != "pcv"] + [dose("pcv", months(24))]
    ibl = status(plan, "ibl", given)
    assert (ibl.reached_on, ibl.in_time) == (months(24), False)


@pytest.mark.parametrize(("born", "reached"), [(date(2024, 12, 31), True), (date(2025, 1, 1), False)])
def test_ipv2_belongs_to_idl_for_those_one_year_old_from_2026(plan: Plan, born: date, reached: bool) -> None:
    given = [one for one in usual_until(months(12, born), born) if one.code != "ipv"] + usual("ipv", 1, born)
    (idl, _) = milestones(child(born), given, TODAY, plan)
    assert (idl.reached_on is not None) is reached


def test_ibl_wants_je_where_it_is_endemic(plan: Plan) -> None:
    given = usual_until(months(24))
    assert status(plan, "ibl", given, areas=frozenset({"je_endemic"})).missing == ("JE",)


# --- the mother's hand, and one visit


def test_the_next_day_for_the_mothers_hand(plan: Plan) -> None:
    given = usual_until(months(14))
    found = next_visit(due(child(), given, months(14), plan), months(14))
    assert found is not None
    assert (found.on, found.doses) == (months(18), ("DPT-HB-Hib lanjutan", "MR2"))
    newborn = next_visit(due(child(), usual("hb0", 1), BORN, plan), BORN)
    assert newborn is not None
    assert (newborn.on, newborn.doses) == (months(1), ("BCG", "OPV1"))
    done = usual_until(months(60))
    toddler = next_visit(due(child(), done, months(59), plan), months(59))
    assert toddler is None


def test_one_visit_swallowed_first_mr_last_each_at_its_own_site(plan: Plan) -> None:
    items = due(child(), usual_until(months(1)), months(4), plan)
    shots = visit_plan(items, plan)
    assert [shot.vaccine for shot in shots] == ["opv", "rotavac", "ipv", "dpt_hb_hib", "pcv"]
    sites = [shot.site for shot in shots if shot.route != "oral"]
    assert len(set(sites)) == len(sites) == 3
    at_nine = visit_plan(due(child(sex=Sex.MALE), [], months(9), plan), plan)
    assert at_nine[-1].vaccine == "mr"
    assert (at_nine[-1].route, at_nine[-1].amount) == ("SC", "0,5 ml")
