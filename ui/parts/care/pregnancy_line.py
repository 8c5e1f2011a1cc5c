"""A pregnancy as a line of weeks: its trimesters, the visits K1 to K6, today, the expected birth."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.rows.antenatal import ContactLine, Course, TrimesterLine
from ui.paint import CENTER, LEFT, draw_icon, draw_text
from ui.theme import color, px, text_width, tokens

HIGH = 112
BAND = 46
AXIS = 18
EDGE = 12
WEEK = 7
STEP = 4
"""Weeks between two figures of the axis."""
GROUNDS = ("accent_tint", "curve_band_near", "curve_band")


class WeeksLine(QWidget):
    """Bands say how many visits each trimester wants; a ring around a visit is the doctor's with ultrasound."""

    def __init__(self) -> None:
        super().__init__()
        self._course: Course | None = None
        self.setFixedHeight(px(HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_course(self, course: Course) -> None:
        self._course = course
        visits = ", ".join(f"{line.name or 'kunjungan'} {line.weeks}" for line in course.contacts)
        bands = ", ".join(_band_words(band) for band in course.trimesters)
        self.setAccessibleName(f"Garis minggu kehamilan. {bands}. {visits or 'Belum ada kunjungan'}.")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        course = self._course
        if course is None or not course.trimesters or course.lmp is None:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._bands(p, course)
        self._axis(p, course)
        term = 0 if course.term is None else (course.term - course.lmp).days
        now = "hari ini" if course.pregnancy and not course.pregnancy.ended_on else "akhir"
        aside = 0 if self._apart(term, "HPL", course.day, now) else 1 if term > course.day else -1
        self._mark(p, term, "HPL", "muted", dashed=True, aside=aside)
        self._mark(p, course.day, now, "accent", aside=-aside)
        self._words(p, course)
        self._visits(p, course)

    def _x(self, day: float, course: Course) -> float:
        last = course.trimesters[-1].to_day
        room = self.width() - 2 * px(EDGE)
        return px(EDGE) + room * min(max(day, 0), last) / last

    def _bands(self, p: QPainter, course: Course) -> None:
        k = tokens()
        for number, band in enumerate(course.trimesters):
            left, right = self._x(band.from_day, course), self._x(band.to_day + 1, course)
            box = QRectF(left, px(20), right - left - 1, px(BAND))
            p.fillRect(box, color(GROUNDS[number % len(GROUNDS)]))
            if k.high_contrast:
                p.setPen(QPen(color("ink")))
                p.drawRect(box)

    def _words(self, p: QPainter, course: Course) -> None:
        """How each trimester stands, over the marks: a line never runs through the letters."""
        k = tokens()
        for number, band in enumerate(course.trimesters):
            left, right = self._x(band.from_day, course), self._x(band.to_day + 1, course)
            met = band.have >= band.want and (band.doctor_met or not band.doctor)
            late = course.day > band.to_day
            icon, ink = ("check", "ok") if met else ("late", "warning") if late else ("circle", "muted")
            told = "ink" if met else ink
            lines = [(_visits_words(band), 22, True, told)]
            if band.doctor:
                lines.append((_usg_words(band, late=late), 38, False, "muted" if met else told))
            for words, y, bold, tone in lines:
                box = QRectF(left + px(24), px(y), right - left - px(28), px(16))
                wide = min(box.width(), text_width(words, k.small, bold) + px(6))
                p.fillRect(box.adjusted(-px(3), 0, wide - box.width(), 0), color(GROUNDS[number % len(GROUNDS)]))
                draw_text(p, box, words, k.small, bold=bold, ink=tone, align=LEFT)
            draw_icon(p, icon, ink, left + px(6), px(24), px(14))

    def _axis(self, p: QPainter, course: Course) -> None:
        k, bottom = tokens(), px(20) + px(BAND)
        p.setPen(QPen(color("line_strong")))
        p.drawLine(QPointF(px(EDGE), bottom), QPointF(self.width() - px(EDGE), bottom))
        weeks = course.trimesters[-1].to_day // WEEK
        for week in range(0, weeks + 1, STEP):
            x = self._x(week * WEEK, course)
            p.setPen(QPen(color("line_strong")))
            p.drawLine(QPointF(x, bottom), QPointF(x, bottom + px(4)))
            box = QRectF(x - px(20), bottom + px(26), px(40), px(AXIS))
            draw_text(p, box, str(week), k.small, ink="muted", align=CENTER)

    def _apart(self, day: int, words: str, other: int, told: str) -> bool:
        """Whether the words of two days fit beside each other, each over its day."""
        if self._course is None:
            return True
        wide = text_width(words, tokens().small, True) + text_width(told, tokens().small, True)
        return abs(self._x(day, self._course) - self._x(other, self._course)) > wide / 2 + px(6)

    def _mark(self, p: QPainter, day: int, words: str, ink: str, *, dashed: bool = False, aside: int = 0) -> None:
        """aside: -1 with the words left of the line, 1 right of it, 0 over it."""
        course = self._course
        if course is None:
            return
        x, k = self._x(day, course), tokens()
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        p.setPen(QPen(color(ink), px(1.5), style))
        p.drawLine(QPointF(x, px(18)), QPointF(x, px(20) + px(BAND) + px(2)))
        wide = text_width(words, k.small, True)
        over = (x - wide - px(3), x - wide / 2, x + px(3))[aside + 1]
        left = min(max(0.0, over), self.width() - wide)
        draw_text(p, QRectF(left, 0, wide + 2, px(18)), words, k.small, bold=True, ink=ink, align=LEFT)

    def _visits(self, p: QPainter, course: Course) -> None:
        k, y = tokens(), px(20) + px(BAND)
        free_from = -1.0
        for line in course.contacts:
            x = self._x(line.day, course)
            if line.doctor and line.usg:
                p.setPen(QPen(color("accent"), px(1.5)))
                p.setBrush(color("card"))
                p.drawEllipse(QPointF(x, y), px(9), px(9))
            p.setPen(QPen(color("card"), 1.5))
            p.setBrush(color("danger" if "red" in line.levels.values() else "accent" if line.sure else "muted"))
            p.drawEllipse(QPointF(x, y), px(5.5), px(5.5))
            name = line.code or "+"
            wide = text_width(name, k.small, True)
            left = min(max(0.0, x - wide / 2), self.width() - wide)
            if left > free_from:
                draw_text(p, QRectF(left, y + px(9), wide + 2, px(16)), name, k.small, bold=True, align=LEFT)
                free_from = left + wide + px(3)


def _band_words(band: TrimesterLine) -> str:
    return ", ".join(
        part for part in (_visits_words(band), _usg_words(band, late=False) if band.doctor else "") if part
    )


def _visits_words(band: TrimesterLine) -> str:
    return f"{band.label[:1].upper()}{band.label[1:]}: {band.have}/{band.want}"


def _usg_words(band: TrimesterLine, *, late: bool) -> str:
    return "USG dokter ✓" if band.doctor_met else "USG dokter terlewat" if late else "USG dokter belum"


def spoken_visit(line: ContactLine) -> str:
    """One visit as a screen reader says it."""
    figures = ", ".join(f"{name} {value}" for name, value in line.values.items())
    return " · ".join(part for part in (line.name, line.when, line.weeks, figures, line.where, line.findings) if part)
