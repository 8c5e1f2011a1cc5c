"""The steps of the first set-up, and where to go on after an interruption. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.rows.site import SetupProgress


@dataclass(frozen=True, slots=True)
class Step:
    """code: of the part that is shown; title: in the list; words: what this is for, in one sentence."""

    code: str
    title: str
    words: str


STEPS: tuple[Step, ...] = (
    Step("facility", "Fasilitas", "Nama dan kop surat Puskesmas. Semuanya dapat diubah nanti di Manajemen."),
    Step("areas", "Wilayah", "Desa atau nagari yang dilayani. Jorong, RW, dan RT boleh menyusul."),
    Step(
        "points", "Titik layanan", "Tempat orang menunggu dan dilayani, dengan huruf antreannya. Sesuaikan seperlunya."
    ),
    Step("account", "Akun pertama", "Admin atau kepala yang mengurus program ini. Petugas lain ditambah nanti."),
    Step("numbers", "Nomor RM", "Cara memberi nomor rekam medis untuk orang baru."),
    Step("machine", "Komputer ini", "Nama loket dan printer. Yang belum ada boleh dikosongkan."),
    Step("recovery", "Kode pemulihan", "Cetak, simpan di lemari terkunci, lalu ketik kembali sekali."),
)
CODES = tuple(step.code for step in STEPS)


def where_to_go_on(progress: SetupProgress) -> int:
    """The first step whose work is not there yet; behind the account nothing tells, so it goes on there."""
    if not progress.facility:
        return CODES.index("facility")
    if not progress.villages:
        return CODES.index("areas")
    if not progress.managers:
        return CODES.index("points")
    return CODES.index("numbers")
