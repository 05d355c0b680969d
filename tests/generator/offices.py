"""Invented offices, the forms their report titles take, and what surrounds them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.generator.data import words

_WORDS: dict[str, Any] = words("offices")


_TITLES = ("one", "two", "no_year", "year_below", "no_name", "doubled", "year_first", "wrapped", "about")
_TITLE_WEIGHTS = (48, 16, 6, 6, 4, 6, 6, 5, 3)


@dataclass(frozen=True)
class Office:
    """An office: its name as in the title, its short name for the prose, its level and the place it belongs to."""

    name: str
    we: str
    place: str
    level: str  # bureau, town, street, county, center, committee, party


def office(rng: random.Random) -> Office:
    """Return one of many kinds of invented office."""
    city, county = rng.choice(_WORDS["cities"]), rng.choice(_WORDS["counties"])
    kind = rng.choices(
        ("county_bureau", "city_bureau", "bare_bureau", "town", "street", "county", "center", "committee", "party"),
        (34, 14, 6, 15, 10, 6, 6, 5, 4),
    )[0]
    if kind.endswith("bureau"):
        place = {"county_bureau": rng.choice((county, city + county)), "city_bureau": city}.get(kind, "")
        bureau = rng.choice(_WORDS["bureaus"])
        name = place + (_WORDS["short"].get(bureau, bureau) if rng.random() < 0.15 else bureau)
        return Office(name, "我委" if bureau.endswith("委员会") else "我局", place or county, "bureau")
    if kind == "town":
        name = rng.choice((county, city + county, "")) + rng.choice(_WORDS["towns"])
        return Office(
            name + rng.choice(("人民政府", "人民政府", "")), "我镇" if "镇" in name[-3:] else "我乡", county, "town"
        )
    if kind == "street":
        name = rng.choice((county, city + county)) + rng.choice(("", "人民政府")) + rng.choice(_WORDS["streets"])
        return Office(name + "办事处", "街道", county, "street")
    if kind == "county":
        return Office(rng.choice((county, city + county)) + "人民政府", "我" + county[-1], county, "county")
    if kind == "center":
        return Office(rng.choice((county, city)) + rng.choice(_WORDS["centers"]), "中心", county, "center")
    if kind == "committee":
        return Office(rng.choice((city, county)) + rng.choice(_WORDS["committees"]), "管委会", city, "committee")
    return Office("中共" * (rng.random() < 0.4) + city[:-1] + "市" + rng.choice(_WORDS["party"]), "我办", city, "party")


@dataclass(frozen=True)
class Heading:
    """The lines over a report; ``names`` says whether they name the office, ``dates`` whether they tell the year."""

    lines: tuple[str, ...]
    names: bool = True
    dates: bool = True


def heading(bureau: Office, year: int, rng: random.Random) -> Heading:
    """Return the title in one of the forms seen in real reports."""
    name = bureau.name
    names, weights = zip(*_WORDS["reports"], strict=True)
    report = rng.choices(names, weights)[0]
    dated = rng.choices((f"{year}年", f"{year}年度", f"{year} 年", f"{year} 年度", f" {year}年"), (70, 12, 8, 4, 6))[0]
    kind = rng.choices(_TITLES, _TITLE_WEIGHTS)[0]
    if kind == "two":
        return Heading((name, dated.strip() + report))
    if kind == "no_year":
        return Heading((name + report,), dates=False)
    if kind == "year_below":
        return Heading((name, report, f"{year}年") if rng.random() < 0.5 else (name + report, f"（{year}年度）"))
    if kind == "no_name":
        return Heading((dated.strip() + report,), names=False)
    if kind in ("doubled", "year_first"):
        return Heading((name, name + dated + report) if kind == "doubled" else (dated.strip() + name + report,))
    if kind == "wrapped":
        return Heading((name + dated + report[:6], report[6:]))
    if kind == "about":
        return Heading((f"{name}关于{dated.strip()}政府信息公开工作情况的报告",))
    return Heading((name + dated + report,))


def signature(bureau: Office, year: int, rng: random.Random) -> list[str]:
    """Return the signing office and the date, on one line or two."""
    date = f"{year + 1}年{rng.randint(1, 3)}月{rng.randint(1, 28)}日"
    return [f"{bureau.name} {date}"] if rng.random() < 0.2 else [bureau.name, date]
