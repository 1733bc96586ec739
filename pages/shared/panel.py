"""A panel: a figure, and under it 怎么算, 存为图片 and 复制图片."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.charts import Panel
from pages.shared import state, tables
from pages.shared.first_sight import figures_first
from pages.shared.picture_tools import HEIGHT, SCALE, WIDTH, narrow, tools
from pages.shared.words import plain, t


def panel(shown: Panel) -> None:
    """Draw a panel. A click on a street in it sets the place of the whole view."""
    figures_first()
    chart = f"chart_{shown.id}"
    places = {m.place for m in shown.measures if m.place is not None}

    def chosen() -> None:
        points = st.session_state[chart].selection.points
        place = points[0].get("customdata") if points else None
        place = place[0] if isinstance(place, list) and place else place
        if place in places:
            state.put("place", str(place))

    with st.container(border=True, key=f"panel_{shown.id}", gap="xsmall"):
        clicks: dict[str, Any] = {"on_select": chosen, "selection_mode": "points"} if places else {}
        st.plotly_chart(shown.figure, theme=None, key=chart, config=_config(), alt=shown.alt, **clicks)
        _row(shown, chart, narrow())


@st.fragment
def _row(shown: Panel, chart: str, drawn_narrow: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row_{shown.id}"):
        if st.button(t("怎么算"), key=f"how_{shown.id}", type="tertiary"):
            st.dialog(t("怎么算"), width="large")(_how)(shown)
        tools(shown, chart)
    if narrow() != drawn_narrow:
        st.rerun()


def _how(shown: Panel) -> None:
    st.markdown(f"**{plain(shown.title)}**")
    tables.rows(shown.headings, shown.rows)
    if shown.how:
        tables.rows(shown.how[0], shown.how[1:])


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
