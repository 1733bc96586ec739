"""What has happened, as sentences: one for each record of a sheet, a round, a comment, the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import SYSTEM, Version
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
from core.model.scorecard import ScoreEvent, Sheet, Status
from core.scoring.consensus import Rule
from core.scoring.read_input import from_json
from core.service import home
from core.service.moments import day_and_time
from core.service.rounds import KIND_WORDS, RULE_WORDS
from core.store import logs, read
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


def on_sheet(version: Version, project: str, sheet: str, code: str | None = None) -> list[Sentence]:
    """All that a version has of a sheet, or of one of its items; kind by kind, not by time.

    Nobody is asked whether they may see it: that is done before.
    """
    store = home.store()
    found = read.sheet(store, project, sheet)
    names = {indicator.code: indicator.l3 for indicator in found.scheme.indicators}
    before: dict[str, ScoreEvent] = {}
    sentences: list[Sentence] = []
    moment = version.moment or datetime.max
    for event in read.history(store, project, sheet, code):
        if event.made_at > moment:
            continue
        sentences.append(_of_score(event, before.get(event.code), names, found))
        before[event.code] = event
    for step in logs.events(store, logs.SHEET_EVENTS, project, sheet, version):
        sentences.append(_of_step(step, found))
    for entry in logs.events(store, logs.INPUTS, project, sheet, version):
        sentences.append(_of_input(entry, names, found))
    for recusal in logs.events(store, logs.RECUSALS, project, sheet, version):
        sentences.append(_of_recusal(recusal, names, found))
    for answer in logs.events(store, logs.FLAG_ANSWERS, project, sheet, version):
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


def standing(event: ScoreEvent | None) -> Message:
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
        "before": standing(before),
        "after": standing(event),
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


def of_comment(event: Comment) -> Sentence:
    """Of a comment, or the answer to it."""
    params = {"code": event.code, "text": event.text, "decision": event.decision}
    what = Message("对{code}提出意见:{text}", params)
    if event.kind == "reply":
        what = Message("答复{code}的意见:{decision}。{text}", params)
    return _sentence(event, "", event.code, what)


def of_round(event: RoundEvent) -> Sentence:
    """Of a round that was opened, or whose rule was changed."""
    params = {
        "name": event.name,
        "kind": KIND_WORDS[RoundKind(event.kind)],
        "rule": RULE_WORDS[Rule(event.rule)],
    }
    what = Message("把{name}的汇总规则定为{rule}", params)
    if event.revision == 1 and event.round != "r1":
        what = Message("开始了{name}({kind}),汇总规则为{rule}", params)
    return _sentence(event, "", "", what)


def of_minutes(event: Minutes) -> Sentence:
    """Of minutes that were saved."""
    return _sentence(event, "", "", Message("保存了会议纪要(第{revision}版)", {"revision": event.revision}))
