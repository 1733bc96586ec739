"""What happened to one item, as sentences; and undoing its newest change, which is an event too."""

from __future__ import annotations

import streamlit as st

from core.model.scorecard import Sheet
from core.scoring import Conflict, Refused
from core.service import history
from core.service.moments import day_and_time
from core.service.scoring import scorecard
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t


def show(sheet: Sheet) -> None:
    """The chosen item's history, newest first."""
    names = {item.code: f"{item.code} {say(item.l3)}" for item in sheet.scheme.indicators}
    code = st.selectbox(t("指标"), list(names), format_func=names.__getitem__, key="history_item", width=360)
    _undo(sheet, code)
    told = read_own(history.item_history, project(), sheet.id, code)
    if not told:
        empty(t("本项还没有修改记录。"))
    st.markdown("\n".join(f"- {plain(say(each.message))}" for each in reversed(told)))


def _undo(sheet: Sheet, code: str) -> None:
    """Says what undoing will do before it is done."""
    card = read_own(scorecard, project(), sheet.id)
    sentence = read_own(history.undo_sentence, project(), sheet.id, code)
    event = next(item.event for item in card.items if item.indicator.code == code)
    if sentence is None or event is None or actor().name is None:
        return
    if card.read_only is not None:
        st.caption(plain(say(card.read_only)))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="undo_row"):
        st.markdown(plain(say(sentence)), width="content")
        st.button(t("撤销"), key="undo", on_click=_take_back, args=(sheet.id, code, event.revision))


def _take_back(sheet: str, code: str, base: int) -> None:
    with error_box():
        answer = history.undo(context(), project(), sheet, code, base)
        if isinstance(answer, Refused):
            st.warning(plain(say(answer.message)))
        elif isinstance(answer, Conflict):
            theirs = answer.theirs
            st.warning(
                t(
                    "{name}在{time}又改了{code},未撤销。请看过后再定。",
                    name=plain(theirs.actor_name if theirs else ""),
                    time=plain(day_and_time(theirs.made_at) if theirs else ""),
                    code=code,
                )
            )
