"""What happened to one item, as sentences; and bringing back what it was, which is an event too."""

from __future__ import annotations

import streamlit as st

from core.model.scorecard import Sheet
from core.scoring import Conflict, Refused
from core.service.base.moments import day_and_time
from core.service.scoring import history
from core.service.scoring.event_sentences import Sentence
from core.service.scoring.scorecards import scorecard
from pages.scoring import choose
from pages.scoring.record import sentences
from pages.shared.empty import empty
from pages.shared.errors import refusal_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.who import named
from pages.shared.words import plain, say, t


def show(sheet: Sheet) -> None:
    """The chosen item's history, newest first, and each earlier value to be brought back."""
    code = choose.item(sheet.scheme, "history_item", 360)
    card = read_own(scorecard, project(), sheet.id)
    event = next(item.event for item in card.items if item.indicator.code == code)
    newest = None if event is None else event.revision
    # Before a name was given the buttons stand and ask for it; whether the sheet may be changed is known after that.
    if newest is not None and actor().name is not None and card.read_only is not None:
        st.caption(plain(say(card.read_only)))
        newest = None
    if newest is not None:
        _undo(sheet, code, newest)
    told = read_own(history.item_history, project(), sheet.id, code)
    if not told:
        empty(t("本项还没有修改记录。"))
    if newest is None:
        st.markdown(sentences.bullets(reversed(told)))
        return
    with st.container(gap="xsmall"):
        for each in reversed(told):
            _row(each, sheet.id, code, newest)


def _row(told: Sentence, sheet: str, code: str, newest: int) -> None:
    """One record; what it made of the item can be brought back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentences.shown(told), width="content")
        if told.revision == newest:
            if actor().name is not None:
                st.button(t("现在的值"), key="restore_newest", type="tertiary", disabled=True)
        elif told.revision:
            label, key, args = t("恢复此值"), f"restore_{told.revision}", (sheet, code, newest, told.revision)
            if named(label, key, "tertiary"):
                st.button(label, key=key, type="tertiary", on_click=_restore, args=args)


def _undo(sheet: Sheet, code: str, newest: int) -> None:
    """Says what undoing will do before it is done."""
    sentence = read_own(history.undo_sentence, project(), sheet.id, code)
    if sentence is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="undo_row"):
        st.markdown(plain(say(sentence)), width="content")
        if named(label := t("撤销"), "undo"):
            st.button(label, key="undo", on_click=_restore, args=(sheet.id, code, newest, None))


def _restore(sheet: str, code: str, base: int, revision: int | None) -> None:
    with refusal_box():
        answer = history.restore(context(), project(), sheet, code, base, revision)
        if isinstance(answer, Refused):
            st.warning(plain(say(answer.message)))
        elif isinstance(answer, Conflict):
            theirs = answer.theirs
            st.warning(
                t(
                    "{name}在{time}又改了{code}，没有改动。请看过后再定。",
                    name=plain(theirs.actor_name if theirs else ""),
                    time=plain(day_and_time(theirs.made_at) if theirs else ""),
                    code=code,
                )
            )
