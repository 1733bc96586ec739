"""征求意见: what the evaluated unit says of an item, and what the panel answers."""

from __future__ import annotations

import streamlit as st

from core.model.panel import Comment
from core.service import panel
from core.service.moments import day_and_time
from core.service.panel import RoundView
from pages.scoring.meeting import ask
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t


def show(view: RoundView) -> None:
    """The comments item by item, each with its answer; a field for a new one."""
    here = project()
    names = {item.code: say(item.l3) for item in view.sheets[0].sheet.scheme.indicators}
    writable = view.locked is None and actor().name is not None
    if writable:
        with st.popover(t("录入意见"), width="content"):
            code = st.selectbox(
                t("指标"), list(names), format_func=lambda each: f"{each} {names[each]}", key="comment_code"
            )
            ask.text(
                t("意见"),
                f"comment_{code}",
                t("保存意见"),
                lambda text: panel.comment(context(), here, view.id, code, text),
                lines=True,
            )
    said = read_own(panel.comments, here, view.id)
    if not said:
        empty(t("还没有意见。征求被评价单位意见后,在这里录入并逐条答复。"))
    for code in dict.fromkeys(each.code for each in said):
        with st.container(border=True, key=f"said_{code}"):
            st.markdown(f"**{code} {plain(names.get(code, ''))}**")
            of_item = [each for each in said if each.code == code]
            for each in of_item:
                _said(each)
            if writable and of_item[-1].kind == "comment":
                _reply(view, code)


def _said(each: Comment) -> None:
    time, name = day_and_time(each.made_at), plain(each.actor_name)
    if each.kind == "comment":
        st.markdown(t("{time} {name} 意见:{said}", time=plain(time), name=name, said=plain(each.text)))
    else:
        decision = say(each.decision)
        st.markdown(
            t(
                "{time} {name} 答复:{decision}。{said}",
                time=plain(time),
                name=name,
                decision=decision,
                said=plain(each.text),
            )
        )


def _reply(view: RoundView, code: str) -> None:
    decision, why = f"decision_{code}", f"why_{code}"

    def done() -> None:
        with error_box():
            given = st.session_state
            panel.reply(context(), project(), view.id, code, given[decision], given[why])

    with st.form(f"reply_{code}", border=False):
        st.segmented_control(
            t("答复"), panel.DECISIONS, default=panel.DECISIONS[0], format_func=say, key=decision, required=True
        )
        st.text_input(t("理由"), key=why, max_chars=ask.MOST)
        st.form_submit_button(t("保存答复"), on_click=done)
