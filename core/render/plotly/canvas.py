"""The sheet that a figure is drawn on: the template, and the caption that is part of the picture.

A figure is drawn for about 760 × 430 px on a screen and re-laid out at 800 × 450 px for a picture; nothing in it may
depend on either. So captions hang on the plot's corners by fixed pixel distances, and lines are broken short enough
for a telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from core.errors import Message
from core.figures.figure import Figure, FigureLook, Words
from core.figures.palette import INK, LINE, PAPER, QUIET, STRIP
from core.render.words import lines, width
from core.text import render
from core.text.marks import labelled

FONT = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
_VEIL = "rgba(255,255,255,0.85)"
SIDE = 14
"""Pixels between the picture's edge and its words."""
_ROOM, _NARROW, _WIDE = 584, 296, 660
"""Pixels that a line of words may take: half a window of 1366 px, a telephone, and more than half a window."""
TITLE_SIZE, LABEL_SIZE, SMALL_SIZE, FOOT_SIZE = 16, 13, 12, 11
NAME_ROOM = 92
"""Pixels of a row's name before it is broken."""
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


class Canvas:
    """A figure in the making: plain values, validated by Plotly once, at the end (each call to it costs 0.5 ms)."""

    def __init__(self, figure: Figure, look: FigureLook) -> None:
        self.figure, self.look = figure, look
        self.room = _NARROW if look.narrow else _WIDE if look.wide else _ROOM
        self._layout: dict[str, Any] = {}
        self._notes: list[Mapping[str, Any]] = []
        self._shapes: list[Mapping[str, Any]] = []
        self._traces: list[dict[str, Any]] = []

    def _rendered(self, words: Words) -> str:
        return render(words, self.look.language, self.look.unit)

    def say(self, words: Words) -> str:
        """Words for Plotly: rendered in the language, and escaped."""
        return safe(self._rendered(words))

    def hover(self, name: Words, *values: Words) -> str:
        """What a mark says when it is pointed at: its name, and its values behind it."""
        said, *shown = (self._rendered(each) for each in (name, *values))
        return safe(labelled(said, " ".join(shown), self.look.language))

    def name(self, name: Words, room: float = NAME_ROOM) -> str:
        """A name as a label, broken when it takes more than that many pixels."""
        return "<br>".join(safe(line) for line in lines(self._rendered(name), LABEL_SIZE, room))

    def names_room(self, names: Iterable[Words], room: float = NAME_ROOM) -> int:
        """Pixels left of the plot for these names as axis labels."""
        said = (self._rendered(name) for name in names)
        widest = max((width(line, LABEL_SIZE) for name in said for line in lines(name, LABEL_SIZE, room)), default=0)
        return SIDE + int(widest) + 10

    def strength(self, place: str | None) -> float:
        """Opacity: the chosen street stands out; without a choice all do."""
        return 1.0 if place is None or self.look.chosen in (None, place) else 0.35

    def plot(self, left: int) -> int:
        """About how many pixels the plot itself is wide, given its left margin."""
        return self.room + SIDE - left

    @property
    def plot_height(self) -> int:
        """How many pixels the plot itself is high, once its caption is written."""
        margin = self._layout["margin"]
        return int(self._layout["height"] - margin["t"] - margin["b"])

    def high(self, pixels: int) -> None:
        """Make the picture so high that the plot itself is, once its caption is written."""
        margin = self._layout["margin"]
        self.lay(height=pixels + margin["t"] + margin["b"])

    def bar(self, **trace: Any) -> None:
        """Add bars; a click on one leaves the others as they are."""
        untouched = {"selected": {"marker": {}}, "unselected": {"marker": {"opacity": 1}}}
        self._traces.append({"type": "bar", "orientation": "h"} | trace | ({} if "opacity" in trace else untouched))

    def scatter(self, **trace: Any) -> None:
        """Add points or a line."""
        self._traces.append({"type": "scatter"} | trace)

    def lay(self, **layout: Any) -> None:
        """Set parts of the layout; axes are merged with what is set of them."""
        for name, value in layout.items():
            old = self._layout.get(name)
            self._layout[name] = old | value if isinstance(old, dict) and isinstance(value, dict) else value

    def add(self, notes: Iterable[Mapping[str, Any]], shapes: Iterable[Mapping[str, Any]] = ()) -> None:
        """Add labels and lines."""
        self._notes.extend(notes)
        self._shapes.extend(shapes)

    def drawn(self) -> go.Figure:
        """The figure."""
        whole = {"template": TEMPLATE, "annotations": self._notes, "shapes": self._shapes}
        return go.Figure(data=self._traces, layout={**self._layout, **whole})

    def caption(
        self, *, left: int = SIDE, right: int = SIDE, above: int = 6, below: int = 8, height: int = 0,
        listed: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Write the words around the plot: title top left, unit top right, footer below, band on top.

        `left`, `right`, `above` and `below` are the pixels that the plot itself needs beside its axes; `listed`: words
        for Plotly that the footer begins with.
        """
        found = self.figure
        title = lines(self._rendered(found.finding), TITLE_SIZE, self.room)
        foot = (*self._flowing(listed), *map(safe, self._foot()))
        strip = _STRIP_HEIGHT if found.band else 0
        # The unit stands right of the title's last line when there is room, else on a line of its own.
        unit = self._rendered(Message("单位：{unit}", {"unit": found.unit})) if found.unit else ""
        alone = bool(unit) and width(title[-1], TITLE_SIZE) + width(unit, SMALL_SIZE) + 16 > self.room
        top = strip + 10 + _TITLE_LINE * len(title) + (18 if alone else 0) + above
        self.lay(
            height=height or self.look.height,
            margin={
                "l": left, "r": right, "t": top, "b": below + 14 + _FOOT_LINE * len(foot), "pad": 0,
                "autoexpand": False,
            },
        )  # fmt: skip
        title_html = "<br>".join(f"<b>{safe(line)}</b>" for line in title)
        foot_html = "<br>".join(foot)
        edge = -(left - SIDE)
        self.add(
            [
                _words(title_html, 0, 1, edge, top - strip - 8, TITLE_SIZE, INK, "left", "top"),
                _words(foot_html, 0, 0, edge, -(below + 7), FOOT_SIZE, QUIET, "left", "top"),
            ],
            [_edge_to_edge(0, -(below + 4), -(below + 3), LINE)],
        )
        if unit:
            self.add([_words(safe(unit), 1, 1, right - SIDE, above + 3, SMALL_SIZE, QUIET, "right", "bottom")])
        if found.band:
            self.add(
                [_words(f"▨ {self.say(found.band)}", 0, 1, edge, top - strip / 2, SMALL_SIZE, QUIET, "left", "middle")],
                [_edge_to_edge(1, top - strip, top, STRIP)],
            )

    def _flowing(self, parts: Sequence[str]) -> list[str]:
        """The parts in lines, as many in one as have room."""
        out: list[str] = []
        for part in parts:
            if out and width(joined := f"{out[-1]}　{part}", FOOT_SIZE) <= self.room:
                out[-1] = joined
            else:
                out.append(part)
        return out

    def _foot(self) -> tuple[str, ...]:
        parts = (
            Message("数据来源：{source}", {"source": self.figure.source}),
            Message("截至{day}", {"day": self.figure.as_of}),
            Message("口径：{basis}", {"basis": self.figure.basis}),
        )
        out: list[str] = []
        for part in parts:
            for line in lines(self._rendered(part), FOOT_SIZE, self.room):
                if out and width(joined := f"{out[-1]} · {line}", FOOT_SIZE) <= self.room:
                    out[-1] = joined
                else:
                    out.append(line)
        return tuple(out)


def safe(text: str) -> str:
    """A name for Plotly, which reads `<b>`, `<a href>` and entities in texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stripes(colours: Sequence[str]) -> dict[str, Any]:
    """A marker for what is computed on an assumption: the colour under white stripes."""
    return {
        "color": colours,
        "line": {"color": colours, "width": 1.5},
        "pattern": {"shape": "/", "fgcolor": PAPER, "fgopacity": 0.85, "size": 7, "solidity": 0.42},
    }


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
    veil = {"bgcolor": _VEIL} if axes != ("paper", "paper") and colour != PAPER else {}
    return words | {"xref": axes[0], "yref": axes[1]} | veil


def across(x: float, low: float, high: float, axes: tuple[str, str] = ("x", "y"), **more: Any) -> dict[str, Any]:
    """A dashed line across bars, at a value of their axis."""
    return {
        "type": "line", "xref": axes[0], "yref": axes[1], "x0": x, "x1": x, "y0": low, "y1": high,
        "line": {"color": QUIET, "width": 1.5, "dash": "dash"},
    } | more  # fmt: skip


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
