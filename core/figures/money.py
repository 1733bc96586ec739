"""Figures of the money: payment against time, the estimate and its parts, sources, the streets' rates, the pace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core.errors import Message, Month
from core.figures.figure import (
    BarRow,
    Bars,
    ChartAmount,
    ChartLine,
    Figure,
    Label,
    LineChart,
    Part,
    ReferenceLine,
    Span,
    Spans,
    Stack,
    Words,
    amount,
    by_street,
    longest_first,
    of_project,
    scenario_band,
)
from core.figures.palette import MONEY, QUIET, TIME, TINT, UNPAID, street_colours
from core.model.measure import RATIO, Measure, Measures
from core.model.project import Baseline, Facts
from core.progress import quotient
from core.progress.forecast import Forecast, months
from core.text import word
from core.text.amounts import Amount, cell, exact, headed
from core.text.how_computed import condition, printed
from core.text.numbers import MISSING, adds_up, decimal, percent, pp

KEYS = ("household", "m2", "building", "community")
_KEY_WORDS = (word("户数"), word("面积"), word("栋数"), word("小区数"))
KEY_HEADINGS = (word("按户数"), word("按面积"), word("按栋数"), word("按小区数"))


def payment_and_time(facts: Facts, m: Measures) -> Figure:
    """Payment (of the estimate) and time gone as two bars on one axis up to 100 %."""
    rate, elapsed, gap = m.one("paid_rate", None, "estimate"), m.one("time_elapsed"), m.one("pace_gap")
    paid = {"paid": Amount(rate.numerator, "exact", bare=True), "estimate": exact(rate.denominator)}
    gone = {"days": _whole(elapsed.numerator), "all": _whole(elapsed.denominator)}
    marks = Bars(
        word("支付与工期"),
        (
            BarRow(word("累计支付占概算"), (amount(rate, MONEY),), Message("累计支付{paid}/{estimate}", paid)),
            BarRow(word("工期已过"), (amount(elapsed, TIME),), Message("工期已过{days}/{all}天", gone)),
        ),
        end=Decimal(1),
        ordered=False,
    )
    measures = (rate, elapsed, gap)
    return of_project(
        facts, "payment_and_time", Message("支付与工期"), pace_gap_finding(gap), word("%"),
        Message("累计支付÷概算，已过天数÷计划工期天数"), marks, *_measured(measures), measures,
    )  # fmt: skip


def _whole(value: Decimal | None) -> str:
    return "—" if value is None else str(int(value))


def _measured(measures: Sequence[Measure]) -> tuple[tuple[str, str], list[tuple[Words, Words]]]:
    """Headings and rows of a table that lists measures."""
    return (word("指标"), word("数值")), [(m.name, printed(m)) for m in measures]


def pace_gap_finding(gap: Measure) -> Message:
    """Say in words (never by a coloured arrow) that payment runs ahead of time or behind it."""
    if gap.number is None:
        return Message("支付与工期无法比较")
    if gap.number == 0:
        return Message("支付与工期同步")
    params = {"points": pp(gap.number)}
    return (
        Message("支付比工期慢{points}个百分点", params)
        if gap.number < 0
        else Message("支付比工期快{points}个百分点", params)
    )


def estimate(facts: Facts, m: Measures) -> Figure:
    """The approved estimate as one stacked bar: payments of each street, and what is not paid.

    Exact, no scenario, also where the estimate itself was never divided among the streets.
    """
    shares = m.each("share_of_estimate")
    unpaid, called = _unpaid(shares, m.one("share_of_estimate"))
    colours = street_colours(facts.places)

    def part(share: Measure) -> Part:
        colour = UNPAID if share.place is None else colours[share.place]
        paid = ChartAmount(share.numerator, "万元", colour, share.place)
        return Part(share.place or called, paid, amount(share, colour))

    every = (*shares, unpaid)
    estimate = next((x.denominator for x in every if x.denominator is not None), None)
    all_of_it = None if estimate is None else Decimal(1)
    whole = Part(word("合计"), ChartAmount(estimate, "万元"), ChartAmount(all_of_it, RATIO))
    rows = [(x.place or called, cell(x.numerator), percent(x.number)) for x in every]
    return of_project(
        facts,
        "estimate",
        Message("概算的支付构成"),
        Message(
            "概算{estimate}，{called}{unpaid}",
            {"estimate": Amount(estimate), "called": called, "unpaid": Amount(unpaid.numerator)},
        ),
        word("万元"),
        estimate_basis(facts, m),
        Stack(Message("概算的支付构成"), tuple(map(part, every)), whole),
        (word("街镇"), headed(word("累计支付")), word("占概算")),
        [*rows, (word("合计"), cell(estimate), percent(all_of_it))],
        every,
    )


def estimate_basis(facts: Facts, m: Measures) -> Message:
    """What the parts of the estimate are of; that they are rounded is said where it can be seen."""
    if shares_add_up(m):
        return Message("累计支付占概算") if facts.divided else Message("累计支付占概算；概算未分解到街镇")
    if facts.divided:
        return Message("累计支付占概算。注：因四舍五入，分项之和与合计可能略有差异")
    return Message("累计支付占概算；概算未分解到街镇。注：因四舍五入，分项之和与合计可能略有差异")


def shares_add_up(m: Measures) -> bool:
    """Whether 占概算 of the streets, as printed, add up to that of the project, and with 未支付 to the whole."""
    shares = m.each("share_of_estimate")
    unpaid, _ = _unpaid(shares, m.one("share_of_estimate"))
    known = [x.number for x in (*shares, unpaid) if x.number is not None]
    of_paid = m.one("paid_rate", None, "estimate").number
    return adds_up([x.number for x in shares], of_paid, 4) and (not known or adds_up(known, Decimal(1), 4))


def _unpaid(shares: Sequence[Measure], unpaid: Measure) -> tuple[Measure, str]:
    """What is left of the estimate, and what to call it: of a street that reports nothing none knows if it paid."""
    whole = next((x.denominator for x in shares if x.denominator is not None), None)
    if unpaid.numerator is not None or whole is None:
        return unpaid, word("未支付")
    paid = sum((x.numerator for x in shares if x.numerator is not None), Decimal(0))
    left = whole - paid
    formula = Message("概算{estimate} - 已填报的累计支付{paid}", {"estimate": exact(whole), "paid": exact(paid)})
    found = replace(
        unpaid,
        name=word("未支付或未填报占概算"), value=quotient(left, whole), numerator=left, denominator=whole,
        formula=formula,
    )  # fmt: skip
    return found, word("未支付或未填报")


def rates(facts: Facts, m: Measures) -> Figure:
    """One payment, several denominators: the rate under each basis."""
    found = [(m.one("paid_rate", None, basis), words) for basis, words in denominators(facts).items()]
    measures = [x for x, _ in found]
    arrived = next((x.denominator for x in measures if x.is_estimate), None)
    basis: Message = Message("累计支付÷各口径的分母")
    note: Words = ""
    if arrived is not None:
        note = Message("斜纹为测算：到位{arrived}由报告推算", {"arrived": exact(arrived)})
        basis = Message("累计支付÷各口径的分母；斜纹为测算：到位{arrived}由报告推算", {"arrived": exact(arrived)})
    bars = longest_first([BarRow(words, (amount(x),)) for x, words in found])
    finding = rate_finding(measures)
    return of_project(
        facts,
        "rates",
        Message("各口径的支付比例"),
        finding,
        word("%"),
        basis,
        Bars(finding, tuple(bars), end=Decimal(1), note=note),
        (word("口径"), word("支付比例"), word("条件")),
        [(words, percent(x.number), condition(x)) for x, words in found],
        measures,
    )


def denominators(facts: Facts) -> dict[str, Message]:
    """What payment is held against, by the basis of its paid_rate: the estimate, the plan of each source, arrivals."""
    known = {"bond": Message("占专项债计划"), "budget": Message("占财政预算计划")}
    others = {
        key: Message("占{source}计划", {"source": name}) for key, name in facts.sources.items() if key not in known
    }
    return {"estimate": Message("占概算"), **known, **others, "arrived": Message("占到位资金")}


def rate_finding(rates: Sequence[Measure]) -> Message:
    """Say from where to where the rate of payment goes by its denominators."""
    values = [value for m in rates if (value := m.number) is not None]
    if not values:
        return Message("支付比例")
    return Message("分母不同，支付比例从{low}到{high}", {"low": percent(min(values)), "high": percent(max(values))})


_MOST_SOURCES = 5
"""Bars of sources of money in one figure; its table has them all."""


def funding(facts: Facts, m: Measures) -> Figure:
    """The funding plan against what has been paid of it, by source: the largest as bars, all of them in the table."""
    names = facts.sources
    planned, paid, parts = (
        [m.one(name, None, source) for source in names] for name in ("funding_planned", "funding_paid", "paid_rate")
    )
    found = list(zip(names.values(), planned, paid, parts, strict=True))
    arrived = [x for x in m.all if x.id == "funding_arrived" and x.place is None and x.basis in names]
    come = {x.basis: x for x in arrived}

    def said(name: str, plan: Measure, done: Measure) -> Message:
        rate = done.number / plan.number if done.number is not None and plan.number else None
        params = {"source": name, "paid": cell(done.number), "planned": cell(plan.number), "rate": percent(rate)}
        return Message("{source}：已支付{paid}，计划{planned}（{rate}）", params)

    def cells(name: str, plan: Measure, done: Measure, rate: Measure) -> tuple[Words, ...]:
        reached = [cell(come[plan.basis].number) if plan.basis in come else MISSING] if come else []
        return (name, cell(plan.number), *reached, cell(done.number), percent(rate.number))

    drawn = _largest(found)
    marks = Bars(
        Message("计划与已支付"),
        tuple(
            BarRow(name, (amount(plan, TIME), amount(done, MONEY)), said(name, plan, done))
            for name, plan, done, _ in drawn
        ),
        series=(word("计划"), word("已支付")),
        ordered=False,
    )
    return of_project(
        facts,
        "funding",
        Message("资金来源：计划与已支付"),
        funding_finding(planned, paid, names),
        word("万元"),
        Message("计划筹资与累计支付，按资金来源")
        if len(drawn) == len(found)
        else Message(
            "计划筹资与累计支付，按资金来源；图为最大的{shown}个，表列全部{all}个",
            {"shown": len(drawn), "all": len(found)},
        ),
        marks,
        (
            word("来源"),
            headed(word("计划")),
            *((headed(word("到位")),) if come else ()),
            headed(word("已支付")),
            word("已支付占计划"),
        ),
        [cells(*each) for each in found],
        (*planned, *arrived, *paid),
    )


def sources(facts: Facts, m: Measures) -> Bars:
    """Planned, arrived (where that is known) and paid of each source, to be drawn upon each other."""
    names = facts.sources
    come = {x.basis: x for x in m.all if x.id == "funding_arrived" and x.place is None and x.basis in names}
    rows = []
    for source, name in names.items():
        plan, paid = m.one("funding_planned", None, source), m.one("funding_paid", None, source)
        arrived = ChartAmount(come[source].number if source in come else None, plan.unit, TINT)
        rows.append(BarRow(name, (amount(plan, UNPAID), *([arrived] if come else []), amount(paid, MONEY))))
    series = (word("计划"), *((word("到位"),) if come else ()), word("已支付"))
    return Bars(Message("计划与已支付"), tuple(rows), series=series, ordered=False)


_Source = tuple[str, Measure, Measure, Measure]
"""A source's name, its plan, its payments and their rate."""


def _largest(found: Sequence[_Source]) -> list[_Source]:
    """The sources of the largest plans (or payments, where no plan is known), in the order in which they stand."""

    def size(each: _Source) -> Decimal:
        _, plan, done, _ = each
        return max(plan.number or Decimal(0), done.number or Decimal(0))

    known = [each for each in found if each[1].number is not None or each[2].number is not None]
    kept = sorted(known, key=size, reverse=True)[:_MOST_SOURCES]
    return [each for each in known if each in kept]


def funding_finding(planned: Sequence[Measure], paid: Sequence[Measure], names: Mapping[str, str]) -> Message:
    """The one source that nothing has been paid from, if there is one; `names`: by basis (bond, budget)."""
    of = {m.basis: m for m in paid}
    behind = [m for m in planned if of[m.basis].value == 0 and m.number]
    if len(behind) != 1:
        return Message("各来源资金的计划与已支付")
    params = {"source": names[behind[0].basis or ""], "planned": Amount(behind[0].number)}
    return Message("{source}{planned}尚未支付", params)


def street_rates(facts: Facts, m: Measures, key: str | None = None) -> Figure | None:
    """Each street's rate: a fact where the estimate was split by street, else an interval over the keys, or by one key.

    None where nothing says how to share the estimate out.
    """
    of_keys = {name: m.each("allocated_rate", name) for name in KEYS}
    whole = m.one("paid_rate", None, "estimate")
    rule = None
    if whole.number is not None:
        rule = ReferenceLine(whole.number, Message("全项目{rate}", {"rate": percent(whole.number)}))
    if facts.divided:
        return _own_rates(facts, of_keys[KEYS[0]], whole, rule)
    if all(x.value is None for found in of_keys.values() for x in found):
        return None
    known = [name for name in KEYS if any(x.value is not None for x in of_keys[name])]
    headings = (KEY_HEADINGS[KEYS.index(name)] for name in known)
    marks: Bars | Spans
    if key is None:
        finding = interval_finding(of_keys)
        basis = Message("累计支付÷按户、面积、栋、小区分摊的概算；●户 ■面积 ◆栋 ▲小区")
        marks = Spans(word("各街镇测算执行率"), _spans(facts, of_keys), KEY_HEADINGS, _KEY_WORDS, rule=rule)
    else:
        bars = by_street(facts, of_keys[key])
        word_of_key = _KEY_WORDS[KEYS.index(key)]
        finding = Message("按{key}分摊概算，{place}测算执行率最高", {"key": word_of_key, "place": str(bars[0].name)})
        basis = Message("累计支付÷（概算×{key}占比）", {"key": word_of_key})
        marks = Bars(word("各街镇测算执行率"), tuple(bars), rule=rule)
    return of_project(
        facts,
        "allocation",
        Message("各街镇测算执行率（测算值·非批复数）"),
        finding,
        word("%"),
        basis,
        marks,
        (word("街镇"), *headings),
        [(place, *(percent(m.one("allocated_rate", place, name).number) for name in known)) for place in facts.places],
        (*(x for name, found in of_keys.items() if key in (None, name) for x in found), whole),
        scenario_band(x for found in of_keys.values() for x in found),
    )


def _own_rates(facts: Facts, rates: Sequence[Measure], whole: Measure, rule: ReferenceLine | None) -> Figure:
    rows = [
        (x.place or word("合计"), cell(x.denominator), cell(x.numerator), percent(x.number)) for x in (*rates, whole)
    ]
    return of_project(
        facts,
        "allocation",
        Message("各街镇执行率"),
        highest_and_lowest([x for x in rates if x.number is not None]),
        word("%"),
        Message("累计支付÷该街镇批复数"),
        Bars(word("各街镇执行率"), tuple(by_street(facts, rates)), series=(word("执行率"),), rule=rule),
        (word("街镇"), headed(word("批复数")), headed(word("累计支付")), word("执行率")),
        rows,
        (*rates, whole),
    )


def _spans(facts: Facts, of_keys: Mapping[str, Sequence[Measure]]) -> tuple[Span, ...]:
    """The interval of each street over the keys."""
    colours = street_colours(facts.places)
    found: list[Span] = []
    for place in facts.places:
        every = [next((m for m in measures if m.place == place), None) for measures in of_keys.values()]
        points = tuple(
            ChartAmount(None, RATIO, colours[place], place, True) if m is None else amount(m, colours[place])
            for m in every
        )
        known = sorted((each for each in points if each.value is not None), key=lambda each: each.value or 0)
        low, high = (known[0], known[-1]) if known else (points[0], points[0])
        said = Message("{low}～{high}", {"low": low.text, "high": high.text}) if known else low.text
        found.append(Span(place, low, high, points, said))
    return tuple(found)


def interval_finding(rates: Mapping[str, Sequence[Measure]]) -> Message:
    """Name the street that is highest under every key by which rates are known, if one is.

    `rates`: key -> allocated_rate of the streets.
    """
    known = [found for each in rates.values() if (found := [x for x in each if x.number is not None])]
    leaders = {max(each, key=lambda x: x.number or Decimal(0)).place for each in known}
    if len(leaders) == 1:
        params = {"count": len(known), "place": leaders.pop() or ""}
        if len(known) == 2:
            return Message("两种分摊口径下，{place}测算执行率都最高", params)
        return Message("{count}种分摊口径下，{place}测算执行率都最高", params)
    return Message("测算执行率随分摊口径而变，没有一个街镇都最高")


def highest_and_lowest(rates: Sequence[Measure]) -> Message:
    """Name the streets that have drawn on their own amounts most and least; `rates`: those that are known."""
    if not rates:
        return Message("各街镇执行率")
    ordered = sorted(rates, key=lambda m: m.number or Decimal(0))
    first, last = ordered[-1], ordered[0]
    params = {
        "high": first.place or "", "most": percent(first.number), "low": last.place or "",
        "least": percent(last.number),
    }  # fmt: skip
    return Message("{high}执行率最高，为{most}；{low}最低，为{least}", params)


def pace(
    facts: Facts, m: Measures, baseline: Baseline, known: Sequence[tuple[date, Decimal]], ahead: Forecast
) -> Figure:
    """Paid money against the even line of the planned time: the payments `known` (万元), and where they lead."""
    names = ("paid", "planned_value", "schedule_variance", "paid_by_finish", "short_at_finish")
    paid, due, gap, *more = (m.one(name) for name in names)
    measures = (paid, due, gap, *more, *ahead.measures)
    return of_project(
        facts, "pace", Message("累计支付与计划工期"), pace_finding(gap.number), word("万元"),
        Message("工期线：概算在计划工期内按天均摊；点线：{rule}", {"rule": ahead.rule}),
        _paid_over_time(paid, m.one("estimate").number, due.number, gap.number, baseline, known, ahead),
        *_measured(measures), measures, scenario_band(ahead.measures),
    )  # fmt: skip


_CLOSE = Decimal("0.85")
"""Share of the estimate from which on words about an amount would reach its line."""


def _paid_over_time(
    paid: Measure,
    whole: Decimal | None,
    due: Decimal | None,
    gap: Decimal | None,
    plan: Baseline,
    known: Sequence[tuple[date, Decimal]],
    ahead: Forecast,
) -> LineChart:
    title = Message("累计支付与计划工期")
    if whole is None:
        return LineChart(title, (), (), paid.as_of, paid.as_of, Decimal(0))
    end, short = plan.end + timedelta(days=1), gap is not None and gap < 0
    first = min([plan.start, paid.as_of, *(day for day, _ in known)])
    lines = [planned_line(plan, whole)]
    labels = [estimate_label(first, whole)]
    if known:
        newest = known[-1]
        to_come = [day for day in ahead.days if day > newest[0]]
        lines += [ChartLine((newest, (day, whole)), MONEY, "dotted") for day in to_come]
        if to_come:
            words = Message("{when}付完", {"when": months(ahead)})
            labels.append(Label(to_come[-1], whole, words, before=True))
        lines.append(paid_line(known, whole))
        labels.insert(0, paid_label(*newest, below=short))
    if due is not None:
        # Close below the estimate's own line the words would stand across it: they stand on it.
        clear = due if due >= whole or due < whole * _CLOSE else whole
        labels.append(due_label(min(paid.as_of, end), due, below=not short and clear == due, at=clear))
    highest = max(paid.number or Decimal(0), due or Decimal(0))
    return LineChart(
        title,
        tuple(lines),
        tuple(labels),
        first,
        max(end, *ahead.days, paid.as_of),
        whole,
        level=whole,
        days=(Label(paid.as_of, highest, Message("截至{day}", {"day": paid.as_of})),),
        ticks=_days_named(plan, paid.as_of),
    )


def _days_named(plan: Baseline, as_of: date) -> tuple[tuple[date, Words], ...]:
    """Start and end of the planned time and the day of the data, in the order of time."""
    named = [
        (plan.start, Message("{month}开工", {"month": Month(plan.start)})),
        (as_of, Message("{month}数据截至", {"month": Month(as_of)})),
        (plan.end, Message("{month}计划完工", {"month": Month(plan.end)})),
    ]
    return tuple(sorted(named, key=lambda each: each[0]))


def planned_line(plan: Baseline, whole: Decimal) -> ChartLine:
    """The estimate, spread evenly over the planned time."""
    return ChartLine(((plan.start, Decimal(0)), (plan.end + timedelta(days=1), whole)), TIME)


def paid_line(known: Sequence[tuple[date, Decimal]], whole: Decimal | None = None) -> ChartLine:
    """The payments that are known: a point a snapshot, joined where there are several.

    `whole`: the estimate; with it each point also says its share and what is not paid.
    """
    said = tuple(_paid_said(day, value, whole) for day, value in known)
    return ChartLine(tuple(known), MONEY, heavy=True, dots=True, said=said)


def _paid_said(day: date, value: Decimal, whole: Decimal | None) -> Message:
    params: dict[str, object] = {"day": day, "paid": exact(value)}
    if not whole:
        return Message("截至{day}累计支付{paid}", params)
    params |= {"left": exact(whole - value), "rate": percent(quotient(value, whole))}
    return Message("截至{day}累计支付{paid}，占概算{rate}，未支付{left}", params)


def estimate_label(day: date, whole: Decimal) -> Label:
    """The estimate, where the chart ends."""
    return Label(day, whole, Message("概算{estimate}", {"estimate": cell(whole)}), colour=QUIET)


def paid_label(day: date, value: Decimal, *, below: bool) -> Label:
    """The newest payment."""
    words = Message("已支付{paid}", {"paid": cell(value)})
    return Label(day, value, words, strong=True, colour=MONEY, below=below)


def due_label(day: date, value: Decimal, *, below: bool, at: Decimal | None = None) -> Label:
    """The amount due by the planned time; `at`: where its words stand, if not at that amount."""
    words = Message("按工期应支付{planned}", {"planned": cell(value)})
    return Label(day, value if at is None else at, words, colour=QUIET, below=below, before=True)


def pace_finding(gap: Decimal | None) -> Message:
    """Say how much less or more than evenly over the planned time was paid; `gap`: 万元."""
    if gap is None:
        return Message("支付与计划工期")
    params = {"gap": Amount(abs(gap))}
    return Message("比按工期均匀支付少{gap}", params) if gap < 0 else Message("比按工期均匀支付多{gap}", params)


def monthly(facts: Facts, m: Measures) -> Figure:
    """Money paid a month so far against what is needed a month from now on."""
    so_far, needed, ratio = (m.one(name) for name in ("paid_per_month", "needed_per_month", "pace_needed"))
    marks = Bars(
        Message("月均支付与需达月均"),
        (
            BarRow(word("此前月均支付"), (amount(so_far, MONEY),)),
            BarRow(word("今后需达月均"), (amount(needed, TIME),)),
        ),
        ordered=False,
    )
    measures = (so_far, needed, ratio)
    return of_project(
        facts, "monthly", Message("月均支付与需达月均"), monthly_finding(ratio), word("万元/月"),
        Message("此前：累计支付÷已过整月；今后：未支付÷剩余整月"), marks, *_measured(measures), measures,
    )  # fmt: skip


def monthly_finding(ratio: Measure) -> Message:
    """Say how many times the pace so far is needed from now on."""
    if ratio.number is None:
        return Message("月均支付与需达月均")
    return Message("今后每月需支付此前的{times}倍", {"times": decimal(ratio.number, 2)})
