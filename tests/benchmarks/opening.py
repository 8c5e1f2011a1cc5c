"""A process that opens a window and tells how long it took: `python -m tests.benchmarks.opening bare`, or
`desk FOLDER USER PASSWORD`.

Printed as JSON when the window is where it was wanted: seconds of CPU and of the system's steady clock (the parent
knows when it started this process), and the memory of this process alone.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any


def moment() -> dict[str, float]:
    """Now: on the steady clock, which all processes share, and as CPU of this process with all its threads."""
    return {"at": time.monotonic(), "cpu": time.process_time()}


def unique_set() -> int:
    """Bytes of memory nobody shares with this process."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:
        found = dict(line.split(":", 1) for line in lines if ":" in line and "-" not in line.split(":")[0])
    return sum(int(found[name].split()[0]) for name in ("Private_Clean", "Private_Dirty")) * 1024


def tell(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    os._exit(0)  # taking the window down is not measured


def bare() -> None:
    """PySide6 and an empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            if not self.painted:
                self.painted = True
                QTimer.singleShot(0, lambda: tell({"first": moment(), "memory": unique_set()}))

    app = QApplication([])
    window = Window()
    window.resize(1180, 740)
    window.show()
    app.exec()


def desk(folder: str, user: str, password: str) -> None:
    """The program as its command starts it; somebody signs in at once and looks for a patient."""
    import ilp_desk.__main__ as program
    import ui.app as application

    show = application.Application.open

    def open_and_watch(self: application.Application) -> None:
        from tests.benchmarks.watching import FirstDay

        FirstDay(self, (user, password), moment, unique_set, tell)
        show(self)

    application.Application.open = open_and_watch  # type: ignore[method-assign]
    program.main(["--data", folder])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        desk(*sys.argv[2:])
