"""Tables in files: CSV as programs and spreadsheets of this country write it, and XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from ilp_desk.errors import UserError

Row = tuple[int, tuple[str, ...]]
SAMPLE = 64 * 1024
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
"""What the name of a sheet must not hold."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UnreadableTable(UserError):
    default = "Berkas tidak dapat dibaca. Simpan sebagai CSV (UTF-8) atau XLSX, lalu coba lagi."


def rows_of(path: Path) -> Iterator[Row]:
    """(line, cells) of a .csv, .txt, .tsv or .xlsx file, the heading first; empty rows are left out.

    Raises UnreadableTable, also in the middle of a damaged file.
    """
    if not path.is_file():
        raise UnreadableTable(f"Berkas {path.name} tidak ditemukan. Periksa nama dan foldernya.")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _xlsx(path)
    elif path.suffix.lower() in (".csv", ".txt", ".tsv"):
        yield from _csv(path)
    else:
        raise UnreadableTable(f"Jenis berkas {path.suffix or path.name} tidak dikenal. Simpan sebagai CSV atau XLSX.")


def count_rows(path: Path) -> int:
    """About how many rows there are, for the progress; quick, and exact for CSV without line breaks in cells."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from openpyxl import load_workbook

        book = load_workbook(path, read_only=True)
        sheet = book.active
        rows = (sheet.max_row or 1) - 1 if sheet is not None else 0
        book.close()
        return rows
    with path.open("rb") as file:
        return max(0, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1)


def csv_shape(path: Path) -> tuple[str, str]:
    """Encoding and delimiter of a .csv, .txt or .tsv file, so that an answer can be written the same way.

    UTF-8 with a mark at its beginning is utf-8-sig, without one utf-8. Raises UnreadableTable.
    """
    try:
        with path.open("rb") as file:
            marked = file.read(3) == b"\xef\xbb\xbf"
        encoding = _encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            delimiter = _delimiter(file.read(SAMPLE))
    except (OSError, UnicodeError) as trouble:
        raise UnreadableTable from trouble
    return ("utf-8" if encoding == "utf-8-sig" and not marked else encoding), delimiter


def _delimiter(sample: str) -> str:
    first = sample.splitlines()[0] if sample.strip() else ""
    return max(";,\t|", key=first.count)


def _encoding(path: Path) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else the code page of Windows here."""
    with path.open("rb") as file:
        head = file.read(4)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        file.seek(0)
        try:
            for block in iter(file.readline, b""):
                block.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _csv(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            sample = file.read(SAMPLE)
            file.seek(0)
            reader = csv.reader(file, delimiter=_delimiter(sample))
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, tuple(cells)
    except (OSError, UnicodeError, csv.Error) as trouble:
        raise UnreadableTable from trouble


def _xlsx(path: Path) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.active
        if sheet is None:
            raise UnreadableTable(f"{path.name} tidak berisi lembar kerja.")
        for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = tuple(_text(value) for value in values)
            if any(cells):
                yield line, cells
        book.close()
    except UnreadableTable:
        raise
    except Exception as trouble:  # a damaged workbook raises whatever zip, XML or openpyxl stumbled over
        raise UnreadableTable from trouble


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02d}-{value.month:02d}-{value.year:04d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def xlsx(title: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet. Every cell is text: nothing in it is reckoned, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_FORBIDDEN.sub(" ", title)[:31])
    sheet.freeze_panes = "A2"
    widths = [max([len(name), *(len(row[at]) for row in rows[:500])]) for at, name in enumerate(heading)]
    for at, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = min(max(wide + 2, 6), 44)

    def cell(text: str, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, value=_CONTROL.sub("", text))
        made.data_type = "s"
        made.number_format = "@"
        made.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            made.font = Font(bold=True)
        if text.startswith(("=", "+", "-", "@")):
            made.quotePrefix = True
        return made

    sheet.append([cell(name, bold=True) for name in heading])
    for row in rows:
        sheet.append([cell(text) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Semicolons and a mark: what the spreadsheet here opens with a double click."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading)
        writer.writerows(rows)
