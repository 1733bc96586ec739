"""A scheme, or a scorecard that people have filled in, from .xlsx or .csv: (what it holds, all that is wrong with it).

Columns are known by their heading: 一级指标 二级指标 编号 三级指标 分值 得分 扣分原因 备注 and near spellings.
Rows above it are titles. A file whose heading has no 编号 at all numbers its items 1, 2, 3 …; with that column, each
item needs its code. A worksheet without such a heading is another table. A printed sum is compared, never adopted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from core.errors import Message, RowProblem
from core.ingest.headings import NAMES, Heading, find_heading
from core.ingest.items import Items, ScoreRow, read_items, sums_that_differ
from core.ingest.scheme import results_warning, weight_problem
from core.ingest.table_file import Table, read_tables

_NEEDED = ("l1", "l3", "weight")
_DATE = re.compile(r"(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})")
_PROJECT = re.compile(r"项目名称[::]\s*(.+)")
MOST_TITLE = 100


@dataclass(frozen=True)
class ScorecardFile:
    """What a file says. Only to be used when it has no problem."""

    title: str
    """Its title row, or the file's name."""
    project: str
    """What follows 项目名称: or ""."""
    as_of: date | None
    """The first date beside 截至 or 日期."""
    rows: tuple[ScoreRow, ...]
    has_rules: bool
    """Whether it says how items are scored, not only what they are worth."""
    notes: tuple[RowProblem, ...]
    """To be told, not to be mended: sums that do not add up, weights that are unusual."""


def read_scorecard(name: str, content: bytes) -> tuple[ScorecardFile | None, tuple[RowProblem, ...]]:
    """A filled scorecard, and every problem with its cell. None when there is no table to read. Never raises."""
    return _read(name, content, scored=True)


def read_scheme(name: str, content: bytes) -> tuple[ScorecardFile | None, tuple[RowProblem, ...]]:
    """A scheme: the same table without points (a column of points is left alone). Never raises."""
    return _read(name, content, scored=False)


def _read(name: str, content: bytes, *, scored: bool) -> tuple[ScorecardFile | None, tuple[RowProblem, ...]]:
    tables, problems = read_tables(name, content)
    if problems:
        return None, problems
    needed = (*_NEEDED, "points") if scored else _NEEDED
    found = [(table, *find_heading(table, needed)) for table in tables]
    with_heading = [(table, heading, wrong) for table, heading, wrong in found if heading is not None]
    if not with_heading:
        columns = tuple(NAMES[field] for field in needed)
        text = Message("没有找到表头。表头应有这些列:{columns}。", {"columns": columns})
        return None, (RowProblem(PurePath(name).name, None, None, text),)
    table, heading, wrong = next((each for each in with_heading if not each[2]), with_heading[0])
    if wrong:
        return None, tuple(wrong)
    items = read_items(table, heading, scored=scored)
    _whole(table, heading, items)
    others = [
        other.problem(head.row, 1, None, Message("这张工作表也有表头,未读取。"))
        for other, head, _ in with_heading
        if other is not table
    ]
    content_of = ScorecardFile(
        title=_title(table, heading) or PurePath(name).stem,
        project=_project(table, heading),
        as_of=_as_of(table, heading, items),
        rows=tuple(items.rows),
        has_rules="kind" in heading.columns,
        notes=(*others, *items.notes),
    )
    return content_of, tuple(items.problems)


def _whole(table: Table, heading: Heading, items: Items) -> None:
    """What can only be said of all items together, once each of them could be read."""
    column = heading.columns["weight"]
    weights = [row.indicator.weight for row in items.rows]
    if all(weights) and (wrong := weight_problem(weights)) is not None and items.rows:
        items.problems.append(
            table.problem(items.places[0], column, heading.words[column], wrong, last=items.places[-1])
        )
    if items.problems:
        return
    items.notes.extend(sums_that_differ(table, heading, items))
    warning = results_warning((row.indicator.l1, row.indicator.weight) for row in items.rows)
    if warning is not None:
        items.notes.append(
            table.problem(items.places[0], column, heading.words[column], warning, last=items.places[-1])
        )


def _above(table: Table, heading: Heading) -> list[str]:
    return [" ".join(text.split()) for row in range(1, heading.row) for _, text in table.row(row)]


def _title(table: Table, heading: Heading) -> str:
    """The first row above the heading that is a name: not a remark like 单位:分."""
    names = (text for text in _above(table, heading) if len(text) > 3 and not re.search("[:：]|^附[件表]", text))
    return next(names, "")[:MOST_TITLE]


def _project(table: Table, heading: Heading) -> str:
    found = (_PROJECT.search(text) for text in _above(table, heading))
    return next((match[1].split()[0][:MOST_TITLE] for match in found if match), "")


def _as_of(table: Table, heading: Heading, items: Items) -> date | None:
    """The date that the page states for itself, above the heading or under the items."""
    last = max(items.places, default=heading.row)
    rows = [row for row in range(1, table.rows + 1) if row < heading.row or row > last]
    for row in rows:
        line = unicodedata.normalize("NFKC", " ".join(text for _, text in table.row(row)))
        match = _DATE.search(line) if re.search(r"截至|日期", line) else None
        if match is None:
            continue
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            continue  # 2024-02-30: nobody's day
    return None
