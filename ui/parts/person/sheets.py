"""The sheets the registration desk opens over itself. All of them return at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ilp_desk.domain.person import Sex
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.person_start import from_draft, from_search, may_be_mother
from ilp_desk.rows.arrival import Arrival
from ilp_desk.rows.people import Household, OpenedPerson, Preparation, SavedPerson
from ui.page import Context
from ui.papers import print_record_label
from ui.parts.person import changes, family, frame, newborn, unknown
from ui.parts.person.draft import drop_draft
from ui.parts.person.member import Wish
from ui.parts.person.panel import PersonPanel
from ui.parts.person.small import SmallSheet
from ui.widgets import Sheet

Opened = Callable[[str], None]
Together = Callable[[tuple[str, ...]], None]
LONG_NAME = 60
"""Letters of a name a toast has room for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """What follows a sheet about somebody new.

    opened(uid): they are saved and to be registered, or it is this person, known before; together(uids): newborns of
    one birth, saved and to be registered; kept(uids): only saved. mother: uid and name of the mother of a newborn.
    """

    opened: Opened
    together: Together
    kept: Together = lambda _: None
    mother: tuple[str, str] | None = None


_CHANGES: Mapping[
    str, tuple[type[changes.StatusPanel] | type[changes.FamilyChangePanel] | type[changes.NamePanel], str]
] = {
    "status": (changes.StatusPanel, "Status pasien disimpan."),
    "family": (changes.FamilyChangePanel, "Pindah keluarga dicatat."),
    "name": (changes.NamePanel, "Nama resmi disimpan."),
}


def open_new_person(context: Context, typed: str, done: Opened, open_now: Arrival | None = None) -> None:
    """F3: register somebody new, beginning with what stood in the search box.

    done(uid) after *Simpan & buka di loket*, and with the other's uid where the clerk opens a likely duplicate instead.
    open_now: who is open at the desk; a woman is taken for the mother of a newborn. Several newborns are offered on the
    sheet of the family, to be registered at once.
    """
    today = context.desk.clock.today()
    mother = None
    if open_now is not None and may_be_mother(open_now.sex, open_now.born, today):
        mother = (open_now.person_uid, open_now.name)

    def together(uids: tuple[str, ...]) -> None:
        _family(context, uids[0], lambda: None, _ticked(uids))

    _new(context, from_search(typed, today), _Way(opened=done, together=together, mother=mother))


def open_unknown_person(context: Context, done: Opened) -> None:
    """F8, X: an emergency patient nobody knows; done(uid) after the commit."""
    panel = unknown.UnknownPanel(context)
    sheet = _small(context, panel, unknown.WIDTH)

    def saved(person: SavedPerson) -> None:
        sheet.close_sheet()
        context.shell.toast(_told(person))
        done(person.uid)

    panel.saved.connect(saved)
    panel.setFocus()


def open_person(context: Context, person_uid: str, done: Opened) -> None:
    """Ctrl+E: complete or correct somebody known; done(uid) after each change."""
    people, actor = context.desk.people, context.actor

    def show(told: tuple[OpenedPerson, Preparation]) -> None:
        _known(context, *told, done)

    context.runner.read("person.opened", lambda: (people.opened(actor, person_uid), people.prepare(actor)), show)


def open_family(context: Context, person_uid: str, done: Callable[[], None]) -> None:
    """F4: the members of somebody's family with ticks; done() once those who were ticked are registered."""
    _family(context, person_uid, done, {person_uid: Wish(ticked=True)})


# One sheet each


def _new(context: Context, form: PersonForm, way: _Way, subject: str = "") -> None:
    panel = PersonPanel(context, form, subject=subject)
    uid = panel.uid
    sheet = _form(context, panel)

    def saved(person: SavedPerson, register: bool) -> None:
        sheet.close_sheet()
        context.shell.toast(_told(person))
        if register:
            way.opened(person.uid)
        else:
            way.kept((person.uid,))

    def other(found: str, typed: PersonForm) -> None:
        sheet.close_sheet()
        way.opened(found)
        context.shell.toast(
            "Pasien yang sudah terdaftar dibuka; isian baru dibuang.",
            undo=lambda: _new(context, typed, way, uid),
        )

    panel.saved.connect(saved)
    panel.other.connect(other)
    panel.restarted.connect(
        lambda draft: _after(sheet, lambda: _new(context, from_draft(draft.content), way, draft.subject))
    )
    panel.discarded.connect(lambda draft: drop_draft(context, draft.subject))
    panel.wanted.connect(lambda _: _after(sheet, lambda: _newborn(context, way)))
    context.runner.read("person.prepare", lambda: context.desk.people.prepare(context.actor), panel.prepare, quiet=True)


def _newborn(context: Context, way: _Way) -> None:
    panel = newborn.NewbornPanel(context, way.mother)
    sheet = _small(context, panel, newborn.WIDTH)

    def saved(babies: tuple[SavedPerson, ...], register: bool) -> None:
        sheet.close_sheet()
        context.shell.toast(_told(*babies))
        uids = tuple(baby.uid for baby in babies)
        if not register:
            way.kept(uids)
        elif len(uids) == 1:
            way.opened(uids[0])
        else:
            way.together(uids)

    panel.saved.connect(saved)
    panel.first_focus()


def _known(context: Context, person: OpenedPerson, told: Preparation, done: Opened) -> None:
    panel = PersonPanel(context, person.form, person)
    panel.prepare(told)
    sheet = _form(context, panel)

    def saved(after: SavedPerson, _: bool) -> None:
        sheet.close_sheet()
        context.shell.toast(_told(after))
        done(after.uid)

    def change(what: str) -> None:
        if what == "record_label":
            print_record_label(context, person.uid)
            return
        sheet.close_sheet()
        _change(context, person, what, done)

    panel.saved.connect(saved)
    panel.other.connect(lambda uid, _: _after(sheet, lambda: done(uid)))
    panel.discarded.connect(lambda draft: drop_draft(context, draft.subject))
    panel.wanted.connect(change)


def _change(context: Context, person: OpenedPerson, what: str, done: Opened) -> None:
    """Name, status or family, each on a sheet of its own."""

    def changed(said: str) -> None:
        sheet.close_sheet()
        context.shell.toast(said)
        done(person.uid)

    kind, said = _CHANGES[what]
    panel = kind(context, person)
    panel.changed.connect(lambda: changed(said))
    sheet = _small(context, panel, changes.WIDTH)
    panel.first_focus()


def _family(context: Context, person_uid: str, done: Callable[[], None], wishes: Mapping[str, Wish]) -> None:
    desk, actor = context.desk, context.actor

    def read() -> tuple[Household, dict[str, Arrival]]:
        household = desk.people.household(actor, person_uid)
        if not household.uid:
            # Twins whose mother has no family on record stand alone, each of them.
            alone = [desk.people.household(actor, uid) for uid in wishes if uid != person_uid]
            household = replace(household, members=tuple(m for h in (household, *alone) for m in h.members))
        here = [member.uid for member in household.members if member.active]
        return household, {uid: desk.registration.arrival(actor, uid) for uid in here}

    def add(kept: dict[str, Wish], sheet: Sheet, household: Household) -> None:
        def back(uids: tuple[str, ...]) -> None:
            _family(context, person_uid, done, {**kept, **_ticked(uids)})

        sheet.close_sheet()
        women = [m for m in household.members if m.sex is not Sex.MALE and m.relationship in ("wife", "head")]
        mother = (women[-1].uid, women[-1].name) if women else None
        form = PersonForm(kk=household.kk_whole or household.folder, family_uid=household.uid)
        _new(context, form, _Way(opened=lambda uid: back((uid,)), together=back, kept=back, mother=mother))

    def show(told: tuple[Household, dict[str, Arrival]]) -> None:
        household, arrivals = told
        panel = family.FamilyPanel(context, household, arrivals, wishes)
        sheet = context.shell.sheet(panel, family.WIDTH, panel.high(), keep=True)
        sheet.escaped.connect(panel.escape)
        panel.closing.connect(sheet.close_sheet)
        panel.registered.connect(done)
        panel.new_member.connect(lambda: add(panel.wishes(), sheet, household))
        panel.first_focus()

    context.runner.read("family.sheet", read, show)


# Opening


def _form(context: Context, panel: PersonPanel) -> Sheet:
    sheet = context.shell.sheet(panel, frame.WIDTH, frame.HEIGHT, keep=True)
    sheet.escaped.connect(panel.escape)
    # However it is closed: by another sheet, by going elsewhere, when another person takes the desk.
    sheet.closed.connect(panel.drafts.flush)
    panel.closing.connect(sheet.close_sheet)
    panel.first_focus()
    return sheet


def _small(context: Context, panel: SmallSheet, width: int) -> Sheet:
    sheet = context.shell.sheet(panel, width, panel.high())
    panel.cancel.clicked.connect(sheet.close_sheet)
    return sheet


def _ticked(uids: tuple[str, ...]) -> dict[str, Wish]:
    return {uid: Wish(ticked=True) for uid in uids}


def _told(*people: SavedPerson) -> str:
    return f"Tersimpan: {', '.join(map(_named, people))}"


def _named(person: SavedPerson) -> str:
    name = person.name if len(person.name) <= LONG_NAME else f"{person.name[:LONG_NAME]}…"
    return f"{name} · RM {person.record_number}"


def _after(sheet: Sheet, act: Callable[[], object]) -> None:
    """Close a sheet, then go on below it."""
    sheet.close_sheet()
    act()
