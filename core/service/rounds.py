"""Rounds and whose sheets they have, and the steps of the work flow: submit, return, recuse, lock, unlock."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message, UnknownName
from core.model.context import Actor, Context
from core.model.panel import (
    WHOLE_SHEET,
    Recusal,
    RoundEvent,
    RoundKind,
    SheetEvent,
    SheetKind,
    SheetOwner,
    SheetState,
)
from core.model.rights import Deed
from core.model.scorecard import Sheet
from core.scoring.consensus import Rule
from core.scoring.workflow import (
    PANEL,
    WORKING,
    Action,
    NotAllowed,
    RoundState,
    may,
    need_text,
    slug,
)
from core.scoring.workflow import (
    lock_problems as _lock_problems,
)
from core.scoring.workflow import round_of as round_of_sheet
from core.service import home, scoring
from core.service.asking import asks, named
from core.store import logs, read
from core.store.database import Session, Store
from core.text import render, word
from core.text.numbers import half_up

STATE_WORDS: Mapping[SheetState, str] = {
    SheetState.DRAFT: word("草稿"),
    SheetState.SUBMITTED: word("已提交"),
    SheetState.RETURNED: word("已退回"),
    SheetState.LOCKED: word("已锁定"),
}
KIND_WORDS: Mapping[RoundKind, str] = {
    RoundKind.SELF: word("自评"),
    RoundKind.INITIAL: word("初评"),
    RoundKind.FINAL: word("终评"),
}
RULE_WORDS: Mapping[Rule, str] = {
    Rule.MEAN: word("平均分"),
    Rule.MEDIAN: word("中位数"),
    Rule.TRIMMED_MEAN: word("去掉最高最低后的平均分"),
    Rule.CHIEF: word("主评人定"),
}
MOST_NAME = 40
"""Characters of a round's name."""


@dataclass(frozen=True)
class SheetView:
    """A sheet of a round as its list shows it: also to those who may not see its points yet."""

    sheet: Sheet
    kind: SheetKind
    owner_name: str
    state: SheetState
    mine: bool
    hidden: Message | None
    """Why the one who asks may not see its points; None: they may."""
    returnable: bool
    """Whether the one who asks may give it back to its owner to change."""
    scored: int
    """Items with an answer of any kind."""
    items: int
    recused: frozenset[str]
    """Codes that its evaluator stays out of; `WHOLE_SHEET`: all of them."""


@dataclass(frozen=True)
class RoundView:
    """A round with its sheets."""

    round: RoundEvent
    locked: SheetEvent | None
    """The event that holds it locked."""
    sheets: tuple[SheetView, ...]

    @property
    def id(self) -> str:
        """r1, r2 …"""
        return self.round.round

    @property
    def name(self) -> str:
        """As it was given."""
        return self.round.name

    @property
    def rule(self) -> Rule:
        """How several scores become one."""
        return Rule(self.round.rule)

    @property
    def mine(self) -> SheetView | None:
        """The own sheet of the one who asks."""
        return next((view for view in self.sheets if view.mine), None)

    @property
    def panel(self) -> SheetView | None:
        """The panel's sheet, once there is one."""
        return next((view for view in self.sheets if view.kind is SheetKind.PANEL), None)

    @property
    def result(self) -> str:
        """The id of the sheet that documents speak of: the panel's or, while there is none, the shared one.

        Never another in place of one that is hidden.
        """
        return self.panel.sheet.id if self.panel else f"{self.id}/{WORKING}"


def panel_id(round_id: str) -> str:
    """The id of a round's panel sheet."""
    return f"{round_id}/{PANEL}"


@asks(Deed.SEE)
def rounds(ctx: Context, project: str) -> tuple[RoundView, ...]:
    """The project's rounds, oldest first. Raises UnknownName for an unknown project."""
    store = home.store()
    read.facts(store, project, ctx.version)
    return tuple(_view(ctx, store, event) for event in logs.rounds(store, project, ctx.version))


@asks(Deed.SEE)
def round_of(ctx: Context, project: str, round_id: str) -> RoundView:
    """One round. Raises UnknownName."""
    return _view(ctx, home.store(), event_of(project, round_id))


@asks(Deed.SEE)
def round_or_newest(ctx: Context, project: str, round_id: str | None) -> RoundView | None:
    """The round that is named, else the newest; None: there is none. Raises UnknownName."""
    if round_id is not None:
        return round_of(ctx, project, round_id)
    return next(reversed(rounds(ctx, project)), None)


def locked_result(found: Sequence[RoundView]) -> str | None:
    """The id of the sheet that the newest locked round ended with; None: none of these (oldest first) is locked."""
    return next((view.result for view in reversed(found) if view.locked is not None), None)


def event_of(project: str, round_id: str) -> RoundEvent:
    """A round as it stands. Raises UnknownName."""
    store = home.store()
    read.facts(store, project)
    found = next((event for event in logs.rounds(store, project) if event.round == round_id), None)
    if found is None:
        raise UnknownName(
            Message(
                "项目“{project}”没有轮次“{round}”。请核对轮次的编号。", {"project": project, "round": round_id[:20]}
            )
        )
    return found


def _view(ctx: Context, store: Store, event: RoundEvent) -> RoundView:
    rounds_state = logs.round_state(store, event.project, event.round)
    shown = logs.round_state(store, event.project, event.round, ctx.version)
    counts = logs.answered(store, event.project)
    own = rounds_state.own(ctx.actor)
    views: list[SheetView] = []
    for sheet in read.sheets(store, event.project, ctx.version):
        if sheet.id not in rounds_state.sheets:
            continue
        views.append(
            SheetView(
                sheet=sheet,
                kind=rounds_state.kind(sheet.id),
                owner_name=rounds_state.owner_name(sheet.id),
                state=shown.state(sheet.id),
                mine=sheet.id == own,
                hidden=may(ctx.actor, "see", rounds_state, sheet.id),
                returnable=may(ctx.actor, "return", rounds_state, sheet.id) is None,
                scored=counts.get(sheet.id, 0),
                items=len(sheet.scheme.indicators),
                recused=rounds_state.recused.get(sheet.id, frozenset()),
            )
        )
    return RoundView(event, shown.lock, tuple(views))


@asks(Deed.CHAIR)
def open_round(ctx: Context, project: str, name: str, kind: RoundKind | str, rule: Rule | str) -> RoundEvent:
    """A new round: everything in it starts blank, by the schemes of the newest round's working sheet.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    draft = _round_draft(name, kind, rule)
    store = home.store()
    read.facts(store, project)  # an unknown project is said as such
    last = [event.round for event in logs.rounds(store, project)]
    working = f"{last[-1]}/{WORKING}" if last else None
    template = next((sheet for sheet in read.sheets(store, project) if sheet.id == working), None)
    if template is None:
        raise UnknownName(
            Message(
                "项目“{project}”还没有评分表。请先导入一张:python -m core scorecard import 文件 --project {project}",
                {"project": project},
            )
        )
    return logs.add_round(store, project, draft, template, actor)


def _round_draft(name: str, kind: RoundKind | str, rule: Rule | str) -> logs.Draft:
    kept = need_text(name, Message("请填写轮次名称。"))
    if len(kept) > MOST_NAME:
        raise NotAllowed([Message("轮次名称最多{most}字。", {"most": MOST_NAME})])
    return {"name": kept, "kind": RoundKind(kind).value, "rule": Rule(rule).value}


@asks(Deed.CHAIR)
def set_rule(ctx: Context, project: str, round_id: str, rule: Rule | str) -> RoundEvent:
    """Change how several scores become one; what was taken over already stays. Raises NotAllowed in a locked round."""
    actor = named(ctx)
    event = event_of(project, round_id)
    draft = _round_draft(event.name, event.kind, rule)

    def decide(session: Session, known: Sequence[RoundEvent]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "answer", project, panel_id(round_id))
        return [draft], None

    logs.append(home.store(), logs.ROUND_EVENTS, project, round_id, actor, decide)
    return event_of(project, round_id)


@asks(Deed.SCORE)
def my_sheet(ctx: Context, project: str, round_id: str) -> Sheet:
    """The actor's own sheet of the round, made blank when there is none yet.

    Raises NameNeeded, UnknownName, NotAllowed in a locked round.
    """
    actor = named(ctx)
    event = event_of(project, round_id)
    kind = SheetKind.UNIT if event.kind is RoundKind.SELF else SheetKind.EVALUATOR
    own = f"{round_id}/{slug(actor.id)}"
    return _sheet(event, own, Message("{name}的评分表", {"name": actor.name or ""}), actor, actor, kind)


@asks(Deed.CHAIR)
def panel_sheet(ctx: Context, project: str, round_id: str) -> Sheet:
    """The panel's sheet of the round, made blank when there is none yet.

    Raises NameNeeded, UnknownName, NotAllowed in a locked round, or while the actor's own sheet is not submitted.
    """
    actor = named(ctx)
    event = event_of(project, round_id)
    return _sheet(event, panel_id(round_id), Message("评审组评分表"), actor, Actor("", ""), SheetKind.PANEL)


def _sheet(event: RoundEvent, sheet: str, name: Message, actor: Actor, owner: Actor, kind: SheetKind) -> Sheet:
    store = home.store()
    found = next((each for each in read.sheets(store, event.project) if each.id == sheet), None)
    if found is not None:
        return found
    state = logs.round_state(store, event.project, event.round)
    # Nobody may start a sheet of their own once they may not write in the round any more; see `may`.
    refusal = may(actor, "score", state, sheet)
    if refusal is not None:
        raise NotAllowed([refusal])
    like = read.sheet(store, event.project, f"{event.round}/{WORKING}")
    owned = SheetOwner(event.project, sheet, owner.id, owner.name or "", kind)
    title = render(name, "zh_CN")
    return logs.add_owned_sheet(store, event.project, sheet, title, like.scheme, like.grade_scheme, owned, actor)


def allow(session: Session, actor: Actor, action: Action, project: str, sheet: str) -> RoundState:
    """The round as it is in this transaction. Raises NotAllowed with why the actor may not."""
    state = logs.round_state_in(session, project, round_of_sheet(sheet))
    refusal = may(actor, action, state, sheet)
    if refusal is not None:
        raise NotAllowed([refusal])
    return state


def _step(
    ctx: Context,
    project: str,
    sheet: str,
    action: Action,
    kind: str,
    reason: str,
    check: Callable[[Session, RoundState], str] = lambda session, state: "",
) -> SheetEvent:
    """A step of a sheet's work flow; `check` may refuse it, and gives what it freezes."""
    actor = named(ctx)
    store = home.store()
    edit_id = secrets.token_hex(16)

    def decide(session: Session, known: Sequence[SheetEvent]) -> tuple[list[logs.Draft], None]:
        frozen = check(session, allow(session, actor, action, project, sheet))
        return [{"kind": kind, "reason": reason, "frozen": frozen, "edit_id": edit_id}], None

    logs.append(store, logs.SHEET_EVENTS, project, sheet, actor, decide)
    return next(e for e in logs.events(store, logs.SHEET_EVENTS, project, sheet) if e.edit_id == edit_id)


@asks(Deed.SCORE)
def submit(ctx: Context, project: str, sheet: str) -> SheetEvent:
    """The owner stands by the sheet: others see it, and it cannot be changed until it is returned.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    read.sheet(home.store(), project, sheet)

    def check(session: Session, state: RoundState) -> str:
        if not read.newest_links(session, project, sheet):
            # Or the others' scores could be had for nothing.
            raise NotAllowed([Message("本表一项都还没有评,不能提交。不参加评分的,请申请回避。")])
        return ""

    return _step(ctx, project, sheet, "submit", "submitted", "", check)


@asks(Deed.CHAIR)
def return_sheet(ctx: Context, project: str, sheet: str, reason: str) -> SheetEvent:
    """Give a submitted sheet back to its owner to change. Raises NameNeeded, UnknownName, NotAllowed."""
    named(ctx)
    read.sheet(home.store(), project, sheet)
    return _step(ctx, project, sheet, "return", "returned", need_text(reason, Message("请写明退回的理由。")))


@asks(Deed.SEE)
def lock_problems(ctx: Context, project: str, round_id: str) -> tuple[Message, ...]:
    """Everything that holds the round's lock up now; empty: it can be locked. Raises UnknownName."""
    event_of(project, round_id)
    store = home.store()
    state = logs.round_state(store, project, round_id)
    refusal = may(ctx.actor, "lock", state, state.panel)
    if refusal is not None:
        return (refusal,)
    return _problems(ctx, project, state)


def _problems(ctx: Context, project: str, state: RoundState) -> tuple[Message, ...]:
    if state.panel not in state.sheets:
        return _lock_problems(state, None, ())
    card = scoring.scorecard(ctx, project, state.panel)
    return _lock_problems(state, card.items, card.open_flags)


@asks(Deed.CHAIR)
def lock(ctx: Context, project: str, round_id: str, reason: str = "") -> SheetEvent:
    """Lock the round: nothing in it moves any more, and what it rests on is frozen under a digest.

    Raises NameNeeded, UnknownName, NotAllowed with everything that holds it up.
    """
    actor = named(ctx)
    event = event_of(project, round_id)
    store = home.store()
    facts = read.facts(store, project, ctx.version)

    def check(session: Session, state: RoundState) -> str:
        # Nothing is written between this look and the commit: writers wait for each other.
        problems = _problems(ctx, project, state)
        if problems:
            raise NotAllowed(problems, Message("还不能锁定,有{count}处未解决。", {"count": len(problems)}))
        card = scoring.scorecard(ctx, project, state.panel)
        return logs.freeze(
            {
                "batch": facts.batch,
                "scheme": [card.sheet.scheme.id, card.sheet.scheme.version],
                "grade_scheme": card.sheet.grade_scheme.id,
                "round": event.name,
                "rule": event.rule,
                "total": str(half_up(card.tally.decisive, 2)),
                "grade": card.tally.grade,
                "locked_by": actor.name,
                "names": {sheet: state.owner_name(sheet) for sheet in state.sheets if state.is_personal(sheet)},
                "heads": logs.heads_in(session, project, state.sheets),
            }
        )

    return _step(ctx, project, panel_id(round_id), "lock", "locked", reason.strip()[:500], check)


@asks(Deed.CHAIR)
def unlock(ctx: Context, project: str, round_id: str, reason: str) -> SheetEvent:
    """Open a locked round again: by another person than who locked it. Raises NameNeeded, UnknownName, NotAllowed."""
    named(ctx)
    event_of(project, round_id)
    kept = need_text(reason, Message("请写明解锁的理由。"))
    return _step(ctx, project, panel_id(round_id), "unlock", "unlocked", kept)


@asks(Deed.SCORE)
def recuse(ctx: Context, project: str, sheet: str, code: str | None, reason: str, active: bool = True) -> Recusal:
    """回避 of an item (None: of the whole sheet), or its end: its scores stay on record and count nowhere.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    store = home.store()
    found = read.sheet(store, project, sheet)
    if code is not None:
        known_code(found, code)
    kept = need_text(reason, Message("请写明回避的理由。") if active else Message("请写明取消回避的理由。"))

    def decide(session: Session, known: Sequence[Recusal]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "recuse", project, sheet)
        return [{"code": code or WHOLE_SHEET, "active": active, "reason": kept}], None

    logs.append(store, logs.RECUSALS, project, sheet, actor, decide)
    return [e for e in logs.events(store, logs.RECUSALS, project, sheet) if e.code == (code or WHOLE_SHEET)][-1]


def known_code(sheet: Sheet, code: str) -> None:
    """Raise UnknownName unless the sheet has that item."""
    if sheet.scheme.indicator(code) is None:
        raise UnknownName(Message("本表没有编号为“{code}”的指标。", {"code": code[:20]}))


@asks(Deed.SEE)
def see(ctx: Context, project: str, sheet: str) -> Sheet:
    """The sheet, if the actor may see it. Raises UnknownName, NotAllowed."""
    store = home.store()
    found = read.sheet(store, project, sheet)
    hidden = may(ctx.actor, "see", logs.round_state(store, project, round_of_sheet(sheet)), sheet)
    if hidden is not None:
        raise NotAllowed([hidden])
    return found


def scheme_frozen(scheme: str, version: int) -> bool:
    """Whether a scheme has been scored by: its weights stand then, and a change is a new version."""
    return logs.scheme_scored(home.store(), scheme, version)
