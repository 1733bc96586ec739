"""The one-page A4 brief of a project: verdict, four figures, streets, money over time and by source, the score, what is
to be decided, and who puts what right by when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.briefing import leader
from core.briefing.content import BriefingContent
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.draw import code, more, table, whose
from core.briefing.frames.money import estimate
from core.briefing.headlines import (
    CHECK_HEADINGS,
    actions,
    check_rows,
    checked,
    doubts,
    in_order,
    lost_points,
    remedied,
    score_bands,
    stands,
)
from core.errors import Message
from core.figures import money as figures_of
from core.figures.figure import Bars, Chart, Words
from core.figures.lags import Lags, lags, named, printed
from core.figures.lags import finding as of_lags
from core.figures.palette import SCENARIO_BAND
from core.figures.scores import deductions
from core.model.view_code import ViewCode
from core.render import typst
from core.text import word
from core.text.amounts import unit_of_amounts
from core.text.numbers import percent, points

TEMPLATE = "briefing/brief/brief.typ"
_MOST_LOST, _MOST_DECIDED, _MOST_SOURCES = 6, 3, 3
"""Items that lost points, things to decide, and sources of money (the largest plans) that are listed at most."""
_STREETS, _LONG_STREETS = 8, 4
"""Streets that are listed at most, with short and with long names."""


def brief_pdf(content: BriefingContent, view_code: ViewCode | None = None) -> bytes:
    """One page of A4, text selectable."""
    return typst.draw(TEMPLATE, page(content, view_code), "pdf").pages[0]


def brief_png(content: BriefingContent, view_code: ViewCode | None = None, ppi: float = 150) -> bytes:
    """The page as a picture of so many dots an inch."""
    return typst.draw(TEMPLATE, page(content, view_code), "png", ppi).pages[0]


def page(content: BriefingContent, view_code: ViewCode | None = None) -> dict[str, object]:
    """Data that the template is filled with; a section that nothing is known of is None or left out."""
    make = FrameBuilder(content, view_code)
    known = content.headline is not None
    streets, charts = (_streets(make), [*_charts(make)]) if known else (None, [])
    title = leader.title(content) if known else Message("还没有项目数据")
    said = [content.headline, content.sentences.get("money")] if known else []
    return {
        "title": make.say(content.facts.project.name, 110),
        "kind": make.say(Message("绩效简报")),
        **typst.locale(content.language),
        **whose(make.say(content.confidentiality), make.say(content.watermark)),
        "as_of": make.say(Message("截至{day}", {"day": content.facts.as_of})),
        "headline": make.say(title, 150),
        "sentences": [make.say(each, 200) for each in said if each is not None and each != title],
        "bands": [make.say(band) for band in _bands(content, [streets, *charts])],
        "figures": _figures(make) if known else [],
        "streets": streets,
        "charts": charts,
        "score": _score(make),
        "decide": _decide(make),
        "tables": [*_tables(make)],
        "foot": [
            make.say(Message("数据来源：{source}", {"source": content.facts.project.source}), 150),
            make.say(Message("口径：{basis}", {"basis": Message("累计支付÷概算，已过天数÷计划工期天数")})),
        ],
        "code": code(view_code, content.language),
        "more": more(content.language),
    }


Section = dict[str, Any]
"""A part of the page: its finding, and what it is drawn of."""


def _bands(content: BriefingContent, sections: list[Section | None]) -> tuple[str, ...]:
    """The sheet's, and 测算值·非批复数 where a section rests on an assumption."""
    assumed = any(section is not None and section["assumed"] for section in sections)
    return (*score_bands(content.score), *((SCENARIO_BAND,) if assumed else ()))


def _figures(make: FrameBuilder) -> list[Section]:
    """The leader's, each with what it is measured by, its change and its states."""
    return [
        {
            "label": make.say(each.label, 40),
            "value": make.say(each.value, 40),
            "beside": make.say(each.beside, 60),
            "change": make.say(each.change, 60) if each.change is not None else "",
            "states": " · ".join(map(make.say, each.states)),
        }
        for each in leader.lead_figures(make.content)
    ]


def _streets(make: FrameBuilder) -> Section | None:
    """Paid, works and time of each street; where the estimate is not split, the range of each street's rate."""
    found = lags(make.facts, make.figures)
    if found is not None:
        return _behind(make, found)
    shown = figures_of.street_rates(make.facts, make.figures)
    if shown is None:
        return None
    chart: Any = make.chart(shown.chart)  # bars or spans, a row a street
    listed = chart.rows[: _most_streets(make)]
    note = _left_out(make, len(listed), len(make.facts.places))
    assumed = any(m.is_estimate for m in shown.measures)
    return _drawn(make, shown.finding, replace(chart, title="", rows=listed, note=note), assumed=assumed)


def _most_streets(make: FrameBuilder) -> int:
    return _STREETS if make.short else _LONG_STREETS


def _left_out(make: FrameBuilder, shown: int, every: int) -> str:
    """How many are shown and how many are not; "": all are."""
    if every <= shown:
        return ""
    return make.say(Message("图中列出{shown}个，另有{left}个未列出", {"shown": shown, "left": every - shown}))


def _behind(make: FrameBuilder, found: Lags) -> Section:
    limit = make.content.limits.rate_low
    shown = found.of_places[: _most_streets(make)]
    rows = [*shown, *((found.whole,) if found.whole is not None else ())]
    headings = (word("执行率"), word("形象进度"), word("比工期慢（百分点）"))
    keep = [n for n in range(3) if n != 1 or found.works]
    note = Message("横条为累计支付占批复数，按落后程度排序；{works}", {"works": _works(found)})
    return {
        "title": make.say(of_lags(found, limit)),
        "kind": "bullets",
        "assumed": False,
        "headings": [make.say(headings[n]) for n in keep],
        "rows": [
            {
                "name": make.place(each.place, str(named(None))),
                "rate": float(each.rate),
                "works": None if each.physical is None else float(each.physical),
                "cells": [printed(each)[n] for n in keep],
                "late": n == 0 and each.behind > 0,
                "sum": each.place is None,
            }
            for n, each in enumerate(rows)
        ],
        "limit": [float(limit), make.say(Message("预警线{line}", {"line": percent(limit, 0)}))],
        "elapsed": [float(found.elapsed), make.say(Message("工期已过{rate}", {"rate": percent(found.elapsed, 1)}))],
        "top": float(max(Decimal(1), found.elapsed, *(each.rate for each in rows))),
        "note": " ".join([make.say(note), _left_out(make, len(shown), len(found.of_places))]).strip(),
    }


def _works(found: Lags) -> Message:
    return Message("竖线为形象进度") if found.works else Message("形象进度未填报")


def _charts(make: FrameBuilder) -> Iterator[Section]:
    """Money over time, and by source; where no source is known, what the estimate went to."""
    content = make.content
    if content.money_headline is None:
        return
    if content.baseline is not None and content.figures.one("estimate").number is not None:
        shown = figures_of.pace(make.facts, make.figures, content.baseline, content.paid_points, content.forecast)
        chart = replace(make.chart(shown.chart, behind=40), title="")
        yield _drawn(
            make,
            shown.finding,
            chart,
            Message("累计支付，{unit}", {"unit": unit_of_amounts()}),
            assumed=content.forecast.is_estimate,
        )
    if "funding" in content.panels:
        yield _sources(make)
    elif content.figures.one("estimate").number is not None:
        yield _drawn(
            make,
            word("概算的支付构成"),
            replace(estimate(make), title=""),
            Message("累计支付，{unit}", {"unit": unit_of_amounts()}),
        )


def _sources(make: FrameBuilder) -> Section:
    names, m = make.facts.sources, make.figures
    found = make.chart(figures_of.sources(make.facts, m))
    planned, paid = m.each("funding_planned"), m.each("funding_paid")
    largest = sorted(found.rows, key=lambda row: -(row.amounts[0].value or Decimal(0)))[:_MOST_SOURCES]
    listed = [row for row in found.rows if row in largest]
    unit = make.say(Message("单位：{unit}", {"unit": unit_of_amounts()}))
    return {
        "title": make.say(figures_of.funding_finding(planned, paid, names)),
        "kind": "nested",
        "assumed": False,
        "rows": [
            {
                "name": row.name,
                "amounts": [[_number(each.value), each.text, each.colour] for each in row.amounts],
            }
            for row in listed
        ],
        "series": list(found.series),
        "note": " ".join([unit, _left_out(make, len(listed), len(found.rows))]).strip(),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _drawn(make: FrameBuilder, title: Words, chart: Chart, note: Words = "", *, assumed: bool = False) -> Section:
    return {
        "title": make.say(title),
        "kind": "chart",
        "assumed": assumed,
        "chart": typst.chart(chart),
        "note": make.say(note) if note else chart.note,
    }


def _score(make: FrameBuilder) -> Section | None:
    """Where points went, and how far that holds: what the document claims, what the sheet adds up to."""
    score = make.content.score
    if score is None:
        return None
    sums = score.tally
    said = [score.claimed, stands(score) if sums.scored else None, score.margin, score.changed, score.banner]
    return {
        "title": make.say(lost_points(score)),
        "chart": _lost(make),
        "said": [make.say(each, 200).rstrip("。.") for each in said if each is not None],
    }


def _lost(make: FrameBuilder) -> Section | None:
    score = make.content.score
    shown = None if score is None else deductions(make.facts, score.sheet, score.items, score.source).chart
    if not isinstance(shown, Bars) or not shown.rows:
        return None
    listed, rest = shown.rows[:_MOST_LOST], shown.rows[_MOST_LOST:]
    lost = sum((each.amounts[0].value or Decimal(0) for each in rest), Decimal(0))
    note = Message("其余{count}项共扣{points}分", {"count": len(rest), "points": points(lost)}) if rest else ""
    chart = make.chart(replace(shown, title="", rows=listed, series=()))
    return {**typst.chart(chart), "note": make.say(note)}


def _decide(make: FrameBuilder) -> Section | None:
    found = make.content.decisions
    if not found:
        return None
    left = len(found) - _MOST_DECIDED
    return {
        "title": make.say(Message("请决定的事")),
        "items": [
            [make.say(each.what, 120).rstrip("。."), make.say(each.why, 160) if each.why is not None else ""]
            for each in found[:_MOST_DECIDED]
        ],
        "more": make.say(Message("其余{count}件见幻灯片备注", {"count": left})) if left > 0 else "",
    }


def _tables(make: FrameBuilder) -> Iterator[Section]:
    content = make.content
    if content.remedies:
        found = actions(content)
        headings = (word("问题或建议"), word("责任单位（人）"), word("整改期限"), word("整改状态"))
        rows = [(each.cells[1], each.cells[3], each.cells[4], each.cells[2]) for each in found]
        made = make.table(headings, rows, remedied(content))
        yield {**table(made), "marked": [n for n, each in enumerate(found) if each.late]}
    listed = doubts(content.checks)
    if listed:
        yield table(make.table(CHECK_HEADINGS, check_rows(in_order(listed)), checked(content.checks or ())))
