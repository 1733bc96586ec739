"""A page a street: what it has and paid, where it stands among the others, what it has to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from core.briefing.content import BriefingContent, OpenFinding
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, Table, bar_table, marked_row
from core.briefing.deck.box import Box
from core.briefing.deck.closing_slides import action_rows
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SMALL, TEXT, SlidePage
from core.briefing.deck.project_slides import bands, foot
from core.briefing.headlines import FINDING_HEADINGS
from core.errors import Message, Month
from core.figures import street
from core.figures.figure import Words
from core.figures.palette import CAUTION, INK, LINE, MONEY, QUIET, SCENARIO_BAND, STRIP
from core.figures.street import Rate
from core.progress import quotient
from core.progress.street_pace import StreetPace, street_pace
from core.text import word
from core.text.amounts import Amount, said
from core.text.numbers import count, decimal, number, percent

_STRIP, _PACE, _GAP, _DOTS = 0.86, 3.5, 0.3, 3.6
"""Inches: height of the figures; width of the pace; between two parts; width of the dots."""
_MOST, _ROW = 0.4, 0.42
"""Share of the room that what is to be done takes at most; inches of its row."""


def street_page(slides: Slides, content: BriefingContent, place: str) -> SlidePage | None:
    """街镇页. None: nothing is known of the street."""
    facts, m = content.facts, content.figures
    pace, found = street_pace(facts, m, content.baseline, place), street.rates(facts, m, place)
    figures = list(_figures(content, pace, place))
    if not figures:
        return None
    kind, title = Message("街镇页｜{place}", {"place": place}), street.finding(facts, m, place)
    lines = _pace_lines(content, pace)
    estimated = any(each.assumed for each in found) or (pace is not None and pace.finish is not None)
    assumed = (SCENARIO_BAND,) if estimated else ()
    said_bands, below = (*assumed, *bands(content)), _shares(content, place)
    page = SlidePage(slides, content.language, kind, title, foot(content, _basis(pace, found)), said_bands, below)
    upper, rest = page.body.rows(_STRIP, 0.2)
    _strip(page, upper, figures)
    own = replace(content, remedies=tuple(x for x in content.remedies if _concerns(x, place, facts.places)))
    high = min(_ROW * (1 + len(own.remedies)), rest.height * _MOST) if own.remedies else 0.0
    gap = _GAP if high else 0.0
    middle, lower = rest.rows(rest.height - high - gap, gap)
    beside = _PACE + _GAP if lines else 0.0
    if not found:
        page.words(middle, [Message("支付、形象进度和完工数未填报，不能与其他街镇比较。")], TEXT, spacing=0)
    else:
        _compared(page, replace(middle, width=middle.width - beside), content, place, found)
    if lines:
        _pace(page, Box(middle.left + middle.width - _PACE, middle.top, _PACE, middle.height), lines)
    tables: list[Table] = [(street.rate_headings(found, place), street.rate_table(found))] if found else []
    if own.remedies:
        rows, looks = action_rows(own)
        bar_table(page, lower, "street_actions", FINDING_HEADINGS, rows, [], looks)
        tables.append((FINDING_HEADINGS, rows))
    notes.write(page, tables=tables, more=_aloud(pace))
    return page


def _concerns(each: OpenFinding, place: str, places: Sequence[str]) -> bool:
    """Whether the street is to do it, or its text names the street: a longer name of another one is no mention."""
    text = each.text
    for other in places:
        if other != place and place in other:
            text = text.replace(other, "")
    return each.owner == place or place in text


def _aloud(pace: StreetPace | None) -> list[Message]:
    """What the speaker says of the pace."""
    said_so = []
    if pace is not None and pace.needed is not None and (fold := quotient(pace.needed, pace.so_far)) is not None:
        params = {"needed": Amount(pace.needed), "times": decimal(fold, 2)}
        said_so.append(Message("要按期付清，今后每月须付{needed}，为此前的{times}倍", params))
    if pace is not None and pace.finish is not None:
        params = {"first": Month(pace.finish)}
        said_so.append(Message("按此前速度（累计支付÷已过整月）约{first}付完", params))
    return said_so


def _basis(pace: StreetPace | None, found: Sequence[Rate]) -> Message:
    if pace is not None:
        return Message("按工期少付=概算×工期已过−累计支付；付清按本街镇开工以来的月均支付推算")
    if any(each.assumed for each in found):
        return Message("累计支付÷按户、面积、栋、小区分摊的概算")
    return Message("各数为本街镇填报数")


def _shares(content: BriefingContent, place: str) -> Message | str:
    """Shares of the project that the street has."""
    named = (
        ("share_paid", word("占全项目支付")), ("share_households", word("占计划受益户")),
        ("share_area", word("占改造面积")),
    )  # fmt: skip
    parts = tuple(
        Message("{name}{rate}", {"name": name, "rate": percent(value, 1)})
        for of, name in named
        if (value := _known(content, of, place)) is not None
    )
    return Message("{said}", {"said": parts}) if parts else ""


def _known(content: BriefingContent, of: str, place: str) -> Decimal | None:
    return next((x.number for x in content.figures.all if x.id == of and x.place == place), None)


def _figures(
    content: BriefingContent, pace: StreetPace | None, place: str
) -> Iterator[tuple[Words, Message | str, bool]]:
    """Names and values of what is known, and whether it needs attention."""
    if pace is not None:
        yield word("概算"), said(pace.estimate, "brief"), False
    if (paid := _known(content, "paid", place)) is not None:
        yield word("累计支付"), said(paid, "brief"), False
    if pace is not None:
        over = pace.left < 0
        yield word("超出概算") if over else word("未支付"), said(abs(pace.left), "brief"), over
        if pace.behind is not None and pace.behind > 0:
            yield word("按工期少付"), said(pace.behind, "brief"), True
    counted = (
        ("households", word("计划受益"), Message("户")), ("area", word("改造面积"), Message("万㎡")),
        ("buildings", word("改造楼栋"), Message("栋")), ("communities", word("改造小区"), Message("个")),
    )  # fmt: skip
    for of, name, unit in counted[: 1 if pace is not None else None]:
        if (value := _known(content, of, place)) is not None:
            shown = number(value) if of == "area" else count(value)
            yield name, Message("{value}{unit}", {"value": shown, "unit": unit}), False


def _strip(page: SlidePage, box: Box, figures: Sequence[tuple[Words, Message | str, bool]]) -> None:
    wide = box.width / len(figures)
    fits = (
        s for s in range(20, SMALL, -1) if all(page.high([x], s, wide - 0.3, bold=True) < 0.5 for _, x, _ in figures)
    )
    size = next(fits, SMALL)
    for n, (name, value, marked) in enumerate(figures):
        left, room = box.left + n * wide, wide - 0.3
        if n:
            page.rule(Box(left - 0.2, box.top + 0.05, 0, box.height - 0.1), LINE)
        page.words(Box(left, box.top, room, 0.26), [name], SMALL, colour=QUIET, spacing=0)
        place = Box(left, box.top + 0.28, room, 0.5)
        page.words(place, [value], size, bold=True, colour=CAUTION if marked else INK, spacing=0)


def _compared(page: SlidePage, box: Box, content: BriefingContent, place: str, found: Sequence[Rate]) -> None:
    """The street's rates: a dot among the hollow ones of the others, the project's mark, and the time that is gone."""
    marked = street.is_last(content.facts, content.figures, place)
    elapsed = content.figures.one("time_elapsed").number
    said_of_dots = [_key(place, found, elapsed)]
    key, table = box.rows(page.high(said_of_dots, SMALL, box.width), 0.08)
    page.words(key, said_of_dots, SMALL, colour=QUIET, spacing=0)
    dots = street.rate_dots(found, place, marked=marked)
    top = max([Decimal(1), *(x.value for row in dots.rows for x in row.amounts if x.value is not None)])
    column = BarColumn("street_rates", 1, dots, _DOTS, float(top) * 1.04, span=True)
    headings, rows = street.rate_headings(found, place), street.rate_table(found)
    looks = marked_row(1, 1, len(headings) - 1) if marked else {}
    drawn = bar_table(page, table, "street_table", headings, rows, [column], looks)
    room = drawn.places["street_rates"]

    def x(value: Decimal) -> float:
        return room.left + room.width * float(value) / (float(top) * 1.04)

    for n, each in enumerate(found[: round(room.height / drawn.row)]):
        start = room.top + n * drawn.row
        if each.whole is not None:
            page.block(Box(x(each.whole) - 0.03, start + 0.12, 0.06, drawn.row - 0.24), INK)
        if each.timed and elapsed is not None:
            page.rule(Box(x(elapsed), start, 0, drawn.row), QUIET, 1.5)


def _key(place: str, found: Sequence[Rate], elapsed: Decimal | None) -> Message:
    """What the dots and lines are."""
    dots = Message("实心为{place}，空心为其他街镇", {"place": place})
    if not street.has_whole(found):
        return dots
    whole = Message("{dots}，竖线为全项目", {"dots": dots})
    if elapsed is None or not any(each.timed for each in found):
        return whole
    return Message("{said}；细线为工期已过{rate}", {"said": whole, "rate": percent(elapsed, 1)})


Lines = list[tuple[Words, float, bool, str]]
"""Words, points, whether they are bold, and their colour."""


def _pace_lines(content: BriefingContent, pace: StreetPace | None) -> Lines:
    """What is to be paid a month up to the planned end, and when all is paid at the pace so far; [] where neither."""
    planned = content.baseline
    lines: Lines = []
    if pace is None:
        return lines
    if pace.needed is not None and planned is not None:
        lines += [
            (Message("要在{day}前付清", {"day": planned.end}), TEXT, True, INK),
            (said(pace.needed, "brief", word("/月")), 24, True, MONEY),
        ]
        fold = quotient(pace.needed, pace.so_far)
        if fold is not None:
            params = {"amount": said(pace.so_far, "brief"), "times": decimal(fold, 2)}
            lines.append((Message("为开工以来月均{amount}的{times}倍", params), SMALL, False, INK))
    if pace.finish is not None:
        lines += [
            (Message("按此前速度"), TEXT, True, INK),
            (Message("约{month}付清", {"month": Month(pace.finish)}), 20, True, INK),
            (SCENARIO_BAND, SMALL, False, QUIET),
        ]
    return lines


def _pace(page: SlidePage, box: Box, lines: Lines) -> None:
    """The lines below each other on a field of their own, all smaller where they need more room."""
    page.block(box, STRIP)
    top = box.top + 0.15

    def used(less: int) -> float:
        room = box.width - 0.4
        return sum(page.high([each], max(size - less, SMALL), room, bold=bold) for each, size, bold, _ in lines)

    less = next((n for n in range(12) if used(n) <= box.height - 0.3), 12)
    between = min(max((box.height - 0.3 - used(less)) / max(len(lines), 1), 0.0), 0.2)
    for each, full, bold, colour in lines:
        size = max(full - less, SMALL)
        place = Box(box.left + 0.2, top, box.width - 0.4, box.top + box.height - top)
        top += page.words(place, [each], size, bold=bold, colour=colour, spacing=0) + between
