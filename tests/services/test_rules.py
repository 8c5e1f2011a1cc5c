"""Files a Puskesmas lays over our rules, and what its head approves: on a real database, with every desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.bootstrap import open_desk
from ilp_desk.domain.site_files import RowApproval, SiteFile
from ilp_desk.errors import Conflict, NeedsReason, NotAllowed, NotFound, UserError
from ilp_desk.rows.reference import LaidRow, ReferenceRow, RuleRow, RulesState
from ilp_desk.services.site.rule_files import LARGEST_FILE, check_file
from ilp_desk.services.site.rule_terms import SECTIONS
from ilp_desk.services.site.rule_words import TITLES, value_text
from tests.house import KEY

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from tests.house import House

HEAD = 'version = "{version}"\nvalid_from = {start}\nsource = "SK Kepala Puskesmas"\nstatus = "confirmed"\n'


def alarm(act: str, version: str = "PKM.1", start: str = "2026-01-01") -> bytes:
    """A file that changes what is done in a crisis of blood pressure."""
    text = HEAD.format(version=version, start=start) + f'[[alarm]]\ncode = "BP-CRISIS"\nact = "{act}"\n'
    return text.encode()


RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\{|\b(instrument|dose|follow):|\b(true|false|none)\b")
"""What nobody at a Puskesmas should have to read."""
LITERAL = ("kode", "ICD-10")


class Head:
    """The head and the admin at one desk; other desks can be opened beside it."""

    def __init__(self, house: House) -> None:
        self.house, self.site = house, house.desk.site
        self.head, self.admin = house.actor("head"), house.actor("admin")
        self.opened: list[Desk] = []

    def lay(self, content: bytes, name: str = "alarms.toml") -> SiteFile:
        return self.site.lay_reference(self.admin, name, content)

    def open_desk(self) -> Desk:
        """The same database at another desk, opened now."""
        self.opened.append(open_desk(self.house.database, KEY, self.house.clock))
        return self.opened[-1]

    def act(self) -> str:
        """What a desk opened now says in a crisis."""
        return self.open_desk().reference.alarms.rules["BP-CRISIS"].act

    def file(self, name: str = "alarms") -> ReferenceRow:
        return next(row for row in self.site.reference_files(self.head) if row.name == name)

    def row(self, code: str = "BP-CRISIS", name: str = "alarms") -> RuleRow:
        return next(row for row in self.site.reference_file(self.head, name).rows if row.code == code)

    def laid(self, name: str = "alarms") -> list[LaidRow]:
        return list(self.site.reference_file(self.head, name).laid)


@pytest.fixture
def at(house: House) -> Iterator[Head]:
    made = Head(house)
    yield made
    for desk in made.opened:
        desk.close()


# -- what is in force


def test_every_file_is_listed_with_title_source_and_what_waits(at: Head) -> None:
    rows = {row.name: row for row in at.site.reference_files(at.head)}
    assert rows["clusters"].approved
    assert rows["clusters"].title == "Klaster pelayanan"
    assert rows["service_points"].open_rows == rows["service_points"].rows > 0
    assert rows["icd10_id"].rows > 1000
    assert rows["phq-9"].instrument
    assert rows["phq-9"].title.startswith("PHQ-9")
    assert all(row.title != row.name and row.source and row.version for row in rows.values())
    assert {row.origin for row in rows.values()} == {"ours"}
    assert {row.name for row in rows.values() if not row.instrument} == TITLES.keys()


def test_a_row_is_told_in_words(at: Head) -> None:
    row = at.row("PREG-BP-RED")
    assert row.label == "Tekanan darah, merah, hamil"
    assert ("bila salah satu", "sistol >= 160, diastol >= 110") in row.columns
    assert "tingkat merah" in row.words
    assert row.waits
    assert ("disertai", "Sakit kepala berat; Pandangan kabur") in [
        (name, "; ".join(value.split("; ")[:2])) for name, value in at.row("BP-CRISIS").columns
    ]
    midwife = at.row("muac_woman", "services")
    assert midwife.label == "LiLA wanita usia subur"
    assert ("dikerjakan", "Bidan") in midwife.columns


def test_no_row_of_any_file_is_without_words(at: Head) -> None:
    for file in at.site.reference_files(at.head):
        for row in at.site.reference_file(at.head, file.name).rows:
            assert row.label
            assert row.section
            assert not any(value.startswith(("{'", "[", "Decimal")) for _, value in row.columns), (file.name, row.code)
            raw = [value for name, value in row.columns if RAW.search(value) and name not in LITERAL]
            assert raw == [], (file.name, row.code)


@given(st.text(max_size=8) | st.booleans() | st.decimals(allow_nan=False) | st.lists(st.integers(), max_size=3))
def test_any_value_has_words(value: object) -> None:
    assert value_text(value, SECTIONS) or value == ""


def test_a_file_nobody_has_is_not_found(at: Head) -> None:
    with pytest.raises(NotFound):
        at.site.reference_file(at.head, "nothing")
    with pytest.raises(NotFound):
        at.site.reference_text(at.head, "nothing")


# -- laying a file


def test_a_file_is_in_force_at_every_desk_opened_after(at: Head) -> None:
    ours = at.act()
    at.lay(alarm("Panggil dokter."))
    assert at.act() == "Panggil dokter."
    assert at.house.desk.reference.alarms.rules["BP-CRISIS"].act == ours, "nothing changes under the hands of a desk"
    assert at.file().later
    assert at.file().version.endswith("+PKM.1")
    assert (at.file().origin, at.file().changes) == ("both", 1)
    assert at.row().origin == "both"
    (shown,) = at.laid()
    assert (shown.by, shown.state, shown.version, shown.file_name) == ("Admin Contoh", "runs", "PKM.1", "alarms.toml")


def test_a_desk_says_that_other_rules_were_accepted(at: Head) -> None:
    nurse = at.house.actor("nurse")
    assert at.site.reference_state(nurse) == RulesState()
    laid = at.lay(alarm("Panggil dokter."))
    assert at.site.reference_state(nurse) == RulesState(later=True)
    assert at.open_desk().site.reference_state(nurse) == RulesState()
    at.site.take_back_reference(at.admin, laid.uid, "diurungkan")
    assert at.site.reference_state(nurse) == RulesState()


def test_the_judgements_of_a_desk_carry_both_versions(at: Head) -> None:
    at.lay(alarm("Panggil dokter.", "SK-12"))
    assert at.open_desk().reference.alarms.header.version.endswith("+SK-12")


def test_a_file_for_later_waits_for_its_day(at: Head) -> None:
    at.lay(alarm("Nanti.", start="2026-11-22"))
    assert at.act() != "Nanti."
    assert at.laid()[0].state == "later"
    at.house.hands.move(days=1)
    assert at.act() == "Nanti."
    assert at.laid()[0].state == "runs"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("alarm.toml", alarm("x"), r"alarm\.toml: nama berkas tidak dikenal"),
        ("alarms.txt", alarm("x"), r"alarms\.txt bukan berkas acuan"),
        ("alarms.toml", b"version = \n", r"alarms\.toml: penulisannya salah"),
        ("alarms.toml", b"\xff\xfe", "UTF-8"),
        ("alarms.toml", b"#" * (LARGEST_FILE + 1), "lebih dari 1 MB"),
        ("alarms.toml", b'version = "1"\n', r'alarms\.toml: "source" belum diisi'),
        ("alarms.toml", alarm("x", "2026.1"), "versi bawaan"),
        ("alarms.toml", alarm("x") + b'warna = "merah"\n', r'alarms\.toml, alarm ke-\d+ \(BP-CRISIS\): "warna"'),
        ("routing.toml", HEAD.format(version="1", start="2026-01-01").encode(), "sama dengan bawaan"),
    ],
)
def test_a_bad_file_is_refused_whole_with_its_reason(at: Head, name: str, content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        at.lay(content, name)
    assert at.house.read(SiteFile) == ()


def test_a_file_is_checked_together_with_the_others_in_force(at: Head) -> None:
    """A service point of its own may be named by the routing of the same Puskesmas, not before it is there."""
    head = HEAD.format(version="1", start="2026-01-01")
    routing = (head + '[[rule]]\ncode = "R14-PREMARITAL"\nservice_point = "catin"\n').encode()
    point = '[[service_point]]\ncode = "catin"\ncluster = "usia_produktif"\nlabel = "Catin"\norder = 90\n'
    with pytest.raises(UserError, match="catin tidak ada"):
        at.lay(routing, "routing.toml")
    points = at.lay((head + point).encode(), "service_points.toml")
    at.lay(routing, "routing.toml")
    with pytest.raises(UserError, match=r"routing\.toml \(1\) memerlukannya"):
        at.site.take_back_reference(at.admin, points.uid, "tidak jadi")
    assert at.open_desk().reference.routing.rules["R14-PREMARITAL"].service_point == "catin"


def test_laying_the_same_file_again_changes_nothing(at: Head) -> None:
    first = at.lay(alarm("Panggil dokter."))
    assert at.lay(alarm("Panggil dokter.")).uid == first.uid
    with pytest.raises(UserError, match="sudah pernah dipakai dengan isi lain"):
        at.lay(alarm("Lain."))
    at.site.take_back_reference(at.admin, first.uid, "salah berkas")
    with pytest.raises(UserError, match="sudah pernah dipakai dengan isi lain"):
        at.lay(alarm("Lain."))
    assert at.lay(alarm("Panggil dokter.")).uid != first.uid


def test_what_is_taken_back_gives_way_to_the_version_before(at: Head) -> None:
    ours = at.act()
    first, second = at.lay(alarm("Satu.")), at.lay(alarm("Dua.", "PKM.2"))
    assert at.act() == "Dua."
    assert [row.state for row in at.laid()] == ["runs", "before"]
    with pytest.raises(NeedsReason):
        at.site.take_back_reference(at.admin, second.uid, "x")
    at.site.take_back_reference(at.admin, second.uid, "salah tulis")
    assert at.act() == "Satu."
    at.site.take_back_reference(at.admin, first.uid, "SK dicabut")
    assert at.act() == ours
    assert at.laid() == []
    taken = at.site.take_back_reference(at.admin, first.uid, "lagi")
    assert taken.void_reason == "SK dicabut"


def test_a_stored_file_that_went_bad_does_not_stop_a_desk(at: Head) -> None:
    """As after an update of the program: the last good version runs, and everybody can see why."""
    at.lay(alarm("Satu."))
    bad = at.lay(alarm("Dua.", "PKM.2"))
    with at.house.store.writing(at.admin, "test.spoil") as uow:
        uow.change(bad, content=bad.content.replace("BP-CRISIS", "BP-GONE"), changes=("alarm/BP-GONE",))
    desk = at.open_desk()
    assert desk.reference.alarms.rules["BP-CRISIS"].act == "Satu."
    assert desk.site.reference_state(at.house.actor("nurse")).refused == ("Alarm merah dan kuning",)
    row = next(row for row in desk.site.reference_files(at.head) if row.name == "alarms")
    assert "(BP-GONE)" in row.refused
    assert row.version.endswith("+PKM.1")
    shown = desk.site.reference_file(at.head, "alarms").laid
    assert [row.state for row in shown] == ["refused", "runs"]
    assert "(BP-GONE)" in shown[0].trouble
    desk.site.take_back_reference(at.admin, bad.uid, "diganti")
    assert desk.site.reference_state(at.house.actor("nurse")) == RulesState()


def test_a_stored_file_whose_name_no_program_knows_any_more_is_shown_and_taken_back(at: Head) -> None:
    laid = at.lay(alarm("Satu."))
    with at.house.store.writing(at.admin, "test.spoil") as uow:
        uow.change(laid, name="sirens")
    desk = at.open_desk()
    row = next(row for row in desk.site.reference_files(at.head) if row.name == "sirens")
    assert (row.rows, row.refused) == (0, "sirens.toml: nama berkas tidak dikenal")
    assert desk.site.reference_state(at.head).refused == ("sirens",)
    assert desk.site.reference_file(at.head, "sirens").laid[0].state == "refused"
    desk.site.take_back_reference(at.admin, laid.uid, "berkas lama")
    assert "sirens" not in {row.name for row in desk.site.reference_files(at.head)}


def test_words_for_icd_and_instruments_can_be_laid_too(at: Head) -> None:
    head = HEAD.format(version="1", start="2026-01-01")
    at.lay((head + '[[icd]]\ncode = "I10"\nwords = ["Darah tinggi kampung"]\n').encode(), "icd10_id.toml")
    at.lay((head + '[[item]]\ncode = "q1"\ntext = "Kalimat resmi"\n').encode(), "phq-9.toml")
    desk = at.open_desk()
    assert desk.examination.find_codes(at.house.actor("doctor"), "kampung")[0].code == "I10"
    phq = desk.tools.in_force.instruments.on("phq-9", desk.clock.today())
    assert phq is not None
    assert phq.items["q1"].text == "Kalimat resmi"
    assert at.house.desk.examination.find_codes(at.house.actor("doctor"), "kampung") == ()


def test_an_instrument_of_its_own_is_listed_by_its_label(at: Head) -> None:
    text = (
        at.site.reference_text(at.admin, "phq-4").replace("phq-4", "phq-5").replace("PHQ-4, tanda", "Milik kita, tanda")
    )
    laid = at.lay(text.encode(), "phq-5.toml")
    row = at.file("phq-5")
    assert row.title.startswith("Milik kita")
    assert (row.origin, row.instrument, row.open_rows) == ("site", True, row.rows)
    assert at.open_desk().tools.in_force.instruments.on("phq-5", at.house.clock.today()) is not None
    at.site.take_back_reference(at.admin, laid.uid, "tidak jadi")
    with pytest.raises(NotFound):
        at.site.reference_file(at.head, "phq-5")


def test_the_exported_model_is_ours_and_changing_it_is_enough(at: Head) -> None:
    for file in at.site.reference_files(at.admin):
        text = at.site.reference_text(at.admin, file.name)
        assert text.startswith("# Contoh dari program")
        assert check_file(at.house.desk.tools.in_force.ours, f"{file.name}.toml", text.encode()).changes == 0
    model = at.site.reference_text(at.admin, "routing").replace('version = "', 'version = "PKM-', 1)
    laid = at.lay(model.replace("postpartum_days = 42", "postpartum_days = 40").encode(), "routing.toml")
    assert laid.changes == ("limits/postpartum_days",)
    assert at.site.reference_text(at.admin, "routing", laid.uid) == laid.content


# -- approving


def test_the_head_approves_a_row_with_name_and_time(at: Head) -> None:
    before = at.file().open_rows
    at.site.approve_reference(at.head, "alarms", (at.row().digest,))
    row = at.row()
    assert not row.waits
    assert row.approved_by == "Head Contoh"
    assert row.approved_at is not None
    assert at.file().open_rows == before - 1
    (stored,) = at.house.read(RowApproval)
    assert (stored.name, stored.version, stored.section, stored.code) == ("alarms", "2026.1", "alarm", "BP-CRISIS")


def test_the_head_approves_all_of_a_file_and_twice_is_once(at: Head) -> None:
    rows = at.site.reference_file(at.head, "alarms").rows
    waiting = [row.digest for row in rows if row.waits]
    at.site.approve_reference(at.head, "alarms", waiting)
    at.site.approve_reference(at.head, "alarms", waiting)
    assert at.file().approved
    assert len(at.house.read(RowApproval)) == len(waiting)


def test_the_admin_lays_files_and_approves_nothing(at: Head) -> None:
    at.lay(alarm("Panggil dokter."))
    digest = at.row().digest
    with pytest.raises(NotAllowed):
        at.site.approve_reference(at.admin, "alarms", (digest,))
    assert at.row().waits, "confirmed in the file is not approved by the head"


def test_a_changed_row_waits_again_and_its_old_approval_holds_for_the_old_row(at: Head) -> None:
    at.site.approve_reference(at.head, "alarms", [row.digest for row in at.site.reference_file(at.head, "alarms").rows])
    assert at.file().open_rows == 0
    laid = at.lay(alarm("Panggil dokter."))
    assert at.file().open_rows == 1
    assert at.row().waits
    assert not at.row("BP-LOW").waits, "what did not change stays approved"
    at.site.take_back_reference(at.admin, laid.uid, "SK dicabut")
    assert not at.row().waits


def test_what_was_shown_is_approved_and_nothing_else(at: Head) -> None:
    shown = at.row().digest
    at.lay(alarm("Panggil dokter."))
    with pytest.raises(Conflict):
        at.site.approve_reference(at.head, "alarms", (shown,))
    assert at.house.read(RowApproval) == ()


def test_an_approval_is_taken_back_with_a_reason(at: Head) -> None:
    (made,) = at.site.approve_reference(at.head, "alarms", (at.row().digest,))
    with pytest.raises(NeedsReason):
        at.site.revoke_reference(at.head, (made.uid,), "")
    at.site.revoke_reference(at.head, (made.uid,), "belum dibahas")
    assert at.row().waits
    at.site.approve_reference(at.head, "alarms", (at.row().digest,))
    assert not at.row().waits


def test_other_desks_hear_of_it(at: Head) -> None:
    before = at.house.desk.last_change()
    laid = at.lay(alarm("Panggil dokter."))
    at.site.approve_reference(at.head, "alarms", (at.row().digest,))
    at.site.take_back_reference(at.admin, laid.uid, "SK dicabut")
    told = [(change.topic, change.uid) for change in at.house.desk.changes(before)]
    assert told == [("reference", "alarms")] * 3
