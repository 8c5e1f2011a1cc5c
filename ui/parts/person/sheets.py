"""The sheets the registration desk opens over itself."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.person_start import from_draft, from_search
from ilp_desk.rows.people import DraftKept, Preparation, SavedPerson
from ui.page import Context
from ui.parts.person.draft import drop_draft
from ui.parts.person.panel import HEIGHT, WIDTH, PersonPanel

Opened = Callable[[str], None]


def open_new_person(context: Context, typed: str, done: Opened) -> None:
    """F3: register somebody new, beginning with what stood in the search box.

    done(uid) after *Simpan & daftarkan*, and with the other's uid where the clerk opens a likely duplicate instead.
    """
    _new(context, from_search(typed, context.desk.clock.today()), done)


def _new(context: Context, form: PersonForm, done: Opened, subject: str = "") -> None:
    panel = PersonPanel(context, form, subject=subject)
    sheet = context.shell.sheet(panel, WIDTH, HEIGHT, keep=True)

    def resume(draft: DraftKept) -> None:
        sheet.close_sheet()
        _new(context, from_draft(draft.content), done, draft.subject)

    def saved(person: SavedPerson, register: bool) -> None:
        sheet.close_sheet()
        context.shell.toast(f"Tersimpan: {person.name} · RM {person.record_number}")
        if register:
            done(person.uid)

    def other(uid: str) -> None:
        sheet.close_sheet()
        done(uid)

    def prepared(told: Preparation) -> None:
        panel.prepare(told)

    panel.resumed.connect(resume)
    panel.discarded.connect(lambda draft: drop_draft(context, draft.subject))
    sheet.escaped.connect(panel.escape)
    panel.closing.connect(sheet.close_sheet)
    panel.saved.connect(saved)
    panel.other.connect(other)
    context.runner.read("person.prepare", lambda: context.desk.people.prepare(context.actor), prepared, quiet=True)
    panel.first_focus()
