"""What is recorded of pregnancies, as facts for the rules of what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

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


def antenatal_facts(
    connection: Connection, ids: Sequence[int], uids: Mapping[int, str]
) -> Iterator[tuple[int, FactRow]]:
    """A visit, ultrasound by a doctor, tablets, what was measured elsewhere; and the birth plan.

    One ultrasound is told for both trimesters: the windows of the services say to which it belongs.
    """
    c, p = maternity.antenatal_contact, maternity.birth_plan
    wanted = [c.c[name] for name in _COLUMNS]
    visits = select(c.c.person_id, c.c.on, c.c.on_precision, c.c.place, c.c.doctor, c.c.usg, c.c.protein, *wanted)
    for row in connection.execute(visits.where(c.c.person_id.in_(ids), c.c.voided_at.is_(None))):
        codes = ["contact_antenatal"]
        if row.doctor and row.usg:
            codes += ["exam_usg_first", "exam_usg_third"]
        if row.protein:
            codes.append("urine_protein")
        codes += [code for name, code in _COLUMNS.items() if getattr(row, name)]
        precision = Precision(row.on_precision)
        for code in codes:
            yield row.person_id, FactRow(uids[row.person_id], code, row.on, None, precision, where=row.place)
    plans = select(p.c.person_id, p.c.on).where(p.c.person_id.in_(ids), p.c.voided_at.is_(None))
    for row in connection.execute(plans):
        yield row.person_id, FactRow(uids[row.person_id], "plan_birth", row.on, None)


def births(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, date]]:
    """The day of birth of those of these people who were written down with the delivery."""
    i, d = maternity.infant, maternity.delivery
    for row in connection.execute(
        select(i.c.child_id, d.c.on)
        .join(d, d.c.id == i.c.delivery_id)
        .where(i.c.child_id.in_(ids), i.c.voided_at.is_(None), d.c.voided_at.is_(None))
    ):
        yield row.child_id, row.on
