"""Asking before a step, for a reason or whether it is meant, and taking the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core.errors import Question
from core.model.storable import MOST_TEXT
from core.service.scoring.rounds import RoundView
from pages.shared.errors import refusal_box
from pages.shared.fields import text_form
from pages.shared.session import actor, context
from pages.shared.words import bullets, plain, say, t

MOST_LINES = 2000
"""Characters of a text of several lines."""
_OPEN = "open_question"
_LOOKS = "looks_on"
"""Keys of the session."""


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


def _looks(view: RoundView) -> str:
    return f"{_LOOKS}_{actor().id}_{view.round.project}_{view.id}"


def has_agreed_to_see(view: RoundView) -> bool:
    """Whether there is nothing to ask before the others' scores are shown, or it has been answered."""
    return not view.undecided or actor().name is None or bool(st.session_state.get(_looks(view)))


def before_seeing(view: RoundView) -> bool:
    """Whether the others' scores may be shown now; whoever could still score alone is asked first."""
    if has_agreed_to_see(view):
        return True
    st.info(
        plain(
            t(
                "这里有评价人的得分。您还没有评分表：看过以后，须由另一位主评人同意，才能在本轮独立评分；"
                "谁看过会记录在案。"
            )
        )
    )
    st.button(t("查看得分"), key="look_on", on_click=st.session_state.__setitem__, args=(_looks(view), True))
    return False


def text(label: str, key: str, button: str, call: Callable[[str], object], *, lines: bool = False) -> None:
    """A text field with its button; `call` gets the text. The field is empty again afterwards."""
    most = MOST_LINES if lines else MOST_TEXT
    text_form(key, f"{key}_text", label, button, call, most=most, lines=lines, box=refusal_box)


def reason(label: str, key: str, call: Callable[[str], object]) -> None:
    """A button that opens a field for the reason of the step."""
    with st.popover(label, width="content"):
        text(t("理由"), key, label, call)
