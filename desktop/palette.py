"""The colours of the window: one light and one dark theme, one accent, one meaning a colour."""

from __future__ import annotations

from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from parser.paths import resource

_FAMILIES = [
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]
TEXT_SIZES = {"": 9.75, "large": 11.25, "larger": 12.75}  # points: 13, 15 and 17 px at 96 dpi
STYLE, IS_STYLED = "Fusion", "nianbao_styled"
_CHOICE = "nianbao_theme"

# Only what a palette cannot say: flat tabs, thin scroll bars, splitters without grips, edges seen in the dark.
_STYLE = """
QTabBar::tab { padding: 6px 12px 5px 12px; border: none; border-bottom: 2px solid transparent; color: $muted; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QSplitter::handle { background: $window; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 0 8px; }
QStatusBar QLabel#where { padding-left: 4px; }
QScrollBar:vertical { width: 12px; background: $base; border: none; }
QScrollBar:horizontal { height: 12px; background: $base; border: none; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $zero; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QProgressBar { border: none; background: $line; }
QProgressBar::chunk { background: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $zero; border-radius: 2px; background: $base; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { border-color: $accent; background: $ticked; image: url("$tick"); }
QDialog > QLineEdit, #manual > QLineEdit, #queue_field, #find_field, #page_field, #password_field {
    border: 1px solid $zero; border-radius: 2px; padding: 2px 4px; background: $base; selection-color: $on_accent;
}
QDialog > QLineEdit:focus, #manual > QLineEdit:focus, #queue_field:focus, #find_field:focus, #page_field:focus,
#password_field:focus { border-color: $accent; }
#notice_close:focus { border: 1px solid $accent; border-radius: 2px; }
QToolTip { color: $text; background: $base; border: 1px solid $line; padding: 4px; }
"""


class Theme(NamedTuple):
    """Colours as #rrggbb. ``*_soft`` is the background that goes with the sign of the same name."""

    window: str
    base: str
    header: str
    text: str
    muted: str
    zero: str
    line: str
    accent: str
    accent_soft: str
    on_accent: str
    doubt: str
    doubt_soft: str
    doubt_chosen: str
    error: str
    error_soft: str
    good: str
    hatch: str
    absent: str
    lit: str
    found: str
    found_now: str


LIGHT = Theme(
    window="#f2f4f7",
    base="#ffffff",
    header="#eef1f5",
    text="#1c2128",
    muted="#5d6673",
    zero="#6b7380",
    line="#d3d8df",
    accent="#1a66ad",
    accent_soft="#d9e8f7",
    on_accent="#ffffff",
    doubt="#9a5b00",
    doubt_soft="#ffedc2",
    doubt_chosen="#f6dc9c",
    error="#c3281f",
    error_soft="#fde7e4",
    good="#23803a",
    hatch="#d3d8df",
    absent="#e9ecf0",
    lit="#dfecfa",
    found="#e3d8f8",
    found_now="#6a3fb5",
)
DARK = Theme(
    window="#22262b",
    base="#191c20",
    header="#262b31",
    text="#e3e6ea",
    muted="#a0a8b3",
    zero="#8a93a0",
    line="#454c55",
    accent="#62aeea",
    accent_soft="#1f3d57",
    on_accent="#0f1418",
    doubt="#e8ae42",
    doubt_soft="#4b3a10",
    doubt_chosen="#5c4816",
    error="#fb978c",
    error_soft="#4a2421",
    good="#6cc479",
    hatch="#4d555f",
    absent="#2a2f35",
    lit="#21374b",
    found="#3d3160",
    found_now="#e6dcff",
)


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that ``palette`` was made from."""
    return DARK if palette.color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def dress(app: QApplication) -> None:
    """Give the application its style, colours and font, and follow the desktop between light and dark."""
    if not app.property(IS_STYLED):
        app.setStyle(STYLE)
    size_text(app, "")
    _paint(app)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: _paint(app))


def choose_theme(app: QApplication, choice: str) -> None:
    """Show the application "light" or "dark", with ``""`` as the desktop is."""
    app.setProperty(_CHOICE, choice)
    hints = QGuiApplication.styleHints()
    if choice:  # title bars and the system's own dialogs follow where they can
        hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
    else:
        hints.unsetColorScheme()
    _paint(app)


def size_text(app: QApplication, choice: str) -> None:
    """Write everything in one of TEXT_SIZES."""
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPointSizeF(TEXT_SIZES.get(choice, TEXT_SIZES[""]))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    is_new = font.pointSizeF() != app.font().pointSizeF()
    app.setFont(font)
    if is_new and app.styleSheet():
        app.setStyleSheet(app.styleSheet())  # or what stands in a window already keeps its font


def _paint(app: QApplication) -> None:
    choice = app.property(_CHOICE)
    is_dark = choice == "dark" or (not choice and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark)
    theme = DARK if is_dark else LIGHT
    if app.palette().color(QPalette.ColorRole.Window).name() != theme.window or not app.styleSheet():
        wear(app, theme)


def wear(app: QApplication, theme: Theme) -> None:
    """Give the application the colours of a theme."""
    app.setPalette(palette_for(theme))
    app.setStyleSheet(
        Template(_STYLE).substitute(
            theme._asdict(),
            tick=resource("icons", "check.svg").as_posix(),  # drawn in black
            ticked=theme.accent if theme is DARK else theme.accent_soft,
        )
    )


def palette_for(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.header,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.header,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.line,
        role.Midlight: theme.header,
        role.Light: theme.base,
        role.Dark: theme.line,
        role.Accent: theme.accent,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.zero))
    return palette


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures
