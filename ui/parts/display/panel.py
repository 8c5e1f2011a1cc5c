"""The sheet of the waiting-room display: which screen, with a voice or without, open it, close it.

open_display_sheet(context)             from the queue screen, from Manajemen
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.spoken import announcement
from ilp_desk.settings import Calling, Settings
from ui.display import close_display, open_display, the_display
from ui.keys import Keys
from ui.page import Context
from ui.voice import Voice, VoiceState
from ui.widgets import Choice, Combo, Field, KeyButton, Sheet, SheetPanel, hbox, label, vbox

WIDTH = 560
SAMPLE = ("A-012", "Poli KIA", "Ruang 2")
VOLUMES = ((40, "40%"), (60, "60%"), (80, "80%"), (100, "100%"))
CLOSED = "Belum dibuka."


def display_state() -> str:
    """`Belum dibuka.` or where it is and whether it can be heard."""
    display = the_display()
    return f"Terbuka di {display.screen().name()}. {display.voice.state.value}" if display else CLOSED


class DisplayPanel(SheetPanel):
    """kept(second_screen=..., calling=...) as a dict: settings changed by hand. wanted: show the display."""

    kept = Signal(object)
    wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        calling = settings.calling
        self.screen_choice = Combo(_screens(), settings.second_screen, name="Layar")
        self.on = Choice([(True, "Nyala"), (False, "Mati")], calling.voice, name="Suara")
        self.volume = Choice(VOLUMES, _nearest(calling.volume), name="Keras suara")
        self.times = Choice([(1, "Satu kali"), (2, "Dua kali")], calling.times, name="Tiap panggilan")
        self.hear = KeyButton("Coba suara", icon="bell")
        self.state_line = label("", "muted", wrap=True)
        body = QWidget()
        body.setLayout(
            vbox(
                label(
                    "Menampilkan nomor dan ruangan saja, tanpa nama. Tetap terbuka saat meja dikunci.",
                    "muted",
                    wrap=True,
                ),
                Field("Layar", self.screen_choice, reserve=False),
                hbox(
                    Field("Suara", self.on, reserve=False),
                    Field("Tiap panggilan", self.times, reserve=False),
                    spacing=12,
                ),
                Field("Keras suara", self.volume, reserve=False),
                hbox(self.hear, None),
                self.state_line,
                None,
                spacing=12,
                margins=(22, 2, 22, 12),
            )
        )
        self.go = KeyButton("Tampilkan", "Ctrl+Enter", kind="primary", icon="screen")
        self.end = KeyButton("Tutup layar", icon="close")
        super().__init__("Layar ruang tunggu", body, (self.end, None, self.go))
        self._voice = Voice(Calling(voice=False), self)
        self._voice.changed.connect(self._heard)
        self.screen_choice.activated.connect(lambda _: self._keep())
        for choice in (self.on, self.volume, self.times):
            choice.changed.connect(lambda _: self._keep())
        self.hear.clicked.connect(self._try)
        self.go.clicked.connect(self.wanted)
        self.end.clicked.connect(self._close)
        self.keys = Keys(self, "Layar ruang tunggu")
        self.keys.bind("Ctrl+Return", "tampilkan", self.wanted.emit)
        self.setFocusProxy(self.go)
        self.refresh()

    def refresh(self) -> None:
        """Say what is open now."""
        self.state_line.setText(display_state())
        self.end.setVisible(the_display() is not None)
        self.go.setText("Pindahkan ke depan" if the_display() else "Tampilkan")
        for choice in (self.volume, self.times, self.hear):
            choice.setEnabled(self.on.value() is True)

    def calling(self) -> Calling:
        """What is chosen about the voice."""
        return Calling(self.on.value() is True, int(str(self.volume.value())), int(str(self.times.value())))

    def end_voice(self) -> None:
        """The sheet is closing."""
        self._voice.close()

    def _keep(self) -> None:
        values = {"second_screen": str(self.screen_choice.value() or ""), "calling": self.calling()}
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        display = the_display()
        if display is not None:
            display.set_settings(self.settings)
        self.refresh()
        self.kept.emit(values)

    def _try(self) -> None:
        self._voice.set(self.calling())
        self._voice.say(announcement(*SAMPLE))

    def _heard(self, state: VoiceState) -> None:
        self.state_line.setText(state.value)

    def _close(self) -> None:
        close_display()
        self.refresh()


def open_display_sheet(context: Context) -> Sheet:
    """Open the sheet over any screen. What is chosen is kept in the machine's settings at once."""
    shell = context.shell
    panel = DisplayPanel(_present(context.settings))
    sheet = shell.sheet(panel, WIDTH)

    def show() -> None:
        display = open_display(context.desk, panel.settings, sheet.window())
        display.raise_()
        panel.refresh()
        shell.toast(f"Layar ruang tunggu tampil di {display.screen().name()}.")

    panel.wanted.connect(show)
    panel.kept.connect(lambda values: shell.keep(**values))
    sheet.closed.connect(panel.end_voice)
    return sheet


def _present(settings: Settings) -> Settings:
    """The settings the open display goes by are newer than those a screen was built with."""
    display = the_display()
    return display.settings if display is not None else settings


def _screens() -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = [("", "Layar kedua, bila ada")]
    for screen in QGuiApplication.screens():
        size = screen.size()
        found.append((screen.name(), f"{screen.name()} ({size.width()} × {size.height()})"))
    return found


def _nearest(volume: int) -> int:
    return min((value for value, _ in VOLUMES), key=lambda value: abs(value - volume))
