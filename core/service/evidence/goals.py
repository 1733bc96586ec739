"""绩效目标: the goals of a project, each with what it can be held against."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.checks.goals import GoalCheck, look_at
from core.errors import Message, Month, NotAllowed, UnknownName
from core.model.context import Context
from core.model.goal import GOAL_KINDS, Goal, GoalKind
from core.model.measure import Measure, Measures
from core.model.rights import Deed
from core.model.storable import need_text, not_longer
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.contents import contents
from core.service.base.contents import measures as measures_of_contents
from core.service.evidence.findings import MOST_NAME
from core.service.scoring import scorecards
from core.store import clock, read
from core.store import goals as stored
from core.text import how_computed, word
from core.text.one_line import one_line

KIND_WORDS: Mapping[GoalKind, str] = {"overall": word("总目标"), "stage": word("阶段目标")}
MOST_GOALS = 50
_OF_REPORT = "stage_goal"
"""The claim of a report that stands for its stage goal, where nobody has put goals down."""


@dataclass(frozen=True)
class GoalLine:
    """A goal with what was looked for in it."""

    goal: Goal
    measurable: bool
    """It says a quantity or a day, and a measure that has a value answers it."""
    look: Message
    """Its quantities, days, and the measures that answer it."""


@asks(Deed.SEE, until="steps")
def goals(ctx: Context, project: str) -> tuple[GoalLine, ...]:
    """List the goals at the context's version, overall ones first; where none were put down, the report's stage goal.

    Raises UnknownName.
    """
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    found = [goal for goal in stored.goals(store, project, ctx.version).values() if goal.text]
    claim = facts.claim(_OF_REPORT)
    if not found and claim is not None and claim.text.strip():
        found = [Goal("", 0, "stage", claim.text, claim.source, "", "", datetime.min)]
    counted = measures_of_contents(contents(store, project, facts.places, ctx.version), facts.as_of)
    known = Measures((*scorecards.measures(store, facts).all, *counted))
    ordered = sorted(found, key=lambda goal: GOAL_KINDS.index(goal.kind))
    return tuple(_line(goal, look_at(goal.text, known)) for goal in ordered)


def _line(goal: Goal, seen: GoalCheck) -> GoalLine:
    parts: list[Message] = [
        Message("数量{count}个", {"count": seen.quantities}),
        Message("日期：{days}", {"days": seen.days}) if seen.days else Message("没有日期"),
    ]
    parts += [Message("{name}：{value}", {"name": m.name, "value": _printed(m)}) for m in seen.answers]
    parts += [Message("{name}未填报", {"name": name}) for name in seen.unreported]
    if not seen.answers and not seen.unreported:
        parts.append(Message("没有能回答它的指标"))
    return GoalLine(goal, seen.measurable, Message("{parts}", {"parts": tuple(parts)}))


def _printed(measure: Measure) -> Message | str:
    # A forecast is told by its month everywhere.
    if isinstance(measure.value, date):
        return Message("约{month}", {"month": Month(measure.value)})
    return how_computed.printed(measure)


@asks(Deed.ANSWER)
def add(ctx: Context, project: str, kind: GoalKind, text: str, source: str = "") -> None:
    """Put a goal down; one with the text of one that is there already is left out.

    Raises NameNeeded, UnknownName, NotAllowed for an empty or too long text.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    read.facts(store, project)
    if kind not in GOAL_KINDS:
        raise NotAllowed([Message("请选择总目标或阶段目标。")])
    kept = need_text(one_line(text), Message("请填写目标。"))
    by = not_longer(one_line(source), MOST_NAME)

    def decide(known: Mapping[str, Goal]) -> Goal | None:
        there = [goal for goal in known.values() if goal.text]
        if any(goal.text == kept for goal in there):
            return None
        if len(there) >= MOST_GOALS:
            raise NotAllowed([Message("最多{most}个目标。", {"most": MOST_GOALS})])
        return Goal(secrets.token_hex(6), 1, kind, kept, by, actor.id, actor.name or "", clock.now())

    stored.add_goal(store, project, decide)


@asks(Deed.ANSWER)
def take_back(ctx: Context, project: str, goal: str) -> None:
    """Take a goal back; what was put down stays in the record. Raises NameNeeded, UnknownName."""
    actor = named(ctx)

    def decide(known: Mapping[str, Goal]) -> Goal:
        found = known.get(goal)
        if found is None or not found.text:
            raise UnknownName(Message("没有这个目标，请刷新后再试。"))
        made = {"actor": actor.id, "actor_name": actor.name or "", "made_at": clock.now()}
        return replace(found, seq=found.seq + 1, text="", **made)  # type: ignore[arg-type]

    stored.add_goal(open_store.of(ctx), project, decide)
