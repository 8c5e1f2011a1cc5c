"""The look: one source of colours and sizes, a font that has every sign, icons, Qt's own words in Indonesian."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, QRawFont
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QPlainTextEdit

import ui
from tests.ui.gallery import listening
from ui import messages
from ui.icons import icon, names, pixmap
from ui.theme import (
    CONTRAST,
    FAMILY,
    NORMAL,
    Tokens,
    apply,
    cluster_style,
    color,
    color_value,
    font,
    px,
    system_tokens,
    text_width,
    tokens,
    tone,
    use,
    zoomed,
)
from ui.theme.fonts import FILES, load_fonts, metrics
from ui.theme.places import FONT_FOLDER, ICON_FOLDER, folder_of
from ui.theme.tokens import CLUSTERS, MORE_CLUSTERS

ROOM = Path(next(iter(ui.__path__)))
SOURCES = sorted(ROOM.rglob("*.py"))
# Signs of our Indonesian texts that are not on every keyboard; ● and ○ are drawn as icons.
SIGNS = "−≥≤→↑↓✓•·–—…°₂₄×☐±²³½“”‘’é%&/+()[]?!\"'"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
ENOUGH = 4.5


pytestmark = pytest.mark.usefixtures("dressed")


def luminance(value: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts: list[float] = []
    shade = QColor(value)
    for channel in (shade.redF(), shade.greenF(), shade.blueF()):
        parts.append(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", [NORMAL, CONTRAST], ids=["normal", "contrast"])
def test_all_text_has_enough_contrast(look: Tokens) -> None:
    use(look)
    for ink in ("ink", "muted", "accent", "danger", "warning", "ok"):
        for ground in ("card", "background", "hover", "selection"):
            if (ink, ground) != ("ok", "selection"):  # never painted: see the table's test
                assert contrast(color_value(ink), color_value(ground)) >= ENOUGH, (ink, ground)
    for ground in ("card", "danger_tint", "warning_tint", "accent_tint", "ok_tint"):
        for ink in ("ink", "muted", "placeholder"):
            assert contrast(color_value(ink), color_value(ground)) >= ENOUGH, (ink, ground)
    assert contrast(look.on_accent, look.accent) >= ENOUGH
    assert contrast(look.on_accent, look.accent_dark) >= ENOUGH
    for name in ("accent", "danger", "warning", "ok", "neutral", *CLUSTERS, "F", "G", "H"):
        style = tone(name)
        assert contrast(style.ink, style.tint) >= ENOUGH, name
        assert contrast(style.ink, look.card) >= ENOUGH, name
        assert contrast(look.on_accent, style.ink) >= ENOUGH, f"letter block {name}"


def test_waiting_room_display_is_readable() -> None:
    dark = NORMAL.display
    for ground in (dark.background, dark.bar, dark.tile):
        assert contrast(dark.ink, ground) >= ENOUGH
        assert contrast(dark.muted, ground) >= ENOUGH
    for style in (*CLUSTERS.values(), *MORE_CLUSTERS):
        assert contrast(style.bright, dark.tile) >= 3, "a colour bar on the dark tile"


def test_every_cluster_letter_has_a_style_and_keeps_it() -> None:
    assert cluster_style("A-012") == CLUSTERS["A"]
    assert cluster_style("a") == CLUSTERS["A"]
    assert cluster_style("K") == cluster_style("K-001")
    assert cluster_style("7") == cluster_style("") == CLUSTERS["E"]


def test_colours_are_named() -> None:
    assert color("danger").name().upper() == NORMAL.danger
    assert color("A").name().upper() == CLUSTERS["A"].ink
    with pytest.raises(AttributeError):
        color("pink")
    with pytest.raises(KeyError):
        color("zoom")


def test_zoom_changes_every_size_and_comes_back() -> None:
    small, wide = px(20), text_width("Pendaftaran", NORMAL.body)
    larger = zoomed(NORMAL, 1)
    assert larger.zoom > 1
    use(larger)
    assert px(20) > small
    assert text_width("Pendaftaran", NORMAL.body) > wide
    assert zoomed(zoomed(larger, -1), 0) == NORMAL
    assert zoomed(NORMAL, -99).zoom == min(z.zoom for z in (zoomed(NORMAL, -9), NORMAL, larger))


def test_system_asks_for_no_contrast_here(qapp: QApplication) -> None:
    assert system_tokens() in (NORMAL, CONTRAST)


@pytest.mark.parametrize("look", [NORMAL, CONTRAST, replace(NORMAL, zoom=1.2)], ids=["normal", "contrast", "large"])
def test_stylesheet_is_understood_by_qt(qapp: QApplication, look: Tokens) -> None:
    with listening() as heard:
        apply(qapp, look)
        edit = QLineEdit()
        edit.ensurePolished()
    assert heard == []
    assert tokens() is look


# --- font ---------------------------------------------------------------------------------------------------------


def used_signs() -> set[str]:
    """Every sign in a text of the room ui, from the string literals of its sources, docstrings aside."""
    signs: set[str] = set()
    for source in SOURCES:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        docs = {
            node.body[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
                signs.update(node.value)
    return {s for s in signs if s.isprintable() and not s.isspace()}


@pytest.mark.parametrize("name", FILES)
def test_font_has_every_sign_we_use(name: str) -> None:
    raw = QRawFont(str(FONT_FOLDER / name), 14)
    assert raw.isValid()
    missing = {s for s in {*SIGNS, *LETTERS, *used_signs()} if not raw.supportsCharacter(ord(s))}
    assert missing == set()


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="huruf_yang_tak_ada"):
        folder_of("huruf_yang_tak_ada")


def drawn(text: str, bold: bool = False) -> QImage:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    p = QPainter(picture)
    p.setFont(font(24, bold))
    p.drawText(4, 30, text)
    p.end()
    return picture


@pytest.mark.parametrize("bold", [False, True])
def test_text_is_really_drawn_and_signs_differ(bold: bool) -> None:
    blank, box = drawn("", bold), drawn("\uffff", bold)
    for sign in SIGNS + LETTERS:
        assert drawn(sign, bold) not in (blank, box), sign
    assert drawn("−") != drawn("-")


def test_our_font_is_the_one_in_use(qapp: QApplication) -> None:
    assert load_fonts() == ()
    assert QRawFont.fromFont(font(14)).familyName() == FAMILY
    assert QRawFont.fromFont(font(14, True)).weight() >= 700
    assert font(14).pixelSize() == 14
    assert qapp.font().family() == FAMILY
    # x-height of the mock-ups' font at 13 px is 7 px.
    assert 6.5 <= metrics(NORMAL.body).xHeight() <= 8


# --- sources --------------------------------------------------------------------------------------------------------


def test_only_the_theme_knows_colours_and_stylesheets() -> None:
    hex_colour = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
    for source in SOURCES:
        if source.parent == ROOM / "theme":
            continue
        text = source.read_text(encoding="utf-8")
        constants = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
        strings = [value for value in constants if isinstance(value, str)]
        # The icon engine replaces the black of the files, which is not a colour of the look.
        found = [s for s in strings if hex_colour.fullmatch(s) and not (source.name == "icons.py" and s == "#000")]
        assert found == [], source
        assert "setStyleSheet" not in text, source
        assert "QColor(" not in text, source


def test_tokens_are_colours_or_sizes() -> None:
    for look in (NORMAL, CONTRAST):
        for f in fields(Tokens):
            value = getattr(look, f.name)
            if isinstance(value, str):
                assert QColor(value).isValid(), f.name


# --- icons ----------------------------------------------------------------------------------------------------------


def test_every_icon_is_sound_and_draws_something() -> None:
    assert len(names()) > 60
    for name in names():
        text = (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
        assert set(re.findall(r"#[0-9A-Fa-f]+", text)) == {"#000"}, name
        assert QSvgRenderer(text.encode()).isValid(), name
        picture = pixmap(name, NORMAL.ink, 24, 1.0).toImage()
        ink = sum(picture.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))
        assert ink >= 10, name


def test_icon_is_sharp_on_a_dense_screen() -> None:
    assert pixmap("lock", NORMAL.ink, 16, 1.5).width() == 24
    assert pixmap("lock", NORMAL.ink, 16, 1.5).devicePixelRatio() == 1.5


def test_icon_takes_the_colour_of_its_state() -> None:
    def darkest(picture: QPixmap) -> str:
        image = picture.toImage()
        inked = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255]
        return inked[0].name().upper()

    sign = icon("late", "danger", on="accent")
    assert darkest(sign.pixmap(24, QIcon.Mode.Normal)) == NORMAL.danger
    assert darkest(sign.pixmap(24, QIcon.Mode.Disabled)) == NORMAL.disabled_ink
    assert darkest(sign.pixmap(24, QIcon.Mode.Normal, QIcon.State.On)) == NORMAL.accent


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("tidak-ada", NORMAL.ink, 16, 1.0)
    with pytest.raises(FileNotFoundError, match="tidak-ada"):
        icon("tidak-ada")


# --- Qt's own words -------------------------------------------------------------------------------------------------


@pytest.fixture
def words(qapp: QApplication) -> Iterator[messages.Indonesian]:
    before = QLocale()
    translator = messages.install(qapp)
    yield translator
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_standard_buttons_are_indonesian(words: messages.Indonesian) -> None:
    box = QDialogButtonBox()
    for button in QDialogButtonBox.StandardButton:
        if button not in (QDialogButtonBox.StandardButton.NoButton,):
            box.setStandardButtons(button)
    assert words.unknown == set()
    box.setStandardButtons(QDialogButtonBox.StandardButton.Yes)
    assert box.button(QDialogButtonBox.StandardButton.Yes).text().replace("&", "") == "Ya"


def test_context_menus_are_indonesian(words: messages.Indonesian) -> None:
    line, area = QLineEdit("teks"), QPlainTextEdit("teks")
    menus = (line.createStandardContextMenu(), area.createStandardContextMenu())
    for menu in menus:
        shown = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
        assert {"Urungkan", "Potong", "Salin", "Tempel", "Pilih semua"} <= set(shown)
    assert words.unknown == set()


def test_numbers_have_a_decimal_comma(words: messages.Indonesian) -> None:
    assert QLocale().toString(36.7, "f", 1) == "36,7"


def test_unknown_words_are_told_and_left_alone(words: messages.Indonesian) -> None:
    assert words.translate("Anywhere", "Nobody translated this") is None
    assert words.unknown == {("Anywhere", "Nobody translated this")}
