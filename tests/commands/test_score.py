"""`ilp-desk score`: answers in a file, the result in words or as JSON, refusals that name the item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.keys import write_key_file
from ilp_desk import __main__
from ilp_desk.commands import Exit
from ilp_desk.settings import load
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House

PUMA = {
    "sex": "L",
    "age": 63,
    "smoked": True,
    "sticks": 13,
    "years": 40,
    "dyspnoea": "ya",
    "sputum": "ya",
    "cough": "tidak",
    "spirometry": "tidak",
}
PHQ = {f"q{number}": 0 for number in range(1, 10)}


def run(tmp_path: Path, code: str, answers: object, *words: str) -> int:
    file = tmp_path / "jawaban.json"
    file.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
    return __main__.main(["score", code, "--answers", str(file), *words])


def test_the_result_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "puma", PUMA) == Exit.OK
    assert capsys.readouterr().out.splitlines() == [
        "PUMA, risiko PPOK (versi 2026.1, belum redaksi resmi)",
        "Hasil: Berisiko PPOK",
        "Bungkus-tahun: 26",
        "Nilai merokok: 1",
        "Skor PUMA: 6 dari 9",
        "Langkah:",
        "  - Periksa oleh dokter dan lakukan spirometri; rujuk bila tidak tersedia.",
    ]


def test_an_alarm_stands_above_the_acts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "phq-9", {**PHQ, "q9": 1}) == Exit.OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[3:6] == [
        "PERHATIAN: Ada pikiran mati atau melukai diri",
        "Langkah:",
        "  - Jangan tinggalkan sendirian, tanyakan rencana dan caranya, panggil dokter sekarang.",
    ]


def test_what_lifted_the_result_and_what_follows_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "epds", {**PHQ, "q10": 3}) == Exit.OK
    out = capsys.readouterr().out
    assert "Hasil: Kemungkinan depresi\n  dinaikkan karena: Sering terpikir melukai diri\n" in out
    assert run(tmp_path, "phq-4", {"q1": 3, "q2": 0, "q3": 3, "q4": 0}, "--on", "2026-11-21") == Exit.OK
    out = capsys.readouterr().out
    assert out.endswith("Lanjutan:\n  - PHQ-9: tanda depresi\n  - GAD-7: tanda cemas (di kertas)\n")


def test_the_result_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrapped = {"version": "2026.1", "answers": PUMA}
    assert run(tmp_path, "puma", wrapped, "--json") == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["instrument"], told["version"], told["total"], told["max"]) == ("puma", "2026.1", 6, 9)
    assert (told["band"], told["meaning"], told["lifted_by"], told["sensitive"]) == ("risk", "act", None, False)
    assert told["scores"]["pack_years"] == {"value": 26, "max": 1200, "band": None}


@pytest.mark.parametrize(
    ("code", "answers", "words", "exit_code", "said"),
    [
        ("phq-9", {"q1": 4}, [], Exit.TROUBLE, "jawaban 4 tidak ada"),
        ("phq-9", {"q1": 3}, [], Exit.TROUBLE, "Kode item: q2, q3, q4, q5, q6, q7, q8, q9."),
        ("phq-9", {**PHQ, "q77": 0}, [], Exit.TROUBLE, "PHQ-9 tidak punya item q77"),
        ("phq-9", [1, 2], [], Exit.TROUBLE, "isinya harus jawaban menurut kode item"),
        ("phq-9", "{", [], Exit.TROUBLE, "bukan JSON yang benar"),
        ("phq-8", PHQ, [], Exit.NOTHING, "Alat phq-8 tidak ada. Yang ada: barthel"),
        ("phq-9", {"version": "1999", "answers": PHQ}, [], Exit.NOTHING, "tidak punya versi 1999"),
        ("phq-9", PHQ, ["--on", "2019-01-31"], Exit.NOTHING, "versi yang berlaku pada 31-01-2019"),
        ("phq-9", PHQ, ["--on", "kemarin"], Exit.TROUBLE, "tulis tanggal seperti 2026-11-21"),
    ],
)
def test_what_cannot_be_scored_is_refused_in_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    code: str,
    answers: object,
    words: list[str],
    exit_code: Exit,
    said: str,
) -> None:
    assert run(tmp_path, code, answers, *words) == exit_code
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "tidak-ada.json"
    assert __main__.main(["score", "phq-9", "--answers", str(missing)]) == Exit.TROUBLE
    assert "tidak dapat dibaca" in capsys.readouterr().err


OWN_PUMA = """
version = "PKM.1"
valid_from = 2026-01-01
source = "SK Kepala Puskesmas"
status = "confirmed"

[[band]]
code = "low"
to = 4

[[band]]
code = "risk"
from = 5
"""


def test_the_instruments_of_the_puskesmas_count_where_there_is_one(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.desk.site.lay_reference(house.actor("admin"), "puma.toml", OWN_PUMA.encode())
    house.desk.close()
    write_key_file(load(house.folder).key_file, KEY)
    file = tmp_path / "jawaban.json"
    file.write_text(json.dumps({**PUMA, "dyspnoea": "tidak"}), "utf-8")
    words = ["--data", str(house.folder), "score", "puma", "--answers", str(file)]
    assert __main__.main(words) == Exit.OK
    told = capsys.readouterr().out
    assert "(versi 2026.1+PKM.1, belum redaksi resmi)" in told
    assert "Hasil: Berisiko PPOK" in told
    assert __main__.main([*words, "--bundled"]) == Exit.OK
    told = capsys.readouterr().out
    assert "(versi 2026.1, belum redaksi resmi)" in told
    assert "Hasil: Risiko rendah" in told
