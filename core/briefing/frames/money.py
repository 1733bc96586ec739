"""Frames of the money: 总览, 概算, 资金来源, 进度, 各街镇."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.briefing.frames.frame import (
    Bars,
    Chart,
    Frame,
    Label,
    Line,
    Lines,
    Part,
    Row,
    Rule,
    Span,
    Spans,
    Stack,
    Table,
)
from core.briefing.frames.maker import Maker
from core.charts.budget import KEYS, funding_finding, interval_finding, rate_finding
from core.charts.frame import MONEY, QUIET, TIME, UNPAID
from core.charts.pace import pace_finding
from core.charts.place_rates import highest_and_lowest
from core.charts.time_axis import half_years
from core.errors import Message, Month
from core.model.measure import RATIO, Measure
from core.model.project import Baseline
from core.text import word
from core.text.numbers import decimal, money, percent

KEY_WORDS = {
    "household": word("按户数"), "m2": word("按面积"), "building": word("按栋数"), "community": word("按小区数"),
}  # fmt: skip
_PARTS, _LONG_PARTS = 8, 3
"""Lines that a whole has room for beside what is left of it, of streets with short and with long names."""
_IMPORT = Message("还没有资金数据;请先导入资金明细表。")


def overview(make: Maker) -> Frame:
    """总览: payment against time, four figures, three sentences."""
    matter, called = make.matter, word("总览")
    basis = Message("累计支付÷概算,已过天数÷计划工期天数")
    if matter.headline is None:
        to_do = Message("还没有资金或受益数据;请先导入资金明细表和受益明细表。")
        return make.nothing("overview", called, Message("还没有项目数据"), word("%"), basis, to_do)
    return make.frame(
        "overview",
        called,
        matter.headline,
        "",
        basis,
        figures=[make.figure(key.label, key.value, key.caveat) for key in matter.keys[:4]],
        charts=[payment_and_time(make)],
        sentences=[matter.pace, matter.sources, matter.places],
        split=0.52,
    )


def payment_and_time(make: Maker) -> Bars:
    """Payment (of the estimate) and time gone as two bars on one axis up to 100 %."""
    one = make.figures.one
    rate, elapsed = one("paid_rate", None, "estimate"), one("time_elapsed")
    return Bars(
        make.say(word("支付与工期")),
        (
            Row(make.say(word("累计支付占概算")), (make.amount(rate, MONEY),)),
            Row(make.say(word("工期已过")), (make.amount(elapsed, TIME),)),
        ),
        end=Decimal(1),
        ordered=False,
    )


def budget(make: Maker) -> Frame:
    """资金使用: what the one estimate went to, and the rate of payment by its denominators."""
    matter, called = make.matter, word("资金使用")
    basis = Message("累计支付占概算,各口径的分母见图。注:因四舍五入,分项之和与合计可能略有差异")
    if matter.money_headline is None:
        return make.nothing("budget", called, Message("还没有资金数据"), word("万元"), basis, _IMPORT)
    return make.frame(
        "budget",
        called,
        matter.money_headline,
        word("万元,%"),
        basis,
        charts=[estimate(make), rates(make)],
        sentences=[matter.money_note],
    )


def estimate(make: Maker) -> Stack:
    """The approved estimate as one bar: what each street has been paid, and what is not paid."""
    m = make.figures
    shares, unpaid = m.each("share_of_estimate"), m.one("share_of_estimate")

    def part(share: Measure) -> Part:
        colour = UNPAID if share.place is None else make.colours[share.place]
        return Part(
            make.place(share.place, word("未支付")),
            make.value(share.numerator, "万元", colour, place=share.place),
            make.amount(share, colour),
        )

    most = _PARTS if make.short else _LONG_PARTS
    listed, rest = (shares, ()) if len(shares) <= most else (shares[: most - 1], shares[most - 1 :])
    return Stack(
        make.say(Message("概算的支付构成")),
        (*(part(share) for share in listed), *_others(make, rest), part(unpaid)),
        Part(
            make.say(word("合计")),
            make.value(unpaid.denominator, "万元"),
            make.value(None if unpaid.denominator is None else Decimal(1), RATIO),
        ),
    )


def _others(make: Maker, rest: Sequence[Measure]) -> tuple[Part, ...]:
    """The streets that there is no line for, as one part."""
    if not rest:
        return ()
    paid = sum((share.numerator or Decimal(0) for share in rest), Decimal(0))
    whole = rest[0].denominator
    return (
        Part(
            make.say(Message("其余{count}个街镇", {"count": len(rest)})),
            make.value(paid, "万元", TIME),
            make.value(paid / whole if whole else None, RATIO, TIME),
        ),
    )


def rates(make: Maker) -> Bars:
    """One payment, several denominators."""
    names = {
        "estimate": word("占概算"),
        "bond": word("占专项债计划"),
        "budget": word("占财政预算计划"),
        "arrived": word("占到位资金"),
    }
    found = [(names[basis], make.figures.one("paid_rate", None, basis)) for basis in names]
    ordered = sorted(found, key=lambda each: (each[1].number is None, -(each[1].number or Decimal(0))))
    arrived = next((m.denominator for _, m in found if m.is_estimate), None)
    return Bars(
        make.say(rate_finding([m for _, m in found])),
        tuple(Row(make.say(words), (make.amount(m),)) for words, m in ordered),
        end=Decimal(1),
        note=""
        if arrived is None
        else make.say(Message("斜纹为测算:到位{arrived}万元由报告推算", {"arrived": money(arrived)})),
    )


def funding(make: Maker) -> Frame:
    """资金来源: what was planned from each source and what has been paid of it."""
    called = word("资金来源")
    basis = Message("计划筹资与累计支付,按资金来源")
    names = {str(each.source): each.name for each in make.facts.funding}
    if make.matter.money_headline is None or not names:
        title = Message("还没有资金来源数据")
        return make.nothing("funding", called, title, word("万元"), basis, Message("补充资金来源后显示。"))
    m = make.figures
    planned = [m.one("funding_planned", None, source) for source in names]
    paid = [m.one("funding_paid", None, source) for source in names]
    parts = [m.one("paid_rate", None, source) for source in names]
    left = m.one("remaining", None, "estimate")
    chart = Bars(
        make.say(Message("计划与已支付")),
        tuple(
            Row(make.name(name), (make.amount(plan, TIME), make.amount(done, MONEY)))
            for name, plan, done in zip(names.values(), planned, paid, strict=True)
        ),
        series=(make.say(word("计划")), make.say(word("已支付"))),
        ordered=False,
    )
    table = make.table(
        (word("来源"), word("计划(万元)"), word("已支付(万元)"), word("已支付占计划")),
        [
            (name, money(plan.number), money(done.number), percent(rate.number))
            for name, plan, done, rate in zip(names.values(), planned, paid, parts, strict=True)
        ],
    )
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
                for name, done, rate in zip(names.values(), paid, parts, strict=True)
            ),
            make.figure(
                word("未支付"),
                _amount(left),
                Message("占概算{rate}", {"rate": percent(m.one("share_of_estimate").number)}),
            ),
        ],
        charts=[chart],
        tables=[table],
        sentences=[make.matter.sources],
        split=0.54,
    )


def _least_paid(
    planned: Sequence[Measure], paid: Sequence[Measure], rates: Sequence[Measure], names: Mapping[str, str]
) -> Message:
    """The source that nothing was paid from; else the one of which least was."""
    known = [m for m in rates if m.number is not None]
    if len(known) < 2 or any(m.number == 0 for m in known):
        return funding_finding(planned, paid, names)
    least = min(known, key=lambda m: m.number or Decimal(0))
    params = {"source": names[least.basis or ""], "rate": percent(least.number)}
    return Message("各来源中{source}支付比例最低,为计划的{rate}", params)


def pace(make: Maker) -> Frame:
    """进度与预测: payment against the planned time, and money a month so far and from now on."""
    called = word("进度与预测")
    basis = Message("工期线:概算在计划工期内按天均摊;此前:累计支付÷已过整月;今后:未支付÷剩余整月")
    one, plan = make.figures.one, make.matter.baseline
    if make.matter.money_headline is None or plan is None:
        to_do = Message("缺少资金数据或计划工期,无法推算支付进度;补充后显示。")
        return make.nothing("pace", called, Message("支付进度暂无法推算"), word("万元"), basis, to_do)
    rate, short, finish = one("paid_rate", None, "estimate"), one("short_at_finish"), one("finish_forecast")
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
            Message("约{month}", {"month": Month(finish.value)}) if isinstance(finish.value, date) else "—",
            word("按此前速度推算"),
        ),
    ]
    return make.frame(
        "pace",
        called,
        _pace_finding(one("schedule_variance"), one("pace_needed")),
        word("万元,万元/月"),
        basis,
        figures=figures,
        charts=[paid_over_time(make), monthly(make)],
    )


def _pace_finding(gap: Measure, ratio: Measure) -> Message:
    so_far = pace_finding(gap.number)
    if ratio.number is None:
        return so_far
    params = {"so_far": so_far, "times": decimal(ratio.number, 2)}
    return Message("{so_far};今后每月需支付此前的{times}倍", params)


def _amount(measure: Measure) -> Message:
    if measure.number is None:
        return Message("—")
    return Message("{amount}万元", {"amount": money(measure.number)})


def _planned_time(plan: Baseline) -> Message:
    return Message("计划工期:{start}至{end}", {"start": Month(plan.start), "end": Month(plan.end)})


def paid_over_time(make: Maker) -> Chart:
    """Paid money against the even line of the planned time, and on at the pace so far."""
    one, plan = make.figures.one, make.matter.baseline
    paid, whole, due, finish = (
        one("paid"), one("estimate").number, one("planned_value").number, one("finish_forecast").value,
    )  # fmt: skip
    done, zero = paid.number, Decimal(0)
    if plan is None or whole is None:
        return Lines(make.say(word("累计支付与计划工期")), (), (), paid.as_of, paid.as_of, zero)
    end = plan.end + timedelta(days=1)
    far = finish if isinstance(finish, date) else paid.as_of
    last = max(end, far, paid.as_of) + timedelta(days=40)
    first = min(plan.start, paid.as_of)
    lines = [Line(((plan.start, zero), (end, whole)), TIME)]
    labels = [
        Label(first, whole, make.say(Message("概算{estimate}", {"estimate": money(whole)})), colour=QUIET),
    ]
    if done is not None:
        if isinstance(finish, date) and finish > paid.as_of:
            lines.append(Line(((paid.as_of, done), (finish, whole)), MONEY, "dotted"))
            month = make.say(Message("约{month}付完", {"month": Month(finish)}))
            labels.append(Label(finish, whole, month))
        lines.append(Line(((plan.start, zero), (paid.as_of, done)), MONEY, heavy=True))
        lines.append(Line(((paid.as_of, done),), MONEY, dots=True))
        words = make.say(Message("已支付{paid}", {"paid": money(done)}))
        labels.insert(0, Label(paid.as_of, done, words, strong=True, colour=MONEY))
    if due is not None:
        words = make.say(Message("按工期应支付{planned}", {"planned": money(due)}))
        labels.append(Label(min(paid.as_of, end), due, words, colour=QUIET))
    return Lines(
        make.say(Message("累计支付与计划工期")),
        tuple(lines),
        tuple(labels),
        first,
        last,
        whole,
        ticks=ticks(make, first, last),
    )


def ticks(make: Maker, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The start, and half years under the axis."""
    return tuple((day, make.say(Message("{month}", {"month": Month(day)}))) for day in half_years(first, last))


def monthly(make: Maker) -> Bars:
    """Money paid a month so far against what is needed a month from now on."""
    so_far, needed = (make.figures.one(each) for each in ("paid_per_month", "needed_per_month"))
    return Bars(
        make.say(Message("月均支付与需达月均")),
        (
            Row(make.say(word("此前月均支付")), (make.amount(so_far, MONEY),)),
            Row(make.say(word("今后需达月均")), (make.amount(needed, TIME),)),
        ),
        ordered=False,
    )


def streets(make: Maker) -> Frame:
    """各街镇: a street's own rate is a fact where the estimate was split by street, else it hangs on the key."""
    called, divided = word("各街镇"), make.facts.divided
    rates_of = {key: make.figures.each("allocated_rate", key) for key in (KEYS[:1] if divided else KEYS)}
    known = {key: [m for m in found if m.number is not None] for key, found in rates_of.items()}
    basis = Message("累计支付÷该街镇批复数") if divided else Message("累计支付÷按户、面积、栋、小区分摊的概算")
    if not all(known.values()):
        to_do = Message("缺少资金或受益数据,无法比较各街镇;补充后显示。")
        return make.nothing("streets", called, Message("各街镇支付情况暂无法比较"), word("%"), basis, to_do)
    whole = make.figures.one("paid_rate", None, "estimate").number
    rule = None if whole is None else Rule(whole, make.say(Message("全项目{rate}", {"rate": percent(whole)})))
    chart: Chart
    if divided:
        title = highest_and_lowest(known[KEYS[0]])
        chart = Bars(
            make.say(word("各街镇执行率")),
            make.by_place(rates_of[KEYS[0]]),
            rule=rule,
            note=make.left_out(),
        )
    else:
        title = interval_finding(known)
        chart = Spans(
            make.say(word("各街镇测算执行率")),
            _spans(make, rates_of),
            tuple(make.say(KEY_WORDS[key]) for key in KEYS),
            rule=rule,
            note=make.left_out(),
        )
    return make.frame(
        "streets",
        called,
        title,
        word("%"),
        basis,
        charts=[chart],
        tables=_of_streets(make),
        sentences=[make.matter.money_note, make.matter.places],
        split=0.58,
    )


def _spans(make: Maker, rates_of: dict[str, tuple[Measure, ...]]) -> tuple[Span, ...]:
    """The interval of each street over the keys, the highest first."""
    found: list[tuple[Decimal, Span]] = []
    for position, place in enumerate(make.facts.places):
        every = [next((m for m in rates_of[key] if m.place == place), None) for key in KEYS]
        points = tuple(
            make.value(None, RATIO, place=place, assumed=True) if m is None else make.amount(m) for m in every
        )
        known = [each for each in points if each.value is not None]
        low = min(known, key=lambda each: each.value or 0) if known else points[0]
        high = max(known, key=lambda each: each.value or 0) if known else points[0]
        order = -(high.value if high.value is not None else Decimal(-1 - position))
        found.append((order, Span(make.place(place), low, high, points)))
    return tuple(span for _, span in sorted(found, key=lambda each: each[0])[: make.most_bars()])


def _of_streets(make: Maker) -> tuple[Table, ...]:
    """The page's own table behind its chart."""
    panel = make.matter.panels.get("allocation")
    return () if panel is None else (make.table(panel.headings, panel.rows, last=make.facts.divided),)
