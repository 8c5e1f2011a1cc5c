"""An invented facility and an invented patient, for the samples of the forms."""

from __future__ import annotations

from ilp_desk.paperwork.common import Letterhead, PatientBlock

LETTERHEAD = Letterhead(
    above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
    facility="UPTD PUSKESMAS CONTOH",
    below=("Jl. Contoh Raya No. 1, Kec. Contoh 00000 · Telp. (000) 00000 · Kode faskes P0000000000",),
)
PATIENT = PatientBlock(
    name="Siti Contoh",
    record_number="00-12-47-01",
    age_sex="27 th 9 bln / Perempuan",
    birth_date="3 Februari 1999",
    nik="1306044302999001",
    payer="JKN PBI · 0001234567890",
    address="Jr. Contoh RT 02/RW 01, Nagari Contoh",
    family="Ahmad Contoh (suami)",
)
