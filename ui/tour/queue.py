"""In the queue: a number is called, and the waiting room sees it."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.domain.visit import QueueState
from ilp_desk.errors import NotFound
from ilp_desk.rows.queue import QueueRow
from ui.robot import Key, press
from ui.screens.queue import QueuePage
from ui.tour import Tour, page

MOST_STEPS = 60


def call(tour: Tour) -> None:
    """The number that was drawn at the desk is chosen with the arrow keys and called with Enter."""
    tour.sit_down("yenni", "queue")
    shown = page(tour, QueuePage)
    tour.stage.until(lambda: shown.line and shown.line.point_uid == tour.kept["point"], "antrean titik layanan")
    tour.picture("antrean")
    walk(lambda: getattr(shown.list.current_entry(), "entry_uid", ""), tour.kept["entry"])
    press(Key.Key_Return)
    tour.stage.until(lambda: state(shown, tour.kept["entry"]) is QueueState.CALLED, "nomor dipanggil")
    tour.picture("dipanggil")


def walk(here: Callable[[], str], wanted: str) -> None:
    """Arrow down until the row that is wanted is chosen. Raises NotFound."""
    press(Key.Key_Home)
    for _ in range(MOST_STEPS):
        if here() == wanted:
            return
        press(Key.Key_Down)
    raise NotFound("Barisnya tidak ada di daftar.")


def state(shown: QueuePage, entry_uid: str) -> QueueState | None:
    """Where an entry stands, as the page shows it."""
    rows: list[QueueRow] = list(shown.line.inside) if shown.line else []
    return next((row.state for row in rows if row.entry_uid == entry_uid), None)
