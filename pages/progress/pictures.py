"""改造前后照片: small, before beside after, and where one is filed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import RenewalError
from core.ingest.files.kept_kinds import PICTURES
from core.model.rights import Deed
from core.model.site_picture import SitePicture
from core.service.evidence.findings import MOST_NAME
from core.service.progress import site_pictures
from core.service.progress.site_pictures import PlacePictures
from pages.shared.choices import apart
from pages.shared.errors import error_box
from pages.shared.fields import day_field, day_of
from pages.shared.reads import read
from pages.shared.session import context, key_of, may
from pages.shared.who import named, unseen
from pages.shared.words import plain, say, t

_WIDTH = 200
"""Pixels of a small picture."""


def show(project: str, place: str | None, places: tuple[str, ...]) -> None:
    """The pictures of a place or of all, and the form for those who may file one."""
    for each in read(site_pictures.pictures, project, place):
        _pair(project, each)
    label = t("添加改造前后照片")
    if may(Deed.ANSWER):
        unseen("pictures")
        if named(label, "picture"):
            with st.popover(label, width="content"):
                _form(project, place, places)


def _pair(project: str, each: PlacePictures) -> None:
    with st.container(border=True, key=f"pictures_{each.place}_{each.community}", gap="xsmall"):
        st.markdown(f"**{plain(f'{say(each.place)} {each.community}'.strip())}**")
        for heading, pictures in ((t("改造前"), each.before), (t("改造后"), each.after)):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                for picture in pictures:
                    _picture(project, heading, picture)


def _picture(project: str, heading: str, picture: SitePicture) -> None:
    with st.container(width=_WIDTH, gap="xxsmall"):
        words = plain(t("{heading} {day}", heading=heading, day=picture.taken_on))
        try:
            st.image(site_pictures.content(context(), project, picture.id), caption=words, width=_WIDTH)
        except RenewalError as error:  # redacted: its record stays
            st.caption(f"{words} · {plain(say(error.message))}")
        label = t("撤回照片")
        if may(Deed.ANSWER) and named(label, f"take_back_{picture.id}", "tertiary"):
            back = partial(_take_back, project, picture.id)
            st.button(label, key=f"take_back_{picture.id}", type="tertiary", on_click=back)


def _take_back(project: str, picture: str) -> None:
    with error_box():
        site_pictures.take_back(context(), project, picture)


def _form(project: str, place: str | None, places: tuple[str, ...]) -> None:
    of_place, of_community, moment, day, file = (
        key_of("site_picture", name) for name in ("place", "community", "moment", "day", "file")
    )
    moments = {"before": t("改造前"), "after": t("改造后")}

    def done() -> None:
        sent = st.session_state[file]
        with error_box():
            site_pictures.file(
                context(), project, st.session_state[of_place], st.session_state[of_community] or "",
                st.session_state[moment], day_of(day), sent.name if sent else "", sent.getvalue() if sent else b"",
            )  # fmt: skip

    with st.form(key_of("site_picture", "form"), border=False):
        at = places.index(place) if place in places else 0
        st.selectbox(t("街镇"), places, index=at, key=of_place, format_func=apart(places, say))
        st.text_input(t("小区（可不填）"), key=of_community, max_chars=MOST_NAME)
        st.radio(t("时间"), list(moments), key=moment, format_func=apart(moments, moments.__getitem__), horizontal=True)
        day_field(t("拍摄日期"), day)
        st.file_uploader(t("照片"), type=list(PICTURES), key=file)
        st.form_submit_button(t("保存照片"), on_click=done)
