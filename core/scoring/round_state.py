"""The state of a round: its sheets, their owners and steps, who has seen what, and who scores alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.model.context import Actor
from core.model.panel_events import (
    LEAST_SCORERS,
    WHOLE_SHEET,
    Assignment,
    Recusal,
    RoundSetting,
    RoundStep,
    SelfShown,
    SheetEvent,
    SheetKind,
    SheetOwner,
    SheetState,
    Shown,
)
from core.model.rights import Deed, Role, may_do
from core.text.moments import local


def panel_id(round_id: str) -> str:
    """Id of a round's panel sheet: r1/panel."""
    return f"{round_id}/panel"


def working_id(round_id: str) -> str:
    """Id of a round's shared draft: r1/working. (An evaluator's sheet is r1/<slug of the person>.)"""
    return f"{round_id}/working"


def slug(actor: str) -> str:
    """Make a person's part of a sheet's id. Ids of sheets stand in addresses, and a person's own id must not."""
    return hashlib.sha256(actor.encode()).hexdigest()[:12]


def round_of(sheet: str) -> str:
    """Id of the round that a sheet belongs to."""
    return sheet.partition("/")[0]


def state(events: Iterable[SheetEvent]) -> SheetState:
    """Follow a sheet's own events to its state; without any it is a draft."""
    now = before = SheetState.DRAFT
    for event in events:
        if event.kind == "locked":
            now, before = SheetState.LOCKED, before if now is SheetState.LOCKED else now
        elif event.kind == "unlocked":
            now = before
        else:
            now = SheetState(event.kind)
    return now


def recused(recusals: Iterable[Recusal]) -> dict[str, frozenset[str]]:
    """The codes that each sheet's evaluator stays out of (`WHOLE_SHEET`: all of it), by sheet."""
    active: dict[tuple[str, str], Recusal] = {}
    for recusal in recusals:
        key = (recusal.sheet, recusal.code)
        if key not in active or recusal.revision > active[key].revision:
            active[key] = recusal
    found: dict[str, set[str]] = {}
    for (sheet, code), newest in active.items():
        if newest.active:
            found.setdefault(sheet, set()).add(code)
    return {sheet: frozenset(codes) for sheet, codes in found.items()}


def assigned(assignments: Iterable[Assignment]) -> dict[str, frozenset[str] | None]:
    """The codes that evaluators score (None: all), by their sheet; the assignments oldest first."""
    return {f"{e.round}/{slug(e.person)}": frozenset(json.loads(e.codes)) or None for e in assignments}


def left(steps: Iterable[RoundStep]) -> frozenset[str]:
    """The sheets that count nowhere: their owners stepped back, or were taken off (their steps oldest first)."""
    return frozenset(f"{step.round}/{slug(step.person)}" for step in _gone(steps))


def taken_off(steps: Iterable[RoundStep]) -> dict[str, RoundStep]:
    """The steps by which somebody else took an evaluator off the round, by their sheet (steps oldest first)."""
    return {f"{step.round}/{slug(step.person)}": step for step in _gone(steps) if step.actor != step.person}


def _gone(steps: Iterable[RoundStep]) -> list[RoundStep]:
    newest = {step.person: step for step in steps if step.kind in ("left", "started")}
    return [step for step in newest.values() if step.kind == "left"]


def same_person(actor: Actor, other: str, other_name: str) -> bool:
    """True for one person: one browser, or one name in two browsers."""
    return actor.id == other or (actor.name or "").strip().casefold() == other_name.strip().casefold()


@dataclass(frozen=True)
class RoundState:
    """Sheets of one round as far as the work flow asks."""

    round: str
    sheets: tuple[str, ...]
    """Their ids, in the order in which they were made."""
    owners: Mapping[str, SheetOwner] = field(hash=False)
    """Owners by sheet; a shared one has none."""
    events: Mapping[str, tuple[SheetEvent, ...]] = field(hash=False)
    """Events by sheet, oldest first."""
    recused: Mapping[str, frozenset[str]] = field(hash=False)
    project: str | None = None
    """Project of the round: a role may be for one project only."""
    parts: tuple[RoundStep, ...] = ()
    """Steps of persons: seen, asked, admitted, left, started; oldest first."""
    assigned: Mapping[str, frozenset[str] | None] = field(default_factory=dict, hash=False)
    """Codes that an evaluator scores by 分工 (None: all), by their sheet; whoever is not in it scores all."""
    self_assessed: bool = False
    """True where the unit scores itself (自评): nobody is its expert."""
    shown: Shown = Shown.AFTER_SUBMIT
    """Moment from which an expert may see the others' scores."""
    self_shown: SelfShown = SelfShown.AFTER_SUBMIT
    """Moment from which 自评 stands beside an expert's own sheet."""
    deadline: date | None = None
    least_scorers: int = LEAST_SCORERS
    """Evaluators that an item should have at least."""
    closed: RoundSetting | None = None
    """Change that holds it closed, or None."""
    deleted: bool = False

    @property
    def panel(self) -> str:
        """The id of the panel's sheet, whether it is there or not."""
        return panel_id(self.round)

    @property
    def lock(self) -> SheetEvent | None:
        """The event that holds the round locked, or None."""
        events = self.events.get(self.panel)
        return events[-1] if events and events[-1].kind == "locked" else None

    def kind(self, sheet: str) -> SheetKind:
        """Kind of a sheet, by its owner."""
        owner = self.owners.get(sheet)
        return owner.kind if owner else SheetKind.SHARED

    def is_personal(self, sheet: str) -> bool:
        """True where one person scores on it alone."""
        return self.kind(sheet) in (SheetKind.EVALUATOR, SheetKind.UNIT)

    def state(self, sheet: str) -> SheetState:
        """State of a sheet; in a locked round all are locked."""
        if self.lock:
            return SheetState.LOCKED
        now = state(self.events.get(sheet, ()))
        # What its owner has taken back is a draft again.
        return SheetState.DRAFT if now is SheetState.RETURNED and self.given_back(sheet) is None else now

    def is_submitted(self, sheet: str) -> bool:
        """True where its owner stands by it, locked or not."""
        return state(self.events.get(sheet, ())) is SheetState.SUBMITTED

    def is_late(self, sheet: str) -> bool:
        """True where it was submitted after the last day that the round has now: a later day forgives it."""
        submitted = [event for event in self.events.get(sheet, ()) if event.kind == "submitted"]
        if self.deadline is None or not submitted or not self.is_submitted(sheet):
            return False
        return local(submitted[-1].made_at).date() > self.deadline

    def given_back(self, sheet: str) -> SheetEvent | None:
        """Event by which somebody else gave the sheet back; None unless it waits to be changed since."""
        events = [event for event in self.events.get(sheet, ()) if event.kind in ("submitted", "returned")]
        if not events or events[-1].kind != "returned" or events[-1].actor == self.owners[sheet].owner:
            return None
        return events[-1]

    def is_recused(self, sheet: str) -> bool:
        """True where its evaluator stays out of the whole sheet (回避)."""
        return WHOLE_SHEET in self.recused.get(sheet, frozenset())

    def own(self, actor: Actor) -> str | None:
        """The actor's own sheet in the round, if there is one."""
        return next((s for s in self.sheets if self.is_personal(s) and self.owners[s].owner == actor.id), None)

    @property
    def ballots(self) -> tuple[str, ...]:
        """The sheets that make the panel's result: submitted, not wholly recused."""
        return tuple(
            sheet
            for sheet in self.sheets
            if self.is_personal(sheet) and self.is_submitted(sheet) and not self.is_recused(sheet)
        )

    @property
    def asking(self) -> tuple[RoundStep, ...]:
        """Requests to score in spite of having seen the others' scores, that wait for a chief's yes."""
        newest = {step.person: step for step in self.parts if step.kind in ("asked", "admitted")}
        owners = {owner.owner for owner in self.owners.values()}
        return tuple(step for step in newest.values() if step.kind == "asked" and step.person not in owners)

    def has_seen(self, actor: Actor) -> bool:
        """True where it is on record that the actor was shown the others' scores."""
        return any(step.kind == "seen" and step.person == actor.id for step in self.parts)

    def knows(self, actor: Actor) -> bool:
        """True where the actor knows the others' scores: a result that was locked once is known to all."""
        return self.has_seen(actor) or any(event.kind == "locked" for event in self.events.get(self.panel, ()))

    def admitted(self, actor: Actor) -> bool:
        """True where a chief has let the actor score nevertheless; not again for a sheet that was left."""
        of_actor = [s.kind for s in self.parts if s.person == actor.id and s.kind in ("asked", "admitted", "left")]
        return of_actor[-1:] == ["admitted"]

    def tells(self, actor: Actor, sheet: str) -> bool:
        """True where the sheet tells the scores of evaluators other than the actor: theirs, or the panel's of them."""
        own = self.own(actor)
        others = [each for each in self.sheets if self.is_personal(each) and each != own]
        if sheet != self.panel:
            return sheet in others
        return any(event.kind == "submitted" for each in others for event in self.events.get(each, ()))

    def named(self, actor: Actor) -> bool:
        """True where the actor is here to score and for nothing else: an expert before they have started a sheet."""
        scores = may_do(actor.grants, Deed.SCORE, self.project)
        return scores and not self.self_assessed and not may_do(actor.grants, Deed.CHAIR, self.project)

    def waits_for_lock(self, actor: Actor) -> bool:
        """True where the actor sees no scores but their own before the round is locked."""
        return self.shown is Shown.AFTER_LOCK and self.named(actor) and self.lock is None

    def sets_self_beside(self, sheet: str) -> bool:
        """True where 自评 may stand beside the sheet: it leads nobody who scores alone, unless the round says so."""
        if self.self_assessed:
            return False
        alone = self.is_personal(sheet) and not self.is_submitted(sheet) and self.lock is None
        return not alone or self.self_shown is SelfShown.AT_ONCE

    def undecided(self, actor: Actor) -> bool:
        """True where the actor could still score here alone: what they are shown of the others goes on record."""
        typed = any(grant.role is Role.OPERATOR for grant in actor.grants)  # a command is nobody's eyes
        if typed or self.lock or self.own(actor) or not may_do(actor.grants, Deed.SCORE, self.project):
            return False
        return not self.has_seen(actor)

    def owner_name(self, sheet: str) -> str:
        """Name of the evaluator who scores on it; "" for a shared one."""
        owner = self.owners.get(sheet)
        return owner.owner_name if owner else ""
