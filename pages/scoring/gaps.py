"""分差: a table of the items on which two sheets differ, to be sorted by any column and coloured by size."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from core.scoring.differences import Difference, GapSize
from core.service.base.reference import reference
from pages.shared.words import say, t

COLOURS = {
    GapSize.NONE: "",
    GapSize.SMALL: "",
    GapSize.MIDDLE: "background-color: #fff1d6; color: #7a4b00",
    GapSize.LARGE: "background-color: #fbe0dc; color: #8a1c1c; font-weight: 600",
}
"""Style of a 分差 by its size: darker the larger, whichever way it goes. The score grid's own are in grid.css."""


def table(rows: Sequence[Difference], left: str, right: str, gap: str, *, key: str, codes: bool = True) -> None:
    """The items with both points and their gap, in this order until a heading is clicked."""
    frame = pd.DataFrame(
        {
            t("编号"): [row.code for row in rows],
            t("指标"): [say(row.name) for row in rows],
            left: _on_screen([row.left for row in rows]),
            right: _on_screen([row.right for row in rows]),
            gap: _on_screen([row.gap for row in rows]),
        }
    )
    if not codes:
        frame = frame.drop(columns=t("编号"))
    limit = reference().limits.far.share
    styles = [COLOURS[row.size(limit)] for row in rows]
    shown = st.column_config.NumberColumn(format="%.2f")
    st.dataframe(
        frame.style.apply(lambda _: styles, subset=[gap]),
        hide_index=True,
        placeholder="—",
        column_config={left: shown, right: shown, gap: shown},
        key=key,
    )


def _on_screen(values: Sequence[Decimal | None]) -> pd.Series[float]:
    """Figures of a table that can be sorted: these take no decimals."""
    return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
