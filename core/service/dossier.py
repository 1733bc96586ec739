"""What goes with an item beside its points: entries for its rule, answers to flags, comments of the unit, evidence."""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.item_input import ItemInput
from core.model.panel import Comment, EvidenceFile, FlagAnswer, InputEvent
from core.model.rights import Deed
from core.scoring.read_input import as_json, from_json, read_input
from core.scoring.workflow import WORKING, NotAllowed, need_text
from core.service import home, redaction, scoring
from core.service.asking import asks, named
from core.service.rounds import allow, event_of, known_code, see
from core.store import logs, read, write
from core.store.database import Session
from core.text import word

DECISIONS = (word("采纳"), word("部分采纳"), word("不采纳"))
"""How a comment of the unit is answered."""
MOST_COMMENT = 2000
"""Characters of a comment or its answer."""

EVIDENCE_CLASSES = (word("正式资料"), word("工作资料"), word("原始凭证"), word("说明材料"))
MOST_EVIDENCE = 20 * 1024 * 1024
"""Bytes of a file."""
_MOST_ENTRIES = 5000
_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
EVIDENCE_ENDINGS = tuple(_MEDIA_TYPES)
"""Endings of files that are taken."""


@asks(Deed.SCORE)
def answer_flags(
    ctx: Context, project: str, sheet: str, keys: Collection[tuple[str, str]], answer: str
) -> tuple[FlagAnswer, ...]:
    """One answer to several flags, (code, kind) each; an empty answer opens them again.

    Raises NameNeeded, UnknownName, NotAllowed when the sheet cannot be changed, or has no such flag.
    """
    actor = named(ctx)
    card = scoring.scorecard(ctx, project, sheet)
    raised = {(flag.code, flag.kind) for flag in card.flags}
    for code, kind in keys:
        if (code, kind) not in raised:
            raise UnknownName(Message("{code}没有这条提示,请刷新后再答复。", {"code": code[:20]}))
    kept = need_text(answer, Message("请写明答复。")) if answer.strip() else ""

    def decide(session: Session, known: Sequence[FlagAnswer]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "answer", project, sheet)
        return [{"code": code, "kind": kind, "answer": kept} for code, kind in keys], None

    logs.append(home.store(), logs.FLAG_ANSWERS, project, sheet, actor, decide)
    return tuple(event for event in flag_answers(ctx, project, sheet) if (event.code, event.kind) in keys)


@asks(Deed.SCORE)
def answer_flag(ctx: Context, project: str, sheet: str, code: str, kind: str, answer: str) -> FlagAnswer:
    """Why a flag does not hold the sheet up; see `answer_flags`."""
    return answer_flags(ctx, project, sheet, [(code, kind)], answer)[0]


@asks(Deed.SEE)
def flag_answers(ctx: Context, project: str, sheet: str) -> tuple[FlagAnswer, ...]:
    """The newest answer to each flag of the sheet; an empty one was withdrawn. Raises UnknownName, NotAllowed."""
    see(ctx, project, sheet)
    newest = {
        (event.code, event.kind): event
        for event in logs.events(home.store(), logs.FLAG_ANSWERS, project, sheet, ctx.version)
    }
    return tuple(newest.values())


@asks(Deed.COMMENT)
def comment(ctx: Context, project: str, round_id: str, code: str, text: str) -> Comment:
    """What the evaluated unit says of an item (征求意见). Raises NameNeeded, UnknownName, NotAllowed."""
    return _comment(ctx, project, round_id, code, "comment", text, "")


@asks(Deed.CHAIR)
def reply(ctx: Context, project: str, round_id: str, code: str, decision: str, text: str) -> Comment:
    """The panel's answer to the unit's comment: one of `DECISIONS`, with the reason.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    if decision not in DECISIONS:
        raise NotAllowed([Message("请选择采纳、部分采纳或不采纳。")])
    return _comment(ctx, project, round_id, code, "reply", text, decision)


def _comment(ctx: Context, project: str, round_id: str, code: str, kind: str, text: str, decision: str) -> Comment:
    actor = named(ctx)
    event_of(project, round_id)
    store = home.store()
    known_code(read.sheet(store, project, f"{round_id}/{WORKING}"), code)
    kept = text.strip()
    if not kept:
        raise NotAllowed([Message("请写明意见。") if kind == "comment" else Message("请写明理由。")])
    if len(kept) > MOST_COMMENT:
        raise NotAllowed([Message("最多{most}字,现有{length}字。", {"most": MOST_COMMENT, "length": len(kept)})])

    def decide(session: Session, known: Sequence[Comment]) -> tuple[list[logs.Draft], None]:
        state = logs.round_state_in(session, project, round_id)
        if state.lock is not None:
            allow(session, actor, "answer", project, state.panel)
        if kind == "reply" and not any(event.code == code for event in known):
            raise NotAllowed([Message("这一项还没有意见可答复。")])
        return [{"code": code, "kind": kind, "text": kept, "decision": decision}], None

    logs.append(store, logs.COMMENTS, project, round_id, actor, decide)
    return [event for event in comments(ctx, project, round_id) if event.code == code][-1]


@asks(Deed.SEE)
def comments(ctx: Context, project: str, round_id: str) -> tuple[Comment, ...]:
    """What was said and answered in the round, oldest first. Raises UnknownName."""
    event_of(project, round_id)
    return logs.events(home.store(), logs.COMMENTS, project, round_id, ctx.version)


@asks(Deed.SCORE)
def put_input(
    ctx: Context, project: str, sheet: str, code: str, content: Mapping[str, Any], edit_id: str | None = None
) -> InputEvent:
    """Enter what an item's rule computes from: {ticks, faults, answers, level, figures, veto}, all of it each time.

    The same edit_id arriving twice is written once. Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    store = home.store()
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
        allow(session, actor, "score", project, sheet)
        return [{"code": code, "edit_id": key, "content": as_json(entry)}], None

    logs.append(store, logs.INPUTS, project, sheet, actor, decide)
    return next(event for event in logs.events(store, logs.INPUTS, project, sheet) if event.edit_id == key)


@asks(Deed.SEE)
def inputs(ctx: Context, project: str, sheet: str) -> dict[str, ItemInput]:
    """What was entered on the sheet, by code. Raises UnknownName, NotAllowed."""
    see(ctx, project, sheet)
    found = logs.events(home.store(), logs.INPUTS, project, sheet, ctx.version)
    return {event.code: from_json(event.content) for event in found}


@dataclass(frozen=True)
class MissingInput:
    """A row of the 资料清单: something to ask the unit for."""

    code: str
    name: str
    input: str
    """What is missing, in Chinese words."""
    evidence_needed: str


@asks(Deed.SEE)
def missing_inputs(ctx: Context, project: str, sheet: str) -> tuple[MissingInput, ...]:
    """One row for each input that a rule of the sheet still waits for. Raises UnknownName, NotAllowed."""
    card = scoring.scorecard(ctx, project, sheet)
    return tuple(
        MissingInput(item.indicator.code, item.indicator.l3, name, item.indicator.evidence_needed)
        for item in card.items
        for name in card.suggestions[item.indicator.code].missing
    )


@asks(Deed.SCORE)
def add_evidence(
    ctx: Context, project: str, sheet: str, code: str, kind: str, name: str, content: bytes
) -> EvidenceFile:
    """File a PDF, picture or Office document under an item. It is kept and given back, never opened or shown inline.

    `kind` is one of `EVIDENCE_CLASSES`. Raises NameNeeded, UnknownName, NotAllowed when the content is not what the
    name says, is too large, or the round is locked.
    """
    actor = named(ctx)
    store = home.store()
    known_code(read.sheet(store, project, sheet), code)
    if kind not in EVIDENCE_CLASSES:
        raise NotAllowed([Message("请选择佐证的类别。")])
    short = name.replace("\\", "/").rpartition("/")[2].strip()[-120:]
    ending = short.rpartition(".")[2].lower()
    wrong = wrong_content(short, ending, content)
    if wrong is not None:
        raise NotAllowed([wrong])
    file = EvidenceFile(
        project=project,
        sheet=sheet,
        code=code,
        id=secrets.token_hex(8),
        kind=kind,
        name=short,
        media_type=_MEDIA_TYPES[ending],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        actor=actor.id,
        actor_name=actor.name or "",
        made_at=write.now(),
    )

    def look(session: Session) -> None:
        allow(session, actor, "answer", project, sheet)
        twin = next((f for f in evidence(ctx, project, sheet, code) if f.digest == file.digest), None)
        if twin is not None:
            raise NotAllowed([Message("这份文件已经在本项的佐证里了(《{name}》)。", {"name": twin.name})])

    logs.add_evidence(store, file, content, look)
    return file


def wrong_content(name: str, ending: str, content: bytes) -> Message | None:
    """Why a file is not taken: its first bytes decide, not its name."""
    known = {"name": name}
    if ending not in _MEDIA_TYPES:
        return Message("《{name}》的类型不能作为佐证;可用PDF、图片(png jpg)和Office文档。", known)
    if not content:
        return Message("《{name}》是空的。", known)
    if len(content) > MOST_EVIDENCE:
        return Message("《{name}》超过20MB,请压缩或拆分后再存。", known)
    if not _is(ending, content):
        return Message("《{name}》的内容与文件类型不符,未存入。请用原软件打开确认后重新保存。", known)
    return None


def _is(ending: str, content: bytes) -> bool:
    if ending == "pdf":
        return b"%PDF-" in content[:1024]
    if ending == "png":
        return content.startswith(b"\x89PNG\r\n\x1a\n")
    if ending in ("jpg", "jpeg"):
        return content.startswith(b"\xff\xd8\xff")
    if ending in ("doc", "xls", "ppt"):
        return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    inside = any(name.startswith(_PARTS[ending]) for name in names)
    return "[Content_Types].xml" in names and inside and not macros and len(names) <= _MOST_ENTRIES


@asks(Deed.SEE)
def evidence(ctx: Context, project: str, sheet: str, code: str | None = None) -> tuple[EvidenceFile, ...]:
    """The files of the sheet, or of one of its items, oldest first. Raises UnknownName, NotAllowed."""
    see(ctx, project, sheet)
    return tuple(file for file in logs.evidence(home.store(), project, sheet) if code in (None, file.code))


@asks(Deed.SEE)
def evidence_content(ctx: Context, project: str, sheet: str, file_id: str) -> bytes:
    """A filed content. Raises UnknownName, NotAllowed."""
    file = next((file for file in evidence(ctx, project, sheet) if file.id == file_id), None)
    if file is None:
        raise UnknownName(Message("没有这份佐证文件,请刷新后再试。"))
    return redaction.content(file.digest)
