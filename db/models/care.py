"""Tables of the services of the life cycle."""

from __future__ import annotations

from db.models.shape import shape
from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.due.records import CareRecord, ServiceAnswer, Told

_PERSON = {"person_uid": "person"}
_FACT = {"person_uid": "person", "visit_uid": "visit"}

care_record = shape(CareRecord, "care_record", _FACT, index=(("person_id", "code"), ("visit_id",)))
told = shape(Told, "told", _PERSON, index=(("person_id",),))
service_answer = shape(ServiceAnswer, "service_answer", _FACT, index=(("person_id",),))
assessment = shape(Assessment, "assessment", _FACT, index=(("person_id", "instrument"), ("visit_id",)))
