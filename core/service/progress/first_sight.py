"""总览: what management sees first, from one read of the facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.errors import Message, Month
from core.figures import households, over_time
from core.figures import money as money_figures
from core.figures.figure import Figure, FigurePanel, of_whole
from core.figures.palette import SCENARIO_BAND
from core.figures.streets import headline_of, street_table
from core.model.context import Context
from core.model.key_figure import KeyFigure
from core.model.measure import Measure, Measures
from core.model.panel_events import SheetState
from core.model.project import Facts
from core.model.rights import Deed
from core.progress.forecast import Forecast, forecast, paid_points
from core.progress.places import not_reported
from core.progress.trend import Trend
from core.progress.verdict import lateness, months_late, verdict
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import ProjectFigures, RowPanel
from core.service.evidence import alarms, data_checks, findings
from core.service.progress import trend
from core.service.progress.decisions import Awaited, Decision, DraftedSheet, Waiting, decisions
from core.service.progress.key_figures import KeyFigures
from core.service.progress.money_and_households import finished, scope_height
from core.service.progress.overview import paid_and_elapsed
from core.service.scoring import assignments, leading_sheet, rounds, scorecards
from core.store.database import Session
from core.text.amounts import Amount, said
from core.text.numbers import MISSING, count, percent

CHART_HEIGHT, TALL_CHART = 180, 260
"""Pixels that the chart has at least, so that the page fits a window of 1366 × 768; more for several snapshots."""


@dataclass(frozen=True)
class _Progress:
    """What of the page hangs on the data alone, and is drawn once for everybody."""

    figures: ProjectFigures
    headline: Message
    cards: tuple[KeyFigure, ...]
    streets: RowPanel
    panels: tuple[FigurePanel, ...]


@dataclass(frozen=True)
class FirstSight:
    """总览."""

    title: str
    subtitle: Message
    headline: Message
    cards: tuple[KeyFigure, ...]
    streets: RowPanel
    panels: tuple[FigurePanel, ...]
    decisions: tuple[Decision, ...]
    """今天要定, of the whole project."""
    as_of: date
    empty: bool
    """There is neither money nor anybody who benefits."""
    changed: Message | None
    """锁定后有变（n处）: the figures here are those that the round was locked on. None: nothing has changed."""
    changes: tuple[Message, ...]
    """What has."""


@asks(Deed.SEE)
def first_sight(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> FirstSight:
    """What management sees first, of what heads the project. Raises UnknownName.

    Where that is locked, the figures are those that it was locked on; what waits to be done is of today.
    """
    locked, since = leading_sheet.as_locked(ctx, project), leading_sheet.since_lock(ctx, project)
    facts = facts_of(locked, project)
    empty = not facts.spend and not facts.renovation
    head = leading_sheet.leading_score(ctx, project)
    drawn = _progress(locked, project, baseline, place, narrow)
    score = KeyFigures(drawn.figures).score(head)
    return FirstSight(
        title=facts.project.name,
        subtitle=Message("数据截至{day}", {"day": facts.as_of}),
        headline=drawn.headline,
        cards=() if empty else (*drawn.cards, _of_whole(score, place)),
        streets=drawn.streets,
        panels=() if empty else drawn.panels,
        decisions=() if empty else decisions(_waiting(ctx, project, baseline, head)),
        as_of=facts.as_of,
        empty=empty,
        changed=leading_sheet.how_many(since),
        changes=leading_sheet.change_sentences(since),
    )


def _progress(ctx: Context, project: str, baseline: str | None, place: str | None, narrow: bool) -> _Progress:
    # Scores change every second in a meeting, the money once a month: what is drawn of it is drawn once.
    def draw(_: Session) -> _Progress:
        figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
        facts, m = figures.facts, figures.measures
        over = trend.found(ctx, project, baseline) if facts.spend else None
        ahead = forecast(m.one("finish_forecast"), over)
        end = figures.baseline.end if figures.baseline is not None else None
        whole = verdict(m, ahead, end) or paid_and_elapsed(facts, m)
        return _Progress(
            figures=figures,
            headline=whole if place is None or not facts.spend else headline_of(m, place),
            cards=tuple(_cards(figures, ahead, over, place)),
            streets=_streets(figures, over, place),
            panels=tuple(
                figures.panel(each, height, wide=True) for each, height in _drawn(ctx, figures, ahead, over, place)
            ),
        )

    key = ("first_sight", project, ctx.version.batch, ctx.version.data, ctx.language, ctx.unit, baseline, place, narrow)
    return open_store.of(ctx).remembered(key, draw)


def _of_whole(card: KeyFigure, place: str | None) -> KeyFigure:
    """The card, marked 全项目 where a street is chosen."""
    if place is None:
        return card
    return replace(card, label=Message("{label}（全项目）", {"label": card.label}))


def _cards(figures: ProjectFigures, ahead: Forecast, over: Trend | None, place: str | None) -> list[KeyFigure]:
    return [
        _paid_card(figures, over, place),
        _of_whole(_finish_card(figures, ahead), place),
        _homes_card(figures, place),
    ]


def _paid_card(figures: ProjectFigures, over: Trend | None, place: str | None) -> KeyFigure:
    m, elapsed = figures.measures, figures.measures.one("time_elapsed")
    paid = m.one("paid", place)
    share = m.one("paid_rate", None, "estimate") if place is None else m.one("share_of_estimate", place, "estimate")
    small = _paid_of(figures.facts, share, elapsed, place)
    shown = said(paid.number, "brief")
    return KeyFigures(figures).card(
        "paid", Message("累计支付"), shown, small, paid, share,
        *(() if place is not None or elapsed.number is None else (elapsed,)), of="money", more=_change(over, place),
    )  # fmt: skip


def _paid_of(facts: Facts, share: Measure, elapsed: Measure, place: str | None) -> Message:
    """How much of the estimate was paid; of the whole project beside how much of the planned time has passed."""
    params = {"rate": percent(share.number, 1), "elapsed": percent(elapsed.number, 1)}
    if place is not None and share.number is not None:
        return Message("占全项目概算{rate}", params)
    timed = place is None and elapsed.number is not None
    if not facts.budget_groups:
        return Message("概算未填报，工期已过{elapsed}", params) if timed else Message("概算未填报")
    return Message("占概算{rate}，工期已过{elapsed}", params) if timed else Message("占概算{rate}", params)


def _change(over: Trend | None, place: str | None) -> Message | None:
    """What was paid since the snapshot before."""
    found = None if over is None else next((each for each in over.paid if each.place == place), None)
    if found is None or found.before is None or found.difference.number is None:
        return None
    more = found.difference.number
    params = {"month": Month(found.before.as_of), "more": Amount(abs(more))}
    return Message("较{month}少{more}", params) if more < 0 else Message("较{month}多{more}", params)


def _finish_card(figures: ProjectFigures, ahead: Forecast) -> KeyFigure:
    facts, m, plan = figures.facts, figures.measures, figures.baseline
    rests = Message("{word}", {"word": SCENARIO_BAND}) if ahead.is_estimate and ahead.days else None
    shown, small = _span(ahead), Message("没有可供外推的支付速度")
    behind = [*ahead.measures]
    if facts.spend and not facts.budget_groups:
        small = Message("概算未填报")
    elif plan is not None:
        params: dict[str, object] = {"planned": Month(plan.end), "late": lateness(ahead, plan.end)}
        if m.one("remaining", None, "estimate").number == 0:
            shown, small = Message("已付清"), Message("计划{planned}", params)
        elif ahead.days:
            small = Message("计划{planned}，{late}", params)
            behind += months_late(ahead, plan.end)
    return KeyFigures(figures).card(
        "finish", Message("预计付完"), shown, small, *behind, of="baseline", more=rests
    )  # fmt: skip


def _known(m: Measure, shown: Message) -> Message:
    """The figure with its unit; — alone where it is not known."""
    return Message(MISSING) if m.number is None else shown


def _span(ahead: Forecast) -> Message:
    """The month or months of the forecast, as short as a card needs it."""
    if not ahead.days:
        return Message(MISSING)
    first, last = Month(ahead.days[0]), Month(ahead.days[-1])
    if ahead.is_open:
        return Message("最早{first}", {"first": first})
    if str(first) == str(last):
        return Message("{first}", {"first": first})
    return Message("{first}—{last}", {"first": first, "last": last})


def _homes_card(figures: ProjectFigures, place: str | None) -> KeyFigure:
    m = figures.measures
    homes, communities, buildings = (m.one(name, place) for name in ("households", "communities", "buildings"))
    params = {
        "communities": count(communities.number), "buildings": count(buildings.number), "finished": _finished(m, place),
    }  # fmt: skip
    return KeyFigures(figures).card(
        "households",
        Message("计划受益"),
        _known(homes, Message("{households}户", {"households": count(homes.number)})),
        Message("{communities}个小区、{buildings}栋；{finished}", params),
        homes, communities, buildings, of="homes",
    )  # fmt: skip


def _finished(m: Measures, place: str | None) -> Message:
    """How many households are finished; where nobody counts these, how many communities."""
    done = next((x for x in m.all if x.id == "households_finished" and x.place == place), None)
    if done is None or done.number is None:
        return finished(m, place)
    return Message("已完工{done}户", {"done": count(done.number)})


def _streets(figures: ProjectFigures, over: Trend | None, place: str | None) -> RowPanel:
    found = street_table(figures.facts, figures.measures, over, alarms.crossed(figures.measures), place)
    return figures.rows(found.table, Message("各街镇"), found.measures)


def _drawn(
    ctx: Context, figures: ProjectFigures, ahead: Forecast, over: Trend | None, place: str | None
) -> list[tuple[Figure, int]]:
    """The chart: of a street its payments, else payment, planned time and forecast; without money, who benefits."""
    facts, m = figures.facts, figures.measures
    if not facts.spend:
        return [(of_whole(households.scope(facts, m), place), scope_height(facts))] if facts.renovation else []
    of_street = trend.payments(ctx, facts.project.id, place)
    if place is not None and len(of_street) > 1:
        return [(over_time.of_street(facts, m, place, figures.baseline, of_street), TALL_CHART)]
    known = paid_points(m.one("paid"), over)
    if figures.baseline is not None and facts.budget_groups and known:
        height = CHART_HEIGHT if len(known) < 2 else TALL_CHART
        return [(of_whole(money_figures.pace(facts, m, figures.baseline, known, ahead), place), height)]
    return [(of_whole(over_time.curve(facts, over), place), TALL_CHART)] if over is not None and known else []


def _waiting(ctx: Context, project: str, baseline: str | None, head: leading_sheet.LeadingScore) -> Waiting:
    facts = facts_of(ctx, project)
    usual = scorecards.measures(open_store.of(ctx), facts)
    chosen = ProjectFigures(ctx, facts, baseline, None, narrow=False).measures if baseline else usual
    return Waiting(
        facts=facts,
        figures=chosen,
        doubts=tuple(each for each in data_checks.checks(ctx, project) if each.status == "E"),
        questions=data_checks.unanswered(ctx, project),
        overdue=tuple(each for each in findings.findings(ctx, project).items if each.overdue(facts.as_of)),
        alarms=alarms.crossed(usual),
        evaluators_apart=alarms.evaluators_apart(ctx, project),
        sheet=_draft(head),
        panel=tuple(_awaited(ctx, project)),
        silent=not_reported(facts),
    )


def _draft(head: leading_sheet.LeadingScore) -> DraftedSheet | None:
    if head.card is None or head.round is None or head.round.locked is not None:
        return None
    return DraftedSheet(head.card.sheet.id, head.card.sheet.reconstruction, head.card.tally)


_DONE = (SheetState.SUBMITTED, SheetState.LOCKED)


def _awaited(ctx: Context, project: str) -> list[Awaited]:
    """The rounds that go on, and who has not handed in yet."""
    found = []
    for view in rounds.rounds(ctx, project):
        if not view.writable or view.self_assessed:
            continue
        handed_in = {each.sheet.id for each in view.sheets if each.state in _DONE}
        late = [
            each.name for each in assignments.evaluators(ctx, project, view.id)
            if each.expected and each.sheet not in handed_in
        ]  # fmt: skip
        found.append(Awaited(view.id, view.title, tuple(late), view.round.deadline))
    return found
