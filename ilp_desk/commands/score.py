"""`ilp-desk score INSTRUMENT --answers FILE.json`: what answers mean, without a window.

By the instruments in force at this Puskesmas, where there is one on this machine; else by those of the program.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ilp_desk.clock import Clock
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import machine_of, opened_desk
from ilp_desk.domain.reference.instrument_files import load_instruments
from ilp_desk.domain.reference.instruments import Instrument, Instruments, Wording
from ilp_desk.domain.scoring import Incomplete, OutOfRange, Result, ScoreValue, decimal_text, score
from ilp_desk.errors import NotFound, UserError
from resources import instrument_names, read, read_instrument

NAME = "score"
HELP = "Hitung hasil satu alat skrining dari berkas jawaban JSON."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instrument", metavar="ALAT", help="kode alat, mis. phq-9, skilas, epds")
    parser.add_argument(
        "--answers",
        type=Path,
        required=True,
        metavar="BERKAS",
        help='jawaban sebagai JSON: {"q1": "2", ...} atau {"version": "2026.1", "answers": {...}}',
    )
    parser.add_argument("--on", type=_day, metavar="TANGGAL", help="tanggal pengisian, mis. 2026-11-21 (bawaan: kini)")
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
    parser.add_argument("--bundled", action="store_true", help="hanya berkas bawaan, tanpa milik Puskesmas ini")


def run(args: argparse.Namespace) -> int:
    answers, version = _read(args.answers)
    instrument = _chosen(_instruments(args), args.instrument, version, args.on or Clock().today())
    try:
        result = score(instrument, answers)
    except (Incomplete, OutOfRange) as refused:
        raise UserError(f"{refused.sentence} Kode item: {', '.join(refused.items)}.") from refused
    if args.json:
        print(json.dumps(plain(result), ensure_ascii=False, indent=1))
    else:
        print("\n".join(told(instrument, result)))
    return Exit.OK


def _instruments(args: argparse.Namespace) -> Instruments:
    """Raises DatabaseTrouble where there is a database that does not open."""
    if args.bundled or not machine_of(args).database.exists():
        return shipped()
    with opened_desk(args) as desk:
        return desk.tools.in_force.instruments


def shipped() -> Instruments:
    """The instruments the program comes with."""
    signs = [str(row["code"]) for row in read("danger_signs")["sign"]]
    return load_instruments({name: read_instrument(name) for name in instrument_names()}, signs=signs)


def told(instrument: Instrument, result: Result) -> Iterator[str]:
    """The result in lines for people."""
    own = "" if instrument.wording is Wording.OFFICIAL else ", belum redaksi resmi"
    yield f"{instrument.label} (versi {result.version}{own})"
    yield f"Hasil: {result.band.label}"
    if result.lifted is not None:
        yield f"  dinaikkan karena: {result.lifted.label}"
    for one in result.scores:
        of = f" dari {decimal_text(one.high)}" if one.code == instrument.result else ""
        band = f" ({one.band.label})" if one.band is not None and one.code != instrument.result else ""
        yield f"{one.label}: {decimal_text(one.value)}{of}{band}"
    yield from (f"PERHATIAN: {flag.label}" for flag in result.flags)
    yield "Langkah:"
    yield from (f"  - {act}" for act in result.acts)
    if result.follow:
        yield "Lanjutan:"
    for follow in result.follow:
        yield f"  - {follow.label}: {follow.because}{' (di kertas)' if follow.paper else ''}"


def plain(result: Result) -> dict[str, Any]:
    """The result for other programs."""
    return {
        "instrument": result.instrument,
        "version": result.version,
        "total": _number(result.total),
        "max": _number(result.high),
        "band": result.band.code,
        "label": result.band.label,
        "meaning": result.band.meaning.value,
        "lifted_by": result.lifted.code if result.lifted else None,
        "scores": {one.code: _score(one) for one in result.scores},
        "flags": [{"code": f.code, "level": f.level.value, "label": f.label} for f in result.flags],
        "danger_signs": list(result.signs),
        "acts": list(result.acts),
        "follow": [
            {"instrument": f.instrument, "label": f.label, "because": f.because, "paper": f.paper}
            for f in result.follow
        ],
        "sensitive": result.sensitive,
    }


def _score(one: ScoreValue) -> dict[str, Any]:
    return {"value": _number(one.value), "max": _number(one.high), "band": one.band.code if one.band else None}


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _chosen(instruments: Instruments, code: str, version: str, day: date) -> Instrument:
    if code not in instruments.codes():
        raise NotFound(f"Alat {code} tidak ada. Yang ada: {', '.join(instruments.codes())}.")
    found = instruments.at(code, version) if version else instruments.on(code, day)
    if found is None:
        which = f"versi {version}" if version else f"versi yang berlaku pada {day:%d-%m-%Y}"
        raise NotFound(f"Alat {code} tidak punya {which}. Periksa versi atau tanggalnya.")
    return found


def _read(file: Path) -> tuple[Mapping[str, object], str]:
    """The answers and the version they name; empty where they name none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as trouble:
        raise UserError(f"{file} tidak dapat dibaca: {trouble.strerror}. Periksa nama berkasnya.") from trouble
    except ValueError as trouble:
        raise UserError(f"{file} bukan JSON yang benar ({trouble}). Perbaiki tulisannya.") from trouble
    if not isinstance(found, dict):
        raise UserError(f'{file}: isinya harus jawaban menurut kode item, mis. {{"q1": "2"}}.')
    if isinstance(found.get("answers"), dict):
        return found["answers"], str(found.get("version", ""))
    return found, ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UserError(f"--on: tulis tanggal seperti 2026-11-21, bukan {text!r}.") from wrong
