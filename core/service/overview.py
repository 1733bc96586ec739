"""总览: what management sees first, from one read of the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import overview as overview_charts
from core.charts.frame import Panel
from core.errors import Message
from core.model.context import Context
from core.model.measure import Measure, Measures
from core.model.rights import Deed
from core.progress import quotient
from core.scoring.tally import grade_at
from core.service import alarms, evidence, explain, findings, home, money_panels, scoring
from core.service.asking import asks
from core.service.desk import Desk
from core.service.progress import finished
from core.service.project import facts as facts_of
from core.service.project import sheets
from core.store.database import Session
from core.text import word
from core.text.numbers import count, decimal, money, percent, pp

OVERVIEW_HEIGHT = 250
"""Pixels of a figure of 总览, so that the page fits a window of 1366 × 768."""


@dataclass(frozen=True)
class Card:
    """A figure to be read from afar, with one caveat."""

    label: Message
    value: Message
    caveat: Message
    measures: tuple[Measure, ...]
    """For 怎么算."""
    how: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OverviewView:
    """总览."""

    title: str
    subtitle: Message
    headline: Message
    cards: tuple[Card, ...]
    panels: tuple[Panel, ...]
    sentences: tuple[Message, ...]
    open_checks: int
    """Checks that wait for an answer."""
    rectified: Message | None
    """How far the findings are put right; None: there are none."""
    alarms: int
    """Figures that cross a limit, and evaluators far from their panel as far as the asker may see."""
    as_of: date
    empty: bool
    """There is neither money nor anybody who benefits."""


@asks(Deed.SEE)
def overview(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> OverviewView:
    """What management sees first. Raises UnknownName."""
    desk = Desk(ctx, facts_of(ctx, project), baseline, place, narrow)
    facts, m = desk.facts, desk.figures
    empty = not facts.spend or not facts.renovation
    return OverviewView(
        title=facts.project.name,
        subtitle=Message("{places} · 数据截至{day}", {"places": facts.places, "day": facts.as_of}),
        headline=_headline(m),
        cards=() if empty else _cards(ctx, project, desk),
        panels=() if empty else _overview_panels(ctx, project, baseline, place, narrow),
        sentences=() if empty else (_pace_sentence(m), _money_sentence(m), _places_sentence(m)),
        open_checks=len(evidence.unanswered(ctx, project)),
        rectified=_rectified(ctx, project),
        alarms=alarms.count(ctx, project, m),
        as_of=facts.as_of,
        empty=empty,
    )


def _overview_panels(
    ctx: Context, project: str, baseline: str | None, place: str | None, narrow: bool
) -> tuple[Panel, ...]:
    # Scores change every second in a meeting, the money once a month: what is drawn of it is drawn once.
    def draw(_: Session) -> tuple[Panel, ...]:
        desk = Desk(ctx, facts_of(ctx, project), baseline, place, narrow)
        return _payment_and_time(desk), money_panels.estimate(desk, OVERVIEW_HEIGHT)

    key = ("overview", project, ctx.version.batch, ctx.version.data, ctx.language, baseline, place, narrow)
    return home.store().remembered(key, draw)


def _headline(m: Measures) -> Message:
    rate, elapsed, gap = m.one("paid_rate", None, "estimate"), m.one("time_elapsed"), m.one("pace_gap").number
    params = {
        "paid": money(m.one("paid").number),
        "rate": percent(rate.number),
        "elapsed": percent(elapsed.number),
        "gap": pp(gap),
    }
    if gap is None:
        return Message("已支付{paid}万元,占概算{rate};工期已过{elapsed}", params)
    if gap == 0:
        return Message("已支付{paid}万元,占概算{rate};工期已过{elapsed},支付与工期同步", params)
    if gap < 0:
        return Message("已支付{paid}万元,占概算{rate};工期已过{elapsed},支付慢{gap}个百分点", params)
    return Message("已支付{paid}万元,占概算{rate};工期已过{elapsed},支付快{gap}个百分点", params)


def _cards(ctx: Context, project: str, desk: Desk) -> tuple[Card, ...]:
    m = desk.figures
    rate, elapsed, score = m.one("paid_rate", None, "estimate"), m.one("time_elapsed"), m.one("reported_score")
    homes, communities, buildings = m.one("households"), m.one("communities"), m.one("buildings")
    value, caveat = _score_words(ctx, project, score.number)

    def card(label: Message, shown: Message, small: Message, *behind: Measure) -> Card:
        return Card(label, shown, small, behind, explain.rows(behind, ctx.language))

    return (
        card(
            Message("累计支付"),
            Message("{paid}万元", {"paid": money(m.one("paid").number)}),
            Message("占概算{rate}", {"rate": percent(rate.number)}),
            m.one("paid"),
            rate,
        ),
        card(
            Message("工期已过"),
            Message("{elapsed}", {"elapsed": percent(elapsed.number)}),
            Message("{days}/{all}天", {"days": count(elapsed.numerator), "all": count(elapsed.denominator)}),
            elapsed,
        ),
        card(
            Message("计划受益"),
            Message("{households}户", {"households": count(homes.number)}),
            Message(
                "{communities}个小区、{buildings}栋;{finished}",
                {
                    "communities": count(communities.number),
                    "buildings": count(buildings.number),
                    "finished": finished(m),
                },
            ),
            homes,
            communities,
            buildings,
        ),
        card(Message("报告得分"), value, caveat, score),
    )


def _score_words(ctx: Context, project: str, reported: Decimal | None) -> tuple[Message, Message]:
    """The reported score as the claim it is; the sheet's own total only once somebody has confirmed an item."""
    caveat = Message("原评分表未附")
    sheet = next((each for each in sheets(ctx, project) if each.id == scoring.WORKING), None)
    # Who has an unsubmitted sheet may not see this one yet: its grades are no secret, its total is.
    seen = scoring.WORKING in {each.id for each in scoring.sheets(ctx, project)}
    card = scoring.scorecard(ctx, project, scoring.WORKING) if seen else None
    if card is not None and card.tally.confirmed:
        caveat = Message(
            "本表合计{total} · 已确认{confirmed}/{items}",
            {"total": money(card.tally.total), "confirmed": card.tally.confirmed, "items": card.tally.items},
        )
    if reported is None:
        return Message("—"), caveat
    points = f"{reported.normalize():f}"
    if sheet is None:
        return Message("{points}分", {"points": points}), caveat
    grades = sheet.grade_scheme
    return Message(
        "{points}分·{grade}", {"points": points, "grade": grades.grades[grade_at(reported, grades)].name}
    ), caveat


def _rectified(ctx: Context, project: str) -> Message | None:
    found = findings.findings(ctx, project).progress
    if not found.every:
        return None
    params = {"done": found.done, "all": found.every, "late": found.overdue}
    return Message("整改 {done}/{all},逾期{late}条", params) if found.overdue else Message("整改 {done}/{all}", params)


def _pace_sentence(m: Measures) -> Message:
    needed, so_far, ratio = (m.one(name).number for name in ("needed_per_month", "paid_per_month", "pace_needed"))
    if needed is None or so_far is None or ratio is None:
        return Message("计划工期内已没有整月,或支付数不全,无法比较月均支付。")
    return Message(
        "进度:按计划工期付完,今后每月需支付{needed}万元;此前月均{so_far}万元,需达此前的{ratio}倍。",
        {"needed": money(needed), "so_far": money(so_far), "ratio": decimal(ratio, 2)},
    )


def _money_sentence(m: Measures) -> Message:
    paid, bond = m.one("paid").number, m.one("funding_paid", None, "bond").number
    budget_paid, left = m.one("funding_paid", None, "budget").number, m.one("remaining", None, "budget").number
    params = {"paid": money(paid), "bond": money(bond), "budget": money(budget_paid), "left": money(left)}
    if bond is not None and bond == paid and not budget_paid:
        return Message("资金:已支付的{paid}万元全部是专项债资金;财政预算资金{left}万元尚未支付。", params)
    return Message(
        "资金:已支付专项债资金{bond}万元、财政预算资金{budget}万元;财政预算资金尚有{left}万元未支付。", params
    )


def _places_sentence(m: Measures) -> Message:
    costs = sorted(
        (c for c in m.each("paid_unit_cost", "household") if c.number is not None), key=lambda c: c.number or 0
    )
    if len(costs) < 2:
        return Message("街镇:户均支付数据不全,无法比较。")
    low, high = costs[0], costs[-1]
    return Message(
        "街镇:户均支付{high}{most}元,{low}{least}元,前者是后者的{times}倍;可能与开工先后有关,待说明。",
        {
            "high": high.place or "",
            "most": money(high.number),
            "low": low.place or "",
            "least": money(low.number),
            "times": decimal(quotient(high.number, low.number), 1),
        },
    )


def _payment_and_time(desk: Desk) -> Panel:
    m = desk.figures
    rate, elapsed, gap = m.one("paid_rate", None, "estimate"), m.one("time_elapsed"), m.one("pace_gap")
    return desk.panel(
        "payment_and_time",
        Message("支付与工期"),
        overview_charts.payment_and_time(rate, elapsed, gap, desk.look(OVERVIEW_HEIGHT)),
        (word("指标"), word("数值")),
        [(x.name, explain.printed(x)) for x in (rate, elapsed, gap)],
        (rate, elapsed, gap),
    )
