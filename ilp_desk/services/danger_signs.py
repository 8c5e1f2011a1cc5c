"""Danger signs told or seen in the room, each on record with who asked and when; taking one back keeps it, voided."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ilp_desk.domain.clinical import Observation
from ilp_desk.domain.danger import AT_THE_DESK, DANGER_SIGN, NONE_SEEN, told
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import CARE
from ilp_desk.domain.visit import Visit
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.encounters import open_visit
from ilp_desk.work import Service, command

NOT_SEEN = "ditanyakan lagi: tidak ada"
SOME_SEEN = "ditanyakan lagi: ada tanda"
CORRECTED = "jawaban alat skrining dibetulkan"


class DangerSigns(Service):
    """Part of the examination. Once anybody has answered here, what the desk saw counts no more by itself."""

    @command("encounter.sign", CARE)
    def see_sign(self, uow: UnitOfWork, visit_uid: str, code: str, seen: bool = True) -> None:
        """A sign is there, or is not there after all. code: of danger_signs.toml. Saying it twice says it once."""
        if code not in self.reference.signs.dangers:
            raise ValueError(code)
        visit = open_visit(uow, visit_uid)
        standing = _standing(uow, visit)
        if seen:
            _void(uow, [o for o in standing if o.value == NONE_SEEN], SOME_SEEN)
            if all(o.value != code for o in standing):
                _add(uow, visit, code)
        else:
            _void(uow, [o for o in standing if o.value == code], NOT_SEEN)
            if standing and all(o.value == code for o in standing):
                _add(uow, visit, NONE_SEEN)
        uow.announce("visit", visit.uid)

    @command("encounter.no_signs", CARE)
    def no_signs(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Asked about all of them, and there is none."""
        visit = open_visit(uow, visit_uid)
        standing = _standing(uow, visit)
        if [o.value for o in standing] == [NONE_SEEN]:
            return
        _void(uow, standing, NOT_SEEN)
        _add(uow, visit, NONE_SEEN)
        uow.announce("visit", visit.uid)


# Inside other commands


def note_signs(uow: UnitOfWork, visit: Visit, codes: Iterable[str], method: str) -> None:
    """Signs that something else told of (an instrument): each is there, once. method: what told them."""
    wanted = tuple(codes)
    standing = _standing(uow, visit) if wanted else []
    new = [code for code in wanted if all(o.value != code for o in standing)]
    if new:
        _void(uow, [o for o in standing if o.value == NONE_SEEN], SOME_SEEN)
        for code in new:
            _add(uow, visit, code, method)
        uow.announce("visit", visit.uid)


def take_signs_back(uow: UnitOfWork, visit: Visit, codes: Collection[str], method: str) -> None:
    """What told these signs was corrected; a sign that somebody saw as well stays."""
    wrong = [o for o in told(uow.all(Observation, visit_uid=visit.uid)) if o.value in codes and o.method == method]
    if wrong:
        _void(uow, wrong, CORRECTED)
        uow.announce("visit", visit.uid)


def _standing(uow: UnitOfWork, visit: Visit) -> list[Observation]:
    """What was said so far; the first answer in the room puts the desk's sign on record."""
    standing = list(told(uow.all(Observation, visit_uid=visit.uid)))
    if not standing and visit.danger_sign:
        standing.append(_add(uow, visit, visit.danger_sign, AT_THE_DESK))
    return standing


def _add(uow: UnitOfWork, visit: Visit, value: str, method: str = "") -> Observation:
    return uow.add(
        Observation(
            uid=new_uid(),
            person_uid=visit.person_uid,
            visit_uid=visit.uid,
            taken_at=uow.now,
            code=DANGER_SIGN,
            value=value,
            method=method,
        )
    )


def _void(uow: UnitOfWork, observations: Iterable[Observation], why: str) -> None:
    for observation in observations:
        uow.void(observation, why)
