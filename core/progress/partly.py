"""What is known of a figure that not every street reports: the sum of those that do, and never as the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.errors import Message
from core.model.measure import Measure, Measures
from core.progress.arithmetic import sum_of
from core.progress.facts_by_place import QUANTITIES, FactsByPlace
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import count

BASIS = "reporting"
"""Basis of such a sum: the streets that report."""
_NAMES: Mapping[str, str] = {
    "paid": word("已填报街镇的累计支付"),
    "invested": word("已填报街镇的已投资"),
    "communities": word("已填报街镇的计划受益小区"),
    "buildings": word("已填报街镇的计划受益楼栋"),
    "households": word("已填报街镇的计划受益户数"),
    "area": word("已填报街镇的计划受益面积"),
}
_MOST_NAMED = 2


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make the sum of the streets that report a figure, where some do not; nothing where all do, or none."""
    for quantity in QUANTITIES:
        silent = sums.silent(quantity)
        known = [value for place in sums.places if (value := sums.amount(quantity, place)) is not None]
        if not silent or not known:
            continue
        params = {"known": len(known), "silent": silent}
        yield sums.measure(
            f"{quantity.id}_reported", _NAMES[quantity.id], sum_of(known), quantity.unit, sums.source(quantity),
            Message("{known}个街镇相加；{silent}未填报，不是全项目的合计", params), basis=BASIS,
        )  # fmt: skip


def reported(m: Measures, name: str) -> Measure | None:
    """Find that sum of a figure; None: all streets report it, or none does."""
    return next((each for each in m.all if each.id == f"{name}_reported"), None)


def paid_so_far(m: Measures) -> Message | None:
    """Say how many streets report payments and what these come to; None: all do, or none does."""
    if (found := reported(m, "paid")) is None:
        return None
    params = _counted(m, "paid") | {"paid": Amount(found.number)}
    return Message("{places}个街镇中{known}个填报了支付，合计{paid}；其余未填报", params)


def homes_so_far(m: Measures) -> Message | None:
    """Say how many streets report households and what these come to; None: all do, or none does."""
    if (found := reported(m, "households")) is None:
        return None
    params = _counted(m, "households") | {"homes": count(found.number)}
    return Message("{places}个街镇中{known}个填报了户数，合计{homes}户；其余未填报", params)


def without_whole(m: Measures, name: str) -> Message:
    """Say whose figure is missing for the whole project's: of one street or two by name."""
    silent = tuple(each.place or "" for each in m.each(name) if each.number is None)
    if len(silent) > _MOST_NAMED:
        return Message("{count}个街镇未填报，暂无全项目合计", {"count": len(silent)})
    return Message("{silent}未填报，暂无全项目合计", {"silent": silent})


def _counted(m: Measures, name: str) -> dict[str, object]:
    every = m.each(name)
    return {"places": len(every), "known": sum(each.number is not None for each in every)}
