"""An old deck dropped in: what is stale in it and why, what was changed by hand, and a fresh one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.briefing.old_deck import Differs, codes, compare
from core.briefing.slides import SLIDES, STREET, STREET_CALLED, kind_of
from core.errors import Message, RenewalError, UnknownName
from core.ingest.files import deck_file
from core.ingest.files.deck_file import TextLocation
from core.model.context import NEWEST, AmountUnit, Context, Language
from core.model.rights import Deed
from core.model.view_code import View
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import paper, slide_deck, view_codes
from core.service.briefing.view_codes import Opened, Since
from core.text import render, word
from core.text.amounts import STORED, unit_name, usual
from core.text.marks import listed

_MOST_REASONS = 2


@dataclass(frozen=True)
class Changed:
    """One thing that differs, as printed, in the asker's language."""

    slide: str
    where: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class DeckCheck:
    """What became of a deck."""

    opened: Opened
    stale: tuple[Changed, ...]
    """Then, now, why."""
    by_hand: tuple[Changed, ...]
    """As it was made, as the file has it."""
    others: tuple[str, ...]
    """Codes of other decks from which slides were taken over; they are not looked at."""


class NoDeck(RenewalError):  # noqa: N818 - it reads as what it is
    """The file cannot be read as a deck."""


@asks(Deed.SEE)
def check(ctx: Context, content: bytes) -> DeckCheck:
    """Hold a deck against what was written into it and against now.

    Raises NoDeck, UnknownName for a deck without a code of ours, NotAllowed as the deck itself.
    """
    found = deck_file.read_deck(content)
    if isinstance(found, Message):
        raise NoDeck(found)
    carried = codes(found)
    if not carried:
        raise UnknownName(Message("文件里没有查验码：不是由本系统制作的幻灯片，或者查验码已被删去。"))
    view, then = _made(ctx, carried)
    now = replace(ctx, version=NEWEST, language=view.language, unit=_unit_of(then, view.language))
    fresh = deck_file.said_by(slide_deck.deck_of(now, view).content)
    opened = view_codes.opened(ctx, view.code)
    compared = compare(found, then, fresh)
    return DeckCheck(
        opened,
        tuple(_changed(ctx, each, _why(each.spot, opened.since, ctx.language)) for each in compared.stale),
        tuple(_changed(ctx, each) for each in compared.by_hand),
        tuple(code for code in carried if code != view.code),
    )


@asks(Deed.SEE)
def fresh(ctx: Context, code: str) -> File:
    """The same deck of the newest version. Raises UnknownName, NotAllowed."""
    view = view_codes.find(ctx, code).view
    now = replace(ctx, version=NEWEST, language=view.language)
    return slide_deck.deck(now, view.project, paper.again(view))


def _made(ctx: Context, carried: Sequence[str]) -> tuple[View, dict[TextLocation, str]]:
    """The most frequent code that stands for a deck. Raises UnknownName."""
    unknown: UnknownName | None = None
    for code in carried:
        try:
            made = view_codes.find(ctx, code)
        except UnknownName as error:
            unknown = unknown or error
            continue
        if made.figures:
            return made.view, deck_file.from_json(made.figures)
    raise unknown or UnknownName(Message("查验码“{code}”属于另一种文件，不是幻灯片。", {"code": carried[0]}))


_COUNTS_IN_WAN = re.compile(rf"{re.escape(unit_name('en', STORED))}(?!/)|CNY 10,000")
"""In the words of an English deck; a cost per building keeps its own unit (CNY 10k/building)."""


def _unit_of(then: Mapping[TextLocation, str], language: Language) -> AmountUnit:
    """In which unit a deck was made: English ones of versions before 1.0 count in 万元 (CNY 10k)."""
    counted = any(_COUNTS_IN_WAN.search(f"{spot.part} {text}") for spot, text in then.items())
    return STORED if counted else usual(language)


_TITLES = ("Title", "标题")
"""How decks before and since the template of our own call a slide's title."""


def _changed(ctx: Context, each: Differs, why: str = "") -> Changed:
    ours = SLIDES.get(each.spot.slide)
    called = STREET_CALLED if kind_of(each.spot.slide) == STREET else ours.called if ours else each.spot.slide
    slide = render(called, ctx.language)
    part = each.spot.part.replace("|", " · ")
    if not part:
        part = render(word("标题") if each.spot.shape.startswith(_TITLES) else word("文字"), ctx.language)
    return Changed(slide, part, each.before, each.after, why)


def _why(spot: TextLocation, since: Sequence[Since], language: Language) -> str:
    """The reasons of what the slide hangs on; of an item, its own."""
    part = SLIDES[spot.slide].part if spot.slide in SLIDES else "data"
    own = [each for each in since if each.part == part and each.code and each.code in spot.part]
    reasons = [each.why for each in own or since if each.why and (own or each.part == part)]
    return listed(list(dict.fromkeys(reasons))[:_MOST_REASONS], language)
