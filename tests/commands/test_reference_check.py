"""`ilp-desk reference check`: all that is shipped, one file before it is laid, a Puskesmas with files of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.keys import write_key_file
from ilp_desk.__main__ import main
from ilp_desk.commands import Exit, reference_check
from ilp_desk.domain.reference.listing import entries
from ilp_desk.domain.reference.reading import BadReference
from ilp_desk.settings import load
from resources import read
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House

OWN = """
version = "PKM.1"
valid_from = 2026-01-01
source = "SK Kepala Puskesmas"
status = "confirmed"

[[alarm]]
code = "BP-CRISIS"
act = "Panggil dokter."
"""

ALARMS = len(entries("alarms", read("alarms"), None))
"""Rows of the alarms as they are shipped."""


def check(*words: object, data: Path) -> int:
    return main(["--data", str(data), "reference", "check", *map(str, words)])


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_that_is_shipped_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(data=tmp_path / "none") == Exit.OK
    told = capsys.readouterr().out
    assert f"[baik] alarms 2026.1: {ALARMS} baris, {ALARMS} menunggu persetujuan." in told
    assert "[baik] clusters 2026.1: 5 baris." in told
    assert "[baik] icd10_id" in told
    assert "[baik] phq-9" in told
    assert told.splitlines()[-1].endswith("menunggu persetujuan kepala Puskesmas.")
    assert not (tmp_path / "none").exists()


def test_a_fault_in_what_is_shipped_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise BadReference("alarms", "alarm ke-3 (X)", '"level" belum diisi')

    monkeypatch.setattr(reference_check, "check_bundled", broken)
    assert check(data=tmp_path) == Exit.FINDINGS
    assert capsys.readouterr().out == '[PERIKSA] alarms.toml, alarm ke-3 (X): "level" belum diisi.\n'


def test_one_file_is_laid_over_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(tmp_path, "alarms.toml", OWN), data=tmp_path / "none") == Exit.OK
    told = capsys.readouterr().out
    assert f"[baik] alarms PKM.1: {ALARMS} baris, {ALARMS} menunggu persetujuan." in told
    assert "Alarm merah dan kuning: 1 baris berbeda dari bawaan. Berkas ini dapat dipasang." in told


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("alarms.toml", OWN + 'warna = "merah"\n', '"warna" tidak dikenal'),
        ("alarm.toml", OWN, "alarm.toml: nama berkas tidak dikenal"),
        ("alarms.toml", OWN + "[[alarm]]\n", '"code" belum diisi'),
        ("phq-4.toml", OWN.split("[[")[0] + "[instrument]\ncode = 1\n", "phq-4.toml"),
    ],
)
def test_a_bad_file_is_a_finding_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    assert check(written(tmp_path, name, text), data=tmp_path / "none") == Exit.FINDINGS
    told = capsys.readouterr().out
    assert told.startswith("[PERIKSA] ")
    assert said in told


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "alarms.toml", data=tmp_path) == Exit.TROUBLE
    assert "tidak dapat dibaca" in capsys.readouterr().err


def test_the_files_of_a_puskesmas_and_its_approvals_count(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    site, head = house.desk.site, house.actor("head")
    laid = site.lay_reference(house.actor("admin"), "alarms.toml", OWN.encode())
    rows = site.reference_file(head, "alarms").rows
    site.approve_reference(head, "alarms", [row.digest for row in rows if row.code != "BP-CRISIS"])
    house.desk.close()
    write_key_file(load(house.folder).key_file, KEY)
    assert check(data=house.folder) == Exit.OK
    assert f"[baik] alarms 2026.1+PKM.1: {ALARMS} baris, 1 menunggu persetujuan." in capsys.readouterr().out

    with house.store.writing(head, "test.spoil") as uow:
        uow.change(laid, content=laid.content.replace("act =", "acts ="))
    assert check(data=house.folder) == Exit.FINDINGS
    told = capsys.readouterr().out
    assert '"acts" tidak dikenal. Berkas Puskesmas versi PKM.1 tidak terpakai; berlaku bawaan program.' in told
