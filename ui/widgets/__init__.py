"""The widget family. Screens import from here; how each looks is decided in ui/theme."""

from __future__ import annotations

from ui.widgets.banner import Banner, BannerKind
from ui.widgets.base import Card, Hair, ground, hbox, label, restyle, scroll, vbox
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
    "label",
    "restyle",
    "scroll",
    "vbox",
]
