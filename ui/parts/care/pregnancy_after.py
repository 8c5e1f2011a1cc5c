"""After a birth: how it went, the visits of nifas, and each child with its visits and what a newborn gets once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ilp_desk.domain.maternity.after_birth import Slot, WindowState
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.antenatal import BabyLine, Course, Step
from ui.paint import draw_icon, draw_panel, draw_text
from ui.parts.room.due_groups import LOOKS
from ui.parts.room.part import clear_column
from ui.theme import px, tokens
from ui.widgets import Chip, KeyButton, Paragraph, Runs, Segment, Text, hbox, label, vbox

TILE, HIGH, GAP = 148, 46, 6
LONGEST = 16
"""Letters of a title that a tile holds."""
GROUNDS = {"done": "ok_tint", "late": "danger_tint", "due": "accent_tint", "no_data": "warning_tint"}
STATES = {"live": ("hidup", "ok"), "stillborn": ("lahir mati", "neutral"), "died": ("meninggal", "neutral")}


@dataclass(frozen=True, slots=True)
class Tile:
    """state: as of the due rules; words under the title."""

    title: str
    state: str
    words: str


def slot_tiles(slots: Sequence[Slot]) -> list[Tile]:
    lost = WindowState.LOST
    return [
        Tile(slot.code, slot.state.value, f"lewat {day_text(slot.to_on)}" if slot.state is lost else slot.words)
        for slot in slots
    ]


def step_tiles(steps: Sequence[Step]) -> list[Tile]:
    """Titles and words as short as they say it: `Bayi kuning` of `Bayi kuning dan warna tinja`."""
    return [Tile(_short(step.label), step.state, _brief(step.words)) for step in steps]


def _brief(words: str) -> str:
    return words.removeprefix("terlambat ").replace("tidak mungkin lagi sejak", "lewat")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label.partition(" dan ")[0].removesuffix(" ibu nifas")


class Tiles(QWidget):
    """Small boxes side by side, in as many lines as they need: sign and title, and when."""

    def __init__(self, tiles: Sequence[Tile], name: str) -> None:
        super().__init__()
        self._tiles = tuple(tiles)
        said = "; ".join(f"{tile.title}, {LOOKS[tile.state][2]}, {tile.words}" for tile in tiles)
        self.setAccessibleName(f"{name}: {said}")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _across(self, width: int) -> int:
        return max(1, (width + px(GAP)) // (px(TILE) + px(GAP)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self._tiles) // self._across(width))
        return lines * px(HIGH) + max(0, lines - 1) * px(GAP)

    def sizeHint(self) -> QSize:
        return QSize(px(TILE) * 4, self.heightForWidth(px(TILE) * 4 + px(GAP) * 3))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(TILE), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, k, across = QPainter(self), tokens(), self._across(self.width())
        wide = (self.width() + px(GAP)) / across - px(GAP)
        wide = min(wide, px(TILE) * 1.5)
        for number, tile in enumerate(self._tiles):
            x, y = (number % across) * (wide + px(GAP)), number // across * (px(HIGH) + px(GAP))
            icon, ink, _ = LOOKS[tile.state]
            ground = GROUNDS.get(tile.state, "neutral_tint")
            box = QRectF(x, y, wide, px(HIGH))
            draw_panel(p, box.toRect(), ground, "ink" if k.high_contrast else ground, k.radius_field)
            draw_icon(p, icon, ink, x + px(8), y + px(6), px(14))
            head = QRectF(x + px(27), y + px(3), wide - px(33), px(20))
            draw_text(p, head, tile.title, k.body, bold=True, ink="ink" if tile.state == "due" else ink)
            words = QRectF(x + px(8), y + px(23), wide - px(14), px(19))
            draw_text(p, words, tile.words, k.small, ink="danger" if tile.state == "late" else "muted")


class AfterPanel(QWidget):
    """opened(uid): the record of a child is wanted; detail: the place and helper of the birth are to be written."""

    opened = Signal(str)
    detail = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column: QVBoxLayout = vbox(spacing=6)
        self.setLayout(vbox(self._column))
        self._shown: Course | None = None

    def show_course(self, course: Course, *, writable: bool) -> None:
        if course == self._shown:
            return
        self._shown = course
        clear_column(self._column)
        delivery = course.delivery
        if delivery is None:
            return
        words = Paragraph([Text(delivery.head, bold=True), Text(f"\n{delivery.words}", muted=True)])
        row = hbox(words, spacing=8)
        row.setStretch(0, 1)
        if writable and not delivery.uid:
            button = KeyButton("Lengkapi", "Alt+E", small=True)
            button.clicked.connect(self.detail)
            row.addWidget(button)
        self._add_row(row)
        if course.slots:
            self._column.addWidget(label("Nifas", "section"))
            self._column.addWidget(Tiles([*slot_tiles(course.slots), *step_tiles(course.steps)], "Kunjungan nifas"))
        for baby in course.babies:
            self._baby(baby)
        self._column.addStretch(1)

    def _baby(self, baby: BabyLine) -> None:
        word, tone = STATES[baby.state]
        parts: list[Segment] = [Text(baby.name, bold=True)]
        if baby.state != "live":
            parts.append(Chip(word, tone))
        number = f" · RM {baby.record_number}" if baby.record_number else ""
        parts.append(Text(f"  {baby.facts}{number}", muted=True))
        line = hbox(Runs(parts), spacing=8, margins=(0, 6, 0, 0))
        line.setStretch(0, 1)
        if baby.uid:
            button = KeyButton("Riwayat bayi", small=True)
            button.setAccessibleName(f"Buka riwayat {baby.name}")
            button.clicked.connect(lambda _=False, uid=baby.uid: self.opened.emit(uid))
            line.addWidget(button)
        self._add_row(line)
        tiles = [*slot_tiles(baby.slots), *step_tiles(baby.steps)]
        if tiles:
            self._column.addWidget(Tiles(tiles, baby.name))

    def _add_row(self, row: object) -> None:
        place = QWidget()
        place.setLayout(row)  # type: ignore[arg-type]
        self._column.addWidget(place)
