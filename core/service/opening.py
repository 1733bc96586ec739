"""A round is opened, its rule is set, and the sheets in it are made blank."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Message, UnknownName
from core.model.context import Actor, Context
from core.model.panel import RoundEvent, RoundKind, SheetKind, SheetOwner
from core.model.rights import Deed
from core.model.scorecard import Sheet
from core.scoring.consensus import Rule
from core.scoring.workflow import WORKING, NotAllowed, may, need_text, slug
from core.service import home
from core.service.asking import asks, named
from core.service.rounds import allow, event_of, panel_id
from core.store import logs, read
from core.store.database import Session
from core.text import render

MOST_NAME = 40
"""Characters of a round's name."""


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
