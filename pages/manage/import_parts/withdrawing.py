"""Withdrawing an import, with its reason and away from a project of which nothing is left; giving it another day."""

from __future__ import annotations

import streamlit as st

from core.service.base import batches
from core.service.base import project as service
from pages.shared import state
from pages.shared.errors import refusal_box
from pages.shared.fields import day_field, day_of, text_form
from pages.shared.reads import read
from pages.shared.session import context
from pages.shared.who import named
from pages.shared.words import plain, t


def button(project: str, batch: str, key: str) -> None:
    """A menu with the reason; Enter after it is no yes to withdrawing: the button is."""

    def done(why: str) -> None:
        batches.withdraw(context(), project, batch, why)
        st.toast(plain(t("已撤回：{batch}", batch=batch)))
        if project not in read(service.names):
            state.put("project", None)

    label = t("撤回")
    if named(label, key):
        with st.popover(label, width="content"):
            text_form(key, f"{key}_reason", t("原因"), label, done, enter=False, box=refusal_box)


def day_button(project: str, batch: str) -> None:
    """A menu with the day that the import is to be of, and the reason."""
    day = f"redate_day_{batch}"

    def done(why: str) -> None:
        made = batches.redate(context(), project, batch, day_of(day), why)
        waits = any(each.batch == made and each.state == "held" for each in batches.snapshots(context(), project))
        told = t("改截止日待另一人复核：{batch}", batch=made) if waits else t("已改截止日：{batch}", batch=made)
        st.toast(plain(told))

    label = t("改截止日")
    if named(label, f"redate_{batch}"):
        with st.popover(label, width="content"):
            day_field(t("改为"), day)
            text_form(f"redate_{batch}", f"redate_why_{batch}", t("原因"), label, done, enter=False, box=refusal_box)
