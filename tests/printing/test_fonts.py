"""No sign ever leaves a hole on the paper."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.errors import UserError
from printing import fonts
from printing.fonts import SUBSTITUTE, MissingSign, printable, split, width

FACES: list[fonts.Face] = ["regular", "semibold", "bold", "italic"]


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_drawn_in_every_face(typed: str) -> None:
    for line in printable(typed).split("\n"):
        for face in FACES:
            assert "".join(run for _, run in split(line, face)) == line
            assert width(face, line) >= 0


@given(st.text(max_size=300))
def test_what_is_printable_stays_as_it_is(typed: str) -> None:
    once = printable(typed)
    assert printable(once) == once
    assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in once if sign != "\n")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_plain_text_is_untouched(typed: str) -> None:
    assert printable(typed) == typed


@given(st.text(alphabet=st.characters(categories=["Lo", "So"]), min_size=1, max_size=40))
def test_signs_that_cannot_be_printed_leave_a_visible_mark(typed: str) -> None:
    assert width("regular", printable(typed)) > 0


@pytest.mark.parametrize("face", FACES)
def test_our_own_texts_with_an_unknown_sign_are_an_error(face: fonts.Face) -> None:
    with pytest.raises(MissingSign, match="U\\+1F600"):
        split("Alergi \U0001f600", face)
    with pytest.raises(MissingSign):
        width(face, "Alergi \U0001f600")


@pytest.mark.parametrize("face", FACES)
def test_signs_of_medicine_are_there_in_every_face(face: fonts.Face) -> None:
    usual = "−≥≤→↑✓▲☐°₂₄₆×–•·µ½…“”’" + SUBSTITUTE
    assert "".join(run for _, run in split(usual, face)) == usual


def test_a_sign_missing_in_italic_comes_from_the_regular_face() -> None:
    assert split("kadar Ж", "italic") == [("italic", "kadar "), ("regular", "Ж")]


def test_check_loads_all_faces() -> None:
    fonts.check()


def test_missing_font_files_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fonts._FILES, "bold", "NoSuchFile.ttf")
    fonts.font.cache_clear()
    try:
        with pytest.raises(fonts.FontsMissing) as trouble:
            fonts.check()
    finally:
        fonts.font.cache_clear()
    assert isinstance(trouble.value, UserError)
    assert "Pasang ulang" in trouble.value.sentence
