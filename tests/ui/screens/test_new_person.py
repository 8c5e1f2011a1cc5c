"""New people and families at the desk, by keyboard, in a real window on a real database."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.document import Document
from ilp_desk.domain.person import Consent, Family, NotSamePerson, OldNumber, Person, PersonStatus
from ilp_desk.domain.person_form import PersonForm
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, Visit
from ilp_desk.services.people import People, SavePerson
from tests.printing.reading import codes
from tests.ui.desk_window import DeskWindow
from ui.parts.person import sheets
from ui.parts.person.draft import KEEP_MS
from ui.parts.person.family import FamilyPanel
from ui.parts.person.lookups import PAUSE_MS
from ui.parts.person.newborn import NewbornPanel
from ui.parts.person.panel import PersonPanel
from ui.parts.person.unknown import UnknownPanel, middle_age
from ui.scanner import Scan, ScanKind
from ui.screens.registration import RegistrationPage
from ui.theme import metrics, px, tokens
from ui.widgets import Field, LineEdit, Toast
from ui.widgets.focus import FocusRing

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ilp_desk.rows.people import SavedPerson
    from tests.house import House

Key = Qt.Key
CTRL, ALT, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
NIK = "1306044302999001"
KK = "1306041206129007"
SCAN_END_MS = 170
STRANGE = ("Nu'man Ma'ruf", "x" * 300, "😀 senyum", "\u202eابن", "a\x07b\x1bc", "'); DROP TABLE person;--")


class Clerk:
    """Types and counts. `typed` are letters of data, `presses` every other key."""

    def __init__(self, qtbot: QtBot, house: House) -> None:
        self.house = house
        self.desk = DeskWindow(qtbot, house, "registration", screen="registration")
        page = self.desk.page
        assert isinstance(page, RegistrationPage)
        self.page = page
        self.desk.window.activateWindow()
        QTest.qWaitForWindowActive(self.desk.window)
        self.page.focus_search()
        self.presses = self.typed = 0

    def wait(self, ms: int = 30) -> None:
        QTest.qWait(ms)
        # An answer may begin the next question; so until it is still.
        still = next((n for n in range(20) if self.desk.runner.idle()), None)
        assert still is not None, "the lanes did not become empty"
        QApplication.processEvents()

    def pause(self) -> None:
        """Long enough for the question that waits for a pause between keys."""
        self.wait(PAUSE_MS + 60)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)
        self.typed += len(text)
        # A hand leaves a number more slowly than a scanner does.
        self.wait(SCAN_END_MS if text.isdigit() else 30)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.presses += 1
        QTest.keyClick(self.focus, key, modifier)
        self.wait()

    @property
    def focus(self) -> QWidget:
        here = QApplication.focusWidget()
        assert here is not None, "nothing has the focus"
        return here

    @property
    def sheet(self) -> QWidget:
        open_sheet = self.desk.window.overlays.open_sheet
        assert open_sheet is not None, "no sheet is open"
        return open_sheet.panel

    def closed(self) -> bool:
        return self.desk.window.overlays.open_sheet is None

    @property
    def panel(self) -> PersonPanel:
        assert isinstance(self.sheet, PersonPanel)
        return self.sheet

    def value(self, name: str) -> Any:
        return getattr(self.panel.fields.form(), name)

    def put(self, name: str, text: str) -> None:
        """Type into a field, wherever the focus was."""
        self.panel.fields.editor(name).setFocus(Qt.FocusReason.TabFocusReason)
        self.type(text)

    def sentence(self, name: str) -> str:
        return self.panel.fields.fields[name].sentence.text()

    def arrived(self) -> Any:
        """Who is shown at the desk, once its search has answered."""
        self.wait(120)
        return self.page.panel.arrival

    def new(self, typed: str = "") -> PersonPanel:
        if typed:
            self.type(typed)
        self.press(Key.Key_F3)
        return self.panel


@pytest.fixture
def clerk(qtbot: QtBot, house: House) -> Clerk:
    return Clerk(qtbot, house)


def toasts(clerk: Clerk) -> str:
    return " ".join(toast.accessibleName() for toast in clerk.desk.window.findChildren(Toast))


def ring(clerk: Clerk) -> FocusRing:
    return clerk.desk.window.findChildren(FocusRing)[0]


def register(house: House, **fields: Any) -> SavedPerson:
    base: dict[str, Any] = {
        "name": "Ahmad Fauzi",
        "sex": "L",
        "birth": "1/1/1995",
        "kk": KK,
        "relationship": "head",
        "area_uid": house.areas["hamlet"].uid,
        "rt": "02",
        "rw": "01",
        "address": "Jl. Pasar Lama No. 4",
    }
    order = SavePerson(uid=new_uid(), form=PersonForm(**(base | fields)))
    return house.desk.people.save(house.actor("registration"), order)


@pytest.fixture
def ahmad(house: House) -> SavedPerson:
    return register(house)


@pytest.fixture
def siti(house: House, ahmad: SavedPerson) -> SavedPerson:
    return register(
        house, name="Siti Nurhaliza", sex="P", birth="3/2/1999", relationship="wife", mother_name="Rosmaini"
    )


def person(house: House, uid: str) -> Person:
    found: Person = house.read(Person, uid=uid)[0]
    return found


# The main flow


def test_nik_name_and_kk_of_a_known_family_are_saved_and_registered_in_four_presses(
    clerk: Clerk, ahmad: SavedPerson
) -> None:
    clerk.new("siti nurhaliza")
    clerk.type(NIK)
    assert clerk.sentence("nik") == "Perempuan · lahir 03-02-1999"
    assert (clerk.value("sex"), clerk.value("birth"), clerk.value("name")) == ("P", "03-02-1999", "Siti Nurhaliza")
    clerk.press(Key.Key_Return)
    clerk.type(KK)
    assert clerk.sentence("kk") == "Keluarga Ahmad Fauzi, 1 anggota"
    assert clerk.value("address") == "Jl. Pasar Lama No. 4"
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.closed()
    shown = clerk.arrived()
    assert shown is not None
    assert shown.name == "Siti Nurhaliza"
    clerk.press(Key.Key_Return)
    made = next(p for p in clerk.house.read(Person) if p.name == "Siti Nurhaliza")
    assert (made.nik, made.family_uid, made.rt, made.area_uid) == (
        NIK,
        person(clerk.house, ahmad.uid).family_uid,
        "02",
        clerk.house.areas["hamlet"].uid,
    )
    assert [v.person_uid for v in clerk.house.read(Visit)] == [made.uid]
    assert clerk.presses == 4  # F3, Enter, Ctrl+Enter, and the Enter that registers after asking back
    assert clerk.typed == len("siti nurhaliza") + len(NIK) + len(KK)


def test_enter_alone_leads_through_what_is_empty_to_the_main_button(clerk: Clerk, ahmad: SavedPerson) -> None:
    clerk.new("siti nurhaliza")
    clerk.type(NIK)
    clerk.press(Key.Key_Return)
    clerk.type(KK)
    clerk.press(Key.Key_Return)
    clerk.type("i")
    clerk.press(Key.Key_Return)
    clerk.type("Rosmaini")
    clerk.press(Key.Key_Return)
    assert clerk.focus is clerk.panel.fields.editor("bpjs")
    clerk.type("0001234564410")
    clerk.press(Key.Key_Return)
    assert clerk.focus is clerk.panel.fields.editor("payer")
    clerk.type("j")
    clerk.press(Key.Key_Return)
    clerk.type("081200000190")
    clerk.press(Key.Key_Return)
    assert clerk.focus is clerk.panel.go
    clerk.press(Key.Key_Return)
    made = next(p for p in clerk.house.read(Person) if p.nik == NIK)
    assert (made.relationship, made.mother_name, made.bpjs, made.payer, made.phone, made.complete) == (
        "wife",
        "Rosmaini",
        "0001234564410",
        "jkn_pbi",
        "081200000190",
        True,
    )
    assert clerk.presses == 9  # F3, one Enter each after NIK, KK, relationship, mother, BPJS, payer, phone; the button


def test_what_enter_leaves_empty_is_not_visited_twice_and_without_a_payer_it_is_not_complete(
    clerk: Clerk, ahmad: SavedPerson
) -> None:
    panel = clerk.new("siti nurhaliza")
    clerk.type(NIK)
    clerk.put("kk", KK)
    clerk.put("relationship", "i")
    clerk.put("mother_name", "Rosmaini")
    visited = []
    for _ in range(3):
        clerk.press(Key.Key_Return)
        visited.append(clerk.focus)
    assert visited == [panel.fields.editor(name) for name in ("bpjs", "payer", "phone")]
    clerk.type("081200000190")
    clerk.press(Key.Key_Return)
    assert clerk.focus is panel.go
    assert panel.lack.accessibleName() == "Belum lengkap: penjamin"
    clerk.press(Key.Key_Return)
    assert clerk.closed()
    made = next(p for p in clerk.house.read(Person) if p.nik == NIK)
    assert (made.bpjs, made.payer, made.complete) == ("", "", False)


def test_simpan_alone_saves_tells_the_number_and_opens_nobody(clerk: Clerk) -> None:
    clerk.new("budi santoso 3/2/1980")
    clerk.put("sex", "l")
    clerk.press(Key.Key_S, CTRL)
    assert clerk.closed()
    assert [p.name for p in clerk.house.read(Person)] == ["Budi Santoso"]
    assert clerk.page.panel.arrival is None


def test_the_main_button_says_what_it_does_and_which_cluster(clerk: Clerk) -> None:
    panel = clerk.new("siti umur 70")
    assert panel.go.text() == "Simpan & buka di loket · Klaster 3"
    panel.fields.extra.pregnant.click()
    clerk.type("28 mgg")
    clerk.press(Key.Key_Tab)
    assert panel.fields.extra.weeks.accessibleName().startswith("28 mgg, HPL 13-02-2027")


# What is known fills, what is typed stays


def test_the_nik_fills_nothing_the_clerk_has_typed(clerk: Clerk) -> None:
    clerk.new()
    clerk.put("birth", "4/2/99")
    clerk.put("sex", "l")
    clerk.put("nik", NIK)
    assert (clerk.value("sex"), clerk.value("birth")) == ("L", "04-02-1999")
    assert "di isian laki-laki" in clerk.sentence("nik")


def test_a_child_gets_the_mother_of_its_family_and_keeps_a_typed_one(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.new("alif 5/6/2024")
    clerk.put("kk", KK)
    clerk.put("relationship", "a")
    assert (clerk.value("mother_name"), clerk.value("mother_uid")) == ("Siti Nurhaliza", siti.uid)
    clerk.panel.fields.editor("mother_name").setFocus()
    clerk.panel.fields.editors["mother_name"].selectAll()  # type: ignore[union-attr]
    clerk.type("Rosmaini")
    assert (clerk.value("mother_name"), clerk.value("mother_uid")) == ("Rosmaini", "")
    clerk.put("relationship", "f")
    assert clerk.value("mother_name") == "Rosmaini"


def test_a_slow_answer_never_changes_what_was_typed(
    clerk: Clerk, siti: SavedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    family, duplicates = People.family, People.duplicates

    def slow_family(self: People, actor: Any, number: str) -> Any:
        time.sleep(0.5)
        return family(self, actor, number)

    def slow_duplicates(self: People, actor: Any, form: PersonForm, uid: str = "") -> Any:
        time.sleep(0.5)
        return duplicates(self, actor, form, uid)

    monkeypatch.setattr(People, "family", slow_family)
    monkeypatch.setattr(People, "duplicates", slow_duplicates)
    panel = clerk.new()
    QTest.keyClicks(panel.fields.editor("kk"), KK)
    QTest.keyClicks(panel.fields.editor("name"), "Siti Nurhalizah")
    QTest.keyClicks(panel.fields.editor("rt"), "9")
    address = panel.fields.editor("address")
    address.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(address, "Jl. Baru")
    QTest.qWait(100)
    before = panel.fields.form()
    QTest.qWait(1400)
    clerk.wait()
    after = panel.fields.form()
    assert (after.name, after.kk, after.rt, after.address) == (before.name, before.kk, "9", "Jl. Baru")
    assert after.rw == "01"
    assert clerk.focus is address
    assert clerk.sentence("kk").startswith("Keluarga Ahmad Fauzi")


def test_what_arrives_in_the_field_one_stands_in_is_replaced_by_typing(clerk: Clerk, ahmad: SavedPerson) -> None:
    panel = clerk.new()
    clerk.put("kk", KK[:-1])
    address = panel.fields.editor("address")
    address.setFocus(Qt.FocusReason.TabFocusReason)
    panel.fields.type_in("kk", KK)
    address.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.wait()
    assert clerk.value("address") == "Jl. Pasar Lama No. 4"
    clerk.type("Jl. Baru")
    assert clerk.value("address") == "Jl. Baru"


def test_outside_the_area_a_place_is_asked_for(clerk: Clerk) -> None:
    panel = clerk.new("budi 3/2/1980")
    clerk.put("sex", "l")
    panel.fields.home.away.click()
    clerk.press(Key.Key_S, CTRL)
    assert clerk.sentence("outside_text") == "Tulis desa atau kota asalnya."
    assert clerk.focus is panel.fields.home.text
    clerk.type("Bukittinggi")
    clerk.press(Key.Key_S, CTRL)
    made = clerk.house.read(Person)[0]
    assert (made.outside, made.area_uid) == ("Bukittinggi", None)


def test_a_scanned_card_goes_into_its_field_wherever_the_focus_is(clerk: Clerk, ahmad: SavedPerson) -> None:
    panel = clerk.new()
    clerk.put("address", "Jl. Baru")
    take = panel.taker()
    assert take is not None
    for kind, value in (
        (ScanKind.SIXTEEN_DIGITS, NIK),
        (ScanKind.BPJS, "0001234564412"),
        (ScanKind.SIXTEEN_DIGITS, KK),
    ):
        take(Scan(kind, value))
        clerk.wait()
    form = panel.reading()
    assert (form.nik, form.bpjs, form.kk) == (NIK, "0001234564412", KK)
    assert clerk.value("nik") == "1306 0443 0299 9001"
    assert clerk.value("address") == "Jl. Baru"


# Duplicates


def test_a_likely_duplicate_is_shown_while_typing_and_alt_1_opens_it(clerk: Clerk, siti: SavedPerson) -> None:
    panel = clerk.new("sitti nurhalizah 3/2/99")
    clerk.pause()
    ask = panel.slot.ask
    assert ask is not None
    assert ask.text.startswith("Siti Nurhaliza · P · 03-02-1999 · RM ")
    assert "ejaan nama mirip" in ask.why
    clerk.press(Key.Key_1, ALT)
    assert clerk.closed()
    shown = clerk.arrived()
    assert shown is not None
    assert shown.person_uid == siti.uid
    assert len(clerk.house.read(Person)) == 2


def test_opening_the_wrong_duplicate_can_be_taken_back(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.new("sitti nurhalizah 3/2/99")
    clerk.put("address", "Jl. Baru")
    clerk.pause()
    clerk.press(Key.Key_1, ALT)
    clerk.press(Key.Key_Z, CTRL)
    assert (clerk.value("name"), clerk.value("address")) == ("Sitti Nurhalizah", "Jl. Baru")


def test_somebody_else_is_remembered(clerk: Clerk, siti: SavedPerson) -> None:
    panel = clerk.new("sitti nurhalizah 3/2/99")
    clerk.put("sex", "p")
    clerk.pause()
    clerk.press(Key.Key_0, ALT)
    assert panel.slot.ask is None
    clerk.put("phone", "081200000191")
    clerk.pause()
    assert panel.slot.ask is None
    clerk.press(Key.Key_S, CTRL)
    assert [pair.other_uid for pair in clerk.house.read(NotSamePerson)] == [siti.uid]


def test_the_same_nik_asks_for_a_reason_in_a_field(clerk: Clerk) -> None:
    register(clerk.house, name="Siti Nurhaliza", sex="P", birth="3/2/1999", nik=NIK, kk="", relationship="")
    panel = clerk.new("rosmaini")
    clerk.type(NIK)
    clerk.pause()
    assert panel.slot.ask is not None
    assert panel.slot.ask.head == "NIK ini sudah dipakai:"
    clerk.press(Key.Key_S, CTRL)
    assert clerk.focus is panel.fields.editor("nik_shared_reason")
    assert "tulis alasannya" in clerk.sentence("nik_shared_reason")
    clerk.type("KTP tertukar, sedang diurus")
    clerk.press(Key.Key_S, CTRL)
    assert clerk.closed()
    assert {p.nik_shared_reason for p in clerk.house.read(Person)} == {"", "KTP tertukar, sedang diurus"}


def test_nobody_is_a_duplicate_of_themselves(clerk: Clerk, siti: SavedPerson) -> None:
    sheets.open_person(clerk.page.context, siti.uid, lambda _: None)
    clerk.wait()
    clerk.put("phone", "081200000191")
    clerk.pause()
    assert clerk.panel.slot.ask is None


# Errors, drafts, leaving


def test_errors_stand_beside_their_fields_and_nothing_is_lost(clerk: Clerk) -> None:
    panel = clerk.new()
    clerk.put("bpjs", "00012345644")
    assert clerk.sentence("bpjs") == "Harus 13 angka, kurang 2"
    assert clerk.sentence("name") == ""
    clerk.put("birth", "31/2/1999")
    assert clerk.sentence("birth") == ""
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.focus is panel.fields.editor("name")
    assert clerk.sentence("name").startswith("Isi nama")
    assert clerk.sentence("birth").startswith("31-02-1999 tidak ada")
    assert (clerk.value("bpjs"), clerk.value("birth")) == ("00012345644", "31/2/1999")
    assert clerk.house.read(Person) == ()


def test_a_draft_is_kept_within_a_second_and_offered_again(clerk: Clerk) -> None:
    clerk.new()
    clerk.put("name", "Siti")
    clerk.put("address", "Jl. Baru")
    clerk.wait(KEEP_MS + 150)
    assert clerk.panel.draft_line.text().startswith("Draf tersimpan 08.")
    clerk.press(Key.Key_Escape)
    assert not clerk.closed()
    clerk.press(Key.Key_Escape)
    assert clerk.closed()
    panel = clerk.new()
    assert panel.slot.ask is not None
    assert panel.slot.ask.head.startswith("Ada draf pasien baru 08.")
    clerk.press(Key.Key_1, ALT)
    assert (clerk.value("name"), clerk.value("address")) == ("Siti", "Jl. Baru")
    clerk.put("sex", "p")
    clerk.put("birth", "3/2/1999")
    clerk.press(Key.Key_S, CTRL)
    assert len(clerk.house.read(Person)) == 1
    assert clerk.house.desk.people.prepare(clerk.house.actor("registration")).drafts == ()


def test_a_draft_that_is_not_wanted_is_thrown_away(clerk: Clerk) -> None:
    clerk.new()
    clerk.put("name", "Siti")
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_Escape)
    clerk.new()
    clerk.press(Key.Key_0, ALT)
    clerk.press(Key.Key_Escape)
    assert clerk.closed()
    assert clerk.house.desk.people.prepare(clerk.house.actor("registration")).drafts == ()


def test_esc_closes_at_once_where_nothing_was_typed_and_typing_takes_it_back(clerk: Clerk) -> None:
    clerk.new("siti")
    clerk.press(Key.Key_Escape)
    assert clerk.closed()
    panel = clerk.new()
    clerk.put("name", "x")
    clerk.press(Key.Key_Escape)
    assert panel.slot.ask is not None
    clerk.type("y")
    assert panel.slot.ask is None
    assert not clerk.closed()


def test_going_elsewhere_keeps_what_was_typed(clerk: Clerk) -> None:
    clerk.new()
    clerk.put("name", "Siti")
    clerk.desk.window.overlays.close_sheet()
    clerk.wait()
    drafts = clerk.house.desk.people.prepare(clerk.house.actor("registration")).drafts
    assert [d.content["name"] for d in drafts] == ["Siti"]


def test_every_text_field_survives_what_is_pasted_into_it(clerk: Clerk) -> None:
    for text in STRANGE:
        panel = clerk.new()
        panel.fields.show_more()
        panel.fields.show_old_number()
        editors = {n: e for n, e in panel.fields.editors.items() if isinstance(e, LineEdit)}
        for editor in editors.values():
            editor.setText(text)
            editor.textEdited.emit(text)
        shown = {n: e.text() for n, e in editors.items()}
        clerk.press(Key.Key_Return, CTRL)
        clerk.pause()
        assert not clerk.closed()
        assert {n: e.text() for n, e in editors.items()} == shown
        assert all(clerk.sentence(n) for n in ("nik", "bpjs", "kk", "rt", "rw", "phone"))
        for name in ("nik", "bpjs", "kk", "rt", "rw", "phone", "responsible_phone", "birth", "old_number"):
            editors[name].setText("")
        clerk.put("sex", "p")
        clerk.put("birth", "3/2/1999")
        clerk.press(Key.Key_S, CTRL)
        assert clerk.closed()
        clerk.page.focus_search()
    names = [" ".join("".join(c if ord(c) > 31 else " " for c in text).split()) for text in STRANGE]
    assert [p.name for p in clerk.house.read(Person)] == names


def test_everything_has_a_name_and_tab_follows_the_eye(clerk: Clerk) -> None:
    panel = clerk.new()
    stops = []
    for _ in range(40):
        stops.append(clerk.focus.accessibleName())
        QTest.keyClick(clerk.focus, Key.Key_Tab)
        if clerk.focus is panel.fields.editor("nik"):
            break
    assert all(stops)
    assert stops == [
        "NIK", "tanpa identitas", "Nama lengkap sesuai KTP/KK", "Jenis kelamin", "Tanggal lahir", "Tempat lahir",
        "No. BPJS", "Penjamin", "No. KK", "Hubungan keluarga", "Nama ibu kandung", "Nagari/Desa", "luar wilayah", "RT",
        "RW", "Telepon / WhatsApp", "Alamat", "Pekerjaan", "Sedang hamil", "Disabilitas", "Lengkapi nanti",
        "Cetak & catat", "Penanggung jawab dan data lain", "Batal", "Simpan", "Simpan & buka di loket",
        "Bayi baru lahir?", "Sudah punya No. RM lama?",
    ]  # fmt: skip


def test_old_numbers_responsible_person_and_the_rest_are_stored(clerk: Clerk) -> None:
    clerk.new("budi 3/2/1980")
    clerk.put("sex", "l")
    clerk.press(Key.Key_R, ALT)
    clerk.type("12/B, 00-12-47")
    clerk.panel.more.click()
    clerk.wait()
    clerk.type("Rosmaini")
    clerk.put("responsible_relation", "o")
    clerk.panel.fields.extra.later.click()
    clerk.press(Key.Key_S, CTRL)
    made = clerk.house.read(Person)[0]
    assert (made.responsible_name, made.responsible_relation, made.complete) == ("Rosmaini", "parent", False)
    assert [o.number for o in clerk.house.read(OldNumber)] == ["12/B", "00-12-47"]


def test_somebody_without_papers_is_registered_without_a_nik(clerk: Clerk) -> None:
    panel = clerk.new("budi 3/2/1980")
    clerk.put("sex", "l")
    panel.fields.anonymous.click()
    assert not panel.fields.editor("nik").isEnabled()
    assert "NIK" not in panel.reading().missing
    clerk.press(Key.Key_S, CTRL)
    assert clerk.house.read(Person)[0].identity == "none"


# Consent


def test_the_consent_is_printed_for_somebody_saved_and_never_ticked_beforehand(clerk: Clerk) -> None:
    panel = clerk.new("budi 3/2/1980")
    clerk.put("sex", "l")
    panel.consent.button.click()
    clerk.wait()
    assert not clerk.closed()
    assert panel.number.text().startswith("RM ")
    assert [d.kind for d in clerk.house.read(Document)] == ["general_consent"]
    assert panel.consent.answer.value() is None
    panel.consent.record.click()
    clerk.wait()
    assert clerk.house.read(Consent) == ()
    QTest.keyClick(panel.consent.answer.buttons[0], Key.Key_1)
    assert [choice.value() for choice in panel.consent.clauses.values()] == [None] * 4
    panel.consent.relation.set_value("self")
    panel.consent.witness.setText("Rina")
    panel.consent.record.click()
    clerk.wait()
    assert clerk.house.read(Consent) == ()
    assert panel.consent.fields["data_sharing"].sentence.text() == "Pilih sesuai lembarnya."
    for code, choice in panel.consent.clauses.items():
        QTest.keyClick(choice.buttons[0], Key.Key_2 if code == "data_sharing" else Key.Key_1)
    panel.consent.record.click()
    clerk.wait()
    kept = clerk.house.read(Consent)[0]
    assert (kept.answer, kept.signer, kept.relation, kept.witness) == ("agreed", "Budi", "self", "Rina")
    assert kept.clauses == {"treatment": "agreed", "data_sharing": "refused", "family": "agreed", "students": "agreed"}
    assert panel.consent.state.accessibleName() == "Persetujuan umum: setuju · 21-11-2026"
    clerk.pause()
    assert panel.slot.ask is None
    clerk.put("address", "Jl. Baru")
    clerk.press(Key.Key_Return, CTRL)
    assert [p.address for p in clerk.house.read(Person)] == ["Jl. Baru"]


def test_the_folder_label_is_printed_from_the_data_of_the_patient_which_stay_open(clerk: Clerk) -> None:
    siti = clerk.house.person("Siti Nurhaliza", "1999-02-03", record_number="00-12-47-01")
    printed: list[bytes] = []
    clerk.desk.window.print_jobs._sender = lambda job: printed.append(job.data)
    sheets.open_person(clerk.desk.page.context, siti.uid, lambda _: None)
    clerk.wait()
    clerk.press(Key.Key_L, ALT)
    assert ("Code128", "00-12-47-01") in codes(printed[0], 300)
    assert not clerk.closed()


# Somebody known


def test_what_is_missing_is_completed_later(clerk: Clerk) -> None:
    saved = register(clerk.house, kk="", relationship="")
    assert not person(clerk.house, saved.uid).complete
    told: list[str] = []
    sheets.open_person(clerk.page.context, saved.uid, told.append)
    clerk.wait()
    assert clerk.panel.lack.accessibleName() == "Belum lengkap: NIK, nama ibu, No. KK, penjamin, telepon"
    assert clerk.focus is clerk.panel.fields.editor("nik")
    clerk.type("1306040101959001")
    clerk.put("mother_name", "Nurbaiti")
    clerk.put("kk", KK)
    clerk.put("payer", "u")
    clerk.put("phone", "081200000190")
    clerk.press(Key.Key_S, CTRL)
    assert clerk.closed()
    assert person(clerk.house, saved.uid).complete
    assert told == [saved.uid]


def test_numbers_on_record_show_their_last_digits_unless_one_works_on_them(clerk: Clerk) -> None:
    saved = register(clerk.house, nik="1306040101959001", phone="081200000190")
    sheets.open_person(clerk.page.context, saved.uid, lambda _: None)
    clerk.wait()
    nik, phone = (clerk.panel.fields.editor(name) for name in ("nik", "phone"))
    assert isinstance(nik, LineEdit)
    assert isinstance(phone, LineEdit)
    assert (nik.displayText(), phone.displayText()) == ("•••••••••••••001", "•••••••••190")
    assert clerk.value("nik") == "1306040101959001"
    nik.setFocus(Qt.FocusReason.TabFocusReason)
    assert nik.displayText() == "1306040101959001"
    clerk.press(Key.Key_Tab)
    assert nik.displayText() == "•••••••••••••001"
    clerk.put("mother_name", "Nurbaiti")
    clerk.press(Key.Key_S, CTRL)
    kept = person(clerk.house, saved.uid)
    assert (kept.nik, kept.phone, kept.mother_name) == ("1306040101959001", "081200000190", "Nurbaiti")


def test_two_desks_at_the_same_record_do_not_overwrite_each_other(clerk: Clerk, siti: SavedPerson) -> None:
    sheets.open_person(clerk.page.context, siti.uid, lambda _: None)
    clerk.wait()
    other = clerk.house.desk.people.opened(clerk.house.actor("nurse"), siti.uid)
    order = SavePerson(uid=siti.uid, form=other.form, row_version=other.row_version)
    clerk.house.desk.people.save(clerk.house.actor("nurse"), order)
    clerk.put("phone", "081200000191")
    clerk.press(Key.Key_S, CTRL)
    assert not clerk.closed()
    assert clerk.value("phone") == "081200000191"


def test_dead_needs_a_source_and_is_told_at_the_desk(clerk: Clerk, siti: SavedPerson) -> None:
    told: list[str] = []
    sheets.open_person(clerk.page.context, siti.uid, told.append)
    clerk.wait()
    clerk.press(Key.Key_T, ALT)
    QTest.keyClick(clerk.focus, Key.Key_2)
    clerk.press(Key.Key_Return)
    assert not clerk.closed()
    clerk.type("surat kematian")
    clerk.press(Key.Key_Return)
    assert clerk.closed()
    assert person(clerk.house, siti.uid).status is PersonStatus.DEAD
    assert told == [siti.uid]


def test_moving_to_another_family_takes_its_address(clerk: Clerk, siti: SavedPerson) -> None:
    other = "1306041206129008"
    register(clerk.house, name="Hendri", birth="1980", kk=other, rt="09")
    sheets.open_person(clerk.page.context, siti.uid, lambda _: None)
    clerk.wait()
    clerk.press(Key.Key_K, ALT)
    clerk.type(other)
    clerk.press(Key.Key_Tab)
    clerk.type("f")
    clerk.press(Key.Key_Return)
    moved = person(clerk.house, siti.uid)
    assert clerk.closed()
    assert (moved.rt, moved.relationship) == ("09", "relative")


# Newborns, unknown patients


def test_twins_are_registered_by_their_mother_and_named_later(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    assert isinstance(clerk.sheet, NewbornPanel)
    clerk.type("siti")
    clerk.wait(100)
    clerk.press(Key.Key_Return)
    clerk.type("20/11/2026")
    clerk.press(Key.Key_Tab)
    clerk.type("2")
    assert "Kehamilan ibunya dicatat berakhir pada 20-11-2026." in clerk.sheet.names.text()
    clerk.press(Key.Key_Tab)
    clerk.type("1")
    clerk.press(Key.Key_Return, CTRL)
    assert isinstance(clerk.sheet, NewbornPanel)
    clerk.type("2")
    clerk.press(Key.Key_Return, CTRL)
    assert isinstance(clerk.sheet, FamilyPanel)
    assert "1 · RM" in toasts(clerk)
    assert "By. Ny. Siti Nurhaliza 2 · RM" in toasts(clerk)
    assert clerk.sheet.main.text() == "Daftarkan 2 orang"
    clerk.press(Key.Key_Return)
    (birth,) = clerk.house.read(Pregnancy, person_uid=siti.uid)
    assert (birth.ended_on, birth.outcome) == (date(2026, 11, 20), "birth")
    babies = clerk.house.read(Person, mother_uid=siti.uid)
    assert [(b.name, b.sex.value, b.birth_order) for b in babies] == [
        ("By. Ny. Siti Nurhaliza 1", "P", 1),
        ("By. Ny. Siti Nurhaliza 2", "L", 2),
    ]
    assert {v.person_uid for v in clerk.house.read(Visit)} == {b.uid for b in babies}
    clerk.press(Key.Key_Return)
    assert clerk.closed()
    sheets.open_person(clerk.page.context, babies[0].uid, lambda _: None)
    clerk.wait()
    clerk.press(Key.Key_N, ALT)
    clerk.type("Aisyah")
    clerk.press(Key.Key_Return)
    assert person(clerk.house, babies[0].uid).name == "Aisyah"
    assert [o.number for o in clerk.house.read(OldNumber)] == ["By. Ny. Siti Nurhaliza 1"]


def test_a_newborn_without_a_chosen_mother_or_born_tomorrow_is_refused(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    panel = clerk.sheet
    assert isinstance(panel, NewbornPanel)
    clerk.type("siti")
    panel.save(register=False)
    assert "Pilih ibunya" in panel.fields["mother"].sentence.text()
    clerk.wait(100)
    clerk.press(Key.Key_Return)
    clerk.type("22/11/2026")
    panel.sexes[0].set_value("P")
    panel.save(register=False)
    clerk.wait()
    assert "belum lewat" in panel.fields["birth"].sentence.text()
    assert len(clerk.house.read(Person)) == 2


def test_the_woman_open_at_the_desk_is_the_mother_of_the_newborn(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.page.show_found(siti.uid)
    assert clerk.arrived().name == "Siti Nurhaliza"
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    panel = clerk.sheet
    assert isinstance(panel, NewbornPanel)
    assert (panel.mother.text(), clerk.focus) == ("Siti Nurhaliza", panel.birth)
    clerk.type("20/11/2026")
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_L)
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.closed()
    assert clerk.arrived().name == "By. Ny. Siti Nurhaliza"
    (baby,) = clerk.house.read(Person, mother_uid=siti.uid)
    assert baby.sex.value == "L"


def test_a_man_or_a_child_open_at_the_desk_is_no_mother(clerk: Clerk, ahmad: SavedPerson) -> None:
    girl = register(clerk.house, name="Alya", sex="P", birth="5/6/2024", relationship="child")
    for uid in (ahmad.uid, girl.uid):
        clerk.page.show_found(uid)
        assert clerk.arrived().person_uid == uid
        clerk.new()
        clerk.press(Key.Key_B, ALT)
        panel = clerk.sheet
        assert isinstance(panel, NewbornPanel)
        assert (panel.mother.text(), clerk.focus) == ("", panel.mother)
        clerk.press(Key.Key_Escape)


def test_what_was_refused_of_a_newborn_is_no_longer_red_once_it_is_answered(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    panel = clerk.sheet
    assert isinstance(panel, NewbornPanel)
    mother, birth, sex = (panel.fields[name] for name in ("mother", "birth", "sex_0"))

    def red() -> list[Field]:
        return [field for field in (mother, birth, sex) if field.state == "error" and field.sentence.text()]

    clerk.press(Key.Key_Return, CTRL)
    assert red() == [mother]
    clerk.type("siti")
    clerk.wait(100)
    clerk.press(Key.Key_Return)
    assert red() == []
    clerk.press(Key.Key_Return, CTRL)
    assert red() == [birth]
    clerk.type("20/11/2026")
    assert red() == []
    clerk.press(Key.Key_Return, CTRL)
    assert red() == [sex]
    assert clerk.focus is panel.sexes[0].buttons[0]
    assert ring(clerk).isVisible()
    clerk.press(Key.Key_P)
    assert (red(), panel.sexes[0].value()) == ([], "P")


def test_p_and_l_choose_the_sexes_of_twins_one_after_the_other(clerk: Clerk, siti: SavedPerson) -> None:
    clerk.page.show_found(siti.uid)
    clerk.arrived()
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    panel = clerk.sheet
    assert isinstance(panel, NewbornPanel)
    clerk.press(Key.Key_Tab)
    clerk.type("2")
    assert panel.main.text() == "Simpan & buka sekeluarga"
    clerk.press(Key.Key_P)
    clerk.press(Key.Key_L)
    assert [choice.value() for choice in panel.sexes] == ["P", "L", None]
    panel.mother.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.type("lp")
    assert [choice.value() for choice in panel.sexes] == ["P", "L", None]


def test_twins_of_a_mother_without_a_family_are_both_registered(clerk: Clerk) -> None:
    alone = register(clerk.house, name="Yuliana", sex="P", birth="3/2/1999", kk="", relationship="")
    clerk.page.show_found(alone.uid)
    clerk.arrived()
    clerk.new()
    clerk.press(Key.Key_B, ALT)
    clerk.type("20/11/2026")
    clerk.press(Key.Key_Tab)
    clerk.type("2")
    clerk.press(Key.Key_P)
    clerk.press(Key.Key_P)
    clerk.press(Key.Key_Return, CTRL)
    clerk.press(Key.Key_Return)
    assert {v.person_uid for v in clerk.house.read(Visit)} == {
        b.uid for b in clerk.house.read(Person, mother_uid=alone.uid)
    }
    assert len(clerk.house.read(Visit)) == 2


def test_the_way_to_a_newborn_shows_its_key(clerk: Clerk) -> None:
    (link,) = [button for button, _, what in clerk.new().links if what == "newborn"]
    assert link.key == "Alt+B"
    assert link.width() >= link.sizeHint().width(), "there is room for the key"
    shown = link.grab().toImage()
    link.set_key("")
    assert link.grab().toImage() != shown, "the key is painted"


def test_the_sentence_below_rt_and_rw_is_read_whole(clerk: Clerk) -> None:
    panel = clerk.new()
    clerk.put("rt", "abc")
    clerk.put("rw", "9999")
    for name in ("rt", "rw"):
        below = panel.fields.fields[name].sentence
        assert below.text()
        room = below.width() - px(18)
        flags = int(Qt.TextFlag.TextWordWrap)
        wanted = metrics(tokens().label).boundingRect(QRect(0, 0, room, 1000), flags, below.text())
        assert wanted.width() <= room
        assert wanted.height() <= below.height()


def test_an_unknown_emergency_patient_takes_three_keys(clerk: Clerk) -> None:
    told: list[str] = []
    sheets.open_unknown_person(clerk.page.context, told.append)
    assert isinstance(clerk.sheet, UnknownPanel)
    for key in (Key.Key_L, Key.Key_4, Key.Key_Return):
        clerk.press(key)
    assert clerk.presses == 3
    assert clerk.closed()
    made = clerk.house.read(Person)[0]
    assert made.name.startswith("Tn. X 21-11-2026 08.")
    assert made.born_on == date(2026 - middle_age("18 sampai 40 tahun"), 7, 1)
    assert told == [made.uid]


def test_digits_typed_into_the_place_do_not_change_the_age(clerk: Clerk) -> None:
    sheets.open_unknown_person(clerk.page.context, lambda _: None)
    panel = clerk.sheet
    assert isinstance(panel, UnknownPanel)
    clerk.press(Key.Key_Return)
    assert panel.fields["sex"].sentence.text()
    clerk.press(Key.Key_P)
    clerk.press(Key.Key_6)
    panel.found_at.setFocus()
    clerk.type("Pasar Lama 1 l")
    assert (panel.sex.value(), panel.age) == ("P", "6")
    clerk.press(Key.Key_Return)
    assert clerk.house.read(Person)[0].outside == "ditemukan di Pasar Lama 1 l"


# The whole family


def family(clerk: Clerk, uid: str) -> FamilyPanel:
    sheets.open_family(clerk.page.context, uid, lambda: None)
    clerk.wait()
    assert isinstance(clerk.sheet, FamilyPanel)
    return clerk.sheet


def test_a_family_is_registered_in_one_go(clerk: Clerk, siti: SavedPerson, ahmad: SavedPerson) -> None:
    child = register(clerk.house, name="Alif Fauzi", birth="5/6/2024", relationship="child")
    panel = family(clerk, siti.uid)
    assert [row.member.name for row in panel.rows] == ["Ahmad Fauzi", "Siti Nurhaliza", "Alif Fauzi"]
    assert [row.wanted for row in panel.rows] == [False, True, False]
    assert "Klaster 2" in panel.rows[2].where.accessibleName()
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Space)
    assert panel.main.text() == "Daftarkan 2 orang"
    clerk.press(Key.Key_Return)
    assert clerk.presses == 4
    visits = clerk.house.read(Visit)
    assert {v.person_uid for v in visits} == {siti.uid, child.uid}
    assert len(clerk.house.read(QueueEntry)) == 2
    assert panel.rows[2].where.accessibleName().startswith("A-001")
    clerk.press(Key.Key_Return)
    assert clerk.closed()
    again = family(clerk, ahmad.uid)
    assert [row.here for row in again.rows] == [False, True, True]
    assert "Sudah terdaftar hari ini" in again.rows[1].where.accessibleName()
    clerk.press(Key.Key_Return)
    assert len(clerk.house.read(Visit)) == 3


def test_a_complaint_ticks_its_member_and_a_reason_asks_the_rule_again(clerk: Clerk, siti: SavedPerson) -> None:
    child = register(clerk.house, name="Alif Fauzi", birth="5/6/2024", relationship="child")
    panel = family(clerk, siti.uid)
    row = panel.rows[2]
    sick = row.where.accessibleName()
    row.reason.setFocus()
    clerk.type("s")
    clerk.press(Key.Key_Down)
    assert row.where.accessibleName() != sick
    row.complaint.setFocus()
    clerk.type("batuk")
    assert row.tick.isChecked()
    clerk.press(Key.Key_Return)
    visit = clerk.house.read(Visit, person_uid=child.uid)[0]
    assert (visit.complaint, visit.reason) == ("batuk", "healthy")


def test_a_new_member_comes_back_ticked_with_what_was_typed(clerk: Clerk, siti: SavedPerson) -> None:
    panel = family(clerk, siti.uid)
    panel.rows[1].complaint.setFocus()
    clerk.type("pusing")
    clerk.press(Key.Key_F3)
    assert clerk.value("kk") == KK
    clerk.put("name", "Alif Fauzi")
    clerk.put("sex", "l")
    clerk.put("birth", "5/6/2024")
    clerk.press(Key.Key_Return, CTRL)
    again = clerk.sheet
    assert isinstance(again, FamilyPanel)
    assert [(row.member.name, row.wanted) for row in again.rows] == [
        ("Ahmad Fauzi", False),
        ("Siti Nurhaliza", True),
        ("Alif Fauzi", True),
    ]
    assert again.rows[1].complaint.text() == "pusing"
    assert len(clerk.house.read(Family)) == 1


def test_the_dead_are_not_offered(clerk: Clerk, siti: SavedPerson, ahmad: SavedPerson) -> None:
    actor = clerk.house.actor("registration")
    clerk.house.desk.people.set_status(actor, ahmad.uid, PersonStatus.DEAD, date(2026, 11, 1), source="keluarga")
    panel = family(clerk, siti.uid)
    assert [row.member.name for row in panel.rows] == ["Siti Nurhaliza"]
