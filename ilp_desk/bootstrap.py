"""Joins settings, engine, renderer and services. Heavy rooms are imported inside, so that the window paints first."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ilp_desk.clock import Clock
from ilp_desk.domain.staff import Actor, Role

if TYPE_CHECKING:
    from db.store import SqlStore
    from ilp_desk.desk import Desk
    from ilp_desk.domain.reference.in_force import InForce, Shipped
    from ilp_desk.paperwork import Paperwork
    from ilp_desk.ports import Passwords, Renderer, Store

SYSTEM = Actor("", "Penyiapan", frozenset({Role.ADMIN, Role.HEAD}), "Penyiapan")
"""Acts before there is anybody to sign in: the first set-up, demo data, maintenance from the command line."""


class LateRenderer:
    """The renderer, loaded with the first paper: nobody waits for it to sign in."""

    @cached_property
    def _renderer(self) -> Renderer:
        from printing.renderer import PdfRenderer

        return PdfRenderer()

    def pdf(self, paper: Paperwork, *, copy: bool = False, void: bool = False) -> bytes:
        return self._renderer.pdf(paper, copy=copy, void=void)

    def escpos(self, ticket: Any, width_mm: int) -> bytes:
        return self._renderer.escpos(ticket, width_mm)


@contextmanager
def loading() -> Iterator[None]:
    """While modules are loaded nothing is collected: it would find nothing, and costs a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def open_store(database: Path, key: bytes, clock: Clock) -> SqlStore:
    """The store of a database that is at this program's revision; raises DatabaseTrouble."""
    from db.engine import open_engines
    from db.store import SqlStore

    return SqlStore(open_engines(database, key), clock)


def facility_clock(store: Store, clock: Clock) -> Clock:
    """The clock in the zone of the facility, where one is set up."""
    from ilp_desk.domain.site import Facility

    with store.reading(SYSTEM, "program.start") as uow:
        found = uow.all(Facility)
    return Clock(found[0].zone, clock.read) if found else clock


@cache
def shipped() -> Shipped:
    """The reference files of the program, read once."""
    from ilp_desk.domain.reference.icd_words import FILE
    from ilp_desk.domain.reference.in_force import Shipped
    from resources import instrument_names, names, read, read_instrument

    return Shipped(
        {name: read(name) for name in names()},
        lambda: {name: read_instrument(name) for name in instrument_names()},
        lambda: read(FILE),
    )


def rules_in_force(store: Store) -> InForce:
    """Our reference files with those of this Puskesmas laid over; raises BadReference where ours are bad."""
    from ilp_desk.domain.reference.in_force import combine
    from ilp_desk.domain.site_files import SiteFile

    with store.reading(SYSTEM, "program.start") as uow:
        return combine(shipped(), uow.all(SiteFile), uow.today)


def open_desk(database: Path, key: bytes, clock: Clock | None = None, passwords: Passwords | None = None) -> Desk:
    """All services on an open database.

    key: 32 bytes. clock: the system's, if none; its zone gives way to the facility's. passwords: a cheaper hasher for
    tests. Raises DatabaseTrouble.
    """
    with loading():
        return _open_desk(database, key, clock, passwords)


def _open_desk(database: Path, key: bytes, clock: Clock | None, passwords: Passwords | None) -> Desk:
    from db.migrate import migrate
    from db.vault import FileVault
    from ilp_desk.desk import Desk
    from ilp_desk.services.demo import Demo
    from ilp_desk.services.documents import DocumentsDesk
    from ilp_desk.services.examination import Examination
    from ilp_desk.services.finding import Finding
    from ilp_desk.services.history import History
    from ilp_desk.services.importing import Importing
    from ilp_desk.services.life_cycle.antenatal import Antenatal
    from ilp_desk.services.life_cycle.assessments import Assessments
    from ilp_desk.services.life_cycle.care import Care
    from ilp_desk.services.life_cycle.fact_importing import FactImporting
    from ilp_desk.services.life_cycle.growth import Growth
    from ilp_desk.services.life_cycle.immunizations import Immunizations
    from ilp_desk.services.life_cycle.posyandu import Posyandu
    from ilp_desk.services.life_cycle.pregnancies import Pregnancies
    from ilp_desk.services.life_cycle.recall import Recall
    from ilp_desk.services.passwords import Argon2Passwords
    from ilp_desk.services.people import People
    from ilp_desk.services.queueing import Queueing
    from ilp_desk.services.referrals import Refers
    from ilp_desk.services.registration import Registration
    from ilp_desk.services.safekeeping import Safekeeping
    from ilp_desk.services.site import Site
    from ilp_desk.services.staffing import Staffing
    from ilp_desk.work import Tools

    migrate(database, key)
    told = clock or Clock()
    first = open_store(database, key, told)
    local = facility_clock(first, told)
    first.close()
    store = open_store(database, key, local)
    tools = Tools(store, local, rules_in_force(store), LateRenderer(), passwords or Argon2Passwords())
    store.prune_changes()
    return Desk(
        tools=tools,
        finding=Finding(tools),
        registration=Registration(tools),
        people=People(tools),
        queueing=Queueing(tools),
        examination=Examination(tools),
        pregnancies=Pregnancies(tools),
        antenatal=Antenatal(tools),
        care=Care(tools),
        assessments=Assessments(tools),
        growth=Growth(tools),
        posyandu=Posyandu(tools),
        immunizations=Immunizations(tools),
        recall=Recall(tools),
        history=History(tools),
        importing=Importing(tools),
        fact_importing=FactImporting(tools),
        referrals=Refers(tools),
        documents=DocumentsDesk(tools),
        staffing=Staffing(tools),
        site=Site(tools),
        demo=Demo(tools),
        safekeeping=Safekeeping(tools, FileVault(store, database, key, local)),
        changes=store.changes,
        last_change=store.last_change,
        note_reads=store.note_reads,
        close=store.close,
    )
