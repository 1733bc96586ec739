"""Checks of the money's sources and destinations against plan and title."""

from __future__ import annotations

from core.checks.finding import Finding, Status
from core.errors import Message
from core.model.project import Facts
from core.model.reference import Reference
from core.progress import quotient
from core.progress.arithmetic import sum_if_known, sum_of
from core.progress.facts_by_place import joined, span
from core.text import numbers, word
from core.text.amounts import exact, said


def sources(facts: Facts, reference: Reference) -> Finding | None:
    """7: payments by source against the planned mix. None without a plan or all payments by place and source."""
    paid = sum_if_known(line.paid for line in facts.spend)
    planned = sum_of(funding.planned for funding in facts.funding)
    by_source = [(funding, funding.paid) for funding in facts.funding if funding.paid is not None]
    if not by_source or len(by_source) < len(facts.funding) or not facts.spend or planned <= 0:
        return None
    if paid is None or paid <= 0:
        return None
    of_sources = sum_of(used for _, used in by_source)
    figures: list[tuple[str, str | Message]] = [(word("累计支付"), said(paid))]
    unused: list[str] = []
    apart = False
    for funding, used in by_source:
        plan, actual = quotient(funding.planned, planned), quotient(used, paid)
        pair = Message("{used} / {planned}", {"used": exact(used), "planned": exact(funding.planned)})
        figures.append((funding.name, pair))
        figures.append((word("实际占比 / 计划占比"), f"{numbers.percent(actual)} / {numbers.percent(plan)}"))
        apart = apart or abs(used * planned - funding.planned * paid) > reference.mix_apart * paid * planned
        if funding.planned > 0 and used == 0:
            unused.append(funding.name)
    params: dict[str, object] = {
        "paid": exact(paid),
        "of_sources": exact(of_sources),
        "unused": tuple(unused),
        "most": numbers.decimal(reference.mix_apart * 100, 0),
        "left": exact(sum_of(each.planned for each in facts.funding if each.name in unused)),
    }
    status: Status = "W"
    if abs(paid - of_sources) > reference.tolerance:
        status = "E"
        message = Message("累计支付{paid}，各资金来源已支付合计{of_sources}，两数不符，请核对。", params)
    elif unused:
        message = Message("累计支付{paid}中没有{unused}；其计划{left}尚未支付，与计划资金结构不同。", params)
    elif apart:
        message = Message("累计支付{paid}的资金结构与计划相差超过{most}个百分点。", params)
    else:
        status = "P"
        message = Message("累计支付{paid}由各资金来源共同支付，与计划资金结构相差不超过{most}个百分点。", params)
    source = joined(funding.section for funding in facts.funding)
    return Finding("7", status, Message("支付的资金结构"), message, tuple(figures), source)


def invested(facts: Facts) -> Finding | None:
    """9: money invested that equals money paid in every row measures nothing more. None before either is known."""
    lines = facts.spend
    whole = sum_if_known(line.invested for line in lines)
    paid = sum_if_known(line.paid for line in lines)
    if whole is None or paid is None or (whole == 0 and paid == 0):
        return None
    figures = ((word("已投资"), said(whole)), (word("累计支付"), said(paid)))
    title = Message("已投资与累计支付")
    source = span([line.source for line in lines])
    params = {"count": len(lines), "invested": exact(whole), "paid": exact(paid)}
    if all(line.invested == line.paid for line in lines):
        message = Message(
            "{count}行的已投资都等于累计支付（合计{paid}）：两列像是同一个数，两者之比恒为1，不能说明成本或进度。",
            params,
        )
        return Finding("9", "W", title, message, figures, source)
    message = Message("已投资合计{invested}，累计支付合计{paid}，是两列不同的数。", params)
    return Finding("9", "P", title, message, figures, source)


def _stem(place: str) -> str:
    """The name without what kind of place it is: titles say 申港 for 申港街道."""
    for kind in ("街道办事处", "街道", "镇", "乡"):
        if place.endswith(kind) and len(place) > len(kind):
            return place.removesuffix(kind)
    return place


def title_places(facts: Facts) -> Finding | None:
    """11: the money went where the title says. None when the title names no place or payments are not known."""
    titled = {_stem(place) for place in facts.project.title_places}
    if not titled or not facts.spend:
        return None
    paid = sum_if_known(line.paid for line in facts.spend)
    if paid is None:
        return None
    outside = [line for line in facts.spend if _stem(line.place) not in titled]
    title = Message("项目名称与资金去向")
    source = span([line.source for line in facts.spend])
    if not outside:
        message = Message("{count}个街镇的累计支付都在项目名称所列区域内。", {"count": len(facts.spend)})
        return Finding("11", "P", title, message, ((word("累计支付"), said(paid)),), source)
    amount = sum_if_known(line.paid for line in outside)
    share = numbers.percent(quotient(amount, paid))
    figures: tuple[tuple[str, str | Message], ...] = (
        *((line.place, said(line.paid)) for line in outside),
        (word("名称所列区域以外合计"), said(amount)),
        (word("占累计支付"), share),
    )
    message = Message(
        "项目名称列出{titled}个区域，资金用于{count}个街镇：{amount}（{share}）在名称所列区域以外（{places}）。",
        {
            "titled": len(titled),
            "count": len(facts.spend),
            "amount": exact(amount),
            "share": share,
            "places": tuple(line.place for line in outside),
        },
    )
    return Finding("11", "E", title, message, figures, source)
