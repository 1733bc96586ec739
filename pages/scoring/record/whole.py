"""The round as a whole: everything that happened, its minutes, and whether the records are unaltered."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.model.rights import Deed
from core.service.base import project as project_service
from core.service.base.moments import day_and_time, local
from core.service.manage import verifying
from core.service.manage.reporting.record import RecordedStep
from core.service.scoring import history
from core.service.scoring import minutes as service
from core.service.scoring.rounds import RoundView
from core.text.file_text import file_name
from pages.scoring.record import sentences
from pages.shared.download import download_button
from pages.shared.empty import empty
from pages.shared.errors import refusal_box
from pages.shared.reads import read, read_own
from pages.shared.session import context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t

MOST_SHOWN = 300
"""Sentences on the page; a round of several evaluators has thousands."""


def timeline(view: RoundView) -> None:
    """Everything that happened in the round, newest first."""
    told = read_own(history.timeline, project(), view.id)
    if not told:
        empty(t("本轮还没有记录。"))
        return
    if len(told) > MOST_SHOWN:
        st.caption(t("共{count}条，显示最近{most}条。", count=len(told), most=MOST_SHOWN))
    st.markdown(sentences.bullets(reversed(told[-MOST_SHOWN:])))


def reports(told: Sequence[RecordedStep]) -> None:
    """What happened in the reporting periods of the project, newest first."""
    if not told:
        empty(t("还没有填报期。"))
        return
    if len(told) > MOST_SHOWN:
        st.caption(t("共{count}条，显示最近{most}条。", count=len(told), most=MOST_SHOWN))
    st.markdown(bullets(each.message for each in reversed(told[-MOST_SHOWN:])))


def minutes(view: RoundView) -> None:
    """The minutes as saved, or a draft made from the record; each save is a version of its own."""
    here = project()
    saved = read_own(service.minutes, here, view.id)
    field, button = key_of("minutes", view.id), f"minutes_{view.id}"

    def drafted() -> None:
        with refusal_box():
            st.session_state[field] = service.draft_minutes(context(), here, view.id)

    def save() -> None:
        with refusal_box():
            made = service.save_minutes(context(), here, view.id, st.session_state[field])
            st.toast(t("已保存为第{revision}版。", revision=made.revision))

    if field not in st.session_state:
        st.session_state[field] = saved.text if saved else service.draft_minutes(context(), here, view.id)
    if saved is None:
        st.caption(t("以下为按过程记录起草的草稿，尚未保存。"))
    else:
        at, name = plain(day_and_time(saved.made_at)), plain(saved.actor_name)
        st.caption(t("第{revision}版，{name}于{time}保存。", revision=saved.revision, name=name, time=at))
    st.text_area(t("会议纪要：{round}", round=view.title), key=field, height=460)
    with st.container(horizontal=True, key="minutes_steps"):
        if may(Deed.CHAIR) and named(t("保存为新版本"), "minutes", "primary"):
            st.button(t("保存为新版本"), key=f"{button}_save", type="primary", on_click=save)
        st.button(t("按过程记录重新起草"), key=f"{button}_draft", on_click=drafted)
        told = read_own(history.timeline, here, view.id)
        day = local(told[-1].made_at).date() if told else None
        of_project = say(read(project_service.facts, here).project.name)
        called = file_name("txt", of_project, say(view.title), t("会议纪要"), day=day)
        download_button(t("下载（文本）"), st.session_state[field].encode("utf-8-sig"), called)


def verify(view: RoundView) -> None:
    """Recompute every chain; an altered event is named."""
    if not st.button(t("校验记录是否被改动"), key="verify"):
        st.caption(t("逐条重算全部记录的校验值；库中被直接改动的记录会被指出。"))
        return
    found = verifying.verify(context(), project())
    if found.note is not None:
        st.caption(plain(say(found.note)))
    if not found.problems:
        st.success(t("已校验{count}条记录，没有发现改动。", count=found.events))
        return
    st.error(t("已校验{count}条记录，发现{problems}处问题：", count=found.events, problems=len(found.problems)))
    st.markdown(bullets(problem.message for problem in found.problems))
    if view.locked is not None:
        st.caption(t("本轮锁定时冻结的内容以锁定记录为准。"))
