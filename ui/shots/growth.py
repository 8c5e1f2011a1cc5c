"""A child's growth in the room, as it opens, measured, and on paper; a posyandu's sheet looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.visit import QueueState
from ui.main_window import MainWindow
from ui.parts.care.growth import GrowthView
from ui.parts.posyandu.panel import PosyanduPanel, open_posyandu
from ui.robot import ALT, CTRL, Key, fill, press
from ui.screens.recall import RecallPageView
from ui.screens.room import RoomPage
from ui.shots.shot import Shot, row_of
from ui.stage import Stage

CHILD = "Rizki Ramadhan"
"""Of the sample cast: fourteen months old, weighed at the posyandu, his weight has stayed."""
TODAY = (
    ("Berat (kg)", "7,8"),
    ("Panjang badan terlentang (cm)", "74"),
    ("Lingkar kepala (cm)", "45,2"),
    ("LiLA (cm)", "12,9"),
)
SHEET = """no rm;nama;tgl lahir;jk;tgl ukur;berat;panjang;cara ukur;lila;edema
00-14-02-03;Rizki Ramadhan;;L;{day};7,8;74;L;12,9;n
00-14-03-03;Azizah;;P;{day};8,1;70,5;L;14;n
;Siti Nur Azizah;;P;{day};7,6;68;L;13,5;n
00-13-39-02;By. Ny. Desi Marlina;;L;{day};3400;50;L;;n
"""


def opened(stage: Stage, page: RoomPage) -> GrowthView:
    """The view of the child of the sample, his visit begun."""
    row = row_of(stage, page, CHILD)
    if row.state is not QueueState.STARTED:
        stage.desk.queueing.start(page.actor, row.entry_uid, page.room)
    stage.desk.growth.drop_draft(page.actor, row.visit_uid)
    page.visit.open(row.entry_uid)
    stage.until(lambda: page.visit.visit and page.visit.visit.visit_uid == row.visit_uid, "kunjungan terbuka")
    press(Key.Key_G, ALT)
    view = page.views.view
    if not isinstance(view, GrowthView):
        raise TypeError("another view is open")
    stage.until(lambda: view.charts[0].plot is not None, "grafik")
    return view


def measured(stage: Stage, window: MainWindow, view: GrowthView) -> None:
    """What was measured today is on record."""
    if view.form.fields["weight"].standing:
        return
    for name, text in TODAY:
        fill(window, name, text)
    press(Key.Key_Return, CTRL)
    stage.until(lambda: view.form.fields["weight"].standing, "ukuran tersimpan")
    stage.settle()


def _room(window: MainWindow) -> RoomPage:
    if not isinstance(window.page, RoomPage):
        raise TypeError("the room is not open")
    return window.page


def _child(stage: Stage, window: MainWindow, tab: Key | None = None) -> QWidget:
    view = opened(stage, _room(window))
    measured(stage, window, view)
    if tab is not None:
        press(tab, ALT)
    stage.settle()
    return window


def _paper(stage: Stage, window: MainWindow) -> QWidget:
    _child(stage, window)
    press(Key.Key_P, CTRL)
    stage.until(lambda: window.overlays.open_sheet, "grafik di kertas")
    stage.settle()
    return window


def posyandu(stage: Stage, window: MainWindow) -> PosyanduPanel:
    """A sheet of four rows, looked at."""
    page = window.page
    if not isinstance(page, RecallPageView):
        raise TypeError("daftar panggil did not open")
    panel = open_posyandu(page.context)
    day = page.desk.clock.today()
    with TemporaryDirectory(prefix="ilp-desk-") as folder:
        file = Path(folder) / "posyandu-anggrek.csv"
        file.write_text(SHEET.format(day=f"{day.day:02d}-{day.month:02d}-{day.year}"), encoding="utf-8")
        panel.place.setText("Posyandu Anggrek")
        panel.take(file)
        stage.until(lambda: panel.model.rows, "lembar dibaca")
    stage.settle()
    return panel


def _sheet(stage: Stage, window: MainWindow) -> QWidget:
    posyandu(stage, window)
    return window


def _picker(stage: Stage, window: MainWindow) -> QWidget:
    panel = posyandu(stage, window)
    panel.view.setFocus()
    press(Key.Key_Return)
    stage.until(lambda: panel.picker.model.rows, "anak yang mungkin")
    return window


SHOTS: tuple[Shot, ...] = (
    Shot("tumbuh-kembang", "care", _child),
    Shot("tumbuh-kembang-panjang", "care", partial(_child, tab=Key.Key_2)),
    Shot("tumbuh-kembang-berat-panjang", "care", partial(_child, tab=Key.Key_3)),
    Shot("tumbuh-kembang-kertas", "care", _paper),
    Shot("lembar-posyandu", "recall", _sheet),
    Shot("lembar-posyandu-pilih-anak", "recall", _picker),
)
