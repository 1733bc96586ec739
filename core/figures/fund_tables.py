"""资金明细表 with the estimate as the report has it, 资金来源 and 口径: the tables of 资金使用."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from core.errors import Message
from core.figures.measured_table import MeasuredColumn, MeasuredTable, column, laid_out, source
from core.figures.money import KEYS, denominators, highest_and_lowest
from core.figures.streets import rates, share
from core.figures.table import RowTable, TableCell, TableColumn, TableRow
from core.model.measure import Measure, Measures
from core.model.project import BudgetGroup, Facts
from core.progress import quotient
from core.text import word
from core.text.amounts import Amount, cell, exact, unit_of_amounts
from core.text.numbers import MISSING, percent


def fund_table(facts: Facts, m: Measures, key: str | None = None) -> MeasuredTable | None:
    """资金明细表: the estimate (one cell over the streets that it was never divided among), what was paid, what of it.

    None where no street reports any money. `key`: the one key that the estimate is shared out by; None: all of them.
    """
    spent = [
        column(m, "invested", None, TableColumn(word("已投资"), unit_of_amounts()), cell),
        column(m, "paid", None, TableColumn(word("累计支付"), unit_of_amounts()), cell),
    ]
    if not any(spent):
        return None
    whole = m.one("paid_rate", None, "estimate")
    use = rates(facts, m, key)
    if use is not None:
        use = replace(use, column=replace(use.column, wide=True), cell=_with_whole(use, whole))
    found = [each for each in (_estimate(facts, m), *spent, share(m), use) if each is not None]
    return laid_out("funds", _finding(facts, m), facts, found)


def _finding(facts: Facts, m: Measures) -> Message:
    if not facts.budget_groups:
        return Message("资金明细表：概算未填报，不能算占比")
    if not facts.divided:
        return Message("资金明细表：概算未分解，各街镇只有占概算的比例是确定的")
    own = highest_and_lowest([x for x in m.each("allocated_rate", KEYS[0]) if x.number is not None])
    return Message("资金明细表：{finding}", {"finding": own})


def _with_whole(use: MeasuredColumn, whole: Measure) -> Callable[[str | None], TableCell]:
    def at(place: str | None) -> TableCell:
        return use.cell(place) if place is not None else TableCell(percent(whole.number), source=source(whole))

    return at


def _estimate(facts: Facts, m: Measures) -> MeasuredColumn | None:
    """The approved amounts; one that is of several streets stands once, over the rows that follow each other."""
    whole = m.one("estimate")
    if whole.number is None:
        return None
    groups = {place: tuple(each for each in facts.budget_groups if place in each.places) for place in facts.places}
    cells: dict[str, TableCell] = {}
    begun: dict[str, str] = {}
    for of_run, run in groupby(facts.places, key=lambda place: groups[place]):
        run_places = list(run)
        if all(len(each.places) == 1 for each in of_run):
            cells |= {place: _own(groups[place]) for place in run_places}
        else:
            first, *others = run_places
            cells[first] = _shared(of_run, len(run_places), begun, first)
            cells |= {place: TableCell(rows=0) for place in others}
    undivided = any(len(each.places) > 1 for each in facts.budget_groups)
    note = word("一笔概算，未分解到街镇") if undivided and len(facts.budget_groups) == 1 else ""
    foot = TableCell(cell(whole.number), note=note, source=source(whole))
    places = tuple(x for x in m.each("estimate") if x.number is not None)
    return MeasuredColumn(
        TableColumn(word("概算"), unit_of_amounts()),
        lambda place: foot if place is None else cells[place],
        (whole, *places),
    )


def _own(groups: tuple[BudgetGroup, ...]) -> TableCell:
    """Amounts of one street alone."""
    if not groups:
        return TableCell(MISSING)
    stands = Message("来源：{source}", {"source": groups[0].source})
    return TableCell(cell(sum((each.amount for each in groups), Decimal(0))), source=stands)


def _shared(groups: tuple[BudgetGroup, ...], rows: int, begun: dict[str, str], place: str) -> TableCell:
    """Amounts of several streets together, over so many rows; they are printed where they begin, and nowhere else."""
    stands = Message("来源：{source}", {"source": groups[0].source})
    before = next((begun[each.id] for each in groups if each.id in begun), None)
    for each in groups:
        begun.setdefault(each.id, place)
    if before is not None:
        return TableCell(MISSING, rows=rows, note=Message("已列在{place}", {"place": before}), source=stands)
    amount = cell(sum((each.amount for each in groups), Decimal(0)))
    return TableCell(amount, rows=rows, note=word("一笔概算，未分解到街镇"), source=stands)


def source_table(facts: Facts, m: Measures) -> MeasuredTable | None:
    """资金来源: a row a source, its payments as a bar in a track as long as its plan. None: no source is known."""
    names = facts.sources
    if not names:
        return None
    planned, paid, left, parts = (
        {name: m.one(id_, None, name) for name in names}
        for id_ in ("funding_planned", "funding_paid", "remaining", "paid_rate")
    )
    come, reached = (
        {x.basis: x for x in m.all if x.id == id_ and x.place is None and x.basis in names}
        for id_ in ("funding_arrived", "arrival_rate")
    )
    most = max((x.number for x in (*planned.values(), *paid.values()) if x.number is not None), default=None)

    def amount(x: Measure | None) -> TableCell:
        return TableCell(MISSING) if x is None else TableCell(cell(x.number), source=source(x))

    def rate(x: Measure | None) -> TableCell:
        return TableCell(MISSING) if x is None else TableCell(percent(x.number), source=source(x))

    def bar(name: str) -> TableCell:
        done, plan = quotient(paid[name].number, most), quotient(planned[name].number, most)
        return replace(amount(paid[name]), bar=None if done is None else max(done, Decimal(0)), track=plan)

    unit = unit_of_amounts()
    arrived = (TableColumn(word("到位"), unit), TableColumn(word("到位率"))) if come else ()
    columns = (
        TableColumn(word("计划"), unit),
        *arrived,
        TableColumn(word("已支付"), unit, wide=not come),
        TableColumn(word("未付"), unit),
        TableColumn(word("已付占计划")),
    )
    rows = tuple(
        TableRow(
            called,
            (
                amount(planned[name]), *((amount(come.get(name)), rate(reached.get(name))) if come else ()), bar(name),
                amount(left[name]), rate(parts[name]),
            ),
        )
        for name, called in names.items()
    )  # fmt: skip
    behind = (*planned.values(), *come.values(), *reached.values(), *paid.values(), *left.values(), *parts.values())
    return MeasuredTable(
        RowTable("sources", source_finding(names, paid, left), word("来源"), columns, rows, None), behind
    )


def arrived_note(m: Measures) -> Message | None:
    """How much of the plan has arrived in all; None where that is not reported."""
    total = next((x for x in m.all if (x.id, x.place, x.basis) == ("arrival_rate", None, "funding")), None)
    if total is None or total.number is None:
        return None
    params = {"arrived": exact(total.numerator), "rate": percent(total.number)}
    return Message("资金到位{arrived}，占计划{rate}", params)


def source_finding(names: Mapping[str, str], paid: Mapping[str, Measure], left: Mapping[str, Measure]) -> Message:
    """Say in words what is left to be paid from which source."""
    open_ = {name: amount for name in names if (amount := left[name].number) is not None and amount > 0}
    untouched = tuple(names[name] for name in open_ if paid[name].number == 0)
    if untouched:
        return Message("{sources}一笔未付", {"sources": untouched})
    if len(names) == sum(left[name].number is not None for name in names) and not open_:
        return Message("各来源资金均已付清")
    if not open_:
        return Message("各来源资金的计划与已支付")
    most = max(open_, key=lambda name: open_[name])
    return Message("{source}未付最多，尚有{left}", {"source": names[most], "left": Amount(open_[most])})


def basis_table(facts: Facts, m: Measures) -> MeasuredTable | None:
    """口径: a row a denominator, the highest rate first. None: there is no rate under any of them."""
    found = [(m.one("paid_rate", None, basis), name) for basis, name in denominators(facts).items()]
    known = sorted(
        ((x, name, value) for x, name in found if (value := x.number) is not None), key=lambda each: -each[2]
    )
    if not known:
        return None
    rows = tuple(
        TableRow(
            name,
            (TableCell(cell(x.denominator), source=source(x)), TableCell(percent(value), source=source(x))),
            assumed=word("由报告推算") if x.is_estimate else "",
        )
        for x, name, value in known
    )
    low, high = known[-1][2], known[0][2]
    finding = Message("口径不同，支付比例为{low}～{high}", {"low": percent(low), "high": percent(high)})
    if low == high:
        finding = Message("支付比例为{rate}", {"rate": percent(low)})
    columns = (TableColumn(word("分母"), unit_of_amounts()), TableColumn(word("支付比例")))
    return MeasuredTable(RowTable("bases", finding, word("口径"), columns, rows, None), tuple(x for x, _, _ in known))
