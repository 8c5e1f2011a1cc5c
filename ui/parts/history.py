"""How a record is put into words on the history screen."""

from __future__ import annotations

from ilp_desk.domain.danger import seen_signs, sign_labels, told
from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.taken import results_words, taking_words
from ilp_desk.rows.history import PersonRecord, VisitDetail
from ilp_desk.rows.papers import ReferralRow
from ui.widgets import Chip, Icon, Segment, Text

SEX = {"L": "Laki-laki", "P": "Perempuan", "?": "Jenis kelamin ?"}
STATES = {"none": "tidak ada", "not_asked": "belum ditanyakan"}
SECTIONS = {
    "complaint": "Keluhan",
    "anamnesis": "Anamnesis",
    "examination": "Pemeriksaan",
    "therapy": "Terapi",
    "plan": "Rencana",
}
GUARDED = "Dijaga: hanya perawat, bidan, dan dokter yang membacanya."
COURSES = {"new": "baru", "old": "lama", "follow_up": "kontrol"}


def head_segments(record: PersonRecord) -> tuple[list[Segment], list[Text], list[Segment], str]:
    """Name line, facts, what to mind, and the ground of the last."""
    name: list[Segment] = [Text(record.name, bold=True)]
    if record.pregnancy:
        name.append(Chip(record.pregnancy, "A"))
    if record.status:
        name.append(Chip(record.status, "neutral"))
    old = f"RM lama {', '.join(record.old_numbers)}" if record.old_numbers else ""
    facts = (
        SEX.get(record.sex, ""),
        record.age,
        f"lahir {record.born}" if record.born else "",
        f"RM {record.record_number}" if record.record_number else "",
        old,
        record.payer,
        record.address,
    )
    allergies = ", ".join(record.allergies) or STATES.get(record.allergy_state, "")
    problems = ", ".join(record.problems) or STATES.get(record.problem_state, "")
    danger = bool(record.allergies)
    ink = "danger" if danger else ""
    alert: list[Segment] = [Icon("warn", "danger", "perhatian")] if danger else []
    alert += [Text("Alergi: ", bold=True, color=ink), Text(allergies, color=ink)]
    alert += [Text("   Penyakit: ", bold=True), Text(problems)]
    words = " · ".join(f for f in (*facts, f"Persetujuan umum: {record.consent}") if f)
    return name, [Text(words, muted=True)], alert, "danger_tint" if danger else "accent_tint"


def _letter(row: ReferralRow) -> str:
    return f"{row.number} ke {row.destination}{' (dibatalkan)' if row.state is ReferralState.VOIDED else ''}"


def detail_parts(shown: VisitDetail, reference: Reference) -> list[Text]:
    """One visit as a wrapping paragraph with bold headings."""
    parts: list[Text] = []

    def section(title: str, text: str) -> None:
        if text:
            parts.append(Text(("\n\n" if parts else "") + title + "\n", bold=True))
            parts.append(Text(text))

    facts = (shown.arrived, shown.reason, ", ".join(shown.where), shown.payer)
    section("Kunjungan", " · ".join(f for f in facts if f))
    section("Alasan klaster", shown.rule + (f" Dipilih lain: {shown.override}" if shown.override else ""))
    section("Isi kunjungan", GUARDED if shown.guarded else "")
    section("Keluhan utama", shown.complaint)
    section("Tanda vital", "\n".join(f"{at}  {taking_words(taking, reference)}" for at, taking in shown.takings))
    section("Hasil lain", results_words(shown.observations, reference))
    section("Skrining", "\n".join(shown.screenings))
    section("Diberikan dan dicatat", "\n".join(shown.given))
    if told(shown.observations):
        seen = sign_labels(seen_signs(shown.observations, ""), reference)
        section("Tanda bahaya", "; ".join(seen) or "sudah ditanyakan, tidak ada")
    for written in shown.sections:
        title = SECTIONS.get(written.note.section, written.note.section)
        who = " ".join(p for p in (written.by, written.at) if p)
        section(f"{title} ({who})", written.note.text)
    section(
        "Diagnosis",
        "\n".join(
            f"{d.code} {d.title} ({'utama, ' if d.primary else ''}{COURSES.get(d.course, d.course)})"
            for d in shown.diagnoses
        ),
    )
    section("Tindakan", "\n".join(p.text for p in shown.procedures))
    section("Alarm", "\n".join(shown.alarms))
    section("Rujukan", "\n".join(_letter(r) for r in shown.referrals))
    section("Pulang", " · ".join(p for p in (shown.discharge, shown.next_visit and f"kembali {shown.next_visit}") if p))
    return parts
