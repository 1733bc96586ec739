"""Setting up of rounds: what a new one starts from, its setting, its experts; closing, reopening, deleting it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.panel_events import LEAST_SCORERS, RoundKind, RoundSetting, SelfShown, SheetKind, Shown
from core.model.rights import Deed, may_do
from core.model.scorecard import GradeScheme, Scheme, Sheet
from core.model.storable import need_text
from core.scoring.consensus import Rule
from core.scoring.leading_sheet import reviewed
from core.scoring.round_settings import SET, change_refused, deadline_words, draft, free_name
from core.scoring.round_state import working_id
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.service.base.moments import local
from core.service.base.project import round_titles
from core.service.scoring.rounds import KIND_WORDS, event_of
from core.store import clock, logs, new_rounds, people, read
from core.store.database import Session, Store
from core.text import render

MOST_NAME = 40
"""Characters of a round's name."""
MOST_SCORERS = 50
GRADES = "mof"
"""Grades of a project's first scorecard, where nobody chooses others."""
SCHEME = "old-community-32"
"""Scheme of it: the one that is offered first, where it is there."""


@dataclass(frozen=True)
class RoundStart:
    """What the form of a new round starts from: the newest reviewed round, else the defaults."""

    id: str
    """Id that the round will have."""
    like: Message | None
    """Title of the round whose setting this is; None: there is none."""
    name: str
    kind: RoundKind
    rule: Rule
    least_scorers: int
    shown: Shown
    self_shown: SelfShown
    scheme: Scheme | None
    """Scheme of that round, in its version; None: there is none yet."""
    grades: str
    experts: tuple[str, ...]
    """Ids."""
    schemes: tuple[Scheme, ...]
    """Schemes to choose from, in all versions."""
    grade_schemes: tuple[GradeScheme, ...]


@asks(Deed.CHAIR)
def start(ctx: Context, project: str) -> RoundStart:
    """Gather what a new round starts from: all as in the newest reviewed round. Raises UnknownName."""
    store = open_store.of(ctx)
    read.facts(store, project)
    known = logs.rounds(store, project)
    working = {sheet.id: sheet for sheet in read.sheets(store, project)}
    begun = [event for event in known if working_id(event.round) in working]
    last = reviewed(begun)[-1] if begun else None
    sheet = working[working_id(last.round)] if last else None
    # A 自评 alone is no round to go on from in kind: what others score begins with 初评.
    kind = last.kind if last and not last.self_assessed else RoundKind.INITIAL
    here = experts(ctx, project)
    owners = [owner for owner in logs.owners(store, project) if last and owner.sheet.startswith(f"{last.round}/")]
    grades = read.grade_schemes(store)
    default = next((each.id for each in grades if each.id == GRADES), grades[0].id)
    return RoundStart(
        id=new_rounds.next_round(store, project),
        like=round_titles(store, project)[last.round] if last else None,
        name=free_name(render(KIND_WORDS[kind], "zh_CN"), [event.name for event in begun]),
        kind=kind,
        rule=Rule(last.rule) if last else Rule.MEAN,
        least_scorers=last.least_scorers if last else LEAST_SCORERS,
        shown=last.shown if last else Shown.AFTER_SUBMIT,
        self_shown=last.self_shown if last else SelfShown.AFTER_SUBMIT,
        scheme=sheet.scheme if sheet else None,
        grades=sheet.grade_scheme.id if sheet else default,
        experts=tuple(each.owner for each in owners if each.kind is not SheetKind.PANEL and each.owner in here),
        schemes=tuple(sorted(read.schemes(store), key=lambda each: each.id != SCHEME)),
        grade_schemes=grades,
    )


@asks(Deed.CHAIR)
def experts(ctx: Context, project: str) -> Mapping[str, str]:
    """Name the persons who can be experts, by the id with which they act.

    Who may score here; without accounts, who has had a sheet here.
    """
    store = open_store.of(ctx)
    known = people.known(store)
    if known:
        able = [each for each in known.values() if each.active and may_do(each.grants, Deed.SCORE, project)]
        return {identity.actor_id(each.id): each.name for each in able}
    return {owner.owner: owner.owner_name for owner in logs.owners(store, project) if owner.kind is not SheetKind.PANEL}


def deadline_now(of: RoundSetting) -> Message | None:
    """Word how long there is to the round's deadline from today; None: it has none."""
    return deadline_words(of.deadline, local(clock.now()).date())


@asks(Deed.CHAIR)
def named_experts(ctx: Context, project: str, wanted: Collection[str]) -> Mapping[str, str]:
    """Name each of these experts. Raises UnknownName for somebody who cannot be one."""
    here = experts(ctx, project) if wanted else {}
    if unknown := [each for each in wanted if each not in here]:
        raise UnknownName(Message("“{person}”不能在本项目评分，请刷新后重选评价人。", {"person": unknown[0][:40]}))
    return {each: here[each] for each in wanted}


def template(store: Store, project: str, scheme: tuple[str, int] | None, grades: str | None) -> Sheet:
    """Make the blank sheet of a round: by these schemes, else as the working sheet of the newest reviewed round.

    Raises UnknownName.
    """
    # A 自评表 has a scheme of its own; what others score goes on by theirs.
    sheets = {sheet.id: sheet for sheet in read.sheets(store, project)}
    begun = [event for event in logs.rounds(store, project) if working_id(event.round) in sheets]
    last = sheets[working_id(reviewed(begun)[-1].round)] if begun else None
    by, graded = last.scheme if last else None, last.grade_scheme if last else None
    if scheme is not None:
        by = next((each for each in read.schemes(store) if (each.id, each.version) == scheme), None)
    if grades is not None:
        graded = next((each for each in read.grade_schemes(store) if each.id == grades), None)
    if by is None or graded is None:
        raise UnknownName(Message("请选择指标体系和等级方案；没有可选的，请先导入指标体系。"))
    # Not after the round, which may be renamed: wherever it stands, its round stands beside it.
    return Sheet(project, "", render(Message("工作表"), "zh_CN"), by, graded, reconstruction=False)


def checked(
    of: Mapping[str, object],
    deadline: date | None,
    least_scorers: int,
    shown: Shown | str,
    self_shown: SelfShown | str,
) -> dict[str, object]:
    """Complete a setting with what is typed. Raises NotAllowed for what cannot be set."""
    kept = need_text(str(of["name"]), Message("请填写轮次名称。"))
    if len(kept) > MOST_NAME:
        raise NotAllowed([Message("轮次名称最多{most}字。", {"most": MOST_NAME})])
    if not 1 <= least_scorers <= MOST_SCORERS:
        raise NotAllowed([Message("每项至少几人评，请填1到{most}。", {"most": MOST_SCORERS})])
    said = {"deadline": deadline, "least_scorers": least_scorers}
    return {**of, "name": kept, **said, "shown": Shown(shown), "self_shown": SelfShown(self_shown)}


@asks(Deed.CHAIR)
def change_round(
    ctx: Context,
    project: str,
    round_id: str,
    *,
    name: str,
    kind: RoundKind | str,
    rule: Rule | str,
    deadline: date | None,
    least_scorers: int,
    shown: Shown | str,
    self_shown: SelfShown | str,
) -> RoundSetting:
    """Set a round up anew; what was taken over already stays. Raises NotAllowed in a locked round, UnknownName."""

    def make(now: RoundSetting, _: Session) -> logs.Draft:
        said = draft(now, name=name, kind=RoundKind(kind), rule=Rule(rule).value)
        return checked(said, deadline, least_scorers, shown, self_shown)

    return change(ctx, project, round_id, make)


@asks(Deed.CHAIR)
def close_round(ctx: Context, project: str, round_id: str, reason: str) -> RoundSetting:
    """Close a round: nothing is entered in it until it is reopened. Raises NotAllowed, UnknownName."""
    kept = need_text(reason, Message("请写明关闭的理由。"))
    return change(ctx, project, round_id, lambda now, _: draft(now, change="closed", reason=kept))


@asks(Deed.CHAIR)
def reopen_round(ctx: Context, project: str, round_id: str, reason: str) -> RoundSetting:
    """Open a closed round again. Raises NotAllowed, UnknownName."""
    kept = need_text(reason, Message("请写明重新打开的理由。"))
    return change(ctx, project, round_id, lambda now, _: draft(now, change="reopened", reason=kept))


@asks(Deed.CHAIR)
def delete_round(ctx: Context, project: str, round_id: str) -> None:
    """Delete a round in which nothing was ever entered. Raises NotAllowed, UnknownName."""

    def make(now: RoundSetting, session: Session) -> logs.Draft:
        state = logs.round_state(session, project, round_id)
        on_sheets = any(logs.anything_on(session, project, sheet) for sheet in state.sheets)
        if on_sheets or logs.anything_said(session, project, round_id):
            raise NotAllowed([Message("本轮已有内容，不能删除；不再评分的，请关闭本轮并写明理由。")])
        return draft(now, change="deleted")

    change(ctx, project, round_id, make)


Make = Callable[[RoundSetting, Session], logs.Draft]
"""(the present setting of a round, the transaction) -> the next one. It may raise."""


@asks(Deed.CHAIR)
def change(ctx: Context, project: str, round_id: str, make: Make) -> RoundSetting:
    """Write what `make` makes of a round's setting, where that is allowed; a setting that changes nothing is no row."""
    actor, store = named(ctx), open_store.of(ctx)
    event_of(store, project, round_id)

    def decide(session: Session, known: Sequence[RoundSetting]) -> tuple[list[logs.Draft], RoundSetting]:
        now = logs.settings(session, project)[round_id][-1]
        then = make(now, session)
        refusal = change_refused(logs.round_state(session, project, round_id), now, then)
        if refusal is not None:
            raise NotAllowed([refusal])
        same = then["change"] == "set" and all(getattr(now, name) == then[name] for name in SET)
        return [] if same else [then], now

    logs.append(store, logs.ROUND_SETTINGS, project, round_id, actor, decide)
    return logs.settings(store, project)[round_id][-1]
