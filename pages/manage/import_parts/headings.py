"""What the headings of the file were taken for; a person may say otherwise, and the project remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.service.importing import FIELDS
from pages.shared.words import plain, say, t

_KEY = "import_headings"


def said(file: str) -> Mapping[str, str]:
    """What has been said of the headings of this upload: heading -> field, "" to leave the column out."""
    kept = st.session_state.get(_KEY)
    answer: Mapping[str, str] = kept[1] if kept and kept[0] == file else {}
    return answer


def show(file: str, headings: Sequence[tuple[str, str]]) -> None:
    """A select box a heading, those that were not understood first."""
    if not headings:
        return
    spoken = said(file)
    unknown = [heading for heading, field in headings if not field and heading not in spoken]
    count = len(unknown)
    label = t("表头对应(有{count}列未识别,不导入)", count=count) if count else t("表头对应(全部识别)")
    with st.expander(plain(label), expanded=bool(unknown), key="import_columns"):
        st.caption(t("识别有误时在此更正;更正随导入保存,下次自动沿用。"))
        with st.container(horizontal=True, key="import_heading_boxes"):
            for number, (heading, field) in enumerate(
                sorted(headings, key=lambda each: bool(each[1]) and each[0] not in spoken)
            ):
                _box(file, f"import_heading_{number}_{heading}", heading, field)


def _box(file: str, key: str, heading: str, field: str) -> None:
    def changed() -> None:
        st.session_state[_KEY] = (file, {**said(file), heading: st.session_state[key]})

    choices = ["", *FIELDS]
    st.selectbox(
        plain(heading),
        choices,
        index=choices.index(field) if field in FIELDS else 0,
        format_func=lambda each: say(FIELDS[each]) if each else t("不导入"),
        key=key,
        on_change=changed,
        width=200,
    )
