"""The shape of search that peers use, on the same file: 21 columns `LIKE '%q%'`, nine joins (SIMRS Khanza, DlgPasien).

Its table stands beside ours, clustered by record number as InnoDB does it, so that `ORDER BY ... DESC LIMIT` may stop
early. Only the shape is rebuilt; the product adds a network and MySQL.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from db.engine import READ_CACHE_KIB, connect
from tests.benchmarks.measure import Row, middle, ms, tell, timed, times
from tests.benchmarks.searching import questions
from tests.benchmarks.towns import Town
from tests.house import KEY

MASTERS = {
    "village": 120, "subdistrict": 12, "district": 4, "province": 2, "payer": 6, "company": 10, "disability": 6,
    "language": 8, "ethnicity": 12,
}  # fmt: skip
"""Joined table -> rows in it."""

SEARCHED = (
    "p.mrn p.name p.nik p.member p.birthplace p.born payer.name p.address p.blood p.job p.marital p.nip "
    "disability.name p.relative company.name language.name ethnicity.name p.religion p.mother p.registered p.phone"
).split()
OWN = (
    "name nik member birthplace born address blood job marital nip relative religion mother registered phone sex age "
    "rt rw relation email"
).split()
"""Columns of the patient's own, besides the record number."""
SHOWN = (
    *SEARCHED,
    *"p.sex p.age village.name subdistrict.name district.name province.name p.rt p.rw p.relation p.email".split(),
)


def set_up(town: Town) -> None:
    """The peer's tables, filled with the people of the town."""
    raw = connect(town.database, KEY, READ_CACHE_KIB)
    raw.execute("BEGIN IMMEDIATE")
    for name in ("patient", *MASTERS):
        raw.execute(f"DROP TABLE IF EXISTS peer_{name}")
    for name, many in MASTERS.items():
        raw.execute(f"CREATE TABLE peer_{name} (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        raw.executemany(f"INSERT INTO peer_{name} VALUES (?, ?)", [(i, f"{name.title()} {i}") for i in range(many)])
    columns = ", ".join(f"{name} TEXT" for name in OWN)
    keys = ", ".join(f"{name}_id INTEGER NOT NULL" for name in MASTERS)
    raw.execute(f"CREATE TABLE peer_patient (mrn TEXT PRIMARY KEY, {columns}, {keys}) WITHOUT ROWID")
    codes = ", ".join(f"id % {many}" for many in MASTERS.values())
    raw.execute(
        "INSERT INTO peer_patient SELECT record_number, name, nik, bpjs, birth_place, born_on, address, 'O', "
        "occupation, marital_status, '', responsible_name, religion, mother_name, '2024-01-02', phone, sex, "
        f"'27 Th 9 Bl 3 Hr', rt, rw, relationship, '', {codes} FROM person ORDER BY record_number"
    )
    raw.execute("COMMIT")
    raw.close()


def statement() -> str:
    joins = " ".join(f"JOIN peer_{name} {name} ON {name}.id = p.{name}_id" for name in MASTERS)
    place = "p.address || village.name || subdistrict.name || district.name || province.name"
    likes = " OR ".join(f"{column} LIKE :q" for column in SEARCHED)
    return (
        f"SELECT {', '.join(SHOWN)} FROM peer_patient p {joins} "
        f"WHERE {place} LIKE '%%' AND ({likes}) ORDER BY p.mrn DESC LIMIT 100"
    )


def _asked(raw: Any, shape: str, text: str) -> list[Any]:
    return list(raw.execute(shape, {"q": f"%{text}%"}).fetchall())


def measure(town: Town, each: int, rounds: int) -> list[Row]:
    """`each` questions of every kind, asked of both sides alike: once to warm up, then `rounds` times in turns."""
    asked = [text for texts in questions(town, each, seed=7).values() for text in texts]
    tell(f"search against LIKE: {len(asked)} questions, {rounds} rounds")
    set_up(town)
    raw = connect(town.database, KEY, READ_CACHE_KIB)
    shape = statement()
    ours: list[float] = []
    theirs: list[float] = []
    for text in asked:
        sides = ((ours, partial(town.desk.finding.find, town.clerk, text)), (theirs, partial(_asked, raw, shape, text)))
        for number in range(rounds + 1):
            for spent, ask in sides:
                span = timed(ask)
                if number:
                    spent.append(span.cpu)
    raw.close()
    ratio = middle(theirs) / middle(ours)
    return [
        Row(
            f"the same, median, against `LIKE '%q%'` ({len(SEARCHED)} columns, {len(MASTERS)} joins) on the same file",
            "1000x faster",
            f"{times(ratio)} ({ms(middle(ours))} against {ms(middle(theirs))})",
            ratio >= 1000,
            f"CPU, {len(asked)} questions of all four kinds, {rounds} warm calls each on both sides",
        )
    ]
