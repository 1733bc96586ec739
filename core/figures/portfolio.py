"""项目群: payment against time, a point a project, or many projects counted in fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.figures.figure import Dot, Dots, Figure, Words
from core.text import word
from core.text.numbers import count, percent

_HIGHEST = 1.5
"""Of the estimate: a point above it (a wrong unit, say) would press all others to the ground."""


def pace(
    dots: Sequence[Dot],
    rows: Sequence[Sequence[Words]],
    alt: Words,
    *,
    projects: int,
    slow: int,
    sources: Sequence[str],
    days: tuple[date, date],
) -> Figure:
    """Time gone to the right, paid of the estimate upwards; on the line both are alike, below it payment is behind.

    `slow`: how many of the projects are behind; `sources`: a third only says that there are more than two; `days`:
    the first and the last as-of day.
    """
    basis = Message("横轴：已过天数÷计划工期天数；纵轴：累计支付÷概算")
    if days[0] != days[1]:
        basis = Message(
            "横轴：已过天数÷计划工期天数；纵轴：累计支付÷概算；各项目数据截止日{first}至{last}",
            {"first": days[0], "last": days[1]},
        )
    if any(dot.up > _HIGHEST for dot in dots):
        basis = Message("{basis}；超过150%的画在150%处", {"basis": basis})
    params = {"slow": count(slow), "projects": count(projects)}
    named = "、".join(sources[:2])
    name = Message("各项目支付与工期")
    return Figure(
        "portfolio",
        name,
        Message("{projects}个项目中有{slow}个支付慢于工期", params)
        if slow
        else Message("{projects}个项目的支付都不慢于工期", params),
        word("%"),
        basis,
        f"{named}…" if len(sources) > 2 else named,
        days[1],
        Dots(tuple(dots), Message("工期已过"), Message("累计支付占概算"), _HIGHEST),
        (word("项目"), word("工期已过"), word("累计支付占概算")),
        tuple(tuple(row) for row in rows),
        alt=alt,
    )


def dot(across: float, up: float, projects: int, name: str) -> Dot:
    """A project, or a field of the plane with several; ratios from 0."""
    params: dict[str, object] = {
        "name": name, "elapsed": percent(Decimal(str(across))), "rate": percent(Decimal(str(up))),
        "projects": projects,
    }  # fmt: skip
    said = (
        Message("{name}：工期已过{elapsed}，累计支付占概算{rate}", params)
        if projects == 1
        else Message("{projects}个项目：工期约已过{elapsed}，累计支付约占概算{rate}", params)
    )
    return Dot(across, up, projects, name, said)
