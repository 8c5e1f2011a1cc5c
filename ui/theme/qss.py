"""The one stylesheet, written from the tokens. It dresses Qt's stock inputs; our own widgets paint themselves."""

from __future__ import annotations

from ui.theme.tokens import Tokens


def qss(k: Tokens) -> str:
    """The stylesheet of the whole application for one set of tokens."""
    return "\n".join((_plain(k), _inputs(k), _combo(k), _buttons(k), _views(k), _popups(k)))


def _shut(k: Tokens) -> tuple[str, str]:
    """Ground and line of a filled control that is disabled; in high contrast a solid block would look pressed."""
    return (k.disabled_bg, k.disabled_ink) if k.high_contrast else (k.line_strong, k.line_strong)


def _plain(k: Tokens) -> str:
    px = k.px
    return f"""
QWidget[ground="true"] {{ background: {k.background}; }}
QFrame[card="true"] {{ background: {k.card}; border: 1px solid {k.line}; border-radius: {k.radius}px; }}
QFrame[card="true"][mark="true"] {{ border: 1px solid {k.accent}; }}
QFrame[hair="true"] {{ background: {k.hair}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="label"] {{ color: {k.muted}; font-size: {px(k.label)}px; }}
QLabel[role="section"] {{ color: {k.muted}; font-size: {px(k.label)}px; font-weight: bold; }}
QLabel[role="muted"] {{ color: {k.muted}; }}
QLabel[role="small"] {{ color: {k.muted}; font-size: {px(k.label)}px; }}
QLabel[role="title"] {{ font-size: {px(k.title)}px; font-weight: bold; }}
QLabel[role="subtitle"] {{ font-size: {px(k.subtitle)}px; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {px(k.figure)}px; font-weight: bold; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="danger"] {{ color: {k.danger}; }}
QLabel[role="on-dark"] {{ color: {k.card}; }}
QLabel[role="on-dark-muted"] {{ color: {k.line_strong if not k.high_contrast else k.card}; }}
"""


def _inputs(k: Tokens) -> str:
    px = k.px
    inner = px(k.field) - 2
    pad = px(9)
    area = px(6)
    shut, shut_line = _shut(k)
    return f"""
QLineEdit, QComboBox, QPlainTextEdit {{ background: {k.card}; color: {k.ink}; border: 1px solid {k.line_strong};
  border-radius: {k.radius_field}px; padding: 0 {pad}px; min-height: {inner}px;
  selection-background-color: {k.accent}; selection-color: {k.on_accent}; placeholder-text-color: {k.placeholder}; }}
QPlainTextEdit {{ padding: {area}px {px(7)}px; }}
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover {{ border-color: {k.muted}; }}
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] {{
  border-color: {k.danger}; background: {k.danger_tint}; }}
QLineEdit[state="warn"], QComboBox[state="warn"], QPlainTextEdit[state="warn"] {{
  border-color: {k.warning}; background: {k.warning_tint}; }}
QLineEdit[state="ok"], QComboBox[state="ok"], QPlainTextEdit[state="ok"] {{ border-color: {k.ok}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {k.disabled_bg}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{
  background: {k.disabled_bg}; color: {k.disabled_ink}; border-color: {k.line}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{
  border: 2px solid {k.accent}; padding: 0 {pad - 1}px; min-height: {inner - 2}px; }}
QPlainTextEdit:focus {{ padding: {area - 1}px {px(7) - 1}px; }}
QLineEdit[state="error"]:focus, QComboBox[state="error"]:focus, QPlainTextEdit[state="error"]:focus {{
  border-color: {k.danger}; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus, QLineEdit[bare="true"]:hover {{
  border: none; background: transparent; padding: 0; min-height: 0; font-size: {px(k.search)}px; }}
QCheckBox {{ spacing: {px(8)}px; background: transparent; }}
QCheckBox[small="true"] {{ font-size: {px(k.label)}px; color: {k.muted}; spacing: {px(5)}px; }}
QCheckBox:disabled {{ color: {k.disabled_ink}; }}
QCheckBox::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {k.muted};
  border-radius: 3px; background: {k.card}; }}
QCheckBox[small="true"]::indicator {{ width: {px(12)}px; height: {px(12)}px; }}
QCheckBox::indicator:hover {{ border-color: {k.accent}; }}
QCheckBox::indicator:checked {{ background: {k.accent}; border-color: {k.accent}; image: url(icons:q-check.svg); }}
QCheckBox::indicator:disabled {{ background: {k.disabled_bg}; border-color: {k.line_strong}; }}
QCheckBox::indicator:checked:disabled {{ background: {shut}; border-color: {shut_line};
  image: url(icons:{"q-check-off" if k.high_contrast else "q-check"}.svg); }}
"""


def _combo(k: Tokens) -> str:
    px = k.px
    pad = px(11)
    arrow, arrow_off = ("q-chevron-on", "q-chevron") if k.high_contrast else ("q-chevron", "q-chevron-off")
    return f"""
QComboBox {{ padding: 0 2px 0 {pad}px; }}
QComboBox:focus {{ padding: 0 1px 0 {pad - 1}px; }}
QComboBox::drop-down {{ subcontrol-origin: border; subcontrol-position: center right; width: {px(28)}px;
  border: none; background: transparent; }}
QComboBox::down-arrow {{ image: url(icons:{arrow}.svg); width: {px(16)}px; height: {px(16)}px; }}
QComboBox::down-arrow:on {{ image: url(icons:q-chevron-on.svg); }}
QComboBox::down-arrow:disabled {{ image: url(icons:{arrow_off}.svg); }}
QComboBox QAbstractItemView {{ background: {k.card}; color: {k.ink}; border: 1px solid {k.line_strong};
  padding: 4px; outline: 0; selection-background-color: {k.selection}; selection-color: {k.ink}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 {px(8)}px; border-radius: 4px;
  color: {k.ink}; }}
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover {{
  background: {k.selection}; color: {k.ink}; }}
"""


def _buttons(k: Tokens) -> str:
    px = k.px
    inner = px(k.field) - 2
    shut, shut_line = _shut(k)
    return f"""
QPushButton {{ background: {k.card}; color: {k.ink}; border: 1px solid {k.line_strong}; border-radius: 5px;
  padding: 0 {px(12)}px; min-height: {inner}px; }}
QPushButton:hover {{ background: {k.hover}; border-color: {k.muted}; }}
QPushButton:pressed {{ background: {k.selection}; }}
QPushButton:disabled {{ background: {k.disabled_bg}; color: {k.disabled_ink}; border-color: {k.line}; }}
QPushButton[kind="primary"] {{ background: {k.accent}; color: {k.on_accent}; border: 1px solid {k.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {k.accent_dark}; }}
QPushButton[kind="primary"]:pressed {{ background: {k.accent_dark}; border-color: {k.ink}; }}
QPushButton[kind="danger"] {{ background: {k.card}; color: {k.danger}; border: 1px solid {k.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {k.danger_tint}; border-color: {k.danger}; }}
QPushButton[kind="danger"]:pressed {{ background: {k.danger_tint}; border-color: {k.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {shut}; border-color: {shut_line}; }}
QPushButton[kind="danger"]:disabled {{ background: {k.disabled_bg}; border-color: {k.line}; color: {k.disabled_ink}; }}
QPushButton[kind="link"], QPushButton[kind="link"]:hover, QPushButton[kind="link"]:pressed,
QPushButton[kind="link"]:disabled {{ background: transparent; border: none; padding: 0 2px; min-height: {px(20)}px; }}
QPushButton[tall="true"] {{ min-height: {px(k.button_tall) - 2}px; }}
QPushButton[small="true"] {{ min-height: {px(k.button_small) - 2}px; padding: 0 {px(9)}px; }}
"""


def _views(k: Tokens) -> str:
    px = k.px
    bar = px(10)
    return f"""
QListView, QTableView {{ background: {k.card}; border: none; outline: 0; }}
QTableView {{ gridline-color: {k.hair}; }}
QHeaderView, QHeaderView::section {{ background: {k.card}; border: none; }}
QTableCornerButton::section {{ background: {k.card}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 2px; }}
QScrollBar::handle {{ background: {k.line_strong}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {k.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _popups(k: Tokens) -> str:
    px = k.px
    return f"""
QMenu {{ background: {k.card}; color: {k.ink}; border: 1px solid {k.line_strong}; padding: 4px; }}
QMenu::item {{ padding: {px(6)}px {px(22)}px {px(6)}px {px(10)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {k.selection}; color: {k.ink}; }}
QMenu::item:disabled {{ color: {k.disabled_ink}; }}
QMenu::separator {{ height: 1px; background: {k.hair}; margin: 4px 2px; }}
QToolTip {{ background: {k.ink}; color: {k.card}; border: none; padding: 4px 6px; }}
"""
