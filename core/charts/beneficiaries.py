"""受益情况: planned scope, unit costs, intensity, homes' size, concentration. All figures are plans, not delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import plotly.graph_objects as go

from core.charts.bars import Bar, Line, draw, longest_first, multiples, share_for
from core.charts.frame import LINE, MONEY, QUIET, SIDE, SMALL_SIZE, TIME, Draft, Look, note
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import count, decimal, percent

ELSEWHERE = (Decimal(54), Decimal(109))
"""㎡ a household in other towns' projects of the kind (FACTS, trap 16): outside it is marked, not judged."""

ONE_LINE = 170
"""Pixels of a name in the small sets, whose bars lie too close together for two lines."""


def scope(groups: Sequence[tuple[str, Sequence[Measure], int]], total: Sequence[Measure], look: Look) -> go.Figure:
    """The planned scope: communities, buildings, households and area of each street, sorted, each from zero.

    `groups`: heading, the streets' measures, decimals; `total`: the project's measures in the same order.
    """
    households = next(m for m in total if m.id == "households")
    look = _taller(look)
    left = look.names_room(look.places, ONE_LINE)
    draft = look.draft(
        Message(
            "计划受益{households}户,{place}最多",
            {
                "households": count(households.number),
                "place": max(
                    (m for _, ms, _ in groups for m in ms if m.id == "households"), key=lambda m: m.number or 0
                ).place
                or "",
            },
        ),
        "",
        Message("计划改造范围,不是完成数"),
        left=left,
        above=8,
    )
    parts = []
    for (heading, measures, places), whole in zip(groups, total, strict=True):
        title = look.say(
            Message("{what} 共{total}{unit}", {"what": heading, "total": _printed(whole, places), "unit": whole.unit})
        )
        parts.append((title, _bars(measures, places, look, ONE_LINE), ()))
    _multiples(draft, parts, left, look)
    return draft.figure()


def unit_costs(groups: Sequence[tuple[str, Sequence[Measure], Measure]], look: Look) -> go.Figure:
    """Money paid a household, m², building and community of each street, with the project's own as a line.

    `groups`: heading, the streets' paid_unit_cost, the project's.
    """
    title = unit_cost_finding([ms for _, ms, _ in groups])
    look = _taller(look)
    left = look.names_room(look.places, ONE_LINE)
    draft = look.draft(
        title,
        "",
        Message("累计支付÷计划受益数;虚线为全项目。低不等于好,可能开工较晚"),
        left=left,
        above=8,
    )
    parts = []
    for heading, measures, whole in groups:
        rule = Line(whole.number or Decimal(0), "")
        words = look.say(
            Message("{what}({unit}) 全项目{value}", {"what": heading, "unit": whole.unit, "value": _printed(whole, 2)})
        )
        parts.append((words, _bars(measures, 2, look, ONE_LINE), (rule,)))
    _multiples(draft, parts, left, look)
    return draft.figure()


def unit_cost_finding(groups: Sequence[Sequence[Measure]]) -> Message:
    """Who has been paid most, whatever it is counted by; a group a kind of unit."""
    leaders = {max(ms, key=lambda m: m.number or Decimal(-1)).place for ms in groups if ms}
    if len(leaders) != 1:
        return Message("各街镇已支付单位投资")
    return Message("按{count}种单位计,{place}已支付都最高", {"count": len(groups), "place": leaders.pop() or ""})


def intensity(measures: Sequence[Measure], look: Look) -> go.Figure:
    """户均支付(全项目平均=1): a street's share of the money over its share of the households."""
    high = max(measures, key=lambda m: m.number or Decimal(-1))
    low = min(measures, key=lambda m: Decimal("Infinity") if (v := m.number) is None else v)
    title = Message(
        "户均支付:{high}为平均的{most}倍,{low}为{least}倍",
        {"high": high.place or "", "most": _printed(high, 2), "low": low.place or "", "least": _printed(low, 2)},
    )
    left = look.names_room(look.places)
    draft = look.draft(
        title,
        word("倍"),
        Message("支付占比÷户数占比,全项目平均=1。低不等于好,可能开工较晚,待说明"),
        left=left,
        above=20,
    )
    bars = longest_first(_bars(measures, 2, look))
    draw(
        draft, bars, lines=[Line(Decimal(1), look.say(word("全项目平均=1")))],
        label_share=share_for([bar.label for bar in bars], look.plot(left)),
    )  # fmt: skip
    return draft.figure()


def household_area(measures: Sequence[Measure], whole: Measure, look: Look) -> go.Figure:
    """㎡ a household; streets outside the range seen elsewhere are marked in words and by shape."""
    outside = [m for m in measures if (v := m.number) is not None and not ELSEWHERE[0] <= v <= ELSEWHERE[1]]
    title = (
        Message(
            "{count}个街镇户均面积超出其他城市同类项目的{low}–{high}㎡",
            {"count": len(outside), "low": str(ELSEWHERE[0]), "high": str(ELSEWHERE[1])},
        )
        if outside
        else Message("各街镇户均面积在其他城市同类项目的范围内")
    )
    left = look.names_room(look.places)
    draft = look.draft(
        title,
        word("㎡/户"),
        Message("计划受益面积÷计划受益户数"),
        left=left,
        above=20,
    )
    marked = {m.place for m in outside}
    flag = look.say(word("偏高,待核实"))
    flag_low = look.say(word("偏低,待核实"))
    bars = []
    for m, strength in zip(measures, look.strength([m.place or "" for m in measures]), strict=True):
        value = m.number
        words = _printed(m, 2)
        if m.place in marked and value is not None:
            words = f"{words} ▲{flag}" if value > ELSEWHERE[1] else f"{words} ▼{flag_low}"
        bars.append(Bar(look.name(m.place or ""), value, words, look.colours[m.place or ""], m.place, False, strength))
    bars = longest_first(bars)
    average = look.say(Message("全项目{value}", {"value": _printed(whole, 2)}))
    draw(
        draft, bars, lines=[Line(whole.number or Decimal(0), average)],
        label_share=share_for([bar.label for bar in bars], look.plot(left)),
    )  # fmt: skip
    return draft.figure()


def lorenz(curve: Sequence[tuple[Decimal, Decimal]], gini: Measure, what: str, look: Look) -> go.Figure:
    """How far the money is from following the households (or the area): the curve against the diagonal."""
    draft = look.draft(
        Message("支付对{what}的集中度为{gini}", {"what": what, "gini": _printed(gini, 3)}),
        word("%"),
        Message("累计支付占比对{what}占比,按单位支付由低到高;0为完全平均", {"what": what}),
        left=48,
        above=10,
        below=40,
    )
    xs, ys = [float(x) for x, _ in curve], [float(y) for _, y in curve]
    draft.scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": TIME, "width": 1.5, "dash": "dash"},
                       hoverinfo="skip")  # fmt: skip
    draft.scatter(
        x=xs, y=ys, mode="lines+markers", line={"color": MONEY, "width": 3}, marker={"size": 8}, hoverinfo="text",
        hovertext=[f"{percent(x)} → {percent(y)}" for x, y in curve], fill="tonexty", fillcolor="rgba(18,67,109,0.10)",
    )  # fmt: skip
    axis = {
        "range": [0, 1.02], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"],
        "tickfont": {"size": 11, "color": QUIET}, "showline": True, "linecolor": LINE,
    }  # fmt: skip
    draft.lay(xaxis=axis | {"showgrid": False}, yaxis=axis | {"showgrid": True})
    draft.add([
            note(look.say(word("完全平均")), 0.32, 0.36, size=SMALL_SIZE, colour=QUIET, anchor="right"),
            note(look.say(Message("累计{what}占比", {"what": what})), 1, 0, size=SMALL_SIZE, colour=QUIET,
                 anchor="right", vertical="bottom", dy=4),
            note(look.say(word("累计支付占比")), 0, 1, size=SMALL_SIZE, colour=QUIET, vertical="top", dx=6),
        ],
    )  # fmt: skip
    return draft.figure()


def _multiples(draft: Draft, parts: Sequence[tuple[str, Sequence[Bar], Sequence[Line]]], left: int, look: Look) -> None:
    columns = 1 if look.narrow else 2
    room = (left + 8) / look.plot(left)
    each = look.plot(left) * (1 - room * (columns - 1)) / columns
    labels = [bar.label for _, bars, _ in parts for bar in bars]
    share = share_for(labels, each, SMALL_SIZE)
    names = left - SIDE
    multiples(draft, parts, columns=columns, room=room, label_share=share, names_room=names, title_room=each + names)


def _taller(look: Look) -> Look:
    return replace(look, height=680) if look.narrow else look


def _printed(m: Measure, places: int) -> str:
    return count(m.number) if places == 0 else decimal(m.number, places)


def _bars(measures: Sequence[Measure], places: int, look: Look, room: float = 92) -> list[Bar]:
    strengths = look.strength([m.place or "" for m in measures])
    return longest_first(
        [
            Bar(
                look.name(m.place or "", room), m.number, _printed(m, places), look.colours[m.place or ""], m.place,
                False, strength,
            )
            for m, strength in zip(measures, strengths, strict=True)
        ]
    )  # fmt: skip
