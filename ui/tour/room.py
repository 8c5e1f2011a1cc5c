"""In the room: vital signs that raise an alarm, the diagnosis, and the end of the visit."""

from __future__ import annotations

from ui.robot import ALT, CTRL, Key, fill, press, there
from ui.screens.room import RoomPage
from ui.tour import Tour, page
from ui.tour.queue import walk

VITALS = (
    ("Keluhan utama", "Pusing sejak 3 hari, bengkak kedua tungkai"),
    ("Tekanan darah", "162/108"),
    ("Nadi", "96"),
    ("Napas", "20"),
    ("Suhu", "36,7"),
    ("Berat", "68,4"),
    ("LiLA", "26"),
    ("TFU", "27"),
    ("DJJ", "142"),
    ("SpO₂", "98"),
    ("Protein urin", "++"),
    ("Presentasi janin", "kepala"),
    ("Anamnesis", "Pusing sejak 3 hari, bengkak kedua tungkai, pandangan kabur tidak ada."),
    ("Pemeriksaan fisik", "Kesadaran kompos mentis. Edema pretibia +/+, refleks patela +/+."),
)
TREATMENT = (
    ("Terapi", "MgSO₄ 40% 4 g IV pelan\nNifedipin 10 mg per oral\nInfus RL 500 ml"),
    ("Rencana dan edukasi", "Rujuk ke RS dengan PONEK, didampingi bidan."),
)


def begin(tour: Tour) -> None:
    """The doctor opens the one who was called."""
    tour.sit_down("hadi", "care")
    shown = page(tour, RoomPage)
    tour.stage.until(lambda: shown.queue.model.rows, "antrean ruang")
    press(Key.Key_F2)
    walk(lambda: row.entry.entry_uid if (row := shown.queue.view.current_row()) else "", tour.kept["entry"])
    press(Key.Key_Return)
    tour.stage.until(lambda: shown.visit.visit, "kunjungan terbuka")
    tour.picture("ruang")
    press(Key.Key_Return)
    tour.stage.settle()


def vitals(tour: Tour) -> None:
    """Everything that is asked for at twenty-eight weeks; the pressure raises a red alarm while it is typed."""
    shown = page(tour, RoomPage)
    for name, text in VITALS:
        fill(tour.window, name, text)
    press(Key.Key_S, CTRL)
    tour.stage.until(lambda: shown.visit.visit and shown.visit.visit.taken, "tanda vital tersimpan")
    tour.stage.until(shown.panel.exam.standing, "tanda bahaya")
    shown.panel.exam.area.verticalScrollBar().setValue(0)
    tour.picture("tanda-bahaya")


def answer(tour: Tour) -> None:
    """What was done about the alarm is written down."""
    shown = page(tour, RoomPage)
    press(Key.Key_T, ALT)
    tour.stage.settle()
    press(Key.Key_Space)
    tour.stage.until(lambda: there(tour.window, "Tindakan"), "lembar tindakan")
    fill(tour.window, "Tindakan", "Baring miring kiri, infus, MgSO₄, dokter dipanggil")
    tour.picture("tanda-bahaya-dijawab")
    press(Key.Key_Return)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "jawaban tersimpan")
    tour.stage.until(lambda: shown.visit.visit and shown.visit.visit.answers, "jawaban terbaca")


def diagnose(tour: Tour) -> None:
    """Words as people say them lead to the code; therapy and plan as text."""
    shown = page(tour, RoomPage)
    tour.stage.settle()
    press(Key.Key_4, ALT)
    tour.stage.until(lambda: there(tour.window, "Diagnosis (ICD-10)"), "bagian diagnosis")
    fill(tour.window, "Diagnosis (ICD-10)", "preeklamsia berat")
    tour.stage.until(shown.panel.diagnosis.search.is_offering, "saran diagnosis")
    tour.picture("cari-diagnosis")
    press(Key.Key_Return)
    tour.stage.until(lambda: shown.visit.visit and shown.visit.visit.diagnoses, "diagnosis tersimpan")
    for name, text in TREATMENT:
        fill(tour.window, name, text)
    press(Key.Key_S, CTRL)
    tour.stage.settle()
    tour.picture("diagnosis")
