"""今天要定: what waits for somebody's decision, by rules. Pure: what the rules look at is gathered by `first_sight`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.checks import Finding
from core.errors import Message
from core.model.key_figure import FillIn
from core.model.measure import Measures
from core.model.project import Facts
from core.model.rectification import Rectification
from core.model.reporting import OPEN, Report
from core.progress.alarms import Alarm
from core.progress.arithmetic import sum_if_known
from core.progress.missing import missing
from core.scoring.tally import Tally
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import decimal, points

_MOST_SOURCES = 3
"""Sources that are named one by one; of more the largest are, and the rest is summed."""
_MOST_NAMES = 3
"""People whose sheets are missed by name."""


@dataclass(frozen=True)
class Decision:
    """Something that is to be decided: what, why or by whom, and where it is dealt with."""

    id: str
    what: Message
    why: Message
    page: str = ""
    """Section that it leads to, by its part of the address; "": none."""
    query: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the address says beside the view."""
    fill_in: FillIn = ""
    names_people: bool = False
    """Whether `why` names those who score."""


@dataclass(frozen=True)
class DraftedSheet:
    """The sheet that heads the project, as far as the one who asks may see it, while nobody has signed it."""

    id: str
    reconstruction: bool
    tally: Tally


@dataclass(frozen=True)
class Awaited:
    """A round that goes on, and whose sheets it still waits for."""

    round: str
    title: Message
    names: tuple[str, ...]
    deadline: date | None


@dataclass(frozen=True)
class Waiting:
    """All that the rules look at."""

    facts: Facts
    figures: Measures
    doubts: Sequence[Finding] = ()
    """不一致 that nobody has answered."""
    questions: Sequence[Finding] = ()
    """待核实 that nobody has answered."""
    overdue: Sequence[Rectification] = ()
    alarms: Sequence[Alarm] = ()
    evaluators_apart: int = 0
    sheet: DraftedSheet | None = None
    panel: Sequence[Awaited] = ()
    reports: Sequence[Report] = ()
    """Reporting periods of which some place does not count yet."""
    may_report: bool = False
    """Whether the page of the reporting periods is for the one who asks."""
    silent: Message | None = None
    """Which figures places do not report."""
    place: str | None = None
    """The street that is looked at alone; None: all of them."""


def decisions(waiting: Waiting) -> tuple[Decision, ...]:
    """List what is to be decided, the money first; nothing where nothing is.

    Of a street that is looked at alone: what is exact for it, then the project's, marked 全项目.
    """
    if waiting.place is None:
        return tuple(_decisions(waiting))
    own = [each for each in waiting.alarms if each.place == waiting.place]
    rest = [each for each in waiting.alarms if each.place is None]
    whole = _decisions(replace(waiting, alarms=rest))
    return (*_of_place(waiting.place, own), *(replace(each, what=_whole(each.what)) for each in whole))


def _of_place(place: str, alarms: Sequence[Alarm]) -> Iterator[Decision]:
    if alarms:
        what = Message("{place}预警{count}条", {"place": place, "count": len(alarms)})
        yield Decision("alarms_of_place", what, alarms[0].message, "alarms")


def _whole(what: Message) -> Message:
    return Message("全项目：{finding}", {"finding": what})


def _decisions(given: Waiting) -> Iterator[Decision]:
    yield from unpaid(given.facts, given.figures)
    yield from contradictions(given.doubts)
    yield from unverified(given.questions)
    yield from late_findings(given.overdue, given.facts.as_of)
    yield from crossed_limits(given.alarms, given.evaluators_apart)
    yield from unconfirmed(given.sheet)
    for each in given.panel:
        yield from not_submitted(each)
    for report in given.reports:
        yield from still_reported(report, "reporting" if given.may_report else "")
    yield from unreported(given.facts, given.figures, given.silent)


def unpaid(facts: Facts, m: Measures) -> Iterator[Decision]:
    """Unpaid money of the estimate, who is to give it, and what has to be paid a month to be done in time."""
    left = m.one("remaining", None, "estimate").number
    if left is None or left <= 0:
        return
    params: dict[str, object] = {"left": Amount(left), "parts": left_by_source(facts, m, left)}
    what = Message("未付{left}：{parts}", params) if params["parts"] else Message("未付{left}", params)
    if (alone := only_source(facts, m, left)) is not None:
        what = Message("未付{left}，均为{source}", params | {"source": alone})
    yield Decision("unpaid", what, _pace_of_the_rest(facts, m), "budget")


def only_source(facts: Facts, m: Measures, left: Decimal) -> str | None:
    """The name of the source that has all of it to give; None: there are several, or it is not known."""
    due = [name for name, amount in _open(facts, m, left) if amount]
    return due[0] if len(due) == 1 else None


def _open(facts: Facts, m: Measures, left: Decimal) -> list[tuple[str, Decimal | None]]:
    """What is open of each source; nothing where that is not known, or does not add up to the whole."""
    found = [(name, m.one("remaining", None, source).number) for source, name in facts.sources.items()]
    return found if found and sum_if_known(amount for _, amount in found) == left else []


def left_by_source(facts: Facts, m: Measures, left: Decimal) -> tuple[Message, ...]:
    """What each source still has to give; nothing where that is not known, or does not add up to the whole."""
    open_ = _open(facts, m, left)
    due = sorted(((name, amount) for name, amount in open_ if amount), key=lambda each: -each[1])
    kept = due if len(due) <= _MOST_SOURCES else due[: _MOST_SOURCES - 1]
    named = tuple(
        Message("{source}{amount}", {"source": name, "amount": Amount(amount, bare=True)}) for name, amount in kept
    )
    if len(kept) == len(due):
        return named
    rest = sum((amount for _, amount in due[len(kept) :]), Decimal(0))
    return (
        *named,
        Message("其余{count}项{amount}", {"count": len(due) - len(kept), "amount": Amount(rest, bare=True)}),
    )


def _pace_of_the_rest(facts: Facts, m: Measures) -> Message:
    said: list[Message] = []
    untouched = [
        name
        for source, name in facts.sources.items()
        if m.one("funding_paid", None, source).number == 0 and m.one("funding_planned", None, source).number
    ]
    if untouched:
        said.append(Message("{sources}一笔未付", {"sources": tuple(untouched)}))
    needed, ratio = m.one("needed_per_month").number, m.one("pace_needed").number
    if needed is not None:
        params = {"needed": Amount(needed), "times": decimal(ratio, 2)}
        known = ratio is not None
        said.append(
            Message("要按期付清，今后每月须付{needed}，为此前的{times}倍", params)
            if known
            else Message("要按期付清，今后每月须付{needed}", params)
        )
    elif facts.baselines and not said:
        said.append(Message("计划工期内已没有整月"))
    if not said:
        return Message("谁付、何时付，尚未写明")
    return said[0] if len(said) == 1 else Message("{first}；{second}", {"first": said[0], "second": said[1]})


def contradictions(found: Sequence[Finding]) -> Iterator[Decision]:
    """How many 不一致 nobody has answered, and the first by its name; the others are named beside it."""
    if found:
        params = {"count": len(found), "first": found[0].title}
        yield Decision("contradictions", Message("不一致{count}项，先看“{first}”", params), _others(found), "checks")


def unverified(found: Sequence[Finding]) -> Iterator[Decision]:
    """How many 待核实 nobody has answered, and the first by its name."""
    if found:
        params = {"count": len(found), "first": found[0].title}
        yield Decision("questions", Message("待核实{count}项，先看“{first}”", params), _others(found), "checks")


def _others(found: Sequence[Finding]) -> Message:
    if len(found) == 1:
        return found[0].message
    return Message("另有：{others}", {"others": tuple(each.title for each in found[1:])})


def late_findings(found: Sequence[Rectification], as_of: date) -> Iterator[Decision]:
    """整改 that is overdue on the day of the data: what, whose and since when; the longest overdue is named."""
    if not found:
        return
    first = min(found, key=lambda each: each.due or as_of)
    params: dict[str, object] = {
        "count": len(found), "text": _shortened(first.point.text), "owner": first.owner or word("责任单位未定"),
        "due": first.due or as_of, "days": (as_of - (first.due or as_of)).days,
    }  # fmt: skip
    yield Decision(
        "overdue",
        Message("整改逾期{count}条：{text}", params),
        Message("{owner}，期限{due}，至数据截止日已逾期{days}天", params),
        "findings",
    )


_MOST_LETTERS = 24


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def crossed_limits(found: Sequence[Alarm], evaluators: int) -> Iterator[Decision]:
    """预警: how many limits are crossed, and the first of them."""
    if not found and not evaluators:
        return
    what = Message("预警{count}条", {"count": len(found) + evaluators})
    if found:
        yield Decision("alarms", what, found[0].message, "alarms")
    else:
        yield Decision("alarms", what, Message("{count}位评价人与专家组相差较大", {"count": evaluators}), "alarms")


def unconfirmed(sheet: DraftedSheet | None) -> Iterator[Decision]:
    """A reconstructed sheet that nobody has confirmed wholly."""
    if sheet is None or not sheet.reconstruction or sheet.tally.confirmed >= sheet.tally.items:
        return
    sums = sheet.tally
    params = {"points": points(sums.decisive), "confirmed": sums.confirmed, "items": sums.items}
    yield Decision(
        "unconfirmed",
        Message("评分{points}为还原稿，已确认{confirmed}/{items}项", params),
        Message("不是报告原评分表；逐项确认后方可锁定"),
        "scorecard",
        {"sheet": sheet.id},
    )


def not_submitted(waited: Awaited) -> Iterator[Decision]:
    """Sheets that a round waits for, by the names of those who score."""
    if not waited.names:
        return
    params: dict[str, object] = {
        "round": waited.title, "count": len(waited.names), "day": waited.deadline or "",
    }  # fmt: skip
    who = some(waited.names)
    why = who if waited.deadline is None else Message("{who}；截止{day}", params | {"who": who})
    what = Message("{round}还有{count}份评分表未提交", params)
    yield Decision(f"panel_{waited.round}", what, why, "panel", {"round": waited.round}, names_people=True)


def some(names: Sequence[str]) -> Message:
    """The first of them by name."""
    params = {"names": tuple(names[:_MOST_NAMES])}
    return Message("{names}等", params) if len(names) > _MOST_NAMES else Message("{names}", params)


def still_reported(report: Report, page: str) -> Iterator[Decision]:
    """填报 that goes on: how many places have not reported, wait for a review, are ready to count; the first by name.

    `page`: the section that it leads to.
    """
    counted = (
        (OPEN, Message("未报{count}", {"count": len(report.in_state(*OPEN))})),
        (("submitted",), Message("待复核{count}", {"count": len(report.in_state("submitted"))})),
        (("reviewed",), Message("待生效{count}", {"count": len(report.in_state("reviewed"))})),
    )
    there = [(report.in_state(*states), said) for states, said in counted if report.in_state(*states)]
    if not there:
        return
    period, first = report.period, there[0][0]
    params: dict[str, object] = {"day": period.as_of, "parts": tuple(said for _, said in there)}
    who = some(first)
    yield Decision(
        f"reported_{period.id}",
        Message("截至{day}的街镇填报：{parts}", params),
        Message("{who}；{due}前报", {"who": who, "due": period.due}),
        page,
        {"period": period.id},
    )


def unreported(facts: Facts, m: Measures, silent: Message | None) -> Iterator[Decision]:
    """What nobody has reported, and what could be said with it."""
    reported = {each.id for each in m.all}
    lacking: list[tuple[str, str]] = []
    if facts.spend and "physical_progress" not in reported:
        lacking.append((word("形象进度"), word("成本偏差")))
    if facts.renovation and not reported & {"households_finished", "communities_finished"}:
        lacking.append((word("完工数"), word("完成率")))
    if "satisfaction" not in reported:
        lacking.append((word("满意度样本"), word("满意度")))
    if lacking:
        params = {"what": tuple(name for name, _ in lacking), "then": tuple(then for _, then in lacking)}
        what, why = Message("缺{what}", params), Message("补填后可算{then}", params)
        yield Decision("unreported", what, why, fill_in="file")
    for each in missing(facts):
        if each.id in ("funding", "approval"):  # what else is missing stands where its figure would
            what, why = _USE[each.id]
            yield Decision(f"missing_{each.id}", what, why, fill_in=each.fill_in)
    if silent is not None:
        yield Decision("silent", Message("部分街镇未填报"), silent, fill_in="file")


_USE: Mapping[str, tuple[Message, Message]] = {
    "funding": (Message("缺资金计划"), Message("补填后可知未付的钱由谁出")),
    "approval": (Message("缺批复文号"), Message("补填后可核对批复与资金来源")),
}
