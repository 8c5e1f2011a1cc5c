"""What is recorded of a pregnancy besides its episode: how it was dated, its visits, the birth plan, the birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.clinical import Fact
from ilp_desk.domain.person import Precision
from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Dating(Record):
    """One dating of a pregnancy; the newest is in force, the earlier ones are its history. source: code of
    pregnancy.toml; on: the day it was dated."""

    person_uid: str
    pregnancy_uid: str
    on: date
    lmp: date
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AntenatalContact(Fact):
    """One antenatal visit; place and performer (of Fact) where it was elsewhere.

    doctor, usg: a doctor was there, ultrasound was done; tablets, swallowed: iron tablets given now, and swallowed
    since the visit before; findings in words. The measures are only of visits elsewhere, ours are those of the visit:
    systolic, diastolic mmHg; weight g; arm, fundus mm; fetal_heart per minute; haemoglobin 0.1 g/dL; protein as in
    observations.toml.
    """

    pregnancy_uid: str
    on: date
    on_precision: Precision = Precision.DAY
    doctor: bool = False
    usg: bool = False
    tablets: int | None = None
    swallowed: int | None = None
    findings: str = ""
    systolic: int | None = None
    diastolic: int | None = None
    weight: int | None = None
    arm: int | None = None
    fundus: int | None = None
    fetal_heart: int | None = None
    haemoglobin: int | None = None
    protein: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BirthPlan(Record):
    """Where and with whom she means to give birth (P4K). place, helper: codes of pregnancy.toml; the others in words.
    Amended by a successor."""

    person_uid: str
    pregnancy_uid: str
    on: date
    place: str = ""
    place_name: str = ""
    helper: str = ""
    companion: str = ""
    transport: str = ""
    donor: str = ""
    funds: str = ""
    contraception: str = ""
    sticker: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery(Record):
    """How a pregnancy ended. on: the day; born_at: the instant, where the hour is known; birth_place, helper, way:
    codes of pregnancy.toml; condition of the mother in words; early_feeding: IMD, None where nobody said."""

    person_uid: str
    pregnancy_uid: str
    on: date
    born_at: datetime | None = None
    birth_place: str = ""
    place_name: str = ""
    helper: str = ""
    way: str = ""
    condition: str = ""
    early_feeding: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Infant(Record):
    """One child of a delivery. person_uid: of the mother; child_uid: its own record, None where it has none.

    state: live, stillborn, died (born alive); weight g and length mm at birth.
    """

    person_uid: str
    delivery_uid: str
    child_uid: str | None = None
    order: int
    sex: str
    state: str = "live"
    weight: int | None = None
    length: int | None = None
