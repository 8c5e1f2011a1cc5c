"""Calls are said one after the other, off the GUI thread; a computer without a voice is no error."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ilp_desk.domain.text.spoken import announcement
from ilp_desk.settings import Calling
from ui import voice as module
from ui.lanes import Job
from ui.voice import LANGUAGE, PROGRAM, Voice, VoiceState, spoken_command

TEXT = "Nomor antrean A, nol satu dua, silakan ke Poli KIA, Ruang dua."
Make = Callable[..., Voice]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fake program is a script with a first line")


class Fake:
    """A program named espeak-ng that writes down what it was told, each call's beginning and end."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.heard = folder, folder / "heard"

    def install(self, lines: str = "") -> None:
        script = self.folder / PROGRAM
        script.write_text(
            f"#!{sys.executable}\nimport sys, time\nheard = open({str(self.heard)!r}, 'a')\n"
            f"heard.write('begin ' + '|'.join(sys.argv[1:]) + '\\n'); heard.flush()\n{lines}\n"
            "heard.write('end ' + sys.argv[-1] + '\\n'); heard.close()\n",
            "utf-8",
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)

    def lines(self) -> list[str]:
        return self.heard.read_text("utf-8").splitlines() if self.heard.exists() else []

    def ended(self) -> list[str]:
        return [line.removeprefix("end ") for line in self.lines() if line.startswith("end ")]


def emptied(voice: Voice) -> None:
    """Wait until everything that was given to the voice is done."""
    done = threading.Event()
    voice._lane.put(Job(done.set, lambda outcome: None))
    assert done.wait(10)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    monkeypatch.setenv("PATH", str(tmp_path))
    return Fake(tmp_path)


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Make]:
    made: list[Voice] = []

    def voice(calling: Calling | None = None, **more: object) -> Voice:
        made.append(Voice(calling or Calling(), **more))  # type: ignore[arg-type]
        return made[-1]

    yield voice
    for one in made:
        one.close()


def test_it_is_told_language_speed_loudness_and_text_as_separate_words(fake: Fake, make: Make, qtbot: QtBot) -> None:
    fake.install()
    make(Calling(volume=55)).say("A; rm -rf ~ `id` $(id) 'x' \"y\"")
    qtbot.waitUntil(lambda: len(fake.ended()) == 1)
    assert fake.lines()[0] == "begin -v|id|-s|130|-a|110|--|A; rm -rf ~ `id` $(id) 'x' \"y\""


def test_calls_are_said_one_after_the_other_in_their_order(fake: Fake, make: Make, qtbot: QtBot) -> None:
    fake.install("time.sleep(0.05)")
    voice = make()
    before = time.monotonic()
    for text in ("satu", "dua", "tiga"):
        voice.say(text)
    assert time.monotonic() - before < 0.05
    qtbot.waitUntil(lambda: len(fake.ended()) == 3)
    assert [line.split()[0] for line in fake.lines()] == ["begin", "end"] * 3
    assert fake.ended() == ["satu", "dua", "tiga"]
    assert voice.state is VoiceState.READY


def test_each_call_twice_where_it_was_asked_for(fake: Fake, make: Make, qtbot: QtBot) -> None:
    fake.install()
    voice = make(Calling(times=2))
    voice.say("satu")
    voice.say("dua")
    qtbot.waitUntil(lambda: len(fake.ended()) == 4)
    assert fake.ended() == ["satu", "satu", "dua", "dua"]


def test_without_the_program_nothing_breaks_and_it_is_told(
    fake: Fake, make: Make, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    voice = make()
    voice.say(TEXT)
    voice.say(TEXT)
    emptied(voice)
    assert voice.state is VoiceState.ABSENT
    assert [r.getMessage() for r in caplog.records if r.name == module.__name__] == ["voice: absent"]
    fake.install()
    voice.say(TEXT)
    qtbot.waitUntil(lambda: voice.state is VoiceState.READY)
    assert fake.ended() == [TEXT]


@pytest.mark.parametrize("trouble", ["sys.exit(1)", "sys.stderr.write('error: No such file or directory\\n')"])
def test_a_silent_loudspeaker_is_told_and_the_next_call_is_tried(
    fake: Fake, make: Make, qtbot: QtBot, trouble: str
) -> None:
    fake.install(trouble)
    voice = make(Calling(times=2))
    voice.say(TEXT)
    qtbot.waitUntil(lambda: voice.state is VoiceState.FAILED)
    assert len([line for line in fake.lines() if line.startswith("begin")]) == 1
    fake.install("sys.stderr.write('ALSA lib pcm.c: something harmless\\n')")
    voice.say("dua")
    qtbot.waitUntil(lambda: voice.state is VoiceState.READY)


def test_a_program_that_cannot_be_started_is_told(fake: Fake, make: Make, qtbot: QtBot) -> None:
    (fake.folder / PROGRAM).write_bytes(b"\x00\x01\x02")
    (fake.folder / PROGRAM).chmod(0o755)
    voice = make()
    voice.say(TEXT)
    qtbot.waitUntil(lambda: voice.state is VoiceState.FAILED)


def test_a_program_that_hangs_is_ended(fake: Fake, make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.2)
    fake.install("time.sleep(60)")
    voice = make()
    voice.say(TEXT)
    qtbot.waitUntil(lambda: voice.state is VoiceState.FAILED)
    assert fake.ended() == []


def test_switched_off_it_falls_silent_at_once(fake: Fake, make: Make, qtbot: QtBot) -> None:
    fake.install("time.sleep(60)")
    voice = make()
    voice.say("satu")
    voice.say("dua")
    qtbot.waitUntil(lambda: len(fake.lines()) == 1)
    voice.set(Calling(voice=False))
    qtbot.waitUntil(lambda: voice.state is VoiceState.OFF)
    voice.say("tiga")
    assert fake.lines() == [line for line in fake.lines() if line.endswith("|satu")]
    fake.install()
    voice.set(Calling())
    voice.say("empat")
    qtbot.waitUntil(lambda: fake.ended() == ["empat"])
    assert voice.state is VoiceState.READY


def test_closing_ends_what_is_being_said(fake: Fake, make: Make, qtbot: QtBot) -> None:
    fake.install("time.sleep(60)")
    voice = make()
    voice.say("satu")
    voice.say("dua")
    qtbot.waitUntil(lambda: len(fake.lines()) == 1)
    voice.close()
    assert voice._lane.join(10)
    assert fake.ended() == []


def test_its_thread_ends_with_the_panel_it_belonged_to(qtbot: QtBot, fake: Fake) -> None:
    owner = QObject()
    lane = Voice(Calling(), owner)._lane
    shiboken6.delete(owner)
    assert lane.join(10)


def length(file: Path) -> float:
    """Seconds of a sound file; 0 while it is being written."""
    try:
        with wave.open(str(file)) as sound:
            seconds: float = min(sound.getnframes(), file.stat().st_size // 2) / sound.getframerate()
            return seconds
    except (OSError, EOFError, wave.Error):
        return 0.0


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="espeak-ng is not installed here")
def test_the_real_voice_says_a_call_in_indonesian(tmp_path: Path, make: Make, qtbot: QtBot) -> None:
    short, call = tmp_path / "short.wav", tmp_path / "call.wav"
    for file, text in ((short, "A"), (call, announcement("A-012", "Poli KIA", "Ruang 2"))):
        voice = make(extra=("-w", str(file)))
        voice.say(text)
        qtbot.waitUntil(lambda file=file: length(file) > 0, timeout=10_000)  # type: ignore[misc]
        emptied(voice)
        assert voice.state is VoiceState.READY
    assert length(short) < 1.5 < 3 < length(call) < 12


def test_the_voice_is_indonesian() -> None:
    assert spoken_command(PROGRAM, TEXT, 80)[1:3] == ["-v", LANGUAGE]
    assert LANGUAGE == "id"
