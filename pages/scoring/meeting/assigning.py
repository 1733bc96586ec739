"""评分分工: which groups and items each evaluator scores."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed, may_do
from core.scoring.assignment import BELOW, cover, groups
from core.service.scoring import assignments
from core.service.scoring.rounds import RoundView
from pages.scoring import choose
from pages.shared.choices import apart
from pages.shared.errors import refusal_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, project
from pages.shared.who import named
from pages.shared.words import plain, say, t


def show(view: RoundView) -> None:
    """A person and their items, for the chief; nothing where nobody scores yet."""
    people = {each.id: each for each in read_own(assignments.evaluators, project(), view.id)}
    if not people or not may_do(actor().grants, Deed.CHAIR, project()):
        return
    scheme = view.sheets[0].sheet.scheme
    items, own = choose.item_names(scheme), groups(scheme)
    names = {name: t("{group}（{count}项）", group=say_levels(name), count=len(codes)) for name, codes in own.items()}
    label = t("评分分工")
    if not named(label, "assign"):
        return
    with st.popover(label, width="content"):
        show_name = apart(people, lambda each: people[each].name)
        person = st.selectbox(t("评价人"), list(people), format_func=show_name, key=key_of("assign_person", view.id))
        who = people[person]
        if who.fixed is not None:
            st.caption(plain(say(who.fixed)))
            return
        now = () if who.codes is None else cover(scheme, who.codes)
        key = key_of(f"assign_{person}_{'_'.join(now)}", view.id)

        def done() -> None:
            chosen = st.session_state[key]
            codes = {code for name in chosen for code in own.get(name, (name,))}
            with refusal_box():
                assignments.assign(context(), project(), view.id, person, sorted(codes))

        with st.form(key_of("assign", view.id), border=False):
            st.multiselect(
                t("评哪些指标（不选为全部）"),
                [*names, *items],
                default=now,
                format_func=apart([*names, *items], lambda each: names.get(each) or items[each]),
                placeholder=t("全部指标"),
                key=key,
            )
            st.form_submit_button(t("保存分工"), on_click=done)


def say_levels(group: str) -> str:
    """Name a group of level 1, or of level 2 under its level 1."""
    return BELOW.join(map(say, group.split(BELOW)))
