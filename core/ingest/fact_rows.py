"""The rows under a heading: what each cell says, and whether the sums add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, cast

from core.errors import Message, RowProblem
from core.ingest.fact_headings import NAMES, PART_NAMES, Section, is_subtotal
from core.ingest.fact_sorting import Sum, sort_rows
from core.ingest.fact_values import KINDS, Reader, Unit, Value, column_unit

MOST_TOLD = 500
"""Problems of one file that are told one by one."""
TOLERANCE = Decimal("0.005")


class NotPlain(Exception):  # noqa: N818 - nothing is wrong: the other way is to be taken
    """Folded rows that have to be looked at one by one."""


@dataclass(frozen=True)
class Understood:
    """A cell as it was understood."""

    file: str
    sheet: str
    cell: str
    heading: str
    raw: str
    meaning: str
    """累计支付 · 璜土镇"""
    value: str


@dataclass
class Notes:
    """What is collected while a file is read."""

    understood: list[Understood] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    questions: list[RowProblem] = field(default_factory=list)

    def wrong(self, section: Section, row: int, field: str | int | None, message: Message, last: int = 0) -> None:
        """A problem of a cell, or of the cells down to `last`; the first of very many are kept."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem(section, row, field, message, last))
        elif len(self.problems) == MOST_TOLD:
            more = Message("问题超过{most}处,其余未列出。", {"most": MOST_TOLD})
            self.problems.append(RowProblem(section.table.file, None, None, more))

    def ask(self, section: Section, row: int, field: str, message: Message) -> None:
        """A question about a cell."""
        if len(self.questions) < MOST_TOLD:
            self.questions.append(problem(section, row, field, message))


def problem(section: Section, row: int, field: str | int | None, message: Message, last: int = 0) -> RowProblem:
    """A problem at a field of a row, or at a column's number."""
    column = section.columns.get(field, 1) if isinstance(field, str) else field or min(section.words)
    heading = section.words.get(column) if field is not None else None
    return section.table.problem(row, column, heading, message, last)


class _Bad:
    """A cell with a problem, which has been told."""


BAD: Final = _Bad()


@dataclass(frozen=True)
class Line:
    """One row of data."""

    row: int
    ordinal: int
    """Among the rows of data, from 1."""
    values: Mapping[str, Value | _Bad]

    def get(self, field: str) -> Value:
        """The value; None when it is not reported or could not be read."""
        value = self.values.get(field)
        return None if isinstance(value, _Bad) else value

    def bad(self, *fields: str) -> bool:
        """Whether one of them could not be read."""
        return any(isinstance(self.values.get(field), _Bad) for field in fields)


class Rows:
    """The rows of one section, read column by column: a file may have 200,000 of them. Sums are checked on the way."""

    def __init__(self, section: Section, part: str, notes: Notes, fields: Iterable[str]) -> None:
        self.section, self.part, self.notes = section, part, notes
        self.table = section.table
        self.fields = [name for name in fields if name in section.columns]
        around = (*self.table.above, *_around(section))
        self.units: dict[str, Unit] = {
            name: column_unit(KINDS[name], section.heading(name), around) for name in self.fields if name in KINDS
        }
        self._readers = {name: Reader(name, self.units.get(name)) for name in self.fields}
        self.data, sums = sort_rows(section)
        """Rows of data."""
        self.sums = [row for row, _, _ in sums]
        """Rows of sums."""
        self.total: dict[str, Value] = {}
        """What the row of sums says."""
        self.total_raw: dict[str, str] = {}
        self._cells = [self.table.lines.get(row, {}) for row in self.data]
        self.columns = {name: self._column(name) for name in self.fields}
        """Field -> its values, one a row of data."""
        for name in self.fields:
            if KINDS.get(name, "text") not in ("text", "day", "share"):
                self._check(name, sums)
        if not self.data:
            notes.wrong(section, section.row, None, Message("这张表没有数据行。"))

    @cached_property
    def source(self) -> str:
        """The table, for people: 报告 一(一)5 资金明细表."""
        if self.in_text:
            return " ".join(filter(None, ("报告", self.table.section, PART_NAMES[self.part])))
        return self.table.sheet or PART_NAMES[self.part]

    @cached_property
    def in_text(self) -> bool:
        """Whether the table stands in a document's text."""
        return bool(self.table.above or self.table.section)

    def at(self, row: int, ordinal: int) -> str:
        """A row, for people: in a document counted without the heading, in a sheet as its rows are numbered."""
        return f"{self.source} 第{ordinal if self.in_text else row}行"

    def raw(self, row: int, field: str) -> str:
        """The cell as it stands, "" when there is no such column."""
        column = self.section.columns.get(field)
        return "" if column is None else self.table.raw(row, column)

    def lines(self) -> Iterator[Line]:
        """The rows of data, one by one."""
        for at, row in enumerate(self.data):
            yield Line(row, at + 1, {name: values[at] for name, values in self.columns.items()})

    def texts(self, field: str) -> list[str]:
        """What stands in a column's own cells, one a row of data."""
        column = self.section.columns[field]
        return [cells.get(column, "") for cells in self._cells]

    def _column(self, field: str) -> list[Value | _Bad]:
        reader = self._readers[field]
        texts = self.texts(field)
        if field not in KINDS and self.table.merged:
            texts = [self.table.over(row, self.section.columns[field]) for row in self.data]
        values: list[Value | Message | _Bad] = [reader[text] for text in texts]
        if reader.wrong or self.table.uncalculated:
            values = [
                self._told(row, field, text, value) for row, text, value in zip(self.data, texts, values, strict=True)
            ]
        return cast("list[Value | _Bad]", values)

    def _told(self, row: int, field: str, text: str, value: Value | Message | _Bad) -> Value | _Bad:
        """The value, or BAD once its problem is told."""
        if not text and (row, self.section.columns[field]) in self.table.uncalculated:
            value = Message("公式还没有计算结果。请在Excel或WPS中打开文件,保存后重新上传。")
        if isinstance(value, Message):
            self.notes.wrong(self.section, row, field, value)
            return BAD
        return value

    def _check(self, field: str, sums: Iterable[Sum]) -> None:
        """Compare the rows of sums with the rows that they sum: 小计 since the sum before it, others from the top."""
        column, values = self.section.columns[field], self.columns[field]
        whole, start = _Sum(Decimal(0), Decimal(0), open=False, second_open=False), 0
        for row, label, stop in sums:
            part = _sum(values[start:stop], blanks=field == "estimate")
            whole = whole.plus(part)
            text = self.table.own(row, column)
            printed = self._told(row, field, text, self._readers[field][text])
            first = self.data[start] if start < stop else 0
            start = stop
            if printed is None or isinstance(printed, _Bad):
                continue
            if is_subtotal(label):
                if field != "estimate" or (first, column) not in self.table.merged:
                    self._compare(row, field, printed, part)
            else:
                self.total[field], self.total_raw[field] = printed, self.table.raw(row, column)
                self._compare(row, field, printed, whole)

    def _compare(self, row: int, field: str, value: Value, added: _Sum) -> None:
        pair = value if isinstance(value, tuple) else (value, None)
        expected = (added.first, None if added.second_open else added.second)
        tolerance = tolerance_of(field, self.units[field])
        for printed, due in zip(pair, expected, strict=True):
            if added.open or due is None or not isinstance(printed, Decimal | int):
                continue
            if abs(printed - due) > tolerance:
                params = {"expected": number_text(due, field), "found": number_text(printed, field)}
                text = Message("各行相加是{expected},这里是{found},两者不一致。", params)
                self.notes.wrong(self.section, row, field, text)
                return


@dataclass(frozen=True)
class _Sum:
    """The sum of a stretch of a column; with second numbers where its cells have two."""

    first: Decimal
    second: Decimal
    open: bool
    """Whether a value is missing: then nothing can be said."""
    second_open: bool

    def plus(self, other: _Sum) -> _Sum:
        return _Sum(
            self.first + other.first,
            self.second + other.second,
            self.open or other.open,
            self.second_open or other.second_open,
        )


def _sum(values: Sequence[Value | _Bad], *, blanks: bool) -> _Sum:
    """`blanks`: cells without a value are no gap, an amount over many rows stands in the first of them."""
    known = [value for value in values if value is not None and value is not BAD]
    gap = BAD in values if blanks else len(known) < len(values)
    pairs = [value for value in known if isinstance(value, tuple)]
    if pairs:
        second = [pair[1] for pair in pairs if pair[1] is not None]
        return _Sum(Decimal(sum(pair[0] for pair in pairs)), Decimal(sum(second)), gap, len(second) < len(values))
    numbers = cast("list[Decimal]", known)
    return _Sum(sum(numbers, Decimal(0)), Decimal(0), gap, second_open=True)


def _around(section: Section) -> Iterator[str]:
    """Lines over the heading, up to the table before, that may name the unit."""
    for row in range(section.row - 1, max(section.row - 5, 0), -1):
        cells = section.table.lines.get(row, {})
        if len(cells) > 3 and row < section.row - 1:
            return  # another table; right over the heading stands its own upper half
        yield from cells.values()


def tolerance_of(field: str, unit: Unit) -> Decimal:
    """How far a printed sum may be from what its rows add up to: half a cent of what the column is in."""
    return TOLERANCE * min(unit.factor, Decimal(1)) if KINDS[field] in ("money", "change", "area") else Decimal(0)


def number_text(value: Decimal | int, field: str) -> str:
    """8,000.00, 112.38, 26,310: thousands commas; amounts and areas with at least two decimals."""
    if KINDS[field] not in ("money", "change", "area"):
        return f"{int(value):,}"
    whole, _, fraction = f"{value:,.6f}".rstrip("0").partition(".")
    return f"{whole}.{fraction:0<2}"


def name_of(field: str) -> str:
    """What we call a field."""
    return NAMES[field]
