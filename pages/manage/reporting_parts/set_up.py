"""Opening a reporting period, and who reports for which place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from core.model.person import Person
from core.service.base import identity, review_rule
from core.service.base import project as service
from core.service.base.moments import day_and_time
from core.service.manage.reporting import periods
from core.service.manage.reporting.periods import Suggested
from pages.shared import state
from pages.shared.choices import apart
from pages.shared.errors import refusal_box
from pages.shared.fields import day_field, day_of
from pages.shared.reads import read, read_own
from pages.shared.session import context, key_of
from pages.shared.who import named
from pages.shared.words import plain, say, t

Rows = Literal["places", "communities"]


def show(here: str) -> None:
    """A new period, like the last one; below it the places with who reports for them."""
    _open(here)
    _rule(here)
    if identity.mode() == "local":
        st.caption(t("本机方式没有账号，谁都可以填报任何街镇；姓名记入记录。"))
    else:
        _reporters(here)


def _rule(here: str) -> None:
    """Whether imports and corrections wait as reports do."""
    key = key_of("review_rule")
    st.session_state[key] = read_own(review_rule.needed, here)

    def changed() -> None:
        with refusal_box():
            review_rule.change(context(), here, needed=st.session_state[key])

    label = t("导入的数据和更正也须另一人复核后才计入")
    if named(label, "ask_review_rule"):
        st.toggle(label, key=key, on_change=changed)
        said = read(review_rule.said, here)
        if said is not None:
            st.caption(t("{name}于{time}设定", name=said.actor_name, time=day_and_time(said.made_at)))


def open_button(here: str) -> None:
    """The way to a first period, where there is none."""
    if st.button(t("开填报期"), key="to_set_up", type="primary"):
        state.put("part", "set_up")
        st.rerun()


def _open(here: str) -> None:
    label = t("开填报期")
    if not named(label, "open_period"):
        return
    like = read(periods.suggestion, here)
    day, due = (key_of(name, str(like.as_of)) for name in ("period_day", "period_due"))
    with st.container(border=True, key="open_period", gap="small"):
        st.markdown(f"**{label}**")
        with st.container(horizontal=True, key="period_days"):
            day_field(t("数据截至"), day, like.as_of, width=180)
            day_field(t("填报期限"), due, like.due, width=180)
        rows = _rows(like)
        of = ("communities",) if rows == "communities" else ()
        figures, places = (key_of(name, str(like.as_of), *of) for name in ("period_fields", "period_places"))
        _choices(like, rows, figures, places)

        def done() -> None:
            with refusal_box():
                made = periods.open_period(
                    context(), here, day_of(day), day_of(due), st.session_state[figures], st.session_state[places],
                    communities=rows == "communities",
                )  # fmt: skip
                state.put("period", made.id)
                state.put("part", None)
                st.toast(plain(t("已开填报期：截至{day}", day=say(made.as_of))))

        st.button(label, key="open_period_button", type="primary", on_click=done)


def _rows(like: Suggested) -> Rows:
    """Whether places or communities are asked; no choice where there is no list of communities."""
    if like.communities is None:
        return "places"
    names = {"places": t("按街镇"), "communities": t("按小区")}
    chosen = st.segmented_control(
        t("怎么填报"), list(names), default="communities" if like.by_community else "places", required=True,
        key=key_of("period_rows", str(like.as_of)), format_func=apart(names, names.__getitem__),
    )  # fmt: skip
    return "communities" if chosen == "communities" else "places"


def _choices(like: Suggested, rows: Rows, figures: str, places: str) -> None:
    of = like.communities if rows == "communities" and like.communities is not None else like
    names = {each.id: say(each.name) for each in of.offered}
    st.pills(
        t("数据项"), list(names), selection_mode="multi", default=of.fields, key=figures,
        format_func=apart(names, names.__getitem__),
    )  # fmt: skip
    st.pills(
        t("街镇"), of.every, selection_mode="multi", default=[each for each in like.places if each in of.every],
        key=places, format_func=apart(of.every, say),
    )  # fmt: skip


def _reporters(here: str) -> None:
    """A list of people for each place; what is changed in it is kept at once."""
    people = read(periods.candidates, here)
    with st.container(border=True, key="reporters", gap="small"):
        st.markdown("**" + t("谁填报哪个街镇") + "**")
        if not people:
            st.caption(t("还没有人有填报人角色。请管理员在“账号”里设定。"))
            return
        given = read(periods.given, here)
        for place in read(service.facts, here).places:
            _of_place(here, place, people, given.get(place, ()))


def _of_place(here: str, place: str, people: Sequence[Person], given: Sequence[str]) -> None:
    key = key_of("reporters", place)
    names: Mapping[str, str] = {each.id: say(each.name) for each in people}
    held = [each for each in given if each in names]
    st.session_state[key] = held

    def changed() -> None:
        with refusal_box():
            wanted: list[str] = st.session_state[key]
            for person in (*(each for each in wanted if each not in held), *(e for e in held if e not in wanted)):
                periods.assign(context(), here, place, person, given=person in wanted)

    st.pills(
        say(place), list(names), selection_mode="multi", key=key, on_change=changed,
        format_func=apart(names, names.__getitem__),
    )  # fmt: skip
