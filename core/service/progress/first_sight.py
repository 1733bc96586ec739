"""总览: what management sees first, from one read of the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.errors import Message, Month
from core.figures import compared, households, over_time
from core.figures import money as money_figures
from core.figures.figure import Figure, FigurePanel, of_whole
from core.figures.palette import SCENARIO_BAND
from core.figures.streets import headline_of, street_figure, street_table
from core.model.context import Context
from core.model.key_figure import KeyFigure
from core.model.measure import Measure, Measures
from core.model.panel_events import SheetState
from core.model.project import Facts
from core.model.rights import Deed, may_do
from core.progress import measures as measures_of
from core.progress import partly
from core.progress.forecast import Forecast, forecast, paid_points
from core.progress.missing import Missing, chart_missing
from core.progress.places import not_reported
from core.progress.since_last import finish_since, finished_since, paid_since
from core.progress.trend import Trend
from core.progress.trend import trend as trend_of
from core.progress.verdict import lateness, months_late, verdict
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import ProjectFigures, RowPanel
from core.service.evidence import alarms, data_checks, findings
from core.service.progress import homes, own_tasks, trend
from core.service.progress.decisions import Awaited, Decision, DraftedSheet, Waiting, decisions
from core.service.progress.key_figures import KeyFigures
from core.service.progress.money_and_households import finished, scope_height
from core.service.progress.overview import paid_and_elapsed
from core.service.scoring import assignments, leading_sheet, rounds, scorecards
from core.store import read
from core.store.database import Session
from core.text.amounts import said
from core.text.numbers import MISSING, count, percent

CHART_HEIGHT, TALL_CHART = 180, 190
"""Pixels that the chart has at least, so that the page fits a window of 1366 × 768; more for several snapshots."""


@dataclass(frozen=True)
class _Progress:
    """What of the page hangs on the data alone, and is drawn once for everybody."""

    figures: ProjectFigures
    headline: Message
    cards: tuple[KeyFigure, ...]
    streets: RowPanel
    compared: RowPanel | None
    panels: tuple[FigurePanel, ...]
    days: tuple[date, ...]


@dataclass(frozen=True)
class FirstSight:
    """总览."""

    title: str
    subtitle: Message
    headline: Message
    cards: tuple[KeyFigure, ...]
    streets: RowPanel
    compared: RowPanel | None
    """What the street or the earlier day that was chosen for it differs in; None: nothing was chosen."""
    panels: tuple[FigurePanel, ...]
    to_come: bool
    """Whether the chart waits for something."""
    awaited: tuple[Missing, ...]
    """What it waits for, as far as nothing else on the page says so."""
    comparable: tuple[str, ...]
    """What can be compared with: days of earlier snapshots (ISO), and with a street the others."""
    decisions: tuple[Decision, ...]
    """今天要定; of a chosen street first, then of the whole project."""
    as_of: date
    empty: bool
    """There is neither money nor anybody who benefits."""
    changed: Message | None
    """锁定后有变（n处）: the figures here are those that the round was locked on. None: nothing has changed."""
    changes: tuple[Message, ...]
    """What has."""


@asks(Deed.SEE)
def first_sight(
    ctx: Context,
    project: str,
    baseline: str | None = None,
    place: str | None = None,
    narrow: bool = False,
    compare: str | None = None,
) -> FirstSight:
    """What management sees first, of what heads the project. Raises UnknownName.

    `compare`: another street beside `place`, or the day of an earlier snapshot; what is neither compares nothing.

    Where that is locked, the figures are those that it was locked on; what waits to be done is of today.
    """
    locked, since = leading_sheet.as_locked(ctx, project), leading_sheet.since_lock(ctx, project)
    facts = facts_of(locked, project)
    empty = not facts.spend and not facts.renovation
    head = leading_sheet.leading_score(ctx, project)
    drawn = _progress(locked, project, baseline, place, narrow, compare)
    score = KeyFigures(drawn.figures).score(head, leading_sheet.before(ctx, project, head))
    awaited = chart_missing(facts) if facts.spend and not drawn.panels else ()
    waiting = replace(_waiting(ctx, project, baseline, head), place=place)
    told = () if empty else (*own_tasks.tasks(ctx, project), *decisions(waiting))
    return FirstSight(
        title=facts.project.name,
        subtitle=Message("数据截至{day}", {"day": facts.as_of}),
        headline=drawn.headline,
        cards=() if empty else (*drawn.cards, _of_whole(score, place)),
        streets=drawn.streets,
        compared=drawn.compared,
        panels=() if empty else drawn.panels,
        to_come=bool(awaited),
        awaited=_unsaid(awaited, drawn.cards, told),
        comparable=(
            *(f"{day}" for day in drawn.days),
            *(each for each in facts.places if place is not None and each != place),
        ),
        decisions=told,
        as_of=facts.as_of,
        empty=empty,
        changed=leading_sheet.how_many(since),
        changes=leading_sheet.change_sentences(since),
    )


def _unsaid(awaited: Sequence[Missing], cards: Sequence[KeyFigure], told: Sequence[Decision]) -> tuple[Missing, ...]:
    """Those that neither a card says in its figure's place nor 今天要定."""
    by_cards = [each.caveat for each in cards]
    silent = any(each.id == "silent" for each in told)
    return tuple(x for x in awaited if x.sentence not in by_cards and not (silent and x.id == "places"))


@asks(Deed.SEE)
def to_decide(ctx: Context, project: str, baseline: str | None = None) -> tuple[Decision, ...]:
    """List what waits for a decision in the whole project. Raises UnknownName."""
    return decisions(_waiting(ctx, project, baseline, leading_sheet.leading_score(ctx, project)))


def _progress(
    ctx: Context, project: str, baseline: str | None, place: str | None, narrow: bool, compare: str | None
) -> _Progress:
    # Scores change every second in a meeting, the money once a month: what is drawn of it is drawn once.
    def draw(_: Session) -> _Progress:
        figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
        facts, m = figures.facts, figures.measures
        series = read.series(open_store.of(ctx), project, ctx.version)
        then = next((each for each in series[:-1] if f"{each.as_of}" == compare), None)
        over = trend.found(ctx, project, baseline) if facts.spend else None
        ahead = forecast(m.one("finish_forecast"), over)
        end = figures.baseline.end if figures.baseline is not None else None
        whole = verdict(m, ahead, end) or paid_and_elapsed(facts, m)
        # The changes since the day that was chosen, in place of those since the snapshot before.
        since = over if then is None else trend_of([then, facts], baseline)
        return _Progress(
            figures=figures,
            headline=whole if place is None or not facts.spend else headline_of(m, place),
            cards=tuple(_cards(figures, ahead, since, [Measures(measures_of(x, None)) for x in series], place)),
            streets=_streets(figures, since, place, then),
            compared=_compared(figures, place, compare, then),
            days=tuple(each.as_of for each in series[:-1]),
            panels=tuple(
                figures.panel(each, height, wide=True) for each, height in _drawn(ctx, figures, ahead, over, place)
            ),
        )

    of_view = (ctx.version.batch, ctx.version.data, ctx.language, ctx.unit, baseline, place, narrow, compare)
    key = ("first_sight", project, *of_view)
    return open_store.of(ctx).remembered(key, draw)


def _compared(figures: ProjectFigures, place: str | None, compare: str | None, then: Facts | None) -> RowPanel | None:
    facts, m = figures.facts, figures.measures
    if then is not None:
        baseline = figures.baseline.id if figures.baseline is not None else None
        known = baseline in {each.id for each in then.baselines}
        found = compared.of_days(facts, Measures(measures_of(then, baseline if known else None)), m, then.as_of)
    elif place is not None and compare in facts.places and compare != place:
        found = compared.of_places(facts, m, place, compare)
    else:
        return None
    return figures.rows(found.table, Message("对比"), found.measures)


def _of_whole(card: KeyFigure, place: str | None) -> KeyFigure:
    """The card, marked 全项目 where a street is chosen."""
    if place is None:
        return card
    return replace(card, label=Message("{label}（全项目）", {"label": card.label}))


def _cards(
    figures: ProjectFigures, ahead: Forecast, over: Trend | None, series: Sequence[Measures], place: str | None
) -> list[KeyFigure]:
    return [
        _paid_card(figures, over, series, place),
        _of_whole(_finish_card(figures, ahead, over), place),
        _homes_card(figures, over, series, place),
    ]


def _course(series: Sequence[Measures], name: str, place: str | None) -> tuple[Decimal, ...]:
    """The values of a figure over the snapshots; nothing where one of them does not have it."""
    found = [next((x.number for x in each.all if x.id == name and x.place == place), None) for each in series]
    return () if None in found else tuple(value for value in found if value is not None)


def _paid_card(figures: ProjectFigures, over: Trend | None, series: Sequence[Measures], place: str | None) -> KeyFigure:
    m, elapsed = figures.measures, figures.measures.one("time_elapsed")
    paid = m.one("paid", place)
    share = m.one("paid_rate", None, "estimate") if place is None else m.one("share_of_estimate", place, "estimate")
    small = _paid_of(figures.facts, share, elapsed, place)
    if paid.number is None:
        small = Message("累计支付未填报")
        if place is None and (so_far := partly.reported(m, "paid")) is not None:
            paid, small = so_far, partly.without_whole(m, "paid")
    known = m.one("paid", place).number
    return KeyFigures(figures).card(
        "paid", Message("累计支付"), said(known, "brief"), small, paid, share,
        *(() if place is not None or elapsed.number is None else (elapsed,)), of="money",
        fill_in="file" if known is None else "",
        more=None if over is None else paid_since(over, place), course=_course(series, "paid", place),
    )  # fmt: skip


def _paid_of(facts: Facts, share: Measure, elapsed: Measure, place: str | None) -> Message:
    """How much of the estimate was paid; of the whole project beside how much of the planned time has passed."""
    params = {"rate": percent(share.number, 1), "elapsed": percent(elapsed.number, 1)}
    if place is not None and share.number is not None:
        return Message("占全项目概算{rate}", params)
    timed = place is None and elapsed.number is not None
    if share.number is None:
        return Message("概算未填报，工期已过{elapsed}", params) if timed else Message("概算未填报")
    return Message("占概算{rate}，工期已过{elapsed}", params) if timed else Message("占概算{rate}", params)


def _finish_card(figures: ProjectFigures, ahead: Forecast, over: Trend | None) -> KeyFigure:
    facts, m, plan = figures.facts, figures.measures, figures.baseline
    rests = _rests(ahead, over)
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
        "finish", Message("预计付完"), shown, small, *behind, of="baseline", more=rests,
        fill_in="file" if not figures.facts.budget_groups or m.one("paid").number is None else "",
    )  # fmt: skip


def _rests(ahead: Forecast, over: Trend | None) -> Message | None:
    """How far the forecast moved, and that it rests on an assumption."""
    moved = None if over is None else finish_since(over, ahead)
    if not (ahead.is_estimate and ahead.days):
        return moved
    if moved is None:
        return Message("{word}", {"word": SCENARIO_BAND})
    return Message("{moved}；{word}", {"moved": moved, "word": SCENARIO_BAND})


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


def _homes_card(
    figures: ProjectFigures, over: Trend | None, series: Sequence[Measures], place: str | None
) -> KeyFigure:
    m, done = figures.measures, _finished(figures.measures, place)
    planned, *rest = (m.one(name, place) for name in ("households", "communities", "buildings"))
    parts = homes.reported(m, place, without=("households",))
    small = Message("{parts}；{finished}", {"parts": parts, "finished": done}) if parts else done
    make, label, behind = KeyFigures(figures), Message("计划受益"), planned
    if planned.number is None:
        unsaid = Message("受益户数未填报")
        if place is None and (so_far := partly.reported(m, "households")) is not None:
            behind, unsaid = so_far, partly.homes_so_far(m) or unsaid
        return make.card(
            "households", label, Message(MISSING), unsaid, behind, *rest, of="homes", more=small, fill_in="file"
        )
    return make.card(
        "households",
        label,
        Message("{households}户", {"households": count(planned.number)}),
        small,
        planned,
        *rest,
        of="homes",
        more=None if over is None else finished_since(over, place),
        course=_course(series, "households_finished", place),
    )


def _finished(m: Measures, place: str | None) -> Message:
    """How many households are finished; where nobody counts these, how many communities."""
    done = next((x for x in m.all if x.id == "households_finished" and x.place == place), None)
    if done is None or done.number is None:
        return finished(m, place)
    return Message("已完工{done}户", {"done": count(done.number)})


def _streets(figures: ProjectFigures, over: Trend | None, place: str | None, then: Facts | None) -> RowPanel:
    crossed = alarms.crossed(figures.measures)
    day = None if then is None else then.as_of
    found = street_table(figures.facts, figures.measures, over, crossed, place, day)
    sent = street_figure(figures.facts, figures.measures, found)
    return figures.rows(found.table, Message("各街镇"), found.measures, sent)


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
    unanswered = data_checks.unanswered(ctx, project)
    return Waiting(
        facts=facts,
        figures=chosen,
        doubts=tuple(each for each in unanswered if each.status == "E"),
        questions=tuple(each for each in unanswered if each.status == "Q"),
        overdue=tuple(each for each in findings.findings(ctx, project).items if each.overdue(facts.as_of)),
        alarms=alarms.crossed(usual),
        evaluators_apart=alarms.evaluators_apart(ctx, project),
        sheet=_draft(head),
        panel=tuple(_awaited(ctx, project)),
        reports=own_tasks.unfinished(open_store.of(ctx), project),
        may_report=may_do(ctx.actor.grants, Deed.REPORT, project),
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
