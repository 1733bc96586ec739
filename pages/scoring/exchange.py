"""The sheet as a file: out to print and sign or to fill in elsewhere, and in again."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.model.scorecard import Sheet
from core.service import manage
from core.service.manage import File
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(sheet: Sheet) -> None:
    """A menu with the sheet and its scheme as files and, for those who have given a name, the way back in."""
    with st.popover(t("导入导出"), width="content"):
        # Bound now: a download is made in another thread, where the session cannot be asked.
        out = partial(manage.export_scorecard, context(), project(), sheet.id)
        _download(t("下载评分表(Excel)"), partial(_bytes, partial(out, "xlsx")), t("评分表") + ".xlsx", _XLSX)
        _download(t("下载评分表(CSV)"), partial(_bytes, partial(out, "csv")), t("评分表") + ".csv", "text/csv")
        whole = partial(manage.export_scheme, context(), sheet.scheme.id, sheet.scheme.version, "xlsx")
        _download(t("下载指标体系(Excel)"), partial(_bytes, whole), t("指标体系") + ".xlsx", _XLSX)
        if actor().name is not None:
            _upload()


def _bytes(make: partial[File]) -> bytes:
    return make().content


def _download(label: str, content: partial[bytes], name: str, mime: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", width="stretch")


def _upload() -> None:
    def done() -> None:
        given = st.session_state["scorecard_file"]
        if given is None:
            return
        with error_box():
            made = manage.import_scorecard(context(), File(given.name, given.getvalue()), project())
            state.put("sheet", made.sheet)
            notes = "".join(f"\n- {plain(say(note.sentence()))}" for note in made.notes)
            st.success(t("已导入为新的评分表。") + notes)

    with st.form("scorecard_in", border=False, clear_on_submit=True):
        st.file_uploader(t("导入评分表(Excel或CSV,成为一张新表)"), type=["xlsx", "csv"], key="scorecard_file")
        st.form_submit_button(t("导入"), on_click=done)
