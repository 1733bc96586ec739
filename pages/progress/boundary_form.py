"""街镇边界：imported from a file and withdrawn where the streets are shown."""

from __future__ import annotations

import streamlit as st

from core.ingest.boundaries.geojson import ENDINGS
from core.model.boundaries import Boundaries
from core.model.rights import Deed
from core.service.base.moments import day_and_time
from core.service.progress import boundaries
from core.service.progress.benefit import BenefitView
from pages.shared.errors import refusal_box
from pages.shared.next_file import field_key, taken
from pages.shared.session import context, may, project
from pages.shared.who import named
from pages.shared.words import plain, t

_KIND = "boundaries"
"""The kind of file: the next one has a field of its own."""
_OPEN = "boundaries_open"
"""Key of the popover and of whether it is open."""


def form(view: BenefitView) -> None:
    """The button with the form behind it, for those who may import."""
    if not may(Deed.IMPORT):
        return
    label = t("导入街镇边界") if view.boundaries is None else t("更换街镇边界")
    if named(label, "boundaries", "tertiary"):
        with st.popover(label, type="tertiary", width="content", key=_OPEN, on_change="rerun"):
            _inside(view.boundaries)


def _inside(found: Boundaries | None) -> None:
    if found is not None:
        told = {"file": found.file, "name": found.actor_name, "time": day_and_time(found.made_at)}
        st.caption(plain(t("现用：{file}，{name}于{time}导入", **told)))
    note = t("GeoJSON文件：每个街镇一个面，属性name写街镇名，坐标为经纬度。导入后此处画地图，街镇须齐全。")
    st.caption(plain(note), width=320)
    field = field_key(_KIND)
    file = st.file_uploader(
        t("街镇边界（.geojson）"), type=list(ENDINGS), key=field, max_upload_size=boundaries.MOST_MB
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("导入边界"), key="boundaries_take", type="primary", disabled=file is None, on_click=_take, args=(field,)
        )
        if found is not None:
            st.button(t("撤回边界"), key="boundaries_withdraw", type="tertiary", on_click=_withdraw)


def _take(field: str) -> None:
    sent = st.session_state.get(field)
    if sent is None:
        st.toast(plain(t("文件还没有传完，请稍候再点。")))
        return
    taken(_KIND)  # also when it is refused: the button waits for the next file and cannot send this one again
    with refusal_box():
        new = boundaries.take_over(context(), project(), sent.name, sent.getvalue())
        st.toast(plain(t("已导入街镇边界。") if new else t("这份边界已经在用，未重复导入。")))
        st.session_state[_OPEN] = False


def _withdraw() -> None:
    with refusal_box():
        boundaries.withdraw(context(), project())
        st.session_state[_OPEN] = False
