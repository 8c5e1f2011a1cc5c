"""A district's weighing sheet of 100,000 rows, from CSV to CSV, as `ilp-desk growth` computes it."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from ilp_desk.commands.growth import compute
from tests.benchmarks.measure import MS, Row, middle, ms, tell, timed

ROWS, BUDGET = 100_000, 3 * MS
HEADING = "nama sex age_days weight_kg length_height_cm measure oedema head_cm muac_cm".split()


def sheet(path: Path, rows: int, seed: int = 1) -> None:
    """Children of 0 to 1856 days with every size, most of them likely."""
    lot = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        for number in range(rows):
            days = lot.randint(0, 1856)
            grown = days / 1856
            sizes = (3.4 + 14 * grown**0.7, 50 + 60 * grown**0.6, 35 + 15 * grown**0.4, 12 + 4 * grown)
            weight, length, head, arm = (f"{size * lot.gauss(1, 0.04):.1f}" for size in sizes)
            position = "L" if days < 731 else "H"
            writer.writerow((f"Anak {number}", lot.choice("LP"), days, weight, length, position, "n", head, arm))


def measure(rounds: int, rows: int = ROWS) -> list[Row]:
    """The whole way, reading and writing included; every row has six z-scores."""
    tell(f"weighing sheet: {rounds} rounds of {rows} rows")
    with TemporaryDirectory(prefix="ilp-desk-growth-") as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        sheet(source, rows)
        spent = middle([timed(lambda: compute(source, target)).cpu for _ in range(rounds)])
    each = spent / rows * MS
    note = f"CPU, CSV to CSV, six z-scores a row; {each:.0f} µs a row"
    return [Row(f"z-scores of {rows:,} rows", ms(BUDGET), ms(spent), spent <= BUDGET * rows / ROWS, note)]
