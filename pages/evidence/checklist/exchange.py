"""A standard as a file: out to be printed or changed, and in again."""

from __future__ import annotations

import streamlit as st

from core.model.context import Context
from core.model.rights import Deed, may_do
from core.service.base.file import File
from core.service.manage import standard_files
from pages.shared.doubts import confirmed, doubts
from pages.shared.download import download_button
from pages.shared.errors import error_box, refusal_box
from pages.shared.next_file import next_file, taken
from pages.shared.reads import looked_at, read
from pages.shared.session import actor, context
from pages.shared.who import named
from pages.shared.words import plain, say, t

_STANDARD = "standard"
"""The kind of file."""


def menu(standard: str, edition: int) -> None:
    """A menu with the standard as files and, for those who may, the way in."""
    with st.popover(t("导入导出"), width="content"), error_box():
        excel, text = read(_files, standard, edition)
        download_button(t("下载改造标准（Excel）"), excel.content, excel.name, width="stretch")
        download_button(t("下载改造标准（CSV）"), text.content, text.name, width="stretch")
        upload()


def _files(ctx: Context, standard: str, edition: int) -> tuple[File, File]:
    return (
        standard_files.export_standard(ctx, standard, edition, "xlsx"),
        standard_files.export_standard(ctx, standard, edition, "csv"),
    )


def upload() -> None:
    """A file, its preview and the button; nothing is written before that."""
    if may_do(actor().grants, Deed.IMPORT, None) and named(t("导入改造标准"), "standard"):
        next_file(_STANDARD, t("导入改造标准（Excel或CSV）"), ("xlsx", "csv"), lambda file, _: _look(file))


def _look(file: File) -> None:
    found = looked_at("standard_preview", file, lambda: standard_files.preview_standard(context(), file))
    doubts(found.problems, found.questions)
    if found.standard is None:
        return
    params = {"name": say(found.standard.name), "version": found.standard.version, "count": len(found.standard.points)}
    if not found.new:
        st.info(plain(t("《{name}》第{version}版已有，内容相同，无需导入。", **params)))
        return
    st.markdown(plain(t("《{name}》第{version}版，共{count}条。", **params)))
    seen = confirmed(file, found.questions, "standard_seen")
    st.button(t("确认导入"), key="standard_commit", type="primary", on_click=_done, args=(file,), disabled=not seen)


def _done(file: File) -> None:
    with refusal_box():
        standard_files.import_standard(context(), file)
        taken(_STANDARD)
