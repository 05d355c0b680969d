"""Reports at hand become the one of the same office for the year before, offices matched by their names.

Names vary from year to year: with or without the places above (江苏省宿迁市, 宿迁市, nothing), 政府 for 人民政府,
委员会 made 局 by a reform. A government and its 办公室 report apart; they are never the same, nor are merged offices.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from parser.model.report import Report

_JOINING = re.compile(r"[和与及、·•]")
_SHORT = (
    ("人民政府", "政府"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("委员会", "委"),
    ("管理委", "管委"),
    ("管委会", "管委"),
)
_KIND = re.compile(r"(?:委|局|厅)$")  # what a reform renames: 发展和改革委员会, 发展和改革局
_PLACE = re.compile(r"(?:省|自治区|特别行政区|市|州|盟|县|区|旗|镇|乡)$")
_PLACES = re.compile(r"(?:[^省市州盟县区旗]+(?:省|自治区|市|州|盟|县|区|旗))*")
_SHORTEST = 2
_SAME, _RENAMED, _OTHER = 0, 1, 2


def years_before(reports: Sequence[Report]) -> list[Report | None]:
    """Return for each of the reports the one of the same office for the year before, as ``year_before`` does.

    Only those are compared whose names may be alike: a queue may hold thousands.
    """
    alike: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for position, report in enumerate(reports):
        for hint in _hints(report.issuer):
            alike[report.year or 0, hint].append(position)
    found: list[Report | None] = []
    for report in reports:
        year = (report.year or 0) - 1
        others = sorted({position for hint in _hints(report.issuer) for position in alike.get((year, hint), ())})
        found.append(year_before(report, [reports[position] for position in others]))
    return found


def year_before(report: Report, reports: Iterable[Report]) -> Report | None:
    """Return the report of the same office for the year before; None when there is none, or several fit as well.

    Of several readings of one file, a workbook made of it among them, it is the one that people have worked on most.
    """
    ranked = [(likeness(report.issuer, other.issuer), other) for other in reports if _is_year_before(other, report)]
    best = min((rank for rank, _ in ranked), default=_OTHER)
    fitting = _once_each(other for rank, other in ranked if rank == best)
    return fitting[0] if best < _OTHER and len(fitting) == 1 else None


def _once_each(reports: Iterable[Report]) -> list[Report]:
    """Return the reports without those of a file that another one is of, too."""
    by_file: dict[str | int, Report] = {}
    for report in sorted(reports, key=lambda report: len(report.edits)):
        by_file[report.sha256 or id(report)] = report
    return list(by_file.values())


@lru_cache(maxsize=100_000)  # asked again after every edit of any report of a queue
def likeness(one: str | None, other: str | None) -> int:
    """Return 0 for names of the same office, 1 if it was renamed (委 to 局) or is called in short, 2 for others."""
    names = sorted((_plain(one), _plain(other)), key=len)
    if len(names[0]) < _SHORTEST:
        return _OTHER
    if _is_same(*names):
        return _SAME
    if not all(_KIND.search(name) for name in names):
        return _OTHER
    stems = sorted((_KIND.sub("", name) for name in names), key=len)
    is_renamed = len(stems[0]) >= _SHORTEST and (_is_same(*stems) or _is_short_for(*stems))
    return _RENAMED if is_renamed else _OTHER


@lru_cache(maxsize=5_000)
def _hints(name: str | None) -> tuple[str, ...]:
    """Return words of which names that are not of other offices share at least one."""
    plain = _plain(name)
    if len(plain) < _SHORTEST:
        return ()
    hints = ["…" + plain[-_SHORTEST:]]
    if _KIND.search(plain):
        stem = _KIND.sub("", plain)
        hints += ["…" + stem[-_SHORTEST:] + "/", _split(stem)[1][:1] + "…"]
    return tuple(hints)


def _is_year_before(other: Report, report: Report) -> bool:
    return report.year is not None and other.year == report.year - 1


def _is_same(short: str, long: str) -> bool:
    """Whether the names are equal, or the longer one has places before it."""
    return long == short or (long.endswith(short) and bool(_PLACE.search(long.removesuffix(short))))


def _is_short_for(one: str, other: str) -> bool:
    """Whether one stem has some of the characters of the other, in order, and begins alike: 发改 and 发展改革."""
    (place, short), (other_place, long) = sorted((_split(one), _split(other)), key=lambda parts: len(parts[1]))
    if place and other_place and not (place.endswith(other_place) or other_place.endswith(place)):
        return False
    rest = iter(long)
    return len(short) >= _SHORTEST and short[0] == long[0] and all(character in rest for character in short)


def _split(name: str) -> tuple[str, str]:
    """Return the places that a name begins with, and the rest."""
    places = _PLACES.match(name)
    end = places.end() if places else 0
    return name[:end], name[end:]


@lru_cache(maxsize=5_000)  # every report of a queue is asked about every other
def _plain(name: str | None) -> str:
    text = "".join(unicodedata.normalize("NFKC", name or "").split())
    for long, short in _SHORT:
        text = text.replace(long, short)
    return _JOINING.sub("", text)
