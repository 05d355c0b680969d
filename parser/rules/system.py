"""The equations of a form that must hold, grouped into systems that share no cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from parser.model.finding import Severity
from parser.model.template import NumberKind
from parser.rules.expand import Instance
from parser.rules.form import Form

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Which cell stands in which equation.

    ``incidence`` gives for a cell position its (equation number, factor) pairs, ``members`` for an equation number its
    (cell position, factor) pairs, ``touching`` the cells that stand in exactly these equations.
    """

    incidence: Mapping[int, Pairs]
    members: Mapping[int, Pairs]
    touching: Mapping[frozenset[int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class System:
    """Equations connected by shared cells.

    ``families`` are bit sets of equations that share no cell among themselves (all rows, all columns): one cell
    repairs at most one equation of each. ``totals`` are the cells that some equation names as its total.
    """

    equations: tuple[Instance, ...]
    network: Network
    families: tuple[int, ...]
    totals: frozenset[int]
    kinds: Mapping[int, NumberKind]

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
    families: dict[str, int] = defaultdict(int)
    for number, equation in enumerate(equations):
        families[equation.rule.id] |= 1 << number
    return System(
        equations=tuple(equations),
        network=network,
        families=tuple(family for family in families.values() if _is_disjoint(family, network)),
        totals=frozenset(position for equation in equations for position in equation.totals),
        kinds={position: form.field(form.keys[position]).kind for position in network.incidence},
    )


def _network(equations: Sequence[Instance], gone: Container[int]) -> Network:
    incidence: dict[int, list[tuple[int, int]]] = defaultdict(list)
    members: dict[int, Pairs] = {}
    touching: dict[frozenset[int], list[int]] = defaultdict(list)
    for number, equation in enumerate(equations):
        factors: dict[int, int] = defaultdict(int)
        for sign, position in equation.operands:
            factors[position] += sign
        if number not in gone:
            members[number] = tuple(pair for pair in factors.items() if pair[1])
        for position, factor in factors.items():
            incidence[position] += [(number, factor)] if number not in gone and factor else []
    for position, pairs in incidence.items():
        touching[frozenset(number for number, _ in pairs)].append(position)
    return Network(
        {position: tuple(pairs) for position, pairs in incidence.items()},
        members,
        {numbers: tuple(positions) for numbers, positions in touching.items()},
    )


def _is_disjoint(family: int, network: Network) -> bool:
    return all(sum(family >> number & 1 for number, _ in pairs) <= 1 for pairs in network.incidence.values())
