"""The one kind of figure that most findings need: sorted bars from zero with direct labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.charts.frame import AXIS, INK, LABEL_SIZE, QUIET, SMALL_SIZE, Draft, note, stripes, width
from core.charts.frame import lines as lines_of


@dataclass(frozen=True)
class Bar:
    """One bar: what it is called, how long it is, what stands at its end."""

    name: str
    """As on the axis (escaped, broken)."""
    value: Decimal | None
    label: str
    colour: str
    place: str | None = None
    """Where a click on it leads."""
    striped: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class Line:
    """A line across the bars, with its words on top."""

    value: Decimal
    label: str


def longest_first(bars: Sequence[Bar]) -> list[Bar]:
    """Sorted by value, the longest first; what is undefined last."""
    return sorted(bars, key=lambda bar: (bar.value is None, -(bar.value or 0)))


def ceiling(bars: Sequence[Bar], label_share: float = 0.0, lines: Sequence[Line] = ()) -> float:
    """Where the axis ends: the longest bar, and room for its label."""
    top = max([float(bar.value or 0) for bar in bars] + [float(line.value) for line in lines], default=0.0)
    return (top or 1.0) * (1 + label_share)


def draw(
    draft: Draft,
    bars: Sequence[Bar],
    *,
    axes: tuple[str, str] = ("x", "y"),
    lines: Sequence[Line] = (),
    label_share: float = 0.28,
    size: int = LABEL_SIZE,
    thick: float = 0.58,
) -> None:
    """Draw bars, the first on top, on the given pair of axes; the axis starts at zero and shows no ticks.

    `label_share` is the room for the labels behind the longest bar, as a share of it.
    """
    count = len(bars)
    marks = list(range(count))
    shown = [float(bar.value) if bar.value is not None else 0.0 for bar in bars]
    marker: dict[str, Any] = {
        "color": [bar.colour for bar in bars],
        "opacity": [bar.opacity for bar in bars],
    }
    if any(bar.striped for bar in bars):
        striped = stripes([bar.colour for bar in bars])
        striped["pattern"] = striped["pattern"] | {"shape": ["/" if bar.striped else "" for bar in bars]}
        marker |= striped
    draft.bar(
        x=shown, y=marks, width=thick, marker=marker, xaxis=axes[0], yaxis=axes[1],
        customdata=[bar.place for bar in bars], hoverinfo="text",
        hovertext=[f"{bar.name.replace('<br>', ' ')} {bar.label}" for bar in bars],
    )  # fmt: skip
    end = ceiling(bars, label_share, lines)
    draft.lay(
        **{
            _axis(axes[0]): {"range": [0, end], "visible": False},
            _axis(axes[1]): names_axis(
                [bar.name for bar in bars], size, [count - 0.45, -0.55 - (0.35 if lines else 0)]
            ),
        }
    )
    notes = [
        note(bar.label, value, y, size=size, dx=6, axes=axes, colour=INK if bar.value is not None else QUIET)
        for y, value, bar in zip(marks, shown, bars, strict=True)
    ]
    notes += [_line_words(line, end, axes) for line in lines]
    draft.add(notes, [_rule(line, count, axes) for line in lines])


def names_axis(names: Sequence[str], size: int, span: list[float]) -> dict[str, Any]:
    """The axis with the bars' names, and the line at zero that bars start from."""
    return {
        "range": span, "tickvals": list(range(len(names))), "ticktext": list(names),
        "tickfont": {"size": size}, "showline": True, "linecolor": AXIS, "ticks": "",
        "ticklabelstandoff": 6,
    }  # fmt: skip


def _line_words(line: Line, end: float, axes: tuple[str, str]) -> dict[str, Any]:
    right = float(line.value) > end * 0.6
    return note(
        line.label, float(line.value), -0.55, size=SMALL_SIZE, colour=QUIET, axes=axes, vertical="bottom",
        anchor="right" if right else "left", dx=-4 if right else 4,
    )  # fmt: skip


def _rule(line: Line, count: int, axes: tuple[str, str]) -> dict[str, Any]:
    at = float(line.value)
    top = -0.85 if line.label else -0.5
    return {
        "type": "line", "xref": axes[0], "yref": axes[1], "x0": at, "x1": at, "y0": top, "y1": count - 0.45,
        "line": {"color": QUIET, "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def _axis(short: str) -> str:
    return f"{short[0]}axis{short[1:]}"


def multiples(
    draft: Draft,
    parts: Sequence[tuple[str, Sequence[Bar], Sequence[Line]]],
    *,
    columns: int,
    room: float,
    label_share: float,
    names_room: int,
    title_room: float,
) -> None:
    """Small sets of bars side by side, each with its own axis from zero and its title on top.

    `room`: the share of the plot's width that names take left of a column that is not the first; the first column's
    names stand in the figure's left margin. `names_room`: the same in pixels; `title_room`: pixels that a title,
    which starts above the names, may take before it is broken.
    """
    rows = -(-len(parts) // columns)
    each = (1 - room * (columns - 1)) / columns
    step = 1 / rows
    titles = ["<br>".join(lines_of(title, LABEL_SIZE, title_room)) for title, _, _ in parts]
    head = (0.17 if max(title.count("<br>") for title in titles) == 0 else 0.26) / rows
    for i, (_, bars, lines) in enumerate(parts):
        across, down = i % columns, i // columns
        suffix = "" if i == 0 else str(i + 1)
        axes = (f"x{suffix}", f"y{suffix}")
        left, high = across * (each + room), 1 - step * down - head
        draft.lay(
            **{
                f"xaxis{suffix}": {"domain": [left, left + each], "anchor": axes[1]},
                f"yaxis{suffix}": {"domain": [1 - step * (down + 1) + 0.03, high], "anchor": axes[0]},
            }
        )
        draw(draft, bars, axes=axes, lines=lines, label_share=label_share, size=SMALL_SIZE, thick=0.62)
        words = f"<b>{titles[i]}</b>"
        draft.add([note(words, left, high, vertical="bottom", axes=("paper", "paper"), dx=-names_room, dy=3)])


def share_for(labels: Sequence[str], plot: float, size: float = LABEL_SIZE) -> float:
    """How much longer than its longest bar an axis must be, for the labels to fit a plot of that many pixels."""
    widest = max((width(label, size) for label in labels), default=0) + 12
    return widest / max(plot - widest, 60)
