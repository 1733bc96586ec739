"""A scorecard or a scheme as .xlsx or .csv: what an evaluator prints and signs, and what the import reads again.

A4 landscape, one page wide; level 1 and 2 merged; sums, deductions, rates and the grade are live formulas, stored with
the values of the moment. Text is text: a name that begins with = + - @ never becomes a formula. By themselves they are
Chinese whatever the screen's language is: what the bureau files. In the evaluation's workbook they follow its language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import ceil

from core.briefing.excel import A3, A4, INDENT, PADDING, UNIT, Book, Formula, Page, area, quoted, room_for, wide_enough
from core.briefing.item_words import note_of, noted, shown_points
from core.briefing.wrapping import width as broad
from core.errors import Message
from core.ingest.score_tables.headings import NAMES
from core.ingest.score_tables.in_english import AS_OF, RATE, SUBTOTAL, TOTAL
from core.ingest.score_tables.item_cells import STATUS_WORDS
from core.model.scorecard import FINEST, GradeScheme, Indicator, Scheme, Sheet, Status, is_minus
from core.scoring import ScoredItem, Tally, plain, tally
from core.scoring.read_rule import KINDS, NO_RULE
from core.text import word
from core.text.file_text import printable

SCORES = word("评分表")
"""The name of the worksheet with the score table."""
SIGNED_BY = (word("评价人"), word("复核人"), word("主评人"), word("日期"))
_GUARDED = re.compile(r"'*[=+\-@\t\r]")

SCORE_FIELDS = ("l1", "l2", "code", "l3", "weight", "points", "deduction", "rate", "reason", "note")
SCHEME_FIELDS = (
    "l1", "l2", "code", "l3", "weight", "kind", "params", "rule", "inputs", "evidence_needed", "source_section",
)  # fmt: skip
_WIDTHS = {
    "l1": 8, "l2": 12, "code": 7, "l3": 28, "weight": 9, "points": 9, "deduction": 8, "rate": 10, "reason": 44,
    "note": 14, "step": 9, "kind": 12, "params": 34, "rule": 40, "inputs": 20, "evidence_needed": 20,
    "source_section": 14,
}  # fmt: skip
NAME_WIDTHS = (_WIDTHS["l3"], 40)
"""The least and the most of a column of items' names."""
_SIGNATURE: dict[tuple[int, int], str] = {
    (0, 1): word("轮次"), (2, 4): word("评价人"), (5, 6): word("合计得分"), (7, 7): word("折算得分"),
    (8, 8): word("签字"), (9, 9): word("日期"),
}  # fmt: skip
"""Headings over the columns of a score table, first and last of each. No figure stands under 分值: the import would
take it for an item below the sum."""
_SIGNING = 40.0
"""Points of a row that is signed in."""
_HEAD = 2
"""Rows above the heading: title, and what it is about."""
_WIDEST_NOTE = 60


@dataclass(frozen=True)
class ScoreTable:
    """A sheet with its scores, as the printed scorecard has it; texts in the workbook's language."""

    title: str
    round: str
    sheet: Sheet
    items: Sequence[ScoredItem]
    as_of: date
    source: str
    grade: str | None
    """None while it is open."""
    remark: str
    """The remark of a reconstruction; ""."""
    owner: str = ""
    """Who scores on it alone and signs it; "": several do."""


def scorecard_xlsx(table: ScoreTable) -> bytes:
    """The scorecard as a workbook."""
    book = Book()
    score_sheet(book, table)
    return book.content()


def score_sheet(book: Book, table: ScoreTable, name: str = "", paper: int | None = None) -> ScoreSheet:
    """The scorecard as the next worksheet of a workbook, of that name. `paper`: A4, or A3 where notes are long."""
    sheet = table.sheet
    day = Message(AS_OF, {"day": table.as_of})
    parts: Sequence[Message | str] = (table.round, sheet.name, sheet.scheme.name, day, in_points())
    about = " · ".join(map(book.say, parts))
    note = _note_width(note_of(book, each) for each in table.items)
    names = [book.say(each.indicator.l3) for each in table.items]
    page = IndicatorPage(book, name or book.say(SCORES), table.title, about, SCORE_FIELDS, note, paper, names)
    page.items([item.indicator for item in table.items], lambda n: _score_row(page, table.items[n]))
    cells = page.sums(table.items, sheet.grade_scheme, table.grade)
    page.line(book.say(Message("数据来源：{source}", {"source": table.source})))
    if table.remark:
        page.line(table.remark)
    if table.owner:
        page.signature(table, cells)
    else:
        page.signatures()
    return cells


def in_points() -> Message:
    """单位：分."""
    return Message("单位：{unit}", {"unit": word("分")})


def not_applying(book: Book) -> str:
    """不适用，as a formula says it."""
    return quoted(book.say(STATUS_WORDS[Status.NOT_APPLICABLE]))


def _scheme_fields(scheme: Scheme) -> tuple[str, ...]:
    """The columns of a scheme; its step only where it says one."""
    return SCHEME_FIELDS if scheme.step == FINEST else (*SCHEME_FIELDS[:5], "step", *SCHEME_FIELDS[5:])


def scheme_xlsx(scheme: Scheme) -> bytes:
    """The scheme as a workbook."""
    book, fields = Book(), _scheme_fields(scheme)
    page = IndicatorPage(book, "指标体系", scheme.name, f"第{scheme.version}版 · 单位：分", fields)

    def write(n: int) -> None:
        for field in fields[5:]:
            page.words(field, scheme_field(scheme, scheme.indicators[n], field))

    page.items(scheme.indicators, write)
    page.total()
    return book.content()


def scorecard_csv(table: ScoreTable) -> bytes:
    """The scorecard as .csv for Excel: one row an item, no sums."""

    def row(item: ScoredItem) -> list[str | Decimal]:
        said = [item.event.reason if item.event else "", noted(item)]
        deduction: str | Decimal = "" if item.deduction is None else item.deduction
        return [*_labels(item.indicator), item.indicator.weight, shown_points(item), deduction, *said]

    return csv_bytes([NAMES[field] for field in SCORE_FIELDS if field != "rate"], map(row, table.items))


def scheme_csv(scheme: Scheme) -> bytes:
    """The scheme as .csv for Excel."""

    fields = _scheme_fields(scheme)

    def row(each: Indicator) -> list[str | Decimal]:
        return [*_labels(each), each.weight or each.least, *(scheme_field(scheme, each, name) for name in fields[5:])]

    return csv_bytes([NAMES[field] for field in fields], map(row, scheme.indicators))


def scheme_field(scheme: Scheme, indicator: Indicator, field: str) -> str:
    """A field of an item as a file holds it; an item without a rule has neither kind nor params."""
    if field == "step":
        return plain(scheme.step)
    if indicator.kind == NO_RULE and not indicator.params and field in ("kind", "params"):
        return ""
    if field == "kind":
        return KINDS[indicator.kind].called if indicator.kind in KINDS else indicator.kind
    return indicator.params_text if field == "params" else str(getattr(indicator, field))


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a .csv. The import takes the apostrophe off."""
    return f"'{text}" if _GUARDED.match(text) else text


def _labels(indicator: Indicator) -> list[str]:
    return [indicator.l1, indicator.l2, indicator.code, indicator.l3]


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    """A table as .csv for Excel, in which no text is a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([guarded(printable(c)) if isinstance(c, str) else f"{c:.2f}" for c in row])
    return stream.getvalue().encode("utf-8-sig")


def _score_row(page: IndicatorPage, item: ScoredItem) -> None:
    points = shown_points(item)
    e, f = page.cell(page.row, "weight"), page.cell(page.row, "points")
    scored = isinstance(points, Decimal)
    if isinstance(points, Decimal):
        page.figure("points", points)
    else:
        page.words("points", page.book.say(points), "centre")
    page.live("deduction", f'IF(ISNUMBER({f}),{e}-{f},"—")', float(item.deduction or 0) if scored else "—")
    if item.indicator.minus:
        page.words("rate", "—", "centre")
    else:
        page.live("rate", f'IF(ISNUMBER({f}),{f}/{e},"—")', "—" if item.rate is None else float(item.rate), "rate")
    page.words("reason", item.event.reason if item.event else "")
    page.words("note", note_of(page.book, item))


@dataclass(frozen=True)
class ScoreSheet:
    """A worksheet with a score table, and formulas by which another worksheet asks for its figures."""

    page: IndicatorPage
    total: int
    """The row of 合计; under it 折算得分, then 评价等级."""

    def cell(self, row: int, field: str) -> str:
        """'评分表'!F4."""
        return self._there(self.page.cell(row, field))

    def _there(self, cells: str) -> str:
        """Cells of this worksheet, as another one names them."""
        name = self.page.worksheet.get_name().replace("'", "''")
        return f"'{name}'!{cells}"

    def of_items(self, codes: Sequence[str], field: str) -> list[str]:
        """The cells of these items: a range for each run of rows that follow each other."""
        runs: list[list[int]] = []
        for row in sorted(self.page.rows[code] for code in codes):
            if runs and runs[-1][-1] == row - 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        return [self._there(self.page.cell(run[0], field, run[-1])) for run in runs]

    def of_item(self, code: str, field: str) -> str:
        """A cell of an item's row."""
        return self.cell(self.page.rows[code], field)

    def text(self, code: str, field: str) -> str:
        """A cell of an item's row that may be empty, as text."""
        cell = self.of_item(code, field)
        return f'IF({cell}="","",{cell})'

    @property
    def not_applying(self) -> str:
        """不适用，as a formula says it."""
        return not_applying(self.page.book)

    @property
    def weight(self) -> str:
        """Full marks of what applies."""
        return self.cell(self.total + 1, "weight")

    @property
    def grade(self) -> str:
        """The grade, or —."""
        return self.cell(self.total + 2, "weight")

    @property
    def decisive(self) -> str:
        """The figure that the grade is decided on."""
        return _decisive(self.cell(self.total + 1, "points"), self.cell(self.total, "points"))

    @property
    def scored(self) -> str:
        """Number of items that have points."""
        each = (self.of_item(code, "points") for code in self.page.rows)
        return f"({'+'.join(f'COUNT({cell})' for cell in each)})"

    @property
    def scored_weight(self) -> str:
        """Full marks of the items that have points: what they got and what they lost."""
        return f"({self.cell(self.total, 'points')}+{self.cell(self.total, 'deduction')})"

    @property
    def left_out(self) -> str:
        """Number of items that do not apply."""
        cells = self.page.cell(min(self.page.rows.values()), "points", self.total - 1)
        return f"COUNTIF({self._there(cells)},{self.not_applying})"


def _decisive(scaled: str, total: str) -> str:
    return f"IF(ISNUMBER({scaled}),{scaled},ROUND({total},2))"


class IndicatorPage(Page):
    """A worksheet with a row an item of a scheme: title, heading, levels merged, sums."""

    def __init__(
        self, book: Book, name: str, title: str, about: str, fields: Sequence[str], note: int = 0,
        paper: int | None = None, names: Iterable[str] = (),
    ) -> None:  # fmt: skip
        widths = _WIDTHS | {"note": max(note, _WIDTHS["note"]), "l3": room_for(names, *NAME_WIDTHS)}
        headings = {field: book.say(RATE if field == "rate" else NAMES[field]) for field in fields}
        widths |= {field: wide_enough(text, widths[field], "head") for field, text in headings.items()}
        super().__init__(book, name, [widths[field] for field in fields])
        self._paper = paper or (A3 if widths["note"] > _WIDTHS["note"] else A4)
        self._fields = list(fields)
        self.rows: dict[str, int] = {}
        """Of the items, by code."""
        self._groups: list[tuple[int, int]] = []
        """First and last row of the items of each level 1 group."""
        last = len(fields) - 1
        self.over(0, 0, 0, last, title, "title")
        self.over(1, 0, 1, last, about, "about")
        for column, field in enumerate(fields):
            self.over(_HEAD, column, _HEAD, column, headings[field], "head")
        self.row = _HEAD + 1
        self.printed(self._paper)
        self.headed(self.row)
        self.worksheet.set_row(0, 30)
        self._out = not_applying(book)

    def cell(self, row: int, field: str, last: int | None = None) -> str:
        """E4, or E4:E10."""
        column = self._fields.index(field)
        found = area(row, column, row if last is None else last, column)
        return found.partition(":")[0] if last is None else found

    def words(self, field: str, text: str, style: str = "left") -> None:
        """A text of the present row."""
        self.text(self.row, self._fields.index(field), text, style)

    def figure(self, field: str, value: Decimal) -> None:
        """A figure of the present row, with two decimals."""
        self.number(self.row, self._fields.index(field), value)

    def live(self, field: str, formula: str, value: Decimal | float | str, style: str = "number") -> None:
        """A formula of the present row, without =, with the value that it has now."""
        self.formula(self.row, self._fields.index(field), Formula(formula, value), style)

    def items(self, indicators: Sequence[Indicator], write: Callable[[int], None]) -> None:
        """A row an item: levels merged, then what `write(position)` adds. A scorecard has a 小计 a level 1."""
        number = 0
        for l1, of_group in groupby(indicators, key=lambda each: each.l1):
            first = self.row
            for l2, of_level in groupby(of_group, key=lambda each: each.l2):
                top = self.row
                for indicator in of_level:
                    self.rows[indicator.code] = self.row
                    self.words("code", indicator.code, "centre")
                    self.words("l3", self.book.say(indicator.l3))
                    scored = "points" in self._fields
                    self.figure("weight", indicator.weight or (Decimal(0) if scored else indicator.least))
                    write(number)
                    number += 1
                    self.row += 1
                self.over(top, 1, self.row - 1, 1, self.book.say(l2), "label")
            self._groups.append((first, self.row - 1))
            if "points" in self._fields:
                self.row += 1  # for the 小计, which knows its figures later
            self.over(first, 0, self.row - 1, 0, self.book.say(l1), "label")

    def sums(self, items: Sequence[ScoredItem], grades: GradeScheme, grade: str | None) -> ScoreSheet:
        """小计 of each level 1, 合计, 折算得分 and 评价等级."""
        end, position = self.row, 0
        for first, last in self._groups:
            own = items[position : position + last - first + 1]
            position += len(own)
            self.row = last + 1
            self.over(self.row, 1, self.row, 3, self.book.say(SUBTOTAL), "sum_label")
            self._sum_row([(first, last)], own)
        self.row = end
        self._labelled(TOTAL)
        self._sum_row(self._groups, items)
        cells = ScoreSheet(self, self.row)
        self.row += 1
        sums = tally(items, grades)
        self._scaled(len(items), sums)
        self._grade(len(items), grades, sums, grade or "—")
        return cells

    def _labelled(self, label: str) -> None:
        self.over(self.row, 0, self.row, 3, self.book.say(label), "sum_label")

    def _sum_row(self, groups: Sequence[tuple[int, int]], items: Sequence[ScoredItem]) -> None:
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
        self.live("weight", f"SUM({ranges('weight')})", weight, "sum")
        for field, value in (("points", points), ("deduction", scored_weight - points)):
            summed = f"SUM({ranges(field)})"
            if len(groups) == 1:  # 小计: a group that nobody has scored has no points, not 0
                summed = f'IF(COUNT({ranges("points")})=0,"—",{summed})'
            self.live(field, summed, value if scored or len(groups) > 1 else "—", "sum")
        rate = f'IF(COUNT({ranges("points")})=0,"—",{self.cell(self.row, "points")}/({counted}))'
        if weight:
            self.live("rate", rate, points / scored_weight if scored_weight else "—", "sum_rate")
        else:  # nothing but 扣分项: no full marks to compare with
            self.words("rate", "—", "sum_rate")
        for field in ("reason", "note"):
            self.words(field, "", "sum_label")

    def _complete(self, items: int, total: int) -> str:
        """The condition that every item that applies has points, and one does; `total`: the row of 合计."""
        f = self.cell(self._groups[0][0], "points", self._groups[-1][1])
        counted = ",".join(self.cell(first, "points", last) for first, last in self._groups)
        return f"{self.cell(total + 1, 'weight')}>0,COUNT({counted})+COUNTIF({f},{self._out})={items}"

    def _scaled(self, items: int, sums: Tally) -> None:
        """折算得分: the points of what applies as points of a hundred; — where every item applies."""
        total = self.row - 1
        first, last = self._groups[0][0], self._groups[-1][1]
        f, e = self.cell(first, "points", last), self.cell(first, "weight", last)
        self._labelled(word("折算得分"))
        applying = f"SUM({self.cell(total, 'weight')})-SUMIF({f},{self._out},{e})"
        self.live("weight", applying, sums.weight, "sum")
        scaled = f"ROUND({self.cell(total, 'points')}/{self.cell(self.row, 'weight')}*100,2)"
        known = f"AND(COUNTIF({f},{self._out})>0,{self._complete(items, total)})"
        value = "—" if sums.normalised is None else sums.normalised
        self.live("points", f'IF({known},{scaled},"—")', value, "sum")
        for field in ("deduction", "rate", "reason", "note"):
            self.words(field, "", "sum_label")
        self.row += 1

    def _grade(self, items: int, grades: GradeScheme, sums: Tally, found: str) -> None:
        """The grade of the total, or of what applies; — until every item that applies has points.

        A veto lets no better grade through than its own, whatever the points.
        """
        total = self.row - 2
        decisive = _decisive(self.cell(total + 1, "points"), self.cell(total, "points"))
        names = [grade.name for grade in grades.grades]
        shown = [self.book.say(name) for name in names]
        if sums.veto is not None:
            worst = names.index(sums.veto.grade) if sums.veto.grade in names else len(names) - 1
            shown = [shown[max(number, worst)] for number in range(len(names))]
        chain = quoted(shown[-1])
        for name, grade in reversed(list(zip(shown[:-1], grades.grades, strict=False))):
            chain = f"IF({decisive}>={grade.floor:f},{quoted(name)},{chain})"
        self._labelled(word("评价等级"))
        self.over(self.row, 4, self.row, len(self._fields) - 1, "", "grade")
        self.live("weight", f'IF(AND({self._complete(items, total)}),{chain},"—")', self.book.say(found), "grade")
        self.row += 1

    def total(self) -> None:
        """合计 of the full marks."""
        self._labelled(TOTAL)
        first, last = self._groups[0][0], self._groups[-1][1]
        weights = self.cell(first, "weight", last)
        # 扣分项 stand here with the most that they take off.
        summed = f'SUMIF({weights},">0")' if any(map(is_minus, self.rows)) else f"SUM({weights})"
        self.live("weight", summed, 100.0, "sum")
        self.row += 1

    def signatures(self) -> None:
        """The lines of those who sign, with room to do it."""
        self.row += 1
        self.worksheet.set_row(self.row, 28)
        for column, name in zip((0, 3, 5, 8), SIGNED_BY, strict=True):
            label = self.book.label(Message("{name}：", {"name": name}))
            self.over(self.row, column, self.row, column, label, "signature")
        # Nobody signs an empty page.
        self.fitted(self._paper)

    def signature(self, table: ScoreTable, cells: ScoreSheet) -> None:
        """A small table for the one who signs: round, name, points, then room for a signature and the day."""
        sums = tally(table.items, table.sheet.grade_scheme)
        scaled: Decimal | str = "—" if sums.normalised is None else sums.normalised
        total = self.cell(cells.total, "points")
        shown: list[str | Formula] = [
            table.round,
            table.owner,
            Formula(f'IF(COUNT({self.cell(min(self.rows.values()), "points", cells.total - 1)})=0,"—",{total})',
                    sums.total if sums.scored else "—"),
            Formula(self.cell(cells.total + 1, "points"), scaled),
            "",
            "",
        ]  # fmt: skip
        self.row += 1
        for (first, last), label in _SIGNATURE.items():
            self.over(self.row, first, self.row, last, self.book.say(label), "head")
        self.row += 1
        for (first, last), value in zip(_SIGNATURE, shown, strict=True):
            self.over(self.row, first, self.row, last, value if isinstance(value, str) else "", "label")
            if isinstance(value, Formula):
                self.formula(self.row, first, value, "label", "0.00")
        self.worksheet.set_row(self.row, _SIGNING)
        self.row += 1
        self.fitted(self._paper)


def _note_width(notes: Iterable[str]) -> int:
    """For the longest note on two lines: how a panel's points came about, evaluator by evaluator."""
    longest = max((broad(printable(note), 10) for note in notes), default=0.0)
    return min(_WIDEST_NOTE, ceil((longest / 2 + PADDING + INDENT) / UNIT))
