"""A list of projects, one row a project: what is in it, which project each row is, and taking them over together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from core.errors import RowProblem
from core.service.base import project as service
from core.service.manage import importing, many_projects
from core.service.manage.many_projects import Several
from pages.manage.import_parts import holding
from pages.shared import tables
from pages.shared.choices import apart
from pages.shared.doubts import confirmed, doubts
from pages.shared.errors import error_box
from pages.shared.fields import day_field, day_of
from pages.shared.reads import looked_at, read
from pages.shared.session import context
from pages.shared.who import named
from pages.shared.words import plain, say, t

_AS_READ = "="
"""The choice to leave a row what it was read as."""
_MOST_CHOSEN = 50
"""Rows for each of which a project can be chosen here."""


class Chosen(NamedTuple):
    """A list and how it is to be taken."""

    name: str
    content: bytes
    as_of: date | None
    which: tuple[tuple[str, str], ...]
    approved_on: date | None


def show() -> None:
    """The file and its days; then what is asked, the projects, and the button."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="list_what"):
        day_field(t("数据截至（文件中写明时可不填）"), "list_as_of", width=260)
        day_field(t("批复日期（清单未写明的新项目）"), "list_approved_on", width=260)
    file = st.file_uploader(
        t("项目清单，一行一个项目（.docx、.xlsx或.csv）"),
        type=["docx", "xlsx", "csv"],
        key="list_file",
        max_upload_size=importing.MOST_MB,
    )
    if file is None:
        st.caption(t("债券项目表、年度计划一类的清单：每个项目各导入为一期，一起写入或都不写入。"))
        return
    with error_box():
        which = tuple(sorted(_said(file.file_id).items()))
        days = day_of("list_as_of"), day_of("list_approved_on")
        chosen = Chosen(file.name, file.getvalue(), days[0], which, days[1])
        found = looked_at("list_preview", chosen, lambda: many_projects.preview(context(), *_arguments(chosen)))
        doubts(found.problems, found.questions)
        if not found.problems and found.found:
            _confirm(chosen, found.questions)
        _projects(found)
        _choices(file.file_id, found)


def _arguments(chosen: Chosen) -> tuple[str, bytes, date | None, Mapping[str, str], date | None]:
    return chosen.name, chosen.content, chosen.as_of, dict(chosen.which), chosen.approved_on


def _said(file_id: str) -> dict[str, str]:
    """The project that somebody has said of each name."""
    return dict(st.session_state.get(f"list_which_{file_id}", {}))


def _projects(found: Several) -> None:
    rows = [
        (each.name, each.id, t("新项目") if each.new else t("已有项目"), str(len(each.changes))) for each in found.found
    ]
    if rows:
        tables.rows((t("项目"), t("编号"), t("导入为"), t("变化（处）")), rows)


def _choices(file_id: str, found: Several) -> None:
    """Each row may be another project than it was read as, or be left out."""
    known = read(service.names)
    left = [name for name, project in _said(file_id).items() if not project]
    names = [*(each.name for each in found.found), *left][:_MOST_CHOSEN]
    if not names or len(known) > _MOST_CHOSEN:
        return
    labels = {_AS_READ: t("按上表"), "": t("不导入"), **{project: say(name) for project, name in known.items()}}

    def chosen(name: str, key: str) -> None:
        said = _said(file_id)
        said.pop(name, None)
        if st.session_state[key] != _AS_READ:
            said[name] = st.session_state[key]
        st.session_state[f"list_which_{file_id}"] = said

    with st.expander(t("指明是哪个项目，或不导入")):
        for number, name in enumerate(names):
            key = f"list_which_{file_id}_{number}"
            st.session_state[key] = _said(file_id).get(name, _AS_READ)
            st.selectbox(
                plain(name),
                list(labels),
                format_func=apart(list(labels), labels.__getitem__),
                key=key,
                on_change=chosen,
                args=(name, key),
            )


def _confirm(chosen: Chosen, asked: Sequence[RowProblem]) -> None:
    """The button; what is asked about the list is confirmed first."""
    label = t("确认导入")
    if not named(label, "list_commit", "primary"):
        return

    def done() -> None:
        with error_box():
            hold = bool(st.session_state["list_hold"])
            taken = many_projects.several(context(), *_arguments(chosen), hold=hold)
            st.toast(plain(t("已导入{count}个项目", count=len(taken.batches))))

    with st.container(horizontal=True, vertical_alignment="center", key="list_confirm"):
        seen = confirmed(chosen, asked, "list_seen")
        st.button(label, key="list_commit", type="primary", on_click=done, disabled=not seen)
        holding.offer(None, "list_hold")
