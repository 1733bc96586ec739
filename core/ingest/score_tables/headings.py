"""The heading of a table of indicators: which column is which, by its words and not by its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.errors import Message, RowProblem
from core.ingest.files.labels import compact, plain
from core.ingest.files.side_by_side import RowLabels
from core.ingest.files.table import Table
from core.model.fields import FIELDS
from core.text import word

_REASONS = (
    *("扣分理由", "扣分说明", "扣分依据", "扣分事由", "扣分原因及说明", "原因", "评分说明", "得分说明", "评分理由"),
    *("偏差原因分析及改进措施", "偏差原因及改进措施", "偏差原因分析", "偏差原因", "偏离原因分析及改进措施"),
    *("未完成原因分析及改进措施", "未完成原因及改进措施", "未完成原因和改进措施", "未完成原因分析", "未完成原因"),
)
"""How 扣分原因 may be called; the last two lines are those of 自评表."""
_FIELDS: Mapping[str, tuple[str, str]] = {
    "l1": (word("一级指标"), "一级"),
    "l2": (word("二级指标"), "二级"),
    "code": (word("编号"), "指标编号 编码 指标编码 代码 指标代码"),
    "l3": (word("三级指标"), "三级 指标名称 评价指标 考核指标 指标"),
    "l4": (word("四级指标"), "四级"),
    "target": (word("年度指标值"), "指标值 年度目标值 目标值 预期指标值 预期目标值 绩效目标值 计划指标值 计划完成值"),
    "actual": (word("实际完成值"), "完成值 全年完成值 全年实际完成值 实际完成指标值 实际值 实际完成情况 实际完成"),
    "weight": (word("分值"), "满分 满分值 标准分 标准分值 指标分值 分数 权重 权重分值 权重分"),
    "points": (word("得分"), "评价得分 实际得分 最终得分 评分 打分 初评得分 评审得分 自评得分"),
    "deduction": (word("扣分"), "扣分值 扣减分值"),
    "reason": (word("扣分原因"), " ".join(_REASONS)),
    "note": (word("备注"), "说明"),
    "step": (word("计分单位"), "计分步长 评分步长 步长 评分单位"),
    "kind": (word("规则"), "计分规则 规则类型"),
    "params": (word("参数"), "规则参数"),
    "rule": (word("评分标准"), "评分细则 评分规则 评价标准 计分方法 评分办法"),
    "inputs": (word("所需数据"), "数据项"),
    "evidence_needed": (word("佐证资料"), "佐证 评价依据 所需资料"),
    "source_section": (word("出处"), "数据来源"),
}  # fmt: skip
"""Field -> what we call its column, and how else it may be called."""
NAMES: Mapping[str, str] = {field: name for field, (name, _) in _FIELDS.items()}
SPELLINGS: Mapping[str, tuple[str, ...]] = {field: (name, *more.split()) for field, (name, more) in _FIELDS.items()}
"""The better name first: with 分值 and 权重 both there, 分值 counts."""

ROW_LABELS = RowLabels(
    names=frozenset(spelling for level in ("l1", "l2", "l3") for spelling in SPELLINGS[level]),
    before=frozenset((*SPELLINGS["l4"], *SPELLINGS["code"], *FIELDS["serial"].spellings)),
)
"""Headings that begin a table of indicators where several stand side by side."""
_SEARCHED = 40
"""Rows in which a heading is looked for."""
_FEWEST = 3
"""Known columns that make a row a heading."""
BETWEEN = "·"
"""Stands in a title between a group and the heading under it."""
LEVELS = ("l1", "l2", "l3", "l4")
_ITEM = (*LEVELS, "code", "weight")
"""Columns that say what an item is, whoever scores it."""
_BY_STAGE = ("points", "deduction", "reason", "note")
"""Columns that a table may have once for each stage."""
_FIGURE = re.compile(r"[-+]?\d[\d.,]*[%分]?$")
_OF_LEVEL = re.compile(r"([一二三四])级(?:指标)?(?:分值|权重|分数|满分|标准分)")
"""A heading of weights that names its level itself: 二级指标权重."""
_IN_NAME = re.compile(r"\(\s*(?:分值|权重|满分)?[::]?\s*(\d+(?:\.\d+)?)\s*分\s*\)$")


@dataclass(frozen=True)
class Heading:
    """The heading of a table of indicators."""

    row: int
    columns: Mapping[str, int]
    """Field -> column."""
    words: Mapping[int, str]
    """Column -> its heading as it stands."""
    titles: Mapping[int, str] = field(default_factory=dict)
    """Column -> all that is said of it: the group over it, its heading, the line under that (复核·得分)."""
    last: int = 0
    """The last row of the heading: its row, or the one under it."""
    stated: Mapping[str, int] = field(default_factory=dict)
    """Level above the items -> the column of the weights that are written beside it."""

    @property
    def leaf(self) -> int:
        """The column of the last level: of the items' names."""
        return self.columns.get("l4", self.columns.get("l3", 0))

    @property
    def names_end(self) -> int:
        """The last column in which a row may be called 合计."""
        return max(self.leaf, self.columns.get("weight", 1) - 1)

    @property
    def reads_results(self) -> bool:
        """True for a 自评表, which has targets or results beside its items."""
        return "target" in self.columns or "actual" in self.columns

    @property
    def weights_in_names(self) -> bool:
        """True where full marks stand behind the items' names and have no column: 立项依据(10分)."""
        return self.columns.get("weight") == self.leaf

    def name(self, field: str) -> str:
        """The heading over that field, as the file has it."""
        return self.words[self.columns[field]]


def find_heading(table: Table, needed: Iterable[str]) -> tuple[Heading | None, list[RowProblem]]:
    """The row with most known columns, and what it lacks or has twice. No heading and no problem: another table."""
    best: Heading | None = None
    first = min(table.lines, default=1)
    for number in range(first, min(first + _SEARCHED - 1, table.rows) + 1):
        row = table.row(number)
        columns = _columns(row)
        if len(columns) >= _FEWEST and len(columns) > (len(best.columns) if best else 0):
            above = _weights([(column, plain(text)) for column, text in row], columns)
            stated = {level: at for level, at in above.items() if level and at != columns["weight"]}
            best = Heading(number, columns, dict(row), stated=stated)
    if best is None:
        return None, []
    if "weight" not in best.columns and _in_names(table, best):
        best = replace(best, columns={**best.columns, "weight": best.leaf})
    best = _titled(table, best)
    return best, list(_problems(table, best, needed))


def weight_in_name(name: str) -> str:
    """The full marks that stand behind a name: 10 of 立项依据(10分); "" without."""
    found = _IN_NAME.search(unicodedata.normalize("NFKC", name).strip())
    return found[1] if found else ""


def without_weight(name: str) -> str:
    """A name without the full marks behind it."""
    return re.sub(r"[(（][^()（）]*[)）]$", "", name.strip()).strip() if weight_in_name(name) else name


def _in_names(table: Table, heading: Heading) -> bool:
    rows = range(heading.row + 1, table.rows + 1)
    return heading.leaf > 0 and any(weight_in_name(table.own(row, heading.leaf)) for row in rows)


def _titled(table: Table, heading: Heading) -> Heading:
    """The heading with its groups: 自评 and 复核 may stand over columns called 得分, or under a 得分 over both."""
    levels = [heading.columns[name] for name in _ITEM if name in heading.columns]
    line = dict(table.row(heading.row + 1))
    if len(line) < 2 or any(column in line for column in levels) or any(_FIGURE.match(text) for text in line.values()):
        line = {}  # the first item
    width = max(*heading.words, *line)
    # A row of figures over the heading is the end of another table: 自评表 has one there.
    data = any(_FIGURE.match(text) for _, text in table.row(heading.row - 1))
    over = {} if data else _groups(table, heading.row - 1, width, levels)
    own = {**(_groups(table, heading.row, width, levels) if line else {}), **heading.words}
    titles = {}
    for column in sorted({*own, *line} if line else own):
        parts = (each.get(column, "") for each in (over, own, line))
        titles[column] = BETWEEN.join(dict.fromkeys("".join(part.split()) for part in parts if part))
    return replace(heading, titles=titles, last=heading.row + bool(line))


def _groups(table: Table, row: int, width: int, levels: Iterable[int]) -> dict[int, str]:
    """Find the text of a row over each column, merged or written once with blanks behind it.

    A title or a remark is no group: it goes on over the columns of the item itself, or has a colon.
    """
    merges = any(place[0] == row for place in table.merged)
    text: dict[int, str] = {}
    start: dict[int, tuple[int, int]] = {}
    for column in range(1, width + 1):
        place = table.merged.get((row, column), (row, column))
        if own := table.own(*place):
            text[column], start[column] = own, place
        elif not merges and column - 1 in text:
            text[column], start[column] = text[column - 1], start[column - 1]
    titles = {start[column] for column in levels if column in start}
    return {
        column: each
        for column, each in text.items()
        if start[column] not in titles and ":" not in unicodedata.normalize("NFKC", each)
    }


def _columns(row: list[tuple[int, str]]) -> dict[str, int]:
    labels = [(column, plain(text)) for column, text in row]
    found: dict[str, int] = {}
    for name, spellings in SPELLINGS.items():
        for spelling in spellings:
            places = [column for column, label in labels if label == spelling]
            if places:
                found[name] = places[0]
                break
    if "l3" not in found and "l2" in found:
        found["l3"] = found.pop("l2")  # a table of two levels: the second are the items
    if weights := _weights(labels, found):
        found["weight"] = weights[_leaf(found)] if _leaf(found) in weights else min(weights.values())
    return found


def _leaf(columns: Mapping[str, int]) -> str:
    return next((level for level in reversed(LEVELS) if level in columns), "")


def _weights(labels: list[tuple[int, str]], columns: Mapping[str, int]) -> dict[str, int]:
    """Level -> the column of its weights: 分值 may stand beside each level, right of its names.

    With 分值 and 权重 both there, 分值 counts.
    """
    levels = sorted((columns[level], level) for level in LEVELS if level in columns)
    ranked = [
        (rank, column) for column, label in labels for rank, each in enumerate(SPELLINGS["weight"]) if label == each
    ]
    found: dict[str, int] = {}
    for _, column in sorted(ranked):
        found.setdefault(next((level for at, level in reversed(levels) if at < column), ""), column)
    for column, label in labels:
        if named := _OF_LEVEL.fullmatch(label):
            level = LEVELS["一二三四".index(named[1])]
            found[level if level in columns else _leaf(columns)] = column
    return found


def _problems(table: Table, heading: Heading, needed: Iterable[str]) -> Iterable[RowProblem]:
    missing = [NAMES[field] for field in needed if field not in heading.columns]
    first = min(heading.words)
    for name in missing:
        yield table.problem(heading.row, first, None, Message("表头缺少“{name}”这一列。", {"name": name}))
    for name, column in heading.columns.items():
        # 得分(复核) is not 得分(自评): what stands in brackets counts there.
        said, short = (heading.titles, compact) if name in _BY_STAGE else (heading.words, plain)
        again = [other for other, text in said.items() if other > column and short(text) == short(said[column])]
        if again and name != "weight":
            yield table.problem(heading.row, again[0], said[again[0]], Message("这一列出现了不止一次。"))
