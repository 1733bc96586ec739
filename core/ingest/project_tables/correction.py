"""One figure of a project put right: which figures there are, what they are called, and the facts with one replaced."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from core.errors import InputError, Message, UnknownName
from core.ingest.files import cells
from core.model.fields import FIELDS, FLOWS, TABLES, TableId, own_figures, source_field, source_of
from core.model.project import (
    BudgetGroup,
    Delivery,
    Facts,
    Funding,
    FundingSource,
    RenovationLine,
    SourceMoney,
    SpendLine,
)
from core.progress.facts_by_place import FactsByPlace, Flow
from core.text import numbers, word

Kind = Literal["money", "change", "area", "count", "share", "day"]
"""Amount in 万元 and change of one that may be below 0; area in 10,000 m²; whole number; 0..1; day of a community."""
Part = Literal["spend", "renovation", "deliveries", "communities", "funding", "estimate", "source_money"]
Value = Decimal | int | None
Row = BudgetGroup | Funding | SpendLine | RenovationLine | Delivery | SourceMoney


@dataclass(frozen=True)
class CorrectableFigure:
    """A figure that a project reports; `id` names it in commands and in the table of corrections."""

    id: str
    name: str
    part: Part
    attribute: str
    kind: Kind
    funding: str | None = None
    """Whose figure it is, where it belongs to a source of money; "": to all of them together."""

    @property
    def unit(self) -> str:
        """The unit in which it is typed; "" for a share, which is typed as 60% or 0.6."""
        of_rows = ("spend", "renovation", "deliveries", "communities")
        return FIELDS[self.id].unit if self.part in of_rows else FIELDS["estimate"].unit


def _of_places() -> Iterator[CorrectableFigure]:
    tables: tuple[TableId, ...] = ("spend", "renovation", "delivery")
    for table in tables:
        for field in (FIELDS[name] for name in own_figures(table)):
            kind = cast(Kind, field.kind) if field.measured or field.kind == "share" else "count"
            yield CorrectableFigure(field.id, field.name, cast(Part, TABLES[table].rows), field.stored_as, kind)


FIGURES: tuple[CorrectableFigure, ...] = (
    *_of_places(),
    CorrectableFigure("estimate", FIELDS["estimate"].name, "estimate", FIELDS["estimate"].stored_as, "money"),
    CorrectableFigure("bond_planned", word("专项债计划"), "funding", "planned", "money", "bond"),
    CorrectableFigure("bond_paid", word("专项债已支付"), "funding", "paid", "money", "bond"),
    CorrectableFigure("bond_arrived", word("专项债到位"), "funding", "arrived", "money", "bond"),
    CorrectableFigure("budget_planned", word("财政预算资金计划"), "funding", "planned", "money", "budget"),
    CorrectableFigure("budget_paid", word("财政预算资金已支付"), "funding", "paid", "money", "budget"),
    CorrectableFigure("budget_arrived", word("财政预算资金到位"), "funding", "arrived", "money", "budget"),
)
_BY_NAME: Mapping[str, CorrectableFigure] = {name: figure for figure in FIGURES for name in (figure.id, figure.name)}
CORRECTED = word("更正")
"""The source of a figure that only a correction has reported."""


def figure_of(name: str) -> CorrectableFigure:
    """By its id or its Chinese name. Raises UnknownName."""
    found = _BY_NAME.get(name.strip()) or _of_source(name.strip())
    if found is None:
        known = tuple(figure.id for figure in FIGURES)
        raise UnknownName(Message("没有数据项“{field}”。可用：{fields}。", {"field": name[:40], "fields": known}))
    return found


def _of_source(name: str) -> CorrectableFigure | None:
    """The money of any source by the id of its column: funding_paid:中央财政补助."""
    found = source_of(name)
    if found is None:
        return None
    flow, source = found
    return CorrectableFigure(name, FIELDS[name].name, "source_money", flow, "money", source)


def figures_of(facts: Facts, place: str) -> tuple[CorrectableFigure, ...]:
    """The figures that may be put right at a place ("": of the whole project), those of its sources of money last."""
    known = () if place else get_args(FundingSource)
    sources = [each for each in facts.sources if each not in known]
    if any(row.source == "" and (row.place or "") == place for row in facts.source_money):
        sources.append("")
    made = (_of_source(source_field(flow, source)) for source in sources for flow in FLOWS)
    own = (figure for figure in FIGURES if not place or figure.part != "funding")
    return (*own, *(figure for figure in made if figure is not None))


def value_of(facts: Facts, place: str, figure: CorrectableFigure) -> Value:
    """The figure as it is; None: not reported. Raises UnknownName where there is no such row."""
    return cast(Value, getattr(_owner(facts, place, figure), figure.attribute))


def corrected(facts: Facts, place: str, figure: CorrectableFigure, text: str) -> Facts:
    """The facts with this figure as `text` says it, and the text as its raw cell.

    `place` is "" for the figures of the whole project; a blank text takes back what need not be reported.
    Raises UnknownName where there is no such row, InputError for a text that is no such value.
    """
    owner = _owner(facts, place, figure)
    value = read_value(text, figure)
    part = _PARTS[type(owner)]
    needed = part in ("spend", "renovation", "budget_groups") or (part, figure.attribute) in _NEEDED
    if value is None and needed:
        raise refused(Message("“{field}”不能为空。", {"field": figure.name}))
    _refuse_a_sum(facts, place, figure, value)
    raw = f"{figure.attribute}_raw"
    fixed: dict[str, Any] = {figure.attribute: value}
    if raw in {each.name for each in fields(owner)}:
        fixed[raw] = text.strip()
    new = replace(owner, **fixed)
    rows: Sequence[Row] = getattr(facts, part)
    kept = tuple(new if row == owner else row for row in rows)
    changed: dict[str, Any] = {part: kept if owner in rows else (*rows, new)}
    return replace(facts, **changed)


_PARTS: Mapping[type, str] = {
    SpendLine: "spend", RenovationLine: "renovation", Delivery: "deliveries", Funding: "funding",
    BudgetGroup: "budget_groups", SourceMoney: "source_money",
}  # fmt: skip
"""The part of facts that a row is of."""
_NEEDED = (("funding", "planned"),)


def _refuse_a_sum(facts: Facts, place: str, figure: CorrectableFigure, value: Value) -> None:
    """Refuse to put right what the places' figures add up to: theirs are to be put right. Raises InputError."""
    if figure.funding is None or (place and figure.part != "funding"):
        return
    added, _ = FactsByPlace(facts, None).of_places(cast(Flow, figure.attribute), figure.funding)
    if added is not None and added != value:
        params = {"field": figure.name, "sum": numbers.money(added)}
        raise refused(Message("“{field}”由各街镇的数相加得出（{sum}万元）。请更正街镇的数。", params))


def refused(message: Message) -> InputError:
    """One sentence about an entry that was not taken over."""
    return InputError(message, ())


def _owner(facts: Facts, place: str, figure: CorrectableFigure) -> Row:
    """The row that has the figure. A place that has reported nothing of its work may begin to."""
    found: Row | None
    if figure.funding is not None:
        found = _money_of(facts, place, figure)
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


def _money_of(facts: Facts, place: str, figure: CorrectableFigure) -> Funding | SourceMoney | None:
    """The row of a source's money. A source that is known may begin to be reported, in all or by a place."""
    source = figure.funding or ""
    if not place or figure.part == "funding":
        plan = next((each for each in facts.funding if each.source == source), None)
        if plan is not None or figure.part == "funding":
            return plan
    rows = (row for row in facts.source_money if (row.source, row.place or "") == (source, place))
    found = next(rows, None)
    if found is None and (source in facts.sources or not source) and (not place or place in facts.places):
        return SourceMoney(place or None, source, facts.sources.get(source, ""), CORRECTED)
    return found


def _group(facts: Facts, place: str) -> BudgetGroup | None:
    """The approved amount that covers the place; without a place the only one."""
    if not place:
        return facts.budget_groups[0] if len(facts.budget_groups) == 1 else None
    return next((group for group in facts.budget_groups if place in group.places), None)


def read_value(text: str, figure: CorrectableFigure) -> Value:
    """The figure that a text says; None: a blank one. Raises InputError."""
    if not text.strip():
        return None
    reader = {
        "money": cells.money, "change": cells.maybe_decimal, "area": cells.area, "count": cells.count, "share": _share,
    }[figure.kind]  # fmt: skip
    value = reader(text)
    if isinstance(value, Message):
        raise refused(Message("“{field}”：{problem}", {"field": figure.name, "problem": value}))
    return value


def _share(text: str) -> Decimal | Message:
    """60%, or 0.6."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain.endswith("%"):
        return cells.share(plain)
    value = cells.number(plain[:-1], 4)
    if value is None or not 0 <= value <= 100:
        return Message("应为0%到100%之间的比例，读到“{cell}”。", {"cell": text})
    return value / 100
