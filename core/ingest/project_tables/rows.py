"""The rows under a heading: what each cell says, and whether the sums add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, cast

from core.errors import Message, RowProblem
from core.ingest.files.total_words import is_mean, is_subtotal
from core.ingest.project_tables import as_typed
from core.ingest.project_tables.as_typed import AsTyped, Why
from core.ingest.project_tables.plausible import how_much, too_little, too_much, unit_that_fits
from core.ingest.project_tables.row_kinds import sort_rows
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.totals import Columns, Layout, Sum, TotalsRow, lay_out
from core.ingest.project_tables.units import units_of
from core.ingest.project_tables.values import Reader, Unit, Value, is_bare, own_unit
from core.model.fields import FIELDS, MEASURED, TABLES, UNITS, Kind, TableId

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
    """Cells understood, problems and questions, collected while a file is read."""

    understood: list[Understood] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    questions: list[RowProblem] = field(default_factory=list)

    def wrong(self, section: TableSection, row: int, field: str | int | None, message: Message, last: int = 0) -> None:
        """A problem of a cell, or of the cells down to `last`; the first of very many are kept."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem(section, row, field, message, last))
        elif len(self.problems) == MOST_TOLD:
            more = Message("问题超过{most}处，其余未列出。", {"most": MOST_TOLD})
            self.problems.append(RowProblem(section.table.file, None, None, more))

    def ask(self, section: TableSection, row: int, field: str | int | None, message: Message) -> None:
        """A question about a cell, a column's number, or the row: read so; told before it counts."""
        if len(self.questions) < MOST_TOLD:
            self.questions.append(problem(section, row, field, message))


def problem(section: TableSection, row: int, field: str | int | None, message: Message, last: int = 0) -> RowProblem:
    """A problem at a field of a row, or at a column's number."""
    column = section.columns.get(field, 1) if isinstance(field, str) else field or min(section.words)
    heading = section.named(column) if field is not None and column in section.words else None
    return section.table.problem(row, column, heading, message, last)


class _Bad:
    """A cell with a problem, which has been told."""


BAD: Final = _Bad()


@dataclass(frozen=True)
class TableLine:
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
        """True when one of them could not be read."""
        return any(isinstance(self.values.get(field), _Bad) for field in fields)


class Rows:
    """The rows of one section, read column by column: a file may have 200,000 of them. Sums are checked on the way."""

    def __init__(
        self,
        section: TableSection,
        part: TableId,
        notes: Notes,
        fields: Iterable[str],
        homes: int = 0,
        known: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`homes`: the households that all of it is for; 0: not known. `known`: whether a label is a known place's."""
        self.section, self.part, self.notes = section, part, notes
        self.table = section.table
        self.fields = [name for name in fields if name in section.columns]
        units, doubts = units_of(section)
        self.units: dict[str, Unit] = dict(units)
        for doubt in doubts:
            if doubt.field in self.fields:
                (notes.wrong if doubt.wrong else notes.ask)(section, section.row, doubt.field, doubt.message)
        self._readers = {name: self.reader(name) for name in self.fields}
        layout = _laid_out(section, self.units, known)
        self.data = layout.data
        """Rows of data."""
        self.sums = [each.row for each in layout.sums]
        """Rows of sums."""
        for row, question in layout.asked:
            notes.ask(section, row, None, question)
        self.total: dict[str, Value] = {}
        """Field -> the value in the row of sums."""
        self.together: dict[tuple[int, str], str] = {}
        """Row and field of an amount that is of several rows -> what they are called."""
        self.total_raw: dict[str, str] = {}
        self.as_typed: dict[tuple[str, Why], dict[int, str]] = {}
        """Field and reason -> the cells that say less than a value, by their rows."""
        self._cells = [self.table.lines.get(row, {}) for row in self.data]
        self.columns = {name: self._column(name) for name in self.fields}
        """Field -> its values, one a row of data."""
        self.homes = self._homes() or homes
        """Households that the figures are for; 0: not known."""
        for kind in MEASURED:
            self._read_as_possible(kind)
        for name in self.fields:
            if _is_added(section, name):
                self._check(name, layout.sums)
        if not self.data:
            notes.wrong(section, section.row, None, Message("这张表没有数据行。"))

    @cached_property
    def source(self) -> str:
        """The table, for people: 报告 一(一)5 资金明细表."""
        if self.in_text:
            return " ".join(filter(None, ("报告", self.table.section, TABLES[self.part].name)))
        return self.table.sheet or TABLES[self.part].name

    @cached_property
    def in_text(self) -> bool:
        """True when the table stands in a document's text."""
        return bool(self.table.above or self.table.section)

    def at(self, row: int, ordinal: int) -> str:
        """A row, for people: in a document counted without the heading, in a sheet as its rows are numbered."""
        return f"{self.source} 第{ordinal if self.in_text else self.table.where(row)}行"

    def reader(self, field: str) -> Reader:
        """Reads the cells of a column."""
        return Reader(field, self.units.get(field), listed=self.part == "communities")

    def raw(self, row: int, field: str) -> str:
        """The cell as it stands, "" when there is no such column."""
        column = self.section.columns.get(field)
        return "" if column is None else self.table.raw(row, column)

    def lines(self) -> Iterator[TableLine]:
        """The rows of data, one by one."""
        for at, row in enumerate(self.data):
            yield TableLine(row, at + 1, {name: values[at] for name, values in self.columns.items()})

    def texts(self, field: str) -> list[str]:
        """The texts of a column's own cells, one a row of data."""
        column = self.section.columns[field]
        return [cells.get(column, "") for cells in self._cells]

    def _homes(self) -> int:
        return sum(value for value in self.columns.get("households", ()) if isinstance(value, int))

    def _without_unit(self, kind: Kind) -> dict[str, Decimal]:
        """Columns of bare numbers that nobody has said the unit of, and what the numbers add up to."""
        found: dict[str, Decimal] = {}
        for name in self.fields:
            if FIELDS[name].kind == kind and not self.units[name].stated:
                cells = zip(self.texts(name), self.columns[name], strict=True)
                bare = [value for text, value in cells if is_bare(text) and isinstance(value, Decimal)]
                if bare:
                    found[name] = sum(bare, Decimal(0))
        return found

    def _read_as_possible(self, kind: Kind) -> None:
        """Figures without a unit, impossible in the usual one, are read in the one that is possible, or not at all."""
        bare = self._without_unit(kind)
        most = max(bare.values(), default=Decimal(0))
        little = kind == "area" or "estimate" in bare
        if not too_much(kind, most, self.homes) and not (little and too_little(kind, most, self.homes)):
            return
        name = max(bare, key=bare.__getitem__)
        params = {"names": self._headings(bare), "unit": UNITS[kind], "much": how_much(kind, most, self.homes)}
        fits = unit_that_fits(kind, most, self.homes)
        if fits is None:
            text = Message("“{names}”没有注明单位：按{unit}读，{much}，不可能。请在表头注明单位。", params)
            self.notes.wrong(self.section, self.section.row, name, text)
            return
        text = Message(
            "“{names}”没有注明单位：按{unit}读，{much}，不可能，所以按{other}读取。请核对。",
            {**params, "other": fits[0]},
        )
        self.notes.ask(self.section, self.section.row, name, text)
        for each in bare:
            self.units[each] = Unit(fits[1], stated=True)
            self._readers[each] = self.reader(each)
            self.columns[each] = self._column(each)

    def tell_units(self) -> None:
        """Ask about figures without a unit anywhere (read as 万元, 万㎡), with another one, or shown as another."""
        for kind in MEASURED:
            if bare := self._without_unit(kind):
                params = {"names": self._headings(bare), "unit": UNITS[kind]}
                text = Message("“{names}”没有注明单位，按{unit}读取。", params)
                self.notes.ask(self.section, self.section.row, next(iter(bare)), text)
            for name in self.fields:
                if FIELDS[name].kind == kind and self.units[name].stated:
                    self._tell_other_unit(name, kind)
        self._tell_shown()
        self.tell_as_typed()

    def tell_as_typed(self) -> None:
        """Ask about cells that say less than a value, once a column and reason."""
        for (name, why), cells in self.as_typed.items():
            self.notes.ask(self.section, min(cells), name, as_typed.told(why, list(cells.values())))

    def _tell_other_unit(self, name: str, kind: Kind) -> None:
        """Cells that say another unit than the one stated for their column."""
        factor = self.units[name].factor
        for row, text in zip(self.data, self.texts(name), strict=True):
            if text and not is_bare(text) and own_unit(kind, text) not in (None, factor):
                message = Message("格内写的单位和这一列的不同（“{cell}”），按格内的读取。", {"cell": text[:40]})
                self.notes.ask(self.section, row, name, message)
                return

    def _headings(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.section.heading(name) for name in names))

    def _tell_shown(self) -> None:
        """Numbers that their format shows as another power of ten; said once a column."""
        for name in self.fields if self.table.scaled else ():
            column = self.section.columns[name]
            cells = [row for row in self.data if (row, column) in self.table.scaled]
            if cells and not FIELDS[name].is_label:
                params = {
                    "stored": self.table.scaled[cells[0], column],
                    "shown": self.table.own(cells[0], column),
                    "count": len(cells),
                }
                text = Message(
                    "格内存的是{stored}，数字格式显示为{shown}，按显示的读取（本列{count}格如此）。请核对单位。", params
                )
                self.notes.ask(self.section, cells[0], name, text)

    def _column(self, field: str) -> list[Value | _Bad]:
        reader = self._readers[field]
        texts = self.texts(field)
        if FIELDS[field].is_label and self.table.merged:
            texts = [self.table.over(row, self.section.columns[field]) for row in self.data]
        for key in [key for key in self.as_typed if key[0] == field]:
            del self.as_typed[key]  # read once more, in another unit
        values: list[Value | Message | AsTyped | _Bad] = [reader[text] for text in texts]
        if reader.odd or self.table.uncalculated:
            values = [
                self._told(row, field, text, value) for row, text, value in zip(self.data, texts, values, strict=True)
            ]
        return cast("list[Value | _Bad]", values)

    def _told(self, row: int, field: str, text: str, value: Value | Message | AsTyped | _Bad) -> Value | _Bad:
        """The value, or BAD once its problem is told."""
        if isinstance(value, AsTyped):
            self.as_typed.setdefault((field, value.why), {})[row] = text
            return value.value
        if not text and (row, self.section.columns[field]) in self.table.uncalculated:
            value = Message("公式还没有计算结果。请在Excel或WPS中打开文件，保存后重新上传。")
        if isinstance(value, Message):
            self.notes.wrong(self.section, row, field, value)
            return BAD
        return value

    def _check(self, field: str, sums: Iterable[Sum]) -> None:
        """Compare the rows of sums with the rows that they sum."""
        column, values = self.section.columns[field], self.columns[field]
        for row, label, start, stop in sums:
            text = self.table.own(row, column)
            printed = self._told(row, field, text, self._readers[field][text])
            if printed is None or isinstance(printed, _Bad):
                continue
            added = _sum(values[start:stop], blanks=field == "estimate")
            if is_mean(label):
                self._compare_mean(row, field, label, printed, added, stop - start)
                continue
            if not is_subtotal(label) or (start, stop) == (0, len(values)):
                self.total[field], self.total_raw[field] = printed, self.table.raw(row, column)
            if field != "estimate" or start == stop or (self.data[start], column) not in self.table.merged:
                self._compare(row, field, printed, added)

    def _compare_mean(self, row: int, field: str, label: str, value: Value, added: _Sum, count: int) -> None:
        """A row 平均 may hold means; sums are asked about, anything else is a problem."""
        number = value[0] if isinstance(value, tuple) else value
        if added.open or not count or not isinstance(number, Decimal | int):
            return
        mean = added.first / count
        rounded = Decimal("0.05") * self.units[field].factor if FIELDS[field].measured else Decimal("0.5")
        if abs(number - mean) <= rounded:
            return
        params = {"name": label, "mean": number_text(round(mean, 2), field), "found": number_text(number, field)}
        if abs(number - added.first) <= tolerance_of(field, self.units[field]):
            text = Message("“{name}”这一行写的是各行之和{found}，不是平均数{mean}；不计入。请核对。", params)
            self.notes.ask(self.section, row, field, text)
        else:
            text = Message("“{name}”这一行应为各行的平均数{mean}，这里是{found}，两者不一致。", params)
            self.notes.wrong(self.section, row, field, text)

    def _compare(self, row: int, field: str, value: Value, added: _Sum) -> None:
        pair = value if isinstance(value, tuple) else (value, None)
        expected = (added.first, None if added.second_open else added.second)
        tolerance = tolerance_of(field, self.units[field])
        for printed, due in zip(pair, expected, strict=True):
            if added.open or due is None or not isinstance(printed, Decimal | int):
                continue
            if abs(printed - due) > tolerance:
                params = {"expected": number_text(due, field), "found": number_text(printed, field)}
                text = Message("各行相加是{expected}，这里是{found}，两者不一致。", params)
                self.notes.wrong(self.section, row, field, text)
                return


@dataclass(frozen=True)
class _Sum:
    """The sum of a stretch of a column; with second numbers where its cells have two."""

    first: Decimal
    second: Decimal
    open: bool
    """True when a value is missing: then nothing can be said."""
    second_open: bool


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


def _laid_out(section: TableSection, units: Mapping[str, Unit], known: Callable[[str], bool]) -> Layout:
    """The rows of data and of sums. In a long list only words tell a sum; a payment of a day is none."""
    data, sums = sort_rows(section)
    by_figures = "community" not in section.columns and section.parts != ("payments",)
    if not sums and not by_figures:
        return Layout(data, [], [])
    fields = [name for name in units if _is_added(section, name)]
    readers = {name: Reader(name, units[name], listed="community" in section.columns) for name in fields}
    columns = Columns(
        tuple(tolerance_of(name, units[name]) for name in fields), tuple(name == "estimate" for name in fields)
    )

    def as_row(row: int, label: str) -> TotalsRow:
        cells = section.table.lines.get(row, {})
        values = (readers[name][cells.get(section.columns[name], "")] for name in fields)
        return TotalsRow(row, label, tuple(_figure(value) for value in values))

    rows = [as_row(row, _label(section, row)) for row in data]
    day = section.columns.get("arrived_on")
    dated = [row for row in data if day is not None and section.table.own(row, day)]
    return lay_out(rows, [as_row(*each) for each in sums], columns, known, by_figures=by_figures, dated=dated)


def _is_added(section: TableSection, name: str) -> bool:
    """True for a column whose figures add up; the price of a contract stands at each of its payments."""
    return FIELDS[name].summed and not (name == "contract" and section.parts == ("payments",))


def _label(section: TableSection, row: int) -> str:
    """The place or the source of money that a row is called by."""
    column = next((section.columns[name] for name in ("place", "funding") if name in section.columns), None)
    return "" if column is None else section.table.over(row, column)


def _figure(value: Value | Message | AsTyped) -> Decimal | None:
    if isinstance(value, AsTyped):
        value = value.value
    number = value[0] if isinstance(value, tuple) else value
    return Decimal(number) if isinstance(number, Decimal | int) else None


def tolerance_of(field: str, unit: Unit) -> Decimal:
    """The most that a printed sum may be from what its rows add up to: half a cent of what the column is in."""
    return TOLERANCE * min(unit.factor, Decimal(1)) if FIELDS[field].measured else Decimal(0)


def number_text(value: Decimal | int, field: str) -> str:
    """8,000.00, 112.38, 26,310: thousands commas; amounts and areas with at least two decimals."""
    if not FIELDS[field].measured:
        return f"{int(value):,}"
    whole, _, fraction = f"{value:,.6f}".rstrip("0").partition(".")
    return f"{whole}.{fraction:0<2}"
