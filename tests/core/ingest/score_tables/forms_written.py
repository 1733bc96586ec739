"""自评表 and scorecards written as offices lay them out, with what has to be read of them worked out beside."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from docx import Document
from hypothesis import strategies as st
from openpyxl import Workbook

D = Decimal
Cell = tuple[int, int]
Item = tuple[str, str, str, Decimal, Decimal]
"""Level 1, level 2, name, full marks, points: of the 100."""
LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")
SMALLEST = D("0.01")


@dataclass(frozen=True)
class Leaf:
    """An item as it is written: one row a part."""

    path: tuple[str, ...]
    parts: tuple[tuple[int, int], ...]
    """(full marks, points)."""

    @property
    def weight(self) -> int:
        return sum(weight for weight, _ in self.parts)


@dataclass(frozen=True)
class Written:
    """A form: its cells, its merges, and what it says."""

    cells: dict[Cell, str]
    merged: tuple[tuple[int, int, int, int], ...]
    items: tuple[Item, ...]

    def xlsx(self) -> bytes:
        book = Workbook()
        sheet = book.active
        for (row, column), text in self.cells.items():
            sheet.cell(row, column, _typed(text))
        for top, left, bottom, right in self.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        return _saved(book)

    def docx(self) -> bytes:
        document = Document()
        rows, columns = (max(place[axis] for place in self.cells) for axis in (0, 1))
        table = document.add_table(rows, columns)
        for (row, column), text in self.cells.items():
            table.cell(row - 1, column - 1).text = text
        for top, left, bottom, right in self.merged:
            table.cell(top - 1, left - 1).merge(table.cell(bottom - 1, right - 1))
        return _saved(document)


def _typed(text: str) -> object:
    return int(text) if text.isdigit() else text


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


@st.composite
def partition(draw: st.DrawFn, total: int, most: int = 4) -> tuple[int, ...]:
    """Whole parts that add up to the total, none of them 0."""
    cuts = draw(st.sets(st.integers(1, total - 1), max_size=min(most, total) - 1)) if total > 1 else set()
    edges = [0, *sorted(cuts), total]
    return tuple(after - before for before, after in pairwise(edges))


@st.composite
def leaves(draw: st.DrawFn, depth: int, total: int, names: tuple[str, ...] = ()) -> tuple[Leaf, ...]:
    """The items below a level, whose full marks add up to `total`; an item may have two rows."""
    if len(names) == depth:
        weights = draw(partition(total, 2))
        parts = tuple((weight, draw(st.integers(0, weight))) for weight in weights)
        return (Leaf(names, parts),)
    found: list[Leaf] = []
    for number, weight in enumerate(draw(partition(total, 3)), start=1):
        name = "甲乙丙丁"[len(names)] + "".join(each[1:] for each in names[-1:]) + str(number)
        found += draw(leaves(depth, weight, (*names, name)))
    return tuple(found)


@st.composite
def forms(draw: st.DrawFn) -> Written:
    """A form of two to four levels: weights beside any of them, a block above or none, columns in any order."""
    depth = draw(st.integers(2, 4))
    block = draw(st.none() | st.integers(0, 10))
    relative = block is None and depth > 1 and draw(st.booleans())
    if relative:
        shares = draw(partition(100, 3))
        written = [leaf for n, _ in enumerate(shares, start=1) for leaf in draw(leaves(depth, 100, (f"甲{n}",)))]
        scale = {f"甲{n}": D(share) / 100 for n, share in enumerate(shares, start=1)}
    else:
        written = list(draw(leaves(depth, 100 if block is None else 90)))
        scale = dict.fromkeys((leaf.path[0] for leaf in written), D(1))
    beside = [relative if n == 0 else draw(st.booleans()) for n in range(depth - 1)]
    if not relative and draw(st.booleans()) and beside:
        beside[0] = True
    own = draw(st.permutations(["分值", "得分", "年度指标值", "实际完成值", "偏差原因分析及改进措施"]))
    laid = _laid_out(written, depth, beside, own, block, scale, relative=relative)
    return _with_minus(laid, draw(st.lists(st.tuples(st.sampled_from(["", "0", "-5"]), st.integers(0, 5)), max_size=2)))


def _laid_out(
    written: Sequence[Leaf], depth: int, beside: Sequence[bool], own: Sequence[str], block: int | None,
    scale: dict[str, Decimal], *, relative: bool,
) -> Written:  # fmt: skip
    heading: list[str] = []
    for n in range(depth):
        heading.append(LEVELS[n])
        if n < depth - 1 and beside[n]:
            heading.append("权重")
    column = {name: at for at, name in enumerate([*heading, *own], start=1) if name != "权重"}
    cells: dict[Cell, str] = {(1, 1): "项目支出绩效自评表"}
    row = 2
    if block is not None:
        titles = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
        cells |= {(2, 1): "项目资金（万元）", **{(2, at): text for at, text in enumerate(titles, start=2)}}
        values = ("90", "90", "45", "10", "50%", str(block))
        cells |= {(3, 1): "年度资金总额", **{(3, at): text for at, text in enumerate(values, start=2)}}
        row = 4
    cells |= {(row, at): text for at, text in enumerate([*heading, *own], start=1)}
    merged: list[tuple[int, int, int, int]] = []
    starts: dict[tuple[int, tuple[str, ...]], int] = {}
    for leaf in written:
        first = row + 1
        for weight, points in leaf.parts:
            row += 1
            cells |= {(row, column["分值"]): str(weight), (row, column["得分"]): str(points)}
        cells |= {(first, column["年度指标值"]): "≥90%", (first, column["实际完成值"]): f"完成{leaf.path[-1]}"}
        for n, name in enumerate(leaf.path):
            if (n, leaf.path[: n + 1]) in starts:
                continue
            starts[n, leaf.path[: n + 1]] = first
            of = [each for each in written if each.path[: n + 1] == leaf.path[: n + 1]]
            last = first + sum(len(each.parts) for each in of) - 1
            at = column[LEVELS[n]]
            cells[first, at] = name
            if n < depth - 1 and beside[n]:
                share = scale[leaf.path[0]] * 100 if relative and n == 0 else sum(each.weight for each in of)
                cells[first, at + 1] = f"{D(share):f}".removesuffix(".00")
            if last > first:
                merged += [(first, at, last, at)]
                merged += [(first, at + 1, last, at + 1)] if n < depth - 1 and beside[n] else []
    return Written(cells, tuple(merged), _items(written, block, scale))


def _with_minus(form: Written, taken: Sequence[tuple[str, int]]) -> Written:
    """With 扣分项 under it: what stands as their full marks, and what they take off."""
    heading = max(row for (row, _), text in form.cells.items() if text == "一级指标")
    column = {text: at for (row, at), text in form.cells.items() if row == heading}
    path = ["扣分项", "信访", "投诉"][: sum(level in column for level in LEVELS) - 1]
    cells, items = dict(form.cells), list(form.items)
    row = max(row for row, _ in cells)
    for number, (most, off) in enumerate(taken, start=1):
        row += 1
        for level, name in zip(LEVELS, [*path, f"扣{number}"], strict=False):
            cells[row, column[level]] = name
        cells |= {(row, column["分值"]): most, (row, column["得分"]): f"{-off}"}
        second = path[1] if len(path) > 1 else path[0]
        items.append((path[0], second, "·".join([*path[2:], f"扣{number}"]), D(0), D(-off)))
    return Written(cells, form.merged, tuple(items))


def _items(written: Sequence[Leaf], block: int | None, scale: dict[str, Decimal]) -> tuple[Item, ...]:
    found = [] if block is None else [("预算执行", "预算执行", "预算执行率", D(10), D(block))]
    for leaf in written:
        name = leaf.path[-1] if len(leaf.path) < 4 else "·".join(leaf.path[2:])
        of = scale[leaf.path[0]]
        second = leaf.path[1] if len(leaf.path) > 2 else leaf.path[0]
        found.append((leaf.path[0], second, name, leaf.weight * of, sum(points for _, points in leaf.parts) * of))
    return tuple(found)
