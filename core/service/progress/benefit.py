"""受益情况: who is to benefit, what is planned and paid for each, and what the streets report of their work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.figures import benefit as benefit_figures
from core.figures import comparison, delivery, households, street_map
from core.figures.figure import FigurePanel, Words
from core.figures.palette import street_colours
from core.figures.table import TableCell, TableRow
from core.model.boundaries import Boundaries
from core.model.context import Context
from core.model.key_figure import FillIn, How
from core.model.measure import Measures
from core.model.rights import Deed
from core.progress import lorenz
from core.progress.missing import Missing, lacks, work_missing
from core.progress.places import not_reported
from core.render import html
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import FigureTable, ProjectFigures, RowPanel
from core.service.progress.boundaries import boundaries as boundaries_of
from core.text import how_computed, render, word
from core.text.amounts import cell, headed
from core.text.numbers import count, decimal

_MOST_SQUARES = 60
_MAP_HEIGHT = 380
"""Pixels of the map with its caption."""


@dataclass(frozen=True)
class Explained:
    """A thought in words with 怎么算."""

    title: Message
    sentence: Message
    note: Message
    how: How


@dataclass(frozen=True)
class BenefitView:
    """受益情况."""

    title: str
    headline: Message
    caution: Message
    unfinished: FillIn
    """How the households that are finished come in; "": they are reported."""
    table: RowPanel
    notes: tuple[Message, ...]
    """Sentences under the table."""
    squares: str
    """The streets as squares, as HTML; "": there is one street, or too many for them, or a map."""
    map: FigurePanel | None
    """The streets as a map; None: nobody has imported their outlines, or these lack some of them."""
    boundaries: Boundaries | None
    """Their outlines as they were imported."""
    without_outline: Message | None
    """Streets that the outlines lack: then there is no map."""
    concentration: Explained | None
    work: RowPanel | None
    """What the streets report of their work; None: nobody does."""
    work_notes: tuple[Message, ...]
    """Sentences under it."""
    compared: FigurePanel | None
    """改造前后对比; None: none is reported."""
    missing: tuple[Missing, ...]
    """What the page lacks and somebody can fill in."""
    gaps: Message | None
    """Figures that places do not report."""
    others: FigureTable | None
    """更多分析: payment by building and community."""
    curves: tuple[FigurePanel, ...]
    """更多分析: how the money is spread."""
    empty: bool
    places: tuple[str, ...]
    """Streets of which there may be pictures."""


@asks(Deed.SEE, until="data")
def benefit(
    ctx: Context, project: str, place: str | None = None, shares: bool = False, narrow: bool = False
) -> BenefitView:
    """Who is to benefit; `shares`: the table says each street's part of the whole. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), None, place, narrow)
    facts, m = figures.facts, figures.measures
    table = benefit_figures.benefit_table(facts, m, shares=shares, chosen=place)
    work, compared = delivery.work_table(facts, m, place), comparison.before_and_after(facts, place)
    outlines = boundaries_of(ctx, project)
    lacking = () if outlines is None else street_map.without_outline(facts, outlines)
    drawn = None if outlines is None or lacking or len(facts.places) < 2 else street_map.street_map(facts, m, outlines)
    curves = ("household", "m2") if facts.renovation and lorenz(facts, "household") else ()
    return BenefitView(
        title=facts.project.name,
        headline=benefit_figures.headline(m, place),
        caution=_caution(m, place, paid=bool(facts.spend)),
        unfinished="" if _homes_finished(m, place) else "file",
        table=figures.rows(table.table, Message("受益明细表"), table.measures, traced=True),
        notes=tuple(_notes(m, place, shares)),
        squares=_squares(figures, place) if drawn is None else "",
        map=None if drawn is None else figures.panel(drawn, _MAP_HEIGHT),
        boundaries=outlines,
        without_outline=_lacking(outlines, lacking),
        concentration=_concentration(figures, place),
        work=None if work is None else figures.rows(work.table, Message("建设进展"), work.measures),
        work_notes=tuple(_of_whole(each, place) for each in (delivery.physical_and_paid(m),) if each is not None),
        compared=None if compared is None else figures.panel(compared, 300),
        missing=tuple(each for each in (lacks(facts, "money"), work_missing(facts)) if each is not None),
        gaps=not_reported(facts),
        others=_others(figures) if facts.spend else None,
        curves=tuple(figures.panel(households.lorenz(facts, m, key)) for key in curves),
        empty=not facts.renovation,
        places=facts.places,
    )


def _lacking(outlines: Boundaries | None, places: tuple[str, ...]) -> Message | None:
    """Say why there is no map though outlines were imported; None: they have every place."""
    if outlines is None or not places:
        return None
    params = {"file": outlines.file, "places": places}
    return Message("街镇边界文件“{file}”中没有{places}，暂不画地图。请重新导入。", params)


def _homes_finished(m: Measures, place: str | None) -> Message | None:
    """How many households are finished, as far as it is reported."""
    every = [x for x in m.all if x.id == "households_finished" and x.number is not None]
    own = next((x for x in every if x.place == place), None)
    if own is not None:
        return Message("已完工{done}户", {"done": count(own.number)})
    if place is not None or not every:
        return None
    params = {"places": len(every), "count": count(sum((x.number or Decimal(0) for x in every), Decimal(0)))}
    return Message("{places}个街镇填报已完工{count}户", params)


def _caution(m: Measures, place: str | None, *, paid: bool) -> Message:
    params = {"finished": _homes_finished(m, place) or Message("完工户数未填报")}
    if not paid:
        return Message("户数等均为计划范围，{finished}。", params)
    return Message("户数等均为计划范围，{finished}。单位支付低不等于好：可能开工较晚或尚未结算，请街镇说明。", params)


def _notes(m: Measures, place: str | None, shares: bool) -> Iterator[Message]:
    if shares:
        if not benefit_figures.shares_add_up(m):
            yield Message("注：因四舍五入，分项之和与合计可能略有差异。")
    elif (said := benefit_figures.per_household(m)) is not None:
        yield _of_whole(said, place)


def _of_whole(sentence: Message, place: str | None) -> Message:
    """The sentence, marked 全项目 where a street is chosen."""
    return sentence if place is None else Message("全项目：{sentence}", {"sentence": sentence})


def _squares(figures: ProjectFigures, place: str | None) -> str:
    facts, m, language = figures.facts, figures.measures, figures.ctx.language
    if not 1 < len(facts.places) <= _MOST_SQUARES:
        return ""
    colours = street_colours(facts.places)

    def square(street: str) -> TableRow:
        cells = (TableCell(street_map.scope(m, street)), TableCell(street_map.paid(m, street)))
        return TableRow(street, cells, street, colours[street])

    return html.squares(map(square, facts.places), lambda words: render(words, language), place)


def _concentration(figures: ProjectFigures, place: str | None) -> Explained | None:
    found = benefit_figures.concentration(figures.measures, place)
    if found is None:
        return None
    title = Message("支付集中在少数户上吗")
    return Explained(
        title if place is None else Message("{title}（全项目）", {"title": title}),
        found[0],
        Message("只说明分布，不说明好坏。"),
        how_computed.rows(found[1], figures.ctx.language, figures.ctx.unit),
    )


def _others(figures: ProjectFigures) -> FigureTable:
    """Payment by building and by community, and how dense the streets are."""
    kinds = (
        ("paid_unit_cost", "building"), ("paid_unit_cost", "community"), ("households_per_building", None),
        ("households_per_community", None),
    )  # fmt: skip
    m, places = figures.measures, (*figures.facts.places, None)
    printed: tuple[Callable[[Decimal | None], Words], ...] = (
        cell, cell, lambda value: decimal(value, 2), lambda value: decimal(value, 1),
    )  # fmt: skip
    return figures.table(
        "others",
        Message("按栋、按小区的支付与户数"),
        (
            word("街镇"),
            headed(word("已支付"), word("/栋")),
            headed(word("已支付"), word("/小区")),
            word("户/栋"),
            word("户/小区"),
        ),
        [
            (
                place or word("全项目"),
                *(say(m.one(name, place, basis).number) for (name, basis), say in zip(kinds, printed, strict=True)),
            )
            for place in places
        ],
        [m.one(name, place, basis) for name, basis in kinds for place in places],
    )
