"""The last slides: 核对, 问题与建议, 口径与来源."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.bar_table import bar_table
from core.briefing.deck.drawing import CellLook, Looks
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SlidePage
from core.briefing.deck.project_slides import foot
from core.briefing.headlines import (
    CHECK_HEADINGS,
    DUE,
    FINDING_HEADINGS,
    STATE,
    Rows,
    actions,
    changed_bands,
    check_rows,
    checked,
    finding_rows,
    for_leaders,
    in_order,
    remedied,
)
from core.errors import Message
from core.figures.palette import CAUTION, CAUTION_PAPER
from core.progress.missing import missing, money_missing
from core.text import word
from core.text.numbers import MISSING


def checks(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """核对：what leaders should know; the notes have all of them. None: not chosen, or nothing to check."""
    found = content.checks
    if not found:
        return None
    title = checked(found)
    said = foot(content, Message("现有数据和报告说法之间的核对"))
    page = SlidePage(slides, content.language, word("数据疑点"), title, said, changed_bands(content.score))
    first = for_leaders(found)
    ordered = [*first, *(each for each in in_order(found) if each not in first)]
    rows = check_rows(ordered)
    page.table(page.body, CHECK_HEADINGS, rows, "check_table", airy=True, most=len(first))
    full = [(*row, each.source) for row, each in zip(rows, ordered, strict=True)]
    notes.write(page, tables=[((*CHECK_HEADINGS, word("来源")), full)])
    return page


def findings(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """问题与建议: what was found, who puts it right by when. None: nothing is put down."""
    if not content.remedies:
        return None
    page = SlidePage(
        slides,
        content.language,
        word("问题与建议"),
        remedied(content),
        foot(content, Message("已登记的问题与建议及其整改状态")),
    )
    rows = finding_rows(content)
    shown, apart = action_rows(content)
    bar_table(page, page.body, "finding_table", FINDING_HEADINGS, shown, [], apart)
    # The notes begin each row with its first cell: there the text, not the kind.
    kind, text, *more = FINDING_HEADINGS
    full = [(text, kind, *more, each.source) for (kind, text, *more), each in zip(rows, content.remedies, strict=True)]
    notes.write(page, tables=[((text, kind, *more, word("来源")), full)])
    return page


def action_rows(content: BriefingContent) -> tuple[Rows, Looks]:
    """The rows with what is overdue marked, and what nobody has been told of: who does it, by when."""
    shown: Rows = []
    apart: dict[tuple[int, int], CellLook] = {}
    for number, each in enumerate(actions(content), 1):
        apart |= {(number, column): CellLook(bold=True, colour=CAUTION) for column in each.open_columns}
        if each.late:
            apart |= {(number, column): CellLook(fill=CAUTION_PAPER) for column in range(len(each.cells))}
            apart |= {(number, c): CellLook(bold=True, colour=CAUTION, fill=CAUTION_PAPER) for c in (STATE, DUE)}
        shown.append(each.cells)
    return shown, apart


def basis(slides: Slides, content: BriefingContent) -> SlidePage:
    """口径与来源: where each kind of figure comes from, and how the slides print it."""
    page = SlidePage(
        slides,
        content.language,
        word("口径与来源"),
        Message("各数均可追溯：口径与来源"),
        foot(content, Message("各页所用口径见该页下方")),
        changed_bands(content.score),
    )
    headings = (word("事项"), word("口径"), word("来源"))
    rows: Rows = [
        (word("概算"), Message("经批复的投资总额"), _source(content, "estimate")),
        (word("累计支付"), Message("各街镇之和"), _source(content, "paid")),
        (word("受益"), Message("计划改造范围，不是完成数"), _source(content, "households")),
        (word("计划工期"), _time(content), content.baseline.source if content.baseline else MISSING),
        (word("评分"), _scored(content), content.score.sheet.scheme.name if content.score else MISSING),
        (word("测算值·非批复数"), Message("依假设计算，只供参考，斜纹显示"), Message("各页备注“怎么算”")),
        (word("取整"), Message("按四舍五入；“—”表示没有数据，不是零"), Message("本系统的约定")),
    ]
    rows = [row for row in rows if MISSING not in row] + _not_reported(content)
    page.table(page.body, headings, rows, "basis_table", airy=True)
    how = [key.how for key in content.keys]
    notes.write(page, how, [(headings, rows)])
    return page


def _not_reported(content: BriefingContent) -> Rows:
    """What nobody has reported, and what cannot be said without it."""
    facts = content.facts
    every = {each.id: each.sentence for each in (*missing(facts), *money_missing(facts))}
    return [(word("未填报"), sentence, word("待补填")) for sentence in every.values()]


def _source(content: BriefingContent, name: str) -> str:
    measure = content.figures.one(name)
    return measure.source if measure.value is not None else MISSING


def _time(content: BriefingContent) -> Message | str:
    planned = content.baseline
    if planned is None:
        return MISSING
    return Message("{start}至{end}，首尾两日都算", {"start": planned.start, "end": planned.end})


def _scored(content: BriefingContent) -> Message | str:
    score = content.score
    if score is None:
        return MISSING
    state = word("已锁定") if score.locked else word("草稿")
    return Message("{round} · {sheet}（{state}）", {"round": score.round, "sheet": score.sheet.name, "state": state})
