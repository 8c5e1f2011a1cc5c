"""An invented woman with severe pre-eclampsia in Ruang 2, ready to be referred: for tests and for pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Partner
from ilp_desk.services.examination import Taking
from ilp_desk.services.letters import ConsentAnswer, IssueReferral
from ilp_desk.services.registration import RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.rows.papers import Issued
    from tests.house import House

HUSBAND = ConsentAnswer(answer="agreed", signer="Ahmad Fauzi", relation="spouse", witness="Bidan Contoh")
WORDS = {
    "unit": "Dokter Spesialis Kebidanan dan Kandungan",
    "contacted": "09.02, dokter jaga IGD: diterima",
    "anamnesis": "G2P1A0, hamil 28 minggu. Pusing sejak 3 hari, bengkak kedua tungkai.",
    "examination": "Kesadaran kompos mentis. Edema pretibia +/+.",
    "therapy": "MgSO₄ 40% 4 g IV pelan (08.50), nifedipin 10 mg per oral (08.52), infus RL 500 ml.",
    "reason": "Penanganan preeklamsia berat memerlukan PONEK.",
    "transport": "Berangkat 09.10 dengan ambulans PSC 119, didampingi bidan",
    "condition": "Sadar, TD 150/100, DJJ 140",
}
MEASURED = {
    "blood_pressure": "162/108",
    "pulse": "96",
    "respiration": "20",
    "temperature": "36,7",
    "spo2": "98",
    "fundus": "27",
    "fetal_heart": "142",
    "urine_protein": "++",
}


@dataclass
class Case:
    """The open visit of somebody to be referred."""

    house: House
    person_uid: str
    visit_uid: str
    entry_uid: str
    hospital_uid: str

    def order(self, kind: str = "emergency", **values: Any) -> IssueReferral:
        """A letter with everything in it; keywords replace parts of it."""
        made = IssueReferral(
            uid=new_uid(),
            document_uid=new_uid(),
            visit_uid=self.visit_uid,
            kind=kind,
            fields=WORDS,
            destination_uid=self.hospital_uid,
            signer_uid=self.house.actor("doctor").staff_uid,
            consent=HUSBAND,
        )
        return replace(made, **values)

    def issue(self, kind: str = "emergency", role: str = "doctor", **values: Any) -> Issued:
        return self.house.desk.referrals.issue(self.house.actor(role), self.order(kind, **values))


def refer(
    house: House,
    name: str = "Siti Nurhaliza",
    born: str = "1999-02-03",
    codes: Mapping[str, str] | None = None,
    measured: Mapping[str, str] | None = None,
    **fields: Any,
) -> Case:
    """A pregnant woman, measured and diagnosed."""
    known = {
        "nik": "1306044302999001",
        "bpjs": "0001234564410",
        "payer": "jkn_pbi",
        "responsible_name": "Ahmad Fauzi",
        "responsible_relation": "spouse",
        "responsible_phone": "081200000190",
        "address": "Jr. Gasang",
        "rt": "02",
        "rw": "01",
    }
    siti = house.person(name, born, **{**known, **fields})
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9), gravida=2, para=1, abortus=0))
    order = RegisterVisit(
        visit_uid=new_uid(), entry_uid=new_uid(), person_uid=siti.uid, payer=siti.payer, complaint="pusing"
    )
    desk, doctor = house.desk, house.actor("doctor")
    desk.registration.register(house.actor("registration"), order)
    desk.queueing.start(house.actor("midwife"), order.entry_uid, "Ruang 2")
    taking = Taking(uid=new_uid(), visit_uid=order.visit_uid, typed=MEASURED if measured is None else measured)
    if taking.typed:
        desk.examination.take(house.actor("midwife"), taking)
    desk.examination.add_allergy(doctor, siti.uid, new_uid(), "amoksisilin")
    for code, title in (codes or {"O14.1": "Preeklamsia berat"}).items():
        desk.examination.diagnose(doctor, order.visit_uid, new_uid(), code, title)
    with house.store.reading(SYSTEM, "test.read") as uow:
        hospital = uow.all(Partner)[0]
    return Case(house, siti.uid, order.visit_uid, order.entry_uid, hospital.uid)
