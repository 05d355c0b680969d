"""The keys that a table of the form answers itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt

from desktop.session import Session
from desktop.views.block_edits import BlockEdits

_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


def own_keys(
    session: Session, blocks: BlockEdits, edit_in_place: Callable[[], object]
) -> Mapping[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]:
    """Return what each key does, with its modifiers; the keypad is none, and its Enter is Return."""
    key = Qt.Key
    return {
        (_PLAIN, key.Key_Return): session.review.accept,
        (_SHIFT, key.Key_Return): lambda: session.review.go_to_doubt(-1),
        (_CTRL | _SHIFT, key.Key_Return): lambda: session.review.confirm(blocks.keys()),
        (_PLAIN, key.Key_Space): session.review.postpone,
        (_SHIFT, key.Key_Space): blocks.select_row,
        (_PLAIN, key.Key_F2): edit_in_place,
        (_PLAIN, key.Key_Delete): blocks.clear,
        (_PLAIN, key.Key_Backspace): blocks.clear,
        (_CTRL, key.Key_C): blocks.copy,
        (_CTRL, key.Key_Insert): blocks.copy,
        (_CTRL, key.Key_V): blocks.paste,
        (_SHIFT, key.Key_Insert): blocks.paste,
        (_CTRL, key.Key_D): blocks.fill_down,
    }
