"""The referral letter, from the open visit to the printed page, and the end of the visit."""

from __future__ import annotations

from ui.preview import PreviewPanel
from ui.robot import CTRL, Key, choose, click, fill, press, there
from ui.screens.room import RoomPage
from ui.tour import Tour, page

FIELDS = (
    ("Fasilitas tujuan", "RSUD Contoh"),
    ("Unit atau spesialis", "Kebidanan"),
    ("Dihubungi", "09.02, dokter jaga IGD: diterima"),
    ("Kendaraan dan pendamping", "Berangkat 09.10 dengan ambulans PSC 119, didampingi bidan"),
    ("Keadaan saat berangkat", "Sadar, TD 150/100, DJJ 140"),
    ("Alasan rujukan", "Penanganan preeklamsia berat memerlukan PONEK."),
    ("Nama penanda tangan", "Ahmad Fauzi"),
    ("Saksi", "Bd. Yenni Marlis"),
)


def write(tour: Tour) -> None:
    """Ctrl+R opens the letter with what is on record; the red alarm has chosen its kind, the kind what is asked."""
    press(Key.Key_R, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "lembar rujukan")
    for name, text in FIELDS:
        fill(tour.window, name, text)
        if name in ("Fasilitas tujuan", "Unit atau spesialis"):
            tour.stage.settle()
            press(Key.Key_Down)
            press(Key.Key_Return)
            tour.stage.settle()
    click(tour.window, "Jawaban: Setuju")
    choose(tour.window, "Hubungan dengan pasien", "Suami")
    tour.stage.settle()
    tour.picture("surat-rujukan")


def look(tour: Tour) -> None:
    """Ctrl+P: the page as it would be, before it has a number."""
    press(Key.Key_P, CTRL)
    tour.stage.until(lambda: there(tour.window, "Pratinjau surat rujukan", PreviewPanel), "pratinjau surat")
    tour.picture("pratinjau-rujukan")


def issue(tour: Tour) -> None:
    """Ctrl+Enter: number, freeze, print. The page the printer got is kept."""
    before = len(tour.stage.printed)
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: len(tour.stage.printed) > before, "surat di printer")
    tour.paper("surat-rujukan", tour.stage.printed[-1].data)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "lembar tertutup")
    tour.picture("rujukan-terbit")


def finish(tour: Tour) -> None:
    """Ctrl+Enter in the room ends the visit."""
    shown = page(tour, RoomPage)
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "lembar selesai")
    tour.picture("selesaikan")
    press(Key.Key_Return)
    tour.stage.until(lambda: shown.visit.visit is None, "kunjungan selesai")
    tour.picture("ruang-kosong")
