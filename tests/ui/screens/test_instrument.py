"""In the room: every instrument answered by keys, kept, corrected, put off, withdrawn and put on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.due.records import ServiceAnswer
from ilp_desk.domain.reference.instruments import Kind
from tests.domain.instrument_files import SHIPPED
from tests.services.screening import FIRST, Screening, come_for
from tests.ui.screens.test_room import ALT, CTRL, Clinician
from ui.parts.care.instrument import InstrumentView
from ui.parts.care.instrument_items import KEYS, AnswerKey
from ui.parts.room.due_sheets import AnswerSheet
from ui.parts.room.words_sheet import WordsSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key
SKILAS = FIRST["skilas"].answers


class Screener(Clinician):
    """Somebody in the room with one patient, who answers instruments."""

    def __init__(self, qtbot: QtBot, house: House, screening: Screening, role: str = "nurse") -> None:
        super().__init__(qtbot, house, role, "Ruang 5")
        self.screening = screening
        self.desk.window.navigate("care", screening.entry_uid)
        self.settle()

    @property
    def view(self) -> InstrumentView:
        view = self.page.views.view
        assert isinstance(view, InstrumentView)
        return view

    @property
    def form(self) -> Any:
        return self.view.form

    def open(self, code: str = "") -> None:
        self.page.open_care("instrument", code)
        self.settle()

    def go_to(self, code: str) -> None:
        """By arrows."""
        seen = [one for one, row in self.form.rows.items() if not row.isHidden()]
        while self.form.here != code:
            back = seen.index(self.form.here) > seen.index(code)
            self.press(Key.Key_Up if back else Key.Key_Down)

    def answer(self, code: str, value: object) -> None:
        """By the key of the answer, or as a number."""
        self.go_to(code)
        item = self.form.rows[code].item
        if item.kind is Kind.NUMBER:
            editor = self.form.rows[code].editor
            editor.selectAll()
            self.type(str(value).replace(".", ","))
        else:
            text = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            place = [option.value for option in item.options].index(str(text))
            self.type(KEYS[place].lower())

    def fill(self, answers: Mapping[str, object]) -> None:
        for code, row in list(self.form.rows.items()):
            if not row.isHidden() and answers.get(code) is not None:
                self.answer(code, answers[code])

    def words(self) -> str:
        """What stands beside the form."""
        from ui.widgets import inside
        from ui.widgets.paragraph import Paragraph

        side = self.view.side
        return "\n".join(p.accessibleName() for p in inside(side, Paragraph) if p.isVisible())


def kept(house: House) -> Assessment:
    (only,) = house.read(Assessment)
    assert isinstance(only, Assessment)
    return only


def test_every_instrument_is_answered_by_keys(qtbot: QtBot, house: House) -> None:
    rooms = {code: come_for(house, code) for code in SHIPPED.codes()}
    one = Screener(qtbot, house, rooms["skilas"])
    for code, screening in rooms.items():
        case = FIRST[code]
        one.desk.window.navigate("care", screening.entry_uid)
        one.settle()
        one.open(code)
        one.fill(case.answers)
        one.press(Key.Key_Return, CTRL)
        (made,) = house.read(Assessment, person_uid=screening.person.uid)
        assert (made.instrument, made.total, made.band) == (code, str(case.total), case.band)
        assert one.view.save_button.isHidden()
        assert made.band_label in one.toast() or next(iter(made.flags), "?") in one.toast()
        one.press(Key.Key_Escape)


# Keys


@pytest.fixture
def grandmother(qtbot: QtBot, house: House) -> Screener:
    one = Screener(qtbot, house, come_for(house, "skilas"))
    one.open("skilas")
    return one


def test_a_digit_answers_and_moves_on(grandmother: Screener) -> None:
    one = grandmother
    assert one.form.here == "recall"
    one.press(Key.Key_2)
    assert one.form.rows["recall"].answer == "wrong"
    assert one.form.here == "orientation"
    one.press(Key.Key_9)
    assert one.form.rows["orientation"].answer is None
    assert one.form.here == "orientation"


def test_arrows_move_and_backspace_clears(grandmother: Screener) -> None:
    one = grandmother
    one.press(Key.Key_1)
    one.press(Key.Key_Up)
    assert one.form.here == "recall"
    one.press(Key.Key_Up)
    assert one.form.here == "recall"
    one.press(Key.Key_Backspace)
    assert one.form.rows["recall"].answer is None
    assert one.form.here == "recall"
    one.press(Key.Key_Down)
    assert one.form.here == "orientation"


def test_an_item_that_hangs_on_another_comes_and_goes(grandmother: Screener) -> None:
    one = grandmother
    fingers = one.form.rows["finger_count"]
    assert fingers.isHidden()
    one.answer("eye_complaint", "no")
    assert not fingers.isHidden()
    assert one.form.here == "finger_count"
    one.answer("eye_complaint", "yes")
    assert fingers.isHidden()


def test_the_result_grows_and_tells_what_will_follow(grandmother: Screener) -> None:
    one = grandmother
    assert "10 belum dijawab" in one.words()
    assert "Mini-Cog" not in one.words()
    one.press(Key.Key_2)
    assert "Kotak tercentang 1 dari 10" in one.words()
    assert "9 belum dijawab" in one.words()
    assert "Mini-Cog karena kognitif" in one.words()
    one.fill({**SKILAS, "recall": "wrong"})
    assert "Ada penurunan kapasitas" in one.words()
    assert "Periksa di Puskesmas" in one.words()


def test_words_of_our_own_are_marked(grandmother: Screener) -> None:
    assert "belum redaksi resmi" in grandmother.form._title.accessibleName()
    assert "versi 2026.1" in grandmother.form._title.accessibleName()


def test_half_answered_it_says_which_items_and_saves_nothing(grandmother: Screener) -> None:
    one = grandmother
    one.fill({code: answer for code, answer in SKILAS.items() if code not in ("chair", "sad")})
    one.press(Key.Key_Return, CTRL)
    assert one.house.read(Assessment) == ()
    assert one.form.here == "chair"
    refused = [code for code, row in one.form.rows.items() if "Belum dijawab" in row._words.accessibleName()]
    assert refused == ["chair", "sad"]
    assert "Lengkapi" in one.view.sentence.text()
    one.press(Key.Key_1)
    assert one.form.here == "sad"
    one.press(Key.Key_2)
    one.press(Key.Key_Return, CTRL)
    assert kept(one.house).band == "clear"


def test_a_number_that_cannot_be_is_refused_in_its_row(qtbot: QtBot, house: House) -> None:
    one = Screener(qtbot, house, come_for(house, "kpsp"))
    one.open("kpsp")
    assert one.form.rows["form"].answer == "24"
    assert one.form.here == "yes"
    one.type("11")
    one.press(Key.Key_Return)
    assert one.form.here == "yes"
    assert "di luar batas 0 sampai 10" in one.form.rows["yes"]._words.accessibleName()
    one.press(Key.Key_Return, CTRL)
    assert house.read(Assessment) == ()
    one.form.rows["yes"].editor.selectAll()
    one.type("8")
    one.press(Key.Key_Return, CTRL)
    assert kept(house).band == "doubtful"


def test_what_was_measured_today_is_answered_and_said(qtbot: QtBot, house: House) -> None:
    screening = come_for(house, "skilas")
    screening.take(arm="20,5")
    one = Screener(qtbot, house, screening)
    one.open("skilas")
    row = one.form.rows["thin_arm"]
    assert row.answer == "yes"
    assert "tercatat hari ini 20,5 cm" in row._words.accessibleName()
    one.fill({code: answer for code, answer in SKILAS.items() if code != "thin_arm"})
    one.press(Key.Key_Return, CTRL)
    assert kept(house).from_record == ("thin_arm",)


def test_the_item_in_hand_stays_in_sight(qtbot: QtBot, house: House) -> None:
    one = Screener(qtbot, house, come_for(house, "srq-20"))
    one.desk.window.resize(1093, 614)
    one.open("srq-20")
    for _ in range(20):
        row = one.form.rows[one.form.here]
        top = row.mapTo(one.form.area.viewport(), row.rect().topLeft()).y()
        assert top >= 0
        assert top + row.height() <= one.form.area.viewport().height()
        one.press(Key.Key_2)
    assert QApplication.focusWidget() is one.view.save_button
    one.press(Key.Key_Return)
    assert kept(house).band == "low"


def test_every_answer_has_a_name(grandmother: Screener) -> None:
    rows = grandmother.form.rows
    for row in rows.values():
        assert row.accessibleName()
        assert all(isinstance(key, AnswerKey) and key.accessibleName() for key in row.keys)


# What comes of it


def test_the_red_flag_stands_at_once(qtbot: QtBot, house: House) -> None:
    one = Screener(qtbot, house, come_for(house, "epds"), "midwife")
    one.open("epds")
    assert one.view.side._red.isHidden()
    one.answer("q10", "1")
    assert one.view.side._red.isVisible()
    assert "Jangan tinggalkan ibu sendirian" in one.view.side._red.accessibleName()
    one.fill({f"q{number}": "0" for number in range(1, 10)})
    assert "Tidak bermakna" in one.words()
    assert "Beri tahu hasilnya" not in one.words(), "nothing calms beside it"
    one.press(Key.Key_Return, CTRL)
    assert "Ada pikiran melukai diri" in one.toast()
    one.press(Key.Key_Escape)
    assert [raised.alarm.rule for raised in one.visit.alarms] == ["instrument.epds"]


def test_a_danger_sign_says_what_to_do_before_the_form_is_full(qtbot: QtBot, house: House) -> None:
    one = Screener(qtbot, house, come_for(house, "mtbs"))
    one.open("mtbs")
    one.answer("lethargic", "yes")
    sign = house.desk.reference.signs.dangers["lethargic"]
    assert one.view.side._red.isVisible()
    assert sign.act in one.view.side._red.accessibleName()
    assert "Ada tanda bahaya" in one.words()
    one.fill({code: answer for code, answer in FIRST["mtbs"].answers.items() if code != "lethargic"})
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_Escape)
    assert one.visit.signs == {"lethargic"}
    assert "sign.lethargic" in [raised.alarm.rule for raised in one.visit.alarms]


def test_after_saving_the_next_instrument_is_one_key_away(grandmother: Screener) -> None:
    one = grandmother
    one.fill({**SKILAS, "recall": "wrong"})
    one.press(Key.Key_Return, CTRL)
    assert one.view.follow.text() == "Mini-Cog"
    assert QApplication.focusWidget() is one.view.follow
    assert one.view.draft_words.isHidden()
    assert one.screening.open("skilas").draft is None, "what is on record is no draft"
    one.press(Key.Key_L, ALT)
    assert one.form.instrument.code == "mini-cog"
    assert one.form.here == "clock"


def test_a_correction_replaces_the_result_of_this_visit(grandmother: Screener) -> None:
    one = grandmother
    one.fill({**SKILAS, "recall": "wrong"})
    one.press(Key.Key_Return, CTRL)
    first = kept(one.house)
    one.form.begin()
    one.answer("recall", "right")
    assert one.view.save_button.isVisible()
    assert one.view.save_button.text() == "Simpan perbaikan"
    one.press(Key.Key_Return, CTRL)
    second = kept(one.house)
    assert (second.replaces, second.band) == (first.uid, "clear")
    assert one.view.follow.isHidden()


def test_a_result_is_withdrawn_with_a_reason(grandmother: Screener) -> None:
    one = grandmother
    one.fill(SKILAS)
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_B, ALT)
    sheet = one.sheet(WordsSheet)
    one.press(Key.Key_Return)
    assert sheet.field.state == "error"
    one.type("salah orang")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    assert one.house.read(Assessment) == ()
    assert one.view.save_button.isVisible()


def test_it_is_put_off_with_a_reason(grandmother: Screener) -> None:
    one = grandmother
    one.press(Key.Key_M, ALT)
    one.sheet(AnswerSheet)
    one.press(Key.Key_2)
    one.press(Key.Key_Tab)
    one.type("tidak mau")
    one.press(Key.Key_Return)
    assert one.no_sheet()
    (said,) = one.house.read(ServiceAnswer)
    assert (said.service, said.until, said.reason) == ("skilas", None, "tidak mau")
    assert one.view.chooser.isVisible()
    line = next(line for line in one.view.chooser.model.rows if line.code == "skilas")
    assert line.state == "refused"


def test_the_sheet_is_shown(grandmother: Screener) -> None:
    one = grandmother
    one.fill(SKILAS)
    one.press(Key.Key_Return, CTRL)
    one.press(Key.Key_P, CTRL)
    assert not one.no_sheet()


# Choosing, leaving, coming back


def test_without_a_target_those_that_are_due_are_offered_first(qtbot: QtBot, house: House) -> None:
    one = Screener(qtbot, house, come_for(house, "skilas"))
    one.press(Key.Key_S, ALT)
    lines = one.view.chooser.model.rows
    assert [line.open for line in lines] == sorted((line.open for line in lines), reverse=True)
    first = lines[0].code
    one.press(Key.Key_Return)
    assert one.form.instrument.code == first
    one.press(Key.Key_Escape)
    assert one.view.chooser.isVisible()
    one.press(Key.Key_Escape)
    assert one.page.views.view is None


def test_what_was_answered_comes_back(grandmother: Screener) -> None:
    one = grandmother
    one.press(Key.Key_2)
    one.press(Key.Key_1)
    one.press(Key.Key_Escape)
    assert one.page.views.view is None
    one.open("skilas")
    assert one.form.rows["recall"].answer == "wrong"
    assert one.form.here == "chair"
    assert "Dilanjutkan dari draf" in one.view.draft_words.text()
    one.open("barthel")
    assert one.view.draft_words.isHidden()
    assert one.form.answers() == {}


def test_a_note_is_kept(grandmother: Screener) -> None:
    one = grandmother
    one.fill(SKILAS)
    one.press(Key.Key_C, ALT)
    one.type("anaknya ikut menjawab")
    one.press(Key.Key_Return, CTRL)
    assert kept(one.house).note == "anaknya ikut menjawab"


def test_who_does_not_treat_reads_only(qtbot: QtBot, house: House) -> None:
    screening = come_for(house, "skilas")
    screening.save("skilas", SKILAS)
    one = Screener(qtbot, house, screening, "laboratory")
    one.open("skilas")
    assert one.view.save_button.isHidden()
    assert one.view.later.isHidden()
    assert one.view.void.isHidden()
    one.press(Key.Key_2)
    assert one.form.rows["recall"].answer == "right"
    assert "Hanya dapat dibaca" in one.view.sentence.text()


def test_answers_whose_saving_is_refused_after_the_form_was_left_are_kept(qtbot: QtBot, house: House) -> None:
    left, other = come_for(house, "phq-9"), come_for(house, "skilas")
    one = Screener(qtbot, house, left)
    one.open("phq-9")
    one.fill(FIRST["phq-9"].answers)
    left.save("phq-9", {**FIRST["phq-9"].answers, "q1": "3"}, "doctor")  # a colleague was faster
    QTest.keyClick(one.form, Key.Key_Return, CTRL)
    one.desk.window.navigate("care", other.entry_uid)
    one.settle()
    draft = left.open("phq-9").draft
    assert draft is not None
    assert draft.content["answers"] == {code: str(value) for code, value in FIRST["phq-9"].answers.items()}
