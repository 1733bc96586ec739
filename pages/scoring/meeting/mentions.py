"""Remarks that wait for who sits here, above the parts of 专家评议, each leading to its item on the board."""

from __future__ import annotations

import secrets

import streamlit as st

from core.service.scoring import talk
from core.service.scoring.rounds import RoundView
from pages.shared import state
from pages.shared.reads import read_own
from pages.shared.session import actor, key_of, project
from pages.shared.words import plain, t

MOST = 3
"""Remarks that are shown at once; of more it says how many."""


def show(view: RoundView) -> None:
    """The oldest of them, with what they say; nothing where none waits."""
    if actor().name is not None:
        _live(project(), view.id)


@st.fragment(run_every=3)
def _live(here: str, round_id: str) -> None:
    """Following what is said and answered meanwhile, also on the board below."""
    found = read_own(talk.mentions, here, round_id)
    if not found:
        return
    with st.container(border=True, gap="xxsmall", key="mentions"):
        for each in found[:MOST]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"mention_{each.code}_{each.revision}"):
                said = t("{who}在{code}的讨论中提到您：{said}", who=each.actor_name, code=each.code, said=each.text)
                st.markdown(plain(said), width="stretch")
                # The other part of the page is drawn by the whole script.
                if st.button(
                    t("打开{code}", code=each.code),
                    key=f"open_{each.code}_{each.revision}",
                    on_click=_lead,
                    args=(round_id, each.code),
                ):
                    st.rerun(scope="app")
        if len(found) > MOST:
            st.caption(plain(t("另有{count}条。", count=len(found) - MOST)))


def _lead(round_id: str, code: str) -> None:
    state.put("part", "items")
    st.session_state[_key(round_id)] = {"code": code, "number": secrets.token_hex(8)}


def led_to(round_id: str) -> dict[str, str] | None:
    """The item to which somebody was led last: {code, number}; the number tells it from the time before."""
    found: dict[str, str] | None = st.session_state.get(_key(round_id))
    return found


def _key(round_id: str) -> str:
    return key_of("led_to", round_id)
