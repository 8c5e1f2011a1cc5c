"""At the registration desk: a returning patient is found, asked back, and gets a number on paper."""

from __future__ import annotations

from ilp_desk.errors import NotFound
from ilp_desk.settings import Settings
from ui.parts.arrival.sheets import EmergencyPanel
from ui.parts.person.family import FamilyPanel
from ui.parts.person.unknown import UnknownPanel
from ui.robot import Key, fill, press, there
from ui.screens.registration import RegistrationPage
from ui.tour import Tour, page
from ui.tour.printer import TicketPrinter


def search(tour: Tour) -> None:
    """Type part of a name; those who may be meant stand there."""
    window = tour.sit_down("rina", "registration")
    desk = page_of(tour)
    fill(window, "Cari pasien", "siti nur")
    tour.stage.until(lambda: desk.box.rows, "hasil pencarian")
    tour.picture("cari")


def arrive(tour: Tour) -> None:
    """One more letter and Enter: the person stands in the panel."""
    _open(tour, "siti nurh")
    tour.picture("kedatangan")


def register(tour: Tour) -> None:
    """The second Enter registers, and a printer on the network gets the ticket; for ten seconds it can be undone."""
    printer = TicketPrinter()
    try:
        tour.sit_down("rina", "registration", Settings(desk="Loket 1", thermal=printer.settings(80)))
        desk = page_of(tour)
        _open(tour, "siti nurh")
        tour.kept["person"] = desk.panel.arrival.person_uid if desk.panel.arrival else ""
        press(Key.Key_Return)
        tour.stage.until(lambda: printer.jobs, "karcis di printer")
        tour.picture("terdaftar")
        tour.note(f"printer antrean menerima {len(printer.jobs[0])} bita")
    finally:
        printer.close()


def tickets(tour: Tour) -> None:
    """The same ticket as pages, for both widths of roll."""
    desk, actor = tour.stage.desk, tour.sitters["rina"].actor
    tour.kept["entry"] = entry_of(tour, tour.kept["person"])
    for width in (80, 58):
        tour.paper(f"karcis-{width}mm", desk.documents.ticket(actor, tour.kept["entry"], width).pdf)


def family(tour: Tour) -> None:
    """F4: those of the household who came along are ticked and registered at once."""
    window = tour.sit_down("rina", "registration")
    _open(tour, "siti nurh")
    press(Key.Key_F4)
    tour.stage.until(lambda: there(window, "", FamilyPanel), "lembar keluarga")
    press(Key.Key_Space)
    tour.picture("sekeluarga")
    press(Key.Key_Escape)
    tour.stage.until(lambda: not there(window, "", FamilyPanel), "lembar keluarga tertutup")


def emergency(tour: Tour) -> None:
    """F8 and X: somebody nobody knows is on the way to the emergency room after three more keys and Enter."""
    window = tour.sit_down("rina", "registration")
    desk = page_of(tour)
    press(Key.Key_F8)
    tour.stage.until(lambda: there(window, "", EmergencyPanel), "lembar darurat")
    tour.picture("darurat")
    press(Key.Key_X)
    tour.stage.until(lambda: there(window, "", UnknownPanel), "lembar pasien tak dikenal")
    for key in (Key.Key_L, Key.Key_4):
        press(key)
    tour.picture("pasien-tak-dikenal")
    press(Key.Key_Return)
    tour.stage.until(lambda: desk.panel.arrival and desk.panel.emergency, "pasien darurat di panel")
    tour.picture("darurat-siap")
    press(Key.Key_Return)
    tour.stage.until(lambda: not desk.panel.arrival, "pasien darurat terdaftar")


def _open(tour: Tour, text: str) -> None:
    """Find somebody and press Enter once."""
    desk = page_of(tour)
    fill(tour.window, "Cari pasien", text)
    tour.stage.until(lambda: desk.box.rows and desk.box.rows[0].name.casefold().startswith(text), "orangnya di atas")
    press(Key.Key_Return)
    tour.stage.until(lambda: desk.panel.arrival, "panel kedatangan")


def page_of(tour: Tour) -> RegistrationPage:
    """The registration page that is open."""
    return page(tour, RegistrationPage)


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
