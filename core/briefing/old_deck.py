"""An old deck held against what it said when it was made, and against what it would say now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.ingest.files.deck_file import Said, TextLocation
from core.text.numbers import MISSING, count, money, percent

# The shape with the 查验码 keeps the name that decks of every release have.
NOT_COMPARED = frozenset({"passport", "page_number"})
"""Shapes that differ from deck to deck by their nature."""
_EARLIER = frozenset({"payment_and_time", "flip_table", "monthly", "unit_cost_table"})
"""Charts and tables of earlier releases, whose figures stand in others, or as words, now."""
_FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_DRAWN = 2
"""Decimals of an amount in a chart."""
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"(?<![A-Z0-9-])[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}(?![A-Z0-9-])")


@dataclass(frozen=True)
class Differs:
    """One spot of which two decks say different things, as printed."""

    spot: TextLocation
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """What became of a deck."""

    by_hand: tuple[Differs, ...]
    """What it says otherwise than when it was made: then, and in the file."""
    stale: tuple[Differs, ...]
    """What it would say otherwise now: then, and now."""


def codes(found: Said) -> tuple[str, ...]:
    """The view codes that the deck carries, the most frequent first; after pasting slides there may be several."""
    every = [code for spot, text in found.items() if not spot.workbook for code in _CODE.findall(text)]
    return tuple(sorted(set(every), key=lambda code: (-every.count(code), code)))


def compare(found: Said, then: Said, now: Said) -> Compared:
    """Hold a deck (`found`) against what was written into it (`then`) and a deck made now.

    A slide taken out is no change by hand, nor is what somebody has added; what is missing of a slide that is there is.
    A text that slides do not have any more, since they are laid out otherwise, says nothing of now; a table does.
    """
    slides = {spot.slide for spot in found}
    drawn_now = slides & {spot.slide for spot in now}
    shapes = {(spot.slide, spot.shape) for spot in now}
    still = {s: text for s, text in _of(then, drawn_now).items() if (s.slide, s.shape) in shapes or not _is_laid(s)}
    return Compared(
        tuple(_once(_differences(_of(then, slides), found))),
        tuple(each for each in _differences(still, now) if _is_stale(each)),
    )


def _is_laid(spot: TextLocation) -> bool:
    """Whether it is there by the way a slide is laid out, not by what there is to say."""
    return not spot.part or spot.shape in _EARLIER


def _is_stale(each: Differs) -> bool:
    """Whether a figure reads otherwise now; what stands in a workbook is drawn as well."""
    figure = _DIGIT.search(each.before) or _DIGIT.search(each.after)
    return not each.spot.workbook and figure is not None and _as_exact(each.before, each.after) != each.after


def _as_exact(text: str, other: str) -> str:
    """The text with two decimals where the other has two and it has more: earlier releases drew all that there are."""
    places = [len(found[1] or "") for found in _FIGURE.finditer(other)]
    own = [len(found[1] or "") for found in _FIGURE.finditer(text)]
    if len(own) != len(places):
        return text
    pairs = iter(zip(own, places, strict=True))

    def rounded(found: re.Match[str]) -> str:
        had, has = next(pairs)
        return money(Decimal(found[0].replace(",", ""))) if had > has == _DRAWN else found[0]

    return _FIGURE.sub(rounded, text)


def _of(said: Said, slides: set[str]) -> Said:
    return {s: text for s, text in said.items() if s.slide in slides and s.shape not in NOT_COMPARED}


def _differences(before: Said, after: Said) -> Iterator[Differs]:
    for spot, text in before.items():
        other = after.get(spot)
        if other is None and not spot.workbook:
            yield Differs(spot, _printed(spot, text), MISSING)
        elif other is not None and _tidy(other) != _tidy(text):
            for was, is_now in _lines(text, other):
                yield Differs(spot, _printed(spot, was), _printed(spot, is_now))


def _lines(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Paragraph by paragraph where both have as many; else as a whole."""
    old, new = before.split("\n"), after.split("\n")
    pairs = zip(old, new, strict=True) if len(old) == len(new) else [(before, after)]
    yield from (pair for pair in pairs if _tidy(pair[0]) != _tidy(pair[1]))


def _once(rows: Iterator[Differs]) -> Iterator[Differs]:
    """A figure changed in the workbook and so in the drawing is one change."""
    seen: set[tuple[str, str, str, str]] = set()
    for row in rows:
        key = (row.spot.slide, row.spot.shape, row.spot.part, row.after)
        if key not in seen:
            seen.add(key)
            yield row


def _tidy(text: str) -> str:
    """PowerPoint and WPS write line breaks and spaces in ways of their own."""
    return " ".join(text.replace("\v", " ").split())


def _printed(spot: TextLocation, text: str) -> str:
    """A figure of a chart as the chart prints it; a text as it is."""
    if not spot.number_format:
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if "%" in spot.number_format:
        return percent(value)
    return money(value) if ".00" in spot.number_format else count(value)
