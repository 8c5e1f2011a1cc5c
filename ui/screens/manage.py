"""Manajemen: one level of tabs, each a part that asks, shows and saves by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.keys import Keys
from ui.page import Context, Page
from ui.parts.import_work import FACTS, PATIENTS, ImportWork, ListKind
from ui.parts.importing import ImportPanel
from ui.parts.manage.areas import AreasPart
from ui.parts.manage.facility import FacilityPart
from ui.parts.manage.machine import MachinePart
from ui.parts.manage.numbers import NumbersPart
from ui.parts.manage.part import Part
from ui.parts.manage.partners import PartnersPart
from ui.parts.manage.points import PointsPart
from ui.parts.manage.reference import ReferencePart
from ui.parts.manage.safety import SafetyPart
from ui.parts.manage.staff import StaffPart
from ui.theme import px
from ui.widgets import KeyButton, SheetPanel, Tab, Tabs, vbox

PARTS: tuple[type[Part], ...] = (
    FacilityPart,
    AreasPart,
    PointsPart,
    StaffPart,
    NumbersPart,
    PartnersPart,
    MachinePart,
    SafetyPart,
    ReferencePart,
)
"""The tabs in order. A part is built when its tab is first opened."""

IMPORT_SHEET = (980, 640)
"""Width and height, design pixels."""
NARROW = 1000
"""Design pixels of the page under which the button leaves its room to the tabs."""
FACTS_KEY = "Ctrl+Shift+I"
KEYS = {PATIENTS.title: "Ctrl+I", FACTS.title: FACTS_KEY}
IMPORT_OVER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class _State:
    tab: int


class ManagePage(Page):
    """For head and admin."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Manajemen")
        self.parts: dict[int, Part] = {}
        self._places = [QWidget() for _ in PARTS]
        self.tabs = Tabs([Tab(kind.title, place) for kind, place in zip(PARTS, self._places)])
        self.import_button = KeyButton("Impor pasien", "Ctrl+I", icon="upload", small=True)
        self.import_button.clicked.connect(self.import_people)
        self.tabs.add_corner(self.import_button)
        page = vbox(self.tabs, margins=(12, 4, 12, 12))
        page.setStretch(0, 1)
        self.setLayout(page)
        self.tabs.changed.connect(self._opened)
        self._imports = {kind.title: ImportWork.of(context.runner, kind) for kind in (PATIENTS, FACTS)}
        for work in self._imports.values():
            work.over.connect(lambda text, title=work.kind.title: self._import_over(title, text))
        self._import_shown = ""
        keys = self.keys
        keys.bind_row("Alt+", len(PARTS), "bagian", self.tabs.select)
        keys.bind("Ctrl+S", "simpan", self._save)
        keys.bind("F3", "tambah baru", self._fresh)
        keys.bind("Ctrl+I", "impor daftar pasien", self.import_people)
        keys.bind(FACTS_KEY, "impor imunisasi dan layanan yang lalu", self.import_facts, bar=False)
        keys.bind("Alt+Up", "naikkan titik layanan", lambda: self._shift(-1), bar=False)
        keys.bind("Alt+Down", "turunkan titik layanan", lambda: self._shift(1), bar=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        button, wide = self.import_button, self.width() >= px(NARROW)
        button.setText("Impor pasien" if wide else "Impor")
        button.setMaximumWidth((button.sizeHint() if wide else button.minimumSizeHint()).width())

    @property
    def part(self) -> Part:
        """The part that is open."""
        return self._built(self.tabs.current())

    def _built(self, index: int) -> Part:
        if index not in self.parts:
            part = PARTS[index](self.context)
            self.parts[index] = part
            self._places[index].setLayout(vbox(part, margins=(0, 10, 0, 0)))
        return self.parts[index]

    def _opened(self, index: int) -> None:
        for part in self.parts.values():
            part.save_draft()
        self._built(index).load()

    def import_people(self) -> None:
        """Ctrl+I: people from a list of another system, in a process of its own; or how far that is."""
        self._import(PATIENTS)

    def import_facts(self) -> None:
        """Ctrl+Shift+I: earlier doses, services and screenings from a list; or how far that is."""
        self._import(FACTS)

    def _import(self, kind: ListKind) -> None:
        other = FACTS if kind is PATIENTS else PATIENTS
        change = KeyButton("Layanan yang lalu" if other is FACTS else "Pasien", KEYS[other.title], small=True)
        panel = SheetPanel(kind.title, ImportPanel(self.context, kind), corner=(change,))
        Keys(panel, kind.title).bind(KEYS[other.title], other.title.lower(), change.click)
        change.clicked.connect(lambda: self._import(other))
        sheet = self.shell.sheet(panel, *IMPORT_SHEET)
        self._import_shown = kind.title
        sheet.closed.connect(lambda: self._import_closed(kind.title))

    def _import_closed(self, title: str) -> None:
        if self._import_shown == title:
            self._import_shown = ""
        if self._imports[title].running:
            self.shell.toast(f"Impor berjalan terus. {KEYS[title]} di Manajemen: kemajuannya, dan Batalkan.")

    def _import_over(self, title: str, text: str) -> None:
        if self._import_shown != title:
            self.shell.toast(text, seconds=IMPORT_OVER_SECONDS)

    def _save(self) -> None:
        self.part.save()

    def _fresh(self) -> None:
        self.part.fresh()

    def _shift(self, by: int) -> None:
        part = self.part
        if isinstance(part, PointsPart):
            part.shift(by)

    # Page

    def arrive(self, target: object) -> None:
        codes = [kind.code for kind in PARTS]
        index = codes.index(target) if isinstance(target, str) and target in codes else self.tabs.current()
        if index == self.tabs.current():
            self._opened(index)
        self.tabs.select(index)
        self.tabs.buttons[index].setFocus()

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if topic in ("site", "staff", "reference") and self.isVisible() and not self.part.busy_with():
            self.part.load()

    def back(self) -> bool:
        return self.part.back()

    def save_draft(self) -> None:
        for part in self.parts.values():
            part.save_draft()

    def state(self) -> object:
        return _State(self.tabs.current())

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            self.tabs.select(state.tab)
