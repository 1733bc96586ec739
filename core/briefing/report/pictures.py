"""Which charts the report has, from the measures and the sums that its tables print."""

from __future__ import annotations

from core.briefing.evaluation import Evaluation, Result
from core.briefing.report.chart import Bar, Chart
from core.briefing.report.figures import scored
from core.charts.frame import MONEY, TIME, UNPAID, street_colours
from core.text.numbers import measure, money, percent


def payments(found: Evaluation) -> Chart:
    """Each street's payments and what is unpaid of the estimate, 万元, in the streets' own colours."""
    shares, unpaid = found.figures.each("share_of_estimate"), found.figures.one("share_of_estimate")
    colours = street_colours(found.facts.places)
    bars = [Bar(x.place or "", x.numerator, money(x.numerator), colours[x.place or ""]) for x in shares]
    bars.append(Bar("未支付", unpaid.numerator, money(unpaid.numerator), UNPAID))
    return Chart("概算的支付构成", "万元", bars, "#,##0.00")


def payment_and_time(found: Evaluation) -> Chart:
    """How much of the estimate is paid beside how much of the planned time has passed."""
    rate, elapsed = found.figures.one("paid_rate", None, "estimate"), found.figures.one("time_elapsed")
    bars = [
        Bar("累计支付占概算", rate.number, measure(rate), MONEY),
        Bar("工期已过", elapsed.number, measure(elapsed), TIME),
    ]
    return Chart("支付与工期", "比例", bars, "0.00%")


def rates(result: Result) -> Chart:
    """得分率 of the level 1 groups."""
    groups = result.tally.subtotals.items()
    bars = [Bar(name, part.rate, percent(part.rate), MONEY) for name, part in groups]
    return Chart(scored("一级指标得分率", result), "得分÷已评分值", bars, "0.00%")
