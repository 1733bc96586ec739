"""Messages with named parameters, the errors that carry them, and problems of rows in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Month:
    """A calendar month as people say it (2026年5月 / May 2026); `day` is any day of it."""

    day: date

    def __str__(self) -> str:
        return f"{self.day.year}年{self.day.month}月"


def chinese(value: object) -> str:
    """Print a parameter in Chinese: 2024年12月31日, a tuple as a list with 、, all else as it is."""
    if isinstance(value, tuple):
        return "、".join(chinese(one) for one in value)
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Message:
    """A sentence: its Chinese source text with {named} parameters, rendered in any language by `core.text`.

    Parameters are strings (numbers already formatted, names as they stand), whole numbers, dates, `Month`s, further
    messages, or a tuple of these. A string that the catalogue knows (a place, an indicator) is translated with it.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text.format(**{name: chinese(value) for name, value in self.params.items()})


class RenewalError(Exception):
    """Base of the product's own errors: one sentence that a clerk can act on."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class RowProblem:
    """A problem of an input: its place and what to do. A value, not an exception.

    `row` counts as the file shows it to people, the heading being row 1; None means the whole file.
    """

    file: str
    row: int | None
    column: str | None
    message: Message

    def sentence(self) -> Message:
        """The problem with its place in front: 《文件》第5行“列”:…"""
        params: dict[str, object] = {"file": self.file, "problem": self.message}
        if self.row is None and self.column is None:
            return Message("《{file}》：{problem}", params)
        if self.row is None:
            return Message("《{file}》“{column}”列：{problem}", params | {"column": self.column})
        if self.column is None:
            return Message("《{file}》第{row}行：{problem}", params | {"row": self.row})
        return Message("《{file}》第{row}行“{column}”列：{problem}", params | {"row": self.row, "column": self.column})


@dataclass(frozen=True)
class CellProblem(RowProblem):
    """A problem of a spreadsheet; `column` is the heading over the cell."""

    sheet: str
    """The worksheet; "" in a .csv, which has none."""
    cell: str
    """Cell or range: E12, or E4:E31."""

    def sentence(self) -> Message:
        """The problem with its place in front: 《文件》工作表“评分表”E12(得分):…"""
        params = {"file": self.file, "sheet": self.sheet, "cell": self.cell, "problem": self.message}
        if self.column is not None:
            params |= {"column": self.column}
            if self.sheet:
                return Message("《{file}》工作表“{sheet}”{cell}（{column}）：{problem}", params)
            return Message("《{file}》{cell}（{column}）：{problem}", params)
        if self.sheet:
            return Message("《{file}》工作表“{sheet}”{cell}：{problem}", params)
        return Message("《{file}》{cell}：{problem}", params)


class InputError(RenewalError):
    """An input that was not taken over: all its problems at once, and nothing was changed."""

    def __init__(self, message: Message, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(message)
        self.problems = problems


class UnknownName(RenewalError):  # noqa: N818 - it reads as what it is
    """A project, sheet, baseline, basis, place or indicator that the store does not have."""


class StoreError(RenewalError):
    """The store cannot be used: locked, damaged, newer, missing, empty or not writable. It was not touched."""

    away: ClassVar[bool] = False
    """True where it may be there again without anything done about it here: a server that does not answer."""


class NameNeeded(RenewalError):  # noqa: N818
    """An edit by somebody who has not yet said who they are."""


class NotAllowed(RenewalError):  # noqa: N818
    """An action that roles, the work flow or the entry itself forbid now: every reason at once. Nothing was changed."""

    def __init__(self, reasons: Sequence[Message], whole: Message | None = None) -> None:
        super().__init__(whole or reasons[0])
        self.reasons = tuple(reasons)


class Question(NotAllowed):
    """A question before anything counts: the call goes through with `agreed` as its answer, while it would ask just
    this again."""

    def __init__(self, reasons: Sequence[Message], whole: Message) -> None:
        super().__init__(reasons, whole)
        self.agreed = hashlib.sha256("\n".join(map(str, reasons)).encode()).hexdigest()


def ask(reasons: Sequence[Message], whole: Message, agreed: str) -> None:
    """Raise Question unless there are no reasons, or just these were agreed to."""
    question = Question(reasons, whole) if reasons else None
    if question is not None and question.agreed != agreed:
        raise question
