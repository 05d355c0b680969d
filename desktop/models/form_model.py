"""One table of the current report as a Qt table model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.form_layout import FormLayout, layout_of
from desktop.models.looks import CellLook, Looks
from desktop.models.wording import address, explain
from desktop.session import Session
from parser.model.report import CellKey
from parser.model.template import GridCell
from parser.templates.load import templates

Index = QModelIndex | QPersistentModelIndex
LOOK_ROLE = Qt.ItemDataRole.UserRole + 1
GRID_ROLE = Qt.ItemDataRole.UserRole + 2
_NOWHERE = QModelIndex()
_MANY = 40  # changed cells that are announced as one block


class FormModel(QAbstractTableModel):
    """Value cells answer to UserRole with their key; labels inside the body are shown and not selectable."""

    def __init__(self, session: Session, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._name = session, table
        self.form_layout: FormLayout = layout_of(templates()[-1].table(table))
        self._lit: frozenset[CellKey] = frozenset()
        self._is_assessed = False  # and how the cells look is not yet worked out
        self._looks = Looks()
        self._order = sorted(self.form_layout.positions.values())
        self._flags = Qt.ItemFlag.NoItemFlags
        session.current_changed.connect(self._on_current_changed)
        session.assessed.connect(self._on_assessed)
        session.step.ended.connect(self._on_step_ended)
        if session.report is not None:
            self._on_current_changed()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.form_layout.rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.form_layout.columns

    def key_at(self, index: Index) -> CellKey | None:
        """Return the key of the value cell at ``index``, None for labels."""
        cell = self._grid_cell(index)
        return cell.key if cell else None

    def index_of(self, key: CellKey) -> QModelIndex:
        """Return where the cell stands, an invalid index when it is not in this table."""
        place = self.form_layout.positions.get(key)
        return self.index(*place) if place else QModelIndex()

    def next_value(self, index: Index, rows: int, columns: int) -> QModelIndex:
        """Return the next value cell in a direction, over labels; the same cell when there is none."""
        row, column = index.row() + rows, index.column() + columns
        while 0 <= row < self.rowCount() and 0 <= column < self.columnCount():
            found = self._value_at(row, column)
            if found.isValid() and found != index:
                return found
            row, column = row + rows, column + columns
        return self.index(index.row(), index.column())

    def value_after(self, index: Index, step: int) -> QModelIndex:
        """Return the next (1) or previous (-1) value cell in reading order; the same cell at either end."""
        here = (index.row(), index.column())
        ahead = [place for place in self._order[::step] if (place > here if step > 0 else place < here)]
        return self.index(*(ahead[0] if ahead else here))

    def outermost(self, step: int) -> QModelIndex:
        """Return the first (-1) or last (1) value cell in reading order; none without a report."""
        places = self._order[::step]
        return self.index(*places[-1]) if places else QModelIndex()

    def _value_at(self, row: int, column: int) -> QModelIndex:
        for start in range(column, -1, -1):
            cell = self.form_layout.body.get((row, start))
            if cell is not None:
                covers = cell.key is not None and start + cell.column_span > column
                return self.index(row, start) if covers else QModelIndex()
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags if self.key_at(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._grid_cell(index)
        if cell is None:
            return None
        if role == GRID_ROLE:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if cell.label is not None:
            return cell.label.text if role == Qt.ItemDataRole.DisplayRole else None
        return self._value(cell.key, role) if cell.key else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key_at(index)
        if key is None or role != Qt.ItemDataRole.EditRole:
            return False
        return self._session.set_text(key, "" if value is None else str(value))

    def _grid_cell(self, index: Index) -> GridCell | None:
        return self.form_layout.body.get((index.row(), index.column())) if index.isValid() else None

    def _value(self, key: CellKey, role: int) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return str(key)
        entry = self._session.entry
        if entry is None or entry.report is None or key not in entry.report.cells:
            return None
        cell = entry.report.cells[key]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (address(entry, key), cell.shown)))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return "\n".join(explain(entry, key))
        return self.look_at(key) if role == LOOK_ROLE else None

    def look_at(self, key: CellKey) -> CellLook | None:
        """Return how a cell looks, None while there is no report."""
        return self._looks.at(key)

    def _on_current_changed(self) -> None:
        entry = self._session.entry
        self.beginResetModel()
        if entry is not None and entry.report is not None:
            self.form_layout = layout_of(entry.form.table(self._name))
            self._order = sorted(self.form_layout.positions.values())
        self._looks.clear()
        self._renew_looks()
        self.endResetModel()

    def _on_assessed(self) -> None:
        self._is_assessed = True

    def _on_step_ended(self) -> None:
        if self._is_assessed or self._session.lit != self._lit:
            self._is_assessed = False
            self._renew()

    def _renew(self) -> None:
        """Announce the cells that look otherwise than before, and no others."""
        changed = self._renew_looks()
        if len(changed) > _MANY:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        for key in changed:
            index = self.index_of(key)
            self.dataChanged.emit(index, index)

    def _renew_looks(self) -> list[CellKey]:
        entry, self._lit, changed = self._session.entry, self._session.lit, []
        if entry is None or entry.report is None or not self.form_layout.positions.keys() <= entry.report.cells.keys():
            self._looks.clear()
        else:
            changed = self._looks.renew(entry, self.form_layout.positions.keys(), self._lit)
        self._note_flags()
        return changed

    def _note_flags(self) -> None:
        entry = self._session.entry
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_editable = entry is not None and entry.is_editable and not self._session.keeper.is_read_only
        self._flags = Qt.ItemFlag.NoItemFlags if not self._looks else shown
        if self._looks and is_editable:
            self._flags = shown | Qt.ItemFlag.ItemIsEditable
