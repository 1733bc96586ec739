"""A scorecard or a scheme as .xlsx or .csv: what an evaluator prints and signs, and what the import reads again.

A4 landscape, one page wide; level 1 and 2 merged; sums, deductions, rates and the grade are live formulas, stored with
the values of the moment. Text is text: a name that begins with = + - @ never becomes a formula. The documents are
Chinese whatever the screen's language is: they are what the bureau files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from core.briefing.wrapping import LINE_HEIGHT, broken
from core.briefing.wrapping import width as broad
from core.errors import chinese
from core.ingest.headings import NAMES
from core.ingest.items import STATUS_WORDS
from core.ingest.scheme import NO_RULE
from core.model.scorecard import GradeScheme, Indicator, Scheme, Sheet, Status
from core.scoring import Item
from core.scoring.read_rule import KINDS

FONT = "微软雅黑"
SIGNED_BY = ("评价人", "复核人", "主评人", "日期")
_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

SCORE_FIELDS = ("l1", "l2", "code", "l3", "weight", "points", "deduction", "rate", "reason", "note")
SCHEME_FIELDS = (
    "l1", "l2", "code", "l3", "weight", "kind", "params", "rule", "inputs", "evidence_needed", "source_section",
)  # fmt: skip
_WIDTHS = {
    "l1": 8, "l2": 12, "code": 7, "l3": 28, "weight": 9, "points": 9, "deduction": 8, "rate": 10, "reason": 44,
    "note": 14, "kind": 12, "params": 34, "rule": 40, "inputs": 20, "evidence_needed": 20, "source_section": 14,
}  # fmt: skip
TIMELESS = datetime(2000, 1, 1)
"""When a chart's workbook says that it was made: the same figures give the same file."""
_HEAD = 2
"""Rows above the heading: title, and what it is about."""
_UNIT, _PADDING = 5.25, 5.0
"""Points of a column's width of 1, and of what a cell keeps free at its sides."""
ROW, _HIGHEST = 15.0, 400.0
"""Points: a row of one line, and one as high as a spreadsheet takes it."""
_A4, _A3 = 9, 8
_PAGES = {_A4: 500.0, _A3: 745.0}
"""Points of rows that a sheet of paper sideways shows in full size."""
_LEAST_SCALE = 0.7
"""How small they may be printed."""
_WIDEST_NOTE = 60


@dataclass(frozen=True)
class ScoreTable:
    """What the printed scorecard is made of."""

    title: str
    sheet: Sheet
    items: Sequence[Item]
    as_of: date
    source: str
    grade: str | None
    """None while it is open."""
    remark: str
    """What a reconstruction has to say of itself; ""."""


def scorecard_xlsx(table: ScoreTable) -> bytes:
    """The scorecard as a workbook."""
    stream, book = new_book()
    score_sheet(book, table)
    book.close()
    return stream.getvalue()


def new_book() -> tuple[io.BytesIO, Any]:
    """An empty workbook whose texts stay texts, and where its content is once it is closed."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return stream, xlsxwriter.Workbook(stream, options)


def score_sheet(book: Any, table: ScoreTable) -> Any:
    """The scorecard as the next worksheet (评分表) of a workbook. Returns the worksheet."""
    sheet = table.sheet
    about = f"{sheet.name} · {sheet.scheme.name} · 数据截至{chinese(table.as_of)} · 单位:分"
    note = _note_width([item.event.note for item in table.items if item.event])
    page = _Page(book, table.title, about, SCORE_FIELDS, note)
    page.items([item.indicator for item in table.items], lambda row, n: _score_row(page, table.items[n], row))
    page.sums(table.items, sheet.grade_scheme, table.grade)
    page.line(f"数据来源:{table.source}")
    if table.remark:
        page.line(table.remark)
    page.signatures()
    return page.worksheet


def scheme_xlsx(scheme: Scheme) -> bytes:
    """The scheme as a workbook."""
    stream, book = new_book()
    page = _Page(book, scheme.name, f"第{scheme.version}版 · 单位:分", SCHEME_FIELDS)

    def write(row: int, n: int) -> None:
        for field in SCHEME_FIELDS[5:]:
            page.text(row, field, scheme_field(scheme.indicators[n], field), "left")

    page.items(scheme.indicators, write)
    page.total()
    book.close()
    return stream.getvalue()


def scorecard_csv(table: ScoreTable) -> bytes:
    """The scorecard as .csv for Excel: one row an item, no sums."""

    def row(item: Item) -> list[str | Decimal]:
        event = item.event
        said = [event.reason, event.note] if event else ["", ""]
        deduction: str | Decimal = "" if item.deduction is None else item.deduction
        return [*_labels(item.indicator), item.indicator.weight, shown_points(item), deduction, *said]

    return _csv([NAMES[field] for field in SCORE_FIELDS if field != "rate"], map(row, table.items))


def scheme_csv(scheme: Scheme) -> bytes:
    """The scheme as .csv for Excel."""

    def row(each: Indicator) -> list[str | Decimal]:
        return [*_labels(each), each.weight, *(scheme_field(each, field) for field in SCHEME_FIELDS[5:])]

    return _csv([NAMES[field] for field in SCHEME_FIELDS], map(row, scheme.indicators))


def shown_points(item: Item) -> Decimal | str:
    """Points, or the word that stands for them; blank while nobody has said anything."""
    if item.points is not None:
        return item.points
    return "" if item.status is Status.UNSCORED else STATUS_WORDS[item.status]


def scheme_field(indicator: Indicator, field: str) -> str:
    """A field of an item as a file holds it; an item without a rule has neither kind nor params."""
    if indicator.kind == NO_RULE and not indicator.params and field in ("kind", "params"):
        return ""
    if field == "kind":
        return KINDS[indicator.kind].called if indicator.kind in KINDS else indicator.kind
    return indicator.params_text if field == "params" else str(getattr(indicator, field))


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a .csv. The import takes the apostrophe off."""
    return f"'{text}" if _GUARDED.match(text) else text


def printable(text: str) -> str:
    """Text without what a file's XML may not hold."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def _labels(indicator: Indicator) -> list[str]:
    return [indicator.l1, indicator.l2, indicator.code, indicator.l3]


def _csv(heading: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([guarded(printable(c)) if isinstance(c, str) else f"{c:.2f}" for c in row])
    return stream.getvalue().encode("utf-8-sig")


def _score_row(page: _Page, item: Item, row: int) -> None:
    points, weight = shown_points(item), float(item.indicator.weight)
    e, f = page.cell(row, "weight"), page.cell(row, "points")
    if isinstance(points, Decimal):
        page.number(row, "points", float(points))
    else:
        page.text(row, "points", points, "centre")
    scored = isinstance(points, Decimal)
    page.formula(row, "deduction", f'=IF(ISNUMBER({f}),{e}-{f},"—")', float(item.deduction or 0) if scored else "—")
    page.formula(row, "rate", f'=IF(ISNUMBER({f}),{f}/{e},"—")', float(item.points or 0) / weight if scored else "—")
    page.text(row, "reason", item.event.reason if item.event else "", "left")
    page.text(row, "note", item.event.note if item.event else "", "left")


class _Page:
    """One worksheet, filled from top to bottom; rows and columns from 0 as the library counts them."""

    def __init__(self, book: Any, title: str, about: str, fields: Sequence[str], note: int = 0) -> None:
        self._book = book
        self._widths = _WIDTHS | {"note": max(note, _WIDTHS["note"])}
        self._paper = _A3 if self._widths["note"] > _WIDTHS["note"] else _A4
        self._sheet = book.add_worksheet("评分表" if "points" in fields else "指标体系")
        self._fields = list(fields)
        self._formats: dict[str, Any] = {}
        self._row = _HEAD + 1
        self._heights: dict[int, float] = {}
        """Of the rows that are not one line high."""
        self._groups: list[tuple[int, int]] = []
        """First and last row of the items of each level 1 group."""
        last = len(fields) - 1
        self._merge(0, 0, 0, last, title, "title")
        self._merge(1, 0, 1, last, about, "about")
        for column, field in enumerate(fields):
            self._sheet.set_column(column, column, self._widths[field])
            self._sheet.write_string(_HEAD, column, "得分率" if field == "rate" else NAMES[field], self._style("head"))
        self._sheet.set_landscape()
        self._sheet.set_paper(self._paper)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self._sheet.repeat_rows(_HEAD)
        self._sheet.freeze_panes(_HEAD + 1, 0)
        self._sheet.set_footer("&C第&P页,共&N页")
        self._sheet.set_row(0, 30)

    @property
    def worksheet(self) -> Any:
        """As the library knows it."""
        return self._sheet

    def _style(self, name: str) -> Any:
        if name not in self._formats:
            self._formats[name] = self._book.add_format({"font_name": FONT, **STYLES[name]})
        return self._formats[name]

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        plain = printable(text)
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, plain, self._style(style))
            return
        # merge_range() guesses what a text is; only the cell that is written afterwards is sure to stay text.
        self._sheet.merge_range(top, left, bottom, right, "", self._style(style))
        self._sheet.write_string(top, left, plain, self._style(style))

    def cell(self, row: int, field: str, last: int | None = None) -> str:
        """E4, or E4:E10."""
        letter = chr(ord("A") + self._fields.index(field))
        return f"{letter}{row + 1}" if last is None else f"{letter}{row + 1}:{letter}{last + 1}"

    def text(self, row: int, field: str, text: str, style: str) -> None:
        """A text cell."""
        self._sheet.write_string(row, self._fields.index(field), printable(text), self._style(style))
        self._room(row, height_of(text, self._widths[field], style))

    def _room(self, row: int, height: float) -> None:
        if height > self._heights.get(row, ROW):
            self._heights[row] = height
            self._sheet.set_row(row, height)

    def number(self, row: int, field: str, value: float, style: str = "number") -> None:
        """A figure with two decimals."""
        self._sheet.write_number(row, self._fields.index(field), value, self._style(style))

    def formula(self, row: int, field: str, formula: str, value: float | str, style: str = "") -> None:
        """A formula with the value that it has now."""
        style = style or ("rate" if field == "rate" else "number")
        self._sheet.write_formula(row, self._fields.index(field), formula, self._style(style), value)

    def items(self, indicators: Sequence[Indicator], write: Callable[[int, int], None]) -> None:
        """A row an item: levels merged, then what `write(row, position)` adds. A scorecard has a 小计 a level 1."""
        number = 0
        for l1, of_group in groupby(indicators, key=lambda each: each.l1):
            first = self._row
            for l2, of_level in groupby(of_group, key=lambda each: each.l2):
                top = self._row
                for indicator in of_level:
                    self.text(self._row, "code", indicator.code, "centre")
                    self.text(self._row, "l3", indicator.l3, "left")
                    self.number(self._row, "weight", float(indicator.weight))
                    write(self._row, number)
                    number += 1
                    self._row += 1
                self._merge(top, 1, self._row - 1, 1, l2, "label")
            self._groups.append((first, self._row - 1))
            if "points" in self._fields:
                self._row += 1  # for the 小计, which knows its figures later
            self._merge(first, 0, self._row - 1, 0, l1, "label")

    def sums(self, items: Sequence[Item], grades: GradeScheme, grade: str | None) -> None:
        """小计 of each level 1, 合计 and 评价等级."""
        position = 0
        for first, last in self._groups:
            own = items[position : position + last - first + 1]
            position += len(own)
            self._merge(last + 1, 1, last + 1, 3, "小计", "sum_label")
            self._sum_row(last + 1, [(first, last)], own)
        self._merge(self._row, 0, self._row, 3, "合计", "sum_label")
        self._sum_row(self._row, self._groups, items)
        self._row += 1
        self._grade(len(items), grades, grade or "—")

    def _sum_row(self, row: int, groups: Sequence[tuple[int, int]], items: Sequence[Item]) -> None:
        def ranges(field: str) -> str:
            return ",".join(self.cell(first, field, last) for first, last in groups)

        scored = [item for item in items if item.points is not None]
        weight = float(sum(item.indicator.weight for item in items))
        points = float(sum(item.points or 0 for item in scored))
        scored_weight = float(sum(item.indicator.weight for item in scored))
        counted = "+".join(
            f"SUMPRODUCT(ISNUMBER({self.cell(first, 'points', last)})*{self.cell(first, 'weight', last)})"
            for first, last in groups
        )
        self.formula(row, "weight", f"=SUM({ranges('weight')})", weight, "sum")
        self.formula(row, "points", f"=SUM({ranges('points')})", points, "sum")
        self.formula(row, "deduction", f"=SUM({ranges('deduction')})", scored_weight - points, "sum")
        self.formula(
            row,
            "rate",
            f'=IF(COUNT({ranges("points")})=0,"—",{self.cell(row, "points")}/({counted}))',
            points / scored_weight if scored else "—",
            "sum_rate",
        )
        for field in ("reason", "note"):
            self.text(row, field, "", "sum_label")

    def _grade(self, items: int, grades: GradeScheme, found: str) -> None:
        """The grade of the total, or of what applies; — until every item that applies has points."""
        first, last, total = self._groups[0][0], self._groups[-1][1], self._row - 1
        not_applying = f'"{STATUS_WORDS[Status.NOT_APPLICABLE]}"'
        f, e = self.cell(first, "points", last), self.cell(first, "weight", last)
        counted = ",".join(self.cell(a, "points", b) for a, b in self._groups)
        applying = f"({self.cell(total, 'weight')}-SUMIF({f},{not_applying},{e}))"
        decisive = f"ROUND({self.cell(total, 'points')}/{applying}*100,2)"
        chain = _quoted(grades.grades[-1].name)
        for grade in reversed(grades.grades[:-1]):
            chain = f"IF({decisive}>={grade.floor:f},{_quoted(grade.name)},{chain})"
        complete = f"AND({applying}>0,COUNT({counted})+COUNTIF({f},{not_applying})={items})"
        self._merge(self._row, 0, self._row, 3, "评价等级", "sum_label")
        self._merge(self._row, 4, self._row, len(self._fields) - 1, "", "grade")
        self.formula(self._row, "weight", f'=IF({complete},{chain},"—")', found, "grade")
        self._row += 1

    def total(self) -> None:
        """合计 of the full marks."""
        self._merge(self._row, 0, self._row, 3, "合计", "sum_label")
        first, last = self._groups[0][0], self._groups[-1][1]
        self.formula(self._row, "weight", f"=SUM({self.cell(first, 'weight', last)})", 100.0, "sum")
        self._row += 1

    def line(self, text: str) -> None:
        """A remark under the table."""
        self._merge(self._row, 0, self._row, len(self._fields) - 1, text, "remark")
        self._room(self._row, height_of(text, sum(self._widths[field] for field in self._fields), "remark"))
        self._row += 1

    def signatures(self) -> None:
        """Who signs, with room to do it."""
        self._row += 1
        self._sheet.set_row(self._row, 28)
        for column, name in zip((0, 3, 5, 8), SIGNED_BY, strict=True):
            self._sheet.write_string(self._row, column, f"{name}:", self._style("signature"))
        # Nobody signs an empty page.
        self._sheet.fit_to_pages(1, pages_high(self._row, self._heights.values(), self._paper))


def height_of(text: str, width: float, style: str) -> float:
    """Points that a row needs for a text in a column of that width, which no spreadsheet finds out when it prints."""
    size, bold, indent = _LOOKS[style]
    room = width * _UNIT - _PADDING - indent
    if len(text) * size * _MOST <= room and "\n" not in text:
        return ROW
    count = len(broken(printable(text), size, room, bold=bold))
    return ROW if count == 1 else min(count * size * LINE_HEIGHT + 3, _HIGHEST)


def _note_width(notes: Iterable[str]) -> int:
    """For the longest note on two lines: how a panel's points came about, evaluator by evaluator."""
    longest = max((broad(printable(note), 10) for note in notes), default=0.0)
    return min(_WIDEST_NOTE, ceil((longest / 2 + _PADDING + _INDENT) / _UNIT))


def pages_high(rows: int, higher: Iterable[float], paper: int = _A4) -> int:
    """1 for what can still be read on one page, else 0: as many as it takes. `higher`: heights other than a line's."""
    height = rows * ROW + sum(each - ROW for each in higher)
    return 1 if height * _LEAST_SCALE <= _PAGES[paper] else 0


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _bordered(**more: object) -> dict[str, object]:
    return {"border": 1, "valign": "vcenter", "font_size": 10, "text_wrap": True, **more}


_INDENT = 9.0
"""Points of an indent."""
_SUM = {"bold": True, "bg_color": "#F2F5F8"}
STYLES: Mapping[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True},
    "about": {"font_size": 9, "align": "right", "valign": "vcenter", "text_wrap": True},
    "remark": {"font_size": 9, "align": "left", "valign": "vcenter", "text_wrap": True},
    "head": _bordered(bold=True, align="center", bg_color="#F2F5F8"),
    "label": _bordered(align="center"),
    "centre": _bordered(align="center"),
    "left": _bordered(align="left", indent=1),
    "number": _bordered(align="right", num_format="0.00"),
    "rate": _bordered(align="right", num_format="0.00%"),
    "sum": _bordered(align="right", num_format="0.00", **_SUM),
    "sum_rate": _bordered(align="right", num_format="0.00%", **_SUM),
    "sum_label": _bordered(align="center", **_SUM),
    "grade": _bordered(align="left", **_SUM),
    "signature": {"font_size": 10, "valign": "bottom"},
}
_LOOKS = {
    name: (float(str(look["font_size"])), bool(look.get("bold")), _INDENT if "indent" in look else 0.0)
    for name, look in STYLES.items()
}
_MOST = 1.2
"""Sizes that a character takes at most, with what is put beside it."""
