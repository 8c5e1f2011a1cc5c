"""What is recorded of pregnancies, as facts for the rules of what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from db.among import among
from db.models import maternity
from ilp_desk.domain.person import Precision
from ilp_desk.rows.care import FactRow

_COLUMNS = {
    "systolic": "blood_pressure",
    "weight": "weight",
    "arm": "arm",
    "fundus": "fundus",
    "fetal_heart": "fetal_heart",
    "haemoglobin": "haemoglobin",
    "tablets": "given_iron_pregnancy",
}

_C, _P, _I, _D = maternity.antenatal_contact, maternity.birth_plan, maternity.infant, maternity.delivery
# Made once, as those of `db.queries.care`.
_VISITS = select(
    *(_C.c[name] for name in ("person_id", "on", "on_precision", "place", "doctor", "usg", "protein", *_COLUMNS))
).where(among(_C.c.person_id, "ids"), _C.c.voided_at.is_(None))
_PLANS = select(_P.c.person_id, _P.c.on).where(among(_P.c.person_id, "ids"), _P.c.voided_at.is_(None))
_BIRTHS = (
    select(_I.c.child_id, _D.c.on)
    .join(_D, _D.c.id == _I.c.delivery_id)
    .where(among(_I.c.child_id, "ids"), _I.c.voided_at.is_(None), _D.c.voided_at.is_(None))
)


def antenatal_facts(
    connection: Connection, ids: Sequence[int], uids: Mapping[int, str]
) -> Iterator[tuple[int, FactRow]]:
    """A visit, ultrasound by a doctor, tablets, what was measured elsewhere; and the birth plan.

    One ultrasound is told for both trimesters: the windows of the services say to which it belongs.
    """
    for row in connection.execute(_VISITS, {"ids": ids}):
        codes = ["contact_antenatal"]
        if row.doctor and row.usg:
            codes += ["exam_usg_first", "exam_usg_third"]
        if row.protein:
            codes.append("urine_protein")
        codes += [code for name, code in _COLUMNS.items() if getattr(row, name)]
        precision = Precision(row.on_precision)
        for code in codes:
            yield row.person_id, FactRow(uids[row.person_id], code, row.on, None, precision, where=row.place)
    for row in connection.execute(_PLANS, {"ids": ids}):
        yield row.person_id, FactRow(uids[row.person_id], "plan_birth", row.on, None)


def births(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, date]]:
    """The day of birth of those of these people who were written down with the delivery."""
    for row in connection.execute(_BIRTHS, {"ids": ids}):
        yield row.child_id, row.on
