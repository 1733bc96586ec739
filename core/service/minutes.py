"""The minutes of a round: drafted from its records, edited, kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from core.errors import Message
from core.model.context import Context
from core.model.panel import WHOLE_SHEET, FlagAnswer, Minutes, RoundEvent
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent
from core.scoring.consensus import Rule
from core.scoring.workflow import NotAllowed, RoundState, may
from core.service import home, scoring
from core.service.asking import asks, named
from core.service.happened import Sentence, on_sheet
from core.service.history import timeline
from core.service.moments import day_and_time
from core.service.rounds import RULE_WORDS, event_of
from core.service.scoring import Scorecard
from core.store import logs, read
from core.store.database import Session
from core.text import render
from core.text.numbers import points as print_points

MOST_MINUTES = 50_000
"""Characters."""


@asks(Deed.SEE)
def minutes(ctx: Context, project: str, round_id: str) -> Minutes | None:
    """The round's minutes as last saved, or None. Raises UnknownName."""
    event_of(project, round_id)
    found = logs.events(home.store(), logs.MINUTES, project, round_id, ctx.version)
    return found[-1] if found else None


@asks(Deed.CHAIR)
def save_minutes(ctx: Context, project: str, round_id: str, text: str) -> Minutes:
    """Keep the minutes as a new revision, also of a locked round: they tell of its lock.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    event_of(project, round_id)
    kept = text.strip()
    if not kept:
        raise NotAllowed([Message("会议纪要是空的,未保存。")])
    if len(kept) > MOST_MINUTES:
        raise NotAllowed([Message("最多{most}字,现有{length}字。", {"most": MOST_MINUTES, "length": len(kept)})])
    store = home.store()

    def decide(session: Session, known: Sequence[Minutes]) -> tuple[list[logs.Draft], None]:
        return ([] if known and known[-1].text == kept else [{"text": kept}]), None

    logs.append(store, logs.MINUTES, project, round_id, actor, decide)
    return logs.events(store, logs.MINUTES, project, round_id)[-1]


@asks(Deed.SEE)
def draft_minutes(ctx: Context, project: str, round_id: str) -> str:
    """Minutes of the round from its records, to be edited: result, who took part, who moved what and why.

    In the context's language; plain text. Raises UnknownName, NotAllowed while the actor may not see the panel's sheet.
    """
    event = event_of(project, round_id)
    store = home.store()
    state = logs.round_state(store, project, round_id)
    hidden = may(ctx.actor, "see", state, state.panel)
    if hidden is not None:
        raise NotAllowed([hidden])
    lines = [*_heading(ctx, project, event, state), "", *_people(state), ""]
    if state.panel in state.sheets:
        lines += [*_result(scoring.scorecard(ctx, project, state.panel)), ""]
        lines.append(Message("三、改动与理由"))
        lines += _moves(ctx, project, state.panel) or [Message("无。")]
    others = [s for s in timeline(ctx, project, round_id) if s.sheet != state.panel and _matters(s)]
    lines += ["", Message("四、评价人的提交、退回与回避,征求意见"), *[s.message for s in others]]
    if not others:
        lines.append(Message("无。"))
    return "\n".join(line if isinstance(line, str) else render(line, ctx.language) for line in lines) + "\n"


def _moves(ctx: Context, project: str, panel: str) -> list[Message]:
    """Who moved what on the panel's sheet, oldest first; what one person did in one go is one sentence."""
    store = home.store()
    groups: dict[tuple[str, str, str], list[ScoreEvent | FlagAnswer]] = {}
    for score in read.history(store, project, panel):
        if score.note:
            rule = score.note.partition("(")[0]
            groups.setdefault((day_and_time(score.made_at), score.actor_name, rule), []).append(score)
    for answer in logs.events(store, logs.FLAG_ANSWERS, project, panel, ctx.version):
        if answer.answer:
            key = (day_and_time(answer.made_at), answer.actor_name, answer.answer)
            groups.setdefault(key, []).append(answer)
    found: list[tuple[datetime, Message]] = []
    told: set[tuple[datetime, str]] = set()
    for (when, who, what), events in groups.items():
        if len(events) == 1:
            continue
        told |= {(event.made_at, event.code) for event in events}
        params = {"when": when, "who": who, "what": what, "count": len(events)}
        text = Message("{when} {who}答复了{count}条提示:{what}", params)
        if isinstance(events[0], ScoreEvent):
            text = Message("{when} {who}按{what}汇总评价人的评分,写入{count}项", params)
        found.append((events[0].made_at, text))
    single = [s for s in on_sheet(ctx.version, project, panel) if (s.made_at, s.code) not in told]
    found += [(sentence.made_at, sentence.message) for sentence in single]
    return [message for _, message in sorted(found, key=lambda each: each[0])]


def _matters(sentence: Sentence) -> bool:
    """Evaluators' single scores stay on their sheets; what is about a sheet as a whole, or no sheet, is told."""
    return not (sentence.sheet and sentence.code)


def _heading(ctx: Context, project: str, event: RoundEvent, state: RoundState) -> Iterator[Message | str]:
    facts = read.facts(home.store(), project, ctx.version)
    yield Message("{project}绩效评价{round}会议纪要", {"project": facts.project.name, "round": event.name})
    yield Message("数据截至{as_of};汇总规则:{rule}。", {"as_of": facts.as_of, "rule": RULE_WORDS[Rule(event.rule)]})
    if state.lock is not None:
        content: dict[str, Any] = logs.frozen(state.lock)
        yield Message(
            "{who}于{when}锁定,摘要{digest}。",
            {
                "who": state.lock.actor_name,
                "when": day_and_time(state.lock.made_at),
                "digest": str(content["digest"]),
            },
        )


def _people(state: RoundState) -> Iterator[Message | str]:
    yield Message("一、评价人")
    personal = [sheet for sheet in state.sheets if state.is_personal(sheet)]
    if not personal:
        yield Message("无。")
    for sheet in personal:
        known = {"name": state.owner_name(sheet)}
        if WHOLE_SHEET in state.recused.get(sheet, frozenset()):
            yield Message("{name}:回避", known)
        elif state.is_submitted(sheet):
            yield Message("{name}:已提交", known)
        else:
            yield Message("{name}:未提交", known)


def _result(card: Scorecard) -> Iterator[Message | str]:
    yield Message("二、评审组结果")
    sums = card.tally
    if sums.grade is None:
        known = {"scored": sums.scored, "items": sums.items, "points": print_points(sums.total)}
        yield Message("已评{scored}/{items}项,合计{points}分,未定等级。", known)
    else:
        yield Message("{points}分,等级{grade}。", {"points": print_points(sums.decisive), "grade": sums.grade})
        if sums.veto is not None:
            yield Message("一票否决:{ground}。", {"ground": sums.veto.ground})
    for item in card.items:
        if item.deduction:
            yield Message(
                "{code} {name}:扣{deduction}分。{reason}",
                {
                    "code": item.indicator.code,
                    "name": item.indicator.l3,
                    "deduction": print_points(item.deduction),
                    "reason": (item.event.reason if item.event else "") or Message("未写原因"),
                },
            )
