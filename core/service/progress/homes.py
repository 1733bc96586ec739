"""计划受益 in words: households, communities and buildings, as far as they are reported."""

from __future__ import annotations

from collections.abc import Collection

from core.errors import Message
from core.model.measure import Measures
from core.text.numbers import count


def reported(m: Measures, place: str | None = None, *, without: Collection[str] = ()) -> tuple[Message, ...]:
    """Each of them with its unit, of a place or of the project; what nobody reports is left out."""
    found = []
    for name in ("households", "communities", "buildings"):
        number = m.one(name, place).number
        if number is not None and name not in without:
            found.append(_said(name, count(number)))
    return tuple(found)


def _said(name: str, number: str) -> Message:
    if name == "households":
        return Message("{count}户", {"count": number})
    return (
        Message("{count}个小区", {"count": number})
        if name == "communities"
        else Message("{count}栋", {"count": number})
    )
