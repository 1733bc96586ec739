"""One figure of a project put right: which figures there are, what they are called, and the facts with one replaced."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Literal, cast

from core.errors import InputError, Message, UnknownName
from core.ingest import cells
from core.model.project import BudgetGroup, Delivery, Facts, Funding, FundingSource, RenovationLine, SpendLine
from core.text import word

Kind = Literal["money", "change", "area", "count", "share"]
"""万元, 万元 that may be below 0, 万㎡, whole number, 0..1."""
Part = Literal["spend", "renovation", "deliveries", "funding", "estimate"]
Value = Decimal | int | None
Row = BudgetGroup | Funding | SpendLine | RenovationLine | Delivery


@dataclass(frozen=True)
class Figure:
    """A figure that a project reports; `id` names it in commands and in the table of corrections."""

    id: str
    name: str
    part: Part
    attribute: str
    kind: Kind
    funding: FundingSource | None = None
    """Whose figure it is, where it belongs to a source of money and not to a place."""


FIGURES: tuple[Figure, ...] = (
    Figure("invested", word("已投资"), "spend", "invested", "money"),
    Figure("paid", word("累计支付"), "spend", "paid", "money"),
    Figure("communities", word("小区数"), "renovation", "communities", "count"),
    Figure("buildings", word("栋数"), "renovation", "buildings", "count"),
    Figure("households", word("户数"), "renovation", "households", "count"),
    Figure("area", word("面积"), "renovation", "area", "area"),
    Figure("physical", word("形象进度"), "deliveries", "physical", "share"),
    Figure("started", word("开工小区数"), "deliveries", "started", "count"),
    Figure("finished", word("完工小区数"), "deliveries", "finished", "count"),
    Figure("accepted", word("验收小区数"), "deliveries", "accepted", "count"),
    Figure("satisfaction", word("满意度"), "deliveries", "satisfaction", "share"),
    Figure("surveyed", word("有效问卷数"), "deliveries", "surveyed", "count"),
    Figure("homes_finished", word("完工户数"), "deliveries", "homes_finished", "count"),
    Figure("inspected", word("已验收数"), "deliveries", "inspected", "count"),
    Figure("qualified", word("合格数"), "deliveries", "qualified", "count"),
    Figure("stage_target", word("阶段目标小区数"), "deliveries", "stage_target", "count"),
    Figure("contract", word("合同价"), "deliveries", "contract", "money"),
    Figure("variation", word("变更额"), "deliveries", "variation", "change"),
    Figure("estimate", word("概算"), "estimate", "amount", "money"),
    Figure("bond_planned", word("专项债计划"), "funding", "planned", "money", "bond"),
    Figure("bond_paid", word("专项债已支付"), "funding", "paid", "money", "bond"),
    Figure("bond_arrived", word("专项债到位"), "funding", "arrived", "money", "bond"),
    Figure("budget_planned", word("财政预算资金计划"), "funding", "planned", "money", "budget"),
    Figure("budget_paid", word("财政预算资金已支付"), "funding", "paid", "money", "budget"),
    Figure("budget_arrived", word("财政预算资金到位"), "funding", "arrived", "money", "budget"),
)
_BY_NAME: Mapping[str, Figure] = {name: figure for figure in FIGURES for name in (figure.id, figure.name)}
CORRECTED = word("更正")
"""Where a figure stands that only a correction has reported."""


def figure_of(name: str) -> Figure:
    """By its id or its Chinese name. Raises UnknownName."""
    found = _BY_NAME.get(name.strip())
    if found is None:
        known = tuple(figure.id for figure in FIGURES)
        raise UnknownName(Message("没有数据项“{field}”。可用:{fields}。", {"field": name[:40], "fields": known}))
    return found


def value_of(facts: Facts, place: str, figure: Figure) -> Value:
    """The figure as it is; None: not reported. Raises UnknownName where there is no such row."""
    return cast(Value, getattr(_owner(facts, place, figure), figure.attribute))


def corrected(facts: Facts, place: str, figure: Figure, text: str) -> Facts:
    """The facts with this figure as `text` says it, and the text as its raw cell.

    `place` is "" for the figures of the whole project; a blank text takes back what need not be reported.
    Raises UnknownName where there is no such row, InputError for a text that is no such value.
    """
    owner = _owner(facts, place, figure)
    value = _read(text, figure)
    needed = figure.part in ("spend", "renovation", "estimate") or (figure.part, figure.attribute) in _NEEDED
    if value is None and needed:
        raise refused(Message("“{field}”不能为空。", {"field": figure.name}))
    raw = f"{figure.attribute}_raw"
    fixed: dict[str, Any] = {figure.attribute: value}
    if raw in {each.name for each in fields(owner)}:
        fixed[raw] = text.strip()
    new = replace(owner, **fixed)
    part = "budget_groups" if figure.part == "estimate" else figure.part
    rows: Sequence[Row] = getattr(facts, part)
    kept = tuple(new if row == owner else row for row in rows)
    changed: dict[str, Any] = {part: kept if owner in rows else (*rows, new)}
    return replace(facts, **changed)


_NEEDED = (("funding", "planned"), ("funding", "paid"))


def refused(message: Message) -> InputError:
    """One sentence about an entry that was not taken over."""
    return InputError(message, ())


def _owner(facts: Facts, place: str, figure: Figure) -> Row:
    """The row that has the figure. A place that has reported nothing of its work may begin to."""
    found: Row | None
    if figure.funding is not None:
        found = next((plan for plan in facts.funding if plan.source == figure.funding), None)
    elif figure.part == "estimate":
        found = _group(facts, place)
    else:
        found = next((row for row in getattr(facts, figure.part) if row.place == place), None)
        if found is None and figure.part == "deliveries" and place in facts.places:
            found = Delivery(place, CORRECTED)
    if found is None:
        raise UnknownName(
            Message("“{place}”没有“{field}”这一项。", {"place": place[:40] or word("全项目"), "field": figure.name})
        )
    return found


def _group(facts: Facts, place: str) -> BudgetGroup | None:
    """The approved amount that covers the place; without a place the only one."""
    if not place:
        return facts.budget_groups[0] if len(facts.budget_groups) == 1 else None
    return next((group for group in facts.budget_groups if place in group.places), None)


def _read(text: str, figure: Figure) -> Value:
    """Raises InputError."""
    if not text.strip():
        return None
    reader = {
        "money": cells.money, "change": cells.maybe_decimal, "area": cells.area, "count": cells.count, "share": _share,
    }[figure.kind]  # fmt: skip
    value = reader(text)
    if isinstance(value, Message):
        raise refused(Message("“{field}”:{problem}", {"field": figure.name, "problem": value}))
    return value


def _share(text: str) -> Decimal | Message:
    """60%, or 0.6."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain.endswith("%"):
        return cells.share(plain)
    value = cells.number(plain[:-1], 4)
    if value is None or not 0 <= value <= 100:
        return Message("应为0%到100%之间的比例,读到“{cell}”。", {"cell": text})
    return value / 100
