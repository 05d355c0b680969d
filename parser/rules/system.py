"""The equations of a form that must hold, grouped into systems that share no cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from parser.model.finding import Severity
from parser.model.report import CellKey
from parser.model.template import NumberKind
from parser.rules.expand import Instance
from parser.rules.form import Form

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Which cell stands in which equation.

    ``incidence`` gives for a cell position its (equation number, factor) pairs, ``members`` for an equation number its
    (cell position, factor) pairs, ``masks`` for a cell position the bit set of its equations,
    ``wide`` for an equation number the masks of those of its cells that stand in more than two, ``corners`` the cell
    position for the bit set of two equations.
    """

    incidence: Mapping[int, Pairs]
    members: Mapping[int, Pairs]
    masks: Mapping[int, int]
    wide: Mapping[int, tuple[int, ...]]
    corners: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class System:
    """Equations connected by shared cells.

    ``family`` numbers, for each equation, the family it belongs to: equations of a family share no cell (all rows, all
    columns), so one cell repairs at most one of them. ``totals`` are the cells that some equation names as its total,
    ``around`` gives for a cell those left, right, above and below.
    """

    equations: tuple[Instance, ...]
    network: Network
    family: tuple[int, ...]
    totals: frozenset[int]
    kinds: Mapping[int, NumberKind]
    around: Mapping[int, tuple[int, ...]]

    def evaluated(self, skipped: Container[Instance]) -> Network:
        """Return the network without the equations in ``skipped``."""
        gone = {number for number, equation in enumerate(self.equations) if equation in skipped}
        return _network(self.equations, gone) if gone else self.network


def systems(instances: Iterable[Instance], form: Form) -> tuple[System, ...]:
    """Return the equations among the instances as systems."""
    equations = [i for i in instances if is_equation(i)]
    return tuple(_system(group, form) for group in _components(equations))


def is_equation(instance: Instance) -> bool:
    """Whether the instance must hold by the form's own definition and pins its cells."""
    is_exact = instance.comparison == "=" and instance.given is None and not instance.needs_previous
    return is_exact and instance.rule.severity is Severity.ERROR


def _components(equations: Sequence[Instance]) -> list[list[Instance]]:
    groups: list[tuple[set[int], list[Instance]]] = []
    for equation in equations:
        cells, members = {position for _, position in equation.operands}, [equation]
        apart = []
        for other_cells, others in groups:
            if cells.isdisjoint(other_cells):
                apart.append((other_cells, others))
            else:
                cells, members = cells | other_cells, others + members
        groups = [*apart, (cells, members)]
    order = {equation: number for number, equation in enumerate(equations)}
    return [sorted(members, key=lambda equation: order[equation]) for _, members in groups]


def _system(equations: Sequence[Instance], form: Form) -> System:
    network = _network(equations, ())
    return System(
        equations=tuple(equations),
        network=network,
        family=_family(equations, network),
        totals=frozenset(position for equation in equations for position in equation.totals),
        kinds={position: form.field(form.keys[position]).kind for position in network.incidence},
        around={position: _around(form, position) for position in network.incidence},
    )


def _network(equations: Sequence[Instance], gone: Container[int]) -> Network:
    incidence: dict[int, list[tuple[int, int]]] = defaultdict(list)
    members: dict[int, Pairs] = {}
    for number, equation in enumerate(equations):
        factors: dict[int, int] = defaultdict(int)
        for sign, position in equation.operands:
            factors[position] += sign
        if number not in gone:
            members[number] = tuple(pair for pair in factors.items() if pair[1])
        for position, factor in factors.items():
            incidence[position] += [(number, factor)] if number not in gone and factor else []
    masks = {position: sum(1 << number for number, _ in pairs) for position, pairs in incidence.items()}
    return Network(
        {position: tuple(pairs) for position, pairs in incidence.items()},
        members,
        masks,
        {number: tuple(masks[p] for p, _ in pairs if len(incidence[p]) > 2) for number, pairs in members.items()},
        {masks[position]: position for position, pairs in incidence.items() if len(pairs) == 2},
    )


def _family(equations: Sequence[Instance], network: Network) -> tuple[int, ...]:
    """Return the family of each equation: those of one rule if no cell stands in two of them, else one each."""
    rules: dict[str, int] = defaultdict(int)
    for number, equation in enumerate(equations):
        rules[equation.rule.id] |= 1 << number
    disjoint = {rule for rule, family in rules.items() if all(_has_one(m & family) for m in network.masks.values())}
    names = [e.rule.id if e.rule.id in disjoint else e.id for e in equations]
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return tuple(order[name] for name in names)


def _has_one(numbers: int) -> bool:
    return numbers.bit_count() <= 1


def _around(form: Form, position: int) -> tuple[int, ...]:
    key = form.keys[position]
    rows, columns = form.rows[key.table], form.columns[key.table]
    row, column = rows.index(key.row), columns.index(key.column)
    steps = ((0, -1), (0, 1), (-1, 0), (1, 0))
    near = [(row + r, column + c) for r, c in steps if 0 <= row + r < len(rows) and 0 <= column + c < len(columns)]
    keys = [CellKey(key.table, rows[r], columns[c]) for r, c in near]
    return tuple(form.positions[key] for key in keys if key in form.positions)
