"""The figures that one import reported, as a file that says who stands for them and whose digest is checked.

The digest is over the figures, not over the file: .csv and .xlsx of one import have the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from zipfile import BadZipFile

from core.briefing.excel import Book, Page
from core.briefing.spreadsheet import csv_bytes, guarded
from core.errors import InputError, Message, UnknownName
from core.ingest.project_tables.correction import figures_of, value_of
from core.model.project import Facts
from core.store.digest import canonical_json, sha256
from core.text import word

Kind = Literal["csv", "xlsx"]
WHOLE = word("全项目")
PROJECT, ID, DAY, BATCH, STATE, REVIEW, DIGEST, ASIDE = (
    word("项目"), word("项目编号"), word("数据截至"), word("批次"),
    word("状态"), word("复核"), word("校验值"), word("不含"),
)  # fmt: skip
"""The lines above the figures."""
HEADINGS = (word("街镇"), word("数据项"), word("编号"), word("数值"), word("单位"))
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_WIDTHS = (22, 26, 26, 18, 10)
_STYLES: dict[str, dict[str, object]] = {
    "head": {"font_size": 10, "border": 1, "bold": True, "align": "center", "bg_color": "#F2F5F8"},
    "text": {"font_size": 10, "border": 1},
    "number": {"font_size": 10, "border": 1, "align": "right"},
    "note": {"font_size": 10},
}


@dataclass(frozen=True)
class PeriodFigure:
    """A figure as it was reported; `place`: streets, joined by 、 where one amount is of several, or 全项目."""

    place: str
    name: str
    id: str
    value: Decimal | int
    """Amounts in 万元，shares 0..1."""
    unit: str

    @property
    def text(self) -> str:
        """The value without what is not needed to write it: 2164, 0.85."""
        return f"{Decimal(self.value).normalize():f}"


@dataclass(frozen=True)
class Period:
    """What an import of a project reported, and who stands for it, in words."""

    project: str
    name: str
    day: date
    batch: str
    state: str
    review: str
    figures: tuple[PeriodFigure, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over project, day, import and figures, hexadecimal."""
        return digest_of(self.project, str(self.day), self.batch, [(x.place, x.id, x.text) for x in self.figures])


@dataclass(frozen=True)
class Stated:
    """What a file of a period says: its lines by name, its figures as (street, id, value)."""

    lines: Mapping[str, str]
    figures: tuple[tuple[str, str, str], ...]

    @property
    def digest(self) -> str:
        """The digest of what stands in it, whatever it says that it is."""
        project, day, batch = (self.lines.get(name, "") for name in (ID, DAY, BATCH))
        return digest_of(project, day, batch, self.figures)


def digest_of(project: str, day: str, batch: str, figures: Sequence[tuple[str, str, str]]) -> str:
    """SHA-256 over a canonical JSON: sorted keys, values as texts."""
    return sha256(canonical_json({"project": project, "day": day, "batch": batch, "figures": list(map(list, figures))}))


def figures(facts: Facts) -> Iterator[PeriodFigure]:
    """The figures that are reported: approved amounts, then street by street, then of the whole project."""
    for group in facts.budget_groups:
        estimate = next(each for each in figures_of(facts, "") if each.id == "estimate")
        yield PeriodFigure("、".join(group.places), estimate.name, estimate.id, group.amount, estimate.unit)
    for place in (*facts.places, ""):
        for figure in figures_of(facts, place):
            if figure.part == "estimate":
                continue
            try:
                value = value_of(facts, place, figure)
            except UnknownName:
                continue  # the place has no such row
            if value is not None:
                yield PeriodFigure(place or WHOLE, figure.name, figure.id, value, figure.unit)
    for row in facts.renovation:
        if row.communities_second is not None:
            yield PeriodFigure(
                row.place, word("小区的第二个数，含义待确认"), "communities_second", row.communities_second, "个"
            )


def written(period: Period, kind: Kind) -> bytes:
    """The file, with its lines above the figures."""
    lines = _lines(period)
    if kind == "csv":
        rows = [(x.place, x.name, x.id, x.text, x.unit) for x in period.figures]
        return csv_bytes(lines[0], [*lines[1:], HEADINGS, *rows])
    book = Book(_STYLES)
    page = Page(book, word("本期数据"), _WIDTHS)
    for row, (name, said) in enumerate(lines):
        page.over(row, 0, row, 0, name, "note")
        page.over(row, 1, row, 1, said, "note")
    for column, heading in enumerate(HEADINGS):
        page.over(len(lines), column, len(lines), column, heading, "head")
    for row, figure in enumerate(period.figures, start=len(lines) + 1):
        for column, text in enumerate((figure.place, figure.name, figure.id, figure.text, figure.unit)):
            page.over(row, column, row, column, text, "text")
        if Decimal(f"{float(figure.value):.{_DIGITS}g}") == figure.value:  # else a spreadsheet would cut it off
            page.number(row, 3, Decimal(figure.value), "number")
    return book.content()


def _lines(period: Period) -> list[tuple[str, str]]:
    return [
        (PROJECT, period.name), (ID, period.project), (DAY, str(period.day)), (BATCH, period.batch),
        (STATE, period.state), (REVIEW, period.review), (DIGEST, period.digest),
        (ASIDE, word("小区明细、逐笔支付、里程碑、分日到位资金、改造前后对比")),
    ]  # fmt: skip


def read(content: bytes, kind: str) -> Stated:
    """Read a file of a period again. Raises InputError for one that is none."""
    rows = _of_csv(content) if kind == "csv" else _of_xlsx(content) if kind == "xlsx" else None
    if rows is None or HEADINGS not in rows:
        raise InputError(Message("这不是本系统导出的本期数据（.csv或.xlsx）。请选导出时的文件。"), ())
    at = rows.index(HEADINGS)
    lines = {row[0]: row[1] for row in rows[:at]}
    return Stated(lines, tuple((row[0], row[2], row[3]) for row in rows[at + 1 :] if any(row)))


def _of_csv(content: bytes) -> list[tuple[str, ...]] | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return [_row([_bare(cell) for cell in row]) for row in csv.reader(io.StringIO(text, newline=""))]


def _bare(cell: str) -> str:
    """A cell without the apostrophe by which it is no formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _of_xlsx(content: bytes) -> list[tuple[str, ...]] | None:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return [_row([_plain(cell) for cell in row]) for row in sheet.iter_rows(values_only=True)]
    except (BadZipFile, InvalidFileException, KeyError, IndexError):
        return None


def _plain(cell: object) -> str:
    if isinstance(cell, int | float):
        return f"{Decimal(repr(cell)).normalize():f}"
    return "" if cell is None else str(cell)


def _row(cells: Sequence[str]) -> tuple[str, ...]:
    return (*cells, *("" for _ in HEADINGS))[: len(HEADINGS)]
