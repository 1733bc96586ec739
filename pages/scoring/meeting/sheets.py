"""Rounds and sheets: where each stands, what comes next, and the steps that lead there."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from core.model.panel import WHOLE_SHEET, RoundKind, SheetKind, SheetState
from core.scoring.consensus import Rule
from core.service import panel
from core.service.moments import day_and_time
from core.service.panel import RoundView, SheetView
from pages.scoring.meeting import ask
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t

FEW = 8
"""Reasons that are all shown at once; more stay folded until asked for."""
SCORECARD = "pages/scoring/scorecard.py"


def show(view: RoundView) -> None:
    """The round's sheets, the own one first, and its lock."""
    problems = read_own(panel.lock_problems, project(), view.id) if view.panel and not view.locked else ()
    st.markdown(f"### {plain(_next_step(view, bool(problems)))}")
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        if view.mine is None and view.locked is None and actor().name:
            st.button(
                t("开始我的评分表"),
                key="start_mine",
                type="primary",
                on_click=ask.take,
                args=(panel.my_sheet, project(), view.id),
            )
        _lock(view, bool(problems))
        _new_round()
    with st.container(gap="xxsmall", key="sheets"):
        for sheet in sorted(view.sheets, key=lambda each: not each.mine):
            _sheet(view, sheet)
    if problems:
        with st.expander(
            t("锁定前须解决{count}处", count=len(problems)), expanded=len(problems) <= FEW, key="problems"
        ):
            st.markdown("\n".join(f"- {plain(say(problem))}" for problem in problems))


def name_of(sheet: SheetView) -> str:
    """A sheet's name in the session's language."""
    return t("{name}的评分表", name=sheet.owner_name) if sheet.owner_name else say(sheet.sheet.name)


def _next_step(view: RoundView, problems: bool) -> str:
    mine, lock = view.mine, view.locked
    waiting = [s.owner_name for s in view.sheets if s.owner_name and s.state in (SheetState.DRAFT, SheetState.RETURNED)]
    if lock is not None:
        return t("本轮已由{name}锁定({time})。", name=lock.actor_name, time=day_and_time(lock.made_at))
    if actor().name is None:
        return t("下一步:填写您的姓名。")
    if mine is not None and mine.state is SheetState.DRAFT:
        if mine.scored < mine.items:
            return t("下一步:填写您的评分表(已评 {scored}/{items} 项)。", scored=mine.scored, items=mine.items)
        return t("下一步:提交您的评分表;提交后才能看到他人的得分。")
    if mine is not None and mine.state is SheetState.RETURNED:
        return t("下一步:按退回理由修改您的评分表,再次提交。")
    if waiting:
        return t("等待{names}提交。", names=tuple(waiting))
    if not any(sheet.state is SheetState.SUBMITTED for sheet in view.sheets):
        return t("下一步:评价人各自开始评分表。")
    if view.panel is None:
        return t("下一步:到“逐项评议”汇总各人得分。")
    return t("下一步:逐项评议,解决下列各处。") if problems else t("下一步:锁定本轮。")


def _sheet(view: RoundView, sheet: SheetView) -> None:
    key = sheet.sheet.id.replace("/", "_")
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{key}"):
        st.markdown(f"**{plain(name_of(sheet))}**" + (" " + t("(我的)") if sheet.mine else ""), width=320)
        with st.container(width=120):
            personal = sheet.kind in (SheetKind.EVALUATOR, SheetKind.UNIT)
            st.badge(say(panel.STATE_WORDS[sheet.state]) if personal or view.locked else t("共用"), color="gray")
        if sheet.recused:
            whole = WHOLE_SHEET in sheet.recused
            st.badge(t("回避整表") if whole else t("回避{count}项", count=len(sheet.recused)), color="gray")
        st.markdown(t("已评 {scored}/{items} 项", scored=sheet.scored, items=sheet.items), width=132)
        if sheet.hidden is not None:
            st.caption(plain(say(sheet.hidden)))
        else:
            st.page_link(SCORECARD, label=t("打开评分表"), query_params={"sheet": sheet.sheet.id})
        if view.locked is None:
            _steps(sheet, key)


def _steps(sheet: SheetView, key: str) -> None:
    here, name = project(), sheet.sheet.id
    if sheet.mine and sheet.state in (SheetState.DRAFT, SheetState.RETURNED):
        st.button(t("提交"), key=f"submit_{key}", type="primary", on_click=ask.take, args=(panel.submit, here, name))
    if sheet.mine:
        _recusal(sheet, key)
    if sheet.returnable:
        ask.reason(t("退回"), f"return_{key}", lambda why: panel.return_sheet(context(), here, name, why))


def _recusal(sheet: SheetView, key: str) -> None:
    """回避 of an item or of the whole sheet, or its end."""
    names = {item.code: f"{item.code} {say(item.l3)}" for item in sheet.sheet.scheme.indicators}
    with st.popover(t("回避"), width="content"):
        code = st.selectbox(
            t("回避范围"),
            [WHOLE_SHEET, *names],
            format_func=lambda each: names.get(each) or t("整张评分表"),
            key=f"recuse_code_{key}",
        )
        active = code not in sheet.recused
        ask.text(
            t("理由"),
            f"recuse_{key}_{code}_{active}",
            t("申请回避") if active else t("取消回避"),
            lambda why: panel.recuse(context(), project(), sheet.sheet.id, code or None, why, active),
        )


def _lock(view: RoundView, problems: bool) -> None:
    here = project()
    if view.locked is not None:
        ask.reason(t("解锁"), "unlock", lambda why: panel.unlock(context(), here, view.id, why))
    elif view.panel is not None and view.panel.hidden is None:
        kind: Literal["primary", "secondary"] = "secondary" if problems else "primary"
        st.button(t("锁定本轮"), key="lock", type=kind, on_click=ask.take, args=(panel.lock, here, view.id))


def _new_round() -> None:
    with st.popover(t("新建轮次"), width="content"), st.form("new_round", border=False):
        st.text_input(t("名称"), key="round_name", max_chars=40)
        st.selectbox(t("类别"), list(RoundKind), format_func=lambda k: say(panel.KIND_WORDS[k]), key="round_kind")
        st.selectbox(t("汇总规则"), list(Rule), format_func=lambda r: say(panel.RULE_WORDS[r]), key="round_rule")
        st.form_submit_button(t("新建轮次"), on_click=_open_round)


def _open_round() -> None:
    given = st.session_state
    with error_box():
        panel.open_round(context(), project(), given["round_name"], given["round_kind"], given["round_rule"])
        state.put("round", None)  # the newest one
