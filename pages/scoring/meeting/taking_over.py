"""汇总: what it would change on the panel's sheet, item by item, then doing it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.model.context import Context
from core.scoring.consensus import Rule
from core.scoring.taking_over import TakenOver
from core.service.base.moments import day_and_time
from core.service.scoring import rounds, taking_over
from core.service.scoring.event_sentences import points_or_status
from core.service.scoring.rounds import RoundView
from core.service.scoring.taking_over import Plan
from pages.scoring.meeting import ask
from pages.shared import tables
from pages.shared.errors import error_box, refusal_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, project
from pages.shared.who import named
from pages.shared.words import plain, say, t

_OPEN = "taking_over"
"""Key of the session: (project, round, actor's id) of which the changes are shown."""


def button(view: RoundView) -> None:
    """The button: what stands on the panel's sheet is replaced only after its changes have been shown."""
    label = t("汇总到评审组评分表")
    if named(label, "take"):
        st.button(label, key="take", on_click=_pressed, args=(view,))


def preview(view: RoundView) -> None:
    """The changes, old and new, with the choice to replace also what was decided by hand; nothing until asked for."""
    if st.session_state.get(_OPEN) == _open_for(view) and view.rule is not Rule.CHIEF:
        with error_box():
            _show(view, read_own(taking_over.plan, project(), view.id))


def _show(view: RoundView, planned: Plan) -> None:
    here, decided = project(), planned.decided
    with st.container(border=True, key="take_over_preview"):
        st.markdown(f"**{plain(_sentence(planned))}**")
        replace = bool(decided) and st.checkbox(
            t("手工确定的{count}项也改为汇总结果", count=len(decided)), key=key_of("take_decided", view.id)
        )
        shown = [each for each in planned.items if not each.blank]
        if shown:
            headings = [
                t("编号"),
                t("指标"),
                t("现得分"),
                t("何人何时"),
                say(rounds.RULE_WORDS[planned.rule]),
                t("汇总时"),
            ]
            tables.rows(headings, _rows(shown, replace=replace))
        question = planned.question(replace_decided=replace)
        with st.container(horizontal=True, key="take_over_answers"):
            if planned.written(replace_decided=replace):
                agreed = question.agreed if question else ""
                args = (here, view.id, agreed, replace)
                st.button(t("按此汇总"), key="take_yes", type="primary", on_click=_done, args=args)
            st.button(t("取消"), key="take_no", on_click=_close)


def _pressed(view: RoundView) -> None:
    """Fill a sheet on which nothing is lost at once; else show first what would be."""
    _close()
    with refusal_box():
        planned = taking_over.plan(context(), project(), view.id)
        if all(each.blank for each in planned.items):
            ask.take(_take_over, project(), view.id)
        else:
            st.session_state[_OPEN] = _open_for(view)


def _open_for(view: RoundView) -> tuple[str, str, str]:
    return view.round.project, view.id, actor().id


def _done(here: str, round_id: str, agreed: str, replace: bool) -> None:
    _close()
    ask.take(_take_over, here, round_id, agreed, replace)


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _take_over(ctx: Context, here: str, round_id: str, agreed: str = "", replace: bool = False) -> None:
    """Write what the rule makes of the sheets, and say how much that was."""
    written = taking_over.take_over(ctx, here, round_id, agreed=agreed, replace_decided=replace)
    if written:
        st.success(plain(t("已汇总到评审组评分表：写入{count}项。", count=len(written))))
    else:
        st.info(plain(t("与现有得分一致，没有改动。")))


def _sentence(planned: Plan) -> str:
    """How many items get another result, are filled, or stay."""
    parts = []
    if planned.replaced:
        parts.append(t("改动{count}项", count=len(planned.replaced)))
    if planned.blank:
        parts.append(t("填入{count}项（现为空）", count=len(planned.blank)))
    if planned.decided:
        parts.append(t("手工确定的{count}项与汇总结果不同", count=len(planned.decided)))
    return t("汇总将作如下改动：{parts}。", parts=tuple(parts)) if parts else t("与现有得分一致，没有改动。")


def _rows(changes: Iterable[TakenOver], *, replace: bool) -> list[list[str]]:
    return [
        [
            each.code,
            say(each.item.indicator.l3),
            say(points_or_status(each.now)),
            f"{each.now.actor_name} {day_and_time(each.now.made_at)}" if each.now else "",
            say(points_or_status(each.then)),
            t("保留（手工确定）") if each.decided and not replace else t("改动"),
        ]
        for each in changes
    ]
