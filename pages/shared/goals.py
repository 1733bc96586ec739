"""绩效目标 behind a button: each goal with its section, its quantities, days and the measure that answers it."""

from __future__ import annotations

import streamlit as st

from core.model.goal import GOAL_KINDS
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.evidence import goals
from core.service.evidence.findings import MOST_NAME
from core.service.evidence.goals import KIND_WORDS, GoalLine
from pages.shared.choices import apart
from pages.shared.errors import error_box, take
from pages.shared.opened import opened
from pages.shared.reads import read
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named, unseen
from pages.shared.words import plain, say, t


def button() -> None:
    """The button; what it opens is for those who may to fill in."""
    here, writes = project(), may(Deed.ANSWER)
    box = opened(t("绩效目标"), "goals", "tertiary")
    if box is not None:
        with box, error_box():
            _goals(here, writes=writes)
    if writes:
        unseen("goals")


def _goals(here: str, *, writes: bool) -> None:
    found: tuple[GoalLine, ...] = read(goals.goals, here)
    if not found:
        st.caption(t("还没有绩效目标。"))
    for line in found:
        _line(here, line, writes=writes)
    if writes:
        _form(here)


def _line(here: str, line: GoalLine, *, writes: bool) -> None:
    goal = line.goal
    with st.container(gap=None):
        st.markdown(f"**{plain(say(KIND_WORDS[goal.kind]))}** · {plain(say(goal.text))}")
        source = t("来源：{source}", source=goal.source or "—")
        state = t("可衡量") if line.measurable else t("不可衡量")
        st.caption(plain(f"{state} · {say(line.look)} · {source}"))
        label = t("撤去")
        if writes and goal.id and named(label, f"take_back_goal_{goal.id}", "tertiary"):
            st.button(
                label, key=f"take_back_goal_{goal.id}", type="tertiary", on_click=take,
                args=(goals.take_back, here, goal.id),
            )  # fmt: skip


def _form(here: str) -> None:
    kind, text, source = (key_of(name) for name in ("goal_kind", "goal_text", "goal_source"))

    def done() -> None:
        with error_box():
            said = [st.session_state[each] or "" for each in (text, source)]
            goals.add(context(), here, st.session_state[kind], *said)

    # What was typed before a name was asked for stays.
    with st.form("new_goal", border=False, clear_on_submit=actor().name is not None):
        st.segmented_control(
            t("类别"), GOAL_KINDS, default=GOAL_KINDS[0], required=True, key=kind,
            format_func=apart(GOAL_KINDS, lambda each: say(KIND_WORDS[each])),
        )  # fmt: skip
        st.text_input(t("目标"), key=text, max_chars=MOST_TEXT)
        st.text_input(t("来源（如：报告五）"), key=source, max_chars=MOST_NAME)
        label = t("登记")
        if named(label, "new_goal", form=True):
            st.form_submit_button(label, on_click=done)
