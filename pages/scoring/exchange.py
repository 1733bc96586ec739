"""The sheet as a file: out to print and sign or to fill in elsewhere, and in again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import Sheet
from core.scoring.round_state import round_of
from core.service.base.file import File
from core.service.manage import scheme_files, scorecard_files
from pages.scoring import score_file
from pages.shared import carried_file
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import may, project
from pages.shared.who import named
from pages.shared.words import t


def menu(sheet: Sheet, new_blank: Callable[[str], None]) -> None:
    """A menu with the sheet and its scheme as files and, for a chief, a new sheet: blank or, with a name, from a file.

    Either becomes a sheet of the round that is on the screen.
    """
    with st.popover(t("新建、导入、导出"), width="content"), error_box():
        if may(Deed.CHAIR):
            round_id = round_of(sheet.id)
            st.button(t("新建空白评分表"), on_click=new_blank, args=(round_id,), key="new_blank", width="stretch")
        # Made beforehand, and once a version: a file made at the click is lost when the page is made again meanwhile.
        excel, text, scheme = read_own(_files, project(), sheet.id, sheet.scheme.id, sheet.scheme.version)
        download_button(t("下载评分表（Excel）"), excel.content, excel.name, width="stretch")
        download_button(t("下载评分表（CSV）"), text.content, text.name, width="stretch")
        download_button(t("下载指标体系（Excel）"), scheme.content, scheme.name, width="stretch")
        if carried_file.carried(project()) is None:
            bring(round_of(sheet.id))


def brought(round_id: str) -> None:
    """The preview of a file that was chosen on another page: it stands open, and not in the menu."""
    if carried_file.carried(project()) is not None:
        with st.container(border=True, key="brought"):
            bring(round_id)


def bring(round_id: str | None) -> None:
    """The way in for a file, for a chief who has given a name."""
    if may(Deed.CHAIR) and named(t("导入评分表"), "scorecard"):
        score_file.upload(round_id)


def _files(ctx: Context, project_id: str, sheet: str, scheme: str, version: int) -> tuple[File, File, File]:
    return (
        scorecard_files.export_scorecard(ctx, project_id, sheet, "xlsx"),
        scorecard_files.export_scorecard(ctx, project_id, sheet, "csv"),
        scheme_files.export_scheme(ctx, scheme, version, "xlsx"),
    )
