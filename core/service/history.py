"""Everything is answerable: histories as sentences, replay, undo, minutes, and whether the records are whole."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.errors import Message
from core.model.context import SYSTEM, Context, Version
from core.model.panel import (
    WHOLE_SHEET,
    Comment,
    EvidenceFile,
    FlagAnswer,
    InputEvent,
    Minutes,
    Recusal,
    RoundEvent,
    RoundKind,
    SheetEvent,
)
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Sheet, Status
from core.scoring import Answer, Conflict, Refused, Saved
from core.scoring.consensus import Rule
from core.scoring.read_input import from_json
from core.scoring.workflow import NotAllowed, RoundState, may
from core.scoring.workflow import round_of as round_of_sheet
from core.service import home, scoring
from core.service.asking import asks, named
from core.service.moments import day_and_time
from core.service.rounds import KIND_WORDS, RULE_WORDS, event_of, known_code, see
from core.service.scoring import Comparison, Scorecard
from core.store import logs, read, write
from core.store.database import Session
from core.store.redaction import Redaction, redactions
from core.text import render, word
from core.text.numbers import points as print_points

STATUS_WORDS: Mapping[Status, str] = {
    Status.EXAMPLE: word("待确认"),
    Status.CONFIRMED: word("已确认"),
    Status.UNSCORED: word("未评"),
    Status.EVIDENCE_MISSING: word("待补佐证"),
    Status.NOT_APPLICABLE: word("不适用"),
}
MOST_MINUTES = 50_000
"""Characters."""


@dataclass(frozen=True)
class Sentence:
    """One thing that happened."""

    made_at: datetime
    """Naive UTC."""
    sheet: str
    """"" for what belongs to the round."""
    code: str
    """"" for what belongs to no item."""
    actor_name: str
    message: Message
    """The whole sentence, with who and when."""


@asks(Deed.SEE)
def item_history(ctx: Context, project: str, sheet: str, code: str) -> tuple[Sentence, ...]:
    """All that happened to one item of a sheet, oldest first. Raises UnknownName, NotAllowed."""
    known_code(see(ctx, project, sheet), code)
    happened = [sentence for sentence in _of_sheet(ctx, project, sheet, code) if sentence.code == code]
    return tuple(sorted(happened, key=lambda sentence: sentence.made_at))


@asks(Deed.SEE)
def timeline(ctx: Context, project: str, round_id: str) -> tuple[Sentence, ...]:
    """All that happened in a round on the sheets that the actor may see, oldest first. Raises UnknownName."""
    event_of(project, round_id)
    store = home.store()
    state = logs.round_state(store, project, round_id)
    happened: list[Sentence] = []
    for sheet in state.sheets:
        if may(ctx.actor, "see", state, sheet) is None:
            happened += _of_sheet(ctx, project, sheet)
    said = [_of_comment(event) for event in logs.events(store, logs.COMMENTS, project, round_id, ctx.version)]
    changed = [_of_round(event) for event in logs.events(store, logs.ROUND_EVENTS, project, round_id, ctx.version)]
    written = [_of_minutes(event) for event in logs.events(store, logs.MINUTES, project, round_id, ctx.version)]
    return tuple(sorted([*happened, *said, *changed, *written], key=lambda sentence: sentence.made_at))


def _of_sheet(ctx: Context, project: str, sheet: str, code: str | None = None) -> list[Sentence]:
    store = home.store()
    found = read.sheet(store, project, sheet)
    names = {indicator.code: indicator.l3 for indicator in found.scheme.indicators}
    before: dict[str, ScoreEvent] = {}
    sentences: list[Sentence] = []
    moment = ctx.version.moment or datetime.max
    for event in read.history(store, project, sheet, code):
        if event.made_at > moment:
            continue
        sentences.append(_of_score(event, before.get(event.code), names, found))
        before[event.code] = event
    for step in logs.events(store, logs.SHEET_EVENTS, project, sheet, ctx.version):
        sentences.append(_of_step(step, found))
    for entry in logs.events(store, logs.INPUTS, project, sheet, ctx.version):
        sentences.append(_of_input(entry, names, found))
    for recusal in logs.events(store, logs.RECUSALS, project, sheet, ctx.version):
        sentences.append(_of_recusal(recusal, names, found))
    for answer in logs.events(store, logs.FLAG_ANSWERS, project, sheet, ctx.version):
        sentences.append(_of_answer(answer, names, found))
    gone = redactions(store)
    sentences += [
        _of_redaction(gone[file.digest], file, found)
        for file in logs.evidence(store, project, sheet)
        if file.digest in gone
    ]
    return sentences


Made = ScoreEvent | SheetEvent | InputEvent | Recusal | FlagAnswer | Comment | RoundEvent | Minutes | Redaction


def _sentence(event: Made, sheet: str, code: str, what: Message) -> Sentence:
    who = {"when": day_and_time(event.made_at), "who": event.actor_name, "what": what}
    return Sentence(event.made_at, sheet, code, event.actor_name, Message("{when} {who}{what}", who))


def _standing(event: ScoreEvent | None) -> Message:
    """Points, or the word for having none."""
    if event is None:
        return Message("未评")
    if event.points is None:
        return Message("{status}", {"status": STATUS_WORDS[event.status]})
    if event.status is Status.EXAMPLE:
        return Message("{points}分(待确认)", {"points": print_points(event.points)})
    return Message("{points}分", {"points": print_points(event.points)})


def _of_score(event: ScoreEvent, before: ScoreEvent | None, names: Mapping[str, str], sheet: Sheet) -> Sentence:
    params: dict[str, object] = {
        "sheet": sheet.name,
        "code": event.code,
        "name": names.get(event.code, ""),
        "before": _standing(before),
        "after": _standing(event),
        "reason": event.reason,
    }
    if (
        before is not None
        and event.points is not None
        and (before.points, before.reason) == (event.points, event.reason)
    ):
        what = Message("在{sheet}把{code} {name}的{before}确认为{after}", params)
        if before.status is event.status:
            what = Message("在{sheet}重新保存{code} {name}:{after}", params)
    elif before is not None and (before.points, before.status) == (event.points, event.status):
        what = Message("在{sheet}把{code} {name}({after})的原因改为:{reason}", params)
    elif event.reason or not _deducted(event, sheet):
        what = Message("在{sheet}把{code} {name}由{before}改为{after}", params)
        if event.reason:
            what = Message("在{sheet}把{code} {name}由{before}改为{after},原因:{reason}", params)
    else:
        what = Message("在{sheet}把{code} {name}由{before}改为{after},未写原因", params)
    if event.note and event.actor != SYSTEM.id:
        what = Message("{what}(依据:{note})", {"what": what, "note": event.note})
    return _sentence(event, event.sheet, event.code, what)


def _deducted(event: ScoreEvent, sheet: Sheet) -> bool:
    indicator = sheet.scheme.indicator(event.code)
    return event.points is not None and indicator is not None and event.points < indicator.weight


def _of_step(event: SheetEvent, sheet: Sheet) -> Sentence:
    params = {"sheet": sheet.name, "reason": event.reason}
    texts = {
        "submitted": Message("提交了{sheet}", params),
        "returned": Message("退回了{sheet},理由:{reason}", params),
        "locked": Message("锁定了本轮", params),
        "unlocked": Message("解锁了本轮,理由:{reason}", params),
    }
    return _sentence(event, event.sheet, "", texts[event.kind])


def _of_input(event: InputEvent, names: Mapping[str, str], sheet: Sheet) -> Sentence:
    entry = from_json(event.content)
    parts: list[str] = []
    if entry.ticks:
        parts.append("".join({True: "✓", False: "✗", None: "?"}[tick] for tick in entry.ticks))
    if entry.faults is not None:
        parts.append(str(entry.faults))
    if entry.answers:
        parts.append("/".join(map(str, entry.answers)))
    if entry.level:
        parts.append(entry.level)
    parts += [f"{value:f}" for value in entry.figures.values()]
    params: dict[str, object] = {
        "sheet": sheet.name,
        "code": event.code,
        "name": names.get(event.code, ""),
        "what": " ".join(parts) or "—",
    }
    what = Message("在{sheet}填报{code} {name}的计分依据:{what}", params)
    if entry.veto:
        what = Message("在{sheet}对{code} {name}记了一票否决", params)
    return _sentence(event, event.sheet, event.code, what)


def _of_recusal(event: Recusal, names: Mapping[str, str], sheet: Sheet) -> Sentence:
    params = {
        "sheet": sheet.name,
        "code": event.code,
        "name": names.get(event.code, ""),
        "reason": event.reason,
    }
    texts = {
        (True, True): Message("申请回避整张{sheet},理由:{reason}", params),
        (True, False): Message("取消回避整张{sheet},理由:{reason}", params),
        (False, True): Message("在{sheet}回避{code} {name},理由:{reason}", params),
        (False, False): Message("在{sheet}取消回避{code} {name},理由:{reason}", params),
    }
    return _sentence(event, event.sheet, event.code, texts[event.code == WHOLE_SHEET, event.active])


def _of_answer(event: FlagAnswer, names: Mapping[str, str], sheet: Sheet) -> Sentence:
    params = {"sheet": sheet.name, "code": event.code, "name": names.get(event.code, ""), "answer": event.answer}
    what = Message("在{sheet}撤回了对{code} {name}提示的答复", params)
    if event.answer:
        what = Message("在{sheet}答复{code} {name}的提示:{answer}", params)
    return _sentence(event, event.sheet, event.code, what)


def _of_redaction(event: Redaction, file: EvidenceFile, sheet: Sheet) -> Sentence:
    params = {"sheet": sheet.name, "code": file.code, "name": file.name, "digest": file.digest, "reason": event.reason}
    what = Message("清除了{sheet}{code}的佐证《{name}》的内容(SHA-256:{digest}),理由:{reason}", params)
    return _sentence(event, file.sheet, file.code, what)


def _of_comment(event: Comment) -> Sentence:
    params = {"code": event.code, "text": event.text, "decision": event.decision}
    what = Message("对{code}提出意见:{text}", params)
    if event.kind == "reply":
        what = Message("答复{code}的意见:{decision}。{text}", params)
    return _sentence(event, "", event.code, what)


def _of_round(event: RoundEvent) -> Sentence:
    params = {
        "name": event.name,
        "kind": KIND_WORDS[RoundKind(event.kind)],
        "rule": RULE_WORDS[Rule(event.rule)],
    }
    what = Message("把{name}的汇总规则定为{rule}", params)
    if event.revision == 1 and event.round != "r1":
        what = Message("开始了{name}({kind}),汇总规则为{rule}", params)
    return _sentence(event, "", "", what)


def _of_minutes(event: Minutes) -> Sentence:
    return _sentence(event, "", "", Message("保存了会议纪要(第{revision}版)", {"revision": event.revision}))


@asks(Deed.SEE)
def moments(ctx: Context, project: str, sheet: str) -> tuple[datetime, ...]:
    """When the sheet's scores changed, oldest first: where a replay can stop. Raises UnknownName, NotAllowed."""
    see(ctx, project, sheet)
    return tuple(dict.fromkeys(event.made_at for event in read.history(home.store(), project, sheet)))


@asks(Deed.SEE)
def at(ctx: Context, project: str, sheet: str, moment: datetime | None) -> Scorecard:
    """The sheet as it stood at a moment (naive UTC; None: now). Raises UnknownName, NotAllowed."""
    return scoring.scorecard(replace(ctx, version=Version(ctx.version.batch, moment)), project, sheet)


@asks(Deed.SEE)
def compare_moments(
    ctx: Context, project: str, sheet: str, earlier: datetime | None, later: datetime | None
) -> Comparison:
    """The items on which two moments of a sheet differ. Raises UnknownName, NotAllowed."""
    return scoring.differences_of(at(ctx, project, sheet, earlier), at(ctx, project, sheet, later))


@asks(Deed.SEE)
def undo_sentence(ctx: Context, project: str, sheet: str, code: str) -> Message | None:
    """What undoing the item's newest change would do; None when there is nothing to undo.

    Raises UnknownName, NotAllowed.
    """
    known_code(see(ctx, project, sheet), code)
    events = read.history(home.store(), project, sheet, code)
    if not events:
        return None
    newest, target = events[-1], events[-2] if len(events) > 1 else None
    params: dict[str, object] = {
        "who": newest.actor_name,
        "when": day_and_time(newest.made_at),
        "code": code,
        "now": _standing(newest),
        "then": _standing(target),
    }
    return Message("撤销{who}{when}的修改:{code}由{now}恢复为{then}。", params)


@asks(Deed.SCORE)
def undo(ctx: Context, project: str, sheet: str, code: str, base: int | None = None) -> Answer:
    """Write a new event that restores what the item was before its newest change; doing it twice changes nothing.

    `base` is the revision that the person saw: if somebody has changed it since, they are asked (Conflict).
    Raises NameNeeded, UnknownName, StoreError.
    """
    actor = named(ctx)
    store = home.store()
    known_code(read.sheet(store, project, sheet), code)
    closed: list[Message] = []
    edit_id = secrets.token_hex(16)

    def look(session: Session) -> None:
        refusal = may(actor, "score", logs.round_state_in(session, project, round_of_sheet(sheet)), sheet)
        closed[:] = [] if refusal is None else [refusal]

    def decide(
        current: Mapping[str, ScoreEvent], _: Callable[[Iterable[str]], Mapping[str, ScoreEvent]]
    ) -> tuple[list[write.NewScore], Answer | None]:
        if closed:
            return [], Refused(closed[0])
        newest = current.get(code)
        if newest is None:
            return [], Refused(Message("{code}还没有可撤销的修改。", {"code": code}))
        if base is not None and newest.revision != base:
            return [], Conflict(newest)
        # Writers wait for each other: this is the history up to `newest`.
        events = read.history(store, project, sheet, code)
        target = events[-2] if len(events) > 1 else None
        if target is None:
            return [write.NewScore(code, edit_id, None, Status.UNSCORED, "", "", actor)], None
        return [write.NewScore(code, edit_id, target.points, target.status, target.reason, target.note, actor)], None

    answer = write.append_scores(store, project, sheet, decide, look)
    return answer or Saved(read.known_edits(store, project, sheet, [edit_id])[edit_id])


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
    single = [s for s in _of_sheet(ctx, project, panel) if (s.made_at, s.code) not in told]
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


@dataclass(frozen=True)
class Problem:
    """A record that does not hold."""

    project: str
    sheet: str
    table: str
    code: str
    """"" for steps of a sheet."""
    revision: int
    message: Message


@dataclass(frozen=True)
class Verified:
    """What checking the records has found."""

    events: int
    """Records whose chain was recomputed."""
    problems: tuple[Problem, ...]


@asks(Deed.SEE_ALL)
def verify(ctx: Context, project: str | None = None) -> Verified:
    """Recompute every chain of digests (of one project, or of all) and name each record that does not hold.

    Raises UnknownName.
    """
    store = home.store()
    names = [project] if project is not None else [each.id for each in read.projects(store)]
    count, problems = 0, list[Problem]()
    for name in names:
        read.facts(store, name)
        chains = logs.check_chains(store, name)
        count += chains.events
        problems += [_problem(broken) for broken in chains.broken]
        problems += [_lost(lock, sheet) for lock, sheet in chains.missing_heads]
    return Verified(count, tuple(problems))


_TABLE_WORDS: Mapping[str, str] = {
    "score_event": word("评分记录"),
    "sheet_event": word("流程记录"),
    "item_input": word("填报记录"),
}


def _problem(broken: logs.Broken) -> Problem:
    event = broken.event
    code = "" if isinstance(event, SheetEvent) else event.code
    params: dict[str, object] = {
        "project": broken.project,
        "sheet": broken.sheet,
        "table": _TABLE_WORDS[broken.table],
        "code": code or "—",
        "revision": event.revision,
        "who": event.actor_name,
        "when": day_and_time(event.made_at),
    }
    text = Message(
        "项目{project}评分表{sheet}的{table}被改动过:{code}第{revision}次({who},{when}),与其摘要不符。", params
    )
    if not broken.altered:
        text = Message(
            "项目{project}评分表{sheet}的{table}不连续:{code}第{revision}次({who},{when})之前的一条已被删除或改动。",
            params,
        )
    return Problem(broken.project, broken.sheet, broken.table, code, event.revision, text)


def _lost(lock: SheetEvent, sheet: str) -> Problem:
    params = {
        "project": lock.project,
        "who": lock.actor_name,
        "when": day_and_time(lock.made_at),
        "sheet": sheet,
    }
    text = Message("项目{project}:{who}于{when}锁定的内容与其摘要不符。", params)
    if sheet:
        text = Message("项目{project}:{who}于{when}锁定的评分表{sheet},其记录已被删除或改动。", params)
    return Problem(lock.project, sheet or lock.sheet, "sheet_event", "", lock.revision, text)
