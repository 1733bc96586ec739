"""Choosing a file, seeing what was understood of it, and taking it over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import streamlit as st

from core.service import batches, home, importing
from core.service import project as service
from core.service.importing import Preview
from pages.manage.import_parts import headings, look
from pages.shared import filters
from pages.shared.day_field import day_field, day_of
from pages.shared.errors import error_box
from pages.shared.reads import read
from pages.shared.session import actor, context
from pages.shared.words import plain, say, t

ENDINGS = ("docx", "xlsx", "csv")
_NEW = ""
"""The choice of a project that is not there yet."""


class Chosen(NamedTuple):
    """A file and what it is to be taken for."""

    project: str
    name: str
    content: bytes
    as_of: date | None
    mapping: tuple[tuple[str, str], ...]


def show(here: str | None) -> None:
    """The file, its date and project; then problems, headings, what changes and what was understood."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="import_what"):
        target = _project(here)
        day_field(t("数据截至(文件中写明时可不填)"), "import_as_of", width=260)
        if here is not None:
            _template(here)
    file = st.file_uploader(
        t("资料文件(.docx、.xlsx或.csv)"), type=list(ENDINGS), key="import_file", max_upload_size=importing.MOST_MB
    )
    if file is None:
        st.caption(t("先预览,确认后才写入;有问题时整份文件都不写入。"))
        return
    if not target:
        st.info(t("请先填写新项目的编号。"))
        return
    with error_box():
        as_of = day_of("import_as_of")
        said = headings.said(file.file_id)
        _look(Chosen(target, file.name, file.getvalue(), as_of, tuple(sorted(said.items()))), file.file_id)


def _look(chosen: Chosen, file_id: str) -> None:
    """Problems first, then the headings, what changes, and what was understood."""
    found = _preview(chosen)
    if found.already is not None:
        st.info(plain(say(importing.already_there(found.already))))
        return
    look.problems(found.reading)
    headings.show(file_id, found.reading.headings)
    look.kept(found.reading)
    if found.reading.facts is not None and not found.reading.problems:
        _confirm(chosen)
        st.subheader(t("与上一期相比"), anchor=False)
        look.changes(found.changes)
    look.understood(found.reading)


def _project(here: str | None) -> str:
    """The project that the file belongs to: one that is there, or a new one by its id."""
    known = read(service.names)
    if len(known) > filters.MOST_LISTED:
        # Each name would go to the browser at every turn; 项目群 leads to the project that is meant.
        known = {project: name for project, name in known.items() if project == here}
    there = {each: say(name) for each, name in known.items()}
    choices = [*there, _NEW]
    target = st.selectbox(
        t("导入到"),
        choices,
        index=choices.index(here or _NEW),
        format_func=lambda each: there.get(each) or t("新项目"),
        key="import_project",
        width=360,
    )
    if target == _NEW:
        return str(st.text_input(t("新项目编号(字母、数字)"), max_chars=40, key="import_new", width=200)).strip()
    return target


def _template(here: str) -> None:
    ctx = context()
    st.download_button(
        t("下载现有数据(.xlsx)"),
        lambda: batches.template(ctx, here),
        file_name=f"{here}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        help=t("修改后在此上传,成为新的一期;未改动的内容原样读回。"),
        on_click="ignore",
    )


def _preview(chosen: Chosen) -> Preview:
    """Looked at once for each file, date and mapping, and again when something has been written meanwhile."""
    key = (chosen, home.store().versions)
    kept = st.session_state.get("import_preview")
    if kept is None or kept[0] != key:
        with st.spinner(t("正在读取文件…")):
            found = importing.preview(context(), *_arguments(chosen))
        kept = st.session_state["import_preview"] = (key, found)
    preview: Preview = kept[1]
    return preview


def _arguments(chosen: Chosen) -> tuple[str, str, bytes, date | None, Mapping[str, str]]:
    return chosen.project, chosen.name, chosen.content, chosen.as_of, dict(chosen.mapping)


def _confirm(chosen: Chosen) -> None:
    if actor().name is None:
        return

    def done() -> None:
        with error_box():
            hold = bool(st.session_state["import_hold"])
            batch = importing.commit(context(), *_arguments(chosen), hold=hold)
            said = t("已导入,待另一人复核放行:{batch}", batch=batch) if hold else t("已导入:{batch}", batch=batch)
            st.toast(plain(said))

    with st.container(horizontal=True, vertical_alignment="center", key="import_confirm"):
        st.button(t("确认导入"), key="import_commit", type="primary", on_click=done)
        st.checkbox(t("待另一人复核后生效"), key="import_hold")
