"""The widget family. Screens import from here; how each looks is decided in ui/theme.

A module of the family is loaded when the first of its names is asked for: the sign-in window, which must be on the
screen at once, needs five of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.widgets.banner import Banner, BannerKind
    from ui.widgets.base import Card, Hair, ground, hbox, inside, label, restyle, scroll, vbox
    from ui.widgets.busy import BusyBar
    from ui.widgets.buttons import KeyButton, RailButton
    from ui.widgets.choice import CheckBox, Choice
    from ui.widgets.columns import Columns
    from ui.widgets.combo import Combo
    from ui.widgets.editors import DateEdit, LineEdit, TextArea
    from ui.widgets.empty import EmptyState
    from ui.widgets.field import Check, Field, Sentence, State
    from ui.widgets.focus import FocusRing
    from ui.widgets.hints import KeyHints
    from ui.widgets.list_view import ListView, TwoLine
    from ui.widgets.paragraph import Paragraph
    from ui.widgets.pills import Pill, PillButton
    from ui.widgets.runs import Chip, Icon, Key, Runs, Segment, Text
    from ui.widgets.search import SearchBox
    from ui.widgets.sheet import Sheet, SheetPanel
    from ui.widgets.suggest import SuggestEdit
    from ui.widgets.table_view import TableView
    from ui.widgets.tabs import Tab, Tabs
    from ui.widgets.tiles import ClusterCard, QueueTile
    from ui.widgets.timeline import Due, DueList, DueState, Event, Timeline
    from ui.widgets.toast import Toast
    from ui.widgets.trend import Series, Trend

_HOMES = {
    "banner": "Banner BannerKind",
    "base": "Card Hair ground hbox inside label restyle scroll vbox",
    "busy": "BusyBar",
    "buttons": "KeyButton RailButton",
    "choice": "CheckBox Choice",
    "columns": "Columns",
    "combo": "Combo",
    "editors": "DateEdit LineEdit TextArea",
    "empty": "EmptyState",
    "field": "Check Field Sentence State",
    "focus": "FocusRing",
    "hints": "KeyHints",
    "list_view": "ListView TwoLine",
    "paragraph": "Paragraph",
    "pills": "Pill PillButton",
    "runs": "Chip Icon Key Runs Segment Text",
    "search": "SearchBox",
    "sheet": "Sheet SheetPanel",
    "suggest": "SuggestEdit",
    "table_view": "TableView",
    "tabs": "Tab Tabs",
    "tiles": "ClusterCard QueueTile",
    "timeline": "Due DueList DueState Event Timeline",
    "toast": "Toast",
    "trend": "Series Trend",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Banner",
    "BannerKind",
    "BusyBar",
    "Card",
    "Check",
    "CheckBox",
    "Chip",
    "Choice",
    "ClusterCard",
    "Columns",
    "Combo",
    "DateEdit",
    "Due",
    "DueList",
    "DueState",
    "EmptyState",
    "Event",
    "Field",
    "FocusRing",
    "Hair",
    "Icon",
    "Key",
    "KeyButton",
    "KeyHints",
    "LineEdit",
    "ListView",
    "Paragraph",
    "Pill",
    "PillButton",
    "QueueTile",
    "RailButton",
    "Runs",
    "SearchBox",
    "Segment",
    "Sentence",
    "Series",
    "Sheet",
    "SheetPanel",
    "State",
    "SuggestEdit",
    "Tab",
    "TableView",
    "Tabs",
    "Text",
    "TextArea",
    "Timeline",
    "Toast",
    "Trend",
    "TwoLine",
    "ground",
    "hbox",
    "inside",
    "label",
    "restyle",
    "scroll",
    "vbox",
]


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"ui.widgets has no {name}")
    value: object = getattr(import_module(f"ui.widgets.{home}"), name)
    globals()[name] = value
    return value
