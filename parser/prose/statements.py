"""The prose becomes statements: a number, what it counts, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from parser.model.place import TextSpan
from parser.prose.context import Context, Office
from parser.prose.numbers import Number, numbers_in
from parser.prose.phrases import Label
from parser.prose.plain import Paragraph, paragraphs
from parser.prose.vocabulary import CellSum, Subject, Vocabulary, vocabulary
from parser.prose.wording import LIST, LONGEST, Meaning, Wording

_SECTIONS = "1234"  # 五 and 六 speak of plans and of other matters
_SENTENCE = re.compile(r"[^。!?！？]+")
_CLAUSE = re.compile(r"(?:[^,，;:()]|(?<=\d),(?=\d{3}(?!\d)))+")
_COUNTED = frozenset("件宗起份条项")
_CARRIED_TOO = re.compile(
    r"[,，(]?(?:其中)?(?:含|包含|包括|其中)[^,，。;:()]{0,4}?(?:上一?年度?|去年度?|[0-9]{4}年度?)结转"
)
_ITEM = re.compile(r"^(?:[0-9]{1,2}[.、]|[一二三四五六七八九十]是|其中|和|及)")
_JOINING = re.compile(r"^(?:、|和|及|与|以及|以)+")
_EACH = re.compile(r"(?:均|各|都|皆)(?:为|是|有)?$")
_RESPECTIVELY = re.compile(r"(?:数量|件数)?分别(?:为|是|有)?$")
_COMMA = re.compile(r"[,，;:()]")
_CLAUSE_END = re.compile(r"[,，;:()、]")
_SAYS_COUNT = re.compile(r"(?:为|是|共|计|数|量)$")
_ABOUT_APPLICATIONS = ("X-NEW", "X-ANS")
_LONGEST = 400  # characters of a sentence before a figure
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of the prose and the sums of cells it may stand for, the likeliest first.

    Not ``certain``: it may also mean something else. ``figure`` and ``sentence`` are places in the document's text,
    None when not to be found there; ``place`` and ``passage_place`` are those in the section. Statements with the same
    ``passage`` stand in one sentence.
    """

    rule: str
    number: Number
    certain: bool
    cells: tuple[CellSum, ...]
    words: str
    figure: TextSpan | None
    sentence: TextSpan | None
    passage: tuple[int, int]
    section: str
    place: TextSpan
    passage_place: TextSpan


@lru_cache(maxsize=256)  # the reports of a folder
def statements_in(
    text: str, sections: tuple[tuple[str, str | None], ...], issuer: str | None, year: int | None
) -> tuple[Statement, ...]:
    """Return what the sections say in figures about cells of the forms, in the order of the text.

    Remembered by the text: cells that change do not change what the prose says.
    """
    reader = _Reader(vocabulary(), Office(issuer or "", year))
    found: list[Statement] = []
    for number, paragraph in enumerate(paragraphs(text, dict(sections), _SECTIONS)):
        found += reader.read(paragraph, number)
    return tuple(found)


@dataclass
class _Sentence:
    paragraph: Paragraph
    start: int
    end: int
    passage: tuple[int, int]
    is_other_year: bool = False
    is_ahead: bool = False
    is_part: bool = False
    is_others: bool = False
    is_about_applications: bool = False
    waiting: list[Meaning] = field(default_factory=list)  # subjects that 分别 gives figures to

    def before(self, position: int) -> str:
        """Return the sentence up to the position, of a very long one its end."""
        return self.paragraph.text[max(self.start, position - _LONGEST) : position]


@dataclass
class _Reader:
    words: Vocabulary
    office: Office

    def __post_init__(self) -> None:
        self.context = Context(self.words)
        self.wording = Wording(self.words, self.office, self.context)

    def read(self, paragraph: Paragraph, number: int) -> Iterator[Statement]:
        self.context.enter_section(paragraph.section)
        text = paragraph.text
        for place, match in enumerate(_SENTENCE.finditer(text)):
            is_whole = match.end() >= len(text) and place == 0
            self.context.begin_sentence(match[0], whole_paragraph=is_whole and not text.endswith("。"))
            sentence = _Sentence(paragraph, match.start(), match.end(), (number, place))
            for clause in _CLAUSE.finditer(text, match.start(), match.end()):
                yield from self._read_clause(sentence, clause.start(), clause.end())
        self.context.end_paragraph()

    def _read_clause(self, sentence: _Sentence, start: int, end: int) -> Iterator[Statement]:
        text = sentence.paragraph.text
        clause = text[start:end]
        numbers = list(numbers_in(text, start, end))
        counts = any(number.is_count for number in numbers)
        self.context.hear(clause, counts=counts)
        sentence.is_ahead |= self.words.ahead.search(clause) is not None
        if sentence.is_ahead or self.words.plans.search(clause):
            return
        if not counts:
            yield from self._read_without_numbers(sentence, clause, start)
            return
        for number, following in zip_longest(numbers, numbers[1:]):
            label = _JOINING.sub("", text[start : number.start])
            after = text[number.end : following.start if following else end]
            start = number.end
            if number.is_count and (number.unit or not after.strip("、和及")):
                yield from self._read_number(sentence, label, number, after)

    def _read_without_numbers(self, sentence: _Sentence, clause: str, start: int) -> Iterator[Statement]:
        sentence.is_others |= self.office.is_other_office(clause)
        if self.words.changes.search(clause):
            return
        self._note_year(sentence, clause)
        sentence.is_part |= "其中" in clause
        negation = self.words.negation.search(clause)
        if negation is None:
            return
        none = Number(start, start + len(clause), _ZERO, unit=negation[0])
        meanings = self.wording.denied(clause[: negation.start()], clause[negation.end() :])
        yield from self._stated(sentence, meanings, none, clause, each=True)

    def _read_number(self, sentence: _Sentence, label: str, number: Number, after: str) -> Iterator[Statement]:
        if self.words.changes.search(label):
            return
        self._note_year(sentence, label)
        sentence.is_part |= "其中" in label
        if _RESPECTIVELY.search(label):
            sentence.waiting = self._list(_RESPECTIVELY.sub("", label), number.unit)
        elif label:
            sentence.waiting = []
        if sentence.waiting:
            yield from self._stated(sentence, [sentence.waiting.pop(0)], number, label, each=True)
            return
        meaning = self.wording.meaning(label, after, number.unit)
        meanings = [meaning] if meaning else self._list(_EACH.sub("", label), number.unit)
        if not meanings:
            self._pass_over(sentence, number)
            return
        each = _EACH.search(label) is not None or number.value == 0
        yield from self._stated(sentence, meanings, number, label, each=each)

    def _list(self, label: str, unit: str) -> list[Meaning]:
        """Return what the members of a list ("予以公开、部分公开") mean; nothing when one is not understood."""
        parts = [part for part in LIST.split(label) if part] if len(label) <= LONGEST else []
        found = [meaning for part in parts if (meaning := self.wording.meaning(part, "", unit))]
        return found if len(found) == len(parts) > 1 else []

    def _pass_over(self, sentence: _Sentence, number: Number) -> None:
        """Take note of a figure about something else; breakdowns of what is spoken of do not end it."""
        label = _COMMA.split(sentence.before(number.start))[-1]
        is_breakdown = self.words.keeps.search(label) is not None or Label(label, self.words.loose).is_loose()
        is_breakdown |= sentence.is_part and self.context.family in ("applications", "documents")
        if number.unit in _COUNTED and not is_breakdown:
            self.context.digress()

    def _note_year(self, sentence: _Sentence, label: str) -> None:
        other = self.office.names_other_year(label, self.words)
        if other is not None:
            sentence.is_other_year = other

    def _stated(
        self, sentence: _Sentence, meanings: Sequence[Meaning], number: Number, label: str, *, each: bool
    ) -> Iterator[Statement]:
        """Yield the statement, or one for ``each`` of several subjects, unless it is about another time."""
        before = sentence.before(number.start)
        if not meanings or any(_counts_documents(meaning, sentence, before) for meaning in meanings):
            return
        self.context.count(meanings[-1].subject.family, certain=all(meaning.certain for meaning in meanings))
        sentence.is_about_applications |= meanings[0].subject.rule in _ABOUT_APPLICATIONS
        if sentence.is_other_year or self.words.parts_of_year.search(label):
            return
        certain = all(_is_certain(meaning, sentence, number, before) for meaning in meanings)
        subjects = [meaning.subject for meaning in meanings]
        if not each:
            yield _statement(sentence, number, subjects[0].rule, _sums(sentence, number, subjects), certain=certain)
            return
        for subject in subjects:
            yield _statement(sentence, number, subject.rule, _sums(sentence, number, [subject]), certain=certain)


def _counts_documents(meaning: Meaning, sentence: _Sentence, before: str) -> bool:
    """Whether documents are counted by how they are to be published: 主动公开12件、依申请公开3件、不予公开8件."""
    words = meaning.subject.not_after
    return words is not None and not sentence.is_about_applications and words.search(before) is not None


def _is_certain(meaning: Meaning, sentence: _Sentence, number: Number, before: str) -> bool:
    subject = meaning.subject
    if not meaning.certain or sentence.is_others or (sentence.is_part and subject.part_is_weak):
        return False
    if not number.unit and not _SAYS_COUNT.search(before):
        return False
    return subject.weak_after is None or not subject.weak_after.search(before)


def _sums(sentence: _Sentence, number: Number, subjects: Sequence[Subject]) -> tuple[CellSum, ...]:
    """Return the sums of cells that a figure may stand for; of several subjects their likeliest ones together."""
    if len(subjects) > 1:
        parts = [subject.cells[0] for subject in subjects]
        name = "、".join(part.name for part in parts) + "之和"
        return (CellSum(name, tuple(pattern for part in parts for pattern in part.patterns)),)
    subject = subjects[0]
    if subject.with_carried_over and _CARRIED_TOO.match(sentence.paragraph.text, number.end):
        return subject.with_carried_over
    return subject.cells


def _statement(
    sentence: _Sentence, number: Number, rule: str, cells: tuple[CellSum, ...], *, certain: bool
) -> Statement:
    paragraph = sentence.paragraph
    before = _CLAUSE_END.split(sentence.before(number.start))[-1]
    return Statement(
        rule=rule,
        number=number,
        certain=certain,
        cells=cells,
        words=_ITEM.sub("", before) + paragraph.text[number.start : number.end],
        figure=paragraph.span(number.start, number.end),
        sentence=paragraph.span(sentence.start, sentence.end),
        passage=sentence.passage,
        section=paragraph.section,
        place=paragraph.span_within(number.start, number.end),
        passage_place=paragraph.span_within(sentence.start, sentence.end),
    )
