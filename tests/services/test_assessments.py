"""Instruments answered in a visit: kept with their words, corrected, withdrawn, and what they make due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.bootstrap import open_desk
from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.clinical import Observation
from ilp_desk.domain.person import Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, NeedsReason, NotAllowed
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.services.life_cycle.earlier import Earlier
from tests.domain.instrument_files import SHIPPED, Case, worked
from tests.house import KEY
from tests.printing.reading import codes, read, text
from tests.services.screening import FIRST, Screening, come, come_for

if TYPE_CHECKING:
    from tests.house import House

SKILAS = FIRST["skilas"].answers
FORGETS = {**SKILAS, "recall": "wrong"}
EPDS = {f"q{number}": "0" for number in range(1, 11)}


def worst(code: str) -> Case:
    return max((case for case in worked() if case.instrument == code), key=lambda case: case.total)


@pytest.mark.parametrize("code", SHIPPED.codes())
def test_every_instrument_is_kept_with_the_words_of_its_version(house: House, code: str) -> None:
    case, room = worst(code), come_for(house, code)
    made = room.save(code, case.answers, note=" tenang ")
    (kept,) = house.read(Assessment)
    assert kept == made
    form = SHIPPED.at(code, "2026.1")
    assert form is not None
    assert (kept.total, kept.band) == (str(case.total), case.band)
    assert kept.band_label == form.bands[case.band].label
    assert form.bands[case.band].act in kept.acts
    assert (kept.version, kept.note, kept.on, kept.sensitive) == (
        "2026.1",
        "tenang",
        house.clock.today(),
        form.sensitive,
    )
    if case.follow is not None:
        assert set(kept.follow) == set(case.follow)


@pytest.mark.parametrize("code", SHIPPED.codes())
def test_it_is_offered_to_whom_it_is_for(house: House, code: str) -> None:
    room = come_for(house, code)
    lines = house.desk.assessments.list(house.actor("nurse"), room.person.uid)
    assert code in [line.code for line in lines]
    assert room.open(code).instrument.code == code


@pytest.mark.parametrize(
    ("born", "sex", "code"),
    [
        ("1990-05-17", "P", "skilas"),
        ("1990-05-17", "L", "epds"),
        ("1990-05-17", "P", "epds"),
        ("1954-12-30", "P", "kpsp"),
    ],
)
def test_it_is_refused_for_whom_it_is_not(house: House, born: str, sex: str, code: str) -> None:
    room = come(house, born, sex)
    assert code not in [line.code for line in house.desk.assessments.list(house.actor("nurse"), room.person.uid)]
    with pytest.raises(InvalidInput, match="bukan untuk pasien ini"):
        room.save(code, FIRST[code].answers)
    assert house.read(Assessment) == ()


def test_half_answered_is_refused_with_the_item_named(house: House) -> None:
    room = come_for(house, "skilas")
    with pytest.raises(InvalidInput, match="Belum dijawab: Berdiri dari kursi") as told:
        room.save("skilas", {code: answer for code, answer in SKILAS.items() if code != "chair"})
    assert told.value.field == "chair"
    with pytest.raises(InvalidInput, match="jawaban ragu tidak ada") as told:
        room.save("skilas", {**SKILAS, "chair": "ragu"})
    assert told.value.field == "chair"
    assert house.read(Assessment) == ()


def test_pressing_twice_saves_once(house: House) -> None:
    room, uid = come_for(house, "skilas"), new_uid()
    room.save("skilas", SKILAS, uid=uid)
    room.save("skilas", SKILAS, uid=uid)
    assert len(house.read(Assessment)) == 1


# What it makes due


def test_those_that_are_due_come_first(house: House) -> None:
    room = come_for(house, "skilas")
    lines = house.desk.assessments.list(house.actor("nurse"), room.person.uid)
    states = [line.open for line in lines]
    assert states == sorted(states, reverse=True)
    assert {"skilas", "barthel", "tb-adult", "phq-4", "smoking", "puma"} <= {line.code for line in lines if line.open}
    assert "mini-cog" in {line.code for line in lines if not line.open}


def test_answering_closes_the_service_and_asks_for_the_next(house: House) -> None:
    room = come_for(house, "skilas")
    assert room.due()["skilas"].state == "no_data"
    room.save("skilas", FORGETS)
    due = room.due()
    assert (due["skilas"].state, due["skilas"].reason) == (
        "done",
        "terakhir 21-11-2026 (Ada penurunan kapasitas), setiap tahun",
    )
    assert (due["mini_cog"].state, due["mini_cog"].reason) == ("due", "diminta SKILAS 21-11-2026")
    assert due["mini_cog"].closes == (("instrument:mini-cog", "Mini-Cog"),)
    assert "sppb" not in due
    lines = house.desk.assessments.list(house.actor("nurse"), room.person.uid)
    assert lines[0].code == "mini-cog"
    room.save("mini-cog", FIRST["mini-cog"].answers)
    assert room.due()["mini_cog"].state == "done"


OWN_SERVICES = """
version = "PKM.1"
valid_from = 2026-01-01
source = "SK Kepala Puskesmas"
status = "confirmed"

[[service]]
code = "skilas"
closes = [{ fact = "instrument:skilas", value = "decline", every = "6 bln" }, "instrument:skilas"]
"""


@pytest.mark.parametrize(("answers", "due_on"), [(FORGETS, date(2027, 5, 21)), (SKILAS, date(2027, 11, 21))])
def test_the_band_may_set_when_it_is_due_again(house: House, answers: dict[str, object], due_on: date) -> None:
    house.desk.site.lay_reference(house.actor("admin"), "services.toml", OWN_SERVICES.encode())
    room = come_for(house, "skilas")
    room.save("skilas", answers)
    later = open_desk(house.database, KEY, house.clock)
    try:
        lines = later.care.due(house.actor("nurse"), room.person.uid)
    finally:
        later.close()
    assert [line.due_on for line in lines if line.service == "skilas"] == [due_on]


def test_a_correction_takes_back_what_was_asked_for(house: House) -> None:
    room = come_for(house, "skilas")
    first = room.save("skilas", FORGETS)
    opened = room.open("skilas")
    assert (opened.standing, dict(opened.answers)) == (first, first.answers)
    uid = new_uid()
    second = room.save("skilas", SKILAS, uid=uid, replaces=first.uid)
    assert (second.uid, second.replaces, second.band) == (uid, first.uid, "clear")
    assert house.read(Assessment) == (second,)
    assert "mini_cog" not in room.due()
    with house.store.reading(house.actor("nurse"), "test.read") as uow:
        old = uow.get(Assessment, first.uid)
    assert (old.answers, old.band, old.live) == (first.answers, "decline", False)


def test_two_corrections_of_one_result_do_not_pass_each_other(house: House) -> None:
    room = come_for(house, "skilas")
    first = room.save("skilas", FORGETS)
    room.save("skilas", SKILAS, replaces=first.uid)
    with pytest.raises(Conflict):
        room.save("skilas", FORGETS, replaces=first.uid)


def test_two_who_answer_at_once_do_not_both_count(house: House) -> None:
    room = come_for(house, "skilas")
    room.save("skilas", FORGETS)
    with pytest.raises(Conflict, match="petugas lain"):
        room.save("skilas", SKILAS, "midwife")
    assert [one.band for one in house.read(Assessment)] == ["decline"]


def test_an_older_visit_is_not_corrected_in_this_one(house: House) -> None:
    first = come_for(house, "skilas").save("skilas", FORGETS)
    with pytest.raises(IllegalStep):
        come_for(house, "skilas").save("skilas", SKILAS, replaces=first.uid)


def test_withdrawn_with_a_reason_it_is_due_again(house: House) -> None:
    room = come_for(house, "skilas")
    made = room.save("skilas", FORGETS)
    with pytest.raises(NeedsReason):
        house.desk.assessments.void(house.actor("nurse"), made.uid, " ")
    house.desk.assessments.void(house.actor("nurse"), made.uid, "salah orang")
    assert house.read(Assessment) == ()
    due = room.due()
    assert due["skilas"].state == "no_data"
    assert "mini_cog" not in due
    assert room.open("skilas").standing is None


def test_a_service_put_off_is_told_and_offered_no_more(house: House) -> None:
    room = come_for(house, "skilas")
    opened = room.open("skilas")
    assert [line.service for line in opened.services] == ["skilas"]
    said = Answered(
        uid=new_uid(),
        person_uid=room.person.uid,
        visit_uid=room.visit_uid,
        service="skilas",
        until=None,
        why="tidak mau",
    )
    house.desk.care.answer(house.actor("nurse"), said)
    assert room.open("skilas").services == ()
    line = next(x for x in house.desk.assessments.list(house.actor("nurse"), room.person.uid) if x.code == "skilas")
    assert (line.state, line.open) == ("refused", False)


def test_over_time_the_newest_comes_first(house: House) -> None:
    room = come_for(house, "skilas")
    room.save("skilas", FORGETS)
    room.save("barthel", FIRST["barthel"].answers)
    results = house.desk.assessments.results(house.actor("doctor"), room.person.uid)
    assert [line.instrument for line in results] == ["barthel", "skilas"]
    assert (results[1].words, results[1].band, results[1].by) == (
        "1 dari 10",
        "Ada penurunan kapasitas",
        "Nurse Contoh",
    )
    only = house.desk.assessments.results(house.actor("doctor"), room.person.uid, "skilas")
    assert [line.uid for line in only] == [results[1].uid]


def test_a_result_of_elsewhere_stands_among_them(house: House) -> None:
    room = come_for(house, "skilas")
    for code, value in (("skilas", "1 kotak (dengar)"), ("phq-4", "tanda cemas")):
        told = Earlier(
            uid=new_uid(),
            person_uid=room.person.uid,
            code=f"instrument:{code}",
            on=date(2024, 9, 1),
            precision=Precision.MONTH,
            place="Posyandu Contoh",
            value=value,
        )
        house.desk.care.earlier(house.actor("nurse"), told)
    room.save("skilas", SKILAS)
    results = house.desk.assessments.results(house.actor("nurse"), room.person.uid)
    assert [(line.label, line.band, line.by) for line in results] == [
        ("SKILAS", "Tidak ada kotak tercentang", "Nurse Contoh"),
        ("SKILAS", "1 kotak (dengar)", "Posyandu Contoh"),
        ("PHQ-4", "tanda cemas", "Posyandu Contoh"),
    ]
    assert [line.on for line in room.open("skilas").earlier] == [date(2024, 9, 1)]
    lab = house.desk.assessments.results(house.actor("laboratory"), room.person.uid)
    assert {line.label for line in lab} == {"SKILAS"}


# What the record knows already


@pytest.mark.parametrize(("arm", "answer"), [("20,9", "yes"), ("21", "no"), ("24,5", "no")])
def test_an_arm_measured_today_answers_its_item(house: House, arm: str, answer: str) -> None:
    room = come_for(house, "skilas")
    assert "thin_arm" not in room.open("skilas").answers
    room.take(arm=arm)
    opened = room.open("skilas")
    assert opened.answers["thin_arm"] == answer
    assert opened.known["thin_arm"].words == f"tercatat hari ini {arm} cm"
    made = room.save("skilas", {**SKILAS, "thin_arm": answer}, from_record=("thin_arm", "nonsense"))
    assert made.from_record == ("thin_arm",)


def test_measures_of_the_day_fill_numbers(house: House) -> None:
    room = come_for(house, "mtbm")
    room.take(respiration="52", temperature="36,7")
    opened = room.open("mtbm")
    assert (opened.answers["respiration"], opened.answers["temperature"]) == ("52", "36.7")


def test_age_and_sex_are_not_asked(house: House) -> None:
    opened = come_for(house, "puma").open("puma")
    assert (opened.answers["sex"], opened.answers["age"]) == ("L", "56")
    assert come_for(house, "tb-adult").open("tb-adult").answers["elderly"] == "no"
    assert come(house, "1954-12-30").open("tb-adult").answers["elderly"] == "yes"
    assert come_for(house, "mtbs").open("mtbs").answers["age"] == "18"


@pytest.mark.parametrize(
    ("born", "form"),
    [
        ("2024-11-21", "24"),
        ("2024-12-05", "24"),
        ("2024-12-06", "21"),
        ("2024-08-05", "24"),
        ("2021-05-06", "66"),
        ("2020-11-21", "72"),
    ],
)
def test_the_form_of_kpsp_follows_the_age(house: House, born: str, form: str) -> None:
    assert come(house, born).open("kpsp").answers["form"] == form


@pytest.mark.parametrize(("weeks", "form"), [("40", "15"), ("37", "15"), ("36", "15"), ("32", "12")])
def test_born_early_the_form_follows_the_corrected_age(house: House, weeks: str, form: str) -> None:
    """Sixteen months lived; eight weeks early they are fourteen."""
    room = come(house, "2025-07-21")
    house.put(
        Observation(
            uid=new_uid(),
            person_uid=room.person.uid,
            taken_at=house.clock.now(),
            code="gestation_at_birth",
            value=weeks,
            source="told",
        )
    )
    assert room.open("kpsp").answers["form"] == form


def test_an_unfinished_form_is_kept_for_its_writer(house: House) -> None:
    room = come_for(house, "skilas")
    content: dict[str, Any] = {"answers": {"recall": "wrong"}}
    house.desk.assessments.keep_draft(house.actor("nurse"), room.visit_uid, "skilas", content)
    draft = room.open("skilas").draft
    assert draft is not None
    assert draft.content == content
    assert room.open("skilas", "doctor").draft is None
    assert room.open("barthel").draft is None
    other: dict[str, Any] = {"answers": {"bowels": "2"}}
    house.desk.assessments.keep_draft(house.actor("nurse"), room.visit_uid, "barthel", other)
    room.save("skilas", SKILAS)
    assert room.open("skilas").draft is None
    draft = room.open("barthel").draft
    assert draft is not None
    assert draft.content == other
    house.desk.assessments.drop_draft(house.actor("nurse"), room.visit_uid, "barthel")
    assert room.open("barthel").draft is None


# Versions


OWN_SKILAS = """
version = "PKM.1"
valid_from = 2026-01-01
source = "Redaksi resmi"
status = "confirmed"

[instrument]
wording = "official"

[[item]]
code = "chair"
text = "Bangun dari kursi lima kali tanpa berpegangan"

[[band]]
code = "decline"
label = "Perlu pemeriksaan lanjut"
"""


def test_words_of_the_puskesmas_hold_from_now_on_and_old_answers_keep_theirs(house: House) -> None:
    room = come_for(house, "skilas")
    old = room.save("skilas", FORGETS)
    house.desk.site.lay_reference(house.actor("admin"), "skilas.toml", OWN_SKILAS.encode())
    later = open_desk(house.database, KEY, house.clock)
    try:
        opened = later.assessments.open(house.actor("nurse"), room.visit_uid, "skilas")
        assert (opened.instrument.version, opened.answers["recall"]) == ("2026.1", "wrong")
        assert opened.instrument.items["chair"].text.startswith("Berdiri dari kursi")
        again = come_for(house, "skilas")
        opened = later.assessments.open(house.actor("nurse"), again.visit_uid, "skilas")
        assert opened.instrument.version == "2026.1+PKM.1"
        assert opened.instrument.items["chair"].text.startswith("Bangun dari kursi")
        assert opened.instrument.wording.value == "official"
        made = later.assessments.save(
            house.actor("nurse"), again.answered("skilas", FORGETS, version=opened.instrument.version)
        )
        assert (made.version, made.band_label) == ("2026.1+PKM.1", "Perlu pemeriksaan lanjut")
        words = text(later.assessments.sheet(house.actor("nurse"), old.uid).pdf)
        assert "Berdiri dari kursi" in words
        assert "Ada penurunan kapasitas" in words
        words = text(later.assessments.sheet(house.actor("nurse"), made.uid).pdf)
        assert "Bangun dari kursi" in words
        assert "belum redaksi resmi" not in words
    finally:
        later.close()


def test_a_version_nobody_knows_is_refused(house: House) -> None:
    room = come_for(house, "skilas")
    with pytest.raises(InvalidInput, match="tidak berlaku"):
        room.save("skilas", SKILAS, version="1999.1")


# On paper


def test_the_sheet_says_the_result_what_to_do_and_every_answer(house: House) -> None:
    room = come_for(house, "skilas")
    room.take(arm="24,5")
    made = room.save("skilas", {**FORGETS, "thin_arm": "no"}, from_record=("thin_arm",), note="anak ikut menjawab")
    printed = house.desk.assessments.sheet(house.actor("nurse"), made.uid)
    words = " ".join(text(printed.pdf).split())
    for wanted in (
        "SKILAS, skrining lansia sederhana",
        "versi 2026.1, redaksi singkat, belum redaksi resmi",
        "Siti Nurmala",
        "Ada penurunan kapasitas",
        "Kotak tercentang 1 dari 10",
        "Periksa di Puskesmas menurut kotak",
        "Mini-Cog (kognitif)",
        "Mengulang 3 kata setelah jeda Ada yang salah 1",
        "Tidak (sudah tercatat)",
        "anak ikut menjawab",
        "Nurse Contoh",
    ):
        assert wanted in words, wanted
    assert codes(printed.pdf) == [("QRCode", f"ILP1:{made.uid}")]


def test_a_result_that_was_withdrawn_is_printed_void(house: House) -> None:
    room = come_for(house, "skilas")
    made = room.save("skilas", SKILAS)
    nurse = house.actor("nurse")
    assert "DIBATALKAN" not in text(house.desk.assessments.sheet(nurse, made.uid).pdf)
    house.desk.assessments.void(nurse, made.uid, "salah orang")
    assert "DIBATALKAN" in text(house.desk.assessments.sheet(nurse, made.uid).pdf)


@pytest.mark.parametrize("code", SHIPPED.codes())
def test_every_instrument_fits_on_paper(house: House, code: str) -> None:
    made = come_for(house, code).save(code, worst(code).answers)
    (page,) = read(house.desk.assessments.sheet(house.actor("nurse"), made.uid).pdf)
    words = " ".join(page.text.split())
    assert made.band_label in words
    for label in made.flags:
        assert label in words
    for act in made.acts:
        assert act in words


def test_a_sensitive_sheet_is_for_those_who_treat(house: House) -> None:
    made = come_for(house, "epds").save("epds", EPDS)
    with pytest.raises(NotAllowed):
        house.desk.assessments.sheet(house.actor("laboratory"), made.uid)


# What cannot wait


def alarms(room: Screening, role: str = "doctor") -> list[str]:
    shown = room.house.desk.examination.open(room.house.actor(role), room.entry_uid)
    return [raised.alarm.reason for raised in shown.alarms]


@pytest.mark.parametrize(
    ("code", "case"),
    [(case.instrument, case) for case in worked() if case.flags and any("self_harm" in flag for flag in case.flags)],
    ids=str,
)
def test_a_thought_of_self_harm_is_an_alarm_of_the_visit(house: House, code: str, case: Case) -> None:
    room = come_for(house, code)
    made = room.save(code, case.answers)
    assert made.red
    assert len(alarms(room)) == 1
    assert alarms(room)[0].startswith(made.label)
    assert alarms(room, "laboratory") == [], "what is sensitive stays with those who treat"


def test_a_correction_takes_the_alarm_back(house: House) -> None:
    room = come_for(house, "epds")
    made = room.save("epds", {**EPDS, "q10": "3"})
    assert (made.total, made.band) == ("3", "possible")
    assert alarms(room) == ["EPDS: Sering terpikir melukai diri."]
    room.save("epds", EPDS, replaces=made.uid)
    assert alarms(room) == []


def test_danger_signs_of_a_form_are_danger_signs_of_the_visit(house: House) -> None:
    room = come_for(house, "mtbs")
    answers = FIRST["mtbs"].answers
    quiet = {code: "no" if answer == "yes" else answer for code, answer in answers.items()}
    made = room.save("mtbs", {**quiet, "seizure": "yes"})
    assert made.signs == ("seizure",)
    shown = room.house.desk.examination.open(room.house.actor("doctor"), room.entry_uid)
    assert shown.signs == {"seizure"}
    room.save("mtbs", quiet, replaces=made.uid)
    shown = room.house.desk.examination.open(room.house.actor("doctor"), room.entry_uid)
    assert shown.signs == frozenset()


# Who sees it


@pytest.mark.parametrize("code", [one.code for one in SHIPPED.rows if one.sensitive])
def test_what_is_sensitive_is_seen_by_those_who_treat(house: House, code: str) -> None:
    room = come_for(house, code)
    room.save(code, FIRST[code].answers)
    lab = house.actor("laboratory")
    assert code not in [line.code for line in house.desk.assessments.list(lab, room.person.uid)]
    assert house.desk.assessments.results(lab, room.person.uid) == ()
    with pytest.raises(NotAllowed):
        room.open(code, "laboratory")
    words = " ".join(line.reason + line.name for line in room.due("laboratory").values())
    form = SHIPPED.at(code, "2026.1")
    assert form is not None
    assert not any(band.label in words for band in form.bands)


def test_the_history_of_the_visit_tells_the_results(house: House) -> None:
    room = come_for(house, "skilas")
    room.save("skilas", FORGETS, note="anak ikut menjawab")
    room.save("phq-4", FIRST["phq-4"].answers)

    def told(role: str) -> tuple[str, ...]:
        return house.desk.history.visit(house.actor(role), room.visit_uid).screenings

    skilas = "SKILAS: Ada penurunan kapasitas, 1 dari 10. anak ikut menjawab"
    assert told("doctor")[0] == skilas
    assert told("doctor")[1].startswith("PHQ-4: ")
    assert told("laboratory") == (skilas,)


def test_the_desk_is_told_of_nothing(house: House) -> None:
    room = come_for(house, "phq-4")
    room.save("phq-4", worst("phq-4").answers)
    told = " ".join(
        line.name + line.reason + line.words
        for line in house.desk.care.arrival(house.actor("registration"), room.person.uid).lines
    )
    assert "PHQ" not in told
    assert "depresi" not in told.lower()
