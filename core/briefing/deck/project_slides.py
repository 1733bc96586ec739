"""Slides of the project: cover, 总览, 资金, 进度与预测, 各街镇, 受益."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pptx.presentation import Presentation as Slides

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.charts import bars
from core.briefing.deck.fitting import height_of, wrapped
from core.briefing.deck.page import SMALL, TEXT, Box, SlidePage
from core.briefing.headlines import bands_of, changed_bands, score_bands
from core.errors import Message
from core.figures import money as figures_of
from core.figures.figure import FigurePanel
from core.figures.households import part_of, scope
from core.figures.palette import MONEY, QUIET
from core.text import word
from core.text.numbers import MISSING

_MOST_OF_WHOLE = Decimal("0.85")


def foot(content: BriefingContent, unit: str, basis: Message | str, source: Message | str = "") -> tuple[Message, ...]:
    """Foot of every slide: unit, source (the project's document unless named), as-of day, basis."""
    return (
        Message("单位：{unit}", {"unit": unit}) if unit else Message("单位：见各数"),
        Message("数据来源：{source}", {"source": source or content.facts.project.source}),
        Message("截至{day}", {"day": content.facts.as_of}),
        Message("口径：{basis}", {"basis": basis}),
    )


def nothing(page: SlidePage, sentence: Message) -> None:
    """The slide of something that there is no data of: — and what to do."""
    dash, below = page.body.rows(0.9)
    page.words(dash, [MISSING], 40, colour=QUIET)
    page.words(below, [sentence], 20)
    notes.write(page, more=[sentence])


def cover(slides: Slides, content: BriefingContent) -> SlidePage:
    """Of what, as of when, from which document, in which state."""
    facts = content.facts
    bands = score_bands(content.score)
    basis = Message("各页所用口径见该页下方")
    page = SlidePage(slides, content.language, facts.project.name, foot(content, "", basis), bands, top=1.6)
    head, rest = page.body.rows(1.1, 0.3)
    page.words(head, [Message("绩效评价简报")], 40, bold=True, colour=MONEY)
    lines: list[Message] = [content.subtitle]
    if facts.project.approval:
        lines.append(Message("批复文号：{approval}", {"approval": facts.project.approval}))
    if content.score is not None:
        params = {"round": content.score.round, "sheet": content.score.sheet.name}
        lines.append(Message("评分：{round} · {sheet}", params))
        lines += [each for each in (content.score.claimed, content.score.changed) if each is not None]
    page.words(rest, lines, 20, spacing=10)
    notes.write(page, more=lines)
    return page


def overview(slides: Slides, content: BriefingContent) -> SlidePage:
    """总览: key figures, payment against time, sentences."""
    basis = Message("累计支付÷概算，已过天数÷计划工期天数")
    title = content.headline or Message("还没有项目数据")
    page = SlidePage(slides, content.language, title, foot(content, word("%"), basis), _bands(content))
    if content.headline is None:
        nothing(page, Message("还没有资金或受益数据；请先导入资金明细表和受益明细表。"))
        return page
    cards, rest = page.body.rows(1.5, 0.2)
    _cards(page, cards, content)
    chart, beside = rest.columns(0.58)
    one = content.figures.one
    rate, elapsed = one("paid_rate", None, "estimate"), one("time_elapsed")
    values = (rate.number, elapsed.number)
    # Up to the whole, unless a figure would find no room behind its bar.
    top = 1.0 if all(value is None or value <= _MOST_OF_WHOLE for value in values) else None
    shown = figures_of.payment_and_time(content.facts, content.figures).chart
    bars(page, chart, "payment_and_time", shown, word("比例"), alt=_alt(content, "payment_and_time"), top=top)
    page.words(beside, tuple(content.sentences.values()), TEXT, spacing=10)
    notes.write(page, [key.how for key in content.keys], more=() if content.score is None else content.score.changes)
    return page


def _cards(page: SlidePage, box: Box, content: BriefingContent) -> None:
    wide = box.width / max(1, len(content.keys))
    said = [page.say(key.value) for key in content.keys]
    size = next(
        (s for s in range(28, 14, -1) if all(len(wrapped(text, s, wide - 0.15, bold=True)) == 1 for text in said)), 14
    )
    for n, key in enumerate(content.keys):
        left = box.left + n * wide
        page.words(Box(left, box.top, wide - 0.15, 0.32), [key.label], 14, colour=QUIET, spacing=0)
        place = Box(left, box.top + 0.32, wide - 0.15, 0.6)
        page.words(place, [key.value], size, bold=True, colour=MONEY, spacing=0)
        page.words(Box(left, box.top + 0.92, wide - 0.15, 0.56), [key.caveat], 14, spacing=0)


def funds(slides: Slides, content: BriefingContent) -> SlidePage:
    """资金: what the estimate went to, and from which source."""
    panel = content.panels.get("estimate")
    basis = (
        Message("累计支付占概算。注：因四舍五入，分项之和与合计可能略有差异")
        if content.facts.divided
        else Message("累计支付占概算；概算未分解到街镇。注：因四舍五入，分项之和与合计可能略有差异")
    )
    title = content.money_headline or Message("还没有资金数据")
    page = SlidePage(slides, content.language, title, foot(content, word("万元"), basis), _bands(content))
    if content.money_headline is None or panel is None:
        nothing(page, Message("还没有资金数据；请先导入资金明细表。"))
        return page
    chart, beside = page.body.columns(0.45)
    shown = figures_of.estimate(content.facts, content.figures).chart
    bars(page, chart, "estimate", shown, word("累计支付（万元）"), alt=panel.alt)
    funding = content.panels.get("funding")  # nothing is known of any source: the amounts stand alone
    tables = [(panel, "estimate_table", 0.61), *([(funding, "funding_table", 0.95)] if funding else [])]
    texts = [each for each in (content.sentences.get("money"), content.money_note) if each]
    cut = _tables(page, beside, tables, texts)
    notes.write(page, [each.how for each, _, _ in tables], _full(cut))
    return page


def pace(slides: Slides, content: BriefingContent) -> SlidePage:
    """进度与预测: money a month so far and from now on, and where that leads."""
    shown = [content.panels[name] for name in ("pace", "monthly") if name in content.panels]
    basis = Message("此前：累计支付÷已过整月；今后：未支付÷剩余整月")
    title = (content.sentences.get("pace") if shown else None) or Message("支付进度暂无法推算")
    page = SlidePage(slides, content.language, title, foot(content, word("万元/月"), basis), _bands(content, shown))
    if not shown:
        nothing(page, Message("缺少资金数据或计划工期，无法推算支付进度；补充后显示。"))
        return page
    chart, beside = page.body.columns(0.52)
    figure = figures_of.monthly(content.facts, content.figures)
    bars(page, chart, "monthly", figure.chart, word("万元/月"), alt=_alt(content, "monthly"))
    rows = [row for panel in shown for row in panel.rows]
    headings = shown[0].headings
    cut, said = page.table(beside.rows(beside.height - 0.8)[0], headings, rows, "pace_table")
    said = replace(said, height=beside.top + beside.height - said.top)
    page.words(said, [_planned_time(content)], 14, spacing=0)
    notes.write(page, [panel.how for panel in shown], [(headings, rows)] if cut else ())
    return page


def _planned_time(content: BriefingContent) -> Message:
    planned = content.baseline
    if planned is None:
        return Message("没有计划工期")
    return Message("计划工期：{start}至{end}；预测按此前速度推算", {"start": planned.start, "end": planned.end})


def streets(slides: Slides, content: BriefingContent) -> SlidePage:
    """各街镇: a street's own rate is a fact where the estimate was split by street, else it hangs on the key."""
    panel = content.panels.get("allocation")
    divided, figure = content.facts.divided, figures_of.street_rates(content.facts, content.figures)
    basis = Message("累计支付÷该街镇批复数") if divided else Message("累计支付÷按户、面积、栋、小区分摊的概算")
    if panel is None or figure is None:
        page = SlidePage(slides, content.language, Message("各街镇支付情况暂无法比较"), foot(content, word("%"), basis))
        nothing(page, Message("缺少资金或受益数据，无法比较各街镇；补充后显示。"))
        return page
    page = SlidePage(
        slides, content.language, figure.finding, foot(content, word("%"), basis), _bands(content, [panel])
    )
    chart, beside = page.body.columns(0.45)
    bars(page, chart, "allocation", figure.chart, alt=panel.alt)
    texts = [each for each in (content.money_note, content.sentences.get("places")) if each]
    cut = _tables(page, beside, ((panel, "allocation_table", 0.95),), texts)
    notes.write(page, [panel.how], _full(cut))
    return page


def homes(slides: Slides, content: BriefingContent) -> SlidePage:
    """受益: for whom, all of it planned."""
    panel = content.panels.get("scope")
    basis = Message("计划改造范围，不是完成数")
    title = content.homes_headline or Message("还没有受益数据")
    page = SlidePage(slides, content.language, title, foot(content, word("户"), basis), _bands(content))
    if content.homes_headline is None or panel is None:
        nothing(page, Message("还没有受益数据；请先导入受益明细表。"))
        return page
    chart, beside = page.body.columns(0.32)
    caution = page.say(content.homes_caution)
    chart, below = chart.rows(chart.height - height_of([caution], SMALL, chart.width) - 0.2)
    page.words(below, [caution], 14, spacing=0)
    homes = part_of(scope(content.facts, content.figures), 2, word("户数"))
    bars(page, chart, "households", homes, alt=panel.alt)
    costs = content.panels.get("unit_costs")
    tables = [(panel, "scope_table", 0.48), *([(costs, "unit_cost_table", 0.95)] if costs is not None else [])]
    cut = _tables(page, beside, tables, [])
    behind = [each.how for each in (panel, costs) if each is not None]
    notes.write(page, behind, _full(cut))
    return page


def _bands(content: BriefingContent, panels: Sequence[FigurePanel] = ()) -> tuple[str, ...]:
    return (*bands_of(panels), *changed_bands(content.score))


def _tables(
    page: SlidePage, box: Box, wanted: Sequence[tuple[FigurePanel, str, float]], texts: Sequence[Message]
) -> list[FigurePanel]:
    """Tables of one size below each other and texts below them. Where they find no room once the texts have theirs at
    their smallest, each may take its share of what is left. Returns the tables that had to be cut.
    """
    kept = height_of([page.say(text) for text in texts], SMALL, box.width, _SPACING) + 0.05
    end = box.top + box.height
    all_of_them = [(panel.headings, panel.rows) for panel, _, _ in wanted]
    size, fits = page.size_of(replace(box, height=box.height - kept), all_of_them)
    cut: list[FigurePanel] = []
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


def _full(panels: Sequence[FigurePanel]) -> list[tuple[Sequence[str], Sequence[Sequence[str]]]]:
    return [(panel.headings, panel.rows) for panel in panels]


def _alt(content: BriefingContent, name: str) -> str:
    panel = content.panels.get(name)
    return "" if panel is None else panel.alt
