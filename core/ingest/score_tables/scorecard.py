"""A scheme, or a scorecard that people have filled in, from .xlsx, .docx or .csv: what it holds, and what is wrong.

Columns are known by their heading: 一级指标 二级指标 编号 三级指标 分值 得分 扣分原因 备注 and near spellings.
Rows above it are titles. A file whose heading has no 编号 at all numbers its items 1, 2, 3 …; with that column, each
item needs its code. A worksheet without such a heading is another table. A printed sum is compared, never adopted.
Of several columns of points one is read, and told; where it cannot be known which, it is asked (`points_columns`).
A 自评表 has a block of the year's money over it (`budget_block`); of several forms one is chosen (`forms`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from core.errors import Message, RowProblem
from core.ingest.files.document import read_document
from core.ingest.files.table import Table
from core.ingest.files.table_file import read_tables
from core.ingest.score_tables.budget_block import BudgetBlock, read_block, with_block
from core.ingest.score_tables.forms import ANOTHER_SHEET, Form, find_forms
from core.ingest.score_tables.headings import NAMES, Heading
from core.ingest.score_tables.in_english import in_chinese
from core.ingest.score_tables.items import Items, ScoreRow, read_items
from core.ingest.score_tables.points_columns import (
    NO_CHOICE,
    Choice,
    PointsColumn,
    Stage,
    choose,
    missing,
    with_points,
)
from core.ingest.score_tables.printed_sums import sums_that_differ
from core.ingest.score_tables.relative_weights import convert
from core.ingest.score_tables.scheme import read_step, results_warning, weight_problem
from core.model.scorecard import BudgetLine
from core.scoring.entry import plain

_NEEDED = ("l1", "l3", "weight")
_SELF = ("自评", "自我评价")


@dataclass(frozen=True)
class ScorecardFile:
    """A scheme or scorecard as a file has it. Only to be used when there is no problem."""

    title: str
    """Its title row, or the file's name."""
    project: str
    """The words behind 项目名称: or ""."""
    as_of: date | None
    """The first date beside 截至 or 日期."""
    rows: tuple[ScoreRow, ...]
    has_rules: bool
    """True when it says how items are scored, not only what they are worth."""
    notes: tuple[RowProblem, ...]
    """To be told, not to be mended: which points were read, sums that do not add up, weights that are unusual."""
    columns: tuple[PointsColumn, ...] = ()
    """Every column that could hold the points."""
    read: PointsColumn | None = None
    """The one that was read; None: none, or it has to be asked."""

    budget: tuple[BudgetLine, ...] = ()
    """The lines of its budget block."""
    step: Decimal | None = None
    """Step (分) in which points are given; None: it does not say."""
    self_assessed: bool = False
    """True for the unit's own scores: a 自评表."""
    forms: tuple[str, ...] = ()
    """The names of the forms of the file."""
    others: tuple[tuple[PointsColumn, tuple[ScoreRow, ...]], ...] = ()
    """The other columns of points with the items by each, where they can be read: sheets of their own, if wanted."""


Read = tuple[ScorecardFile | None, tuple[RowProblem, ...]]
"""What was read (None: nothing is there to be read), and every problem."""


def read_scorecard(name: str, content: bytes, points: str | None = None, form: int | None = None) -> Read:
    """A filled scorecard, and every problem with its cell. None when there is no table to read. Never raises.

    `points`: the heading or the letter of the column of points, where somebody has said so. `form`: the number of the
    form, from 1, where the file has several.
    """
    return _read(name, content, scored=True, asked=points, number=form)


def read_scheme(name: str, content: bytes) -> Read:
    """A scheme: a table of indicators without points (a column of points is left alone). Never raises."""
    return _read(name, content, scored=False)


def _tables(name: str, content: bytes) -> tuple[tuple[Table, ...], tuple[RowProblem, ...]]:
    if b"word/document.xml" in content or PurePath(name).suffix.lower() in (".docx", ".doc", ".docm"):
        document = read_document(name, content)
        return document.tables, document.problems
    tables, problems = read_tables(name, content)
    return tuple(map(in_chinese, tables)), problems


def _read(name: str, content: bytes, *, scored: bool, asked: str | None = None, number: int | None = None) -> Read:
    tables, problems = _tables(name, content)
    if problems:
        return None, problems
    forms = find_forms(tables, _NEEDED)
    if not forms:
        columns = tuple(NAMES[field] for field in ((*_NEEDED, "points") if scored else _NEEDED))
        text = Message("没有找到表头。表头应有这些列：{columns}。", {"columns": columns})
        return None, (RowProblem(PurePath(name).name, None, None, text),)
    wrong = [(*form.problems, *(_no_points(form) if scored and asked is None else ())) for form in forms]
    at = next((n for n, each in enumerate(wrong) if not each), 0)
    if number is not None:
        at = min(max(number, 1), len(forms)) - 1
    form = forms[at]
    if wrong[at]:
        return None, tuple(wrong[at])
    names = tuple(each.name for each in forms)
    several = _several(form, forms) if number is None and form.together > 1 else ()
    asked_of_tables = tuple(question for table in tables for question in table.questions)
    others = tuple(each.table.problem(each.heading.row, 1, None, _unread(form, each)) for each in forms if each != form)
    found, problems = _of_form(form, scored=scored, asked=asked)
    content_of = replace(
        found,
        title=found.title or PurePath(name).stem,
        notes=(*asked_of_tables, *others, *found.notes),
        forms=names,
    )
    return content_of, (*several, *problems)


def _unread(read: Form, other: Form) -> Message:
    if other.table.sheet == read.table.sheet and other.together > 1:
        return Message("这里还有一张评分表（{name}），未读取。", {"name": other.name})
    return ANOTHER_SHEET


def _several(form: Form, forms: tuple[Form, ...]) -> tuple[RowProblem, ...]:
    """That one has to be chosen."""
    same = [each for each in forms if each.table.sheet == form.table.sheet]
    second, column = same[1].heading, same[1].heading.columns["weight"]
    params = {"count": len(same), "names": tuple(each.name for each in same), "row": second.row}
    text = Message(
        "这里有{count}张评分表（{names}），第二张的表头在第{row}行。一次只能导入一张，请选定其中一张。", params
    )
    return (same[1].table.problem(second.row, column, second.words.get(column), text),)


def _no_points(form: Form) -> list[RowProblem]:
    """That no column can hold points; of a scheme with its rules that is no fault: it becomes a blank sheet."""
    return [] if "kind" in form.heading.columns else missing(form.table, form.heading)


def _of_form(form: Form, *, scored: bool, asked: str | None) -> tuple[ScorecardFile, tuple[RowProblem, ...]]:
    table, heading = form.table, form.heading
    items, choice = read_items(table, heading, scored=False), NO_CHOICE
    block = read_block(table, heading)
    blank = scored and asked is None and bool(missing(table, heading))
    if scored and not blank:
        beside = block.item.points if block and block.item and block.item.points else Decimal(0)
        choice = choose(table, heading, items, asked, beside)
        if choice.read is not None:
            heading = with_points(heading, choice.read)
            items = read_items(table, heading, scored=True)
    _whole(form, heading, items, block, scored=choice.read is not None)
    told = () if choice.told is None else (choice.told,)
    empty = () if not blank else (_blank_sheet(form),)
    found = ScorecardFile(
        title=form.title,
        project=form.project,
        as_of=form.as_of(max(items.places, default=heading.row)),
        rows=tuple(items.rows),
        has_rules="kind" in heading.columns,
        notes=(*empty, *(told if choice.read else ()), *items.notes),
        columns=choice.columns,
        read=choice.read,
        budget=block.lines if block else (),
        step=_step(table, heading, items),
        self_assessed=_is_self_assessed(form, block, choice.read),
        others=tuple(_others(form, choice, block)),
    )
    return found, (*(() if choice.read else told), *items.problems)


def _step(table: Table, heading: Heading, items: Items) -> Decimal | None:
    """Read the step, which is one for all items; what is no step goes to the problems."""
    column = heading.columns.get("step")
    if column is None:
        return None
    found: dict[Decimal, int] = {}
    for row in items.places:
        text = table.over(row, column)
        if not text:
            continue
        read = read_step(text)
        if isinstance(read, Message):
            items.problems.append(table.problem(row, column, heading.words[column], read))
        else:
            found.setdefault(read, row)
    if len(found) > 1:
        names = tuple(plain(step) for step in found)
        several = Message("一套指标体系只有一个计分单位，这里有{names}。", {"names": names})
        items.problems.append(table.problem(max(found.values()), column, heading.words[column], several))
    return next(iter(found), None)


def _blank_sheet(form: Form) -> RowProblem:
    text = Message("没有得分这一列，按指标体系读取：得到一张空白的评分表。对吗？")
    return form.table.problem(form.heading.row, min(form.heading.words), None, text)


def _is_self_assessed(form: Form, block: BudgetBlock | None, read: PointsColumn | None) -> bool:
    """True for a 自评表: by its column of points, else by its title or the block of the year's money over it."""
    if read is not None and read.stage is not None:
        return read.stage is Stage.SELF
    return block is not None or any(word in text for word in _SELF for text in form.above)


def _others(
    form: Form, choice: Choice, block: BudgetBlock | None
) -> Iterator[tuple[PointsColumn, tuple[ScoreRow, ...]]]:
    """The other columns of points, each with the items by it; one with a problem is none."""
    if choice.read is None:
        return
    for column in choice.columns:
        if column == choice.read:
            continue
        heading = with_points(form.heading, column)
        items = read_items(form.table, heading, scored=True)
        _whole(form, heading, items, block, scored=True)
        if not items.problems and any(row.points is not None for row in items.rows):
            yield column, tuple(items.rows)


def _whole(form: Form, heading: Heading, items: Items, block: BudgetBlock | None, *, scored: bool) -> None:
    """Check all items together, once each of them could be read, and put to them what stands over them."""
    table, column = form.table, heading.columns["weight"]
    if block is not None:
        items.problems.extend(block.problems)
        items.notes.extend(block.notes)
    before: tuple[ScoreRow, ...] = ()
    if items.rows and all(row.indicator.weight or row.indicator.minus for row in items.rows):
        if block is not None:
            with_block(table, items, block, scored=scored, coded="code" in heading.columns)
        before = convert(table, heading, items)
        wrong = weight_problem(row.indicator.weight for row in items.rows)
        if wrong is not None:
            last = items.places[-1]
            items.problems.append(table.problem(items.places[0], column, heading.words[column], wrong, last=last))
    if items.problems:
        return
    items.notes.extend(sums_that_differ(table, heading, items, before))
    warning = results_warning((row.indicator.l1, row.indicator.weight) for row in items.rows)
    if warning is not None:
        items.notes.append(
            table.problem(items.places[0], column, heading.words[column], warning, last=items.places[-1])
        )
