"""What the widgets promise: nothing cut that matters, nothing jumps, all by keyboard, Qt stays silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import ui.widgets
from tests.ui import gallery, gallery_pages, gallery_screens
from tests.ui.hands import ENTER, RIGHT, focused, shown
from ui.theme import CONTRAST, apply, color, text_width, tokens
from ui.widgets import (
    Banner,
    BusyBar,
    Chip,
    Choice,
    ClusterCard,
    Combo,
    EmptyState,
    Icon,
    Key,
    KeyButton,
    LineEdit,
    Paragraph,
    Pill,
    QueueTile,
    Runs,
    SearchBox,
    Series,
    Tab,
    Tabs,
    Text,
    Trend,
    hbox,
    label,
    vbox,
)
from ui.widgets.trend import number, value_range

pytestmark = pytest.mark.usefixtures("dressed")


# --- buttons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "primary", "danger", "link"])
def test_a_button_gives_up_icon_and_key_but_never_its_word(kind: str) -> None:
    button = KeyButton("Daftarkan sekeluarga", "F4", kind=kind, icon="family")  # type: ignore[arg-type]
    word = text_width(button.text(), tokens().body, kind == "primary")
    assert button.minimumSizeHint().width() >= word
    assert button.sizeHint().width() > button.minimumSizeHint().width()
    assert button.accessibleName() == "Daftarkan sekeluarga"
    assert button.accessibleDescription() == "Tombol F4"


def test_a_button_in_a_dialog_is_not_pressed_by_enter_elsewhere() -> None:
    assert not KeyButton("Batal").autoDefault()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    button = KeyButton("Batalkan surat")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, key)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    button.setEnabled(False)
    QTest.keyClick(button, key)
    assert len(pressed) == 1


# --- runs ------------------------------------------------------------------------------------------------------------


def test_a_line_is_spoken_whole_and_its_last_key_is_never_cut(qtbot: QtBot) -> None:
    line = Runs(
        [Text("Keluarga: ", bold=True), Text("Alif (adik, 19 bln) imunisasi MR2 terlambat"), Chip("baru"), Key("F4")]
    )
    qtbot.addWidget(line)
    assert line.accessibleName() == "Keluarga: Alif (adik, 19 bln) imunisasi MR2 terlambat baru F4"
    line.resize(160, 30)
    narrow = line.grab().toImage()
    line.set_segments([Text("x"), Key("F4")])
    short = line.grab().toImage()
    # The cap at the right edge is the same picture with a long and with a short text before it.
    edge = [(x, y) for x in range(136, 160) for y in range(30)]
    assert [narrow.pixelColor(x, y) for x, y in edge] == [short.pixelColor(x, y) for x, y in edge]


def test_markup_in_a_name_is_shown_not_obeyed(qtbot: QtBot) -> None:
    words = Paragraph([Text("<b>Siti</b>")])
    assert words.accessibleName() == "<b>Siti</b>"
    assert label("<b>Siti</b>").textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("text", ["", "😀" * 100, "مرحبا بالعالم", "a" * 300, "tanda\x00\x07kendali", "O'Neil\u202e"])
def test_any_text_can_be_painted(qtbot: QtBot, text: str) -> None:
    with gallery.listening() as heard:
        for widget in (Runs([Text(text), Chip(text)]), Paragraph([Text(text, bold=True), Text(text)]), Pill(text)):
            qtbot.addWidget(widget)
            widget.resize(200, 40)
            widget.grab()
    assert heard == []


def test_a_paragraph_grows_with_its_words() -> None:
    words = Paragraph([Text("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh " * 3)])
    assert words.heightForWidth(200) > words.heightForWidth(600)


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_shows_it_is_busy_only_when_it_lasts(qtbot: QtBot) -> None:
    box = SearchBox("Cari", name="Cari pasien")
    qtbot.addWidget(box)
    box.set_busy(True)
    assert not box.is_busy()
    box.set_busy(False)
    box.set_busy(True)
    qtbot.waitUntil(box.is_busy, timeout=3000)
    box.set_busy(False)
    assert not box.is_busy()


def test_search_passes_on_text_and_enter(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    said: list[str] = []
    box.changed.connect(said.append)
    box.entered.connect(lambda: said.append("Enter"))
    QTest.keyClicks(box.edit, "si")
    QTest.keyClick(box.edit, ENTER)
    assert said == ["s", "si", "Enter"]
    box.resize(400, box.height())
    box.show()
    free = box.edit.width()
    box.set_info("6 dari 31.482")
    assert box.edit.width() < free, "what is typed never runs under the figures"


# --- tiles, cards, banners -------------------------------------------------------------------------------------------


def test_a_low_tile_shows_the_room_in_a_line_of_its_own_rather_than_cut() -> None:
    tile = QueueTile("E", "Lintas Klaster", 6, "", "dipanggil E-002 · Ruang Gawat Darurat", compact=True)
    whole = text_width("dipanggil E-002 · Ruang Gawat Darurat", tokens().label)
    assert tile._lines(whole) == ["dipanggil E-002 · Ruang Gawat Darurat"]
    assert tile._lines(whole - 1) == ["dipanggil E-002", "Ruang Gawat Darurat"]


def test_a_tile_says_all_it_shows() -> None:
    tile = QueueTile("A", "Ibu & Anak", 7, "terlama 24 mnt", "dipanggil A-004 · Ruang 2")
    assert tile.accessibleName() == "A Ibu & Anak: 7 menunggu, terlama 24 mnt, dipanggil A-004 · Ruang 2"
    tall = tile.height()
    tile.set_compact(True)
    assert tile.height() < tall
    tile.set(0)
    assert tile.accessibleName() == "A Ibu & Anak: 0 menunggu"


def test_the_cluster_card_asks_for_a_change(qtbot: QtBot) -> None:
    card = ClusterCard("A", "Ibu & Anak", "Poli KIA", "Klaster 2, karena hamil 28 minggu.")
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.change_wanted):
        card.button.click()
    assert card.accessibleName() == "A Ibu & Anak, Poli KIA. Klaster 2, karena hamil 28 minggu."


def test_a_banner_is_as_high_as_its_words_and_moves_its_buttons_below(qtbot: QtBot, stage: QWidget) -> None:
    button = KeyButton("Buat rujukan", "Ctrl+R", kind="danger", small=True)
    banner = Banner(
        "danger",
        "Merah: sistol ≥160.",
        "Panggil dokter, baring miring kiri, infus, MgSO₄ sesuai SOP.",
        buttons=(button,),
    )
    stage.setLayout(vbox(banner, None))
    shown(stage)
    wide = banner.height()
    assert button.geometry().center().y() == pytest.approx(wide / 2, abs=2)
    stage.resize(360, 600)
    QApplication.processEvents()
    assert banner.height() > wide
    assert button.geometry().top() > wide / 2
    assert banner.heightForWidth(banner.width()) <= banner.height()


def test_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("Belum ada pasien dipanggil.", "Tekan Ctrl+J.")
    assert empty.accessibleName() == "Belum ada pasien dipanggil. Tekan Ctrl+J."


# --- tabs, busy ------------------------------------------------------------------------------------------------------


WORDS = ("Ringkasan", "Pemeriksaan", "Skrining", "Diagnosis & terapi", "Rujukan", "Riwayat")


def test_tabs_show_one_page_and_walk_by_arrow(qtbot: QtBot, stage: QWidget) -> None:
    tabs = Tabs([Tab(word, QWidget()) for word in WORDS], current=1)
    stage.setLayout(vbox(tabs))
    shown(stage)
    told: list[int] = []
    tabs.changed.connect(told.append)
    assert tabs.keys == ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6")
    tabs.select(9)
    tabs.buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tabs.buttons[1], RIGHT)
    assert (tabs.current(), told) == (2, [2])
    assert focused() is tabs.buttons[2]
    QTest.mouseClick(tabs.buttons[5], Qt.MouseButton.LeftButton)
    assert tabs.stack.currentIndex() == 5
    tabs.set_badge(2, "3")
    assert tabs.buttons[2].accessibleName() == "Skrining 3"


@pytest.mark.parametrize("width", [430, 600, 1200])
def test_the_chosen_tab_is_never_cut_and_none_lies_outside(qtbot: QtBot, stage: QWidget, width: int) -> None:
    tabs = Tabs([Tab(word, QWidget()) for word in WORDS])
    stage.setLayout(vbox(tabs))
    stage.resize(width, 300)
    shown(stage)
    for i, word in enumerate(WORDS):
        tabs.select(i)
        assert tabs.buttons[i].width() >= text_width(word, tokens().body, True)
        assert tabs.buttons[-1].geometry().right() <= tabs.width()


def test_busy_shows_a_line_then_words_and_a_way_out(qtbot: QtBot) -> None:
    bar = BusyBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.start("Memeriksa berkas")
    assert not bar.is_shown()
    qtbot.waitUntil(bar.is_shown, timeout=3000)
    assert not bar.is_detailed()
    assert bar._later.interval() == 2000
    bar._later.timeout.emit()
    assert bar.is_detailed()
    bar.progress(312_000, 1_000_000)
    assert bar.accessibleName() == "Memeriksa berkas: 312.000 dari 1.000.000 (31 %)"
    with qtbot.waitSignal(bar.cancelled):
        bar.button.click()
    bar.stop()
    assert not bar.is_shown()
    assert not bar.is_detailed()


# --- trend -----------------------------------------------------------------------------------------------------------


def test_a_trend_says_its_last_values_and_needs_one_value_a_date() -> None:
    trend = Trend(
        ("2 Nov", "12 Nov"), (Series("sistol", (132, 142), 140), Series("suhu", (None, None))), "mmHg", "Tensi"
    )
    assert trend.accessibleName() == "Tensi, sistol terakhir 142 mmHg"
    with pytest.raises(ValueError, match="2 values for 1 dates"):
        trend.set(("2 Nov",), (Series("sistol", (132, 142)),))
    assert (number(142), number(36.7), number(0)) == ("142", "36,7", "0")
    low, high = value_range((Series("sistol", (110, 120), 140),))
    assert low < 110
    assert high > 140
    assert value_range(()) == (0.0, 1.0)


@pytest.mark.parametrize("values", [(None, None, None), (120.0, None, 120.0), (36.7, 36.7, 36.7)])
def test_a_trend_paints_gaps_and_flat_lines(qtbot: QtBot, values: tuple[float | None, ...]) -> None:
    trend = Trend(("a", "b", "c"), (Series("x", values, 140),))
    qtbot.addWidget(trend)
    with gallery.listening() as heard:
        trend.grab()
    assert heard == []


def test_a_reading_over_the_threshold_is_red(qtbot: QtBot) -> None:
    trend = Trend(("a", "b"), (Series("x", (120, 130)),))
    qtbot.addWidget(trend)
    trend.resize(280, 130)

    def red() -> bool:
        image = trend.grab().toImage()
        danger: QColor = color("danger")
        return any(image.pixelColor(x, y) == danger for x in range(280) for y in range(130))

    assert not red()
    trend.set(("a", "b"), (Series("x", (120, 150), 140),))
    assert red()


# --- the whole family ------------------------------------------------------------------------------------------------


LOOKS = [pytest.param(look, (width, height), id=suffix or "normal") for suffix, look, width, height in gallery.LOOKS]


@pytest.mark.parametrize(("look", "size"), LOOKS)
@pytest.mark.parametrize("name", sorted(gallery_pages.PAGES))
def test_every_page_fits_is_silent_and_can_be_told_aloud(
    qapp: QApplication, qtbot: QtBot, name: str, look: object, size: tuple[int, int]
) -> None:
    apply(qapp, look)  # type: ignore[arg-type]
    others = set(qapp.topLevelWidgets())
    with gallery.listening() as heard:
        page = gallery.show(gallery_pages.PAGES[name](), *size)
        qtbot.addWidget(page)
        page.grab()
    assert heard == []
    assert (page.width(), page.height()) == size
    windows = [w for w in qapp.topLevelWidgets() if w not in others and w.isVisible() and w is not page]
    assert windows == [], "a child shown before it had a parent is a window of its own"
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken is not None
            assert spoken.text(QAccessible.Text.Name), widget


def test_no_widget_wears_the_default_grey(qapp: QApplication, qtbot: QtBot) -> None:
    """Fusion's own grey gradients and blue selection appear nowhere, popups included."""
    page = gallery.show(gallery_screens.desk(), 1366, 768)
    qtbot.addWidget(page)
    combo = page.findChildren(Combo)[0]
    combo.showPopup()
    pictures = [page.grab().toImage(), combo.view().window().grab().toImage()]
    combo.hidePopup()
    for look in (page, *page.findChildren(QPushButton)[:3]):
        pictures.append(look.grab().toImage())
    foreign = {QColor(239, 239, 239).rgb(), QColor(48, 140, 198).rgb(), QColor(240, 240, 240).rgb()}
    for picture in pictures:
        seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
        assert not seen & foreign


def test_contrast_look_shows_chosen_things_without_tints(qapp: QApplication, qtbot: QtBot) -> None:
    apply(qapp, CONTRAST)
    choice = Choice(["Ya", "Tidak"], "Ya")
    chip = Runs([Chip("menunggu", "A")])
    for widget in (choice, chip):
        qtbot.addWidget(widget)
        widget.resize(200, 40)
    assert choice.buttons[0].grab().toImage().pixelColor(6, 6) == color("selection")
    edge = chip.grab().toImage()
    assert any(edge.pixelColor(x, 20) != QColor(Qt.GlobalColor.white) for x in range(3))


def test_the_family_is_whole() -> None:
    for name in ui.widgets.__all__:
        assert getattr(ui.widgets, name) is not None
    assert sorted(ui.widgets._HOME) == sorted(ui.widgets.__all__)
    with pytest.raises(AttributeError, match="Sakelar"):
        ui.widgets.Sakelar  # noqa: B018


@pytest.mark.parametrize("make", [lambda n: KeyButton("a", icon=n), lambda n: Pill("a", n), Icon])
def test_a_wrong_icon_name_is_an_error_while_building_not_while_painting(make: Callable[[str], object]) -> None:
    with pytest.raises(FileNotFoundError, match="tidak-ada"):
        make("tidak-ada")


def test_buttons_are_buttons_to_a_screen_reader(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(hbox(KeyButton("Simpan"), QueueTile("A", "Ibu & Anak"), *Choice(["a", "b"]).buttons))
    for button in page.findChildren(QAbstractButton):
        spoken = QAccessible.queryAccessibleInterface(button)
        assert spoken is not None
        assert spoken.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)


def test_an_undo_asked_by_another_key_is_not_ours(qtbot: QtBot) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(edit, event)
    assert event.isAccepted(), "select all belongs to the editor"
