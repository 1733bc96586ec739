"""Frames of the money: 总览, 概算, 资金来源, 进度, 各街镇."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.briefing import leader
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import MOST_FIGURES, Frame, FrameFigure
from core.briefing.frames.names import FRAME_NAMES
from core.errors import Message, Month
from core.figures import money as figures_of
from core.figures.figure import Chart, ChartAmount, Part, Stack
from core.figures.money import pace_finding
from core.figures.palette import SCENARIO_BAND, TIME
from core.model.measure import RATIO, Measure
from core.model.project import Baseline
from core.progress import quotient
from core.progress.forecast import months
from core.text import word
from core.text.amounts import headed, said
from core.text.numbers import decimal, percent

_PARTS, _LONG_PARTS = 8, 3
"""Lines that a whole has room for beside what is left of it, of streets with short and with long names."""
_IMPORT = Message("还没有资金数据；请先导入资金明细表。")


def overview(make: FrameBuilder) -> Frame:
    """总览: key figures, payment against time, sentences."""
    content, called = make.content, FRAME_NAMES["overview"]
    basis = Message("累计支付÷概算，已过天数÷计划工期天数")
    if content.headline is None:
        to_do = Message("还没有资金或受益数据；请先导入资金明细表和受益明细表。")
        return make.nothing("overview", called, Message("还没有项目数据"), word("%"), basis, to_do)
    if content.baseline is None:
        basis = Message("累计支付÷概算")
    changed = None if content.score is None else content.score.changed
    title = leader.title(content)
    return make.frame(
        "overview",
        called,
        title,
        "",
        basis,
        figures=[each for key in content.keys if _known(each := make.figure(key.label, key.value, key.caveat))],
        charts=_paid(make),
        sentences=[*([content.headline] if content.headline != title else []), *content.sentences.values(), changed],
        due=(SCENARIO_BAND,) if content.forecast.is_estimate and content.baseline is not None else (),
        split=0.52,
    )


def _known(figure: FrameFigure) -> bool:
    """False for a figure that is a dash."""
    return any(char.isdigit() for char in figure.value)


def _paid(make: FrameBuilder) -> list[Chart]:
    """Payments over the planned time; without one, what was paid of the estimate; else what is known of that."""
    plan, one = make.content.baseline, make.figures.one
    if plan is None or one("estimate").number is None or one("paid").number is None:
        known = any(one(*of).number is not None for of in (("paid_rate", None, "estimate"), ("time_elapsed",)))
        if known:
            return [make.chart(figures_of.payment_and_time(make.facts, make.figures).chart)]
        return [estimate(make)] if one("estimate").number is not None else []
    paid, ahead = make.content.paid_points, make.content.forecast
    shown = figures_of.pace(make.facts, make.figures, plan, paid, ahead)
    # Its numbers stand beside amounts in another unit.
    return [make.chart(shown.chart, headed(shown.name), behind=40)]


def budget(make: FrameBuilder) -> Frame:
    """资金使用: what the one estimate went to, and the rate of payment by its denominators."""
    content, called = make.content, FRAME_NAMES["budget"]
    basis = Message("累计支付占概算，各口径的分母见图")
    if not figures_of.shares_add_up(make.figures):
        basis = Message("累计支付占概算，各口径的分母见图。注：因四舍五入，分项之和与合计可能略有差异")
    if content.money_headline is None:
        return make.nothing("budget", called, Message("还没有资金数据"), word("万元"), basis, _IMPORT)
    return make.frame(
        "budget",
        called,
        content.money_headline,
        word("万元，%"),
        basis,
        charts=[estimate(make), make.chart(figures_of.rates(make.facts, make.figures).chart)],
        sentences=[content.money_note],
    )


def estimate(make: FrameBuilder) -> Stack:
    """The approved estimate; streets that there is no line for become one part."""
    stack = figures_of.estimate(make.facts, make.figures).marks
    assert isinstance(stack, Stack)
    *shares, left = stack.parts
    listed = folded(shares, _PARTS if make.short else _LONG_PARTS, stack.whole.amount.value)
    return make.chart(replace(stack, parts=(*listed, left)))


def folded(shares: Sequence[Part], most: int, whole: Decimal | None) -> list[Part]:
    """Streets' parts of the whole, at most `most`: the last is of all others, and says how many of them are silent."""
    listed, rest = (shares, ()) if len(shares) <= most else (shares[: most - 1], shares[most - 1 :])
    known = [each.amount.value for each in rest if each.amount.value is not None]
    if not rest:
        return list(listed)
    params = {"count": len(rest), "silent": len(rest) - len(known)}
    called = Message("其余{count}个街镇", params)
    if params["silent"]:
        called = Message("其余{count}个街镇（{silent}个未填报）", params)
    paid = sum(known, Decimal(0)) if known else None
    share = ChartAmount(quotient(paid, whole), RATIO, TIME)
    return [*listed, Part(called, ChartAmount(paid, "万元", TIME), share)]


def funding(make: FrameBuilder) -> Frame:
    """资金来源: what was planned from each source and what has been paid of it."""
    called = FRAME_NAMES["funding"]
    basis = Message("计划筹资与累计支付，按资金来源")
    names = make.facts.sources
    if make.content.money_headline is None or not names:
        title = Message("还没有资金来源数据")
        return make.nothing("funding", called, title, word("万元"), basis, Message("补充资金来源后显示。"))
    m = make.figures
    planned = [m.one("funding_planned", None, source) for source in names]
    paid = [m.one("funding_paid", None, source) for source in names]
    parts = [m.one("paid_rate", None, source) for source in names]
    left = m.one("remaining", None, "estimate")
    # The others stand in the table, with all that is said of these.
    largest = sorted(planned, key=lambda each: each.number or 0, reverse=True)[: MOST_FIGURES - 1]
    shown = figures_of.funding(make.facts, m)
    return make.frame(
        "funding",
        called,
        _least_paid(planned, paid, parts, names),
        word("万元"),
        basis,
        figures=[
            *(
                make.figure(
                    Message("{source}已支付", {"source": name}),
                    _amount(done),
                    Message("占计划{rate}", {"rate": percent(rate.number)}),
                )
                for name, plan, done, rate in zip(names.values(), planned, paid, parts, strict=True)
                if plan in largest
            ),
            make.figure(
                word("未支付"),
                _amount(left),
                Message("占概算{rate}", {"rate": percent(m.one("share_of_estimate").number)}),
            ),
        ],
        charts=[make.chart(shown.chart)],
        tables=[make.table(shown.headings, shown.rows)],
        sentences=[make.content.sentences.get("money")],
        split=0.54,
    )


def _least_paid(
    planned: Sequence[Measure], paid: Sequence[Measure], rates: Sequence[Measure], names: Mapping[str, str]
) -> Message:
    """The source that nothing was paid from; else the one of which least was."""
    known = [m for m in rates if m.number is not None]
    if len(known) < 2 or any(m.number == 0 for m in known):
        return figures_of.funding_finding(planned, paid, names)
    least = min(known, key=lambda m: m.number or Decimal(0))
    params = {"source": names[least.basis or ""], "rate": percent(least.number)}
    return Message("各来源中{source}支付比例最低，为计划的{rate}", params)


def pace(make: FrameBuilder) -> Frame:
    """进度与预测: payment against the planned time, and money a month so far and from now on."""
    called = FRAME_NAMES["pace"]
    basis = Message("工期线：概算在计划工期内按天均摊；此前：累计支付÷已过整月；今后：未支付÷剩余整月")
    one, plan = make.figures.one, make.content.baseline
    if make.content.money_headline is None or plan is None:
        to_do = Message("缺少资金数据或计划工期，无法推算支付进度；补充后显示。")
        return make.nothing("pace", called, Message("支付进度暂无法推算"), word("万元"), basis, to_do)
    rate, short, ahead = one("paid_rate", None, "estimate"), one("short_at_finish"), make.content.forecast
    figures = [
        make.figure(word("按工期应支付"), _amount(one("planned_value")), _planned_time(plan)),
        make.figure(
            word("累计支付"),
            _amount(one("paid")),
            Message("占概算{rate}", {"rate": percent(rate.number)}),
        ),
        make.figure(word("到计划完工尚缺"), _amount(short), word("按此前速度推算")),
        make.figure(
            word("付完日期"),
            months(ahead),
            ahead.rule,
        ),
    ]
    return make.frame(
        "pace",
        called,
        _pace_finding(one("schedule_variance"), one("pace_needed")),
        word("万元，万元/月"),
        basis,
        figures=figures,
        charts=[*_paid(make), make.chart(figures_of.monthly(make.facts, make.figures).chart)],
        due=(SCENARIO_BAND,) if ahead.is_estimate else (),
    )


def _pace_finding(gap: Measure, ratio: Measure) -> Message:
    so_far = pace_finding(gap.number)
    if ratio.number is None:
        return so_far
    params = {"so_far": so_far, "times": decimal(ratio.number, 2)}
    return Message("{so_far}；今后每月需支付此前的{times}倍", params)


def _amount(measure: Measure) -> Message:
    return said(measure.number)


def _planned_time(plan: Baseline) -> Message:
    return Message("计划工期：{start}至{end}", {"start": Month(plan.start), "end": Month(plan.end)})


def streets(make: FrameBuilder) -> Frame:
    """各街镇: a street's own rate is a fact where the estimate was split by street, else it hangs on the key."""
    called, divided = FRAME_NAMES["streets"], make.facts.divided
    basis = Message("累计支付÷该街镇批复数") if divided else Message("累计支付÷按户、面积、栋、小区分摊的概算")
    shown = figures_of.street_rates(make.facts, make.figures)
    if shown is None:
        to_do = Message("缺少资金或受益数据，无法比较各街镇；补充后显示。")
        return make.nothing("streets", called, Message("各街镇支付情况暂无法比较"), word("%"), basis, to_do)
    panel = make.content.panels.get("allocation")
    behind = None if panel is None else panel.in_documents
    return make.frame(
        "streets",
        called,
        shown.finding,
        word("%"),
        basis,
        charts=[make.chart(shown.chart)],
        # The page's own table behind its chart.
        tables=() if behind is None else (make.table(behind.headings, behind.rows, last=divided),),
        sentences=[make.content.money_note, make.content.sentences.get("places")],
        split=0.58,
    )
