"""The snapshots of a project: state, file, who; withdrawing, releasing, putting one figure right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from core.service import batches
from core.service import project as service
from core.service.batches import Correction, Snapshot
from core.service.moments import day_and_time
from pages.manage.import_parts import look
from pages.shared.errors import error_box
from pages.shared.reads import read
from pages.shared.session import actor, context
from pages.shared.words import plain, say, t

MOST_REASON = 500
"""Characters of a reason."""


def show(here: str) -> None:
    """The correction of a figure, then every import, the newest first."""
    counts = read(service.facts, here).batch
    fixed = read(batches.corrections, here)
    if actor().name is not None:
        _correct(here)
    for snapshot in read(batches.snapshots, here):
        with st.container(border=True, key=f"batch_{snapshot.batch}"):
            _told(snapshot, fixed.get(snapshot.batch), now=snapshot.batch == counts)
            _changed(here, snapshot)
            if actor().name is not None:
                _steps(here, snapshot)


def _told(snapshot: Snapshot, fixed: Correction | None, *, now: bool) -> None:
    as_of = plain(str(snapshot.as_of or "—"))
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch_head_{snapshot.batch}"):
        heading = t("截至{date}", date=as_of)
        st.markdown(f"**{heading}**", width="content")
        st.badge(t("当前") if now else say(batches.STATES[snapshot.state]), color="blue" if now else "gray")
    lines = [t("{name}于{time}导入", name=snapshot.by, time=day_and_time(snapshot.made_at)), snapshot.batch]
    if snapshot.file:
        lines.append(t("文件:{file}", file=snapshot.file))
    if fixed is not None:
        lines.append(_correction(fixed))
    if snapshot.state_at is not None:
        lines.append(_event(snapshot))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _changed(here: str, snapshot: Snapshot) -> None:
    """What the import changed: what a second person looks at before it counts."""
    with st.expander(t("与上一期相比"), key=f"batch_changes_{snapshot.batch}", on_change="rerun") as opened:
        if opened.open:
            look.changes(read(batches.compared, here, snapshot.batch))


def _correction(fixed: Correction) -> str:
    return t(
        "更正:{place}{field}由{old}改为{new}。原因:{reason}",
        place=say(fixed.place),
        field=say(batches.figure_of(fixed.field).name),
        old=fixed.old,
        new=fixed.new or "—",
        reason=fixed.reason,
    )


def _event(snapshot: Snapshot) -> str:
    assert snapshot.state_at is not None
    who = {"name": snapshot.state_by, "time": day_and_time(snapshot.state_at)}
    if snapshot.state == "withdrawn":
        return t("{name}于{time}撤回。原因:{reason}", reason=snapshot.reason, **who)
    if snapshot.state == "held":
        return t("待另一人复核放行,放行前不计入。")
    return t("{name}于{time}复核放行。", **who)


def _steps(here: str, snapshot: Snapshot) -> None:
    with st.container(horizontal=True, key=f"batch_steps_{snapshot.batch}"):
        if snapshot.state == "held" and batches.may_release(actor(), snapshot):
            st.button(
                t("复核放行"),
                key=f"release_{snapshot.batch}",
                on_click=_take,
                args=(batches.release, here, snapshot.batch),
            )
        if snapshot.state != "withdrawn":
            with st.popover(t("撤回"), width="content"):
                _reason(f"withdraw_{snapshot.batch}", lambda why: _take(batches.withdraw, here, snapshot.batch, why))


def _reason(key: str, call: Callable[[str], object]) -> None:
    field = f"{key}_reason"

    def done() -> None:
        call(str(st.session_state.get(field) or ""))

    with st.form(key, border=False, clear_on_submit=True):
        st.text_input(t("原因"), key=field, max_chars=MOST_REASON)
        st.form_submit_button(t("撤回"), on_click=done)


def _take(call: Callable[..., object], *args: object) -> None:
    """A service call from a button: what does not go stands on the page as a sentence."""
    with error_box():
        call(context(), *args)


def _correct(here: str) -> None:
    places: Mapping[str, str] = {"": t("全项目"), **{each: say(each) for each in read(service.facts, here).places}}

    def done() -> None:
        given = st.session_state
        with error_box():
            batch = batches.correct(
                context(), here, given["fix_place"], given["fix_field"], given["fix_new"], given["fix_reason"]
            )
            st.toast(plain(t("已更正:{batch}", batch=batch)))

    with st.expander(t("更正一个数"), key="fix"):
        with st.container(horizontal=True, key="fix_what"):
            place = st.selectbox(
                t("街镇"), list(places), format_func=lambda each: places[each], key="fix_place", width=200
            )
            figures = {each.id: each for each in read(batches.figures, here, place)}
            st.selectbox(
                t("数据项"),
                list(figures),
                format_func=lambda each: t(
                    "{field}(现为{value})", field=say(figures[each].name), value=figures[each].value
                ),
                key="fix_field",
                width=320,
            )
        with st.form("fix_form", border=False, clear_on_submit=True):
            st.text_input(t("应为"), key="fix_new", max_chars=40, width=200)
            st.text_input(t("原因"), key="fix_reason", max_chars=MOST_REASON)
            st.form_submit_button(t("更正"), on_click=done)
