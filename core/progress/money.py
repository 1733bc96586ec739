"""Budget use: the estimate, what is paid of it, of each source of money, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.model.project import FundingSource
from core.progress.arithmetic import Number, exact, minus, over
from core.progress.book import PAID, Book, joined, money, percent
from core.text import numbers, word

SOURCES: tuple[FundingSource, ...] = ("bond", "budget")
_PLANNED = {"bond": word("专项债计划资金"), "budget": word("财政预算计划资金")}
_PAID = {"bond": word("专项债已支付"), "budget": word("财政预算资金已支付")}
_RATE = {"bond": word("专项债支付占计划"), "budget": word("财政预算资金支付占计划")}
_REMAINING = {"bond": word("专项债未支付"), "budget": word("财政预算资金未支付")}


def measures(book: Book) -> Iterator[Measure]:
    """Estimate, funding, reported score, paid_rate by basis, remaining, share_of_estimate."""
    yield _estimate(book)
    yield from _funding(book)
    yield _reported_score(book)
    yield from _rates(book)
    yield from _remaining(book)
    yield from _shares(book)


def _estimate(book: Book) -> Measure:
    groups = book.facts.budget_groups
    formula = Message("{groups}笔批复概算相加,合并单元格只算一次", {"groups": len(groups)})
    return book.measure("estimate", word("概算"), book.estimate, "万元", book.estimate_source, formula)


def _funding(book: Book) -> Iterator[Measure]:
    for source in SOURCES:
        funding = book.funding(source)
        section = funding.section if funding else book.facts.project.source
        planned, paid = (funding.planned, funding.paid) if funding else (None, None)
        yield book.measure("funding_planned", _PLANNED[source], planned, "万元", section, basis=source)
        yield book.measure("funding_paid", _PAID[source], paid, "万元", section, basis=source)


def _reported_score(book: Book) -> Measure:
    claim = book.facts.claim("reported_score")
    value, source = (claim.value, claim.source) if claim else (None, book.facts.project.source)
    return book.measure("reported_score", word("报告得分"), value, word("分"), source, Message("取自报告"))


def _rates(book: Book) -> Iterator[Measure]:
    paid = book.amount(PAID)
    yield book.quotient(
        "paid_rate",
        word("累计支付占概算"),
        (paid, book.estimate),
        RATIO,
        joined([book.source(PAID), book.estimate_source]),
        Message("累计支付{paid}万元 ÷ 概算{estimate}万元", {"paid": money(paid), "estimate": money(book.estimate)}),
        basis="estimate",
    )
    for source in SOURCES:
        funding = book.funding(source)
        used, planned = (funding.paid, funding.planned) if funding else (None, None)
        yield book.quotient(
            "paid_rate",
            _RATE[source],
            (used, planned),
            RATIO,
            funding.section if funding else book.facts.project.source,
            Message("已支付{paid}万元 ÷ 计划资金{planned}万元", {"paid": money(used), "planned": money(planned)}),
            basis=source,
        )
    yield _rate_of_arrived(book)


def _rate_of_arrived(book: Book) -> Measure:
    """Paid against funds arrived: as reported by every source, else as a stated utilisation implies.

    A utilisation (使用率 = 支付 ÷ 到位) says how much had arrived only if it is believed: scenario `arrived_claimed`.
    It speaks of the special bond where there is one, else of all that is paid.
    """
    name, unit, basis = "paid_rate", RATIO, "arrived"
    title = word("累计支付占到位资金")
    arrived, stands = book.arrived()
    if arrived is not None:
        paid = book.amount(PAID)
        source = joined([book.source(PAID), stands])
        formula = Message("累计支付{paid}万元 ÷ 到位{arrived}万元", {"paid": money(paid), "arrived": money(arrived)})
        return book.quotient(name, title, (paid, arrived), unit, source, formula, basis=basis)
    bond, claim = book.funding("bond"), book.facts.claim("utilisation")
    used = bond.paid if bond else book.amount(PAID)
    implied = over(used, claim.value if claim else None)
    formula = Message(
        "已支付{paid}万元 ÷ 到位{arrived}万元;到位数报告未列,由“使用率{rate}”推算",
        {"paid": money(used), "arrived": money(implied), "rate": numbers.percent(claim.value if claim else None)},
    )
    source = claim.source if claim else book.facts.project.source
    scenario = "arrived_claimed" if claim else None
    return book.quotient(name, title, (used, implied), unit, source, formula, basis=basis, scenario=scenario)


def _remaining(book: Book) -> Iterator[Measure]:
    rows: list[tuple[str, str, Number | None, Number | None, str]] = [
        (
            "estimate",
            word("未支付"),
            book.estimate,
            book.amount(PAID),
            joined([book.estimate_source, book.source(PAID)]),
        )
    ]
    for source in SOURCES:
        funding = book.funding(source)
        planned, paid = (funding.planned, funding.paid) if funding else (None, None)
        rows.append((source, _REMAINING[source], planned, paid, funding.section if funding else ""))
    for basis, title, whole, used, stands in rows:
        formula = Message("{whole}万元 - 已支付{paid}万元", {"whole": money(whole), "paid": money(used)})
        source_text = stands or book.facts.project.source
        # Two amounts as printed: their difference is one too, exact.
        left = exact(minus(whole, used))
        yield book.measure("remaining", title, left, "万元", source_text, formula, basis=basis)


def _share_formula(book: Book, place: str) -> Message:
    known = {"place": place, "paid": money(book.amount(PAID, place)), "estimate": money(book.estimate)}
    if book.facts.divided:
        return Message("{place}累计支付{paid}万元 ÷ 全项目概算{estimate}万元", known)
    return Message("{place}累计支付{paid}万元 ÷ 全项目概算{estimate}万元(概算未分解到街镇)", known)


def _shares(book: Book) -> Iterator[Measure]:
    """The parts of the one estimate: exact, where a place's own rate of use does not exist."""
    for place in book.places:
        paid = book.amount(PAID, place)
        yield book.quotient(
            "share_of_estimate",
            word("占概算"),
            (paid, book.estimate),
            RATIO,
            joined([book.source(PAID, place), book.estimate_source]),
            _share_formula(book, place),
            place=place,
            basis="estimate",
        )
    left = minus(book.estimate, book.amount(PAID))
    yield book.quotient(
        "share_of_estimate",
        word("未支付占概算"),
        (left, book.estimate),
        RATIO,
        joined([book.estimate_source, book.source(PAID)]),
        Message(
            "未支付{left}万元 ÷ 概算{estimate}万元 = {share}",
            {"left": money(left), "estimate": money(book.estimate), "share": percent(over(left, book.estimate))},
        ),
        basis="estimate",
    )
