"""问题整改: problems and recommendations of the evaluation, their rectification and its review."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.errors import InputError, Message, NotAllowed, UnknownName
from core.ingest.files import kept_kinds
from core.model.context import Context
from core.model.rectification import (
    KINDS,
    FindingPoint,
    Kind,
    Progress,
    Proof,
    Rectification,
    State,
    Step,
    progress,
    refusal,
)
from core.model.rights import Deed
from core.model.storable import MOST_TEXT, need_text, not_longer
from core.service.base import open_store, redaction
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.store import clock, read, rectification
from core.text import word
from core.text.one_line import one_line

STATE_WORDS: Mapping[State, str] = {
    "open": word("待整改"),
    "working": word("整改中"),
    "done": word("已整改"),
    "reviewed": word("已复核"),
}
LATE = "late"
"""Overdue ones, beside the states: 逾期."""
KIND_WORDS: Mapping[Kind, str] = {"problem": word("问题"), "recommendation": word("建议")}
MOST_NAME = 120
"""Most characters of an owner, a source or a document's name."""
MOST_ADDED = 200
"""Most findings that are put down at once."""


@dataclass(frozen=True)
class FindingDraft:
    """A finding that is about to be put down."""

    kind: Kind
    text: str
    source: str


@dataclass(frozen=True)
class FindingsView:
    """List of findings with their counts."""

    items: tuple[Rectification, ...]
    """Overdue ones first, then by due date, then as they were put down; reviewed ones last."""
    progress: Progress
    as_of: date
    """Day that overdue is measured against."""


@asks(Deed.SEE, until="steps")
def findings(ctx: Context, project: str) -> FindingsView:
    """List the project's findings at the context's version. Raises UnknownName."""
    as_of = read.facts(open_store.of(ctx), project, ctx.version).as_of
    found = rectification.findings(open_store.of(ctx), project, ctx.version)
    late = date.max

    def order(each: Rectification) -> tuple[bool, bool, date]:
        return each.state == "reviewed", not each.overdue(as_of), each.due or late

    return FindingsView(tuple(sorted(found, key=order)), progress(found, as_of), as_of)


@asks(Deed.ANSWER)
def add(ctx: Context, project: str, drafts: Sequence[FindingDraft]) -> tuple[FindingPoint, ...]:
    """Put findings down; one with the text of one that is there already is left out. Returns those that are new.

    Raises NameNeeded, UnknownName, NotAllowed for an empty or too long text.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    read.facts(store, project)
    if len(drafts) > MOST_ADDED:
        raise NotAllowed([Message("一次最多登记{most}条。", {"most": MOST_ADDED})])
    clean = [replace(draft, text=_text(draft.text), source=_short(draft.source)) for draft in drafts]
    if any(draft.kind not in KINDS for draft in clean):
        raise NotAllowed([Message("请选择类别：问题或建议。")])

    def decide(known: tuple[Rectification, ...]) -> list[FindingPoint]:
        texts = {each.point.text for each in known}
        made_at = clock.after(max((each.point.made_at for each in known), default=datetime.min))
        new: list[FindingPoint] = []
        for draft in clean:
            if draft.text in texts:
                continue
            texts.add(draft.text)
            moment = made_at + timedelta(microseconds=len(new))
            new.append(
                FindingPoint(
                    project, secrets.token_hex(6), draft.kind, draft.text, draft.source,
                    actor.id, actor.name or "", moment,
                )
            )  # fmt: skip
        return new

    return rectification.add_points(store, project, decide)


@asks(Deed.ANSWER)
def found_in(ctx: Context, project: str, name: str, content: bytes) -> tuple[FindingDraft, ...]:
    """Read the problems and recommendations of a report, without those that are put down already.

    Raises UnknownName, InputError when the file cannot be read.
    """
    from core.ingest.files.document import read_document
    from core.ingest.report_text.claims import find_problems

    document = read_document(name, content)
    if document.problems:
        raise InputError(Message("《{file}》未能读取。", {"file": name}), document.problems)
    known = {each.point.text for each in findings(ctx, project).items}
    drafts = [
        FindingDraft(
            "recommendation" if kind == "recommendation" else "problem", one_line(text)[:MOST_TEXT], _source(section)
        )
        for kind, text, section in find_problems(document.paragraphs)
    ]
    return tuple(dict.fromkeys(draft for draft in drafts if draft.text and draft.text not in known))


def _source(section: str) -> str:
    return f"报告 {section}" if section else "报告"


@asks(Deed.ANSWER)
def assign(ctx: Context, project: str, finding: str, owner: str, due: date | None, note: str = "") -> None:
    """Say who has to act by when; the state stays. Raises NameNeeded, UnknownName, NotAllowed."""
    _step(
        ctx,
        project,
        finding,
        lambda found: _next(found, found.state, owner=_short(owner), due=due, note=one_line(note)),
    )


@asks(Deed.ANSWER)
def start(ctx: Context, project: str, finding: str, owner: str, due: date | None) -> None:
    """Start: 待整改 -> 整改中, with owner and due date. Raises NameNeeded, UnknownName, NotAllowed."""
    _step(ctx, project, finding, lambda found: _next(found, "working", owner=_short(owner), due=due))


@asks(Deed.ANSWER)
def done(
    ctx: Context, project: str, finding: str, proof: str, note: str = "", file: tuple[str, bytes] | None = None
) -> None:
    """Report: 整改中 -> 已整改, with a document's name or number, or the document (name, content), kept as it is.

    Raises NameNeeded, UnknownName, NotAllowed without either, or for a file that is not what its name says.
    """
    shown, stored = Proof(_short(proof)), None
    if file is not None:
        shown, stored = proof_of(*file)
        note = " ".join(filter(None, (_short(proof), note)))
    _step(ctx, project, finding, lambda found: _next(found, "done", proof=shown, note=one_line(note)), stored)


def proof_of(name: str, content: bytes, taken: Collection[str] = kept_kinds.ENDINGS) -> tuple[Proof, tuple[str, bytes]]:
    """Make a proof of a file, with its digest and content to be kept. Raises NotAllowed where it is not what its name
    says, or not of the kinds that are taken."""
    bare = _short(kept_kinds.bare_name(name))[-MOST_NAME:]
    wrong = kept_kinds.wrong_content(bare, content, taken)
    if wrong is not None:
        raise NotAllowed([wrong])
    digest = hashlib.sha256(content).hexdigest()
    return Proof(bare, digest), (digest, content)


@asks(Deed.REVIEW)
def review(ctx: Context, project: str, finding: str, note: str = "") -> None:
    """Review: 已整改 -> 已复核, by another person than reported it. Raises NameNeeded, UnknownName, NotAllowed."""
    _step(ctx, project, finding, lambda found: _next(found, "reviewed", note=one_line(note)))


@asks(Deed.REVIEW)
def send_back(ctx: Context, project: str, finding: str, reason: str) -> None:
    """Send back: 已整改 -> 整改中, with a reason. Raises NameNeeded, UnknownName, NotAllowed."""
    _step(ctx, project, finding, lambda found: _next(found, "working", note=one_line(reason), proof=Proof("")))


@asks(Deed.SEE)
def proof_content(ctx: Context, project: str, finding: str, digest: str) -> bytes:
    """Return a stored proof. Raises UnknownName when the finding has none of that digest."""
    found = next((each for each in findings(ctx, project).items if each.point.id == finding), None)
    if not digest or found is None or all(step.proof.digest != digest for step in found.steps):
        raise UnknownName(Message("没有这份证明材料，请刷新后再试。"))
    return redaction.content(open_store.of(ctx), digest)


def sentences(found: Rectification) -> tuple[Message, ...]:
    """Tell the history of a finding, oldest first."""
    point = found.point
    who = {"when": day_and_time(point.made_at), "who": point.actor_name}
    told = [Message("{when} {who}登记", who)]
    before: State = "open"
    for step in found.steps:
        params = {
            "when": day_and_time(step.made_at),
            "who": step.actor_name,
            "state": STATE_WORDS[step.state],
            "owner": step.owner,
            "due": step.due or "",
            "proof": step.proof.name,
        }
        texts = {
            ("open", "open"): _assigned(step, params, Message("{when} {who}定为由{owner}负责，期限{due}", params)),
            ("working", "working"): _assigned(
                step, params, Message("{when} {who}改为由{owner}负责，期限{due}", params)
            ),
            ("open", "working"): Message("{when} {who}：{state}，由{owner}负责，期限{due}", params),
            ("working", "done"): Message("{when} {who}：{state}，证明材料：{proof}", params),
            ("done", "working"): Message("{when} {who}退回整改", params),
        }
        told.append(_with_note(texts.get((before, step.state), Message("{when} {who}：{state}", params)), step.note))
        before = step.state
    return tuple(told)


def _assigned(step: Step, params: Mapping[str, object], both: Message) -> Message:
    """Who has to act by when, as far as it was said."""
    if step.owner and step.due:
        return both
    if step.owner:
        return Message("{when} {who}定为由{owner}负责", params)
    return Message("{when} {who}把期限定为{due}", params) if step.due else Message("{when} {who}：{state}", params)


def _with_note(what: Message, note: str) -> Message:
    return Message("{what}。{note}", {"what": what, "note": note}) if note else what


def _step(
    ctx: Context,
    project: str,
    finding: str,
    make: Callable[[Rectification], Step],
    file: tuple[str, bytes] | None = None,
) -> None:
    actor = named(ctx)

    def decide(found: Rectification | None) -> Step:
        if found is None:
            raise UnknownName(Message("没有这条整改事项，请刷新后再试。"))
        step = replace(make(found), actor=actor.id, actor_name=actor.name or "")
        why_not = refusal(found, actor, step)
        if why_not is not None:
            raise NotAllowed([why_not])
        return step

    rectification.add_step(open_store.of(ctx), project, finding, decide, file)


def _next(
    found: Rectification,
    state: State,
    *,
    owner: str | None = None,
    due: date | None = None,
    proof: Proof | None = None,
    note: str = "",
) -> Step:
    """Draft the next step from the newest one; None keeps. Who takes it is added where it is decided."""
    return Step(
        state=state,
        owner=found.owner if owner is None else owner,
        due=due or found.due,
        proof=found.proof if proof is None else proof,
        note=note,
        actor="",
        actor_name="",
        made_at=clock.now(),
    )


def _text(text: str) -> str:
    return need_text(one_line(text), Message("请填写问题或建议的内容。"))


def _short(text: str) -> str:
    return not_longer(one_line(text), MOST_NAME)
