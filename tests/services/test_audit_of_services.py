"""What every service leaves in the audit: that it was asked, what it changed, and nothing that must stay secret."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.audit import SECRET, plain
from db.audit_check import audit_breaks
from db.models import NAMED, plumbing
from ilp_desk.domain.record import STAMPS
from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.work import ACTS
from tests.services.samples import SAMPLES, load
from tests.services.samples.morning import DRAFT, NEW_PASSWORD, PASSWORD, Morning

if TYPE_CHECKING:
    from ilp_desk.desk import Desk

load()

Rows = dict[str, dict[str, Any]]
"""Table -> uid -> the row."""

QUIET = frozenset(
    "draft.keep draft.drop person.keep_draft person.drop_draft referral.keep_draft referral.drop_draft "
    "referral.keep_reply referral.keep_consent site.keep_draft site.drop_draft assessment.keep assessment.drop "
    "immunization.keep_draft immunization.drop_draft recall.keep growth.keep_draft growth.drop_draft".split()
)
"""Commands that are noted in a batch: drafts are kept every second."""


def connected(desk: Desk) -> Any:
    return desk.tools.store._engines.read.connect()  # type: ignore[attr-defined]


def records(desk: Desk) -> Rows:
    """Every record there is, references as uids, as the audit would write them (but for secrets)."""
    found: Rows = {}
    with connected(desk) as connection:
        uids = {name: dict(connection.execute(select(s.table.c.id, s.table.c.uid)).all()) for name, s in NAMED.items()}
        for name, shape in NAMED.items():
            rows = found[name] = {}
            for row in connection.execute(select(shape.table)).mappings():
                values = {}
                for slot in shape.slots:
                    value = row[slot.column]
                    if slot.refers is not None and value is not None:
                        value = uids[slot.refers][value]
                    values[slot.field] = value if slot.field in SECRET else plain(slot.field, value)
                rows[row["uid"]] = values
    return found


def audit(desk: Desk, after: int) -> list[dict[str, Any]]:
    a = plumbing.audit
    with connected(desk) as connection:
        return [dict(row) for row in connection.execute(select(a).where(a.c.id > after).order_by(a.c.id)).mappings()]


def last_row(desk: Desk) -> int:
    rows = audit(desk, 0)
    return rows[-1]["id"] if rows else 0


def somebody(code: str, morning: Morning) -> Actor:
    """An actor who may carry the act out, a doctor where doctors may."""
    act = ACTS[code]
    preferred = (Role.DOCTOR, Role.NURSE, Role.HEAD, *Role)
    return morning.actor(next(role for role in preferred if role in act.allowed - act.denied).value)


@pytest.fixture(scope="module", autouse=True)
def nothing_secret_in_the_end(morning: Morning) -> Iterator[None]:
    """After all samples of this module: no password, no hash, no recovery code, no draft anywhere in the audit."""
    yield
    morning.desk.note_reads()
    said = "\n".join(json.dumps(row, default=str, ensure_ascii=False) for row in audit(morning.desk, 0))
    hashes = [someone.password for someone in morning.house.read(Staff) if someone.password]
    for secret in (PASSWORD, NEW_PASSWORD, DRAFT, "$argon2", *hashes, *morning.codes):
        assert secret not in said
        assert secret.replace("-", "") not in said


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_every_service_leaves_its_row(code: str, morning: Morning) -> None:
    call, actor = SAMPLES[code](morning), somebody(code, morning)
    desk = call.desk or morning.desk
    if call.first is not None:
        call.first(actor)
    desk.note_reads()
    after, before = last_row(desk), records(desk)
    call.run(actor)
    written = audit(desk, after)
    changed = differences(before, records(desk))
    if ACTS[code].kind == "question" or code in QUIET:
        assert [row for row in written if row["act"] == code] == [], "a reading is noted in a batch"
        assert not changed
    else:
        [row] = [row for row in written if row["act"] == code]
        assert (row["staff"], row["desk"]) == (actor.staff_uid, actor.desk)
        content = told(row)
        assert content == {key: changed.get(key) for key in content}
        assert Counter(table for table, _ in changed.keys() - content.keys()) == told_in_bulk(row)
    desk.note_reads()
    noted = [row for row in audit(desk, after) if row["act"] == code]
    assert noted
    assert {row["staff"] for row in noted} == {actor.staff_uid}
    if call.opens:
        assert call.opens in {row["subject"] for row in noted}, "whose record was opened"


def differences(before: Rows, after: Rows) -> dict[tuple[str, str], dict[str, Any]]:
    """(table, uid) -> field -> [before, after] for a changed record, or the content of a new one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, rows in after.items():
        for uid, row in rows.items():
            old = before[name].get(uid)
            if old is None:
                found[name, uid] = {field: value for field, value in row.items() if value not in _BLANK}
            elif old != row:
                found[name, uid] = {field: [old[field], row[field]] for field in row if old[field] != row[field]}
        assert before[name].keys() <= rows.keys(), f"rows of {name} are gone"
    return {key: _without_stamps(values) for key, values in found.items()}


_BLANK: tuple[Any, ...] = (None, "", False, [], {})


def _without_stamps(values: dict[str, Any]) -> dict[str, Any]:
    kept = {field: value for field, value in values.items() if field not in STAMPS - _SAID and field != "uid"}
    return {field: _seen(field, value) for field, value in kept.items()}


_SAID = {"voided_at", "voided_by", "void_reason", "replaces"}


def _seen(field: str, value: Any) -> Any:
    """Secrets look alike before and after; instants are compared without their zone."""
    if field in SECRET:
        return "***"
    if isinstance(value, list):
        return [_seen("", part) for part in value]
    return value.removesuffix("+00:00") if isinstance(value, str) else value


def told(row: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """What an audit row says was added and changed, several steps of one record taken together."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for sign, table, uid, values in json.loads(row["content"]):
        if sign == "+*":
            continue
        known = found.setdefault((table, uid), {})
        for field, value in values.items():
            if sign == "+":
                known[field] = value
            elif field in known and isinstance(known[field], list):
                known[field] = [known[field][0], value[1]]
            else:
                known[field] = value
    return {key: _without_stamps(values) for key, values in found.items()}


def told_in_bulk(row: dict[str, Any]) -> Counter[str]:
    """How many new records of each table an audit row tells without their content (imports, sample data)."""
    found: Counter[str] = Counter()
    for sign, table, _, values in json.loads(row["content"]):
        if sign == "+*":
            found[table] += values["records"]
    return found


def test_the_chain_holds_after_all_of_it(morning: Morning) -> None:
    for code in ("visit.register", "queue.call", "person.save", "referral.issue"):
        SAMPLES[code](morning).run(somebody(code, morning))
    with connected(morning.desk) as connection:
        rows, breaks = audit_breaks(connection.connection.driver_connection)
    assert rows > 4
    assert breaks == ()


def test_a_refused_act_leaves_no_trace_of_what_it_would_have_done(morning: Morning) -> None:
    call = SAMPLES["visit.register"](morning)
    before = records(morning.desk)
    with pytest.raises(Exception, match="Peran Anda"):
        call.run(morning.actor("pharmacy"))
    assert records(morning.desk) == before
