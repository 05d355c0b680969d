"""What is done to a block of cells at once: copying, pasting, filling down, emptying; each is one step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from desktop.blocks import block_of, block_text, laid_out
from desktop.models.form_model import FormModel
from desktop.session import Session
from desktop.text_values import is_value
from parser.model.report import CellKey, State

Place = tuple[int, int]


class BlockEdits(QObject):
    """Works on the selection of one table."""

    def __init__(self, table: QTableView, model: FormModel, session: Session) -> None:
        super().__init__(table)
        self._table, self._model, self._session = table, model, session

    def keys(self) -> list[CellKey]:
        """Return the selected cells in reading order; the current one when none is selected."""
        chosen = sorted({(index.row(), index.column()) for index in self._table.selectedIndexes()})
        keys = [key for place in chosen if (key := self._key(place)) is not None]
        current = self._model.key_at(self._table.currentIndex())
        return keys or ([current] if current is not None else [])

    def row_keys(self) -> list[CellKey]:
        """Return the cells of the current row."""
        row = self._table.currentIndex().row()
        return [key for key, place in self._model.form_layout.positions.items() if place[0] == row]

    def table_keys(self) -> list[CellKey]:
        """Return all cells of the table."""
        return list(self._model.form_layout.positions)

    def clear(self) -> None:
        """Make the selected cells blank."""
        self._put(dict.fromkeys(self.keys(), ""))

    def copy(self) -> None:
        """Put the selected block on the clipboard, tab separated as spreadsheets do."""
        if not self._is_block(self.tr("所选的格不是连成一块的，不能复制；请选一块")):
            return
        texts = {self._model.form_layout.positions[key]: self._text(key) for key in self.keys()}
        QGuiApplication.clipboard().setText(block_text(texts))
        self._say(self.tr("已复制 {0} 格").format(len(texts)))

    def paste(self) -> None:
        """Put the block on the clipboard over the selection, from its first cell on; nothing if a part is no value."""
        if not self._is_block(self.tr("所选的格不是连成一块的，不能粘贴；请选一格或一块")):
            return
        start, rows, columns = self._area()
        fields = laid_out(block_of(QGuiApplication.clipboard().text()), start, rows, columns)
        texts = {key: text for place, text in fields.items() if (key := self._key(place)) is not None}
        wrong = next((text for text in texts.values() if not is_value(text)), None)
        if wrong is not None:
            self._say(self.tr("没有粘贴：“{0}”不是数").format(" ".join(wrong.split())[:20]))
            return
        layout = self._model.form_layout
        beyond = sum(
            bool(text.strip()) and not (row < layout.rows and column < layout.columns)
            for (row, column), text in fields.items()
        )
        if texts and self._put(texts, self.tr("粘贴")):
            words = self.tr("已粘贴 {0} 格；另有 {1} 格超出表格，没有粘贴") if beyond else self.tr("已粘贴 {0} 格")
            self._say(words.format(len(texts), beyond))

    def fill_down(self) -> None:
        """Put the topmost of the selected cells into those below it; the cell above into a single row."""
        columns: dict[int, list[CellKey]] = {}
        for key in self.keys():
            columns.setdefault(self._model.form_layout.positions[key][1], []).append(key)
        texts: dict[CellKey, str] = {}
        for keys in columns.values():
            source, targets = (keys[0], keys[1:]) if len(keys) > 1 else (self._above(keys[0]), keys)
            if source is None or not self._is_read(source):
                continue
            texts |= dict.fromkeys(targets, self._text(source))
        if not texts:
            self._say(self.tr("上面没有可以向下填充的数"))
        elif self._put(texts, self.tr("向下填充")):
            self._say(self.tr("已向下填充 {0} 格").format(len(texts)))

    def _put(self, texts: Mapping[CellKey, str], step: str = "") -> bool:
        """Put texts into cells as one step, so called, and stay where the clerk is.

        False when nothing changes: one of the texts is no value, or, which is said, all of them stand there already.
        """
        here, steps = self._session.key, self._session.undo_stack
        before = steps.command(steps.index() - 1)
        with self._session.step:
            done = self._session.set_texts(texts, step)
            self._session.go_to(here)
        if done and steps.command(steps.index() - 1) is before:
            self._say(self.tr("这些格里本来就是这样，没有改动"))
            return False
        return done

    def _is_block(self, otherwise: str) -> bool:
        """Whether cells are selected and all between them are; says ``otherwise`` if they are not."""
        if not self.keys():
            self._say(self.tr("还没有选中单元格；请先选一格"))
            return False
        (top, left), down, across = self._area()
        within = {
            key
            for key, (row, column) in self._model.form_layout.positions.items()
            if top <= row < top + down and left <= column < left + across
        }
        if within <= {*self.keys()}:
            return True
        self._say(otherwise)
        return False

    def _area(self) -> tuple[Place, int, int]:
        """Return the first cell of the selection, and over how many rows and columns it reaches."""
        places = [self._model.form_layout.positions[key] for key in self.keys()]
        top, left = min(row for row, _ in places), min(column for _, column in places)
        return (top, left), max(row for row, _ in places) - top + 1, max(column for _, column in places) - left + 1

    def _above(self, key: CellKey) -> CellKey | None:
        index = self._model.index_of(key)
        above = self._model.next_value(index, -1, 0)
        return self._model.key_at(above) if above != index else None

    def _key(self, place: Place) -> CellKey | None:
        cell = self._model.form_layout.body.get(place)
        return cell.key if cell else None

    def _text(self, key: CellKey) -> str:
        look = self._model.look_at(key)
        return look.text if look else ""

    def _is_read(self, key: CellKey) -> bool:
        look = self._model.look_at(key)
        return look is not None and look.state not in (State.UNREADABLE, State.ABSENT)

    def _say(self, words: str) -> None:
        self._session.said.emit("info", words)

    def select_row(self) -> None:
        """Select the cells of the current row."""
        chosen = self._table.selectionModel()
        chosen.clearSelection()
        for key in self.row_keys():
            chosen.select(self._model.index_of(key), chosen.SelectionFlag.Select)

    @property
    def has_block(self) -> bool:
        """Whether more than one cell is selected."""
        return len(self.keys()) > 1
