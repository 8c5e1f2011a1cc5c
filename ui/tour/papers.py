"""Papers of one person: card, label for the folder, consent to be signed, the record on a few pages."""

from __future__ import annotations

from collections.abc import Callable

from ui.page import Context
from ui.papers import show_general_consent, show_record_label
from ui.robot import Key, press
from ui.screens.history import HistoryPage
from ui.tour import Tour, page


def card(tour: Tour) -> None:
    """F6 at the desk shows the patient's card."""
    tour.sit_down("rina", "registration")
    tour.window.navigate("registration", tour.kept["person"])
    tour.stage.settle()
    press(Key.Key_F6)
    shown_paper(tour, "kartu-berobat")


def label(tour: Tour) -> None:
    """The sticky label of the folder."""
    _show(tour, show_record_label, "label-rm")


def consent(tour: Tour) -> None:
    """The general consent, nothing on it ticked."""
    _show(tour, show_general_consent, "persetujuan-umum")


def history(tour: Tour) -> None:
    """The record with all visits, and a summary to take along."""
    tour.sit_down("hadi", "history")
    tour.window.navigate("history", tour.kept["person"])
    shown = page(tour, HistoryPage)
    tour.stage.until(lambda: shown.record and shown.visits.rows, "riwayat")
    tour.picture("riwayat")
    shown.print_summary()
    shown_paper(tour, "ringkasan-riwayat")


def _show(tour: Tour, show: Callable[[Context, str], None], name: str) -> None:
    here = tour.window.page
    if here is not None:
        show(here.context, tour.kept["person"])
    shown_paper(tour, name)


def shown_paper(tour: Tour, name: str) -> None:
    """The paper stands in its preview: photograph it, keep its pages, put it away."""
    overlays = tour.window.overlays
    tour.stage.until(lambda: overlays.open_sheet, f"pratinjau {name}")
    tour.stage.settle()
    tour.picture(name)
    tour.previewed(name)
    press(Key.Key_Escape)
    tour.stage.until(lambda: not overlays.open_sheet, "pratinjau tertutup")
