"""Today's visit in words: what was told, measured, found, done and planned, with who and when."""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.clock import Clock
from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.clinical import Fact
from ilp_desk.domain.danger import sign_labels
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.rows.encounter import Encounter, Taken
from ui.parts.room.diagnosis_list import COURSES
from ui.widgets import Text

BEFORE = (("anamnesis", "Anamnesis"), ("examination", "Pemeriksaan fisik"))
AFTER = (("therapy", "Terapi"), ("plan", "Rencana dan edukasi"))
NOTHING = (Text("Belum ada yang tercatat pada kunjungan ini. ", bold=True), Text("Alt+2 membuka pemeriksaan."))


class _Lines:
    def __init__(self) -> None:
        self.parts: list[Text] = []

    def add(self, title: str, text: str, who: str = "", ink: str = "") -> None:
        if text:
            self.parts.append(Text(("\n" if self.parts else "") + f"{title}  ", bold=True, muted=True))
            self.parts.append(Text(text, color=ink))
            if who:
                self.parts.append(Text(f"   {who}", muted=True))


def taking_words(taken: Taken, reference: Reference) -> str:
    """`TD 162/108 · nadi 96 · suhu 36,7`"""
    measures = reference.measures
    said = ((measures[code].short if code in measures else code, text) for code, text in taken.values.items())
    return " · ".join(f"{name} {text}" for name, text in said)


def summary(visit: Encounter, alarms: Sequence[Alarm], reference: Reference, clock: Clock) -> list[Text]:
    """What is on record of this visit, a line each."""
    lines = _Lines()

    def who(fact: Fact) -> str:
        at = time_text(clock.local(fact.made_at)) if fact.made_at else ""
        return " ".join(part for part in (visit.names.get(fact.made_by or "", ""), at) if part)

    def sections(names: Sequence[tuple[str, str]]) -> None:
        written = {s.note.section: s for s in visit.sections}
        for section, title in names:
            if section in written:
                found = written[section]
                lines.add(title, found.note.text, " ".join(p for p in (found.by, found.at) if p))

    lines.add("Catatan pengirim", visit.note)
    lines.add("Keluhan utama", visit.complaint)
    for taken in visit.taken:
        lines.add(f"Diukur {taken.at}", taking_words(taken, reference), taken.by)
    if visit.signs_asked:
        seen = "; ".join(sign_labels(visit.signs, reference)) or "tidak ada"
        lines.add("Tanda bahaya ditanyakan", seen)
    lines.add("Skrining", "\n".join(visit.screenings))
    lines.add("Diberikan", "; ".join(visit.given))
    for alarm in alarms:
        ink = "danger" if alarm.level is Level.RED else "warning"
        about = f"{alarm.at} {alarm.reason}" if alarm.at else alarm.reason
        lines.add("Alarm", about, visit.answers.get(alarm.key) or "belum dijawab", ink)
    standing = {alarm.key for alarm in alarms}
    for past in visit.answered:
        if past.key not in standing:
            lines.add("Alarm terjawab", f"{past.at} {past.about}", past.words)
    sections(BEFORE)
    courses = dict(COURSES)
    for diagnosis in sorted(visit.diagnoses, key=lambda d: not d.primary):
        kind = ("utama, " if diagnosis.primary else "") + courses.get(diagnosis.course, "").lower()
        lines.add("Diagnosis", f"{diagnosis.code} {diagnosis.title} ({kind})", who(diagnosis))
    for procedure in visit.procedures:
        lines.add("Tindakan", procedure.text, who(procedure))
    sections(AFTER)
    back = " · ".join(p for p in (day_text(visit.next_visit_on), visit.next_visit_note) if p)
    lines.add("Kunjungan berikutnya", back)
    return lines.parts or list(NOTHING)
