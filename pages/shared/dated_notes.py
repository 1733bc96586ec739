"""大事记 behind a button: each note with its day, and who put it down; those who may put down more."""

from __future__ import annotations

import streamlit as st

from core.model.dated_note import DatedNote
from core.model.rights import Deed
from core.service.progress import dated_notes
from core.service.progress.dated_notes import MOST_NAME
from pages.shared.errors import error_box, take
from pages.shared.fields import day_field, day_of
from pages.shared.reads import read
from pages.shared.session import context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import plain, say, t


def button() -> None:
    """The button; nothing for those who may only read while there is nothing to read."""
    here, writes = project(), may(Deed.ANSWER)
    found: tuple[DatedNote, ...] = read(dated_notes.dated_notes, here)
    label = t("大事记（{count}）", count=len(found)) if found else t("登记大事")
    if not found and (not writes or not named(label, "dated_note")):
        return
    with st.popover(label, width="content"):
        if not found:
            st.caption(t("如2025-07-01汛期停工；登记后标在时间轴上。"))
        for note in found:
            _line(here, note, writes=writes)
        if writes and named(t("登记大事"), "dated_note_more"):
            _form(here)


def _line(here: str, note: DatedNote, *, writes: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        by = plain(t("登记：{name}", name=note.actor_name))
        st.markdown(f"**{plain(say(note.day))}** {plain(note.name)} :small[{by}]", width="stretch")
        if writes:
            st.button(
                t("撤去"), key=f"take_back_note_{note.id}", type="tertiary", on_click=take,
                args=(dated_notes.take_back, here, note.id),
            )  # fmt: skip


def _form(here: str) -> None:
    day, name = key_of("note_day"), key_of("note_name")

    def done() -> None:
        with error_box():
            dated_notes.add(context(), here, day_of(day), str(st.session_state.get(name) or ""))
            # What was refused stays, to be mended.
            st.session_state[day] = st.session_state[name] = ""

    with st.form("new_note", border=False):
        day_field(t("日期"), day)
        st.text_input(t("大事"), key=name, max_chars=MOST_NAME, placeholder=t("如：汛期停工"))
        st.form_submit_button(t("登记"), on_click=done)
