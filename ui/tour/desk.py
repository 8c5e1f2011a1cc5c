"""At the registration desk: a returning patient is found, asked back, and gets a number on paper."""

from __future__ import annotations

from ilp_desk.errors import NotFound
from ui.robot import Key, fill, press
from ui.screens.registration import RegistrationPage
from ui.tour import Tour


def search(tour: Tour) -> None:
    """Type part of a name; those who may be meant stand there."""
    window = tour.sit_down("rina", "registration")
    page = page_of(tour)
    fill(window, "Cari pasien", "siti nur")
    tour.stage.until(lambda: page.box.rows, "hasil pencarian")
    tour.picture("cari")


def arrive(tour: Tour) -> None:
    """One more letter and Enter: the person stands in the panel."""
    page = page_of(tour)
    fill(tour.window, "Cari pasien", "siti nurh")
    tour.stage.until(lambda: page.box.rows and page.box.rows[0].name.endswith("Nurhaliza"), "orangnya di baris pertama")
    press(Key.Key_Return)
    tour.stage.until(lambda: page.panel.arrival, "panel kedatangan")
    tour.picture("kedatangan")


def register(tour: Tour) -> None:
    """The second Enter registers; the number stands there and its ticket is shown."""
    page = page_of(tour)
    shown = page.panel.arrival
    tour.kept["person"] = shown.person_uid if shown else ""
    press(Key.Key_Return)
    tour.stage.until(lambda: tour.window.overlays.open_sheet, "karcis di layar")
    tour.picture("karcis")
    tour.previewed("karcis-80mm")
    press(Key.Key_Escape)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "lembar tertutup")
    tour.picture("terdaftar")


def tickets(tour: Tour) -> None:
    """The same ticket on the narrow roll, and as the bytes a ticket printer is sent."""
    desk, actor = tour.stage.desk, tour.sitters["rina"].actor
    tour.kept["entry"] = entry_of(tour, tour.kept["person"])
    narrow = desk.documents.ticket(actor, tour.kept["entry"], 58)
    tour.paper("karcis-58mm", narrow.pdf)
    file = tour.folder / "karcis-58mm.escpos"
    file.write_bytes(narrow.escpos)
    tour.note(f"berkas {file.name}, {len(narrow.escpos)} bita")


def page_of(tour: Tour) -> RegistrationPage:
    """The registration page that is open."""
    page = tour.window.page
    if not isinstance(page, RegistrationPage):
        raise NotFound("Layar pendaftaran tidak terbuka.")
    return page


def entry_of(tour: Tour, person_uid: str) -> str:
    """The queue entry somebody waits with, looked up as the queue screen does."""
    desk, actor = tour.stage.desk, tour.sitters["andri"].actor
    loads, _ = desk.registration.strip(actor)
    for load in loads:
        line = desk.queueing.line(actor, load.uid)
        for row in (*line.waiting, *line.inside):
            if row.person_uid == person_uid:
                tour.kept["point"] = load.uid
                return row.entry_uid
    raise NotFound("Nomor antreannya tidak ditemukan.")
