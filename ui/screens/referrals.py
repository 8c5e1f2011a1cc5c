"""Rujukan: every letter with its state, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent

from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import InvalidInput, NeedsReason, UserError
from ilp_desk.rows.papers import Issued, ReferralCounts, ReferralDetail, ReferralRow
from ilp_desk.services.letters import ConsentAnswer
from ilp_desk.work import may
from ui.page import Context, Page
from ui.papers import send_document, show_document
from ui.parts.arrival.sheets import ReasonPanel
from ui.parts.referral.consent import CONSENT_TITLE, WHY
from ui.parts.referral.detail import DetailPanel
from ui.parts.referral.reply import WIDTH, ConsentPanel, Reply, ReplyPanel
from ui.parts.referral.tiles import FigureTiles, Filter, filters
from ui.parts.referral.words import NEXT, STATES
from ui.question import even
from ui.rows import Column, RowsModel
from ui.scanner import Scan, ScanKind, Taker
from ui.theme import px
from ui.widgets import Card, SearchBox, TableView, hbox, vbox

PAGE = 50
TYPING_MS = 120
DETAIL, DETAIL_NARROW = 396, 336
NARROW = 1100
"""Design pixels of the page under which the panel at the right is the narrow one."""
START = ("Belum ada surat rujukan.", "Tulis dari ruang pelayanan dengan Ctrl+R; suratnya tampil di sini.")
NOTHING = ("Tidak ada surat yang cocok.", "Ubah kata pencarian, atau tekan lagi saringan di atas untuk melihat semua.")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the list answers: text as compared and the filter."""

    text: str = ""
    states: tuple[ReferralState, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    filter: int
    uid: str


def _columns() -> tuple[Column[ReferralRow], ...]:
    return (
        Column("Nomor", lambda r: _short(r.number), 118),
        Column("Tanggal", lambda r: day_text(r.issued_on), 100),
        Column("Pasien", lambda r: r.name, bold=True),
        Column("Tujuan", lambda r: r.destination, 168, muted=True, optional=True),
        Column("Diagnosis", lambda r: r.diagnosis, 190, muted=True, optional=True),
        Column("Status", lambda r: "", 128, chip=lambda r: STATES[r.state]),
        Column("Menunggu", _waits, 92, align="right", ink=lambda r: "danger" if r.late else "muted"),
    )


def _short(number: str) -> str:
    """`440/0217 (2026)`: serials begin anew every year."""
    parts = number.split("/")
    return f"{'/'.join(parts[:2])} ({parts[-1]})" if len(parts) > 2 else number


def _waits(row: ReferralRow) -> str:
    return f"{row.waits} hr" if row.waits else ""


def _spoken(row: ReferralRow) -> str:
    waits = f", {row.waits} hari menunggu balasan" if row.waits else ""
    return f"{row.name}, ke {row.destination}, {row.number}, {STATES[row.state][0]}{waits}"


class ReferralsPage(Page):
    """The search box keeps the focus; arrows move in the table, Enter shows the pages of the chosen letter."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Rujukan")
        self.search = SearchBox("Cari nomor surat, nama, No. RM, tujuan, atau pindai surat", name="Cari surat rujukan")
        self.tiles = FigureTiles(filters(self.desk.reference.referrals.reply_days))
        self.model: RowsModel[ReferralRow] = RowsModel(_columns(), _spoken)
        self.view = TableView(self.model, key=lambda row: row.uid, first=True, name="Surat rujukan", sentence=START)
        self.panel = DetailPanel(
            may_consent=may(self.actor, "referral.consent"), may_void=may(self.actor, "referral.void")
        )
        self._answered: _Asked | None = None
        self._held = self._more_left = False
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay()
        self._bind()

    def _lay(self) -> None:
        table = Card(vbox(self.view, margins=(1, 1, 1, 1)))
        across = hbox(
            vbox(self.search, self.tiles, table, spacing=10), self.panel, spacing=10, margins=(12, 12, 12, 12)
        )
        across.setStretch(0, 1)
        self.setLayout(across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = DETAIL if self.width() >= px(NARROW) else DETAIL_NARROW
        self.panel.setFixedWidth(px(wide))

    def _bind(self) -> None:
        self.search.changed.connect(self._typed)
        self.search.entered.connect(self._enter)
        self._pause.timeout.connect(self.ask)
        self.tiles.chosen.connect(lambda _: self.ask())
        self.view.follow(self.search.edit)
        self.view.row_chosen.connect(self._chosen)
        self.view.row_activated.connect(lambda _: self.look())
        self.model.more_wanted.connect(self._more)
        panel, keys = self.panel, self.keys
        panel.look_wanted.connect(self.look)
        panel.mark_wanted.connect(self.mark)
        panel.consent_wanted.connect(self.consent)
        panel.reply_wanted.connect(self.reply)
        panel.void_wanted.connect(self.void)
        panel.number_given.connect(self.set_number)
        keys.bind("F2", "cari", self.focus_search)
        keys.note("↑↓", "pilih")
        keys.note("Enter", "lihat & cetak")
        keys.bind("Ctrl+P", "lihat dan cetak", self.look, bar=False)
        keys.bind("F4", "tandai", self.mark)
        keys.bind("F5", "catat persetujuan yang menyusul", self.consent, bar=False)
        keys.bind("F6", "ketik balasan", self.reply)
        keys.bind("F7", "nomor BPJS", panel.ask_number)
        keys.bind_row("Alt+", len(self.tiles.tiles), "saring", self.tiles.toggle)

    # The list

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.search.set_text(target)
        self.ask()
        self.focus_search()

    def focus_search(self) -> None:
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def changed(self, topic: str, uid: str, actor: str) -> None:
        if topic == "document":
            self._pause.start()

    def taker(self) -> Taker | None:
        return self._scanned

    def _scanned(self, scan: Scan) -> None:
        self.search.set_text(f"ILP1:{scan.value}" if scan.kind is ScanKind.UID else scan.value)
        self.focus_search()

    def _typed(self, _: str) -> None:
        self._held = False
        self._pause.start()

    def _wanted(self) -> _Asked:
        chosen: Filter | None = self.tiles.current()
        text = even(self.search.text())
        return _Asked(text, chosen.states, chosen.late) if chosen else _Asked(text)

    def ask(self) -> None:
        """Ask for the first page and the figures anew."""
        self._pause.stop()
        asked = self._wanted()
        text = self.search.text()
        self.search.set_busy(True)

        def read() -> tuple[tuple[ReferralRow, ...], ReferralCounts]:
            referrals = self.desk.referrals
            found = referrals.list(self.actor, text, asked.states, late=asked.late, limit=PAGE)
            return found, referrals.counts(self.actor)

        self.runner.read("referrals.list", read, lambda found: self._listed(asked, *found), self._not_listed)

    def _listed(self, asked: _Asked, rows: tuple[ReferralRow, ...], counts: ReferralCounts) -> None:
        self.search.set_busy(False)
        self._answered = asked
        self.view.set_sentence(*(START if asked == _Asked() else NOTHING))
        self._more_left = len(rows) == PAGE
        self.model.answer(asked.text, rows, more=self._more_left)
        self.tiles.set_counts(counts)
        self._tell()
        if self._held and asked == self._wanted():
            self._held = False
            self.look()

    def _not_listed(self, error: Exception) -> None:
        self.search.set_busy(False)
        self._held = False
        self._say(error)

    def _more(self) -> None:
        asked, last, text = self._answered, self.model.rows[-1], self.search.text()
        if asked is None:
            return
        self.runner.read(
            "referrals.more",
            lambda: self.desk.referrals.list(
                self.actor, text, asked.states, before=last.uid, late=asked.late, limit=PAGE
            ),
            lambda rows: self._appended(asked, rows),
            self._say,
        )

    def _appended(self, asked: _Asked, rows: tuple[ReferralRow, ...]) -> None:
        if asked == self._answered == self._wanted():
            self._more_left = len(rows) == PAGE
            self.model.append(rows, more=self._more_left)
            self._tell()

    def _tell(self) -> None:
        shown = len(self.model.rows)
        self.search.set_info(f"{shown} surat, gulir untuk lainnya" if self._more_left else f"{shown} surat")

    # One letter

    def _chosen(self, row: ReferralRow | None) -> None:
        if row is None:
            self.runner.forget("referrals.read")
            self.panel.show_detail(None)
            return
        uid = row.uid
        self.runner.read(
            "referrals.read", lambda: self.desk.referrals.read(self.actor, uid), self.panel.show_detail, self._say
        )

    def _enter(self) -> None:
        if self._answered != self._wanted():
            self._held = True
            return
        self.look()

    def _current(self) -> ReferralDetail | None:
        """The letter in the panel, if it is the row that is chosen."""
        row, detail = self.view.current_row(), self.panel.detail
        return detail if row is not None and detail is not None and detail.referral.uid == row.uid else None

    def look(self) -> None:
        """Enter, Ctrl+P: the pages as they left, ready to print again."""
        row, detail = self.view.current_row(), self._current()
        if detail is not None and not detail.clinical:
            self.shell.toast("Isi surat dibuka oleh yang merawat. Di sini dicatat: terkirim, diterima, nomor, balasan.")
        elif row is not None:
            show_document(self.context, row.document_uid, "Surat rujukan", closed=self.ask)

    def mark(self) -> None:
        """F4: sent, then received."""
        detail = self._current()
        coming = NEXT.get(detail.referral.state) if detail else None
        if detail is None or coming is None:
            return
        uid, was, state = detail.referral.uid, detail.referral.state, coming[0]
        word = STATES[state][0]

        def undo() -> None:
            self._write(lambda: self.desk.referrals.unmark(self.actor, uid, state, was), "Tanda diurungkan.")

        self._write(lambda: self.desk.referrals.mark(self.actor, uid, state), f"{detail.number} {word}.", undo)

    def set_number(self, text: str) -> None:
        """The number BPJS or SISRUTE gave."""
        detail = self._current()
        if detail is None:
            return
        uid = detail.referral.uid

        def refused(error: Exception) -> None:
            if isinstance(error, InvalidInput):
                self.panel.external_field.set_state("error", error.sentence)
            else:
                self._say(error)

        def stored(_: object) -> None:
            self.panel.external.setModified(False)
            self.shell.toast("Nomor tersimpan.")
            self.ask()

        self.runner.write(lambda: self.desk.referrals.set_external_number(self.actor, uid, text), stored, refused)

    def reply(self) -> None:
        """F6: type what came back."""
        detail = self._current()
        if detail is None or not self.panel.reply.isVisible():
            return
        uid, panel = detail.referral.uid, ReplyPanel(detail, self.desk.clock.today())
        sheet = self.shell.sheet(panel, WIDTH, 0)
        panel.cancel.clicked.connect(sheet.close_sheet)
        panel.draft.connect(lambda typed: self._keep_reply(uid, typed))

        def save(typed: Reply) -> None:
            self.runner.write(
                lambda: self.desk.referrals.reply(
                    self.actor,
                    uid,
                    typed.on,
                    typed.diagnosis,
                    typed.therapy,
                    typed.plan,
                    typed.doctor,
                    close=typed.close,
                ),
                stored,
                lambda error: self._refused(panel.complain, error),
            )

        def stored(_: object) -> None:
            panel.saved()
            self._done(sheet.close_sheet, "Balasan tersimpan.")

        panel.given.connect(save)

    def _keep_reply(self, uid: str, typed: dict[str, object]) -> None:
        self._keep(lambda: self.desk.referrals.keep_reply(self.actor, uid, typed), uid, draft=typed)

    def _keep_consent(self, uid: str, typed: dict[str, object]) -> None:
        self._keep(lambda: self.desk.referrals.keep_consent(self.actor, uid, typed), uid, consent_draft=typed)

    def _keep(self, work: Callable[[], None], uid: str, **draft: dict[str, object]) -> None:
        """Keep a draft, and offer it to the next sheet of this letter without reading anew."""
        detail = self.panel.detail
        if detail is not None and detail.referral.uid == uid:
            self.panel.detail = replace(detail, **draft)  # type: ignore[arg-type]
        self.runner.write(work, lambda _: self.shell.draft_saved(self.desk.clock.now()), self._say)

    def consent(self) -> None:
        """F5: the consent an emergency left for later."""
        detail = self._current()
        if detail is None or not self.panel.consent.isVisible():
            return
        referral, panel = detail.referral, ConsentPanel(detail, self.desk.reference)
        uid = referral.uid
        sheet = self.shell.sheet(panel, WIDTH, 0)
        panel.cancel.clicked.connect(sheet.close_sheet)

        def paper(answer: ConsentAnswer | None) -> None:
            self.runner.write(
                lambda: self.desk.referrals.consent_paper(
                    self.actor, referral.visit_uid, answer, referral.destination, later=True
                ),
                printed,
                lambda error: self._refused(panel.complain, error),
            )

        def printed(made: Issued) -> None:
            send_document(self.context, CONSENT_TITLE, made)
            self.shell.toast(f"Lembar {made.number} dikirim ke printer.")

        def stored(_: object) -> None:
            panel.saved()
            self._done(sheet.close_sheet, "Persetujuan tersimpan.")

        def save(answer: ConsentAnswer) -> None:
            self.runner.write(
                lambda: self.desk.referrals.record_consent(self.actor, uid, answer),
                stored,
                lambda error: self._refused(panel.complain, error),
            )

        panel.draft.connect(lambda typed: self._keep_consent(uid, typed))
        panel.paper_wanted.connect(paper)
        panel.given.connect(save)

    def void(self) -> None:
        """Take the letter out of use, with a reason."""
        detail = self._current()
        if detail is None or not self.panel.void.isVisible():
            return
        uid = detail.referral.uid
        text = (
            f"{detail.number} untuk {detail.name}. Nomornya tetap terpakai, dan cetak ulang diberi tanda DIBATALKAN. "
            "Pembatalan tidak dapat diurungkan."
        )
        panel = ReasonPanel("Batalkan surat rujukan", text, "Batalkan surat", "mis. salah tujuan")
        sheet = self.shell.sheet(panel, 560)

        def save(why: str) -> None:
            self.runner.write(
                lambda: self.desk.referrals.void(self.actor, uid, why),
                lambda _: self._done(sheet.close_sheet, f"{detail.number} dibatalkan."),
                lambda error: panel.refuse(error.sentence) if isinstance(error, UserError) else None,
            )

        panel.given.connect(save)

    # Parts

    def _write(self, work: Callable[[], object], told: str, undo: Callable[[], None] | None = None) -> None:
        def done(_: object) -> None:
            self.shell.toast(told, undo)
            self.ask()

        def refused(error: Exception) -> None:
            self._say(error)
            self.ask()

        self.runner.write(work, done, refused)

    def _done(self, close: Callable[[], None], told: str) -> None:
        close()
        self.shell.saved()
        self.shell.toast(told)
        self.ask()

    def _refused(self, complain: Callable[[str, str], bool], error: Exception) -> None:
        if isinstance(error, NeedsReason) and complain("why", WHY):
            return
        if not (isinstance(error, InvalidInput) and complain(error.field, error.sentence)):
            self._say(error)

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)

    def state(self) -> object:
        row = self.view.current_row()
        return _State(self.search.text(), self.tiles.index(), row.uid if row else "")

    def restore(self, state: object) -> None:
        if isinstance(state, _State):
            self.search.set_text(state.text)
            if state.filter >= 0:
                self.tiles.toggle(state.filter)
