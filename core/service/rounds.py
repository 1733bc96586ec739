"""Rounds and whose sheets they have, as whoever asks may see them.

How they come to be: `core.service.opening`. What their sheets go through: `core.service.steps`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message, UnknownName
from core.model.context import Actor, Context
from core.model.panel import RoundEvent, RoundKind, SheetEvent, SheetKind, SheetState
from core.model.rights import Deed
from core.model.scorecard import Sheet
from core.scoring.consensus import Rule
from core.scoring.workflow import PANEL, WORKING, Action, NotAllowed, RoundState, may
from core.scoring.workflow import round_of as round_of_sheet
from core.service import home
from core.service.asking import asks
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
    RoundKind.FINAL: word("终评"),
}
RULE_WORDS: Mapping[Rule, str] = {
    Rule.MEAN: word("平均分"),
    Rule.MEDIAN: word("中位数"),
    Rule.TRIMMED_MEAN: word("去掉最高最低后的平均分"),
    Rule.CHIEF: word("主评人定"),
}


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


def allow(session: Session, actor: Actor, action: Action, project: str, sheet: str) -> RoundState:
    """The round as it is in this transaction. Raises NotAllowed with why the actor may not."""
    state = logs.round_state_in(session, project, round_of_sheet(sheet))
    refusal = may(actor, action, state, sheet)
    if refusal is not None:
        raise NotAllowed([refusal])
    return state


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
