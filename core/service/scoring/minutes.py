"""Minutes of a round: drafted from its records, edited, kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import WHOLE_SHEET, Comment, FlagAnswer, Minutes, RoundSetting
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent
from core.model.storable import need_text
from core.scoring import ScoredItem, Tally
from core.scoring.assignment import in_words, scorers
from core.scoring.consensus import Rule
from core.scoring.round_state import RoundState, panel_id, working_id
from core.scoring.talk import by_item
from core.scoring.tally import answered
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.service.base.project import round_titles
from core.service.scoring import scorecards
from core.service.scoring.deliberations import deliberated
from core.service.scoring.event_sentences import decided, on_sheet
from core.service.scoring.history import timeline
from core.service.scoring.independence import record_seen
from core.service.scoring.meeting import meeting
from core.service.scoring.rounds import RULE_WORDS, event_of, theirs
from core.service.scoring.scorecards import Scorecard
from core.service.scoring.talk import heard
from core.store import comments, logs, read
from core.store.database import Session
from core.text import render
from core.text.numbers import points as print_points

MOST_MINUTES = 50_000
"""Characters."""


@asks(Deed.SEE)
def minutes(ctx: Context, project: str, round_id: str) -> Minutes | None:
    """Return the newest minutes of the round, or None. Raises UnknownName, NotAllowed while the actor scores alone."""
    event_of(open_store.of(ctx), project, round_id)
    record_seen(ctx, project, round_id, [panel_id(round_id)])
    found = logs.events(open_store.of(ctx), logs.MINUTES, project, round_id, ctx.version)
    return found[-1] if found else None


@asks(Deed.CHAIR)
def save_minutes(ctx: Context, project: str, round_id: str, text: str) -> Minutes:
    """Keep the minutes as a new revision, also of a locked round: they tell of its lock.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    event_of(open_store.of(ctx), project, round_id)
    kept = need_text(text, Message("会议纪要是空的，未保存。"), MOST_MINUTES)
    store = open_store.of(ctx)

    def decide(session: Session, known: Sequence[Minutes]) -> tuple[list[logs.Draft], None]:
        return ([] if known and known[-1].text == kept else [{"text": kept}]), None

    logs.append(store, logs.MINUTES, project, round_id, actor, decide)
    return logs.events(store, logs.MINUTES, project, round_id)[-1]


@asks(Deed.SEE)
def draft_minutes(ctx: Context, project: str, round_id: str) -> str:
    """Draft minutes of the round from its records, to be edited: result, persons, changes with reasons.

    In the context's language; plain text. Raises UnknownName, NotAllowed while the actor may not see the panel's sheet.
    """
    event = event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)
    state = logs.round_state(store, project, round_id)
    record_seen(ctx, project, round_id, [state.panel])
    lines = [*_heading(ctx, project, event, state), "", *_people(ctx, project, state), ""]
    if state.panel in state.sheets:
        found = meeting(ctx, project, round_id)
        rules = [*(each for each in (found.both, found.changed) if each), *(each.sentence for each in found.own)]
        lines += [*_result(scorecards.scorecard(ctx, project, state.panel)), *rules, ""]
        lines.append(Message("三、改动与理由"))
        lines += _moves(ctx, project, state.panel) or [Message("无。")]
    others = [s for s in timeline(ctx, project, round_id) if s.sheet != state.panel and s.in_minutes]
    of_units = [s.message for s in others if s.code and not s.sheet]
    steps = [s.message for s in others if not s.code or s.sheet]
    lines += ["", Message("四、评价人的提交、退回与回避"), *(steps or [Message("无。")])]
    said = comments.comments(store, project, round_id, ctx.version)
    lines += ["", Message("五、征求意见"), *_units(said), *(of_units or [Message("无。")])]
    lines += _discussed(ctx, project, round_id)
    return "\n".join(line if isinstance(line, str) else render(line, ctx.language) for line in lines) + "\n"


def _discussed(ctx: Context, project: str, round_id: str) -> list[Message | str]:
    """List what was decided item by item, with the remarks that are marked; nothing where nothing was put down."""
    talk = by_item(heard(ctx, project, round_id))
    newest = {event.code: event for event in deliberated(ctx, project, round_id)}
    done = {code: event for code, event in newest.items() if event.discussed}
    marked = [remark for each in talk.values() for remark in each.remarks if remark.minuted]
    if not done and not marked:
        return []
    lines: list[Message | str] = ["", Message("六、逐项议定与讨论")]
    indicators = read.sheet(open_store.of(ctx), project, working_id(round_id)).scheme.indicators
    for indicator in indicators:
        known = {"code": indicator.code, "name": indicator.l3}
        if indicator.code in done:
            lines.append(Message("{code} {name}：{decided}", {**known, "decided": decided(done[indicator.code])}))
        for remark in marked:
            if remark.event.code == indicator.code:
                params = {**known, "who": remark.event.actor_name, "text": remark.event.text}
                lines.append(Message("{code} {name}：{who}发言：{text}", params))
    left = len(indicators) - len(done)
    return [*lines, *([Message("未议{count}项。", {"count": left})] if left else [])]


def _moves(ctx: Context, project: str, panel: str) -> list[Message]:
    """List the changes on the panel's sheet, oldest first; one person's changes in one go are one sentence."""
    store = open_store.of(ctx)
    groups: dict[tuple[str, str, str], list[ScoreEvent | FlagAnswer]] = {}
    for score in read.history(store, project, panel):
        if score.note:
            rule = score.note.replace("(", "（").partition("（")[0]
            groups.setdefault((day_and_time(score.made_at), score.actor_name, rule), []).append(score)
    for answer in logs.events(store, logs.FLAG_ANSWERS, project, panel, ctx.version):
        if answer.answer:
            key = (day_and_time(answer.made_at), answer.actor_name, answer.answer)
            groups.setdefault(key, []).append(answer)
    together: dict[tuple[datetime, str], Message] = {}
    for (when, who, what), events in groups.items():
        if len(events) == 1:
            continue
        params = {"when": when, "who": who, "what": what, "count": len(events)}
        text = Message("{when} {who}答复了{count}条提示：{what}", params)
        if isinstance(events[0], ScoreEvent):
            text = Message("{when} {who}按{what}汇总评价人的评分，写入{count}项", params)
        together |= {(event.made_at, event.code): text for event in events}
    told = [together.get((s.made_at, s.code), s.message) for s in on_sheet(store, project, panel, ctx.version)]
    # What is said of many stands once, where the first of them was.
    return list({id(text): text for text in told}.values())


def _heading(ctx: Context, project: str, event: RoundSetting, state: RoundState) -> Iterator[Message | str]:
    facts = read.facts(open_store.of(ctx), project, ctx.version)
    yield Message(
        "{project}绩效评价{round}会议纪要",
        {"project": facts.project.name, "round": round_titles(open_store.of(ctx), project)[event.round]},
    )
    yield Message("数据截至{as_of}；汇总规则：{rule}。", {"as_of": facts.as_of, "rule": RULE_WORDS[Rule(event.rule)]})
    if state.lock is not None:
        content: dict[str, Any] = logs.frozen(state.lock)
        yield Message(
            "{who}于{when}锁定，摘要{digest}。",
            {
                "who": state.lock.actor_name,
                "when": day_and_time(state.lock.made_at),
                "digest": str(content["digest"]),
            },
        )


def _total(items: Sequence[ScoredItem], sums: Tally, known: Mapping[str, object]) -> Message:
    """Word the total of a sheet, as the screen and the workbook have it."""
    params = {**known, "total": print_points(sums.total), "weight": print_points(sums.weight)}
    if not sums.items:
        return Message("{name}：已提交，各项均不计", params)
    if not sums.complete:
        given, own = answered(items)
        part = {"scored": given, "items": own, "of": print_points(sums.scored_weight)}
        return Message("{name}：已提交，已评{scored}/{items}项，所评各项得{total}分（满分{of}分）", params | part)
    if sums.normalised is None:
        return Message("{name}：已提交，{total}分", params)
    scaled = {"scaled": print_points(sums.normalised)}
    return Message("{name}：已提交，折算得分{scaled}分（原始得分{total}/{weight}分）", params | scaled)


def _people(ctx: Context, project: str, state: RoundState) -> Iterator[Message | str]:
    yield Message("一、评价人")
    personal = [sheet for sheet in state.sheets if state.is_personal(sheet)]
    if not personal:
        yield Message("无。")
    for sheet in personal:
        stays_out = state.recused.get(sheet, frozenset())
        known = {"name": state.owner_name(sheet), "codes": tuple(sorted(stays_out))}
        if WHOLE_SHEET in stays_out:
            yield Message("{name}：回避", known)
            continue
        if state.is_submitted(sheet):
            card = scorecards.scorecard(ctx, project, sheet)
            total = _total(card.items, card.tally, known)
            line = Message("{total}；回避{codes}", {"total": total, **known}) if stays_out else total
        else:
            line = Message("{name}：未提交，回避{codes}", known) if stays_out else Message("{name}：未提交", known)
        if state.is_late(sheet):
            line = Message("{line}；逾期提交（截止{day}）", {"line": line, "day": state.deadline})
        assigned = state.assigned.get(sheet)
        if assigned is not None:
            scheme = read.sheet(open_store.of(ctx), project, sheet).scheme
            line = Message("{line}；分工：{items}", {"line": line, "items": in_words(scheme, assigned)})
        yield line
    yield from _recusals(ctx, project, state, personal)


def _recusals(ctx: Context, project: str, state: RoundState, sheets: Sequence[str]) -> Iterator[Message]:
    """Say of each item that somebody stays out of who does and why, and how many have scored it.

    Why stands on the sheet: of one that is not submitted nobody is told. Who stays out of a whole sheet never submits.
    """
    store = open_store.of(ctx)
    who: dict[str, list[Message | str]] = {}
    for sheet in sheets:
        known = {each.code: each for each in logs.events(store, logs.RECUSALS, project, sheet, ctx.version)}
        for code in state.recused.get(sheet, ()):
            name = state.owner_name(sheet)
            told = Message("{name}（{reason}）", {"name": name, "reason": known[code].reason})
            shown = state.is_submitted(sheet) or state.is_recused(sheet)
            who.setdefault(code, []).append(told if shown else name)
    if not who:
        return
    yield Message("回避情况：")
    if WHOLE_SHEET in who:
        yield Message("整张评分表：{people}回避", {"people": tuple(who[WHOLE_SHEET])})
    scheme = read.sheet(store, project, sheets[0]).scheme
    counts = scorers(scheme, [theirs(state, scheme, ballot) for ballot in state.ballots])
    for item in scheme.indicators:
        if item.code in who:
            of_item: dict[str, object] = {
                "code": item.code,
                "name": item.l3,
                "people": tuple(who[item.code]),
                "count": counts[item.code],
            }
            if counts[item.code]:
                yield Message("{code} {name}：{people}回避，由其余{count}人评分", of_item)
            else:
                yield Message("{code} {name}：{people}回避，已提交的评价人中无人评分", of_item)


def _units(said: Sequence[Comment]) -> Iterator[Message]:
    """Say for each unit on which items it has commented, and who has put that down."""
    by_unit: dict[str, list[Comment]] = {}
    for each in said:
        if each.kind == "comment":
            by_unit.setdefault(each.unit, []).append(each)
    for unit, of_unit in by_unit.items():
        params = {
            "unit": unit or Message("未注明单位"),
            "count": len(of_unit),
            "codes": tuple(dict.fromkeys(each.code for each in of_unit)),
            "names": tuple(dict.fromkeys(each.actor_name for each in of_unit)),
        }
        yield Message("{unit}：意见{count}条（{codes}），由{names}登记", params)


def _result(card: Scorecard) -> Iterator[Message | str]:
    yield Message("二、评审组结果")
    sums = card.tally
    if sums.grade is None:
        known = {"scored": sums.scored, "items": sums.items, "points": print_points(sums.total)}
        yield Message("已评{scored}/{items}项，合计{points}分，未定等级。", known)
    else:
        yield Message("{points}分，等级{grade}。", {"points": print_points(sums.decisive), "grade": sums.grade})
        if sums.veto is not None:
            yield Message("一票否决：{ground}。", {"ground": sums.veto.ground})
    for item in card.items:
        if item.deduction:
            yield Message(
                "{code} {name}：扣{deduction}分。{reason}",
                {
                    "code": item.indicator.code,
                    "name": item.indicator.l3,
                    "deduction": print_points(item.deduction),
                    "reason": (item.event.reason if item.event else "") or Message("未写原因"),
                },
            )
