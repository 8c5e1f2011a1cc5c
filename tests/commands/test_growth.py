"""`ilp-desk growth`: a posyandu's sheet goes in, the same sheet with z-scores comes out."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from db.keys import write_key_file
from ilp_desk.__main__ import main
from ilp_desk.commands import Exit
from ilp_desk.domain.growth.rows import ADDED
from ilp_desk.settings import load
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House

HEADING = "nama,sex,age_days,weight_kg,length_height_cm,measure,oedema,head_cm,muac_cm"
RIZKI = "Rizki,L,427,7.8,74.0,L,n,45.2,12.9"
SWAPPED = "Siti,P,400,75,9.2,L,n,45,13"


def answered(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def sheet(
    folder: Path, *rows: str, heading: str = HEADING, name: str = "posyandu.csv", encoding: str = "utf-8"
) -> Path:
    path = folder / name
    path.write_text("\n".join((heading, *rows)) + "\n", encoding)
    return path


def test_a_sheet_is_computed_and_nothing_of_it_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "hasil.csv"
    assert main(["growth", str(sheet(tmp_path, RIZKI)), "--out", str(out)]) == Exit.OK
    assert f"1 baris: 1 dihitung, 0 tidak. Hasilnya di {out}." in capsys.readouterr().out
    (row,) = answered(out)
    assert list(row) == [*HEADING.split(","), *ADDED]
    assert row["nama"] == "Rizki"
    assert (row["zwei"], row["label_wei"]) == ("-2.34", "Berat badan kurang")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_bad_row_is_told_by_its_number_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil.csv"
    source = sheet(tmp_path, RIZKI, "Ani,P,x,8,70,,,,", "", SWAPPED, "Budi,L,427,8.0,74.5,,,,")
    assert main(["growth", str(source), "--out", str(out)]) == Exit.FINDINGS
    said = capsys.readouterr().out
    assert "Baris 3: age_days “x” bukan angka" in said
    assert "Baris 5: weight_kg 75 dan length_height_cm 9,2 tampaknya tertukar." in said
    assert "4 baris: 2 dihitung, 2 tidak." in said
    rows = answered(out)
    assert [row["nama"] for row in rows] == ["Rizki", "Ani", "Siti", "Budi"]
    assert [bool(row["zwei"]) for row in rows] == [True, False, False, True]
    assert "bukan angka" in rows[1]["note"]


def test_a_sheet_with_swapped_headings_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = sheet(tmp_path, *[SWAPPED] * 30)
    assert main(["growth", str(source), "--out", str(tmp_path / "o.csv")]) == Exit.FINDINGS
    said = capsys.readouterr().out
    assert "Di 30 baris weight_kg dan length_height_cm tampaknya tertukar. Tukar judul kedua kolom itu" in said
    assert said.count("Baris ") == 20
    assert "dan 10 baris lain" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_semicolons_and_decimal_commas_come_back_as_they_went(tmp_path: Path, encoding: str) -> None:
    out = tmp_path / "hasil.csv"
    heading, row = HEADING.replace(",", ";"), "Zoé;L;427;7,8;74,0;L;n;45,2;12,9"
    source = sheet(tmp_path, row, heading=heading, encoding=encoding)
    assert main(["growth", str(source), "--out", str(out)]) == Exit.OK
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") is (encoding == "utf-8-sig")
    (found,) = answered(out, encoding, ";")
    assert (found["nama"], found["zwei"]) == ("Zoé", "-2,34")


def test_semicolons_with_decimal_points_keep_their_points(tmp_path: Path) -> None:
    out = tmp_path / "hasil.csv"
    source = sheet(tmp_path, RIZKI.replace(",", ";"), heading=HEADING.replace(",", ";"))
    assert main(["growth", str(source), "--out", str(out)]) == Exit.OK
    assert answered(out, delimiter=";")[0]["zwei"] == "-2.34"


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["sex", "age_days", "weight_kg", "length_height_cm"])
    page.append(["L", 427, 7.8, 74])
    book.save(tmp_path / "posyandu.xlsx")
    out = tmp_path / "hasil.csv"
    assert main(["growth", str(tmp_path / "posyandu.xlsx"), "--out", str(out)]) == Exit.OK
    assert answered(out, "utf-8-sig", ";")[0]["zwei"] == "-2,34"


def test_a_decimal_comma_that_cut_the_row_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = sheet(tmp_path, "Rizki,L,427,7,8,74,0,L,n,45,2,12,9", RIZKI + ",,")
    assert main(["growth", str(source), "--out", str(tmp_path / "o.csv")]) == Exit.FINDINGS
    said = capsys.readouterr().out
    assert "Baris 2: Baris ini berisi 13 kolom, judulnya 9. Tulis desimal dengan titik" in said
    assert "1 dihitung" in said


def test_a_sheet_without_rows_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["growth", str(sheet(tmp_path)), "--out", str(tmp_path / "o.csv")]) == Exit.NOTHING
    assert "0 baris" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "kosong"),
        ("nama,umur\nA,1\n", "Kolom sex tidak ada"),
        ("sex,weight_kg\nL,9\n", "Kolom umur tidak ada"),
        ("sex,age_days\nL,9\n", "Kolom ukuran tidak ada"),
    ],
)
def test_a_file_that_is_no_sheet_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    source, out = tmp_path / "x.csv", tmp_path / "o.csv"
    source.write_text(content, "utf-8")
    assert main(["growth", str(source), "--out", str(out)]) == Exit.TROUBLE
    assert words in capsys.readouterr().err
    assert not out.exists()


def test_files_that_cannot_be_read_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = sheet(tmp_path, RIZKI)
    before = source.read_bytes()
    assert main(["growth", str(tmp_path / "tidak.csv"), "--out", str(tmp_path / "o.csv")]) == Exit.TROUBLE
    assert "tidak ditemukan" in capsys.readouterr().err
    assert main(["growth", str(source), "--out", str(source)]) == Exit.TROUBLE
    assert "sama dengan berkas asal" in capsys.readouterr().err
    assert source.read_bytes() == before
    assert main(["growth", str(source), "--out", str(tmp_path / "tidak" / "o.csv")]) == Exit.TROUBLE
    assert "tidak dapat ditulis" in capsys.readouterr().err


def test_no_window_and_no_database_are_wanted(tmp_path: Path) -> None:
    source = sheet(tmp_path, RIZKI)
    program = (
        "import sys\nfrom ilp_desk.__main__ import main\n"
        f"main(['growth', {str(source)!r}, '--out', {str(tmp_path / 'o.csv')!r}])\n"
        "print([n for n in ('PySide6', 'sqlalchemy', 'reportlab', 'rcpchgrowth', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


OWN_LABELS = """
version = "PKM-1"
valid_from = 2020-01-01
source = "SK Kepala Puskesmas"
status = "to-be-approved"

[[band]]
code = "WEI-2"
of = "zwei"
standard = "2006"
below = -2
label = "Berat kurang menurut kami"
level = "low"
"""


def test_where_a_puskesmas_laid_its_own_rules_they_hold(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.desk.site.lay_reference(house.actor("admin"), "growth.toml", OWN_LABELS.encode())
    house.desk.close()
    write_key_file(load(house.folder).key_file, KEY)
    out = tmp_path / "hasil.csv"
    words = ["--data", str(house.folder), "growth", str(sheet(tmp_path, RIZKI)), "--out", str(out)]
    assert main(words) == Exit.OK
    assert answered(out)[0]["label_wei"] == "Berat kurang menurut kami"
    assert main([*words, "--bundled"]) == Exit.OK
    assert answered(out)[0]["label_wei"] == "Berat badan kurang"
    assert "1 dihitung" in capsys.readouterr().out
