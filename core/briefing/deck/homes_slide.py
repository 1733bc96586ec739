"""For whom it is done, and how far: planned, started and finished communities, pass rate and satisfaction."""

from __future__ import annotations

from dataclasses import replace

from core.briefing import leader
from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, Table, bar_table, in_order, total_row
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import TEXT, SlidePage, is_one_line
from core.briefing.deck.project_slides import bands, foot
from core.errors import Message
from core.figures.delivery import delivered, delivered_table
from core.figures.households import part_of, scope
from core.model.context import Language
from core.text import render, word

_BARS, _GAP = 3.4, 0.18
"""Inches: of the bars beside the figures, and between two tables."""


def homes(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """受益: for whom, and what is done of it. None: nobody is known who benefits."""
    panel = content.panels.get("scope")
    if content.homes_headline is None or panel is None:
        return None
    done, costs = delivered(content.facts, content.figures), content.panels.get("unit_costs")
    basis = (
        Message("计划改造范围，不是完成数")
        if done is None
        else Message("计划为改造范围；开工、完工、合格率、满意度为填报数")
    )
    below = "" if done is None else Message("整条为计划小区，中为已开工，深色为已完工")
    caution = [] if done is not None else [content.homes_caution]
    title = _title(content.homes_headline, content.language)
    page = SlidePage(slides, content.language, word("受益"), title, foot(content, basis), bands(content), below)
    upper, lower = page.body.rows(page.body.height - 0.1 - page.high(caution, TEXT, page.body.width))
    tables: list[Table] = []
    first = replace(upper, height=upper.height * 0.5)
    homes = in_order(part_of(scope(content.facts, content.figures), 2, word("户数")), content.facts.places)
    column = BarColumn("households", 4, homes, _BARS)
    sums = total_row(len(panel.rows), len(panel.headings))
    drawn = bar_table(page, first, "scope_table", panel.headings, panel.rows, [column], sums)
    tables += [(panel.headings, panel.rows)] if drawn.cut else []
    rest = replace(drawn.below, top=drawn.below.top + _GAP, height=upper.top + upper.height - drawn.below.top - _GAP)
    if done is not None:
        headings, rows = delivered_table(content.facts, content.figures)
        column = BarColumn("delivery", 1, done, _BARS, nested=True)
        looks = total_row(len(rows), len(headings))
        cut = bar_table(page, rest, "delivery_table", headings, rows, [column], looks).cut
        tables += [(headings, rows)] if cut else []
        tables += [(costs.headings, costs.rows)] if costs is not None else []
    elif costs is not None:
        cut, _ = page.table(rest, costs.headings, costs.rows, "unit_cost_table")
        tables += [(costs.headings, costs.rows)] if cut else []
    known = leader.outcome(content)
    aloud = [*([known] if known is not None else []), content.homes_caution]
    if caution:
        page.words(lower, caution, TEXT, spacing=0)
    notes.write(page, [each.how for each in (panel, costs) if each is not None], tables, more=aloud)
    return page


def _title(headline: Message, language: Language) -> Message:
    """The headline with as much of what is planned as one line holds; the table below has all of it."""
    parts = headline.params.get("parts")
    every = range(len(parts), 0, -1) if isinstance(parts, tuple) else ()
    shorter = [Message(headline.text, {**headline.params, "parts": parts[:most]}) for most in every]  # type: ignore[index]
    fitting = (each for each in shorter if is_one_line(render(each, language)))
    return next(fitting, shorter[-1] if shorter else headline)
