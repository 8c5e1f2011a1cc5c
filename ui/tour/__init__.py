"""The whole main job in the real windows, with nobody in front of them: pictures, papers and a log are what is left.

    with Stage(desk, "Puskesmas Contoh") as stage:
        Tour(stage, sitters, folder, clock, doors).run(steps())

A step is a function that is handed the tour; a new screen adds its steps to a module beside this one and to STEPS.
The log says what was done and how long it took, never about whom.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ilp_desk.clock import Clock
from ilp_desk.domain.text.dates import time_text
from ilp_desk.errors import NotFound
from ilp_desk.settings import Settings
from ui.app import Application
from ui.doors import Doors
from ui.main_window import MainWindow
from ui.page import Page
from ui.pictures import Sitter
from ui.preview import PreviewPanel
from ui.robot import find
from ui.stage import DESIGN, Stage, ready

STEPS = (
    "start.sign_in",
    "start.lock",
    "start.leave",
    "desk.search",
    "desk.arrive",
    "desk.register",
    "desk.tickets",
    "desk.family",
    "desk.emergency",
    "queue.call",
    "office.display",
    "room.begin",
    "room.vitals",
    "room.answer",
    "services.record",
    "services.earlier",
    "screening.answer",
    "pregnancy.contact",
    "pregnancy.card",
    "room.diagnose",
    "referral.write",
    "referral.look",
    "referral.issue",
    "referral.finish",
    "immunization.give",
    "immunization.card",
    "pregnancy.after",
    "papers.card",
    "papers.label",
    "papers.consent",
    "newcomer.open_sheet",
    "newcomer.save",
    "papers.history",
    "letters.listed",
    "letters.reply",
    "recall.listed",
    "recall.called",
    "recall.printed",
    "growth.measure",
    "growth.sheet",
    "office.manage",
    "office.rules",
)
"""Module and function of each step, in the order of the tour."""
Step = Callable[["Tour"], None]
P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Done:
    """What a tour left."""

    pictures: tuple[Path, ...]
    papers: tuple[Path, ...]
    steps: int


class Tour:
    """Goes through the steps. kept: what one step leaves for the next, by name (uids, never names).

    doors: to the sample data, for the steps that begin where the program begins.
    """

    def __init__(self, stage: Stage, sitters: Mapping[str, Sitter], folder: Path, clock: Clock, doors: Doors) -> None:
        self.stage, self.sitters, self.folder, self._clock, self.doors = stage, sitters, folder, clock, doors
        self.application: Application | None = None
        self.kept: dict[str, str] = {}
        self.pictures: list[Path] = []
        self.papers: list[Path] = []
        self._window: MainWindow | None = None
        self._lines: list[str] = []
        ready(folder)

    def run(self, steps: Iterable[tuple[str, Step]]) -> Done:
        """All steps; the log is written even when one of them breaks off."""
        count = 0
        try:
            for count, (name, step) in enumerate(steps, 1):
                began = time.perf_counter()
                self.note(f"langkah {count}: {name}")
                self.stage.doing = name
                step(self)
                self.note(f"langkah {count} selesai, {time.perf_counter() - began:.2f} detik".replace(".", ","))
        except Exception as trouble:
            self.note(f"langkah {count} berhenti: {type(trouble).__name__}")
            raise
        finally:
            (self.folder / "tour.log").write_text("\n".join([*self._lines, ""]), encoding="utf-8")
        return Done(tuple(self.pictures), tuple(self.papers), count)

    # What steps use

    @property
    def window(self) -> MainWindow:
        """The window that is open."""
        if self._window is None:
            raise LookupError("no window is open")
        return self._window

    def sit_down(self, username: str, screen: str, settings: Settings | None = None) -> MainWindow:
        """Somebody opens the desk at their place."""
        sitter = self.sitters[username]
        self._window = self.stage.window(sitter.actor, sitter.place, DESIGN, screen, settings)
        return self._window

    def note(self, text: str) -> None:
        """A line of the log. No name, no number of a person."""
        self._lines.append(f"{time_text(self._clock.local(), seconds=True)} {text}")

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Photograph the window, or something else on the screen."""
        file = self.folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self.stage.picture(widget or self.window, file)
        self.pictures.append(file)
        self.note(f"gambar {file.name}")

    def paper(self, name: str, pdf: bytes) -> None:
        """Keep the pages of a paper."""
        file = self.folder / f"{name}.pdf"
        file.write_bytes(pdf)
        self._kept(file)

    def previewed(self, name: str) -> None:
        """Save the paper the preview shows, as its button does."""
        file = self.folder / f"{name}.pdf"
        panel = find(self.window, "", PreviewPanel)
        panel.save_as(str(file))
        self.stage.until(file.exists, f"berkas {file.name}")
        self._kept(file)

    def _kept(self, file: Path) -> None:
        self.papers.append(file)
        self.note(f"berkas {file.name}, {file.stat().st_size} bita")


def page(tour: Tour, kind: type[P]) -> P:
    """The page that is open. Raises NotFound where it is another."""
    found = tour.window.page
    if not isinstance(found, kind):
        raise NotFound(f"Layar yang terbuka bukan {kind.__name__}.")
    return found


def steps() -> tuple[tuple[str, Step], ...]:
    """All steps by name, loaded."""
    found = []
    for name in STEPS:
        module, function = name.split(".")
        found.append((name, getattr(import_module(f"ui.tour.{module}"), function)))
    return tuple(found)
