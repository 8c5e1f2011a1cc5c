"""Pictures besides the places of the rail as they open: somebody in the panel, sheets over a screen, second windows.

A screen that has a state worth looking at adds a function and a line to SHOTS of a module beside this one.
"""

from __future__ import annotations

from ui.shots import desk, growth, immunization, instrument, others, pregnancy, recall, room
from ui.shots.shot import Shot

__all__ = ["SHOTS", "Shot"]

SHOTS: tuple[Shot, ...] = (
    *desk.SHOTS,
    *room.SHOTS,
    *pregnancy.SHOTS,
    *immunization.SHOTS,
    *growth.SHOTS,
    *instrument.SHOTS,
    *recall.SHOTS,
    *others.SHOTS,
)
