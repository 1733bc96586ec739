"""Reports of the places beside the two tables: funds arrived, communities done, physical progress, satisfaction.

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
from core.model.project import Delivery
from core.progress import outcome, sources
from core.progress.allocation import allocated
from core.progress.arithmetic import over, times
from core.progress.facts_by_place import (
    COMMUNITIES,
    HOUSEHOLDS,
    KEYS,
    PAID,
    FactsByPlace,
    as_amount,
    joined,
    money,
    percent,
)
from core.progress.schedule import pace
from core.text import numbers, word

_HOUSEHOLD = next(key for key in KEYS if key.basis == "household")
_ARRIVAL_RATE: Mapping[str | None, str] = {
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


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make the measures that are reported: arrivals, communities, progress, earned value, satisfaction."""
    yield from _arrivals(sums)
    for count in _COUNTS:
        yield from _communities(sums, count)
    yield from _stage(sums)
    yield from outcome.measures(sums)
    if any(each.physical is not None for each in sums.facts.deliveries):
        physical = _physical(sums)
        yield physical
        yield from _physical_of_places(sums)
        yield from _earned(sums, physical)
    yield from _satisfaction(sums)


def _arrivals(sums: FactsByPlace) -> Iterator[Measure]:
    """funding_arrived and arrival_rate of each source, then of all (basis `funding`)."""
    every = sums.funding_sources
    if all(sums.arrived(source)[0] is None for source in (*every, None)):
        return
    for source in (*every, None):
        arrived, stands = sums.arrived(source)
        planned, section = sums.of_all_sources("planned") if source is None else sums.of_source("planned", source)
        basis = source or sources.ALL
        if source is None:
            yield sources.of_all(sums, "arrived")
        else:
            formula = (
                Message("至数据截止日到位的各笔相加")
                if arrived is not None
                else Message("{names}的到位数未填报", {"names": (sums.source_name(source),)})
            )
            title = sources.called(sums, "arrived", source)
            yield sums.measure("funding_arrived", title, arrived, "万元", stands, formula, basis=basis)
        yield sums.quotient(
            "arrival_rate",
            _ARRIVAL_RATE.get(source) or f"{sums.source_name(basis)}到位率",
            (arrived, planned),
            RATIO,
            joined([stands, section]),
            Message(
                "到位{arrived} ÷ 计划资金{planned}", {"arrived": as_amount(arrived), "planned": as_amount(planned)}
            ),
            basis=basis,
        )


def _communities(sums: FactsByPlace, count: _Count) -> Iterator[Measure]:
    """Count the communities that have got so far, and their part of those planned: the project, then each place."""
    if all(count.of(each) is None for each in sums.facts.deliveries):
        return
    for place in (None, *sums.places):
        done = outcome.total(sums, count.id, count.name, word("个"), count.of, place)
        yield done
        planned = sums.amount(COMMUNITIES, place)
        params = {"name": count.name, "done": numbers.count(done.number), "planned": numbers.count(planned)}
        yield sums.quotient(
            count.rate,
            count.rate_name,
            (done.number, planned),
            RATIO,
            joined([done.source, sums.source(COMMUNITIES, place)]),
            outcome.or_silent(done, Message("{name}{done}个 ÷ 计划小区{planned}个", params)),
            basis="community",
            place=place,
        )


def _stage(sums: FactsByPlace) -> Iterator[Measure]:
    """stage_done and stage_target: by the target that is reported, or by the whole plan once its time is over."""
    if any(each.stage_target is not None for each in sums.facts.deliveries):
        yield outcome.total(sums, "stage_done", word("阶段完成量"), word("个"), lambda each: each.finished)
        yield outcome.total(sums, "stage_target", word("阶段目标量"), word("个"), lambda each: each.stage_target)
        return
    finished = outcome.total(sums, "stage_done", word("阶段完成量"), word("个"), lambda each: each.finished).number
    planned = sums.amount(COMMUNITIES)
    if finished is None or planned is None or sums.baseline is None or sums.facts.as_of < sums.baseline.end:
        return
    reported = [each.place for each in sums.facts.deliveries]
    formula = Message("计划工期已满，阶段目标即全部计划小区")
    yield sums.measure(
        "stage_done",
        word("阶段完成量"),
        finished,
        word("个"),
        outcome.report_source(sums, None, reported),
        Message("已完工小区"),
        scenario=sums.scenario,
    )
    source = sums.source(COMMUNITIES)
    yield sums.measure("stage_target", word("阶段目标量"), planned, word("个"), source, formula, scenario=sums.scenario)


def _physical_of_places(sums: FactsByPlace) -> Iterator[Measure]:
    for place in sums.places:
        report = sums.delivery(place)
        value = report.physical if report else None
        yield sums.measure(
            "physical_progress",
            word("形象进度"),
            value,
            RATIO,
            outcome.report_source(sums, place, [place]),
            place=place,
        )


def _physical(sums: FactsByPlace) -> Measure:
    """Weigh the places' physical progress by their estimated cost; None until every place reports."""
    reports = {place: report.physical for place in sums.places if (report := sums.delivery(place)) is not None}
    silent = tuple(place for place in sums.places if reports.get(place) is None)
    parts = {place: allocated(sums, _HOUSEHOLD, place) for place in sums.places}
    own = all(len(group.places) == 1 for group in sums.facts.budget_groups)
    noun, unit, stands = word("批复数"), word("万元"), sums.estimate_source
    if not own:
        noun, stands = word("户数分摊的概算"), joined([sums.estimate_source, sums.source(HOUSEHOLDS)])
    if any(part is None for part in parts.values()):
        # Without an estimate to share out, the households are the weights.
        own, noun, unit, stands = False, word("户数"), word("户"), sums.source(HOUSEHOLDS)
        parts = {place: times(sums.amount(HOUSEHOLDS, place)) for place in sums.places}
    done, whole = _sum([times(part, reports.get(place)) for place, part in parts.items()]), _sum([*parts.values()])
    weighted = Message(
        "各街镇形象进度按{noun}加权：{done}{unit} ÷ {whole}{unit}",
        {"noun": noun, "done": money(done), "whole": money(whole), "unit": unit},
    )
    return sums.quotient(
        "physical_progress",
        word("形象进度"),
        (done, whole),
        RATIO,
        joined([outcome.report_source(sums, None, reports), stands]),
        Message("{places}未填报形象进度", {"places": silent}) if silent else weighted,
        basis="estimate" if own else _HOUSEHOLD.basis,
        scenario=None if own else f"allocated:{_HOUSEHOLD.basis}",
    )


def _earned(sums: FactsByPlace, physical: Measure) -> Iterator[Measure]:
    """earned_value, cpi, spi and eac; SPI also rests on the planned time, which its formula names."""
    paid, estimate, scenario = sums.amount(PAID), sums.estimate, physical.scenario
    # The operands are exact where they are decimals; the rounded value is a 10⁻¹² part off at most.
    progress = over(physical.numerator, physical.denominator) or times(physical.number)
    earned = times(estimate, progress)
    due = times(estimate, over(*_time(sums)))
    source = joined([physical.source, sums.estimate_source])
    with_paid = joined([source, sums.source(PAID)])
    formula = Message(
        "概算{estimate} × 形象进度{progress}", {"estimate": as_amount(estimate), "progress": percent(progress)}
    )
    title = word("已完成工作量（EV）")
    yield sums.measure("earned_value", title, earned, "万元", source, formula, scenario=scenario)
    formula = Message("已完成工作量{earned} ÷ 累计支付{paid}", {"earned": as_amount(earned), "paid": as_amount(paid)})
    cost = over(earned, paid)
    title = word("费用绩效指数（CPI）")
    yield sums.quotient("cpi", title, (earned, paid), "", with_paid, formula, scenario=scenario)
    baseline = sums.baseline
    formula = Message(
        "已完成工作量{earned} ÷ 按工期应支付{due}（计划工期{start}至{end}）",
        {
            "earned": as_amount(earned),
            "due": as_amount(due),
            "start": baseline.start if baseline else numbers.MISSING,
            "end": baseline.end if baseline else numbers.MISSING,
        },
    )
    title = word("进度绩效指数（SPI）")
    planned = baseline.source if baseline else ""
    yield sums.quotient(
        "spi", title, (earned, due), "", joined([source, planned]), formula, scenario=scenario or sums.scenario
    )
    formula = Message(
        "概算{estimate} ÷ CPI {cost}；按此前的费用绩效做完的总支付",
        {"estimate": as_amount(estimate), "cost": numbers.decimal(_divided(cost), 3)},
    )
    title = word("完工估算（EAC）")
    yield sums.quotient("eac", title, (estimate, cost), "万元", with_paid, formula, scenario=scenario)


def _satisfaction(sums: FactsByPlace) -> Iterator[Measure]:
    """satisfaction of the project (the places that asked, weighted by valid answers) and of each place; surveyed."""
    asked = {each.place: each for each in sums.facts.deliveries if each.satisfaction is not None}
    if not asked:
        return
    uncounted = tuple(place for place, each in asked.items() if each.surveyed is None)
    pleased = _sum([times(each.satisfaction, each.surveyed) for each in asked.values()])
    answers = _sum([times(each.surveyed) for each in asked.values()])
    stands = outcome.report_source(sums, None, asked)
    weighted = Message(
        "{places}个街镇的满意度按有效问卷{answers}份加权",
        {"places": len(asked), "answers": numbers.count(_divided(answers))},
    )
    yield sums.quotient(
        "satisfaction",
        word("满意度"),
        (pleased, answers),
        RATIO,
        stands,
        Message("{places}未填报有效问卷数，不能加权", {"places": uncounted}) if uncounted else weighted,
        basis="answers",
    )
    for place in sums.places:
        report = asked.get(place)
        yield sums.measure(
            "satisfaction",
            word("满意度"),
            report.satisfaction if report else None,
            RATIO,
            outcome.report_source(sums, place, asked),
            basis="answers",
            place=place,
        )
    formula = Message("{places}个街镇填报数相加", {"places": len(asked)})
    yield sums.measure("surveyed", word("有效问卷"), _divided(answers), word("份"), stands, formula)


def _time(sums: FactsByPlace) -> tuple[int | None, int | None]:
    time = pace(sums.baseline, sums.facts.as_of)
    return time.days_passed, time.days_total


def _sum(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(parts) else None


def _divided(value: Fraction | None) -> Decimal | None:
    return None if value is None else numbers.of_fraction(value)
