"""The block over the indicators of a 自评表: the year's money by source, and the points for how much of it was spent.

Its 执行率 is an item like the others: the form adds up to 100 with it. Source: 财预〔2020〕10号, 项目支出绩效自评表.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import Message, RowProblem
from core.ingest.files import cells
from core.ingest.files.labels import compact, plain
from core.ingest.files.table import Table
from core.ingest.score_tables.headings import SPELLINGS, Heading
from core.ingest.score_tables.item_cells import NOTHING, figure, read_points
from core.ingest.score_tables.items import Items, ScoreRow
from core.ingest.score_tables.scheme import FULL_MARKS
from core.model.scorecard import BudgetLine, Indicator, Status
from core.scoring.read_rule import NO_RULE
from core.text import render, word

EXECUTION = (word("预算执行"), word("预算执行率"))
"""What the item is called: its group, its name."""
_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "initial": re.compile("年初(预算|安排|批复).*"),
    "budget": re.compile("(全年|年度|调整后?|当年|本年)?预算(安排)?(数|金额|总额|资金)|全年预算|资金总额"),
    "executed": re.compile("(全年|年度|预算|实际)?(执行|支出|支付)(数|金额|总额)"),
    "rate": re.compile("(预算|资金)?(执行|支出)(率|进度)"),
    "weight": re.compile("|".join(SPELLINGS["weight"])),
    "points": re.compile("|".join((*SPELLINGS["points"], "自评分"))),
}
_UNITS = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000), "千元": Decimal("0.1")}
_UNIT = re.compile("(万元|亿元|千元|元)")
_OF_WHICH = re.compile("^(其中)?[::]*|[::]*$")
_EXECUTION = re.compile("(预算|资金|经费)(执行|支出)(率|进度|情况)?|执行率")


@dataclass(frozen=True)
class BudgetBlock:
    """What the block says."""

    item: ScoreRow | None
    """Its item; None: it gives no points for the spending."""
    row: int
    column: int
    """Where its full marks stand."""
    lines: tuple[BudgetLine, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[RowProblem, ...]


def read_block(table: Table, heading: Heading) -> BudgetBlock | None:
    """The block over the heading of the indicators; None: there is none."""
    for row in range(1, heading.row):
        columns = _columns(table.row(row))
        if "rate" in columns and ("executed" in columns or "budget" in columns):
            return _Block(table, heading, row, columns).read()
    return None


def _columns(row: list[tuple[int, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in row:
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.fullmatch(plain(text)):
                found[name] = column
                break
    return found


class _Block:
    def __init__(self, table: Table, heading: Heading, row: int, columns: Mapping[str, int]) -> None:
        self.table, self.heading, self.row, self.columns = table, heading, row, columns
        self.problems: list[RowProblem] = []
        self.notes: list[RowProblem] = []

    def read(self) -> BudgetBlock:
        scale = self._unit()
        lines: list[BudgetLine] = []
        item: ScoreRow | None = None
        at = self.row
        for row in range(self.row + 1, self.heading.row):
            label = self._label(row)
            values = {name: self.table.own(row, column) for name, column in self.columns.items()}
            if not label and not any(values.values()):
                continue
            if label is None:
                break
            money = {name: self._money(row, name, scale) for name in ("initial", "budget", "executed")}
            if label or any(value is not None for value in money.values()):
                lines.append(BudgetLine(len(lines) + 1, label, **money, rate=values.get("rate", "")))
            if item is None and figure(values.get("weight", "")) not in (None, Decimal(0)):
                item, at = self._item(row, values), row
        column = self.columns.get("weight", self.columns["rate"])
        return BudgetBlock(item, at, column, tuple(lines), tuple(self.problems), tuple(self.notes))

    def _label(self, row: int) -> str | None:
        """The source that a line is of; None where the block has ended."""
        first = min(self.columns.values())
        texts = [(column, text) for column, text in self.table.row(row)]
        if any(column in self.columns.values() and _is_words(text) for column, text in texts):
            return None
        named = [text for column, text in texts if column < first]
        return _OF_WHICH.sub("", compact(named[-1])) if named else ""

    def _unit(self) -> Decimal:
        """万元 a unit of the block's figures: as its heading says, or what stands over it."""
        heads = [text for _, text in self.table.row(self.row)]
        over = [text for row in range(self.row - 1, 0, -1) for _, text in self.table.row(row) if "单位" in text]
        for text in (*heads, *over, *self.table.above):
            if found := _UNIT.search(compact(text)):
                return _UNITS[found[1]]
        first = min(self.columns.values())
        told = Message("预算栏没有写明金额单位，按万元读取。对吗？")
        self.notes.append(self.table.problem(self.row, first, self.table.own(self.row, first), told))
        return _UNITS["万元"]

    def _money(self, row: int, name: str, scale: Decimal) -> Decimal | None:
        column = self.columns.get(name)
        text = "" if column is None else self.table.own(row, column)
        if column is None or not text or text in NOTHING:
            return None
        value = cells.maybe_decimal(re.sub("[万亿千]?元$", "", text.strip()))
        if isinstance(value, Message):
            self.problems.append(self.table.problem(row, column, self.table.own(self.row, column), value))
            return None
        return None if value is None else (value * scale).quantize(Decimal("0.000001"))

    def _item(self, row: int, values: Mapping[str, str]) -> ScoreRow:
        group, name = (render(each, "zh_CN") for each in EXECUTION)
        weight = figure(values["weight"]) or Decimal(0)
        points: Decimal | None = None
        status = Status.UNSCORED
        if "points" in self.columns:
            read = read_points(values["points"])
            if isinstance(read, Message):
                self._wrong(row, "points", read)
            elif isinstance(read, Status):
                status = read
            elif read > weight:
                params = {"weight": f"{weight:f}", "points": f"{read:f}"}
                self._wrong(row, "points", Message("本项最高{weight}分，读到{points}。", params))
            else:
                points, status = read.quantize(Decimal("0.01")), Status.CONFIRMED
        indicator = Indicator("", group, group, name, weight, NO_RULE, {}, "", "", "", "")
        return ScoreRow(indicator, points, status, "", "", "", values.get("rate", ""))

    def _wrong(self, row: int, name: str, text: Message) -> None:
        column = self.columns[name]
        self.problems.append(self.table.problem(row, column, self.table.own(self.row, column), text))


def _is_words(text: str) -> bool:
    """True for a text in a column of figures that is neither a figure nor a mark: the block is over."""
    short = compact(text)
    return short not in NOTHING and not re.match(r"[-+(]?[\d¥￥*]", short)


def with_block(table: Table, items: Items, block: BudgetBlock, *, scored: bool, coded: bool) -> None:
    """Put the block's item before the others where the form adds up to 100 with it, and say where it does not.

    The same points may stand among the indicators, too: they count once. `coded`: the items have codes of their own.
    """
    if block.item is None:
        return
    full = sum((row.indicator.weight for row in items.rows), Decimal(0))
    weight = block.item.indicator.weight
    if full == FULL_MARKS:
        items.notes.append(_twice(table, items, block))
        return
    if full + weight != FULL_MARKS:
        return
    item = block.item if scored else replace(block.item, points=None, status=Status.UNSCORED)
    code = render(EXECUTION[0], "zh_CN") if coded else "1"
    item = replace(item, indicator=replace(item.indicator, code=code))
    if not coded:
        numbered = enumerate(items.rows, start=2)
        items.rows[:] = [replace(row, indicator=replace(row.indicator, code=str(n))) for n, row in numbered]
    items.printed[:] = [(row, kind, before + 1) for row, kind, before in items.printed]
    items.rows.insert(0, item)
    items.places.insert(0, block.row)
    items.stated.insert(0, {})


def _twice(table: Table, items: Items, block: BudgetBlock) -> RowProblem:
    """Say which points of the execution count: never both."""
    assert block.item is not None
    weight = block.item.indicator.weight
    same = [row for row in items.rows if _EXECUTION.search(row.indicator.l3) and row.indicator.weight == weight]
    params: dict[str, object] = {"weight": f"{weight:f}", "points": _shown(block.item.points)}
    text = Message("指标的分值合计已是100，预算栏的{weight}分（得分{points}）未计入。对吗？", params)
    if same:
        params |= {"name": same[0].indicator.l3, "other": _shown(same[0].points)}
        text = Message("“{name}”的{weight}分在预算栏和指标中各有一处，只计指标中的一处。对吗？", params)
        if same[0].points is not None and same[0].points != block.item.points:
            text = Message(
                "“{name}”的{weight}分在预算栏和指标中各有一处，得分不同（{points}、{other}），按指标中的{other}计。对吗？",
                params,
            )
    return table.problem(block.row, block.column, None, text)


def _shown(points: Decimal | None) -> str:
    return "—" if points is None else f"{points.normalize():f}"
