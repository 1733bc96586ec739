"""The rows of a table of indicators: items, sums that are printed between them, and what else stands on the page.

Labels of the levels are filled down, over merges and over blanks; codes and figures never are: each row has its own.
A row of 合计 or 小计 is never taken over. It is added up again, and a difference is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import Message, RowProblem
from core.ingest.files.labels import one_line, plain
from core.ingest.files.table import Table
from core.ingest.score_tables.forms import TOTAL
from core.ingest.score_tables.headings import BETWEEN, LEVELS, SPELLINGS, Heading, weight_in_name, without_weight
from core.ingest.score_tables.item_cells import (
    NOT_CALCULATED,
    NOTHING,
    figure,
    is_mark,
    label_text,
    plain_code,
    read_points,
    read_weight,
)
from core.ingest.score_tables.scheme import (
    FULL_MARKS,
    MOST_ITEMS,
    MOST_LABEL,
    MOST_TEXT,
    code_problem,
    missing,
    read_kind,
    read_params,
    rule_problem,
)
from core.model.scorecard import MINUS, Indicator, Status, is_minus
from core.model.storable import too_long
from core.scoring.edits import MOST_REASON
from core.scoring.entry import plain as plain_points
from core.scoring.read_rule import NO_RULE

_MINUS = re.compile("(扣分|减分|倒扣)(项|指标)|负向指标")
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
    target: str = ""
    """年度指标值, as it is written."""
    actual: str = ""
    """实际完成值, as it is written."""


@dataclass
class Items:
    """Items, problems and notes read so far."""

    scored: bool
    """True when points were read."""
    rows: list[ScoreRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """The row in the table of each of `rows`."""
    printed: list[tuple[int, str, int]] = field(default_factory=list)
    """(row of the table, 合计 or 小计, how many of `rows` stand before it)."""
    stated: list[Mapping[str, tuple[str, Decimal]]] = field(default_factory=list)
    """Level -> its name and the weight that is written beside it, for each of `rows`."""


def read_items(table: Table, heading: Heading, *, scored: bool) -> Items:
    """The items under the heading. `scored`: points belong to them. All problems at once."""
    return _Reader(table, heading, scored).read()


class _Reader:
    def __init__(self, table: Table, heading: Heading, scored: bool) -> None:
        self.table, self.heading, self.scored = table, heading, scored
        self.found = Items(scored)
        self.labels = {level: "" for level in LEVELS}
        self.stated: dict[str, tuple[str, Decimal]] = {}
        self.total_row: int | None = None

    def read(self) -> Items:
        for row in range(self.heading.last + 1, self.table.rows + 1):
            self._row(row)
        if not self.found.rows and not self.found.problems:
            column = self.heading.columns["weight"]
            self._wrong(self.heading.row, column, Message("表头下面没有指标。"))
        if len(self.found.rows) > MOST_ITEMS:
            self._wrong(self.heading.row, 1, Message("指标超过{most}项，未读取。", {"most": MOST_ITEMS}))
        self._repeated_codes()
        return self.found

    def _own(self, row: int, name: str) -> str:
        column = self.heading.columns.get(name)
        return "" if column is None else self.table.own(row, column)

    def _name(self, row: int) -> str:
        """The item's own name: of the last level that it has."""
        return self.table.own(row, self.heading.leaf) or self._own(row, "l3")

    def _weight_text(self, row: int) -> str:
        text = self._own(row, "weight")
        return weight_in_name(text) if self.heading.weights_in_names else text

    def _blank(self, row: int, name: str) -> bool:
        if name == "weight" and self.heading.weights_in_names:
            return not self._weight_text(row)
        column = self.heading.columns.get(name)
        text = "" if column is None else self.table.own(row, column)
        if column is None or (name == "weight" and text in NOTHING):
            return True
        return not (text or (row, column) in self.table.uncalculated)

    def _wrong(self, row: int, column: int, message: Message) -> None:
        self.found.problems.append(self.table.problem(row, column, self.heading.words.get(column), message))

    def _row(self, row: int) -> None:
        texts = self.table.row(row)
        label = plain(texts[0][1]) if texts else ""
        if all(self._blank(row, name) for name in ("code", "l3", "weight", "points")) and not texts:
            return
        if self._is_heading(row):
            return
        before = [plain(text) for column, text in texts if column <= self.heading.names_end]
        if any(TOTAL.fullmatch(text) for text in before):
            self.total_row = row
            self.found.printed.append((row, "合计", len(self.found.rows)))
            return
        if any(_SUBTOTAL.fullmatch(text) for text in before):
            self.found.printed.append((row, "小计", len(self.found.rows)))
            return
        has_weight = figure(self._weight_text(row)) is not None
        named = bool(self._name(row)) or not self._blank(row, "code")
        if not has_weight and (self.total_row is not None or _FOOTER.fullmatch(label)):
            return
        if self.total_row is not None:
            if named:
                text = Message("“合计”一行之后还有指标。请移到合计之前。")
                self._wrong(row, self.heading.columns["weight"], text)
            return
        for level in LEVELS:
            self._label(row, level)
        pointless = self._blank(row, "points") or self._own(row, "points") in NOTHING
        without = pointless and self._blank(row, "weight") and not self._merged(row, "weight")
        if not named and self._goes_on(row):
            self._more(row)
        elif self._name(row) and without and self.heading.reads_results:
            self._note(row, "weight", Message("没有分值和得分，不是一项指标，未读取。"))
        elif named or not self._blank(row, "weight") or not self._blank(row, "points"):
            self._item(row)

    def _merged(self, row: int, name: str) -> bool:
        column = self.heading.columns.get(name)
        return column is not None and (row, column) in self.table.merged

    def _goes_on(self, row: int) -> bool:
        """True for a further row of the item before it: they share one name in merged cells."""
        top = self.table.merged.get((row, self.heading.leaf))
        return top is not None and bool(self.found.places) and top[0] == self.found.places[-1] and top[0] < row

    def _ends(self, row: int) -> bool:
        """True in the last row of an item."""
        at = self.heading.leaf
        below, here = self.table.merged.get((row + 1, at)), self.table.merged.get((row, at), (row, at))
        return below != here

    def _more(self, row: int) -> None:
        """Add the sub-scores of a further row, and what it says, to its item."""
        item, top = self.found.rows[-1], self.found.places[-1]
        weight, points, status = item.indicator.weight, item.points, item.status
        added = not self._blank(row, "weight")
        part = self._weight(row) if added else None
        weight += part or 0
        if self.scored and not self._blank(row, "points"):
            added = True
            more, own = self._points(row, part)
            points, status = (points + more, status) if points is not None and more is not None else (None, own)
        if added:
            self._note(row, "weight", Message("与第{row}行是同一项指标，分值和得分相加。对吗？", {"row": top}))
        if points is None and item.points is not None:
            self._note(row, "points", Message("同一项指标有一部分没有得分，本项按未评读取。"))
        if points is not None and points > weight and self._ends(row):
            params = {"weight": f"{weight:f}", "points": f"{points:f}"}
            self._wrong(row, self.heading.columns["points"], Message("本项最高{weight}分，读到{points}。", params))
        texts = {
            name: _joined(getattr(item, name), self._own(row, name)) for name in ("reason", "note", "target", "actual")
        }
        indicator = replace(item.indicator, weight=weight)
        self.found.rows[-1] = replace(item, indicator=indicator, points=points, status=status, **texts)

    def _note(self, row: int, name: str, text: Message) -> None:
        column = self.heading.columns[name]
        self.found.notes.append(self.table.problem(row, column, self.heading.words.get(column), text))

    def _is_heading(self, row: int) -> bool:
        """The heading once more, at the top of a printed page; or its second line."""
        if self.heading.last > self.heading.row and self.table.row(row) == self.table.row(self.heading.last):
            return True
        named = self._named(row)
        return len(named) > 1 and all(
            plain(text) in SPELLINGS[name] or text == self.heading.words[self.heading.columns[name]]
            for name, text in named
        )

    def _named(self, row: int) -> list[tuple[str, str]]:
        names = (*LEVELS, "code", "weight", "points")
        return [(name, text) for name in names if (text := self._own(row, name))]

    def _label(self, row: int, name: str) -> None:
        """A level's label goes on until another one stands there; a new level ends those under the one before it."""
        column = self.heading.columns.get(name)
        text = "" if column is None or column == self.heading.leaf else label_text(self.table.over(row, column))
        if column is None or not text:
            return
        if text != self.labels[name]:
            for below in LEVELS[LEVELS.index(name) :]:
                self.labels[below] = ""
                self.stated.pop(below, None)
            self.labels[name] = text
        beside = self.heading.stated.get(name)
        written = weight_in_name(self.table.over(row, column)) or (self.table.over(row, beside) if beside else "")
        if (value := figure(re.sub(r"[分%％]$", "", written))) is not None:
            self.stated[name] = (text, value)

    def _item(self, row: int) -> None:
        problems = len(self.found.problems)
        minus = self._is_minus(row)
        weight, least = (Decimal(0), self._most_off(row)) if minus else (self._weight(row), Decimal(0))
        if minus:
            points, status = self._points_off(row, least)
        else:
            points, status = self._points(row, weight if self._ends(row) else None)
        params, kind = self._rule(row)
        l1 = self._text(row, "l1", MOST_LABEL, self.labels["l1"])
        # A file of two levels has no column for the second: the first stands for it.
        l2 = self._text(row, "l2", MOST_LABEL, self.labels["l2"]) if "l2" in self.heading.columns else l1
        indicator = Indicator(
            code=self._minus_code(row) if minus else self._code(row),
            l1=l1,
            l2=l2,
            l3=self._text(row, "l3", MOST_LABEL, self._item_name(row)),
            weight=weight or Decimal(0),
            kind=kind,
            params=params,
            rule=self._free(row, "rule", MOST_TEXT),
            inputs=self._free(row, "inputs", MOST_TEXT),
            evidence_needed=self._free(row, "evidence_needed", MOST_TEXT),
            source_section=self._free(row, "source_section", MOST_TEXT),
            least=least,
        )
        reason, note = self._free(row, "reason", MOST_REASON), self._free(row, "note", MOST_REASON)
        if self.heading.reads_results and reason in NOTHING:
            reason = ""  # of a 自评表: no deviation
        target, actual = self._free(row, "target", MOST_TEXT), self._free(row, "actual", MOST_TEXT)
        self.found.rows.append(ScoreRow(indicator, points, status, reason, note, target, actual))
        self.found.places.append(row)
        self.found.stated.append(dict(self.stated))
        if len(self.found.problems) == problems:
            self._printed_deduction(row, indicator.weight, points)

    def _item_name(self, row: int) -> str:
        """The name of the last level; where that is the fourth, with the third before it."""
        name = one_line(self._name(row))
        if self.heading.weights_in_names:
            name = one_line(without_weight(name))
        if "l4" not in self.heading.columns or not self.table.own(row, self.heading.leaf):
            return name
        return BETWEEN.join(filter(None, (self.labels["l3"], name)))

    def _is_minus(self, row: int) -> bool:
        """True for a 扣分项: full marks below 0, or none where its group or its points say that it takes points off."""
        weight = figure(self._weight_text(row))
        if weight:
            return weight < 0
        points = figure(self._own(row, "points")) if self.scored else None
        names = (*self.labels.values(), self._name(row))
        return (points is not None and points < 0) or any(_MINUS.search(name) for name in names)

    def _most_off(self, row: int) -> Decimal:
        """The fewest points of a 扣分项: its full marks where they are below 0; else it may take everything off."""
        return figure(self._weight_text(row)) or -FULL_MARKS

    def _points_off(self, row: int, least: Decimal) -> tuple[Decimal | None, Status]:
        text = self._own(row, "points") if self.scored else ""
        if (points := figure(text)) is None:
            return self._points(row, None)
        if not least <= points <= 0:
            params = {"name": one_line(self._name(row)), "most": plain_points(-least), "points": f"{points:f}"}
            wrong = Message("“{name}”是扣分项，得分应为0到-{most}，读到{points}。", params)
            self._wrong(row, self.heading.columns["points"], wrong)
        return points.quantize(Decimal("0.01")) + 0, Status.CONFIRMED

    def _minus_code(self, row: int) -> str:
        """The code that tells a 扣分项: its own behind the mark, else their number."""
        if "code" not in self.heading.columns:
            return f"{MINUS}{sum(item.indicator.minus for item in self.found.rows) + 1}"
        code = self._code(row)
        return code if is_minus(code) or not code else f"{MINUS}{code}"

    def _text(self, row: int, name: str, most: int, text: str) -> str:
        """A label that must be there."""
        if not text:
            self._wrong(row, self.heading.columns[name], missing(name))
        return self._short(row, name, most, text)

    def _free(self, row: int, name: str, most: int) -> str:
        """A text that may be left out."""
        return self._short(row, name, most, self._own(row, name))

    def _short(self, row: int, name: str, most: int, text: str) -> str:
        if (long := too_long(text, most)) is not None:
            self._wrong(row, self.heading.columns[name], long)
        return text

    def _code(self, row: int) -> str:
        column = self.heading.columns.get("code")
        if column is None:
            return str(len(self.found.rows) + 1)  # a table without a column for codes: 1, 2, 3 …
        code = plain_code(self.table.own(row, column))
        if (wrong := code_problem(code)) is not None:
            self._wrong(row, column, wrong)
        return code

    def _repeated_codes(self) -> None:
        first: dict[str, int] = {}
        column = self.heading.columns.get("code")
        for place, row in zip(self.found.places, self.found.rows, strict=True):
            code = row.indicator.code
            if column is not None and code and code in first:
                self._wrong(place, column, Message("“{name}”与第{first}行重复。", {"name": code, "first": first[code]}))
            first.setdefault(code, place)

    def _weight(self, row: int) -> Decimal | None:
        column = self.heading.columns["weight"]
        value = self._read_weight(row, column)
        if isinstance(value, Message):
            self._wrong(row, column, value)
            return None
        return value

    def _read_weight(self, row: int, column: int) -> Decimal | Message:
        if (row, column) in self.table.uncalculated:
            return NOT_CALCULATED
        text = self._weight_text(row)
        if not text and (row, column) in self.table.merged:
            return Message("分值与上一行合并了。每项指标须有自己的分值。")
        if not text:
            return Message("缺少分值，应为大于0的数字。")
        return read_weight(text)

    def _points(self, row: int, weight: Decimal | None) -> tuple[Decimal | None, Status]:
        if not self.scored:
            return None, Status.UNSCORED
        column = self.heading.columns["points"]
        value = self._read_points(row, column)
        if isinstance(value, Status):
            return None, value
        if isinstance(value, Message):
            self._wrong(row, column, value)
            return None, Status.UNSCORED
        if weight is not None and value > weight:
            params = {"weight": f"{weight:f}", "points": f"{value:f}"}
            self._wrong(row, column, Message("本项最高{weight}分，读到{points}。", params))
        return abs(value.quantize(Decimal("0.01"))), Status.CONFIRMED

    def _read_points(self, row: int, column: int) -> Decimal | Status | Message:
        """Points, the status that stands there instead, or the sentence that says what is wrong."""
        if (row, column) in self.table.uncalculated:
            return NOT_CALCULATED
        text = self.table.own(row, column)
        if not text and (row, column) in self.table.merged:
            return Message("得分与上一行合并了。每项指标须有自己的得分。")
        if is_mark(text):
            told = Message("“{mark}”不是得分，本项按未评读取。", {"mark": text})
            self.found.notes.append(self.table.problem(row, column, self.heading.words[column], told))
        return read_points(text)

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
        printed = figure(self.table.own(row, column))
        if printed is None or weight - abs(printed) == points:
            return
        figures = {"weight": f"{weight:.2f}", "deduction": f"{abs(printed):.2f}", "points": f"{points:.2f}"}
        text = Message("满分{weight}减扣分{deduction}不等于得分{points}；按得分计。", figures)
        self.found.notes.append(self.table.problem(row, column, self.heading.words[column], text))


def _joined(one: str, other: str) -> str:
    return "；".join(dict.fromkeys(each for each in (one, other) if each and each not in NOTHING))
