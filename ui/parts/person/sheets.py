"""The sheets the registration desk opens over itself."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.person_start import from_draft, from_search
from ilp_desk.rows.people import SavedPerson
from ui.page import Context
from ui.parts.person.draft import drop_draft
from ui.parts.person.frame import HEIGHT, WIDTH
from ui.parts.person.panel import PersonPanel
from ui.widgets import Sheet

Opened = Callable[[str], None]


def open_new_person(context: Context, typed: str, done: Opened) -> None:
    """F3: register somebody new, beginning with what stood in the search box.

    done(uid) after *Simpan & daftarkan*, and with the other's uid where the clerk opens a likely duplicate instead.
    """
    _new(context, from_search(typed, context.desk.clock.today()), done)


def _new(context: Context, form: PersonForm, done: Opened, subject: str = "") -> None:
    panel = PersonPanel(context, form, subject=subject)
    sheet = _show(context, panel)

    def saved(person: SavedPerson, register: bool) -> None:
        sheet.close_sheet()
        context.shell.toast(f"Tersimpan: {person.name} · RM {person.record_number}")
        if register:
            done(person.uid)

    panel.saved.connect(saved)
    panel.other.connect(lambda uid: _after(sheet, lambda: done(uid)))
    panel.restarted.connect(
        lambda draft: _after(sheet, lambda: _new(context, from_draft(draft.content), done, draft.subject))
    )
    panel.discarded.connect(lambda draft: drop_draft(context, draft.subject))
    context.runner.read("person.prepare", lambda: context.desk.people.prepare(context.actor), panel.prepare, quiet=True)


def _show(context: Context, panel: PersonPanel) -> Sheet:
    sheet = context.shell.sheet(panel, WIDTH, HEIGHT, keep=True)
    sheet.escaped.connect(panel.escape)
    # However it is closed: by another sheet, by going elsewhere, when another person takes the desk.
    sheet.closed.connect(panel.drafts.flush)
    panel.closing.connect(sheet.close_sheet)
    panel.first_focus()
    return sheet


def _after(sheet: Sheet, act: Callable[[], object]) -> None:
    """Close a sheet, then go on below it."""
    sheet.close_sheet()
    act()
