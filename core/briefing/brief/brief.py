"""The one-page A4 brief of a project: headline, four figures, two charts, three sentences, the score, what is open."""

from __future__ import annotations

from dataclasses import replace

from core.briefing import typeset
from core.briefing.findings import CHECK_ORDER, REMEDY_KINDS, bands_of, checked, in_order, remedied, score_bands
from core.briefing.frames import money
from core.briefing.frames.draw import chart, code, locale, more, table
from core.briefing.frames.frame import Chart, Table
from core.briefing.frames.maker import Maker
from core.briefing.matter import Matter
from core.charts.frame import SCENARIO_BAND
from core.checks.finding import STATUS_NAMES
from core.errors import Message
from core.model.passport import Passport
from core.text import word
from core.text.numbers import MISSING, points

TEMPLATE = "brief/brief.typ"
_MOST_CHECKS = 8
"""Contradictions and questions that are listed at most; the page may hold fewer."""


def brief_pdf(matter: Matter, passport: Passport | None = None) -> bytes:
    """One page of A4, text selectable."""
    return typeset.draw(TEMPLATE, page(matter, passport), "pdf").pages[0]


def brief_png(matter: Matter, passport: Passport | None = None, ppi: float = 150) -> bytes:
    """The same as a picture."""
    return typeset.draw(TEMPLATE, page(matter, passport), "png", ppi).pages[0]


def page(matter: Matter, passport: Passport | None = None) -> dict[str, object]:
    """What the template is filled with."""
    make = Maker(matter, passport)
    charts = _charts(make)
    return {
        "title": make.say(matter.facts.project.name, 110),
        "kind": make.say(Message("绩效评价简报")),
        **locale(matter.language),
        "subtitle": make.say(matter.subtitle, 160),
        "headline": make.say(matter.headline or Message("还没有项目数据"), 150),
        "bands": [make.say(band) for band in _bands(matter, charts)],
        "figures": [vars(make.figure(key.label, key.value, key.caveat)) for key in matter.keys[:4]],
        "charts": [chart(each) for each in charts],
        "sentences": [make.say(each, 200) for each in (matter.pace, matter.sources, matter.places) if each],
        "score": [make.say(each, 200) for each in _score(matter)],
        "tables": [table(each) for each in _tables(make)],
        "foot": [
            make.say(Message("数据来源:{source}", {"source": matter.facts.project.source}), 150),
            make.say(Message("截至{day}", {"day": matter.facts.as_of})),
            make.say(Message("单位:见各数")),
            make.say(Message("口径:{basis}", {"basis": Message("累计支付÷概算,已过天数÷计划工期天数")})),
        ],
        "code": code(passport, matter.language),
        "more": more(matter.language),
    }


def _charts(make: Maker) -> list[Chart]:
    if make.matter.headline is None:
        return []
    return [money.payment_and_time(make), money.estimate(make)]


def _bands(matter: Matter, charts: list[Chart]) -> tuple[str, ...]:
    shown = [matter.panels[name] for name in ("payment_and_time", "estimate") if name in matter.panels]
    own = bands_of(shown) if charts else ()
    return tuple(dict.fromkeys((*score_bands(matter.score), *(band for band in own if band == SCENARIO_BAND))))


def _score(matter: Matter) -> list[Message]:
    """The score with its caveat: what the document claims, what the sheet adds up to, how far that holds."""
    score = matter.score
    if score is None:
        return []
    sums = score.tally
    said = [each for each in (score.claimed,) if each is not None]
    if sums.scored:
        params = {
            "sheet": score.sheet.name, "total": points(sums.total), "grade": sums.grade or MISSING,
            "confirmed": sums.confirmed, "items": sums.items,
        }  # fmt: skip
        said.append(Message("“{sheet}”合计{total}分,等级:{grade};已确认{confirmed}/{items}项", params))
    said.append(score.margin)
    return [*said, *(each for each in (score.banner,) if each is not None)]


def _tables(make: Maker) -> list[Table]:
    matter = make.matter
    found: list[Table] = []
    rows: list[tuple[Message | str, ...]]
    if matter.checks:
        listed = [each for each in in_order(matter.checks) if each.status in CHECK_ORDER[:2]][:_MOST_CHECKS]
        rows = [(STATUS_NAMES[each.status], each.title, each.message) for each in listed]
        if rows:
            found.append(make.table((word("结果"), word("核对"), word("说明")), rows, checked(matter.checks)))
    if matter.remedies:
        rows = [(REMEDY_KINDS[each.kind], make.say(each.text, 110), each.state) for each in matter.remedies]
        headings = (word("类别"), word("问题或建议"), word("整改状态"))
        found.append(make.table(headings, rows, remedied(matter)))
    return [replace(each, rows=each.rows[:_MOST_CHECKS]) for each in found]
