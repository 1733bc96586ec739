"""Rounds and their sheets, as far as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.panel_events import (
    RoundKind,
    RoundSetting,
    RoundStep,
    SelfShown,
    SheetEvent,
    SheetKind,
    SheetState,
    Shown,
)
from core.model.rights import Deed
from core.model.scorecard import Scheme, Sheet
from core.scoring.consensus import Rule
from core.scoring.leading_sheet import leading_round, result_of
from core.scoring.round_state import RoundState, slug, taken_off, working_id
from core.scoring.round_state import round_of as round_of_sheet
from core.scoring.tally import items_of
from core.scoring.workflow import Action, may
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.moments import day_and_time
from core.service.base.project import round_titles
from core.service.scoring.independence import record_seen
from core.store import logs, read
from core.store.database import Session, Store
from core.text import word

STATE_WORDS: Mapping[SheetState, str] = {
    SheetState.DRAFT: word("草稿"),
    SheetState.SUBMITTED: word("已提交"),
    SheetState.RETURNED: word("已退回"),
    SheetState.LOCKED: word("已锁定"),
}
KIND_WORDS: Mapping[RoundKind, str] = {
    RoundKind.SELF: word("自评"),
    RoundKind.INITIAL: word("初评"),
    RoundKind.REEVALUATION: word("复评"),
    RoundKind.FINAL: word("终评"),
}
RULE_WORDS: Mapping[Rule, str] = {
    Rule.MEAN: word("平均分"),
    Rule.MEDIAN: word("中位数"),
    Rule.TRIMMED_MEAN: word("去掉最高最低后的平均分"),
    Rule.CHIEF: word("主评人定"),
}
SHOWN_WORDS: Mapping[Shown, str] = {
    Shown.AFTER_SUBMIT: word("提交自己的评分表后可看"),
    Shown.AFTER_LOCK: word("本轮锁定后才可看"),
}
SELF_SHOWN_WORDS: Mapping[SelfShown, str] = {
    SelfShown.AFTER_SUBMIT: word("提交自己的评分表后列出"),
    SelfShown.AT_ONCE: word("一开始就列出"),
}


@dataclass(frozen=True)
class SheetView:
    """A sheet in the list of a round: also for those who may not see its points yet."""

    sheet: Sheet
    kind: SheetKind
    of_round: Message
    """Title of its round."""
    owner_name: str
    state: SheetState
    mine: bool
    hidden: Message | None
    """Reason why the one who asks may not see its points; None: they may."""
    returnable: bool
    """True where the one who asks may give it back to its owner to change."""
    scored: int
    """Items with an answer of any kind, of those that its evaluator scores."""
    items: int
    """Items that its evaluator scores."""
    recused: frozenset[str]
    """Codes that its evaluator stays out of; `WHOLE_SHEET`: all of them."""
    returned: Message | None = None
    """Sentence of its return: by whom, when and why."""
    withdrawable: bool = False
    """True where the one who asks may take it back."""
    owner: str = ""
    """Id of the person whose it is; "" for a shared one."""

    @property
    def name(self) -> Message:
        """Name within its round."""
        return _name(self.sheet, self.owner_name)

    @property
    def title(self) -> Message:
        """Name among the sheets of all rounds."""
        return titled(self.of_round, self.name)


@dataclass(frozen=True)
class RoundView:
    """A round with its sheets."""

    round: RoundSetting
    title: Message
    """Name; with its id where another round of the project has an equal one."""
    locked: SheetEvent | None
    """Event that holds it locked."""
    sheets: tuple[SheetView, ...]
    closed: RoundSetting | None = None
    """Change that holds it closed."""
    undecided: bool = False
    """True where the one who asks could still score here alone; see `RoundState.undecided`."""
    asking: tuple[RoundStep, ...] = ()
    """Requests to score in spite of having seen the others' scores."""
    start_refused: Message | None = None
    """Reason why the one who asks may not start a sheet of their own; None: they may, or have one."""
    off: bool = False
    """True where the one who asks was taken off the round."""

    @property
    def id(self) -> str:
        """Id: r1, r2 …"""
        return self.round.round

    @property
    def name(self) -> str:
        """Name as it was given."""
        return self.round.name

    @property
    def self_assessed(self) -> bool:
        """True where the unit scores itself (自评)."""
        return self.round.self_assessed

    @property
    def rule(self) -> Rule:
        """Rule that makes one score of several."""
        return Rule(self.round.rule)

    @property
    def writable(self) -> bool:
        """True while something may be entered in it."""
        return self.locked is None and self.closed is None

    @property
    def mine(self) -> SheetView | None:
        """Own sheet of the one who asks."""
        return next((view for view in self.sheets if view.mine), None)

    @property
    def panel(self) -> SheetView | None:
        """Sheet of the panel, once there is one."""
        return next((view for view in self.sheets if view.kind is SheetKind.PANEL), None)

    @property
    def result(self) -> str:
        """Id of the sheet that documents speak of."""
        return result_of(self)


def own_id(round_id: str, person: str) -> str:
    """Make the id of a person's own sheet in a round, whether it is there or not."""
    return f"{round_id}/{slug(person)}"


def _name(sheet: Sheet, owner: str) -> Message:
    return Message("{name}的评分表", {"name": owner}) if owner else Message("{name}", {"name": sheet.name})


def titled(round_title: Message, sheet: Message | str) -> Message:
    """Name a sheet with its round: rounds have sheets of equal names."""
    return Message("{round} · {sheet}", {"round": round_title, "sheet": sheet})


@asks(Deed.SEE)
def sheet_titles(ctx: Context, project: str) -> Mapping[str, Message]:
    """Name each sheet that the one who asks may see, by its id, oldest round first."""
    return {each.sheet.id: each.title for view in rounds(ctx, project) for each in view.sheets if each.hidden is None}


@asks(Deed.SEE)
def sheet_title(ctx: Context, project: str, sheet: str) -> Message:
    """Name a sheet with its round. Raises UnknownName, NotAllowed while the actor may not see it."""
    found, store = seen_sheet(ctx, project, sheet), open_store.of(ctx)
    state = logs.round_state(store, project, round_of_sheet(sheet))
    return titled(round_titles(store, project)[state.round], _name(found, state.owner_name(sheet)))


@asks(Deed.SEE)
def rounds(ctx: Context, project: str) -> tuple[RoundView, ...]:
    """List the project's rounds, oldest first. Raises UnknownName for an unknown project."""
    store = open_store.of(ctx)
    read.facts(store, project, ctx.version)
    return tuple(_view(ctx, store, event) for event in logs.rounds(store, project, ctx.version))


@asks(Deed.SEE)
def round_of(ctx: Context, project: str, round_id: str) -> RoundView:
    """Find a round. Raises UnknownName."""
    return _view(ctx, open_store.of(ctx), event_of(open_store.of(ctx), project, round_id))


@asks(Deed.SEE)
def round_or_leading(ctx: Context, project: str, round_id: str | None = None) -> RoundView | None:
    """Find the named round, else the leading one of the project; None: there is none. Raises UnknownName."""
    if round_id is not None:
        return round_of(ctx, project, round_id)
    return leading_round(rounds(ctx, project))


def locked_result(found: Sequence[RoundView]) -> str | None:
    """Id of the sheet that the newest locked round ended with; None: none of these (oldest first) is locked."""
    first = leading_round(found)
    return first.result if first is not None and first.locked is not None else None


def first_sheet(found: Sequence[RoundView], round_id: str | None, seen: Collection[str]) -> str | None:
    """Choose the sheet to open where none is named, of those that may be seen.

    The own sheet that waits to be submitted. Else, of the round that is named: its result once it is locked, else the
    shared draft, else its first that there is. Where none is named: what the newest locked round ended with, else the
    oldest round's draft, else the first.
    """
    named = [view for view in found if round_id in (None, view.id)]
    wanted = [own_open(named), locked_result(named), *(working_id(view.id) for view in named)]
    wanted += [each.sheet.id for view in named for each in view.sheets]
    return next((each for each in wanted if each in seen), None)


def own_open(found: Sequence[RoundView]) -> str | None:
    """Id of the own sheet that the one who asks still has to submit, of the newest round that has one; or None."""
    waiting = (SheetState.DRAFT, SheetState.RETURNED)
    mine = (view.mine for view in reversed(found) if view.locked is None)
    return next((sheet.sheet.id for sheet in mine if sheet is not None and sheet.state in waiting), None)


def event_of(store: Store, project: str, round_id: str) -> RoundSetting:
    """Find the setting of a round. Raises UnknownName."""
    read.facts(store, project)
    found = next((event for event in logs.rounds(store, project) if event.round == round_id), None)
    if found is None:
        raise UnknownName(
            Message(
                "项目“{project}”没有轮次“{round}”。请核对轮次的编号。", {"project": project, "round": round_id[:20]}
            )
        )
    return found


def _view(ctx: Context, store: Store, event: RoundSetting) -> RoundView:
    rounds_state = logs.round_state(store, event.project, event.round)
    shown = logs.round_state(store, event.project, event.round, ctx.version)
    counts = logs.answered(store, event.project)
    own = rounds_state.own(ctx.actor)
    title = round_titles(store, event.project)[event.round]
    views: list[SheetView] = []
    for sheet in read.sheets(store, event.project, ctx.version):
        if sheet.id not in rounds_state.sheets:
            continue
        own_codes = theirs(rounds_state, sheet.scheme, sheet.id)
        views.append(
            SheetView(
                sheet=sheet,
                kind=rounds_state.kind(sheet.id),
                of_round=title,
                owner_name=rounds_state.owner_name(sheet.id),
                state=shown.state(sheet.id),
                mine=sheet.id == own,
                hidden=may(ctx.actor, "see", rounds_state, sheet.id),
                returnable=may(ctx.actor, "return", rounds_state, sheet.id) is None,
                scored=len(counts.get(sheet.id, frozenset()) & own_codes),
                items=len(own_codes),
                recused=rounds_state.recused.get(sheet.id, frozenset()),
                returned=returned(shown, sheet.id),
                withdrawable=may(ctx.actor, "withdraw", rounds_state, sheet.id) is None,
                owner=rounds_state.owners[sheet.id].owner if sheet.id in rounds_state.owners else "",
            )
        )
    undecided = _undecided(ctx.actor, rounds_state)
    refused = None if own else may(ctx.actor, "start", rounds_state, own_id(event.round, ctx.actor.id))
    off = own_id(event.round, ctx.actor.id) in taken_off(rounds_state.parts)
    return RoundView(event, title, shown.lock, tuple(views), shown.closed, undecided, rounds_state.asking, refused, off)


def theirs(state: RoundState, scheme: Scheme, sheet: str) -> frozenset[str]:
    """Codes of the items that a sheet's evaluator scores: without those of 回避, and of others by 分工."""
    items = items_of(scheme, {}, recused=state.recused.get(sheet, ()), assigned=state.assigned.get(sheet))
    return frozenset(item.indicator.code for item in items if not item.out)


def _undecided(actor: Actor, state: RoundState) -> bool:
    """True where some sheet tells the others' scores already, and the actor has still to decide on seeing them."""
    return state.undecided(actor) and any(state.tells(actor, sheet) for sheet in (state.panel, *state.ballots))


def returned(rounds: RoundState, sheet: str) -> Message | None:
    """Word by whom, when and why a sheet was given back; None where it was not, or its owner took it back."""
    event = rounds.given_back(sheet)
    if event is None:
        return None
    params = {"who": event.actor_name, "when": day_and_time(event.made_at), "reason": event.reason}
    return Message("{who}于{when}退回，理由：{reason}", params)


def allow(session: Session, actor: Actor, action: Action, project: str, sheet: str) -> RoundState:
    """Read the round in this transaction. Raises NotAllowed with why the actor may not."""
    state = logs.round_state(session, project, round_of_sheet(sheet))
    refusal = may(actor, action, state, sheet)
    if refusal is not None:
        raise NotAllowed([refusal])
    return state


def known_code(sheet: Sheet, code: str) -> None:
    """Raise UnknownName unless the sheet has that item."""
    if sheet.scheme.indicator(code) is None:
        raise UnknownName(Message("本表没有编号为“{code}”的指标。", {"code": code[:20]}))


@asks(Deed.SEE)
def seen_sheet(ctx: Context, project: str, sheet: str) -> Sheet:
    """Find a sheet that the actor may see, and record that they did. Raises UnknownName, NotAllowed."""
    found = read.sheet(open_store.of(ctx), project, sheet)
    record_seen(ctx, project, round_of_sheet(sheet), [sheet])
    return found
