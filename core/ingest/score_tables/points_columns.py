"""The column of points that count, where a table of indicators has more than one that could.

The later stage counts over the earlier (复核 over 自评, 终评 over 初评), a mean over its parts; words and figures
have to agree. Where they do not, or where the words do not decide, it is asked: never the first that fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from core.errors import Message, RowProblem
from core.ingest.files.labels import plain
from core.ingest.files.table import Table, letters
from core.ingest.score_tables.headings import BETWEEN, NAMES, SPELLINGS, Heading
from core.ingest.score_tables.item_cells import figure
from core.ingest.score_tables.items import Items


class Stage(IntEnum):
    """The stage at which points were given, as far as a heading says so."""

    SELF = 0
    FIRST = 1
    SECOND = 2
    LAST = 3


_STAGES: Mapping[Stage, re.Pattern[str]] = {
    Stage.LAST: re.compile("终评|终审|终核|终定|最终|最后|核定|审定|认定|确认|定分|定稿"),
    Stage.SECOND: re.compile("复评|复核|复审|复查|复检|核查|核实|抽查|再评|重评|二审"),
    Stage.FIRST: re.compile("初评|初审|初核|初步|预评|一审"),
    Stage.SELF: re.compile("自评|自查|自测|自我|自打|自报|申报"),
}
"""The latest first: 自评复核得分 is the review's."""
_OVER = re.compile("平均|均分|均值|加权|权重后?得分|综合|汇总|折算|总得分|总分|总评|合计")
"""Points made of others."""
_POINTS = re.compile("(得分|评分|打分|分数|分)(值|数|结果|情况)?$")
_POINTS_IF_FIGURES = re.compile(
    "(自评|自查|初评|初审|复评|复核|复审|终评|终审|评审|考评|核定|审定|平均|均值|综合|加权|评价|考核|最终)(得|结果|值)?$"
    "|^(专家组?|评委|(评审员|评价人|评分人|打分人)(?=.)).{0,4}(?<![数见名字])$"
)
_NO_POINTS = re.compile(
    "[率%]|扣(?!分后|减后|除)|失分|满分|加分|减分|应得|赋分|基准分|基础分|标准分|设定|分差|权重(?!后?得分)|(?<![得评打])分值"
    "|上年|去年|往年|上期|上次|上轮|目标|预计|计划|最高|最低"
)
"""得分率 is no score; points of another year, or of a target, are not this table's."""


Way = Callable[[Decimal, Sequence[Decimal], Decimal], bool]
"""Judges (points, the points that they are made of, full marks)."""


@dataclass(frozen=True)
class PointsColumn:
    """A column that may hold the points."""

    column: int
    title: str

    @property
    def letter(self) -> str:
        """As the spreadsheet names it: F."""
        return letters(self.column)

    @property
    def stage(self) -> Stage | None:
        """The stage at which its points were given, as far as its heading says so."""
        return _stage(self.title)

    @property
    def label(self) -> Message:
        """复核得分（F列）."""
        return Message("{title}（{letter}列）", {"title": self.title, "letter": self.letter})


@dataclass(frozen=True)
class Choice:
    """The columns that could be meant, and the one that is read."""

    columns: tuple[PointsColumn, ...]
    read: PointsColumn | None
    """None: it has to be asked."""
    told: RowProblem | None
    """A question about it when a column is read, else a problem."""


NO_CHOICE = Choice((), None, None)
"""Of a table whose points nobody wants."""


def choose(table: Table, heading: Heading, items: Items, asked: str | None, beside: Decimal = Decimal(0)) -> Choice:
    """The column of points of a table whose items are known; `asked`: its heading or letter, if somebody said so.

    `beside`: points in a printed 总分 that are no item's: those of the budget block.
    """
    columns = candidates(table, heading, items.places)
    if asked is not None:
        return _asked(table, heading, columns, asked)
    if not columns:
        return Choice((), None, _missing(table, heading))
    if len(columns) == 1:
        return Choice(columns, columns[0], None)
    named = tuple(each.label for each in columns)
    read = _decided(table, items, columns, beside)
    if read is None:
        text = Message("有{count}列得分：{columns}，看不出以哪一列为准。", {"count": len(columns), "columns": named})
        return Choice(columns, None, _problem(table, heading, text))
    return Choice(columns, read, _question(table, heading, columns, read))


def missing(table: Table, heading: Heading) -> list[RowProblem]:
    """That no column can hold points, if none can."""
    rows = range(heading.last + 1, table.rows + 1)
    return [] if candidates(table, heading, rows) else [_missing(table, heading)]


def _missing(table: Table, heading: Heading) -> RowProblem:
    return _problem(table, heading, Message("表头缺少“{name}”这一列。", {"name": NAMES["points"]}))


def with_points(heading: Heading, read: PointsColumn) -> Heading:
    """The heading with these points, and the reasons and notes of their stage."""
    columns = dict(heading.columns) | {"points": read.column}
    for field in ("reason", "note", "deduction"):
        found = _of_same_stage(heading, field, read)
        if found is None:
            columns.pop(field, None)
        else:
            columns[field] = found
    words = {column: heading.words.get(column, heading.titles.get(column, "")) for column in columns.values()}
    return replace(heading, columns=columns, words={**heading.words, **words})


def candidates(table: Table, heading: Heading, rows: Sequence[int]) -> tuple[PointsColumn, ...]:
    """Every column that may hold points of this table's items."""
    others = {column for field, column in heading.columns.items() if field != "points"}
    return tuple(
        PointsColumn(column, title)
        for column, title in sorted(heading.titles.items())
        if column not in others and _may_be(title, any(_given(table, row, column) for row in rows))
    )


def _may_be(title: str, has_figures: bool) -> bool:
    if _NO_POINTS.search(unicodedata.normalize("NFKC", title)):
        return False
    parts = [plain(part) for part in title.split(BETWEEN)]
    if any(part in SPELLINGS["points"] or _POINTS.search(part) for part in parts):
        return True
    return has_figures and _POINTS_IF_FIGURES.search(parts[-1]) is not None


def _stage(title: str) -> Stage | None:
    text = unicodedata.normalize("NFKC", title)
    return next((stage for stage, words in _STAGES.items() if words.search(text)), None)


def _asked(table: Table, heading: Heading, columns: tuple[PointsColumn, ...], asked: str) -> Choice:
    """Follow what somebody said: any column but the item's own, even one that no word tells to be points."""
    others = {column for field, column in heading.columns.items() if field != "points"}
    there = [PointsColumn(column, title) for column, title in heading.titles.items() if column not in others]
    wanted = asked.strip()
    found = [each for each in there if plain(each.title) == plain(wanted)] or [
        each for each in there if each.letter == wanted.upper()
    ]
    if len(found) == 1:
        several = tuple(sorted({*columns, found[0]}, key=lambda each: each.column))
        told = _question(table, heading, several, found[0]) if len(several) > 1 else None
        return Choice(several, found[0], told)
    named = {"asked": wanted[:40], "columns": tuple(each.label for each in columns or there)}
    return Choice(columns, None, _problem(table, heading, Message("没有一列叫“{asked}”，可选：{columns}。", named)))


def _question(table: Table, heading: Heading, columns: Sequence[PointsColumn], read: PointsColumn) -> RowProblem:
    others = tuple(each.label for each in columns if each != read)
    params = {"count": len(columns), "read": read.label, "others": others}
    text = Message("有{count}列得分。按“{read}”计分，未读取：{others}。对吗？", params)
    return table.problem(heading.row, read.column, heading.titles[read.column], text)


def _problem(table: Table, heading: Heading, text: Message) -> RowProblem:
    return table.problem(heading.row, min(heading.words), None, text)


def _given(table: Table, row: int, column: int) -> bool:
    return figure(table.own(row, column)) is not None or (row, column) in table.uncalculated


def _decided(table: Table, items: Items, columns: Sequence[PointsColumn], beside: Decimal) -> PointsColumn | None:
    """The column that words and figures agree on."""
    given = {each: {row for row in items.places if _given(table, row, each.column)} for each in columns}
    if not any(given.values()):
        return _latest(columns) or columns[-1]  # a blank form: whichever it is, nothing is read
    left = list(columns)
    for over in columns:
        parts = _parts(table, items, over, [each for each in columns if each != over])
        left = [each for each in left if each not in parts]
    read = left[0] if len(left) == 1 else _latest(left)
    if read is None or not all(rows <= given[read] for rows in given.values()):
        return None
    return read if _fits(table, items, read, beside) else None


def _latest(columns: Sequence[PointsColumn]) -> PointsColumn | None:
    """The one of the latest stage. Points of no stage are later than one's own and earlier than the last, no more."""
    stages = {each: _stage(each.title) for each in columns}
    known = [stage for stage in stages.values() if stage is not None]
    unknown = [each for each, stage in stages.items() if stage is None]
    top = max(known, default=Stage.SELF)
    latest = [each for each, stage in stages.items() if stage == top]
    if unknown and top is not Stage.LAST:
        latest = unknown if top is Stage.SELF else []
    return latest[0] if len(latest) == 1 else None


def _fits(table: Table, items: Items, read: PointsColumn, beside: Decimal) -> bool:
    """True when no item has more than its full marks, and every printed 合计 is met."""
    points = {row: figure(table.own(row, read.column)) for row in items.places}
    for row, item in zip(items.places, items.rows, strict=True):
        if (value := points[row]) is not None and value > item.indicator.weight:
            return False
    for row, kind, _ in items.printed:
        printed = figure(table.own(row, read.column))
        total = sum((value for at, value in points.items() if at < row and value is not None), Decimal(0))
        if kind == "合计" and printed is not None and printed not in (total, total + beside):
            return False
    return True


def _parts(table: Table, items: Items, over: PointsColumn, others: Sequence[PointsColumn]) -> Sequence[PointsColumn]:
    """The columns that one is the mean of, or weighs; none when the figures do not say so."""
    if not _OVER.search(plain(over.title)):
        return ()
    judges = [each for each in others if _stage(each.title) is not Stage.SELF and not _OVER.search(plain(each.title))]
    without_stage = [each for each in judges if _stage(each.title) is None]
    mean = re.search("平均|均分|均值", over.title) is not None
    ways: list[tuple[Sequence[PointsColumn], Way]] = [
        (parts, way) for parts in (others, judges, without_stage) for way in (_is_mean, _is_trimmed)
    ]
    if not mean:
        ways += [([each], _is_weighed) for each in others] + [(others, _is_sum), (others, _is_between)]
    for parts, way in ways:
        if parts and _holds(table, items, over, parts, way):
            return parts
    return ()


def _holds(
    table: Table,
    items: Items,
    over: PointsColumn,
    parts: Sequence[PointsColumn],
    way: Way,
) -> bool:
    """True when it is so in every row that has points, and in one at least."""
    seen = False
    for row, item in zip(items.places, items.rows, strict=True):
        whole = figure(table.own(row, over.column))
        figures = [value for each in parts if (value := figure(table.own(row, each.column))) is not None]
        if whole is None and not figures:
            continue
        if whole is None or not figures or not way(whole, figures, item.indicator.weight):
            return False
        seen = True
    return seen


def _rounded(whole: Decimal, exact: Decimal) -> bool:
    """True when a printed figure is the exact one, rounded to two decimals or, if it shows fewer, to those."""
    shown = max(0, -int(whole.normalize().as_tuple().exponent))
    return any(abs(whole - exact) <= Decimal(5).scaleb(-places - 1) for places in range(shown, 3))


def _is_mean(whole: Decimal, parts: Sequence[Decimal], _: Decimal) -> bool:
    return _rounded(whole, sum(parts, Decimal(0)) / len(parts))


def _is_trimmed(whole: Decimal, parts: Sequence[Decimal], _: Decimal) -> bool:
    """The mean without the highest and the lowest."""
    kept = sorted(parts)[1:-1]
    return bool(kept) and _is_mean(whole, kept, Decimal(0))


def _is_sum(whole: Decimal, parts: Sequence[Decimal], _: Decimal) -> bool:
    return len(parts) > 1 and whole == sum(parts, Decimal(0))


def _is_weighed(whole: Decimal, parts: Sequence[Decimal], weight: Decimal) -> bool:
    """Points out of 100, by the item's full marks."""
    return _rounded(whole, parts[0] * weight / 100)


def _is_between(whole: Decimal, parts: Sequence[Decimal], _: Decimal) -> bool:
    """A mean with weights that nobody wrote down."""
    return len(parts) > 1 and min(parts) <= whole <= max(parts)


def _of_same_stage(heading: Heading, field: str, read: PointsColumn) -> int | None:
    """The column of reasons (or notes) that goes with the points: of their stage, else of none."""
    found = [column for column, title in heading.titles.items() if column != read.column and _called(title, field)]
    same = [column for column in found if _stage(heading.titles[column]) == _stage(read.title)]
    fitting = same or [column for column in found if _stage(heading.titles[column]) is None]
    known = heading.columns.get(field)
    return known if known in fitting else next(iter(fitting), None)


def _called(title: str, field: str) -> bool:
    """True when a heading is that field's, with or without a stage in front (复核扣分原因)."""
    parts = [plain(part) for part in title.split(BETWEEN)]
    parts += [re.sub(words, "", part) for part in parts for words in _STAGES.values()]
    return any(part in SPELLINGS[field] for part in parts)
