"""Beside an instrument: the result as it grows, what will follow, earlier results, the note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instruments import Flag, Follow, Instrument, Meaning
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.scoring import Result, ScoreValue, SoFar, decimal_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.assessments import OpenInstrument, ResultLine
from ui.paint import draw_panel
from ui.theme import px, tokens
from ui.widgets import Banner, Card, Paragraph, Text, TextArea, label, scroll, vbox

NOTE = 54
ALSO = 3
INKS = {Meaning.OK: "ok", Meaning.WATCH: "warning", Meaning.ACT: "danger"}


class _Tinted(QFrame):
    """A card that wants to be seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_panel(QPainter(self), self.rect(), "warning_tint", "warning_line", tokens().radius)


class InstrumentSide(QWidget):
    """noted: the note is another one."""

    noted = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._dangers = reference.signs.dangers
        self._figure, self._words = Paragraph(size=tokens().title), Paragraph()
        self._now_title = label("Hasil sementara", "section")
        margins = (14, 10, 14, 11)
        self._red = Banner("danger", "")
        self._follows = Paragraph()
        self._follow_title = label("Lanjutan yang akan muncul", "section")
        self._follow = _Tinted()
        self._follow.setLayout(vbox(self._follow_title, self._follows, spacing=5, margins=margins))
        self._others: tuple[tuple[str, str, str], ...] = ()
        self._also = Paragraph()
        self._also_card = Card(vbox(label("Juga jatuh tempo", "section"), self._also, spacing=4, margins=margins))
        self._earlier = Paragraph()
        self._earlier_card = Card(vbox(label("Sebelumnya", "section"), self._earlier, spacing=4, margins=margins))
        self.note = TextArea(placeholder="boleh kosong", name="Catatan")
        self.note.setFixedHeight(px(NOTE))
        self.note.textChanged.connect(self.noted)
        now = Card(vbox(self._now_title, self._figure, self._words, spacing=3, margins=margins))
        body = QWidget()
        body.setLayout(vbox(self._red, now, self._follow, self._also_card, self._earlier_card, None, spacing=10))
        note = Card(vbox(label("Catatan", "section", self.note), self.note, spacing=4, margins=margins))
        column = vbox(scroll(body), note, spacing=10)
        column.setStretch(0, 1)
        self.setLayout(column)

    def show_opened(self, opened: OpenInstrument) -> None:
        """What was there before the first answer."""
        self._others = opened.also
        words = "\n".join(map(earlier_words, opened.earlier))
        self._earlier.set_parts([Text(words or "Belum pernah diisi.", muted=not words)])

    def show_growing(self, instrument: Instrument, state: SoFar, last: Mapping[str, str]) -> None:
        """The form is not complete."""
        self._now_title.setText("Hasil sementara")
        own = next(score for score in state.scores if score.code == instrument.result)
        others = [score_words(score) for score in state.scores if score.code != instrument.result and score.value]
        words = [*others, f"{len(state.missing)} belum dijawab"]
        if state.band is None:
            self._figure.set_parts([Text(score_words(own), bold=True)])
            self._words.set_parts([Text(" · ".join(words), muted=True)])
        else:
            self._figure.set_parts([Text(state.band.label, bold=True, color=INKS[state.band.meaning])])
            told = Text(" · ".join([score_words(own), *words]), muted=True)
            self._words.set_parts([told, Text(f"\n{state.band.act}")])
        self._show_red(state.flags, state.signs)
        self._show_follow(state.follow, last, sure=False)

    def show_result(self, instrument: Instrument, result: Result, last: Mapping[str, str], kept: str) -> None:
        """The form is complete. kept: when and by whom it was put on record, empty while it is not."""
        self._now_title.setText(f"Tersimpan {kept}" if kept else "Hasil")
        red = [flag for flag in result.flags if flag.level is Level.RED]
        ink = "danger" if red else INKS[result.band.meaning]
        # Beside a red flag a band that calms is told small.
        calm = bool(red) and result.band.meaning is Meaning.OK
        self._figure.set_parts([Text(red[0].label if calm else result.band.label, bold=True, color=ink)])
        scores = [score_words(score) for score in result.scores if _telling(score, instrument)]
        parts = [Text(" · ".join([result.band.label] * calm + scores), muted=True)]
        for flag in result.flags:
            if flag.level is not Level.RED:
                parts.append(Text(f"\n{flag.label}.", bold=True, color="warning"))
        acts = [act for act in result.acts if act not in {flag.act for flag in red}]
        parts += [Text(f"\n{act}") for act in acts]
        self._words.set_parts(parts)
        self._show_red(result.flags, result.signs)
        self._show_follow(result.follow, last, sure=True)

    def _show_red(self, flags: Sequence[Flag], signs: Sequence[str]) -> None:
        """What cannot wait, with what to do first: red flags of the form, red danger signs that were told."""
        red = [(flag.act, flag.label) for flag in flags if flag.level is Level.RED]
        dangers = [self._dangers[code] for code in signs if code in self._dangers]
        red += [(sign.act, sign.label) for sign in dangers if sign.level is Level.RED]
        self._red.setVisible(bool(red))
        if red:
            self._red.set("danger", red[0][0], why=", ".join(label for _, label in red) + ".")

    def _show_follow(self, follows: Sequence[Follow], last: Mapping[str, str], *, sure: bool) -> None:
        self._follow_title.setText("Lanjutannya" if sure else "Lanjutan yang akan muncul")
        rows = [
            (
                follow.label,
                ", ".join(
                    filter(None, (_because(follow), last.get(follow.instrument, ""), "di kertas" * follow.paper))
                ),
            )
            for follow in follows
        ]
        self._follows.set_parts(_bullets(rows))
        self._follow.setVisible(bool(rows))
        following = {follow.instrument for follow in follows}
        others = [(name, why) for code, name, why in self._others if code not in following][:ALSO]
        self._also.set_parts(_bullets(others))
        self._also_card.setVisible(bool(others))


def score_words(score: ScoreValue) -> str:
    """`Skor AKS 9 dari 20`."""
    return f"{score.label} {decimal_text(score.value)} dari {decimal_text(score.high)}"


def earlier_words(line: ResultLine) -> str:
    """`14-10-2025 · 0 dari 10 · Tidak ada kotak tercentang`."""
    place = "" if line.uid else line.by or "diceritakan"
    return " · ".join(filter(None, (day_text(line.on, line.precision), line.words, line.band, place)))


def _telling(score: ScoreValue, instrument: Instrument) -> bool:
    return score.code == instrument.result or score.value > 0


def _because(follow: Follow) -> str:
    return f"karena {follow.because}" if not follow.because.startswith(("untuk", "ada", "karena")) else follow.because


def _bullets(rows: Sequence[tuple[str, str]]) -> list[Text]:
    parts: list[Text] = []
    for name, words in rows:
        parts.append(Text(("\n" if parts else "") + f"• {name}", bold=True))
        if words:
            parts.append(Text(f"  {words}", muted=True))
    return parts
