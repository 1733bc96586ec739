"""The last slides: 核对, 问题与建议, 口径与来源."""

from __future__ import annotations

from pptx.presentation import Presentation as Slides

from core.briefing.deck import notes
from core.briefing.deck.page import Page
from core.briefing.deck.project_slides import foot, nothing
from core.briefing.findings import REMEDY_KINDS, checked, in_order, remedied
from core.briefing.matter import Matter
from core.checks.finding import STATUS_NAMES, Finding
from core.errors import Message
from core.text import word
from core.text.numbers import MISSING

Rows = list[tuple[Message | str, ...]]


def checks(slides: Slides, matter: Matter, found: tuple[Finding, ...]) -> Page:
    """核对: contradictions and questions first; the notes have all of them."""
    title = checked(found)
    page = Page(slides, matter.language, title, foot(matter, word("项"), Message("现有数据和报告说法之间的核对")))
    if not found:
        nothing(page, Message("现有数据不足以核对;导入数据后显示。"))
        return page
    ordered = in_order(found)
    headings = (word("核对"), word("结果"), word("说明"))
    rows: Rows = [(each.title, STATUS_NAMES[each.status], each.message) for each in ordered]
    page.table(page.body, headings, rows, "check_table")
    full = [(*row, each.source) for row, each in zip(rows, ordered, strict=True)]
    notes.write(page, tables=[((*headings, word("来源")), full)])
    return page


def findings(slides: Slides, matter: Matter) -> Page:
    """问题与建议: what was found, who puts it right by when."""
    remedies = matter.remedies
    title = remedied(matter)
    page = Page(slides, matter.language, title, foot(matter, word("条"), Message("已登记的问题与建议及其整改状态")))
    if not remedies:
        nothing(page, Message("还没有登记问题与建议;登记后显示。"))
        return page
    headings = (word("类别"), word("问题或建议"), word("整改状态"), word("责任单位(人)"), word("整改期限"))
    rows: Rows = [
        (REMEDY_KINDS[each.kind], each.text, each.state, each.owner or MISSING, each.due or MISSING)
        for each in remedies
    ]
    page.table(page.body, headings, rows, "finding_table")
    full = [(row[1], row[0], *row[2:], each.source) for row, each in zip(rows, remedies, strict=True)]
    notes.write(page, tables=[((headings[1], headings[0], *headings[2:], word("来源")), full)])
    return page


def basis(slides: Slides, matter: Matter) -> Page:
    """口径与来源: where each kind of figure comes from, and how the slides print it."""
    page = Page(
        slides,
        matter.language,
        Message("各数均可追溯:口径与来源"),
        foot(matter, "", Message("各页所用口径见该页下方")),
    )
    headings = (word("事项"), word("口径"), word("来源"))
    rows: Rows = [
        (word("概算"), Message("经批复的投资总额"), _source(matter, "estimate")),
        (word("累计支付"), Message("各街镇之和"), _source(matter, "paid")),
        (word("受益"), Message("计划改造范围,不是完成数"), _source(matter, "households")),
        (word("计划工期"), _time(matter), matter.baseline.source if matter.baseline else MISSING),
        (word("评分"), _scored(matter), matter.score.sheet.scheme.name if matter.score else MISSING),
        (word("测算值·非批复数"), Message("依假设计算,只供参考,斜纹显示"), Message("各页备注“怎么算”")),
        (word("取整"), Message("按四舍五入;“—”表示没有数据,不是零"), Message("本系统的约定")),
    ]
    page.table(page.body, headings, rows, "basis_table")
    how = [key.how for key in matter.keys]
    notes.write(page, how, [(headings, rows)])
    return page


def _source(matter: Matter, name: str) -> str:
    measure = matter.figures.one(name)
    return measure.source if measure.value is not None else MISSING


def _time(matter: Matter) -> Message | str:
    planned = matter.baseline
    if planned is None:
        return MISSING
    return Message("{start}至{end},首尾两日都算", {"start": planned.start, "end": planned.end})


def _scored(matter: Matter) -> Message | str:
    score = matter.score
    if score is None:
        return MISSING
    state = word("已锁定") if score.locked else word("草稿")
    return Message("{round} · {sheet}({state})", {"round": score.round, "sheet": score.sheet.name, "state": state})
