"""Record numbers as they are written."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.numbering import (
    SEPARATORS,
    folder_number,
    place_codes,
    read_folder_number,
    running_number,
    running_serial,
)


@dataclass(frozen=True)
class Row:
    code: str
    standard: str


TABLE = (Row("00", "head"), Row("01", "wife"), Row("02", "child"), Row("03", "child"), Row("10", "relative"))


def test_a_running_number_has_its_width_and_pairs_from_the_right() -> None:
    assert running_number(1247, 6) == "001247"
    assert running_number(1247, 6, "-") == "00-12-47"
    assert running_number(1247, 6, ".") == "00.12.47"
    assert running_number(12345, 5, "-") == "1-23-45"
    assert running_number(1_234_567, 6, "-") == "1-23-45-67"


@given(st.integers(1, 10**9), st.integers(1, 10), st.sampled_from(SEPARATORS))
@settings(max_examples=100, deadline=None)
def test_a_running_number_reads_back(serial: int, width: int, separator: str) -> None:
    assert running_serial(running_number(serial, width, separator), max(width, 10)) == serial


def test_what_is_no_running_number_has_no_serial() -> None:
    for text in ("", "A-12", "1234567", "٠٠١٢٣٤", "IGD 7"):
        assert running_serial(text, 6) is None


def test_a_folder_number_is_taken_apart() -> None:
    found = read_folder_number("01.0012.03")
    assert found is not None
    assert (found.village, found.serial, found.place, found.folder) == ("01", "0012", "03", "01-0012")
    assert folder_number("01", 12) == "01-0012"
    assert read_folder_number("01-000012-03", width=6) is not None
    assert read_folder_number("01-0012") is None
    assert read_folder_number("0A-0012-03") is None


def test_a_child_gets_the_next_free_place_of_children() -> None:
    assert place_codes("child", TABLE, {"02"})[0] == "03"


def test_a_husband_who_is_not_the_head_stands_where_the_wife_would() -> None:
    assert place_codes("husband", TABLE, ())[0] == "01"


def test_whoever_finds_no_place_comes_after_the_other_relatives() -> None:
    assert place_codes("child", TABLE, {"02", "03"})[:2] == ("10", "11")
    assert place_codes("helper", TABLE, {"10"})[0] == "11"


@given(st.sampled_from(["head", "wife", "child", "uncle", ""]), st.sets(st.integers(0, 99)))
@settings(max_examples=100, deadline=None)
def test_a_place_once_taken_is_never_offered(relationship: str, numbers: set[int]) -> None:
    taken = {f"{n:02d}" for n in numbers}
    offered = place_codes(relationship, TABLE, taken)
    assert not taken & set(offered)
    assert len(offered) == len(set(offered))
