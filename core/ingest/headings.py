"""The heading of a table of indicators: which column is which, by its words and not by its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import Message, RowProblem
from core.ingest.table_file import Table
from core.text import word

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "l1": ("一级指标", "一级"),
    "l2": ("二级指标", "二级"),
    "code": ("编号", "指标编号", "编码", "指标编码", "代码", "指标代码"),
    "l3": ("三级指标", "三级", "指标名称", "评价指标", "考核指标", "指标"),
    "weight": ("分值", "满分", "满分值", "标准分", "标准分值", "指标分值", "分数", "权重", "权重分值", "权重分"),
    "points": ("得分", "评价得分", "实际得分", "最终得分", "评分", "打分", "初评得分", "评审得分", "自评得分"),
    "deduction": ("扣分", "扣分值", "扣减分值"),
    "reason": (
        "扣分原因",
        "扣分理由",
        "扣分说明",
        "扣分依据",
        "扣分事由",
        "扣分原因及说明",
        "原因",
        "评分说明",
        "得分说明",
        "评分理由",
    ),
    "note": ("备注", "说明"),
    "kind": ("规则", "计分规则", "规则类型"),
    "params": ("参数", "规则参数"),
    "rule": ("评分标准", "评分细则", "评分规则", "评价标准", "计分方法", "评分办法"),
    "inputs": ("所需数据", "数据项"),
    "evidence_needed": ("佐证资料", "佐证", "评价依据", "所需资料"),
    "source_section": ("出处", "数据来源"),
}
"""Field -> how its column may be called, the better name first: with 分值 and 权重 both there, 分值 counts."""

NAMES: Mapping[str, str] = {
    "l1": word("一级指标"),
    "l2": word("二级指标"),
    "code": word("编号"),
    "l3": word("三级指标"),
    "weight": word("分值"),
    "points": word("得分"),
    "deduction": word("扣分"),
    "reason": word("扣分原因"),
    "note": word("备注"),
    "kind": word("规则"),
    "params": word("参数"),
    "rule": word("评分标准"),
    "inputs": word("所需数据"),
    "evidence_needed": word("佐证资料"),
    "source_section": word("出处"),
}
"""What we call them ourselves, in exports and sentences."""

_SEARCHED = 40
"""Rows in which a heading is looked for."""
_FEWEST = 3
"""Known columns that make a row a heading."""


@dataclass(frozen=True)
class Heading:
    """Where the heading stands and what it says."""

    row: int
    columns: Mapping[str, int]
    """Field -> column."""
    words: Mapping[int, str]
    """Column -> its heading as it stands."""

    def name(self, field: str) -> str:
        """The heading over that field, as the file has it."""
        return self.words[self.columns[field]]


def plain(text: str) -> str:
    """A label without spaces, brackets and colons, and in half width: “合 计(分)：” is 合计."""
    short = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", short).strip(":*")


def find_heading(table: Table, needed: Iterable[str]) -> tuple[Heading | None, list[RowProblem]]:
    """The row with most known columns, and what it lacks or has twice. No heading and no problem: another table."""
    best: Heading | None = None
    for number in range(1, min(_SEARCHED, table.rows) + 1):
        row = table.row(number)
        columns = _columns(row)
        if len(columns) >= _FEWEST and len(columns) > (len(best.columns) if best else 0):
            best = Heading(number, columns, dict(row))
    if best is None:
        return None, []
    return best, list(_problems(table, best, needed))


def _columns(row: list[tuple[int, str]]) -> dict[str, int]:
    labels = [(column, plain(text)) for column, text in row]
    found: dict[str, int] = {}
    for field, spellings in SPELLINGS.items():
        for spelling in spellings:
            places = [column for column, label in labels if label == spelling]
            if places:
                # 分值 may stand beside each level: the one that counts follows the third.
                after = [column for column in places if column > found.get("l3", 0)]
                found[field] = after[0] if field == "weight" and after else places[0]
                break
    return found


def _problems(table: Table, heading: Heading, needed: Iterable[str]) -> Iterable[RowProblem]:
    missing = [NAMES[field] for field in needed if field not in heading.columns]
    first = min(heading.words)
    for name in missing:
        yield table.problem(heading.row, first, None, Message("表头缺少“{name}”这一列。", {"name": name}))
    for field, column in heading.columns.items():
        label = plain(heading.words[column])
        again = [other for other, text in heading.words.items() if other > column and plain(text) == label]
        if again and field != "weight":
            yield table.problem(heading.row, again[0], heading.words[again[0]], Message("这一列出现了不止一次。"))
