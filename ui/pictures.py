"""Every screen of the navigation registry as pictures, on sample data, in the sizes of the desks it will stand on.

For each screen one picture as it opens and, where the screen declares a `sample`, one in that state. What is no
place of the rail (sheets, second windows) is in `ui.shots`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.staff import Actor
from ui.main_window import MainWindow
from ui.navigation import SCREENS, Screen, allowed
from ui.shots import SHOTS, Shot
from ui.stage import DESIGN, Size, Stage
from ui.theme import CONTRAST, NORMAL, Tokens

SIZES: Mapping[str, Size] = {"1366x768": DESIGN, "1093x614": (1093, 614), "1280x720": (1280, 720)}
"""1366x768 at 100 % and 125 %, 1920x1080 at 150 %, in the pixels Qt is told."""
SITTERS = {
    "registration": "rina",
    "queue": "andri",
    "care": "hadi",
    "history": "hadi",
    "referrals": "hadi",
    "recall": "yenni",
    "manage": "budi",
}
"""Who sits in front of a screen by its code; others get the first sample account that may open it."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody signed in, and where."""

    actor: Actor
    place: str


def draw(
    stage: Stage,
    sitters: Mapping[str, Sitter],
    folder: Path,
    sizes: Mapping[str, Size] = SIZES,
    *,
    looks: bool = False,
    screens: Sequence[Screen] = SCREENS,
    shots: Sequence[Shot] = SHOTS,
) -> list[Path]:
    """Write all pictures; gives the files. sitters: by username; looks: also high contrast and larger letters.

    What went wrong is told by `stage.faults`; a screen that fails is named there and the others go on.
    """
    made: list[Path] = []
    painters = [_Painter(stage, sitters, folder, *view) for view in _views(sizes, looks)]
    takes = [(screen.code, partial(_Painter.screen, screen=screen)) for screen in screens]
    takes += [(shot.name, partial(_Painter.shot, shot=shot)) for shot in shots]
    # All sizes of a screen one after the other: what a later screen does to the sample is then the same in each.
    for name, take in takes:
        for painter in painters:
            made += painter.guarded(name, take)
    stage.dress(NORMAL)
    return made


def _views(sizes: Mapping[str, Size], looks: bool) -> list[tuple[str, Tokens, Size]]:
    views = [(name, NORMAL, size) for name, size in sizes.items()]
    if looks:
        views += [("kontras", CONTRAST, DESIGN), ("huruf120", replace(NORMAL, zoom=1.2), DESIGN)]
    return views


def sitter_of(screen: Screen, sitters: Mapping[str, Sitter]) -> Sitter:
    """Who sits in front of a screen; raises LookupError where no sample account may open it."""
    wanted = sitters.get(SITTERS.get(screen.code, ""))
    for one in (wanted, *sitters.values()):
        if one is not None and allowed((screen,), one.actor):
            return one
    raise LookupError(f"no sample account may open {screen.code}")


class _Painter:
    """Takes the pictures of one look and size."""

    def __init__(
        self, stage: Stage, sitters: Mapping[str, Sitter], folder: Path, suffix: str, look: Tokens, size: Size
    ) -> None:
        self._stage, self._sitters, self._size = stage, sitters, size
        self._folder, self._suffix, self._look = folder, suffix, look
        self._made: list[Path] = []

    def guarded(self, name: str, take: Callable[[_Painter], None]) -> list[Path]:
        """A screen that breaks must not hide the others; how it broke is a fault. Gives the files."""
        self._made = []
        self._stage.doing = f"{name} {self._suffix}"
        self._stage.dress(self._look)
        try:
            take(self)
        except Exception as trouble:  # noqa: BLE001
            self._stage.fault(f"{type(trouble).__name__}: {trouble}")
        return self._made

    def screen(self, screen: Screen) -> None:
        window = self._open(screen)
        self._keep(window, screen.code)
        plain = Screen.__dataclass_fields__["sample"].default
        if screen.sample is not plain and window.page is not None:
            screen.sample(window.page)
            self._keep(window, f"{screen.code}-contoh")

    def shot(self, shot: Shot) -> None:
        window = self._open(next(screen for screen in SCREENS if screen.code == shot.screen), shot.sitter)
        self._keep(shot.make(self._stage, window), shot.name)

    def _open(self, screen: Screen, username: str = "") -> MainWindow:
        sitter = self._sitters[username] if username else sitter_of(screen, self._sitters)
        return self._stage.window(sitter.actor, sitter.place, self._size, screen.code)

    def _keep(self, widget: QWidget, name: str) -> None:
        file = self._folder / f"{name}-{self._suffix}.png"
        self._stage.picture(widget, file)
        self._made.append(file)
