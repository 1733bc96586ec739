"""自评 beside the review; does the grade hang on one person, who is far from the panel, would other weights do."""

from __future__ import annotations

import streamlit as st

from core.scoring.agreement import Distance
from core.scoring.differences import by_size
from core.service.scoring import meeting
from core.service.scoring.meeting import Meeting
from core.service.scoring.rounds import RoundView
from core.text.numbers import decimal, percent, points
from pages.scoring import gaps
from pages.scoring.meeting import ask, results
from pages.shared import tables
from pages.shared.choices import apart
from pages.shared.empty import empty
from pages.shared.reads import read_own
from pages.shared.session import key_of, project
from pages.shared.words import bullets, plain, say, t


def show(view: RoundView) -> None:
    """Leave-one-out and far evaluators; the rest only when it is asked for."""
    if not ask.before_seeing(view):
        return
    found = read_own(meeting.meeting, project(), view.id)
    results.show(view)
    _own(found)
    if not found.left_out:
        empty(t("有人提交评分表后，这里分析结果是否取决于个别评价人。"))
        return
    st.header(t("不计某一人时的结果"), anchor=False)
    st.markdown(bullets(each.sentence for each in found.left_out))
    st.header(t("与专家组相差较大的评分"), anchor=False)
    far = [each for each in found.distances if each.items]
    if not far:
        st.markdown(t("无。"))
    for each in far:
        _far(each)
    with st.expander(t("更多分析"), key="more", on_change="rerun") as more:
        if more.open:
            _more(found)


def _own(found: Meeting) -> None:
    """自评 beside the review, item by item, the largest 分差 first; nothing where no unit has scored itself."""
    if not found.own:
        return
    st.header(t("与自评的分差"), anchor=False)
    sheets = {each.sheet: each for each in found.own}
    chosen = next(iter(sheets))
    if len(sheets) > 1:
        show = apart(list(sheets), lambda sheet: say(sheets[sheet].title))
        chosen = st.selectbox(t("自评表"), list(sheets), format_func=show, key=key_of("own", found.round.id), width=360)
    own = sheets[chosen]
    st.markdown(plain(say(own.sentence)))
    rows = by_size(own.rows)
    gaps.table(rows, t("自评"), t("评审"), t("分差（评审减自评）"), key="own_gaps")
    st.caption(t("自评不计入评审的平均分和分差；点表头可按大小排列。"))


def _far(each: Distance) -> None:
    sentence = plain(say(each.sentence))
    st.markdown(f"**{sentence}**" if each.far else sentence)
    headings = [t("指标"), t("评价人"), t("专家组"), t("相差（占满分）")]
    rows = [[f"{f.code} {say(f.name)}", points(f.points), points(f.panel), percent(f.share)] for f in each.items]
    tables.rows(headings, rows)


def _more(found: Meeting) -> None:
    agreed = found.agreement
    if agreed.w is None:
        st.markdown(t("评价人的一致程度：不足两人或两项，无法计算。"))
    else:
        st.markdown(
            t(
                "评价人的一致程度：肯德尔和谐系数{w}（0为各不相同，1为排序完全一致；{people}人共同评了{items}项，按得分率排序）。",
                w=plain(decimal(agreed.w, 3)),
                people=agreed.evaluators,
                items=agreed.items,
            )
        )
    drawn = read_own(meeting.sensitivity, project(), found.round.id)
    st.markdown(plain(say(drawn.sentence)))
    if drawn.shares:
        tables.rows([t("等级"), t("占比")], [(say(grade), percent(share)) for grade, share in drawn.shares])
