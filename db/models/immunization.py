"""Tables of immunization."""

from __future__ import annotations

from db.models.shape import shape
from ilp_desk.domain.immunization.records import AdverseEvent, GivenDose, Objection

_FACT = {"person_uid": "person", "visit_uid": "visit"}

given_dose = shape(GivenDose, "given_dose", _FACT, index=(("person_id",), ("on", "code")))
adverse_event = shape(
    AdverseEvent, "adverse_event", {**_FACT, "dose_uid": "given_dose"}, index=(("person_id",), ("dose_id",))
)
objection = shape(Objection, "objection", _FACT, index=(("person_id",),))
