"""What the pages of money, time and homes share: panels side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts import Panel
from pages.shared.panel import panel


def side_by_side(panels: Sequence[Panel]) -> None:
    """Panels in two columns."""
    for i in range(0, len(panels), 2):
        for column, shown in zip(st.columns(2, gap="small"), panels[i : i + 2], strict=False):
            with column:
                panel(shown)
