"""Panels about money and time: made of a desk's figures, for 总览, 资金使用 and what is made from them."""

from __future__ import annotations

from decimal import Decimal

from core.charts import budget as budget_charts
from core.charts import pace as pace_charts
from core.charts.frame import Panel
from core.charts.place_rates import place_rates
from core.errors import Message
from core.model.project import Baseline
from core.service import explain
from core.service.desk import Desk
from core.text import word
from core.text.numbers import money, percent


def estimate(desk: Desk, height: int) -> Panel:
    """概算的支付构成: what the estimate went to, street by street."""
    m = desk.figures
    shares, unpaid = m.each("share_of_estimate"), m.one("share_of_estimate")
    rows = [(x.place or word("未支付"), money(x.numerator), percent(x.number)) for x in (*shares, unpaid)]
    return desk.panel(
        "estimate",
        Message("概算的支付构成"),
        budget_charts.estimate_bar(shares, unpaid, desk.look(height), divided=desk.facts.divided),
        (word("街镇"), word("累计支付(万元)"), word("占概算")),
        [*rows, (word("合计"), money(unpaid.denominator), percent(Decimal(1)))],
        (*shares, unpaid),
    )


def rates_by_street(desk: Desk, key: str | None) -> tuple[Panel, ...]:
    """Each street's rate; none where nothing says how to share the estimate out."""
    if desk.facts.divided:
        return (_place_rates(desk),)
    known = any(m.value is not None for name in budget_charts.KEYS for m in desk.figures.each("allocated_rate", name))
    return (_allocation(desk, key),) if known else ()


def _place_rates(desk: Desk) -> Panel:
    m = desk.figures
    # The same under every key: none is used.
    rates, whole = m.each("allocated_rate", budget_charts.KEYS[0]), m.one("paid_rate", None, "estimate")
    rows = [(x.place or "", money(x.denominator), money(x.numerator), percent(x.number)) for x in rates]
    return desk.panel(
        "allocation",
        Message("各街镇执行率"),
        place_rates(rates, whole, desk.look(400)),
        (word("街镇"), word("批复数(万元)"), word("累计支付(万元)"), word("执行率")),
        [*rows, (word("合计"), money(whole.denominator), money(whole.numerator), percent(whole.number))],
        (*rates, whole),
    )


def _allocation(desk: Desk, key: str | None) -> Panel:
    m = desk.figures
    rates = {name: m.each("allocated_rate", name) for name in budget_charts.KEYS}
    whole = m.one("paid_rate", None, "estimate")
    return desk.panel(
        "allocation",
        Message("各街镇测算执行率(测算值·非批复数)"),
        budget_charts.allocation(rates, whole, desk.look(400), key),
        (word("街镇"), word("按户数"), word("按面积"), word("按栋数"), word("按小区数")),
        [
            (place, *(percent(m.one("allocated_rate", place, name).number) for name in budget_charts.KEYS))
            for place in desk.facts.places
        ],
        (*(x for name, found in rates.items() if key in (None, name) for x in found), whole),
    )


def funding(desk: Desk) -> Panel:
    """What each source was to give and has given."""
    m = desk.figures
    names = {funding.source: funding.name for funding in desk.facts.funding}
    planned = [m.one("funding_planned", None, source) for source in names]
    paid = [m.one("funding_paid", None, source) for source in names]
    rates = [m.one("paid_rate", None, source) for source in names]
    return desk.panel(
        "funding",
        Message("资金来源:计划与已支付"),
        budget_charts.funding(planned, paid, {str(k): v for k, v in names.items()}, desk.look(330)),
        (word("来源"), word("计划(万元)"), word("已支付(万元)"), word("已支付占计划")),
        [
            (name, money(a.number), money(b.number), percent(c.number))
            for name, a, b, c in zip(names.values(), planned, paid, rates, strict=True)
        ],
        (*planned, *paid),
    )


def rates(desk: Desk) -> Panel:
    """The rate of payment by each denominator."""
    names = {
        "estimate": Message("占概算"),
        "bond": Message("占专项债计划"),
        "budget": Message("占财政预算计划"),
        "arrived": Message("占到位资金"),
    }
    rates = [(desk.figures.one("paid_rate", None, basis), words) for basis, words in names.items()]
    return desk.panel(
        "rates",
        Message("各口径的支付比例"),
        budget_charts.rate_by_basis(rates, desk.look(330)),
        (word("口径"), word("支付比例"), word("条件")),
        [(words, percent(x.number), explain.condition(x)) for x, words in rates],
        [x for x, _ in rates],
    )


def pace(desk: Desk, baseline: Baseline) -> Panel:
    """Money paid against the planned time, and where it leads."""
    m = desk.figures
    names = ("paid", "estimate", "planned_value", "schedule_variance", "finish_forecast")
    paid, estimate, planned, variance, finish = (m.one(name) for name in names)
    more = [m.one(name) for name in ("paid_by_finish", "short_at_finish")]
    return desk.panel(
        "pace",
        Message("累计支付与计划工期"),
        pace_charts.pace(paid, estimate, planned, variance, finish, baseline, desk.look(330)),
        (word("指标"), word("数值")),
        [(x.name, explain.printed(x)) for x in (paid, planned, variance, *more, finish)],
        (paid, planned, variance, *more, finish),
    )


def monthly(desk: Desk) -> Panel:
    """Money a month so far, and from now on."""
    m = desk.figures
    so_far, needed, ratio = (m.one(name) for name in ("paid_per_month", "needed_per_month", "pace_needed"))
    return desk.panel(
        "monthly",
        Message("月均支付与需达月均"),
        pace_charts.monthly(so_far, needed, ratio, desk.look(330)),
        (word("指标"), word("数值")),
        [(x.name, explain.printed(x)) for x in (so_far, needed, ratio)],
        (so_far, needed, ratio),
    )
