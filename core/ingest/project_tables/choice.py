"""Which of several columns a field is read from: the one that fits best, or of its months that of the as-of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from core.errors import Message
from core.ingest.project_tables.heading_words import Meaning, Month
from core.ingest.project_tables.section import BETWEEN, HeadingDoubt
from core.model.fields import FIELDS

_Doubts = list[HeadingDoubt]
Share = Literal["", "plan", "all"]
"""What one snapshot of a monthly series takes beside the columns of its month: of those without a month `plan`, or all
of them; "": the file is one snapshot."""
PLAN = frozenset(("estimate", "split", "communities", "buildings", "households", "area"))
"""Fields that say what the project is for: they hold for each month of a series."""


@dataclass(frozen=True)
class Choice:
    """The columns of a table by field."""

    columns: Mapping[str, int]
    twice: tuple[tuple[str, int], ...]
    """Fields that another column claims just as well, with that column."""
    doubts: tuple[HeadingDoubt, ...]
    """Questions and problems about them."""
    months: Mapping[str, Mapping[int, Month]] = field(default_factory=dict)
    """Fields that have columns by month, with these."""
    of_other_days: frozenset[str] = frozenset()
    """Fields whose columns are of other days than that of this snapshot of a series."""


def choose(
    paths: Mapping[int, Sequence[str]],
    said: Mapping[int, str],
    meanings: Mapping[int, Meaning | None],
    day: date | None,
    share: Share = "",
) -> Choice:
    """The columns of a table by field. `said`: what a person said of columns, "" leaves one out."""
    claims: dict[str, list[int]] = {}
    for column in paths:
        found = meanings.get(column)
        field = said.get(column, found.field if found is not None else "")
        if field:
            claims.setdefault(field, []).append(column)
    columns: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    doubts: _Doubts = []
    months: dict[str, Mapping[int, Month]] = {}
    other: set[str] = set()
    for name, rivals in claims.items():
        best = [column for column in rivals if column in said]
        if not best:
            best = _best(rivals, meanings)
            if dated := _dated(name, best, meanings):
                months[name] = dated
                best = _of_month(name, dated, paths, day, share, doubts)
            _ask(name, best, rivals, meanings, paths, doubts)
        if share == "plan" and name not in months and name not in PLAN and not FIELDS[name].is_label:
            best = []  # what is true of the as-of day need not be of an earlier month
        if best:
            columns[name] = best[0]
        else:
            other.add(name)
        twice += [(name, column) for column in best[1:]]
    return Choice(columns, tuple(twice), tuple(doubts), months, frozenset(other))


def _best(rivals: Sequence[int], meanings: Mapping[int, Meaning | None]) -> list[int]:
    """The columns that fit a field best, one but for those that fit equally."""
    of = {column: found for column in rivals if (found := meanings[column]) is not None}
    top = max(found.fit for found in of.values())
    return [column for column, found in of.items() if found.fit == top]


def _dated(name: str, best: Sequence[int], meanings: Mapping[int, Meaning | None]) -> Mapping[int, Month]:
    """The months of the columns of a field; none where it is a label, or one of them names none."""
    found = {column: of.month for column in best if (of := meanings[column]) is not None and of.month is not None}
    return found if len(found) == len(best) and not FIELDS[name].is_label else {}


def _ask(
    name: str,
    best: Sequence[int],
    rivals: Sequence[int],
    meanings: Mapping[int, Meaning | None],
    paths: Mapping[int, Sequence[str]],
    doubts: _Doubts,
) -> None:
    """Ask about the one column that was chosen."""
    chosen = meanings[best[0]] if len(best) == 1 else None
    if chosen is None:
        return
    others = [column for column in rivals if (of := meanings[column]) is not None and of.fit < chosen.fit and of.fits]
    params = {"name": FIELDS[name].name, "heading": _named(paths[best[0]])}
    if others:
        rest = tuple(_named(paths[column]) for column in others)
        text = Message("“{heading}”和“{others}”都可能是{name}，按“{heading}”读取。请核对。", {**params, "others": rest})
        doubts.append(HeadingDoubt(best[0], text))
    elif chosen.asked:
        text = Message("“{heading}”按{name}读取。请核对；不是的，请在表头对应中改正。", params)
        doubts.append(HeadingDoubt(best[0], text))


def _of_month(
    name: str,
    months: Mapping[int, Month],
    paths: Mapping[int, Sequence[str]],
    day: date | None,
    share: Share,
    doubts: _Doubts,
) -> list[int]:
    """Of columns by month those of the as-of month, which is told; a problem where there is none.

    In a snapshot of a series nothing is told, and a field without a column of its month is not there. Before anybody
    has said the as-of day nobody knows the month: that is the problem, not that there are several columns.
    """
    if day is None:
        return _undated(name, months, doubts)
    found = [column for column, month in months.items() if month.month == day.month and month.year in (0, day.year)]
    if share:
        return found
    first, *_ = found or months
    params = {"name": FIELDS[name].name, "day": day, "heading": _named(paths[first]), "count": len(months)}
    if len(months) > 1 and len(found) == 1:
        text = Message("{name}有{count}个月的列，按截止日{day}所在的“{heading}”读取，其余没有读取。请核对。", params)
        doubts.append(HeadingDoubt(first, text))
    elif not found and len(months) == 1:
        text = Message("“{heading}”不是截止日{day}所在的月份，仍按{name}读取。请核对。", params)
        doubts.append(HeadingDoubt(first, text))
    elif not found:
        names = tuple(_named(paths[column]) for column in months)
        text = Message(
            "{name}按月分列（{names}），没有截止日{day}所在的月份。请改正截止日，或者在表头对应中指定其中一列。",
            {**params, "names": names},
        )
        doubts.append(HeadingDoubt(first, text, wrong=True))
    return found or [first]


def _undated(name: str, months: Mapping[int, Month], doubts: _Doubts) -> list[int]:
    newest = max(months.values())
    found = [column for column, month in months.items() if month == newest]
    if len(found) < len(months):
        text = Message(
            "{name}有{count}个月的列。请先填写截止日：之后可以按月各存一期，或者只读截止日所在的月份。",
            {"name": FIELDS[name].name, "count": len({*months.values()})},
        )
        doubts.append(HeadingDoubt(found[0], text, wrong=True))
    return found


def _named(path: Sequence[str]) -> str:
    return BETWEEN.join(path)
