"""The house stands as drawn: import contracts, lint and types hold, and a planted break of each contract is seen."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("ilp_desk", "ui", "db", "printing", "resources")

# contract: (file to plant, what it says)
PLANTED = {
    "Rooms are layered": ("db/planted_sibling.py", "import printing"),
    "Every module of the core has its floor": ("ilp_desk/planted_floor.py", ""),
    "The core knows no Qt, no SQL, no PDF": (
        "ilp_desk/services/planted_qt.py",
        "def late():\n    import PySide6.QtWidgets",
    ),
    "Rules are told the date, they do not ask for it": (
        "ilp_desk/domain/planted_clock.py",
        "from ilp_desk import clock",
    ),
    "db and printing serve; they do not call use cases": (
        "printing/planted_service.py",
        "import ilp_desk.services",
    ),
    "Screens see services and rows, never ports": (
        "ui/planted_port.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ilp_desk.ports",
    ),
    "Only ui knows Qt": ("resources/planted_qt.py", "from PySide6.QtGui import QIcon"),
    "Only db knows SQLAlchemy": ("ui/planted_sql.py", "from sqlalchemy import select"),
    "Only printing knows ReportLab": ("ui/planted_pdf.py", "from reportlab.pdfgen import canvas"),
    "Screens stand alone": ("ui/screens/planted_screen.py", "import ui.screens.planted_neighbour"),
    "Forms stand alone": ("printing/forms/planted_form.py", "import printing.forms.planted_neighbour"),
    "Table models stay in db": ("ui/planted_model.py", "import db.models"),
}
NEIGHBOURS = ("ui/screens/planted_neighbour.py", "printing/forms/planted_neighbour.py")


def contracts() -> list[str]:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def check_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter in a process of its own, on the rooms that stand in `folder`."""
    program = "from importlinter.cli import lint_imports_command as run; run(['--no-cache', '--no-logo'])"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "COLUMNS": "1000", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def run_tool(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says of a copy with every break planted: contract to the text about it."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for room in ROOMS:
        shutil.copytree(PROJECT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in [*PLANTED.values(), *((neighbour, "") for neighbour in NEIGHBOURS)]:
        (folder / path).write_text(text + "\n", "utf-8")
    told = check_contracts(folder)
    assert "BROKEN" in told.stdout, told.stdout + told.stderr
    details = told.stdout.split("Broken contracts", 1)[1]
    parts = re.split(r"^(.+)\n-{3,}$", details, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_rooms_keep_every_contract() -> None:
    told = check_contracts(PROJECT)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"{len(contracts())} kept, 0 broken" in told.stdout


def test_each_contract_has_its_planted_break() -> None:
    assert list(PLANTED) == contracts()


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_break_is_seen(contract: str, verdict: dict[str, str]) -> None:
    planted = PLANTED[contract][0].removesuffix(".py").replace("/", ".")
    assert re.search(rf"\b{planted.removeprefix('ilp_desk.')}\b", verdict[contract])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_from_the_project(room: str) -> None:
    """A folder of the same name elsewhere on the path would hide it."""
    file = importlib.import_module(room).__file__
    assert file is not None
    assert Path(file).resolve() == PROJECT / room / "__init__.py"


def test_every_folder_of_a_room_is_a_package() -> None:
    """The contracts do not see into a folder without `__init__.py`."""
    folders = {file.parent for room in ROOMS for file in (PROJECT / room).rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_ruff_is_clean() -> None:
    told = run_tool("ruff", "check", "--no-cache", ".")
    assert told.returncode == 0, told.stdout + told.stderr


def test_types_are_strict_and_clean() -> None:
    told = run_tool("mypy")
    assert told.returncode == 0, told.stdout + told.stderr
