"""The cover: of what, as of when, in which state; and already how far money and works are in the planned time."""

from __future__ import annotations

from pptx.presentation import Presentation as Slides

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.charts import bars
from core.briefing.deck.layouts import WIDE
from core.briefing.deck.page import LEAST, MARGIN, TEXT, Box, Page
from core.briefing.headlines import score_bands
from core.errors import Message
from core.figures.palette import PAPER
from core.figures.progress import money_and_works
from core.text import word

_PLACE = Box(MARGIN, 4.62, WIDE - 2 * MARGIN, 2.05)


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
    page.put("document", [page.say(Message("绩效评价简报"))], 20, PAPER)
    page.put("as_of", [page.say(Message("数据截至{day}", {"day": facts.as_of}))], 20, PAPER)
    page.put("scope", [page.say(each) for each in lines], TEXT, PAPER)
    page.foot = [page.say(Message("数据来源：{source}", {"source": facts.project.source}))]
    page.put("footer", page.foot, LEAST)
    page.put("day", [], LEAST)
    found = money_and_works(content.facts, content.figures)
    if found is not None:
        heading = Box(MARGIN, 3.98, WIDE - 2 * MARGIN, 0.4)
        page.words(heading, [found.finding], 20, bold=True)
        bars(page, _PLACE, "progress", found.chart, word("比例"), top=1.15)
    notes.write(page, more=lines)
    return page
