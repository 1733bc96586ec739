"""A panel: a figure, and under it 怎么算 and ⋯."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from core.figures.figure import FigurePanel
from core.render import plotly
from pages.shared import state, styles, tables
from pages.shared.after_figures import after_figures
from pages.shared.first_sight import charts_wait
from pages.shared.picture_tools import HEIGHT, SCALE, WIDTH, narrow, tools
from pages.shared.words import plain, t

_NONE: Mapping[str, Callable[[str], None]] = MappingProxyType({})


def panel(
    shown: FigurePanel,
    *,
    fills: bool = False,
    of_project: bool = True,
    in_fragment: bool = False,
    clicked: Callable[[str], None] | None = None,
) -> None:
    """Draw a panel. A click on a street in it sets the place of the whole view.

    `clicked`: is given what else a click chooses; "" where the same is clicked once more.

    `fills`: it is as high as the room that its neighbours leave, its own height at least.
    `of_project`: it is about one project. `in_fragment`: it belongs to a part that is made anew without its page.
    """
    chart = f"chart_{shown.id}"
    places = {m.place for m in shown.measures if m.place is not None}

    def chosen() -> None:
        points = st.session_state[chart].selection.points
        place = points[0].get("customdata") if points else None
        place = place[0] if isinstance(place, list) and place else place
        if clicked is not None:
            clicked(str(place or ""))
        elif place in places:
            state.put("place", str(place))

    high: Literal["stretch", "content"] = "stretch" if fills else "content"
    box = st.container(border=True, key=f"panel_{shown.id}", gap="xsmall", height=high)

    def draw() -> None:
        with box:
            # Also where it waits: the first run after a start, which no browser sees, is to load Plotly.
            drawn = plotly.drawn(shown)
            if charts_wait(chart, each_switch=in_fragment):
                st.container(height=shown.look.height, border=False)
                return
            if fills:
                styles.least_height(chart, drawn.layout.height)
            clicks: dict[str, Any] = {"on_select": chosen, "selection_mode": "points"} if places or clicked else {}
            st.plotly_chart(drawn, theme=None, key=chart, config=_config(), alt=shown.alt, height=high, **clicks)
            _row(shown, chart, narrow(), of_project)

    if in_fragment:
        draw()
    else:
        after_figures(draw)


def side_by_side(
    panels: Sequence[FigurePanel],
    clicked: Mapping[str, Callable[[str], None]] = _NONE,
    *,
    in_fragment: bool = False,
) -> None:
    """Panels in two columns; the last of an odd number has both. `clicked`: by the id of a panel, as in `panel`."""
    for i in range(0, len(panels), 2):
        pair = panels[i : i + 2]
        for column, shown in zip(st.columns(len(pair), gap="small"), pair, strict=True):
            with column:
                panel(shown, clicked=clicked.get(shown.id), in_fragment=in_fragment)


@st.fragment
def _row(shown: FigurePanel, chart: str, drawn_narrow: bool, of_project: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row_{shown.id}"):
        tables.how_button(f"how_{shown.id}", _how, shown, shown.title)
        tools(shown, chart, drawn_narrow, of_project=of_project)


def _how(shown: FigurePanel) -> None:
    st.markdown(f"**{plain(shown.title)}**")
    tables.rows(shown.headings, shown.rows)
    if shown.how:
        tables.how(shown.how)


def _config() -> dict[str, Any]:
    """Plotly's own words in the session's language; of its tools only the one that pictures are made with, unseen."""
    return {
        "displaylogo": False,
        "displayNotifier": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "width": WIDTH, "height": HEIGHT, "scale": SCALE},
        "doubleClick": False,
        "showAxisDragHandles": False,
        "showTips": False,
        "locale": "page",
        "locales": {"page": {"dictionary": {"Download plot as a PNG": t("存为图片"), "Download plot": t("存为图片")}}},
    }
