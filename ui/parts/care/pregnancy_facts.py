"""Beside the visits of a pregnancy: dating, what is missing, risks, tetanus and tablets, plan, danger signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.danger import sign_labels
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.antenatal import Course, CourseState
from ilp_desk.rows.encounter import Encounter
from ui.widgets import Card, KeyButton, Paragraph, Text, hbox, label, vbox

# What little is known is never green: nobody has asked the rest yet.
MEANINGS = {"watch": "warning", "act": "danger"}
SHOWN_DATINGS = 3


class FactCard(Card):
    """A title, a button perhaps, and words."""

    def __init__(self, title: str, button: KeyButton | None = None) -> None:
        self.words = Paragraph()
        self.button = button
        head = hbox(label(title, "section"), None, *([button] if button is not None else []))
        super().__init__(vbox(head, self.words, spacing=4, margins=(12, 9, 12, 10)))

    def show_parts(self, parts: Sequence[Text]) -> None:
        """These words; without any the card is gone."""
        self.words.set_parts(list(parts))
        self.setVisible(bool(parts))


class PregnancyFacts(QWidget):
    """The buttons are the view's to connect."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.change = _button("Ubah", "Alt+H", "Ubah HPHT dan G/P/A")
        self.score = _button("Isi KSPR", "Alt+S", "Isi skor Poedji Rochjati")
        self.shots = _button("Td", "Alt+I", "Buka imunisasi untuk Td")
        self.plan = _button("Ubah", "Alt+P", "Ubah rencana persalinan")
        self.signs = _button("Tanyakan", "Alt+B", "Tanyakan tanda bahaya")
        self.dated = FactCard("Kehamilan", self.change)
        self.pattern = FactCard("Pola kunjungan")
        self.risk = FactCard("Risiko, skor Poedji Rochjati", self.score)
        self.tetanus = FactCard("Status T dan tablet", self.shots)
        self.planned = FactCard("Rencana persalinan", self.plan)
        self.danger = FactCard("Tanda bahaya", self.signs)
        self.record = _button("Catat", "Alt+N", "Catat layanan lain")
        self.others = FactCard("Layanan lain", self.record)
        cards = (self.dated, self.pattern, self.danger, self.risk, self.tetanus, self.planned, self.others)
        self.setLayout(vbox(*cards, spacing=10))

    def show_course(self, course: Course, visit: Encounter, *, writable: bool) -> None:
        going = course.state in (CourseState.GOING, CourseState.CONFIRM, CourseState.RUN_OUT)
        for button in (self.score, self.shots, self.plan):
            button.setVisible(going)
        self.others.show_parts(_others(course) if going else ())
        for button in (self.change, self.plan, self.record, self.signs):
            button.setEnabled(writable)
        self.dated.show_parts(_dated(course))
        self.pattern.show_parts(_pattern(course, visit.on))
        self.risk.show_parts(_risks(course))
        self.tetanus.show_parts(_tetanus(course))
        self.planned.show_parts(_plan(course, going=going))
        self.danger.show_parts(_signs(visit, self._reference) if course.mother_uid == visit.person_uid else ())


def _button(text: str, key: str, name: str) -> KeyButton:
    button = KeyButton(text, key, small=True)
    button.setAccessibleName(name)
    return button


def _dated(course: Course) -> list[Text]:
    if course.lmp is None:
        return [Text("Belum ada kehamilan yang tercatat.", muted=True)]
    words = [
        Text(f"HPHT {day_text(course.lmp)}", bold=True),
        Text(f" · {course.source.lower()}\n", muted=True),
        Text(f"HPL {day_text(course.term)}", bold=True),
        Text(f" · {course.gpa}" if course.gpa else " · G/P/A belum dicatat", muted=not course.gpa),
    ]
    before = [dating for dating in course.datings if not dating.current][:SHOWN_DATINGS]
    for dating in before:
        by = f", {dating.by}" if dating.by else ""
        said = f"\nsebelumnya {day_text(dating.lmp)} {dating.source.lower()} ({day_text(dating.on)}{by})"
        words.append(Text(said, muted=True))
    return words


def _pattern(course: Course, today: date) -> list[Text]:
    if course.lmp is None:
        return []
    if course.state in (CourseState.AFTER, CourseState.ENDED):
        done = "Pola 1-2-3 dan USG dokter terpenuhi." if course.pattern_met else ""
        lost = "Tidak terpenuhi: " + ", ".join(course.lost) + "." if course.lost else ""
        return [Text(done or lost, color="ok" if done else "muted")]
    words = [Text("".join(f"{item[:1].upper()}{item[1:]}\n" for item in course.missing))]
    if course.lost:
        words.append(Text(f"Pola 1-2-3 tidak terpenuhi lagi: {', '.join(course.lost)}.\n", color="warning"))
    if course.pattern_met:
        words = [Text("Pola 1-2-3 dan USG dokter terpenuhi.\n", color="ok")]
    if course.next_on is not None and course.next_on < today:
        words.append(Text(f"Sudah waktunya periksa sejak {day_text(course.next_on)}", bold=True, color="warning"))
    elif course.next_on is not None:
        words.append(Text(f"Kunjungan berikutnya {day_text(course.next_on)}", bold=True))
    return [word for word in words if word.text]


def _risks(course: Course) -> list[Text]:
    if course.lmp is None:
        return []
    ink = MEANINGS.get(course.meaning, "ink")
    words = [Text(f"Dari catatan {course.score}", bold=True, color=ink), Text(f" · {course.band}", color=ink)]
    words += [Text(f"\n{risk}") for risk in course.risks]
    said = f"\nTerakhir diisi: {course.scored}" if course.scored else "\nKSPR belum diisi pada kehamilan ini."
    return [*words, Text(said, muted=True)]


def _tetanus(course: Course) -> list[Text]:
    if course.lmp is None:
        return []
    words = [Text(course.tetanus)]
    if course.td:
        words.append(Text(f"\n{course.td}", bold=course.td_now, color="" if course.td_now else "muted"))
    words.append(Text(f"\nTablet {course.tablets} dari {course.goal}", bold=True))
    if course.swallowed:
        words.append(Text(f", diminum {course.swallowed}", muted=True))
    return words


def _plan(course: Course, *, going: bool) -> list[Text]:
    if course.plan_lines:
        first = True
        words: list[Text] = []
        for name, value in course.plan_lines:
            words += [Text(f"{'' if first else chr(10)}{name}: ", muted=True), Text(value)]
            first = False
        return words
    return [Text("Belum dibicarakan. Isi tempat, penolong, kendaraan, dan donor.", muted=True)] if going else []


def _others(course: Course) -> list[Text]:
    words: list[Text] = []
    for step in course.steps:
        ink = {"done": "ok", "late": "danger", "lost": "muted"}.get(step.state, "")
        words += [Text(f"{chr(10) if words else ''}{step.label}: "), Text(step.words, color=ink)]
    return words


def _acts(visit: Encounter, reference: Reference) -> list[str]:
    """What to do first about the signs that were seen, each said once."""
    dangers = reference.signs.dangers
    return list(dict.fromkeys(sign.act for sign in dangers if sign.code in visit.signs))


def _signs(visit: Encounter, reference: Reference) -> list[Text]:
    if visit.signs:
        seen = [Text(", ".join(sign_labels(visit.signs, reference)), bold=True, color="danger")]
        return [*seen, *(Text(f"\n{act}") for act in _acts(visit, reference))]
    if visit.signs_asked:
        return [Text("Ditanyakan, tidak ada.", color="ok")]
    return [Text("Belum ditanyakan pada kunjungan ini.", color="warning")]
