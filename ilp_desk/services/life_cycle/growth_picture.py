"""A child's growth put into words and charts: from what is on record to what screens and papers show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.growth.child import Measures, Point, advice_for, child_points, supplements_at
from ilp_desk.domain.growth.course import Course, Mark
from ilp_desk.domain.growth.curves import MONTH_DAYS
from ilp_desk.domain.growth.measures import GrowthAge, Score, counted_from, standing_at
from ilp_desk.domain.growth.plot import BY_AGE, BY_LENGTH, CurveBook, Plot, PlotPoint, plot, usual_span
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Person, Precision, Sex
from ilp_desk.domain.prefill import WhoAndWhat, known_answers
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.growth import GrowthRules
from ilp_desk.domain.reference.growth_care import Supplement
from ilp_desk.domain.reference.in_force import InForce
from ilp_desk.domain.text.ages import age, age_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.vitals import show
from ilp_desk.rows.growth import AdviceLine, Chart, ChildGrowth, MeasuredLine, ScoreLine, SupplementLine, TakingLine
from resources import growth_lms

GESTATION = "gestation_at_birth"
KPSP = "kpsp"
SHOWN = ("zwei", "zlen", "zwfl", "zbmi", "zhc")
"""Charts in the order of their tabs."""
_WAYS = {True: " (L)", False: " (H)", None: ""}
_SOURCES = {
    "here": "di sini",
    "import": "lembar posyandu",
    "told": "menurut keluarga",
    "other_facility": "tempat lain",
}
_CHILDREN = {Sex.MALE: "anak laki-laki", Sex.FEMALE: "anak perempuan"}
_SHORT_HEAD = {"zhc": "Lingkar kepala"}
_POSSIBLE_GESTATION = range(22 * 7, 46 * 7)
_LAST_MONTH = 228
_MONTHS_UNTIL = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """What is on record. gestation_days: at birth; gestation_told: written on the child's own record; given: vitamin A
    and deworming."""

    person: Person
    measures: tuple[Measures, ...]
    gestation_days: int | None
    gestation_told: bool
    given: tuple[CareRecord, ...]


@cache
def tables() -> GrowthTables:
    """The tables of WHO, each read when it is first wanted."""
    return GrowthTables(growth_lms)


@cache
def book() -> CurveBook:
    return CurveBook(tables())


def picture(child: Child, on: date, in_force: InForce) -> ChildGrowth:
    """A child's growth as it stood on a day."""
    reference, person = in_force.reference, child.person
    rules = reference.growth
    trouble = _trouble(person, on)
    born = person.born_on if not trouble else None
    gestation = child.gestation_days if child.gestation_days in _POSSIBLE_GESTATION else None
    known = [taken for taken in child.measures if taken.day <= on]
    points = child_points(born, person.sex, gestation, known, rules, tables()) if born is not None else ()
    last = points[-1] if points else None
    mark = next((point.mark for point in reversed(points) if point.measures.weight is not None), None)
    lived = GrowthAge.between(born, on) if born is not None else None
    return ChildGrowth(
        person_uid=person.uid,
        name=person.name,
        sex=person.sex.value,
        born=day_text(person.born_on, person.born_precision),
        age=_months_text(person, on),
        on=on,
        trouble=trouble,
        gestation=gestation // 7 if gestation is not None else None,
        gestation_told=child.gestation_told,
        corrected=_corrected_text(born, on, gestation, rules) if born is not None else "",
        standing=lived is not None and standing_at(lived, rules),
        judged_on=last.measures.day if last is not None else None,
        scores=_lines(last, rules, reference) if last is not None else (),
        course=mark.course.value if mark is not None else "",
        course_words=_course_words(mark) if mark is not None else "",
        in_a_row=mark.in_a_row if mark is not None else 0,
        below_red=mark is not None and mark.below_red,
        advice=_advice(last, on, rules) if last is not None else (),
        charts=_charts(person.sex, lived, points, rules) if lived is not None else (),
        days=tuple(_day(point, person, reference) for point in points),
        takings=tuple(_taking(taken, person, reference) for taken in sorted(known, key=_by_day, reverse=True)),
        form=_form(person, born, on, gestation, in_force) if born is not None else None,
        supplements=_supplements(lived.months, child.given, on, rules) if lived is not None else (),
    )


def _months_text(person: Person, on: date) -> str:
    """14 bln 3 hr: up to five years a child's age is told in months, as on its card."""
    if person.born_on is not None and person.born_on <= on and person.born_precision is Precision.DAY:
        lived = age(person.born_on, on)
        if 0 < lived.total_months < _MONTHS_UNTIL:
            return f"{lived.total_months} bln" + (f" {lived.days} hr" if lived.days else "")
    return age_text(person.born_on, person.born_precision, on)


def _trouble(person: Person, on: date) -> str:
    if person.born_on is None or PartialDate(person.born_on, person.born_precision).earliest > on:
        return "Tanggal lahirnya belum ada. Lengkapi di pendaftaran; sesudah itu pertumbuhannya dapat dinilai."
    if person.born_precision is not Precision.DAY:
        return "Tanggal lahirnya belum pasti. Z-skor dihitung per hari: lengkapi tanggalnya di pendaftaran."
    if person.sex is Sex.UNKNOWN:
        return (
            "Jenis kelaminnya belum dicatat. Lengkapi di pendaftaran; kurva WHO berbeda untuk laki-laki dan perempuan."
        )
    if GrowthAge.between(person.born_on, on).months > _LAST_MONTH:
        return "Kurva pertumbuhan hanya sampai umur 19 tahun."
    return ""


def _corrected_text(born: date, on: date, gestation: int | None, rules: GrowthRules) -> str:
    due = counted_from(born, on, gestation, rules.prematurity)
    if due == born:
        return ""
    return age_text(due, Precision.DAY, on) or f"belum sampai hari perkiraan lahir {day_text(due)}"


def _form(person: Person, born: date, on: date, gestation: int | None, in_force: InForce) -> int | None:
    """The KPSP form of this day, as its instrument reads the age."""
    instrument = in_force.instruments.on(KPSP, on)
    due = counted_from(born, on, gestation, in_force.reference.growth.prematurity)
    if instrument is None or due > on:
        return None
    who = WhoAndWhat(sex=person.sex, age=age(due, on), values={})
    known = known_answers(instrument, who, in_force.reference.measures).get("form")
    return int(known.answer) if known is not None and known.answer is not None else None


# -- the judgement


def _lines(point: Point, rules: GrowthRules, reference: Reference) -> tuple[ScoreLine, ...]:
    found = point.assessment
    if found is None:
        return ()
    scores = found.by_index
    lines = []
    for index in SHOWN:
        rule, score = rules.indices[index], scores.get(index)
        name = _SHORT_HEAD.get(index, found.name(rule))
        if score is not None:
            lines.append(_score_line(index, name, score, rules))
        elif index in found.without:
            lines.append(ScoreLine(code=index, name=name, value="–", words=rules.words[found.without[index]], level=""))
    if point.measures.oedema:
        lines.append(ScoreLine(code="oedema", name="Edema", value="ya", words=rules.words["oedema"], level="severe"))
    if point.measures.arm is not None:
        arm = show("arm", point.measures.arm, reference)
        words, level = (found.muac.label, found.muac.level) if found.muac is not None else ("", "")
        lines.append(ScoreLine(code="arm", name="LiLA", value=arm, words=words, level=level))
    return tuple(lines)


def _score_line(index: str, name: str, score: Score, rules: GrowthRules) -> ScoreLine:
    words = score.band.label if score.band is not None else ""
    if score.doubtful:
        words = f"{words}, {rules.words['doubtful']}" if words else rules.words["doubtful"]
    return ScoreLine(
        code=index,
        name=name,
        value=score.text,
        words=words,
        level=score.band.level if score.band is not None else "",
        doubtful=score.doubtful,
    )


def _course_words(mark: Mark) -> str:
    if mark.course is Course.FIRST:
        return "penimbangan pertama"
    if mark.gain is None or mark.course is Course.AGAIN:
        return ""
    gain = f"{mark.gain:+d} g".replace("-", "−")
    if mark.course is Course.MISSED:
        return f"{gain}, bulan lalu tidak ditimbang"
    return f"{gain}, minimal {mark.least} g"


def _advice(point: Point, on: date, rules: GrowthRules) -> tuple[AdviceLine, ...]:
    return tuple(
        AdviceLine(
            code=row.code,
            title=row.title,
            text=row.text,
            level=row.level,
            control_on=on + timedelta(days=row.control_days),
            refer=row.refer,
        )
        for row in advice_for(point, rules)
    )


def _supplements(months: int, given: Sequence[CareRecord], on: date, rules: GrowthRules) -> tuple[SupplementLine, ...]:
    return tuple(_supplement(row, given, on, rules) for row in supplements_at(months, rules))


def _supplement(row: Supplement, given: Sequence[CareRecord], on: date, rules: GrowthRules) -> SupplementLine:
    facts = {other.fact for other in rules.supplements if other.group == row.group}
    before = [record for record in given if record.code in facts and record.on <= on]
    last = max(before, key=lambda record: record.on, default=None)
    if last is None:
        return SupplementLine(fact=row.fact, label=row.label, dose=row.dose, last="", may=True)
    told = day_text(last.on, last.on_precision)
    again = last.on + timedelta(days=row.gap_days)
    may = again <= on
    why = "" if may else f"{row.label} sudah diberikan {told}. Paling cepat lagi {day_text(again)}."
    return SupplementLine(fact=row.fact, label=row.label, dose=row.dose, last=told, may=may, why=why)


# -- charts


def _charts(sex: Sex, lived: GrowthAge, points: Sequence[Point], rules: GrowthRules) -> tuple[Chart, ...]:
    now = (lived.days or 0) / MONTH_DAYS
    lengths = [p.assessment.length_cm for p in points if p.assessment is not None and p.assessment.length_cm]
    charts = []
    for index in SHOWN:
        rule = rules.indices[index]
        standing = standing_at(lived, rules)
        plots, spans = [], BY_LENGTH if index == "zwfl" else BY_AGE
        for span in spans:
            curves = book().curves(index, sex, span)
            if curves is not None:
                of_span = [
                    p for p in points if index != "zwfl" or (p.assessment and p.assessment.standing) == span.standing
                ]
                plots.append(plot(span, curves, _plot_points(index, of_span, rules), _y_title(index, rule.unit)))
        usual = BY_LENGTH[standing] if index == "zwfl" else usual_span([s for s in spans if _has(plots, s.code)], now)
        if index == "zwfl" and lengths and not usual.low <= lengths[-1] <= usual.high:
            usual = usual_span(spans, lengths[-1])
        charts.append(
            Chart(
                code=index,
                tab=_SHORT_HEAD.get(index, rule.short_standing if standing else rule.short),
                title=_title(rule.label_standing if standing else rule.label, sex, rule.unit, index, usual.years),
                usual=usual.code,
                plots=tuple(plots),
            )
        )
    return tuple(charts)


def _has(plots: Sequence[Plot], code: str) -> bool:
    return any(shown.code == code for shown in plots)


def _title(label: str, sex: Sex, unit: str, index: str, school: bool) -> str:
    of = "cm" if index == "zwfl" else "bulan"
    return f"{label}, {_CHILDREN[sex]} ({unit} / {of}), standar WHO {'2007' if school else '2006'}"


def _y_title(index: str, unit: str) -> str:
    names = {"zwei": "Berat", "zwfl": "Berat", "zlen": "Panjang/tinggi", "zbmi": "IMT", "zhc": "Lingkar kepala"}
    return f"{names[index]} ({unit})"


def _plot_points(index: str, points: Sequence[Point], rules: GrowthRules) -> list[PlotPoint]:
    made = []
    for point in points:
        found = point.assessment
        score = found.by_index.get(index) if found is not None else None
        days = found.measured.age.days if found is not None else None
        if found is None or score is None or days is None:
            continue
        measured = found.measured
        value = {
            "zwei": measured.weight_kg,
            "zwfl": measured.weight_kg,
            "zlen": found.length_cm,
            "zbmi": found.bmi,
            "zhc": measured.head_cm,
        }[index]
        x = found.length_cm if index == "zwfl" else days / MONTH_DAYS
        if value is None or x is None:
            continue
        made.append(
            PlotPoint(
                x=x,
                y=value,
                level=score.band.level if score.band is not None else "",
                mark=point.mark.course.value if point.mark is not None and index == "zwei" else "",
                said=_said(index, value, score, point, rules),
            )
        )
    return made


def _said(index: str, value: float, score: Score, point: Point, rules: GrowthRules) -> tuple[str, ...]:
    unit = rules.indices[index].unit
    shown = (
        f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        if index != "zbmi"
        else f"{value:.1f}".replace(".", ",")
    )
    day = f"{day_text(point.measures.day)} · {shown} {unit}"
    words = f"{score.text} SD" + (f" · {score.band.label.lower()}" if score.band is not None else "")
    lines = [day, words]
    mark = point.mark
    if index == "zwei" and mark is not None and mark.course is Course.STAYED:
        lines.append("tidak naik" + (f" {mark.in_a_row}×" if mark.in_a_row > 1 else ""))
    if point.measures.place:
        lines.append(point.measures.place)
    return tuple(lines)


def _day(point: Point, person: Person, reference: Reference) -> MeasuredLine:
    taken, mark = point.measures, point.mark
    return MeasuredLine(
        day=day_text(taken.day),
        age=_months_text(person, taken.day),
        weight=show("weight", taken.weight, reference),
        height=show("height", taken.height, reference),
        head=show("head", taken.head, reference),
        arm=show("arm", taken.arm, reference),
        mark=mark.course.value if mark is not None else "",
        place=taken.place,
    )


def _by_day(taken: Measures) -> date:
    return taken.day


def _taking(taken: Measures, person: Person, reference: Reference) -> TakingLine:
    height = show("height", taken.height, reference)
    return TakingLine(
        uid=taken.uid,
        day=day_text(taken.day),
        age=_months_text(person, taken.day),
        weight=show("weight", taken.weight, reference),
        height=height + (_WAYS[taken.lying] if height else ""),
        head=show("head", taken.head, reference),
        arm=show("arm", taken.arm, reference),
        oedema={True: "ya", False: "tidak", None: ""}[taken.oedema],
        where=taken.place or _SOURCES.get(taken.source, ""),
    )
