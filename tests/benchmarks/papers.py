"""A referral letter and a queue ticket, against the same words put on a bare ReportLab canvas."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from printing.forms import queue_ticket, referral_letter
from printing.renderer import PdfRenderer
from tests.benchmarks.measure import Row, middle, ms, tell, timed, times

MARGIN, LEADING, SIZE = 57, 11.5, 9
WARM = 3


def words_of(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().splitlines() for page in document]


def bare(pages: list[list[str]], name: str) -> bytes:
    """The same lines in Helvetica, one below the other: the least a letter costs. name: of somebody new each time."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines in pages:
        canvas.setFont("Helvetica", SIZE)
        for number, line in enumerate((name, *lines)):
            canvas.drawString(MARGIN, A4[1] - MARGIN - number * LEADING, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def measure(rounds: int) -> list[Row]:
    """Letter, ticket and bare letter in turns, each time of somebody else."""
    tell(f"papers: {rounds} rounds")
    renderer, letter, ticket = PdfRenderer(), referral_letter.SAMPLE, queue_ticket.SAMPLE
    pages = words_of(renderer.pdf(letter))
    spent: dict[str, list[float]] = {"letter": [], "ticket": [], "bare": []}
    for number in range(rounds + WARM):
        name = f"Contoh {number} Rahmawati"
        of_her = replace(letter, patient=replace(letter.patient, name=name))
        next_one = replace(ticket, number=f"B-{number:03d}")
        found = {
            "letter": timed(partial(renderer.pdf, of_her)).cpu,
            "ticket": timed(partial(renderer.pdf, next_one)).cpu,
            "bare": timed(partial(bare, pages, name)).cpu,
        }
        if number >= WARM:
            for what, cpu in found.items():
                spent[what].append(cpu)
    floor = middle(spent["bare"])
    rows = []
    for what, budget in (("letter", 4.0), ("ticket", 1.0)):
        mine = middle(spent[what])
        measured = f"{times(mine / floor)} ({ms(mine)} against {ms(floor)})"
        note = f"CPU; the letter has {sum(map(len, pages))} lines"
        rows.append(
            Row(
                f"referral {what}, warm" if what == "letter" else f"queue {what}, warm",
                f"{budget:g}x a bare ReportLab canvas letter",
                measured,
                mine / floor <= budget,
                note,
            )
        )
    return rows
