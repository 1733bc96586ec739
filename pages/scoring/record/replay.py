"""The sheet at any of its moments, and two moments or two sheets side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import streamlit as st

from core.model.scorecard import Sheet
from core.service.base.moments import day_and_time
from core.service.scoring import history
from core.service.scoring.event_sentences import STATUS_WORDS
from core.service.scoring.scorecards import Scorecard
from core.text.numbers import points
from pages.scoring.compare import comparison, with_another
from pages.shared import state, tables
from pages.shared.choices import apart
from pages.shared.empty import empty
from pages.shared.reads import read_own
from pages.shared.session import key_of, project
from pages.shared.words import plain, say, t


def replay(sheet: Sheet) -> None:
    """A slider over the sheet's moments, and the sheet as it stood then."""
    stops = read_own(history.moments, project(), sheet.id)
    if not stops:
        empty(t("本表还没有评分记录。"))
        return
    chosen = _stop(t("回放到"), stops, "replay_at", len(stops), sheet)
    _card(read_own(history.at, project(), sheet.id, chosen))


def _stop(label: str, stops: Sequence[datetime], key: str, first: int, sheet: Sheet) -> datetime:
    """One of the moments: a slider where there are several."""
    numbers = dict(enumerate(stops, start=1))
    if len(stops) == 1:
        st.caption(f"{label} {plain(day_and_time(stops[0]))}")
        return stops[0]

    field = key_of(f"{key}_{len(stops)}", sheet.id)
    return numbers[
        st.select_slider(
            label,
            list(numbers),
            value=first,
            format_func=apart(numbers, lambda number: _numbered(stops, numbers[number])),
            key=field,
        )
    ]


def _numbered(stops: Sequence[datetime], stop: datetime) -> str:
    """1/34 · its time: several moments may be within a minute."""
    return f"{stops.index(stop) + 1}/{len(stops)} · {day_and_time(stop)}"


def _card(card: Scorecard) -> None:
    sums = card.tally
    with st.container(horizontal=True, gap="large", key="replayed"):
        st.metric(t("已评{scored}/{items}项", scored=sums.scored, items=sums.items), points(sums.decisive))
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


def compare(sheet: Sheet, sheets: Collection[str]) -> None:
    """This sheet against another one, or against itself at another moment."""
    kinds = {"moments": t("同一张表的两个时点")} | ({"sheets": t("两张评分表")} if len(sheets) > 1 else {})
    if state.segments(t("对照方式"), "against", kinds, "compare_kind", seen=True) == "sheets":
        with_another(project(), sheet.id, sheets, "compare_sheet", wide=True)
        return
    stops = read_own(history.moments, project(), sheet.id)
    if len(stops) < 2:
        empty(t("本表不到两个时点，没有可对照的。"))
        return
    left = _stop(t("时点一"), stops, "compare_left", 1, sheet)
    right = _stop(t("时点二"), stops, "compare_right", len(stops), sheet)
    found = read_own(history.compare_moments, project(), sheet.id, left, right)
    comparison(found, _numbered(stops, left), _numbered(stops, right), key="replay_gaps", codes=True)
