"""A scorecard or 自评表 among the data: it is no table of the project's data, and is taken along to its own page."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from core.errors import RenewalError
from core.model.rights import Deed, may_do, refusal
from core.service.base.file import File
from core.service.manage import project_particulars, scorecard_files
from core.service.manage.importing import ImportPreview
from pages.manage.import_parts import new_project
from pages.manage.import_parts.new_project import Asked
from pages.shared import carried_file, state
from pages.shared.errors import refusal_box
from pages.shared.reads import looked_at
from pages.shared.session import actor, context
from pages.shared.words import plain, say, t

_MADE = "import_made_for_scores"
"""Key of the session: a project has just been made, and its scorecard is to come in on the next page."""


def offer(found: ImportPreview, file: File, file_id: str, project: str, *, new: bool) -> bool:
    """Whether the file is one, which is said then; a project that it begins is made first."""
    if st.session_state.pop(_MADE, False):
        _lead()
    if actor().name is None or not looked_at("import_score_table", file, lambda: _is_one(file)):
        return False
    st.info(plain(t("这是评分表或自评表，不是资金或受益数据。评分表在“绩效评分”页导入，文件会一并带过去。")))
    if not new and not may_do(actor().grants, Deed.CHAIR, project):
        st.caption(plain(say(refusal(actor().grants, Deed.CHAIR))))
        return True
    if not new:
        if st.button(t("去绩效评分导入"), key="import_to_scores", type="primary"):
            carried_file.carry(file, file_id, project)
            state.put("project", project)
            _lead()
        return True
    asked = new_project.ask(found, file_id, PurePath(file.name).stem)
    if asked is not None:
        st.button(
            t("新建项目，去导入评分表"),
            key="import_begin",
            type="primary",
            on_click=_begin,
            args=(asked, file, file_id),
        )
    return True


def _is_one(file: File) -> bool:
    try:
        read = scorecard_files.preview_scorecard(context(), file)
    except RenewalError:
        return False
    return bool(read.rows) or not read.problems


def _begin(asked: Asked, file: File, file_id: str) -> None:
    with refusal_box():
        project_particulars.add(context(), asked.project, asked.said)
        state.put("project", asked.project)
        carried_file.carry(file, file_id, asked.project)
        st.session_state[_MADE] = True


def _lead() -> None:
    st.switch_page("pages/scoring/scorecard.py")
