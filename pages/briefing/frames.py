"""简报: one frame large, as it will stand in a briefing, and the documents that can be taken along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from core.model.context import Context
from core.model.paper import PaperChoice
from core.service.briefing import frames
from pages.briefing import documents, kept_choices, own_template
from pages.shared import filters, paper_choice, script_run, state, unknown_address
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t


def picture(name: str, choice: PaperChoice) -> frames.Picture:
    """The frame, drawn once a version, and once a day where the day stands on it."""
    return read_own(_picture, project(), name, alone(choice), documents.day_of(choice))


def alone(choice: PaperChoice) -> PaperChoice:
    """What of a choice a frame by itself shows: it is drawn once for all orders of slides and pages."""
    return replace(choice, slides=(), street_pages=False, frames=(), breaks=())


def _picture(ctx: Context, of: str, name: str, choice: PaperChoice, _: date | None) -> frames.Picture:
    return frames.picture(ctx, of, name, choice)


unknown_address.ask_round(project())
asked = state.get("frame")
if asked is not None and state.bare():
    of_address = PaperChoice(state.get("round"), asked == "checks", state.get("baseline"))
    shown = picture(asked, of_address)
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
    script_run.end()

filters.head(t("简报"), baseline=True)
choice = paper_choice.current(asked == "checks")
with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="frame_choice"):
    titles = {each.id: each.name for each in read_own(frames.frames, project(), alone(choice))}
    if asked is not None and asked not in titles:
        st.warning(plain(t("这个图框现在没有内容可显示，已改为显示第一个。")))
        state.put("frame", None)
    chosen = state.chooser(t("图框"), "frame", list(titles), titles.__getitem__, default=next(iter(titles)), width=240)
    paper_choice.fields()
    kept_choices.menu(choice)
shown = picture(chosen, choice)
withheld = read_own(frames.withheld, project(), choice.round)
documents.offer(shown.png, choice)
if withheld is not None:
    st.caption(plain(t("没有评分的图框和整套文件：{why}", why=say(withheld))))
with st.container(border=True, key="frame"):
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
own_template.offer(choice)
