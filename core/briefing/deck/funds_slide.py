"""Money by its sources (planned, arrived, paid) and what the estimate went to."""

from __future__ import annotations

from dataclasses import replace

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, Table, bar_table, total_row
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import TEXT, SlidePage
from core.briefing.deck.project_slides import bands, foot, unit
from core.errors import Message
from core.figures import money as figures_of
from core.render import office
from core.text import word
from core.text.amounts import Amount, headed, unit_of_amounts
from core.text.numbers import percent

_BARS, _GAP = 4.8, 0.18
"""Inches: of the bars beside the figures, and between two tables."""


def funds(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """资金: from which source, and what the estimate went to. None: there is no money."""
    panel, funding = content.panels.get("estimate"), content.panels.get("funding")
    if content.money_headline is None or panel is None:
        return None
    basis = figures_of.estimate_basis(content.facts, content.figures)
    below = unit(unit_of_amounts()) if funding is None else _key(content)
    page = SlidePage(
        slides, content.language, word("资金"), _title(content), foot(content, basis), bands(content), below
    )
    texts = [each for each in (content.sentences.get("money"),) if each]
    upper, lower = page.body.rows(page.body.height - 0.1 - page.high(texts, TEXT, page.body.width, bold=True))
    tables: list[Table] = []
    if funding is not None:
        nested = BarColumn("sources", 1, figures_of.sources(content.facts, content.figures), _BARS, nested=True)
        room = replace(upper, height=upper.height * 0.4)
        drawn = bar_table(page, room, "funding_table", funding.headings, funding.rows, [nested])
        upper = replace(
            drawn.below, top=drawn.below.top + _GAP, height=upper.top + upper.height - drawn.below.top - _GAP
        )
        tables += [(funding.headings, funding.rows)] if drawn.cut else []
    shown = office.as_bars(figures_of.estimate(content.facts, content.figures).chart, headed(word("累计支付")))
    sums = total_row(len(panel.rows), len(panel.headings))
    column = BarColumn("estimate", 1, shown, _BARS)
    cut = bar_table(page, upper, "estimate_table", panel.headings, panel.rows, [column], sums).cut
    tables += [(panel.headings, panel.rows)] if cut else []
    page.words(lower, texts, TEXT, spacing=3)
    notes.write(
        page, [each.how for each in (panel, funding) if each is not None], tables, more=[*texts, content.money_note]
    )
    return page


def _key(content: BriefingContent) -> Message:
    """What the parts of a bar are."""
    if any(x.id == "funding_arrived" for x in content.figures.all):
        return Message("单位：{unit}；整条为计划，中为到位，深色为已支付", {"unit": unit_of_amounts()})
    return Message("单位：{unit}；整条为计划，深色为已支付", {"unit": unit_of_amounts()})


def _title(content: BriefingContent) -> Message:
    one = content.figures.one
    paid, rate, left = one("paid"), one("paid_rate", None, "estimate"), one("remaining", None, "estimate")
    params = {"paid": Amount(paid.number), "rate": percent(rate.number, 1), "left": Amount(left.number)}
    if paid.number is None:
        return Message("部分街镇未填报累计支付，不能合计")
    if rate.number is None:
        return Message("已支付{paid}，概算未填报", params)
    return Message("已支付{paid}，占概算{rate}，未支付{left}", params)
