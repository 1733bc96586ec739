"""The problems that a report lists, its recommendations, and how many of the problems have a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.ingest.report_text.outline import Outline, OutlineLine, of_report
from core.model.project import Claim
from core.text.quantities import quantities

_PROBLEM, _ADVICE = re.compile(r"问题|不足之处"), re.compile(r"建议|整改意见|改进(?:措施|意见)")
_HEADINGS = {"problem": (_PROBLEM, _ADVICE), "recommendation": (_ADVICE, _PROBLEM)}
"""Kind -> how its part is headed, and how the other one's is."""
_PART = 5
"""Letters from which on a piece between 、 is a problem of its own."""
_ORDER = re.compile(r"(?:^|[,:;。])(?:[一二三四五六七八九十]是|第[一二三四五六七八九十],|首先,?|其次,?|再次,?)")
_MOST = 200


@dataclass(frozen=True)
class ProblemItem:
    """One problem or recommendation."""

    kind: str
    """problem or recommendation."""
    text: str
    section: str
    body: str
    """The text under it."""
    shared: bool = False
    """True when that text is of other items, too."""


def _parts(title: str) -> tuple[str, ...]:
    """A heading that names two things is two items."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", title.rstrip("。:"))]
    if any(len(piece) < 4 for piece in pieces):
        pieces = [title.rstrip("。:")]
    split: list[str] = []
    for piece in pieces:
        inner = piece.split("、")
        split += inner if all(len(each) >= _PART for each in inner) else [piece]
    return tuple(piece for piece in split if piece)


def _headed(found: Outline, level: int, wanted: Callable[[str], bool]) -> list[OutlineLine]:
    """The lines under the headings of that level that are wanted; a second row of 一、 is an annex and ends them."""
    collected: list[OutlineLine] = []
    inside = False
    for line in found.lines:
        if 0 < line.level <= level:
            inside = line.level == level and wanted(line.heading)
        elif inside:
            collected.append(line)
    return collected


def _under(found: Outline, kind: str) -> list[OutlineLine]:
    """The lines of the part that lists them; where one part is headed 问题及建议, it is read as the problems."""
    pattern, other = _HEADINGS[kind]

    def alone(heading: str) -> bool:
        return bool(pattern.search(heading)) and not other.search(heading)

    for level in (1, 2, 3):
        if lines := _headed(found, level, alone):
            return lines
    return _headed(found, 1, lambda heading: bool(pattern.search(heading))) if kind == "problem" else []


def _items(lines: list[OutlineLine], kind: str) -> Iterator[ProblemItem]:
    """By headings where there are some, else by numbered paragraphs, else by 一是 二是, else by paragraphs."""
    for level in (2, 3):
        heads = [at for at, line in enumerate(lines) if line.numbered == level or line.level == level]
        if heads:
            for at, following in zip(heads, [*heads[1:], len(lines)], strict=True):
                title, *rest = re.split(r"[。;]", lines[at].text)
                body = "。".join([*rest, *(each.text for each in lines[at + 1 : following])])
                parts = _parts(title)
                for part in parts:
                    yield ProblemItem(kind, part[:_MOST], lines[at].section, body, len(parts) > 1)
            return
    text = [line for line in lines if not line.level]
    numbered = [line for line in text if line.numbered]
    for line in numbered or text:
        whole = line.text.rstrip("。")
        marks = list(_ORDER.finditer(whole)) if not numbered else []
        stops = [*(mark.start() for mark in marks[1:]), len(whole)]
        starts = [mark.end() for mark in marks] or [0]
        for start, stop in zip(starts, stops, strict=True):
            piece = whole[start:stop].strip(",;。")
            if piece:
                yield ProblemItem(kind, re.split(r"[。;]", piece)[0][:_MOST], line.section, piece)


def items(found: Outline) -> tuple[ProblemItem, ...]:
    """All problems, then all recommendations."""
    return tuple(item for kind in _HEADINGS for item in _items(_under(found, kind), kind))


def _grams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _quantified(item: ProblemItem) -> bool:
    """True when the problem has a figure: in its words or below, there in a sentence about it if others share it."""
    if quantities(item.text) > 0 or not item.shared:
        return quantities(item.text + item.body) > 0
    about = _grams(item.text)
    return any(quantities(one) and about & _grams(one) for one in re.split(r"[。;,]", item.body))


def find(found: Outline) -> Iterator[Claim]:
    """Count the problems listed, and those of them that have a figure."""
    problems = [item for item in items(found) if item.kind == "problem"]
    if not problems:
        return
    with_figure = [item for item in problems if _quantified(item)]
    source = of_report(item.section for item in problems)
    yield Claim("problem_count", Decimal(len(problems)), "、".join(item.text for item in problems)[:_MOST], source)
    words = "、".join(item.text for item in with_figure)[:_MOST] or "没有数字"
    yield Claim("problem_quantified", Decimal(len(with_figure)), words, source)
