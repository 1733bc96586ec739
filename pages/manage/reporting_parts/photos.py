"""现场照片 at the form: filed by who reports a place, seen by who reviews it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import RenewalError
from core.ingest.files.kept_kinds import PICTURES
from core.model.reporting import Report, Row
from core.model.site_picture import SitePicture
from core.service.manage.reporting import photos
from core.service.progress import site_pictures
from pages.shared.choices import apart, segments
from pages.shared.errors import refusal_box
from pages.shared.reads import read
from pages.shared.session import context, key_of
from pages.shared.who import named
from pages.shared.words import plain, say, t

_WIDTH = 160
"""Pixels of a small picture."""
_PANEL = 640
"""Pixels of the panel, where the window has them."""


def shown(here: str, period: str, place: str | None = None) -> None:
    """The pictures that were filed since the period was opened, of a place or of all."""
    there = [each for each in read(photos.filed, here, period) if place in (None, each.place)]
    if there:
        with st.container(horizontal=True, gap="small"):
            for picture in there:
                _picture(here, picture)


def _picture(here: str, picture: SitePicture) -> None:
    moment = t("改造前") if picture.moment == "before" else t("改造后")
    of = say(picture.community or picture.place)
    words = plain(t("{of} {moment} {day}", of=of, moment=moment, day=picture.taken_on))
    with st.container(width=_WIDTH, gap="xxsmall"):
        try:
            st.image(site_pictures.content(context(), here, picture.id), caption=words, width=_WIDTH)
        except RenewalError as error:  # redacted: its record stays
            st.caption(f"{words} · {plain(say(error.message))}")


def filing(here: str, report: Report, rows: Sequence[Row], chosen: Row | None) -> None:
    """Where whoever reports these rows files a picture of one, taken today."""
    label = t("添加现场照片")
    period = report.period.id
    with st.container(border=True, key="report_photo", gap="small", width=_PANEL):
        st.markdown(f"**{label}**")
        if not named(label, "report_photo_name"):
            return
        row = _row(period, rows, chosen)
        moments = {"after": t("改造后"), "before": t("改造前")}
        of_moment, taken = key_of("report_photo_moment", period), key_of("report_photos", period)
        # a field of its own for each picture: what was saved is not offered again
        of_file = key_of("report_photo_file", period, str(st.session_state.get(taken, 0)))

        def done() -> None:
            sent = st.session_state[of_file]
            with refusal_box():
                moment = st.session_state[of_moment]
                photos.file(context(), here, period, *row, moment, sent.name, sent.getvalue())
                st.session_state[taken] = st.session_state.get(taken, 0) + 1
                st.toast(plain(t("照片已保存。")))

        segments(t("时间"), moments, of_moment, seen=True)
        sent = st.file_uploader(t("照片"), type=list(PICTURES), key=of_file)
        # only once it has arrived: on a slow line that takes a while after it was chosen
        st.button(t("保存照片"), key="report_photo_save", on_click=done, disabled=sent is None)
        shown(here, period)


def _row(period: str, rows: Sequence[Row], chosen: Row | None) -> Row:
    """Whose picture it is: on a telephone that of the card, else one of a list."""
    if len(rows) == 1:
        return rows[0]
    names = {row: say(row[1] or row[0]) for row in rows}
    at = rows.index(chosen) if chosen in rows else 0
    return st.selectbox(
        t("街镇或小区"), rows, index=at, key=key_of("report_photo_row", period, *(chosen or ())),
        format_func=apart(rows, names.__getitem__),
    )  # fmt: skip
