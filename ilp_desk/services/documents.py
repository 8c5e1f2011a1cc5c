"""Papers: tickets, cards, labels, consents, sick notes, summaries; reprints, voids and print jobs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ilp_desk import paperwork as forms
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Pregnancy,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.document import Document, PrintJob, Referral, ReferralState
from ilp_desk.domain.maternity.pregnancy import after_birth, goes_on, gpa
from ilp_desk.domain.person import Consent, Family, OldNumber, Person
from ilp_desk.domain.queueing import public_place
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.referral_rules import relation_words
from ilp_desk.domain.site import Facility, ServicePoint
from ilp_desk.domain.staff import CARE, CLINICIANS, DESK, EVERYONE, MANAGERS, Actor
from ilp_desk.domain.taken import results_words, taking_words
from ilp_desk.domain.text.ages import age_text, weeks_text
from ilp_desk.domain.text.dates import day_text, letter_day_text, moment_text, time_text
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit
from ilp_desk.errors import IllegalStep, InvalidInput, NotAllowed
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.rows.encounter import PastVisits, StaffNames
from ilp_desk.rows.papers import DocumentRow, Documents
from ilp_desk.rows.queue import EntriesAt
from ilp_desk.services import papers
from ilp_desk.services.consents import consent_words, record_consent
from ilp_desk.services.discretion import GUARDED, hides
from ilp_desk.services.history import READERS
from ilp_desk.services.letters import CONSENT_LATER, ConsentAnswer, treated
from ilp_desk.services.life_cycle.assessed import screened
from ilp_desk.services.life_cycle.given import given
from ilp_desk.services.life_cycle.lines import items_of, ticket_names
from ilp_desk.services.line import in_line
from ilp_desk.services.registration import address_line
from ilp_desk.work import Service, command, question

NUMBER_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
LONGEST_SPECIMEN = 40
TICKET_NAMES = 3
"""Services a ticket names at most."""
CLINICAL = frozenset({"referral", "referral_consent", "referral_refusal", "sick_note"})
"""Papers that tell what somebody has."""
PAPER_WORKERS = DESK | CARE | MANAGERS


@dataclass(frozen=True, slots=True)
class Printed:
    """Pages and, for a ticket, the bytes of a thermal printer; name: for a file or the printer's queue."""

    name: str
    pdf: bytes
    escpos: bytes = b""
    document_uid: str = ""


class DocumentsDesk(Service):
    """Everything on paper. What is handed out numbered is kept as a document with frozen content."""

    @question("paper.ticket", PAPER_WORKERS)
    def ticket(self, uow: UnitOfWork, entry_uid: str, width_mm: int = 80) -> Printed:
        """The queue ticket of an entry; no name, no number of the person but the record number's tail."""
        entry = uow.get(QueueEntry, entry_uid)
        visit = uow.get(Visit, entry.visit_uid)
        person = uow.get(Person, visit.person_uid)
        uow.about(visit.uid)
        point = uow.get(ServicePoint, entry.service_point_uid)
        cluster = self.reference.clusters.get(point.cluster)
        others = [
            e
            for e in uow.all(QueueEntry, visit_uid=visit.uid)
            if e.uid != entry.uid and e.state in (QueueState.WAITING, QueueState.CALLED)
        ]
        site = papers.facility(uow)
        at = self.tools.clock.local(entry.waiting_since)
        place, room = self._public(point)
        line = in_line(uow.ask(EntriesAt(point.uid, entry.service_date)), self.reference.priority)
        ahead = next((n for n, row in enumerate(line) if row.entry_uid == entry.uid), None)
        ticket = forms.QueueTicket(
            facility=site.name,
            number=entry.ticket,
            cluster_letter=point.letter,
            cluster_name=cluster.label if cluster and not cluster.discreet else "",
            service_point=place,
            room=room,
            issued_at=f"{day_text(at.date())} {time_text(at)}",
            waiting_ahead=ahead,
            priority="Didahulukan" if entry.rank < self.reference.priority.ranks["regular"].rank else "",
            record_tail=person.record_number[-5:],
            next_services=tuple(self._next(uow, e) for e in others),
            offered=self._offered(uow, person, site),
            note=site.ticket_note,
            uid=visit.uid,
            width_mm=width_mm,
        )
        renderer = self.tools.renderer
        return Printed(f"antrean-{entry.ticket}", renderer.pdf(ticket), renderer.escpos(ticket, width_mm))

    def _offered(self, uow: UnitOfWork, person: Person, site: Facility) -> tuple[str, ...]:
        """Services to ask for today, where this Puskesmas wants them on the ticket."""
        if not site.ticket_services:
            return ()
        (items,) = items_of(uow, (person,), self.tools)
        return ticket_names(items, self.reference)[:TICKET_NAMES]

    @question("paper.card", PAPER_WORKERS)
    def card(self, uow: UnitOfWork, person_uid: str) -> Printed:
        """Kartu berobat, ID-1, with a QR of the uid."""
        person = self._opened(uow, person_uid)
        site = papers.facility(uow)
        family = uow.find(Family, person.family_uid)
        card = forms.PatientCard(
            uid=person.uid,
            facility=site.name,
            record_number=person.record_number,
            name=person.name,
            birth_date=day_text(person.born_on, person.born_precision),
            sex=papers.SEX_WORDS[person.sex],
            address=address_line(uow, person),
            family_folder=family.folder if family else "",
            phone=site.phone,
        )
        return Printed("kartu-berobat", self.tools.renderer.pdf(card))

    @question("paper.record_label", PAPER_WORKERS)
    def record_label(self, uow: UnitOfWork, person_uid: str) -> Printed:
        """Sticky label for the folder."""
        person = self._opened(uow, person_uid)
        if not person.record_number:
            raise InvalidInput("record_number", "Pasien ini belum punya nomor rekam medis.")
        label = forms.RecordLabel(
            record_number=person.record_number,
            name=person.name,
            birth_sex=f"{day_text(person.born_on, person.born_precision)} · {person.sex.value}",
        )
        return Printed("label-rm", self.tools.renderer.pdf(label))

    @command("paper.lab_label", CARE)
    def lab_label(self, uow: UnitOfWork, visit_uid: str, specimen: str) -> Printed:
        """Label of a specimen with a number of its own (`2611210014`: date and counter). Raises InvalidInput."""
        visit = uow.get(Visit, visit_uid)
        person = uow.get(Person, visit.person_uid)
        words = " ".join(specimen.split())
        if not words:
            raise InvalidInput("specimen", "Tulis bahan yang diambil, mis. darah EDTA atau urin.")
        if len(words) > LONGEST_SPECIMEN:
            raise InvalidInput("specimen", f"Nama bahan paling panjang {LONGEST_SPECIMEN} huruf, supaya muat di label.")
        count = uow.draw("specimen", uow.today.isoformat())
        code = f"{uow.today:%y%m%d}{count:04d}"
        now = self.tools.clock.local(uow.now)
        age = age_text(person.born_on, person.born_precision, visit.service_date)
        label = forms.LabLabel(
            code=code,
            name=person.name,
            record_number=person.record_number,
            age_sex=" · ".join(part for part in (age, person.sex.value) if part),
            specimen=words,
            taken_at=moment_text(now),
        )
        return self._kept(uow, label, new_uid(), person.uid, visit.uid, (code, int(code[2:]), uow.today.year))

    @command("paper.general_consent", PAPER_WORKERS)
    def general_consent(self, uow: UnitOfWork, person_uid: str, signer: papers.Signer | None = None) -> Printed:
        """The general consent to be signed; nothing on it is ticked.

        signer: who will sign (None: the responsible person on record, else lines to write on). Raises InvalidInput.
        """
        person = uow.get(Person, person_uid)
        site = papers.facility(uow)
        text = self.reference.consents["general"]
        today = letter_day_text(uow.today)
        paper = forms.GeneralConsent(
            letterhead=papers.letterhead(site),
            patient=papers.patient_block(uow, person, uow.today, self.reference),
            clauses=tuple(forms.ConsentClause(c.heading, c.text, c.choice) for c in text.clauses),
            text_version=text.text_version,
            place_date=f"{site.city or site.name}, {today}",
            signer=self._signer(uow, person, signer),
            uid=new_uid(),
        )
        return self._kept(uow, paper, paper.uid, person.uid, None)

    @command("consent.record", PAPER_WORKERS)
    def record_consent(self, uow: UnitOfWork, person_uid: str, answer: ConsentAnswer) -> Consent:
        """What was signed on the general consent. Raises InvalidInput (consent, signer, relation, code of a clause)."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        kept = record_consent(uow, person, answer, self.tools, "general")
        uow.announce("person", person.uid)
        return kept

    @command("paper.sick_note", frozenset(papers.EXAMINERS))
    def sick_note(
        self,
        uow: UnitOfWork,
        visit_uid: str,
        days: int,
        first_day: date,
        *,
        with_diagnosis: bool = False,
        purpose: str = "",
    ) -> Printed:
        """Surat keterangan sakit; the diagnosis only with the patient's consent. Raises InvalidInput."""
        visit = uow.get(Visit, visit_uid)
        person = uow.get(Person, visit.person_uid)
        limits = self.reference.certificates
        if not 1 <= days <= limits.sick_days:
            raise InvalidInput("days", f"Lama istirahat 1 sampai {limits.sick_days} hari.")
        if abs((first_day - visit.service_date).days) > limits.sick_start_days:
            far = f"Mulai istirahat paling jauh {limits.sick_start_days} hari dari tanggal diperiksa."
            raise InvalidInput("first_day", far)
        site = papers.facility(uow)
        number, serial, year = papers.next_number(uow, site, "sick_note", "SKS")
        diagnosis = next((d.title for d in uow.all(Diagnosis, visit_uid=visit.uid) if d.primary), "")
        block = papers.patient_block(uow, person, visit.service_date, self.reference)
        now = self.tools.clock.local(uow.now)
        occupation = self.reference.codes["occupation"].get(person.occupation)
        said = f"{days} ({NUMBER_WORDS[days]}) hari" if days < len(NUMBER_WORDS) else f"{days} hari"
        paper = forms.SickNote(
            letterhead=papers.letterhead(site),
            number=number,
            name=person.name,
            age_sex=block.age_sex,
            address=block.address,
            days=said,
            first_day=letter_day_text(first_day),
            last_day=letter_day_text(first_day + timedelta(days=days - 1)),
            signature=papers.signature(uow, site, now, papers.examiner(uow.actor.roles), uow.actor.staff_uid),
            record_number=person.record_number,
            occupation=occupation.label if occupation else "",
            diagnosis=diagnosis if with_diagnosis else "",
            purpose=purpose.strip(),
            uid=new_uid(),
        )
        return self._kept(uow, paper, paper.uid, person.uid, visit.uid, (number, serial, year))

    @question("paper.summary", READERS)
    def summary(self, uow: UnitOfWork, person_uid: str, purpose: str = "") -> Printed:
        """A person's record on a few pages; without what is guarded where the role does not treat."""
        person = self._opened(uow, person_uid)
        site = papers.facility(uow)
        now = self.tools.clock.local(uow.now)
        allergies = ", ".join(a.substance for a in uow.all(Allergy, person_uid=person.uid))
        states = {"none": "Tidak ada yang diketahui", "not_asked": "Belum ditanyakan"}
        olds = ", ".join(o.number for o in uow.all(OldNumber, person_uid=person.uid))
        family = uow.find(Family, person.family_uid)
        consents = [c for c in uow.all(Consent, person_uid=person.uid) if c.kind == "general"]
        consent = consent_words(consents[-1] if consents else None, person, self.tools)
        lines = (
            ("Nama ibu", person.mother_name),
            ("Telepon", person.phone),
            ("No. KK", family.kk if family else ""),
            ("No. RM lama", olds),
            ("Persetujuan umum", consent),
        )
        paper = forms.PatientSummary(
            letterhead=papers.letterhead(site),
            patient=papers.patient_block(uow, person, uow.today, self.reference),
            allergies=allergies or states.get(person.allergy_state, ""),
            signature=papers.signature(uow, site, now, "Petugas,", uow.actor.staff_uid),
            identity=tuple(forms.Field(a, b) for a, b in lines if b),
            problems=tuple(_problem(uow.actor, p) for p in uow.all(Problem, person_uid=person.uid)),
            pregnancy=_pregnancy_words(uow.ask(LatestPregnancy(person.uid)), uow.today, self.reference),
            problem_note=states.get(person.problem_state, ""),
            visits=self._visit_lines(uow, person.uid),
            purpose=purpose.strip(),
        )
        return Printed("ringkasan-riwayat", self.tools.renderer.pdf(paper))

    def recovery_sheet(self, code: str, made_by: str, facility: str) -> Printed:
        """The recovery code to be put away; nothing of it is stored."""
        at = self.tools.clock.local()
        sheet = forms.RecoverySheet(
            facility=facility,
            groups=tuple(code.split("-")),
            database="desk.db",
            made_at=f"{day_text(at.date())} {time_text(at)}",
            made_by=made_by,
        )
        return Printed("kode-pemulihan", self.tools.renderer.pdf(sheet))

    @question("paper.list", PAPER_WORKERS)
    def list(self, uow: UnitOfWork, person_uid: str = "", visit_uid: str = "") -> tuple[DocumentRow, ...]:
        """Papers of a person or a visit, newest first."""
        uow.about(person_uid or visit_uid)
        return uow.ask(Documents(person_uid, visit_uid))

    @command("paper.reprint", PAPER_WORKERS)
    def reprint(self, uow: UnitOfWork, document_uid: str) -> Printed:
        """The frozen pages again: SALINAN after the first print, DIBATALKAN where it was voided.

        Raises NotAllowed for a clinical paper where the role does not read records.
        """
        document = uow.get(Document, document_uid)
        if document.kind in CLINICAL:
            codes = (d.code for d in uow.all(Diagnosis, visit_uid=document.visit_uid))
            if not uow.actor.roles & READERS or hides(uow.actor, codes):
                raise NotAllowed("Surat ini berisi data klinis. Minta perawat, bidan, atau dokter mencetaknya.")
        uow.about(document.person_uid)
        uow.opened(document.person_uid)
        paper = papers.thawed(uow, document.kind, document.content)
        if isinstance(paper, forms.ReferralLetter) and paper.consent == CONSENT_LATER:
            paper = replace(paper, added=self._consented(uow, document))
        pdf = self.tools.renderer.pdf(paper, copy=document.copies > 0, void=not document.live)
        return Printed(document.number.replace("/", "-") or document.kind, pdf, document_uid=document.uid)

    @command("paper.void", CLINICIANS | MANAGERS)
    def void(self, uow: UnitOfWork, document_uid: str, why: str) -> None:
        """Take a paper out of use (letters of referral are voided by `referrals.void`)."""
        words = reason(why)
        document = uow.get(Document, document_uid)
        uow.about(document.person_uid)
        if not document.live:
            raise IllegalStep("Surat ini sudah dibatalkan.")
        if document.kind == forms.ReferralLetter.kind:
            raise IllegalStep("Surat rujukan dibatalkan di layar Rujukan, supaya rujukannya ikut batal.")
        uow.void(document, words)
        uow.announce("document", document.uid)

    @command("paper.printed", EVERYONE)
    def printed(
        self, uow: UnitOfWork, what: str, subject_uid: str, printer: str, error: str = "", copies: int = 1
    ) -> PrintJob:
        """Record that a paper went to a printer, or why it did not."""
        uow.about(subject_uid)
        document = uow.find(Document, subject_uid)
        if document is not None and document.live and not error:
            uow.change(document, copies=document.copies + copies)
            uow.announce("document", document.uid)
        return uow.add(
            PrintJob(
                uid=new_uid(),
                what=what,
                subject_uid=subject_uid,
                printer=printer,
                state="failed" if error else "sent",
                copies=copies,
                error=error,
            )
        )

    # -- parts

    def _signer(self, uow: UnitOfWork, person: Person, told: papers.Signer | None) -> forms.ConsentSigner:
        if told is not None:
            return papers.known_signer(uow, person, told, self.reference)
        if not person.responsible_name:
            return forms.ConsentSigner()
        return forms.ConsentSigner(
            name=person.responsible_name,
            relation=relation_words(person.responsible_relation, person.sex, self.reference),
            phone=person.responsible_phone,
        )

    def _consented(self, uow: UnitOfWork, document: Document) -> str:
        """What a copy adds to a letter whose consent came later; empty while it has not come."""
        for referral in uow.all(Referral, document_uid=document.uid):
            consent = uow.find(Consent, referral.consent_uid)
            if consent is not None and consent.made_at is not None:
                on = day_text(self.tools.clock.local(consent.made_at).date())
                said = "Rujukan ditolak" if consent.answer == "refused" else "Persetujuan dilengkapi"
                return f"{said} {on} oleh {consent.signer}."
        return ""

    def _opened(self, uow: UnitOfWork, person_uid: str) -> Person:
        uow.about(person_uid)
        uow.opened(person_uid)
        return uow.get(Person, person_uid)

    def _public(self, point: ServicePoint) -> tuple[str, str]:
        """Place and room as a paper on a chair may name them."""
        cluster = self.reference.clusters.get(point.cluster)
        room = point.rooms[0] if point.rooms else ""
        discreet = cluster is not None and cluster.discreet
        return public_place(point.name, point.public_name, point.rooms, room, discreet=discreet)

    def _next(self, uow: UnitOfWork, entry: QueueEntry) -> forms.NextService:
        place, room = self._public(uow.get(ServicePoint, entry.service_point_uid))
        return forms.NextService(place, room, entry.ticket)

    def _kept(
        self,
        uow: UnitOfWork,
        paper: forms.Paperwork,
        uid: str,
        person_uid: str,
        visit_uid: str | None,
        numbered: tuple[str, int, int] = ("", 0, 0),
    ) -> Printed:
        number, serial, year = numbered
        uow.about(person_uid)
        document = uow.add(
            Document(
                uid=uid,
                kind=paper.kind,
                person_uid=person_uid,
                visit_uid=visit_uid,
                number=number,
                serial=serial,
                year=year,
                content=papers.frozen(paper, papers.facility(uow)),
                issued_at=uow.now,
                issued_by=uow.actor.staff_uid,
            )
        )
        uow.announce("document", document.uid)
        return Printed(number.replace("/", "-") or paper.kind, self.tools.renderer.pdf(paper), document_uid=uid)

    def _visit_lines(self, uow: UnitOfWork, person_uid: str) -> tuple[forms.VisitLine, ...]:
        lines, visits = [], uow.ask(PastVisits(person_uid, limit=50))
        person, local = uow.get(Person, person_uid), self.tools.clock.local
        done = given(uow, person, [past.visit_uid for past in visits], self.reference, local)
        for past in visits:
            if hides(uow.actor, past.codes):
                lines.append(forms.VisitLine(date=day_text(past.day), place=past.point, diagnoses=GUARDED))
                continue
            visit = uow.get(Visit, past.visit_uid)
            treatment = (
                *done.get(visit.uid, ()),
                *(p.text for p in uow.all(Procedure, visit_uid=visit.uid)),
                *treated(uow.all(AlarmAnswer, visit_uid=visit.uid), self.tools.clock),
                *(
                    f"Dirujuk ke {r.destination}"
                    for r in uow.all(Referral, visit_uid=visit.uid)
                    if r.state is not ReferralState.VOIDED
                ),
            )
            notes = {n.section: n for n in uow.all(Note, visit_uid=visit.uid)}
            writers = tuple(n.made_by for n in notes.values() if n.made_by)
            names = uow.ask(StaffNames(writers))
            lines.append(
                forms.VisitLine(
                    date=day_text(past.day),
                    place=past.point,
                    complaint=visit.complaint,
                    diagnoses=past.diagnoses,
                    vitals="\n".join(filter(None, (*self._found(uow, visit), *screened(uow, visit)))),
                    therapy="; ".join((*(n.text for n in notes.values() if n.section == "therapy"), *treatment)),
                    performer=", ".join(dict.fromkeys(names.values())),
                )
            )
        return tuple(lines)

    def _found(self, uow: UnitOfWork, visit: Visit) -> tuple[str, ...]:
        """What was measured in a visit, a line each taking; results below."""
        takings = (taking_words(taking, self.reference) for taking in uow.all(VitalSigns, visit_uid=visit.uid))
        return (*takings, results_words(uow.all(Observation, visit_uid=visit.uid), self.reference))


def _pregnancy_words(pregnancy: Pregnancy | None, on: date, reference: Reference) -> str:
    """`G2P1A0, HPHT 09-05-2026, hamil 28 mgg`; in nifas the days since the birth; else empty."""
    if pregnancy is None:
        return ""
    days, going = after_birth(pregnancy, on, reference), goes_on(pregnancy, on, reference)
    now = f"hamil {weeks_text(pregnancy.lmp, on)}" if going else f"nifas hari {days}" if days is not None else ""
    return ", ".join(p for p in (gpa(pregnancy), f"HPHT {day_text(pregnancy.lmp)}", now) if p) if now else ""


def _problem(actor: Actor, problem: Problem) -> forms.Problem:
    guarded = hides(actor, (problem.code,))
    return forms.Problem(
        name=GUARDED if guarded else problem.title,
        code="" if guarded else problem.code,
        since=str(problem.since.year) if problem.since else "",
        status="selesai" if problem.resolved_on else "aktif",
    )
