"""Every measurement runs, tiny: what is measured is not looked at, only that it can be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks import importing, recall
from tests.benchmarks.__main__ import NAMES, main
from tests.benchmarks.registering import ByHand, order, somebody_to_register
from tests.benchmarks.towns import build

TOGETHER = (
    ("search", "spelling", "like"),
    ("registration", "import"),
    ("papers",),
    ("start",),
    ("growth",),
    ("gaps",),
    ("due",),
    ("calling",),
    ("weighing",),
)


def test_nothing_is_left_out() -> None:
    assert {name for names in TOGETHER for name in names} == set(NAMES)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
@pytest.mark.parametrize("names", TOGETHER, ids="-".join)
def test_the_table_has_a_row_for_it(names: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word for name in names for word in ("--only", name)]
    assert main(["--scale", "tiny", "--keep", str(tmp_path), *words]) == 0
    said = capsys.readouterr().out
    assert said.startswith("| what | budget | measured | kept |")
    assert said.count("\n| ") >= len(names)


def test_an_import_that_ends_too_early_is_no_measurement(tmp_path: Path) -> None:
    town = build(tmp_path / "town", 1_000)
    with pytest.raises(RuntimeError, match="the import had ended"):
        importing.measure(town, many=40, rows=25)
    town.close()


def test_the_list_of_spellings_is_long_and_tells_no_pair_twice() -> None:
    pairs = recall.pairs()
    assert len(pairs) >= 200
    assert len(set(pairs)) == len(pairs)
    assert all(typed != stored for typed, stored in pairs)
    assert len(set(recall.put_in(2_000).values())) == len({stored for _, stored in pairs})


def test_by_hand_the_same_rows_are_written(tmp_path: Path) -> None:
    """The comparison is fair: both leave the same rows in the same tables, and the program's own check agrees."""
    from db.integrity import check
    from tests.house import KEY

    town = build(tmp_path / "town", 300)
    people = somebody_to_register(town, 2, seed=5)
    first = order(people[0])
    town.desk.registration.register(town.clerk, first)
    hand = ByHand(town, first.visit_uid)
    second = order(people[1])
    hand.register(people[1], second.visit_uid, second.entry_uid, hand.samples["visit"]["made_at"])
    same = ByHand(town, second.visit_uid)
    for name, row in hand.samples.items():
        other = same.samples[name]
        assert row.keys() == other.keys()
        assert {column for column in row if row[column] != other[column]} <= OF_ITS_OWN[name], name
    for one in (hand, same):
        one.close()
    town.close()
    assert [found.sentence for found in check(town.database, KEY) if not found.ok] == []


OF_ITS_OWN = {
    "visit": {"uid", "person_id", "made_desk", "age_days"},
    "queue_entry": {"uid", "person_id", "visit_id", "number", "made_desk"},
    "queue_event": {"uid", "entry_id", "made_desk"},
    "audit": {"desk", "seq", "subject", "content", "hash"},
    "change": {"uid", "desk"},
}
"""What differs from one registration to the next, by table."""
