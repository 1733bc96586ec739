"""The gettext catalogues: Chinese stands in the code, English is read from its .po at start (no compile step)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from core.errors import Message, Month, chinese
from core.model.context import LANGUAGES, AmountUnit, Language
from core.text.amounts import STORED, Amount, UnitOfAmounts, printed, unit_name
from core.text.marks import without_width


def word(text: str) -> str:
    """Mark a plain term so that it is found for the catalogue; returns it unchanged."""
    return text


def languages_of() -> tuple[Language, ...]:
    """List the languages of the screen, the source language first."""
    return LANGUAGES


@cache
def _english() -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    path = files("core.text") / "locale" / "en" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="en")
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string and not entry.fuzzy}


@cache
def _english_of_earlier_versions() -> Mapping[str, str]:
    return {without_width(text): english for text, english in _english().items()}


class _Said(str):
    """A parameter as printed; `{count:item|items}` is the first word where it is 1, else the second.

    `{names:small}` begins each of its words with a small letter, as within a sentence; a name that somebody has
    written stays as it is.
    """

    __slots__ = ("unit", "value")
    value: object
    unit: AmountUnit

    def __format__(self, how: str) -> str:
        if how == "small":
            return _small(self.value, self.unit)
        one, chooses, more = how.partition("|")
        return (one if self == "1" else more) if chooses else super().__format__(how)


def _translated(text: str, language: Language) -> str:
    if language == "zh_CN":
        return text
    return _english().get(text) or _english_of_earlier_versions().get(without_width(text), text)


def _parameter(value: object, language: Language, unit: AmountUnit) -> str:
    if isinstance(value, Message):
        return render(value, language, unit)
    if isinstance(value, tuple):
        return ("、" if language == "zh_CN" else ", ").join(_parameter(one, language, unit) for one in value)
    if isinstance(value, Amount):
        return printed(value, language, unit, _translated(value.per, language))
    if isinstance(value, UnitOfAmounts):
        return unit_name(language, unit) + _translated(value.per, language)
    if language == "zh_CN":
        return chinese(value)
    return _english_day(value) if isinstance(value, date | Month) else _translated(str(value), language)


_CAPITAL = re.compile(r"[A-Z](?=[a-z])")


def _begun_small(text: str) -> str:
    return text[0].lower() + text[1:] if _CAPITAL.match(text) else text


def _small(value: object, unit: AmountUnit) -> str:
    """A parameter in English whose own words begin small; only English has capitals."""
    if isinstance(value, tuple):
        return ", ".join(_small(each, unit) for each in value)
    if isinstance(value, Message):
        text = _translated(value.text, "en")
        return _begun_small(_FIRST.sub(r"{\1:small}", text)).format(**_said(value, "en", unit))
    said = _parameter(value, "en", unit)
    return _begun_small(said) if isinstance(value, str) and said != value else said


_FIRST = re.compile(r"^\{(\w+)\}")
"""A sentence's beginning where that is a parameter."""


def _english_day(value: date | Month) -> str:
    from babel.dates import format_date  # only here: Chinese needs none of it

    return format_date(value.day, "LLL y", "en") if isinstance(value, Month) else format_date(value, "d MMM y", "en")


def render(message: Message | str | date, language: Language, unit: AmountUnit = STORED) -> str:
    """Render a sentence, word or date in that language, its amounts in that unit.

    A plain string is looked up as a word and returned as it is when the catalogue does not know it (a name that
    somebody imported stays as it was written).
    """
    if isinstance(message, Message):
        text = _translated(message.text, language)
        return text.format(**_said(message, language, unit))
    return _parameter(message, language, unit)


def _said(message: Message, language: Language, unit: AmountUnit) -> dict[str, _Said]:
    found = {}
    for name, value in message.params.items():
        found[name] = said = _Said(_parameter(value, language, unit))
        said.value, said.unit = value, unit
    return found
