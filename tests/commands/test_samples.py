"""`ilp-desk demo`: a folder full of invented people, and how to get in."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilp_desk.__main__ import main
from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.commands import Exit
from ilp_desk.services.demo import PASSWORD

SMALL = ("--patients", "150", "--visits", "20", "--seed", "3", "--today", "2026-11-21")


def test_the_sample_is_made_and_everybody_told_how_to_get_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "contoh"
    assert main(["--data", str(folder), "demo", *SMALL]) == Exit.OK
    said = capsys.readouterr().out
    assert "150 pasien" in said
    assert "rekaan" in said
    assert PASSWORD in said
    assert f'ilp-desk --data "{folder}"' in said
    for username in ("rina", "hadi", "yenni", "budi", "irwan"):
        assert username in said


def test_the_sample_opens_with_its_own_key_and_a_sample_password(tmp_path: Path) -> None:
    from db.keys import read_key

    assert main(["--data", str(tmp_path / "x"), "demo", *SMALL]) == Exit.OK
    desk = open_desk(tmp_path / "x" / "desk.db", read_key(tmp_path / "x" / "desk.key"), Clock())
    try:
        assert desk.staffing.sign_in(SYSTEM, "hadi", PASSWORD).name == "dr. Hadi Saputra"
    finally:
        desk.close()


def test_a_folder_that_holds_data_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "demo", *SMALL]) == Exit.OK
    before = (tmp_path / "desk.db").read_bytes()
    assert main(["--data", str(tmp_path), "demo", *SMALL]) == Exit.TROUBLE
    assert "sudah ada data" in capsys.readouterr().err
    assert (tmp_path / "desk.db").read_bytes() == before


def test_without_a_folder_the_real_data_stay_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILP_DESK_DATA", str(tmp_path))
    assert main(["demo", *SMALL]) == Exit.OK
    assert not (tmp_path / "desk.db").exists()
    assert (tmp_path / "contoh" / "desk.db").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("--today", "21-11-2026"), "seperti 2026-11-21"),
        (("--patients", "10"), "sedikitnya 150"),
        (("--visits", "-1"), "tidak boleh kurang dari 0"),
    ],
)
def test_an_order_that_cannot_be_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str], sentence: str
) -> None:
    folder = tmp_path / "baru"
    assert main(["--data", str(folder), "demo", *wrong]) == Exit.TROUBLE
    assert sentence in capsys.readouterr().err
    assert not folder.exists()
