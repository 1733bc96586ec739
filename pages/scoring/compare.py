"""Two sheets side by side: the items on which they differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import streamlit as st

from core.service.scoring import rounds, scorecards
from core.service.scoring.scorecards import Comparison
from core.text.numbers import points
from pages.scoring import gaps
from pages.shared.choices import apart
from pages.shared.opened import opened
from pages.shared.reads import read_own
from pages.shared.session import key_of
from pages.shared.words import say, t


def button(project: str, chosen: str, sheets: Collection[str]) -> None:
    """A popover that compares the chosen sheet with another one; nothing when there is no other."""
    if len(sheets) > 1:
        box = opened(t("与其他评分表对照"), "compare")
        if box is not None:
            with box:
                with_another(project, chosen, sheets, "compare_with")


def with_another(project: str, chosen: str, sheets: Collection[str], name: str, *, wide: bool = False) -> None:
    """The chosen sheet beside another one of them, which is chosen here; `wide`: there is room for codes."""
    titles = read_own(rounds.sheet_titles, project)
    show = apart(sheets, lambda key: say(titles[key]))
    others = [key for key in sheets if key != chosen]
    width: Literal["stretch"] | int = 360 if wide else "stretch"
    other = st.selectbox(t("对照的评分表"), others, format_func=show, key=key_of(name, chosen), width=width)
    found = read_own(scorecards.compare, project, chosen, other)
    comparison(found, show(chosen), show(other), key=f"{name}_gaps", codes=wide)


def comparison(found: Comparison, left: str, right: str, *, key: str, codes: bool) -> None:
    """What both sides add up to, and the items on which they differ."""
    sums = {"left": points(found.left_total), "right": points(found.right_total)}
    if found.common is not None:
        st.caption(t("有一方只评部分指标，这里只比较双方都评的{count}项。", count=found.common))
    st.markdown(t("合计：{left}与{right}；有{count}项不同。", count=len(found.differences), **sums))
    if found.differences:
        again = f"{right} " if left == right else right  # a moment beside itself
        gaps.table(found.differences, left, again, t("相差"), key=key, codes=codes)
