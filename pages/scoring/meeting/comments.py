"""征求意见: what the evaluated unit says of an item, and what the panel answers."""

from __future__ import annotations

import streamlit as st

from core.model.panel_events import Comment
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.base.moments import day_and_time
from core.service.scoring import item_records
from core.service.scoring.rounds import RoundView
from pages.scoring import choose
from pages.shared.choices import apart
from pages.shared.empty import empty
from pages.shared.errors import refusal_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import plain, say, t


def show(view: RoundView) -> None:
    """The comments item by item, each with its answer; a field for a new one."""
    here = project()
    scheme = view.sheets[0].sheet.scheme
    names = choose.item_names(scheme)
    writable = view.writable and actor().name is not None
    if view.writable and may(Deed.COMMENT) and named(t("录入意见"), "comment"):
        with st.popover(t("录入意见"), width="content"):
            chosen = key_of("comment_code", view.id)
            choose.item(scheme, chosen)
            _form(view, chosen)
    said = read_own(item_records.comments, here, view.id)
    if not said:
        empty(
            t("还没有意见。征求被评价单位意见后，在这里录入并逐条答复。"),
            t("C22满意度，某街道：抽样户数偏少，建议补充调查"),
        )
    for code in dict.fromkeys(each.code for each in said):
        with st.container(border=True, key=f"said_{code}"):
            st.markdown(f"**{plain(names.get(code, code))}**")
            of_item = [each for each in said if each.code == code]
            for each in of_item:
                _said(each)
            if writable and may(Deed.CHAIR) and of_item[-1].kind == "comment":
                _reply(view, code)


def _form(view: RoundView, chosen: str) -> None:
    """The comment, and the unit that makes it: asked once, then kept until another one is typed.

    `chosen`: the key of the item that it is of: it may be sent before the page has been made again with the choice.
    """
    here, text, unit = project(), key_of("comment_text", view.id), key_of("comment_unit", view.id)
    if unit not in st.session_state:
        st.session_state[unit] = read_own(item_records.last_unit, here, view.id)

    def done() -> None:
        with refusal_box():
            given = st.session_state
            item_records.comment(context(), here, view.id, given[chosen], given[text], given[unit])
            given[text] = ""

    with st.form(key_of("comment", view.id), border=False):
        st.text_input(t("提出意见的单位"), key=unit, max_chars=item_records.MOST_UNIT)
        st.text_area(t("意见"), key=text, max_chars=item_records.MOST_COMMENT, height=90)
        st.form_submit_button(t("保存意见"), on_click=done)


def _said(each: Comment) -> None:
    time, name = day_and_time(each.made_at), plain(each.actor_name)
    if each.unit:
        words = t("{time} {unit}的意见（{name}登记）：{said}", time=plain(time), unit=plain(each.unit), name=name,
                  said=plain(each.text))  # fmt: skip
        st.markdown(words)
    elif each.kind == "comment":
        st.markdown(t("{time} {name}意见：{said}", time=plain(time), name=name, said=plain(each.text)))
    else:
        decision = say(each.decision)
        st.markdown(
            t(
                "{time} {name}答复：{decision}。{said}",
                time=plain(time),
                name=name,
                decision=decision,
                said=plain(each.text),
            )
        )


def _reply(view: RoundView, code: str) -> None:
    decision, why = key_of(f"decision_{code}", view.id), key_of(f"why_{code}", view.id)

    def done() -> None:
        with refusal_box():
            given = st.session_state
            item_records.reply(context(), project(), view.id, code, given[decision], given[why])

    with st.form(f"reply_{code}", border=False):
        show = apart(item_records.DECISIONS, say)
        st.segmented_control(
            t("答复"),
            item_records.DECISIONS,
            default=item_records.DECISIONS[0],
            format_func=show,
            key=decision,
            required=True,
        )
        st.text_input(t("理由"), key=why, max_chars=MOST_TEXT)
        st.form_submit_button(t("保存答复"), on_click=done)
