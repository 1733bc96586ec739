"""Hidden rows, columns and sheets of a workbook: left out and named, as a clerk does not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from core.errors import CellProblem, Message
from core.ingest.files.table import letters

_MOST = 20
"""Stretches of hidden rows, and of columns, of one sheet that are told one by one."""
_MOST_TEXT = 30


class HiddenPart(CellProblem):
    """A hidden part of a workbook that was not read; what it says names the rows, the columns or the sheet itself."""

    def sentence(self) -> Message:
        """The sentence with its file and worksheet in front, each said once."""
        params = {"file": self.file, "sheet": self.sheet, "problem": self.message}
        if not self.cell:
            return Message("《{file}》：{problem}", params)
        return Message("《{file}》工作表“{sheet}”：{problem}", params)


@dataclass(frozen=True)
class Hidden:
    """Rows and columns of one sheet that are not on the screen."""

    rows: frozenset[int]
    columns: tuple[tuple[int, int], ...]
    """First and last."""

    def hides(self, row: int, column: int) -> bool:
        """True when the cell is out of sight."""
        return row in self.rows or any(first <= column <= last for first, last in self.columns)


NOTHING_HIDDEN = Hidden(frozenset(), ())


def hidden_by(rows: Mapping[str, Mapping[str, Any]], columns: Mapping[str, Mapping[str, Any]]) -> Hidden:
    """Find the rows and columns that their own attributes hide, also those 0 high or wide."""
    return Hidden(
        frozenset(int(row) for row, said in rows.items() if _is_hidden(said, "ht")),
        tuple((int(said["min"]), int(said["max"])) for said in columns.values() if _is_hidden(said, "width")),
    )


def _is_hidden(said: Mapping[str, Any], size: str) -> bool:
    return said.get("hidden") in ("1", "true") or (size in said and float(said[size]) == 0)


def left_out(file: str, sheet: str, hidden: Hidden, lines: Mapping[int, Mapping[int, str]]) -> Iterator[HiddenPart]:
    """Tell of the hidden cells of a sheet, stretch by stretch. Blank ones are nothing to tell of."""
    rows = {row: next(iter(cells.values())) for row, cells in lines.items() if row in hidden.rows and cells}
    columns: dict[int, str] = {}
    for cells in lines.values():
        for column, text in cells.items():
            if column not in columns and hidden.hides(0, column):
                columns[column] = text
    yield from _stretches(file, sheet, rows, str, Message("第{where}行是隐藏的（{text}），没有读取。"))
    yield from _stretches(file, sheet, columns, letters, Message("{where}列是隐藏的（{text}），没有读取。"))


def _stretches(
    file: str, sheet: str, found: Mapping[int, str], name: Callable[[int], str], message: Message
) -> Iterator[HiddenPart]:
    numbers = sorted(found)
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    for run in runs[:_MOST]:
        first, last = name(run[0]), name(run[-1])
        where = first if first == last else f"{first}—{last}"
        text = Message(message.text, {"where": where, "text": found[run[0]][:_MOST_TEXT]})
        yield HiddenPart(file, None, None, text, sheet, f"{first}:{last}")
    if len(runs) > _MOST:
        first, last = name(runs[_MOST][0]), name(numbers[-1])
        text = Message("这里还有{count}段隐藏的行或列，没有读取。", {"count": len(runs) - _MOST})
        yield HiddenPart(file, None, None, text, sheet, f"{first}:{last}")


def sheet_left_out(file: str, sheet: str) -> HiddenPart:
    """Tell of a hidden worksheet."""
    return HiddenPart(file, None, None, Message("工作表“{sheet}”是隐藏的，没有读取。", {"sheet": sheet}), sheet, "")
