"""A figure: one finding with its marks, the table behind it and the measures it is made of.

Words are `Message`s or names until a renderer puts them into a language (`in_words`). Values are Decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar

from core.errors import Message
from core.figures.areas import Areas
from core.figures.palette import MONEY, SCENARIO_BAND, street_colours
from core.model.context import AmountUnit, Language
from core.model.measure import Measure
from core.model.project import Facts
from core.text.numbers import by_unit

Words = Message | str
Rows = tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class ChartAmount:
    """One exact value in a chart, with its colour and meaning."""

    value: Decimal | None
    """None: unknown; it has no bar, and — for a text."""
    unit: str
    """`ratio`, or the unit as printed."""
    colour: str = MONEY
    place: str | None = None
    """The street that it is about, which decides the colour."""
    assumed: bool = False
    """测算: rests on an assumption, and is drawn striped."""
    shown: Words = ""
    """Words at the bar where they are more than `text`."""
    digits: str = ""
    """The value as printed where its unit alone does not say how."""

    @property
    def text(self) -> str:
        """As printed, by `unit`."""
        return self.digits or by_unit(self.value, self.unit)


@dataclass(frozen=True)
class BarRow:
    """A category of bars: one bar a series."""

    name: Words
    amounts: tuple[ChartAmount, ...]
    said: Words = ""
    """A sentence of the row, for where there is room above its bars."""


@dataclass(frozen=True)
class ReferenceLine:
    """A line across the bars, with its words."""

    value: Decimal
    text: Words


@dataclass(frozen=True)
class Bars:
    """Horizontal bars from zero, the first row on top, each with its figure beside it."""

    title: Words
    rows: tuple[BarRow, ...]
    series: tuple[Words, ...] = ()
    """The kinds of bars of a row, in the order of `amounts`; () for one kind."""
    start: Decimal = Decimal(0)
    """The value at which the axis begins."""
    end: Decimal | None = None
    """The value that the axis has to reach at least: the whole, which is drawn behind the bars."""
    rule: ReferenceLine | None = None
    ordered: bool = True
    """The longest comes first; False: the order means something else (time, a key)."""
    note: Words = ""


@dataclass(frozen=True)
class SmallMultiples:
    """Sets of bars side by side, each with its own axis from zero and its title."""

    parts: tuple[Bars, ...]


@dataclass(frozen=True)
class Part:
    """A part of a whole."""

    name: Words
    amount: ChartAmount
    share: ChartAmount


@dataclass(frozen=True)
class Stack:
    """One bar of parts, with a line of words for each of them and for the whole."""

    title: Words
    parts: tuple[Part, ...]
    whole: Part
    note: Words = ""


@dataclass(frozen=True)
class Span:
    """From the lowest to the highest of several values."""

    name: Words
    low: ChartAmount
    high: ChartAmount
    points: tuple[ChartAmount, ...]
    """The single values, in the order of the chart's `keys`."""
    said: Words = ""
    """From where to where, as printed."""


@dataclass(frozen=True)
class Spans:
    """An interval a street: the range of a figure over several keys, in the streets' order."""

    title: Words
    rows: tuple[Span, ...]
    keys: tuple[Words, ...]
    """Names of the points; drawn as circle, square, diamond, triangle."""
    short_keys: tuple[Words, ...] = ()
    """The keys in a word each."""
    start: Decimal = Decimal(0)
    rule: ReferenceLine | None = None
    note: Words = ""


Stroke = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True)
class ChartLine:
    """Values over days."""

    points: tuple[tuple[date, Decimal], ...]
    colour: str
    stroke: Stroke = "solid"
    heavy: bool = False
    dots: bool = False
    said: tuple[Words, ...] = ()
    """A sentence a point, for those who point at it."""


@dataclass(frozen=True)
class Label:
    """Words at a point of a chart of lines."""

    day: date
    value: Decimal
    text: Words
    strong: bool = False
    colour: str = ""
    below: bool = False
    """Below the point rather than above it."""
    before: bool = False
    """Left of it rather than right."""


@dataclass(frozen=True)
class DayMark:
    """What happened on a day, or is planned for it: a line at the axis of days with its words; `said`: with the day."""

    day: date
    text: Words
    said: Words


@dataclass(frozen=True)
class LineChart:
    """Amounts over time, from zero."""

    title: Words
    lines: tuple[ChartLine, ...]
    labels: tuple[Label, ...]
    first: date
    last: date
    """The last day that is shown; a renderer leaves room behind it."""
    top: Decimal
    """The amount at which the chart ends, such as the estimate."""
    start: Decimal = Decimal(0)
    level: Decimal | None = None
    """The amount at which a level line runs: the estimate."""
    fan: tuple[tuple[date, Decimal], ...] = ()
    """Corners of the area that a forecast leaves open."""
    days: tuple[Label, ...] = ()
    """Upright lines with words at their foot: the day, and the amount up to which they go."""
    marks: tuple[DayMark, ...] = ()
    """In the order of time."""
    ticks: tuple[tuple[date, Words], ...] = ()
    """Days that are named under the axis; () leaves them to the renderer."""
    note: Words = ""


@dataclass(frozen=True)
class DayBar:
    """A planned day and the day that was kept, and in words how they stand to each other."""

    name: Words
    planned: date | None
    actual: date | None
    said: Words
    late: bool = False
    owner: str = ""
    """Who answers for it; "": not said."""
    key: str = ""
    """What a click on it chooses."""


@dataclass(frozen=True)
class DayBars:
    """A row a milestone on one axis of days; `until`: the day up to which anything is known."""

    rows: tuple[DayBar, ...]
    until: date


@dataclass(frozen=True)
class Pair:
    """A figure before and after, of any unit, and both in words."""

    name: Words
    before: Decimal
    after: Decimal
    said: Words


@dataclass(frozen=True)
class Pairs:
    """A row a figure, each on a scale of its own from zero to the larger of both: units differ."""

    title: Words
    rows: tuple[Pair, ...]
    note: Words = ""


@dataclass(frozen=True)
class ShareCurve:
    """A cumulated share against another one (0..1 each) beside the diagonal on which both are equal."""

    points: tuple[tuple[Decimal, Decimal], ...]
    across: Words
    up: Words
    diagonal: Words


@dataclass(frozen=True)
class Dot:
    """A project on a plane of two ratios, or a field of it with several projects."""

    across: float
    up: float
    count: int
    name: str
    said: Words


@dataclass(frozen=True)
class Dots:
    """Points on a plane of two ratios, beside the diagonal on which both are equal; what is higher stands at `most`."""

    dots: tuple[Dot, ...]
    across: Words
    up: Words
    most: float


Chart = Bars | Stack | Spans | LineChart | Pairs
"""Marks that every renderer draws."""
Marks = Chart | SmallMultiples | DayBars | ShareCurve | Dots | Areas


@dataclass(frozen=True)
class Figure:
    """All that a figure shows, once, for every renderer."""

    id: str
    """ASCII; unique on its page."""
    name: Words
    """The figure's name in a list or a file name."""
    finding: Words
    unit: Words
    """"" where each value says its own."""
    basis: Words
    """口径: what is counted, and of what."""
    source: Words
    """The document, as it is called on pictures."""
    as_of: date
    marks: Marks
    headings: tuple[Words, ...]
    rows: Rows
    """The table behind the marks, as printed."""
    measures: tuple[Measure, ...] = ()
    """For 怎么算."""
    band: str | None = None
    """A strip on top: 还原稿·非原表 or 测算值·非批复数."""
    alt: Words = ""
    """The figure in words for those who do not see it; "": its name and its table."""

    @property
    def chart(self) -> Chart:
        """The marks of a figure that every renderer draws; a mistake of the caller where it is not one."""
        assert isinstance(self.marks, Bars | Stack | Spans | LineChart | Pairs), self.id
        return self.marks


@dataclass(frozen=True)
class FigureLook:
    """For whom a figure is drawn on a screen."""

    language: Language
    chosen: str | None = None
    """The street that was clicked on: it stands out."""
    height: int = 430
    narrow: bool = False
    """For a telephone: shorter lines, one column."""
    wide: bool = False
    """For more than half a window: longer lines."""
    unit: AmountUnit = "wan"
    """In which its amounts are printed."""


@dataclass(frozen=True, eq=False)
class FigurePanel:
    """A figure with all that stands behind it, in one language."""

    id: str
    title: str
    figure: Figure
    look: FigureLook
    alt: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    measures: tuple[Measure, ...]
    picture: str
    """File name of the saved picture, without its ending."""
    how: tuple[tuple[str, ...], ...] = ()
    """怎么算: a row a measure, the first being the headings. Empty: there is nothing to explain."""
    stored: Figure | None = None
    """The figure in 万元, as documents have it; None: it is `figure`."""

    @property
    def in_documents(self) -> Figure:
        """The figure as documents have it."""
        return self.stored or self.figure


def amount(measure: Measure, colour: str = MONEY, *, shown: Words = "") -> ChartAmount:
    """The value of a measure: striped where it is assumed."""
    return ChartAmount(measure.number, measure.unit, colour, measure.place, measure.is_estimate, shown)


def by_street(
    facts: Facts, measures: Sequence[Measure], shown: Callable[[Measure], Words] = lambda _: ""
) -> list[BarRow]:
    """A bar a street in its colour, the longest first; what is unknown last."""
    colours = street_colours(facts.places)
    return longest_first(
        [BarRow(m.place or "", (amount(m, colours[m.place or ""], shown=shown(m)),)) for m in measures]
    )


def longest_first(rows: Sequence[BarRow]) -> list[BarRow]:
    """Rows by their first value; what is unknown last."""
    return sorted(rows, key=lambda row: ((value := row.amounts[0].value) is None, -(value or 0)))


def highest_first(rows: Sequence[Span]) -> list[Span]:
    """Intervals by their upper end; what is unknown last."""
    return sorted(rows, key=lambda row: ((value := row.high.value) is None, -(value or 0)))


def scenario_band(measures: Iterable[Measure]) -> str | None:
    """测算值·非批复数 where any of the measures rests on an assumption."""
    return SCENARIO_BAND if any(m.is_estimate for m in measures) else None


def of_project(
    facts: Facts,
    name: str,
    called: Words,
    finding: Words,
    unit: Words,
    basis: Words,
    marks: Marks,
    headings: Iterable[Words],
    rows: Iterable[Sequence[Words]],
    measures: Iterable[Measure],
    band: str | None = None,
) -> Figure:
    """A figure of the project's own data: its source is the project's document, its day that of the data."""
    table = tuple(tuple(row) for row in rows)
    return Figure(
        name, called, finding, unit, basis, facts.project.source, facts.as_of, marks, tuple(headings), table,
        tuple(measures), band,
    )  # fmt: skip


def of_whole(figure: Figure, place: str | None) -> Figure:
    """The figure, marked 全项目 where a street is chosen that it does not follow."""
    if place is None:
        return figure
    return replace(figure, finding=Message("全项目：{finding}", {"finding": figure.finding}))


def amounts_of(marks: Marks) -> tuple[ChartAmount, ...]:
    """Every value of a chart; lines and points have none that is printed."""
    if isinstance(marks, Bars):
        return tuple(amount for row in marks.rows for amount in row.amounts)
    if isinstance(marks, Stack):
        return tuple(amount for part in (*marks.parts, marks.whole) for amount in (part.amount, part.share))
    if isinstance(marks, Spans):
        return tuple(amount for row in marks.rows for amount in (row.low, row.high, *row.points))
    return ()


_Said = TypeVar("_Said")


def in_words(found: _Said, say: Callable[[Words, str], str]) -> _Said:
    """The marks with all their words in a language; `say` is told of which field of the marks they are."""
    made: Any = found
    if hasattr(made, "__dataclass_fields__"):
        changed = {each.name: _worded(getattr(made, each.name), each.name, say) for each in fields(made)}
        made = replace(made, **changed)
    return made  # type: ignore[no-any-return]


def _worded(value: Any, field: str, say: Callable[[Words, str], str]) -> Any:
    if isinstance(value, Message) or (isinstance(value, str) and field in _WORDS):
        return say(value, field)
    if isinstance(value, tuple):
        return tuple(_worded(each, field, say) for each in value)
    return in_words(value, say)


_WORDS = frozenset(
    {
        "name",
        "title",
        "note",
        "shown",
        "said",
        "text",
        "late",
        "ticks",
        "series",
        "keys",
        "short_keys",
        "across",
        "up",
        "diagonal",
    }
)  # fmt: skip
