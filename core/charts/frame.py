"""What all figures share: the template, colours by meaning, and the caption that is part of the picture.

A figure is drawn for about 760 × 430 px on a screen and re-laid out at 800 × 450 px for a picture; nothing in it may
depend on either. So captions hang on the plot's corners by fixed pixel distances, and lines are broken short enough
for a telephone (`PHONE`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import plotly.graph_objects as go

from core.errors import Message
from core.model.context import Language
from core.model.measure import Measure
from core.text import render, word

FONT = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
INK = "#1B2733"
QUIET = "#55626E"
VEIL = "rgba(255,255,255,0.85)"
LINE = "#D5DAE0"
TRACK = "#EDF0F3"
STRIP = "#F1F3F5"
PAPER = "#FFFFFF"
MONEY = "#12436D"
"""Money of the whole project."""
TIME = "#6B7785"
"""Time, and what is planned."""
AXIS = "#8A94A0"
UNPAID = "#D3D9DF"
"""未支付: neutral, no street's colour."""

_STREETS = (
    "#12436D", "#28A197", "#801650", "#F46A25",
    "#3D3D3D", "#A285D1", "#4C7A34", "#B58900", "#6B8BA4", "#B0413E",
)  # fmt: skip

SCENARIO_BAND = word("测算值·非批复数")
RECONSTRUCTION_BAND = word("还原稿·非原表")

SIDE = 14
"""Pixels between the picture's edge and its words."""
ROOM, NARROW = 584, 296
"""Pixels that a line of words may take: half a window of 1366 px, and a telephone."""
TITLE_SIZE, LABEL_SIZE, SMALL_SIZE, FOOT_SIZE = 16, 13, 12, 11
_TITLE_LINE, _FOOT_LINE, _STRIP_HEIGHT = 22, 15, 20

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": LABEL_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "hovermode": "closest",
        "bargap": 0.35,
        # The words' colour is said: else Plotly takes the border's, which cannot be read on paper.
        "hoverlabel": {
            "font": {"family": FONT, "size": LABEL_SIZE, "color": INK}, "bgcolor": PAPER, "bordercolor": LINE,
        },
        "xaxis": {
            "fixedrange": True, "zeroline": False, "gridcolor": LINE, "linecolor": LINE, "automargin": False,
            "ticklabeloverflow": "allow",
        },
        "yaxis": {
            "fixedrange": True, "zeroline": False, "showgrid": False, "automargin": False,
            "ticklabeloverflow": "allow",
        },
    }
)  # fmt: skip


@dataclass(frozen=True)
class Caption:
    """The words around a figure, inside the picture."""

    title: Message
    """The finding."""
    unit: str
    source: str
    """The document, as it is called on pictures."""
    as_of: date
    basis: Message
    """口径: what is counted, and of what."""
    band: str | None = None
    """A strip on top: 还原稿·非原表 or 测算值·非批复数."""


@dataclass(frozen=True)
class Panel:
    """A figure with all that stands behind it, in one language."""

    id: str
    """ASCII; unique on its page."""
    title: str
    """What the figure is called in a list or a file name; the finding is inside the figure."""
    figure: go.Figure
    alt: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The table behind the chart, as printed."""
    measures: tuple[Measure, ...]
    """For 怎么算."""
    picture: str
    """File name of the saved picture, without its ending."""
    how: tuple[tuple[str, ...], ...] = ()
    """怎么算: a row a measure, the first being the headings. Empty: there is nothing to explain."""


@dataclass(frozen=True)
class Look:
    """For whom a figure is drawn, and what stands out in it."""

    language: Language
    places: tuple[str, ...]
    """In the project's order, which gives the colours."""
    source: str
    """The document, as it is called on pictures."""
    as_of: date
    chosen: str | None = None
    """The street that was clicked on."""
    height: int = 430
    narrow: bool = False
    """For a telephone: shorter lines, one column."""

    @property
    def room(self) -> int:
        """Pixels that a line of words may take."""
        return NARROW if self.narrow else ROOM

    @property
    def colours(self) -> Mapping[str, str]:
        """The colour of each street."""
        return street_colours(self.places)

    def say(self, message: Message | str) -> str:
        """Words for Plotly: rendered in the language, and escaped."""
        return safe(render(message, self.language))

    def name(self, place: str, room: float = 92) -> str:
        """A street as a label, broken when it takes more than that many pixels."""
        return name_lines(render(place, self.language), room=room)

    def names_room(self, places: Iterable[str], room: float = 92) -> int:
        """Pixels left of the plot for these streets as axis labels."""
        return label_room((render(place, self.language) for place in places), room=room)

    def strength(self, places: Sequence[str]) -> list[float]:
        """Opacities: the chosen street stands out; without a choice all do."""
        return [1.0 if self.chosen in (None, place) else 0.35 for place in places]

    def plot(self, left: int) -> int:
        """About how many pixels the plot itself is wide, given its left margin."""
        return self.room + SIDE - left

    def draft(
        self,
        title: Message,
        unit: str,
        basis: Message,
        band: str | None = None,
        *,
        left: int = SIDE,
        right: int = SIDE,
        above: int = 6,
        below: int = 8,
    ) -> Draft:
        """An empty figure with its caption: title top left, unit top right, footer below, band on top.

        `left`, `right`, `above` and `below` are the pixels that the plot itself needs beside its axes.
        """
        return _captioned(Caption(title, unit, self.source, self.as_of, basis, band), self, (left, right, above, below))


@dataclass
class Draft:
    """A figure in the making: plain values, validated by Plotly once, at the end (each call to it costs 0.5 ms)."""

    layout: dict[str, Any]
    notes: list[Mapping[str, Any]] = field(default_factory=list)
    shapes: list[Mapping[str, Any]] = field(default_factory=list)
    traces: list[dict[str, Any]] = field(default_factory=list)

    def bar(self, **trace: Any) -> None:
        """Add bars; a click on one leaves the others as they are."""
        untouched = {"selected": {"marker": {}}, "unselected": {"marker": {"opacity": 1}}}
        self.traces.append({"type": "bar", "orientation": "h"} | trace | ({} if "opacity" in trace else untouched))

    def scatter(self, **trace: Any) -> None:
        """Add points or a line."""
        self.traces.append({"type": "scatter"} | trace)

    def lay(self, **layout: Any) -> None:
        """Set parts of the layout; axes are merged with what is set of them."""
        for name, value in layout.items():
            old = self.layout.get(name)
            self.layout[name] = old | value if isinstance(old, dict) and isinstance(value, dict) else value

    def add(self, notes: Iterable[Mapping[str, Any]], shapes: Iterable[Mapping[str, Any]] = ()) -> None:
        """Add labels and lines."""
        self.notes.extend(notes)
        self.shapes.extend(shapes)

    def figure(self) -> go.Figure:
        """The figure."""
        return go.Figure(
            data=self.traces,
            layout={**self.layout, "template": TEMPLATE, "annotations": self.notes, "shapes": self.shapes},
        )


def street_colours(places: Sequence[str]) -> Mapping[str, str]:
    """One colour a street, by its place in the project's order: the same on every figure."""
    return {place: _STREETS[i % len(_STREETS)] for i, place in enumerate(places)}


def safe(text: str) -> str:
    """A name for Plotly, which reads `<b>`, `<a href>` and entities in texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def width(text: str, size: float) -> float:
    """About how many pixels a line of words takes."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size * 0.56 for char in text)


_WORDS = re.compile(r"[^\s⺀-鿿＀-￯、-〗]+\s*|\S\s*")
_NO_START = ",。;:)、%·,.;:!?)》”"


def lines(text: str, size: float, room: float, measure: Callable[[str, float], float] = width) -> tuple[str, ...]:
    """Break words into lines of at most that many pixels: English at spaces, Chinese anywhere but before a stop.

    A word that is wider than a line by itself is cut. `measure`: how wide words of a size are.
    """
    out: list[str] = [""]
    for piece in (part for whole in _WORDS.findall(text) for part in _parts(whole, size, room, measure)):
        if out[-1] and measure((out[-1] + piece).rstrip(), size) > room and piece[0] not in _NO_START:
            out.append("")
        out[-1] += piece
    return tuple(line.strip() for line in out)


def _parts(whole: str, size: float, room: float, measure: Callable[[str, float], float]) -> list[str]:
    """The word, in pieces that fit a line."""
    if measure(whole.rstrip(), size) <= room:
        return [whole]
    step = max(1, int(room / size))  # so many characters fit, however wide
    return [whole[at : at + step] for at in range(0, len(whole), step)]


def name_lines(name: str, size: float = LABEL_SIZE, room: float = 92) -> str:
    """A name as a label: escaped, and broken when it is long."""
    return "<br>".join(safe(line) for line in lines(name, size, room))


def label_room(names: Iterable[str], size: float = LABEL_SIZE, room: float = 92) -> int:
    """Pixels left of the plot for these names as axis labels."""
    widest = max((width(line, size) for name in names for line in lines(name, size, room)), default=0)
    return SIDE + int(widest) + 10


def stripes(colours: Sequence[str] | str) -> dict[str, Any]:
    """A marker for what is computed on an assumption: the colour under white stripes."""
    return {
        "color": colours,
        "line": {"color": colours, "width": 1.5},
        "pattern": {"shape": "/", "fgcolor": PAPER, "fgopacity": 0.85, "size": 7, "solidity": 0.42},
    }


def _captioned(caption: Caption, look: Look, around: tuple[int, int, int, int]) -> Draft:
    left, right, above, below = around
    title = lines(render(caption.title, look.language), TITLE_SIZE, look.room)
    foot = _foot(caption, look)
    strip = _STRIP_HEIGHT if caption.band else 0
    # The unit stands right of the title's last line when there is room, else on a line of its own.
    unit = render(Message("单位:{unit}", {"unit": caption.unit}), look.language) if caption.unit else ""
    alone = bool(unit) and width(title[-1], TITLE_SIZE) + width(unit, SMALL_SIZE) + 16 > look.room
    head = strip + 10 + _TITLE_LINE * len(title) + (18 if alone else 0)
    top = head + above
    draft = Draft(
        {
            "height": look.height,
            "margin": {
                "l": left, "r": right, "t": top, "b": below + 14 + _FOOT_LINE * len(foot), "pad": 0,
                "autoexpand": False,
            },
        }
    )  # fmt: skip
    title_html = "<br>".join(f"<b>{safe(line)}</b>" for line in title)
    foot_html = "<br>".join(safe(line) for line in foot)
    edge = -(left - SIDE)
    draft.add(
        [
            _words(title_html, 0, 1, edge, top - strip - 8, TITLE_SIZE, INK, "left", "top"),
            _words(foot_html, 0, 0, edge, -(below + 7), FOOT_SIZE, QUIET, "left", "top"),
        ],
        [_edge_to_edge(0, -(below + 4), -(below + 3), LINE)],
    )
    if unit:
        draft.add([_words(safe(unit), 1, 1, right - SIDE, above + 3, SMALL_SIZE, QUIET, "right", "bottom")])
    if caption.band:
        words = f"▨ {look.say(caption.band)}"
        draft.add(
            [_words(words, 0, 1, edge, top - strip / 2, SMALL_SIZE, QUIET, "left", "middle")],
            [_edge_to_edge(1, top - strip, top, STRIP)],
        )
    return draft


def note(
    text: str,
    x: Any,
    y: Any,
    *,
    size: int = SMALL_SIZE,
    colour: str = INK,
    anchor: str = "left",
    vertical: str = "middle",
    dx: float = 0,
    dy: float = 0,
    axes: tuple[str, str] = ("x", "y"),
) -> dict[str, Any]:
    """A direct label at a point of the data; `text` is Plotly's pseudo-HTML, so names go through `safe` first.

    A veil of paper behind it keeps it readable where a line crosses.
    """
    words = _words(text, x, y, dx, dy, size, colour, anchor, vertical)
    veil = {"bgcolor": VEIL} if axes != ("paper", "paper") and colour != PAPER else {}
    return words | {"xref": axes[0], "yref": axes[1]} | veil


def _foot(caption: Caption, look: Look) -> tuple[str, ...]:
    parts = (
        Message("数据来源:{source}", {"source": caption.source}),
        Message("截至{day}", {"day": caption.as_of}),
        Message("口径:{basis}", {"basis": caption.basis}),
    )
    out: list[str] = []
    for part in parts:
        for line in lines(render(part, look.language), FOOT_SIZE, look.room):
            if out and width(joined := f"{out[-1]} · {line}", FOOT_SIZE) <= look.room:
                out[-1] = joined
            else:
                out.append(line)
    return tuple(out)


def _words(
    text: str, x: Any, y: Any, dx: float, dy: float, size: int, colour: str, anchor: str, vertical: str
) -> dict[str, Any]:
    return {
        "text": text, "x": x, "y": y, "xref": "paper", "yref": "paper", "xshift": dx, "yshift": dy,
        "xanchor": anchor, "yanchor": vertical, "align": anchor if anchor != "center" else "center",
        "showarrow": False, "borderpad": 0, "font": {"size": size, "color": colour},
    }  # fmt: skip


def _edge_to_edge(corner: int, low: float, high: float, colour: str) -> dict[str, Any]:
    """A strip over the whole width of the picture (drawn wider than it; the edge cuts it), in pixels from a corner."""
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "x0": -3, "x1": 4, "ysizemode": "pixel", "yanchor": corner,
        "y0": low, "y1": high, "fillcolor": colour, "line": {"width": 0}, "layer": "below",
    }  # fmt: skip
