"""Every screen is pictured on sample data, and whatever is wrong with one of them is told."""

from __future__ import annotations

import argparse
import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, qWarning
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ilp_desk.commands import Exit
from ilp_desk.commands import screens as command
from ilp_desk.errors import UserError
from tests.house import House
from ui.main_window import MainWindow
from ui.navigation import SCREENS, Screen
from ui.page import Context, Page
from ui.pictures import SIZES, Sitter, draw, sitter_of
from ui.print_jobs import PrintJob
from ui.shots import SHOTS, Shot
from ui.stage import NothingCame, Stage
from ui.theme import NORMAL, use

SMALL = {"1093x614": (1093, 614)}


@pytest.fixture
def stage(qapp: QApplication, house: House) -> Iterator[Stage]:
    """The desk of a little house, photographed."""
    with Stage(house.desk, "Puskesmas Contoh") as made:
        yield made
    use(NORMAL)


@pytest.fixture
def sitters(house: House) -> dict[str, Sitter]:
    return {role: Sitter(house.actor(role), "Loket 1") for role in ("registration", "doctor", "admin")}


def run(*arguments: str) -> tuple[int, str]:
    """The command line, and what it said."""
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    said = io.StringIO()
    with redirect_stdout(said):
        code = command.run(parser.parse_args(arguments))
    return code, said.getvalue()


def test_every_screen_and_state_is_pictured_without_a_complaint(qapp: QApplication, tmp_path: Path) -> None:
    code, said = run("--out", str(tmp_path), "--size", "1093x614", "--patients", "400", "--visits", "200")
    assert (code, [line for line in said.splitlines() if "perlu dilihat" in line]) == (Exit.OK, [])
    names = {file.name.removesuffix("-1093x614.png") for file in tmp_path.glob("*.png")}
    assert names >= {screen.code for screen in SCREENS} | {shot.name for shot in SHOTS}
    assert QImage(str(tmp_path / "registration-1093x614.png")).size().toTuple() == (1093, 614)


@pytest.mark.parametrize(
    "name",
    [
        "registration-orang", "registration-keluarga", "care-skrining", "care-layanan", "kehamilan", "nifas",
        "tumbuh-kembang", "tumbuh-kembang-kertas", "imunisasi", "skrining-skilas", "skrining-skilas-hasil",
        "recall-semua", "recall-kertas", "lembar-posyandu", "manage-acuan", "manage-acuan-isi",
    ],
)  # fmt: skip
def test_what_must_be_looked_at_after_each_change_has_a_picture(name: str) -> None:
    assert name in {shot.name for shot in SHOTS}


def test_only_the_screens_asked_for_are_pictured(qapp: QApplication, tmp_path: Path) -> None:
    wanted = ("--size", "1280x720", "--only", "history", "--patients", "200", "--visits", "0")
    assert run("--out", str(tmp_path), *wanted)[0] == Exit.OK
    assert [file.name for file in tmp_path.glob("*.png")] == ["history-1280x720.png"]


@pytest.mark.parametrize(
    "wrong", [("--size", "besar"), ("--size", "10x10"), ("--only", "tidak-ada"), ("--patients", "3")]
)
def test_what_cannot_be_pictured_is_refused_with_a_sentence(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(UserError) as refused:
        run("--out", str(tmp_path), *wanted_little(*wrong))
    assert refused.value.sentence.endswith(".")


def wanted_little(*arguments: str) -> tuple[str, ...]:
    return arguments if "--patients" in arguments else (*arguments, "--patients", "200")


def test_the_usual_sizes_are_those_of_the_desks_it_stands_on() -> None:
    assert SIZES == {"1366x768": (1366, 768), "1093x614": (1093, 614), "1280x720": (1280, 720)}


class Broken(Page):
    def __init__(self, context: Context) -> None:
        raise ValueError("this screen does not come up")


class Plain(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context, "Kosong")


def place(code: str, page: type[Page]) -> Screen:
    return Screen(code, "Kosong", "home", "", "Ctrl+1", page)


def test_a_screen_that_breaks_is_told_and_the_others_go_on(
    stage: Stage, sitters: dict[str, Sitter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = (place("rusak", Broken), place("kosong", Plain))
    monkeypatch.setattr("ui.stage.MainWindow", partial(MainWindow, screens=places))
    made = draw(stage, sitters, tmp_path, SMALL, screens=places, shots=())
    assert [file.name for file in made] == ["kosong-1093x614.png"]
    assert any(fault.startswith("rusak 1093x614: ValueError") for fault in stage.faults)


def test_a_state_may_be_declared_by_the_screen_itself(
    stage: Stage, sitters: dict[str, Sitter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Page] = []
    screen = Screen("kosong", "Kosong", "home", "", "Ctrl+1", Plain, shown.append)
    monkeypatch.setattr("ui.stage.MainWindow", partial(MainWindow, screens=(screen,)))
    made = draw(stage, sitters, tmp_path, SMALL, screens=(screen,), shots=())
    assert [file.name for file in made] == ["kosong-1093x614.png", "kosong-contoh-1093x614.png"]
    assert len(shown) == 1


def test_a_screen_nobody_may_open_is_an_error(sitters: dict[str, Sitter]) -> None:
    with pytest.raises(LookupError):
        sitter_of(Screen("x", "X", "home", "no.such.act", "Ctrl+1", Plain), sitters)


def test_complaints_of_qt_and_of_the_log_are_faults_told_once(stage: Stage) -> None:
    stage.doing = "gambar"
    for _ in range(2):
        qWarning("something is wrong with a widget")
        logging.getLogger("ui").error("unforeseen error K-AAAAA")
    assert stage.faults == ["gambar: Qt: something is wrong with a widget", "gambar: log: unforeseen error K-AAAAA"]


def test_an_english_word_is_a_fault(qapp: QApplication, house: House) -> None:
    with Stage(house.desk, "Puskesmas Contoh") as made:
        QCoreApplication.translate("QSomething", "Surprise me")
    use(NORMAL)
    assert made.faults == ["tanpa kata Indonesia: 'Surprise me' (QSomething)"]


def test_a_window_that_flashes_up_is_a_fault(stage: Stage, sitters: dict[str, Sitter]) -> None:
    stray = QLabel("belum punya induk")
    stray.show()
    stage.settle()
    assert any("jendela yang tidak diminta: QLabel" in fault for fault in stage.faults)
    stray.close()


def test_nothing_of_a_sample_reaches_a_real_printer(stage: Stage, house: House) -> None:
    window = stage.window(house.actor("registration"), "Loket 1", (1093, 614), "registration")
    window.print(PrintJob("Surat rujukan", "Printer Lantai 2", b"%PDF-"))
    stage.settle()
    assert [job.title for job in stage.printed] == ["Surat rujukan"]
    assert stage.faults == []


def test_what_never_comes_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.stage.LONGEST_WAIT_MS", 50)
    with pytest.raises(NothingCame, match="panel"):
        stage.until(lambda: False, "panel")


def test_a_picture_that_cannot_be_written_says_so(stage: Stage, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("di sini bukan folder")
    with pytest.raises(UserError):
        stage.picture(QWidget(), blocked / "x.png")


def test_every_shot_has_a_name_of_its_own_and_a_screen_that_exists() -> None:
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)
    assert {shot.screen for shot in SHOTS} <= {screen.code for screen in SCREENS}
    assert all(isinstance(shot, Shot) for shot in SHOTS)
