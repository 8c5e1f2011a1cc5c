"""Referral letters of the sample visits, with consent, frozen content, and what the hospitals answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ilp_desk import paperwork as forms
from ilp_desk.domain import referral_rules
from ilp_desk.domain.clinical import Allergy, VitalSigns
from ilp_desk.domain.document import Document, Referral, ReferralState
from ilp_desk.domain.person import Consent, Person
from ilp_desk.domain.site import Partner
from ilp_desk.domain.staff import Role, Staff
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import Visit
from ilp_desk.ports import UnitOfWork
from ilp_desk.services import papers
from ilp_desk.services.consents import FORM_VERSION
from ilp_desk.services.demo.clinic import Care, Clinic, Row
from ilp_desk.services.demo.source import chosen

STATES = {"replied": 40.0, "received": 22.0, "sent": 26.0, "issued": 9.0, "voided": 3.0}
LATER = {"replied": 62.0, "closed": 33.0, "voided": 5.0}
"""How letters stand, and how those stand that left LONG_AGO days ago or more: by then an answer has come."""
LONG_AGO = 75
REPLIES = (
    ("Terapi dilanjutkan di Puskesmas.", "Rujuk balik, kontrol di Puskesmas"),
    ("Obat dari RS untuk 30 hari.", "Kontrol poli spesialis 1 bulan lagi"),
    ("Tindakan dilakukan, keadaan baik.", "Selesai, kontrol luka di Puskesmas"),
    ("Dirawat 4 hari, pulang dengan perbaikan.", "Kontrol 1 minggu lagi"),
)
DOCTORS = ("dr. Contoh Sp.PD", "dr. Contoh Sp.OG", "dr. Contoh Sp.A", "dr. Contoh Sp.M")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter to be written once the people are stored."""

    visit: Visit
    row: Row
    taken: VitalSigns
    kind: str
    at: datetime


class Letters:
    """Collects who was referred (`want`) and writes the letters (`write`)."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic, self._source, self._place = clinic, clinic.source, clinic.place
        self._dice = self._source.dice("letters")
        self._wanted: list[Wanted] = []
        self.serials: Counter[int] = Counter()

    def want(self, visit: Visit, row: Row, taken: VitalSigns, kind: str, at: datetime) -> None:
        self._wanted.append(Wanted(visit, row, taken, kind, at))

    def write(self, uow: UnitOfWork, care: Care, titles: dict[str, str]) -> None:
        """All letters in the order they were issued; needs the people in the store. The numbers begin with 1 a year."""
        for wanted in sorted(self._wanted, key=lambda w: (w.at, w.visit.uid)):
            self._letter(uow, care, wanted, titles[wanted.row["code"]])

    def _letter(self, uow: UnitOfWork, care: Care, wanted: Wanted, title: str) -> None:
        visit, row, at = wanted.visit, wanted.row, wanted.at
        person = uow.get(Person, visit.person_uid)
        doctor = self._place.who(Role.DOCTOR)
        partner = self._partner(row.get("specialty", "internal"))
        serial, number = self._number(visit)
        until = referral_rules.valid_until(wanted.kind, visit.service_date, self._clinic.reference)
        consent = self._consent(person, visit, at)
        unit = self._clinic.reference.codes["specialty"][row.get("specialty", "internal")].label
        uid = self._source.uid(at)
        paper = forms.ReferralLetter(
            uid=uid,
            letterhead=papers.letterhead(self._place.facility),
            number=number,
            short_number="/".join(number.split("/")[:2]),
            kind_line=self._clinic.reference.referrals.kinds[wanted.kind].line,
            to_unit=unit if wanted.kind == "emergency" else f"Dokter Spesialis {unit}",
            to_facility=f"{partner.name}, {partner.city}",
            contacted="dokter jaga IGD: diterima" if wanted.kind == "emergency" else "",
            external_number="" if visit.payer.startswith("jkn") else None,
            patient=papers.patient_block(uow, person, visit.service_date, self._clinic.reference),
            examined_at=time_text(self._source.local(wanted.taken.taken_at)),
            anamnesis=row["anamnesis"],
            examination=row["examination"],
            vitals=_cells(wanted.taken),
            diagnoses=(forms.Diagnosis(row["code"], title, "utama"),),
            allergies=_allergies(uow, person),
            therapy=row["therapy"],
            reason=row.get("referred_for", "Pemeriksaan dan pengobatan lebih lanjut oleh dokter spesialis."),
            consent=f"Persetujuan rujukan: {consent.signer} (diri sendiri).",
            valid_until=day_text(until) if until else "",
            signature=papers.signature(
                uow, self._place.facility, self._source.local(at), "Pengirim rujukan,", doctor.uid
            ),
        )
        void = self._state(visit)
        document = Document(
            uid=uid,
            kind=paper.kind,
            person_uid=person.uid,
            visit_uid=visit.uid,
            number=number,
            serial=serial,
            year=visit.service_date.year,
            form_version=FORM_VERSION,
            content=papers.frozen(paper, self._place.facility),
            issued_at=at,
            issued_by=doctor.uid,
            copies=1,
            made_at=at,
            made_by=doctor.uid,
            made_desk="Ruang 2",
            **self._voided(void, at, doctor),
        )
        care.documents.append(document)
        care.consents.append(consent)
        care.referrals.append(
            Referral(
                uid=self._source.uid(at),
                person_uid=person.uid,
                visit_uid=visit.uid,
                document_uid=uid,
                kind=wanted.kind,
                destination=partner.name,
                destination_uid=partner.uid,
                specialty=unit,
                diagnosis_code=row["code"],
                diagnosis_title=title,
                valid_until=until,
                consent_uid=consent.uid,
                made_at=at,
                made_by=doctor.uid,
                made_desk="Ruang 2",
                **self._answer(void, visit, title),
            )
        )

    def _partner(self, specialty: str) -> Partner:
        return next(p for p in self._place.partners if specialty in p.specialties)

    def _number(self, visit: Visit) -> tuple[int, str]:
        """Serial and number as `papers.next_number` writes it, on the day of the visit."""
        day, site = visit.service_date, self._place.facility
        self.serials[day.year] += 1
        serial = self.serials[day.year]
        month = papers.MONTHS[day.month - 1]
        return serial, f"{site.letter_prefix}/{serial:04d}/RJK/{site.letter_code}/{month}/{day.year}"

    def _consent(self, person: Person, visit: Visit, at: datetime) -> Consent:
        return Consent(
            uid=self._source.uid(at),
            person_uid=person.uid,
            visit_uid=visit.uid,
            kind="referral",
            answer="agreed",
            signer=person.name,
            relation="self",
            text_version=self._clinic.reference.consents["referral"].text_version,
            made_at=at,
            made_by=self._place.who(Role.DOCTOR).uid,
            made_desk="Ruang 2",
        )

    def _state(self, visit: Visit) -> ReferralState:
        days = (self._source.today - visit.service_date).days
        if days < 3:
            return ReferralState.ISSUED
        return ReferralState(chosen(self._dice, STATES if days < LONG_AGO else LATER))

    def _voided(self, state: ReferralState, at: datetime, doctor: Staff) -> dict[str, Any]:
        if state is not ReferralState.VOIDED:
            return {}
        return {"voided_at": at + timedelta(minutes=20), "voided_by": doctor.uid, "void_reason": "salah tujuan"}

    def _answer(self, state: ReferralState, visit: Visit, title: str) -> dict[str, Any]:
        values: dict[str, Any] = {"state": state}
        if state is ReferralState.VOIDED:
            values["reply_plan"] = "dibatalkan: salah tujuan"
        if state in (ReferralState.REPLIED, ReferralState.CLOSED):
            therapy, plan = self._dice.choice(REPLIES)
            room = max(1, (self._source.today - visit.service_date).days)
            values |= {
                "reply_on": visit.service_date + timedelta(days=min(self._dice.randrange(2, 24), room)),
                "reply_diagnosis": title,
                "reply_therapy": therapy,
                "reply_plan": plan,
                "reply_doctor": self._dice.choice(DOCTORS),
            }
        return values


def _allergies(uow: UnitOfWork, person: Person) -> str:
    found = uow.all(Allergy, person_uid=person.uid)
    if found:
        return ", ".join(f"{allergy.substance} ({allergy.reaction})" for allergy in found)
    return "tidak ada yang diketahui" if person.allergy_state == "none" else "belum ditanyakan"


def _cells(taken: VitalSigns) -> tuple[forms.Vital, ...]:
    cells = [forms.Vital("Nadi", f"{taken.pulse}/mnt"), forms.Vital("Napas", f"{taken.respiration}/mnt")]
    cells.append(forms.Vital("Suhu", f"{(taken.temperature or 0) / 10:.1f}".replace(".", ",") + " °C"))
    cells.append(forms.Vital("SpO₂", f"{taken.spo2}%"))
    if taken.systolic:
        cells.insert(0, forms.Vital("TD", f"{taken.systolic}/{taken.diastolic}", notable=True))
    return tuple(cells)
