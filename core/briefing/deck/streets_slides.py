"""Money, works and time of each street, and all streets in one table, the one that is furthest behind first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, Drawn, bar_table, in_order, marked_row, total_row
from core.briefing.deck.box import Box
from core.briefing.deck.drawing import CellLook
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SMALL, TEXT, SlidePage
from core.briefing.deck.project_slides import bands, foot
from core.errors import Message
from core.figures import money as figures_of
from core.figures.figure import Bars, Words
from core.figures.lags import Lags, finding, first_and_last, lag_bars, lags, named, printed, rate_bars, works_bars
from core.figures.palette import CAUTION, INK, PAPER, QUIET
from core.render import office
from core.text import word
from core.text.numbers import count, percent, pp

_WIDE = Decimal(1)
"""The value at the right edge of a rate's bars, unless more was paid."""
_IN_STEP = Decimal("0.1")
"""Share up to which works may be ahead of payment and both go in step: no regulation's, so the sentence names it."""


def progress(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """资金、工期与工程: a row a street with what is paid, how far the works are, and where time stands.

    None: the estimate is not split by street, or there is no planned time.
    """
    found = lags(content.facts, content.figures)
    if found is None:
        return None
    limit = content.limits.rate_low
    works = Message("竖线为形象进度") if found.works else Message("形象进度未填报")
    basis = Message("执行率=累计支付÷批复数；支付比工期慢=工期已过−执行率")
    below = Message("累计支付占批复数，按落后程度排序；{works}", {"works": works})
    kind, title = word("资金、工期与工程"), finding(found, limit)
    page = SlidePage(slides, content.language, kind, title, foot(content, basis), bands(content), below)
    headings = [word("街镇"), word("执行率"), word("形象进度"), word("比工期慢（百分点）")]
    keep = [0, 1, *([2] if found.works else []), 3]
    rows = [(named(each.place), *printed(each)) for each in found.rows]
    top = float(max([_WIDE, found.elapsed, *(each.rate for each in found.rows)]))
    _, rest = page.body.rows(0.3, 0.0)
    table, closing = rest.rows(rest.height - 0.45)
    drawn = bar_table(
        page,
        table,
        "progress_table",
        [headings[n] for n in keep],
        [tuple(row[n] for n in keep) for row in rows],
        [BarColumn("street_progress", 1, rate_bars(found), 6.4, top)],
        _apart(found, len(keep), len(keep) - 1),
    )
    _lines(page, drawn, found, limit, top)
    page.words(closing, [_together(found)], TEXT, spacing=0)
    gone = Message("工期已过{rate}", {"rate": percent(found.elapsed, 1)})
    notes.write(page, tables=[(headings, rows)], more=[gone, _together(found)])
    return page


def _apart(found: Lags, columns: int, *marked: int) -> dict[tuple[int, int], CellLook]:
    """The looks of the street that is furthest behind, and of the sum."""
    first = found.of_places[0]
    return {
        **(marked_row(1, 0, *marked) if first.behind > 0 else {}),
        **(total_row(len(found.rows), columns) if found.whole is not None else {}),
    }


def _lines(page: SlidePage, drawn: Drawn, found: Lags, limit: Decimal, top: float) -> None:
    """The limit and the time that is gone across all rows, and a mark a row where the works are."""
    box = drawn.places["street_progress"]

    def x(value: Decimal) -> float:
        return box.left + box.width * float(value) / top

    shown = found.rows[: round(box.height / drawn.row)]
    first = found.of_places[0]
    if first.behind > 0:
        middle = box.top + drawn.row / 2
        page.rule(Box(x(first.rate), middle, x(found.elapsed) - x(first.rate), 0), CAUTION, 2.5)
    page.rule(Box(x(limit), box.top, 0, box.height), QUIET, 1.5)
    page.rule(Box(x(found.elapsed), box.top, 0, box.height), INK, 1.9)
    for n, each in enumerate(shown):
        if each.physical is not None:
            mark = Box(x(each.physical) - 0.035, box.top + n * drawn.row + 0.12, 0.07, drawn.row - 0.24)
            page.block(mark, INK, PAPER)
    for value, said, left in (
        (limit, Message("预警线{line}", {"line": percent(limit, 0)}), limit <= found.elapsed),
        (found.elapsed, Message("工期已过{rate}", {"rate": percent(found.elapsed, 1)}), limit > found.elapsed),
    ):
        wide = 2.0 if left else 3.2
        place = Box(x(value) - wide - 0.05 if left else x(value) + 0.05, page.body.top, wide, 0.26)
        page.words(place, [said], SMALL, bold=not left, colour=QUIET if value == limit else INK, right=left, spacing=0)


def _together(found: Lags) -> Message:
    """How far payment and works are apart: whether money or works have to catch up; who is paid ahead of works."""
    known = [(each.place, each.physical - each.rate) for each in found.of_places if each.physical is not None]
    if not known:
        return Message("形象进度未填报，不能判断是支付滞后还是工程滞后")
    if ahead := tuple(place for place, apart in known if apart < 0):
        return Message("{places}支付高于形象进度，请核实是否超进度支付", {"places": ahead})
    low, high = min(apart for _, apart in known), max(apart for _, apart in known)
    ends = {"low": pp(low, 1), "high": pp(high, 1)}
    points = ends["low"] if len(set(ends.values())) == 1 else Message("{low}～{high}", ends)
    params = {"points": points, "limit": pp(_IN_STEP, 0)}
    if high < _IN_STEP:
        return Message("形象进度比支付高{points}个百分点（不到{limit}个算大体同步）：要追上工期，先要赶工程", params)
    return Message("形象进度比支付高{points}个百分点：工程已做而未支付", params)


def streets(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """各街镇: a street's own rate is a fact where the estimate was split by street, else it hangs on the key.

    None: the streets cannot be compared.
    """
    panel = content.panels.get("allocation")
    figure = figures_of.street_rates(content.facts, content.figures)
    if panel is None or figure is None:
        return None
    divided, found = content.facts.divided, lags(content.facts, content.figures)
    basis = Message("累计支付÷该街镇批复数") if divided else Message("累计支付÷按户、面积、栋、小区分摊的概算")
    title = figure.finding if found is None else first_and_last(found)
    page = SlidePage(slides, content.language, word("各街镇"), title, foot(content, basis), bands(content, [panel]))
    texts = [each for each in (content.money_note, content.sentences.get("places")) if each]
    upper, lower = page.body.rows(page.body.height - 0.2 - page.high(texts, TEXT, page.body.width))
    if found is not None:
        headings, rows = _every(content, found, panel.headings, panel.rows)
        columns = [BarColumn("allocation", 4, rate_bars(found), 1.2, float(_WIDE))]
        columns += [BarColumn("works", 5, works_bars(found), 1.2, float(_WIDE))] if found.works else []
        columns += [BarColumn("lags", 6 if found.works else 5, lag_bars(found), 1.1)]
        apart = _apart(found, len(headings), 5 if found.works else 4)
        cut = bar_table(page, upper, "allocation_table", headings, rows, columns, apart).cut
    else:
        headings, rows = list(panel.headings), [*panel.rows]
        shown = _known(in_order(office.as_bars(figure.chart), content.facts.places))
        colours = [each.colour for each in shown.rows[0].amounts]
        one = len(shown.series) < 2
        apart = {} if one else {(0, n): CellLook(bold=True, colour=each) for n, each in enumerate(colours, 1)}
        columns = [BarColumn("allocation", len(headings) if one else 1, shown, 5.2)]
        cut = bar_table(page, upper, "allocation_table", headings, rows, columns, apart).cut
    page.words(lower, texts, TEXT, spacing=4)
    notes.write(page, [panel.how], [(headings, rows)] if cut else (), more=texts)
    return page


def _known(shown: Bars) -> Bars:
    """The series that have a figure, as the table has columns."""
    at = [n for n in range(len(shown.series)) if any(row.amounts[n].value is not None for row in shown.rows)]
    rows = tuple(replace(row, amounts=tuple(row.amounts[n] for n in at)) for row in shown.rows)
    return replace(shown, rows=rows, series=tuple(shown.series[n] for n in at))


def _every(
    content: BriefingContent, found: Lags, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[list[Words], list[tuple[Words, ...]]]:
    """The page's table in the order of the lag, with works, lag and who benefits beside it."""
    homes = {x.place: x.number for x in content.figures.all if x.id == "households"}
    more: list[Words] = [*([word("形象进度")] if found.works else []), word("比工期慢（百分点）")]
    out: list[tuple[Words, ...]] = []
    for each in found.rows:
        known = next((row for row in rows if row[0] == (each.place or rows[-1][0])), None)
        _, physical, behind = printed(each)
        benefits = [count(homes[each.place])] if each.place in homes else [""]
        if known is not None:
            out.append((*known, *([physical] if found.works else []), behind, *benefits))
    return [*headings, *more, word("计划受益（户）")], out
