"""A backup at the click of a button: it stays on the server, where nobody reads in it what is not public yet."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed, may_do
from core.service.manage import backups
from pages.shared.errors import error_box
from pages.shared.session import actor, context
from pages.shared.words import plain, say, t


def offer() -> None:
    """The button, for those who may."""
    if may_do(actor().grants, Deed.BACKUP, None):
        _offer()


@st.fragment
def _offer() -> None:
    with st.container(border=True, key="backup"):
        st.caption(plain(t("备份含全部数据，留在服务器上；恢复由管理员在服务器上进行。")))
        if st.button(t("立即备份"), key="make_backup"):
            with error_box():
                with st.spinner(t("正在备份…"), show_time=True):
                    made = backups.keep(context())
                st.success(plain(t("已备份到服务器的{file}，共{count}行。", file=str(made.path), count=made.rows)))
                if made.note is not None:
                    st.info(plain(say(made.note)))
