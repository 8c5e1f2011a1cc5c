"""ICD-10: our words, and how a code is found by them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.icd import IcdIndex, build_index, find
from ilp_desk.domain.reference import BadReference, IcdTable, load_icd_words
from resources import icd10_titles, read


@pytest.fixture(scope="module")
def table() -> IcdTable:
    return load_icd_words(read("icd10_id"))


@pytest.fixture(scope="module")
def index(table: IcdTable) -> IcdIndex:
    return build_index(icd10_titles(), table)


def codes(index: IcdIndex, text: str, limit: int = 20, **favourites: int) -> list[str]:
    used = {code.replace("_", "."): count for code, count in favourites.items()}
    return [entry.code for entry in find(text, index, used, limit)]


def test_at_least_400_codes_have_indonesian_words_and_all_of_them_exist(table: IcdTable) -> None:
    book = {code for code, _ in icd10_titles()}
    ours = {row.code for row in table.rows}
    assert len(ours) >= 400
    assert ours <= book


def test_the_whole_book_is_there(index: IcdIndex) -> None:
    assert len(index.entries) > 12_000
    assert index.by_code["B53.1"].title_en == "Malaria due to simian plasmodia"
    assert index.by_code["B53.1"].label == "Malaria due to simian plasmodia"


def test_labels_are_short_unambiguous_and_start_with_a_capital(table: IcdTable) -> None:
    labels = [row.words[0] for row in table.rows]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label[0].isupper() or label[0].isdigit()
        assert len(label) <= 60


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("I10", "Hipertensi"),
        ("J06.9", "ISPA"),
        ("O14.1", "Preeklamsia berat"),
        ("A97.1", "Dengue dengan tanda bahaya"),
        ("E11.9", "DM tipe 2"),
        ("K29.7", "Gastritis"),
        ("Z34.9", "Kehamilan normal"),
        ("Z00.0", "Pemeriksaan kesehatan umum"),
        ("A15.0", "TB paru, dahak positif"),
        ("O99.0", "Anemia dalam kehamilan"),
        ("P07.1", "Berat lahir rendah"),
        ("L91.0", "Keloid"),
    ],
)
def test_labels_that_matter(index: IcdIndex, code: str, label: str) -> None:
    assert index.by_code[code].label_id == label


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("i10", "I10"),
        ("o141", "O14.1"),
        ("O14.1", "O14.1"),
        ("  e11.9 ", "E11.9"),
        ("hipertensi", "I10"),
        ("darah tinggi", "I10"),
        ("tinggi darah", "I10"),
        ("kencing manis", "E11.9"),
        ("maag", "K29.7"),
        ("batuk pilek", "J06.9"),
        ("ispa", "J06.9"),
        ("preeklamsia berat", "O14.1"),
        ("berat preekl", "O14.1"),
        ("PEB", "O14.1"),
        ("hamil normal", "Z34.9"),
        ("demam berdarah", "A97.9"),
        ("kudis", "B86"),
        ("panu", "B36.0"),
        ("tipes", "A01.0"),
        ("sunat", "Z41.2"),
        ("kejang demam", "R56.0"),
        ("simian", "B53.1"),
        ("meniere", "H81.0"),
        ("Ménière", "H81.0"),
    ],
)
def test_the_best_one_comes_first(index: IcdIndex, typed: str, first: str) -> None:
    assert codes(index, typed)[:1] == [first]


def test_codes_beginning_so_come_in_the_order_of_the_book_after_those_a_category_without_words(index: IcdIndex) -> None:
    assert codes(index, "o14") == ["O14.0", "O14.1", "O14.2", "O14.9", "O14"]


def test_favourites_come_first_among_equals_and_alone_when_nothing_is_typed(index: IcdIndex) -> None:
    assert codes(index, "luka bakar")[0] == "T30.0"
    assert codes(index, "o14", O14_1=3)[:2] == ["O14.1", "O14.0"]
    assert codes(index, "diare akut", A09_9=2)[0] == "A09.9"
    assert codes(index, "", I10=2, J06_9=9, XYZ=5) == ["J06.9", "I10"]
    assert codes(index, "") == []


def test_favourites_do_not_push_aside_a_better_match(index: IcdIndex) -> None:
    assert codes(index, "hipertensi", O13=50)[0] == "I10"


def test_nothing_found_and_a_limit_kept(index: IcdIndex) -> None:
    assert codes(index, "xyzzy") == []
    assert codes(index, "hipertensi xyzzy") == []
    assert len(codes(index, "a", limit=7)) == 7


@pytest.mark.parametrize("typed", ["o14.1", "O141", "o14.1 "])
def test_a_code_is_looked_up_as_it_is_typed(index: IcdIndex, typed: str) -> None:
    entry = index.get(typed)
    assert entry is not None
    assert entry.code == "O14.1"
    assert index.get("Q99.99") is None


@pytest.mark.parametrize(
    "code",
    ["A15.0", "A53.9", "A63.0", "B16.9", "B18.2", "B20", "B24", "F20.9", "F32.9", "F19.2", "Z21", "Z30.4", "Z11.4",
     "T74.2", "O98.7", "O98.1", "X61", "Y05", "Z22.7"],
)  # fmt: skip
def test_sensitive(index: IcdIndex, code: str) -> None:
    assert index.by_code[code].sensitive


@pytest.mark.parametrize("code", ["I10", "E11.9", "B15.9", "A09", "O14.1", "Z34.9", "J45.9", "Z20.3", "A65", "G40.9"])
def test_not_sensitive(index: IcdIndex, code: str) -> None:
    assert not index.by_code[code].sensitive


@pytest.mark.parametrize("code", ["I10", "E11.9", "J45.9", "J44.9", "N18.5", "F20.9", "B24", "A15.0", "G40.9", "I50.0"])
def test_long_lasting(index: IcdIndex, code: str) -> None:
    assert index.by_code[code].chronic


@pytest.mark.parametrize("code", ["J06.9", "A09", "K29.7", "O14.1", "Z34.9", "R50.9", "T14.1"])
def test_not_long_lasting(index: IcdIndex, code: str) -> None:
    assert not index.by_code[code].chronic


def test_a_site_may_lay_its_own_words_over_ours() -> None:
    site: dict[str, Any] = {
        "version": "2026.A",
        "valid_from": read("icd10_id")["valid_from"],
        "source": "Puskesmas",
        "status": "confirmed",
        "icd": [{"code": "I10", "words": ["Hipertensi primer", "tensi"]}],
    }
    index = build_index(icd10_titles(), load_icd_words(read("icd10_id"), site))
    assert index.by_code["I10"].label_id == "Hipertensi primer"
    assert index.version == f"{read('icd10_id')['version']}+2026.A"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": []}, '"words" tidak boleh kosong'),
        ({"words": ["Kolera", ""]}, '"words" harus daftar tulisan'),
        ({"cronic": True}, '"cronic" tidak dikenal'),
        ({"chronic": "ya"}, '"chronic" harus true atau false'),
    ],
)
def test_a_bad_row_is_refused_with_its_place(change: dict[str, Any], said: str) -> None:
    raw = read("icd10_id")
    raw["icd"][0] |= change
    with pytest.raises(BadReference) as refused:
        load_icd_words(raw)
    assert said in refused.value.sentence
    assert "icd10_id.toml, icd ke-1 (A00.9)" in refused.value.sentence


@given(text=st.text(max_size=320))
def test_whatever_is_typed_gives_at_most_twenty_codes(index: IcdIndex, text: str) -> None:
    found = find(text, index)
    assert len(found) <= 20
    assert len({entry.code for entry in found}) == len(found)


@given(data=st.data())
def test_every_code_of_ours_is_found_by_each_of_its_names(
    index: IcdIndex, table: IcdTable, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(table.rows.rows))
    name = data.draw(st.sampled_from(row.words))
    assert row.code in [entry.code for entry in find(name, index, limit=40)]


@pytest.mark.parametrize("typed", ["z34", "z35", "z39", "z30", "z23", "z00", "z01", "o14", "o15", "z27"])
def test_a_category_is_answered_in_indonesian_first(index: IcdIndex, typed: str) -> None:
    first = find(typed, index)[0]
    assert first.label_id, first
    assert first.code.startswith(typed.upper())


def test_a_category_of_the_book_alone_still_comes(index: IcdIndex) -> None:
    assert "Z27" in codes(index, "z27")
