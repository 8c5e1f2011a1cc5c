"""Wilayah > Daftar panggil: who of an area is to be called in for what, and whether somebody did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog

from ilp_desk.domain.due.recall import RecallContact, Standing
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import short_day_text, time_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.recall import Place, RecallLine, RecallPage
from ilp_desk.services.life_cycle.recall import NOWHERE, Asked, Called, Choices
from ilp_desk.work import may
from ui.page import Context, Page
from ui.papers import show_paper
from ui.parts.posyandu.panel import open_posyandu
from ui.parts.recall.contact import WIDTH, ContactPanel
from ui.parts.recall.tiles import StandingTiles
from ui.rows import Column, RowsModel
from ui.theme import px
from ui.widgets import Card, Combo, KeyButton, Paragraph, TableView, Text, hbox, label, vbox

PAGE = 50
NARROW = 1100
"""Design pixels of the page under which the title gives its room to the choices."""
TYPING_MS, NEWS_MS = 150, 2000
EVERYWHERE = ("Semua desa", "Semua RW", "Semua posyandu")
MONTHS = ((0, "Semua lama"), (1, "1 bln ke atas"), (3, "3 bln ke atas"), (6, "6 bln ke atas"))
INDENT = "\u2003"
ORDER = {
    Standing.LATE: "urut paling lama terlambat",
    Standing.DUE: "urut paling dahulu waktunya",
    Standing.NO_DATA: "urut RW dan RT",
    Standing.COMPLETE: "urut RW dan RT",
}
NOBODY = {
    Standing.LATE: ("Tidak ada yang terlambat di sini.", "Alt+2 menampilkan yang waktunya bulan ini."),
    Standing.DUE: ("Tidak ada yang waktunya bulan ini.", "Pilih wilayah atau layanan lain di atas."),
    Standing.NO_DATA: ("Semua sudah ada datanya.", ""),
    Standing.COMPLETE: ("Belum ada yang lengkap di sini.", ""),
}


@dataclass(frozen=True, slots=True)
class _State:
    asked: Asked
    uid: str


def _columns(today: date) -> tuple[Column[RecallLine], ...]:
    return (
        Column("Nama", lambda r: r.name, 176, bold=True),
        Column("Umur", lambda r: r.age, 76),
        Column("Alamat", _place, 186, muted=True, optional=True),
        Column("Layanan", lambda r: ", ".join(r.services)),
        Column("Sejak", lambda r: r.since, 132, ink=_ink),
        Column("Terakhir datang", lambda r: _short(r.last_visit, today), 124, muted=True, optional=True),
        Column("Telepon", lambda r: r.phone or "—", 116, optional=True),
        Column("Tindak lanjut", lambda r: "", 186, chip=_follow_up),
    )


def _place(row: RecallLine) -> str:
    """`Sungai Batang 02/02`: hamlet, RT and RW."""
    return f"{row.area.partition(',')[0]} {'/'.join(filter(None, (row.rt, row.rw)))}".strip()


def _ink(row: RecallLine) -> str:
    return "danger" if row.state == Standing.LATE else "ink"


def _short(day: date | None, today: date) -> str:
    if day is None:
        return "—"
    text = short_day_text(day)
    return text.rpartition(" ")[0] if day.year == today.year else text


def _follow_up(row: RecallLine) -> tuple[str, str]:
    if row.contact is None:
        return "belum dihubungi", "neutral"
    return f"{row.contact.result} {row.contact.on.day:02d}-{row.contact.on.month:02d}", "accent"


def _spoken(row: RecallLine) -> str:
    called = row.contact.words if row.contact is not None else "belum dihubungi"
    return f"{row.name}, {row.age}, {_place(row)}, {', '.join(row.services)}, {row.since}, {called}"


class RecallPageView(Page):
    """The table keeps the focus; arrows choose, Enter opens the record, H notes a call."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Daftar panggil")
        self.choices: Choices | None = None
        self._asked: Asked | None = None
        self._wanted: Asked | None = None
        self._hood_wanted = ""
        self.group = Combo(name="Layanan")
        self.place = Combo(name="Desa atau dusun")
        self.hood = Combo(name="RW dan RT")
        self.posyandu = Combo(name="Posyandu")
        self.months = Combo(MONTHS, name="Lama terlambat")
        self.paper = KeyButton("Cetak untuk kader", "Ctrl+P", icon="print")
        self.excel = KeyButton("Excel", icon="download")
        self.tiles = StandingTiles()
        self.model: RowsModel[RecallLine] = RowsModel(_columns(self.desk.clock.today()), _spoken)
        self.view = TableView(self.model, key=lambda row: row.person_uid, first=True, name="Daftar panggil")
        self.about = Paragraph()
        self.foot = label(" ", "muted")
        self.posyandu_sheet = KeyButton("Lembar posyandu", "Ctrl+I", icon="upload", small=True)
        if not may(self.actor, "posyandu.store"):
            self.posyandu_sheet.hide()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._later = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._lay()
        self._bind()

    def _lay(self) -> None:
        self._heading = label("Daftar panggil", "title")
        choices = (self.group, self.place, self.hood, self.posyandu, self.months)
        top = hbox(self._heading, *choices, self.paper, self.excel, spacing=6)
        for at, share in zip(range(1, 6), (58, 34, 31, 40, 32), strict=True):
            top.setStretch(at, share)
        about = hbox(self.about, margins=(12, 6, 12, 0))
        foot = hbox(self.foot, None, self.posyandu_sheet, margins=(12, 5, 12, 5))
        table = Card(vbox(self.view, about, foot, spacing=0, margins=(1, 1, 1, 1)))
        page = vbox(top, self.tiles, table, spacing=10, margins=(12, 12, 12, 12))
        page.setStretch(2, 1)
        self.setLayout(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= px(NARROW)
        self._heading.setVisible(wide)
        self.paper.setText("Cetak untuk kader" if wide else "Cetak")
        self.excel.setMaximumWidth((self.excel.sizeHint() if wide else self.excel.minimumSizeHint()).width())

    def _bind(self) -> None:
        self.place.currentIndexChanged.connect(self._place_chosen)
        for combo in (self.group, self.hood, self.posyandu, self.months):
            combo.currentIndexChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.ask)
        self._later.timeout.connect(self.ask)
        self.tiles.chosen.connect(lambda _: self.ask())
        self.model.more_wanted.connect(self._more)
        self.view.row_activated.connect(self._open)
        self.view.row_chosen.connect(self._tell_about)
        self.view.installEventFilter(self)
        self.paper.clicked.connect(self.print_list)
        self.excel.clicked.connect(self.save_table)
        self.posyandu_sheet.clicked.connect(self.import_sheet)
        keys = self.keys
        keys.bind("F2", "pilih layanan", lambda: self.group.setFocus(Qt.FocusReason.ShortcutFocusReason))
        keys.note("↑↓", "pilih orang")
        keys.note("Enter", "buka riwayat")
        keys.note("H", "sudah dihubungi")
        keys.bind("Ctrl+P", "cetak untuk kader", self.print_list)
        keys.bind("Ctrl+E", "salin ke Excel", self.save_table, bar=False)
        keys.bind("Ctrl+I", "lembar penimbangan posyandu", self.import_sheet, bar=False)
        keys.bind("F5", "hitung lagi", self.ask, bar=False)
        keys.bind_row("Alt+", len(self.tiles.tiles), "daftar", self.tiles.choose)

    # What is asked for

    def arrive(self, target: object) -> None:
        if self.choices is None:
            self.runner.read("recall.choices", lambda: self.desk.recall.choices(self.actor), self._offered, self._say)
        else:
            self.ask()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offered(self, choices: Choices) -> None:
        self.choices = choices
        wanted, self._wanted = self._wanted, None
        places = [("", EVERYWHERE[0]), *((p.uid, INDENT * p.depth + p.name) for p in choices.places)]
        first = next((p.uid for p in choices.places), "")
        group = choices.groups[0][0] if choices.groups else None
        self.group.set_items(choices.groups, wanted.group if wanted else group)
        self.place.set_items([*places, (NOWHERE, "Wilayah belum tercatat")], wanted.place if wanted else first)
        if wanted is not None:
            self.tiles.show_chosen(wanted.standing)
            self._hood_wanted = f"{wanted.rw}/{wanted.rt}" if wanted.rt else wanted.rw
        self._place_chosen()
        if wanted is not None:
            self.posyandu.set_value(wanted.posyandu)
            self.months.set_value(wanted.months)
        self.ask()

    def _place_chosen(self, _: int = 0) -> None:
        """Another village or hamlet: its RW, RT and posyandu are offered."""
        choices, place = self.choices, str(self.place.value() or "")
        if choices is None:
            return
        known = next((one for one in choices.places if one.uid == place), None)
        near = [one for one in choices.posyandu if _near(one, known)]
        self.posyandu.set_items([("", EVERYWHERE[2]), *((one.uid, one.name) for one in near)], self.posyandu.value())
        if self.posyandu.value() is None:
            self.posyandu.set_value("")
        self.hood.set_items([("", EVERYWHERE[1])])
        self.hood.setEnabled(known is not None)
        self._pause.start()
        if known is not None:
            self.runner.read(
                "recall.hoods", lambda: self.desk.recall.neighbourhoods(self.actor, place), self._hoods, self._say
            )

    def _hoods(self, found: tuple[tuple[str, str], ...]) -> None:
        blocks = sorted({rw for rw, _ in found if rw})
        items = [("", EVERYWHERE[1])]
        for rw in blocks or [""]:
            if rw:
                items.append((rw, f"RW {rw}"))
            items += [(f"{rw}/{rt}", f"{INDENT if rw else ''}RT {rt}") for other, rt in found if other == rw and rt]
        wanted, self._hood_wanted = self._hood_wanted, ""
        self.hood.set_items(items, wanted if any(value == wanted for value, _ in items) else None)

    def asked(self) -> Asked:
        """What the choices say now."""
        rw, _, rt = str(self.hood.value() or "").partition("/")
        return Asked(
            group=str(self.group.value() or ""),
            place=str(self.place.value() or ""),
            rw=rw,
            rt=rt,
            posyandu=str(self.posyandu.value() or ""),
            standing=self.tiles.current(),
            months=int(str(self.months.value() or 0)),
        )

    def ask(self) -> None:
        """Read the first page and the figures anew."""
        self._pause.stop()
        if self.choices is None or not self.choices.groups:
            return
        asked = self.asked()
        self.months.setEnabled(asked.standing is Standing.LATE)
        if asked.standing is not Standing.LATE:
            asked = replace(asked, months=0)
        self.runner.read(
            "recall.list",
            lambda: self.desk.recall.list(self.actor, asked, 0, PAGE),
            lambda page: self._listed(asked, page),
            self._say,
        )

    def _listed(self, asked: Asked, page: RecallPage) -> None:
        self._asked = asked
        self.view.set_sentence(*NOBODY[asked.standing])
        self.model.answer(str(asked), page.lines, more=len(page.lines) < page.found)
        self.tiles.set_counts(page.counts)
        self.shell.counts(f"Keadaan per {time_text(self.desk.clock.local())} hari ini")
        self._tell(page)
        self._tell_about(self.view.current_row())

    def _more(self) -> None:
        asked, after = self._asked, len(self.model.rows)
        if asked is None:
            return
        self.runner.read(
            "recall.more",
            lambda: self.desk.recall.list(self.actor, asked, after, PAGE),
            lambda page: self._appended(asked, page),
            self._say,
        )

    def _appended(self, asked: Asked, page: RecallPage) -> None:
        if asked == self._asked:
            self.model.append(page.lines, more=len(self.model.rows) + len(page.lines) < page.found)
            self._tell(page)

    def _tell(self, page: RecallPage) -> None:
        standing = self._asked.standing if self._asked is not None else Standing.LATE
        words = [f"{len(self.model.rows)} dari {page.found}", ORDER[standing]]
        words += ["tanpa layanan yang dirahasiakan"] if page.left_out else ["dirahasiakan: hanya di layar"]
        if page.counts.aside:
            words.append(f"{page.counts.aside} menolak, ditunda, atau lewat batas umur tidak dihitung")
        self.foot.setText(" · ".join(words))
        for button in (self.paper, self.excel):
            button.setEnabled(page.left_out)

    # One person

    def _tell_about(self, row: RecallLine | None) -> None:
        """Of the chosen one all services and what came of the last call, whatever the columns have room for."""
        called = row.contact if row is not None else None
        words = ". ".join(filter(None, (called.words, called.note))) if called is not None else ""
        parts = []
        if row is not None:
            parts = [Text(f"{row.name}: ", bold=True), Text(", ".join(row.services))]
            parts += [Text(f" · {words}", muted=True)] if words else []
        self.about.set_parts(parts)

    def _open(self, row: RecallLine) -> None:
        if not self.shell.navigate("history", row.person_uid):
            self.shell.toast("Riwayat dibuka oleh yang merawat.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() == Qt.Key.Key_H:
                self.mark()
                return True
        return super().eventFilter(watched, event)

    def mark(self) -> None:
        """H: what came of calling the chosen person."""
        row, asked, choices = self.view.current_row(), self._asked, self.choices
        if row is None or asked is None or choices is None:
            return
        if not may(self.actor, "recall.contact"):
            self.shell.toast("Mencatat panggilan untuk petugas pelayanan dan pendaftaran.")
            return
        panel = ContactPanel(row.name, choices.results, self.desk.clock.today(), self.actor.name)
        sheet = self.shell.sheet(panel, WIDTH)
        uid = new_uid()

        def save(result: str, day: date, by: str, note: str) -> None:
            called = Called(
                uid=uid, person_uid=row.person_uid, about=asked.group, on=day, by=by, result=result, note=note
            )
            self.runner.write(lambda: self.desk.recall.contact(self.actor, called), stored, refused)

        def stored(made: RecallContact) -> None:
            sheet.close_sheet()
            self.shell.toast(f"{row.name}: panggilan tercatat.", lambda: self._take_back(made.uid))
            self.ask()

        def refused(error: Exception) -> None:
            if not (isinstance(error, InvalidInput) and panel.complain(error.field, error.sentence)):
                self._say(error)

        panel.given.connect(save)

    def _take_back(self, uid: str) -> None:
        self.runner.write(lambda: self.desk.recall.take_back(self.actor, uid), lambda _: self.ask(), self._say)

    # Paper and file

    def import_sheet(self) -> None:
        """Ctrl+I: a posyandu's weighing sheet into the records."""
        if may(self.actor, "posyandu.store"):
            open_posyandu(self.context)

    def print_list(self) -> None:
        """Ctrl+P: for the kader, all who are to be called, by RT."""
        asked = self._asked
        if asked is not None and self.paper.isEnabled():
            show_paper(
                self.context, "Daftar panggil", lambda: self.desk.recall.sheet(self.actor, asked), kind="recall_list"
            )

    def save_table(self) -> None:
        """The list that is shown, as a workbook."""
        asked = self._asked
        if asked is None or not self.excel.isEnabled():
            return
        name = f"daftar-panggil-{asked.group}-{self.desk.clock.today().isoformat()}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "Simpan daftar", name, "Excel (*.xlsx)")
        if chosen:
            self.write_table(Path(chosen))

    def write_table(self, path: Path) -> None:
        """Write it to a file."""
        asked, file = self._asked, path if path.suffix else path.with_suffix(".xlsx")
        if asked is None:
            return

        def work() -> None:
            made = self.desk.recall.table(self.actor, asked)
            try:
                file.write_bytes(made)
            except OSError as trouble:
                raise UserError(f"{file.name} tidak dapat disimpan di sana. Pilih folder lain.") from trouble

        self.runner.read(
            "recall.table",
            work,
            lambda _: self.shell.toast(f"{file.name} tersimpan. Isinya data pasien: simpan di tempat yang aman."),
            self._say,
        )

    # The shell

    def changed(self, topic: str, uid: str, actor: str) -> None:
        # What anybody records may shorten the list; whoever has scrolled down is not thrown back to its beginning.
        if self.isVisible() and topic != "queue" and len(self.model.rows) <= PAGE and not self._later.isActive():
            self._later.start()

    def state(self) -> object:
        row = self.view.current_row()
        return _State(self.asked(), row.person_uid if row is not None else "")

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            self._wanted = state.asked

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)


def _near(posyandu: Place, place: Place | None) -> bool:
    return place is None or place.uid in posyandu.homes
