"""What is done in the room, by its keys: call, open, measure, diagnose, refer, finish; and a look into the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ui.main_window import MainWindow
from ui.page import Page
from ui.parts.referral.sheet import LetterSheet
from ui.robot import ALT, CTRL, Key, fill, press, there
from ui.screens.history import HistoryPage
from ui.screens.room import RoomPage

SECTIONS = (
    ("Keluhan utama", "Batuk dan pilek 3 hari"),
    ("Tekanan darah", "124/82"),
    ("Nadi", "84"),
    ("Napas", "18"),
    ("Suhu", "36,9"),
    ("Berat", "61,5"),
    ("Anamnesis", "Batuk berdahak 3 hari, tidak sesak, tidak demam tinggi."),
    ("Pemeriksaan fisik", "Faring hiperemis, paru vesikuler, tidak ada ronki."),
)
TREATMENT = (
    ("Terapi", "Parasetamol 500 mg 3x1 bila perlu"),
    ("Rencana dan edukasi", "Perlu pemeriksaan lanjutan di rumah sakit."),
)
DIAGNOSIS = "J00"
KINDS, DESTINATION = "Jenis rujukan", "Fasilitas tujuan"
P = TypeVar("P", bound=Page)
Until = Callable[[Callable[[], object]], None]


class Room:
    """The room of one window. until: lets the window live until something holds."""

    def __init__(self, window: MainWindow, until: Until) -> None:
        self.window, self._until = window, until

    def _page(self, kind: type[P]) -> P:
        self._until(lambda: isinstance(self.window.page, kind))
        found = self.window.page
        assert isinstance(found, kind)
        return found

    def open_next(self) -> str:
        """Whoever is next is called and in, measured and diagnosed; gives the person's uid."""
        self.window.navigate("care")
        page = self._page(RoomPage)
        self._until(page.points)
        press(Key.Key_J, CTRL)
        self._until(lambda: page.visit.visit)
        press(Key.Key_Return)
        for name, text in SECTIONS:
            fill(self.window, name, text)
        press(Key.Key_S, CTRL)
        self._until(lambda: page.visit.visit and page.visit.visit.taken)
        press(Key.Key_4, ALT)
        self._until(lambda: there(self.window, "Diagnosis (ICD-10)"))
        fill(self.window, "Diagnosis (ICD-10)", DIAGNOSIS)
        self._until(page.panel.diagnosis.search.is_offering)
        press(Key.Key_Return)
        self._until(lambda: page.visit.visit and page.visit.visit.diagnoses)
        for name, text in TREATMENT:
            fill(self.window, name, text)
        press(Key.Key_S, CTRL)
        self._until(lambda: not page.visit.unsaved)
        assert page.visit.visit is not None
        return page.visit.visit.person_uid

    def write_letter(self) -> None:
        """A letter for the visit that is open, up to where it can be issued."""
        press(Key.Key_R, CTRL)
        self._until(lambda: isinstance(self._sheet(), LetterSheet))
        self._until(lambda: there(self.window, KINDS))
        press(Key.Key_1)
        self._until(lambda: there(self.window, DESTINATION))
        fill(self.window, DESTINATION, "RSUD")
        press(Key.Key_Return)

    def issue_letter(self, printed: Callable[[], object]) -> None:
        """Number, freeze, print."""
        press(Key.Key_Return, CTRL)
        self._until(printed)
        self._until(lambda: not self.window.overlays.open_sheet)

    def _sheet(self) -> object:
        sheet = self.window.overlays.open_sheet
        return sheet.panel if sheet else None

    def finish(self) -> None:
        """The visit that is open ends."""
        page = self._page(RoomPage)
        press(Key.Key_Return, CTRL)
        self._until(lambda: self.window.overlays.open_sheet)
        press(Key.Key_Return)
        self._until(lambda: page.visit.visit is None and not self.window.overlays.open_sheet)

    def look_back(self, person_uid: str) -> None:
        """The person's record, with the visit of today."""
        self.window.navigate("history", person_uid)
        page = self._page(HistoryPage)
        self._until(lambda: page.record is not None and page.record.person_uid == person_uid)
        self._until(lambda: page.visits.rows)
