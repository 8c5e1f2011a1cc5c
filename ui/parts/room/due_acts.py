"""What is done with a service of today: open what closes it, record it, refuse or put it off, tell of earlier days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.earlier import DOSE, Kind, kinds_of
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.care import DueLine, RecordedLine
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.services.life_cycle.earlier import BOOK, BOOK_NAME, TOLD, Earlier
from ilp_desk.services.life_cycle.immunizations import EarlierDose, NotAdvised
from ilp_desk.work import may
from ui.page import Context
from ui.parts.care import VIEWS
from ui.parts.room.due_sheets import REASON, AnswerSheet, RecordSheet
from ui.parts.room.due_ways import ways_of
from ui.parts.room.earlier_sheet import EarlierSheet, Told
from ui.parts.room.open_visit import OpenVisit
from ui.parts.room.visit_panel import EXAM, SCREENING, VisitPanel
from ui.parts.room.words_sheet import WordsSheet

WIDTH = 620
UNDONE = "diurungkan"
NO_WAY = "Layanan ini dicatat di tempat lain. Tolak atau tunda dengan Alt+M, data lama dengan Alt+D."


class DueActs(QObject):
    """wanted(code, target): a full-width view is to be opened."""

    wanted = Signal(str, str)

    def __init__(self, context: Context, visit: OpenVisit, panel: VisitPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._desk, self._actor, self._shell = context.desk, context.actor, context.shell
        self._visit, self._panel = visit, panel
        card, tab = panel.side.due, panel.screening
        card.opened.connect(self.open)
        card.listed.connect(self.show_all)
        tab.opened.connect(self.open)
        tab.answer.connect(self.answer)
        tab.earlier.connect(self.earlier)

    def focus_card(self) -> None:
        """Alt+L: the keyboard goes to the card; a digit opens a line."""
        if self._visit.visit is not None:
            self._panel.side.due.focus()

    def show_all(self, bundle: str) -> None:
        """The tab with all of them, or with those of a bundle."""
        self._panel.focus_tab(SCREENING)
        self._panel.screening.only(bundle)

    def open(self, line: DueLine) -> None:
        """What closes it: a view, a field of the examination, or a small sheet."""
        ways = ways_of(line, self._desk.reference, VIEWS)
        if not ways:
            self._shell.toast(NO_WAY)
        elif ways[0].kind == "view":
            self.wanted.emit(ways[0].code, ways[0].target)
        elif ways[0].kind == "field":
            self._panel.tabs.select(EXAM)
            self._panel.exam.show_measure(ways[0].code)
        else:
            labels = dict(line.closes)
            self.record(line, [(way.code, labels[way.code]) for way in ways if way.kind == "sheet"])

    def record(self, line: DueLine, facts: list[tuple[str, str]]) -> None:
        """Something was given or examined now."""
        visit = self._visit.visit
        if visit is None or not self._may("care.record"):
            return
        sheet, uid, care, actor = RecordSheet(line, facts), new_uid(), self._desk.care, self._actor

        def take_back() -> None:
            self._visit.act(lambda: care.withdraw(actor, uid, UNDONE))

        def told(_: object) -> None:
            opened.close_sheet()
            self._shell.toast(f"{line.name} dicatat.", take_back)

        sheet.given.connect(
            lambda code, value: self._visit.act(
                lambda: care.record(actor, uid, visit.person_uid, visit.visit_uid, code, value),
                told,
                lambda error: sheet.refuse(error.sentence),
            )
        )
        sheet.answer_wanted.connect(lambda: self.answer(line))
        sheet.earlier_wanted.connect(lambda: self.earlier(line))
        opened = self._shell.sheet(sheet, WIDTH)
        sheet.begin()

    def answer(self, line: DueLine | None = None) -> None:
        """Alt+M: the service the keyboard is on is refused or put off, with the reason."""
        line, visit = line or self._line(), self._visit.visit
        if visit is None or not self._may("care.answer"):
            return
        if line is None:
            self._shell.toast("Pilih layanannya dulu: Alt+L, atau Alt+3.")
            return
        sheet, uid, care, actor = AnswerSheet(line, visit.on), new_uid(), self._desk.care, self._actor
        service = line.service

        def take_back() -> None:
            self._visit.act(lambda: care.withdraw(actor, uid, UNDONE))

        def told(until: date | None) -> None:
            opened.close_sheet()
            said = f"ditunda sampai {day_text(until)}" if until is not None else "ditolak"
            self._shell.toast(f"{line.name} {said}.", take_back)

        def given(until: date | None, why: str) -> None:
            said = Answered(
                uid=uid,
                person_uid=visit.person_uid,
                visit_uid=visit.visit_uid,
                service=service,
                until=until,
                why=why,
            )
            self._visit.act(
                lambda: care.answer(actor, said),
                lambda _: told(until),
                lambda error: sheet.refuse(error.field if isinstance(error, InvalidInput) else "", error.sentence),
            )

        sheet.given.connect(given)
        opened = self._shell.sheet(sheet, WIDTH)
        sheet.begin()

    def earlier(self, line: DueLine | None = None) -> None:
        """Alt+D: what was done before, here or elsewhere; one after another."""
        visit = self._visit.visit
        if visit is None or not self._may("care.earlier"):
            return
        kinds = kinds_of(self._desk.reference, self._desk.tools.in_force.instruments, visit.on)
        if not may(self._actor, "immunization.earlier"):
            kinds = tuple(kind for kind in kinds if not kind.code.startswith(DOSE))
        chosen = _kind_of(line or self._line(), kinds)
        sheet, person = EarlierSheet(kinds, visit.on, chosen), visit.person_uid

        def refused(error: UserError) -> None:
            if isinstance(error, NotAdvised):
                sheet.doubt(error.sentence)
            else:
                sheet.refuse(error.field if isinstance(error, InvalidInput) else "", error.sentence)

        sheet.told.connect(
            lambda told: self._visit.act(self._work(person, told), lambda _: sheet.recorded(told), refused)
        )
        sheet.taken_back.connect(lambda told: self._visit.act(self._back(told), lambda _: sheet.forget(told), refused))
        sheet.void_wanted.connect(self._void)
        opened = self._shell.sheet(sheet, WIDTH + 80, 540)
        self._context.runner.read(
            "room.recorded", lambda: self._desk.care.records(self._actor, person), sheet.show_known
        )
        opened.closed.connect(lambda: self._context.runner.forget("room.recorded"))
        sheet.done.connect(opened.close_sheet)
        sheet.begin()

    def _work(self, person_uid: str, told: Told) -> Callable[[], object]:
        if told.kind.code.startswith(DOSE):
            dose = EarlierDose(
                uid=told.uid,
                person_uid=person_uid,
                code=told.kind.code.removeprefix(DOSE),
                on=day_text(told.when.day, told.when.precision),
                told=told.by == TOLD,
                place=told.place or (BOOK_NAME if told.by == BOOK else ""),
                confirmed=told.confirmed,
            )
            return lambda: self._desk.immunizations.earlier(self._actor, dose)
        entry = Earlier(
            uid=told.uid,
            person_uid=person_uid,
            code=told.kind.code,
            on=told.when.day,
            precision=told.when.precision,
            place=told.place,
            value=told.value,
            by=told.by,
        )
        return lambda: self._desk.care.earlier(self._actor, entry)

    def _void(self, line: RecordedLine) -> None:
        """Something recorded before was wrong: it stays, void, with the reason."""
        text = f"{line.words}\nYang ditarik tetap tersimpan dengan alasannya."
        sheet = WordsSheet("Tarik catatan ini?", text, "Alasan", "Tarik", needed=REASON, placeholder="mis. salah orang")
        care, actor = self._desk.care, self._actor
        sheet.given.connect(
            lambda why: self._visit.act(
                lambda: care.withdraw(actor, line.uid, why),
                lambda _: opened.close_sheet(),
                lambda error: sheet.refuse(error.sentence),
            )
        )
        opened = self._shell.sheet(sheet, 560)
        sheet.begin()

    def _back(self, told: Told) -> Callable[[], object]:
        if told.kind.code.startswith(DOSE):
            return lambda: self._desk.immunizations.withdraw(self._actor, "dose", told.uid, UNDONE)
        return lambda: self._desk.care.withdraw(self._actor, told.uid, UNDONE)

    def _line(self) -> DueLine | None:
        """The service the keyboard is on: in the card, else in the tab where that is open."""
        card = self._panel.side.due.line()
        if card is not None:
            return card
        return self._panel.screening.line() if self._panel.tabs.current() == SCREENING else None

    def _may(self, act: str) -> bool:
        if self._panel.writable and may(self._actor, act):
            return True
        self._shell.toast("Kunjungan ini tinggal dibaca; tidak ada yang dapat dicatat di sini.")
        return False


def _kind_of(line: DueLine | None, kinds: tuple[Kind, ...]) -> Kind | None:
    """What a service is told by; of one without data only, else the keyboard would skip a question."""
    if line is None or line.state != "no_data":
        return None
    codes = [fact for fact, _ in line.closes]
    return next((kind for kind in kinds if kind.code in codes and kind.code != f"{DOSE}any"), None)
