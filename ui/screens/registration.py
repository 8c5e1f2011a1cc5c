"""Meja pendaftaran: find, ask back, send to the right cluster, number on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.errors import UserError
from ilp_desk.rows import arrival as rows
from ilp_desk.rows.patients import Found, PatientHit
from ilp_desk.services.registration import AlreadyHere, AsksFirst, Circumstances, RegisterVisit
from ui.page import Context, Page
from ui.papers import print_ticket
from ui.parts.arrival.panel import ArrivalPanel
from ui.parts.arrival.sheets import EmergencyPanel, PlacePanel, ReasonPanel
from ui.parts.arrival.strip import QueueStrip
from ui.question import Act, AskBox, Question
from ui.rows import RowsModel
from ui.scanner import Scan, ScanKind, Taker
from ui.theme import px
from ui.widgets import (
    Card,
    Chip,
    Hair,
    KeyButton,
    ListView,
    SearchBox,
    Sheet,
    TwoLine,
    hbox,
    vbox,
)

TYPING_MS = 40
"""A pause this short between keys asks nothing: a quick hand types a word before the first answer is wanted."""
LOW = 690
"""Design pixels of height under which the tiles take their low form."""
QR = "ilp1:"
"""How the code of a card begins, as `ui.question` compares texts."""
NOT_THESE = (
    "Bukan salah satu dari ini?",
    "Tambahkan tanggal lahir atau nama ibu untuk mempersempit, atau F3 untuk pasien baru.",
)
NOBODY = ("Tidak ada yang cocok.", "Periksa ejaannya, coba NIK atau tanggal lahir, atau tekan F3 untuk pasien baru.")
START = (
    "Ketik nama, NIK, No. RM, BPJS, KK, telepon atau tanggal lahir.",
    "Urutan kata bebas, ejaan lama dan salah ketik satu huruf tetap ketemu. Kartu boleh langsung dipindai.",
)
STATES = {"dead": "meninggal", "moved": "pindah", "unknown": "status ?"}


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept when the shell is rebuilt in another text size."""

    text: str


@dataclass(frozen=True, slots=True)
class _Alert:
    """F8 was pressed before the person was on the screen. person_uid: whom it is about, "" for the next one opened."""

    person_uid: str
    sign: str


class RegistrationPage(Page):
    """The search box keeps the focus; Enter carries its question (`ui.question`)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Pendaftaran")
        self.search = SearchBox("Ketik nama, NIK, No. RM, BPJS, atau pindai kartu", name="Cari pasien")
        self.model: RowsModel[PatientHit] = RowsModel(speak=lambda h: f"{h.name}, {h.born}, {h.area}")
        self.view = ListView(
            self.model,
            _hit_line,
            right=(190, 150),
            key=lambda h: h.uid,
            name="Hasil pencarian",
            sentence=START,
        )
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = ArrivalPanel(self.desk.reference)
        self.box: AskBox[PatientHit] = AskBox(self._find, self._do, lambda hit: hit.uid)
        self._pending: Question | None = None
        self._alert: _Alert | None = None
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
        top = hbox(vbox(self.search, results, spacing=10), self.panel, spacing=10)
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
            self.panel.clear()
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
        self._show_rows(question.text, found)
        if question.text.startswith(QR) and len(found.hits) == 1:
            # A code says nothing to people; what stands in the box is what the card says.
            self._put_text(found.hits[0].record_number)
        self.box.answer(question, found.hits, found.exact)

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
        self.model.answer(text, found.hits)
        self.view.set_sentence(*(NOT_THESE if found.hits else NOBODY))
        if found.hits:
            self.view.select(0)
        people = f"{found.total_people:,}".replace(",", ".")
        self.search.set_info(f"{len(found.hits)} dari {people}")

    def _row_chosen(self, row: PatientHit | None) -> None:
        if row is not None and row in self.box.rows:
            before = self.box.current
            self.box.choose(self.box.rows.index(row))
            if before is not None and self.box.current is not before:
                self.panel.clear()

    def _row_opened(self, row: PatientHit) -> None:
        if row in self.box.rows:
            self.box.open(self.box.rows.index(row))
        self.focus_search()

    def taker(self) -> Taker | None:
        return self._take_scan

    def _take_scan(self, scan: Scan) -> None:
        self._put_text("" if scan.kind is ScanKind.UID else scan.value)
        self.panel.clear()
        self.box.scanned(f"{QR}{scan.value}" if scan.kind is ScanKind.UID else scan.value)
        self.focus_search()

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
        fresh = self.panel.arrival is None or self.panel.arrival.person_uid != uid
        asked = None if fresh else self.panel.circumstances()
        if fresh:
            self.panel.clear()
            asked = self._alerted(uid)
        self.runner.read(
            "registration.arrival",
            lambda: self.desk.registration.arrival(self.actor, uid, asked),
            lambda shown: self._show_arrival(uid, shown, fresh=fresh),
            self._say,
        )

    def _alerted(self, uid: str) -> Circumstances | None:
        """The emergency that was called before this person stood on the screen."""
        alert = self._alert
        if alert is None or alert.person_uid not in ("", uid):
            return None
        self._alert = None
        self.panel.emergency, self.panel.danger_sign = True, alert.sign
        return Circumstances(emergency=True, danger_sign=alert.sign)

    def _show_arrival(self, uid: str, shown: rows.Arrival, *, fresh: bool) -> None:
        self.panel.show_arrival(shown, fresh=fresh)
        self.box.shown(uid)

    def _ask_again(self) -> None:
        if self.panel.arrival is not None:
            self.show_person(self.panel.arrival.person_uid)

    # Registering

    def register(self) -> None:
        """The main button, or Enter in a field of the panel."""
        if self.panel.arrival is not None:
            self._register()

    def _register(self, *, answered: bool = False) -> None:
        shown = self.panel.arrival
        if shown is None or not self.panel.go.isEnabled():
            return
        if shown.today is not None and shown.today.state == "open":
            self._second_service(shown.today.uid)
            return
        if shown.asks and not answered:
            self._ask_first(shown.asks)
            return
        place, panel = self.panel.chosen, self.panel
        order = RegisterVisit(
            visit_uid=new_uid(),
            entry_uid=new_uid(),
            person_uid=shown.person_uid,
            circumstances=panel.circumstances(),
            payer=str(panel.payer.value() or ""),
            payer_fktp=str(panel.fktp.value() or "unknown"),
            payer_status=str(panel.payer_status.value() or "unknown"),
            complaint=panel.complaint.text(),
            service_point_uid=place.uid if place else None,
            override=panel.override,
            answered=answered,
        )
        panel.go.setEnabled(False)
        self.runner.write(
            lambda: self.desk.registration.register(self.actor, order), self._registered, self._not_registered
        )

    def _registered(self, done: rows.Registered) -> None:
        self.panel.go.setEnabled(True)
        room = f", {done.room}" if done.room else ""
        self.shell.toast(f"{done.ticket} · {done.name} · {done.point}{room}", undo=lambda: self._undo(done.visit_uid))
        print_ticket(self.context, done.entry_uid)
        self.panel.clear()
        self.search.set_text("")
        self.focus_search()
        self.refresh_strip()

    def _not_registered(self, error: Exception) -> None:
        self.panel.go.setEnabled(True)
        self.box.again()
        if isinstance(error, AsksFirst):
            self._ask_first(error.sentence)
        elif isinstance(error, AlreadyHere):
            self._ask_again()
            self.shell.sentence(error.sentence)
        else:
            self._say(error)

    def _undo(self, visit_uid: str) -> None:
        self.runner.write(
            lambda: self.desk.registration.undo(self.actor, visit_uid),
            lambda _: self._changed_visit("Pendaftaran diurungkan."),
            self._say,
        )

    def _changed_visit(self, text: str) -> None:
        self.shell.toast(text)
        self.refresh_strip()
        self._ask_again()

    def _ask_first(self, sentence: str) -> None:
        panel = ReasonPanel("Pastikan orangnya", sentence, "Daftarkan juga", "mis. sudah kembali, orangnya hadir")
        sheet = self.shell.sheet(panel, 520)

        def go(_: str) -> None:
            sheet.close_sheet()
            self._register(answered=True)

        panel.given.connect(go)

    # Keys

    def change_place(self) -> None:
        """F7: another service point, with a reason."""
        shown = self.panel.arrival
        if shown is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu F7.")
            return
        self._with_places(lambda places: self._place_sheet(places, shown.routed.uid))

    def _with_places(self, then: Callable[[tuple[rows.ServicePlace, ...]], None]) -> None:
        self.runner.read(
            "registration.places",
            lambda: self.desk.registration.places(self.actor),
            then,
            self._say,
        )

    def _place_sheet(self, places: tuple[rows.ServicePlace, ...], rule_uid: str) -> None:
        panel = PlacePanel("Pilih klaster dan titik layanan", places, rule_uid, reason_wanted=True)
        sheet = self.shell.sheet(panel, 560)

        def chosen(place: rows.ServicePlace, why: str) -> None:
            sheet.close_sheet()
            self.panel.choose(None if place.uid == rule_uid else place, why)

        panel.chosen.connect(chosen)

    def _second_service(self, visit_uid: str) -> None:
        def ask(places: tuple[rows.ServicePlace, ...]) -> None:
            panel = PlacePanel("Layanan kedua pada kunjungan ini", places, "", reason_wanted=False)
            sheet = self.shell.sheet(panel, 560)
            panel.chosen.connect(lambda place, _: _after(sheet, lambda: self._add(visit_uid, place)))

        self._with_places(ask)

    def _add(self, visit_uid: str, place: rows.ServicePlace) -> None:
        entry = new_uid()
        self.runner.write(
            lambda: self.desk.registration.add_service(self.actor, visit_uid, place.uid, entry),
            self._registered,
            self._say,
        )

    def suspect_infection(self) -> None:
        """F5: one key sends somebody to the infectious room."""
        if self.panel.arrival is None:
            self.shell.toast("Buka orangnya dulu (Enter), lalu F5.")
            return
        self.panel.infection = not self.panel.infection
        self.panel.choose(None)
        self._ask_again()

    def emergency(self) -> None:
        """F8: danger sign by one key; the person may be unknown."""
        shown = self.panel.arrival
        who = shown.name if shown else "Belum ada orang yang dibuka"
        panel = EmergencyPanel(tuple(self.desk.reference.signs.dangers), who, known=shown is not None)
        sheet = self.shell.sheet(panel, 620)

        def chosen(sign: str) -> None:
            sheet.close_sheet()
            if self.panel.arrival is None:
                self._alert = _Alert("", sign)
                self.shell.toast("Darurat dicatat. Cari dan buka orangnya, atau F8 lalu X bila tidak dikenal.")
                self.focus_search()
                return
            self.panel.emergency, self.panel.danger_sign = True, sign
            self.panel.choose(None)
            self._ask_again()

        panel.chosen.connect(chosen)
        panel.nobody.connect(lambda: _after(sheet, self.unknown_person))

    def new_person(self) -> None:
        """F3: the new-patient sheet, starting from what was typed."""
        from ui.parts.person.sheets import open_new_person

        open_new_person(self.context, self.search.text(), self.show_found)

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
        self._alert = _Alert(uid, self._alert.sign if self._alert else "")
        self.show_found(uid)

    def _act(self, name: str) -> None:
        shown = self.panel.arrival
        if shown is None or shown.today is None:
            return
        visit_uid = shown.today.uid
        if name == "second":
            self._second_service(visit_uid)
        elif name == "cancel":
            self._with_reason(
                "Batalkan kunjungan",
                "Nomornya tetap tercatat sebagai batal.",
                "Batalkan kunjungan",
                lambda why: self.desk.registration.cancel(self.actor, visit_uid, why),
                "Kunjungan dibatalkan.",
            )
        else:
            from ui.parts.arrival.move import MovePanel

            panel = MovePanel(self.context, shown)
            sheet = self.shell.sheet(panel, 640)
            panel.moved.connect(lambda: _after(sheet, lambda: self._changed_visit("Kunjungan dipindahkan.")))

    def _with_reason(self, title: str, text: str, act: str, work: Callable[[str], object], said: str) -> None:
        panel = ReasonPanel(title, text, act)
        sheet = self.shell.sheet(panel, 520)

        def done(_: object) -> None:
            sheet.close_sheet()
            self._changed_visit(said)

        def failed(error: Exception) -> None:
            panel.refuse(error.sentence if isinstance(error, UserError) else UserError.default)

        panel.given.connect(lambda why: self.runner.write(lambda: work(why), done, failed))

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
        self._alert = None
        if self.panel.arrival is None and not self.search.text():
            return False
        if self.panel.arrival is not None:
            self.panel.clear()
            self.box.typed("")
            self._typed(self.search.text())
        else:
            self.search.set_text("")
        self.focus_search()
        return True

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


def _hit_line(hit: PatientHit) -> TwoLine:
    state = STATES.get(hit.status.value, "")
    facts = (hit.sex, hit.age, hit.born, hit.relative)
    chips = tuple(Chip(text, tone) for text, tone in ((hit.chip, "accent"), (state, "neutral")) if text)
    return TwoLine(
        hit.name,
        " · ".join(f for f in facts if f),
        marks=hit.marks,
        note=hit.note,
        chips=chips,
        right=((f"RM {hit.record_number}" if hit.record_number else "", hit.number), (hit.area, hit.rt_rw)),
        dim=bool(state),
    )
