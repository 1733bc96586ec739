"""One street among the others: its rates beside theirs and the project's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.errors import Message
from core.figures.figure import BarRow, Bars, ChartAmount, Words
from core.figures.lags import lags
from core.figures.money import KEY_HEADINGS, KEYS
from core.figures.palette import CAUTION, MONEY, TINT
from core.model.measure import RATIO, Measures
from core.model.project import Facts
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import MISSING, count, half_up, percent, points, pp


@dataclass(frozen=True)
class Rate:
    """A rate of one street, shares of 1."""

    name: Words
    own: Decimal
    others: tuple[tuple[str, Decimal | None], ...]
    """The other streets by name; None: not known."""
    whole: Decimal | None
    timed: bool = False
    """Whether it is held against the time that is gone."""
    assumed: bool = False
    """Whether the estimate was shared out for it: 测算值·非批复数."""


def rates(facts: Facts, m: Measures, place: str) -> tuple[Rate, ...]:
    """Rates of payment, works, finish, acceptance and satisfaction of a street, as far as they are known.

    Where the estimate is not split by street, payment stands by each key.
    """
    whole = m.one("paid_rate", None, "estimate").number
    found = list(_paid(facts, m, place, whole))
    named = (
        ("physical_progress", word("形象进度")), ("completion_rate", word("完工率")), ("pass_rate", word("验收合格率")),
        ("satisfaction", word("满意度")),
    )  # fmt: skip
    for of, name in named:
        known = {x.place: x.number for x in m.all if x.id == of}
        found += _rate(name, place, known, known.get(None), timed=of == "physical_progress")
    return tuple(found)


def _paid(facts: Facts, m: Measures, place: str, whole: Decimal | None) -> Iterator[Rate]:
    for key, heading in zip(KEYS, KEY_HEADINGS, strict=True):
        known = {x.place: x.number for x in m.each("allocated_rate", key)}
        if facts.divided:
            yield from _rate(word("支付率"), place, known, whole, timed=True)
            return
        yield from _rate(Message("测算执行率（{key}）", {"key": heading}), place, known, whole, assumed=True)


def _rate(
    name: Words,
    place: str,
    known: Mapping[Any, Decimal | None],
    whole: Decimal | None,
    *,
    timed: bool = False,
    assumed: bool = False,
) -> Iterator[Rate]:
    own = known.get(place)
    if own is not None:
        others = tuple((each, value) for each, value in known.items() if each is not None and each != place)
        yield Rate(name, own, others, whole, timed, assumed)


def rate_dots(found: Sequence[Rate], place: str, *, marked: bool) -> Bars:
    """A row a rate: the other streets, then this one, in the colour of attention where it is `marked`."""
    names = list(dict.fromkeys(name for each in found for name, _ in each.others))
    colour = CAUTION if marked else MONEY
    rows = tuple(
        BarRow(
            each.name,
            (
                *(ChartAmount(dict(each.others).get(name), RATIO, TINT) for name in names),
                ChartAmount(each.own, RATIO, colour),
            ),
        )
        for each in found
    )
    return Bars(word("与其他街镇比"), rows, series=(*names, place), end=Decimal(1), ordered=False)


def rate_headings(found: Sequence[Rate], place: str) -> tuple[Words, ...]:
    """Those of `rate_table`."""
    beside = (word("全项目"), word("相差（百分点）")) if has_whole(found) else ()
    return word("指标"), place, *beside


def has_whole(found: Sequence[Rate]) -> bool:
    """Whether any rate of the project is known."""
    return any(each.whole is not None for each in found)


def rate_table(found: Sequence[Rate]) -> list[tuple[Words, ...]]:
    """A row a rate: the street's, the project's, and how far apart they are."""
    rows: list[tuple[Words, ...]] = [(each.name, percent(each.own)) for each in found]
    if has_whole(found):
        return [(*row, percent(each.whole), _apart(each)) for row, each in zip(rows, found, strict=True)]
    return rows


def _apart(each: Rate) -> str:
    if each.whole is None:
        return MISSING
    apart = half_up((each.own - each.whole) * 100, 2)
    return f"{'+' if apart > 0 else '-' if apart < 0 else ''}{points(abs(apart))}"


def is_last(facts: Facts, m: Measures, place: str) -> bool:
    """Whether its payment is furthest behind the planned time."""
    found = lags(facts, m)
    return found is not None and found.of_places[0].place == place and found.of_places[0].behind > 0


def finding(facts: Facts, m: Measures, place: str) -> Message:
    """Say how much of its estimate a street has paid and how far that is behind; else what is known of it."""
    behind = lags(facts, m)
    lag = next((x for x in behind.of_places if x.place == place), None) if behind is not None else None
    if lag is not None:
        params = {"place": place, "rate": percent(lag.rate, 1), "points": pp(abs(lag.behind), 1)}
        if lag.behind <= 0:
            return Message("{place}支付{rate}，不慢于工期", params)
        if is_last(facts, m, place):
            return Message("{place}支付{rate}，比工期慢{points}个百分点，为各街镇最多", params)
        return Message("{place}支付{rate}，比工期慢{points}个百分点", params)
    known = [x.number for x in m.each("allocated_rate") if x.place == place and x.number is not None]
    if known and not facts.divided:
        ends = {"place": place, "low": percent(min(known), 1), "high": percent(max(known), 1)}
        return Message("{place}测算执行率{low}～{high}，看按什么分摊", ends)
    paid = next((x.number for x in m.each("paid") if x.place == place), None)
    if paid is not None:
        return Message("{place}累计支付{paid}", {"place": place, "paid": Amount(paid)})
    homes = next((x.number for x in m.each("households") if x.place == place), None)
    return Message("{place}计划受益{households}户", {"place": place, "households": count(homes)})
