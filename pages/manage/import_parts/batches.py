"""The snapshots of a project: state, file, who; withdrawing, releasing, putting one figure right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.model.context import Context
from core.model.storable import MOST_TEXT
from core.service.base import batches, review_rule
from core.service.base import project as service
from core.service.base.batches import Correction, Reported, Snapshot
from core.service.base.moments import day_and_time
from core.service.manage import period_files
from pages.manage.import_parts import look, withdrawing
from pages.shared.choices import apart
from pages.shared.download import download_button
from pages.shared.errors import error_box, take
from pages.shared.reads import read
from pages.shared.session import actor, context, key_of
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t

if TYPE_CHECKING:
    from core.briefing.period_file import Kind


def show(here: str) -> None:
    """The correction of a figure, then every import, the newest first."""
    counts = read(service.facts, here).batch
    fixed = read(batches.corrections, here)
    _correct(here)
    for snapshot in read(batches.snapshots, here):
        with st.container(border=True, key=f"batch_{snapshot.batch}"):
            _told(snapshot, fixed.get(snapshot.batch), now=snapshot.batch == counts)
            _changed(here, snapshot)
            _steps(here, snapshot)


def _told(snapshot: Snapshot, fixed: Correction | None, *, now: bool) -> None:
    as_of = plain(str(snapshot.as_of or "—"))
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch_head_{snapshot.batch}"):
        heading = t("截至{date}", date=as_of)
        st.markdown(f"**{heading}**", width="content")
        st.badge(t("当前") if now else say(batches.STATES[snapshot.state]), color="blue" if now else "gray")
    lines = [t("{name}于{time}导入", name=snapshot.by, time=day_and_time(snapshot.made_at)), snapshot.batch]
    if snapshot.file:
        lines.append(t("文件：{file}", file=snapshot.file))
    if fixed is not None:
        lines.append(_correction(fixed))
    if snapshot.state_at is not None:
        lines.append(_event(snapshot))
    st.markdown(bullets(lines))


def _changed(here: str, snapshot: Snapshot) -> None:
    """What the import changed: what a second person looks at before it counts."""
    with st.expander(t("与上一期相比"), key=f"batch_changes_{snapshot.batch}", on_change="rerun") as opened:
        if opened.open:
            look.changes(read(batches.compared, here, snapshot.batch))


def _correction(fixed: Correction) -> str:
    return t(
        "更正：{place}{field}由{old}改为{new}。原因：{reason}",
        place=say(fixed.place),
        field=say(batches.corrected_name(fixed)),
        old=fixed.old,
        new=fixed.new or "—",
        reason=fixed.reason,
    )


def _event(snapshot: Snapshot) -> str:
    assert snapshot.state_at is not None
    who = {"name": snapshot.state_by, "time": day_and_time(snapshot.state_at)}
    if snapshot.state == "withdrawn":
        return t("{name}于{time}撤回。原因：{reason}", reason=snapshot.reason, **who)
    if snapshot.state == "held":
        return t("待另一人复核放行，放行前不计入。")
    return t("{name}于{time}复核放行。", **who)


def _steps(here: str, snapshot: Snapshot) -> None:
    with st.container(horizontal=True, key=f"batch_steps_{snapshot.batch}"):
        label = t("复核放行")
        releases = actor().name is None or batches.may_release(actor(), snapshot)
        if snapshot.state == "held" and releases and named(label, f"release_{snapshot.batch}"):
            asked = (batches.release, here, snapshot.batch)
            st.button(label, key=f"release_{snapshot.batch}", on_click=take, args=asked)
        if snapshot.state == "released" and snapshot.as_of is not None:
            _files(here, snapshot)
        if snapshot.state != "withdrawn":
            if snapshot.as_of is not None:
                withdrawing.day_button(here, snapshot.batch)
            withdrawing.button(here, snapshot.batch, f"withdraw_{snapshot.batch}")


def _files(here: str, snapshot: Snapshot) -> None:
    """What was reported as files that say who stands for it; with their digest they are checked again."""
    name = read(service.facts, here).project.name
    labels: Mapping[Kind, str] = {"xlsx": t("本期数据（.xlsx）"), "csv": t("本期数据（.csv）")}
    for kind, label in labels.items():
        download_button(
            label,
            partial(_content, context(), here, snapshot.batch, kind),
            period_files.called(name, snapshot.batch, kind),
            key=f"period_{kind}_{snapshot.batch}",
        )


def _content(ctx: Context, here: str, batch: str, kind: Kind) -> bytes:
    return period_files.period_file(ctx, here, batch, kind).content


def _correct(here: str) -> None:
    fields = [key_of(field) for field in ("fix_place", "fix_field", "fix_new", "fix_reason")]
    places: Mapping[str, str] = {"": t("全项目"), **{each: say(each) for each in read(service.facts, here).places}}

    def done() -> None:
        given = [st.session_state[field] for field in fields]
        with error_box():
            batch = batches.correct(context(), here, *given)
            waits = review_rule.needed(context(), here)
            told = t("更正待另一人复核：{batch}", batch=batch) if waits else t("已更正：{batch}", batch=batch)
            st.toast(plain(told))

    label = t("更正一个数")
    if not named(label, "fix"):
        return
    with st.expander(label, key="fix"):
        with st.container(horizontal=True, key="fix_what"):
            show = apart(places, places.__getitem__)
            place = st.selectbox(t("街镇"), list(places), format_func=show, key=fields[0], width=200)
            figures = {each.id: each for each in read(batches.figures, here, place)}
            chosen = st.selectbox(
                t("数据项"),
                list(figures),
                format_func=apart(
                    figures,
                    lambda each: t("{field}（现为{value}）", field=say(figures[each].name), value=figures[each].value),
                ),
                key=fields[1],
                width=320,
            )
        with st.form("fix_form", border=False, clear_on_submit=True):
            st.text_input(_should_be(figures.get(chosen)), key=fields[2], max_chars=40, width=200)
            st.text_input(t("原因"), key=fields[3], max_chars=MOST_TEXT)
            st.form_submit_button(t("更正"), on_click=done)


def _should_be(figure: Reported | None) -> str:
    """What the field for the right figure is called, with what it is typed in."""
    if figure is not None and figure.share:
        return t("应为（比例，如85%）")
    if figure is None or not figure.unit:
        return t("应为")
    return t("应为（{unit}）", unit=say(figure.unit))
