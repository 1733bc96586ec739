"""A step that asks before it counts: the question stands on the page with its two answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core.errors import Question
from pages.shared.errors import refusal_box
from pages.shared.session import actor, context
from pages.shared.words import bullets, plain, say, t

_OPEN = "open_question"
"""Key of the session."""


@dataclass(frozen=True)
class _Asked:
    """A step that waits for its answer, and who took it."""

    call: Callable[..., object]
    args: tuple[object, ...]
    question: Question
    by: str


def take(call: Callable[..., object], *args: object) -> None:
    """A service call from a button: what does not go stands on the page as a sentence, what is asked as a question."""
    _step(call, args, {})


def _step(call: Callable[..., object], args: tuple[object, ...], answer: Mapping[str, str]) -> None:
    with refusal_box():
        try:
            call(context(), *args, **answer)
        except Question as question:
            st.session_state[_OPEN] = _Asked(call, args, question, actor().id)


def question() -> None:
    """What is asked before a step counts, with its two answers; nothing while nothing is asked."""
    asked: _Asked | None = st.session_state.get(_OPEN)
    if asked is None or asked.by != actor().id:
        return
    with st.container(border=True, key="question"):
        st.markdown(f"**{plain(say(asked.question.message))}**")
        st.markdown(bullets(asked.question.reasons))
        with st.container(horizontal=True, key="question_answers"):
            st.button(t("确定"), key="question_yes", type="primary", on_click=_yes, args=(asked,))
            st.button(t("取消"), key="question_no", on_click=_close)


def _yes(asked: _Asked) -> None:
    _close()
    _step(asked.call, asked.args, {"agreed": asked.question.agreed})


def _close() -> None:
    st.session_state.pop(_OPEN, None)
