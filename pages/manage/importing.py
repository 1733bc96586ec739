"""数据导入: a file is looked at before anything is written; the snapshots that there are, and what becomes of them."""

from __future__ import annotations

import streamlit as st

from core.service import project as service
from core.text import word
from pages.manage.import_parts import backup, batches, upload
from pages.shared import filters
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read
from pages.shared.session import actor, project
from pages.shared.who import who
from pages.shared.words import plain, say, t

PARTS = {"upload": word("导入文件"), "batches": word("各期数据")}

here = project() if filters.has_projects() else None
if here is None:
    title = plain(t("数据导入"))
    st.markdown(f"## {title}")
else:
    filters.head(t("数据导入"), say(read(service.facts, here).project.name))
with st.container(horizontal=True, vertical_alignment="center", key="importing_bar"):
    part = st.segmented_control(
        t("内容"),
        list(PARTS),
        default="upload",
        required=True,
        format_func=lambda each: say(PARTS[each]),
        key="importing_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    known = who()

if not known:
    st.stop()

with error_box():
    if part == "upload":
        if actor().name is None:
            empty(t("导入前请先填写您的姓名;姓名用于记录是谁导入的。"))
        upload.show(here)
    elif here is None:
        empty(t("还没有导入过数据。"))
    else:
        batches.show(here)
    backup.offer()
