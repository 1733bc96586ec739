"""The project that a file begins: what the file does not hold is asked for, with what it does hold filled in."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from core.service.manage import importing, project_particulars
from core.service.manage.importing import ImportPreview
from core.service.manage.project_particulars import Particulars
from pages.manage.import_parts import entries
from pages.shared.errors import error_box
from pages.shared.reads import read
from pages.shared.session import context
from pages.shared.words import plain, t


class Asked(NamedTuple):
    """What the fields say."""

    project: str
    """The id."""
    said: Particulars
    found: ImportPreview
    """The preview with what stands in the fields."""


def id_meanwhile() -> str:
    """An id to look at a file with before the project has its own: no project has it."""
    return read(project_particulars.suggested_id, "")


def ask(found: ImportPreview, file_id: str, called: str = "") -> Asked | None:
    """The fields; None where what stands in them cannot be, which is said. `called`: the name, if the file has none."""
    known, key, id_key = found.stated, f"new_{file_id}", f"import_new_{file_id}"
    if id_key not in st.session_state:
        st.session_state[id_key] = read(project_particulars.suggested_id, known.name or called)
        st.session_state[f"{key}_name"] = known.name or called
    with st.container(border=True, key="import_new_project"):
        heading = plain(t("新项目"))
        st.markdown(f"**{heading}**")
        with st.container(horizontal=True, key="import_new_name"):
            entries.name_field(key, known)
            st.text_input(t("编号（字母、数字，用在网址里）"), max_chars=40, key=id_key, width=260)
        entries.draw(key, known)
        st.caption(t("名称和编号以外的各项可以先空着，导入后在“项目概况”补填。"))
        asked: Asked | None = None
        with error_box():
            project = project_particulars.need_new(context(), str(st.session_state[id_key]).strip())
            said = entries.said(key, known)
            asked = Asked(project, said, importing.with_said(found, said))
    return asked
