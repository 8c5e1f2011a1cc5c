"""A field with a short list behind it: typing narrows it, Down opens it, and anything else may be typed as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ilp_desk.rows.papers import Destination
from ui.widgets import SuggestEdit, TwoLine

PREFERRED = {"horizontal": ("puskesmas", "clinic"), "diagnostic": ("laboratory", "hospital")}
"""Which facilities come first for a kind of referral; hospitals, where none is named."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand in the field; note: a second line; uid: of what it stands for."""

    text: str
    note: str = ""
    uid: str = ""


class OfferEdit(SuggestEdit[Offer]):
    """`uid` is that of the offer whose text stands in the field, empty for anything typed beside the list."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(lambda row: TwoLine(row.text, row.note), lambda row: row.text, placeholder, name)
        self._offers: tuple[Offer, ...] = ()
        self.asked.connect(lambda text: self.offer(text, self._like(text)))

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Replace the list; what stands in the field stays."""
        self._offers = tuple(offers)

    def chosen(self) -> Offer | None:
        """The offer whose text stands in the field."""
        text = " ".join(self.text().split()).casefold()
        return next((offer for offer in self._offers if offer.text.casefold() == text), None)

    def uid(self) -> str:
        offer = self.chosen()
        return offer.uid if offer else ""

    def _like(self, text: str) -> tuple[Offer, ...]:
        words = text.casefold().split()
        return tuple(o for o in self._offers if all(w in f"{o.text} {o.note}".casefold() for w in words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_offering():
            # What stands there may be a choice already: then the whole list is worth more than that one row.
            rows = self._offers if self.chosen() else self._like(self.text())
            self.offer(self.text().strip(), rows or self._offers)
            event.accept()
            return
        super().keyPressEvent(event)


def destinations(found: Sequence[Destination], kind: str) -> tuple[Offer, ...]:
    """The directory for a kind of referral, those one usually refers to first."""
    first = PREFERRED.get(kind, ("hospital",))
    ordered = sorted(found, key=lambda d: first.index(d.kind) if d.kind in first else len(first))
    return tuple(
        Offer(d.name, " · ".join(part for part in (d.city, f"Telp. {d.phone}" if d.phone else "") if part), d.uid)
        for d in ordered
    )
