"""The present figures of a project as a workbook to edit and import again: what is not changed reads back unchanged.

One sheet a table, headings as the import knows them. Figures are numbers as far as a spreadsheet keeps them exactly
(15 digits), dates are dates; text is text, also a name that begins with = + - @.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from core.briefing.excel import Book, Page
from core.errors import chinese
from core.ingest.files.document import SENTENCES, Paragraph
from core.ingest.report_text.claims import find_stated
from core.model.fields import COLUMNS, FIELDS, FLOWS, TABLES, Field, TableId, own_figures, source_field
from core.model.project import (
    FUNDING_NAMES,
    Arrival,
    Community,
    Comparison,
    Delivery,
    Facts,
    Funding,
    Milestone,
    RenovationLine,
    SpendLine,
)
from core.progress.arithmetic import sum_if_known
from core.text.numbers import MISSING

Row = SpendLine | RenovationLine | Delivery | Arrival | Milestone | Community | Comparison
Cell = str | Decimal | int | date | None
"""A `Decimal` with a share's meaning comes as `_Share`."""

_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""


_OPTIONAL: tuple[TableId, ...] = ("delivery", "arrivals", "milestones", "communities", "payments", "comparisons")
"""Tables that a file may have beside those of money and homes."""
_WHOLE = "全项目"
"""In the place of a street: a blank one would be read as the one above."""
_SAID = {"planned": "计划安排", "arrived": "已到位", "paid": "已支付"}
"""What a sentence says of a source's money."""
_WIDTH = 16
"""Of every column, in characters."""
_FIRST = 2
"""Rows above the first place, counted from 0: the day, the heading."""


class _Share(Decimal):
    """0..1, shown as per cent."""


def data_xlsx(facts: Facts, communities: Sequence[Community] = ()) -> bytes:
    """The workbook: money and homes always, the optional tables where there is something in them."""
    book = Book(STYLES)
    about = f"数据截至{chinese(facts.as_of)}。"
    if facts.spend:
        _spend(book, about, facts)
    if facts.renovation:
        _table(book, about, "renovation", facts.renovation, _sums("renovation", facts.renovation))
    _plans(book, facts.funding)
    _sources(book, about, facts)
    _table(book, about, "delivery", facts.deliveries)
    _table(book, about, "arrivals", facts.arrivals)
    _table(book, about, "milestones", facts.milestones)
    _table(book, about, "comparisons", facts.comparisons)
    _table(book, about, "communities", communities)
    notes = Page(book, "填写说明", (100,))
    for number, line in enumerate(_notes(facts)):
        notes.over(number, 0, number, 0, line, "note")
    return book.content()


def columns(table: TableId) -> tuple[Field, ...]:
    """The columns of a sheet. A milestone's place is its last one: most are of the whole project."""
    own = tuple(FIELDS[name] for name in COLUMNS[table])
    if table == "milestones":
        return (*own, FIELDS["place"])
    if table == "comparisons":
        return (FIELDS["place"], FIELDS["community"], *own)
    return own if table == "arrivals" else (FIELDS["place"], *own)


def headings(table: TableId) -> tuple[str, ...]:
    """Names with units; counts have theirs in the table of beneficiaries only, as it is printed in reports."""
    return tuple(
        f"{field.name}（{field.unit}）" if field.unit and (field.measured or table == "renovation") else field.name
        for field in columns(table)
    )


def _table(
    book: Book, about: str, table: TableId, rows: Sequence[Row], sums: Sequence[Cell] | None = None
) -> Page | None:
    """A worksheet of the rows under the day that they are of; None where there are none."""
    if not rows:
        return None
    heading = headings(table)
    page = Page(book, TABLES[table].name, (_WIDTH,) * len(heading))
    page.worksheet.freeze_panes(_FIRST, 1)
    page.over(0, 0, 0, 0, about, "note")
    for column, text in enumerate(heading):
        page.over(_FIRST - 1, column, _FIRST - 1, column, text, "head")
    cells = [[_cell(field, row) for field in columns(table)] for row in rows]
    for number, line in enumerate([*cells, *([sums] if sums else [])], start=_FIRST):
        for column, value in enumerate(line):
            _write(page, number, column, value, "money" if "万" in heading[column] else "count")
    return page


def _cell(field: Field, row: Row) -> Cell:
    if isinstance(row, Comparison) and field.id in ("place", "community"):
        return row.community if field.id == "community" else row.place or _WHOLE
    value: Cell = getattr(row, field.stored_as, None)  # an approved amount is of many rows, and none of theirs
    if isinstance(row, RenovationLine) and field.id == "communities" and row.communities_second is not None:
        return f"（总）{value}-{row.communities_second}"
    if isinstance(row, Community) and row.said is not None and field.id in (said := json.loads(row.said)):
        # About in the unit of the heading; a month or words as they were typed.
        return str(said[field.id]) if value is None or isinstance(value, date) else _about(field, value)
    if value is None and isinstance(row, SpendLine | RenovationLine) and hasattr(row, field.stored_as):
        return MISSING  # a blank cell would be asked about when it comes back
    if isinstance(row, Milestone) and value == "":
        return None
    if isinstance(value, Decimal) and field.kind == "share":
        return _Share(value)
    return FUNDING_NAMES.get(value, value) if isinstance(value, str) and field.id == "funding" else value


def _about(field: Field, value: Cell) -> str:
    if field.kind == "share" and isinstance(value, Decimal):
        return f"约{(value * 100).normalize():f}%"
    return f"约{value.normalize():f}" if isinstance(value, Decimal) else f"约{value}"


def _sums(table: TableId, rows: Sequence[Row]) -> list[Cell]:
    """The row of sums; without the number of 小区: where some rows have a second number, a sum of them says nothing."""
    added = own_figures(table)
    return ["合计"] + [
        sum_if_known(getattr(row, name) for row in rows) if name in added and name != "communities" else None
        for name in COLUMNS[table]
    ]


def _spend(book: Book, about: str, facts: Facts) -> None:
    """The approved amounts as they are: one cell over the rows that it covers."""
    amounts = {group.id: group.amount for group in facts.budget_groups}
    lines = _by_group(facts.spend)
    sums, column = _sums("spend", lines), [field.id for field in columns("spend")].index("estimate")
    covered = dict.fromkeys(line.budget_group for line in lines)
    sums[column] = sum((amounts.get(name, Decimal(0)) for name in covered), Decimal(0))
    page = _table(book, about, "spend", lines, sums)
    assert page is not None
    row = _FIRST
    for name, group in groupby(lines, key=lambda line: line.budget_group):
        count = len(list(group))
        if name not in amounts:  # nothing was approved for these
            row += count
            continue
        if count > 1:
            page.worksheet.merge_range(row, column, row + count - 1, column, "", book.style("money"))
        _write(page, row, column, amounts[name], "money")
        row += count


def said_of(source: str, flow: str, amount: str) -> str:
    """A sentence about the money of a source, as the import understands it."""
    return f"{source}{_SAID[flow]}{amount}万元。"


def _plans(book: Book, plans: Sequence[Funding]) -> None:
    """The money of each source in the whole project, a sentence a row; left out where it would not be understood."""
    lines = [
        said_of(plan.name, flow, f"{value:,f}")
        for plan in plans
        for flow in _SAID
        if (value := getattr(plan, flow)) is not None
    ]
    read = find_stated([Paragraph("", line) for line in lines], ()).funding
    if not lines or {each.source: _amounts(each) for each in read} != {each.source: _amounts(each) for each in plans}:
        return  # what the file does not say goes on as it is
    page = Page(book, SENTENCES, (60,))
    for number, line in enumerate(lines):
        page.over(number, 0, number, 0, line, "text")


def _amounts(plan: Funding) -> tuple[Decimal | None, ...]:
    return plan.planned, plan.arrived, plan.paid


def _sources(book: Book, about: str, facts: Facts) -> None:
    """The money of each source by place: a column for each that is planned, has arrived or was paid somewhere.

    What was paid of all sources together stands in the table of spending.
    """
    amounts = {
        (row.place, source_field(flow, row.source)): value
        for row in facts.source_money
        for flow in FLOWS
        if row.place is not None and (row.source or flow != "paid") and (value := getattr(row, flow)) is not None
    }
    if not amounts:
        return
    fields = list(dict.fromkeys(name for _, name in amounts))
    page = Page(book, TABLES["sources"].name, (_WIDTH,) * (len(fields) + 1))
    page.worksheet.freeze_panes(_FIRST, 1)
    page.over(0, 0, 0, 0, about, "note")
    for column, text in enumerate([FIELDS["place"].name, *(f"{FIELDS[name].name}（万元）" for name in fields)]):
        page.over(_FIRST - 1, column, _FIRST - 1, column, text, "head")
    there = {place for place, _ in amounts}
    for row, place in enumerate((each for each in facts.places if each in there), start=_FIRST):
        page.over(row, 0, row, 0, place, "text")
        for column, name in enumerate(fields, start=1):
            _write(page, row, column, amounts.get((place, name)), "money")


def _by_group(lines: Iterable[SpendLine]) -> list[SpendLine]:
    """Rows of one approved amount stand together, or its cell could not cover them; else in their order."""
    order: dict[str, list[SpendLine]] = {}
    for line in lines:
        order.setdefault(line.budget_group, []).append(line)
    return [line for group in order.values() for line in group]


def _notes(facts: Facts) -> list[str]:
    return [
        f"{facts.project.name}",
        f"本表为当前数据，截至{chinese(facts.as_of)}。修改后在“数据导入”页上传。",
        "新的一期：请改各表第一行的日期，或在上传时选定日期；未列出的内容沿用上一期数据。",
        "用作另一个项目：请在第一张表第一行加上“项目名称：……。批复文号：……，批复日期”，上传时选“新项目”。",
        f"{SENTENCES}：一行一句，写明资金来源、计划安排（已到位、已支付）和金额；改动数字即可，也可照样加行。",
        "概算为一个合并单元格时，表示一笔批复覆盖多个街镇；请勿拆开，除非已有分街镇批复数。",
        "可另加工作表，表头如下（每张表一个工作表）：",
        *(f"{TABLES[table].name}：{' | '.join(headings(table))}" for table in _OPTIONAL),
    ]


def _write(page: Page, row: int, column: int, value: Cell, style: str) -> None:
    """A cell by what its value is; a figure that a spreadsheet would cut off stays a text."""
    if value is None:
        page.worksheet.write_blank(row, column, None, page.book.style("text"))
    elif isinstance(value, date):
        page.worksheet.write_datetime(row, column, value, page.book.style("date"))
    elif isinstance(value, str):
        page.over(row, column, row, column, value, "text")
    elif Decimal(f"{float(value):.{_DIGITS}g}") != value:
        page.over(row, column, row, column, f"{value:f}", "text")
    else:
        page.number(row, column, value, "share" if isinstance(value, _Share) else style)


def _bordered(**more: object) -> dict[str, object]:
    return {"font_size": 10, "border": 1, "valign": "vcenter", **more}


STYLES: dict[str, dict[str, object]] = {
    "head": _bordered(bold=True, align="center", bg_color="#F2F5F8", text_wrap=True),
    "text": _bordered(),
    # The sixth decimal of an amount is there, and shown where it is not 0.
    "money": _bordered(num_format="#,##0.00####"),
    "count": _bordered(num_format="#,##0"),
    "share": _bordered(num_format="0.00##%"),
    "date": _bordered(num_format="yyyy-mm-dd", align="left"),
    "note": {"font_size": 10},
}
