"""Nothing is cut off and nothing is printed over anything else, however long the texts are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ilp_desk.errors import UserError
from ilp_desk.paperwork import LabLabel, PatientCard, RecordLabel
from printing import styles
from printing.fonts import SUBSTITUTE
from printing.forms import referral_letter
from printing.page import Page
from printing.parts import Row, paragraph
from printing.renderer import PdfRenderer
from tests.printing import pages
from tests.printing.pages import LETTERS, SAMPLES, changed, long_letter, long_name, long_words, stretched, typed_fields
from tests.printing.reading import Sheet, codes, outside, overprints, read, text

renderer = PdfRenderer()
SMALL = (LabLabel, PatientCard, RecordLabel)
LARGE = [name for name, paper in SAMPLES.items() if not isinstance(paper, SMALL)]


def assert_well_set(name: str, sheets: list[Sheet]) -> None:
    paper = SAMPLES[name]
    margins = {
        "immunization_card": styles.A5,
        "lab_label": styles.LABEL_40,
        "patient_card": styles.ID1,
        "queue_ticket": styles.roll(80),
        "queue_ticket_58": styles.roll(58),
        "record_label": styles.LABEL_50,
        "sick_note": styles.A5,
    }.get(name, styles.A4)
    for sheet in sheets:
        assert sheet.signs, f"an empty page of {paper.title}"
        assert overprints(sheet) == []
        assert outside(sheet, margins.left, margins.right, margins.top - 3, margins.bottom - 3) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_usual_text(name: str) -> None:
    assert_well_set(name, read(renderer.pdf(SAMPLES[name])))


@pytest.mark.parametrize("name", LARGE)
def test_300_signs_without_a_blank_in_every_field(name: str) -> None:
    paper = SAMPLES[name]
    sheets = read(renderer.pdf(long_words(paper)))
    assert_well_set(name, sheets)
    printed = "".join(sheet.text for sheet in sheets)
    assert len(typed_fields(paper)) <= len(LETTERS)
    for index, path in enumerate(typed_fields(paper)):
        if name == "referral_consent" and path == ("reason",):
            continue  # only a refusal has a reason
        letter = LETTERS[index]
        assert printed.count(letter) >= 300, f"{path} is cut off"
        assert printed.count(letter) % 300 == 0, f"{path} is printed in part"


@pytest.mark.parametrize("name", SAMPLES)
def test_names_and_places_of_300_signs(name: str) -> None:
    sheets = read(renderer.pdf(long_name(SAMPLES[name])))
    assert_well_set(name, sheets)
    printed = "".join("".join(sheet.text for sheet in sheets).split())
    assert printed.count("Muhammad") >= 14


@pytest.mark.parametrize("sign", ["W", "i", "É"])
@pytest.mark.parametrize("name", ["lab_label", "patient_card", "record_label"])
def test_small_papers_hold_a_name_of_300_signs(name: str, sign: str) -> None:
    paper: Any = replace(SAMPLES[name], name=sign * 300)  # type: ignore[call-arg]  # all three have a name
    pdf = renderer.pdf(paper)
    sheets = read(pdf)
    assert len(sheets) == 1
    assert_well_set(name, sheets)
    assert sheets[0].text.count(sign) >= 300
    assert len(codes(pdf, 300)) == 1


@pytest.mark.parametrize("name", ["lab_label", "patient_card", "record_label"])
def test_what_a_small_paper_cannot_hold_is_refused_in_words(name: str) -> None:
    paper: Any = replace(SAMPLES[name], name="W" * 6000)  # type: ignore[call-arg]
    with pytest.raises(UserError) as refusal:
        renderer.pdf(paper)
    assert "Persingkat" in refusal.value.sentence


@pytest.mark.parametrize("name", LARGE)
def test_each_field_alone_may_be_long(name: str) -> None:
    paper: Any = SAMPLES[name]
    for path in typed_fields(paper):
        assert_well_set(name, read(renderer.pdf(changed(paper, path, "Ж" * 300))))


def test_a_long_letter_goes_on_and_names_the_patient_on_each_page() -> None:
    sheets = read(renderer.pdf(long_letter()))
    assert_well_set("referral_letter", sheets)
    assert len(sheets) >= 2
    for number, sheet in enumerate(sheets, 1):
        assert f"hal {number} dari {len(sheets)}" in sheet.text
        assert "00-12-47-01" in sheet.text
        assert "Muhammad Abdurrahman" in sheet.text
        assert "3 Februari 1999" in sheet.text
    told = " ".join(" ".join(sheet.text for sheet in sheets).split())
    sentence = "<b>bukan</b> yang pertama kali"
    assert told.count(sentence) == long_letter().anamnesis.count(sentence) > 15
    assert "lembar balasan" in sheets[-1].text


@pytest.mark.parametrize("length", range(0, 6000, 450))
def test_wherever_the_page_ends_the_letter_is_well_set(length: int) -> None:
    words = ("Pusing sejak tiga hari, bengkak kedua tungkai. " * 140)[:length]
    sheets = read(renderer.pdf(replace(referral_letter.SAMPLE, anamnesis=words)))
    assert_well_set("referral_letter", sheets)
    last = sheets[-1].text
    assert "Dokter, tanda tangan" in last
    assert "dirawat" in last  # the slip is never torn in two
    signed = [sheet for sheet in sheets if "dr. Nama Contoh" in sheet.text]
    assert len(signed) == 1
    assert "Dokter pemeriksa," in signed[0].text


HOSTILE = {
    "apostrophe": ("Ma'ruf O'Brien d’Arc", "Ma'ruf O'Brien d’Arc"),
    "markup": ("<b>Siti</b> & <font size=40>Aminah", "<b>Siti</b> & <font size=40>Aminah"),
    "backslash and brackets": (r"Siti (\Aminah\) %s {0}", r"Siti (\Aminah\) %s {0}"),
    "emoji": ("Siti 😀 Aminah", f"Siti {SUBSTITUTE} Aminah"),
    "family emoji": ("Siti 👩‍👧 Aminah", f"Siti {SUBSTITUTE * 2} Aminah"),
    "arabic": ("محمد", SUBSTITUTE * 4),
    "right-to-left override": ("Siti \u202eAminah\u202c", "Siti Aminah"),
    "control signs": ("Si\x00ti\x1b[31m \x07Aminah\x7f", "Siti[31m Aminah"),
    "line breaks": ("Siti\r\nAminah\tNur\u2028Laila", "Siti Aminah Nur Laila"),
    "decomposed accent": ("Rene\u0301e", "Renée"),
    "wide letters": ("Ｓｉｔｉ", "Siti"),
    "lone surrogate": ("Siti \ud83d Aminah", f"Siti {SUBSTITUTE} Aminah"),
    "byte order mark": ("\ufeffSiti", "Siti"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_is_typed_as_a_name_is_printed(kind: str) -> None:
    typed, printed = HOSTILE[kind]
    letter = replace(referral_letter.SAMPLE, patient=replace(referral_letter.SAMPLE.patient, name=typed))
    read_back = text(renderer.pdf(letter))
    assert f"{printed} / 00-12-47-01" in read_back  # on the reply slip the name stands on one line
    ticket = text(renderer.pdf(replace(SAMPLES["queue_ticket"], service_point=typed)))  # type: ignore[call-arg]
    assert printed in ticket


@pytest.mark.parametrize("name", LARGE)
def test_hostile_text_in_every_field(name: str) -> None:
    typed = [pair[0] for pair in HOSTILE.values()]
    sheets = read(renderer.pdf(stretched(SAMPLES[name], lambda index: typed[index % len(typed)] * 6)))
    assert all(overprints(sheet) == [] for sheet in sheets)


def test_the_check_itself_finds_overprinting_and_cut_text() -> None:
    page = Page(styles.A4, "Uji")
    (line,) = paragraph([(styles.BODY, "Pertama kali")], page.width)
    (other,) = paragraph([(styles.BODY, "Kedua kalinya")], page.width)
    page.add([Row(4.0, line.draw), Row(14.0, other.draw), Row(9.0, lambda pen, x, top: other.draw(pen, x - 40, top))])
    (sheet,) = read(page.pdf())
    assert overprints(sheet)
    assert outside(sheet, styles.A4.left, styles.A4.right, styles.A4.top, styles.A4.bottom)


def test_the_page_command_writes_every_form(tmp_path: Any) -> None:
    pages.main(tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert len(written) == 2 * len(SAMPLES) + 3
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in written)
