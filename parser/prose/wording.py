"""The words around a number become what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parser.prose.context import Context, Office
from parser.prose.phrases import Label, Phrase
from parser.prose.vocabulary import Subject, Vocabulary

LONGEST = 90  # characters of a label
LIST = re.compile(r"、|以及|和|及|与|或者|或")

_TAIL = re.compile(
    r"$|次|人次|左右|[、和及与]|以及|并|且|均|全|都|已|含|包|其中|中|较|比|同比|占|办结率|答复率|按期|按时|依法|进行|未|无|没有"
)
_ANY = re.compile(r"(?:任何|任意)?(?:[一1](?:件|起|例|宗|份))?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A subject, and whether nothing else can be meant."""

    subject: Subject
    certain: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Understands labels by the subjects' phrases, at the place of the prose that ``context`` has come to."""

    words: Vocabulary
    office: Office
    context: Context

    def meaning(self, label: str, after: str, unit: str) -> Meaning | None:
        """Return what a number counts that stands between ``label`` and ``after``; None when that is not clear."""
        if len(label) > LONGEST or self.words.foreign.search(label):
            return None
        label = self.office.without_own_name(label, self.words)
        inside = Label(label, self.words.loose)
        around = Label(label + after[:LONGEST], self.words.loose)
        is_narrow = self.words.narrowing.search(label) is not None
        likely: Meaning | None = None
        for subject, phrase in self._phrases(unit):
            certain = self._certainty(subject, phrase, inside, around)
            if certain and phrase.certain:
                is_vague = phrase.in_context and self.context.is_digression
                return Meaning(subject, not is_narrow and not is_vague and unit not in subject.weak_units)
            if certain is not None and likely is None:
                likely = Meaning(subject, certain=False)
        return likely

    def denied(self, before: str, denied: str) -> tuple[Meaning, ...]:
        """Return what there is none of, where ``denied`` stands behind 未, 没有 or 无."""
        if len(before) > LONGEST:
            return ()
        certain = Label(self.office.without_own_name(before, self.words), self.words.loose).is_loose()
        if self.words.narrowing.search(denied) or (not certain and self._clearness(before) is None):
            return ()
        denied = _ANY.sub("", denied, count=1)[:LONGEST]
        whole = self._none_of(denied)
        subjects = [whole] if whole else [self._none_of(part) for part in LIST.split(denied) if part]
        found = tuple(Meaning(subject, certain) for subject in subjects if subject)
        return found if len(found) == len(subjects) else ()

    def _phrases(self, unit: str) -> Iterator[tuple[Subject, Phrase]]:
        for subject in self.words.subjects:
            if unit in subject.units or unit in subject.weak_units:
                speaks = self.context.speaks_of(subject.contexts)
                yield from ((subject, phrase) for phrase in subject.phrases if speaks or not phrase.in_context)

    def _none_of(self, denied: str) -> Subject | None:
        label = Label(denied, self.words.loose)
        for subject in self.words.subjects:
            for phrase in subject.negated:
                if phrase.in_context and not self.context.speaks_of(subject.contexts):
                    continue
                if label.may_hold(phrase) and len(denied) in label.ends(phrase):
                    return subject
        return None

    def _certainty(self, subject: Subject, phrase: Phrase, inside: Label, around: Label) -> bool | None:
        """Return whether the phrase says surely what stands around the number, None when it does not say it."""
        if not around.may_hold(phrase):
            return None
        length = len(inside.text)
        for start in range(length + 1) if subject.is_open else (0,):
            before = self._clearness(inside.text[:start])
            if before is None:
                return None
            if any(end > length and _TAIL.match(around.text, end) for end in around.ends(phrase, start)):
                return before
            if length in inside.ends(phrase, start):
                if _TAIL.match(around.text, length):
                    return before
                return None if phrase.in_context else False
        return None

    def _clearness(self, before: str) -> bool | None:
        """Return whether words before a phrase leave it what it is (True), may narrow it (False), or change it."""
        if not before:
            return True
        words = self.words
        changes = (words.foreign, words.keeps, words.narrowing, words.negation)
        return None if any(pattern.search(before) for pattern in changes) else False
