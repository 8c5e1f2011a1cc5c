"""Kartu ibu, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace

from ilp_desk.paperwork import CardVisit
from printing.forms.maternal_card import SAMPLE
from printing.renderer import PdfRenderer
from tests.printing.reading import read, text

renderer = PdfRenderer()


def flat(pdf: bytes) -> str:
    return " ".join(text(pdf).split())


def test_dating_visits_risks_plan_birth_and_child_stand_on_it() -> None:
    said = flat(renderer.pdf(SAMPLE))
    for words in (
        "KARTU IBU",
        "Siti Contoh",
        "09-05-2026 (pasti)",
        "13-02-2027",
        "G2P1A0",
        "K1 murni",
        "142/94",
        "Masih kurang: 2 kali periksa di trimester 3",
        "Kehamilan risiko rendah (KRR)",
        "T2 sejak 10-06-1999",
        "ambulans nagari",
        "pukul 07.40",
        "By. Ny. Siti Contoh · L · 3200 g",
        "05-12-2026",
        "Bidan Contoh",
    ):
        assert words in said, words


def test_an_alarming_figure_is_explained_a_calm_card_says_nothing_of_it() -> None:
    calm = replace(SAMPLE, visits=tuple(replace(visit, flagged=()) for visit in SAMPLE.visits))
    assert "di luar batas" in flat(renderer.pdf(SAMPLE))
    assert "di luar batas" not in flat(renderer.pdf(calm))


def test_what_is_not_known_leaves_no_empty_heading() -> None:
    bare = replace(
        SAMPLE, visits=(), plan=(), care=(), postpartum=(), babies=(), delivery="", risks="", pattern="", next_visit=""
    )
    said = flat(renderer.pdf(bare))
    assert "Belum ada kunjungan." in said
    for heading in ("RENCANA", "RISIKO", "PERSALINAN", "NIFAS", "BAYI", "STATUS T", "BERIKUTNYA"):
        assert heading not in said


def test_many_visits_go_on_over_the_page_with_their_heads() -> None:
    visit = CardVisit(name="Kunjungan", date="21-11-2026", weeks="28 mgg 0 hr", remarks="catatan panjang " * 6)
    sheets = read(renderer.pdf(replace(SAMPLE, visits=(visit,) * 30)))
    assert len(sheets) > 1
    assert all("Di mana, temuan" in " ".join(sheet.text.split()) for sheet in sheets[:2])
