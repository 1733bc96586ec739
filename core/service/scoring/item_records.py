"""Records of an item beside its points: entries for its rule, answers to flags, comments, evidence."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import Message, NotAllowed, UnknownName
from core.ingest.files import kept_kinds
from core.model.context import Context
from core.model.item_input import ItemInput
from core.model.panel_events import Comment, EvidenceFile, EvidenceWithdrawal, FlagAnswer, InputEvent
from core.model.rights import Deed
from core.model.scorecard import Sheet
from core.model.storable import need_text, unstorable
from core.render import photo
from core.scoring.read_input import as_json, from_json, read_input
from core.scoring.round_state import round_of, working_id
from core.scoring.workflow import may, not_theirs, stands_still
from core.service.base import open_store, redaction
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.service.scoring import scorecards
from core.service.scoring.rounds import allow, event_of, known_code, seen_sheet
from core.store import clock, logs, read
from core.store import comments as stored
from core.store.database import Session
from core.text import word

DECISIONS = (word("采纳"), word("部分采纳"), word("不采纳"))
"""Decisions on a comment of the unit."""
MOST_COMMENT = 2000
"""Characters of a comment or its answer."""
MOST_UNIT = 100
"""Characters of a unit's name."""

_BESIDE = Message("另一处同时处理了这份佐证，本次未保存。请刷新后重试。")
EVIDENCE_CLASSES = (word("正式资料"), word("工作资料"), word("原始凭证"), word("说明材料"))


@asks(Deed.SCORE)
def answer_flags(
    ctx: Context, project: str, sheet: str, keys: Collection[tuple[str, str]], answer: str
) -> tuple[FlagAnswer, ...]:
    """Answer several flags at once, (code, kind) each; an empty answer opens them again.

    Raises NameNeeded, UnknownName, NotAllowed when the sheet cannot be changed, or has no such flag.
    """
    actor = named(ctx)
    card = scorecards.scorecard(ctx, project, sheet)
    raised = {(flag.code, flag.kind) for flag in card.flags}
    for code, kind in keys:
        if (code, kind) not in raised:
            raise UnknownName(Message("{code}没有这条提示，请刷新后再答复。", {"code": code[:20]}))
    kept = need_text(answer, Message("请写明答复。")) if answer.strip() else ""

    def decide(session: Session, known: Sequence[FlagAnswer]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "answer", project, sheet)
        return [{"code": code, "kind": kind, "answer": kept} for code, kind in keys], None

    logs.append(open_store.of(ctx), logs.FLAG_ANSWERS, project, sheet, actor, decide)
    return tuple(event for event in flag_answers(ctx, project, sheet) if (event.code, event.kind) in keys)


@asks(Deed.SCORE)
def answer_flag(ctx: Context, project: str, sheet: str, code: str, kind: str, answer: str) -> FlagAnswer:
    """Answer one flag; see `answer_flags`."""
    return answer_flags(ctx, project, sheet, [(code, kind)], answer)[0]


@asks(Deed.SEE)
def flag_answers(ctx: Context, project: str, sheet: str) -> tuple[FlagAnswer, ...]:
    """Read the newest answer to each flag of the sheet; an empty one was withdrawn. Raises UnknownName, NotAllowed."""
    seen_sheet(ctx, project, sheet)
    newest = {
        (event.code, event.kind): event
        for event in logs.events(open_store.of(ctx), logs.FLAG_ANSWERS, project, sheet, ctx.version)
    }
    return tuple(newest.values())


@asks(Deed.COMMENT)
def comment(ctx: Context, project: str, round_id: str, code: str, text: str, unit: str) -> Comment:
    """Put down the comment of an evaluated unit on an item (征求意见). Raises NameNeeded, UnknownName, NotAllowed."""
    named(ctx)
    made_by = need_text(unit, Message("请写明这是哪个单位的意见。"), MOST_UNIT)
    return _comment(ctx, project, round_id, code, "comment", text, "", made_by)


@asks(Deed.CHAIR)
def reply(ctx: Context, project: str, round_id: str, code: str, decision: str, text: str) -> Comment:
    """Answer the unit's comment: one of `DECISIONS`, with the reason.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    if decision not in DECISIONS:
        raise NotAllowed([Message("请选择采纳、部分采纳或不采纳。")])
    return _comment(ctx, project, round_id, code, "reply", text, decision, "")


def _comment(
    ctx: Context, project: str, round_id: str, code: str, kind: str, text: str, decision: str, unit: str
) -> Comment:
    actor = named(ctx)
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    known_code(read.sheet(store, project, working_id(round_id)), code)
    missing = Message("请写明意见。") if kind == "comment" else Message("请写明理由。")
    kept = need_text(text, missing, MOST_COMMENT)

    def decide(session: Session, known: Sequence[Comment]) -> logs.Draft:
        state = logs.round_state(session, project, round_id)
        if (still := stands_still(state)) is not None:
            raise NotAllowed([still])
        if kind == "reply" and not any(event.code == code for event in known):
            raise NotAllowed([Message("这一项还没有意见可答复。")])
        return {"code": code, "kind": kind, "text": kept, "decision": decision}

    stored.add(store, project, round_id, actor, unit, decide)
    return [event for event in comments(ctx, project, round_id) if event.code == code][-1]


@asks(Deed.SEE)
def comments(ctx: Context, project: str, round_id: str) -> tuple[Comment, ...]:
    """List the comments and answers of the round, oldest first. Raises UnknownName."""
    event_of(open_store.of(ctx), project, round_id)
    return stored.comments(open_store.of(ctx), project, round_id, ctx.version)


@asks(Deed.SEE)
def last_unit(ctx: Context, project: str, round_id: str) -> str:
    """Name the unit whose comment was put down last in the round, so that it is asked for once; "" before any.

    Raises UnknownName.
    """
    return next((each.unit for each in reversed(comments(ctx, project, round_id)) if each.unit), "")


@asks(Deed.SCORE)
def put_input(
    ctx: Context, project: str, sheet: str, code: str, content: Mapping[str, Any], edit_id: str | None = None
) -> InputEvent:
    """Enter the input of an item's rule: {ticks, faults, answers, level, figures, veto}, all of it each time.

    An edit_id that arrives twice is written once. Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    if (why := unstorable([code, content])) is not None:
        raise NotAllowed([why])
    store = open_store.of(ctx)
    found = read.sheet(store, project, sheet)
    known_code(found, code)
    indicator = found.scheme.indicator(code)
    assert indicator is not None
    entry = read_input(indicator, content)
    if isinstance(entry, Message):
        raise NotAllowed([entry])
    key = edit_id or secrets.token_hex(16)

    def decide(session: Session, known: Sequence[InputEvent]) -> tuple[list[logs.Draft], None]:
        if any(event.edit_id == key for event in known):
            return [], None
        why = not_theirs(allow(session, actor, "score", project, sheet), sheet, code)
        if why is not None:
            raise NotAllowed([why])
        return [{"code": code, "edit_id": key, "content": as_json(entry)}], None

    logs.append(store, logs.INPUTS, project, sheet, actor, decide)
    return next(event for event in logs.events(store, logs.INPUTS, project, sheet) if event.edit_id == key)


@asks(Deed.SEE)
def inputs(ctx: Context, project: str, sheet: str) -> dict[str, ItemInput]:
    """Read the entries of the sheet, by code. Raises UnknownName, NotAllowed."""
    seen_sheet(ctx, project, sheet)
    found = logs.events(open_store.of(ctx), logs.INPUTS, project, sheet, ctx.version)
    return {event.code: from_json(event.content) for event in found}


@dataclass(frozen=True)
class MissingInput:
    """Row of the 资料清单: an input to ask the unit for."""

    code: str
    name: str
    input: str
    """Missing input, in Chinese words."""
    evidence_needed: str
    received: tuple[str, ...] = ()
    """Names of the files that have come for the item: there is nothing more to ask for."""


@asks(Deed.SEE)
def missing_inputs(ctx: Context, project: str, sheet: str) -> tuple[MissingInput, ...]:
    """List the inputs that the rules of the sheet still wait for. Raises UnknownName, NotAllowed.

    What has come is what is filed on the sheet, or on the draft that its round has shared.
    """
    card = scorecards.scorecard(ctx, project, sheet)
    store = open_store.of(ctx)
    state = logs.round_state(store, project, round_of(sheet), ctx.version)
    draft = working_id(state.round)
    sheets = {sheet} | ({draft} if may(ctx.actor, "see", state, draft) is None else set())
    received: dict[str, tuple[str, ...]] = {}
    for file in logs.evidence(store, project, None, ctx.version):
        if file.sheet in sheets and file.withdrawn is None:
            received[file.code] = (*received.get(file.code, ()), file.name)
    return tuple(
        MissingInput(
            item.indicator.code,
            item.indicator.l3,
            name,
            item.indicator.evidence_needed,
            received.get(item.indicator.code, ()),
        )
        for item in card.items
        for name in card.suggestions[item.indicator.code].missing
    )


@asks(Deed.SCORE)
def add_evidence(
    ctx: Context, project: str, sheet: str, code: str | Collection[str], kind: str, name: str, content: bytes
) -> EvidenceFile:
    """File a PDF, picture, Office document or text under an item or several; returns it under the first.

    `kind` is one of `EVIDENCE_CLASSES`. Raises NameNeeded, UnknownName, NotAllowed when the content is not what the
    name says, is too large, or the round is locked.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    codes = (code,) if isinstance(code, str) else tuple(dict.fromkeys(code))
    _known_codes(read.sheet(store, project, sheet), codes)
    if kind not in EVIDENCE_CLASSES:
        raise NotAllowed([Message("请选择佐证的类别。")])
    bare = kept_kinds.bare_name(name)[-120:]
    wrong = kept_kinds.wrong_content(bare, content)
    if wrong is not None:
        raise NotAllowed([wrong])
    file = EvidenceFile(
        project=project,
        sheet=sheet,
        code=codes[0],
        id=secrets.token_hex(8),
        kind=kind,
        name=bare,
        media_type=kept_kinds.MEDIA_TYPES[kept_kinds.ending_of(bare)],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        actor=actor.id,
        actor_name=actor.name or "",
        made_at=clock.now(),
    )

    def check(session: Session) -> None:
        allow(session, actor, "answer", project, sheet)
        here = [f for f in logs.evidence(session, project, sheet) if f.withdrawn is None and f.digest == file.digest]
        twin = next((f for f in here if f.code in codes), None)
        if twin is not None:
            params = {"code": twin.code, "name": twin.name}
            raise NotAllowed([Message("这份文件已经在{code}的佐证里了（《{name}》）。", params)])

    logs.add_evidence(store, file, content, check, codes[1:])
    return file


@asks(Deed.SCORE)
def link_evidence(ctx: Context, project: str, sheet: str, file_id: str, codes: Collection[str]) -> None:
    """Let a filed document back further items. Raises NameNeeded, UnknownName, NotAllowed.

    An item from which it was withdrawn takes it as a new upload only: what was said of it stands.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    _known_codes(read.sheet(store, project, sheet), codes)
    with store.writing("steps", _BESIDE) as session:
        allow(session, actor, "answer", project, sheet)
        uses = [file for file in logs.evidence(session, project, sheet) if file.id == file_id]
        if not uses:
            raise _no_such_file()
        taken = next((file for file in uses if file.code in codes), None)
        if taken is not None:
            params = {"code": taken.code, "name": taken.name}
            raise NotAllowed([Message("《{name}》已经用于{code}，或已从{code}撤回，不能再次关联。", params)])
        if all(file.withdrawn is not None for file in uses):
            raise NotAllowed([Message("《{name}》已撤回，不能再关联；需要时请重新上传。", {"name": uses[0].name})])
        by = replace(uses[0], actor=actor.id, actor_name=actor.name or "", made_at=clock.now(), withdrawn=None)
        logs.link_evidence(session, [replace(by, code=code) for code in dict.fromkeys(codes)])


@asks(Deed.SCORE)
def withdraw_evidence(
    ctx: Context, project: str, sheet: str, file_id: str, codes: Collection[str], reason: str
) -> None:
    """Withdraw a filed document from items that it backs: it stays in the record and does not count any longer.

    Raises NameNeeded, UnknownName, NotAllowed without a reason, or while the round is locked.
    """
    actor = named(ctx)
    kept = need_text(reason, Message("请写明撤回的理由。"))
    store = open_store.of(ctx)
    _known_codes(read.sheet(store, project, sheet), codes)
    with store.writing("steps", _BESIDE) as session:
        allow(session, actor, "answer", project, sheet)
        uses = {file.code: file for file in logs.evidence(session, project, sheet) if file.id == file_id}
        if not uses.keys() >= set(codes):
            raise _no_such_file()
        late = next((uses[code].withdrawn for code in codes if uses[code].withdrawn is not None), None)
        if late is not None:
            raise NotAllowed([withdrawn_words(late)])
        by = (actor.id, actor.name or "", clock.now())
        ends = [EvidenceWithdrawal(project, sheet, code, file_id, kept, *by) for code in dict.fromkeys(codes)]
        logs.withdraw_evidence(session, ends)


def withdrawn_words(end: EvidenceWithdrawal) -> Message:
    """Say that a file was withdrawn, by whom, when and why."""
    params = {"who": end.actor_name, "when": day_and_time(end.made_at), "reason": end.reason}
    return Message("已由{who}于{when}撤回，理由：{reason}", params)


def _known_codes(sheet: Sheet, codes: Collection[str]) -> None:
    if not codes:
        raise NotAllowed([Message("请选择指标。")])
    for code in codes:
        known_code(sheet, code)


def _no_such_file() -> UnknownName:
    return UnknownName(Message("没有这份佐证文件，请刷新后再试。"))


@asks(Deed.SEE)
def evidence(ctx: Context, project: str, sheet: str, code: str | None = None) -> tuple[EvidenceFile, ...]:
    """List the files of the sheet, or of one of its items, oldest first, also withdrawn ones.

    Raises UnknownName, NotAllowed.
    """
    seen_sheet(ctx, project, sheet)
    found = logs.evidence(open_store.of(ctx), project, sheet, ctx.version)
    return tuple(file for file in found if code in (None, file.code))


@asks(Deed.SEE)
def evidence_content(ctx: Context, project: str, sheet: str, file_id: str) -> bytes:
    """Return a filed content. Raises UnknownName, NotAllowed."""
    file = next((file for file in evidence(ctx, project, sheet) if file.id == file_id), None)
    if file is None:
        raise _no_such_file()
    return redaction.content(open_store.of(ctx), file.digest)


@asks(Deed.SEE)
def small_picture(ctx: Context, project: str, sheet: str, file_id: str) -> bytes | None:
    """Return a filed picture made small (.jpg); None: it is none. Raises UnknownName, NotAllowed."""
    small = photo.small(evidence_content(ctx, project, sheet, file_id))
    return None if small is None else small.jpeg
