"""The tree of the catchment, and several names typed in one go."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.areas import LEVELS, MOST_AT_ONCE, in_order, read_names, spoken
from ilp_desk.domain.site import Area


def area(uid: str, level: str, name: str, parent: str | None = None, position: int = 0) -> Area:
    return Area(uid=uid, name=name, level=level, parent_uid=parent, position=position)


def test_a_range_of_rt_is_typed_in_one_go() -> None:
    assert read_names("rt", "1-4") == ("01", "02", "03", "04")
    assert read_names("rw", "RW 1, 3; rw 12") == ("01", "03", "12")
    assert read_names("rt", "01, 1, 001") == ("01",)


def test_several_hamlets_are_typed_in_one_go() -> None:
    assert read_names("hamlet", "Gasang;  Koto   Kaciak ; ;Bancah") == ("Gasang", "Koto Kaciak", "Bancah")
    assert read_names("hamlet", "Simpang, Empat") == ("Simpang, Empat",)


def test_a_range_nobody_means_is_taken_as_typed() -> None:
    assert read_names("rt", "9-1") == ("9-1",)
    assert read_names("rt", "1-999") == ("1-999",)


@given(st.sampled_from(sorted(LEVELS)), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_gives_each_name_once(level: str, text: str) -> None:
    names = read_names(level, text)
    assert len(names) == len(set(names)) <= MOST_AT_ONCE * (len(text) + 1)
    assert all(name.strip() for name in names)


def test_the_tree_reads_from_village_to_rt() -> None:
    tree = (
        area("r", "rt", "01", "w"),
        area("p", "posyandu", "Melati", "h"),
        area("w", "rw", "02", "h"),
        area("h", "hamlet", "Gasang", "v"),
        area("u", "pustu", "Pustu Bayua", "v"),
        area("v", "village", "Maninjau"),
        area("z", "village", "Aia Tajun", position=1),
    )
    lines = in_order(tree)
    assert [(line.depth, line.path[-1]) for line in lines] == [
        (0, "Maninjau"),
        (1, "Gasang"),
        (2, "RW 02"),
        (3, "RT 01"),
        (2, "Posyandu Melati"),
        (1, "Pustu Bayua"),
        (0, "Aia Tajun"),
    ]
    assert lines[3].path == ("Maninjau", "Gasang", "RW 02", "RT 01")


def test_a_node_whose_parent_is_gone_is_not_lost() -> None:
    assert [line.area.uid for line in in_order([area("h", "hamlet", "Gasang", "gone")])] == ["h"]


def test_the_kind_is_said_once() -> None:
    assert spoken(area("p", "posyandu", "Posyandu Melati")) == "Posyandu Melati"
    assert spoken(area("p", "posyandu", "Melati")) == "Posyandu Melati"
