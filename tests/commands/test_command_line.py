"""What `ilp-desk` does with its words: help in Indonesian, exit codes, commands loaded only when asked for."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ilp_desk import __main__, __version__
from ilp_desk.commands import Exit, exit_code, load, match, names, run
from ilp_desk.commands._parser import Parser, said
from ilp_desk.errors import DatabaseTrouble, NotFound, UserError


def test_every_command_says_its_name_and_what_it_does() -> None:
    assert {"run", "demo", "tour", "screens", "find", "check"} <= set(names())
    for name in names():
        command = load(name)
        assert name == command.NAME
        assert command.HELP.endswith(".")
        parser = Parser(f"ilp-desk {name}", command.HELP)
        command.arguments(parser)
        assert "usage:" not in parser.format_help()


def test_help_is_indonesian_and_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        __main__.main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("pemakaian: ilp-desk")
    for name in names():
        assert f"  {name} " in text
    for english in ("usage", "options", "positional", "show this"):
        assert english not in text


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        __main__.main(["--version"])
    assert capsys.readouterr().out == f"ILP Desk {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        (["tidak-ada"], "perintah 'tidak-ada' tidak dikenal"),
        (["--salah"], "argumen tidak dikenal: --salah"),
        (["demo", "--patients", "banyak"], "--patients: nilai 'banyak' tidak dapat dibaca"),
        (["demo", "--patients"], "--patients harus diikuti satu nilai"),
        (["tour"], "argumen ini harus diisi: --out"),
    ],
)
def test_wrong_words_are_refused_in_indonesian(
    words: list[str], said_so: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = __main__.main(words)
    except SystemExit as left:
        code = left.code
    assert code == Exit.USAGE
    assert said_so in capsys.readouterr().err


def test_two_words_may_name_one_command() -> None:
    assert match(["import", "patients", "a.csv"]) == ("import patients", ["a.csv"])
    assert match(["find", "siti", "nur"]) == ("find", ["siti", "nur"])
    assert match(["siti"]) == ("", ["siti"])


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (UserError("Tidak bisa."), Exit.TROUBLE),
        (NotFound(), Exit.NOTHING),
        (DatabaseTrouble("damaged", "Rusak."), Exit.DATABASE),
    ],
)
def test_an_error_for_people_is_told_and_has_its_code(
    trouble: UserError, code: Exit, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(args: argparse.Namespace) -> int:
        raise trouble

    monkeypatch.setattr(run, "run", fails)
    assert __main__.main(["run"]) == code == exit_code(trouble)
    assert trouble.sentence in capsys.readouterr().err


def test_ctrl_c_ends_without_a_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run", stopped)
    assert __main__.main([]) == Exit.CANCELLED
    assert capsys.readouterr().err == "ilp-desk: dihentikan.\n"


@pytest.mark.parametrize("words", [["--data", "x", "run"], ["run", "--data", "x"]])
def test_the_data_folder_may_stand_before_or_behind_the_command(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def look(args: argparse.Namespace) -> int:
        seen.append(args.data)
        return Exit.OK

    monkeypatch.setattr(run, "run", look)
    __main__.main(words)
    assert seen == [Path("x")]


def test_what_argparse_says_otherwise_stays_readable() -> None:
    assert said("something new") == "something new"
    assert said("argument --a: not allowed with argument --b") == "--a tidak dapat dipakai bersama --b"


def test_a_quick_word_loads_neither_windows_nor_database() -> None:
    program = (
        "import sys\nfrom ilp_desk.__main__ import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('PySide6', 'sqlalchemy', 'reportlab', 'db') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("environ", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_be_shown(environ: dict[str, str], platform: str, there: bool) -> None:
    assert run.has_screen(environ, platform) is there


def test_without_a_screen_the_tour_runs_and_says_where_its_pictures_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[argparse.Namespace] = []

    def go(args: argparse.Namespace) -> int:
        asked.append(args)
        return Exit.OK

    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--out", type=Path)

    monkeypatch.setattr(run, "has_screen", lambda environ: False)
    monkeypatch.setattr(run, "load", lambda name: SimpleNamespace(arguments=arguments, run=go))
    monkeypatch.setitem(os.environ, "QT_QPA_PLATFORM", "offscreen")
    assert __main__.main([]) == Exit.OK
    told = capsys.readouterr().out
    assert "Tidak ada layar" in told
    assert f"Gambar dan PDF ada di {asked[0].out}" in told
    asked[0].out.rmdir()
