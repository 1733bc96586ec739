"""Slides of the project: cover, 总览, 资金, 进度与预测, 各街镇, 受益."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pptx.presentation import Presentation as Slides

from core.briefing.deck import notes
from core.briefing.deck.charts import Series, bars, format_of
from core.briefing.deck.fitting import height_of, wrapped
from core.briefing.deck.page import SMALL, TEXT, Box, Page
from core.briefing.findings import bands_of, score_bands
from core.briefing.matter import Matter
from core.charts.budget import KEYS, interval_finding
from core.charts.frame import MONEY, QUIET, TIME, UNPAID, Panel, street_colours
from core.charts.place_rates import highest_and_lowest
from core.errors import Message
from core.model.measure import RATIO, Measure
from core.text import word
from core.text.numbers import MISSING

MOST_KEYS = 4
_MOST_OF_WHOLE = Decimal("0.85")
_KEY_COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")


def foot(matter: Matter, unit: str, basis: Message | str) -> tuple[Message, ...]:
    """What every slide says at its bottom: unit, source, as-of day, basis."""
    return (
        Message("单位:{unit}", {"unit": unit}) if unit else Message("单位:见各数"),
        Message("数据来源:{source}", {"source": matter.facts.project.source}),
        Message("截至{day}", {"day": matter.facts.as_of}),
        Message("口径:{basis}", {"basis": basis}),
    )


def nothing(page: Page, sentence: Message) -> None:
    """The slide of something that there is no data of: — and what to do."""
    dash, below = page.body.rows(0.9)
    page.words(dash, [MISSING], 40, colour=QUIET)
    page.words(below, [sentence], 20)
    notes.write(page, more=[sentence])


def cover(slides: Slides, matter: Matter) -> Page:
    """Of what, as of when, from which document, in which state."""
    facts = matter.facts
    bands = score_bands(matter.score)
    basis = Message("各页所用口径见该页下方")
    page = Page(slides, matter.language, facts.project.name, foot(matter, "", basis), bands, top=1.6)
    head, rest = page.body.rows(1.1, 0.3)
    page.words(head, [Message("绩效评价简报")], 40, bold=True, colour=MONEY)
    lines: list[Message] = [matter.subtitle]
    if facts.project.approval:
        lines.append(Message("批复文号:{approval}", {"approval": facts.project.approval}))
    if matter.score is not None:
        params = {"round": matter.score.round, "sheet": matter.score.sheet.name}
        lines.append(Message("评分:{round} · {sheet}", params))
        if matter.score.claimed is not None:
            lines.append(matter.score.claimed)
    page.words(rest, lines, 20, spacing=10)
    notes.write(page, more=lines)
    return page


def overview(slides: Slides, matter: Matter) -> Page:
    """总览: payment against time, four figures, three sentences."""
    basis = Message("累计支付÷概算,已过天数÷计划工期天数")
    title = matter.headline or Message("还没有项目数据")
    page = Page(slides, matter.language, title, foot(matter, word("%"), basis))
    if matter.headline is None:
        nothing(page, Message("还没有资金或受益数据;请先导入资金明细表和受益明细表。"))
        return page
    cards, rest = page.body.rows(1.5, 0.2)
    _cards(page, cards, matter)
    chart, beside = rest.columns(0.58)
    one = matter.figures.one
    rate, elapsed = one("paid_rate", None, "estimate"), one("time_elapsed")
    names = [page.say(word("累计支付占概算")), page.say(word("工期已过"))]
    values = (rate.number, elapsed.number)
    # Up to the whole, unless a figure would find no room behind its bar.
    top = 1.0 if all(value is None or value <= _MOST_OF_WHOLE for value in values) else None
    series = [Series(page.say(word("比例")), values, colours=(MONEY, TIME))]
    bars(page, chart, "payment_and_time", names, series, format_of(RATIO), alt=_alt(matter, "payment_and_time"),
         top=top)  # fmt: skip
    page.words(beside, [each for each in (matter.pace, matter.sources, matter.places) if each], TEXT, spacing=10)
    notes.write(page, [key.how for key in matter.keys])
    return page


def _cards(page: Page, box: Box, matter: Matter) -> None:
    wide = box.width / MOST_KEYS
    keys = matter.keys[:MOST_KEYS]
    said = [page.say(key.value) for key in keys]
    size = next(
        (s for s in range(28, 14, -1) if all(len(wrapped(text, s, wide - 0.15, bold=True)) == 1 for text in said)), 14
    )
    for n, key in enumerate(keys):
        left = box.left + n * wide
        page.words(Box(left, box.top, wide - 0.15, 0.32), [key.label], 14, colour=QUIET, spacing=0)
        place = Box(left, box.top + 0.32, wide - 0.15, 0.6)
        page.words(place, [key.value], size, bold=True, colour=MONEY, spacing=0)
        page.words(Box(left, box.top + 0.92, wide - 0.15, 0.56), [key.caveat], 14, spacing=0)


def funds(slides: Slides, matter: Matter) -> Page:
    """资金: what the estimate went to, and from which source."""
    panel = matter.panels.get("estimate")
    basis = (
        Message("累计支付占概算。注:因四舍五入,分项之和与合计可能略有差异")
        if matter.facts.divided
        else Message("累计支付占概算;概算未分解到街镇。注:因四舍五入,分项之和与合计可能略有差异")
    )
    title = matter.money_headline or Message("还没有资金数据")
    page = Page(slides, matter.language, title, foot(matter, word("万元"), basis))
    if matter.money_headline is None or panel is None:
        nothing(page, Message("还没有资金数据;请先导入资金明细表。"))
        return page
    chart, beside = page.body.columns(0.45)
    shares = (*matter.figures.each("share_of_estimate"), matter.figures.one("share_of_estimate"))
    colours = street_colours(matter.facts.places)
    series = Series(
        page.say(word("累计支付(万元)")),
        tuple(m.numerator for m in shares),
        colours=tuple(UNPAID if m.place is None else colours[m.place] for m in shares),
    )
    names = [page.say(m.place or word("未支付")) for m in shares]
    bars(page, chart, "estimate", names, [series], format_of("万元"), alt=panel.alt)
    funding = matter.panels["funding"]
    tables = ((panel, "estimate_table", 0.62), (funding, "funding_table", 0.95))
    texts = [each for each in (matter.sources, matter.money_note) if each]
    cut = _tables(page, beside, tables, texts)
    notes.write(page, [panel.how, funding.how], _full(cut))
    return page


def pace(slides: Slides, matter: Matter) -> Page:
    """进度与预测: money a month so far and from now on, and where that leads."""
    shown = [matter.panels[name] for name in ("pace", "monthly") if name in matter.panels]
    basis = Message("此前:累计支付÷已过整月;今后:未支付÷剩余整月")
    title = matter.pace if matter.pace is not None and shown else Message("支付进度暂无法推算")
    page = Page(slides, matter.language, title, foot(matter, word("万元/月"), basis), bands_of(shown))
    if not shown:
        nothing(page, Message("缺少资金数据或计划工期,无法推算支付进度;补充后显示。"))
        return page
    chart, beside = page.body.columns(0.52)
    measures = [matter.figures.one(name) for name in ("paid_per_month", "needed_per_month")]
    names = [page.say(word("此前月均支付")), page.say(word("今后需达月均"))]
    series = Series(page.say(word("万元/月")), tuple(m.number for m in measures), colours=(MONEY, TIME))
    bars(page, chart, "monthly", names, [series], format_of("万元/月"), alt=_alt(matter, "monthly"))
    rows = [row for panel in shown for row in panel.rows]
    headings = shown[0].headings
    cut, said = page.table(beside.rows(beside.height - 0.8)[0], headings, rows, "pace_table")
    said = replace(said, height=beside.top + beside.height - said.top)
    page.words(said, [_planned_time(matter)], 14, spacing=0)
    notes.write(page, [panel.how for panel in shown], [(headings, rows)] if cut else ())
    return page


def _planned_time(matter: Matter) -> Message:
    planned = matter.baseline
    if planned is None:
        return Message("没有计划工期")
    return Message("计划工期:{start}至{end};预测按此前速度推算", {"start": planned.start, "end": planned.end})


def streets(slides: Slides, matter: Matter) -> Page:
    """各街镇: a street's own rate is a fact where the estimate was split by street, else it hangs on the key."""
    panel = matter.panels.get("allocation")
    divided = matter.facts.divided
    rates = {key: matter.figures.each("allocated_rate", key) for key in (KEYS[:1] if divided else KEYS)}
    known = {key: [m for m in found if m.number is not None] for key, found in rates.items()}
    basis = Message("累计支付÷该街镇批复数") if divided else Message("累计支付÷按户、面积、栋、小区分摊的概算")
    if panel is None or not all(known.values()):
        page = Page(slides, matter.language, Message("各街镇支付情况暂无法比较"), foot(matter, word("%"), basis))
        nothing(page, Message("缺少资金或受益数据,无法比较各街镇;补充后显示。"))
        return page
    title = highest_and_lowest(known[KEYS[0]]) if divided else interval_finding(known)
    page = Page(slides, matter.language, title, foot(matter, word("%"), basis), bands_of([panel]))
    chart, beside = page.body.columns(0.45)
    if divided:
        ordered = sorted(rates[KEYS[0]], key=_longest_first)
        series = [_by_street(matter, page.say(word("执行率")), ordered)]
    else:
        ordered = list(rates[KEYS[0]])
        series = [
            Series(heading, tuple(m.number for m in rates[key]), colour)
            for heading, key, colour in zip(panel.headings[1:], KEYS, _KEY_COLOURS, strict=True)
        ]
    names = [page.say(m.place or "") for m in ordered]
    striped = any(m.is_estimate for m in ordered)
    bars(page, chart, "allocation", names, series, format_of(RATIO), alt=panel.alt, striped=striped)
    texts = [matter.money_note, *([matter.places] if matter.places else [])]
    cut = _tables(page, beside, ((panel, "allocation_table", 0.95),), texts)
    notes.write(page, [panel.how], _full(cut))
    return page


def _by_street(matter: Matter, name: str, measures: Sequence[Measure]) -> Series:
    colours = street_colours(matter.facts.places)
    return Series(name, tuple(m.number for m in measures), colours=tuple(colours[m.place or ""] for m in measures))


def homes(slides: Slides, matter: Matter) -> Page:
    """受益: for whom, all of it planned."""
    panel = matter.panels.get("scope")
    basis = Message("计划改造范围,不是完成数")
    title = matter.homes_headline or Message("还没有受益数据")
    page = Page(slides, matter.language, title, foot(matter, word("户"), basis))
    if matter.homes_headline is None or panel is None:
        nothing(page, Message("还没有受益数据;请先导入受益明细表。"))
        return page
    chart, beside = page.body.columns(0.32)
    caution = page.say(matter.homes_caution)
    chart, below = chart.rows(chart.height - height_of([caution], SMALL, chart.width) - 0.2)
    page.words(below, [caution], 14, spacing=0)
    ordered = sorted(matter.figures.each("households"), key=_longest_first)
    series = _by_street(matter, page.say(word("户数(户)")), ordered)
    bars(page, chart, "households", [page.say(m.place or "") for m in ordered], [series], format_of("户"),
         alt=panel.alt)  # fmt: skip
    costs = matter.panels.get("unit_costs")
    tables = [(panel, "scope_table", 0.48), *([(costs, "unit_cost_table", 0.95)] if costs is not None else [])]
    cut = _tables(page, beside, tables, [])
    behind = [each.how for each in (panel, costs) if each is not None]
    notes.write(page, behind, _full(cut))
    return page


def _longest_first(measure: Measure) -> tuple[bool, Decimal]:
    value = measure.number
    return value is None, -(value or Decimal(0))


def _tables(page: Page, box: Box, wanted: Sequence[tuple[Panel, str, float]], texts: Sequence[Message]) -> list[Panel]:
    """Tables of one size below each other and texts below them. Where they find no room once the texts have theirs at
    their smallest, each may take its share of what is left. Returns the tables that had to be cut.
    """
    kept = height_of([page.say(text) for text in texts], SMALL, box.width, _SPACING) + 0.05
    end = box.top + box.height
    all_of_them = [(panel.headings, panel.rows) for panel, _, _ in wanted]
    size, fits = page.size_of(replace(box, height=box.height - kept), all_of_them)
    cut: list[Panel] = []
    for panel, name, share in wanted:
        room = replace(box, height=(end - kept - box.top) * (1 if fits else share))
        was_cut, below = page.table(room, panel.headings, panel.rows, name, size)
        cut += [panel] if was_cut else []
        box = replace(box, top=below.top, height=end - below.top)
    if texts:
        page.words(box, texts, 14, spacing=_SPACING)
    return cut


_SPACING = 4
"""Points between paragraphs below a table."""


def _full(panels: Sequence[Panel]) -> list[tuple[Sequence[str], Sequence[Sequence[str]]]]:
    return [(panel.headings, panel.rows) for panel in panels]


def _alt(matter: Matter, name: str) -> str:
    panel = matter.panels.get(name)
    return "" if panel is None else panel.alt
