"""The style sheets inside a page and the elements' own styles: which words are hidden, faint, raised or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import html

Declarations = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{};]")
_SCREEN = re.compile(r"@media\s+(?:screen|all)")  # rules in any other group hold under some condition
_STEP = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAMES = re.compile(r"([.#])([\w-]+)")
_NOTHING = re.compile(r"[+-]?0*\.?0+(?:[a-z]+|%)?")
_FAR = re.compile(r"-\d{3,}")  # pixels to the left of where it would be seen
_WHITE = re.compile(
    r"white|transparent|window|#f{3}|#f{6}|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|rgba\(.*,\s*0?\.?0+\s*\)"
)
_CONCEALING = frozenset({"hide", "hidden", "d-none", "layui-hide", "invisible", "sr-only", "visually-hidden"})


@dataclass(frozen=True, slots=True)
class _Step:
    """One element of a selector."""

    tag: str
    classes: frozenset[str]
    id: str

    def fits(self, element: html.HtmlElement) -> bool:
        return (
            self.tag in ("", "*", element.tag)
            and self.classes.issubset((element.get("class") or "").split())
            and self.id in ("", element.get("id"))
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    weight: tuple[int, int, int]  # what counts more comes later
    steps: tuple[_Step, ...]  # from the outermost element to the one that is meant
    declared: Declarations

    def fits(self, element: html.HtmlElement) -> bool:
        *outer, own = self.steps
        above = element.iterancestors()
        return own.fits(element) and all(any(step.fits(e) for e in above) for step in reversed(outer))


@dataclass(frozen=True)
class Styles:
    """What is declared about the elements of one page, as far as the page itself says it."""

    rules: Mapping[str, tuple[_Rule, ...]] = field(default_factory=dict)  # by a class, id or tag that they ask for

    @classmethod
    def read(cls, root: html.HtmlElement) -> Styles:
        """Return the style sheets of the page; conditions that a screen may not meet are left out."""
        rules: dict[str, list[_Rule]] = {}
        for sheet in root.iter("style"):
            for rule in _rules(sheet.text or "", sum(map(len, rules.values()))):
                rules.setdefault(_key(rule.steps[-1]), []).append(rule)
        return cls({key: tuple(found) for key, found in rules.items()})

    def of(self, element: html.HtmlElement) -> Declarations:
        """Return the values of the properties that the page's style sheets and the element's own style declare."""
        names = [f".{name}" for name in (element.get("class") or "").split()]
        keys = dict.fromkeys([*names, f"#{element.get('id')}", str(element.tag), "*"])
        fitting = (rule for key in keys for rule in self.rules.get(key, ()) if rule.fits(element))
        declared: dict[str, str] = {}
        for rule in sorted(fitting, key=lambda rule: rule.weight):
            declared |= rule.declared
        return declared | own_style(element)

    def hides(self, element: html.HtmlElement) -> bool:
        """Return whether the element is not shown."""
        return is_hidden(self.of(element))

    def conceals(self, element: html.HtmlElement) -> bool:
        """Return whether a person hardly sees the element: without size, off the screen, white on white, or by name."""
        declared = self.of(element)
        if _NOTHING.fullmatch(declared.get("opacity", "1")) or self._has_no_size(element, declared):
            return True
        if any(_FAR.match(declared.get(name, "")) for name in ("text-indent", "left", "margin-left", "top")):
            return True
        named = not _CONCEALING.isdisjoint((element.get("class") or "").lower().split())
        return (named and "display" not in declared) or self._is_white(element, declared)

    def stands_apart(self, element: html.HtmlElement) -> bool:
        """Return whether the element is raised, lowered or struck out."""
        declared = self.of(element)
        lines = declared.get("text-decoration", "") + declared.get("text-decoration-line", "")
        return "line-through" in lines or declared.get("vertical-align", "") in ("super", "sub")

    def _has_no_size(self, element: html.HtmlElement, declared: Declarations) -> bool:
        inside = (child for child in element.iterdescendants() if isinstance(child.tag, str))
        is_null = _NOTHING.fullmatch(declared.get("font-size", "1"))
        return is_null is not None and not any("font-size" in self.of(child) for child in inside)

    def _is_white(self, element: html.HtmlElement, declared: Declarations) -> bool:
        """Whether the words are as white as the paper: nothing around them has another ground."""
        colour = declared.get("color", element.get("color") or "")
        if not colour or _WHITE.fullmatch(colour.lower()) is None:
            return False
        return all(_WHITE.fullmatch(ground) for e in (element, *element.iterancestors()) for ground in self._grounds(e))

    def _grounds(self, element: html.HtmlElement) -> Iterator[str]:
        declared = self.of(element)
        found = (declared.get("background"), declared.get("background-color"), element.get("bgcolor"))
        yield from (ground.lower() for ground in found if ground)


def is_hidden(declared: Declarations) -> bool:
    """Return whether these declarations hide an element."""
    return declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse")


def own_style(element: html.HtmlElement) -> dict[str, str]:
    """Return what the element's own style declares."""
    return _declared(element.get("style") or "")


def _declared(text: str) -> dict[str, str]:
    found = (part.partition(":") for part in text.lower().split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in found}


def _rules(sheet: str, known: int) -> Iterator[_Rule]:
    """Yield the rules of a style sheet whose selectors ask for tags, classes and ids alone."""
    for number, (selectors, body) in enumerate(_parts(_COMMENT.sub(" ", sheet))):
        declared = _declared(body)
        for selector in selectors.split(","):
            parts = [part for part in selector.replace(">", " ").split() if part != "tbody"]  # a page may leave it out
            steps = tuple(filter(None, map(_step, parts)))
            if steps and len(steps) == len(parts):
                ids = sum(step.id != "" for step in steps)
                yield _Rule((ids, sum(len(s.classes) for s in steps), known + number), steps, declared)


def _parts(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, of those in groups only what holds on every screen."""
    open_ones: list[tuple[str, bool]] = []  # what stands before each brace, and whether what it opens holds
    begin = 0
    for sign in _BRACE.finditer(sheet):
        text = sheet[begin : sign.start()].strip()
        head, holds = open_ones[-1] if open_ones else ("@", True)
        if sign[0] == ";" and not head.startswith("@"):
            continue
        begin = sign.end()
        if sign[0] == "{":
            open_ones.append((text, holds and head.startswith("@") and _may_hold(text)))
        elif sign[0] == "}" and open_ones:
            open_ones.pop()
            if holds and not head.startswith("@"):
                yield head, text


def _may_hold(head: str) -> bool:
    return not head.startswith("@") or _SCREEN.fullmatch(head) is not None


def _step(text: str) -> _Step | None:
    match = _STEP.fullmatch(text)
    if match is None:
        return None
    names = _NAMES.findall(match[2])
    classes = frozenset(name for sign, name in names if sign == ".")
    return _Step((match[1] or "").lower(), classes, next((name for sign, name in names if sign == "#"), ""))


def _key(step: _Step) -> str:
    if step.classes:
        return f".{min(step.classes)}"
    return f"#{step.id}" if step.id else step.tag or "*"
