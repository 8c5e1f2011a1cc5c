"""The shipped reference files, how bad ones are refused, and how a site lays its own over them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.person import Sex
from ilp_desk.domain.person_form import FERTILE
from ilp_desk.domain.reference import BadReference, Reference, load, parse
from ilp_desk.domain.reference.base import Status
from ilp_desk.domain.reference.bounds import AgeBound, Ages
from ilp_desk.domain.reference.places import life_stage
from ilp_desk.domain.routing import RoutingFacts, route
from ilp_desk.domain.text.ages import PREGNANCY_DAYS, age
from ilp_desk.domain.text.hpht import LONGEST_PREGNANCY
from ilp_desk.domain.visit import QueueEntry
from resources import LATER, names, path, read, text

Raw = dict[str, Any]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped() -> Raw:
    return {name: read(name) for name in names()}


@pytest.fixture
def raw(shipped: Raw) -> Raw:
    return copy.deepcopy(shipped)


def site_file(**content: Any) -> Raw:
    return {
        "version": "PKM.1",
        "valid_from": date(2026, 12, 1),
        "source": "SK Kepala Puskesmas",
        "status": "confirmed",
    } | content


def test_every_file_says_version_validity_source_and_status() -> None:
    for name in (*names(), *LATER):
        file = read(name)
        assert file["version"]
        assert isinstance(file["valid_from"], date)
        assert file["source"]
        assert file["status"] in set(Status)


def test_files_are_read_by_name_with_exact_decimals() -> None:
    assert "icd10_id" not in names()
    assert path("reference", "vitals.toml").is_file()
    assert text("vitals").startswith("# Tanda vital")
    (weight,) = [row for row in read("vitals")["vital"] if row["code"] == "weight"]
    assert weight["possible"] == [Decimal("0.5"), 300]


def test_the_shipped_files_load_and_name_what_others_store(reference: Reference) -> None:
    assert [cluster.letter for cluster in reference.clusters] == ["A", "B", "C", "D", "E"]
    assert {row.code for row in reference.codes["sex"]} == set(Sex)
    assert {row.code for row in reference.visit.reasons} == {"sick", "healthy", "service_only", "referral_in"}
    assert {row.code for row in reference.visit.origins} == {"loket", "appointment", "mobile_jkn"}
    assert [row.rank for row in reference.priority.ranks] == [0, 1, 2, 3, 4]
    assert QueueEntry.__dataclass_fields__["rank"].default == reference.priority.ranks["regular"].rank
    assert {row.code for row in reference.consents} == {"general", "data", "referral"}


def test_figures_from_practice_wait_for_approval(reference: Reference) -> None:
    assert all(rule.status is Status.TO_BE_APPROVED for rule in reference.alarms.rules)
    assert all(text.status is Status.TO_BE_APPROVED for text in reference.consents)
    assert reference.routing.rules["R21-ADULT"].status is Status.CONFIRMED
    assert reference.routing.rules["R02-EMERGENCY"].status is Status.TO_BE_APPROVED


def test_codes_of_the_record_standard_are_complete(reference: Reference) -> None:
    standard = {
        "religion": "12345678",
        "education": "012345678",
        "occupation": "012345",
        "marital_status": "1234",
        "payer": "123",
        "responsible_relation": "123456",
    }
    for name, codes in standard.items():
        assert {row.standard or row.code for row in reference.codes[name]} == set(codes)


def test_family_folder_codes_are_two_digits_and_lead_to_relationships(reference: Reference) -> None:
    for row in reference.codes["kode_hubungan"]:
        assert len(row.code) == 2
        assert row.code.isdigit()
        assert row.standard in reference.codes["family_relationship"]


def test_consents_leave_every_choice_to_the_person(reference: Reference) -> None:
    general = reference.consents["general"]
    assert general.text_version == "umum-1"
    assert sum(clause.choice for clause in general.clauses) >= 3
    assert all(clause.text.endswith(".") for text in reference.consents for clause in text.clauses)


def test_every_clause_with_a_choice_has_a_name_for_its_answer(reference: Reference) -> None:
    for consent in reference.consents:
        codes = [clause.code for clause in consent.choices]
        assert all(codes)
        assert len(set(codes)) == len(codes)
        assert all(not clause.code for clause in consent.clauses if not clause.choice)


def test_limits_of_papers_are_data(reference: Reference) -> None:
    assert (reference.certificates.sick_days, reference.certificates.sick_start_days) == (14, 3)
    assert reference.referrals.planned_days == 366


# --- bad files

Break = Callable[[Raw], None]


def change(file: str, table: str, position: int, **columns: Any) -> Break:
    def act(raw: Raw) -> None:
        raw[file][table][position] |= columns

    return act


def drop(file: str, *keys: str | int) -> Break:
    def act(raw: Raw) -> None:
        place = raw[file]
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return act


def put(file: str, key: str, value: Any) -> Break:
    def act(raw: Raw) -> None:
        raw[file][key] = value

    return act


BROKEN: list[tuple[Break, str, str, str]] = [
    (drop("clusters", "version"), "clusters", "", '"version" belum diisi'),
    (drop("clusters", "valid_from"), "clusters", "", '"valid_from" belum diisi'),
    (put("clusters", "valid_from", "kemarin"), "clusters", "", '"valid_from" harus tanggal'),
    (put("clusters", "valid_to", date(2000, 1, 1)), "clusters", "", '"valid_to" lebih awal'),
    (put("clusters", "status", "yakin"), "clusters", "", '"status" harus salah satu dari'),
    (put("clusters", "cluster", []), "clusters", "", "[[cluster]] tidak boleh kosong"),
    (put("clusters", "cluster", "A"), "clusters", "", "[[cluster]] harus daftar"),
    (put("clusters", "klaster", []), "clusters", "", '"klaster" tidak dikenal'),
    (change("clusters", "cluster", 1, letter="BB"), "clusters", "cluster ke-2 (usia_produktif)", "satu huruf besar"),
    (change("clusters", "cluster", 1, code="ibu_anak"), "clusters", "cluster ke-2 (ibu_anak)", "sudah dipakai"),
    (change("clusters", "cluster", 0, order="satu"), "clusters", "cluster ke-1 (ibu_anak)", "bilangan bulat"),
    (change("clusters", "cluster", 0, lable="x"), "clusters", "cluster ke-1 (ibu_anak)", '"lable" tidak dikenal'),
    (drop("clusters", "cluster", 0, "code"), "clusters", "cluster ke-1 (tanpa code)", '"code" belum diisi'),
    (change("service_points", "service_point", 0, cluster="klaster_9"), "service_points", "kia", "klaster_9 tidak ada"),
    (change("service_points", "service_point", 0, send_order=-1), "service_points", "ke-1 (kia)", "mulai dari 1"),
    (change("service_points", "service_point", 0, comes_back="ya"), "service_points", "ke-1 (kia)", "true atau false"),
    (drop("danger_signs", "ages", "child"), "danger_signs", "ages child", '"age_from" atau "age_to"'),
    (drop("pregnancy", "limits", "age_to"), "pregnancy", "limits", '"age_from" dan "age_to"'),
    (
        put(
            "pregnancy",
            "limits",
            {"age_from": "9 th", "age_to": "61 th", "most": 9, "viable_weeks": 20, "carried_days": 9},
        ),
        "pregnancy",
        "limits",
        "lebih lama",
    ),
    (drop("pregnancy", "outcome", 0), "pregnancy", "", '"birth" harus ada'),
    (drop("pregnancy", "lmp_source", 3), "pregnancy", "", '"birth" harus ada'),
    (change("pregnancy", "outcome", 0, adds="gravida"), "pregnancy", "outcome ke-1 (birth)", "salah satu dari"),
    (change("life_stages", "life_stage", 0, age_to="28"), "life_stages", "(newborn)", "umur seperti 28 hr"),
    (drop("life_stages", "life_stage", 9), "life_stages", "", "umur 720 bulan"),
    (change("routing", "rule", 1, cluster="x"), "routing", "R02-EMERGENCY", "x tidak ada di clusters.toml"),
    (change("routing", "rule", 1, service_point="x"), "routing", "R02-EMERGENCY", "x tidak ada"),
    (change("routing", "rule", 1, reason="{nama}."), "routing", "(R02-EMERGENCY)", "{nama} tidak dikenal"),
    (change("routing", "rule", 1, reason="{cluster."), "routing", "(R02-EMERGENCY)", "kurung kurawal"),
    (change("routing", "rule", 1, when={"hamil": True}), "routing", "(R02-EMERGENCY) when", '"hamil" tidak dikenal'),
    (change("routing", "rule", 1, when={"signs": ["x"]}), "routing", "R02-EMERGENCY", "danger_signs.toml"),
    (drop("routing", "rule", -1), "routing", "aturan terakhir", "tanpa syarat"),
    (drop("routing", "words", "pregnant"), "routing", "words", '"pregnant" belum diisi'),
    (drop("routing", "limits"), "routing", "", "[limits] belum ada"),
    (
        put("priority", "order", {"regular_per_priority": 0, "late_minutes": 30}),
        "priority",
        "order",
        "paling sedikit 1",
    ),
    (change("priority", "rank", 4, rank=9), "priority", "", "0 sampai 4"),
    (change("danger_signs", "sign", 0, who=["kakek"]), "danger_signs", "(unresponsive)", "kakek tidak dikenal"),
    (change("danger_signs", "sign", 0, level="orange"), "danger_signs", "(unresponsive)", "red, yellow"),
    (change("vitals", "vital", 1, possible=[50]), "vitals", "(systolic)", '"possible" harus 2 angka'),
    (change("vitals", "vital", 1, likely=[{"min": 1, "max": 999}]), "vitals", "(systolic)", "di dalam"),
    (change("vitals", "vital", 1, likely=[{"min": 90, "max": 80}]), "vitals", "(systolic)", "lebih besar"),
    (
        change("vitals", "vital", 1, likely=[{"age_to": "1 th", "min": 90, "max": 95}]),
        "vitals",
        "(systolic)",
        "semua umur",
    ),
    (change("vitals", "vital", 0, parts=["systolic"]), "vitals", "(blood_pressure)", "harus dua"),
    (change("vitals", "vital", 1, special=["TINGGI"]), "vitals", "(systolic)", "HI, LO"),
    (change("vitals", "vital", 1, possible=[Decimal("50.5"), 300]), "vitals", "(systolic)", "lebih halus"),
    (change("alarms", "alarm", 0, any=["sistol >= 160"]), "alarms", "(PREG-BP-RED)", "tidak dikenali"),
    (change("alarms", "alarm", 0, any=["systolic >= tinggi"]), "alarms", "(PREG-BP-RED)", "angkanya"),
    (change("alarms", "alarm", 0, any=["systolic = HI"]), "alarms", "(PREG-BP-RED)", "tidak dikenali"),
    (change("alarms", "alarm", 0, any=["sign pusing"]), "alarms", "(PREG-BP-RED)", '"pusing" tidak ada'),
    (change("alarms", "alarm", 0, any=["urine_protein >= banyak"]), "alarms", "(PREG-BP-RED)", "tidak ada"),
    (change("alarms", "alarm", 0, any=["temperature >= 37,55"]), "alarms", "(PREG-BP-RED)", "lebih halus"),
    (change("alarms", "alarm", 0, who=["hamil"]), "alarms", "(PREG-BP-RED)", '"who" harus dari'),
    (change("alarms", "age_limit", 0, pulse=[180, 100]), "alarms", "(newborn)", "yang kecil dulu"),
    (drop("codes", "religion"), "codes", "", '"religion" belum diisi'),
    (put("codes", "defaults", {"religions": {"status": "confirmed"}}), "codes", "", "[defaults.religions]"),
    (change("referral_kinds", "kind", 0, later=["x"]), "referral_kinds", "(emergency)", 'isian "x" tidak ada'),
    (change("referral_kinds", "kind", 0, shown=["reason"]), "referral_kinds", "(emergency)", "dua kali"),
    (
        change("consents", "consent", 0, clauses=[{"heading": "A", "text": "B.", "choice": True}]),
        "consents",
        "(general)",
        "harus ada bersama",
    ),
    (
        change("consents", "consent", 0, clauses=[{"heading": "A", "text": "B.", "choice": True, "code": "a"}] * 2),
        "consents",
        "(general)",
        "code yang sama",
    ),
    (change("contradictions", "contradiction", 0, codes=["Z3"]), "contradictions", "(NORMAL-AND-COMPLICATED)", "Z3"),
    (
        lambda raw: raw["contradictions"]["contradiction"].append({"code": "X", "codes": ["A00"], "sentence": "."}),
        "contradictions",
        "(X)",
        "harus ada",
    ),
    (change("services", "service", 0, spm=13), "services", "(preconception)", "1 sampai 12"),
    (change("services", "service", 0, cluster="klaster_9"), "services", "preconception", "klaster_9 tidak ada"),
    (change("services", "service", 0, engine="immunization"), "services", "(preconception)", "waktunya dihitung oleh"),
    (change("services", "service", 0, once=True), "services", "(preconception)", "tepat satu dari"),
    (drop("services", "service", 0, "every"), "services", "(preconception)", "tepat satu dari"),
    (change("services", "service", 0, early=True), "services", "(preconception)", '"early" hanya untuk'),
    (
        change("services", "service", 0, closes=[{"fact": "exam_preconception", "value": "layak", "every": "2 th"}]),
        "services",
        "(preconception)",
        "dengan hasil lain belum diatur",
    ),
    (change("services", "service", 0, who={"all": ["kaya"]}), "services", "(preconception)", "keadaan kaya tidak ada"),
    (change("services", "service", 0, by=["tukang"]), "services", "(preconception)", "peran tukang tidak ada"),
    (lambda raw: raw["services"]["settings"].update(gestation="x"), "services", "", "ukuran x tidak ada"),
    (change("consents", "consent", 0, clauses=[{"heading": "x"}]), "consents", "(general) clauses ke-1", '"text"'),
]


@pytest.mark.parametrize(("act", "file", "row", "reason"), BROKEN)
def test_a_bad_file_is_refused_with_file_row_and_reason(raw: Raw, act: Break, file: str, row: str, reason: str) -> None:
    act(raw)
    with pytest.raises(BadReference) as refused:
        load(raw)
    assert refused.value.file == file
    assert row in refused.value.row
    assert reason in refused.value.reason
    assert refused.value.sentence.startswith(f"Berkas acuan {file}.toml")
    assert refused.value.sentence.endswith("Perbaiki berkas itu, lalu buka program lagi.")


def test_a_missing_and_an_unknown_file_are_refused(raw: Raw) -> None:
    with pytest.raises(BadReference, match=r"klaster\.toml: nama berkas tidak dikenal"):
        load(raw | {"klaster": {}})
    del raw["alarms"]
    with pytest.raises(BadReference, match=r"alarms\.toml: berkas tidak ada"):
        load(raw)


PLACES = [
    (file, key, position)
    for file in names()
    for key, value in read(file).items()
    for position in (range(len(value)) if isinstance(value, list) else (None,))
]
JUNK = st.sampled_from([None, "", "x", 7, True, [], [1], ["x"], {}, {"x": 1}, Decimal("0.5"), date(2026, 1, 1)])


@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_no_junk_gets_past_as_anything_but_a_sentence(
    shipped: Raw, place: tuple[str, str, int | None], junk: object
) -> None:
    file, key, position = place
    raw = shipped | {file: copy.deepcopy(shipped[file])}
    if position is None:
        raw[file][key] = junk
    else:
        raw[file][key][position] = junk
    outcome = loaded_or_refused(raw)
    assert isinstance(outcome, Reference) or outcome.file in raw


def loaded_or_refused(raw: Raw) -> Reference | BadReference:
    try:
        return load(raw)
    except BadReference as refused:
        return refused


# --- what a site lays over


def test_a_site_changes_one_column_of_one_row(raw: Raw) -> None:
    site = {"routing": site_file(rule=[{"code": "R14-PREMARITAL", "cluster": "ibu_anak", "service_point": "kia"}])}
    reference = load(raw, site)
    rule = reference.routing.rules["R14-PREMARITAL"]
    assert (rule.cluster, rule.service_point) == ("ibu_anak", "kia")
    assert rule.reason == load(raw).routing.rules["R14-PREMARITAL"].reason
    assert (rule.source, rule.status) == ("SK Kepala Puskesmas", Status.CONFIRMED)
    assert reference.routing.rules["R20-ELDERLY"].source == load(raw).routing.rules["R20-ELDERLY"].source
    assert [row.code for row in reference.routing.rules] == [row.code for row in load(raw).routing.rules]


def test_the_version_names_both_files(raw: Raw) -> None:
    site = {"routing": site_file(words={"also_possible": "Tanyakan umur: bisa juga {point}."})}
    reference = load(raw, site)
    routing = route(RoutingFacts(born_on=date(1980, 1, 1)), TODAY, reference)
    assert routing.reference_version == f"{raw['routing']['version']}+PKM.1"
    assert reference.routing.words["also_possible"].startswith("Tanyakan umur")
    assert reference.priority.header.version == raw["priority"]["version"]


def test_a_site_takes_out_and_adds_rows(raw: Raw) -> None:
    own = {"code": "fisioterapi", "cluster": "lintas_klaster", "label": "Fisioterapi", "order": 99}
    site = {"service_points": site_file(service_point=[{"code": "kasir", "off": True}, own])}
    points = load(raw, site).service_points
    assert "kasir" not in points
    assert points.rows[-1].code == "fisioterapi"


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ({"alarm": site_file()}, r"alarm\.toml: nama berkas tidak dikenal"),
        ({"alarms": {"version": "1"}}, r'alarms\.toml: "source" belum diisi'),
        ({"alarms": site_file(alarm=[{"code": "BARU"}])}, r'alarms\.toml, alarm ke-\d+ \(BARU\): "family" belum diisi'),
        ({"alarms": site_file(alarm=["x"])}, r"alarms\.toml: \[\[alarm\]\] harus daftar"),
        ({"alarms": site_file(alarm="x")}, r"alarms\.toml: \[\[alarm\]\] harus daftar"),
    ],
)
def test_a_bad_file_of_a_site_is_refused(raw: Raw, site: Raw, said: str) -> None:
    with pytest.raises(BadReference, match=said):
        load(raw, site)


def test_a_file_of_a_site_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(BadReference, match=r"alarms\.toml: penulisannya salah di baris 2, kolom 10"):
        parse("alarms", 'version = "1"\nsource = \n')
    assert parse("alarms", "limit = 37.5") == {"limit": Decimal("37.5")}


# --- validity


def test_a_row_counts_on_the_days_it_is_valid(raw: Raw) -> None:
    rule = next(row for row in raw["routing"]["rule"] if row["code"] == "R20-ELDERLY")
    later = copy.deepcopy(rule) | {"valid_from": date(2027, 1, 1), "when": {"age_from": "65 th"}}
    rule["valid_to"] = date(2026, 12, 31)
    raw["routing"]["rule"].insert(-1, later)
    reference = load(raw)
    facts = RoutingFacts(born_on=date(1963, 6, 1))
    assert route(facts, date(2026, 12, 31), reference).cluster == "lansia"
    assert route(facts, date(2027, 1, 1), reference).cluster == "usia_produktif"
    on = reference.routing.rules.on(date(2027, 1, 1))
    assert [row.when.ages.start for row in on if row.code == "R20-ELDERLY"] == [AgeBound(65, "th")]
    assert reference.clusters.on(TODAY) is reference.clusters


def test_one_code_twice_in_the_same_days_is_refused(raw: Raw) -> None:
    rule = raw["routing"]["rule"][0]
    raw["routing"]["rule"].insert(1, copy.deepcopy(rule) | {"valid_from": date(2027, 1, 1)})
    with pytest.raises(BadReference, match="sudah dipakai"):
        load(raw)


# --- ages as the files write them


@pytest.mark.parametrize(
    ("born", "stage"),
    [
        (TODAY, "newborn"),
        (date(2026, 10, 24), "newborn"),
        (date(2026, 10, 23), "infant"),
        (date(2025, 11, 21), "toddler"),
        (date(2021, 11, 21), "preschool"),
        (date(2020, 11, 21), "school_age"),
        (date(2016, 11, 21), "adolescent"),
        (date(2008, 11, 21), "adult"),
        (date(1966, 11, 21), "elderly"),
    ],
)
def test_life_stages(reference: Reference, born: date, stage: str) -> None:
    assert life_stage(age(born, TODAY), reference.life_stages).code == stage


@pytest.mark.parametrize(
    ("bound", "born", "reached"),
    [
        ("28 hr", date(2026, 10, 24), True),
        ("29 hr", date(2026, 10, 24), False),
        ("2 bln", date(2026, 9, 21), True),
        ("2 bln", date(2026, 9, 22), False),
        ("18 th", date(2008, 11, 21), True),
        ("18 th", date(2008, 11, 22), False),
    ],
)
def test_an_age_is_reached_to_the_day(bound: str, born: date, reached: bool) -> None:
    assert AgeBound.parse(bound).reached(age(born, TODAY)) is reached
    assert str(AgeBound.parse(bound)) == bound


@pytest.mark.parametrize("text", ["", "18", "th", "18th", "-1 th", "18 tahun", "1.5 th", "1000 th"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(ValueError):
        AgeBound.parse(text)


@given(born=st.dates(date(1910, 1, 1), TODAY), start=st.integers(0, 100), end=st.integers(0, 100))
def test_a_range_holds_from_its_start_until_before_its_end(born: date, start: int, end: int) -> None:
    years = age(born, TODAY).years
    ages = Ages(AgeBound(start, "th"), AgeBound(end, "th"))
    assert ages.holds(age(born, TODAY)) is (start <= years < end)
    assert Ages().open
    assert not ages.open


def test_what_the_person_form_asks_of_a_pregnancy_is_what_the_reference_says(reference: Reference) -> None:
    """The form is read without the reference, at every key; its figures must not drift from the data."""
    start, end = reference.pregnancy.ages.start, reference.pregnancy.ages.end
    assert (str(start), str(end)) == (f"{FERTILE[0]} th", f"{FERTILE[1] + 1} th")
    assert reference.routing.pregnancy_days == LONGEST_PREGNANCY
    assert reference.pregnancy.carried_days == PREGNANCY_DAYS
