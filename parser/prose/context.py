"""What is being spoken of at a place of the prose: the heading's topic, the figure before, whose and which year's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parser.prose.vocabulary import Vocabulary

_APPLICATIONS = "applications"
_SECTION_TOPICS = {"3": _APPLICATIONS, "4": "remedies"}
_INLINE = 9  # level of a topic that a sentence names; headings have 1 … 5
_LONGEST_TITLE = 30
_OTHER_FAMILIES = ("licence", "penalty", "compulsion", "services", "documents", "published", "rules")
_ORDINAL = re.compile(
    r"(?:(?P<l2>\([一二三四五六七八九十]{1,3}\)、?)|(?P<l3>[0-9]{1,2}[.、])|(?P<l4>\([0-9]{1,2}\))"
    r"|(?P<l5>[一二三四五六七八九十]是|首先|其次|再次))"
)
_TITLE = re.compile(r"[^。:;,，0-9]+")
_YEAR = re.compile(r"(?P<year>[0-9]{4})年")
_YEARS = re.compile(r"(?P<first>[0-9]{4})年?[-—~至到](?P<last>[0-9]{4})年")
_CARRIED = re.compile(
    r"(?:上一?年度?|去年度?|往年|[0-9]{4}年度?)结转"
    r"|结转(?:至|到|为|入|于)?(?:次年|明年|来年|上一?年度?|去年度?|[0-9]{4}年度?)"
)
_OFFICE = re.compile(r"局|厅|委员会|委|办公室|办事处|办|政府|街道|镇|乡|中心|分局|法院|大队|支队|院|所|站|公司")
_OFFICE_ALONE = re.compile(r"[\u4e00-\u9fff]{2,16}(?:局|厅|委|委员会|办公室|办事处|街道|镇|乡|政府|中心)")
_WHOLE_PLACE = re.compile(
    r"全[省市县区州旗盟镇乡](?:范围内)?(?:各级|各|行政机关|政府系统|政府|部门|及|和|与|、|单位|机关)*"
)


@dataclass
class Context:
    """What is spoken of now. ``family`` is that of the last figure that was understood, None after another one.

    ``is_digression``: since the topic was named a figure in passing was heard, of which the next ones may speak too.
    ``distance`` counts the paragraphs that ended since the topic's heading.
    """

    words: Vocabulary
    section: str = ""
    topic: str | None = None
    level: int = 0
    family: str | None = None
    is_interrupted: bool = False
    is_digression: bool = False
    distance: int = 0

    def enter_section(self, section: str) -> None:
        """Begin a section; those with a table have its topic from the start."""
        if section != self.section:
            self.section = section
            self._take(_SECTION_TOPICS.get(section), 0)

    def begin_sentence(self, sentence: str, *, whole_paragraph: bool) -> None:
        """Take the topic of a heading or item that the sentence is or begins with, or come back to it."""
        if self.is_digression and self.level != _INLINE and self.distance <= 1:
            self.is_interrupted = False
        ordinal = _ORDINAL.match(sentence)
        rest = sentence[ordinal.end() :] if ordinal else sentence
        title = _TITLE.match(rest)
        is_alone = title is not None and (title.end() == len(rest) or rest[title.end()] in "。:")
        is_heading = is_alone and (ordinal is not None or whole_paragraph)
        if title is None or not is_heading or title.end() > _LONGEST_TITLE:
            return
        level = int((ordinal.lastgroup or "l2")[1:]) if ordinal else 2
        topic = next((name for name, pattern in self.words.topics.items() if pattern.search(title[0])), None)
        is_other = self.words.foreign.search(title[0]) is not None
        if topic or is_other or level <= self.level:
            kept = _SECTION_TOPICS.get(self.section) if not is_other else None
            self._take(topic or kept, level)

    def hear(self, clause: str, *, counts: bool) -> None:
        """Take the topic that the clause names, or drop the present one when it speaks of something else.

        Below a heading, words for steps of the work itself are nothing else unless the clause ``counts`` some.
        """
        if self.words.topics[_APPLICATIONS].search(clause):
            if self.topic != _APPLICATIONS:
                self.topic, self.level = _APPLICATIONS, _INLINE
            self.is_interrupted = self.is_digression = False
            return
        if not counts and self.level != _INLINE:
            clause = self.words.steps.sub(" ", clause)
        if self.words.foreign.search(clause):
            self.interrupt()

    def end_paragraph(self) -> None:
        """A topic that only a sentence named ends with its paragraph, unless its figures go on."""
        self.distance += 1
        if self.level == _INLINE and self.family is None:
            self.topic, self.level = _SECTION_TOPICS.get(self.section), 0

    def count(self, family: str, *, certain: bool) -> None:
        """Take note of a figure that was understood, ``certain`` when it can mean nothing else."""
        self.family = family
        self.is_interrupted = family in _OTHER_FAMILIES
        self.is_digression &= not certain

    def interrupt(self) -> None:
        """Take note of words about something else."""
        self.family, self.is_interrupted, self.is_digression = None, True, False

    def digress(self) -> None:
        """Take note of a figure about something else."""
        self.is_digression |= not self.is_interrupted
        self.family, self.is_interrupted = None, True

    def speaks_of(self, contexts: frozenset[str]) -> bool:
        """Whether one of ``contexts`` is being spoken of."""
        return self.family in contexts or (self.topic in contexts and not self.is_interrupted)

    def _take(self, topic: str | None, level: int) -> None:
        self.topic, self.level, self.distance = topic, level, 0
        self.family, self.is_interrupted, self.is_digression = None, False, False


@dataclass(frozen=True, slots=True)
class Office:
    """Whose report it is and on which year, to tell its own figures from those of others."""

    name: str
    year: int | None

    def without_own_name(self, label: str, words: Vocabulary) -> str:
        """Return the label without the office's own name, in full or shortened, at its beginning."""
        start = 0
        while (match := words.loose.match(label, start)) and match.end() > start:
            start = match.end()
        for end in reversed([match.end() for match in _OFFICE.finditer(label, start)]):
            if self._is_own(label[start:end]):
                return label[end:]
        whole = _WHOLE_PLACE.match(label, start)
        return label[whole.end() :] if whole and "政府" in self.name else label

    def is_other_office(self, clause: str) -> bool:
        """Whether the clause is nothing but the name of another office ("县公安局：…")."""
        return _OFFICE_ALONE.fullmatch(clause) is not None and not self._is_own(clause)

    def names_other_year(self, label: str, words: Vocabulary) -> bool | None:
        """Return whether the last year that the label names is another one, None when it names none."""
        label = _CARRIED.sub("", label)
        found = [(match.start(), True) for match in words.other_years.finditer(label)]
        found += [(match.start(), False) for match in words.this_year.finditer(label)]
        if self.year is not None:
            found += [(match.start(), int(match["year"]) != self.year) for match in _YEAR.finditer(label)]
        found += [(match.end(), True) for match in _YEARS.finditer(label) if match["first"] != match["last"]]
        is_list = "分别" in label and len(set(_YEAR.findall(label))) > 1
        return is_list or max(found)[1] if found else None

    def _is_own(self, name: str) -> bool:
        """Whether the name is a short form of the office's: its characters in the same order."""
        if not self.name or len(name) < 2:
            return False
        characters = iter(self.name)
        return all(character in characters for character in name)
