"""The weighing sheet is measured, small: that it can be, and that every row of it is computed."""

from __future__ import annotations

from pathlib import Path

from ilp_desk.commands.growth import compute
from tests.benchmarks.growing import measure, sheet


def test_a_small_sheet_is_measured() -> None:
    (row,) = measure(rounds=1, rows=200)
    assert row.what == "z-scores of 200 rows"
    assert row.budget == "3.0 s"


def test_the_rows_are_good_ones(tmp_path: Path) -> None:
    """What is refused costs less than what is computed."""
    sheet(tmp_path / "in.csv", 500)
    report = compute(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (report.seen, report.wrong) == (500, 0)
