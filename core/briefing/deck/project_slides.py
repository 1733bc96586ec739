"""Slides of the project: cover, 总览, 资金, 进度与预测, 各街镇, 受益."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pptx.presentation import Presentation as Slides

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.charts import bars
from core.briefing.deck.fitting import height_of
from core.briefing.deck.page import SMALL, Box, Foot, SlidePage
from core.briefing.headlines import bands_of, changed_bands
from core.errors import Message
from core.figures import money as figures_of
from core.figures.figure import FigurePanel
from core.figures.households import part_of, scope
from core.figures.needed_pace import finding as pace_finding
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import percent


def foot(content: BriefingContent, basis: Message | str, source: Message | str = "") -> Foot:
    """Foot of every slide: source (the project's document unless named), as-of day, basis."""
    day = Message("截至{day}", {"day": content.facts.as_of})
    return Foot(source or content.facts.project.source, day, basis)


def unit(name: str) -> Message:
    """Below a finding: what the figures are in."""
    return Message("单位：{unit}", {"unit": name})


def funds(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """资金: what the estimate went to, and from which source. None: there is no money."""
    panel = content.panels.get("estimate")
    if content.money_headline is None or panel is None:
        return None
    basis = (
        Message("累计支付占概算。注：因四舍五入，分项之和与合计可能略有差异")
        if content.facts.divided
        else Message("累计支付占概算；概算未分解到街镇。注：因四舍五入，分项之和与合计可能略有差异")
    )
    title, below = _money_title(content), unit(word("万元"))
    page = SlidePage(slides, content.language, word("资金"), title, foot(content, basis), bands(content), below)
    chart, beside = page.body.columns(0.45)
    shown = figures_of.estimate(content.facts, content.figures).chart
    bars(page, chart, "estimate", shown, word("累计支付（万元）"), alt=panel.alt)
    funding = content.panels.get("funding")  # nothing is known of any source: the amounts stand alone
    tables = [(panel, "estimate_table", 0.61), *([(funding, "funding_table", 0.95)] if funding else [])]
    texts = [each for each in (content.sentences.get("money"), content.money_note) if each]
    cut = _tables(page, beside, tables, texts)
    notes.write(page, [each.how for each, _, _ in tables], _full(cut))
    return page


def _money_title(content: BriefingContent) -> Message:
    one = content.figures.one
    paid, rate, left = one("paid"), one("paid_rate", None, "estimate"), one("remaining", None, "estimate")
    params = {"paid": Amount(paid.number), "rate": percent(rate.number, 1), "left": Amount(left.number)}
    if rate.number is None:
        return Message("已支付{paid}，概算未填报", params)
    return Message("已支付{paid}，占概算{rate}，未支付{left}", params)


def pace(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """进度与预测: money a month so far and from now on, and where that leads. None: no money or planned time."""
    shown = [content.panels[name] for name in ("pace", "monthly") if name in content.panels]
    if not shown:
        return None
    basis = Message("此前：累计支付÷已过整月；今后：未支付÷剩余整月")
    title, below = pace_finding(content.figures, content.forecast), unit(word("万元/月"))
    page = SlidePage(
        slides, content.language, word("进度与预测"), title, foot(content, basis), bands(content, shown), below
    )
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


def homes(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """受益: for whom, all of it planned. None: nobody is known who benefits."""
    panel = content.panels.get("scope")
    if content.homes_headline is None or panel is None:
        return None
    said = foot(content, Message("计划改造范围，不是完成数"))
    page = SlidePage(slides, content.language, word("受益"), content.homes_headline, said, bands(content))
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


def bands(content: BriefingContent, panels: Sequence[FigurePanel] = ()) -> tuple[str, ...]:
    """测算值·非批复数 of the panels that are shown, and 锁定后有变."""
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
