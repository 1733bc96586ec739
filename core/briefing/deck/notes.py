"""Speaker notes: the finding, how each figure is computed and from where, and what the slide had no room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.briefing.deck.page import Page
from core.errors import Message
from core.model.key_figure import How
from core.text import word
from core.text.marks import labelled, listed
from core.text.numbers import MISSING


def write(
    page: Page,
    hows: Iterable[How] = (),
    tables: Iterable[tuple[Sequence[Message | str], Sequence[Sequence[Message | str]]]] = (),
    more: Iterable[Message | str] = (),
) -> None:
    """Put notes under a slide. `tables`: headings and rows that belong to it in full."""
    texts = [page.finding, *map(page.say, more)]
    computed = _once(line for how in hows for line in _computed(page, how))
    if computed:
        texts += ["", page.say(word("怎么算")), *computed]
    for headings, rows in tables:
        heads = [page.say(heading) for heading in headings]
        texts += ["", *(_row(page, heads, [page.say(cell) for cell in row]) for row in rows)]
    page.notes([*texts, "", *page.foot])


def _computed(page: Page, how: How) -> list[str]:
    return [_row(page, how[0], row) for row in how[1:]]


def _row(page: Page, headings: Sequence[str], cells: Sequence[str]) -> str:
    first, *rest = zip(headings, cells, strict=True)
    said = [labelled(heading, cell, page.language) for heading, cell in rest if cell and cell != MISSING]
    return f"{first[1]}  {listed(said, page.language)}" if said else first[1]


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
