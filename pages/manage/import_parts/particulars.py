"""项目概况: what is known of the project beside its tables; what is missing is filled in here."""

from __future__ import annotations

import streamlit as st

from core.model.storable import MOST_TEXT
from core.service.base import review_rule
from core.service.manage import project_particulars
from core.service.manage.project_particulars import Particulars
from pages.manage.import_parts import entries
from pages.shared.errors import refusal_box
from pages.shared.reads import read
from pages.shared.session import context, key_of
from pages.shared.who import named
from pages.shared.words import bullets, plain, t

_SAVED = "particulars_saved"
"""How often they have been saved: the fields then begin anew with what is known."""


def show(here: str) -> None:
    """What is missing, then the fields."""
    known = read(project_particulars.particulars_of, here)
    lacking = [each.sentence for each in read(project_particulars.lacking, here)]
    if lacking:
        st.markdown(bullets(lacking))
    key = key_of(f"particulars_{st.session_state.setdefault(_SAVED, 0)}")
    with st.form("particulars_form", border=True, enter_to_submit=False):
        entries.name_field(key, known)
        entries.draw(key, known)
        st.text_input(t("原因（更改已有内容时填写）"), key=f"{key}_reason", max_chars=MOST_TEXT, width=420)
        label = t("保存")
        if named(label, "particulars", "primary", form=True):
            st.form_submit_button(label, type="primary", on_click=_save, args=(here, key, known))
    note = t("编号：{project}。保存后成为同一截至日期的新批次，原来的内容保留在“各期数据”里。", project=here)
    st.caption(plain(note))


def _save(here: str, key: str, known: Particulars) -> None:
    with refusal_box():
        said = entries.said(key, known)
        project_particulars.edit(context(), here, said, str(st.session_state.get(f"{key}_reason") or ""))
        st.session_state[_SAVED] += 1
        waits = review_rule.needed(context(), here)
        st.toast(plain(t("已保存，待另一人在“各期数据”放行后生效。") if waits else t("已保存。")))
