"""Where somebody is sent, with the reason that is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.routing import Routing, RoutingFacts, route

TODAY = date(2026, 11, 21)
WOMAN = date(1999, 2, 3)


def woman(**facts: object) -> RoutingFacts:
    return RoutingFacts(**{"sex": Sex.FEMALE, "born_on": WOMAN, **facts})  # type: ignore[arg-type]


def where(routing: Routing) -> tuple[str, str]:
    return routing.cluster, routing.service_point


def test_pregnant_with_weeks_and_hpht(reference: Reference) -> None:
    routing = route(woman(lmp=date(2026, 5, 9)), TODAY, reference)
    assert routing.reason == "Klaster 2, karena hamil 28 minggu (HPHT 09-05-2026)."
    assert where(routing) == ("ibu_anak", "kia")
    assert routing.rule_code == "R04-PREGNANT"
    assert routing.reference_version == reference.routing.header.version
    assert routing.uncertain is None
    assert (routing.priority.rank(mixed=True), routing.priority.rank(mixed=False)) == (2, 3)
    assert routing.priority.words == "Ibu hamil"


@pytest.mark.parametrize("born", [date(2010, 6, 1), date(1974, 1, 1), date(1960, 1, 1)])
def test_pregnant_at_any_age(reference: Reference, born: date) -> None:
    assert where(route(woman(born_on=born, lmp=date(2026, 9, 1)), TODAY, reference)) == ("ibu_anak", "kia")


def test_pregnant_without_hpht(reference: Reference) -> None:
    assert route(woman(pregnant=True), TODAY, reference).reason == "Klaster 2, karena hamil (HPHT belum dicatat)."


@pytest.mark.parametrize(("days", "pregnant"), [(0, True), (307, True), (308, True), (309, False), (600, False)])
def test_a_pregnancy_counts_until_44_weeks(reference: Reference, days: int, pregnant: bool) -> None:
    routing = route(woman(lmp=TODAY - timedelta(days=days)), TODAY, reference)
    assert (routing.service_point == "kia") is pregnant
    assert (routing.uncertain is None) is pregnant


def test_too_long_a_pregnancy_is_asked_about(reference: Reference) -> None:
    asked = route(woman(lmp=TODAY - timedelta(days=315)), TODAY, reference).uncertain
    assert asked == ("Tercatat hamil dengan HPHT 10-01-2026, sudah 45 minggu. Tanyakan apakah sudah melahirkan.")


def test_hpht_in_the_future_is_asked_about_and_not_counted(reference: Reference) -> None:
    routing = route(woman(lmp=TODAY + timedelta(days=1)), TODAY, reference)
    assert routing.service_point == "kia"
    assert routing.reason == "Klaster 2, karena hamil (HPHT belum dicatat)."
    assert routing.uncertain == "HPHT 22-11-2026 belum lewat. Perbaiki HPHT."


@pytest.mark.parametrize(("days", "postpartum"), [(0, True), (42, True), (43, False)])
def test_postpartum_is_42_days(reference: Reference, days: int, postpartum: bool) -> None:
    routing = route(woman(delivered_on=TODAY - timedelta(days=days)), TODAY, reference)
    assert where(routing) == (("ibu_anak", "kia") if postpartum else ("usia_produktif", "dewasa"))


def test_postpartum_in_words(reference: Reference) -> None:
    routing = route(woman(delivered_on=date(2026, 11, 12)), TODAY, reference)
    assert routing.reason == "Klaster 2, karena nifas hari ke-9 (melahirkan 12-11-2026)."
    assert routing.priority.groups == ("postpartum",)


def test_a_birth_in_the_future_is_no_puerperium(reference: Reference) -> None:
    assert where(route(woman(delivered_on=TODAY + timedelta(days=1)), TODAY, reference))[1] == "dewasa"


def test_a_man_is_not_pregnant(reference: Reference) -> None:
    routing = route(woman(sex=Sex.MALE, lmp=date(2026, 9, 1)), TODAY, reference)
    assert routing.service_point == "dewasa"
    assert routing.uncertain == "Tercatat hamil, tetapi jenis kelamin laki-laki. Periksa datanya."


@pytest.mark.parametrize(
    ("born", "reason", "expected"),
    [
        (date(2026, 11, 21), "sick", ("ibu_anak", "mtbs", "R16-YOUNG-INFANT")),
        (date(2026, 9, 22), "sick", ("ibu_anak", "mtbs", "R16-YOUNG-INFANT")),
        (date(2026, 9, 21), "sick", ("ibu_anak", "mtbs", "R17-UNDER-FIVE")),
        (date(2021, 11, 22), "sick", ("ibu_anak", "mtbs", "R17-UNDER-FIVE")),
        (date(2021, 11, 22), "referral_in", ("ibu_anak", "mtbs", "R17-UNDER-FIVE")),
        (date(2021, 11, 21), "sick", ("ibu_anak", "remaja", "R19-UNDER-18")),
        (date(2021, 11, 22), "healthy", ("ibu_anak", "kia", "R18-CHILD-WELL")),
        (date(2020, 11, 22), "healthy", ("ibu_anak", "kia", "R18-CHILD-WELL")),
        (date(2020, 11, 21), "healthy", ("ibu_anak", "remaja", "R19-UNDER-18")),
        (date(2008, 11, 22), "sick", ("ibu_anak", "remaja", "R19-UNDER-18")),
        (date(2008, 11, 21), "sick", ("usia_produktif", "dewasa", "R21-ADULT")),
        (date(1966, 11, 22), "sick", ("usia_produktif", "dewasa", "R21-ADULT")),
        (date(1966, 11, 21), "sick", ("lansia", "lansia", "R20-ELDERLY")),
        (date(1904, 1, 1), "sick", ("lansia", "lansia", "R20-ELDERLY")),
    ],
)
def test_age_exact_to_the_day(reference: Reference, born: date, reason: str, expected: tuple[str, str, str]) -> None:
    routing = route(RoutingFacts(born_on=born, reason=reason), TODAY, reference)
    assert (routing.cluster, routing.service_point, routing.rule_code) == expected
    assert routing.uncertain is None


def test_born_on_29_february_comes_of_age_on_1_march(reference: Reference) -> None:
    facts = RoutingFacts(born_on=date(2008, 2, 29))
    assert route(facts, date(2026, 2, 28), reference).cluster == "ibu_anak"
    assert route(facts, date(2026, 3, 1), reference).cluster == "usia_produktif"


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (WOMAN, "Klaster 3, karena umur 27 th 9 bln (usia produktif, 18 sampai 59 tahun)."),
        (date(2026, 11, 15), "Klaster 2, karena bayi muda sakit, umur 6 hr (MTBM, di bawah 2 bulan)."),
        (date(2026, 2, 14), "Klaster 2, karena balita sakit, umur 9 bln 7 hr (MTBS, di bawah 5 tahun)."),
        (date(1956, 11, 21), "Klaster 3, karena umur 70 th (lansia, 60 tahun ke atas)."),
    ],
)
def test_age_in_words(reference: Reference, born: date, words: str) -> None:
    assert route(RoutingFacts(born_on=born), TODAY, reference).reason == words


def test_an_age_not_known_to_the_day_is_said_to_be_about(reference: Reference) -> None:
    facts = RoutingFacts(born_on=date(1956, 1, 1), born_precision=Precision.YEAR)
    assert route(facts, TODAY, reference).reason == "Klaster 3, karena umur ± 70 th (lansia, 60 tahun ke atas)."


def test_nobody_knows_the_age(reference: Reference) -> None:
    assert "karena umur belum diketahui" in route(RoutingFacts(), TODAY, reference).reason


@pytest.mark.parametrize(
    ("born", "precision", "asked"),
    [
        (date(1966, 1, 1), Precision.YEAR, "(1966): bisa juga ke Poli Dewasa"),
        (date(1965, 1, 1), Precision.YEAR, None),
        (date(1967, 1, 1), Precision.YEAR, None),
        (date(1966, 11, 1), Precision.MONTH, "(Nov 1966): bisa juga ke Poli Dewasa"),
        (date(1966, 10, 1), Precision.MONTH, None),
        (date(2008, 1, 1), Precision.YEAR, "(2008): bisa juga ke Poli Anak & Remaja"),
        (date(1967, 3, 1), Precision.ESTIMATED, "(sekitar 1967): bisa juga ke Poli Lansia"),
        (date(1990, 1, 1), Precision.ESTIMATED, None),
        (date(2026, 11, 1), Precision.MONTH, None),
    ],
)
def test_an_uncertain_birth_date_near_a_boundary_says_so(
    reference: Reference, born: date, precision: Precision, asked: str | None
) -> None:
    uncertain = route(RoutingFacts(born_on=born, born_precision=precision), TODAY, reference).uncertain
    if asked is None:
        assert uncertain is None
    else:
        assert uncertain == f"Tanggal lahir belum pasti {asked}. Tanyakan umurnya."


def test_an_uncertain_birth_date_does_not_matter_to_a_pregnant_woman(reference: Reference) -> None:
    facts = woman(born_on=date(2008, 1, 1), born_precision=Precision.YEAR, lmp=date(2026, 9, 1))
    assert route(facts, TODAY, reference).uncertain is None


def test_no_birth_date_counts_as_adult_and_is_asked(reference: Reference) -> None:
    routing = route(RoutingFacts(), TODAY, reference)
    assert where(routing) == ("usia_produktif", "dewasa")
    assert routing.uncertain == "Tanggal lahir belum ada, jadi dianggap dewasa. Tanyakan umurnya."


def test_a_birth_date_in_the_future_is_asked(reference: Reference) -> None:
    routing = route(RoutingFacts(born_on=date(2027, 1, 1)), TODAY, reference)
    assert routing.cluster == "usia_produktif"
    assert routing.uncertain
    assert "01-01-2027 belum lewat" in routing.uncertain


def test_emergency_goes_before_everything(reference: Reference) -> None:
    routing = route(woman(lmp=date(2026, 5, 9), infection=True, danger_sign="seizure"), TODAY, reference)
    assert where(routing) == ("lintas_klaster", "gawat_darurat")
    assert routing.home_cluster == "ibu_anak"
    assert routing.priority.mixed == routing.priority.inside == 0
    assert routing.reason == (
        "Lintas Klaster, karena gawat darurat: kejang. "
        "Antar langsung ke Gawat Darurat & Tindakan, tanpa antre; pendaftaran dilengkapi kemudian."
    )


def test_emergency_without_saying_which_and_without_a_birth_date(reference: Reference) -> None:
    routing = route(RoutingFacts(emergency=True), TODAY, reference)
    assert routing.service_point == "gawat_darurat"
    assert "tanda bahaya terlihat" in routing.reason


def test_labour_goes_to_the_delivery_room(reference: Reference) -> None:
    routing = route(woman(lmp=date(2026, 2, 20), danger_sign="labour"), TODAY, reference)
    assert where(routing) == ("ibu_anak", "bersalin")
    assert routing.priority.mixed == 0


def test_a_yellow_sign_is_urgent_in_ones_own_cluster(reference: Reference) -> None:
    routing = route(RoutingFacts(born_on=date(1980, 1, 1), danger_sign="rabies_bite"), TODAY, reference)
    assert where(routing) == ("usia_produktif", "dewasa")
    assert (routing.priority.mixed, routing.priority.words) == (1, "Segera")


def test_suspicion_of_infection_goes_before_pregnancy(reference: Reference) -> None:
    routing = route(woman(lmp=date(2026, 5, 9), infection_sign="chronic_cough"), TODAY, reference)
    assert where(routing) == ("klaster_4", "infeksius")
    assert routing.home_cluster == "ibu_anak"
    assert routing.reason == "Klaster 4, karena batuk 2 minggu atau lebih. Beri masker, tunggu di tempat terpisah."
    assert "dicurigai" in route(RoutingFacts(infection=True), TODAY, reference).reason


@pytest.mark.parametrize(
    ("service", "point", "home"),
    [
        ("dental", "gigi", "lansia"),
        ("laboratory", "lab", "lansia"),
        ("pharmacy", "farmasi", "lansia"),
        ("immunization", "imunisasi", "lansia"),
        ("family_planning", "kia", "lansia"),
        ("cervical_screening", "dewasa", "lansia"),
        ("premarital", "dewasa", "lansia"),
        ("tb_care", "infeksius", "lansia"),
        ("certificate", "lansia", "lansia"),
    ],
)
def test_service_only(reference: Reference, service: str, point: str, home: str) -> None:
    routing = route(woman(born_on=date(1950, 1, 1), reason="service_only", service=service), TODAY, reference)
    assert (routing.service_point, routing.home_cluster) == (point, home)


def test_pregnancy_goes_before_a_wish_for_one_service(reference: Reference) -> None:
    facts = woman(lmp=date(2026, 5, 9), reason="service_only", service="dental")
    assert route(facts, TODAY, reference).service_point == "kia"


def test_sensitive_services_are_not_named(reference: Reference) -> None:
    for service in ("family_planning", "tb_care", "sti_hiv_care", "cervical_screening"):
        reason = route(woman(reason="service_only", service=service), TODAY, reference).reason
        assert reference.visit.services[service].label not in reason


def test_a_site_without_the_service_point_uses_the_next_best(reference: Reference) -> None:
    points = {"kia": "Poli KIA", "mtbs": "MTBS anak sakit", "dewasa": "Usia Produktif"}
    school_child = RoutingFacts(born_on=date(2016, 1, 1))
    assert route(school_child, TODAY, reference, points).service_point == "mtbs"
    assert route(RoutingFacts(born_on=date(1950, 1, 1)), TODAY, reference, points).service_point == "dewasa"
    year = RoutingFacts(born_on=date(2008, 1, 1), born_precision=Precision.YEAR)
    asked = route(year, TODAY, reference, points).uncertain
    assert asked
    assert "MTBS anak sakit" in asked


@pytest.mark.parametrize(
    ("facts", "mixed", "inside"),
    [
        (RoutingFacts(born_on=date(1990, 1, 1)), 3, 3),
        (RoutingFacts(born_on=date(1990, 1, 1), late=True), 4, 4),
        (RoutingFacts(born_on=date(1990, 1, 1), disability=True), 2, 2),
        (RoutingFacts(born_on=date(1966, 11, 22)), 3, 3),
        (RoutingFacts(born_on=date(1966, 11, 21)), 2, 3),
        (RoutingFacts(born_on=date(1956, 11, 22)), 2, 3),
        (RoutingFacts(born_on=date(1956, 11, 21)), 2, 2),
        (RoutingFacts(born_on=date(2025, 11, 22)), 2, 2),
        (RoutingFacts(born_on=date(2025, 11, 21)), 2, 3),
        (RoutingFacts(born_on=date(2025, 11, 22), reason="healthy"), 3, 3),
        (RoutingFacts(born_on=date(2021, 11, 21)), 3, 3),
    ],
)
def test_who_goes_ahead(reference: Reference, facts: RoutingFacts, mixed: int, inside: int) -> None:
    priority = route(facts, TODAY, reference).priority
    assert (priority.mixed, priority.inside) == (mixed, inside)


dates = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@given(
    facts=st.builds(
        RoutingFacts,
        sex=st.sampled_from(Sex),
        born_on=st.none() | dates,
        born_precision=st.sampled_from(Precision),
        reason=st.sampled_from(["sick", "healthy", "service_only", "referral_in"]),
        service=st.sampled_from(["", "dental", "tb_care", "certificate"]),
        emergency=st.booleans(),
        danger_sign=st.sampled_from(["", "labour", "seizure", "agitation"]),
        infection=st.booleans(),
        pregnant=st.booleans(),
        lmp=st.none() | dates,
        delivered_on=st.none() | dates,
        disability=st.booleans(),
        late=st.booleans(),
    )
)
def test_everybody_gets_a_place_and_a_whole_sentence(reference: Reference, facts: RoutingFacts) -> None:
    routing = route(facts, TODAY, reference)
    assert routing.service_point in reference.service_points
    assert routing.cluster in reference.clusters
    assert routing.reason.endswith(".")
    assert "{" not in routing.reason
    assert "  " not in routing.reason
    assert 0 <= routing.priority.mixed <= routing.priority.inside <= 4
