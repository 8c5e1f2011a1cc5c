"""A family that is followed over the days: who comes, what is done, and what desk and room then show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.due.recall import Standing
from ilp_desk.domain.maternity.forms import ContactForm, DeliveryForm, InfantForm
from ilp_desk.domain.maternity.pregnancy import PregnancyForm
from ilp_desk.domain.person import Family, Person, PersonStatus
from ilp_desk.domain.record import new_uid
from ilp_desk.rows.care import DueLine
from ilp_desk.services.examination import Taking
from ilp_desk.services.life_cycle.assessments import SaveAssessment
from ilp_desk.services.life_cycle.immunizations import Given
from ilp_desk.services.life_cycle.recall import Asked
from ilp_desk.services.registration import Circumstances, RegisterVisit
from tests.house import House

OPENS = 1
"""Eight in the morning of western Indonesia, as an hour of UTC."""


@dataclass
class Household:
    """people: by what they are called in the story; days: on which something was looked at."""

    house: House
    people: dict[str, Person] = field(default_factory=dict)
    visits: dict[str, RegisterVisit] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.clerk = self.house.actor("registration")
        self.midwife = self.house.actor("midwife", desk="Ruang 2")
        self.doctor = self.house.actor("doctor", desk="Ruang 4")
        self.family = Family(uid=new_uid(), head_name="Hasan Contoh")
        self.house.put(self.family)

    @property
    def today(self) -> date:
        return self.house.clock.today()

    def lives_here(self, called: str, name: str, born: str, sex: str, **fields: Any) -> None:
        """Somebody of the family, known to the Puskesmas by name only."""
        area = self.house.areas["hamlet"].uid
        number = f"{len(self.people) + 1:06d}"
        self.people[called] = self.house.person(
            name, born, sex, record_number=number, family_uid=self.family.uid, area_uid=area, **fields
        )

    def on(self, day: str) -> None:
        """It is eight in the morning of that day; whatever was open is over."""
        at = date.fromisoformat(day)
        assert at > self.today or not self.days, "the story goes forward"
        self.house.hands.at = datetime(at.year, at.month, at.day, OPENS, tzinfo=UTC)
        self.visits.clear()

    def comes(self, called: str, **asked: Any) -> str:
        """Registered and in the room; gives the uid of the visit."""
        order = RegisterVisit(
            visit_uid=new_uid(),
            entry_uid=new_uid(),
            person_uid=self.people[called].uid,
            circumstances=Circumstances(**asked),
        )
        self.house.desk.registration.register(self.clerk, order)
        self.house.desk.queueing.start(self.midwife, order.entry_uid, "Ruang 2")
        self.visits[called] = order
        return order.visit_uid

    def measured(self, called: str, **typed: str) -> tuple[str, ...]:
        """As the fields take it; gives the rules of the alarms that rose."""
        visit = self.visits[called].visit_uid
        raised = self.house.desk.examination.take(self.midwife, Taking(uid=new_uid(), visit_uid=visit, typed=typed))
        return tuple(row.alarm.rule for row in raised)

    def examined(self, called: str, code: str, value: str = "") -> None:
        """Something of services.toml was done in the visit that is open."""
        person, visit = self.people[called].uid, self.visits[called].visit_uid
        self.house.desk.care.record(self.midwife, new_uid(), person, visit, code, value)

    def diagnosed(self, called: str, code: str, title: str) -> None:
        self.house.desk.examination.diagnose(self.doctor, self.visits[called].visit_uid, new_uid(), code, title)

    def pregnant(self, called: str, hpht: str, **counts: str) -> None:
        """A pregnancy is written down (`22-11-2026`)."""
        form = PregnancyForm(lmp=hpht, **counts)
        self.house.desk.pregnancies.save(self.midwife, self.people[called].uid, form)

    def antenatal(self, called: str, *, usg: bool = False, tablets: str = "") -> None:
        """An antenatal visit in the encounter that is open; with USG it is the doctor's."""
        form = ContactForm(doctor=usg, usg=usg, tablets=tablets)
        by = self.doctor if usg else self.midwife
        self.house.desk.antenatal.contact(by, new_uid(), self.visits[called].visit_uid, form)

    def gives_birth(self, called: str, baby: str, at: str, sex: str, weight: str, length: str) -> None:
        """Here, today, helped by the midwife; the child joins the family."""
        infant = InfantForm(uid=new_uid(), sex=sex, weight=weight, length=length)
        form = DeliveryForm(
            on=f"{self.today:%d-%m-%Y}", at=at, outcome="birth", place="puskesmas", helper="midwife", infants=(infant,)
        )
        self.house.desk.antenatal.delivery(self.midwife, new_uid(), self.people[called].uid, form)
        (self.people[baby],) = self.house.read(Person, uid=infant.uid)

    def after_birth(self, called: str) -> None:
        """A visit of nifas, or of the newborn."""
        visit = self.visits[called].visit_uid
        self.house.desk.antenatal.after_birth(self.midwife, new_uid(), self.people[called].uid, visit)

    def vaccinated(self, called: str, *vaccines: str, hours: int | None = None) -> None:
        """Doses in the visit that is open."""
        asked = self.house.desk.reference.codes["vaccine_screening"].on(self.today)
        for code in vaccines:
            given = Given(
                uid=new_uid(),
                visit_uid=self.visits[called].visit_uid,
                vaccine=code,
                batch="C9999",
                expiry="12/2029",
                site="paha kiri",
                screening=tuple(row.code for row in asked),
                age_hours=hours,
            )
            self.house.desk.immunizations.give(self.midwife, given)

    def answers(self, called: str, instrument: str, **answers: str) -> Assessment:
        """An instrument in the visit that is open."""
        desk, visit = self.house.desk, self.visits[called].visit_uid
        form = desk.assessments.open(self.midwife, visit, instrument).instrument
        answered = SaveAssessment(
            uid=new_uid(), visit_uid=visit, instrument=instrument, version=form.version, answers=answers
        )
        return desk.assessments.save(self.midwife, answered)

    def dies(self, called: str) -> None:
        desk = self.house.desk
        uid = self.people[called].uid
        desk.people.set_status(self.clerk, uid, PersonStatus.DEAD, self.today, source="keluarga")

    # What is seen

    def desk(self, called: str) -> list[str]:
        """Names on the arrival panel, in order."""
        self.days.add(self.today)
        return [line.name for line in self.house.desk.care.arrival(self.clerk, self.people[called].uid).lines]

    def relatives(self, called: str) -> dict[str, tuple[str, ...]]:
        """The family line of the arrival panel."""
        self.days.add(self.today)
        found = self.house.desk.care.arrival(self.clerk, self.people[called].uid).family
        return {row.name: row.names for row in found}

    def lines(self, called: str) -> dict[str, DueLine]:
        """Every line of the room, by service (immunizations by their series)."""
        self.days.add(self.today)
        return {line.key: line for line in self.house.desk.care.due(self.midwife, self.people[called].uid)}

    def room(self, called: str, *services: str) -> dict[str, str]:
        """States in the room; of these services only (absent: not shown)."""
        found = {code: line.state for code, line in self.lines(called).items()}
        return {code: found.get(code, "absent") for code in services} if services else found

    def recall(self, group: str, standing: str = "late", **asked: Any) -> dict[str, tuple[str, ...]]:
        """Who of the hamlet stands on a list, and with which services."""
        self.days.add(self.today)
        question = Asked(group=group, standing=Standing(standing), place=self.house.areas["hamlet"].uid, **asked)
        page = self.house.desk.recall.list(self.midwife, question)
        return {line.name: line.services for line in page.lines}
