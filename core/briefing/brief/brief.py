"""The one-page A4 brief of a project: headline, key figures, two charts, sentences, the score, what is open."""

from __future__ import annotations

from dataclasses import replace

from core.briefing.content import BriefingContent
from core.briefing.frames import money
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.draw import code, locale, more, table
from core.briefing.frames.frame import FrameTable
from core.briefing.headlines import (
    bands_of,
    checked,
    doubts,
    in_order,
    remedied,
    score_bands,
    stands,
)
from core.checks.finding import STATUS_NAMES
from core.errors import Message
from core.figures.figure import Chart
from core.figures.money import payment_and_time
from core.figures.palette import SCENARIO_BAND
from core.model.view_code import ViewCode
from core.render import typst
from core.text import word

TEMPLATE = "briefing/brief/brief.typ"
_MOST_CHECKS = 8
"""Contradictions and questions that are listed at most; the page may hold fewer."""


def brief_pdf(content: BriefingContent, view_code: ViewCode | None = None) -> bytes:
    """One page of A4, text selectable."""
    return typst.draw(TEMPLATE, page(content, view_code), "pdf").pages[0]


def brief_png(content: BriefingContent, view_code: ViewCode | None = None, ppi: float = 150) -> bytes:
    """The page as a picture of so many dots an inch."""
    return typst.draw(TEMPLATE, page(content, view_code), "png", ppi).pages[0]


def page(content: BriefingContent, view_code: ViewCode | None = None) -> dict[str, object]:
    """Data that the template is filled with."""
    make = FrameBuilder(content, view_code)
    charts = _charts(make)
    return {
        "title": make.say(content.facts.project.name, 110),
        "kind": make.say(Message("绩效评价简报")),
        **locale(content.language),
        "subtitle": make.say(content.subtitle, 160),
        "headline": make.say(content.headline or Message("还没有项目数据"), 150),
        "bands": [make.say(band) for band in _bands(content, charts)],
        "figures": [vars(make.figure(key.label, key.value, key.caveat)) for key in content.keys],
        "charts": [typst.chart(each) for each in charts],
        "sentences": [make.say(each, 200) for each in content.sentences.values()],
        "score": [make.say(each, 200) for each in _score(content)],
        "tables": [table(each) for each in _tables(make)],
        "foot": [
            make.say(Message("数据来源：{source}", {"source": content.facts.project.source}), 150),
            make.say(Message("截至{day}", {"day": content.facts.as_of})),
            make.say(Message("单位：见各数")),
            make.say(Message("口径：{basis}", {"basis": Message("累计支付÷概算，已过天数÷计划工期天数")})),
        ],
        "code": code(view_code, content.language),
        "more": more(content.language),
    }


def _charts(make: FrameBuilder) -> list[Chart]:
    if make.content.headline is None:
        return []
    return [make.chart(payment_and_time(make.facts, make.figures).chart), money.estimate(make)]


def _bands(content: BriefingContent, charts: list[Chart]) -> tuple[str, ...]:
    shown = [content.panels[name] for name in ("payment_and_time", "estimate") if name in content.panels]
    own = bands_of(shown) if charts else ()
    return tuple(dict.fromkeys((*score_bands(content.score), *(band for band in own if band == SCENARIO_BAND))))


def _score(content: BriefingContent) -> list[Message]:
    """The score with its caveat: what the document claims, what the sheet adds up to, how far that holds."""
    score = content.score
    if score is None:
        return []
    sums = score.tally
    said = [each for each in (score.claimed,) if each is not None]
    if sums.scored:
        said.append(stands(score))
    said.append(score.margin)
    return [*said, *(each for each in (score.changed, score.banner) if each is not None)]


def _tables(make: FrameBuilder) -> list[FrameTable]:
    content = make.content
    found: list[FrameTable] = []
    rows: list[tuple[Message | str, ...]]
    if content.checks:
        listed = in_order(doubts(content.checks))[:_MOST_CHECKS]
        rows = [(STATUS_NAMES[each.status], each.title, each.message) for each in listed]
        if rows:
            found.append(make.table((word("结果"), word("数据疑点"), word("说明")), rows, checked(content.checks)))
    if content.remedies:
        rows = [(each.kind_name, make.say(each.text, 110), each.state) for each in content.remedies]
        headings = (word("类别"), word("问题或建议"), word("整改状态"))
        found.append(make.table(headings, rows, remedied(content)))
    return [replace(each, rows=each.rows[:_MOST_CHECKS]) for each in found]
