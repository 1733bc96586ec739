"""小区明细: from the programme to its streets, to a street's communities, to the row that one was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import Message
from core.model.context import Context
from core.model.project import Community, Facts
from core.model.rights import Deed
from core.progress import community_list
from core.progress.detail import Held, HeldPair, compared_with_place
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.origin import came_in
from core.service.base.project import facts as facts_of
from core.store import read
from core.store.database import Store
from core.store.read import CommunitySort
from core.text import render, word
from core.text.amounts import cell, headed
from core.text.numbers import MISSING, count, decimal, percent

PAGE = 50
"""Communities on a page of the list."""
SORTS: dict[CommunitySort, str] = {
    "file": word("按表中顺序"),
    "name": word("小区名称"),
    "buildings": word("楼栋（栋）"),
    "households": word("户数（户）"),
    "area": word("面积（万㎡）"),
    "invested": word("已投资"),
    "paid": word("累计支付"),
    "physical": word("形象进度"),
    "begun_on": word("开工日期"),
    "done_on": word("完工日期"),
}
SORT_OF: dict[str, CommunitySort] = {str(sort): sort for sort in SORTS}
"""As the URL says it."""
_SUMS = (
    word("街镇"),
    word("小区（个）"),
    word("楼栋（栋）"),
    word("户数（户）"),
    word("面积（万㎡）"),
    headed(word("已投资")),
    headed(word("累计支付")),
    word("核对"),
)
_OF_PLACE = (word("数据项"), *_SUMS[1:-1])
_WHOLE = ("communities", "buildings", "households")
_ROW = re.compile(r"第(\d+)行$")
_KEY = re.compile(r"([A-Z]{1,3}):(.+)", re.DOTALL)


@dataclass(frozen=True)
class CommunitiesAsked:
    """Which communities, in which order, which page (from 1)."""

    place: str | None = None
    text: str = ""
    sort: CommunitySort = "file"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class CommunityLine:
    """A row as it is printed, and the names that its link leads to."""

    place: str | None
    """None: the whole project."""
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CommunitiesView:
    """One page of 小区明细."""

    subtitle: Message
    headline: Message
    sum_headings: tuple[str, ...]
    sums: tuple[CommunityLine, ...]
    """The whole project and its streets, or of the one street the detail beside its own figures."""
    headings: tuple[str, ...]
    lines: tuple[CommunityLine, ...]
    found: int
    """Communities that the search lets through."""
    pages: int
    page: int
    """The one that is shown."""
    file: str
    """What the download is called."""


@dataclass(frozen=True)
class SourceRow:
    """The row that a community was read from."""

    title: str
    figures: tuple[tuple[str, str], ...]
    """Name and value as it was understood."""
    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    """Cell, heading and text as they stand in the file."""
    stands: tuple[tuple[str, str], ...]
    """File, sheet and row, batch, as-of date, and who imported it."""


@asks(Deed.SEE, until="data")
def has_detail(ctx: Context, project: str) -> bool:
    """Whether the project reports communities one by one. Raises UnknownName."""
    return bool(read.community_sums(open_store.of(ctx), facts_of(ctx, project)))


@asks(Deed.SEE, until="data")
def communities(ctx: Context, project: str, asked: CommunitiesAsked) -> CommunitiesView:
    """The communities asked for at the context's version. A page beyond the last shows the last. Raises UnknownName."""
    store, facts, language = open_store.of(ctx), facts_of(ctx, project), ctx.language
    text = asked.text.strip() or None
    every = compared_with_place(facts, read.community_sums(store, facts))
    found = read.communities_found(store, facts, asked.place, text)
    pages = max(1, -(-found // PAGE))
    page = min(max(1, asked.page), pages)
    rows = read.communities(
        store, facts, asked.place, (page - 1) * PAGE, PAGE, text=text, sort=asked.sort, descending=asked.descending
    )
    title = render(Message("{project}_小区明细", {"project": asked.place or facts.project.name}), language)
    return CommunitiesView(
        subtitle=Message("{project} · 数据截至{day}", {"project": facts.project.name, "day": facts.as_of}),
        headline=_headline(every, asked, found, text),
        sum_headings=tuple(
            render(heading, language, ctx.unit) for heading in (_SUMS if asked.place is None else _OF_PLACE)
        ),
        sums=_sums(ctx, every, asked.place),
        headings=tuple(
            render(heading, language, ctx.unit)
            for heading in (word("小区名称"), word("街镇"), *_columns(store, facts).values(), word("来源"))
        ),
        lines=tuple(_line(ctx, row, _columns(store, facts)) for row in rows),
        found=found,
        pages=pages,
        page=page,
        file=re.sub(r'[\s\\/:*?"<>|]+', "_", f"{title}_{facts.as_of:%Y%m%d}"),
    )


@asks(Deed.SEE, until="data")
def every_community(ctx: Context, project: str) -> tuple[tuple[Community, ...], tuple[str, ...]]:
    """All of them in the order of their list, and what few lists tell that this one does. Raises UnknownName."""
    store, facts = open_store.of(ctx), facts_of(ctx, project)
    count_of_all = read.communities_found(store, facts, None, None)
    if not count_of_all:
        return (), ()
    return read.communities(store, facts, None, 0, count_of_all), read.communities_told(store, facts)


@asks(Deed.SEE, until="data")
def source_row(ctx: Context, project: str, place: str, name: str) -> SourceRow | None:
    """What the file says of one community, and where; None: the street has none of that name. Raises UnknownName."""
    store, facts = open_store.of(ctx), facts_of(ctx, project)
    row = read.community(store, facts, place, name)
    if row is None:
        return None
    came = read.origin(store, facts, row)
    stands = came_in(came.file, came.batch, facts.as_of, came.by, came.made_at, row.source)

    def say(text: Message | str) -> str:
        return render(text, ctx.language, ctx.unit)

    return SourceRow(
        title=say(Message("{place} · {name}", {"place": place, "name": name})),
        figures=tuple((say(heading), say(_figure(row, name))) for name, heading in _columns(store, facts).items()),
        headings=tuple(say(heading) for heading in (word("单元格"), word("表头"), word("原文"))),
        cells=_cells(row),
        stands=tuple((say(what), say(value)) for what, value in stands),
    )


def _headline(every: Sequence[Held], asked: CommunitiesAsked, found: int, text: str | None) -> Message:
    if text is not None:
        return Message("名称含“{text}”的小区{count}个", {"text": text, "count": count(found)})
    here = [each for each in every if each.place is not None and asked.place in (None, each.place)]
    places = {each.place: each.agree for each in here if each.agree is not None}
    wrong = tuple(place for place, agree in places.items() if not agree)
    params: dict[str, object] = {"count": count(found), "place": asked.place or word("全项目"), "wrong": wrong}
    if not places:
        return Message("{place}{count}个小区；没有可与街镇的数比较的合计", params)
    if wrong and asked.place is not None:
        return Message("{place}{count}个小区，明细合计与街镇的数不一致", params)
    if wrong:
        return Message("{place}{count}个小区，明细合计与街镇的数不一致：{wrong}", params)
    return Message("{place}{count}个小区，明细合计与街镇的数一致", params)


def _sums(ctx: Context, every: Sequence[Held], place: str | None) -> tuple[CommunityLine, ...]:
    """A line a street; of one street what the detail adds up to, its own figures, and whether they agree."""
    if place is None:
        return tuple(_sum_line(ctx, each) for each in every)
    pairs = next(each.pairs for each in every if each.place == place)
    agree = {None: MISSING, True: word("一致"), False: word("不一致")}
    rows = (
        (word("明细合计"), *(_printed(pair.quantity.id, pair.added) for pair in pairs)),
        (word("街镇的数"), *(_printed(pair.quantity.id, pair.own) for pair in pairs)),
        (word("核对"), *(agree[pair.agree] for pair in pairs)),
    )
    return tuple(CommunityLine(None, "", tuple(render(each, ctx.language, ctx.unit) for each in row)) for row in rows)


def _sum_line(ctx: Context, each: Held) -> CommunityLine:
    verdict: Message | str = MISSING
    if each.agree is not None:
        verdict = word("一致") if each.agree else word("不一致")
    cells = (each.place or word("全项目"), *(_pair(pair) for pair in each.pairs), verdict)
    return CommunityLine(each.place, "", tuple(render(each, ctx.language, ctx.unit) for each in cells))


def _pair(pair: HeldPair) -> Message | str:
    """One number where both are the same; both where they differ."""

    def shown(value: object) -> Message | str:
        return _printed(pair.quantity.id, value)

    if pair.agree is False:
        return Message("明细{added} / 街镇{own}", {"added": shown(pair.added), "own": shown(pair.own)})
    return shown(pair.added)


def _printed(name: str, value: Any) -> Message | str:
    if name in _WHOLE:
        return count(value)
    return decimal(value, 2) if name == "area" else cell(value)


def _columns(store: Store, facts: Facts) -> Mapping[str, str | Message]:
    """The columns of the list with their headings: those that few lists have, where this one does."""
    return community_list.columns(read.communities_told(store, facts))


def _figure(row: Community, name: str) -> Message | str:
    """What the row says of it: about where the file says so, its own words where there is no more."""
    value, said = getattr(row, name), json.loads(row.said or "{}").get(name)
    if name in ("built", "renewal"):
        return value or MISSING
    if isinstance(value, date) or (value is None and said is not None):
        return str(said) if said is not None else str(value)
    if name in ("begun_on", "done_on"):
        return MISSING
    shown = percent(value) if name == "physical" else _printed(name, value)
    return shown if said is None else Message("约{figure}", {"figure": shown})


def _line(ctx: Context, row: Community, columns: Iterable[str]) -> CommunityLine:
    cells = (row.name, row.place, *(_figure(row, name) for name in columns), row.source)
    return CommunityLine(row.place, row.name, tuple(render(each, ctx.language, ctx.unit) for each in cells))


def _cells(row: Community) -> tuple[tuple[str, ...], ...]:
    """Each cell of the row with its address, where the file has columns by letter."""
    number = _ROW.search(row.source)
    found = []
    for key, text in json.loads(row.raw).items():
        at = _KEY.fullmatch(key)
        if at is None or number is None:
            found.append((MISSING, key, str(text)))
        else:
            found.append((f"{at[1]}{number[1]}", at[2], str(text)))
    return tuple(found)
