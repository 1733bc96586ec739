"""One checklist: its points with what was found, and the form that fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.ingest.files.kept_kinds import PICTURES
from core.model.rights import Deed
from core.model.standard import POINT_RESULTS, CheckedArea, PointResult, Standard
from core.model.storable import MOST_TEXT
from core.service.evidence import standards
from core.service.evidence.findings import MOST_NAME
from core.service.evidence.standards import RESULT_WORDS, PointState
from pages.shared.choices import apart
from pages.shared.download import SENT_IN, download_button
from pages.shared.errors import error_box, refusal_box
from pages.shared.fields import day_field, day_of
from pages.shared.session import context, key_of, may
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t

Asked = tuple[str, str, int, str, str]
"""Project, standard, its version, street, community: as the calls of the service take them."""


def show(here: str, of: Standard, area: CheckedArea, points: Sequence[PointState]) -> None:
    """The form for those who may fill it in, then point by point."""
    asked = (here, of.id, of.version, area.place, area.community)
    label = t("填写检查表")
    if may(Deed.ANSWER) and named(label, "fill_in_list"):
        with st.expander(label):
            _form(asked, points)
    group = None
    for state in points:
        if state.point.group != group:
            group = state.point.group
            st.markdown(f"**{plain(say(group))}**")
        _point(asked, state)


def _result_field(key: str, label: str, result: PointResult, *, seen: bool = True) -> None:
    st.segmented_control(
        label, POINT_RESULTS, default=result, required=True, key=key,
        format_func=apart(POINT_RESULTS, lambda each: say(RESULT_WORDS[each])),
        label_visibility="visible" if seen else "collapsed",
    )  # fmt: skip


def _seq(state: PointState) -> int:
    return 0 if state.newest is None else state.newest.seq


def _field(asked: Asked, name: str, *more: str) -> str:
    _, standard, edition, place, community = asked
    return key_of(name, standard, str(edition), place, community, *more)


def _form(asked: Asked, points: Sequence[PointState]) -> None:
    # The key says which result it changes: what somebody else has put down meanwhile is shown, never written over.
    keys = {each.point.code: _field(asked, "result", each.point.code, str(_seq(each))) for each in points}
    on, by = _field(asked, "on"), _field(asked, "by")

    def done() -> None:
        said = {each.point.code: (st.session_state[keys[each.point.code]], _seq(each)) for each in points}
        changed = {each.point.code: said[each.point.code] for each in points if said[each.point.code][0] != each.result}
        with refusal_box():
            count = standards.check(context(), *asked, changed, day_of(on), st.session_state[by] or "")
            st.toast(t("已保存{count}条。", count=count) if count else t("没有改动。"))

    with st.form(_field(asked, "fill"), border=False):
        with st.container(horizontal=True):
            day_field(t("检查日期"), on, width=200)
            st.text_input(t("检查人（不填为您本人）"), key=by, max_chars=MOST_NAME, width=260)
        for each in points:
            _result_field(keys[each.point.code], plain(_label(each)), each.result)
        st.form_submit_button(t("保存检查结果"), on_click=done)


def _label(state: PointState) -> str:
    return f"{state.point.code} {say(state.point.text)}"


def _point(asked: Asked, state: PointState) -> None:
    newest, code = state.newest, state.point.code
    with st.container(border=True, key=f"point_{code}", horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(say(RESULT_WORDS[state.result]), color="orange" if state.result == "not_met" else "gray")
        st.markdown(plain(_label(state)), width="content")
        if newest is not None:
            told = t("{day}由{checker}检查", day=newest.checked_on or "—", checker=newest.checked_by)
            st.caption(plain(f"{told} · {newest.note}" if newest.note else told), width="content")
        if may(Deed.ANSWER):
            _deeds(asked, state)
        if newest is not None and newest.picture.digest:
            download_button(
                t("下载照片"),
                partial(standards.picture, context(), asked[0], newest.picture.digest),
                newest.picture.name,
                kind=SENT_IN,
                key=f"picture_{code}",
                type="tertiary",
            )
        if newest is not None:
            with st.popover(t("经过"), width="content", type="tertiary"):
                st.markdown(bullets(standards.history(context(), *asked, code)))


def _deeds(asked: Asked, state: PointState) -> None:
    code = state.point.code
    label, rectified = t("记录、照片"), t("登记为整改")
    if named(label, f"point_{code}", "tertiary"):
        with st.popover(label, width="content", type="tertiary"):
            _single(asked, state)
    if state.result == "not_met" and named(rectified, f"to_finding_{code}", "tertiary"):
        st.button(rectified, key=f"to_finding_{code}", type="tertiary", on_click=_rectify, args=(asked, code))


def _rectify(asked: Asked, code: str) -> None:
    with refusal_box():
        new = standards.to_finding(context(), *asked, code)
        st.toast(t("已登记到问题整改。") if new else t("这一条已经登记过了。"))


def _single(asked: Asked, state: PointState) -> None:
    code, seq = state.point.code, str(_seq(state))
    result, on, by, note, file = (
        _field(asked, name, code, seq) for name in ("one_result", "one_on", "one_by", "one_note", "one_file")
    )

    def done() -> None:
        sent = st.session_state[file]
        with error_box():
            standards.check_point(
                context(), *asked, code, st.session_state[result], _seq(state), day_of(on),
                st.session_state[by] or "", st.session_state[note] or "",
                (sent.name, sent.getvalue()) if sent is not None else None,
            )  # fmt: skip

    with st.form(_field(asked, "one", code), border=False):
        _result_field(result, t("检查结果"), state.result)
        day_field(t("检查日期"), on)
        st.text_input(t("检查人（不填为您本人）"), key=by, max_chars=MOST_NAME)
        st.text_area(t("说明"), key=note, max_chars=MOST_TEXT, height=90)
        st.file_uploader(t("照片（可不传）"), type=list(PICTURES), key=file)
        st.form_submit_button(t("保存"), on_click=done)
