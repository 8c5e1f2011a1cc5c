"""`ilp-desk find TEXT`: the search box without a window."""

from __future__ import annotations

import argparse
import json

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import opened_desk

NAME = "find"
HELP = "Cari orang seperti di kotak pencarian; nomor hanya tampak 3 angka terakhir."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEKS", help="nama, NIK, No. RM, BPJS, KK, telepon atau tanggal lahir")
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="paling banyak sekian orang (20)")


def run(args: argparse.Namespace) -> int:
    with opened_desk(args) as desk:
        found = desk.finding.find(SYSTEM, args.text, max(1, min(args.limit, 50)))
    if args.json:
        rows = [
            {
                "uid": h.uid,
                "name": h.name,
                "sex": h.sex,
                "born": h.born,
                "age": h.age,
                "record_number": h.record_number,
                "number": h.number,
                "area": h.area,
                "status": h.status.value,
                "similar": bool(h.note),
            }
            for h in found.hits
        ]
        print(json.dumps({"exact": found.exact, "people": rows}, ensure_ascii=False, indent=1))
    else:
        for h in found.hits:
            facts = (h.name, h.note and f"({h.note})", h.sex, h.age, h.born, h.record_number, h.number, h.area)
            print(" · ".join(f for f in facts if f))
        if not found.hits:
            print("Tidak ada yang cocok.")
    return Exit.OK if found.hits else Exit.NOTHING
