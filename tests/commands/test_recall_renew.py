"""`ilp-desk recall renew`: everybody's days anew, told as it goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from db.keys import write_key_file
from ilp_desk.__main__ import main
from ilp_desk.commands import Exit
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House


def test_everybody_is_done_once_and_then_nothing_is_left(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        house.person(f"Orang {number}")
    write_key_file(house.folder / "desk.key", KEY)
    house.desk.close()
    words = ["--data", str(house.folder), "recall", "renew"]
    assert main(words) == Exit.OK
    assert capsys.readouterr().out.strip() == "3 orang dihitung lagi."
    assert main([*words, "--progress"]) == Exit.OK
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"result": {"people": 0}}]


def test_without_data_it_says_what_to_do(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "recall", "renew"]) == Exit.DATABASE
    assert "Belum ada basis data" in capsys.readouterr().err
