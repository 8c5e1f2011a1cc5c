"""The shell with an empty page, as a picture: `python -m tests.ui.shell_demo OUT.png [part] [WIDTHxHEIGHT] [zoom]`.

Parts: empty, help, crash, sentence, toast, preview.
"""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.shell import window
from ui.main_window import MainWindow
from ui.messages import install
from ui.print_jobs import PrintJob
from ui.runner import Runner
from ui.theme import NORMAL, apply


def letter() -> bytes:
    """Two pages to look at."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in (1, 2):
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 740, f"SURAT RUJUKAN, halaman {page}")
        canvas.setFont("Helvetica", 11)
        for line in range(40):
            canvas.drawString(72, 700 - 15 * line, "Contoh isi surat tanpa data pasien. " * 2)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def show(part: str, shell: MainWindow, runner: Runner) -> None:
    """Bring the shell into the state the picture is of."""
    shell.counts("Hari ini: 46 terdaftar · 17 selesai · 2 rujukan")
    if part == "help":
        shell.overlays.help(shell._key_groups())
    elif part == "crash":
        shell.overlays.crash("K-7Q3F2", lambda: None)
    elif part == "sentence":
        shell.sentence("Printer tidak menjawab. Periksa kabel dan kertas, lalu tekan F9 untuk mencetak ulang.")
        shell.print(PrintJob("Nomor antrean A-012", "tcp:127.0.0.1:9", b"x", raw=True))
    elif part == "toast":
        shell.toast("Terdaftar: A-012, Poli KIA.", undo=lambda: None)
        shell.draft_saved(shell._desk.clock.now())
    elif part == "preview":
        shell.preview("Surat rujukan", letter(), PrintJob("Surat rujukan", "", b""), "rujukan.pdf")
    runner.idle()
    QApplication.processEvents()
    runner.idle()


def main(out: str, part: str = "empty", size: str = "1366x768", zoom: str = "1.0") -> None:
    """Write the picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    words = install(app)
    app.setCursorFlashTime(0)
    apply(app, replace(NORMAL, zoom=float(zoom)))
    runner = Runner()
    shell = window(runner)
    shell.resize(*map(int, size.split("x")))
    shell.show()
    shell.activateWindow()
    shell.start()
    app.processEvents()
    show(part, shell, runner)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    shell.grab().save(out)
    shell.close()
    runner.close()
    app.removeTranslator(words)


if __name__ == "__main__":
    main(*sys.argv[1:])
