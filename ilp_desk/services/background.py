"""What is known of a person beyond today: allergies and long-standing conditions, each asked, none or present."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.clinical import Allergy, Problem
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.staff import CARE
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Service, command


class Background(Service):
    """Part of the examination: whoever cares for somebody asks and records these."""

    @command("person.allergy", CARE)
    def add_allergy(
        self, uow: UnitOfWork, person_uid: str, uid: str, substance: str, reaction: str = "", kind: str = "drug"
    ) -> Allergy:
        """Record an allergy, once each substance. Raises InvalidInput."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        words = tidy(substance)
        if not words:
            raise InvalidInput("substance", "Tulis nama obat, makanan, atau zatnya.")
        if any(a.substance.casefold() == words.casefold() for a in uow.all(Allergy, person_uid=person.uid)):
            raise InvalidInput("substance", f"Alergi {words} sudah tercatat.")
        made = uow.add(
            Allergy(
                uid=uid,
                person_uid=person.uid,
                taken_at=uow.now,
                substance=words,
                reaction=tidy(reaction),
                kind=kind,
            )
        )
        self._state(uow, person, allergy_state="present")
        return made

    @command("person.no_allergy", CARE)
    def no_allergy(self, uow: UnitOfWork, person_uid: str) -> None:
        """Asked, and there is none. Raises InvalidInput while an allergy stands."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if uow.all(Allergy, person_uid=person.uid):
            raise InvalidInput("allergy", "Masih ada alergi tercatat. Tarik dulu dengan alasan bila keliru.")
        self._state(uow, person, allergy_state="none")

    @command("person.problem", CARE)
    def add_problem(
        self,
        uow: UnitOfWork,
        person_uid: str,
        uid: str,
        title: str,
        code: str = "",
        since: date | None = None,
        since_precision: str = "year",
    ) -> Problem:
        """Record a long-standing condition. Raises InvalidInput (empty, there already, before birth)."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        words = tidy(title)
        if not words:
            raise InvalidInput("problem", "Tulis nama penyakitnya.")
        standing = live_problems(uow, person)
        if any(p.title.casefold() == words.casefold() or (code and p.code == code) for p in standing):
            raise InvalidInput("problem", f"{words} sudah tercatat.")
        if since and person.born_on and person.born_precision is Precision.DAY and since.year < person.born_on.year:
            raise InvalidInput("since", "Mulai sakit sebelum lahir tidak mungkin. Periksa tahunnya.")
        made = uow.add(
            Problem(
                uid=uid,
                person_uid=person.uid,
                taken_at=uow.now,
                title=words,
                code=code,
                since=since,
                since_precision=since_precision,
            )
        )
        self._state(uow, person, problem_state="present")
        return made

    @command("person.no_problem", CARE)
    def no_problem(self, uow: UnitOfWork, person_uid: str) -> None:
        """Asked, and no long-standing condition is known."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if live_problems(uow, person):
            raise InvalidInput("problem", "Masih ada penyakit tercatat. Tarik dulu dengan alasan bila keliru.")
        self._state(uow, person, problem_state="none")

    @command("person.problem_over", CARE)
    def end_problem(self, uow: UnitOfWork, uid: str) -> Problem:
        """A condition is over as of today; it stays in the history. Ending it twice does it once."""
        problem = uow.get(Problem, uid)
        person = uow.get(Person, problem.person_uid)
        uow.about(person.uid)
        if problem.resolved_on is not None:
            return problem
        ended = uow.change(problem, resolved_on=uow.today)
        self._state(uow, person, problem_state="present" if live_problems(uow, person) else "none")
        return ended

    def _state(self, uow: UnitOfWork, person: Person, **state: str) -> None:
        if any(getattr(person, name) != value for name, value in state.items()):
            uow.change(person, **state)
        uow.announce("person", person.uid)


def live_problems(uow: UnitOfWork, person: Person) -> list[Problem]:
    """Conditions that go on."""
    return [p for p in uow.all(Problem, person_uid=person.uid) if p.resolved_on is None]
