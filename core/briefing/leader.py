"""一页看懂: what a leader reads in ten seconds. Four figures with their change, and three findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.briefing.content import BriefingContent
from core.briefing.headlines import state_bands
from core.errors import Message
from core.figures.streets import finding as of_streets
from core.model.measure import Measure
from core.progress.since_last import finished_since, of_place, paid_since
from core.progress.verdict import short_verdict
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import count, percent, points

FIRST = Message("首期，无可比")


@dataclass(frozen=True)
class LeadFigure:
    """A figure with what it is measured by, and its change since the snapshot before."""

    label: str
    value: Message
    beside: Message
    change: Message | None
    states: tuple[str, ...] = ()
    """Of a score: 还原稿·非原表, 草稿."""


@dataclass(frozen=True)
class Point:
    """A finding, and what shows it."""

    finding: Message
    shown_by: Message | None


def title(content: BriefingContent) -> Message:
    """Name the lag and when all will be paid; without a planned time what was paid."""
    end = None if content.baseline is None else content.baseline.end
    return short_verdict(content.figures, content.forecast, end) or content.headline or Message("总览")


def lead_figures(content: BriefingContent) -> tuple[LeadFigure, ...]:
    """累计支付, 形象进度 (else 工期已过), 完工小区 (else 计划受益), 得分; what is not known is left out."""
    return tuple(_lead_figures(content))


def _lead_figures(content: BriefingContent) -> Iterator[LeadFigure]:
    one, over = content.figures.one, content.trend
    paid, rate, elapsed = one("paid"), one("paid_rate", None, "estimate"), one("time_elapsed")
    if paid.number is not None:
        of_estimate = Message("占概算{rate}", {"rate": percent(rate.number, 1)})
        beside = of_estimate if rate.number is not None else Message("概算未填报")
        since = FIRST if over is None else paid_since(over, None)
        yield LeadFigure(word("累计支付"), Message("{amount}", {"amount": Amount(paid.number)}), beside, since)
    passed = Message("工期已过{rate}", {"rate": percent(elapsed.number, 1)})
    works = _of_project(content, "physical_progress")
    if works is not None:
        beside = passed if elapsed.number is not None else Message("计划工期未填报")
        yield LeadFigure(word("形象进度"), Message("{rate}", {"rate": percent(works.number, 1)}), beside, None)
    elif elapsed.number is not None:
        shown = Message("{rate}", {"rate": percent(elapsed.number, 1)})
        yield LeadFigure(word("工期已过"), shown, Message("形象进度未填报"), None)
    yield from _homes(content)
    yield from _score(content)


def _homes(content: BriefingContent) -> Iterator[LeadFigure]:
    one, over = content.figures.one, content.trend
    done, all_ = _of_project(content, "communities_finished"), one("communities")
    if done is not None:
        beside = Message("共{count}个", {"count": count(all_.number)})
        known = None if over is None else of_place(over.finished, None)
        since = finished_since(over, None) if over and known and known.difference.unit == done.unit else None
        yield LeadFigure(word("完工小区"), Message("{count}个", {"count": count(done.number)}), beside, since)
    elif one("households").number is not None:
        shown = Message("{households}户", {"households": count(one("households").number)})
        yield LeadFigure(word("计划受益"), shown, Message("完工数未填报"), None)


def _score(content: BriefingContent) -> Iterator[LeadFigure]:
    score = content.score
    if score is None:
        return
    sums = score.tally
    if sums.grade is None:
        beside = Message("已评{scored}/{items}项", {"scored": sums.scored, "items": sums.items})
    else:
        beside = Message("等级：{grade}", {"grade": sums.grade})
    named = Message("{round} · {sheet}", {"round": score.round, "sheet": score.sheet.name})
    shown = Message("{points}分", {"points": points(sums.decisive)})
    yield LeadFigure(word("综合得分"), shown, beside, named, state_bands(score))


def _of_project(content: BriefingContent, name: str) -> Measure | None:
    found = next((x for x in content.figures.all if x.id == name and x.place is None), None)
    return None if found is None or found.number is None else found


def findings(content: BriefingContent) -> tuple[Point, ...]:
    """Money, works and streets, each with the sentence of 总览 that shows it; what is not known is left out."""
    return tuple(_findings(content))


def _findings(content: BriefingContent) -> Iterator[Point]:
    m, said = content.figures, content.sentences
    paid, left = m.one("paid").number, m.one("remaining", None, "estimate").number
    if paid is not None and left is not None:
        params = {"paid": Amount(paid), "left": Amount(left)}
        yield Point(Message("已支付{paid}，未支付{left}", params), said.get("money"))
    elif "money" in said:
        yield Point(said["money"], None)
    done, all_ = _of_project(content, "communities_finished"), m.one("communities").number
    if done is not None and all_ is not None:
        finished = Message("已完工{done}个小区，共{all}个", {"done": count(done.number), "all": count(all_)})
        yield Point(finished, _outcome(content))
    elif content.homes_headline is not None:
        yield Point(content.homes_headline, Message("完工数未填报，不能判断做到了多少"))
    if content.facts.spend and content.facts.renovation:
        yield Point(of_streets(content.facts, m), said.get("places"))


def _outcome(content: BriefingContent) -> Message | None:
    named = (("pass_rate", word("验收合格率")), ("satisfaction", word("满意度")))
    known = [
        Message("{name}{rate}", {"name": name, "rate": percent(found.number, 1)})
        for of, name in named
        if (found := _of_project(content, of)) is not None
    ]
    return Message("{said}", {"said": tuple(known)}) if known else None
