"""What has just come in: shown instead of the file, with the ways to go on and the way back."""

from __future__ import annotations

import streamlit as st

from core.service.base import batches
from core.service.manage import imported
from core.service.manage.imported import Imported
from pages.manage.import_parts import look, withdrawing
from pages.shared import missing
from pages.shared.reads import read
from pages.shared.session import key_of
from pages.shared.words import bullets, plain, say, t

_KEY = "import_arrived"


def note(project: str, batch: str, others: int = 0) -> None:
    """Remember an import for as long as this session is about it. `others`: snapshots that came in with it."""
    st.session_state[_KEY] = project, batch, others


def forget() -> None:
    """Nothing has just come in: another file is looked at."""
    st.session_state.pop(_KEY, None)


def show(here: str | None) -> None:
    """The panel; nothing where nothing has come in, or into another project than the one on the screen."""
    project, batch, others = st.session_state.get(_KEY, (None, "", 0))
    if project is None or project != here:
        return
    found = read(imported.imported, project, batch)
    with st.container(border=True, key="arrived"):
        _told(found)
        if others:
            st.caption(t("同一文件另有{count}期一起导入；各期在“各期数据”中查看，可以逐期撤回。", count=others))
        if found.snapshot.state == "withdrawn":
            return
        with st.container(horizontal=True, vertical_alignment="center", key="arrived_steps"):
            if found.counts and st.button(t("打开总览"), key="arrived_open", type="primary"):
                st.switch_page("pages/progress/overview.py")
            changed = st.toggle(t("看变化"), key=key_of("arrived_changes", batch))
            withdrawing.button(project, batch, f"arrived_withdraw_{batch}")
        if changed:
            look.changes(read(batches.compared, project, batch))
        missing.missing(each for each in found.missing if each.fill_in == "entry")


def _told(found: Imported) -> None:
    snapshot = found.snapshot
    if snapshot.state == "withdrawn":
        st.info(plain(t("已撤回：{file}。它不再计入。", file=snapshot.file)))
        return
    if snapshot.state == "held":
        st.info(plain(t("已导入，待另一人复核放行后计入：{file}", file=snapshot.file)))
    else:
        st.success(plain(t("已导入：{file}", file=snapshot.file)))
    st.markdown(bullets(say(line) for line in found.lines))
