"""`ilp-desk check` on a real folder: well, and after somebody touched the audit."""

from __future__ import annotations

import socket
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.keys import write_key_file
from db.sqlite_file import opened
from ilp_desk.commands import Exit, check
from ilp_desk.settings import Settings, ThermalPrinter, load, save
from tests.house import KEY
from ui.tour.printer import TicketPrinter

if TYPE_CHECKING:
    from tests.house import House


@pytest.fixture
def folder(house: House) -> Path:
    """The data folder of a house, closed, with its key."""
    house.person("Siti Nurhaliza", "1999-02-03")
    house.desk.close()
    write_key_file(load(house.folder).key_file, KEY)
    return house.folder


def run(folder: Path, *, rebuild: bool = False) -> int:
    return check.run(Namespace(data=folder, rebuild_search=rebuild))


def test_a_sound_folder_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, rebuild=True) == Exit.OK
    told = capsys.readouterr().out
    assert "Indeks pencarian disusun ulang untuk 1 orang." in told
    assert "Semua baik." in told


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE audit SET content = replace(content, 'Siti', 'Sita') WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "UPDATE audit SET seq = CASE seq WHEN 1 THEN -2 WHEN 2 THEN 1 END WHERE seq IN (1, 2)",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
    ],
)
def test_a_touched_audit_is_found(folder: Path, touch: str, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(load(folder).database, KEY) as raw:
        guards = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'").fetchall()
        for (name,) in guards:
            raw.execute(f"DROP TRIGGER {name}")
        assert raw.execute(touch).rowcount > 0
    assert run(folder) == Exit.FINDINGS
    assert "[PERIKSA]" in capsys.readouterr().out


def test_a_ticket_printer_that_answers_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printer = TicketPrinter()
    chosen = printer.settings(80)
    save(Settings(thermal=chosen), load(folder).file)
    assert run(folder) == Exit.OK
    printer.close()
    assert f"[baik] Printer karcis: {chosen.address} menjawab." in capsys.readouterr().out


def _closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as there:
        return f"127.0.0.1:{there.getsockname()[1]}"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(a4="EPSON yang hilang"), "Printer EPSON yang hilang tidak ada di komputer ini."),
        (Settings(thermal=ThermalPrinter("cups", "KARCIS")), "Printer karcis KARCIS tidak ada di komputer ini."),
        (Settings(thermal=ThermalPrinter("windows", "KARCIS")), "Printer karcis KARCIS tidak ada di komputer ini."),
        (Settings(thermal=ThermalPrinter("tcp", _closed_port())), "tidak menjawab. Periksa apakah printer menyala"),
        (Settings(thermal=ThermalPrinter("tcp", "10.0.0.1:abc")), "Alamat printer jaringan tidak benar."),
        (Settings(thermal=ThermalPrinter("tcp", "")), "Alamat printer jaringan tidak benar."),
    ],
)
def test_a_printer_that_vanished_is_found(
    folder: Path, settings: Settings, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save(settings, load(folder).file)
    assert run(folder) == Exit.FINDINGS
    said = capsys.readouterr().out
    assert told in said.split("[PERIKSA] ", 1)[1]
    assert "1 hal perlu diperiksa." in said
