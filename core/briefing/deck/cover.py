"""The cover: of what, as of when, in which state; and already how far money and works are in the planned time."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.box import Box
from core.briefing.deck.charts import bars
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import LEAST, TEXT, Page
from core.briefing.headlines import score_bands
from core.errors import Message
from core.figures.palette import PAPER
from core.figures.progress import money_and_works
from core.text import word

_HEADING, _BARS = 0.64, 2.05
"""Inches of the finding, and of the bars below it."""


def cover(slides: Slides, content: BriefingContent) -> Page:
    """封面. Its bars are left out where there is neither money nor a planned time."""
    facts, score = content.facts, content.score
    page = Page(slides, content.language, "cover", score_bands(score))
    page.finding = page.say(facts.project.name)
    lines: list[Message | str] = [content.subtitle]
    if facts.project.approval:
        lines.append(Message("批复文号：{approval}", {"approval": facts.project.approval}))
    if score is not None:
        lines.append(Message("评分：{round} · {sheet}", {"round": score.round, "sheet": score.sheet.name}))
        lines += [score.changed] if score.changed is not None else []
    page.title(page.finding, 36, PAPER)
    found = money_and_works(content.facts, content.figures)
    room = page.places.room
    drawn = found is not None and room.height >= _HEADING + _BARS
    document = page.say(Message("绩效评价简报"))
    as_of, scope = page.say(Message("数据截至{day}", {"day": facts.as_of})), [page.say(each) for each in lines]
    if page.places.ours:
        page.put("document", [document], 20, PAPER)
        page.put("as_of", [as_of], 20, PAPER)
        page.put("scope", scope, TEXT, PAPER)
    else:
        ahead = [page.say(found.finding)] if found is not None and not drawn else []
        page.put_lines([(document, 20), (as_of, 20), *((each, TEXT) for each in (*ahead, *scope))])
    page.foot = [page.say(Message("数据来源：{source}", {"source": facts.project.source}))]
    page.put("footer", page.foot, LEAST)
    page.put("day", [], LEAST)
    if found is not None and drawn:
        page.words(Box(room.left, room.top, room.width, 0.4), [found.finding], 20, bold=True)
        place = Box(room.left, room.top + _HEADING, room.width, _BARS)
        bars(page, place, "progress", found.chart, word("比例"), top=1.15)
    elif found is not None:
        slides.say(Message("模板的标题页下方没有空处，封面不画进度图，结论写在副标题里。"))
    notes.write(page, more=lines)
    return page
