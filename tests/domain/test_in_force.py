"""Our rules with those of a Puskesmas laid over: what runs when a file is bad, old, or not yet valid."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.bootstrap import shipped
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.base import Status
from ilp_desk.domain.reference.in_force import InForce, Shipped, check, check_shipped, combine
from ilp_desk.domain.reference.listing import Entry, Origin, entries
from ilp_desk.domain.reference.overlay import changes, lay_over, only, parse
from ilp_desk.domain.reference.reading import BadReference
from ilp_desk.domain.site_files import SiteFile

TODAY = date(2026, 11, 21)
HEAD = 'version = "{version}"\nvalid_from = {start}\nsource = "SK Kepala Puskesmas"\nstatus = "confirmed"\n'
TWICE = """
[[rule]]
code = "R20-ELDERLY"
reason = "a"
valid_to = 2026-12-31
[[rule]]
code = "R20-ELDERLY"
reason = "b"
valid_from = 2026-12-31
"""
CRISIS = '[[alarm]]\ncode = "BP-CRISIS"\nact = "{act}"\n'


@pytest.fixture(scope="module")
def ours() -> Shipped:
    return shipped()


def laid(
    name: str, body: str, version: str = "PKM.1", start: date = date(2026, 1, 1), end: date | None = None
) -> SiteFile:
    """A stored file of a Puskesmas."""
    text = HEAD.format(version=version, start=start) + (f"valid_to = {end}\n" if end else "") + body
    return SiteFile(uid=new_uid(), name=name, version=version, content=text, valid_from=start, valid_to=end)


def act(rules: InForce) -> str:
    return rules.reference.alarms.rules["BP-CRISIS"].act


# --- what runs


def test_without_files_of_its_own_a_puskesmas_runs_ours(ours: Shipped) -> None:
    rules = combine(ours, (), TODAY)
    assert rules.site == {}
    assert rules.refused == ()
    assert rules.reference.alarms.header.version == ours.reference["alarms"]["version"]
    check_shipped(ours)


def test_the_newest_version_runs_and_the_one_before_it_waits(ours: Shipped) -> None:
    first = laid("alarms", CRISIS.format(act="Satu."))
    second = laid("alarms", CRISIS.format(act="Dua."), "PKM.2")
    rules = combine(ours, (first, second), TODAY)
    assert act(rules) == "Dua."
    assert rules.reference.alarms.header.version == f"{ours.reference['alarms']['version']}+PKM.2"
    assert act(combine(ours, (first,), TODAY)) == "Satu."


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        (date(2027, 2, 28), "Satu."),
        (date(2027, 3, 1), "Dua."),
        (date(2028, 2, 29), "Dua."),
        (date(2028, 3, 1), "Satu."),
    ],
)
def test_a_file_runs_on_the_days_it_is_valid(ours: Shipped, day: date, runs: str) -> None:
    first = laid("alarms", CRISIS.format(act="Satu."))
    second = laid("alarms", CRISIS.format(act="Dua."), "PKM.2", date(2027, 3, 1), date(2028, 2, 29))
    assert act(combine(ours, (first, second), day)) == runs


def test_a_bad_file_gives_way_to_the_last_good_one(ours: Shipped) -> None:
    good = laid("alarms", CRISIS.format(act="Satu."))
    bad = laid("alarms", '[[alarm]]\ncode = "BP-CRISIS"\nact = "Dua."\nwarna = "merah"\n', "PKM.2")
    rules = combine(ours, (good, bad), TODAY)
    assert act(rules) == "Satu."
    (refused,) = rules.refused
    assert (refused.file.uid, refused.instead) == (bad.uid, "PKM.1")
    assert '"warna" tidak dikenal' in refused.trouble.fault
    assert refused.trouble.fault.startswith("alarms.toml, alarm ke-")


def test_where_no_version_is_good_ours_runs(ours: Shipped) -> None:
    bad = laid("alarms", "[[alarm]]\ncode = 1\n")
    rules = combine(ours, (bad,), TODAY)
    assert rules.site == {}
    assert rules.refused[0].instead == ""
    assert act(rules) == act(combine(ours, (), TODAY))


def test_other_files_go_on_when_one_is_refused(ours: Shipped) -> None:
    good = laid("alarms", CRISIS.format(act="Satu."))
    bad = laid("routing", '[[rule]]\ncode = "R14-PREMARITAL"\nservice_point = "tidak_ada"\n')
    rules = combine(ours, (good, bad), TODAY)
    assert act(rules) == "Satu."
    assert [refused.file.name for refused in rules.refused] == ["routing"]


def test_a_file_that_breaks_one_of_ours_is_found_though_ours_is_named(ours: Shipped) -> None:
    """Ours refers to a service point that the Puskesmas takes out."""
    harmless = laid("alarms", CRISIS.format(act="Satu."))
    bad = laid("service_points", '[[service_point]]\ncode = "kia"\noff = true\n')
    rules = combine(ours, (bad, harmless), TODAY)
    assert [refused.file.name for refused in rules.refused] == ["service_points"]
    assert act(rules) == "Satu."


def test_a_program_update_that_makes_an_old_file_bad_does_not_stop_the_desk(ours: Shipped) -> None:
    """The row the Puskesmas changed is gone from ours: what is left of it is no row any more."""
    kept = laid("alarms", CRISIS.format(act="Satu."))
    newer: dict[str, Any] = deepcopy(dict(ours.reference))
    newer["alarms"]["alarm"] = [row for row in newer["alarms"]["alarm"] if row["code"] != "BP-CRISIS"]
    rules = combine(replace(ours, reference=newer), (kept,), TODAY)
    assert rules.site == {}
    assert "(BP-CRISIS)" in rules.refused[0].trouble.fault


def test_when_our_own_files_are_bad_it_is_said(ours: Shipped) -> None:
    broken: dict[str, Any] = {name: raw for name, raw in ours.reference.items() if name != "alarms"}
    with pytest.raises(BadReference, match="berkas tidak ada"):
        combine(replace(ours, reference=broken), (laid("routing", ""),), TODAY)


# --- bad files, each with its sentence


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("alarm", CRISIS.format(act="x"), r"alarm\.toml: nama berkas tidak dikenal"),
        ("alarms", "[[alarms]]\ncode = 'X'\n", r'alarms\.toml: "alarms" tidak dikenal'),
        (
            "routing",
            TWICE,
            r"routing\.toml, rule ke-\d+ \(R20-ELDERLY\)",
        ),
        (
            "life_stages",
            '[[life_stage]]\ncode = "infant"\nvalid_from = 2027-01-02\nvalid_to = 2027-01-01\n',
            "lebih awal",
        ),
        ("phq-4", '[[follow]]\ncode = "again"\ninstrument = "phq-4"\nlabel = "a"\nbecause = "b"\n', "berputar"),
        ("phq-9", '[instrument]\ncode = "phq-8"\n', "nama berkas harus"),
        ("icd10_id", '[[icd]]\ncode = "I10"\nwords = []\n', r"icd10_id\.toml, icd ke-\d+ \(I10\)"),
    ],
)
def test_a_bad_file_is_refused_with_file_row_and_reason(ours: Shipped, name: str, body: str, said: str) -> None:
    raw = parse(name, HEAD.format(version="PKM.1", start=date(2026, 1, 1)) + body)
    with pytest.raises(BadReference, match=said):
        check(ours, {name: raw})


def test_one_code_twice_is_refused_by_that_name_though_it_only_names_a_column(ours: Shipped) -> None:
    body = '[[alarm]]\ncode = "BP-CRISIS"\nact = "Satu."\n[[alarm]]\ncode = "BP-CRISIS"\nact = "Dua."\n'
    raw = parse("alarms", HEAD.format(version="PKM.1", start=date(2026, 1, 1)) + body)
    with pytest.raises(BadReference, match=r"alarms.toml, alarm BP-CRISIS: \"code\" sudah dipakai"):
        check(ours, {"alarms": raw})


def test_instruments_that_lead_to_one_another_in_a_circle_are_refused(ours: Shipped) -> None:
    """PHQ-4 leads to PHQ-9; a Puskesmas lets PHQ-9 lead back."""
    body = """[[follow]]
code = "back"
instrument = "phq-4"
label = "PHQ-4"
because = "berkala"
when = { score = "total", from = 5 }
"""
    raw = parse("phq-9", HEAD.format(version="PKM.1", start=date(2026, 1, 1)) + body)
    with pytest.raises(BadReference, match=r"berputar: phq-4 → phq-9 → phq-4|berputar: phq-9 → phq-4 → phq-9"):
        check(ours, {"phq-9": raw})


def test_one_code_twice_in_the_same_days_is_refused(ours: Shipped) -> None:
    rule = next(row for row in ours.reference["routing"]["rule"] if row["code"] == "R20-ELDERLY")
    before = {**rule, "valid_to": date(2026, 12, 31)}
    header = {"version": "PKM.1", "valid_from": date(2026, 1, 1), "source": "SK", "status": "confirmed"}
    for start, good in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        site = {"routing": {**header, "rule": [before, {**rule, "valid_from": start}]}}
        if good:
            check(ours, site)
        else:
            with pytest.raises(BadReference, match="sudah dipakai"):
                check(ours, site)


_LEAVES = st.none() | st.booleans() | st.integers(-5, 500) | st.text(max_size=6) | st.dates() | st.decimals(places=1)
_PLAIN = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@given(
    data=st.data(),
    name=st.sampled_from(["alarms", "routing", "services", "vitals", "immunizations", "growth", "pregnancy", "phq-9"]),
)
def test_whatever_a_file_holds_the_desk_gets_rules(ours: Shipped, data: st.DataObject, name: str) -> None:
    """Any value in any column of any row is accepted or refused in a sentence, never an error of the program."""
    known = ours.file(name)
    assert known is not None
    key = data.draw(st.sampled_from([key for key, value in known.items() if isinstance(value, list | dict)]))
    value = known[key]
    if isinstance(value, list):
        row = dict(data.draw(st.sampled_from(value)))
        row[data.draw(st.sampled_from([*row, "off", "valid_from"]))] = data.draw(_PLAIN)
        own: Any = data.draw(st.sampled_from([[row], row]))
    else:
        own = {data.draw(st.sampled_from(list(value))): data.draw(_PLAIN)}
    header = {"version": "PKM.1", "valid_from": date(2026, 1, 1), "source": "SK", "status": "confirmed"}
    try:
        check(ours, {name: {**header, key: own}})
    except BadReference:
        return
    assert entries(name, known, {**header, key: own})


# --- only what differs counts


def site_of(known: Mapping[str, Any]) -> dict[str, Any]:
    return {**deepcopy(dict(known)), "version": "PKM.1", "source": "SK Kepala Puskesmas", "status": "confirmed"}


def test_a_whole_copy_counts_only_where_it_differs(ours: Shipped) -> None:
    known = ours.reference["alarms"]
    copy = site_of(known)
    assert changes(known, copy) == ()
    row = next(row for row in copy["alarm"] if row["code"] == "BP-CRISIS")
    row["act"] = "Panggil dokter."
    assert changes(known, copy) == ("alarm/BP-CRISIS",)
    thin = only(copy, changes(known, copy))
    assert thin["alarm"] == [row]
    assert "age_limit" not in thin
    assert lay_over(known, thin, "alarms")["alarm"][0] == known["alarm"][0]


def test_a_row_merely_copied_follows_our_next_correction(ours: Shipped) -> None:
    known = ours.reference["alarms"]
    copy = site_of(known)
    copy["alarm"][1]["act"] = "Panggil dokter."
    newer = deepcopy(dict(known))
    newer["alarm"][0]["act"] = "Diperbaiki."
    merged = lay_over(newer, only(copy, changes(known, copy)), "alarms")
    assert [row["act"] for row in merged["alarm"][:2]] == ["Diperbaiki.", "Panggil dokter."]


def test_single_values_and_unknown_parts_are_changes(ours: Shipped) -> None:
    known = ours.reference["routing"]
    own = {**site_of(known), "limits": {**known["limits"], "postpartum_days": 40}, "baru": {"x": 1}, "angka": 1}
    assert changes(known, own) == ("limits/postpartum_days", "baru/x", "angka")
    thin = only(own, ("limits/postpartum_days",))
    assert thin["limits"] == {"postpartum_days": 40}
    assert "words" not in thin
    assert only(own, ()) == own


HEADER = {"version": "PKM.1", "valid_from": date(2026, 1, 1), "source": "SK", "status": "confirmed"}
FIRST = {"code": "a", "days": 1, "valid_to": date(2026, 12, 31)}
SECOND = {"code": "a", "days": 2, "valid_from": date(2027, 1, 1)}
OTHER = {"code": "b", "days": 9}


@pytest.mark.parametrize(
    ("own", "days"),
    [
        ([{**SECOND, "days": 5}], [1, 9, 5]),
        ([{**FIRST, "days": 4}, {**SECOND, "days": 5}], [4, 9, 5]),
        ([{"code": "a", "days": 7}], [7, 9]),
        ([{"code": "a", "off": True}], [9]),
        ([{**SECOND, "off": True}], [1, 9]),
        ([{"code": "b", "days": 8}, {"code": "c", "days": 3}], [1, 8, 2, 3]),
    ],
)
def test_of_a_code_that_stands_twice_the_validity_says_which(own: list[dict[str, Any]], days: list[int]) -> None:
    merged = lay_over({**HEADER, "row": [FIRST, OTHER, SECOND]}, {**HEADER, "row": own}, "x")
    assert [row["days"] for row in merged["row"]] == days


# --- the rows of any file


def found(name: str, ours: Shipped, site: Mapping[str, Any] | None = None) -> dict[str, Entry]:
    return {f"{entry.section}/{entry.code}": entry for entry in entries(name, ours.file(name), site)}


def test_every_row_of_every_file_is_listed_with_a_mark_of_its_own(ours: Shipped) -> None:
    for name in ours.names:
        raw = ours.file(name)
        assert raw is not None
        listed = entries(name, raw, None)
        rows = sum(len(value) for value in raw.values() if isinstance(value, list))
        parts = [key for key, value in raw.items() if isinstance(value, dict) and key != "defaults"]
        assert len(listed) == rows + len(parts)
        assert len({entry.digest for entry in listed}) == len(listed), name
        assert all(entry.origin is Origin.OURS and entry.source for entry in listed)


def test_a_file_of_another_build_is_listed_too() -> None:
    """Single values and plain lists beside sections and rows."""
    raw = {**HEADER, "grace_days": 4, "codes": ["a", "b"], "part": {"x": 1}, "row": [OTHER]}
    listed = entries("x", raw, {**HEADER, "grace_days": 5})
    assert [(entry.section, entry.code, dict(entry.values)) for entry in listed] == [
        ("grace_days", "", {"grace_days": 5}),
        ("codes", "", {"codes": ["a", "b"]}),
        ("part", "", {"x": 1}),
        ("row", "b", {"days": 9}),
    ]
    assert [entry.origin for entry in listed] == [Origin.BOTH, Origin.OURS, Origin.OURS, Origin.OURS]


def test_listed_rows_are_as_sure_as_the_rules_read_them(ours: Shipped) -> None:
    """The defaults of a section and the header say what a row does not."""
    rules = combine(ours, (), TODAY).reference
    listed = found("services", ours)
    assert all(listed[f"service/{row.code}"].status is row.status for row in rules.services.services)
    codes = found("codes", ours)
    for section, table in rules.codes.items():
        for choice in table:
            entry = codes[f"{section}/{choice.code}"]
            assert (entry.status, entry.source) == (choice.status, choice.source)


def test_where_a_row_is_from_and_that_what_a_puskesmas_wrote_waits(ours: Shipped) -> None:
    header = {"version": "PKM.1", "valid_from": date(2026, 1, 1), "source": "SK", "status": "confirmed"}
    own = {
        **header,
        "cluster": [{"code": "lansia", "label": "Lansia kita"}, {"code": "baru", "label": "Baru"}],
    }
    listed = found("clusters", ours, own)
    origins = [listed[f"cluster/{code}"].origin for code in ("ibu_anak", "lansia", "baru")]
    assert origins == [Origin.OURS, Origin.BOTH, Origin.SITE]
    assert not listed["cluster/ibu_anak"].waits(frozenset())
    for code in ("lansia", "baru"):
        entry = listed[f"cluster/{code}"]
        assert entry.status is Status.CONFIRMED
        assert entry.waits(frozenset())
        assert not entry.waits(frozenset({entry.digest}))


def test_a_row_taken_out_is_listed_and_waits_too(ours: Shipped) -> None:
    header = {"version": "PKM.1", "valid_from": date(2026, 1, 1), "source": "SK", "status": "confirmed"}
    listed = found("service_points", ours, {**header, "service_point": [{"code": "kasir", "off": True}]})
    entry = listed["service_point/kasir"]
    assert entry.off
    assert entry.waits(frozenset())
    assert entry.digest != found("service_points", ours)["service_point/kasir"].digest


def test_the_mark_follows_the_content_and_nothing_else(ours: Shipped) -> None:
    known = ours.reference["vitals"]
    mark = {entry.code: entry.digest for entry in entries("vitals", known, None)}

    def changed(column: str, value: object) -> bool:
        other = deepcopy(dict(known))
        row = next(row for row in other["vital"] if row["code"] == "weight")
        row[column] = value
        return {entry.code: entry.digest for entry in entries("vitals", other, None)}["weight"] != mark["weight"]

    assert changed("possible", [Decimal("0.4"), 300])
    assert not changed("possible", [Decimal("0.50"), Decimal("300")])
    assert changed("source", "lain")
    assert changed("valid_from", TODAY)
    assert changed("valid_from", TODAY + timedelta(1))
    assert not changed("status", "confirmed")
