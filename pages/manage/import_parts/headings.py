"""What the columns of the file were taken for; a person may say otherwise, and the project remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.model.fields import FIELDS, FLOWS, source_field, source_of
from core.service.manage import remembered_columns
from core.service.manage.importing import ReadColumn
from core.service.manage.remembered_columns import SaidColumn
from pages.shared.choices import apart
from pages.shared.errors import take
from pages.shared.reads import read
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t

_KEY = "import_headings"


def said(file: str) -> Mapping[str, str]:
    """What has been said of the columns of this upload: cell of the heading -> field, "" to leave the column out."""
    kept = st.session_state.get(_KEY)
    answer: Mapping[str, str] = kept[1] if kept and kept[0] == file else {}
    return answer


def show(file: str, columns: Sequence[ReadColumn]) -> None:
    """A select box a column, those that were not understood first; under one the field that it might be."""
    if not columns:
        return
    spoken = said(file)
    unknown = [column for column in columns if not column.field and column.cell not in spoken]
    count = len(unknown)
    label = t("表头对应（有{count}列未识别，不导入）", count=count) if count else t("表头对应（全部识别）")
    with st.expander(plain(label), expanded=bool(unknown), key="import_columns"):
        st.caption(t("识别有误时在此更正；更正随导入保存，下次同样的表自动沿用。"))
        with st.container(horizontal=True, key="import_heading_boxes"):
            for column in sorted(columns, key=lambda each: bool(each.field) and each.cell not in spoken):
                _box(file, column, asked=column in unknown)


def _box(file: str, column: ReadColumn, *, asked: bool) -> None:
    key = f"import_heading_{column.cell}_{file}"

    def changed() -> None:
        st.session_state[_KEY] = (file, {**said(file), column.cell: st.session_state[key]})

    def taken(field: str) -> None:
        st.session_state[_KEY] = (file, {**said(file), column.cell: field})
        del st.session_state[key]  # the box begins anew with what the file is now read as

    source = source_of(column.field)
    choices = ["", *FIELDS, *(source_field(flow, source[1]) for flow in FLOWS if source is not None)]
    with st.container(width=220, key=f"import_heading_of_{column.cell}"):
        st.selectbox(
            plain(column.heading),
            choices,
            index=choices.index(column.field) if column.field in FIELDS else 0,
            format_func=apart(choices, lambda each: say(FIELDS[each].name) if each else t("不导入")),
            key=key,
            on_change=changed,
        )
        for guess in column.suggestions[:1] if asked else ():
            st.button(
                t("可能是{name}，采用", name=say(FIELDS[guess.field].name)),
                key=f"import_guess_{column.cell}", help=say(guess.why), on_click=taken, args=(guess.field,),
            )  # fmt: skip


def remembered(here: str) -> None:
    """What was said with earlier files, form by form, and the way to forget it."""
    layouts = read(remembered_columns.layouts, here)
    if not layouts:
        return
    with st.expander(t("已记住的表头对应（{count}种表）", count=len(layouts)), key="import_remembered"):
        for number, columns in enumerate(layouts):
            newest = max(columns, key=lambda each: each.made_at)
            with st.container(horizontal=True, vertical_alignment="center", key=f"import_layout_{number}"):
                st.markdown(bullets([_meaning(each) for each in columns]))
                st.caption(t("{name}指定", name=newest.said_by))
                label = t("不再沿用")
                if named(label, f"forget_{newest.layout}"):
                    asked = (remembered_columns.forget, here, newest.layout)
                    st.button(label, key=f"import_forget_{newest.layout}", on_click=take, args=asked)


def _meaning(column: SaidColumn) -> str:
    field = say(FIELDS[column.field].name) if column.field in FIELDS else t("不导入")
    if column.layout:
        return t("{column}列“{heading}”：{field}", column=column.place, heading=column.heading, field=field)
    return t("“{heading}”：{field}", heading=column.heading, field=field)
