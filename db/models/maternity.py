"""Tables of pregnancy, birth and the time after it."""

from __future__ import annotations

from db.models.shape import shape
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Dating, Delivery, Infant

_OF = {"person_uid": "person", "pregnancy_uid": "pregnancy"}
_BY = (("person_id",), ("pregnancy_id",))

dating = shape(Dating, "dating", _OF, index=_BY)
antenatal_contact = shape(
    AntenatalContact, "antenatal_contact", {**_OF, "visit_uid": "visit"}, index=(*_BY, ("visit_id",))
)
birth_plan = shape(BirthPlan, "birth_plan", _OF, index=_BY)
delivery = shape(Delivery, "delivery", _OF, index=_BY)
infant = shape(
    Infant,
    "infant",
    {"person_uid": "person", "delivery_uid": "delivery", "child_uid": "person"},
    index=(("person_id",), ("delivery_id",), ("child_id",)),
)
