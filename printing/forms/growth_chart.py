"""Grafik pertumbuhan anak, A4: a WHO curve with the child's points, what they mean, the last days of measuring.

Bands and lines keep apart on a grey printer too: each line bears its name at its end, the child's own is the thickest.
"""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.domain.growth.plot import Plot, PlotPoint
from ilp_desk.paperwork import Field, GrowthChart, GrowthDay, Letterhead, PatientBlock
from printing import blocks, parts, styles, tables
from printing.lines import Line, Span, break_lines
from printing.page import Page
from printing.parts import Cell, Row, gap, side_by_side
from printing.pen import Pen
from printing.styles import Style

PAPER = styles.A4
HIGH = 288.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 44.0, 6.0, 26.0
BANDS = ((-3, -2, "0.99 0.93 0.83"), (-2, -1, "1 0.97 0.88"), (-1, 1, "0.91 0.96 0.92"), (1, 2, "1 0.97 0.88"),
         (2, 3, "0.99 0.93 0.83"))  # fmt: skip
LINES = (
    (-3, "0.70 0.15 0.12", 1.1),
    (-2, "0.76 0.47 0", 1.1),
    (-1, "0.55 0.76 0.57", 0.6),
    (1, "0.55 0.76 0.57", 0.6),
    (2, "0.76 0.47 0", 1.1),
    (3, "0.70 0.15 0.12", 1.1),
    (0, "0.18 0.49 0.20", 1.3),
)
"""SD, red green blue, thickness."""
NAMES = {3: "+3 SD", 2: "+2 SD", 0: "median", -2: "−2 SD", -3: "−3 SD"}
INK = "0.09 0.13 0.17"
ALERT = "0.70 0.15 0.12"
OUT = frozenset({"severe", "low", "obese"})
LABEL = 82.0
TICK = Style("regular", 7.6, 9.6, styles.MUTED)
NAME = Style("semibold", 7.6, 9.6)
HEAD = ("Tanggal", "Umur", "BB (kg)", "PB/TB (cm)", "LK (cm)", "LiLA (cm)", "N/T", "Tempat")
WIDTHS = (58.0, 66.0, 46.0, 58.0, 46.0, 50.0, 30.0)


def draw(data: GrowthChart, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("GRAFIK PERTUMBUHAN", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width))
    page.add(blocks.title("GRAFIK PERTUMBUHAN ANAK", [(styles.SUBTITLE, data.chart)], width))
    page.add(blocks.patient_box(patient, width))
    page.add([gap(14.0), Row(HIGH, lambda pen, x, top: _chart(pen, data.plot, x, top, width)), gap(4.0)])
    page.add(_judgement(data, width))
    page.add(_days(data.days, width))
    page.at_bottom(parts.paragraph([(styles.NOTE, f"{data.note} {data.printed}")], width))


# -- the curve


def _chart(pen: Pen, plot: Plot, x: float, top: float, width: float) -> None:
    left, right, high, low = x + LEFT, x + width - RIGHT, top + TOP, top + HIGH - BOTTOM

    def spot(at: float, value: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = plot.x, plot.y
        return left + (right - left) * (at - x0) / (x1 - x0), low - (low - high) * (value - y0) / (y1 - y0)

    def line(sd: int) -> list[tuple[float, float]]:
        return [spot(at, value) for at, value in zip(plot.curve_x, plot.curves[sd])]

    for under, over, ink in BANDS:
        pen.area([*line(over), *reversed(line(under))], ink)
    for value, words in plot.y_ticks:
        at = spot(plot.x[0], value)[1]
        pen.line(left, at, right, at, 0.3, 0.8)
        _words(pen, TICK, words, left - 4, at + 2.6, "right")
    for value, words in plot.x_ticks:
        at = spot(value, plot.y[0])[0]
        pen.line(at, high, at, low, 0.3, 0.85)
        _words(pen, TICK, words, at, low + 9.5, "center")
    pen.line(left, low, right, low, 0.6, styles.LINE)
    pen.line(left, high, left, low, 0.6, styles.LINE)
    _words(pen, TICK, plot.x_title, (left + right) / 2, low + 20, "center")
    _words(pen, TICK, plot.y_title, left, high - 1.5, "left")
    for sd, ink, thick in LINES:
        pen.path(line(sd), ink, thick)
    last = high - 20
    for sd, words in NAMES.items():
        end_x, end_y = line(sd)[-1]
        last = max(end_y + 2.6, last + 9)
        _words(pen, NAME, words, end_x + 4, last, "left")
    spots = [spot(point.x, point.y) for point in plot.points]
    pen.path(spots, INK, 1.6)
    for point, (at_x, at_y) in zip(plot.points, spots):
        ink = ALERT if point.mark == "T" or point.level in OUT else INK
        pen.dot(at_x, at_y, 3.4 if point is plot.points[-1] else 2.3, ink)


def _words(pen: Pen, style: Style, text: str, x: float, y: float, align: str) -> None:
    """One line with its base line at y, beside or around x."""
    (line,) = break_lines([(style, text)], 1e6)
    shift = {"left": 0.0, "center": line.width / 2, "right": line.width}[align]
    pen.text(x - shift, y, style, text)


# -- below it


def _judgement(data: GrowthChart, width: float) -> list[Row]:
    """Two columns that may go on over the page, line by line."""
    column = width * 0.48
    right = width - column
    heads = [
        Cell(x, column, break_lines([(styles.HEADING, words)], column))
        for x, words in ((0.0, f"PENILAIAN {data.judged_on}".rstrip()), (right, "TINDAK LANJUT"))
    ]
    labels, values = _two(data.judged, column)
    told: list[Span] = []
    for field in data.advice:
        told += [(styles.STRONG, field.label), (styles.BODY, field.value)]
    if not data.advice:
        told.append((styles.BODY, "Teruskan penimbangan tiap bulan."))
    if data.control:
        told.append((styles.STRONG, f"Kontrol {data.control}"))
    cells = (
        Cell(0.0, LABEL, labels),
        Cell(LABEL + 2, column - LABEL - 2, values),
        Cell(right, column, [line for span in told for line in break_lines([span], column)]),
    )
    born = parts.paragraph([(styles.SMALL, data.born)], width) if data.born else []
    return [*side_by_side(heads), *side_by_side(cells), *born, gap(6.0)]


def _two(fields: Sequence[Field], width: float) -> tuple[list[Line], list[Line]]:
    """Labels and values line by line; where one is longer the other waits."""
    labels: list[Line] = []
    values: list[Line] = []
    for field in fields:
        left = break_lines([(styles.LABEL, field.label)], LABEL)
        right = break_lines([(styles.BODY, field.value)], width - LABEL - 2)
        most = max(len(left), len(right))
        labels += left + _blank(most - len(left))
        values += right + _blank(most - len(right))
    return labels, values


def _blank(count: int) -> list[Line]:
    return [Line((), 0.0, styles.BODY.leading)] * count


def _days(days: Sequence[GrowthDay], width: float) -> list[Row]:
    if not days:
        return []
    widths = [*WIDTHS, width - sum(WIDTHS)]
    head: list[list[Span]] = [[(styles.TABLE_STRONG, text)] for text in HEAD]
    records = [
        [
            [(styles.TABLE, text)]
            for text in (row.day, row.age, row.weight, row.height, row.head, row.arm, row.mark, row.place)
        ]
        for row in days
    ]
    return tables.table(head, records, widths)


def _sample_plot() -> Plot:
    at = (0.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0)
    median = (3.3, 6.4, 7.9, 8.9, 9.6, 10.9, 12.2)
    lines = {sd: tuple(round(value * (1 + 0.115 * sd), 2) for value in median) for sd in range(-3, 4)}
    course = ((0.0, 3.1, "normal", "B"), (6.0, 6.9, "normal", "N"), (12.0, 7.75, "normal", "N"), (13.0, 7.75, "", "T"))
    return Plot(
        code="two",
        label="0–24 bln",
        x=(0.0, 24.0),
        y=(2.0, 18.0),
        x_ticks=tuple((float(month), str(month)) for month in range(0, 25, 2)),
        y_ticks=tuple((float(kilos), str(kilos)) for kilos in range(2, 19, 2)),
        x_title="Umur (bulan)",
        y_title="Berat (kg)",
        curve_x=at,
        curves=lines,
        points=tuple(PlotPoint(x, y, level, mark, ("",)) for x, y, level, mark in course),
    )


SAMPLE = GrowthChart(
    letterhead=Letterhead(
        facility="PUSKESMAS CONTOH",
        above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
        below=("Jl. Contoh No. 1 · Telp. (0000) 00000 · Kode faskes P9999",),
    ),
    patient=PatientBlock(
        name="Rizki Ramadhan",
        record_number="00-14-02-03",
        age_sex="1 th 2 bln / Laki-laki",
        birth_date="18 September 2025",
        nik="1306041809259001",
        payer="JKN PBI",
        address="RT 02/RW 02, Sungai Batang",
        family="Yeni Marlina (orang tua)",
    ),
    chart="Berat badan menurut umur, anak laki-laki (kg / bulan), standar WHO 2006",
    plot=_sample_plot(),
    judged_on="21-11-2026",
    judged=(
        Field("BB/U", "−2,35 · Berat badan kurang"),
        Field("PB/U", "−1,67 · Normal"),
        Field("BB/PB", "−2,19 · Gizi kurang"),
        Field("Kenaikan", "T · +50 g, minimal 200 g"),
    ),
    advice=(Field("2T: konfirmasi dan cari sebab", "Timbang ulang, MTBS, konseling PMBA, PMT."),),
    control="05-12-2026",
    born="Umur koreksi 12 bln 20 hr; lahir 34 mgg.",
    days=(
        GrowthDay(day="19-10-2026", age="13 bln 1 hr", weight="7,75", height="", head="", arm="12,9", mark="T",
                  place="Posyandu Anggrek"),
        GrowthDay(day="21-11-2026", age="14 bln 3 hr", weight="7,8", height="74,0", head="45,2", arm="12,9", mark="T"),
    ),
    note="Kurva: WHO. Sebutan: Permenkes 2/2020.",
    printed="Dicetak 21-11-2026 08.41 oleh Bd. Yenni Marlis.",
)  # fmt: skip
