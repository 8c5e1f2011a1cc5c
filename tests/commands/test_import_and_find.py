"""Import and find from the command line, on real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from ilp_desk.commands import _lists, _opening, find, import_patients
from ilp_desk.domain.import_rows import template
from ilp_desk.errors import UserError
from ilp_desk.services.tables import UnreadableTable, rows_of, write_csv

if TYPE_CHECKING:
    from argparse import Namespace

    from tests.house import House

HEADING = ("Nama Pasien", "JK", "Tgl Lahir", "NIK")
ROWS = (("Siti Nurhaliza", "P", "03-02-1999", "1306044302999001"), ("Tanpa Tanggal", "L", "", ""))


def parsed(module: object, *words: str) -> Namespace:
    """Arguments as the command line gives them."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.set_defaults(data=None)
    module.arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(words)


@pytest.fixture(autouse=True)
def on_this_house(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on the house instead of this machine's data."""
    from contextlib import nullcontext

    for module in (_lists, find):
        monkeypatch.setattr(module, "opened_desk", lambda *_: nullcontext(house.desk))
    assert _opening.opened_desk is not None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_it_comes(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "pasien.csv"
    text = "\r\n".join(delimiter.join(row) for row in (HEADING, ("Nu'man é", "L", "1/1/1990", "")))
    path.write_bytes(text.encode(encoding))
    assert [cells for _, cells in rows_of(path)] == [HEADING, ("Nu'man é", "L", "1/1/1990", "")]


def test_xlsx_with_real_dates_and_numbers(tmp_path: Path) -> None:
    from datetime import date

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADING))
    sheet.append(["Siti", "P", date(1999, 2, 3), 1306044302999001])
    path = tmp_path / "pasien.xlsx"
    book.save(path)
    assert list(rows_of(path))[1] == (2, ("Siti", "P", "03-02-1999", "1306044302999001"))


def test_the_reasons_of_a_row_are_told_apart(tmp_path: Path) -> None:
    path, errors = tmp_path / "pasien.csv", tmp_path / "ditolak.csv"
    write_csv(path, ("Nama", "JK", "Tgl Lahir", "NIK"), (("", "L", "1/1/1980", "12"),))
    import_patients.run(parsed(import_patients, str(path), "--errors", str(errors)))
    told = errors.read_text(encoding="utf-8-sig")
    assert "Isi nama. Bayi: tulis By. Ny. dan nama ibu; NIK: Harus 16 angka, kurang 14" in told


@pytest.mark.parametrize(("name", "content"), [("x.xlsx", b"not a workbook"), ("x.pdf", b"%PDF"), ("gone.csv", None)])
def test_an_unreadable_file_is_told_in_a_sentence(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableTable):
        list(rows_of(path))


def test_import_reports_errors_into_a_file_and_find_sees_the_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, errors = tmp_path / "pasien.csv", tmp_path / "ditolak.csv"
    write_csv(path, HEADING, ROWS)
    code = import_patients.run(parsed(import_patients, str(path), "--errors", str(errors)))
    assert code == 5
    assert "1 ditambahkan" in capsys.readouterr().out
    assert "Tanpa Tanggal" in errors.read_text(encoding="utf-8-sig")
    assert find.run(parsed(find, "nurhaliza siti", "--json")) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["people"][0]["name"] == "Siti Nurhaliza"
    assert "1306044302999001" not in json.dumps(shown)
    assert find.run(parsed(find, "tidak ada orangnya")) == 3


def test_progress_is_told_as_lines_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pasien.csv"
    write_csv(path, HEADING, ROWS)
    import_patients.run(parsed(import_patients, str(path), "--dry-run", "--progress"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["done"] == 2
    assert lines[-1]["result"]["added"] == 1


def test_the_template_is_understood_by_the_import(tmp_path: Path) -> None:
    path = tmp_path / "contoh.csv"
    assert import_patients.run(parsed(import_patients, "--template", str(path))) == 0
    assert next(iter(rows_of(path)))[1] == template()


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pasien.csv"
    write_csv(path, ("Nama Px", "JK", "Lahir"), ())
    with pytest.raises(UserError, match="nama"):
        import_patients.run(parsed(import_patients, str(path)))
