"""资金使用: the one estimate and who has drawn on it, the intervals of a shared-out estimate, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from core.charts.bars import Bar, Line, draw, longest_first, names_axis, share_for
from core.charts.frame import (
    LABEL_SIZE,
    MONEY,
    PAPER,
    QUIET,
    SCENARIO_BAND,
    SMALL_SIZE,
    TIME,
    TRACK,
    UNPAID,
    Look,
    note,
    stripes,
    width,
)
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import money, percent

KEYS = ("household", "m2", "building", "community")
_MARKS = {"household": "circle", "m2": "square", "building": "diamond", "community": "triangle-up"}


def estimate_bar(shares: Sequence[Measure], unpaid: Measure, look: Look, *, divided: bool = False) -> go.Figure:
    """The approved estimate as one stacked bar: what each street has been paid, and what is not paid.

    `shares`: share_of_estimate of the streets (numerator: paid, denominator: the estimate); `unpaid`: the same of
    what is left. Exact, no scenario, also where the estimate itself was never `divided` among the streets.
    """
    title = Message(
        "概算{estimate},未支付{unpaid}",
        {"estimate": money(unpaid.denominator), "unpaid": money(unpaid.numerator)},
    )
    draft = look.draft(
        title,
        word("万元"),
        Message("累计支付占概算。注:因四舍五入,分项之和与合计可能略有差异")
        if divided
        else Message("累计支付占概算;概算未分解到街镇。注:因四舍五入,分项之和与合计可能略有差异"),
        above=4,
        below=6,
    )
    places = [m.place or "" for m in shares]
    # On one line, but for a telephone: there the labels above (and those below) would run into each other.
    names = [look.name(place, 92 if look.narrow else 170) for place in places] + [look.say(word("未支付"))]
    parts = [*shares, unpaid]
    paid = [float(m.numerator or 0) for m in parts]
    fills = [look.colours[place] for place in places] + [UNPAID]
    for part, name, length, fill, strength in zip(
        parts, names, paid, fills, [*look.strength(places), 1.0], strict=True
    ):
        draft.bar(
            x=[length], y=[0], width=0.5, customdata=[part.place], opacity=strength,
            marker={"color": fill, "line": {"color": PAPER, "width": 1.5}}, hoverinfo="text",
            hovertext=[f"{name.replace('<br>', ' ')} {money(part.numerator)} {percent(part.number)}"],
            )  # fmt: skip
    whole = float(unpaid.denominator or 0) or 1.0
    draft.lay(
        barmode="stack",
        xaxis={"range": [0, whole], "visible": False},
        yaxis={"range": [-1, 1], "visible": False},
    )
    draft.add(*_estimate_labels(parts, names, fills, whole))
    return draft.figure()


def _estimate_labels(
    parts: Sequence[Measure], names: Sequence[str], fills: Sequence[str], whole: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Labels and ticks of the parts, above and below by turns; the last part, what is not paid, has its own inside."""
    notes, ticks = [], []
    start = 0.0
    for i, (part, name, fill) in enumerate(zip(parts, names, fills, strict=True)):
        length = float(part.numerator or 0)
        amount, rate = money(part.numerator), percent(part.number)
        if part is parts[-1]:
            inside = f"<b>{name}</b> {amount}<br>{rate}"
            notes.append(note(inside, start + length / 2, 0, anchor="center", size=LABEL_SIZE) | {"bgcolor": fill})
            break
        side, vertical = (1, "bottom") if i % 2 == 0 else (-1, "top")
        text = f"<b>{name}</b><br>{amount}<br>{rate}"
        notes.append(note(text, start, side * 0.3, vertical=vertical, dx=5, dy=3 * side, size=LABEL_SIZE))
        edge = start + whole * 0.001
        ticks.append(
            {
                "type": "line", "x0": edge, "x1": edge, "ysizemode": "pixel", "yanchor": side * 0.25,
                "y0": 0, "y1": side * 58, "line": {"color": fill, "width": 2},
            }
        )  # fmt: skip
        start += length
    return notes, ticks


def interval_finding(rates: Mapping[str, Sequence[Measure]]) -> Message:
    """Who is highest under every key, if anybody is. `rates`: key -> allocated_rate of the streets."""
    leaders = {max(measures, key=lambda m: m.number or Decimal(-1)).place for measures in rates.values() if measures}
    if len(leaders) == 1:
        return Message(
            "{count}种分摊口径下,{place}测算执行率都最高", {"count": len(rates), "place": leaders.pop() or ""}
        )
    return Message("测算执行率随分摊口径而变,没有一个街镇都最高")


def allocation(rates: Mapping[str, Sequence[Measure]], whole: Measure, look: Look, key: str | None = None) -> go.Figure:
    """What a street's rate would be, had the estimate been shared out: intervals over the keys, or one key.

    `rates`: allocation key -> allocated_rate of the streets; `whole`: the project's own rate, the only exact one.
    """
    if key is not None:
        return _one_key(rates[key], whole, look, key)
    spans = sorted(_spans(rates).items(), key=lambda item: -item[1][1])
    places = [place for place, _ in spans]
    left = look.names_room(places)
    labels = [f"{percent(low, 2)[:-1]}–{percent(high, 2)}" for _, (low, high) in spans]
    draft = look.draft(
        interval_finding(rates),
        word("%"),
        Message("累计支付÷按户、面积、栋、小区分摊的概算;●户 ■面积 ◆栋 ▲小区"),
        SCENARIO_BAND,
        left=left,
        above=20,
        below=8,
    )
    marks = list(range(len(spans)))
    draft.bar(
        base=[float(low) for _, (low, _) in spans], x=[float(high - low) for _, (low, high) in spans], y=marks,
        width=0.5, customdata=places, hoverinfo="text",
        hovertext=[f"{look.say(place)} {label}" for place, label in zip(places, labels, strict=True)],
        marker=stripes([look.colours[place] for place in places]) | {"opacity": look.strength(places)},
    )  # fmt: skip
    order = {place: i for i, place in enumerate(places)}
    for name, every in rates.items():
        measures = [m for m in every if m.place in order]
        draft.scatter(
            x=[float(m.number or 0) for m in measures], y=[order[m.place or ""] for m in measures], mode="markers",
            marker={
                "symbol": _MARKS[name], "size": 10, "color": [look.colours[m.place or ""] for m in measures],
                "line": {"width": 1.5, "color": PAPER}, "opacity": look.strength([m.place or "" for m in measures]),
            },
            customdata=[m.place for m in measures], hoverinfo="text",
            hovertext=[f"{look.say(m.place or '')} {look.say(_key_word(name))} {percent(m.number)}" for m in measures],
            )  # fmt: skip
    top = max(float(high) for _, (_, high) in spans)
    end = top * (1 + share_for(labels, look.plot(left)))
    draft.lay(
        barmode="overlay",
        xaxis={"range": [0, end], "visible": False},
        yaxis=names_axis([look.name(place) for place in places], LABEL_SIZE, [len(spans) - 0.45, -0.9]),
    )
    notes = [
        note(label, float(high), y, dx=10, size=LABEL_SIZE)
        for y, label, (_, (_, high)) in zip(marks, labels, spans, strict=True)
    ]
    draft.add([*notes, *_whole_words(whole, look)], _whole_rule(whole, len(spans)))
    return draft.figure()


def _one_key(rates: Sequence[Measure], whole: Measure, look: Look, key: str) -> go.Figure:
    places = [m.place or "" for m in rates]
    bars = longest_first(
        [
            Bar(look.name(m.place or ""), m.number, percent(m.number), look.colours[m.place or ""], m.place, True,
                strength)
            for m, strength in zip(rates, look.strength(places), strict=True)
        ]
    )  # fmt: skip
    left = look.names_room(places)
    draft = look.draft(
        Message(
            "按{key}分摊概算,{place}测算执行率最高",
            {"key": _key_word(key), "place": bars[0].place or ""},
        ),
        word("%"),
        Message("累计支付÷(概算×{key}占比)", {"key": _key_word(key)}),
        SCENARIO_BAND,
        left=left,
        above=20,
        below=8,
    )
    label = look.say(Message("全项目{rate}", {"rate": percent(whole.number)}))
    draw(
        draft,
        bars,
        lines=[Line(whole.number or Decimal(0), label)],
        label_share=share_for(["122.32%"], look.plot(left)),
    )
    return draft.figure()


def funding(planned: Sequence[Measure], paid: Sequence[Measure], names: Mapping[str, str], look: Look) -> go.Figure:
    """The funding plan (the empty frame) against what has been paid of it (the filled part), by source.

    `names`: basis (bond, budget) -> the source's name.
    """
    of = {m.basis: m for m in paid}
    title = funding_finding(planned, paid, names)
    draft = look.draft(title, word("万元"), Message("计划筹资与累计支付,按资金来源"), above=22, below=6)
    marks = [len(planned) - 1 - i for i in range(len(planned))]
    plan = [float(m.number or 0) for m in planned]
    done = [float(of[m.basis].number or 0) for m in planned]
    words = [
        look.say(
            Message(
                "{source}:已支付{paid},计划{planned}({rate})",
                {
                    "source": names[m.basis or ""],
                    "paid": money(of[m.basis].number),
                    "planned": money(m.number),
                    "rate": percent(_quotient(of[m.basis].number, m.number)),
                },
            )
        )
        for m in planned
    ]
    draft.bar(
        x=plan, y=marks, width=0.42, hovertext=words, hoverinfo="text",
        marker={"color": TRACK, "line": {"color": TIME, "width": 1.5}},
    )  # fmt: skip
    draft.bar(x=done, y=marks, width=0.42, marker={"color": MONEY}, hovertext=words, hoverinfo="text")
    draft.lay(
        barmode="overlay",
        xaxis={"range": [0, (max(plan, default=0) or 1) * 1.02], "visible": False},
        yaxis={"range": [-0.4, len(planned) - 0.2], "visible": False},
    )
    draft.add(
        [note(text, 0, y + 0.25, vertical="bottom", size=LABEL_SIZE) for text, y in zip(words, marks, strict=True)],
    )
    return draft.figure()


def funding_finding(planned: Sequence[Measure], paid: Sequence[Measure], names: Mapping[str, str]) -> Message:
    """The one source that nothing has been paid from, if there is one; arguments as those of `funding`."""
    of = {m.basis: m for m in paid}
    behind = [m for m in planned if of[m.basis].value == 0]
    if len(behind) != 1:
        return Message("各来源资金的计划与已支付")
    params = {"source": names[behind[0].basis or ""], "planned": money(behind[0].number)}
    return Message("{source}{planned}万元尚未支付", params)


def rate_by_basis(rates: Sequence[tuple[Measure, Message]], look: Look) -> go.Figure:
    """One payment, several denominators: the rate under each basis. `rates`: the measure and the basis in words."""
    title = rate_finding([m for m, _ in rates])
    arrived = next((m.denominator for m, _ in rates if m.is_estimate), None)
    names = [look.say(words) for _, words in rates]
    left = max(int(width(name, LABEL_SIZE)) for name in names) + 24
    draft = look.draft(
        title,
        word("%"),
        Message("累计支付÷各口径的分母;斜纹为测算:到位{arrived}万元由报告推算", {"arrived": money(arrived)})
        if arrived is not None
        else Message("累计支付÷各口径的分母"),
        left=left,
    )
    bars = longest_first(
        [
            Bar(name, m.number, percent(m.number), MONEY, None, m.is_estimate)
            for name, (m, _) in zip(names, rates, strict=True)
        ]
    )
    draw(draft, bars, label_share=share_for([bar.label for bar in bars], look.plot(left)))
    return draft.figure()


def rate_finding(rates: Sequence[Measure]) -> Message:
    """How far the rate of payment hangs on its denominator."""
    values = [value for m in rates if (value := m.number) is not None]
    if not values:
        return Message("支付比例")
    return Message("分母不同,支付比例从{low}到{high}", {"low": percent(min(values)), "high": percent(max(values))})


def _quotient(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return a / b if a is not None and b else None


def _spans(rates: Mapping[str, Sequence[Measure]]) -> dict[str, tuple[Decimal, Decimal]]:
    values: dict[str, list[Decimal]] = {}
    for measures in rates.values():
        for m in measures:
            if (value := m.number) is not None:
                values.setdefault(m.place or "", []).append(value)
    return {place: (min(found), max(found)) for place, found in values.items()}


def _key_word(key: str) -> str:
    return {"household": word("户数"), "m2": word("面积"), "building": word("栋数"), "community": word("小区数")}[key]


def _whole_words(whole: Measure, look: Look) -> list[dict[str, Any]]:
    words = look.say(Message("全项目{rate}", {"rate": percent(whole.number)}))
    return [note(words, float(whole.number or 0), -0.55, size=SMALL_SIZE, colour=QUIET, vertical="bottom", dx=4)]


def _whole_rule(whole: Measure, count: int) -> list[dict[str, Any]]:
    at = float(whole.number or 0)
    return [
        {
            "type": "line", "x0": at, "x1": at, "y0": -0.85, "y1": count - 0.45,
            "line": {"color": QUIET, "width": 1.5, "dash": "dash"}, "layer": "below",
        }
    ]  # fmt: skip
