"""The sheet at any of its moments, and two moments or two sheets side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from core.model.scorecard import Sheet
from core.service import history, scoring
from core.service.happened import STATUS_WORDS
from core.service.moments import day_and_time
from core.service.scoring import Comparison, Scorecard
from core.text.numbers import points
from pages.shared import tables
from pages.shared.empty import empty
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t


def replay(sheet: Sheet) -> None:
    """A slider over the sheet's moments, and the sheet as it stood then."""
    stops = read_own(history.moments, project(), sheet.id)
    if not stops:
        empty(t("本表还没有评分记录。"))
        return
    chosen = _stop(t("回放到"), stops, "replay_at", len(stops))
    _card(read_own(history.at, project(), sheet.id, chosen))


def _stop(label: str, stops: Sequence[datetime], key: str, first: int) -> datetime:
    """One of the moments: a slider where there are several."""
    numbers = {number: stop for number, stop in enumerate(stops, start=1)}
    if len(stops) == 1:
        st.caption(f"{label} {plain(day_and_time(stops[0]))}")
        return stops[0]

    def named(number: int) -> str:
        return f"{number}/{len(stops)} · {day_and_time(numbers[number])}"

    return numbers[st.select_slider(label, list(numbers), value=first, format_func=named, key=f"{key}_{len(stops)}")]


def _card(card: Scorecard) -> None:
    sums = card.tally
    with st.container(horizontal=True, gap="large", key="replayed"):
        st.metric(t("已评 {scored}/{items} 项", scored=sums.scored, items=sums.items), points(sums.decisive))
        st.metric(t("等级"), say(sums.grade) if sums.grade else "—")
        for name, part in sums.subtotals.items():
            st.metric(plain(say(name)), points(part.points))
    headings = [t("编号"), t("指标"), t("满分"), t("得分"), t("扣分"), t("原因"), t("状态")]
    rows = [
        [
            item.indicator.code,
            plain(say(item.indicator.l3)),
            points(item.indicator.weight),
            points(item.points),
            points(item.deduction),
            plain(item.event.reason) if item.event else "",
            say(STATUS_WORDS[item.status]),
        ]
        for item in card.items
    ]
    tables.ready(headings, rows)


def compare(sheet: Sheet, sheets: Mapping[str, Sheet]) -> None:
    """This sheet against another one, or against itself at another moment."""
    others = [key for key in sheets if key != sheet.id]
    kinds = {"moments": t("同一张表的两个时点"), "sheets": t("两张评分表")}
    kind = st.segmented_control(
        t("对照方式"),
        list(kinds) if others else ["moments"],
        default="moments",
        required=True,
        format_func=kinds.__getitem__,
        key="compare_kind",
    )
    if kind == "sheets":
        other = st.selectbox(
            t("对照的评分表"), others, format_func=lambda key: say(sheets[key].name), key="compare_sheet", width=360
        )
        found = read_own(scoring.compare, project(), sheet.id, other)
        _comparison(found, say(sheet.name), say(sheets[other].name))
        return
    stops = read_own(history.moments, project(), sheet.id)
    if len(stops) < 2:
        empty(t("本表不到两个时点,没有可对照的。"))
        return
    left = _stop(t("时点一"), stops, "compare_left", 1)
    right = _stop(t("时点二"), stops, "compare_right", len(stops))
    found = read_own(history.compare_moments, project(), sheet.id, left, right)
    _comparison(found, day_and_time(left), day_and_time(right))


def _comparison(found: Comparison, left: str, right: str) -> None:
    st.markdown(
        t(
            "合计:{left} 与 {right};有 {count} 项不同。",
            left=points(found.left_total),
            right=points(found.right_total),
            count=len(found.differences),
        )
    )
    if found.differences:
        headings = [t("编号"), t("指标"), plain(left), plain(right), t("相差")]
        rows = [
            [each.code, plain(say(each.name)), points(each.left), points(each.right), points(each.gap)]
            for each in found.differences
        ]
        if headings[2] == headings[3]:
            headings[3] += " "  # two moments within a minute
        tables.ready(headings, rows)
