"""Meja pendaftaran: find, ask back, send to the right cluster, number on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.errors import UserError
from ilp_desk.rows import arrival as rows
from ilp_desk.rows.care import ArrivalCare
from ilp_desk.rows.patients import Found, PatientHit
from ilp_desk.services.registration import AsksFirst, Circumstances, RegisterVisit
from ui.page import Context, Page
from ui.papers import print_ticket
from ui.parts.arrival.alert import PendingAlert
from ui.parts.arrival.hits import NOBODY, NOT_THESE, START, hit_line
from ui.parts.arrival.panel import ArrivalPanel
from ui.parts.arrival.sheets import EmergencyPanel, InfectionPanel, PlacePanel, ReasonPanel
from ui.parts.arrival.strip import QueueStrip
from ui.parts.arrival.visit_acts import VisitActs
from ui.question import Act, AskBox, Question
from ui.rows import RowsModel
from ui.scanner import Scan, ScanKind, Taker
from ui.theme import px
from ui.widgets import (
    Card,
    Hair,
    KeyButton,
    ListView,
    SearchBox,
    Sheet,
    hbox,
    vbox,
)

TYPING_MS = 40
"""A pause this short between keys asks nothing: a quick hand types a word before the first answer is wanted."""
LOW = 690
"""Design pixels of height under which the tiles take their low form."""
EMERGENCY_WIDTH = 1080
QR = "ilp1:"
"""How the code of a card begins, as `ui.question` compares texts."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept when the shell is rebuilt in another text size."""

    text: str


class RegistrationPage(Page):
    """The search box keeps the focus; Enter carries its question (`ui.question`)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Pendaftaran")
        self.search = SearchBox("Ketik nama, NIK, No. RM, BPJS, atau pindai kartu", name="Cari pasien")
        self.model: RowsModel[PatientHit] = RowsModel(speak=lambda h: f"{h.name}, {h.born}, {h.area}")
        self.view = ListView(
            self.model,
            hit_line,
            right=(190, 150),
            key=lambda h: h.uid,
            name="Hasil pencarian",
            sentence=START,
        )
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = ArrivalPanel(self.desk.reference)
        self.box: AskBox[PatientHit] = AskBox(self._find, self._do, lambda hit: hit.uid)
        self._pending: Question | None = None
        self._wanted = ""  # uid of the row whose person is in the panel, or on the way there
        self._sending: set[str] = set()  # uids of people whose registration is on its way
        self.alert = PendingAlert()
        self._complaints: dict[str, str] = {}  # uid -> what was typed and not registered yet
        self.visit_acts = VisitActs(context, self._changed_visit, self._given)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._pause.timeout.connect(self._send)
        clusters = self.desk.reference.clusters
        self.strip = QueueStrip(lambda code: clusters[code].label if code in clusters else "")
        self._lay()
        self._bind()

    # Building

    def _lay(self) -> None:
        new = KeyButton("Pasien baru", "F3", icon="useradd")
        family = KeyButton("Daftarkan sekeluarga", "F4", icon="family")
        card = KeyButton("Cetak kartu", "F6", icon="card")
        infection = KeyButton("Curiga menular", "F5", icon="mask")
        emergency = KeyButton("Darurat", "F8", icon="alert")
        for button, act in (
            (new, self.new_person),
            (family, self.whole_family),
            (card, self.print_card),
            (infection, self.suspect_infection),
            (emergency, self.emergency),
        ):
            button.clicked.connect(act)
        foot = QWidget()
        foot.setLayout(hbox(new, family, card, None, infection, emergency, margins=(11, 9, 11, 9)))
        results = Card(vbox(self.view, Hair(), foot, spacing=0, margins=(1, 1, 1, 1)))
        top = hbox(vbox(self.search, self.alert, results, spacing=10), self.panel, spacing=10)
        top.setStretch(0, 1)
        page = vbox(top, self.strip, spacing=10, margins=(12, 12, 12, 12))
        page.setStretch(0, 1)
        self.setLayout(page)

    def _bind(self) -> None:
        self.search.changed.connect(self._typed)
        self.search.entered.connect(self.box.enter)
        self.view.follow(self.search.edit)
        self.view.row_chosen.connect(self._row_chosen)
        self.view.row_activated.connect(self._row_opened)
        self.panel.changed.connect(self._ask_again)
        self.panel.change_wanted.connect(self.change_place)
        self.panel.act.connect(self._act)
        self.panel.register.connect(self.register)
        self.panel.payer_checked.connect(self.check_payer)
        self.panel.scanned.connect(self._scanned_late)
        self.alert.expired.connect(self._alert_expired)
        self.strip.opened.connect(lambda uid: self.shell.navigate("queue", uid))
        keys = self.keys
        keys.bind("F2", "cari", self.focus_search)
        keys.note("↑↓", "pilih")
        keys.note("Enter", "buka, lalu daftarkan")
        keys.bind("F3", "pasien baru", self.new_person)
        keys.bind("F4", "sekeluarga", self.whole_family)
        keys.bind("F5", "curiga menular", self.suspect_infection, bar=False)
        keys.bind("F6", "kartu berobat", self.print_card, bar=False)
        keys.bind("F7", "klaster lain", self.change_place)
        keys.bind("F8", "darurat", self.emergency)
        keys.bind("Ctrl+E", "lengkapi data", self.edit_person, bar=False)
        keys.bind("Alt+C", "kepesertaan dicek sekarang", self.check_payer, bar=False)
        keys.bind("Alt+L", "semua layanan yang ditawarkan", self.panel.due.turn, bar=False)
        keys.bind("Ctrl+P", "cetak lagi nomor hari ini", lambda: self._act("ticket"), bar=False)
        keys.bind("Alt+M", "pindahkan kunjungan ke pasien lain", lambda: self._act("move"), bar=False)
        keys.bind("Alt+X", "batalkan kunjungan", lambda: self._act("cancel"), bar=False)

    # Searching

    def arrive(self, target: object) -> None:
        self.refresh_strip()
        if isinstance(target, str) and target:
            self.show_person(target)
        self.focus_search()

    def focus_search(self) -> None:
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def _typed(self, text: str) -> None:
        before = self.box.question
        self.box.typed(text)
        if self.box.question != before:
            self._forget()
            if not self.box.question.text:
                self._show_rows("", None)

    def _find(self, question: Question) -> None:
        self._pending = question
        self.search.set_busy(True)
        self._pause.start()

    def _send(self) -> None:
        question, self._pending = self._pending, None
        if question is None or question != self.box.question:
            return
        self.runner.read(
            "registration.find",
            lambda: self.desk.finding.find(self.actor, question.text),
            lambda found: self._found(question, found),
            lambda error: self._not_found(question, error),
        )

    def _found(self, question: Question, found: Found) -> None:
        if question != self.box.question:
            return
        self.search.set_busy(False)
        self.box.answer(question, found.hits, found.exact)
        self._show_rows(question.text, found)
        if question.text.startswith(QR) and len(found.hits) == 1:
            # A code says nothing to people; what stands in the box is what the card says.
            self._put_text(found.hits[0].record_number)

    def _not_found(self, question: Question, error: Exception) -> None:
        self.search.set_busy(False)
        self.box.failed(question)
        self._say(error)

    def _show_rows(self, text: str, found: Found | None) -> None:
        if found is None:
            self.model.answer("", ())
            self.view.set_sentence(*START)
            self.search.set_info("")
            return
        with QSignalBlocker(self.view):  # the box has chosen already
            self.model.answer(text, found.hits)
            self.view.select(self.box.row)
        self.view.set_sentence(*(NOT_THESE if found.hits else NOBODY))
        people = f"{found.total_people:,}".replace(",", ".")
        self.search.set_info(f"{len(found.hits)} dari {people}")

    def _row_chosen(self, row: PatientHit | None) -> None:
        if row is not None and row in self.box.rows:
            before = self.box.current
            self.box.choose(self.box.rows.index(row))
            if before is not None and self.box.current is not before:
                self._forget()

    def _row_opened(self, row: PatientHit) -> None:
        if row in self.box.rows:
            self.box.open(self.box.rows.index(row))
        self.focus_search()

    def taker(self) -> Taker | None:
        return self._take_scan

    def _take_scan(self, scan: Scan) -> None:
        self._put_text("" if scan.kind is ScanKind.UID else scan.value)
        self._forget()
        self.box.scanned(f"{QR}{scan.value}" if scan.kind is ScanKind.UID else scan.value)
        self.focus_search()

    def _scanned_late(self, code: str) -> None:
        """A scanner so slow that its keys counted as typing: the card is the next patient's, nobody is registered."""
        self._take_scan(Scan(ScanKind.SIXTEEN_DIGITS if len(code) == 16 else ScanKind.BPJS, code))

    def _put_text(self, text: str) -> None:
        """Show it in the box without asking."""
        self.search.edit.blockSignals(True)
        self.search.set_text(text)
        self.search.edit.blockSignals(False)
        self.search.edit.selectAll()

    # The person

    def _do(self, act: Act, row: PatientHit) -> None:
        if act is Act.REGISTER:
            self._register()
        else:
            self.show_person(row.uid)

    def show_person(self, uid: str) -> None:
        """Open somebody in the panel at the right."""
        fresh = self.panel.arrival is None or self._wanted != uid
        if fresh:
            self._forget()
            self._wanted = uid
            self._take_alert()
        panel = self.panel
        asked = Circumstances(emergency=panel.emergency, danger_sign=panel.danger_sign)
        if not fresh:
            asked = panel.circumstances()
        self.runner.read(
            "registration.arrival",
            lambda: self.desk.registration.arrival(self.actor, uid, asked),
            lambda shown: self._show_arrival(uid, shown, fresh=fresh),
            lambda error: self._not_shown(uid, error),
        )

    def _forget(self) -> None:
        """Nobody stands in the panel, and who is on the way there comes too late. What was typed about them stays."""
        if self.panel.arrival is not None and self.panel.complaint.text().strip():
            self._complaints[self.panel.arrival.person_uid] = self.panel.complaint.text()
        self._wanted = ""
        self.panel.clear()

    def _take_alert(self) -> bool:
        """Give the person in the panel, or on the way there, the emergency that was called for them."""
        sign = self.alert.take(self._wanted)
        if sign is not None:
            self.panel.urgent(sign)
        return sign is not None

    def _show_arrival(self, uid: str, shown: rows.Arrival, *, fresh: bool) -> None:
        if uid != self._wanted:
            return
        self.panel.show_arrival(shown, fresh=fresh)
        if fresh:
            self.panel.complaint.setText(self._complaints.get(shown.person_uid, ""))
        self.panel.go.setEnabled(shown.person_uid not in self._sending)
        if fresh:
            self._ask_care(shown.person_uid)
        if self._take_alert():  # called while the panel was on its way: the rule says another place now
            self._ask_again()
        else:
            self.box.shown(uid)

    def _ask_care(self, person_uid: str) -> None:
        """What is due comes after the person: the desk never waits for it."""
        self.runner.read(
            "registration.care",
            lambda: self.desk.care.arrival(self.actor, person_uid),
            lambda told: self._show_care(person_uid, told),
            self._say,
            quiet=True,
        )

    def _show_care(self, person_uid: str, told: ArrivalCare) -> None:
        if self._stands_here(person_uid):
            self.panel.show_care(told)

    def _not_shown(self, uid: str, error: Exception) -> None:
        if uid == self._wanted:
            self.box.failed(self.box.question)
            self._say(error)

    def _ask_again(self) -> None:
        if self.panel.arrival is not None:
            self.show_person(self._wanted)

    # Registering

    def register(self) -> None:
        """The main button, or Enter in a field of the panel."""
        if self.panel.arrival is not None:
            self._register()

    def _register(self, status_reason: str = "") -> None:
        shown, panel = self.panel.arrival, self.panel
        if shown is None:
            self.box.again()
            return
        if shown.today is not None:
            self._here_already(shown, shown.today)
            return
        if shown.asks and not status_reason:
            self._ask_first(shown.asks)
            return
        order = RegisterVisit(
            visit_uid=new_uid(),
            entry_uid=new_uid(),
            person_uid=shown.person_uid,
            circumstances=panel.circumstances(),
            payer=str(panel.payer.value() or ""),
            payer_fktp=str(panel.fktp.value() or "unknown"),
            payer_status=str(panel.payer_status.value() or "unknown"),
            complaint=panel.complaint.text(),
            service_point_uid=panel.chosen.uid if panel.chosen else None,
            override=panel.override,
            status_reason=status_reason,
        )
        self._send_off(shown, lambda: self.desk.registration.register(self.actor, order), self._registered)

    def _send_off(
        self, shown: rows.Arrival, work: Callable[[], rows.Registered], told: Callable[[rows.Registered], None]
    ) -> None:
        """Commit; what has been typed and opened meanwhile belongs to the next person and stays."""
        person, question = shown.person_uid, self.box.question
        if person in self._sending:
            return
        self._sending.add(person)
        self.panel.go.setEnabled(False)

        def done(registered: rows.Registered) -> None:
            self._sending.discard(person)
            told(registered)
            if self._stands_here(person) and self.box.question == question:
                self._forget()
                self._complaints.pop(person, None)
                self.search.set_text("")
                self.focus_search()
            self.refresh_strip()

        def failed(error: Exception) -> None:
            self._sending.discard(person)
            self._not_registered(shown, error)

        self.runner.write(work, done, failed)

    def _stands_here(self, person_uid: str) -> bool:
        return self.panel.arrival is not None and self.panel.arrival.person_uid == person_uid

    def _registered(self, done: rows.Registered) -> None:
        room = f", {done.room}" if done.room else ""
        ticket = print_ticket(self.context, done.entry_uid)
        said = " · ".join(filter(None, (done.name, f"{done.point}{room}", ticket)))
        self.shell.toast(said, undo=lambda: self._undo(done.entry_uid), lead=done.ticket)

    def _goes_ahead(self, done: rows.Registered) -> None:
        """They wait there already: no second number, but what was seen is on record."""
        self.shell.toast(f"{done.ticket} · {done.name} · {done.point}: tanda dicatat, giliran disesuaikan.")

    def _not_registered(self, shown: rows.Arrival, error: Exception) -> None:
        if not self._stands_here(shown.person_uid):
            if isinstance(error, UserError):
                self.shell.sentence(f"{shown.name} belum terdaftar. {error.sentence}")
            return
        self.panel.go.setEnabled(True)
        self.box.again()
        if isinstance(error, AsksFirst):
            self._ask_first(error.sentence)
        else:
            self._ask_again()
            self._say(error)

    def _undo(self, entry_uid: str) -> None:
        self.runner.write(
            lambda: self.desk.registration.undo(self.actor, entry_uid),
            lambda _: self._changed_visit("Pendaftaran diurungkan."),
            self._say,
        )

    def _changed_visit(self, text: str) -> None:
        self.shell.toast(text)
        self.refresh_strip()
        self.box.again()
        self._ask_again()

    def _given(self, person_uid: str) -> None:
        """The visit of who stands here belongs to somebody else now: show them."""
        self._forget()
        self.show_found(person_uid)

    def _sheet(self, panel: QWidget, width: int) -> Sheet:
        """A sheet after whose end, whichever it is, Enter in the search box is alive."""
        sheet = self.shell.sheet(panel, width)
        sheet.closed.connect(self.box.again)
        return sheet

    def _ask_first(self, sentence: str) -> None:
        panel = ReasonPanel("Pastikan orangnya", sentence, "Daftarkan juga", "mis. sudah kembali, orangnya hadir")
        sheet = self._sheet(panel, 520)
        panel.given.connect(lambda why: _after(sheet, lambda: self._register(why)))

    def _here_already(self, shown: rows.Arrival, today: rows.TodaysVisit) -> None:
        """Another service on the visit of today. An emergency goes at once, where the rule says."""
        if self.panel.emergency:
            self._add(shown, today.uid, self.panel.chosen)
            return

        def ask(places: tuple[rows.ServicePlace, ...]) -> None:
            now = self.panel.arrival
            if now is None or now.person_uid != shown.person_uid:
                return
            title = "Layanan kedua pada kunjungan ini" if today.state == "open" else "Layanan baru, kunjungan hari ini"
            start = (self.panel.chosen or now.routed).uid
            panel = PlacePanel(title, places, now.routed.uid, reason_wanted=False, here=today.waiting_at, start=start)
            sheet = self._sheet(panel, 560)
            panel.chosen.connect(lambda place, _: _after(sheet, lambda: self._add(now, today.uid, place)))

        self._with_places(ask)

    def _add(self, shown: rows.Arrival, visit_uid: str, place: rows.ServicePlace | None) -> None:
        entry, asked, complaint = new_uid(), self.panel.circumstances(), self.panel.complaint.text()
        point = place.uid if place else None
        self._send_off(
            shown,
            lambda: self.desk.registration.add_service(self.actor, visit_uid, point, entry, asked, complaint),
            lambda done: self._registered(done) if done.entry_uid == entry else self._goes_ahead(done),
        )

    def check_payer(self) -> None:
        """Alt+C: the membership was looked up just now, whether or not it is what it was."""
        shown, panel = self.panel.arrival, self.panel
        if shown is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu Alt+C.")
            return
        payer, fktp = str(panel.payer.value() or shown.payer), str(panel.fktp.value() or "unknown")
        status = str(panel.payer_status.value() or "unknown")
        self.runner.write(
            lambda: self.desk.registration.check_payer(self.actor, shown.person_uid, payer, fktp, status),
            lambda when: self._payer_kept(shown, when),
            self._say,
        )

    def _payer_kept(self, shown: rows.Arrival, when: str) -> None:
        self.shell.toast(f"Kepesertaan {shown.name} dicek {when}.")
        if self._stands_here(shown.person_uid):
            self._ask_again()

    # Keys

    def change_place(self) -> None:
        """F7: another service point, with a reason."""
        shown = self.panel.arrival
        if shown is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu F7.")
            return
        self._with_places(lambda places: self._place_sheet(places, shown))

    def _with_places(self, then: Callable[[tuple[rows.ServicePlace, ...]], None]) -> None:
        self.runner.read(
            "registration.places",
            lambda: self.desk.registration.places(self.actor),
            then,
            self._no_places,
        )

    def _no_places(self, error: Exception) -> None:
        self.box.again()
        self._say(error)

    def _place_sheet(self, places: tuple[rows.ServicePlace, ...], shown: rows.Arrival) -> None:
        if not self._stands_here(shown.person_uid):
            return
        rule_uid = shown.routed.uid
        panel = PlacePanel("Pilih klaster dan titik layanan", places, rule_uid, reason_wanted=True)
        sheet = self.shell.sheet(panel, 560)

        def chosen(place: rows.ServicePlace, why: str) -> None:
            sheet.close_sheet()
            self.panel.choose(None if place.uid == rule_uid else place, why)

        panel.chosen.connect(chosen)

    def suspect_infection(self) -> None:
        """F5: one key says why, and sends somebody to the infectious room; again: not after all."""
        shown = self.panel.arrival
        if shown is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu F5.")
            return
        if self.panel.infection:
            self.panel.suspect(False)
            self._ask_again()
            return
        panel = InfectionPanel(tuple(self.desk.reference.signs.infections), shown.name)
        sheet = self.shell.sheet(panel, 520)

        def chosen(sign: str) -> None:
            sheet.close_sheet()
            if self._stands_here(shown.person_uid):
                self.panel.suspect(True, sign)
                self._ask_again()

        panel.chosen.connect(chosen)

    def emergency(self) -> None:
        """F8: danger sign by one key; the person may be unknown, or still on the way to the panel."""
        shown, who = self.panel.arrival, self._wanted
        signs = self.desk.reference.signs
        name = shown.name if shown else "Belum ada orang yang dibuka"
        panel = EmergencyPanel(signs.desk(), name, known=shown is not None)
        sheet = self.shell.sheet(panel, EMERGENCY_WIDTH)

        def chosen(sign: str) -> None:
            sheet.close_sheet()
            self.alert.call(sign, signs.dangers[sign].label if sign else "", who)
            if self.panel.arrival is not None and self._take_alert():
                self._ask_again()
                return
            self.focus_search()

        panel.chosen.connect(chosen)
        panel.nobody.connect(lambda: _after(sheet, self.unknown_person))

    def _alert_expired(self) -> None:
        self.shell.toast("Darurat tadi belum ada orangnya. Bila masih ada, buka orangnya lalu F8.")

    def new_person(self) -> None:
        """F3: the new-patient sheet, starting from what was typed."""
        from ui.parts.person.sheets import open_new_person

        open_new_person(self.context, self.search.text(), self.show_found, self.panel.arrival)

    def unknown_person(self) -> None:
        from ui.parts.person.sheets import open_unknown_person

        open_unknown_person(self.context, self._show_emergency)

    def edit_person(self) -> None:
        """Ctrl+E: complete or correct the data of whoever is open."""
        from ui.parts.person.sheets import open_person

        if self.panel.arrival is not None:
            open_person(self.context, self.panel.arrival.person_uid, self.show_found)

    def whole_family(self) -> None:
        """F4: register several members of the family at once."""
        from ui.parts.person.sheets import open_family

        shown = self.panel.arrival
        if shown is None or not shown.family_uid:
            self.shell.toast("Buka seorang anggota keluarga yang punya KK dulu, lalu F4.")
            return
        open_family(self.context, shown.person_uid, self.refresh_strip)

    def print_card(self) -> None:
        """F6: kartu berobat of whoever is open."""
        from ui.papers import show_card

        if self.panel.arrival is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu F6.")
            return
        show_card(self.context, self.panel.arrival.person_uid)

    def show_found(self, uid: str) -> None:
        """Somebody was registered or changed elsewhere: show them, ready for Enter."""
        self._take_scan(Scan(ScanKind.UID, uid))

    def _show_emergency(self, uid: str) -> None:
        sign = self.alert.sign or ""
        self.alert.call(sign, self.desk.reference.signs.dangers[sign].label if sign else "", uid)
        self.show_found(uid)

    def _act(self, name: str) -> None:
        shown = self.panel.arrival
        if shown is None or shown.today is None:
            return
        if name == "second":
            self._register()
        elif name == "ticket":
            said = print_ticket(self.context, shown.today.entry_uid)
            self.shell.toast(f"{shown.today.tickets[-1]} · {said or 'dicetak lagi'}")
        elif name == "cancel":
            self.visit_acts.cancel(shown.today.uid)
        else:
            self.visit_acts.move(shown)

    # The strip

    def refresh_strip(self) -> None:
        self.runner.read(
            "registration.strip",
            lambda: self.desk.registration.strip(self.actor),
            lambda told: self._show_strip(*told),
            quiet=True,
        )

    def _show_strip(self, loads: tuple[rows.PointLoad, ...], today: rows.Registration) -> None:
        self.strip.show_loads(loads, self.desk.clock.now())
        self.shell.counts(
            f"Hari ini: {today.registered} terdaftar · {today.finished} selesai · {today.referred} rujukan"
        )

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if topic in ("queue", "visit", "document"):
            self.refresh_strip()
        if topic == "person" and self.panel.arrival is not None and self.panel.arrival.person_uid == uid:
            self._ask_again()

    # Page

    def back(self) -> bool:
        if self.alert.drop():
            return True
        if self.panel.arrival is None and not self.search.text():
            return False
        if self.panel.arrival is not None:
            self._forget()
            self.box.typed("")
            self._typed(self.search.text())
        else:
            self.search.set_text("")
        self.focus_search()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # a window put aside is no other screen
            self.alert.drop()

    def state(self) -> object:
        return _State(self.search.text())

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            self.search.set_text(state.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.strip.set_compact(event.size().height() < px(LOW))

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)


def _after(sheet: Sheet, act: Callable[[], object]) -> None:
    """Close a sheet, then go on below it."""
    sheet.close_sheet()
    act()
