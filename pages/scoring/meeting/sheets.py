"""Rounds and sheets: where each stands, what comes next, and the steps that lead there."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from core.model.panel_events import WHOLE_SHEET, SheetKind, SheetState
from core.model.rights import Deed
from core.service.base.moments import day_and_time
from core.service.scoring import independence, opening, rounds, setting_up, steps
from core.service.scoring.rounds import RoundView, SheetView
from core.text import told_apart
from pages.scoring import choose
from pages.scoring.meeting import ask, assigning, paper, progress, set_up
from pages.shared import chips
from pages.shared.choices import apart
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t

FEW = 8
"""Reasons that are all shown at once; more stay folded until asked for."""
SCORECARD = "pages/scoring/scorecard.py"


def show(view: RoundView) -> None:
    """The round's sheets, the own one first, and its lock."""
    # What holds the lock up tells of the scores: not to whoever could still score alone.
    asked = view.panel and view.writable and not view.undecided
    problems = read_own(steps.lock_problems, project(), view.id) if asked else ()
    st.markdown(f"## {plain(_next_step(view, bool(problems)))}")
    _terms(view)
    progress.live(view)
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        if view.mine is None and view.writable and may(Deed.SCORE) and named(t("开始我的评分表"), "start", "primary"):
            if view.start_refused is not None:
                st.caption(plain(say(view.start_refused)))
            if not view.off:
                st.button(
                    t("开始我的评分表") if view.start_refused is None else t("申请评分"),
                    key="start_mine",
                    type="primary",
                    on_click=ask.take,
                    args=(opening.my_sheet, project(), view.id),
                )
        if view.writable:
            _admission(view)
            assigning.show(view)
        if may(Deed.CHAIR):
            _lock(view, bool(problems))
    if may(Deed.CHAIR):
        set_up.show(view)
    names = told_apart({each.sheet.id: say(each.name) for each in view.sheets})
    hidden = {str(each.hidden): each.hidden for each in view.sheets if each.hidden is not None}
    once = next(iter(hidden.values())) if len(hidden) == 1 else None
    if once is not None:
        st.caption(plain(say(once)))
    with st.container(gap="xxsmall", key="sheets"):
        for sheet in sorted(view.sheets, key=lambda each: not each.mine):
            _sheet(view, sheet, names[sheet.sheet.id], said=once is not None)
    paper.offer(view)
    if problems:
        with st.expander(
            t("锁定前须解决{count}处", count=len(problems)), expanded=len(problems) <= FEW, key="problems"
        ):
            st.markdown(bullets(problems))


def _terms(view: RoundView) -> None:
    """The deadline, while anything may still be entered."""
    words = None if view.locked else setting_up.deadline_now(view.round)
    if words is not None:
        st.caption(plain(say(words)))


def _admission(view: RoundView) -> None:
    """A chief's yes to who has asked to score after having seen the others' scores; not to oneself."""
    waiting = {each.person: each for each in view.asking if each.person != actor().id}
    if not waiting or not may(Deed.CHAIR):
        return
    with st.popover(t("评分申请（{count}）", count=len(waiting)), width="content"):
        person = st.selectbox(
            t("申请人（看过他人的得分后申请独立评分）"),
            list(waiting),
            format_func=apart(
                waiting, lambda each: f"{waiting[each].person_name} · {day_and_time(waiting[each].made_at)}"
            ),
            key=key_of("admit_person", view.id),
        )
        ask.text(
            t("理由"),
            f"admit_{person}",
            t("同意"),
            lambda why: independence.admit(context(), project(), view.id, person, why),
        )


def _next_step(view: RoundView, problems: bool) -> str:
    mine, lock = view.mine, view.locked
    waiting = [
        each.owner_name
        for each in view.sheets
        if each.owner_name and each.state in (SheetState.DRAFT, SheetState.RETURNED) and WHOLE_SHEET not in each.recused
    ]
    if lock is not None:
        return t("本轮已由{name}锁定（{time}）。", name=lock.actor_name, time=day_and_time(lock.made_at))
    if view.closed is not None:
        return t(
            "本轮已由{name}关闭（{time}），理由：{reason}",
            name=view.closed.actor_name, time=day_and_time(view.closed.made_at), reason=view.closed.reason,
        )  # fmt: skip
    if actor().name is None:
        return t("下一步：填写您的姓名")
    if mine is not None and mine.state is SheetState.DRAFT:
        if mine.scored < mine.items:
            return t("下一步：填写您的评分表（已评{scored}/{items}项）", scored=mine.scored, items=mine.items)
        return t("下一步：提交您的评分表；提交后才能看到他人的得分")
    if mine is not None and mine.state is SheetState.RETURNED:
        return t("下一步：按退回理由修改您的评分表，再次提交")
    if view.undecided:
        return t("下一步：要独立评分，请先开始您的评分表；看过他人的得分以后，须经另一位主评人同意")
    if waiting:
        return t("等待{names}提交。", names=tuple(waiting))
    if not any(sheet.state is SheetState.SUBMITTED for sheet in view.sheets):
        return t("下一步：评价人各自开始评分表")
    if view.panel is None:
        return t("下一步：到“逐项评议”汇总各人得分")
    return t("下一步：逐项评议，解决下列各处") if problems else t("下一步：锁定本轮")


def _sheet(view: RoundView, sheet: SheetView, name: str, *, said: bool) -> None:
    """A row; `said`: why sheets are not shown stands above all rows."""
    key = sheet.sheet.id.replace("/", "_")
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{key}"):
        st.markdown(f"**{plain(name)}**" + (" " + t("（我的）") if sheet.mine else ""), width=260)
        if sheet.hidden is not None:
            st.caption(t("暂不显示") if said else plain(say(sheet.hidden)), width=110 if said else "stretch")
        else:
            with st.container(width=110):
                chips.lead(SCORECARD, t("打开评分表"), round=view.id, sheet=sheet.sheet.id)
        # How far an evaluator is stands in the table above.
        if sheet.kind is not SheetKind.EVALUATOR:
            with st.container(width=120):
                personal = sheet.kind is SheetKind.UNIT
                st.badge(say(rounds.STATE_WORDS[sheet.state]) if personal or view.locked else t("共用"), color="gray")
            st.markdown(t("已评{scored}/{items}项", scored=sheet.scored, items=sheet.items), width=132)
        if sheet.recused:
            whole = WHOLE_SHEET in sheet.recused
            st.badge(t("回避整表") if whole else t("回避{count}项", count=len(sheet.recused)), color="gray")
        if view.writable:
            _steps(view, sheet, key)
    if sheet.returned is not None:
        st.warning(plain(say(sheet.returned)))


def _steps(view: RoundView, sheet: SheetView, key: str) -> None:
    here, name = project(), sheet.sheet.id
    if sheet.mine and sheet.state in (SheetState.DRAFT, SheetState.RETURNED):
        st.button(t("提交"), key=f"submit_{key}", type="primary", on_click=ask.take, args=(steps.submit, here, name))
    if sheet.withdrawable:
        st.button(t("撤回提交"), key=f"withdraw_{key}", on_click=ask.take, args=(steps.withdraw, here, name))
    if sheet.mine and not sheet.scored and sheet.state is SheetState.DRAFT:
        st.button(t("退出评分"), key=f"leave_{key}", on_click=ask.take, args=(opening.leave, here, view.id))
    if sheet.mine:
        _recusal(sheet, key)
    if sheet.returnable:
        ask.reason(t("退回"), key_of("return", name), lambda why: steps.return_sheet(context(), here, name, why))


def _recusal(sheet: SheetView, key: str) -> None:
    """回避 of an item or of the whole sheet, or its end."""
    names = choose.item_names(sheet.sheet.scheme)
    chosen = key_of("recuse_code", sheet.sheet.id)
    with st.popover(t("回避"), width="content"):
        code = st.selectbox(
            t("回避范围"),
            [WHOLE_SHEET, *names],
            format_func=apart([WHOLE_SHEET, *names], lambda each: names.get(each) or t("整张评分表")),
            key=chosen,
        )
        active = code not in sheet.recused

        def recuse(why: str) -> None:
            # What is chosen now: a reason may be sent before the page has been made again with it.
            steps.recuse(context(), project(), sheet.sheet.id, st.session_state[chosen] or None, why, active)

        button = t("申请回避") if active else t("取消回避")
        ask.text(t("理由"), key_of("recuse", sheet.sheet.id), button, recuse)


def _lock(view: RoundView, problems: bool) -> None:
    here = project()
    if view.locked is not None:
        ask.reason(t("解锁"), key_of("unlock", view.id), lambda why: steps.unlock(context(), here, view.id, why))
    elif view.writable and view.panel is not None and view.panel.hidden is None:
        kind: Literal["primary", "secondary"] = "secondary" if problems else "primary"
        st.button(t("锁定本轮"), key="lock", type=kind, on_click=ask.take, args=(steps.lock, here, view.id))
