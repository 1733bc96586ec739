"""我的事项：what waits for the one who asks, with its day: rows to report, their own sheet, findings in their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import SheetState
from core.model.rectification import Rectification
from core.model.reporting import OPEN, Report
from core.model.rights import Deed
from core.service.base import identity, open_store
from core.service.base.asking import asks
from core.service.evidence import findings
from core.service.progress.decisions import Decision, some
from core.service.scoring import rounds
from core.service.scoring.rounds import RoundView
from core.store import reporting
from core.store.database import Source


@asks(Deed.SEE)
def tasks(ctx: Context, project: str, reports: Sequence[Report]) -> tuple[Decision, ...]:
    """List them, the streets to report first; nothing for whoever has not said who they are.

    `reports`: the reporting periods of which some place does not count yet.
    """
    if ctx.actor.name is None:
        return ()
    mine = _given(open_store.of(ctx), project, ctx.actor.id)
    return (
        *(each for report in reports for each in to_report(report, mine)),
        *(each for view in rounds.rounds(ctx, project) for each in to_score(view)),
        *to_rectify(findings.findings(ctx, project).items, ctx.actor.name),
    )


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
    if sheet is None or not view.writable or sheet.state in (SheetState.SUBMITTED, SheetState.LOCKED):
        return
    done = Message("已评{scored}/{items}项", {"scored": sheet.scored, "items": sheet.items})
    day = view.round.deadline
    yield Decision(
        f"own_sheet_{view.id}",
        Message("请您提交评分表：{round}", {"round": view.title}),
        done if day is None else Message("{who}；截止{day}", {"who": done, "day": day}),
        "scorecard",
        {"sheet": sheet.sheet.id},
    )


def to_rectify(found: Sequence[Rectification], name: str) -> Iterator[Decision]:
    """Findings whose owner is called so, the one that is due first by its day."""
    own = [each for each in found if each.state in ("open", "working") and each.owner == name]
    if not own:
        return
    days = [each.due for each in own if each.due is not None]
    why = Message("最近的期限{due}", {"due": min(days)}) if days else Message("期限未定")
    yield Decision("own_findings", Message("请您整改：{count}条", {"count": len(own)}), why, "findings")
