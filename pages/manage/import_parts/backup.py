"""A backup to take along, in two steps, for those who may copy everything; nothing for anybody else."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed, may_do
from core.service import keeping
from pages.shared.errors import error_box
from pages.shared.session import actor, context
from pages.shared.words import plain, t


def offer() -> None:
    """The button, and in its place the file once it is made: of that moment, for this visit only."""
    if may_do(actor().grants, Deed.KEEP, None):
        _offer()


@st.fragment
def _offer() -> None:
    with st.container(border=True, key="backup"):
        st.caption(plain(t("备份含全部数据,包括尚未公开的评分,请妥善保管。恢复用命令 python -m core restore。")))
        place = st.empty()
        if place.button(t("制作备份"), key="make_backup"):
            with place.container(), error_box():
                with st.spinner(t("正在制作…"), show_time=True):
                    made = keeping.download(context())
                st.download_button(
                    t("下载备份({name})", name=made.name), made.content, file_name=made.name,
                    mime="application/octet-stream", on_click="ignore", key="take_backup", type="primary",
                )  # fmt: skip
