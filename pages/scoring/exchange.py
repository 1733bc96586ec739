"""The sheet as a file: out to print and sign or to fill in elsewhere, and in again."""

from __future__ import annotations

import streamlit as st

from core.model.context import Context
from core.model.scorecard import Sheet
from core.service import manage
from core.service.manage import File
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import plain, say, t

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(sheet: Sheet) -> None:
    """A menu with the sheet and its scheme as files and, for those who have given a name, the way back in."""
    with st.popover(t("导入导出"), width="content"), error_box():
        # Made beforehand, and once a version: a file made at the click is lost when the page is made again meanwhile.
        excel, text, scheme = read_own(_files, project(), sheet.id, sheet.scheme.id, sheet.scheme.version)
        _download(t("下载评分表(Excel)"), excel, t("评分表") + ".xlsx", _XLSX)
        _download(t("下载评分表(CSV)"), text, t("评分表") + ".csv", "text/csv")
        _download(t("下载指标体系(Excel)"), scheme, t("指标体系") + ".xlsx", _XLSX)
        if actor().name is not None:
            _upload()


def _files(ctx: Context, project_id: str, sheet: str, scheme: str, version: int) -> tuple[bytes, bytes, bytes]:
    return (
        manage.export_scorecard(ctx, project_id, sheet, "xlsx").content,
        manage.export_scorecard(ctx, project_id, sheet, "csv").content,
        manage.export_scheme(ctx, scheme, version, "xlsx").content,
    )


def _download(label: str, content: bytes, name: str, mime: str) -> None:
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
