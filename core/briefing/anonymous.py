"""Experts in documents: 专家A, 专家B … in place of names, and reasons with how many gave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from string import ascii_uppercase
from typing import Any

from core.briefing.content import BriefingContent
from core.errors import Message
from core.figures.figure import FigurePanel
from core.model.context import Language
from core.text import render

_SHOWS_PEOPLE = ("score", "experts", "opinions", "filed", "answers")
"""Parts of the content in which people are named for what they scored."""
_LEAST = 2
"""Characters of a name that is looked for inside a sentence; a shorter one may be part of any word."""


@dataclass(frozen=True)
class Experts:
    """Those who score, and what stands in place of their names."""

    of_sheets: Mapping[str, str]
    """By the sheet's id: two may have the same name."""
    of_names: Mapping[str, str]
    language: Language

    @classmethod
    def of(cls, sheets: Sequence[tuple[str, str]], language: Language) -> Experts:
        """Of sheets by id, each with its evaluator's name, in the order of the letters."""
        known = [(sheet, name, _alias(n, language)) for n, (sheet, name) in enumerate(sheets)]
        names = {name: alias for _, name, alias in reversed(known) if name}
        return cls({sheet: alias for sheet, _, alias in known}, names, language)

    def text(self, words: str) -> str:
        """A text without their names; reasons that begin with them say how many gave each."""
        if words in self.of_names:
            return self.of_names[words]
        if not any(name in words for name in self.of_names):
            return words
        return self._replaced(self._grouped(words))

    def _grouped(self, words: str) -> str:
        begins = re.compile(f"(?:^|；)(?:{_any_of(self.of_names)})：")
        if not begins.match(words):
            return words
        reasons = Counter(each.strip("；") for each in begins.split(words) if each)
        return "；".join(self._counted(reason, many) for reason, many in reasons.most_common())

    def _counted(self, reason: str, many: int) -> str:
        if many == 1:
            return reason
        return render(Message("{reason}（{count}人）", {"reason": reason, "count": many}), self.language)

    def _replaced(self, words: str) -> str:
        """Whole names: with points behind them (平均分（王工5.00、李工4.00）), and long ones anywhere."""
        given = re.compile(rf"(?<=[（、])({_any_of(self.of_names)})(?=-?\d)")
        words = given.sub(self._alias_of, words)
        long = [name for name in self.of_names if len(name) >= _LEAST]
        if not long:
            return words
        return re.sub(rf"(?<![A-Za-z])({_any_of(long)})(?![A-Za-z])", self._alias_of, words)

    def _alias_of(self, found: re.Match[str]) -> str:
        return self.of_names[found[1]]


def without_names(content: BriefingContent, sheets: Sequence[tuple[str, str]]) -> BriefingContent:
    """The content with letters for the evaluators of these sheets (id, name)."""
    if not sheets:
        return content
    experts = Experts.of(sheets, content.language)
    hidden = {name: _hidden(getattr(content, name), experts, {}) for name in _SHOWS_PEOPLE}
    named = (replace(each, name=experts.of_sheets.get(each.sheet.id, each.name)) for each in hidden["experts"])
    return replace(content, **hidden | {"experts": tuple(named)})


def figure_without_names(panel: FigurePanel, sheets: Sequence[tuple[str, str]], language: Language) -> FigurePanel:
    """A figure with letters for the evaluators of these sheets (id, name)."""
    found: FigurePanel = _hidden(panel, Experts.of(sheets, language), {})
    return found


def _hidden(value: Any, experts: Experts, known: dict[int, Any]) -> Any:
    """A value of our model with its texts changed; what has none stays the same object. `known`: by id, all met."""
    if type(value) is str:  # the words of an enumeration are no names
        return experts.text(value)
    if isinstance(value, tuple):
        new = tuple(_hidden(each, experts, known) for each in value)
        return new if any(a is not b for a, b in zip(value, new, strict=True)) else value
    if isinstance(value, Mapping):
        return {key: _hidden(each, experts, known) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if id(value) not in known:
        changed = dict(_changed(value, experts, known))
        # Kept with what it was made of, so that its id is nobody else's meanwhile.
        known[id(value)] = (value, replace(value, **changed) if changed else value)
    return known[id(value)][1]


def _changed(value: Any, experts: Experts, known: dict[int, Any]) -> Iterator[tuple[str, Any]]:
    for each in fields(value):
        old = getattr(value, each.name)
        new = _hidden(old, experts, known)
        if new is not old and new != old:
            yield each.name, new


def _any_of(names: Sequence[str] | Mapping[str, str]) -> str:
    """A pattern of these names, the longest first: one may be part of another."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _alias(number: int, language: Language) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return render(Message("专家{letter}", {"letter": letters}), language)
