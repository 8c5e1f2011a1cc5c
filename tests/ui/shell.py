"""A shell with empty pages for tests and for the demo picture: no database, invented people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ilp_desk.changes import Change
from ilp_desk.clock import Clock
from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor, Role
from ilp_desk.rows.reference import RulesState
from ilp_desk.settings import Settings
from ui.main_window import MainWindow
from ui.navigation import Screen
from ui.page import Context, Page
from ui.runner import Runner
from ui.scanner import Scan, Taker
from ui.widgets import EmptyState, LineEdit, vbox

RAIL = (
    ("registration", "Pendaftaran", "register"),
    ("queue", "Antrean", "queue"),
    ("care", "Pelayanan", "care"),
    ("history", "Riwayat", "history"),
    ("referrals", "Rujukan", "refer"),
    ("area", "Wilayah", "area"),
    ("reports", "Laporan", "report"),
    ("management", "Manajemen", "manage"),
)
RINA = Actor("0193c1f2-0000-7000-8000-000000000001", "Rina", frozenset({Role.REGISTRATION}), "Loket 1")
HADI = Actor("0193c1f2-0000-7000-8000-000000000002", "dr. Hadi", frozenset({Role.DOCTOR}), "Ruang 2")


class EmptyPage(Page):
    """A page with one field; it writes down what the shell does with it."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__(context, title)
        self.heard: list[object] = []
        self.scans: list[Scan] = []
        self.deep = 0
        self.field = LineEdit(name="Catatan")
        self.keys.bind("F2", "cari", self.field.setFocus)
        self.keys.note("↑↓", "pilih")
        self.keys.note("Enter", "buka, lalu daftarkan")
        self.keys.bind("F3", "pasien baru", lambda: self.heard.append("F3"))
        self.keys.bind("F8", "darurat", lambda: self.heard.append("F8"))
        self.setLayout(vbox(self.field, self.empty(), margins=(12, 12, 12, 12)))

    def empty(self) -> QWidget:
        return EmptyState("Belum ada yang dipilih.", "Ketik nama atau pindai kartu.", icon="search")

    def arrive(self, target: object) -> None:
        self.heard.append(("arrive", target))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_draft(self) -> None:
        self.heard.append("draft")

    def changed(self, topic: str, uid: str, actor: str) -> None:
        self.heard.append((topic, uid, actor))

    def taker(self) -> Taker | None:
        return self.scans.append

    def back(self) -> bool:
        if self.deep:
            self.deep -= 1
            return True
        return False

    def state(self) -> object:
        return self.field.text()

    def restore(self, state: object) -> None:
        self.field.setText(str(state))


def screens(acts: dict[str, str] | None = None) -> tuple[Screen, ...]:
    """All eight places, empty; `acts` names what a place asks for."""

    def build(title: str) -> Callable[[Context], Page]:
        return lambda context: EmptyPage(context, title)

    return tuple(
        Screen(code, label, icon, (acts or {}).get(code, ""), f"Ctrl+{n}", build(label))
        for n, (code, label, icon) in enumerate(RAIL, 1)
    )


class Feed:
    """A change feed the test writes."""

    def __init__(self) -> None:
        self.rows: list[Change] = []

    def since(self, position: int) -> Sequence[Change]:
        return self.rows[position:]

    def last(self) -> int:
        return len(self.rows)


def desk(feed: Feed) -> Desk:
    """As much of a desk as the shell itself uses."""
    clock = Clock("Asia/Jakarta", lambda: datetime(2026, 11, 21, 1, 14, 52, tzinfo=UTC))
    site = SimpleNamespace(reference_state=lambda actor: RulesState())
    return cast(Desk, SimpleNamespace(clock=clock, changes=feed.since, last_change=feed.last, site=site))


def window(
    runner: Runner, feed: Feed | None = None, actor: Actor = RINA, acts: dict[str, str] | None = None
) -> MainWindow:
    """The shell of a Puskesmas, not yet shown or started."""
    return MainWindow(desk(feed or Feed()), actor, runner, Settings(), "Puskesmas Maninjau", screens=screens(acts))
