"""The rows of a table of indicators: items, sums that are printed between them, and what else stands on the page.

Labels of the levels are filled down, over merges and over blanks; codes and figures never are: each row has its own.
A row of 合计 or 小计 is never taken over. It is added up again, and a difference is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import Message, RowProblem
from core.ingest import cells
from core.ingest.headings import NAMES, SPELLINGS, Heading, plain
from core.ingest.scheme import NO_RULE, read_kind, read_params, rule_problem
from core.ingest.table_file import Table
from core.model.scorecard import Indicator, Status
from core.scoring.edits import MOST_REASON
from core.text import word

MOST_ITEMS = 300
MOST_LABEL = 100
MOST_CODE = 20
MOST_TEXT = 2000

STATUS_WORDS = {
    Status.NOT_APPLICABLE: word("不适用"),
    Status.EVIDENCE_MISSING: word("待补佐证"),
    Status.UNSCORED: word("未评"),
}
"""What may stand for points."""
_NO_POINTS = {name: status for status, name in STATUS_WORDS.items()} | dict.fromkeys(("", "—", "-"), Status.UNSCORED)

_TOTAL = re.compile(r"合计|总计|总分|总得分|合计得分|合计分值?")
_SUBTOTAL = re.compile(r".{0,40}小计")
_FOOTER = re.compile(
    r"(评价人|评分人|打分人|填表人|复核人|审核人|主评人|专家|负责人|评价机构|评价单位|被评价单位|单位|日期|注|备注|说明|填表说明"
    r"|得分率|等级|评价等级|评定等级|评价结论)(签字|签名|盖章)?([:\d].*)?"
)


@dataclass(frozen=True)
class ScoreRow:
    """An item as a file gives it."""

    indicator: Indicator
    points: Decimal | None
    """None unless the status is a scored one."""
    status: Status
    """已确认, or 未评 / 待补佐证 / 不适用 in words."""
    reason: str
    note: str


@dataclass
class Items:
    """What was read so far."""

    scored: bool
    """Whether points were read."""
    rows: list[ScoreRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """The row in the table of each of `rows`."""
    printed: list[tuple[int, str, Sequence[ScoreRow]]] = field(default_factory=list)
    """(row of the table, 合计 or 小计, the items before it)."""


def read_items(table: Table, heading: Heading, *, scored: bool) -> Items:
    """The items under the heading. `scored`: points belong to them. All problems at once."""
    return _Reader(table, heading, scored).read()


class _Reader:
    def __init__(self, table: Table, heading: Heading, scored: bool) -> None:
        self.table, self.heading, self.scored = table, heading, scored
        self.found = Items(scored)
        self.labels = {"l1": "", "l2": ""}
        self.total_row: int | None = None

    def read(self) -> Items:
        for row in range(self.heading.row + 1, self.table.rows + 1):
            self._row(row)
        if not self.found.rows and not self.found.problems:
            column = self.heading.columns["weight"]
            self._wrong(self.heading.row, column, Message("表头下面没有指标。"))
        if len(self.found.rows) > MOST_ITEMS:
            self._wrong(self.heading.row, 1, Message("指标超过{most}项,未读取。", {"most": MOST_ITEMS}))
        self._repeated_codes()
        return self.found

    def _own(self, row: int, name: str) -> str:
        column = self.heading.columns.get(name)
        return "" if column is None else self.table.own(row, column)

    def _blank(self, row: int, name: str) -> bool:
        column = self.heading.columns.get(name)
        return column is None or not (self.table.own(row, column) or (row, column) in self.table.uncalculated)

    def _wrong(self, row: int, column: int, message: Message) -> None:
        self.found.problems.append(self.table.problem(row, column, self.heading.words.get(column), message))

    def _row(self, row: int) -> None:
        texts = self.table.row(row)
        label = plain(texts[0][1]) if texts else ""
        if all(self._blank(row, name) for name in ("code", "l3", "weight", "points")) and not texts:
            return
        if all(plain(text) in SPELLINGS[name] for name, text in self._named(row)) and len(self._named(row)) > 1:
            return  # the heading once more, at the top of a printed page
        before = [plain(text) for column, text in texts if column < self.heading.columns["weight"]]
        if any(_TOTAL.fullmatch(text) for text in before):
            self.total_row = row
            self.found.printed.append((row, "合计", tuple(self.found.rows)))
            return
        if any(_SUBTOTAL.fullmatch(text) for text in before):
            self.found.printed.append((row, "小计", tuple(self.found.rows)))
            return
        has_weight = _figure(self._own(row, "weight")) is not None
        named = not (self._blank(row, "l3") and self._blank(row, "code"))
        if not has_weight and (self.total_row is not None or _FOOTER.fullmatch(label)):
            return
        if self.total_row is not None:
            if named:
                column = self.heading.columns["weight"]
                self._wrong(row, column, Message("“合计”一行之后还有指标。请移到合计之前。"))
            return
        self._label(row, "l1")
        self._label(row, "l2")
        if named or not self._blank(row, "weight") or not self._blank(row, "points"):
            self._item(row)

    def _named(self, row: int) -> list[tuple[str, str]]:
        names = ("l1", "l2", "code", "l3", "weight", "points")
        return [(name, text) for name in names if (text := self._own(row, name))]

    def _label(self, row: int, name: str) -> None:
        """A level's label goes on until another one stands there; a new level 1 ends the level 2 before it."""
        column = self.heading.columns.get(name)
        text = "" if column is None else _label_text(self.table.over(row, column))
        if not text or text == self.labels[name]:
            return
        self.labels[name] = text
        if name == "l1":
            self.labels["l2"] = ""

    def _item(self, row: int) -> None:
        problems = len(self.found.problems)
        weight = self._weight(row)
        points, status = self._points(row, weight)
        params, kind = self._rule(row)
        l1 = self._text(row, "l1", MOST_LABEL, self.labels["l1"])
        # A file of two levels has no column for the second: the first stands for it.
        l2 = self._text(row, "l2", MOST_LABEL, self.labels["l2"]) if "l2" in self.heading.columns else l1
        indicator = Indicator(
            code=self._code(row),
            l1=l1,
            l2=l2,
            l3=self._text(row, "l3", MOST_LABEL, _one_line(self._own(row, "l3"))),
            weight=weight or Decimal(0),
            kind=kind,
            params=params,
            rule=self._free(row, "rule", MOST_TEXT),
            inputs=self._free(row, "inputs", MOST_TEXT),
            evidence_needed=self._free(row, "evidence_needed", MOST_TEXT),
            source_section=self._free(row, "source_section", MOST_TEXT),
        )
        reason, note = self._free(row, "reason", MOST_REASON), self._free(row, "note", MOST_REASON)
        self.found.rows.append(ScoreRow(indicator, points, status, reason, note))
        self.found.places.append(row)
        if len(self.found.problems) == problems:
            self._printed_deduction(row, indicator.weight, points)

    def _text(self, row: int, name: str, most: int, text: str) -> str:
        """A label that must be there."""
        column = self.heading.columns[name]
        if not text:
            self._wrong(row, column, Message("缺少{name},不能为空。", {"name": NAMES[name]}))
        elif len(text) > most:
            self._wrong(row, column, Message("最多{most}字,现有{length}字。", {"most": most, "length": len(text)}))
        return text

    def _free(self, row: int, name: str, most: int) -> str:
        """A text that may be left out."""
        text = self._own(row, name)
        if len(text) > most:
            column = self.heading.columns[name]
            self._wrong(row, column, Message("最多{most}字,现有{length}字。", {"most": most, "length": len(text)}))
        return text

    def _code(self, row: int) -> str:
        column = self.heading.columns.get("code")
        if column is None:
            return str(len(self.found.rows) + 1)  # a table without a column for codes: 1, 2, 3 …
        code = plain_code(self.table.own(row, column))
        if not code:
            self._wrong(row, column, Message("缺少编号,每项指标须有自己的编号。"))
        elif len(code) > MOST_CODE or re.search(r"\s", code):
            params = {"most": MOST_CODE, "cell": code[:40]}
            self._wrong(row, column, Message("编号最多{most}字,不含空格,读到“{cell}”。", params))
        return code

    def _repeated_codes(self) -> None:
        first: dict[str, int] = {}
        column = self.heading.columns.get("code")
        for place, row in zip(self.found.places, self.found.rows, strict=True):
            code = row.indicator.code
            if column is not None and code and code in first:
                self._wrong(place, column, Message("“{name}”与第{first}行重复。", {"name": code, "first": first[code]}))
            first.setdefault(code, place)

    def _calculated(self, row: int, column: int) -> bool:
        if (row, column) not in self.table.uncalculated:
            return True
        self._wrong(row, column, Message("是公式,但文件里没有算出的值。请在Excel中打开并保存后再导入。"))
        return False

    def _weight(self, row: int) -> Decimal | None:
        column = self.heading.columns["weight"]
        if not self._calculated(row, column):
            return None
        text = self.table.own(row, column)
        if not text:
            self._wrong(row, column, self._missing_weight(row, column))
            return None
        value = cells.points(re.sub(r"[分%％]$", "", text.strip()))
        if isinstance(value, Message):
            self._wrong(row, column, value)
            return None
        if value == 0:
            self._wrong(row, column, Message("分值应大于0。"))
            return None
        return value

    def _missing_weight(self, row: int, column: int) -> Message:
        if (row, column) in self.table.merged:
            return Message("分值与上一行合并了。每项指标须有自己的分值。")
        return Message("缺少分值,应为大于0的数字。")

    def _points(self, row: int, weight: Decimal | None) -> tuple[Decimal | None, Status]:
        if not self.scored:
            return None, Status.UNSCORED
        column = self.heading.columns["points"]
        if not self._calculated(row, column):
            return None, Status.UNSCORED
        text = self.table.own(row, column)
        if not text and (row, column) in self.table.merged:
            self._wrong(row, column, Message("得分与上一行合并了。每项指标须有自己的得分。"))
            return None, Status.UNSCORED
        if (status := _NO_POINTS.get(text)) is not None:
            return None, status
        value = cells.points(re.sub(r"分$", "", text.strip()))
        if isinstance(value, Message):
            self._wrong(row, column, value)
            return None, Status.UNSCORED
        if weight is not None and value > weight:
            params = {"weight": f"{weight:f}", "points": f"{value:f}"}
            self._wrong(row, column, Message("本项最高{weight}分,读到{points}。", params))
        return abs(value.quantize(Decimal("0.01"))), Status.CONFIRMED

    def _rule(self, row: int) -> tuple[dict[str, object], str]:
        kind_text, params_text = self._own(row, "kind"), self._own(row, "params")
        if not kind_text and not params_text:
            return {}, NO_RULE
        kind = read_kind(kind_text)
        params = read_params(params_text or "{}")
        if isinstance(kind, Message):
            self._wrong(row, self.heading.columns.get("kind", self.heading.columns["weight"]), kind)
        at = self.heading.columns.get("params", self.heading.columns["weight"])
        if isinstance(params, Message):
            self._wrong(row, at, params)
        if isinstance(kind, Message) or isinstance(params, Message):
            return {}, NO_RULE
        if (wrong := rule_problem(kind, params)) is not None:
            self._wrong(row, at, wrong)
        return params, kind

    def _printed_deduction(self, row: int, weight: Decimal, points: Decimal | None) -> None:
        """满分 - 扣分 is 得分, or it is said; the points count."""
        column = self.heading.columns.get("deduction")
        if column is None or points is None:
            return
        printed = _figure(self.table.own(row, column))
        if printed is None or weight - abs(printed) == points:
            return
        figures = {"weight": f"{weight:.2f}", "deduction": f"{abs(printed):.2f}", "points": f"{points:.2f}"}
        text = Message("满分{weight}减扣分{deduction}不等于得分{points};按得分计。", figures)
        self.found.notes.append(self.table.problem(row, column, self.heading.words[column], text))


def plain_code(text: str) -> str:
    """A code in half width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def _figure(text: str) -> Decimal | None:
    """A printed figure, or None for whatever else stands there."""
    short = re.sub(r"分$", "", text.strip())
    return cells.number(short, 6) if len(short) <= 20 else None


def _one_line(text: str) -> str:
    """A name as one line; narrow columns break Chinese words anywhere."""
    line = " ".join(text.split())
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", line)


def _label_text(text: str) -> str:
    """A level's name without the marks that may stand behind it: 决策(15分) is 决策."""
    return re.sub(r"[(（]\d+(\.\d+)?分[)）]$", "", _one_line(text)).strip()


def sums_that_differ(table: Table, heading: Heading, found: Items) -> Iterator[RowProblem]:
    """Printed sums that are not the sums of their items: 合计 of all of them, 小计 of a group before it."""
    after = 0
    fields = ("weight", "points") if found.scored else ("weight",)
    for row, kind, before in found.printed:
        groups = [before] if kind == "合计" else list(_groups(before, after))
        after = len(before) if kind == "小计" else after
        for name in fields:
            column = heading.columns.get(name)
            printed = None if column is None else _figure(table.own(row, column))
            sums = [_sum(group, name) for group in groups]
            if column is None or printed is None or printed in sums:
                continue
            figures = {"kind": kind, "printed": f"{printed:.2f}", "sum": f"{sums[0]:.2f}"}
            text = Message("{kind}印为{printed},各项相加是{sum};未采用印出的数。", figures)
            yield table.problem(row, column, heading.words[column], text)


def _groups(before: Sequence[ScoreRow], after: int) -> Iterator[Sequence[ScoreRow]]:
    """What a 小计 may be the sum of: the items since the last one, their level 1, their level 2."""
    since = before[after:] or before
    yield since
    if before:
        last = before[-1].indicator
        yield [row for row in before if row.indicator.l1 == last.l1]
        yield [row for row in before if (row.indicator.l1, row.indicator.l2) == (last.l1, last.l2)]


def _sum(rows: Sequence[ScoreRow], name: str) -> Decimal:
    if name == "weight":
        return sum((row.indicator.weight for row in rows), Decimal(0))
    return sum((row.points for row in rows if row.points is not None), Decimal(0))
