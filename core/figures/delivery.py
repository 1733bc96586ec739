"""Figures of reported work: physical progress against payment, communities done, funds arrived by source."""

from __future__ import annotations

from decimal import Decimal

from core.errors import Message
from core.figures.figure import (
    BarRow,
    Bars,
    Figure,
    ReferenceLine,
    SmallMultiples,
    amount,
    by_street,
    of_project,
    scenario_band,
)
from core.figures.palette import street_colours
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.text import word
from core.text.how_computed import condition
from core.text.numbers import count, percent, pp


def physical(facts: Facts, m: Measures) -> Figure:
    """Physical progress of each street, the project's as a line; the finding is how far payment is from it."""
    places, whole = m.each("physical_progress"), m.one("physical_progress")
    done, paid = whole.number, m.one("paid_rate", None, "estimate").number
    title, rule = Message("形象进度"), None
    if done is not None:
        rule = ReferenceLine(done, Message("全项目{rate}", {"rate": percent(done)}))
    if done is not None and paid is not None:
        params = {"done": percent(done), "paid": percent(paid), "gap": pp(paid - done)}
        title = Message("形象进度{done}，支付占概算{paid}，相差{gap}个百分点", params)
    return of_project(
        facts,
        "physical",
        Message("形象进度"),
        title,
        word("%"),
        Message("街镇填报；全项目按户数分摊的概算加权，不按支付数加权")
        if whole.is_estimate
        else Message("街镇填报；全项目按批复数加权，不按支付数加权"),
        Bars(Message("形象进度"), tuple(by_street(facts, places)), rule=rule),
        (word("街镇"), word("形象进度"), word("条件")),
        [(x.place or word("全项目"), percent(x.number), condition(x)) for x in (*places, whole)],
        (whole, *places),
        scenario_band([whole]),
    )


def communities(facts: Facts, m: Measures) -> Figure:
    """Communities started, finished and accepted of those planned: streets side by side."""
    kinds = {"start_rate": word("开工率"), "completion_rate": word("完工率"), "acceptance_rate": word("验收率")}
    known = {name: words for name, words in kinds.items() if m.each(name)}
    colours = street_colours(facts.places)
    finished = next((x for x in m.all if x.id == "communities_finished" and x.place is None), None)
    title = Message("各街镇的开工、完工和验收")
    if finished is not None and finished.number is not None:
        params = {"planned": count(m.one("communities").number), "done": count(finished.number)}
        title = Message("{planned}个计划小区中已完工{done}个", params)
    parts = tuple(
        Bars(
            words,
            tuple(
                BarRow(x.place or "", (amount(x, colours[x.place or ""], shown=_of(x)),)) for x in m.each(name)
            ),
            # All of them on one scale: the plan is where each rate ends.
            rule=ReferenceLine(Decimal(1), ""),
            ordered=False,
        )
        for name, words in known.items()
    )  # fmt: skip
    return of_project(
        facts,
        "communities",
        Message("小区的开工、完工和验收"),
        title,
        word("%"),
        Message("街镇填报的小区数÷计划小区数；虚线为全部计划小区"),
        SmallMultiples(parts),
        (word("街镇"), *known.values()),
        [
            (place or word("全项目"), *(_with_rate(m.one(name, place)) for name in known))
            for place in (*facts.places, None)
        ],
        [m.one(name, place) for name in known for place in (None, *facts.places)],
    )


def _of(rate: Measure) -> str:
    """5/9: the numbers behind a rate, which are few enough to be read."""
    return percent(rate.number) if rate.numerator is None else f"{count(rate.numerator)}/{count(rate.denominator)}"


def _with_rate(rate: Measure) -> str:
    return percent(rate.number) if rate.numerator is None else f"{_of(rate)} ({percent(rate.number)})"
