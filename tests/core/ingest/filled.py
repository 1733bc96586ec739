"""A scorecard of 28 items as an evaluator's office fills it in, worked by hand.

决策 15.00 of 20 (75 %), 过程 15.75 of 20 (78.75 %), 产出 30.00 of 35 (6/7), 效益 21.50 of 25 (86 %): 82.25, 良.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import Workbook

D = Decimal
HEADING = ["一级指标", "二级指标", "编号", "三级指标", "分值", "得分", "扣分原因", "备注"]

GROUPS: Mapping[str, list[tuple[str, str, str]]] = {
    # level 2, full marks, points
    "决策": [
        ("项目立项", "4", "4"), ("项目立项", "4", "3"), ("绩效目标", "4", "4"), ("绩效目标", "4", "0"),
        ("资金投入", "4", "4"),
    ],
    "过程": [
        ("资金管理", "2.5", "2.5"), ("资金管理", "2.5", "2.5"), ("资金管理", "2.5", "2.5"), ("资金管理", "2.5", "0"),
        ("组织实施", "2.5", "2.5"), ("组织实施", "2.5", "2.5"), ("组织实施", "2.5", "1.25"), ("组织实施", "2.5", "2"),
    ],
    "产出": [
        ("产出数量", "4", "4"), ("产出数量", "4", "4"), ("产出数量", "4", "4"), ("产出质量", "4", "4"),
        ("产出质量", "4", "4"), ("产出时效", "4", "4"), ("产出时效", "4", "0"), ("产出成本", "4", "3.5"),
        ("产出成本", "3", "2.5"),
    ],
    "效益": [
        ("社会效益", "5", "5"), ("社会效益", "5", "4"), ("生态效益", "5", "4.5"), ("可持续影响", "5", "5"),
        ("满意度", "3", "3"), ("满意度", "2", "0"),
    ],
}  # fmt: skip

Cells = dict[tuple[int, int], Any]
FIRST = 4
"""The first item's row: title, remark and heading stand above it."""


def cells() -> tuple[Cells, list[str]]:
    """(values by row and column, ranges that are merged). Items, a 小计 a group, 合计, grade, signatures."""
    found: Cells = {(1, 1): "临港片区老旧小区改造项目绩效评价评分表", (2, 1): "单位:分  截至2024年12月31日"}
    merged = ["A1:H1", "A2:H2"]
    found |= {(3, column): text for column, text in enumerate(HEADING, start=1)}
    row = FIRST
    for letter, (group, items) in zip("ABCD", GROUPS.items(), strict=True):
        first, number = row, 0
        found[row, 1] = group
        for level, of_level in groupby(items, key=lambda item: item[0]):
            top = row
            found[row, 2] = level
            for _, weight, points in of_level:
                number += 1
                found |= {(row, 3): f"{letter}{number}", (row, 4): f"指标{letter}{number}", (row, 5): float(weight)}
                found[row, 6] = float(points)
                if weight != points:
                    found[row, 7] = f"{letter}{number}的扣分原因"
                row += 1
            if row - top > 1:
                merged.append(f"B{top}:B{row - 1}")
        merged += [f"A{first}:A{row}", f"B{row}:D{row}"]
        found |= {(row, 2): "小计", (row, 5): float(sum(D(w) for _, w, _ in items))}
        found[row, 6] = float(sum(D(p) for _, _, p in items))
        row += 1
    found |= {(row, 1): "合 计", (row, 5): 100, (row, 6): 82.25}
    merged.append(f"A{row}:D{row}")
    found |= {(row + 1, 1): "评价等级", (row + 1, 5): "良"}
    found |= {(row + 3, 1): "评价人:", (row + 3, 4): "复核人:", (row + 3, 6): "日期:"}
    return found, merged


def row_of(code: str) -> int:
    """The row of an item."""
    return next(row for (row, column), value in cells()[0].items() if column == 3 and value == code)


def workbook(changes: Mapping[tuple[int, int], Any] | None = None, unmerge: tuple[str, ...] = ()) -> bytes:
    """The scorecard as .xlsx, with some cells changed (None: blank)."""
    values, merged = cells()
    book = Workbook()
    sheet = book.active
    sheet.title = "评分表"
    for (row, column), value in (values | dict(changes or {})).items():
        sheet.cell(row, column, value)
    for area in merged:
        if area not in unmerge:
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def lines(changes: Mapping[tuple[int, int], Any] | None = None) -> list[list[str]]:
    """The same as rows of text, merged cells blank but the first."""
    values = cells()[0] | dict(changes or {})
    last = max(row for row, _ in values)
    return [[_text(values.get((row, column))) for column in range(1, 9)] for row in range(1, last + 1)]


def _text(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
