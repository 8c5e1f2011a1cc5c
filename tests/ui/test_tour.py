"""The tour drives the real windows through the whole main job; what it leaves is read back."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ilp_desk.commands import tour as command
from tests.printing.reading import codes, read, text
from ui.theme import NORMAL, use
from ui.tour import STEPS, steps

NAMES = ("Siti", "Nurhaliza", "Ahmad", "Fauzi", "Rahmi", "Fitriani", "Weni")
NUMBERS = ("1306044302999001", "0001234564410", "081200000190", "00-12-47-01", "00124701")


@dataclass(frozen=True)
class Left:
    """The folder of a tour and what it printed."""

    folder: Path
    code: int
    said: str

    def pdf(self, name: str) -> bytes:
        return (self.folder / f"{name}.pdf").read_bytes()

    def scanned(self, name: str, kind: str) -> set[str]:
        """What a scanner reads from the codes of one kind."""
        return {content for found, content in codes(self.pdf(name)) if found == kind}


@pytest.fixture(scope="module")
def left(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """One whole tour on a small sample."""
    folder = tmp_path_factory.mktemp("tour")
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    args = parser.parse_args(["--out", str(folder), "--patients", "400", "--visits", "250"])
    said = io.StringIO()
    with redirect_stdout(said):
        code = command.run(args)
    yield Left(folder, code, said.getvalue())
    use(NORMAL)


def test_every_step_is_there_and_says_what_it_does() -> None:
    loaded = steps()
    assert [name for name, _ in loaded] == list(STEPS)
    assert all(step.__doc__ for _, step in loaded)


def test_the_tour_comes_to_its_end_and_leaves_pictures_and_papers(left: Left) -> None:
    assert left.code == 0
    assert f"{len(STEPS)} langkah" in left.said
    assert len(list(left.folder.glob("*.png"))) >= 12
    assert len(list(left.folder.glob("*.pdf"))) >= 5


def test_qt_the_log_and_the_dictionary_had_nothing_to_complain_of(left: Left) -> None:
    assert [line for line in left.said.splitlines() if "perlu dilihat" in line] == []


def test_pictures_show_something(left: Left) -> None:
    for file in left.folder.glob("*.png"):
        picture = QImage(str(file))
        assert picture.width() >= 700, file.name
        assert (
            len({picture.pixel(x, y) for x in range(0, picture.width(), 17) for y in range(0, picture.height(), 13)})
            > 20
        )


def test_the_log_tells_what_was_done_but_never_about_whom(left: Left) -> None:
    log = (left.folder / "tour.log").read_text(encoding="utf-8")
    assert "langkah 1: start.sign_in" in log
    assert f"langkah {len(STEPS)} selesai" in log
    assert not [word for word in (*NAMES, *NUMBERS) if word in log]


def test_both_tickets_carry_number_and_code_but_no_name(left: Left) -> None:
    for width, name in ((80, "karcis-80mm"), (58, "karcis-58mm")):
        (page,) = read(left.pdf(name))
        assert round(page.width / 72 * 25.4) == width
        said = text(left.pdf(name))
        assert "A-012" in said
        assert "Poli KIA" in said
        assert not [word for word in NAMES if word in said]
        assert any(code.startswith("ILP1:") for code in left.scanned(name, "QRCode"))


def test_the_letter_says_who_is_referred_where_and_why(left: Left) -> None:
    said = text(left.pdf("surat-rujukan"))
    for words in (
        "DATA CONTOH",
        "RUJUKAN GAWAT DARURAT",
        "RSUD Contoh Agam",
        "Dokter Spesialis Kebidanan dan Kandungan",
        "Siti Nurhaliza",
        "1306044302999001",
        "O14.1",
        "Preeklamsia berat",
        "amoksisilin",
        "Penanganan preeklamsia berat memerlukan PONEK",
        "Ahmad Fauzi",
        "dr. Hadi Saputra",
    ):
        assert words in said
    assert any(code.startswith("ILP1:") for code in left.scanned("surat-rujukan", "QRCode"))


def test_the_card_and_the_label_carry_the_record_number(left: Left) -> None:
    assert "00-12-47-01" in text(left.pdf("kartu-berobat"))
    assert any(code.startswith("ILP1:") for code in left.scanned("kartu-berobat", "QRCode"))
    assert {code.replace("-", "") for code in left.scanned("label-rm", "Code128")} == {"00124701"}


def test_the_immunization_card_says_when_to_come_again(left: Left) -> None:
    said = text(left.pdf("kartu-imunisasi"))
    assert "Rizki Ramadhan" in said
    assert "Kamis, 18 Maret 2027" in said
    assert "21-11-2026" in said


def test_the_card_of_the_mother_tells_her_visits_and_what_is_missing(left: Left) -> None:
    said = " ".join(text(left.pdf("kartu-ibu")).split())
    for words in ("KARTU IBU", "Siti Nurhaliza", "13-02-2027", "K1 murni", "K4", "142/94", "trimester 3"):
        assert words in said


def test_the_growth_chart_says_what_the_weight_does_and_what_to_do(left: Left) -> None:
    said = " ".join(text(left.pdf("grafik-pertumbuhan")).split())
    for words in ("GRAFIK PERTUMBUHAN ANAK", "Rizki Ramadhan", "−2,35 · Berat badan kurang", "+50 g, minimal 200 g",
                  "2T: konfirmasi dan cari sebab", "−3 SD", "Posyandu Anggrek"):  # fmt: skip
        assert words in said, words


def test_the_result_sheet_tells_every_answer_and_that_the_words_are_ours(left: Left) -> None:
    said = " ".join(text(left.pdf("hasil-skrining")).split())
    for words in ("HASIL SKRINING EPDS", "belum redaksi resmi", "Siti Nurhaliza", "Skor EPDS 4 dari 30",
                  "10. Terpikir melukai diri Tidak pernah 0", "Rahasia"):  # fmt: skip
        assert words in said, words


def test_the_list_of_the_kader_names_services_by_rt_and_no_telephone(left: Left) -> None:
    said = " ".join(text(left.pdf("daftar-panggil")).split())
    for words in ("DAFTAR PANGGIL UNTUK KADER", "terlambat", "belum ada data", "RT 02 / RW 0", "Timbang dan ukur"):
        assert words in said, words
    assert "0812" not in said


def test_the_consent_is_ticked_nowhere(left: Left) -> None:
    said = text(left.pdf("persetujuan-umum"))
    assert "PERSETUJUAN UMUM" in said
    assert "Setuju" in said
    assert not {"☑", "☒", "✓", "✔"} & set(said)
