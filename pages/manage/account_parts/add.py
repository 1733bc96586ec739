"""Adding somebody: who they are, their first role, and the one-time password that lets them in."""

from __future__ import annotations

import streamlit as st

from core.service.base import identity
from core.service.manage import accounts
from pages.manage.account_parts import one
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.session import context
from pages.shared.words import t

_ADDING, _LOGIN, _NAME, _FIELDS = "account_add", "new_login", "new_name", "new"


def button() -> None:
    """The form behind its button; the new account is then the one that is open, with its password."""

    def done() -> None:
        login = str(st.session_state[_LOGIN] or "").strip()
        with error_box():
            accounts.add(context(), login, str(st.session_state[_NAME] or ""), *one.role_said(_FIELDS))
            st.session_state[_LOGIN] = st.session_state[_NAME] = ""
            one.make_password(login)
            state.put("account", login)
            st.session_state[_ADDING] = False

    with (
        st.popover(t("新增人员"), width="content", icon=":material/person_add:", key=_ADDING, on_change="rerun"),
        st.form("new_account", border=False),
    ):
        st.text_input(t("登录名（字母、数字）"), key=_LOGIN, max_chars=identity.LONGEST_NAME)
        st.text_input(t("姓名"), key=_NAME, max_chars=accounts.MOST_NAME)
        one.role_fields(_FIELDS)
        st.form_submit_button(t("新增，并设一次性密码"), type="primary", on_click=done)
