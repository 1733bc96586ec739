"""我的事项：what waits for the one who asks, with its day: rows to report, their own sheet, flags, remarks and comments
to be answered, findings in their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import Comment, SheetState, TalkEvent
from core.model.rectification import Rectification
from core.model.reporting import OPEN, Report
from core.model.rights import Deed, may_do
from core.scoring import Flag
from core.scoring.workflow import may
from core.service.base import identity, open_store
from core.service.base.asking import asks
from core.service.evidence import findings
from core.service.progress.decisions import Decision, some
from core.service.scoring import rounds, scorecards, talk
from core.service.scoring.rounds import RoundView
from core.store import comments, logs, reporting
from core.store.database import Source


@asks(Deed.SEE)
def tasks(ctx: Context, project: str) -> tuple[Decision, ...]:
    """List them, the streets to report first; nothing for whoever has not said who they are. Raises UnknownName."""
    if ctx.actor.name is None:
        return ()
    store = open_store.of(ctx)
    mine = _given(store, project, ctx.actor.id)
    reports = unfinished(store, project) if mine else ()
    return (
        *(each for report in reports for each in to_report(report, mine)),
        *(each for view in rounds.rounds(ctx, project) if view.writable for each in _of_round(ctx, project, view)),
        *to_rectify(findings.findings(ctx, project).items, ctx.actor.name),
    )


@asks(Deed.SEE)
def count(ctx: Context, project: str) -> int:
    """Count them, as they stand in the list. Raises UnknownName."""
    return len(tasks(ctx, project))


def unfinished(source: Source, project: str) -> tuple[Report, ...]:
    """The reporting periods of which some place does not count yet."""
    found = (reporting.report(source, period) for period in reporting.periods(source, project))
    return tuple(each for each in found if not each.finished)


def _given(source: Source, project: str, actor: str) -> frozenset[str]:
    """The places that somebody reports for."""
    known = reporting.reporters(source, project)
    return frozenset(each.place for each in known if identity.actor_id(each.person) == actor)


def to_report(report: Report, mine: frozenset[str]) -> Iterator[Decision]:
    """The own streets that have not reported, and why one came back."""
    places = tuple(place for place in report.in_state(*OPEN) if place in mine)
    if not places:
        return
    period = report.period
    params: dict[str, object] = {"places": some(places), "day": period.as_of}
    back = [step.reason for place in places if (step := report.step(place)) is not None and step.kind == "returned"]
    due: dict[str, object] = {"due": period.due}
    yield Decision(
        f"own_report_{period.id}",
        Message("请您填报：{places}，截至{day}的数", params),
        Message("已退回：{reason}；{due}前报", due | {"reason": back[0]}) if back else Message("{due}前报", due),
        "reporting",
        {"period": period.id},
    )


def to_score(view: RoundView) -> Iterator[Decision]:
    """The own sheet of a round that goes on."""
    sheet = next((each for each in view.sheets if each.mine), None)
    if sheet is None or sheet.state in (SheetState.SUBMITTED, SheetState.LOCKED):
        return
    done = Message("已评{scored}/{items}项", {"scored": sheet.scored, "items": sheet.items})
    yield Decision(
        f"own_sheet_{view.id}",
        Message("请您提交评分表：{round}", {"round": view.title}),
        _with_day(view, done),
        "scorecard",
        {"sheet": sheet.sheet.id},
    )


def _of_round(ctx: Context, project: str, view: RoundView) -> Iterator[Decision]:
    """What waits in a round that goes on. Nobody goes on record by it: no score is told."""
    store = open_store.of(ctx)
    yield from to_score(view)
    yield from to_hear(view, talk.mentions(ctx, project, view.id))
    state = logs.round_state(store, project, view.id)
    if view.panel is not None and not view.undecided and may(ctx.actor, "answer", state, state.panel) is None:
        yield from to_answer(view, scorecards.unrecorded(ctx, project, state.panel).open_flags)
    if may_do(ctx.actor.grants, Deed.CHAIR, project):
        yield from to_reply(view, comments.comments(store, project, view.id, ctx.version))


def to_hear(view: RoundView, remarks: Sequence[TalkEvent]) -> Iterator[Decision]:
    """Remarks of a round that are meant for one and have no answer; the oldest by its item and who has made it."""
    if remarks:
        first = remarks[0]
        params: dict[str, object] = {"round": view.title, "count": len(remarks)}
        why = Message("{who}在{code}的讨论中提到您", {"who": first.actor_name, "code": first.code})
        what = Message("请您回应讨论：{round}，{count}条", params)
        yield Decision(f"own_talk_{view.id}", what, _with_day(view, why), "panel", _part(view, "items"))


def to_answer(view: RoundView, flags: Sequence[Flag]) -> Iterator[Decision]:
    """Flags of the panel's sheet that hold its lock up."""
    if flags:
        what = Message("请您答复提示：{round}，{count}条", {"round": view.title, "count": len(flags)})
        yield Decision(f"own_flags_{view.id}", what, _with_day(view, flags[0].message), "panel", _part(view, "flags"))


def to_reply(view: RoundView, said: Sequence[Comment]) -> Iterator[Decision]:
    """Items whose newest comment has no answer of the panel; the oldest of them by its unit."""
    newest = {each.code: each for each in said}
    open_ = [each for each in newest.values() if each.kind == "comment"]
    if not open_:
        return
    first = min(open_, key=lambda each: each.made_at)
    what = Message("请您答复意见：{round}，{count}项", {"round": view.title, "count": len(open_)})
    params: dict[str, object] = {"unit": first.unit or first.actor_name, "code": first.code}
    why = _with_day(view, Message("{unit}对{code}的意见", params))
    yield Decision(f"own_comments_{view.id}", what, why, "panel", _part(view, "comments"))


def _with_day(view: RoundView, said: Message) -> Message:
    day = view.round.deadline
    return said if day is None else Message("{who}；截止{day}", {"who": said, "day": day})


def _part(view: RoundView, part: str) -> Mapping[str, str]:
    return {"round": view.id, "part": part}


def to_rectify(found: Sequence[Rectification], name: str) -> Iterator[Decision]:
    """Findings whose owner is called so, the one that is due first by its day."""
    own = [each for each in found if each.state in ("open", "working") and each.owner == name]
    if not own:
        return
    days = [each.due for each in own if each.due is not None]
    why = Message("最近的期限{due}", {"due": min(days)}) if days else Message("期限未定")
    if (back := next((each.sent_back for each in own if each.sent_back), "")) != "":
        why = Message("已退回：{reason}；{then}", {"reason": back, "then": why})
    yield Decision("own_findings", Message("请您整改：{count}条", {"count": len(own)}), why, "findings")
