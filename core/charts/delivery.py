"""What is reported of the work: physical progress against payment, communities done, funds arrived by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from core.charts.bars import Bar, Line, draw, longest_first, multiples, share_for
from core.charts.frame import MONEY, SCENARIO_BAND, SIDE, TIME, Look
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import count, money, percent, pp


def physical(places: Sequence[Measure], whole: Measure, paid_rate: Measure, look: Look) -> go.Figure:
    """Physical progress of each street, the project's as a line; the finding is how far payment is from it."""
    done, paid = whole.number, paid_rate.number
    title = Message("形象进度")
    if done is not None and paid is not None:
        params = {"done": percent(done), "paid": percent(paid), "gap": pp(paid - done)}
        title = Message("形象进度{done},支付占概算{paid},相差{gap}个百分点", params)
    basis = (
        Message("街镇填报;全项目按户数分摊的概算加权,不按支付数加权")
        if whole.is_estimate
        else Message("街镇填报;全项目按批复数加权,不按支付数加权")
    )
    left = look.names_room([m.place or "" for m in places])
    draft = look.draft(title, word("%"), basis, SCENARIO_BAND if whole.is_estimate else None, left=left)
    colours = look.colours
    found = [m.place or "" for m in places]
    bars = longest_first(
        [
            Bar(look.name(place), m.number, percent(m.number), colours[place], place, opacity=strength)
            for place, m, strength in zip(found, places, look.strength(found), strict=True)
        ]
    )
    lines = [] if done is None else [Line(done, look.say(Message("全项目{rate}", {"rate": percent(done)})))]
    draw(draft, bars, lines=lines, label_share=share_for([bar.label for bar in bars], look.plot(left)))
    return draft.figure()


def communities(
    groups: Sequence[tuple[str, Sequence[Measure]]], finished: tuple[Measure, Measure] | None, look: Look
) -> go.Figure:
    """How many of the planned communities have started, are finished, are accepted: streets side by side.

    `groups`: a name and the rates of the streets; `finished`: the project's number and its planned one.
    """
    title = Message("各街镇的开工、完工和验收")
    if finished is not None and finished[0].number is not None:
        done, planned = (count(m.number) for m in finished)
        title = Message("{planned}个计划小区中已完工{done}个", {"planned": planned, "done": done})
    places = [m.place or "" for m in groups[0][1]]
    left = look.names_room(places)
    draft = look.draft(title, word("%"), Message("街镇填报的小区数÷计划小区数;虚线为全部计划小区"), left=left, above=12)
    columns = 1 if look.narrow else len(groups)
    parts: list[tuple[str, list[Bar], list[Line]]] = [
        (
            look.say(name),
            [
                Bar(
                    look.name(m.place or ""), m.number, _of(m), look.colours[m.place or ""], m.place, opacity=strength
                )
                for m, strength in zip(rates, look.strength(places), strict=True)
            ],
            # All of them on one scale: the plan is where each rate ends.
            [Line(Decimal(1), "")],
        )
        for name, rates in groups
    ]  # fmt: skip
    plot = look.plot(left)
    room = 0.0 if columns == 1 else left / max(plot, 1)
    each = plot * (1 - room * (columns - 1)) / columns
    multiples(
        draft, parts, columns=columns, room=room, names_room=left - SIDE, title_room=each + left - SIDE,
        label_share=share_for([bar.label for _, bars, _ in parts for bar in bars], each),
    )  # fmt: skip
    return draft.figure()


def _of(rate: Measure) -> str:
    """5/9: the numbers behind a rate, which are few enough to be read."""
    return percent(rate.number) if rate.numerator is None else f"{count(rate.numerator)}/{count(rate.denominator)}"


def arrivals(rates: Sequence[Measure], total: Measure, names: Mapping[str, str], look: Look) -> go.Figure:
    """How much of the plan of each source has arrived. `names`: basis (bond, budget) -> the source's name."""
    whole = total.number
    title = (
        Message("资金到位{arrived}万元,占计划{rate}", {"arrived": money(total.numerator), "rate": percent(whole)})
        if whole is not None
        else Message("各来源资金的到位")
    )
    shown = [names[m.basis or ""] for m in rates]
    left = look.names_room(shown)
    draft = look.draft(title, word("%"), Message("至数据截止日的到位资金÷计划资金,按来源"), left=left)
    bars = [
        Bar(
            look.name(name),
            m.number,
            percent(m.number) if m.numerator is None else f"{percent(m.number)} ({money(m.numerator)})",
            MONEY if m.basis != "budget" else TIME,
        )
        for name, m in zip(shown, rates, strict=True)
    ]
    draw(draft, bars, thick=0.46, label_share=share_for([bar.label for bar in bars], look.plot(left)))
    return draft.figure()
