"""Somebody who was never here: the new-patient sheet, from the NIK to the ticket."""

from __future__ import annotations

from ui.robot import CTRL, Key, choose, fill, press, there
from ui.tour import Tour
from ui.tour.desk import page_of

FORM = (
    ("NIK", "1306044905019051"),
    ("Nama lengkap", "Rahmi Fitriani"),
    ("No. KK", "1306040101249051"),
    ("Nama ibu kandung", "Yusnimar"),
    ("Telepon", "081200009051"),
    ("RT", "01"),
    ("RW", "02"),
    ("Alamat", "Jl. Danau No. 12"),
)
"""Invented, as everybody here."""


def open_sheet(tour: Tour) -> None:
    """F3, then the NIK says birth date and sex."""
    tour.sit_down("rina", "registration")
    press(Key.Key_F3)
    tour.stage.until(lambda: there(tour.window, "NIK"), "lembar pasien baru")
    for name, text in FORM:
        fill(tour.window, name, text)
    choose(tour.window, "Penjamin", "Umum")
    choose(tour.window, "Hubungan keluarga", "Kepala")
    choose(tour.window, "Nagari/Desa", "Bayua")
    tour.stage.settle()
    choose(tour.window, "Jorong/Dusun", "Sigiran")
    tour.stage.settle()
    tour.picture("pasien-baru")


def save(tour: Tour) -> None:
    """Ctrl+Enter saves and opens the newcomer at the desk, ready for a number."""
    press(Key.Key_Return, CTRL)
    desk = page_of(tour)
    tour.stage.until(lambda: desk.panel.arrival and desk.panel.arrival.record_number, "pasien baru di panel")
    shown = desk.panel.arrival
    tour.kept["newcomer"] = shown.person_uid if shown else ""
    tour.picture("pasien-baru-tersimpan")
