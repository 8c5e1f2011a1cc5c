"""Text is broken into lines without loss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from printing import styles
from printing.fonts import printable
from printing.lines import break_lines, choice_lines, measure

TYPED = st.text(max_size=400).map(printable)
WIDTHS = st.floats(min_value=14, max_value=500)


def shown(lines: list[str]) -> str:
    return "".join("".join(lines).split(" "))


@given(TYPED, TYPED, WIDTHS)
def test_no_sign_is_lost_and_no_line_is_too_wide(first: str, second: str, width: float) -> None:
    lines = break_lines([(styles.BODY, first), (styles.STRONG, second)], width)
    printed = ["".join(text for _, _, text in line.pieces) for line in lines]
    assert shown(printed) == shown([first, second]).replace("\n", "")
    for line, content in zip(lines, printed):
        assert line.width <= width + 0.02 or len(content) == 1
        assert not content.endswith(" ")
        for offset, style, text in line.pieces:
            assert offset + measure(style, text) <= line.width + 0.02


@given(TYPED, WIDTHS)
def test_pieces_of_a_line_follow_each_other(content: str, width: float) -> None:
    half = len(content) // 2
    for line in break_lines([(styles.BODY, content[:half]), (styles.STRONG, content[half:])], width):
        end = 0.0
        for offset, style, text in line.pieces:
            assert offset >= end - 0.02
            end = offset + measure(style, text)


def test_newlines_break_and_empty_text_gives_no_line() -> None:
    assert len(break_lines([(styles.BODY, "satu\ndua\n\ntiga")], 400)) == 4
    assert break_lines([(styles.BODY, "")], 400) == []
    assert break_lines([(styles.BODY, "   ")], 400) == []


def test_a_no_break_space_holds_words_together() -> None:
    together = "hal\u00a0dua"
    (first, second) = break_lines([(styles.BODY, f"satu {together}")], measure(styles.BODY, together) + 1)
    assert first.pieces[0][2] == "satu"
    assert second.pieces[0][2] == together


def test_a_word_longer_than_the_line_is_cut_and_goes_on() -> None:
    lines = break_lines([(styles.BODY, "W" * 100)], 60)
    assert len(lines) > 10
    assert sum(len(line.pieces[0][2]) for line in lines) == 100


@given(st.lists(TYPED, max_size=6), WIDTHS)
def test_each_choice_gets_one_square(words: list[str], width: float) -> None:
    words = [word for word in words if word.strip(" \n\u00a0")]
    lines = choice_lines(styles.BODY, words, width + 20)
    assert sum(len(line.boxes) for line in lines) == len(words)
    assert all(line.width <= width + 20.02 or len(line.pieces) == 1 for line in lines)
