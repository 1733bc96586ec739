"""Budget use: the estimate, payments by source of money, and the remainder."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.progress import sources
from core.progress.arithmetic import Number, exact, minus, over, sum_of
from core.progress.facts_by_place import PAID, FactsByPlace, as_amount, joined, percent
from core.text import numbers, word

_RATE = {"bond": word("专项债支付占计划"), "budget": word("财政预算资金支付占计划")}
_REMAINING = {"bond": word("专项债未支付"), "budget": word("财政预算资金未支付")}


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make estimate, funding, reported score, paid_rate by basis, remaining, share_of_estimate."""
    yield _estimate(sums)
    yield from _estimates_by_place(sums)
    yield from sources.measures(sums)
    yield _reported_score(sums)
    yield from _rates(sums)
    yield from _remaining(sums)
    yield from _shares(sums)


def _estimate(sums: FactsByPlace) -> Measure:
    groups = sums.facts.budget_groups
    formula = Message("{groups}笔批复概算相加，合并单元格只算一次", {"groups": len(groups)})
    return sums.measure("estimate", word("概算"), sums.estimate, "万元", sums.estimate_source, formula)


def _estimates_by_place(sums: FactsByPlace) -> Iterator[Measure]:
    """The approved amounts that are of one place alone; nothing where all are of several together."""
    own = [group for group in sums.facts.budget_groups if len(group.places) == 1]
    for place in sums.places if own else ():
        mine = [group for group in own if group.places[0] == place]
        shared = any(place in group.places for group in sums.facts.budget_groups if group not in own)
        amount = None if shared or not mine else sum_of(group.amount for group in mine)
        stands = joined(group.source for group in mine) or sums.estimate_source
        yield sums.measure("estimate", word("概算"), amount, "万元", stands, place=place)


def _reported_score(sums: FactsByPlace) -> Measure:
    claim = sums.facts.claim("reported_score")
    value, source = (claim.value, claim.source) if claim else (None, sums.facts.project.source)
    return sums.measure("reported_score", word("报告得分"), value, word("分"), source, Message("取自报告"))


def _rates(sums: FactsByPlace) -> Iterator[Measure]:
    paid = sums.amount(PAID)
    yield sums.quotient(
        "paid_rate",
        word("累计支付占概算"),
        (paid, sums.estimate),
        RATIO,
        joined([sums.source(PAID), sums.estimate_source]),
        Message("累计支付{paid} ÷ 概算{estimate}", {"paid": as_amount(paid), "estimate": as_amount(sums.estimate)}),
        basis="estimate",
    )
    for source in sources.known(sums):
        planned, stands = sums.of_source("planned", source)
        used, _ = sums.of_source("paid", source)
        yield sums.quotient(
            "paid_rate",
            _RATE.get(source, f"{sums.source_name(source)}支付占计划"),
            (used, planned),
            RATIO,
            stands,
            Message("已支付{paid} ÷ 计划资金{planned}", {"paid": as_amount(used), "planned": as_amount(planned)}),
            basis=source,
        )
    yield _rate_of_arrived(sums)


def _rate_of_arrived(sums: FactsByPlace) -> Measure:
    """Make the rate of paid to arrived funds: as reported by every source, else as a stated utilisation implies.

    A utilisation (使用率 = 支付 ÷ 到位) says how much had arrived only if it is believed: scenario `arrived_claimed`.
    It speaks of the special bond where there is one, else of all that is paid.
    """
    name, unit, basis = "paid_rate", RATIO, "arrived"
    title = word("累计支付占到位资金")
    arrived, stands = sums.arrived()
    if arrived is not None:
        paid = sums.amount(PAID)
        source = joined([sums.source(PAID), stands])
        formula = Message("累计支付{paid} ÷ 到位{arrived}", {"paid": as_amount(paid), "arrived": as_amount(arrived)})
        return sums.quotient(name, title, (paid, arrived), unit, source, formula, basis=basis)
    bond, claim = sums.funding("bond"), sums.facts.claim("utilisation")
    used = bond.paid if bond else sums.amount(PAID)
    implied = over(used, claim.value if claim else None)
    formula = Message(
        "已支付{paid} ÷ 到位{arrived}；到位数报告未列，由“使用率{rate}”推算",
        {
            "paid": as_amount(used),
            "arrived": as_amount(implied),
            "rate": numbers.percent(claim.value if claim else None),
        },
    )
    source = claim.source if claim else sums.facts.project.source
    scenario = "arrived_claimed" if claim else None
    return sums.quotient(name, title, (used, implied), unit, source, formula, basis=basis, scenario=scenario)


def _remaining(sums: FactsByPlace) -> Iterator[Measure]:
    rows: list[tuple[str, str, Number | None, Number | None, str]] = [
        (
            "estimate",
            word("未支付"),
            sums.estimate,
            sums.amount(PAID),
            joined([sums.estimate_source, sums.source(PAID)]),
        )
    ]
    for source in sources.known(sums):
        planned, stands = sums.of_source("planned", source)
        title = _REMAINING.get(source, f"{sums.source_name(source)}未支付")
        rows.append((source, title, planned, sums.of_source("paid", source)[0], stands))
    for basis, title, whole, used, stands in rows:
        formula = Message("{whole} - 已支付{paid}", {"whole": as_amount(whole), "paid": as_amount(used)})
        source_text = stands or sums.facts.project.source
        # Two amounts as printed: their difference is one too, exact.
        left = exact(minus(whole, used))
        yield sums.measure("remaining", title, left, "万元", source_text, formula, basis=basis)


def _share_formula(sums: FactsByPlace, place: str) -> Message:
    known = {"place": place, "paid": as_amount(sums.amount(PAID, place)), "estimate": as_amount(sums.estimate)}
    if sums.facts.divided:
        return Message("{place}累计支付{paid} ÷ 全项目概算{estimate}", known)
    return Message("{place}累计支付{paid} ÷ 全项目概算{estimate}（概算未分解到街镇）", known)


def _shares(sums: FactsByPlace) -> Iterator[Measure]:
    """Make the places' shares of the one estimate: exact, where a place's own rate of use does not exist."""
    for place in sums.places:
        paid = sums.amount(PAID, place)
        yield sums.quotient(
            "share_of_estimate",
            word("占概算"),
            (paid, sums.estimate),
            RATIO,
            joined([sums.source(PAID, place), sums.estimate_source]),
            _share_formula(sums, place),
            place=place,
            basis="estimate",
        )
    left = minus(sums.estimate, sums.amount(PAID))
    yield sums.quotient(
        "share_of_estimate",
        word("未支付占概算"),
        (left, sums.estimate),
        RATIO,
        joined([sums.estimate_source, sums.source(PAID)]),
        Message(
            "未支付{left} ÷ 概算{estimate} = {share}",
            {
                "left": as_amount(left),
                "estimate": as_amount(sums.estimate),
                "share": percent(over(left, sums.estimate)),
            },
        ),
        basis="estimate",
    )
