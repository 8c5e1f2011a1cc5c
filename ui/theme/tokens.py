"""Every colour and every size of the program, and which set of them is in use.

No other module names a colour or a pixel size of its own: they ask here, through `color("danger")` and `px(12)`.
Sizes are design pixels at 100 %; Qt scales them for the screen, `Tokens.zoom` scales them for the reader (Ctrl +/-).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class ClusterStyle:
    """Colours that go with a cluster letter or a tone: ink on tint is at least 4.5:1, `bright` is for dark ground."""

    ink: str
    tint: str
    bright: str = "#9AAFBF"


CLUSTERS: Mapping[str, ClusterStyle] = {
    "A": ClusterStyle("#A8457E", "#F7E8F1", "#DB86B7"),
    "B": ClusterStyle("#1F5FA8", "#E6EFF8", "#4A90E2"),
    "C": ClusterStyle("#9A5B00", "#FAF0E0", "#E8A33D"),
    "D": ClusterStyle("#2E7D32", "#EBF5EC", "#5CBF62"),
    "E": ClusterStyle("#4A5568", "#EBEEF2", "#9AAFBF"),
}
# Letters are site data: a Puskesmas with more letters gets these in turn.
MORE_CLUSTERS = (
    ClusterStyle("#6B4BB0", "#EFEAF8", "#A78BDB"),
    ClusterStyle("#7A4B2A", "#F5EDE6", "#C7956B"),
    ClusterStyle("#5A6300", "#F1F3DD", "#B5BF4A"),
)


@dataclass(frozen=True, slots=True)
class DisplayTokens:
    """The dark screen in the waiting room, read from five metres."""

    background: str = "#0F2A2C"
    bar: str = "#0B2023"
    tile: str = "#163A3C"
    ink: str = "#FFFFFF"
    muted: str = "#A9BDBF"
    card: str = "#FFFFFF"
    card_ink: str = "#17212B"
    card_muted: str = "#5B6876"
    head: int = 24
    number: int = 190
    place: int = 44
    tile_number: int = 44
    tile_title: int = 21
    tile_text: int = 16
    radius: int = 10


@dataclass(frozen=True, slots=True)
class Tokens:
    """One look: colours as #rrggbb (scrim as #aarrggbb), sizes in design pixels, `zoom` as a factor."""

    background: str = "#F4F6F8"
    card: str = "#FFFFFF"
    line: str = "#D9DFE5"
    line_strong: str = "#B4BEC9"
    hair: str = "#E9EDF1"
    neutral_tint: str = "#E9EDF1"
    ink: str = "#17212B"
    muted: str = "#5B6876"
    placeholder: str = "#5F6C79"
    accent: str = "#0B6E6E"
    accent_dark: str = "#085757"
    accent_tint: str = "#E3F2F1"
    selection: str = "#D8ECEB"
    hover: str = "#F0F6F6"
    danger: str = "#B3261E"
    danger_tint: str = "#FBE9E7"
    warning: str = "#8A6100"
    warning_tint: str = "#FFF5D6"
    warning_line: str = "#DDB84A"
    ok: str = "#2E7D32"
    ok_tint: str = "#EBF5EC"
    mark: str = "#FFE7A3"
    on_accent: str = "#FFFFFF"
    disabled_bg: str = "#F0F2F5"
    disabled_ink: str = "#8592A0"
    scrim: str = "#8C1F2B36"
    shadow: str = "#05101820"
    series: str = "#1F5FA8"
    curve_band: str = "#E9F5EA"
    curve_band_near: str = "#FFF8E3"
    curve_band_far: str = "#FDF0DA"
    curve_near: str = "#C27700"
    curve_thin: str = "#8CC390"
    bubble_alert: str = "#FFB4AB"
    clusters: Mapping[str, ClusterStyle] = field(default_factory=lambda: CLUSTERS, hash=False)
    display: DisplayTokens = DisplayTokens()
    high_contrast: bool = False
    zoom: float = 1.0

    # Source Sans Pro is drawn smaller than its size says: 14 px here reads as 13 px of the mock-ups' font.
    body: int = 14
    label: int = 13
    small: int = 12
    subtitle: int = 16
    title: int = 20
    search: int = 20
    figure: int = 26

    tight: int = 4
    gap: int = 8
    wide: int = 12
    broad: int = 16
    radius: int = 6
    radius_field: int = 4
    field: int = 33
    button_small: int = 26
    button_tall: int = 42
    sentence: int = 18
    row: int = 52
    table_row: int = 34
    icon: int = 16
    topbar: int = 40
    rail: int = 76
    statusbar: int = 26

    def px(self, size: float) -> int:
        """Device-independent pixels for a design size, at least 1."""
        return max(1, round(size * self.zoom))


NORMAL = Tokens()
CONTRAST = replace(
    NORMAL,
    background="#FFFFFF",
    line="#000000",
    line_strong="#000000",
    hair="#000000",
    neutral_tint="#FFFFFF",
    ink="#000000",
    muted="#1A1A1A",
    placeholder="#333333",
    accent="#003C3C",
    accent_dark="#000000",
    accent_tint="#FFFFFF",
    selection="#FFF200",
    hover="#FFFBB8",
    danger="#8B0000",
    danger_tint="#FFFFFF",
    warning="#4D3600",
    warning_tint="#FFFFFF",
    warning_line="#000000",
    ok="#00440A",
    ok_tint="#FFFFFF",
    mark="#FFF200",
    disabled_bg="#FFFFFF",
    disabled_ink="#444444",
    series="#0A2F66",
    curve_band="#FFFFFF",
    curve_band_near="#FFFFFF",
    curve_band_far="#FFFFFF",
    curve_near="#4D3600",
    curve_thin="#00440A",
    bubble_alert="#FFFFFF",
    clusters={k: replace(c, tint="#FFFFFF") for k, c in CLUSTERS.items()},
    high_contrast=True,
)
ZOOMS = (0.9, 1.0, 1.1, 1.2, 1.35, 1.5)

_current = NORMAL


def tokens() -> Tokens:
    """The tokens in use."""
    return _current


def use(new: Tokens) -> None:
    """Make `new` the tokens in use. Widgets built before keep their sizes: rebuild the window after it."""
    global _current
    _current = new


def zoomed(look: Tokens, step: int) -> Tokens:
    """The same look `step` text sizes larger (smaller when negative); 0 goes back to 100 %."""
    if step == 0:
        return replace(look, zoom=1.0)
    nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - look.zoom))
    return replace(look, zoom=ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + step))])


def px(size: float) -> int:
    """Device-independent pixels for a design size under the current zoom, at least 1."""
    return _current.px(size)


def cluster_style(letter: str) -> ClusterStyle:
    """Colours of a cluster by its letter or by a queue number that starts with it ("A", "A-012").

    Letters without colours of their own get one of three spare styles, always the same for the same letter.
    """
    first = letter.strip()[:1].upper()
    if style := _current.clusters.get(first):
        return style
    if not first.isalpha():
        return _current.clusters["E"]
    spare = MORE_CLUSTERS[ord(first) % len(MORE_CLUSTERS)]
    return replace(spare, tint=_current.card) if _current.high_contrast else spare


def tone(name: str) -> ClusterStyle:
    """Ink and tint of a tone: accent, danger, warning, ok, neutral, or a cluster letter (one capital)."""
    k = _current
    known = {
        "accent": ClusterStyle(k.accent, k.accent_tint),
        "danger": ClusterStyle(k.danger, k.danger_tint),
        "warning": ClusterStyle(k.warning, k.warning_tint),
        "ok": ClusterStyle(k.ok, k.ok_tint),
        "neutral": ClusterStyle(k.muted, k.neutral_tint),
        "": ClusterStyle(k.muted, k.neutral_tint),
    }
    return known.get(name) or cluster_style(name)


def color_value(name: str) -> str:
    """#rrggbb for a colour token ("danger"), a cluster letter ("A") or a value that already is one."""
    if name.startswith("#"):
        return name
    if len(name) == 1:
        return cluster_style(name).ink
    value = getattr(_current, name)
    if not isinstance(value, str):
        raise KeyError(f"no colour token {name!r}")
    return value
