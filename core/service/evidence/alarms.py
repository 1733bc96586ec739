"""预警: limits that are crossed now, and their changes since the snapshot before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from core.errors import Message, NotAllowed
from core.model.context import Context, Language
from core.model.measure import Measure, Measures
from core.model.reference import Limits
from core.model.rights import Deed
from core.progress.alarms import Alarm, since
from core.progress.alarms import alarms as alarms_of
from core.scoring.agreement import Distance
from core.scoring.leading_sheet import reviewed
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import FigureTable
from core.service.base.reference import reference
from core.service.scoring import meeting
from core.store import logs, read
from core.text import how_computed, render, word
from core.text.numbers import percent

State = Literal["new", "first", "standing", "round", "ended"]
STATE_WORDS: Mapping[State, str] = {
    "new": word("新增"),
    "first": word("首期"),
    "standing": word("持续"),
    "round": word("本轮"),
    "ended": word("已解除"),
}
"""States in the order of the list."""
GROUNDS: Mapping[str, str] = {
    "reported": word("按填报数"),
    "estimate": word("测算值·非批复数"),
    "scored": word("按评分表"),
}
"""Grounds that an alarm may rest on."""
NONE = Message("没有越过预警线的数。")
SOURCES = (word("绩效监控常用预警线"), word("专家评议常用预警线"))
"""Sources of the shipped limits, here for their English; another file's are shown as they stand there."""


@dataclass(frozen=True)
class AlarmLine:
    """An alarm in the list."""

    state: State
    rule: str
    basis: str
    """Basis of the rate; of an evaluator, what stands for them in an address: not who they are."""
    place: str | None
    message: Message
    measures: tuple[Measure, ...]
    """Measures behind it; none for evaluators: the panel's page shows their items."""

    @property
    def is_estimate(self) -> bool:
        """True where it rests on an assumption: 测算值·非批复数."""
        return any(m.is_estimate for m in self.measures)

    @property
    def ground(self) -> str:
        """Ground of the alarm."""
        if not self.measures:
            return "scored"
        return "estimate" if self.is_estimate else "reported"

    @property
    def rests_on(self) -> str:
        """Ground of the alarm, in a word."""
        return GROUNDS[self.ground]

    @property
    def id(self) -> str:
        """Id in the list: the same from snapshot to snapshot."""
        return ".".join(filter(None, (self.rule, self.basis, self.place)))


@dataclass(frozen=True)
class AlarmsView:
    """Alarms of a project."""

    title: str
    compared: Message
    """Sentence on the snapshots that are compared."""
    lines: tuple[AlarmLine, ...]
    """Alarms, new ones first, those that have ended last."""
    table: FigureTable
    """Alarms as a table, with 怎么算."""
    limits: Message
    """Sentence on the limits and their sources."""

    @property
    def crossed(self) -> int:
        """Number of limits crossed now."""
        return sum(line.state != "ended" for line in self.lines)


@asks(Deed.SEE)
def alarms(ctx: Context, project: str) -> AlarmsView:
    """List the alarms at the context's version. Raises UnknownName.

    Figures are compared with the snapshot before; how far evaluators are from their panel is said of the newest round,
    and only to those who may see its sheets.
    """
    limits = reference().limits
    facts, series = facts_of(ctx, project), read.series(open_store.of(ctx), project, ctx.version)
    lines = [
        AlarmLine(
            each.state,
            each.alarm.rule,
            each.alarm.basis,
            each.alarm.place,
            each.alarm.message,
            each.alarm.measures,
        )
        for each in since(series, limits)
    ]
    lines += [
        AlarmLine("round", "evaluator", _unnamed(each.evaluator), None, each.sentence, ())
        for each in _far(meeting.distances, ctx, project)
    ]
    order = list(STATE_WORDS)
    lines.sort(key=lambda line: order.index(line.state))
    return AlarmsView(
        title=facts.project.name,
        compared=_compared(facts.as_of, series[-2].as_of if len(series) > 1 else None),
        lines=tuple(lines),
        table=_table(ctx, lines),
        limits=_limits(limits),
    )


def crossed(figures: Measures) -> tuple[Alarm, ...]:
    """List the limits that the project's measures cross (at any planned time: no rule asks for it)."""
    return alarms_of(figures, reference().limits)


@asks(Deed.SEE)
def evaluators_apart(ctx: Context, project: str) -> int:
    """Count the evaluators who are far from their panel, as far as the one who asks may know. Raises UnknownName."""
    return len(_far(meeting.how_far, ctx, project))


def _far(ask: Callable[[Context, str, str], tuple[Distance, ...]], ctx: Context, project: str) -> tuple[Distance, ...]:
    rounds = logs.rounds(open_store.of(ctx), project, ctx.version)
    if not rounds:
        return ()
    try:
        found = ask(ctx, project, reviewed(rounds)[-1].round)
    except NotAllowed:
        return ()  # who scores alone learns nothing of the others; they see the rest of the list
    return tuple(each for each in found if each.far)


def _unnamed(evaluator: str) -> str:
    return hashlib.sha256(evaluator.encode()).hexdigest()[:8]


def _table(ctx: Context, lines: Sequence[AlarmLine]) -> FigureTable:
    def words(*cells: Message | str) -> tuple[str, ...]:
        return tuple(render(cell, ctx.language) for cell in cells)

    behind = dict.fromkeys(m for line in lines for m in line.measures)
    return FigureTable(
        id="alarms",
        title=render(word("预警"), ctx.language),
        headings=words(word("状态"), word("预警"), word("依据")),
        rows=tuple(words(STATE_WORDS[line.state], line.message, line.rests_on) for line in lines),
        how=how_computed.rows(behind, ctx.language, ctx.unit),
    )


def _compared(now: date, before: date | None) -> Message:
    if before is None:
        return Message("数据截至{now}；只有一期数据，没有上一期可比，越线的都列为首期。", {"now": now})
    return Message(
        "数据截至{now}，与上一期（截至{before}）相比：上期未越线的为新增，上期也越线的为持续；评价人的偏离只看本轮。",
        {"now": now, "before": before},
    )


def _limits(limits: Limits) -> Message:
    far = limits.far
    return Message(
        "预警线：执行率低于{low}或高于{high}；支付与形象进度相差超过{apart}个百分点；"
        "评价人有{items}项及以上与专家组相差超过满分的{share}或{sigmas}σ。来源：{sources}。预警只是提示，不是结论。",
        {
            "low": percent(limits.rate_low, 0),
            "high": percent(limits.rate_high, 0),
            "apart": percent(limits.physical_apart, 0).rstrip("%"),
            "items": f"{far.items.normalize():f}",
            "share": percent(far.share, 0),
            "sigmas": f"{far.sigmas.normalize():f}",
            "sources": limits.sources,
        },
    )


def as_json(view: AlarmsView, language: Language) -> list[dict[str, Any]]:
    """Make JSON of the lines, in that language."""
    return [
        {
            "state": line.state,
            "rule": line.rule,
            "place": line.place,
            "message": render(line.message, language),
            "estimate": line.is_estimate,
        }
        for line in view.lines
    ]
