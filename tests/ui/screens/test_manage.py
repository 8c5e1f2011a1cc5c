"""Manajemen, by keyboard and on real data: what is typed is saved, refused beside its field, or kept as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.keys import key_from_code, read_key, write_key_file
from ilp_desk.domain.site import Area, Facility, Partner, ServicePoint
from ilp_desk.domain.staff import Role, Staff
from ilp_desk.services.passwords import Argon2Passwords
from ilp_desk.services.site import FacilityForm
from ilp_desk.settings import ThermalPrinter
from tests.house import KEY
from tests.ui.desk_window import DeskWindow
from ui.parts.manage.areas import AreasPart
from ui.parts.manage.facility import FacilityPart
from ui.parts.manage.machine import MachinePart
from ui.parts.manage.numbers import NumbersPart
from ui.parts.manage.part import Part
from ui.parts.manage.partners import PartnersPart
from ui.parts.manage.points import PointsPart
from ui.parts.manage.reference import ReferencePart
from ui.parts.manage.safety import SafetyPart
from ui.parts.manage.staff import StaffPart
from ui.screens.manage import PARTS, ManagePage
from ui.widgets import LineEdit, TextArea

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

P = TypeVar("P", bound=Part)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ODD = ("Ma'inah Nur'aini", "🏥" * 20, "مركز صحي", "A" * 300, "baris\u0007dua")


class Managed:
    """The management open in a window, with an admin before it."""

    def __init__(self, qtbot: QtBot, house: House) -> None:
        object.__setattr__(house.desk.tools, "passwords", Argon2Passwords(1, 8, 1))
        self.desk = DeskWindow(qtbot, house, "admin", screen="manage")
        page = self.desk.page
        assert isinstance(page, ManagePage)
        self.page, self.house = page, house

    def open(self, kind: type[P]) -> P:
        """The tab of a part, by its Alt key."""
        number = PARTS.index(kind) + 1
        self.press(Qt.Key(Qt.Key.Key_0 + number), ALT, self.desk.window)
        part = self.page.part
        assert isinstance(part, kind)
        return part

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        widget: QWidget | None = None,
    ) -> None:
        QTest.keyClick(widget or self.focused(), key, modifier)
        self.desk.idle()
        self.desk.idle()

    def save(self) -> None:
        self.press(Qt.Key.Key_S, CTRL)

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.desk.window


@pytest.fixture
def managed(qtbot: QtBot, house: House) -> Managed:
    return Managed(qtbot, house)


# -- the page


def test_every_tab_opens_by_its_key_and_shows_what_is_in_force(managed: Managed) -> None:
    for kind in PARTS:
        part = managed.open(kind)
        assert part.isVisible()
        assert managed.page.tabs.current() == PARTS.index(kind)
    assert managed.open(ReferencePart).model.rows


def test_a_target_opens_its_tab(managed: Managed) -> None:
    managed.page.arrive("safety")
    assert isinstance(managed.page.part, SafetyPart)


def test_only_head_and_admin_find_it_on_the_rail(qtbot: QtBot, house: House) -> None:
    desk = DeskWindow(qtbot, house, "nurse")
    assert not desk.window.navigate("manage")


# -- facility


def test_the_letterhead_is_typed_and_saved(managed: Managed) -> None:
    part = managed.open(FacilityPart)
    part.form.field("name").setFocus()
    part.form.put({**part.form.values(), "name": ""})
    managed.save()
    assert part.form.field("name").sentence.text() == "Isi nama Puskesmas."
    managed.type("Puskesmas Maninjau")
    assert part.form.field("name").sentence.text() == ""
    managed.save()
    assert managed.house.read(Facility)[0].name == "Puskesmas Maninjau"
    assert not part.busy_with()


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_is_saved_and_shown_again(managed: Managed, text: str) -> None:
    part = managed.open(FacilityPart)
    for name in ("authority", "department", "address", "city", "ticket_note"):
        part.form.take_up({name: text})
    managed.save()
    managed.desk.window.grab()
    saved = managed.house.read(Facility)[0]
    shown = " ".join(text.replace("\x07", " ").split())
    assert (saved.address, saved.ticket_note) == (shown, shown)
    part.load()
    managed.desk.idle()
    assert part.form.text("address") == shown


def test_a_logo_is_made_small_and_kept(managed: Managed, tmp_path: Path) -> None:
    part = managed.open(FacilityPart)
    picture = QImage(1600, 800, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.save(str(tmp_path / "logo.jpg"))
    part.left.load(tmp_path / "logo.jpg")
    managed.desk.idle()
    managed.save()
    logo = managed.house.read(Facility)[0].logo_left
    assert logo is not None
    assert QImage.fromData(logo).width() == 600
    part.left.away.click()
    managed.save()
    assert managed.house.read(Facility)[0].logo_left is None


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(50), b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_refused_in_words(managed: Managed, tmp_path: Path, content: bytes) -> None:
    part = managed.open(FacilityPart)
    (tmp_path / "logo.png").write_bytes(content)
    part.left.load(tmp_path / "logo.png")
    managed.desk.idle()
    assert part.left.value() is None
    notice = managed.desk.window.overlays._notice
    assert notice is not None
    assert "bukan gambar" in notice.sentence


def test_what_two_admins_type_does_not_overwrite_each_other(managed: Managed) -> None:
    part = managed.open(FacilityPart)
    part.form.take_up({"name": "Dari saya"})
    managed.house.desk.site.save_facility(managed.house.actor("head"), FacilityForm(name="Dari kepala"))
    managed.save()
    assert managed.house.read(Facility)[0].name == "Dari kepala"
    assert part.form.text("name") == "Dari saya", "what was typed stays"


# -- areas


def test_a_whole_village_is_typed_without_the_mouse(managed: Managed) -> None:
    part = managed.open(AreasPart)
    managed.press(Qt.Key.Key_F3)
    managed.type("Bayua; Koto Kaciak")
    managed.press(Qt.Key.Key_Return)
    assert part.view.select_key(next(line.area.uid for line in part.model.rows if line.area.name == "Bayua"))
    part.names.setFocus()
    managed.type("Lubuk Kandang")
    managed.press(Qt.Key.Key_Return)
    assert part.view.select_key(next(line.area.uid for line in part.model.rows if line.area.name == "Lubuk Kandang"))
    part.level.set_value("rt")
    part.names.setFocus()
    managed.type("1-3")
    managed.press(Qt.Key.Key_Return)
    paths = [line.path for line in part.model.rows if line.path[0] == "Bayua"]
    assert paths[-1] == ("Bayua", "Lubuk Kandang", "RT 03")
    managed.type("2")
    managed.press(Qt.Key.Key_Return)
    assert "sudah ada di sini" in part.names_field.sentence.text()
    assert part.view.select_key(next(line.area.uid for line in part.model.rows if line.area.name == "Koto Kaciak"))
    assert not part.names_field.sentence.text(), "that was said of another area"


def test_an_area_people_live_in_is_not_removed(managed: Managed) -> None:
    hamlet = managed.house.areas["hamlet"]
    managed.house.person("Siti", area_uid=hamlet.uid)
    part = managed.open(AreasPart)
    part.view.select_key(hamlet.uid)
    part.side_button.click()
    managed.desk.idle()
    assert "1 orang" in part.form.field("name").sentence.text()
    managed.type("X")
    managed.save()
    assert next(line for line in part.model.rows if line.area.uid == hamlet.uid).area.name.endswith("X")


def test_which_posyandu_serves_a_hamlet_is_chosen_and_kept(managed: Managed) -> None:
    village, hamlet = managed.house.areas["village"], managed.house.areas["hamlet"]
    admin = managed.house.actor("admin")
    melati, _ = managed.house.desk.site.add_areas(admin, village.uid, "posyandu", "Melati; Kenanga")
    part = managed.open(AreasPart)
    part.view.select_key(hamlet.uid)
    assert not part.form["posyandu_uid"].isHidden()
    part.form.take_up({"posyandu_uid": melati.uid})
    managed.save()
    saved = managed.house.read(Area, level="hamlet")[0]
    assert saved.posyandu_uid == melati.uid
    part.view.select_key(melati.uid)
    assert part.form["posyandu_uid"].isHidden(), "a posyandu serves, it is not served"


# -- service points


def test_service_points_are_changed_moved_and_put_aside(managed: Managed) -> None:
    part = managed.open(PointsPart)
    part.view.select_key(managed.house.points["gigi"].uid)
    part.form.take_up({"name": "Poli Gigi", "rooms": "Ruang 6\nRuang 6B"})
    managed.save()
    saved = managed.house.read(ServicePoint, code="gigi")[0]
    assert (saved.name, saved.rooms) == ("Poli Gigi", ("Ruang 6", "Ruang 6B"))
    managed.press(Qt.Key.Key_Up, ALT)
    names = [point.name for point in part.model.rows]
    assert names.index("Poli Gigi") == names.index("Gawat darurat") - 1
    part.side_button.click()
    managed.desk.idle()
    assert not managed.house.read(ServicePoint, code="gigi")[0].active
    assert part.model.rows[-1].name == "Poli Gigi"


def test_a_new_service_point_takes_its_clusters_letter(managed: Managed) -> None:
    part = managed.open(PointsPart)
    managed.press(Qt.Key.Key_F3)
    managed.type("Poli Mata")
    part.form.take_up({"cluster": "lansia"})
    assert part.form.text("letter") == "C"
    managed.save()
    assert managed.house.read(ServicePoint, code="poli_mata")[0].letter == "C"


# -- staff


def test_somebody_new_is_added_from_the_keyboard(managed: Managed) -> None:
    part = managed.open(StaffPart)
    managed.press(Qt.Key.Key_F3)
    managed.type("Sari Contoh, A.Md.Keb")
    managed.press(Qt.Key.Key_Tab)
    managed.type("sari")
    managed.save()
    assert part.form.field("roles").sentence.text() == "Pilih sedikitnya satu peran."
    managed.press(Qt.Key.Key_Space)  # the first role is where the keyboard is
    part.form.field("password").setFocus()
    managed.type("pendek")
    managed.save()
    assert "sedikitnya 8" in part.form.field("password").sentence.text()
    managed.type("-panjang")
    managed.save()
    saved = managed.house.read(Staff, username="sari")[0]
    assert (saved.roles, saved.must_change) == ((Role.REGISTRATION,), True)
    assert part.form.text("password") == "", "no password stays on the screen"


@pytest.mark.parametrize("nip", ["123", "19990231 202401 2 001", "abc"])
def test_a_nip_that_cannot_be_is_told_while_it_is_typed(managed: Managed, nip: str) -> None:
    part = managed.open(StaffPart)
    editor = part.form.field("nip").editor
    assert isinstance(editor, LineEdit)
    editor.setText(nip)
    assert part.form.field("nip").state == "error"


def test_the_last_manager_cannot_be_taken_away(managed: Managed) -> None:
    part = managed.open(StaffPart)
    me = managed.house.actor("admin").staff_uid
    part.view.select_key(me)
    part.side_button.click()
    managed.desk.idle()
    assert managed.house.read(Staff, uid=me)[0].active


# -- record numbers


def test_the_sample_shows_how_the_next_number_looks(managed: Managed) -> None:
    part = managed.open(NumbersPart)
    part.form.take_up({"separator": "-", "last_number": "00.12.46"})
    assert part.sample.text() == "00-12-47"
    managed.save()
    assert part.sample.text() == "00-12-47"
    part.form.take_up({"last_number": "12A"})
    managed.save()
    assert "hanya angka" in part.form.field("last_number").sentence.text()


def test_the_table_of_places_is_the_sites_own(managed: Managed) -> None:
    part = managed.open(NumbersPart)
    part.form.take_up({"scheme": "family_folder"})
    assert part.table.isVisible()
    assert not part.form["last_number"].isVisible()
    managed.save()
    part.codes.form.take_up({"code": "11", "label": "Mertua", "standard": "parent_in_law"})
    part.codes.keep.click()
    managed.desk.idle()
    assert [row.code for row in part.codes.model.rows][-1] == "11"
    part.codes.form.take_up({"code": "1", "label": "Salah", "standard": "child"})
    part.codes.keep.click()
    managed.desk.idle()
    assert "harus 2 angka" in part.codes.form.field("code").sentence.text()


# -- partners


def test_a_referral_destination_is_added(managed: Managed) -> None:
    part = managed.open(PartnersPart)
    managed.press(Qt.Key.Key_F3)
    managed.type("RSUD Lubuk Basung")
    part.form.take_up({"specialties": ("obstetrics",), "distance_km": "jauh"})
    managed.save()
    assert "km bulat" in part.form.field("distance_km").sentence.text()
    part.form.take_up({"distance_km": "38"})
    managed.save()
    saved = managed.house.read(Partner, name="RSUD Lubuk Basung")[0]
    assert (saved.specialties, saved.distance_km) == (("obstetrics",), 38)


# -- this computer


def test_printers_are_chosen_for_this_computer(managed: Managed) -> None:
    part = managed.open(MachinePart)
    kept: list[object] = []
    managed.desk.window.settings_changed.connect(kept.append)
    part.form.take_up({"desk": "Loket 3", "kind": "tcp", "address": "192.168.1.50 :9100"})
    managed.save()
    assert "Tulis alamat printer" in part.form.field("address").sentence.text()
    assert kept == []
    part.form.take_up({"address": "192.168.1.50:9100"})
    managed.save()
    settings = kept[-1]
    assert settings.desk == "Loket 3"  # type: ignore[attr-defined]
    assert settings.thermal == ThermalPrinter("tcp", "192.168.1.50:9100", 80)  # type: ignore[attr-defined]
    part.form.take_up({"desk": " "})
    managed.save()
    assert "Isi nama loket" in part.form.field("desk").sentence.text()


def test_a_printer_that_does_not_answer_is_told_and_nothing_is_lost(managed: Managed) -> None:
    part = managed.open(MachinePart)
    part.form.take_up({"kind": "tcp", "address": "127.0.0.1:9"})
    part.try_ticket()
    managed.desk.idle()
    assert managed.desk.window.print_jobs.failed == 1
    assert part.form.text("address") == "127.0.0.1:9"


# -- safety


def test_a_new_recovery_code_holds_once_it_was_typed_back(managed: Managed) -> None:
    house = managed.house
    write_key_file(house.folder / "desk.key", KEY)
    part = managed.open(SafetyPart)
    part.begin_code()
    managed.desk.idle()
    panel = part.recovery
    assert panel is not None
    code = panel.code
    assert read_key(house.folder / "desk.key") == KEY
    panel.ask_back()
    assert not panel.groups.isVisible(), "it is typed from paper, not from the screen"
    managed.type(code[:-1] + ("A" if code[-1] != "A" else "B"))
    managed.press(Qt.Key.Key_Return)
    assert "keliru" in panel.typed_field.sentence.text()
    panel.typed.clear()
    managed.type(code.lower().replace("-", ""))
    managed.press(Qt.Key.Key_Return)
    assert part.recovery is None
    assert read_key(house.folder / "desk.key") == key_from_code(code)
    assert house.desk.site.facility(house.actor("admin")) is not None, "work goes on with the new key"


def test_the_sheet_with_the_code_can_be_looked_at(managed: Managed) -> None:
    write_key_file(managed.house.folder / "desk.key", KEY)
    part = managed.open(SafetyPart)
    part.begin_code()
    managed.desk.idle()
    assert part.recovery is not None
    part.recovery.show_sheet()
    managed.desk.idle()
    sheet = managed.desk.window.overlays.open_sheet
    assert sheet is not None
    sheet.close_sheet()
    assert part.recovery is not None, "the code is still there to be typed back"


def test_a_copy_is_made_and_the_database_is_checked(managed: Managed) -> None:
    write_key_file(managed.house.folder / "desk.key", KEY)
    part = managed.open(SafetyPart)
    part.copies.now.click()
    managed.desk.idle()
    managed.desk.idle()
    assert len(part.copies.model.rows) == 1
    part.copies.use(managed.house.folder / "usb" / "flashdisk")
    managed.desk.idle()
    assert not part.copies.model.rows
    part.copies.now.click()
    managed.desk.idle()
    notice = managed.desk.window.overlays._notice
    assert notice is not None
    assert "tidak dapat ditulis" in notice.sentence
    part.checking.start_button.click()
    managed.desk.idle()
    assert [finding.code for finding in part.checking.findings][-1] == "search"
    assert all(finding.ok for finding in part.checking.findings)


def test_a_check_that_is_stopped_stops(managed: Managed) -> None:
    part = managed.open(SafetyPart)
    part.checking.start_button.click()
    part.checking.busy.cancelled.emit()
    managed.desk.idle()
    assert len(part.checking.findings) < 8
    part.checking.start_button.click()
    managed.desk.idle()
    assert len(part.checking.findings) == 8


@pytest.mark.parametrize("minutes", ["", "0", "61", "sepuluh", "²"])
def test_minutes_that_cannot_be_are_refused(managed: Managed, minutes: str) -> None:
    part = managed.open(SafetyPart)
    assert isinstance(part.idle.editor, LineEdit)
    part.idle.editor.setText(minutes)
    managed.save()
    assert part.idle.sentence.text() == "Isi 1 sampai 60 menit."
    assert managed.house.read(Facility)[0].idle_minutes == 10


def test_a_passphrase_is_set_and_taken_off(managed: Managed) -> None:
    key_file = managed.house.folder / "desk.key"
    write_key_file(key_file, KEY)
    part = managed.open(SafetyPart)
    part.start_form.take_up({"passphrase": "maninjau indah", "again": "maninjau"})
    part.set_start.click()
    assert "berbeda" in part.start_form.field("again").sentence.text()
    part.start_form.take_up({"again": "maninjau indah"})
    part.set_start.click()
    managed.desk.idle()
    managed.desk.idle()
    assert read_key(key_file, "maninjau indah") == KEY
    part.start_form.take_up({"old": "salah"})
    part.drop_start.click()
    managed.desk.idle()
    assert part.start_form.field("old").state == "error"
    part.start_form.take_up({"old": "maninjau indah"})
    part.drop_start.click()
    managed.desk.idle()
    assert read_key(key_file) == KEY


# -- nothing typed is lost


def test_what_is_typed_is_offered_again_after_a_crash(managed: Managed, qtbot: QtBot) -> None:
    part = managed.open(PointsPart)
    part.view.select_key(managed.house.points["gigi"].uid)
    part.form.take_up({"name": "Poli Gigi dan Mulut"})
    qtbot.waitUntil(lambda: not part._soon.isActive(), timeout=3000)
    managed.desk.idle()
    again = Managed(qtbot, managed.house)
    fresh = again.open(PointsPart)
    again.desk.idle()
    assert fresh._offer is not None
    draft = managed.house.desk.site.draft(managed.house.actor("admin"), "points")
    assert draft is not None
    fresh._go_on(draft)
    assert fresh.form.text("name") == "Poli Gigi dan Mulut"
    assert fresh.current is not None
    assert fresh.current.code == "gigi"
    again.save()
    assert managed.house.desk.site.draft(managed.house.actor("admin"), "points") is None
    assert managed.house.read(ServicePoint, code="gigi")[0].name == "Poli Gigi dan Mulut"


def test_no_password_reaches_a_draft(managed: Managed) -> None:
    part = managed.open(StaffPart)
    managed.press(Qt.Key.Key_F3)
    part.form.take_up({"name": "Sari", "password": "rahasia-sekali"})
    managed.page.save_draft()
    managed.desk.idle()
    draft = managed.house.desk.site.draft(managed.house.actor("admin"), "staff")
    assert draft is not None
    assert "rahasia" not in str(draft.content)


def test_choosing_another_row_keeps_what_was_typed(managed: Managed) -> None:
    part = managed.open(PartnersPart)
    rows = part.model.rows
    part.view.select(0)
    part.form.take_up({"city": "Lubuk Basung"})
    part.view.select(1)
    managed.desk.idle()
    assert part.form.text("name") == rows[1].name
    managed.desk.window.overlays.undo()
    managed.desk.idle()
    assert (part.form.text("name"), part.form.text("city")) == (rows[0].name, "Lubuk Basung")


def test_news_from_another_desk_do_not_replace_what_is_being_typed(managed: Managed) -> None:
    part = managed.open(FacilityPart)
    part.form.take_up({"name": "Sedang diketik"})
    managed.house.desk.site.save_idle(managed.house.actor("head"), 5)
    managed.page.changed("site", "", "somebody")
    managed.desk.idle()
    assert part.form.text("name") == "Sedang diketik"


def test_every_field_has_a_name_to_be_read_out(managed: Managed) -> None:
    for kind in PARTS:
        part = managed.open(kind)
        for editor in (*part.findChildren(LineEdit), *part.findChildren(TextArea)):
            assert editor.accessibleName(), kind.code


@pytest.mark.parametrize("size", [(1093, 614), (1280, 720)])
def test_the_main_action_stays_in_sight_in_small_windows(managed: Managed, size: tuple[int, int]) -> None:
    window = managed.desk.window
    window.resize(*size)
    for kind in (FacilityPart, PointsPart, StaffPart, NumbersPart, PartnersPart, MachinePart):
        part = managed.open(kind)
        button = part.save_button  # type: ignore[attr-defined]
        place = button.mapTo(window, button.rect().bottomRight())
        assert (window.width(), window.height()) == size
        assert place.y() < window.height() - 26
        assert place.x() < window.width()


def test_the_tabs_are_read_whole_with_large_letters_on_a_small_screen(managed: Managed) -> None:
    managed.desk.window.resize(1093 * 10 // 12, 614)
    managed.desk.idle()
    page = managed.desk.page
    assert isinstance(page, ManagePage)
    assert [tab.text() for tab in page.tabs.buttons if tab.width() < tab.content_width()] == []
