"""Sentences of records: of a sheet's events, of a round, comments, minutes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import Message
from core.model.context import SYSTEM, Version
from core.model.panel_events import (
    WHOLE_SHEET,
    Assignment,
    Comment,
    Deliberation,
    EvidenceFile,
    EvidenceWithdrawal,
    FlagAnswer,
    InputEvent,
    Minutes,
    Recusal,
    RoundSetting,
    RoundStep,
    SheetEvent,
    TalkEvent,
)
from core.model.scorecard import Scheme, ScoreEvent, Sheet, Status
from core.scoring.assignment import in_words
from core.scoring.consensus import Rule
from core.scoring.read_input import from_json
from core.scoring.round_settings import SET
from core.service.base.moments import day_and_time
from core.service.scoring.rounds import KIND_WORDS, RULE_WORDS, SELF_SHOWN_WORDS, SHOWN_WORDS
from core.store import logs, read
from core.store.database import Store
from core.store.event_log import E, Log
from core.store.event_order import at_latest
from core.store.redaction import Redaction, redactions
from core.text import word
from core.text.numbers import points as print_points

STATUS_WORDS: Mapping[Status, str] = {
    Status.EXAMPLE: word("待确认"),
    Status.CONFIRMED: word("已确认"),
    Status.UNSCORED: word("未评"),
    Status.EVIDENCE_MISSING: word("待补佐证"),
    Status.NOT_APPLICABLE: word("不适用"),
}


@dataclass(frozen=True)
class Sentence:
    """A record as a sentence."""

    made_at: datetime
    """Naive UTC."""
    sheet: str
    """Id of the sheet; "" for a record of the round."""
    code: str
    """Code of the item; "" for a record of no item."""
    actor_name: str
    message: Message
    """Whole sentence, with who and when."""
    in_minutes: bool
    """True where minutes contain it: it is about a whole sheet, or no sheet, or a recusal from an item."""
    struck: bool = False
    """True where it does not count any longer, and a later sentence says why."""
    revision: int = 0
    """Revision of the item that it made; 0: it is not about points."""


def by_time(*kinds: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Merge sentences of several kinds; each kind stays in its own order, also where a clock was wrong."""
    placed = [each for kind in kinds for each in zip(at_latest([s.made_at for s in kind]), kind, strict=True)]
    return tuple(sentence for _, sentence in sorted(placed, key=lambda each: each[0]))


def recusals(store: Store, project: str, sheet: Sheet, version: Version) -> list[Sentence]:
    """Tell who stays out of what on a sheet at a version: it says nothing of any score."""
    return [_of_recusal(each, sheet) for each in logs.events(store, logs.RECUSALS, project, sheet.id, version)]


def on_sheet(store: Store, project: str, sheet: str, version: Version) -> tuple[Sentence, ...]:
    """Tell all records of a sheet at a version, oldest first.

    Rights are not asked: that is done before.
    """
    found = read.sheet(store, project, sheet)
    owners = {owner.sheet: owner.owner for owner in logs.owners(store, project)}
    before: dict[str, ScoreEvent] = {}
    scores: list[Sentence] = []
    moment = version.moment or datetime.max
    for there_by, event in read.placed(store, project, sheet):
        if there_by > moment:
            continue
        scores.append(_of_score(event, before.get(event.code), found))
        before[event.code] = event
    gone = redactions(store)
    files = logs.evidence(store, project, sheet, version)
    redacted = [_of_redaction(gone[file.digest], file, found) for file in files if file.digest in gone]
    ends = [_of_withdrawal(file.withdrawn, file, found) for file in files if file.withdrawn is not None]

    def events(log: Log[E]) -> tuple[E, ...]:
        return logs.events(store, log, project, sheet, version)

    return by_time(
        scores,
        [_of_step(step, found, owners.get(sheet)) for step in events(logs.SHEET_EVENTS)],
        [_of_input(entry, found) for entry in events(logs.INPUTS)],
        recusals(store, project, found, version),
        [_of_answer(answer, found) for answer in events(logs.FLAG_ANSWERS)],
        [_of_file(file, found) for file in files],
        sorted(ends, key=lambda sentence: sentence.made_at),
        sorted(redacted, key=lambda sentence: sentence.made_at),
    )


Made = (
    ScoreEvent
    | SheetEvent
    | InputEvent
    | Recusal
    | FlagAnswer
    | Comment
    | TalkEvent
    | Deliberation
    | RoundSetting
    | RoundStep
    | Assignment
    | Minutes
    | Redaction
    | EvidenceFile
    | EvidenceWithdrawal
)


def _sentence(event: Made, sheet: str, code: str, what: Message) -> Sentence:
    who = {"when": day_and_time(event.made_at), "who": event.actor_name, "what": what}
    # Evaluators' single scores stay on their sheets. A view of others' scores is told where it came to matter: in the
    # request to score nevertheless.
    told = isinstance(event, Recusal) or not (sheet and code)
    told = told and not (isinstance(event, RoundStep) and event.kind == "seen")
    return Sentence(event.made_at, sheet, code, event.actor_name, Message("{when} {who}{what}", who), told)


def points_or_status(event: ScoreEvent | None) -> Message:
    """Print points, or the word for having none."""
    if event is None:
        return Message("未评")
    if event.points is None:
        return Message("{status}", {"status": STATUS_WORDS[event.status]})
    if event.status is Status.EXAMPLE:
        return Message("{points}分（待确认）", {"points": print_points(event.points)})
    return Message("{points}分", {"points": print_points(event.points)})


def _item(sheet: Sheet, code: str, **more: object) -> dict[str, object]:
    indicator = sheet.scheme.indicator(code)
    return {"sheet": sheet.name, "code": code, "name": indicator.l3 if indicator else "", **more}


def _of_score(event: ScoreEvent, before: ScoreEvent | None, sheet: Sheet) -> Sentence:
    old, new = points_or_status(before), points_or_status(event)
    params = _item(sheet, event.code, before=old, after=new, reason=event.reason)
    if before and event.points is not None and (before.points, before.reason) == (event.points, event.reason):
        what = Message("在{sheet}把{code} {name}的{before}确认为{after}", params)
        if before.status is event.status:
            what = Message("在{sheet}重新保存{code} {name}：{after}", params)
    elif before and (before.points, before.status) == (event.points, event.status):
        what = Message("在{sheet}把{code} {name}（{after}）的原因改为：{reason}", params)
    elif event.reason:
        what = Message("在{sheet}把{code} {name}由{before}改为{after}，原因：{reason}", params)
    elif _deducted(event, sheet):
        what = Message("在{sheet}把{code} {name}由{before}改为{after}，未写原因", params)
    else:
        what = Message("在{sheet}把{code} {name}由{before}改为{after}", params)
    if event.note and event.actor != SYSTEM.id:
        what = Message("{what}（依据：{note}）", {"what": what, "note": event.note})
    return replace(_sentence(event, event.sheet, event.code, what), revision=event.revision)


def _deducted(event: ScoreEvent, sheet: Sheet) -> bool:
    indicator = sheet.scheme.indicator(event.code)
    return event.points is not None and indicator is not None and event.points < indicator.weight


def _of_step(event: SheetEvent, sheet: Sheet, owner: str | None) -> Sentence:
    params = {"sheet": sheet.name, "reason": event.reason}
    texts = {
        "submitted": Message("提交了{sheet}", params),
        "returned": Message("退回了{sheet}，理由：{reason}", params),
        "locked": Message("锁定了本轮", params),
        "unlocked": Message("解锁了本轮，理由：{reason}", params),
    }
    withdrawn = event.kind == "returned" and event.actor == owner
    what = Message("撤回了已提交的{sheet}", params) if withdrawn else texts[event.kind]
    return _sentence(event, event.sheet, "", what)


def _of_input(event: InputEvent, sheet: Sheet) -> Sentence:
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
    params = _item(sheet, event.code, what=" ".join(parts) or "—")
    what = Message("在{sheet}填报{code} {name}的计分依据：{what}", params)
    if entry.veto:
        what = Message("在{sheet}对{code} {name}记了一票否决", params)
    return _sentence(event, event.sheet, event.code, what)


def _of_recusal(event: Recusal, sheet: Sheet) -> Sentence:
    params = _item(sheet, event.code, reason=event.reason)
    texts = {
        (True, True): Message("申请回避整张{sheet}，理由：{reason}", params),
        (True, False): Message("取消回避整张{sheet}，理由：{reason}", params),
        (False, True): Message("在{sheet}回避{code} {name}，理由：{reason}", params),
        (False, False): Message("在{sheet}取消回避{code} {name}，理由：{reason}", params),
    }
    return _sentence(event, event.sheet, event.code, texts[event.code == WHOLE_SHEET, event.active])


def _of_answer(event: FlagAnswer, sheet: Sheet) -> Sentence:
    params = _item(sheet, event.code, answer=event.answer)
    what = Message("在{sheet}撤回了对{code} {name}提示的答复", params)
    if event.answer:
        what = Message("在{sheet}答复{code} {name}的提示：{answer}", params)
    return _sentence(event, event.sheet, event.code, what)


def _of_file(file: EvidenceFile, sheet: Sheet) -> Sentence:
    params = _item(sheet, file.code, kind=file.kind, file=file.name)
    what = Message("在{sheet}为{code} {name}存入佐证《{file}》（{kind}）", params)
    return replace(_sentence(file, file.sheet, file.code, what), struck=file.withdrawn is not None)


def _of_withdrawal(event: EvidenceWithdrawal, file: EvidenceFile, sheet: Sheet) -> Sentence:
    params = _item(sheet, file.code, file=file.name, reason=event.reason)
    what = Message("在{sheet}撤回{code} {name}的佐证《{file}》，理由：{reason}", params)
    return _sentence(event, file.sheet, file.code, what)


def _of_redaction(event: Redaction, file: EvidenceFile, sheet: Sheet) -> Sentence:
    params = {"sheet": sheet.name, "code": file.code, "name": file.name, "digest": file.digest, "reason": event.reason}
    what = Message("清除了{sheet}{code}的佐证《{name}》的内容（SHA-256：{digest}），理由：{reason}", params)
    return _sentence(event, file.sheet, file.code, what)


def of_comment(event: Comment) -> Sentence:
    """Tell a comment, or the answer to it."""
    params = {"code": event.code, "text": event.text, "decision": event.decision, "unit": event.unit}
    what = Message("对{code}提出意见：{text}", params)
    if event.unit:
        what = Message("登记{unit}对{code}的意见：{text}", params)
    if event.kind == "reply":
        what = Message("答复{code}的意见：{decision}。{text}", params)
    return _sentence(event, "", event.code, what)


def of_talk(events: Sequence[TalkEvent]) -> list[Sentence]:
    """Tell the talk of a round, oldest first. Minutes have what is marked in a part of its own."""
    said = {(event.code, event.revision): event for event in events if event.kind == "said"}
    return [_of_talk(event, said.get((event.code, event.about), event)) for event in events]


def _of_talk(event: TalkEvent, remark: TalkEvent) -> Sentence:
    names = tuple(event.mentions.values())
    params = {"code": event.code, "text": remark.text, "who": remark.actor_name, "names": names}
    texts = {
        "said": Message("对{code}发言：{text}", params),
        "resolved": Message("把{code}的讨论标为已解决", params),
        "reopened": Message("重新打开了{code}的讨论", params),
        "marked": Message("把{who}对{code}的发言列入会议纪要：{text}", params),
        "unmarked": Message("不再把{who}对{code}的发言列入会议纪要：{text}", params),
    }
    what = Message("对{code}发言，提到{names}：{text}", params) if event.mentions else texts[event.kind]
    return replace(_sentence(event, "", event.code, what), in_minutes=False)


def of_deliberation(event: Deliberation) -> Sentence:
    """Tell what was put down of an item. Minutes have the newest in a part of its own."""
    params = {"code": event.code, "decided": decided(event)}
    what = Message("把{code}记为{decided}", params)
    return replace(_sentence(event, "", event.code, what), in_minutes=False)


def decided(event: Deliberation) -> Message:
    """Word what was put down of an item: 已议，决定：按5分计（王工提出）."""
    params = {"decision": event.decision, "who": event.proposer}
    if not event.decision:
        return Message("已议") if event.discussed else Message("未议")
    if event.discussed:
        return (
            Message("已议，决定：{decision}（{who}提出）", params)
            if event.proposer
            else Message("已议，决定：{decision}", params)
        )
    return (
        Message("未议，拟定：{decision}（{who}提出）", params)
        if event.proposer
        else Message("未议，拟定：{decision}", params)
    )


def of_round(event: RoundSetting, before: RoundSetting | None) -> Sentence:
    """Tell that a round was opened, set up anew, closed, reopened or deleted. `before`: its setting until then."""
    params: dict[str, object] = {
        "name": event.name,
        "kind": KIND_WORDS[event.kind],
        "rule": RULE_WORDS[Rule(event.rule)],
        "reason": event.reason,
    }
    if event.change == "closed":
        what = Message("关闭了{name}，理由：{reason}", params)
    elif event.change == "deleted":
        what = Message("删除了空的轮次“{name}”", params)
    elif event.change == "reopened":
        what = Message("重新打开了{name}，理由：{reason}", params)
    elif before is None:
        what = Message("开始了{name}（{kind}），汇总规则为{rule}", params)
    else:
        changes = tuple(_changes(event, before))
        what = Message("修改了{name}的设置：{changes}", {"name": before.name, "changes": changes})
        if [name for name in SET if getattr(event, name) != getattr(before, name)] in ([], ["rule"]):
            what = Message("把{name}的汇总规则定为{rule}", params)
    return _sentence(event, "", "", what)


def _changes(event: RoundSetting, before: RoundSetting) -> Iterator[Message]:
    """Name each field that a setting has changed, with what it is now."""
    if event.name != before.name:
        yield Message("名称改为“{name}”", {"name": event.name})
    if event.kind is not before.kind:
        yield Message("类别改为{kind}", {"kind": KIND_WORDS[event.kind]})
    if event.rule != before.rule:
        yield Message("汇总规则改为{rule}", {"rule": RULE_WORDS[Rule(event.rule)]})
    if event.deadline != before.deadline:
        day = event.deadline if event.deadline else Message("不设")
        yield Message("截止日期改为{day}", {"day": day})
    if event.least_scorers != before.least_scorers:
        yield Message("每项至少评分人数改为{count}", {"count": event.least_scorers})
    if event.shown is not before.shown:
        yield Message("公开得分改为：{shown}", {"shown": SHOWN_WORDS[event.shown]})
    if event.self_shown is not before.self_shown:
        yield Message("自评得分改为：{shown}", {"shown": SELF_SHOWN_WORDS[event.self_shown]})


def of_part(event: RoundStep) -> Sentence:
    """Tell that somebody saw the others' scores before having a sheet, asked, was admitted, left, or started again."""
    params = {"person": event.person_name, "reason": event.reason}
    texts = {
        "seen": Message("看了本轮他人的得分（当时没有自己的评分表）"),
        "asked": Message("看过他人的得分后，申请独立评分"),
        "admitted": Message("同意{person}在看过他人的得分后评分，理由：{reason}", params),
        "left": Message("退出了本轮评分（评分表是空的）"),
        "started": Message("重新开始了自己的评分表"),
    }
    of_another = {
        "left": Message("把{person}移出本轮评分，理由：{reason}；其评分表不计入结果", params),
        "started": Message("把{person}重新加入本轮评分", params),
    }
    what = texts[event.kind]
    if event.actor != event.person:
        what = of_another.get(event.kind, what)
    return _sentence(event, "", "", what)


def of_assignment(event: Assignment, scheme: Scheme) -> Sentence:
    """Tell that the items of an evaluator were changed."""
    items = in_words(scheme, json.loads(event.codes) or None)
    what = Message("把{person}的评分分工定为{items}", {"person": event.person_name, "items": items})
    return _sentence(event, "", "", what)


def of_minutes(event: Minutes) -> Sentence:
    """Tell that minutes were saved."""
    return _sentence(event, "", "", Message("保存了会议纪要（第{revision}版）", {"revision": event.revision}))
