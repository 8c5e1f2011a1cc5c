"""Where the suite draws: its own Xvfb where one is installed, else Qt's offscreen platform."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Final

CHOICE: Final = "ILP_DESK_TEST_PLATFORM"
SIZE: Final = "1920x1080x24"


def chosen() -> str:
    """`xvfb`, `offscreen`, or the platform somebody named in QT_QPA_PLATFORM.

    ILP_DESK_TEST_PLATFORM (xvfb or offscreen) goes before all; the desktop of whoever runs the suite is never
    used unless QT_QPA_PLATFORM asks for it.
    """
    wanted = os.environ.get(CHOICE) or os.environ.get("QT_QPA_PLATFORM")
    if wanted:
        return wanted
    return "xvfb" if sys.platform == "linux" and shutil.which("Xvfb") else "offscreen"


def described() -> str:
    """One line for the report's head."""
    choice = chosen()
    if choice == "xvfb":
        return f"screen: Xvfb, {SIZE}, one per test process"
    if choice == "offscreen" and not shutil.which("Xvfb"):
        return "screen: offscreen (Xvfb is not installed)"
    return f"screen: {choice}, by choice"


class Screen:
    """The screen of one test process; sets the environment Qt reads, takes Xvfb down again."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        choice = chosen()
        if choice == "xvfb":
            self._start_server()
            choice = "xcb"
        os.environ["QT_QPA_PLATFORM"] = choice

    def _start_server(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"]
        with os.fdopen(reading, "rb") as answer:
            self._server = subprocess.Popen(
                command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            os.close(writing)
            number = answer.readline().strip().decode()
        if not number:
            raise RuntimeError(f"Xvfb did not start; {CHOICE}=offscreen draws without it")
        os.environ["DISPLAY"] = f":{number}"
        os.environ.pop("WAYLAND_DISPLAY", None)

    def close(self) -> None:
        """Ends the server this object started, if any."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait()
            self._server = None
