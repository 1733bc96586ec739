"""What a project reports beside its two tables: funds arrived, communities done, physical progress, satisfaction.

All of it is optional. What nobody reports has no measure; a total that needs every place is None until the last of them
reports, and its formula names those that do not. Earned value: EV = estimate × physical progress, CPI = EV ÷ paid,
SPI = EV ÷ planned value, EAC = estimate ÷ CPI.

Physical progress of the project is weighted by what each place is to cost, never by what is paid there (that would make
fast spending look like fast building): its own approved amount, or its part of a shared one by households
(`allocated:household`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.model.project import Delivery, FundingSource
from core.progress import outcome
from core.progress.allocation import allocated
from core.progress.arithmetic import Number, over, sum_of, times
from core.progress.book import COMMUNITIES, HOUSEHOLDS, KEYS, PAID, Book, joined, money, percent
from core.progress.schedule import pace
from core.text import numbers, word

_HOUSEHOLD = next(key for key in KEYS if key.basis == "household")
_ARRIVED: Mapping[FundingSource | None, str] = {
    "bond": word("专项债到位资金"),
    "budget": word("财政预算到位资金"),
    None: word("到位资金合计"),
}
_ARRIVAL_RATE: Mapping[FundingSource | None, str] = {
    "bond": word("专项债到位率"),
    "budget": word("财政预算资金到位率"),
    None: word("资金到位率"),
}


@dataclass(frozen=True)
class _Count:
    """A number of communities that places report."""

    id: str
    name: str
    rate: str
    rate_name: str
    of: Callable[[Delivery], int | None]


_COUNTS = (
    _Count("communities_started", word("已开工小区"), "start_rate", word("开工率"), lambda each: each.started),
    _Count("communities_finished", word("已完工小区"), "completion_rate", word("完工率"), lambda each: each.finished),
    _Count("communities_accepted", word("已验收小区"), "acceptance_rate", word("验收率"), lambda each: each.accepted),
)


def measures(book: Book) -> Iterator[Measure]:
    """Arrivals by source, communities by state, physical progress and earned value, satisfaction: what is reported."""
    yield from _arrivals(book)
    for count in _COUNTS:
        yield from _communities(book, count)
    yield from _stage(book)
    yield from outcome.measures(book)
    if any(each.physical is not None for each in book.facts.deliveries):
        physical = _physical(book)
        yield physical
        yield from _physical_of_places(book)
        yield from _earned(book, physical)
    yield from _satisfaction(book)


def _arrivals(book: Book) -> Iterator[Measure]:
    """funding_arrived and arrival_rate of each source, then of all (basis `funding`)."""
    sources = book.funding_sources
    if all(book.arrived(source)[0] is None for source in sources):
        return
    for source in (*sources, None):
        arrived, stands = book.arrived(source)
        plans = [each for each in book.facts.funding if source in (None, each.source)]
        planned = sum_of(each.planned for each in plans) if plans else None
        basis = source or "funding"
        formula = (
            Message("至数据截止日到位的各笔相加")
            if arrived is not None
            else Message("{names}的到位数未填报", {"names": _silent_sources(book, source)})
        )
        yield book.measure("funding_arrived", _ARRIVED[source], arrived, "万元", stands, formula, basis=basis)
        yield book.quotient(
            "arrival_rate",
            _ARRIVAL_RATE[source],
            (arrived, planned),
            RATIO,
            joined([stands, *(each.section for each in plans)]),
            Message(
                "到位{arrived}万元 ÷ 计划资金{planned}万元", {"arrived": money(arrived), "planned": money(planned)}
            ),
            basis=basis,
        )


def _silent_sources(book: Book, source: FundingSource | None) -> tuple[str, ...]:
    names: Mapping[FundingSource, str] = {"bond": word("专项债"), "budget": word("财政预算资金")}
    asked = (source,) if source else book.funding_sources
    return tuple(names[each] for each in asked if book.arrived(each)[0] is None)


def _communities(book: Book, count: _Count) -> Iterator[Measure]:
    """How many communities have got so far, and their part of those planned: of the project, then of each place."""
    found = {each.place: number for each in book.facts.deliveries if (number := count.of(each)) is not None}
    if not found:
        return
    silent = tuple(place for place in book.places if place not in found)
    for place in (None, *book.places):
        number = found.get(place) if place else None if silent else sum(found.values())
        done = None if number is None else Decimal(number)
        planned, stands = book.amount(COMMUNITIES, place), outcome.stands(book, place, found)
        params: dict[str, object] = {"name": count.name, "done": numbers.count(done), "planned": numbers.count(planned)}
        missing = Message("{places}未填报{name}", {"places": silent if place is None else (place,), "name": count.name})
        source = joined([stands, book.source(COMMUNITIES, place)])
        summed = Message("{places}个街镇填报数相加", {"places": len(found)}) if place is None else None
        yield book.measure(
            count.id, count.name, done, word("个"), stands, missing if done is None else summed, place=place
        )
        formula = missing if done is None else Message("{name}{done}个 ÷ 计划小区{planned}个", params)
        operands = done, planned
        yield book.quotient(
            count.rate, count.rate_name, operands, RATIO, source, formula, basis="community", place=place
        )


def _stage(book: Book) -> Iterator[Measure]:
    """stage_done and stage_target: by the target that is reported, or by the whole plan once its time is over."""
    if any(each.stage_target is not None for each in book.facts.deliveries):
        yield outcome.total(book, "stage_done", word("阶段完成量"), word("个"), lambda each: each.finished)
        yield outcome.total(book, "stage_target", word("阶段目标量"), word("个"), lambda each: each.stage_target)
        return
    finished, planned = _total_finished(book), book.amount(COMMUNITIES)
    if finished is None or planned is None or book.baseline is None or book.facts.as_of < book.baseline.end:
        return
    reported = [each.place for each in book.facts.deliveries]
    formula = Message("计划工期已满,阶段目标即全部计划小区")
    yield book.measure(
        "stage_done",
        word("阶段完成量"),
        Decimal(finished),
        word("个"),
        outcome.stands(book, None, reported),
        Message("已完工小区"),
        scenario=book.scenario,
    )
    source = book.source(COMMUNITIES)
    yield book.measure("stage_target", word("阶段目标量"), planned, word("个"), source, formula, scenario=book.scenario)


def _total_finished(book: Book) -> int | None:
    total = 0
    for place in book.places:
        report = book.delivery(place)
        if report is None or report.finished is None:
            return None
        total += report.finished
    return total if book.places else None


def _physical_of_places(book: Book) -> Iterator[Measure]:
    for place in book.places:
        report = book.delivery(place)
        value = report.physical if report else None
        yield book.measure(
            "physical_progress", word("形象进度"), value, RATIO, outcome.stands(book, place, [place]), place=place
        )


def _physical(book: Book) -> Measure:
    """Of the project: weighted by what each place is to cost; None until every place reports."""
    reports = {place: report.physical for place in book.places if (report := book.delivery(place)) is not None}
    silent = tuple(place for place in book.places if reports.get(place) is None)
    parts = {place: allocated(book, _HOUSEHOLD, place) for place in book.places}
    own = all(len(group.places) == 1 for group in book.facts.budget_groups)
    noun, unit, stands = word("批复数"), word("万元"), book.estimate_source
    if not own:
        noun, stands = word("户数分摊的概算"), joined([book.estimate_source, book.source(HOUSEHOLDS)])
    if any(part is None for part in parts.values()):
        # No estimate to be shared out: the homes themselves are the weights.
        own, noun, unit, stands = False, word("户数"), word("户"), book.source(HOUSEHOLDS)
        parts = {place: times(book.amount(HOUSEHOLDS, place)) for place in book.places}
    done, whole = _sum([times(part, reports.get(place)) for place, part in parts.items()]), _sum([*parts.values()])
    weighted = Message(
        "各街镇形象进度按{noun}加权:{done}{unit} ÷ {whole}{unit}",
        {"noun": noun, "done": money(done), "whole": money(whole), "unit": unit},
    )
    return book.quotient(
        "physical_progress",
        word("形象进度"),
        (done, whole),
        RATIO,
        joined([outcome.stands(book, None, reports), stands]),
        Message("{places}未填报形象进度", {"places": silent}) if silent else weighted,
        basis="estimate" if own else _HOUSEHOLD.basis,
        scenario=None if own else f"allocated:{_HOUSEHOLD.basis}",
    )


def _earned(book: Book, physical: Measure) -> Iterator[Measure]:
    """earned_value, cpi, spi and eac; SPI also rests on the planned time, which its formula names."""
    paid, estimate, scenario = book.amount(PAID), book.estimate, physical.scenario
    # The operands are exact where they are decimals; the rounded value is a 10⁻¹² part off at most.
    progress = over(physical.numerator, physical.denominator) or times(_number(physical))
    earned = times(estimate, progress)
    due = times(estimate, over(*_time(book)))
    source = joined([physical.source, book.estimate_source])
    with_paid = joined([source, book.source(PAID)])
    formula = Message(
        "概算{estimate}万元 × 形象进度{progress}", {"estimate": money(estimate), "progress": percent(progress)}
    )
    title = word("已完成工作量(EV)")
    yield book.measure("earned_value", title, earned, "万元", source, formula, scenario=scenario)
    formula = Message("已完成工作量{earned}万元 ÷ 累计支付{paid}万元", {"earned": money(earned), "paid": money(paid)})
    cost = over(earned, paid)
    title = word("费用绩效指数(CPI)")
    yield book.quotient("cpi", title, (earned, paid), "", with_paid, formula, scenario=scenario)
    baseline = book.baseline
    formula = Message(
        "已完成工作量{earned}万元 ÷ 按工期应支付{due}万元(计划工期{start}至{end})",
        {
            "earned": money(earned),
            "due": money(due),
            "start": baseline.start if baseline else numbers.MISSING,
            "end": baseline.end if baseline else numbers.MISSING,
        },
    )
    title = word("进度绩效指数(SPI)")
    planned = baseline.source if baseline else ""
    yield book.quotient(
        "spi", title, (earned, due), "", joined([source, planned]), formula, scenario=scenario or book.scenario
    )
    formula = Message(
        "概算{estimate}万元 ÷ CPI {cost};按此前的费用绩效做完的总支付",
        {"estimate": money(estimate), "cost": numbers.decimal(_decimal(cost), 3)},
    )
    title = word("完工估算(EAC)")
    yield book.quotient("eac", title, (estimate, cost), "万元", with_paid, formula, scenario=scenario)


def _satisfaction(book: Book) -> Iterator[Measure]:
    """satisfaction of the project (the places that asked, weighted by valid answers) and of each place; surveyed."""
    asked = {each.place: each for each in book.facts.deliveries if each.satisfaction is not None}
    if not asked:
        return
    uncounted = tuple(place for place, each in asked.items() if each.surveyed is None)
    pleased = _sum([times(each.satisfaction, each.surveyed) for each in asked.values()])
    answers = _sum([times(each.surveyed) for each in asked.values()])
    stands = outcome.stands(book, None, asked)
    weighted = Message(
        "{places}个街镇的满意度按有效问卷{answers}份加权",
        {"places": len(asked), "answers": numbers.count(_decimal(answers))},
    )
    yield book.quotient(
        "satisfaction",
        word("满意度"),
        (pleased, answers),
        RATIO,
        stands,
        Message("{places}未填报有效问卷数,不能加权", {"places": uncounted}) if uncounted else weighted,
        basis="answers",
    )
    for place in book.places:
        report = asked.get(place)
        yield book.measure(
            "satisfaction",
            word("满意度"),
            report.satisfaction if report else None,
            RATIO,
            outcome.stands(book, place, asked),
            basis="answers",
            place=place,
        )
    formula = Message("{places}个街镇填报数相加", {"places": len(asked)})
    yield book.measure("surveyed", word("有效问卷"), _decimal(answers), word("份"), stands, formula)


def _time(book: Book) -> tuple[int | None, int | None]:
    time = pace(book.baseline, book.facts.as_of)
    return time.days_passed, time.days_total


def _sum(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(parts) else None


def _number(m: Measure) -> Decimal | None:
    return m.value if isinstance(m.value, Decimal) else None


def _decimal(value: Number | None) -> Decimal | None:
    """For printing."""
    return None if value is None else Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
