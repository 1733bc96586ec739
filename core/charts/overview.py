"""总览: payment and time on one axis."""

from __future__ import annotations

from decimal import Decimal

import plotly.graph_objects as go

from core.charts.frame import INK, LABEL_SIZE, LINE, MONEY, PAPER, QUIET, TIME, TRACK, Look, note
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import money, percent, pp


def pace_finding(gap: Measure) -> Message:
    """Whether payment runs ahead of time or behind it, in words (never by a coloured arrow)."""
    if not isinstance(gap.value, Decimal):
        return Message("支付与工期无法比较")
    if gap.value == 0:
        return Message("支付与工期同步")
    params = {"points": pp(gap.value)}
    return (
        Message("支付比工期慢{points}个百分点", params)
        if gap.value < 0
        else Message("支付比工期快{points}个百分点", params)
    )


def payment_and_time(paid_rate: Measure, elapsed: Measure, gap: Measure, look: Look) -> go.Figure:
    """Payment (of the estimate) and time gone as two bars on one axis from 0 to 100 %."""
    draft = look.draft(
        pace_finding(gap),
        word("%"),
        Message("累计支付÷概算,已过天数÷计划工期天数"),
        right=24,
        above=22,
        below=24,
    )
    rows = (
        (elapsed, TIME, look.say(Message("工期已过 {days}/{all}天", _days(elapsed)))),
        (
            paid_rate,
            MONEY,
            look.say(
                Message(
                    "累计支付 {paid}/{estimate}万元",
                    {"paid": money(paid_rate.numerator), "estimate": money(paid_rate.denominator)},
                )
            ),
        ),
    )
    values = [float(m.value) if isinstance(m.value, Decimal) else None for m, _, _ in rows]
    marks = [0, 1]
    draft.bar(x=[1, 1], y=marks, orientation="h", width=0.4, marker={"color": TRACK}, hoverinfo="skip")
    draft.bar(
        x=values, y=marks, orientation="h", width=0.4, marker={"color": [colour for _, colour, _ in rows]},
        hovertext=[f"{label} {percent(m.number)}" for m, _, label in rows], hoverinfo="text",
    )  # fmt: skip
    draft.lay(
        barmode="overlay",
        xaxis={
            "range": [0, 1], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"],
            "showgrid": False, "tickfont": {"size": 11, "color": QUIET},
        },
        yaxis={"range": [-0.4, 1.75], "visible": False},
    )  # fmt: skip
    labels = [
        note(label, 0, y + 0.24, size=LABEL_SIZE, vertical="bottom")
        for y, (_, _, label) in zip(marks, rows, strict=True)
    ]
    labels += [_end_label(m, y) for y, (m, _, _) in zip(marks, rows, strict=True)]
    draft.add(labels, [_dotted(value) for value in values if value is not None])
    return draft.figure()


def _days(elapsed: Measure) -> dict[str, object]:
    gone, whole = elapsed.numerator, elapsed.denominator
    return {"days": "—" if gone is None else int(gone), "all": "—" if whole is None else int(whole)}


def _end_label(m: Measure, y: float) -> dict[str, object]:
    value = float(m.number or 0)
    inside = value > 0.82
    return note(
        f"<b>{percent(m.number)}</b>", min(value, 1), y, size=18, colour=PAPER if inside else INK,
        anchor="right" if inside else "left", dx=-8 if inside else 8,
    ) | {"bgcolor": "rgba(0,0,0,0)"}  # fmt: skip


def _dotted(x: float) -> dict[str, object]:
    return {
        "type": "line", "x0": x, "x1": x, "y0": -0.35, "y1": 1.35, "line": {"color": LINE, "width": 1, "dash": "dot"},
        "layer": "below",
    }  # fmt: skip
