"""Checks of the table of beneficiaries: planned scope, second numbers, areas, decimals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from core.checks.claims import sources
from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.model.reference import Reference
from core.progress.arithmetic import over, rounded, sum_if_known, times
from core.progress.facts_by_place import AREA, BUILDINGS, COMMUNITIES, HOUSEHOLDS, FactsByPlace, joined, span
from core.text import numbers, word

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def second_number(facts: Facts) -> Finding | None:
    """14: two numbers in one cell of communities, the second without a meaning. None without rows."""
    if not facts.renovation:
        return None
    title = Message("小区数的第二个数")
    source = span([line.source for line in facts.renovation])
    pairs = [(line, line.communities_second) for line in facts.renovation if line.communities_second is not None]
    if not pairs:
        message = Message("小区数每格只有一个数。")
        single = numbers.count(sum_if_known(line.communities for line in facts.renovation))
        return Finding("14", "P", title, message, ((word("小区"), single),), source)
    total = f"{sum_if_known(line.communities for line, _ in pairs)}-{sum(second for _, second in pairs)}"
    figures = (*((line.place, f"{line.communities}-{second}") for line, second in pairs), (word("合计"), total))
    message = Message(
        "小区数有{count}行写了两个数（合计{total}），第二个数未说明是什么：含义待确认，不当作完成数，请单位说明。",
        {"count": len(pairs), "total": total},
    )
    return Finding("14", "Q", title, message, figures, source)


def planned_scope(facts: Facts) -> Finding | None:
    """15: the table says whom the plan covers, not who has benefited yet. None without rows."""
    if not facts.renovation:
        return None
    sums = FactsByPlace(facts, None)
    claims = [facts.claim("construction_state"), facts.claim("finished")]
    states = {claim.value for claim in claims if claim is not None and claim.value is not None}
    quantities = (COMMUNITIES, BUILDINGS, HOUSEHOLDS)
    figures = (
        *((quantity.name, numbers.count(sums.amount(quantity))) for quantity in quantities),
        (AREA.name, numbers.money(sums.amount(AREA))),
    )
    params = {"scope": _scope(sums.amount(HOUSEHOLDS), sums.amount(AREA))}
    title = Message("受益数是计划范围")
    source = joined([span([line.source for line in facts.renovation]), *sources(claims)])
    if states == {Decimal(1)}:
        message = Message("工程已完工，受益明细表的{scope}是完成范围。", params)
        return Finding("15", "P", title, message, figures, source)
    done = tuple(_finished(facts))
    if done:
        message = Message("受益明细表的{scope}是计划范围；{done}，其余不能当作已经受益。", params | {"done": done})
        source = joined([source, span([line.source for line in facts.deliveries])])
        return Finding("15", "W", title, message, figures, source)
    message = Message("受益明细表的{scope}是计划范围；没有填报完工数，不能当作已经受益。", params)
    return Finding("15", "W", title, message, figures, source)


def _scope(households: Decimal | None, area: Decimal | None) -> Message | tuple[Message, ...]:
    """What the table says as far as it is known; 万㎡."""
    known = []
    if households is not None:
        known.append(Message("{count}户", {"count": numbers.count(households)}))
    if area is not None:
        known.append(Message("{area}万㎡", {"area": numbers.money(area)}))
    return tuple(known) or Message("各行数据")


def _finished(facts: Facts) -> Iterator[Message]:
    """Count the communities and households that the places report as finished."""
    communities = [line.finished for line in facts.deliveries if line.finished is not None]
    if communities:
        yield Message(
            "{places}个街镇填报已完工{count}个小区",
            {"places": len(communities), "count": numbers.count(sum(communities))},
        )
    homes = [line.homes_finished for line in facts.deliveries if line.homes_finished is not None]
    if homes:
        yield Message("{places}个街镇填报已完工{count}户", {"places": len(homes), "count": numbers.count(sum(homes))})


def home_area(facts: Facts, reference: Reference) -> Finding | None:
    """16: floor area of a home against other projects'. None without both columns or a reference."""
    usual = reference.home_area
    sums = FactsByPlace(facts, None)
    areas = [
        (place, rounded(over(times(sums.amount(AREA, place), 10_000), sums.amount(HOUSEHOLDS, place))))
        for place in sums.places
    ]
    known = [(place, area) for place, area in areas if area is not None]
    if usual is None or not known:
        return None
    outside = tuple(place for place, area in known if not usual.low <= area <= usual.high)
    low, high = min(area for _, area in known), max(area for _, area in known)
    params: dict[str, object] = {
        "low": numbers.money(low),
        "high": numbers.money(high),
        "usual_low": numbers.decimal(usual.low, 0),
        "usual_high": numbers.decimal(usual.high, 0),
        "places": outside,
        "count": len(outside),
    }
    usually = Message("{low}～{high}", {"low": params["usual_low"], "high": params["usual_high"]})
    figures: tuple[tuple[str, str | Message], ...] = tuple((place, numbers.money(area)) for place, area in known)
    figures += ((word("同类项目"), usually),)
    source = joined([sums.source(AREA), sums.source(HOUSEHOLDS), usual.source])
    title = Message("户均面积（㎡/户）")
    if outside:
        message = Message(
            "户均面积{low}～{high}㎡，同类项目{usual_low}～{usual_high}㎡；{count}个街镇（{places}）在此之外，"
            "请核对面积或户数的范围。",
            params,
        )
        return Finding("16", "W", title, message, figures, source)
    message = Message("户均面积{low}～{high}㎡，在同类项目的{usual_low}～{usual_high}㎡之内。", params)
    return Finding("16", "P", title, message, figures, source)


def precision(facts: Facts) -> Finding | None:
    """17: areas printed with different numbers of decimals. None when fewer than two cells hold a number."""
    cells: list[tuple[str, str, int]] = []
    for line in facts.renovation:
        found = _NUMBER.search(unicodedata.normalize("NFKC", line.area_raw))
        if found is not None:
            cells.append((line.place, found[0], len(found[1] or "")))
    if len(cells) < 2:
        return None
    most = max(places for *_, places in cells)
    coarse = tuple(printed for _, printed, places in cells if places < most)
    figures = tuple((place, printed) for place, printed, _ in cells)
    title = Message("面积的小数位")
    source = span([line.source for line in facts.renovation])
    params: dict[str, object] = {"coarse": coarse, "places": most, "count": len(cells)}
    if coarse:
        message = Message(
            "面积精度不一：有的写到{places}位小数，{coarse}位数较少，可能是约数；合计的末位只供参考。", params
        )
        return Finding("17", "W", title, message, figures, source)
    message = Message("{count}行面积都写到{places}位小数。", params)
    return Finding("17", "P", title, message, figures, source)
