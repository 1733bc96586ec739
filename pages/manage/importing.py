"""数据导入: a file is looked at before anything is written; the snapshots that there are, and what becomes of them."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed, may_do
from core.text import word
from pages.manage.import_parts import backup, batches, particulars, project_list, told, upload
from pages.shared import filters
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.session import actor, project
from pages.shared.words import plain, t

PARTS = {
    "upload": word("导入文件"),
    "list": word("导入项目清单"),
    "particulars": word("项目概况"),
    "batches": word("各期数据"),
    "told": word("提醒记录"),
}

here = project() if filters.here() else None
if here is None:
    title = plain(t("数据导入"))
    st.markdown(f"# {title}")
else:
    filters.head(t("数据导入"))
sent = told.lines(here) if here is not None else ()
# A list of projects is for whoever imports for all of them; most never have anything told.
left_out = {"list": not may_do(actor().grants, Deed.IMPORT, None), "told": not sent}
offered = {name: words for name, words in PARTS.items() if not left_out.get(name)}
part = filters.part("importing", offered)

with error_box():
    if part == "upload":
        upload.show(here)
    elif part == "list":
        project_list.show()
    elif here is None:
        empty(t("还没有导入过数据。"))
    elif part == "particulars":
        particulars.show(here)
    elif part == "batches":
        batches.show(here)
    else:
        told.show(sent)
    backup.offer()
