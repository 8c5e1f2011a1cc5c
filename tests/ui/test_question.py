"""Enter acts on the person who answers the text in the box, or on nobody."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ui.question import Act, AskBox, Question, even


@dataclass(frozen=True)
class Hit:
    uid: str


A, B, C = Hit("a"), Hit("b"), Hit("c")


class Desk:
    """A screen that writes down what it is told, and shows panels when the test says so."""

    def __init__(self, prompt: bool = True) -> None:
        self.asked: list[Question] = []
        self.acts: list[tuple[Act, Hit]] = []
        self.prompt = prompt
        self.box: AskBox[Hit] = AskBox(self.asked.append, self.act, lambda hit: hit.uid)

    def act(self, act: Act, hit: Hit) -> None:
        self.acts.append((act, hit))
        if self.prompt and act is not Act.REGISTER:
            self.box.shown(hit.uid)

    def reply(self, *rows: Hit, exact: bool = False) -> bool:
        return self.box.answer(self.asked[-1], rows, exact)

    @property
    def registered(self) -> list[Hit]:
        return [hit for act, hit in self.acts if act is Act.REGISTER]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_after_a_name_the_first_enter_opens_and_the_second_registers(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A)]
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A), (Act.REGISTER, A)]


def test_a_name_with_a_single_hit_is_still_asked_back(desk: Desk) -> None:
    desk.box.typed("siti nurhaliza")
    desk.reply(A)
    assert desk.acts == []
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A)]


def test_after_an_identifier_with_one_hit_one_enter_registers(desk: Desk) -> None:
    desk.box.typed("1306044302999001")
    desk.reply(A, exact=True)
    assert desk.acts == [(Act.SELECT, A)]
    desk.box.enter()
    assert desk.acts == [(Act.SELECT, A), (Act.REGISTER, A)]


def test_an_identifier_with_two_hits_is_asked_back(desk: Desk) -> None:
    desk.box.typed("1306044302999001")
    desk.reply(A, B, exact=True)
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A)]


def test_a_scan_only_selects(desk: Desk) -> None:
    desk.box.scanned("1306044302999001")
    desk.reply(A, exact=True)
    assert desk.acts == [(Act.SELECT, A)]


def test_scanning_the_same_card_twice_selects_twice_and_registers_nobody(desk: Desk) -> None:
    for _ in range(2):
        desk.box.scanned("1306044302999001")
        desk.reply(A, exact=True)
    assert desk.acts == [(Act.SELECT, A), (Act.SELECT, A)]


def test_after_a_second_scan_of_a_card_enter_waits_for_the_new_panel() -> None:
    desk = Desk(prompt=False)
    for _ in range(2):
        desk.box.scanned("1306044302999001")
        desk.reply(A, exact=True)
        desk.box.enter()
        assert desk.registered == []
        desk.acts.clear()
        desk.box.scanned("1306044302999001")
        desk.reply(A, exact=True)
        desk.box.shown("a")
    desk.box.enter()
    assert desk.registered == [A]


def test_a_scan_with_several_hits_selects_nobody(desk: Desk) -> None:
    desk.box.scanned("1306041111000001")
    desk.reply(A, B, C, exact=True)
    assert desk.acts == []
    assert desk.box.current == A
    desk.box.enter()
    assert desk.registered == []


def test_enter_before_the_answer_waits_for_it(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.typed("siti nurj")
    desk.box.enter()
    assert desk.acts == []
    assert desk.box.held
    desk.reply(B)
    assert desk.acts == [(Act.OPEN, B)]
    assert not desk.box.held


def test_two_enters_before_the_answer_count_as_one(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.box.enter()
    desk.box.enter()
    desk.reply(A)
    assert desk.acts == [(Act.OPEN, A)]


@pytest.mark.parametrize("text", ["siti n", "siti ", ""])
def test_a_key_typed_after_enter_takes_it_back(desk: Desk, text: str) -> None:
    desk.box.typed("siti")
    desk.box.enter()
    desk.box.typed(text)
    assert not desk.box.held
    desk.reply(A, exact=True)
    assert desk.registered == []


def test_a_late_answer_to_an_old_question_is_dropped(desk: Desk) -> None:
    desk.box.typed("si")
    desk.box.typed("siti")
    desk.box.enter()
    assert not desk.box.answer(desk.asked[0], [C])
    assert desk.acts == []
    assert desk.box.rows == ()


@pytest.mark.parametrize("forged", [Question(1, "siti nur"), Question(2, "siti")])
def test_number_and_text_are_both_compared(desk: Desk, forged: Question) -> None:
    desk.box.typed("siti")
    desk.box.typed("siti nur")
    assert not desk.box.answer(forged, [A])


def test_an_answer_given_twice_counts_once(desk: Desk) -> None:
    desk.box.typed("1306044302999001")
    assert desk.reply(A, exact=True)
    assert not desk.reply(B, exact=True)
    assert desk.box.rows == (A,)


def test_the_old_rows_stay_on_the_screen_but_are_out_of_reach(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.typed("budi")
    assert desk.box.rows == (A, B)
    assert desk.box.current is None
    desk.box.open(1)
    assert desk.acts == []


def test_moving_to_another_row_closes_the_opened_one(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    desk.box.choose(1)
    desk.box.enter()
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A), (Act.OPEN, B), (Act.REGISTER, B)]


def test_choosing_a_row_that_is_not_there_changes_nothing(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A)
    desk.box.choose(7)
    desk.box.choose(-1)
    assert desk.box.current == A


def test_a_second_enter_before_the_panel_stands_there_does_not_register() -> None:
    desk = Desk(prompt=False)
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    desk.box.enter()
    desk.box.shown("a")
    assert desk.acts == [(Act.OPEN, A)]
    desk.box.enter()
    assert desk.registered == [A]


def test_enter_after_an_identifier_waits_for_the_panel() -> None:
    desk = Desk(prompt=False)
    desk.box.typed("1306044302999001")
    desk.reply(A, exact=True)
    desk.box.enter()
    assert desk.registered == []
    desk.box.shown("b")
    assert desk.registered == []
    desk.box.shown("a")
    assert desk.registered == [A]


def test_nobody_is_registered_twice_by_a_further_enter(desk: Desk) -> None:
    desk.box.typed("1306044302999001")
    desk.reply(A, exact=True)
    for _ in range(3):
        desk.box.enter()
    assert desk.registered == [A]


def test_after_a_failed_act_the_clerk_can_try_again(desk: Desk) -> None:
    desk.box.typed("1306044302999001")
    desk.reply(A, exact=True)
    desk.box.enter()
    desk.box.again()
    desk.reply(A, exact=True)
    desk.box.enter()
    assert desk.registered == [A, A]


def test_a_failed_search_lets_enter_go_and_the_next_enter_asks_again(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.box.enter()
    desk.box.failed(desk.asked[-1])
    desk.box.enter()
    assert desk.acts == []
    assert [q.text for q in desk.asked] == ["siti", "siti"]
    assert desk.box.held
    desk.reply(A)
    assert desk.acts == [(Act.OPEN, A)]


def test_asked_again_the_chosen_row_is_found_by_its_uid(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B, C)
    desk.box.choose(2)
    desk.box.enter()
    desk.box.again()
    desk.reply(C, A, B)
    assert desk.box.current == C
    assert desk.box.ready == C


def test_asked_again_and_gone_it_is_no_longer_open(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    desk.box.again()
    desk.reply(B)
    assert desk.box.ready is None
    desk.box.enter()
    assert desk.registered == []


def test_gone_and_back_again_it_has_to_be_opened_again(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    for rows in ((B,), (A,)):
        desk.box.again()
        desk.reply(*rows)
    assert desk.box.ready is None


def test_found_by_another_text_the_same_person_is_asked_back_again(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    desk.box.typed("siti n")
    desk.reply(A)
    desk.box.enter()
    assert desk.acts == [(Act.OPEN, A), (Act.OPEN, A)]


def test_the_late_panel_of_somebody_else_takes_nothing_away() -> None:
    desk = Desk(prompt=False)
    desk.box.typed("1306044302999001")
    desk.reply(A, exact=True)
    desk.box.shown("a")
    desk.box.shown("b")
    desk.box.enter()
    assert desk.registered == [A]


def test_a_new_text_starts_at_the_best_row(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.choose(1)
    desk.box.typed("siti n")
    desk.reply(A, B)
    assert desk.box.current == A


def test_an_empty_box_answers_nobody(desk: Desk) -> None:
    desk.box.typed("siti")
    desk.reply(A)
    desk.box.typed("  ")
    assert desk.box.rows == ()
    desk.box.enter()
    assert desk.acts == []
    assert not desk.box.held
    assert len(desk.asked) == 1


def test_spaces_and_case_do_not_make_a_new_question(desk: Desk) -> None:
    desk.box.typed("Siti  Nur")
    desk.box.typed(" siti nur ")
    assert len(desk.asked) == 1


def test_a_panel_that_could_not_be_read_is_opened_again(desk: Desk) -> None:
    desk.prompt = False
    desk.box.typed("siti")
    desk.reply(A, B)
    desk.box.enter()
    desk.box.failed(desk.box.question)
    desk.box.enter()
    desk.reply(A, B)
    assert desk.acts == [(Act.OPEN, A), (Act.OPEN, A)]


class AnyMorning(RuleBasedStateMachine):
    """Keys, answers in any order, panels, scans: whoever is acted on answers the text now in the box."""

    @initialize()
    def open_the_desk(self) -> None:
        self.text = ""
        self.enters = 0
        self.exact: dict[Question, bool] = {}
        self.open_questions: list[Question] = []
        self.panel: str | None = None
        self.pending_panels: list[str] = []
        self.box: AskBox[tuple[str, str]] = AskBox(self.open_questions.append, self.act, lambda row: row[1])

    def act(self, act: Act, row: tuple[str, str]) -> None:
        answers_to, uid = row
        assert answers_to == even(self.text)
        assert not self.box.waiting
        if act is Act.REGISTER:
            assert self.enters > 0
            assert self.panel == uid
            self.enters = 0
        else:
            self.pending_panels.append(uid)

    @rule(text=st.sampled_from(["s", "si", "siti", "SITI ", "1306", ""]))
    def type_text(self, text: str) -> None:
        if even(text) != even(self.text):
            self.panel = None
        self.text, self.enters = text, 0
        self.box.typed(text)

    @rule(text=st.sampled_from(["1306", "siti"]))
    def scan(self, text: str) -> None:
        self.text, self.enters, self.panel = text, 0, None
        self.box.scanned(text)

    @rule()
    def press_enter(self) -> None:
        self.enters += 1
        self.box.enter()

    @precondition(lambda self: self.open_questions)
    @rule(data=st.data(), count=st.integers(0, 3), exact=st.booleans())
    def reply(self, data: st.DataObject, count: int, exact: bool) -> None:
        question = data.draw(st.sampled_from(self.open_questions))
        self.open_questions.remove(question)
        self.box.answer(question, [(question.text, str(n)) for n in range(count)], exact)

    @precondition(lambda self: self.open_questions)
    @rule(data=st.data())
    def break_the_search(self, data: st.DataObject) -> None:
        question = data.draw(st.sampled_from(self.open_questions))
        self.open_questions.remove(question)
        self.box.failed(question)

    @precondition(lambda self: self.pending_panels)
    @rule(data=st.data())
    def show_a_panel(self, data: st.DataObject) -> None:
        uid = data.draw(st.sampled_from(self.pending_panels))
        self.pending_panels.remove(uid)
        if self.box.current is not None and self.box.current[1] == uid:
            self.panel = uid
        self.box.shown(uid)

    @rule(row=st.integers(-1, 3))
    def move(self, row: int) -> None:
        before = self.box.current
        self.box.choose(row)
        if self.box.current != before:
            self.panel = None

    @rule(row=st.integers(0, 2))
    def double_click(self, row: int) -> None:
        self.panel = None
        self.box.open(row)

    @rule()
    def data_changed(self) -> None:
        self.box.again()

    @invariant()
    def what_enter_would_do_belongs_to_the_text(self) -> None:
        for row in (self.box.current, self.box.ready):
            assert row is None or row[0] == even(self.text)


TestAnyMorning = AnyMorning.TestCase
TestAnyMorning.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
