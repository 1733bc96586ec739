"""项目群: payment against time, a point a project, or many projects counted in fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt

import plotly.graph_objects as go

from core.charts.frame import AXIS, MONEY, PAPER, QUIET, SMALL_SIZE, TIME, TRACK, Look, note, safe, width
from core.errors import Message
from core.model.context import Language
from core.text import word
from core.text.numbers import count, percent

MOST_NAMED = 8
"""Up to as many projects stand with their names."""
_MOST_NAME = 150
"""Pixels of a name; the rest of a longer one is in the hover."""
_WIDEST = 34
"""Pixels across the field with the most projects."""
_HIGHEST = 1.5
"""Of the estimate: a point above it (a wrong unit, say) would press all others to the ground."""


@dataclass(frozen=True)
class Spot:
    """A project, or a field with several."""

    x: float
    """Time gone, 0..1."""
    y: float
    """Paid of the estimate."""
    projects: int
    name: str
    id: str


@dataclass(frozen=True)
class Picture:
    """What the picture shows."""

    points: tuple[Spot, ...]
    projects: int
    slow: int
    sources: tuple[str, ...]
    """At most three are named."""
    first_day: date
    last_day: date


def pace(picture: Picture, language: Language, *, narrow: bool = False) -> go.Figure:
    """Time gone to the right, paid of the estimate upwards; on the line both are alike, below it payment is behind."""
    look = Look(language, (), _source(picture), picture.last_day, narrow=narrow)
    basis = Message("横轴:已过天数÷计划工期天数;纵轴:累计支付÷概算")
    if picture.first_day != picture.last_day:
        basis = Message(
            "横轴:已过天数÷计划工期天数;纵轴:累计支付÷概算;各项目数据截止日{first}至{last}",
            {"first": picture.first_day, "last": picture.last_day},
        )
    if any(spot.y > _HIGHEST for spot in picture.points):
        basis = Message("{basis};超过150%的画在150%处", {"basis": basis})
    draft = look.draft(_finding(picture), word("%"), basis, left=64, right=28, above=18, below=34)
    heights = [min(spot.y, _HIGHEST) for spot in picture.points]
    top = max(1.0, *heights) * 1.06
    draft.scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": AXIS, "width": 1.5, "dash": "dot"}, hoverinfo="skip")
    most = max(spot.projects for spot in picture.points)
    draft.scatter(
        x=[spot.x for spot in picture.points],
        y=heights,
        mode="markers",
        marker={
            "size": [10 if most == 1 else 6 + (_WIDEST - 6) * sqrt(spot.projects / most) for spot in picture.points],
            "color": [MONEY if spot.y >= spot.x else TIME for spot in picture.points],
            "line": {"color": PAPER, "width": 1},
            "opacity": 0.85,
        },
        hovertext=[_hover(spot, look) for spot in picture.points],
        hoverinfo="text",
    )
    draft.lay(
        xaxis=_axis(1) | {"range": [-0.03, 1.03]},
        yaxis=_axis(top) | {"range": [-0.04 * top, top], "gridcolor": TRACK},
    )
    draft.add(
        [
            note(look.say(Message("工期已过")), 1, 0, size=SMALL_SIZE, colour=QUIET, anchor="right", dy=-26,
                 axes=("paper", "paper")),
            note(look.say(Message("累计支付占概算")), 0, 1, size=SMALL_SIZE, colour=QUIET, dx=4, dy=4,
                 axes=("paper", "paper")),
        ]
    )  # fmt: skip
    if len(picture.points) <= MOST_NAMED and most == 1:
        draft.add(_name(spot) for spot in picture.points)
    return draft.figure()


def _axis(top: float) -> dict[str, object]:
    ticks = [Decimal(n) / 4 for n in range(int(top * 4) + 1)]
    return {
        "tickvals": [float(tick) for tick in ticks],
        "ticktext": ["0", *(percent(tick, 0) for tick in ticks[1:])],
        "tickfont": {"size": 11, "color": QUIET},
        "showgrid": True,
    }


def _finding(picture: Picture) -> Message:
    params = {"slow": count(picture.slow), "projects": count(picture.projects)}
    if picture.slow == 0:
        return Message("{projects}个项目的支付都不慢于工期", params)
    return Message("{projects}个项目中有{slow}个支付慢于工期", params)


def _source(picture: Picture) -> str:
    # Three are asked for, so that a third says that there are more than two.
    named = "、".join(picture.sources[:2])
    return f"{named}…" if len(picture.sources) > 2 else named


def _hover(spot: Spot, look: Look) -> str:
    params: dict[str, object] = {
        "name": spot.name,
        "elapsed": percent(Decimal(str(spot.x))),
        "rate": percent(Decimal(str(spot.y))),
        "projects": spot.projects,
    }
    if spot.projects == 1:
        return look.say(Message("{name}:工期已过{elapsed},累计支付占概算{rate}", params))
    return look.say(Message("{projects}个项目:工期约已过{elapsed},累计支付约占概算{rate}", params))


def _name(spot: Spot) -> dict[str, object]:
    """The name beside the point, cut where it is long, on the side that has room."""
    name = spot.name
    if width(name, SMALL_SIZE) > _MOST_NAME:
        while name and width(f"{name}…", SMALL_SIZE) > _MOST_NAME:
            name = name[:-1]
        name = f"{name}…"
    right = spot.x > 0.6
    return note(safe(name), spot.x, min(spot.y, _HIGHEST), anchor="right" if right else "left", dx=-9 if right else 9)
