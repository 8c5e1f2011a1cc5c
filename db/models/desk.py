"""Tables of visits, queue, clinical facts and papers."""

from __future__ import annotations

from db.models.shape import live, shape
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Pregnancy,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.document import Document, PrintJob, Referral
from ilp_desk.domain.queueing import ENDED
from ilp_desk.domain.visit import QueueEntry, QueueEvent, Visit

_PERSON = {"person_uid": "person"}
_FACT = {"person_uid": "person", "visit_uid": "visit"}
_BY_VISIT = (("visit_id",), ("person_id", "taken_at"))

visit = shape(
    Visit,
    "visit",
    _PERSON,
    index=(("person_id", "service_date"), ("service_date", "state")),
    unique=((("person_id", "service_date"), lambda t: live(t) & (t.c.state != "cancelled")),),
)
queue_entry = shape(
    QueueEntry,
    "queue_entry",
    {
        "visit_uid": "visit",
        "person_uid": "person",
        "service_point_uid": "service_point",
        "sent_from_uid": "queue_entry",
    },
    index=(("service_date", "service_point_id", "state"), ("visit_id",), ("service_date", "person_id")),
    unique=(
        (
            ("service_date", "letter", "number", "service_point_id"),
            lambda t: live(t) & t.c.state.not_in([state.value for state in sorted(ENDED)]),
        ),
    ),
)
queue_event = shape(QueueEvent, "queue_event", {"entry_uid": "queue_entry"}, index=(("entry_id",), ("made_at",)))

vital_signs = shape(VitalSigns, "vital_signs", _FACT, index=_BY_VISIT)
observation = shape(Observation, "observation", _FACT, index=_BY_VISIT)
note = shape(Note, "note", _FACT, index=_BY_VISIT)
diagnosis = shape(Diagnosis, "diagnosis", _FACT, index=(*_BY_VISIT, ("made_by", "code")))
procedure = shape(Procedure, "procedure", _FACT, index=_BY_VISIT)
allergy = shape(Allergy, "allergy", _FACT, index=(("person_id",),))
problem = shape(Problem, "problem", _FACT, index=(("person_id",),))
pregnancy = shape(Pregnancy, "pregnancy", _PERSON, index=(("person_id",),))
alarm_answer = shape(AlarmAnswer, "alarm_answer", _FACT, index=(("visit_id",),))
document = shape(
    Document,
    "document",
    _FACT,
    index=(("person_id",), ("visit_id",), ("issued_at",)),
    unique=((("kind", "year", "serial"), lambda t: t.c.serial > 0),),
)
referral = shape(
    Referral,
    "referral",
    {
        "person_uid": "person",
        "visit_uid": "visit",
        "document_uid": "document",
        "destination_uid": "partner",
        "consent_uid": "consent",
    },
    index=(("state",), ("person_id",), ("visit_id",), ("document_id",)),
)
print_job = shape(PrintJob, "print_job", index=(("state",),))
