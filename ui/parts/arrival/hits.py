"""The list of people found: what a line says, and what to do where nobody is right."""

from __future__ import annotations

from ilp_desk.rows.patients import PatientHit
from ui.widgets import Chip, TwoLine

NOT_THESE = (
    "Bukan salah satu dari ini?",
    "Tambahkan tanggal lahir atau nama ibu untuk mempersempit, atau F3 untuk pasien baru.",
)
NOBODY = ("Tidak ada yang cocok.", "Periksa ejaannya, coba NIK atau tanggal lahir, atau tekan F3 untuk pasien baru.")
START = (
    "Ketik nama, NIK, No. RM, BPJS, KK, telepon atau tanggal lahir.",
    "Urutan kata bebas, ejaan lama dan salah ketik satu huruf tetap ketemu. Kartu boleh langsung dipindai.",
)
STATES = {"dead": "meninggal", "moved": "pindah", "unknown": "status ?"}


def hit_line(hit: PatientHit) -> TwoLine:
    """One person, two lines."""
    state = STATES.get(hit.status.value, "")
    facts = (hit.sex, hit.age, hit.born, hit.relative)
    chips = tuple(Chip(text, tone) for text, tone in ((hit.chip, "accent"), (state, "neutral")) if text)
    return TwoLine(
        hit.name,
        " · ".join(f for f in facts if f),
        marks=hit.marks,
        note=hit.note,
        chips=chips,
        right=((f"RM {hit.record_number}" if hit.record_number else "", hit.number), (hit.area, hit.rt_rw)),
        dim=bool(state),
    )
