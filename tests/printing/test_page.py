"""Pages end between rows; nothing leaves the body, nothing overlaps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import styles
from printing.page import Marks, Page, TooMuchText, _Sheet
from printing.parts import Entry, Row, boxed, fields, fitted, gap, paragraph, side_by_side, together, total
from tests.printing.reading import read, text

ROWS = st.builds(Row, st.floats(min_value=0, max_value=90), keep=st.booleans(), gap=st.booleans())


def laid_out(page: Page) -> list[_Sheet]:
    return page._flow()


@dataclass
class Placed:
    top: float
    bottom: float


@given(st.lists(ROWS, max_size=120), st.lists(ROWS, max_size=8))
def test_rows_never_overlap_and_never_leave_the_body(rows: list[Row], slip: list[Row]) -> None:
    page = Page(styles.A5, "Uji")
    page.running_head([Row(20.0)])
    page.add(rows)
    page.at_bottom([replace(row, gap=False) for row in slip])
    for number, sheet in enumerate(laid_out(page)):
        end = 0.0
        for y, row in sheet.rows:
            assert y >= end - 0.02
            end = y + row.height
        assert end <= page.height + 0.05
        if number:
            assert sheet.rows[0][1].height == 20.0


@given(st.lists(ROWS, max_size=100))
def test_no_row_is_lost_but_gaps_at_the_top(rows: list[Row]) -> None:
    rows = [replace(row, height=row.height + index / 1000) for index, row in enumerate(rows)]
    page = Page(styles.A5, "Uji")
    page.add(rows)
    placed = [row for sheet in laid_out(page) for _, row in sheet.rows]
    assert [row for row in placed if not row.gap] == [row for row in rows if not row.gap]


def test_rows_kept_together_move_to_the_next_page_together() -> None:
    page = Page(styles.A5, "Uji")
    group = together([Row(40.0), Row(40.0), Row(40.0)])
    page.add([Row(page.height - 100), *group])
    first, second = laid_out(page)
    assert len(first.rows) == 1
    assert [row.height for _, row in second.rows] == [40.0, 40.0, 40.0]


def test_a_group_longer_than_a_page_is_broken_after_all() -> None:
    page = Page(styles.A5, "Uji")
    page.add(together([Row(60.0) for _ in range(20)]))
    assert len(laid_out(page)) == 3


def test_the_slip_stands_at_the_foot_of_the_last_page() -> None:
    page = Page(styles.A5, "Uji")
    page.add([Row(100.0)])
    page.at_bottom([Row(50.0), Row(30.0)])
    (sheet,) = laid_out(page)
    y, row = sheet.rows[-1]
    assert y + row.height == pytest.approx(page.height)


def test_a_single_row_taller_than_the_paper_is_refused_in_words() -> None:
    page = Page(styles.A5, "Uji")
    page.add([Row(2000.0)])
    with pytest.raises(TooMuchText) as refusal:
        page.pdf()
    assert "terlalu panjang" in refusal.value.sentence


def test_table_heads_are_repeated() -> None:
    page = Page(styles.A5, "Uji")
    head = Row(11.0)
    page.add([head, *[Row(50.0, head=(head,)) for _ in range(30)]])
    for sheet in laid_out(page):
        assert sheet.rows[0][1] is head


def test_marks_take_room_of_their_own() -> None:
    page = Page(styles.A5, "Uji", Marks(copy=True))
    page.add(paragraph([(styles.BODY, "Isi surat")], page.width))
    (sheet,) = read(page.pdf())
    assert "SALINAN" in sheet.text
    assert "Isi surat" in sheet.text


def test_a_box_around_rows_is_as_high_as_they_and_its_edges() -> None:
    rows = fields([Entry.plain("Nama", "Siti")], 200, 60)
    assert total(boxed(rows, 216)) == pytest.approx(total(rows) + 12)


def test_an_empty_value_shows_as_a_dash() -> None:
    page = Page(styles.A5, "Uji")
    page.add(fields([Entry.plain("Telepon", "")], page.width, 60))
    assert "Telepon : –" in text(page.pdf())


def test_side_by_side_of_nothing_is_nothing() -> None:
    assert side_by_side([]) == []


@given(st.text(alphabet="Wi ", max_size=300), st.floats(min_value=30, max_value=120))
def test_fitted_text_keeps_to_its_height(content: str, height: float) -> None:
    rows = fitted([(styles.KOP_NAME, content), (styles.BODY, content)], 130, height)
    assert rows is None or total(rows) <= height


def test_gaps_vanish_at_the_top_of_a_page() -> None:
    page = Page(styles.A5, "Uji")
    page.add([gap(30.0), Row(10.0)])
    (sheet,) = laid_out(page)
    assert sheet.rows[0][0] == 0.0
