"""Choosing a file, seeing what was understood of it, and taking it over."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.model.particulars import UNSAID, Particulars
from core.service.base import batches
from core.service.base import project as service
from core.service.base.file import File
from core.service.manage import importing
from core.service.manage.importing import ImportPreview
from pages.manage.import_parts import arrived, headings, holding, look, monthly, new_project, reading, score_table
from pages.manage.import_parts.chosen import IMPORT, Chosen, came_in
from pages.shared import filters
from pages.shared.choices import apart
from pages.shared.doubts import confirmed, doubts
from pages.shared.download import download_button
from pages.shared.errors import error_box, refusal_box
from pages.shared.fields import day_field, day_of
from pages.shared.next_file import field_key, nothing_yet
from pages.shared.reads import looked_at, read
from pages.shared.session import context
from pages.shared.who import named
from pages.shared.words import plain, say, t

ENDINGS = ("docx", "xlsx", "csv", "txt", "tsv")
_NEW = ""
"""The choice of a project that is not there yet."""
_CAME = "import_came"
"""Key of the session: the project and batch of a file that has come in and has not been shown yet."""
_PREVIEW = "import_preview"
"""Key of the session: the preview of the file that is looked at."""


def show(here: str | None) -> None:
    """What has just come in, then the next file: its date and project, problems, headings, changes, cells."""
    _arrive()
    arrived.show(here)
    with st.container(horizontal=True, vertical_alignment="bottom", key="import_what"):
        target = _project(here)
        day_field(t("数据截至（文件中写明时可不填）"), "import_as_of", width=260)
        _templates(here)
    file = st.file_uploader(
        t("资料文件（.docx、.xlsx、.csv、.tsv或.txt）"), type=list(ENDINGS), key=field_key(IMPORT),
        max_upload_size=importing.MOST_MB, on_change=arrived.forget,
    )  # fmt: skip
    if here is not None and target == here:
        headings.remembered(here)
    if file is None:
        nothing_yet()
        return
    with error_box():
        new = target == _NEW
        as_of = day_of("import_as_of")
        said = headings.said(file.file_id)
        hidden = bool(st.session_state.get(_hidden_key(file.file_id)))
        project = new_project.id_meanwhile() if new else target
        chosen = Chosen(project, file.name, file.getvalue(), as_of, tuple(sorted(said.items())), hidden)
        _look(chosen, file.file_id, new=new)


def _look(chosen: Chosen, file_id: str, *, new: bool) -> None:
    """Problems first, then the headings, what changes, and what was understood."""
    if reading.stopped(file_id):
        return
    found = _preview(chosen, file_id)
    if found.already is not None:
        st.info(plain(say(importing.already_there(found.already))))
        return
    if monthly.wanted(found.reading, file_id):
        monthly.show(chosen, found.reading, file_id, new=new)
        return
    if found.reading.problems and not found.reading.understood:
        file = File(chosen.name, chosen.content)
        if score_table.offer(found, file, file_id, chosen.project, new=new):
            return
    doubts(found.reading.problems, found.reading.questions)
    if chosen.hidden or found.reading.left_out:
        st.checkbox(t("连同隐藏的行、列和工作表一起读取"), key=_hidden_key(file_id))
    headings.show(file_id, found.reading.columns)
    look.unread(found.reading)
    look.kept(found.reading)
    if found.reading.facts is not None and not found.reading.problems:
        of_project, looked = UNSAID, found
        if new:
            asked = new_project.ask(found, file_id)
            if asked is None:
                return
            chosen, of_project, found = chosen._replace(project=asked.project), asked.said, asked.found
        _confirm(chosen, file_id, looked, of_project, new=new)
        st.header(t("读到的数") if new else t("与上一期相比"), anchor=False)
        look.changes(found.changes)
    look.understood(found.reading)


def _project(here: str | None) -> str:
    """The project that the file belongs to: one that is there, or a new one."""
    known = read(service.names)
    if len(known) > filters.MOST_LISTED:
        # Each name would go to the browser at every turn; 项目群 leads to the project that is meant.
        known = {project: name for project, name in known.items() if project == here}
    there = {each: say(name) for each, name in known.items()}
    choices = [*there, _NEW]
    return st.selectbox(
        t("导入到"),
        choices,
        index=choices.index(here or _NEW),
        format_func=apart(choices, lambda each: there.get(each) or t("新项目")),
        key=f"import_project/{here}",
        width=360,
    )


def _templates(here: str | None) -> None:
    download_button(
        t("下载空白模板（.xlsx）"), partial(batches.blank_template, context()), "template.xlsx",
        help=t("含各张表的表头、单位和填写说明；填好后在此上传。"), key="import_blank",
    )  # fmt: skip
    if here is None:
        return
    download_button(
        t("下载现有数据（.xlsx）"),
        partial(batches.template, context(), here),
        f"{here}.xlsx",
        help=t("修改后在此上传，成为新的一期；未改动的内容原样读回。"),
    )


def _preview(chosen: Chosen, file_id: str) -> ImportPreview:
    """Looked at once for each file, date and mapping, and again when something has been written meanwhile."""

    def look() -> ImportPreview:
        with st.spinner(t("正在读取文件…")), reading.watched(file_id) as progress:
            return importing.preview(context(), *chosen.arguments, hidden=chosen.hidden, progress=progress)

    return looked_at(_PREVIEW, chosen, look)


def _hidden_key(file_id: str) -> str:
    return f"import_hidden_{file_id}"


def _confirm(chosen: Chosen, file_id: str, looked: ImportPreview, said: Particulars, *, new: bool) -> None:
    """The button; what is asked about the file is confirmed first."""
    label = t("确认导入")
    if not named(label, "import_commit", "primary"):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="import_confirm"):
        seen = confirmed(chosen, looked.reading.questions, "import_seen")
        pressed = st.button(label, key="import_commit", type="primary", disabled=not seen)
        if not new:  # nobody could find a project of which nothing counts yet
            holding.offer(chosen.project, "import_hold")
    if pressed:
        _take_over(chosen, file_id, looked, said)


def _take_over(chosen: Chosen, file_id: str, looked: ImportPreview, said: Particulars) -> None:
    """Write what was looked at: in the page and not in the button's callback, where no click could end it."""
    hold = bool(st.session_state.get("import_hold"))
    came: list[tuple[str, str]] = st.session_state.setdefault(_CAME, [])
    with refusal_box(), reading.watched_until_written(file_id) as progress:
        batch = importing.commit(
            context(), *chosen.arguments, hold=hold, hidden=chosen.hidden, said=said, looked=looked, progress=progress
        )
        # Not in the session's state itself: setting that may end the run, and what is written would not be known.
        came.append((chosen.project, batch))
    st.rerun()


def _arrive() -> None:
    """Go to the project whose file has come in, with empty fields for the next one."""
    came: list[tuple[str, str]] = st.session_state.get(_CAME, [])
    if not came:
        return
    project, batch = came[-1]
    reading.written()
    st.session_state.pop(_PREVIEW, None)
    came_in(project, batch)
    came.clear()
    st.rerun()
