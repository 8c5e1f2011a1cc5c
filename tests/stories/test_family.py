"""One family through two years: what desk, room and recall list show on forty days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stories.family import Household

if TYPE_CHECKING:
    from tests.house import House

DOSES = "Imunisasi bayi dan balita"
ANC, LAB = "Pemeriksaan kehamilan (ANC)", "Laboratorium kehamilan"
TENSION = ("hypertension_control", "blood_pressure")


@pytest.fixture
def home(house: House) -> Household:
    home = Household(house)
    home.lives_here("father", "Hasan Contoh", "1986-02-10", "L", marital_status="married")
    home.lives_here("mother", "Ratna Contoh", "1995-06-15", "P", marital_status="married")
    home.lives_here("grandmother", "Aminah Contoh", "1956-03-01", "P", marital_status="widowed")
    home.lives_here("grandfather", "Darwis Contoh", "1950-01-20", "L", marital_status="married")
    home.lives_here("child", "Dewi Contoh", "2023-09-09", "P")
    return home


def test_two_years(home: Household) -> None:
    first_day(home)
    fathers_pressure(home)
    expecting(home)
    winter(home)
    grandmother(home)
    second_visit(home)
    third_trimester(home)
    birth(home)
    weeks_after(home)
    late_series(home)
    half_a_year(home)
    a_death(home)
    a_year_old(home)
    assert len(home.days) >= 40


def first_day(home: Household) -> None:
    """21-11-2026. Nobody was ever here: nothing is late, everything is without data."""
    home.comes("father", reason="sick")
    assert home.desk("father") == ["Gejala TB saat datang sakit", "Skrining tahunan (CKG)"]
    assert set(home.relatives("father")) == {"Ratna Contoh", "Aminah Contoh", "Darwis Contoh", "Dewi Contoh"}
    assert home.relatives("father")["Dewi Contoh"][:2] == ("Imunisasi bayi dan balita", "Timbang dan ukur")
    for called in home.people:
        assert set(home.room(called).values()) <= {"no_data", "due"}
    assert home.room("father", *TENSION) == {"hypertension_control": "absent", "blood_pressure": "no_data"}
    assert home.measured("father", blood_pressure="152/96", weight="70", height="165") == ()
    home.diagnosed("father", "I10", "Hipertensi")
    assert home.room("father", *TENSION) == {"hypertension_control": "done", "blood_pressure": "absent"}
    assert home.room("father", "body_mass", "glucose") == {"body_mass": "done", "glucose": "no_data"}
    home.comes("mother", reason="healthy")
    home.measured("mother", blood_pressure="112/70", weight="51", height="156", arm="24")
    home.comes("child", reason="healthy")
    home.measured("child", weight="13,1", height="93")
    home.comes("grandmother", reason="healthy")
    home.measured("grandmother", blood_pressure="128/78", weight="48")


def fathers_pressure(home: Household) -> None:
    """Every month from the last taking, late after a week."""
    for day, state in (("2026-12-20", "done"), ("2026-12-21", "due"), ("2026-12-27", "due"), ("2026-12-28", "late")):
        home.on(day)
        assert home.room("father", "hypertension_control") == {"hypertension_control": state}, day
    assert home.lines("father")["hypertension_control"].words == "terlambat sejak 28-12-2026"
    assert home.desk("father")[0] == "Kontrol rutin", "the counter is not told of the disease"
    home.on("2026-12-31")
    home.comes("father")
    home.measured("father", blood_pressure="138/88")
    assert home.room("father", "hypertension_control") == {"hypertension_control": "done"}


def winter(home: Household) -> None:
    """The weight of every month, and the pressure: a month after the 31st of January is the first of March."""
    home.on("2027-01-20")
    assert home.room("child", "growth_weight") == {"growth_weight": "due"}
    assert "Dewi Contoh" not in home.recall("toddler")
    home.on("2027-01-21")
    assert home.room("child", "growth_weight") == {"growth_weight": "late"}
    assert home.recall("toddler")["Dewi Contoh"] == ("Timbang tiap bulan",)
    home.on("2027-01-30")
    assert home.room("father", "hypertension_control") == {"hypertension_control": "done"}
    home.on("2027-01-31")
    assert home.room("father", "hypertension_control") == {"hypertension_control": "due"}
    home.comes("father")
    home.measured("father", blood_pressure="134/84")
    home.on("2027-02-01")
    assert home.room("child", "vitamin_a_red") == {"vitamin_a_red": "due"}
    assert home.room("mother", "anc_contact") == {"anc_contact": "due"}
    assert home.recall("pregnancy", "due") == {"Ratna Contoh": (ANC, LAB)}
    assert set(home.recall("elderly", "no_data")) == {"Aminah Contoh", "Darwis Contoh"}


def grandmother(home: Household) -> None:
    """SKILAS finds a box of memory, which asks for Mini-Cog; the year after it is due again."""
    home.on("2027-02-10")
    assert home.room("grandmother", "skilas", "mini_cog") == {"skilas": "no_data", "mini_cog": "absent"}
    home.comes("grandmother", reason="healthy")
    kept = home.answers(
        "grandmother", "skilas",
        recall="wrong", orientation="right", chair="yes", weight_loss="no", appetite="no", thin_arm="no",
        eye_complaint="no", finger_count="yes", whisper="yes", sad="no", no_interest="no",
    )  # fmt: skip
    assert "mini-cog" in kept.follow
    assert home.room("grandmother", "skilas", "mini_cog") == {"skilas": "done", "mini_cog": "due"}
    home.on("2027-02-11")
    home.comes("grandmother", reason="healthy")
    home.answers("grandmother", "mini-cog", recall="3", clock="normal")
    assert home.room("grandmother", "skilas", "mini_cog") == {"skilas": "done", "mini_cog": "done"}


def expecting(home: Household) -> None:
    """Ratna's pregnancy: HPHT 22-11-2026, so twelve weeks on 14-02-2027 and the term on 29-08-2027."""
    home.on("2027-01-04")
    home.comes("mother", reason="healthy")
    assert home.room("mother", "anc_contact", "muac_woman") == {"anc_contact": "absent", "muac_woman": "done"}
    home.pregnant("mother", "22-11-2026", gravida="2", para="1", abortus="0")
    assert home.desk("mother")[0] == ANC
    first = ("anc_contact", "anc_k1", "anc_doctor_first", "muac_woman")
    assert list(home.room("mother", *first).values()) == ["no_data", "due", "due", "absent"]
    home.antenatal("mother", tablets="30")
    home.measured("mother", blood_pressure="110/70", weight="52", arm="24")
    assert list(home.room("mother", *first).values()) == ["done", "done", "due", "absent"]
    assert home.recall("pregnancy", "late") == {}
    assert not any("hamil" in name for name in home.relatives("father")["Ratna Contoh"]), "nobody else is told"


def second_visit(home: Household) -> None:
    home.on("2027-02-14")
    usg = ("anc_doctor_first", "anc_risk_first", "anc_contact")
    assert list(home.room("mother", *usg).values()) == ["due", "due", "due"]
    home.on("2027-02-15")
    assert list(home.room("mother", *usg).values()) == ["late", "late", "late"]
    assert home.recall("pregnancy")["Ratna Contoh"][0] == ANC
    home.comes("mother", reason="healthy")
    home.antenatal("mother", usg=True, tablets="60")
    home.measured("mother", blood_pressure="112/70", weight="54", haemoglobin="11,4")
    assert list(home.room("mother", *usg).values()) == ["done", "late", "done"]
    assert home.room("mother", "anc_hb_first", "anc_iron") == {"anc_hb_first": "done", "anc_iron": "done"}
    assert home.recall("pregnancy") == {"Ratna Contoh": (ANC, LAB)}, "the score and the blood group are still open"
    home.on("2027-02-28")
    assert home.room("father", "hypertension_control") == {"hypertension_control": "done"}
    home.on("2027-03-01")
    assert home.room("father", "hypertension_control") == {"hypertension_control": "due"}
    assert home.recall("chronic", "due") == {"Hasan Contoh": ("Kontrol hipertensi tiap bulan",)}


def third_trimester(home: Household) -> None:
    """From 24 weeks and a day on; a red alarm in the thirtieth week."""
    third = ("anc_doctor_third", "anc_hb_third", "anc_birth_plan")
    home.on("2027-05-09")
    assert set(home.room("mother", *third).values()) == {"upcoming"}
    home.on("2027-05-10")
    assert set(home.room("mother", *third).values()) == {"due"}
    assert home.room("mother", "anc_risk_first", "anc_hb_first") == {"anc_risk_first": "lost", "anc_hb_first": "done"}
    home.on("2027-06-20")
    home.comes("mother", reason="sick")
    assert home.measured("mother", blood_pressure="164/112") == ("PREG-BP-RED",)
    home.antenatal("mother", usg=True)
    assert home.room("mother", "anc_doctor_third", "anc_contact") == {"anc_doctor_third": "done", "anc_contact": "done"}


def birth(home: Household) -> None:
    """On the day of the term; the child is one of the family from then on."""
    home.on("2027-08-29")
    home.comes("mother", reason="healthy")
    home.gives_birth("mother", "baby", "05.10", "P", "3100", "49")
    assert home.room("mother", "anc_contact", "pnc_1", "pnc_2") == {
        "anc_contact": "absent", "pnc_1": "due", "pnc_2": "upcoming"
    }  # fmt: skip
    assert home.desk("baby")[0] == "Kunjungan dan skrining bayi baru lahir"
    assert set(home.relatives("mother")) >= {home.people["baby"].name, "Dewi Contoh"}
    home.comes("baby", reason="healthy")
    home.vaccinated("baby", "hb0", hours=3)
    assert home.room("baby", "immunization_child:hb0", "birth_weight", "shk") == {
        "immunization_child:hb0": "done", "birth_weight": "done", "shk": "upcoming"
    }  # fmt: skip
    home.on("2027-08-30")
    for called in ("mother", "baby"):
        home.comes(called, reason="healthy")
        home.after_birth(called)
    home.examined("baby", "exam_shk")
    home.examined("baby", "exam_oximetry")
    assert home.room("mother", "pnc_1") == {"pnc_1": "done"}
    assert set(home.room("baby", "neonatal_1", "shk", "oximetry").values()) == {"done"}


def weeks_after(home: Household) -> None:
    """KF2 and KN2 pass unused and are not possible any more; nifas ends after six weeks."""
    home.on("2027-09-01")
    assert home.room("mother", "pnc_2", "pnc_3") == {"pnc_2": "due", "pnc_3": "upcoming"}
    assert home.room("baby", "neonatal_2") == {"neonatal_2": "due"}
    assert home.recall("newborn", "due")[home.people["baby"].name] == ("Kunjungan dan skrining bayi baru lahir",)
    home.on("2027-09-06")
    assert home.room("mother", "pnc_2", "pnc_3") == {"pnc_2": "lost", "pnc_3": "due"}
    assert home.room("baby", "neonatal_2", "neonatal_3") == {"neonatal_2": "lost", "neonatal_3": "due"}
    home.on("2027-09-10")
    for called in ("mother", "baby"):
        home.comes(called, reason="healthy")
        home.after_birth(called)
    home.vaccinated("baby", "bcg", "opv")
    assert home.room("mother", "pnc_3") == {"pnc_3": "done"}
    assert home.room("baby", "neonatal_3", "immunization_child:bcg", "g6pd") == {
        "neonatal_3": "done", "immunization_child:bcg": "done", "g6pd": "late"
    }  # fmt: skip
    home.on("2027-09-27")
    assert home.room("mother", "pnc_3", "pnc_4") == {"pnc_3": "done", "pnc_4": "due"}
    home.on("2027-10-10")
    assert home.room("mother", "pnc_4", "muac_woman") == {"pnc_4": "due", "muac_woman": "done"}
    home.on("2027-10-11")
    assert home.room("mother", "pnc_4", "pnc_blood_pressure", "muac_woman") == {
        "pnc_4": "absent", "pnc_blood_pressure": "absent", "muac_woman": "done"
    }  # fmt: skip


DPT, PCV, RV = "immunization_child:dpt_hb_hib", "immunization_child:pcv", "immunization_child:rv"


def late_series(home: Household) -> None:
    """Two months old on 29-10-2027; they come at four months, and rotavirus is lost at seven."""
    home.on("2027-10-28")
    assert home.room("baby", DPT, RV) == {DPT: "upcoming", RV: "upcoming"}
    home.on("2027-10-29")
    assert home.room("baby", DPT, RV) == {DPT: "due", RV: "due"}
    home.on("2027-11-28")
    assert home.room("baby", DPT) == {DPT: "due"}
    home.on("2027-11-29")
    assert home.room("baby", DPT) == {DPT: "late"}
    baby = home.people["baby"].name
    assert home.recall("toddler")[baby] == ("Timbang tiap bulan", DOSES), "four doses, told as one"
    home.on("2027-12-29")
    home.comes("baby", reason="healthy")
    home.measured("baby", weight="6,1", height="61")
    home.vaccinated("baby", "dpt_hb_hib", "opv", "pcv", "rotavac", "ipv")
    assert set(home.room("baby", DPT, PCV, RV).values()) == {"upcoming"}
    assert baby not in home.recall("toddler")
    home.on("2028-01-25")
    assert home.room("baby", DPT) == {DPT: "upcoming"}
    home.on("2028-01-26")
    assert home.room("baby", DPT) == {DPT: "late"}, "four weeks are over, and three months of age long ago"
    assert home.desk("baby")[0] == "Imunisasi OPV3, DPT-HB-Hib 2, PCV2 dan 1 lagi"


def half_a_year(home: Household) -> None:
    """Six months on the 29th of February: vitamin A of that month, due for one day and then late."""
    home.on("2028-02-28")
    assert home.room("baby", "vitamin_a_blue", "pkat", "growth_muac") == {
        "vitamin_a_blue": "absent", "pkat": "upcoming", "growth_muac": "absent"
    }  # fmt: skip
    assert home.room("grandmother", "skilas") == {"skilas": "due"}
    home.on("2028-02-29")
    assert set(home.room("baby", "vitamin_a_blue", "pkat", "kpsp", "growth_muac").values()) == {"due"}
    home.on("2028-03-01")
    assert home.room("baby", "vitamin_a_blue", "pkat") == {"vitamin_a_blue": "late", "pkat": "due"}
    home.comes("baby", reason="healthy")
    home.examined("baby", "given_vitamin_a_blue")
    assert home.room("baby", "vitamin_a_blue") == {"vitamin_a_blue": "done"}
    home.on("2028-03-09")
    assert home.room("grandmother", "skilas") == {"skilas": "due"}
    home.on("2028-03-10")
    assert home.room("grandmother", "skilas") == {"skilas": "late"}
    assert home.recall("elderly")["Aminah Contoh"][-1] == "SKILAS"
    home.on("2028-03-28")
    assert home.room("baby", RV) == {RV: "late"}
    assert DOSES in home.recall("toddler")[home.people["baby"].name]
    home.on("2028-03-29")
    assert home.room("baby", RV) == {RV: "lost"}
    three = ("Imunisasi OPV3", "DPT-HB-Hib 2", "PCV2")
    assert home.recall("toddler")[home.people["baby"].name] == (*three, "Timbang tiap bulan")


def a_death(home: Household) -> None:
    """Nothing is asked of whoever has died, nor shown to the family."""
    home.on("2028-04-09")
    assert "Darwis Contoh" in home.recall("elderly", "no_data")
    assert "Darwis Contoh" in home.relatives("grandmother")
    home.on("2028-04-10")
    home.dies("grandfather")
    assert home.desk("grandfather") == []
    assert home.room("grandfather") == {}
    assert home.recall("elderly", "no_data") == {}
    assert "Darwis Contoh" not in home.relatives("grandmother")


def a_year_old(home: Household) -> None:
    """From the first birthday on the red capsule, and everything of the toddlers."""
    home.on("2028-08-28")
    assert home.room("baby", "vitamin_a_blue", "vitamin_a_red", "deworming") == {
        "vitamin_a_blue": "due", "vitamin_a_red": "absent", "deworming": "absent"
    }  # fmt: skip
    home.on("2028-08-29")
    assert home.room("baby", "vitamin_a_blue", "vitamin_a_red", "deworming") == {
        "vitamin_a_blue": "absent", "vitamin_a_red": "due", "deworming": "due"
    }  # fmt: skip
    home.on("2028-09-01")
    assert home.room("baby", "vitamin_a_red") == {"vitamin_a_red": "late"}
    home.on("2028-11-21")
    late = home.recall("toddler")[home.people["baby"].name]
    assert {DOSES, "Timbang dan ukur"} <= set(late)
    assert "Vitamin A merah" not in late, "the next round is in February"
    home.comes("baby", reason="healthy")
    home.vaccinated("baby", "mr", "ipv")
    three = ("Imunisasi OPV3", "DPT-HB-Hib 2", "PCV2")
    assert home.recall("toddler")[home.people["baby"].name] == (*three, "Timbang dan ukur")
