"""A child's growth chart filled for paper."""

from __future__ import annotations

from ilp_desk import paperwork as forms
from ilp_desk.domain.person import Person
from ilp_desk.domain.text.dates import day_text, moment_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.growth import ChildGrowth
from ilp_desk.services import papers
from ilp_desk.work import Tools

MOST_DAYS = 8
"""Days of measuring that stand below the curve, the last ones."""
STANDARD = "Kurva: WHO. Sebutan: Permenkes 2/2020."


def chart_paper(
    uow: UnitOfWork, person: Person, growth: ChildGrowth, index: str, span: str, tools: Tools
) -> forms.GrowthChart:
    """The curve of an index in a range; the usual range where none is named. Raises InvalidInput."""
    if growth.trouble:
        raise InvalidInput("person", growth.trouble)
    chart = next((chart for chart in growth.charts if chart.code == index), None)
    if chart is None:
        raise InvalidInput("index", "Grafik itu tidak ada.")
    plot = next((plot for plot in chart.plots if plot.code == (span or chart.usual)), chart.plots[0])
    lines = [forms.Field(line.name, " · ".join(filter(None, (line.value, line.words)))) for line in growth.scores]
    if growth.course:
        lines.append(forms.Field("Kenaikan", " · ".join(filter(None, (growth.course, growth.course_words)))))
    born = f"Umur koreksi {growth.corrected}; lahir {growth.gestation} mgg." if growth.corrected else ""
    return forms.GrowthChart(
        letterhead=papers.letterhead(papers.facility(uow)),
        patient=papers.patient_block(uow, person, uow.today, tools.reference),
        chart=chart.title,
        plot=plot,
        judged_on=day_text(growth.judged_on),
        judged=tuple(lines),
        advice=tuple(forms.Field(line.title, line.text) for line in growth.advice),
        control=day_text(growth.advice[0].control_on) if growth.advice else "",
        born=born,
        days=tuple(
            forms.GrowthDay(
                day=row.day,
                age=row.age,
                weight=row.weight,
                height=row.height,
                head=row.head,
                arm=row.arm,
                mark=row.mark,
                place=row.place,
            )
            for row in growth.days[-MOST_DAYS:]
        ),
        note=STANDARD,
        printed=f"Dicetak {moment_text(tools.clock.local(uow.now))} oleh {uow.actor.name}.",
    )
