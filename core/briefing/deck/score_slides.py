"""Slides of a sheet of scores: 评分表, 扣分, 差异与余量."""

from __future__ import annotations

from dataclasses import replace

from pptx.presentation import Presentation as Slides

from core.briefing.deck import notes
from core.briefing.deck.charts import Series, bars, format_of
from core.briefing.deck.page import Box, Page
from core.briefing.deck.project_slides import foot, nothing
from core.briefing.findings import deducted, differing, lost_points, score_bands, standing, weakest
from core.briefing.matter import Matter, Score
from core.charts.frame import MONEY, TIME
from core.charts.scoring import DEDUCTED
from core.errors import Message
from core.model.measure import RATIO
from core.scoring import Item
from core.text import word
from core.text.numbers import MISSING, percent, points

MOST_BARS = 12
"""Bars of the deductions; the notes have them all."""
_NONE = Message("还没有可用的评分表;评分后显示。")

Rows = list[tuple[Message | str, ...]]


def scorecard(slides: Slides, matter: Matter) -> Page:
    """评分表: 得分率 of the level 1 groups, the sum and its grade."""
    score = matter.score
    basis = Message("得分÷已评指标的分值")
    page = Page(slides, matter.language, weakest(score), foot(matter, word("分"), basis), score_bands(score))
    if score is None:
        nothing(page, _NONE)
        return page
    chart, beside = page.body.columns(0.5)
    groups = score.tally.subtotals
    rates = tuple(part.rate for part in groups.values())
    names = [page.say(name) for name in groups]
    words = page.say(word("得分率"))
    bars(page, chart, "level1_rates", names, [Series(words, rates, MONEY)], format_of(RATIO),
         alt=";".join(f"{name} {percent(rate)}" for name, rate in zip(names, rates, strict=True)))  # fmt: skip
    headings = (word("一级指标"), word("分值"), word("得分"), word("得分率"))
    rows: Rows = [
        (name, points(part.weight), points(part.points if part.scored_weight else None), percent(part.rate))
        for name, part in groups.items()
    ]
    sums = score.tally
    rows.append((word("合计"), points(sums.weight), points(sums.total if sums.scored else None), percent(sums.rate)))
    _, said = page.table(replace(beside, height=beside.height * 0.55), headings, rows, "level1_table")
    page.words(replace(said, height=beside.top + beside.height - said.top), standing(score), 16)
    notes.write(page, tables=[(_ITEM_HEADINGS, [_item(item) for item in score.items])], more=standing(score))
    return page


_ITEM_HEADINGS = (word("指标"), word("编号"), word("分值"), word("得分"), word("扣分"), word("原因"))


def _item(item: Item) -> tuple[Message | str, ...]:
    reason = item.event.reason if item.event else ""
    code = item.indicator
    return code.l3, code.code, points(code.weight), points(item.points), points(item.deduction), reason or MISSING


def deductions(slides: Slides, matter: Matter) -> Page:
    """扣分: where points went, the most first, and why."""
    score = matter.score
    lost = deducted(score)
    basis = Message("分值减得分")
    page = Page(slides, matter.language, lost_points(score), foot(matter, word("分"), basis), score_bands(score))
    if score is None or not score.tally.scored:
        nothing(page, _NONE)
        return page
    if not lost:
        nothing(page, Message("已评的指标都得满分,没有扣分。"))
        return page
    chart, beside = page.body.columns(0.44)
    shown = lost[:MOST_BARS]
    names = [page.say(item.indicator.l3) for item in shown]
    series = Series(page.say(word("扣分")), tuple(item.deduction for item in shown), DEDUCTED)
    bars(page, chart, "deductions", names, [series], format_of("分"),
         alt=";".join(f"{name} {points(item.deduction)}" for name, item in zip(names, shown, strict=True)))  # fmt: skip
    headings = (word("编号"), word("指标"), word("扣分"), word("原因"))
    rows: Rows = [
        (i.indicator.code, i.indicator.l3, points(i.deduction), (i.event and i.event.reason) or MISSING) for i in lost
    ]
    page.table(beside, headings, rows, "deduction_table")
    notes.write(page, tables=[(_ITEM_HEADINGS, [_item(item) for item in lost])])
    return page


def margin(slides: Slides, matter: Matter) -> Page:
    """差异与余量: how far the grade holds, and on which items people (or sheets) differ."""
    score = matter.score
    basis = Message("总分与等级界限之差;各评分表逐项之差")
    title = Message("还没有评分") if score is None else score.margin
    page = Page(slides, matter.language, title, foot(matter, word("分"), basis), score_bands(score))
    if score is None:
        nothing(page, _NONE)
        return page
    said = [flip.sentence for flip in score.flips]
    moves: Rows = [
        (move.name, points(move.before), points(move.after), flip.grade)
        for flip in score.flips
        for move in flip.moves
    ]  # fmt: skip
    heads = (word("指标"), word("得分"), word("变为"), word("等级"))
    left, right = page.body.columns(0.56)
    headings, rows, what = _differences(page, left, score)
    texts = [*said, what]
    if moves:
        _, below = page.table(replace(right, height=right.height * 0.6), heads, moves, "flip_table")
        right = replace(right, top=below.top, height=right.top + right.height - below.top)
    page.words(right, texts, 16)
    tables = [(("", *heads[1:]), moves)] if moves else []
    notes.write(page, tables=[*tables, *([(headings, rows)] if rows else [])], more=texts)
    return page


def _differences(page: Page, box: Box, score: Score) -> tuple[tuple[str, ...], Rows, Message]:
    """Draws the items that differ; returns headings and rows of all of them, and what there is to say."""
    if score.agenda:
        rows: Rows = [(r.item.indicator.l3, r.code, points(r.item.low), points(r.item.high)) for r in score.agenda]
        low = Series(page.say(word("最低分")), tuple(row.item.low for row in score.agenda[:MOST_BARS]), TIME)
        high = Series(page.say(word("最高分")), tuple(row.item.high for row in score.agenda[:MOST_BARS]), MONEY)
        names = [page.say(row.item.indicator.l3) for row in score.agenda[:MOST_BARS]]
    elif score.pairs:
        rows = [(pair.name, pair.code, points(pair.left), points(pair.right)) for pair in score.pairs]
        low = Series(page.say(score.sheet.name), tuple(pair.left for pair in score.pairs[:MOST_BARS]), MONEY)
        high = Series(page.say(score.other), tuple(pair.right for pair in score.pairs[:MOST_BARS]), TIME)
        names = [page.say(pair.name) for pair in score.pairs[:MOST_BARS]]
    else:
        page.words(box, [MISSING], 40)
        return (), [], differing(score)
    alt = ";".join(" ".join(page.say(cell) for cell in row) for row in rows)
    bars(page, box, "differences", names, [low, high], format_of("分"), alt=alt)
    return (word("指标"), word("编号"), low.name, high.name), rows, differing(score)
