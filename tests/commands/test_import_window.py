"""The import as a window starts it: its data folder, its key on the standard input, sentences as JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.keys import Cost, write_key_file
from ilp_desk.__main__ import main
from ilp_desk.commands import Exit
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.person import Person
from ilp_desk.services.tables import write_csv
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House

HEADING = ("Nama Pasien", "JK", "Tgl Lahir", "Desa", "Penjamin", "NIK")
ROWS = (
    ("Siti Nurhaliza", "P", "03-02-1999", "Contoh Hilir", "JKN PBI", "1306044302999001"),
    ("Yusnidar", "P", "01-01-1980", "Lain Desa", "BPJS", ""),
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "pasien.csv"
    write_csv(path, HEADING, ROWS)
    return path


class Said:
    """Runs the program in this process; gives the exit code and the lines of JSON."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch

    def __call__(self, *words: str, fed: str = KEY.hex()) -> tuple[int, list[dict[str, Any]]]:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(fed + "\n"))
        code = main(["--data", str(self.folder), "import", "patients", *words, "--progress"])
        return code, [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]


@pytest.fixture
def said(house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    return Said(house.folder, capsys, monkeypatch)


def test_the_key_comes_by_the_standard_input_though_a_passphrase_is_asked_for(
    house: House, people: Path, said: Said
) -> None:
    write_key_file(house.folder / "desk.key", KEY, passphrase="kata sandi pembuka", cost=Cost(1, 8, 1))
    code, lines = said(str(people), "--key-from-input")
    assert (code, lines[-1]["result"]["added"]) == (Exit.OK, 2)
    assert len(house.read(Person)) == 2


@pytest.mark.parametrize("fed", ["", "bukan kunci", KEY.hex()[:-2]])
def test_a_key_that_does_not_arrive_is_told_in_a_sentence(house: House, people: Path, said: Said, fed: str) -> None:
    code, lines = said(str(people), "--key-from-input", fed=fed)
    assert code == Exit.DATABASE
    assert "Kunci basis data tidak sampai" in lines[-1]["error"]


def test_data_that_do_not_open_are_told_to_the_window(house: House, people: Path, said: Said) -> None:
    code, lines = said(str(people), "--key-from-input", fed="ff" * 32)
    assert code == Exit.DATABASE
    assert lines[-1].keys() == {"error"}
    said.folder = house.folder / "belum ada"
    code, lines = said(str(people), "--key-from-input")
    assert "Belum ada basis data" in lines[-1]["error"]


def test_a_column_that_is_told_away_is_not_imported(house: House, people: Path, said: Said) -> None:
    said(str(people), "--key-from-input", "--map", "payer=", "--map", "village=")
    assert {(p.payer, p.outside, p.area_uid) for p in house.read(Person)} == {("", "", None)}


def test_a_wanted_column_that_is_told_away_is_asked_for(house: House, people: Path, said: Said) -> None:
    _, lines = said(str(people), "--key-from-input", "--map", "name=")
    assert "nama" in lines[-1]["error"]
    assert house.read(Person) == ()


def test_the_report_names_the_unknown_villages(house: House, people: Path, said: Said) -> None:
    dry = said(str(people), "--key-from-input", "--dry-run")[1][-1]["result"]
    wet = said(str(people), "--key-from-input")[1][-1]["result"]
    assert dry == wet
    assert (wet["unplaced"], wet["noted"], wet["places"]) == (1, 1, [["Lain Desa", 1]])


def test_an_error_file_that_cannot_be_written_is_told_before_anything_is_stored(
    house: House, people: Path, said: Said
) -> None:
    folder = people.with_name("perlu-diperiksa.csv")
    folder.mkdir()
    code, lines = said(str(people), "--key-from-input", "--errors", str(folder))
    assert code == Exit.TROUBLE
    assert "perlu-diperiksa.csv tidak dapat ditulis" in lines[-1]["error"]
    assert house.read(Person) == ()


def test_the_list_itself_is_never_written_over(people: Path, said: Said) -> None:
    before = people.read_bytes()
    code, lines = said(str(people), "--key-from-input", "--errors", str(people))
    assert code == Exit.TROUBLE
    assert "daftarnya sendiri" in lines[-1]["error"]
    assert people.read_bytes() == before


def test_a_template_that_cannot_be_written_is_told(tmp_path: Path, said: Said) -> None:
    code, lines = said("--template", str(tmp_path / "tidak ada" / "contoh.csv"))
    assert code == Exit.TROUBLE
    assert "tidak dapat ditulis" in lines[-1]["error"]


def test_earlier_facts_come_in_and_bad_rows_are_written_beside(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    child = house.person("Alif", "2025-01-21", "L", nik="1306046101250001")
    path, errors = tmp_path / "imunisasi.csv", tmp_path / "salah.csv"
    write_csv(path, ("NIK", "Vaksin", "Tanggal"), ((child.nik, "BCG", "2/2025"), (child.nik, "BCG", "2/2024")))
    monkeypatch.setattr(sys, "stdin", io.StringIO(KEY.hex() + "\n"))
    words = ["--data", str(house.folder), "import", "facts", str(path), "--key-from-input", "--errors", str(errors)]
    assert main(words) == Exit.FINDINGS
    assert "2 baris: 1 ditambahkan, 0 sudah ada, 1 ditolak." in capsys.readouterr().out
    assert [(dose.code, dose.person_uid) for dose in house.read(GivenDose)] == [("bcg", child.uid)]
    assert "sebelum lahir (21-01-2025)" in errors.read_text("utf-8-sig")
